"""Tell which places of a clause a number is not about: whose most are, charges, comparisons."""

from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.place_owners import HELD

MOST_OF_THEM = LateRegex(
    r",\s+(?:(?:nearly|almost|virtually)\s+)?(?:most|mostly|chiefly|mainly|largely|many|some|all|several|the\s+majority|the\s+bulk)"
    r"(?:\s+of\s+(?:them|whom|these))?\s+(?:(?:are|were)\s+)?(?:from\s+)?(?:the\s+)?(?:[A-Z]\w+(?:,|\s+and)\s+)?$"
)
ALL_OF_THEM = LateRegex(r",\s+all\b")
PAST = LateRegex(r"[^,;.]{0,40},?\s+(?:down\s+|up\s+)?from\s+(?:[a-z]+\s+){0,2}\d")
SUBJECT_IS = LateRegex(
    r"^\W*(?:(?:The|A|An|His|Her|Their|Its)\s)?[^\d,;:.]{2,40},\san?\s(?:[a-z]+\s)?$"
)
CHARGE = LateRegex(
    r"\b(?:of|with|for|on\s+charges\s+of|on\s+suspicion\s+of)\s+(?!being\b|having\b|living\b)[a-z]+ing\b"
)
# "attackers who shot 29 in Minya had trained in Derna"
TRAINED = LateRegex(
    r"\b(?:had|having)\s(?:just\s|once\s|previously\s|earlier\s|been\s)*(?:trained|fought|served|studied|lived|stayed|come\sfrom)\b"
    r"[^;.,]{0,40}$"
)
# "sentenced two men who had lived in Syria, at a trial that heard 53": the 53 were not there.
WHO_HAD = LateRegex(
    r"\bwho\s(?:had|have|has)\s(?:once\s|previously\s|earlier\s)?(?:been\s)?[a-z]+\s[^,;]{0,40}$"
)
WHO_HAD_THEY = LateRegex(r"\s(?:[a-z-]+\s){1,3}(?:and\s(?:\w+\s){1,2})?who\s(?:had|have|has)\s")
IN_TOUCH = LateRegex(r"\bin\s(?:touch|contact)\swith\s(?:[a-z]+\s){0,3}(?:in\s)?$")
NEAR = 80  # characters before a place that tell whose man somebody is
COMPARED = LateRegex(  # "27, four times as many as Portugal"
    r"\b(?:than|as\s(?:many|much|high|often)\sas)\s(?:in\s)?(?:the\s)?$|,\sunlike\s(?:in\s)?(?:the\s)?$"
)


def _is_apposed(text, place):
    """Return whether a people only tells whose man the subject is: "The owner, an Iraqi, paid"."""
    is_closed = place.start <= NEAR and text.startswith(",", place.end)
    return is_closed and SUBJECT_IS.search(text, 0, place.start) is not None


def is_in_their_past(between):
    """Return whether the counted themselves had been where a clause says.

    Parameters
    ----------
    between : str
        What stands between a number and a place: " women who had lived in ".

    Returns
    -------
    bool
    """
    return WHO_HAD_THEY.match(between) is not None


def is_beside_point(text, place, quantity):
    """Return whether a place tells whose most of them are, what they are charged with, or the past.

    "300 men, most of them Iraqis"; "convicted seven of sending money to Syria"; "less than 5 km2,
    from 90,000 in Syria and Iraq" is about less than 5 somewhere.
    """
    if place.start < quantity.end:
        before = text[max(0, place.start - NEAR) : place.start]
        is_past = "who " in before and WHO_HAD.search(before)
        return bool(is_past) or place.role == "people" and _is_apposed(text, place)
    between = text[quantity.end : place.start]
    most = "," in between and MOST_OF_THEM.search(between)
    if most and ALL_OF_THEM.match(most[0]) and place.role == "place":
        return False  # "84 children, all from Iraq"
    if most and (place.role == "people" or "from" in most[0].split()):
        return True
    if "from" in between and PAST.match(between):
        return True
    if COMPARED.search(between) or IN_TOUCH.search(between):
        return True
    if "had" in between and TRAINED.search(between) and not is_in_their_past(between):
        return True
    charge = CHARGE.search(between) if "ing" in between else None
    return charge is not None and HELD.search(text, 0, quantity.end + charge.end()) is not None
