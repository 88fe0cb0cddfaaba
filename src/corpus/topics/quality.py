"""What a reader should know of a topic before relying on it: whether it is a topic at all, and what speaks against it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.topics.views import main_language

if TYPE_CHECKING:
    from corpus.topics.state import TopicState

# Topics up to this `stability` are those that most fits from nothing do not have again (`stability.SAMPLES`).
LEAST_STABILITY = 0.525
# Top terms that stand as often outside a topic as a topic of its size would have by chance are nobody's own.
LEAST_LIFT = 1.25
# A topic whose terms stand in a wording that its texts share in this share of these is a way of writing.
LEAST_FIXED = 0.35


def kinds(state: TopicState) -> list[str]:
    """For each topic whether it is a theme ("topic") or a formula that its texts share ("style")."""
    fixed = state.surfaces[main_language(state.views)].fixed or (0.0,) * len(state.shares)
    return ["style" if own >= LEAST_FIXED else "topic" for own in fixed]


def doubts(state: TopicState, documents: Sequence[int] | None = None) -> list[str | None]:
    """For each topic why it is doubtful, in a sentence's part, or None; `documents`: how many have it heaviest, if known."""
    found: list[str | None] = []
    for topic, share in enumerate(state.shares):
        reasons = []
        if documents is not None and not documents[topic]:
            reasons.append("it is the heaviest topic of no document")
        if state.stability is not None and state.stability[topic] <= LEAST_STABILITY:
            reasons.append(
                f"samples of the documents have it again to {state.stability[topic]:.0%} only, by its terms"
            )
        if state.exclusivity[topic] < LEAST_LIFT * share:
            reasons.append(
                f"{state.exclusivity[topic]:.0%} of the documents with its terms are its own, and it is {share:.0%} of all"
            )
        found.append("; ".join(reasons) or None)
    return found
