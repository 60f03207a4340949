"""Read and write the published tables: CSV that is the same bytes on every machine."""

import json
import re
import shutil
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
# Text is kept as Python's own, with pyarrow installed as without: what is read is gone through
# value by value, which is far slower the other way.
pd.set_option("mode.string_storage", "python")
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
    frame : pandas.DataFrame or threatledger.parts.Rows
        The rows; columns that the codebook does not define are refused, not dropped. Rows in
        parts become the folder ``tables/TABLE/``.
    table : str
        Name as in ``data/codebook/columns.csv``; the file is ``tables/TABLE.csv``.
    edition : str
        Folder in ``reports/``.
    sort_by : list of str, optional
        Order of the rows; default: the order the frame has.

    Returns
    -------
    pandas.DataFrame or threatledger.parts.Rows
        The rows as written.

    Raises
    ------
    TableError
        If columns are missing or undefined.
    """
    if not isinstance(frame, pd.DataFrame):
        return _publish_rows(frame, edition)
    frame = check_columns(frame, table)
    if sort_by:
        frame = frame.sort_values(sort_by, kind="stable")
    frame = hold_types(frame, table)
    safe = frame.copy()
    for row in read_columns(table):
        if row["type"] == "str":
            safe[row["column"]] = safe[row["column"]].fillna("").map(guard_cell)
    csv = safe.to_csv(index=False, lineterminator="\n", float_format="%.12g")
    write_whole(find_tables(edition) / f"{table}.csv", csv)
    # The edition may have been one of a corpus before.
    shutil.rmtree(find_tables(edition) / table, ignore_errors=True)
    return frame.reset_index(drop=True)


def _publish_rows(rows, edition):
    """Write the rows of a table that may be in parts."""
    from threatledger.parts import publish_parts

    if rows.is_whole:
        return write_table(rows.read(), rows.table, edition)
    return publish_parts(rows, edition)


def check_columns(frame, table):
    """Return a frame's columns in the published order.

    Parameters
    ----------
    frame : pandas.DataFrame
    table : str
        Name as in ``data/codebook/columns.csv``.

    Returns
    -------
    pandas.DataFrame

    Raises
    ------
    TableError
        If columns are missing or undefined.
    """
    names = [row["column"] for row in read_columns(table)]
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
    return frame.loc[:, names]


def hold_types(frame, table):
    """Return a frame with its columns in the types that the codebook gives them."""
    return frame.astype({row["column"]: DTYPES[row["type"]] for row in read_columns(table)})


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
    if path.with_suffix("").is_dir():
        from threatledger.parts import open_rows

        return open_rows(table, edition).read()
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
    folder = find_tables(edition)
    tables = {path.stem: _describe_file(path) for path in folder.glob("*.csv")}
    for path in folder.glob("[a-z]*/part-00000.parquet"):
        tables[path.parent.name] = _describe_parts(path.parent)
    package = {
        "name": f"threat-ledger-{edition}",
        "resources": [{"name": name} | tables[name] | _describe_columns(name)
                      for name in sorted(tables)],
    }  # fmt: skip
    text = json.dumps(package, indent=1, ensure_ascii=False) + "\n"
    write_whole(find_tables(edition) / "datapackage.json", text)


def _describe_file(path):
    """Return what is said of a table's file."""
    return {
        "path": path.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{hash_file(path)}",
    }


def _describe_parts(folder):
    """Return what is said of the parts of a table."""
    paths = sorted(folder.glob("part-*.parquet"))
    return {
        "path": [f"{folder.name}/{path.name}" for path in paths],
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": sum(path.stat().st_size for path in paths),
    }


def _describe_columns(table):
    """Return the schema of a table."""
    fields = [
        {
            "name": row["column"],
            "type": FRICTIONLESS[row["type"]],
            "description": row["description"] + (f" [{row['unit']}]" if row["unit"] else ""),
        }
        for row in read_columns(table)
    ]
    return {"schema": {"fields": fields, "missingValues": [""]}}
