"""The article's own headline as the first paragraph of a text that does not begin with it.

Press databases, feeds, exports and records keep the title in a field of its own, and what a headline says is often said nowhere
else. It is known as the article's own by `Metadata.headline`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from corpus.clean.lexicon import fold, lexicon
from corpus.clean.normalise import normalise
from corpus.clean.paragraphs import Line
from corpus.clean.source import Source
from corpus.metadata import LONGEST_NAME, HeaderSpan, shown_in
from corpus.records import InputDocument

LONGEST_HEADLINE = 500
"""Characters. A longer "title" is a text in the wrong field."""
_HEAD_LINES = 40
"""Lines from the top that may stand above the headline, as far as the article's header is looked for (`metadata.header`)."""
_PARAGRAPH = 240
"""Characters from which a line is a paragraph: what stands below the first one does not open the text."""
_SENTENCE_WORDS = 4
"""A shorter title may begin a sentence ("Mistral AI lève ...") without standing there as a title."""
_JOINED_LINES = 4
_NO_LETTERS = re.compile(r"[\W_]+")


def with_headline(
    document: InputDocument, source: Source, headline: str | None, spans: Sequence[HeaderSpan]
) -> tuple[Source, tuple[HeaderSpan, ...]]:
    """The source with the headline above it where it is missing there, and the header's spans where they stand then.

    The line it becomes has the kind `title`, which tells cleaning that it came from a field.
    """
    known = " ".join(normalise(headline).split()) if headline else ""
    if not _is_headline(known) or _begins_with(known, source, paged=document.title is None):
        return source, tuple(spans)
    # Lines of text are parted as paragraphs, those of markup by a line break, as in the rest of the text.
    opening = known + ("\n\n" if document.markup == "text" else "\n")
    by = len(opening)
    lines = [Line(0, len(known), known, False)]
    lines += [replace(line, start=line.start + by, end=line.end + by) for line in source.lines]
    kinds = ("title", *source.kinds)
    moved = tuple(HeaderSpan(span.start + by, span.end + by, span.rule) for span in spans)
    return Source(opening + source.raw_text, tuple(lines), kinds, source.tree), moved


def _is_headline(title: str) -> bool:
    """Whether the words may head an article: no address, no button's label, no text in the wrong field."""
    if not title or len(title) > LONGEST_HEADLINE or not _letters(title):
        return False
    return " " in title and "://" not in title and lexicon().line_rule(fold(title)) is None


def _begins_with(title: str, source: Source, *, paged: bool) -> bool:
    """Whether the title stands at the head of the text: as a line, over lines, before the first sentence, behind a label.

    Case, accents, punctuation and a site's name at either's end do not count. `paged` says that the title was read from the page:
    a heading of the page at its head is the article's, whatever the metadata call it.
    """
    head = _head(source)
    letters, words = _letters(title), len(title.split())
    keys = [_letters(line.text) for line in head]
    if shown_in(title, [line.text for line in head]):
        return True
    for at, key in enumerate(keys):
        if letters == key:
            return True
        if words >= _SENTENCE_WORDS and "".join(keys[at : at + _JOINED_LINES]).startswith(letters):
            return True
        if (
            words > 1
            and letters in key
            and len(key) <= len(letters) + LONGEST_NAME
            and not _is_sentence(head[at])
        ):
            return True
    if paged:
        marked = source.kinds[: len(head)]
        return any(kind == "heading" and line.rule is None for line, kind in zip(head, marked, strict=True))
    return False


def _is_sentence(line: Line) -> bool:
    return line.text.endswith((".", "!", "?", "»", "”"))


def _head(source: Source) -> list[Line]:
    head: list[Line] = []
    for line in source.lines[:_HEAD_LINES]:
        head.append(line)
        if len(line.text) >= _PARAGRAPH and line.rule is None:
            break
    return head


def _letters(text: str) -> str:
    """Letters and digits alone, without case and accents."""
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKD", text).casefold())
