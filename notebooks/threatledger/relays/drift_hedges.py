"""Find hedges that were dropped on the way."""

import functools
import re

from threatledger.relays.figures import find_span, pair_figures
from threatledger.relays.model import Drift
from threatledger.relays.words import find_marks

REACH = 70  # characters after a hedge that it qualifies
LEAST_KEPT = 0.5  # share of these words, by weight, that the relay must still tell
MODAL = re.compile(r"(?:may|might|could|perhaps|possibly|probably|likely|maybe)$")
OTHERWISE = ("hedge", "hedge in other words")
WEAKEST = ("some", "Some")  # relays leave it out without meaning anything by it
AROUND = 110  # characters on each side in which a relay's own hedge may stand
BEFORE = 2  # words of the relay before what it tells again that a quote keeps
LONGEST = 120  # characters of a quote


@functools.lru_cache(maxsize=4)
def read_forms(codebook, kind):
    """Compile the forms of one class of ``relay-words.csv``.

    Parameters
    ----------
    codebook : threatledger.codebook.Codebook
    kind : str
        The class.

    Returns
    -------
    re.Pattern
        Over lower-cased text; whole words.
    """
    rows = [row for row in codebook.rows("relay-words") if row["class"] == kind]
    forms = {form for row in rows for form in row["forms"].split("|")}
    ordered = sorted(map(re.escape, forms), key=lambda form: (-len(form), form))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(ordered)})(?![\w-])")


def find_forms(text, codebook, kind):
    """Find the forms of one class in a sentence; a month called May is no hedge.

    Parameters
    ----------
    text : str
    codebook : threatledger.codebook.Codebook
    kind : str

    Returns
    -------
    list of re.Match
        Offsets are into `text`.
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        return []
    found = read_forms(codebook, kind).finditer(lowered)
    return [m for m in found if not (m.group() == "may" and text[m.start()] == "M")]


def find_hedge_drifts(origin, relay, pairs):
    """Find what the origin hedges and the relay states outright.

    Parameters
    ----------
    origin, relay : telling.Telling
    pairs : list of alignment.Pair

    Returns
    -------
    list of Drift
    """
    drifts = []
    for pair in pairs:
        found = _find_dropped(origin, relay, pair)
        drifts += [found] if found else _find_bare(origin, relay, pair)
    return drifts


def _find_dropped(origin, relay, pair):
    """Return the first hedge of the origin whose words the relay tells without it."""
    for line in pair.origins:
        told = [
            (hedge, _write(line, hedge, relay, pair))
            for hedge in find_forms(line.text, origin.codebook, "hedge")
            if _is_told(line.text[hedge.end() : hedge.end() + REACH], relay, pair)
        ]
        for hedge, drift in told:
            others = [other for _, other in told if _is_apart(other, drift)]
            kinds = _list_kinds(origin, line, hedge)
            same = {m.group() for m in find_forms(line.text, origin.codebook, OTHERWISE[1])}
            if not _is_hedged(relay, pair.relay, drift, kinds, others, same):
                return drift
    return None


def _is_apart(one, other):
    """Tell whether two hedges qualify different words of the relay."""
    return one.to_end <= other.to_start or other.to_end <= one.to_start


def _is_told(words, relay, pair):
    """Tell whether a relay's sentence tells what a hedge qualifies."""
    words = re.split(r"[.;:,](?:\s|$)", words)[0]
    marks = find_marks(words, relay.codebook)
    held = sum(w for mark, w in marks.items() if mark in pair.relay.marks)
    return bool(marks) and held >= LEAST_KEPT * sum(marks.values())


def _list_kinds(origin, line, hedge):
    """Return the classes of words that stand for a hedge.

    A belief is told by many words. Where the origin has a belief and a modal, the relay's belief
    stands for the first alone.
    """
    modal = MODAL.match(hedge.group())
    beliefs = [m for m in find_forms(line.text, origin.codebook, "hedge") if m is not hedge]
    beliefs = [m for m in beliefs if not MODAL.match(m.group()) and m.end() < hedge.start()]
    return ("modal",) if modal and beliefs else OTHERWISE


def _is_hedged(relay, line, drift, kinds, others, same):
    """Tell whether a relay's sentence hedges near where it tells what the origin does.

    What the origin has in the `same` other words stands for itself.
    """
    wanted = ("hedge",) if kinds == ("modal",) else kinds
    start, end = drift.to_start - line.start, drift.to_end - line.start
    first = max(start - AROUND, line.text.rfind(";", 0, start) + 1)
    last = (line.text.find(";", end) + 1 or len(line.text) + 1) - 1
    for kind in wanted:
        for found in find_forms(line.text, relay.codebook, kind):
            if kinds == ("modal",) and not MODAL.match(found.group()):
                continue
            if kind == OTHERWISE[1] and found.group() in same:
                continue
            if not first <= found.start() < min(last, end + AROUND):
                continue
            far = _measure_gap(found, line, drift)
            if all(_measure_gap(found, line, other) >= far for other in others):
                return True
    return False


def _measure_gap(found, line, drift):
    """Return how many characters a word stands from the words that a hedge qualifies."""
    place = line.start + found.start()
    return max(drift.to_start - place, place - drift.to_end, 0)


def _write(line, hedge, relay, pair):
    """Return a drift at a hedge and at what the relay makes of its words."""
    end = min(len(line.text), hedge.end() + REACH)
    stop = re.compile(r"[.;:,](?:\s|$)").search(line.text, hedge.end(), end)
    end = stop.start() if stop else line.text.rfind(" ", hedge.end(), end)
    end = max(end, hedge.end())
    start, stop = find_told(line.text[hedge.end() : end], relay, pair.relay)
    span = line.start + hedge.start(), line.start + end
    return Drift("hedge", *span, start, stop, f"“{hedge.group()}” dropped")


def find_told(words, relay, line):
    """Find where a relay's sentence tells some words again.

    Parameters
    ----------
    words : str
        From the origin.
    relay : telling.Telling
    line : telling.Line
        The relay's sentence.

    Returns
    -------
    tuple of (int, int)
        From two words before the first of those found to the last, in the text; the whole
        sentence, cut to `LONGEST`, where none is.
    """
    wanted = find_marks(words, relay.codebook)
    places = [m.span() for m in re.finditer(r"\S+", line.text) if wanted.keys() & _read(m, relay)]
    if not places:
        return line.start, line.start + min(len(line.text), LONGEST)
    before = [m.start() for m in re.finditer(r"\S+", line.text[: places[0][0]])]
    start, end = (before[-BEFORE:] or [places[0][0]])[0], places[-1][1]
    end = start + len(line.text[start:end].rstrip(".,;:"))
    return line.start + start, line.start + max(end, start + 1)


def _read(found, relay):
    return find_marks(found.group(), relay.codebook).keys()


def _find_bare(origin, relay, pair):
    """Return figures that were about so many and became exactly so many."""
    kinds = (*OTHERWISE, "hedge of number")
    if any(find_forms(pair.relay.text, relay.codebook, kind) for kind in kinds):
        return []
    return [
        Drift(
            "hedge",
            *find_span(origin, told.origin),
            *find_span(relay, told.relay),
            f"“{told.origin['hedge']}” dropped",
        )
        for told in pair_figures(origin, relay, pair)
        if told.origin["relation"] == "about"
        and told.relay["relation"] == "exact"
        and told.origin["hedge"] not in WEAKEST
        and told.origin["low"] == told.relay["low"]
    ]
