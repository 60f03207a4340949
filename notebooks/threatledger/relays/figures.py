"""Pair the figures of a relay's sentence with those of the origin that they come from."""

import re
from dataclasses import dataclass

from threatledger.codebook import read_codebook
from threatledger.relays.words import find_key, read_lexicon

WORD = re.compile(r"[^\W\d_]+")
# Characters on each side of a figure that show what it is of, and how much they count.
REACH = ((25, 2.0), (60, 1.0))
SAME_VALUE, SAME_END, LIKE_VALUE = 3.0, 2.0, 1.0
SAME_KIND = 0.2  # for the same unit and side
ALONE = 1.2  # for the only figures of their unit in two sentences
LEAST = 2.3  # score from which two figures are one
LEAST_OTHER = 1.9  # the same where their values differ
MOVED = 45  # characters before "from" in which a verb of change may stand
SIDES = {"at_least": "low", "more_than": "low", "at_most": "high", "less_than": "high"}
RANGE_WORDS = (" to ", "-", "–", " and ")
SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
SCALE = re.compile(r"(thousand|million|billion)", re.IGNORECASE)
SCALED = re.compile(r"thousand|million|billion|\d{4}|\d,\d", re.IGNORECASE)
FACTORS = (10, 100, 1000, 1e6)


@dataclass(frozen=True)
class Told:
    """A figure of the origin and the relay's telling of it; both are claims."""

    origin: dict
    relay: dict
    line: object  # telling.Line of the origin's figure
    score: float


def pair_figures(origin, relay, pair):
    """Pair the figures of aligned sentences.

    Parameters
    ----------
    origin, relay : telling.Telling
    pair : alignment.Pair

    Returns
    -------
    list of Told
        Each figure of the relay's sentence at most once, the surest first.
    """
    mine = list_figures(relay, pair.relay)
    theirs = [(line, claim) for line in pair.origins for claim in list_figures(origin, line)]
    alone = [_list_alone([claim for _, claim in theirs]), _list_alone(mine)]
    scored = [
        (_score(origin, relay, old, new) + ALONE * (i in alone[0] and j in alone[1]), i, j)
        for i, (_, old) in enumerate(theirs)
        for j, new in enumerate(mine)
    ]
    scored.sort(key=lambda item: (-item[0], item[1], item[2]))
    used, taken, told = set(), set(), []
    for score, i, j in scored:
        line, old = theirs[i]
        if i in used or j in taken or score < (LEAST if _is_same(old, mine[j]) else LEAST_OTHER):
            continue
        used.add(i)
        taken.add(j)
        told.append(Told(old, mine[j], line, score))
    return told


def _list_alone(claims):
    """Return the places of the figures that no other one of the list shares its unit with."""
    units = [_find_class(claim["unit"]) for claim in claims]
    return {place for place, unit in enumerate(units) if units.count(unit) == 1}


def list_figures(telling, line):
    """List the figures of a sentence; "from five to seven thousand" is one.

    Parameters
    ----------
    telling : telling.Telling
    line : telling.Line

    Returns
    -------
    list of dict
        Claims, in order of place.
    """
    figures = []
    for claim in telling.claims.get(line.start, []):
        if figures and _is_rest(telling.text, figures[-1], claim):
            claim = _join_range(telling.text, figures.pop(), claim)
        figures.append(claim)
    return figures


def _is_rest(text, first, second):
    """Tell whether two figures are the ends of a range whose magnitude is named once."""
    between = text[first["end"] : second["start"]]
    if between == " to " and _is_from(text, first, second):
        return True
    bare = SCALED.search(first["quote"]) is None
    scale = SCALE.search(second["quote"])
    return bool(between in RANGE_WORDS and bare and scale and (second["low"] or 0) >= 1000)


def _is_from(text, first, second):
    """Tell whether two figures are told as "from A to B" and nothing rose or fell."""
    low, high = get_ends(first)[:1], get_ends(second)[:1]
    before = text[max(first["sentence_start"], first["start"] - MOVED) : first["start"]]
    is_from = before.lower().endswith("from ") and bool(low and high and low < high)
    keys = {find_key(m.group(), read_lexicon(read_codebook())) for m in WORD.finditer(before)}
    return is_from and not keys & {"rise", "fall"}


