"""Say which countries a number is about."""

import functools
import re

from threatledger.extraction.gazetteer import find_places
from threatledger.extraction.place_context import (
    BOTH,
    HERE,
    find_heading,
    find_here,
    find_lead,
    find_own_countries,
    find_passing_codes,
    find_subject,
)
from threatledger.extraction.place_roles import (
    LOCATING,
    collect_codes,
    find_asides,
    get_places,
)
from threatledger.extraction.sources import get_sources
from threatledger.extraction.speakers import find_speaking

__all__ = ["find_places", "link_place"]

STATES = re.compile(
    r"(?:[\w-]+\s){0,2}?(?:countries|states|member\s+states|nations|nationalities|capitals)\b", re.I
)
STATES_ACT = re.compile(
    r"\W*(?:[\w-]+\s){0,2}(?:States|Member\s+States|countries)\s", re.IGNORECASE
)
PART_STOP = re.compile(
    r";|,\s+(?:and|but|while|whereas|although|though|as|when|helped|backed|supported|having|compared"
    r"|against)\b|\band\s+that\b",
    re.IGNORECASE,
)
RELATIVE_STOP = re.compile(
    r",\s+(?:which|who|where|whose|(?:\w+\s+)?of\s+(?:wh\w+|them))\b", re.IGNORECASE
)
FROM = re.compile(r"\bfrom\s+(?:(?!in\b|at\b|near\b)[\w'’-]+,?\s+){0,8}$")
SUBORDINATE = re.compile(
    r"\W*(?:when|after|as(?!\s+(?:for|of|at|to|well|many|much)\b)|while|if|although|though|since|before)\s",
    re.I,
)
INSIDE = re.compile(
    r"\b(?:in|at|inside|within|across|near|around|outside|throughout)\s+(?:the\s+)?(?:[\w'’,-]+\s+){0,4}$",
    re.IGNORECASE,
)
MOVES = re.compile(
    r"\b(?:to|into|towards?|from|for|via|through|leaving)\s+(?:the\s+)?(?:[\w'’-]+\s+){0,3}$", re.I
)
TROOPS = re.compile(r"\s+(?:soldiers|troops|men|police|officers|peacekeepers)\b", re.IGNORECASE)
NOT_ITS_MEN = re.compile(
    r"[,;]|\b(?:kill|wound|injur|captur|arrest|detain|hit|target|fought|fight)\w*", re.IGNORECASE
)
OWNED_BY = re.compile(r"\s+of\s+(?:his|her|its|their)\s", re.IGNORECASE)
DIRECT = re.compile(r"[\s:(–-]{0,4}(?:about|some|around|nearly|almost|up to|over)?\s?$", re.I)
COORDINATED = re.compile(r"\s*(?:,|and|or|,\s*and)\s*(?:the\s+)?$", re.IGNORECASE)
FUNDING = re.compile(
    r"\b(?:funding|appeals?|requirements?|budget|finances?|money|financial\s+overview)\b",
    re.IGNORECASE,
)
ASKED = re.compile(r"\b(?:required|requires|requested|requests)\b", re.IGNORECASE)
REACH = 3  # sentences of a paragraph that a place reaches on
OWN_WORDS = 30  # characters after a number in which its people stand


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
    if key not in reading.memo:
        reading.memo[key] = ()  # guards against a chain that leads back to itself
        what = counted.what if counted is not None else ""
        reading.memo[key] = tuple(_link(reading, sentence, quantity, what or ""))
    return list(reading.memo[key])


