"""From text to mentions: companies, amounts, dates, names, facts. Pure: no files but the lexicons, no knowledge of corpus.

What other packages need of it is in `__all__`; each name is loaded when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.amounts import Amount, find_amounts
    from extract.companies import AddedNames, Company, CompanyList, CompanyListError, added_names, marks_in
    from extract.dates import (
        DateContext,
        DateExpression,
        DateMention,
        date_context,
        find_dates,
        resolve_dates,
        scan_dates,
    )
    from extract.dictionaries import has_dictionary, lemmatizer
    from extract.documents import settle_document
    from extract.entities import Extractor
    from extract.facts import Fact, MissingParserError, check_parsers, find_facts, parser_name, remembering
    from extract.find import find_companies, find_names
    from extract.folding import fold_in_place, fold_name, fold_phrase
    from extract.kept import kept_arrays
    from extract.languages import LexiconError, known_languages
    from extract.names import MissingModelError, Name, canonical_forms, load_pipeline
    from extract.numbers import Number, find_numbers
    from extract.records import ParagraphEntities, SettledParagraph
    from extract.sentences import split_sentences
    from extract.told import is_part_of_name, with_company
    from extract.word_files import WORD_FILES

__all__ = [
    "WORD_FILES",
    "AddedNames",
    "Amount",
    "Company",
    "CompanyList",
    "CompanyListError",
    "DateContext",
    "DateExpression",
    "DateMention",
    "Extractor",
    "Fact",
    "LexiconError",
    "MissingModelError",
    "MissingParserError",
    "Name",
    "Number",
    "ParagraphEntities",
    "SettledParagraph",
    "added_names",
    "canonical_forms",
    "check_parsers",
    "date_context",
    "find_amounts",
    "find_companies",
    "find_dates",
    "find_facts",
    "find_names",
    "find_numbers",
    "fold_in_place",
    "fold_name",
    "fold_phrase",
    "has_dictionary",
    "is_part_of_name",
    "kept_arrays",
    "known_languages",
    "lemmatizer",
    "load_pipeline",
    "marks_in",
    "parser_name",
    "remembering",
    "resolve_dates",
    "scan_dates",
    "settle_document",
    "split_sentences",
    "with_company",
]

_HOMES = {
    "amounts": ("Amount", "find_amounts"),
    "companies": ("AddedNames", "Company", "CompanyList", "CompanyListError", "added_names", "marks_in"),
    "dates": (
        "DateContext",
        "DateExpression",
        "DateMention",
        "date_context",
        "find_dates",
        "resolve_dates",
        "scan_dates",
    ),
    "dictionaries": ("has_dictionary", "lemmatizer"),
    "documents": ("settle_document",),
    "entities": ("Extractor",),
    "facts": ("Fact", "MissingParserError", "check_parsers", "find_facts", "parser_name", "remembering"),
    "folding": ("fold_in_place", "fold_name", "fold_phrase"),
    "find": ("find_companies", "find_names"),
    "kept": ("kept_arrays",),
    "languages": ("LexiconError", "known_languages"),
    "names": ("MissingModelError", "Name", "canonical_forms", "load_pipeline"),
    "numbers": ("Number", "find_numbers"),
    "records": ("ParagraphEntities", "SettledParagraph"),
    "sentences": ("split_sentences",),
    "told": ("is_part_of_name", "with_company"),
    "word_files": ("WORD_FILES",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"extract has no '{name}'; it offers {', '.join(__all__)}.")
    return getattr(import_module(f"extract.{_HOME_OF[name]}"), name)
