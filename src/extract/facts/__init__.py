"""Facts: an amount tied to the company that pays it, receives it or is worth it."""

from __future__ import annotations

from extract.facts.records import KINDS, Certainty, Fact, FactKind, FactParagraph, FactRule, Role
from extract.facts.remembered import remembering
from extract.facts.search import facts_of_document, find_facts
from extract.facts.sentences import may_be_fact
from extract.facts.syntax import MissingParserError, check_parsers, parser_name
from extract.facts.words import FACT_WORDS

__all__ = [
    "FACT_WORDS",
    "KINDS",
    "Certainty",
    "Fact",
    "FactKind",
    "FactParagraph",
    "FactRule",
    "MissingParserError",
    "Role",
    "check_parsers",
    "facts_of_document",
    "find_facts",
    "may_be_fact",
    "parser_name",
    "remembering",
]
