"""Find the countries that the text around a sentence sets: lists, headings, the whole text."""

import re
from collections import Counter

from threatledger.extraction import rows
from threatledger.extraction.gazetteer import find_places
from threatledger.extraction.place_roles import (
    CURRENCY,
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
OPENS = re.compile(r"(?:(?:to|in|from|of|for)\s+)?(?:the\s+)?", re.IGNORECASE)
TITLED_SHARE = 0.3  # the same, where the title is set in it alone
BOTH = re.compile(r"\b(?:both|the\s+two)\s+(?:countries|states|nations)\b", re.IGNORECASE)
ELSEWHERE = re.compile(
    r"\b(?:with|than|like|unlike)\s+$|\bfrom\s+"
    r"(?:(?!(?:in|at|near|is|are|was|were|has|have|had)\b)[\w'’-]+,?\s+){0,8}$",
    re.IGNORECASE,
)
TOPIC_START = 5  # characters before a country that is a sentence's subject ("The ")
DOES = re.compile(r"\s+(?:has|have|had)\s+[a-z]+(?:ed|nt|ne|ut|en)\b")  # "Turkey has trained"
SENDS = re.compile(r"\s+(?:has\s+|have\s+|had\s+)?(?:sent|deployed|dispatched)\b")
# "Iraq took back 4,900 of its nationals": from elsewhere.
TAKES_HOME = re.compile(
    r"(?:['’]s?\s+[a-z]+)?\s+(?:has\s+|have\s+|had\s+)?(?:(?:since|so far|also|already|now)\s+)?"
    r"(?:repatriat\w+|(?:took|taken|takes|taking|brought|brings|bringing|flew|flown|flies|flying|got|fetched|airlifted)\s+(?:back|home)"
    r"|readmitted|airlifted|retrieved)\b"
)
AWAY = re.compile(r"\b(?:camps?|prison|annex|there)$")  # where those taken home were
HERE_NOUNS = (
    "country province city camp camps town district island islands capital governorate village"
    " mountains annex territory enclave peninsula prison valley valleys centre area state"
).split()
HERE_HINTS = frozenset([*HERE_NOUNS, "there"])  # a sentence without these words is not "here"
HERE = re.compile(
    r"\b(?:[Tt]he|[Tt]hat|[Tt]his|[Ii]ts|[Tt]heir)\s+(?:[a-z-]+\s+)?"
    rf"(?:{'|'.join(HERE_NOUNS)})\b(?!['’-])"
    r"|\bthere\b(?!\s+(?:is|are|was|were|has|have|had|may|will)\b)"
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
    away += [p for p in places if p.start < TOPIC_START and SENDS.match(text, p.end)]
    takers = [p for p in places if p.role == "place" and TAKES_HOME.match(text, p.end)]
    if takers:
        fetched = collect_codes(away, ("place",))  # "repatriated 595 from Syria": there they were
        return set(collect_codes(takers, ("place",))).difference(fetched)
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


def find_column(reading, sentence, quantity):
    """Return the countries that the head of a number's column names, None where none.

    Parameters
    ----------
    reading : Reading
        The text under reading.
    sentence : Sentence
        The sentence that holds the number.
    quantity : object
        With ``start`` and ``end``.

    Returns
    -------
    list of str or None
        For a table with a column a country.
    """
    row = rows.find_row(reading, sentence, quantity)
    if row is None:
        return None
    cells = rows.split_cells(reading.text[row[0] : row[1]])
    at = sentence.start + quantity.start - row[0]
    after = sum(start > at for start, _, _ in cells)  # cells to its right
    for start, end in rows.iterate_above(reading.text, row[0]):
        heads = rows.split_cells(reading.text[start:end])
        if len(heads) < 2:
            return None
        if len(cells) - 1 <= len(heads) <= len(cells) and after < len(heads):
            places = find_places(heads[-1 - after][2], reading.codebook)
            opens = bool(places) and OPENS.fullmatch(heads[-1 - after][2], 0, places[0].start)
            opens = bool(opens) and bool(places[0].iso3)
            if opens and not CURRENCY.match(heads[-1 - after][2], places[0].end):
                return list(places[0].iso3)
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
    here = HERE.search(sentence.text)
    is_there = bool(here) and here[0] == "there"  # it may also be a region that is meant
    if is_there:
        before = [p for p in get_places(reading, sentence) if p.end <= here.start()]
        before = [p for p in before if p.role in ("place", "region")]
        if before:
            return collect_codes(before, ("place",))
    for earlier in _iterate_back(reading, sentence):
        if earlier.passage != sentence.passage and find_subject(reading):
            return [find_subject(reading)]
        roles = ("place", "region") if is_there else ("place",)
        places = [p for p in get_places(reading, earlier) if p.role in roles]
        text = earlier.text
        places = [p for p in places if p.start >= TOPIC_START or not DOES.match(text, p.end)]
        if here and AWAY.search(here[0]):
            places = [p for p in places if not TAKES_HOME.match(text, p.end)]
        if places:
            return collect_codes(places[-1:], ("place",)) or collect_codes(places, ("domestic",))
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
    if top < FEWEST or top <= second:
        return ""
    if code in _list_label_codes(reading):
        return code
    if [code] == _list_titled(reading) and top >= TITLED_SHARE * counts.total():
        return code
    return code if code in opening and top >= max(2 * second, SHARE * counts.total()) else ""


def find_title(reading, sentence):
    """Return the countries of the title for a sentence before which the body names no place.

    Parameters
    ----------
    reading : Reading
        The text under reading.
    sentence : Sentence
        One of its sentences.

    Returns
    -------
    list of str
        Empty where the title names no place or the body has named one since.
    """
    for index in range(sentence.index - 1, max(-1, sentence.index - REACH_BACK), -1):
        earlier = reading.sentences[index]
        if reading.passages[earlier.passage].kind == "title":
            named = find_own_countries(reading, earlier) or []
            return named if len(named) == 1 else []
        if get_places(reading, earlier):
            break
    return []


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
        label, colon, _ = words.partition(":")
        label = label.rpartition("\n")[2]
        places = find_places(label, reading.codebook) if colon else ()
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
