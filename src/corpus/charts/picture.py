"""A picture: its Vega-Lite specification, and what it is drawn as."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from html import escape
from pathlib import Path
from typing import Any

from corpus.errors import SetupError, UsageError

VEGALITE = "5.20"
"""The version of Vega-Lite that pictures are drawn with here."""
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
"""A name, never fetched. Version 5, because JupyterLab draws `application/vnd.vegalite.v5+json` by itself and no later one."""
BUNDLE_TYPE = "application/vnd.vegalite.v5+json"
_TAG = re.compile(r"<[a-z][^<>]*>")
_IDENTIFIER = re.compile(r'(\bid="|url\(#|href="#)([A-Za-z_][\w-]*)')
_SPARE = re.compile(r' (?:role|aria-[a-z]+|pointer-events)="[^"]*"')
"""Attributes of single marks: the picture as a whole has its role and its words, and nothing in it is clicked."""
_EMPTY = re.compile(r'<path class="(?:background|foreground)"[^<>]*d="(?:M0,0h0v0h0Z)?"[^<>]*/>')
_SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"[^>]*>')


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart. In a notebook it draws itself without a network; `svg`, `png` and `save` give it to others.

    `title` and `how` (what is counted, and how) stand above the marks. `spec` is the Vega-Lite specification with its rows.

    >>> from corpus.charts import bars
    >>> picture = bars([{"a": "x", "n": 2}], label="a", value="n", title="T", how="H")
    >>> picture.title, picture.how
    ('T', 'H')
    """

    spec: dict[str, Any]
    title: str
    how: str

    def svg(self) -> str:
        """The picture as an SVG element for a page: one root with a `viewBox`, no script, no address that is fetched.

        Its identifiers are its own, so that many stand in one page. SetupError where it cannot be drawn.
        """
        return _own_svg(_convert("vegalite_to_svg", self.spec), f"{self.title}. {self.how}")

    def png(self, scale: float = 2.0) -> bytes:
        """The picture as PNG, `scale` device pixels to a pixel."""
        image: bytes = _convert("vegalite_to_png", self.spec, scale=scale)
        return image

    def save(self, path: str | Path) -> Path:
        """Write the picture to `path`, whose ending says how: .svg, .png or .json (the specification).

        Raises UsageError for another ending.
        """
        import json

        target = Path(path)
        match target.suffix.lower():
            case ".svg":
                content = self.svg().encode()
            case ".png":
                content = self.png()
            case ".json":
                content = json.dumps(self.spec, ensure_ascii=False, indent=1).encode()
            case other:
                raise UsageError(
                    f"A picture is not saved as {other or 'a file without an ending'}: use .svg, .png or .json."
                )
        target.write_bytes(content)
        return target

    def altair(self) -> Any:
        """The picture as an Altair chart, to be changed; SetupError where Altair is not installed."""
        try:
            import altair
        except ImportError:
            raise SetupError("Altair is not installed. Install it with: pip install altair") from None

        return altair.Chart.from_dict(self.spec, validate=False)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return bundle(self.spec, self.svg(), f"{self.title}. {self.how}")

    def __repr__(self) -> str:
        return f"Picture({self.title!r}: {self.how})"


def bundle(spec: dict[str, Any], svg: str, words: str) -> dict[str, Any]:
    """What a notebook gets: a specification for JupyterLab and VS Code, an SVG for nbconvert and GitHub, words for the rest."""
    return {BUNDLE_TYPE: spec, "image/svg+xml": svg, "text/plain": words}


def draw(spec: dict[str, Any], words: str) -> str:
    """The SVG of any Vega-Lite specification, with `words` as its text for those who do not see it."""
    return _own_svg(_convert("vegalite_to_svg", spec), words)


def _convert(function: str, spec: dict[str, Any], **options: Any) -> Any:
    try:
        import vl_convert
    except ImportError:
        raise SetupError("Pictures need vl-convert. Install it with: pip install vl-convert-python") from None

    # Rows stand in the specification: an address in it is an error, not a request.
    return getattr(vl_convert, function)(spec, vl_version=VEGALITE, allowed_base_urls=[], **options)


def _own_svg(svg: str, words: str) -> str:
    """The SVG with a text alternative, a size that gives way to a narrow page, and identifiers that no other picture has."""
    own = blake2b(svg.encode(), digest_size=4).hexdigest()
    svg = _EMPTY.sub("", svg)
    svg = _TAG.sub(lambda tag: _IDENTIFIER.sub(rf"\g<1>p{own}-\g<2>", _SPARE.sub("", tag[0])), svg)
    size = _SIZE.search(svg)
    if size is None:
        raise SetupError(
            "vl-convert gave no SVG that this program knows: install the version that pyproject.toml names."
        )
    width, height = size[1], size[2]
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(words)}" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" class="picture">'
    )
    return opening + svg[size.end() :]
