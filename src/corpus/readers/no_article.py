"""Files and pages that are no article though they hold words: references, subtitles, source code, error and captcha pages.

They are named in `problems` instead of being read: a script's strings would become facts.
"""

from __future__ import annotations

import html
import os
import re
import unicodedata
from functools import cache

from corpus.readers.inputs import Head, problem
from corpus.readers.lexicon import any_word, table, words
from corpus.readers.markup import squeeze
from corpus.records import InputDocument, Problem

CODE_LINE = re.compile(
    r"[;{}]\s*$|^\s*(?://|/\*|\*/|#include\b|@media\b)|^\s*(?:function|var|let|const|import|export|def|class|return|public|private|"
    r"package|using|namespace|library|for|while|if|else|elif|try|except)\b.{0,200}[({:;]\s*$|\)\s*=>|^\s*[\w.]+\s*(?:<-|:=|\+=|=)\s*\S"
)
LOG_LINE = re.compile(
    r"^(?:\d{1,3}(?:\.\d{1,3}){3} |\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d|\[?\w{3} \w{3} +\d+ \d\d:\d\d)"
)
SETTING = re.compile(r"^\s*(?:\[[\w .:-]{1,60}\]|(?:- )?[\w.-]{1,60}\s*[=:]\s*.{0,200}|[#;].*)$")
SIGNS = frozenset("{}[]();=<>$\\|&*_")
# Measured on own samples of nine languages and of prose: code has 0.05 to 0.25 of these signs, prose with quotations 0.01.
CODE_SIGNS = 0.04
CODE_SHARE = 0.5
SURE_SHARE = 0.8
FEWEST_LINES = 5
PACKED_SIGNS = 0.1

# Characters of paragraphs, below which a page that says that it is no article is none.
LITTLE_TEXT = 700
# Less for errors: "404" is a car as well.
LITTLE_ERROR = 300
TEASER = 3_000
# So many paragraphs above a wall are the beginning of an article.
BEGINNING = 2
PARAGRAPH = 100
ENDS = ".!?…»”"
# Lines between the last paragraph and the wall below it.
NEAR_THE_END = 3
LONGEST_PAGE = 400_000
SILENT = re.compile(r"<(script|style|noscript|template|svg)\b.*?</\1\s*>|<!--.*?-->", re.I | re.S)
BLOCK = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|section|article|header|footer|td|tr|table|main|form|body|title)\b[^<>]{0,2000}>",
    re.I,
)
TAG = re.compile(r"<[^<>]{0,2000}>")
HEADING = re.compile(r"<(title|h1)\b[^<>]{0,500}>(.{0,500}?)</\1\s*>", re.I | re.S)


PAGES = {
    "error": ("error_page", "It is the message that a page was not found or failed; save the article again."),
    "captcha": (
        "captcha",
        "It asks whether a person is reading; open the page in a browser and save it from there.",
    ),
    "paywall": (
        "paywall",
        "It is the wall before an article for subscribers; save it from an account that may read it.",
    ),
}


def kind_of(head: Head) -> str | None:
    """What a text file is that no article is written in; None for what may be one."""
    text = head.text.lstrip("\ufeff \t\r\n")
    found = next((name for pattern, name in _kinds() if pattern.match(text)), None)
    if found or head.suffix in _suffixes("texts") or text.startswith("<"):
        return found
    lines = [line for line in text.splitlines()[:400] if line.strip()]
    if not lines:
        return None
    signs = sum(map(text[:20_000].count, SIGNS)) / len(text[:20_000])
    share = sum(1 for line in lines if CODE_LINE.search(line[:500])) / len(lines)
    named = _is_named_as_code(head)
    settings = sum(1 for line in lines if SETTING.match(line)) >= SURE_SHARE * len(lines)
    if named and (signs >= CODE_SIGNS / 4 or share > 0 or settings):
        return "the source code or the settings of a program, or its log"
    if text.startswith(("{", "[")):
        return None
    if len(lines) >= FEWEST_LINES and share >= CODE_SHARE and signs >= CODE_SIGNS:
        return "the source code of a program"
    if signs >= PACKED_SIGNS and len(text) > 200 and text.count(" ") < len(text) / 8:
        return "the source code of a program, packed"
    if len(lines) < FEWEST_LINES:
        return None
    if sum(1 for line in lines if LOG_LINE.match(line)) >= SURE_SHARE * len(lines):
        return "the log of a program"
    return (
        "the settings of a program"
        if settings and max(map(len, lines)) < PARAGRAPH and signs >= CODE_SIGNS / 4
        else None
    )


