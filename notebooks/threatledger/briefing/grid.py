"""Lay out tables: accessible HTML, and the same rows as plain text."""

import base64
import csv
import io
from dataclasses import dataclass

from threatledger.briefing.links import (
    link_direction,
    link_document,
    link_figure,
    link_record,
    say_figure,
    show_date,
    show_nothing,
)
from threatledger.briefing.markup import Shown, element, escape, make_slug, mark_language
from threatledger.briefing.wording import (
    ARROWS,
    format_number,
    is_missing,
    read_labels,
    say_age,
    say_date,
    say_key,
    say_places,
    say_topic,
)
from threatledger.tables import guard_cell

# With more columns than this, rows become cards on a narrow screen.
BROAD = 4
CSV = "text/csv;charset=utf-8"
DATES = {"as_of", "published", "issued", "briefed", "when"}
LABELLED = {
    "pillar": ("response-pillars", "pillar", "label"),
    "subject": ("coverage", "subject", "label"),
    "indicator": ("indicators", "indicator", "label"),
}


@dataclass(slots=True)
class Cell:
    """One cell: its HTML, the same as text, and what it is sorted by."""

    html: str
    text: str
    order: float | str | None = None
    is_number: bool = False
    cls: str = ""


def make_cell(row, column, nothing="not stated"):
    """Make the cell of one row and column.

    Parameters
    ----------
    row : dict
        One row of a frame.
    column : str
        Its name decides how the value is shown: ``figure`` and ``direction`` link to a card,
        ``doc_id`` and ``texts`` to a text; places, dates, topics and ages are put in words.
    nothing : str
        What stands where the row states nothing.

    Returns
    -------
    Cell
    """
    if column == "figure":
        order = row["high"] if is_missing(row["low"]) else row["low"]
        return Cell(link_figure(row), say_figure(row), order, is_number=True)
    value = row[column]
    if is_missing(value):
        return Cell(show_nothing(nothing), nothing, cls="empty")
    make = MAKERS.get(column) or (_make_text if isinstance(value, str) else _make_number)
    return make(row, column, value)


def _make_text(_row, column, value):
    """Make a cell of words."""
    if column in LABELLED:
        value = read_labels(*LABELLED[column]).get(value, value)
    return Cell(mark_language(value), value)


def _make_number(row, column, value):
    """Make a cell of a number; a bound links to the claim it belongs to."""
    if column in ("low", "high") and "claim_id" in row:
        words = format_number(value, row.get("unit", ""))
        link = link_record(row["claim_id"], words, "number")
        return Cell(link, words, value, is_number=True)
    words = format_number(value)
    return Cell(escape(words), words, value, is_number=True)


def _make_date(_row, _column, value):
    """Make a cell of a date in words, sorted by what it is."""
    return Cell(show_date(value), say_date(value), value, cls="when")


def _make_age(_row, _column, value):
    """Make a cell of an age."""
    return Cell(escape(say_age(value)), say_age(value), value, is_number=True)


def _make_direction(row, _column, value):
    """Make a cell of a direction, linked where the row is a trend."""
    words = f"{ARROWS.get(value, '')} {value}".strip()
    html = link_direction(row) if "trend_id" in row else escape(words)
    return Cell(html, words, value)


def _make_documents(_row, _column, value):
    """Make a cell of links to texts."""
    keys = value.split("|")
    # The last may say how many more there are.
    links = [escape(key) if key.startswith("…") else link_document(key) for key in keys]
    return Cell(" ".join(links), ", ".join(keys))


def _make_records(_row, _column, value):
    """Make a cell of links to the cards of several records, numbered."""
    ids = value.split("|")
    links = [element("a", f"{n}", href=f"#{i}", cls="number") for n, i in enumerate(ids, start=1)]
    return Cell(" ".join(links), str(len(ids)), len(ids))


def _make_places(_row, _column, value):
    """Make a cell of country names."""
    return Cell(escape(say_places(value)), say_places(value))


def _make_key(_row, _column, value):
    """Make a cell of a codebook key without a label of its own."""
    return Cell(escape(say_key(value)), say_key(value))


def _make_topic(_row, _column, value):
    """Make a cell of a topic's label."""
    return Cell(escape(say_topic(value)), say_topic(value))


MAKERS = {
    **dict.fromkeys(DATES, _make_date),
    "age_days": _make_age,
    "direction": _make_direction,
    "doc_id": _make_documents,
    "texts": _make_documents,
    "trend_ids": _make_records,
    "claim_ids": _make_records,
    "place": _make_places,
    "topic": _make_topic,
    "population": _make_key,
}


