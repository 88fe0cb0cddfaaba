"""The trees of sentences with sums, and what they tell of a sum and of a company."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.amounts import find_amounts
from extract.companies import Company
from extract.facts import syntax
from extract.facts.records import FactParagraph
from extract.facts.remembered import remembering
from extract.facts.sentences import Document, Sentence
from extract.facts.syntax import LONGEST, NO_TREE, MissingParserError, Tree, check_parsers, parse
from extract.facts.syntax_features import mention_syntax, sum_syntax
from extract.facts.words import classes_of


def _sentence(text: str, *names: str, language: str = "fr") -> Sentence:
    companies = [
        Company(start, start + len(name), name, name, None, None, None, "context", 1.0, rule="context")
        for name in names
        if (start := text.index(name)) >= 0
    ]
    paragraph = FactParagraph(
        text, language, ((0, len(text)),), tuple(companies), (), tuple(find_amounts(text, language)), ()
    )
    return Document.of([paragraph]).sentences[0]


def _tied(sentence: Sentence) -> set[str]:
    return set(mention_syntax(sentence, sentence.positions("sum")[0], sentence.positions("company")[0]))


def test_who_buys_and_who_is_bought_differ_in_voice_and_relation() -> None:
    active = _tied(_sentence("Galet a racheté hier un concurrent pour 40 millions d'euros.", "Galet"))
    passive = _tied(
        _sentence("Galet a été racheté hier par un concurrent pour 40 millions d'euros.", "Galet")
    )
    assert "pvd=nsubj|False" in active
    assert "pvd=nsubj:pass|True" in passive


def test_a_sum_is_told_by_the_word_it_hangs_on_whatever_stands_between() -> None:
    for aside in ("", ", selon un porte-parole joint mardi,"):
        sentence = _sentence(f"La CNIL a infligé à Galet{aside} une amende de 40 millions d'euros.", "Galet")
        assert "pg1=amend" in sum_syntax(sentence, sentence.positions("sum")[0])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Galet vend sa tablette 499 euros dans ses boutiques.", "no fact has so small a sum"),
        ("Le groupe a levé 40 millions d'euros.", "no company is near"),
        ("Galet a levé 40 millions d'euros" + " et encore" * LONGEST + ".", "too long"),
    ],
)
def test_only_sentences_that_may_state_a_fact_are_parsed(text: str, why: str) -> None:
    names = ["Galet"] if "Galet" in text else []
    assert _sentence(text, *names).tree == NO_TREE, why


def test_a_language_without_a_parser_has_no_trees() -> None:
    sentence = _sentence("Galet raised 40 million euros.", "Galet", language="en")
    assert sentence.tree == NO_TREE
    assert sum_syntax(sentence, sentence.positions("sum")[0]) == []
    assert _tied(sentence) == set()


def test_a_tree_does_not_depend_on_the_sentences_beside() -> None:
    sentences = ["Galet a levé 3 millions.", "Brume, qui emploie 40 personnes, a perdu 12 millions d'euros."]
    together = list(parse(sentences, "fr"))
    syntax._tree.cache_clear()
    assert [next(parse([sentence], "fr")) for sentence in reversed(sentences)] == together[::-1]


@given(st.text(max_size=80))
def test_every_word_of_a_tree_hangs_on_one_of_its_words(text: str) -> None:
    (tree,) = parse([text], "fr")
    for k, node in enumerate(tree.nodes):
        assert 0 <= node.start < node.end <= len(text)
        assert tree.nodes[tree.upwards(k)[-1]].head == tree.upwards(k)[-1]


def test_characters_without_a_word_have_no_head() -> None:
    assert Tree().head_of(0, 5) is None


def test_a_parser_that_is_not_installed_is_one_sentence_with_the_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(syntax, "parser_name", lambda language: "xx_no_such_parser")
    with pytest.raises(MissingParserError, match=r"pip install xx-no-such-parser"):
        check_parsers()


def test_words_that_are_used_alike_share_a_class() -> None:
    groups = [
        {name for name in classes_of(word, "fr") if name.startswith("~")} for word in ("racheter", "acheter")
    ]
    assert groups[0] & groups[1]


def test_a_tree_that_is_remembered_is_the_tree_that_was_made(monkeypatch: pytest.MonkeyPatch) -> None:
    sentences = ["Avenio, né à Brest, a levé 3 millions d’euros.", "", "L’« État » — lui — paie 2 €\u2009?"]
    made = list(parse(sentences, "fr"))
    with remembering({}) as memory:
        assert list(parse(sentences, "fr")) == made
    assert len(memory.asked) == len(sentences)
    monkeypatch.setattr(syntax, "_tree", None)
    with remembering(memory.asked) as again:
        assert list(parse(sentences, "fr")) == made
    assert again.asked == memory.asked


def test_spacy_is_loaded_without_its_command_line_and_has_it_afterwards() -> None:
    program = (
        "import sys; from extract.facts.parsers import load_parser; load_parser('fr_core_news_sm');"
        "print('spacy.cli' in sys.modules, 'requests' in sys.modules);"
        "import spacy; print(spacy.info(silent=True)['spacy_version'] == spacy.__version__);"
        "import spacy.cli; print(callable(spacy.cli.download))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["False", "False", "True", "True"]
