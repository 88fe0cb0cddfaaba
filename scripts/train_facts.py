"""Train the fact engine (`src/extract/data/facts.json`) on the annotated texts of `data/training`.

    python scripts/train_facts.py [--cases DIR] [--pages FILES] [--folds 5] [--out PATH]

`--cases` and `--pages` add the real texts that `scripts/real_articles.py` names and that are not in the project. Each is learned
twice: with its annotated mentions, for what ties them, and with those that the extraction finds, for what it misses. What a score
is worth is measured on the whole extraction: the hands are parted into folds, each read with the weights of the others, without
the second reader; `scripts/train_judge.py` measures it with both. The same input gives the same file.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.linear_models import fit_choice, fit_ranking
from scripts.real_articles import real_texts
from scripts.training_texts import AnnotatedText, hands, places, read_hand

from extract.amounts import Amount, find_amounts
from extract.companies.records import Company
from extract.dates import scan_dates
from extract.documents import settle_mentions
from extract.entities import Extractor
from extract.facts.argument_features import (
    certainty_features,
    date_features,
    date_positions,
    no_date_features,
    partners,
)
from extract.facts.judge import Unjudged
from extract.facts.kind_features import kind_features, previous_sum
from extract.facts.party_features import LastFact, candidates
from extract.facts.records import CERTAINTIES, KINDS, FactParagraph
from extract.facts.search import NO_FACT, facts_of_document, with_kind
from extract.facts.second_reader import NoSecondReader, SecondReader
from extract.facts.sentences import Document
from extract.facts.weights import Choice, FactWeights, Ranking
from extract.folding import fold_name as fold
from extract.languages import known_languages
from extract.names import TypingModel
from extract.names.records import Name
from extract.sentences import split_sentences

OUT = Path(__file__).resolve().parents[1] / "src" / "extract" / "data" / "facts.json"
CLASSES = (NO_FACT, *KINDS)
SEEN = 3  # rows in which a feature must stand to have a weight: each text is learned twice, so it stands in two texts
THRESHOLD = 0.55  # of the judged score: on unseen pages F1 is best from 0.4 to 0.55, precision goes on rising
BESIDE = ("P1c=", "P2c=", "N1c=", "P1w=", "Tw=", "Tc=")  # features of the sentences beside and of the title
REAL_COUNT = 8.0  # what a sum of a real article counts: its articles are what is read, and few
LEAST = 8  # facts between two points of the calibration
DATE_OF_A_HAND = 0.25
"""What a fact of a hand counts beside one of a real text when dates are learnt: hands tie them more freely."""
ALONE = (
    NoSecondReader()
)  # the encoder was taught on the same texts: what the features are worth is measured without it
ABOUT = (
    "Weights of the fact engine in thousandths of a log-odd. Made by scripts/train_facts.py from the texts of data/training, "
    "written for this project, from real articles annotated stand-off and from real saved pages."
)


@dataclass(frozen=True, slots=True)
class GoldFact:
    """A fact of an annotation, offsets in the text: `kinds` are all that are right, `names` the folded forms of its company."""

    start: int
    end: int
    kind: str
    kinds: frozenset[str]
    names: frozenset[str]
    partners: frozenset[str]
    date: tuple[int, int] | None
    certainty: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Example:
    """An annotated text: its paragraphs with the annotated mentions, where each begins, and its facts."""

    hand: str
    text: str
    language: str
    paragraphs: tuple[FactParagraph, ...]
    bases: tuple[int, ...]
    facts: tuple[GoldFact, ...]
    unfacted: frozenset[tuple[int, int]]
    has_dates: bool

    @property
    def is_real(self) -> bool:
        """Whether the text is a real article and not written for this project."""
        return self.hand.startswith("real-")


ReadExample = tuple[Example, Sequence[FactParagraph]]
"""An annotated text, and its paragraphs with what the extraction finds in them."""


def split(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text that hold anything, with where each begins."""
    position = 0
    for line in text.split("\n"):
        if line.strip():
            yield position, line
        position += len(line) + 1


def example(source: AnnotatedText) -> Example:
    """The annotated text as the engine's input and its wanted output."""
    row, text = source.row, source.text
    amounts = list(zip(places(text, [a["text"] for a in row["amounts"]]), row["amounts"], strict=True))
    dates = places(text, [d["text"] for d in row["dates"]])
    paragraphs, bases = [], []
    for base, line in split(text):
        paragraphs.append(_paragraph(source, line, base, amounts))
        bases.append(base)
    facts = tuple(f for f in (_gold(source, fact, amounts, dates) for fact in row["facts"]) if f is not None)
    unfacted = frozenset(place for number in row["no_fact"] if (place := amounts[int(number)][0]) is not None)
    return Example(
        source.hand,
        text,
        source.language,
        tuple(paragraphs),
        tuple(bases),
        facts,
        unfacted,
        bool(row["dates"]),
    )


