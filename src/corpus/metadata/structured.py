"""JSON-LD of a page (schema.org Article and its kinds), and dates in ISO 8601."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any, Final

from corpus.metadata.dates import HeaderDate, find_dates

LARGEST_SCRIPT: Final = 500_000
DEEPEST: Final = 8
"""Levels of `@graph`, `mainEntity` and lists that are followed."""

_PAGE_TYPES: Final = frozenset(["webpage", "itempage"])
_ARTICLE_TYPES: Final = _PAGE_TYPES | {
    "article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle", "backgroundnewsarticle",
    "reviewnewsarticle", "blogposting", "liveblogposting", "socialmediaposting", "scholarlyarticle", "techarticle", "report",
    "advertisercontentarticle", "satiricalarticle", "podcastepisode",
}  # fmt: skip
_ISO = re.compile(
    r"[\s]*(?P<year>(?:19|20)\d\d)(?:[-/.](?P<month>[01]?\d)(?:[-/.](?P<day>[0-3]?\d))?|(?P<month2>[01]\d)(?P<day2>[0-3]\d))?"
    r"(?P<time>[T\s]+\d{1,2}:?\d\d(?::?\d\d)?)?(?!\d)"
)
_MIDNIGHT = re.compile(r"[T\s]+00:?00(?::?00)?")
_CONTROL = re.compile(r"[\x00-\x1f]+")


@dataclass(frozen=True, slots=True)
class Article:
    """One article as JSON-LD describes it."""

    headline: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    url: str | None = None
    published: HeaderDate | None = None
    modified: HeaderDate | None = None


def iso_date(value: object) -> HeaderDate | None:
    """The day, month or year of an ISO 8601 date or of words that hold one date; None for anything else.

    A first of January at midnight or without a time is what systems write for a year: its day and month are dropped.
    """
    if not isinstance(value, str) or not value.strip() or len(value) > 100:
        return None
    match = _ISO.match(value)
    if match is None:
        found = find_dates(value)
        return found[0] if len(found) == 1 and found[0].year is not None else None
    month = match["month"] or match["month2"]
    day = match["day"] or match["day2"]
    date = HeaderDate(
        match.start("year"),
        match.end(),
        value.strip(),
        int(match["year"]),
        int(month) if month else None,
        int(day) if day else None,
    )
    if date.in_year() is None:
        return None
    clock = match["time"]
    if date.month == 1 and date.day == 1 and (clock is None or _MIDNIGHT.fullmatch(clock)):
        return HeaderDate(date.start, date.end, date.text, date.year, None, None)
    return date


def articles(tree: Any) -> list[Article]:
    """The articles that a page's JSON-LD describes, kinds of Article before mere pages, in document order."""
    found: list[tuple[bool, Article]] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = script.text or ""
        if not text.strip() or len(text) > LARGEST_SCRIPT:
            continue
        nodes = list(_nodes(_load(text), 0))
        named = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and node.get("name")}
        for node in nodes:
            types = _types(node)
            if types & _ARTICLE_TYPES:
                found.append((not types - _PAGE_TYPES, _article(node, named)))
    return [article for _, article in sorted(found, key=lambda pair: pair[0])]


def _load(text: str) -> Any:
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    for attempt in (text, _CONTROL.sub(" ", text)):
        try:
            return json.loads(attempt, strict=False)
        except (json.JSONDecodeError, RecursionError):
            continue
    return None


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for item in value[:200]:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(value.get(key), dict | list):
                yield from _nodes(value[key], depth + 1)


def _types(node: dict[str, Any]) -> set[str]:
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return {name.rsplit("/", 1)[-1].lower() for name in names if isinstance(name, str)}


def _article(node: dict[str, Any], named: dict[str, dict[str, Any]]) -> Article:
    url = node.get("url") if isinstance(node.get("url"), str) else None
    entity = node.get("mainEntityOfPage")
    if url is None:
        address = entity.get("@id") if isinstance(entity, dict) else entity
        url = address if isinstance(address, str) else None
    headline = node.get("headline") or (None if _types(node) <= _PAGE_TYPES else node.get("name"))
    return Article(
        headline=unescape(headline).strip() or None if isinstance(headline, str) else None,
        authors=tuple(_names(node.get("author") or node.get("creator"), named)),
        publisher=next(iter(_names(node.get("publisher"), named)), None),
        url=url,
        published=iso_date(node.get("datePublished")) or iso_date(node.get("dateCreated")),
        modified=iso_date(node.get("dateModified")),
    )


def _names(value: Any, named: dict[str, dict[str, Any]], depth: int = 0) -> list[str]:
    """The names in an author or publisher field: text, an object with a name or with the `@id` of one, or a list of them."""
    if depth > DEEPEST:
        return []
    if isinstance(value, str):
        return [unescape(value).strip()] if value.strip() and len(value) < 300 else []
    if isinstance(value, list):
        return [name for item in value[:30] for name in _names(item, named, depth + 1)]
    if not isinstance(value, dict):
        return []
    known = named.get(value["@id"]) if isinstance(value.get("@id"), str) else None
    return _names(value.get("name") or (known or {}).get("name"), named, depth + 1)
