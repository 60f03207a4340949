"""Say whose people a number leaves out: "another 48", "Pakistan expelled 540,000 in May"."""

import re

from threatledger.extraction.memos import get_quantities, list_earlier
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.place_links import link_number
from threatledger.extraction.place_moves import COUNTED_GAP
from threatledger.extraction.place_owners import CITIZENS, PART_OF_THEM, ROUGHLY, find_owner
from threatledger.extraction.place_roles import collect_codes, get_places

PAIR = LateRegex(r"\s[a-z]+\s(?:and|with)\s(?:[a-z]+\s){0,2}")
KIN = LateRegex(
    r"\s(?:of\stheir\s)?(?:children|minors|women|wives|boys|girls|infants|men|orphans)\b"
)
BARE = LateRegex(
    r"\s(?:of\sthem\s)?(?:(?:women|men|children|minors|families|girls|boys)\s(?:and\s(?:women|children|minors)\s)?)?(?:have|had|has|were|are|was|died|returned|came|went|fled|joined|remain|remained|live|lived|fought)\b"
)
ANOTHER = re.compile(rf"\W*(?:Another|A\sfurther|The\s(?:other|remaining|rest))\s{ROUGHLY}")
OPENING = re.compile(rf"\W*{ROUGHLY}", re.IGNORECASE)
NOUNLESS = LateRegex(r"[.,;]|\s(?:last|this|since|so|in\s(?:19|20)\d\d|by\s(?:the|mid))\b")
TAKEN = LateRegex(
    rf"\b(?:(?:pushed|sent|turned|took|taken|brought|flew|flown|handed)\s(?:back|home|over)|returned|repatriated|deported|expelled"
    rf"|received|extradited)\s{ROUGHLY}$"
)
NEAR = 60  # characters before a number in which people are said to be taken


def find_same_people(reading, sentence, quantity):
    """Return whose people "another 48" are: those counted in the sentence before.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
    quantity : object
        With ``start`` and ``end``.

    Returns
    -------
    list of str
    """
    text = sentence.text
    earlier = list_earlier(reading, sentence, quantity)
    if earlier and BARE.match(text, quantity.end):
        counted = _find_counted_people(reading, sentence, earlier[-1:])
        is_national = CITIZENS.match(text, earlier[-1].end)
        return counted or (find_owner(reading, sentence, earlier[-1]) if is_national else [])
    is_same = ANOTHER.fullmatch(text, 0, quantity.start)
    is_same = is_same or (not earlier and _leaves_out_whom(text, quantity))
    is_same = is_same or (PART_OF_THEM.match(text, quantity.end) and not earlier)
    if not is_same or not sentence.index:
        return []
    before = reading.sentences[sentence.index - 1]
    if before.passage != sentence.passage:
        return []
    return _find_counted_people(reading, before, get_quantities(reading, before))


def find_whole(reading, sentence, quantity):
    """Return the countries of those of whom a part is told: "900 left …, 40 have died there".

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
    quantity : object
        With ``start`` and ``end``.

    Returns
    -------
    list of str
    """
    earlier = list_earlier(reading, sentence, quantity)
    if not earlier or not BARE.match(sentence.text, quantity.end):
        return []
    return link_number(reading, sentence, earlier[0])


def _leaves_out_whom(text, quantity):
    """Return whether a clause leaves out whom it counts: "Pakistan expelled 540,000 in May"."""
    if BARE.match(text, quantity.end) and OPENING.fullmatch(text, 0, quantity.start):
        return True
    if not NOUNLESS.match(text, quantity.end):
        return False
    return TAKEN.search(text, max(0, quantity.start - NEAR), quantity.start) is not None


def _find_counted_people(reading, sentence, quantities):
    """Return whose people some numbers of a sentence count: "2,900 Jordanians"."""
    counted = [
        p
        for p in get_places(reading, sentence)
        for q in quantities
        if p.role == "people" and COUNTED_GAP.fullmatch(sentence.text, q.end, p.start)
    ]
    return collect_codes(counted, ("people",))


def find_paired_people(reading, sentence, quantity):
    """Return whose people the first of a pair are: "18 Maldivian women and 33 children".

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
    quantity : object
        With ``start`` and ``end``.

    Returns
    -------
    list of str
    """
    earlier = list_earlier(reading, sentence, quantity)
    if not earlier:
        return []
    between = [
        p
        for p in get_places(reading, sentence)
        if p.role == "people" and COUNTED_GAP.fullmatch(sentence.text, earlier[-1].end, p.start)
    ]
    if not between or not PAIR.fullmatch(sentence.text, between[-1].end, quantity.start):
        return []
    return collect_codes(between, ("people",)) if KIN.match(sentence.text, quantity.end) else []
