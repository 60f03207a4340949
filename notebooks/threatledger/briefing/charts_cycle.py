"""Draw the cycle from mandate to text: how long each report took to reach the reader."""

import datetime
import textwrap

import matplotlib
from matplotlib.dates import date2num
from matplotlib.patches import Polygon

from threatledger.briefing.charts import draw_nothing, write_centred
from threatledger.briefing.figures import is_narrow, new_figure
from threatledger.briefing.wording import say_ordinal
from threatledger.sources import find_ends

LANES = ("mandate", "issued", "briefed", "published")
NAMES = {
    "mandate": "Mandate",
    "issued": "Report issued",
    "briefed": "Council briefed",
    "published": "Text published",
}
# The series of a report is told by its mark, and by the colour that goes with it.
MARKS = {"secretary-general": "o", "monitoring-team": "s"}
# Where the lanes lie on a narrow screen: beside each mandate and report stand its words.
NARROW_LANES = (0, 1.75, 2.6, 3.45)
# Lines of labels that fit beyond the last lane, and the part of the axis that a letter takes.
MOST_LINES, LETTER = 6, 0.0085
# The part of the axis that a label takes on a narrow screen.
APART = 0.055


def draw_cycle(cycle, ax=None):
    """Draw when each report was issued and briefed, and when texts about it appeared.

    Parameters
    ----------
    cycle : pandas.DataFrame
        The table ``cycle``.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
        Time across and the four stages down; on a narrow screen time down and the stages across.
        A band is as broad as the dates are inexact; it is pale where the link is open.
    """
    if not (cycle["issued"] != "").any():
        return draw_nothing("No report had been issued by this edition’s date.")
    narrow = is_narrow()
    if ax is None:
        (ax,) = new_figure(6.6 if narrow else 3.4)
    canvas = _Canvas(ax, cycle, narrow)
    rows = cycle.to_dict("records")
    for row in rows:
        canvas.draw_row(row)
    canvas.label_texts([row for row in rows if row["doc_id"]])
    canvas.frame()
    return ax


