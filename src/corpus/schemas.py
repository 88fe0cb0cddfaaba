"""Every table's columns, types and descriptions, once. All documentation of tables is generated from here.

`TABLES` maps a table's name to its `Table`; `Table.arrow()` is the schema that stands in the Parquet file, with the
descriptions and units in its metadata.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pyarrow as pa

Kind = Literal["string", "category", "strings", "int32", "float32", "float64", "bool", "date"]

FRICTIONLESS_TYPES: dict[Kind, str] = {
    "string": "string",
    "category": "string",
    "strings": "list",
    "int32": "integer",
    "float32": "number",
    "float64": "number",
    "bool": "boolean",
    "date": "date",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `kind` is its type in the terms of the data dictionary, `unit` what its numbers count."""

    name: str
    kind: Kind
    description: str
    unit: str | None = None
    values: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the output folder: what one row is, its columns, and the columns its rows are sorted by."""

    name: str
    row: str
    columns: tuple[Column, ...]
    sorted_by: tuple[str, ...]
    key: tuple[str, ...] = ()

    def arrow(self) -> pa.Schema:
        """The Arrow schema, with description and unit of the table and of each column in its metadata."""
        return _arrow_schema(self)

    def column(self, name: str) -> Column:
        """The column of that name; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


@lru_cache(maxsize=64)
def _arrow_schema(table: Table) -> pa.Schema:
    import pyarrow as pa

    types: dict[Kind, pa.DataType] = {
        "string": pa.string(),
        "category": pa.dictionary(pa.int32(), pa.string()),
        # Parquet calls the values of a list "element", and so does what is read back.
        "strings": pa.list_(pa.field("element", pa.string())),
        "int32": pa.int32(),
        "float32": pa.float32(),
        "float64": pa.float64(),
        "bool": pa.bool_(),
        "date": pa.date32(),
    }
    fields = []
    for column in table.columns:
        metadata = {"description": column.description}
        if column.unit:
            metadata["unit"] = column.unit
        fields.append(pa.field(column.name, types[column.kind], not column.required, metadata))
    return pa.schema(fields, {"table": table.name, "description": table.row})


def _c(
    name: str,
    kind: Kind,
    description: str,
    unit: str | None = None,
    values: str = "",
    required: bool = False,
) -> Column:
    return Column(name, kind, description, unit, tuple(values.split()), required)


CHARACTERS = "Unicode code points"
CURRENCY_UNITS = "whole currency units"

DOC_ID = _c(
    "doc_id",
    "string",
    "The document: stable over runs and machines, derived from its source, not from its text.",
    required=True,
)
PARAGRAPH = _c(
    "paragraph", "int32", "0-based position of the paragraph in the document's `text`.", required=True
)
SENTENCE = _c("sentence", "int32", "0-based number of the sentence in the document.")
FIRST = _c(
    "first",
    "bool",
    "False in a paragraph that repeats an earlier one with the same facts: count with `first` to count each statement once.",
    required=True,
)
SCORE = _c("score", "float32", "How sure the rule or the model is, in [0, 1].", "share")
EUR_LOW = _c(
    "eur_low",
    "float64",
    "`low` in euros at the European Central Bank's reference rate of the document's date; null where there is none.",
    "EUR",
)
EUR_HIGH = _c("eur_high", "float64", "`high` in euros, likewise.", "EUR")
LOW = _c("low", "float64", "The sum, or the lower end of a range; null where it is vague.", CURRENCY_UNITS)
HIGH = _c("high", "float64", "The sum, or the upper end of a range; null where it is vague.", CURRENCY_UNITS)
CURRENCY = _c("currency", "category", "ISO 4217 code; null where the text does not say.")
START_DATE = _c(
    "start_date", "date", "First day of the period that is named; null where it cannot be resolved."
)
END_DATE = _c("end_date", "date", "Last day of that period, inclusive.")


def _mention() -> tuple[Column, ...]:
    return (
        DOC_ID,
        PARAGRAPH,
        _c("start", "int32", "First character in `documents.text`.", CHARACTERS, required=True),
        _c(
            "end",
            "int32",
            "End in `documents.text`, exclusive: text[start:end] is the mention.",
            CHARACTERS,
            required=True,
        ),
        _c("text", "string", "The mention as it is written.", required=True),
        SENTENCE,
        FIRST,
        SCORE,
    )


