"""The notebooks in JupyterLab, as a reader without a network sees them: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SECONDS = 180
"""All five notebooks, their kernels started one after the other."""
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
NO_NETWORK = '''
import sys

HERE = (None, "", "127.0.0.1", "::1", "localhost", b"127.0.0.1", b"::1", b"localhost")


def refuse(event, arguments):
    """Only this machine is spoken to."""
    if event == "socket.connect" and isinstance(arguments[1], tuple) and arguments[1][0] not in HERE:
        raise OSError(f"no network here: {arguments[1]}")
    if event == "socket.getaddrinfo" and arguments[0] not in HERE:
        raise OSError(f"no network here: {arguments[0]}")


sys.addaudithook(refuse)
'''

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a JupyterLab over a copy of notebooks and sample, whose kernels have no network."""
    home = tmp_path_factory.mktemp("lab")
    for name in ("notebooks", "data/raw"):
        shutil.copytree(ROOT / name, home / name)
    for notebook in (home / "notebooks").glob("*.ipynb"):
        emptied(notebook)
    (home / "offline").mkdir()
    (home / "offline" / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    settings = home / "config" / "labconfig"
    settings.mkdir(parents=True)
    # JupyterLab's own look for news is no part of what is tested.
    disabled = {"@jupyterlab/apputils-extension:announcements": True}
    (settings / "page_config.json").write_text(json.dumps({"disabledExtensions": disabled}), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "PYTHONPATH": str(home / "offline"),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "jupyter"),
        "IPYTHONDIR": str(home / "ipython"),
    }
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--allow-root",
        f"--port={port}",
        "--ip=127.0.0.1",
    ]
    command += [
        "--IdentityProvider.token=",
        "--expose-app-in-browser",
        "--LabApp.extension_manager=readonly",
        f"--ServerApp.root_dir={home}",
    ]
    address = f"http://127.0.0.1:{port}"
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=home)
        try:
            _wait(address, process, home / "log")
            yield address
        finally:
            process.terminate()
            process.wait(20)


def emptied(notebook: Path) -> None:
    """Take the outputs out, so that what is seen was drawn here."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    notebook.write_text(json.dumps(content), encoding="utf-8")


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(120):
        assert process.poll() is None, log.read_text(encoding="utf-8")
        try:
            urllib.request.urlopen(f"{address}/api", timeout=1)
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise AssertionError(log.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
        )
        yield opened
        opened.close()


RUN = "() => window.jupyterapp.commands.execute('notebook:run-all-cells')"
STATE = """() => {
  const current = window.jupyterapp.shell.currentWidget;
  if (!current || !current.content || !current.context) return null;
  const cells = current.content.widgets.filter(w => w.model.type === 'code');
  return {
    ready: current.context.isReady && current.sessionContext.session !== null,
    waiting: cells.filter(w => w.model.executionCount === null || w.model.executionState === 'running').length,
    errors: cells.flatMap(w => w.model.outputs.toJSON())
      .filter(o => o.output_type === 'error').map(o => o.ename + ': ' + o.evalue),
    charts: cells.flatMap(w => w.model.outputs.toJSON())
      .filter(o => o.data && o.data['application/vnd.vegalite.v5+json']).length,
  };
}"""
DRAWN = """() => Array.from(document.querySelectorAll('.vega-embed')).map(area => {
  const canvas = area.querySelector('canvas');
  if (!canvas) return area.querySelectorAll('svg path, svg text').length;
  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  const colours = new Set();
  for (let i = 0; i < pixels.length; i += 16) colours.add(pixels[i] + ',' + pixels[i + 1] + ',' + pixels[i + 2]);
  return colours.size;
})"""
MARKS = 5
"""A chart without marks is white and the greys of its title: what is drawn has more colours, with the edges of its letters."""


@pytest.mark.parametrize("width", [1400, 700])
def test_every_chart_is_drawn(lab: str, browser: Any, width: int, tmp_path: Path) -> None:
    """Every chart has marks, nothing is asked of another machine, the console has no error; all five in three minutes."""
    begun = time.monotonic()
    outside: list[str] = []
    said: list[str] = []
    for notebook in NOTEBOOKS:
        page = browser.new_page(viewport={"width": width, "height": 6000})
        page.on(
            "request", lambda request: outside.append(request.url) if not _ours(request.url, lab) else None
        )
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.goto(f"{lab}/lab/workspaces/w{width}-{notebook.stem}/tree/notebooks/{notebook.name}")
        state = _until(page, lambda found: found and found["ready"])
        page.evaluate(RUN)
        state = _until(page, lambda found: found and not found["waiting"])
        assert state["errors"] == []
        expected = sum("image/svg+xml" in output.get("data", {}) for output in _outputs(notebook))
        assert state["charts"] == expected > 0
        page.wait_for_timeout(1500)
        drawn = page.evaluate(DRAWN)
        assert len(drawn) == expected
        assert all(found > MARKS for found in drawn), drawn
        page.screenshot(
            path=str(Path(os.environ.get("SCREENSHOTS", tmp_path)) / f"{notebook.stem}-{width}.png")
        )
        page.close()
    assert outside == []
    assert said == []
    assert time.monotonic() - begun < SECONDS


def _ours(url: str, lab: str) -> bool:
    return url.startswith((lab, lab.replace("http:", "ws:"), "data:", "blob:"))


def _outputs(notebook: Path) -> list[dict[str, Any]]:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [output for cell in cells for output in cell.get("outputs", [])]


def _until(page: Any, done: Any) -> dict[str, Any]:
    for _ in range(SECONDS * 2):
        found = page.evaluate(STATE) if page.evaluate("() => Boolean(window.jupyterapp)") else None
        if done(found):
            return dict(found)
        page.wait_for_timeout(500)
    raise AssertionError("the notebook did not end")
