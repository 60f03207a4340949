"""Ask each part of an edition's texts in turn: nobody holds the whole, and counts add up."""

import functools

import pandas as pd

from threatledger.corpus import find_texts, read_text
from threatledger.parts import (
    Rows,
    clear_trial,
    is_partitioned,
    list_parts,
    open_rows,
    read_part,
    write_part,
)
from threatledger.tables import find_tables, read_table

# Parts from which on processes are worth their start.
MANY = 24


def tabulate_parts(function, reads, writes, edition, on_all_cores=False, **given):
    """Make tables by asking each part of the texts in turn.

    Parameters
    ----------
    function : callable
        Takes the tables named in `reads` as frames, in this order, and `given` by name; returns a
        frame for each of `writes`. It is asked once for each part, so it must look at one text at
        a time; it is sent to other processes, so it must be defined in a module.
    reads : list of str, or dict of str to list of str
        Tables, or tables to those of their columns that are needed. ``texts`` has the columns
        ``doc_id`` and ``text``.
    writes : str or list of str
        Tables to make.
    edition : str
        Folder in ``reports/``.
    on_all_cores : bool
        Whether many parts are shared out to a process for each core: worth it where the work is
        long and no other notebook runs beside it.
    **given
        What else the function takes.

    Returns
    -------
    Rows, or list of Rows
        What was made, as `write_table` takes it; nothing is published yet.
    """
    names = [writes] if isinstance(writes, str) else list(writes)
    if not is_partitioned("documents", edition):
        made = function(*_read_whole(reads, edition), **given)
        made = [made] if isinstance(writes, str) else made
        rows = [Rows(name, frame=frame) for name, frame in zip(names, made, strict=True)]
        return rows[0] if isinstance(writes, str) else rows
    folders = [clear_trial(name, edition) for name in names]
    make = functools.partial(_make_part, function, edition, reads, names, given)
    for _ in run_tasks(make, _name_parts(edition), on_all_cores):
        pass
    rows = [
        Rows(name, paths=sorted(folder.glob("part-*.parquet")))
        for name, folder in zip(names, folders, strict=True)
    ]
    return rows[0] if isinstance(writes, str) else rows


def ask_parts(function, reads, edition, on_all_cores=False, **given):
    """Ask each part of the texts, and yield what comes back.

    Parameters
    ----------
    function, reads, edition, on_all_cores
        As for `tabulate_parts`.
    **given
        What else the function takes.

    Yields
    ------
    pandas.DataFrame
        For `take_rows`, which takes a bounded number of the rows.
    """
    if not is_partitioned("documents", edition):
        yield function(*_read_whole(reads, edition), **given)
        return
    ask = functools.partial(_ask_part, function, edition, reads, given)
    yield from run_tasks(ask, _name_parts(edition), on_all_cores)


def _name_parts(edition):
    """Return the names of the parts of an edition's texts."""
    return [path.name for path in list_parts("documents", edition)]


def _ask_part(function, edition, reads, given, part):
    """Return what a function finds in one part."""
    return function(*_read_same(reads, edition, part), **given)


def count_parts(table, edition):
    """Return how many rows each part of a table has; a CSV file is one part.

    Parameters
    ----------
    table, edition : str
        As for `threatledger.tables.read_table`.

    Returns
    -------
    list of int
    """
    if not is_partitioned(table, edition):
        return [len(read_table(table, edition))]
    import pyarrow.parquet

    return [pyarrow.parquet.read_metadata(path).num_rows for path in list_parts(table, edition)]


def read_bunch(reads, edition, number):
    """Read what several tables hold of the same bunch of texts.

    Parameters
    ----------
    reads : list of str
        Tables; ``texts`` has the columns ``doc_id`` and ``text``.
    edition : str
        Folder in ``reports/``.
    number : int
        Of the part, from 0; 0 is all of a catalogue's edition.

    Returns
    -------
    list of pandas.DataFrame
    """
    if not is_partitioned("documents", edition):
        return _read_whole(reads, edition)
    return _read_same(reads, edition, list_parts("documents", edition)[number].name)


def _read_whole(reads, edition):
    """Return tables of a catalogue's edition."""
    return [
        read_catalogued(edition) if name == "texts" else open_rows(name, edition).read(columns)
        for name, columns in _list_reads(reads)
    ]


def _read_same(reads, edition, part):
    """Return the same part of several tables."""
    folder = find_tables(edition)
    return [read_part(folder / name / part, name, columns) for name, columns in _list_reads(reads)]


def _list_reads(reads):
    """Return pairs of a table and its columns, None for all."""
    return reads.items() if isinstance(reads, dict) else [(name, None) for name in reads]


def _make_part(function, edition, reads, names, given, part):
    """Make one part of some tables."""
    made = function(*_read_same(reads, edition, part), **given)
    frames = [made] if len(names) == 1 and isinstance(made, pd.DataFrame) else made
    for name, frame in zip(names, frames, strict=True):
        write_part(frame, name, find_tables(edition) / f".{name}.part" / part)


def run_tasks(function, items, on_all_cores):
    """Run a function on each of some parts; yield what comes back, in order.

    Parameters
    ----------
    function : callable
        Defined in a module, or a `functools.partial` of such a one.
    items : list of str
        The names of the parts.
    on_all_cores : bool
        Whether many parts are worth a process for each core; few never are.

    Yields
    ------
    object
    """
    if not on_all_cores or len(items) < MANY:
        yield from map(function, items)
        return
    from threatledger.archive import running

    yield from running.run_tasks(function, items)


def read_catalogued(edition, doc_ids=None):
    """Read the texts of a catalogue's edition.

    Parameters
    ----------
    edition : str
        Folder in ``reports/``.
    doc_ids : iterable of str, optional
        Only these.

    Returns
    -------
    pandas.DataFrame
        ``doc_id`` and ``text``, in the order of the table ``documents``.
    """
    _, folder = find_texts()
    documents = read_table("documents", edition)
    if doc_ids is not None:
        documents = documents[documents["doc_id"].isin(set(doc_ids))]
    texts = [read_text(row, folder) for row in documents.to_dict("records")]
    return pd.DataFrame({"doc_id": documents["doc_id"].tolist(), "text": texts}, dtype="str")
