"""What the typing step sees of a candidate: its words and letters, the words beside it, cues, and what the lists say.

A feature is a short string, so that the trained weights can be read. `FEATURE_KEYS` explains the prefixes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from extract.companies import ListMatch, legal_forms
from extract.cue_words import CueWords, cue_words
from extract.folding import fold_name
from extract.names.gazetteers import given_names, place_sizes, surnames
from extract.names.words import is_common_word, lemma, letter_shape
from extract.tokens import Tokens

FEATURE_KEYS: Mapping[str, str] = {
    "w": "the whole candidate",
    "f / l / m": "its first, last, and another word",
    "p / s": "the first letters of its first word, the last letters of its last word",
    "n / x": "how many words; the shape of its letters",
    "k": "whether its words are known as common words: all, some, none",
    "kl": "the same by language, French aside",
    "lf": "it ends with a legal form, `lf^` begins with one",
    "q": "it stands in quotation marks by itself",
    "g": "what registers say: a given name, a surname, a place and its size",
    "poss": "it ends with 's",
    "L1 L2 R1 R2": "the words before and after",
    "lc / rc": "the nearest word before and after that is no article; `lm`, `rm` its dictionary form",
    "lv / rv": "the dictionary form of the word that governs the candidate, and of the one it governs",
    "l! / r!": "the mark directly before and after",
    "c": "a cue class with its side and distance",
    "a": "a cue class inside an apposition",
    "e": "an enumeration with companies of the list",
    "t": "what the lists say of the candidate, of a part of it, of a longer stretch; `t^` of how it begins",
    "nb": "a capitalised word directly before or after",
    "z": "begins the sentence; also stands in lower case nearby; ends a longer run of capitals nearby",
    "$": "a number follows, and the sentence names a sum of money",
    "shouted / small": "the sentence is written in capitals or without one, and what the lists say",
    "d": "how thick the paragraph is with words about companies",
}
_NEAR = 4
_APPOSITION = 6
_BESIDE = frozenset(" \u00a0")
_JOINED = frozenset({" ", "-", "\u00a0"})
_QUOTES = frozenset('«»"“”„‟‘’')
_APPOSED_BEHIND = frozenset({",", "(", "–", "—"})
_APPOSED_BEFORE = frozenset({",", "(", ":", "«", "“", '"'})
_REMEMBERED = 1 << 14
"""Words and pairs of words whose features are remembered: the names and the words beside them come again and again."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence ready to be described: token range, and the list's matches as token ranges."""

    text: str
    tokens: Tokens
    first: int
    last: int
    cues: CueWords
    matches: Sequence[tuple[int, int, ListMatch]]
    lower_nearby: frozenset[str]
    surnames_nearby: frozenset[str]
    business: int  # from 0 to 3: how thick words about companies and money stand in the paragraph
    case: str  # "mixed", or "shouted" or "small" where capitals tell nothing
    money: bool  # whether it names a sum of money


@cache
def _word_file(name: str) -> frozenset[str]:
    text = (files("extract") / "data" / name).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    if name.startswith("places"):
        return frozenset(map(fold_name, lines))
    return frozenset(fold_name(word) for line in lines for word in line.split())


def _known(words: Sequence[str], folded: Sequence[str], cues: CueWords) -> str:
    hits = [
        fold_word in cues.sentence_start or is_common_word(word.lower(), cues.language)
        for word, fold_word in zip(words, folded, strict=True)
        if word.isalpha()
    ]
    if not hits:
        return "digits"
    return "all" if all(hits) else "some" if any(hits) else "none"


def features(passage: Passage, i: int, j: int) -> list[str]:
    """Return the features of the candidate made of tokens `i` to `j` (inclusive)."""
    tokens, cues = passage.tokens, passage.cues
    if passage.case != "mixed":
        return [
            passage.case,
            *(f"{passage.case},t={_list_kind(m)}" for a, b, m in passage.matches if (a, b) == (i, j)),
        ]
    raw = tokens.words[i : j + 1]
    joint = passage.text[tokens.ends[i] : tokens.starts[i + 1]] if j > i else ""
    possessive = j > i and raw[-1] == "s" and passage.text[tokens.starts[j] - 1] in "'’"
    own = _own(tuple(raw), tuple(tokens.folded[i : j + 1]), cues.language, joint, possessive)
    out = list(own.features)
    if (
        passage.money and j + 1 < passage.last and tokens.words[j + 1].isdecimal()
    ):  # "Morille 28, Ikos Mobility 24"
        out += ["$,r=9", f"$,r=9,x={letter_shape(raw[-1])}"]
    _add_context(out, passage, i, j, own)
    _add_list(out, passage, i, j)
    return out


