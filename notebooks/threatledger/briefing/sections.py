"""Show what changed, the branches of the group, and what authors say in their own name."""

from threatledger.briefing.grid import Cell, make_cell, show_rows, show_table
from threatledger.briefing.links import (
    link_direction,
    link_document,
    link_figure,
    link_passage,
    mark_source,
    show_nothing,
)
from threatledger.briefing.markup import Shown, element, escape, mark_language
from threatledger.briefing.wording import join_words
from threatledger.changes import ORDER, describe_comparison
from threatledger.frames import count_all

NOUNS = {"claim": "figure", "trend": "direction"}
HEADS = {"new": "New", "changed": "Changed", "withdrawn": "Withdrawn", "unchanged": "Unchanged"}
# More rows than this fold away: the counts above them say the gist.
OPEN_ROWS = 12


def show_changes(changes, compared, previous):
    """Show what changed since the edition before (T13).

    Parameters
    ----------
    changes, compared : pandas.DataFrame
        The tables of these names.
    previous : str
        The edition before; empty for none.

    Returns
    -------
    Shown
        With what the edition is compared, or why with nothing; the counts, and every claim and
        trend that did not stay as it was.
    """
    parts = [_show_note(previous, describe_comparison(previous, compared))]
    if len(compared):
        parts += [_count_changes(changes), _list_changes(changes), _show_compared(compared)]
    return Shown("".join(part.html for part in parts), "\n\n".join(part.text for part in parts))


def _show_note(previous, note):
    """Show a sentence in which the name of the edition before stands."""
    html = escape(note)
    if previous:
        name = mark_source(escape(previous), "cell", "edition", "previous", "value")
        html = html.replace(escape(previous), name)
    return Shown(element("p", html), note)


def _count_changes(changes):
    """Show how many figures and directions are new, changed, withdrawn and unchanged, and why."""
    rows = []
    for change in ORDER:
        own = changes[changes["change"] == change]
        counts = [int((own["record"] == kind).sum()) for kind in NOUNS]
        causes = own["cause"].value_counts().sort_index()
        why = "; ".join(f"{cause} ({n})" for cause, n in causes.items() if cause)
        rows.append(
            [
                Cell(HEADS[change], HEADS[change]),
                *(Cell(f"{n:,}", f"{n:,}", n, is_number=True) for n in counts),
                Cell(escape(why), why) if why else Cell("–", "–"),
            ]
        )
    headers = ["Change", "Figures", "Directions", "Why"]
    return show_rows("Changes counted", headers, rows)


def _list_changes(changes):
    """Show the figures and directions that did not stay as they were."""
    moved = changes[changes["change"] != "unchanged"]
    headers = ["Words", "Text", "Before", "Now", "Why"]
    rows, groups, last = [], {}, None
    for record in moved.to_dict("records"):
        if record["change"] != last:
            last = record["change"]
            groups[len(rows)] = HEADS[last]
        rows.append(_describe_change(record))
    caption = "Figures and directions that are new, changed or withdrawn"
    shown = show_rows(caption, headers, rows, name="changes", cls="changes", groups=groups)
    if len(rows) <= OPEN_ROWS:
        return shown
    summary = element("summary", "Each of these changes")
    return Shown(element("details", summary + shown.html), shown.text)


def _describe_change(record):
    """Return one row of the list of changes."""
    words = mark_language(record["quote"])
    if record["change"] != "withdrawn":
        words = element("a", words, href=f"#{record['record_id']}")
    in_now = record["change"] != "withdrawn"
    before = record["before"] or "not in it"
    now = record["now"] if in_now else "no longer in it"
    return [
        Cell(words, record["quote"]),
        Cell(
            link_document(record["doc_id"]) if in_now else escape(record["doc_id"]),
            record["doc_id"],
        ),  # fmt: skip
        _say_side(before, "before", bool(record["before"])),
        _say_side(now, "now", in_now),
        Cell(escape(record["cause"]), record["cause"]),
    ]


