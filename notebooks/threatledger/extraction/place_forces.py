"""Say whose a number is where it is the strength of a force: "Rwandan troops, some 3,100"."""

import re

from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.place_owners import ROUGHLY
from threatledger.extraction.place_roles import collect_codes, get_places

NOT_ITS_MEN = LateRegex(
    r"[,;]|\b(?:kill|wound|injur|captur|caught|catch|arrest|detain|stopp|intercept|seiz|shot|shoot|freed"
    r"|rescu|execut|hit|target|fought|fight)\w*",
    re.IGNORECASE,
)
# "Rwandan troops, which number some 3,100 soldiers", "French soldiers, about 2,400 of them".
FORCE = (
    r"(?:['’]s?)?\s+(?:and\s+[\w-]+\s+)?(?:[\w-]+\s+){0,2}?(?:forces|troops|soldiers|peacekeepers|marines"
    r"|commandos|contingents?|battalions?|brigades?|mercenaries|contractors|advisers|advisors|instructors"
    r"|trainers|army|military|mission)"
)
NUMBERING = LateRegex(
    rf"{FORCE}(?:,\s+(?:(?:which|who|now|once|still|and)\s+){{0,2}}|\s+)"
    r"(?:(?:now|still|once|then)\s+)?(?:number(?:s|ed|ing)?|total(?:s|led|ling)?|have|had|has)\s+"
    rf"{ROUGHLY}"
)
SUCH_FORCE = LateRegex(rf"{FORCE},\s+{ROUGHLY}")
# "cut the American force to 2,500"
CUT_TO = LateRegex(
    rf"\s(?:force|contingent|presence|garrison|mission)\s(?:there\s)?(?:to|at|of)\s{ROUGHLY}"
)
ALL_TOLD = LateRegex(r"\s+(?:of\s+them|strong|in\s+all|all\s+told|in\s+total|men)\b|-strong\b")


def find_army(reading, sentence, quantity):
    """Return the country whose troops are counted: "Rwandan troops opened a post with 120".

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
    text, places = sentence.text, get_places(reading, sentence)
    armies = [p for p in places if p.role == "abroad" and p.end <= quantity.start]
    armies = [p for p in armies if not NOT_ITS_MEN.search(text[p.end : quantity.start])]
    return collect_codes(armies[-1:], ("abroad",))


def find_force(reading, sentence, quantity):
    """Return the country whose force a number is the strength of: "Rwandan forces, some 3,100".

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
    text, roles = sentence.text, ("abroad", "people")
    armies = [
        p
        for p in get_places(reading, sentence)
        if p.role in roles
        and (
            NUMBERING.fullmatch(text, p.end, quantity.start)
            or CUT_TO.fullmatch(text, p.end, quantity.start)
            or SUCH_FORCE.fullmatch(text, p.end, quantity.start)
            and ALL_TOLD.match(text, quantity.end)
        )
    ]
    return collect_codes(armies[-1:], roles)
