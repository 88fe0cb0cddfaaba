"""The actions there are: what a row of corrections.csv may ask for, where, and what a run makes of it. The only such table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Scope = Literal["corpus", "document", "place"]
"""All documents, one (its doc_id), or one place in it (doc_id:start)."""
Use = Literal["needed", "place", "optional", "unused"]
"""What `to` is: a name or text that is needed, the place of another fact (needed too), one that may be left out, or nothing."""
ANYWHERE: Final[tuple[Scope, ...]] = ("corpus", "document", "place")
PLACE: Final[tuple[Scope, ...]] = ("place",)
CORPUS: Final[tuple[Scope, ...]] = ("corpus",)


@dataclass(frozen=True, slots=True)
class Action:
    """`scopes` are those it may have, the first is the usual one; `column` is that of a table's row which its text comes from.

    `stage` is that of `corpus run` which applies it. `description` says in a sentence what a run makes of {text} and {to}.
    An action that is not `applied` may stand in the file: a row of `problems` then says that no run applies it.

    >>> from corpus.corrections import ACTIONS
    >>> ACTIONS["rename"].effect("Galet", "Galet SA")
    'the company Galet is called Galet SA in mentions and facts, and keeps its id'
    """

    name: str
    scopes: tuple[Scope, ...]
    column: str
    to: Use
    stage: str
    description: str
    applied: bool = True

    @property
    def place_only(self) -> bool:
        """Whether it is about one place."""
        return self.scopes == PLACE

    def effect(self, text: str, to: str) -> str:
        """The description of one correction."""
        return self.description.format(text=text, to=to)


_TABLE: Final = (
    Action(
        "rename",
        ANYWHERE,
        "company",
        "needed",
        "entities",
        "the company {text} is called {to} in mentions and facts, and keeps its id",
    ),
    Action(
        "merge",
        ANYWHERE,
        "company",
        "needed",
        "entities",
        "the company {text} is {to}: mentions and facts bear that name, mentions its id, country and sector",
    ),
    Action(
        "not_company",
        ANYWHERE,
        "company",
        "unused",
        "entities",
        "what is called or written {text} is no company: its mentions and facts go, as a counterparty it is left out",
    ),
    Action(
        "is_company",
        ANYWHERE,
        "text",
        "optional",
        "entities",
        "{text}, where no longer name holds it, is a company, called {to} if that is given; facts and events see it",
    ),
    Action(
        "split",
        PLACE,
        "text",
        "needed",
        "entities",
        "this mention of {text}, and the facts told of it, are of {to}",
    ),
    Action(
        "wrong_mention",
        PLACE,
        "text",
        "unused",
        "entities",
        "{text} is no company, sum, date or name here: facts that need it go too, a fact whose date it was has none",
    ),
    Action("wrong_fact", PLACE, "text", "unused", "entities", "the fact told by {text} goes"),
    Action(
        "merge_events",
        PLACE,
        "text",
        "place",
        "entities",
        "the fact told by {text} and the one at {to} (doc_id:start, its text behind it) are of one event",
    ),
    Action(
        "split_event",
        PLACE,
        "text",
        "unused",
        "entities",
        "the fact told by {text} is of an event of its own",
    ),
    Action(
        "outlet",
        ("document", "corpus"),
        "outlet",
        "needed",
        "clean",
        "the document, or each whose outlet, host or path is {text} (* stands for anything), is of {to}",
    ),
    Action(
        "residue",
        ("place", "document", "corpus"),
        "text",
        "unused",
        "clean",
        "the paragraph {text} is taken out, a row of `removals` says so; in one document a part of a paragraph may be meant",
    ),
    Action(
        "keep",
        ("place", "document", "corpus"),
        "text",
        "unused",
        "clean",
        "{text}, which was removed, stays; `start` is that of the row of `removals`",
    ),
    Action(
        "topic_label",
        CORPUS,
        "terms",
        "needed",
        "topics",
        "the topic that has the words {text} is called {to}",
    ),
    Action(
        "topic_merge",
        CORPUS,
        "terms",
        "needed",
        "topics",
        "the topic that has the words {text} becomes part of the one that has the words {to}",
    ),
    Action(
        "topic_split",
        CORPUS,
        "terms",
        "optional",
        "topics",
        "the topic that has the words {text} is parted into {to} topics (into two where that is empty)",
    ),
    Action(
        "topic_drop",
        CORPUS,
        "terms",
        "unused",
        "topics",
        "the topic that has the words {text} is none: what it held is in no topic",
    ),
    Action(
        "topic_seed",
        CORPUS,
        "label",
        "needed",
        "topics",
        "a topic called {text} grows from the documents that hold the words {to}",
    ),
    Action("stop_word", CORPUS, "text", "unused", "topics", "the word {text} stands for no topic"),
    Action(
        "keep_word",
        CORPUS,
        "text",
        "unused",
        "topics",
        "the word {text} is no stop word and may stand for a topic",
    ),
)
ACTIONS: Final = {action.name: action for action in _TABLE}


def as_markdown() -> str:
    """The table of actions for the documentation.

    >>> as_markdown().splitlines()[2].startswith("| `rename` | corpus, document, place | needed |")
    True
    """
    lines = ["| action | scope | `to` | what a run makes of it |", "|---|---|---|---|"]
    for action in ACTIONS.values():
        said = action.effect("`text`", "`to`") + ("" if action.applied else " (not applied yet)")
        lines.append(f"| `{action.name}` | {', '.join(action.scopes)} | {action.to} | {said} |")
    return "\n".join(lines)
