"""Where a page stands on its site, as a line above its headline: "Accueil > Économie", "Bretagne # Capital", "/finance/business".

Such a line is none of the article's, and no headline. It speaks against no other line, so it is told before they are read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

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
_HASHES = re.compile(r"\w # \w.* # \w|\w [>›→] \w")
_PATH = re.compile(r"/[a-z0-9_-]{2,40}(?:/[a-z0-9_-]{2,40}){0,5}/?")
_CLOSED = ".!?…,;"
_NUMBER = re.compile(r"(?<!\w)\d")
# A site's address alone, without a page of it.
_DOMAIN = re.compile(r"(?:www\.)?[\w-]{2,40}(?:\.[a-z-]{2,20}){0,2}\.[a-z]{2,6}", re.IGNORECASE)
_SLOGAN = re.compile(r"\s+[–—|•-]\s+|\s?: ")
_SHORTEST_NAME = 4
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
    titles = [i for i, line in enumerate(head) if len(line.split()) >= _TITLE_WORDS]
    for i, line in enumerate(head):
        others = {keys[at] for at in titles if keys[at] != keys[i]}
        if (
            _PATH.fullmatch(line)
            or (titles and _DOMAIN.fullmatch(line))
            or _is_trail(line, others)
            or _heads_title(line, others)
        ) or (
            any(at > i for at in titles)
            and (_names_site(line, site) or (_is_pair(line) and not _is_row(i, lines)))
        ):
            yield i
    for i in range(max(len(head), _tail(lines)), len(lines)):
        if (
            _DOMAIN.fullmatch(lines[i])
            or _letters(lines[i]) in site
            or (_HASHES.search(lines[i]) and _is_trail(lines[i], ()))
        ):
            yield i


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


def _is_trail(line: str, titles: Collection[str]) -> bool:
    """Whether a line is labels behind arrows, or three and more behind other marks, to the last of which a title may belong."""
    arrowed = [] if "«" in line else _ARROWS.split(line)
    parts = arrowed if len(arrowed) > 1 else _MARKS.split(line)
    *sections, last = parts
    if not sections or not all(_is_section(part, _LONGEST_PART) for part in sections if part):
        return False
    labels = len(parts) >= _FEWEST_PARTS and not _NUMBER.search(line)
    labels = labels and sum(word[0].isalpha() for word in line.split()) <= _WORDS_A_PART * len(parts)
    return (parts is arrowed or labels or _is_listed(sections[0])) and (
        _is_section(last, _LONGEST_PART) or _is_shown(last, titles)
    )


def _names_site(line: str, site: Collection[str]) -> bool:
    """Whether a line is the site's name, alone or before what it says of itself ("Pont Info – le fil du fleuve")."""
    return bool(site) and _letters(_SLOGAN.split(line, maxsplit=1)[0]) in site


def _is_pair(line: str) -> bool:
    """Whether a line is two short labels with a mark between them ("Le Journal | Économie")."""
    parts = _MARKS.split(line)
    paired = len(parts) == 2 and line[len(parts[0]) :].lstrip()[:1] in _PAIRING
    return paired and not _NUMBER.search(line) and all(_is_section(part, _PAIRED_PART) for part in parts)


def _is_row(i: int, lines: Sequence[str]) -> bool:
    """Whether the line below has as many bars: a table's rows."""
    bars = lines[i].count("|")
    return bars > 0 and any(other.count("|") == bars for other in lines[i + 1 : i + 2])


def _heads_title(line: str, titles: Collection[str]) -> bool:
    """Whether a line is the labels of sections, a listed one first, and the headline that another line is."""
    words = line.split()
    if len(words) <= _TITLE_WORDS or not _is_listed(words[0]):
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
        and any(map(str.isalpha, part))
    )


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text.casefold())
