"""Reckon with figures as ranges: open sides stay open, and nothing is made a midpoint."""

import functools
import math
import operator
import re
from dataclasses import dataclass
from fractions import Fraction

# Relations whose stated bound is not itself reached.
STRICT_LOW, STRICT_HIGH = ("more_than",), ("less_than",)
HEDGED = ("about", "vague")
PARTS = {Fraction("33.3"): Fraction(100, 3), Fraction("66.7"): Fraction(200, 3)}
DIGITS = re.compile(r"\d[\d,]*(?:\.(\d+))?")


@dataclass(frozen=True, slots=True)
class Interval:
    """A range of numbers.

    Attributes
    ----------
    low, high : fractions.Fraction or None
        Its ends; None where that side is open. Exact, so that 40,000 × 60 % is 24,000.
    """

    low: Fraction | None
    high: Fraction | None

    def __add__(self, other):
        """Return every sum of a number of each."""
        return Interval(
            _both(self.low, other.low, operator.add), _both(self.high, other.high, operator.add)
        )

    def __sub__(self, other):
        """Return every difference of a number of each."""
        return Interval(
            _both(self.low, other.high, operator.sub), _both(self.high, other.low, operator.sub)
        )

    def __mul__(self, other):
        """Return every product of a number of each; the second may not be below nought."""
        return Interval(
            _both(self.low, other.low, operator.mul), _both(self.high, other.high, operator.mul)
        )

    def __truediv__(self, other):
        """Return every quotient of a number of each; neither may be below nought."""
        return Interval(
            _both(self.low, other.high, operator.truediv),
            _both(self.high, other.low, operator.truediv),
        )

    def __neg__(self):
        """Return the range on the other side of nought."""
        return Interval(
            None if self.high is None else -self.high, None if self.low is None else -self.low
        )

    def scale(self, factor):
        """Return the range times a number above nought."""
        return self * Interval(Fraction(factor), Fraction(factor))

    def is_closed(self):
        """Tell whether both sides are known."""
        return self.low is not None and self.high is not None

    def widen(self, give):
        """Return the range with both ends moved outwards."""
        return Interval(
            None if self.low is None else self.low - give,
            None if self.high is None else self.high + give,
        )


def _both(one, other, operation):
    """Return the result for one side, which is open if either number is, or none exists."""
    if one is None or other is None or (operation is operator.truediv and not other):
        return None
    return operation(one, other)


def make_interval(low, high=None):
    """Make a range of two numbers, or of one.

    Examples
    --------
    >>> make_interval(5000, 7000) * make_interval(0.5)
    Interval(low=Fraction(2500, 1), high=Fraction(3500, 1))
    """
    return Interval(Fraction(str(low)), Fraction(str(low if high is None else high)))


def read_interval(claim):
    """Return a claim's bounds as a range.

    Parameters
    ----------
    claim : dict
        With ``low`` and ``high``, missing where that side is open, ``unit`` and ``quote``; "a
        third" is exactly that.

    Returns
    -------
    Interval
    """
    return _read_bounds(
        claim, is_part=claim["unit"] == "percent" and not DIGITS.search(claim["quote"])
    )


def _read_bounds(claim, is_part=False):
    """Return a claim's bounds as a range, those of a part of a whole in words as what they mean."""
    bounds = (claim["low"], claim["high"])
    low, high = (None if value is None or math.isnan(value) else value for value in bounds)
    return _make_range(low, high, is_part)


@functools.lru_cache(maxsize=10_000)
def _make_range(low, high, is_part):
    """Return a range exactly as written; the same figures are asked for again and again."""
    ends = (None if value is None else Fraction(f"{value:.12g}") for value in (low, high))
    return Interval(*(PARTS.get(end, end) if is_part else end for end in ends))


