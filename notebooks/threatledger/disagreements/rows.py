"""Write a check as a row: what was re-computed, how, and whether it agrees."""

from threatledger.briefing.wording import format_bounds
from threatledger.disagreements.intervals import Interval, find_give, judge, read_interval
from threatledger.records import make_id

NOT_STATED = ("not stated", "the text states no figure for it")
# Digits behind the point that a re-computed figure keeps, by unit; others keep none.
DIGITS = {"percent": 1, "USD": 0}


def reckon(function, claims):
    """Re-compute from figures as written, and from the ranges that their rounding allows.

    Parameters
    ----------
    function : callable
        Takes an Interval for each claim, returns an Interval.
    claims : list of dict

    Returns
    -------
    tuple of (Interval, Interval)
        As written, and the widest.
    """
    exact = [read_interval(claim) for claim in claims]
    wide = [i.widen(find_give(c)) for i, c in zip(exact, claims, strict=True)]
    return function(*exact), function(*wide)


def say_claim(claim):
    """Return a claim's bounds in words."""
    return format_bounds(claim["low"], claim["high"], claim["relation"], claim["unit"])


def say_interval(interval, unit):
    """Return a re-computed range in words, rounded as it is kept."""
    low, high = round_ends(interval, unit)
    relation = "exact" if low == high else "range"
    return format_bounds(low, high, relation, unit)


def round_ends(interval, unit):
    """Return the ends of a re-computed range as it is kept: no more digits than make sense."""
    digits = DIGITS.get(unit, 0)
    ends = (interval.low, interval.high)
    return tuple(None if end is None else round(float(end), digits) for end in ends)


def make_check(rule, group, what, intervals, unit, formula, claims, **more):
    """Return a check as a row.

    Parameters
    ----------
    rule, what, unit, formula : str
    group : threatledger.disagreements.bases.Group
    intervals : tuple of (Interval, Interval)
        As `reckon` gives them.
    claims : list of dict
        What it is made of.
    **more
        ``stated`` (the claim that it is compared with), ``said`` (what the text states, in
        words), ``judged`` (result and why, where they do not follow from ``stated``), ``base``
        (the claim of which others are shares or parts), ``is_open``.

    Returns
    -------
    dict
    """
    stated, base = more.get("stated"), more.get("base")
    result = more.get("judged") or (judge(*intervals, stated) if stated else NOT_STATED)
    used = [*claims, *([stated] if stated else [])]
    ids = list(dict.fromkeys(claim["claim_id"] for claim in used))
    low, high = round_ends(intervals[0], unit)
    return {
        "check_id": make_id("check", rule, what, *ids),
        "status": "derived",
        "doc_id": group.doc_id,
        "start": min(claim["start"] for claim in used),
        "rule": rule,
        "what": what,
        "low": low,
        "high": high,
        "unit": unit,
        "formula": formula,
        "stated": more.get("said") or (f"{say_claim(stated)} {stated['what']}" if stated else ""),
        "result": result[0],
        "why": result[1],
        "base_id": base["claim_id"] if base else "",
        "is_open": "yes" if more.get("is_open") else "",
        "claim_ids": "|".join(ids),
    }


def hull(one, other):
    """Return the least range that holds two."""
    lows, highs = (one.low, other.low), (one.high, other.high)
    return Interval(
        None if None in lows else min(lows),
        None if None in highs else max(highs),
    )
