"""Topics, their terms, their documents, their course."""

from __future__ import annotations

from corpus.schemas.model import Table, column
from corpus.schemas.shared import DOC_ID, PARAGRAPH

TOPIC = column("topic", "int32", "Number of the topic.", required=True)
WEIGHT = column("weight", "float32", "Weight, in [0, 1].", "share", required=True)

TOPICS = Table(
    "topics",
    "One row per topic.",
    (
        TOPIC,
        column("parent", "int32", "The topic above it in the hierarchy; null at the top."),
        column("label", "string", "A short label from its most exclusive terms.", required=True),
        column(
            "paragraphs", "int32", "Paragraphs whose heaviest topic it is, repeats included.", "paragraphs"
        ),
        column("documents", "int32", "Documents whose heaviest topic it is, copies included.", "documents"),
        column("share", "float32", "Its share of the corpus, in [0, 1].", "share"),
        column("coherence", "float32", "NPMI of its top terms, in [-1, 1]."),
        column(
            "stability",
            "float32",
            "Share of its top terms that subsamples of the corpus find again, in [0, 1].",
            "share",
        ),
        column("exclusivity", "float32", "How much its top terms are its own, in [0, 1].", "share"),
    ),
    ("topic",),
    ("topic",),
)
TOPIC_TERMS = Table(
    "topic_terms",
    "One row per topic, language and rank: its terms.",
    (
        TOPIC,
        column("language", "category", "Language of the term, ISO 639-1."),
        column("rank", "int32", "0 for the heaviest term.", required=True),
        column("term", "string", "The term as a person would write it.", required=True),
        column("weight", "float32", "Its weight in the topic.", required=True),
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
        column("rank", "int32", "0 for the document's heaviest topic.", required=True),
        column("confidence", "float32", "How clearly that topic leads, in [0, 1].", "share"),
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
        column("representative", "bool", "True for the topic's most typical paragraphs.", required=True),
    ),
    ("doc_id", "paragraph", "topic"),
    ("doc_id", "paragraph", "topic"),
)
TOPIC_TRENDS = Table(
    "topic_trends",
    "One row per topic, month and language.",
    (
        TOPIC,
        column("period", "date", "First day of the month.", required=True),
        column("language", "category", "Language of the documents, ISO 639-1."),
        column(
            "documents",
            "int32",
            "Documents of that month whose heaviest topic it is.",
            "documents",
            required=True,
        ),
        column("distinct_documents", "int32", "The same without copies.", "documents", required=True),
        column("share", "float32", "Share of that month's documents, in [0, 1].", "share"),
    ),
    ("topic", "period", "language"),
    ("topic", "period", "language"),
)
TOPIC_CHOICES = Table(
    "topic_choices",
    "One row per number of topics that was tried.",
    (
        column("topics", "int32", "The number of topics.", required=True),
        column("stability", "float32", "Stability over subsamples, in [0, 1].", "share"),
        column("coherence", "float32", "Mean NPMI, in [-1, 1]."),
        column("chosen", "bool", "True for the number that was used.", required=True),
    ),
    ("topics",),
    ("topics",),
)
