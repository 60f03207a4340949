"""Show tables, sentences and cards, in a notebook and on the briefing's page alike.

Every function takes tables as `threatledger.tables.read_table` gives them, escapes every text in
them, and returns a `threatledger.briefing.markup.Shown`: HTML for a browser, plain text for
everything else.
"""

import re
from itertools import groupby

from threatledger.briefing import cards, viewer
from threatledger.briefing.grid import Cell, make_cell, show_rows, show_table
from threatledger.briefing.links import link_direction, link_document, mark_source, show_nothing
from threatledger.briefing.markup import Shown, element, escape, mark_language
from threatledger.briefing.method import show_method
from threatledger.briefing.selection import count_ways, is_part
from threatledger.briefing.sentences import DIRECTIONS, FIGURES, TEXTS, write_sentences
from threatledger.briefing.wording import (
    ARROWS,
    format_bounds,
    order_topics,
    read_labels,
    say_count,
    say_date,
    say_key,
    say_topic,
)
from threatledger.frames import count_all

# The functions that a notebook calls, wherever they are defined.
__all__ = [
    "format_bounds",
    "show_bottom_line",
    "show_claims",
    "show_countries",
    "show_coverage",
    "show_directions",
    "show_headlines",
    "show_masthead",
    "show_method",
    "show_reports",
    "show_responses",
    "show_sources",
    "show_speakers",
    "show_table",
    "show_texts",
    "show_trends",
]

# Between letters a straight apostrophe is a curly one; the title is the editor's own, not a text's.
APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
# How many directions a cell of the grid shows before the rest folds away.
OPEN_DIRECTIONS = 3
# In an archive, the newest of the texts shown stand in the columns of a grid.
MOST_COLUMNS = 6
PROMISES = {
    False: "Every figure links to the sentence it was read from.",
    True: "Every figure shown here links to the sentence it was read from; all of them, with "
    "their sentences, are in the tables.",
}
ALL_TEXTS = "All texts"
GROUPS = {"region": "Regions", "topic": "Topics", "response": "Response areas"}


def show_masthead(facts, documents, claims, trends):
    """Show the page's title and what the edition holds.

    Parameters
    ----------
    facts : mapping of str to str
        ``title`` and ``as_of``, as in the table ``edition``.
    documents, claims, trends : pandas.DataFrame
        The tables of these names.

    Returns
    -------
    Shown
        HTML with the page's ``h1``.
    """
    counts = {
        "documents": say_count(count_all(documents), "text"),
        "claims": say_count(count_all(claims), "figure"),
        "trends": say_count(count_all(trends), "direction") + " of change",
    }
    date = element("time", escape(say_date(facts["as_of"])), datetime=facts["as_of"])
    parts = [
        mark_source(f"As of {date}", "cell", "edition", "as_of", "value"),
        *(mark_source(words, "count", table) for table, words in counts.items()),
    ]
    line, counts = " · ".join(parts), list(counts.values())
    title = escape(APOSTROPHE.sub("’", facts["title"]))
    html = (
        element("p", "Threat Ledger · Briefing", cls="series")
        + element("h1", title, data_from="cell edition title value")
        + element("p", line, cls="edition")
        + element("p", PROMISES[is_part(claims)], cls="promise")
    )
    return Shown(html, f"{facts['title']}\nAs of {say_date(facts['as_of'])}: {', '.join(counts)}")


def show_bottom_line(facts, documents, claims, trends, headlines, coverage):
    """Show three to five sentences that sum the edition up, each number linked.

    Parameters
    ----------
    facts : mapping of str to str
        ``as_of``, as in the table ``edition``.
    documents, claims, trends, headlines, coverage : pandas.DataFrame
        The tables of these names.

    Returns
    -------
    Shown
    """
    sentences = write_sentences(facts, documents, claims, trends, headlines, coverage)
    items = "".join(element("li", html) for html, _ in sentences)
    return Shown(element("ul", items, cls="bottom-line"), "\n".join(text for _, text in sentences))


