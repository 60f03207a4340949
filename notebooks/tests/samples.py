"""Small tables in the shape of the chain's, made of sentences written for the tests."""

import pandas as pd

from threatledger.tables import read_columns

TEXT = (
    "Wardens count at least 900 detainees in the camp. Oil income fell to $12 million, "
    "a minister said. قال الوزير ذلك"
)


def make_frame(table, rows):
    """Return rows as a frame with the table's columns, empty where a row says nothing."""
    empty = {row["column"]: "" if row["type"] == "str" else None for row in read_columns(table)}
    frame = pd.DataFrame([empty | row for row in rows], columns=list(empty))
    number = [row["column"] for row in read_columns(table) if row["type"] == "number"]
    return frame.astype(dict.fromkeys(number, "float64"))


def make_span(quote, text=TEXT, doc_id="doc-a"):
    """Return the fields that place a quote in a text of one sentence."""
    start = text.index(quote)
    span = {"start": start, "end": start + len(quote), "quote": quote}
    return span | {"doc_id": doc_id, "sentence": text, "sentence_start": 0}


DETAINEES = make_span("900") | {
    "claim_id": "claim-aaaaaaaaaa",
    "low": 900,
    "relation": "at_least",
    "unit": "person",
    "what": "detainees",
    "place": "SYR",
    "as_of": "2021-04",
    "as_of_basis": "in April",
    "attribution": "Wardens",
    "chain": "Wardens|a wire",
    "voice": "reported",
    "hedge": "at least",
    "kind": "headcount",
    "population": "detainees",
    "indicator": "detained",
}
INCOME = make_span("$12 million") | {
    "claim_id": "claim-bbbbbbbbbb",
    "low": 12e6,
    "high": 12e6,
    "relation": "exact",
    "unit": "USD",
    "what": "oil income",
    "attribution": "minister",
    "voice": "reported",
    "kind": "flow",
    "population": "oil",
    "indicator": "income",
}
FELL = make_span("fell") | {
    "trend_id": "trend-cccccccccc",
    "direction": "down",
    "topic": "finance",
    "what": "oil income",
    "voice": "reported",
}


def make_tables(claims=(DETAINEES, INCOME), trends=(FELL,), text=TEXT, **document):
    """Return the tables of an edition of one text."""
    known = {"doc_id": "doc-a", "title": "A title", "published": "2021-05-02", "words": 20}
    headlines = [row | {"topic": "finance", "said_by": row["attribution"]} for row in claims]
    names = {row["column"] for row in read_columns("headlines")}
    passage = {"passage_id": "doc-a:001", "doc_id": "doc-a", "number": 1, "kind": "paragraph"}
    return {
        "documents": make_frame("documents", [known | document]),
        "claims": make_frame("claims", claims),
        "trends": make_frame("trends", trends),
        "headlines": make_frame(
            "headlines", [{k: v for k, v in row.items() if k in names} for row in headlines]
        ),
        "passages": make_frame(
            "passages", [passage | {"start": 0, "end": len(text), "text": text}]
        ),
        "coverage": make_frame("coverage", []),
    }
