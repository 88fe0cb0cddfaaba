"""Who is cited only: a medium named for what it says ("selon l'AFP", "X rapporte que") and not for what it does.

The weights see single words around a name. The frames here see how a name is cited, and that it acts elsewhere in the document:
whoever buys, sells or is led somewhere is a firm in all its mentions, whoever is cited and never acts is a source in all.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.companies import strip_legal_form
from extract.cue_words import cue_words
from extract.folding import fold_name
from extract.names import enumerated
from extract.names.records import Candidate, Chosen
from extract.records import ParagraphEntities

# What one mention may add to the log-odds of a source at most, so that one plain mention cannot decide for many.
MOST = 3.0
_BEFORE = 90
_BETWEEN = 5  # words between what cites and the name: "selon les estimations du cabinet"
_MEDIA = "media"
_WORD = re.compile(r"[^\W\d_]+")
# What ends a text, read backwards, which takes one try where a search would try every place: words, what joins them, a mark.
_TRAILING = re.compile(
    r"(?:['’]|[ \u00a0\u202f«“\"*_]*:?[ \u00a0\u202f]*)[^\W\d_]+(?:(?:['’-]|[ \u00a0\u202f]+)[^\W\d_]+)*"
)
_CREDIT = re.compile(r"[/©][ \u00a0]?\Z")
_BEHIND = re.compile(
    r"(?:[»”\"*_]|[ \u00a0])*[ \u00a0]([^\W\d_]+)(?:[ \u00a0]+([^\W\d_]+))?(?:[ \u00a0]+([^\W\d_]+))?"
)
# "(Axios)" behind a word in small letters, "(Axios, 3 mars)" behind any: "Associated Press (AP)" is one firm.
_BRACKETED = re.compile(r"(?P<name>[^\W\d_]*)[»”\"'’.]?[ \u00a0]\((?:[^\W\d_]+ ?: ?)?\Z")
_CLOSED = re.compile(r"(?P<more>[,;] ?[^()\n]{0,40})?\)")
# The wire that a release came over: "MONTRÉAL, le 6 août /Galet Wire/ - …", "LYON, 12 mai (Galet Wire) -- …".
_PLACED = re.compile(r"[^\n]{0,60}[/(][ \u00a0]?")
_DASHED = re.compile(r"[ \u00a0]?[/)][ \u00a0]*[-–—]")
_GOVERNED = frozenset({"company_verb", "company_relation"})
_NO_FIRM = frozenset({"media_source", "enumeration", "person_verb"})
_DATE_BEHIND = 3  # characters between a medium and the date of its issue: "Le Monde, 3 mars 2021"


@dataclass(slots=True)
class _Told:
    """What a document tells of one name: the log-odds of its mentions, and how often it is cited and acts."""

    odds: list[float] = field(default_factory=list)
    sector: str | None = None
    cited: int = 0
    acting: int = 0

    @property
    def is_source(self) -> bool:
        """Whether it is cited and does nothing that a firm does; where no frame tells, the weights do.

        One citation is enough of a medium, of a name that the list does not know one in two mentions.
        """
        if self.cited and (self.sector == _MEDIA or 2 * self.cited >= len(self.odds)):
            return not self.acting
        return sum(self.odds) > 0


def cited_names(
    texts: Sequence[str], paragraphs: Sequence[ParagraphEntities], settled: Sequence[Sequence[Chosen]]
) -> set[str]:
    """The folded names of those that the document cites and tells nothing else of.

    What the list knows as another kind of firm is never a source.
    """
    told: dict[str, _Told] = defaultdict(_Told)
    for text, paragraph, chosen in zip(texts, paragraphs, settled, strict=True):
        companies = [c.candidate for c in chosen if c.type == "company" and _may_be_cited(c.candidate)]
        if not companies:
            continue
        frames = _Frames(text, paragraph)
        cited = set(_with_companions(text, frames, companies))
        for candidate in companies:
            one = told[fold_name(strip_legal_form(candidate.text))]
            one.sector = _sector(candidate)
            one.odds.append(max(-MOST, min(MOST, candidate.source)))
            if candidate.start in cited:
                one.cited += 1
            elif frames.acts(candidate):
                one.acting += 1
    return {key for key, one in told.items() if one.is_source}


def _sector(candidate: Candidate) -> str | None:
    row = candidate.match.company if candidate.match else None
    return row.sector if row is not None else None


def _may_be_cited(candidate: Candidate) -> bool:
    row = candidate.match.company if candidate.match else None
    return row is None or row.sector in (None, _MEDIA)


def _with_companions(text: str, frames: _Frames, companies: Sequence[Candidate]) -> Iterator[int]:
    """Where those begin that are cited, or stand in one list with who is ("repris par Axios, Galet et d'autres").

    Behind the words that open a sentence a comma ends what is cited: "Selon Axios, Galet lève …".
    """
    cited = {candidate.start for candidate in companies if frames.cites(candidate)}
    yield from cited
    for group in enumerated(text, companies, frames.cues):
        for k, candidate in enumerate(group):
            if candidate.start not in cited:
                continue
            opens = frames.opens_with(candidate)
            for left, right in itertools.pairwise(group[k:]):
                if opens and "," in text[left.end : right.start]:
                    break
                yield right.start


class _Frames:
    """How the names of one paragraph are cited and act."""

    def __init__(self, text: str, paragraph: ParagraphEntities) -> None:
        self.text, self.cues = text, cue_words(paragraph.language)
        self._starts = [start for start, _ in paragraph.sentences]
        self._dates = [date.start for date in paragraph.dates]

    def cites(self, candidate: Candidate) -> bool:
        """Whether what stands beside the name says that it is cited."""
        if self._sent(candidate):
            return True
        before = self._before(candidate)
        if self._attributes(before, candidate) or self._reports(candidate):
            return True
        return _sector(candidate) == _MEDIA and self._credits(candidate)

    def _sent(self, candidate: Candidate) -> bool:
        """Whether it stands in the dateline that opens a release or a dispatch, between slashes or brackets and before a dash."""
        opens = _PLACED.fullmatch(self.text, 0, candidate.start)
        return opens is not None and _DASHED.match(self.text, candidate.end) is not None

    def acts(self, candidate: Candidate) -> bool:
        """Whether the name is the firm: it does what firms do, or is bought, led, owned."""
        behind = self._classes(self._verb_behind(candidate))
        if "company_verb" in behind and "media_source" not in behind:
            return True
        governing = next((w for w in reversed(self._before(candidate)) if w not in self.cues.articles), "")
        classes = self._classes(governing)
        return not classes.isdisjoint(_GOVERNED) and classes.isdisjoint(_NO_FIRM)

    def opens_with(self, candidate: Candidate) -> bool:
        """Whether at most a few words stand before the name in its sentence."""
        words = _WORD.finditer(self.text, self._first(candidate), candidate.start)
        return next(itertools.islice(words, _BETWEEN, None), None) is None

    def _first(self, candidate: Candidate) -> int:
        k = bisect.bisect_right(self._starts, candidate.start)
        return self._starts[k - 1] if k else 0

    def _classes(self, word: str) -> set[str]:
        return set(self.cues.classes.get(word, ()))

    def _before(self, candidate: Candidate) -> list[str]:
        """The small words right before a name, back to a mark or a capital; the first of a sentence may have one."""
        first = self._first(candidate)
        since = max(first, candidate.start - _BEFORE)
        found = _TRAILING.match(self.text[since : candidate.start][::-1])
        if found is None:
            return []
        trailing = _WORD.finditer(self.text, candidate.start - found.end(), candidate.start)
        words = [(m.start(), m[0]) for m in trailing]
        small: list[str] = []
        for start, word in reversed(words):
            small.append(fold_name(word))
            if not word.islower():
                if not self._opens(start, first) and self._classes(small[-1]).isdisjoint(_GOVERNED):
                    small.pop()
                break
        return small[::-1]

    def _opens(self, start: int, first: int) -> bool:
        while start > first and self.text[start - 1] in " \u00a0":
            start -= 1
        return start == first or self.text[start - 1] in '«“"(:;/–—*_•-#>|'

    def _attributes(self, before: Sequence[str], candidate: Candidate) -> bool:
        """Whether words that cite stand before the name, and none between that makes it another's word."""
        cues, is_medium = self.cues, _sector(candidate) == _MEDIA
        found = cues.attribution.match(" ".join(before)) if cues.attribution is not None else None
        between = found[1].split() if found is not None else []
        if found is not None and len(between) <= _BETWEEN and cues.conjunctions.isdisjoint(between):
            return is_medium or all(self._describes(word) for word in between)
        last = next((word for word in reversed(before) if word not in cues.articles), "")
        return self._is_report(last, is_medium)

    def _describes(self, word: str) -> bool:
        classes = self._classes(word)
        return word in self.cues.articles or "media_source" in classes

    def _verb_behind(self, candidate: Candidate) -> str:
        """The folded verb right behind a name, helping verbs passed over."""
        found = _BEHIND.match(self.text, candidate.end)
        words = [fold_name(word) for word in found.groups() if word] if found else []
        return next((word for word in words if word not in self.cues.auxiliaries), "")

    def _reports(self, candidate: Candidate) -> bool:
        """Whether a medium is said to report: any firm reveals its figures ("Galet a révélé un bénéfice de …")."""
        return _sector(candidate) == _MEDIA and self._is_report(self._verb_behind(candidate), is_medium=True)

    def _is_report(self, verb: str, is_medium: bool) -> bool:
        if verb in self.cues.reporting:
            return True
        return is_medium and (verb in self.cues.stating or "person_verb" in self._classes(verb))

    def _credits(self, candidate: Candidate) -> bool:
        """ "(Axios, 3 mars)", "photo Jeanne Roche / AFP", "Le Monde, 3 mars 2021"."""
        text, start, end = self.text, candidate.start, candidate.end
        if _CREDIT.search(text, max(0, start - 3), start):
            return True
        opened, closed = _BRACKETED.search(text, max(0, start - 30), start), _CLOSED.match(text, end)
        if opened and closed and (closed["more"] or opened["name"].islower()):
            return True
        k = bisect.bisect_left(self._dates, end)
        return (
            k < len(self._dates)
            and self._dates[k] <= end + _DATE_BEHIND
            and text[end : end + 2].strip()[:1] in (",", "(")
        )
