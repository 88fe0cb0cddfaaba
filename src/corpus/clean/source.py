"""From an input document to `raw_text` and its lines, by its markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.clean.errors import NoContent
from corpus.clean.initials import with_initials
from corpus.clean.normalise import normalise
from corpus.clean.page import Block, main_content, parse_page
from corpus.clean.paragraphs import Line, split_lines
from corpus.metadata import is_header_line
from corpus.records import InputDocument, ParagraphKind

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from markdown_it.token import Token

_MARKDOWN_BLOCKS: dict[str, ParagraphKind] = {"h": "heading", "li": "list_item", "blockquote": "quote"}
_LONGEST_INITIAL = 2  # "L’"
_TAG = re.compile(r"<[^<>]{0,2000}>")
# What converters of pages write: the space before an emphasised word is lost. Nothing parts a letter from a small letter.
_EMPHASIS = frozenset(("strong_open", "em_open"))
_STUCK = re.compile(r"[a-zà-öø-ÿ][\dA-ZÀ-ÖØ-Þ«]|[,;:.!?)»][\w«]")


@dataclass(frozen=True, slots=True)
class Source:
    """A document's `raw_text`, its lines in order, and for each line the kind its markup gave it (None where none did).

    Of a page also its `tree`.
    """

    raw_text: str
    lines: tuple[Line, ...]
    kinds: tuple[ParagraphKind | None, ...]
    tree: HtmlElement | None = None


def read_source(document: InputDocument) -> Source:
    """The document as text before anything is removed.

    Raises:
        NoContent: when there is no text in it.
    """
    if document.markup == "text":
        raw_text = with_initials(normalise(document.content))
        lines = tuple(split_lines(raw_text))
        if not lines:
            raise NoContent("The document is empty: it holds no text.")
        return Source(raw_text, lines, (None,) * len(lines))
    if document.markup == "markdown":
        return _from_blocks(markdown(document.content), None)
    tree = parse_page(document.content)
    return _from_blocks(main_content(tree, document.url), tree)


def _from_blocks(blocks: list[Block], tree: HtmlElement | None) -> Source:
    texts: list[str] = []
    lines: list[Line] = []
    kinds: list[ParagraphKind | None] = []
    position = 0
    for block, text in _with_initials((block, " ".join(_words(normalise(block.text)))) for block in blocks):
        texts.append(text)
        lines.append(Line(position, position + len(text), text, False, block.sure, block.rule))
        kinds.append(block.kind)
        position += len(text) + 1
    if not lines:
        raise NoContent("The document holds markup but no text.")
    return Source("\n".join(texts), tuple(lines), tuple(kinds), tree)


def _with_initials(read: Iterable[tuple[Block, str]]) -> Iterator[tuple[Block, str]]:
    """The blocks that hold text, a drop cap with an element of its own at the head of the block below it."""
    initial: tuple[Block, str] | None = None
    for block, text in read:
        if not text:
            continue
        if initial is not None:
            joined = with_initials(f"{initial[1]}\n{text}")
            if "\n" in joined:
                yield initial
            else:
                text = joined
            initial = None
        if len(text) <= _LONGEST_INITIAL and text[0].isupper():
            initial = block, text
        else:
            yield block, text
    if initial is not None:
        yield initial


def _words(text: str) -> list[str]:
    """The text between ASCII white space: no-break spaces stay inside, they are typography."""
    return re.split(r"[ \t\n]+", text.strip())


def markdown(content: str) -> list[Block]:
    """The lines of a Markdown text (CommonMark, by markdown-it-py) without their marks; images and raw HTML tags are left out.

    A soft line break is a space, as CommonMark says; a hard one ends the line.
    """
    from markdown_it import MarkdownIt

    blocks: list[Block] = []
    open_kinds: list[ParagraphKind | None] = [None]
    for token in MarkdownIt("commonmark").parse(content):
        if token.type in ("heading_open", "list_item_open", "blockquote_open"):
            tag = "h" if token.type == "heading_open" else token.tag
            open_kinds.append(_MARKDOWN_BLOCKS[tag])
        elif token.type in ("heading_close", "list_item_close", "blockquote_close"):
            open_kinds.pop()
        elif token.type in ("fence", "code_block", "html_block"):
            text = _TAG.sub(" ", token.content) if token.type == "html_block" else token.content
            blocks.extend(Block(line, None) for line in text.split("\n") if line.strip())
        elif token.type == "inline":
            text = _inline_text(token.children or ())
            blocks.extend(Block(line, open_kinds[-1]) for line in text.split("\n") if line.strip())
    return blocks


def _inline_text(tokens: Sequence[Token]) -> str:
    """The words of a block; a space stands before emphasis that has lost its own ("près de**25 %**", "2.1,**47 %**")."""
    lines: list[str] = []
    line, opening = "", False
    for token in tokens:
        if token.type in ("text", "code_inline"):
            glued = opening and line and _STUCK.fullmatch(line[-1] + token.content[:1])
            line += f" {token.content}" if glued else token.content
        elif token.type == "hardbreak" or (token.type == "softbreak" and is_header_line(line.strip())):
            # A byline or a date line stays apart from what the writer filled below it.
            lines.append(line)
            line = ""
        elif token.type == "softbreak":
            line += " "
        opening = token.type in _EMPHASIS or (opening and not token.content)
    return "\n".join([*lines, line])