def _paragraph(source: AnnotatedText, line: str, base: int, amounts: Sequence[Any]) -> FactParagraph:
    inside = [m for m in source.mentions if base <= m.start and m.end <= base + len(line)]
    companies, names = [], []
    for mention in inside:
        start, end = mention.start - base, mention.end - base
        if mention.kind == "company":
            if mention.role != "source":
                companies.append(
                    Company(
                        start,
                        end,
                        line[start:end],
                        mention.name or "",
                        None,
                        None,
                        None,
                        "context",
                        1.0,
                        "context",
                    )
                )
        else:
            names.append(Name(start, end, line[start:end], mention.kind, line[start:end], 1.0))  # type: ignore[arg-type]
    found = find_amounts(line, source.language)
    sums = []
    for place, amount in amounts:
        if place is not None and base <= place[0] < base + len(line):
            start, end = place[0] - base, place[1] - base
            like = next((a for a in found if a.start < end and start < a.end), None)
            sums.append(
                Amount(
                    start=start,
                    end=end,
                    text=line[start:end],
                    low=amount["low"],
                    high=amount["high"],
                    currency=amount["currency"],
                    modifier=like.modifier if like else "exact",
                    per=like.per if like else None,
                    rule=like.rule if like else "suffix",
                )
            )
    return FactParagraph(
        line,
        source.language,
        tuple(split_sentences(line, source.language)),
        tuple(companies),
        tuple(names),
        tuple(sums),
        tuple(scan_dates(line, source.language)),
    )


def _gold(
    source: AnnotatedText, fact: dict[str, Any], amounts: Sequence[Any], dates: Sequence[Any]
) -> GoldFact | None:
    place = amounts[fact["amount"]][0]
    if place is None:
        return None
    names = {fold(fact["company"])}
    others = {fold(name) for name in fact.get("counterparty") or []}
    for mention in source.mentions:
        if mention.kind == "company" and mention.name is not None:
            surface = fold(source.text[mention.start : mention.end])
            if fold(mention.name) in names:
                names.add(surface)
            if fold(mention.name) in others:
                others.add(surface)
    date = dates[fact["date"]] if fact.get("date") is not None else None
    return GoldFact(
        *place,
        kind=fact["kind"],
        kinds=frozenset([fact["kind"], *fact.get("also", ())]),
        names=frozenset(names),
        partners=frozenset(others),
        date=date,
        certainty=fact.get("certainty", "stated"),
        optional=bool(fact.get("optional")),
    )


class Rows:
    """Training rows of the five models: features, answers, and what each row counts."""

    def __init__(self) -> None:
        self.kind: tuple[list[list[str]], list[int], list[float]] = ([], [], [])
        self.party: tuple[list[list[list[str]]], list[list[bool]], list[float]] = ([], [], [])
        self.date: tuple[list[list[list[str]]], list[list[bool]], list[float]] = ([], [], [])
        self.partner: tuple[list[list[str]], list[int], list[float]] = ([], [], [])
        self.certainty: tuple[list[list[str]], list[int], list[float]] = ([], [], [])

    def add(self, one: Example, paragraphs: Sequence[FactParagraph]) -> None:
        """Add the rows of a text, its sums in order: what came before is taken from the annotation.

        `paragraphs` hold the annotated mentions or those that the extraction finds: where it misses the company of a sum,
        none of the others is right.
        """
        document = Document.of(paragraphs)
        count = REAL_COUNT if one.is_real else 1.0
        last: LastFact | None = None
        before: tuple[int, int, str] | None = None
        for sentence in document.sentences:
            base = one.bases[sentence.paragraph_number]
            for k in sentence.positions("sum"):
                item = sentence.items[k]
                gold = fact_at(one.facts, item.start + base, item.end + base)
                if gold is None and not any(
                    s < item.end + base and item.start + base < e for s, e in one.unfacted
                ):
                    continue
                names = [
                    name
                    for name, _ in kind_features(document, sentence, k) + previous_sum(sentence, k, before)
                ]
                kind = gold.kind if gold else NO_FACT
                self.kind[0].append(names)
                self.kind[1].append(CLASSES.index(kind))
                self.kind[2].append(count)
                before = (sentence.index, k, kind)
                if gold is None:
                    continue
                found = candidates(document, sentence, k, last)
                right = [c.company is not None and fold(c.company) in gold.names for c in found]
                company = next((c for c, flag in zip(found, right, strict=True) if flag), found[-1])
                self.party[0].append([with_kind(c.features, kind) for c in found])
                self.party[1].append(right if any(right) else [c.company is None for c in found])
                self.party[2].append(count)
                self.certainty[0].append(certainty_features(sentence, k))
                self.certainty[1].append(CERTAINTIES.index(gold.certainty))  # type: ignore[arg-type]
                self.certainty[2].append(count)
                if company.company is None:
                    continue
                last = LastFact(company.company, sentence.index)
                for name, features in partners(document, sentence, k, kind, company.company):
                    self.partner[0].append(features)
                    self.partner[1].append(int(fold(name) in gold.partners))
                    self.partner[2].append(1.0)  # real texts name the other side more rarely than it is there
                if one.has_dates:
                    counted = 1.0 if one.is_real else DATE_OF_A_HAND
                    self._add_date(sentence, k, kind, company.position, gold, base, counted)

    def _add_date(
        self, sentence: Any, k: int, kind: str, company: int | None, gold: GoldFact, base: int, count: float
    ) -> None:
        positions = date_positions(sentence, k)
        if not positions:
            return
        group = [date_features(sentence, k, position, kind, company) for position in positions]
        spans = [(sentence.items[p].start + base, sentence.items[p].end + base) for p in positions]
        right = [gold.date is not None and s < gold.date[1] and gold.date[0] < e for s, e in spans]
        if gold.date is not None and not any(right):
            return  # the annotated date is no date for the extractor, or stands in another sentence
        self.date[0].append([*group, no_date_features(sentence, kind)])
        self.date[1].append([*right, not any(right)])
        self.date[2].append(count)

    def fit(self) -> FactWeights:
        """The engine's weights, not yet calibrated."""
        partner = _choice(self.partner, 2)
        return FactWeights(
            kind=Choice.of(CLASSES, _choice(self.kind, len(CLASSES), loudness=_loudness)),
            party=Ranking(_ranking(self.party)),
            date=Ranking(_ranking(self.date)),
            partner=Ranking({feature: row[1] - row[0] for feature, row in partner.items()}),
            certainty=Choice.of(CERTAINTIES, _choice(self.certainty, len(CERTAINTIES))),
            raw=(),
            calibrated=(),
            threshold=THRESHOLD,
        )


