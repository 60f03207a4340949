"""Keep the texts under comparison on disk, where any process can take up any two of them."""

import bisect
import functools
import itertools
import pickle

import numpy

from threatledger.asking import read_bunch, run_tasks
from threatledger.garbage import leave_garbage
from threatledger.relays.telling import Telling
from threatledger.restoring import SPLIT, restore_readings


class Shelf:
    """Texts of an edition, by their number among all.

    Parameters
    ----------
    edition : str
        Folder in ``reports/``.
    counts : list of int
        How many texts each part has.
    folder : str
        An empty folder for them.
    """

    def __init__(self, edition, counts, folder):
        self.folder, self._edition, self._counts = folder, edition, counts
        self._texts, self._lots = numpy.empty(0, dtype=numpy.int64), 0
        self._spans = numpy.empty((0, 4), dtype=numpy.int64)

    def bring(self, places):
        """Take up those texts that are not here yet.

        Parameters
        ----------
        places : iterable of int
            Numbers of texts.
        """
        wanted = numpy.unique(numpy.fromiter(places, dtype=numpy.int64))
        wanted = wanted[~numpy.isin(wanted, self._texts)]
        tasks = list(_share_out(self._counts, wanted.tolist()))
        keep = functools.partial(_keep_part, self._edition, self.folder, self._lots)
        found = [numpy.array(spans) for spans in run_tasks(keep, tasks, on_all_cores=True)]
        texts, spans = (numpy.r_[self._texts, wanted], numpy.concatenate([self._spans, *found]))
        order = numpy.argsort(texts)
        self._texts, self._spans = texts[order], spans[order]
        self._lots += 1

    def find(self, places):
        """Return where texts are, as `take` asks for it.

        Parameters
        ----------
        places : list of int
            Numbers of texts.

        Returns
        -------
        list of tuple of int
            The file, by two numbers, and the span in it.
        """
        return list(map(tuple, self._spans[numpy.searchsorted(self._texts, places)].tolist()))


def _share_out(counts, wanted):
    """Yield each part with wanted texts, and their places in it."""
    starts = [0, *itertools.accumulate(counts)]
    for part, (start, end) in enumerate(itertools.pairwise(starts)):
        first, last = (bisect.bisect_left(wanted, place) for place in (start, end))
        if first < last:
            yield part, [place - start for place in wanted[first:last]]


@leave_garbage()
def _keep_part(edition, folder, lot, task):
    """Write the texts at some places of a part; return where each is."""
    part, places = task
    documents, *others = read_bunch(SPLIT, edition, part)
    spans = []
    with open(_name_file(folder, lot, part), "wb") as file:
        for document, reading in restore_readings(documents.iloc[places], *others):
            known = document["doc_id"], document["published"], reading.text
            start = file.tell()
            pickle.dump(Telling(*known, reading=reading), file, protocol=5)
            spans.append((lot, part, start, file.tell()))
    return spans


class Reader:
    """Takes up texts of a shelf, each once; to be used in a ``with`` statement.

    Parameters
    ----------
    folder : str
        The shelf's.
    """

    def __init__(self, folder):
        self._folder, self._files, self._texts = folder, {}, {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for file in self._files.values():
            file.close()

    def take(self, lot, part, start, end):
        """Take up a text.

        Parameters
        ----------
        lot, part, start, end : int
            As `Shelf.find` gives them.

        Returns
        -------
        telling.Telling
        """
        file, text = (lot, part), (lot, part, start)
        if file not in self._files:
            self._files[file] = open(_name_file(self._folder, *file), "rb")  # noqa: SIM115
        if text not in self._texts:
            self._files[file].seek(start)
            self._texts[text] = pickle.loads(self._files[file].read(end - start))
        return self._texts[text]


def _name_file(folder, lot, part):
    return f"{folder}/texts-{lot}-{part:05d}"
