"""Tell whether what a clause says of places leaves open where its number is."""

import re

from threatledger.extraction.glance import read_forms
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.place_choice import find_part
from threatledger.extraction.place_context import TAKES_HOME
from threatledger.extraction.place_here import BOTH, HERE, HERE_HINTS
from threatledger.extraction.place_owners import BUYS
from threatledger.extraction.place_sums import is_money, is_share
from threatledger.extraction.rows import ROW

ACTS = LateRegex(
    r"\s+(?:has|have|had|sent|keeps|runs|carried\s+out|conducted|launched|(?:has\s+|have\s+|had\s+)?"
    r"(?:repatriated|brought|took|taken|flew|flown|received|returned|evacuated|airlifted|retrieved|fetched|extradited|deported))\b"
)
ORIGIN_GAP = LateRegex(
    r"\s(?:(?!(?:of|in|at|to|is|are|was|were|had|has|have)\b)[a-z]+\s){0,2}from\s(?:the\s)?"
)
# "transfers from the core to Afghanistan": nothing of the way is left open
ROUTE = LateRegex(r"\bfrom\s[^;:.]{1,40}?\s(?:to|into)\s(?:the\s)?(?:[\w'’-]+\s){0,3}$")
HOME_TO = LateRegex(rf"{ROUTE.pattern}|\b(?:back|home|returned)\s+to\s+(?:the\s)?$")
OF_THE_MEN = LateRegex(
    r"\sof\sthe\s(?:[a-z]+\s)?(?:men|women|dead|wounded|victims|suspects|detainees|fighters|attackers|bombers|gunmen|prisoners"
    r"|hostages|arrested|accused)\s(?:are|were|is|was|came|come)\b"
)
# "Arrivals from Nigeria continue, with 50 a week": from there to here.
FLOW = LateRegex(
    r"\b(?:[Aa]rrivals?|[Rr]efugees|[Rr]eturnees|[Rr]ecruits|[Mm]igrants|[Nn]ewcomers|[Vv]olunteers|[Ii]nflow|[Ii]nflux)\s(?:of\s[a-z]+\s)?"
    r"from\s(?:the\s)?$"
)
ARRIVALS = LateRegex(r"\s(?:new\s)?(?:arrivals?|recruits|newcomers)\b")
LABEL = LateRegex(r"(?:[A-Z][a-z-]+\s){1,3}:\s{0,4}\d|[A-Z][a-z]+:\s{0,4}\d")  # "Iraqis: 28,725"
NEAR = 60  # characters before a place in which those who come from it are named
RANSOM = LateRegex(r"\bransoms?\b|\b(?:freed|released)\b[^;.]{0,40}\bfor\s+(?:\w+\s){0,2}$")
AMONG = LateRegex(
    r"\b(?:is|are|was|were|be|been)\s+among\s+(?:them|these|those)\b"
    r"|\bamong\s+(?:the|those|[\w’']+['’]s)\s+(?:[\w-]+\s+)?(?:dead|killed|wounded|injured|arrested|detained|captured|held"
    r"|victims|hostages|suspects|prisoners|inmates|casualties)\b",
    re.IGNORECASE,
)
FROM = LateRegex(
    r"\bfrom\s+(?:(?!(?:in|at|near|is|are|was|were|has|have|had)\b)[\w'’-]+,?\s+){0,8}\(?$"
)
DESTINATION = LateRegex(r"\b(?:to|into)\s+(?:the\s+)?(?:[\w'’-]+\s+){0,3}$", re.IGNORECASE)
MOVED = LateRegex(
    r"\b(?:transfer(?:s|red)|carried(?!\s+out)|convoys?|repatriat\w+|remitt\w+|wired|relocat\w+|deport\w+"
    r"|sent\s+(?:[\w,]+\s+){1,4}?(?:soldiers|troops|men)"
    r"|(?:sent|brought|took|taken|flown|turned|pushed)\s+(?:back|home)|ha[sd]\s+sent|have\s+sent|dispatched|contribut\w+|flown|airlifted|fetched|subsid\w+"
    r"|extradit\w+|received(?=\s[\w,]+\sof\sits\b))\b",
    re.IGNORECASE,
)
COUNTED_GAP = LateRegex(
    r"(?:\s+of\s+the\s+\w+\s+(?:were|are))?"
    r"\s+(?!(?:in|by|of|to|at|on|for|from)\b)(?:[a-z]+\s+)?"
)
APPOSED_GAP = LateRegex(r"\s[a-z]+,\s(?:(?:some|about|nearly|almost|around|up\sto)\s)?")
NUMBERED_GAP = LateRegex(  # "Ethiopian troops total some 4,000"
    r"(?:\s[a-z]+){0,3}?\s(?:number|numbered|total|totalled)\s"
    r"(?:(?:about|some|around|nearly|almost|roughly|at\sleast|more\sthan|over|up\sto|only)\s)?"
)
JOINED = LateRegex(
    r"\b(?:joined(?!\s(?:it|them|its|the\s(?:branch|affiliate|group|faction))\b)|left|travell?ed|gone|went|departed)\b"
)
BOUND = re.compile(
    r"\b(?:way|route|bound|headed|heading|trying)\s+(?:to|for|towards?)\s+(?:reach\s+|the\s+)?$"
)
# Without these words of a sentence none of "both countries" or "12 states" stands in it.
STATES_HINTS = frozenset("countries states nations nationalities languages capitals".split())


