"""Draw the grid of directions: an arrow where a text states one, a dash where it says nothing."""

import textwrap

import matplotlib
from matplotlib.markers import MarkerStyle
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from threatledger.briefing.charts import draw_nothing
from threatledger.briefing.figures import is_narrow, new_figure
from threatledger.briefing.wording import order_topics, say_date, say_topic

# An arrow that points up, and how far it is turned for each direction.
ARROW_SHAPE = Path(
    [(-0.1, -0.5), (0.1, -0.5), (0.1, 0.02), (0.36, 0.02), (0, 0.5), (-0.36, 0.02), (-0.1, 0.02)]
    + [(-0.1, -0.5)],
    closed=True,
)
TURNS = {"up": 0, "down": 180, "steady": -90}


def draw_directions(directions, ax=None):
    """Draw which way each topic goes in each text.

    Parameters
    ----------
    directions : pandas.DataFrame
        The table ``directions``.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
        Topics down, texts across by date; an arrow for each direction with how often it is
        stated; a dash where nothing is said.
    """
    topics = order_topics(directions["topic"])
    texts = sorted(set(zip(directions["published"], directions["doc_id"], strict=True)))
    if not topics:
        return draw_nothing("No text states a direction.")
    if ax is None:
        (ax,) = new_figure(0.36 * len(topics) + 0.9)
    stated = {(row["topic"], row["doc_id"]): row for row in directions.to_dict("records")}
    for across, (_, doc_id) in enumerate(texts):
        for down, topic in enumerate(topics):
            _draw_ways(ax, stated.get((topic, doc_id), {}), across, down)
    _frame_grid(ax, texts, topics)
    return ax


def _draw_ways(ax, row, across, down):
    """Draw the arrows of one cell, or a dash where nothing is said."""
    colours = matplotlib.rcParams["axes.prop_cycle"].by_key()["color"]
    ink, muted = matplotlib.rcParams["text.color"], matplotlib.rcParams["axes.labelcolor"]
    paint = {"up": colours[0], "down": colours[1], "steady": ink}
    ways = [way for way in TURNS if row.get(way)]
    if not ways:
        ax.text(across, down, "–", ha="center", va="center", color=muted, size=9)
    step, size = (0.36, 7.5) if is_narrow() else (0.24, 10)
    for k, way in enumerate(ways):
        place = across + (k - (len(ways) - 1) / 2) * step
        arrow = MarkerStyle(ARROW_SHAPE, transform=Affine2D().rotate_deg(TURNS[way]))
        ax.plot([place], [down], marker=arrow, color=paint[way], markersize=size, mew=0)
        if row[way] > 1:
            beside = {"xytext": (0.7 * size, 0), "textcoords": "offset points", "va": "center"}
            ax.annotate(str(row[way]), (place, down), color=paint[way], size=size - 1, **beside)


def _frame_grid(ax, texts, topics):
    """Set the heads of the grid and its lines."""
    ax.set(xlim=(-0.5, len(texts) - 0.5), ylim=(len(topics) - 0.5, -0.5))
    width = 9 if is_narrow() else 18
    heads = [f"{textwrap.shorten(doc_id, 22)}\n{say_date(day)}" for day, doc_id in texts]
    if is_narrow():
        heads = [textwrap.fill(doc_id.replace("-", " "), width) for _, doc_id in texts]
    ax.set_xticks(range(len(texts)), heads)
    ax.xaxis.tick_top()
    ax.set_yticks(range(len(topics)), [say_topic(topic) for topic in topics])
    ax.tick_params(length=0)
    ax.tick_params(axis="y", labelcolor=matplotlib.rcParams["text.color"])
    ax.grid(visible=False)
    for down in range(len(topics) + 1):
        ax.axhline(down - 0.5, color=matplotlib.rcParams["grid.color"], linewidth=0.6)
    ax.spines[:].set_visible(False)
