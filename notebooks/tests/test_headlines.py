"""Headline figures: who says them, through whom, how old, and what replaced their report."""

import datetime

import pytest
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from samples import DETAINEES, INCOME, make_frame

from threatledger.briefing import show
from threatledger.briefing.charts_rows import draw_ages, draw_chains
from threatledger.briefing.palette import LIGHT, NARROW, WIDE
from threatledger.briefing.render import render_svg
from threatledger.headlines import (
    describe_ages,
    describe_chains,
    find_newer_since,
    list_chains,
    tabulate_headlines,
)

CUT = datetime.date(2022, 6, 1)
REGISTRY = [
    {"series": "a", "ordinal": str(n), "symbol": f"S/{n}", "issued": issued}
    for n, issued in enumerate(["2021-01-30", "2021-08", "2022-02", "2022-08-01"])
]
DOCUMENTS = make_frame(
    "documents",
    [{"doc_id": "doc-a", "published": "2021-05", "publisher": "The Daily", "about": "S/0"}],
)
CLAIMS = [DETAINEES, INCOME | {"attribution": "", "chain": ""}]


def tabulate(states=None, documents=DOCUMENTS):
    claims = make_frame("claims", CLAIMS)
    series = claims.assign(published="2021-05")
    parts = {"strength": series.head(1), "finance": series.tail(1)}
    return tabulate_headlines(parts, claims, documents, REGISTRY, CUT, states), claims


def test_a_figure_has_speaker_relay_age_and_what_replaced_it():
    headlines, _ = tabulate()
    row = headlines.iloc[0]
    assert (row["said_by"], row["relayed_by"]) == ("Wardens", "a wire → The Daily")
    assert row["age_days"] == (CUT - datetime.date(2021, 4, 30)).days
    assert (row["newer_since"], row["newer_report"]) == ("2021-08", "S/2")


@pytest.mark.parametrize(
    ("about", "since"),
    [("S/0", "2021-08"), ("S/2", None), ("", None), ("S/0|S/1", "2022-02"), ("S/0|S/2", None)],
)
def test_a_report_is_replaced_once_every_report_it_may_be_is(about, since):
    documents = make_frame("documents", [{"doc_id": "doc-a", "about": about}])
    assert find_newer_since(documents, REGISTRY, CUT).get("doc-a") == since


def test_a_figure_that_was_not_compared_has_no_state_and_says_so():
    headlines, _ = tabulate()
    assert list(headlines["state"]) == ["", ""]
    assert show.show_headlines(headlines).html.count("not compared") == 2
    stated, _ = tabulate({DETAINEES["claim_id"]: "disputed"})
    assert list(stated["state"]) == ["disputed", ""]
    assert "disputed" in show.show_headlines(stated).html


def test_the_table_shows_the_age_and_since_when_a_newer_report_exists():
    html = show.show_headlines(tabulate()[0]).html
    assert "newer report since Aug 2021; latest S/2" in html


def test_ways_end_at_the_outlet_and_begin_with_nobody_where_nobody_is_named():
    chains = list_chains(*tabulate(), DOCUMENTS)
    assert list(chains["steps"]) == ["Wardens|a wire|The Daily", "|The Daily"]
    assert list(chains["figures"]) == [1, 1]
    assert "no speaker is named" in describe_chains(chains)


def make_dated():
    headlines, _ = tabulate()
    return headlines.assign(published="2021-05", cut=f"{CUT}")


def test_an_age_runs_from_the_last_day_a_time_can_mean_to_the_edition_s_date():
    ax = draw_ages(make_dated(), Figure().subplots())
    starts = {
        line.get_xdata()[0]
        for line in ax.lines
        if line.get_marker() in ("o", "s") and line.get_xdata()
    }
    assert starts == {date2num(datetime.date(2021, 4, 30)), date2num(datetime.date(2021, 5, 31))}
    ends = {line.get_xdata()[-1] for line in ax.lines if len(line.get_xdata()) == 2}
    assert date2num(CUT) in ends
    dashed = [line for line in ax.lines if line.is_dashed()]
    assert {line.get_xdata()[0] for line in dashed} == {date2num(datetime.date(2021, 8, 31))}


def test_a_figure_without_a_time_stands_hollow():
    ax = draw_ages(make_dated(), Figure().subplots())
    faces = {line.get_marker(): line.get_markerfacecolor() for line in ax.lines}
    assert faces["o"] != faces["s"]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_pictures_name_figures_ages_and_steps(width):
    ages = render_svg(draw_ages, make_dated(), LIGHT, width)
    assert "at least 900 detainees" in ages
    assert "13 months" in ages
    chains = render_svg(draw_chains, list_chains(*tabulate(), DOCUMENTS), LIGHT, width)
    for words in ("Wardens", "a wire", "The Daily", "no speaker named", "1 figure"):
        assert words in chains


@pytest.mark.parametrize(("draw", "frame"), [(draw_ages, 0), (draw_chains, 1)])
def test_no_headline_gives_a_picture_that_says_so(draw, frame):
    empty = (make_dated().head(0), list_chains(*tabulate(), DOCUMENTS).head(0))[frame]
    assert "no figure of this kind" in render_svg(draw, empty, LIGHT, WIDE)


def test_findings_say_how_old_and_are_true_of_nothing():
    said = describe_ages(tabulate()[0])
    assert said.startswith("Two headline figures, from 12 months to 13 months old")
    assert said.endswith("for two of them a newer report exists.")
    assert "no headline figure" in describe_ages(tabulate()[0].head(0))
