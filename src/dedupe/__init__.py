"""From paragraphs to repeats. Pure: no files but the lexicons and the folder of an index, no knowledge of corpus."""

from dedupe.repeats import find_repeats
from dedupe.within import WithinRepeat, find_repeats_within

__all__ = ["WithinRepeat", "find_repeats", "find_repeats_within"]
