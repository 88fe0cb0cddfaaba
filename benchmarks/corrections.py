"""What a re-run costs that only applies what a user put right: ten corrections, and one more row in the company list.

    python benchmarks/corrections.py [--documents N] [--raw DIR] [--keep DIR]

Without --raw the articles of `speed.py` are read. The corrections are about rows that the first run left, chosen by a hash: a
company renamed, two merged, one that is none and a person that becomes one, a mention split off, a wrong one, a wrong fact, a
document's outlet, a paragraph that is residue. With --rows all ten are about companies and facts.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from pathlib import Path
from typing import Any

import duckdb
from speed import measured, row, write_articles

Row = tuple[str, str, str, str]
COLUMNS = ("action", "scope", "text", "to", "note")


def corrections_of(out: Path, rows_only: bool) -> list[Row]:
    """Ten corrections of the tables in `out`."""

    def ask(columns: str, table: str, rest: str) -> list[Any]:
        return duckdb.sql(f"select {columns} from '{out}/{table}.parquet' {rest}").fetchall()

    often = ask("company", "companies", "group by 1 having count(*) > 1 order by count(*) desc, 1 limit 6")
    one, other, third, fourth, fifth, sixth = (name for (name,) in often)
    mentions = ask("doc_id, start, text", "companies", "order by hash(doc_id || start) limit 2")
    facts = ask("doc_id, start, text", "facts", "order by hash(doc_id || start) limit 1")
    split, wrong, fact = ((f"{doc_id}:{start}", text) for doc_id, start, text in [*mentions, *facts])
    of_rows: list[Row] = [
        ("rename", "corpus", one, f"{one} Groupe"),
        ("merge", "corpus", third, fourth),
        ("merge", "corpus", fifth, fourth),
        ("not_company", "corpus", sixth, ""),
        ("split", *split, "Une autre"),
        ("wrong_mention", *wrong, ""),
        ("wrong_fact", *fact, ""),
    ]
    if rows_only:
        more = [("rename", "corpus", other, f"{other} Groupe"), ("not_company", mentions[0][0], one, "")]
        return [*of_rows, *more, ("rename", facts[0][0], fourth, "Une troisième")]
    ((person,),) = ask("name", "names", "where type = 'person' group by 1 order by count(*) desc, 1 limit 1")
    ((document,),) = ask("doc_id", "documents", "order by hash(doc_id) limit 1")
    ((start, text),) = ask(
        "start, text", "paragraphs", f"where doc_id = '{document}' order by 1 desc limit 1"
    )
    return [
        *of_rows,
        ("is_company", "corpus", person, ""),
        ("outlet", document, "", "Le Quotidien"),
        ("residue", f"{document}:{start}", text, ""),
    ]


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--documents", type=int, default=1000)
    options.add_argument("--raw", type=Path, help="a folder to read instead")
    options.add_argument("--rows", action="store_true", help="only corrections of rows")
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
            csv.writer(file).writerows([COLUMNS, *((*one, "") for one in corrections_of(out, args.rows))])
        row("ten corrections", first, measured(raw, out, *words))
        with listed.open("a", encoding="utf-8") as file:
            file.write("altivore-sante,Altivore Santé,\n")
        row("one more row in the company list", first, measured(raw, out, *words))


if __name__ == "__main__":
    main()
