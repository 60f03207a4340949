"""Read tables set in a text: a number in a cell counts what the head of its column says."""

import functools
import re
from dataclasses import dataclass

from threatledger.extraction.captions import find_above, find_caption
from threatledger.extraction.gazetteer import find_places
from threatledger.extraction.grammar import PERCENT, fold_text, read_grammar
from threatledger.extraction.model import Counted
from threatledger.extraction.numerals import scale_number
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.quantities import find_currency
from threatledger.extraction.readers import is_money
from threatledger.extraction.rows import may_have_cells
from threatledger.extraction.tabulation import EDGE, RULE, has_figure
from threatledger.extraction.words import (
    find_start,
    is_participle,
    is_person,
    is_plural,
    read_word_lists,
)

CELLS = LateRegex(r"\S(?: {2,}|\t+|\s*\|\s*|\s*\.{4,}\s*)\S")
DATED = LateRegex(
    r"[0-9]{2}|^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Q[1-4]|Now|Then|Before|After"
    r"|Previous|This|Last|Current|First|Second|Third|Fourth)(?!\w*s\b)"
)
AGED = LateRegex(r"(?i:under|over|aged|below|above|of|to|and|-|–)\s*[0-9]{1,2}(?!\d)")
AGE_GROUP = LateRegex(
    r"(?<=  )(?:Under|Over|Aged|Below|Above|[0-9]{1,2}\s?[-–])\s?[0-9]{1,2}(?=  |\Z)"
)
SHARE = LateRegex(rf"(?:{PERCENT})|\bshares?\b")
SCALE = LateRegex(
    r"(?<!\w)(?:(thousands?)|(millions?|mn)|(billions?|bn))(?!\w)|'?000s?(?!\w)"
    r"|(?P<short>[$€£] ?m(?!\w))"
)
OWN_SIGN = LateRegex(r"[0-9]\s?(?:%|per\s?cent)")
UNIT = LateRegex(r"\s*[(\[][^()]*[)\]]|,\s*(?:in\s+)?[^,]*\Z|\s+in\s+[^,]*\Z")
ONLY_MONEY = LateRegex(
    r"\W*(?:(?:US|USD|EUR|GBP|CHF)\W*|[$€£]\W*)(?:millions?|thousands?|billions?|m|bn|000s?)?\W*"
)
OF = LateRegex(r"\s+(?:with|of|in|at|for|to|under|on|per|by|from|held|who)\s+")
# "Incidents 2017", "2018 arrests": the year that a column is of.
YEARED = LateRegex(
    r"[\s,]+\(?(?:in\s+)?(?:[A-Z][a-z]{2,8}\s+)?(?:19|20)[0-9]{2}(?:\s?[-–/]\s?(?:19|20)?[0-9]{2})?\)?\s*\Z"
    r"|\A(?:19|20)[0-9]{2}\s+"
)
PART = LateRegex(r"^(?:[Oo]f (?:whom|which)|[Ii]ncluding|[Tt]hereof|[Ii]ncl\.)\s+")
FARTHEST = 40  # lines between a row and the head of its table
LONGEST = 500  # characters of a row; bounded, so that a text on a single line stays linear
BARE = frozenset(
    "total number no all share sum count figure figures value overall number %".split()
)
MOVEMENTS = frozenset(
    "returns departures transfers repatriations releases admissions exits entries discharges"
    " relocations evacuations crossings deportations".split()
)
STATE = LateRegex(
    r"(?:still |now )?(?:in (?:prison|custody|jail|detention|camps?|hospital|exile)|abroad"
    r"|at large|dead|missing|held|caught|freed|sent (?:back|home)|gone|left|died|born|at home"
    r"|awaiting)(?!\w)"
)
REST = frozenset("others other total all sum rest remainder subtotal unknown".split())


@dataclass(slots=True)
class Cell:
    """A number's place in a table."""

    head: str  # of its column, empty where the table has none
    label: str  # of its row
    heads: list  # of the columns before
    labels: list  # of the rows above
    money: bool = False  # whether its head only names a currency
    placed: bool = False  # whether its row is a place
    unit: str = ""  # what the row has in a column of units: "litre"


