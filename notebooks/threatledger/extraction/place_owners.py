"""Say whose a number is where no place tells: troops, speakers that count, nationals, money."""

import functools
import re

from threatledger.extraction.gazetteer import find_names
from threatledger.extraction.glance import read_forms
from threatledger.extraction.memos import list_earlier
from threatledger.extraction.place_roles import DOMESTIC, collect_codes, get_places
from threatledger.extraction.sources import get_sources

OWN_WORDS = 30  # characters after a number in which its people stand
MOST_COUNTRY = 3  # words of a country's name that is all of a speaker
NOT_ITS_MEN = re.compile(
    r"[,;]|\b(?:kill|wound|injur|captur|arrest|detain|hit|target|fought|fight)\w*", re.IGNORECASE
)
BUYS = re.compile(
    r"\b(?:hired|hires|bought|buys|purchased|acquired|received|recruited|employs|employed|imported|hosts|hosted|leased"
    r"|ordered|took\s+delivery\s+of|brought\s+in|signed\s+up|taken\s+on|took\s+on)\b"
)
# "Rwandan troops, which number some 3,100 soldiers", "French soldiers, about 2,400 of them".
FORCE = (
    r"(?:['’]s?)?\s+(?:and\s+[\w-]+\s+)?(?:[\w-]+\s+){0,2}?(?:forces|troops|soldiers|peacekeepers|marines"
    r"|commandos|contingents?|battalions?|brigades?|mercenaries|contractors|advisers|advisors|instructors"
    r"|trainers|army|military|mission)"
)
ROUGHLY = (
    r"(?:(?:about|some|around|nearly|almost|roughly|approximately|an|estimated|at|least|most|more|fewer"
    r"|less|than|over|up|to|as|many|only|just|close|perhaps|between|under)\s+){0,3}"
)
NUMBERING = re.compile(
    rf"{FORCE}(?:,\s+(?:(?:which|who|now|once|still|and)\s+){{0,2}}|\s+)"
    r"(?:(?:now|still|once|then)\s+)?(?:number(?:s|ed|ing)?|total(?:s|led|ling)?|have|had|has)\s+"
    rf"{ROUGHLY}"
)
SUCH_FORCE = re.compile(rf"{FORCE},\s+{ROUGHLY}")
ALL_TOLD = re.compile(r"\s+(?:of\s+them|strong|in\s+all|all\s+told|in\s+total|men)\b|-strong\b")
ITS = re.compile(r"\b(?:its|their|his)\s+$")
OWNED_BY = re.compile(r"\s+of\s+(?:his|her|its|their)\s", re.IGNORECASE)
PART_OF_THEM = re.compile(r"\s+of\s+(?:them|whom|these|those)\b", re.IGNORECASE)
ITS_OWN = re.compile(r"\s+(?:\w+\s+){0,3}?(?:that\s+)?(?:it|its)\s", re.IGNORECASE)
NATIONAL_HINTS = frozenset(
    "nationals citizens compatriots countrymen countrywomen subjects".split()
)
NATIONALS = re.compile(
    r"\b(?:its|their|his|her|our)\s+(?:own\s+)?(?:[a-z]+\s+)?(?:nationals|citizens|compatriots|countrymen"
    r"|countrywomen|subjects)\b"
)


TOWNS = frozenset(("city", "province", "district"))
WORLDWIDE = frozenset(("USD", "EUR", "GBP", "CHF"))  # money that is paid in anywhere


CITIZENS = re.compile(
    r"\s+(?:[a-z]+\s+)?(?:nationals|citizens|compatriots|countrymen)\b(?!\s+(?:of|from)\b)"
)
DEPARTED = re.compile(
    r"\s+(?:people|persons|men|women|youths|residents|volunteers|fighters)?\s*(?:who\s+)?(?:have\s+|had\s+)?"
    r"(?:left|travell?ed|gone|went|departed)\s+(?:for|to)\b"
)
HELD = re.compile(
    r"\b(?:arrest|detain|sentenc|convict|charg|tried|try|captur|intercept|stopp|deport|expel|extradit|jail|imprison"
    r"|held|hold|turn|caught|catch|accus|suspect|releas|freed|free|indict|question|prosecut|execut|stripp)\w*\b",
    re.IGNORECASE,
)
# Those who speak of other countries: "a US envoy said".
FOREIGN = re.compile(
    r"(?:['’]s)?\s+(?:[a-z]+\s+)?(?:envoys?|diplomats?|ambassadors?|researchers?|analysts?|experts?|think|study"
    r"|studies|institutes?|professors?|academics?|embassy|scholars?|journalists?|newspapers?|magazine|daily)\b",
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
            or SUCH_FORCE.fullmatch(text, p.end, quantity.start)
            and ALL_TOLD.match(text, quantity.end)
        )
    ]
    return collect_codes(armies[-1:], roles)


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
        return collect_codes(places, ("speaker", "domestic"))
    if DEPARTED.match(text, quantity.end):
        speakers = [p for p in places if p.kind not in ("adjective", "people")]
        return collect_codes(speakers, ("speaker",))
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
        return []
    earlier = list_earlier(reading, sentence, quantity)
    if not earlier:
        return []
    end = earlier[-1].end
    near = [p for p in get_places(reading, sentence) if end <= p.start <= end + OWN_WORDS]
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
        is_country = bool(named) and named[0].kind == "country"
        is_home = bool(named) and (named[0].kind in TOWNS or DOMESTIC.match(text, named[0].end))
        counts = source.kind == "count" and is_home
        if not (is_country or counts) or len(source.phrase.split()) > MOST_COUNTRY:
            continue
        if source.end <= quantity.start < source.cue_start:
            return list(named[0].iso3)  # "Tunisia, which has put 2,000 men on the border, says"
        counts_own = source.kind == "count" or ITS_OWN.match(text, source.cue_end)
        if counts_own and quantity.start >= source.cue_end:
            return list(named[0].iso3)
    return []


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
    homes = _read_homes(reading.codebook)
    names = find_names(sentence.text, reading.codebook)
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
    ends = [s.cue_end for s in get_sources(reading, sentence) if s.place == "after"]
    after = [p for p in places if ends and "," in sentence.text[ends[-1] : p.start]]
    return codes or collect_codes(after, ("place",))


def find_issuer(reading, quantity):
    """Return the country that alone issues the money of a sum, for a sum that nothing places.

    Parameters
    ----------
    reading : Reading
    quantity : object
        With ``unit`` where known.

    Returns
    -------
    list of str
    """
    return list(_read_issuers(reading.codebook).get(getattr(quantity, "unit", None), ()))


@functools.lru_cache(maxsize=8)
def _read_issuers(codebook):
    """Return the one country that each currency is named for, by its code."""
    issuers = {}
    for row in codebook.rows("currencies"):
        issuers.setdefault(row["code"], set()).update(re.split(r"[| ]+", row["countries"]))
    return {
        code: tuple(codes - {""})
        for code, codes in issuers.items()
        if len(codes - {""}) == 1 and code not in WORLDWIDE
    }
