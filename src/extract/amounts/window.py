"""The piece of text that the grammar reads at a time: its number phrases, its currency words, the sums read so far."""

from __future__ import annotations

from extract.amounts.records import Sum
from extract.amounts.vocabulary import Unit, Vocabulary
from extract.numbers import NumberPhrase

MILLION = 1_000_000
# Between the halves of a sum stand at most these many characters: " un peu plus de" never does.
LONGEST_GAP = 12

Trigger = tuple[int, int, Unit]


class Window:
    """`folded[start:end]`, read; `used` says which phrases belong to a sum, `absorbed` is the currency word that one took."""

    def __init__(self, words: Vocabulary, folded: str, start: int, end: int, units: list[Trigger]) -> None:
        self.words, self.folded, self.start, self.end = words, folded, start, end
        self.phrases, self.units = _apart(words.numbers.phrases(folded, start, end), units)
        self.used = [False] * len(self.phrases)
        self.sums: list[Sum] = []
        self.absorbed = -1

    def stands_free(self, phrase: NumberPhrase) -> bool:
        """Is the number not the tail of a name ("H100", "GPT-4")?"""
        if phrase.start == 0:
            return True
        before = self.folded[phrase.start - 1]
        if before == "." and phrase.start > 1:  # "1.2.3" is no number, "ventes.6 853 $" lacks a space
            return not self.folded[phrase.start - 2].isdigit()
        return not (before.isalnum() or before == "_")

    def percent_behind(self, phrase: NumberPhrase) -> bool:
        """Is it a share?"""
        return self.words.percent.match(self.folded, phrase.end) is not None


def _apart(phrases: list[NumberPhrase], units: list[Trigger]) -> tuple[list[NumberPhrase], list[Trigger]]:
    """Phrases and currency words that share no character: the longer one wins, and money where they are equally long.

    "cents" behind "43" is money, in "trois cents millions" it is a number.
    """
    kept_phrases: list[NumberPhrase] = []
    kept_units: list[Trigger] = []
    place = 0
    for phrase in phrases:
        while place < len(units) and units[place][1] <= phrase.start:
            kept_units.append(units[place])
            place += 1
        wins = True
        while place < len(units) and units[place][0] < phrase.end:
            start, end, _ = units[place]
            if phrase.start <= start and end <= phrase.end and end - start < phrase.end - phrase.start:
                place += 1
                continue
            wins = False
            break
        if wins:
            kept_phrases.append(phrase)
    return kept_phrases, kept_units + units[place:]


def year_like(phrase: NumberPhrase, folded: str) -> bool:
    """Four plain digits between 1900 and 2100: before a sign they are rather a year ("en 2024 $ 5 millions")."""
    plain = phrase.digits and phrase.end - phrase.start == 4 and phrase.scale == 1
    return plain and phrase.value is not None and 1900 <= phrase.value <= 2100
