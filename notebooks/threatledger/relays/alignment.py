"""Set the sentences of a relay beside those of its origin that they tell again."""

from dataclasses import dataclass

from threatledger.relays.similarity import match_lines

ALIGNED = 0.34  # share of a sentence's marks from which it tells what another one of a copy does

SPLIT = 0.2  # the same where the sentence before it tells that one too


@dataclass(frozen=True)
class Pair:
    """A relay's sentence and the sentences of the origin that it was made from.

    Attributes
    ----------
    origins : tuple of telling.Line
        The best first.
    relay : telling.Line
    score : float
        Share of the relay's sentence that the origin's hold.
    is_sure : bool
        False where only the sentences before and after show that the two belong together.
    """

    origins: tuple
    relay: object
    score: float
    is_sure: bool = True


def align_tellings(origin, relay, places=None):
    """Pair each sentence of a relay with what the origin has of it.

    Parameters
    ----------
    origin, relay : telling.Telling
    places : collection of int, optional
        Only these lines of the relay; default: all.

    Returns
    -------
    tuple of (list of Pair, set of int)
        The pairs in the relay's order, and the places of lines that the origin has nothing of.
    """
    pairs = {}
    for match, line in zip(match_lines(relay, origin), relay.lines, strict=True):
        if match.others and match.score >= ALIGNED:
            origins = tuple(origin.lines[place] for place in match.others)
            pairs[line.place] = Pair(_keep_close(origins, line), line, match.score)
    left = {line.place for line in relay.lines if line.place not in pairs}
    pairs |= _pair_between(origin, relay, pairs)
    if places is not None:
        left &= places
        pairs = {place: pair for place, pair in pairs.items() if place in places}
    return [pairs[place] for place in sorted(pairs)], left


def _pair_between(origin, relay, pairs):
    """Pair a sentence with the only one that is left between the origins of its neighbours."""
    told = {line.place for pair in pairs.values() for line in pair.origins}
    between = {}
    for line in relay.lines:
        if line.place in pairs:
            continue
        split = _find_split(pairs, line)
        if split:
            between[line.place] = split
        if split or not {line.place - 1, line.place + 1} <= pairs.keys():
            continue
        first, last = (pairs[line.place + step].origins[0].place for step in (-1, 1))
        free = [place for place in range(first + 1, last) if place not in told]
        if len(free) == 1:
            between[line.place] = Pair((origin.lines[free[0]],), line, 0.0, is_sure=False)
    return between


def _find_split(pairs, line):
    """Pair a sentence with the origin of the one before it, which was split in two."""
    before = pairs.get(line.place - 1)
    if before is None:
        return None
    best = max(before.origins, key=lambda other: _share(other, line))
    score = _share(best, line) / line.weight
    return Pair((best,), line, score) if score >= SPLIT else None


def _keep_close(origins, line):
    """Return the origin's sentences without a second one that only shares a word or two."""
    best, *rest = origins
    kept = [other for other in rest if _share(other, line) >= 0.3 * min(other.weight, line.weight)]
    return (best, *kept)


def _share(other, line):
    return sum(min(w, line.marks[m]) for m, w in other.marks.items() if m in line.marks)
