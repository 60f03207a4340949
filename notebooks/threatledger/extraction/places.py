"""Say which countries a number is about."""

import functools
import re

from threatledger.extraction.footnotes import find_anchored
from threatledger.extraction.gazetteer import find_places
from threatledger.extraction.memos import recall
from threatledger.extraction.place_choice import (
    RELATIVE_STOP,
    choose,
    find_part,
    is_in_aside,
    is_others,
    is_superseded,
)
from threatledger.extraction.place_context import (
    BOTH,
    HERE,
    find_heading,
    find_here,
    find_lead,
    find_own_countries,
    find_passing_codes,
    find_subject,
)
from threatledger.extraction.place_roles import (
    LOCATING,
    collect_codes,
    find_asides,
    get_places,
)
from threatledger.extraction.rows import ROW
from threatledger.extraction.sources import get_sources
from threatledger.extraction.speakers import find_speaking

__all__ = ["find_places", "link_place"]

STATES = re.compile(
    r"(?!(?:from|in|to|of|by|for|with|at|on|and|or)\b)(?:[\w-]+\s){0,2}?"
    r"(?:countries|states|member\s+states|nations|nationalities|capitals|languages)\b",
    re.IGNORECASE,
)
STATES_ACT = re.compile(
    r"\W*(?:[\w-]+\s){0,2}(?:States|Member\s+States|countries)\s", re.IGNORECASE
)
FROM = re.compile(r"\bfrom\s+(?:(?!in\b|at\b|near\b)[\w'’-]+,?\s+){0,8}$")
DESTINATION = re.compile(r"\b(?:to|into)\s+(?:the\s+)?(?:[\w'’-]+\s+){0,3}$", re.IGNORECASE)
MOVED = re.compile(
    r"\b(?:transfer(?:s|red)|carried|convoys?|repatriat\w+|remitt\w+|wired|relocat\w+|deport\w+"
    r"|sent\s+(?:back|home)|flown)\b",
    re.IGNORECASE,
)
TROOPS = re.compile(r"\s+(?:soldiers|troops|men|police|officers|peacekeepers)\b", re.IGNORECASE)
NOT_ITS_MEN = re.compile(
    r"[,;]|\b(?:kill|wound|injur|captur|arrest|detain|hit|target|fought|fight)\w*", re.IGNORECASE
)
OWNED_BY = re.compile(r"\s+of\s+(?:his|her|its|their)\s", re.IGNORECASE)
OPENING_OF = re.compile(r"\W*Of\s")
THOUSANDS = re.compile(r"(?<=\d),(?=\d)")
HEAD_END = re.compile(r"\b(?:of|for|from|to|in|by|that|who|received|required)\b")
CHANGE_IN = re.compile(
    r"^(?:rise|fall|drop|growth|increase|decrease|decline|change)\s+(?:in|of)\s+"
)
FUNDING = re.compile(
    r"\b(?:funding|appeals?|requirements?|budget|finances?|money|financial\s+overview)\b",
    re.IGNORECASE,
)
ASKED = re.compile(r"\b(?:required|requires|requested|requests)\b", re.IGNORECASE)
# A country that opens a paragraph is its subject: "Yemen. …", "Turkey is still …".
TOPIC = re.compile(r"[.:]|\s+(?:is|are|was|were|has|had|remains|remained|holds|keeps|hosts)\b")
TOPIC_START = 4  # characters before it ("In ")
REACH = 3  # sentences of a paragraph that a place reaches on


def link_place(reading, sentence, quantity, counted=None):
    """Say which countries a number is about.

    Parameters
    ----------
    reading : Reading
        The text under reading. Where ``memo[("quantities", index)]`` lists the numbers of a
        sentence, places between two of them are told apart.
    sentence : Sentence
        The sentence that holds the number.
    quantity : object
        With ``start`` and ``end`` into the sentence's text, and ``low`` where known.
    counted : Counted, optional
        The thing counted, None where not known.

    Returns
    -------
    list of str
        ISO 3166-1 alpha-3 codes in order of mention; empty where the number is about no country
        or about a region of several.

    Notes
    -----
    Decision 11 in ``data/gold/GUIDE.md``. Places of the number's own clause come first, then
    those of the sentence before in the same paragraph, of the list or heading above, and of the
    whole text where it is about one country.
    """
    key = ("place", sentence.index, quantity.start)
    what = (counted.what if counted is not None else "") or ""
    return list(recall(reading, key, lambda: tuple(_link(reading, sentence, quantity, what)), ()))