def find_cell(reading, sentence, quantity):
    """Find what a number in a table counts; its unit and scale may stand in the column's head.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
        Perhaps a row of a table: its cells stand two spaces, a tab or a bar apart.
    quantity : Quantity
        Its bounds are scaled where a head says "US$ million".

    Returns
    -------
    Counted or None
        None where the sentence is no row, or nothing names what its cells count.
    """
    if not may_have_cells(sentence.text) or not CELLS.search(sentence.text):
        return None
    cell = _find_place(reading, sentence, quantity)
    if cell is None:
        return None
    caption = find_caption(reading, sentence)
    if quantity.unit is None:
        _set_unit(reading, sentence, quantity, cell)
    cell.money = is_money(quantity) and _names_money(cell.head, reading.codebook)
    cell.placed = cell.label[:1].isupper() and _is_place(cell.label, reading.codebook)
    if cell.head and _is_place(cell.head, reading.codebook):
        return _name_row(cell, caption, quantity, read_word_lists(reading.codebook))
    return _name_cell(cell, caption, quantity, read_word_lists(reading.codebook))


def has_head(reading, sentence):
    """Tell whether a line of figures alone is a row of a table whose columns have heads.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence

    Returns
    -------
    bool
        True for "2019    120    310" under "Year    Attacks    Deaths".
    """
    if not may_have_cells(sentence.text) or not CELLS.search(sentence.text):
        return False
    start, line = _read_line(reading.text, sentence.start)
    if len(line) > LONGEST or not has_figure(line):
        return False
    return _find_head(_get_above(reading, start), len(_split(line))) is not None


def is_label(reading, sentence, quantity):
    """Tell whether a number belongs to the name of a row: "Camp 1    1,512    7,655".

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
    quantity : Quantity

    Returns
    -------
    bool
    """
    if not may_have_cells(sentence.text) or not CELLS.search(sentence.text):
        return False
    at = sentence.start + quantity.start
    start, line = _read_line(reading.text, at)
    if len(line) > LONGEST or not has_figure(line):
        return False
    row = _split(line)
    first = row[0]
    if at - start >= first[1]:
        return False
    return first[2][0].isalpha() or _is_numbered(_get_above(reading, start), row)


def _find_place(reading, sentence, quantity):
    """Find the cell that holds a number alone, with its heads."""
    text = reading.text
    at = sentence.start + find_start(quantity)
    start, line = _read_line(text, at)
    if len(line) > LONGEST:
        return None
    row = _split(line)
    column = next((i for i, (a, b, _) in enumerate(row) if a <= at - start < b), None)
    shown = text[at : sentence.start + quantity.reach]
    if not column or _has_words(row[column][2], shown):
        return None
    above = _get_above(reading, start)
    head = _find_head(above, len(row))
    labels = [cells[0][2] for _, cells in above if cells]
    if head is None:
        return Cell("", row[0][2], [], labels)
    place = _find_column(head, row, column)
    heads = [cell[2] for cell in head[1:place]]
    at = heads.index("Unit") + 1 if "Unit" in heads and len(row) == len(head) else 0
    unit = row[at][2].lower().removesuffix("s") if at else ""
    return Cell(head[place][2], row[0][2], heads, labels, unit=unit)


def _find_head(above, columns):
    """Return the cells of the head of a table, None where it has none."""
    return next((cells for _, cells in above if _is_head(cells, columns)), None)


def _is_numbered(above, row):
    """Tell whether the first column only numbers the rows: "Phase", "Year", "No."."""
    head = _find_head(above, len(row))
    if head is None or len(head) < len(row):
        return False
    return not is_plural(fold_text(head[0][2]).split()[-1])


def _is_place(head, codebook):
    """Tell whether a head of a column is a place, so that the row says what is counted."""
    found = find_places(head, codebook)
    return bool(found) and found[-1].end - found[0].start >= len(head) - 2


def _find_column(head, row, column):
    """Return which head stands above a cell: by number, or by place where cells are missing."""
    if len(row) - len(head) in (0, 1):
        return max(0, len(head) - (len(row) - column))
    begin, end, _ = row[column]
    nearest = min(head, key=lambda cell: min(abs(cell[0] - begin), abs(cell[1] - end)))
    return head.index(nearest)


def _read_line(text, at):
    """Return where the line that holds an offset begins, and the line; too long, cut past a row."""
    first, last = max(0, at - LONGEST - 1), min(len(text), at + LONGEST + 1)
    start = text.rfind("\n", first, at)
    end = text.find("\n", at, last)
    start = start + 1 if start >= 0 else first
    return start, text[start : end if end >= 0 else last]


