"""Pictures: drawn without a network, the same bytes each time, safe in a page, told apart by the colour-blind."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest

from corpus import charts
from corpus.charts.style import COLOURS, REST
from corpus.errors import ConfigError, UsageError

SVG = "{http://www.w3.org/2000/svg}"
NAMES = ["Sylvaro", "Compagnie des eaux et de l’énergie du Nord", "Ondeva", "Tessaline", "Verdelac"]
ROWS = [
    {
        "who": who,
        "with": other,
        "n": 3 * i + j,
        "eur": 10.0 ** (5 + i + j),
        "day": f"2025-0{i + 1}-01",
        "sign": i - j,
    }
    for i, who in enumerate(NAMES)
    for j, other in enumerate(NAMES)
]


def every_kind(language: str = "en") -> dict[str, charts.Picture]:
    look = charts.Look(language)
    said = {"title": "Companies & <sums>", "how": "each event once", "look": look}
    return {
        "bars": charts.bars(ROWS, label="who", value="eur", colour="with", **said),
        "line": charts.over_time(ROWS, time="day", value="n", colour="with", **said),
        "column": charts.over_time(ROWS, time="day", value="eur", mark="column", step="quarter", **said),
        "matrix": charts.matrix(ROWS, row="who", column="with", value="n", **said),
        "differences": charts.differences(ROWS, label="who", value="sign", group="with", **said),
        "dots": charts.dots(ROWS, time="day", value="eur", label="who", colour="with", **said),
    }


MARKS = {"bars": 25, "line": 5, "column": 5, "matrix": 25, "differences": 20, "dots": 25}
"""Marks that are more than an axis: a zero has none, a line is one mark a colour."""


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", MARKS)
def test_every_kind_draws_its_marks(kind: str, language: str) -> None:
    root = ElementTree.fromstring(every_kind(language)[kind].svg())
    assert root.get("role") == "img"
    assert root.get("aria-label") == "Companies & <sums>. each event once"
    groups = [
        g for g in root.iter(f"{SVG}g") if "role-mark" in g.get("class", "") and "marks" in g.get("class", "")
    ]
    drawn = [path.get("d") for group in groups for path in group.iter(f"{SVG}path")]
    assert len([d for d in drawn if d and not re.search(r"h0v|v0h-?0|h0$", d)]) >= MARKS[kind]
    said = " ".join(text.text or "" for text in root.iter(f"{SVG}text"))
    assert "Companies & <sums>" in said
    assert "each event once" in said


def test_the_same_rows_give_the_same_bytes() -> None:
    assert [p.svg() for p in every_kind().values()] == [p.svg() for p in every_kind().values()]


@pytest.mark.parametrize("kind", MARKS)
def test_a_picture_asks_nothing_of_a_page(kind: str) -> None:
    """No script, no style, no address but the names of its XML: it stands under `default-src 'none'`."""
    svg = every_kind()[kind].svg()
    assert not re.search(r"<(script|style|image|foreignObject|a)\b|\bstyle=|\bon\w+=", svg)
    assert set(re.findall(r"https?://[^\"\s]+", svg)) == {"http://www.w3.org/2000/svg"}


def test_pictures_in_one_page_share_no_identifier() -> None:
    found = [set(re.findall(r'\bid="([^"]+)"', p.svg())) for p in every_kind().values()]
    assert all(not one & other for one, other in itertools.combinations(found, 2))


def test_a_name_from_the_text_is_only_a_name() -> None:
    hostile = '</text><script>alert(1)</script>"onload="x'
    picture = charts.bars([{"who": hostile, "n": 1}], label="who", value="n", title=hostile, how=hostile)
    root = ElementTree.fromstring(picture.svg())
    assert not list(root.iter(f"{SVG}script"))
    assert root.get("onload") is None


def test_an_address_in_a_specification_is_not_fetched() -> None:
    spec = {"data": {"url": "http://127.0.0.1:9/rows.json"}, "mark": "bar"}
    with pytest.raises(ValueError, match="not allowed"):
        charts.Picture(spec, "t", "h").svg()


def test_beyond_the_palette_the_rest_is_summed_up() -> None:
    rows = [{"k": f"k{i}", "m": "2025-01-01", "n": 100 - i} for i in range(12)]
    spec = charts.over_time(rows, time="m", value="n", colour="k", title="t", how="h").spec
    assert spec["encoding"]["color"]["scale"]["range"] == [*COLOURS, REST]
    assert sum(row["n"] for row in spec["data"]["values"]) == sum(row["n"] for row in rows)
    assert len(spec["data"]["values"]) == len(COLOURS) + 1


def _seen(colour: str, kind: str) -> tuple[float, float, float]:
    """A colour as it is seen without one kind of cone (Viénot, Brettel and Mollon 1999), in linear RGB."""
    red, green, blue = (
        (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4)
        for v in (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    )
    if kind == "protan":
        mixed = 0.11238 * red + 0.88762 * green
        return mixed, mixed, 0.00401 * (red - green) + blue
    if kind == "deutan":
        mixed = 0.29275 * red + 0.70725 * green
        return mixed, mixed, -0.02234 * (red - green) + blue
    return red, green, blue


@pytest.mark.parametrize("kind", ["all cones", "protan", "deutan"])
def test_colours_stay_apart(kind: str) -> None:
    seen = [
        [v ** (1 / 2.2) for v in (max(v, 0.0) for v in _seen(colour, kind))] for colour in (*COLOURS, REST)
    ]
    for one, other in itertools.combinations(seen, 2):
        assert sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5 > 0.09


def test_rows_come_as_a_frame_too() -> None:
    frame = pd.DataFrame({"who": ["A", "B"], "n": [1, 2], "day": pd.to_datetime(["2025-01-01", None])})
    assert charts.bars(frame, label="who", value="n", title="t", how="h").spec["data"]["values"] == [
        {"who": "A", "n": 1},
        {"who": "B", "n": 2},
    ]
    assert [
        row["day"]
        for row in charts.over_time(frame, time="day", value="n", title="t", how="h").spec["data"]["values"]
    ] == [
        "2025-01-01",
        None,
    ]


def test_nothing_is_said_to_be_nothing() -> None:
    assert "∅" in charts.bars([], label="a", value="n", title="t", how="h").svg()


def test_a_picture_is_saved_and_sent(tmp_path: Path) -> None:
    picture = every_kind()["bars"]
    assert picture.save(tmp_path / "a.svg").read_text(encoding="utf-8").startswith("<svg")
    assert picture.save(tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert json.loads(picture.save(tmp_path / "a.json").read_bytes()) == picture.spec
    with pytest.raises(UsageError, match=r"\.svg"):
        picture.save(tmp_path / "a.gif")
    bundle = picture._repr_mimebundle_()
    assert set(bundle) == {"application/vnd.vegalite.v5+json", "image/svg+xml", "text/plain"}
    assert picture.altair().to_dict(validate=False)["mark"] == picture.spec["mark"]


def test_an_unknown_language_is_a_sentence() -> None:
    with pytest.raises(ConfigError, match="en, fr"):
        charts.bars([], label="a", value="n", title="t", how="h", look=charts.Look("xx"))


def test_a_column_stands_above_the_name_of_its_period() -> None:
    """A place a period, those without rows too; at most six are named, first quarters among them."""
    rows = [{"period": "2023-10-01", "n": 1}, {"period": "2025-07-15", "n": 2}]
    drawn = charts.over_time(
        rows, time="period", value="n", step="quarter", mark="column", title="t", how="h"
    )
    spec = drawn.spec
    held = spec["encoding"]["x"]["scale"]["domain"]
    assert (held[0], held[-1], len(held)) == ("2023-10-01", "2025-07-01", 8)
    assert {row["period"] for row in spec["data"]["values"]} <= set(held)
    named = spec["encoding"]["x"]["axis"]["values"]
    assert named == ["2024-01-01", "2024-07-01", "2025-01-01", "2025-07-01"]
    assert ">2025 Q3<" in drawn.svg()


def test_columns_of_more_periods_than_places_have_a_continuous_axis() -> None:
    rows = [{"day": "2020-01-01", "n": 1}, {"day": "2025-07-15", "n": 2}]
    spec = charts.over_time(rows, time="day", value="n", step="day", mark="column", title="t", how="h").spec
    assert spec["encoding"]["x"]["type"] == "temporal"


def test_paths_are_cut_where_they_are_alike() -> None:
    names = ["presse/2025-03_ondeva-levee-corrigee.txt", "Lightspeed Venture Partners and more"]
    drawn = charts.bars(
        [{"a": name, "n": 1} for name in names], label="a", value="n", title="t", how="h"
    ).svg()
    assert ">…ondeva-levee-corrigee.txt<" in drawn
    assert ">Lightspeed Venture Partne…<" in drawn
