"""Real articles annotated stand-off: the annotations are in the project, the texts are not.

`data/training/articles/learn.jsonl` is learned from, `score.jsonl` only scored on. DIR holds the texts, which belong to their
publishers: `topics/orangesum*.parquet` (OrangeSum: title, heading and text) and `winer_fr/train.jsonl.gz` (WiNER-fr, French
Wikinews); `articles/gold_dev.jsonl`, where it is there, are further annotations of OrangeSum articles with offsets.
PAGES are files of saved pages in the form of `data/training/texts`, with their texts, which may not be kept here.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from scripts.training_texts import AnnotatedText, annotated, read_hand

from extract.facts.records import KINDS

FOLDER = Path(__file__).resolve().parents[1] / "data" / "training" / "articles"
LEARN, SCORE = FOLDER / "learn.jsonl", FOLDER / "score.jsonl"
_NAMED = frozenset(
    ["revenue", "investment", "funding_round", "acquisition", "valuation", "spending", "fine", "contract"]
)


def real_texts(cases: Path | None, pages: Sequence[Path]) -> Iterator[AnnotatedText]:
    """All real texts that may be learned from: the articles whose texts are in `cases`, and the files `pages`."""
    if cases is not None:
        yield from real_articles(LEARN, cases)
        for path in (cases / "articles").glob("gold_dev.jsonl"):
            yield from with_offsets(path, cases)
    for path in pages:
        for text in read_hand(path):
            yield replace(text, hand=f"real-{text.hand}")


def real_articles(path: Path, cases: Path) -> Iterator[AnnotatedText]:
    """The articles that `path` annotates, with their texts from `cases`; those whose text is not there are left out."""
    texts = _texts(cases)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["id"] in texts:
            yield annotated(
                {**row, "text": texts[row["id"]], "names": row["others"], "lang": "fr"}, f"real-{path.stem}"
            )


def with_offsets(path: Path, cases: Path) -> Iterator[AnnotatedText]:
    """The articles of `gold_dev.jsonl`, whose annotations are offsets and whose unnamed sums are no facts."""
    texts = _texts(cases)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if str(row["id"]) not in texts:
            continue
        numbers = {amount["start"]: k for k, amount in enumerate(row["amounts"])}
        facts = [_fact(fact, numbers) for fact in row["facts"] if fact["amount_start"] in numbers]
        stated = {fact["amount"] for fact in facts}
        yield annotated(
            {
                "id": str(row["id"]),
                "lang": "fr",
                "text": texts[str(row["id"])],
                "published": row["published"],
                "companies": [[c["text"], c["company"], c["role"]] for c in row["companies"]],
                "names": [[o["text"], o["type"]] for o in row["others"]],
                "amounts": row["amounts"],
                "dates": [],  # a fact's date is a period here and no place in the text
                "facts": facts,
                "no_fact": {str(k): "other" for k in range(len(row["amounts"])) if k not in stated},
            },
            f"real-{path.stem}",
        )


def _fact(fact: dict[str, Any], numbers: dict[int, int]) -> dict[str, Any]:
    also = [kind for kind in fact.get("kind_also") or [] if kind in _NAMED]
    other = fact.get("counterparty")
    return {
        "amount": numbers[fact["amount_start"]],
        "kind": also[0] if fact["kind"] == "other" and len(also) == 1 else fact["kind"],
        "also": [kind for kind in fact.get("kind_also") or [] if kind in KINDS],
        "company": fact["company"],
        "counterparty": other if isinstance(other, list) else [other] if other else [],
        "authority": None,
        "date": None,
        "certainty": fact["certainty"],
        "optional": bool(fact.get("optional")),
    }


def _texts(cases: Path) -> dict[str, str]:
    import pyarrow.parquet as pq

    found: dict[str, str] = {}
    for path in sorted((cases / "topics").glob("orangesum*.parquet")):
        for row in pq.read_table(path, columns=["id", "title", "heading", "text"]).to_pylist():
            found[str(row["id"])] = f"{row['title']}\n\n{row['heading']}\n\n{row['text']}"
    wikinews = cases / "winer_fr" / "train.jsonl.gz"
    if wikinews.is_file():
        with gzip.open(wikinews, "rt", encoding="utf-8") as lines:
            found.update((f"winer:{row['id']}", row["text"]) for row in map(json.loads, lines))
    return found
