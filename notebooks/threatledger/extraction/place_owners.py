"""Say whose a number is where no place tells: troops, speakers that count, nationals, money."""

import functools
import re

from threatledger.extraction.gazetteer import find_names
from threatledger.extraction.glance import read_forms
from threatledger.extraction.memos import list_earlier
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.place_roles import (
    DOMESTIC,
    collect_codes,
    find_mentions,
    get_places,
    is_subject,
)
from threatledger.extraction.place_speakers import FOREIGN
from threatledger.extraction.place_subject import find_subject
from threatledger.extraction.sources import get_sources

OWN_WORDS = 30  # characters after a number in which its people stand
MOST_COUNTRY = 3  # words of a country's name that is all of a speaker
BUYS = LateRegex(
    r"\b(?:hired|hires|bought|buys|purchased|acquired|received|recruited|employs|employed|imported|hosts|hosted|leased"
    r"|ordered|took\s+delivery\s+of|brought\s+in|signed\s+up|taken\s+on|took\s+on)\b"
)
ROUGHLY = (
    r"(?:(?:about|some|around|nearly|almost|roughly|approximately|an|estimated|at|least|most|more|fewer"
    r"|less|than|over|up|to|as|many|only|just|close|perhaps|between|under)\s+){0,3}"
)
ITS = LateRegex(r"\b(?:its|their|his)\s+$")
OWNED_BY = re.compile(r"\s+of\s+(?:his|her|its|their)\s", re.IGNORECASE)
PART_OF_THEM = re.compile(
    r"\s+of\s+(?:them|whom|these|those(?!\s(?:who|whose|in|held|caught|taken|sent|[a-z]+ed)\b))\b",
    re.IGNORECASE,
)
ITS_OWN = LateRegex(r"\s+(?:\w+\s+){0,3}?(?:that\s+)?(?:it|its|they|their)\s", re.IGNORECASE)
ITS_LAND = LateRegex(
    r"\bits\s(?:own\s)?(?:[a-z]+\s)?(?:border|frontier|territory|soil|airspace|waters|coast|ports?|airports?|prisons|jails|cells)\b"
)
NATIONAL_HINTS = frozenset(
    "nationals citizens compatriots countrymen countrywomen subjects".split()
)
NATIONALS = LateRegex(
    r"\b(?:its|their|his|her|our)\s+(?:own\s+)?(?:[a-z]+\s+)?(?:nationals|citizens|compatriots|countrymen"
    r"|countrywomen|subjects)\b"
)
BORDERS = frozenset(("border", "frontier"))
BORDER_WITH = LateRegex(r"[^.;]{0,40}?\b(?:border|frontier)\s(?:with|to)\s(?:the\s)?")
OUTSIDERS = frozenset(("USA",))  # whose officials speak of other countries, if they name no place
LENGTH = LateRegex(r"[\s-]?(?:km|kilomet(?:re|er)s?|miles?)\b")
BORDER_TO = LateRegex(r"\b(?:border|frontier)\s(?:with|to)\s(?:the\s)?$")
RUNS = LateRegex(r",?\s(?:[a-z]+\s){0,2}(?:runs?|stretch(?:es)?|extends?|is|measures?)\s")
ALONG = LateRegex(r"\b(?:along|on)\sthe\s$")
FRONTIER = LateRegex(r"\s(?:border|frontier)\b")
OFFICE = LateRegex(
    r"\b(?:mayor|(?:deputy\s)?governor|prefect|councillors?|council|police(?:\schief)?|administrator|commissioner"
    r"|headman|elders?|doctors?|nurses?|hospital|clinic|officials?|authorities|prosecutors?|court|traders|residents)"
    r"\s(?:of|in|at|for)\s(?:the\s)?(?:[\w'’-]+\s){0,3}$"
)
ALL_OF_THEM = re.compile(r"[^.;]{0,60}?,\s(?:all|both)\s(?:of\s(?:them|whom)\s)?(?:are\s|were\s)?")
BODY = LateRegex(
    r"\b(?:ministry|police|courts?|prosecutors?|customs|intelligence|security|central\sbank|gendarmerie|government"
    r"|authorities|army|coast\s?guard|treasury|regulators?|administration|directorate|command|agency)\b",
    re.IGNORECASE,
)
# "French guards reported 14 assaults": those at the place.
REPORTING = frozenset(
    ("reported", "reports", "reporting", "confirmed", "confirms", "knows of", "knew of")
)
DIRECTLY = LateRegex(rf"\s+(?:(?:the|an?)\s+\w+\s+of\s+)?{ROUGHLY}")
TOWNS = frozenset(("city", "province", "district"))
ASIDE = LateRegex(r",\s(?:who|which)\s[^,;]*$")  # "Moroccan police, who broke up 40 cells, know"
JOINED = LateRegex(r"(?:,|\sand)\s(?:the\s)?")  # "Togo and Benin reported two each"


