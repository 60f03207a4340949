"""Read tables set in a text: a number in a cell counts what the head of its column says."""

import re

from threatledger.extraction.captions import find_caption
from threatledger.extraction.grammar import fold_text
from threatledger.extraction.model import Counted
from threatledger.extraction.words import is_person, is_plural, read_word_lists

EDGE = re.compile(r" {2,}|\t+|\s*\|\s*")
CELLS = re.compile(r"\S(?: {2,}|\t+|\s*\|\s*)\S")
DATED = re.compile(
    r"[0-9]{2}|^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Q[1-4]|Now|Then|Before|After)"
)
FARTHEST = 40  # lines between a row and the head of its table
LONGEST = 500  # characters of a row; bounded, so that a text on a single line stays linear
BARE = frozenset("total number all share sum count figure figures value".split())


def find_cell(reading, sentence, quantity):
    """Find what a number in a table counts.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
        Perhaps a row of a table: its cells stand two spaces, a tab or a bar apart.
    quantity : Quantity
        With unit ``None`` or ``percent``.

    Returns
    -------
    Counted or None
        None where the sentence is no row, or its table has no head.
    """
    if quantity.unit not in (None, "percent") or not CELLS.search(sentence.text):
        return None
    at = sentence.start + quantity.start
    start, line = _read_line(reading.text, at)
    if len(line) > LONGEST:
        return None
    row = _split(line)
    column = next((i for i, (a, b, _) in enumerate(row) if a <= at - start < b), None)
    if not column or _has_words(row[column][2], reading.text[at : sentence.start + quantity.end]):
        return None
    above = _read_above(reading.text, start)
    head = next((cells for cells in above if _is_head(cells, len(row))), None)
    if head is None:
        return None
    others = [cells[0] for cells in above]
    place = len(head) - (len(row) - column)
    return _name_cell(reading, sentence, quantity, (head[place], row[0][2], head[1:place], others))


def _read_line(text, at):
    """Return where the line that holds an offset begins, and the line; too long, cut past a row."""
    first, last = max(0, at - LONGEST - 1), min(len(text), at + LONGEST + 1)
    start = text.rfind("\n", first, at)
    end = text.find("\n", at, last)
    start = start + 1 if start >= 0 else first
    return start, text[start : end if end >= 0 else last]


def _read_above(text, start):
    """Return the cells of the lines above a row, the nearest first, as far as its table reaches."""
    lines = []
    while start > 0 and len(lines) < FARTHEST:
        start, line = _read_line(text, start - 1)
        if len(line) > LONGEST or (line.strip() and not CELLS.search(line)):
            break
        if line.strip():
            lines.append([cell for _, _, cell in _split(line)])
    return lines


def _is_head(cells, columns):
    """Tell whether a line is the head of a table: a word in its last cell, about as many cells."""
    return columns - 1 <= len(cells) <= columns and any(c.isalpha() for c in cells[-1])


def _split(line):
    """Split a row into cells with their spans."""
    cells, position, line = [], 0, line.rstrip()
    for edge in [*EDGE.finditer(line), None]:
        end = edge.start() if edge else len(line)
        if line[position:end].strip():
            cells.append((position, end, line[position:end].strip()))
        position = edge.end() if edge else end
    return cells


def _has_words(cell, number):
    """Tell whether a cell names what it counts itself."""
    return any(c.isalpha() for c in cell.replace(number, "", 1))


def _name_cell(reading, sentence, quantity, cell):
    """Name a cell by the head of its column, by its row, or by the line above the table."""
    lists = read_word_lists(reading.codebook)
    head, label, before, labels = cell
    low, row = fold_text(head), fold_text(label)
    if not DATED.search(head) and (is_person(low, lists) or is_plural(low.split()[-1])):
        return _make(head, is_person(low, lists), quantity)
    if is_person(row, lists) or low in BARE:
        return _make(label, is_person(row, lists), quantity)
    caption = find_caption(reading, sentence)
    if caption:
        what = caption.what if DATED.search(head) else f"{caption.what} {low}"
        return _make(what, caption.unit == "person", quantity)
    people = any(is_person(fold_text(name), lists) for name in [head, *before, *labels])
    shown = label if DATED.search(head) else f"{head[:1].lower()}{head[1:]} {label}"
    return _make(shown, people, quantity)


def _make(what, person, quantity):
    """Make a Counted; a name or an acronym keeps its capital."""
    shown = what if what[1:2].isupper() else what[:1].lower() + what[1:]
    return Counted(shown, quantity.unit or ("person" if person else "count"), -1, -1)
