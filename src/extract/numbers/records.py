"""What the number grammar hands on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    """A number and its exact value; `text[start:end] == number.text`.

    >>> from extract import find_numbers
    >>> find_numbers("Vingt et un élus sur 1 200.")
    [Number(start=0, end=11, text='Vingt et un', value=21), Number(start=21, end=26, text='1 200', value=1200)]
    """

    start: int
    end: int
    text: str
    value: int | float
