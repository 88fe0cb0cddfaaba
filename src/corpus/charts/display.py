"""Pictures in a notebook: Altair's charts too, which by themselves load their drawing code from the network."""

from __future__ import annotations

import sys
from typing import Any

from corpus.charts.picture import SCHEMA, bundle, draw

_ALTAIR_MODULES = ("altair.vegalite.v5.api", "altair.vegalite.v6.api")
_ALTAIR_CHARTS = (
    "Chart",
    "LayerChart",
    "FacetChart",
    "HConcatChart",
    "VConcatChart",
    "ConcatChart",
    "RepeatChart",
)


def draw_in_notebooks() -> bool:
    """In an IPython kernel, let every Altair chart draw without a network; whether there is a kernel.

    Altair is not imported for it: IPython looks the names up when such a chart is shown.

    >>> draw_in_notebooks()  # outside a notebook
    False
    """
    if "IPython" not in sys.modules:
        return False
    from IPython import get_ipython

    shell = get_ipython()
    if shell is None:
        return False
    formatter = shell.display_formatter.mimebundle_formatter
    for module in _ALTAIR_MODULES:
        for name in _ALTAIR_CHARTS:
            formatter.for_type_by_name(module, name, _chart_bundle)
    return True


def _chart_bundle(chart: Any, include: Any = None, exclude: Any = None) -> dict[str, Any]:
    spec: dict[str, Any] = chart.to_dict()
    spec["$schema"] = SCHEMA
    title = spec.get("title")
    words = title.get("text") if isinstance(title, dict) else title
    said = " ".join(words) if isinstance(words, list) else str(words or "A chart without a title")
    return bundle(spec, draw(spec, said), said)
