"""What the shape of a line says: running text or furniture, as a whole number of hundredths of a nat."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from corpus.clean.appeals import appeals, author_boxes
from corpus.clean.credits import is_credit, is_signature
from corpus.clean.lexicon import STEM, Lexicon, fold, lexicon, line_key

# Features are read from the head of a line only: a paragraph is known by its length, and cost stays linear and small.
_SHORT = 240
_HEAD = 160
_REMEMBERED = 80
# Of a longer line that stands in a text twice the first copy may be its headline or a caption.
_SHORTEST_HEADLINE = 25
# Menus and boxes have another named line within so many lines.
_BESIDE = 2
_LONGEST_SECTION = 60
_WORD = re.compile(r"\w+")
_LONG_WORD = 5
_GLUED = re.compile(r"[a-zà-öø-ÿ]{2}[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]")
_SEPARATED = re.compile(r"\S [|»/·•>›] ?\S|[|›]")
_ADDRESS = re.compile(r"https?://(?!t\.co/)|www\.|\w@\w|(?:^|\s)@\w")
_TWEET = re.compile(r"[—–-]+ .{1,60}\(@\w+\)")
_COMMA = re.compile(r", [a-zà-öø-ÿ]|、")
_BULLET = re.compile(r"[•*·‣▪●■◦○►▶+>\-–—]\s|\d{1,2}\.?\s*$")
_DENSE = re.compile(
    "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2}"
)  # scripts where a word is two signs without a space
_ENUMERATOR = re.compile(r"^\W*(?:\d{1,2}[.)]?\s+)?")
_NUMBERED = re.compile(r"(?:#{1,6} ?)?\d{1,2}[.)] +\w")
_NUMBER = re.compile(r"\d")
_LONGEST_ROW = 130
_FEWEST_ROW_WORDS = 4
_CELLS = " | "
_ROW_MARKS = (" – ", " - ", " @ ", ": ", " (", "%", "€", "$", "£")
# A clock time, or a date in figures or with a month of any language.
_STAMP = re.compile(
    r"\b\d{1,2}[:h]\d{2}(?!\d)"
    r"|\b\d{1,2}[./-]\d{1,2}[./-](?:20)?\d{2}\b"
    r"|\b20\d{2}-\d{2}-\d{2}"
    r"|\b[^\W\d]{3,9}\.? \d{1,2},? 20\d{2}\b"
    r"|\b\d{1,2}\.? [^\W\d]{3,9}\.? 20\d{2}\b"
)
_LONGEST_STAMP = 12
_LETTER = re.compile(r"[^\W\d_]")
_QUOTED = {("«", "»"), ("“", "”"), ("„", "“"), ("»", "«")}
_CLOSERS = "\"'”’»)] \u00a0\u202f"

PARAGRAPH = 250
"""A line with this score of its own is a paragraph."""
CERTAIN = 300
"""With this one beyond doubt: it may have a heading right above it, and its words tell what the article is about."""
ITEM = re.compile(r"[•*·‣▪●■◦►▶+>–—-] ")
"""The mark before an item of a list."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The tables of `shape.toml`; `length` as (longest, score) in ascending order."""

    length: tuple[tuple[float, int], ...]
    ending: dict[str, int]
    words: dict[str, int]
    furniture: dict[str, int]
    neighbours: dict[str, int]
    heading: dict[str, int]
    prior: dict[str, int]
    path: dict[str, int]


@cache
def weights() -> Weights:
    """The weights, read from the package once per process."""
    data = tomllib.loads((files("corpus.clean") / "shape.toml").read_text(encoding="utf-8"))
    length = sorted(
        (float("inf") if longest == "above" else float(longest), score)
        for longest, score in data["length"].items()
    )
    return Weights(
        tuple(length),
        *(data[k] for k in ("ending", "words", "furniture", "neighbours", "heading", "prior", "path")),
    )


