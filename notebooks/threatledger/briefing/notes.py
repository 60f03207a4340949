"""What stands beside a figure: its words and its data; no drawing is needed to read them."""

import json

import pandas as pd

from threatledger.briefing.grid import show_table


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
