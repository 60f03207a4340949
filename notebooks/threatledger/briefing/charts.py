"""Draw figures over time: bounds as stated, open sides as arrows, never a midpoint."""

import textwrap

import matplotlib
import numpy as np
from matplotlib.dates import date2num
from matplotlib.ticker import FuncFormatter, MaxNLocator

from threatledger.briefing.figures import check_comparable, is_narrow, new_figure
from threatledger.briefing.links import say_figure
from threatledger.briefing.wording import (
    format_number,
    is_missing,
    say_key,
    say_places,
)
from threatledger.sources import find_ends

# A colour is never alone: the marker of the same place goes with it.
MARKERS = ["o", "s", "D", "^", "v", "P"]
# Panels in a row of a wide figure.
ACROSS = 3
# The height of a row of panels, in inches.
PANEL = 2.7
# Parts of the axis: an open bound's arrow, and the least distance between two labels.
ARROW, GAP = 0.16, 0.085
KINDS = {"flow": "Flow: sums over a period", "stock": "Stock: held at one time"}


def draw_intervals(frame, ax=None):
    """Draw figures over time: as-of date across, what is counted up, from 0.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of ``claims`` with ``claim_id``, ``doc_id``, ``low``, ``high``, ``relation``,
        ``unit``, ``kind``, ``population``, ``place``, ``as_of``, and ``published`` of the text.
    ax : matplotlib.axes.Axes, optional
        Draw everything here; default: a new figure with a panel for each place,
        population, kind and unit.

    Returns
    -------
    matplotlib.axes.Axes, or numpy.ndarray of them

    Raises
    ------
    ValueError
        If figures that cannot be compared would share an axis.

    Notes
    -----
    A range is a bar, an open side an arrow, a single value a marker; the thin line shows how
    exactly the time is stated. A hollow mark stands at the day of publication, because the text
    states no time.
    """
    if ax is not None:
        return _draw_panel(ax, frame, style_populations(frame), _find_span(frame))
    return _draw_panels(frame, ["place", "population", "kind", "unit"], _name_group)


def draw_money(frame, ax=None):
    """Draw sums of money over time, flow and stock each in panels of their own.

    Parameters
    ----------
    frame, ax
        As for `draw_intervals`.

    Returns
    -------
    matplotlib.axes.Axes, or numpy.ndarray of them

    Raises
    ------
    ValueError
        If flow and stock, or two currencies, would share an axis.
    """
    if ax is not None:
        return _draw_panel(ax, frame, style_populations(frame), _find_span(frame))
    return _draw_panels(frame, ["kind", "unit", "population"], _name_money)


def _name_group(row):
    """Return the head of a panel: place, and what is counted."""
    population = say_key(row["population"]) or "population not stated"
    unit = "number of people" if row["unit"] == "person" else f"{row['kind']}, {row['unit']}"
    return say_places(row["place"]) or "No country stated", f"{population}, {unit}"


def _name_money(row):
    """Return the head of a panel: flow or stock, and of what."""
    head = KINDS.get(row["kind"], row["kind"])
    return head, f"{say_key(row['population']) or 'money'}, {row['unit']}"


