"""What the typing step sees of a candidate: its words and letters, the words beside it, cues, and what the lists say.

A feature is a short string, so that the trained weights can be read. `FEATURE_KEYS` explains the prefixes.
"""

from __future__ import annotations

from collections.abc import Mapping

from extract.names.context_features import context_features
from extract.names.list_features import list_features, list_kind
from extract.names.own_features import own_features
from extract.names.records import Group, Passage
from extract.names.words import letter_shape

FEATURE_KEYS: Mapping[str, str] = {
    "w": "the whole candidate",
    "f / l / m": "its first, last, and another word",
    "p / s": "the first letters of its first word, the last letters of its last word",
    "n / x": "how many words; the shape of its letters",
    "k": "whether its words are known as common words: all, some, none",
    "kl": "the same by language, French aside",
    "ab": "a full name whose short form stands beside it in brackets, or that short form",
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


def features(passage: Passage, i: int, j: int) -> list[Group]:
    """Return the features of the candidate made of tokens `i` to `j` (inclusive), those together that come together."""
    tokens, cues = passage.tokens, passage.cues
    if passage.case != "mixed":
        return [(passage.case, *(f"{passage.case},t={list_kind(match)}" for match in passage.listed(i, j)))]
    raw = tokens.words[i : j + 1]
    joint = passage.text[tokens.ends[i] : tokens.starts[i + 1]] if j > i else ""
    possessive = j > i and raw[-1] == "s" and passage.text[tokens.starts[j] - 1] in "'’"
    own = own_features(tuple(raw), tuple(tokens.folded[i : j + 1]), cues.language, joint, possessive)
    out = [own.features]
    if (
        passage.money and j + 1 < passage.last and tokens.words[j + 1].isdecimal()
    ):  # "Morille 28, Ikos Mobility 24"
        out.append(("$,r=9", f"$,r=9,x={letter_shape(raw[-1])}"))
    out += context_features(passage, i, j, own)
    if passage.matches:
        out.append(tuple(list_features(passage, i, j)))
    return out
