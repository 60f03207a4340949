"""Find what a text says twice: pull quotes, and sentences that are near twins."""

import itertools
from collections import Counter

import pandas as pd

from threatledger.disagreements.contradictions import locate
from threatledger.frames import list_records
from threatledger.records import make_id
from threatledger.tables import read_columns

# Stems that twins share, and the part of all their stems that these are.
FEWEST_SHARED, LEAST_PART = 8, 0.4
# Of a sentence's stems so many, the rarest, are used to find its twin.
RAREST = 5
# A stem of more sentences than this tells no two of them from the rest.
MOST_COMMON = 60


def tabulate_repeats(said, passages):
    """List what a text prints or says twice.

    Parameters
    ----------
    said : threatledger.disagreements.said.Said
        The sentences.
    passages : pandas.DataFrame
        The table of that name.

    Returns
    -------
    pandas.DataFrame
        One row a repeat; columns as ``repeats`` in ``data/codebook/columns.csv``. A pull quote is
        left out of everything that is counted; a twin is counted, and shown so that a reader can
        see that it is no second statement.
    """
    pulls = list_records(passages[passages["kind"] == "repeat"])
    rows = [_describe_pull(row, said) for row in pulls]
    for places in said.places.values():
        for place, twin in _find_twins([said.stems[place] for place in places]):
            row, twin = said.describe(places[place]), said.describe(places[twin])
            rows.append(_describe("near twin", row, twin["start"], twin["end"], twin["text"]))
    rows.sort(key=lambda row: (row["doc_id"], row["of_start"], row["start"]))
    frame = pd.DataFrame(rows, columns=[row["column"] for row in read_columns("repeats")])
    return locate(frame, passages, passage_id="start", of_passage_id="of_start")


def _describe_pull(row, said):
    """Return a pull quote as a row."""
    start, end = row["of_start"], row["of_end"]
    starts, ends = said.columns["start"], said.columns["end"]
    own = said.places.get(row["doc_id"], ())
    body = (said.texts[place] for place in own if starts[place] < end and ends[place] > start)
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


def _find_twins(stems):
    """Yield the sentences of a text that say nearly in its words what an earlier one says.

    Each is given by its number, with the number of the earlier one.
    """
    rarest = _list_rarest(stems)
    wanted, index = set().union(*rarest.values()), {}
    for number, own in enumerate(stems if wanted else ()):
        for stem in own & wanted:
            index.setdefault(stem, []).append(number)
    for number, rare in rarest.items():
        own = stems[number]
        earlier = {other for stem in rare for other in index[stem] if other < number}
        shared = {o: len(own & stems[o]) for o in earlier}
        near = [o for o in earlier if _is_twin(shared[o], own, stems[o])]
        if near:
            yield number, max(near, key=lambda other: (shared[other], -other))


def _list_rarest(stems):
    """Return the rarest stems of each sentence that may have a twin, by its number."""
    counts, found = Counter(itertools.chain.from_iterable(stems)), {}
    again = {stem for stem, count in counts.items() if count > 1}
    for number, own in enumerate(stems):
        # Where the rarest stems stand nowhere else, no twin is found by them.
        if len(own) >= FEWEST_SHARED and len(own - again) < RAREST:
            known = [stem for stem in own if counts[stem] <= MOST_COMMON]
            found[number] = sorted(known, key=lambda stem: (counts[stem], stem))[:RAREST]
    return found


def _is_twin(shared, own, other):
    """Tell whether two sentences that share so many stems are near twins."""
    return shared >= FEWEST_SHARED and shared >= LEAST_PART * len(own | other)
