"""Tell which places of a sentence leave the discourse there, and which only pass through it."""

import re

from threatledger.extraction.glance import read_forms
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.place_context import GIVES, SENDS, TAKES_HOME, opens_clause
from threatledger.extraction.place_owners import CITIZENS
from threatledger.extraction.place_roles import get_places, is_subject
from threatledger.extraction.place_sums import is_money
from threatledger.extraction.times import NAME

MOTION = (
    r"(?:left|leav(?:e|es|ing)|travel\w*|went|gone|go|goes|going|mov(?:e|ed|ing)|cross\w*|fled|flee\w*|return\w*"
    r"|sent|send\w*|ship(?:s|ped|ping)|transferr?\w*|fl(?:y|ew|own)|deport\w*|extradit\w*|repatriat\w*|handed"
    r"|walk\w*|dr(?:ove|iven)|head(?:ed|ing)|c(?:a|o)me|coming|slipped|smuggl\w*|depart\w*|escap\w*|relocat\w*"
    r"|withdr\w*|t(?:ook|aken)|brought|bound|carr(?:y|ies|ied|ying)(?!\sout)|passed|wired|remitted|convoys?|payments?|transfers?|shipments?|remittances?|roads?|highway|routes?|flights?|bridge)"
)
EN_ROUTE = re.compile(
    rf"\b(?i:{MOTION})\b[^;:.]{{0,60}}?\b(?P<way>(?:(?:back|home)\s+)?(?:to|into|for|from|via|through|towards?|over|reach))\s+"
    r"(?:[\w'’-]+,?\s+){0,6}$"
)
WAYS = frozenset("to into for from via through toward towards over reach".split())
WORD = LateRegex(r"[a-z]+")
# "… since the Taliban took Kabul": what happened before.
SINCE = LateRegex(
    rf"(?<!ha[sdv]\s)(?<!have\s)\bsince\s(?!(?i:{NAME})\b|\d|then\b|last\b|mid)(?:(?:the|an?|its|their)\s)?(?:[\w'’-]+\s){{0,6}}$"
)
# "Departures dried up before the fall of Mosul": when, not where.
PAST_EVENT = LateRegex(
    r"\b(?:before|after|since|until|following)\sthe\s(?:[a-z-]+\s)?(?:fall|loss|capture|recapture|collapse|battle|siege"
    r"|liberation|defeat|seizure|surrender|takeover|invasion|attacks?|bombings?|massacre|war)\s(?:of|for|on|in|at|against)\s(?:the\s)?$"
)
EXPERIENCE = LateRegex(
    r"\b(?:had|have)\s(?:once\s|previously\s)?(?:been\strained|fought|trained|served|studied)\b[^;.,]{0,40}$"
)
COMPARED = LateRegex(
    r"\b(?:(?:than|like|unlike)\s(?:in\s)?|(?:ed|held|taken|sent)\sby\s|(?:little|nothing|no\slinks?)\s(?:to\sdo\s)?with\s(?:the\s)?)$"
)
CAUSE = LateRegex(r"\b(?:because\sof|due\sto|owing\sto|thanks\sto|as\sa\sresult\sof)\s[^,;]*$")
HOMEWARD = LateRegex(r"back|home|return")
SAID = LateRegex(r"\b(?:said|says|say|told|reported|wrote|that)\b")
# "bombs beside the road to Porga": near there
WAYSIDE = LateRegex(
    r"\b(?:beside|along|on|near|off|across)\s(?:the|an?)\s(?:[a-z]+\s)?(?:road|highway|track|bridge)\s(?:to|into|from)\s(?:the\s)?$"
)
ACROSS = frozenset(("via", "through", "over"))
BACKGROUND = LateRegex(r"\bhad\s+(?:\w+\s+)?(?:been\s+)?\w+(?:ed|en|t|nt|ght|ed)\b[^;.]{0,60}$")
THERE = LateRegex(r"\b[Tt]here\b(?!\s+(?:is|are|was|were|has|have|had|may|will)\b)")
FROM = LateRegex(r"\bfrom\b")
WHITHER = LateRegex(r"\b(?:to|into|for|towards?)\b")
BEYOND = LateRegex(r"\b(?:across|over|beyond)\s(?:the|its|their)\s(?:border|frontier)\b")
STAYING = LateRegex(
    r"\s(?:[a-z]+\s)?(?:troops|soldiers|marines|trainers|advisers)\s(?:left|remaining)\b"
)
PHRASE = 30  # characters before a place in which "from the core to" stands
NEAR = 110  # characters before a place that tell how it is meant


