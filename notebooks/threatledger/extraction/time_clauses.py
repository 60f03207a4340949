"""Tell which of the times in a sentence governs the clause of a number."""

import re

from threatledger.extraction.memos import get_quantities, list_earlier
from threatledger.extraction.model import TimeMention
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.sources import get_sources
from threatledger.extraction.time_marks import (
    AFTER_WHAT,
    ALTERNATIVE,
    AND_THEN,
    ASIDE,
    ATTRIBUTIVE,
    BASE,
    BASE_OF,
    BRACKETED_MORE,
    BUDGETED,
    CHANGED,
    CLOSED_ASIDE,
    COMMA_FROM,
    COMPARING,
    COUNTERS,
    EVENT_OF,
    FOR_WHICH,
    FROM,
    FROM_PLACES,
    HAVE,
    INNER_CLAUSE,
    NEW_CLAUSE,
    NEXT_NUMBER,
    OBJECT_WHICH,
    OF_THEM_ASIDE,
    OF_THOSE_WHO,
    OF_WHICH,
    OF_WHOM,
    OPENING_OF,
    OVER_WHAT,
    PRESENT,
    REFERRING,
    RELATIVE_VERB,
    RESTATED,
    SAME,
    SET_OFF,
    SHARED_NOT,
    THAT_HAD,
    THAT_IT,
    THE,
    THEY_SAY,
    THOUSANDS,
    UNREAL,
    WHERE,
    WHO,
    WHO_PAST,
    WITH_BUDGET,
    has_contrast,
    is_reduced,
)

UP_ON = LateRegex(
    r",\s+(?:\w+\s+)?(?:up|down)\s+(?:(?:by\s+)?(?:[\w.,%]+\s+){1,3}?(?:per\s+cent\s+)?)?(?:on|from)\s*\Z"
)
# Inside "since two of its camps were destroyed in October 2021"
IN_SINCE = LateRegex(
    r"\b[Ss]ince\s+(?:(?!then\b)(?:at\s+least|more\s+than|some|about|nearly|over|the|its|their|another)\s+){0,3}$"
)
BY_THEN = LateRegex(r"\b(?:by|until|as\s+of)\s+(?:the\s+end\s+of\s+)?$")
AND_END = LateRegex(r"\band\s+(?:[a-z]+\s+){0,3}$")
OWN_AUX = LateRegex(r"\s+(?:of\s+them\s+)?(?:had|have|has|were|was)\b")
OF_THE = LateRegex(r"\s+of\s+(?:the|its|their|some)\s+")  # "14 of the 22 towns that fell in May"
FOUND = ("found", "finds")  # "police arrested 24 men and found six swords on 3 May"
HALT = LateRegex(r"[,;]")


