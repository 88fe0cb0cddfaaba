"""Two networks for Gephi and networkx: companies named in one paragraph, and publications that repeat each other."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from lxml import etree

from corpus.export.source import Row, Source
from corpus.export.write import ExportOptions, Written
from corpus.inert import plain

ENDING = ""
DESCRIPTION = (
    "Two networks for Gephi: companies named together, and who repeats whom, with weights and dates."
)
SPACE = "http://www.gexf.net/1.2draft"
Value = str | int | float


@dataclass(slots=True)
class Edge:
    """A tie: how often, first and last day."""

    weight: int = 0
    days: list[dt.date] = field(default_factory=list)
    changed: int = 0

    def add(self, day: dt.date | None, changed: bool = False) -> None:
        """One more paragraph."""
        self.weight += 1
        self.changed += changed
        if day is not None:
            self.days.append(day)


def write(source: Source, target: Path, options: ExportOptions, written: Written) -> None:
    """Write `companies.gexf` (weight: distinct paragraphs that name both) and `copies.gexf` (repeated ones)."""
    source.need("documents", "paragraphs")
    if source.has("companies"):
        _companies(source, target / "companies.gexf", written)
    _copies(source, target / "copies.gexf", written)


def _companies(source: Source, target: Path, written: Written) -> None:
    told: dict[str, Row] = {}
    mentions: Counter[str] = Counter()
    named: dict[tuple[str, int], set[str]] = defaultdict(set)
    columns = ("doc_id", "paragraph", "company", "country", "sector", "role")
    for row in source.rows("companies", columns):
        if row["role"] == "source":
            continue
        told.setdefault(row["company"], row)
        mentions[row["company"]] += 1
        named[row["doc_id"], row["paragraph"]].add(row["company"])
    edges: dict[tuple[str, str], Edge] = defaultdict(Edge)
    for (doc_id, _), companies in named.items():
        for pair in combinations(sorted(companies), 2):
            edges[pair].add(_day(source, doc_id))
    nodes: dict[str, Mapping[str, Value | None]] = {
        name: {"mentions": mentions[name], "country": row["country"], "sector": row["sector"]}
        for name, row in sorted(told.items())
    }
    _graph(
        target, "undirected", nodes, {"mentions": "integer", "country": "string", "sector": "string"}, edges
    )
    written.counts |= {"companies": len(nodes), "pairs": len(edges)}


def _copies(source: Source, target: Path, written: Written) -> None:
    """Who repeats whom: from the publication of the earlier paragraph to that of the later."""
    edges: dict[tuple[str, str], Edge] = defaultdict(Edge)
    unnamed = 0
    columns = ("doc_id", "first_doc_id", "changed_facts", "repeat_kind")
    repeats = source.whole("paragraphs")
    there = [name for name in columns if name in repeats.column_names]
    for row in repeats.select(there).to_pylist():
        first = source.documents.get(row["first_doc_id"])
        if first is None or row["first_doc_id"] == row["doc_id"] or row.get("repeat_kind") == "boilerplate":
            continue
        earlier, later = first["outlet"], source.documents[row["doc_id"]]["outlet"]
        if not earlier or not later:
            unnamed += 1
            continue
        edges[earlier, later].add(_day(source, row["doc_id"]), bool(row["changed_facts"]))
    counted = Counter(row["outlet"] for row in source.documents.values() if row["outlet"])
    nodes: dict[str, Mapping[str, Value | None]] = {
        name: {"documents": n} for name, n in sorted(counted.items())
    }
    _graph(target, "directed", nodes, {"documents": "integer"}, edges)
    written.counts |= {"publications": len(nodes), "repeating": len(edges)}
    if unnamed:
        written.notes.append(
            f"{unnamed:,} {'repeated paragraph is' if unnamed == 1 else 'repeated paragraphs are'} left out: "
            "the publication of one side is not known."
        )


def _day(source: Source, doc_id: str) -> dt.date | None:
    day: dt.date | None = source.documents[doc_id]["published"]
    return day


def _graph(
    target: Path,
    kind: str,
    nodes: Mapping[str, Mapping[str, Value | None]],
    of_nodes: Mapping[str, str],
    edges: Mapping[tuple[str, str], Edge],
) -> None:
    root = etree.Element("gexf", {"version": "1.2"}, nsmap={None: SPACE})
    graph = etree.SubElement(root, "graph", {"defaultedgetype": kind, "mode": "static"})
    _attributes(graph, "node", of_nodes)
    of_edges = {
        "paragraphs": "integer",
        "first_day": "string",
        "last_day": "string",
        "changed_facts": "integer",
    }
    _attributes(graph, "edge", of_edges)
    numbers = {name: str(number) for number, name in enumerate(nodes)}
    holder = etree.SubElement(graph, "nodes")
    for name, values in nodes.items():
        node = etree.SubElement(holder, "node", {"id": numbers[name], "label": plain(name)})
        _values(node, of_nodes, values.items())
    holder = etree.SubElement(graph, "edges")
    for number, ((one, other), edge) in enumerate(sorted(edges.items())):
        place = {
            "id": str(number),
            "source": numbers[one],
            "target": numbers[other],
            "weight": str(edge.weight),
        }
        days = {
            "first_day": min(edge.days).isoformat() if edge.days else None,
            "last_day": max(edge.days).isoformat() if edge.days else None,
        }
        found = {"paragraphs": edge.weight, **days, "changed_facts": edge.changed}
        _values(etree.SubElement(holder, "edge", place), of_edges, found.items())
    etree.ElementTree(root).write(str(target), encoding="utf-8", xml_declaration=True, pretty_print=True)


def _attributes(graph: etree._Element, kind: str, types: Mapping[str, str]) -> None:
    holder = etree.SubElement(graph, "attributes", {"class": kind})
    for name, of_type in types.items():
        etree.SubElement(holder, "attribute", {"id": name, "title": name, "type": of_type})


def _values(
    element: etree._Element, types: Mapping[str, str], values: Iterable[tuple[str, Value | None]]
) -> None:
    holder = etree.SubElement(element, "attvalues")
    for name, value in values:
        if value is not None and name in types:
            etree.SubElement(holder, "attvalue", {"for": name, "value": plain(str(value))})
