"""An author's own figures and directions stay apart: in the ledger, and in no series."""

import datetime

import pytest
from samples import DETAINEES, make_frame

from threatledger.affiliates import tabulate_affiliates
from threatledger.disagreements.pairs import compare_figures, find_states
from threatledger.headlines import tabulate_headlines
from threatledger.series import select_series
from threatledger.tables import read_table

# Tables that compare, add up or draw, and the columns that name claims and trends in them.
SERIES = {
    "strength": ["claim_id"],
    "finance": ["claim_id"],
    "foreign-fighters": ["claim_id"],
    "headlines": ["claim_id"],
    "chains": ["claim_ids"],
    "directions": ["trend_ids"],
    "affiliates": ["claim_ids", "trend_ids"],
    "disagreements": ["claim_id", "other_id"],
    "states": ["claim_id", "claim_ids"],
    "contradictions": ["record_ids"],
    "checks": ["claim_ids", "base_id"],
}
CUT = datetime.date(2022, 1, 1)
DOCUMENTS = make_frame(
    "documents", [{"doc_id": key, "published": "2021-05"} for key in ("doc-a", "doc-b")]
)
SENTENCE = {"doc_id": "doc-a", "passage_id": "doc-a:001", "start": 0, "end": 60}
SENTENCE |= {"text": "ISIL has 900 fighters in Puntland, as we all know."}


def make_claims(voice):
    """Return a figure that a text reports, and another's in a given voice."""
    shared = DETAINEES | {"indicator": "affiliate_strength", "population": "fighters"}
    shared |= {"place": "SOM", "start": 9, "sentence": SENTENCE["text"]}
    own = shared | {"claim_id": "claim-own", "doc_id": "doc-b", "voice": voice, "low": 50}
    return make_frame("claims", [shared, own])


@pytest.mark.parametrize("voice", ["reported", "author"])
def test_only_what_is_reported_is_selected_led_with_and_compared(voice):
    claims = make_claims(voice)
    series = select_series(claims, DOCUMENTS, "strength")
    headlines = tabulate_headlines({"strength": series}, claims, DOCUMENTS, [], CUT)
    pairs = compare_figures(claims, DOCUMENTS)
    for ids in (
        set(series["claim_id"]),
        set(headlines["claim_id"]),
        set(pairs["claim_id"]) | set(pairs["other_id"]),
        set(find_states(pairs, claims)["claim_id"]),
    ):
        assert ("claim-own" in ids) == (voice == "reported")


@pytest.mark.parametrize("voice", ["reported", "author"])
def test_a_branch_has_no_strength_but_what_is_reported(voice):
    claims = make_claims(voice).assign(doc_id="doc-a")
    trend = {"trend_id": "trend-own", "doc_id": "doc-a", "start": 9, "voice": voice}
    sentences = make_frame("sentences", [SENTENCE])
    trends = make_frame("trends", [trend])
    branches = tabulate_affiliates(sentences, claims, trends, ["is-somalia"])
    row = branches.set_index("affiliate").loc["is-somalia"]
    assert ("claim-own" in row["claim_ids"]) == ("trend-own" in row["trend_ids"])
    assert ("claim-own" in row["claim_ids"]) == (voice == "reported")


@pytest.mark.usefixtures("in_built")
def test_no_table_of_the_edition_counts_what_an_author_says():
    own = set()
    for table, key in (("claims", "claim_id"), ("trends", "trend_id")):
        own |= set(read_table(table, "default").query("voice == 'author'")[key])
    assert own, "no author speaks in these texts any more: the test sees nothing"
    for table, columns in SERIES.items():
        frame = read_table(table, "default")
        used = {key for column in columns for cell in frame[column] for key in cell.split("|")}
        assert not own & used, table


@pytest.mark.usefixtures("in_built")
def test_what_is_derived_is_in_no_other_table():
    derived = set(read_table("checks", "default")["check_id"])
    assert derived
    for table in SERIES:
        frame = read_table(table, "default")
        if table != "checks":
            assert not derived & set(frame.iloc[:, 0]), table
