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
    get_places,
)

REACH_BACK = 12  # sentences that "the city" or "the country" reaches back
OPENS = LateRegex(r"(?:(?:to|in|from|of|for)\s+)?(?:the\s+)?", re.IGNORECASE)
ELSEWHERE = LateRegex(
    r"\b(?:with|than|like|unlike)\s+$|\bfrom\s+"
    r"(?:(?!(?:in|at|near|is|are|was|were|has|have|had)\b)[\w'’-]+,?\s+){0,8}$",
    re.IGNORECASE,
)
SENDS = LateRegex(
    r"\s+(?:has\s+|have\s+|had\s+)?(?:since\s+|also\s+)?(?:sent|sends|lends|lent|deploys|deployed|dispatched|committed|posted|withdrew|withdrawn|pulled|donated|contributed"
    r"|supplied|shipped|stationed)\b"
)
GIVES = LateRegex(
    r"\s(?:(?:has|have|had)\s)?(?:also\s|since\s|alone\s)?(?:given|gave|pledged|granted|lent|provided|promised|offered)\b"
)
WHENCE = LateRegex(r"\b(?:from|out\sof)\s(?:the\s)?(?:[\w'’-]+\s){0,4}$")
STATIONS = LateRegex(  # "France has 5,100 soldiers in the region"
    r"(?:,\swhich)?\s(?:has|had|keeps|kept|maintains)\s(?:[a-z]+\s){0,2}[\d,]+\s(?:[a-z]+\s)?(?:soldiers|troops|men|trainers|marines|advisers)\s(?:in|on|at)\s"
)
# "Iraq took back 4,900 of its nationals": from elsewhere.
TAKES_HOME = LateRegex(
    r"(?:['’]s?\s+[a-z]+)?\s+(?:has\s+|have\s+|had\s+)?(?:(?:since|so far|also|already|now)\s+)?"
    r"(?:repatriat\w+|(?:took|taken|takes|taking|brought|brings|bringing|flew|flown|flies|flying|got|airlifted)\s+(?:back|home)"
    r"|readmitted|airlifted|retrieved|fetched|(?:received|accepted)\s[\w,]+\sof\sits(?:\sown)?\s(?:citizens|nationals))\b"
)
CONJUNCTION = LateRegex(
    r"\b(?:after|since|when|as|while|until|before|that|and|but|because|once)\s(?:the\s)?$"
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
    named = get_places(reading, sentence)
    places = [p for p in named if not ELSEWHERE.search(text[: p.start][-70:])]
    if not places and len(named) > 1 and len({p.iso3 for p in named}) == 1:
        places = named  # "the road from Gao to Ansongo" is all in Mali
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
    if len(places) > 1 and len({p.iso3 for p in places}) == 1:
        return set()
    away = [p for p in places if ELSEWHERE.search(text[: p.start][-70:])]
    away += [p for p in places if opens_clause(text, p) and SENDS.match(text, p.end)]
    away += [p for p in places if opens_clause(text, p) and STATIONS.match(text, p.end)]
    away += [p for p in places if opens_clause(text, p) and GIVES.match(text, p.end)]
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
