"""Numbers in digits and in words, to exact values, in linear time."""

from __future__ import annotations

from extract.numbers.digits import read_digits
from extract.numbers.grammar import NUMBER_WORDS, NumberGrammar, find_numbers, number_grammar, plain_number
from extract.numbers.phrases import NumberPhrase
from extract.numbers.records import Number

__all__ = [
    "NUMBER_WORDS",
    "Number",
    "NumberGrammar",
    "NumberPhrase",
    "find_numbers",
    "number_grammar",
    "plain_number",
    "read_digits",
]
