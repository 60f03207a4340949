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
