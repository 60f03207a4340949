"""Show which texts are one voice, what relays changed, and on what each link to a report rests."""

from threatledger.briefing.grid import Cell, make_cell, show_rows
from threatledger.briefing.links import link_document, mark_source, show_nothing
from threatledger.briefing.markup import Shown, element, escape, mark_language
from threatledger.briefing.wording import join_words, say_count

KINDS = {
    "bound": "Bound",
    "range": "Range cut or widened",
    "number": "Number",
    "unit": "Unit or period",
    "population": "Who is counted",
    "speaker": "Speaker",
    "hedge": "Hedge dropped",
    "as_of": "Time",
    "cause": "Cause added",
    "quotation": "Quotation",
}


def say_origins(origins):
    """Say in a sentence how many voices the texts are.

    Parameters
    ----------
    origins : pandas.DataFrame
        The table ``origins``.

    Returns
    -------
    str

    Examples
    --------
    >>> import pandas
    >>> alone = {"doc_id": ["a", "b"], "origin": ["a", "b"], "linked_to": ["", ""]}
    >>> say_origins(pandas.DataFrame(alone))
    'Two texts, two origins: none is a copy or rewording of another.'
    """
    return "".join(words for words, _ in _write_origins(origins))


def _write_origins(origins):
    """Return the sentence in parts, each with the rows that its number counts."""
    texts, voices = len(origins), int((origins["linked_to"] == "").sum())
    said = say_count(texts, "text")
    parts = [
        (said[:1].upper() + said[1:], ("count", "origins")),
        (", ", ()),
        (say_count(voices, "origin"), ("count", "origins", "linked_to=")),
    ]
    if texts == voices:
        return [*parts, (": none is a copy or rewording of another.", ())]
    sign = ": "
    for origin, group in origins.groupby("origin", sort=False):
        if len(group) > 1:
            names = join_words(group["doc_id"])
            count = ("count", "origins", f"origin={origin}")
            parts += [(f"{sign}{names} (", ()), (say_count(len(group), "text"), count)]
            parts.append((", one origin)", ()))
            sign = "; "
    return [*parts, (". Copies of one origin are one voice.", ())]


def show_origins(origins):
    """Show which texts are copies or rewordings of one origin.

    Parameters
    ----------
    origins : pandas.DataFrame
        The table ``origins``.

    Returns
    -------
    Shown
        A sentence; and, where there are copies, a row for each with what the link rests on.
    """
    html = "".join(
        mark_source(escape(words), *rows) if rows else escape(words)
        for words, rows in _write_origins(origins)
    )
    note = Shown(element("p", html), say_origins(origins))
    copies = origins[origins["linked_to"] != ""]
    if copies.empty:
        return note
    rows = [
        [
            make_cell(row, "doc_id"),
            Cell(link_document(row["linked_to"]), row["linked_to"]),
            Cell(f"{row['score']:.0%}", f"{row['score']:.0%}", row["score"], is_number=True),
            make_cell(row, "evidence"),
        ]
        for row in copies.to_dict("records")
    ]
    headers = ["Text", "Of one origin with", "Told again", "Rests on"]
    table = show_rows("Texts of one origin", headers, rows, name="origins")
    return Shown(note.html + table.html, f"{note.text}\n\n{table.text}")


def show_drift(drift, origins):
    """Show where copies of one origin disagree.

    Parameters
    ----------
    drift, origins : pandas.DataFrame
        The tables of these names.

    Returns
    -------
    Shown
        One row a difference; or a sentence that says why there is none.
    """
    if drift.empty:
        has_copies = (origins["linked_to"] != "").any()
        said = (
            "The copies of one origin say the same."
            if has_copies
            else "No text here is a copy of another, so nothing can have changed between copies."
        )
        return Shown(element("p", escape(said)), said)
    rows = [
        [
            Cell(escape(KINDS[row["kind"]]), KINDS[row["kind"]]),
            _show_side(row, "from"),
            _show_side(row, "to"),
            Cell(escape(row["why"]), row["why"]),
        ]
        for row in drift.to_dict("records")
    ]
    headers = ["What changed", "One text", "Its copy", "How"]
    caption = "Where copies of one origin disagree"
    return show_rows(caption, headers, rows, name="drift", cls="stack")


def _show_side(row, side):
    """Return a cell with the words of one text."""
    words, doc_id = row[f"{side}_quote"], row[f"{side}_doc"]
    html = f"{element('q', mark_language(words))} {link_document(doc_id)}"
    return Cell(html, f"“{words}” ({doc_id})")


def show_report_links(links):
    """Show which report each text is about, by its own words.

    Parameters
    ----------
    links : pandas.DataFrame
        The table ``report-links``.

    Returns
    -------
    Shown
    """
    rows = [
        [
            make_cell(row, "doc_id"),
            _list_symbols(row["symbols"]),
            Cell(escape(row["state"]), row["state"]),
            make_cell(row, "words", "nothing said"),
            make_cell(row, "agrees", "nothing to compare"),
        ]
        for row in links.to_dict("records")
    ]
    headers = ["Text", "Report", "State", "Words it rests on", "Catalogue agrees"]
    return show_rows("Which report each text is about", headers, rows, name="report-links")


def _list_symbols(symbols):
    """Return a cell with one symbol, or with all that it may be."""
    if not symbols:
        return Cell(show_nothing("cannot be told"), "cannot be told", cls="empty")
    words = symbols.replace("|", " or ")
    return Cell(escape(words), words)
