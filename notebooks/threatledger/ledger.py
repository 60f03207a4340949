"""Turn the texts of an edition into the ledger: passages, claims, trends and their corrections."""

import re

import pandas as pd

from threatledger.corpus import (
    SKIP,
    CorpusError,
    read_input,
    read_text,
    refuse_bad,
    sort_texts,
)
from threatledger.readings import find_records, split_text
from threatledger.records import (
    describe_claim,
    describe_passages,
    describe_sentences,
    describe_trend,
)
from threatledger.tables import read_columns

WORD = re.compile(r"\w+")
# What the ledger adds to a record, or a person may not overrule: the words themselves.
FIXED = ("claim_id", "trend_id", "doc_id", "start", "end", "quote", "sentence", "correction")


def leave_out(rows, texts, on_error):
    """Set apart the texts that cannot be read, or that hold no sentence to read.

    Parameters
    ----------
    rows : list of dict
        Catalogue rows, as `threatledger.corpus.list_texts` gives them.
    texts : pathlib.Path
        Folder that holds the files.
    on_error : str
        ``stop``: such a text is an error; ``skip``: it is set apart.

    Returns
    -------
    tuple of (list of dict, list of dict)
        The rows whose texts are read, and the others, with a ``reason``.

    Raises
    ------
    CorpusError
        If there is such a text and ``on_error`` is ``stop``; the message has a line for each.
    """
    readable, bad = sort_texts(rows, texts, SKIP)
    bad += [row | {"reason": why} for row in readable if (why := _find_silence(row, texts))]
    refuse_bad(bad, on_error)
    out = {row["id"] for row in bad}
    if len(out) == len(rows):
        told = "".join(f"\n{row['id']}: {row['reason']}" for row in bad)
        raise CorpusError(f"no text is left to read: add one, or choose a later as_of{told}")
    return [row for row in readable if row["id"] not in out], bad


def _find_silence(row, texts):
    """Return why nothing of a text is read, or nothing where it has a sentence."""
    text = read_text(row, texts)
    if not text.strip("\ufeff \t\r\n"):
        return f"{row['file']!r} is empty: put the text there, or take its row out"
    if not any(passage.sentences for passage in split_text(text)):
        return (
            f"{row['file']!r} has no sentence that is not page matter: look at its lines, and at "
            "data/codebook/furniture.csv, or take its row out"
        )
    return ""


def tabulate_passages(documents, texts):
    """Split every text into passages.

    Parameters
    ----------
    documents : list of dict
        Catalogue rows, as `threatledger.corpus.read_catalogue` gives them.
    texts : pathlib.Path
        Folder that holds the files.

    Returns
    -------
    pandas.DataFrame
        One row a passage; columns as ``passages`` in ``data/codebook/columns.csv``.
    """
    rows = []
    for document in documents:
        text = read_text(document, texts)
        rows += describe_passages(split_text(text), document["id"], text)
    return pd.DataFrame(rows, columns=[row["column"] for row in read_columns("passages")])


def tabulate_findings(documents, texts):
    """Extract the claims and trends of every text.

    Parameters
    ----------
    documents : list of dict
        Catalogue rows, as `threatledger.corpus.read_catalogue` gives them, or rows of the table
        ``documents`` (``doc_id`` for ``id``).
    texts : pathlib.Path
        Folder that holds the files.

    Returns
    -------
    tuple of (pandas.DataFrame, pandas.DataFrame)
        Claims and trends; columns as in ``data/codebook/columns.csv``. A text without any gives
        no row.
    """
    claims, trends = [], []
    for document in documents:
        doc_id = document.get("doc_id") or document["id"]
        found = find_records(read_text(document, texts), published=document["published"])
        claims += [describe_claim(record, doc_id) for record in found.claims]
        trends += [describe_trend(record, doc_id) for record in found.trends]
    return _to_frame(claims, "claims"), _to_frame(trends, "trends")


def _to_frame(rows, table):
    """Return rows as a frame with exactly the table's columns, in their types."""
    columns = read_columns(table)
    frame = pd.DataFrame(rows, columns=[row["column"] for row in columns])
    number = [row["column"] for row in columns if row["type"] == "number"]
    return frame.astype(dict.fromkeys(number, "float64"))


def read_corrections():
    """Read the hand corrections.

    Returns
    -------
    list of dict of str to str
        ``doc_id``, ``claim`` (a claim's or trend's id), ``field``, ``old``, ``new``, ``who``,
        ``when``, ``why``.

    Raises
    ------
    CorpusError
        If the file or a row cannot be used; the message has a line for each problem.
    """
    return read_input("corrections.csv")


