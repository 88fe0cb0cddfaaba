"""What a site says to its readers, in lines of any length: cookies, newsletters, offers, an application, rules for comments.

Its phrases are said to readers ("votre boîte mail") or name what a site calls its own ("nos partenaires"): one of them stands in
an article too, two speak for the site above and below the article, three anywhere. Behind a dash or a quotation mark somebody
else speaks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.clean.lexicon import fold, lexicon

# So many characters of a line are looked at, and a line of fewer is left to the other lists.
_HEAD = 600
_SHORTEST = 60
_LONGEST_BOX = 600
_FEWEST_OUTSIDE = 2
_FEWEST_ANYWHERE = 3
_SPOKEN = "«“„\"'—–-"


def appeals(lines: Sequence[str], article: Sequence[bool]) -> Iterator[tuple[int, str]]:
    """The lines that a site says to its readers, each with its rule; `article` says which lines are paragraphs. Linear."""
    found = {i: rules for i, line in enumerate(lines) if len(rules := _rules(line)) >= _FEWEST_OUTSIDE}
    told = [i for i, paragraph in enumerate(article) if paragraph and i not in found]
    for i, rules in found.items():
        if told and (len(rules) >= _FEWEST_ANYWHERE or not told[0] < i < told[-1]):
            yield i, rules[0]


def author_boxes(
    lines: Sequence[str], rules: Sequence[str | None], article: Sequence[bool]
) -> Iterator[tuple[int, str]]:
    """The lines that tell who wrote the article, below it and above a known line or the end, each with its header's rule.

    `rules` names the lines that the lists know, `article` says which lines are paragraphs.
    """
    told = False
    for i, rule in enumerate(rules[:-1]):
        alone = rules[i + 1] is None and rules[i + 2 : i + 3] != [None] and len(lines[i + 1]) <= _LONGEST_BOX
        if told and alone and rule and lexicon().heads_author(rule):
            yield i + 1, rule
        told = told or article[i]


def _rules(line: str) -> list[str]:
    if len(line) < _SHORTEST or line[0] in _SPOKEN:
        return []
    rules = lexicon().appeal_rules(fold(line[:_HEAD]))
    # What a site calls its own, a firm may call its own as well.
    return sorted(rules, key=_is_own) if not all(map(_is_own, rules)) else []


def _is_own(rule: str) -> bool:
    return "/own: " in rule
