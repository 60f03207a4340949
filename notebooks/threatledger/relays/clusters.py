"""Link texts that tell one story from one origin, and gather the links into clusters."""

import itertools
import re
from dataclasses import dataclass

from threatledger.days import find_last_day
from threatledger.relays.candidates import find_candidates, find_features
from threatledger.relays.similarity import ALIGNED, compare_lines, match_lines

LINKED = 0.46  # share of a text's marks that another one must tell again to be of one origin
SHORT = 5  # a text of fewer sentences needs more, as one shared fact fills it
SHORT_MORE = 0.08
FIGURES = 4  # of the text that has fewer, from which on figures must agree
SAME_FIGURES = 0.4  # share of them that the other text must have
MUCH = 1.25  # times by which a link is better than one by chance
FEW_AGREE, MOST_AGREE = 0.6, 0.8  # shares at which a link needs a higher or a lower score
STEP = 0.06  # by how much
FEWEST_LINES = 2  # sentences told again, or all there are
CLOSING = 0.5  # share of a text that a standing background may close
VERBATIM = 0.9  # Dice coefficient from which two sentences are the same
GRAM = 5  # words
SPOKEN = re.compile(r"[\w'’]+")


@dataclass(frozen=True)
class Link:
    """Two texts of one origin; ``origin`` and ``relay`` are places in the list of texts."""

    origin: int
    relay: int
    score: float
    evidence: str


def order_tellings(tellings):
    """Order texts as copies can follow each other: by date, the more complete one first.

    Parameters
    ----------
    tellings : list of telling.Telling

    Returns
    -------
    list of int
        Places in the list.
    """
    return sorted(range(len(tellings)), key=lambda place: rank_telling(tellings[place]))


def rank_telling(telling):
    """Return where a text stands among copies, see `order_tellings`."""
    return find_last_day(telling.published), -telling.weight, telling.doc_id


def find_links(tellings):
    """Find the pairs of texts that are of one origin.

    Parameters
    ----------
    tellings : list of telling.Telling

    Returns
    -------
    list of Link
        In the order of `order_tellings`.
    """
    order = order_tellings(tellings)
    ranked = [tellings[place] for place in order]
    links = []
    for first, second in find_candidates([find_features(telling) for telling in ranked]):
        score, evidence = link_tellings(ranked[first], ranked[second])
        if evidence:
            links.append(Link(order[first], order[second], score, evidence))
    return drop_chance(links)


def link_tellings(origin, relay):
    """Measure two texts as `compare_tellings` does, if it is possible that they are of one origin.

    Parameters
    ----------
    origin, relay : telling.Telling
        The earlier one first.

    Returns
    -------
    tuple of (float, str)
        Score and evidence; the latter empty where they are not linked.
    """
    return compare_tellings(origin, relay) if is_possible(origin, relay) else (0.0, "")


def drop_chance(links):
    """Leave out weak links of a text that is far more like one which the other is not linked to.

    A brief of three sentences is told again by every text with the same three facts.

    Parameters
    ----------
    links : list of Link

    Returns
    -------
    list of Link
    """
    pairs = {frozenset((link.origin, link.relay)) for link in links}
    best = {}
    for link in sorted(links, key=lambda link: link.score):
        best[link.origin] = best[link.relay] = link
    kept = []
    for link in links:
        ends = (link.origin, link.relay), (link.relay, link.origin)
        if not any(_is_chance(link, near, far, best[near], pairs) for near, far in ends):
            kept.append(link)
    return kept


def _is_chance(link, near, far, better, pairs):
    """Tell whether one end has a much better link, to a text that the other end has none to."""
    third = better.relay if better.origin == near else better.origin
    if third == far or better.score < MUCH * link.score:
        return False
    return frozenset((far, third)) not in pairs


def is_possible(origin, relay):
    """Tell at small cost whether two texts may be of one origin.

    Parameters
    ----------
    origin, relay : telling.Telling

    Returns
    -------
    bool
        False where the two have other figures, as two issues of one situation report have in the
        same words, or where all that they share would not be enough.
    """
    fewer, more = sorted((origin.figures, relay.figures), key=len)
    if len(fewer) >= FIGURES and len(fewer & more) < SAME_FIGURES * len(fewer):
        return False
    shared = origin.marks.keys() & relay.marks.keys()
    return any(_sum_shared(text, shared) >= LINKED * text.weight for text in (origin, relay))


def _sum_shared(text, shared):
    """Return the weight of a text's marks that another one has anywhere."""
    return sum(w for line in text.lines for mark, w in line.marks.items() if mark in shared)


