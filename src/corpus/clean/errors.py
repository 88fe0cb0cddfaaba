"""What cleaning may raise."""

from __future__ import annotations


class NoContent(ValueError):
    """A document that holds nothing to analyse; the message is a sentence for the `problems` table."""
