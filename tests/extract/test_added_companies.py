"""A row in a user's list changes the reading of texts that hold one of its names, and of no other."""

from __future__ import annotations

from pathlib import Path

from extract import CompanyList, Extractor, added_names, marks_in

TEXTS = (
    "Le groupe Altivore a racheté Brivane Conseil pour 12 millions d'euros.",
    "ALTIVORE recrute ; la brivane conseille à tous de l'eau fraîche.",
    "Altivore-Santé, une filiale de Microsoft, ouvre un site à Nantes.",
    "L'altivoresse a quitté la scène, et les Altivoresses avec elle.",
    "Microsoft Corp. et Google ont signé lundi un accord à 3 milliards de dollars avec l'État.",
    "« Windows » est vendu par Microsoft depuis 1985, d'après Les Échos.",
    "La société Solverine emploie 40 personnes. Solverine SAS ne répond pas.",
)
ROWS = "id,name,aliases\naltivore,Altivore,Altivore Santé\nmicrosoft,Microsoft Corporation,MSFT\nsolver,Solverine SAS,\n"


def test_only_texts_with_a_name_of_the_row_are_marked_and_only_they_change(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(ROWS, encoding="utf-8")
    languages = ["fr"] * len(TEXTS)
    marks = marks_in(TEXTS, added_names([path]))
    before = Extractor().read(TEXTS, languages)
    after = Extractor(companies=CompanyList.load(extra=[path])).read(TEXTS, languages)
    changed = [one != other for one, other in zip(before, after, strict=True)]
    assert [bool(one) for one in marks] == [True, True, True, False, True, True, True]
    assert not any(moved and not marked for moved, marked in zip(changed, marks, strict=True))
    assert sum(changed) >= 3
    assert (
        len(marks[2]) == 2
    )  # the row itself, and the shipped row's name that another row takes the place of


def test_without_lists_there_are_no_marks() -> None:
    assert added_names([]) == ()
    assert marks_in(["Altivore"], ()) == [()]
