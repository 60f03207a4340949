"""Ranges: what is open stays open, what touches is told from what meets, nothing is halved."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from threatledger.disagreements.intervals import (
    Interval,
    compare_intervals,
    find_give,
    judge,
    make_interval,
    read_interval,
)

OPEN = float("nan")


def claim(low, high, relation="range", unit="person", quote="1"):
    return {"low": low, "high": high, "relation": relation, "unit": unit, "quote": quote}


ENDS = st.integers(0, 10**9)
RANGES = st.tuples(ENDS, ENDS).map(lambda ends: make_interval(*sorted(ends)))


@given(RANGES, RANGES, st.fractions(0, 1), st.fractions(0, 1))
def test_a_result_holds_whatever_the_true_numbers_are(one, other, here, there):
    """The point of reckoning with ranges: no true number inside leads to a result outside."""
    x = one.low + here * (one.high - one.low)
    y = other.low + there * (other.high - other.low)
    for made, true in ((one + other, x + y), (one - other, x - y), (one * other, x * y)):
        assert made.low <= true <= made.high
    if other.low > 0:
        assert (one / other).low <= x / y <= (one / other).high


def test_arithmetic_is_exact():
    rest = make_interval(100) - make_interval(25) - make_interval(15)
    assert make_interval(40_000) * rest * make_interval(0.01) == make_interval(24_000)


def test_an_open_side_stays_open():
    up_to = read_interval(claim(OPEN, 500))
    assert up_to == Interval(None, Fraction(500))
    assert (up_to + make_interval(1)).low is None
    assert (make_interval(260) / up_to).high is None
    assert (-up_to).high is None
    assert (make_interval(1) / make_interval(0)).low is None


def test_a_third_in_words_is_exactly_that():
    words = claim(33.3, 33.3, "exact", "percent", "a third")
    assert read_interval(words).low == Fraction(100, 3)
    assert read_interval(words | {"quote": "33.3%"}).low == Fraction("33.3")


@pytest.mark.parametrize(
    ("figure", "give"),
    [
        (claim(18.4e6, 18.4e6, "exact", "USD", "US$ 18.4 million"), 50_000),
        (claim(29, 29, "exact", "percent", "29 per cent"), Fraction(1, 2)),
        (claim(4000, 4000, "about", quote="four thousand"), 200),
        (claim(1530, 1530, "about", quote="1,530"), 5),
        (claim(147, 147, "exact", quote="147"), 0),
        (claim(50, 50, "exact", "percent", "half"), 0),
    ],
)
def test_a_figure_gives_way_by_half_a_step_of_its_last_digit(figure, give):
    assert find_give(figure) == give


@pytest.mark.parametrize(
    ("one", "other", "ranges"),
    [
        (claim(5000, 7000), claim(6000, 9000), "overlap"),
        (claim(5000, 7000), claim(400, 500), "apart"),
        (claim(OPEN, 500, "at_most"), claim(400, 500), "overlap"),
        (claim(OPEN, 500, "at_most"), claim(OPEN, 900, "at_most"), "open"),
        (claim(500, OPEN, "more_than"), claim(500, 500, "exact"), "apart"),
        (claim(500, OPEN, "at_least"), claim(500, 500, "exact"), "overlap"),
        (claim(4000, 4000, "about"), claim(4100, 4100, "exact"), "overlap within rounding"),
        (claim(4000, 4000, "about"), claim(4900, 4900, "exact"), "apart"),
    ],
)
def test_ranges_meet_or_not(one, other, ranges):
    assert compare_intervals(one, other) == compare_intervals(other, one) == ranges


@pytest.mark.parametrize(
    ("reckoned", "stated", "result"),
    [
        (make_interval(24_000, 30_000), claim(24_000, 30_000), "agrees"),
        (make_interval(18_386_000), claim(18.4e6, 18.4e6, "exact", "USD", "18.4"), "agrees"),
        (make_interval(9), claim(11, 11, "exact"), "disagrees"),
        (Interval(None, Fraction(900)), claim(500, 500, "exact"), "cannot be decided"),
        (Interval(None, Fraction(400)), claim(500, 500, "exact"), "disagrees"),
        (make_interval(900), claim(100, OPEN, "vague"), "cannot be decided"),
    ],
)
def test_a_re_computed_range_is_judged(reckoned, stated, result):
    assert judge(reckoned, reckoned, stated)[0] == result
