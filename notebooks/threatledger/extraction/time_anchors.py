"""Resolve times that rest on another one in the text: "a year earlier", "since then"."""

import re
from datetime import date

from threatledger.extraction.calendar_words import COUNTS, ORDINALS
from threatledger.extraction.glance import read_forms
from threatledger.extraction.model import TimeMention
from threatledger.extraction.moments import (
    is_real,
    read_moment,
    shift_days,
    shift_months,
    write_moment,
    write_span,
)
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.periods import find_period
from threatledger.extraction.times import find_times

UNIT = r"(?P<unit>year|month|week|day)s?"
LATER = LateRegex(rf"(?P<count>\w+)\s+{UNIT}\s+(?:later|earlier|before|previously|after)")
NEXT = LateRegex(rf"the\s+(?P<count>next|following)\s+{UNIT}")
PREVIOUS = LateRegex(
    r"(?:the\s+)?(?:previous|preceding)\s+(?:(?!half)(?P<count>\w+)\s+)?"
    r"(?P<unit>years?|months?|weeks?|days?|half[ -]year|quarter|fortnight|(?:reporting\s+)?period)"
)
MONTHS = {"year": 12, "month": 1, "half year": 6, "quarter": 3}
DAYS = {"day": 1, "week": 7, "fortnight": 14}
PARTS = LateRegex(r"\b(?:quarter|half|week)\b", re.IGNORECASE)
RANKED = LateRegex(rf"\b(?:{'|'.join(ORDINALS)})\b", re.IGNORECASE)
SPANS = LateRegex(r"\b(?:period|months|quarter|half|stage|weeks)\b")
BEFORE_IT = LateRegex(r"the\s+(?P<unit>month|week|fortnight|quarter|day)\s+(?:before|earlier)")
THIS = LateRegex(r"[Tt]his\s+(?:week|month|quarter|fortnight)\b")
BACKWARD = ("earlier", "before", "previously", "after")
# "thousands have since crossed", "since then 46 battles"
SINCE_THEN = LateRegex(
    r"\b(?:[Ss]ince\s+then|[Ee]ver\s+since|ha(?:s|ve)\s+since(?=\s+[a-z]+(?:ed|en|un|ne|wn|me"
    r"|ft|lt|nt|t|d)\b))\b"
)
# "nine days after bombs killed 23"
DAYS_AFTER = LateRegex(
    rf"\b(?P<count>{'|'.join(sorted(COUNTS, key=len, reverse=True))}|\d{{1,2}})\s+{UNIT}\s+after\b",
    re.IGNORECASE,
)
FEW_DAYS = 14  # within which what a month tells of goes on
REACH = 3  # sentences that "since then" reaches back


def resolve_times(reading, sentence, mentions, get_times):
    """Give the times that rest on another one their values.

    Parameters
    ----------
    reading : Reading
        The text under reading.
    sentence : Sentence
        One of its sentences.
    mentions : list of TimeMention
        As `find_times` finds them in the sentence.
    get_times : callable
        Returns the times of another sentence, from a reading and the sentence.

    Returns
    -------
    list of TimeMention
        In order of place; those that stay open have an empty value.
    """
    mentions = [_read_this(reading, sentence, mention) for mention in mentions]
    resolved = _resolve_same(reading, sentence, mentions, get_times)
    forms, added = read_forms(sentence.text), []
    if "since" in forms:
        added += _find_since_then(reading, sentence, resolved, get_times)
    if "after" in forms:
        added += _find_days_after(reading, sentence, resolved)
    free = [m for m in added if not any(r.start < m.end and m.start < r.end for r in resolved)]
    return sorted([*resolved, *free], key=lambda m: m.start) if free else resolved


def _find_since_then(reading, sentence, mentions, get_times):
    """Yield "since then" as the interval from the time before it until publication."""
    published = read_moment(reading.published)
    for match in SINCE_THEN.finditer(sentence.text) if published else ():
        before = [m for m in mentions if m.end <= match.start() and m.value]
        anchor = before[-1] if before else _find_anchor(reading, sentence, get_times)
        first = read_moment(anchor.value.split("/")[0]) if anchor else ()
        if first and first <= published:
            value = write_span(first, published[: len(first)])
            yield TimeMention(match.start(), match.end(), value, "since")


def _find_anchor(reading, sentence, get_times):
    """Return the last time of the few sentences before in the same passage."""
    for index in range(sentence.index - 1, max(-1, sentence.index - REACH - 1), -1):
        earlier = reading.sentences[index]
        if earlier.passage != sentence.passage:
            return None
        times = get_times(reading, earlier)
        if times:
            return times[-1]
    return None


def _find_days_after(reading, sentence, mentions):
    """Yield "nine days after" as the day so long before the one that the sentence names."""
    for match in DAYS_AFTER.finditer(sentence.text):
        before = [m for m in mentions if m.end <= match.start() and m.value]
        moment = read_moment(before[-1].value) if before else ()
        count = match["count"].lower()
        count = int(count) if count.isdecimal() else COUNTS[count]
        found = _shift_moment(moment, -count, match["unit"].lower()) if moment else ()
        if found and is_real(found):
            yield TimeMention(match.start(), match.end(), write_moment(found), "stated")


