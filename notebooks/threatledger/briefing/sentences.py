"""Write the bottom line: sentences made from the tables, true for any corpus."""

import pandas as pd

from threatledger.briefing.links import link_document, link_figure, mark_source, say_figure
from threatledger.briefing.markup import element, escape, mark_language
from threatledger.briefing.selection import count_ways, find_days, is_part
from threatledger.briefing.wording import (
    ARROWS,
    is_missing,
    join_words,
    read_labels,
    say_count,
    say_date,
    say_number,
    say_places,
    say_topic,
)
from threatledger.frames import count_all
from threatledger.sources import find_ends

# What each topic of the headline figures is called in a sentence.
SUBJECTS = {"strength": "strength", "finance": "money", "foreign_fighters": "foreign fighters"}
# Where the counts of the first sentence lead.
FIGURES, DIRECTIONS, TEXTS = "ledger-figures", "ledger-directions", "full-texts"
# How many figures a sentence about one topic names.
NAMED = 2


def write_sentences(facts, documents, claims, trends, headlines, coverage):
    """Write the bottom line.

    Parameters
    ----------
    facts : mapping of str to str
        ``as_of``, as in the table ``edition``.
    documents, claims, trends, headlines, coverage : pandas.DataFrame
        The tables of these names; any but ``documents`` may be empty.

    Returns
    -------
    list of (str, str)
        Three to five sentences, each as HTML with its numbers linked and as plain text.
    """
    said = [_say_latest(topic, headlines, documents) for topic in SUBJECTS]
    silent = [subject for topic, subject in SUBJECTS.items() if not any(headlines.topic == topic)]
    parts = [_say_scope(facts, documents, claims, trends), *filter(None, said)]
    if silent:
        parts.append([f"Among the headline figures is none on {join_words(silent, 'or')}."])
    parts.append(_say_directions(trends) + _say_silence(coverage))
    return [_join_parts(pieces) for pieces in parts]


def _join_parts(pieces):
    """Return a sentence as HTML and as text; a piece is text, or a pair of both."""
    html = "".join(escape(piece) if isinstance(piece, str) else piece[0] for piece in pieces)
    return html, "".join(piece if isinstance(piece, str) else piece[1] for piece in pieces)


def _link_count(words, anchor, table):
    """Return a count as a piece that links to what was counted."""
    link = element("a", escape(words), href=f"#{anchor}", cls="number")
    return mark_source(link, "count", table), words


def _mark_piece(words, *expression):
    """Return words as a piece whose numbers name the rows behind them."""
    return mark_source(escape(words), *expression), words


def _say_scope(facts, documents, claims, trends):
    """Say how many texts there are, from when, and how much they state."""
    first, last = find_days(documents)
    days = [
        _mark_piece(say_date(day), which, "documents", "published")
        for which, day in (("first", first), ("last", last))
    ]
    when = ["on ", days[0]] if first == last else ["between ", days[0], " and ", days[1]]
    pieces = [
        "As of ",
        _mark_piece(say_date(facts["as_of"]), "cell", "edition", "as_of", "value"),
        ", ",
        _link_count(say_count(count_all(documents), "text"), TEXTS, "documents"),
        " published ",
        *when,
        f" {'states' if count_all(documents) == 1 else 'state'} ",
        _link_count(say_count(count_all(claims), "figure"), FIGURES, "claims"),
        " and ",
        _link_count(say_count(count_all(trends), "direction") + " of change", DIRECTIONS, "trends"),
    ]
    known = set(claims["doc_id"])
    silent = [doc_id for doc_id in documents["doc_id"] if doc_id not in known]
    if silent and len(claims) and not is_part(documents):
        pieces.append("; no figure is in ")
        pieces += _list_pieces([(link_document(doc_id), doc_id) for doc_id in silent])
    return [*pieces, "."]


def _list_pieces(pieces):
    """Return pieces with commas and an "and" between them."""
    joined = []
    for number, piece in enumerate(pieces):
        if number:
            joined.append(" and " if number == len(pieces) - 1 else ", ")
        joined.append(piece)
    return joined


def _say_latest(topic, headlines, documents):
    """Say the latest figures of a topic, or return None where there is none."""
    rows = _choose_latest(headlines[headlines["topic"] == topic], documents)
    if not rows:
        return None
    noun = "the latest headline figure is "
    if len(rows) > 1:
        noun = "the latest headline figures are "
    named = [piece for row in rows for piece in ("; ", *_name_figure(row))][1:]
    return [f"On {SUBJECTS[topic]}, {noun}", *named, "."]


