"""The lists of residue phrases, `languages/<code>/cleaning.toml`, read once and asked of one line at a time.

Code here knows the slots (`lines`, `starts`, `openers`, `ends`, `notices`, `sections`, `cues`, `credits`, `inline`, `stopwords`,
`within`, `appeals`, `own`, `authors`, `threads`, `headings`, `captions`, `breaks`, `second_person`, `service`, `unended`),
never the words. All languages are asked together: a French blog carries English buttons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import ahocorasick

from extract import fold_phrase
from extract.languages import SOME_WORDS, Room, known_languages

Slot = Literal["lines", "starts", "ends", "notices", "sections"]

CLEANING_WORDS = Room(
    "corpus",
    "cleaning.toml",
    dict.fromkeys(
        (
            "lines",
            "starts",
            "openers",
            "ends",
            "within",
            "appeals",
            "own",
            "authors",
            "notices",
            "sections",
            "cues",
            "credits",
            "inline",
            "stopwords",
            "threads",
            "headings",
            "captions",
            "breaks",
            "second_person",
            "service",
            "unended",
        ),
        SOME_WORDS,
    ),
)
_EDGES = " \t•*·-–—+>»«|:.!?…()[]#✓✔→←↓↑▶►●■◦▪‣°\"'“”@"
_BULLETS = " \t•*·-–—+>»|→▶►●■◦▪‣"
_STOPS = (".", "!", "?", "…", "»", "”")
_FEWEST_SPACES = 5
# Buttons that stand in a row on one line: so many words (two make a name, "Facebook Ads"), and in each label at most.
_SHORTEST_ROW = 3
_LONGEST_ROW = 16
_LONGEST_LABEL = 6
# A pointer of so many words, and characters at most, has the title it points at glued to it ("Lire aussiLe pont rouvre").
_FEWEST_POINTING = 2
_LONGEST_POINTER = 40
# The header of other articles has so many words at least where a title stands on its line.
_FEWEST_HEADING = 4
_ENDS_HEADING = (":", "–", "-", "—", "|")
_GLUED = re.compile(r"[a-zà-öø-ÿ](?=[A-ZÀ-ÖØ-Þ«])")
# A sentence that an opener begins is furniture when it is this short and has so many words of furniture.
_LONGEST_APPEAL = 160
_FURNITURE_WORDS = 2
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")

STEM = 6
"""Words are told apart by so many letters: "reported" and "reporting" say the same."""


def fold(text: str) -> str:
    """The folding of phrases, and no space before a colon: what the lists are matched on.

    >>> fold("Pr\u00e9sidence de l\u2019Assembl\u00e9e\u00a0: \u00c0 LIRE")
    "presidence de l'assemblee: a lire"
    """
    return fold_phrase(text).replace(" :", ":").replace(" ;", ";").replace(" !", "!").replace(" ?", "?")


def line_key(folded: str) -> str:
    """A folded line without bullets and closing punctuation, every number a `#`: equal for the same button on every page."""
    return _NUMBER.sub("#", folded).strip(_EDGES)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All languages' lists, ready to be asked.

    `lines`, `sections`: line key to rule; `first_words`: those of lines. `starts`, `openers`, `notices`: first word to
    (phrase, rule). `credits` and `appeals` are Aho-Corasick automata over folded text, the latter with the rules.
    """

    lines: dict[str, str]
    first_words: frozenset[str]
    sections: dict[str, str]
    starts: dict[str, list[tuple[str, str]]]
    openers: dict[str, list[tuple[str, str]]]
    notices: dict[str, list[tuple[str, str]]]
    ends: tuple[tuple[str, str], ...]
    ending: tuple[str, ...]
    within: tuple[tuple[str, str], ...]
    threads: frozenset[str]
    headings: frozenset[str]
    captions: frozenset[str]
    breaks: frozenset[str]
    authors: frozenset[str]
    cues: frozenset[str]
    second_person: frozenset[str]
    service: frozenset[str]
    addressing: frozenset[str]
    stopwords: frozenset[str]
    unended: frozenset[str]
    credits: Any
    appeals: Any
    inline: re.Pattern[str]

    def line_rule(self, folded: str) -> str | None:
        """The rule that says a line is nothing but residue, None when no list has it; `folded` as `fold` gives it."""
        key = line_key(folded)
        rule = self.lines.get(key) or self.sections.get(key) or self._row_rule(key)
        if rule:
            return rule
        numbered = _NUMBER.sub("#", folded).lstrip(_BULLETS)
        rule = (
            _phrase_rule(self.starts, numbered)
            or _phrase_rule(self.notices, numbered)
            or self.ending_rule(numbered)
            or next((rule for phrase, rule in self.within if phrase in folded), None)
        )
        if rule or (_is_sentence(folded) and not self._appeals(folded)):
            return rule
        return _phrase_rule(self.openers, numbered)

    def _row_rule(self, key: str) -> str | None:
        """The rule for the first of several labels that a line is nothing but: buttons in a row ("Copier le lien Lien copié")."""
        words = key.split()
        if not _SHORTEST_ROW <= len(words) <= _LONGEST_ROW or words[0] not in self.first_words:
            return None
        reached = {0}
        for end in range(1, len(words) + 1):
            if any(
                start in reached and _label(words[start:end]) in self.lines
                for start in range(max(0, end - _LONGEST_LABEL), end)
            ):
                reached.add(end)
        if len(words) not in reached:
            return None
        return next(rule for end in sorted(reached - {0}) if (rule := self.lines.get(_label(words[:end]))))

    def pointer_rule(self, head: str) -> str | None:
        """The rule for a line whose first words point elsewhere, the title they point at glued to them or not."""
        return self.glued_rule(head) or _phrase_rule(
            self.starts, _NUMBER.sub("#", fold(head)).lstrip(_BULLETS)
        )

    def glued_rule(self, head: str) -> str | None:
        """The rule for a line whose first words point elsewhere and have the title they point at glued to them."""
        glued = _GLUED.search(head, 0, _LONGEST_POINTER)
        if glued is None or head.count(" ", 0, glued.end()) < _FEWEST_POINTING - 1:
            return None
        return _phrase_rule(self.starts, fold(head[: glued.end()]).lstrip(_BULLETS))

    def headed_rule(self, head: str) -> str | None:
        """The rule for a line whose first words head other articles, a title behind them ("Sur le même sujet Le pont")."""
        words = head.split()
        if not _FEWEST_HEADING < len(words) <= _LONGEST_ROW or head.endswith(_STOPS):
            return None
        for end in range(_FEWEST_HEADING, min(_LONGEST_LABEL, len(words) - 1) + 1):
            key = line_key(fold(" ".join(words[:end])))
            rule = self.sections.get(key) if key.count(" ") >= _FEWEST_HEADING - 1 else None
            if rule and (
                words[end - 1][-1] in _ENDS_HEADING or words[end] in _ENDS_HEADING or words[end][0].isupper()
            ):
                return rule
        return None

    def _appeals(self, folded: str) -> bool:
        """Whether a short sentence speaks of the site: "Share this timeline with vendors." is text, "Share this article with a
        friend by e-mail." is not."""
        return (
            len(folded) <= _LONGEST_APPEAL
            and sum(map(self.service.__contains__, _WORD.findall(folded))) >= _FURNITURE_WORDS
        )

    def opens_thread(self, folded: str) -> bool:
        """Whether a line heads readers' comments ("Vos commentaires")."""
        return line_key(folded) in self.threads or self.counts_comments(folded)

    def counts_comments(self, folded: str) -> bool:
        """Whether a line begins with a number of readers' comments ("12 commentaires", "3 comments on “The tram”")."""
        counted = _NUMBER.sub("#", folded).lstrip(_BULLETS).startswith("# ")
        return counted and line_key(folded).partition(" ")[0] in self.threads

    def may_head(self, rule: str) -> bool:
        """Whether the phrase by which a line is named, as `rule` says, may also head a part of an article ("L'essentiel")."""
        return line_key(fold(rule.partition(": ")[2])) in self.headings

    def caption_label(self, rule: str) -> str | None:
        """The phrase by which a line is named, where it is one that the description of a picture stands behind ("Photo :")."""
        phrase = rule.partition(": ")[2]
        return phrase if line_key(fold(phrase)) in self.captions else None

    def breaks_off(self, rule: str) -> bool:
        """Whether the phrase by which a line is named stands between two paragraphs of an article ("Publicité")."""
        return line_key(fold(rule.partition(": ")[2])) in self.breaks

    def heads_author(self, rule: str) -> bool:
        """Whether the phrase by which a line is named heads what is told of who wrote the article ("À propos de l'auteur")."""
        return line_key(fold(rule.partition(": ")[2])) in self.authors

    def notice_rule(self, folded: str) -> str | None:
        """The rule that says a paragraph of any length is a notice (cookies, a disclaimer), None when it is not."""
        return _phrase_rule(self.notices, folded[:120].lstrip(_BULLETS))

    def appeal_rules(self, folded: str) -> list[str]:
        """The rules for what a site says to its readers in a text, or calls its own, in order; phrases do not overlap."""
        found: dict[str, None] = {}
        folded = _NUMBER.sub("#", folded)
        for last, (length, rule) in self.appeals.iter_long(folded):
            before, behind = folded[max(0, last - length) : last + 1 - length], folded[last + 1 : last + 2]
            if not (before.isalnum() or behind.isalnum()):
                found[rule] = None
        return list(found)

    def ending_rule(self, folded: str) -> str | None:
        """The rule for what the line ends with, None when no list has it."""
        ending = folded.rstrip(_EDGES)
        if not ending.endswith(self.ending):
            return None
        return next(rule for phrase, rule in self.ends if ending.endswith(phrase))


