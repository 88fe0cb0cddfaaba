"""The rules of the cascade, level by level; roles are those of `docs/lexicons.md`."""

from __future__ import annotations

from extract.dates import readings_calendar as calendar
from extract.dates import readings_compound as compound
from extract.dates import readings_named as named
from extract.dates import readings_relative as relative
from extract.dates.grammar import Rule

_WEEKDAY = "(?: weekday=<weekday> <comma>? (?:<the>|<on>)? )?"
_DAY = "<ordinal_mark>?"
_NO_APPOSITION = "(?! <comma> <the>? <unit_year> )"  # "fin septembre, l'exercice 2024"
_YEAR = f"(?: {_NO_APPOSITION} <comma>? (?:<of>|<in>)? (?:<the>? <unit_year>)? year=<year|short_year> )?"
_YEAR_REQUIRED = f"{_NO_APPOSITION} <comma>? (?:<of>|<in>)? (?:<the>? <unit_year>)? year=<year|short_year>"
_MONTHS_YEAR = f"(?: {_NO_APPOSITION} <comma>? (?:<of>|<in>)? (?:<the>? <unit_year>)? year=<year> )?"
_OF_YEAR = "(?:<of>|<in>|<hyphen>)? (?:<the>? <unit_year>)? year=<year>"
_DECADE = "<year|decade_digits|decade_name|short_year|two_digits|count>"
_SEP = "<hyphen|slash>"
_EVIDENCE = "<the|on|from|to|between|bound|of|before|after>"