def moves_on(text, place):
    """Return whether a place leaves the discourse there: not where people went or had been.

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
    before = text[max(0, place.start - NEAR) : place.start]
    if EXPERIENCE.search(before):
        return False
    if _find_way(before) or SINCE.search(before) or COMPARED.search(before):
        return False
    if "the " in before and PAST_EVENT.search(before):
        return False
    return SAID.search(before) is not None or not BACKGROUND.search(before)


def _find_way(before):
    """Return how a place is reached or left, as the words before it tell."""
    # A look at the words first: the pattern tries every place where a motion may begin.
    if WAYS.isdisjoint(WORD.findall(before)):
        return None
    return EN_ROUTE.search(before)


def keeps_scene(reading, sentence):
    """Return whether a sentence leaves the discourse where the sentence before had it.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence

    Returns
    -------
    bool
        Where all its places are those people came from, went to or had been in.
    """
    settings = get_places(reading, sentence)
    places = [p for p in settings if p.role in ("place", "domestic", "region")]
    lasting = [p for p in places if moves_on(sentence.text, p)]
    if "there" in read_forms(sentence.text) and THERE.search(sentence.text):
        lasting = [p for p in lasting if not is_subject(sentence.text, p)]
    if len(places) > 1 and len({p.iso3 for p in places}) == 1:
        return False  # "the road from Gao to Ansongo" is all in Mali
    return bool(settings) and not lasting


def find_fleeting(reading, sentence):
    """Return the countries that a sentence names only as whence, whither or what had been.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence

    Returns
    -------
    set of str
        Empty where it names no others.
    """
    roles = ("place", "domestic", "speaker", "people")
    places = [p for p in get_places(reading, sentence) if p.role in roles]
    text = sentence.text
    if any(TAKES_HOME.match(text, p.end) for p in places):
        return set()  # others may be taken home from there too
    lasting = {code for p in places if moves_on(text, p) for code in p.iso3}
    return {code for p in places for code in p.iso3} - lasting if lasting else set()


def is_before(text, quantity, place):
    """Return whether a place is of what happened before: "… since the Taliban took Kabul".

    Parameters
    ----------
    text : str
        The sentence.
    quantity : object
        With ``start`` and ``end``.
    place : Setting
        One of its places.

    Returns
    -------
    bool
    """
    if place.start < quantity.end:
        return False
    between = text[quantity.end : place.start]
    if "since" in between and SINCE.search(between):
        return True
    return CAUSE.search(between) is not None


def is_beyond(text, quantity, chosen):
    """Return whether people are over the border of the country that has them there.

    Parameters
    ----------
    text : str
        The sentence.
    quantity : object
        With ``start`` and ``end``.
    chosen : list of Setting
        The places that the sentence gives the number.

    Returns
    -------
    bool
        "Uganda has 2,700 soldiers across the border"; "Rwanda deployed 400 more".
    """
    if not chosen or not all(opens_clause(text, p) for p in chosen):
        return False
    sends = SENDS.match(text, chosen[-1].end)
    if sends is None and is_money(getattr(quantity, "unit", None)):
        sends = GIVES.match(text, chosen[-1].end)
    is_sent = sends is not None and sends.end() <= quantity.start <= sends.end() + PHRASE
    is_sent = is_sent or STAYING.match(text, quantity.end) is not None
    is_sent = is_sent or CITIZENS.match(text, quantity.end) is not None
    return is_sent or BEYOND.search(text, quantity.end) is not None


def _is_end(text, quantity, place):
    """Return whether a place is whence or whither the counted go, abroad."""
    start = max(0, place.start - NEAR)
    way = _find_way(text[start : place.start])
    if way is None or way["way"] in ACROSS or WAYSIDE.search(text, start, place.start):
        return False
    is_inside = start + way.start("way") < quantity.start < place.start
    is_home = "from" not in way["way"] and HOMEWARD.search(way[0])
    return not is_inside and not is_home


def is_passage(text, quantity, chosen):
    """Return whether a number's places are only the one end of a way: "700 fled to Chad".

    Parameters
    ----------
    text : str
        The sentence.
    quantity : object
        With ``start`` and ``end``.
    chosen : list of Setting
        The places that the sentence gives the number.

    Returns
    -------
    bool
        False where it says both whence and whither.
    """
    located = [p for p in chosen if p.role in ("place", "region")]
    if not located or any(p.role == "people" for p in chosen):
        return False
    if not all(_is_end(text, quantity, p) for p in located):
        return False
    return not says_both_ends(text, quantity, located)


def says_both_ends(text, quantity, chosen):
    """Return whether a clause says both whence and whither: "crossed from Kivu into Uganda".

    Parameters
    ----------
    text : str
        The sentence.
    quantity : object
        With ``start`` and ``end``.
    chosen : list of Setting
        The places that the sentence gives the number, one or more.

    Returns
    -------
    bool
    """
    first = min(quantity.end, chosen[0].start - PHRASE)
    words = text[max(0, first) : max(p.end for p in chosen)]
    return FROM.search(words) is not None and WHITHER.search(words) is not None
