"""What tells whose sum it is: where a company stands to the sum, to the verb, to the other companies, and in the document."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from extract.cue_words import cue_words
from extract.facts.features import is_content, stem, step
from extract.facts.kind_features import tellers
from extract.facts.sentences import Document, Sentence
from extract.facts.syntax_features import mention_syntax
from extract.facts.words import classes_of, fact_words

_PATH = 6  # items between a company and a sum that are a feature as a whole
_WORDS_WITHIN = 14
_TELLERS = 2  # classes of words that tell a kind, whose frames a company is placed in
_VERB_WITHIN = 6  # words behind a company up to the verb that says what it does
_BEFORE, _BEHIND = 8, 5  # companies of the sentence on each side of a sum that can be its own
_REMEMBERED = 8  # companies named before that a later sentence may be about
_SENTENCES_BACK = 40
_ANAPHORS_WITHIN = 40


@dataclass(frozen=True, slots=True)
class Candidate:
    """A company that a sum may belong to, None for none of them; `position` where it stands in the sum's sentence."""

    company: str | None
    position: int | None
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LastFact:
    """The company of the last sum that was given one, and the index of that sentence."""

    company: str
    sentence: int


def candidates(document: Document, sentence: Sentence, k: int, last: LastFact | None) -> list[Candidate]:
    """Return the companies that the sum at item `k` may belong to, and none of them at the end."""
    here = _here(sentence, k)
    anaphors, countries = _anaphors(sentence, k)
    names = list(here)
    for name in _remembered(document, sentence, last):
        if name not in here:
            names.append(name)
    behind = _named_next(document, sentence)
    names += [name for name in behind if name not in names]
    found = [
        Candidate(
            name,
            _nearest(here.get(name, ()), k),
            tuple(_features(document, sentence, k, name, here, anaphors, countries, last)),
        )
        for name in sorted(names, key=lambda name: document.order[name])
    ]
    found.append(Candidate(None, None, tuple(_none(document, sentence, here, anaphors, k))))
    return found


def _here(sentence: Sentence, k: int) -> dict[str, list[int]]:
    """The positions of the companies of the sentence that stand near enough, by name."""
    positions = [position for position, _ in sentence.companies]
    middle = bisect.bisect_left(positions, k)
    found: dict[str, list[int]] = {}
    for position, company in sentence.companies[max(0, middle - _BEFORE) : middle + _BEHIND]:
        found.setdefault(company.company, []).append(position)
    return found


def _nearest(positions: Sequence[int], k: int) -> int | None:
    return min(positions, key=lambda position: (abs(position - k), position), default=None)


def _remembered(document: Document, sentence: Sentence, last: LastFact | None) -> list[str]:
    """The companies named before, the latest first, those of the title, and the one that the last sum belongs to."""
    found: list[str] = []
    for index in range(sentence.index - 1, max(-1, sentence.index - 1 - _SENTENCES_BACK), -1):
        for _, company in reversed(document.sentences[index].companies):
            if company.company not in found:
                found.append(company.company)
        if len(found) >= _REMEMBERED:
            break
    found = found[:_REMEMBERED]
    more = [*document.title[:2], *sorted(document.ranked, key=document.ranked.__getitem__)[:2]]
    if last is not None:
        more.append(last.company)
    for name in more:
        if name not in found and document.first_sentence.get(name, sentence.index) < sentence.index:
            found.append(name)
    return found


def _named_next(document: Document, sentence: Sentence) -> list[str]:
    """The companies of the next sentence: "Une amende de 40 millions. Criteo fera appel." """
    if sentence.index + 1 >= len(document.sentences):
        return []
    return [company.company for _, company in document.sentences[sentence.index + 1].companies[:_BEHIND]]


def mention_features(sentence: Sentence, k: int, position: int) -> list[str]:
    """Return where the company at `position` stands to the sum at `k`."""
    side = "B" if position < k else "A"
    companies, sums, commas, clauses = sentence.between(k, position)
    governor, distance = sentence.governor(position)
    out = [
        side,
        f"{side}d{step(abs(k - position) - 1)}",
        f"{side}c{min(companies, 3)}",
        f"{side}s{min(sums, 3)}",
        f"{side},{min(commas, 3)}",
        f"{side};{min(clauses, 2)}",
        f"{side}g={governor}",
        f"{side}c{min(companies, 1)}s{min(sums, 1)},{min(commas, 2)}",
        f"{side}c{min(companies, 1)}g={governor}",
        f"{side}s{min(sums, 1)}g={governor}",
    ]
    if position == sentence.subject:
        out += ["subj", f"subj{side}c{min(companies, 2)}", f"subj{side}s{min(sums, 1)}"]
    if sentence.companies and position == sentence.companies[0][0]:
        out += ["firstc", f"firstc g={governor}"]
    behind, before = sentence.word(position + 1), sentence.word(position - 1)
    out += [
        f"{side}n={stem(behind)}",
        f"{side}p={stem(before)}",
        f"n={stem(behind)}",
        f"p={stem(before)}",
        f"n2={stem(behind)}_{stem(sentence.word(position + 2))}",
        f"p2={stem(sentence.word(position - 2))}_{stem(before)}",
    ]
    governed = sentence.word(position - distance - 2)
    out.append(f"pg={stem(governed)}_{governor}")
    language = sentence.language
    if governor != "-":
        out.extend(f"pgc={name}_{governor}" for name in classes_of(governed, language))
    out.extend(f"nc={name}" for name in classes_of(behind, language))
    out.extend(f"nc={name}" for name in classes_of(sentence.word(position + 2), language))
    out.extend(_relations(sentence, k, position))
    out.extend(_shared_out(sentence, k, position))
    out.extend(_verb(sentence, position))
    out.extend(_path(sentence, k, position, side))
    out.extend(mention_syntax(sentence, k, position))
    return out


