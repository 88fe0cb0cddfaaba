"""Mails (EML) and pages saved as MHTML by Chrome, Edge and Word: the message's text, or the page it carries.

Of a mail the HTML part is read, else the plain one. What the writer quotes of earlier mails, and the lines about the subscription
at the end of a newsletter, are kept in `metadata`: they are none of the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import Message
from email.utils import parseaddr
from functools import cache
from typing import Any

from corpus.readers.decode import codec_name, decode
from corpus.readers.fields import clean
from corpus.readers.inputs import Head, Input, UnreadableError, from_bytes
from corpus.readers.lexicon import any_word, fold, words
from corpus.readers.markup import html_fragment, paragraphs_of, squeeze
from corpus.readers.options import ReadOptions
from corpus.readers.published import published_from
from corpus.readers.restored import without_ligatures
from corpus.records import InputDocument, Problem

HEADER = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\n]{0,2000}\r?\n(?:[ \t][^\n]{0,2000}\r?\n){0,50}){2,60}"
)
NAME = re.compile(r"^([A-Za-z][A-Za-z0-9-]{1,60}):", re.M)
# Two of these among the first header lines make a mail: a text may open with "Date:" or "From:".
SURE = frozenset(
    {
        "mime-version",
        "message-id",
        "received",
        "return-path",
        "content-type",
        "delivered-to",
        "dkim-signature",
    }
)
USUAL = frozenset({"from", "to", "subject", "date", "reply-to", "sender"})
MOST_PARTS = 500
# The last part of a newsletter in which lines about the subscription are its foot.
FOOT_SHARE = 0.5
FOOT_LINE = 240
HEAD_LINES = 4
REPLY_SIGN = re.compile(r"^\s*(?:>|-{3,} ?.{3,40} ?-{3,}\s*$)")


def sniff(head: Head) -> bool:
    """Header lines of a mail at the start: one that only mail programs write, and another."""
    found = HEADER.match(head.text.lstrip("\ufeff\r\n"))
    if found is None:
        return False
    names = [name.lower() for name in NAME.findall(found[0])]
    return any(name in SURE for name in names) and sum(name in SURE | USUAL for name in names) > 1


def read(source: Input, options: ReadOptions) -> Iterator[InputDocument | Problem | Input]:
    """The message or the page as one document, and the files attached to it as inputs."""
    yield from message(source.read_all(options.max_document_bytes), source)


def message(data: bytes, source: Input) -> Iterator[InputDocument | Problem | Input]:
    """The document of a message's bytes, and its attachments."""
    mail = message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"), policy=policy.default)
    parts = _parts(mail)
    pages = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    if mail.get_content_type() == "multipart/related" and _is_saved(mail):
        if not pages:
            raise UnreadableError("empty", "The saved page holds no HTML.")
        page = _page(mail, _root(mail, pages), source)
        if not page.content.strip():
            raise UnreadableError("empty", "The saved page is empty.")
        yield page
        return
    texts = [part for part in parts if part.get_content_type() == "text/plain"]
    for found in (pages, texts):
        lines, furniture, quoted = _text_of(found)
        if lines:
            yield _mail(mail, lines, furniture, quoted, source)
            break
    else:
        raise UnreadableError("empty", "The mail has no text.")
    yield from _attachments(mail, source)


def _parts(mail: Message) -> list[Message]:
    """The parts that are shown, attachments and attached mails left out, without recursion into deeper than the library goes."""
    found: list[Message] = []
    waiting: list[Any] = [mail]
    while waiting and len(found) < MOST_PARTS:
        part = waiting.pop(0)
        if part.get_content_disposition() == "attachment" or part.get_content_type() == "message/rfc822":
            continue
        if part.is_multipart():
            waiting[:0] = part.get_payload()
        else:
            found.append(part)
    return found


def _is_saved(mail: Message) -> bool:
    """Whether a browser wrote it: it signs as the sender ("<Saved by Blink>"), gives the address, or names no sender."""
    sender = _header(mail, "From").lower()
    return not sender or "saved by" in sender or bool(_header(mail, "Snapshot-Content-Location"))


def _root(mail: Message, pages: list[Message]) -> Message:
    """The part that is the page itself; its frames are advertisements."""
    start = mail.get_param("start")
    if isinstance(start, str):
        return next((part for part in pages if _header(part, "Content-ID") == start), pages[0])
    address = _header(mail, "Snapshot-Content-Location")
    return next(
        (part for part in pages if address and _header(part, "Content-Location") == address), pages[0]
    )


def _page(mail: Message, part: Message, source: Input) -> InputDocument:
    address = _header(mail, "Snapshot-Content-Location") or _header(part, "Content-Location")
    url = address if address.startswith(("http://", "https://")) else None
    return InputDocument(source.source, "mhtml", "html", _decoded(part, markup=True), url=url)


