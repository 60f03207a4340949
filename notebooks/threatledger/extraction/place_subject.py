"""Find the one country that a whole text is about: by its title, its dateline and its mentions."""

import re
from collections import Counter

from threatledger.extraction.gazetteer import find_names, find_places
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.place_roles import (
    DATELINE,
    RANKS,
    collect_codes,
    find_mentions,
    get_places,
)
from threatledger.extraction.sources import read_kinds

# What may stand before the name of the group that a story is about: "The so-called ".
OPENS = LateRegex(r"\W*(?:the\s)?(?:so-called\s)?", re.IGNORECASE)
PAST = LateRegex(r"\bwho\s(?:had|have)\s[^,;.]{0,60}$")  # "men who had lived in Syria"
REPORT = LateRegex(r"\breports?\b")
FIRST_PASSAGES = 4  # among which the masthead stands
LONGEST_MASTHEAD = 300  # characters
LONGEST_SUBTITLE = 100  # characters of a line under the title, which ends without a stop
LONGEST_LABEL = 60  # characters of what stands before a title's colon
FIRST_SENTENCES = 4  # among which a dateline opens the story
FIRST_DISPATCHED = 8  # the same, where there may be a line on the writer and the time
LABEL_SHARE = 2  # times that another may be named as often as the country of the label
FEWEST = 2  # mentions of the one country that a text is about
SHARE = 0.4  # of all mentions of countries, that the one in the title must have
TITLED_SHARE = 0.3  # the same, where the title is set in it alone


def find_subject(reading):
    """Return the one country that a whole text is about.

    Parameters
    ----------
    reading : Reading
        The text under reading.

    Returns
    -------
    str
        Its code; empty where the text is about several countries or none.

    Notes
    -----
    The masthead, the title, or the first sentence after a dateline must name it or a place in it,
    and it must have twice the mentions of any other.
    """
    if "subject" not in reading.memo:
        reading.memo["subject"] = _count_subject(reading)
    return reading.memo["subject"]


def find_dispatched(reading):
    """Return the country that a dispatch, by its dateline, is set in.

    Parameters
    ----------
    reading : Reading
        The text under reading.

    Returns
    -------
    str or None
        Its code; empty where its first sentence is about several or another; None where the text
        has no dateline.
    """
    if "dispatched" not in reading.memo:
        reading.memo["dispatched"] = _read_dispatched(reading)
    return reading.memo["dispatched"]


def _read_dispatched(reading):
    for sentence in reading.sentences[:FIRST_DISPATCHED]:
        if DATELINE.match(sentence.text):
            places = get_places(reading, sentence)
            dated = collect_codes(places, ("dateline",))
            set_in = [p for p in places if not PAST.search(sentence.text, 0, p.start)]
            told = collect_codes(set_in, ("place", "domestic", "speaker"))
            told = told or ([] if _is_worldwide(reading, sentence) else dated)
            if len(told) == 1 and told[0] in dated + _list_titled(reading):
                return told[0]
            return ""
    return None


def _is_worldwide(reading, sentence):
    """Return whether a first sentence is about a group as a whole, or about a UN report.

    Such a story is told from any desk.
    """
    told = sentence.text[DATELINE.match(sentence.text).end() :]
    kinds = read_kinds(reading)
    named = [m for m in find_names(told, reading.codebook) if m.name.kind == "actor"]
    groups = [
        m
        for m in named
        if kinds.get(m.name.key) == "armed group"
        and OPENS.fullmatch(told, 0, m.start)
        and not RANKS.match(told, m.end)
    ]
    bodies = [m for m in named if kinds.get(m.name.key) == "UN body"]
    return bool(groups or (bodies and REPORT.search(told)))


def _count_subject(reading):
    opening = Counter(_list_opening_codes(reading))
    if not opening:
        return ""
    counts = Counter()
    for sentence in reading.sentences:
        dateline = DATELINE.match(sentence.text) if sentence.index < FIRST_SENTENCES else None
        for place in find_mentions(reading, sentence):
            if not dateline or place.start >= dateline.end():
                counts.update(place.iso3)
    for code, times in opening.items():
        counts[code] = max(counts[code], times)
    ranked = counts.most_common(2)
    (code, top), second = ranked[0], ranked[1][1] if len(ranked) > 1 else 0
    sole = _find_sole(reading)
    if sole and 2 * counts[sole] >= max(top, 2 * FEWEST):
        return sole
    labels = set(_list_label_codes(reading))
    if len(labels) == 1 and LABEL_SHARE * max(counts[c] for c in labels) >= top:
        return labels.pop()
    if top < FEWEST or top <= second:
        return ""
    if [code] == _list_titled(reading) and top >= TITLED_SHARE * counts.total():
        return code
    return code if code in opening and top >= max(2 * second, SHARE * counts.total()) else ""


def _find_sole(reading):
    """Return the one country of both title (or first sentence) and dateline, "" if none."""
    opening = reading.sentences[:FIRST_SENTENCES]
    lines = [s for s in opening if DATELINE.match(s.text)]
    named = _list_titled(reading)
    if not named and lines:
        begun = [s for s in opening if lines[0].index <= s.index <= lines[0].index + 1]
        named = [code for s in begun for code in collect_codes(get_places(reading, s), ("place",))]
    dated = [code for s in lines for code in collect_codes(get_places(reading, s), ("dateline",))]
    return named[0] if len(set(named)) == 1 and set(dated) == set(named) else ""


def _list_titled(reading):
    """Return the countries that the title is set in, by the places it names."""
    titles = [p for p in reading.passages[:FIRST_PASSAGES] if p.kind == "title"]
    sentences = [s for p in titles for s in p.sentences]
    named = [c for s in sentences for c in collect_codes(get_places(reading, s), ("place",))]
    return list(dict.fromkeys(named))


def _list_label_codes(reading):
    """Return the codes of the label before the colon of a title: "Al-Hol camp: update 9"."""
    for passage in reading.passages[:FIRST_PASSAGES]:
        words = reading.text[passage.start : min(passage.end, passage.start + LONGEST_SUBTITLE)]
        label, bar, _ = words.partition("|")
        places = find_places(label, reading.codebook) if bar else ()
        if places and not places[0].start and places[-1].end == len(label.rstrip()):
            return [code for place in places for code in place.iso3]
        label, colon, _ = words.partition(":")
        label = label.rpartition("\n")[2]
        is_label = colon and "." not in label and len(label) <= LONGEST_LABEL
        places = find_places(label, reading.codebook) if is_label else ()
        if places and places[0].start == 0:
            return [code for place in places for code in place.iso3]
    return []


def _list_opening_codes(reading):
    """Yield the codes that the masthead, the title and the first sentence of a dispatch name."""
    for passage in reading.passages[:FIRST_PASSAGES]:
        words = reading.text[passage.start : min(passage.end, passage.start + LONGEST_MASTHEAD)]
        is_subtitle = len(words) < LONGEST_SUBTITLE and words.rstrip()[-1:] not in ".:;"
        if passage.why or passage.kind == "title" or is_subtitle:
            for place in find_places(words, reading.codebook):
                yield from place.iso3
    for sentence in reading.sentences[:FIRST_SENTENCES]:
        if DATELINE.match(sentence.text):
            for place in find_mentions(reading, sentence):
                yield from place.iso3