def _shared_out(sentence: Sentence, k: int, position: int) -> list[str]:
    """Whether sums and companies take turns, and this one is its turn: "40 millions pour Danone, 110 pour Lactalis"."""
    turns = sentence.turns
    if turns is None:
        return []
    order, places = turns
    beside = places.index(k) + (1 if order == "SC" else -1)
    mine = 0 <= beside < len(places) and places[beside] == position
    return [f"turn {order} {mine}"]


def _relations(sentence: Sentence, k: int, position: int) -> list[str]:
    """The company's place in the argument frame of the words that tell a kind: who does it, to whom it is done.

    "Galet a racheté Brume", "Brume a été racheté par Galet" and "le rachat de Brume par Galet" differ in the
    voice of the word, in the side on which a company stands and in what governs it, and are alike for all words of a class.
    """
    words = fact_words(sentence.language).lists
    governor = sentence.governor(position)[0]
    role = "by" if governor in words["by"] else "-" if governor == "-" else "gov"
    out: list[str] = []
    seen: set[str] = set()
    for n, name in tellers(sentence, k):
        if name in seen or n == position:
            continue
        seen.add(name)
        passive = any(sentence.word(n - back) in words["passive"] for back in (1, 2, 3))
        place = f"{'B' if position < n else 'A'}{'p' if passive else 'a'}{role}"
        between = min(sentence.between(n, position)[0], 1)
        out += [
            f"rel={place}",
            f"rel={name}|{place}",
            f"rel={name}|{place}{between}",
            f"rel={name}|{place}|{governor}",
        ]
        if len(seen) == _TELLERS:
            break
    return out


def _verb(sentence: Sentence, position: int) -> list[str]:
    """What the company does or what is done to it: the word behind its helping verbs, and those ("a", "a été")."""
    helping = cue_words(sentence.language).auxiliaries
    helpers: list[str] = []
    for n in range(position + 1, min(len(sentence.items), position + 1 + _VERB_WITHIN)):
        item = sentence.items[n]
        if item.kind != "word":
            break
        if item.word in helping:
            helpers = [*helpers, item.word][-2:]
            continue
        voice, base = "_".join(helpers), stem(item.word)
        found = [f"v={base}", f"v={voice}|{base}", f"voice={voice}"]
        for name in classes_of(item.word, sentence.language):
            found += [f"vc={name}", f"vc={voice}|{name}"]
        return found
    return [f"v=|{sentence.word(position + 1 + len(helpers))}"]


def _path(sentence: Sentence, k: int, position: int, side: str) -> list[str]:
    """The words between a company and a sum."""
    low, high = (position + 1, k) if position < k else (k + 1, position)
    out: list[str] = []
    if high - low <= _PATH:
        out.append(f"{side}path=" + "_".join(stem(sentence.word(n)) for n in range(low, high)))
    if high - low > 3 * _WORDS_WITHIN:
        return out
    for n in range(low, high):
        if not is_content(sentence, n):
            continue
        word = sentence.items[n].word
        if high - low <= _WORDS_WITHIN:
            out.append(f"{side}b={stem(word)}")
        out.extend(f"{side}bc={name}" for name in classes_of(word, sentence.language))
    return out


