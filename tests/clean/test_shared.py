from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.clean import (
    CleanOptions,
    SharedLines,
    add_statistics,
    clean_document,
    convicted_lines,
    line_statistics,
)
from corpus.records import InputDocument

OPTIONS = CleanOptions(identify_language=False)
SLOGAN = "Toute la région au bout des doigts depuis 1987"
THEMES = ["budget", "piscine", "tramway", "marché", "lycée", "stade"]


def article(number: int, folder: str = "fil") -> InputDocument:
    theme = THEMES[number % len(THEMES)]
    lines = [
        f"Le {theme} occupe le conseil pour la {number + 2}e fois",
        f"Le conseil municipal a longuement parlé du {theme} lundi soir, sans parvenir à un accord avant minuit, selon le maire.",
        f"Une réunion publique sur le {theme} aura lieu le {number + 3} mars dans la grande salle de la mairie, à 18 heures.",
        SLOGAN,
    ]
    return InputDocument(f"{folder}/{number}.txt", "text", "text", "\n".join(lines))


def evidence(documents: list[InputDocument]) -> SharedLines:
    return together([line_statistics(document, document.content) for document in documents])


def together(parts: list[dict[str, dict[int, list[int]]]]) -> SharedLines:
    """What all parts convict, whichever of them holds it."""
    sites: dict[str, frozenset[int]] = {}
    for part, convicted in zip(parts, convicted_lines(parts), strict=True):
        for site, keys in convicted.sites.items():
            assert keys
            assert keys <= part[site].keys()
            sites[site] = sites.get(site, frozenset()) | keys
    return SharedLines(sites)


def test_a_line_that_five_documents_of_a_site_share_goes_with_its_reason() -> None:
    documents = [article(n) for n in range(5)]
    shared = evidence(documents)
    cleaned = clean_document(documents[0], OPTIONS, shared)
    assert SLOGAN not in cleaned.text
    assert [r.reason for r in cleaned.removals] == ["boilerplate"]


def test_four_are_not_enough_and_other_sites_do_not_count() -> None:
    documents = [*(article(n) for n in range(4)), *(article(n, "autre") for n in range(4))]
    assert evidence(documents).of(documents[0]) == frozenset()


def test_a_dispatch_that_papers_share_is_not_boilerplate() -> None:
    reasons = ["budget", "calendrier", "Parlement", "prix", "climat", "recours", "voisin", "marché"]
    dispatch = " ".join(
        f"Le ministère a invoqué le {why} pour reporter de nouveau la hausse de la taxe." for why in reasons
    )
    documents = [InputDocument(f"a/{n}.txt", "text", "text", f"{n} en tête\n{dispatch}") for n in range(9)]
    assert dispatch in clean_document(documents[0], OPTIONS, evidence(documents)).text


def test_a_sentence_of_the_inside_is_never_counted() -> None:
    sentence = "Le maire a rappelé que la commune ne pouvait pas tout payer."
    filler = [
        f"Paragraphe de remplissage numéro {n} qui ne ressemble à aucun autre paragraphe." for n in range(20)
    ]
    content = "\n".join([*filler[:10], sentence, *filler[10:]])
    statistics = line_statistics(InputDocument("a/1.txt", "text", "text", content), content)
    assert SharedLines.key(sentence) not in statistics["a"]


@given(st.permutations(range(7)), st.integers(1, 6))
def test_order_and_grouping_do_not_matter(order: list[int], cut: int) -> None:
    documents = [article(n) for n in range(7)]
    parts = [line_statistics(documents[n], documents[n].content) for n in order]
    merged = together([add_statistics(parts[:cut]), add_statistics(parts[cut:])])
    assert merged.digest() == evidence(documents).digest()
    assert merged.sites == evidence(documents).sites


def test_site_and_address_come_before_the_folder() -> None:
    by_url = InputDocument("x/1.txt", "text", "text", "a", url="https://www.exemple.fr/2024/a")
    by_site = InputDocument("y/1.txt", "text", "text", "a", site="exemple.fr")
    assert line_statistics(by_url, "a").keys() == line_statistics(by_site, "a").keys() == {"exemple.fr"}


def test_copies_of_one_article_convict_nothing() -> None:
    body = (
        "La ville a présenté hier son plan pour le numérique à l’école, devant une salle comble et attentive, "
        "avant de répondre aux questions des parents et des enseignants."
    )
    texts = [
        f"{body}\nLe maire n’a pas souhaité répondre.\nSigné : correspondant numéro {i}." for i in range(8)
    ]
    documents = [InputDocument(f"copies/{i}.txt", "text", "text", text) for i, text in enumerate(texts)]
    shared = together(
        [line_statistics(document, text) for document, text in zip(documents, texts, strict=True)]
    )
    assert not shared.sites
    assert not clean_document(documents[0], shared_lines=shared).removals


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from("ab"),
            st.dictionaries(
                st.integers(0, 4), st.lists(st.integers(0, 2**64 - 1), min_size=1, max_size=4, unique=True)
            ),
        ),
        max_size=8,
    )
)
def test_a_line_is_convicted_where_five_bodies_stand_beside_it(
    parts: list[dict[str, dict[int, list[int]]]],
) -> None:
    for part, convicted in zip(parts, convicted_lines(parts), strict=True):
        for site, lines in part.items():
            for key in lines:
                beside = {body for other in parts for body in other.get(site, {}).get(key, ())}
                assert (key in convicted.sites.get(site, ())) == (len(beside) >= 5)
