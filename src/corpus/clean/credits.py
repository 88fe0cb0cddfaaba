"""Lines that sign or describe a picture: told loosely for a score, strictly where nothing else speaks against a line.

Agencies are companies that articles write about, and stand in the dateline of a dispatch: a name alone convicts nobody.
"""

from __future__ import annotations

import re

from corpus.clean.lexicon import Lexicon, fold, lexicon

# "Name Surname/Agency" at the end of a line signs a picture in every language.
_SIGNED = re.compile(r"[A-ZÀ-Þ][\w.’'-]* ?/ ?[A-ZÀ-Þa-z][\w.-]*(?: [A-ZÀ-Þ][\w.-]*){0,3}\)?\.?$|©")
# The same in brackets, or with a first name, a surname and an agency in capitals: "BFMTV/RMC" and "Expectation/Requirements"
# end headlines.
_BRACKETED = re.compile(
    r"[(\[][A-ZÀ-Þ][\w.’'-]*(?: [A-ZÀ-Þ][\w.’'-]*){0,3} ?/ ?[A-ZÀ-Þ][\w.’'-]*(?: [A-ZÀ-Þ][\w.’'-]*){0,3}[)\]]\.?$"
)
_NAMED = re.compile(
    r"^(?:\W*\w+ ?:)?\W*[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w.’'-]*){1,2} ?/ ?[A-ZÀ-Þ]{2,6}(?: [A-ZÀ-Þ]\w*)?\W*$"
)
# "LYON (Agence Sud) - La préfecture": an agency's dateline and the first words of its dispatch.
_DATELINE = re.compile(r"[A-ZÀ-Þ][\w.’'/ -]{1,40},? ?\([^()\n]{2,30}\) ?[-–—] ?\w+ \w")
# A copyright mark signs from the head of a line, or with so many characters at most behind it.
_MARK = "©"
_LONGEST_BEHIND_MARK = 60
# A phrase of three words and more describes a picture; a name signs at the end, in a line of some words behind a mark.
_DESCRIPTION_SPACES = 2
_FEWEST_SIGNED_SPACES = 5
_LONGEST_SIGNED_END = 25
_SIGNING = frozenset("/(©:|-,[•·")
# A sentence that is over before the signature: the last paragraph of a dispatch.
_ENDED = re.compile(r"[.!?»”]\s*\($|[.!?»”]\s*$")
_WORD = re.compile(r"\w+")
# What signs the picture stands behind its description: a line of so many characters, a description of so many words.
_LONGEST_CAPTION = 400
_DESCRIPTION_WORDS = 7
# Behind a mark that nothing but a signature has, a name and a word say what a picture shows.
_FEWEST_WORDS = 2
_BEHIND_DESCRIPTION = re.compile(
    r"[.!?»”]\s+(?=[^.!?\n]{5,80}\.?$)|\s?[—–-]?\s?(?=©[^\n]{2,60}$)|[^\s(\[]\s?(?=[(\[][^()\[\]\n]{2,80}[)\]]\.?$)"
    r"|\s[—–|-]\s(?=[^\n]{4,60}$)"
)
# "via", "by", "par": what stands between the names.
_LONGEST_LINK = 3
# A description has a function word for so many words at most; a list of names has fewer.
_FUNCTIONAL = 5


def credit_behind(text: str, *, paged: bool = False) -> int | None:
    """Where the names that sign a picture begin behind the words that describe it, None where there are none.

    What a few words show is asked of texts only: of a page (`paged`) markup has told it.

    >>> credit_behind("Le maire a ouvert le pont de Lumadis lundi. Ana Vell/REA")
    44
    >>> credit_behind("Le maire devant le pont de Lumadis que la ville rouvre (AFP / Ana Vell)")
    55
    """
    if len(text) > _LONGEST_CAPTION:
        return None
    for match in _BEHIND_DESCRIPTION.finditer(text):
        tail = text[match.end() :]
        words = len(_WORD.findall(text, 0, match.start() + 1))
        if words >= _DESCRIPTION_WORDS and (_is_names(tail) or (not paged and _is_listed(tail))):
            return match.end()
        if (
            not paged
            and words >= _FEWEST_WORDS
            and _is_marked(tail)
            and not _is_listed(text[: match.start() + 1])
        ):
            return match.end()
    return None


def _is_listed(text: str) -> bool:
    """Whether a list names a text, or an agency stands in it."""
    folded = fold(text)
    return lexicon().line_rule(folded) is not None or any(
        _stands_alone(folded, last + 1 - length) for last, length in lexicon().credits.iter(folded)
    )


