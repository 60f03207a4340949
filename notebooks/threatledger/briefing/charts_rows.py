"""Draw headline figures one a row: how old each is, and through whom it came."""

import textwrap

import matplotlib
from matplotlib.dates import date2num
from matplotlib.patches import FancyBboxPatch

from threatledger.briefing.charts import draw_nothing, write_centred
from threatledger.briefing.figures import WIDE, is_narrow, new_figure
from threatledger.briefing.links import say_figure
from threatledger.briefing.wording import say_age, say_topic
from threatledger.sources import find_ends

# Inches that a row takes.
AGE_ROW, AGE_ROW_NARROW = 0.27, 0.42
STEP_ROW, RUNG = 0.58, 0.2
# What lies between two boxes, in parts of a column, and the lines that a box holds.
GAP, MOST_LINES = 0.07, 3
MARKERS = ["o", "s", "D", "^", "v", "P"]


def draw_ages(frame, ax=None):
    """Draw how old each headline figure is at the edition's date.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of the table ``headlines`` with ``published`` of the text and ``cut``, the edition's
        date.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
        One row a figure, by topic. The line runs from the time the figure holds for to the
        edition's date; it is dashed from when a newer report of the series existed.

    Notes
    -----
    Figures of different kinds stand on one axis because it is one of time: no value is on it.
    """
    if frame.empty:
        return draw_nothing()
    rows = frame.to_dict("records")
    lines = _place_rows(rows)
    row_height = AGE_ROW_NARROW if is_narrow() else AGE_ROW
    if ax is None:
        (ax,) = new_figure(row_height * (max(lines.values()) + 1.4) + 0.5)
    cut = date2num(find_ends(rows[0]["cut"])[1])
    first = min(date2num(find_ends(row["as_of"] or row["published"])[0]) for row in rows)
    styles = _style_topics(rows)
    for number, row in enumerate(rows):
        _draw_age(ax, row, lines[number], cut, styles[row["topic"]])
    _frame_ages(ax, rows, lines, (first, cut))
    return ax


def _place_rows(rows):
    """Return the line of each row; a topic's head takes one above its first."""
    lines, line, topic = {}, -1, None
    for number, row in enumerate(rows):
        line += 1 if row["topic"] == topic else 2
        topic, lines[number] = row["topic"], line
    return lines


def _style_topics(rows):
    """Return a colour and a marker for each topic."""
    colours = matplotlib.rcParams["axes.prop_cycle"].by_key()["color"]
    return {
        topic: {"color": colours[k % len(colours)], "marker": MARKERS[k % len(MARKERS)]}
        for k, topic in enumerate(dict.fromkeys(row["topic"] for row in rows))
    }


def _draw_age(ax, row, line, cut, style):
    """Draw one figure's age."""
    colour = style["color"]
    first, last = (date2num(day) for day in find_ends(row["as_of"] or row["published"]))
    last = min(last, cut)
    newer = date2num(find_ends(row["newer_since"])[1]) if row["newer_since"] else cut
    newer = min(max(newer, last), cut)
    ax.plot([last, newer], [line, line], color=colour, linewidth=1.6, marker="", zorder=2)
    ax.plot([newer, cut], [line, line], color=colour, linewidth=1.4, marker="", zorder=2,
            linestyle=(0, (2, 2.2)), alpha=0.75)  # fmt: skip
    if newer < cut:
        ax.plot([newer], [line], marker="|", color=colour, markersize=9, mew=1.8, zorder=3)
    if last - first > 40:
        ax.plot([first, last], [line, line], color=colour, linewidth=5, alpha=0.4, marker="",
                solid_capstyle="butt", zorder=2)  # fmt: skip
    face = colour if row["as_of"] else matplotlib.rcParams["axes.facecolor"]
    ax.plot([last], [line], linestyle="none", markerfacecolor=face, zorder=4,
            markersize=5.5, **style)  # fmt: skip
    beside = {"xytext": (7, 0), "textcoords": "offset points", "va": "center"}
    ax.annotate(say_age(row["age_days"]), (cut, line), size=8.5, **beside)


def _frame_ages(ax, rows, lines, span):
    """Name the rows and set the years."""
    first, cut = span
    margin = (cut - first) * 0.03
    names = {lines[number]: _name_row(row) for number, row in enumerate(rows)}
    heads = {}
    for number, row in enumerate(rows):
        heads.setdefault(row["topic"], lines[number] - 1)
    ax.set(xlim=(first - margin, cut + (cut - first) * (0.2 if is_narrow() else 0.1)))
    ax.set(ylim=(max(lines.values()) + 0.9, -0.5))
    if is_narrow():
        ax.set_yticks([])
        for line, name in names.items():
            ax.text(first - margin, line - 0.33, textwrap.shorten(name, 52, placeholder=" …"),
                    size=8, va="center")  # fmt: skip
    else:
        ax.set_yticks(
            list(names), [textwrap.shorten(n, 54, placeholder=" …") for n in names.values()]
        )
        ax.tick_params(axis="y", labelcolor=matplotlib.rcParams["text.color"])
    for topic, line in heads.items():
        side = (
            {"x": first - margin}
            if is_narrow()
            else {"x": 0, "transform": ax.get_yaxis_transform()}
        )
        ax.text(y=line + 0.1, s=say_topic(topic), size=9.5, weight="bold", va="center", **side)
    ax.axvline(cut, color=matplotlib.rcParams["text.color"], linewidth=1)
    _tick_years(ax, first, cut)
    ax.yaxis.grid(visible=False)


