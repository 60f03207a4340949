"""Gather the figures that the briefing leads with: who says them, through whom, how old."""

import pandas as pd

from threatledger.briefing.wording import say_age, say_count, say_number
from threatledger.days import find_first_day
from threatledger.sources import find_age, find_newer
from threatledger.tables import read_columns


def tabulate_headlines(parts, claims, documents, registry, cut, states=None):
    """List the headline figures, with speaker, relay and age.

    Parameters
    ----------
    parts : dict of str to pandas.DataFrame
        Topic to its series, as `threatledger.series.select_series` gives them; in the order
        wanted.
    claims, documents : pandas.DataFrame
        The tables of these names.
    registry : list of dict
        As `threatledger.corpus.read_registry` gives it.
    cut : datetime.date
        The edition's as-of date.
    states : dict of str to str, optional
        ``claim_id`` to how a figure stands beside the others: single voice, agreed, disputed,
        superseded. A figure that it lacks has not been compared, and its state stays empty.

    Returns
    -------
    pandas.DataFrame
        Columns as ``headlines`` in ``data/codebook/columns.csv``.
    """
    rows = pd.concat([part.assign(topic=topic) for topic, part in parts.items()])
    chain = claims.set_index("claim_id")["chain"]
    publisher = documents.set_index("doc_id")["publisher"]
    newer = find_newer(documents, registry, cut)
    since = find_newer_since(documents, registry, cut)
    rows = rows.assign(
        said_by=rows["attribution"],
        relayed_by=[
            _name_relays(chain[row.claim_id], row.attribution, publisher[row.doc_id])
            for row in rows.itertuples()
        ],
        age_days=[
            find_age(as_of, published, cut)
            for as_of, published in zip(rows["as_of"], rows["published"], strict=True)
        ],
        newer_report=[newer.get(doc_id, "") for doc_id in rows["doc_id"]],
        newer_since=[since.get(doc_id, "") for doc_id in rows["doc_id"]],
        state=[(states or {}).get(claim_id, "") for claim_id in rows["claim_id"]],
    )
    return rows[[row["column"] for row in read_columns("headlines")]].reset_index(drop=True)


def _name_relays(chain, speaker, publisher):
    """Return who passed a figure on after the one who states it, the outlet last."""
    names = chain.split("|") if chain else []
    relays = names[names.index(speaker) + 1 :] if speaker in names else names
    return " → ".join([*relays, publisher or "outlet not known"])


def find_newer_since(documents, registry, cut):
    """Find since when each text's report is no longer the latest of its series.

    Parameters
    ----------
    documents : pandas.DataFrame
        The table ``documents``.
    registry : list of dict
        As `threatledger.corpus.read_registry` gives it.
    cut : datetime.date
        The edition's as-of date.

    Returns
    -------
    dict of str to str
        ``doc_id`` to when the next report of the series was issued; of a text that may be about
        several reports the latest such date. Texts without are left out.
    """
    since = {}
    for doc_id, about in zip(documents["doc_id"], documents["about"], strict=True):
        nexts = [_find_next(symbol, registry, cut) for symbol in about.split("|") if symbol]
        if nexts and all(nexts):
            since[doc_id] = max(nexts, key=find_first_day)
    return since


def _find_next(symbol, registry, cut):
    """Return when the report after one was issued, or nothing."""
    own = next((row for row in registry if row["symbol"] == symbol), None)
    later = [
        row
        for row in registry
        if own
        and row["series"] == own["series"]
        and int(row["ordinal"]) > int(own["ordinal"])
        and row["issued"]
        and find_first_day(row["issued"]) <= cut
    ]
    return min(later, key=lambda row: int(row["ordinal"]))["issued"] if later else ""


def list_chains(headlines, claims, documents):
    """List the ways by which the headline figures reached the texts.

    Parameters
    ----------
    headlines, claims, documents : pandas.DataFrame
        The tables of these names.

    Returns
    -------
    pandas.DataFrame
        One row a way: ``steps``, from who estimated to the outlet, joined by bars; the first is
        empty where no speaker is named. Columns as ``chains`` in ``data/codebook/columns.csv``.
    """
    chain = claims.set_index("claim_id")["chain"]
    publisher = documents.set_index("doc_id")["publisher"]
    ways = {}
    for row in headlines.to_dict("records"):
        speakers = chain[row["claim_id"]] or row["said_by"]
        outlet = publisher[row["doc_id"]] or "outlet not known"
        ways.setdefault((row["doc_id"], f"{speakers}|{outlet}"), []).append(row["claim_id"])
    rows = [
        {"doc_id": doc_id, "steps": steps, "figures": len(ids), "claim_ids": "|".join(ids)}
        for (doc_id, steps), ids in ways.items()
    ]
    frame = pd.DataFrame(rows, columns=[row["column"] for row in read_columns("chains")])
    order = {doc_id: place for place, doc_id in enumerate(documents["doc_id"])}
    frame = frame.assign(place=frame["doc_id"].map(order))
    frame = frame.sort_values("place", kind="stable", ignore_index=True)
    return frame.drop(columns="place").astype({"figures": "int64"})


def describe_ages(headlines):
    """Say in a sentence how old the headline figures are.

    Parameters
    ----------
    headlines : pandas.DataFrame
        The table ``headlines``.

    Returns
    -------
    str
    """
    if headlines.empty:
        return "This edition has no headline figure whose age could be drawn."
    ages = headlines["age_days"]
    old = int((headlines["newer_since"] != "").sum())
    span = f"from {say_age(int(ages.min()))} to {say_age(int(ages.max()))}"
    newer = f"for {say_number(old) if old else 'none'} of them a newer report exists"
    return f"{say_count(len(headlines), 'headline figure').capitalize()}, {span} old: {newer}."


def describe_chains(chains):
    """Say in a sentence through how many hands the headline figures came.

    Parameters
    ----------
    chains : pandas.DataFrame
        The table ``chains``.

    Returns
    -------
    str
    """
    if chains.empty:
        return "This edition has no headline figure whose way could be drawn."
    unnamed = int(chains.loc[chains["steps"].str.startswith("|"), "figures"].sum())
    longest = chains["steps"].map(lambda steps: len(steps.split("|"))).max()
    total = say_count(int(chains["figures"].sum()), "headline figure").capitalize()
    ways, hands = say_count(len(chains), "way"), say_count(int(longest), "hand")
    silent = say_number(unnamed) if unnamed else "none"
    return (
        f"{total} came in {ways}, the longest through {hands}; for {silent} of them no speaker is "
        "named."
    )
