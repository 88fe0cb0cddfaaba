"""Forms of one word, so that the lists of `facts.toml` need not name each of them: by the dictionaries of simplemma.

    python scripts/word_forms.py en de es it pt

writes `src/extract/languages/<code>/word_forms.txt`: families of which a list names a member. It needs `wordfreq`,
which nothing else here does. To be run again after a list has a new word. The most frequent words are left out: "take" and "give"
tell little by themselves, whatever the list says of one of their forms.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

import simplemma
from wordfreq import top_n_list

from extract.facts.words import fact_words, listed_classes
from extract.folding import fold_in_place

WORDS, FREQUENT = 26_000, 1_000
SHORTEST, LONGEST = 3, 22
LANGUAGES = Path(__file__).resolve().parents[1] / "src" / "extract" / "languages"
HEAD = """\
# Forms of one word: a number opens a family, its forms follow (small letters, no accents). A class of one is a class of all.
# Made by scripts/word_forms.py with the dictionaries of simplemma (MIT) from the words of wordfreq (CC BY-SA 4.0).
"""


def lemma(word: str, language: str) -> str:
    """The dictionary form of a word in small letters, which may be a noun that is written with a capital."""
    found = simplemma.lemmatize(word, lang=language)
    if found == word:
        found = simplemma.lemmatize(word.capitalize(), lang=language)
    return found.lower()


def families(language: str) -> list[list[str]]:
    """The families of which a member stands in a class, each in order."""
    accented = fact_words(language).lists["accented"]
    frequent = set(top_n_list(language, FREQUENT))
    found: dict[str, set[str]] = defaultdict(set)
    for word in top_n_list(language, WORDS):
        if word.isalpha() and SHORTEST <= len(word) <= LONGEST and word not in frequent:
            form = word if word in accented else fold_in_place(word).strip()
            found[lemma(word, language)].add(form)
    return sorted(
        sorted(forms)
        for forms in found.values()
        if len(forms) > 1 and any(listed_classes(form, language) for form in forms)
    )


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("languages", nargs="+")
    for language in options.parse_args().languages:
        lines = [f"{number} {' '.join(forms)}" for number, forms in enumerate(families(language))]
        out = LANGUAGES / language / "word_forms.txt"
        out.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
