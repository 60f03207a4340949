import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from matplotlib.figure import Figure
from samples import DETAINEES, make_frame

from threatledger.briefing import (
    charts,
    charts_bars,
    charts_cycle,
    charts_flow,
    charts_grid,
    charts_rows,
)
from threatledger.briefing.charts import draw_intervals, draw_money
from threatledger.briefing.charts_bars import draw_foreign_fighters
from threatledger.briefing.charts_flow import draw_flows
from threatledger.briefing.charts_grid import draw_directions
from threatledger.briefing.figures import check_comparable, show_figure, write_figure
from threatledger.briefing.palette import DARK, LIGHT, NARROW, WIDE
from threatledger.briefing.render import render_svg

FIGHTERS = DETAINEES | {"population": "fighters", "what": "fighters", "high": None}
CASES = {
    "range": {"low": 500, "high": 800, "relation": "range"},
    "open above": {"low": 500, "high": None, "relation": "more_than"},
    "open below": {"low": None, "high": 800, "relation": "at_most"},
    "single": {"low": 650, "high": 650, "relation": "exact"},
}


def make_series(*rows):
    """Return claims with the publication date of their text."""
    frame = make_frame("claims", [FIGHTERS | row for row in rows])
    return frame.assign(claim_id=[f"claim-{k:010d}" for k in range(len(rows))], published="2021-05")


def new_axes():
    return Figure().subplots()


def find_levels(ax):
    """Return every height that a line, an arrow or a marker of an Axes reaches."""
    levels = {float(y) for line in ax.lines for y in line.get_ydata()}
    for text in ax.texts:
        if getattr(text, "arrowprops", None):
            levels |= {text.xy[1], text.xyann[1]}
    return levels


@pytest.mark.parametrize("case", CASES)
def test_no_midpoint_is_ever_drawn(case):
    ax = draw_intervals(make_series(CASES[case]), new_axes())
    stated = {value for value in (CASES[case]["low"], CASES[case]["high"]) if value}
    levels = find_levels(ax)
    assert stated <= levels
    if len(stated) == 2:
        assert levels == stated
    assert 650 not in levels - stated


def test_an_open_side_is_an_arrow_towards_it():
    up = draw_intervals(make_series(CASES["open above"]), new_axes())
    down = draw_intervals(make_series(CASES["open below"]), new_axes())
    (arrow,) = [t for t in up.texts if getattr(t, "arrowprops", None)]
    assert arrow.xy[1] > arrow.xyann[1] == 500
    (arrow,) = [t for t in down.texts if getattr(t, "arrowprops", None)]
    assert arrow.xy[1] < arrow.xyann[1] == 800
    closed = draw_intervals(make_series(CASES["range"]), new_axes())
    assert not [t for t in closed.texts if getattr(t, "arrowprops", None)]


def test_the_axis_of_people_begins_at_nought():
    ax = draw_intervals(make_series(CASES["range"]), new_axes())
    assert ax.get_ylim()[0] == 0


@pytest.mark.parametrize(
    ("column", "values", "words"),
    [
        ("kind", ["flow", "stock"], "flow and stock"),
        ("unit", ["USD", "EUR"], "different units: EUR, USD"),
        ("population", ["fighters", "members"], "different populations: fighters, members"),
        ("population", ["fighters", ""], "fighters|not stated"),
    ],
)
def test_what_cannot_be_compared_shares_no_axis(column, values, words):
    frame = make_series(*({column: value} | CASES["single"] for value in values))
    with pytest.raises(ValueError, match=words):
        check_comparable(frame)
    for draw in WITH_VALUES:
        with pytest.raises(ValueError, match="cannot share an axis"):
            draw(frame, new_axes())


# Those that put values on an axis, and those on whose axes no value stands: time, topics, hands.
WITH_VALUES = (draw_intervals, draw_money, draw_foreign_fighters, draw_flows)
WITHOUT_VALUES = {
    draw_directions,
    charts_cycle.draw_cycle,
    charts_rows.draw_ages,
    charts_rows.draw_chains,
    charts.draw_nothing,
}
MODULES = [charts, charts_bars, charts_cycle, charts_flow, charts_grid, charts_rows]


def test_every_drawing_is_known_to_guard_its_axes_or_to_have_no_values_on_them():
    drawing = {
        value
        for module in MODULES
        for name, value in vars(module).items()
        if name.startswith("draw_")
    }
    assert drawing == {*WITH_VALUES, *WITHOUT_VALUES}
    paths = Path(charts.__file__).parent.glob("charts*.py")
    assert {path.stem for path in paths} == {module.__name__.split(".")[-1] for module in MODULES}


