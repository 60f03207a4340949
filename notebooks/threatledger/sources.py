"""Link texts to the UN's reports and speakers to the texts that quote them."""

import functools

import pandas as pd

from threatledger.coverage import MOST_TEXTS, join_texts, tally
from threatledger.days import find_first_day, find_last_day


def link_reports(documents, links, registry):
    """List the reports of the two UN series with the texts that are about each.

    Parameters
    ----------
    documents, links : threatledger.parts.Rows
        The tables ``documents`` and ``report-links``. Where the catalogue names no report for a
        text, what the text itself says is taken.
    registry : list of dict
        As `threatledger.corpus.read_registry` gives it.

    Returns
    -------
    pandas.DataFrame
        One row a report; columns as ``reports`` in ``data/codebook/columns.csv``. A text that
        may be about one of several reports is marked with ``(?)`` at each of them.
    """
    texts = {report["symbol"]: [] for report in registry}
    more = dict.fromkeys(texts, 0)
    for frame, own in zip(documents.frames(), links.frames(), strict=True):
        about = frame["about"].where(frame["about"] != "", own["symbols"])
        for doc_id, symbols in zip(frame["doc_id"], about, strict=True):
            for symbol in texts.keys() & set(symbols.split("|")):
                if documents.is_whole or len(texts[symbol]) < MOST_TEXTS:
                    texts[symbol].append(doc_id if symbols == symbol else f"{doc_id} (?)")
                else:
                    more[symbol] += 1
    rows = [
        {name: report[name] for name in ("series", "ordinal", "symbol", "issued", "briefed")}
        | {"texts": join_texts(texts[report["symbol"]], more[report["symbol"]])}
        for report in registry
    ]
    return pd.DataFrame(rows).astype({"ordinal": "int64"})


def find_newer(documents, registry, cut):
    """Find the latest report that has replaced the one each text is about.

    Parameters
    ----------
    documents : pandas.DataFrame
        The table ``documents``.
    registry : list of dict
        As `threatledger.corpus.read_registry` gives it.
    cut : datetime.date
        The edition's as-of date; a report issued later does not count.

    Returns
    -------
    dict of str to str
        ``doc_id`` to the symbol of the latest later report of the same series that had been
        issued by the cut; texts without one, or linked to no report, are left out.
    """
    issued = [row for row in registry if row["issued"] and find_last_day(row["issued"]) <= cut]
    newest = {row["series"]: row for row in sorted(issued, key=lambda row: int(row["ordinal"]))}
    ordinal = {row["symbol"]: (row["series"], int(row["ordinal"])) for row in registry}
    newer = {}
    for doc_id, about in zip(documents["doc_id"], documents["about"], strict=True):
        known = [ordinal[symbol] for symbol in about.split("|") if symbol in ordinal]
        later = [
            newest[series]["symbol"]
            for series, number in known
            if series in newest and int(newest[series]["ordinal"]) > number
        ]
        if known and len(later) == len(known):
            newer[doc_id] = later[0]
    return newer


def find_age(as_of, published, cut):
    """Count the days from the time a figure holds for to the edition's date.

    Parameters
    ----------
    as_of : str
        ISO 8601 date, month, year or interval; empty where the text gives no time, and then the
        day of publication stands in.
    published : str
        Date, month or year of publication.
    cut : datetime.date
        The edition's as-of date.

    Returns
    -------
    int
        Days from the last day that the time can mean, never below 0.

    Examples
    --------
    >>> import datetime
    >>> find_age("2019/2020-06", "2021", datetime.date(2020, 7, 1))
    1
    """
    last = find_last_day((as_of or published).split("/")[-1])
    return max((cut - last).days, 0)


@functools.lru_cache(maxsize=10_000)
def find_ends(as_of):
    """Return the ends of the time that a figure holds for.

    Parameters
    ----------
    as_of : str
        ISO 8601 date, month, year or interval.

    Returns
    -------
    tuple of (datetime.date, datetime.date)
        First and last day.
    """
    first, _, last = as_of.partition("/")
    return find_first_day(first), find_last_day(last or first)


def count_speakers(claims, trends):
    """Count what each speaker is quoted with, and where.

    Parameters
    ----------
    claims, trends : pandas.DataFrame
        The tables of these names.

    Returns
    -------
    pandas.DataFrame
        One row a speaker as the text names it, most quoted first; columns as ``speakers`` in
        ``data/codebook/columns.csv``. The empty name stands for a text's own voice.
    """
    said = {
        name: frame.assign(speaker=frame["attribution"])
        for name, frame in (("claims", claims), ("trends", trends))
    }
    rows = tally(said, "speaker")
    return pd.DataFrame(rows, columns=["speaker", "claims", "trends", "texts"])