def _say_side(words, cls, is_stated):
    """Return a cell with what stands on one side of a change."""
    return Cell(mark_language(words) if is_stated else show_nothing(words), words, cls=cls)


def _show_compared(compared):
    """Show the files of the edition before, as they were published."""
    columns = {"file": "File of the edition before", "sha256": "SHA-256 as published"}
    shown = show_table(compared, "Compared with", columns, name="compared")
    summary = element("summary", "Files compared with, and their checksums")
    return Shown(element("details", summary + shown.html), shown.text)


def show_affiliates(affiliates, claims, trends):
    """Show what each text says of each branch of the group (T7).

    Parameters
    ----------
    affiliates, claims, trends : pandas.DataFrame
        The tables of these names.

    Returns
    -------
    Shown
        One row a branch and text; a branch of which no text speaks says so.
    """
    by_id = {row["claim_id"]: row for row in claims.to_dict("records")}
    by_id |= {row["trend_id"]: row for row in trends.to_dict("records")}
    rows = [_describe_affiliate(row, by_id) for row in affiliates.to_dict("records")]
    headers = ["Branch", "Text", "Countries", "Areas named", "Strength", "Directions", "Said in"]
    layout = {"name": "affiliates", "cls": "affiliates", "of": count_all(affiliates)}
    return show_rows("Branches of the group, by text", headers, rows, **layout)


def _describe_affiliate(row, by_id):
    """Return one branch and text as cells."""
    name = Cell(escape(row["label"]), row["label"])
    if not row["doc_id"]:
        silent = Cell(show_nothing("nothing said"), "nothing said", cls="empty")
        return [name, *(silent,) * 6]
    claims = [by_id[key] for key in row["claim_ids"].split("|") if key in by_id]
    trends = [by_id[key] for key in row["trend_ids"].split("|") if key in by_id]
    passages = row["passage_ids"].split("|")
    return [
        name,
        make_cell(row, "doc_id"),
        make_cell(row, "place", "none named"),
        make_cell(row, "areas", "none named"),
        _list_records(claims, lambda claim: f"{link_figure(claim)} {mark_language(claim['what'])}"),
        _list_records(trends, lambda trend: link_direction(trend, trend["quote"])),
        Cell(
            element("span", " ".join(map(link_passage, passages)), cls="passages"),
            join_words(key.rpartition(":")[2] for key in passages),
        ),
    ]


def _list_records(records, show):
    """Return a cell that lists records, or says that there is none."""
    if not records:
        return Cell(show_nothing("nothing said"), "nothing said", cls="empty")
    items = "".join(element("li", show(record)) for record in records)
    words = "; ".join(record["quote"] for record in records)
    return Cell(element("ul", items, cls="ways-of-change"), words, len(records))


def show_own_claims(own_claims):
    """Show the sentences in which authors judge in their own name (T10).

    Parameters
    ----------
    own_claims : pandas.DataFrame
        The table ``own-claims``.

    Returns
    -------
    Shown
    """
    rows = [
        [
            make_cell(row, "doc_id"),
            Cell(
                f"{element('blockquote', mark_language(row['sentence']))} "
                + link_passage(row["passage_id"]),
                row["sentence"],
            ),
            make_cell(row, "why"),
            _link_records(row),
        ]
        for row in own_claims.to_dict("records")
    ]
    headers = ["Text", "Sentence", "Set apart because of", "Kept out of every series"]
    caption = "What authors say in their own name"
    layout = {"name": "own-claims", "cls": "own stack", "of": count_all(own_claims)}
    return show_rows(caption, headers, rows, **layout)


def _link_records(row):
    """Return a cell with links to the author's own figures and directions in a sentence."""
    ids = [key for name in ("claim_ids", "trend_ids") for key in row[name].split("|") if key]
    if not ids:
        return Cell(show_nothing("none"), "none", cls="empty")
    names = [NOUNS[key.partition("-")[0]] for key in ids]
    links = [
        element("a", name, href=f"#{key}", cls="onward")
        for key, name in zip(ids, names, strict=True)
    ]
    return Cell(" ".join(links), ", ".join(names))
