"""Find words that were changed inside quotation marks."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from threatledger.relays.model import Drift
from threatledger.relays.words import find_marks

QUOTED = re.compile(r"“([^“”]{1,600})”|\"([^\"\n]{1,600})\"")
WORD = re.compile(r"[\w]+(?:['’][\w]+)*|[%&]")
SPLIT = re.compile(r"(?<=[.!?])\s+")
FEWEST_WORDS = 2
ALIKE = 58  # rapidfuzz ratio, from 0 to 100, from which two quotations are one
SHARED = 0.3  # or the share of their marks
CONTEXT = 2  # words kept on each side of those that differ
LONG = 14  # words of a quotation that is shown whole


@dataclass(frozen=True)
class Quotation:
    """A sentence, or part of one, in quotation marks; offsets are into the text."""

    start: int
    end: int
    words: tuple  # normalised
    spans: tuple  # of the words


def find_quotations(telling):
    """Find what a text's body puts in quotation marks, sentence by sentence.

    Parameters
    ----------
    telling : telling.Telling

    Returns
    -------
    list of Quotation
        Of two words or more.
    """
    found = []
    starts = [line.start for line in telling.lines]
    for match in QUOTED.finditer(telling.text):
        group = 1 if match[1] is not None else 2
        place = bisect_right(starts, match.end()) - 1
        if place < 0 or telling.lines[place].end <= match.start():
            continue
        start = match.start(group)
        for part in SPLIT.split(match[group]):
            place = telling.text.index(part, start)
            start = place + len(part)
            quotation = _read(telling.text, place, start)
            if len(quotation.words) >= FEWEST_WORDS:
                found.append(quotation)
    return found


def _read(text, start, end):
    """Return a span of a text as a quotation."""
    end = len(text) if end is None else end
    spans = tuple(m.span() for m in WORD.finditer(text, start, end))
    words = tuple(_plain(text[first:last]) for first, last in spans)
    return Quotation(start, end, words, spans)


def _plain(word):
    """Return a word as compared: spelling and signs aside."""
    word = word.lower().replace("’", "'")
    word = {"%": "percent", "&": "and"}.get(word, word)
    return re.sub(r"(?<=\w\w)is(?=(?:e|ed|es|ing|ation|ations)$)", "iz", word)


def find_quote_drifts(origin, relay, pairs):
    """Find quotations whose words the relay changed.

    Parameters
    ----------
    origin, relay : telling.Telling
    pairs : list of alignment.Pair

    Returns
    -------
    list of Drift
        A part of a quotation, or several put together, is no change; nor are other marks,
        capitals or spelling.
    """
    theirs = find_quotations(origin)
    # A relay may leave "he said" out between two parts of a quotation.
    joined = [word for old in theirs for word in old.words]
    known = [_write_words(words) for words in (_read(origin.text, 0, None).words, joined)]
    drifts = []
    for new in find_quotations(relay):
        if any(_write_words(new.words) in told for told in known):
            continue
        old = _find_like(origin, relay, theirs, new, pairs)
        if old:
            drifts.append(_write(old, new))
    return drifts


def _write_words(words):
    """Return words on one line, so that a run of them can be looked for."""
    return f" {' '.join(words)} ".replace(" per cent ", " percent ")


def _find_like(origin, relay, theirs, new, pairs):
    """Return the quotation that another one was made from."""
    from rapidfuzz import fuzz

    near = _find_near(new, pairs)
    best, most = None, 0.0
    for old in theirs:
        ratio = fuzz.partial_ratio(" ".join(old.words), " ".join(new.words))
        score = ratio / 100 + _share(origin, relay, old, new)
        is_near = any(start <= old.start < end for start, end in near)
        enough = ratio >= ALIKE and is_near or score >= (SHARED + ALIKE / 100)
        if enough and score + is_near / 2 > most:
            best, most = old, score + is_near / 2
    return best


def _find_near(new, pairs):
    """Return the spans of the origin's sentences that the quotation's own was made from."""
    return [
        (line.start, line.end)
        for pair in pairs
        if pair.relay.start <= new.end and new.start < pair.relay.end
        for line in pair.origins
    ]


def _share(origin, relay, old, new):
    """Return the share of marks that two quotations have in common."""
    first = find_marks(origin.text[old.start : old.end], origin.codebook)
    second = find_marks(relay.text[new.start : new.end], relay.codebook)
    if not first or not second:
        return 0.0
    return len(first.keys() & second.keys()) / min(len(first), len(second))


def _write(old, new):
    """Return a drift at the words that differ."""
    from rapidfuzz.distance import Indel

    codes = [code for code in Indel.opcodes(old.words, new.words) if code.tag != "equal"]
    spans = (
        _cut(old, codes[0].src_start, codes[-1].src_end),
        _cut(new, codes[0].dest_start, codes[-1].dest_end),
    )
    return Drift("quotation", *spans[0], *spans[1], "words changed inside quotation marks")


def _cut(quotation, first, last):
    """Return the span of some words of a quotation with their context."""
    if len(quotation.words) <= LONG:
        return quotation.start, quotation.end
    first, last = max(0, first - CONTEXT), min(len(quotation.words), last + CONTEXT)
    return quotation.spans[first][0], quotation.spans[max(last, first + 1) - 1][1]