def _loudness(feature: str) -> float:
    """How much a feature of the kind may say: what stands in other sentences and in the title less than the sum's own words."""
    return 0.5 if feature.startswith(BESIDE) else 1.0


def _choice(
    rows: tuple[list[list[str]], list[int], list[float]],
    classes: int,
    loudness: Callable[[str], float] = lambda feature: 1.0,
) -> dict[str, list[int]]:
    features, targets, counts = rows
    return fit_choice(features, targets, classes, counts=counts, least=SEEN, loudness=loudness)


def _ranking(rows: tuple[list[list[list[str]]], list[list[bool]], list[float]]) -> dict[str, int]:
    groups, right, counts = rows
    return fit_ranking(groups, right, counts=counts, least=SEEN)


def fact_at(facts: Iterable[GoldFact], start: int, end: int) -> GoldFact | None:
    """The fact whose sum overlaps these characters."""
    return next((fact for fact in facts if fact.start < end and start < fact.end), None)


def fitted(examples: Iterable[ReadExample]) -> FactWeights:
    """Weights learnt from texts with their annotated mentions, and with those that are found in them."""
    rows = Rows()
    for one, found in examples:
        rows.add(one, one.paragraphs)
        rows.add(one, found)
    return rows.fit()


def extracted(extractor: Extractor, one: Example) -> list[FactParagraph]:
    """The text as the whole extraction reads it."""
    texts = [paragraph.text for paragraph in one.paragraphs]
    return settle_mentions(texts, extractor.read(texts, [one.language] * len(texts)))


def judged(
    paragraphs: Sequence[FactParagraph],
    one: Example,
    weights: FactWeights,
    reader: SecondReader | None = None,
) -> Iterator[tuple[float, bool]]:
    """How likely the readers take each fact that is found, and whether it is right: kind and company of its sum."""
    for base, found in zip(
        one.bases, facts_of_document(paragraphs, weights, reader, Unjudged()), strict=True
    ):
        for fact in found:
            amount = fact.amount_start + base
            gold = fact_at(one.facts, amount, amount + 1)
            if gold is not None and gold.optional:
                continue
            yield (
                fact.score,
                gold is not None and fact.kind in gold.kinds and fold(fact.company) in gold.names,
            )