def _join_range(text, first, second):
    """Return the ends of a range as one figure."""
    scale, low = SCALE.search(second["quote"]), get_ends(first)[0]
    if scale and not SCALED.search(first["quote"]):
        factor = SCALES[scale[1].lower()]
        low = low if low >= factor else low * factor
    start, end = first["start"], second["end"]
    joined = {
        "low": low,
        "high": get_ends(second)[-1],
        "relation": "range",
        "start": start,
        "hedge": "",
    }
    return second | joined | {"quote": text[start:end]}


def get_ends(claim):
    """Return the stated ends of a figure, without those that are open."""
    return tuple(v for v in (claim["low"], claim["high"]) if v is not None)


def _is_same(old, new):
    """Tell whether two figures have an end in common."""
    return bool(set(get_ends(old)) & set(get_ends(new)))


def _score(origin, relay, old, new):
    """Return how likely two figures are one."""
    score = _compare_values(get_ends(old), get_ends(new))
    for reach, weight in REACH:
        before, after = (
            _read_context(text, claim, reach) for text, claim in ((origin, old), (relay, new))
        )
        score += weight * 2 * len(before & after) / max(1, len(before) + len(after))
    if _find_class(old["unit"]) != _find_class(new["unit"]):
        return score - 1.0
    if old["unit"] == new["unit"] and SIDES.get(old["relation"]) == SIDES.get(new["relation"]):
        score += SAME_KIND
    if read_keys(old["what"], origin) & read_keys(new["what"], relay):
        score += 0.8
    return score


def _compare_values(old, new):
    """Return what the values of two figures say for their being one."""
    if set(old) == set(new):
        return SAME_VALUE
    if set(old) & set(new):
        return SAME_END
    return LIKE_VALUE if any(_is_slip(a, b) for a in old for b in new) else 0.0


def _is_slip(a, b):
    """Tell whether one number can have become the other by a slip of the pen."""
    if 0 in (a, b):
        return False
    if any(a == b * factor or b == a * factor for factor in FACTORS):
        return True
    return sorted(f"{a:.12g}") == sorted(f"{b:.12g}")


def _find_class(unit):
    """Return the class of a unit: sums of all currencies are alike, and so are counts."""
    if len(unit) == 3 and unit.isupper():
        return "money"
    return "count" if unit in ("person", "count") else unit


def _read_context(telling, claim, reach):
    """Return what stands around a figure in its sentence."""
    start, end = claim["sentence_start"], claim["sentence_end"]
    around = (
        telling.text[max(start, claim["start"] - reach) : claim["start"]]
        + " "
        + telling.text[claim["end"] : min(end, claim["end"] + reach)]
    )
    return read_keys(around, telling)


def read_keys(words, telling):
    """Return what the words of a phrase are compared by.

    Parameters
    ----------
    words : str
    telling : telling.Telling

    Returns
    -------
    set of str
    """
    lexicon = read_lexicon(telling.codebook)
    return {find_key(found.group(), lexicon) for found in WORD.finditer(words)} - {None}


def find_span(telling, claim):
    """Return the span of a figure with its qualifier and the noun that follows.

    Parameters
    ----------
    telling : telling.Telling
    claim : dict

    Returns
    -------
    tuple of (int, int)
        Offsets into the text.
    """
    start, end = claim["start"], claim["end"]
    text, hedge, what = telling.text, claim["hedge"], claim["what"]
    if hedge:
        before = text.rfind(hedge, max(claim["sentence_start"], start - len(hedge) - 12), start)
        after = text.find(hedge, end, end + len(hedge) + 12)
        start = before if before >= 0 else start
        end = after + len(hedge) if before < 0 <= after else end
    if what:
        place = text.find(what, end, min(claim["sentence_end"], end + len(what) + 12))
        end = place + len(what) if place >= 0 else end
    return start, end