def _link(reading, sentence, quantity, what):
    if BOTH.search(sentence.text, max(0, quantity.start - 5), quantity.end + 12):
        return find_here(reading, sentence)
    if STATES.fullmatch(what) or STATES.match(sentence.text[quantity.end :].lstrip()[:40]):
        return []
    speaker = _find_counted_speaker(reading, sentence, quantity)
    if speaker is not None:
        return speaker
    places = get_places(reading, sentence)
    own = _find_own(reading, sentence, quantity, places)
    if own is not None:
        return own
    domestic = collect_codes(places, ("domestic",))
    if domestic:
        return domestic
    earlier = [q for q in _get_quantities(reading, sentence) if q.end <= quantity.start]
    if earlier and (_is_share(quantity) or not _is_unplaced(reading, sentence, quantity, what)):
        return link_place(reading, sentence, earlier[-1])
    if _is_unplaced(reading, sentence, quantity, what):
        return []
    return _find_around(reading, sentence, quantity, places)


def _find_counted_speaker(reading, sentence, quantity):
    """Return the countries of speakers who are themselves counted ("three officers said")."""
    for source in get_sources(reading, sentence):
        if source.start <= quantity.start < source.end:
            places = get_places(reading, sentence)
            inside = [p for p in places if source.start <= p.start < source.end]
            return collect_codes(inside, ("speaker", "place", "people", "domestic"))
    return None


def _find_own(reading, sentence, quantity, places):
    """Return the countries that the number's own clause gives it, None where it gives none."""
    text = sentence.text
    others = [q for q in _get_quantities(reading, sentence) if q.start != quantity.start]
    usable = [p for p in places if p.role in LOCATING and not _is_others(text, p, quantity, others)]
    usable = [p for p in usable if not _is_superseded(p, quantity, others, usable)]
    usable = [p for p in usable if not _is_in_aside(text, p, quantity)]
    chosen = _choose(reading, sentence, quantity, usable, others)
    codes = collect_codes(chosen, {*LOCATING, "domestic"})
    army = _find_army(text, places, quantity) if TROOPS.match(text, quantity.end) else []
    if army and not codes:
        codes = _find_around(reading, sentence, quantity, places)
    codes = [*codes, *army]
    if OWNED_BY.match(text, quantity.end):
        codes = [*codes, *_find_owner(reading, sentence, places)]
    is_located = any(p.role in ("place", "region") for p in chosen if not _is_elsewhere(text, p))
    if not is_located and _points_here(text, quantity):
        codes = [*codes, *find_here(reading, sentence)] or None
    elif codes and not is_located and (_is_share(quantity) or _is_headcount(reading, sentence)):
        codes = [*codes, *_find_around(reading, sentence, quantity, places)]
    if codes is None or (not codes and not chosen):
        return None
    return list(dict.fromkeys(codes))


def _find_army(text, places, quantity):
    """Return the country whose troops are counted: "Rwandan troops opened a post with 120"."""
    armies = [p for p in places if p.role == "abroad" and p.end <= quantity.start]
    armies = [p for p in armies if not NOT_ITS_MEN.search(text[p.end : quantity.start])]
    return collect_codes(armies[-1:], ("abroad",))


def _get_quantities(reading, sentence):
    return reading.memo.get(("quantities", sentence.index), ())


def _is_headcount(reading, sentence):
    """Return whether a list item counts a people under a heading on a place ("Iraqis: 90")."""
    return reading.passages[sentence.passage].kind == "item" and ":" in sentence.text[:40]


def _is_money(unit):
    return bool(unit) and len(unit) == 3 and unit.isupper()


def _is_share(quantity):
    return getattr(quantity, "unit", "") == "percent"


def _find_owner(reading, sentence, places):
    """Return the country that speaks by its capital or its own officer: "four of its men"."""
    starts = [s.start for s in get_sources(reading, sentence)]
    text = sentence.text
    spoken = [p for p in places if p.role == "speaker" and p.kind not in ("adjective", "people")]
    opening = [
        p for p in spoken if any(not text[a : p.start].strip() for a in starts if a <= p.start)
    ]
    return collect_codes(opening, ("speaker",))


def _is_elsewhere(text, place):
    """Return whether a place is who acts ("Rwanda has …") or whence, not where."""
    if place.start < 5 and re.match(r"\s+(?:has|have|had|sent|keeps|runs)\b", text[place.end :]):
        return True
    return bool(FROM.search(text[max(0, place.start - 70) : place.start]))


