"""Re-compute totals from their parts, and changes from one stated figure to another."""

import re

from threatledger.briefing.wording import format_number
from threatledger.disagreements.bases import CHANGE, find_outcome
from threatledger.disagreements.intervals import judge, make_interval
from threatledger.disagreements.rows import make_check, reckon, say_claim, say_interval
from threatledger.disagreements.stems import list_stems

QUALIFIERS = (
    r"(?:(?:about|some|roughly|nearly|around|approximately|almost|over|more than|up to|at least|as"
    r" much as|as many as|fewer than|less than|an estimated|upwards of|no more than|between|just"
    r"|only|to|[“\"'])\s*)*"
)
# What opens a list of parts behind a total.
OPENS = re.compile(rf"[^.;:]*[:–—(]\s*{QUALIFIERS}$", re.IGNORECASE)
OPENS_SAME = re.compile(rf"[^.;:()]*,\s*{QUALIFIERS}$", re.IGNORECASE)
INCLUDES = re.compile(
    rf"[^.;:]*\b(?:including|among them|of whom|of which|of these|of them)\b[^.;:]*?{QUALIFIERS}$",
    re.IGNORECASE,
)
# What stands between two parts of a list.
JOINS = re.compile(r"[^.;:()]*(?:,|\band\b|\bor\b)[^.;:()]*$", re.IGNORECASE)
NO_PART = re.compile(r"\b(?:from|out of|per|against|compared|than|every|by)\s*$", re.IGNORECASE)
# From one figure to another.
FROM = re.compile(rf"\bfrom\s+{QUALIFIERS}$", re.IGNORECASE)
TO = re.compile(rf"[^.;]*\bto\s+{QUALIFIERS}$", re.IGNORECASE)
WAS = re.compile(
    rf"[^.;]{{0,60}}?\b(?:(up|down)(?: sharply| slightly)? from|compared (?:with|to)|against)\s+"
    rf"{QUALIFIERS}$",
    re.IGNORECASE,
)


def check_totals(group, codebook):
    """Add up the parts of a total that stand in its sentence.

    Parameters
    ----------
    group : threatledger.disagreements.bases.Group
    codebook : threatledger.codebook.Codebook

    Returns
    -------
    list of dict
    """
    rows = []
    for number, total in enumerate(group.claims):
        if total["unit"] == "percent":
            continue
        opening, parts = _find_parts(group, total, group.claims[number + 1 :], codebook)
        if len(parts) >= 2:
            rows.append(_check_total(group, total, parts, opening, codebook))
    return rows


def _find_parts(group, total, later, codebook):
    """Return by what a list of parts is opened behind a total, and the parts."""
    if not later:
        return "", []
    opening = _find_opening(group, total, later[0], codebook)
    parts = []
    for claim in later if opening else ():
        gap = group.between(parts[-1], claim) if parts else ""
        if claim["unit"] != total["unit"] or NO_PART.search(group.before(claim)):
            break
        if parts and not JOINS.fullmatch(gap):
            break
        if opening == "same" and not _is_same_thing(total, claim, codebook):
            break
        parts.append(claim)
    return opening, parts


def _find_opening(group, total, first, codebook):
    """Return what opens a list: a sign, the same thing again, or a word for some of it."""
    gap = group.between(total, first)
    if INCLUDES.fullmatch(gap):
        return "some"
    if OPENS.fullmatch(gap):
        return "sign"
    if OPENS_SAME.fullmatch(gap) and _is_same_thing(total, first, codebook):
        return "same"
    return ""


def _is_same_thing(one, other, codebook):
    """Tell whether two figures count one thing, by its name."""
    stems = set(list_stems(one["what"], codebook))
    return bool(stems) and stems == set(list_stems(other["what"], codebook))


def _check_total(group, total, parts, opening, codebook):
    """Compare a total with the sum of its parts."""
    intervals = reckon(lambda first, *rest: sum(rest, first), parts)
    unit = total["unit"]
    formula = " + ".join(map(say_claim, parts)) + f" = {say_interval(intervals[0], unit)}"
    row = make_check(
        "parts of a total", group, total["what"], intervals, unit, formula, parts,
        stated=total, base=total,
    )  # fmt: skip
    if row["result"] == "disagrees" and not _must_add_up(group, total, parts, opening, codebook):
        rest = _find_rest(total, intervals[1])
        if rest is not None:
            row |= {"result": "cannot be decided", "why": f"the parts named leave {rest}"}
    return row


def _must_add_up(group, total, parts, opening, codebook):
    """Tell whether a list of parts is closed: by a word for the rest, or by its form."""
    tail = group.after(parts[-1])
    if opening == "some":
        return False
    if find_outcome(group, parts[-1], codebook, ("rest",)):
        return True
    return opening == "sign" and not re.search(r"[,;]", tail.rstrip(' .”"’)'))


