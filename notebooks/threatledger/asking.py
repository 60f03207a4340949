"""Ask each part of an edition's texts in turn: nobody holds the whole, and counts add up.

What was asked before of the same part is not asked again.
"""

import functools
import itertools
import time

import pandas as pd

from threatledger.answers import WORTH, Answers, pack, unpack
from threatledger.corpus import find_texts, read_text
from threatledger.garbage import leave_garbage
from threatledger.parts import (
    Rows,
    clear_trial,
    find_trial,
    is_partitioned,
    list_parts,
    open_rows,
    read_part,
    write_part,
)
from threatledger.tables import find_tables, read_table

# Parts from which on processes are worth their start.
MANY = 24


def tabulate_parts(function, reads, writes, edition, on_all_cores=False, own=None, **given):
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
    own : dict of str to pandas.DataFrame, optional
        What else the function takes and is about single texts: each part is given the rows with
        a ``doc_id`` of its own texts.
    **given
        What else the function takes.

    Returns
    -------
    Rows, or list of Rows
        What was made, as `write_table` takes it; nothing is published yet.
    """
    names = [writes] if isinstance(writes, str) else list(writes)
    if not is_partitioned("documents", edition):
        made = function(*_read_whole(reads, edition), **(own or {}), **given)
        made = [made] if isinstance(writes, str) else made
        rows = [Rows(name, frame=frame) for name, frame in zip(names, made, strict=True)]
        return rows[0] if isinstance(writes, str) else rows
    folders = [clear_trial(name, edition) for name in names]
    make = functools.partial(_make_part, function, edition, reads, names, given)
    answers = _open_answers(function, reads, edition, given, names)
    form = _Files(names, edition)
    for _ in _ask_anew(make, answers, form, _list_parts(edition, own), on_all_cores, reads):
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
    answers = _open_answers(function, reads, edition, given)
    yield from _ask_anew(ask, answers, _Values, _list_parts(edition), on_all_cores, reads)


def _open_answers(function, reads, edition, given, names=()):
    """Return what is kept of what a function found in the parts of an edition."""
    read = [[name, columns] for name, columns in _list_reads(reads)]
    name = getattr(function, "__qualname__", "")
    decided = [function.__module__, name, read, names, given] if name else []
    return Answers(edition, "-".join([name, *names]), decided, function)


def list_part_names(edition):
    """Return the names of the parts of an edition's texts; of a catalogue's edition none."""
    return [path.name for path in list_parts("documents", edition)]


def _list_parts(edition, own=None):
    """Return the names of the parts of an edition's texts, each with the rows given to it alone."""
    parts = list_part_names(edition)
    if not any(map(len, (own or {}).values())):
        return [(part, own or {}) for part in parts]
    items = []
    for part in parts:
        (documents,) = _read_same({"documents": ["doc_id"]}, edition, part)
        is_own = {name: t["doc_id"].isin(documents["doc_id"]) for name, t in own.items()}
        items.append((part, {name: t[is_own[name]] for name, t in own.items()}))
    return items


def _ask_anew(ask, answers, form, items, on_all_cores, reads):
    """Yield the answers of some parts in order; those that are kept are not asked for."""
    names = [answers.name(reads, *item) for item in items]
    asked = [not answers.holds(name) for name in names]
    found = run_tasks(ask, list(itertools.compress(items, asked)), on_all_cores)
    for name, item, is_asked in zip(names, items, asked, strict=True):
        kept = None if is_asked else answers.find(name)
        if kept is not None:
            yield form.unpack(item[0], kept)
            continue
        # What is kept damaged is asked for here.
        answer, seconds = next(found) if is_asked else ask(item)
        if name and seconds >= WORTH:
            answers.keep(name, form.pack(item[0], answer))
        yield answer
    answers.close()


class _Values:
    """Answers that come back as they are."""

    @staticmethod
    def pack(_, answer):
        return pack(answer)

    @staticmethod
    def unpack(_, contents):
        return unpack(contents)


class _Files:
    """Answers that stand as parts of some tables, not published yet."""

    def __init__(self, names, edition):
        self._folders = [find_trial(name, edition) for name in names]

    def pack(self, part, _):
        return [(folder / part).read_bytes() for folder in self._folders]

    def unpack(self, part, contents):
        for folder, content in zip(self._folders, contents, strict=True):
            (folder / part).write_bytes(content)


@leave_garbage()
def _ask_part(function, edition, reads, given, item):
    """Return what a function finds in one part, and the seconds that it took."""
    part, own = item
    start = time.perf_counter()
    answer = function(*_read_same(reads, edition, part), **own, **given)
    return answer, time.perf_counter() - start


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


def _make_part(function, edition, reads, names, given, item):
    """Make one part of some tables; return nothing, and the seconds that it took."""
    made, seconds = _ask_part(function, edition, reads, given, item)
    frames = [made] if len(names) == 1 and isinstance(made, pd.DataFrame) else made
    for name, frame in zip(names, frames, strict=True):
        write_part(frame, name, find_trial(name, edition) / item[0])
    return None, seconds


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