def apply_corrections(frame, corrections):
    """Apply hand corrections to claims or trends.

    Parameters
    ----------
    frame : pandas.DataFrame
        Claims or trends as `tabulate_findings` gives them; the first column is the id.
    corrections : list of dict
        As `read_corrections` gives them; those for other ids are passed over.

    Returns
    -------
    tuple of (pandas.DataFrame, pandas.DataFrame)
        The corrected rows with ``correction`` filled, and the rows that were withdrawn.

    Raises
    ------
    CorpusError
        If the old value is no longer what the extraction gives, or a field does not exist.

    Notes
    -----
    Coding rule 9 in ``data/README.md``: a correction carries the value it replaces, and the run
    stops for a second look once that value has gone.
    """
    key = frame.columns[0]
    frame = frame.set_index(key, drop=False)
    withdrawn = []
    for row in corrections:
        if row["claim"] not in frame.index:
            continue
        change = f"{row['field']}: {row['old']} → {row['new']}"
        note = f"{change} ({row['who']}, {row['when']}: {row['why']})"
        before = frame.at[row["claim"], "correction"]
        frame.loc[row["claim"], "correction"] = "; ".join(filter(None, [before, note]))
        if row["field"] == "withdrawn":
            withdrawn.append(row["claim"])
        else:
            _replace_value(frame, row)
    is_out = frame.index.isin(withdrawn)
    return frame[~is_out].reset_index(drop=True), frame[is_out].reset_index(drop=True)


def _replace_value(frame, row):
    """Put a correction's new value where the old one still stands."""
    field = row["field"]
    if field not in frame:
        raise CorpusError(
            f"corrections.csv ({row['claim']}): there is no field {field!r}: "
            f"the fields are {', '.join(c for c in frame.columns if c not in FIXED)}"
        )
    is_number = frame[field].dtype.kind == "f"
    old = _read_bound(row["old"]) if is_number else row["old"]
    found = frame.at[row["claim"], field]
    same = (pd.isna(old) and pd.isna(found)) or old == found
    if not same:
        raise CorpusError(
            f"corrections.csv ({row['claim']}): {field} is now {found}, no longer "
            f"{row['old']}: look at the sentence again, then change or remove the correction"
        )
    frame.loc[row["claim"], field] = _read_bound(row["new"]) if is_number else row["new"]


def _read_bound(value):
    """Read a bound as written in a correction: empty means open."""
    try:
        return float(value.replace(",", "")) if value else float("nan")
    except ValueError:
        raise CorpusError(
            f"corrections.csv: {value!r} is not a number: write digits, or nothing for an open "
            "bound"
        ) from None


def check_corrections(corrections, ids, doc_ids):
    """Stop if a correction belongs to a text of the edition but to none of its claims.

    Parameters
    ----------
    corrections : list of dict
        As `read_corrections` gives them.
    ids : iterable of str
        Ids of all claims and trends found.
    doc_ids : iterable of str
        Texts of the edition; corrections to other texts are passed over.

    Raises
    ------
    CorpusError
        If such a correction is found.
    """
    ids, doc_ids = set(ids), set(doc_ids)
    for row in corrections:
        if row["doc_id"] in doc_ids and row["claim"] not in ids:
            raise CorpusError(
                f"corrections.csv ({row['claim']}): {row['doc_id']} no longer gives this claim: "
                "look at the sentence again, then change or remove the correction"
            )


def correct_findings(claims, trends, doc_ids):
    """Apply all hand corrections to what was extracted.

    Parameters
    ----------
    claims, trends : pandas.DataFrame
        As `tabulate_findings` gives them.
    doc_ids : iterable of str
        Texts of the edition.

    Returns
    -------
    tuple of (pandas.DataFrame, pandas.DataFrame)
        The corrected claims, and what was withdrawn of claims and trends; columns of the latter
        as ``withdrawn`` in ``data/codebook/columns.csv``.

    Raises
    ------
    CorpusError
        If a correction does not fit what was extracted.
    """
    corrections = read_corrections()
    check_corrections(corrections, [*claims["claim_id"], *trends["trend_id"]], doc_ids)
    claims, gone_claims = apply_corrections(claims, corrections)
    _, gone_trends = apply_corrections(trends, corrections)
    gone_trends = gone_trends.rename(columns={"trend_id": "claim_id"})
    columns = [row["column"] for row in read_columns("withdrawn")]
    return claims, pd.concat([gone_claims[columns], gone_trends[columns]], ignore_index=True)


def tabulate_sentences(documents, texts):
    """Split every text's body into sentences.

    Parameters
    ----------
    documents : list of dict
        Catalogue rows, as `threatledger.corpus.read_catalogue` gives them.
    texts : pathlib.Path
        Folder that holds the files.

    Returns
    -------
    pandas.DataFrame
        One row a sentence, furniture and repeats left out; columns as ``sentences`` in
        ``data/codebook/columns.csv``.
    """
    rows = []
    for document in documents:
        rows += describe_sentences(split_text(read_text(document, texts)), document["id"])
    return pd.DataFrame(rows, columns=[row["column"] for row in read_columns("sentences")])


def count_words(passages):
    """Count the words of each text's body.

    Parameters
    ----------
    passages : pandas.DataFrame
        As `tabulate_passages` gives them.

    Returns
    -------
    pandas.Series of int
        Words by ``doc_id``, furniture and repeats left out.
    """
    body = passages[~passages["kind"].isin(["furniture", "repeat"])]
    return body["text"].str.count(WORD).groupby(body["doc_id"]).sum()
