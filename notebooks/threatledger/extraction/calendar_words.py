"""The words of the calendar, and what each kind of time expression resolves to."""

import re

from threatledger.extraction.moments import (
    find_month,
    find_week,
    find_weekday,
    read_moment,
    shift_days,
    shift_months,
)
from threatledger.extraction.patterns import LateRegex

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
YEAR = r"(?:19|20)\d\d"
GAP = r"[ \t\xa0]*\n?[ \t\xa0]*"
WORD = re.compile(r"[^\W\d_]+\.?")
WHOLE_YEAR = LateRegex(rf"(?<!\d){YEAR}(?!\d)")
LAST_YEAR = LateRegex(rf"last{GAP}year")
THIS_YEAR = LateRegex(rf"(?:the|this){GAP}year(?!{GAP}before)")
DAY = LateRegex(r"(?<!\d)\d{1,2}(?!\d)")


def find_year(words, pub):
    """Return the year that the words state or imply.

    Parameters
    ----------
    words : str
        A time expression in lower case.
    pub : tuple of int
        The moment of publication; empty where unknown.

    Returns
    -------
    int or None
        None where the words state none.
    """
    found = WHOLE_YEAR.search(words)
    if found:
        return int(found[0])
    if not pub or "year" not in words:
        return None
    if LAST_YEAR.search(words):
        return pub[0] - 1
    return pub[0] if THIS_YEAR.search(words) else None


def _find_month_name(words):
    """Return the number of the month named, None where there is none."""
    for word in WORD.findall(words):
        if word.rstrip(".") in MONTH_NUMBER:
            return MONTH_NUMBER[word.rstrip(".")]
    return None


def _find_days(words):
    """Return the days of the month that the words state."""
    return [int(found) for found in DAY.findall(words)]


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
    year, month = find_year(words, pub), _find_month_name(words)
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
    year, month = find_year(words, pub), _find_month_name(words)
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
    if "week of" not in " ".join(words.split()):
        return _read_days_of(words, month[0], rank)
    if rank > 0:
        return (month[0] + (7 * rank - 6,), month[0] + (min(7 * rank, 28),))
    last = shift_days(shift_months(month[0], 1) + (1,), -1)
    return (shift_days(last, -6), last)


def _read_days_of(words, month, rank):
    """Resolve "the first ten days of June", "the second half of June"."""
    last = shift_days(shift_months(month, 1) + (1,), -1)
    if "half" in words:
        return (month + (1,), month + (15,)) if rank == 1 else (month + (16,), last)
    count = words.split()[1]
    count = int(count) if count.isdecimal() else COUNTS.get(count, 0)
    size = count * (7 if "weeks" in words else 1)
    if not 0 < size <= last[2] or rank not in (1, -1):
        return None
    return (month + (1,), month + (size,)) if rank > 0 else (shift_days(last, 1 - size), last)


def _read_part(words, pub):
    """Resolve a quarter, a half year or the first or last months of a year."""
    year = None if re.search(rf"the{GAP}year$", words) else find_year(words, pub)
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
    year = find_year(words, pub)
    month = next(SEASONS[word] for word in WORD.findall(words) if word in SEASONS)
    first = (year, month) if year else find_month(pub, month)
    if first and words.startswith("last") and pub[:2] <= shift_months(first, 2):
        first = (first[0] - 1, month)
    if first and (year or month < SEASONS["winter"]):
        return ((first[0],),)  # no calendar says when a spring begins: the year is what is sure
    return (first, shift_months(first, 2)) if first else None


def _read_edge(words, pub):
    """Resolve "the end of 2022" to its last month, "the end of April" to the month."""
    if _find_month_name(words):
        return _read_month(words, pub)
    if "month" in words:
        return _read_named(words.split("of", 1)[1].strip(), pub)
    year = find_year(words, pub)
    month = 1 if words[0] in "sb" else 12
    if year and pub and words.endswith("the year") and (year, month) > pub[:2]:
        year -= 1
    return ((year, month),) if year else None


def _read_run(words, pub):
    """Resolve "the twelve months to June", "the week ending 3 June"."""
    count, unit = words.split()[:2] if words[0] not in "fmqwy" else ("one", words.split()[0])
    count = int(count) if count.isdecimal() else COUNTS.get(count, 1)
    if unit.startswith(("week", "fortnight")):
        last = _read_days(words.split(unit, 1)[1], pub) if _find_days(words) else None
        size = count * (14 if unit == "fortnight" else 7)
        return (shift_days(last[0], 1 - size), last[0]) if last and len(last[0]) == 3 else None
    last = _read_month(words, pub)
    size = count * {"year": 12, "quarter": 3}.get(unit, 1)
    return (shift_months(last[0], 1 - size), last[0]) if last else None


def _read_isoweek(words, pub):
    """Resolve "week 12 of 2021" to its Monday and Sunday, as ISO 8601 counts the weeks."""
    week, year = _find_days(words)[0], find_year(words, None)
    if year is None and len(pub) < 3:
        return None
    monday = find_week((year or pub[0], 1, 4), week - 1)[0]
    if year is None and monday > pub:
        monday = find_week((pub[0] - 1, 1, 4), week - 1)[0]
    return (monday, shift_days(monday, 6)) if 0 < week < 54 else None


def _read_new(words, pub):
    return ((pub[0], 1),) if pub else None


def _read_ago(words, pub):
    count = words.split()[0]
    count = int(count) if count.isdecimal() else COUNTS[count]
    if not pub:
        return None
    if "decade" in words:
        return ((pub[0] - 10 * count,),)
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
    if "decade" in words:
        count = 10
    if "year" in words or "decade" in words:
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


def _read_weekend(words, pub):
    if len(pub) < 3:
        return None
    sunday = find_weekday(pub, WEEKDAY_NUMBER["sunday"])
    if words.startswith("last") and sunday == pub:
        sunday = shift_days(sunday, -7)
    return shift_days(sunday, -1), sunday


READERS = {
    "iso": _read_iso,
    "dotted": _read_dotted,
    "years": _read_years,
    "days": _read_days,
    "day": _read_days,
    "weekday": _read_weekday,
    "weekend": _read_weekend,
    "week": _read_week,
    "part": _read_part,
    "season": _read_season,
    "same": lambda words, pub: None,
    "edge": _read_edge,
    "month": _read_month,
    "run": _read_run,
    "isoweek": _read_isoweek,
    "new": _read_new,
    "ago": _read_ago,
    "past": _read_past,
    "named": _read_named,
    "today": _read_today,
    "year": lambda words, pub: ((int(words),),),
}
