import pandas as pd
import pytest

from threatledger.briefing.wording import format_bounds, is_missing, say_age, say_date, say_places

BILLION, MILLION = 1_000_000_000, 1_000_000


@pytest.mark.parametrize(
    ("low", "high", "relation", "unit", "expected"),
    [
        (5000, 7000, "range", "person", "5,000–7,000"),
        (None, 500 * MILLION, "at_most", "USD", "up to $500 million"),
        (25 * MILLION, 50 * MILLION, "range", "USD", "$25–50 million"),
        (900_000, 2 * MILLION, "range", "USD", "$900,000–$2 million"),
        (10000, None, "more_than", "person", "more than 10,000"),
        (4000, 4000, "about", "person", "about 4,000"),
        (400, 500, "at_most", "person", "up to 400–500"),
        (100, None, "vague", "person", "hundreds (vague)"),
        (MILLION, None, "vague", "USD", "millions of USD (vague)"),
        (25, 25, "exact", "percent", "25 %"),
        (33.3, 33.3, "about", "percent", "about 33.3 %"),
        (0, 0, "exact", "count", "0"),
        (1_234_567, 1_234_567, "exact", "USD", "$1,234,567"),
        (1.5 * BILLION, None, "at_least", "IQD", "at least IQD 1.5 billion"),
        (None, 60, "less_than", "km2", "less than 60 km²"),
        (float("nan"), float("nan"), "exact", "person", "not stated"),
        # A relation that says nothing of an open side must not hide it.
        (70, None, "range", "count", "at least 70"),
    ],
)
def test_bounds_are_written_as_stated(low, high, relation, unit, expected):
    assert format_bounds(low, high, relation, unit).replace("\xa0", " ") == expected


def test_bounds_from_a_frame_may_be_missing_in_any_way():
    assert format_bounds(pd.NA, 50.0, "at_most", "count") == "up to 50"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2016", "2016"),
        ("2020-08", "Aug 2020"),
        ("2023-02-06", "6 Feb 2023"),
        ("2014/2019", "2014–2019"),
        ("2022-07/2022-12", "Jul 2022 – Dec 2022"),
        ("2022-13", "2022-13"),
        ("soon", "soon"),
    ],
)
def test_dates_in_words(value, expected):
    assert say_date(value) == expected


def test_an_unknown_code_is_shown_as_it_is():
    assert say_places("IRQ|XXX") == "Iraq and XXX"


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, "0 days"), (1, "1 day"), (60, "60 days"), (61, "2 months"), (800, "2 years")],
)
def test_ages_are_rounded_down(days, expected):
    assert say_age(days) == expected


def test_nothing_zero_and_false_are_not_the_same():
    assert [is_missing(value) for value in (None, "", pd.NA, float("nan"))] == [True] * 4
    assert [is_missing(value) for value in (0, 0.0, "0")] == [False] * 3
