"""What each distinct text holds: companies, amounts, dates, names. A text is worked on once, by the first piece that holds it.

In: all marked pieces. Out: a findings piece for each. Its key: the piece, the texts that are its own, and the options.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xxhash

from corpus.config import Config
from corpus.errors import ConfigError, SetupError
from corpus.identity import file_digest, joint_digest, text_key
from corpus.records import Problem
from corpus.run import codec
from corpus.run.beacon import NO_CARE, Beacon, Care, beacon
from corpus.run.context import Run
from corpus.run.finished import finishing
from corpus.run.guard import guarded
from corpus.run.options import StageOptions, path_option
from corpus.run.pieces import FindingsPiece, KeyPiece, MarkedPiece, names_of, read_piece, write_piece
from corpus.run.timelimit import seconds_for

if TYPE_CHECKING:
    import pyarrow as pa

    from extract import CompanyList, Extractor, ParagraphEntities

KEYS = "keys"
ENTITIES = "entities"
TOLD_OF = ("key", "mark", "problem", "message")
LONG_ENOUGH = 20
"""Words from which a paragraph's own language counts; a shorter one takes its document's: a heading tells too little."""


@dataclass(frozen=True, slots=True)
class ExtractOptions(StageOptions):
    """What a worker must know to find names and sums: hashable, so that a process makes its extractor once."""

    models: tuple[tuple[str, str], ...]
    companies: tuple[str, ...] = path_option()
    hide_companies: float = 0.0
    hide_seed: int = 0
    document_seconds: int = 15


@dataclass(frozen=True, slots=True)
class Findings:
    """For each piece, in order, the findings that its texts lie in, where their keys lie, and a hash of these keys."""

    needed: tuple[tuple[FindingsPiece, ...], ...]
    keys: tuple[KeyPiece, ...]
    hashes: tuple[str, ...]


def find(run: Run, pieces: Sequence[MarkedPiece], homes_of_keys: Sequence[KeyPiece]) -> Findings:
    """What the distinct texts of all pieces hold. What earlier runs found in a text is taken from there.

    The user's lists count by the keys of the texts that they may change.
    """
    options = ExtractOptions.of(run.config)
    kind = run.kind("findings", options.meaning() | {"companies": None})
    homes = Homes()
    for finished in map(FindingsPiece, run.finished(kind)):
        homes.add(read_piece(finished, ENTITIES, ["key"])["key"].to_pylist(), finished)
    tasks, needed, hashes = [], [], []
    for piece, home in zip(pieces, homes_of_keys, strict=True):
        keys = read_piece(home, KEYS, ["key"])["key"].to_pylist()
        rows = homes.new(keys)
        if rows:
            new = [keys[row] for row in rows]
            folder = FindingsPiece(run.work(kind, names_of([piece]), joint_digest(new)))
            homes.add(new, folder)
            tasks.append((piece, folder, home, rows, options))
        held = frozenset(keys)
        needed.append(homes.of(held))
        hashes.append(joint_digest(held))
    run.make("entities", find_in_texts, tasks)
    run.used.update(folder.name for folders in needed for folder in folders)
    return Findings(tuple(needed), tuple(homes_of_keys), tuple(hashes))


class Homes:
    """Where the findings of each text lie. A text that has none yet belongs to the first piece that holds it, so that it is
    worked on once however many documents repeat it.

    Of a text its key is kept in 16 bytes: there are as many as the corpus has distinct paragraphs.
    """

    def __init__(self) -> None:
        self._folders: dict[bytes, FindingsPiece] = {}

    def add(self, keys: Iterable[str], folder: FindingsPiece) -> None:
        """The texts of these keys lie in `folder`, where they do not lie in another one."""
        for key in keys:
            self._folders.setdefault(_short(key), folder)

    def new(self, keys: Sequence[str]) -> array[int]:
        """The rows of the keys that lie nowhere yet, of each key the first."""
        rows = array("i")
        met: set[str] = set()
        for row, key in enumerate(keys):
            if key not in met and _short(key) not in self._folders:
                met.add(key)
                rows.append(row)
        return rows

    def of(self, keys: Iterable[str]) -> tuple[FindingsPiece, ...]:
        """The folders that these keys lie in."""
        return tuple(sorted({self._folders[_short(key)] for key in keys}))


def _short(key: str) -> bytes:
    return xxhash.xxh3_128_digest(key.encode())


def extractor_for(options: ExtractOptions) -> Extractor:
    """The extractor of this process. Raises SetupError for a missing parser or model, ConfigError for a broken company list."""
    lists = [path for path in map(Path, options.companies) if path.is_file()]
    return _extractor(options, joint_digest(map(file_digest, lists)))


@lru_cache(maxsize=1)
def _extractor(options: ExtractOptions, lists: str) -> Extractor:
    """Made anew where `lists`, the hash of the user's lists, is another one: their paths may be the same."""
    from extract import Extractor, MissingModelError, MissingParserError, check_parsers, load_pipeline

    companies = _company_list(options.companies)
    if options.hide_companies:
        companies = companies.hide(options.hide_companies, options.hide_seed)
    try:
        check_parsers()
        models = {language: load_pipeline(name) for language, name in options.models}
    except (MissingModelError, MissingParserError) as error:
        raise SetupError(str(error)) from None
    return Extractor(models, companies)


def _company_list(extra: Sequence[str]) -> CompanyList:
    from extract import CompanyList, CompanyListError

    try:
        return CompanyList.load(extra=extra)
    except CompanyListError as error:
        raise ConfigError(str(error)) from None


