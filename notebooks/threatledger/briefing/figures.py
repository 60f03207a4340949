"""Draw figures in one style, light and dark, and keep each with its words and its data."""

import hashlib
import io
import json
import re

import matplotlib
import pandas as pd
from matplotlib.figure import Figure

from threatledger.briefing.grid import show_table
from threatledger.tables import find_reports, write_whole

# Inches; the narrow one is for telephones, so that its letters stay as large as the page's.
WIDE, NARROW = 9.6, 3.6
# The page's own colours (briefing/template/style.css), so that figures sit on its paper.
LIGHT = {
    "paper": "#fdfcf9",
    "ink": "#1f1c18",
    "muted": "#655f55",
    "rule": "#ddd6c8",
    "series": ["#a3341f", "#23608c", "#7d6a10", "#5d4a94", "#2b7556", "#8a3f6d"],
}
DARK = {
    "paper": "#171614",
    "ink": "#ece7de",
    "muted": "#aca395",
    "rule": "#3f3a33",
    "series": ["#f2917c", "#82b8e0", "#d3bd58", "#b7a5ec", "#7cc8a4", "#e29ac6"],
}
# What a figure's data table shows of claims.
CLAIM_COLUMNS = {
    "what": "What is counted",
    "figure": "Figure",
    "population": "Population",
    "place": "Where",
    "as_of": "Holds for",
    "attribution": "Said by",
    "doc_id": "Text",
}
# What the name of a variant's file ends in, its colours and its width.
VARIANTS = (
    ("", LIGHT, WIDE),
    ("-dark", DARK, WIDE),
    ("-narrow", LIGHT, NARROW),
    ("-narrow-dark", DARK, NARROW),
)
# Text is measured with the letters that matplotlib brings, and set in the reader's own.
FONTS = (
    "-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', 'Liberation Sans', Arial, "
    "sans-serif"
)
UNUSED = re.compile(r"<metadata>.*?</metadata>|<!--.*?-->", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
GROUP = re.compile(r"<g(?:\s[^>]*)?>|</g>")
STYLE = re.compile(r' style="([^"]*)"')
CLIP = re.compile(r'<clipPath id="(\w+)">(.*?)</clipPath>', re.DOTALL)
TRIMS = (
    (re.compile(r"font-family: 'DejaVu Sans'[^;\"]*; "), ""),
    (re.compile(r"(\d\.\d\d)\d+"), r"\1"),
    (re.compile(r' transform="rotate\(-?0 [^)]*\)"'), ""),
    (re.compile(r' id="(?:figure|axes|patch|text|line2d|[xy]tick|matplotlib)[^"]*"'), ""),
    (re.compile(r"\s*\n\s*(?=[LMCQz\"])"), " "),
)
WORDS = {
    "kind": "what is counted in different ways (flow and stock)",
    "unit": "different units",
    "population": "different populations",
}


def make_style(colours, width):
    """Return the settings of one variant.

    Parameters
    ----------
    colours : dict
        ``LIGHT`` or ``DARK``.
    width : float
        Inches.

    Returns
    -------
    dict
        For `matplotlib.rc_context`.
    """
    ink, muted, rule = colours["ink"], colours["muted"], colours["rule"]
    return {
        "svg.hashsalt": "threat-ledger",
        "svg.fonttype": "none",
        "font.family": "DejaVu Sans",
        "font.size": 9,
        "figure.figsize": (width, width),
        "figure.facecolor": colours["paper"],
        "axes.facecolor": colours["paper"],
        "axes.edgecolor": rule,
        "axes.labelcolor": muted,
        "axes.titlecolor": ink,
        "axes.titlesize": 9.5,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "axes.titlepad": 8,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.spines.left": False,
        "axes.grid": True,
        "axes.axisbelow": True,
        "axes.prop_cycle": matplotlib.cycler(color=colours["series"]),
        "grid.color": rule,
        "grid.linewidth": 0.6,
        "text.color": ink,
        "xtick.color": muted,
        "ytick.color": muted,
        "xtick.labelsize": 8.5,
        "ytick.labelsize": 8.5,
        "xtick.major.size": 3,
        "ytick.major.size": 0,
        "lines.markersize": 6.5,
        "hatch.color": rule,
    }


def check_comparable(frame):
    """Refuse to put figures on one axis that cannot be compared.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of the table ``claims`` or ``headlines``; looked at are those of the columns ``kind``,
        ``unit`` and ``population`` that it has.

    Raises
    ------
    ValueError
        If flow and stock, different units or different populations would share an axis.

    Notes
    -----
    Coding rule 6 in ``data/README.md``.
    """
    for column, words in WORDS.items():
        values = sorted(set(frame[column])) if column in frame else []
        if len(values) > 1:
            named = ", ".join(value or "not stated" for value in values)
            raise ValueError(
                f"these figures cannot share an axis, because they have {words}: {named}; "
                f"draw one figure, or one panel, for each {column}"
            )


def render_svg(draw, frame, colours, width):
    """Draw one variant of a figure.

    Parameters
    ----------
    draw : callable
        Takes the frame and returns Axes, or an array of them.
    frame : pandas.DataFrame
    colours : dict
        ``LIGHT`` or ``DARK``.
    width : float
        Inches.

    Returns
    -------
    str
        SVG, the same bytes for the same data.
    """
    with matplotlib.rc_context(make_style(colours, width)):
        axes = draw(frame)
        figure = find_figure(axes)
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata=dict.fromkeys(("Date", "Creator")))
    return _trim_svg(out.getvalue())


