"""The answer to a question: a pandas DataFrame that draws itself and says what it leaves out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pandas as pd

from corpus.charts import Picture, bars, over_time
from corpus.errors import UsageError
from corpus.notebook.cells import table_as_html, table_as_text
from corpus.notebook.names import did_you_mean

if TYPE_CHECKING:
    import pyarrow as pa

SHOWN_ROWS = 15
Drawing = Callable[..., Picture]


class Frame(pd.DataFrame):
    """A DataFrame with `note` (what is left out, and how it was counted) and `plot()`.

    All of pandas works on it, and what comes out of a filter or a sort still draws.

    >>> frame = c.count("language")
    >>> frame.note.startswith("47 of 47 documents")
    True
    >>> frame.head(2).plot().title
    'Documents by language'
    """

    _metadata = ["note", "title", "_drawing", "_shown", "_whole"]  # noqa: RUF012 - pandas asks for a list
    note: str
    title: str
    _drawing: Drawing | None
    _shown: tuple[str, ...]
    _whole: tuple[str, ...]

    @property
    def _constructor(self) -> type[Frame]:
        return Frame

    def plot(self, x: str | None = None, y: str | None = None, **options: Any) -> Picture:  # type: ignore[override]
        """The picture of this answer; with `x` and `y`, bars of a column by another, or its course where `x` holds dates.

        `options` are those of the picture's kind (`corpus.charts`), for example `limit=10`. Raises UsageError where the frame has
        no picture of its own and `x` and `y` are not told.

        >>> c.sql("select language, count(*) as n from documents group by all").plot("language", "n").how
        'n by language'
        """
        drawing = getattr(self, "_drawing", None)
        if drawing is not None and x is None and y is None:
            picture: Picture = drawing(self, **options)
            return picture
        if x is None or y is None:
            raise UsageError("Say what to draw: .plot(x, y) with the names of two columns.")
        for name in (x, y):
            if name not in self.columns:
                raise UsageError(f"There is no column {name!r}. {did_you_mean(name, map(str, self.columns))}")
        said = {"title": options.pop("title", f"{y} by {x}"), "how": options.pop("how", f"{y} by {x}")}
        if pd.api.types.is_datetime64_any_dtype(self[x]):
            return over_time(self, time=x, value=y, **said, **options)
        return bars(self, label=x, value=y, **said, **options)

    def _columns_shown(self) -> list[str]:
        """The telling columns; whoever has chosen columns sees those, in that order."""
        columns = tuple(str(name) for name in self.columns)
        chosen = columns != getattr(self, "_whole", ())
        return list(columns if chosen else getattr(self, "_shown", ()) or columns)

    def _rows_shown(self) -> list[dict[str, Any]]:
        head = pd.DataFrame(self).head(SHOWN_ROWS)
        return [{str(k): v for k, v in row.items()} for row in head.to_dict("records")]

    def _more(self) -> str:
        more = len(self) - SHOWN_ROWS
        rest = f"… and {more:,} more rows. " if more > 0 else ""
        return (rest + getattr(self, "note", "")).strip()

    def __repr__(self) -> str:
        if not self.columns.is_unique or self.columns.nlevels > 1:
            return pd.DataFrame(self).__repr__()
        return f"{table_as_text(self._columns_shown(), self._rows_shown())}\n{self._more()}".rstrip()

    def _repr_html_(self) -> str:
        if not self.columns.is_unique or self.columns.nlevels > 1:
            return str(pd.DataFrame(self).to_html())
        return table_as_html(
            self._columns_shown(), self._rows_shown(), caption=getattr(self, "title", ""), note=self._more()
        )


def frame_of(
    found: pa.Table | pd.DataFrame,
    *,
    title: str = "",
    note: str = "",
    drawing: Drawing | None = None,
    shown: tuple[str, ...] = (),
) -> Frame:
    """A Frame of an Arrow table or a DataFrame; dates become datetime64."""
    frame = Frame(found if isinstance(found, pd.DataFrame) else found.to_pandas(date_as_object=False))
    frame.note, frame.title, frame._drawing, frame._shown = note, title, drawing, shown
    frame._whole = tuple(str(name) for name in frame.columns)
    return frame
