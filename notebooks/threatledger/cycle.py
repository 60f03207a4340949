"""Follow each report from its mandate to the texts about it, and count the days in between."""

import bisect

import pandas as pd

from threatledger.briefing.wording import say_age
from threatledger.corpus import read_input
from threatledger.days import find_first_day, find_last_day
from threatledger.frames import take_rows
from threatledger.sources import find_ends
from threatledger.tables import read_columns

NOTHING = {
    **dict.fromkeys(("mandate", "asks", "series", "symbol", "issued", "briefed"), ""),
    **dict.fromkeys(("doc_id", "published", "is_open", "lag"), ""),
    **dict.fromkeys(("ordinal", "lag_low", "lag_high")),
}


def read_mandates():
    """Read the resolutions that ask for the reports.

    Returns
    -------
    list of dict of str to str
        ``symbol``, ``adopted``, ``asks``, ``basis``.

    Raises
    ------
    CorpusError
        If the file or a row cannot be used; the message has a line for each problem.
    """
    return read_input("un-mandates.csv")


def choose_linked(documents, most):
    """Choose a bounded number of texts for the cycle: of each report the latest about it.

    Parameters
    ----------
    documents : threatledger.parts.Rows
        The table ``documents``.
    most : int
        Texts to take for each report, and of those about none.

    Returns
    -------
    pandas.DataFrame
        Rows of ``documents`` in their order; ``attrs["of"]`` is how many there are in all.
    """
    chosen = {}
    for frame in documents.frames():
        for row in frame.to_dict("records"):
            rank = find_last_day(row["published"]), row["doc_id"]
            for symbol in row["about"].split("|"):
                _keep_latest(chosen.setdefault(symbol, []), (rank, row), most)
    keys = {row["doc_id"] for kept in chosen.values() for _, row in kept}
    return take_rows((f[f["doc_id"].isin(keys)] for f in documents.frames()), len(keys), None,
                     len(documents))  # fmt: skip


def _keep_latest(kept, item, most):
    """Add an item to those kept, and drop the earliest where there are more."""
    bisect.insort(kept, item, key=lambda item: item[0])
    del kept[:-most]


def tabulate_cycle(documents, registry, mandates, cut):
    """List mandates, reports and the texts about them, with the time each took.

    Parameters
    ----------
    documents : pandas.DataFrame
        The table ``documents``.
    registry, mandates : list of dict
        As `threatledger.corpus.read_registry` and `read_mandates` give them.
    cut : datetime.date
        The edition's as-of date; what came later is left out.

    Returns
    -------
    pandas.DataFrame
        One row a mandate, and one a report and text about it; reports without a text and texts
        without a report stand alone. Columns as ``cycle`` in ``data/codebook/columns.csv``.
    """
    rows = [
        NOTHING | {"symbol": row["symbol"], "mandate": row["adopted"], "asks": row["asks"]}
        for row in mandates
        if find_last_day(row["adopted"]) <= cut
    ]
    texts = documents.to_dict("records")
    linked = set()
    for report in registry:
        if not report["issued"] or find_first_day(report["issued"]) > cut:
            continue
        about = [text for text in texts if report["symbol"] in text["about"].split("|")]
        linked |= {text["doc_id"] for text in about}
        rows += [_describe(report, text, cut) for text in about or [None]]
    rows += [
        NOTHING | {name: text[name] for name in ("doc_id", "published")}
        for text in texts
        if text["doc_id"] not in linked
    ]
    frame = pd.DataFrame(rows, columns=[row["column"] for row in read_columns("cycle")])
    return frame.astype(dict.fromkeys(("ordinal", "lag_low", "lag_high"), "Int64"))


def _describe(report, text, cut):
    """Return a report, with a text about it or none, as a row."""
    known = {name: report[name] for name in ("series", "symbol", "issued")}
    briefed = report["briefed"]
    known["briefed"] = briefed if briefed and find_first_day(briefed) <= cut else ""
    row = NOTHING | known | {"ordinal": int(report["ordinal"])}
    if text is None:
        return row
    low, high = count_lag(report["issued"], text["published"])
    return row | {
        "doc_id": text["doc_id"],
        "published": text["published"],
        "is_open": "yes" if "|" in text["about"] else "no",
        "lag_low": low,
        "lag_high": high,
        "lag": say_lag(low, high),
    }


def count_lag(issued, published):
    """Count the days from a report to a text about it, as exactly as the dates allow.

    Parameters
    ----------
    issued, published : str
        Dates, months or years.

    Returns
    -------
    tuple of (int, int)
        The fewest and the most days that it can have been; never below 0.

    Examples
    --------
    >>> count_lag("2019-07-31", "2020-03")
    (214, 244)
    """
    first, last = find_ends(issued)
    earliest, latest = find_ends(published)
    return max((earliest - last).days, 0), max((latest - first).days, 0)


def say_lag(low, high):
    """Write a lag in words, as a range where the dates leave one.

    Examples
    --------
    >>> say_lag(5, 5), say_lag(214, 244), say_lag(0, 27)
    ('5 days', '7–8 months', 'up to 27 days')
    """
    if low == 0 and high:
        return f"up to {say_age(high)}"
    (few, unit), (many, other) = say_age(low).split(), say_age(high).split()
    if (few, unit) == (many, other):
        return f"{few} {unit}"
    return f"{few}–{many} {other}" if unit[:3] == other[:3] else f"{few} {unit} to {many} {other}"


def describe_cycle(cycle):
    """Say in a sentence how long the reports took to reach the texts.

    Parameters
    ----------
    cycle : pandas.DataFrame
        The table ``cycle``.

    Returns
    -------
    str
    """
    linked = cycle[cycle["lag_high"].notna()].sort_values(["lag_high", "doc_id"])
    if linked.empty:
        return "No text of this edition is linked to a report that had been issued by its date."
    quick, slow = linked.iloc[0], linked.iloc[-1]
    said = f"{quick['doc_id']} appeared {quick['lag']} after {quick['symbol']} was issued"
    if quick["doc_id"] == slow["doc_id"]:
        return f"{said}."
    said = f"The quickest text, {said}; the slowest, {slow['doc_id']}, {slow['lag']}"
    alone = cycle[(cycle["series"] != "") & (cycle["doc_id"] == "")]
    return f"{said} after {slow['symbol']}. {len(alone)} reports have no text in this edition."
