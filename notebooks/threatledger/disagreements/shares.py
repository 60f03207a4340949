"""Re-compute shares of a base, what is left of it, and shares that make up a whole."""

import re

from threatledger.briefing.wording import join_words
from threatledger.disagreements.bases import find_outcome, is_share, read_outcomes
from threatledger.disagreements.intervals import Interval, make_interval
from threatledger.disagreements.rows import hull, make_check, reckon, say_claim, say_interval

HUNDRED = make_interval(100)
WHOLE = "100\u00a0%"
PART = make_interval(0.01)
# "29 per cent of it (US$ 18.4 million)": the share in figures.
IN_BRACKETS = re.compile(r"[^.;()]{0,40}\(\s*(?:about|some|roughly|nearly|or|around|i\.e\.,?)?\s*$")
# What leaves a base: surely, perhaps, or to another place.
LEAVING = ("gone", "unclear", "elsewhere")
LEFT = ("alive", "staying")
# Those elsewhere are alive, but do not stay.
AWAY = ("elsewhere", "staying")
# Shares in one sentence that are summed even where no word closes their list.
LEAST_SHARES = 3


def check_shares(group, bases, codebook):
    """Re-compute each share of a base as a number.

    Parameters
    ----------
    group : threatledger.disagreements.bases.Group
    bases : list of (dict, dict, dict or None)
        As `threatledger.disagreements.bases.find_bases` gives them.
    codebook : threatledger.codebook.Codebook

    Returns
    -------
    list of dict
    """
    return [_check_share(group, *found, codebook) for found in bases]


def _check_share(group, share, base, doubt, codebook):
    """Re-compute one share; where its base is open, by either reading."""
    narrow = reckon(lambda b, s: b * s * PART, [base, share])
    used, unit = [base, share], base["unit"]
    formula = f"{say_claim(base)} × {say_claim(share)} = {say_interval(narrow[0], unit)}"
    if doubt:
        used = [base, doubt, share]
        other = reckon(lambda b, d, s: b * d * PART * s * PART, used)
        formula += (
            f"; or of the {say_claim(doubt)} alone: {say_claim(base)} × {say_claim(doubt)} × "
            f"{say_claim(share)} = {say_interval(other[0], unit)}"
        )
        narrow = tuple(hull(*pair) for pair in zip(narrow, other, strict=True))
    stated = _find_bracketed(group, share, base)
    more = {"judged": _judge_open(doubt)} if doubt and not stated else {}
    what = name_share(group, share, codebook)
    return make_check(
        "share of a base", group, what, narrow, unit, formula, used,
        stated=stated, base=base, is_open=doubt is not None, **more,
    )  # fmt: skip


def _judge_open(doubt):
    """Return that a share of an open base cannot be decided."""
    return "cannot be decided", f"the base may be all, or the {say_claim(doubt)}"


def _find_bracketed(group, share, base):
    """Return the figure that stands in brackets behind a share, in its base's unit."""
    later = [claim for claim in group.claims if claim["start"] >= share["end"]]
    if not later or later[0]["unit"] != base["unit"] or later[0] is base:
        return None
    return later[0] if IN_BRACKETS.fullmatch(group.between(share, later[0])) else None


def name_share(group, share, codebook):
    """Return what a share is of, with what became of them where its name leaves it out."""
    outcome = find_outcome(group, share, codebook, LEAVING)
    if outcome is None or outcome["words"].search(share["what"].lower()):
        return share["what"]
    return f"{share['what']} {outcome['forms'].partition('|')[0]}"


def check_remainders(group, following, bases, codebook):
    """Re-compute what is left of a base when what became of the others is taken off.

    Parameters
    ----------
    group : threatledger.disagreements.bases.Group
    following : list of threatledger.disagreements.bases.Group
        The next sentences of the passage, in which what is left may be stated.
    bases, codebook
        As for `check_shares`.

    Returns
    -------
    list of dict
    """
    parts = [
        (share, find_outcome(group, share, codebook, LEAVING))
        for share, _, doubt in bases
        if doubt is None
    ]
    parts = [(share, outcome["class"]) for share, outcome in parts if outcome]
    if not parts or len({base["claim_id"] for _, base, _ in bases}) > 1:
        return []
    base = bases[0][1]
    for near in (group, *following):
        for claim in near.claims:
            left = find_outcome(near, claim, codebook, LEFT)
            if left and claim["unit"] == base["unit"] and claim is not base:
                return [_check_remainder(group, base, parts, claim, left["class"])]
    return []


