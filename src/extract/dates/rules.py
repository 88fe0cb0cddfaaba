"""The rules of the cascade, level by level; roles are those of `docs/lexicons.md`."""

from __future__ import annotations

from extract.dates import builders as b
from extract.dates.grammar import Rule

_WEEKDAY = "(?: weekday=<weekday> <comma>? (?:<the>|<on>)? )?"
_DAY = "<ordinal_mark>?"
_YEAR = "(?: <comma>? (?:<of>|<in>)? (?:<the>? <unit_year>)? year=<year|short_year> )?"
_YEAR_REQUIRED = "<comma>? (?:<of>|<in>)? (?:<the>? <unit_year>)? year=<year|short_year>"
_MONTHS_YEAR = "(?: <comma>? (?:<of>|<in>)? (?:<the>? <unit_year>)? year=<year> )?"
_OF_YEAR = "(?:<of>|<in>|<hyphen>)? (?:<the>? <unit_year>)? year=<year>"
_SEP = "<hyphen|slash>"
_EVIDENCE = "<the|on|from|to|between|bound|of|before|after>"

CALENDAR = (
    Rule(
        f"open=<from|between>? <the>? (?:<weekday> <comma>? <the>?)? first=<day> {_DAY} (?:<comma> <day> {_DAY}){{0,4}}"
        f" <comma>? link=<to|hyphen|and> <the>? (?:<weekday> <comma>? <the>?)? last=<day> {_DAY} <of>? month=<month> {_YEAR}",
        b.shared_month_trimmed,
    ),
    Rule(
        f"open=<from|between>? month=<month> <the>? first=<day> link=<to|hyphen> <the>? last=<day> (?!<of>?<month>) {_YEAR}",
        b.month_shared,
    ),
    Rule(
        f"open=<between> month=<month> <the>? first=<day> link=<and> <the>? last=<day> (?!<of>?<month>) {_YEAR}",
        b.month_shared,
        month_first_only=True,
    ),
    Rule(f"{_WEEKDAY} day=<day> {_SEP} month=<month> {_SEP} year=<year|two_digits>", b.day_month),
    Rule(f"{_WEEKDAY} year=<year> {_SEP} month=<month> {_SEP} day=<day>", b.day_month),
    Rule(f"{_WEEKDAY} year=<year> {_SEP} day=<day> {_SEP} month=<month>", b.day_month),
    Rule(f"{_WEEKDAY} day=<day> {_SEP} year=<year> {_SEP} month=<month>", b.day_month),
    Rule(f"{_WEEKDAY} month=<month> {_SEP} day=<day> {_SEP} year=<year>", b.day_month),
    Rule(f"{_WEEKDAY} month=<month> {_SEP} year=<year> {_SEP} day=<day>", b.day_month),
    Rule(
        f"{_WEEKDAY} day=<day> {_DAY} (?:<of>? <unit_day>)? <of|hyphen>? month=<month> {_YEAR}", b.day_month
    ),
    Rule(f"{_WEEKDAY} month=<month> <comma>? <the>? day=<day> {_YEAR_REQUIRED}", b.day_month),
    Rule(
        f"{_WEEKDAY} month=<month> <comma>? <the>? day=<day> (?!<slash|hyphen>)",
        b.month_day,
        month_first_only=True,
    ),
    Rule(f"{_WEEKDAY} month=<month> <slash|hyphen> day=<day>", b.day_month),
    Rule(f"{_WEEKDAY} month=<month> day=<day_words>", b.day_month_words),
    Rule(
        "open=<between> <the>? first=<calendar_part|day_date> <and> <the>? last=<calendar_part|day_date>",
        b.numeric_range,
    ),
    Rule(
        "open=<from|between>? <the>? first=<calendar_part|day_date> <to|hyphen> <the>? last=<calendar_part|day_date> (?: <comma> year=<year>)?",
        b.numeric_range,
    ),
    Rule("weekday=<weekday> <comma>? (?:<the>|<on>)? n=<day_date|calendar_loose|calendar_part>", b.numeric),
    Rule("n=<padded>", b.numeric),
    Rule(f"{_EVIDENCE} <the>? « n=<calendar_part|calendar_loose> » (?! <to|hyphen> )", b.numeric),
    Rule("day=<digits> month=<digits> year=<year>", b.spaced_numbers),
    Rule("year=<year> month=<digits> day=<digits>", b.spaced_numbers),
    Rule("n=<calendar_part>", b.numeric_alone),
    Rule(
        "(?:<on>|weekday=<weekday> <comma>? (?:<the>|<on>)?) « day=<ordinal|digits> <slash>? month=<ordinal_month> (?: year=<year>)? »",
        b.day_ordinal_month,
    ),
    Rule("year=<year> <of>? month=<month_sure|month_short> (?!<day|hyphen|slash>)", b.month_year),
    Rule(
        f"open=<from|between>? <this>? first=<month> link=<hyphen|to|and> <this>? last=<month> {_MONTHS_YEAR}",
        b.months,
    ),
    Rule(
        "month=<month> (?:<comma|hyphen|slash|of|in>){0,2} (?:<the>? <unit_year>)? year=<year|short_year>",
        b.month_year,
    ),
    Rule(
        "first=<quarter_code> <and|to|hyphen> <the>? last=<quarter_code> (?: <of>? year=<year>)?", b.quarters
    ),
    Rule(
        "first=<ordinal> <and|to|hyphen> <the>? last=<ordinal> unit=<units> (?: <of>? year=<year>)?",
        b.quarters,
    ),
    Rule(
        "first=<roman_ordinal|ordinal> <and|to|hyphen> <the>? last=<roman_ordinal|ordinal> century=<century>",
        b.quarters,
    ),
    Rule(f"n=<ordinal> <ordinal_mark>? <unit_quarter> {_OF_YEAR}", b.quarter),
    Rule(f"<unit_quarter> n=<number> (?: {_OF_YEAR})?", b.quarter),
    Rule(
        "n=<quarter_name|quarter_code> (?:<of|hyphen|slash|comma|in>)? (?:<the>? <unit_year>)? year=<year>",
        b.quarter,
    ),
    Rule("year=<year> <hyphen|slash>? n=<quarter_code>", b.quarter),
    Rule("year=<year> <hyphen|slash>? n=<half_code>", b.half),
    Rule(f"n=<ordinal> <ordinal_mark>? <unit_half> {_OF_YEAR}", b.half),
    Rule(
        "n=<half_code|half_name> (?:<of|hyphen|slash|comma|in>)? (?:<the>? <unit_year>)? year=<year>", b.half
    ),
    Rule(
        "<the|in|of|bound|this|to|from> <the>? « n=<quarter_code> » (?!<of|hyphen|slash|in>?<year>)",
        b.quarter,
    ),
    Rule("<the|in|of|bound|this|to|from> <the>? « n=<half_code> » (?!<of|hyphen|slash|in>?<year>)", b.half),
    Rule("n=<season> <of>? (?:<the>? <unit_year>)? year=<year> <hyphen|slash> <year|two_digits>", b.season),
    Rule("n=<season> <of>? (?:<the>? <unit_year>)? year=<year>", b.season),
    Rule("<decade> <the>? n=<year|decade_digits|decade_name|short_year|two_digits|count>", b.decade),
    Rule("n=<decade_digits|decade_name|decade_alone> <decade>", b.decade),
    Rule("n=<decade_digits|decade_alone>", b.decade),
    Rule("first=<roman_ordinal> <and|hyphen> <the>? last=<roman_ordinal> century=<century>", b.quarters),
    Rule("n=<roman|roman_ordinal|ordinal> <ordinal_mark>? <century>", b.century),
    Rule("<century> n=<roman>", b.century),
    Rule("<unit_week> n=<count> (?: <of>? year=<year>)", b.week_number),
    Rule("<unit_week> n=<digits> (?!<hyphen|month|unit|units|to|slash|weekday>)", b.week_number),
    Rule("n=<week_code> (?:<of|hyphen>? year=<year>)?", b.week_number),
    Rule("n=<feast> (?:<comma>? <of|in>? (?:<the>? <unit_year>)? year=<year>)", b.feast),
)

