"""langdetect's reading of a text, word by word: the same n-grams in the same order, the same draws, the same probabilities.

langdetect (Shuyo 2010) goes from character to character in Python and multiplies in a loop over languages. Words come again
and again, so here each word's n-grams are looked up once and remembered with what they say of each language.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from langdetect.detector import Detector
from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import ErrorCode, LangDetectException
from langdetect.utils.ngram import NGram

_SPACES = re.compile(" +")
_LAST_PLAIN = "\u02ff"
"""Up to here langdetect takes no character for one of another script."""
_REMEMBERED = 1 << 14
Evidence = list[float]
"""How often an n-gram is met in each language, in the order of the factory's languages."""


class _Normalised(dict[int, str]):
    """What `str.translate` makes of each character, as langdetect's n-grams have it; asked of langdetect once a character."""

    def __missing__(self, code: int) -> str:
        found: str = NGram.normalize(chr(code))
        self[code] = found
        return found


class WordwiseFactory(DetectorFactory):  # type: ignore[misc]  # langdetect has no types
    """Makes detectors that share what they remember of words."""

    def __init__(self) -> None:
        super().__init__()
        self.normalised = _Normalised()
        self.evidence: Callable[[str], tuple[Evidence, ...]] = lru_cache(maxsize=_REMEMBERED)(self._evidence)

    def _create_detector(self) -> WordwiseDetector:
        return WordwiseDetector(self)

    def _evidence(self, word: str) -> tuple[Evidence, ...]:
        """What the n-grams of `word` say, one after the other; the word stands between the spaces beside it."""
        found: list[Evidence | None] = []
        known = self.word_lang_prob_map
        for k in range(1, len(word)):
            if word[k].isupper() and word[k - 1].isupper():
                continue  # a word in capitals
            if word[k] != " ":
                found.append(known.get(word[k]))
            found.append(known.get(word[k - 1 : k + 1]))
            if k > 1:
                found.append(known.get(word[k - 2 : k + 1]))
        return tuple(one for one in found if one is not None)


class WordwiseDetector(Detector):  # type: ignore[misc]  # langdetect has no types
    """langdetect's detector with its inner loops over words."""

    def __init__(self, factory: WordwiseFactory) -> None:
        super().__init__(factory)
        self._factory = factory

    def append(self, text: str) -> None:
        """Add text to be judged."""
        text = self.MAIL_RE.sub(" ", self.URL_RE.sub(" ", text))
        self.text += _SPACES.sub(" ", NGram.normalize_vi(text)[: self.max_text_length])

    def cleaning_text(self) -> None:
        """Take Latin letters out of a text in another script."""
        if max(self.text, default="") > _LAST_PLAIN:
            super().cleaning_text()

    def _extract_ngrams(self) -> list[Evidence]:
        *words, last = self.text.translate(self._factory.normalised).split(" ")
        found: list[Evidence] = []
        for word in words:
            if word:
                found += self._factory.evidence(f" {word} ")
        return [*found, *self._factory.evidence(f" {last}")]

    def _detect_block(self) -> None:
        """The probabilities by several trials: n-grams are drawn until one language is sure, five between two looks."""
        self.cleaning_text()
        ngrams = self._extract_ngrams()
        if not ngrams:
            raise LangDetectException(ErrorCode.CantDetectError, "No features in text.")
        total = [0.0] * len(self.langlist)
        self.random.seed(self.seed)
        draw = self.random.choice
        for _ in range(self.n_trial):
            alpha = self.alpha + self.random.gauss(0.0, 1.0) * self.ALPHA_WIDTH
            w = alpha / self.BASE_FREQ
            prob = [p * (w + told) for p, told in zip(self._init_probability(), draw(ngrams), strict=True)]
            drawn, most = 0, self._normalize_prob(prob)
            while most <= self.CONV_THRESHOLD and drawn < self.ITERATION_LIMIT:
                drawn += 5
                five = draw(ngrams), draw(ngrams), draw(ngrams), draw(ngrams), draw(ngrams)
                prob = [
                    p * (w + a) * (w + b) * (w + c) * (w + d) * (w + e)
                    for p, a, b, c, d, e in zip(prob, *five, strict=True)
                ]
                most = self._normalize_prob(prob)
            total = [before + p / self.n_trial for before, p in zip(total, prob, strict=True)]
        self.langprob = total

    def _normalize_prob(self, prob: list[float]) -> float:
        total = sum(prob)
        prob[:] = [one / total for one in prob]
        return max(prob)


def wordwise_factory(profiles: list[str], seed: int) -> Any:
    """A factory of detectors for the languages of `profiles` (langdetect's JSON), each of which draws from the same seed."""
    factory = WordwiseFactory()
    factory.set_seed(seed)
    factory.load_json_profile(profiles)
    return factory
