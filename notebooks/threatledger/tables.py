"""Read and write the published tables: CSV that is the same bytes on every machine."""

import json
import re
from functools import cache

import pandas as pd

from threatledger.codebook import read_codebook
from threatledger.files import find_reports, hash_file, write_whole

# A spreadsheet runs a cell that begins with = + - @ (some: in their wide forms, or behind white
# space) as a formula, and some drop a first tab or line end. Such a cell gets an apostrophe in
# front; so does one that already has apostrophes there, so that reading undoes it.
START = r"(?:\s*[=+@\-＝＋－＠]|[\t\n])"
FORMULA = re.compile(f"'*{START}")
GUARDED = re.compile(f"'+{START}")
# Characters that no CSV reader agrees on: shown as their pictures (U+2400 block).
CONTROL = {code: 0x2400 + code for code in range(32) if code not in (9, 10)}
DTYPES = {"str": "str", "int": "Int64", "number": "float64"}
FRICTIONLESS = {"str": "string", "int": "integer", "number": "number"}


class TableError(ValueError):
    """A table does not have the columns or keys that the codebook defines."""


def find_tables(edition):
    """Return the folder of an edition's tables."""
    return find_reports() / edition / "tables"


@cache
def read_columns(table):
    """Return the defined columns of a table.

    Parameters
    ----------
    table : str
        Name as in ``data/codebook/columns.csv``.

    Returns
    -------
    tuple of dict
        ``column``, ``type``, ``unit``, ``description``, in the published order; the first is
        the key that rows are sorted by, unless the table is written with another.

    Raises
    ------
    TableError
        If the codebook does not define the table.
    """
    rows = tuple(row for row in read_codebook().rows("columns") if row["table"] == table)
    if not rows:
        raise TableError(f"data/codebook/columns.csv defines no table {table}: describe it there")
    return rows


def guard_cell(value):
    """Make a text cell inert in a spreadsheet and readable by every CSV reader.

    Parameters
    ----------
    value : str

    Returns
    -------
    str
        With an apostrophe in front where a spreadsheet would run it; `bare_cell` undoes that.

    Examples
    --------
    >>> guard_cell("=1+1"), guard_cell("5-7")
    ("'=1+1", '5-7')
    """
    value = value.translate(CONTROL)
    return "'" + value if FORMULA.match(value) else value


def bare_cell(value):
    """Undo `guard_cell`.

    Examples
    --------
    >>> bare_cell("'=1+1"), bare_cell("'tis")
    ('=1+1', "'tis")
    """
    return value[1:] if GUARDED.match(value) else value


def write_table(frame, table, edition, sort_by=None):
    """Write a table as CSV, checked against its definition.

    Parameters
    ----------
    frame : pandas.DataFrame
        The rows; columns that the codebook does not define are refused, not dropped.
    table : str
        Name as in ``data/codebook/columns.csv``; the file is ``tables/TABLE.csv``.
    edition : str
        Folder in ``reports/``.
    sort_by : list of str, optional
        Order of the rows; default: the order the frame has.

    Returns
    -------
    pandas.DataFrame
        The rows as written.

    Raises
    ------
    TableError
        If columns are missing or undefined.
    """
    columns = read_columns(table)
    names = [row["column"] for row in columns]
    missing = [name for name in names if name not in frame]
    extra = [name for name in frame if name not in names]
    if missing or extra:
        raise TableError(
            f"table {table}: "
            + "; ".join(
                f"{say} {', '.join(map(str, which))}"
                for say, which in (("it lacks", missing), ("the codebook does not define", extra))
                if which
            )
        )
    frame = frame.loc[:, names]
    if sort_by:
        frame = frame.sort_values(sort_by, kind="stable")
    frame = frame.astype({row["column"]: DTYPES[row["type"]] for row in columns})
    safe = frame.copy()
    for row in columns:
        if row["type"] == "str":
            safe[row["column"]] = safe[row["column"]].fillna("").map(guard_cell)
    csv = safe.to_csv(index=False, lineterminator="\n", float_format="%.12g")
    write_whole(find_tables(edition) / f"{table}.csv", csv)
    return frame.reset_index(drop=True)


def read_table(table, edition):
    """Read a table that an earlier notebook wrote.

    Parameters
    ----------
    table, edition : str
        As in `write_table`.

    Returns
    -------
    pandas.DataFrame
        Text columns as str (never missing: not stated is the empty string), whole numbers as
        Int64, numbers as float64.

    Raises
    ------
    TableError
        If the table has not been made yet.
    """
    path = find_tables(edition) / f"{table}.csv"
    if not path.is_file():
        raise TableError(f"{edition}/tables/{table}.csv is not there yet: run make report first")
    return read_file(path, table)


def read_file(path, table):
    """Read a table from a file, which may have been written when it had fewer columns.

    Parameters
    ----------
    path : pathlib.Path
        The CSV file.
    table : str
        Name as in ``data/codebook/columns.csv``, which gives the columns' types.

    Returns
    -------
    pandas.DataFrame
        As `read_table` gives it, with the columns that the file has.
    """
    header = pd.read_csv(path, nrows=0, encoding="utf-8").columns
    columns = [row for row in read_columns(table) if row["column"] in header]
    frame = pd.read_csv(
        path,
        dtype={row["column"]: DTYPES[row["type"]] for row in columns},
        keep_default_na=False,
        na_values={row["column"]: [""] for row in columns if row["type"] != "str"},
        encoding="utf-8",
    )
    for row in columns:
        if row["type"] == "str":
            frame[row["column"]] = frame[row["column"]].map(bare_cell)
    return frame


def write_datapackage(edition):
    """Describe an edition's tables, column by column, as a Frictionless data package.

    Parameters
    ----------
    edition : str
        Folder in ``reports/``; ``tables/datapackage.json`` is written beside the tables.
    """
    paths = sorted(find_tables(edition).glob("*.csv"))
    package = {
        "name": f"threat-ledger-{edition}",
        "resources": [_describe_table(path) for path in paths],
    }
    text = json.dumps(package, indent=1, ensure_ascii=False) + "\n"
    write_whole(find_tables(edition) / "datapackage.json", text)


def _describe_table(path):
    """Return one table's resource descriptor."""
    table = path.stem
    fields = [
        {
            "name": row["column"],
            "type": FRICTIONLESS[row["type"]],
            "description": row["description"] + (f" [{row['unit']}]" if row["unit"] else ""),
        }
        for row in read_columns(table)
    ]
    return {
        "name": table,
        "path": f"{table}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{hash_file(path)}",
        "schema": {"fields": fields, "missingValues": [""]},
    }
