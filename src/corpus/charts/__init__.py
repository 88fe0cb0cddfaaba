"""Pictures of counts and sums, drawn without a network: Vega-Lite specifications, and SVG or PNG made of them by vl-convert.

>>> from corpus.charts import bars
>>> picture = bars([{"company": "Sylvaro", "documents": 3}], label="company", value="documents",
...                title="Companies by documents", how="each document counted once")
>>> picture.svg()[:4]
'<svg'
"""

from __future__ import annotations

from corpus.charts.display import draw_in_notebooks
from corpus.charts.kinds import bars, differences, dots, matrix, over_time
from corpus.charts.parts import Look
from corpus.charts.periods import Step
from corpus.charts.picture import Picture

__all__ = [
    "Look",
    "Picture",
    "Step",
    "bars",
    "differences",
    "dots",
    "draw_in_notebooks",
    "matrix",
    "over_time",
]