def _mail(
    mail: Message, lines: list[str], furniture: list[str], quoted: list[str], source: Input
) -> InputDocument:
    name, address = parseaddr(_header(mail, "From"))
    sender = squeeze(name) or None
    is_list = any(_header(mail, header) for header in ("List-Id", "List-Unsubscribe", "List-Post")) or bool(
        furniture
    )
    extra = {"sender": address, "quoted": quoted, "newsletter_furniture": furniture}
    return InputDocument(
        source=source.source,
        format="mail",
        markup="text",
        content=clean(without_ligatures("\n\n".join(lines))),
        input_id=_header(mail, "Message-ID").strip("<> ") or None,
        site=sender if is_list else None,
        title=squeeze(_header(mail, "Subject")) or None,
        authors=(sender,) if sender and not is_list else (),
        published=published_from(_header(mail, "Date") or None),
        metadata={key: value for key, value in extra.items() if value},
    )


def _text_of(parts: list[Message]) -> tuple[list[str], list[str], list[str]]:
    """The paragraphs of the shown parts, what is said about the subscription, and what is quoted of earlier mails."""
    lines: list[str] = []
    for part in parts:
        text = _decoded(part, markup=part.get_content_subtype() != "plain")
        if part.get_content_subtype() == "plain":
            lines += _plain(text)
        elif (tree := html_fragment(text)) is not None:
            lines += paragraphs_of(tree, _quotes(tree))
            lines += [f"> {line}" for quote in _quotes(tree) for line in paragraphs_of(quote)]
    return _sorted(lines)


def _plain(text: str) -> list[str]:
    """The paragraphs of a plain body: blank lines part them, as does a quoted line."""
    out: list[str] = []
    joined = False
    for line in text.replace("\r\n", "\n").split("\n"):
        words_ = squeeze(line)
        if not words_:
            joined = False
        elif joined and not words_.startswith(">") and not out[-1].startswith(">"):
            out[-1] = f"{out[-1]} {words_}"
        else:
            out.append(words_)
            joined = True
    return out


def _quotes(tree: Any) -> list[Any]:
    """The elements in which mail programs put what they quote."""
    found = [
        node
        for node in tree.iter("blockquote", "div")
        if (node.tag == "blockquote" and node.get("type") == "cite")
        or "gmail_quote" in (node.get("class") or "").split()
    ]
    among = set(found)
    return [node for node in found if not any(parent in among for parent in node.iterancestors())]


def _sorted(lines: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Lines of the text, of the subscription, and of quoted mails; what follows the line that opens a quotation is quoted."""
    kept: list[str] = []
    furniture: list[str] = []
    quoted: list[str] = []
    in_foot = False
    for number, line in enumerate(lines):
        if line.startswith(">"):
            quoted.append(line.lstrip("> "))
            continue
        if REPLY_SIGN.match(line) or (_opens_quote().search(fold(line)) and len(line) < FOOT_LINE):
            quoted += [rest.lstrip("> ") for rest in lines[number:]]
            break
        about = len(line) < FOOT_LINE and _subscription().search(fold(line)) is not None
        in_foot = (in_foot or about) and len(line) < FOOT_LINE and number >= FOOT_SHARE * len(lines)
        if in_foot or (about and number < HEAD_LINES):
            furniture.append(line)
        else:
            kept.append(line)
    return kept, furniture, quoted


@cache
def _subscription() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_word(words('mail', 'subscription'))})(?!\w)")


@cache
def _opens_quote() -> re.Pattern[str]:
    wrote = any_word(words("mail", "wrote"))
    return re.compile(
        rf"^(?=.*\d).*(?<!\w)(?:{wrote}) ?:$|^-+ ?(?:{any_word(words('mail', 'forwarded'))}) ?-+$"
    )


def _decoded(part: Message, *, markup: bool) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset()
    return decode(data, charset if codec_name(charset) else None, markup=markup).text


def _header(mail: Message, name: str) -> str:
    """A header's value as text; empty where there is none, or where it is damaged."""
    try:
        return " ".join(str(mail.get(name) or "").split())
    except (ValueError, LookupError, IndexError, AttributeError, TypeError):
        return ""


def _attachments(mail: Message, source: Input) -> Iterator[Input]:
    for number, part in enumerate(mail.walk()):
        if number > MOST_PARTS:
            return
        if part.get_content_disposition() != "attachment" or part.is_multipart():
            continue
        payload = part.get_payload(decode=True)
        name = (part.get_filename() or f"attachment-{number}").replace("/", "_").replace("\\", "_")
        if isinstance(payload, bytes):
            yield replace(from_bytes(payload, f"{source.source}/{name}", name, depth=source.depth + 1))
