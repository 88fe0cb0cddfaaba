"""Write the excerpts of README.md anew from the output of the sample corpus: `python scripts/excerpts.py [OUT]`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from corpus.notebook import query_tables

ROOT = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- excerpts: make docs -->", "<!-- end of excerpts -->"
CELL = 64
QUERIES = {
    "removals": """
        select removals.text, reason, rule, kept_paragraph
        from removals join documents using (doc_id)
        where source = 'presse/2024-02_principes-ouverture.txt' order by removals.start limit 6
    """,
    "facts": """
        select kind, company, counterparty, low, currency, certainty, trigger, facts.text
        from facts join documents using (doc_id)
        where source in ('blogs/verdelac.html', 'presse/helsing.html') order by source, facts.start
    """,
    "paragraphs": """
        select p.text, f.text as first_text, p.similarity, p.changed_facts
        from paragraphs p join paragraphs f on f.doc_id = p.first_doc_id and f.paragraph = p.first_paragraph
        join documents d on d.doc_id = p.doc_id
        where d.source in ('presse/2025-03_ondeva-levee-corrigee.txt', 'agences/courrier-nord.txt')
        order by p.changed_facts desc, d.source, p.paragraph limit 5
    """,
}
TITLES = {
    "removals": "What was taken out of one article:",
    "facts": "Who pays, raises or earns how much:",
    "paragraphs": "What repeats what, joined with the earlier paragraph it repeats:",
}


def excerpts(out: Path) -> str:
    """The excerpts as Markdown."""
    return "\n\n".join(f"{TITLES[name]}\n\n{_table(out, query)}" for name, query in QUERIES.items())


def _table(out: Path, query: str) -> str:
    table = query_tables(out, query)
    lines = [f"| {' | '.join(table.column_names)} |", f"|{'---|' * table.num_columns}"]
    lines += [f"| {' | '.join(_cell(value) for value in row.values())} |" for row in table.to_pylist()]
    return "\n".join(lines)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:,.0f}" if value >= 1000 else f"{value:.2f}"
    text = " ".join(str(value).replace("|", "\\|").split())
    return text if len(text) <= CELL else text[: CELL - 1] + "…"


def main() -> None:
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "data" / "processed"
    readme = ROOT / "README.md"
    before, _, rest = readme.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    readme.write_text(f"{before}{BEGIN}\n{excerpts(out)}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
