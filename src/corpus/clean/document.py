"""One document from what a reader found to its clean text, with a row for everything that was taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.clean.amend import Amendments
from corpus.clean.assemble import merged
from corpus.clean.credits import description_end
from corpus.clean.drafts import Draft, cut_out, drafts_of, removed, without_credit
from corpus.clean.dumps import dump_headings, dump_headline
from corpus.clean.furniture import SHAPE_RULE, article_rules, page_rules
from corpus.clean.headline import with_headline
from corpus.clean.inline import inline_residue
from corpus.clean.kinds import paragraph_kinds
from corpus.clean.lexicon import fold, lexicon
from corpus.clean.options import CleanOptions
from corpus.clean.paragraphs import Line, unbroken
from corpus.clean.repeats import REPEAT_REASONS, copies_among, stays
from corpus.clean.shape import weights
from corpus.clean.shared import SharedLines
from corpus.clean.source import Source, read_source
from corpus.clean.trail import site_names
from corpus.records import CleanDocument, InputDocument, Paragraph, ParagraphKind, Removal, RemovalReason

if TYPE_CHECKING:
    from corpus.metadata import Metadata
    from dedupe import WithinRepeat

_DEFAULT_OPTIONS = CleanOptions()


@dataclass(frozen=True, slots=True)
class Opened:
    """A document as text, with its lines, the kinds its markup gave them, and its metadata: all that cleaning needs of it.

    Of `document` the content is not needed any more.

    >>> from corpus.clean import open_document
    >>> from corpus.records import InputDocument
    >>> page = "<html><title>Le pont</title><body><p>Le pont restera fermé.</p></body></html>"
    >>> open_document(InputDocument("a.html", "html", "html", page)).lines[0].text
    'Le pont restera fermé.'
    """

    document: InputDocument
    raw_text: str
    lines: tuple[Line, ...]
    kinds: tuple[ParagraphKind | None, ...]
    metadata: Metadata


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document cleaned but for its repeats. `texts` are its paragraphs, what `dedupe` is to look for repeats in.

    >>> from corpus.clean import open_document, prepare
    >>> from corpus.records import InputDocument
    >>> page = InputDocument("a.txt", "text", "text", "Le pont est fermé.\\n\\nPartager\\n\\nIl rouvrira en mai.")
    >>> prepare(open_document(page)).texts
    ('Le pont est fermé.', 'Il rouvrira en mai.')
    """

    document: InputDocument
    raw_text: str
    metadata: Metadata
    language: str | None
    language_score: float | None
    texts: tuple[str, ...]
    _drafts: list[Draft]
    _removals: list[Removal]
    _amendments: Amendments


def clean_document(
    document: InputDocument, options: CleanOptions = _DEFAULT_OPTIONS, shared_lines: SharedLines | None = None
) -> CleanDocument:
    """The document with its clean text, paragraphs and removals; `shared_lines` is what the corpus knows about its site.

    Raises:
        NoContent: when the document holds no text, or an HTML page no main content.

    >>> from corpus.clean import clean_document
    >>> from corpus.records import InputDocument
    >>> page = InputDocument("a.txt", "text", "text", "Le pont est fermé.\\n\\nPartager\\n\\nIl rouvrira en mai.")
    >>> cleaned = clean_document(page)
    >>> [(cleaned.raw_text[one.start : one.end], one.reason) for one in cleaned.removals]
    [('Partager', 'residue')]
    """
    prepared = prepare(open_document(document, options), options, shared_lines)
    return finish(prepared, find_repeats([prepared])[0] if options.remove_repeats else ())


def open_document(document: InputDocument, options: CleanOptions = _DEFAULT_OPTIONS) -> Opened:
    """The part of `clean_document` before anything is removed. Raises NoContent as it does.

    >>> from corpus.clean import open_document
    >>> from corpus.records import InputDocument
    >>> open_document(InputDocument("a.txt", "text", "text", "Le pont\\n\\nIl est fermé.")).raw_text
    'Le pont\\n\\nIl est fermé.'
    """
    source = read_source(document)
    metadata = _metadata(document, source, options)
    source, spans = with_headline(document, source, metadata.headline, metadata.spans)
    metadata = replace(metadata, spans=spans)
    return Opened(document, source.raw_text, source.lines, source.kinds, metadata)


