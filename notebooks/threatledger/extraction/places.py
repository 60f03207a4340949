"""Say which countries a number is about."""

import re

from threatledger.extraction.footnotes import find_anchored
from threatledger.extraction.gazetteer import find_places
from threatledger.extraction.glance import read_forms
from threatledger.extraction.memos import get_quantities, list_earlier, recall
from threatledger.extraction.place_choice import (
    RELATIVE_STOP,
    choose,
    is_beside_point,
    is_in_aside,
    is_others,
    is_superseded,
)
from threatledger.extraction.place_context import (
    BOTH,
    TOPIC_START,
    find_column,
    find_heading,
    find_here,
    find_lead,
    find_own_countries,
    find_passing_codes,
    find_subject,
    find_title,
)
from threatledger.extraction.place_moves import (
    ACTS,
    COUNTED_GAP,
    MOVED,
    STATES_HINTS,
    is_bound,
    is_elsewhere,
    is_from_here,
    points_here,
)
from threatledger.extraction.place_owners import (
    PART_OF_THEM,
    find_army,
    find_buyer,
    find_counting,
    find_force,
    find_holder,
    find_home,
    find_issuer,
    find_owner,
    find_spoken,
    find_their_people,
)
from threatledger.extraction.place_roles import (
    LOCATING,
    PEOPLE_KINDS,
    collect_codes,
    find_asides,
    get_places,
)
from threatledger.extraction.place_sums import (
    is_media,
    is_money,
    is_purse,
    is_share,
    is_unplaced,
)
from threatledger.extraction.sources import get_sources
from threatledger.extraction.speakers import find_speaking

__all__ = ["find_places", "link_place"]

STATES = re.compile(
    r"(?!(?:from|in|to|of|by|for|with|at|on|and|or)\b)(?:[\w-]+\s){0,2}?"
    r"(?:countries|states|member\s+states|nations|nationalities|capitals|languages)\b",
    re.IGNORECASE,
)
STATES_ENDS = tuple("countries states nations nationalities capitals languages".split())
STATES_ACT = re.compile(
    r"\W*(?:[\w-]+\s){0,2}(?:States|Member\s+States|countries)\s", re.IGNORECASE
)
TOOK_HOME = re.compile(r"\b(?:took|taken|brought|back|home|flew|flown|evacuated|retrieved)\b")
SENT = re.compile(
    r"\b(?:sent|sending|transferred|transferring|wired|wiring|remitted)\s+(?:\w+\s+){0,3}$"
)
WITNESS_KINDS = frozenset(("count", "explain"))  # who saw it was where it was
SOME_WENT = re.compile(
    r"\s+of\s+(?:them|whom|these|those)\s+(?:who\s+)?(?:have\s+|had\s+)?(?:are|remain|were|came|went|fled|crossed"
    r"|moved|gone|come|returned|live)\b"
)
OTHERS = re.compile(r"\s+(?:other|foreign|of\s+other)\s")
TROOPS = re.compile(r"\s+(?:soldiers|troops|men|police|officers|peacekeepers)\b", re.IGNORECASE)
OPENING_OF = re.compile(r"\W*Of\s")
MOST_AROUND = 2  # countries that the text around may add to those of a people
CONVERSION = re.compile(r"\s*\((?:[a-z]+\s+){0,3}")
THOUSANDS = re.compile(r"(?<=\d),(?=\d)")
# A country that opens a paragraph is its subject: "Yemen. …", "Turkey is still …".
TOPIC = re.compile(r"[.:]|\s+(?:is|are|was|were|has|had|remains|remained|holds|keeps|hosts)\b")
REACH = 3  # sentences of a paragraph that a place reaches on


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
        codes = _link(reading, sentence, quantity, what)
        return tuple(_add_nationals(reading, codes, what) if is_people else codes)

    return list(recall(reading, key, link, ()))


def _add_nationals(reading, codes, what):
    """Add the nationality that the thing counted names, where it stands in another sentence."""
    if what.islower() or not what:
        return codes
    people = [p for p in find_places(what, reading.codebook) if p.kind in PEOPLE_KINDS]
    return list(dict.fromkeys([*codes, *(code for p in people for code in p.iso3)]))