def find_antecedent(text, quantity, events):
    """Return the time that a ", when …" or ", which …" with the number takes up.

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
    for mention in events:
        aside = ASIDE.match(text, mention.end)
        if (
            aside
            and aside.end() <= quantity.start
            and not HALT.search(text, aside.end(), quantity.start)
        ):
            if OBJECT_WHICH.match(text, mention.end):
                continue
            if FOR_WHICH.match(text, mention.end) or _has_own_after(text, quantity, events):
                continue
            if mention.kind == "since":
                return TimeMention(
                    mention.start, mention.end, mention.value.split("/")[0], "stated"
                )
            return mention
    return None


def find_restated(reading, sentence, quantity):
    """Return the number that another one says over: "$5 billion last year, or half of output".

    Parameters
    ----------
    reading : Reading
        The text under reading.
    sentence : Sentence
        The sentence that holds the number.
    quantity : object
        With ``start`` and ``end``.

    Returns
    -------
    Quantity or None
        None where the number is not set after another one with "or".
    """
    before = list_earlier(reading, sentence, quantity)
    if not before or getattr(quantity, "unit", None) == getattr(before[-1], "unit", None):
        return None
    gap = sentence.text[before[-1].end : quantity.start]
    return before[-1] if len(gap) <= RESTATED and ALTERNATIVE.fullmatch(gap) else None


def find_whole(reading, sentence, quantity, events):
    """Return the number of which another one is a part: "66,000, nine out of ten of them women".

    Parameters
    ----------
    reading : Reading
        The text under reading.
    sentence : Sentence
        The sentence that holds the number.
    quantity : object
        With ``start`` and ``end``.
    events : list of TimeMention
        The times of the sentence that date an event.

    Returns
    -------
    Quantity or None
    """
    text = sentence.text
    if not OF_WHICH.match(text, quantity.end) or _has_own_after(text, quantity, events):
        return None
    before = list_earlier(reading, sentence, quantity)
    before = [q for q in before if not COMPARING.search(text, 0, q.start)]
    if not before or THEY_SAY.search(text, before[-1].end, quantity.start):
        return None
    return None if PRESENT.match(text, quantity.end) else before[-1]


def _has_own_after(text, quantity, events):
    """Return whether a time follows a number before the next comma."""
    return any(
        m.start >= quantity.end and not re.search(r"[,;:]", text[quantity.end : m.start])
        for m in events
    )


def find_after(reading, sentence, quantity, events):
    """Return the time that follows a number within its own clause.

    Parameters
    ----------
    reading : Reading
        The text under reading.
    sentence : Sentence
        The sentence that holds the number.
    quantity : object
        With ``start`` and ``end``.
    events : list of TimeMention
        The times of the sentence that date an event.

    Returns
    -------
    TimeMention or None
    """
    text = sentence.text
    others = get_quantities(reading, sentence)
    for mention in events:
        if mention.start < quantity.end:
            continue
        is_of = ATTRIBUTIVE.match(text, mention.end) and not EVENT_OF.match(text, mention.end)
        if is_of or _is_said_between(reading, sentence, quantity, mention):
            return None
        between = [o for o in others if quantity.end <= o.start < mention.start]
        if between and not _is_shared(text, quantity, mention, between):
            return None
        if between and _is_own_limit(text, mention, between[-1]):
            return None
        gap = CLOSED_ASIDE.sub("", text[quantity.end : mention.start])
        if _is_base(quantity, mention, gap):
            continue
        if OF_THOSE_WHO.match(gap) and PRESENT.match(text, mention.end):
            return None
        if between and is_reduced(text, mention):
            return None
        if _is_set_off(text, quantity, gap) or _is_next_ones(
            text, quantity, mention, others, events
        ):
            return None
        if BASE.search(gap) and SAME.match(text, mention.start):
            return None
        if BUDGETED.search(gap) and any(m.end <= quantity.start for m in events):
            return None
        if _is_settled(text, quantity, mention, gap):
            return None
        is_share = getattr(quantity, "unit", None) == "percent"
        if _is_parted(text, gap, mention, is_share) and not _is_counted_by(
            reading, sentence, quantity, mention
        ):
            return None
        return _read_since_event(text, quantity, mention)
    return None


def _read_since_event(text, quantity, mention):
    """Return when something happened: "it has waned since two of its camps fell in May 2021"."""
    if mention.kind != "since" or not IN_SINCE.search(text, 0, quantity.start):
        return mention
    return TimeMention(mention.start, mention.end, mention.value.split("/")[0], "stated")


def _is_own_limit(text, mention, other):
    """Return whether a time ends only the last clause: "44 were taken, and 19 had left by May"."""
    if not BY_THEN.search(text, 0, mention.start):
        return False
    return bool(AND_END.search(text, 0, other.start) and OWN_AUX.match(text, other.end))


def _is_base(quantity, mention, gap):
    """Return whether a change in per cent is only held against a month or year: "12% on July"."""
    if len(mention.value) > len("2021-07"):
        return False
    is_share = getattr(quantity, "unit", None) == "percent"
    return bool(UP_ON.search(gap) or is_share and BASE_OF.fullmatch(gap))


def _is_next_ones(text, quantity, mention, others, events):
    """Return whether a time opens the part of the next number: "last year 40, this year 65"."""
    has_own = any(m.end <= quantity.start for m in events)
    if not has_own or not text[: mention.start].rstrip().endswith((",", ";")):
        return False
    return any(
        NEXT_NUMBER.fullmatch(text, mention.end, o.start) for o in others if o.start >= mention.end
    )


def _is_settled(text, quantity, mention, gap):
    """Return whether a number is of what stands already, and the time of what it went through.

    "Escapes from the 26 jails have become rare since May"; "a man who drew $400 now draws $200".
    """
    before = text[max(0, quantity.start - 30) : quantity.start]
    if mention.kind == "since":
        return bool(THE.search(before) and HAVE.search(gap))
    return mention.kind == "now" and bool(WHO_PAST.search(before))


def _is_set_off(text, quantity, gap):
    """Return whether the number, but not the time after it, is in a part set off by commas."""
    if "," not in gap:
        return False
    opening = gap.split(",", 1)[0]
    if OPENING_OF.fullmatch(text, 0, quantity.start) and WHO.search(opening):
        return True
    if _closes_aside(text, quantity, gap):
        return True
    if SET_OFF.search(text[: quantity.start]) or WITH_BUDGET.search(text[: quantity.start]):
        return True
    is_length = getattr(quantity, "unit", None) in ("km", "km2")
    return is_length and text[: quantity.start].rstrip().endswith(",")


def _closes_aside(text, quantity, gap):
    """Return whether a number stands in a ", which …," that ends before a time."""
    opening = None
    for match in ASIDE.finditer(text, 0, quantity.start):
        opening = match
    if opening is None or "," in THOUSANDS.sub("", text[opening.end() : quantity.start]):
        return False
    return "," in THOUSANDS.sub("", gap)


def _is_said_between(reading, sentence, quantity, mention):
    """Return whether a speaker stands between a number and a time after it (", X said, by …")."""
    return any(
        (source.place == "after" and quantity.end <= source.start < mention.start)
        or (
            source.place == "before"
            and not source.is_relative
            and not (source.kind == "count" and source.phrase.strip() in COUNTERS)
            and quantity.end <= source.cue_start < mention.start
            and not (source.cue in FOUND and source.start < quantity.start)
        )
        for source in get_sources(reading, sentence)
    )


def _is_counted_by(reading, sentence, quantity, mention):
    """Return whether the time is when a speaker counted: "Of 212 that X logged in May"."""
    return any(
        source.is_relative and quantity.end <= source.start < mention.start
        for source in get_sources(reading, sentence)
    )


def _is_parted(text, gap, mention, is_share):
    """Return whether what stands between a number and a later time puts them in two clauses."""
    if has_contrast(gap) or NEW_CLAUSE.search(gap) or ASIDE.search(gap) or UNREAL.search(gap):
        return True
    if OVER_WHAT.search(gap) or AND_THEN.search(gap):
        return True
    if mention.kind == "now" and AND_END.search(gap):
        return True
    if ":" in gap.strip()[1:] or OF_WHOM.search(gap) or WHERE.search(gap):
        return True
    if gap.endswith("(") and BRACKETED_MORE.match(text, mention.end):
        return True
    if mention.kind == "since":
        aside = gap.rsplit(",", 1)
        if len(aside) == 2 and len(aside[1].split()) <= 3 and " and " not in f" {aside[1]}":
            return True
    inner = REFERRING.sub("", gap.split(" since ")[0])
    return bool(INNER_CLAUSE.search(inner)) and (is_share or not THAT_IT.match(inner))


def _is_shared(text, quantity, mention, between):
    """Return whether the numbers between a number and a time have that time too."""
    position = quantity.end
    for other in sorted(between, key=lambda o: o.start):
        gap = text[position : other.start]
        if RELATIVE_VERB.search(gap):
            return False
        if has_contrast(gap) or NEW_CLAUSE.search(gap) or SHARED_NOT.search(gap):
            return False
        if THAT_HAD.search(gap):
            return False
        is_from = COMMA_FROM.search(gap) and not FROM_PLACES.match(text, other.end)
        if is_from or OVER_WHAT.search(gap) or AFTER_WHAT.search(gap):
            return False
        if FROM.search(gap) and (CHANGED.search(gap) or _has_changed(text, quantity, gap)):
            return False
        if OF_WHICH.match(text, other.end) and not OF_THEM_ASIDE.match(text, other.end):
            return False
        position = other.end
    part = OF_THE.fullmatch(text, quantity.end, min(o.start for o in between))
    return not (part and RELATIVE_VERB.search(text, position, mention.start))


def _has_changed(text, quantity, gap):
    """Return whether a number is what something changed to, "from" directly behind it."""
    changed = CHANGED.search(text, max(0, quantity.start - 60), quantity.start)
    return bool(changed) and len(gap.split()) <= 8
