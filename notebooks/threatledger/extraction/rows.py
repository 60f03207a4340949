"""Read tables and lists from a number outwards: its row, its column's head, the words above."""

from threatledger.extraction.patterns import LateRegex

CELL_EDGE = LateRegex(r" {2,}|\t+|\s*\|\s*|\s*\.{5,}\s*")
ROW = LateRegex(
    r"\S(?: {2,}|\t+|\s*\|\s*|\s*\.{5,}\s*)(?:[a-z]{2,8} ){0,3}(?:[A-Z]{2,3} ?)?[^\w\n]{0,3}\d"
)
FARTHEST = 40  # lines between a row and the head of its table
LONGEST_LINE = 300  # characters of a line of a table
LEAD_END = LateRegex(r"[:：]\s*$|\b(?:below|as\s+follows|(?:following|next)\s+table)\W*$")


def find_row(reading, sentence, quantity):
    """Return the line of a table that a number stands in.

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
    tuple of (int, int) or None
        Its range in the text; None where the line has no cells.
    """
    start, end = sentence.start + quantity.start, sentence.start + quantity.end
    key = ("row", start, end)
    if key not in reading.memo:
        reading.memo[key] = _find_row(reading.text, start, end) if _has_rows(reading) else None
    return reading.memo[key]


def _has_rows(reading):
    """Tell whether a line of the text may have cells, looked at once."""
    found = reading.memo.get("rows")
    if found is None:
        found = reading.memo["rows"] = may_have_cells(reading.text)
    return found


def _find_row(text, start, end):
    first = text.rfind("\n", max(0, start - LONGEST_LINE), start) + 1
    last = text.find("\n", end, end + LONGEST_LINE)
    last = last if last >= 0 else min(len(text), end + LONGEST_LINE)
    is_row = (first or start <= LONGEST_LINE) and may_have_cells(text[first:last])
    return (first, last) if is_row and ROW.search(text, first, last) else None


def may_have_cells(line):
    """Tell whether a line may be cut into cells: a quick look before a pattern."""
    return "  " in line or "\t" in line or "|" in line or "..." in line or "……" in line


def split_cells(line):
    """Return the cells of a line with where each begins and ends in it."""
    cells, position = [], 0
    for edge in [*CELL_EDGE.finditer(line), None]:
        end = edge.start() if edge else len(line)
        if line[position:end].strip():
            cells.append((position, end, line[position:end].strip()))
        position = edge.end() if edge else end
    return cells


def iterate_above(text, position):
    """Yield where each line above a place that is not empty begins and ends, nearest first."""
    for _ in range(FARTHEST):
        end = position - 1
        if end <= 0:
            return
        first = text.rfind("\n", max(0, end - LONGEST_LINE), end) + 1
        if not first and end > LONGEST_LINE:
            return
        if text[first:end].strip():
            yield first, end
        position = first


def find_lead(reading, passage):
    """Return the sentence with a colon that introduces a list item or a row of a table.

    Parameters
    ----------
    reading : Reading
        The text under reading.
    passage : Passage
        Any passage.

    Returns
    -------
    Sentence or None
        None where the passage is neither, or nothing introduces it.
    """
    key = ("lead", passage.number)
    if key not in reading.memo:
        reading.memo[key] = _find_lead(reading, passage)
    return reading.memo[key]


def _find_lead(reading, passage):
    if passage.kind == "item":
        above = () if passage.lead is None else (reading.passages[passage.lead],)
    elif passage.kind == "paragraph" and _is_row(reading.text, passage):
        first = max(0, passage.number - FARTHEST)
        above = reversed(reading.passages[first : passage.number])
    else:
        return None
    for earlier in above:
        last = earlier.sentences[-1] if earlier.sentences else None
        if last is not None and LEAD_END.search(last.text):
            return last
        if not _is_row(reading.text, earlier) and not _is_head(reading.text, earlier):
            return None
    return None


def _is_head(text, passage):
    """Return whether a passage is the line with the heads of a table's columns."""
    is_short = passage.end - passage.start <= LONGEST_LINE
    return is_short and len(split_cells(text[passage.start : passage.end])) > 1


def _is_row(text, passage):
    """Return whether a passage is short and has cells, as a row of a table."""
    if passage.end - passage.start > LONGEST_LINE:
        return False
    words = text[passage.start : passage.end]
    return may_have_cells(words) and ROW.search(words) is not None
