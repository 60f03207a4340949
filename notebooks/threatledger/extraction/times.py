"""Find time expressions in a sentence and resolve them to ISO 8601, at the grain they give."""

import re
from dataclasses import dataclass

from threatledger.extraction.model import TimeMention
from threatledger.extraction.moments import (
    find_month,
    find_week,
    find_weekday,
    is_real,
    read_moment,
    shift_days,
    shift_months,
    write_moment,
    write_span,
)

MONTHS = "january february march april may june july august september october november december"
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
COUNTS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten".split(), 1)
} | {"a": 1, "an": 1, "twelve": 12, "eighteen": 18, "eleven": 11, "twenty": 20}
ORDINALS = {
    word: number
    for number, words in enumerate(
        ("first 1st opening", "second 2nd latter", "third 3rd", "fourth 4th", "fifth 5th"), 1
    )
    for word in words.split()
} | {"last": -1, "final": -1}

MONTH_NUMBER = {name: n for n, name in enumerate(MONTHS.split(), 1)}
MONTH_NUMBER |= {name[:3]: n for name, n in MONTH_NUMBER.items()} | {"sept": 9}
WEEKDAY_NUMBER = {name: n for n, name in enumerate(WEEKDAYS.split())}
WEEKDAY_NUMBER |= {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thurs": 3, "fri": 4}

NAME = "|".join(sorted(MONTH_NUMBER, key=lambda name: (-len(name), name)))
MONTH = rf"(?:{NAME})\b\.?"
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
YEAR = r"(?:19|20)\d\d"
GAP = r"[ \t\xa0]*\n?[ \t\xa0]*"
DASH = r"[-‐-―]"
COUNT = rf"(?:\d{{1,2}}|{'|'.join(COUNTS)})"
DAYNAME = "|".join(sorted(WEEKDAY_NUMBER, key=lambda name: (-len(name), name)))
SEASON = "|".join(SEASONS)
CALENDAR = MONTH_NUMBER.keys() | WEEKDAY_NUMBER.keys()
WORD = re.compile(r"[^\W\d_]+\.?")
RANK = rf"(?:{'|'.join(ORDINALS)})"
PERIOD = rf"(?:{YEAR}|(?:the|this|last){GAP}year)"

# Each pattern names the reader that resolves it; the first that fits at a place is taken.
PATTERNS = (
    ("iso", rf"{YEAR}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?(?![\d-])"),
    ("dotted", rf"\d\d?[./]\d\d?[./]{YEAR}(?!\d)"),
    ("years", rf"{YEAR}{GAP}(?:{DASH}|/){GAP}(?:{YEAR}|\d\d)(?!\d|[/.,-]\d)"),
    ("days", rf"{DAY}{GAP}(?:{DASH}|to|and){GAP}{DAY}{GAP}{MONTH}(?:,?{GAP}{YEAR}\b)?"),
    (
        "days",
        rf"{MONTH}{GAP}{DAY}{GAP}(?:{DASH}|to|and){GAP}{DAY}(?![\d%]|[.,]\d)(?:,?{GAP}{YEAR}\b)?",
    ),
    ("day", rf"{DAY}{GAP}(?:of{GAP})?{MONTH}(?:,?{GAP}{YEAR}\b)?"),
    (
        "weekday",
        rf"(?:last{GAP}|this{GAP})?(?:{DAYNAME})"
        rf"(?:,?{GAP}(?:{DAY}{GAP}{MONTH}|{MONTH}{GAP}{DAY}\b)(?:,?{GAP}{YEAR}\b)?)?",
    ),
    ("week", rf"{RANK}{GAP}week{GAP}of{GAP}{MONTH}(?:,?{GAP}{YEAR}\b)?"),
    ("part", rf"(?:{RANK}{GAP}quarter|q[1-4])(?:{GAP}(?:of{GAP})?{PERIOD})?"),
    ("part", rf"{RANK}{GAP}half{GAP}of{GAP}{PERIOD}"),
    ("part", rf"{RANK}{GAP}{COUNT}{GAP}months{GAP}of{GAP}{PERIOD}"),
    (
        "season",
        rf"(?:in|last|this|during|since)(?:{GAP}the)?{GAP}(?:{SEASON})\b"
        rf"(?:{GAP}(?:of{GAP})?{YEAR}\b)?",
    ),
    ("season", rf"(?:{SEASON}){GAP}(?:of{GAP})?{YEAR}\b"),
    (
        "same",
        rf"(?:same|corresponding){GAP}(?:months?|period|point|time|date|quarter|half|week|day|stage)"
        rf"{GAP}(?:(?:of|in|a|the|one){GAP})?(?:{PERIOD}|(?:year{GAP})?(?:before|earlier|ago))",
    ),
    (
        "same",
        rf"(?:a|one){GAP}year{GAP}(?:earlier|before|previously)|the{GAP}(?:year{GAP}before"
        rf"|previous{GAP}year)",
    ),
    ("edge", rf"(?:end|close|start|beginning){GAP}of{GAP}(?:{MONTH}{GAP})?{PERIOD}"),
    ("edge", rf"(?:end|close|start|beginning){GAP}of{GAP}(?:{MONTH}|(?:this|last){GAP}month)"),
    ("day", rf"{MONTH}{GAP}{DAY}(?![\d%]|[.,]\d|{GAP}{YEAR})(?:,{GAP}{YEAR}\b)?"),
    ("month", rf"{MONTH}(?:{GAP}of)?,?{GAP}(?:{YEAR}\b|last{GAP}year|this{GAP}year)"),
    ("month", rf"(?:(?:last|this){GAP})?{MONTH}"),
    (
        "run",
        rf"(?:{COUNT}|\d\d){GAP}months{GAP}(?:to|until|through|up{GAP}to|ending(?:{GAP}in)?){GAP}{MONTH}(?:{GAP}{YEAR}\b)?",
    ),
    ("new", rf"new{GAP}year\b(?!')|turn{GAP}of{GAP}the{GAP}year\b"),
    ("ago", rf"{COUNT}{GAP}(?:years?|months?|weeks?|days?){GAP}ago"),
    ("past", rf"(?:past|last|previous){GAP}(?:{COUNT}{GAP})?(?:years|months|weeks|days)\b"),
    ("past", rf"past{GAP}(?:year|month|week)\b"),
    ("named", rf"(?:last|this){GAP}(?:year|month|week|quarter)\b"),
    ("today", r"(?:today|now|currently|nowadays|yesterday|tonight|at present)\b"),
    ("year", rf"{YEAR}(?![\d%]|[.,]\d|s\b)"),
)
ATOM = re.compile(
    r"(?<![\w/$€£.])(?:"
    + "|".join(f"(?P<r{n}>{pattern})" for n, (_, pattern) in enumerate(PATTERNS))
    + r")(?!\w)"
)
TOKEN = re.compile(r"[a-z]+|\d+")
# The words that can begin an expression; only at these is the long pattern tried.
FIRST_WORDS = frozenset(
    {name.rstrip(".") for name in (*MONTH_NUMBER, *WEEKDAY_NUMBER)}
    | SEASONS.keys()
    | ORDINALS.keys()
    | COUNTS.keys() - {"a", "an"}
    | set(
        "a same corresponding end close start beginning new turn past previous last this today now"
        " currently nowadays yesterday tonight at q in during since the".split()
    )
)
# Frequent words among them, which begin one only in a sentence that holds these.
FREQUENT = frozenset("a an at in during since the".split())
RARE_WORDS = frozenset(FIRST_WORDS - FREQUENT)
DIGIT = re.compile(r"\d")
NEEDED = re.compile(rf"ago\b|year|present|{SEASON}")
NOT_A_YEAR = re.compile(r"(?:/|\bno\. ?|\bresolutions? |\d{3,4} ?\()$")
NEEDS_CAPITAL = frozenset(("day", "days", "weekday", "month", "week", "run"))
BEFORE = re.compile(
    rf"(?P<since>\bsince{GAP}(?:(?:at{GAP}least|the|early|mid|late|about){GAP})*(?:mid-)?"
    rf"|\bsince\b(?:\s+[^\W\d_][\w'’-]*){{1,7}}?\s+(?:on|in|of){GAP}(?:(?:early|late|mid){GAP})?)$"
    rf"|(?P<span>\b(?:from|between){GAP}(?:(?:early|late|mid|the|about){GAP})*(?:mid-)?)$"
)
JOIN = re.compile(
    rf"{GAP}(?:to|and|or|until|till|through|{DASH}){GAP}(?:(?:the|early|mid|late|in|about){GAP})*(?:mid-)?"
)
LOOK_BACK = 80


def lower_text(text):
    """Return the text in lower case and of the same length, so that offsets stay valid."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@dataclass(slots=True)
class _Atom:
    """One time expression before it is joined to its neighbours."""

    start: int
    end: int
    reader: str
    words: str
    first: tuple = ()
    last: tuple = ()


def find_times(text, published, codebook=None):
    """Find the time expressions of a sentence.

    Parameters
    ----------
    text : str
        The sentence.
    published : str or None
        Publication date as ISO 8601 at any grain; relative words rest on it.
    codebook : Codebook, optional
        Not used: the words of the calendar are grammar, not lexicon.

    Returns
    -------
    list of TimeMention
        In order of place, never overlapping. ``kind`` is ``stated``, ``relative`` (rests on
        publication), ``now``, ``since``, ``period`` or ``same``; for ``same`` ("in the same months
        of 2021", "a year earlier") the value is the year, or empty for the year before, and the
        reader supplies the rest. Impossible dates never appear.
    """
    lowered = lower_text(text)
    matches = _find_atoms(lowered)
    if not matches:
        return []
    pub = read_moment(published)
    atoms = [atom for match in matches if (atom := _read_atom(match, text, lowered))]
    for index in range(len(atoms) - 1, -1, -1):
        _resolve(atoms, index, lowered, pub)
    return _join([atom for atom in atoms if atom.first or atom.reader == "same"], lowered, pub)


def _find_atoms(lowered):
    """Return the matches of the patterns, tried only at the words that can begin one."""
    words, found, end = None, [], 0
    if RARE_WORDS.isdisjoint(TOKEN.findall(lowered)) and not DIGIT.search(lowered):
        return found
    for token in TOKEN.finditer(lowered):
        word, start = token[0], token.start()
        if start < end or not (word in FIRST_WORDS or word[0] <= "9"):
            continue
        if word in FREQUENT:
            words = bool(NEEDED.search(lowered)) if words is None else words
            if not words:
                continue
        match = ATOM.match(lowered, start)
        if match:
            found.append(match)
            end = match.end()
    return found


def _read_atom(match, text, lowered):
    """Return the atom of a match; None where the word only looks like a time."""
    reader = PATTERNS[int(match.lastgroup[1:])][0]
    start, words = match.start(), match[0]
    if reader in NEEDS_CAPITAL and not _is_capitalised(text[start : match.end()]):
        return None
    if reader == "year" and NOT_A_YEAR.search(lowered[max(0, start - 14) : start]):
        return None
    return _Atom(start, match.end(), reader, words)


def _is_capitalised(words):
    """Return whether the month or weekday in these words has its capital ("may" has not)."""
    return any(
        word[:1].isupper() and word.rstrip(".").lower() in CALENDAR for word in WORD.findall(words)
    )


def _resolve(atoms, index, lowered, pub):
    """Give an atom its moments; a bare month takes its year from the date it is joined to."""
    atom, reference = atoms[index], pub
    if index + 1 < len(atoms):
        follower = atoms[index + 1]
        joined = JOIN.fullmatch(lowered, atom.end, follower.start)
        if joined and follower.first and follower.reader in NEEDS_CAPITAL | {"edge"}:
            reference = follower.first
    ends = READERS[atom.reader](atom.words, reference)
    if ends and all(is_real(moment) for moment in ends):
        atom.first, atom.last = ends[0], ends[-1]


def _join(atoms, lowered, pub):
    """Join atoms to intervals ("from A to B", "since A") and return the mentions."""
    mentions, index = [], 0
    while index < len(atoms):
        atom = atoms[index]
        before = BEFORE.search(lowered[max(0, atom.start - LOOK_BACK) : atom.start])
        if index + 1 < len(atoms) and _is_interval(atom, atoms[index + 1], before, lowered):
            follower = atoms[index + 1]
            value = _write_interval(atom.first, follower.last)
            mentions.append(TimeMention(atom.start, follower.end, value, "period"))
            index += 2
            continue
        mentions.append(_write_mention(atom, before, pub))
        index += 1
    return mentions


def _is_interval(atom, follower, before, lowered):
    """Return whether two neighbouring atoms are the ends of one interval."""
    if (
        not atom.first
        or not follower.first
        or not JOIN.fullmatch(lowered, atom.end, follower.start)
    ):
        return False
    if before and before["span"]:
        return len(atom.first) == len(follower.first) or follower.last > atom.first
    gap = lowered[atom.end : follower.start].strip()
    alike = atom.reader == follower.reader and atom.reader in ("year", "month", "day")
    return alike and gap in ("to", "and", "or", "-", "–", "—") and follower.last > atom.first


def _write_interval(first, last):
    """Return both ends as an interval; ends that run backwards keep the later end alone."""
    if first[: len(last)] > last[: len(first)]:
        return write_moment(last)
    return write_span(first, last)


def _write_mention(atom, before, pub):
    """Return the mention of a single atom, from then until publication after "since"."""
    if atom.reader == "same":
        year = str(_find_year(atom.words, pub) or "")
        return TimeMention(atom.start, atom.end, year, "same")
    is_since = (before and before["since"]) or atom.words.startswith("since")
    if is_since and pub and atom.first <= pub:
        value = write_span(atom.first, pub[: len(atom.first)])
        return TimeMention(atom.start, atom.end, value, "since")
    kind = KINDS.get(atom.reader, "stated")
    if kind == "stated" and atom.first != atom.last:
        kind = "period"
    return TimeMention(atom.start, atom.end, write_span(atom.first, atom.last), kind)


def _find_year(words, pub):
    """Return the year that the words state or imply; None where they state none."""
    found = re.search(rf"(?<!\d){YEAR}(?!\d)", words)
    if found:
        return int(found[0])
    if not pub or "year" not in words:
        return None
    if re.search(rf"last{GAP}year", words):
        return pub[0] - 1
    return pub[0] if re.search(rf"(?:the|this){GAP}year(?!{GAP}before)", words) else None


def _find_month_name(words):
    """Return the number of the month named, None where there is none."""
    for word in WORD.findall(words):
        if word.rstrip(".") in MONTH_NUMBER:
            return MONTH_NUMBER[word.rstrip(".")]
    return None


def _find_days(words):
    """Return the days of the month that the words state."""
    return [int(found) for found in re.findall(r"(?<!\d)\d{1,2}(?!\d)", words)]


def _read_iso(words, pub):
    return (read_moment(words),)


def _read_dotted(words, pub):
    """Day first, as outside the United States, unless only month first gives a date."""
    day, month, year = (int(part) for part in re.split(r"[./]", words))
    return ((year, month, day) if month <= 12 else (year, day, month),)


def _read_years(words, pub):
    first, last = re.findall(r"\d+", words)
    last = int(last) if len(last) == 4 else int(first[:2] + last)
    return ((int(first),), (last,)) if last > int(first) else ((int(first),),)


def _read_days(words, pub):
    year, month = _find_year(words, pub), _find_month_name(words)
    days = _find_days(words)
    if year:
        return tuple((year, month, day) for day in days)
    last = find_month(pub, month, days[-1])
    return (last[:2] + (days[0],), last) if last else None


def _read_weekday(words, pub):
    if _find_month_name(words):
        return _read_days(words, pub)
    if len(pub) < 3:
        return None
    name = next(word for word in WORD.findall(words) if word in WEEKDAY_NUMBER)
    day = find_weekday(pub, WEEKDAY_NUMBER[name])
    return (shift_days(day, -7) if words.startswith("last") and day == pub else day,)


def _read_month(words, pub):
    year, month = _find_year(words, pub), _find_month_name(words)
    if year:
        return ((year, month),)
    found = find_month(pub, month)
    if found and words.startswith("last") and found == pub[:2]:
        found = (found[0] - 1, month)
    return (found,) if found else None


def _read_week(words, pub):
    month = _read_month(words, pub)
    rank = ORDINALS[words.split()[0]]
    if not month:
        return None
    if rank > 0:
        return (month[0] + (7 * rank - 6,), month[0] + (min(7 * rank, 28),))
    last = shift_days(shift_months(month[0], 1) + (1,), -1)
    return (shift_days(last, -6), last)


def _read_part(words, pub):
    """Resolve a quarter, a half year or the first or last months of a year."""
    year = None if re.search(rf"the{GAP}year$", words) else _find_year(words, pub)
    rank = int(words[1]) if words[0] == "q" else ORDINALS[words.split()[0]]
    size = 3 if "quarter" in words or words[0] == "q" else 6
    if "months" in words:
        count = words.split()[1]
        size = int(count) if count.isdecimal() else COUNTS[count]
    slots = 12 // size if size else 0
    if not slots or rank > slots:
        return None
    first = 12 - size + 1 if rank < 0 else size * (rank - 1) + 1
    if year is None:
        found = find_month(pub, first)
        year = found[0] if found else None
    return ((year, first), (year, first + size - 1)) if year else None


def _read_season(words, pub):
    year = _find_year(words, pub)
    month = next(SEASONS[word] for word in WORD.findall(words) if word in SEASONS)
    first = (year, month) if year else find_month(pub, month)
    return (first, shift_months(first, 2)) if first else None


def _read_edge(words, pub):
    """Resolve "the end of 2022" to its last month, "the end of April" to the month."""
    if _find_month_name(words):
        return _read_month(words, pub)
    if "month" in words:
        return _read_named(words.split("of", 1)[1].strip(), pub)
    year = _find_year(words, pub)
    return ((year, 1 if words[0] in "sb" else 12),) if year else None


def _read_run(words, pub):
    """Resolve "the twelve months to June"."""
    count, last = words.split()[0], _read_month(words, pub)
    size = int(count) if count.isdecimal() else COUNTS[count]
    return (shift_months(last[0], 1 - size), last[0]) if last else None


def _read_new(words, pub):
    return ((pub[0], 1),) if pub else None


def _read_ago(words, pub):
    count = words.split()[0]
    count = int(count) if count.isdecimal() else COUNTS[count]
    if not pub:
        return None
    if "year" in words:
        return ((pub[0] - count,),)
    if "month" in words:
        return (shift_months(pub, -count),) if len(pub) > 1 else None
    if len(pub) < 3:
        return None
    return find_week(pub, -count) if "week" in words else (shift_days(pub, -count),)


def _read_past(words, pub):
    """Resolve "the past three months" to the interval that ends with publication."""
    count = next((w for w in words.split() if w.isdecimal() or w in COUNTS), "one")
    count = int(count) if count.isdecimal() else COUNTS[count]
    if "year" in words:
        return ((pub[0] - count,), pub[:1]) if pub else None
    if "month" in words:
        return (shift_months(pub, -count), pub[:2]) if len(pub) > 1 else None
    if len(pub) < 3:
        return None
    return (shift_days(pub, -count * (7 if "week" in words else 1)), pub)


def _read_named(words, pub):
    """Resolve last or this year, quarter, month and week."""
    back = words.startswith("last")
    if not pub:
        return None
    if "year" in words:
        return ((pub[0] - back,),)
    if len(pub) < 2:
        return None
    if "month" in words:
        return (shift_months(pub, -back),)
    if "quarter" in words:
        first = shift_months((pub[0], pub[1] - (pub[1] - 1) % 3), -3 * back)
        return (first, shift_months(first, 2))
    if len(pub) < 3:
        return None
    monday, sunday = find_week(pub, -back)
    return (monday, sunday if back else pub)


def _read_today(words, pub):
    if words == "yesterday":
        return (shift_days(pub, -1),) if len(pub) == 3 else None
    return (pub,) if pub else None


READERS = {
    "iso": _read_iso,
    "dotted": _read_dotted,
    "years": _read_years,
    "days": _read_days,
    "day": _read_days,
    "weekday": _read_weekday,
    "week": _read_week,
    "part": _read_part,
    "season": _read_season,
    "same": lambda words, pub: None,
    "edge": _read_edge,
    "month": _read_month,
    "run": _read_run,
    "new": _read_new,
    "ago": _read_ago,
    "past": _read_past,
    "named": _read_named,
    "today": _read_today,
    "year": lambda words, pub: ((int(words),),),
}
KINDS = dict.fromkeys(("weekday", "ago", "named", "past", "new"), "relative") | {"today": "now"}
