"""Write the table of actions in docs/corrections.md anew, from the program itself."""

from __future__ import annotations

import re
from pathlib import Path

from corpus.corrections.actions import as_markdown

PAGE = Path(__file__).resolve().parent.parent / "docs" / "corrections.md"
TABLE = re.compile(r"^\| action \| scope .*?(?=\n\n)", re.MULTILINE | re.DOTALL)


def main() -> None:
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(TABLE.sub(lambda _: as_markdown(), page, count=1), encoding="utf-8")


if __name__ == "__main__":
    main()