DOCUMENTS = Table(
    "documents",
    "One row per input document.",
    (
        DOC_ID,
        _c(
            "source",
            "string",
            "Path relative to the input folder, plus #n (0-based) inside a multi-document file.",
            required=True,
        ),
        _c("input_id", "string", "The document's own id, where its format has one."),
        _c(
            "content_hash",
            "string",
            "Hash of the document as it was read: tells whether it changed.",
            required=True,
        ),
        _c(
            "format",
            "category",
            "What the input is: html, text, markdown, jsonl, csv, warc, europresse, …",
            required=True,
        ),
        _c("url", "string", "Address of the document, where the input says so."),
        _c("site", "string", "Registered domain or publication name."),
        _c("title", "string", "Title, from the input's metadata or its first line."),
        _c("authors", "strings", "Authors, as the byline or the metadata name them."),
        _c(
            "published",
            "date",
            "First day of the publication date that was read; null where no year is known.",
        ),
        _c("published_precision", "category", "How exact `published` is.", values="day month year"),
        _c(
            "published_from",
            "category",
            "Where the date was read.",
            values="metadata sidecar header text path",
        ),
        _c("published_text", "string", "The words it was read from."),
        _c("language", "category", "Main language, ISO 639-1; null where there is nothing to tell from."),
        _c("language_score", "float32", "Probability of that language, in [0, 1].", "share"),
        _c(
            "raw_text",
            "string",
            "Extracted text before cleaning: decoded, repaired, NFC, no-break spaces kept.",
            required=True,
        ),
        _c("text", "string", "The clean text: kept paragraphs joined by a blank line.", required=True),
        _c("words", "int32", "Words of `text`.", "words", required=True),
        _c("paragraphs", "int32", "Paragraphs of `text`.", "paragraphs", required=True),
        _c(
            "removed_share",
            "float32",
            "Share of the characters of `raw_text` that was removed, in [0, 1].",
            "share",
        ),
        _c(
            "duplicate_of",
            "string",
            "The earliest document of which this one is a (near-)copy; null for originals.",
        ),
        _c("similarity", "float32", "Similarity to that document, in [0, 1].", "share"),
        _c("also_in", "strings", "Other publications that carried it, where the input says so."),
        _c("metadata", "string", "Other fields of the input, as JSON text."),
    ),
    ("doc_id",),
    ("doc_id",),
)

PARAGRAPHS = Table(
    "paragraphs",
    "One row per kept paragraph.",
    (
        DOC_ID,
        PARAGRAPH,
        _c("start", "int32", "First character in `documents.text`.", CHARACTERS, required=True),
        _c("end", "int32", "End in `documents.text`, exclusive.", CHARACTERS, required=True),
        _c("text", "string", "The paragraph.", required=True),
        _c("kind", "category", "What it is.", values="title heading body list_item quote", required=True),
        _c("language", "category", "Its language, ISO 639-1; null where there is nothing to tell from."),
        _c(
            "text_id",
            "string",
            "Hash of the normalised text: equal for equal paragraphs anywhere in the corpus.",
            required=True,
        ),
        _c(
            "first_doc_id",
            "string",
            "Document of the earliest paragraph that this one repeats; null for a first one.",
        ),
        _c("first_paragraph", "int32", "Position of that paragraph in its document."),
        _c("similarity", "float32", "Similarity to that paragraph, in [0, 1].", "share"),
        _c(
            "changed_facts",
            "bool",
            "True when it repeats that paragraph except for a number, amount, date, name or negation.",
        ),
        _c(
            "repeat_kind",
            "category",
            "How it repeats it: exact, near, truncated, contained, boilerplate or variant.",
        ),
    ),
    ("doc_id", "paragraph"),
    ("doc_id", "paragraph"),
)

REMOVALS = Table(
    "removals",
    "One row per span that cleaning removed; nothing is dropped without a row here.",
    (
        DOC_ID,
        _c("start", "int32", "First character in `documents.raw_text`.", CHARACTERS, required=True),
        _c("end", "int32", "End in `documents.raw_text`, exclusive.", CHARACTERS, required=True),
        _c("text", "string", "The removed text.", required=True),
        _c(
            "reason",
            "category",
            "Why it was removed.",
            values=("repeat inline_repeat contained_repeat truncated_repeat near_repeat boilerplate residue"),
            required=True,
        ),
        _c("rule", "category", "The rule or model that decided.", required=True),
        _c("kept_paragraph", "int32", "The paragraph of the same document that it repeats; null otherwise."),
        _c("similarity", "float32", "Similarity to that paragraph, in [0, 1].", "share"),
    ),
    ("doc_id", "start"),
    ("doc_id", "start"),
)

