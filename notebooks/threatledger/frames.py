"""Put frames together, take a bounded number of their rows, and say what is left out."""

import pandas as pd

# The day that a year or a month stands for where the newest are wanted: its last.
LAST = {4: "-12-31", 7: "-31"}


def join_frames(frames, ignore_index=True):
    """Return frames one below the other; those without rows only give their columns."""
    frames = list(frames)
    full = [frame for frame in frames if len(frame)] or frames[:1]
    return pd.concat(full, ignore_index=ignore_index) if full else pd.DataFrame()


def take_rows(frames, most, order=None, of=None):
    """Take a bounded number of rows of many frames, and count all.

    Parameters
    ----------
    frames : iterable of pandas.DataFrame
    most : int
        How many to take.
    order : callable, optional
        Gives for a frame a series to rank its rows by, the greatest first, such as
        `rank_newest`; of equals the first. Default: the first rows.
    of : int, optional
        How many there are in all, where the frames are a choice already; default: all that came.

    Returns
    -------
    pandas.DataFrame
        In the order in which they came; ``attrs["of"]`` is how many there were in all.
    """
    kept, total = None, 0
    for frame in frames:
        total += len(frame)
        frame = _cut_rows(frame, most, order)
        kept = frame if kept is None else _cut_rows(join_frames([kept, frame]), most, order)
    kept = pd.DataFrame() if kept is None else kept.reset_index(drop=True)
    kept.attrs["of"] = total if of is None else of
    return kept


def _cut_rows(frame, most, order):
    """Return the first rows of a frame by an order, as they stood."""
    if len(frame) <= most:
        return frame
    if order is None:
        return frame.head(most)
    ranks = order(frame).reset_index(drop=True)
    first = ranks.sort_values(ascending=False, kind="stable").index[:most]
    return frame.iloc[sorted(first)]


def rank_newest(frame):
    """Rank rows by the time that they hold for, and where none is stated by publication.

    Parameters
    ----------
    frame : pandas.DataFrame
        With ``as_of`` or ``published`` or both; dates, months, years or intervals.

    Returns
    -------
    pandas.Series of str
        The last day that is meant.
    """
    if "as_of" not in frame:
        return find_last(frame["published"])
    if "published" not in frame:
        return find_last(frame["as_of"])
    return find_last(frame["as_of"].where(frame["as_of"] != "", frame["published"]))


def rank_last(frame):
    """Rank rows by their place in the table: the last are the greatest."""
    return pd.Series(range(len(frame)))


def find_last(times):
    """Return the last day of each of some times, as text; of a month its thirty-first."""
    # Many rows have few times, and each is looked at once.
    known = {time: _find_last(time) for time in times.astype("str").unique()}
    return times.astype("str").map(known).astype("str")


def _find_last(time):
    """Return the last day of one time."""
    end = time.rpartition("/")[2]
    return end + LAST.get(len(end), "")


def list_records(frame):
    """Return the rows of a frame as dicts, as ``to_dict("records")`` does, but far quicker.

    Parameters
    ----------
    frame : pandas.DataFrame

    Returns
    -------
    list of dict
    """
    names = list(frame)
    rows = zip(*(_list_values(frame[name]) for name in names), strict=True)
    return [dict(zip(names, row, strict=True)) for row in rows]


def _list_values(column):
    """Return the values of a column; a whole number that is missing is None."""
    values = column.tolist()
    if isinstance(column.dtype, pd.Int64Dtype):
        return [None if value is pd.NA else value for value in values]
    return values


def sum_up_frame(frame):
    """Return all that can be seen of a frame, as text.

    Parameters
    ----------
    frame : pandas.DataFrame

    Returns
    -------
    str
        Another one for any frame that differs in a value, a type or a name.
    """
    kinds = [str(kind) for kind in (*frame.dtypes, frame.index.dtype, frame.attrs)]
    return repr([frame.to_dict("split"), kinds, frame.index.names, frame.columns.names])


def count_all(frame):
    """Return of how many rows those of a frame were taken; its own number if it holds all."""
    return frame.attrs.get("of", len(frame))


def say_rest(frame, table, which="first"):
    """Say in a sentence what a bound leaves out, and where it is.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `take_rows` gives it.
    table : str
        The table that holds all.
    which : str
        How the rows were chosen.

    Returns
    -------
    str
        With a space in front; empty where nothing is left out.

    Examples
    --------
    >>> frame = take_rows([pd.DataFrame({"a": [1, 2, 3]})], 2)
    >>> say_rest(frame, "claims", "newest")
    ' Shown are the 2 newest of 3; all are in tables/claims.'
    >>> say_rest(take_rows([frame], 2), "claims")
    ''
    """
    total = count_all(frame)
    if total <= len(frame):
        return ""
    return f" Shown are the {len(frame):,} {which} of {total:,}; all are in tables/{table}."
