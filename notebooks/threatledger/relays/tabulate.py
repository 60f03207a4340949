"""Tabulate origins and drift for the ledger, of five texts as of a whole archive."""

import functools
import itertools
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy
import pandas as pd

from threatledger.asking import ask_parts, count_parts, run_tasks, tabulate_parts
from threatledger.codebook import read_codebook
from threatledger.garbage import leave_garbage
from threatledger.records import make_id
from threatledger.relays.buckets import FEW_TEXTS, find_many_candidates
from threatledger.relays.candidates import pair_marks
from threatledger.relays.clusters import (
    Link,
    drop_chance,
    gather_clusters,
    link_tellings,
    rank_telling,
)
from threatledger.relays.drift import find_drifts
from threatledger.relays.memory import Memory
from threatledger.relays.shelf import Reader, Shelf
from threatledger.relays.telling import HEADS, is_line, read_claims
from threatledger.relays.words import find_marks
from threatledger.tables import find_tables, read_columns

# Pairs of texts, and origins, that a process compares in one go.
PAIRS, CLUSTERS = 50, 8


@dataclass(frozen=True)
class Compared:
    """How much was compared, for what a bound leaves out.

    Attributes
    ----------
    pairs, left_pairs : int
        Pairs of texts compared, and those left out because others share more.
    clusters, left_clusters : int
        Origins whose copies were compared word by word, and those that were not.
    """

    pairs: int
    left_pairs: int
    clusters: int
    left_clusters: int

    def say(self):
        """Say in a sentence how much was compared and what was not.

        Examples
        --------
        >>> Compared(1200, 60, 30, 0).say()
        '1,200 pairs of texts were compared, 60 less likely ones not; 30 origins word by word.'
        """
        less = f", {self.left_pairs:,} less likely ones not" if self.left_pairs else ""
        early = f", {self.left_clusters:,} earlier ones not" if self.left_clusters else ""
        words = f"{self.clusters:,} origins word by word{early}"
        return f"{self.pairs:,} pairs of texts were compared{less}; {words}."


def tabulate_relays(edition, most_drift):
    """Say which texts are copies of one origin, and where these disagree.

    Parameters
    ----------
    edition : str
        Folder in ``reports/``.
    most_drift : int
        Origins, the latest, whose copies are compared word by word.

    Returns
    -------
    tuple of (threatledger.parts.Rows, pandas.DataFrame, Compared)
        One row a text, and one row a difference; columns as ``origins`` and ``drift`` in
        ``data/codebook/columns.csv``.
    """
    counts = count_parts("documents", edition)
    # Beside the tables: what is kept of a large archive may not fit where /tmp is memory.
    place = {"prefix": ".relays-", "suffix": ".part", "dir": find_tables(edition)}
    with tempfile.TemporaryDirectory(**place) as folder:
        features = _read_features(edition, counts)
        candidates, left = find_many_candidates(features, sum(counts), Path(folder))
        shelf = Shelf(edition, counts, folder)
        memory = Memory(edition, counts, "links")
        ranks, links = _find_links(candidates.tolist(), shelf, memory)
        clusters = _rank_clusters(links, ranks)
        origins = _tabulate_origins(edition, clusters, links, ranks)
        latest = sorted(clusters, key=lambda cluster: ranks[cluster[-1]], reverse=True)
        chosen = sorted(latest[:most_drift])
        drift = _tabulate_drift(chosen, shelf, ranks, Memory(edition, counts, "drift"))
    counted = len(candidates), left, len(chosen), len(clusters) - len(chosen)
    return origins, drift, Compared(*counted)


def _read_features(edition, counts):
    """Yield the features of one part after the other, with the numbers of the texts."""
    before, is_quick = 0, sum(counts) > FEW_TEXTS
    reads = {"documents": ["doc_id"], "passages": ["passage_id", "kind"]}
    reads["sentences"] = ["doc_id", "passage_id", "text"]
    found = ask_parts(find_part_features, reads, edition, on_all_cores=True, is_quick=is_quick)
    for count, (features, owned) in zip(counts, found, strict=True):
        yield features, numpy.repeat(numpy.arange(before, before + count), owned)
        before += count


def find_part_features(documents, passages, sentences, is_quick):
    """List the features of the texts of a part.

    Parameters
    ----------
    documents, passages, sentences : pandas.DataFrame
        The tables of these names.
    is_quick : bool
        As for `threatledger.relays.words.find_marks`.

    Returns
    -------
    tuple of (numpy.ndarray, numpy.ndarray)
        The features of one text after the other, as `find_features` gives them, and how many
        each text has.
    """
    heads = set(passages.loc[passages["kind"].isin(HEADS), "passage_id"])
    codebook = read_codebook()
    found = {doc_id: [] for doc_id in documents["doc_id"]}
    fields = (sentences[name].tolist() for name in ("doc_id", "passage_id", "text"))
    for doc_id, passage_id, text in zip(*fields, strict=True):
        marks = {} if passage_id in heads else find_marks(text, codebook, is_quick)
        if is_line(text, marks):
            found[doc_id].append(marks)
    features = [pair_marks(lines) for lines in found.values()]
    return numpy.concatenate(features), numpy.array(list(map(len, features)))


