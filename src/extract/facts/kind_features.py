"""What tells the kind of a sum: the words around it and their classes, the sentences beside, the sum itself."""

from __future__ import annotations

import itertools
import math

from extract.amounts.records import Amount
from extract.facts.features import is_content, stem, step
from extract.facts.sentences import Document, Sentence
from extract.facts.syntax_features import sum_syntax
from extract.facts.words import classes_of, fact_words

REACH = 22  # words on each side of a sum that may tell its kind
_NEAR = 10
_CLOSE = 4
_BESIDE = 30  # words of a sentence beside, and of the title, that are looked at
_HEAD_WITHIN = 7
_TELLS = ("told_", "no_fact")

Feature = tuple[str, int | None]
"""A feature and the position of the word that it comes from."""


def kind_features(document: Document, sentence: Sentence, k: int) -> list[Feature]:
    """Return the features of the sum at item `k` of `sentence`."""
    out: list[Feature] = []
    for side, direction in (("L", -1), ("R", 1)):
        _side(out, sentence, k, side, direction)
        _head(out, sentence, k, side, direction)
    _tellers(out, sentence, k)
    _pairs(out, sentence, k)
    _beside(out, document, sentence)
    amount = sentence.items[k].mention
    assert isinstance(amount, Amount)
    out.extend((name, None) for name in _of_sum(document, sentence, amount))
    out.extend((name, None) for name in sum_syntax(sentence, k))
    return out


def previous_sum(sentence: Sentence, k: int, before: tuple[int, int, str] | None) -> list[Feature]:
    """What the sum before tells: `before` is its sentence's index, its position there and its kind."""
    if before is None:
        return []
    index, position, kind = before
    if index != sentence.index:
        return [(f"pks{min(sentence.index - index, 3)}={kind}", None)]
    distance = k - position - 1
    words = "_".join(stem(sentence.word(n)) for n in range(position + 1, k)) if distance <= 5 else "far"
    return [
        (f"pk={kind}", None),
        (f"pk={kind}|{words}", None),
        (f"pkm={words}", None),
        (f"pk={kind}|n{min(distance // 3, 4)}", None),
    ]


def _side(out: list[Feature], sentence: Sentence, k: int, side: str, direction: int) -> None:
    """The words on one side, by distance and by what stands between them and the sum."""
    distance = clause = sums = companies = 0
    near_words: list[str] = []
    position = k + direction
    while 0 <= position < len(sentence.items) and distance < REACH:
        item = sentence.items[position]
        if item.kind == "mark":
            clause += 2 if item.word in ";:" else 1 if item.word in ",()–—" else 0
            if distance < 3:
                out.append((f"{side}{distance}={item.word}", None))
            position += direction
            continue
        distance += 1
        word = item.word
        sums += item.kind == "sum"
        companies += item.kind == "company"
        if distance <= 3:
            out.append((f"{side}{distance}={word}", position))
        if distance <= 2:
            near_words.append(word)
            if len(near_words) == 2:
                out.append((f"{side}bi={'_'.join(near_words)}", position))
        if item.kind != "word":
            if distance <= 8:
                out.append((f"{side}m={word}", None))
        elif is_content(sentence, position):
            near = "n" if clause < 2 and sums == 0 and distance <= _NEAR else "f"
            _word(out, sentence, position, side, near, distance)
        position += direction
    out.append((f"{side}comps={min(companies, 2)}", None))
    out.append((f"{side}sums={min(sums, 2)}", None))


def _word(out: list[Feature], sentence: Sentence, k: int, side: str, near: str, distance: int) -> None:
    word = sentence.items[k].word
    base = stem(word)
    out += [(f"{side}{near}w={base}", k), (f"{near}w={base}", k), (f"w={base}", k)]
    if near == "n":
        out.append((f"nf={word}", k))
    if distance <= _CLOSE:
        out += [(f"cw={base}", k), (f"{side}cw={base}", k)]
    for name in classes_of(word, sentence.language):
        out += [
            (f"{side}{near}c={name}", k),
            (f"{near}c={name}", k),
            (f"{side}{step(distance)}c={name}", k),
            (f"c={name}", k),
        ]


