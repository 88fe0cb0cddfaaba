"""Large corpora that look like press: articles made of the training texts' sentences, no two alike unless they repeat.

    python benchmarks/large_corpus.py NUMBER FOLDER [--files]

A sentence keeps its frame; its companies, people, figures and every third of its longer words become others. Names follow Zipf's
law and go on appearing, as in a real archive. Four paragraphs in ten are repeats: half of the article's own, half of earlier
articles', one in four of those with another figure. A larger corpus begins with the articles of a smaller one, on every machine.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REPEATED = 0.4
EDITED = 0.25
"""Of the paragraphs taken from earlier articles those in which a figure is another one."""
OTHER_WORDS = 1 / 3
"""Of the words of five letters and more: with fewer, what comes of one frame would count as a repeat of it."""
REMEMBERED = 5_000
"""Paragraphs of earlier articles that a later one may repeat: news is repeated while it is news."""
NEW_NAMES = 0.3
"""Of the companies of an article those that no list knows."""
TEXTS = 20
"""Texts of one style that an article takes its sentences from."""
SENTENCES = 4
"""Of a paragraph at most."""
SITES = 40
SENTENCE = re.compile(r"(?<=[.!?»])\s+(?=[A-ZÀ-Ý«])|\n+")
TOKEN = re.compile(r"\d+|\b[a-zà-ÿœ]{5,}\b")
FIGURE = re.compile(r"\d+")
SYLLABLES = (
    "al", "bre", "cor", "dan", "el", "fi", "gour", "hel", "is", "jo", "ker", "lan", "mou", "nor", "ob", "pel", "quin", "ros",
    "sal", "tre", "ur", "van", "wel", "yr", "zan", "ar", "ber", "cha", "dru", "fer", "ga", "lor", "mer", "nou", "pi", "val",
)  # fmt: skip
FIRST_NAMES = (
    "Maud", "Yann", "Inès", "Paul", "Léa", "Driss", "Hélène", "Karim", "Anne", "Luc", "Sofia", "Marc", "Aïcha", "Jean", "Nora",
    "Hugo", "Claire", "Samir", "Élise", "Théo", "Manon", "Rémi", "Fatou", "Gilles",
)  # fmt: skip
TAILS = ("", "", "", " Conseil", " Énergie", " Santé", " Technologies", " Capital", " Mobilité")

Part = tuple[str, str]
"""What a stretch of a sentence is (company, person, number, word, as it is), and how it is written there."""
Sentence = tuple[Part, ...]


@dataclass(frozen=True)
class Press:
    """What articles are made of: the training texts of each style, each a row of sentences, and listed companies' names."""

    styles: tuple[tuple[tuple[Sentence, ...], ...], ...]
    companies: tuple[str, ...]

    @cached_property
    def words(self) -> dict[str, list[str]]:
        """The words of all texts by their ending, each as often as it is written."""
        found: dict[str, list[str]] = defaultdict(list)
        for sentence in (sentence for style in self.styles for text in style for sentence in text):
            for kind, written in sentence:
                if kind == "word":
                    found[written[-3:]].append(written)
        return found


