"""Say which countries a number is about."""

import re

from threatledger.extraction.gazetteer import find_places
from threatledger.extraction.glance import read_forms
from threatledger.extraction.memos import list_earlier, recall
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.place_carry import find_around, find_planned, find_scene
from threatledger.extraction.place_choice import (
    is_in_aside,
)
from threatledger.extraction.place_clause import find_own
from threatledger.extraction.place_context import (
    find_column,
    find_heading,
)
from threatledger.extraction.place_directions import find_direction
from threatledger.extraction.place_forces import find_force
from threatledger.extraction.place_here import BOTH, find_here
from threatledger.extraction.place_money import find_issuer, find_spent
from threatledger.extraction.place_moves import (
    COUNTED_GAP,
    STATES_HINTS,
    is_bound,
)
from threatledger.extraction.place_owners import (
    PART_OF_THEM,
    find_counting,
    find_neighbour,
)
from threatledger.extraction.place_roles import (
    DATELINE,
    PEOPLE_KINDS,
    collect_codes,
    find_asides,
    get_places,
    is_subject,
)
from threatledger.extraction.place_scene import find_fleeting, moves_on
from threatledger.extraction.place_subject import find_subject
from threatledger.extraction.place_sums import (
    is_money,
    is_purse,
    is_share,
    is_unplaced,
    is_wide,
)
from threatledger.extraction.place_tables import find_table_place
from threatledger.extraction.sources import get_sources

__all__ = ["find_places", "link_place"]

STATES = LateRegex(
    r"(?!(?:from|in|to|of|by|for|with|at|on|and|or)\b)(?:[\w-]+\s){0,2}?"
    r"(?:countries|states|member\s+states|nations|nationalities"
    r"|(?<!district\s)(?<!provincial\s)(?<!regional\s)(?<!state\s)capitals|languages)\b",
    re.IGNORECASE,
)
LABELLED = LateRegex(r":\s*$")  # "Other nationalities: 8,256"
STATES_ENDS = tuple("countries states nations nationalities capitals languages".split())
WITNESS_KINDS = frozenset(("count", "explain"))  # who saw it was where it was
OF_WHOM = LateRegex(r"\bof\s+wh(?:om|ich)\b")
CAME_BACK = LateRegex(
    r"\s+(?:[a-z]+\s+)?(?:of\s+(?:them|whom)\s+)?(?:(?:have|had|has|are|were)\s+)?(?:since\s+)?"
    r"(?:returned|(?:come|came|gone|went|been\s+brought|brought|flown)\s+(?:back|home)|back\b|repatriated)"
)
DEAD = LateRegex(  # those who died are where they went
    r"\s+of\s+(?:them|whom|these|those)\s+(?:(?:have|had|has|are|were|was|been|since|now|still)\s+){0,3}"
    r"(?:dead|died|killed|perished|fallen|missing|unaccounted)\b"
)
OF_STATES = LateRegex(r"\b(?:from|by|according\s+to|of)\s$")
NEAR = 25  # characters of a speaker's phrase in which its number stands
LONGEST = 90  # characters of such a phrase
WITH_THEM = LateRegex(r"\b(?:with|whose|for|on|about|after)\s")  # "a lawyer with thirty clients"
CONTINENTS = frozenset(
    ("European Union", "EU", "Europe", "Western Europe", "Africa", "Asia", "Latin America")
)
# "Pakistan has fenced 1,700 km of the frontier": with the country spoken of.
FRONTIER = LateRegex(
    r"(?:[\s-](?:km|kilomet(?:re|er)s?|miles?))?\sof\s(?:the|its)\s(?:[a-z]+\s)?(?:border|frontier)\b(?!\s(?:with|to|between))"
)
GAPPED = LateRegex(  # " troops in the province, and the African Union a further"
    r"[^;:]{0,60},?\s(?:and|while)\s(?:the\s)?(?P<doer>[A-Z][\w'’-]*\s)(?:[A-Z][\w'’-]*\s){0,5}(?:[a-z]+\s){0,1}?"
    r"(?:(?:a\sfurther|another|some|about|only)\s)?"
)
OTHERS = LateRegex(r"\s+(?:other|foreign|of\s+other)\s")
OPENING_OF = re.compile(r"\W*Of\s")
CONVERSION = LateRegex(
    r"(?:\sin\s(?:(?:19|20)\d\d|[A-Z][a-z]+))?(?:\s*\(|,?\sor\s)(?:[a-z]+\s+){0,3}"
)
COMPARES = LateRegex(
    r",\s(?:up|down)\s(?:by\s)?(?:[a-z]+\s){0,2}$|\b(?:up|down)\sfrom\s(?:[a-z]+\s){0,3}$"
    r"|\b(?:as\s)?(?:against|compared\s(?:with|to))\s(?:[a-z]+\s){0,3}$"
)
INNER_STATES = LateRegex(r"\s(?:[a-z-]+\s)?states\b")
FEDERATIONS = frozenset("IND NGA USA MYS DEU AUS SDN SSD SOM ETH BRA MEX MMR VEN".split())
# "a quarter more than in June"
LISTED = LateRegex(  # "400 citizens, followed by Germany with at least"
    r"(?:\s[a-z]+){0,2}(?:,|\sand|,\sand|,\sfollowed\sby)\s(?:the\s)?[A-Z]\w+(?:\s[A-Z]\w+)?(?:\s(?:with|has|had))?\s(?:[a-z]+\s){0,2}"
)
MORE_THAN = LateRegex(r"\s(?:more|fewer|less|higher|lower)\sthan\s")
WHOSE = LateRegex(r",\s(?:and\s)?of\swh(?:om|ich)\s(?:[a-z]+\s){0,3}$")
BESIDE = 40  # characters after a number in which its own place stands
THOUSANDS = LateRegex(r"(?<=\d),(?=\d)")