def _link(reading, sentence, quantity, what):
    if BOTH.search(sentence.text, max(0, quantity.start - 5), quantity.end + 12):
        return find_here(reading, sentence)
    if STATES.fullmatch(what) or STATES.match(sentence.text[quantity.end :].lstrip()[:40]):
        return []
    speaker = _find_counted_speaker(reading, sentence, quantity)
    if speaker is not None:
        return speaker
    places = get_places(reading, sentence)
    own = _find_own(reading, sentence, quantity, places)
    whole = _find_whole(reading, sentence, quantity)
    if whole is not None:
        return list(dict.fromkeys([*link_place(reading, sentence, whole), *(own or ())]))
    if own is not None:
        return own
    domestic = collect_codes(places, ("domestic",))
    if domestic:
        return domestic
    earlier = [q for q in _get_quantities(reading, sentence) if q.end <= quantity.start]
    if earlier and (_is_share(quantity) or not _is_unplaced(reading, sentence, quantity, what)):
        return link_place(reading, sentence, earlier[-1])
    if _is_unplaced(reading, sentence, quantity, what):
        return []
    return _find_around(reading, sentence, quantity, places, what)


def _find_counted_speaker(reading, sentence, quantity):
    """Return the countries of speakers who are themselves counted ("three officers said")."""
    for source in get_sources(reading, sentence):
        if source.start <= quantity.start < source.end:
            places = get_places(reading, sentence)
            inside = [p for p in places if source.start <= p.start < source.end]
            return collect_codes(inside, ("speaker", "place", "people", "domestic"))
    return None


def _find_own(reading, sentence, quantity, places):
    """Return the countries that the number's own clause gives it, None where it gives none."""
    text = sentence.text
    others = [q for q in _get_quantities(reading, sentence) if q.start != quantity.start]
    usable = [p for p in places if p.role in LOCATING and not is_others(text, p, quantity, others)]
    if usable:
        usable = [p for p in usable if not is_superseded(p, quantity, others, usable)]
        asides = find_asides(text)
        usable = [p for p in usable if not is_in_aside(asides, p, quantity)]
    chosen = choose(reading, sentence, quantity, usable, others)
    codes = collect_codes(chosen, {*LOCATING, "domestic"})
    army = _find_army(text, places, quantity) if TROOPS.match(text, quantity.end) else []
    if army and not codes:
        codes = _find_around(reading, sentence, quantity, places)
    codes = [*codes, *army]
    if OWNED_BY.match(text, quantity.end):
        codes = [*codes, *_find_owner(reading, sentence, places)]
    is_located = any(p.role in ("place", "region") for p in chosen if not _is_elsewhere(text, p))
    if not is_located and _points_here(reading, sentence, quantity):
        codes = [*codes, *find_here(reading, sentence)] or None
    elif codes and not is_located and _is_from_here(reading, sentence, quantity):
        codes = [*codes, *_find_around(reading, sentence, quantity, places)]
    if codes is None or (not codes and not chosen):
        return None
    return list(dict.fromkeys(codes))


def _find_whole(reading, sentence, quantity):
    """Return the number that this one is a part of: "Of 60 held in Iraq, 12 went to Turkey"."""
    earlier = [q for q in _get_quantities(reading, sentence) if q.end <= quantity.start]
    if not earlier or not OPENING_OF.match(sentence.text):
        return None
    is_part = "," in THOUSANDS.sub(".", sentence.text[earlier[0].end : quantity.start])
    return earlier[0] if is_part else None


def _find_army(text, places, quantity):
    """Return the country whose troops are counted: "Rwandan troops opened a post with 120"."""
    armies = [p for p in places if p.role == "abroad" and p.end <= quantity.start]
    armies = [p for p in armies if not NOT_ITS_MEN.search(text[p.end : quantity.start])]
    return collect_codes(armies[-1:], ("abroad",))


def _get_quantities(reading, sentence):
    return reading.memo.get(("quantities", sentence.index), ())


def _is_headcount(reading, sentence):
    """Return whether a list item or a row counts a people of the place above ("Iraqis: 90")."""
    if ROW.search(sentence.text[:60]):
        return True
    return reading.passages[sentence.passage].kind == "item" and ":" in sentence.text[:40]


def _is_from_here(reading, sentence, quantity):
    """Return whether whose a number is leaves open where it is, which the text around says."""
    if _is_share(quantity) or _is_headcount(reading, sentence):
        return True
    return bool(MOVED.search(sentence.text))


def _is_money(unit):
    return bool(unit) and len(unit) == 3 and unit.isupper()


def _is_share(quantity):
    return getattr(quantity, "unit", "") == "percent"


def _find_owner(reading, sentence, places):
    """Return the country that speaks by its capital or its own officer: "four of its men"."""
    starts = [s.start for s in get_sources(reading, sentence)]
    text = sentence.text
    spoken = [p for p in places if p.role == "speaker" and p.kind not in ("adjective", "people")]
    opening = [
        p for p in spoken if any(not text[a : p.start].strip() for a in starts if a <= p.start)
    ]
    return collect_codes(opening, ("speaker",))


def _is_elsewhere(text, place):
    """Return whether a place is who acts ("Rwanda has …") or whence, not where."""
    if place.start < 5 and re.match(r"\s+(?:has|have|had|sent|keeps|runs)\b", text[place.end :]):
        return True
    before = text[max(0, place.start - 70) : place.start]
    return bool(FROM.search(before) or (DESTINATION.search(before) and MOVED.search(text)))


