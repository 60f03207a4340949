"""Which figures can be compared, whose voice they are, and how they stand beside each other."""

import re

import pandas as pd
import pytest
from samples import make_frame

from threatledger.disagreements.pairs import compare_figures, find_states
from threatledger.disagreements.voices import compare_speakers

DOCUMENTS = make_frame(
    "documents",
    [{"doc_id": f"doc-{name}", "published": "2021-05-02"} for name in "abcd"],
)
FIGHTERS = {
    "low": 500,
    "high": 800,
    "relation": "range",
    "unit": "person",
    "what": "fighters",
    "place": "IRQ",
    "as_of": "2021-04",
    "kind": "headcount",
    "population": "fighters",
    "indicator": "fighter_strength",
    "voice": "reported",
    "sentence": "The group has 500 to 800 fighters.",
    "quote": "500 to 800",
}


def compare(*changes, origins=None, **settings):
    """Return the pairs of figures that differ from a first one as given."""
    rows = []
    for number, change in enumerate(({}, *changes)):
        known = {"claim_id": f"claim-{number}", "doc_id": f"doc-{'abcd'[number]}"}
        rows.append(FIGHTERS | known | {"start": 10 * number, "end": 10 * number + 3} | change)
    claims = make_frame("claims", rows)
    whole = ["start", "end", "sentence_start"]
    claims[whole] = claims[whole].apply(pd.to_numeric).fillna(0).astype("int64")
    return compare_figures(claims, DOCUMENTS, origins, **settings), claims


def find_pair(pairs, *ids):
    """Return the pair of two figures."""
    (row,) = [r for r in pairs.to_dict("records") if {r["claim_id"], r["other_id"]} == set(ids)]
    return row


def find_finding(*changes, **settings):
    pairs, _ = compare(*changes, **settings)
    (pair,) = pairs.to_dict("records")
    return pair


@pytest.mark.parametrize(
    ("change", "because"),
    [
        ({"place": "SYR"}, "place: Iraq / Syria|place: Syria / Iraq"),
        ({"place": "IRQ|SYR"}, "place: Iraq is a part of Iraq and Syria"),
        ({"place": ""}, "place: Iraq / no country stated"),
        ({"population": "members"}, "population: .*members"),
        ({"population": ""}, "population: .*not stated"),
        ({"as_of": "2019-04"}, "time: .*2019"),
        ({"unit": "percent"}, "unit: "),
        ({"kind": "flow"}, "kind: "),
    ],
)
def test_a_pair_that_cannot_be_compared_says_why(change, because):
    pair = find_finding(change)
    assert pair["verdict"] == "not comparable"
    assert re.search(because, pair["because"])
    assert pair["finding"] in ("not comparable", "later")


def test_two_camps_of_one_country_are_two_places():
    one = {"sentence": "In Ramadi, 500 to 800 fighters hide."}
    other = {"sentence": "In Mosul, 900 fighters hide.", "low": 900, "high": 900}
    pairs, _ = compare(one, other)
    last = find_pair(pairs, "claim-2", "claim-1")
    assert last["because"].startswith("place: ")
    assert {"Mosul", "Ramadi"} <= set(last["because"].split())


@pytest.mark.parametrize(
    ("change", "finding", "ratio"),
    [
        ({"low": 700, "high": 900}, "agree", (0.875, 1.8)),
        ({"low": 5000, "high": 7000}, "disagree", (6.25, 14)),
        ({"low": 900, "high": None, "relation": "more_than"}, "disagree", (1.125, None)),
        ({"low": None, "high": 400, "relation": "at_most"}, "disagree", (1.25, None)),
    ],
)
def test_two_voices_on_one_thing_agree_or_not_and_no_midpoint_is_made(change, finding, ratio):
    pair = find_finding(change)
    assert (pair["verdict"], pair["voices"]) == ("comparable", "two voices")
    assert pair["finding"] == finding
    found = [None if end != end else end for end in (pair["ratio_low"], pair["ratio_high"])]
    assert found == list(ratio)


def test_what_is_open_on_one_side_in_both_cannot_be_decided():
    open_below = {"low": None, "high": 900, "relation": "at_most"}
    pairs, _ = compare(open_below, open_below | {"high": 600})
    findings = dict(zip(pairs["claim_id"] + pairs["other_id"], pairs["finding"], strict=True))
    assert findings["claim-1claim-2"] == "cannot be decided"


def test_copies_of_one_origin_are_one_voice():
    change = {"low": 700, "high": 900}
    assert find_finding(change)["finding"] == "agree"
    pair = find_finding(change, origins={"doc-a": "wire", "doc-b": "wire"})
    assert (pair["finding"], pair["voices_because"]) == ("one voice", "texts of one origin")
    apart = {"low": 5000, "high": 7000}
    pair = find_finding(apart, origins={"doc-a": "wire", "doc-b": "wire"})
    assert pair["voices"] == "one voice"
    assert pair["finding"] == "disagree", "copies that differ are a finding, never a confirmation"


