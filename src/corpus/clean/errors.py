"""What cleaning may raise."""

from __future__ import annotations


class NoContent(ValueError):  # noqa: N818 (a finding about a document, for a row of `problems`)
    """A document that holds nothing to analyse; the message is a sentence for the `problems` table.

    >>> from corpus.clean import NoContent, clean_document
    >>> from corpus.records import InputDocument
    >>> try:
    ...     clean_document(InputDocument("a.txt", "text", "text", "  "))
    ... except NoContent as finding:
    ...     print(finding)
    The document is empty: it holds no text.
    """
