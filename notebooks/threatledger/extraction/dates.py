"""Say as of when a number holds: which of the times in and around its sentence is its own."""

import re

from threatledger.extraction.footnotes import find_anchored
from threatledger.extraction.glance import read_forms
from threatledger.extraction.memos import get_quantities, list_earlier, recall
from threatledger.extraction.naming import resolve_source
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.periods import find_period
from threatledger.extraction.phrases import find_head
from threatledger.extraction.rows import find_lead
from threatledger.extraction.sources import get_sources
from threatledger.extraction.speakers import choose_source
from threatledger.extraction.time_before import find_before
from threatledger.extraction.time_clauses import (
    find_after,
    find_antecedent,
    find_restated,
    find_whole,
)
from threatledger.extraction.time_events import EVENT_AGAIN, find_event_day
from threatledger.extraction.time_marks import CHANGED, FROM
from threatledger.extraction.time_roles import LABEL_LENGTH, get_time_roles, get_times
from threatledger.extraction.time_running import find_running
from threatledger.extraction.time_tables import find_table_time
from threatledger.extraction.times import find_times

__all__ = ["find_times", "get_times", "link_time"]

REACH = 8  # sentences that the date of a report reaches on
# A note below a table, the words below a picture or a line of the imprint.
NO_HEADING = LateRegex(
    r"\W*(?:sources?|notes?|figures?|data|photo\w*|pictures?|images?|credit|file|by|published"
    r"|posted|updated|issued"
    r"|last|©|copyright|next|see|read)\b",
    re.IGNORECASE,
)
BESIDE_NOT = LateRegex(r"[,;:(]|\b(?:from|against|than|who|which|that|where|while|and|as|to)\b")
SHARED_VERB = LateRegex(
    r"\s+(?:of\s+\w+\s+)?(?:is|are|was|were|had\s+been|went\s+to|came\s+from)\s+[^,;:.()]{1,50},?\s+and\s+"
    r"(?:about\s+|another\s+|some\s+|a\s+further\s+)?"
)
# "Its grip has weakened since two camps fell in May:" says nothing of when the items hold.
CHANGED_SINCE = LateRegex(r"\b(?:has|have|had|is|are)\s+[^:;]*$")
# "In the Maldives, a nation of some 430,000 people, police said on Wednesday": no time's own.
STANDING = re.compile(
    r",\s+an?\s+(?:[\w-]+\s+){0,3}?(?:nation|country|city|town|village|island|province|district"
    r"|state|region|republic|county|community|settlement|emirate|kingdom|territory|neighbourhood"
    r"|tribe|minority|sect|people)\s+of\s+(?:[a-z]+\s+){0,3}$"
)
WEEKDAY = LateRegex(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day")


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
    return recall(reading, key, lambda: _link(reading, sentence, quantity), (None, ""))


def _link(reading, sentence, quantity):
    if " of " in sentence.text and STANDING.search(sentence.text, 0, quantity.start):
        return None, ""
    stages = (_find_own, find_table_time, _find_said, _find_carried, _find_beside, _find_period)
    for find in stages:
        found = find(reading, sentence, quantity)
        if found is not None:
            return found
    return None, ""


def _write(sentence, mention):
    return mention.value, sentence.text[mention.start : mention.end]


def _find_own(reading, sentence, quantity):
    """Return the time that the number's own sentence gives it."""
    roles = get_time_roles(reading, sentence)
    if not roles:
        return None
    set_apart = _find_bracketed(sentence, quantity, roles) or _find_compared(
        sentence, quantity, roles
    )
    if set_apart:
        return set_apart
    events = [
        m
        for m, role in roles
        if role == "event"
        or (role == "speaker" and _tells_of_speaker(reading, sentence, quantity, m))
    ]
    events = [m for m in events if m.end <= quantity.start or m.start >= quantity.end]
    events = [m for m in events if not _is_label_of_other(sentence.text, m, quantity)]
    if not events or _is_in_speaker(reading, sentence, quantity):
        return None
    whole = find_restated(reading, sentence, quantity)
    whole = whole or find_whole(reading, sentence, quantity, events)
    if whole is not None:
        found = link_time(reading, sentence, whole)
        return found if found[0] else None
    mention = find_antecedent(sentence.text, quantity, events)
    mention = mention or find_after(reading, sentence, quantity, events)
    mention = mention or find_before(sentence.text, quantity, events)
    return _write(sentence, mention) if mention else None


def _find_bracketed(sentence, quantity, roles):
    """Return the time that labels a number in brackets: "83 attacks in 2020 (2019: 60)"."""
    hedge = getattr(quantity, "hedge_start", -1)
    start = hedge if hedge >= 0 else quantity.start
    for mention, _ in roles:
        opens = sentence.text[: mention.start].endswith(("(", "(in "))
        if opens and sentence.text[mention.end : start].strip() == ":":
            return _write(sentence, mention)
    return None


def _find_compared(sentence, quantity, roles):
    """Return the year of "the deadliest since 2016, when 80 people died"."""
    compared = [m for m, role in roles if role == "limit" and m.kind == "since"]
    mention = find_antecedent(sentence.text, quantity, compared) if compared else None
    return _write(sentence, mention) if mention else None


def _is_label_of_other(text, mention, quantity):
    """Return whether a time labels another number in brackets: "(2019: 60), killed 1,100"."""
    if not text[: mention.start].endswith("(") or not text.startswith(":", mention.end):
        return False
    end = text.find(")", mention.end)
    return not mention.end <= quantity.start < end


def _tells_of_speaker(reading, sentence, quantity, mention):
    """Return whether a number and a time tell of a speaker: "X, who held 7 in 2020, says"."""
    return any(
        source.start <= min(quantity.start, mention.start)
        and max(quantity.start, mention.start) < source.cue_start
        for source in get_sources(reading, sentence)
    )


def _is_in_speaker(reading, sentence, quantity):
    """Return whether the number counts the speakers themselves ("three officers told us")."""
    if getattr(quantity, "unit", None) == "percent":
        return False  # "three in ten said that"
    return any(s.start <= quantity.start < s.end for s in get_sources(reading, sentence))


def _find_said(reading, sentence, quantity):
    """Return when the number was said, or the date of the report that holds it."""
    roles = get_time_roles(reading, sentence)
    if not roles:
        return None
    dated = [m for wanted in ("said", "document") for m, role in roles if role == wanted]
    dated = [m for m in dated if not _is_said_apart(reading, sentence, quantity, m)]
    if not dated or _is_in_speaker(reading, sentence, quantity):
        return None
    if _is_former(sentence.text, quantity):
        return None
    if EVENT_AGAIN.match(sentence.text):
        day = find_event_day(reading, sentence, quantity, link_time)
        if day:
            return day  # "The attackers burned 17 houses, the mayor said on Tuesday"
    return _write(sentence, dated[0])


def _is_said_apart(reading, sentence, quantity, mention):
    """Return whether somebody else says a number after a time: "…, and X says that 200 came"."""
    return any(
        source.place == "before"
        and source.is_coordinated
        and mention.end <= source.start < quantity.start
        for source in get_sources(reading, sentence)
    )


def _find_carried(reading, sentence, quantity):
    """Return a time from the sentence before, the lead of a list, or a heading."""
    passage = reading.passages[sentence.passage]
    if passage.kind in ("title", "heading"):
        return None
    anchored = _find_anchored(reading, sentence)
    if anchored:
        return anchored
    label = _find_label(reading, sentence, passage) if passage.kind == "item" else None
    found = label or _find_lead(reading, passage)
    if found:
        return found
    return (
        find_running(reading, sentence, quantity, link_time)
        or _find_report_date(reading, sentence, quantity)
        or _find_heading(reading, passage)
    )


def _find_beside(reading, sentence, quantity):
    """Return the time of the number before in the clause: "one in ten live in its 78 sites"."""
    before = list_earlier(reading, sentence, quantity)
    if not before:
        return None
    hedge = getattr(quantity, "hedge_start", -1)
    gap = sentence.text[before[-1].end : hedge if hedge >= 0 else quantity.start]
    between = [
        m for m in get_times(reading, sentence) if before[-1].end <= m.start < quantity.start
    ]
    if between or BESIDE_NOT.search(gap) and not _shares_verb(before[-1], quantity, gap):
        return None
    found = link_time(reading, sentence, before[-1])
    return found if found[0] else None


def _shares_verb(before, quantity, gap):
    """Return whether two shares have a verb together: "70% were raids and 12% bombings"."""
    alike = getattr(quantity, "unit", None) == "percent" == before.unit
    return alike and SHARED_VERB.fullmatch(gap) is not None


def _find_anchored(reading, sentence):
    """Return the time of the number that a footnote is to."""
    found = find_anchored(reading, sentence)
    if found is None:
        return None
    body, end = found
    quantities = get_quantities(reading, body)
    before = [q for q in quantities if q.end <= end]
    time = link_time(reading, body, before[-1]) if before else None
    return time if time and time[0] else None


def _find_label(reading, sentence, passage):
    """Return the time that opens a list item, for its later sentences."""
    first = passage.sentences[0]
    if first is sentence:
        return None
    times = [m for m in get_times(reading, first) if m.start < LABEL_LENGTH]
    return _write(first, times[0]) if times else None


def _find_lead(reading, passage):
    """Return the time that the words before a list or table give its items."""
    last = find_lead(reading, passage)
    if last is None:
        return None
    times = [m for m, role in get_time_roles(reading, last) if role == "event"]
    waned = [CHANGED_SINCE.search(last.text, 0, m.start) and m.kind == "since" for m in times]
    times = [m for m, is_waned in zip(times, waned, strict=True) if not is_waned]
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
            return (
                _write(sentence, mention) if _is_heading_time(reading, sentence, mention) else None
            )
    return None


def _is_heading_time(reading, sentence, mention):
    """Return whether a time in a heading is of what follows: no caption, note or date line."""
    if mention.value == reading.published or mention.kind not in ("stated", "period"):
        return False
    words = sentence.text[mention.start : mention.end]
    return not NO_HEADING.match(sentence.text) and not WEEKDAY.search(words)


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
    if _is_former(sentence.text, quantity):
        return None
    return find_period(reading)


def _is_former(text, quantity):
    """Return whether a number is what something changed from: "cut from 60,000 to 45,000"."""
    if "from" not in read_forms(text):
        return False
    before = text[: quantity.start]
    return bool(FROM.search(before) and CHANGED.search(before[-80:]))
