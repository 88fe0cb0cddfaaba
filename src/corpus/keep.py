"""`python -m corpus.keep`: makes what is kept beside the byte code (`extract.kept`), so that no run has to."""

from __future__ import annotations

from corpus.language import identify
from extract import find_amounts, find_companies, find_facts, has_dictionary, known_languages, lemmatizer

TEXT = "Kalistor rachète Ondalys pour 40 millions d'euros."
"""A fact: without a company and a sum no weights are asked for."""


def main() -> None:
    """Load all that is kept once it was loaded."""
    identify("Un texte court.")
    for language in filter(has_dictionary, sorted(known_languages())):
        lemmatizer(language)
    find_facts(TEXT, find_companies(TEXT), find_amounts(TEXT), [])


if __name__ == "__main__":
    main()
