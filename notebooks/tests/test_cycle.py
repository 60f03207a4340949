"""Reports, briefings and texts in time: what lies between, as exactly as the dates allow."""

import datetime

import pytest
from matplotlib.figure import Figure
from samples import make_frame

from threatledger.briefing.charts_cycle import draw_cycle
from threatledger.briefing.palette import DARK, LIGHT, NARROW, WIDE
from threatledger.briefing.render import render_svg
from threatledger.cycle import count_lag, describe_cycle, read_mandates, say_lag, tabulate_cycle

REGISTRY = [
    {"series": "secretary-general", "ordinal": "1", "symbol": "S/1", "issued": "2020-01-30",
     "briefed": "2020-02-07"},
    {"series": "secretary-general", "ordinal": "2", "symbol": "S/2", "issued": "2020-08",
     "briefed": "2020-08-24"},
    {"series": "monitoring-team", "ordinal": "9", "symbol": "S/9", "issued": "2020-01",
     "briefed": ""},
]  # fmt: skip
MANDATES = [{"symbol": "7 (2019)", "adopted": "2019-12-20", "asks": "every six months"}]
CUT = datetime.date(2020, 8, 10)


def make_documents(*rows):
    return make_frame("documents", [{"doc_id": f"doc-{k}"} | row for k, row in enumerate(rows)])


@pytest.mark.parametrize(
    ("issued", "published", "lag", "words"),
    [
        ("2020-01-30", "2020-02-07", (8, 8), "8 days"),
        ("2020-01-30", "2020-03", (31, 61), "31 days to 2 months"),
        ("2020-01", "2020-03-01", (30, 60), "30–60 days"),
        ("2019-07-31", "2020-03", (214, 244), "7–8 months"),
        ("2020-08-04", "2020-08", (0, 27), "up to 27 days"),
        ("2020-08-04", "2020-08-04", (0, 0), "0 days"),
        ("2020-08-04", "2020-08-01", (0, 0), "0 days"),
    ],
)
def test_a_lag_is_as_exact_as_the_dates(issued, published, lag, words):
    assert count_lag(issued, published) == lag
    assert say_lag(*lag) == words


def test_what_came_after_the_edition_s_date_is_not_known_yet():
    cycle = tabulate_cycle(make_documents({"about": "S/2", "published": "2020-08-09"}),
                           REGISTRY, MANDATES, CUT)  # fmt: skip
    row = cycle.set_index("symbol").loc["S/2"]
    assert row["briefed"] == ""
    early = tabulate_cycle(make_documents(), REGISTRY, MANDATES, datetime.date(2019, 12, 31))
    assert list(early["symbol"]) == ["7 (2019)"]


def test_an_open_link_is_listed_at_both_reports_and_marked():
    cycle = tabulate_cycle(make_documents({"about": "S/1|S/9", "published": "2020-02-10"}),
                           REGISTRY, MANDATES, CUT)  # fmt: skip
    linked = cycle[cycle["doc_id"] == "doc-0"]
    assert list(linked["symbol"]) == ["S/1", "S/9"]
    assert set(linked["is_open"]) == {"yes"}


def test_reports_without_a_text_and_texts_without_a_report_stay():
    cycle = tabulate_cycle(make_documents({"about": "", "published": "2020-02-10"}),
                           REGISTRY, MANDATES, CUT)  # fmt: skip
    assert {"S/1", "S/2", "S/9"} <= set(cycle["symbol"])
    assert cycle.iloc[-1]["doc_id"] == "doc-0"
    assert cycle.iloc[-1]["symbol"] == ""


def test_the_project_s_mandates_have_dates():
    assert all(row["symbol"] and row["asks"] and row["basis"] for row in read_mandates())


def make_cycle(*about):
    texts = [{"about": symbols, "published": "2020-03"} for symbols in about]
    return tabulate_cycle(make_documents(*texts), REGISTRY, MANDATES, CUT)


def test_the_finding_names_the_quickest_and_the_slowest():
    both = describe_cycle(make_cycle("S/1", "S/9"))
    assert "doc-0" in both
    assert "doc-1" in both
    assert "S/9" in both
    assert "No text" in describe_cycle(make_cycle(""))


@pytest.mark.parametrize("colours", [LIGHT, DARK])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_picture_names_stages_texts_and_lags(colours, width):
    svg = render_svg(draw_cycle, make_cycle("S/1", "S/1|S/9", ""), colours, width)
    for words in ("Mandate", "published", "doc-0", "doc-2", "31 days to 2 months", "1st"):
        assert words in svg


def test_a_month_is_drawn_from_its_first_day_to_its_last():
    ax = draw_cycle(make_cycle("S/1"), Figure().subplots())
    month = datetime.date(2020, 3, 1), datetime.date(2020, 3, 31)
    wanted = [(day - datetime.date(1970, 1, 1)).days for day in month]
    spans = [list(data) for line in ax.lines for data in (line.get_xdata(), line.get_ydata())]
    assert wanted in spans


def test_no_report_at_all_is_said():
    cycle = tabulate_cycle(make_documents(), [], MANDATES, CUT)
    assert "No report had been issued" in render_svg(draw_cycle, cycle, LIGHT, WIDE)
