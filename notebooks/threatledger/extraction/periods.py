"""Read the period that a report states in its head, which holds for figures without a time."""

import re

from threatledger.extraction.memos import recall
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.times import find_times, lower_text

HEAD_LENGTH = 1500  # characters in which a report states its period
LONGEST_LINE = 160  # characters of a line of the head
MOST_LINES = 14  # lines of the head
FEWEST_WORDS = 8  # of a line of prose
NEAR = 30  # characters between a label and its time
# These three are for text in lower case.
LABEL = LateRegex(
    r"\b(?:report(?:ing|ed)?\s+period|period\s+(?:covered|under\s+review"
    r"|of\s+(?:report(?:ing)?|coverage))"
    r"|(?:reference|report(?:ing)?|review)\s+(?:date|month|week|quarter|year)"
    r"|reference\s+period|review\s+period|time\s?frame|dates?\s+covered|coverage"
    r"|(?:data|figures|situation|information|numbers|status|statistics|position|update|snapshot)"
    r"\s+(?:as\s+)?(?:of|at|on)|as\s+(?:of|at)|valid\s+(?:as\s+)?(?:of|on|for)"
    r"|(?:data\s+)?cut-?off(?:\s+date)?"
    r"|period|cover(?:s|ed|ing)?(?:\s+(?:the\s+)?(?:period|weeks?|months?|quarter|dates))?"
    r"|for\s+the\s+(?:period|week|fortnight|month|quarter)(?:\s+(?:of|from|ending|ended))?"
    r"|all\s+figures)\b[ \t]*[:–—-]?[ \t]*(?:(?:of|from|for|the|between|is|are|as\s+(?:of"
    r"|at))[ \t]+)*",
)
STRONG = LateRegex(
    r"\b(?:report(?:ing|ed)?\s+period|period\s+(?:covered|under\s+review"
    r"|of\s+report(?:ing)?))[ \t]*[:–—-]"
    r"[ \t]*(?:from[ \t]+)?",
)
# "This update covers developments from 1 to 31 March", "Figures are as of 31 March".
PROSE = LateRegex(
    r"\b(?:this|the\s+present|the\s+current)\s+(?:[\w-]+\s+){0,3}?(?:report|update|note"
    r"|bulletin|sitrep|brief|overview"
    r"|edition|issue|snapshot|digest|factsheet|document|summary)\s+(?:is\s+"
    r"|has\s+been\s+)?(?:cover(?:s|ing)|describes?|reviews?|summari[sz]es?"
    r"|reflects?|deals\s+with|relates\s+to|refers\s+to|looks\s+at|concerns)\s(?:[\w’'-]+\s){0,9}?"
    r"(?=(?:from|between|in|during|of|for|period|to|as)\s)"
    r"|\b(?:all\s+)?(?:figures|data|numbers|information|statistics)\s(?:[\w-]+\s){0,4}?(?:are"
    r"|is|were|refer|relate|cover|reflect)\s"
    r"(?:[\w-]+\s){0,4}?(?=(?:as|for|to|of|from|between|the)\s)",
)
SERIAL = LateRegex(
    r"\bsit(?:uation)?[\s-]?rep(?:ort)?s?\b|\bsituation(?:al)?\s+(?:overview|update|analysis"
    r"|summary|brief)"
    r"|\b(?:weekly|fortnightly|monthly|bi-?weekly|bi-?monthly|quarterly|flash|operational"
    r"|protection|camp|returns?"
    r"|population|humanitarian|displacement|movement|emergency|progress|field|activity"
    r"|monitoring)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:update|report|bulletin|overview|dashboard|snapshot|brief|digest|profile|fact\s?sheet"
    r"|round-?up)"
    r"|\b(?:dashboard|fact\s?sheet)\b",
    re.IGNORECASE,
)
# "Report for the period ...", "Twelfth report of the Team covering ...". What follows a colon is
# the news of it.
REPORT = LateRegex(r"\b(?:report|review|update|overview|assessment|survey)\b[^:]*$", re.IGNORECASE)
# "Half-yearly report, July to December 2021", "Review of the third quarter of 2021".
OF_STRETCH = LateRegex(
    r"\b(?:report|review|update|overview|assessment|survey)\s*(?:[,–—-]|for|on|of|\()\s*(?:the\s+)?$",
    re.IGNORECASE,
)
SECTION = LateRegex(
    r"\W*(?:[\dIVX]+[.)]\s*)?(?:key|main|headline|summary)?\s*(?:figures|numbers|facts"
    r"|statistics|indicators|highlights|points"
    r"|messages|at\s+a\s+glance|population|caseload|movements?|arrivals|table"
    r"|chart)\b(?![^\n]*:\s*$)(?!\s*:?\s*(?:are\s+)?(?:as\s+(?:of|at)|for|cover))",
    re.IGNORECASE,
)
NAMED = LateRegex(
    r"\b(?:report|update|issue|edition|bulletin|sitrep|round|no|number|page|for|month|of)\b\.?",
    re.IGNORECASE,
)
EDGES = " \t()[]{}.,;:–—-*#_"
PARTS = LateRegex(r"[()]|\s+\|\s+|\s*[|•·▪»]\s*|\s{2,}|\t+|;\s+|\s//\s")
NUMBERED = LateRegex(
    r"\b(?:epi(?:demiological)?\s+)?(?:week|no\.?|number|issue|vol(?:ume)?\.?)\s*\d+|#\s*\d+",
    re.IGNORECASE,
)
DAY = LateRegex(r"\d{4}-\d\d-\d\d")
OPENING = LateRegex(r"(?:(?:from|between|for|the|week\s+of|in)\s+)+", re.IGNORECASE)


