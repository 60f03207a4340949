"""Read, make and sum up tables of any length: one CSV file, or a folder of Parquet parts.

An edition of a catalogue has every table as one CSV file. One of a corpus has those tables that
grow with it as folders ``tables/NAME/part-NNNNN.parquet``: part 7 of each holds what is known of
the same bunch of texts. So what is asked of each text is asked part by part, counts add up over
parts, and nobody holds the whole. A CSV file is read as a single part: one code for both.
"""

import bisect
import shutil

import pandas as pd

from threatledger.files import written_whole
from threatledger.frames import join_frames, take_rows
from threatledger.tables import (
    DTYPES,
    TableError,
    check_columns,
    find_tables,
    hold_types,
    read_columns,
    read_table,
)

# How what was counted part by part comes together.
TOGETHER = {"size": "sum", "count": "sum", "nunique": "sum", "sum": "sum", "min": "min",
            "max": "max"}  # fmt: skip
# Parts read as one frame where their rows are only looked through: each frame costs its handling,
# whatever its length.
BUNCH = 16


def is_partitioned(table, edition):
    """Tell whether a table of an edition is a folder of parts."""
    return (find_tables(edition) / table).is_dir()


def list_parts(table, edition):
    """Return the files of a table in parts, in their order.

    Parameters
    ----------
    table : str
        Name as in ``data/codebook/columns.csv``.
    edition : str
        Folder in ``reports/``.

    Returns
    -------
    list of pathlib.Path
    """
    return sorted((find_tables(edition) / table).glob("part-*.parquet"))


def read_part(path, table, columns=None):
    """Read one part as `threatledger.tables.read_table` gives a table.

    Parameters
    ----------
    path : pathlib.Path
    table : str
        Name as in ``data/codebook/columns.csv``.
    columns : list of str, optional
        Default: all.

    Returns
    -------
    pandas.DataFrame
    """
    return _read_bunch([path], table, columns)


def _read_bunch(paths, table, columns=None, where=None):
    """Return some parts as one frame; `columns` and `where` as `read_parts` takes them."""
    import pyarrow

    whole = pyarrow.concat_tables([_read_file(path, table, columns, where) for path in paths])
    return _make_frame(whole, table)


def _make_frame(whole, table):
    """Return an Arrow table as a frame of the types that a table's columns have."""
    import pyarrow

    types = {row["column"]: DTYPES[row["type"]] for row in read_columns(table)}
    whole_numbers = {pyarrow.int64(): pd.Int64Dtype()}
    frame = whole.to_pandas(types_mapper=whole_numbers.get, use_threads=False)
    others = {name: types[name] for name, kind in frame.dtypes.items() if kind != types[name]}
    # To ask for no change would copy all of it.
    return frame.astype(others) if others else frame


def _read_file(path, table, columns, where):
    """Return some columns of a part, as `_read_bunch` asks for them."""
    import pyarrow.parquet

    try:
        # Not through a dataset: a column of that name may stand for the folder's.
        file = pyarrow.parquet.ParquetFile(path)
        if not where:
            return _read_columns(file, columns)
        choose = _choose_rows if isinstance(where, str) else _find_rows
        return choose(file, table, columns, where)
    except (OSError, pyarrow.ArrowException) as error:
        raise TableError(
            f"tables/{table}/{path.name} cannot be read ({error}): remove it and run make report"
        ) from None


def _read_columns(file, columns):
    """Return columns of a part in the order in which they are asked for."""
    # Threads would each hold memory of their own, and a part is small.
    found = file.read(columns, use_threads=False)
    return found if columns is None else found.select(list(columns))


def _choose_rows(file, table, columns, where):
    """Return the rows of a part for which something holds: no others come out of Arrow."""
    import pyarrow

    asked = [name for name in file.schema_arrow.names if name in where]
    # The frame numbers its rows, and so says which are kept.
    kept = _make_frame(_read_columns(file, asked), table).query(where).index
    return _read_columns(file, columns).take(pyarrow.array(kept, pyarrow.int64()))


