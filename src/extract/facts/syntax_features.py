"""What the dependency tree of a sentence tells of a sum: what it hangs on, who does that, how a company or date is tied."""

from __future__ import annotations

from extract.facts.features import stem
from extract.facts.sentences import Sentence
from extract.facts.syntax import Tree
from extract.facts.words import classes_of, fact_words

_UPWARDS = 3  # words above a sum that are looked at
_STEPS = 4  # relations of a path that are told apart
_CLAUSES = 4  # that a subject is looked for in, each hanging on the next
_WITHIN = 2  # words between a name and the subject it is part of: "la société nantaise Galet"


def sum_syntax(sentence: Sentence, k: int) -> list[str]:
    """Return what the sum at item `k` hangs on, up to the head of its clause, and who that clause is about."""
    tree = sentence.tree
    head = _head(sentence, k)
    if head is None:
        return []
    path = tree.upwards(head)
    relation = tree.nodes[head].relation
    out = [f"pd={relation}"]
    seen = 0
    for n in path[1:]:
        node = tree.nodes[n]
        if _is_of_sum(sentence, n):
            relation = node.relation
            continue
        seen += 1
        base = stem(node.word)
        out += [f"pg{seen}={base}", f"pg{seen}={relation}|{base}", f"pg={base}"]
        for name in classes_of(node.word, sentence.language):
            out += [f"pgc{seen}={name}", f"pgc{seen}={relation}|{name}"]
        relation = node.relation
        if node.heads_clause:
            out += _clause(sentence, n)
        if seen == _UPWARDS or node.heads_clause:
            break
    return out


def _clause(sentence: Sentence, n: int) -> list[str]:
    """The voice of the clause that `n` heads, and its subject: a mention's mask or a word."""
    tree = sentence.tree
    voice = "p" if tree.is_passive(n) or tree.dependent(n, "nsubj:pass") is not None else "a"
    subject = tree.dependent(n, "nsubj")
    base = stem(tree.nodes[n].word)
    who = "" if subject is None else _named(sentence, subject)
    told = [f"psub={who}"] if subject is not None else []
    return [f"pv={base}|{voice}", f"pv={base}|{who}", *told]


def mention_syntax(sentence: Sentence, k: int, position: int) -> list[str]:
    """Return how the company or date at item `position` is tied to the sum at item `k`."""
    tree = sentence.tree
    one, other = _head(sentence, k), _head(sentence, position)
    if one is None or other is None:
        return []
    from_sum, from_mention = tree.upwards(one), tree.upwards(other)
    out = [f"pdep={tree.nodes[other].relation}"]
    above = {n: step for step, n in enumerate(from_sum)}
    up = next((step for step, n in enumerate(from_mention) if n in above), None)
    if up is None:
        return [*out, "ptree=apart"]
    joint = from_mention[up]
    down = above[joint]
    rising = [tree.nodes[n].relation for n in from_mention[:up]]
    falling = [tree.nodes[n].relation for n in from_sum[:down]]
    way, back = "/".join(rising[:_STEPS]), "/".join(falling[:_STEPS])
    last = rising[-1] if rising else "-"
    clause = tree.nodes[joint].heads_clause
    out += [
        f"plen={min(down, _STEPS)},{min(up, _STEPS)}",
        f"pup={way}",
        f"ppath={way}>{back}",
        f"plca={clause}",
        f"plca={clause}|{last}|{falling[-1] if falling else '-'}",
        f"plcal={stem(tree.nodes[joint].word)}|{last}",
    ]
    out.extend(f"plcac={name}|{last}" for name in classes_of(tree.nodes[joint].word, sentence.language))
    return out + _verbs(tree, from_sum, from_mention, last) + _acting(sentence, from_sum, from_mention)


def _verbs(tree: Tree, from_sum: list[int], from_mention: list[int], last: str) -> list[str]:
    """Whether the mention and the sum stand in one clause, and the mention's part in its own."""
    mine = tree.clause_above(from_mention)
    same = mine == tree.clause_above(from_sum)
    part = None
    if mine is not None and from_mention[0] != mine:
        part = tree.nodes[from_mention[from_mention.index(mine) - 1]].relation
    passive = mine is not None and tree.is_passive(mine)
    out = [
        f"psamev={same}|{last if same else tree.nodes[from_mention[0]].relation}",
        f"pvd={part}|{passive}",
        f"pvd={part}|{passive}|{same}",
    ]
    if mine is not None:
        out.append(f"pvv={stem(tree.nodes[mine].word)}|{part}|{passive}")
    return out


def _acting(sentence: Sentence, from_sum: list[int], from_mention: list[int]) -> list[str]:
    """Whether the mention is who the clause of the sum is about, however far that one is named."""
    tree = sentence.tree
    clause = tree.clause_above(from_sum)
    if clause is None:
        return []
    subject = _subject(sentence, clause)
    part = "no" if subject is None or subject not in from_mention[: _WITHIN + 1] else "itself"
    if part == "itself" and subject != from_mention[0]:
        part = tree.nodes[from_mention[0]].relation
    voice = "p" if tree.is_passive(clause) else "a"
    word = tree.nodes[clause].word
    out = [f"pes={part}", f"pes={part}|{voice}", f"pes={part}|{voice}|{stem(word)}"]
    return out + [f"pes={part}|{voice}|{name}" for name in classes_of(word, sentence.language)]


def _subject(sentence: Sentence, clause: int) -> int | None:
    """The noun that a clause is about: its subject, what its pronoun stands for, else that of the clause it hangs on."""
    tree, relative = sentence.tree, fact_words(sentence.language).lists["relative"]
    for _ in range(_CLAUSES):
        node = tree.nodes[clause]
        subject = tree.dependent(clause, "nsubj")
        if subject is not None and tree.nodes[subject].word not in relative:
            return subject
        if node.head == clause:
            return None
        if node.relation.startswith("acl"):
            return node.head
        upper = tree.clause_above(tree.upwards(node.head))
        if upper is None:
            return None
        clause = upper
    return None


def _head(sentence: Sentence, k: int) -> int | None:
    item = sentence.items[k]
    return sentence.tree.head_of(item.start - sentence.start, item.end - sentence.start)


def _is_of_sum(sentence: Sentence, n: int) -> bool:
    """Whether a word of the tree is part of a sum or a number."""
    node = sentence.tree.nodes[n]
    if node.word[:1].isdigit():
        return True
    start, end = node.start + sentence.start, node.end + sentence.start
    return any(
        sentence.items[k].start < end and start < sentence.items[k].end for k in sentence.positions("sum")
    )


def _named(sentence: Sentence, n: int) -> str:
    """The mask of the mention that a word of the tree is part of, else the word's stem."""
    node = sentence.tree.nodes[n]
    start, end = node.start + sentence.start, node.end + sentence.start
    item = next((item for item in sentence.items if item.start < end and start < item.end), None)
    return item.word if item is not None and item.kind != "word" else stem(node.word)