def _label(words: Sequence[str]) -> str:
    return " ".join(words).strip(_EDGES)


def _is_sentence(folded: str) -> bool:
    return folded[-1:] in _STOPS and folded.count(" ") >= _FEWEST_SPACES


def _phrase_rule(phrases: dict[str, list[tuple[str, str]]], folded: str) -> str | None:
    for phrase, rule in phrases.get(_first_word(folded), ()):
        if folded.startswith(phrase):
            following = folded[len(phrase) : len(phrase) + 1]
            if not (phrase[-1].isalnum() and following.isalnum()):
                return rule
    return None


_FIRST_WORD = re.compile(r"\w+|\S")


def _first_word(folded: str) -> str:
    match = _FIRST_WORD.match(folded)
    return match[0] if match else ""


def _addressing(spoken: Sequence[tuple[set[str], set[str]]]) -> frozenset[str]:
    """Words to the reader that are no function words of another language: the French "du" is nobody's."""
    return frozenset(
        word
        for at, (words, _) in enumerate(spoken)
        for word in words
        if not any(word in others for of, (_, others) in enumerate(spoken) if of != at)
    )


def _inline_pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """One expression for phrases cut out of sentences, in any case and with either apostrophe.

    Phrases are grouped by their first sign, a bracket for most, so that the search runs from bracket to bracket.
    """
    by_sign: dict[str, list[str]] = {}
    for phrase in sorted(set(phrases), key=lambda p: (-len(p), p)):
        words = [
            re.escape(word).replace("'", "['’]").replace(r"\#", r"\d{1,9}(?:[.,]\d{1,9})?")
            for word in phrase.split(" ")
        ]
        pattern = r"[\s\u00a0\u202f]{1,3}".join(words)
        sign = pattern[:2] if pattern[0] == "\\" else pattern[0]
        by_sign.setdefault(sign, []).append(pattern[len(sign) :])
    return re.compile(
        "|".join(f"{sign}(?:{'|'.join(rest)})" for sign, rest in by_sign.items()), re.IGNORECASE
    )


