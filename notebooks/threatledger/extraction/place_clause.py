"""Read in a number's own clause where it is: which places, whose people, whence and whither."""

import re

from threatledger.extraction.glance import read_forms
from threatledger.extraction.memos import get_quantities, list_earlier
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.place_beside import is_beside_point, is_in_their_past
from threatledger.extraction.place_carry import find_around, find_scene
from threatledger.extraction.place_choice import (
    choose,
    is_in_aside,
    is_others,
    is_superseded,
)
from threatledger.extraction.place_context import (
    TAKES_HOME,
    find_fetched,
    find_heading,
    find_takers,
)
from threatledger.extraction.place_forces import find_army, find_force
from threatledger.extraction.place_here import find_here
from threatledger.extraction.place_links import link_number
from threatledger.extraction.place_moves import (
    ACTS,
    MOVED,
    is_elsewhere,
    is_from_here,
    points_here,
)
from threatledger.extraction.place_owners import (
    BUYS,
    PART_OF_THEM,
    find_buyer,
    find_counting,
    find_holder,
    find_home,
    find_local,
    find_owner,
    find_their_people,
)
from threatledger.extraction.place_peoples import (
    TAKEN,
    find_paired_people,
    find_same_people,
    find_whole,
)
from threatledger.extraction.place_roles import (
    LOCATING,
    TOPIC_START,
    collect_codes,
    find_asides,
    get_places,
    is_subject,
)
from threatledger.extraction.place_scene import (
    is_before,
    is_beyond,
    is_passage,
    says_both_ends,
)
from threatledger.extraction.place_sums import is_money

TOOK_HOME = LateRegex(r"\b(?:took|taken|brought|back|home|flew|flown|evacuated|retrieved)\b")
SENT = LateRegex(
    r"\b(?:sent|sending|transferred|transferring|wired|wiring|remitted)\s+(?:\w+\s+){0,3}$"
)
WENT = (
    r"(?:came|went|fled|crossed|moved|gone|come|returned|left\s+(?:for|to|the|from|in)|travelled|escaped|walked|settled|ended\s+up|fought"
    r"|served|trained|flew|headed|slipped|made\s+(?:it|their\s+way))"
)
SOME_WENT = re.compile(
    rf"\s+of\s+(?:them|whom|these|those)\s+(?:who\s+)?(?:have\s+|had\s+)?(?:are|remain|were|live|to|into|reached|entered|{WENT})\b"
    r"|\s+(?:are|were|come|came)\s+from\b"
    rf"|\s+(?:(?:others|more|people|persons|men|women|families|households|fighters)\s+)?(?:have\s+|had\s+)?(?:since\s+)?{WENT}\b"
)
ALSO_WENT = LateRegex(r"\s(?:in|to|from|into|for)\s")
NEAR = 60  # characters before a place that tell how it is meant
FROM = LateRegex(r"\bfrom\s(?:the\s)?$")  # whence, of no one country
VIA_HINTS = frozenset(("via", "way", "transiting", "passing"))
EVENT = re.compile(r"\s(?:attacks?|bombings?|blasts?|massacre|killings?|siege|shootings?)\b")
OVER = LateRegex(r"\b(?:over|for|behind|with|since|after)\sthe\s(?:\w+\s){0,2}$")
CONFINED = LateRegex(
    r"\b(?:camps?|prisons?|jails?|held|detained|detention|living|left\sin|remain)\b"
)
PERSONS = LateRegex(
    r"\s(?:[a-z]+\s)?(?:adults|children|women|men|minors|citizens|nationals|families|orphans|suspects)\b"
)
STOPS = LateRegex(r"[,;:\d]|\band\b")
EXPELS = LateRegex(
    r"\s(?:(?:has|have|had)\s)?(?:since\s|also\s)?(?:deported|expelled|extradited)\b"
)
HANDS = LateRegex(
    r"(?:\sand\s[A-Z][a-z]+)?\s(?:[a-z]+\s)?(?:engineers|instructors|experts|firms?|compan(?:y|ies)|contractors?|smugglers|traders|dealers|diplomats|agents"
    r"|mediators|doctors|pilots|sappers)\s(?:(?:have|had|has)\s)?[a-z]+"
)
VIA = LateRegex(
    r"\b(?:via|by\s+way\s+of|transiting|passing\s+through)\s+(?:the\s+)?(?:\w+\s+){0,2}$"
)
TROOPS = re.compile(r"\s+(?:soldiers|troops|men|police|officers|peacekeepers)\b", re.IGNORECASE)
REACH = 3  # sentences of a paragraph that tell where those taken home are
MOST_AROUND = 2  # countries that the text around may add to those of a people


