"""Read dates as people write them: a day, a month or a year."""

import calendar
import datetime
import re

PUBLISHED = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?\Z")


def find_last_day(value):
    """Return the last day that a date, a month or a year can mean.

    Parameters
    ----------
    value : str
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

    Returns
    -------
    datetime.date

    Raises
    ------
    ValueError
        If the value has another form or names a day that does not exist.

    Examples
    --------
    >>> find_last_day("2020-02")
    datetime.date(2020, 2, 29)
    """
    found = PUBLISHED.match(value)
    if found is None:
        raise ValueError(f"{value!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = found.groups()
    month = int(month or 12)
    # calendar.monthrange raises for a month that does not exist, date for a day.
    day = int(day) if day else calendar.monthrange(int(year), month)[1]
    return datetime.date(int(year), month, day)


def find_first_day(value):
    """Return the first day that a date, a month or a year can mean.

    Parameters
    ----------
    value : str
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

    Returns
    -------
    datetime.date
    """
    find_last_day(value)
    year, month, day = PUBLISHED.match(value).groups()
    return datetime.date(int(year), int(month or 1), int(day or 1))
