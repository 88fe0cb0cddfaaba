"""`first` and `counted` for any set of documents, and what a sum of money should say of itself.

The stored columns hold for the whole corpus: a filter on one paper would lose what another wrote first. Here both are worked out
for the documents that are chosen. docs/events.md gives the same as SQL.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def counted_in(facts: pd.DataFrame, doc_ids: Collection[str]) -> pd.Series[bool]:
    """For each row of `facts` whether it is the one to count of its event, among the documents `doc_ids`.

    `facts` has doc_id, event and event_rank; the answer has its index. Rows of other documents are False.

    >>> import corpus
    >>> from corpus.events import counted_in
    >>> c = corpus.open("data/processed")
    >>> facts = c.facts.to_pandas()
    >>> int(counted_in(facts, set(facts["doc_id"])).sum()) < len(facts)
    True
    """
    chosen = facts["doc_id"].isin(set(doc_ids)) & facts["event_rank"].notna()
    best = facts["event_rank"].where(chosen).groupby(facts["event"]).transform("min")
    answer: pd.Series[bool] = chosen & (facts["event_rank"] == best)
    return answer.fillna(False).astype(bool)


def first_in(
    rows: pd.DataFrame, paragraphs: pd.DataFrame, documents: pd.DataFrame, doc_ids: Collection[str]
) -> pd.Series[bool]:
    """For each row of a table of mentions or facts, or of `paragraphs`, whether its paragraph repeats none of an earlier
    document of `doc_ids`.

    `paragraphs` has doc_id, paragraph, text_id, first_doc_id, first_paragraph, changed_facts; `documents` doc_id and published. A
    paragraph with another fact than the one it repeats is a wording of its own. Rows of other documents are False.

    >>> import corpus
    >>> from corpus.events import first_in
    >>> c = corpus.open("data/processed")
    >>> paragraphs, documents = c.paragraphs.to_pandas(), c.documents.to_pandas()
    >>> first = first_in(paragraphs, paragraphs, documents, set(documents["doc_id"]))
    >>> 0 < int(first.sum()) < len(paragraphs)
    True
    """
    import pandas as pd

    chosen = set(doc_ids)
    inside = paragraphs[paragraphs["doc_id"].isin(chosen)]
    wordings = _wordings(inside, paragraphs)
    published = documents.set_index("doc_id")["published"]
    ordered = pd.DataFrame(
        {
            "doc_id": inside["doc_id"],
            "paragraph": inside["paragraph"],
            "wording": wordings,
            "published": pd.to_datetime(inside["doc_id"].map(published)),
        }
    ).sort_values(["published", "doc_id", "paragraph"], na_position="last")
    firsts = ordered.drop_duplicates("wording")
    # A document that repeats itself keeps both: what is repeated inside a document was taken out, the rest was meant.
    keys = set(zip(firsts["wording"], firsts["doc_id"], strict=True))
    kept = {
        (doc, number)
        for doc, number, wording in zip(
            ordered["doc_id"], ordered["paragraph"], ordered["wording"], strict=True
        )
        if (wording, doc) in keys
    }
    places = zip(rows["doc_id"], rows["paragraph"], strict=True)
    return pd.Series([place in kept for place in places], index=rows.index, dtype=bool)


def _wordings(inside: pd.DataFrame, paragraphs: pd.DataFrame) -> pd.Series[str]:
    """The wording of each paragraph: the text_id of the one that it repeats, its own where it repeats none or changes a fact."""
    import pandas as pd

    known = dict(
        zip(
            zip(paragraphs["doc_id"], paragraphs["paragraph"], strict=True),
            paragraphs["text_id"],
            strict=True,
        )
    )
    repeats = inside["first_doc_id"].notna() & ~inside["changed_facts"].fillna(False).astype(bool)
    places = zip(inside["first_doc_id"], inside["first_paragraph"], strict=True)
    roots = [
        known.get((doc, number)) if again else None
        for again, (doc, number) in zip(repeats, places, strict=True)
    ]
    wordings = [root or own for root, own in zip(roots, inside["text_id"], strict=True)]
    return pd.Series(wordings, index=inside.index, dtype="string")


def conversion_note(rows: Iterable[Mapping[str, Any]]) -> str:
    """What a sum in euros over `rows` of facts or events leaves out: "3 of 81 not converted, 2 undated".

    Counts rows with a sum that has no euros; undated are, of facts, those that no date converts (`eur_basis` is `none`), of
    events those without a date. Unknown is None.

    >>> from corpus.events import conversion_note
    >>> conversion_note([{"currency": "EUR", "low": 3.0, "eur_low": 3.0, "start_date": None}])
    '0 of 1 not converted, 0 undated'
    """
    known = lost = undated = 0
    for row in rows:
        if row["low"] is not None:
            known += 1
            if row["eur_low"] is None:
                lost += 1
                undated += row["eur_basis"] == "none" if "eur_basis" in row else row["start_date"] is None
    return f"{lost:,} of {known:,} not converted, {undated:,} undated"