def find_own(reading, sentence, quantity, places):
    """Return the countries that a number's own clause gives it.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
        The sentence that holds the number.
    quantity : object
        With ``start`` and ``end``.
    places : list of Setting
        The places of the sentence that may be meant.

    Returns
    -------
    list of str or None
        None where the clause gives none; empty where it names a region alone.
    """
    if not places:
        is_here = points_here(reading, sentence, quantity)
        return list(dict.fromkeys(find_here(reading, sentence))) or None if is_here else None
    chosen = _choose(reading, sentence, quantity, places)
    codes = _find_named(reading, sentence, quantity, places, chosen)
    located = _list_located(reading, sentence, quantity, chosen)
    codes = _open_out(reading, sentence, quantity, places, chosen, codes, located)
    if codes is None or (not codes and not chosen):
        return None
    codes = codes or collect_codes(places, ("domestic",))
    codes = codes or find_counting(reading, sentence, quantity)
    codes = _add_sides(reading, sentence, quantity, places, chosen, codes, located)
    is_whole_way = len(chosen) > 1 and says_both_ends(sentence.text, quantity, chosen)
    if not is_whole_way and _some_went(reading, sentence, quantity):
        codes = _add_whole(reading, sentence, quantity, codes)
    return list(dict.fromkeys(codes))


def _choose(reading, sentence, quantity, places):
    """Return the places around a number that it may be about."""
    text = sentence.text
    others = [q for q in get_quantities(reading, sentence) if q.start != quantity.start]
    usable = [p for p in places if p.role in LOCATING and not is_others(text, p, quantity, others)]
    usable = [p for p in usable if p.role != "region" or not _is_whence(text, p)]
    if len(usable) > 1 and not VIA_HINTS.isdisjoint(read_forms(text)):
        usable = [
            p for p in usable if not VIA.search(text[max(0, p.start - NEAR) : p.start])
        ] or usable
    if usable:
        usable = [p for p in usable if not is_superseded(p, quantity, others, usable)]
        asides = find_asides(text)
        usable = [p for p in usable if not is_in_aside(asides, p, quantity)]
        usable = [p for p in usable if not is_beside_point(text, p, quantity)]
    if len(usable) > 1:
        usable = [p for p in usable if not _is_event(text, p)] or usable
    return choose(reading, sentence, quantity, usable, others)


def _is_whence(text, place):
    """Return whether a place directly follows "from"."""
    return FROM.search(text, max(0, place.start - NEAR), place.start) is not None


def _is_foreign_hand(text, quantity, place):
    """Return whether a people is only whose the doers are: "American engineers built 270 km"."""
    is_doer = place.role == "people" and HANDS.match(text, place.end) is not None
    return is_doer and place.end < quantity.start


def _is_bought(text, quantity, places):
    """Return whether a nameless subject gets the counted: "Its army bought four from Russia"."""
    if " from " not in text or any(p.end <= quantity.start for p in places):
        return False
    if not BUYS.search(text, 0, quantity.start):
        return False
    after = [p for p in places if p.start >= quantity.end]
    return bool(after) and all(is_elsewhere(text, p) for p in after)


def _is_event(text, place):
    """Return whether a place only names what happened before: "over the Moscow attack"."""
    return (
        EVENT.match(text, place.end) is not None
        and OVER.search(text[max(0, place.start - NEAR) : place.start]) is not None
    )