def _check_remainder(group, base, parts, stated, left):
    """Re-compute one remainder: with those of whom nothing is known, and without them."""
    sure = [claim for claim, kind in parts if kind == "gone" or (kind, left) == AWAY]
    unsure = [claim for claim, kind in parts if kind == "unclear"]
    most, least = _take_off(base, sure), _take_off(base, [*sure, *unsure])
    intervals = tuple(Interval(a.low, b.high) for a, b in zip(least[0], most[0], strict=True))
    unit = base["unit"]
    formulas = [f"{words} = {say_interval(done[0], unit)}" for done, words in (least, most)]
    what = f"{stated['what']} {left if left == 'alive' else 'left'}"
    return make_check(
        "remainder", group, what, intervals, unit, "; ".join(dict.fromkeys(formulas)),
        [base, *sure, *unsure], stated=stated, base=base,
    )  # fmt: skip


def _take_off(base, parts):
    """Return what is left of a base without some shares of it, and the formula."""

    def subtract(whole, *shares):
        rest = HUNDRED
        for share in shares:
            rest = rest - share
        return whole * rest * PART

    signs = "".join(f" − {say_claim(part)}" for part in parts)
    return reckon(subtract, [base, *parts]), f"{say_claim(base)} × ({WHOLE}{signs})"


def check_wholes(group, bases, codebook):
    """Add up the shares of a sentence that exclude each other.

    Parameters
    ----------
    group, bases, codebook
        As for `check_shares`.

    Returns
    -------
    list of dict
        A check where the list is closed ("and others 16 %"), where there are three or more
        outcomes, or where the shares come to more than the whole.
    """
    shares = [claim for claim in group.claims if is_share(group, claim)]
    outcomes = [find_outcome(group, claim, codebook, LEAVING) for claim in shares]
    is_closed = bool(shares) and _closes(group, shares, codebook)
    if not is_closed:
        parted = {row["outcome"]: c for row, c in zip(outcomes, shares, strict=True) if row}
        shares = list(parted.values()) if len(parted) == sum(map(bool, outcomes)) else []
    if len(shares) < 2:
        return []
    intervals = reckon(lambda first, *rest: sum(rest, first), shares)
    total = intervals[0]
    is_over = intervals[1].low is not None and intervals[1].low > 100
    if not (is_closed or is_over or len(shares) >= LEAST_SHARES):
        return []
    doubt = any(found[2] is not None for found in bases)
    formula = " + ".join(map(say_claim, shares)) + f" = {say_interval(total, 'percent')}"
    named = [row["forms"].partition("|")[0] for row in outcomes if row and not is_closed]
    what = join_words(named) or "all shares that the sentence names"
    return [
        make_check(
            "shares of a whole", group, what, intervals, "percent", formula, shares,
            said=WHOLE if is_closed else "", is_open=doubt,
            judged=_judge_whole(intervals, is_closed, doubt),
        )
    ]  # fmt: skip


def _closes(group, shares, codebook):
    """Tell whether the last share of a list is that of all others."""
    if len(shares) < 2:
        return False
    if find_outcome(group, shares[-1], codebook, ("rest",)):
        return True
    between = group.between(shares[-2], shares[-1]).lower().rpartition(",")[2]
    rest = next(row for row in read_outcomes(codebook) if row["class"] == "rest")
    return rest["words"].search(between) is not None


def _judge_whole(intervals, is_closed, doubt):
    """Judge whether shares make up a whole."""
    total, wide = intervals
    if wide.low is not None and wide.low > 100:
        return "disagrees", "they come to more than the whole"
    if total.high is None or total.low is None:
        return "cannot be decided", "a share is open on one side"
    if is_closed:
        if total.low <= 100 <= total.high:
            return "agrees", "they make up the whole"
        if wide.low <= 100 <= wide.high:
            return "agrees", "within rounding"
        return "disagrees", "the list is closed, but a part is left over"
    rest = say_interval(Interval(max(100 - total.high, 0), 100 - total.low), "percent")
    base = "; of what base they are shares is open" if doubt else ""
    return "cannot be decided", f"of {rest} the text says nothing{base}"
