"""Short articles on known themes, put together from word lists: enough text to tell themes apart, and to count in."""

from __future__ import annotations

import random

# fmt: off
THEMES: dict[str, dict[str, tuple[str, ...]]] = {
    "fr": {
        "règlement": (
            "règlement", "Commission", "européenne", "loi", "article", "conformité", "autorité", "amende", "députés",
            "Parlement", "obligation", "juridique", "sanction", "directive", "régulation", "Bruxelles",
        ),
        "puces": (
            "puce", "processeur", "serveur", "fonderie", "gravure", "semi-conducteur", "carte", "graphique", "centre",
            "refroidissement", "électricité", "mégawatt", "usine", "silicium", "Nvidia", "calcul",
        ),
        "école": (
            "élève", "enseignant", "classe", "lycée", "devoir", "université", "examen", "professeur", "étudiant",
            "apprentissage", "rectorat", "cours", "manuel", "orthographe", "dissertation", "collège",
        ),
        "santé": (
            "hôpital", "patient", "médecin", "diagnostic", "radiologie", "tumeur", "clinique", "traitement", "soin",
            "infirmier", "maladie", "dépistage", "chirurgie", "pharmacie", "vaccin", "urgence",
        ),
    },
    "en": {
        "règlement": ("regulation", "law", "parliament", "fine", "compliance", "authority", "lawyer", "court", "rule",
            "Brussels"),
        "puces": ("chip", "processor", "server", "foundry", "silicon", "electricity", "cooling", "megawatt", "factory", "wafer"),
        "école": ("pupil", "teacher", "classroom", "homework", "university", "exam", "student", "lesson", "textbook", "college"),
        "santé": ("hospital", "patient", "doctor", "diagnosis", "tumour", "clinic", "treatment", "nurse", "disease", "surgery"),
    },
}
# fmt: on
GLUE = {
    "fr": ("de la", "avec l'", "pour le", "qu'une", "d'un", "et les", "dans cette", "selon l’"),
    "en": ("of the", "with a", "for the", "and their", "in this", "to the"),
}


def article(theme: str, number: int, language: str = "fr", words: int = 60) -> str:
    """An article on a theme; another number, another article."""
    chance = random.Random(f"{theme}/{number}/{language}")
    own = THEMES[language][theme]
    glue = GLUE[language]
    pieces = [f"{chance.choice(glue)} {chance.choice(own)}" for _ in range(words)]
    return "Voici " + " ".join(pieces).replace("' ", "'").replace("’ ", "’") + "."


def corpus(each: int = 15, language: str = "fr", words: int = 60) -> tuple[list[str], list[str]]:
    """Texts and their themes, `each` of every theme, themes in turn."""
    themes = list(THEMES[language])
    texts = [article(theme, number, language, words) for number in range(each) for theme in themes]
    return texts, themes * each