_COUNT = "n=<count> (?: <to|hyphen|and_or> m=<count> )?"
_ABOUT = "about=<about>?"
_NOT_NTH = "(?! (?:<of>|<in>) <the>? <date|month|unit|this|shift>)"

RELATIVE = (
    Rule("<the>? <whole>? n=<relative_day>", b.relative_day),
    Rule("n=<period>", b.fixed_period),
    Rule("<ago_before> n=<count> unit=<units> <and>? n2=<count> unit2=<units>", b.ago_twice),
    Rule("n=<count> unit=<units> <and>? n2=<count> unit2=<units> <ago_after>", b.ago_twice),
    Rule(f"<ago_before> {_ABOUT} {_COUNT} unit=<units> half=<and_a_half>?", b.ago),
    Rule("<ago_before> <about>? <one>? n=<round_count> <of>? unit=<units>", b.ago),
    Rule(f"{_ABOUT} {_COUNT} unit=<units> half=<and_a_half>? <ago_after>", b.ago),
    Rule(f"<deadline> {_ABOUT} {_COUNT} unit=<units> half=<and_a_half>?", b.deadline),
    Rule("<deadline> <about>? <one>? n=<round_count> <of>? unit=<units>", b.deadline),
    Rule(f"<ahead_before> {_ABOUT} {_COUNT} unit=<units> half=<and_a_half>?", b.ahead),
    Rule("<ahead_before> <about>? <one>? n=<round_count> <of>? unit=<units>", b.ahead),
    Rule(f"{_ABOUT} {_COUNT} unit=<units> <ahead_after>", b.ahead),
    Rule(f"<ahead_before> <the> n=<count> unit=<units> {_NOT_NTH}", b.within),
    Rule(f"<within> <the>? {_ABOUT} n=<count> unit=<units>", b.within),
    Rule(f"<the|this>? {_COUNT} shift=<shifts> unit=<units>", b.rolling),
    Rule(f"<the|this>? shift=<shifts> {_COUNT} unit=<units> {_NOT_NTH}", b.rolling),
    Rule("<the|this>? n=<number> unit=<units> shift=<shifts>", b.rolling),
    Rule("<this|the>? unit=<unit> <hyphen>? that=<that>", b.relative_unit),
    Rule("that=<that> unit=<unit>", b.relative_unit),
    Rule("<the|this>? same=<same> unit=<unit>", b.relative_unit),
    Rule("<the>? unit=<unit> shift=<shift>", b.relative_unit),
    Rule(f"<this|the>? shift=<shift> unit=<unit> {_NOT_NTH}", b.relative_unit),
    Rule("<the|on|in> « <unit_weekend> » (?!<of|shift|starting>)", b.weekend),
    Rule("<this> unit=<unit> (?:<hyphen>? <here>)?", b.relative_unit),
    Rule("n=<ordinal> <ordinal_mark>? <unit_quarter> (?!<of> <the>? <unit_year|shift|this>)", b.quarter),
    Rule("n=<ordinal> <ordinal_mark>? <unit_half> (?!<of> <the>? <unit_year|shift|this>)", b.half),
    Rule("d=<yearless> shift=<shift>", b.directed),
    Rule("shift=<shift> d=<yearless>", b.directed),
    Rule("<this|the>? weekday=<weekday> shift=<shift>", b.weekday),
    Rule(
        "<this|the>? shift=<shift> weekday=<weekday> (?!<of|in> <the>? <date|month|unit|this|shift>)",
        b.weekday,
    ),
    Rule("weekday=<weekday> weeks=<weeks_later>", b.weekday),
    Rule(
        "weekday=<weekday> <comma>? <the>? <on_day>? day=<digits|ordinal|day_words> (?!<month|hyphen|slash|unit|units>)",
        b.weekday_day,
    ),
    Rule("<the>? day=<digits> weekday=<weekday_sure>", b.weekday),
    Rule("this=<this> weekday=<weekday>", b.weekday),
    Rule("weekday=<weekday_sure>", b.weekday),
    Rule("month=<month> shift=<shift>", b.month_only),
    Rule("shift=<shift> month=<month>", b.month_only),
    Rule("this=<this> month=<month>", b.month_only),
    Rule("<unit_month> <of> « month=<month> »", b.month_only),
    Rule("<in|bound|of|part|from|to|before|after> <the|hyphen>? « month=<month_weak> »", b.month_only),
    Rule("<in> « month=<month_capital> »", b.month_only),
    Rule("<in|bound|part|from|to> « month=<month_short> »", b.month_only),
    Rule("month=<month_sure>", b.month_only),
    Rule("<the>? n=<season> shift=<shift>", b.season),
    Rule("<the|this>? shift=<shift> n=<season>", b.season),
    Rule("this=<this> n=<season>", b.season),
    Rule("<the|in|bound|part> <the>? « n=<season_sure> »", b.season),
    Rule("<in> <the> « n=<season> »", b.season),
    Rule("n=<feast> shift=<shift>", b.feast),
    Rule("<the|this>? shift=<shift> n=<feast>", b.feast),
    Rule("n=<feast_sure>", b.feast),
    Rule("<in|bound|of|part|to|before|after|the|on> <the>? « n=<feast> »", b.feast),
    Rule("n=<feast>", b.feast_unnamed),
    Rule("<this> <daypart>", b.part_of_day),
    Rule("<the> « first=<digits> <and|to|hyphen> <the>? day=<digits> »", b.day_of_month),
    Rule("<the> « day=<digits> »", b.day_of_month),
    Rule("<the>? <on_day> « day=<digits> »", b.day_of_month),
    Rule("<the> « day=<ordinal> »", b.ordinal_day),
)