def _is_named_as_code(head: Head) -> bool:
    """Whether a file has the name of source code, also with what a browser puts behind it ("app.js.download")."""
    name = unicodedata.normalize("NFC", head.input.name.lower())
    stem, suffix = os.path.splitext(name)
    ending = os.path.splitext(stem)[1] if suffix in _suffixes("downloads") else head.suffix
    return ending in _suffixes("code")


def page_problem(document: InputDocument) -> Problem | None:
    """The problem of a page that is an error message, a captcha or a wall; recovered where the article's beginning is there."""
    if document.markup != "html" or len(document.content) > LONGEST_PAGE:
        return None
    lower = document.content.lower()
    shown = [slot for slot in ("error", "captcha", "paywall") if _phrases(slot).search(lower)]
    if not shown:
        return None
    heading = " ".join(
        squeeze(html.unescape(TAG.sub(" ", found[2]))).lower() for found in HEADING.finditer(document.content)
    )
    lines = _lines(document.content)
    written = sum(len(line) for line in lines if len(line) >= PARAGRAPH)
    text = " ".join(lines).lower()
    if written < LITTLE_TEXT:
        said = {"error": heading, "captcha": text, "paywall": text}
        found = next(
            (
                slot
                for slot in shown
                if _phrases(slot).search(said[slot]) and (slot != "error" or written < LITTLE_ERROR)
            ),
            None,
        )
        begun = found == "paywall" and _paragraphs_above_a_wall(lines) >= BEGINNING
        if not begun:
            return problem(document.source, *PAGES[found]) if found else None
    if "paywall" in shown and written < TEASER and _ends_at_a_wall(lines):
        message = "Only the beginning of the article is there, before a wall for subscribers; it was read."
        return problem(document.source, "paywall", message, recovered=True)
    return None


def _ends_at_a_wall(lines: list[str]) -> bool:
    """Whether the wall stands below the text: a label above it, or a notice in the page's foot, cuts nothing off."""
    written = [number for number, line in enumerate(lines) if len(line) >= PARAGRAPH]
    walls = [number for number, line in enumerate(lines) if _phrases("paywall").search(line.lower())]
    return bool(written and walls) and 0 <= walls[-1] - written[-1] <= NEAR_THE_END


def _paragraphs_above_a_wall(lines: list[str]) -> int:
    """How many paragraphs stand above the wall below a text, none where it stands elsewhere."""
    if not _ends_at_a_wall(lines):
        return 0
    walls = {number for number, line in enumerate(lines) if _phrases("paywall").search(line.lower())}
    written = {number for number, line in enumerate(lines) if len(line) >= PARAGRAPH and line[-1] in ENDS}
    return sum(number < max(walls) for number in written - walls)


def _lines(page: str) -> list[str]:
    """The lines that a page shows, roughly: cookie notices left out."""
    text = html.unescape(TAG.sub("", BLOCK.sub("\n", SILENT.sub(" ", page))))
    return [line for part in text.split("\n") if (line := squeeze(part)) and "cookie" not in line.lower()]


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(kind["begins"], re.I), kind["name"]) for kind in table("no_article")["kinds"])


@cache
def _suffixes(slot: str) -> frozenset[str]:
    return frozenset(table("no_article")["suffixes"][slot].split())


@cache
def _phrases(slot: str) -> re.Pattern[str]:
    written = any_word(words("no_article", slot, folded=False)).replace("'", "['’]")
    return re.compile(rf"(?<!\w)(?:{written})(?!\w)", re.I)
