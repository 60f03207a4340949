"""How disagreements, contradictions and arithmetic look on the page, and what a flow draws."""

import pandas as pd
import pytest
from matplotlib.figure import Figure
from samples import DETAINEES, make_frame

from threatledger.briefing.charts_flow import draw_flows
from threatledger.briefing.disputes import (
    OPEN_PAIRS,
    show_checks,
    show_contradictions,
    show_disagreements,
)
from threatledger.briefing.palette import LIGHT, WIDE
from threatledger.briefing.render import render_svg
from threatledger.disagreements.flows import COLUMNS

OTHER = DETAINEES | {"claim_id": "claim-bbbbbbbbbb", "doc_id": "doc-b", "attribution": "<Roe>"}
CLAIMS = make_frame("claims", [DETAINEES, OTHER])
PAIR = {
    "pair_id": "pair-1",
    "indicator": "camp_population",
    "claim_id": DETAINEES["claim_id"],
    "other_id": OTHER["claim_id"],
    "figure": "at least 900 detainees",
    "other_figure": "at least 900 detainees",
    **{f"same_{name}": "same" for name in ("place", "population", "time", "unit", "kind", "thing")},
    "ranges": "apart",
    "ratio_low": 2.5,
    "voices": "two voices",
    "voices_because": "different origins",
    "finding": "disagree",
}
APART = {"finding": "not comparable", "same_place": "place: Iraq / Syria", "because": "place: …"}


def make_pairs(*changes):
    rows = [PAIR | {"pair_id": f"pair-{k}"} | change for k, change in enumerate(changes)]
    return make_frame("disagreements", rows)


def test_a_pair_links_both_figures_and_says_what_it_comes_to():
    html = show_disagreements(make_pairs({}), CLAIMS).html
    for words in ("No number fits both", "at least 2.5 times", "two voices: different origins"):
        assert words in html
    assert 'href="#claim-aaaaaaaaaa"' in html
    assert 'href="#claim-bbbbbbbbbb"' in html
    assert "&lt;Roe&gt;" in html
    assert "<Roe>" not in html


def test_what_can_be_compared_comes_first_and_long_lists_fold():
    shown = show_disagreements(make_pairs(*[APART] * (OPEN_PAIRS + 2), {}), CLAIMS).html
    first, folded = shown.split("<details>")
    assert first.index("No number fits both") < first.index("Not comparable")
    assert folded.count("place: …") == 2
    assert "<details>" not in show_disagreements(make_pairs(APART, {}), CLAIMS).html


def test_no_pair_says_none():
    assert "none" in show_disagreements(make_pairs(), CLAIMS).text


def test_a_contradiction_shows_both_sentences_and_where_they_stand():
    row = {"kind": "assertion and denial", "quote": "They pay.", "other_quote": "No <proof>."}
    row |= {"passage_id": "doc-a:003", "other_passage_id": "doc-a:004", "doc_id": "doc-a"}
    twin = {"kind": "pull quote", "text": "Again.", "of_text": "Once.", "doc_id": "doc-a"}
    twin |= {"passage_id": "doc-a:005", "of_passage_id": "doc-a:006"}
    html = show_contradictions(
        make_frame("contradictions", [row]), make_frame("repeats", [twin])
    ).html
    assert html.index("They pay.") < html.index("No &lt;proof&gt;.") < html.index("Once.")
    for number in (3, 4, 5, 6):
        assert f'href="#passage-doc-a.00{number}"' in html


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"low": 2000, "high": 3000, "unit": "person"}, "2,000–3,000"),
        ({"low": None, "high": 300, "unit": "person"}, "up to 300"),
        ({"low": -48, "high": None, "unit": "percent", "rule": "change"}, "−48\u00a0% at the low"),
        ({"low": 25, "high": 25, "unit": "percent", "rule": "change"}, "+25\u00a0%"),
    ],
)
def test_a_check_is_marked_derived_and_leads_to_what_it_is_made_of(change, words):
    row = {"rule": "share of a base", "status": "derived", "what": "fighters", "why": "because"}
    row |= {"claim_ids": "claim-aaaaaaaaaa|claim-bbbbbbbbbb", "result": "agrees", "doc_id": "doc-a"}
    html = show_checks(make_frame("checks", [row | change]), CLAIMS).html
    assert words in html
    assert '<span class="counted">derived</span>' in html
    assert html.count('href="#claim-') == 2


def make_flow(*rows):
    base = {"base_id": "claim-1", "unit": "person", "kind": "headcount", "population": "people"}
    rows = [base | {"what": f"row {k}", "relation": "exact"} | row for k, row in enumerate(rows)]
    return pd.DataFrame(rows, columns=COLUMNS)


FLOW = (
    {"role": "base", "low": 40_000, "high": 40_000},
    {"role": "part", "low": 10_000, "high": 10_000},
    {"role": "part", "low": 6000, "high": 6000},
    {"role": "left", "low": 24_000, "high": 30_000, "relation": "range"},
)


def list_bars(frame):
    """Return where each drawn bar begins and ends."""
    ax = draw_flows(frame, Figure().subplots())
    return [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in ax.patches]


def test_shares_that_add_up_fall_in_a_cascade_to_what_is_left():
    assert list_bars(make_flow(*FLOW)) == [
        (0, 40_000),
        (30_000, 40_000),
        (24_000, 30_000),
        (0, 24_000),
        (24_000, 30_000),
    ]


def test_a_share_of_an_open_base_is_crossed_from_end_to_end():
    open_share = {"role": "open", "low": 1125, "high": 2400, "relation": "range"}
    frame = make_flow({"role": "base", "low": 5000, "high": 6000}, open_share)
    ax = draw_flows(frame, Figure().subplots())
    last = ax.patches[-1]
    assert (last.get_x(), last.get_width(), last.get_hatch()) == (0, 2400, "xxxx")
    assert not last.get_fill() or last.get_facecolor()[3] == 0
    ends = {x for line in ax.lines for x in line.get_xdata()}
    assert ends == {1125}


def test_each_base_has_a_panel_that_names_it():
    other = [row | {"base_id": "claim-2"} for row in FLOW[:2]]
    svg = render_svg(draw_flows, make_flow(*FLOW, *other), LIGHT, WIDE)
    assert svg.count("Of 40,000 row") == 2
