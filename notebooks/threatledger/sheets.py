"""Read a CSV file that people edit, and find everything that is wrong with its form at once."""

import csv
import io
from typing import NamedTuple

from threatledger.decoding import detect_encoding, tell_place

# What spreadsheets write between cells where it is not a comma.
SEPARATORS = {";": "semicolons", "\t": "tabs"}


class Problem(NamedTuple):
    """One thing wrong with a file that a person edits.

    Attributes
    ----------
    file : str
        Its name.
    told : str
        What is wrong and what to do.
    row : int
        As a spreadsheet numbers it: the header is row 1; 0 for the file as a whole.
    column : str
        Its name; empty for the row as a whole.
    """

    file: str
    told: str
    row: int = 0
    column: str = ""

    def __str__(self):
        where = [self.file, self.row and f"row {self.row}", self.column and f"column {self.column}"]
        return f"{', '.join(filter(None, where))}: {self.told}"


class Parsed(NamedTuple):
    """A CSV file as found.

    Attributes
    ----------
    header : list of str
        The names of the columns.
    rows : list of (int, dict of str to str)
        Each row's number and its stripped cells; rows whose cells are all empty are left out.
    problems : list of Problem
        What is wrong with the file's form; such rows are left out.
    """

    header: list
    rows: list
    problems: list


def parse_rows(path, name=""):
    """Read a CSV file with a header, whatever is wrong with it.

    Parameters
    ----------
    path : pathlib.Path
        In UTF-8; a byte order mark, as spreadsheets write one, is accepted.
    name : str, optional
        What to call it in a message; default: its own name.

    Returns
    -------
    Parsed
    """
    return parse_bytes(path.read_bytes(), name or path.name)


def parse_bytes(raw, name):
    """Read the bytes of a CSV file, see `parse_rows`."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = detect_encoding(raw, error.start)
        guess = f"it looks like {found}; " if found else ""
        told = f"the file is not UTF-8 text ({tell_place(raw, error)}): {guess}save it as CSV UTF-8"
        return Parsed([], [], [Problem(name, told)])
    first = text.partition("\n")[0]
    for separator, called in SEPARATORS.items():
        if first.count(separator) > first.count(","):
            told = f"there are {called} between the cells: save it as CSV with commas"
            return Parsed([], [], [Problem(name, told)])
    return _read_cells(csv.reader(io.StringIO(text, newline=""), strict=True), name)


def _read_cells(reader, name):
    """Return the rows that a CSV reader gives, and what is wrong with them."""
    header, rows, problems = None, [], []
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            # What follows would be cut in the wrong places.
            problems.append(Problem(name, _explain(error), number))
            break
        if header is None:
            header = [cell.strip() for cell in cells]
            problems += _check_header(header, name)
        elif len(cells) == len(header):
            if any(stripped := [cell.strip() for cell in cells]):
                row = dict(zip(header, stripped, strict=True))
                # A column without a name is nobody's.
                row.pop("", None)
                rows.append((number, row))
        elif any(cell.strip() for cell in cells):
            problems.append(Problem(name, _tell_length(cells, header), number))
    if not header:
        problems.append(Problem(name, "the file is empty: its first line must name the columns"))
    return Parsed(header or [], rows, problems)


def _explain(error):
    """Return in words what is wrong with the quotation marks of a row."""
    if "field limit" in str(error) or "end of data" in str(error):
        return 'a quotation mark is opened and not closed: close it, or write it twice ("")'
    return f'its quotation marks do not fit ({error}): write a quotation mark in a cell twice ("")'


def _check_header(header, name):
    """Return what is wrong with the names of the columns."""
    doubled = sorted({column for column in header if column and header.count(column) > 1})
    told = "the column stands there more than once: keep one"
    return [Problem(name, told, 1, column) for column in doubled]


def _tell_length(cells, header):
    """Return what is wrong with a row that is longer or shorter than the header."""
    return (
        f"it has {len(cells)} cells, the header {len(header)}: add or remove a comma, or put "
        "quotes round a cell that holds one"
    )