def _find_rows(file, table, columns, where):
    """Return the rows of a part with one of some values; where it has none, little is read."""
    from pyarrow import array, compute

    names = file.schema_arrow.names if columns is None else list(columns)
    none = file.schema_arrow.empty_table().select(names)
    if not all(_may_hold(file, name, values) for name, values in where.items()):
        return none
    keys = _read_columns(file, list(where))
    kept = None
    for name, values in where.items():
        found = compute.is_in(keys[name], array(values, keys.schema.field(name).type))
        kept = found if kept is None else compute.and_(kept, found)
    return _read_columns(file, names).filter(kept) if compute.any(kept).as_py() else none


def _may_hold(file, name, values):
    """Tell by a column's least and greatest value whether a part may have one of some, in order."""
    place = file.schema_arrow.names.index(name)
    for number in range(file.num_row_groups):
        known = file.metadata.row_group(number).column(place).statistics
        if known is None or not known.has_min_max:
            return True
        first = bisect.bisect_left(values, known.min)
        if first < len(values) and values[first] <= known.max:
            return True
    return False


def write_part(frame, table, path):
    """Write one part of a table, checked against its definition.

    Parameters
    ----------
    frame : pandas.DataFrame
    table : str
        Name as in ``data/codebook/columns.csv``.
    path : pathlib.Path
        ``part-NNNNN.parquet``; it is there whole or not at all.
    """
    import pyarrow
    import pyarrow.parquet

    frame = hold_types(check_columns(frame, table), table)
    kinds = {"str": pyarrow.string(), "int": pyarrow.int64(), "number": pyarrow.float64()}
    schema = pyarrow.schema([(row["column"], kinds[row["type"]]) for row in read_columns(table)])
    whole = pyarrow.Table.from_pandas(frame, schema=schema, preserve_index=False)
    with written_whole(path) as trial:
        pyarrow.parquet.write_table(whole.replace_schema_metadata(), trial, compression="zstd")


def read_parts(table, edition, columns=None, where=None):
    """Read a table part by part.

    Parameters
    ----------
    table, edition : str
        As for `threatledger.tables.read_table`.
    columns : list of str, optional
        Default: all.
    where : str or dict, optional
        Keep the rows for which this holds, as `pandas.DataFrame.query` reads it; or those whose
        columns have one of some values (``{"doc_id": ids}``).

    Yields
    ------
    pandas.DataFrame
        A CSV file gives one, a folder one a part.
    """
    return open_rows(table, edition).frames(columns, where)


def open_rows(table, edition):
    """Open a table that an earlier notebook wrote, without reading more than is asked for.

    Parameters
    ----------
    table, edition : str
        As for `threatledger.tables.read_table`.

    Returns
    -------
    Rows
    """
    if is_partitioned(table, edition):
        return Rows(table, paths=list_parts(table, edition))
    return Rows(table, frame=read_table(table, edition))