def _points_here(text, quantity):
    """Return whether the number's clause speaks of "the city", "the country" and so on."""
    first, last = _find_part(text, quantity, ())
    return bool(HERE.search(text, first, last) or BOTH.search(text, first, last))


def _is_others(text, place, quantity, others):
    """Return whether a people or label belongs to another number of the sentence."""
    for other in others:
        is_between = quantity.end <= place.start and place.end <= other.start
        if is_between and DIRECT.fullmatch(text, place.end, other.start):
            return True
        gap = text[other.end : place.start]
        is_near = 0 <= place.start - other.end <= OWN_WORDS and not re.search(r"[,;:.]", gap)
        if place.role == "people" and is_near and not _is_nearer(place, quantity, other):
            return True
    return False


def _is_superseded(place, quantity, others, usable):
    """Return whether a later people, after another number, stands nearer before this one."""
    if place.role != "people" or place.end > quantity.start:
        return False
    between = [q for q in others if place.end <= q.start < quantity.start]
    return any(
        p.role == "people" and q.end <= p.start < quantity.start for q in between for p in usable
    )


def _is_nearer(place, quantity, other):
    return other.end < quantity.end <= place.start


def _is_bracketed(text, quantity):
    opening = text.rfind("(", 0, quantity.start)
    return opening >= 0 and ")" not in text[opening : quantity.start]


def _is_in_aside(text, place, quantity):
    """Return whether a place stands in a ", which …," that the number is outside of."""
    return any(
        start <= place.start < end and not start <= quantity.start < end
        for start, end in find_asides(text)
    )


def _find_part(text, quantity, sources):
    """Return where the number's clause begins and ends."""
    first, last = 0, len(text)
    if SUBORDINATE.match(text):
        comma = text.find(",")
        stops = [(comma, comma + 1)] if comma > 0 else []
    else:
        stops = []
    stops += [match.span() for match in PART_STOP.finditer(text)]
    stops += [(s.start, s.cue_end) for s in sources if s.place == "after"]
    for start, end in sorted(stops):
        if end <= quantity.start:
            first = max(first, end)
        elif start >= quantity.end:
            last = start
            break
    relative = RELATIVE_STOP.search(text, quantity.end, last)
    return first, relative.start() if relative else last


def _choose(reading, sentence, quantity, usable, others):
    """Choose, of the places that may be meant, those around the number."""
    text = sentence.text
    direct = [
        p
        for p in usable
        if p.end <= quantity.start
        and DIRECT.fullmatch(text, p.end, quantity.start)
        and text[p.end : p.end + 1] != "("
    ]
    after = [p for p in usable if p.start >= quantity.end]
    if _is_sum(text, quantity, others):
        return after
    first, last = _find_part(text, quantity, get_sources(reading, sentence))
    before = direct or [p for p in usable if first <= p.start and p.end <= quantity.start]
    near = [p for p in after if p.start < min(last, _find_next(text, quantity, others))]
    if not before and not near:
        at_home = [p for p in get_places(reading, sentence) if p.role == "domestic"]
        before = [p for p in at_home if first <= p.start < last]
    chosen = _merge(text, before or _find_opening(text, quantity, usable), near)
    chosen = chosen or [p for p in after if p.start < last]
    if chosen and any(p.role == "people" for p in chosen):
        chosen = _keep_own_people(text, quantity, chosen)
    return chosen


def _is_sum(text, quantity, others):
    """Return whether later numbers break this one down: "three, one in A and two in B"."""
    later = [q for q in others if q.start >= quantity.end]
    lows = [getattr(q, "low", None) for q in later]
    if len(later) < 2 or not all(isinstance(low, int | float) for low in lows):
        return False
    gap = text[quantity.end : later[0].start]
    return sum(lows) == getattr(quantity, "low", None) and "," in gap and ";" not in gap