COMPANIES = Table(
    "companies",
    "One row per mention of a company.",
    (
        *_mention(),
        _c("company", "string", "Canonical name, without the legal form.", required=True),
        _c("company_id", "string", "Key into the shipped company list; null for a company it does not know."),
        _c("country", "category", "ISO 3166-1 alpha-2 country of the company, where the list knows it."),
        _c("sector", "category", "Sector of the company, where the list knows it."),
        _c("found_by", "category", "What found it: list, model, context, …", required=True),
    ),
    ("doc_id", "start"),
    ("doc_id", "start"),
)

AMOUNTS = Table(
    "amounts",
    "One row per sum of money.",
    (
        *_mention(),
        LOW,
        HIGH,
        CURRENCY,
        _c(
            "modifier",
            "category",
            "How the text qualifies the sum.",
            values="exact about at_least at_most range vague",
            required=True,
        ),
        _c("per", "category", "The period it is paid over (year, month, …); null for a plain sum."),
        EUR_LOW,
        EUR_HIGH,
        _c("fx_date", "date", "Day of the reference rate that was used."),
    ),
    ("doc_id", "start"),
    ("doc_id", "start"),
)

DATES = Table(
    "dates",
    "One row per date or period.",
    (
        *_mention(),
        _c("timex", "string", "TIMEX3 value; null where it cannot be resolved."),
        START_DATE,
        END_DATE,
        _c(
            "precision",
            "category",
            "Grain of the period: day, week, month, quarter, season, half, year, decade, …",
        ),
        _c(
            "modifier",
            "category",
            "How the text qualifies the period.",
            values="exact about start mid end before by since after",
            required=True,
        ),
        _c(
            "anchored_to",
            "category",
            "What it was resolved from: none for an absolute date, published, text, or unresolved.",
            values="none published text unresolved",
            required=True,
        ),
    ),
    ("doc_id", "start"),
    ("doc_id", "start"),
)

NAMES = Table(
    "names",
    "One row per mention of a person, institution, place, law, product or event.",
    (
        *_mention(),
        _c(
            "type",
            "category",
            "What it names.",
            values="person institution place law product event other",
            required=True,
        ),
        _c("name", "string", "Canonical name in this corpus.", required=True),
    ),
    ("doc_id", "start"),
    ("doc_id", "start", "type"),
)

FACTS = Table(
    "facts",
    "One row per statement that ties an amount to a company.",
    (
        DOC_ID,
        PARAGRAPH,
        SENTENCE,
        _c(
            "start",
            "int32",
            "First character of the statement in `documents.text`.",
            CHARACTERS,
            required=True,
        ),
        _c("end", "int32", "End of the statement, exclusive.", CHARACTERS, required=True),
        _c("text", "string", "The stretch that says it.", required=True),
        _c(
            "kind",
            "category",
            "What is stated.",
            values="investment funding_round acquisition valuation revenue spending fine contract other",
            required=True,
        ),
        _c("company", "string", "Canonical name of the company.", required=True),
        _c(
            "company_start",
            "int32",
            "Key into `companies` (with doc_id): where the company is named.",
            CHARACTERS,
        ),
        _c("company_role", "category", "Its role.", values="payer receiver subject", required=True),
        _c(
            "counterparty",
            "string",
            "The other side: target, investor, client or authority, where it is named.",
        ),
        _c("amount_start", "int32", "Key into `amounts` (with doc_id).", CHARACTERS, required=True),
        LOW,
        HIGH,
        CURRENCY,
        EUR_LOW,
        EUR_HIGH,
        _c(
            "date_start",
            "int32",
            "Key into `dates` (with doc_id); null where the statement has no date.",
            CHARACTERS,
        ),
        START_DATE,
        END_DATE,
        _c(
            "certainty",
            "category",
            "How firmly it is stated.",
            values="stated planned possible denied",
            required=True,
        ),
        _c("trigger", "string", "The word that decided."),
        FIRST,
        SCORE,
    ),
    ("doc_id", "start", "amount_start"),
    ("doc_id", "start", "amount_start", "company"),
)

TOPIC = _c("topic", "int32", "Number of the topic.", required=True)
WEIGHT = _c("weight", "float32", "Weight, in [0, 1].", "share", required=True)

