"""Gather what became of those who joined, as far as their shares can be re-computed."""

import pandas as pd

from threatledger.briefing.wording import format_bounds, join_words, say_count

COLUMNS = ["base_id", "claim_id", "what", "low", "high", "relation", "unit", "kind", "population",
           "role", "doc_id", "start"]  # fmt: skip


def tabulate_flows(checks, series, claims):
    """List the people of each base, of its shares and of what is left of it.

    Parameters
    ----------
    checks, claims : pandas.DataFrame
        The tables of these names.
    series : pandas.DataFrame
        The figures that a base may be, as the table ``foreign-fighters``.

    Returns
    -------
    pandas.DataFrame
        Columns ``base_id``, ``claim_id`` (the stated share, or the base), ``what``, ``low``,
        ``high``, ``relation``, ``unit``, ``kind``, ``population`` (that of the base),
        ``doc_id``, ``start``, and ``role``: ``base`` (stated), ``part`` (derived), ``open``
        (derived, and of what base is open), ``left`` (derived). A base without a share is left
        out.
    """
    by_id = {row["claim_id"]: row for row in claims.to_dict("records")}
    bases = series[series["unit"] == "person"]["claim_id"]
    settled = set(checks[checks["rule"] == "remainder"]["base_id"])
    rows = []
    # Those of whom it is known what is left come first.
    for base_id in sorted(bases, key=lambda base_id: base_id not in settled):
        own = checks[(checks["base_id"] == base_id) & checks["rule"].isin(ROLES)]
        if own.empty:
            continue
        base = by_id[base_id]
        shared = {"base_id": base_id, "unit": base["unit"], "kind": base["kind"]}
        shared |= {"population": base["population"], "doc_id": base["doc_id"]}
        stated = {name: base[name] for name in COLUMNS if name in base}
        rows.append(stated | shared | {"role": "base"})
        rows += [_describe(check, by_id) | shared for check in own.to_dict("records")]
    return pd.DataFrame(rows, columns=COLUMNS)


ROLES = {"share of a base": "part", "remainder": "left"}


def _describe(check, by_id):
    """Return a derived number of people as a row."""
    share = by_id[check["claim_ids"].split("|")[-1]]
    return {
        "claim_id": share["claim_id"],
        "what": f"{check['what']} ({_say_share(check, share)})",
        "low": check["low"],
        "high": check["high"],
        "relation": "exact" if check["low"] == check["high"] else "range",
        "role": "open" if check["is_open"] else ROLES[check["rule"]],
        "start": share["start"],
    }


def _say_share(check, share):
    """Return by which stated figure a derived one stands."""
    bounds = format_bounds(share["low"], share["high"], share["relation"], share["unit"])
    return bounds if check["rule"] != "remainder" else f"stated: {bounds}"


def describe_flows(flows):
    """Say in a sentence what became of those who joined, for those who cannot see it.

    Parameters
    ----------
    flows : pandas.DataFrame
        As `tabulate_flows` gives it.

    Returns
    -------
    str
    """
    if flows.empty:
        return "No text of this edition gives shares of a number of foreign fighters."
    said = []
    for _, group in flows.groupby("base_id", sort=False):
        base, parts = group.iloc[0], group.iloc[1:]
        named = join_words(f"{_say(row)} {row.what}" for row in parts.itertuples())
        said.append(f"of {_say(base)} {base['what']}, {named}")
    doubt = int((flows["role"] == "open").sum())
    tail = f" Of {say_count(doubt, 'share')} the base is not clear." if doubt else ""
    return f"Re-computed from the texts’ own shares: {'; '.join(said)}.{tail}"


def _say(row):
    """Return a row's number of people in words."""
    return format_bounds(row.low, row.high, row.relation, row.unit)