CITIZENS = re.compile(
    r"\s+(?:[a-z]+\s+)?(?:nationals|citizens|compatriots|countrymen)\b(?!\s+(?:of|from)\b)"
)
DEPARTED = re.compile(
    r"\s+(?:people|persons|men|women|youths|residents|volunteers|fighters)?\s*(?:who\s+)?(?:have\s+|had\s+)?"
    r"(?:left|travell?ed|gone|went|departed|tried|attempted)\s+(?:or\s+tried\s+to\s+leave\s+|to\s+\w+\s+)?(?:for|to|\w+ing)\b"
)
HELD = LateRegex(
    r"\b(?:arrest|detain|sentenc|convict|charg|tried|try|captur|intercept|stopp|deport|expel|extradit|jail|imprison"
    r"|held|hold|turn|caught|catch|accus|suspect|releas|freed|free|indict|question|prosecut|execut|stripp)\w*\b",
    re.IGNORECASE,
)


def find_holder(reading, sentence, quantity):
    """Return the country whose police or courts have people of another: "A Danish court …".

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
    roles = ("domestic", "abroad")
    holders = [
        p for p in get_places(reading, sentence) if p.role in roles and p.end <= quantity.start
    ]
    if not holders or not HELD.search(text, holders[-1].end, quantity.start):
        return []
    return collect_codes(holders[-1:], roles)


def find_buyer(reading, sentence, quantity):
    """Return whose army or state hires or buys: "The Malian army hired 1,000 Russian men".

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
    quantity : object
        With ``start`` and ``end``.

    Returns
    -------
    list of str
        Also the state that calls the counted people its own: "says that its Russian partners".
    """
    text, places = sentence.text, get_places(reading, sentence)
    earlier = [p for p in places if p.end <= quantity.start]
    buyers = [p for p in earlier if p.role in ("abroad", "domestic", "place")]
    buyers = [p for p in buyers if not text[: p.start].strip() or p.role != "place"]
    buyers = [p for p in buyers if BUYS.search(text, p.end, quantity.start)]
    if any(p.role == "people" and ITS.search(text[: p.start][-12:]) for p in earlier):
        buyers += [p for p in earlier if p.role == "speaker"][:1]
    return collect_codes(buyers[-1:], ("abroad", "domestic", "place", "speaker"))


def find_owner(reading, sentence, quantity):
    """Return the country that speaks by its capital or its own officer: "four of its men".

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
    is_own = not NATIONAL_HINTS.isdisjoint(read_forms(text)) and NATIONALS.search(
        text, max(0, quantity.start - 80), quantity.end + 80
    )
    if is_own or CITIZENS.match(text, quantity.end):
        codes = collect_codes(places, ("speaker", "domestic"))
        is_ours = is_own and "our" in is_own[0].split()
        return codes or ([find_subject(reading)] if is_ours and find_subject(reading) else [])
    if DEPARTED.match(text, quantity.end):
        adjectives = ("adjective", "people")
        speakers = [p for p in places if p.kind not in adjectives]
        codes = collect_codes(speakers, ("speaker",))
        return codes or find_counting(reading, sentence, quantity)
    if ITS.search(text, max(0, quantity.start - OWN_WORDS), quantity.start):
        return collect_codes([p for p in places if is_subject(text, p)], ("place", "speaker"))
    if not OWNED_BY.match(text, quantity.end):
        return []
    starts = [s.start for s in get_sources(reading, sentence)]
    spoken = [p for p in places if p.role == "speaker" and p.kind not in ("adjective", "people")]
    opening = [
        p for p in spoken if any(not text[a : p.start].strip() for a in starts if a <= p.start)
    ]
    return collect_codes(opening, ("speaker",))


def find_their_people(reading, sentence, quantity):
    """Return whose people a part is of: "1,200 Tunisians are abroad, 970 of them in Syria".

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
    if not PART_OF_THEM.match(sentence.text, quantity.end):
        return _find_all_people(reading, sentence, quantity)
    earlier = list_earlier(reading, sentence, quantity)
    if not earlier:
        return []
    end = earlier[-1].end
    near = [p for p in get_places(reading, sentence) if end <= p.start <= end + OWN_WORDS]
    return collect_codes(near, ("people",))


def _find_all_people(reading, sentence, quantity):
    """Return whose people all of them are: "12 families (60 persons), all Kenyan nationals"."""
    text, position = sentence.text, quantity.end
    all_of_them = ALL_OF_THEM.match(text, position)
    if all_of_them is None:
        return []
    near = [p for p in get_places(reading, sentence) if p.start == all_of_them.end()]
    return collect_codes(near, ("people",))


def find_counting(reading, sentence, quantity):
    """Return the country that counts at home: "Pakistan counted 61", "Turkey said it held 12".

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
    for source in get_sources(reading, sentence):
        if source.place != "before":
            continue
        named = [p for p in places if source.start <= p.start < source.end]
        is_after = quantity.start >= source.cue_end
        is_part = PART_OF_THEM.match(text, quantity.end)
        is_after = is_after and (is_part or ";" not in text[source.cue_end : quantity.start])
        land = ITS_LAND.search(text, source.cue_end)
        acts = ITS_OWN.match(text, source.cue_end) or land
        if acts and is_after and not named:
            home = _find_homes(source.phrase, reading.codebook)
            if home:
                return home  # "the Taliban say that they hold 40"
        is_capital = land and len(source.phrase.split()) <= MOST_COUNTRY
        if not named or not (is_capital or _is_state(text, source, named[0], quantity)):
            continue
        is_aside = ASIDE.search(text, named[0].end, quantity.start) is not None
        if source.end <= quantity.start < source.cue_start or is_aside and not is_after:
            struck = [p for p in places if quantity.end <= p.start < source.cue_start]
            return [
                *named[0].iso3,
                *collect_codes(struck, ("speaker",)),
            ]  # "Tunisia, which has put 2,000 men on the border, says"
        if is_after and (acts or source.kind == "count" or source.cue in REPORTING):
            pair = [p for p in named[1:2] if JOINED.fullmatch(text, named[0].end, p.start)]
            return collect_codes([named[0], *pair], ("speaker",)) or list(named[0].iso3)
    return []


