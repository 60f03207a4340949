"""Figures drawn once: dark ones from light ones, and all kept by their data, code and style."""

import re

import matplotlib
import pandas as pd
import pytest

from threatledger.briefing import render, variants
from threatledger.briefing.charts import draw_intervals
from threatledger.briefing.charts_bars import draw_foreign_fighters
from threatledger.briefing.charts_cycle import draw_cycle
from threatledger.briefing.charts_flow import draw_flows
from threatledger.briefing.charts_grid import draw_directions
from threatledger.briefing.charts_rows import draw_ages, draw_chains
from threatledger.briefing.figures import new_figure
from threatledger.briefing.palette import DARK, LIGHT, NARROW, WIDE
from threatledger.briefing.render import render_svg
from threatledger.kept import FOLDER
from threatledger.tables import read_table

# A figure of the edition: its draw function and its table.
DRAWN = {
    "strength": (draw_intervals, lambda t: t.query("kind == 'headcount'").head(9)),
    "foreign-fighters": (draw_foreign_fighters, lambda t: t.query("unit != 'usd'").head(9)),
    "directions": (draw_directions, lambda t: t),
    "cycle": (draw_cycle, lambda t: t),
    "chains": (draw_chains, lambda t: t),
}


@pytest.fixture
def drawn(tmp_path, monkeypatch):
    """A list of the variants that were drawn and not read back, while nothing is kept yet."""
    monkeypatch.setenv("THREATLEDGER_REPORTS", str(tmp_path))
    monkeypatch.setattr(variants.STORE, "loaded", variants.STORE.sum_up())
    widths = []

    def count(draw, frame, colours, width):
        widths.append((width, colours["paper"]))
        return render_svg(draw, frame, colours, width)

    monkeypatch.setattr(variants, "render_svg", count)
    return widths


def draw_own(frame):
    """A chart as one of the package's would be."""
    ax = new_figure(2)[0]
    ax.plot(frame["a"], marker="o")
    return ax


@pytest.fixture
def ours(monkeypatch):
    """`draw_own` as if a module of the package had it."""
    monkeypatch.setattr(draw_own, "__module__", "threatledger.briefing.render")
    monkeypatch.setattr(render, "draw_own", draw_own, raising=False)
    return draw_own


FRAME = pd.DataFrame({"a": [1, 3, 2]})
BOTH = [(WIDE, LIGHT["paper"]), (NARROW, LIGHT["paper"])]


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_dark_from_light_is_what_would_be_drawn(in_built, name, width):
    draw, choose = DRAWN[name]
    frame = choose(read_table(name, "default"))
    light, dark = (render_svg(draw, frame, colours, width) for colours in (LIGHT, DARK))
    assert variants.exchange_colours(light) == dark
    assert light != dark


@pytest.mark.usefixtures("in_built")
@pytest.mark.parametrize("draw", [draw_flows, draw_ages])
def test_the_other_charts_have_no_colour_of_their_own(in_built, draw):
    name = {draw_flows: "flows", draw_ages: "ages"}[draw]
    svg = (in_built / f"default/figures/{name}.svg").read_text(encoding="utf-8")
    dark = (in_built / f"default/figures/{name}-dark.svg").read_text(encoding="utf-8")
    assert variants.exchange_colours(svg) == dark


def test_words_that_look_like_a_colour_stay():
    svg = f"<svg><style>.s0{{fill: {LIGHT['ink']}}}</style><text>{LIGHT['ink']}: a</text></svg>"
    dark = f"<svg><style>.s0{{fill: {DARK['ink']}}}</style><text>{LIGHT['ink']}: a</text></svg>"
    assert variants.exchange_colours(svg) == dark


def test_a_drawing_with_a_colour_of_its_own_is_drawn_in_the_dark_too(drawn, ours):
    def draw(frame):
        ax = draw_own(frame)
        ax.axhline(1, color="#ff0000" if matplotlib.rcParams["text.color"] == LIGHT["ink"] else "w")
        return ax

    made = variants.draw_variants(draw, FRAME)
    assert len(drawn) == 4
    assert "#ff0000" in made[""]
    assert "#ff0000" not in made["-dark"]


def test_what_is_drawn_is_drawn_once(drawn, ours):
    first = variants.draw_variants(ours, FRAME)
    assert drawn == BOTH
    assert variants.draw_variants(ours, FRAME.copy()) == first
    assert drawn == BOTH
    assert list(first) == ["", "-dark", "-narrow", "-narrow-dark"]


@pytest.mark.parametrize(
    "frame",
    [
        FRAME.assign(a=[1, 3, 2.0000000000000004]),
        FRAME.astype("float64"),
        FRAME.astype("object"),
        FRAME.set_index(pd.Index([0, 1, 3])),
        FRAME.rename_axis("b"),
        FRAME.assign(a=[1, 3, None]).astype("object"),
        FRAME.assign(a=[1, 3, float("nan")]).astype("object"),
        FRAME.head(2),
        FRAME.assign(b=1),
    ],
)
def test_other_data_are_drawn_anew(drawn, ours, frame):
    assert variants.sum_up_frame(frame) != variants.sum_up_frame(FRAME)
    variants.draw_variants(ours, FRAME)
    variants.draw_variants(ours, frame.dropna())
    assert len(drawn) == 4


def test_another_style_version_or_function_is_drawn_anew(drawn, ours, monkeypatch):
    variants.draw_variants(ours, FRAME)
    with matplotlib.rc_context({"lines.linewidth": 3}):
        variants.draw_variants(ours, FRAME)
    assert len(drawn) == 4
    monkeypatch.setattr(variants, "VERSIONS", ["0"])
    variants.draw_variants(ours, FRAME)
    assert len(drawn) == 6
    monkeypatch.setattr(variants.STORE, "sum_up", lambda: "edited")
    variants.draw_variants(ours, FRAME)
    assert len(drawn) == 8


@pytest.mark.parametrize("draw", [draw_own, lambda frame: draw_own(frame)])
def test_what_a_function_of_a_notebook_draws_is_not_kept(drawn, tmp_path, draw):
    """Its code may change without a file of the package changing."""
    for _ in range(2):
        variants.draw_variants(draw, FRAME)
    assert len(drawn) == 4
    assert not (tmp_path / FOLDER).exists()


def test_a_function_put_in_the_place_of_one_of_the_package_is_not_kept(drawn, ours, tmp_path):
    def draw(frame):
        return draw_own(frame)

    draw.__module__, draw.__name__ = ours.__module__, ours.__name__
    variants.draw_variants(draw, FRAME)
    assert not (tmp_path / FOLDER).exists()


def test_the_names_of_parts_do_not_depend_on_colours():
    for name in re.findall(r' id="([^"]+)"', render_svg(draw_own, FRAME, LIGHT, WIDE)):
        assert re.fullmatch(r"p\d+|clip-[0-9a-f]{10}", name)
