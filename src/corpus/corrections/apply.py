"""Corrections applied to the rows of some documents, in the order of the file: each sees what those before it left.

A place is a document, a text and a start. Where cleaning moved the text, the occurrence nearest to that start is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.corrections.records import Correction

Rows = dict[str, list[dict[str, Any]]]
"""The rows of companies, amounts, dates, names and facts, by table."""
MENTIONS = ("companies", "amounts", "dates", "names")
STATEMENTS = "facts"


@dataclass(frozen=True, slots=True)
class KnownCompany:
    """What a company list says of a canonical name.

    >>> from corpus.corrections import KnownCompany
    >>> KnownCompany("x:galet", country="FR").country
    'FR'
    """

    company_id: str | None = None
    country: str | None = None
    sector: str | None = None


def correct_rows(
    rows: Rows, corrections: Iterable[Correction], known: Mapping[str, KnownCompany]
) -> frozenset[str]:
    """Change `rows` in place; give the keys of the corrections that changed something. `known` tells of the names in `to`.

    >>> from corpus.corrections import Correction, KnownCompany, correct_rows
    >>> row = {"doc_id": "a", "start": 0, "text": "Galet", "company": "Galet"}
    >>> rows = {"companies": [row], "amounts": [], "dates": [], "names": [], "facts": []}
    >>> merge = Correction(1, "k1", "merge", None, None, "Galet", "Galet SA")
    >>> sorted(correct_rows(rows, [merge], {"Galet SA": KnownCompany("x:galet")}))
    ['k1']
    >>> row["company"], row["company_id"], row["corrected_by"]
    ('Galet SA', 'x:galet', 'k1')
    """
    return frozenset([one.key for one in corrections if _APPLY[one.action](rows, one, known)])


def _rename(rows: Rows, one: Correction, known: Mapping[str, KnownCompany]) -> bool:
    changed = False
    for row in _in_scope(rows["companies"], one):
        if row["company"] == one.text:
            # A name that no list knows takes nothing away: the row keeps what is known of its own.
            _call(row, one, known.get(one.to) if one.action == "merge" else None)
            changed = True
    for row in _in_scope(rows[STATEMENTS], one, "company_start"):
        parties = row["counterparties"] or []
        if one.text in (row["company"], row["counterparty"], *parties):
            row["company"] = one.to if row["company"] == one.text else row["company"]
            renamed = [one.to if party == one.text else party for party in parties]
            _set_parties(row, renamed)
            row["corrected_by"] = one.key
            changed = True
    _each_once(rows[STATEMENTS])
    return changed


def _is_company(rows: Rows, one: Correction, known: Mapping[str, KnownCompany]) -> bool:
    """The mentions were told before their documents were read; here they take what is known of the company `to`."""
    told = [row for row in rows["companies"] if row["corrected_by"] == one.key]
    for row in told:
        fields = known.get(row["company"], KnownCompany())
        row["company_id"], row["country"], row["sector"] = fields.company_id, fields.country, fields.sector
    return bool(told)


def _not_company(rows: Rows, one: Correction, known: Mapping[str, KnownCompany]) -> bool:
    gone = [row for row in _in_scope(rows["companies"], one) if one.text in (row["company"], row["text"])]
    _remove(rows["companies"], gone)
    facts = [row for row in _in_scope(rows[STATEMENTS], one, "company_start") if row["company"] == one.text]
    _remove(rows[STATEMENTS], facts)
    others = (
        [row for row in _in_scope(rows[STATEMENTS], one) if one.text in (row["counterparties"] or ())]
        if one.start is None
        else []
    )
    for row in others:
        _set_parties(row, [party for party in row["counterparties"] if party != one.text])
        row["corrected_by"] = one.key
    return bool(gone or facts or others)


def _split(rows: Rows, one: Correction, known: Mapping[str, KnownCompany]) -> bool:
    row = _nearest(rows["companies"], one)
    if row is None:
        return False
    before = row["company"]
    _call(row, one, known.get(one.to, KnownCompany()))
    for fact in rows[STATEMENTS]:
        if (fact["doc_id"], fact["company_start"], fact["company"]) == (row["doc_id"], row["start"], before):
            fact["company"], fact["corrected_by"] = one.to, one.key
    _each_once(rows[STATEMENTS])
    return True


def _wrong_mention(rows: Rows, one: Correction, known: Mapping[str, KnownCompany]) -> bool:
    """Take the mention out, with the facts that need it; a fact whose date it was has none then."""
    found = [(name, row) for name in MENTIONS if (row := _nearest(rows[name], one)) is not None]
    if not found:
        return False
    distance = min(abs(row["start"] - (one.start or 0)) for _, row in found)
    for name, row in found:
        if abs(row["start"] - (one.start or 0)) != distance:
            continue
        facts = [fact for fact in rows[STATEMENTS] if fact["doc_id"] == row["doc_id"]]
        if name == "companies":
            for fact in _naming(facts, rows[name], row):
                _set_parties(fact, [party for party in fact["counterparties"] if party != row["company"]])
                fact["corrected_by"] = one.key
            _remove(rows[STATEMENTS], [fact for fact in facts if fact["company_start"] == row["start"]])
        elif name == "amounts":
            _remove(rows[STATEMENTS], [fact for fact in facts if fact["amount_start"] == row["start"]])
        elif name == "dates":
            for fact in facts:
                if fact["date_start"] == row["start"]:
                    fact["date_start"] = fact["start_date"] = fact["end_date"] = None
                    fact["corrected_by"] = one.key
        _remove(rows[name], [row])
    return True


def _naming(
    facts: Sequence[dict[str, Any]], mentions: Sequence[dict[str, Any]], wrong: dict[str, Any]
) -> list[dict[str, Any]]:
    """The facts that have its company as counterparty because of this mention: no other of the company is nearer to the sum."""
    doc_id, company = wrong["doc_id"], wrong["company"]
    starts: list[int] = [
        row["start"] for row in mentions if (row["doc_id"], row["company"]) == (doc_id, company)
    ]

    def nearest(fact: dict[str, Any]) -> int:
        return min(starts, key=lambda start: (abs(start - fact["amount_start"]), start))

    return [
        fact
        for fact in facts
        if company in (fact["counterparties"] or ()) and nearest(fact) == wrong["start"]
    ]


def _wrong_fact(rows: Rows, one: Correction, known: Mapping[str, KnownCompany]) -> bool:
    fact = _nearest(rows[STATEMENTS], one)
    if fact is None:
        return False
    place = (fact["doc_id"], fact["start"], fact["text"])
    _remove(rows[STATEMENTS], [f for f in rows[STATEMENTS] if (f["doc_id"], f["start"], f["text"]) == place])
    return True


_APPLY: dict[str, Callable[[Rows, Correction, Mapping[str, KnownCompany]], bool]] = {
    "merge": _rename,
    "rename": _rename,
    "is_company": _is_company,
    "not_company": _not_company,
    "split": _split,
    "wrong_mention": _wrong_mention,
    "wrong_fact": _wrong_fact,
}
ROW_ACTIONS = tuple(_APPLY)
"""The actions that `correct_rows` applies."""


def _in_scope(rows: Sequence[dict[str, Any]], one: Correction, place: str = "start") -> list[dict[str, Any]]:
    return [
        row for row in rows if one.holds_in(row["doc_id"]) and (one.start is None or row[place] == one.start)
    ]


def _nearest(rows: Sequence[dict[str, Any]], one: Correction) -> dict[str, Any] | None:
    """The row of that document and text whose start is nearest to the one that the correction names, the first of two."""
    meant = [row for row in rows if row["doc_id"] == one.doc_id and row["text"] == one.text]
    return min(meant, key=lambda row: (abs(row["start"] - (one.start or 0)), row["start"]), default=None)


def _call(row: dict[str, Any], one: Correction, known: KnownCompany | None) -> None:
    row["company"], row["corrected_by"] = one.to, one.key
    if known is not None:
        row["company_id"], row["country"], row["sector"] = known.company_id, known.country, known.sector


def _each_once(facts: list[dict[str, Any]]) -> None:
    """Leave one of the facts that two names of one company made of one statement, the surest: they have one key now."""
    best: dict[tuple[Any, ...], dict[str, Any]] = {}
    for fact in facts:
        key = tuple(fact[name] for name in ("doc_id", "start", "amount_start", "company"))
        if key not in best or (fact["score"] or 0.0) > (best[key]["score"] or 0.0):
            best[key] = fact
    facts[:] = best.values()


def _set_parties(row: dict[str, Any], parties: Iterable[str]) -> None:
    distinct = [party for party in dict.fromkeys(parties) if party != row["company"]]
    row["counterparties"] = distinct or None
    row["counterparty"] = distinct[0] if distinct else None


def _remove(rows: list[dict[str, Any]], gone: Sequence[dict[str, Any]]) -> None:
    named = {id(row) for row in gone}
    rows[:] = [row for row in rows if id(row) not in named]