def _find_next(text, quantity, others):
    """Return where the next number begins that is not a conversion in brackets."""
    starts = [q.start for q in others if q.start >= quantity.end and not _is_bracketed(text, q)]
    return min(starts, default=len(text))


def _find_opening(text, quantity, usable):
    """Return the places that open the sentence, for a number in a later clause of it."""
    before = [p for p in usable if p.end <= quantity.start]
    comma, stop = text.find(","), PART_STOP.search(text)
    if comma < 0 or SUBORDINATE.match(text) or (stop and stop.start() <= comma):
        return [p for p in before if INSIDE.search(text[: p.start][-40:])]
    return [p for p in before if p.end <= comma]


def _merge(text, before, after):
    """Unite the places around a number; what is done in one place is not done in another."""
    located = [p for p in after if p.role != "people"]
    if not located or not before:
        return [*before, *after]
    opening = text[: located[0].start][-50:]
    if INSIDE.search(opening) and not MOVES.search(opening):
        before = [
            p for p in before if p.role == "people" or not INSIDE.search(text[: p.start][-40:])
        ]
    return [*before, *after]


def _keep_own_people(text, quantity, chosen):
    """Keep, of several peoples, the one counted and those joined to it."""
    people = [p for p in chosen if p.role == "people"]
    own = [p for p in people if 0 <= p.start - quantity.end <= OWN_WORDS]
    own = [p for p in own if not re.search(r"[,;:.]", text[quantity.end : p.start])]
    if not own:
        return chosen
    kept = own[:1]
    for place in people:
        if place.start > kept[-1].start and COORDINATED.fullmatch(text, kept[-1].end, place.start):
            kept.append(place)
    return [p for p in chosen if p.role != "people" or p in kept]


@functools.lru_cache(maxsize=8)
def _read_unplaced(codebook):
    return frozenset(n for row in codebook.rows("unplaced") for n in row["nouns"].split("|"))


def _is_unplaced(reading, sentence, quantity, what):
    """Return whether a sum belongs to a whole group or plan, which no context places."""
    head = re.split(
        r"\b(?:of|for|from|to|in|by|that|who|received|required)\b", what.lower(), maxsplit=1
    )
    if head[0].split()[-1:] and head[0].split()[-1] in _read_unplaced(reading.codebook):
        return True
    if not _is_money(getattr(quantity, "unit", None)) and not _is_share(quantity):
        return False
    if ASKED.search(sentence.text):
        return True
    heading = reading.passages[sentence.passage].heading
    passage = reading.passages[heading] if heading is not None else None
    is_heading = passage is not None and passage.kind == "heading"
    return is_heading and bool(FUNDING.search(reading.text[passage.start : passage.end]))


def _find_around(reading, sentence, quantity, places):
    """Return the countries carried over from what stands around the sentence."""
    if STATES_ACT.match(sentence.text) and not get_sources(reading, sentence):
        return []
    passage = reading.passages[sentence.passage]
    codes = _find_running(reading, sentence, quantity, passage)
    if codes is None:
        codes = find_lead(reading, passage)
    if codes is None:
        codes = find_heading(reading, passage)
    if codes is not None:
        return codes
    subject = find_subject(reading)
    if subject:
        return [subject]
    aside = [p for p in places if p.start >= quantity.end and _is_whose(sentence.text, quantity, p)]
    return collect_codes(aside, LOCATING) or collect_codes(places, ("abroad", "speaker"))


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
            return codes
    return None


def _find_passed_on(reading, sentence):
    """Return the countries that a sentence hands on: those of its last number, or its own."""
    quantities = _get_quantities(reading, sentence)
    own = find_own_countries(reading, sentence)
    codes = link_place(reading, sentence, quantities[-1]) if quantities else []
    if not codes or not get_places(reading, sentence):
        return own
    passing = find_passing_codes(reading, sentence)
    return [code for code in codes if code not in passing]
