"""What the words of a candidate tell wherever they stand: words and letters, common words, registers of names and places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from extract.companies import legal_forms
from extract.cue_words import CueWords, cue_words
from extract.folding import fold_name
from extract.names.gazetteers import given_names, place_sizes, surnames
from extract.names.words import is_common_word, letter_shape

REMEMBERED = 1 << 14
"""Words and pairs of words whose features are remembered: the names and the words beside them come again and again."""


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


@dataclass(frozen=True, slots=True)
class OwnFeatures:
    """Features of a candidate's own words, whether they are common ones (`k`), the shape of their letters (`x`)."""

    features: tuple[str, ...]
    known: str
    shape: str


@lru_cache(maxsize=REMEMBERED)
def own_features(
    raw: tuple[str, ...], inside: tuple[str, ...], language: str, joint: str, possessive: bool
) -> OwnFeatures:
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
    return OwnFeatures(tuple(out), known, shape)


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
    found = [f"ci0:{name}" for name in cues.classes_of(inside[0])]
    if len(inside) > 1:
        found += [f"ci9:{name}" for name in cues.classes_of(inside[-1])]
    return found