def _points_here(reading, sentence, quantity):
    """Return whether the number's clause speaks of "the city", "the country" and so on."""
    key = ("here", sentence.index)
    if key not in reading.memo:
        text = sentence.text
        reading.memo[key] = bool(HERE.search(text) or BOTH.search(text))
    if not reading.memo[key]:
        return False
    first, last = find_part(reading, sentence, quantity, ())
    return bool(HERE.search(sentence.text, first, last) or BOTH.search(sentence.text, first, last))


@functools.lru_cache(maxsize=8)
def _read_unplaced(codebook, kind):
    rows = [row for row in codebook.rows("unplaced") if row["kind"] == kind]
    return frozenset(noun for row in rows for noun in row["nouns"].split("|"))


def _is_unplaced(reading, sentence, quantity, what):
    """Return whether a sum belongs to a whole group or plan, which no context places."""
    head = HEAD_END.split(what.lower(), maxsplit=1)[0].split()
    if head and head[-1] in _read_unplaced(reading.codebook, "whole"):
        return True
    if not _is_money(getattr(quantity, "unit", None)) and not _is_share(quantity):
        return False
    if ASKED.search(sentence.text):
        return True
    heading = reading.passages[sentence.passage].heading
    passage = reading.passages[heading] if heading is not None else None
    is_heading = passage is not None and passage.kind == "heading"
    return is_heading and bool(FUNDING.search(reading.text[passage.start : passage.end]))


def _is_media(reading, what):
    """Return whether what is counted is online, in no country that a sentence does not name."""
    nouns = _read_unplaced(reading.codebook, "online")
    head = HEAD_END.split(CHANGE_IN.sub("", what.lower()), maxsplit=1)[0].split()
    return bool(head) and head[-1] in nouns


def _find_around(reading, sentence, quantity, places, what=""):
    """Return the countries carried over from what stands around the sentence."""
    if STATES_ACT.match(sentence.text) and not get_sources(reading, sentence):
        return []
    passage = reading.passages[sentence.passage]
    anchored = _find_anchored(reading, sentence)
    if anchored:
        return anchored
    is_media = _is_media(reading, what)
    codes = None if is_media else _find_running(reading, sentence, quantity, passage)
    if codes is None:
        codes = find_lead(reading, passage)
    if codes is None:
        codes = find_heading(reading, passage)
    if codes is not None or is_media:
        return codes or []
    subject = find_subject(reading)
    if subject:
        return [subject]
    aside = [p for p in places if p.start >= quantity.end and _is_whose(sentence.text, quantity, p)]
    return collect_codes(aside, LOCATING) or collect_codes(places, ("abroad", "speaker"))


def _is_whose(text, quantity, place):
    """Return whether a place stands in a clause on the people counted: ", most of whom …"."""
    stop = RELATIVE_STOP.search(text, quantity.end)
    return (
        stop is not None and stop.end() <= place.start and ";" not in text[stop.end() : place.start]
    )


def _find_running(reading, sentence, quantity, passage):
    """Return the countries of an earlier sentence where the paragraph or the speaker goes on."""
    for index in range(sentence.index - 1, max(-1, sentence.index - REACH - 1), -1):
        earlier = reading.sentences[index]
        if earlier.passage != sentence.passage:
            is_same = index == sentence.index - 1 and earlier in find_speaking(
                reading, sentence, quantity
            )
            if not is_same or passage.kind != "paragraph":
                return None
        codes = _find_passed_on(reading, earlier)
        if codes is not None:
            is_next = index == sentence.index - 1
            return codes if is_next else _find_topic(reading, passage) or codes
    return None


def _find_topic(reading, passage):
    """Return the country that a paragraph opens with as its subject ("Yemen. …")."""
    first = passage.sentences[0]
    opening = [p for p in get_places(reading, first) if p.start <= TOPIC_START]
    is_subject = bool(opening) and TOPIC.match(first.text, opening[0].end)
    return collect_codes(opening[:1], ("place", "domestic")) if is_subject else []


def _find_anchored(reading, sentence):
    """Return the countries of the number, or the sentence, that a footnote is to."""
    found = find_anchored(reading, sentence)
    if found is None:
        return None
    body, end = found
    before = [q for q in _get_quantities(reading, body) if q.end <= end]
    return link_place(reading, body, before[-1]) if before else find_own_countries(reading, body)


def _find_passed_on(reading, sentence):
    """Return the countries that a sentence hands on: those of its last number, or its own."""
    quantities = _get_quantities(reading, sentence)
    own = find_own_countries(reading, sentence)
    codes = link_place(reading, sentence, quantities[-1]) if quantities else []
    if not codes or not get_places(reading, sentence):
        return own
    passing = find_passing_codes(reading, sentence)
    people = collect_codes(get_places(reading, sentence), ("people",))
    settled = [code for code in codes if code not in passing and code not in people]
    return settled or [code for code in codes if code not in passing] or None
