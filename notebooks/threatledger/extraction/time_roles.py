"""Find the times of a sentence and what each dates: an event, the saying, a report, a limit."""

import re

from threatledger.extraction.calendar_words import COUNTS, ORDINALS
from threatledger.extraction.model import TimeMention
from threatledger.extraction.moments import (
    is_real,
    read_moment,
    shift_days,
    shift_months,
    write_span,
)
from threatledger.extraction.sources import get_sources
from threatledger.extraction.times import find_times

LABEL_LENGTH = 12  # characters before the time that opens a sentence or list item
LIMIT = re.compile(
    r"\b(?:until|till|before|prior\s+to|earlier\s+than)\s+(?:the\s+|early\s+|late\s+)*$", re.I
)
HELD = re.compile(r"\b(?:had|held|kept)\b(?:[^,;]|(?<=\d),(?=\d))*$", re.IGNORECASE)
HABIT = re.compile(r"\b(?:every|each)\s+$", re.IGNORECASE)
MEASURE = re.compile(r"['’]s?\s+(?:pace|rate|level|figures?|plan|target|total|estimate)\b", re.I)
DOCUMENT = re.compile(
    r"\b(?:released|published|issued|circulated|dated|submitted|presented|made\s+public|seen|posted)"
    r"\s+(?:by\s+[\w' -]{1,40}\s+)?(?:(?:on|in|early|late)\s+)*$|\b(?:report|study|paper|survey)"
    r"\s+(?:of|from|for|in|on)\s+$",
    re.IGNORECASE,
)
LATER = re.compile(r"(?P<count>\w+)\s+(?P<unit>year|month|week|day)s?\s+(?:later|earlier)")
NEXT = re.compile(r"the\s+(?P<count>next|following)\s+(?P<unit>year|month|week|day)")
DAYS = {"day": 1, "week": 7}
PARTS = re.compile(r"\b(?:quarter|half|week)\b", re.IGNORECASE)
RANKED = re.compile(rf"\b(?:{'|'.join(ORDINALS)})\b", re.IGNORECASE)
# "the worst attack since 2019" says nothing of how long the attack went on.
COMPARED = re.compile(
    r"\b(?:than|first|biggest|largest|worst|highest|lowest|deadliest|bloodiest|heaviest|longest"
    r"|fewest|smallest|steepest|strongest|weakest|unseen|not\s+seen)\b[^,;:]{0,60}\bsince\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
SAID_GAP = re.compile(
    r"(?:\s+(?:reporters|journalists|parliament|lawmakers|partners|radio|television|agency|news|us|me"
    r"|the|a|an|at|to|of|state|local|press|conference|station|statement|interview|council|meeting"
    r"|[A-Z][\w'’.-]*|\d{1,4}))*\s*(?:,\s*)?(?:(?:on|in|early|late)\s+)*"
)


def get_times(reading, sentence):
    """Return the time mentions of a sentence, found once, with "same" resolved.

    Parameters
    ----------
    reading : Reading
        The text under reading.
    sentence : Sentence
        One of its sentences.

    Returns
    -------
    list of TimeMention
        In order of place; each has a value.
    """
    key = ("times", sentence.index)
    if key not in reading.memo:
        found = find_times(sentence.text, reading.published, reading.codebook)
        reading.memo[key] = [m for m in _resolve_same(reading, sentence, found) if m.value]
    return reading.memo[key]


def _resolve_same(reading, sentence, mentions):
    """Give "the same months of 2021" the months of the time before it."""
    resolved = []
    for mention in mentions:
        if mention.kind == "same":
            words = sentence.text[mention.start : mention.end].lower()
            if words.startswith("in"):
                value = _read_rank(reading, sentence, words, mentions)
            else:
                anchor = resolved[-1] if resolved else _find_last_time(reading, sentence)
                value = _shift(anchor.value, mention.value, words) if anchor else mention.value
            mention = TimeMention(mention.start, mention.end, value, "stated")
        resolved.append(mention)
    return resolved


def _read_rank(reading, sentence, words, mentions):
    """Return the quarter or half of "… in the third quarter and 12 in the fourth"."""
    for mention in mentions:
        model = sentence.text[mention.start : mention.end]
        if mention.kind != "same" and PARTS.search(model):
            moved = RANKED.sub(words.split()[-1], model, count=1)
            found = find_times(moved, reading.published)
            return found[0].value if found else ""
    return ""


def _shift(value, year, words):
    """Return a time moved to another year, or by the months, weeks or days of the words."""
    moved = LATER.fullmatch(words) or NEXT.fullmatch(words)
    if moved is None:
        return _shift_year(value, year)
    count = COUNTS.get(moved["count"], 1) if not moved["count"].isdigit() else int(moved["count"])
    count = -count if words.endswith("earlier") else count
    ends = [_shift_moment(read_moment(part), count, moved["unit"]) for part in value.split("/")]
    return write_span(ends[0], ends[-1]) if all(end and is_real(end) for end in ends) else ""


def _shift_moment(moment, count, unit):
    """Return a moment so many units later; empty where its grain is coarser than the unit."""
    if unit == "year" and moment:
        return (moment[0] + count, *moment[1:])
    if unit == "month" and len(moment) > 1:
        return shift_months(moment, count)
    return shift_days(moment, count * DAYS[unit]) if len(moment) == 3 and unit in DAYS else ()


def _shift_year(value, year):
    """Return a time moved to another year; to the year before where none is stated."""
    ends = [read_moment(part) for part in value.split("/")]
    if not all(ends):
        return year
    shift = int(year) - ends[-1][0] if year else -1
    moved = [(end[0] + shift, *end[1:]) for end in ends]
    return write_span(moved[0], moved[-1]) if all(is_real(end) for end in moved) else year


def _find_last_time(reading, sentence):
    """Return the last time of the sentence before, None where it has none."""
    if not sentence.index:
        return None
    times = get_times(reading, reading.sentences[sentence.index - 1])
    return times[-1] if times else None


def get_time_roles(reading, sentence):
    """Return the times of a sentence, each with what it dates.

    Parameters
    ----------
    reading : Reading
        The text under reading.
    sentence : Sentence
        One of its sentences.

    Returns
    -------
    list of tuple of (TimeMention, str)
        ``"event"``; ``"said"`` ("said on Monday"); ``"document"`` ("a report published last
        month"); ``"limit"`` ("until May").
    """
    key = ("time roles", sentence.index)
    if key not in reading.memo:
        times = get_times(reading, sentence)
        reading.memo[key] = [(m, _find_role(reading, sentence, m)) for m in times]
    return reading.memo[key]


def _find_role(reading, sentence, mention):
    text = sentence.text
    before = text[max(0, mention.start - 60) : mention.start]
    if HABIT.search(before) or MEASURE.match(text, mention.end):
        return "limit"
    if LIMIT.search(before) and not HELD.search(before):
        return "limit"
    if DOCUMENT.search(before):
        return "document"
    if mention.kind == "since" and COMPARED.search(before):
        return "limit"
    if mention.kind != "since":
        for source in get_sources(reading, sentence):
            if _dates_saying(text, source, mention):
                return "said"
    return "event"


def _dates_saying(text, source, mention):
    """Return whether a time is when a speaker spoke: "said on Monday", "On Monday, X said"."""
    if source.place == "phrase" or source.kind in ("count", "act", "document"):
        return False
    if source.cue_end <= mention.start <= source.cue_end + 60:
        return bool(SAID_GAP.fullmatch(text, source.cue_end, mention.start))
    if mention.start < LABEL_LENGTH and source.place == "before" and source.kind != "put":
        opening = text[mention.end : source.start]
        return bool(re.fullmatch(r"\s*,?\s*(?:[^,;]{0,60},\s*)?", opening))
    return False