@dataclass(frozen=True, slots=True)
class LineShape:
    """One line as the shape sees it.

    `score` is the line's alone, `rule` names it residue; it may open a `section` of links or a `thread` of comments, be a
    `label` (sign a picture, date, point: never a title), be surely `signed` as a picture's, be `stamped` with a date or an hour,
    be `repeated` (a later copy of a line, or a short one), `bare` of letters or `numbered` ("9. Snapchat"); `build` is what a row
    like it is built with, `words` are the stems of its long words.
    """

    score: int
    rule: str | None
    section: bool
    thread: bool
    label: bool
    signed: bool
    stamped: bool
    repeated: bool
    bare: bool
    numbered: bool
    build: str
    words: frozenset[str]


def line_shapes(lines: Sequence[str]) -> list[LineShape]:
    """The shape of each line of a document, in order. Linear in the text."""
    count = Counter(line for line in lines if len(line) <= _SHORT)
    dense = any(_DENSE.search(line, 0, _HEAD) for line in lines if not line.isascii())
    met: set[str] = set()
    shapes = []
    for line in lines:
        repeated = count[line] > 1 and (len(line) < _SHORTEST_HEADLINE or line in met)
        met.add(line)
        read = _short_shape if len(line) <= _REMEMBERED else _shape
        shapes.append(read(line, repeated, dense))
    rules = [shape.rule for shape in shapes]
    article = [shape.rule is None and shape.score >= PARAGRAPH for shape in shapes]
    for i, rule in (*appeals(lines, article), *author_boxes(lines, rules, article)):
        if shapes[i].rule is None:
            shapes[i] = replace(shapes[i], score=shapes[i].score + weights().furniture["rule"], rule=rule)
    return [_heading(i, shapes) if shape.rule else shape for i, shape in enumerate(shapes)]


def _heading(i: int, shapes: list[LineShape]) -> LineShape:
    """The shape of named line `i` as a heading of the article, where its words may be one and no named line stands near."""
    shape = shapes[i]
    beside = shapes[max(0, i - _BESIDE) : i] + shapes[i + 1 : i + 1 + _BESIDE]
    inside = _BESIDE <= i < len(shapes) - _BESIDE
    if inside and shapes[i + 1].score >= CERTAIN:
        beside = shapes[i - 1 : i] + shapes[i + 1 : i + 2]
    heads = shape.numbered or lexicon().may_head(shape.rule or "")
    if not inside or any(other.rule for other in beside) or not heads:
        return shape
    score = shape.score - weights().furniture["rule"]
    return replace(shape, score=score, rule=None, section=False, thread=False)


@lru_cache(maxsize=16_384)
def _short_shape(text: str, repeated: bool, dense: bool) -> LineShape:
    """The shape of a short line, remembered: the pages of a site share their menus."""
    return _shape(text, repeated, dense)


def _shape(text: str, repeated: bool, dense: bool) -> LineShape:
    words = lexicon()
    scale = weights()
    size = len(text)
    short = size <= _SHORT
    head = text if short else text[:_HEAD]
    folded = fold(head)
    rule = (
        (words.line_rule(folded) or words.glued_rule(head) or words.headed_rule(head))
        if short
        else words.notice_rule(folded)
    )
    section = size <= _LONGEST_SECTION and line_key(folded) in words.sections
    tokens = _WORD.findall(folded)
    if dense and (signs := _DENSE.findall(head)):
        tokens, size = signs, 2 * size
    score = next(value for longest, value in scale.length if size <= longest)
    score += _ending(text, size, len(tokens), scale.ending)
    score += _function_words(head, tokens, words, scale.words)
    score += _cues(tokens, words, scale.furniture)
    label = signed = stamped = False
    numbered = _NUMBERED.match(head) is not None
    if short:
        label = is_credit(head, folded, words)
        signed = label and not numbered and is_signature(head, folded, words)
        if label:
            score += scale.furniture["credit"]
        stamped = len(tokens) <= _LONGEST_STAMP and _STAMP.search(head) is not None
        if stamped:
            score += scale.furniture["stamp"]
            label = True
        score += _marks(head, folded, len(tokens), scale.furniture)
    if repeated:
        score += scale.furniture["repeated"]
    if rule:
        score += scale.furniture["rule"]
    return LineShape(
        score,
        rule,
        section,
        section and line_key(folded) in words.threads,
        label,
        signed,
        stamped,
        repeated,
        bare=short and _LETTER.search(head) is None and not (_CELLS in head and _NUMBER.search(head)),
        numbered=numbered,
        build=_build(head, len(tokens)) if size <= _LONGEST_ROW or (short and _CELLS in head) else "",
        words=frozenset({t[:STEM] for t in tokens if len(t) >= _LONG_WORD and t not in words.stopwords}),
    )


