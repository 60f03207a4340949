"""Small archives for the tests: the same texts as frames, as one CSV a table, and in parts."""

import pandas as pd
from samples import make_frame

from threatledger.codebook import read_codebook
from threatledger.extraction.segments import read_passages
from threatledger.ledger import tabulate_findings
from threatledger.parts import write_part
from threatledger.records import describe_passages, describe_sentences
from threatledger.tables import find_tables, read_columns, write_table


def split_texts(rows):
    """Return the tables documents, passages, sentences and texts of some texts.

    Parameters
    ----------
    rows : list of dict
        With ``doc_id``, ``published`` and ``text``.

    Returns
    -------
    list of pandas.DataFrame
    """
    passages, sentences = [], []
    for row in rows:
        split = read_passages(row["text"], read_codebook())
        passages += describe_passages(split, row["doc_id"], row["text"])
        sentences += describe_sentences(split, row["doc_id"])
    columns = [row["column"] for row in read_columns("sentences")]
    known = [{name: value for name, value in row.items() if name != "text"} for row in rows]
    texts = pd.DataFrame([{name: row[name] for name in ("doc_id", "text")} for row in rows])
    return [
        make_frame("documents", known),
        make_frame("passages", passages),
        pd.DataFrame(sentences, columns=columns),
        texts,
    ]


def write_archive(rows, edition, size, folder):
    """Write the tables of an edition of a corpus, and of the same texts as one CSV a table.

    Parameters
    ----------
    rows : list of dict
        With ``doc_id``, ``published`` and ``text``.
    edition : str
        The corpus; the edition with the texts in CSV tables is called ``whole``.
    size : int
        Texts in a part.
    folder : pathlib.Path
        For the texts as files.
    """
    folder.mkdir(exist_ok=True)
    for row in rows:
        (folder / f"{row['doc_id']}.txt").write_bytes(row["text"].encode("utf-8"))
    rows = [row | {"file": f"{row['doc_id']}.txt"} for row in rows]
    for table, frame in _read_tables(rows, folder).items():
        if table != "texts":
            write_table(frame, table, "whole")
    for number, start in enumerate(range(0, len(rows), size)):
        for table, frame in _read_tables(rows[start : start + size], folder).items():
            path = find_tables(edition) / table / f"part-{number:05d}.parquet"
            write_part(frame, table, path)
    for name in ("whole", edition):
        facts = {"title": "A trial", "as_of": "2022-12-31", "previous": ""}
        table = pd.DataFrame({"key": facts.keys(), "value": facts.values()})
        write_table(table, "edition", name)
        write_table(make_frame("withdrawn", []), "withdrawn", name)


def _read_tables(rows, folder):
    """Return the tables of some texts by name."""
    documents, passages, sentences, texts = split_texts(rows)
    claims, trends = tabulate_findings(documents.to_dict("records"), folder)
    documents["words"] = 0
    return {
        "documents": documents,
        "left-out": make_frame("left-out", []),
        "passages": passages,
        "sentences": sentences,
        "texts": texts,
        "claims": claims,
        "trends": trends,
    }
