"""Find what place "there", "the city" and "both countries" take up."""

import re

from threatledger.extraction.memos import recall
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.place_context import REACH_BACK, TAKES_HOME, find_lead
from threatledger.extraction.place_roles import (
    TOPIC_START,
    collect_codes,
    find_mentions,
    get_places,
    is_subject,
)
from threatledger.extraction.place_subject import find_dispatched, find_subject

BOTH = LateRegex(r"\b(?:both|the\s+two)\s+(?:countries|states|nations)\b", re.IGNORECASE)
DOES = LateRegex(r"\s+(?:has|have|had)\s+[a-z]+(?:ed|nt|ne|ut|en)\b")  # "Turkey has trained"
CONFINING = LateRegex(r"camp|prison|jail")
LEFT = LateRegex(r"\b(?:left|leaves?|leaving|fled|entered|quit|out\sof|across)\s$")
LOCAL = ("city", "town", "village", "district", "governorate", "enclave", "valley")
JOINED = LateRegex(r"\s(?:and|or)\s(?:the\s)?")
LABEL = 30  # characters of a sentence that only names its country: "Libya."
WHOLE_KINDS = frozenset(("country", "adjective", "people", "region"))
AWAY = LateRegex(r"\b(?:camps?|prison|annex|there)$")  # where those taken home were
HERE_NOUNS = (
    "country province city camp camps town district island islands capital governorate village"
    " mountains annex territory enclave peninsula prison valley valleys centre area state"
).split()
HERE_HINTS = frozenset([*HERE_NOUNS, "there", "region"])  # none of these words, no "here"
HERE = LateRegex(
    r"\b(?<!across\s)(?<!over\s)(?:[Tt]he|[Tt]hat|[Tt]his|(?:[Ii]ts|[Tt]heir)(?!\s+(?:territory|area)\b))\s+(?:[a-z-]+\s+)?"
    rf"(?:{'|'.join(HERE_NOUNS)})\b(?!['’-])(?!\s+(?:security|media|television|radio|news|prosecutors?|courts?|owned|run"
    r"|oil|companies|company|departments?|police|budget|funds?|of\s+(?:emergency|affairs|siege|war)))"
    r"|\b(?:are|remain|remained|lives?|lived|living|held|stuck|stranded)\s(?:still\s)?in\sthe\sregion\b(?!\sof)"
    r"|\b[Tt]here\b(?!\s+(?:is|are|was|were|may|will|(?:has|have|had)\s+(?:also\s|not\s|never\s|since\s)?(?:been|to|no))\b)"
)
NEAR = 20  # characters before "the country" that tell that it was left


def find_here(reading, sentence):
    """Return the countries of the place that "the city" or "both countries" takes up.

    Parameters
    ----------
    reading : Reading
        The text under reading.
    sentence : Sentence
        The sentence with the words.

    Returns
    -------
    list of str
        Empty where no place is named within reach.
    """
    if BOTH.search(sentence.text):
        return _find_pair(reading, sentence)
    lead = find_lead(reading, reading.passages[sentence.passage])
    if lead is not None:
        return lead
    here = HERE.search(sentence.text)
    words = here[0].lower() if here else ""
    codes = _find_just_named(reading, sentence, here) if here else None
    if codes is not None:
        return codes
    whole, subject = None, find_subject(reading)
    if subject in collect_codes(get_places(reading, sentence), ("people",)):
        subject = ""  # "60 French men are there": not in France
    for earlier in _iterate_back(reading, sentence):
        if earlier.passage != sentence.passage and subject:
            return [subject]
        codes = _find_meant(reading, earlier, words)
        if codes is None and words == "there" and earlier.passage == sentence.passage:
            codes = _find_there_before(reading, earlier)
        if codes is None:
            continue
        if words.endswith("country") and len(_list_countries(reading, earlier)) > 1:
            return [find_subject(reading) or find_dispatched(reading) or codes[0]] if codes else []
        if not words.endswith(LOCAL) or not _names_countries_alone(reading, earlier):
            return codes
        whole = whole or codes  # "the city" is none of "Italy sent doctors"
    return whole or []


