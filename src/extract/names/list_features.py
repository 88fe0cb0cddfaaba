"""What the lists of companies and of other names say of a candidate, of a part of it and of a longer stretch."""

from __future__ import annotations

import bisect
from operator import itemgetter

from extract.companies import ListMatch
from extract.names.gazetteers import given_names
from extract.names.records import Passage
from extract.names.words import letter_shape

_OWN_KINDS = frozenset({"media", "social"})  # firms that are named as what they make, oftener than as firms


def list_kind(match: ListMatch) -> str:
    """What a match of the lists is to the typing step: its type, a medium, a network, or a name with another meaning too."""
    if match.company is not None and match.company.sector in _OWN_KINDS:
        return match.company.sector
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


def list_features(passage: Passage, i: int, j: int) -> list[str]:
    """What the lists say of the candidate of tokens `i` to `j` (inclusive), of its parts and of what stands near it."""
    out: list[str] = []
    near = bisect.bisect_left(passage.matches, i - 4, key=itemgetter(1))
    for k in range(near, len(passage.matches)):
        start, end, match = passage.matches[k]
        if start > j + 4:
            break
        kind = list_kind(match)
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
    return out
