"""Who published a document that does not say it itself, as `[outlet]` in corpus.toml tells: nothing is guessed unasked."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.errors import ConfigError
from corpus.metadata import publication_host

KEYS = ("folder", "pattern", "hosts")
GROUP = "outlet"


@dataclass(frozen=True, slots=True)
class OutletRules:
    """What `[outlet]` says. `folder`: the level of the folder that bears the name, 1 the first below the input folder.

    `pattern`: searched in `documents.source`; its group `outlet`, else its first group, is the name. `hosts`: names of hosts.
    """

    folder: int | None = None
    pattern: re.Pattern[str] | None = None
    hosts: Mapping[str, str] = field(default_factory=dict)

    def outlet(self, source: str, known: str | None) -> str | None:
        """Who published the document at `source`; `known` is the publication's name or host that the document gives itself.

        >>> OutletRules(folder=1).outlet("Le Courrier/2024/a.txt", None)
        'Le Courrier'
        >>> OutletRules(folder=1, hosts={"courrier.example": "Le Courrier"}).outlet("a/b.txt", "courrier.example")
        'Le Courrier'
        """
        if known is not None:
            return self.hosts.get(known, known)
        return self._by_pattern(source) or self._by_folder(source)

    def meaning(self) -> dict[str, Any]:
        """The rules as JSON values."""
        pattern = self.pattern.pattern if self.pattern is not None else None
        return {"folder": self.folder, "pattern": pattern, "hosts": dict(sorted(self.hosts.items()))}

    def _by_pattern(self, source: str) -> str | None:
        found = self.pattern.search(source) if self.pattern is not None else None
        if found is None:
            return None
        return _name(found[GROUP] if GROUP in found.re.groupindex else found[1])

    def _by_folder(self, source: str) -> str | None:
        folders = source.split("/")[:-1]
        if self.folder is None or len(folders) < self.folder:
            return None
        return _name(folders[self.folder - 1])


def outlet_rules(values: Mapping[str, Any]) -> OutletRules:
    """The rules of `[outlet]`: `folder`, `pattern`, `hosts` (a CSV file with the columns host and name).

    Raises ConfigError with what to write instead.
    """
    for key in values:
        if key not in KEYS:
            raise ConfigError(f"[outlet] names {key!r}. Its keys are: {', '.join(KEYS)}.")
    folder, pattern, hosts = (values.get(key) for key in KEYS)
    if folder is not None and (not isinstance(folder, int) or isinstance(folder, bool) or folder < 1):
        raise ConfigError("[outlet] folder is the level of a folder: 1 is the first below the input folder.")
    return OutletRules(
        folder,
        _pattern(pattern) if pattern is not None else None,
        _hosts(hosts) if hosts is not None else {},
    )


def _pattern(pattern: Any) -> re.Pattern[str]:
    example = "write for example pattern = '^presse/([^/]+)/'."
    if not isinstance(pattern, str):
        raise ConfigError(f"[outlet] pattern must be a string: {example}")
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        raise ConfigError(f"[outlet] pattern is no regular expression ({error}): {example}") from None
    if not compiled.groups:
        raise ConfigError(f"[outlet] pattern has no group in parentheses to take the name from: {example}")
    return compiled


def _hosts(path: Any) -> dict[str, str]:
    if not isinstance(path, str):
        raise ConfigError("[outlet] hosts is the path of a CSV file with the columns host and name.")
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.DictReader(stream)
            if not {"host", "name"} <= set(rows.fieldnames or ()):
                raise ConfigError(f"[outlet] hosts: the first line of {path} must read: host,name")
            told = [(row["host"], row["name"]) for row in rows]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ConfigError(f"[outlet] hosts: {path} cannot be read as CSV in UTF-8: {error}.") from None
    names: dict[str, str] = {}
    for line, (address, written) in enumerate(told, start=2):
        host, name = publication_host(address), _name(written)
        if host is None or name is None:
            raise ConfigError(
                f"[outlet] hosts: line {line} of {path} needs a host and a name, such as actu.example.org,Actu."
            )
        if names.setdefault(host, name) != name:
            raise ConfigError(
                f"[outlet] hosts: {path} gives {host} two names, {names[host]} and {name}. Keep one."
            )
    return names


def _name(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None