class _Canvas:
    """Puts times and lanes on an axis, across or down."""

    def __init__(self, ax, cycle, narrow):
        self._ax, self._narrow = ax, narrow
        times = [cycle[lane] for lane in LANES]
        ends = [find_ends(value) for column in times for value in column if value]
        self._first, self._last = min(e[0] for e in ends), max(e[1] for e in ends)
        self._span = (self._last - self._first).days
        self._ink = matplotlib.rcParams["text.color"]
        self._muted = matplotlib.rcParams["axes.labelcolor"]
        self._rule = matplotlib.rcParams["grid.color"]
        colours = matplotlib.rcParams["axes.prop_cycle"].by_key()["color"]
        self._colours = dict(zip(MARKS, colours, strict=False))

    def at(self, day, lane):
        """Return the place of a day, as a number, in a lane."""
        return (NARROW_LANES[lane], day) if self._narrow else (day, lane)

    def ends(self, row, lane):
        """Return the first and last day of a stage, as numbers, or ``None`` where none is known."""
        value = row[lane]
        return tuple(map(date2num, find_ends(value))) if value else None

    def draw_row(self, row):
        """Draw one mandate, or one report with one text about it or none."""
        if row["mandate"]:
            self._draw_mandate(row)
            return
        stages = [(k, self.ends(row, lane)) for k, lane in enumerate(LANES) if k]
        stages = [(k, ends) for k, ends in stages if ends]
        colour = self._colours.get(row["series"], self._ink) if row["doc_id"] else self._muted
        if row["doc_id"]:
            for here, there in zip(stages, stages[1:], strict=False):
                self._draw_band(here, there, colour, row["is_open"] == "yes")
        for k, ends in stages:
            self._draw_mark(row, k, ends, colour)
        self._number_report(row, stages[0])

    def _draw_band(self, here, there, colour, is_open):
        """Draw the way from one stage to the next, as broad as its ends are inexact."""
        (k, start), (m, end) = here, there
        corners = [(start[0], k), (start[1], k), (end[1], m), (end[0], m)]
        style = {"alpha": 0.4, "linestyle": ":"} if is_open else {"alpha": 0.85}
        places = [self.at(*corner) for corner in corners]
        self._ax.add_patch(Polygon(places, color=colour, linewidth=1.4, zorder=2, **style))

    def _draw_mark(self, row, lane, ends, colour):
        """Draw a stage: a mark at its day, a bar where only month or year is known."""
        strong = bool(row["doc_id"])
        if ends[1] - ends[0] > 1:
            bar = {"linewidth": 8 if strong else 4, "solid_capstyle": "butt", "marker": ""}
            self._plot(ends, lane, color=colour, alpha=1 if strong else 0.5, **bar)
            return
        hollow = row["is_open"] == "yes"
        face = matplotlib.rcParams["axes.facecolor"] if hollow else colour
        mark = {"marker": MARKS.get(row["series"]) if lane < 3 else "D", "markerfacecolor": face}
        mark |= {"markersize": 6.5} if strong else {"markersize": 4, "alpha": 0.6}
        self._plot(ends[1:], lane, color=colour, **mark)

    def _plot(self, days, lane, **style):
        """Plot days of one lane."""
        places = [self.at(day, lane) for day in days]
        self._ax.plot(*zip(*places, strict=True), zorder=4, **style)

    def _draw_mandate(self, row):
        """Draw a resolution with what it asks for."""
        days = self.ends(row, "mandate")[:1]
        self._plot(days, 0, marker="v", color=self._ink)
        words = f"{row['symbol']}\n{row['asks']}"
        beside = {"xytext": (0, 8), "va": "bottom"}
        if self._narrow:
            words = "\n".join([row["symbol"], *textwrap.wrap(row["asks"], 12)])
            beside = {"xytext": (7, 0), "va": "center"}
        self._write(words, days[0], 0, size=7.5 if self._narrow else 8, **beside)

    def _write(self, words, day, lane, **style):
        """Write words beside a place."""
        shared = {"textcoords": "offset points", "linespacing": 1.25, "zorder": 5}
        shared["annotation_clip"] = False
        self._ax.annotate(words, self.at(day, lane), **shared | style)

    def _number_report(self, row, stage):
        """Write a report's number beside where it was issued."""
        if row["series"] != "secretary-general":
            return
        lane, ends = stage
        beside = {"xytext": (-6, 0), "ha": "right", "va": "center"}
        if not self._narrow:
            beside = {"xytext": (0, 6), "ha": "center", "va": "bottom"}
        if row["doc_id"]:
            self._write(say_ordinal(row["ordinal"]), ends[0], lane, size=8.5, **beside)
        else:
            self._write(str(row["ordinal"]), ends[0], lane, size=7, color=self._muted, **beside)

    def label_texts(self, rows):
        """Write each text's key and lag beyond the last lane, in as many lines as it takes."""
        labels = {}
        for row in rows:
            labels.setdefault(row["doc_id"], (self.ends(row, "published")[1], []))[1].append(
                row["lag"]
            )
        taken = []
        for doc_id, (day, lags) in sorted(labels.items(), key=lambda item: item[1][0]):
            words = f"{doc_id}\n{' or '.join(dict.fromkeys(filter(None, lags)))}".strip()
            if self._narrow:
                self._label_down(day, words, taken)
            else:
                self._label_across(day, words, taken)

    def _label_across(self, day, words, taken):
        """Write a label below its text, in the first line that is free there."""
        breadth = LETTER * self._span * max(map(len, words.split("\n")))
        for line in range(MOST_LINES):
            if len(taken) == line:
                taken.append(-float("inf"))
            if taken[line] < day - breadth * 0.5:
                break
        else:
            return
        taken[line] = day + breadth * 0.5
        write_centred(self._ax, words.split("\n"), (day, 3), 8, top=9 + 26 * line, zorder=5)

    def _label_down(self, day, words, taken):
        """Write a label beside its text, below the one before."""
        place = max(day, taken[-1] + APART * self._span if taken else day)
        taken.append(place)
        self._write(words, place, 3, xytext=(8, 0), va="center", size=7.5)

    def frame(self):
        """Set lanes and years."""
        names = [NAMES[lane] for lane in LANES]
        first, last = date2num(self._first), date2num(self._last)
        margin = (last - first) * 0.03
        years = range(self._first.year + 1, self._last.year + 1)
        ticks = [date2num(datetime.date(year, 1, 1)) for year in years]
        ax, lanes = self._ax, range(4)
        if self._narrow:
            ax.set(ylim=(last + margin, first - margin), xlim=(-0.25, 5.35))
            ax.set_xticks(NARROW_LANES, [name.replace(" ", "\n") for name in names])
            ax.set_yticks(ticks, years)
        else:
            ax.set(xlim=(first - margin, last + margin), ylim=(3.25, -0.75))
            ax.set_xticks(ticks, years)
            ax.set_yticks(lanes, names)
        across, along = (ax.xaxis, ax.yaxis) if self._narrow else (ax.yaxis, ax.xaxis)
        ax.xaxis.tick_top()
        ax.tick_params(length=0)
        across.set_tick_params(labelcolor=self._ink, labelsize=7.5 if self._narrow else 8.5)
        across.grid(visible=False)
        along.grid(visible=True)
        ax.spines[:].set_visible(False)
        for lane in lanes:
            line = ax.axvline if self._narrow else ax.axhline
            line(
                self.at(0, lane)[0 if self._narrow else 1],
                color=self._rule,
                linewidth=1.4,
                zorder=1,
            )
