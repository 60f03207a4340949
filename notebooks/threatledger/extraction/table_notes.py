"""Find the line under a table that names its source: "Source: interior ministries, May 2020"."""

import re

from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.rows import LONGEST_LINE, find_row, may_have_cells
from threatledger.extraction.times import find_times

NOTE = LateRegex(
    r"\W*(?:Sources?|Figures|Data|Numbers|Compiled\s+by|Based\s+on)\s*(?::|from\b|by\b)\s*(?P<words>[^\n]{3,120})"
)
EDGES = " \t.,;:()[]–—-*"
FARTHEST = 40  # lines between a row and the foot of its table


def find_note(reading, sentence, quantity):
    """Return whom, and as of when, the line under a table gives for its numbers.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
    quantity : object
        With ``start`` and ``end``.

    Returns
    -------
    tuple of (str, TimeMention or None) or None
        The source as written, without its date, and the date; None where the number stands in no
        table, or the table names no source.
    """
    row = find_row(reading, sentence, quantity)
    if row is None:
        return None
    key = ("note", row[1])
    if key not in reading.memo:
        reading.memo[key] = _read_note(reading, row[1])
    return reading.memo[key]


def _read_note(reading, position):
    """Return what the first line below that is no row says, if it is a note of a source."""
    text = reading.text
    for _ in range(FARTHEST):
        start = position + 1
        end = text.find("\n", start, start + LONGEST_LINE)
        if end < 0:
            end = min(len(text), start + LONGEST_LINE)
        line = text[start:end]
        note = NOTE.match(line)
        if note:
            return _split_note(reading, note["words"])
        if start >= len(text) or (line.strip() and not may_have_cells(line)):
            return None
        position = end
    return None


def _split_note(reading, words):
    """Part a note into who and when."""
    times = [m for m in find_times(words, reading.published) if m.value]
    who = words[: times[0].start] if times and times[0].start else words
    who = re.sub(r"\s+(?:as\s+of|as\s+at|at|of|in|for|on)\s*$", "", who.strip(EDGES)).strip(EDGES)
    return (who, times[0] if times else None) if who else None