def _build(head: str, tokens: int) -> str:
    """The marks that a row of a list is built with, beyond its words; empty where they are too few to tell a list by."""
    if (cells := head.count(_CELLS)) and _NUMBER.search(head):
        return f"{cells}{_CELLS}"
    body = _ENUMERATOR.sub("", head)
    marks = "".join(mark for mark in _ROW_MARKS if mark in body)
    enough = len(marks) > 3 or (marks and marks != " (" and _NUMBER.search(body))
    return marks if enough and tokens >= _FEWEST_ROW_WORDS else ""


def _ending(text: str, size: int, tokens: int, scale: dict[str, int]) -> int:
    tail = text.rstrip(_CLOSERS)
    last = tail[-1:]
    if (text[0], text[-1]) in _QUOTED and tokens >= 6:
        return scale["sentence"]
    if last == "…" or tail.endswith("..."):
        return scale["ellipsis"]
    if last and last in ".!?。！？":
        return scale["sentence"] if tokens >= 4 else 0
    if last == ":":
        return scale["colon"]
    if last == ";" and tokens >= 3:
        return scale["item"]
    return scale["none_in_long"] if size > 60 else 0


def _function_words(head: str, tokens: list[str], words: Lexicon, scale: dict[str, int]) -> int:
    score = 0
    count = len(tokens)
    if count >= 4:
        functional = sum(map(words.stopwords.__contains__, tokens))
        if 10 * functional < count:
            score += scale["few_function_words"]
        elif 4 * functional < count:
            score += scale["some_function_words"]
        elif 5 * functional >= 2 * count:
            score += scale["many_function_words"]
    elif not any(map(words.stopwords.__contains__, tokens)):
        score += scale["label"]
    if _COMMA.search(head):
        score += scale["comma"]
    if head[0] in '"“«„':
        score += scale["quotation"]
    return score


def _cues(tokens: list[str], words: Lexicon, scale: dict[str, int]) -> int:
    count = len(tokens)
    cues = sum(map(words.cues.__contains__, tokens))
    if count >= 6 and any(map(words.second_person.__contains__, tokens)):
        service = sum(map(words.service.__contains__, tokens))
        if service >= 2 and 10 * service >= count:
            return scale["appeal"]
    if 20 * cues < count or not cues:
        return 0
    if 10 * cues >= 3 * count:
        return scale["cue_most"]
    return scale["cue_many" if 20 * cues >= 3 * count else "cue_some"]


def _marks(head: str, folded: str, count: int, scale: dict[str, int]) -> int:
    """What bullets, addresses, digits, capitals, glued words and separators say of a short line."""
    score = 0
    if bullet := _BULLET.match(head):
        score += scale["bullet"] + (scale["lower_item"] if head[bullet.end() :][:1].islower() else 0)
    if "@" in head and _TWEET.match(head):
        score += scale["tweet"]
    elif ("@" in head or "www." in head or "://" in head) and _ADDRESS.search(head):
        score += scale["address"]
    if count < 12:
        digits = sum(map(str.isdigit, head))
        if digits and 2 * digits >= len(folded.replace(" ", "")) - 4:
            score += scale["digits"]
    if head.isupper():
        score += scale["capitals"]
    if len(_GLUED.findall(head)) >= 2:
        score += scale["glued"]
    if len(_SEPARATED.findall(head)) >= 2:
        score += scale["separators"]
    return score
