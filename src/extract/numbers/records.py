"""What the number grammar hands on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    """A number and its exact value; `text[start:end] == number.text`."""

    start: int
    end: int
    text: str
    value: int | float
