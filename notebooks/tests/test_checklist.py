"""The five texts, end to end: every annotated figure is on the page, with its bounds."""

import html
import json
import re

import pytest

from threatledger.codebook import find_root
from threatledger.tables import read_table

GOLD = find_root() / "data/gold"


def read_annotated(doc_id):
    """Return span, bounds and unit of the figures that were annotated by hand."""
    claims = json.loads((GOLD / f"{doc_id}.json").read_text(encoding="utf-8"))["claims"]
    return {(c["start"], c["quote"], c["low"], c["high"], c["unit"]) for c in claims}


@pytest.fixture(scope="module")
def claims(built):
    """Return the default edition's claims, open bounds as None."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THREATLEDGER_REPORTS", str(built))
        table = read_table("claims", "default").astype({"low": object, "high": object})
    return table.where(table.notna(), None)


@pytest.mark.parametrize(
    ("doc_id", "count"),
    [
        ("tasnim-2017", 2),
        ("apa-2018", 0),
        ("imctc-2020", 18),
        ("iraq-cells-2023", 10),
        ("medium-2020", 4),
    ],
)
def test_the_ledger_holds_exactly_the_annotated_figures(claims, doc_id, count):
    rows = claims[claims["doc_id"] == doc_id]
    found = set(rows[["start", "quote", "low", "high", "unit"]].itertuples(index=False, name=None))
    assert found == read_annotated(doc_id)
    assert len(found) == count


def test_every_figure_on_the_page_leads_to_its_exact_words(claims, built):
    page = (built / "default/briefing.html").read_text(encoding="utf-8")
    for row in claims.itertuples():
        assert f'href="#{row.claim_id}"' in page, f"nothing links to {row.quote}"
        assert f'id="{row.claim_id}"' in page, f"no card for {row.quote}"
        mark = re.search(rf'<mark[^>]*id="at-{row.claim_id}"[^>]*>(.*?)</mark>', page, re.S)
        assert mark, f"{row.quote} is not marked in its text"
        words = html.unescape(re.sub(r"<[^>]+>", "", mark[1]))
        assert words.startswith(row.quote)


@pytest.fixture
def read_built(in_built):
    """Return a reader of the default edition's tables."""
    return lambda name: read_table(name, "default")


@pytest.mark.parametrize(
    ("doc_id", "rule", "low", "high", "result"),
    [
        ("imctc-2020", "remainder", 24000, 30000, "agrees"),
        ("imctc-2020", "shares of a whole", 70, 95, "cannot be decided"),
        ("medium-2020", "parts of a total", 3, 3, "agrees"),
        ("iraq-cells-2023", "share of a base", 2500, 3500, "not stated"),
    ],
)
def test_what_a_text_makes_computable_is_done_again(read_built, doc_id, rule, low, high, result):
    checks = read_built("checks").query("doc_id == @doc_id and rule == @rule")
    assert (low, high, result) in set(zip(checks.low, checks.high, checks.result, strict=True))


def test_open_oil_money_gives_no_certain_fall(read_built):
    (check,) = read_built("checks").query("doc_id == 'tasnim-2017'").itertuples()
    assert (check.rule, check.low, check.result) == ("change", -48, "cannot be decided")


def test_the_contradiction_on_central_africa_is_found_and_no_other(read_built):
    (row,) = read_built("contradictions").itertuples()
    assert row.doc_id == "imctc-2020"
    assert "Somalia" in row.quote
    assert "no evidence" in row.other_quote


def test_each_text_says_which_report_it_is_about_or_that_it_cannot_be_told(read_built):
    links = read_built("report-links").set_index("doc_id")["state"].to_dict()
    assert links == {
        "tasnim-2017": "inferred",
        "apa-2018": "stated",
        "imctc-2020": "stated",
        "iraq-cells-2023": "ambiguous",
        "medium-2020": "inferred",
    }


def test_the_five_texts_have_five_origins(read_built):
    assert read_built("origins")["origin"].is_unique