CALENDAR = (
    Rule(
        "o=<quarter_code|half_code> (?:<of>|<in>|<comma>|<hyphen>)? <the>? <fiscal>? <span_date>",
        compound.fiscal_part,
    ),
    Rule(
        f"open=<from|between>? <the>? (?:<weekday> <the>?)? first=<day> {_DAY} (?:<comma> <day> {_DAY}){{0,4}}"
        f" <comma>? link=<to|hyphen|and> <the>? (?:<weekday> <the>?)? last=<day> {_DAY} <of>? month=<month> {_YEAR}",
        calendar.shared_month_trimmed,
    ),
    Rule(
        f"open=<from|between>? month=<month> <the>? first=<day> link=<to|hyphen> <the>? last=<day> (?!<of>?<month>) {_YEAR}",
        calendar.month_shared,
    ),
    Rule(
        f"open=<between> month=<month> <the>? first=<day> link=<and> <the>? last=<day> (?!<of>?<month>) {_YEAR}",
        calendar.month_shared,
        month_first_only=True,
    ),
    Rule(f"{_WEEKDAY} day=<day> {_SEP} month=<month> {_SEP} year=<year|two_digits>", calendar.day_month),
    Rule(f"{_WEEKDAY} year=<year> {_SEP} month=<month> {_SEP} day=<day>", calendar.day_month),
    Rule(f"{_WEEKDAY} year=<year> {_SEP} day=<day> {_SEP} month=<month>", calendar.day_month),
    Rule(f"{_WEEKDAY} day=<day> {_SEP} year=<year> {_SEP} month=<month>", calendar.day_month),
    Rule(f"{_WEEKDAY} month=<month> {_SEP} day=<day> {_SEP} year=<year>", calendar.day_month),
    Rule(f"{_WEEKDAY} month=<month> {_SEP} year=<year> {_SEP} day=<day>", calendar.day_month),
    Rule(
        f"{_WEEKDAY} day=<day> {_DAY} (?:<of>? <unit_day>)? <of|hyphen>? month=<month> {_YEAR}",
        calendar.day_month,
    ),
    Rule(f"{_WEEKDAY} month=<month> <comma>? <the>? day=<day> {_YEAR_REQUIRED}", calendar.day_month),
    Rule(
        f"{_WEEKDAY} month=<month> <comma>? <the>? day=<day> (?!<slash|hyphen> <digits|year|day>)",
        calendar.month_day,
        month_first_only=True,
    ),
    Rule(f"{_WEEKDAY} month=<month> <slash|hyphen> day=<day>", calendar.day_month),
    Rule(f"{_WEEKDAY} month=<month> day=<day_words>", calendar.day_month_words),
    Rule(
        "open=<between> <the>? first=<calendar_part|day_date> <and> <the>? last=<calendar_part|day_date>",
        calendar.numeric_range,
    ),
    Rule(
        "open=<from|between>? <the>? first=<calendar_part|day_date> <to|hyphen> <the>? last=<calendar_part|day_date>"
        " (?: <comma> year=<year>)?",
        calendar.numeric_range,
    ),
    Rule(
        "weekday=<weekday> <comma>? (?:<the>|<on>)? n=<day_date|calendar_loose|calendar_part>",
        calendar.numeric,
    ),
    Rule("n=<padded>", calendar.numeric),
    Rule(f"{_EVIDENCE} <the>? « n=<calendar_part|calendar_loose> » (?! <to|hyphen> )", calendar.numeric),
    Rule("day=<digits> month=<digits> year=<year|short_year> (?!<count>)", calendar.spaced_numbers),
    Rule("year=<year> month=<digits> day=<digits>", calendar.spaced_numbers),
    Rule("n=<calendar_part>", calendar.numeric_alone),
    Rule(
        "(?:<on>|weekday=<weekday> <comma>? (?:<the>|<on>)?)"
        " « day=<ordinal|digits> <slash>? month=<ordinal_month> (?: year=<year>)? »",
        calendar.day_ordinal_month,
    ),
    Rule("year=<year> <of>? month=<month_sure|month_short> (?!<day|hyphen|slash>)", calendar.month_year),
    Rule(
        f"open=<from|between>? <this>? first=<month> link=<hyphen|to|and> <this>? last=<month> {_MONTHS_YEAR}",
        calendar.months,
    ),
    Rule(
        f"month=<month> {_NO_APPOSITION} (?:<comma|hyphen|slash|of|in>){{0,2}} (?:<the>? <unit_year>)? year=<year|short_year>",
        calendar.month_year,
    ),
    Rule(
        "first=<quarter_code> <and|to|hyphen> <the>? last=<quarter_code> (?: <of>? year=<year>)?",
        calendar.quarters,
    ),
    Rule(
        "first=<ordinal> <and|to|hyphen> <the>? last=<ordinal> unit=<units> (?: <of>? year=<year>)?",
        calendar.quarters,
    ),
    Rule(
        "first=<ordinal> <and> <the|in>? last=<ordinal> unit=<unit_quarter|unit_half> (?: <of>? year=<year>)?",
        calendar.quarters,
    ),
    Rule(
        "first=<roman_ordinal|ordinal> <and|to|hyphen> <the>? last=<roman_ordinal|ordinal> century=<century>",
        calendar.quarters,
    ),
    Rule(f"n=<ordinal> <ordinal_mark>? <unit_quarter> {_OF_YEAR}", calendar.quarter),
    Rule(f"<unit_quarter> n=<number> (?: {_OF_YEAR})?", calendar.quarter),
    Rule(
        "n=<quarter_code> (?:<of|hyphen|slash|comma|in>)? (?:<the>? <unit_year>)? year=<year>",
        calendar.quarter,
    ),
    Rule("year=<year> <hyphen|slash>? n=<quarter_code>", calendar.quarter),
    Rule("year=<year> <hyphen|slash>? n=<half_code>", calendar.half),
    Rule(f"n=<ordinal> <half_word> {_OF_YEAR}", calendar.half),
    Rule(f"n=<ordinal> <ordinal_mark>? <unit_half> {_OF_YEAR}", calendar.half),
    Rule(
        "n=<half_code> (?:<of|hyphen|slash|comma|in>)? (?:<the>? <unit_year>)? year=<year>",
        calendar.half,
    ),
    Rule(
        "<the|in|of|bound|this|to|from> <the>? « n=<quarter_code> »"
        " (?! (?:<of|hyphen|slash|in>? <year>|<and|to|hyphen> <the|in>? <quarter_code>) )",
        calendar.quarter,
    ),
    Rule(
        "<the|in|of|bound|this|to|from> <the>? « n=<half_code> »"
        " (?! (?:<of|hyphen|slash|in>? <year>|<and|to|hyphen> <the|in>? <half_code>) )",
        calendar.half,
    ),
    Rule(
        "n=<season> <of>? (?:<the>? <unit_year>)? year=<year> <hyphen|slash> <year|two_digits>",
        calendar.season,
    ),
    Rule("n=<season> <of>? (?:<the>? <unit_year>)? year=<year>", calendar.season),
    Rule(
        f"<decade> <the>? first={_DECADE} <hyphen|and|to> <the>? last={_DECADE}",
        calendar.decades,
    ),
    Rule("<decade> <the>? n=<year|decade_digits|decade_name|short_year|two_digits|count>", calendar.decade),
    Rule("n=<decade_digits|decade_alone> <hyphen>? <decade>", calendar.decade),
    Rule("n=<decade_digits>", calendar.decade),
    Rule("<the|in|of|bound|part> <the>? « n=<decade_alone> »", calendar.decade),
    Rule(
        "first=<roman_ordinal> <and|hyphen> <the>? last=<roman_ordinal> century=<century>", calendar.quarters
    ),
    Rule("n=<roman|roman_ordinal|ordinal> <ordinal_mark>? <century>", calendar.century),
    Rule("<century> n=<roman>", calendar.century),
    Rule("<unit_week> n=<count> (?: <of>? year=<year>)", calendar.week_number),
    Rule("<unit_week> n=<digits> (?!<hyphen|month|unit|units|to|slash|weekday>)", calendar.week_number),
    Rule("n=<week_code> (?:<of|hyphen>? year=<year>)?", calendar.week_number),
    Rule("n=<feast> (?:<comma>? <of|in>? (?:<the>? <unit_year>)? year=<year>)", named.feast),
)

