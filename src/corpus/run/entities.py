"""The costly part of the third stage: each distinct paragraph is read once, by the piece that holds it first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.config import Config
from corpus.errors import ConfigError, SetupError
from corpus.identity import file_digest, text_key
from corpus.run import codec
from corpus.run.parts import read_piece
from corpus.store import replacing_folder

if TYPE_CHECKING:
    import pyarrow as pa

    from extract.entities import Extractor, ParagraphEntities

KEYS = "keys"
ENTITIES = "entities"
LONG_ENOUGH = 20
"""Words from which a paragraph's own language counts; a shorter one is read in its document's: a heading tells too little."""


@dataclass(frozen=True, slots=True)
class ExtractOptions:
    """What a worker must know to read paragraphs: hashable, so that a process makes its extractor once."""

    models: tuple[tuple[str, str], ...]
    companies: tuple[str, ...]
    hide_companies: float
    hide_seed: int

    @classmethod
    def of(cls, config: Config) -> ExtractOptions:
        """The part of the configuration that extraction depends on."""
        models = tuple(sorted(config.models.items()))
        return cls(models, config.companies, config.hide_companies, config.hide_seed)

    def meaning(self) -> tuple[Any, ...]:
        """What finished work depends on: the options, and the bytes of the user's own lists."""
        lists = [file_digest(Path(path)) for path in self.companies]
        return self.models, lists, self.hide_companies, self.hide_seed


@lru_cache(maxsize=1)
def extractor_for(options: ExtractOptions) -> Extractor:
    """The extractor of this process. Raises SetupError for a missing model, ConfigError for a broken company list."""
    from extract.company_list import CompanyList, CompanyListError
    from extract.entities import Extractor
    from extract.spacy_spans import MissingModelError, load_pipeline

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
    """The language a paragraph is read in: its own where it is long enough to tell, else its document's, else French."""
    own = paragraph if text.count(" ") >= LONG_ENOUGH else None
    return own or document or paragraph or "fr"


def make_keys(documents: pa.Table, paragraphs: pa.Table) -> pa.Table:
    """For each paragraph, in order, the language it is read in and the key of its exact text in that language."""
    import pyarrow as pa

    spoken = dict(_columns(documents.select(["doc_id", "language"])))
    languages, keys = [], []
    for doc_id, language, text in _columns(paragraphs.select(["doc_id", "language", "text"])):
        languages.append(language_of(language, spoken[doc_id], text))
        keys.append(text_key(text, languages[-1]))
    return pa.table({"language": pa.array(languages, pa.string()), "key": pa.array(keys, pa.string())})


def _columns(table: pa.Table) -> Any:
    return zip(*(column.to_pylist() for column in table.columns), strict=True)


def own_texts(pieces: Sequence[Path]) -> tuple[list[frozenset[str]], list[list[int]]]:
    """Which texts each piece reads, and the numbers of the pieces whose reading it needs.

    A text belongs to the first piece that holds it, so it is read once however many documents repeat it.
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


def read_texts(piece: Path, folder: Path, owned: frozenset[str], options: ExtractOptions) -> None:
    """Read those texts of `piece` whose keys are `owned` and write what they hold to `folder`, one row a text."""
    import pyarrow as pa

    from corpus.store import write_parquet

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


def _read(texts: Sequence[tuple[str, str]], options: ExtractOptions) -> list[ParagraphEntities]:
    """What each (text, language) holds; nothing in a language that has no lexicon."""
    from extract.entities import ParagraphEntities
    from extract.lexicon import languages

    readable = [i for i, (_, language) in enumerate(texts) if language in languages()]
    found = [ParagraphEntities(language, ((0, len(text)),), (), (), (), 0, 0) for text, language in texts]
    if readable:
        extractor = extractor_for(options)
        read = extractor.read([texts[i][0] for i in readable], [texts[i][1] for i in readable])
        for i, entities in zip(readable, read, strict=True):
            found[i] = entities
    return found


def load_entities(folders: Sequence[Path], keys: frozenset[str]) -> Mapping[str, ParagraphEntities]:
    """What the texts of these keys hold, from the finished work in `folders`."""
    import pyarrow.parquet as pq

    from extract.entities import ParagraphEntities

    loaded: dict[str, ParagraphEntities] = {}
    for folder in folders:
        table = pq.read_table(folder / f"{ENTITIES}.parquet")
        for key, payload in _columns(table):
            if key in keys:
                loaded[key] = codec.loads(payload, ParagraphEntities)
    return loaded
