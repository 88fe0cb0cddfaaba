"""What a re-run costs that only applies what a user put right: ten corrections, and one more row in the company list.

    python benchmarks/corrections.py [--documents N] [--raw DIR] [--keep DIR]

Without --raw the articles of `speed.py` are read. The corrections are about rows that the first run left: two companies renamed,
two merged, one that is none and one that becomes one, a mention split off, a wrong one, a wrong fact, a document's outlet.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from pathlib import Path
from typing import Any

import duckdb
from speed import measured, row, write_articles

COLUMNS = ("action", "scope", "text", "to", "note")


def corrections_of(out: Path) -> list[tuple[str, str, str, str]]:
    """Ten corrections of the tables in `out`."""

    def ask(query: str) -> list[Any]:
        return duckdb.sql(query.replace("FROM ", f"from '{out}/").replace(".P", ".parquet'")).fetchall()

    often = ask(
        "select company, count(*) as n FROM companies.P group by company having n > 1 order by n desc, company limit 6"
    )
    (one, other, third, fourth, fifth, sixth) = (name for name, _ in often)
    mentions = ask("select doc_id, start, text FROM companies.P order by hash(doc_id || start) limit 2")
    (fact,) = ask("select doc_id, start, text FROM facts.P order by hash(doc_id || start) limit 1")
    (name,) = ask(
        "select name FROM names.P where type = 'person' group by name order by count(*) desc, name limit 1"
    )
    (document,) = ask("select doc_id FROM documents.P order by hash(doc_id) limit 1")
    places = [(f"{doc_id}:{start}", text) for doc_id, start, text in [*mentions, fact]]
    return [
        ("rename", "corpus", one, f"{one} Groupe"),
        ("rename", "corpus", other, f"{other} Groupe"),
        ("merge", "corpus", third, fourth),
        ("merge", "corpus", fifth, fourth),
        ("not_company", "corpus", sixth, ""),
        ("is_company", "corpus", name[0], ""),
        ("split", *places[0], "Une autre"),
        ("wrong_mention", *places[1], ""),
        ("wrong_fact", *places[2], ""),
        ("outlet", document[0], "", "Le Quotidien"),
    ]


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--documents", type=int, default=1000)
    options.add_argument("--raw", type=Path, help="a folder to read instead")
    options.add_argument("--keep", type=Path, help="a new folder to leave everything in")
    args = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or Path(temporary)
        folder.mkdir(exist_ok=True)
        raw = args.raw or folder / "raw"
        if args.raw is None:
            write_articles(raw, args.documents, files=False)
        out, config, listed = folder / "out", folder / "corpus.toml", folder / "companies.csv"
        listed.write_text("id,name,aliases\nbrivane-conseil,Brivane Conseil,\n", encoding="utf-8")
        config.write_text(f'companies = ["{listed}"]\n', encoding="utf-8")
        words = ("--workers", "1", "--config", str(config))
        print("| run | CPU s | CPU, of the first | s | largest process, MB |\n|---|---|---|---|---|")
        first = row("first, 1 worker", 0.0, measured(raw, out, *words))
        row("unchanged", first, measured(raw, out, *words))
        with (folder / "corrections.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([COLUMNS, *((*one, "") for one in corrections_of(out))])
        row("ten corrections", first, measured(raw, out, *words))
        with listed.open("a", encoding="utf-8") as file:
            file.write("altivore-sante,Altivore Santé,\n")
        row("one more row in the company list", first, measured(raw, out, *words))


if __name__ == "__main__":
    main()
