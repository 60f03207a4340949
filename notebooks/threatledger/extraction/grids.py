"""Read tables set in a text: a number in a cell counts what the head of its column says."""

import re

from threatledger.extraction.grammar import fold_text
from threatledger.extraction.model import Counted
from threatledger.extraction.words import is_person, is_plural, read_word_lists

EDGE = re.compile(r" {2,}|\t+|\s*\|\s*")
CELLS = re.compile(r"\S(?: {2,}|\t+|\s*\|\s*)\S")
FARTHEST = 40  # passages between a row and the head of its table
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
    row = _split(sentence.text)
    column = next((i for i, (a, b, _) in enumerate(row) if a <= quantity.start < b), None)
    if not column or _has_words(row[column][2], quantity, sentence.text):
        return None
    head = _find_head(reading, sentence, len(row))
    place = len(head) - (len(row) - column) if head else -1
    if place < 0:
        return None
    return _name_cell(head, place, row[0][2], quantity, reading.codebook)


def _split(text):
    """Split a row into cells with their spans."""
    cells, position = [], 0
    for edge in [*EDGE.finditer(text.rstrip()), None]:
        end = edge.start() if edge else len(text.rstrip())
        if text[position:end].strip():
            cells.append((position, end, text[position:end].strip()))
        position = edge.end() if edge else end
    return cells


def _has_words(cell, quantity, text):
    """Tell whether a cell names what it counts itself."""
    rest = cell.replace(text[quantity.start : quantity.end], "", 1)
    return any(c.isalpha() for c in rest)


def _find_head(reading, sentence, columns):
    """Find the head of the table that a row belongs to, None where there is none."""
    for index in range(sentence.index - 1, max(-1, sentence.index - FARTHEST), -1):
        text = reading.sentences[index].text
        if not CELLS.search(text):
            return None
        cells = [cell for _, _, cell in _split(text)]
        if columns - 1 <= len(cells) <= columns and not any(c.isdigit() for c in cells[-1]):
            return cells
    return None


def _name_cell(heads, place, label, quantity, codebook):
    """Name a cell by the head of its column, and by its row where the head says too little."""
    lists, head = read_word_lists(codebook), heads[place]
    shown, low = head[:1].lower() + head[1:], fold_text(head)
    person, plural = is_person(low, lists), is_plural(low.split()[-1])
    if not person and not plural:
        person = any(is_person(fold_text(other), lists) for other in heads[1:place])
    if not is_person(low, lists) and (low in BARE or not plural):
        row = label[:1].lower() + label[1:]
        shown = f"{shown} {row}" if low not in BARE else row
        person = person or is_person(fold_text(row), lists)
    unit = quantity.unit or ("person" if person else "count")
    return Counted(shown, unit, -1, -1)
