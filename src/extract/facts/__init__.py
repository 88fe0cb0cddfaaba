"""Facts: an amount tied to the company that pays it, receives it or is worth it."""

from __future__ import annotations

from extract.facts.records import Certainty, Fact, FactKind, Role
from extract.facts.search import NO_TOPICS, find_facts, read_facts

__all__ = ["NO_TOPICS", "Certainty", "Fact", "FactKind", "Role", "find_facts", "read_facts"]
