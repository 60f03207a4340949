"""Tell which of the times in a sentence governs the clause of a number."""

import re

from threatledger.extraction.model import TimeMention
from threatledger.extraction.sources import get_sources
from threatledger.extraction.time_roles import LABEL_LENGTH

# What sets a number against another one, so that a time on one side is not for the other.
CONTRAST = re.compile(
    r"\b(?:compared\s+(?:with|to)|in\s+comparison\s+with|versus|up\s+from|down\s+from|as\s+opposed\s+to"
    r"|whereas|than\s+(?:in|during|at|on|the|a\s+year|last)"
    r"|(?:twice|half|times|just|nearly|almost|quite)\s+as\s+\w+\s+as"
    r"|(?:below|above|than|under|over)\s+(?:its|their|the)\s+(?:level|figure|number|total|average|peak"
    r"|rate))\b|;|(?:,|\bas)\s+(?:against|after)\b",
    re.IGNORECASE,
)
AGAINST = re.compile(r"\bagainst\s+(?:[\w-]+\s+){0,4}$", re.IGNORECASE)
NEW_CLAUSE = re.compile(
    r",\s+(?:and|but|while|though|although|yet|so)\s+(?=\w)(?!\d|about|some|up\b|over|more|at\s|as\s|another"
    r"|nearly|around|roughly|an?\s+further)|\band\s+that\b",
    re.IGNORECASE,
)
INNER_CLAUSE = re.compile(
    r"\b(?:it|they|he|she|we)\s+(?!(?:in|on|by|during|since|of|at)\b)\w+",
    re.IGNORECASE,
)
REFERRING = re.compile(r"\bof\s+(?:it|them|that|those|these|whom|which)\b", re.IGNORECASE)
OF_WHICH = re.compile(r"\s+of\s+(?:whom|which)\b", re.IGNORECASE)
OF_WHOM = re.compile(r",\s+(?:of\s+whom|of\s+which)\b", re.IGNORECASE)
OWN_VERB = re.compile(
    r"\s+[\w'’-]+\s+(?:is|are|came|was|were|has|have|had|went|fell|rose)\b", re.IGNORECASE
)
PRESENT = re.compile(r"\s+(?:[\w'’-]+\s+){0,2}(?:is|are|have|has)\b", re.IGNORECASE)
OPENING_OF = re.compile(r"\W*of\s+(?:the\s+|some\s+|about\s+|these\s+)*$", re.IGNORECASE)
WHO = re.compile(r"\b(?:who|which|that|whom)\b", re.IGNORECASE)
WHERE = re.compile(r"\bwhere\b", re.IGNORECASE)
SET_OFF = re.compile(
    r",\s+(?!including|counting|excluding|leaving)(?:\w+ed|built|made|\w+ing)\b[^,;]*$",
    re.IGNORECASE,
)
FROM = re.compile(r"\bfrom\s+(?:(?!to\b)[\w-]+\s+){0,4}$", re.IGNORECASE)
CHANGED = re.compile(
    r"\b(?:f[ae]ll(?:en)?|dropp?(?:ed)?|declin\w+|down|r[io]sen?|rose|up|gr[eo]wn?|climb\w*|increas\w+"
    r"|recover\w*|cut|reduc\w+|shr[aiu]nk\w*|slump\w*|tumbl\w*|decreas\w+|s[aiu]nk|doubl\w+|jump\w*|dwindl\w*|plung\w*|plummet\w*|slid|soar\w*|surg\w*)\b",
    re.IGNORECASE,
)
CHANGED_TO = re.compile(
    r"\b(?:f[ae]ll(?:en)?|dropp?ed|declined|risen|rose|gr[eo]wn?|climbed|increased|cut|reduced|shr[au]nk"
    r"|slumped|s[au]nk|dwindled)\s+(?:\w+\s+){0,3}(?:to|below|above|under)\b",
    re.IGNORECASE,
)
BRACKETED_MORE = re.compile(r"\s*:")  # "(December: 44%)"
SHARED_NOT = re.compile(r"\bto\s*$|\bbut\b|\bwhere\b|\bagainst\s+\w*\s*$", re.IGNORECASE)
TO_SECOND = re.compile(r"^\W*to\s+(?:[\w-]+\s+){0,4}[“\"']?$", re.IGNORECASE)
ASIDE = re.compile(
    r",\s*(?:(?:through|in|of|by|for)\s+)?(?:which|when|who|where|whose)\b", re.IGNORECASE
)
COMMA = re.compile(r",(?!\d{3})")
UNREAL = re.compile(r"\b(?:will|would|may|might|could|should|shall|plans?|if)\b", re.IGNORECASE)
ATTRIBUTIVE = re.compile(r"['’]s?\s+\w|[-‐]\w")
CASUALTIES = re.compile(
    r"\b(?:dead|killed|wounded|injured|hurt|casualties|deaths|died|bodies|victims|surviv\w+)\b",
    re.I,
)
SEIZED = re.compile(
    r"\b(?:arrested|detained|captured|seized|confiscated|freed|rescued|destroyed|burn(?:ed|t))\b",
    re.I,
)


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
            and not re.search(r"[,;]", text[aside.end() : quantity.start])
        ):
            if mention.kind == "since":
                return TimeMention(
                    mention.start, mention.end, mention.value.split("/")[0], "stated"
                )
            return mention
    return None


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
    others = reading.memo.get(("quantities", sentence.index), ())
    for mention in events:
        if mention.start < quantity.end:
            continue
        if ATTRIBUTIVE.match(text, mention.end) or _is_said_between(
            reading, sentence, quantity, mention
        ):
            return None
        between = [o for o in others if quantity.end <= o.start < mention.start]
        if between and not _is_shared(text, quantity, mention, between):
            return None
        gap = text[quantity.end : mention.start]
        if _is_set_off(text, quantity, gap):
            return None
        if _is_parted(text, gap, mention) and not _is_counted_by(
            reading, sentence, quantity, mention
        ):
            return None
        return mention
    return None


