"""The body of a Europresse article, and what stands beside it: notes, carriers, the address it came from."""

from __future__ import annotations

from typing import Any

from corpus.readers.lexicon import fold, press
from corpus.readers.markup import first_with_class, has_class, line_of, local_name, paragraphs_of
from corpus.readers.press.notation import publication_name


def body_of(root: Any) -> tuple[list[Any], list[str]]:
    """The elements that hold the body, and its paragraphs; asides and carriers inside them are left out."""
    outer = first_with_class(root, "DocText")
    scope = outer if outer is not None else root
    inner = _outermost([node for node in scope.iter() if has_class(node, "docOcurrContainer")])
    boxes = inner or ([outer] if outer is not None else _outermost(list(root.iter("section"))))
    spoken = [
        node
        for box in boxes
        for node in box.iter()
        if has_class(node, "value") and has_class(node.getparent(), "transcript")
    ]
    skip = [
        node
        for box in boxes
        for node in box.iter()
        if isinstance(node.tag, str)
        and (
            local_name(node) in ("aside", "footer")
            or has_class(node, "apd-wrapper", "rdp__newsdoc", "docAuthors", "Doc-LegalInfo")
        )
    ]
    paragraphs = [part for box in spoken or boxes for part in paragraphs_of(box, skip, line_breaks=False)]
    kept, seen_aside = [], False
    for paragraph in paragraphs:
        folded = fold(paragraph[:60])
        seen_aside = seen_aside or folded.startswith(press("asides"))
        if (
            not seen_aside
            and not _is_carried(folded)
            and not folded.startswith(press("legal") + press("document_number"))
        ):
            kept.append(paragraph)
    return boxes, kept


def _outermost(nodes: list[Any]) -> list[Any]:
    """The nodes that lie in no other of them."""
    among = set(nodes)
    return [node for node in nodes if not any(parent in among for parent in node.iterancestors())]


def _is_carried(folded: str) -> bool:
    return any(words in folded for words in press("carried_from"))


def asides(root: Any, boxes: list[Any]) -> list[str]:
    """Captions, notes and boxes beside the text, as lines."""
    lines = [part for node in root.iter("aside") for part in paragraphs_of(node)]
    for box in boxes:
        paragraphs = paragraphs_of(box, line_breaks=False)
        begin = next(
            (n for n, part in enumerate(paragraphs) if fold(part[:60]).startswith(press("asides"))), None
        )
        if begin is not None:
            lines.extend(paragraphs[begin:])
    bare = set(press("asides"))
    return [line for line in lines if fold(line).rstrip(" :") not in bare]


def carriers(root: Any) -> tuple[tuple[str, ...], list[dict[str, str]]]:
    """The publications of the "aussi paru dans" list, and the same with the dates that stand beside them."""
    names: list[str] = []
    dated: list[dict[str, str]] = []
    date = ""
    for node in root.iter():
        if not isinstance(node.tag, str):
            continue
        if has_class(node, "apd-sources-date"):
            date = line_of(node)
        elif has_class(node, "source-name-APD"):
            raw = line_of(node)
            if name := publication_name(raw):
                names.append(name)
                dated.append({"source": raw, "date": date} if date else {"source": raw})
    return tuple(dict.fromkeys(names)), dated


def original_url(root: Any) -> str | None:
    """The address that "the article appeared in" leads to."""
    for link in root.iter("a"):
        target = (link.get("href") or "").strip()
        if target.startswith(("http://", "https://")) and _is_carried(fold(line_of(link))):
            return str(target)
    return None
