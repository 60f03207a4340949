"""Hold the tables that people edit against their description in ``data/codebook/inputs.csv``."""

import difflib
import functools
import re
from collections import defaultdict
from typing import NamedTuple

from threatledger.codebook import find_codebook
from threatledger.days import find_last_day
from threatledger.decoding import DecodingError, check_encoding
from threatledger.sheets import Problem, parse_rows

# Describes all the others, and itself.
INPUTS = "codebook/inputs.csv"
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")
SUM = re.compile(r"[0-9a-f]{64}\Z")
WHOLE = re.compile(r"-?[0-9]+\Z")
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?\Z")
BAR = "|"
JOINED = {"bar": BAR, "space": " "}
# A type that the column `field` of the same row decides: what a correction of it may hold.
AS_FIELD = "as field"
BOUNDS = ("low", "high")
WITHDRAWN = {"old": "no", "new": "yes"}
# No more of a cell is shown.
SHOWN = 60
# How like a column's name another must be to be taken for it misspelt.
LIKE = 0.75
# Each star may stand for any few words, so that every one more multiplies the ways to try.
MOST_STARS = 2
# So many values are named in a message; of more only the nearest.
NAMED = 30


class Column(NamedTuple):
    """A column as ``inputs.csv`` describes it.

    Attributes
    ----------
    name, type : str
        Its header, and what its cells hold: a key of ``TYPES``.
    need : str
        ``filled`` (no cell may be empty), ``there`` (the column must be there) or empty.
    is_key : bool
        Whether it is part of what tells rows apart.
    joined : str
        What stands between several values in one cell; empty where a cell holds one.
    values : tuple of str
        The only ones allowed; empty for any.
    refers : tuple of str
        ``table:column`` where each value must stand, and ``=value`` for one more that may be.
    """

    name: str
    type: str
    need: str
    is_key: bool
    joined: str
    values: tuple
    refers: tuple


def _split(cell):
    """Return the items of a cell."""
    return tuple(item for item in cell.split(BAR) if item)


@functools.cache
def read_schemas():
    """Read the description of every table that people edit.

    Returns
    -------
    dict of str to tuple of Column
        By the table's file in ``data/``, such as ``codebook/places.csv``.
    """
    schemas = defaultdict(list)
    for _, row in parse_rows(find_codebook() / "inputs.csv", INPUTS).rows:
        column = Column(
            name=row["column"],
            type=row["type"],
            need=row["need"],
            is_key=row["key"] == "yes",
            joined=JOINED.get(row["list"], ""),
            values=_split(row["values"]),
            refers=_split(row["refers"]),
        )
        schemas[row["table"]].append(column)
    return {table: tuple(columns) for table, columns in schemas.items()}


def parse_tables(data, *wanted):
    """Read tables in whatever state they are, with those that they refer to.

    Parameters
    ----------
    data : pathlib.Path
        The folder that they lie in.
    *wanted : str
        Their files; those that are not there are left out. Default: every one described.

    Returns
    -------
    dict of str to threatledger.sheets.Parsed
    """
    schemas = read_schemas()
    names = list(wanted or schemas)
    for name in wanted:
        refers = [refer for column in schemas.get(name, ()) for refer in column.refers]
        names += [refer.partition(":")[0] for refer in refers if ":" in refer]
    paths = {name: data / name for name in names}
    return {name: parse_rows(path, name) for name, path in paths.items() if path.is_file()}


def check_table(name, parsed, tables):
    """Find everything that is wrong with a table.

    Parameters
    ----------
    name : str
        Its file in ``data/``; a table that is not described is held to its form alone.
    parsed : threatledger.sheets.Parsed
        As it was read.
    tables : dict of str to threatledger.sheets.Parsed
        The tables that it may refer to; one that is not among them is not looked at.

    Returns
    -------
    list of Problem
        In the order of rows; empty if all is well.
    """
    problems = list(parsed.problems)
    columns = read_schemas().get(name, ())
    if not parsed.header or any(problem.row == 1 for problem in problems):
        # Without its header nothing in a table can be told.
        return problems
    problems += _check_columns(name, parsed.header, columns)
    there = [column for column in columns if column.name in parsed.header]
    for column in there:
        tell = _make_test(column, tables)
        cells = [(number, row[column.name]) for number, row in parsed.rows]
        told = {cell: tell(cell) for _, cell in cells}
        problems += [
            Problem(name, told[cell], number, column.name) for number, cell in cells if told[cell]
        ]
    problems += _check_fields(name, parsed.rows, there)
    problems += _check_keys(name, parsed.rows, [column.name for column in there if column.is_key])
    return sorted(problems, key=lambda problem: problem.row)