def _find_there_before(reading, earlier):
    """Return what an earlier sentence of the paragraph takes up itself, None where nothing."""
    if not HERE.search(earlier.text):
        return None
    key = ("here before", earlier.index)
    return recall(reading, key, lambda: find_here(reading, earlier)) or None


def _list_countries(reading, sentence):
    """Return the countries that a sentence names as such."""
    mentions = find_mentions(reading, sentence)
    return {code for m in mentions if m.kind == "country" for code in m.iso3}


def _names_countries_alone(reading, sentence):
    """Return whether no place that a sentence names is smaller than a country."""
    return len(sentence.text) > LABEL and all(
        p.kind in WHOLE_KINDS for p in get_places(reading, sentence)
    )


def _find_just_named(reading, sentence, here):
    """Return what "there" or "the country" takes up in its own sentence, or camps; None if none."""
    words, text = here[0].lower(), sentence.text
    before = [p for p in get_places(reading, sentence) if p.end <= here.start()]
    before = [p for p in before if not is_subject(text, p)]
    if words == "there":  # it may also be a region that is meant
        before = [p for p in before if p.role in ("place", "region")]
        return collect_codes(before, ("place",)) if before else None
    if words.endswith("country"):
        is_left = LEFT.search(text, max(0, here.start() - NEAR), here.start()) is not None
        is_speakers = is_left or not find_subject(reading)
        before = [
            p
            for p in before
            if p.role == "domestic"
            or (p.role == "speaker" and p.kind in WHOLE_KINDS and is_speakers)
            or (p.kind == "country" and p.role == "place")
        ]
        return list(before[-1].iso3) if before else None
    towns = [p for p in before if p.kind == "city" and p.role == "place"]
    if words.endswith(("city", "town")) and towns:
        return list(towns[-1].iso3)
    return _find_holding(reading, sentence, words) or None


def _find_meant(reading, earlier, words):
    """Return the countries of a place in an earlier sentence, [] of a region; None without any."""
    text, settings = earlier.text, get_places(reading, earlier)
    roles = ("place", "region") if words == "there" else ("place",)
    places = [p for p in settings if p.role in roles]
    towns = [p for p in settings if p.kind == "city"]
    if words.endswith(("city", "town")) and towns and not places[1:]:
        return collect_codes(towns[-1:], ("place", "speaker", "domestic"))
    places = [p for p in places if p.start >= TOPIC_START or not DOES.match(text, p.end)]
    if AWAY.search(words):
        places = [p for p in places if not TAKES_HOME.match(text, p.end)]
    if not places:
        return None
    return collect_codes(_list_joined(text, places), ("place",)) or collect_codes(
        places, ("domestic",)
    )


def _list_joined(text, places):
    """Return the last of some places with those joined to it: "in Syria or Iraq"."""
    first = len(places) - 1
    while first and JOINED.fullmatch(text, places[first - 1].end, places[first].start):
        first -= 1
    return places[first:]


def _find_holding(reading, sentence, here):
    """Return the countries of the camps or prisons that "the camps" takes up, named as such."""
    noun = CONFINING.search(here)
    if noun is None:
        return []
    for earlier in _iterate_back(reading, sentence):
        text = earlier.text
        codes = [
            code
            for p in get_places(reading, earlier)
            if p.role == "place" and noun[0] in text[max(0, p.start - 30) : p.end + 10]
            for code in p.iso3
        ]
        if codes:
            return list(dict.fromkeys(codes))
    return []


def _iterate_back(reading, sentence):
    first = max(0, sentence.index - REACH_BACK)
    return (reading.sentences[index] for index in range(sentence.index - 1, first - 1, -1))


def _find_pair(reading, sentence):
    """Return the last two countries that an earlier sentence names together."""
    for earlier in _iterate_back(reading, sentence):
        codes = collect_codes(get_places(reading, earlier), ("place",))
        if len(codes) == 2:
            return codes
    return []
