"""What each distinct text holds: companies, amounts, dates, names. A text is worked on once, by the first piece that holds it.

In: all marked pieces. Out: a findings piece for each. Its key: the piece, the texts that are its own, and the options.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.config import Config
from corpus.errors import ConfigError, SetupError
from corpus.identity import joint_digest, text_key
from corpus.run import codec
from corpus.run.context import Run
from corpus.run.options import StageOptions, path_option
from corpus.run.pieces import FindingsPiece, MarkedPiece, names_of, read_piece
from corpus.store import replacing_folder, write_parquet

if TYPE_CHECKING:
    import pyarrow as pa

    from extract import Extractor, ParagraphEntities

KEYS = "keys"
ENTITIES = "entities"
LONG_ENOUGH = 20
"""Words from which a paragraph's own language counts; a shorter one takes its document's: a heading tells too little."""


@dataclass(frozen=True, slots=True)
class ExtractOptions(StageOptions):
    """What a worker must know to find names and sums: hashable, so that a process makes its extractor once."""

    models: tuple[tuple[str, str], ...]
    companies: tuple[str, ...] = path_option()
    hide_companies: float = 0.0
    hide_seed: int = 0


@dataclass(frozen=True, slots=True)
class Findings:
    """For each piece, in order, the findings piece of its own texts, and all of those that its texts lie in."""

    own: tuple[FindingsPiece, ...]
    needed: tuple[tuple[FindingsPiece, ...], ...]


def find(run: Run, pieces: Sequence[MarkedPiece]) -> Findings:
    """What the distinct texts of all pieces hold."""
    options = ExtractOptions.of(run.config)
    meaning = options.meaning()
    owned, needed = own_texts(pieces)
    folders = [
        FindingsPiece(run.work("findings", names_of([piece]), joint_digest(keys), meaning))
        for piece, keys in zip(pieces, owned, strict=True)
    ]
    tasks = [
        (piece, folder, keys, options) for piece, folder, keys in zip(pieces, folders, owned, strict=True)
    ]
    run.make("entities", find_in_texts, tasks)
    return Findings(tuple(folders), tuple(tuple(folders[number] for number in numbers) for numbers in needed))


@lru_cache(maxsize=1)
def extractor_for(options: ExtractOptions) -> Extractor:
    """The extractor of this process. Raises SetupError for a missing model, ConfigError for a broken company list."""
    from extract import CompanyList, CompanyListError, Extractor, MissingModelError, load_pipeline

    try:
        companies = CompanyList.load(extra=options.companies)
    except CompanyListError as error:
        raise ConfigError(str(error)) from None
    if options.hide_companies:
        companies = companies.hide(options.hide_companies, options.hide_seed)
    try:
        models = {language: load_pipeline(name) for language, name in options.models}
    except MissingModelError as error:
        raise SetupError(str(error)) from None
    return Extractor(models, companies)


def check_models(config: Config) -> None:
    """Raise now what a worker would raise after an hour: a missing model, a broken company list."""
    extractor_for(ExtractOptions.of(config))


def language_of(paragraph: str | None, document: str | None, text: str) -> str:
    """The language a paragraph is worked on in: its own where it is long enough to tell, else its document's, else French."""
    own = paragraph if text.count(" ") >= LONG_ENOUGH else None
    return own or document or paragraph or "fr"


def make_keys(documents: pa.Table, paragraphs: pa.Table) -> pa.Table:
    """For each paragraph, in order, the language it is worked on in and the key of its exact text in that language."""
    import pyarrow as pa

    spoken = dict(_columns(documents.select(["doc_id", "language"])))
    languages, keys = [], []
    for doc_id, language, text in _columns(paragraphs.select(["doc_id", "language", "text"])):
        languages.append(language_of(language, spoken[doc_id], text))
        keys.append(text_key(text, languages[-1]))
    return pa.table({"language": pa.array(languages, pa.string()), "key": pa.array(keys, pa.string())})


def _columns(table: pa.Table) -> Any:
    return zip(*(column.to_pylist() for column in table.columns), strict=True)


def own_texts(pieces: Sequence[MarkedPiece]) -> tuple[list[frozenset[str]], list[list[int]]]:
    """Which texts each piece works on, and the numbers of the pieces whose findings it needs.

    A text belongs to the first piece that holds it, so it is worked on once however many documents repeat it.
    """
    owner: dict[str, int] = {}
    owned: list[set[str]] = [set() for _ in pieces]
    needed: list[list[int]] = []
    for number, piece in enumerate(pieces):
        keys = set(read_piece(piece, KEYS, ["key"])["key"].to_pylist())
        for key in keys:
            owned[owner.setdefault(key, number)].add(key)
        needed.append(sorted({owner[key] for key in keys}))
    return [frozenset(keys) for keys in owned], needed


def find_in_texts(piece: MarkedPiece, folder: Path, owned: frozenset[str], options: ExtractOptions) -> None:
    """Write what those texts of `piece` hold whose keys are `owned` to `folder`, one row a text."""
    import pyarrow as pa

    texts = read_piece(piece, "paragraphs", ["text"])["text"].to_pylist()
    keys = read_piece(piece, KEYS)
    chosen: dict[str, tuple[str, str]] = {}
    for text, language, key in zip(texts, keys["language"].to_pylist(), keys["key"].to_pylist(), strict=True):
        if key in owned:
            chosen.setdefault(key, (text, language))
    found: list[ParagraphEntities] = []
    if chosen:
        extractor = extractor_for(options)
        found = extractor.read(
            [text for text, _ in chosen.values()], [language for _, language in chosen.values()]
        )
    with replacing_folder(folder) as temporary:
        payloads = [codec.dumps(entities) for entities in found]
        write_parquet(
            temporary / f"{ENTITIES}.parquet",
            pa.table({"key": pa.array(chosen, pa.string()), "found": pa.array(payloads, pa.string())}),
        )


def load_findings(folders: Sequence[FindingsPiece], keys: frozenset[str]) -> Mapping[str, ParagraphEntities]:
    """What the texts of these keys hold, from the finished work in `folders`."""
    import pyarrow.parquet as pq

    from extract import ParagraphEntities

    loaded: dict[str, ParagraphEntities] = {}
    for folder in folders:
        table = pq.read_table(folder / f"{ENTITIES}.parquet")
        for key, payload in _columns(table):
            if key in keys:
                loaded[key] = codec.loads(payload, ParagraphEntities)
    return loaded
