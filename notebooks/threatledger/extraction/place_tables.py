"""Find what stands above a table that places all its rows, beside the country each row names."""

import re

from threatledger.extraction import rows
from threatledger.extraction.gazetteer import find_places
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.place_roles import PEOPLE_KINDS
from threatledger.extraction.place_subject import find_subject

MOST_LINES = 2  # above a table without cells: its caption and the words that introduce it
BY_ORIGIN = LateRegex(
    r"\b(?:origins?|nationality|nationalities|citizenship|nationals|country\s+of\s+birth)\b",
    re.IGNORECASE,
)
HOLDS = LateRegex(
    r"\b(?:detainees|residents?|refugees|population|persons|people|inmates|prisoners|nationals|families|households|children"
    r"|foreigners|suspects|held|hosted|living|camps?|fighters)\b",
    re.IGNORECASE,
)
TABLE = LateRegex(r"\btable\b", re.IGNORECASE)
LONGEST = 120  # characters of a caption
WITHIN = LateRegex(r"\b(?:in|at|of|inside|across)\s+(?:the\s+)?(?:[\w'’-]+\s+){0,2}$")


def find_table_place(reading, sentence, quantity):
    """Return the country in which all those counted in a table are, by the lines above it.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
        The sentence that holds the number.
    quantity : object
        With ``start`` and ``end``.

    Returns
    -------
    list of str
        "Detainees in north-east Syria" gives Syria to a row "France"; "Residents by origin" the
        country of the whole text; empty where the number stands in no table or nothing tells.
    """
    row = rows.find_row(reading, sentence, quantity)
    if row is None:
        return []
    key = ("table place", row[0])
    if key not in reading.memo:
        reading.memo[key] = _read_captions(reading, row)
    return reading.memo[key]


def _read_captions(reading, row):
    """Return the country of the lines above a row's table."""
    captions = 0
    is_by_origin = False
    for start, end in rows.iterate_above(reading.text, row[0]):
        line = reading.text[start:end]
        is_origin = BY_ORIGIN.search(line) is not None
        if len(rows.split_cells(line)) > 1:
            continue
        captions += 1
        if not HOLDS.search(line) or not (len(line) <= LONGEST or TABLE.search(line)):
            break
        is_by_origin = is_by_origin or is_origin
        located = [
            p
            for p in find_places(line, reading.codebook)
            if p.iso3 and p.kind not in PEOPLE_KINDS and WITHIN.search(line[: p.start])
        ]
        codes = {code for p in located for code in p.iso3}
        if len(codes) == 1:
            return list(codes)
        if codes or captions == MOST_LINES:
            break
    subject = find_subject(reading) if is_by_origin else ""
    return [subject] if subject else []