def link_place(reading, sentence, quantity, counted=None):
    """Say which countries a number is about.

    Parameters
    ----------
    reading : Reading
        The text under reading. Where ``memo[("quantities", index)]`` lists the numbers of a
        sentence, places between two of them are told apart.
    sentence : Sentence
        The sentence that holds the number.
    quantity : object
        With ``start`` and ``end`` into the sentence's text, and ``low`` where known.
    counted : Counted, optional
        The thing counted, None where not known.

    Returns
    -------
    list of str
        ISO 3166-1 alpha-3 codes in order of mention; empty where the number is about no country
        or about a region of several.

    Notes
    -----
    Decision 11 in ``data/gold/GUIDE.md``. Places of the number's own clause come first, then
    those of the sentence before in the same paragraph, of the list or heading above, and of the
    whole text where it is about one country.
    """
    key = ("place", sentence.index, quantity.start)
    what = (counted.what if counted is not None else "") or ""
    is_people = getattr(counted, "unit", "") == "person"
    is_people = is_people and PART_OF_THEM.match(sentence.text, quantity.end)

    def link():
        converted = _find_converted(reading, sentence, quantity)
        if converted is not None:
            return link_place(reading, sentence, converted)
        codes = _link(reading, sentence, quantity, what)
        codes = [*codes, *find_neighbour(reading, sentence, quantity)]
        if codes and FRONTIER.match(sentence.text, quantity.end):
            codes += find_scene(reading, sentence, quantity) or []
        codes += find_spent(reading, sentence, quantity) if codes else []
        codes = dict.fromkeys(codes)
        return tuple(_add_nationals(reading, codes, what) if is_people else codes)

    return list(recall(reading, key, link, ()))


def _add_nationals(reading, codes, what):
    """Add the nationality that the thing counted names, where it stands in another sentence."""
    if what.islower() or not what:
        return codes
    people = [p for p in find_places(what, reading.codebook) if p.kind in PEOPLE_KINDS]
    return list(dict.fromkeys([*codes, *(code for p in people for code in p.iso3)]))


