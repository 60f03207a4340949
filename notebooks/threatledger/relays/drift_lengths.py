"""Find lengths of time and ages that changed on the way; they are no figures of the ledger."""

import functools
import re

from threatledger.relays.figures import SIDES
from threatledger.relays.model import Drift

DURING = "over"  # "over three days" is as long as it took
ARTICLES = ("a", "an")
UNITS = "hour|day|week|month|year"
OLD = re.compile(
    r"\b(?:aged?(?: of)?|ages) (\d{1,3})(?: and (\d{1,3}))?\b|\b(\d{1,3})[- ]years?[- ]old"
)


@functools.lru_cache(maxsize=4)
def _read_pattern(codebook):
    """Return the pattern of a length of time, the values of number words, and those of bounds."""
    rows = codebook.rows("number-words")
    words = {
        row["word"]: float(row["value"])
        for row in rows
        if row["class"] in ("unit", "teen", "tens") and row["value"]
    }
    words |= dict.fromkeys(ARTICLES, 1.0)
    bounds = {
        row["words"]: SIDES[row["relation"]]
        for row in codebook.rows("qualifiers")
        if row["side"] == "before" and row["relation"] in SIDES and row["words"] != DURING
    }
    numbers, qualifiers = (
        "|".join(sorted(map(re.escape, known), key=lambda form: (-len(form), form)))
        for known in (words, bounds)
    )
    length = rf"(?<![\w.,])(?:({qualifiers}) )?(\d{{1,3}}|{numbers})[ -]({UNITS})s?\b"
    return re.compile(length), words, bounds


def find_lengths(text, codebook):
    """Find the lengths of time and the ages that a sentence states.

    Parameters
    ----------
    text : str
        One sentence.
    codebook : threatledger.codebook.Codebook

    Returns
    -------
    list of (float, str, str, int, int)
        How many, of which unit (``age`` for an age in years), the side on which a bound leaves it
        closed (``low``, ``high`` or the empty string), and the span in the sentence. "A year" is
        a length only with a bound.
    """
    pattern, words, bounds = _read_pattern(codebook)
    lowered = text.lower()
    if len(lowered) != len(text):
        return []
    found = []
    for m in OLD.finditer(lowered):
        found += [(float(m[i]), "age", "", *m.span(i)) for i in (1, 2, 3) if m[i]]
    for m in pattern.finditer(lowered):
        is_age = any(start <= m.end() and m.start() < end for *_, start, end in found)
        if not is_age and (m[1] or m[2] not in ARTICLES):
            value = float(m[2]) if m[2].isdigit() else words[m[2]]
            found.append((value, m[3], bounds.get(m[1], ""), *m.span()))
    return found


def find_length_drifts(origin, relay, pairs):
    """Find lengths of time and ages that the relay changed.

    Parameters
    ----------
    origin, relay : telling.Telling
    pairs : list of alignment.Pair

    Returns
    -------
    list of Drift
        Where exactly one of a sentence has no like in the other.
    """
    drifts = []
    for pair in pairs:
        theirs = [
            (line, *item)
            for line in pair.origins
            for item in find_lengths(line.text, origin.codebook)
        ]
        mine = [(pair.relay, *item) for item in find_lengths(pair.relay.text, relay.codebook)]
        left = [_list_unlike(side, other) for side, other in ((theirs, mine), (mine, theirs))]
        if len(left[0]) == len(left[1]) == 1:
            drifts += _compare(left[0][0], left[1][0])
    return drifts


def _list_unlike(side, others):
    """Return the lengths that none of the others equals."""
    known = {item[1:4] for item in others}
    return [item for item in side if item[1:4] not in known]


def _compare(old, new):
    """Return the drift of one length: another number, another unit or another bound."""
    (line, *first, start, end), (other, *second, begin, stop) = old, new
    same = [one == two for one, two in zip(first, second, strict=True)]
    kinds = {(False, True): "number", (True, False): "unit", (True, True): "bound"}
    kind = kinds.get((same[0], same[1]))
    if kind is None:
        return []
    said = [f"{side} {value:g} {unit}".strip() for value, unit, side in (first, second)]
    spans = line.start + start, line.start + end, other.start + begin, other.start + stop
    return [Drift(kind, *spans, " became ".join(said))]
