"""One frozen `Config`: what a run does, read from `corpus.toml` and the command line's options.

`Config.meaning()` holds what changes the bytes of the output; workers and cluster do not and are left out of it.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from corpus.errors import ConfigError
from corpus.schemas import STAGES
from extract.languages import known_languages

CONFIG_FILE = "corpus.toml"
CORRECTIONS_FILE = "corrections.csv"
"""What the user put right, beside the configuration: it is applied wherever it stands."""
NOT_MEANING = frozenset({"workers", "cluster"})


@dataclass(frozen=True, slots=True)
class Config:
    """The options of a run, with their defaults.

    >>> from corpus import Config
    >>> Config(until="clean", workers=1).until
    'clean'
    >>> Config(until="cleaning")
    Traceback (most recent call last):
        ...
    corpus.errors.ConfigError: until = 'cleaning' is no stage. The stages are: clean, repeats, entities, topics.
    """

    languages: tuple[str, ...] = field(default_factory=known_languages)
    until: str = "topics"
    workers: int | None = None
    cluster: str | None = None
    models: Mapping[str, str] = field(default_factory=dict)
    companies: tuple[str, ...] = ()
    hide_companies: float = 0.0
    hide_seed: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)
    outlet: Mapping[str, str | int] = field(default_factory=dict)
    max_document_bytes: int = 50_000_000
    document_seconds: int = 15
    topics: int | str | None = None
    topic_engine: str = "auto"
    topic_model: str | None = None
    embeddings: str | None = None
    corrections: str | None = None

    def __post_init__(self) -> None:
        """Refuse values that cannot be meant."""
        if self.until not in STAGES:
            raise ConfigError(f"until = {self.until!r} is no stage. The stages are: {', '.join(STAGES)}.")
        if not self.languages:
            raise ConfigError("languages is empty. Name at least one, for example: --languages fr,en.")
        for language in self.languages:
            if len(language) != 2 or not language.isascii() or not language.islower():
                raise ConfigError(
                    f"{language!r} is no ISO 639-1 code. Write for example: --languages fr,en,de."
                )
        if self.workers is not None and self.workers < 1:
            raise ConfigError("workers must be at least 1.")
        if not 0.0 <= self.hide_companies <= 1.0:
            raise ConfigError("hide_companies is a share between 0 and 1.")
        if isinstance(self.topics, int) and self.topics < 2:
            raise ConfigError("topics must be at least 2; leave it out to have the number chosen.")
        if isinstance(self.topics, str) and self.topics not in ("coarse", "fine"):
            raise ConfigError(f"topics must be a number, coarse or fine, not {self.topics!r}.")
        if self.topic_engine not in ("auto", "cluster", "words", "nmf"):
            raise ConfigError(
                f"topic_engine = {self.topic_engine!r} is unknown. Write auto, cluster, words or nmf."
            )
        if self.max_document_bytes < 1 or self.document_seconds < 1:
            raise ConfigError("max_document_bytes and document_seconds must be at least 1.")

    def meaning(self) -> dict[str, Any]:
        """The options that change what comes out, as JSON values; `run.json` records them."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self) if f.name not in NOT_MEANING}


def config_of(meaning: Mapping[str, Any]) -> Config:
    """The configuration with that `meaning()`. Raises ConfigError for what no configuration means."""
    known = {f.name for f in fields(Config)}
    if unknown := sorted(meaning.keys() - known):
        raise ConfigError(f"There are no options named {', '.join(unknown)}.")
    stated = {key: value for key, value in meaning.items() if value is not None}
    return replace(Config(), **{key: _typed(key, value, None) for key, value in stated.items()})


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Mapping):
        return dict(sorted(value.items()))
    return value


def load_config(path: Path | None, **options: Any) -> Config:
    """The configuration in `path` (a TOML file; None: no file), overridden by the options that are not None.

    `corrections` is the `corrections.csv` beside it, or in the working folder where there is no file, unless it is named.

    Raises ConfigError for a file that cannot be read, an unknown key (with the nearest known one) or a wrong type.
    """
    values = _read_toml(path) if path is not None else {}
    known = {f.name: f for f in fields(Config)}
    for key in values:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f" Did you mean {near[0]}?" if near else f" The keys are: {', '.join(known)}."
            raise ConfigError(f"{path}: unknown key {key!r}.{hint}")
    beside = (path.parent if path is not None else Path()) / CORRECTIONS_FILE
    if beside.is_file():
        values.setdefault("corrections", str(beside))
    values |= {key: value for key, value in options.items() if value is not None}
    return replace(Config(), **{key: _typed(key, value, path) for key, value in values.items()})


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{path} does not exist. Give --config the path of a TOML file.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}.") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path} is not valid TOML: {error}.") from None


_LISTS = frozenset({"languages", "companies"})
_MAPPINGS = frozenset({"models", "columns"})
_NUMBERS: dict[str, type | tuple[type, ...]] = {
    "workers": int,
    "hide_companies": (int, float),
    "hide_seed": int,
    "max_document_bytes": int,
    "document_seconds": int,
    "topics": (int, str),
}


def _typed(key: str, value: Any, path: Path | None) -> Any:
    """The value in the type of its field; ConfigError names key and expected type."""
    where = f"{path}: " if path is not None else ""
    if key in _LISTS:
        if isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise ConfigError(f'{where}{key} must be a list of strings, for example {key} = ["fr", "en"].')
    if key in _MAPPINGS:
        if isinstance(value, Mapping) and all(isinstance(item, str) for item in value.values()):
            return dict(value)
        raise ConfigError(f"{where}{key} must be a table of strings, for example [{key}].")
    if key == "outlet":
        if isinstance(value, Mapping):
            return dict(value)
        raise ConfigError(f"{where}outlet must be a table, for example [outlet] with folder = 1.")
    expected = _NUMBERS.get(key, str)
    if not isinstance(value, expected) or isinstance(value, bool):
        kind = "a number" if key in _NUMBERS else "a string"
        raise ConfigError(f"{where}{key} must be {kind}, not {value!r}.")
    return value
