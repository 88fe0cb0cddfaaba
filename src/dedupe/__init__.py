"""From paragraphs to repeats. Pure: no files but the lexicons and the folder of an index, no knowledge of corpus."""

from dedupe.within import WithinRepeat, find_repeats_within

__all__ = ["WithinRepeat", "find_repeats_within"]