@pytest.mark.parametrize("draw", WITH_VALUES, ids=lambda draw: draw.__name__)
@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("kind", ["flow", "stock"]),
        ("population", ["fighters", "members", ""]),
        ("unit", ["USD", "EUR"]),
    ],
)
def test_on_its_own_a_drawing_parts_what_cannot_share_an_axis(draw, column, values, monkeypatch):
    """The way of the notebooks: no Axes is given, and each panel holds what can be compared."""
    seen = []
    for module in (charts, charts_bars, charts_flow):
        monkeypatch.setattr(
            module, "check_comparable", lambda frame: seen.append(frame) or check_comparable(frame)
        )
    rows = [CASES["single"] | {column: value} for value in values for _ in range(2)]
    draw(make_series(*rows))
    assert sorted(set(frame[column]).pop() for frame in seen) == sorted(values)
    assert all(len(frame) == 2 and frame[column].nunique() == 1 for frame in seen)


@pytest.mark.parametrize("draw", [draw_intervals, draw_money])
def test_no_line_joins_two_figures(draw):
    """A line between them would claim a trend that no text states."""
    rows = [CASES[case] | {"as_of": f"20{15 + k}"} for k, case in enumerate(CASES)]
    ax = draw(make_series(*rows), new_axes())
    for line in ax.lines:
        across, up = ({float(value) for value in data} for data in line.get_data())
        assert len(across) == 1 or (len(up) == 1 and max(across) - min(across) < 366)


@pytest.mark.parametrize("draw", [draw_foreign_fighters, draw_flows])
@pytest.mark.parametrize("case", CASES)
def test_no_bar_ends_at_a_midpoint(case, draw):
    ax = draw(make_series(CASES[case]), new_axes())
    stated = {value for value in (CASES[case]["low"], CASES[case]["high"]) if value}
    ends = {edge for bar in ax.patches for edge in (bar.get_x(), bar.get_x() + bar.get_width())}
    arrows = [text for text in ax.texts if getattr(text, "arrowprops", None)]
    assert ends - {0} <= stated
    assert len(arrows) == case.startswith("open")
    for arrow in arrows:
        assert arrow.xyann[0] in stated


def test_different_populations_and_places_get_panels_of_their_own():
    rows = [
        {"population": "fighters", "place": "IRQ"},
        {"population": "members", "place": "IRQ"},
        {"population": "fighters", "place": "SYR"},
    ]
    axes = draw_intervals(make_series(*(CASES["single"] | row for row in rows)))
    titles = {ax.get_title(loc="left") for ax in axes if ax.axison}
    assert len([ax for ax in axes if ax.axison]) == 3
    assert titles == {"Iraq", "Syria"}


def test_flow_and_stock_get_panels_that_say_so():
    rows = [CASES["single"] | {"kind": kind, "unit": "USD"} for kind in ("flow", "stock")]
    titles = [ax.get_title(loc="left") for ax in draw_money(make_series(*rows))]
    assert [title.split(":")[0] for title in titles] == ["Flow", "Stock"]


def test_populations_differ_in_marker_and_not_in_colour_alone():
    rows = [CASES["single"] | {"population": name} for name in ("fighters", "members")]
    axes = draw_intervals(make_series(*rows))
    marks = {(line.get_marker(), line.get_color()) for ax in axes for line in ax.lines}
    marks = {mark for mark in marks if mark[0] not in ("", "None")}
    assert len({marker for marker, _ in marks}) == len({colour for _, colour in marks}) == 2


def test_a_figure_without_a_time_stands_hollow_at_publication():
    ax = draw_intervals(make_series(CASES["single"] | {"as_of": ""}), new_axes())
    faces = {
        line.get_markerfacecolor() for line in ax.lines if line.get_marker() not in ("", "None")
    }
    assert faces == {ax.get_facecolor()} or faces == {"white"}


@pytest.mark.parametrize("draw", WITH_VALUES, ids=lambda draw: draw.__name__)
def test_no_figures_give_a_drawing_that_says_so(draw):
    svg = render_svg(draw, make_series(), LIGHT, WIDE)
    assert "There is no figure of this kind to draw" in svg


def test_directions_show_arrows_and_where_nothing_is_said():
    falls = {"topic": "finance", "doc_id": "doc-a", "published": "2020", "down": 2}
    rises = {"topic": "threat", "doc_id": "doc-b", "published": "2021", "up": 1}
    rows = [{"up": 0, "down": 0, "steady": 0} | row for row in (falls, rises)]
    ax = draw_directions(make_frame("directions", rows))
    arrows = {
        tuple(line.get_xydata()[0]): line._marker.get_transform().transform((0, 1))[1]
        for line in ax.lines
        if len(line.get_xydata()) == 1
    }
    assert {place: round(tip) for place, tip in arrows.items()} == {(0, 0): -1, (1, 1): 1}
    words = {text.get_text(): text.get_position() for text in ax.texts}
    assert set(words) == {"2", "–"}