def _find_links(candidates, shelf, memory):
    """Compare the texts that may be of one origin; return how linked ones rank, and the links."""
    link = functools.partial(_link_pairs, shelf.folder)
    found = memory.recall(candidates, functools.partial(_find_anew, link, PAIRS, shelf))
    links, ranks = [], {}
    for pair, one in zip(candidates, found, strict=True):
        if one is not None:
            is_later, *both, score, evidence = one
            origin, relay = pair[::-1] if is_later else pair
            ranks |= {origin: tuple(both[0]), relay: tuple(both[1])}
            links.append(Link(origin, relay, score, evidence))
    links.sort(key=lambda link: (ranks[link.origin], ranks[link.relay]))
    return ranks, drop_chance(links)


def _find_anew(find, size, shelf, groups):
    """Yield what is found of each of some groups of texts, many at a time on all cores."""
    shelf.bring(itertools.chain.from_iterable(groups))
    tasks = list(_cut(groups, size, shelf))
    yield from itertools.chain.from_iterable(run_tasks(find, tasks, on_all_cores=True))


def _cut(groups, size, shelf):
    """Yield bunches of groups of texts, each text with where it is on the shelf."""
    for start in range(0, len(groups), size):
        yield [
            list(zip(group, shelf.find(group), strict=True))
            for group in groups[start : start + size]
        ]


@leave_garbage()
def _link_pairs(folder, pairs):
    """Return for each of some pairs of texts its link, None where it has none, as plain data.

    That is whether the second is the earlier one, how the texts rank, the score, the evidence.
    """
    with Reader(folder) as reader:
        return [_link_pair(*(reader.take(*span) for _, span in pair)) for pair in pairs]


def _link_pair(first, second):
    """Return the link of two texts, see `_link_pairs`."""
    texts = sorted([(rank_telling(first), 0, first), (rank_telling(second), 1, second)])
    (_, place, origin), (_, _, relay) = texts
    score, evidence = link_tellings(origin, relay)
    ranks = [[day.isoformat(), *others] for (day, *others), *_ in texts]
    return [place == 1, *ranks, score, evidence] if evidence else None


def _rank_clusters(links, ranks):
    """Return the numbers of the texts of each origin, the first text first."""
    linked = sorted({place for link in links for place in (link.origin, link.relay)})
    number = {place: k for k, place in enumerate(linked)}
    inner = [Link(number[i.origin], number[i.relay], i.score, i.evidence) for i in links]
    clusters = [[linked[k] for k in cluster] for cluster in gather_clusters(len(linked), inner)]
    return [sorted(cluster, key=ranks.get) for cluster in clusters]


def _tabulate_origins(edition, clusters, links, ranks):
    """Return the table of origins."""
    known, beside = {}, _list_beside(links)
    for cluster in clusters:
        rows = _describe_cluster(cluster, ranks, beside)
        known |= {row["doc_id"]: row | {"order": (min(cluster), n)} for n, row in enumerate(rows)}
    return tabulate_parts(_list_origins, ["documents"], "origins", edition, known=known)


def _tabulate_drift(clusters, shelf, ranks, memory):
    """Return the table of differences between the texts of some origins."""
    compare = functools.partial(_compare_clusters, shelf.folder)
    found = memory.recall(clusters, functools.partial(_find_anew, compare, CLUSTERS, shelf))
    rows = [
        _describe_drift(drift, ranks[cluster[0]][-1])
        for cluster, drifts in zip(clusters, found, strict=True)
        for drift in drifts
    ]
    return _to_frame(rows, "drift")


@leave_garbage()
def _compare_clusters(folder, clusters):
    """Return the differences between the texts of each of some origins."""
    with Reader(folder) as reader:
        told = [[reader.take(*span) for _, span in texts] for texts in clusters]
        read_claims([telling for tellings in told for telling in tellings])
        return [find_drifts(tellings) for tellings in told]


def _list_beside(links):
    """Return the links of each text, in order."""
    beside = {}
    for link in links:
        for place in (link.origin, link.relay):
            beside.setdefault(place, []).append(link)
    return beside


def _describe_cluster(ranked, ranks, beside):
    """Return a row for each text of a cluster, the first text first."""
    rows, seen = [], set()
    for place in ranked:
        best = max(
            (link for link in beside[place] if _is_to(link, place, seen)),
            key=lambda link: link.score,
            default=None,
        )
        other = "" if best is None else best.origin if best.relay == place else best.relay
        rows.append(
            {
                "doc_id": ranks[place][-1],
                "origin": ranks[ranked[0]][-1],
                "texts": len(ranked),
                "linked_to": "" if best is None else ranks[other][-1],
                "score": None if best is None else round(best.score, 3),
                "evidence": "" if best is None else best.evidence,
            }
        )
        seen.add(place)
    return rows


def _is_to(link, place, seen):
    """Tell whether a link joins a text to one before it."""
    return {link.origin, link.relay} & {place} and {link.origin, link.relay} & seen


def _list_origins(documents, known):
    """Return the row of each text of a part; who is a copy of none and has none is its own."""
    alone = {"texts": 1, "linked_to": "", "score": None, "evidence": ""}
    rows = [
        known.get(doc_id) or {"doc_id": doc_id, "origin": doc_id, "order": (place, 0)} | alone
        for place, doc_id in enumerate(documents["doc_id"])
    ]
    return _to_frame(sorted(rows, key=lambda row: row["order"]), "origins")


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
