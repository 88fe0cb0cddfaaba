"""Lists of addresses: text files with one a line, feeds, sitemaps. What `corpus collect` is given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from corpus.readers import (
    UnreadableError,
    decode,
    from_bytes,
    from_path,
    head_of,
    line_of,
    local_name,
    problem,
    xml_bytes,
    xml_parser,
)
from corpus.readers.formats.feed import feed_entries, sniff
from corpus.records import Problem

MAX_LIST_BYTES = 50_000_000
COMMENT = "#"
SITEMAPS = frozenset({"urlset", "sitemapindex"})
LISTED = frozenset({"url", "sitemap"})


@dataclass(frozen=True, slots=True)
class Target:
    """An address to fetch, and what the list it stood in says of it."""

    url: str
    title: str | None = None
    date: str | None = None
    listed_in: str | None = None


def read_targets(targets: Sequence[str]) -> Iterator[Target | Problem]:
    """Each target as it is if it has a scheme, else the addresses of the text file it names."""
    for target in targets:
        if "://" in target:
            yield Target(target.strip())
            continue
        try:
            data = from_path(Path(target), target).read_all(MAX_LIST_BYTES)
        except UnreadableError as error:
            message = f"{error.message} Give an http or https address, or a text file with one a line."
            yield problem(target, error.kind, message)
            continue
        for line in decode(data).text.splitlines():
            address = line.split("\t")[0].strip()
            if address and not address.startswith(COMMENT):
                yield Target(address)


def targets_in(data: bytes, address: str) -> list[Target] | None:
    """The pages that a feed or a sitemap lists; None for what is neither. Addresses are made absolute against `address`."""
    head = head_of(from_bytes(data, address, ""))
    if sniff(head):
        entries = feed_entries(data)
        return [Target(urljoin(address, url), title, date, address) for url, title, date in entries if url]
    if not head.start.startswith("<") or not any(f"<{name}" in head.start for name in SITEMAPS):
        return None
    try:
        root: Any = etree.fromstring(
            xml_bytes(decode(data, markup=True).text), xml_parser(remove_comments=True)
        )
    except etree.XMLSyntaxError:
        return None
    if root is None or local_name(root) not in SITEMAPS:
        return None
    return [target for node in root if local_name(node) in LISTED and (target := _listed(node, address))]


def _listed(node: Any, address: str) -> Target | None:
    """One entry of a sitemap, with the title and date of Google's news extension."""
    fields = {
        local_name(inner): line_of(inner)
        for inner in node.iter()
        if local_name(inner) in ("loc", "title", "publication_date")
    }
    location = next((line_of(inner) for inner in node if local_name(inner) == "loc"), "")
    if not location:
        return None
    return Target(
        urljoin(address, location),
        fields.get("title") or None,
        fields.get("publication_date") or None,
        address,
    )
