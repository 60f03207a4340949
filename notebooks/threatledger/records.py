"""Turn what is found in a text into rows of the ledger; nothing heavy is imported here."""

import hashlib

# Digits of an id. Ten tell a catalogue's claims apart; of the millions of a large corpus two would
# share one, so that its ids are longer, and begin with the same ten.
DIGITS, MORE_DIGITS = 10, 20


def make_id(kind, *parts, digits=DIGITS):
    """Return an id made from content alone.

    Parameters
    ----------
    kind : str
        ``claim`` or ``trend``.
    *parts : str or int
        What identifies it: document, span, quote.
    digits : int, optional
        How many there are.

    Returns
    -------
    str
        ``kind-`` and hexadecimal digits of the SHA-256 of the parts.

    Examples
    --------
    >>> make_id("claim", "doc-a", 10, 13, "500")
    'claim-adf2862508'
    """
    content = "\0".join(map(str, parts)).encode("utf-8")
    return f"{kind}-{hashlib.sha256(content).hexdigest()[:digits]}"


def describe_passages(passages, doc_id, text):
    """Return a text's passages as rows of the table ``passages``.

    Parameters
    ----------
    passages : list of threatledger.extraction.model.Passage
    doc_id, text : str

    Returns
    -------
    list of dict
    """
    return [_describe_passage(passage, doc_id, text) for passage in passages]


def _describe_passage(passage, doc_id, text):
    """Return one passage as a row."""
    of_start, of_end = passage.of or (None, None)
    return {
        "passage_id": f"{doc_id}:{passage.number:03d}",
        "doc_id": doc_id,
        "number": passage.number,
        "kind": passage.kind,
        "start": passage.start,
        "end": passage.end,
        "heading": "" if passage.heading is None else f"{doc_id}:{passage.heading:03d}",
        "why": passage.why,
        "of_start": of_start,
        "of_end": of_end,
        "text": text[passage.start : passage.end],
    }


def describe_sentences(passages, doc_id):
    """Return the sentences of a text's body as rows of the table ``sentences``.

    Parameters
    ----------
    passages : list of threatledger.extraction.model.Passage
    doc_id : str

    Returns
    -------
    list of dict
        Furniture and repeats are left out.
    """
    return [
        {
            "doc_id": doc_id,
            "passage_id": f"{doc_id}:{passage.number:03d}",
            "start": sentence.start,
            "end": sentence.end,
            "text": sentence.text,
        }
        for passage in passages
        for sentence in passage.sentences
    ]


def describe_claim(record, doc_id, digits=DIGITS):
    """Return a claim as a row of the table ``claims``."""
    span = record["start"], record["end"], record["quote"]
    claim_id = make_id("claim", doc_id, *span, digits=digits)
    return _flatten(record) | {"claim_id": claim_id, "doc_id": doc_id}


def describe_trend(record, doc_id, digits=DIGITS):
    """Return a trend as a row of the table ``trends``; one span may carry two topics."""
    span = record["start"], record["end"], record["quote"], record["topic"]
    trend_id = make_id("trend", doc_id, *span, digits=digits)
    return _flatten(record) | {"trend_id": trend_id, "doc_id": doc_id}


def _flatten(record):
    """Return a record with its lists joined by bars and nothing-stated as the empty string."""
    joined = {name: "|".join(record.get(name) or []) for name in ("place", "chain")}
    plain = {name: "" if value is None else value for name, value in record.items()}
    bounds = {name: record[name] for name in ("low", "high") if name in record}
    return plain | bounds | joined | {"correction": ""}
