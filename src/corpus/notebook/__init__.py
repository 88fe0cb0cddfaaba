"""The notebook's door: an output folder as an object, its questions as methods, its tables as attributes, SQL over all of them.

>>> import corpus
>>> c = corpus.open("data/processed")
>>> c.where(language="fr").count("outlet").plot().title
'Documents by outlet'
"""

from __future__ import annotations

from corpus.notebook.corpus import Corpus, open_corpus
from corpus.notebook.tables import GLANCE, TableView, query_tables

__all__ = ["GLANCE", "Corpus", "TableView", "open_corpus", "query_tables"]