def show_headlines(headlines, of=0):
    """Show the headline figures, by topic (T1).

    Parameters
    ----------
    headlines : pandas.DataFrame
        The table ``headlines``.
    of : int
        How many figures of these topics there are in all.

    Returns
    -------
    Shown
    """
    columns = {
        "what": "What is counted",
        "figure": "Figure",
        "place": "Where",
        "as_of": "Holds for",
        "said_by": "Said by",
        "relayed_by": "Relayed by",
        "hedge": "Hedge",
        "age_days": "Age",
        "state": "Beside others",
    }
    records = headlines.to_dict("records")
    empty = {"hedge": "none", "place": "no country stated", "state": "not compared"}
    rows = [[make_cell(r, c, empty.get(c, "not stated")) for c in columns] for r in records]
    relayed, age = (list(columns).index(name) for name in ("relayed_by", "age_days"))
    for row, record in zip(rows, records, strict=True):
        _add_newer(row[age], record)
        row[relayed].html += " " + link_document(record["doc_id"])
        row[relayed].text += f" ({record['doc_id']})"
        row[0].html += _name_population(record)
    groups = {}
    for number, record in enumerate(records):
        if number == 0 or record["topic"] != records[number - 1]["topic"]:
            groups[number] = say_topic(record["topic"])
    layout = {"name": "headlines", "cls": "headlines", "groups": groups, "of": of}
    return show_rows("Headline figures", list(columns.values()), rows, **layout)


def _add_newer(cell, record):
    """Add to a figure's age since when a newer report of the series exists, if one does."""
    if record["newer_report"]:
        since = say_date(record["newer_since"])
        words = f"newer report since {since}; latest {record['newer_report']}"
        cell.html += element("span", escape(words), cls="counted")
        cell.text += f" ({words})"


def _name_population(record):
    """Return who is counted and how, below what is counted: it decides what can be compared."""
    kind = "" if record["kind"] == "headcount" else record["kind"]
    words = " · ".join(filter(None, [say_key(record["population"]), kind]))
    return element("span", escape(words), cls="counted") if words else ""


def show_directions(directions, trends, documents):
    """Show which way each topic goes in each text (T5).

    Parameters
    ----------
    directions, trends, documents : pandas.DataFrame
        The tables of these names.

    Returns
    -------
    Shown
        Topics down, texts across by date; a cell holds an arrow and the words, linked.
    """
    by_id = {row["trend_id"]: row for row in trends.to_dict("records")}
    texts = _choose_columns(documents)
    ways = count_ways(trends) if is_part(documents) else {}
    cells = {
        (row["topic"], row["doc_id"]): _fold_directions(
            [by_id[key] for key in row["trend_ids"].split("|") if key in by_id]
        )
        for row in directions.to_dict("records")
    }
    silent = _fold_directions([])
    rows = [
        [
            _head_cell(say_topic(topic)),
            *([_count_topic(topic, ways)] if ways else []),
            *(cells.get((topic, key), silent) for key in texts["doc_id"]),
        ]
        for topic in order_topics([*directions["topic"], *(topic for _, topic in ways)])
    ]
    headers = ["Topic", *([ALL_TEXTS] if ways else []), *_name_texts(texts)]
    return show_rows("Directions by topic and text", headers, rows, name="trends", cls="directions")


def _choose_columns(documents):
    """Return the texts of a grid's columns, by date: all, or of a part the newest."""
    texts = documents.sort_values(["published", "doc_id"])
    return texts.tail(MOST_COLUMNS) if is_part(documents) else texts


def _count_topic(topic, ways):
    """Return a cell that counts the directions of a topic in all texts."""
    counts = [(f"{arrow} {ways.get((way, topic), 0):,}", way) for way, arrow in ARROWS.items()]
    words = " ".join(words for words, _ in counts)
    return Cell(escape(words), words, sum(ways.get((way, topic), 0) for way in ARROWS))


def _name_texts(documents):
    """Return column heads for texts: key and date."""
    return [
        f"{row['doc_id']}\n{say_date(row['published'])}" for row in documents.to_dict("records")
    ]


def _head_cell(label):
    """Return the cell at the head of a row."""
    return Cell(escape(label), label)


def _fold_directions(trends):
    """Return a cell of directions, the rest folded away after a few."""
    if not trends:
        return Cell(show_nothing(), "nothing said", cls="empty")
    lines = [
        element("li", link_direction(trend, trend["quote"]) + " " + _say_thing(trend["what"]))
        for trend in trends
    ]
    shown = element("ul", "".join(lines[:OPEN_DIRECTIONS]), cls="ways-of-change")
    if len(lines) > OPEN_DIRECTIONS:
        rest = element("ul", "".join(lines[OPEN_DIRECTIONS:]), cls="ways-of-change")
        more = f"{len(lines) - OPEN_DIRECTIONS} more"
        shown += element("details", element("summary", more) + rest)
    counts = [
        f"{ARROWS[way]}{sum(trend['direction'] == way for trend in trends)}"
        for way in ARROWS
        if any(trend["direction"] == way for trend in trends)
    ]
    return Cell(shown, " ".join(counts), len(trends))


def _say_thing(what):
    """Return the thing that changed, for the margin of its direction."""
    return element("span", mark_language(what), cls="thing")


