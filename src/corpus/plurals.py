"""Numbers with their words in messages: one document is, two documents are."""

from __future__ import annotations


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its word, or with `one` and `many` where more than an *s* differs.

    >>> counted(1, "page"), counted(1204, "page")
    ('1 page', '1,204 pages')
    >>> counted(1, "document is", "documents are")
    '1 document is'
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
