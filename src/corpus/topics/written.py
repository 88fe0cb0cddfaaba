"""How words are written in the texts most typical of topics: their case, and whether they say anything alone."""

from __future__ import annotations

from collections import Counter

from corpus.topics.alone import is_abbreviation, is_currency, is_given_name
from corpus.topics.grammar import read_grammar
from corpus.topics.typical import Text

# A word written in lower case at least this often is no name.
LOWER_CASE_SHARE = 0.25
# Shorter words are shreds of a unit or a name ("ch", "km"), unless they are written in capitals (UE).
SHORTEST_LABEL_WORD = 3
# A word that hangs on another or on a figure this often is a piece of a name ("Unis", the letters of "TF1"; not "Covid" in
# "Covid-19", which is one).
HANGING_SHARE = 0.6
# One of so few letters before which a figure stands this often is a unit ("MW").
LONGEST_UNIT, UNIT_SHARE = 4, 0.5
# A capitalised word that another one stands beside this often is a piece of names ("James", "Partners"): it names nobody alone;
# nor does a given name that another one follows now and then.
PIECE_SHARE, GIVEN_SHARE = 0.6, 0.15


class Written:
    """Counts how some words of one language are written in texts."""

    def __init__(self, wanted: set[str], language: str) -> None:
        """`wanted`: the words, in lower case."""
        self._wanted = wanted
        self._language = language
        self._grammar = read_grammar(language)
        self._cases: Counter[str] = Counter()
        self._opening: Counter[str] = Counter()
        self._hanging: Counter[str] = Counter()
        self._units: Counter[str] = Counter()
        self._nouns: Counter[str] = Counter()
        self._sure: set[str] = set()
        self._followed: Counter[str] = Counter()
        self._in_names: Counter[str] = Counter()

    def count(self, text: Text) -> None:
        """Count one text."""
        places = text.places(self._wanted)
        words, gaps = text.words, text.gaps
        found = [words[place] for place in places]
        self._cases.update(found)
        # Behind a space no sentence opens, and no figure stands.
        odd = [place for place in places if gaps[place] != " "]
        self._opening.update([words[place] for place in odd if text.opens(place)])
        self._units.update([words[place] for place in odd if text.is_counted(place)])
        self._hanging.update(
            [
                words[place]
                for place in places
                if gaps[place + 1] != " " or gaps[place] != " "
                if text.hangs(place)
            ]
        )
        nouns = [place for place in places if self._grammar.stands_as_noun(text, place)]
        self._nouns.update([text.lowered[place] for place in nouns])
        self._sure.update([text.lowered[place] for place in nouns if self._grammar.is_sure(text, place)])
        capital = [place for place, word in zip(places, found, strict=True) if word[0].isupper()]
        followed = [place for place in capital if text.joins(place + 1)]
        self._followed.update([words[place] for place in followed])
        self._in_names.update([words[place] for place in {*followed, *filter(text.joins, capital)}])

    def usual_cases(self) -> dict[str, str]:
        """The written form of each lower-cased form: its commonest inside of sentences, but lower case where that is not rare.

        Sentences and titles begin with a capital, and "Star Academy" does not make "star" a name.
        """
        inside = self._cases - self._opening
        forms = {written.lower() for written in inside}
        return _commonest(inside + Counter({w: n for w, n in self._cases.items() if w.lower() not in forms}))

    def says_nothing_alone(self, form: str, written: str) -> bool:
        """Whether a word, usually `written` so, is a shred, a unit, a piece of a name, a given name or no noun."""
        count = self._cases[written]
        if count and self._hanging[written] >= HANGING_SHARE * count:
            return True
        if len(form) < SHORTEST_LABEL_WORD and not written.isupper():
            return True
        if self._is_unit(written, count) or is_currency(written, self._language):
            return True
        noun = self._grammar.is_noun(written, self._nouns[form], count, form in self._sure)
        return not noun or self._is_piece(written, count)

    def _is_unit(self, written: str, count: int) -> bool:
        short = len(written) <= LONGEST_UNIT or is_abbreviation(written)
        return short and count > 0 and self._units[written] >= UNIT_SHARE * count

    def _is_piece(self, written: str, count: int) -> bool:
        """Whether a word is a part of longer names, mostly, or a given name."""
        if not written[0].isupper() or not count:
            return False
        if self._in_names[written] >= PIECE_SHARE * count:
            return True
        return self._followed[written] >= GIVEN_SHARE * count and is_given_name(written)


def _commonest(cases: Counter[str]) -> dict[str, str]:
    """The commonest case of each form, or lower case where that is not rare."""
    totals: Counter[str] = Counter()
    for written, count in cases.items():
        totals[written.lower()] += count
    case_of: dict[str, str] = {}
    for written, _ in sorted(cases.items(), key=lambda item: (-item[1], item[0])):
        form = written.lower()
        if cases[form] >= LOWER_CASE_SHARE * totals[form]:
            case_of[form] = form
        else:
            case_of.setdefault(form, written)
    return case_of