def _choose_latest(headlines, documents):
    """Choose the latest figure for each place and population, headcounts and closed ones first."""
    published = dict(zip(documents["doc_id"], documents["published"], strict=True))
    rows = headlines.to_dict("records")
    for row in rows:
        row["published"] = published[row["doc_id"]]
    rows.sort(key=_rank_figure, reverse=True)
    chosen = {}
    for row in rows:
        chosen.setdefault((row["place"], row["population"], row["kind"]), row)
    return list(chosen.values())[:NAMED]


def _rank_figure(row):
    """Return what a figure is preferred by: no share, then the later, then the more closed."""
    time = row["as_of"] or row["published"]
    open_sides = is_missing(row["low"]) + is_missing(row["high"])
    return row["kind"] != "share", find_ends(time)[1], -open_sides, row["claim_id"]


def _name_figure(row):
    """Return a figure with its thing, place, speaker and time, as pieces."""
    place = f" in {say_places(row['place'])}" if row["place"] else ""
    speaker = row["said_by"] or "no speaker named"
    words = f" {row['what']}{place} ({speaker}, "
    about = mark_source(mark_language(words), "row", "claims", row["claim_id"]), words
    if row["as_of"]:
        when = [_mark_piece(say_date(row["as_of"]), "cell", "claims", row["claim_id"], "as_of")]
    else:
        day = ("cell", "documents", row["doc_id"], "published")
        when = ["no time stated, published ", _mark_piece(say_date(row["published"]), *day)]
    return (link_figure(row), say_figure(row)), about, *when, ")"


def _say_directions(trends):
    """Say how many directions go which way, and of what."""
    if trends.empty:
        return ["No text states a direction of change."]
    ways = count_ways(trends)
    counts = {way: sum(n for (to, _), n in ways.items() if to == way) for way in ARROWS}
    said = [
        _mark_piece(f"{say_number(counts[way])} {words}", "count", "trends", f"direction={way}")
        for way, words in (("down", "down"), ("up", "up"), ("steady", "unchanged"))
    ]
    total = say_count(count_all(trends), "stated direction")
    pieces = ["Of ", _link_count(total, DIRECTIONS, "trends")]
    most = [
        f"{words} most often for {_name_topics(ways, way)}"
        for way, words in (("down", "down"), ("up", "up"))
        if counts[way]
    ]
    found = f": {join_words(most)}" if most else ""
    return [*pieces, ", ", *_list_pieces(said), found, "."]


def _name_topics(ways, way):
    """Return the topics that most often go one way, in words."""
    counts = {topic: n for (to, topic), n in ways.items() if to == way}
    best = sorted(topic for topic, n in counts.items() if n == max(counts.values()))
    return join_words(say_topic(topic).lower() for topic in best)


def _say_silence(coverage):
    """Say on which subjects no text says anything."""
    totals = coverage.groupby("subject", sort=False)["statements"].sum()
    if "said" in coverage.attrs:
        totals = pd.Series(coverage.attrs["said"])
    labels = read_labels("response-pillars", "pillar", "label") | read_labels(
        "coverage", "subject", "label"
    )
    silent = [labels.get(subject, subject) for subject in totals[totals == 0].index]
    return [f" Nothing is said in any text on: {', '.join(silent)}."] if silent else []


def describe_directions(directions, documents):
    """Say in a sentence what the grid of directions shows, for those who cannot see it.

    Parameters
    ----------
    directions, documents : pandas.DataFrame
        The tables of these names.

    Returns
    -------
    str
        For which topics most texts state a fall, and for which a rise.
    """
    found = [_name_widest(directions, way, len(documents)) for way in ("down", "up")]
    found = [words for words in found if words]
    if not found:
        return "No text of this edition states a rise or a fall."
    return f"The texts most widely state {join_words(found)}."


def _name_widest(directions, way, total):
    """Return the topics for which most texts state a direction, or nothing."""
    texts = directions[directions[way] > 0].groupby("topic")["doc_id"].nunique()
    if texts.empty:
        return ""
    widest = sorted(texts[texts == texts.max()].index)
    noun = {"down": "a fall in", "up": "a rise in"}[way]
    count = f"{say_number(int(texts.max()))} of {say_count(total, 'text')}"
    return f"{noun} {join_words(say_topic(topic).lower() for topic in widest)} ({count})"
