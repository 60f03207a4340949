"""Find the countries that the text around a sentence sets: lists, headings, the whole text."""

import re

from threatledger.extraction import rows
from threatledger.extraction.gazetteer import find_places
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.place_owners import find_home
from threatledger.extraction.place_roles import (
    CURRENCY,
    TOPIC_START,
    collect_codes,
    find_mentions,
    get_places,
    is_subject,
)
from threatledger.extraction.place_subject import find_dispatched, find_subject

NEAR = 20  # characters before "the country" that tell that it was left
REACH_BACK = 12  # sentences that "the city" or "the country" reaches back
OPENS = LateRegex(r"(?:(?:to|in|from|of|for)\s+)?(?:the\s+)?", re.IGNORECASE)
BOTH = LateRegex(r"\b(?:both|the\s+two)\s+(?:countries|states|nations)\b", re.IGNORECASE)
ELSEWHERE = LateRegex(
    r"\b(?:with|than|like|unlike)\s+$|\bfrom\s+"
    r"(?:(?!(?:in|at|near|is|are|was|were|has|have|had)\b)[\w'’-]+,?\s+){0,8}$",
    re.IGNORECASE,
)
DOES = LateRegex(r"\s+(?:has|have|had)\s+[a-z]+(?:ed|nt|ne|ut|en)\b")  # "Turkey has trained"
SENDS = LateRegex(
    r"\s+(?:has\s+|have\s+|had\s+)?(?:since\s+|also\s+)?(?:sent|deployed|dispatched|withdrew|withdrawn|pulled|donated|contributed"
    r"|supplied|shipped|stationed)\b"
)
WHENCE = LateRegex(r"\b(?:from|out\sof)\s(?:the\s)?(?:[\w'’-]+\s){0,4}$")
STATIONS = LateRegex(  # "France has 5,100 soldiers in the region"
    r"\s(?:has|had|keeps|kept|maintains)\s(?:[a-z]+\s){0,2}[\d,]+\s(?:[a-z]+\s)?(?:soldiers|troops|men|trainers|marines|advisers)\s(?:in|on|at)\s"
)
# "Iraq took back 4,900 of its nationals": from elsewhere.
TAKES_HOME = LateRegex(
    r"(?:['’]s?\s+[a-z]+)?\s+(?:has\s+|have\s+|had\s+)?(?:(?:since|so far|also|already|now)\s+)?"
    r"(?:repatriat\w+|(?:took|taken|takes|taking|brought|brings|bringing|flew|flown|flies|flying|got|airlifted)\s+(?:back|home)"
    r"|readmitted|airlifted|retrieved|fetched)\b"
)
CONFINING = LateRegex(r"camp|prison|jail")
CONJUNCTION = LateRegex(
    r"\b(?:after|since|when|as|while|until|before|that|and|but|because|once)\s(?:the\s)?$"
)
LEFT = LateRegex(r"\b(?:left|leaves?|leaving|fled|entered|quit|out\sof|across)\s$")
LOCAL = ("city", "town", "village", "district", "governorate", "enclave", "valley")
LABEL = 30  # characters of a sentence that only names its country: "Libya."
WHOLE_KINDS = frozenset(("country", "adjective", "people", "region"))
AWAY = LateRegex(r"\b(?:camps?|prison|annex|there)$")  # where those taken home were
HERE_NOUNS = (
    "country province city camp camps town district island islands capital governorate village"
    " mountains annex territory enclave peninsula prison valley valleys centre area state"
).split()
HERE_HINTS = frozenset([*HERE_NOUNS, "there"])  # a sentence without these words is not "here"
HERE = LateRegex(
    r"\b(?:[Tt]he|[Tt]hat|[Tt]his|(?:[Ii]ts|[Tt]heir)(?!\s+(?:territory|area)\b))\s+(?:[a-z-]+\s+)?"
    rf"(?:{'|'.join(HERE_NOUNS)})\b(?!['’-])(?!\s+(?:security|media|television|radio|news|prosecutors?|courts?|owned|run"
    r"|oil|companies|company|departments?|police|budget|funds?|of\s+(?:emergency|affairs|siege|war)))"
    r"|\b[Tt]here\b(?!\s+(?:is|are|was|were|has|have|had|may|will)\b)"
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
    for roles in (("place",), ("domestic",)):
        codes = collect_codes(places, roles)
        if codes:
            return codes
    return [] if any(place.role == "region" for place in places) else None


def opens_clause(text, place):
    """Return whether a country is the subject of a clause: "Italy sent", "after Italy sent".

    Parameters
    ----------
    text : str
        The sentence.
    place : Setting
        One of its places.

    Returns
    -------
    bool
    """
    is_first = place.start < TOPIC_START
    return is_first or CONJUNCTION.search(text[max(0, place.start - 12) : place.start]) is not None


def find_takers(reading, sentence):
    """Return the countries that a sentence says take people home.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence

    Returns
    -------
    list of str
    """
    places = [p for p in get_places(reading, sentence) if p.role == "place"]
    return collect_codes([p for p in places if TAKES_HOME.match(sentence.text, p.end)], ("place",))


def find_fetched(reading, sentence):
    """Return the countries from which a sentence says that people were brought.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence

    Returns
    -------
    list of str
        "French planes brought twelve orphans home from Syria" gives Syria.
    """
    text = sentence.text
    places = [p for p in get_places(reading, sentence) if p.role == "place"]
    whence = [p for p in places if WHENCE.search(text[max(0, p.start - 60) : p.start])]
    return collect_codes(whence, ("place",))


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
    away += [p for p in places if opens_clause(text, p) and SENDS.match(text, p.end)]
    away += [p for p in places if opens_clause(text, p) and STATIONS.match(text, p.end)]
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
    return find_home(reading, last) or None


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
        codes = find_own_countries(reading, sentence) or find_home(reading, sentence)
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
    words = here[0].lower() if here else ""
    codes = _find_just_named(reading, sentence, here) if here else None
    if codes is not None:
        return codes
    whole = None
    for earlier in _iterate_back(reading, sentence):
        if earlier.passage != sentence.passage and find_subject(reading):
            return [find_subject(reading)]
        codes = _find_meant(reading, earlier, words)
        if codes is None:
            continue
        if words.endswith("country") and len(_list_countries(reading, earlier)) > 1:
            return [find_subject(reading) or find_dispatched(reading) or codes[0]] if codes else []
        if not words.endswith(LOCAL) or not _names_countries_alone(reading, earlier):
            return codes
        whole = whole or codes  # "the city" is none of "Italy sent doctors"
    return whole or []


def _list_countries(reading, sentence):
    """Return the countries that a sentence names as such."""
    mentions = find_mentions(reading, sentence)
    return {code for m in mentions if m.kind == "country" for code in m.iso3}


def _names_countries_alone(reading, sentence):
    """Return whether no place that a sentence names is smaller than a country."""
    return len(sentence.text) > LABEL and all(
        p.kind in WHOLE_KINDS for p in get_places(reading, sentence)
    )


def _find_just_named(reading, sentence, here):
    """Return what "there" or "the country" takes up in its own sentence, or camps; None if none."""
    words, text = here[0].lower(), sentence.text
    before = [p for p in get_places(reading, sentence) if p.end <= here.start()]
    before = [p for p in before if not is_subject(text, p)]
    if words == "there":  # it may also be a region that is meant
        before = [p for p in before if p.role in ("place", "region")]
        return collect_codes(before, ("place",)) if before else None
    if words.endswith("country"):
        is_left = LEFT.search(text, max(0, here.start() - NEAR), here.start()) is not None
        is_speakers = is_left or not find_subject(reading)
        before = [
            p
            for p in before
            if p.role == "domestic"
            or (p.role == "speaker" and p.kind in WHOLE_KINDS and is_speakers)
            or (p.kind == "country" and p.role == "place")
        ]
        return list(before[-1].iso3) if before else None
    towns = [p for p in before if p.kind == "city" and p.role == "place"]
    if words.endswith(("city", "town")) and towns:
        return list(towns[-1].iso3)
    return _find_holding(reading, sentence, words) or None


def _find_meant(reading, earlier, words):
    """Return the countries of a place in an earlier sentence, [] of a region; None without any."""
    text, settings = earlier.text, get_places(reading, earlier)
    roles = ("place", "region") if words == "there" else ("place",)
    places = [p for p in settings if p.role in roles]
    towns = [p for p in settings if p.kind == "city"]
    if words.endswith(("city", "town")) and towns and not places[1:]:
        return collect_codes(towns[-1:], ("place", "speaker", "domestic"))
    places = [p for p in places if p.start >= TOPIC_START or not DOES.match(text, p.end)]
    if AWAY.search(words):
        places = [p for p in places if not TAKES_HOME.match(text, p.end)]
    if not places:
        return None
    return collect_codes(places[-1:], ("place",)) or collect_codes(places, ("domestic",))


def _find_holding(reading, sentence, here):
    """Return the countries of the camps or prisons that "the camps" takes up, named as such."""
    noun = CONFINING.search(here)
    if noun is None:
        return []
    for earlier in _iterate_back(reading, sentence):
        text = earlier.text
        codes = [
            code
            for p in get_places(reading, earlier)
            if p.role == "place" and noun[0] in text[max(0, p.start - 30) : p.end + 10]
            for code in p.iso3
        ]
        if codes:
            return list(dict.fromkeys(codes))
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