@cache
def lexicon() -> Lexicon:
    """The lists of all languages, read from the package once per process."""
    lines: dict[str, str] = {}
    sections: dict[str, str] = {}
    starts: dict[str, list[tuple[str, str]]] = {}
    openers: dict[str, list[tuple[str, str]]] = {}
    notices: dict[str, list[tuple[str, str]]] = {}
    ends: dict[str, str] = {}
    within: list[tuple[str, str]] = []
    threads: set[str] = set()
    headings: set[str] = set()
    captions: set[str] = set()
    breaks: set[str] = set()
    authors: set[str] = set()
    cues: set[str] = set()
    second_person: set[str] = set()
    service: set[str] = set()
    spoken: list[tuple[set[str], set[str]]] = []
    stopwords: set[str] = set()
    unended: set[str] = set()
    credits: set[str] = set()
    appeals: dict[str, str] = {}
    inline: list[str] = []
    for language in known_languages():
        data = CLEANING_WORDS.read(language).content
        for phrase in data["lines"]:
            lines.setdefault(line_key(fold(phrase)), f"{language}/lines: {phrase}")
        for phrase in data["sections"]:
            sections.setdefault(line_key(fold(phrase)), f"{language}/sections: {phrase}")
        for phrase in data["threads"]:
            sections.setdefault(line_key(fold(phrase)), f"{language}/threads: {phrase}")
        for slot, target in (("starts", starts), ("openers", openers), ("notices", notices)):
            for phrase in data[slot]:
                folded = fold(phrase)
                target.setdefault(_first_word(folded), []).append((folded, f"{language}/{slot}: {phrase}"))
        within.extend((fold(phrase), f"{language}/within: {phrase}") for phrase in data["within"])
        for slot in ("appeals", "own"):
            for phrase in data[slot]:
                appeals.setdefault(fold(phrase), f"{language}/{slot}: {phrase}")
        for phrase in data["ends"]:
            ends.setdefault(fold(phrase).rstrip(_EDGES), f"{language}/ends: {phrase}")
        threads.update(line_key(fold(phrase)) for phrase in data["threads"])
        headings.update(line_key(fold(phrase)) for phrase in data["headings"])
        captions.update(line_key(fold(phrase)) for phrase in data["captions"])
        authors.update(line_key(fold(phrase)) for phrase in data["authors"])
        breaks.update(line_key(fold(phrase)) for phrase in data["breaks"])
        second_person.update(fold(word) for word in data["second_person"])
        service.update(fold(word) for word in data["service"])
        cues.update(fold(word) for word in data["cues"])
        spoken.append(({fold(w) for w in data["second_person"]}, {fold(w) for w in data["stopwords"]}))
        stopwords.update(fold(word) for word in data["stopwords"])
        unended.update(fold(word) for word in data["unended"])
        credits.update(fold(phrase) for phrase in data["credits"])
        inline.extend(data["inline"])
    automaton = ahocorasick.Automaton(ahocorasick.STORE_LENGTH)
    for phrase in sorted(credits):
        automaton.add_word(phrase)
    automaton.make_automaton()
    speaking = ahocorasick.Automaton()
    for phrase, rule in sorted(appeals.items()):
        speaking.add_word(phrase, (len(phrase), rule))
    speaking.make_automaton()
    return Lexicon(
        lines=lines,
        first_words=frozenset(label.partition(" ")[0] for label in lines),
        sections=sections,
        starts=starts,
        openers=openers,
        notices=notices,
        ends=tuple(ends.items()),
        ending=tuple(ends),
        within=tuple(within),
        threads=frozenset(threads),
        headings=frozenset(headings),
        captions=frozenset(captions),
        breaks=frozenset(breaks),
        authors=frozenset(authors),
        cues=frozenset(cues),
        second_person=frozenset(second_person),
        service=frozenset(service | cues),
        addressing=_addressing(spoken),
        stopwords=frozenset(stopwords),
        unended=frozenset(unended),
        credits=automaton,
        appeals=speaking,
        inline=_inline_pattern(inline),
    )
