"""Find the time of a number in a table: in the head of its column, above or below the table."""

import re

from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.rows import (
    FARTHEST,
    LONGEST_LINE,
    ROW,
    find_row,
    iterate_above,
    may_have_cells,
    split_cells,
)
from threatledger.extraction.times import find_times

LONGEST_CELL = 60  # characters of the head of a column
SLACK = 4  # characters that a number may stand before the head of its column
LINES_BELOW = 3  # lines that are no rows, in which a note to a table is looked for
OF_WHICH = LateRegex(
    r"\W*(?:of\s+(?:whom|which|them|these)|thereof|including|incl\.)", re.IGNORECASE
)
NOTE = LateRegex(
    r"\W*(?:sources?|figures?|data|notes?|numbers|status|situation|as\s+(?:of|at))\b", re.IGNORECASE
)
CAPTION = LateRegex(r"\W*(?:table|figure|fig\.|chart|box)\b", re.IGNORECASE)
TELLS_OF_TABLE = LateRegex(
    r"\b(?:table|chart|following|below)\b[^.]*(?:[.]\d[^.]*)*\.\W*$", re.IGNORECASE
)
PROSE_ENDS = (".", "!", "?", ".”", '."')


def find_table_time(reading, sentence, quantity):
    """Find the time that a table gives a number in it.

    Parameters
    ----------
    reading : Reading
        The text under reading.
    sentence : Sentence
        The sentence that holds the number.
    quantity : object
        With ``start`` and ``end``.

    Returns
    -------
    tuple of (str, str) or None
        ISO 8601 and the words it rests on; None where the number stands in no table, or the
        table has no time.
    """
    row = find_row(reading, sentence, quantity)
    if row is None:
        return None
    cells = split_cells(reading.text[row[0] : row[1]])
    at = sentence.start + quantity.start - row[0]
    after = sum(start > at for start, _, _ in cells)  # cells to its right
    for start, end in iterate_above(reading.text, row[0]):
        is_row, heads = _read_line(reading, start, end)
        fits = len(cells) - 1 <= len(heads) <= len(cells) and after < len(heads)
        if fits and heads[-1 - after]:
            return heads[-1 - after]
        nearest = _choose_nearest(reading.text[start:end], heads, at) if all(heads[1:]) else None
        if nearest:
            return nearest
        if not is_row and len(heads) == 1:
            return _read_caption(reading, start, end) or _find_note(reading, row[1])
    return _find_note(reading, row[1])


def _choose_nearest(line, heads, at):
    """Return the time nearest above a number, of a second line of heads over the last columns."""
    cells = split_cells(line)
    if len(heads) < 2 or not heads[0] or at < cells[0][0] - SLACK:
        return None
    return min(zip(cells, heads, strict=True), key=lambda pair: abs(pair[0][0] - at))[1]


def _read_line(reading, start, end):
    """Return whether a line is a row with numbers, and the time in each of its cells."""
    key = ("line", start)
    if key not in reading.memo:
        line, times = reading.text[start:end], []
        is_row = bool(ROW.search(line))
        for _, _, words in split_cells(line):
            is_part = bool(times) and not is_row and OF_WHICH.match(words)
            times.append(times[-1] if is_part else _read_cell(reading, words))
        reading.memo[key] = is_row, times
    return reading.memo[key]


def _read_cell(reading, words):
    """Return the only time in the head of a column."""
    times = find_times(words, reading.published) if len(words) <= LONGEST_CELL else ()
    if len(times) != 1 or not times[0].value:
        return None
    rest = words[: times[0].start] + words[times[0].end :]
    return None if any(c.isdigit() for c in rest) else (times[0].value, words)


def _read_caption(reading, start, end):
    """Return the last time in the line above a table, unless it ends a text of its own."""
    line = reading.text[start:end].rstrip()
    if line.endswith(PROSE_ENDS) and not (CAPTION.match(line) or TELLS_OF_TABLE.search(line)):
        return None
    return _find_last(reading, line)


def _find_note(reading, position):
    """Return the time in the source or note below a table."""
    text, others = reading.text, 0
    for _ in range(FARTHEST):
        end = text.find("\n", position + 1, position + LONGEST_LINE + 2)
        end = end if end >= 0 else min(len(text), position + LONGEST_LINE + 2)
        line = text[position:end].strip()
        position = end
        if end - position > LONGEST_LINE or others == LINES_BELOW or end >= len(text) and not line:
            return None
        if NOTE.match(line):
            return _find_last(reading, line)
        others += bool(line) and not may_have_cells(line)
    return None


def _find_last(reading, line):
    times = [m for m in find_times(line, reading.published) if m.value]
    return (times[-1].value, line[times[-1].start : times[-1].end]) if times else None
