"""Arithmetic on dates whose grain is a year, a month or a day.

A moment is a tuple of one to three integers, ``(2016,)``, ``(2016, 8)`` or ``(2016, 8, 24)``: as
coarse as the text that states it. Nothing here reads the clock.
"""

import datetime
import functools

FIRST_YEAR, LAST_YEAR = 1900, 2099


@functools.lru_cache(maxsize=1 << 10)
def read_moment(text):
    """Read an ISO 8601 date, month or year.

    Parameters
    ----------
    text : str or None
        ``"2020-08-24"``, ``"2020-08"``, ``"2020"``.

    Returns
    -------
    tuple of int
        The moment at the grain given; empty where the text is none of these.
    """
    parts = (text or "").strip()[:10].split("-")
    if not all(part.isdecimal() for part in parts):
        return ()
    moment = tuple(int(part) for part in parts)
    return moment if is_real(moment) else ()


def is_real(moment):
    """Return whether such a year, month or day exists within the years that texts speak of."""
    try:
        datetime.date(*(moment + (1, 1))[:3] if len(moment) < 3 else moment)
    except (TypeError, ValueError, OverflowError):
        return False
    return FIRST_YEAR <= moment[0] <= LAST_YEAR


def write_moment(moment):
    """Return the moment as ISO 8601, ``(2016, 8)`` as ``"2016-08"``."""
    return "-".join(f"{part:02d}" for part in moment)


def write_span(first, last):
    """Return an ISO 8601 interval, or the moment alone where both ends are the same."""
    if first == last:
        return write_moment(first)
    return f"{write_moment(first)}/{write_moment(last)}"


def shift_months(moment, months):
    """Return the month that lies so many months later, at month grain."""
    count = moment[0] * 12 + moment[1] - 1 + months
    return (count // 12, count % 12 + 1)


def shift_days(moment, days):
    """Return the day that lies so many days later; empty outside the calendar."""
    try:
        day = datetime.date(*moment) + datetime.timedelta(days=days)
    except (OverflowError, ValueError):
        return ()
    return (day.year, day.month, day.day)


def find_weekday(moment, weekday):
    """Return the last such weekday (Monday is 0) on or before a day."""
    return shift_days(moment, -((datetime.date(*moment).weekday() - weekday) % 7))


def find_week(moment, weeks):
    """Return Monday and Sunday of the week so many weeks from that of a day."""
    monday = shift_days(find_weekday(moment, 0), 7 * weeks)
    return monday, shift_days(monday, 6)


def find_month(published, month, day=None):
    """Return the last such month, or day of the year, on or before publication.

    Parameters
    ----------
    published : tuple of int
        Moment of publication at any grain; empty where unknown.
    month, day : int
        The month, and the day where one is stated.

    Returns
    -------
    tuple of int
        With the year filled in; empty where publication is unknown or the day does not exist.
    """
    if not published:
        return ()
    tail = (month,) if day is None else (month, day)
    late = len(published) > 1 and tail[: len(published) - 1] > published[1 : 1 + len(tail)]
    found = (published[0] - late, *tail)
    return found if is_real(found) else ()
