"""Draw counts and shares as bars: filled to the lower bound, hatched to the upper one."""

import textwrap

import matplotlib
from matplotlib.ticker import MaxNLocator

from threatledger.briefing.charts import draw_nothing, style_populations
from threatledger.briefing.figures import check_comparable, is_narrow, new_figure
from threatledger.briefing.links import say_figure
from threatledger.briefing.wording import format_number, is_missing, say_key

# The height of a bar with its label, in inches.
BAR = 0.34


def draw_foreign_fighters(frame, ax=None):
    """Draw counts and shares of what became of those who joined, as bars of ranges.

    Parameters
    ----------
    frame : pandas.DataFrame
        As for `draw_intervals`, with ``what`` and ``start``.
    ax : matplotlib.axes.Axes, optional
        Draw everything here; default: a panel for each kind, unit and population.

    Returns
    -------
    matplotlib.axes.Axes, or numpy.ndarray of them

    Raises
    ------
    ValueError
        If counts and shares, or different populations, would share an axis.
    """
    if ax is not None:
        return _draw_bars(ax, frame, style_populations(frame))
    groups = [group for _, group in frame.groupby(["unit", "kind", "population"], sort=True)]
    groups.sort(key=lambda group: (group["unit"].iloc[0] == "percent", -len(group)))
    if not groups:
        return draw_nothing()
    heights = [len(group) + 1.7 for group in groups]
    height = BAR * sum(heights) * (1.35 if is_narrow() else 1)
    axes = new_figure(height, rows=len(groups), gridspec_kw={"height_ratios": heights})
    styles = style_populations(frame)
    for panel, group in zip(axes, groups, strict=True):
        _draw_bars(panel, group, styles)
        row = group.iloc[0]
        head = "Shares, in per cent" if row["unit"] == "percent" else "Numbers of people"
        population = say_key(row["population"])
        panel.set_title(f"{head}: {population}" if population else head, loc="left")
    return axes


def _draw_bars(ax, frame, styles):
    """Draw one horizontal bar a figure, in the order of the texts."""
    check_comparable(frame)
    rows = frame.sort_values(["doc_id", "start"]).to_dict("records")
    bounds = [row[side] for row in rows for side in ("low", "high") if not is_missing(row[side])]
    unit = rows[0]["unit"]
    top = 100 if unit == "percent" else max(bounds) or 1
    top = max(top, max(bounds)) * 1.02
    for level, row in enumerate(rows):
        _draw_bar(ax, row, level, top, styles[row["population"]])
    _name_bars(ax, [textwrap.shorten(row["what"], 60, placeholder=" …") for row in rows])
    ax.set(ylim=(len(rows) - 0.4, -0.6), xlim=(0, top * 1.3))
    ticks = MaxNLocator(3 if is_narrow() else 5, integer=True).tick_values(0, top)
    ticks = [tick for tick in ticks if tick <= top]
    ax.set_xticks(ticks, [format_number(tick, unit) for tick in ticks])
    ax.yaxis.grid(visible=False)
    return ax


def _name_bars(ax, names):
    """Write what each bar counts: before it, or on a narrow screen above it."""
    if not is_narrow():
        ax.set_yticks(range(len(names)), [textwrap.fill(name, 44) for name in names])
        ax.tick_params(axis="y", labelcolor=matplotlib.rcParams["text.color"])
        return
    ax.set_yticks([])
    for level, name in enumerate(names):
        ax.text(0, level - 0.3, textwrap.shorten(name, 44, placeholder=" …"), size=8.5)


def _draw_bar(ax, row, level, top, style):
    """Draw one bar: filled to the lower bound, hatched between the bounds."""
    low, high, colour = row["low"], row["high"], style["color"]
    stated = [bound for bound in (low, high) if not is_missing(bound)]
    sure = 0 if is_missing(low) else low
    ax.barh(level, sure, height=0.46, color=colour, alpha=0.85)
    if not is_missing(high) and high > sure:
        ax.barh(
            level,
            high - sure,
            left=sure,
            height=0.46,
            facecolor="none",
            edgecolor=colour,
            hatch="/////",
            linewidth=0.8,
        )
    if len(stated) == 1:
        far = stated[0] + 0.07 * top if is_missing(high) else max(stated[0] - 0.07 * top, 0)
        arrow = {"arrowstyle": "-|>", "color": colour, "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0}
        ax.annotate("", xy=(far, level), xytext=(stated[0], level), arrowprops=arrow)
    end = stated[-1] + (0.08 * top if is_missing(high) else 0)
    ax.text(end + 0.015 * top, level, say_figure(row), va="center", size=8.5)
