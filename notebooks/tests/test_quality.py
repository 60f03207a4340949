"""The measures by which extraction is judged, on records made by hand."""

from types import SimpleNamespace

import pytest

from threatledger.quality import (
    FIELDS,
    is_same_direction,
    is_same_quantity,
    list_misses,
    match_spans,
    measure,
    score_document,
    score_texts,
)

TEXT = "Some 40 fighters left and 12 died; attacks fell."


def claim(start, end, low=40, **fields):
    record = {"start": start, "end": end, "quote": TEXT[start:end], "low": low, "high": low}
    record |= {"unit": "person", "relation": "about", "what": "fighters", "place": []}
    return record | {"as_of": None, "attribution": None} | fields


def trend(direction="down", topic="attacks"):
    return {"start": 43, "end": 47, "quote": "fell", "direction": direction, "topic": topic}


def gold(claims=(), trends=()):
    return {"id": "t", "text": TEXT, "claims": list(claims), "trends": list(trends)}


def found(claims=(), trends=()):
    return SimpleNamespace(claims=list(claims), trends=list(trends))


def test_same_records_score_full_marks():
    counts = score_document(gold([claim(5, 7)], [trend()]), found([claim(5, 7)], [trend()]))
    assert counts["quantity"] == counts["all_fields"] == counts["trend_topic"] == (1, 1, 1)
    assert counts["span"] == (2, 2, 2)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"relation": "exact"}, "relation"),
        ({"what": "civilians"}, "what"),
        ({"place": ["IRQ"]}, "place"),
        ({"as_of": "2020"}, "as_of"),
        ({"attribution": "UN"}, "attribution"),
    ],
)
def test_a_wrong_field_counts_against_that_field_alone(change, field):
    counts = score_document(gold([claim(5, 7)]), found([claim(5, 7, **change)]))
    assert counts["quantity"] == (1, 1, 1)
    assert [name for name in FIELDS if counts[name][0] == 0] == [field]
    assert counts["all_fields"] == (0, 1, 1)


@pytest.mark.parametrize("change", [{"low": 41}, {"high": None}, {"unit": "count"}])
def test_wrong_bounds_or_unit_are_a_miss_and_a_false_alarm(change):
    counts = score_document(gold([claim(5, 7)]), found([claim(5, 7) | change]))
    assert counts["quantity"] == (0, 1, 1)


def test_bounds_agree_to_a_thousandth():
    assert is_same_quantity(claim(5, 7, low=66.7), claim(5, 7, low=66.6667))
    assert not is_same_quantity(claim(5, 7, low=66.7), claim(5, 7, low=67))


def test_spans_that_only_touch_do_not_match():
    assert match_spans([claim(5, 7)], [claim(7, 9)], is_same_quantity) == []


def test_one_found_record_cannot_serve_two_annotated_ones():
    assert len(match_spans([claim(5, 7), claim(5, 7)], [claim(5, 7)], is_same_quantity)) == 1


def test_the_largest_overlap_is_paired_first():
    assert match_spans([claim(5, 16)], [claim(5, 7), claim(5, 16)], is_same_quantity) == [(0, 1)]


def test_a_quote_that_is_not_at_its_offsets_is_counted():
    wrong = claim(5, 7) | {"quote": "41"}
    assert score_document(gold(), found([wrong]))["span"] == (0, 1, 1)


def test_direction_decides_and_topic_is_counted_apart():
    counts = score_document(gold(trends=[trend()]), found(trends=[trend(topic="threat")]))
    assert (counts["trend"], counts["trend_topic"]) == ((1, 1, 1), (0, 1, 1))
    assert not is_same_direction(trend(), trend("up"))


def test_measure_falls_with_misses_and_false_alarms():
    assert measure(10, 10, 10) == 1
    assert measure(10, 20, 10) == measure(10, 10, 20) == pytest.approx(2 / 3)


def test_the_interval_holds_the_value_and_is_the_same_every_time():
    documents = [gold([claim(5, 7)]), gold([claim(5, 7)])]
    extracted = [found([claim(5, 7)]), found()]
    scores = score_texts(documents, extracted, repeats=200)
    row = scores.set_index("measure").loc["quantity"]
    assert row["low"] <= row["value"] <= row["high"]
    assert row["low"] < row["high"]
    assert scores.equals(score_texts(documents, extracted, repeats=200))


def test_every_disagreement_is_listed_with_its_words():
    annotated = gold([claim(5, 7), claim(26, 28, low=12)], [trend()])
    extracted = found([claim(5, 7, place=["IRQ"])], [trend("up")])
    misses = list_misses([annotated], [extracted])
    happened = misses["what_happened"].tolist()
    assert happened == ["place", "claim missed", "trend false alarm", "trend missed"]
    assert misses["found"].tolist()[0] == "IRQ"
    assert "12 died" in misses["sentence"].tolist()[1]
