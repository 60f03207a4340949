"""Read digits of other scripts, and digits with unseen characters among them, as plain ones."""

import unicodedata

from threatledger.extraction.patterns import LateRegex

# ٥ and ５ are digits as 5 is; what stands between and beside them has forms of its own too.
SIGNS = {
    "\u066b": ".",
    "\u066c": ",",
    "\u066a": "%",
    "\uff0c": ",",
    "\uff0e": ".",
    "\uff05": "%",
    "\uff04": "$",
}
PLAIN = {
    code: str(unicodedata.decimal(chr(code)))
    for code in range(0x660, 0x1FC00)
    if unicodedata.decimal(chr(code), None) is not None
} | {ord(sign): plain for sign, plain in SIGNS.items()}
# Marks set over a digit, and characters without width that copying leaves inside a number.
UNSEEN = frozenset(
    map(
        chr,
        (0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF)
        + (*range(0x300, 0x370), *range(0x20D0, 0x20F1), *range(0xFE00, 0xFE10)),
    )
)
PARTING = LateRegex(f"(?<=[0-9.,])[{''.join(sorted(UNSEEN))}]+(?=[0-9.,])")
ODD = UNSEEN | frozenset(map(chr, PLAIN))
# What a text in Latin letters hardly holds: nothing that is odd is among the letters, quotation
# marks, dashes and currencies left out. A class of all that is odd would be slow to search for.
RARE = LateRegex("[^\x00-\xac\xae-\u02ff\u2010-\u205f\u20a0-\u20cf]")


def make_plain(text):
    """Return a text in which every digit is one of 0 to 9, and no unseen character parts two.

    Parameters
    ----------
    text : str

    Returns
    -------
    tuple of (str, list of int or None)
        The text to read, and for each of its characters and its end where that stands in the text
        given; ``None`` where every character stands in its place.

    Examples
    --------
    >>> make_plain("\uff15\u200b00")
    ('500', [0, 2, 3, 4])
    """
    odd = frozenset() if text.isascii() else ODD.intersection(RARE.findall(text))
    plain = text.translate(PLAIN) if odd - UNSEEN else text
    parts, places, end = [], [], 0
    for found in PARTING.finditer(plain) if odd & UNSEEN else ():
        parts.append(plain[end : found.start()])
        places += range(end, found.start())
        end = found.end()
    if not parts:
        return plain, None
    return "".join([*parts, plain[end:]]), [*places, *range(end, len(plain) + 1)]


def restore_spans(records, text, places):
    """Give records the spans and words of the text as it was received, in place.

    Parameters
    ----------
    records : list of dict
        Claims or trends, with spans into the text as `make_plain` returned it.
    text : str
        As received.
    places : list of int or None
        As `make_plain` returned them.
    """
    for record in records:
        for start, end, words in (
            ("start", "end", "quote"),
            ("sentence_start", "sentence_end", "sentence"),
        ):
            if places:
                record[start], record[end] = places[record[start]], places[record[end] - 1] + 1
            record[words] = text[record[start] : record[end]]
