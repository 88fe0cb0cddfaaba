"""The phrases of texts that the words of a label stand in, and in how many texts each stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

from corpus.topics.abbreviations import Abbreviations
from corpus.topics.formulas import Formulas
from corpus.topics.grammar import CLAUSE_SHARE, read_grammar
from corpus.topics.typical import JOINTS, SPACES, Text
from corpus.topics.words import WordReader
from extract.languages import WordFile, known_languages

# Words of a phrase, and those of content among them; more in one that begins with a capital, as names of institutions do.
LONGEST_PHRASE, MOST_CONTENT = 4, 3
LONGEST_NAME, MOST_IN_NAME = 6, 4
# A phrase in lower case before which a word of content stands in so many of its texts is a piece of a longer one ("spatiale
# internationale").
PIECE_SHARE = 0.6

CONNECTORS = WordFile("corpus", "connectors.txt")


@cache
def read_connectors(language: str) -> frozenset[str]:
    """Words that may stand inside a phrase but not at its ends."""
    return frozenset(CONNECTORS.read(language) if language in known_languages() else ())


class Phrases:
    """The phrases around the words of one label: in how many texts each stands, each word's lemma, each capitalised word."""

    def __init__(self, lemmas: set[str], reader: WordReader) -> None:
        self.reader = reader
        self.formulas = Formulas()
        self.texts: Counter[str] = Counter()
        self._pieces: Counter[str] = Counter()
        self.holders: Counter[str] = Counter()
        self.name_holders: Counter[str] = Counter()
        self._lemmas = lemmas
        self.grammar = read_grammar(reader.language)
        self._nouns: Counter[str] = Counter()
        self._clauses: Counter[str] = Counter()
        self._connectors = read_connectors(reader.language)
        self.abbreviations = Abbreviations()

    def count(self, text: Text) -> None:
        """Count one text."""
        places = [place for place, lemma in enumerate(text.lemmas) if lemma in self._lemmas]
        self.holders.update({str(text.lemmas[place]) for place in places})
        self.name_holders.update({text.words[place] for place in places if text.words[place][0].isupper()})
        self.formulas.count(text.lowered, text.lemmas, places)
        self.abbreviations.count(text, places)
        # Only a phrase that holds a word of the label can be in it: the first one behind its start.
        first: dict[int, int] = {}
        for place in reversed(places):
            near = max(0, place - LONGEST_PHRASE + 1)
            first.update(dict.fromkeys(range(near, place + 1), place))
            far = range(max(0, place - LONGEST_NAME + 1), near)
            first.update({start: place for start in far if text.words[start][0].isupper()})
        self._tally(
            text, [(start, end) for start, place in first.items() for end in self._ends(text, start, place)]
        )

    def _tally(self, text: Text, spans: Sequence[tuple[int, int]]) -> None:
        """Count each phrase of a text once; of those that stand in it several times, the one that is no piece decides."""
        found = {span: text.written(*span) for span in spans}
        every, of = set(found.values()), found.items()
        self.texts.update(every)
        self._pieces.update(every - {phrase for (start, _), phrase in of if not _continues(text, start)})
        self._nouns.update({phrase for (start, _), phrase in of if self.grammar.is_determined(text, start)})
        self._clauses.update({phrase for (_, end), phrase in of if self.grammar.has_object(text, end)})

    def ranked(self) -> list[tuple[str, int]]:
        """The phrases that are no clauses and no pieces of longer ones, with their texts, the commonest first."""
        whole = {
            phrase: texts
            for phrase, texts in self.texts.items()
            if self._pieces[phrase] < PIECE_SHARE * texts and self._clauses[phrase] < CLAUSE_SHARE * texts
        }
        return sorted(whole.items(), key=lambda item: (-item[1], item[0]))

    def stands_as_noun(self, phrase: str) -> bool:
        """Whether a phrase stands behind determiners as nouns do; a name that a word in lower case follows may begin a clause."""
        clause = phrase[0].isupper() and phrase.rpartition(" ")[2].islower() and not self.grammar.capitals
        written = phrase.lower() if clause else phrase
        return self.grammar.is_noun(written, self._nouns[phrase], self.texts[phrase])

    def _ends(self, text: Text, start: int, place: int) -> list[int]:
        """Where the phrases of two words and more end that start there: with words of content at `place` or behind it, connectors
        between."""
        found: list[int] = []
        before, content = text.gaps[start], 1
        if not text.is_content(start) or before == "-":
            return found
        if before[-1:] in SPACES and before[-2:-1].isdigit():
            # What follows a number is its unit, not the start of a phrase ("3 litres biturbo").
            return found
        name = text.words[start][0].isupper()
        longest, most = (LONGEST_NAME, MOST_IN_NAME) if name else (LONGEST_PHRASE, MOST_CONTENT)
        for end in range(start + 1, min(start + longest, len(text.words))):
            if text.gaps[end] not in JOINTS or self.grammar.has_object(text, end - 1):
                break
            if text.lowered[end] not in self._connectors:
                content += 1
                if not text.is_content(end):
                    break
                if end >= place and not _goes_on(text, end, content == most):
                    found.append(end)
                if content == most:
                    break
        return found


def _goes_on(text: Text, end: int, longest: bool) -> bool:
    """Whether a word does not end there ("Marie" of "Marie-Anne"), or a name that a phrase was made longer by ("Angela")."""
    behind = text.gaps[end + 1]
    if not longest or behind not in SPACES or end + 1 == len(text.words):
        return behind == "-"
    return text.words[end][0].isupper() and text.words[end + 1][0].isupper()


def _continues(text: Text, start: int) -> bool:
    """Whether a word of content stands before a word in lower case, which then goes with that."""
    before = start > 0 and text.is_content(start - 1)
    return before and text.gaps[start] in SPACES and text.words[start][0].islower()
