"""Find the times of a sentence and what each dates: an event, the saying, a report, a limit."""

import re

from threatledger.extraction.glance import read_forms
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.sources import get_sources
from threatledger.extraction.time_anchors import resolve_times
from threatledger.extraction.times import find_times

LABEL_LENGTH = 12  # characters before the time that opens a sentence or list item
DATELINE_LENGTH = 60
DATELINE = LateRegex(r"\s+\([^()]{2,40}\)\s+[-–—]")  # "GOMA, 14 March (Agency) - "
LIMIT = LateRegex(
    r"\b(?:until|till|before|prior\s+to|earlier\s+than)\s+(?:the\s+|early\s+|late\s+)*$", re.I
)
HELD = LateRegex(
    r"\b(?:had|held|kept|stood|lived|ran|operated|worked|earned|paid|received|drew"
    r"|remained)\b(?:[^,;]|(?<=\d),(?=\d))*$",
    re.IGNORECASE,
)
CONDITION = LateRegex(r"\W*(?:If|Unless|Should|Were|Once|Until)\b[^,;]*$")
HABIT = LateRegex(r"\b(?:every|each)\s+$", re.IGNORECASE)
# "extended to December": an end still to come.
EXTENDED = LateRegex(
    r"\b(?:extended|prolonged|postponed|delayed|renewed|put\s+off|lasts?|runs?|due|expires?"
    r"|scheduled|set)"
    r"\s+(?:for|to|in|into|by|on)\s+(?:the\s+|early\s+|late\s+|mid-)*$",
    re.IGNORECASE,
)
# "three times its price of 2019", "no change from last year": what a number is held against.
BASELINE = LateRegex(
    r"\b(?:times|than|below|above|half|under|over|twice|double|exceed\w*|of|to|from|on|against)\s+"
    r"(?:its|their|the|his|her|that)\s+(?:[\w-]+\s+)?(?:prices?|levels?|rates?|figures?|pace|strength"
    r"|totals?|value"
    r"|size|numbers?|peak|average|volume|yield|output|count)\s+(?:of|in|for|from|during|at)\s+"
    r"(?:the\s+|early\s+|late\s+|mid-)*$"
    r"|\bof\s+(?:the|its|their|this)\s+(?:[\w-]+\s+){0,2}(?:requirements?|plan|appeal|budget"
    r"|target|needs)"
    r"\s+(?:for|of|in)\s+$"
    r"|\bsame\s+as\s+(?:in\s+|during\s+|at\s+)?$"
    r"|\b(?:changes?|unchanged|different|difference|improvement|advance)\s+(?:from|on|over"
    r"|since)\s+"
    r"(?:the\s+|early\s+|late\s+|mid-)*$",
    re.IGNORECASE,
)
# A sentence without any of these words holds no match of the pattern of that name.
EXTENDED_HINTS = frozenset(
    "extended prolonged postponed delayed renewed put last lasts run runs due expire expires"
    " scheduled set".split()
)
LIMIT_HINTS = EXTENDED_HINTS | frozenset(  # and of LIMIT and BASELINE
    "until till before prior earlier price prices level levels rate rates figure figures pace"
    " total totals value size number numbers peak average volume yield output count requirement"
    " strength requirements plan appeal budget target needs same change changes unchanged different"
    " difference improvement advance".split()
)
DOCUMENT_HINTS = frozenset(
    "released published issued circulated dated submitted presented public seen posted report"
    " study paper survey".split()
)
MEASURE = LateRegex(r"['’]s?\s+(?:pace|rate|level|figures?|plan|target|total|estimate)\b", re.I)
DOCUMENT = LateRegex(
    r"\b(?:released|published|issued|circulated|dated|submitted|presented|made\s+public|seen"
    r"|posted)"
    r"\s+(?:by\s+[\w' -]{1,40}\s+)?(?:(?:on|in|early|late)\s+)*$|\b(?:report|study|paper|survey)"
    r"(?:\s+\([^()]{1,30}\))?\s+(?:of|from|for|in|on)\s+$",
    re.IGNORECASE,
)
# "the worst attack since 2019" says nothing of how long the attack went on.
COMPARED = LateRegex(
    r"\b(?:(?<!more\s)(?<!fewer\s)(?<!less\s)than|than\s+(?:at|in)|first|biggest|largest|worst"
    r"|highest|lowest|deadliest|bloodiest|heaviest|longest"
    r"|fewest|smallest|steepest|strongest|weakest|unseen"
    r"|not\s+seen)\b[^,;:]{0,60}\bsince\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
RELATIVE = LateRegex(r"\b(?:who|whom|whose)\b")
# "said Ada Musa, the head of the clinic, on Monday"
SAID_BY = LateRegex(
    r"(?:,(?:(?!\b(?:who|which|whose|after|as|when|while|since|from"
    r"|until)\b)[^,;“”\"]){1,80}?){0,2},?"
    r"\s*(?:(?:on|in|early|late)\s+)*"
)
ASKED = LateRegex(r"\b(?:interviewed|reached|contacted|questioned|asked)\b")
SAID_GAP = LateRegex(
    r"(?:\s+(?:reporters|journalists|parliament|lawmakers|partners|radio|television|agency"
    r"|news|us|me"
    r"|briefing|hearing|court|committee|rally|crowd|summit|seminar|forum|senate|assembly|deputies"
    r"|senators|ministers|diplomats|correspondents|residents|mourners|broadcaster|newspaper|weekly"
    r"|by\s+(?:tele)?phone|(?:in|near|outside)(?=\s+[A-Z])"
    r"|in(?=\s+(?:an?|its|his|her|their)\s+(?:[a-z]+\s+)?(?:statement|interview|briefing|speech|message|letter|report"
    r"|post|tweet|broadcast|bulletin)\b)|its|his|her|their|written|joint|brief|televised|letter|speech"
    r"|message|the|a|an|at|to|of|state|local|press|conference|station|statement|interview|council|meeting"
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
        reading.memo[key] = [
            m for m in resolve_times(reading, sentence, found, get_times) if m.value
        ]
    return reading.memo[key]


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
        month"); ``"limit"`` ("until May"); ``"speaker"`` ("a man who fled in May says").
    """
    key = ("time roles", sentence.index)
    if key not in reading.memo:
        times = get_times(reading, sentence)
        reading.memo[key] = [(m, _find_role(reading, sentence, m)) for m in times]
    return reading.memo[key]


def _find_role(reading, sentence, mention):
    text = sentence.text
    before = text[max(0, mention.start - 68) : mention.start]
    if mention.end < DATELINE_LENGTH and DATELINE.match(text, mention.end):
        return "limit"
    if (
        CONDITION.match(text, 0, mention.start)
        or HABIT.search(before)
        or MEASURE.match(text, mention.end)
    ):
        return "limit"
    forms = read_forms(text)
    if not LIMIT_HINTS.isdisjoint(forms) and _is_limit(before, forms):
        return "limit"
    if not DOCUMENT_HINTS.isdisjoint(forms) and DOCUMENT.search(before):
        return "document"
    if mention.kind == "since" and COMPARED.search(before):
        return "limit"
    if any(_tells_of_speaker(text, source, mention) for source in get_sources(reading, sentence)):
        return "speaker"
    if any(_dates_interview(text, source, mention) for source in get_sources(reading, sentence)):
        return "said"
    if mention.kind != "since":
        for source in get_sources(reading, sentence):
            if _dates_saying(text, source, mention):
                return "said"
    return "event"


def _is_limit(before, forms):
    """Tell whether a time only ends or measures: "until May", "extended to", "the level of"."""
    if LIMIT.search(before) and not HELD.search(before):
        return True
    if not EXTENDED_HINTS.isdisjoint(forms) and EXTENDED.search(before):
        return True
    return BASELINE.search(before) is not None


def _tells_of_speaker(text, source, mention):
    """Return whether a time only tells of a speaker: "a trader who fled in May says that"."""
    if source.place == "phrase" or not source.start <= mention.start < source.cue_start:
        return False
    return RELATIVE.search(text, source.start, mention.start) is not None


def _dates_interview(text, source, mention):
    """Return whether a time is when a speaker was asked: "an officer interviewed in May said"."""
    if source.place == "phrase" or not source.start <= mention.start < source.cue_start:
        return False
    return ASKED.search(text, source.start, mention.start) is not None


def _dates_saying(text, source, mention):
    """Return whether a time is when a speaker spoke: "said on Monday", "On Monday, X said"."""
    if source.place == "phrase" or source.kind in ("count", "act", "document"):
        return False
    if source.cue_end <= source.start < mention.start and mention.start <= source.end + 120:
        return bool(SAID_BY.fullmatch(text, source.end, mention.start))
    if source.cue_end <= mention.start <= source.cue_end + 60:
        return bool(SAID_GAP.fullmatch(text, source.cue_end, mention.start))
    if mention.start < LABEL_LENGTH and source.place == "before" and source.kind != "put":
        opening = text[mention.end : source.start]
        return bool(re.fullmatch(r"\s*,?\s*(?:[^,;]{0,60},\s*)?", opening))
    return False
