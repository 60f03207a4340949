"""What holds for any text at all: exact spans, ordered bounds, valid values, linear time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timing import measure_seconds

from threatledger.codebook import read_codebook
from threatledger.extraction import extract
from threatledger.extraction.grammar import fold_text
from threatledger.extraction.moods import is_unreal
from threatledger.extraction.nouns import find_counted
from threatledger.extraction.quantities import find_quantities

RELATIONS = {"exact", "about", "range", "at_least", "more_than", "at_most", "less_than", "vague"}
UNITS = {"person", "count", "percent", "km", "km2", "tonne", "kg", "barrel", "litre"}
KINDS = {"flow", "stock", "headcount", "share", "event count", "measure"}
PIECES = st.sampled_from(
    "400|4,000|12 000|1.5|99999999999999999999|0|½|three|twenty|two|hundreds|a dozen|half|a third|"
    "million|bn|$|€|\\$|USD|per cent|%|dinars|km|tonnes|to|-|–|and|or|between|from|of|of whom|them|"
    "about|up to|no more than|at least|more than|or more|fighters|men|attacks|families|people|"
    "said|fell|rose|was|were|killed|will|may|if|in|2019|August|May|10:30|(|)|[|]|,|.|;|:|“|”|'|\n|"
    "\n\n|İ|ß|ﬁ|\u200b|\xa0|Iraq|Syria|the|its|a month|one|S/2019/612|T-72|aged|estimated|#|•|"
    " - ".split("|")
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join))


def check(text, claim):
    assert text[claim["start"] : claim["end"]] == claim["quote"] != ""
    assert text[claim["sentence_start"] : claim["sentence_end"]] == claim["sentence"]
    assert claim["sentence_start"] <= claim["start"] < claim["end"] <= claim["sentence_end"]
    assert claim["relation"] in RELATIONS
    assert claim["kind"] in KINDS
    unit = claim["unit"]
    assert unit in UNITS or (len(unit) == 3 and unit.isupper())
    low, high = claim["low"], claim["high"]
    assert (low, high) != (None, None)
    if low is not None and high is not None:
        assert low <= high
        assert (low == high) == (claim["relation"] in ("exact", "about")) or low == high
    if claim["relation"] in ("exact", "about"):
        assert low == high
    if claim["relation"] == "vague":
        assert high is None


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text_gives_exact_spans_ordered_bounds_and_valid_values(text):
    claims = extract(text, "2021-06-10").claims
    for claim in claims:
        check(text, claim)
    spans = [(claim["start"], claim["end"]) for claim in claims]
    assert spans == sorted(spans)
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_claims(text):
    assert extract(text, "2021-06-10") == extract(text, "2021-06-10")


@given(st.text())
def test_folding_keeps_every_character_in_its_place(text):
    assert len(fold_text(text)) == len(text)


@given(
    st.integers(3000, 10**9),
    st.sampled_from(["{:,}", "{}"]),
    st.sampled_from(["fighters", "attacks", "tents"]),
)
def test_any_number_is_read_as_written(number, form, noun):
    shown = form.format(number)
    (found,) = find_quantities(f"They counted {shown} {noun} there.", read_codebook())
    assert (found.low, found.high, found.relation) == (number, number, "exact")


@given(st.integers(3000, 10**6), st.integers(1, 10**6))
def test_any_range_keeps_both_ends(low, step):
    text = f"They counted between {low:,} and {low + step:,} fighters there."
    (found,) = find_quantities(text, read_codebook())
    assert (found.low, found.high, found.relation) == (low, low + step, "range")


@pytest.mark.parametrize(
    "piece",
    [
        "1,",
        "1 000 ",
        "two ",
        "hundred ",
        "and a half ",
        "$",
        "-",
        "1-2-",
        "one in ",
        "of whom 3 ",
        "between 3 and ",
        "40 men, ",
        "(1) ",
        "about ",
        "no more than ",
        " ",
        "\u00a0",
        "estimated ",
        "will 4 ",
        "a-",
        "aged 4, ",
        "1/2/",
        "3 fewer than ",
        "it fell by 3%, ",
        "'s ",
        "“",
    ],
)
def test_one_endless_line_takes_linear_time(piece):
    def look(text):
        quantities = find_quantities(text, read_codebook())
        for quantity in quantities[:: max(1, len(quantities) // 40)]:
            find_counted(text, quantity, quantities, read_codebook())
            is_unreal(text, quantity, read_codebook())

    def measure(size):
        return measure_seconds(lambda: look(piece * (size // len(piece))), rounds=1)

    measure(1000)
    small, large = max(measure(20_000), 0.02), measure(160_000)
    assert large < 24 * small, (small, large)


def test_a_row_of_numbers_without_nouns_comes_to_an_end():
    quantities = find_quantities("will 4 " * 400, read_codebook())

    def look():
        find_counted("will 4 " * 400, quantities[-1], quantities, read_codebook())

    assert measure_seconds(look, rounds=1) < 1