def _find_named(reading, sentence, quantity, places, chosen):
    """Return the countries of the places chosen, of the troops counted and of whose they are."""
    codes = collect_codes(chosen, {*LOCATING, "domestic"})
    is_army = TROOPS.match(sentence.text, quantity.end)
    army = find_army(reading, sentence, quantity) if is_army else []
    army = army or find_force(reading, sentence, quantity)
    if army and not codes and not chosen:
        codes = find_around(reading, sentence, quantity, places)
    return [*codes, *army, *find_owner(reading, sentence, quantity)]


def _list_located(reading, sentence, quantity, chosen):
    """Return the places chosen that tell where, and not only who acts or whence."""
    text, is_here = sentence.text, points_here(reading, sentence, quantity)
    return [
        p
        for p in chosen
        if p.role in ("place", "region", "domestic")
        and not is_elsewhere(text, p)
        and not (is_here and is_subject(text, p))
    ]


def _open_out(reading, sentence, quantity, places, chosen, codes, located):
    """Add what the discourse says where the clause leaves it open; None where it says nothing."""
    text = sentence.text
    if not located and points_here(reading, sentence, quantity):
        whole = find_whole(reading, sentence, quantity)
        whole = whole or _find_knower(reading, sentence, quantity)
        return [*whole, *codes, *find_here(reading, sentence)] or None
    if chosen and all(is_before(text, quantity, p) for p in chosen):
        domestic = collect_codes(places, ("domestic",))
        return domestic or find_scene(reading, sentence, quantity) or codes
    if codes and chosen and all(_is_foreign_hand(text, quantity, p) for p in chosen):
        return find_scene(reading, sentence, quantity) or codes
    if (
        codes
        and not is_money(getattr(quantity, "unit", None))
        and _is_bought(text, quantity, places)
    ):
        return [*(find_scene(reading, sentence, quantity) or ()), *codes]
    if codes and is_passage(text, quantity, chosen):
        return [*_find_base(reading, sentence, quantity, places), *codes]
    said = [p for p in places if p.start >= quantity.end and p.role in ("place", "domestic")]
    said = [p for p in said if not STOPS.search(text, quantity.end, p.start)]
    if codes and not said and is_beyond(text, quantity, chosen):
        return [*codes, *(find_scene(reading, sentence, quantity) or ())]
    is_whole_way = len(chosen) > 1 and says_both_ends(text, quantity, chosen)
    if (
        codes
        and not located
        and not is_whole_way
        and is_from_here(reading, sentence, quantity, chosen)
    ):
        return [*codes, *_find_beside(reading, sentence, quantity, places)]
    return codes


def _find_knower(reading, sentence, quantity):
    """Return the country that tells of its people elsewhere: "Belgium counts 55 adults there"."""
    if not PERSONS.match(sentence.text, quantity.end):
        return []
    speakers = [p for p in get_places(reading, sentence) if is_subject(sentence.text, p)]
    return collect_codes(speakers, ("speaker",))


def _add_sides(reading, sentence, quantity, places, chosen, codes, located):
    """Add who sends, buys or holds what is counted, and whose people the counted are."""
    if is_money(getattr(quantity, "unit", None)) and SENT.search(sentence.text, 0, quantity.start):
        codes = [*collect_codes(places, ("domestic",)), *codes]
    if TAKEN.search(sentence.text, max(0, quantity.start - NEAR), quantity.start):
        subjects = [p for p in get_places(reading, sentence) if is_subject(sentence.text, p)]
        subjects = [p for p in subjects if ";" not in sentence.text[p.end : quantity.start]]
        takers = [p for p in chosen if TAKES_HOME.match(sentence.text, p.end)]
        subjects = [p for p in takers if p.end <= quantity.start][-1:] or subjects
        codes = [*collect_codes(subjects, ("place", "speaker")), *codes]
    are_people = any(p.role == "people" for p in chosen)
    if are_people or not located:
        codes = [*find_buyer(reading, sentence, quantity), *codes]
    if are_people or _is_in_their_past(sentence.text, quantity, chosen):
        codes = [*find_holder(reading, sentence, quantity), *codes]
    same = find_same_people(reading, sentence, quantity)
    same += find_paired_people(reading, sentence, quantity)
    return [*codes, *find_their_people(reading, sentence, quantity), *same]


