"""Show where figures differ, where a text contradicts itself, and arithmetic done again."""

from threatledger.briefing.grid import Cell, make_cell, show_rows
from threatledger.briefing.links import link_document, link_passage, link_record, show_nothing
from threatledger.briefing.markup import Shown, element, escape, mark_language
from threatledger.briefing.selection import is_part
from threatledger.briefing.wording import format_bounds, format_number, is_missing, read_labels
from threatledger.disagreements.intervals import read_interval
from threatledger.disagreements.sums import say_change
from threatledger.frames import count_all

# What a finding is called on the page, in the order of the table.
FINDINGS = {
    "disagree": "No number fits both",
    "agree": "Two voices, ranges that meet",
    "cannot be decided": "Cannot be decided: both are open on one side",
    "later": "Comparable but for the time: the later one replaces the earlier",
    "one voice": "One voice, no confirmation",
    "not comparable": "Not comparable",
}
ASKED = ("place", "population", "time", "unit", "kind", "thing")
# What is named where it is the same; of what a share is, only where it is not.
NAMED, SHARED = ASKED[:5], {"time": "date"}
# Of an archive; the notebook 12-disagreements counts what is left out.
BOUND = (
    "Of an archive the newest figures of each indicator are compared, each with those of the same "
    "countries, population, unit and kind that follow it in time; the gravest pairs are kept."
)
# Pairs that cannot be compared are shown up to so many; the rest folds away.
OPEN_PAIRS = 8


def show_disagreements(disagreements, claims):
    """Show the figures on each indicator side by side, and why they can be compared or not (T4).

    Parameters
    ----------
    disagreements, claims : pandas.DataFrame
        The tables of these names.

    Returns
    -------
    Shown
        Pairs that can be compared first; of the others those of two voices that differ in least,
        the rest folded away.
    """
    by_id = {row["claim_id"]: row for row in claims.to_dict("records")}
    records = disagreements.to_dict("records")
    records.sort(key=lambda row: (list(FINDINGS).index(row["finding"]), _rank_pair(row)))
    comparable = [row for row in records if row["finding"] != "not comparable"]
    others = [row for row in records if row["finding"] == "not comparable"]
    first, rest = comparable + others[:OPEN_PAIRS], others[OPEN_PAIRS:]
    bound = element("p", BOUND, cls="rest") if is_part(claims) else ""
    of = 0 if rest else count_all(disagreements)
    caption = "Figures on one indicator, pair by pair"
    shown = _show_pairs(caption, first, by_id, "disagreements", of)
    shown = Shown(bound + shown.html, shown.text)
    if not rest:
        return shown
    of = len(rest) + count_all(disagreements) - len(disagreements)
    caption = "Further pairs that cannot be compared"
    folded = _show_pairs(caption, rest, by_id, "disagreements", of)
    summary = element("summary", "Further pairs that cannot be compared")
    html = shown.html + element("details", summary + folded.html)
    return Shown(html, f"{shown.text}\n\n{folded.text}")


def _rank_pair(row):
    """Return where a pair stands: two voices before one, then those that differ in least.

    What a text does not state weighs more than what differs: nobody can tell how far it is apart.
    """
    against = sum(not row[f"same_{name}"].startswith("same") for name in ASKED)
    missing = sum(row["because"].count(words) for words in ("not stated", "no country stated"))
    return row["voices"] == "one voice", against + missing, row["pair_id"]


def _show_pairs(caption, records, by_id, name, of):
    """Show some pairs as a table, by finding."""
    headers = ["Figure", "Beside", "The same in", "Differs in", "Ranges", "Ratio", "Voices"]
    rows, groups = [], {}
    for number, row in enumerate(records):
        if number == 0 or row["finding"] != records[number - 1]["finding"]:
            groups[number] = FINDINGS[row["finding"]]
        rows.append(_describe_pair(row, by_id))
    return show_rows(caption, headers, rows, name=name, cls="pairs", groups=groups, of=of)


def _describe_pair(row, by_id):
    """Return one pair as cells."""
    same = [SHARED.get(name, name) for name in NAMED if row[f"same_{name}"].startswith("same")]
    notes = [row[f"same_{name}"].partition(": ")[2] for name in ASKED]
    notes = [
        note
        for name, note in zip(ASKED, notes, strict=True)
        if note and row[f"same_{name}"].startswith("same")
    ]
    shared = ", ".join(same) + (f" ({'; '.join(notes)})" if notes else "")
    ratio = _say_ratio(row)
    return [
        _show_side(by_id.get(row["claim_id"]), row["figure"], row["indicator"]),
        _show_side(by_id.get(row["other_id"]), row["other_figure"]),
        Cell(escape(shared), shared),
        Cell(mark_language(row["because"]), row["because"])
        if row["because"]
        else Cell(show_nothing("nothing"), "nothing", cls="empty"),
        Cell(escape(row["ranges"]), row["ranges"])
        if row["ranges"]
        else Cell(show_nothing("not compared"), "not compared", cls="empty"),
        Cell(escape(ratio), ratio) if ratio else Cell(show_nothing("none"), "none", cls="empty"),
        Cell(escape(f"{row['voices']}: {row['voices_because']}"), row["voices"]),
    ]


