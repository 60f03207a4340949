"""Find the countries that the text around a sentence sets: lists, headings, the whole text."""

import re
from collections import Counter

from threatledger.extraction import rows
from threatledger.extraction.gazetteer import find_places
from threatledger.extraction.place_roles import (
    DATELINE,
    collect_codes,
    find_mentions,
    get_places,
)

REACH_BACK = 12  # sentences that "the city" or "the country" reaches back
FIRST_PASSAGES = 4  # among which the masthead stands
LONGEST_MASTHEAD = 300  # characters
LONGEST_SUBTITLE = 100  # characters of a line under the title, which ends without a stop
FIRST_SENTENCES = 4  # among which a dateline opens the story
FEWEST = 2  # mentions of the one country that a text is about
SHARE = 0.4  # of all mentions of countries, that the one in the title must have
BOTH = re.compile(r"\b(?:both|the\s+two)\s+(?:countries|states|nations)\b", re.IGNORECASE)
ELSEWHERE = re.compile(
    r"\b(?:with|than|like|unlike)\s+$|\bfrom\s+(?:(?!in\b|at\b|near\b)[\w'’-]+,?\s+){0,8}$",
    re.IGNORECASE,
)
HERE = re.compile(
    r"\b(?:[Tt]he|[Tt]hat|[Tt]his|[Ii]ts|[Tt]heir)\s+(?:[a-z-]+\s+)?(?:country|province|city|camps?|town|district"
    r"|islands?|capital|governorate|village|mountains|annex|territory|enclave|peninsula|prison|valleys?"
    r"|centre|area|state)\b(?!['’-])|\bthere\b(?!\s+(?:is|are|was|were|has|have|had|may|will)\b)"
)


def find_own_countries(reading, sentence):
    """Return the countries that a sentence is set in, as it hands them on.

    Parameters
    ----------
    reading : Reading
        The text under reading.
    sentence : Sentence
        One of its sentences.

    Returns
    -------
    list of str or None
        Those of its places; of its peoples where it names no place; [] for regions alone; None
        where it names nothing of the kind. Where people came from, and with whom a place has to
        do, is not where the sentence is set.
    """
    text = sentence.text
    places = [
        p for p in get_places(reading, sentence) if not ELSEWHERE.search(text[: p.start][-70:])
    ]
    for roles in (("place",), ("domestic",), ("people",)):
        codes = collect_codes(places, roles)
        if codes:
            return codes
    return [] if any(place.role == "region" for place in places) else None


def find_passing_codes(reading, sentence):
    """Return the countries that a sentence names only as whose or whence, not as where.

    Parameters
    ----------
    reading : Reading
        The text under reading.
    sentence : Sentence
        One of its sentences.

    Returns
    -------
    set of str
    """
    places, text = get_places(reading, sentence), sentence.text
    away = [p for p in places if ELSEWHERE.search(text[: p.start][-70:])]
    settled = set(collect_codes([p for p in places if p not in away], ("place",)))
    passing = set(collect_codes(away, ("place", "people")))
    if settled:
        passing |= set(collect_codes(places, ("people",)))
    return passing - settled


def find_lead(reading, passage):
    """Return the countries that the words before a list give its items, None where none.

    Parameters
    ----------
    reading : Reading
        The text under reading.
    passage : Passage
        A list item.

    Returns
    -------
    list of str or None
    """
    last = rows.find_lead(reading, passage)
    if last is None:
        return None
    for sentence in reversed(reading.passages[last.passage].sentences):
        codes = find_own_countries(reading, sentence)
        if codes is not None:
            return codes
    return None


def find_heading(reading, passage):
    """Return the countries in the heading that governs a passage, None where none."""
    if passage.heading is None:
        return None
    heading = reading.passages[passage.heading]
    if heading.kind != "heading":
        return None
    for sentence in heading.sentences:
        codes = find_own_countries(reading, sentence)
        if codes:
            return codes
    return None


def find_here(reading, sentence):
    """Return the countries of the place that "the city" or "both countries" takes up.

    Parameters
    ----------
    reading : Reading
        The text under reading.
    sentence : Sentence
        The sentence with the words.

    Returns
    -------
    list of str
        Empty where no place is named within reach.
    """
    if BOTH.search(sentence.text):
        return _find_pair(reading, sentence)
    lead = find_lead(reading, reading.passages[sentence.passage])
    if lead is not None:
        return lead
    for earlier in _iterate_back(reading, sentence):
        if earlier.passage != sentence.passage and find_subject(reading):
            return [find_subject(reading)]
        codes = collect_codes(get_places(reading, earlier), ("place",))
        if codes:
            return codes[-1:]
    return []


def _iterate_back(reading, sentence):
    first = max(0, sentence.index - REACH_BACK)
    return (reading.sentences[index] for index in range(sentence.index - 1, first - 1, -1))


def _find_pair(reading, sentence):
    """Return the last two countries that an earlier sentence names together."""
    for earlier in _iterate_back(reading, sentence):
        codes = collect_codes(get_places(reading, earlier), ("place",))
        if len(codes) == 2:
            return codes
    return []


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


def _count_subject(reading):
    opening = Counter(_list_opening_codes(reading))
    if not opening:
        return ""
    counts = Counter()
    for sentence in reading.sentences:
        for place in find_mentions(reading, sentence):
            counts.update(place.iso3)
    for code, times in opening.items():
        counts[code] = max(counts[code], times)
    ranked = counts.most_common(2)
    (code, top), second = ranked[0], ranked[1][1] if len(ranked) > 1 else 0
    if top < FEWEST or top <= second:
        return ""
    if code in _list_label_codes(reading):
        return code
    return code if code in opening and top >= max(2 * second, SHARE * counts.total()) else ""


def _list_label_codes(reading):
    """Return the codes of the label before the colon of a title: "Al-Hol camp: update 9"."""
    for passage in reading.passages[:FIRST_PASSAGES]:
        words = reading.text[passage.start : min(passage.end, passage.start + LONGEST_SUBTITLE)]
        label, colon, _ = words.partition(":")
        places = find_places(label, reading.codebook) if colon and "\n" not in label else ()
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
