"""Say as of when a number holds: which of the times in and around its sentence is its own."""

import re

from threatledger.extraction.model import TimeMention
from threatledger.extraction.naming import resolve_source
from threatledger.extraction.phrases import find_head
from threatledger.extraction.sources import get_sources
from threatledger.extraction.speakers import choose_source, find_speaking
from threatledger.extraction.time_roles import LABEL_LENGTH, get_time_roles, get_times
from threatledger.extraction.times import find_times

__all__ = ["find_times", "get_times", "link_time"]

# What sets a number against another one, so that a time on one side is not for the other.
CONTRAST = re.compile(
    r"\b(?:compared\s+(?:with|to)|in\s+comparison\s+with|versus|up\s+from|down\s+from|as\s+opposed\s+to"
    r"|whereas|than\s+(?:in|during|at|on|the|a\s+year|last))\b|;|(?:,|\bas)\s+(?:against|after)\b",
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
OF_WHOM = re.compile(r",\s+(?:of\s+whom|of\s+which)\b", re.IGNORECASE)
OWN_VERB = re.compile(
    r"\s+[\w'’-]+\s+(?:is|are|came|was|were|has|have|had|went|fell|rose)\b", re.IGNORECASE
)
PRESENT = re.compile(r"\s+(?:[\w'’-]+\s+){0,2}(?:is|are)\b", re.IGNORECASE)
OPENING_OF = re.compile(r"\W*of\s+(?:the\s+|some\s+|about\s+|these\s+)*$", re.IGNORECASE)
WHO = re.compile(r"\b(?:who|which|that|whom)\b", re.IGNORECASE)
SET_OFF = re.compile(
    r",\s+(?!including|counting|excluding|leaving)(?:\w+ed|built|made|\w+ing)\b[^,;]*$",
    re.IGNORECASE,
)
FROM = re.compile(r"\bfrom\s+(?:(?!to\b)[\w-]+\s+){0,4}$", re.IGNORECASE)
CHANGED = re.compile(
    r"\b(?:f[ae]ll(?:en)?|dropp?(?:ed)?|declin\w+|down|r[io]sen?|rose|up|gr[eo]wn?|climb\w*|increas\w+"
    r"|cut|reduc\w+|shr[aiu]nk\w*|slump\w*|tumbl\w*|decreas\w+|s[aiu]nk|doubl\w+|jump\w*|dwindl\w*|plung\w*|plummet\w*|slid|soar\w*|surg\w*)\b",
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
UNREAL = re.compile(r"\b(?:will|would|may|might|could|should|shall|plans?|if)\b", re.IGNORECASE)
ATTRIBUTIVE = re.compile(r"['’]s?\s+\w|[-‐]\w")
PERIOD_HEAD = re.compile(
    r"\b(?:reporting\s+period|period\s+(?:covered|under\s+review|of\s+report(?:ing)?)|reference\s+period"
    r"|(?:data|figures|situation|information|numbers|status)\s+(?:as\s+)?(?:of|at|on)|as\s+(?:of|at)"
    r"|cut-?off(?:\s+date)?|period|cover(?:s|ed|ing)|all\s+figures)\b[ \t]*:?[ \t]*",
    re.IGNORECASE,
)
HEAD_LENGTH = 1500  # characters in which a report states its period
REACH = 8  # sentences that the date of a report reaches on
EVENT_REACH = 2  # sentences that the day of an attack reaches on
DAY = re.compile(r"\d{4}-\d\d-\d\d")
BARE = re.compile(r"\s*[.;,]|\s*$")  # a number without a noun
TOLL = re.compile(r"\btoll\b", re.IGNORECASE)
THEN = re.compile(r"\bthen\b|\bat\s+(?:that|the)\s+time\b", re.IGNORECASE)
OF_THAT = re.compile(
    r"\bof\s+(?:that|this|these|those)(?:\s+(?:figure|number|total|sum|amount))?\b(?!\s\w)", re.I
)
CASUALTIES = re.compile(
    r"\b(?:dead|killed|wounded|injured|hurt|casualties|deaths|died|bodies|victims|surviv\w+)\b",
    re.I,
)


def link_time(reading, sentence, quantity, counted=None):
    """Say as of when a number holds.

    Parameters
    ----------
    reading : Reading
        The text under reading. Where ``memo[("quantities", index)]`` lists the numbers of a
        sentence, times between two of them are told apart.
    sentence : Sentence
        The sentence that holds the number.
    quantity : object
        With ``start`` and ``end`` into the sentence's text.
    counted : Counted, optional
        Not used.

    Returns
    -------
    tuple of (str or None, str)
        ISO 8601 date, month, year or interval, and the words it rests on; ``(None, "")`` where
        the text gives no time.

    Notes
    -----
    Decision 12 in ``data/gold/GUIDE.md``. In this order: a time of the number's own clause; when
    it was said or the report is dated; what the sentence or list before carries over; the period
    that the head of a report states.
    """
    key = ("time", sentence.index, quantity.start)
    if key not in reading.memo:
        reading.memo[key] = None, ""  # guards against a chain that leads back to itself
        reading.memo[key] = _link(reading, sentence, quantity)
    return reading.memo[key]


def _link(reading, sentence, quantity):
    for find in (_find_own, _find_said, _find_carried, _find_period):
        found = find(reading, sentence, quantity)
        if found is not None:
            return found
    return None, ""


def _write(sentence, mention):
    return mention.value, sentence.text[mention.start : mention.end]


def _find_own(reading, sentence, quantity):
    """Return the time that the number's own sentence gives it."""
    roles = get_time_roles(reading, sentence)
    events = [m for m, role in roles if role == "event"]
    events = [m for m in events if m.end <= quantity.start or m.start >= quantity.end]
    if not events or _is_in_speaker(reading, sentence, quantity):
        return None
    mention = _find_antecedent(sentence.text, quantity, events)
    mention = mention or _find_after(reading, sentence, quantity, events)
    mention = mention or _find_before(sentence.text, quantity, events)
    return _write(sentence, mention) if mention else None


def _is_in_speaker(reading, sentence, quantity):
    """Return whether the number counts the speakers themselves ("three officers told us")."""
    return any(s.start <= quantity.start < s.end for s in get_sources(reading, sentence))


def _find_antecedent(text, quantity, events):
    """Return the time that a ", when …" or ", which …" with the number takes up."""
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


def _find_after(reading, sentence, quantity, events):
    """Return the time that follows a number within its own clause."""
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
    if ":" in gap.strip()[1:] or OF_WHOM.search(gap):
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
        if FROM.search(gap) and CHANGED.search(gap):
            return False
        position = other.end
    return True


def _find_before(text, quantity, events):
    """Return the nearest time before a number that governs its clause."""
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
    """Return whether a day that opens the sentence holds for its dead after a semicolon."""
    is_day = mention.start < LABEL_LENGTH and len(mention.value) == 10
    near = text[quantity.start : quantity.end + 60]
    return is_day and gap.count(";") == 1 and bool(CASUALTIES.search(near))


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
    if 0 <= text.find(",", opening.end()) < mention.start:
        return False
    return 0 <= text.find(",", mention.end) < quantity.start


def _find_said(reading, sentence, quantity):
    """Return when the number was said, or the date of the report that holds it."""
    if _is_in_speaker(reading, sentence, quantity):
        return None
    if FROM.search(sentence.text[: quantity.start]) and CHANGED.search(
        sentence.text[: quantity.start][-80:]
    ):
        return None
    for wanted in ("said", "document"):
        for mention, role in get_time_roles(reading, sentence):
            if role == wanted:
                return _write(sentence, mention)
    return None


def _find_carried(reading, sentence, quantity):
    """Return a time from the sentence before, the lead of a list, or a heading."""
    passage = reading.passages[sentence.passage]
    if passage.kind in ("title", "heading"):
        return None
    if passage.kind == "item":
        found = _find_label(reading, sentence, passage) or _find_lead(reading, passage)
        if found:
            return found
    return (
        _find_running(reading, sentence, quantity)
        or _find_report_date(reading, sentence, quantity)
        or _find_heading(reading, passage)
    )


def _find_label(reading, sentence, passage):
    """Return the time that opens a list item, for its later sentences."""
    first = passage.sentences[0]
    if first is sentence:
        return None
    times = [m for m in get_times(reading, first) if m.start < LABEL_LENGTH]
    return _write(first, times[0]) if times else None


def _find_lead(reading, passage):
    """Return the time that the words before a list give its items."""
    if passage.lead is None:
        return None
    lead = reading.passages[passage.lead]
    last = lead.sentences[-1] if lead.sentences else None
    if last is None or not last.text.rstrip().endswith(":"):
        return None
    times = [m for m, role in get_time_roles(reading, last) if role == "event"]
    return _write(last, times[-1]) if times else None


def _find_heading(reading, passage):
    """Return the time in the heading that governs a passage, unless it is the title."""
    if passage.heading is None:
        return None
    heading = reading.passages[passage.heading]
    if heading.kind != "heading":
        return None
    for sentence in heading.sentences:
        for mention in get_times(reading, sentence)[-1:]:
            return _write(sentence, mention)
    return None


def _find_running(reading, sentence, quantity):
    """Return the time of the sentence before where the same statement or event goes on."""
    if not sentence.index:
        return None
    before = reading.sentences[sentence.index - 1]
    if before.passage == sentence.passage:
        if THEN.search(sentence.text[: quantity.start]):
            return _find_then(reading, before)
        if OF_THAT.search(sentence.text):
            return _link_last(reading, before)
        found = _find_event_day(reading, sentence, quantity)
        if found:
            return found
    return _find_speaking_time(reading, sentence, quantity)


def _find_event_day(reading, sentence, quantity):
    """Return the day of an event for the toll that the next sentences give."""
    after = sentence.text[quantity.end :]
    near = sentence.text[quantity.start : quantity.end + 60]
    is_people = getattr(quantity, "unit", None) in (None, "person", "count")
    is_bare = is_people and bool(BARE.match(after) or TOLL.search(sentence.text))
    if not is_bare and not CASUALTIES.search(near):
        return None
    for index in range(sentence.index - 1, max(-1, sentence.index - EVENT_REACH - 1), -1):
        earlier = reading.sentences[index]
        if earlier.passage != sentence.passage:
            return None
        if is_bare and index == sentence.index - 1 and not CASUALTIES.search(earlier.text):
            return None
        times = [m for m, role in get_time_roles(reading, earlier) if role == "event"]
        if times:
            return _write(earlier, times[-1]) if DAY.fullmatch(times[-1].value) else None
    return None


def _find_then(reading, before):
    times = get_times(reading, before)
    return _write(before, times[-1]) if times else None


def _link_last(reading, sentence):
    """Return the time of the last number of a sentence, else of its last time mention."""
    quantities = reading.memo.get(("quantities", sentence.index), ())
    if quantities:
        found = link_time(reading, sentence, quantities[-1])
        return found if found[0] else None
    return _find_then(reading, sentence)


def _find_speaking_time(reading, sentence, quantity):
    """Return when the speaker of a running statement said it, as an earlier sentence tells."""
    for earlier in find_speaking(reading, sentence, quantity):
        for mention, role in get_time_roles(reading, earlier):
            if role == "said":
                return _write(earlier, mention)
        counted = any(source.kind in ("count", "act") for source in get_sources(reading, earlier))
        if counted:
            return _link_last(reading, earlier)
    return None


def _find_report_date(reading, sentence, quantity):
    """Return the date that an earlier sentence gives the report to which the number is owed."""
    source = choose_source(reading, sentence, quantity)
    if source is None:
        return None
    name = resolve_source(reading, sentence, source) or ""
    if find_head(name, reading.codebook)[1] != "document":
        return None
    for index in range(sentence.index - 1, max(-1, sentence.index - REACH - 1), -1):
        earlier = reading.sentences[index]
        for mention, role in get_time_roles(reading, earlier):
            if role == "document" and get_sources(reading, earlier):
                return _write(earlier, mention)
    return None


def _find_period(reading, sentence, quantity):
    """Return the period that a report states in its head."""
    if "period" not in reading.memo:
        reading.memo["period"] = _read_period(reading)
    if _is_in_speaker(reading, sentence, quantity):
        return None
    return reading.memo["period"]


def _read_period(reading):
    head = reading.text[:HEAD_LENGTH]
    for match in PERIOD_HEAD.finditer(head):
        if not _opens_line(head, match.start()):
            continue
        rest = head[match.end() : match.end() + 60].split("\n")[0]
        times = find_times(rest, reading.published, reading.codebook)
        if times and times[0].start < LABEL_LENGTH and times[0].value:
            return times[0].value, rest[times[0].start : times[0].end]
    return None


def _opens_line(text, position):
    """Return whether a place opens a line or a part of it."""
    before = text[:position].rstrip(" \t")
    return not before or before[-1] in "\n|•·/–—-:([" or text[:position].endswith("  ")