_COUNT = "n=<count> (?: <to|hyphen|and_or> m=<count> )?"
_ABOUT = "(?: about=<about> | <exactly> )?"
_NOT_OF_YEAR = "(?!<of> <the>? <unit_year|shift|this>)"
_NOT_NTH = "(?! (?:<of>|<in>) <the>? <date|month|unit|this|shift>)"

RELATIVE = (
    Rule("<every> <the>? <weekday_clear|unit|units|daypart|month>", relative.no_date),
    Rule("<the|of> <daypart>", relative.no_date),
    Rule("n=<relative_day>", relative.relative_day),
    Rule("n=<period>", relative.fixed_period),
    Rule("<ago_before> n=<count> unit=<units> <and>? n2=<count> unit2=<units>", relative.ago_twice),
    Rule("n=<count> unit=<units> <and>? n2=<count> unit2=<units> <ago_after>", relative.ago_twice),
    Rule(f"<ago_before> {_ABOUT} {_COUNT} unit=<units> half=<and_a_half>?", relative.ago),
    Rule("<ago_before> <about|exactly>? <one>? n=<round_count> <of>? unit=<units>", relative.ago),
    Rule(f"{_ABOUT} {_COUNT} unit=<units> half=<and_a_half>? <ago_after>", relative.ago),
    Rule(f"<deadline> {_ABOUT} {_COUNT} unit=<units> half=<and_a_half>?", relative.deadline),
    Rule("<deadline> <about|exactly>? <one>? n=<round_count> <of>? unit=<units>", relative.deadline),
    Rule(f"<ahead_before> {_ABOUT} {_COUNT} unit=<units> half=<and_a_half>?", relative.ahead),
    Rule("<ahead_before> <about|exactly>? <one>? n=<round_count> <of>? unit=<units>", relative.ahead),
    Rule(f"{_ABOUT} {_COUNT} unit=<units> <ahead_after>", relative.ahead),
    Rule(f"<ahead_before> <the> n=<count> unit=<units> {_NOT_NTH}", relative.within),
    Rule(f"<within> <the>? {_ABOUT} n=<count> unit=<units>", relative.within),
    Rule("<this|the>? shift=<shift>? weekday=<weekday_clear> <open> day=<digits> <close>", named.weekday),
    Rule("<the>? shift=<shift> <on_day> day=<digits> (?!<unit|units>)", named.day_shifted),
    Rule(f"<the|this>? {_COUNT} shift=<shifts> unit=<units>", relative.rolling),
    Rule(f"<the|this>? shift=<shifts> {_COUNT} unit=<units> {_NOT_NTH}", relative.rolling),
    Rule("<the|this>? n=<number> unit=<units> shift=<shifts>", relative.rolling),
    Rule("<this|the>? unit=<unit> <hyphen>? that=<that>", relative.relative_unit),
    Rule("that=<that> unit=<unit>", relative.relative_unit),
    Rule("<the|this>? same=<same> unit=<unit>", relative.relative_unit),
    Rule("<the>? unit=<unit> shift=<shift>", relative.relative_unit),
    Rule("<this|the>? shift=<shift> unit=<unit_year> (?!<of>)", relative.relative_unit),
    Rule(f"<this|the>? shift=<shift> unit=<unit> {_NOT_NTH}", relative.relative_unit),
    Rule("<the|on|in> « <unit_weekend> » (?!<of|shift|starting>)", relative.weekend),
    Rule("<this> unit=<unit> (?:<hyphen>? <here>)?", relative.relative_unit),
    Rule(
        f"n=<ordinal> <ordinal_mark>? <hyphen>? <unit_quarter> {_NOT_OF_YEAR}",
        calendar.quarter,
    ),
    Rule(f"n=<ordinal> <ordinal_mark>? <hyphen>? <unit_half> {_NOT_OF_YEAR}", calendar.half),
    Rule("<the>? n=<count> o=<ordinal> unit=<units> (?!<of|in|shift|later|after>)", calendar.first_months),
    Rule("<the>? o=<ordinal> n=<count> unit=<units> (?!<of|in|shift|later|after>)", calendar.first_months),
    Rule("<in> <the>? « n=<ordinal> <half_word> »", calendar.half_alone),
    Rule("d=<yearless> shift=<shift>", compound.directed),
    Rule("shift=<shift> d=<yearless>", compound.directed),
    Rule("<this|the>? weekday=<weekday_clear> shift=<shift>", named.weekday),
    Rule(
        "<this|the>? shift=<shift> weekday=<weekday_clear> (?!<of|in> <the>? <date|month|unit|this|shift>)",
        named.weekday,
    ),
    Rule("weekday=<weekday_clear> weeks=<weeks_later>", named.weekday),
    Rule(
        "weekday=<weekday_clear> <comma>? <the>? <on_day>? day=<digits|ordinal|day_words> (?!<month|hyphen|slash|unit|units>)",
        named.weekday_day,
    ),
    Rule("<the>? day=<digits> weekday=<weekday_sure>", named.weekday),
    Rule("this=<this> weekday=<weekday_clear> (?!<digits|ordinal>)", named.weekday),
    Rule("weekday=<weekday_sure>", named.weekday),
    Rule("month=<month> shift=<shift>", named.month_only),
    Rule("shift=<shift> month=<month>", named.month_only),
    Rule("this=<this> month=<month>", named.month_only),
    Rule("<unit_month> <of> « month=<month> shift=<shift>? »", named.month_only),
    Rule("<in|bound|of|part|from|to|before|after> <the|hyphen>? « month=<month_weak> »", named.month_only),
    Rule("<in> « month=<month_capital> »", named.month_only),
    Rule("<in|of|bound|part|from|to> « month=<month_clear> »", named.month_only),
    Rule("month=<month_sure>", named.month_unnamed),
    Rule("<the>? n=<season> shift=<shift>", calendar.season),
    Rule("<the|this>? shift=<shift> n=<season>", calendar.season),
    Rule("this=<this> n=<season>", calendar.season),
    Rule("<the|in|bound|part> <the>? « n=<season_sure> »", calendar.season),
    Rule("<in> <the> « n=<season> »", calendar.season),
    Rule("n=<feast> shift=<shift>", named.feast),
    Rule("<the|this>? shift=<shift> n=<feast>", named.feast),
    Rule("n=<feast_sure>", named.feast),
    Rule("<in|bound|of|part|to|before|after|the|on> <the>? « n=<feast> »", named.feast),
    Rule("n=<feast>", named.feast_unnamed),
    Rule("<this> <daypart>", relative.part_of_day),
    Rule("<the> « first=<digits> <and|to> <the>? day=<digits> »", named.day_of_month),
    Rule("<day_article> « day=<digits> »", named.day_of_month),
    Rule("<the>? <on_day> « day=<digits> »", named.day_of_month),
    Rule("<day_article> « day=<ordinal> »", named.ordinal_day),
)

