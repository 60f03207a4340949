"""Bring the parts of an edition's corpus up to date: each text is read once, and never again."""

import functools
import hashlib
from dataclasses import dataclass

from threatledger.archive.chunks import split_chunks
from threatledger.archive.code import sum_up_code
from threatledger.archive.progress import Bar
from threatledger.archive.readers import open_corpus
from threatledger.archive.reuse import Finds, merge_part
from threatledger.archive.running import run_calls
from threatledger.archive.spec import check_scheduler
from threatledger.archive.store import Store
from threatledger.archive.working import Rules, find_cut_reason, work
from threatledger.corpus import CorpusError

NOT_WANTED = "not among the edition's texts"


@dataclass(frozen=True)
class Task:
    """A part that is not yet there: its chunk, and what of it was found before."""

    chunk: object
    found: dict


def bring_parts(spec, edition, cut="", doc_ids=(), scheduler="local", is_lenient=False):
    """Read every text of a corpus that has not been read before.

    Parameters
    ----------
    spec : threatledger.archive.spec.Spec
        Where the corpus is.
    edition : str
        Whose parts are brought up to date.
    cut : str, optional
        Last day of the edition; later texts are left out.
    doc_ids : iterable of str, optional
        Only these texts; empty for all.
    scheduler : str, optional
        As for `threatledger.archive.running.run_tasks`.
    is_lenient : bool, optional
        Whether a text that cannot be read is left out, and not a reason to stop.

    Returns
    -------
    list of str
        The keys of the parts in the store, in the order of the corpus.

    Raises
    ------
    CorpusError
        If the corpus or a text cannot be read, or the edition names a text that is not there.
    """
    check_scheduler(scheduler)
    corpus = open_corpus(spec)
    kinds = tuple(corpus.kinds)
    run = _Run(Store(edition), Rules(sum_up_code(kinds), kinds, cut, is_lenient))
    entries = Screen(cut, doc_ids).sift(corpus.read())
    with Bar(corpus.count(), edition) as bar:
        calls = run.list_missing(split_chunks(entries, run.decided), bar)
        for task, files in run_calls(calls, scheduler, kinds):
            run.keep(task, files)
            bar.add(len(task.chunk.entries))
    run.store.sweep(run.keys)
    return run.keys


class Screen:
    """Tells which texts an edition takes, as far as the corpus itself tells.

    Parameters
    ----------
    cut, doc_ids
        As for `bring_parts`.
    """

    def __init__(self, cut, doc_ids):
        self._cut, self._wanted, self._seen = cut, set(doc_ids), Seen()

    def sift(self, entries):
        """Yield entries, those to be left out with the reason.

        Parameters
        ----------
        entries : iterable of threatledger.archive.entries.Entry

        Yields
        ------
        threatledger.archive.entries.Entry

        Raises
        ------
        CorpusError
            At the end, if a text that is wanted is not among them.
        """
        missing = set(self._wanted)
        for entry in entries:
            missing.discard(entry.doc_id)
            self._look_at(entry)
            yield entry
        if missing:
            raise CorpusError(
                f"texts names {', '.join(sorted(missing))}: the corpus has no such id"
            )

    def _look_at(self, entry):
        """Note why an entry is left out, or that its id is another's."""
        published = entry.facts.get("published", "")
        if self._seen.add(entry.doc_id):
            entry.problem = (
                f"{entry.file}: the id {entry.doc_id} stands in the corpus twice: give each text "
                "its own"
            )
        elif self._wanted and entry.doc_id not in self._wanted:
            entry.left = NOT_WANTED
        elif published and not entry.problem:
            entry.left = find_cut_reason(published, self._cut)


class Seen:
    """The ids of an archive, eight bytes each, so that a hundred million of them still fit.

    Notes
    -----
    The newest stand in a set, the others in a sorted array that they are merged into now and then.
    """

    MOST_NEW = 1 << 16

    def __init__(self):
        self._new, self._old = set(), None

    def add(self, doc_id):
        """Add an id; tell whether it was there before."""
        digest = hashlib.sha256(doc_id.encode("utf-8", "replace")).digest()
        mark = int.from_bytes(digest[:8], "big")
        if mark in self._new or self._is_old(mark):
            return True
        self._new.add(mark)
        if len(self._new) == self.MOST_NEW:
            self._merge()
        return False

    def _is_old(self, mark):
        """Tell whether a mark is in the array."""
        if self._old is None:
            return False
        place = self._old.searchsorted(self._old.dtype.type(mark))
        return place < len(self._old) and int(self._old[place]) == mark

    def _merge(self):
        """Move the newest marks into the array."""
        import numpy

        new = numpy.fromiter(self._new, numpy.uint64, len(self._new))
        both = new if self._old is None else numpy.concatenate([self._old, new])
        both.sort()
        self._new, self._old = set(), both


class _Run:
    """One call of `bring_parts`."""

    def __init__(self, store, rules):
        self.store, self.rules, self.keys = store, rules, []
        # Where the files themselves say when they appeared, the last day counts; elsewhere it has
        # been looked at before.
        cut = "" if rules.kinds == ("text",) else rules.cut
        self.decided = [rules.code, rules.is_lenient, cut]

    @functools.cached_property
    def _finds(self):
        """What the store had when the first part was missing."""
        return Finds(self.store, self.rules)

    def list_missing(self, chunks, bar):
        """Yield a task for each part that is not there, and the call that makes it."""
        for chunk in chunks:
            self.keys.append(chunk.key)
            if self.store.holds(chunk.key):
                bar.pass_over(len(chunk.entries))
                continue
            found = self._finds.find(chunk.entries)
            known = {doc_id for ids in found.values() for doc_id in ids}
            rest = [e for e in chunk.entries if e.left or e.problem or e.doc_id not in known]
            yield Task(chunk, found), functools.partial(work, rest, self.rules, chunk.key)

    def keep(self, task, files):
        """Put a part into the store."""
        if task.found:
            files = merge_part(task.chunk, files, task.found, self.store)
        marks = [entry.mark for entry in task.chunk.entries if not (entry.left or entry.problem)]
        self.store.keep(task.chunk.key, files, self.rules.code, marks)
