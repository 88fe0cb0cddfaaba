"""Where a page stands on its site, as a line above its headline: "Accueil > Économie", "Bretagne # Capital", "/finance/business".

Such a line is none of the article's, and no headline. It speaks against no other line, so it is told before they are read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from corpus.clean.lexicon import fold, lexicon, line_key

# Above the first paragraph, within so many lines; a paragraph has so many characters, or as a sentence so many.
_HEAD_LINES = 40
_PARAGRAPH = 200
_SENTENCE = 100
# A part names a section: so many words and characters at most; one of two parts has fewer.
_LONGEST_PART = 5
_LONGEST_LABEL = 40
_PAIRED_PART = 4
# Behind other marks than arrows stand headlines too: those of sections have so many words each.
_WORDS_A_PART = 2
_FEWEST_PARTS = 3
# A headline has so many words; in front of it stand so many of sections at most.
_TITLE_WORDS = 4
_LONGEST_PATH = 7
_ARROWS = re.compile(r"\s*[>›▸→]\s*|\s+»\s+")
_MARKS = re.compile(r"\s+[/|#•·]\s+")
_PAIRING = "#|"
_HASHES = re.compile(r"\w # \w.* # \w")
_PATH = re.compile(r"/[a-z0-9_-]{2,40}(?:/[a-z0-9_-]{2,40}){0,5}/?")
_CLOSED = ".!?…,;"
_NUMBER = re.compile(r"(?<!\w)\d")
# A site's address alone, without a page of it.
_DOMAIN = re.compile(r"(?:www\.)?[\w-]{2,40}(?:\.[a-z-]{2,20}){0,2}\.[a-z]{2,6}", re.IGNORECASE)
_SLOGAN = re.compile(r"\s+[–—|•-]\s+|\s?: ")
_SHORTEST_NAME = 4
_WORD = re.compile(r"[^\W\d_]+")
# A label has a word of so many letters: "a | b" is a row, "x > y" a formula. So many letters make a word long.
_SHORTEST_WORD = 2
_LONG_WORD = 4
_NO_LETTERS = re.compile(r"[\W_]+")


def site_names(url: str | None, *names: str | None) -> frozenset[str]:
    """The letters of what a site is called, by its address and its names.

    >>> sorted(site_names("https://www.pont-info.fr/a", "Pont Info"))
    ['pontinfo', 'pontinfofr']
    """
    host = re.sub(r"^(?:[a-z]+:)*//(?:www\d?\.)?", "", url or "").partition("/")[0].partition(":")[0]
    labels = host.split(".")
    longest = max(labels[:-1], key=len, default="")
    known = (*names, host, longest, ".".join(labels[-2:]))
    return frozenset(letters for name in known if len(letters := _letters(name or "")) >= _SHORTEST_NAME)


def trail_lines(lines: Sequence[str], site: Collection[str] = ()) -> Iterator[int]:
    """The places of the lines above the first paragraph, and below the last, that say where the page stands on its site, or how
    that is called: `site` are the names as `site_names` gives them. Linear in the text.

    >>> list(trail_lines(["Accueil > Économie", "Le pont de Lumadis rouvre en mai", "Le pont restera fermé jusqu'en mai."]))
    [0]
    """
    head = _head(lines)
    keys = [_letters(line) for line in head]
    forms = [_form(line) for line in head]
    titles = [i for i, line in enumerate(head) if len(line.split()) >= _TITLE_WORDS]
    text = _Text(lines)
    for i, line in enumerate(head):
        others = {keys[at] for at in titles if keys[at] != keys[i]}
        above = any(at > i for at in titles)
        if (
            _is_sure(line, others)
            or _heads_title(line, others)
            or (above and _names_site(line, site) and not text.tells(_behind_name(line)))
        ):
            yield i
    if len(head) < min(len(lines), _HEAD_LINES):
        yield from _doubtful(head, forms, text)
        yield from _below(lines, max(len(head), _tail(lines)), site, text)


def told_headlines(lines: Sequence[str], trails: Collection[int]) -> Iterator[int]:
    """The places of the headlines that trails above them end with: a site names its own page there. Linear in the text.

    >>> list(told_headlines(["Accueil > Le pont de Lumadis rouvre", "Économie", "Le pont de Lumadis rouvre"], [0]))
    [2]
    """
    keys = [_letters(line) if len(line.split()) >= _TITLE_WORDS else "" for line in _head(lines)]
    for i in trails:
        if i < len(keys):
            whole = _letters(lines[i])
            told = (at for at in range(i + 1, len(keys)) if keys[at] and keys[at] != whole)
            found = next((at for at in told if whole.endswith(keys[at])), None)
            if found is not None:
                yield found


def _doubtful(head: Sequence[str], forms: Sequence[str], text: _Text) -> Iterator[int]:
    """The lines in the form of a trail above the headline of a text with its menus: headlines and rows have the form too.

    More than one of a form are a list, and the article tells of what its own line names.
    """
    headline = next(
        (
            i
            for i, line in enumerate(head)
            if not forms[i] and len(line.split()) >= _TITLE_WORDS and lexicon().line_rule(fold(line)) is None
        ),
        0,
    )
    for i in range(headline):
        alone = len({line for line, form in zip(head, forms, strict=True) if form == forms[i]}) == 1
        if forms[i] and alone and text.is_scraped() and not text.tells(head[i]):
            yield i


def _below(lines: Sequence[str], start: int, site: Collection[str], text: _Text) -> Iterator[int]:
    """The site's names and a trail from `start` on, below the last paragraph."""
    for i in range(start, len(lines)):
        line = lines[i]
        told = _DOMAIN.fullmatch(line) or (_HASHES.search(line) and _is_labels(line))
        if (
            _letters(line) in site
            or _is_sure(line, ())
            or (told and text.is_scraped() and text.beside_named(i) and not text.tells(line))
        ):
            yield i


