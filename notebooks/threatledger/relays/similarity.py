"""Measure how much of one text another one tells, sentence by sentence, in whatever words."""

from dataclasses import dataclass

MOST_PARTS = 3  # sentences of the other text that one sentence may have been put together from
ALIGNED = 0.42  # share of a sentence's marks from which it tells what another one does
MOST_OF = 0.7  # of a short sentence's own weight, which is enough too
MOST_LINES = 60  # a mark found in more sentences of a text leads to none of them
LEAST_SHARED = 1.9  # weight of shared marks below which two sentences share nothing


@dataclass(frozen=True)
class Match:
    """A sentence and what it has in another text."""

    line: int  # place in the one text
    others: tuple  # places in the other, the best first
    score: float  # share of the sentence's marks that these hold


def compare_lines(line, other):
    """Measure what two sentences share.

    Parameters
    ----------
    line, other : telling.Line

    Returns
    -------
    tuple of (float, float)
        The weight of the marks they share, and the Dice coefficient.
    """
    small, large = sorted((line.marks, other.marks), key=len)
    shared = sum(min(w, large[mark]) for mark, w in small.items() if mark in large)
    return shared, 2 * shared / (line.weight + other.weight)


def match_lines(telling, other):
    """Find for each sentence of a text what the other text has of it.

    Parameters
    ----------
    telling, other : telling.Telling

    Returns
    -------
    list of Match
        One a sentence, in order.

    Notes
    -----
    A sentence may have been put together from several; each counts only for the marks that those
    before it lack. Sentences that share no mark, or only what a long text has throughout, are never
    compared.
    """
    index = {}
    for line in other.lines:
        for mark, weight in line.marks.items():
            index.setdefault(mark, []).append((line.place, weight))
    everywhere = {mark for mark, lines in index.items() if len(lines) > MOST_LINES}
    return [_match(line, other, index, everywhere) for line in telling.lines]


def _match(line, other, index, everywhere):
    """Match one sentence."""
    found = [index[mark] for mark in line.marks if mark in index and mark not in everywhere]
    copy = _find_copy(line, other, min(found, key=len, default=()))
    if copy is not None:
        return Match(line.place, (copy,), 1.0)
    near = {place for lines in found for place, _ in lines}
    need = min(LEAST_SHARED, MOST_OF * line.weight)
    left, places, held = line.marks, [], 0.0
    # Nothing can hold more than is left.
    while near and len(places) < MOST_PARTS and sum(left.values()) >= need:
        holds = _hold(left, other, near, index, everywhere)
        gain = max(holds.values())
        if gain < need:
            break
        best = min(place for place, hold in holds.items() if hold == gain)
        places.append(best)
        held += gain
        known = other.lines[best].marks
        left = {mark: weight for mark, weight in left.items() if mark not in known}
    return Match(line.place, tuple(places), held / line.weight if line.weight else 0.0)


def _find_copy(line, other, lines):
    """Return the first of some sentences that holds all the marks of another one."""
    for place, _ in lines:
        own = other.lines[place].marks
        if all(own.get(mark, 0) >= weight for mark, weight in line.marks.items()):
            return place
    return None


def _hold(left, other, near, index, everywhere):
    """Return the weight of the marks that each of some sentences holds."""
    holds = dict.fromkeys(near, 0.0)
    for mark, weight in left.items():
        if mark in everywhere:
            lines = [(place, other.lines[place].marks.get(mark, 0.0)) for place in near]
        else:
            lines = index.get(mark, ())
        for place, own in lines:
            holds[place] += weight if weight < own else own
    return holds
