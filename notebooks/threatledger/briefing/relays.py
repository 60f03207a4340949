"""Show which texts are one voice, what relays changed, and on what each link to a report rests."""

from threatledger.briefing.grid import Cell, make_cell, show_rows
from threatledger.briefing.links import link_document, mark_source, show_nothing
from threatledger.briefing.markup import Shown, element, escape, mark_language
from threatledger.briefing.wording import join_words, say_count
from threatledger.frames import count_all

# How the texts of an archive are compared; the notebook 09-sources counts what is left out.
BOUND = (
    " Of an archive the likeliest pairs of texts are compared, and the latest origins word by word."
)
# Copies that a sentence names.
MOST_NAMED = 5
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
    origins : threatledger.parts.Rows
        The table ``origins``.

    Returns
    -------
    str

    Examples
    --------
    >>> import pandas
    >>> from threatledger.parts import Rows
    >>> alone = {"doc_id": ["a", "b"], "origin": ["a", "b"], "linked_to": ["", ""]}
    >>> say_origins(Rows("origins", pandas.DataFrame(alone)))
    'Two texts, two origins: none is a copy or rewording of another.'
    """
    return "".join(words for words, _ in _write_origins(origins))


def _write_origins(origins):
    """Return the sentence in parts, each with the rows that its number counts."""
    texts, voices = len(origins), origins.count("linked_to == ''")
    said = say_count(texts, "text")
    parts = [
        (said[:1].upper() + said[1:], ("count", "origins")),
        (", ", ()),
        (say_count(voices, "origin"), ("count", "origins", "linked_to=")),
    ]
    if texts == voices:
        return [*parts, (": none is a copy or rewording of another.", ())]
    named = origins.take(MOST_NAMED, where="linked_to != ''")["origin"].unique()
    sign = ": "
    for origin, group in origins.read(where={"origin": named}).groupby("origin", sort=False):
        names = join_words(group["doc_id"])
        count = ("count", "origins", f"origin={origin}")
        parts += [(f"{sign}{names} (", ()), (say_count(len(group), "text"), count)]
        parts.append((", one origin)", ()))
        sign = "; "
    if texts - voices > MOST_NAMED:
        parts.append(("; and others", ()))
    return [*parts, (". Copies of one origin are one voice.", ())]


def show_origins(origins, most=40):
    """Show which texts are copies or rewordings of one origin.

    Parameters
    ----------
    origins : threatledger.parts.Rows
        The table ``origins``.
    most : int
        Copies to list; the rest are counted.

    Returns
    -------
    Shown
        A sentence; and, where there are copies, a row for each with what the link rests on.
    """
    html = "".join(
        mark_source(escape(words), *rows) if rows else escape(words)
        for words, rows in _write_origins(origins)
    )
    bound = "" if origins.is_whole else BOUND
    note = Shown(element("p", html + bound), say_origins(origins) + bound)
    copies = origins.take(most, where="linked_to != ''")
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
    layout = {"name": "origins", "of": count_all(copies)}
    table = show_rows("Texts of one origin", headers, rows, **layout)
    return Shown(note.html + table.html, f"{note.text}\n\n{table.text}")


def show_drift(drift, origins):
    """Show where copies of one origin disagree.

    Parameters
    ----------
    drift, origins
        The tables ``drift``, as a frame, and ``origins``, as rows.

    Returns
    -------
    Shown
        One row a difference; or a sentence that says why there is none.
    """
    if drift.empty:
        has_copies = origins.count("linked_to != ''")
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
    layout = {"name": "drift", "cls": "stack", "of": count_all(drift)}
    return show_rows(caption, headers, rows, **layout)


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
    layout = {"name": "report-links", "of": count_all(links)}
    return show_rows("Which report each text is about", headers, rows, **layout)


def _list_symbols(symbols):
    """Return a cell with one symbol, or with all that it may be."""
    if not symbols:
        return Cell(show_nothing("cannot be told"), "cannot be told", cls="empty")
    words = symbols.replace("|", " or ")
    return Cell(escape(words), words)
