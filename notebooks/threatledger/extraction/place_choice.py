"""Choose, of the places in a sentence, those around a number that it may be about."""

import re

from threatledger.extraction.memos import get_quantities
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.place_owners import OWN_WORDS
from threatledger.extraction.place_roles import get_places, is_subject
from threatledger.extraction.place_scene import moves_on
from threatledger.extraction.sources import get_sources
from threatledger.extraction.times import NAME

PART_STOP = LateRegex(
    r";|,\s+(?:and|but|while|whereas|although|though|as|when|helped|backed|supported|having|compared"
    r"|against)\b|\sand\s+(?:that\b|(?=those\s(?:in|from|of)\b))|\s(?:since|because|when|while|whereas)\s(?=[A-Z][a-z])"
    rf"(?!(?i:{NAME})\b)"
)
RELATIVE_STOP = re.compile(
    r",\s+(?:which|who|where|whose|(?:\w+\s+)?of\s+(?:wh\w+|them)(?!\s+(?:in|at|around|near)\b)"
    r"(?!\s+[a-z]+(?:\s[a-z]+)?,\s+(?:from|in|at|near|are|were|remain|remained|still|live|lived)\b))\b",
    re.IGNORECASE,
)
SUBORDINATE = LateRegex(
    r"\W*(?:when|after|as(?!\s+(?:for|of|at|to|well|many|much)\b)|while|if|although|though|since|before)\s",
    re.I,
)
INSIDE = LateRegex(
    r"\b(?:in|at|inside|within|across|near|around|outside|throughout|under|beneath)\s+(?:the\s+)?"
    r"(?:[^\W\d][\w'’,-]*\s+){0,4}$",
    re.IGNORECASE,
)
MOVES = LateRegex(
    r"\b(?:(?<!paid\s)(?<!given\s)(?<!sold\s)to|into|towards?|from|for|via|through|leaving)\s+(?:the\s+)?(?:[\w'’-]+\s+){0,3}$",
    re.I,
)
SHORT_GAP = re.compile(r"(?:\s[a-z]+){0,2}?\s(?P<where>from|in|to|by|near)\s(?:the\s)?")
LISTED = LateRegex(r"[^;:()]{0,80}?(?:,|\band\b|\bor\b)(?:\s\w+){0,5}\s*")
DIRECT = re.compile(
    r"(?:\s(?:with|had|has|for|saw|lost|held|took|received|counted|recorded|published))?[\s:(–-]{0,4}"
    r"(?:about|some|around|nearly|almost|up to|over|at least|more than|fewer than)?\s?$",
    re.IGNORECASE,
)
# "…; in Tunisia, the ministry says, 12 left": the place is for the words after the speaker too.
ONLY_PLACE = LateRegex(
    r"(?:^\W*|[;:]\s+)(?:[Ii]n|[Aa]t|[Nn]ear|[Aa]cross|[Aa]round)\s+[^,;:]{2,40},\s*$"
)
# "fell by a fifth, the ministry said, to 400": the clause goes on behind its speaker.
RESUMES = LateRegex(r",\s(?:to|from|up\sfrom|down\sfrom|against|compared)\s")
MARK = LateRegex(r"[,;:.]")
# "27 women and 80 children from Syria": what follows the second is said of both.
PAIRED = LateRegex(r"\s(?!(?:in|at|from|to|on|of|by)\b)[a-z-]+(?:\s[a-z-]+)?\sand\s(?:[a-z]+\s)?")
IN_ASIDE = LateRegex(r"\s+of\s+(?:them|whom)\s[^,;:.]{1,40},\s")
HAS = LateRegex(r"\s(?:has|had|lost|held|took|received)\s")
AT = LateRegex(
    r"[a-z]\s(?:in|at|near|outside|around|across)\s(?:the\s)?$"
)  # "its base in Gao has 400"
OF_WHOM = LateRegex(r"\sof\swh(?:om|ich)\s(?:[a-z]+\s){0,3}$")  # "…, of whom at least"
AMONG_THEM = LateRegex(r",\s(?:among\s(?:them|these)|including|of\s(?:them|whom))\s.{0,20}\d")
LABEL_END = LateRegex(r"\s?(?:\([^()]{1,20}\))?:")  # "Ghana: …"
WAY_GAP = LateRegex(r"(?:(?:\s[a-z]+){0,3}?\s(?:from|to|into)|\s(?:in|at))\s(?:the\s)?")
NEAR = 60  # characters before a number that tell how it is meant
IT_TOO = LateRegex(r"(?:[,;]\s(?:but|and|while|though|yet)|;)\sit(?:s\s\w+)?\s[^,;]{0,60}$")
# "crossed from Kivu into Uganda and killed 31 in Kasese": they came by there.
CROSSED = LateRegex(r"\b(?:crossed|slipped|came|moved|advanced|infiltrated|fled)\s[^,;.]{0,40}$")
# "If the siege of Tessit goes on, its 30,000 inhabitants": of the place just named.
ITS_OWN = LateRegex(
    r",\s(?:its|their|(?:the\s)?(?:town|city|camp|area|village|district|province|country)['’]s)\s(?:[a-z]+\s){0,3}$"
)
# "1,149 in its prisons and 287 caught in Syria": the first are not there
IN_ITS = LateRegex(r"(?:\s[a-z]+){0,3}?\s(?:in|at|inside)\s(?:its|their|his|her)\s")
COORDINATED = LateRegex(r"\s*(?:,|and|or|,\s*and)\s*(?:the\s+)?$", re.IGNORECASE)


