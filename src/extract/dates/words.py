"""The slots of a language's date words, `languages/<code>/dates.toml`; what each holds is in `docs/lexicons.md`."""

from __future__ import annotations

from extract.languages import COUNTED, LISTS, NUMBERS, WORDS, Kind, Room, named, numbered, optional

# Slots that are plain lists of words.
PLAIN = (
    "the", "of", "to", "from", "between", "and", "in", "this", "that", "same", "one", "now", "exactly", "about",
    "ago_before", "ago_after", "ahead_before", "ahead_after", "later", "earlier", "before", "after", "open_end", "and_or",
    "decade", "daypart", "on", "deadline", "century", "starting", "ordinal_mark",
    "and_a_half", "here", "within", "two", "half_word", "on_day", "day_article", "every", "text_shift", "rolling_shift",
)  # fmt: skip
# Slots that the lexer and the tense of a clause ask for.
MARKS = (
    "ordinal_suffixes", "roman_suffixes", "decade_suffixes", "quarter_letters", "half_letters", "week_letters",
    "capital_only", "lower_only", "verb_like", "weak", "counted", "count_before", "programmes", "function_words",
    "year_before", "future", "not_future", "past", "clause_words",
)  # fmt: skip
# Slots that a language may leave out.
OPTIONAL_PLAIN = ("fiscal",)
OPTIONAL_MARKS = ("before_past", "relatives")
_UNITS = ("day", "week", "weekend", "fortnight", "month", "quarter", "half", "year", "decade", "century")
_TABLES: dict[str, Kind] = {
    "units": named(*_UNITS),
    "units_plural": named(*_UNITS),
    "seasons": numbered(4, all_of_them=True),
    "shifts": COUNTED,
    "shifts_plural": COUNTED,
    "days": COUNTED,
    "days_of_text": COUNTED,
    "weeks_later": COUNTED,
    "ordinals": numbered(31),
    "decades": COUNTED,
    "decades_alone": COUNTED,
    "parts": named("start", "mid", "end"),
    "bounds": named("about", "after", "before", "by", "from", "since"),
    "periods": LISTS,
    "feasts": LISTS,
    "year_prefixes": NUMBERS,
}
DATE_WORDS = Room(
    "extract",
    "dates.toml",
    dict.fromkeys(
        (
            *PLAIN,
            *MARKS,
            "weekday_suffixes",
            "ordinal_endings",
            "scheduled",
            "future_endings",
            "past_endings",
        ),
        WORDS,
    )
    | dict.fromkeys((*OPTIONAL_PLAIN, *OPTIONAL_MARKS, "participle_endings", "named_by"), optional(WORDS))
    | _TABLES,
)
