"""Furniture of a site: a line that stands in many of its documents and changes only its date or counter."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from dedupe.fingerprint import hash_words
from dedupe.lexicon import SIGNS, FactWords, fact_words
from dedupe.paragraphs import Paragraphs
from dedupe.relations import Rows, common_words, ends_sentence

Ints = npt.NDArray[np.int64]

MIN_DOCUMENTS = 5
# Without a word that names it, furniture is a short line.
MAX_UNNAMED = 20
_DIGIT = re.compile("[0-9]")
_CLOCK = re.compile("[0-9]{1,2}h[0-9]{0,2}$")
_YEAR = re.compile("(?:19|20)[0-9]{2}$")


@lru_cache(maxsize=32)
def masked_words(languages: tuple[str, ...]) -> npt.NDArray[np.uint32]:
    """Return the hashes of the words that change with a date: months and weekdays."""
    words = sorted(
        set().union(*(fact_words(code).months.keys() | fact_words(code).weekdays for code in languages))
    )
    return np.unique(hash_words(words)) if words else np.zeros(0, np.uint32)


def find_boilerplate(
    compared: Rows,
    rows: Paragraphs,
    alive: Ints,
    leader: Ints,
    first: Ints,
    masked: tuple[npt.NDArray[np.uint64], Ints],
) -> list[tuple[int, int, float]]:
    """Return (row, earliest row of its family, similarity) for the distinct rows that are furniture.

    `leader` gives each row of `alive` its first exact copy, `first` are those, `masked` the
    keys without numbers of some of them (`masked_keys`).
    """
    key_of = np.zeros(len(rows), np.uint64)
    keyed = np.zeros(len(rows), bool)
    key_of[first[masked[1]]] = masked[0]
    keyed[first[masked[1]]] = True
    usable = (rows.sites[alive] >= 0) & keyed[leader]
    here, distinct = alive[usable], leader[usable]
    key = key_of[distinct]
    order = np.lexsort((rows.rank[here], rows.documents[here], key, rows.sites[here]))
    here, distinct, key = here[order], distinct[order], key[order]
    site, document = rows.sites[here], rows.documents[here]
    head = np.ones(len(here), bool)
    head[1:] = (site[1:] != site[:-1]) | (key[1:] != key[:-1])
    heads = np.append(np.flatnonzero(head), len(here))
    fresh = np.ones(len(here), bool)
    fresh[1:] = head[1:] | (document[1:] != document[:-1])
    documents = np.diff(np.concatenate([[0], np.cumsum(fresh)])[heads])
    found: list[tuple[int, int, float]] = []
    for k in np.flatnonzero(documents >= MIN_DOCUMENTS).tolist():
        members = here[heads[k] : heads[k + 1]]
        texts = np.unique(distinct[heads[k] : heads[k + 1]])
        if len(texts) < 2:
            continue
        earliest = int(members[np.argmin(rows.rank[members])])
        source = int(texts[np.argmin(rows.rank[texts])])
        sample = [int(row) for row in texts[np.argsort(rows.rank[texts])][: MIN_DOCUMENTS * 2]]
        if not _is_furniture(compared, sample, fact_words(compared.language(earliest))):
            continue
        words = compared.words(source)
        for row in texts.tolist():
            if row != source:
                other = compared.words(row)
                found.append((row, source, 2 * common_words(words, other) / (len(words) + len(other))))
    return found


def _is_furniture(compared: Rows, sample: list[int], words: FactWords) -> bool:
    """Return whether what changes between the texts is the date, time or counter of a page, and nothing is reported."""
    lists = [compared.words(row) for row in sample]
    places = [k for k in range(len(lists[0])) if len({line[k] for line in lists}) > 1]
    row = sample[0]
    written, text = compared.tokens(row).words(), compared.text(row)
    if not places or len(written) != len(lists[0]):
        return False
    fields = [_field(written, k, words) for k in places]
    if "sum" in fields:
        return False
    named = any(word in words.furniture for word in written)
    if named:
        return True
    if ends_sentence(text):
        return False
    return "plain" not in fields or ("date" in fields and len(written) <= MAX_UNNAMED)


def _field(written: list[str], k: int, words: FactWords) -> str:
    """Return what the changing word `k` is: `date`, `counter`, `sum` or `plain`."""
    near = [written[i] for i in (k - 2, k - 1, k + 1, k + 2) if 0 <= i < len(written)]
    after = written[k + 1] if k + 1 < len(written) else ""
    if after in words.currencies or after in words.numbers or (k and written[k - 1] in words.currencies):
        return "sum"
    word = written[k]
    if not SIGNS.keys().isdisjoint(word):
        return "sum"
    if word in words.months or word in words.weekdays or _YEAR.match(word) or _CLOCK.match(word):
        return "date"
    if any(other in words.months or other in words.weekdays for other in near):
        return "date"
    if any(other in words.counters for other in near):
        return "counter"
    # 03/05/2024 and 18:30 are read as several numbers side by side.
    if _DIGIT.search(word) and any(_DIGIT.search(other) for other in near):
        return "date"
    return "plain"
