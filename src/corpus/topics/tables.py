"""The topic tables of a run, fitted on what is distinct and counted back over everything.

The unit a model is fitted on is the document made of its distinct paragraphs (those that repeat no earlier one, or repeat
it with other facts): a paragraph alone has too few words to show what goes with what, and a copy must not
vote twice. Weights are then given to every document from its whole text, and to every paragraph, copies included.

Without embeddings each language has a model and topics of its own, numbered one after the other; with them all share one.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.plurals import counted
from corpus.topics import rows
from corpus.topics.collection import Collection, collect
from corpus.topics.drift import spread_of, told
from corpus.topics.errors import ModelFolderError, TooLittleTextError
from corpus.topics.fitted_model import FittedModel, Spread
from corpus.topics.wishes import Wish, told_by, with_documents
from extract.languages import known_languages

if TYPE_CHECKING:
    import pyarrow as pa

    from corpus.topics.run_model import RunModel

# Fewer distinct documents in a language than this show no themes, only documents.
LEAST_DOCUMENTS = 10
# A model needs at least this many documents for each topic it is asked for.
LEAST_DOCUMENTS_PER_TOPIC = 2
# Below this many documents a run says how little can be told.
FEW_DOCUMENTS = 100
INDEX = "topics.json"


@dataclass(frozen=True, slots=True)
class TopicOptions:
    """How topics are fitted: n_topics None, "coarse" and "fine" choose; embeddings as in `corpus.topics.embeddings`;
    languages None is all; wishes: what a user asks of the topics (`corpus.topics.wishes.Wish`).

    >>> from corpus.topics import TopicOptions
    >>> TopicOptions(n_topics="fine").engine
    'auto'
    """

    n_topics: int | str | None = None
    engine: str = "auto"
    embeddings: str | None = None
    languages: tuple[str, ...] | None = None
    wishes: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TopicTables:
    """Arrow tables by name (`corpus.schemas.TOPIC_TABLES`), the models behind them, and sentences the user should read.

    `answers`: of each wish None where a model met it, else why none did. `drift`: where models were applied, a sentence for each
    about how these documents differ from those it was fitted on. `told`: where topics were fitted, the wishes with documents of
    the topics that they were found to mean, which a later fit finds by these.
    """

    tables: Mapping[str, pa.Table]
    models: tuple[FittedModel, ...] = ()
    warnings: tuple[str, ...] = field(default=())
    answers: tuple[str | None, ...] = field(default=())
    drift: tuple[str, ...] = field(default=())
    told: tuple[Wish, ...] = field(default=())

    def save_models(self, folder: str | Path) -> None:
        """Write the models into a folder, one folder each and an index; nothing where there are none."""
        if not self.models:
            return
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        index = []
        for fitted in self.models:
            fitted.model.save(folder / fitted.name)
            spread = fitted.spread.as_json() if fitted.spread is not None else None
            index.append(
                {
                    "name": fitted.name,
                    "languages": list(fitted.languages),
                    "first_topic": fitted.first_topic,
                    "spread": spread,
                }
            )
        text = json.dumps({"models": index}, indent=1, sort_keys=True) + "\n"
        (folder / INDEX).write_text(text, encoding="utf-8", newline="\n")

    def save_memory(self, folder: Path) -> None:
        """Write what the texts held: `apply_topics` then reads only those that are new."""
        for fitted in self.models:
            fitted.save_memory(folder)


def fit_topics(
    documents: pa.Table, paragraphs: pa.Table, options: TopicOptions, variables: pa.Table | None = None
) -> TopicTables:
    """Fit topics and count them back.

    documents: doc_id, language, published, published_precision, duplicate_of, outlet.
    paragraphs: doc_id, paragraph, text, kind, language, text_id, first_doc_id, first_paragraph, changed_facts.
    variables: doc_id, name, value: what topics are profiled by beside outlet, language and year.
    Too little text gives empty tables with the right schema and a warning. Raises EmbeddingsError where the encoder asked
    for is not there.

    >>> import corpus
    >>> from corpus.topics import TopicOptions, fit_topics
    >>> c = corpus.open("data/processed")
    >>> found = fit_topics(c.documents.to_arrow(), c.paragraphs.to_arrow(), TopicOptions(n_topics=4))
    >>> sorted(found.tables)[:3]
    ['doc_topics', 'paragraph_topics', 'topic_choices']
    """
    collection = collect(documents, paragraphs, variables)
    warnings: list[str] = []
    fitted = _fit_models(collection, options, warnings)
    for one in fitted:
        one.remember(None)
    tables = rows.build_tables(collection, fitted)
    fitted = [replace(one, spread=spread_of(collection, one, tables["topics"])) for one in fitted]
    warnings += [note for one in fitted if (note := _few_documents(one, tables["topics"]))]
    answers = _answers(fitted, len(options.wishes))
    return TopicTables(tables, tuple(fitted), tuple(warnings), answers, told=_told(fitted, options.wishes))


def _answers(fitted: Sequence[FittedModel], wishes: int) -> tuple[str | None, ...]:
    """What became of each wish in all models."""
    told = [one.model.state_.answers for one in fitted]
    said: list[str | None] = []
    for number in range(wishes):
        reasons = [answers[number] for answers in told]
        met = None in reasons
        said.append(None if met else "; ".join(dict.fromkeys(map(str, reasons))) or "there are no topics")
    return tuple(said)


def _told(fitted: Sequence[FittedModel], wishes: Sequence[tuple[str, str, str]]) -> tuple[Wish, ...]:
    """The wishes, with documents of the topics that they mean, be they of one model or of several."""
    said = []
    for number, wish in enumerate(wishes):
        own = [one.model.told_[number] for one in fitted if one.model.told_] or [Wish(*wish)]
        said.append(Wish(wish[0], _joined([one.text for one in own]), _joined([one.to for one in own])))
    return tuple(said)


def _joined(texts: Sequence[str]) -> str:
    if len(set(texts)) == 1:
        return texts[0]
    documents = [doc_id for text in texts for doc_id in told_by(text)[1]]
    return with_documents(told_by(texts[0])[0], list(dict.fromkeys(documents)))


def _few_documents(fitted: FittedModel, topics: pa.Table) -> str | None:
    """What cannot be told of a small corpus."""
    model = fitted.model
    if model.state_.fit.mixture.documents >= FEW_DOCUMENTS:
        return None
    own = [row for row in topics.to_pylist() if 0 <= row["topic"] - fitted.first_topic <= model.n_topics_]
    doubtful = sum(row["doubtful"] is not None for row in own)
    outside, documents = own[-1]["documents"], sum(row["documents"] for row in own)
    fewer, named = counted(model.state_.fit.mixture.documents, "document"), map(_named, fitted.languages)
    return (
        f"Only {fewer} in {', '.join(named)} were fitted: "
        f"{doubtful} of {model.n_topics_} topics are doubtful, and {outside} of {documents} documents fit none of them."
    )


def apply_topics(
    documents: pa.Table,
    paragraphs: pa.Table,
    folder: str | Path,
    wishes: int = 0,
    memory: Path | None = None,
    variables: pa.Table | None = None,
) -> TopicTables:
    """The same tables by the models that `TopicTables.save_models` left in a folder; nothing is fitted. `wishes` is the number of
    those that the models were fitted with; `memory` is a folder of `TopicTables.save_memory` of the same models.

    A document has the weights it would have had in the run that fitted the models. Raises ModelFolderError.

    >>> import corpus
    >>> from corpus.topics import TopicOptions, apply_topics, fit_topics
    >>> c = corpus.open("data/processed")
    >>> documents, paragraphs = c.documents.to_arrow(), c.paragraphs.to_arrow()
    >>> fitted = fit_topics(documents, paragraphs, TopicOptions(n_topics=4))
    >>> fitted.save_models("models")
    >>> applied = apply_topics(documents, paragraphs, "models")
    >>> applied.tables["topics"].num_rows == fitted.tables["topics"].num_rows
    True
    """
    from corpus.topics.store import lemmatiser_note

    folder = Path(folder)
    fitted = load_models(folder)
    for one in fitted:
        one.remember(memory)
    collection = collect(documents, paragraphs, variables)
    known = {language for one in fitted for language in one.languages}
    warnings = []
    for one in fitted:
        note = lemmatiser_note(folder / one.name)
        if note and note not in warnings:
            warnings.append(note)
    others = Counter(language for language in collection.languages if language not in known)
    for language, count in sorted(others.items(), key=lambda item: str(item[0])):
        warnings.append(
            f"{counted(count, 'document is', 'documents are')} in {_named(language)}, which the topic model does not know: "
            "without topics."
        )
    tables = rows.build_tables(collection, fitted)
    drift = tuple(said for one in fitted if (said := told(one, spread_of(collection, one, tables["topics"]))))
    return TopicTables(tables, tuple(fitted), tuple(warnings), _answers(fitted, wishes), drift)


def load_models(folder: str | Path) -> list[FittedModel]:
    """The models of a folder, in the order of their topics. Raises ModelFolderError.

    >>> import corpus
    >>> from corpus.topics import load_models
    >>> [model.languages for model in load_models("data/processed/models")]
    [('fr',)]
    """
    from corpus.topics.applied import AppliedModel

    folder = Path(folder)
    path = folder / INDEX
    if not path.is_file():
        raise ModelFolderError(
            f'"{folder}" holds no topic models (no {INDEX} in it): name the models folder of an earlier run.'
        )
    try:
        entries = [
            (
                str(entry["name"]),
                tuple(map(str, entry["languages"])),
                int(entry["first_topic"]),
                Spread.read(entry["spread"]) if entry["spread"] is not None else None,
            )
            for entry in json.loads(path.read_text(encoding="utf-8"))["models"]
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelFolderError(f'"{path}" cannot be read ({error}): fit the topics again.') from error
    if any(not name.isalpha() for name, *_ in entries):
        raise ModelFolderError(f'"{path}" names models outside its folder: fit the topics again.')
    return [
        FittedModel(AppliedModel.load(folder / name), languages, first, spread)
        for name, languages, first, spread in entries
    ]


def _fit_models(collection: Collection, options: TopicOptions, warnings: list[str]) -> list[FittedModel]:
    usable = collection.fitting_rows()
    counts = Counter(collection.languages[row] for row in usable)
    unknown = counts.pop(None, 0)
    if unknown:
        warnings.append(
            f"{counted(unknown, 'document is', 'documents are')} in no known language: without topics."
        )
    if options.languages is not None:
        counts = Counter({language: n for language, n in counts.items() if language in options.languages})
    ordered = sorted(counts, key=lambda language: (-counts[language], str(language)))
    if options.embeddings is not None:
        return _fit_shared(collection, usable, [str(language) for language in ordered], options, warnings)
    enough = [language for language in ordered if counts[language] >= LEAST_DOCUMENTS]
    if not enough:
        warnings.append(
            f"There is too little to model: topics need at least {LEAST_DOCUMENTS} distinct documents in one language, "
            f"and the most of one language is {max(counts.values(), default=0)}. The topic tables are empty."
        )
        return []
    for language in ordered:
        if language not in enough:
            warnings.append(
                f"Only {counted(counts[language], 'distinct document is', 'distinct documents are')} in {_named(language)}; "
                f"topics need {LEAST_DOCUMENTS}, so there are none."
            )
    fitted: list[FittedModel] = []
    for language in enough:
        chosen = [row for row in usable if collection.languages[row] == language]
        one = _fit_one(collection, chosen, (str(language),), options, warnings)
        if one is not None:
            first = fitted[-1].first_topic + fitted[-1].numbers if fitted else 0
            fitted.append(FittedModel(one, (str(language),), first))
    if len(fitted) > 1:
        names = ", ".join(_named(one.languages[0]) for one in fitted)
        warnings.append(
            f"The documents are in several languages ({names}): each has topics of its own. "
            f"For topics shared by all, install news-corpus[multilingual] and run with --embeddings use."
        )
    return fitted


def _fit_shared(
    collection: Collection,
    usable: Sequence[int],
    languages: Sequence[str],
    options: TopicOptions,
    warnings: list[str],
) -> list[FittedModel]:
    chosen = [row for row in usable if collection.languages[row] in languages]
    if len(chosen) < LEAST_DOCUMENTS:
        warnings.append(
            f"There is too little to model: topics need at least {LEAST_DOCUMENTS} distinct documents, "
            f"and the corpus has {len(chosen)}. The topic tables are empty."
        )
        return []
    if options.engine in ("words", "nmf"):
        warnings.append('Topics with embeddings are fitted by the engine "cluster".')
    one = _fit_one(collection, chosen, tuple(languages), options, warnings)
    return [] if one is None else [FittedModel(one, tuple(languages), 0)]


def _fit_one(
    collection: Collection,
    chosen: Sequence[int],
    languages: tuple[str, ...],
    options: TopicOptions,
    warnings: list[str],
) -> RunModel | None:
    from corpus.topics.run_model import RunModel

    texts = [collection.distinct_texts[row] for row in chosen]
    text_languages = [str(collection.languages[row]) for row in chosen]
    distinct = len(set(zip(texts, text_languages, strict=True)))
    wanted = options.n_topics
    most = max(1, distinct // LEAST_DOCUMENTS_PER_TOPIC)
    named = ", ".join(map(_named, languages))
    if isinstance(wanted, int) and wanted > most:
        allow = counted(distinct, "distinct document allows", "distinct documents allow")
        warnings.append(f"{wanted} topics were asked for, but {allow} {most} in {named}.")
        wanted = most
    for language in languages:
        if language not in known_languages():
            warnings.append(
                f"There is no stop list for {_named(language)}: its topics may hold words such as articles. "
                f"Add languages/{language}/stop_words.txt."
            )
    model = RunModel(
        n_topics=wanted,
        engine=options.engine if not options.embeddings else "cluster",
        language=languages if options.embeddings else languages[0],
        embeddings=options.embeddings,
        wishes=options.wishes,
    )
    try:
        return model.fit_and_judge(texts, text_languages, [collection.doc_ids[row] for row in chosen])
    except TooLittleTextError as error:
        warnings.append(f"No topics in {named}: {error}")
        return None


def _named(language: str | None) -> str:
    return f'"{language}"' if language else "no known language"