def test_the_same_data_give_the_same_bytes_and_other_data_others():
    one, other = make_series(CASES["range"]), make_series(CASES["range"] | {"high": 900})
    svg = render_svg(draw_intervals, one, LIGHT, WIDE)
    assert svg == render_svg(draw_intervals, one, LIGHT, WIDE)
    assert svg != render_svg(draw_intervals, other, LIGHT, WIDE)
    assert svg != render_svg(draw_intervals, one, DARK, WIDE)
    assert "dc:date" not in svg


def test_digits_that_are_not_drawn_show_nowhere():
    """The layout's last digits differ from run to run; matplotlib names clip paths by them."""

    def draw(frame, nudge):
        ax = draw_intervals(frame)
        ax = ax if hasattr(ax, "set_position") else ax[0]
        ax.figure.set_layout_engine("none")
        ax.set_position([0.1, 0.1, 0.8 + nudge, 0.8])
        return ax

    one = make_series(CASES["range"])
    drawn = {render_svg(lambda f, n=n: draw(f, n), one, LIGHT, WIDE) for n in (0, 1e-13, 1e-12)}
    assert len(drawn) == 1


def test_words_of_a_text_are_drawn_as_they_are():
    name = "fighters <b>& 1.23456 (of 2.34567)"
    svg = render_svg(
        draw_foreign_fighters, make_series(CASES["single"] | {"what": name}), LIGHT, WIDE
    )
    texts = [element.text for element in ET.fromstring(svg).iter() if element.tag.endswith("}text")]
    assert name in texts


def test_every_variant_is_sound_xml_of_its_own_size():
    for width in (WIDE, NARROW):
        svg = render_svg(draw_intervals, make_series(*CASES.values()), DARK, width)
        assert ET.fromstring(svg).get("viewBox").split()[2] == f"{width * 72:.1f}".rstrip(
            "0"
        ).rstrip(".")
        assert DARK["paper"] in svg


@pytest.fixture
def reports(tmp_path, monkeypatch):
    monkeypatch.setenv("THREATLEDGER_REPORTS", str(tmp_path))
    return tmp_path


def write_sample(high=800, alt="Between 500 and 800 fighters are stated.", **words):
    frame = make_series(CASES["range"] | {"high": high}).assign(claim_id="claim-aaaaaaaaaa")
    words = {"title": "Strength", "caption": "A caption."} | words
    return write_figure(draw_intervals, frame, "strength", "trial", alt=alt, table=frame, **words)


def test_a_figure_is_kept_in_all_variants_with_its_words_and_data(reports):
    write_sample()
    made = sorted(path.name for path in (reports / "trial/figures").iterdir())
    assert made == [
        "strength-dark.svg",
        "strength-narrow-dark.svg",
        "strength-narrow.svg",
        "strength.json",
        "strength.svg",
    ]
    notes = json.loads((reports / "trial/figures/strength.json").read_text(encoding="utf-8"))
    assert notes["alt"] == "Between 500 and 800 fighters are stated."
    assert notes["table"]["rows"][0]["low"] == 500


def test_the_text_of_a_figure_changes_with_its_data_alone(reports):
    first, again, changed = write_sample(), write_sample(), write_sample(high=801)
    assert repr(first) == repr(again) == repr(write_sample(caption="Another caption."))
    assert repr(first) != repr(changed)
    bundle, known = first._repr_mimebundle_()
    assert set(bundle) == {"image/svg+xml", "text/plain"}
    assert known == {"threatledger": {"figure": "strength"}}


@pytest.mark.usefixtures("reports")
@pytest.mark.parametrize("alt", ["", "Figure", "A chart of strength"])
def test_an_alternative_text_must_say_a_finding(alt):
    with pytest.raises(ValueError, match="needs a finding"):
        write_sample(alt=alt)


@pytest.mark.usefixtures("reports")
def test_a_figure_that_was_not_drawn_says_what_to_do():
    with pytest.raises(ValueError, match="run make report first"):
        show_figure("strength", "trial")


def test_colours_are_those_of_the_page():
    from threatledger.briefing.page import TEMPLATE

    style = (TEMPLATE / "style.css").read_text(encoding="utf-8")
    light, dark = style.split("prefers-color-scheme: dark", 1)
    for colours, part in ((LIGHT, light), (DARK, dark)):
        for name in ("paper", "ink", "muted", "rule"):
            assert re.search(rf"--{name}: {colours[name]};", part)
