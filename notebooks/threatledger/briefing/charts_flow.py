"""Draw what became of those who joined: a cascade where the shares add up, bars where not."""

import textwrap

import matplotlib
from matplotlib.ticker import MaxNLocator

from threatledger.briefing.charts import draw_nothing
from threatledger.briefing.figures import check_comparable, is_narrow, new_figure
from threatledger.briefing.links import say_figure
from threatledger.briefing.wording import format_number, is_missing

# The height of a bar with its label, in inches.
BAR = 0.36
# How each role is filled: what is stated, what follows from it, and what rests on an open base.
HATCHES = {"open": "xxxx", "part": "////", "left": "////", "base": "////"}
COLOURS = {"base": 1, "part": 0, "left": 4, "open": 0}


def draw_flows(frame, ax=None):
    """Draw each number of people who joined with its shares, re-computed as people.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `threatledger.disagreements.flows.tabulate_flows` gives it: ``base_id``, ``what``,
        ``low``, ``high``, ``relation``, ``unit``, ``kind``, ``population``, ``role``.
    ax : matplotlib.axes.Axes, optional
        Draw everything here; default: a panel for each base.

    Returns
    -------
    matplotlib.axes.Axes, or numpy.ndarray of them

    Raises
    ------
    ValueError
        If different units, kinds or populations would share an axis.

    Notes
    -----
    A bar is full up to the lower bound and hatched between the bounds; crossed hatching says that
    the text leaves open of what base a share is. No midpoint is drawn.
    """
    if frame.empty:
        return draw_nothing()
    if ax is not None:
        return _draw_panel(ax, frame)
    keys = [name for name in ("base_id", "unit", "kind", "population") if name in frame]
    groups = [group for _, group in frame.groupby(keys, sort=False)]
    heights = [len(group) + 1.7 for group in groups]
    height = BAR * sum(heights) * (1.35 if is_narrow() else 1)
    axes = new_figure(height, rows=len(groups), gridspec_kw={"height_ratios": heights})
    for panel, group in zip(axes, groups, strict=True):
        _draw_panel(panel, group)
        words = f"{say_figure(group.iloc[0])} {group.iloc[0]['what']}"
        panel.set_title(textwrap.shorten(f"Of {words}", 52, placeholder=" …"), loc="left")
    return axes


def _draw_panel(ax, frame):
    """Draw one base with its parts, one bar a row."""
    check_comparable(frame)
    rows = frame.to_dict("records")
    bounds = [row[side] for row in rows for side in ("low", "high") if not is_missing(row[side])]
    top = max(bounds, default=1) or 1
    lefts = _place_bars(rows)
    for level, (row, left) in enumerate(zip(rows, lefts, strict=True)):
        _draw_bar(ax, row, left, level, top)
    _name_rows(ax, rows)
    ax.set(ylim=(len(rows) - 0.4, -0.6), xlim=(0, top * 1.3))
    ticks = MaxNLocator(3 if is_narrow() else 5, integer=True).tick_values(0, top)
    ticks = [tick for tick in ticks if tick <= top * 1.001]
    ax.set_xticks(ticks, [format_number(tick, rows[0]["unit"]) for tick in ticks])
    ax.yaxis.grid(visible=False)
    return ax


def _place_bars(rows):
    """Return where each bar begins: parts hang from the end of the base where they can."""
    roles = [row.get("role", "") for row in rows]
    parts = [row for row, role in zip(rows, roles, strict=True) if role == "part"]
    is_cascade = (
        "left" in roles and "open" not in roles and all(r["low"] == r["high"] for r in parts)
    )
    lefts, end = [], rows[0]["high"]
    for row, role in zip(rows, roles, strict=True):
        if is_cascade and role == "part":
            end -= row["high"]
            lefts.append(end)
        else:
            lefts.append(0)
    return lefts


def _draw_bar(ax, row, left, level, top):
    """Draw one bar: full to the lower bound, hatched between the bounds."""
    low, high, role = row["low"], row["high"], row.get("role", "part")
    colours = matplotlib.rcParams["axes.prop_cycle"].by_key()["color"]
    colour = colours[COLOURS[role]]
    stated = [bound for bound in (low, high) if not is_missing(bound)]
    sure = 0 if is_missing(low) else low
    edge = {"height": 0.46, "edgecolor": colour, "linewidth": 0.8}
    if role == "open":
        ax.barh(level, stated[-1], left=left, facecolor="none", hatch=HATCHES[role], **edge)
        ax.plot([sure, sure], [level - 0.23, level + 0.23], color=colour, marker="", linewidth=1.6)
    else:
        ax.barh(level, sure, left=left, height=0.46, color=colour, alpha=0.85)
        if not is_missing(high) and high > sure:
            ax.barh(level, high - sure, left=left + sure, facecolor="none", hatch=HATCHES[role],
                    **edge)  # fmt: skip
    if len(stated) == 1:
        far = stated[0] + 0.07 * top if is_missing(high) else max(stated[0] - 0.07 * top, 0)
        arrow = {"arrowstyle": "-|>", "color": colour, "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0}
        ax.annotate("", xy=(far, level), xytext=(stated[0], level), arrowprops=arrow)
    end = left + stated[-1] + (0.08 * top if is_missing(high) else 0)
    ax.text(end + 0.015 * top, level, say_figure(row), va="center", size=8.5)


def _name_rows(ax, rows):
    """Write what each bar counts: before it, or on a narrow screen above it."""
    names = [row["what"] for row in rows]
    if not is_narrow():
        ax.set_yticks(range(len(names)), [textwrap.fill(name, 46) for name in names])
        ax.tick_params(axis="y", labelcolor=matplotlib.rcParams["text.color"])
        return
    ax.set_yticks([])
    for level, name in enumerate(names):
        ax.text(0, level - 0.31, textwrap.shorten(name, 50, placeholder=" …"), size=8.5)