def test_a_figure_that_another_text_repeats_is_no_second_voice():
    pair = find_finding({})
    assert (pair["voices"], pair["finding"]) == ("one voice", "one voice")
    named = [{"attribution": name, "chain": name} for name in ("Jane Roe", "John Doe")]
    pairs, _ = compare({**named[0]}, {**named[1], "doc_id": "doc-c"})
    row = find_pair(pairs, "claim-2", "claim-1")
    assert (row["voices"], row["finding"]) == ("two voices", "agree")


def test_one_speaker_through_two_outlets_is_one_voice():
    said = {"low": 700, "high": 900, "attribution": "Jane Roe", "chain": "Jane Roe"}
    pairs, _ = compare(said, said | {"low": 750, "high": 800, "chain": "Jane Roe|a wire"})
    row = find_pair(pairs, "claim-1", "claim-2")
    assert (row["voices"], row["voices_because"]) == ("one voice", "the same speaker")


def test_another_in_one_sentence_is_a_second_voice():
    sentence = "One State put it at 500, another at 900."
    both = {"sentence": sentence, "sentence_start": 0, "attribution": "State", "chain": "State"}
    first = both | {"doc_id": "doc-a", "start": 20, "end": 23, "quote": "500", "low": 500}
    second = both | {"doc_id": "doc-a", "start": 36, "end": 39, "quote": "900", "low": 900}
    pairs, _ = compare(first | {"high": 500}, second | {"high": 900})
    row = find_pair(pairs, "claim-2", "claim-1")
    assert (row["voices"], row["finding"]) == ("two voices", "disagree")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("UN report", "United Nations report", "same"),
        ("Jane Roe", "John Doe", "other"),
        ("senior official", "Jane Roe", "unknown"),
        ("", "Jane Roe", "unknown"),
        ("", "", "unknown"),
    ],
)
def test_speakers_are_told_apart_by_their_names(one, other, same):
    assert compare_speakers(one, other) == compare_speakers(other, one) == same


def test_one_voice_of_one_text_counts_two_things_unless_words_time_and_place_are_the_same():
    own = {"doc_id": "doc-a", "sentence_start": 50, "low": 20, "high": 20, "as_of": "2021-04"}
    assert find_finding(own)["finding"] == "disagree"
    assert find_finding(own | {"what": "snipers in the hills"})["finding"] == "one voice"
    # whether a figure without a time is the later one, nobody can tell
    assert find_finding(own | {"as_of": ""})["finding"] == "not comparable"


def find_state(*changes, **settings):
    pairs, claims = compare(*changes, **settings)
    return find_states(pairs, claims).set_index("claim_id")["state"].to_dict()


def test_states_of_a_figure():
    assert find_state({"low": 700, "high": 900})["claim-0"] == "agreed"
    assert find_state({"low": 5000, "high": 7000})["claim-0"] == "disputed"
    assert find_state({"population": "members"})["claim-0"] == "single voice"
    later = find_state({"as_of": "2023-04", "low": 100, "high": 100})
    assert later == {"claim-0": "superseded", "claim-1": "single voice"}
    # a dispute is said before all else
    assert find_state({"low": 5000, "high": 7000}, {"as_of": "2023-04"})["claim-0"] == "disputed"


def test_a_sum_over_a_time_is_not_superseded_by_that_of_another():
    income = {"indicator": "oil_income", "kind": "flow", "population": "", "unit": "USD"}
    income |= {"what": "oil sales", "as_of": "2015"}
    pairs, claims = compare(income, income | {"as_of": "2016", "low": 10, "high": 10})
    states = find_states(pairs, claims).set_index("claim_id")["state"]
    assert states["claim-1"] == "single voice"


def test_an_author_s_own_figure_is_compared_with_nothing():
    pairs, claims = compare({"voice": "author", "low": 5000, "high": 7000})
    assert pairs.empty
    assert list(find_states(pairs, claims)["claim_id"]) == ["claim-0"]


def test_what_is_left_out_of_a_long_list_cannot_be_compared():
    changes = [{"population": "members"}, {"population": "supporters"}, {"low": 5000, "high": 7000}]
    everything, _ = compare(*changes)
    first, _ = compare(*changes, most_pairs=1)
    assert len(everything) == 6
    assert list(first["finding"]) == ["disagree"]


def test_nothing_to_compare_gives_an_empty_table_with_its_columns():
    claims = make_frame("claims", [])
    pairs = compare_figures(claims, DOCUMENTS)
    assert pairs.empty
    assert "ratio_low" in pairs
    assert find_states(pairs, claims).empty
