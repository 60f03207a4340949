"""Say bounds, dates, places and ages in words, for tables, figures and sentences."""

import functools
import math

from threatledger.codebook import CodebookError, read_codebook
from threatledger.days import PUBLISHED

SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
SUFFIXES = {
    "percent": "\u00a0%",
    "km": "\u00a0km",
    "km2": "\u00a0km²",
    "kg": "\u00a0kg",
    "tonne": "\u00a0tonnes",
    "barrel": "\u00a0barrels",
    "litre": "\u00a0litres",
}
SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
QUALIFIERS = {
    "about": "about",
    "at_least": "at least",
    "more_than": "more than",
    "at_most": "up to",
    "less_than": "less than",
}
MAGNITUDES = {
    12: "dozens",
    20: "scores",
    100: "hundreds",
    1_000: "thousands",
    10_000: "tens of thousands",
    100_000: "hundreds of thousands",
    10**6: "millions",
    10**7: "tens of millions",
    10**8: "hundreds of millions",
    10**9: "billions",
}
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
SMALL = "none one two three four five six seven eight nine ten eleven twelve".split()
ARROWS = {"up": "↑", "down": "↓", "steady": "→"}


def is_missing(value):
    """Tell whether a cell states nothing: None, NaN, NA or the empty string.

    Examples
    --------
    >>> is_missing(float("nan")), is_missing(""), is_missing(0)
    (True, True, False)
    """
    if value is None or isinstance(value, str):
        return not value
    try:
        return math.isnan(value)
    except TypeError:
        # pandas.NA is no number, and nothing can be asked of it but its name.
        return str(value) == "<NA>"


def format_number(value, unit=""):
    r"""Write one number in its unit.

    Parameters
    ----------
    value : float
        In the unit; never rounded.
    unit : str
        As in the table ``claims``: ``person``, ``count``, ``percent``, an ISO 4217 code, ``km`` …

    Returns
    -------
    str

    Examples
    --------
    >>> format_number(500_000_000, "USD"), format_number(4000, "person")
    ('$500\xa0million', '4,000')
    """
    return _join_unit(*_scale(value, unit), unit)


def _scale(value, unit):
    """Return a number's digits and its scale word: money in millions where that is exact."""
    if is_money(unit):
        for size, word in SCALES:
            digits = f"{value / size:,.12g}"
            if abs(value) >= size and len(digits.partition(".")[2]) <= 3:
                return digits, word
    return f"{value:,.12g}" if abs(value) < 1e12 else f"{value:,.0f}", ""


def _join_unit(digits, scale, unit):
    """Return digits with their sign or code before and their scale word or unit behind."""
    before = SIGNS.get(unit, f"{unit}\u00a0") if is_money(unit) else ""
    return before + digits + (f"\u00a0{scale}" if scale else "") + SUFFIXES.get(unit, "")


def is_money(unit):
    """Tell whether a unit is an ISO 4217 code."""
    return len(unit) == 3 and unit.isalpha() and unit.isupper()


def format_bounds(low, high, relation, unit=""):
    r"""Write a figure's bounds as stated.

    Parameters
    ----------
    low, high : float
        Bounds in the unit; None or NaN where that side is open.
    relation : str
        As in the table ``claims``.
    unit : str
        As in the table ``claims``.

    Returns
    -------
    str
        Never a midpoint, never rounded.

    Examples
    --------
    >>> format_bounds(5000, 7000, "range", "person")
    '5,000–7,000'
    >>> format_bounds(None, 5e8, "at_most", "USD")
    'up to $500\xa0million'
    >>> format_bounds(100, None, "vague", "person")
    'hundreds (vague)'
    """
    stated = [bound for bound in (low, high) if not is_missing(bound)]
    if not stated:
        return "not stated"
    if relation == "vague":
        return _format_vague(stated[0], unit)
    if len(set(stated)) == 2:
        figure = _format_range(*stated, unit)
    else:
        figure = format_number(stated[0], unit)
    qualifier = QUALIFIERS.get(relation) or _qualify_open(low, high)
    return f"{qualifier} {figure}" if qualifier else figure


def _qualify_open(low, high):
    """Return the word for an open side that the relation does not name."""
    if is_missing(high):
        return "at least"
    return "up to" if is_missing(low) else ""


def _format_vague(low, unit):
    """Return a bare magnitude in words."""
    word = MAGNITUDES.get(low) or f"at least {format_number(low, unit)}"
    named = f" of {unit}" if is_money(unit) and low in MAGNITUDES else ""
    return f"{word}{named} (vague)"


