"""The network that `train_encoder.py` trains, in PyTorch: what `extract.encoder` and `extract.facts.encoder_reader` compute."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import torch
from scripts.encoder_base import Base
from torch import nn
from torch.nn import functional

from extract.facts.encoder_reader import distance_step

HIDDEN = 256
DISTANCES = 12
DROPPED = 0.1
ParamsOf = Any


class Layer(nn.Module):
    """Attention and two products, each added to what it was given and normalised."""

    def __init__(self, width: int, wide: int, heads: int, least: float) -> None:
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.ao = (nn.Linear(width, width) for _ in range(4))
        self.fi, self.fo = nn.Linear(width, wide), nn.Linear(wide, width)
        self.aln, self.oln = nn.LayerNorm(width, eps=least), nn.LayerNorm(width, eps=least)
        self.drop = nn.Dropout(DROPPED)

    def forward(self, x: torch.Tensor, unread: torch.Tensor) -> torch.Tensor:
        rows, length, width = x.shape

        def parted(t: torch.Tensor) -> torch.Tensor:
            return t.view(rows, length, self.heads, -1).transpose(1, 2)

        scores = parted(self.q(x)) @ parted(self.k(x)).transpose(-1, -2)
        shares = torch.softmax(scores / math.sqrt(width // self.heads) + unread, -1).to(x.dtype)
        taken = (shares @ parted(self.v(x)).to(x.dtype)).transpose(1, 2).reshape(rows, length, width)
        x = self.aln(x + self.drop(self.ao(taken)))
        return self.oln(x + self.drop(self.fo(functional.gelu(self.fi(x)))))


class Network(nn.Module):
    """The first layers of the base, and what tells a sum's kind and company from its vectors."""

    def __init__(self, base: Base, layers: int, kinds: int) -> None:
        super().__init__()
        width = base.width

        def numbers(name: str, *shape: int) -> torch.Tensor:
            return torch.tensor(base.tensors[name]).view(*shape)

        words = numbers("emb.word", -1, width)
        self.word = nn.Embedding.from_pretrained(words, freeze=True)
        self.places = nn.Parameter(numbers("emb.pos", -1, width) + numbers("emb.type", -1, width)[0])
        self.mark = nn.Embedding(4, width)
        self.mark.weight.data.zero_()
        self.norm = nn.LayerNorm(width, eps=base.least)
        self.norm.weight.data, self.norm.bias.data = numbers("emb.ln.w", width), numbers("emb.ln.b", width)
        wide = len(base.tensors["l0.fi.b"])
        self.layers = nn.ModuleList(Layer(width, wide, base.heads, base.least) for _ in range(layers))
        for n, layer in enumerate(self.layers):
            for name, module in layer.named_children():
                if name != "drop":
                    module.weight.data = numbers(f"l{n}.{name}.w", *module.weight.shape)  # type: ignore[union-attr,operator]
                    module.bias.data = numbers(f"l{n}.{name}.b", *module.bias.shape)  # type: ignore[union-attr,operator]
        self.kind1, self.kind2 = nn.Linear(2 * width, HIDDEN), nn.Linear(HIDDEN, kinds)
        self.of_sum, self.of_company = nn.Linear(2 * width, HIDDEN), nn.Linear(2 * width, HIDDEN)
        self.distances, self.by_kind = nn.Embedding(DISTANCES, HIDDEN), nn.Embedding(kinds, HIDDEN)
        self.fit, self.nobody = nn.Linear(HIDDEN, 1), nn.Linear(2 * width, 1)
        nn.init.normal_(self.distances.weight, std=0.02)
        nn.init.normal_(self.by_kind.weight, std=0.02)
        self.drop = nn.Dropout(DROPPED)

    def go_on_from(self, arrays: Mapping[str, Any]) -> None:
        """Take what an earlier training learnt, as `train_encoder.write` wrote it."""

        def product(name: str, modules: Sequence[Any]) -> None:
            weights = torch.tensor(arrays[f"{name}.w"]).float() * torch.tensor(arrays[f"{name}.s"])[:, None]
            rows = [module.out_features for module in modules]
            for module, w, b in zip(
                modules, weights.split(rows), torch.tensor(arrays[f"{name}.b"]).split(rows), strict=True
            ):
                module.weight.data, module.bias.data = w.clone(), b.clone()

        def norm(name: str, module: Any) -> None:
            module.weight.data, module.bias.data = (torch.tensor(arrays[f"{name}.{k}"]) for k in "wb")

        for name in ("kind1", "kind2", "of_sum", "of_company", "fit", "nobody"):
            product(name, [getattr(self, name)])
        for n, layer in enumerate(self.layers):
            product(f"l{n}.asked", [layer.q, layer.k, layer.v])
            for name, module in (("joined", layer.ao), ("widened", layer.fi), ("narrowed", layer.fo)):
                product(f"l{n}.{name}", [module])
            norm(f"l{n}.first", layer.aln)
            norm(f"l{n}.second", layer.oln)
        norm("norm", self.norm)
        places = torch.tensor(arrays["places"])
        self.places.data[: len(places)] = places
        for name, module in (
            ("marks", self.mark),
            ("distances", self.distances),
            ("by_kind", self.by_kind),
        ):
            module.weight.data = torch.tensor(arrays[name])

    def vectors(self, windows: Sequence[Any]) -> torch.Tensor:
        """Vectors (windows, pieces, width), the shorter windows filled up."""
        longest = max(len(window.pieces) for window in windows)
        pieces = torch.ones(len(windows), longest, dtype=torch.long)
        marks = torch.zeros(len(windows), longest, dtype=torch.long)
        unread = torch.full((len(windows), longest), -1e4)
        for n, window in enumerate(windows):
            length = len(window.pieces)
            pieces[n, :length], marks[n, :length] = torch.tensor(window.pieces), torch.tensor(window.marks)
            unread[n, :length] = 0
        x = self.norm(self.word(pieces) + self.places[:longest] + self.mark(marks))
        for layer in self.layers:
            x = layer(x, unread[:, None, None, :])
        return x

    def kinds(self, sums: torch.Tensor) -> torch.Tensor:
        """Scores (sums, kinds)."""
        return self.kind2(torch.tanh(self.kind1(sums)))

    def owners(
        self, one: torch.Tensor, companies: torch.Tensor, away: Sequence[int], kind: int
    ) -> torch.Tensor:
        """Scores of each mention of a company to be the sum's, given its kind, and behind them that of none."""
        steps = torch.tensor([distance_step(pieces) for pieces in away])
        fits = self.of_sum(one) + self.of_company(companies) + self.distances(steps)
        scores = self.fit(torch.tanh(fits + self.by_kind(torch.tensor(kind))))[:, 0]
        return torch.cat([scores, self.nobody(one)])

    def spans(self, x: torch.Tensor, places: Sequence[tuple[int, int]]) -> torch.Tensor:
        """The mean of each mention's vectors beside the first of them."""
        return self.drop(torch.stack([torch.cat([x[a:b].mean(0), x[a]], -1) for a, b in places]))