def _is_set_off(text, quantity, gap):
    """Return whether the number, but not the time after it, is in a part set off by commas."""
    if "," not in gap:
        return False
    opening = gap.split(",", 1)[0]
    if OPENING_OF.fullmatch(text, 0, quantity.start) and WHO.search(opening):
        return True
    if SET_OFF.search(text[: quantity.start]):
        return True
    is_length = getattr(quantity, "unit", None) in ("km", "km2")
    return is_length and text[: quantity.start].rstrip().endswith(",")


def _is_said_between(reading, sentence, quantity, mention):
    """Return whether a speaker stands between a number and a time after it (", X said, by …")."""
    return any(
        (source.place == "after" and quantity.end <= source.start < mention.start)
        or (
            source.place == "before"
            and not source.is_relative
            and quantity.end <= source.cue_start < mention.start
        )
        for source in get_sources(reading, sentence)
    )


def _is_counted_by(reading, sentence, quantity, mention):
    """Return whether the time is when a speaker counted: "Of 212 that X logged in May"."""
    return any(
        source.is_relative and quantity.end <= source.start < mention.start
        for source in get_sources(reading, sentence)
    )


def _is_parted(text, gap, mention):
    """Return whether what stands between a number and a later time puts them in two clauses."""
    if CONTRAST.search(gap) or NEW_CLAUSE.search(gap) or ASIDE.search(gap) or UNREAL.search(gap):
        return True
    if ":" in gap.strip()[1:] or OF_WHOM.search(gap) or WHERE.search(gap):
        return True
    if gap.endswith("(") and BRACKETED_MORE.match(text, mention.end):
        return True
    if mention.kind == "since":
        aside = gap.rsplit(",", 1)
        if len(aside) == 2 and len(aside[1].split()) <= 3 and " and " not in f" {aside[1]}":
            return True
    return bool(INNER_CLAUSE.search(REFERRING.sub("", gap.split(" since ")[0])))


def _is_shared(text, quantity, mention, between):
    """Return whether the numbers between a number and a time have that time too."""
    position = quantity.end
    for other in sorted(between, key=lambda o: o.start):
        gap = text[position : other.start]
        if CONTRAST.search(gap) or NEW_CLAUSE.search(gap) or SHARED_NOT.search(gap):
            return False
        if re.search(r",\s+from\s*$", gap) and CHANGED.search(text[: quantity.start][-60:]):
            return False
        if FROM.search(gap) and (CHANGED.search(gap) or _has_changed(text, quantity, gap)):
            return False
        if OF_WHICH.match(text, other.end):
            return False
        position = other.end
    return True


def _has_changed(text, quantity, gap):
    """Return whether a number is what something changed to, "from" directly behind it."""
    changed = CHANGED.search(text, max(0, quantity.start - 60), quantity.start)
    return bool(changed) and len(gap.split()) <= 8


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
        if not _is_blocked(text, mention, text[mention.end : quantity.start], quantity):
            return mention
    return None


def _is_blocked(text, mention, gap, quantity):
    """Return whether a time before a number belongs to something else in the sentence."""
    if _is_in_aside(text, mention, quantity):
        return True
    if TO_SECOND.search(gap) and re.search(r"\bfrom\b", text[: mention.start], re.IGNORECASE):
        return True
    if mention.start >= LABEL_LENGTH and CHANGED_TO.search(gap):
        return True
    refers = REFERRING.search(text, quantity.end, quantity.end + 12)
    if (CONTRAST.search(gap) or AGAINST.search(gap)) and not refers:
        return not _goes_on(text, mention, gap, quantity)
    if FROM.search(gap) and CHANGED.search(text[: quantity.start][-80:]):
        return True
    return not refers and _is_other_clause(text, mention, gap, quantity)


def _goes_on(text, mention, gap, quantity):
    """Return whether the day of an event holds for its dead or arrested after a semicolon."""
    is_day = len(mention.value) == 10
    near = text[quantity.start : quantity.end + 60]
    return is_day and gap.count(";") == 1 and bool(CASUALTIES.search(near) or SEIZED.search(near))


def _is_other_clause(text, mention, gap, quantity):
    """Return whether a number begins a clause that a time before it does not govern."""
    opens = mention.start < LABEL_LENGTH and mention.kind != "since"
    if OF_WHOM.search(gap):
        return mention.kind == "since"
    if re.search(r",\s+and\s+$", gap) and OWN_VERB.match(text, quantity.end) and not opens:
        return True
    is_of = re.match(r"\W*of\b", text, re.IGNORECASE) and "," in gap
    if is_of and PRESENT.match(text, quantity.end):
        return True
    clause = NEW_CLAUSE.search(gap)
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
