"""Tell which of the times before a number in its sentence governs the clause of the number."""

import re

from threatledger.extraction.model import TimeMention
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.time_marks import (
    AFTER_IT,
    AGAINST,
    AND_IS,
    AND_THE,
    ASIDE,
    BECAUSE,
    BENCHMARK,
    CASUALTIES,
    CHANGED,
    CHANGED_TO,
    CLOSED,
    COMMA,
    COMPARING,
    ELSEWHERE,
    FEWER,
    FROM,
    GOES_ON,
    HAPPENED,
    HAVE,
    NEW_CLAUSE,
    OBJECT_WHICH,
    OF_A_WHOLE,
    OF_WHOM,
    OPENS_CLAUSE,
    OPENS_PART,
    OWN_VERB,
    PLANNED,
    PRESENT,
    PRESENT_LATER,
    REFERRING,
    SEIZED,
    SINCE_CLAUSE,
    SINCE_HAS,
    THEY_SAY,
    TO_SECOND,
    UNREAL,
    WENT_ON,
    WHICH_IS,
    WHOSE,
    WILL,
    has_contrast,
    is_reduced,
)
from threatledger.extraction.time_roles import LABEL_LENGTH

AND_SAY = LateRegex(
    r"\band\s+(?:believed?|believes|estimated?|estimates|thinks?|thought|reckon(?:s|ed)?)\b"
)
# "rose to 512 in October from 90 in 2014, and another 1,200 …"
FROM_THEN = LateRegex(
    r"\b[Ff]rom\s+(?:(?:some|about|over|nearly|only|just|around|more|less|fewer|than|as|many)\s+){0,3}"
    r"[$€£]?\d[\d,.]*(?:\s+(?!to\b)[a-z%]+){0,3}?\s+(?:(?:in|on|during|at)\s+)?$"
)
JOINING = LateRegex(r",\s+and\s+$")
OPENING_SINCE = LateRegex(r"\W*since\b", re.IGNORECASE)
# "… since June, and dozens of the shops remained shut": of a clause of its own.
OWN_CLAUSE = LateRegex(
    r"(?:\s+[\w'’-]+){1,7}?\s+(?:remain(?:s|ed)?|stay(?:s|ed)?|stands?|stood|go|goes|went|comes?|came"
    r"|is|are|was|were|has|have|had|lies?|lay)\b"
)
TO_LEVEL = LateRegex(r",\s+to\s+(?:[a-z]+\s+){0,2}")  # "grown by 6 per cent since April, to 15"
WERE = LateRegex(r"\s+(?:were|had\s+been)\b")  # "since 2021, of whom 8,900 were fighters"
AT_WHICH = LateRegex(r",\s+where\b")
PARTED = LateRegex(r"[,;]|\b(?:has|have|had)\b")
HAS_FROM = LateRegex(r"\b[Ff][Rr][Oo][Mm]\b")


def find_before(text, quantity, events):
    """Return the nearest time before a number that governs its clause.

    Parameters
    ----------
    text : str
        The sentence.
    quantity : object
        With ``start`` and ``end``.
    events : list of TimeMention
        The times of the sentence that date an event.

    Returns
    -------
    TimeMention or None
    """
    before = [m for m in events if m.end <= quantity.start]
    for mention in reversed(before):
        gap = AFTER_IT.sub(",", CLOSED.sub("", text[mention.end : quantity.start]))
        if _closes_comparison(text, mention, gap) or _closes_change(text, mention, gap):
            continue
        if not _is_blocked(text, mention, gap, quantity):
            return _read_since_clause(text, mention, gap)
    return None


def _closes_comparison(text, mention, gap):
    """Return whether a time only compares: "41 raids, up from 18 a year earlier, and …"."""
    is_closed = gap.startswith((",", ";")) and COMPARING.search(text, 0, mention.start)
    return bool(is_closed) and not gap.startswith((", of wh", ", when", ", wh"))


def _closes_change(text, mention, gap):
    """Return whether a time is only that of a start: "fell to 9 from 30 in 2014, and …"."""
    if not gap.startswith((",", ";")):
        return False
    found = FROM_THEN.search(text, 0, mention.start)
    start = found.start() if found else 0
    return bool(found) and CHANGED.search(text, max(0, start - 80), start) is not None


