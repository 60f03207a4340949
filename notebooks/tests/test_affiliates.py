"""Sentences about branches of the group, and the branch that a reader would name."""

import pytest
from samples import make_frame

from threatledger.affiliates import (
    add_silent,
    find_affiliates,
    read_affiliates,
    tabulate_affiliates,
)
from threatledger.briefing.sections import show_affiliates
from threatledger.codebook import read_codebook
from threatledger.parts import Rows


@pytest.mark.parametrize(
    ("sentence", "branches"),
    [
        ("ISWAP took a base near Monguno.", {"iswap"}),
        ("ISIL-Khorasan lost its camps in Nangarhar.", {"isil-k"}),
        ("ISIL still has cells in Libya.", {"is-libya"}),
        ("The IS fighters in Mali and in Borno met.", {"isgs", "iswap"}),
        # An area alone is not the group's.
        ("Clans clashed in Libya and in Puntland.", set()),
        ("Boko Haram released hostages in Borno.", set()),
        # The group alone is no branch, nor a branch of another country.
        ("ISIL still has cells in Iraq.", set()),
        ("ISIL fell back from Malian towns, a malign report said.", set()),
    ],
)
def test_a_branch_is_named_by_itself_or_by_an_area_with_the_group(sentence, branches):
    assert set(find_affiliates(sentence, read_codebook())) == branches


def test_areas_are_named_as_the_text_has_them_the_longest_alone():
    found = find_affiliates(
        "ISIL attacks in the Lake Chad Basin and in Yobe rose.", read_codebook()
    )
    assert found == {"iswap": ["Lake Chad Basin", "Yobe"]}


def test_a_country_is_no_area():
    assert find_affiliates("ISIL still has cells in Libya.", read_codebook()) == {"is-libya": []}


def test_every_country_of_a_branch_is_a_country():
    known = {row["iso3"] for row in read_codebook().rows("countries")}
    for key, branch in read_affiliates(read_codebook()).items():
        assert branch["label"], key
        assert branch["countries"] <= known, key


TEXT = "ISIL has 300 fighters in Puntland, where attacks rose; 40 died in Kenya."


def tabulate():
    """Return the table for one sentence with three records."""
    sentence = {"doc_id": "doc-a", "passage_id": "doc-a:002", "start": 0, "end": 72, "text": TEXT}
    strong = {"claim_id": "claim-1", "indicator": "affiliate_strength", "place": "SOM", "start": 9}
    dead = {"claim_id": "claim-2", "indicator": "fighters_killed", "place": "", "start": 55}
    shared = {"doc_id": "doc-a", "unit": "person", "low": 300, "high": 300, "relation": "exact"}
    claims = make_frame("claims", [shared | strong, shared | dead])
    rose = {"trend_id": "trend-1", "doc_id": "doc-a", "start": 43, "direction": "up"}
    far = rose | {"trend_id": "trend-2", "place": "KEN"}
    trends = make_frame("trends", [rose | {"quote": "rose"}, far])
    sentences = make_frame("sentences", [sentence])
    branches = list(read_affiliates(read_codebook()))
    rows = Rows("affiliates", frame=tabulate_affiliates(sentences, claims, trends, branches))
    add_silent(rows, branches)
    return rows.read(), claims, trends


def test_a_branch_has_its_strength_and_directions_and_not_those_of_elsewhere():
    affiliates, _, _ = tabulate()
    row = affiliates.set_index("affiliate").loc["is-somalia"]
    assert row["claim_ids"] == "claim-1"
    assert row["trend_ids"] == "trend-1"
    assert (row["place"], row["areas"], row["passage_ids"]) == ("SOM", "Puntland", "doc-a:002")


def test_a_branch_of_which_nothing_is_said_is_a_visible_row():
    affiliates, claims, trends = tabulate()
    assert set(affiliates["affiliate"]) == set(read_affiliates(read_codebook()))
    silent = affiliates[affiliates["sentences"] == 0]
    assert set(silent["doc_id"]) == {""}
    html = show_affiliates(affiliates, claims, trends).html
    assert html.count('class="empty"') >= 6 * len(silent)
    assert 'href="#passage-doc-a.002"' in html
    assert 'href="#claim-1"' in html
    assert 'href="#trend-1"' in html
