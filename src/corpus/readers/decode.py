"""Bytes to text: byte order mark, declared charset, UTF-8, then the encoding whose letters look like prose.

The order follows the WHATWG encoding standard with one exception: bytes that are valid UTF-8 and not plain ASCII are UTF-8 even
where a page claims a single-byte encoding (old press exports claim ISO-8859-1 and are UTF-8).
"""

from __future__ import annotations

import codecs
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
META_BYTES = 4096
META_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s{0,5}=\s{0,5}["']?\s{0,5}([\w.:-]{2,40})""", re.I
)
# WHATWG: these labels mean windows-1252.
WINDOWS_LABELS = frozenset({"ascii", "iso8859-1", "latin_1", "cp1252"})
SAMPLE_BYTES = 256 * 1024
# A text of which more characters than this share are control characters is not text (measured: 0 in prose, > 5 % in binaries).
CONTROL_SHARE = 0.005
# A note of one line may hold a stray one, above any share.
STRAY_CONTROLS = 1
CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f]")
# Points a byte, below which no candidate is believed: text has 0.9 and more, a lone capital with an accent 0.4.
PLAUSIBLE = 0.35
# How much better a later candidate has to be: the first is by far the commonest.
FAVOUR = 1.1
OWN_SCRIPT = 0.5
REPLACEMENT = "�"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text, the codec it was read with, and how many characters were repaired or given up (`damaged`)."""

    text: str
    encoding: str
    damaged: int = 0


@cache
def _lexicon() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "lexicons" / "encodings.toml").read_text(encoding="utf-8"))


def codec_name(label: str | None) -> str | None:
    """Python's name of the text codec for a charset label, or None for an unknown or unfit one ("rot13", "base64")."""
    if not label:
        return None
    try:
        info = codecs.lookup(label.strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    if not getattr(info, "_is_text_encoding", True) or info.name in {
        "utf-7",
        "idna",
        "punycode",
        "undefined",
    }:
        return None
    if info.name in {
        "unicode_escape",
        "raw_unicode_escape",
        "unicode-escape",
        "raw-unicode-escape",
        "mbcs",
        "oem",
    }:
        return None
    return "cp1252" if info.name in WINDOWS_LABELS else info.name


def bom_codec(data: bytes) -> tuple[str, int] | None:
    """The codec that a byte order mark announces and the mark's length."""
    for mark, name in BOMS:
        if data.startswith(mark):
            return name, len(mark)
    return None


def declared_in_markup(data: bytes) -> str | None:
    """The charset that an HTML `meta` element or an XML declaration names."""
    found = META_CHARSET.search(data[:META_BYTES])
    return codec_name(found[1].decode("ascii", "replace")) if found else None


def decode(data: bytes, charset: str | None = None, *, markup: bool = False) -> Decoded:
    """Decode a whole document. `charset` is what a header declared; `markup` looks for a declaration inside as well.

    Never fails: what no encoding explains becomes U+FFFD and is counted in `damaged`.

    >>> from corpus.readers import decode
    >>> decode("L’été à Vaucelles".encode("cp1252")).text
    'L’été à Vaucelles'
    """
    if bom := bom_codec(data):
        return _decode_as(data[bom[1] :], bom[0])
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = None
    declared = codec_name(charset) or (declared_in_markup(data) if markup else None)
    if text is not None:
        wide = _wide_without_bom(data) if "\x00" in text[:META_BYTES] else None
        if wide:
            return _decode_as(data, wide)
        if declared in (None, "utf-8", "cp1252") or not text.isascii():
            return Decoded(text, "utf-8")
    if declared and declared != "utf-8" and not (declared.startswith(("utf-16", "utf-32")) and markup):
        read = _decode_as(data, declared)
        if not read.damaged:
            return read
    if wide := _wide_without_bom(data):
        return _decode_as(data, wide)
    if _mostly_utf8(data):
        return _repaired_utf8(data)
    return _decode_as(data, detect(data))


def decode_head(data: bytes, charset: str | None = None) -> str:
    """The beginning of a document, decoded well enough to recognise its format; a character cut at the end is dropped."""
    if not bom_codec(data):
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            if error.start > len(data) - 4:
                return data[: error.start].decode("utf-8")
    return decode(data, charset, markup=True).text


def looks_binary(text: str) -> bool:
    """Whether a decoded text has too many control characters to be one."""
    sample = text[:SAMPLE_BYTES]
    return len(CONTROLS.findall(sample)) > max(STRAY_CONTROLS, CONTROL_SHARE * len(sample))


def detect(data: bytes) -> str:
    """The most plausible single-byte encoding of bytes that are not UTF-8."""
    sample = data[:SAMPLE_BYTES] if any(byte > 127 for byte in data[:SAMPLE_BYTES]) else data[-SAMPLE_BYTES:]
    counts = Counter(byte for byte in sample if byte > 127)
    words = _lexicon()
    points = {
        **dict.fromkeys(words["rare"], 0.1),
        **dict.fromkeys(words["seldom"], 0.4),
        **dict.fromkeys(words["prose"], 1.0),
    }
    best, best_score = words["candidates"][0], 0.0
    for name in words["candidates"]:
        score = sum(
            count * points.get(bytes((byte,)).decode(name, "replace"), 0.0) for byte, count in counts.items()
        )
        if score > FAVOUR * best_score:
            best, best_score = name, score
    # A script of its own fills a text with bytes above 127; in European prose they are one letter in twenty.
    if best_score >= PLAUSIBLE * counts.total() and counts.total() < OWN_SCRIPT * len(sample):
        return str(best)
    from charset_normalizer import from_bytes

    match = from_bytes(sample[: META_BYTES * 4]).best()
    return (match and codec_name(match.encoding)) or str(best)


def fallback_codec(head: bytes) -> str | None:
    """The codec for lines that are not UTF-8, told from the head of their file; None if that does not tell."""
    if head.isascii():
        return None
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return detect(head) if error.start < len(head) - 4 else None
    return None


def _decode_as(data: bytes, name: str) -> Decoded:
    try:
        return Decoded(data.decode(name), name)
    except UnicodeDecodeError:
        text = data.decode(name, "replace")
        return Decoded(text, name, max(1, text.count(REPLACEMENT)))


def _wide_without_bom(data: bytes) -> str | None:
    """UTF-16 without a mark: nearly every second byte of Latin prose is zero."""
    sample = data[:META_BYTES]
    pairs = len(sample) // 2
    if pairs < 2:
        return None
    even, odd = sample[0 : 2 * pairs : 2].count(0), sample[1 : 2 * pairs : 2].count(0)
    if odd > 0.7 * pairs and even < 0.1 * pairs:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * pairs and odd < 0.1 * pairs else None


def _mostly_utf8(data: bytes) -> bool:
    text = data[:SAMPLE_BYTES].decode("utf-8", "replace")
    broken = text.count(REPLACEMENT)
    sound = sum(1 for character in text if character > "\x7f") - broken
    return sound > 2 * broken


def _repaired_utf8(data: bytes) -> Decoded:
    """UTF-8 with stray bytes of the usual single-byte encoding (two files pasted together), byte by byte."""
    words = _lexicon()
    name, repairs = words["candidates"][0], frozenset(words["repairs"])
    parts: list[str] = []
    damaged = 0
    # "surrogateescape" gives one lone surrogate for each byte that does not belong, in linear time.
    for piece in re.split("([\udc80-\udcff])", data.decode("utf-8", "surrogateescape")):
        if len(piece) == 1 and "\udc80" <= piece <= "\udcff":
            damaged += 1
            character = bytes((ord(piece) - 0xDC00,)).decode(name, "replace")
            parts.append(character if character in repairs else REPLACEMENT)
        else:
            parts.append(piece)
    return Decoded("".join(parts), "utf-8", damaged)
