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
        for mark in line.marks:
            index.setdefault(mark, []).append(line)
    index = {mark: lines for mark, lines in index.items() if len(lines) <= MOST_LINES}
    return [_match(line, index) for line in telling.lines]


def _match(line, index):
    """Match one sentence."""
    near = {}
    for mark in line.marks:
        for candidate in index.get(mark, ()):
            near[candidate.place] = candidate
    left, places, held = dict(line.marks), [], 0.0
    for _ in range(MOST_PARTS):
        best = max(near.values(), key=lambda c: (_hold(left, c), -c.place), default=None)
        gain = _hold(left, best) if best else 0.0
        if gain < min(LEAST_SHARED, MOST_OF * line.weight):
            break
        places.append(best.place)
        held += gain
        left = {mark: weight for mark, weight in left.items() if mark not in best.marks}
    return Match(line.place, tuple(places), held / line.weight if line.weight else 0.0)


def _hold(marks, candidate):
    """Return the weight of the marks that a sentence holds."""
    return sum(min(w, candidate.marks[m]) for m, w in marks.items() if m in candidate.marks)
