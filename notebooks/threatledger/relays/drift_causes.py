"""Find causes that were invented on the way."""

import re

from threatledger.relays.drift_hedges import find_forms
from threatledger.relays.model import Drift
from threatledger.relays.words import COMMON, find_key, find_marks, read_lexicon

BEFORE, AFTER = 50, 70  # characters around the linking word that a quote keeps
PHRASE = 60  # characters after a linking word that name the cause
WORD = re.compile(r"[^\W\d_]+")
PHRASE_END = re.compile(r"[.;:,!?”\"](?:\s|$)")
# What happens in, by or from something needs no other word for its cause.
MEANS = re.compile(r"\b(?:in|by|from|with|under|through)\W+(?:\w+\W+){0,4}?(\w+)", re.IGNORECASE)


def find_cause_drifts(origin, relay, pairs):
    """Find where the relay says why, and the origin does not, or says something else.

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
        for cause in find_forms(pair.relay.text, relay.codebook, "cause"):
            if not _is_told(origin, relay, pair, cause):
                drifts.append(_write(pair, cause))
                break
    return drifts


def _is_told(origin, relay, pair, cause):
    """Tell whether the origin gives a cause there, and not another one."""
    named = _name_cause(relay, pair, cause)
    marks = {mark for line in pair.origins for mark in line.marks}
    if any(_has_cause(line.text, origin) for line in pair.origins):
        return not named or bool(named & marks)
    return bool(named & _find_means(origin, pair))


def _has_cause(text, telling):
    """Tell whether a sentence gives a cause, in whatever words."""
    return any(
        find_forms(text, telling.codebook, kind) for kind in ("cause", "cause in other words")
    )


def _name_cause(relay, pair, cause):
    """Return the marks of what follows a linking word."""
    words = pair.relay.text[cause.end() : cause.end() + PHRASE]
    marks = find_marks(PHRASE_END.split(words)[0], relay.codebook)
    return {mark for mark, weight in marks.items() if weight > COMMON}


def _find_means(origin, pair):
    """Return what the origin's sentences say that something happened in, by or from."""
    lexicon = read_lexicon(origin.codebook)
    return {
        find_key(word, lexicon)
        for line in pair.origins
        for found in MEANS.finditer(line.text)
        for word in WORD.findall(found.group())[1:]
    } - {None}


def _write(pair, cause):
    """Return a drift at the linking word, and at the origin's sentence."""
    text, line = pair.relay.text, pair.origins[0]
    start = text.rfind(" ", 0, max(0, cause.start() - BEFORE)) + 1
    end = text.find(" ", cause.end() + AFTER)
    end = len(text) if end < 0 else end
    return Drift(
        "cause",
        line.start,
        line.end,
        pair.relay.start + start,
        pair.relay.start + end,
        f"“{cause.group()}” is the relay's",
    )
