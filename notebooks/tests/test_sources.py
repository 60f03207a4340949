"""Reports, ages and speakers."""

import datetime

import pandas as pd
import pytest

from threatledger.parts import Rows
from threatledger.sources import count_speakers, find_age, find_ends, find_newer, link_reports

REGISTRY = [
    {"series": "sg", "ordinal": "1", "symbol": "S/1", "issued": "2020-01-31", "briefed": ""},
    {"series": "sg", "ordinal": "2", "symbol": "S/2", "issued": "2020-07-31", "briefed": ""},
    {"series": "mt", "ordinal": "9", "symbol": "S/9", "issued": "2020-02", "briefed": ""},
]
DOCUMENTS = pd.DataFrame({"doc_id": ["a", "b", "c", "d"], "about": ["S/1", "S/1|S/9", "", "S/2"]})


def test_an_ambiguous_link_is_listed_at_both_reports_and_marked():
    documents = Rows("documents", frame=DOCUMENTS)
    links = Rows("report-links", frame=DOCUMENTS.assign(symbols=["", "", "S/2", "S/9"]))
    texts = link_reports(documents, links, REGISTRY).set_index("symbol")["texts"]
    # Where the catalogue is silent, the text's own words are taken.
    assert texts.to_dict() == {"S/1": "a|b (?)", "S/2": "c|d", "S/9": "b (?)"}


def test_a_newer_report_counts_once_issued():
    assert find_newer(DOCUMENTS, REGISTRY, datetime.date(2020, 7, 30)) == {}
    newer = find_newer(DOCUMENTS, REGISTRY, datetime.date(2020, 7, 31))
    # b may be about S/9, which nothing has replaced: no silent guess
    assert newer == {"a": "S/2"}


@pytest.mark.parametrize(
    ("as_of", "published", "days"),
    [
        ("2020-01-30", "2021", 2),
        ("2020-01", "2021", 1),
        ("2012/2019", "2021", 32),
        ("", "2020-01-31", 1),
        ("2020-12", "2021", 0),
    ],
)
def test_age_counts_from_the_last_day_a_time_can_mean(as_of, published, days):
    assert find_age(as_of, published, datetime.date(2020, 2, 1)) == days


def test_ends_of_an_interval():
    assert find_ends("2019/2020-02") == (datetime.date(2019, 1, 1), datetime.date(2020, 2, 29))


def test_speakers_are_counted_over_claims_and_trends():
    claims = pd.DataFrame({"doc_id": ["a", "b"], "attribution": ["UN", ""]})
    trends = pd.DataFrame({"doc_id": ["b"], "attribution": ["UN"]})
    (first, second) = count_speakers(claims, trends).to_dict("records")
    assert first == {"speaker": "UN", "claims": 1, "trends": 1, "texts": "a|b"}
    assert second["speaker"] == ""