def check_models(config: Config) -> None:
    """Raise now what a worker would raise after an hour: a missing model, a broken company list."""
    if config.models:  # what is shipped is there, and takes long to load
        extractor_for(ExtractOptions.of(config))
    elif config.companies:
        _check_lists(config.companies)


def _check_lists(extra: Sequence[str]) -> None:
    from extract import CompanyListError, added_names

    try:
        added_names(extra)
    except CompanyListError as error:
        raise ConfigError(str(error)) from None


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


@dataclass(frozen=True, slots=True)
class Text:
    """A distinct text, the language it is worked on in, and the first document of the piece that holds it."""

    key: str
    text: str
    language: str
    source: str


def find_in_texts(
    piece: MarkedPiece,
    folder: Path,
    home: KeyPiece,
    rows: Sequence[int],
    options: ExtractOptions,
    care: Care = NO_CARE,
) -> None:
    """Write what those texts of `piece` hold that stand at `rows` to `folder`, one row a text; their keys lie in `home`."""
    import pyarrow as pa

    texts = _texts_of(piece, home, rows)
    with beacon(folder, options.document_seconds) as light, finishing(folder) as temporary:
        found = _find(texts, options, care, light)
        light.at()
        payloads = [None if isinstance(one, Problem) else codec.dumps(one) for one in found]
        columns = {
            "key": pa.array([text.key for text in texts], pa.string()),
            "found": pa.array(payloads, pa.large_string()),
            "problem": pa.array(
                [one.kind if isinstance(one, Problem) else None for one in found], pa.string()
            ),
            "message": pa.array(
                [one.message if isinstance(one, Problem) else None for one in found], pa.string()
            ),
            "mark": pa.array([None if one is None else text_key(one, None) for one in payloads], pa.string()),
        }
        write_piece(temporary, {ENTITIES: pa.table(columns)})


def _texts_of(piece: MarkedPiece, home: KeyPiece, rows: Sequence[int]) -> list[Text]:
    """The texts at `rows` of the paragraphs of `piece`."""
    sources = dict(_columns(read_piece(piece, "documents", ["doc_id", "source"])))
    doc_ids, texts = (
        column.to_pylist() for column in read_piece(piece, "paragraphs", ["doc_id", "text"]).columns
    )
    languages, keys = (column.to_pylist() for column in read_piece(home, KEYS, ["language", "key"]).columns)
    return [Text(keys[row], texts[row], languages[row], sources[doc_ids[row]]) for row in rows]


def _find(
    texts: Sequence[Text], options: ExtractOptions, care: Care, light: Beacon
) -> Sequence[ParagraphEntities | Problem]:
    """What each text holds: all at once, or one at a time where that failed or killed its process."""
    extractor = extractor_for(options)
    if not care.alone:
        light.at(*dict.fromkeys(text.source for text in texts), size=sum(len(text.text) for text in texts))
        try:
            return extractor.read([text.text for text in texts], [text.language for text in texts])
        except Exception:  # noqa: BLE001 - which text it was, and what, is told when each is tried alone
            care = Care(alone=True)
    found: list[ParagraphEntities | Problem] = []
    for text in texts:
        light.at(text.source, size=len(text.text))
        found.append(_find_alone(text, extractor, options, care))
    return found


def _find_alone(
    text: Text, extractor: Extractor, options: ExtractOptions, care: Care
) -> ParagraphEntities | Problem:
    if text.source in care.left_out:
        return care.problem(text.source, "entities")
    limit = seconds_for(len(text.text), options.document_seconds)
    return guarded(
        lambda: extractor.read([text.text], [text.language])[0], text.source, "entities", limit, limit, True
    )


@dataclass(frozen=True, slots=True)
class Known:
    """What texts hold, as it is stored, and a hash of it; and of those that could not be worked on, the kind of problem and its
    message: by key."""

    payloads: dict[str, str]
    failed: dict[str, tuple[str, str]]
    marks: dict[str, str]

    def entities(self, key: str) -> ParagraphEntities | None:
        """What a text holds; None for one that could not be worked on."""
        from extract import ParagraphEntities

        payload = self.payloads.get(key)
        found: ParagraphEntities | None = codec.loads(payload, ParagraphEntities) if payload else None
        return found


def load_marks(folders: Sequence[FindingsPiece], keys: frozenset[str]) -> Known:
    """What the texts of these keys hold, from the finished work in `folders`, but for the payloads: most are not looked into."""
    known = Known({}, {}, {})
    for folder in folders:
        for key, mark, problem, message in _columns(read_piece(folder, ENTITIES, list(TOLD_OF))):
            if key in keys and mark is not None:
                known.marks[key] = mark
            elif key in keys:
                known.failed[key] = (problem, message)
    return known


def load_payloads(known: Known, folders: Sequence[FindingsPiece], keys: frozenset[str]) -> None:
    """Take the payloads of the texts of these keys into `known`."""
    import pyarrow as pa
    import pyarrow.compute as pc

    wanted = pa.array(sorted(keys), pa.string())
    for folder in folders if keys else ():
        table = read_piece(folder, ENTITIES, ["key", "found"])
        for key, payload in _columns(table.filter(pc.is_in(table["key"], wanted))):
            if payload is not None:
                known.payloads[key] = payload


def nothing_in(text: str, language: str) -> ParagraphEntities:
    """What a text is taken to hold that could not be worked on."""
    from extract import ParagraphEntities

    return ParagraphEntities(
        language=language,
        sentences=((0, len(text)),),
        candidates=(),
        amounts=(),
        dates=(),
        business_words=0,
        words=0,
    )