def _is_marked(tail: str) -> bool:
    """Whether a tail is sure to sign: a copyright mark, a label of pictures, a name and an agency in brackets."""
    if tail.startswith(_MARK) or (tail[0] in "([" and (_is_names(tail) or _is_listed(tail))):
        return True
    rule = lexicon().line_rule(fold(tail))
    return rule is not None and lexicon().caption_label(rule) is not None


def description_end(text: str, label: str | None, *, paged: bool = False) -> int | None:
    """Where the words end that describe a picture: before the names that sign it, or with the line below a caption's `label`.

    None for a line that is no caption, or nothing but names.

    >>> description_end("Photo : le maire a ouvert le pont de Lumadis devant la foule.", "photo")
    61
    """
    signed = credit_behind(text, paged=paged)
    if signed is not None or label is None:
        return signed
    words = _WORD.findall(fold(text[len(label) :]))
    functional = sum(map(lexicon().stopwords.__contains__, words))
    described = len(words) >= _DESCRIPTION_WORDS and _FUNCTIONAL * functional >= len(words)
    return len(text) if described else None


def _is_names(tail: str) -> bool:
    """Whether a text is names alone, and signs a picture: with a slash, a copyright mark, or by an agency's name."""
    folded = fold(tail)
    phrases = [
        (last + 1 - length, last + 1)
        for last, length in lexicon().credits.iter(folded)
        if length < len(folded)
    ]
    marked = _MARK in tail or _SIGNED.search(tail.strip("()[]")) is not None or " / " in tail
    if not (marked or phrases):
        return False
    if tail.startswith(_MARK):
        return True
    agencies = {word for start, end in phrases for word in _WORD.findall(folded, start, end)}
    words = (word for word in _WORD.findall(tail) if word[0].islower() and len(word) > _LONGEST_LINK)
    return all(fold(word) in agencies for word in words)


def is_credit(head: str, folded: str, words: Lexicon) -> bool:
    """Whether a line looks like a credit or a caption, by any sign; `folded` as `fold` gives it."""
    return (
        _MARK in head
        or ("/" in head and _ends_signed(head[-80:]))
        or any(_signs(folded, last + 1 - length, last + 1) for last, length in words.credits.iter(folded))
    )


def _ends_signed(tail: str) -> bool:
    """Whether a line ends with a name and an agency: "selon le groupe Vell/Ouest." ends with a company's name."""
    match = _SIGNED.search(tail)
    if match is None:
        return False
    before = tail[: match.start()].split()
    return not before or not before[-1].isalpha() or before[-1][0].isupper()


def is_signature(head: str, folded: str, words: Lexicon) -> bool:
    """Whether a line is sure to sign a picture: a copyright mark, a name and an agency in brackets, an agency behind a mark."""
    if "(" in head and _DATELINE.match(head):
        return False
    if _MARK in head and (
        head.lstrip(" (").startswith(_MARK) or len(head) - head.rfind(_MARK) <= _LONGEST_BEHIND_MARK
    ):
        return True
    if "/" in head and (_BRACKETED.search(head) or _NAMED.search(head)):
        return True
    return any(
        _is_proof(head, folded, last + 1 - length, last + 1) for last, length in words.credits.iter(folded)
    )


def _stands_alone(folded: str, start: int) -> bool:
    """Tell whether a phrase found at `start` does not begin inside a word."""
    return start == 0 or not (folded[start].isalnum() and folded[start - 1].isalnum())


def _is_description(folded: str, start: int, end: int) -> bool:
    return folded.count(" ", start, end) >= _DESCRIPTION_SPACES


def _signs(folded: str, start: int, end: int) -> bool:
    """Tell whether the phrase at `start` to `end` signs or describes a picture.

    In a line of many words the name of an agency signs only behind a mark (a slash, a bracket, a colon) and at the line's end.
    """
    if not _stands_alone(folded, start):
        return False
    if _is_description(folded, start, end) or folded.count(" ") < _FEWEST_SIGNED_SPACES:
        return True
    return _is_behind_mark(folded, start, end)


def _is_behind_mark(folded: str, start: int, end: int) -> bool:
    if len(folded) - end > _LONGEST_SIGNED_END:
        return False
    phrase = folded[start:end]
    mark = phrase[0] if not phrase[0].isalnum() else folded[:start].rstrip()[-1:]
    return mark in _SIGNING and not _ENDED.search(folded, 0, start)


def _is_proof(head: str, folded: str, start: int, end: int) -> bool:
    """The same without doubt: in a line of few words only names stand beside the agency's ("Getty contre Lumadis" is text)."""
    if not _stands_alone(folded, start) or _is_description(folded, start, end):
        return False
    if folded.count(" ") < _FEWEST_SIGNED_SPACES:
        return not any(word[0].islower() for word in _WORD.findall(head))
    return _is_behind_mark(folded, start, end)