def find_period(reading):
    """Find the period or the day that a report states for its figures.

    Parameters
    ----------
    reading : Reading
        The text under reading.

    Returns
    -------
    tuple of (str, str) or None
        ISO 8601 and the words it rests on. None where the head states none, or only the day of
        publication.
    """
    return recall(reading, ("period",), lambda: _read(reading))


def _read(reading):
    lines = _read_lines(reading)
    head = reading.text[:HEAD_LENGTH]
    return (
        _find_labelled(reading, "\n".join(lines), LABEL)
        or _find_labelled(reading, head, STRONG)
        or _find_labelled(reading, head, PROSE)
        or _find_bare(reading, lines)
        or _find_serial(reading, lines)
    )


def _read_lines(reading):
    """Return the lines above the first prose, list or table."""
    lines = []
    for passage in reading.passages:
        words = reading.text[passage.start : min(passage.end, passage.start + HEAD_LENGTH)].strip()
        is_prose = words.endswith(".") and words.count(" ") >= FEWEST_WORDS
        is_body = is_prose and passage.kind in ("paragraph", "title")
        if is_body or passage.kind == "item" or passage.start > HEAD_LENGTH:
            break
        lines += [line.strip() for line in words.split("\n") if line.strip()]
    return [line for line in lines[:MOST_LINES] if len(line) <= LONGEST_LINE]


def _find_labelled(reading, head, pattern):
    """Return the time behind "Reporting period:" and its like."""
    for match in pattern.finditer(lower_text(head)):
        if pattern is not PROSE and not _opens_part(head, match.start()):
            continue
        rest = head[match.end() : match.end() + 70].split("\n\n")[0].split("|")[0]
        if SECTION.match(head, head.rfind("\n", 0, match.start()) + 1):
            continue  # it holds for the figures of its section alone
        times = [m for m in find_times(rest, reading.published) if m.value]
        if times and times[0].start < NEAR and times[0].kind != "now":
            return times[0].value, rest[times[0].start : times[0].end]
    return None


def _opens_part(text, position):
    """Return whether a place opens a line or a part of it, or follows the name of a report."""
    start = text.rfind("\n", 0, position) + 1
    before = text[start:position].rstrip(" \t")
    if not before or before[-1] in "|•·/–—-:([," or text[:position].endswith("  "):
        return True
    if len(before) >= LONGEST_LINE:
        return False
    return SERIAL.search(before) is not None or REPORT.search(before) is not None


def _find_bare(reading, lines):
    """Return the stretch of days or months that a line, or a part of one, is."""
    for line in lines:
        for part in PARTS.split(line):
            part = OPENING.sub("", part.strip(EDGES), count=1)
            times = find_times(part, reading.published)
            if len(times) != 1 or times[0].kind not in ("period", "stated"):
                continue
            is_run = "-" in times[0].value and "/" in times[0].value
            if is_run and _is_all(part, times[0]):
                return times[0].value, part
    return None


def _is_all(part, mention):
    rest = NUMBERED.sub("", part[: mention.start] + part[mention.end :])
    return not any(c.isalnum() for c in rest)


def _find_serial(reading, lines):
    """Return the month, quarter or stretch in the name of a report that comes out in a series."""
    for line in lines:
        is_serial = SERIAL.search(line) is not None
        if not is_serial and REPORT.search(line) is None:
            continue
        for mention in find_times(line, reading.published):
            if (is_serial or _names_report(line, mention)) and _is_stretch(mention):
                return mention.value, line[mention.start : mention.end]
    return _find_month(reading, lines) if any(map(SERIAL.search, lines)) else None


def _names_report(line, mention):
    """Return whether a time says which of the reports of a kind it is; no news follows it."""
    is_after = OF_STRETCH.search(line, 0, mention.start) is not None
    return is_after and not line[mention.end :].lstrip(" )")[:1].isalnum()


def _is_stretch(mention):
    """Return whether a time is a month, a quarter or other stretch, stated."""
    is_day = DAY.fullmatch(mention.value) or "-" not in mention.value
    return not is_day and mention.kind in ("stated", "period")


def _find_month(reading, lines):
    """Return the month that stands under the name of a situation report, alone or numbered."""
    for line in lines:
        times = find_times(line, reading.published)
        if len(times) == 1 and _is_stretch(times[0]):
            rest = NAMED.sub("", NUMBERED.sub("", line[: times[0].start] + line[times[0].end :]))
            if not any(c.isalnum() for c in rest):
                return times[0].value, line[times[0].start : times[0].end]
    return None