def _get_above(reading, start):
    """Return the lines above a row, read once for all numbers of the row."""
    if reading.memo.get("above", (-1, ()))[0] != start:
        reading.memo["above"] = start, _read_above(reading.text, start)
    return reading.memo["above"][1]


def _read_above(text, start):
    """Return the lines above a row with their cells, the nearest first, as far as its table."""
    lines = []
    for _ in range(2 * FARTHEST):
        if start <= 0 or len(lines) >= FARTHEST:
            break
        start, line = _read_line(text, start - 1)
        if RULE.fullmatch(line) or not line.strip():
            continue
        if len(line) > LONGEST or not may_have_cells(line) or not CELLS.search(line):
            break
        lines.append((line, _split(line)))
    return lines


def _is_head(cells, columns):
    """Tell whether a line is the head of a table: no figures but years, about as many cells."""
    shown = "  ".join(cell[2] for cell in cells)
    fits = columns - 1 <= len(cells) <= columns + 4 and len(cells) > (columns > 2)
    if fits and AGE_GROUP.search(shown) and any(cell[2].isalpha() for cell in cells[1:]):
        shown = AGE_GROUP.sub("aged", shown)  # "Persons    Under 12"
    return fits and not has_figure(f"x  {shown}") and any(len(cell[2]) > 1 for cell in cells)


@functools.lru_cache(maxsize=256)
def _split(line):
    """Split a row into cells with their spans."""
    cells, position, line = [], 0, line.rstrip()
    for edge in [*EDGE.finditer(line), None]:
        end = edge.start() if edge else len(line)
        if line[position:end].strip():
            cells.append((position, end, line[position:end].strip()))
        position = edge.end() if edge else end
    return tuple(cells)


def _has_words(cell, number):
    """Tell whether a cell names what it counts itself."""
    return any(len(word) > 1 for word in re.findall(r"[^\W\d_]+", cell.replace(number, "", 1)))


def _set_unit(reading, sentence, quantity, cell):
    """Give a bare number the unit and the scale that its column's head, row or caption names."""
    grammar = read_grammar(reading.codebook)
    for shown in _find_units(reading, sentence, cell):
        low = fold_text(shown)
        unit = _find_unit(shown, low, grammar)
        scale = SCALE.search(low)
        if unit or scale and (cell.head == shown or "(" in shown):
            quantity.unit = unit or None
            _scale(quantity, scale)
            return


def _find_units(reading, sentence, cell):
    """Yield what may name a unit: the heads of column and row, the end of the line above."""
    if cell.unit:
        yield f"({cell.unit}s)"
    yield cell.head
    yield cell.label
    if OWN_SIGN.search(sentence.text):
        return  # the row writes its shares as such: the rest are none
    above = find_above(reading, sentence)
    yield from UNIT.findall(above.text) if above else ()


def _names_money(head, codebook):
    """Tell whether a head names a currency and nothing else: "Libyan dinars", "US$ million"."""
    words = fold_text(head).split()
    return (
        bool(ONLY_MONEY.fullmatch(head))
        or words[-1:]
        and words[-1] in read_grammar(codebook).currencies
    )


def _find_unit(shown, low, grammar):
    """Return the currency, per cent or measure that a head names, empty where it names none."""
    if SHARE.search(low):
        return "percent"
    for match in re.finditer(r"[$€£₦]|US\$|\b[A-Z]{3}\b", shown):
        known = grammar.currencies.get(match[0])
        if known:
            return known[0][0]
    named = grammar.money.match(f" {low.strip('( ')}")
    code = find_currency(named, grammar) if named and (named["name"] or named["code"]) else ""
    if code:
        return code
    first, _, rest = low.partition(" ")
    if first in grammar.measures and rest.startswith("of "):
        return grammar.measures[first]
    last = re.findall(r"[a-z]+", low)[-1:]
    if last and last[0] in grammar.currencies:
        return grammar.currencies[last[0]][0][0]
    inside = re.search(r"[(,]\s*(?:in )?([a-z0-9²]+)", low)
    return grammar.measures.get(inside[1], "") if inside else ""