def _check_columns(name, header, columns):
    """Return a problem for each column that must be there and is not, or is misspelt."""
    problems, strange = [], [other for other in header if other not in {c.name for c in columns}]
    for column in columns:
        if column.name in header:
            continue
        near = difflib.get_close_matches(column.name, strange, n=1, cutoff=LIKE)
        if column.need:
            mean = f", or correct {near[0]} if that is meant" if near else ""
            told = f"there is no column {column.name}: add it{mean}"
            problems.append(Problem(name, told, 1))
        elif near:
            told = f"no such column is known: did you mean {column.name}?"
            problems.append(Problem(name, told, 1, near[0]))
    return problems


def _check_keys(name, rows, key):
    """Return a problem for each row that has the key of an earlier one."""
    seen, problems = {}, []
    for number, row in rows:
        values = tuple(row[column] for column in key)
        first = seen.setdefault(values, number)
        if key and all(values[:1]) and first != number:
            told = f"{_show(' / '.join(values))} stands in row {first} too: give each its own"
            problems.append(Problem(name, told, number, ", ".join(key)))
    return problems


def _check_fields(name, rows, columns):
    """Return a problem for each cell that the column named in `field` could not hold."""
    problems = []
    for column in columns:
        for number, row in rows if column.type == AS_FIELD else ():
            cell, field = row[column.name], row.get("field", "")
            if field in BOUNDS and not NUMBER.match(cell.replace(",", "") or "0"):
                told = f"{_show(cell)} is no number: write digits, or nothing for an open bound"
                problems.append(Problem(name, told, number, column.name))
            elif field == "withdrawn" and cell != WITHDRAWN.get(column.name, cell):
                told = f"{_show(cell)} withdraws nothing: write {WITHDRAWN[column.name]}"
                problems.append(Problem(name, told, number, column.name))
    return problems


def _make_test(column, tables):
    """Return what says in words what is wrong with a cell, or nothing."""
    known = _list_known(column, tables)
    test = TYPES.get(column.type, _test_text)

    def tell(cell):
        if not cell:
            return "the cell is empty: fill it" if column.need == "filled" else ""
        if column.type == "forms" and cell.count(BAR) not in (0, 3):
            return (
                f"{_show(cell)} is neither one form nor four: third person, past, participle, -ing"
            )
        items = cell.split(column.joined) if column.joined else [cell]
        if any(item != item.strip() or not item for item in items):
            return f"{_show(cell)} has an empty part or a space too many: write a{column.joined}b"
        for item in items:
            if told := test(item) or _test_known(item, known):
                return told
        return ""

    return tell


def _list_known(column, tables):
    """Return the values that a column may hold, or None where it may hold any."""
    if not column.refers:
        return column.values or None
    known = {refer[1:] for refer in column.refers if refer.startswith("=")}
    for refer in column.refers:
        table, _, other = refer.partition(":")
        if other and (table not in tables or other not in tables[table].header):
            return None
        known |= {row[other] for _, row in tables[table].rows} if other else set()
    return known


def _test_known(item, known):
    """Return what is wrong with a value that is not among those known."""
    if known is None or item in known:
        return ""
    near = difflib.get_close_matches(item[:SHOWN], known, n=1)
    if near:
        hint = f"did you mean {near[0]}?"
    elif len(known) <= NAMED:
        hint = f"use one of {', '.join(sorted(known))}"
    else:
        hint = "correct it, or add it where the others are listed"
    return f"{_show(item)} is not known: {hint}"


def _show(text):
    """Return a cell as a message shows it."""
    return repr(text if len(text) <= SHOWN else text[: SHOWN - 1] + "…")


def _test_text(item):
    """Return nothing: any text will do."""
    return ""


def _test_stars(item):
    """Return what is wrong with words in which a star stands for a few others."""
    if item.count("*") <= MOST_STARS:
        return ""
    return f"{_show(item)} has too many stars, which would take too long: use {MOST_STARS} at most"


def _test_date(item):
    """Return what is wrong with a date."""
    try:
        find_last_day(item)
    except ValueError:
        return (
            f"{_show(item)} is no date, month or year: write 2023-03-12, 2023-03 or 2023 (a "
            "spreadsheet may have changed it)"
        )
    return ""


def _test_encoding(item):
    """Return what is wrong with the name of an encoding."""
    try:
        check_encoding(item)
    except DecodingError:
        return f"{_show(item)} is no encoding of texts: write one such as utf-8, utf-16 or cp1252"
    return ""


def _test_form(form, told):
    """Return a test that a cell has a form."""
    return lambda item: "" if form.match(item) else f"{_show(item)} {told}"


TYPES = {
    "text": _test_text,
    "forms": _test_text,
    "starred": _test_stars,
    "date": _test_date,
    "encoding": _test_encoding,
    "id": _test_form(
        ID,
        "is no id: an id is made of letters, digits, '-', '_' and '.', and begins with a letter or "
        "digit; rename it",
    ),
    "sha256": _test_form(SUM, "is no SHA-256: write 64 digits and small letters a to f"),
    "whole": _test_form(WHOLE, "is no whole number: write digits alone"),
    "number": _test_form(NUMBER, "is no number: write digits, with a point before decimals"),
}