def is_others(text, place, quantity, others):
    """Return whether a people or label belongs to another number of the sentence.

    Parameters
    ----------
    text : str
        The sentence.
    place : Setting
        A place of the sentence.
    quantity : object
        With ``start`` and ``end``.
    others : list of Quantity
        The other numbers of the sentence.

    Returns
    -------
    bool
    """
    for other in others:
        is_between = quantity.end <= place.start and 0 <= other.start - place.end <= NEAR
        if is_between and DIRECT.fullmatch(text, place.end, other.start):
            gap = text[place.end : other.start]
            is_label = ":" not in gap and not gap.startswith(" with ")
            if is_label or not INSIDE.search(text[max(0, place.start - 40) : place.start]):
                return True
        if _is_parallel(text, place, quantity, other):
            return True
        is_near = place.role == "people" and 0 <= place.start - other.end <= OWN_WORDS
        is_near = is_near and not MARK.search(text, other.end, place.start)
        if is_near and not _is_nearer(place, quantity, other):
            return True
    return False


def _is_parallel(text, place, quantity, other):
    """Return whether a place is of another number in a list: "250 from Rwanda, 90 from Chad"."""
    if not other.end <= place.start < place.end <= quantity.start:
        return False
    gap = SHORT_GAP.fullmatch(text, other.end, place.start)
    own = gap and SHORT_GAP.match(text, quantity.end)
    if not own or own["where"] != gap["where"]:
        return False
    return LISTED.fullmatch(text, place.end, quantity.start) is not None


def is_superseded(place, quantity, others, usable):
    """Return whether a later people, after another number, stands nearer before this one.

    Parameters
    ----------
    place : Setting
        A place of the sentence.
    quantity : object
        With ``start`` and ``end``.
    others : list of Quantity
        The other numbers of the sentence.
    usable : list of Setting
        The places that may be meant.

    Returns
    -------
    bool
    """
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


def is_in_aside(asides, place, quantity):
    """Return whether a place stands in a ", which …," that the number is outside of.

    Parameters
    ----------
    asides : list of tuple of (int, int)
        As `find_asides` returns them.
    place : Setting
        A place of the sentence.
    quantity : object
        With ``start`` and ``end``.

    Returns
    -------
    bool
    """
    return any(
        start <= place.start < end and not start <= quantity.start < end for start, end in asides
    )


def _find_stops(reading, sentence):
    """Return the spans that part the clauses of a sentence, found once."""
    key = ("stops", sentence.index)
    if key not in reading.memo:
        text = sentence.text
        comma = _find_subordinate_end(reading, sentence)
        stops = [(comma, comma + 1)] if comma > 0 else []
        reading.memo[key] = stops + [match.span() for match in PART_STOP.finditer(text)]
    return reading.memo[key]


def _find_subordinate_end(reading, sentence):
    """Return the comma that ends an opening "When …, "; -1 where the sentence opens otherwise.

    "Since May 40 have died in A, B and C" opens with a time and not with a clause.
    """
    opening = SUBORDINATE.match(sentence.text)
    comma = sentence.text.find(",") if opening else -1
    if comma > 0 and opening[0].strip().lower() == "since":
        quantities = get_quantities(reading, sentence)
        return -1 if any(q.start < comma for q in quantities) else comma
    return comma


def _list_parting(reading, sentence, sources):
    """Return the spans of stops and of speakers behind their words, in order, found once."""
    key = ("parting", sentence.index, len(sources))
    if key not in reading.memo:
        text = sentence.text
        spoken = [
            (s.start, s.cue_end)
            for s in sources
            if s.place == "after"
            and not ONLY_PLACE.search(text, 0, s.start)
            and not RESUMES.match(text, s.cue_end)
        ]
        reading.memo[key] = sorted([*_find_stops(reading, sentence), *spoken])
    return reading.memo[key]


def find_part(reading, sentence, quantity, sources):
    """Return where the number's clause begins and ends.

    Parameters
    ----------
    reading : Reading
        The text under reading.
    sentence : Sentence
        The sentence that holds the number.
    quantity : object
        With ``start`` and ``end``.
    sources : list of Source
        Speakers whose words part the sentence.

    Returns
    -------
    tuple of (int, int)
    """
    text = sentence.text
    first, last = 0, len(text)
    for start, end in _list_parting(reading, sentence, sources):
        if end <= quantity.start:
            first = max(first, end)
        elif start >= quantity.end:
            last = start
            break
    whole = " of wh" in text[first : quantity.start] and OF_WHOM.search(
        text, max(0, quantity.start - NEAR), quantity.start
    )
    first = max(first, whole.start()) if whole else first
    relative = RELATIVE_STOP.search(text, quantity.end, last)
    return first, relative.start() if relative else last


