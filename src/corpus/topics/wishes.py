"""What a user asks of the topics, in rows that outlive a fit: no topic is named by its number, which the next fit may change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from corpus.topics.occurrences import WORD
from corpus.topics.words import WordReader

STOP_WORD, KEEP_WORD = "stop_word", "keep_word"
SEED, MERGE, SPLIT, LABEL, DROP = (
    "topic_seed",
    "topic_merge",
    "topic_split",
    "topic_label",
    "topic_drop",
)
OF_WORDS = (STOP_WORD, KEEP_WORD)
OF_TOPICS = (MERGE, SPLIT, LABEL, DROP)
STEERING = (*OF_WORDS, SEED, *OF_TOPICS)
# Behind the words that tell a topic may stand documents of it, each with this mark before its doc_id.
DOCUMENT_MARK = "@"
_DOCUMENT = re.compile(rf"(?:^|\s){DOCUMENT_MARK}(\S+)")


class Wish(NamedTuple):
    """An action (one of STEERING), what it is about, and what is to become of that.

    stop_word, keep_word: `text` is a word. topic_seed: `text` the name of a topic that grows from the words `to`.
    topic_merge: the topic `text` becomes part of the topic `to`. topic_split: the topic `text` is parted into `to` (or 2).
    topic_label: the topic `text` is called `to`. topic_drop: the topic `text` is none. A topic is told by the name that an
    earlier wish gave it, or by some of its terms and, behind them, some of its documents ("police, enquête @8a52c1e4 @c07d11fe").

    >>> from corpus.topics import Wish
    >>> Wish("topic_drop", "vidéo, photo, abonnés").to
    ''
    """

    action: str
    text: str
    to: str = ""


def own_words(wishes: Sequence[Wish]) -> tuple[frozenset[str], frozenset[str]]:
    """The user's stop words and kept words, in lower case; of two wishes for one word the later one holds."""
    last = {wish.text.strip().lower(): wish.action for wish in wishes if wish.action in OF_WORDS}
    return (
        frozenset(word for word, action in last.items() if action == STOP_WORD),
        frozenset(word for word, action in last.items() if action == KEEP_WORD),
    )


def told_by(text: str) -> tuple[str, list[str]]:
    """The words that tell a topic and the ids of the documents behind them.

    >>> told_by("police, enquête @8a52c1e4 @c07d11fe")
    ('police, enquête', ['8a52c1e4', 'c07d11fe'])
    """
    return _DOCUMENT.sub("", text).strip(), _DOCUMENT.findall(text)


def with_documents(text: str, documents: Sequence[str]) -> str:
    """The words that tell a topic, and documents of it behind them.

    >>> with_documents("police, enquête", ["8a52c1e4"])
    'police, enquête @8a52c1e4'
    """
    return " ".join([text, *(DOCUMENT_MARK + one for one in documents)])


def as_told_before(wishes: Iterable[Wish], before: Iterable[tuple[Wish, Wish]]) -> tuple[Wish, ...]:
    """The wishes as an earlier fit understood them; `before`: each of its wishes as it was asked and as it was told afterwards.

    A wish that it did not have is told as another one of its was that meant a topic by the same words.

    >>> crime = Wish("topic_label", "police", "crime"), Wish("topic_label", "police @8a52c1e4", "crime")
    >>> as_told_before([Wish("topic_label", "police", "law"), Wish("topic_drop", "court")], [crime])
    (Wish(action='topic_label', text='police @8a52c1e4', to='law'), Wish(action='topic_drop', text='court', to=''))
    """
    met = dict[Wish, Wish]()
    meant = dict[str, str]()
    for asked, told in before:
        met[asked] = told
        for own, documented in zip(topics_of(asked), topics_of(told), strict=True):
            if documented != own:
                meant.setdefault(own, documented)
    return tuple(met.get(wish) or meaning(wish, meant) for wish in wishes)


def topics_of(wish: Wish) -> tuple[str, ...]:
    """What a wish tells topics by."""
    if wish.action not in OF_TOPICS:
        return ()
    return (wish.text, wish.to) if wish.action == MERGE else (wish.text,)


def meaning(wish: Wish, meant: Mapping[str, str]) -> Wish:
    """The wish with what `meant` has for each text that it tells a topic by."""
    told = [meant.get(text, text) for text in topics_of(wish)]
    return wish._replace(**dict(zip(("text", "to"), told, strict=False)))


def lemmas_of(text: str, reader: WordReader) -> list[str]:
    """The distinct lemmas of the words of a text, in their order, stop words left out."""
    found = (reader.lemma(form) for form in WORD.findall(text.lower()))
    return list(dict.fromkeys(lemma for lemma in found if lemma is not None))
