"""The ledger's ids and hand corrections."""

import pandas as pd
import pytest

from threatledger.corpus import CorpusError
from threatledger.ledger import apply_corrections, check_corrections, tabulate_findings
from threatledger.records import make_id


@pytest.fixture
def claims():
    return pd.DataFrame(
        {
            "claim_id": ["claim-1", "claim-2"],
            "doc_id": ["a", "a"],
            "quote": ["700", "12"],
            "low": [700.0, float("nan")],
            "what": ["fighters", "attacks"],
            "correction": ["", ""],
        }
    )


def correction(**fields):
    row = {"doc_id": "a", "claim": "claim-1", "field": "low", "old": "700", "new": "7,000"}
    return row | {"who": "coder-1", "when": "2026-01-05", "why": "comma lost"} | fields


def test_an_id_depends_on_content_alone():
    assert make_id("claim", "a", 1, 2, "x") == make_id("claim", "a", 1, 2, "x")
    assert make_id("claim", "a", 1, 2, "x") != make_id("claim", "a", 1, 2, "y")
    assert make_id("claim", "a", 11, 2, "x") != make_id("claim", "a", 1, 12, "x")


def test_a_correction_replaces_the_value_and_leaves_a_note(claims):
    corrected, withdrawn = apply_corrections(claims, [correction()])
    assert corrected["low"].tolist()[0] == 7000
    note = "low: 700 → 7,000 (coder-1, 2026-01-05: comma lost)"
    assert corrected["correction"].tolist() == [note, ""]
    assert withdrawn.empty
    assert claims["low"].tolist()[0] == 700


def test_an_open_bound_is_corrected_from_and_to_nothing(claims):
    rows = [correction(claim="claim-2", old="", new="12"), correction(old="700", new="")]
    corrected, _ = apply_corrections(claims, rows)
    assert corrected["low"].isna().tolist() == [True, False]


def test_a_correction_stops_the_run_once_its_old_value_is_gone(claims):
    with pytest.raises(CorpusError, match="low is now 700.0, no longer 650: look"):
        apply_corrections(claims, [correction(old="650")])


def test_an_unknown_field_is_named(claims):
    with pytest.raises(CorpusError, match="there is no field 'lower': the fields are low, what"):
        apply_corrections(claims, [correction(field="lower")])


def test_a_withdrawn_claim_leaves_the_ledger_and_is_kept_apart(claims):
    row = correction(field="withdrawn", old="no", new="yes", why="a page number")
    corrected, withdrawn = apply_corrections(claims, [row])
    assert corrected["claim_id"].tolist() == ["claim-2"]
    assert withdrawn["claim_id"].tolist() == ["claim-1"]
    assert "a page number" in withdrawn["correction"].tolist()[0]


def test_a_correction_without_a_claim_stops_only_the_editions_that_hold_its_text():
    check_corrections([correction(claim="claim-9")], ["claim-1"], ["b"])
    with pytest.raises(CorpusError, match="a no longer gives this claim"):
        check_corrections([correction(claim="claim-9")], ["claim-1"], ["a"])


def test_records_become_rows_with_lists_joined_and_ids_from_content(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"Up to 300 fighters are in Iraq and Syria.")
    document = {"id": "a", "file": "a.txt", "published": "2020"}
    claims, trends = tabulate_findings([document], tmp_path)
    (row,) = claims.to_dict("records")
    assert (row["quote"], row["high"], row["place"]) == ("300", 300, "IRQ|SYR")
    assert pd.isna(row["low"])
    assert row["as_of"] == ""
    assert row["claim_id"] == make_id("claim", "a", row["start"], row["end"], "300")
    assert len(trends) == 0