def _format_range(low, high, unit):
    """Return both ends, the scale and the unit once where they are the same."""
    (low_digits, low_scale), (high_digits, high_scale) = _scale(low, unit), _scale(high, unit)
    if low_scale == high_scale:
        return _join_unit(f"{low_digits}–{high_digits}", high_scale, unit)
    return f"{format_number(low, unit)}–{format_number(high, unit)}"


def say_date(value):
    """Write an ISO 8601 date, month, year or interval in words.

    Parameters
    ----------
    value : str
        Anything else is returned as it is.

    Returns
    -------
    str

    Examples
    --------
    >>> say_date("2023-02-26"), say_date("2020-08"), say_date("2014/2019")
    ('26 Feb 2023', 'Aug 2020', '2014–2019')
    """
    first, bar, last = value.partition("/")
    if bar:
        dash = "–" if len(first) == len(last) == 4 else " – "
        return f"{say_date(first)}{dash}{say_date(last)}"
    found = PUBLISHED.match(value)
    if not found or not 1 <= int(found[2] or 1) <= 12:
        return value
    year, month, day = found.groups()
    parts = [str(int(day)) if day else "", MONTHS[int(month) - 1] if month else "", year]
    return " ".join(filter(None, parts))


def say_age(days):
    """Write an age in the unit that a reader thinks in, rounded down.

    Parameters
    ----------
    days : int

    Returns
    -------
    str

    Examples
    --------
    >>> say_age(45), say_age(400), say_age(1100)
    ('45 days', '13 months', '3 years')
    """
    for limit, size, word in ((61, 1, "day"), (731, 30.4375, "month"), (math.inf, 365.25, "year")):
        if days < limit:
            return f"{int(days / size):,} {word}{'' if int(days / size) == 1 else 's'}"
    raise ValueError(f"{days} is not a number of days")


def say_number(number):
    """Write a whole number, small ones in words.

    Examples
    --------
    >>> say_number(4), say_number(1200)
    ('four', '1,200')
    """
    return SMALL[number] if number < len(SMALL) else f"{number:,}"


def say_count(number, noun, plural=""):
    """Write a count with its noun; small numbers in words, none as "no".

    Examples
    --------
    >>> say_count(1, "text"), say_count(34, "figure"), say_count(0, "country", "countries")
    ('one text', '34 figures', 'no countries')
    """
    word = say_number(number) if number else "no"
    return f"{word} {noun if number == 1 else plural or noun + 's'}"


def say_ordinal(number):
    """Write a whole number as an ordinal.

    Examples
    --------
    >>> say_ordinal(1), say_ordinal(12), say_ordinal(23)
    ('1st', '12th', '23rd')
    """
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"


def join_words(words, last="and"):
    """Join words as a sentence does.

    Examples
    --------
    >>> join_words(["Iraq", "Libya", "Syria"])
    'Iraq, Libya and Syria'
    """
    words = list(words)
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


@functools.cache
def read_labels(table, key, label):
    """Return the labels of a codebook table by key; empty where there is no such table."""
    try:
        rows = read_codebook().rows(table)
    except CodebookError:
        return {}
    return {row[key]: row.get(label) or row[key] for row in rows}


@functools.cache
def read_country_names():
    """Return each country's name, the short form where it begins like the official one."""
    names = {}
    for row in read_codebook().rows("countries"):
        name = row["name"]
        short = [a for a in row["aliases"].split("|") if a[:4] == name[:4] and len(a) < len(name)]
        names[row["iso3"]] = min(short, key=len) if short else name
    return names


def say_places(codes):
    """Write country codes joined by bars as names.

    Examples
    --------
    >>> say_places("IRQ|SYR")
    'Iraq and Syria'
    """
    names = read_country_names()
    return join_words(names.get(code, code) for code in codes.split("|") if code)


def say_key(key):
    """Write a codebook key as words.

    Examples
    --------
    >>> say_key("foreign_fighters")
    'foreign fighters'
    """
    return key.replace("_", " ")


def order_topics(topics):
    """Return different topics in the codebook's order, those it does not have last.

    Examples
    --------
    >>> order_topics(["other", "finance", "other"])
    ['finance', 'other']
    """
    known = list(read_labels("topics", "topic", "label"))
    found = dict.fromkeys(topics)
    return [topic for topic in known if topic in found] + sorted(set(found) - set(known))


def say_topic(topic):
    """Write a topic's key as a reader would: its codebook label, else the key without underscores.

    Examples
    --------
    >>> say_topic("foreign_fighters")
    'Foreign fighters'
    """
    labels = read_labels("topics", "topic", "label")
    label = say_key(labels.get(topic, topic))
    return label[:1].upper() + label[1:]
