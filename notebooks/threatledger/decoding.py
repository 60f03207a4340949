"""Decode a text as received, or say in words what it is and what to do about it."""

import codecs
import re

UTF8 = "utf-8"
# Files that are no plain text, by how they begin.
FORMATS = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a ZIP archive, as .docx and .odt files are",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"{\\rtf": "an RTF file",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ\0": "an xz archive",
    b"\x28\xb5\x2f\xfd": "a Zstandard archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x7fELF": "a program",
    b"MZ\x90\0": "a program",
    b"SQLite format 3\0": "a database",
}
# The longer first: UTF-32 begins like UTF-16.
MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Names by which Python knows codes that are not how a text is stored.
NOT_STORED = ("idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf_7")
# What no plain text holds many of; tabs, line ends, form feeds and escapes do occur.
CONTROL = re.compile("[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# Told by their marks and zeros alone: few bytes of any text could be one of them.
WIDE = ["utf_7", "utf_16", "utf_16_le", "utf_16_be", "utf_32", "utf_32_le", "utf_32_be"]
# So few bytes say nothing of an encoding: then it is the commonest.
FEW = 8
# Looked at to tell what a file is: enough for a guess, and quick on any size.
SAMPLE = 65_536
# One control in so many characters is a binary file's; stray ones are left to stand, and a few
# of a short text.
RARE, SHORT, STRAY = 100, 8, 3


class DecodingError(ValueError):
    """Bytes are no text in the encoding named; the message continues a sentence on the file."""


def decode_text(raw, encoding=""):
    r"""Decode a text, every character kept, so that offsets into it hold.

    Parameters
    ----------
    raw : bytes
        The file as received.
    encoding : str, optional
        As Python names it; default UTF-8. A byte order mark of UTF-8 stays the first character.

    Returns
    -------
    str
        Line ends, controls and marks untouched.

    Raises
    ------
    DecodingError
        If the bytes are no such text, or a binary file. The message begins with a verb, says
        which byte is wrong and which encoding fits, and what to do.

    Examples
    --------
    >>> decode_text("5 caf\u00e9s".encode("cp1252"), "cp1252")
    '5 caf\xe9s'
    """
    _refuse_format(raw)
    encoding = check_encoding(encoding or UTF8)
    _refuse_unmarked(raw, encoding)
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise DecodingError(_tell_byte(raw, error, encoding)) from None
    _refuse_binary(raw, text, encoding)
    return text


def check_encoding(name):
    """Return an encoding's usual name.

    Parameters
    ----------
    name : str
        As a person writes it: ``UTF-8``, ``cp1252``, ``latin1``.

    Returns
    -------
    str

    Raises
    ------
    DecodingError
        If there is no such encoding of texts.
    """
    try:
        found = codecs.lookup(name).name
        # Refuses what turns bytes into bytes, such as zlib.
        b"a".decode(found, "ignore")
    except (LookupError, ValueError, UnicodeError):
        found = ""
    if not found or found.replace("-", "_") in NOT_STORED:
        raise DecodingError(
            f"is said to be in the encoding {name!r}, which does not exist: write one such as "
            "utf-8, utf-16 or cp1252"
        )
    return found


def detect_encoding(raw, place=0):
    """Guess in which encoding bytes that are not UTF-8 were written.

    Parameters
    ----------
    raw : bytes
    place : int, optional
        Where UTF-8 ends to fit; the bytes around it tell most.

    Returns
    -------
    str
        As Python names it; empty where none fits.
    """
    for mark, encoding in MARKS.items():
        if raw.startswith(mark):
            return encoding
    start = max(0, place - SAMPLE // 2) // 4 * 4
    sample = raw[start : start + SAMPLE]
    if encoding := _detect_zeros(sample):
        return encoding
    # Imported late: it takes longer than most texts.
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_exclusion=WIDE).best()
    western = _read_western(sample)
    few = sum(byte > 127 for byte in sample) < FEW
    if western and (best is None or few or str(best) == western):
        return "cp1252"
    return best.encoding.replace("_", "-") if best else ""


def _detect_zeros(sample):
    """Return which UTF-16 has its zeros where the sample has them, for a text without a mark."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.4 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.1:
        return "utf-16-be"
    return ""


def _read_western(sample):
    """Return a sample as Windows writes Western texts, or nothing where it cannot be."""
    try:
        return sample.decode("cp1252")
    except UnicodeDecodeError:
        return ""


def _refuse_format(raw):
    """Raise for a file that is no plain text, whatever its name ends in."""
    for start, kind in FORMATS.items():
        if raw.startswith(start):
            raise DecodingError(f"is {kind}, no plain text: put its text there, saved as UTF-8")


def _refuse_unmarked(raw, encoding):
    """Raise for an encoding of two orders where no mark says which: any bytes would decode."""
    if encoding in MARKS.values() and not raw.startswith(tuple(MARKS)):
        raise DecodingError(
            f"has no byte order mark: write {encoding}-le or {encoding}-be into the catalogue's "
            "column encoding"
        )


def _refuse_binary(raw, text, encoding):
    """Raise for bytes that happen to decode and are no text."""
    sample = text[:SAMPLE]
    controls = CONTROL.findall(sample)
    often = SHORT if len(controls) <= STRAY else RARE
    if len(controls) * often <= len(sample):
        return
    if found := _detect_zeros(raw[:SAMPLE]):
        raise DecodingError(f"is not {_say(encoding)}: {_offer(found)}")
    first = CONTROL.search(sample)
    raise DecodingError(
        f"holds {len(controls)} control characters, the first (0x{ord(first.group()):02X}) at "
        f"character {first.start()}, and so is no plain text: put the text itself there"
    )


def _tell_byte(raw, error, encoding):
    """Return the end of a sentence on the byte at which decoding stopped."""
    found = detect_encoding(raw, error.start)
    offer = _offer(found) if found else "its encoding cannot be told: save it as UTF-8"
    return f"is not {_say(encoding)} ({tell_place(raw, error)}): {offer}"


def tell_place(raw, error):
    """Return in words at which byte decoding stopped.

    Parameters
    ----------
    raw : bytes
    error : UnicodeDecodeError

    Returns
    -------
    str
    """
    line = raw.count(b"\n", 0, error.start) + 1
    byte = raw[error.start : error.start + 1].hex().upper()
    return f"byte 0x{byte} at offset {error.start}, line {line}"


def _say(encoding):
    """Return an encoding as people write it."""
    return encoding.upper() if encoding.startswith("utf") else encoding


def _offer(encoding):
    """Return what to do with a text in another encoding."""
    return (
        f"it looks like {encoding}; write {encoding} into the catalogue's column encoding, or "
        "save the text as UTF-8"
    )