def _link(reading, sentence, quantity, what):
    has_states = not STATES_HINTS.isdisjoint(read_forms(sentence.text))
    if has_states and BOTH.search(sentence.text, max(0, quantity.start - 5), quantity.end + 12):
        return find_here(reading, sentence)
    are_states = what.lower().endswith(STATES_ENDS) and STATES.fullmatch(what)
    if are_states or has_states and _counts_states(sentence.text, quantity):
        return []
    speaker = _find_counted_speaker(reading, sentence, quantity)
    if speaker is not None:
        return speaker
    places = get_places(reading, sentence)
    has_purse = is_purse(reading, what)
    told = _drop_told(reading, sentence, places) if has_purse else places
    own = _find_own(reading, sentence, quantity, told)
    if own and is_bound(sentence.text, places):
        stopped = collect_codes(places, ("domestic",))
        stopped = stopped or find_counting(reading, sentence, quantity)
        own = list(dict.fromkeys([*stopped, *own]))
    whole = _find_whole(reading, sentence, quantity)
    if whole is not None:
        return list(dict.fromkeys([*link_place(reading, sentence, whole), *(own or ())]))
    if own is None:
        own = find_column(reading, sentence, quantity)
    if own is not None:
        return own
    domestic = collect_codes(places, ("domestic",)) or find_counting(reading, sentence, quantity)
    if domestic:
        return domestic
    asides = find_asides(sentence.text)
    earlier = list_earlier(reading, sentence, quantity)
    earlier = [q for q in earlier if not is_in_aside(asides, q, quantity)]
    earlier = _drop_told(reading, sentence, earlier) if has_purse else earlier
    if earlier and (
        _is_conversion(sentence.text, earlier[-1], quantity)
        or is_share(quantity)
        or not is_unplaced(reading, sentence, quantity, what)
    ):
        return _inherit(reading, sentence, earlier[-1], quantity)
    if is_unplaced(reading, sentence, quantity, what):
        heading = find_heading(reading, reading.passages[sentence.passage])
        subject = find_subject(reading) if is_purse(reading, what) else ""
        return heading or [subject] * bool(subject) or find_issuer(reading, quantity)
    return _find_around(reading, sentence, quantity, places, what)


def _drop_told(reading, sentence, places):
    """Leave out what stands in the words for a source: "half its income, by ledgers from Raqqa"."""
    sources = get_sources(reading, sentence)
    return [p for p in places if not any(s.start <= p.start < s.end for s in sources)]


def _inherit(reading, sentence, earlier, quantity):
    """Return where the number before is, without whose it is for "other nationals"."""
    codes = link_place(reading, sentence, earlier)
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
        if source.start <= quantity.start < source.end:
            places = get_places(reading, sentence)
            inside = [p for p in places if source.start <= p.start < source.end]
            return collect_codes(inside, ("speaker", "place", "people", "domestic"))
    return None


def _find_beside(reading, sentence, quantity, places):
    """Return what the text around adds to the country of a people; not a list of countries."""
    opening = [p for p in places if p.role in ("place", "speaker") and p.start < TOPIC_START]
    is_moved = MOVED.search(sentence.text) or TOOK_HOME.search(sentence.text)
    if opening and not is_moved and ACTS.match(sentence.text, opening[0].end):
        return list(opening[0].iso3)
    earlier = list_earlier(reading, sentence, quantity)
    if earlier and sentence.text[earlier[-1].end : quantity.start].count(";"):
        return link_place(reading, sentence, earlier[-1])
    around = _find_around(reading, sentence, quantity, places)
    heading = find_heading(reading, reading.passages[sentence.passage])
    is_list = len(around) > MOST_AROUND or (len(around) > 1 and around == heading)
    return [] if is_list else around


def _is_conversion(text, earlier, quantity):
    """Return whether a number only gives the one before it again: "5,000 pesos (about $97)"."""
    return CONVERSION.fullmatch(text, earlier.end, quantity.start) is not None


def _find_own(reading, sentence, quantity, places):
    """Return the countries that the number's own clause gives it, None where it gives none."""
    if not places:
        is_here = points_here(reading, sentence, quantity)
        return list(dict.fromkeys(find_here(reading, sentence))) or None if is_here else None
    text = sentence.text
    others = [q for q in get_quantities(reading, sentence) if q.start != quantity.start]
    usable = [p for p in places if p.role in LOCATING and not is_others(text, p, quantity, others)]
    if usable:
        usable = [p for p in usable if not is_superseded(p, quantity, others, usable)]
        asides = find_asides(text)
        usable = [p for p in usable if not is_in_aside(asides, p, quantity)]
        usable = [p for p in usable if not is_beside_point(text, p, quantity)]
    chosen = choose(reading, sentence, quantity, usable, others)
    codes = collect_codes(chosen, {*LOCATING, "domestic"})
    army = find_army(reading, sentence, quantity) if TROOPS.match(text, quantity.end) else []
    army = army or find_force(reading, sentence, quantity)
    if army and not codes:
        codes = _find_around(reading, sentence, quantity, places)
    codes = [*codes, *army]
    codes = [*codes, *find_owner(reading, sentence, quantity)]
    located = ("place", "region", "domestic")
    is_located = any(p.role in located for p in chosen if not is_elsewhere(text, p))
    if not is_located and points_here(reading, sentence, quantity):
        codes = [*codes, *find_here(reading, sentence)] or None
    elif codes and not is_located and is_from_here(reading, sentence, quantity, chosen):
        codes = [*codes, *_find_beside(reading, sentence, quantity, places)]
    if codes is None or (not codes and not chosen):
        return None
    if is_money(getattr(quantity, "unit", None)) and SENT.search(text, 0, quantity.start):
        codes = [*collect_codes(places, ("domestic",)), *codes]
    if any(p.role == "people" for p in chosen) or not is_located:
        codes = [*find_buyer(reading, sentence, quantity), *codes]
    if any(p.role == "people" for p in chosen):
        codes = [*find_holder(reading, sentence, quantity), *codes]
    codes += find_their_people(reading, sentence, quantity)
    if SOME_WENT.match(text, quantity.end):
        codes = _add_whole(reading, sentence, quantity, codes)
    return list(dict.fromkeys(codes))


