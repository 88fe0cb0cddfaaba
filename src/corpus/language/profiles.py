"""The models behind language identification: loaded once a process, when first asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import Any, Final

from corpus.language.unpacked import Unpacked, unpacked

NON_LATIN_LANGUAGES: Final = frozenset(
    ("ar", "bg", "bn", "el", "fa", "gu", "he", "hi", "ja", "kn", "ko", "mk", "ml", "mr", "ne", "pa", "ru", "ta", "te", "th", "uk",
     "ur")
)  # fmt: skip
SEED: Final = 0


def require_known(languages: Sequence[str]) -> tuple[str, ...]:
    """`languages` sorted, each once. Raises ValueError when there is none, or one that an identifier does not know.

    >>> from corpus.language import require_known
    >>> require_known(["fr", "fr"])
    ('fr',)
    """
    return _known(tuple(languages))


@lru_cache(maxsize=64)
def _known(languages: tuple[str, ...]) -> tuple[str, ...]:
    if not languages:
        raise ValueError("no language to choose from: name at least one, such as fr")
    unknown = sorted(set(languages) - supported_languages())
    if unknown:
        known = ", ".join(sorted(supported_languages()))
        raise ValueError(
            f"cannot identify {', '.join(unknown)}: the languages that can be told apart are {known}"
        )
    return tuple(sorted(set(languages)))


@lru_cache(maxsize=1)
def profiled_languages() -> frozenset[str]:
    """The codes that langdetect has a profile of: the list of a folder, where `supported_languages` loads a model.

    >>> from corpus.language import profiled_languages
    >>> {"fr", "pt"} <= profiled_languages(), "xx" in profiled_languages()
    (True, False)
    """
    return frozenset(entry.name for entry in resources.files("langdetect").joinpath("profiles").iterdir())


@lru_cache(maxsize=1)
def supported_languages() -> frozenset[str]:
    """The ISO 639-1 codes that langdetect and py3langid both know."""
    return profiled_languages() & frozenset(_py3langid().classes.tolist())


@lru_cache(maxsize=16)
def langdetect_factory(languages: tuple[str, ...]) -> Any:
    """langdetect's DetectorFactory with the profiles of `languages` alone, seeded."""
    from corpus.language.detector import wordwise_factory

    folder = resources.files("langdetect").joinpath("profiles")
    return wordwise_factory([folder.joinpath(name).read_text(encoding="utf-8") for name in languages], SEED)


@lru_cache(maxsize=16)
def py3langid_identifier(languages: tuple[str, ...]) -> Any:
    """py3langid's identifier limited to `languages`; it is not changed afterwards, so threads may share it."""
    from corpus.language.identifier import ArrayIdentifier

    return ArrayIdentifier(_py3langid(), languages)


@lru_cache(maxsize=1)
def _py3langid() -> Unpacked:
    from py3langid import langid

    return unpacked(langid.MODEL_DIR / langid.MODEL_FILE)
