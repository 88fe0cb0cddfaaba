"""The words of a report in a language (`words/<code>.toml`), and how that language writes numbers, sums and days."""

from __future__ import annotations

import datetime as dt
import tomllib
from calendar import monthrange
from functools import cache
from pathlib import Path
from typing import Any

from corpus.errors import UsageError

LANGUAGES = tuple(sorted(path.stem for path in Path(__file__).parent.glob("*.toml")))


@cache
def words_of(language: str) -> Words:
    """The words of a language; UsageError with those there are."""
    if language not in LANGUAGES:
        raise UsageError(f"There is no report in {language!r}. The languages are: {', '.join(LANGUAGES)}.")
    path = Path(__file__).parent / f"{language}.toml"
    return Words(language, tomllib.loads(path.read_text(encoding="utf-8")))


class Words:
    """The strings of a language by dotted key, filled with values; numbers, sums and dates as it writes them."""

    def __init__(self, language: str, strings: dict[str, Any]) -> None:
        self.language = language
        self.strings = strings

    def __call__(self, key: str, **values: Any) -> str:
        """The string of that key; numbers among the values are written as the language does."""
        found: Any = self.strings
        for part in key.split("."):
            found = found[part]
        said = {
            name: self.number(value) if isinstance(value, int | float) else value
            for name, value in values.items()
        }
        return str(found).format(**said)

    def named(self, group: str, value: str | None) -> str:
        """The word for a value of a set; the value itself where the language has none for it."""
        if value is None:
            return ""
        return str(self.strings[group].get(value, value))

    def number(self, value: float | None, digits: int = 0) -> str:
        """A number with the language's signs; empty for null."""
        if value is None:
            return ""
        form = self.strings["form"]
        written = f"{value:,.{digits}f}"
        return written.replace(",", "\0").replace(".", form["decimal"]).replace("\0", form["thousands"])

    def share(self, value: float | None) -> str:
        """A share as a percentage."""
        return "" if value is None else self.number(100 * value, 1) + self.strings["form"]["percent"]

    def money(self, low: float | None, high: float | None, currency: str | None) -> str:
        """A sum or a range with its currency, shortened to four digits: 45 M EUR; "?" for a sum that is vague."""
        if low is None and high is None:
            return f"? {currency or ''}".strip()
        ends = [value for value in dict.fromkeys((low, high)) if value is not None]
        return "–".join(self._short(value) for value in ends) + f" {currency or ''}".rstrip()

    def _short(self, value: float) -> str:
        for unit in self.strings["form"]["units"]:
            if abs(value) >= unit["size"]:
                scaled = float(f"{value / unit['size']:.4g}")
                digits = len(f"{scaled:.3f}".rstrip("0").partition(".")[2])
                return f"{self.number(scaled, digits)}\u202f{unit['sign']}"
        return self.number(value)

    def day(self, day: dt.date | None) -> str:
        """A day; empty for null."""
        if day is None:
            return ""
        months = self.strings["form"]["months"]
        return str(self.strings["form"]["day"]).format(
            day=day.day, month=months[day.month - 1], year=day.year
        )

    def month(self, day: dt.date) -> str:
        """The month of a day."""
        return f"{self.strings['form']['months'][day.month - 1]} {day.year}"

    def period(self, start: dt.date | None, end: dt.date | None) -> str:
        """A period as it would be named: a year, a quarter, a month, a day, or its two ends."""
        if start is None or end is None or start == end:
            return self.day(start or end)
        whole = start.day == 1 and end.day == monthrange(end.year, end.month)[1] and start.year == end.year
        if whole and (start.month, end.month) == (1, 12):
            return str(start.year)
        if whole and start.month == end.month:
            return self.month(start)
        if whole and end.month - start.month == 2 and end.month % 3 == 0:
            return str(self.strings["form"]["quarter"]).format(quarter=end.month // 3, year=start.year)
        return f"{self.day(start)} – {self.day(end)}"
