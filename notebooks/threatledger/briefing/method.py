"""Show how an edition was made: parameters, texts with their sums, versions, error rates."""

from importlib.metadata import version

import pandas as pd

from threatledger.briefing.grid import show_table
from threatledger.briefing.markup import Shown, element, escape
from threatledger.frames import count_all

# What decides the numbers and the page; the lock file names everything else.
PACKAGES = ("pandas", "matplotlib", "nbconvert", "papermill", "nbclient")


def show_method(facts, documents, quality, withdrawn, claims, trends, left_out):
    """Show how the edition was made and how far to trust it.

    Parameters
    ----------
    facts : mapping of str to str
        The table ``edition`` as key and value.
    documents, quality, withdrawn, claims, trends, left_out : pandas.DataFrame
        The tables of these names.

    Returns
    -------
    Shown
    """
    parts = {
        "Error rates": _show_quality(quality),
        "Hand corrections": _show_corrections(claims, trends, withdrawn),
        "Parameters": _show_facts(facts, "Parameters of the edition", "Parameter", "Value"),
        "Texts as received": _show_sums(documents),
        "Texts left out": _show_left_out(left_out),
        "Software": _show_facts(
            _list_versions(), "Packages that make the edition", "Package", "Version"
        ),
    }
    html = "".join(element("h3", escape(title)) + shown.html for title, shown in parts.items())
    return Shown(html, "\n\n".join(shown.text for shown in parts.values()))


def _show_quality(quality):
    """Show the measures on annotated texts with their intervals."""
    frame = quality.assign(
        share=[f"{value:.3f}" for value in quality["value"]],
        interval=[
            f"{low:.3f}–{high:.3f}"
            for low, high in zip(quality["low"], quality["high"], strict=True)
        ],
    )
    columns = {
        "label": "Measure",
        "share": "Value",
        "interval": "95 % interval",
        "right": "Right",
        "annotated": "Annotated",
        "found": "Found",
    }
    caption = "Extraction measured on annotated texts (F1, or share of matched claims)"
    return show_table(frame, caption, columns, name="quality")


def _show_corrections(claims, trends, withdrawn):
    """Show what a person changed or withdrew, and why."""
    frames = [
        frame.loc[frame["correction"] != "", [key, "doc_id", "quote", "correction"]].set_axis(
            ["record", "doc_id", "quote", "correction"], axis="columns"
        )
        for frame, key in ((claims, "claim_id"), (trends, "trend_id"), (withdrawn, "claim_id"))
    ]
    columns = {"record": "Record", "doc_id": "Text", "quote": "Words", "correction": "Correction"}
    return show_table(pd.concat(frames), "Records changed or withdrawn by hand", columns)


def _show_facts(facts, caption, key, value):
    """Show names and values."""
    frame = pd.DataFrame(list(facts.items()), columns=["key", "value"])
    return show_table(frame, caption, {"key": key, "value": value}, nothing="none")


def _show_sums(documents):
    """Show each text's file with its checksum."""
    columns = {"doc_id": "Text", "file": "File", "sha256": "SHA-256 of the file as received"}
    caption = "Files that the edition was read from"
    return show_table(documents, caption, columns, of=count_all(documents))


def _show_left_out(left_out):
    """Show the texts that the edition does not read, and why."""
    frame = left_out.rename(columns={"doc_id": "text"})
    columns = {"text": "Text", "published": "Published", "reason": "Reason"}
    caption = "Texts in the catalogue that this edition leaves out"
    return show_table(frame, caption, columns, of=count_all(left_out))


def _list_versions():
    """Return the versions of the packages that decide the outcome."""
    return {name: version(name) for name in PACKAGES}