def prepare(
    opened: Opened,
    options: CleanOptions = _DEFAULT_OPTIONS,
    shared_lines: SharedLines | None = None,
    amendments: Amendments | None = None,
) -> Prepared:
    """The part of `clean_document` before repeats are looked for; `amendments` are what the user says of this document.

    >>> from corpus.clean import open_document, prepare
    >>> from corpus.records import InputDocument
    >>> page = InputDocument("a.txt", "text", "text", "Le pont est fermé pour travaux.\\n\\nPartager sur Facebook")
    >>> prepare(open_document(page)).language
    'fr'
    """
    document, metadata = opened.document, opened.metadata
    amended = amendments if amendments is not None else Amendments()
    found = [
        *(
            Removal(span.start, span.end, "residue", span.rule)
            for span in metadata.spans
            if not _heads_comments(opened.raw_text[span.start : span.end])
        ),
        *inline_residue(opened.raw_text, page=document.markup == "html"),
    ]
    cuts = merged(amended.keep(opened.raw_text, found))
    drafts = drafts_of(opened.raw_text, opened.lines, opened.kinds, cuts)
    removals = [cut for cut in cuts if opened.raw_text[cut.start : cut.end].strip()]
    if options.remove_furniture:
        drafts, dropped = _without_furniture(opened, drafts, shared_lines, amended)
        removals.extend(dropped)
    language, language_score = _language(document, drafts, options)
    texts = tuple(draft.rendered.text for draft in drafts)
    return Prepared(
        document, opened.raw_text, metadata, language, language_score, texts, drafts, removals, amended
    )


def find_repeats(documents: Sequence[Prepared]) -> list[list[WithinRepeat]]:
    """What repeats inside each of the documents. Many at once cost less, and none changes what is found in another.

    >>> from corpus.clean import find_repeats, open_document, prepare
    >>> from corpus.records import InputDocument
    >>> sentence = "Le pont restera fermé aux voitures jusqu'à la fin du mois de septembre."
    >>> page = InputDocument("a.txt", "text", "text", f"{sentence}\\n\\nUne déviation est en place.\\n\\n{sentence}")
    >>> [len(found) for found in find_repeats([prepare(open_document(page))])]
    [1]
    """
    from dedupe import find_repeats_within_documents

    return find_repeats_within_documents(
        [document.texts for document in documents], [document.language for document in documents]
    )


def finish(prepared: Prepared, repeats: Sequence[WithinRepeat] = ()) -> CleanDocument:
    """The part of `clean_document` after `find_repeats`, to be called once for what `prepare` gave.

    >>> from corpus.clean import find_repeats, finish, open_document, prepare
    >>> from corpus.records import InputDocument
    >>> sentence = "Le pont restera fermé aux voitures jusqu'à la fin du mois de septembre."
    >>> page = InputDocument("a.txt", "text", "text", f"{sentence}\\n\\nUne déviation est en place.\\n\\n{sentence}")
    >>> prepared = prepare(open_document(page))
    >>> len(finish(prepared, find_repeats([prepared])[0]).paragraphs)
    2
    """
    document, metadata = prepared.document, prepared.metadata
    drafts, removals = _without_repeats(prepared, repeats)
    drafts, removals = _without_told(prepared, drafts, removals)
    texts = [draft.rendered.text for draft in drafts]
    kinds = paragraph_kinds(texts, [draft.marked for draft in drafts], metadata.title)
    paragraphs = []
    position = 0
    for draft, text, kind in zip(drafts, texts, kinds, strict=True):
        paragraphs.append(Paragraph(position, position + len(text), kind, score=draft.sure / 100))
        position += len(text) + 2
    return CleanDocument(
        raw_text=prepared.raw_text,
        text="\n\n".join(texts),
        paragraphs=tuple(paragraphs),
        removals=tuple(merged([*prepared._removals, *removals])),
        title=_title(document, metadata.title, texts, kinds),
        authors=tuple(metadata.authors),
        site=metadata.site,
        url=metadata.url,
        published=metadata.published,
        language=prepared.language,
        language_score=prepared.language_score,
        outlet=metadata.outlet,
    )


def _metadata(document: InputDocument, source: Source, options: CleanOptions) -> Metadata:
    from corpus.metadata import Metadata, read_metadata

    if options.read_metadata:
        text = unbroken(source.raw_text, source.lines)
        headings = dump_headings(source.raw_text, source.lines) if document.markup == "text" else ()
        headline = dump_headline(source.lines, headings)
        opens = 0 if headline is None else headline.start
        return read_metadata(document, text, document.language, source.tree, opens=opens)
    return Metadata(
        title=document.title,
        authors=document.authors,
        site=document.site,
        outlet=document.site,
        url=document.url,
        published=document.published,
    )


def _title(
    document: InputDocument, known: str | None, texts: Sequence[str], kinds: Sequence[ParagraphKind]
) -> str | None:
    """The known title; of a text without one, or whose known title was a line of furniture, the headline that is left."""
    headline = next((text for text, kind in zip(texts, kinds, strict=True) if kind == "title"), None)
    if document.markup == "html" or document.title or headline is None or known in texts:
        return known or headline
    return headline


def _heads_comments(line: str) -> bool:
    """Whether a line of the header is one that what readers wrote stands below: it is left to the lists, which know that."""
    return lexicon().opens_thread(fold(line))