def calibration(pairs: Sequence[tuple[float, bool]]) -> tuple[list[float], list[float]]:
    """Scores in rising order and the share of right facts at each, never falling (isotonic regression)."""
    from sklearn.isotonic import IsotonicRegression

    ordered = sorted(pairs)
    fit = IsotonicRegression(y_min=0, y_max=1).fit([s for s, _ in ordered], [float(r) for _, r in ordered])
    points = [ordered[k][0] for k in range(LEAST // 2, len(ordered), max(LEAST, len(ordered) // 24))]
    points = sorted(set(points))
    return [round(p, 4) for p in points], [round(float(v), 3) for v in fit.predict(points)]


def folds(read: Sequence[ReadExample], number: int) -> Iterator[tuple[list[ReadExample], list[ReadExample]]]:
    """Learn and score, the hands parted so that no hand is in both; real articles are parted one by one."""
    written = sorted({one.hand for one, _ in read if not one.is_real})
    real = [id(one) for one, _ in read if one.is_real]
    for k in range(min(number, len(written))):
        hands_held, articles_held = set(written[k::number]), set(real[k::number])
        is_held = [one.hand in hands_held or id(one) in articles_held for one, _ in read]
        yield (
            [pair for pair, held in zip(read, is_held, strict=True) if not held],
            [pair for pair, held in zip(read, is_held, strict=True) if held],
        )


def report(name: str, scored: Sequence[Example], pairs: Sequence[tuple[float, bool]]) -> None:
    """Print precision, recall and F1 over thresholds."""
    wanted = sum(not fact.optional for one in scored for fact in one.facts)
    for threshold in (0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7):
        kept = [right for score, right in pairs if score >= threshold]
        right, found = sum(kept), len(kept)
        f1 = 2 * right / max(1, found + wanted)
        print(
            f"{name} from {threshold}: P {right / max(1, found):.3f} R {right / max(1, wanted):.3f} F1 {f1:.3f} ({wanted})",
            file=sys.stderr,
        )


def write(path: Path, weights: FactWeights, raw: Sequence[float], right: Sequence[float]) -> None:
    """Write the weights, one line a feature."""

    def table(rows: dict[str, Any]) -> str:
        lines = (
            f"  {json.dumps(k, ensure_ascii=False)}: {json.dumps(v, separators=(',', ':'))}"
            for k, v in rows.items()
        )
        return "{\n" + ",\n".join(lines) + "\n }"

    parts = {
        "about": json.dumps(ABOUT),
        "kinds": json.dumps(weights.kind.classes),
        "certainties": json.dumps(weights.certainty.classes),
        "threshold": json.dumps(weights.threshold),
        "calibration": json.dumps({"raw": list(raw), "right": list(right)}),
        "kind": table(dict(weights.kind.weights)),
        "party": table(dict(weights.party.weights)),
        "date": table(dict(weights.date.weights)),
        "partner": table(dict(weights.partner.weights)),
        "certainty": table(dict(weights.certainty.weights)),
    }
    body = ",\n".join(f" {json.dumps(name)}: {value}" for name, value in parts.items())
    path.write_text("{\n" + body + "\n}\n", encoding="utf-8")


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--cases", type=Path, default=None, help="a folder with the texts of real articles")
    options.add_argument("--pages", type=Path, nargs="*", default=[], help="files of annotated saved pages")
    options.add_argument("--texts", type=Path, default=None, help="another folder of annotated texts")
    options.add_argument(
        "--typing", type=Path, default=None, help="weights of the typing step that have not seen the texts"
    )
    options.add_argument("--folds", type=int, default=5)
    options.add_argument("--out", type=Path, default=OUT)
    args = options.parse_args()
    paths = hands(args.texts) if args.texts else hands()
    examples = [
        example(text) for path in paths for text in read_hand(path) if text.language in known_languages()
    ]
    examples += [example(text) for text in real_texts(args.cases, args.pages)]
    print(f"{len(examples)} texts, {sum(len(one.facts) for one in examples)} facts", file=sys.stderr)
    pairs: list[tuple[float, bool]] = []
    real: list[tuple[float, bool]] = []
    extractor = Extractor(typing_model=TypingModel.load(args.typing))
    read = [(one, extracted(extractor, one)) for one in examples]
    for learn, score in folds(read, args.folds) if args.folds > 1 else ():
        weights = replace(fitted(learn), threshold=0.0)
        scored = [one for one, _ in score]
        written = [one for one in scored if not one.is_real]
        by_annotation = [pair for one in written for pair in judged(one.paragraphs, one, weights, ALONE)]
        here = [
            pair for one, found in score if not one.is_real for pair in judged(found, one, weights, ALONE)
        ]
        names = ", ".join(sorted({one.hand for one in written}))
        report(f"{names}, whole extraction", written, here)
        report(f"{names}, mentions given", written, by_annotation)
        pairs += here
        real += [pair for one, found in score if one.is_real for pair in judged(found, one, weights, ALONE)]
    report("all hands, whole extraction", [one for one in examples if not one.is_real], pairs)
    report("real articles, whole extraction", [one for one in examples if one.is_real], real)
    weights = fitted(read)
    pairs += real * int(REAL_COUNT)
    raw, right = calibration(pairs) if pairs else ([], [])
    write(args.out, weights, raw, right)
    print(f"written to {args.out}", file=sys.stderr)


if __name__ == "__main__":
    main()