@dataclass(frozen=True, slots=True)
class _Own:
    """What the words of a candidate tell wherever they stand: features, whether they are common words, their letters."""

    features: tuple[str, ...]
    known: str
    shape: str


@lru_cache(maxsize=_REMEMBERED)
def _own(raw: tuple[str, ...], inside: tuple[str, ...], language: str, joint: str, possessive: bool) -> _Own:
    """What the words `raw`, folded `inside`, tell; `joint` stands between the first two, `possessive` is a closing 's."""
    cues = cue_words(language)
    first, last, count = inside[0], inside[-1], len(inside)
    shape = "_".join(letter_shape(word) for word in raw[:5])
    known = _known(raw, inside, cues)
    out = [
        f"w={' '.join(inside)}", f"f={first}", f"l={last}", f"p={first[:3]}", f"p={first[:4]}", f"s={last[-3:]}",
        f"s={last[-4:]}", f"s={last[-2:]}", f"n={min(count, 5)}", f"x={shape}", f"k={known}", f"k={known},n={min(count, 3)}",
        f"x={letter_shape(raw[-1])},{min(len(last), 6)}",
    ]  # fmt: skip
    out.extend(f"m={word}" for word in inside[1:-1])
    if language != "fr":  # what a known word with a capital tells differs: German nouns all have one
        out.append(f"kl={language},{known},{min(count, 2)}")
    if count > 1:
        out.append(f"fl={first},{last}")
        out.append("j=" + joint)
    if count > 1 and raw[-1] in legal_forms():
        out.append("lf")
    if count > 1 and raw[0] in legal_forms():
        out.append("lf^")
    _add_registers(out, inside)
    if first in cues.articles:
        out.append(f"g=article,{min(count, 3)}")
    if " ".join(inside) in _word_file("places.txt"):
        out.append("g=place")
    if possessive:
        out.append(f"poss:{language}")
    out.extend(_inner_cues(inside, cues))
    return _Own(tuple(out), known, shape)


def _add_registers(out: list[str], inside: Sequence[str]) -> None:
    """What registers of places and persons say of the whole, of its first and of its last word."""
    count = min(len(inside), 3)
    sizes = place_sizes()
    size = sizes.get(" ".join(inside))
    if size is not None:
        out.append(f"g=place{size},{count}")
    if count > 1:
        if inside[-1] in sizes:
            out.append(f"g=ends-place{sizes[inside[-1]]}")
        if inside[0] in sizes:
            out.append(f"g=begins-place{sizes[inside[0]]}")
    given, surname = inside[0] in given_names(), inside[-1] in surnames()
    if given or surname:
        out.append(f"g={'given' if given else ''}{'surname' if surname else ''},{count}")


def _inner_cues(inside: Sequence[str], cues: CueWords) -> list[str]:
    found = [f"ci0:{name}" for name in cues.classes.get(inside[0], ())]
    if len(inside) > 1:
        found += [f"ci9:{name}" for name in cues.classes.get(inside[-1], ())]
    return found


@lru_cache(maxsize=_REMEMBERED)
def _mark(gap: str) -> str:
    return gap.strip()[:1] or ("_" if gap else "")


def _add_context(out: list[str], passage: Passage, i: int, j: int, own: _Own) -> None:
    """What the words and marks around the candidate tell."""
    tokens, cues, text = passage.tokens, passage.cues, passage.text
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
    out += _before(left2, left1)
    out += _behind(right1, right2)
    out += _marks(mark_left, mark_right)
    out += _left_word(left1, own.known, own.shape)
    out.append(_right_word(mark_right, right1))
    if gap_left in _BESIDE:  # "la start-up Norvane": the noun that the name is apposed to
        out.extend(_cues("c:L1:", cues.classes.get(left1, ())))
    if mark_left in _QUOTES and mark_right in _QUOTES:
        out += ["q", f"q,k={own.known}"]
    _add_governors(out, passage, i, left1)
    _add_governed(out, passage, j, right1, own.known, mark_right == ",", min(j - i + 1, 2))
    near = {
        *_near(passage, i, j, mark_left, mark_right),
        *_standing(passage, i, j, own, left1),
        *_neighbouring_capitals(passage, i, j, gap_left, gap_right),
    }
    out += sorted(near)


