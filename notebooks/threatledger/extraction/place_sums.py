"""Tell sums and media that belong to a whole group or plan, wherever they are spoken of."""

import functools
import re

from threatledger.extraction.glance import read_forms
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.place_owners import HELD, PART_OF_THEM, ROUGHLY
from threatledger.extraction.place_roles import get_places
from threatledger.extraction.place_subject import find_subject

HEAD_END = re.compile(r"\b(?:of|for|from|to|in|by|that|who|received|required)\b")
CHANGE_IN = re.compile(
    r"^(?:(?:rise|fall|drop|growth|increase|decrease|decline|change)\s+(?:in|of)\s+)?"
    r"(?:(?:the\s+)?(?:volume|output|number|amount|flow|stream|production)\s+of\s+(?:its\s+|their\s+)?)?"
)
GROUPS = re.compile(
    r"\b(?:in|of|to)\s+(?:the\s+)?(?:its|their|[\w-]*(?:group|organi[sz]ation|movement|network|caliphate|State|Daesh"
    r"|Da['’]esh|ISIL|ISIS|IS|Qaida)['’]s?)\s+(?:[a-z]+\s+)?(?P<purse>[a-z]+)$"
)
FUNDING = LateRegex(
    r"\b(?:funding|appeals?|requirements?|budget|financial\s+overview)\b",
    re.IGNORECASE,
)
MONEY = LateRegex(r"\b(?:money|finances?)\b", re.IGNORECASE)
ON_LINE_HINTS = frozenset(
    "online internet telegram twitter facebook youtube tiktok whatsapp instagram signal web".split()
)
ON_LINE = LateRegex(
    r"\W*(?:Online|On\s(?:the\s)?(?:internet|web|Telegram|Twitter|Facebook|YouTube|TikTok|WhatsApp|Instagram|X|social\smedia))\b"
)
COUNTED = LateRegex(
    rf"\b(?:counted|recorded|found|logged|listed|noted|traced|identified)\s{ROUGHLY}$"
)
NEAR = 60  # characters before a number in which it is said to be counted
MOST_NOUNS = 3  # words of a sentence in which its subject is named
SEARCHED = LateRegex(rf"\b(?:search|raid|visit|storm)(?:ed|ing)\s{ROUGHLY}$")
OWN_FOLLOWERS = re.compile(r"\sof\s(?:its|his|their|the)\s")
JOINING = frozenset(("and", "or"))
OF_BRANCH = LateRegex(r"\b(?:branch|affiliate|chapter|province)(?:['’]s)?\b")
STATES_HINTS = frozenset("countries states nations nationalities".split())
IN_STATES = LateRegex(
    r"[^;:.]{0,60}?\b(?P<where>in|from|to|across|of|by)\s+(?:(?:at\s+least|more\s+than|over|some|about|nearly)\s+)?"
    r"(?:\d+|(?!the\b|these\b|those\b|its\b|their\b|other\b|all\b)[a-z-]+)\s+(?:(?:member|different|other|european)\s+)?"
    r"(?:countries|states|nations|nationalities)\b",
    re.IGNORECASE,
)
WHOLE_HINTS = frozenset("whole worldwide globally world globe".split())
AS_A_WHOLE = LateRegex(
    r"[^;:.]{0,50}?\b(?:worldwide|globally|(?:around|across|over)\sthe\s(?:world|globe)"
    r"|the\swhole\s(?:group|organi[sz]ation|movement)|the\sgroup\sas\sa\swhole)\b"
)
IN_UNION = LateRegex(
    r"\s[^;:.,\d]{0,40}?\b(?:in|across)\s(?:the\s)?(?:European\sUnion|EU)\b(?!['’])"
)
LONGEST_MONEY = 4  # words of a heading for the money of a group or plan
ASKED = LateRegex(r"\b(?:required|requires|requested|requests)\b", re.IGNORECASE)
NEEDED = LateRegex(
    r"\b(?:required?|requires|request(?:ed|s)?|requirements?|needs|needed|seeks|asks)\b"
)


def is_money(unit):
    """Return whether a unit is a currency's ISO 4217 code.

    Parameters
    ----------
    unit : str or None

    Returns
    -------
    bool
    """
    return bool(unit) and len(unit) == 3 and unit.isupper()


def is_share(quantity):
    """Return whether a number is a share, in per cent.

    Parameters
    ----------
    quantity : object
        With ``unit`` where known.

    Returns
    -------
    bool
    """
    return getattr(quantity, "unit", "") == "percent"


@functools.lru_cache(maxsize=8)
def read_unplaced(codebook, kind):
    """Read the nouns of one kind in ``unplaced.csv``.

    Parameters
    ----------
    codebook : Codebook
    kind : str

    Returns
    -------
    frozenset of str
    """
    rows = [row for row in codebook.rows("unplaced") if row["kind"] == kind]
    return frozenset(noun for row in rows for noun in row["nouns"].split("|"))