def _link(reading, sentence, quantity, what):
    """Return the countries of a number: those of its row or clause, else those carried over."""
    has_states = not STATES_HINTS.isdisjoint(read_forms(sentence.text))
    plain = _find_plain(reading, sentence, quantity, what, has_states)
    if plain is not None:
        return plain
    places = get_places(reading, sentence)
    has_purse = is_purse(reading, sentence, what)
    told = _drop_told(reading, sentence, places) if has_purse else places
    own = _find_stated(reading, sentence, quantity, told)
    if own is not None:
        return own
    domestic = collect_codes(places, ("domestic",)) or find_counting(reading, sentence, quantity)
    if domestic:
        return domestic
    earlier = _list_handing(reading, sentence, quantity, has_states)
    earlier = _drop_told(reading, sentence, earlier) if has_purse else earlier
    is_same = not has_purse or is_share(quantity)
    if earlier and (is_same or _is_conversion(sentence.text, earlier[-1], quantity)):
        return _inherit(reading, sentence, earlier[-1], quantity)
    if is_unplaced(reading, sentence, quantity, what):
        return _find_planned(reading, sentence, quantity, has_purse)
    return find_around(reading, sentence, quantity, places, what)


def _find_stated(reading, sentence, quantity, places):
    """Return the countries that a number's own sentence or column states, None where none."""
    compared = _find_compared(reading, sentence, quantity)
    compared = _find_gapped(reading, sentence, quantity) if compared is None else compared
    if compared is not None:
        return compared
    own = _find_bound(reading, sentence, quantity, places)
    whole = _find_whole(reading, sentence, quantity)
    if whole is not None:
        inherited = _inherit(reading, sentence, whole, quantity)
        if own and CAME_BACK.match(sentence.text, quantity.end):
            own = [code for code in own if code not in _find_left(reading, sentence)]
        return list(dict.fromkeys([*inherited, *(own or ())]))
    own = find_column(reading, sentence, quantity) if own is None else own
    if own != [] or is_wide(reading, sentence, quantity) or _names_continent(reading, sentence):
        return own
    subject = find_subject(reading)  # a region of several states, in a text about one
    return [subject] * bool(subject)


def _find_plain(reading, sentence, quantity, what, has_states):
    """Return the countries that "both countries", a table or a counted speaker gives outright."""
    if has_states and BOTH.search(sentence.text, max(0, quantity.start - 5), quantity.end + 12):
        return find_here(reading, sentence)
    is_sum = is_money(getattr(quantity, "unit", None))
    held = () if is_sum else find_table_place(reading, sentence, quantity)
    if held and find_column(reading, sentence, quantity) is None:
        named = find_own(reading, sentence, quantity, get_places(reading, sentence)) or ()
        return list(dict.fromkeys([*held, *named]))
    if _is_federal(reading, sentence, quantity):
        return None
    are_states = what.lower().endswith(STATES_ENDS) and STATES.fullmatch(what)
    are_states = are_states and not LABELLED.search(sentence.text, 0, quantity.start)
    are_states = are_states and (has_states or not get_places(reading, sentence))
    if are_states or has_states and _counts_states(sentence.text, quantity):
        return []
    return _find_counted_speaker(reading, sentence, quantity)


def _is_federal(reading, sentence, quantity):
    """Return whether the states counted are those of one country: "India: raids in 14 states"."""
    if not INNER_STATES.match(sentence.text, quantity.end):
        return False
    named = {code for p in get_places(reading, sentence) for code in p.iso3}
    return (named or {find_subject(reading)}) <= FEDERATIONS


