"""Who does what in a fact: the parties that fill a frame's slots."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from typing import Protocol

from extract.cue_words import cue_words
from extract.facts.anaphors import Party, Topics
from extract.facts.frames import Frame
from extract.facts.sentences import FactSentence

_BEHIND = 12  # words after a trigger in which its object or its prepositions are looked for
_NEAREST = 6
_ELLIPSIS_WITHIN = 2
_SUBJECT_WITHIN = 40
_OF_WITHIN = 6
_LED_BY = 7
_LEADS_WITHIN = 4
_PASSIVE_WITHIN = 6
_PASSIVE_KINDS = frozenset({"acquisition", "investment", "funding_round"})
_RELATIVE_WITHIN = 5
_OWNED_WITHIN = 3


class AmountPlace(Protocol):
    """Where an amount stands: its first and last token."""

    @property
    def first(self) -> int:
        """The first token."""

    @property
    def last(self) -> int:
        """The last token."""


def fill(
    sentence: FactSentence,
    frame: Frame,
    trigger: int,
    amount_first: int,
    amount_last: int,
    topics: Topics,
    others: Sequence[AmountPlace] = (),
) -> tuple[Party | None, Party | None, bool]:
    """Return the company, the counterparty, and whether the company is the one that gains (a contract it was given)."""
    slots = _Slots(sentence, frame, trigger, amount_first, amount_last, topics, others)
    if (share := slots.respective()) is not None:
        return share, None, False
    sold = frame.company == ("to",)  # "cédé par Galet à Brume": the one that acts is not the one that pays
    if not sold and frame.kind in _PASSIVE_KINDS and not frame.is_noun and (doer := slots.doer()) is not None:
        return doer, slots.left_of_trigger(doer), False
    if frame.kind == "contract":
        return slots.contract()
    if frame.kind == "funding_round" and frame.is_noun and (led := slots.led_round()) is not None:
        return *led, False
    company = slots.elliptic() or slots.owner() or slots.first_of(frame.company)
    counterparty = slots.first_of(frame.counterparty, company)
    if "second" in frame.counterparty and counterparty is None and company is not None:
        company, counterparty = slots.two_before() or (company, None)
    return company, counterparty, False


class _Slots:
    """One trigger's surroundings."""

    def __init__(
        self,
        sentence: FactSentence,
        frame: Frame,
        trigger: int,
        amount_first: int,
        amount_last: int,
        topics: Topics,
        others: Sequence[AmountPlace],
    ) -> None:
        self.others = others
        self.sentence = sentence
        self.frame = frame
        self.trigger = trigger
        self.amount_first = amount_first
        self.amount_last = amount_last
        self.topic = topics.subject
        self.raised = topics.raised or topics.subject
        reach = trigger - _SUBJECT_WITHIN, max(trigger, amount_last) + _SUBJECT_WITHIN
        low = bisect.bisect_left(sentence.parties, reach[0], key=lambda party: party.first)
        high = bisect.bisect_right(sentence.parties, reach[1], key=lambda party: party.first)
        self.parties = sentence.parties[low:high]
        self.governed = {party: sentence.governors(party) for party in self.parties}

    def first_of(self, names: tuple[str, ...], taken: Party | None = None) -> Party | None:
        """The first slot of `names` that is filled, by another party than `taken`."""
        for name in names:
            party = self.slot(name)
            if party is not None and party is not taken:
                return party
        return None

    def slot(self, name: str) -> Party | None:
        """The party in the slot `name`."""
        if name == "subject":
            return self.subject()
        if name == "object":
            return self.object()
        if name == "bearer":
            return self.bearer()
        if name == "nearest":
            return self.nearest()
        if name == "led":
            return self.led()
        if name == "resumed":
            return self.resumed()
        if name == "topic":
            return self.topic_party()
        if name in self.sentence.grammar.lists:
            return self.governed_by(name)
        return None

    def subject(self) -> Party | None:
        """The nearest party before the trigger that no preposition governs; else the one whose head or founder speaks.

        What a colon announces has the subject of what stands before it, unless it has its own.
        """
        return self._subject(";:") or self._subject(";")

    def _subject(self, marks: str) -> Party | None:
        weak: Party | None = None
        for party in reversed(self.parties):
            if party.first >= self.trigger or self.sentence.in_aside(party, self.trigger):
                continue
            if self.sentence.barrier_between(party.last, self.trigger, marks):
                continue
            head = self.sentence.enumeration_head(party)
            if not self.sentence.governors(head):
                return head
            joined = self.sentence.word(party.first - 1) in self.sentence.grammar.conjunctions
            if head is not party and not joined and "," in self.sentence.gap(party.first):
                return party  # "Selon Brume, Galet lève …": a list ends with a conjunction, and this is none
            at = self.sentence.grammar.lists["at"]
            opens = head.first - self.sentence.first <= _ELLIPSIS_WITHIN
            at_home = opens and any(
                word in at for word in self.governed[head]
            )  # "Chez Galet, les dépenses …"
            if weak is None and (at_home or self.spoken_for(party)):
                weak = party
        return weak

    def respective(self) -> Party | None:
        """The party of one of several sums: "Galet et Brume investiront respectivement 3 et 4 millions"."""
        if self.sentence.words.isdisjoint(self.sentence.grammar.lists["respective"].words):
            return None
        last = self.subject_by_place()
        if last is None:
            return None
        head = self.sentence.enumeration_head(last)
        listed = [p for p in self.parties if head.first <= p.first <= last.first]
        behind = sum(1 for other in self.others if other.first > self.amount_last)
        return listed[-1 - behind] if behind < len(listed) else None

    def subject_by_place(self) -> Party | None:
        """The last party before the trigger."""
        return next((p for p in reversed(self.parties) if p.last < self.trigger), None)

    def owner(self) -> Party | None:
        """ "ses revenus", "sa dernière levée": of the party before, else of what the sentence before is about."""
        possessive = self.sentence.grammar.lists["possessive"]
        if not self.frame.is_noun or "bearer" in self.frame.company:
            return None
        before = range(max(self.sentence.first, self.trigger - _OWNED_WITHIN), self.trigger)
        if not any(
            self.sentence.word(k) in possessive and not self.sentence.stops_between(k, self.trigger)
            for k in before
        ):
            return None
        if (own := self.subject()) is not None or self.topic is None:
            return own
        return Party(self.sentence.first, self.sentence.first, self.topic, anaphor=True)

    def elliptic(self) -> Party | None:
        """The party of a sum whose verb is left out: "Galet a écopé de 3 millions, Brume de 5 millions"."""
        for party in self.parties:
            gap = self.sentence.gap(party.first)
            listed = "," in gap or self.sentence.word(party.first - 1) in self.sentence.grammar.conjunctions
            beside = 0 < self.amount_first - party.last <= _ELLIPSIS_WITHIN
            if (
                listed
                and beside
                and self.trigger < party.first
                and not self.governed[party]
                and not party.anaphor
            ):
                return party
        return None

    def spoken_for(self, party: Party) -> bool:
        """ "le patron de Galet", "la direction de Galet": what its people do, the company does."""
        of = self.sentence.grammar.lists["of"]
        k = party.first - 1
        while k >= self.sentence.first and self.sentence.word(k) in of:
            k -= 1
        if k == party.first - 1:
            return False
        language = self.sentence.grammar.language
        classes = cue_words(language).classes.get(self.sentence.word(k), ())
        return "person_title" in classes

    def object(self) -> Party | None:
        """The first party after the trigger that is no doer and no place; or the one that "que" stands for."""
        lists = self.sentence.grammar.lists
        for party in self.parties:
            if self.trigger < party.first <= self.trigger + _BEHIND:
                if self.sentence.barrier_between(self.trigger, party.first):
                    return None
                behind_sum = self.trigger < self.amount_last < party.first
                allowed = [] if behind_sum else [*lists["of"].words, *lists["to"].words]
                blocked = self.governed[party] - frozenset(allowed)
                if not blocked:
                    return party
        for k in range(self.trigger - 1, max(self.sentence.first, self.trigger - _RELATIVE_WITHIN), -1):
            if self.sentence.word(k) in lists["relative"]:
                return next((p for p in self.parties if p.last == k - 1), None)
        return None

    def governed_by(self, name: str) -> Party | None:
        """The first party after the trigger, or after the amount, that a preposition of the list `name` governs."""
        words = self.sentence.grammar.lists[name]
        for party in sorted(self.parties, key=self._farness):
            if party.first <= self.trigger:
                continue
            reach = _OF_WITHIN if name == "of" else _BEHIND
            if not any(0 < party.first - k <= reach for k in (self.trigger, self.amount_last)):
                continue
            if self.sentence.barrier_between(self.trigger, party.first):
                continue
            if name == "of" and any(
                self.trigger < p.first < party.first and not self.governed[p] for p in self.parties
            ):
                # "le chiffre d'affaires, et Brume, filiale de Galet": what follows belongs to another subject.
                continue
            if any(word in words for word in self.governed[party]):
                return party
        return None

    def _other_sum(self, party: Party) -> bool:
        """Whether another amount stands between the party and this one: then the party is rather that one's."""
        return any(
            self.amount_last < other.first < party.first or party.last < other.first < self.amount_first
            for other in self.others
        )

    def _farness(self, party: Party) -> tuple[bool, int]:
        """The order in which parties are tried for an amount: as they stand, or from the amount where there are several."""
        far = max(self.amount_first - party.last, party.first - self.amount_last)
        return self._other_sum(party), far if self.others else 0

    def bearer(self) -> Party | None:
        """The party that a participle stands beside: "Galet, valorisée 3 millions", "Valorisée 3 millions, Galet"."""
        beside = next((p for p in self.parties if p.last < self.trigger and self._nothing_between(p)), None)
        if beside is not None:
            return self.sentence.enumeration_head(beside) if not self.governed[beside] else beside
        opens = self.trigger == self.sentence.first or "," in self.sentence.gap(self.trigger)
        if not opens or any(p.last < self.trigger for p in self.parties):
            return None
        return next((p for p in self.parties if p.first > self.amount_last and not self.governed[p]), None)

    def _nothing_between(self, party: Party) -> bool:
        """Whether only a mark, an auxiliary or an adjective of nationality stands between the party and the trigger."""
        grammar = self.sentence.grammar
        return (
            all(
                self.sentence.word(k) in grammar.auxiliaries or self.sentence.word(k) in grammar.nationalities
                for k in range(party.last + 1, self.trigger)
            )
            and self.trigger - party.last <= _NEAREST
        )

    def nearest(self) -> Party | None:
        """The closest party; before the trigger rather than after it."""
        before = [p for p in self.parties if p.last < self.trigger and self.trigger - p.last <= _NEAREST]
        if before:
            return before[-1]
        after = [p for p in self.parties if p.first > self.trigger and not self.governed[p]]
        return after[0] if after and self.trigger <= self.sentence.first + 2 else None

    def led(self) -> Party | None:
        """The party that leads the round: "mené par Galet"."""
        words, by = self.sentence.grammar.lists["led"], self.sentence.grammar.lists["by"]
        low, high = self.trigger - _SUBJECT_WITHIN, self.amount_last + _SUBJECT_WITHIN
        for k in range(max(self.sentence.first, low), min(self.sentence.last, high)):
            if self.sentence.word(k) in words and any(
                self.sentence.word(k + step) in by for step in (1, 2, 3, 4)
            ):
                return next((p for p in self.parties if k < p.first <= k + _LED_BY), None)
        return None

    def led_round(self) -> tuple[Party, Party | None] | None:
        """ "Galet a conduit un tour de table dans Brume", "Galet mène la levée de Brume": who raises, and who leads."""
        lists = self.sentence.grammar.lists
        before = range(max(self.sentence.first, self.trigger - _LEADS_WITHIN), self.trigger)
        leads = [k for k in before if self.sentence.word(k) in lists["led"]]
        if not leads or self.sentence.word(leads[-1] - 1) in lists["passive"]:
            return None
        raising = self.governed_by("into") or self.governed_by("of")
        if raising is None:
            return None
        leader = next((p for p in self.parties if p.last < leads[-1] and not self.governed[p]), None)
        return raising, leader

    def resumed(self) -> Party | None:
        """ "Le tour atteint 3 millions, avec Galet": a round spoken of before, of the company that raised it."""
        definite = self.sentence.grammar.lists["definite"]
        if self.raised is None or all(
            self.sentence.word(self.trigger - b) not in definite for b in (1, 2, 3)
        ):
            return None
        if any(p.last < self.trigger for p in self.parties):
            return None
        return Party(self.sentence.first, self.sentence.first, self.raised, anaphor=True)

    def topic_party(self) -> Party | None:
        """What the sentence before is about, where this one names no company at all."""
        if self.topic is None or self.sentence.taken:
            return None
        return Party(self.sentence.first, self.sentence.first, self.topic, anaphor=True)

    def doer(self) -> Party | None:
        """The party of a passive: "racheté l'an dernier par Galet", "42 millions levés par Galet"."""
        lists = self.sentence.grammar.lists
        if not self.sentence.words.isdisjoint(lists["final_passive"].words):
            # "Galet wurde von Brume übernommen": the verb stands last.
            before_verb = [p for p in self.parties if p.last < self.trigger]
            return next((p for p in before_verb if any(w in lists["by"] for w in self.governed[p])), None)
        before = [self.sentence.word(self.trigger - back) for back in (1, 2, 3)]
        if any(word in lists["active"] for word in before) and not any(
            word in lists["passive"] for word in before
        ):
            return None
        reach = self.trigger + 1 + _PASSIVE_WITHIN
        if self.amount_first > self.trigger and self.amount_first < reach:
            reach += self.amount_last - self.amount_first + 1
        for k in range(self.trigger + 1, min(self.sentence.last, reach)):
            if any(mark in self.sentence.gap(k) for mark in ",;:("):
                return None
            if self.sentence.word(k) in lists["by"]:
                if self.sentence.word(k - 1) in lists["led"]:
                    return None
                return next((p for p in self.parties if k < p.first <= k + 4), None)
        return None

    def left_of_trigger(self, taken: Party) -> Party | None:
        """The nearest other party before the trigger."""
        before = [p for p in self.parties if p.last < self.trigger and p is not taken]
        if before:
            return before[-1]
        return next((p for p in self.parties if p.first > taken.last and not self.governed[p]), None)

    def two_before(self) -> tuple[Party, Party] | None:
        """Subject and object of a clause whose verb stands last."""
        free = [p for p in self.parties if p.last < self.trigger and not self.governed[p]]
        return (free[-2], free[-1]) if len(free) >= 2 else None

    def given_to(self) -> Party | None:
        """ "attribue à Galet un contrat": the first party that such a preposition governs, on either side of the trigger."""
        words = self.sentence.grammar.lists["to"]
        return next((p for p in self.parties if any(word in words for word in self.governed[p])), None)

    def contract(self) -> tuple[Party | None, Party | None, bool]:
        """The payer of a contract where it is a company, else the one that was given it."""
        gained = self.frame.gained
        given = gained is not None and any(word in gained for word in self.sentence.words)
        subject, partner = self.subject(), self.governed_by("from")
        if not given:
            subject = self.governed_by("by") or subject
            if partner is None and subject is not None and self.sentence.is_listed(subject):
                return (
                    None,
                    None,
                    False,
                )  # "Galet et Brume ont signé un contrat": which of them pays is not said
            return subject, partner if partner is not subject else None, False
        winner = self.given_to() or self.governed_by("by") or subject
        if winner is not None and winner is not subject and self.sentence.is_listed(winner):
            return None, None, True  # "confié à Galet et à Brume": which of them got how much is not said
        if subject is not None and winner is not subject and winner is self.given_to():
            return subject, winner, False
        if partner is not None and partner is not winner:
            return partner, winner, False
        return winner, None, True
