"""What the words and marks around a candidate tell: neighbours, the words that govern it, cues, its place in the sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extract.cue_words import cue_words
from extract.names.gazetteers import given_names
from extract.names.own_features import REMEMBERED, OwnFeatures
from extract.names.records import Group, Passage
from extract.names.words import lemma, letter_shape

_NEAR = 4
_APPOSITION = 6
_BESIDE = frozenset(" \u00a0")
_JOINED = frozenset({" ", "-", "\u00a0"})
_QUOTES = frozenset('«»"“”„‟‘’')
_APPOSED_BEHIND = frozenset({",", "(", "–", "—"})
_APPOSED_BEFORE = frozenset({",", "(", ":", "«", "“", '"'})


@lru_cache(maxsize=REMEMBERED)
def _mark(gap: str) -> str:
    return gap.strip()[:1] or ("_" if gap else "")


def context_features(passage: Passage, i: int, j: int, own: OwnFeatures) -> list[Group]:
    """What the words and marks around the candidate of tokens `i` to `j` (inclusive) tell."""
    tokens, text = passage.tokens, passage.text
    folded, first, last = tokens.folded, passage.first, passage.last
    left1 = folded[i - 1] if i > first else "<s>"
    left2 = folded[i - 2] if i > first + 1 else "<s>"
    right1 = folded[j + 1] if j + 1 < last else "</s>"
    right2 = folded[j + 2] if j + 2 < last else "</s>"
    gap_left = text[tokens.ends[i - 1] : tokens.starts[i]] if i > 0 else ""
    gap_right = (
        text[tokens.ends[j] : tokens.starts[j + 1]]
        if j + 1 < len(tokens.words)
        else text[tokens.ends[j] : tokens.ends[j] + 3]
    )
    mark_left, mark_right = _mark(gap_left), _mark(gap_right)
    out = [
        _before(left2, left1),
        _behind(right1, right2),
        _marks(mark_left, mark_right),
        _left_word(left1, own.known, own.shape),
        _right_word(mark_right, right1),
    ]
    if gap_left in _BESIDE and i > first and passage.classes[i - 1]:
        out.append(_cues("c:L1:", passage.classes[i - 1]))  # "la start-up Norvane": the noun it is apposed to
    if mark_left in _QUOTES and mark_right in _QUOTES:
        out.append(("q", f"q,k={own.known}"))
    _add_governors(out, passage, i, left1)
    _add_governed(out, passage, j, right1, own.known, mark_right == ",", min(j - i + 1, 2))
    out += _near(passage, i, j, mark_left, mark_right)
    out.append(_thick(passage.business, min(j - i + 1, 2), own.known, own.shape, left1, i == first))
    out += _neighbouring_capitals(passage, i, j, gap_left, gap_right)
    out += _standing(passage, i, j, own)
    return out


@lru_cache(maxsize=REMEMBERED)
def _before(left2: str, left1: str) -> tuple[str, str]:
    return f"L1={left1}", f"L2={left2},{left1}"


@lru_cache(maxsize=REMEMBERED)
def _behind(right1: str, right2: str) -> tuple[str, str]:
    return f"R1={right1}", f"R2={right1},{right2}"


@lru_cache(maxsize=REMEMBERED)
def _marks(left: str, right: str) -> tuple[str, str]:
    return f"l!{left}", f"r!{right}"


@lru_cache(maxsize=REMEMBERED)
def _right_word(mark: str, right1: str) -> tuple[str]:
    return (f"r!{mark},R1={right1}",)


@lru_cache(maxsize=REMEMBERED)
def _left_word(left1: str, known: str, shape: str) -> tuple[str, str]:
    return f"L1={left1},k={known}", f"L1={left1},x={shape}"


@lru_cache(maxsize=1 << 10)
def _cues(prefix: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(prefix + name for name in names)


def _add_governors(out: list[Group], passage: Passage, i: int, left1: str) -> None:
    """The nearest word before the candidate that is no article, and the word that governs it."""
    cues, words, folded, first = passage.cues, passage.tokens.words, passage.tokens.folded, passage.first
    k = i - 1
    while k >= first and i - k <= 3 and folded[k] in cues.articles:
        k -= 1
    nearest = k
    while (
        k >= first
        and i - k <= 4
        and (folded[k] in cues.articles or len(folded[k]) <= 2 or folded[k] in cues.connectors)
        and words[k].islower()
    ):
        k -= 1
    content = _content("l", words[nearest], folded[nearest], cues.language) if nearest >= first else _START
    out.append(content.features)
    out.append(
        _governing(words[k], folded[k], left1, cues.language)
        if k >= first
        else (f"lv={_OPEN}", f"lv={_OPEN},{left1}")
    )
    if content.cues:
        out.append(content.cues)


def _add_governed(
    out: list[Group], passage: Passage, j: int, right1: str, known: str, comma: bool, count: int
) -> None:
    """The nearest word behind the candidate that is no article, and the one it governs."""
    cues, words, folded, last = passage.cues, passage.tokens.words, passage.tokens.folded, passage.last
    m = v = j + 1
    while m < last and m - j <= 3 and folded[m] in cues.articles:
        m += 1
    content = _content("r", words[m], folded[m], cues.language) if m < last else _END
    out.append(content.features)
    out.append(_right_ending(right1, known))
    if content.cues:
        out.append(content.cues)
    while v < last and v - j <= 4 and (folded[v] in cues.auxiliaries or folded[v] in cues.articles):
        v += 1
    word, small = (words[v], folded[v]) if v < last else ("", "")
    out.append(_governed(word, small, cues.language, known, "," if comma else "", count))


@dataclass(frozen=True, slots=True)
class _Content:
    """A word beside a candidate: itself and its dictionary form, and its cue classes."""

    features: Group
    cues: Group


_OPEN, _CLOSE = "<s>", "</s>"
_START = _Content((f"lc={_OPEN}", f"lm={_OPEN}"), ())
_END = _Content((f"rc={_CLOSE}", f"rm={_CLOSE}"), ())


@lru_cache(maxsize=REMEMBERED)
def _content(side: str, word: str, folded: str, language: str) -> _Content:
    base = lemma(word, language)
    names = cue_words(language).classes_of(folded, base)
    return _Content((f"{side}c={folded}", f"{side}m={base}"), tuple(f"c:{side}c:{name}" for name in names))


@lru_cache(maxsize=REMEMBERED)
def _governing(word: str, folded: str, left1: str, language: str) -> tuple[str, ...]:
    base = lemma(word, language)
    names = cue_words(language).classes_of(folded, base)
    cues = (cue for name in names for cue in (f"c:lv:{name}", f"c:lv:{name},{left1}"))
    return f"lv={base}", f"lv={base},{left1}", *cues


@lru_cache(maxsize=REMEMBERED)
def _right_ending(right1: str, known: str) -> tuple[str, str]:
    return f"R1s={right1[-3:]}", f"R1s={right1[-3:]},k={known}"


@lru_cache(maxsize=REMEMBERED)
def _governed(word: str, folded: str, language: str, known: str, comma: str, count: int) -> tuple[str, ...]:
    base = lemma(word, language) if word else _CLOSE
    names = cue_words(language).classes_of(folded, base)
    cues = (f"c:rv{comma}:{name}" for name in names)
    return f"rv={comma}{base}", f"rv={base},k={known},{count}", *cues


def _near(passage: Passage, i: int, j: int, mark_left: str, mark_right: str) -> Iterator[Group]:
    """The cue classes of the words around the candidate, and those inside an apposition."""
    before = passage.classes[max(passage.first, i - _APPOSITION) : i]
    behind = passage.classes[j + 1 : min(passage.last, j + 1 + _APPOSITION)]
    beside = tuple(filter(None, before[-_NEAR:])), tuple(filter(None, behind[:_NEAR]))
    apposed = (
        tuple(filter(None, before)) if mark_left in _APPOSED_BEFORE else (),
        tuple(filter(None, behind)) if mark_right in _APPOSED_BEHIND else (),
    )
    for names, prefix in zip((*apposed, *beside), ("a:l:", "a:r:", "c:l:", "c:r:"), strict=True):
        if names:
            yield _distinct_cues(prefix, names)


@lru_cache(maxsize=REMEMBERED)
def _distinct_cues(prefix: str, classes: tuple[tuple[str, ...], ...]) -> Group:
    return tuple(sorted({prefix + name for names in classes for name in names}))


def _standing(passage: Passage, i: int, j: int, own: OwnFeatures) -> Iterator[Group]:
    """Where in its sentence the candidate stands."""
    count, word = j - i + 1, passage.tokens.folded[i]
    found = []
    if i == passage.first:
        found += [f"z:start,{own.known}", f"z:start,n={min(count, 3)}"]
        if j + 1 == passage.last:
            found.append("z:alone")
    if count == 1 and word in passage.lower_nearby:
        found.append("z:lower")
    if count == 1 and word in passage.surnames_nearby:
        found.append("z:full")
    if found:
        yield tuple(sorted(found))


@lru_cache(maxsize=REMEMBERED)
def _thick(business: int, count: int, known: str, shape: str, left1: str, starts: bool) -> Group:
    """In what kind of paragraph the candidate stands."""
    found = [f"d:{business},n={count}", f"d:{business},k={known}", f"d:{business},x={shape}"]
    found += [f"d:{business},L1={left1}", *([f"d:{business},start,k={known}"] if starts else [])]
    return tuple(sorted(set(found)))


def _neighbouring_capitals(
    passage: Passage, i: int, j: int, gap_left: str, gap_right: str
) -> Iterator[Group]:
    """Whether what stands directly beside the candidate has a capital too, or is a number."""
    words, found = passage.tokens.words, []
    if i > passage.first and gap_left in _JOINED and not words[i - 1].islower():
        found.append(f"nb:l{gap_left if gap_left == '-' else ''}")
        if passage.tokens.folded[i - 1] in given_names():
            found.append("nb:l:given")
    if j + 1 < passage.last and gap_right in _JOINED and not words[j + 1].islower():
        found.append(f"nb:r{gap_right if gap_right == '-' else ''}")
        found.append(f"nb:rx={letter_shape(words[j + 1])}")
    if found:
        yield tuple(sorted(found))