TOPICS = Table(
    "topics",
    "One row per topic.",
    (
        TOPIC,
        _c("parent", "int32", "The topic above it in the hierarchy; null at the top."),
        _c("label", "string", "A short label from its most exclusive terms.", required=True),
        _c("paragraphs", "int32", "Paragraphs whose heaviest topic it is, repeats included.", "paragraphs"),
        _c("documents", "int32", "Documents whose heaviest topic it is, copies included.", "documents"),
        _c("share", "float32", "Its share of the corpus, in [0, 1].", "share"),
        _c("coherence", "float32", "NPMI of its top terms, in [-1, 1]."),
        _c(
            "stability",
            "float32",
            "Share of its top terms that subsamples of the corpus find again, in [0, 1].",
            "share",
        ),
        _c("exclusivity", "float32", "How much its top terms are its own, in [0, 1].", "share"),
    ),
    ("topic",),
    ("topic",),
)
TOPIC_TERMS = Table(
    "topic_terms",
    "One row per topic, language and rank: its terms.",
    (
        TOPIC,
        _c("language", "category", "Language of the term, ISO 639-1."),
        _c("rank", "int32", "0 for the heaviest term.", required=True),
        _c("term", "string", "The term as a person would write it.", required=True),
        _c("weight", "float32", "Its weight in the topic.", required=True),
    ),
    ("topic", "language", "rank"),
    ("topic", "language", "rank"),
)
DOC_TOPICS = Table(
    "doc_topics",
    "One row per document and topic; the weights of a document sum to 1.",
    (
        DOC_ID,
        TOPIC,
        WEIGHT,
        _c("rank", "int32", "0 for the document's heaviest topic.", required=True),
        _c("confidence", "float32", "How clearly that topic leads, in [0, 1].", "share"),
    ),
    ("doc_id", "rank"),
    ("doc_id", "topic"),
)
PARAGRAPH_TOPICS = Table(
    "paragraph_topics",
    "One row per paragraph: its topic.",
    (
        DOC_ID,
        PARAGRAPH,
        TOPIC,
        WEIGHT,
        _c("representative", "bool", "True for the topic's most typical paragraphs.", required=True),
    ),
    ("doc_id", "paragraph", "topic"),
    ("doc_id", "paragraph", "topic"),
)
TOPIC_TRENDS = Table(
    "topic_trends",
    "One row per topic, month and language.",
    (
        TOPIC,
        _c("period", "date", "First day of the month.", required=True),
        _c("language", "category", "Language of the documents, ISO 639-1."),
        _c(
            "documents",
            "int32",
            "Documents of that month whose heaviest topic it is.",
            "documents",
            required=True,
        ),
        _c("distinct_documents", "int32", "The same without copies.", "documents", required=True),
        _c("share", "float32", "Share of that month's documents, in [0, 1].", "share"),
    ),
    ("topic", "period", "language"),
    ("topic", "period", "language"),
)
TOPIC_CHOICES = Table(
    "topic_choices",
    "One row per number of topics that was tried.",
    (
        _c("topics", "int32", "The number of topics.", required=True),
        _c("stability", "float32", "Stability over subsamples, in [0, 1].", "share"),
        _c("coherence", "float32", "Mean NPMI, in [-1, 1]."),
        _c("chosen", "bool", "True for the number that was used.", required=True),
    ),
    ("topics",),
    ("topics",),
)
PROBLEMS = Table(
    "problems",
    "One row per input that could not be fully read.",
    (
        _c("source", "string", "The input, as in `documents.source`.", required=True),
        _c("stage", "category", "Where it was noticed: discover, read, clean, …", required=True),
        _c("kind", "category", "What it is, in a word.", required=True),
        _c("message", "string", "What happened, and what to do about it.", required=True),
        _c("recovered", "bool", "True when the document is in `documents` all the same.", required=True),
    ),
    ("source", "stage", "kind", "message"),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        DOCUMENTS,
        PARAGRAPHS,
        REMOVALS,
        COMPANIES,
        AMOUNTS,
        DATES,
        NAMES,
        FACTS,
        TOPICS,
        TOPIC_TERMS,
        DOC_TOPICS,
        PARAGRAPH_TOPICS,
        TOPIC_TRENDS,
        TOPIC_CHOICES,
        PROBLEMS,
    )
}
MENTION_TABLES = ("companies", "amounts", "dates", "names")
TOPIC_TABLES = ("topics", "topic_terms", "doc_topics", "paragraph_topics", "topic_trends", "topic_choices")

STAGES = ("clean", "repeats", "entities", "topics")
STAGE_TABLES: dict[str, tuple[str, ...]] = {
    "clean": ("documents", "paragraphs", "removals", "problems"),
    "repeats": (),
    "entities": (*MENTION_TABLES, "facts"),
    "topics": TOPIC_TABLES,
}


def tables_until(stage: str) -> tuple[str, ...]:
    """Names of the tables that a run up to and including `stage` leaves, in the order of the data dictionary."""
    wanted = {name for s in STAGES[: STAGES.index(stage) + 1] for name in STAGE_TABLES[s]}
    return tuple(name for name in TABLES if name in wanted)