def _is_headcount(reading, sentence):
    """Return whether a list item or a row counts a people of the place above ("Iraqis: 90")."""
    if ROW.search(sentence.text[:60]) or LABEL.match(sentence.text):
        return True
    return reading.passages[sentence.passage].kind == "item" and ":" in sentence.text[:40]


def _come_here(text, quantity, chosen):
    """Return whether the places are those that arrivals come from, or whose they are."""
    first = chosen[0]
    if len(chosen) == 1 and FLOW.search(text, max(0, first.start - NEAR), first.start):
        return True
    return first.role == "people" and ARRIVALS.match(text, quantity.end) is not None


def is_from_here(reading, sentence, quantity, chosen):
    """Return whether whose a number is leaves open where it is, which the text around says.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
    quantity : object
        With ``start`` and ``end``.
    chosen : list of Setting
        The places that the sentence gives the number.

    Returns
    -------
    bool
    """
    text = sentence.text
    if is_share(quantity) or _is_headcount(reading, sentence):
        return True
    if chosen and chosen[0].start < 5 and ACTS.match(text, chosen[0].end) and len(chosen) > 1:
        return False  # "Kazakhstan has taken back 600 citizens from Syria" leaves nothing open
    if chosen and _come_here(text, quantity, chosen):
        return True
    if AMONG.search(text) or OF_THE_MEN.match(text, quantity.end):
        return True
    if MOVED.search(text, *find_part(reading, sentence, quantity, ())):
        way = HOME_TO if is_money(getattr(quantity, "unit", None)) else ROUTE
        return not any(way.search(text[max(0, p.start - 70) : p.start]) for p in chosen)
    if RANSOM.search(text):
        return True
    is_sum = is_money(getattr(quantity, "unit", None))
    is_bought = not is_sum and BUYS.search(text, 0, quantity.start)
    if (
        len(chosen) == 1
        and not is_bought
        and ORIGIN_GAP.fullmatch(text, quantity.end, chosen[0].start)
    ):
        return True  # "two women from Dagestan were found dead"
    counted = [
        p
        for p in chosen
        if COUNTED_GAP.fullmatch(text, quantity.end, p.start)
        or APPOSED_GAP.fullmatch(text, p.end, quantity.start)
        or NUMBERED_GAP.fullmatch(text, p.end, quantity.start)
    ]
    is_people = bool(counted) and all(p.role == "people" for p in chosen)
    return is_people and not JOINED.search(text)


def is_elsewhere(text, place):
    """Return whether a place is who acts ("Rwanda has …") or whence, not where.

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
    if place.start < 5 and ACTS.match(text, place.end):
        return True
    if text.endswith("; ", 0, place.start) and TAKES_HOME.match(text, place.end):
        return True
    before = text[max(0, place.start - 70) : place.start]
    if "from" in before and FROM.search(before):
        return True
    leads = "to" in before.lower() and DESTINATION.search(before)
    return bool(leads and MOVED.search(text))


def points_here(reading, sentence, quantity):
    """Return whether the number's clause speaks of "the city", "the country" and so on.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
    quantity : object
        With ``start`` and ``end``.

    Returns
    -------
    bool
    """
    key = ("here", sentence.index)
    if key not in reading.memo:
        text, forms = sentence.text, read_forms(sentence.text)
        is_here = not HERE_HINTS.isdisjoint(forms) and HERE.search(text)
        is_both = not STATES_HINTS.isdisjoint(forms) and BOTH.search(text)
        reading.memo[key] = bool(is_here or is_both)
    if not reading.memo[key]:
        return False
    first, last = find_part(reading, sentence, quantity, ())
    return bool(HERE.search(sentence.text, first, last) or BOTH.search(sentence.text, first, last))


def is_bound(text, places):
    """Return whether all places are where people were bound, not where they were stopped.

    Parameters
    ----------
    text : str
        The sentence.
    places : list of Setting
        Its places.

    Returns
    -------
    bool
    """
    located = [p for p in places if p.role == "place"]
    return bool(located) and all(BOUND.search(text[: p.start][-40:]) for p in located)
