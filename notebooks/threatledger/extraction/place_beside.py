"""Tell which places of a clause a number is not about: whose most are, charges, comparisons."""

from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.place_owners import HELD

MOST_OF_THEM = LateRegex(
    r",\s+(?:(?:nearly|almost|virtually)\s+)?(?:most|many|some|all|several|the\s+majority|the\s+bulk)"
    r"(?:\s+of\s+(?:them|whom|these))?\s+(?:(?:are|were)\s+)?(?:from\s+)?(?:[A-Z]\w+(?:,|\s+and)\s+)?$"
)
PAST = LateRegex(r"[^,;.]{0,40},?\s+(?:down\s+|up\s+)?from\s+(?:[a-z]+\s+){0,2}\d")
CHARGE = LateRegex(
    r"\b(?:of|with|for|on\s+charges\s+of|on\s+suspicion\s+of)\s+(?!being\b|having\b|living\b)[a-z]+ing\b"
)
# "attackers who shot 29 in Minya had trained in Derna"
TRAINED = LateRegex(
    r"\b(?:had|having)\s(?:just\s|once\s|previously\s|earlier\s|been\s)*(?:trained|fought|served|studied|lived|stayed|come\sfrom)\b"
    r"[^;.,]{0,40}$"
)
IN_TOUCH = LateRegex(r"\bin\s(?:touch|contact)\swith\s(?:[a-z]+\s){0,3}(?:in\s)?$")
COMPARED = LateRegex(  # "27, four times as many as Portugal"
    r"\b(?:than|as\s(?:many|much|high|often)\sas)\s(?:in\s)?(?:the\s)?$|,\sunlike\s(?:in\s)?(?:the\s)?$"
)


def is_beside_point(text, place, quantity):
    """Return whether a place tells whose most of them are, what they are charged with, or the past.

    "300 men, most of them Iraqis"; "convicted seven of sending money to Syria"; "less than 5 km2,
    from 90,000 in Syria and Iraq" is about less than 5 somewhere.
    """
    if place.start < quantity.end:
        return False
    between = text[quantity.end : place.start]
    most = "," in between and MOST_OF_THEM.search(between)
    if most and (place.role == "people" or "from" in most[0].split()):
        return True
    if "from" in between and PAST.match(between):
        return True
    if COMPARED.search(between) or IN_TOUCH.search(between):
        return True
    if "had" in between and TRAINED.search(between):
        return True
    charge = CHARGE.search(between) if "ing" in between else None
    return charge is not None and HELD.search(text, 0, quantity.end + charge.end()) is not None