@functools.lru_cache(maxsize=1 << 10)
def _split_head(what):
    """Return the words of a thing before its first preposition."""
    return HEAD_END.split(what.lower(), maxsplit=1)[0].split()


def is_purse(reading, sentence, what):
    """Return whether a thing is what a whole group owns or earns.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
        Where it speaks of a branch, the thing is the branch's.
    what : str
        The thing counted or valued.

    Returns
    -------
    bool
    """
    whole, head = read_unplaced(reading.codebook, "whole"), _split_head(what)
    if not head or "by" in what.split():
        return False
    if head[-1] not in whole:
        group = GROUPS.search(what)  # "share of taxes in the group's income"
        if group is None or group["purse"].lower() not in whole:
            return False
    return not OF_BRANCH.search(sentence.text)


def is_unplaced(reading, sentence, quantity, what):
    """Return whether a sum belongs to a whole group or plan, which no context places.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
    quantity : object
        With ``unit`` where known.
    what : str
        The thing counted or valued.

    Returns
    -------
    bool
    """
    head = _split_head(what)
    if (
        is_purse(reading, sentence, what)
        or head
        and head[-1] in read_unplaced(reading.codebook, "plan")
    ):
        return True
    if not is_money(getattr(quantity, "unit", None)) and not is_share(quantity):
        return False
    if ASKED.search(sentence.text):
        return True
    if PART_OF_THEM.match(sentence.text, quantity.end):
        return False
    heading = reading.passages[sentence.passage].heading
    passage = reading.passages[heading] if heading is not None else None
    is_heading = passage is not None and passage.kind == "heading"
    words = reading.text[passage.start : passage.end] if is_heading else ""
    money = MONEY.search(words) if len(words.split()) <= LONGEST_MONEY else None
    has_purse = bool(money) and (money[0].lower() == "money" or not find_subject(reading))
    return has_purse or bool(FUNDING.search(words))


def is_asked(text):
    """Return whether a sentence says what a plan requires.

    Parameters
    ----------
    text : str

    Returns
    -------
    bool
    """
    return NEEDED.search(text.lower()) is not None


def is_media(reading, sentence, quantity, what):
    """Return whether what is counted is online, in no country that a sentence does not name.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
    quantity : object
        With ``start``, ``end`` and ``unit`` where known.
    what : str
        The thing counted.

    Returns
    -------
    bool
    """
    if _is_on_line(sentence.text, quantity) or _opens_on_line(reading, sentence, quantity):
        return True
    if OWN_FOLLOWERS.match(sentence.text, quantity.end):
        return False
    if SEARCHED.search(sentence.text, max(0, quantity.start - NEAR), quantity.start):
        return False  # "police searched thirty addresses"
    nouns = read_unplaced(reading.codebook, "online")
    head = HEAD_END.split(CHANGE_IN.sub("", what.lower()), maxsplit=1)[0].split()
    joined = not JOINING.isdisjoint(head)
    return not nouns.isdisjoint(head if joined else head[-2:])


def _opens_on_line(reading, sentence, quantity):
    """Return whether a number counts what opens its sentence: "Channels grew: we counted 27"."""
    text = sentence.text
    if not COUNTED.search(text, max(0, quantity.start - NEAR), quantity.start):
        return False
    nouns = read_unplaced(reading.codebook, "online")
    return not nouns.isdisjoint(text.lower().split()[:MOST_NOUNS])


def _is_on_line(text, quantity):
    """Return whether a sentence sets its number on the internet: "On Telegram it has 40"."""
    if is_money(getattr(quantity, "unit", None)) or ON_LINE_HINTS.isdisjoint(read_forms(text)):
        return False
    behind = ON_LINE.match(text, quantity.end)
    return behind is not None or ON_LINE.match(text) is not None


def is_wide(reading, sentence, quantity):
    """Return whether a number is of many states at once, by its own words.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
    quantity : object
        With ``start``, ``end`` and ``unit`` where known.

    Returns
    -------
    bool
        "Plots in nine countries"; "Europol listed 24".
    """
    text = sentence.text
    if not WHOLE_HINTS.isdisjoint(read_forms(text)) and AS_A_WHOLE.match(text, quantity.end):
        return True
    if is_share(quantity) or is_money(getattr(quantity, "unit", None)):
        return False
    if not STATES_HINTS.isdisjoint(read_forms(text)):
        states = IN_STATES.match(text, quantity.end)
        is_held = HELD.search(text) or get_places(reading, sentence)
        if states and (states["where"] != "from" or not is_held):
            return True
    bodies = read_unplaced(reading.codebook, "states")
    if not any(body in text for body in bodies):
        return False
    return IN_UNION.match(text, quantity.end) is not None or any(
        body in text[: quantity.start] for body in bodies
    )