def _add_whole(reading, sentence, quantity, codes):
    """Add where they all were to where some of them are, unless that is a part of it."""
    earlier = list_earlier(reading, sentence, quantity)
    if earlier:
        whole = link_place(reading, sentence, earlier[-1])
    else:
        whole = _find_around(reading, sentence, quantity, ())
    return codes if set(codes) & set(whole) else [*whole, *codes]


def _find_whole(reading, sentence, quantity):
    """Return the number that this one is a part of: "Of 60 held in Iraq, 12 went to Turkey"."""
    if not OPENING_OF.match(sentence.text):
        return None
    earlier = list_earlier(reading, sentence, quantity)
    if not earlier:
        return None
    is_part = "," in THOUSANDS.sub(".", sentence.text[earlier[0].end : quantity.start])
    return earlier[0] if is_part else None


def _find_around(reading, sentence, quantity, places, what=""):
    """Return the countries carried over from what stands around the sentence."""
    if STATES_ACT.match(sentence.text) and not get_sources(reading, sentence):
        return []
    passage = reading.passages[sentence.passage]
    anchored = _find_anchored(reading, sentence)
    if anchored:
        return anchored
    on_line = is_media(reading, what)
    codes = None if on_line else _find_running(reading, sentence, quantity, passage)
    if codes is None:
        codes = find_lead(reading, passage)
    if codes is None:
        codes = find_heading(reading, passage)
    if codes is not None or on_line:
        return codes or []
    subject = find_subject(reading)
    if subject:
        return [subject]
    codes = find_title(reading, sentence)
    if codes:
        return codes
    others = [q for q in get_quantities(reading, sentence) if q.start >= quantity.end]
    end = others[0].start if others else len(sentence.text)
    aside = [p for p in places if quantity.end <= p.start < end]
    aside = [p for p in aside if _is_whose(sentence.text, quantity, p)]
    codes = collect_codes(aside, LOCATING) or find_home(reading, sentence)
    return codes or find_spoken(reading, sentence, places) or find_issuer(reading, quantity)


def _is_whose(text, quantity, place):
    """Return whether a place stands in a clause on the people counted: ", most of whom …"."""
    stop = RELATIVE_STOP.search(text, quantity.end)
    return (
        stop is not None and stop.end() <= place.start and ";" not in text[stop.end() : place.start]
    )


def _find_running(reading, sentence, quantity, passage):
    """Return the countries of an earlier sentence where the paragraph or the speaker goes on."""
    for index in range(sentence.index - 1, max(-1, sentence.index - REACH - 1), -1):
        earlier = reading.sentences[index]
        if earlier.passage != sentence.passage:
            is_same = index == sentence.index - 1 and earlier in find_speaking(
                reading, sentence, quantity
            )
            if not is_same or passage.kind != "paragraph":
                return None
        codes = _find_passed_on(reading, earlier)
        if codes is not None:
            is_next = index == sentence.index - 1
            return codes if is_next else _find_topic(reading, passage) or codes
    return None


def _find_topic(reading, passage):
    """Return the country that a paragraph opens with as its subject ("Yemen. …")."""
    first = passage.sentences[0]
    opening = [p for p in get_places(reading, first) if p.start < TOPIC_START]
    is_subject = bool(opening) and TOPIC.match(first.text, opening[0].end)
    return collect_codes(opening[:1], ("place", "domestic")) if is_subject else []


def _find_anchored(reading, sentence):
    """Return the countries of the number, or the sentence, that a footnote is to."""
    found = find_anchored(reading, sentence)
    if found is None:
        return None
    body, end = found
    before = [q for q in get_quantities(reading, body) if q.end <= end]
    return link_place(reading, body, before[-1]) if before else find_own_countries(reading, body)


def _find_passed_on(reading, sentence):
    """Return the countries that a sentence hands on, found once."""
    key = ("passed on", sentence.index)
    if key not in reading.memo:
        reading.memo[key] = _settle_passed_on(reading, sentence)
    return reading.memo[key]


def _find_common(reading, sentence, quantities):
    """Return what the first and the last number of a sentence share, else the last one's."""
    codes = link_place(reading, sentence, quantities[-1])
    first = link_place(reading, sentence, quantities[0])
    return [code for code in codes if code in first] or codes


def _settle_passed_on(reading, sentence):
    """Return the countries of a sentence's last number, or its own."""
    quantities = get_quantities(reading, sentence)
    own = find_own_countries(reading, sentence)
    codes = _find_common(reading, sentence, quantities) if quantities else []
    if not codes or not get_places(reading, sentence):
        return own if own is not None else find_home(reading, sentence) or None
    passing = find_passing_codes(reading, sentence)
    people = collect_codes(get_places(reading, sentence), ("people",))
    people += [code for q in quantities for code in find_force(reading, sentence, q)]
    settled = [code for code in codes if code not in passing and code not in people]
    return settled or [code for code in codes if code not in passing] or None
