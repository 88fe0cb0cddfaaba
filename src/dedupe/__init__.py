"""From paragraphs to repeats. Pure: no files but the lexicons and the folder of an index, no knowledge of corpus."""

from dedupe.duplicate_documents import DUPLICATES, find_duplicate_documents
from dedupe.explain import Segment, explain
from dedupe.frames import find
from dedupe.index import RepeatIndex
from dedupe.lexicon import REPEAT_WORDS
from dedupe.paragraphs import ParagraphsError
from dedupe.repeats import REPEATS, find_repeats
from dedupe.within import WithinRepeat, find_repeats_within, find_repeats_within_documents

__all__ = [
    "DUPLICATES",
    "REPEATS",
    "REPEAT_WORDS",
    "ParagraphsError",
    "RepeatIndex",
    "Segment",
    "WithinRepeat",
    "explain",
    "find",
    "find_duplicate_documents",
    "find_repeats",
    "find_repeats_within",
    "find_repeats_within_documents",
]
