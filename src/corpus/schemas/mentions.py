"""Companies, amounts, dates, names, and the facts that tie them."""

from __future__ import annotations

from corpus.schemas.model import Table, column
from corpus.schemas.shared import (
    CHARACTERS,
    CORRECTED_BY,
    CURRENCY,
    DOC_ID,
    END_DATE,
    EUR_HIGH,
    EUR_LOW,
    FIRST,
    HIGH,
    LOW,
    PARAGRAPH,
    SCORE,
    SENTENCE,
    START_DATE,
    mention_columns,
)

SENTENCES = Table(
    "sentences",
    "One row per sentence of a kept paragraph, as the mentions are numbered.",
    (
        DOC_ID,
        column(
            "sentence",
            "int32",
            "0-based number in the document: that of companies, amounts, dates, names and facts.",
            required=True,
        ),
        PARAGRAPH,
        column("start", "int32", "First character in `documents.text`.", CHARACTERS, required=True),
        column("end", "int32", "End in `documents.text`, exclusive.", CHARACTERS, required=True),
    ),
    ("doc_id", "sentence"),
    ("doc_id", "sentence"),
)

COMPANIES = Table(
    "companies",
    "One row per mention of a company.",
    (
        *mention_columns(),
        column("company", "string", "Canonical name, without the legal form.", required=True),
        column(
            "company_id", "string", "Key into the shipped company list; null for a company it does not know."
        ),
        column("country", "category", "ISO 3166-1 alpha-2 country of the company, where the list knows it."),
        column("sector", "category", "Sector of the company, where the list knows it."),
        column(
            "found_by",
            "category",
            "What found it: list, model, context, …; `user`: corrections.csv.",
            required=True,
        ),
        column(
            "role",
            "category",
            '`source` for a medium that is only cited ("selon l\'AFP"), else `actor`.',
            values="actor source",
            required=True,
        ),
        column(
            "rule",
            "string",
            "Why it is read as a company: `list` (an unambiguous name of the list), `label` (a language model), or `typing` with "
            "the feature that weighed most; docs/companies.md explains the features.",
            required=True,
        ),
        CORRECTED_BY,
    ),
    ("doc_id", "start"),
    ("doc_id", "start"),
)

AMOUNTS = Table(
    "amounts",
    "One row per sum of money.",
    (
        *mention_columns(),
        LOW,
        HIGH,
        CURRENCY,
        column(
            "modifier",
            "category",
            "How the text qualifies the sum.",
            values="exact about at_least at_most range vague",
            required=True,
        ),
        column("per", "category", "The period it is paid over (year, month, …); null for a plain sum."),
        column(
            "rule",
            "category",
            "What ties the number to its currency: a currency word behind it or before it, a quantifier without a number, a word "
            "for hundredths, the currency of a sum beside it, a word for money alone, or, where several countries share the "
            "word or none is named in the whole document, the country that the document and its address speak of.",
            values="suffix prefix quantifier cents inherited money_word country",
            required=True,
        ),
        EUR_LOW,
        EUR_HIGH,
        column("fx_date", "date", "Day of the reference rate that was used."),
    ),
    ("doc_id", "start"),
    ("doc_id", "start"),
)

