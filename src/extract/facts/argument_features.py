"""What tells the other parts of a fact: its date, the companies on the other side, and how certain it is."""

from __future__ import annotations

import bisect

from extract.dates.records import Calendar, DateExpression, Node
from extract.facts.features import is_content, stem, step
from extract.facts.party_features import mention_features
from extract.facts.sentences import Document, Sentence
from extract.facts.syntax_features import mention_syntax
from extract.facts.words import fact_words

DATES_BESIDE = 4  # dates on each side of a sum that can be its own
PARTNERS_BESIDE = 8
_SEGMENT = 8  # words back from a date to what it belongs to: "fondée | en | #D"
_BETWEEN = 12
_APART = 14  # items on each side of a date up to the marks that part it from the rest
_CERTAIN_WITHIN = 25
_CERTAIN_NEAR = 14
_SHORTEST_WITH_ENDING = 5


def date_form(node: Node) -> str:
    """What kind of date a node is: "monthyd" is a day with its year, "Relativeyear" is "l'an dernier"."""
    name = type(node).__name__
    if not isinstance(node, Calendar):
        return f"{name}{getattr(node, 'unit', '') or ''}"
    year = "y" if isinstance(node.year, int) else "r" if node.year is not None else "-"
    direction = "" if node.direction is None else str(node.direction)
    return f"{node.unit}{year}{'d' if node.day else ''}{'w' if node.weekday is not None else ''}{direction}"


def date_positions(sentence: Sentence, k: int) -> list[int]:
    """The positions of the dates that stand near enough to the sum at `k` and are not those of another thing."""
    positions = sentence.positions("date")
    middle = bisect.bisect_left(positions, k)
    near = positions[max(0, middle - DATES_BESIDE) : middle + DATES_BESIDE]
    return [position for position in near if not _is_of_another(sentence, k, position)]


def _is_of_another(sentence: Sentence, k: int, position: int) -> bool:
    """Whether a date belongs to a word that has one of its own: "fondée en 2019, X lève", "pour des faits remontant à 2018"."""
    own = fact_words(sentence.language).lists["own_date"]
    before = position - 1
    while before >= 0 and sentence.items[before].kind == "word" and not is_content(sentence, before):
        before -= 1
    if before >= 0 and sentence.items[before].kind == "word" and sentence.items[before].word in own:
        return True
    low, high = _between_marks(sentence, position)
    return not low <= k <= high and any(sentence.word(n) in own for n in range(low, high + 1))


def _between_marks(sentence: Sentence, position: int) -> tuple[int, int]:
    """The first and the last item of what stands between the marks on both sides."""
    low = high = position
    while low > 0 and not _parts(sentence, low - 1) and position - low < _APART:
        low -= 1
    while high + 1 < len(sentence.items) and not _parts(sentence, high + 1) and high - position < _APART:
        high += 1
    return low, high


def date_features(sentence: Sentence, k: int, position: int, kind: str, company: int | None) -> list[str]:
    """Return what ties the date at `position` to the sum at `k`, whose company stands at `company`."""
    date = sentence.items[position].mention
    assert isinstance(date, DateExpression)
    side = "B" if position < k else "A"
    companies, sums, commas, clauses = sentence.between(k, position)
    dates = sum(1 for other in date_positions(sentence, k) if min(k, position) < other < max(k, position))
    form = date_form(date.node)
    before, second = sentence.word(position - 1), sentence.word(position - 2)
    out = [
        side,
        f"{side}d{step(abs(k - position) - 1)}",
        f"{side}s{min(sums, 2)}",
        f"{side},{min(commas, 3)}",
        f"{side};{min(clauses, 2)}",
        f"{side}nd{min(dates, 2)}",
        f"{side}c{min(companies, 2)}",
        f"f={form}",
        f"{side}f={form}",
        f"{kind}|f={form}",
        f"{kind}|{side}f={form}",
        f"mod={date.modifier}",
        f"tense={date.tense}",
        f"p={stem(before)}",
        f"{side}p={stem(before)}",
        f"p2={stem(second)}_{stem(before)}",
        f"pp={stem(second)}",
        f"n={stem(sentence.word(position + 1))}",
        f"nds{min(len(sentence.positions('date')), 3)}",
        f"nsums{min(len(sentence.positions('sum')), 3)}",
        f"k={kind}",
        f"{side}k={kind}",
    ]
    if position <= 2 and all(item.kind != "company" for item in sentence.items[:position]):
        out.append("front")
    out += mention_syntax(sentence, k, position)
    out += _segment(sentence, position)
    out += _apart(sentence, k, position)
    low, high = (position + 1, k) if position < k else (k + 1, position)
    if high - low <= _BETWEEN:
        out.extend(f"{side}b={stem(sentence.word(n))}" for n in range(low, high) if is_content(sentence, n))
    if high - low <= 4:
        out.append(f"{side}path=" + "_".join(stem(sentence.word(n)) for n in range(low, high)))
    if company is not None:
        out.append(f"in_between{min(k, company) < position < max(k, company)}")
        out.append(f"dcside{'B' if position < company else 'A'}{side}")
    return out