def _read_this(reading, sentence, mention):
    """Return "this week" of a report on a week as the week that it reports on."""
    if mention.kind != "relative" or not THIS.match(sentence.text, mention.start):
        return mention
    period = find_period(reading)
    if not period or "-" not in period[0]:
        return mention
    return TimeMention(mention.start, mention.end, period[0], "period")


def _resolve_same(reading, sentence, mentions, get_times):
    """Give "the same months of 2021" the months of the time before it."""
    resolved = []
    for mention in mentions:
        if mention.kind == "same":
            words = sentence.text[mention.start : mention.end].lower()
            if words.startswith(("in", "for", "during")):
                value = _read_rank(reading, sentence, words, mentions)
            else:
                anchor = resolved[-1] if resolved else _find_last_time(reading, sentence, get_times)
                base = _find_base(reading, words, anchor)
                value = _shift(base, mention.value, words) if base else mention.value
            mention = TimeMention(mention.start, mention.end, value, "stated")
        resolved.append(mention)
    return resolved


def _find_base(reading, words, anchor):
    """Return the time that words such as "the same period of 2021" start from."""
    if anchor is not None and (len(anchor.value) < len("2021-01-01") or "/" in anchor.value):
        return anchor.value
    is_span = SPANS.search(words) or BEFORE_IT.fullmatch(words) or PREVIOUS.fullmatch(words)
    period = find_period(reading) if is_span else None
    return period[0] if period else anchor.value if anchor is not None else ""


def _read_rank(reading, sentence, words, mentions):
    """Return the quarter or half of "… in the third quarter and 12 in the fourth"."""
    for mention in mentions:
        model = sentence.text[mention.start : mention.end]
        if mention.kind != "same" and PARTS.search(model):
            moved = RANKED.sub(words.split()[2], model, count=1)
            found = find_times(moved, reading.published)
            return _shift_year(found[0].value, mention.value[:4]) if found else ""
    return ""


def _shift(value, year, words):
    """Return a time moved to another year, or by the months, weeks or days of the words."""
    before = BEFORE_IT.fullmatch(words)
    words = f"previous {before['unit']}" if before else words
    previous = PREVIOUS.fullmatch(words)
    if previous:
        return _shift_length(value, previous)
    moved = LATER.fullmatch(words) or NEXT.fullmatch(words)
    if moved is None:
        return _shift_year(value, year)
    count = COUNTS.get(moved["count"], 1) if not moved["count"].isdigit() else int(moved["count"])
    count = -count if words.endswith(BACKWARD) else count
    ends = [_shift_moment(read_moment(part), count, moved["unit"]) for part in value.split("/")]
    return write_span(ends[0], ends[-1]) if all(end and is_real(end) for end in ends) else ""


def _shift_length(value, previous):
    """Return the stretch right before a time, as long as the words say or as it is itself."""
    ends = [read_moment(part) for part in value.split("/")]
    unit = previous["unit"].replace("-", " ")
    unit = unit if unit in MONTHS or unit in DAYS else unit.removesuffix("s")
    words = previous["count"] or "one"
    count = int(words) if words.isdecimal() else COUNTS.get(words, 1)
    if not all(ends) or "/" not in value and len(ends[0]) == 1:
        return write_moment((ends[0][0] - 1,)) if ends[0] else ""
    size = MONTHS.get(unit, 0) * count
    if len(ends[0]) == 2:
        size = size or (ends[-1][0] - ends[0][0]) * 12 + ends[-1][1] - ends[0][1] + 1
        last = shift_months(ends[0], -1)
        return write_span(shift_months(last, 1 - size), last)
    if size:
        month = ends[0][:2]
        return write_span(shift_months(month, -size), shift_months(month, -1))
    days = DAYS.get(unit, 0) * count
    if unit.endswith("period") and len(ends[0]) == len(ends[-1]) == 3:
        days = (date(*ends[-1]) - date(*ends[0])).days + 1
    if not days or len(ends[0]) < 3:
        return ""
    last = shift_days(ends[0], -1)
    return write_span(shift_days(last, 1 - days), last)


def _shift_moment(moment, count, unit):
    """Return a moment so many units later; empty where its grain is coarser than the unit."""
    if unit == "year" and moment:
        return (moment[0] + count, *moment[1:])
    if unit == "month" and len(moment) > 1:
        return shift_months(moment, count)
    days = count * DAYS.get(unit, 0)
    if len(moment) == 2 and 0 < days <= FEW_DAYS:
        return moment  # "In January … Ten days later"
    return shift_days(moment, days) if len(moment) == 3 and unit in DAYS else ()


def _shift_year(value, year):
    """Return a time moved to another year; to the year before where none is stated."""
    ends = [read_moment(part) for part in value.split("/")]
    if not all(ends):
        return year
    shift = int(year) - ends[-1][0] if year else -1
    moved = [(end[0] + shift, *end[1:]) for end in ends]
    return write_span(moved[0], moved[-1]) if all(is_real(end) for end in moved) else year


def _find_last_time(reading, sentence, get_times):
    """Return the last time of the sentence before, None where it has none."""
    if not sentence.index:
        return None
    times = get_times(reading, reading.sentences[sentence.index - 1])
    return times[-1] if times else None