def _show_side(claim, words, indicator=""):
    """Return a cell with a figure, what it counts, who says it and the text."""
    if claim is None:
        return Cell(mark_language(words), words)
    bounds = format_bounds(claim["low"], claim["high"], claim["relation"], claim["unit"])
    said = claim["attribution"] or "no speaker named"
    label = read_labels("indicators", "indicator", "label").get(indicator, "")
    under = " · ".join(filter(None, [label, said]))
    html = (
        link_record(claim["claim_id"], bounds, "number")
        + " "
        + mark_language(claim["what"])
        + element("span", mark_language(under), cls="counted")
        + link_document(claim["doc_id"])
    )
    return Cell(html, f"{words} ({said}, {claim['doc_id']})")


def _say_ratio(row):
    """Return how many times the smaller figure the larger one is, in words."""
    low, high = row["ratio_low"], row["ratio_high"]
    if is_missing(low) and is_missing(high):
        return ""
    ends = [None if is_missing(end) else f"{end:,.3g}" for end in (low, high)]
    if ends[0] == ends[1]:
        return f"{ends[0]} times"
    if ends[0] is None:
        return f"up to {ends[1]} times"
    return f"at least {ends[0]} times" if ends[1] is None else f"{ends[0]}–{ends[1]} times"


def show_contradictions(contradictions, repeats):
    """Show where a text contradicts itself, and what it says twice.

    Parameters
    ----------
    contradictions, repeats : pandas.DataFrame
        The tables of these names.

    Returns
    -------
    Shown
    """
    rows = [
        [
            Cell(escape(row["kind"].capitalize()), row["kind"]),
            _show_words(row["quote"], row["passage_id"]),
            _show_words(row["other_quote"], row["other_passage_id"]),
            make_cell(row, "why"),
            make_cell(row, "doc_id"),
        ]
        for row in contradictions.to_dict("records")
    ]
    headers = ["What", "First", "Then", "Found by", "Text"]
    caption = "Contradictions inside a text"
    layout = {"name": "contradictions", "cls": "own stack", "of": count_all(contradictions)}
    shown = show_rows(caption, headers, rows, **layout)
    again = _show_repeats(repeats)
    return Shown(shown.html + again.html, f"{shown.text}\n\n{again.text}")


def _show_words(words, passage_id):
    """Return a cell with words of a text, linked to their passage."""
    link = " " + link_passage(passage_id) if passage_id else ""
    return Cell(element("blockquote", mark_language(words)) + link, words)


def _show_repeats(repeats):
    """Show what a text prints or says twice."""
    rows = [
        [
            Cell(escape(row["kind"].capitalize()), row["kind"]),
            _show_words(row["of_text"], row["of_passage_id"]),
            _show_words(row["text"], row["passage_id"]),
            Cell(*[COUNTED[row["kind"]]] * 2),
            make_cell(row, "doc_id"),
        ]
        for row in repeats.to_dict("records")
    ]
    headers = ["What", "Body", "Again", "Counted", "Text"]
    layout = {"name": "repeats", "cls": "own stack", "of": count_all(repeats)}
    return show_rows("Said or printed twice", headers, rows, **layout)


COUNTED = {"pull quote": "once", "near twin": "twice: the words are not the same"}


def show_checks(checks, claims):
    """Show the arithmetic that the texts make possible, done again (T11).

    Parameters
    ----------
    checks, claims : pandas.DataFrame
        The tables of these names.

    Returns
    -------
    Shown
        Each re-computed figure is marked as derived, and leads to the figures it is made of.
    """
    by_id = {row["claim_id"]: row for row in claims.to_dict("records")}
    rows = [_describe_check(row, by_id) for row in checks.to_dict("records")]
    headers = ["What", "Re-computed", "How", "The text states", "Result", "Made of", "Text"]
    caption = "Arithmetic done again: derived figures, which enter no series"
    layout = {"name": "checks", "cls": "checks", "of": count_all(checks)}
    return show_rows(caption, headers, rows, **layout)


def _describe_check(row, by_id):
    """Return one check as cells."""
    derived = say_derived(row)
    mark = element("span", escape(row["status"]), cls="counted")
    why = element("span", mark_language(row["why"]), cls="counted")
    what = element("span", escape(row["rule"]), cls="counted")
    ids = [key for key in row["claim_ids"].split("|") if key in by_id]
    links = (link_record(key, by_id[key]["quote"], "number") for key in ids)
    made = element("ul", "".join(element("li", link) for link in links), cls="ways-of-change")
    return [
        Cell(mark_language(row["what"]) + what, f"{row['what']} ({row['rule']})"),
        Cell(escape(derived) + mark, f"{derived} ({row['status']})"),
        make_cell(row, "formula"),
        make_cell(row, "stated", "no figure"),
        Cell(escape(row["result"]) + why, f"{row['result']}: {row['why']}"),
        Cell(made, ", ".join(by_id[key]["quote"] for key in ids), len(ids)),
        make_cell(row, "doc_id"),
    ]


def say_derived(row):
    """Return a re-computed range in words; changes carry their sign."""
    if row["rule"] == "change":
        return say_change(read_interval(row | {"quote": "0"}))
    low, high, unit = row["low"], row["high"], row["unit"]
    if is_missing(low) or is_missing(high):
        return format_bounds(low, high, "at_most" if is_missing(low) else "at_least", unit)
    if low == high:
        return format_number(low, unit)
    return format_bounds(low, high, "range", unit)