def find_figure(axes):
    """Return the figure of one Axes or of a list of them."""
    first = axes if hasattr(axes, "figure") else next(iter(getattr(axes, "flat", axes)))
    return first.figure


def _trim_svg(svg):
    """Leave out what a browser does not need, and set text in the reader's own letters."""
    svg = svg[svg.index("<svg") :]
    svg = UNUSED.sub("", svg)
    svg = TAG.sub(lambda tag: _trim_tag(tag.group()), svg)
    svg = svg.replace("<svg ", f'<svg font-family="{FONTS}" ', 1)
    svg = _share_styles(_drop_bare_groups(svg))
    return _name_clips(re.sub(r">\s+<", ">\n<", svg))


def _drop_bare_groups(svg):
    """Leave out groups that set nothing: most of matplotlib's, once their ids are gone."""
    bare = []

    def keep(tag):
        """Return a tag of a group if it sets something, or closes one that does."""
        text = tag.group()
        if text.endswith("/>"):
            return ""
        if text == "</g>":
            return "" if bare.pop() else text
        bare.append(text == "<g>")
        return "" if bare[-1] else text

    return GROUP.sub(keep, svg)


def _share_styles(svg):
    """Write each style once, as a class: most marks and words of a figure share a few."""
    names = {style: f"s{k}" for k, style in enumerate(dict.fromkeys(STYLE.findall(svg)))}
    svg = STYLE.sub(lambda style: f' class="{names[style[1]]}"', svg)
    rules = "".join(f".{name}{{{style}}}\n" for style, name in names.items())
    return re.sub(r"(<svg [^>]*>)", rf"\g<1><style>{rules}</style>", svg, count=1)


def _name_clips(svg):
    """Name clip paths by their shape as drawn.

    matplotlib names them by unrounded numbers, whose last digits the layout leaves to chance.
    """
    for name, shape in CLIP.findall(svg):
        svg = svg.replace(name, "clip-" + hashlib.sha256(shape.encode("utf-8")).hexdigest()[:10])
    return svg


def _trim_tag(tag):
    """Return a tag without needless digits, ids and turns by no degrees."""
    for pattern, instead in TRIMS:
        tag = pattern.sub(instead, tag)
    return tag


def new_figure(height, columns=1, rows=1, **grid):
    """Make a figure of the style's width with panels.

    Parameters
    ----------
    height : float
        Inches.
    columns, rows : int
        Panels across and down.
    **grid
        For `matplotlib.figure.Figure.subplots`.

    Returns
    -------
    numpy.ndarray of matplotlib.axes.Axes
        As many panels, in reading order.
    """
    width = matplotlib.rcParams["figure.figsize"][0]
    figure = Figure(figsize=(width, height), layout="constrained")
    figure.get_layout_engine().set(w_pad=0.06, h_pad=0.06, hspace=0.08, wspace=0.05)
    return figure.subplots(rows, columns, squeeze=False, **grid).ravel()


def is_narrow():
    """Tell whether the figure being drawn is for a narrow screen."""
    return matplotlib.rcParams["figure.figsize"][0] < (WIDE + NARROW) / 2


