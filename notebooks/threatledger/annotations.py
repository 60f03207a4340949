"""Write claims and trends as W3C Web Annotations, each of which points at its words in a text."""

import json
import uuid
from urllib.parse import quote

from threatledger.corpus import find_texts, read_text
from threatledger.files import find_reports, write_whole
from threatledger.parts import is_partitioned
from threatledger.tables import read_table

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
# Name of the table to that of its key and to the columns whose values the annotation says.
SAID = {
    "claims": (
        "claim_id",
        "low high relation unit what population place as_of attribution voice hedge kind".split(),
    ),
    "trends": (
        "trend_id",
        "direction topic what place as_of attribution voice".split(),
    ),
}
# One file a table, in the edition's folder.
FILES = {table: f"annotations/{table}.jsonld" for table in SAID}
# From there to the texts, in a checkout of the project.
TEXTS = "../../../data/texts/"
# So many characters on each side of a quote tell it from the same words elsewhere.
AROUND = 32
# Ids are made from names in this space, so that an annotation has the same one in every edition.
NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "threat-ledger:annotations")


def write_annotations(edition):
    """Write the claims and trends of an edition as two collections of annotations.

    Parameters
    ----------
    edition : str
        Folder in ``reports/``; ``annotations/claims.jsonld`` and ``annotations/trends.jsonld``
        are written there.

    Returns
    -------
    list of str
        The names of the files written; none for a corpus, whose annotations would be larger than
        itself: its tables hold the places.
    """
    if is_partitioned("documents", edition):
        return []
    _, folder = find_texts()
    documents = read_table("documents", edition).to_dict("records")
    texts = {row["doc_id"]: (row, read_text(row, folder)) for row in documents}
    for table, file in FILES.items():
        rows = json.loads(read_table(table, edition).to_json(orient="records"))
        collection = make_collection(table, edition, rows, texts)
        text = json.dumps(collection, indent=1, ensure_ascii=False) + "\n"
        write_whole(find_reports() / edition / file, text)
    return [*FILES.values()]


def make_collection(table, edition, rows, texts):
    """Return the annotations of a table as one collection.

    Parameters
    ----------
    table : str
        ``"claims"`` or ``"trends"``.
    edition : str
        Its name.
    rows : list of dict
        The rows of the table, in its order; what is not stated is ``None`` or empty.
    texts : dict of str to (dict, str)
        Document id to its row of the table ``documents`` and its text as decoded.

    Returns
    -------
    dict
        An ``AnnotationCollection`` of the Web Annotation Data Model, whose one page is inside.
    """
    name = f"{edition}/{table}"
    collection = {
        "@context": CONTEXT,
        "id": _make_id(name),
        "type": "AnnotationCollection",
        "label": f"Threat Ledger, edition {edition}: {table}",
        "total": len(rows),
    }
    if rows:
        items = [
            _annotate(table, row, number, *texts[row["doc_id"]]) for number, row in _count(rows)
        ]
        page = {"id": _make_id(f"{name}/page"), "type": "AnnotationPage"}
        page |= {"partOf": collection["id"], "startIndex": 0, "items": items}
        collection["first"] = page
    return collection


def _count(rows):
    """Return the rows with their numbers in the CSV file, whose head is row 1."""
    return enumerate(rows, start=2)


def _annotate(table, row, number, document, text):
    """Return the annotation of one row."""
    key, columns = SAID[table]
    said = {name: row[name] for name in columns if row[name] not in (None, "")}
    source = {
        "id": TEXTS + quote(document["file"]),
        "type": "Text",
        "format": "text/plain",
        "schema:sha256": document["sha256"],
    }
    if document["language"]:
        source["language"] = document["language"]
    return {
        "id": _make_id(row[key]),
        "type": "Annotation",
        "motivation": "describing",
        "body": [
            {
                "type": "TextualBody",
                "value": "; ".join(f"{name}: {_show(value)}" for name, value in said.items()),
                "format": "text/plain",
                "language": "en",
            },
            {
                "id": f"../tables/{table}.csv#row={number}",
                "type": "Dataset",
                "format": "text/csv",
                "schema:identifier": row[key],
            },
        ],
        "target": {
            "type": "SpecificResource",
            "source": source,
            "selector": make_selectors(text, row["start"], row["end"]),
        },
    }


def make_selectors(text, start, end):
    """Return how a span of a text is found again: by its words, and by its place.

    Parameters
    ----------
    text : str
        The text as decoded.
    start, end : int
        The span, in characters (code points).

    Returns
    -------
    list of dict
        A ``TextQuoteSelector`` and a ``TextPositionSelector``.

    Examples
    --------
    >>> make_selectors("some 1,500 fighters", 0, 10)[0]["exact"]
    'some 1,500'
    """
    words = {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - AROUND) : start],
        "suffix": text[end : end + AROUND],
    }
    return [words, {"type": "TextPositionSelector", "start": start, "end": end}]


def _show(value):
    """Return a value as a person writes it: whole numbers without a point."""
    whole = isinstance(value, float) and value.is_integer()
    return str(int(value) if whole else value)


def _make_id(name):
    """Return an IRI that is the same for the same name."""
    return uuid.uuid5(NAMES, name).urn