def choose(reading, sentence, quantity, usable, others):
    """Choose, of the places that may be meant, those around the number.

    Parameters
    ----------
    reading : Reading
        The text under reading.
    sentence : Sentence
        The sentence that holds the number.
    quantity : object
        With ``start`` and ``end``.
    usable : list of Setting
        The places that may be meant.
    others : list of Quantity
        The other numbers of the sentence.

    Returns
    -------
    list of Setting
    """
    text = sentence.text
    at_home = [p for p in get_places(reading, sentence) if p.role == "domestic"]
    if not usable and not at_home:
        return []
    direct = [
        p
        for p in usable
        if p.end <= quantity.start
        and DIRECT.fullmatch(text, p.end, quantity.start)
        and text[p.end : p.end + 1] != "("
        and not (HAS.match(text, p.end) and AT.search(text, max(0, p.start - NEAR), p.start))
    ]
    after = [p for p in usable if p.start >= quantity.end]
    if _is_sum(text, quantity, others):
        return after
    first, last = find_part(reading, sentence, quantity, get_sources(reading, sentence))
    before = direct or [p for p in usable if first <= p.start and p.end <= quantity.start]
    near = [p for p in after if p.start < min(last, _find_next(text, quantity, others))]
    if not before and not near:
        before = [p for p in at_home if first <= p.start < last]
    opening = before or _find_opening(reading, sentence, quantity, usable, others)
    chosen = opening if _is_vague(near) and opening else _merge(text, opening, near)
    is_held = not chosen and IN_ITS.match(text, quantity.end) is not None
    chosen = chosen or [
        p
        for p in after
        if not is_held
        and p.start < last
        and not AMONG_THEM.search(text, quantity.end, p.start)
        and not any(WAY_GAP.fullmatch(text, q.end, p.start) for q in others)
    ]
    if chosen and all(p.role == "people" for p in chosen):
        chosen += [p for p in after if p.start < last and _is_inside(text, p) and p not in chosen]
    if chosen and any(p.role == "people" for p in chosen):
        chosen = _keep_own_people(text, quantity, chosen)
    return chosen


def _is_vague(places):
    """Return whether places are regions alone, which a country named before makes precise."""
    return bool(places) and all(p.role == "region" for p in places)


def _is_inside(text, place):
    """Return whether a place is one that something happens in or near."""
    before = text[max(0, place.start - 40) : place.start]
    return place.role == "place" and INSIDE.search(before) is not None


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
    later = [q for q in others if q.start >= quantity.end and not _is_bracketed(text, q)]
    while later and PAIRED.fullmatch(text, quantity.end, later[0].start):
        quantity = later.pop(0)
    if later and IN_ASIDE.match(text, later[0].end) and text[: later[0].start].endswith(", "):
        later.pop(0)  # "500 of its nationals, 140 of them minors, are in Syria"
    return min((q.start for q in later), default=len(text))


def _find_opening(reading, sentence, quantity, usable, others):
    """Return the places that open the sentence, for a number in a later clause of it."""
    text = sentence.text
    before = [p for p in usable if p.end <= quantity.start and moves_on(text, p)]
    if not before:
        return before
    if ITS_OWN.search(text, max(0, quantity.start - NEAR), quantity.start):
        return before
    if IT_TOO.search(text, max(0, quantity.start - 2 * NEAR), quantity.start) and is_subject(
        text, before[0]
    ):
        return before[:1]
    labels = [
        p for p in before if LABEL_END.match(text, p.end) and not text[: p.start].strip(" -–•*▪")
    ]
    if labels:
        return labels
    stops = _find_stops(reading, sentence)
    comma = text.find(",")
    if comma < 0 or any(start <= comma for start, _ in stops):
        before = [
            p
            for p in before
            if ";" not in text[p.end : quantity.start] or not any(q.start < p.start for q in others)
        ]
        return [p for p in before if INSIDE.search(text[max(0, p.start - 40) : p.start])]
    return [p for p in before if p.end <= comma]


def _merge(text, before, after):
    """Unite the places around a number; what is done in one place is not done in another."""
    located = [p for p in after if p.role != "people"]
    if not located or not before:
        return [*before, *after]
    opening = text[: located[0].start][-50:]
    if INSIDE.search(opening) and not MOVES.search(opening):
        before = [
            p
            for p in before
            if p.role == "people"
            or not INSIDE.search(text[max(0, p.start - 40) : p.start])
            and not CROSSED.search(text[max(0, p.start - NEAR) : p.start])
        ]
    return [*before, *after]


def _keep_own_people(text, quantity, chosen):
    """Keep, of several peoples, the one counted and those joined to it."""
    people = [p for p in chosen if p.role == "people"]
    own = [p for p in people if 0 <= p.start - quantity.end <= OWN_WORDS]
    own = [p for p in own if not MARK.search(text, quantity.end, p.start)]
    if not own:
        return chosen
    kept = own[:1]
    for place in people:
        if place.start > kept[-1].start and COORDINATED.fullmatch(text, kept[-1].end, place.start):
            kept.append(place)
    return [p for p in chosen if p.role != "people" or p in kept]
