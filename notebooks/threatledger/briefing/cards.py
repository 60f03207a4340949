"""Write the ledger's cards: for every claim and trend what was said, by whom, and as of when."""

from threatledger.briefing.links import link_document, say_figure, show_date, show_nothing
from threatledger.briefing.markup import element, escape, hide_visually, mark_language
from threatledger.briefing.wording import (
    ARROWS,
    is_missing,
    say_date,
    say_key,
    say_places,
    say_topic,
)

VOICES = {"author": "the author’s own, in no series", "reported": "reported"}


def mark_quote(record):
    """Return a record's sentence with its quote marked.

    Parameters
    ----------
    record : dict
        With ``sentence``, ``sentence_start``, ``start`` and ``quote``.

    Returns
    -------
    str
        HTML.
    """
    sentence, quote = record["sentence"], record["quote"]
    place = record["start"] - record["sentence_start"]
    if sentence[place : place + len(quote)] != quote:
        place = sentence.find(quote)
    if place < 0:
        return mark_language(sentence)
    before, after = sentence[:place], sentence[place + len(quote) :]
    return mark_language(before) + element("mark", mark_language(quote)) + mark_language(after)


def say_chain(record):
    """Return the speakers from who estimated to who relayed, or that the text itself speaks."""
    links = [name for name in record["chain"].split("|") if name] or [record["attribution"]]
    if not any(links):
        return show_nothing("no speaker named")
    relayed = element("span", hide_visually(" relayed by "), cls="relay")
    return f" {relayed} ".join(map(mark_language, links))


def show_time(record):
    """Return the time a record holds for, with the words that it rests on."""
    if is_missing(record["as_of"]):
        return show_nothing("no time stated")
    basis = record["as_of_basis"]
    return show_date(record["as_of"]) + (f" (“{mark_language(basis)}”)" if basis else "")


def say_origin(document):
    """Return a text's key with who published it and when, and on what that date rests.

    Parameters
    ----------
    document : dict
        A row of the table ``documents``.

    Returns
    -------
    str
        HTML.
    """
    publisher = mark_language(document["publisher"] or "publisher not known")
    published = escape(say_date(document["published"]))
    basis = document["published_basis"]
    rests = f" ({mark_language(basis)})" if basis else ""
    return f"{link_document(document['doc_id'])}, {publisher}, {published}{rests}"


def list_facts(pairs):
    """Return terms and their HTML as a description list."""
    rows = "".join(
        element("div", element("dt", term) + element("dd", fact)) for term, fact in pairs
    )
    return element("dl", rows, cls="facts")


def _list_shared(record):
    """Return the facts that claims and trends have in common."""
    return [
        ("Said by", say_chain(record)),
        ("Holds for", show_time(record)),
        ("Where", escape(say_places(record["place"])) or show_nothing("no country stated")),
        ("Voice", escape(VOICES.get(record["voice"], record["voice"]))),
    ]


def _list_correction(record):
    """Return the hand correction, if there is one."""
    return [("Corrected by hand", escape(record["correction"]))] if record["correction"] else []


def list_claim_facts(claim):
    """Return a claim's facts as pairs of term and HTML."""
    hedge = f"“{mark_language(claim['hedge'])}”" if claim["hedge"] else show_nothing("none")
    kind = " · ".join(filter(None, [claim["kind"], say_key(claim["population"])]))
    return [
        *_list_shared(claim),
        ("Hedge", hedge),
        ("Kind", escape(kind) or show_nothing()),
        *_list_correction(claim),
    ]


def list_trend_facts(trend):
    """Return a trend's facts as pairs of term and HTML."""
    topic = ("Topic", escape(say_topic(trend["topic"])))
    return [*_list_shared(trend), topic, *_list_correction(trend)]


def name_claim(claim):
    """Return a claim's heading: its figure and what is counted, as HTML."""
    return (
        element("b", escape(say_figure(claim)), cls="number") + " " + mark_language(claim["what"])
    )


def name_trend(trend):
    """Return a trend's heading: its direction and what changed, as HTML."""
    arrow = f"{ARROWS[trend['direction']]} {trend['direction']}"
    words = element("b", arrow, cls=f"direction {trend['direction']}")
    return words + " " + mark_language(trend["what"])


def write_card(record, record_id, heading, facts, origin):
    """Write the card of a claim or trend.

    Parameters
    ----------
    record : dict
        A row of the table ``claims`` or ``trends``.
    record_id : str
        Its id, which is the card's.
    heading : str
        HTML.
    facts : list of (str, str)
        Terms and HTML.
    origin : str
        HTML that `say_origin` gives.

    Returns
    -------
    str
        HTML: an article with the heading, the sentence, the facts and the way into the text.
    """
    links = [
        element("a", "In the text", href=f"#at-{record_id}", cls="onward"),
        element("a", f"#{escape(record_id)}", href=f"#{record_id}", cls="permalink"),
    ]
    content = [
        element("h4", heading),
        element("blockquote", element("p", mark_quote(record))),
        list_facts([*facts, ("Text", origin)]),
        element("p", " ".join(links), cls="ways"),
    ]
    return element("article", "".join(content), cls="card", id=record_id)


def write_peek(record, record_id, heading, origin):
    """Write the popover of a claim or trend: enough to judge it without leaving the page's place.

    Parameters
    ----------
    record, record_id, heading, origin
        As for `write_card`.

    Returns
    -------
    str
        HTML; hidden until a button with its ``popovertarget`` opens it.
    """
    facts = [*_list_shared(record)[:2], ("Text", origin)]
    if record.get("hedge"):
        facts.insert(2, ("Hedge", f"“{mark_language(record['hedge'])}”"))
    peek = f"peek-{record_id}"
    close = {"popovertarget": peek, "popovertargetaction": "hide", "cls": "close"}
    links = [
        element("a", "In the text", href=f"#at-{record_id}", cls="onward"),
        element("a", "Full record", href=f"#{record_id}", cls="onward"),
        element("button", "Close", type="button", **close),
    ]
    content = [
        element("p", heading, cls="peek-head"),
        element("blockquote", element("p", mark_quote(record))),
        list_facts(facts),
        element("p", " ".join(links), cls="ways"),
    ]
    return element("div", "".join(content), cls="peek-card", id=peek, popover=True)
