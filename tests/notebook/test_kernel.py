"""In a kernel, as a notebook runs it: our errors are one sentence, Altair's charts come with what draws without a network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

CELLS = [
    "import corpus\nc = corpus.open({folder!r})",
    "corpus.open('nowhere')",
    "c.factss",
    "c.sql('select compani from facts')",
    "c.where(company='Mistrl AI')",
    "c.sql('select * from amounts')",
    "c.count('language').plot()",
    "import altair as alt\nrows = alt.Data(values=[{{'a': 'x', 'n': 2}}])\nalt.Chart(rows).mark_bar().encode(x='n:Q', y='a:N')",
    "import sys\nsys.modules['vl_convert'] = None\nc.count('language').plot().svg()",
    "sys.modules['polars'] = None\nc.facts.to_polars()",
]
SENTENCES = {
    1: "TableError: nowhere holds no table. Run `corpus run RAW nowhere` first.",
    2: "UnknownNameError: A corpus has no attribute 'factss'. Did you mean facts?",
    3: 'TableError: The query failed: Binder Error: Referenced column "compani" not found in FROM clause! Candidate bindings: ',
    4: "UsageError: No document has company 'Mistrl AI'. Did you mean Mistral AI?",
    5: "TableError: The table amounts of",
    8: "SetupError: Pictures need vl-convert. Install it with: pip install vl-convert-python",
    9: "SetupError: Polars is not installed. Install it with: pip install polars",
}
PICTURES = (6, 7)


@pytest.fixture(scope="module")
def outputs(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> list[list[Any]]:
    """What each cell showed; one of the tables is cut short."""
    folder = tmp_path_factory.mktemp("kernel") / "out"
    folder.mkdir()
    for table in sample.glob("*.parquet"):
        (folder / table.name).write_bytes(table.read_bytes())
    (folder / "amounts.parquet").write_bytes((sample / "amounts.parquet").read_bytes()[:2000])
    cells = [nbformat.v4.new_code_cell(cell.format(folder=str(folder))) for cell in CELLS]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, timeout=120, allow_errors=True, kernel_name="python3").execute()
    return [cell.outputs for cell in notebook.cells]


@pytest.mark.parametrize("cell", sorted(SENTENCES))
def test_an_error_is_one_sentence(outputs: list[list[Any]], cell: int) -> None:
    (error,) = [output for output in outputs[cell] if output.output_type == "error"]
    assert len(error.traceback) == 1
    assert "\n" not in error.traceback[0]
    assert error.traceback[0].startswith(SENTENCES[cell])


@pytest.mark.parametrize("cell", PICTURES)
def test_a_picture_comes_with_what_draws_it(outputs: list[list[Any]], cell: int) -> None:
    (shown,) = [output for output in outputs[cell] if output.output_type == "execute_result"]
    assert set(shown.data) == {"application/vnd.vegalite.v5+json", "image/svg+xml", "text/plain"}
    assert "/v5.json" in shown.data["application/vnd.vegalite.v5+json"]["$schema"]
    assert shown.data["image/svg+xml"].startswith("<svg")