def find_give(claim):
    """Return by how much a figure may be off because it was rounded.

    Parameters
    ----------
    claim : dict
        With ``quote``, ``low``, ``high``, ``relation`` and ``unit``.

    Returns
    -------
    fractions.Fraction
        Half a step of the last digit that the figure gives: of the last that is not nought where
        the text says "about" (at most one part in twenty), of the last written one in shares and
        money. 0 for counts, which are not rounded unless the text says so.

    Examples
    --------
    >>> claim = {"quote": "$18.4 million", "low": 18.4e6, "high": 18.4e6, "unit": "USD"}
    >>> find_give(claim | {"relation": "exact"})
    Fraction(50000, 1)
    """
    own = _read_bounds(claim)
    bound = own.low if own.high is None else own.high
    if not bound:
        return Fraction(0)
    if claim["relation"] in HEDGED:
        return min(_find_last_digit(bound) / 2, bound / 20)
    if claim["unit"] in ("person", "count"):
        return Fraction(0)
    return _find_written_digit(claim["quote"], bound) / 2


@functools.lru_cache(maxsize=10_000)
def _find_last_digit(value):
    """Return the place of a number's last digit that is not nought."""
    step = Fraction(1)
    while (value / step).denominator != 1:
        step /= 10
    while (value / (step * 10)).denominator == 1:
        step *= 10
    return step


def _find_written_digit(quote, bound):
    """Return the place of the last digit that a quote writes; 0 if it writes the value in words."""
    found = list(DIGITS.finditer(quote))
    if not found:
        return Fraction(0) if bound.denominator == 1 else _find_last_digit(bound)
    written = Fraction(found[-1].group().replace(",", ""))
    decimals = len(found[-1][1] or "")
    return bound / written / 10**decimals if written else Fraction(0)


def overlap(one, other):
    """Tell whether two ranges have a number in common."""
    return _reaches(one.low, other.high) and _reaches(other.low, one.high)


def _reaches(low, high):
    """Tell whether a lower end is not above an upper end."""
    return low is None or high is None or low <= high


def compare_intervals(one, other):
    """Compare two stated ranges.

    Parameters
    ----------
    one, other : dict
        Claims, with ``low``, ``high``, ``relation``, ``unit`` and ``quote``.

    Returns
    -------
    str
        ``overlap``; ``overlap within rounding``; ``apart``; ``open`` where both are open on the
        same side, so that they must meet whatever is true.

    Examples
    --------
    >>> few = {"low": None, "high": 500.0, "relation": "at_most", "unit": "person", "quote": "500"}
    >>> many = few | {"low": 500.0, "high": None, "relation": "more_than"}
    >>> compare_intervals(few, many), compare_intervals(few, few | {"high": 300.0})
    ('apart', 'open')
    """
    a, b = read_interval(one), read_interval(other)
    if _is_strictly_apart(one, other) or _is_strictly_apart(other, one):
        return "apart"
    if overlap(a, b):
        both_open = (a.low is None and b.low is None) or (a.high is None and b.high is None)
        return "open" if both_open else "overlap"
    wide = a.widen(find_give(one)), b.widen(find_give(other))
    return "overlap within rounding" if overlap(*wide) else "apart"


def _is_strictly_apart(one, other):
    """Tell whether two ranges only touch at an end that one of them does not reach."""
    is_strict = one["relation"] in STRICT_LOW or other["relation"] in STRICT_HIGH
    if not is_strict or one["relation"] in HEDGED or other["relation"] in HEDGED:
        return False
    low, high = read_interval(one).low, read_interval(other).high
    return low is not None and low == high


def judge(reckoned, widest, stated):
    """Judge a re-computed range against the one that the text states.

    Parameters
    ----------
    reckoned, widest : Interval
        What was re-computed from the figures as written, and with their rounding.
    stated : dict
        The claim that it is compared with.

    Returns
    -------
    tuple of (str, str)
        ``agrees``, ``disagrees`` or ``cannot be decided``, and why.
    """
    own = read_interval(stated)
    if not overlap(widest, own.widen(find_give(stated))):
        return "disagrees", "no number fits both"
    if not reckoned.is_closed():
        return "cannot be decided", "a figure that it is made of is open on one side"
    if stated["relation"] == "vague":
        return "cannot be decided", "the text gives a magnitude alone"
    if overlap(reckoned, own):
        return "agrees", "the same" if reckoned == own else "the ranges meet"
    return "agrees", "within rounding"