def _draw_panels(frame, keys, name):
    """Draw a panel for each group of comparable figures, in order of how many each has."""
    groups = [group for _, group in frame.groupby(keys, sort=True)]
    if not groups:
        return draw_nothing()
    size = frame.groupby(keys[0]).size()
    first = keys[0]
    groups.sort(key=lambda g: (-size[g[first].iloc[0]], g[first].iloc[0], -len(g)))
    across = 1 if is_narrow() else 2 if len(groups) in (1, 2, 4) else ACROSS
    down = -(-len(groups) // across)
    axes = new_figure(PANEL * down, across, down)
    styles, span = style_populations(frame), _find_span(frame)
    for ax, group in zip(axes, groups, strict=False):
        _draw_panel(ax, group, styles, span)
        _head_panel(ax, *name(group.iloc[0]))
    for ax in axes[len(groups) :]:
        ax.set_axis_off()
    return axes


def draw_nothing(words="There is no figure of this kind to draw."):
    """Draw an empty figure that says so."""
    (ax,) = new_figure(1.2)
    ax.set_axis_off()
    ax.text(0, 0.5, words, transform=ax.transAxes, va="center", size=10)
    return ax


def write_centred(ax, lines, place, size, top=None, **style):
    """Write lines of words centred on a place, each on its own.

    Set together they would be centred by the width of matplotlib's letters, not the reader's.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    lines : list of str
    place : tuple of (float, float)
        In data coordinates.
    size : float
        Points.
    top : float, optional
        Points from the place down to the top of the first line; default: the lines stand with
        their middle at the place.
    **style
        For `matplotlib.axes.Axes.annotate`.
    """
    height = 1.28 * size
    first = (len(lines) - 1) / 2 * height if top is None else -top
    shared = {"textcoords": "offset points", "ha": "center", "size": size}
    shared["va"] = "center" if top is None else "top"
    for number, line in enumerate(lines):
        ax.annotate(line, place, xytext=(0, first - number * height), **shared | style)


def _head_panel(ax, head, detail):
    """Write a panel's head in two lines."""
    width = 38
    ax.set_title(textwrap.shorten(head, width, placeholder=" …"), loc="left", pad=20)
    ax.text(
        0,
        1.035,
        textwrap.shorten(detail, width + 6, placeholder=" …"),
        transform=ax.transAxes,
        size=8.5,
        color=matplotlib.rcParams["axes.labelcolor"],
    )


def style_populations(frame):
    """Return a colour and a marker for each population."""
    colours = matplotlib.rcParams["axes.prop_cycle"].by_key()["color"]
    return {
        name: {"color": colours[k % len(colours)], "marker": MARKERS[k % len(MARKERS)]}
        for k, name in enumerate(sorted(set(frame["population"])))
    }


def find_times(row):
    """Return the ends of the time that a figure holds for, as days on the axis."""
    return tuple(date2num(day) for day in find_ends(row["as_of"] or row["published"]))


def _find_span(frame):
    """Return the first and last year of a frame's times, as days on the axis."""
    times = [find_ends(a or p) for a, p in zip(frame["as_of"], frame["published"], strict=True)]
    if not times:
        return None
    years = min(t[0] for t in times).year, max(t[1] for t in times).year + 1
    return tuple(date2num(np.datetime64(f"{year:04d}-01-01")) for year in years)


def _draw_panel(ax, frame, styles, span):
    """Draw one panel of comparable figures."""
    check_comparable(frame)
    rows = sorted(frame.to_dict("records"), key=lambda r: (find_times(r)[1], r["claim_id"]))
    bounds = [row[side] for row in rows for side in ("low", "high") if not is_missing(row[side])]
    top = max(bounds, default=1) * 1.3 or 1
    days = span[1] - span[0]
    marks = [_draw_mark(ax, row, place, top, styles) for row, place in _spread(rows, days)]
    _label_marks(ax, marks, top, days)
    ax.set(xlim=(span[0] - days * 0.03, span[1] + days * 0.3), ylim=(0, top))
    _tick_panel(ax, frame["unit"].iloc[0], span)
    return ax


def _spread(rows, days):
    """Yield rows with their day; those of nearly the same day stand side by side."""
    last = None
    for row in rows:
        place = find_times(row)[1]
        if last is not None and place < last + days * 0.035:
            place = last + days * 0.035
        last = place
        yield row, place


def _draw_mark(ax, row, place, top, styles):
    """Draw one figure and return where its label belongs."""
    style = styles[row["population"]]
    colour, marker = style["color"], style["marker"]
    low, high = row["low"], row["high"]
    first, last = find_times(row)
    face = colour if row["as_of"] else matplotlib.rcParams["axes.facecolor"]
    ends = [bound for bound in (low, high) if not is_missing(bound)]
    mark = {"marker": marker, "color": colour, "markerfacecolor": face, "zorder": 4}
    if len(set(ends)) == 2:
        bar = {"linewidth": 6, "solid_capstyle": "butt", "alpha": 0.45, "marker": ""}
        ax.plot([place, place], ends, color=colour, **bar)
        ax.plot([place, place], ends, linestyle="none", **mark | {"markersize": 5})
    else:
        ax.plot([place], ends[:1], **mark)
        if last - first > 40:
            ax.plot([first, last], ends[:1] * 2, color=colour, marker="", linewidth=1.2, zorder=2)
        _draw_open(ax, place, ends[0], (is_missing(high), is_missing(low)), top, colour)
    return place, ends[-1], say_figure(row)


def _draw_open(ax, place, end, is_open, top, colour):
    """Draw an arrow towards an open side."""
    up, down = is_open
    if up or down:
        far = end + ARROW * top if up else max(end - ARROW * top, 0)
        arrow = {"arrowstyle": "-|>", "color": colour, "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0}
        ax.annotate("", xy=(place, far), xytext=(place, end), arrowprops=arrow, zorder=3)


def _label_marks(ax, marks, top, days):
    """Write each figure beside its mark, pushed apart where marks are close."""
    clusters = []
    for mark in marks:
        if clusters and mark[0] - clusters[-1][-1][0] < days * 0.06:
            clusters[-1].append(mark)
        else:
            clusters.append([mark])
    for cluster in clusters:
        place = max(day for day, _, _ in cluster)
        for height, words in _push_apart([(level, words) for _, level, words in cluster], top):
            beside = {"xytext": (7, 0), "textcoords": "offset points", "va": "center"}
            ax.annotate(words, (place, height), size=8.5, zorder=5, **beside)


def _push_apart(labels, top):
    """Return labels with heights at least a line apart, inside the axis."""
    labels = sorted(labels)
    heights = [max(level, GAP * top * 0.6) for level, _ in labels]
    for k in range(1, len(heights)):
        heights[k] = max(heights[k], heights[k - 1] + GAP * top)
    return [(height, words) for height, (_, words) in zip(heights, labels, strict=True)]


def _tick_panel(ax, unit, span):
    """Set years across and whole numbers up."""
    first, last = (int(str(matplotlib.dates.num2date(day).year)) for day in span)
    step = max(1, round((last - first) / 4))
    years = list(range(first, last + 1, step))
    ax.set_xticks([date2num(np.datetime64(f"{year:04d}-01-01")) for year in years], years)
    ax.yaxis.set_major_locator(MaxNLocator(4, integer=unit in ("person", "count")))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: format_number(value, unit)))
    ax.xaxis.grid(visible=False)