def _without_furniture(
    opened: Opened, drafts: list[Draft], shared_lines: SharedLines | None, amendments: Amendments
) -> tuple[list[Draft], list[Removal]]:
    document = opened.document
    headed = drafts[:1] if drafts and drafts[0].marked == "title" else []
    drafts = drafts[len(headed) :]
    texts = [draft.rendered.text for draft in drafts]
    if document.markup == "html":
        rules = page_rules(texts, [draft.rule for draft in drafts])
    else:
        headings = dump_headings(opened.raw_text, opened.lines)
        headline = dump_headline(opened.lines, headings)
        title = headline.text if headline is not None else opened.metadata.title
        margins = {opened.lines[at].start for at in headings}
        places = {i for i, draft in enumerate(drafts) if draft.start in margins}
        site = site_names(document.url, document.site)
        found = article_rules(texts, title, _priors(document, drafts), places, site)
        rules = [verdict.rule for verdict in found]
        for draft, verdict in zip(drafts, found, strict=True):
            draft.sure = verdict.sure
    known = shared_lines.of(document) if shared_lines else frozenset()
    stay: list[Draft] = headed
    removals: list[Removal] = []
    for draft, text, rule in zip(drafts, texts, rules, strict=True):
        goes: tuple[RemovalReason, str] | None = None
        if rule is not None:
            goes = "residue", rule
        elif known and SharedLines.key(text) in known:
            goes = "boilerplate", "shared by documents of the site"
        if goes is None or amendments.keeps_line(opened.raw_text, draft.rendered):
            stay.append(draft)
        elif (described := _described(text, rule, paged=document.markup == "html")) is not None:
            stay.append(draft)
            removals.extend(without_credit(opened.raw_text, draft, described))
        else:
            removals.extend(removed(draft, *goes))
    return stay, removals


def _described(text: str, rule: str | None, *, paged: bool) -> int | None:
    """Where the description of a picture ends in a line that goes by its shape, its signature or its label; None in any other."""
    if rule is None:
        return None
    label = lexicon().caption_label(rule)
    return (
        description_end(text, label, paged=paged)
        if label or rule == SHAPE_RULE or "/ends: " in rule
        else None
    )


def _priors(document: InputDocument, drafts: Sequence[Draft]) -> list[int]:
    """What speaks for each line before it is read: the way the document came, and what markup made of the line."""
    prior = weights().prior
    everywhere = prior.get(document.format, prior.get(document.markup, 0))
    return [everywhere + prior.get(draft.marked or "", 0) for draft in drafts]


def _language(
    document: InputDocument, drafts: Sequence[Draft], options: CleanOptions
) -> tuple[str | None, float | None]:
    if not options.identify_language:
        return document.language, None
    from corpus.language import identify

    guess = identify("\n".join(draft.rendered.text for draft in drafts), options.languages)
    return guess.language, guess.score


def _without_repeats(
    prepared: Prepared, repeats: Sequence[WithinRepeat]
) -> tuple[list[Draft], list[Removal]]:
    """Drafts without what repeats another paragraph of the document, and the removals with the kept paragraph's number."""
    drafts = prepared._drafts
    found: list[tuple[int, Removal, int]] = []
    copies = copies_among(repeats)
    for repeat in repeats:
        reason = REPEAT_REASONS.get(repeat.kind)
        draft, kept = drafts[repeat.paragraph], drafts[repeat.of_paragraph].rendered.text
        if reason is None or stays(repeat, draft.rendered.text, kept, draft.marked, copies):
            continue
        removal = Removal(
            draft.rendered.raw_start(repeat.start),
            draft.rendered.raw_end(repeat.end),
            reason,
            f"dedupe: {repeat.kind}",
            None,
            repeat.similarity,
        )
        if not prepared._amendments.keeps(prepared.raw_text, removal.start, removal.end):
            found.append((repeat.paragraph, removal, repeat.of_paragraph))
    stay, numbers = cut_out(prepared.raw_text, drafts, [(number, removal) for number, removal, _ in found])
    return stay, [replace(r, kept_paragraph=numbers.get(of_paragraph)) for _, r, of_paragraph in found]


def _without_told(
    prepared: Prepared, drafts: list[Draft], removals: list[Removal]
) -> tuple[list[Draft], list[Removal]]:
    """Drafts without what the user calls residue; `removals`, and those, with the numbers that kept paragraphs have then."""
    told = list(prepared._amendments.cuts([draft.rendered for draft in drafts]))
    if not told:
        return drafts, removals
    stay, numbers = cut_out(prepared.raw_text, drafts, told)
    moved = [
        replace(removal, kept_paragraph=numbers.get(removal.kept_paragraph))
        if removal.kept_paragraph is not None
        else removal
        for removal in removals
    ]
    return stay, [*moved, *(removal for _, removal in told)]