def _features(
    document: Document,
    sentence: Sentence,
    k: int,
    name: str,
    here: dict[str, list[int]],
    anaphors: frozenset[str],
    countries: frozenset[str],
    last: LastFact | None,
) -> list[str]:
    out: list[str] = []
    positions = here.get(name, [])
    before = [position for position in positions if position < k]
    behind = [position for position in positions if position > k]
    if before:
        out += mention_features(sentence, k, before[-1])
        if len(before) > 1 and before[0] == sentence.subject:
            out.append("subj0")
    if behind:
        out += mention_features(sentence, k, behind[0])
    place = "in" if positions else "out"
    named = min(len(here), 3)
    if positions:
        out.append(f"in nh{named}")
    else:
        out += _elsewhere(document, sentence, name, here, k, anaphors)
    out += _in_document(document, name, place)
    if countries:
        country = document.countries.get(name)
        out.append(f"nat {'match' if country in countries else 'unk' if country is None else 'no'} {place}")
    if last is not None:
        gap = min(sentence.index - last.sentence, 3)
        if last.company == name:
            out += [f"prevfact {place}", f"prevfact {place} gap{gap}"]
        else:
            out.append(f"otherfact {place} gap{gap}")
    return out


def _elsewhere(
    document: Document,
    sentence: Sentence,
    name: str,
    here: dict[str, list[int]],
    k: int,
    anaphors: frozenset[str],
) -> list[str]:
    """What the sentences before tell of a company that this one does not name."""
    named = min(len(here), 3)
    other = min(named, 1)
    found: Sentence | None = None
    last_subject: str | None = None
    last_named: str | None = None
    for index in range(sentence.index - 1, max(-1, sentence.index - 1 - _SENTENCES_BACK), -1):
        earlier = document.sentences[index]
        if not earlier.companies:
            continue
        if last_named is None:
            last_named = earlier.companies[-1][1].company
        if last_subject is None and earlier.subject is not None:
            last_subject = _company_at(earlier, earlier.subject)
        if found is None and name in earlier.company_names:
            found = earlier
        if found is not None and last_subject is not None:
            break
    if found is None:
        if document.first_sentence.get(name, 0) > sentence.index:
            return ["next", f"next nh{named}"]
        return ["far", f"far nh{named}"]
    distance = sentence.index - found.index
    was = found.subject is not None and _company_at(found, found.subject) == name
    out = [
        f"out d{min(distance, 4)}",
        f"out d{min(distance, 4)} nh{named}",
        f"out hasb{any(p < k for places in here.values() for p in places)}",
        f"out subj{was}",
        f"out subj{was} d{min(distance, 3)} nh{other}",
    ]
    for anaphor in sorted(anaphors):
        out += [f"out {anaphor} subj{was}", f"out {anaphor}"]
    if not anaphors:
        out.append(f"out noana nh{other}")
    if last_subject == name:
        out += ["out lastsubj", f"out lastsubj nh{other}"]
    if last_named == name:
        out.append("out lastc")
    same = found.paragraph_number == sentence.paragraph_number
    out.append("out samepara" if same else f"out otherpara nh{other}")
    return out


def _company_at(sentence: Sentence, position: int) -> str | None:
    return next((company.company for k, company in sentence.companies if k == position), None)


def _in_document(document: Document, name: str, place: str) -> list[str]:
    out: list[str] = []
    if name in document.title:
        out += ["title", f"title {place}"]
        if document.title[0] == name:
            out.append(f"title0 {place}")
    if name in document.lead:
        out.append(f"lead {place}")
    out.append(f"rank{min(document.ranked[name], 3)} {place}")
    if len(document.ranked) == 1:
        out.append(f"only {place}")
    share = document.counts[name] / sum(document.counts.values())
    out.append(f"share{int(share * 4)} {place}")
    return out


def _anaphors(sentence: Sentence, k: int) -> tuple[frozenset[str], frozenset[str]]:
    """Which words near the sum may stand for a company ("elle", "la start-up"), and the countries they name."""
    words = fact_words(sentence.language)
    found: set[str] = set()
    countries: set[str] = set()
    for n in range(max(0, k - _ANAPHORS_WITHIN), min(len(sentence.items), k + _ANAPHORS_WITHIN)):
        item = sentence.items[n]
        if item.kind != "word":
            continue
        place = "b" if n < k else "a"
        if item.word in words.lists["personal"]:
            found.add("pron" + place)
        elif item.word in words.lists["possessive"]:
            found.add("poss" + place)
        elif item.word in words.lists["anaphors"] and any(
            sentence.word(n - back) in words.lists["definite"] for back in (1, 2)
        ):
            found.add("noun" + place)
        countries.update(words.nationalities.get(item.word, ()))
    return frozenset(found), frozenset(countries)


def _none(
    document: Document, sentence: Sentence, here: dict[str, list[int]], anaphors: frozenset[str], k: int
) -> list[str]:
    out = [
        "NONE",
        f"NONE nh{min(len(here), 2)}",
        f"NONE hasb{any(p < k for places in here.values() for p in places)}",
        f"NONE doc{min(len(document.counts), 3)}",
    ]
    out.extend(f"NONE {anaphor}" for anaphor in sorted(anaphors))
    masks = {item.word for item in sentence.items[max(0, k - 20) : k + 20] if item.kind == "name"}
    out.extend(f"NONE {mask}" for mask in sorted(masks))
    return out
