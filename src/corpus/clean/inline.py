"""What is cut out of the middle of a text, the words around it kept: phrases, places of pictures, labels glued to a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.clean.lexicon import Lexicon, fold, lexicon, line_key
from corpus.records import Removal

_FILE = r"[^\[\]\s]{1,200}\.(?:jpe?g|png|gif|svg|webp|avif)"
# An address that a text browser filled to its column goes on in lines that are one word, with a mark of addresses in it.
_ADDRESS_ON = r"(?=\S*[/?=&#%-])(?!https?:)[^\s\[(*+]\S*[ \t]*"
# What savers of pages write where a picture was: an element with its address or data, Markdown, a file name in brackets or alone
# on a line; and what a text browser writes for a button and a frame, what a network writes for a picture.
_PLACEHOLDERS = re.compile(
    r"<image\b[^\n]{0,4000}?</image>"
    r"|<image>data:[^\n]*"
    r"|\bdata:image/svg\+xml[^\n]{0,4000}</svg>"
    r"|<im(?:g|age)\b[^>\n]{0,4000}>"
    r"|!\[[^\]\n]{0,300}\]\(data:[^()\s]*\)"
    r"|!\[(?:[^\]\s]{0,80}\s?){0,2}\]\([^()\s]{1,2000}\)"
    r"|\bdata:image/[\w.+-]{1,20};base64,[\w+/=]+(?:[\"']?\s{1,3}(?:alt|title)=\"[^\"\n]{0,500}\")?"
    rf"|\[{_FILE}\]"
    rf"|^[ \t]*{_FILE}[ \t]*$"
    r"|\(BUTTON\)"
    rf"|^[ \t]*IFRAME:[ \t]*(?:\[\d+\])?(?:\n[ \t]*)?(?:https?:)?//\S+(?:\n[ \t]*{_ADDRESS_ON}$)*",
    re.MULTILINE,
)
# What a network writes for a picture behind the words of a message, and for a page alone on a line.
_SHORT_ADDRESSES = re.compile(
    r"(?:[ \t]*https?://t\.co/\w+)?[ \t]*\bpic\.(?:twitter|x)\.com/\w+[ \t]*$|^[ \t]*https?://t\.co/\w+[ \t]*$",
    re.MULTILINE,
)
# Cheap signs that a text may have one, so that most texts are not searched.
_SIGNS = (
    "<im",
    "![",
    "data:image",
    ".png",
    ".jp",
    ".gif",
    ".svg",
    ".webp",
    ".avif",
    "(BUTTON)",
    "IFRAME:",
)
# A label of a list whose last letter has the next sentence's first at its side: "Voir les documentsLa société".
_GLUED = re.compile(r"^[^\S\n]*([^\n]{8,60}?[a-zà-öø-ÿ.!?])(?=[A-ZÀ-ÖØ-Þ«][a-zà-öø-ÿ’' ])", re.MULTILINE)
_FEWEST_GLUED_WORDS = 3


def inline_residue(raw_text: str, *, page: bool) -> Iterator[Removal]:
    """Spans of residue inside lines, in no order; of a `page` phrases only, its markup has told the rest."""
    words = lexicon()
    for match in words.inline.finditer(raw_text):
        yield Removal(match.start(), match.end(), "residue", "inline")
    if "t.co/" in raw_text or "pic." in raw_text:
        for match in _SHORT_ADDRESSES.finditer(raw_text):
            yield Removal(match.start(), match.end(), "residue", "placeholder")
    if page:
        return
    if any(sign in raw_text for sign in _SIGNS):
        for match in _PLACEHOLDERS.finditer(raw_text):
            yield Removal(match.start(), match.end(), "residue", "placeholder")
    for match in _GLUED.finditer(raw_text):
        if rule := _label_rule(match[1], words):
            yield Removal(match.start(1), match.end(1), "residue", f"glued: {rule}")


def _label_rule(label: str, words: Lexicon) -> str | None:
    """The list that has these words as a line of their own, of so many words that no sentence begins with them by chance."""
    if label.count(" ") < _FEWEST_GLUED_WORDS - 1:
        return None
    return words.lines.get(line_key(fold(label)))