def show_coverage(coverage, documents):
    """Show of what each text speaks, and where it says nothing (T6).

    Parameters
    ----------
    coverage, documents : pandas.DataFrame
        The tables of these names.

    Returns
    -------
    Shown
        Subjects down, texts across by date; a cell counts sentences, none is said in words.
    """
    texts = _choose_columns(documents)
    said = coverage.attrs.get("said", {})
    counts = {
        (row["subject"], row["doc_id"]): row["statements"] for row in coverage.to_dict("records")
    }
    labels = read_labels("response-pillars", "pillar", "label") | read_labels(
        "coverage", "subject", "label"
    )
    pairs = dict.fromkeys(zip(coverage["subject"], coverage["group"], strict=True))
    rows, groups, last = [], {}, None
    for subject, group in pairs:
        if group != last:
            groups[len(rows)] = GROUPS.get(group, group)
            last = group
        numbers = [counts.get((subject, key), 0) for key in texts["doc_id"]]
        total = [_count_sentences(said.get(subject, 0))] if said else []
        head = _head_cell(labels.get(subject, subject))
        rows.append([head, *total, *map(_shade_count, numbers)])
    layout = {"name": "coverage", "cls": "coverage", "groups": groups}
    caption = "Sentences that speak of each subject, by text"
    headers = ["Subject", *([ALL_TEXTS] if said else []), *_name_texts(texts)]
    return show_rows(caption, headers, rows, **layout)


def _count_sentences(count):
    """Return a cell that counts the sentences of all texts."""
    words = f"{count:,}" if count else "none"
    return Cell(words if count else show_nothing(words), words, count, is_number=True)


def _shade_count(count):
    """Return a cell of the heat table: the count, darker for more."""
    if not count:
        return Cell(show_nothing("none"), "none", 0, is_number=True, cls="empty")
    shade = sum(count >= step for step in (1, 3, 6, 12, 24))
    return Cell(str(count), str(count), count, is_number=True, cls=f"heat-{shade}")


def show_texts(documents, claims, trends):
    """Show the texts of the edition (T2).

    Parameters
    ----------
    documents, claims, trends : pandas.DataFrame
        The tables of these names.

    Returns
    -------
    Shown
    """
    counts = {"figures": claims, "directions": trends}
    frame = documents.assign(
        **{
            name: documents["doc_id"].map(table["doc_id"].value_counts()).fillna(0).astype(int)
            for name, table in counts.items()
        },
        about=documents["about"].str.replace("|", " or "),
    )
    columns = {
        "doc_id": "Text",
        "title": "Title",
        "publisher": "Publisher",
        "published": "Published",
        "published_basis": "Date rests on",
        "kind": "Kind",
        "about": "UN report",
        "about_basis": "Link rests on",
        "words": "Words",
        "figures": "Figures",
        "directions": "Directions",
    }
    of = count_all(documents)
    return show_table(frame, "Texts in this edition", columns, name="documents", of=of)


def show_reports(reports):
    """Show the two UN series with the texts about each report (T3).

    Parameters
    ----------
    reports : pandas.DataFrame
        The table ``reports``.

    Returns
    -------
    Shown
    """
    series = {"secretary-general": "Secretary-General", "monitoring-team": "Monitoring Team"}
    frame = reports.assign(series=reports["series"].map(lambda key: series.get(key, key)))
    columns = {
        "symbol": "Symbol",
        "series": "Series",
        "ordinal": "Number",
        "issued": "Issued",
        "briefed": "Council briefed",
        "texts": "Texts about it",
    }
    return _show_ordered(frame, "Reports of the two UN series", columns, {"texts": "no text"})


def _show_ordered(frame, caption, columns, empty, name="reports"):
    """Show a table whose empty cells say different things by column."""
    rows = [
        [make_cell(row, column, empty.get(column, "not known")) for column in columns]
        for row in frame.to_dict("records")
    ]
    return show_rows(caption, list(columns.values()), rows, name=name, of=count_all(frame))


def show_speakers(speakers):
    """Show who is quoted with figures and directions (T9).

    Parameters
    ----------
    speakers : pandas.DataFrame
        The table ``speakers``.

    Returns
    -------
    Shown
    """
    columns = {
        "speaker": "Speaker",
        "claims": "Figures",
        "trends": "Directions",
        "texts": "Through",
    }
    empty = {"speaker": "no speaker named: the text’s own voice"}
    return _show_ordered(speakers, "Who says what", columns, empty, name="speakers")


def show_countries(countries):
    """Show which countries the figures and directions are about, by region.

    Parameters
    ----------
    countries : pandas.DataFrame
        The table ``countries``.

    Returns
    -------
    Shown
    """
    columns = {
        "place": "Country",
        "region": "Region",
        "claims": "Figures",
        "trends": "Directions",
        "texts": "Texts",
    }
    caption = "Countries that the figures and directions are about"
    frame = countries.assign(place=countries["iso3"])
    return show_table(frame, caption, columns, name="countries")