def read_press() -> Press:
    """The French training texts and the shipped list of companies."""
    rows = [
        json.loads(line)
        for path in sorted((ROOT / "data" / "training" / "texts").glob("fr-*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    with (ROOT / "src" / "extract" / "data" / "companies" / "france.csv").open(encoding="utf-8") as stream:
        companies = [row["name"] for row in csv.DictReader(stream)]
    styles: dict[str, list[tuple[Sentence, ...]]] = defaultdict(list)
    for row in rows:
        styles[row["style"]].append(tuple(_sentences(row)))
    large = [tuple(texts) for _, texts in sorted(styles.items()) if len(texts) >= TEXTS]
    return Press(tuple(large), tuple(companies))


def _sentences(row: dict[str, str]) -> Iterator[Sentence]:
    kinds = {str(written): "company" for written, *_ in row["companies"]}
    kinds |= {str(written): "person" for written, kind in row["names"] if kind == "person"}  # type: ignore[misc]
    names = sorted(map(re.escape, kinds), key=len, reverse=True)
    pattern = re.compile("|".join([*(rf"\b{name}\b" for name in names), TOKEN.pattern]))
    for sentence in SENTENCE.split(row["text"]):
        parts: list[Part] = []
        end = 0
        for found in pattern.finditer(sentence):
            parts.append(("as it is", sentence[end : found.start()]))
            written, end = found.group(), found.end()
            parts.append((kinds.get(written) or ("number" if written.isdigit() else "word"), written))
        yield (*parts, ("as it is", sentence[end:]))


class Newsroom:
    """Writes one article after another."""

    def __init__(self, press: Press, seed: int = 7) -> None:
        self._press = press
        self._rng = random.Random(seed)
        self._earlier: list[str] = []

    def articles(self, number: int) -> Iterator[dict[str, str]]:
        """So many articles, as objects of JSON Lines."""
        for place in range(number):
            yield self._article(place)

    def _article(self, place: int) -> dict[str, str]:
        rng = self._rng
        companies = [self._company() for _ in range(rng.randint(2, 5))]
        people = [self._person() for _ in range(rng.randint(1, 3))]
        texts = rng.sample(rng.choice(self._press.styles), TEXTS)
        frames = [sentence for text in texts for sentence in text]
        own = [self._paragraph(frames, companies, people) for _ in range(rng.randint(3, 7))]
        paragraphs = list(own)
        for _ in range(self._repeats(len(own))):
            copied = self._copied() if self._earlier and rng.random() < 0.5 else rng.choice(own)
            paragraphs.insert(rng.randrange(len(paragraphs) + 1), copied)
        self._earlier = [*self._earlier, *own[:2]][-REMEMBERED:]
        title = self._written(rng.choice(frames), companies, people).rstrip(" .")[:100]
        return {
            "id": str(place),
            "title": title,
            "date": f"{2019 + place % 6}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
            "url": f"https://www.journal-{place % SITES}.fr/{place}",
            "text": "\n\n".join(paragraphs),
        }

    def _repeats(self, own: int) -> int:
        """How many repeats make their share of all paragraphs REPEATED on the average."""
        wanted = own * REPEATED / (1 - REPEATED)
        return int(wanted) + (self._rng.random() < wanted % 1)

    def _copied(self) -> str:
        copied = self._rng.choice(self._earlier)
        if self._rng.random() < EDITED:
            return FIGURE.sub(lambda found: self._figure(found.group()), copied, count=1)
        return copied

    def _paragraph(self, frames: list[Sentence], companies: list[str], people: list[str]) -> str:
        sentences = self._rng.sample(frames, self._rng.randint(2, SENTENCES))
        return " ".join(self._written(sentence, companies, people) for sentence in sentences)

    def _written(self, sentence: Sentence, companies: list[str], people: list[str]) -> str:
        rng = self._rng
        written = []
        for kind, text in sentence:
            if kind == "company":
                text = rng.choice(companies)
            elif kind == "person":
                text = rng.choice(people)
            elif kind == "number":
                text = self._figure(text)
            elif kind == "word" and rng.random() < OTHER_WORDS:
                text = rng.choice(self._press.words[text[-3:]])
            written.append(text)
        return "".join(written)

    def _figure(self, written: str) -> str:
        if len(written) == 4 and written[:2] in ("19", "20"):
            return str(self._rng.randint(2005, 2032))
        low = 10 ** (len(written) - 1)
        return f"{self._rng.randint(low, 10 * low - 1)}"

    def _company(self) -> str:
        if self._rng.random() < NEW_NAMES:
            return self._name(3) + self._rng.choice(TAILS)
        # Zipf: the nth company is written as often as one in n times the first.
        names = self._press.companies
        return names[int(len(names) ** self._rng.random()) - 1]

    def _person(self) -> str:
        return f"{self._rng.choice(FIRST_NAMES)} {self._name(2)}"

    def _name(self, syllables: int) -> str:
        return "".join(self._rng.choice(SYLLABLES) for _ in range(syllables)).capitalize()


def write_corpus(folder: Path, number: int, files: bool = False) -> int:
    """So many articles in one JSON Lines file, or in one file each; how many words they have."""
    folder.mkdir(parents=True)
    words = 0
    with (folder / "articles.jsonl").open("w", encoding="utf-8") as stream:
        for article in Newsroom(read_press()).articles(number):
            words += len(article["text"].split())
            line = json.dumps(article, ensure_ascii=False) + "\n"
            if files:
                (folder / f"{article['id']:0>6}.jsonl").write_text(line, encoding="utf-8")
            else:
                stream.write(line)
    if files:
        (folder / "articles.jsonl").unlink()
    return words


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("number", type=int)
    options.add_argument("folder", type=Path)
    options.add_argument("--files", action="store_true", help="a file an article")
    args = options.parse_args()
    print(f"{write_corpus(args.folder, args.number, args.files):,} words")


if __name__ == "__main__":
    main()
