"""Published tables: defined columns, safe cells, the same bytes."""

import json
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from threatledger.codebook import read_codebook
from threatledger.tables import (
    FRICTIONLESS,
    TableError,
    bare_cell,
    find_tables,
    guard_cell,
    read_columns,
    read_table,
    write_datapackage,
    write_table,
    write_whole,
)


@pytest.fixture
def reports(tmp_path, monkeypatch):
    """Write to a scratch reports folder."""
    monkeypatch.setenv("THREATLEDGER_REPORTS", str(tmp_path))
    return tmp_path


def write_facts(*rows):
    return write_table(pd.DataFrame(rows, columns=["key", "value"]), "edition", "trial")


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+44 20",
        "-5",
        "@import",
        "\tx",
        "\n=1+1",
        "  =1+1",
        "＠SUM(A1)",
        "'=1+1",
        "''-",
        "NA",
        "nan",
        "",
        'a "b", c\nd',
        "'plain'",
        "ليبيا",
    ],
)
def test_a_text_cell_comes_back_as_it_was(reports, cell):
    write_facts(("k", cell))
    assert read_table("edition", "trial")["value"].tolist() == [cell]


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@x", "\tx", "\nx", "\u00a0=1", " +1", "＝1+1", "－1"]
)
def test_no_cell_can_run_as_a_formula(reports, cell):
    write_facts(("k", cell))
    written = (find_tables("trial") / "edition.csv").read_text(encoding="utf-8")
    assert written.split(",", 2)[2].lstrip('"').startswith("'")


@given(st.text("'=+-@＝\t\n ,\"ax\u202e\u2028", max_size=12))
def test_guarding_is_undone_by_reading_and_by_nothing_else(cell):
    assert bare_cell(guard_cell(cell)) == cell
    assert not re.match("[=+@\t\n-]", guard_cell(cell))


def test_control_characters_are_shown_as_pictures(reports):
    write_facts(("k", "a\x00b\x1bc\rd"))
    assert read_table("edition", "trial")["value"].tolist() == ["a␀b␛c␍d"]


def test_open_bounds_stay_empty_and_whole_numbers_have_no_point(reports):
    row = {c["column"]: "" for c in read_columns("claims")}
    row |= {"start": 1, "end": 2, "sentence_start": 0, "low": float("nan"), "high": 5e8}
    write_table(pd.DataFrame([row]), "claims", "trial")
    written = (find_tables("trial") / "claims.csv").read_text(encoding="utf-8")
    assert ",,500000000," in written
    assert read_table("claims", "trial")["low"].isna().all()


def test_an_empty_table_keeps_its_columns_and_types(reports):
    write_table(
        pd.DataFrame(columns=[c["column"] for c in read_columns("claims")]), "claims", "trial"
    )
    table = read_table("claims", "trial")
    assert len(table) == 0
    assert table["low"].dtype == "float64"


def test_missing_and_undefined_columns_are_refused(reports):
    with pytest.raises(TableError, match="it lacks value; the codebook does not define note"):
        write_table(pd.DataFrame({"key": ["a"], "note": ["b"]}), "edition", "trial")


def test_undefined_table_is_refused(reports):
    with pytest.raises(TableError, match="defines no table nonsense"):
        write_table(pd.DataFrame(), "nonsense", "trial")


def test_a_table_that_is_not_there_says_what_to_run(reports):
    with pytest.raises(TableError, match="trial/tables/edition.csv is not there yet"):
        read_table("edition", "trial")


def test_a_file_is_written_whole_and_leaves_nothing_beside_it(tmp_path):
    write_whole(tmp_path / "new" / "file.txt", "a\r\nb\n")
    assert (tmp_path / "new/file.txt").read_bytes() == b"a\r\nb\n"
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["file.txt"]


def test_datapackage_describes_each_column_of_each_table(reports):
    write_facts(("k", "v"))
    write_datapackage("trial")
    package = json.loads((find_tables("trial") / "datapackage.json").read_text(encoding="utf-8"))
    (resource,) = package["resources"]
    assert resource["path"] == "edition.csv"
    assert [field["name"] for field in resource["schema"]["fields"]] == ["key", "value"]


def test_every_column_is_described_once_with_a_known_type():
    rows = read_codebook().rows("columns")
    assert all(row["type"] in FRICTIONLESS and row["description"] for row in rows)
    keys = [(row["table"], row["column"]) for row in rows]
    assert len(keys) == len(set(keys))
