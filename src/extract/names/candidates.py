"""Stretches of text that may be a name: runs of capitalised words, what joins them, and the tails of institutions' names.

Every stretch that could be meant is proposed, the longer and the shorter ("Commission", "Commission européenne"); which one
is a name is for the typing step to say. Nothing is proposed across a sentence boundary.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from extract.companies import legal_forms
from extract.cue_words import CueWords
from extract.languages import known_languages, language_card
from extract.tokens import Tokens

_JOINT = re.compile(r"[ \u00a0\u202f]|[-‐‑–'’.&+!]|[ \u00a0]& ?")
_INITIAL_JOINT = re.compile(r"\.[ \u00a0]")
_HYPHENS = frozenset("-‐‑")
_CLOCK = re.compile(r"[0-9]{1,2}[hH][0-9]{0,2}")  # "10H30 GMT" is no name
MAX_TOKENS = 7
MAX_HEADED_TOKENS = 9
MAX_TAIL = 4  # lower-case words after the last capital of an institution's name: "… pour la défense de la démocratie"
MAX_NAME_LENGTH = 200
MAX_LOWER_PREFIX = 4  # "easyJet"; a longer small beginning is a word that lost its space
_CAPITALS_SHARE = 0.7  # of a sentence's words in capitals, from which capitals tell nothing


def joinable(text: str, tokens: Tokens, left: int) -> bool:
    """Whether nothing between token `left` and the next keeps them from being one name."""
    start, end = tokens.ends[left], tokens.starts[left + 1]
    if end - start > 3:
        return False
    gap = text[start:end]
    if gap == ", ":
        return tokens.words[left + 1] in legal_forms()
    if _JOINT.fullmatch(gap):
        return gap != "!" and not (gap == "." and not _dotted(tokens, left))
    return (
        _INITIAL_JOINT.fullmatch(gap) is not None
        and len(tokens.words[left]) == 1
        and tokens.words[left].isupper()
    )


def _dotted(tokens: Tokens, left: int) -> bool:
    """ "Character.AI", "J.P.", "W.IN.G": not the missing space after a sentence."""
    word, following = tokens.words[left], tokens.words[left + 1]
    if len(word) == 1 or (len(following) == 1 and word.isupper() and following.isupper()):
        return True
    return len(following) <= 3 and following.isalpha() and not following.istitle()


def letter_case(tokens: Tokens, first: int, last: int) -> Literal["shouted", "small", "mixed"]:
    """How tokens `first` to `last` (exclusive) are written: where all is capitals, or nothing is, capitals tell nothing."""
    words = tokens.words[first:last]
    if not any(word[:1].isupper() for word in words):
        return "small"
    capitals = sum(1 for word in words if len(word) > 1 and word.isupper())
    return "shouted" if len(words) >= 4 and capitals > _CAPITALS_SHARE * len(words) else "mixed"


def candidate_spans(
    text: str, tokens: Tokens, first: int, last: int, cues: CueWords
) -> list[tuple[int, int]]:
    """Return the stretches of tokens `first` to `last` (exclusive) that may be names, as (i, j), j inclusive.

    Of a sentence in capitals, which tell nothing there, ask none.
    """
    words, folded = tokens.words, tokens.folded
    spans: list[tuple[int, int]] = []
    for i in range(first, last):
        word = words[i]
        small = word.islower()
        initial = small and len(word) == 1 and _small_initial(text, tokens, i, last)
        if small and not initial and folded[i] not in cues.heads and not word[0].isdecimal():
            continue  # nearly all words: what follows asks more of each
        headed = folded[i] in cues.heads or (folded[i] in cues.company_heads and word[:1].isupper())
        numbered = initial or _numbered(text, tokens, i, last, cues)
        if (small and not headed and not numbered) or _glued(word) or _CLOCK.fullmatch(word):
            continue
        if not word[0].isupper() and (small or not any(map(str.isupper, word))):
            if not headed and not numbered:
                continue
            tail_only = True
        else:
            tail_only = False
        spans.extend(_from(text, tokens, i, last, cues, headed, tail_only))
    if _has_possessive(cues.language):
        return spans
    return [(i, j) for i, j in spans if j + 1 >= last or not _bare_s(text, tokens, j + 1)]


def goes_on(text: str, tokens: Tokens, j: int, language: str) -> bool:
    """Whether the name that ends with token `j` goes on with an 's that is no possessive in `language`: "Nature's Touch"."""
    return j + 1 < len(tokens.words) and not _has_possessive(language) and _bare_s(text, tokens, j + 1)


