"""Sentence boundaries, on annotated text (‖ marks a boundary) and on arbitrary text."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.clock import grows

from extract.sentences import split_sentences

CASES = [
    ("fr", "Mme Roux dirige Velmora. ‖Elle a 40 ans."),
    ("fr", "M. Durand a vendu 3.5 % du capital. ‖Le cours monte !"),
    ("fr", "La société Brivane S.A. est née en 2010. ‖Qui l’a fondée ? ‖Deux sœurs."),
    ("fr", "Le siège de J.-P. Morel est à Lille. ‖« C’est peu. » ‖Il insiste."),
    ("fr", "Il hésite… puis signe. ‖Le prix… ‖Personne ne le connaît."),
    ("fr", "Titre sans point\n‖Le texte commence ici. ‖Puis suit."),
    ("fr", "Elle vend des puces, des serveurs, etc. et des câbles. ‖Tout marche."),
    ("fr", "« Nous recrutons ! » dit-elle. ‖Puis elle part."),
    ("fr", "Voir l’art. 5 du texte, p. 12, et cf. annexe. ‖Fin."),
    ("fr", "Le site Brivane.fr a fermé. ‖Nul ne sait pourquoi."),
    ("fr", "Le tour rapporte 12 millions d’euros.‖Et la dette baisse de 6 %.‖Grâce à elle, tout va."),
    (
        "fr",
        "Velmora vend sa part de la Foire du Livre.‖TF1 la rachète (AFP).‖« Bien joué », dit-elle.‖- La suite -",
    ),
    (
        "fr",
        "Ses ventes datent de 2018.‖L’éditeur de Velmora.Com et de Brivane.JS, www.Velmora.Fr/Page, reste à Nice.",
    ),
    ("fr", "M.Durand signe avec Brivane!Japon, la S.A.R.L.Velmora et l’U.S.Mint."),
    ("de", "Der Gewinn stieg auf 4 Mio. Euro.‖Das 3.Quartal beginnt am 3.Juli."),
    ("en", "Brivane Inc. raised $3.5m. ‖Mr. Hale left the U.S. in May."),
    ("en", "It works with Velmora Corp. ‖The deal is worth $2bn."),
    ("de", "Am 3. März kaufte die Velmora GmbH für 5 Mio. Euro zu. ‖Das war bzw. ist viel."),
    ("es", "El Sr. Ruiz compró el 3.5 %. ‖¿Por qué? ‖Nadie lo sabe."),
    ("it", "Il dott. Neri lascia la Velmora S.p.A. dopo dieci anni. ‖La borsa sale."),
]


@pytest.mark.parametrize(("language", "marked"), CASES)
def test_boundaries(language: str, marked: str) -> None:
    expected = [part.strip() for part in marked.split("‖")]
    text = marked.replace("‖", "")
    assert [text[a:b] for a, b in split_sentences(text, language)] == expected


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="aB .!?…«»\n’3\u00a0", max_size=60))
def test_every_visible_character_stands_in_exactly_one_sentence(text: str) -> None:
    spans = split_sentences(text)
    assert all(a < b for a, b in spans)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))
    inside = "".join(text[a:b] for a, b in spans)
    assert "".join(inside.split()) == "".join(text.split())


@pytest.mark.parametrize("unit", [".", "M. ", "\n", "…» ", "((((", "a.b.", "' ", " ", ".'\"'\"'\"x"])
def test_time_is_linear(unit: str) -> None:
    split_sentences(unit * 100)
    assert grows(lambda n: split_sentences(unit * n), 10_000, 40_000) <= 8
