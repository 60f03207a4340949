"""Tabulate origins and drift for the ledger."""

import pandas as pd

from threatledger.codebook import read_codebook
from threatledger.corpus import read_text
from threatledger.ledger import make_id
from threatledger.relays.clusters import find_links, gather_clusters, order_tellings
from threatledger.relays.drift import find_drifts
from threatledger.relays.telling import Telling
from threatledger.tables import read_columns


def tabulate_relays(documents, texts):
    """Say which texts are copies of one origin, and where these disagree.

    Parameters
    ----------
    documents : pandas.DataFrame
        The table ``documents``.
    texts : pathlib.Path
        Folder that holds the files.

    Returns
    -------
    tuple of (pandas.DataFrame, pandas.DataFrame)
        One row a text, and one row a difference; columns as ``origins`` and ``drift`` in
        ``data/codebook/columns.csv``.
    """
    codebook = read_codebook()
    tellings = [
        Telling(row["doc_id"], row["published"], read_text(row, texts), codebook)
        for row in documents.to_dict("records")
    ]
    links = find_links(tellings)
    origins, drifts = [], []
    for cluster in gather_clusters(len(tellings), links):
        ranked = [cluster[place] for place in order_tellings([tellings[p] for p in cluster])]
        origins += _describe_cluster(ranked, tellings, links)
        found = find_drifts([tellings[place] for place in ranked])
        drifts += [_describe_drift(drift, tellings[ranked[0]].doc_id) for drift in found]
    return _to_frame(origins, "origins"), _to_frame(drifts, "drift")


def _describe_cluster(ranked, tellings, links):
    """Return a row for each text of a cluster, the first text first."""
    rows, seen = [], set()
    for place in ranked:
        own = [link for link in links if _is_to(link, place, seen)]
        best = max(own, key=lambda link: link.score, default=None)
        other = "" if best is None else best.origin if best.relay == place else best.relay
        rows.append(
            {
                "doc_id": tellings[place].doc_id,
                "origin": tellings[ranked[0]].doc_id,
                "texts": len(ranked),
                "linked_to": "" if best is None else tellings[other].doc_id,
                "score": None if best is None else round(best.score, 3),
                "evidence": "" if best is None else best.evidence,
            }
        )
        seen.add(place)
    return rows


def _is_to(link, place, seen):
    """Tell whether a link joins a text to one before it."""
    return {link.origin, link.relay} & {place} and {link.origin, link.relay} & seen


def _describe_drift(drift, origin):
    """Return one difference as a row."""
    spans = drift["from"], drift["from_start"], drift["to"], drift["to_start"], drift["kind"]
    plain = {name: value for name, value in drift.items() if name not in ("from", "to")}
    ids = {"drift_id": make_id("drift", *spans), "origin": origin}
    return plain | ids | {"from_doc": drift["from"], "to_doc": drift["to"]}


def _to_frame(rows, table):
    """Return rows as a frame with exactly the table's columns, numbers as numbers."""
    columns = read_columns(table)
    frame = pd.DataFrame(rows, columns=[row["column"] for row in columns])
    types = {row["column"]: "float64" for row in columns if row["type"] == "number"}
    return frame.astype(types | {row["column"]: "Int64" for row in columns if row["type"] == "int"})