def write_grid(caption, headers, rows, name="", cls="", groups=None, of=0):
    """Write a table as HTML.

    Parameters
    ----------
    caption : str
        Says what the rows are.
    headers : list of str
        Column heads, none empty.
    rows : list of list of Cell
        The first cell of each is the row's head.
    name : str
        Stem of the CSV file with the table, for a link; without one, the link holds the
        cells shown.
    cls : str
        Class of the table.
    groups : dict of int to str, optional
        Headings across the table, by the number of the row that they stand before.
    of : int
        How many rows there are in all, where those given are a part of them.

    Returns
    -------
    str
        A focusable group that scrolls sideways by itself, with the table in it.

    Raises
    ------
    ValueError
        If a head is empty: a reader who hears the table could not tell what the column is.
    """
    if not all(headers):
        raise ValueError(f"the table {caption!r} has a column without a head: name it")
    numeric = [any(row[k].is_number for row in rows) and k > 0 for k in range(len(headers))]
    head = "".join(
        element("th", _break_lines(text), scope="col", cls="num" if is_number else None)
        for text, is_number in zip(headers, numeric, strict=True)
    )
    parts = [element("caption", escape(caption)), element("thead", element("tr", head))]
    parts += _write_bodies(headers, rows, numeric, groups or {})
    classes = " ".join(filter(None, [cls, _name_shape(len(headers), cls)])) or None
    table = element("table", "".join(parts), cls=classes)
    region = element("div", table, cls="table", role="group", aria_label=caption, tabindex="0")
    rest = element("p", _say_rest(len(rows), of), cls="rest") if of > len(rows) else ""
    return region + rest + (_link_csv(name) if name else _link_cells(caption, headers, rows))


def _say_rest(shown, of):
    """Return how many rows of how many are shown."""
    return f"Shown are {shown:,} of {of:,} rows; all are in the table."


def _name_shape(columns, cls):
    """Return the class for a table's breadth: slim, or one whose rows become cards."""
    if columns < BROAD:
        return "slim"
    return "stack" if columns > BROAD and cls != "coverage" else ""


def _break_lines(header):
    """Return a column's head with its line ends kept."""
    return escape(header).replace("\n", "<br>")


def _write_bodies(headers, rows, numeric, groups):
    """Return the table's bodies, one for each group of rows."""
    starts = sorted({0, *groups})
    bodies = []
    for first, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        lines = [_write_row(headers, row, numeric) for row in rows[first:end]]
        if first in groups:
            attributes = {"scope": "rowgroup", "colspan": str(len(headers)), "cls": "group"}
            lines.insert(0, element("tr", element("th", escape(groups[first]), **attributes)))
        bodies.append(element("tbody", "".join(lines)))
    return bodies


def _write_row(headers, row, numeric):
    """Return one row; each cell knows its column's head for narrow screens."""
    cells = []
    for k, (cell, header) in enumerate(zip(row, headers, strict=True)):
        classes = " ".join(filter(None, ["num" if numeric[k] else "", cell.cls])) or None
        order = None if cell.order is None else str(cell.order)
        shared = {"cls": classes, "data_order": order}
        if k == 0:
            cells.append(element("th", cell.html, scope="row", **shared))
        else:
            cells.append(
                element(
                    "td", element("div", cell.html), data_label=header.replace("\n", ", "), **shared
                )
            )
    return element("tr", "".join(cells))


def _link_csv(name):
    """Return a link to the table's CSV file, which stands beside the page."""
    link = element("a", f"{escape(name)}.csv", download=f"{name}.csv", href=f"tables/{name}.csv")
    return element("p", f"All columns as {link}", cls="download")


def _link_cells(caption, headers, rows):
    """Return a link that holds the cells shown as CSV."""
    out = io.StringIO()
    lines = [headers, *([cell.text for cell in row] for row in rows)]
    csv.writer(out, lineterminator="\n").writerows(
        [guard_cell(" ".join(text.split())) for text in line] for line in lines
    )
    name = f"{make_slug(caption)[:60]}.csv"
    link = element("a", escape(name), href=to_data(CSV, out.getvalue().encode()), download=name)
    return element("p", f"These rows as {link}", cls="download")


def to_data(kind, content):
    """Return content as a data address, which opens without asking anybody.

    Parameters
    ----------
    kind : str
        Media type.
    content : bytes

    Returns
    -------
    str
    """
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"


def write_lines(caption, headers, rows):
    """Write a table as plain text, one line a row."""
    lines = [caption, " | ".join(headers).replace("\n", " ")]
    lines += [" | ".join(cell.text for cell in row) for row in rows]
    return "\n".join(lines)


def show_table(frame, caption, columns, name="", nothing="not stated", of=0):
    """Show a table.

    Parameters
    ----------
    frame : pandas.DataFrame
        Any rows. A column's name decides how it is shown, see `make_cell`.
    caption : str
        Says what the rows are.
    columns : dict of str to str
        Column to head, in order; the first is the head of each row. ``figure`` needs the columns
        ``low``, ``high``, ``relation``, ``unit`` and ``claim_id``.
    name : str
        Stem of the CSV file the rows come from, for a link to it.
    nothing : str
        What an empty cell says.
    of : int
        How many rows there are in all, where `frame` holds a part of them.

    Returns
    -------
    Shown
    """
    rows = [
        [make_cell(row, column, nothing) for column in columns] for row in frame.to_dict("records")
    ]
    return show_rows(caption, list(columns.values()), rows, name=name, of=of)


def show_rows(caption, headers, rows, **layout):
    """Show rows of cells as a table, or say that there are none.

    Parameters
    ----------
    caption, headers, rows
        As for `write_grid`.
    **layout
        The other parameters of `write_grid`.

    Returns
    -------
    Shown
    """
    text = write_lines(caption, headers, rows)
    if layout.get("of", 0) > len(rows):
        text += f"\n{_say_rest(len(rows), layout['of'])}"
    if not rows:
        html = element("p", escape(caption) + ": " + show_nothing("none"), cls="no-rows")
        return Shown(html, f"{caption}: none")
    return Shown(write_grid(caption, headers, rows, **layout), text)
