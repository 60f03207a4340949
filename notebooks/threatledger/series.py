"""Select the figures that belong to one topic, and say in a sentence what they show."""

import pandas as pd

from threatledger.briefing.wording import (
    format_bounds,
    join_words,
    say_count,
    say_date,
    say_places,
)
from threatledger.codebook import read_codebook
from threatledger.frames import count_all, rank_newest
from threatledger.tables import read_columns

# Columns by which a figure that is left out is shown.
SAID = ["doc_id", "quote", "what", "place", "voice"]


def list_reads():
    """Return what a series is made of: tables to their columns."""
    own = [row["column"] for row in read_columns("strength") if row["column"] != "published"]
    return {"claims": [*own, "voice"], "documents": ["doc_id", "published"]}


def select_series(claims, documents, topic):
    """Select the reported figures of one topic that the codebook maps to an indicator.

    Parameters
    ----------
    claims, documents : pandas.DataFrame
        The tables of these names.
    topic : str
        A topic of ``data/codebook/indicators.csv``.

    Returns
    -------
    pandas.DataFrame
        One row a figure, by indicator and time; columns as ``strength`` in
        ``data/codebook/columns.csv``. An author's own claims are left out (coding rule 7).
    """
    known = {name: rank for rank, name in enumerate(_list_indicators(topic))}
    rows = claims[claims["indicator"].isin(known) & (claims["voice"] != "author")]
    days = dict(zip(documents["doc_id"], documents["published"], strict=True))
    published = [days[doc_id] for doc_id in rows["doc_id"]]
    # A figure without a time of its own stands at its text's date of publication.
    times = (time or day for time, day in zip(rows["as_of"], published, strict=True))
    ranks = list(zip(rows["indicator"].map(known), times, rows["doc_id"], rows["start"],
                     strict=True))  # fmt: skip
    rows = rows.assign(published=pd.Series(published, rows.index, dtype="str"))
    rows = rows.iloc[sorted(range(len(ranks)), key=ranks.__getitem__)]
    return rows[[row["column"] for row in read_columns("strength")]].reset_index(drop=True)


def tabulate_series(claims, documents, topic, places):
    """Select the figures of one topic about some countries.

    Parameters
    ----------
    claims, documents, topic
        As for `select_series`.
    places : list of str
        As for `keep_places`.

    Returns
    -------
    pandas.DataFrame
    """
    return keep_places(select_series(claims, documents, topic), places)


def _list_indicators(topic):
    """Return the indicators of a topic, in the codebook's order."""
    rows = read_codebook().rows("indicators")
    return [row["indicator"] for row in rows if row["topic"] == topic]


def list_left_out(claims, topic, places):
    """List the figures on a topic's indicators that a selection leaves out.

    Parameters
    ----------
    claims, topic, places
        As for `tabulate_series`.

    Returns
    -------
    pandas.DataFrame
        ``doc_id``, ``quote``, ``what``, ``place``, ``voice``.
    """
    known = claims[claims["indicator"].isin(_list_indicators(topic))]
    kept = keep_places(known[known["voice"] != "author"].reset_index(), places)["index"]
    out = known.loc[known.index.difference(kept, sort=False)]
    return out[SAID].reset_index(drop=True)


def keep_places(series, places):
    """Keep the figures about any of some countries.

    Parameters
    ----------
    series : pandas.DataFrame
        With ``place``, codes joined by bars.
    places : list of str
        ISO 3166-1 alpha-3 codes; empty to keep all figures, also those without a country.

    Returns
    -------
    pandas.DataFrame
        Rows of `series`, in their order.

    Raises
    ------
    ValueError
        If a code is no country's.
    """
    known = {row["iso3"] for row in read_codebook().rows("countries")}
    unknown = sorted(set(places) - known)
    if unknown:
        raise ValueError(
            f"places names {', '.join(unknown)}: write ISO 3166-1 alpha-3 codes, such as IRQ"
        )
    if not places:
        return series
    wanted = set(places)
    is_wanted = [bool(wanted & set(codes.split("|"))) for codes in series["place"]]
    return series[is_wanted].reset_index(drop=True)


def describe_series(series, noun, most=4):
    """Say in a sentence what a figure shows, for those who cannot see it.

    Parameters
    ----------
    series : pandas.DataFrame
        As `select_series` gives it.
    noun : str
        What one row is, in the singular.
    most : int
        Rows to spell out, the latest; the rest are counted.

    Returns
    -------
    str
    """
    if series.empty:
        return f"No {noun} of this edition's texts is charted here."
    total = count_all(series)
    if total > len(series):
        series = series.iloc[rank_newest(series).argsort(kind="stable")]
    latest = series.tail(most)
    texts = say_count(series["doc_id"].nunique(), "text")
    said = join_words(_describe_row(row) for row in latest.itertuples())
    more = len(series) - len(latest)
    rest = f" Before these stand {say_count(more, noun)}." if more else ""
    if total > len(series):
        rest += f" They are the newest of {say_count(total, noun)}."
    return f"{say_count(len(series), noun).capitalize()} from {texts}: {said}.{rest}"


def _describe_row(row):
    """Return one figure in words: bounds, thing, place, time."""
    when = say_date(row.as_of) if row.as_of else f"published {say_date(row.published)}"
    where = f" in {say_places(row.place)}" if row.place else ""
    bounds = format_bounds(row.low, row.high, row.relation, row.unit)
    return f"{bounds} {row.what}{where} ({when})"