def show_responses(responses):
    """Show what was done, by whom and when (T8).

    Parameters
    ----------
    responses : pandas.DataFrame
        The table ``responses``.

    Returns
    -------
    Shown
        By date, those without one last; each sentence leads to its place in the text.
    """
    columns = {
        "as_of": "When",
        "actor": "Actor",
        "pillar": "Area",
        "sentence": "What the text says",
        "place": "Where",
        "doc_id": "Text",
    }
    frame = responses.assign(undated=responses["as_of"] == "")
    frame = frame.sort_values(["undated", "as_of", "doc_id", "start"], kind="stable")
    rows = []
    for record in frame.to_dict("records"):
        row = {column: make_cell(record, column) for column in columns}
        here = element("a", "in the text", href=f"#at-{record['response_id']}", cls="onward")
        row["sentence"].html += " " + here
        rows.append(list(row.values()))
    layout = {"name": "responses", "cls": "responses", "of": count_all(responses)}
    return show_rows("Responses", list(columns.values()), rows, **layout)


def show_claims(claims, documents):
    """Show the card of every figure, by text, and the popovers that links to them open.

    Parameters
    ----------
    claims, documents : pandas.DataFrame
        The tables of these names.

    Returns
    -------
    Shown
    """
    describe = (cards.name_claim, cards.list_claim_facts)
    return _show_cards(claims, documents, "claim_id", FIGURES, "figure", describe)


def show_trends(trends, documents):
    """Show the card of every direction, by text, and the popovers that links to them open.

    Parameters
    ----------
    trends, documents : pandas.DataFrame
        The tables of these names.

    Returns
    -------
    Shown
    """
    describe = (cards.name_trend, cards.list_trend_facts)
    return _show_cards(trends, documents, "trend_id", DIRECTIONS, "direction", describe)


def _show_cards(frame, documents, key, anchor, noun, describe):
    """Show cards under a heading for each text, also for those without any."""
    name, list_facts = describe
    parts, lines, peeks = [], [], []
    table = key.replace("_id", "s")
    for document in documents.to_dict("records"):
        doc_id, origin = document["doc_id"], cards.say_origin(document)
        records = frame[frame["doc_id"] == doc_id].to_dict("records")
        count = say_count(len(records), noun)
        small = mark_source(count, "count", table, f"doc_id={doc_id}")
        if is_part(frame):
            count = small = f"{count} shown"
        small = element("small", small)
        parts.append(element("h3", f"{link_document(doc_id)} {small}"))
        for record in records:
            known = (record, record[key], name(record))
            parts.append(cards.write_card(*known, list_facts(record), origin))
            peeks.append(cards.write_peek(*known, origin))
        lines.append(f"{doc_id}: {count}")
        lines += [f"  {record[key]} {record['quote']} | {record['what']}" for record in records]
    note = ""
    if is_part(frame):
        note = (
            f"Shown are {len(frame):,} of {count_all(frame):,} {noun}s; all are in tables/{table}."
        )
        lines.insert(0, note)
        note = element("p", escape(note), cls="rest")
    html = note + element("div", "".join(parts), cls="cards", id=anchor) + "".join(peeks)
    return Shown(html, "\n".join(lines))


def show_sources(documents, passages, claims, trends, responses=None):
    """Show every text in full, with what was read from it marked in place.

    Parameters
    ----------
    documents, passages, claims, trends : pandas.DataFrame
        The tables of these names.
    responses : pandas.DataFrame, optional
        The table of this name.

    Returns
    -------
    Shown
    """
    spans = viewer.gather_spans(claims, trends, responses)
    by_text = {key: list(group) for key, group in groupby(spans, lambda span: span["doc_id"])}
    parts, lines = [viewer.write_legend()], []
    if is_part(documents):
        note = f"Shown are {len(documents):,} of {count_all(documents):,} texts, without marks for "
        note += "what has no card here; all are in tables/texts."
        parts.append(element("p", escape(note), cls="rest"))
        lines.append(note)
    for document in documents.to_dict("records"):
        doc_id = document["doc_id"]
        own = passages[passages["doc_id"] == doc_id].sort_values("start").to_dict("records")
        parts.append(viewer.write_document(document, own, by_text.get(doc_id, [])))
        marks = say_count(len(by_text.get(doc_id, [])), "mark")
        lines.append(f"{doc_id}: {say_count(len(own), 'passage')}, {marks}")
    return Shown(element("div", "".join(parts), cls="sources", id=TEXTS), "\n".join(lines))
