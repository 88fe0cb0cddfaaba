"""Documents, paragraphs, removals, problems: what was read and what became of it."""

from __future__ import annotations

from corpus.schemas.model import Table, column
from corpus.schemas.shared import CHARACTERS, CORRECTED_BY, DOC_ID, PARAGRAPH

DOCUMENTS = Table(
    "documents",
    "One row per input document.",
    (
        DOC_ID,
        column(
            "source",
            "string",
            "Path relative to the input folder, plus #n (0-based) inside a multi-document file.",
            required=True,
        ),
        column("input_id", "string", "The document's own id, where its format has one."),
        column(
            "content_hash",
            "string",
            "Hash of the document as it was read: tells whether it changed.",
            required=True,
        ),
        column(
            "format",
            "category",
            "What the input is: html, text, markdown, jsonl, csv, warc, europresse, …",
            required=True,
        ),
        column("url", "string", "Address of the document, where the input says so."),
        column("site", "string", "Registered domain or publication name."),
        column(
            "outlet",
            "string",
            "The publication: its name where the input says it, else the whole host without `www.`, else what `[outlet]` says.",
        ),
        column("title", "string", "Title, from the input's metadata or its first line."),
        column("authors", "strings", "Authors, as the byline or the metadata name them."),
        column(
            "published",
            "date",
            "First day of the publication date that was read; null where no year is known.",
        ),
        column("published_precision", "category", "How exact `published` is.", values="day month year"),
        column(
            "published_from",
            "category",
            "Where the date was read.",
            values="metadata sidecar header text path",
        ),
        column("published_text", "string", "The words it was read from."),
        column("language", "category", "Main language, ISO 639-1; null where there is nothing to tell from."),
        column("language_score", "float32", "Probability of that language, in [0, 1].", "share"),
        column(
            "raw_text",
            "string",
            "Extracted text before cleaning: decoded, repaired, NFC, no-break spaces kept.",
            required=True,
        ),
        column("text", "string", "The clean text: kept paragraphs joined by a blank line.", required=True),
        column("words", "int32", "Words of `text`.", "words", required=True),
        column("paragraphs", "int32", "Paragraphs of `text`.", "paragraphs", required=True),
        column(
            "removed_share",
            "float32",
            "Share of the characters of `raw_text` that was removed, in [0, 1].",
            "share",
        ),
        column(
            "duplicate_of",
            "string",
            "The earliest document of which this one is a (near-)copy; null for originals.",
        ),
        column("similarity", "float32", "Similarity to that document, in [0, 1].", "share"),
        column("also_in", "strings", "Other publications that carried it, where the input says so."),
        column("metadata", "string", "Other fields of the input, as JSON text."),
        CORRECTED_BY,
    ),
    ("doc_id",),
    ("doc_id",),
)

VARIABLES = Table(
    "variables",
    "One row per document and field of its input that fills no column of `documents`: your own columns, one value each.",
    (
        DOC_ID,
        column("name", "string", "The field's or column's name, as the input has it.", required=True),
        column("value", "string", "Its value as text; true and false for yes and no.", required=True),
    ),
    ("doc_id", "name"),
    ("doc_id", "name"),
)

PARAGRAPHS = Table(
    "paragraphs",
    "One row per kept paragraph.",
    (
        DOC_ID,
        PARAGRAPH,
        column("start", "int32", "First character in `documents.text`.", CHARACTERS, required=True),
        column("end", "int32", "End in `documents.text`, exclusive.", CHARACTERS, required=True),
        column("text", "string", "The paragraph.", required=True),
        column("kind", "category", "What it is.", values="title heading body list_item quote", required=True),
        column("language", "category", "Its language, ISO 639-1; null where there is nothing to tell from."),
        column(
            "text_id",
            "string",
            "Hash of the normalised text: equal for equal paragraphs anywhere in the corpus.",
            required=True,
        ),
        column(
            "first_doc_id",
            "string",
            "Document of the earliest paragraph that this one repeats; null for a first one.",
        ),
        column("first_paragraph", "int32", "Position of that paragraph in its document."),
        column("similarity", "float32", "Similarity to that paragraph, in [0, 1].", "share"),
        column(
            "changed_facts",
            "bool",
            "True when it repeats that paragraph except for a number, amount, date, name or negation.",
        ),
        column(
            "repeat_kind",
            "category",
            "How it repeats it: exact, near, truncated, contained, boilerplate or variant.",
        ),
        column(
            "score",
            "float32",
            "How sure it is that the paragraph is the article's and no furniture of its page, in [0, 1].",
            "share",
            required=True,
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
        column("start", "int32", "First character in `documents.raw_text`.", CHARACTERS, required=True),
        column("end", "int32", "End in `documents.raw_text`, exclusive.", CHARACTERS, required=True),
        column("text", "string", "The removed text.", required=True),
        column(
            "reason",
            "category",
            "Why it was removed.",
            values=("repeat inline_repeat contained_repeat truncated_repeat near_repeat boilerplate residue"),
            required=True,
        ),
        column("rule", "category", "The rule or model that decided.", required=True),
        column(
            "kept_paragraph", "int32", "The paragraph of the same document that it repeats; null otherwise."
        ),
        column("similarity", "float32", "Similarity to that paragraph, in [0, 1].", "share"),
    ),
    ("doc_id", "start"),
    ("doc_id", "start"),
)

PROBLEMS = Table(
    "problems",
    "One row per input that could not be fully read.",
    (
        column("source", "string", "The input, as in `documents.source`.", required=True),
        column("stage", "category", "Where it was noticed: discover, read, clean, …", required=True),
        column("kind", "category", "What it is, in a word.", required=True),
        column("message", "string", "What happened, and what to do about it.", required=True),
        column("recovered", "bool", "True when the document is in `documents` all the same.", required=True),
    ),
    ("source", "stage", "kind", "message"),
)
