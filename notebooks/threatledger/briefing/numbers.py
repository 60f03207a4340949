"""Numbers in the page's prose: which rows stand behind each, and filling them into Markdown."""

import csv
import re
import shlex

from threatledger.briefing.links import mark_source
from threatledger.briefing.markup import escape
from threatledger.briefing.wording import say_date, say_number
from threatledger.days import PUBLISHED, find_first_day, find_last_day
from threatledger.tables import bare_cell, read_columns

# What an editor writes into a Markdown cell: [[count claims]].
BLANK = re.compile(r"\[\[((?:count|cell|first|last)\s[^\[\]\n]+)\]\]")


class SourceError(ValueError):
    """An expression names no table, row or column; the message says which."""


def read_rows(folder, table):
    """Return an edition's table as published, cells as text.

    Parameters
    ----------
    folder : pathlib.Path
        The edition's folder.
    table : str
        Stem of a file in ``tables/``.

    Returns
    -------
    list of dict

    Raises
    ------
    SourceError
        If there is no such table.
    """
    path = folder / "tables" / f"{table}.csv"
    if not re.fullmatch(r"[a-z-]+", table) or not path.is_file():
        raise SourceError(f"there is no table {table}")
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            {name: bare_cell(value) for name, value in row.items()} for row in csv.DictReader(lines)
        ]


def resolve(expression, folder):
    """Return what an expression says about an edition's tables.

    Parameters
    ----------
    expression : str
        ``count TABLE [COLUMN=VALUE …]`` (rows), ``cell TABLE KEY COLUMN`` (the row whose first
        column is KEY), ``first TABLE COLUMN`` or ``last TABLE COLUMN`` (of a column of dates).
    folder : pathlib.Path
        The edition's folder.

    Returns
    -------
    int or str
        A count, or the text of a cell.

    Raises
    ------
    SourceError
        If it cannot be resolved.
    """
    verb, table, *rest = shlex.split(expression)
    if re.fullmatch(r"[a-z-]+", table) and (folder / "tables" / table).is_dir():
        rows = _open_parts(folder, table, verb, rest)
    else:
        rows = read_rows(folder, table)
    try:
        if isinstance(rows, int):
            return rows
        if verb == "count":
            pairs = [part.split("=", 1) for part in rest]
            return sum(all(row[column] == value for column, value in pairs) for row in rows)
        if verb == "cell":
            key, column = rest
            return next(row[column] for row in rows if next(iter(row.values())) == key)
        (column,) = rest
        values = [row[column] for row in rows if row[column]]
        if verb == "first":
            return min(values, key=find_first_day)
        if verb == "last":
            return max(values, key=find_last_day)
    except (KeyError, ValueError, StopIteration) as error:
        raise SourceError(f"“{expression}” names no cell of the table {table}") from error
    raise SourceError(f"“{expression}” begins with none of count, cell, first, last")


def _open_parts(folder, table, verb, rest):
    """Return the rows of a table in parts that an expression asks for, or how many they are."""
    from threatledger.parts import Rows

    rows = Rows(table, paths=sorted((folder / "tables" / table).glob("part-*.parquet")))
    if verb == "count":
        pairs = dict(part.split("=", 1) for part in rest)
        wanted = {name: [value] for name, value in pairs.items()}
        return rows.count(wanted or None)
    if verb == "cell":
        key = read_columns(table)[0]["column"]
        return rows.read(where={key: rest[:1]}).astype("str").to_dict("records")
    days = rows.aggregate(rest[0], rows=(read_columns(table)[0]["column"], "size")).index
    return [{rest[0]: day} for day in days]


def fill_numbers(markdown, folder):
    """Fill the blanks of a Markdown cell with numbers from the tables.

    Parameters
    ----------
    markdown : str
        With blanks such as ``[[count claims]]``, see `resolve`.
    folder : pathlib.Path
        The edition's folder.

    Returns
    -------
    str
        Markdown; each number is marked with what it was filled from.

    Raises
    ------
    SourceError
        If a blank cannot be filled.
    """
    return BLANK.sub(lambda found: _fill_one(found[1], folder), markdown)


def _fill_one(expression, folder):
    """Return one number or cell in words, marked with what it comes from."""
    value = resolve(expression, folder)
    if isinstance(value, int):
        words = say_number(value) if value else "no"
    else:
        words = say_date(value) if PUBLISHED.match(value) else value
    return mark_source(escape(words), *shlex.split(expression))
