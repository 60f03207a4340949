"""Write the source viewer: each text in full, with what was read from it marked in place."""

import re

from threatledger.briefing.links import anchor_passage
from threatledger.briefing.markup import (
    ARABIC_RUN,
    element,
    escape,
    hide_visually,
    make_anchor,
    mark_language,
)
from threatledger.briefing.wording import say_count, say_date

TAGS = {"title": "p", "heading": "p", "item": "p", "paragraph": "p"}
# A language as HTML knows it: en, pt-BR, zh-Hant …
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
NAMES = {"claim": "figure", "trend": "direction", "response": "response"}


def gather_spans(claims, trends, responses=None):
    """Gather what was read from the texts as spans.

    Parameters
    ----------
    claims, trends : pandas.DataFrame
        The tables of these names.
    responses : pandas.DataFrame, optional
        The table of this name.

    Returns
    -------
    list of dict
        ``id``, ``kind`` (claim, trend, response), ``doc_id``, ``start``, ``end``; in text order,
        the longer first where two begin together.
    """
    frames = {"claim": claims, "trend": trends, "response": responses}
    spans = [
        {
            "id": row[f"{kind}_id"],
            "kind": kind,
            **{name: row[name] for name in ("doc_id", "start", "end")},
        }
        for kind, frame in frames.items()
        if frame is not None
        for row in frame.to_dict("records")
    ]
    return sorted(spans, key=lambda s: (s["doc_id"], s["start"], -s["end"], s["id"]))


def cut_segments(start, end, spans):
    """Cut a passage where any of its spans begins or ends.

    Parameters
    ----------
    start, end : int
        The passage.
    spans : list of dict
        Those that touch it, as `gather_spans` gives them.

    Returns
    -------
    list of (int, int, list of dict)
        Segments in order, each with the spans over it; together they are the passage.
    """
    edges = {start, end}
    for span in spans:
        edges |= {min(max(edge, start), end) for edge in (span["start"], span["end"])}
    cuts = sorted(edges)
    return [
        (low, high, [s for s in spans if s["start"] < high and s["end"] > low])
        for low, high in zip(cuts, cuts[1:], strict=False)
    ]


def _mark_segment(text, low, over, ways):
    """Return a segment inside one mark for each span over it, the longest outside."""
    content = mark_language(text)
    linked = [span for span in over if span["kind"] != "response"]
    if linked:
        content = element("a", content, href=f"#{linked[-1]['id']}")
    for span in reversed(over):
        is_first = span["start"] == low
        hops = ways[span["id"]] if is_first else ""
        anchor = f"at-{span['id']}" if is_first else None
        content = element("mark", content + hops, cls=span["kind"], id=anchor)
    return content


def _write_hops(spans):
    """Return for each span of a text the links to the one before, the one after and its card."""
    ways = {}
    for number, span in enumerate(spans):
        before = spans[number - 1] if number else None
        after = spans[number + 1] if number + 1 < len(spans) else None
        parts = [
            _link_hop(before, "‹", "Previous"),
            element("span", f"{number + 1} of {len(spans)}"),
            _link_hop(after, "›", "Next"),
        ]
        if span["kind"] != "response":
            parts.append(element("a", "Record", href=f"#{span['id']}"))
        ways[span["id"]] = element("span", "".join(parts), cls="hops")
    return ways


def _link_hop(span, sign, words):
    """Return a link to a neighbouring span, or its sign alone where there is none."""
    if span is None:
        return element("span", sign, aria_hidden="true")
    label = f"{words} {NAMES[span['kind']]} in this text"
    return element("a", sign, href=f"#at-{span['id']}", aria_label=label)


def _write_passage(passage, spans, ways):
    """Return one passage as HTML with its spans marked."""
    start, text = passage["start"], passage["text"]
    touching = [s for s in spans if s["start"] < passage["end"] and s["end"] > start]
    inside = [
        _mark_segment(text[low - start : high - start], low, over, ways)
        for low, high, over in cut_segments(start, passage["end"], touching)
    ]
    kind = passage["kind"]
    note = {"furniture": "Page furniture: ", "repeat": "Repeat, counted once: "}.get(kind, "")
    content = (hide_visually(note) if note else "") + "".join(inside)
    attributes = {"lang": "ar", "dir": "rtl"} if _is_arabic(text) else {}
    number = element("span", str(passage["number"]), cls="passage-number", aria_hidden="true")
    body = element(TAGS.get(kind, "p"), content, **attributes)
    anchor = anchor_passage(passage["passage_id"])
    return element("div", number + body, cls=f"passage {kind}", id=anchor)


def _is_arabic(text):
    """Tell whether most letters of a passage are Arabic."""
    arabic = sum(len(found.group()) for found in ARABIC_RUN.finditer(text))
    return 2 * arabic > len(text)


def write_document(document, passages, spans):
    """Write one text in full.

    Parameters
    ----------
    document : dict
        A row of the table ``documents``.
    passages : list of dict
        Its rows of the table ``passages``, in order.
    spans : list of dict
        Its spans, as `gather_spans` gives them.

    Returns
    -------
    str
        HTML.

    Raises
    ------
    ValueError
        If a span lies outside every passage, so that a link to it would lead nowhere.
    """
    ways = _write_hops(spans)
    body = "".join(_write_passage(passage, spans, ways) for passage in passages)
    lost = [span["id"] for span in spans if f'id="at-{span["id"]}"' not in body]
    if lost:
        raise ValueError(
            f"{document['doc_id']}: {', '.join(lost)} lies in no passage: make the passages again"
        )
    doc_id = document["doc_id"]
    anchor = make_anchor("text", doc_id)
    heading = element("h3", escape(doc_id), id=f"heading-{anchor}")
    shown = {doc_id, *(row["text"] for row in passages if row["kind"] == "title")}
    title = document["title"]
    lines = [element("p", mark_language(title), cls="text-title")] if title not in shown else []
    lines.append(element("p", _say_origin(document, spans), cls="text-origin"))
    return element(
        "article",
        heading + "".join(lines) + element("div", body, cls="text-body"),
        cls="source",
        id=anchor,
        aria_labelledby=f"heading-{anchor}",
        lang=document["language"] if LANGUAGE.match(document["language"]) else None,
    )


def _say_origin(document, spans):
    """Return publisher, date, kind and how much was read from a text."""
    counts = [
        say_count(sum(span["kind"] == kind for span in spans), noun)
        for kind, noun in (("claim", "figure"), ("trend", "direction"))
    ]
    parts = [
        document["publisher"] or "publisher not known",
        say_date(document["published"]),
        document["kind"],
        *counts,
    ]
    first = f' <a class="onward" href="#at-{spans[0]["id"]}">First mark</a>' if spans else ""
    return " · ".join(map(mark_language, filter(None, parts))) + first


def write_legend():
    """Return the key to the viewer's marks, and the choice to print the texts."""
    marks = " ".join(element("mark", name, cls=kind) for kind, name in NAMES.items())
    dimmed = element("span", "page furniture or a repeat", cls="furniture")
    choice = '<input type="checkbox"> Print the texts with the page'
    return (
        element("p", f"Marked: {marks}. Dimmed and not read: {dimmed}.", cls="legend")
        + element("p", element("label", choice), cls="print-choice")
        + element("p", "The texts were left out of this print.", cls="left-out")
    )
