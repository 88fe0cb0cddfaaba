"""Which year a date without one means: the nearest past, or the nearest to come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from extract.dates import calendar as cal
from extract.dates.calendar import Period

# 29 February comes back after 8 years at most (1896, 1904), a given weekday and day of a month within 11, or 12 over 1900.
_YEARS_AROUND = 12
# "les 10 et 11 février", written on the 8th, is next week, not last year: who means a day nine months ago writes its year.
_SOON_DAYS = {"day": 95, "month": 45}
_LONG_AGO_DAYS = 270


@dataclass(frozen=True, slots=True)
class Reference:
    """The first and last day that the publication date may be, and what it is known to (`day`, `month`, `year`)."""

    first: date
    last: date
    unit: str

    @classmethod
    def of(cls, published: date, precision: str) -> Reference:
        """The reference of a publication date that is known to `precision`."""
        whole = cal.period(precision, published)
        return cls(whole.first, whole.last, precision)


def _around(make: Callable[[int], Period | None], middle: int, reach: int) -> list[Period]:
    years = range(max(1, middle - reach), min(9998, middle + reach) + 1)
    return [period for year in years if (period := make(year)) is not None]


def nearest(
    make: Callable[[int], Period | None],
    reference: Reference,
    direction: int | None,
    preference: str,
    unit: str,
    tenseless: bool,
) -> Period | None:
    """The occurrence that is meant. `direction` -1, 1, 0: "dernier", "prochain", "ce"; None: by `preference`."""
    found = _around(make, reference.first.year, 2)
    if len(found) < 5:
        found = _around(make, reference.first.year, _YEARS_AROUND)
    before = [period for period in found if period.last < reference.first]
    after = [period for period in found if period.first > reference.last]
    begun = [period for period in found if period.first <= reference.last]
    open_ = [period for period in found if period.last >= reference.first]
    match direction:
        case -1:
            return before[-1] if before else None
        case 1:
            return after[0] if after else None
        case 0:
            if unit == "season" and preference == "future":
                return open_[0] if open_ else None
            if unit == "season":
                middle = reference.first
                return min(
                    found,
                    key=lambda period: (max((period.first - middle), (middle - period.last)), period.first),
                )
            return make(reference.first.year)
        case None:
            pass
        case _:
            return None
    if preference == "future":
        return open_[0] if open_ else None
    past = begun[-1] if begun else None
    soon = after[0] if after and unit in _SOON_DAYS and tenseless and preference == "past" else None
    if soon is None or (soon.first - reference.last).days > _SOON_DAYS[unit]:
        return past
    return soon if past is None or (reference.first - past.last).days >= _LONG_AGO_DAYS else past
