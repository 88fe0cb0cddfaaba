"""How words are written in the texts most typical of topics: their case, and whether they say anything alone."""

from __future__ import annotations

from collections import Counter

from corpus.topics.grammar import read_grammar
from corpus.topics.typical import SPACES, Text

# A word written in lower case at least this often is no name.
LOWER_CASE_SHARE = 0.25
# Shorter words are shreds of a unit or a name ("ch", "km"), unless they are written in capitals (UE).
SHORTEST_LABEL_WORD = 3
# A word that hangs on another or on a figure this often is a piece of a name ("Unis", the letters of "TF1"; not "Covid" in
# "Covid-19", which is one).
HANGING_SHARE = 0.6
# A capitalised word that another one follows this often, and not always the same, is a first name: it names nobody alone.
FIRST_NAME_SHARE = 0.6
FIRST_NAME_FOLLOWERS = 3


class Written:
    """Counts how some words of one language are written in texts."""

    def __init__(self, wanted: set[str], language: str) -> None:
        """`wanted`: the words, in lower case."""
        self._wanted = wanted
        self._grammar = read_grammar(language)
        self._cases: Counter[str] = Counter()
        self._hanging: Counter[str] = Counter()
        self._nouns: Counter[str] = Counter()
        self._followers: dict[str, Counter[str]] = {}

    def count(self, text: Text) -> None:
        """Count one text."""
        places = text.places(self._wanted)
        self._cases.update(text.words[place] for place in places)
        self._hanging.update(text.words[place] for place in places if text.hangs(place))
        self._nouns.update(
            text.lowered[place] for place in places if self._grammar.stands_as_noun(text, place)
        )
        for place in places:
            following = _follower(text, place)
            if following is not None:
                self._followers.setdefault(text.lowered[place], Counter())[following] += 1

    def usual_cases(self) -> dict[str, str]:
        """The written form of each lower-cased form: its commonest, but lower case where that is not rare.

        Sentences and titles begin with a capital, and "Star Academy" does not make "star" a name.
        """
        totals: Counter[str] = Counter()
        for written, count in self._cases.items():
            totals[written.lower()] += count
        case_of: dict[str, str] = {}
        for written, _ in sorted(self._cases.items(), key=lambda item: (-item[1], item[0])):
            form = written.lower()
            if self._cases[form] >= LOWER_CASE_SHARE * totals[form]:
                case_of[form] = form
            else:
                case_of.setdefault(form, written)
        return case_of

    def says_nothing_alone(self, form: str, written: str) -> bool:
        """Whether a word, usually `written` so, is a shred, a piece of a name, a first name or no noun: labels want more."""
        count = self._cases[written]
        if count and self._hanging[written] >= HANGING_SHARE * count:
            return True
        if len(form) < SHORTEST_LABEL_WORD:
            return not written.isupper()
        first_name = written[0].isupper() and self._is_followed(form, count)
        return first_name or not self._grammar.is_noun(written, self._nouns[form], count)

    def _is_followed(self, form: str, count: int) -> bool:
        """Whether capitalised words follow a word often, and not always the same."""
        behind = self._followers.get(form, Counter())
        return behind.total() >= FIRST_NAME_SHARE * max(count, 1) and len(behind) >= FIRST_NAME_FOLLOWERS


def _follower(text: Text, place: int) -> str | None:
    """The capitalised word behind a capitalised one."""
    behind = place + 1
    if behind == len(text.words) or text.gaps[behind] not in SPACES:
        return None
    following = text.words[behind]
    return following if text.words[place][0].isupper() and following[0].isupper() else None