def _find_bound(reading, sentence, quantity, places):
    """Return the countries of a number's clause, with who stopped those bound for them."""
    own = find_own(reading, sentence, quantity, places)
    own = own and [*own, *_find_shared(reading, sentence, quantity, own)]
    if not own or not is_bound(sentence.text, get_places(reading, sentence)):
        return own
    stopped = collect_codes(get_places(reading, sentence), ("domestic",))
    stopped = stopped or find_counting(reading, sentence, quantity)
    return list(dict.fromkeys([*stopped, *own]))


def _find_shared(reading, sentence, quantity, own):
    """Return where all of a list are: "In camps in Syria … France has 400, Germany 124"."""
    earlier = list_earlier(reading, sentence, quantity)[-1:]
    if is_money(getattr(quantity, "unit", None)):
        return []
    if not earlier or not LISTED.fullmatch(sentence.text, earlier[0].end, quantity.start):
        return []
    named = {code for p in get_places(reading, sentence) for code in p.iso3}
    whole = link_place(reading, sentence, earlier[0])
    return [code for code in whole if code not in named and code not in own]


def _find_compared(reading, sentence, quantity):
    """Return the countries of the number that this one only compares: "seven, up from two"."""
    earlier = list_earlier(reading, sentence, quantity)[-1:]
    between = sentence.text[earlier[0].end : quantity.start] if earlier else ""
    is_whole = "of wh" in between and WHOSE.search(between)
    is_compared = COMPARES.search(between) or MORE_THAN.match(sentence.text, quantity.end)
    if not earlier or not (is_whole or is_compared):
        return None
    ends = (quantity.end, quantity.end + BESIDE)
    if any(ends[0] <= p.start <= ends[1] for p in get_places(reading, sentence)):
        return None
    if is_whole:
        return _inherit(reading, sentence, earlier[0], quantity)
    return link_place(reading, sentence, earlier[0])


def _names_continent(reading, sentence):
    """Return whether the only regions that a sentence names are wider than any text's subject."""
    regions = [p for p in get_places(reading, sentence) if p.role == "region"]
    return bool(regions) and all(sentence.text[p.start : p.end] in CONTINENTS for p in regions)


def _find_gapped(reading, sentence, quantity):
    """Return where another doer's number is: "Rwanda sent 400 there, and the Union 90 more"."""
    places = get_places(reading, sentence)
    earlier = list_earlier(reading, sentence, quantity)[-1:] if places else ()
    if not earlier or not is_subject(sentence.text, places[0]):
        return None
    gap = GAPPED.fullmatch(sentence.text, earlier[0].end, quantity.start)
    if gap is None:
        return None
    doers = [p for p in places if p.end <= earlier[0].start and is_subject(sentence.text, p)]
    if not doers or any(p.start >= gap.start("doer") for p in places):
        return None
    own = collect_codes(doers, ("place",))
    return [code for code in link_place(reading, sentence, earlier[0]) if code not in own]


def _list_handing(reading, sentence, quantity, has_states):
    """Return the numbers before, in the sentence, that may hand on where they are."""
    asides = find_asides(sentence.text)
    earlier = list_earlier(reading, sentence, quantity)
    earlier = [q for q in earlier if not is_in_aside(asides, q, quantity)]
    return [q for q in earlier if not has_states or not _is_of_states(sentence.text, q)]


def _find_planned(reading, sentence, quantity, has_purse):
    """Return where the money of a plan or a whole group is, by the plan, heading or text."""
    planned = [] if has_purse else find_planned(reading, sentence)
    planned = planned or find_direction(reading, sentence)
    if planned:
        return planned
    heading = find_heading(reading, reading.passages[sentence.passage])
    subject = find_subject(reading) if has_purse else ""
    return heading or [subject] * bool(subject) or find_issuer(reading, sentence, quantity)


def _drop_told(reading, sentence, places):
    """Leave out what stands in the words for a source: "half its income, by ledgers from Raqqa"."""
    sources = get_sources(reading, sentence)
    return [p for p in places if not any(s.start <= p.start < s.end for s in sources)]


