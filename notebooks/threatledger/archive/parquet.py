"""Write rows as Parquet: the columns of the codebook, and the same bytes for the same rows."""

import io
import json

from threatledger.archive.extras import import_extra
from threatledger.tables import CONTROL, read_columns

TYPES = {"str": "string", "int": "int64", "number": "float64"}
# Where the metadata of a part tells what it was made from: its texts, and what read them.
KEY, RULES = b"threatledger.key", b"threatledger.rules"
# Kept as it is: offsets point into it. Elsewhere control characters are shown as their pictures,
# as in a CSV file.
EXACT = {("texts", "text")}


def make_schema(table, metadata=None):
    """Return the Parquet schema of a table.

    Parameters
    ----------
    table : str
        Name as in ``data/codebook/columns.csv``.
    metadata : dict of bytes to bytes, optional
        What a part tells of itself.

    Returns
    -------
    pyarrow.Schema
    """
    pyarrow = import_extra("pyarrow")
    fields = [
        pyarrow.field(row["column"], pyarrow.type_for_alias(TYPES[row["type"]]))
        for row in read_columns(table)
    ]
    return pyarrow.schema(fields, metadata=metadata)


def encode_rows(rows, table, metadata):
    """Return rows as the bytes of a Parquet file.

    Parameters
    ----------
    rows : list of dict
        Columns that a row lacks are empty.
    table, metadata
        As in `make_schema`.

    Returns
    -------
    bytes
    """
    pyarrow = import_extra("pyarrow")
    schema = make_schema(table, metadata)
    columns = [
        pyarrow.array(_read_column(rows, column, table), field.type)
        for column, field in zip(read_columns(table), schema, strict=True)
    ]
    return encode_table(pyarrow.table(columns, schema=schema))


def _read_column(rows, column, table):
    """Return the values of one column, text made inert as in a CSV file."""
    name = column["column"]
    if column["type"] != "str":
        return [row.get(name) for row in rows]
    values = [row.get(name) or "" for row in rows]
    if (table, name) in EXACT:
        return values
    # What can be printed holds no control character, and that is told far quicker.
    return [value if value.isprintable() else value.translate(CONTROL) for value in values]


def encode_table(table):
    """Return an Arrow table as the bytes of a Parquet file.

    Parameters
    ----------
    table : pyarrow.Table

    Returns
    -------
    bytes
    """
    parquet = import_extra("pyarrow.parquet")
    sink = io.BytesIO()
    # Pieces of a table that was put together would show in the bytes.
    parquet.write_table(table.combine_chunks(), sink, compression="zstd", row_group_size=1 << 20)
    return sink.getvalue()


def read_metadata(path):
    """Return what a part tells of itself.

    Parameters
    ----------
    path : pathlib.Path

    Returns
    -------
    tuple of (str, dict)
        The part's key, and the code and kinds of files that it was read by; empty where it does
        not say.
    """
    told = import_extra("pyarrow.parquet").read_schema(path).metadata or {}
    return told.get(KEY, b"").decode(), json.loads(told.get(RULES, b"{}"))