def _read_since_clause(text, mention, gap):
    """Return a time, or its first day where the number is of the event that it dates."""
    is_event = mention.kind == "since" and not PARTED.search(gap)
    if not is_event or not SINCE_CLAUSE.search(text[: mention.start]):
        return mention
    return TimeMention(mention.start, mention.end, mention.value.split("/")[0], "stated")


def _is_blocked(text, mention, gap, quantity):
    """Return whether a time before a number belongs to something else in the sentence."""
    if _is_in_aside(text, mention, quantity) or is_reduced(text, mention):
        return True
    if mention.start >= LABEL_LENGTH and AND_SAY.search(gap):
        return True
    if WILL.search(gap) or WHOSE.search(gap) or OBJECT_WHICH.match(gap) or THEY_SAY.search(gap):
        return True
    if WHICH_IS.search(gap) and not FEWER.match(text, quantity.end):
        return True
    if mention.kind == "since" and (AND_IS.search(gap) or TO_LEVEL.fullmatch(gap)):
        return True
    if "," in gap and PLANNED.search(text[: mention.start]) and not UNREAL.search(gap):
        return True
    if TO_SECOND.search(gap) and HAS_FROM.search(text, 0, mention.start):
        return True
    if AND_THE.match(gap) and CHANGED_TO.search(gap) and not HAVE.search(gap):
        return False
    opens = mention.start < LABEL_LENGTH or OPENS_CLAUSE.search(text, 0, mention.start)
    if not opens and CHANGED_TO.search(gap):
        return True
    refers = REFERRING.search(text, quantity.end, quantity.end + 12)
    if (has_contrast(gap) or AGAINST.search(gap)) and not refers:
        return not _goes_on(text, mention, gap, quantity)
    if refers and mention.kind == "since" and PRESENT.match(text, quantity.end):
        return True
    if FROM.search(gap) and CHANGED.search(text[: quantity.start][-80:]):
        return True
    return not refers and _is_other_clause(text, mention, gap, quantity)


def _goes_on(text, mention, gap, quantity):
    """Return whether a time holds after a semicolon or "against": for the same event or time."""
    if GOES_ON.match(gap) or BENCHMARK.search(gap):
        return True
    if mention.kind == "now" and AGAINST.search(gap) and ELSEWHERE.match(text, quantity.end):
        return True
    if WENT_ON.match(gap) and mention.kind not in ("since", "now"):
        return True
    if gap.count(";") == 1 and mention.kind not in ("since", "now"):
        opening = gap.rsplit(";", 1)[1]
        if OPENS_PART.fullmatch(opening) and HAPPENED.match(text, quantity.end):
            return True
    is_day = len(mention.value) == 10
    near = text[quantity.start : quantity.end + 60]
    return is_day and gap.count(";") == 1 and bool(CASUALTIES.search(near) or SEIZED.search(near))


def _is_other_clause(text, mention, gap, quantity):
    """Return whether a number begins a clause that a time before it does not govern."""
    opens = mention.start < LABEL_LENGTH and mention.kind != "since"
    if OF_WHOM.search(gap):
        part = quantity.start - mention.end < 60 and WERE.match(text, quantity.end)
        return mention.kind == "since" and not part or bool(PRESENT.match(text, quantity.end))
    if JOINING.search(gap) and OWN_VERB.match(text, quantity.end) and not opens:
        return True
    is_since = mention.kind == "since" and not OPENING_SINCE.match(text) and JOINING.search(gap)
    if is_since and OWN_CLAUSE.match(text, quantity.end):
        return True
    if BECAUSE.search(gap) and PRESENT_LATER.match(text, quantity.end):
        return True
    if AT_WHICH.search(gap) and PRESENT_LATER.match(text, quantity.end):
        return True
    is_of = OF_A_WHOLE.search(text[: quantity.start]) and "," in gap
    if is_of and PRESENT.match(text, quantity.end):
        return True
    clause = NEW_CLAUSE.search(gap)
    if clause and mention.kind == "since" and SINCE_HAS.search(gap, clause.start()):
        return False
    return bool(clause) and not opens and "that" not in clause[0].split()


def _is_in_aside(text, mention, quantity):
    """Return whether a time stands in a ", which …," that the number is outside of."""
    opening = None
    for match in ASIDE.finditer(text, 0, mention.start):
        opening = match
    if opening is None:
        return False
    if COMMA.search(text, opening.end(), mention.start):
        return False
    return COMMA.search(text, mention.end, quantity.start) is not None
