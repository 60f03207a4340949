"""Say as of when a number holds: which of the times in and around its sentence is its own."""

import re

from threatledger.extraction.footnotes import find_anchored
from threatledger.extraction.memos import recall
from threatledger.extraction.naming import resolve_source
from threatledger.extraction.phrases import find_head
from threatledger.extraction.rows import ROW, find_lead, find_row, iterate_above, split_cells
from threatledger.extraction.sources import get_sources
from threatledger.extraction.speakers import choose_source, find_speaking
from threatledger.extraction.time_clauses import (
    CASUALTIES,
    CHANGED,
    FROM,
    find_after,
    find_antecedent,
    find_before,
)
from threatledger.extraction.time_roles import LABEL_LENGTH, get_time_roles, get_times
from threatledger.extraction.times import find_times

__all__ = ["find_times", "get_times", "link_time"]

PERIOD_HEAD = re.compile(
    r"\b(?:reporting\s+period|period\s+(?:covered|under\s+review|of\s+report(?:ing)?)|reference\s+period"
    r"|(?:data|figures|situation|information|numbers|status)\s+(?:as\s+)?(?:of|at|on)|as\s+(?:of|at)"
    r"|cut-?off(?:\s+date)?|period|cover(?:s|ed|ing)|all\s+figures)\b[ \t]*:?[ \t]*",
    re.IGNORECASE,
)
LONGEST_CELL = 40  # characters of a cell that is a time
HEAD_LENGTH = 1500  # characters in which a report states its period
REACH = 8  # sentences that the date of a report reaches on
EVENT_REACH = 2  # sentences that the day of an attack reaches on
DAY = re.compile(r"\d{4}-\d\d-\d\d")
BARE = re.compile(r"\s*[.;,]|\s*$")  # a number without a noun
TOLL = re.compile(r"\b[Tt]oll\b")
THEN = re.compile(r"\b[Tt]hen\b|\b[Aa]t\s+(?:that|the)\s+time\b")
SAME_DAY = re.compile(
    r"\b[Bb]y\s+(?:dusk|nightfall|sunset|evening|midday|noon|dawn|morning|midnight|late\s+afternoon)\b"
    r"|\b(?:[Tt]hat|[Tt]he\s+same)\s+(?:day|night|morning|afternoon|evening)\b"
    r"|\b(?:[Hh]ours|[Mm]inutes)\s+later\b"
)
AT_THE_TIME = re.compile(r"\bat\s+(?:that|the)\s+time\W*$", re.IGNORECASE)
OF_THAT = re.compile(
    r"\b[Oo]f\s+(?:that|this|these|those)(?:\s+(?:figure|number|total|sum|amount))?\b(?!\s\w)"
)
OF_THEM = re.compile(
    r"\s+of\s+(?:them|these|those)\b(?!\s+(?:who|in|at|from|with)\b)", re.IGNORECASE
)
TODAY = re.compile(r"\b(?:have|has|is|are|now|still|\w{3,}ing|children|women|men)\b", re.IGNORECASE)


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
    for find in (_find_own, _find_column, _find_said, _find_carried, _find_period):
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
    mention = find_antecedent(sentence.text, quantity, events)
    mention = mention or find_after(reading, sentence, quantity, events)
    mention = mention or find_before(sentence.text, quantity, events)
    return _write(sentence, mention) if mention else None


def _is_in_speaker(reading, sentence, quantity):
    """Return whether the number counts the speakers themselves ("three officers told us")."""
    return any(s.start <= quantity.start < s.end for s in get_sources(reading, sentence))


def _find_said(reading, sentence, quantity):
    """Return when the number was said, or the date of the report that holds it."""
    roles = get_time_roles(reading, sentence)
    dated = [m for wanted in ("said", "document") for m, role in roles if role == wanted]
    if not dated or _is_in_speaker(reading, sentence, quantity):
        return None
    before = sentence.text[: quantity.start]
    if FROM.search(before) and CHANGED.search(before[-80:]):
        return None
    return _write(sentence, dated[0])


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
        _find_running(reading, sentence, quantity)
        or _find_report_date(reading, sentence, quantity)
        or _find_heading(reading, passage)
    )


def _find_anchored(reading, sentence):
    """Return the time of the number that a footnote is to."""
    found = find_anchored(reading, sentence)
    if found is None:
        return None
    body, end = found
    quantities = reading.memo.get(("quantities", body.index), ())
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


def _find_column(reading, sentence, quantity):
    """Return the time in the head of a number's column, or above the table."""
    row = find_row(reading, sentence, quantity)
    if row is None:
        return None
    cells = split_cells(reading.text[row[0] : row[1]])
    at = sentence.start + quantity.start - row[0]
    after = sum(start > at for start, _, _ in cells)  # cells to its right
    for start, end in iterate_above(reading.text, row[0]):
        is_row, heads = _read_line(reading, start, end)
        fits = len(cells) - 1 <= len(heads) <= len(cells) and after < len(heads)
        if fits and heads[-1 - after]:
            return heads[-1 - after]
        if not is_row and len(heads) == 1:
            return _find_last_words(reading, start, end)
    return None


def _read_line(reading, start, end):
    """Return whether a line is a row with numbers, and what time each of its cells is."""
    key = ("line", start)
    if key not in reading.memo:
        line = reading.text[start:end]
        times = [_read_whole_time(reading, words) for _, _, words in split_cells(line)]
        reading.memo[key] = bool(ROW.search(line)), times
    return reading.memo[key]


def _find_last_words(reading, start, end):
    """Return the last time in a line above a table."""
    line = reading.text[start:end]
    times = [m for m in find_times(line, reading.published) if m.value]
    return (times[-1].value, line[times[-1].start : times[-1].end]) if times else None


def _read_whole_time(reading, words):
    """Return the time that some words are, and no more than it."""
    times = find_times(words, reading.published) if len(words) <= LONGEST_CELL else ()
    if len(times) != 1 or not times[0].value:
        return None
    rest = words[: times[0].start] + words[times[0].end :]
    is_whole = len(rest) <= LABEL_LENGTH and not any(c.isdigit() for c in rest)
    return (times[0].value, words) if is_whole else None


def _find_lead(reading, passage):
    """Return the time that the words before a list or table give its items."""
    last = find_lead(reading, passage)
    if last is None:
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
    if SAME_DAY.search(sentence.text):
        return _find_day(reading, sentence)
    if before.passage == sentence.passage:
        if THEN.search(sentence.text[: quantity.start]) or AT_THE_TIME.search(sentence.text):
            return _find_then(reading, before)
        if OF_THAT.search(sentence.text) or _is_of_them(sentence.text, quantity):
            return _link_last(reading, before)
        found = _find_event_day(reading, sentence, quantity)
        if found:
            return found
    return _find_speaking_time(reading, sentence, quantity)


def _is_of_them(text, quantity):
    """Return whether a number is a part of what was counted before, and not one of today."""
    return bool(OF_THEM.match(text, quantity.end)) and not TODAY.search(text)


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


def _find_day(reading, sentence):
    """Return the day that one of the sentences before speaks of."""
    for index in range(sentence.index - 1, max(-1, sentence.index - EVENT_REACH - 1), -1):
        earlier = reading.sentences[index]
        days = [m for m in get_times(reading, earlier) if DAY.fullmatch(m.value)]
        if days:
            return _write(earlier, days[-1])
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
