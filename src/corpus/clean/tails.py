"""The last paragraph of an article that its page or its feed cuts, with the quotation pulled out of it.

A paywall or a feed breaks the last paragraph off in a sentence: it ends without a stop, or with dots, as teasers do, and
furniture stands right below ("Il vous reste 76 % de l'article à lire"). What tells it from a teaser is where it stands, right
below the article with no title above it, that it is alone, and the article's words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from corpus.clean.lexicon import fold, lexicon
from corpus.clean.prose import FEWEST_PARAGRAPHS
from corpus.clean.shape import ITEM, PARAGRAPH, LineShape
from corpus.metadata import is_name

# A broken paragraph has so many words, one in so many of them a function word and one in so many with a small first letter.
_FEWEST_WORDS = 15
_WORDS_A_FUNCTION = 5
_WORDS_A_SMALL = 2
# Between the article and its broken paragraph stand so many lines at most: a quotation, who spoke it, a heading.
_MOST_BETWEEN = 3
# A heading has so many characters at most; a kept line of so many without a stop may be the title of a teaser too.
_LONGEST_HEADING = 90
_LONGEST_TITLE = 160
# Words that it shares with the article, where that has paragraphs enough to speak against it: one; below a heading of few
# words so many; below one of more, which may be a teaser's title, or among other broken lines, so many and one in so many of
# its own.
_HEADING_WORDS = 5
_SHARED, _SHARED_BELOW_HEADING = 1, 2
_SHARED_BELOW_TITLE, _SHARE_ALONE, _SHARE = 3, 5, 3
# Of the article's lines so many above its last one are read for teasers.
_TEASERS = 2
# A quotation begins with so many words that stand in the article one after the other.
_FEWEST_QUOTED = 8
_LONGEST_ATTRIBUTION = 90
# Words of so many letters, and numbers, tell what an article is about.
_TELLING = 4
_WORD = re.compile(r"\w+")
_DOTS = re.compile(r"(?:…|\.{3})[\s\"'”’»)\]]*$")
_STOPS = ".!?:;。！？"
_CLOSERS = "\"'”’»)] \u00a0\u202f"


def tail_lines(lines: Sequence[str], shapes: Sequence[LineShape], kept: Collection[int]) -> Iterator[int]:
    """The places of the lines right below the article's last line, `kept` those that it has, that end it cut. Linear in the text.

    >>> from corpus.clean.shape import line_shapes
    >>> article = "Le pont de Lumadis restera fermé aux voitures jusqu'à la fin des travaux, a dit le maire de la ville."
    >>> cut = "Le maire attend encore les plans du nouveau pont de Lumadis, que la région et la ville doivent…"
    >>> lines = [article, cut, "Partager"]
    >>> list(tail_lines(lines, line_shapes(lines), {0}))
    [1]
    """
    last = max(kept, default=-1)
    at = _last_below(last, shapes)
    if last < 0 or at is None or not _is_broken(lines[at], shapes[at]):
        return
    between = range(last + 1, at)
    pulled = set(_pulled(between, lines, " ".join(_words(lines[i]) for i in (*sorted(kept), at))))
    headings = [i for i in between if i not in pulled]
    if len(headings) > 1 or not all(_may_head(lines[i], shapes[i]) for i in headings):
        return
    if not between and _is_unended(lines[last]) and len(lines[last]) <= _LONGEST_TITLE:
        headings = [last]
    near = (*range(max(0, last - _TEASERS), last + 1), *range(at + 1, len(lines)))
    alone = not any(_is_open(shapes[i]) and _is_broken(lines[i], shapes[i]) for i in near)
    told = {word for i in kept if i not in headings for word in _telling(lines[i])}
    shared = _SHARED if sum(shapes[i].score >= PARAGRAPH for i in kept) >= FEWEST_PARAGRAPHS else 0
    if _is_told(lines[at], [lines[i] for i in headings], told, shared, alone=alone):
        yield from between
        yield at


def _last_below(last: int, shapes: Sequence[LineShape]) -> int | None:
    """The last of the few lines below `last`, down to a named line or the end; None if they are many or none."""
    for at in range(last + 1, min(len(shapes), last + 2 + _MOST_BETWEEN)):
        if not _is_open(shapes[at]):
            return at - 1 if at - 1 > last else None
        if at + 1 == len(shapes):
            return at
    below = last + 2 + _MOST_BETWEEN
    return below - 1 if below < len(shapes) and not _is_open(shapes[below]) else None


def _is_told(line: str, headings: Sequence[str], told: Collection[str], fewest: int, *, alone: bool) -> bool:
    """Whether a broken line tells of what the article does, by the words `told`: `fewest` where it stands alone."""
    own = _telling(line)
    shared = len(own.intersection(told))
    if not alone or any(_may_title(heading, told) for heading in headings):
        return shared >= _SHARED_BELOW_TITLE and (_SHARE_ALONE if alone else _SHARE) * shared >= len(own)
    return shared >= (_SHARED_BELOW_HEADING if headings else fewest)


def _may_title(heading: str, told: Collection[str]) -> bool:
    """Whether a heading may be a teaser's title: it is long, and not all its telling words are the article's."""
    return len(heading.split()) > _HEADING_WORDS and not _telling(heading).issubset(told)


def _is_broken(line: str, shape: LineShape) -> bool:
    """Whether a line is running text that breaks off: its words are those of a sentence, its end is none."""
    words = line.split()
    if len(words) < _FEWEST_WORDS or shape.label or shape.repeated or ITEM.match(line):
        return False
    if not _is_unended(line):
        return False
    said = [fold(word) for word in _WORD.findall(line)]
    listed = lexicon()
    functional = sum(map(listed.stopwords.__contains__, said))
    small = sum(word[0].islower() for word in words)
    spoken = _WORDS_A_SMALL * small >= len(words) and _WORDS_A_FUNCTION * functional >= len(said)
    return spoken and listed.service.isdisjoint(said)


def _is_unended(line: str) -> bool:
    """Whether a line ends without a stop, or with dots."""
    return _DOTS.search(line) is not None or line.rstrip(_CLOSERS)[-1:] not in _STOPS


def _is_open(shape: LineShape) -> bool:
    return shape.rule is None and not (shape.bare or shape.signed)


def _pulled(between: Sequence[int], lines: Sequence[str], text: str) -> Iterator[int]:
    """Of some lines those that quote `text`, the article's words, and right below such a one who spoke."""
    quoted = False
    for i in between:
        words = _words(lines[i])
        if (
            words.count(" ") + 1 >= _FEWEST_QUOTED
            and f" {' '.join(words.split()[:_FEWEST_QUOTED])} " in f" {text} "
        ):
            quoted = True
            yield i
        elif quoted and len(lines[i]) <= _LONGEST_ATTRIBUTION and is_name(lines[i].partition(",")[0]):
            quoted = False
            yield i
        else:
            quoted = False


def _may_head(line: str, shape: LineShape) -> bool:
    return len(line) <= _LONGEST_HEADING and not (shape.label or shape.repeated) and line[0].isalnum()


def _words(line: str) -> str:
    return " ".join(_WORD.findall(fold(line)))


def _telling(line: str) -> set[str]:
    """The words of a line that say what it is about: long ones, numbers, no function word."""
    listed = lexicon()
    return {
        word for word in _WORD.findall(fold(line)) if len(word) >= _TELLING and word not in listed.stopwords
    }