def _is_state(text, source, place, quantity):
    """Return whether a source is a country, or counts as a body of its state: "Oslo police"."""
    if FOREIGN.match(text, place.end):
        return False
    is_short = len(source.phrase.split()) <= MOST_COUNTRY
    is_body = DOMESTIC.match(text, place.end) is not None
    is_body = is_body or place.kind in TOWNS and BODY.search(source.phrase) is not None
    if is_body or place.kind == "country" and is_short:
        return True
    direct = DIRECTLY.fullmatch(text, source.cue_end, quantity.start)
    is_direct = source.cue in REPORTING and direct is not None
    return is_short and (is_direct or source.kind == "count" and place.kind in TOWNS)


def find_home(reading, sentence):
    """Return the country of a force that fights in one alone: "Taliban raids killed eight".

    Parameters
    ----------
    reading : Reading
    sentence : Sentence

    Returns
    -------
    list of str
    """
    return _find_homes(sentence.text, reading.codebook)


def _find_homes(text, codebook):
    homes, names = _read_homes(codebook), find_names(text, codebook)
    found = [homes[m.name.key] for m in names if m.name.kind == "actor" and m.name.key in homes]
    return found[:1]


@functools.lru_cache(maxsize=8)
def _read_homes(codebook):
    return {row["id"]: row["iso3"] for row in codebook.rows("actor-homes")}


def find_spoken(reading, sentence, places):
    """Return the countries of those who speak or act, where a number has no other.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
    places : list of Setting
        The places of the sentence.

    Returns
    -------
    list of str
    """
    own = [p for p in places if not FOREIGN.match(sentence.text, p.end)]
    codes = collect_codes(own, ("abroad", "speaker"))
    codes = [code for code in codes if code not in OUTSIDERS]
    ends = [s.cue_end for s in get_sources(reading, sentence) if s.place == "after"]
    after = [p for p in places if ends and "," in sentence.text[ends[-1] : p.start]]
    return codes or collect_codes(after, ("place",))


def find_neighbour(reading, sentence, quantity):
    """Return the country beyond a border that is measured: "of its 900-km border with Chad".

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
    quantity : object
        With ``end``.

    Returns
    -------
    list of str
    """
    if BORDERS.isdisjoint(read_forms(sentence.text)):
        return []
    text, mentions = sentence.text, find_mentions(reading, sentence)
    border = BORDER_WITH.match(text, quantity.end)
    beyond = [m for m in mentions if border and m.start == border.end()]
    if LENGTH.match(text, quantity.end):
        beyond += [m for m in mentions if _is_border(text, m, quantity)]
    return [code for mention in beyond for code in mention.iso3]


def _is_border(text, mention, quantity):
    """Return whether a length is of a country's border: "the frontier with Chad runs for 90"."""
    before = text[max(0, mention.start - 25) : mention.start]
    if mention.end <= quantity.start:
        is_with = BORDER_TO.search(before) and quantity.start - mention.end <= OWN_WORDS
        return bool(is_with) and RUNS.match(text, mention.end) is not None
    is_along = ALONG.search(before) and FRONTIER.match(text, mention.end)
    return bool(is_along) and mention.start - quantity.end <= 2 * OWN_WORDS


def find_local(reading, sentence):
    """Return the country of a town or province whose own officials speak: "the mayor of Agadez".

    Parameters
    ----------
    reading : Reading
    sentence : Sentence

    Returns
    -------
    list of str
    """
    text = sentence.text
    towns = [p for p in get_places(reading, sentence) if p.role == "speaker" and p.kind in TOWNS]
    local = [p for p in towns if OFFICE.search(text[max(0, p.start - 50) : p.start])]
    return collect_codes(local, ("speaker",))
