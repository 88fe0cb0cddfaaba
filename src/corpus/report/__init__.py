"""One HTML page about a corpus, to be sent by mail: no request to anywhere, whole without JavaScript."""

from __future__ import annotations

from corpus.report.build import ReportOptions, write_report

__all__ = ["ReportOptions", "write_report"]
