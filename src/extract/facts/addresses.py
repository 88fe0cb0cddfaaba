"""Addresses of the web inside a text: "[Vade](https://www.vadesecure.com/fr/)". They are no words of its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

# What follows a link's words in Markdown with its brackets and attributes, or an address alone, without the marks behind it.
_ADDRESS = re.compile(
    r"\]\((?:https?://|/|#|mailto:)[^\s()]*(?:\([^\s()]*\)[^\s()]*)*\)(?:\{[^}\s]{0,80}\})?|https?://[^\s<>\"«»]*[\w/]"
)


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the addresses of `text` begin and end, in order. Linear in the text.

    >>> from extract.facts.addresses import addresses
    >>> text = "[Vade](https://vade.example/fr/) lève 28 millions (https://news.example/vade)."
    >>> [text[start:end] for start, end in addresses(text)]
    ['](https://vade.example/fr/)', 'https://news.example/vade']
    """
    if "](" in text or "http" in text:
        for found in _ADDRESS.finditer(text):
            yield found.span()