def _scale(quantity, scale):
    """Multiply a quantity's bounds by the scale that a head gives."""
    if scale is None:
        return
    factor = 10**6 if scale[2] or scale["short"] else 10**9 if scale[3] else 1000
    quantity.low = quantity.low and scale_number(quantity.low, factor)
    quantity.high = quantity.high and scale_number(quantity.high, factor)


def _name_cell(cell, caption, quantity, lists):
    """Name a cell by the head of its column, by its row, or by the line above the table."""
    head = _drop_year(PART.sub("", UNIT.sub("", cell.head)).strip(), lists)
    low, row = fold_text(head), fold_text(cell.label)
    dated = not head or bool(DATED.search(AGED.sub("", head))) or cell.money
    people = any(is_person(fold_text(name), lists) for name in [head, *cell.heads, *cell.labels])
    if AGE_GROUP.search(f"  {head}"):
        return _make(f"persons {low}", True, quantity)
    if STATE.match(low) and not quantity.unit and not (cell.label and is_plural(row)):
        who = caption.what if caption and caption.unit == "person" else "people"
        return _make(f"{who} {low}", True, quantity)
    if not dated and low not in REST:
        if is_person(low, lists) or low.split() and is_plural(low.split()[-1]):
            moved = people and low.split()[-1] in MOVEMENTS
            return _make(head, moved or is_person(low, lists), quantity)
        if _opens_with_people(low, lists):
            return _make(head, True, quantity)
        if len(low.split()) > 1 and is_plural(low.split()[0]):
            return _make(head, False, quantity)  # "Tents empty"
        goods = is_plural(row) and not is_person(row, lists) and not cell.placed
        if is_participle(low) and (goods or quantity.unit):
            return _make(f"{cell.label} {low}", False, quantity)  # "Blankets | 4,200" distributed
        if (is_participle(low) or STATE.match(low)) and not quantity.unit:
            who = caption.what if caption and caption.unit == "person" else "people"
            return _make(f"{who} {low}", True, quantity)
    first, *more = row.split() or [""]
    if dated and more and is_plural(first) and not _opens_with_people(row, lists):
        return _make(cell.label, False, quantity)  # "Tents repaired"
    core = OF.split(row)[0]
    plural = bool(core) and is_plural(core.split()[-1])
    named = is_person(core, lists) or plural and (dated or cell.head[:1].isupper())
    if row not in REST and (named or low in BARE) and not (caption and low in BARE):
        return _make(cell.label, is_person(core, lists), quantity)
    if caption and caption.what.endswith("prices") and not head:
        return _make(UNIT.sub("", cell.label), False, quantity)
    if caption:
        what = caption.what if dated or low in REST | BARE else f"{caption.what} {low}"
        return _make(what, caption.unit == "person", quantity)
    if dated and not cell.head:
        return None
    shown = cell.label if dated else f"{head[:1].lower()}{head[1:]} {cell.label}"
    return _make(shown, people, quantity)


def _drop_year(head, lists):
    """Leave out the year of a head that names things or people: "Incidents 2017"."""
    bare = YEARED.sub("", head)
    words = fold_text(bare).split()
    if bare == head or not words or DATED.search(bare):
        return head
    last = words[-1]
    named = is_plural(last) or is_participle(last) or is_person(" ".join(words), lists)
    return bare if named else head


def _name_row(cell, caption, quantity, lists):
    """Name a cell by its row, where the columns are places: "Attacks claimed | 84 | 31"."""
    label = UNIT.sub("", cell.label).strip() or cell.label
    row = fold_text(label)
    words = OF.split(row)[0].split() or [row]
    while len(words) > 1 and is_participle(words[-1]):
        words.pop()
    if caption and (row in REST or DATED.search(label) or is_participle(row)):
        what = caption.what if not is_participle(row) else f"{caption.what} {row}"
        return _make(what, caption.unit == "person", quantity)
    return _make(label, is_person(" ".join(words), lists), quantity)


def _opens_with_people(low, lists):
    """Tell whether a head is of people and what they did: "persons returned"."""
    words = low.split()
    return any(is_plural(w) and is_person(w, lists) for w in words[:2]) and "per" not in words


def _make(what, person, quantity):
    """Make a Counted; a name or an acronym keeps its capital."""
    shown = what if what[1:2].isupper() else what[:1].lower() + what[1:]
    return Counted(shown, quantity.unit or ("person" if person else "count"), -1, -1)
