"""Names that are no companies, and canonical forms over a corpus."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.documents import settle_document
from extract.entities import Extractor
from extract.find import find_names
from extract.names.canonical import canonical_forms, match_key


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Emmanuel Macron a visité l'usine.", "Emmanuel Macron", "person"),
        ("« C'est faux », assure Lise Delcourt, avocate.", "Lise Delcourt", "person"),
        ("La Commission européenne a ouvert une enquête.", "Commission européenne", "institution"),
        ("L'usine de Grenoble emploie 300 personnes.", "Grenoble", "place"),
        ("Le RGPD impose des règles.", "RGPD", "law"),
        ("Les utilisateurs de ChatGPT sont nombreux.", "ChatGPT", "product"),
        ("Le salon VivaTech ouvre ses portes à Paris.", "VivaTech", "event"),
        ("Le plan France 2030 finance le projet.", "France 2030", "other"),
    ],
)
def test_kinds_of_names(text: str, name: str, kind: str) -> None:
    assert (name, kind) in {(found.text, found.type) for found in find_names(text)}


def test_a_surname_has_the_full_name_of_its_document() -> None:
    texts = ["Le ministre Hakim Vasseur s'est rendu à Lille.", "M. Vasseur a promis des crédits."]
    settled = settle_document(texts, Extractor().read(texts, ["fr", "fr"]))
    persons = [n.name for paragraph in settled for n in paragraph.names if n.type == "person"]
    assert persons == ["Hakim Vasseur", "Hakim Vasseur"]


def test_canonical_forms_meet() -> None:
    counts = Counter(
        {
            "Velmora Robotics": 9,
            "VELMORA ROBOTICS": 1,
            "Velmora-Robotics": 1,
            "Velmora Robotics SAS": 2,
            "groupe Velmora Robotics": 1,
            "Velmorra Robotics": 1,
            "Galet": 5,
            "Valet": 1,
            "Kestrel 22B": 9,
            "Kestrel 27B": 1,
            "AS": 2,
            "…": 1,
        }
    )
    forms = canonical_forms(counts)
    assert {form for form, name in forms.items() if name == "Velmora Robotics"} == {
        form for form in counts if form.casefold().startswith(("velmor", "groupe"))
    }
    assert {form: forms[form] for form in ("Galet", "Valet", "Kestrel 22B", "Kestrel 27B", "AS", "…")} == {
        form: form for form in ("Galet", "Valet", "Kestrel 22B", "Kestrel 27B", "AS", "…")
    }


@given(
    st.dictionaries(st.text(alphabet="abAB SA.é-", min_size=1, max_size=14), st.integers(1, 9), max_size=12),
    st.randoms(),
)
def test_canonical_forms_ignore_order_and_settle(counts: dict[str, int], rng: random.Random) -> None:
    forms = canonical_forms(counts)
    shuffled = list(counts.items())
    rng.shuffle(shuffled)
    assert canonical_forms(dict(shuffled)) == forms
    assert set(forms) == set(counts)
    assert all(name for name in forms.values())


@given(st.text(min_size=1, max_size=30))
def test_no_name_is_stripped_to_nothing(name: str) -> None:
    assert match_key(name)
