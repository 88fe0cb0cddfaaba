"""`python -m corpus.keep`: makes what is kept beside the byte code (`extract.kept`), so that no run has to."""

from __future__ import annotations

from corpus.language import identify
from extract import Extractor, find_facts


def main() -> None:
    """Load all that is kept once it was loaded."""
    identify("Un texte court.")
    Extractor()
    find_facts("Rien.", [], [], [], "fr")


if __name__ == "__main__":
    main()