_NTH = "o=<ordinal|shifts> <ordinal_mark>? (?:n=<count>)?"

NTH = (
    Rule(
        f"<the>? {_NTH} unit=<units> (?:<of>|<in>) (?:<the>? <unit_month> <of>)? <the>? (?:<unit_year> <of>?)? i=<date>",
        b.nth,
    ),
    Rule("<the>? n=<count> o=<shifts> unit=<units> (?:<of>|<in>) <the>? i=<date>", b.nth),
    Rule(f"<the>? {_NTH} unit=<units> <of> <the>? iu=<unit>", b.nth),
    Rule(
        "<the>? o=<ordinal|shifts> weekday=<weekday_date> (?:<of>|<in>) (?:<the>? <unit_month> <of>)? <the>? i=<date>",
        b.nth,
    ),
    Rule("<the>? o=<ordinal|shifts> weekday=<weekday_date> <of> <the>? iu=<unit>", b.nth),
    Rule("weekday=<weekday_date> (?:<comma|of|in|hyphen>)? <the>? i=<week_date>", b.weekday_of_week),
    Rule("i=<week_date> (?:<on|comma|hyphen|the|in|of>){0,2} weekday=<weekday_date>", b.weekday_of_week),
    Rule("d=<yearless> (?:<of|in|the>){0,2} y=<year_relative>", b.with_year),
    Rule("day=<day> <of> <the>? m=<month_relative>", b.day_of),
    Rule("<the|on> « day=<day> <of> <the> <unit_month> »", b.day_of),
    Rule("<the>? unit=<unit_week|unit_weekend> (?:<of|starting>){1,2} <the>? d=<day_date>", b.week_of),
    Rule("n=<count> unit=<units> before=<before> <the>? d=<date>", b.offset),
    Rule("n=<count> unit=<units> after=<after> <the>? d=<date>", b.offset),
    Rule("<the>? n=<text_day> <of> <the>? d=<day_date>", b.offset_day),
    Rule(f"{_ABOUT} {_COUNT} unit=<units> half=<and_a_half>? <later>", b.later),
    Rule(f"{_ABOUT} {_COUNT} unit=<units> half=<and_a_half>? <earlier>", b.earlier),
    Rule("<one>? n=<round_count> <of>? unit=<units> <later>", b.later),
    Rule("<one>? n=<round_count> <of>? unit=<units> <earlier>", b.earlier),
    Rule("<the>? n=<text_day> (?!<of>)", b.text_day),
)

PARTS = (
    Rule(
        "part=<part> (?:<of|the|hyphen|in>){0,2} (?:<unit_month> <of>)? (?:<unit_year> <of>?)? d=<date>",
        b.part,
    ),
    Rule("part=<part> (?:<of> <the>?|<the>) unit=<unit>", b.part),
)

RANGES = (
    Rule("open=<between> <the>? a=<date|now> <and|hyphen> <the>? b=<date|now>", b.date_range),
    Rule("open=<from|between> <the>? a=<date> link=<to|hyphen> <the>? b=<date|now>", b.date_range),
    Rule("a=<date> link=<to|hyphen> <the>? b=<date>", b.date_range),
    Rule("a=<month_date> <and> b=<month_date>", b.months_together),
    Rule("d=<date> <open_end>", b.open_ended),
)

LEVELS = (CALENDAR, RELATIVE, NTH, PARTS, RANGES)
