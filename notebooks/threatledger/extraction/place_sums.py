"""Tell sums and media that belong to a whole group or plan, wherever they are spoken of."""

import functools
import re

from threatledger.extraction.place_context import find_subject

HEAD_END = re.compile(r"\b(?:of|for|from|to|in|by|that|who|received|required)\b")
CHANGE_IN = re.compile(
    r"^(?:rise|fall|drop|growth|increase|decrease|decline|change)\s+(?:in|of)\s+"
)
GROUPS = re.compile(
    r"\b(?:in|of|to)\s+(?:the\s+)?(?:its|their|[\w-]*(?:group|organi[sz]ation|movement|network|caliphate|State|Daesh"
    r"|Da['’]esh|ISIL|ISIS|IS|Qaida)['’]s?)\s+(?:[a-z]+\s+)?(?P<purse>[a-z]+)$"
)
FUNDING = re.compile(
    r"\b(?:funding|appeals?|requirements?|budget|financial\s+overview)\b",
    re.IGNORECASE,
)
MONEY = re.compile(r"\b(?:money|finances?)\b", re.IGNORECASE)
LONGEST_MONEY = 4  # words of a heading for the money of a group or plan
ASKED = re.compile(r"\b(?:required|requires|requested|requests)\b", re.IGNORECASE)


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
def _read_unplaced(codebook, kind):
    rows = [row for row in codebook.rows("unplaced") if row["kind"] == kind]
    return frozenset(noun for row in rows for noun in row["nouns"].split("|"))


@functools.lru_cache(maxsize=1 << 10)
def _split_head(what):
    """Return the words of a thing before its first preposition."""
    return HEAD_END.split(what.lower(), maxsplit=1)[0].split()


def is_purse(reading, what):
    """Return whether a thing is what a whole group owns or earns.

    Parameters
    ----------
    reading : Reading
    what : str
        The thing counted or valued.

    Returns
    -------
    bool
    """
    whole, head = _read_unplaced(reading.codebook, "whole"), _split_head(what)
    if not head or head[-1] in whole:
        return bool(head)
    group = GROUPS.search(what)  # "share of taxes in the group's income"
    return group is not None and group["purse"].lower() in whole


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
    if is_purse(reading, what) or head and head[-1] in _read_unplaced(reading.codebook, "plan"):
        return True
    if not is_money(getattr(quantity, "unit", None)) and not is_share(quantity):
        return False
    if ASKED.search(sentence.text):
        return True
    heading = reading.passages[sentence.passage].heading
    passage = reading.passages[heading] if heading is not None else None
    is_heading = passage is not None and passage.kind == "heading"
    words = reading.text[passage.start : passage.end] if is_heading else ""
    money = MONEY.search(words) if len(words.split()) <= LONGEST_MONEY else None
    has_purse = bool(money) and (money[0].lower() == "money" or not find_subject(reading))
    return has_purse or bool(FUNDING.search(words))


def is_media(reading, what):
    """Return whether what is counted is online, in no country that a sentence does not name.

    Parameters
    ----------
    reading : Reading
    what : str
        The thing counted.

    Returns
    -------
    bool
    """
    nouns = _read_unplaced(reading.codebook, "online")
    head = HEAD_END.split(CHANGE_IN.sub("", what.lower()), maxsplit=1)[0].split()
    return not nouns.isdisjoint(head[-2:])