def _is_in_their_past(text, quantity, chosen):
    """Return whether the counted had been at the places: "three men who had lived in Syria"."""
    if "who" not in read_forms(text):
        return False
    after = [p for p in chosen if p.start >= quantity.end]
    return bool(after) and is_in_their_past(text[quantity.end : after[0].start])


def _find_beside(reading, sentence, quantity, places):
    """Return what the text around adds to the country of a people; not a list of countries."""
    counting = find_counting(reading, sentence, quantity)
    if counting:
        return counting
    opening = [p for p in places if p.role in ("place", "speaker") and p.start < TOPIC_START]
    is_moved = MOVED.search(sentence.text) or TOOK_HOME.search(sentence.text)
    is_moved = is_moved and not EXPELS.match(sentence.text, opening[0].end) if opening else is_moved
    if opening and not is_moved and ACTS.match(sentence.text, opening[0].end):
        return list(opening[0].iso3)
    earlier = list_earlier(reading, sentence, quantity)
    if earlier and sentence.text[earlier[-1].end : quantity.start].count(";"):
        takers = find_takers(reading, sentence)
        return [c for c in link_number(reading, sentence, earlier[-1]) if c not in takers]
    around = find_around(reading, sentence, quantity, places)
    if find_takers(reading, sentence) and not _tells_whence(reading, sentence):
        return []  # "Kazakhstan has flown home 595": another paragraph may be of elsewhere
    heading = find_heading(reading, reading.passages[sentence.passage])
    is_list = len(around) > MOST_AROUND or (len(around) > 1 and around == heading)
    return [] if is_list else around


def _tells_whence(reading, sentence):
    """Return whether the paragraph before says where those are who are taken home."""
    earlier = reading.sentences[max(0, sentence.index - REACH) : sentence.index]
    earlier = [s for s in earlier if s.passage == sentence.passage]
    is_said = any(CONFINED.search(s.text) or find_fetched(reading, s) for s in earlier)
    return is_said or bool(find_home(reading, sentence))


def _find_base(reading, sentence, quantity, places):
    """Return whence or whither people or money go that a sentence does not say: the base."""
    earlier = list_earlier(reading, sentence, quantity)
    if earlier and is_money(getattr(earlier[-1], "unit", None)):
        between = [p for p in places if earlier[-1].end <= p.start < quantity.start]
        ends = collect_codes(between, ("place",))
        return [code for code in link_number(reading, sentence, earlier[-1]) if code not in ends]
    at_home = [
        p
        for p in places
        if p.role == "domestic" or is_subject(sentence.text, p) and p.role == "place"
    ]
    at_home = [p for p in at_home if p.end <= quantity.start]
    codes = collect_codes(at_home, ("domestic", "place"))
    codes = codes or find_counting(reading, sentence, quantity)
    codes = codes or find_local(reading, sentence)
    return codes or find_scene(reading, sentence, quantity) or []


def _some_went(reading, sentence, quantity):
    """Return whether a number is of those who went: "70 per cent went to Syria, 20 to Libya"."""
    text = sentence.text
    if SOME_WENT.match(text, quantity.end):
        return True
    if PART_OF_THEM.match(text, quantity.end) and TAKEN.search(
        text, max(0, quantity.start - NEAR), quantity.start
    ):
        return True
    earlier = list_earlier(reading, sentence, quantity)
    if not earlier or not ALSO_WENT.match(text, quantity.end):
        return False
    return SOME_WENT.match(text, earlier[-1].end) is not None


def _add_whole(reading, sentence, quantity, codes):
    """Add where they all were to where some of them are, unless that is a part of it."""
    earlier = list_earlier(reading, sentence, quantity)
    stayed = [q for q in earlier if not SOME_WENT.match(sentence.text, q.end)]
    if stayed:
        whole = link_number(reading, sentence, stayed[-1])
    else:
        whole = find_around(reading, sentence, quantity, ())
    return codes if set(codes) & set(whole) else [*whole, *codes]