DATES = Table(
    "dates",
    "One row per date or period.",
    (
        *mention_columns(),
        column("timex", "string", "TIMEX3 value; null where it cannot be resolved."),
        START_DATE,
        END_DATE,
        column(
            "precision",
            "category",
            "Grain of the period: day, week, month, quarter, season, half, year, decade, …",
        ),
        column(
            "modifier",
            "category",
            "How the text qualifies the period.",
            values="exact about start mid end before by since after",
            required=True,
        ),
        column(
            "anchored_to",
            "category",
            "What it was resolved from: none for an absolute date, published, text, or unresolved.",
            values="none published text unresolved",
            required=True,
        ),
        column(
            "rule",
            "category",
            "The rule that read it: a family of readings and a reading, digits, or year.",
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
        *mention_columns(),
        column(
            "type",
            "category",
            "What it names.",
            values="person institution place law product event other",
            required=True,
        ),
        column("name", "string", "Canonical name in this corpus.", required=True),
    ),
    ("doc_id", "start"),
    ("doc_id", "start", "type"),
)

_KINDS = "investment funding_round acquisition valuation revenue spending fine contract profit loss debt grant other"

_STATED = (
    DOC_ID,
    PARAGRAPH,
    SENTENCE,
    column(
        "start",
        "int32",
        "First character of the statement in `documents.text`.",
        CHARACTERS,
        required=True,
    ),
    column("end", "int32", "End of the statement, exclusive.", CHARACTERS, required=True),
    column("text", "string", "The stretch that says it.", required=True),
    column(
        "kind",
        "category",
        "What is stated.",
        values=_KINDS,
        required=True,
    ),
    column("company", "string", "Canonical name of the company.", required=True),
    column(
        "company_start",
        "int32",
        "Key into `companies` (with doc_id): where the company is named.",
        CHARACTERS,
    ),
    column("company_role", "category", "Its role.", values="payer receiver subject", required=True),
    column(
        "counterparty",
        "string",
        "The likeliest company on the other side: target, investor, client, supplier.",
    ),
    column("counterparties", "strings", "All companies on the other side, the likeliest first."),
    column("authority", "string", "The institution that fines or grants, where it is named."),
    column("amount_start", "int32", "Key into `amounts` (with doc_id).", CHARACTERS, required=True),
    LOW,
    HIGH,
    CURRENCY,
    EUR_LOW,
    EUR_HIGH,
    column(
        "date_start",
        "int32",
        "Key into `dates` (with doc_id); null where the statement has no date.",
        CHARACTERS,
    ),
    START_DATE,
    END_DATE,
    column(
        "certainty",
        "category",
        "How firmly it is stated.",
        values="stated planned possible denied",
        required=True,
    ),
    column("trigger", "string", "The word that told most of the kind."),
    column(
        "rule",
        "category",
        "Where the company was found: in the sentence, or as what the document speaks of.",
        values="sentence focus",
        required=True,
    ),
    column(
        "relation",
        "category",
        "How it tells its event: `statement` is the first telling of a document, `restated` a repeat of it there or a recap that "
        "looks back, `corrected` a sum that a correction replaces, `cumulative` a total of several events, `part` a part of one.",
        values="statement restated corrected cumulative part",
        required=True,
    ),
    column(
        "eur_basis",
        "category",
        "The date that euros are converted by: the document's, else the fact's own, else none (then only sums in euros have "
        "euros).",
        values="document fact none",
        required=True,
    ),
    FIRST,
    SCORE,
    CORRECTED_BY,
)

FACTS = Table(
    "facts",
    "One row per statement that ties an amount to a company.",
    (
        *_STATED,
        column(
            "event",
            "string",
            "The event it tells of: key into `events`; null for a total that no event stands beside.",
        ),
        column(
            "event_rule",
            "category",
            "Why it is of that event: `first` began it; the same document, a repeated paragraph, the same sum, a rounded or "
            "converted one, a correction joined it; `part` and `total` stand beside it; `user`: corrections.csv says so.",
            values="first same_document repeat same_sum rounded_sum converted_sum correction part total user",
        ),
        column(
            "event_rank",
            "int32",
            "Place among the statements of its event, the best first: of any set of documents the smallest counts. Null for "
            "totals and parts.",
        ),
        column("counted", "bool", "True for one row of each event: its best statement.", required=True),
    ),
    ("doc_id", "start", "amount_start"),
    ("doc_id", "start", "amount_start", "company"),
)

STATEMENTS = Table(
    "facts",
    "A fact before it is known which event it tells of, with what its document and its words say of that.",
    (
        *_STATED,
        column("in_all", "bool", "Whether it is a total only beside a smaller sum.", required=True),
        column("modifier", "category", "How the text qualifies the sum.", required=True),
        column("published", "date", "The document's date."),
        column("published_precision", "category", "How exact that is."),
        column("outlet", "string", "Who published the document."),
        column("repeats_doc", "string", "The document that the paragraph repeats."),
        column("repeats_paragraph", "int32", "The paragraph that it repeats."),
        column("changed", "bool", "Whether it repeats it but for a fact.", required=True),
        column("headline", "bool", "Whether the paragraph is a headline or as short as one.", required=True),
        column("looks_back", "bool", "Whether the words look back at it.", required=True),
        column("corrects", "bool", "Whether the words correct something.", required=True),
        column("round_letter", "string", "The letter of a round, or seed."),
        column("replaces", "float64", "The sum that it replaces."),
        column("beside", "int32", "Start of the sum that it is a part of or converts."),
        column("converts", "bool", "Whether it gives the sum beside it in another currency.", required=True),
        column("again", "bool", "Whether the words call it another than one before.", required=True),
        column("closes", "bool", "Whether the words say that what was agreed is carried out.", required=True),
    ),
    ("doc_id", "start", "amount_start"),
    ("doc_id", "start", "amount_start", "company"),
)

EVENTS = Table(
    "events",
    "One row per event: what happened once, however many sentences and papers tell it. Its facts bear its key.",
    (
        column(
            "event", "string", "Key of the event, from the place of its earliest statement.", required=True
        ),
        column("kind", "category", "What happened.", values=_KINDS, required=True),
        column("company", "string", "Canonical name of the company.", required=True),
        column("counterparty", "string", "The company on the other side that most tellings name."),
        column("authority", "string", "The institution that fines or grants."),
        LOW,
        HIGH,
        CURRENCY,
        EUR_LOW,
        EUR_HIGH,
        column(
            "start_date",
            "date",
            "First day of the event: the date that is told, else that of the first document that tells it; null for what is only "
            "looked back at without a date.",
        ),
        END_DATE,
        column(
            "certainty",
            "category",
            "How firmly it is stated at last: a plan that is carried out is stated.",
            values="stated planned possible denied",
            required=True,
        ),
        column(
            "facts",
            "int32",
            "Rows of `facts` that tell it, parts and totals left out.",
            "facts",
            required=True,
        ),
        column("documents", "int32", "Documents that tell it.", "documents", required=True),
        column(
            "outlets",
            "int32",
            "Publications that tell it, as far as they are known.",
            "publications",
            required=True,
        ),
        column("first_doc_id", "string", "The earliest document that tells it.", required=True),
        SCORE,
    ),
    ("event",),
    ("event",),
)

ENTITY_TABLES = (COMPANIES, AMOUNTS, DATES, NAMES, STATEMENTS)
"""What is found in texts, in the order of the data dictionary. A new kind of mention is a table here; docs/architecture.md says
what else it needs, and a test fails until it has it."""
