"""What the tags, names and attributes of an element say a part of a page is: a menu, other articles, comments, a form.

The words are data (`regions.toml`).
"""

from __future__ import annotations

import itertools
import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

NO_REGION = 0
HIDDEN, MENU, AFTER, COMMENTS, SHARE, SIGNUP, ADVERT, ABOUT, NOTICE, ASIDE, FOOT, CAPTION, TOP = (
    1 << i for i in range(13)
)
_SLOTS = {
    "menu": MENU,
    "after": AFTER,
    "comments": COMMENTS,
    "share": SHARE,
    "signup": SIGNUP,
    "advert": ADVERT,
    "about": ABOUT,
    "notice": NOTICE,
    "aside": ASIDE,
    "screen_reader": HIDDEN,
}
_NAMES = {flag: slot for slot, flag in _SLOTS.items()} | {FOOT: "footer", CAPTION: "caption", TOP: "header"}
_TAGS = {
    "nav": MENU,
    "menu": MENU,
    "footer": FOOT,
    "aside": ASIDE,
    "header": TOP,
    "figcaption": CAPTION,
    "dialog": SIGNUP,
    "address": ABOUT,
}
_ROLES = {
    "navigation": MENU,
    "menu": MENU,
    "menubar": MENU,
    "contentinfo": FOOT,
    "complementary": ASIDE,
    "search": SIGNUP,
    "dialog": SIGNUP,
    "banner": TOP,
}
# A name on one of these elements is the name of its text, not of a part of the page: `<p class="social-issue">`.
_TEXT = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "html", "body", "main", "article"}
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# React streams parts of a page into hidden elements of such names and moves them where they belong when the page is shown.
_STREAMED = re.compile(r"[SP]:[\da-f]+$")
_NAME = re.compile(r"[A-Z]?[a-zà-ÿ]+|[A-Z]+")
_LONGEST_NAMES = 400


def region_of(element: _Element) -> int:
    """The flags for what an element says it is, without those around it."""
    attributes = element.attrib
    tag = str(element.tag)
    region = _TAGS.get(tag, NO_REGION)
    if not attributes:
        return region
    if ("hidden" in attributes or "style" in attributes) and _is_hidden(element):
        return HIDDEN
    role = attributes.get("role")
    if role:
        region |= _ROLES.get(role, NO_REGION)
    names = attributes.get("class", "")
    if "id" in attributes:
        names += " " + attributes["id"]
    if names:
        named = _named(names[:_LONGEST_NAMES])
        region |= named & HIDDEN if tag in _TEXT else named
    return region


def region_names(region: int) -> str:
    """The regions by name, for the rule of a removal."""
    return ", ".join(name for flag, name in _NAMES.items() if region & flag)


def _is_hidden(element: _Element) -> bool:
    hidden = element.get("hidden")
    if hidden is not None and hidden != "until-found":
        return _STREAMED.match(element.get("id") or "") is None
    return _HIDDEN_STYLE.search(element.get("style") or "") is not None


@lru_cache(maxsize=16_384)
def _named(names: str) -> int:
    words = [word.lower() for word in _NAME.findall(names)]
    known, pairs = _vocabulary()
    region = NO_REGION
    for word in words:
        region |= known.get(word, NO_REGION)
    for first, second in itertools.pairwise(words):
        region |= pairs.get((first, second), NO_REGION)
    return region


@cache
def _vocabulary() -> tuple[dict[str, int], dict[tuple[str, str], int]]:
    data = tomllib.loads((files("corpus.clean") / "regions.toml").read_text(encoding="utf-8"))
    known: dict[str, int] = {}
    pairs: dict[tuple[str, str], int] = {}
    for slot, flag in _SLOTS.items():
        for word in data[slot]["words"]:
            known[word] = known.get(word, NO_REGION) | flag
        for pair in data[slot]["pairs"]:
            first, second = pair.split(" ")
            pairs[first, second] = pairs.get((first, second), NO_REGION) | flag
    return known, pairs
