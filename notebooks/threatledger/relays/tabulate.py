"""Tabulate origins and drift for the ledger, of five texts as of a whole archive."""

import bisect
import functools
import itertools
import pickle
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy
import pandas as pd

from threatledger.asking import ask_parts, count_parts, read_bunch, tabulate_parts
from threatledger.codebook import read_codebook
from threatledger.parts import open_rows
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
from threatledger.relays.telling import HEADS, Telling, is_line
from threatledger.relays.words import find_marks
from threatledger.restoring import restore_readings
from threatledger.tables import find_tables, read_columns

READ = ["documents", "passages", "sentences", "texts"]
# Texts that are at hand at one time.
AT_HAND = 1000


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
    with tempfile.TemporaryDirectory(**place) as name:
        features = _read_features(edition, counts)
        candidates, left = find_many_candidates(features, sum(counts), Path(name))
        wanted = numpy.unique(candidates).tolist()
        with (Path(name) / "tellings").open("w+b") as file:
            tellings = _Tellings(edition, counts, wanted, file)
            return _tabulate(edition, candidates.tolist(), left, tellings, most_drift)


def _tabulate(edition, candidates, left, tellings, most_drift):
    """Return what `tabulate_relays` does, of the pairs to compare."""
    links = _find_links(candidates, tellings)
    linked = sorted({place for link in links for place in (link.origin, link.relay)})
    clusters = _rank_clusters(linked, links, tellings)
    known, beside = {}, _list_beside(links)
    for cluster in clusters:
        rows = _describe_cluster(cluster, tellings, beside)
        known |= {row["doc_id"]: row | {"order": (min(cluster), n)} for n, row in enumerate(rows)}
    origins = tabulate_parts(_list_origins, ["documents"], "origins", edition, known=known)
    latest = sorted(clusters, key=lambda c: tellings.rank(c[-1]), reverse=True)
    chosen = sorted(latest[:most_drift])
    drifts = [
        _describe_drift(drift, tellings.name(cluster[0]))
        for cluster in chosen
        for drift in find_drifts([tellings[place] for place in cluster])
    ]
    counts = len(candidates), left, len(chosen), len(clusters) - len(chosen)
    return origins, _to_frame(drifts, "drift"), Compared(*counts)


def find_part_features(passages, sentences, is_quick):
    """List the features of the texts of a part.

    Parameters
    ----------
    passages, sentences : pandas.DataFrame
        The tables of these names.
    is_quick : bool
        As for `threatledger.relays.words.find_marks`.

    Returns
    -------
    pandas.DataFrame
        ``doc_id`` and ``feature``, each once: those of `find_features`.
    """
    heads = set(passages.loc[passages["kind"].isin(HEADS), "passage_id"])
    codebook, found = read_codebook(), {}
    fields = (sentences[name] for name in ("doc_id", "passage_id", "text"))
    for doc_id, passage_id, text in zip(*fields, strict=True):
        marks = {} if passage_id in heads else find_marks(text, codebook, is_quick)
        if is_line(text, marks):
            found.setdefault(doc_id, set()).update(pair_marks(marks))
    rows = [(doc_id, feature) for doc_id, own in found.items() for feature in sorted(own)]
    doc_ids, features = zip(*rows, strict=True) if rows else ((), ())
    return pd.DataFrame({"doc_id": doc_ids, "feature": pd.Series(features, dtype="uint64")})


def _read_features(edition, counts):
    """Yield the features of one part after the other, with the numbers of the texts."""
    before, is_quick = 0, sum(counts) > FEW_TEXTS
    reads = ["passages", "sentences"]
    frames = ask_parts(find_part_features, reads, edition, on_all_cores=True, is_quick=is_quick)
    documents = open_rows("documents", edition).frames(["doc_id"])
    for frame, known in zip(frames, documents, strict=True):
        places = {doc_id: before + n for n, doc_id in enumerate(known["doc_id"])}
        yield frame["feature"].to_numpy(), frame["doc_id"].map(places).to_numpy(dtype="int64")
        before += len(known)


class _Tellings:
    """The texts that are compared, by number: on disk, and those last used in memory."""

    def __init__(self, edition, counts, wanted, file):
        self._file, self._spans = file, {}
        starts = [0, *itertools.accumulate(counts)]
        for part, (start, end) in enumerate(itertools.pairwise(starts)):
            first, last = (bisect.bisect_left(wanted, place) for place in (start, end))
            self._keep(edition, part, [place - start for place in wanted[first:last]], start)
        self._ranks = {}
        self._read = functools.lru_cache(AT_HAND)(self._read)

    def _keep(self, edition, part, places, start):
        """Write the texts at some places of a part."""
        if not places:
            return
        documents, *others = read_bunch(READ, edition, part)
        chosen = documents.iloc[places]
        for place, (document, reading) in zip(
            places, restore_readings(chosen, *others), strict=True
        ):
            known = document["doc_id"], document["published"], reading.text
            content = pickle.dumps(Telling(*known, reading=reading))
            self._spans[start + place] = self._file.tell(), len(content)
            self._file.write(content)

    def _read(self, place):
        """Read one text."""
        start, length = self._spans[place]
        self._file.seek(start)
        return pickle.loads(self._file.read(length))

    def __getitem__(self, place):
        return self._read(place)

    def rank(self, place):
        """Return where a text stands among copies; kept, so that it is read no more."""
        if place not in self._ranks:
            self._ranks[place] = rank_telling(self[place])
        return self._ranks[place]

    def name(self, place):
        """Return the key of a text."""
        return self.rank(place)[-1]


def _find_links(candidates, tellings):
    """Compare the texts that may be of one origin."""
    links = []
    for pair in candidates:
        first, second = sorted(pair, key=tellings.rank)
        score, evidence = link_tellings(tellings[first], tellings[second])
        if evidence:
            ranks = tellings.rank(first), tellings.rank(second)
            links.append((ranks, Link(first, second, score, evidence)))
    links.sort(key=lambda item: item[0])
    return drop_chance([link for _, link in links])


def _rank_clusters(linked, links, tellings):
    """Return the numbers of the texts of each origin, the first text first."""
    number = {place: k for k, place in enumerate(linked)}
    inner = [Link(number[i.origin], number[i.relay], i.score, i.evidence) for i in links]
    clusters = [[linked[k] for k in cluster] for cluster in gather_clusters(len(linked), inner)]
    return [sorted(cluster, key=tellings.rank) for cluster in clusters]


def _list_beside(links):
    """Return the links of each text, in order."""
    beside = {}
    for link in links:
        for place in (link.origin, link.relay):
            beside.setdefault(place, []).append(link)
    return beside


def _describe_cluster(ranked, tellings, beside):
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
                "doc_id": tellings.name(place),
                "origin": tellings.name(ranked[0]),
                "texts": len(ranked),
                "linked_to": "" if best is None else tellings.name(other),
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
