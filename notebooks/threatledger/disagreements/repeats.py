"""Find what a text says twice: pull quotes, and sentences that are near twins."""

import pandas as pd

from threatledger.codebook import read_codebook
from threatledger.disagreements.contradictions import group_rows, locate
from threatledger.disagreements.stems import list_stems
from threatledger.records import make_id
from threatledger.tables import read_columns

# Stems that twins share, and the part of all their stems that these are.
FEWEST_SHARED, LEAST_PART = 8, 0.4
# Of a sentence's stems so many, the rarest, are used to find its twin.
RAREST = 5
# A stem of more sentences than this tells no two of them from the rest.
MOST_COMMON = 60


def tabulate_repeats(sentences, passages):
    """List what a text prints or says twice.

    Parameters
    ----------
    sentences, passages : pandas.DataFrame
        The tables of these names.

    Returns
    -------
    pandas.DataFrame
        One row a repeat; columns as ``repeats`` in ``data/codebook/columns.csv``. A pull quote is
        left out of everything that is counted; a twin is counted, and shown so that a reader can
        see that it is no second statement.
    """
    pulls = passages[passages["kind"] == "repeat"].to_dict("records")
    said = group_rows(sentences)
    rows = [_describe_pull(row, said.get(row["doc_id"], ())) for row in pulls]
    for own in said.values():
        rows += _find_twins(own)
    rows.sort(key=lambda row: (row["doc_id"], row["of_start"], row["start"]))
    frame = pd.DataFrame(rows, columns=[row["column"] for row in read_columns("repeats")])
    return locate(frame, passages, passage_id="start", of_passage_id="of_start")


def _describe_pull(row, sentences):
    """Return a pull quote as a row."""
    start, end = row["of_start"], row["of_end"]
    body = (other["text"] for other in sentences if other["start"] < end and other["end"] > start)
    return _describe("pull quote", row, start, end, " ".join(body))


def _describe(kind, row, of_start, of_end, of_text):
    """Return a repeat as a row."""
    return {
        "repeat_id": make_id("repeat", row["doc_id"], row["start"], of_start),
        "doc_id": row["doc_id"],
        "kind": kind,
        "start": row["start"],
        "end": row["end"],
        "text": row["text"],
        "of_start": of_start,
        "of_end": of_end,
        "of_text": of_text,
    }


def _find_twins(sentences):
    """Return the sentences of a text that say nearly in its words what an earlier one says."""
    codebook = read_codebook()
    stems = [frozenset(list_stems(row["text"], codebook)) for row in sentences]
    index = {}
    for place, own in enumerate(stems):
        for stem in own:
            index.setdefault(stem, []).append(place)
    rows = []
    for place, own in enumerate(stems):
        known = [stem for stem in own if len(index[stem]) <= MOST_COMMON]
        rare = sorted(known, key=lambda stem: (len(index[stem]), stem))[:RAREST]
        earlier = {other for stem in rare for other in index[stem] if other < place}
        shared = {o: len(own & stems[o]) for o in earlier}
        near = [o for o in earlier if _is_twin(shared[o], own, stems[o])]
        if near:
            twin = sentences[max(near, key=lambda other: (shared[other], -other))]
            row = sentences[place]
            rows.append(_describe("near twin", row, twin["start"], twin["end"], twin["text"]))
    return rows


def _is_twin(shared, own, other):
    """Tell whether two sentences that share so many stems are near twins."""
    return shared >= FEWEST_SHARED and shared >= LEAST_PART * len(own | other)
