"""PDF: its text layer, with lines joined to paragraphs. A scan has none and is a problem."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.readers.fields import clean
from corpus.readers.inputs import Head, Input, UnreadableError, problem
from corpus.readers.options import ReadOptions
from corpus.readers.pdf_columns import Line
from corpus.readers.pdf_lines import lines_of, paragraphs, without_running_heads
from corpus.readers.press import europresse_pdf
from corpus.readers.sidecar import with_sidecar
from corpus.records import InputDocument, Problem

MAGIC = b"%PDF-"
# Fewer characters than this on the average page is a scan with a stamp on it.
SCAN_CHARACTERS = 25
MAX_PAGES = 5000


def sniff(head: Head) -> bool:
    """The mark of PDF within the first kilobyte, as the standard allows."""
    return MAGIC in head.data[:1024] and not head.data.startswith((b"{", b"<"))


def read(source: Input, options: ReadOptions) -> Iterator[InputDocument | Problem]:
    """The text layer as one document; a Europresse export as one document an article."""
    pages, faults = _pages(source.read_all(options.max_document_bytes))
    if faults:
        message = f"{faults} of its pages could not be read; the others were."
        yield problem(source.source, "pdf", message, recovered=len(pages) > faults)
    characters = sum(len(line.text) for page in pages for line in page)
    if characters < SCAN_CHARACTERS * max(1, len(pages)):
        raise UnreadableError(
            "scanned",
            f"Its {len(pages)} pages hold pictures and no text; run text recognition (OCR) on it first.",
        )
    pages, furniture = without_running_heads(pages)
    if europresse_pdf.is_export("\n".join(line.text for page in pages for line in page)):
        yield from europresse_pdf.documents(pages, source.source)
        return
    metadata = {"pages": len(pages), **({"page_furniture": furniture} if furniture else {})}
    text = clean("\n\n".join(paragraphs([line for page in pages for line in page])))
    yield from with_sidecar(
        InputDocument(source.source, "pdf", "text", text, metadata=metadata), source, options
    )


def _pages(data: bytes) -> tuple[list[list[Line]], int]:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        words = str(error).lower()
        if "password" in words:
            raise UnreadableError("encrypted", "It needs a password; save it without one.") from error
        raise UnreadableError("pdf", f"It is no whole PDF ({str(error)[:150]}).") from error
    pages: list[list[Line]] = []
    faults = 0
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise UnreadableError("too_large", f"It has {count:,} pages, more than {MAX_PAGES:,}; split it.")
        for number in range(count):
            try:
                page = document[number]
                text_page = page.get_textpage()
            except pdfium.PdfiumError:
                faults += 1
                pages.append([])
                continue
            pages.append(lines_of(text_page))
            text_page.close()
            page.close()
    finally:
        document.close()
    return pages, faults