def _inherit(reading, sentence, earlier, quantity):
    """Return where the number before is, without whose it is for "other nationals"."""
    codes = link_place(reading, sentence, earlier)
    has_died = DEAD.match(sentence.text, quantity.end) is not None
    if not has_died and (
        PART_OF_THEM.match(sentence.text, quantity.end)
        or CAME_BACK.match(sentence.text, quantity.end)
        or OF_WHOM.search(sentence.text, earlier.end, quantity.start)
    ):
        fleeting = find_fleeting(reading, sentence)
        if not fleeting and CAME_BACK.match(sentence.text, quantity.end):
            fleeting = _find_left(reading, sentence)
        codes = [code for code in codes if code not in fleeting] or codes
    force = find_force(reading, sentence, earlier)
    if force and len(codes) > len(force):
        codes = [code for code in codes if code not in force]
    if not OTHERS.match(sentence.text, quantity.end):
        return codes
    whose = [
        p
        for p in get_places(reading, sentence)
        if p.role == "people" and COUNTED_GAP.fullmatch(sentence.text, earlier.end, p.start)
    ]
    return [code for code in codes if code not in collect_codes(whose, ("people",))] or codes


def _find_left(reading, sentence):
    """Return the countries to which people went who are back: "960 left for Syria, 40 are back"."""
    places, text = get_places(reading, sentence), sentence.text
    return {code for p in places if not moves_on(text, p) for code in p.iso3}


def _is_of_states(text, quantity):
    """Return whether a number only tells of how many states: "from 46 countries"."""
    is_told = not text[: quantity.start].strip() or OF_STATES.search(
        text, max(0, quantity.start - NEAR), quantity.start
    )
    return _counts_states(text, quantity) and bool(is_told)


def _counts_states(text, quantity):
    """Return whether states or the like stand right behind a number."""
    return STATES.match(text[quantity.end :].lstrip()[:40]) is not None


def _find_counted_speaker(reading, sentence, quantity):
    """Return the countries of speakers who are themselves counted ("three officers said")."""
    if is_share(quantity):
        return None
    for source in get_sources(reading, sentence):
        if source.kind in WITNESS_KINDS:
            continue
        is_opening = quantity.start - source.start <= NEAR and source.end - source.start <= LONGEST
        is_own = not WITH_THEM.search(sentence.text, source.start, quantity.start)
        if is_opening and is_own and source.start <= quantity.start < source.end:
            places = get_places(reading, sentence)
            inside = [p for p in places if source.start <= p.start < source.end]
            codes = collect_codes(inside, ("speaker", "place", "people", "domestic"))
            return codes or (None if PART_OF_THEM.match(sentence.text, quantity.end) else [])
    return None


def _find_converted(reading, sentence, quantity):
    """Return the sum that this one gives in other money, None where it gives none."""
    if not is_money(getattr(quantity, "unit", None)):
        return None
    earlier = list_earlier(reading, sentence, quantity)[-1:]
    is_same = earlier and is_money(getattr(earlier[0], "unit", None))
    is_same = is_same and _is_conversion(sentence.text, earlier[0], quantity)
    return earlier[0] if is_same else None


def _is_conversion(text, earlier, quantity):
    """Return whether a number only gives the one before it again: "5,000 pesos (about $97)"."""
    return CONVERSION.fullmatch(text, earlier.end, quantity.start) is not None


def _find_whole(reading, sentence, quantity):
    """Return the number that this one is a part of: "Of 60 held in Iraq, 12 went to Turkey"."""
    if "Of " not in sentence.text:
        return None
    dateline = DATELINE.match(sentence.text)
    if not OPENING_OF.match(sentence.text, dateline.end() if dateline else 0):
        return None
    earlier = list_earlier(reading, sentence, quantity)
    if not earlier:
        return None
    is_part = "," in THOUSANDS.sub(".", sentence.text[earlier[0].end : quantity.start])
    return earlier[0] if is_part else None