class ShownFigure:
    """A figure as a notebook shows it: the light image, and its words and data as text.

    Parameters
    ----------
    name : str
        Stem of its files.
    svg : str
        The light, wide variant.
    notes : dict
        As in ``figures/NAME.json``.
    """

    def __init__(self, name, svg, notes):
        self.name = name
        self.svg = svg
        self.notes = notes

    def _repr_mimebundle_(self, include=None, exclude=None):
        # The page finds the other variants by the name.
        bundle = {"image/svg+xml": self.svg, "text/plain": repr(self)}
        return bundle, {"threatledger": {"figure": self.name}}

    def __repr__(self):
        rows = self.notes["table"]["rows"]
        content = json.dumps(self.notes["table"], ensure_ascii=False)
        digest = hashlib.sha256(content.encode("utf-8")).hexdigest()[:12]
        return f"{self.notes['title']}\n{self.notes['alt']}\n{len(rows)} rows, data {digest}"


def write_figure(draw, frame, name, edition, title, alt, caption, table, columns=None):
    """Draw a figure in all its variants and keep it with its words and its data.

    Parameters
    ----------
    draw : callable
        Takes `frame`, returns Axes; called once for each variant.
    frame : pandas.DataFrame
        What is drawn.
    name : str
        Stem of the files in ``figures/``.
    edition : str
        Folder in ``reports/``.
    title, caption : str
        What is seen; what it rests on.
    alt : str
        The finding in a sentence, for those who do not see the figure.
    table : pandas.DataFrame
        The data that stand below the figure on the page.
    columns : dict of str to str, optional
        Columns of `table` to heads, as for `threatledger.briefing.show.show_table`; default: for
        claims those of ``CLAIM_COLUMNS``, for other tables all.

    Returns
    -------
    ShownFigure
        Shows the light image; as text it gives title, finding and a digest of the data, so that
        a comparison of outputs notices changed data.

    Raises
    ------
    ValueError
        If the alternative text does not say a finding.
    """
    if len(alt.split()) < 5:
        raise ValueError(f"the figure {name} needs a finding as its alternative text, not {alt!r}")
    folder = find_reports() / edition / "figures"
    for suffix, colours, width in VARIANTS:
        write_whole(folder / f"{name}{suffix}.svg", render_svg(draw, frame, colours, width))
    notes = {"title": title, "alt": alt, "caption": caption, "table": _keep_table(table, columns)}
    text = json.dumps(notes, ensure_ascii=False, indent=1) + "\n"
    write_whole(folder / f"{name}.json", text)
    return show_figure(name, edition)


def _keep_table(table, columns):
    """Return a table as plain data: its rows, and the columns to show with their heads."""
    rows = json.loads(table.to_json(orient="records", force_ascii=False, date_format="iso"))
    return {"columns": columns or _choose_columns(table), "rows": rows}


def _choose_columns(table):
    """Return the columns worth showing: of claims what matters, of other tables all."""
    if {"claim_id", "low", "high", "relation", "unit"} <= set(table):
        return {name: head for name, head in CLAIM_COLUMNS.items() if name in {"figure", *table}}
    return {name: name.replace("_", " ").capitalize() for name in table}


def read_notes(name, edition_folder):
    """Return what stands beside a figure: title, alt, caption and table.

    Parameters
    ----------
    name : str
    edition_folder : pathlib.Path

    Raises
    ------
    ValueError
        If the figure has not been drawn yet.
    """
    path = edition_folder / "figures" / f"{name}.json"
    if not path.is_file():
        raise ValueError(f"the figure {name} is not there yet: run make report first")
    return json.loads(path.read_text(encoding="utf-8"))


def show_figure(name, edition):
    """Show a figure that a notebook of the edition has drawn.

    Parameters
    ----------
    name, edition : str

    Returns
    -------
    ShownFigure
    """
    folder = find_reports() / edition
    notes = read_notes(name, folder)
    svg = (folder / "figures" / f"{name}.svg").read_text(encoding="utf-8")
    return ShownFigure(name, svg, notes)


def show_data(notes):
    """Show the data of a figure as a table.

    Parameters
    ----------
    notes : dict
        As `read_notes` gives them.

    Returns
    -------
    threatledger.briefing.markup.Shown
    """
    table = notes["table"]
    frame = pd.DataFrame(table["rows"], columns=list(table["rows"][0]) if table["rows"] else None)
    return show_table(frame, f"Data: {notes['title']}", table["columns"])
