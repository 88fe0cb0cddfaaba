"""Debian's Chromium, driven by Playwright, with every request and console message of a page noted."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@dataclass
class Seen:
    """A page that was opened, and what it did."""

    page: Any
    requests: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


@contextmanager
def opened(path: Path, *, width: int = 1400, scripts: bool = True, **options: Any) -> Iterator[Seen]:
    """The page in a browser of its own; skips the test where there is no Chromium."""
    if CHROMIUM is None:
        pytest.skip("no Chromium here: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts, **options
        )
        page = context.new_page()
        seen = Seen(page)
        page.on("request", lambda request: seen.requests.append(request.url))
        page.on("console", lambda message: seen.said.append(message.text))
        page.on("pageerror", lambda error: seen.said.append(str(error)))
        page.on("dialog", lambda dialog: (seen.said.append("dialog"), dialog.dismiss()))
        page.goto(path.as_uri())
        yield seen
        browser.close()


def axe_violations(page: Any) -> list[dict[str, Any]]:
    """What axe-core finds against the page (its script comes with a test package, never with this project)."""
    bundle = resources.files("axe_playwright_python")
    source = next(file for file in Path(str(bundle)).rglob("axe.min.js")).read_text(encoding="utf-8")
    page.evaluate(source)
    found = page.evaluate("axe.run()")
    return [
        {"id": one["id"], "nodes": [node["html"][:200] for node in one["nodes"][:3]]}
        for one in found["violations"]
    ]
