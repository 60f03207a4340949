"""Numbers that an editor leaves blank in the prose are filled from the tables."""

import pytest

from threatledger.briefing.numbers import SourceError, fill_numbers, resolve


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "tables").mkdir()
    lines = ["trend_id,doc_id,direction,as_of", "t-1,a,up,2017", "t-2,a,down,2016-12-31"]
    lines += ["t-3,b c,up,2016", "t-4,'=b,up,"]
    (tmp_path / "tables/trends.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("count trends", 4),
        ("count trends direction=up", 3),
        ("count trends direction=up doc_id=a", 1),
        ("count trends 'doc_id=b c'", 1),
        ("count trends doc_id==b", 1),
        ("cell trends t-2 as_of", "2016-12-31"),
        ("first trends as_of", "2016"),
        ("last trends as_of", "2017"),
    ],
)
def test_an_expression_names_rows_and_cells(folder, expression, value):
    assert resolve(expression, folder) == value


@pytest.mark.parametrize(
    "expression",
    [
        "count nothing",
        "count ../trends",
        "count trends way=up",
        "count trends up",
        "cell trends t-9 as_of",
        "cell trends t-1",
        "sum trends as_of",
    ],
)
def test_what_names_nothing_is_said(folder, expression):
    with pytest.raises(SourceError, match="there is no table|names no cell|begins with none"):
        resolve(expression, folder)


def test_a_blank_is_filled_and_says_from_where(folder):
    filled = fill_numbers(
        "In [[count trends direction=up]] of [[count trends]], by [[last trends as_of]].", folder
    )
    assert filled == (
        'In <span data-from="count trends direction=up">three</span> of '
        '<span data-from="count trends">four</span>, by '
        '<span data-from="last trends as_of">2017</span>.'
    )


def test_other_brackets_stay_as_they_are(folder):
    assert (
        fill_numbers("[[note]] and [a](#b) and [[1, 2]]", folder)
        == "[[note]] and [a](#b) and [[1, 2]]"
    )
