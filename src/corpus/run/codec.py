"""What `extract` finds, as JSON and back: finished work lies in the output folder, where a pickle would be code to run.

A dataclass is written as {"c": its name, "v": its fields}, a date as {"d": ISO}. Only the dataclasses that can stand inside a
`ParagraphEntities` are ever made again.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import typing
from functools import cache
from typing import Any


def dumps(value: Any) -> str:
    """The value as JSON text; the same value gives the same text."""
    return json.dumps(value, default=_plain, ensure_ascii=False, separators=(",", ":"))


def loads(text: str, root: type) -> Any:
    """The value that `dumps` wrote; `root` is the dataclass it is. Sequences come back as tuples."""
    classes = _classes(root)

    def rich(value: dict[str, Any]) -> Any:
        if "d" in value:
            return dt.date.fromisoformat(value["d"])
        return classes[value["c"]](
            *[_tuples(part) if part.__class__ is list else part for part in value["v"]]
        )

    value = json.loads(text, object_hook=rich)
    return _tuples(value) if isinstance(value, list) else value


def _plain(value: Any) -> Any:
    """What stands for a value that JSON has no form of; the encoder goes on with its parts."""
    if isinstance(value, dt.date):
        return {"d": value.isoformat()}
    kind: type = type(value)
    return {"c": kind.__name__, "v": [getattr(value, name) for name in _fields(kind)]}


@cache
def _fields(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass. Raises TypeError for anything else."""
    return tuple(field.name for field in dataclasses.fields(kind))


def _tuples(value: list[Any]) -> tuple[Any, ...]:
    return tuple([_tuples(part) if part.__class__ is list else part for part in value])


@cache
def _classes(root: type) -> dict[str, type]:
    """Every dataclass that the annotations of `root` reach, by name."""
    found: dict[str, type] = {}
    waiting: list[Any] = [root]
    while waiting:
        item = waiting.pop()
        if isinstance(item, type) and dataclasses.is_dataclass(item):
            if item.__name__ not in found:
                found[item.__name__] = item
                waiting.extend(_hints(item))
        else:
            waiting.extend(typing.get_args(item))
    return found


def _hints(cls: type) -> list[Any]:
    """The annotations of a dataclass, with names its module imports for type checkers only looked up where they live."""
    from extract import DateExpression

    return list(typing.get_type_hints(cls, localns={"DateExpression": DateExpression}).values())