class Rows:
    """The rows of a table, however many: a frame in memory, or parts on disk.

    Parameters
    ----------
    table : str
        Name as in ``data/codebook/columns.csv``.
    frame : pandas.DataFrame, optional
        All rows.
    paths : list of pathlib.Path, optional
        The parts that hold them.
    """

    def __init__(self, table, frame=None, paths=()):
        self.table, self._frame, self.paths = table, frame, list(paths)

    @property
    def is_whole(self):
        """Whether all rows are in memory."""
        return self._frame is not None

    def __len__(self):
        if self.is_whole:
            return len(self._frame)
        import pyarrow.parquet

        return sum(pyarrow.parquet.read_metadata(path).num_rows for path in self.paths)

    def frames(self, columns=None, where=None, bunch=1):
        """Yield the rows part by part, see `read_parts`; or so many parts in a frame."""
        if isinstance(where, dict):
            where = {name: sorted(set(values)) for name, values in where.items()}
        if self.is_whole:
            yield _choose(self._frame, columns, where)
        for first in range(0, len(self.paths), bunch):
            yield _read_bunch(self.paths[first : first + bunch], self.table, columns, where)

    def replace_first(self, frame):
        """Put another frame in place of the first part, before the rows are published."""
        if self.is_whole:
            self._frame = frame
        else:
            write_part(frame, self.table, self.paths[0])

    def read(self, columns=None, where=None):
        """Return rows as one frame: for what `where` keeps small.

        Parameters
        ----------
        columns, where
            As for `read_parts`.

        Returns
        -------
        pandas.DataFrame
        """
        found = join_frames(self.frames(columns, where, BUNCH))
        if found.empty and not len(found.columns):
            names = columns or [row["column"] for row in read_columns(self.table)]
            types = {row["column"]: DTYPES[row["type"]] for row in read_columns(self.table)}
            return pd.DataFrame({name: pd.Series(dtype=types[name]) for name in names})
        return found

    def count(self, where=None):
        """Return how many rows there are for which something holds."""
        if where is None:
            return len(self)
        key = read_columns(self.table)[0]["column"]
        return sum(len(frame) for frame in self.frames([key], where, BUNCH))

    def take(self, most, order=None, where=None, columns=None):
        """Take a bounded number of rows, see `take_rows`."""
        frames = self.frames(columns, where, BUNCH)
        if order is None and where is None:
            return take_rows(_stop_after(frames, most), most, of=len(self))
        return take_rows(frames, most, order)

    def aggregate(self, by, where=None, **what):
        """Sum up groups of rows, as ``frame.groupby(by).agg`` does.

        Parameters
        ----------
        by : str or list of str
            Columns.
        where : str, optional
            As for `read_parts`.
        **what : tuple of (str, str)
            Name to column and one of ``size``, ``count``, ``sum``, ``min``, ``max`` and, for
            ``doc_id`` alone, whose rows are all in one part, ``nunique``.

        Returns
        -------
        pandas.DataFrame
        """
        columns = dict.fromkeys([*([by] if isinstance(by, str) else by),
                                 *(column for column, _ in what.values())])  # fmt: skip
        frames = self.frames(list(columns), where, BUNCH)
        found = [frame.groupby(by).agg(**what) for frame in frames]
        if len(found) == 1:
            return found[0]
        whole = join_frames(found, ignore_index=False)
        again = {name: (name, TOGETHER[how]) for name, (_, how) in what.items()}
        return whole.groupby(level=list(range(whole.index.nlevels))).agg(**again)


def _choose(frame, columns, where):
    """Return the rows and columns of a frame that are asked for, see `read_parts`."""
    if isinstance(where, dict):
        frame = frame[frame[list(where)].isin(where).all(axis=1)]
    elif where:
        frame = frame.query(where)
    return frame if columns is None else frame[list(columns)]


def _stop_after(frames, most):
    """Yield frames until they have so many rows."""
    for frame in frames:
        yield frame
        most -= len(frame)
        if most <= 0:
            return


def find_trial(table, edition):
    """Return the folder in which the parts of a table are made before it is published."""
    return find_tables(edition) / f".{table}.part"


def clear_trial(table, edition):
    """Return this folder, empty."""
    folder = find_trial(table, edition)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def publish_parts(rows, edition):
    """Put the parts of a table where readers look for it, in place of what was there.

    Parameters
    ----------
    rows : Rows
        As `tabulate_parts` gives them.
    edition : str
        Folder in ``reports/``.

    Returns
    -------
    Rows
        The same, where they are now.
    """
    folder = find_tables(edition) / rows.table
    shutil.rmtree(folder, ignore_errors=True)
    rows.paths[0].parent.rename(folder)
    (folder.parent / f"{rows.table}.csv").unlink(missing_ok=True)
    rows.paths = [folder / path.name for path in rows.paths]
    return rows