def _small_initial(text: str, tokens: Tokens, i: int, last: int) -> bool:
    """Whether token `i` is the small letter that a name begins with: "e-Peas", "i-Run"."""
    if i + 1 >= last or tokens.starts[i + 1] != tokens.ends[i] + 1 or text[tokens.ends[i]] not in _HYPHENS:
        return False
    begins = tokens.starts[i] == 0 or text[tokens.starts[i] - 1] not in _HYPHENS
    return begins and tokens.words[i + 1][:1].isupper()


def _numbered(text: str, tokens: Tokens, i: int, last: int, cues: CueWords) -> bool:
    """Whether token `i` is a number that may begin a name of several words: "21st Century Fox", "1&1 Telecom", "360 Capital"."""
    word = tokens.words[i]
    if not word[:1].isdecimal() or i + 1 >= last or not joinable(text, tokens, i):
        return False
    if text[tokens.ends[i] : tokens.starts[i + 1]] == "&":
        return True
    if not tokens.words[i + 1][:1].isupper():
        return False
    # Nearly every number before a capital is a year, a rank or a count: what it counts must be of a firm's name.
    return not word.isdecimal() or tokens.folded[i + 1] in cues.company_tails


@cache
def _has_possessive(language: str) -> bool:
    """Whether 's behind a name may be no part of it ("OpenAI's models"); elsewhere it always is ("chez Sotheby's")."""
    if language not in known_languages():
        return True
    return language_card(language).flag("possessive_s")


def _bare_s(text: str, tokens: Tokens, k: int) -> bool:
    """Whether token `k` is the s of "Sotheby's"."""
    return tokens.words[k] == "s" and text[tokens.starts[k] - 1] in "'’"


def _glued(word: str) -> bool:
    """ "côtesLe": two sentences without the space between them, no name such as "iPhone", "eBay", "xAI"."""
    if word[0].isupper():
        return False
    run = len(word) - len(word.lstrip("abcdefghijklmnopqrstuvwxyzàâäçéèêëîïôöùûüÿœæñßìòáíóú"))
    return MAX_LOWER_PREFIX < run < len(word)


def _from(
    text: str, tokens: Tokens, i: int, last: int, cues: CueWords, headed: bool, tail_only: bool
) -> list[tuple[int, int]]:
    """The candidates that begin at token `i`."""
    words, folded = tokens.words, tokens.folded
    # A function word or the like with a capital is no name by itself ("Objectif affiché"): only a list may say so.
    spans = [] if tail_only or folded[i] in cues.sentence_start else [(i, i)]
    limit = min(last, i + (MAX_HEADED_TOKENS if headed else MAX_TOKENS))
    tail = 0
    j = i
    while j + 1 < limit and joinable(text, tokens, j):
        j += 1
        if tokens.ends[j] - tokens.starts[i] > MAX_NAME_LENGTH:
            break
        word = words[j]
        if not word.islower():  # a capital inside, or a number: "Mistral 7B", "GPT-4"
            spans.append((i, j))
            tail = 0
            continue
        if _bare_s(text, tokens, j):
            spans.append(
                (i, j)
            )  # "Sotheby's"; whether the mark belongs to the name is for the typing step to say
            continue
        if word in legal_forms() or text[tokens.ends[j - 1] : tokens.starts[j]] == ".":
            spans.append((i, j))  # "Brivane inc.", "Galet.ai"
            continue
        tail += 1
        if folded[j] in cues.connectors:
            if tail > MAX_TAIL:
                break
            continue
        if headed and tail <= MAX_TAIL and folded[j] not in cues.sentence_start:
            spans.append((i, j))
            continue
        if (
            tail == 1
            and j == i + 1 + (folded[i] in cues.articles)
            and len(word) > 3
            and folded[j] not in cues.sentence_start
            and not tail_only
        ):
            spans.append((i, j))  # "Crédit agricole", "Pôle emploi", "Les Métaux canadiens"
        break
    return spans