def _segment(sentence: Sentence, position: int) -> list[str]:
    """The words before a date, back to a mark or a mention: what the date belongs to."""
    out: list[str] = []
    n = position - 1
    while n >= 0 and position - n <= _SEGMENT:
        item = sentence.items[n]
        if item.kind in {"sum", "company"} or (item.kind == "mark" and item.word in ",;:()"):
            break
        if is_content(sentence, n):
            out.append(f"seg={stem(item.word)}")
        n -= 1
    out.append(f"segend={sentence.word(n)}")
    return out


def _apart(sentence: Sentence, k: int, position: int) -> list[str]:
    """Whether a date stands between marks that part it from the sum, and with what."""
    low, high = _between_marks(sentence, position)
    apart = not low <= k <= high
    opening = next((sentence.word(n) for n in range(low, high + 1) if is_content(sentence, n)), "-")
    return [f"apart={apart}", f"apart={apart}|opens={stem(opening)}", f"apart={apart}|ends={opening[-3:]}"]


def _parts(sentence: Sentence, n: int) -> bool:
    item = sentence.items[n]
    return item.kind == "mark" and item.word in ",;:()–—"


def no_date_features(sentence: Sentence, kind: str) -> list[str]:
    """Return what tells that none of the sentence's dates is the sum's."""
    return [
        "NONE",
        f"NONE nd{min(len(sentence.positions('date')), 3)}",
        f"NONE k={kind}",
        f"NONE sums{min(len(sentence.positions('sum')), 3)}",
    ]


def partners(
    document: Document, sentence: Sentence, k: int, kind: str, company: str
) -> list[tuple[str, list[str]]]:
    """The companies in and beside the sentence that may stand on the other side of a fact, with their features."""
    found: dict[str, list[str]] = {}
    main = [position for position, other in sentence.companies if other.company == company]
    positions = [position for position, _ in sentence.companies]
    middle = bisect.bisect_left(positions, k)
    near = sentence.companies[max(0, middle - PARTNERS_BESIDE) : middle + PARTNERS_BESIDE]
    for position, other in near:
        if other.company != company:
            features = found.setdefault(other.company, [])
            features.append("off0")
            features += mention_features(sentence, k, position)
            features += _beside_main(sentence, position, main)
    for offset in (-1, 1):
        index = sentence.index + offset
        if not 0 <= index < len(document.sentences):
            continue
        neighbour = document.sentences[index]
        if neighbour.paragraph_number != sentence.paragraph_number:
            continue
        for _, other in neighbour.companies[:PARTNERS_BESIDE]:
            if other.company != company:
                here = f"here{min(len(sentence.companies), 2)}"
                found.setdefault(other.company, []).extend(
                    [f"off{offset}", f"off{offset} {here}", f"off{offset} nM{bool(main)}"]
                )
    out = []
    for name, features in found.items():
        if name in document.title:
            features.append("title")
        features.append(f"rank{min(document.order[name], 3)}")
        out.append((name, [*features, *(f"{kind}|{feature}" for feature in features), f"k={kind}"]))
    return out


def _beside_main(sentence: Sentence, position: int, main: list[int]) -> list[str]:
    """Where a company stands to the fact's own."""
    if not main:
        return ["Mout"]
    nearest = min(main, key=lambda other: abs(other - position))
    companies, sums, commas, _ = sentence.between(nearest, position)
    side = "L" if position < nearest else "R"
    out = [
        f"M{side}d{step(abs(nearest - position))}",
        f"M{side}c{min(companies, 2)},{min(commas, 2)}",
        f"M{side}s{min(sums, 1)}",
        f"M{side}g={sentence.governor(position)[0]}",
    ]
    low, high = min(nearest, position) + 1, max(nearest, position)
    if high - low <= _BETWEEN:
        out.extend(f"M{side}b={stem(sentence.word(n))}" for n in range(low, high) if is_content(sentence, n))
    return out


def certainty_features(sentence: Sentence, k: int) -> list[str]:
    """Return what tells whether the statement about the sum at `k` is made, planned, possible or denied."""
    words = fact_words(sentence.language)
    out = ["bias", f"lang={sentence.language}"]
    low, high = max(0, k - _CERTAIN_WITHIN), min(len(sentence.items), k + _CERTAIN_WITHIN)
    for n in range(low, high):
        item = sentence.items[n]
        if item.kind != "word":
            if item.word == "?":
                out.append("question")
            continue
        _, sums, commas, clauses = sentence.between(k, n)
        is_near = clauses == 0 and commas <= 1 and sums == 0 and abs(n - k) <= _CERTAIN_NEAR
        near, side, word = "n" if is_near else "f", "L" if n < k else "R", item.word
        for name in ("planned", "possible", "denied", "negations"):
            if word in words.lists[name]:
                out += [near + name, side + near + name, name]
        if len(word) >= _SHORTEST_WITH_ENDING:
            for name, endings in (("planned_", words.planned_endings), ("possible_", words.possible_endings)):
                if word.endswith(endings):
                    out += [near + name + "endings", name + "endings"]
        content = is_content(sentence, n)
        if not is_near:
            if content:
                out.append(f"fs={stem(word)}")
            continue
        if content:
            out += [f"w={word}", f"s={stem(word)}", f"{side}s={stem(word)}"]
        if len(word) >= _SHORTEST_WITH_ENDING:
            out += [f"e3={word[-3:]}", f"e4={word[-4:]}"]
        out.append(f"bi={sentence.word(n - 1)}_{word}")
    return out