def _head(out: list[Feature], sentence: Sentence, k: int, side: str, direction: int) -> None:
    """The nearest word of meaning and the small words on the way: "une amende | de | #S"."""
    words = fact_words(sentence.language).lists
    small: list[str] = []
    for n in range(1, _HEAD_WITHIN + 1):
        position = k + direction * n
        if not 0 <= position < len(sentence.items):
            return
        item = sentence.items[position]
        if item.kind == "mark":
            if item.word in ",;:()":
                out.append((f"H{side}={'_'.join(small)}|{item.word}", None))
                return
            continue
        if item.kind != "word":
            out.append((f"H{side}={'_'.join(small)}|{item.word}", None))
            return
        if len(item.word) < 3 or item.word in words["grammar"] or item.word in words["modifiers"]:
            small = [*small, item.word][:2]
            continue
        joined = "_".join(small)
        out += [(f"H{side}={stem(item.word)}", position), (f"H{side}={joined}|{stem(item.word)}", position)]
        for name in classes_of(item.word, sentence.language):
            out += [(f"H{side}c={name}", position), (f"H{side}c={'_'.join(small[:1])}|{name}", position)]
        return


def _tellers(out: list[Feature], sentence: Sentence, k: int) -> None:
    """The words nearest to the sum that nearly always tell a kind, in the order of their distance, whatever their side."""
    found = tellers(sentence, k)
    for rank, (n, name) in enumerate(found[:2]):
        out.append((f"tell{rank}={name}", n))
    if not found:
        out.append(("tell0=", None))


def tellers(sentence: Sentence, k: int) -> list[tuple[int, str]]:
    """Where the words stand that nearly always tell a kind, and their classes, the nearest to the sum at `k` first."""
    found: list[tuple[int, int, str]] = []
    for n in range(max(0, k - REACH), min(len(sentence.items), k + REACH + 1)):
        item = sentence.items[n]
        if item.kind != "word":
            continue
        told = [name for name in classes_of(item.word, sentence.language) if name.startswith(_TELLS)]
        if told:
            _, sums, commas, clauses = sentence.between(k, n)
            cost = abs(n - k) + 6 * commas + 12 * clauses + 8 * sums + (2 if n > k else 0)
            found.extend((cost, n, name) for name in told)
    return [(n, name) for _, n, name in sorted(found)]


def _pairs(out: list[Feature], sentence: Sentence, k: int) -> None:
    """Neighbouring words, wherever they stand around the sum."""
    grammar = fact_words(sentence.language).lists["grammar"]
    low, high = max(0, k - REACH), min(len(sentence.items), k + REACH + 1)
    words = [(n, sentence.items[n].word) for n in range(low, high) if sentence.items[n].kind != "mark"]
    for (_, one), (n, other) in itertools.pairwise(words):
        if one not in grammar or other not in grammar:
            out.append((f"sb={stem(one)}_{stem(other)}", n))


def _beside(out: list[Feature], document: Document, sentence: Sentence) -> None:
    """Classes of the sentences before and behind, words of the one before and of the title."""
    for offset, name in ((-1, "P1"), (-2, "P2"), (1, "N1")):
        index = sentence.index + offset
        if 0 <= index < len(document.sentences):
            other = document.sentences[index]
            out.extend((f"{name}c={c}", None) for c in _classes(other))
            if offset == -1:
                out.extend((f"P1w={w}", None) for w in _stems(other))
    if sentence.index > 0:
        title = document.sentences[0]
        out.extend((f"Tw={w}", None) for w in _stems(title))
        out.extend((f"Tc={c}", None) for c in _classes(title))


def _stems(sentence: Sentence) -> list[str]:
    found = {
        stem(sentence.items[n].word)
        for n in range(min(_BESIDE, len(sentence.items)))
        if is_content(sentence, n)
    }
    return sorted(found)


def _classes(sentence: Sentence) -> list[str]:
    found: set[str] = set()
    for item in sentence.items[:_BESIDE]:
        if item.kind == "word":
            found.update(classes_of(item.word, sentence.language))
    return sorted(found)


def _of_sum(document: Document, sentence: Sentence, amount: Amount) -> list[str]:
    size = "vague" if not amount.low else str(int(math.log10(max(amount.low, 1.0))))
    found = [
        f"mag={size}",
        f"per={amount.per}",
        f"mod={amount.modifier}",
        f"cur={amount.currency is not None}",
        f"range={amount.low != amount.high}",
        f"nsum={min(len(sentence.positions('sum')), 4)}",
        f"sent0={sentence.index == 0}",
        f"lang={sentence.language}",
        "bias",
    ]
    if not sentence.companies:
        found.append("nocomp")
    if not document.counts:
        found.append("doc_nocomp")
    return found
