"""Find which part of which country "the north-east" is, by where it was last named."""

import re

from threatledger.extraction.glance import read_forms
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.place_roles import get_places
from threatledger.extraction.place_subject import find_subject

DIRECTIONS = frozenset(
    "north south east west northeast northwest southeast southwest north-east north-west south-east"
    " south-west".split()
)
BARE = LateRegex(
    r"\b[Tt]he\s(?P<way>(?:north|south)[-\s]?(?:east|west)|north|south|east|west)\b(?!-)"
    r"(?!\s(?:of|bank|shore|side|wing|gate|coast|face|by)\b|\s[A-Z])"
)
NAMED = r"\b{}(?:ern(?:most)?)?\s(?:of\s)?(?:the\s)?(?:[a-z]+\s(?:of\s)?)?$"
NEAR = 40  # characters before a place in which its part is named
REACH_BACK = 12  # sentences that "the north-east" reaches back


def find_direction(reading, sentence):
    """Return the country whose north or east a sentence speaks of without its name.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence

    Returns
    -------
    list of str
        "In north-eastern Nigeria … 40,000 people in the north-east" gives Nigeria; empty where no
        sentence within reach names that part of a country.
    """
    if DIRECTIONS.isdisjoint(read_forms(sentence.text)):
        return []
    bare = BARE.search(sentence.text)
    if bare is None:
        return []
    way = re.sub(r"[-\s]", "", bare["way"])
    key = ("direction", sentence.index)
    if key not in reading.memo:
        subject = find_subject(reading)
        reading.memo[key] = _look_back(reading, sentence, way) or [subject] * bool(subject)
    return reading.memo[key]


def _look_back(reading, sentence, way):
    """Return the country of the last place of which that part is named."""
    parts = re.match(r"(north|south)?(east|west)?", way)
    named = re.compile(NAMED.format("[-\\s]?".join(p for p in parts.groups() if p)))
    for index in range(sentence.index - 1, max(-1, sentence.index - REACH_BACK - 1), -1):
        text = reading.sentences[index].text
        for place in reversed(get_places(reading, reading.sentences[index])):
            if named.search(text[max(0, place.start - NEAR) : place.start].lower()):
                return list(place.iso3)
    return []