def compare_tellings(origin, relay):
    """Measure how far two texts tell one story in one way.

    Parameters
    ----------
    origin, relay : telling.Telling

    Returns
    -------
    tuple of (float, str)
        A score from 0 to 1, and the evidence in words, empty where it is not enough. The score
        is the share of the text that is told again more fully, by weight of its figures, names
        and words; a background that both close with, word for word, does not count.
    """
    sides = ((origin, relay), (relay, origin))
    measured = [(*_measure(text, other), text, other) for text, other in sides]
    score, told, text, other = max(measured, key=lambda side: side[0])
    need = _find_need(text, origin, relay)
    if score < need or len(told) < min(FEWEST_LINES, len(text.lines)) or _is_packed(told):
        return score, ""
    return score, _describe(told, text, other)


def _is_packed(told):
    """Tell whether most of what is told again stands in one or two sentences of the other text."""
    return len(told) >= SHORT - 2 and len({match.others[0] for match in told}) < len(told) / 2


def _find_need(text, origin, relay):
    """Return the score that a link needs: less where nearly all figures agree, more for others."""
    fewer, more = sorted((origin.figures, relay.figures), key=len)
    need = LINKED + (SHORT_MORE if len(text.lines) < SHORT else 0)
    if len(fewer) < FIGURES:
        return need
    agreed = len(fewer & more) / len(fewer)
    if agreed < FEW_AGREE:
        return need + STEP
    return need - STEP if agreed >= MOST_AGREE else need


def _measure(text, other):
    """Return the share of a text that another one tells, and the sentences told again."""
    matches = match_lines(text, other)
    told = [m for m in matches if m.score >= ALIGNED]
    open_ones = matches[: len(matches) - _count_closing(matches, text, other)]
    weight = sum(text.lines[m.line].weight for m in open_ones)
    held = sum(m.score * text.lines[m.line].weight for m in open_ones)
    return (held / weight if weight else 0.0), told


def _count_closing(matches, text, other):
    """Count the sentences that both texts close with, word for word."""
    most = int(CLOSING * (len(matches) + 1))
    first = len(other.lines) - int(CLOSING * (len(other.lines) + 1))
    run = 0
    for match in reversed(matches[len(matches) - most :]):
        best = other.lines[match.others[0]] if match.others else None
        if best is None or best.place < first:
            break
        if compare_lines(text.lines[match.line], best)[1] < VERBATIM:
            break
        run += 1
    return run


def _describe(told, text, other):
    """Return the evidence for a link in words."""
    mine = {mark for m in told for mark in text.lines[m.line].marks}
    theirs = {mark for m in told for place in m.others for mark in other.lines[place].marks}
    figures = sum(mark.startswith("#") for mark in mine & theirs)
    return (
        f"{len(told)} of {len(text.lines)} sentences of {text.doc_id} told again; "
        f"{figures} figures shared; order kept in {_measure_order(told):.0%}; "
        f"word for word {measure_verbatim(text, other):.0%}"
    )


def _measure_order(told):
    """Return the share of neighbouring sentences that stand in the same order in both texts."""
    places = [match.others[0] for match in told]
    steps = [second >= first for first, second in itertools.pairwise(places)]
    return sum(steps) / len(steps) if steps else 1.0


def measure_verbatim(text, other):
    """Measure the share of a text's runs of five words that another text has.

    Parameters
    ----------
    text, other : telling.Telling

    Returns
    -------
    float
        From 0 to 1, over body sentences alone.
    """
    mine, theirs = _find_grams(text), _find_grams(other)
    return len(mine & theirs) / len(mine) if mine else 0.0


def _find_grams(telling):
    """Return the runs of five words of a text's body."""
    grams = set()
    for line in telling.lines:
        if line.text.isascii():
            words = SPOKEN.findall(line.text.lower())
        else:
            # There a letter may become several, which would divide a word.
            words = [word.lower() for word in SPOKEN.findall(line.text)]
        grams.update(zip(*(words[start:] for start in range(GRAM)), strict=False))
    return grams


def gather_clusters(count, links):
    """Gather linked texts into clusters.

    Parameters
    ----------
    count : int
        How many texts there are.
    links : list of Link

    Returns
    -------
    list of list of int
        Every text in exactly one cluster, in order of their first text; a text that is a copy
        of none stands alone.
    """
    root = list(range(count))

    def find(place):
        while root[place] != place:
            root[place] = root[root[place]]
            place = root[place]
        return place

    for link in links:
        first, second = sorted((find(link.origin), find(link.relay)))
        root[second] = first
    clusters = {}
    for place in range(count):
        clusters.setdefault(find(place), []).append(place)
    return list(clusters.values())
