"""Topics, their terms, their documents, their course."""

from __future__ import annotations

from corpus.schemas.model import Table, column
from corpus.schemas.shared import DOC_ID, PARAGRAPH

TOPIC = column("topic", "int32", "Number of the topic.", required=True)
WEIGHT = column(
    "weight",
    "float32",
    "How much of it the topic explains better than the corpus does, in [0, 1]; the rest is the residue's.",
    "share",
    required=True,
)

TOPICS = Table(
    "topics",
    "One row per topic.",
    (
        TOPIC,
        column(
            "parent", "int32", "The group of near topics it belongs to, a row of this table; null at the top."
        ),
        column(
            "label",
            "string",
            "A short label from its terms; of a group, from the terms its topics have in common.",
            required=True,
        ),
        column(
            "kind",
            "category",
            "topic (a group has no documents of its own); residue: what fits no topic; style: a wording that its texts share.",
            values="topic residue style",
            required=True,
        ),
        column(
            "doubtful", "string", "Why a reader should not rely on it; null where nothing speaks against it."
        ),
        column(
            "paragraphs",
            "int32",
            "Paragraphs whose heaviest topic it is, repeats included; null for a group.",
            "paragraphs",
        ),
        column(
            "documents",
            "int32",
            "Documents whose heaviest topic it is, copies included; null for a group.",
            "documents",
        ),
        column("share", "float32", "Mean weight in the documents, in [0, 1]; null for a group.", "share"),
        column("coherence", "float32", "NPMI of its top terms, in [-1, 1]."),
        column(
            "stability",
            "float32",
            "Share of 30 samples that have it again, as far as its terms come back; null where a correction set its bounds.",
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
        column(
            "confidence",
            "float32",
            "Weight of the heaviest topic: about the chance that it is right.",
            "share",
        ),
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
    "One row per topic, period and language, months without a document between the first and the last included.",
    (
        TOPIC,
        column(
            "period", "date", "First day of the month, or of the year where precision says so.", required=True
        ),
        column(
            "precision",
            "category",
            "month; year: the documents of which only the year is known.",
            values="month year",
            required=True,
        ),
        column("language", "category", "Language of the documents, ISO 639-1."),
        column(
            "documents",
            "int32",
            "Documents of that period whose heaviest topic it is.",
            "documents",
            required=True,
        ),
        column("distinct_documents", "int32", "The same without copies.", "documents", required=True),
        column("weight", "float32", "Sum of its weights in that period's documents.", "documents"),
        column("share", "float32", "Share of that period's documents, in [0, 1].", "share"),
    ),
    ("topic", "period", "precision", "language"),
    ("topic", "period", "precision", "language"),
)
TOPIC_CHOICES = Table(
    "topic_choices",
    "One row per language and number of topics that was tried.",
    (
        column(
            "language", "category", "Language of the documents, ISO 639-1; null where several share topics."
        ),
        column("topics", "int32", "The number of topics.", required=True),
        column(
            "stability",
            "float32",
            "Agreement of fits about documents they have not seen, 0 by chance.",
            "share",
        ),
        column(
            "coherence", "float32", "Mean NPMI of top terms on documents that a fit has not seen, in [-1, 1]."
        ),
        column("largest_share", "float32", "Share of the largest topic, in [0, 1].", "share"),
        column("score", "float32", "What was compared; the second best is the runner-up."),
        column("chosen", "bool", "True for the number that was used.", required=True),
    ),
    ("language", "topics"),
    ("language", "topics"),
)
TOPIC_PROFILES = Table(
    "topic_profiles",
    "One row per topic and term, or value of a variable, that stands in it more or less often than elsewhere.",
    (
        TOPIC,
        column(
            "variable", "string", "term, or outlet, language, year, or the name of one of your own variables."
        ),
        column("value", "string", "The term, or the value of the variable.", required=True),
        column(
            "chi2",
            "float32",
            "Chi-square of the four counts, one degree of freedom; negative where it is rarer.",
        ),
        column("in_topic", "int32", "Distinct documents of the topic that have it.", "documents"),
        column("elsewhere", "int32", "Distinct documents of other topics that have it.", "documents"),
        column("prevalence", "float32", "Of a variable: mean weight of the topic in its documents.", "share"),
        column("prevalence_low", "float32", "Lower end of its 95 % interval.", "share"),
        column("prevalence_high", "float32", "Upper end of its 95 % interval.", "share"),
    ),
    ("topic", "variable", "value"),
    ("topic", "variable", "value"),
)