def _tick_years(ax, first, cut):
    """Set a few years across."""
    start, end = (int(str(matplotlib.dates.num2date(day).year)) for day in (first, cut))
    step = max(1, -(-(end - start) // (4 if is_narrow() else 10)))
    years = range(start + 1, end + 1, step)
    ax.set_xticks([matplotlib.dates.datestr2num(f"{year:04d}-01-01") for year in years], years)


def _name_row(row):
    """Return what a row is about: the figure as stated, and what it counts."""
    return f"{say_figure(row)} {row['what']}"


def draw_chains(chains, ax=None):
    """Draw through whom the headline figures came, one short row a way.

    Parameters
    ----------
    chains : pandas.DataFrame
        The table ``chains``.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
        Boxes from who estimated to the text, joined by arrows. A dashed box stands for someone
        whom the text does not name.
    """
    if chains.empty:
        return draw_nothing()
    rows = [_list_steps(row) for row in chains.to_dict("records")]
    return _draw_ladders(rows, ax) if is_narrow() else _draw_boxes(rows, ax)


def _draw_boxes(rows, ax):
    """Draw each way as a row of boxes."""
    most = max(map(len, rows))
    if ax is None:
        (ax,) = new_figure(STEP_ROW * len(rows) + 0.2)
    ax.set(xlim=(0, most), ylim=(len(rows) - 0.5, -0.5))
    ax.set_axis_off()
    for line, steps in enumerate(rows):
        for place, (words, is_known) in enumerate(steps):
            _draw_box(ax, words, is_known, place, line, most)
    return ax


def _draw_ladders(rows, ax):
    """Draw each way as a short ladder, for a narrow screen."""
    rungs = sum(map(len, rows)) + len(rows) - 1
    if ax is None:
        (ax,) = new_figure(RUNG * rungs + 0.2)
    ax.set(xlim=(0, 1), ylim=(rungs - 0.5, -0.6))
    ax.set_axis_off()
    ink, muted = matplotlib.rcParams["text.color"], matplotlib.rcParams["axes.labelcolor"]
    level = 0
    for steps in rows:
        ax.plot(
            [0.03, 0.03], [level, level + len(steps) - 1], color=muted, linewidth=1.1, marker=""
        )
        for words, is_known in steps:
            face = ink if is_known else matplotlib.rcParams["axes.facecolor"]
            ax.plot([0.03], [level], marker="o", color=ink, markerfacecolor=face, markersize=5)
            _write_rung(ax, words.replace("\n", ", "), is_known, level)
            level += 1
        level += 1
    return ax


def _write_rung(ax, words, is_known, level):
    """Write a step's words beside its dot."""
    style = {} if is_known else {"style": "italic", "color": matplotlib.rcParams["axes.labelcolor"]}
    words = textwrap.shorten(words, 52, placeholder=" …")
    ax.text(0.08, level, words, va="center", size=8.5, **style)


def _list_steps(row):
    """Return the boxes of one row as words and whether they name somebody."""
    steps = [_name_step(name) for name in row["steps"].split("|")]
    count = f"{row['figures']} figure{'' if row['figures'] == 1 else 's'}"
    return [*steps, (f"{row['doc_id']}\n{count}", True)]


def _name_step(name):
    """Return a step's words, and whether it names somebody."""
    if not name:
        return "no speaker named", False
    return name, name != "outlet not known"


def _draw_box(ax, words, is_known, place, line, most):
    """Draw one box with its words, and the arrow to it."""
    ink, muted = matplotlib.rcParams["text.color"], matplotlib.rcParams["axes.labelcolor"]
    # A box is as round across as down: a unit across is so many times one down.
    aspect = WIDE / most / STEP_ROW
    box = FancyBboxPatch(
        (place + GAP, line - 0.36), 1 - 2 * GAP, 0.72,
        boxstyle=f"round,pad=0,rounding_size={0.1 / aspect}", mutation_aspect=aspect,
        facecolor="none", edgecolor=muted, linewidth=1.1,
        linestyle="-" if is_known else (0, (3, 2.5)),
    )  # fmt: skip
    ax.add_patch(box)
    lines = [part for whole in words.split("\n") for part in textwrap.wrap(whole, 104 // most)]
    style = {"color": ink} if is_known else {"color": muted, "style": "italic"}
    write_centred(ax, lines[:MOST_LINES], (place + 0.5, line), 8.5, **style)
    if place:
        arrow = {"arrowstyle": "-|>", "color": muted, "linewidth": 1.1, "shrinkA": 0, "shrinkB": 0}
        ax.annotate("", xy=(place + GAP, line), xytext=(place - GAP, line), arrowprops=arrow)
