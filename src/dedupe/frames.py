"""Repeats in a column of a pandas DataFrame, in one call: what is kept, what it repeats, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dedupe.explain import explain
from dedupe.paragraphs import ParagraphsError

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("kept", "repeats", "kind", "similarity", "changed_facts", "why")
LONGEST = 60
"""Characters of a changed stretch that `why` shows."""


def find(
    frame: pd.DataFrame, text: str, *, published: str | None = None, language: str = "fr"
) -> pd.DataFrame:
    """Which rows of `frame` repeat an earlier one in their column `text`; a frame with the same index.

    `kept` is true for the rows to go on with: those that repeat nothing, and those that repeat an earlier row with a changed
    number, date, name or negation (`changed_facts`). `repeats` is the index label of the earliest row repeated, `kind` is
    `exact`, `near`, `truncated`, `boilerplate` or `variant`, `similarity` is in [0, 1], and `why` says it in words. Earlier
    is the smaller date of the column `published` where it is named, else the row farther up. Missing texts are kept.
    Raises ParagraphsError where a column is not there or an index label stands twice.

    >>> import pandas as pd
    >>> texts = ["Ondéva a levé 42 millions d’euros auprès de trois fonds de Nantes, dit-elle lundi."] * 3
    >>> texts[2] = texts[2].replace("42", "45")
    >>> find(pd.DataFrame({"texte": texts}), text="texte").kept.tolist()
    [True, False, True]
    """
    import pandas as pd

    from dedupe.repeats import find_repeats

    for name in filter(None, (text, published)):
        if name not in frame.columns:
            raise ParagraphsError(
                f"There is no column {name!r}. The columns are: {', '.join(map(str, frame.columns))}."
            )
    if not frame.index.is_unique:
        raise ParagraphsError(
            "Index labels stand twice: give each row its own, for example by reset_index()."
        )
    texts = [
        "" if missing else str(value) for value, missing in zip(frame[text], frame[text].isna(), strict=True)
    ]
    rows: list[dict[str, Any]] = [
        {"kept": True, "repeats": None, "kind": None, "similarity": None, "changed_facts": False, "why": ""}
        for _ in texts
    ]
    for found in find_repeats(_table(texts, frame[published] if published else None, language)).to_pylist():
        here, there = int(found["doc_id"]), int(found["of_doc_id"])
        row = rows[here]
        if here == there or (row["similarity"] or 0) >= found["similarity"]:
            continue
        row["kept"] = row["changed_facts"] = not found["same_facts"]
        row["repeats"], row["kind"] = frame.index[there], found["kind"]
        row["similarity"] = found["similarity"]
        row["why"] = _why(found, texts[here], texts[there], language)
    return pd.DataFrame(rows, index=frame.index, columns=list(COLUMNS))


def _table(texts: list[str], published: Any, language: str) -> Any:
    """The texts as find_repeats takes them: a row is a document of one paragraph, its number its id."""
    import pandas as pd
    import pyarrow as pa

    width = len(str(max(len(texts), 1)))
    columns: dict[str, Any] = {
        "doc_id": pa.array([f"{number:0{width}}" for number in range(len(texts))], pa.string()),
        "paragraph": pa.array([0] * len(texts), pa.int32()),
        "text": pa.array(texts, pa.string()),
        "language": pa.array([language] * len(texts), pa.string()),
    }
    if published is not None:
        days = pd.to_datetime(published, errors="coerce", utc=True)
        columns["published"] = pa.array([None if day is pd.NaT else day.date() for day in days], pa.date32())
    return pa.table(columns)


def _why(found: dict[str, Any], here: str, there: str, language: str) -> str:
    """A repeat in words."""
    if found["kind"] == "exact":
        return "the same words"
    changed = [
        f"{_short(there[one.of_start : one.of_end])} became {_short(here[one.start : one.end])}"
        for one in explain(here, there, language)
        if one.facts
    ]
    if not found["same_facts"]:
        return "the same wording with other facts" + (f": {'; '.join(changed[:3])}" if changed else "")
    if found["kind"] == "truncated":
        return "cut off"
    return f"nearly the same words ({found['similarity']:.0%}) and the same facts"


def _short(text: str) -> str:
    line = " ".join(text.split())
    line = line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
    return f"“{line}”" if line else "nothing"
