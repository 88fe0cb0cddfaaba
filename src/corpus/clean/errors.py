"""What cleaning may raise."""

from __future__ import annotations


class NoContent(ValueError):  # noqa: N818 (a finding about a document, for a row of `problems`)
    """A document that holds nothing to analyse; the message is a sentence for the `problems` table."""
