"""Factiva RTF exports: each article ends with its `Document` line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.readers.inputs import problem
from corpus.readers.markup import squeeze
from corpus.readers.press.factiva import accession_of, article_of, is_count_line, is_end, meta_block
from corpus.records import InputDocument, Problem

CODED = re.compile(
    r"^\|?\s*(SE|HD|CR|BY|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN|NGC|GC|CLM|CT|CX|ART)\s*(?:\||\s{2,}|\t|$)(.*)$"
)


def ends_in(lines: list[str]) -> list[int]:
    """Where the articles of an export end, by the numbers of their last lines; empty for what is no export."""
    return [number for number, line in enumerate(lines) if is_end(line.strip().strip("|").strip())]


def documents(lines: list[str], ends: list[int], source: str) -> Iterator[InputDocument | Problem]:
    """The articles that end at `ends`, and one that is cut off after them."""
    start = 0
    for index, end in enumerate(ends):
        yield _article(lines[start : end + 1], f"{source}#{index}")
        start = end + 1
    rest = [line for line in lines[start:] if line.strip()]
    if any(is_count_line(line) for line in rest):
        message = "The last article is cut off; what there is was read. Export the file again for the rest."
        yield problem(f"{source}#{len(ends)}", "truncated", message, recovered=True)
        yield _article(rest, f"{source}#{len(ends)}")


def _article(lines: list[str], source: str) -> InputDocument | Problem:
    coded = [found for line in lines if (found := CODED.match(line))]
    if {"HD", "PD"} <= {found[1] for found in coded}:
        return _coded(lines, source)
    paragraphs = [line for line in (squeeze(line.strip("|")) for line in lines) if line]
    anchor = next((n for n, line in enumerate(paragraphs) if is_count_line(line)), None)
    if anchor is None:
        return _bare(paragraphs, source)
    # Headline first, an author (or a section) just before the count; the block ends with the rights line.
    headline = paragraphs[0] if anchor else ""
    rights = next(
        (n for n in range(anchor + 1, min(anchor + 10, len(paragraphs))) if _is_rights(paragraphs[n])), None
    )
    end = rights if rights is not None else _block_end(paragraphs, anchor)
    last = [line for line in reversed(paragraphs) if accession_of(line)][:1]
    fields = meta_block([*paragraphs[1 : end + 1], *last])
    fields["HD"] = headline
    body = [line for line in paragraphs[end + 1 :] if not accession_of(line)]
    return article_of(fields, body, source)


def _bare(paragraphs: list[str], source: str) -> InputDocument | Problem:
    """An article without a line that counts its words: a headline, a body, an accession number."""
    accession = next((found for line in reversed(paragraphs) if (found := accession_of(line))), "")
    body = [line for line in paragraphs if not accession_of(line)]
    return article_of({"HD": body[0] if body else "", "AN": accession}, body[1:], source)


def _is_rights(line: str) -> bool:
    return line.startswith(("©", "(c)", "(C)")) or line.lower().startswith("copyright")


def _block_end(paragraphs: list[str], anchor: int) -> int:
    """Without a rights line the block ends at the last short line of the first eight after the count."""
    end = anchor
    for number in range(anchor + 1, min(anchor + 9, len(paragraphs))):
        if len(paragraphs[number]) > 60:
            break
        end = number
    return end


def _coded(lines: list[str], source: str) -> InputDocument | Problem:
    found_in: dict[str, list[str]] = {}
    body: list[str] = []
    code = ""
    for line in lines:
        if found := CODED.match(line):
            code, rest = found[1], found[2]
        else:
            rest = line
        words = squeeze(rest.strip().strip("|"))
        if not words or not code:
            continue
        if code in ("LP", "TD"):
            body.append(words)
        else:
            found_in.setdefault(code, []).append(words)
    return article_of({code: " ".join(words) for code, words in found_in.items()}, body, source)