def _find_rest(total, wide):
    """Return what a sum of parts leaves of a total, in words; None where it is above it."""
    bound = total["high"] if total["high"] == total["high"] else total["low"]
    if bound is None or wide.high is None or wide.low is None or wide.low > bound:
        return None
    return f"at least {format_number(float(round(bound - wide.high)), total['unit'])}"


def check_changes(group, trends, codebook):
    """Re-compute the change between two figures of a sentence, in per cent.

    Parameters
    ----------
    group : threatledger.disagreements.bases.Group
    trends : list of dict
        The directions that the sentence states.
    codebook : threatledger.codebook.Codebook

    Returns
    -------
    list of dict
    """
    rows = []
    for place, other in enumerate(group.claims):
        ends = _find_ends(group, group.claims[:place], other, codebook)
        if ends and _can_divide(*ends):
            rows.append(_check_change(group, *ends, trends))
    return rows


def _find_ends(group, earlier, other, codebook):
    """Return the two figures of a sentence between which a change is stated, the first first."""
    if not earlier:
        return None
    gap = group.between(earlier[-1], other)
    if FROM.search(group.before(earlier[-1])) and TO.fullmatch(gap):
        return earlier[-1], other
    if not WAS.fullmatch(gap):
        return None
    # "4 killings and 11 assaults, against 9 killings": the one of the same thing.
    stems = set(list_stems(other["what"], codebook))
    same = [c for c in earlier if not stems or stems & set(list_stems(c["what"], codebook))]
    return (other, same[-1]) if same else None


def _can_divide(before, after):
    """Tell whether two figures are of one unit, kind and thing, and the first is not nought."""
    if before["unit"] != after["unit"] or before["unit"] == "percent":
        return False
    return before["kind"] == after["kind"] and 0 not in (before["low"], before["high"])


def _check_change(group, before, after, trends):
    """Compare a change with the percentage that the sentence states, else with its direction."""
    intervals = reckon(_find_change, [before, after])
    stated = _find_stated(group)
    formula = (
        f"({say_claim(after)} − {say_claim(before)}) ÷ {say_claim(before)} = "
        f"{say_change(intervals[0])}"
    )
    what = f"change in {after['what']}"
    shared = ("change", group, what, intervals, "percent", formula, [before, after])
    if stated:
        return make_check(*shared, **_judge_stated(intervals, stated))
    trend = _find_trend(trends, before, after)
    if trend is None:
        return make_check(*shared)
    said = f"“{trend['quote']}”"
    return make_check(*shared, said=said, judged=_judge_direction(intervals, trend["direction"]))


def _find_change(before, after):
    """Return the change from one range to another, in per cent."""
    return (after / before - make_interval(1)).scale(100)


def say_change(interval):
    r"""Return a change in per cent in words, with its sign.

    Examples
    --------
    >>> from threatledger.disagreements.intervals import Interval
    >>> say_change(make_interval(-48))
    '−48\xa0%'
    >>> say_change(Interval(make_interval(-48).low, None))
    '−48\xa0% at the lowest'
    """
    low, high = (
        None if end is None else round(float(end), 1) for end in (interval.low, interval.high)
    )
    if low is None and high is None:
        return "not known"
    if low == high:
        return _sign(low)
    if high is None:
        return f"{_sign(low)} at the lowest"
    return f"{_sign(high)} at the highest" if low is None else f"{_sign(low)} to {_sign(high)}"


def _sign(value):
    """Return a percentage with its sign."""
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{abs(value):g}\u00a0%"


def _find_stated(group):
    """Return the change in per cent that a sentence states, if it states just one."""
    found = [c for c in group.claims if c["unit"] == "percent" and CHANGE.search(group.before(c))]
    return found[0] if len(found) == 1 else None


def _find_trend(trends, before, after):
    """Return the direction that stands nearest to two figures of its sentence."""
    first = min(before["start"], after["start"])
    near = [row for row in trends if row["direction"] in ("up", "down", "steady")]
    return min(near, key=lambda row: (abs(row["start"] - first), row["start"]), default=None)


def _judge_direction(intervals, direction):
    """Judge a re-computed change against a direction in words."""
    if direction == "steady":
        return "cannot be decided", "the text says in words alone that it holds"
    way = intervals[0] if direction == "up" else -intervals[0]
    low, high = way.low, way.high
    if low is not None and low > 0:
        return "agrees", f"it goes {direction}"
    if high is not None and high <= 0:
        return "disagrees", f"the figures do not go {direction}"
    return "cannot be decided", "a figure that it is made of is open on one side"


def _judge_stated(intervals, stated):
    """Return what a check needs to be compared with a stated change in per cent."""
    is_fall = intervals[0].high is not None and intervals[0].high < 0
    turned = tuple(-interval for interval in intervals) if is_fall else intervals
    said = f"{say_claim(stated)} {stated['what']}"
    return {"stated": stated, "said": said, "judged": judge(*turned, stated)}
