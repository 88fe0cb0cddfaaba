"""Numbers in digits with any grouping, to exact values."""

from __future__ import annotations

import re
from decimal import Decimal

# A longer run of digits is an identifier, not a quantity; float64 is exact to 15 digits anyway.
MAX_DIGITS = 18
# A run of digits with its marks, as one piece: "3 000", "1.234,5", "1.2.3" (which is then no number), "2½", ".5".
DIGITS = r"[0-9]{1,3}(?: [0-9]{3})+(?![0-9])(?:[.,][0-9]+)?|[0-9]+(?:[.,'][0-9]+)*[½¼¾]?|(?<![\w.])\.[0-9]+"
_VULGAR = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_GROUPED = {mark: re.compile(rf"[1-9][0-9]{{0,2}}(?:{re.escape(mark)}[0-9]{{3}})+") for mark in ".,' "}
_INDIAN = re.compile(r"[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}")


def read_digits(written: str, decimal: str, zero_groups: bool = False) -> Decimal | None:
    """The value of a number in digits with any grouping, or None where it is not one ("1.2.3", "01 42 33 44 55").

    `decimal` is the language's decimal mark; the other mark groups when exactly three digits follow it, and so does the decimal
    mark before three digits that end with a zero where `zero_groups`: a language of two conventions writes no decimals with a
    zero at their end. A space counts as a grouping mark, and so does an apostrophe.

    >>> from extract.numbers import read_digits
    >>> read_digits("1 234,5", decimal=","), read_digits("1.2.3", decimal=",")
    (Decimal('1234.5'), None)
    """
    if len(written) > 2 * MAX_DIGITS or sum(character.isdigit() for character in written) > MAX_DIGITS:
        return None
    extra = _VULGAR.get(written[-1])
    if extra is not None:
        whole = read_digits(written[:-1], decimal, zero_groups)
        return None if whole is None else whole + extra
    for mark in " '":
        if mark in written:
            grouped = _GROUPED[mark].match(written)
            rest = written[grouped.end() :] if grouped else ""
            if grouped is None or len(re.findall(r"[.,' ]", rest)) > 1 or (rest and rest[0] not in ".,"):
                return None
            return Decimal(grouped.group().replace(mark, "") + rest.replace(",", "."))
    other = "," if decimal == "." else "."
    if decimal in written and other in written:
        last = decimal if written.rindex(decimal) > written.rindex(other) else other
        grouping = other if last == decimal else decimal
        integer, _, fraction = written.rpartition(last)
        if last in integer or not (_GROUPED[grouping].fullmatch(integer) or _INDIAN.fullmatch(integer)):
            return None
        return Decimal(f"{integer.replace(grouping, '')}.{fraction}")
    mark = decimal if decimal in written else other
    if mark not in written:
        return Decimal(written)
    if written.count(mark) > 1:
        grouped_well = _GROUPED[mark].fullmatch(written) or (mark == "," and _INDIAN.fullmatch(written))
        return Decimal(written.replace(mark, "")) if grouped_well else None
    # One mark. "94.000" is grouped in French, "1.5" is not; no one writes the decimals ",000".
    if _GROUPED[mark].fullmatch(written) and (
        mark == other or written.endswith("0" if zero_groups else "000")
    ):
        return Decimal(written.replace(mark, ""))
    return Decimal(written.replace(mark, "."))