class _Text:
    """What the whole text says of one line, read when it is first asked."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines

    @cached_property
    def _words(self) -> Counter[str]:
        return Counter(word for line in self._lines for word in _long_words(line))

    @cached_property
    def _scraped(self) -> bool:
        return any(map(self._is_named, range(len(self._lines))))

    def is_scraped(self) -> bool:
        """Whether a list names a line of it."""
        return self._scraped

    def tells(self, part: str) -> bool:
        """Whether most of the long words of a part of a line stand elsewhere in the text too."""
        words = Counter(_long_words(part))
        return 2 * sum(self._words[word] > count for word, count in words.items()) > len(words)

    def beside_named(self, i: int) -> bool:
        """Whether a list names the line above or below."""
        return any(0 <= at < len(self._lines) and self._is_named(at) for at in (i - 1, i + 1))

    def _is_named(self, i: int) -> bool:
        line = self._lines[i]
        return len(line) <= _PARAGRAPH and lexicon().line_rule(fold(line)) is not None


def _long_words(text: str) -> list[str]:
    return [word for word in _WORD.findall(fold(text)) if len(word) >= _LONG_WORD]


def _head(lines: Sequence[str]) -> Sequence[str]:
    for i, line in enumerate(lines[:_HEAD_LINES]):
        if _is_paragraph(line):
            return lines[:i]
    return lines[:_HEAD_LINES]


def _tail(lines: Sequence[str]) -> int:
    """Where the lines begin that stand below the last paragraph."""
    return next((i + 1 for i in range(len(lines) - 1, -1, -1) if _is_paragraph(lines[i])), 0)


def _is_paragraph(line: str) -> bool:
    return len(line) > _PARAGRAPH or (len(line) > _SENTENCE and line[-1] in ".!?»”")


def _parts(line: str) -> tuple[list[str], bool]:
    """The parts of a line between arrows, and True, or between other marks."""
    arrowed = [] if "«" in line else _ARROWS.split(line)
    return (arrowed, True) if len(arrowed) > 1 else (_MARKS.split(line), False)


def _is_sure(line: str, titles: Collection[str]) -> bool:
    """Whether a line is labels, the first of them listed, or labels behind which a title stands that is another line."""
    (*sections, last), arrowed = _parts(line)
    if not sections or not all(_is_section(part, _LONGEST_PART) for part in sections):
        return False
    shown = _is_shown(last, titles)
    if not _is_listed(sections[0]):
        return arrowed and shown
    return shown or _is_section(last, _LONGEST_PART)


def _form(line: str) -> str:
    """Which form of a trail a line has that may be a headline or a row as well; none for any other."""
    if _PATH.fullmatch(line):
        return "path"
    if _DOMAIN.fullmatch(line):
        return "domain"
    parts, arrowed = _parts(line)
    if arrowed:
        return "arrows" if all(_is_section(part, _LONGEST_PART) for part in parts) else ""
    return "labels" if _is_labels(line) else "pair" if _is_pair(line) else ""


def _is_labels(line: str) -> bool:
    """Whether a line is three labels and more of few words each."""
    parts, _ = _parts(line)
    if len(parts) < _FEWEST_PARTS or _NUMBER.search(line):
        return False
    return all(_is_section(part, _LONGEST_PART) for part in parts) and (
        sum(word[0].isalpha() for word in line.split()) <= _WORDS_A_PART * len(parts)
    )


def _names_site(line: str, site: Collection[str]) -> bool:
    """Whether a line is the site's name, alone or before what it says of itself ("Pont Info – le fil du fleuve")."""
    return bool(site) and _letters(_SLOGAN.split(line, maxsplit=1)[0]) in site


def _behind_name(line: str) -> str:
    return "".join(_SLOGAN.split(line, maxsplit=1)[1:])


def _is_pair(line: str) -> bool:
    """Whether a line is two short labels with a mark between them ("Le Journal | Économie")."""
    parts = _MARKS.split(line)
    paired = len(parts) == 2 and line[len(parts[0]) :].lstrip()[:1] in _PAIRING
    return paired and not _NUMBER.search(line) and all(_is_section(part, _PAIRED_PART) for part in parts)


def _heads_title(line: str, titles: Collection[str]) -> bool:
    """Whether a line is the labels of sections, a listed one first, and the headline that another line is."""
    words = line.split()
    if len(words) <= _TITLE_WORDS or len(words[0]) < _SHORTEST_NAME or not _is_listed(words[0]):
        return False
    behind = ("".join(map(_letters, words[at:])) for at in range(1, min(_LONGEST_PATH, len(words))))
    return any(rest in titles for rest in behind)


def _is_listed(part: str) -> bool:
    return line_key(fold(part)) in lexicon().lines


def _is_shown(part: str, titles: Collection[str]) -> bool:
    """Whether a headline is another line, or the beginning of one."""
    letters = _letters(part)
    return len(part.split()) >= _TITLE_WORDS and any(title.startswith(letters) for title in titles)


def _is_section(part: str, longest: int) -> bool:
    return (
        0 < len(part) <= _LONGEST_LABEL
        and len(part.split()) <= longest
        and part[-1] not in _CLOSED
        and any(len(word) >= _SHORTEST_WORD for word in _WORD.findall(part))
    )


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text.casefold())
