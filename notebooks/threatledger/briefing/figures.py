"""Draw figures in one style, light and dark, and keep each with its words and its data."""

import hashlib
import json

import matplotlib
from matplotlib.figure import Figure

from threatledger.briefing.notes import read_notes
from threatledger.briefing.palette import NARROW, WIDE
from threatledger.briefing.variants import draw_variants
from threatledger.tables import find_reports, write_whole

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
WORDS = {
    "kind": "what is counted in different ways (flow and stock)",
    "unit": "different units",
    "population": "different populations",
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
        Takes `frame`, returns Axes; called for each variant that must be drawn.
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
    for suffix, svg in draw_variants(draw, frame).items():
        write_whole(folder / f"{name}{suffix}.svg", svg)
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
