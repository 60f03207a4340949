"""Link what the briefing shows to where it comes from: card, text, document."""

import shlex

from threatledger.briefing.markup import element, escape, make_anchor
from threatledger.briefing.wording import ARROWS, format_bounds, is_missing, say_date
from threatledger.days import PUBLISHED


def link_record(record_id, label, cls):
    """Link a label to a claim's or trend's card, with a button that peeks at the evidence.

    Parameters
    ----------
    record_id : str
        ``claim-…`` or ``trend-…``.
    label : str
        Plain text.
    cls : str
        Class of the link.

    Returns
    -------
    str
        HTML. The link is a permalink; the button opens a popover and needs no script.
    """
    link = element("a", escape(label), cls=cls, href=f"#{record_id}")
    peek = element(
        "button",
        "”",
        type="button",
        cls="peek",
        popovertarget=f"peek-{record_id}",
        aria_label=f"Evidence for {label}",
    )
    return element("span", link + peek, cls="linked")


def link_figure(claim):
    """Return a claim's bounds as stated, linked to its card.

    Parameters
    ----------
    claim : dict
        With ``claim_id``, ``low``, ``high``, ``relation`` and ``unit``.
    """
    return link_record(claim["claim_id"], say_figure(claim), "number")


def mark_source(html, *expression):
    """Say which rows stand behind the numbers in a piece of prose.

    A test reads every number of the page's prose and recomputes it from what is named here.

    Parameters
    ----------
    html : str
        Safe HTML with numbers in it.
    *expression : str
        As in `threatledger.briefing.numbers.resolve`: ``"count", "claims"`` …

    Returns
    -------
    str

    Examples
    --------
    >>> mark_source("26 down", "count", "trends", "direction=down")
    '<span data-from="count trends direction=down">26 down</span>'
    """
    return element("span", html, data_from=shlex.join(expression))


def say_figure(claim):
    """Return a claim's bounds as stated."""
    return format_bounds(claim["low"], claim["high"], claim["relation"], claim["unit"])


def link_direction(trend, words=""):
    """Return a trend's direction, or other words behind its arrow, linked to its card.

    Parameters
    ----------
    trend : dict
        With ``trend_id`` and ``direction``.
    words : str
        Default: the direction.
    """
    label = f"{ARROWS[trend['direction']]} {words or trend['direction']}"
    return link_record(trend["trend_id"], label, f"direction {trend['direction']}")


def link_document(doc_id, label=""):
    """Link to a document in the source viewer; a question mark behind the key stays outside."""
    key, _, doubt = doc_id.partition(" ")
    link = element("a", escape(label or key), cls="document", href=f"#{make_anchor('text', key)}")
    return f"{link} {escape(doubt)}" if doubt else link


def anchor_passage(passage_id):
    """Return the id of a passage in the source viewer."""
    return make_anchor("passage", passage_id.replace(":", "."))


def link_passage(passage_id):
    """Link to a passage in the source viewer, by its number."""
    number = passage_id.rpartition(":")[2]
    label = f"¶\u00a0{int(number)}"
    return element("a", escape(label), cls="onward", href=f"#{anchor_passage(passage_id)}")


def show_nothing(words="nothing said"):
    """Return a cell that says in words that nothing stands there."""
    return element("span", escape(words), cls="nothing")


def show_date(value):
    """Return a date, month, year or interval in words, readable by machines where it is one."""
    if is_missing(value):
        return show_nothing("not stated")
    words = escape(say_date(value))
    return element("time", words, datetime=value) if PUBLISHED.match(value) else words
