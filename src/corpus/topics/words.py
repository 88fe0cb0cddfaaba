"""Text to counted words: elision-aware tokens, stop words, lemmas, each distinct form worked out once.

A token is a run of letters, so "l'intelligence" and "d’Europe" give "intelligence" and "europe" and the elided piece
falls to the stop list; a figure is never a topic word. Lemmas are those of simplemma's dictionaries. Stop words are
`languages/<code>/stop_words.txt`: a word goes when its form or its lemma is listed, and stays when it is
listed with a plus ("+données", whose lemma would be "donner").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.topics.occurrences import WORD, Occurrences, number_words
from extract.languages import WordFile, known_languages

STOP_WORDS = WordFile("corpus", "stop_words.txt")
# A run of letters longer than this is not a word (base64, a line without spaces): it would only fill the vocabulary.
LONGEST_WORD = 40
# One document counts at most this many characters: a 5 MB file must not outweigh a corpus.
CHARACTERS_READ = 200_000


@dataclass(frozen=True, slots=True)
class StopWords:
    """The words of one language that never stand for a topic, and those kept whatever their lemma."""

    dropped: frozenset[str]
    kept: frozenset[str]


@cache
def read_stop_words(language: str) -> StopWords:
    """The stop list of a language (ISO 639-1); empty for a language that has none.

    >>> from corpus.topics import read_stop_words
    >>> "avec" in read_stop_words("fr").dropped
    True
    """
    if language not in known_languages():
        return StopWords(frozenset(), frozenset())
    words = STOP_WORDS.read(language)
    kept = frozenset(word[1:] for word in words if word.startswith("+"))
    return StopWords(frozenset(word for word in words if not word.startswith("+")) - kept, kept)


def tokens(text: str) -> list[str]:
    """The lower-cased words of a text, in order, stop words included.

    >>> from corpus.topics import tokens
    >>> tokens("L'été, le pont ferme.")
    ['été', 'le', 'pont', 'ferme']
    """
    return WORD.findall(text[:CHARACTERS_READ].lower())


class WordReader:
    """Reads texts of one language into counts of lemmas. Forms already met are not looked up again."""

    def __init__(self, language: str, dropped: Iterable[str] = (), kept: Iterable[str] = ()) -> None:
        """`dropped` and `kept` are a user's own stop words, and words that are none whatever the list says, in lower case."""
        self.language = language
        self.dropped, self.kept = frozenset(dropped), frozenset(kept)
        listed = read_stop_words(language)
        # A word that a user drops goes in all its forms.
        lemmatize = _lemmatizer(language)
        gone = self.dropped | {lemmatize(word).lower() for word in self.dropped}
        self._stop_words = StopWords((listed.dropped | gone) - self.kept, (listed.kept - gone) | self.kept)
        self._lemma_of: dict[str, str | None] = {}

    def read(self, texts: Iterable[str]) -> list[dict[str, int]]:
        """One mapping of form to count per text, stop words and their forms left out."""
        counted: list[dict[str, int]] = []
        lemma_of = self._lemma_of
        for text in texts:
            counts = Counter(tokens(text))
            self.learn([form for form in counts if form not in lemma_of])
            counted.append({form: number for form, number in counts.items() if lemma_of[form] is not None})
        return counted

    def occurrences(self, texts: Iterable[str]) -> Occurrences:
        """The words of many texts at once, in four bytes a word."""
        numbered = number_words(text[:CHARACTERS_READ] for text in texts)
        self.learn([form for form in numbered.names if form not in self._lemma_of])
        return numbered.without([self._lemma_of[form] is None for form in numbered.names])

    def lemma(self, form: str) -> str | None:
        """The lemma of a lower-cased form; None for a stop word or what is no word."""
        if form not in self._lemma_of:
            self.learn((form,))
        return self._lemma_of[form]

    def lemmas(self, forms: Sequence[str]) -> list[str | None]:
        """The lemma of each of many forms."""
        lemma_of = self._lemma_of
        self.learn([form for form in set(forms) if form not in lemma_of])
        return list(map(lemma_of.__getitem__, forms))

    def has_met(self, word: str) -> bool:
        """Whether a form of a word stood in a text."""
        lemma = _lemmatizer(self.language)(word).lower()
        return any(
            form == word or _lemmatizer(self.language)(form).lower() == lemma
            for form in self._lemma_of
            if form[:2] == word[:2]
        )

    def learn(self, forms: Iterable[str]) -> None:
        """Work out the lemmas of new forms. A language simplemma does not know keeps its forms as they are."""
        lemmatize = _lemmatizer(self.language)
        dropped, kept = self._stop_words.dropped, self._stop_words.kept
        for form in forms:
            if len(form) > LONGEST_WORD or form in dropped or not form.isalpha():
                self._lemma_of[form] = None
                continue
            lemma = lemmatize(form).lower()
            if lemma in dropped:
                self._lemma_of[form] = form if form in kept else None
            else:
                self._lemma_of[form] = lemma if lemma.isalpha() else form


def dictionary_lemma(word: str, language: str) -> str:
    """The lemma of a word as the dictionary of a language has it, in lower case; the word itself where there is none."""
    return str(_lemmatizer(language)(word)).lower()


@cache
def _lemmatizer(language: str) -> Callable[[str], str]:
    """What gives a form's lemma; forms of a language without a dictionary stay as they are."""
    from extract import has_dictionary, lemmatizer  # simplemma is loaded where there are words

    return lemmatizer(language) if language in known_languages() and has_dictionary(language) else str