@lru_cache(maxsize=_REMEMBERED)
def _before(left2: str, left1: str) -> tuple[str, str]:
    return f"L1={left1}", f"L2={left2},{left1}"


@lru_cache(maxsize=_REMEMBERED)
def _behind(right1: str, right2: str) -> tuple[str, str]:
    return f"R1={right1}", f"R2={right1},{right2}"


@lru_cache(maxsize=_REMEMBERED)
def _marks(left: str, right: str) -> tuple[str, str]:
    return f"l!{left}", f"r!{right}"


@lru_cache(maxsize=_REMEMBERED)
def _right_word(mark: str, right1: str) -> str:
    return f"r!{mark},R1={right1}"


@lru_cache(maxsize=_REMEMBERED)
def _left_word(left1: str, known: str, shape: str) -> tuple[str, str]:
    return f"L1={left1},k={known}", f"L1={left1},x={shape}"


@lru_cache(maxsize=1 << 10)
def _cues(prefix: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(prefix + name for name in names)


def _add_governors(out: list[str], passage: Passage, i: int, left1: str) -> None:
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
    out += content.features
    out += (
        _governing(words[k], folded[k], left1, cues.language)
        if k >= first
        else (f"lv={_OPEN}", f"lv={_OPEN},{left1}")
    )
    out += content.cues


def _add_governed(
    out: list[str], passage: Passage, j: int, right1: str, known: str, comma: bool, count: int
) -> None:
    """The nearest word behind the candidate that is no article, and the one it governs."""
    cues, words, folded, last = passage.cues, passage.tokens.words, passage.tokens.folded, passage.last
    m = v = j + 1
    while m < last and m - j <= 3 and folded[m] in cues.articles:
        m += 1
    content = _content("r", words[m], folded[m], cues.language) if m < last else _END
    out += content.features
    out += _right_ending(right1, known)
    out += content.cues
    while v < last and v - j <= 4 and (folded[v] in cues.auxiliaries or folded[v] in cues.articles):
        v += 1
    word, small = (words[v], folded[v]) if v < last else ("", "")
    out += _governed(word, small, cues.language, known, "," if comma else "", count)


@dataclass(frozen=True, slots=True)
class _Content:
    """A word beside a candidate: itself and its dictionary form, and its cue classes."""

    features: tuple[str, ...]
    cues: tuple[str, ...]


_OPEN, _CLOSE = "<s>", "</s>"
_START = _Content((f"lc={_OPEN}", f"lm={_OPEN}"), ())
_END = _Content((f"rc={_CLOSE}", f"rm={_CLOSE}"), ())


@lru_cache(maxsize=_REMEMBERED)
def _content(side: str, word: str, folded: str, language: str) -> _Content:
    base = lemma(word, language)
    names = cue_words(language).classes_of(folded, base)
    return _Content((f"{side}c={folded}", f"{side}m={base}"), tuple(f"c:{side}c:{name}" for name in names))


@lru_cache(maxsize=_REMEMBERED)
def _governing(word: str, folded: str, left1: str, language: str) -> tuple[str, ...]:
    base = lemma(word, language)
    names = cue_words(language).classes_of(folded, base)
    cues = (cue for name in names for cue in (f"c:lv:{name}", f"c:lv:{name},{left1}"))
    return f"lv={base}", f"lv={base},{left1}", *cues


@lru_cache(maxsize=_REMEMBERED)
def _right_ending(right1: str, known: str) -> tuple[str, str]:
    return f"R1s={right1[-3:]}", f"R1s={right1[-3:]},k={known}"


@lru_cache(maxsize=_REMEMBERED)
def _governed(word: str, folded: str, language: str, known: str, comma: str, count: int) -> tuple[str, ...]:
    base = lemma(word, language) if word else _CLOSE
    names = cue_words(language).classes_of(folded, base)
    cues = (f"c:rv{comma}:{name}" for name in names)
    return f"rv={comma}{base}", f"rv={base},k={known},{count}", *cues


def _near(passage: Passage, i: int, j: int, mark_left: str, mark_right: str) -> list[str]:
    """The cue classes of the words around the candidate, and those inside an apposition."""
    classes, folded = passage.cues.classes, passage.tokens.folded
    before = folded[max(passage.first, i - _APPOSITION) : i]
    behind = folded[j + 1 : min(passage.last, j + 1 + _APPOSITION)]
    near = [cue for word in before[-_NEAR:] if word in classes for cue in _cues("c:l:", classes[word])]
    near += [cue for word in behind[:_NEAR] if word in classes for cue in _cues("c:r:", classes[word])]
    if mark_right in _APPOSED_BEHIND:
        near += [cue for word in behind if word in classes for cue in _cues("a:r:", classes[word])]
    if mark_left in _APPOSED_BEFORE:
        near += [cue for word in before if word in classes for cue in _cues("a:l:", classes[word])]
    return near


def _standing(passage: Passage, i: int, j: int, own: _Own, left1: str) -> list[str]:
    """Where in its sentence the candidate stands, and in what kind of paragraph."""
    count, word = j - i + 1, passage.tokens.folded[i]
    found = [
        *_thick(passage.business, min(count, 2), own.known, own.shape),
        f"d:{passage.business},L1={left1}",
    ]
    if i == passage.first:
        found += [
            f"z:start,{own.known}",
            f"z:start,n={min(count, 3)}",
            f"d:{passage.business},start,k={own.known}",
        ]
        if j + 1 == passage.last:
            found.append("z:alone")
    if count == 1 and word in passage.lower_nearby:
        found.append("z:lower")
    if count == 1 and word in passage.surnames_nearby:
        found.append("z:full")
    return found


@lru_cache(maxsize=_REMEMBERED)
def _thick(business: int, count: int, known: str, shape: str) -> tuple[str, str, str]:
    return f"d:{business},n={count}", f"d:{business},k={known}", f"d:{business},x={shape}"


def _neighbouring_capitals(passage: Passage, i: int, j: int, gap_left: str, gap_right: str) -> list[str]:
    """Whether what stands directly beside the candidate has a capital too, or is a number."""
    words, found = passage.tokens.words, []
    if i > passage.first and gap_left in _JOINED and not words[i - 1].islower():
        found.append(f"nb:l{gap_left if gap_left == '-' else ''}")
        if passage.tokens.folded[i - 1] in given_names():
            found.append("nb:l:given")
    if j + 1 < passage.last and gap_right in _JOINED and not words[j + 1].islower():
        found.append(f"nb:r{gap_right if gap_right == '-' else ''}")
        found.append(f"nb:rx={letter_shape(words[j + 1])}")
    return found


def _list_kind(match: ListMatch) -> str:
    if match.company is not None and match.company.sector == "media":
        return "media"
    return "ambiguous" if match.ambiguous else match.type


def _add_neighbours(out: list[str], passage: Passage, i: int, j: int, kind: str) -> None:
    """What stands beside a listed name: "une BMW Série 7", "le patron de BMW"."""
    tokens = passage.tokens
    left = tokens.folded[i - 1] if i > passage.first else "<s>"
    right = ""
    if j + 1 < passage.last and passage.text[tokens.ends[j] : tokens.starts[j + 1]] in {" ", "-", "\u00a0"}:
        right = letter_shape(tokens.words[j + 1])
    out += [f"t={kind},r={right}", f"t={kind},l={left}"]
    if right not in {"", "x"}:
        out += [f"t={kind},l={left},r={right}", f"t={kind},r={tokens.folded[j + 1]}"]


def _add_list(out: list[str], passage: Passage, i: int, j: int) -> None:
    for start, end, match in passage.matches:
        kind = _list_kind(match)
        if end < i - 4:
            continue
        if start > j + 4:
            break
        if start == i and end == j:
            out.append(f"t={kind}")
            _add_neighbours(out, passage, i, j, kind)
        elif start <= i and end >= j:
            out.append(f"t<{kind}")
        elif i <= start and end <= j:
            out.append(f"t>{kind}{'^' if start == i else ''}")
            if end == j and start > i:  # "Vincent Bolloré", "Australian Associated Press"
                given = "given" if passage.tokens.folded[i] in given_names() else ""
                out += [f"t>{kind}$", f"t>{kind}${given},x={letter_shape(passage.tokens.words[i])}"]
            if start == i:  # "BMW Série 7", "Tesla Model S", "Carrefour Market"
                shape = letter_shape(passage.tokens.words[j])
                out += [
                    f"t^{kind},{min(j - end, 3)}",
                    f"t^{kind},x={shape}",
                    f"t^{kind},s={passage.tokens.folded[j]}",
                ]
        elif start <= j and end >= i:
            out.append(f"t#{kind}")
        elif match.type == "company" and not match.ambiguous and passage.tokens.folded is not None:
            low, high = (end, i) if end < i else (j, start)
            between = passage.text[passage.tokens.ends[low] : passage.tokens.starts[high]]
            if "," in between or high - low == 2:
                out.append(f"e:{'l' if end < i else 'r'}:{high - low}")
