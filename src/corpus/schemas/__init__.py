"""Every table's columns, types and descriptions, once. All documentation of tables is generated from here.

`TABLES` maps a table's name to its `Table`; `Table.arrow()` is the schema that stands in the Parquet file, with the
descriptions and units in its metadata.
"""

from __future__ import annotations

from corpus.schemas.documents import DOCUMENTS, PARAGRAPHS, PROBLEMS, REMOVALS, VARIABLES
from corpus.schemas.mentions import (
    AMOUNTS,
    COMPANIES,
    DATES,
    ENTITY_TABLES,
    EVENTS,
    FACTS,
    NAMES,
    SENTENCES,
    STATEMENTS,
)
from corpus.schemas.model import FRICTIONLESS_TYPES, Column, Table
from corpus.schemas.topics import (
    DOC_TOPICS,
    PARAGRAPH_TOPICS,
    TOPIC_CHOICES,
    TOPIC_PROFILES,
    TOPIC_TERMS,
    TOPIC_TRENDS,
    TOPICS,
)

__all__ = [
    "AMOUNTS",
    "COMPANIES",
    "DATES",
    "DOCUMENTS",
    "DOC_TOPICS",
    "ENTITY_TABLES",
    "EVENTS",
    "FACTS",
    "FRICTIONLESS_TYPES",
    "NAMES",
    "PARAGRAPHS",
    "PARAGRAPH_TOPICS",
    "PROBLEMS",
    "REMOVALS",
    "SENTENCES",
    "STAGES",
    "STAGE_TABLES",
    "STATEMENTS",
    "TABLES",
    "TOPICS",
    "TOPIC_CHOICES",
    "TOPIC_PROFILES",
    "TOPIC_TABLES",
    "TOPIC_TERMS",
    "TOPIC_TRENDS",
    "VARIABLES",
    "Column",
    "Table",
    "tables_until",
]

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        DOCUMENTS,
        VARIABLES,
        PARAGRAPHS,
        REMOVALS,
        SENTENCES,
        COMPANIES,
        AMOUNTS,
        DATES,
        NAMES,
        FACTS,
        EVENTS,
        TOPICS,
        TOPIC_TERMS,
        DOC_TOPICS,
        PARAGRAPH_TOPICS,
        TOPIC_TRENDS,
        TOPIC_CHOICES,
        TOPIC_PROFILES,
        PROBLEMS,
    )
}
TOPIC_TABLES = (
    "topics",
    "topic_terms",
    "doc_topics",
    "paragraph_topics",
    "topic_trends",
    "topic_choices",
    "topic_profiles",
)

STAGES = ("clean", "repeats", "entities", "topics")
STAGE_TABLES: dict[str, tuple[str, ...]] = {
    "clean": ("documents", "variables", "paragraphs", "removals", "problems"),
    "repeats": (),
    "entities": (SENTENCES.name, *(table.name for table in ENTITY_TABLES), EVENTS.name),
    "topics": TOPIC_TABLES,
}


def tables_until(stage: str) -> tuple[str, ...]:
    """Names of the tables that a run up to and including `stage` leaves, in the order of the data dictionary.

    >>> from corpus.schemas import tables_until
    >>> tables_until("clean")
    ('documents', 'variables', 'paragraphs', 'removals', 'problems')
    """
    wanted = {name for s in STAGES[: STAGES.index(stage) + 1] for name in STAGE_TABLES[s]}
    return tuple(name for name in TABLES if name in wanted)
