"""Companies, amounts, dates, names, and the facts that tie them."""

from __future__ import annotations

from corpus.schemas.model import Table, column
from corpus.schemas.shared import (
    CHARACTERS,
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
        column("found_by", "category", "What found it: list, model, context, …", required=True),
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
            "for hundredths, the currency of a sum beside it, or a word for money alone.",
            values="suffix prefix quantifier cents inherited money_word",
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

FACTS = Table(
    "facts",
    "One row per statement that ties an amount to a company.",
    (
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
            values="investment funding_round acquisition valuation revenue spending fine contract profit loss debt grant other",
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
        FIRST,
        SCORE,
    ),
    ("doc_id", "start", "amount_start"),
    ("doc_id", "start", "amount_start", "company"),
)

ENTITY_TABLES = (COMPANIES, AMOUNTS, DATES, NAMES, FACTS)
"""What is found in texts, in the order of the data dictionary. A new kind of mention is a table here; docs/architecture.md says
what else it needs, and a test fails until it has it."""