_INSIDE = "(?:<the>? <unit_month> <of>)? <the>? (?:<unit_year> <of>?)? i=<date>"
_NTH = "o=<ordinal|shifts> <ordinal_mark>? (?:n=<count>)?"

NTH = (
    Rule(
        "<the>? « o=<ordinal> <ordinal_mark>? unit=<units> (?:<of>|<in>) <the|this>? <fiscal> (?:<date|span_date>)? »",
        compound.fiscal_part,
    ),
    Rule(
        "o=<quarter_code|half_code> (?:<of>|<in>)? <the|this>? <fiscal> (?:<date|span_date>)?",
        compound.fiscal_part,
    ),
    Rule("<the|this>? shift=<shift>? fiscal=<fiscal> « y=<span_date> »", compound.fiscal_year),
    Rule(
        f"<the>? {_NTH} unit=<units> (?:<of>|<in>) {_INSIDE}",
        compound.nth,
    ),
    Rule("<the>? n=<count> o=<ordinal|shifts> unit=<units> <of> <the>? iu=<unit>", compound.nth),
    Rule(f"<the>? n=<count> o=<ordinal|shifts> unit=<units> (?:<of>|<in>) {_INSIDE}", compound.nth),
    Rule(f"<the>? {_NTH} unit=<units> <of> <the>? iu=<unit>", compound.nth),
    Rule("<the>? o=<ordinal> <half_word> (?:<of>|<in>) <the>? i=<year_date|month_date>", compound.half_of),
    Rule("<the>? o=<ordinal> <half_word> <of> <the>? iu=<unit_year|unit_month>", compound.half_of),
    Rule(
        "<the>? o=<ordinal|shifts> weekday=<weekday_date> (?:<of>|<in>) (?:<the>? <unit_month> <of>)? <the>? i=<date>",
        compound.nth,
    ),
    Rule("<the>? o=<ordinal|shifts> weekday=<weekday_date> <of> <the>? iu=<unit>", compound.nth),
    Rule("weekday=<weekday_date> <of|in|hyphen>? <the>? i=<week_date>", compound.weekday_of_week),
    Rule("i=<week_date> (?:<on|hyphen|the|in|of>){0,2} weekday=<weekday_date>", compound.weekday_of_week),
    Rule("d=<day_relative> <weekday_date>", compound.same_day),
    Rule("d=<span_date> <of>? <the>? y=<year_relative>", compound.span_with_year),
    Rule("d=<yearless> (?:<of|in|the>){0,2} y=<year_relative>", compound.with_year),
    Rule("day=<day> <of> <the>? m=<month_relative>", compound.day_of),
    Rule("<the|on> « day=<day> <of> <the> <unit_month> »", compound.day_of),
    Rule("<the>? unit=<unit_week|unit_weekend> (?:<of|starting>){1,2} <the>? d=<day_date>", compound.week_of),
    Rule("n=<count> unit=<units> before=<before> <the>? d=<date>", compound.offset),
    Rule("n=<count> unit=<units> after=<after> <the>? d=<date>", compound.offset),
    Rule("<the>? n=<text_day> <of> <the>? d=<day_date>", compound.offset_day),
    Rule(f"{_ABOUT} {_COUNT} unit=<units> half=<and_a_half>? <later>", relative.later),
    Rule(f"{_ABOUT} {_COUNT} unit=<units> half=<and_a_half>? <earlier>", relative.earlier),
    Rule("<one>? n=<round_count> <of>? unit=<units> <later>", relative.later),
    Rule("<one>? n=<round_count> <of>? unit=<units> <earlier>", relative.earlier),
    Rule("<the>? n=<text_day> (?!<of>)", relative.text_day),
)

PARTS = (
    Rule(
        "part=<part> (?:<of|the|hyphen>){0,2} (?:<unit_month> <of>)? (?:<unit_year> <of>?)? d=<date>",
        compound.part,
    ),
    Rule("part=<part> (?:<of>|<the>){0,2} unit=<unit>", compound.part),
)

RANGES = (
    Rule("open=<between> <the>? a=<date|now> <and|hyphen> <the>? b=<date|now>", compound.date_range),
    Rule("open=<from|between> <the>? a=<date> link=<to|hyphen> <the>? b=<date|now>", compound.date_range),
    Rule("a=<date> link=<to|hyphen> <the>? b=<date>", compound.date_range),
    Rule("a=<month_date> <and> b=<month_date>", compound.months_together),
    Rule("d=<date> <open_end>", compound.open_ended),
)

LEVELS = (CALENDAR, RELATIVE, NTH, PARTS, RANGES)
