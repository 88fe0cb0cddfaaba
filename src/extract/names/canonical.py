"""Canonical names over a corpus, for companies and names that no list knows.

    canonical_forms(Counter({"Velmora": 12, "VELMORA SAS": 1, "Velmorra Robotics": 1, "Velmora Robotics": 4}))

Forms are one thing when they differ in case, accents, hyphens, a legal form or a generic word ("groupe", "Group"), or, in long
names, in one letter. The canonical form is the most frequent regular one, the longer where two are as frequent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from extract.companies import strip_legal_form
from extract.folding import fold_name

# From this many letters on, one letter more, less or other is a typo: shorter names differ by one letter and are two firms.
TYPO_LENGTH = 8
TYPO_LONGEST = 60  # beyond it a "name" is no name, and its variants would be many
# A typo is rarer than the name: a form at least this frequent beside the other is a name of its own.
TYPO_SHARE = 0.34


@cache
def generic_words() -> frozenset[str]:
    """Return the folded words beside a company's name that do not make it another company."""
    text = (files("extract") / "data" / "generic_words.txt").read_text(encoding="utf-8")
    return frozenset(fold_name(line) for line in text.splitlines() if line and not line.startswith("#"))


def match_key(name: str) -> str:
    """Return the key under which forms of one name meet: folded, without legal form and generic words, never empty.

    >>> match_key("groupe Velmora"), match_key("VELMORA S.A."), match_key("Group")
    ('velmora', 'velmora', 'group')
    """
    words = fold_name(strip_legal_form(name)).split()
    while len(words) > 1 and words[0] in generic_words():
        words = words[1:]
    while len(words) > 1 and words[-1] in generic_words():
        words = words[:-1]
    return " ".join(words) or fold_name(name) or name


def canonical_forms(counts: Mapping[str, int]) -> dict[str, str]:
    """Return the canonical form of every surface form in `counts` (form → mentions in the corpus).

    Depends on the forms and their counts only, not on their order. A form without a letter or digit stays as it is.

    >>> from extract import canonical_forms
    >>> canonical_forms({"Société Brivane": 2, "Brivane": 9, "BRIVANE": 1})
    {'BRIVANE': 'Brivane', 'Brivane': 'Brivane', 'Société Brivane': 'Brivane'}
    """
    groups: dict[str, dict[str, int]] = defaultdict(dict)
    for form in sorted(counts):
        groups[match_key(form)][form] = counts[form]
    totals = {key: sum(forms.values()) for key, forms in groups.items()}
    heads = _without_typos(totals)
    merged: dict[str, dict[str, int]] = defaultdict(dict)
    for key, forms in groups.items():
        # A misspelt form is never the canonical one, so it does not stand for election.
        if heads[key] == key:
            merged[key].update(forms)
    canonical = {key: _best(forms) for key, forms in merged.items()}
    return {form: canonical[heads[key]] for key in groups for form in groups[key]}


def _best(forms: Mapping[str, int]) -> str:
    """The most frequent regular form: not all capitals where another is not, without a legal form."""
    counts: dict[str, int] = defaultdict(int)
    for form, count in forms.items():
        counts[strip_legal_form(form)] += count
    return min(counts, key=lambda form: (_irregular(form), -counts[form], -len(form), form))


def _irregular(form: str) -> int:
    letters = [char for char in form if char.isalpha()]
    shouted = len(letters) > 4 and all(char.isupper() for char in letters)
    small = bool(letters) and all(char.islower() for char in letters)
    generic = (
        form.split()[:1] != [] and fold_name(form.split()[0]) in generic_words() and len(form.split()) > 1
    )
    return 2 * (shouted or small) + generic


def _without_typos(totals: Mapping[str, int]) -> dict[str, str]:
    """Every key's head: itself, or the much more frequent key of which it is one letter away.

    Keys meet under their deletions of one letter (symmetric deletion; Garbe, SymSpell, 2012), so time grows with the letters.
    """
    heads = {key: key for key in totals}
    for key, near in _near(key for key in totals if TYPO_LENGTH <= len(key) <= TYPO_LONGEST).items():
        better = [
            other
            for other in near
            if totals[key] <= TYPO_SHARE * totals[other] and _one_letter_apart(key, other)
        ]
        if better:
            heads[key] = min(better, key=lambda other: (-totals[other], other))
    return {key: _head(heads, key) for key in heads}


def _near(keys: Iterable[str]) -> dict[str, set[str]]:
    """The keys that meet others under a deletion, and which those are."""
    first: dict[str, str] = {}
    together: dict[str, set[str]] = {}
    for key in keys:
        for variant in {key, *(key[:k] + key[k + 1 :] for k in range(len(key)))}:
            other = first.setdefault(variant, key)
            if other is not key:
                together.setdefault(variant, {other}).add(key)
    near: dict[str, set[str]] = defaultdict(set)
    for met in together.values():
        for key in met:
            near[key] |= met - {key}
    return near


def _head(heads: Mapping[str, str], key: str) -> str:
    while heads[key] != key:  # ends: every step goes to a more frequent key
        key = heads[key]
    return key


def _one_letter_apart(left: str, right: str) -> bool:
    """Whether one letter was added, dropped or changed; digits are never typos ("Galet 2", "Galet 3")."""
    if abs(len(left) - len(right)) > 1:
        return False
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    end = 0
    while end < min(len(left), len(right)) - start and left[-1 - end] == right[-1 - end]:
        end += 1
    odd = left[start : len(left) - end] + right[start : len(right) - end]
    return (
        len(left) - start - end <= 1
        and len(right) - start - end <= 1
        and not any(char.isdigit() for char in odd)
        and start > 0
    )
