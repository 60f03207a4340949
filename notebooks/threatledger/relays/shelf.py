"""Keep the texts under comparison on disk, where any process can take up any two of them."""

import bisect
import functools
import itertools
import pickle

import numpy

from threatledger.asking import read_bunch, run_tasks
from threatledger.relays.telling import Telling
from threatledger.restoring import restore_readings

READ = ["documents", "passages", "sentences", "texts"]


class Shelf:
    """Some of an edition's texts, by their number among all.

    Parameters
    ----------
    edition : str
        Folder in ``reports/``.
    counts : list of int
        How many texts each part has.
    wanted : numpy.ndarray
        The numbers of the texts to keep, in order.
    folder : str
        An empty folder for them.
    """

    def __init__(self, edition, counts, wanted, folder):
        self.folder, self._wanted = folder, wanted
        tasks = list(_share_out(counts, wanted.tolist()))
        keep = functools.partial(_keep_part, edition, folder)
        spans = run_tasks(keep, tasks, on_all_cores=True)
        self._spans = numpy.array(list(itertools.chain.from_iterable(spans)), dtype=numpy.int64)

    def find(self, places):
        """Return where texts are, as `take` asks for it.

        Parameters
        ----------
        places : list of int
            Numbers of texts.

        Returns
        -------
        list of tuple of int
            The part, and the span in its file.
        """
        return list(map(tuple, self._spans[numpy.searchsorted(self._wanted, places)].tolist()))


def _share_out(counts, wanted):
    """Yield each part with wanted texts, and their places in it."""
    starts = [0, *itertools.accumulate(counts)]
    for part, (start, end) in enumerate(itertools.pairwise(starts)):
        first, last = (bisect.bisect_left(wanted, place) for place in (start, end))
        if first < last:
            yield part, [place - start for place in wanted[first:last]]


def _keep_part(edition, folder, task):
    """Write the texts at some places of a part; return where each is."""
    part, places = task
    documents, *others = read_bunch(READ, edition, part)
    spans = []
    with open(_name_file(folder, part), "wb") as file:
        for document, reading in restore_readings(documents.iloc[places], *others):
            known = document["doc_id"], document["published"], reading.text
            start = file.tell()
            pickle.dump(Telling(*known, reading=reading), file, protocol=5)
            spans.append((part, start, file.tell()))
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

    def take(self, part, start, end):
        """Take up a text.

        Parameters
        ----------
        part, start, end : int
            As `Shelf.find` gives them.

        Returns
        -------
        telling.Telling
        """
        if part not in self._files:
            self._files[part] = open(_name_file(self._folder, part), "rb")  # noqa: SIM115
        if (part, start) not in self._texts:
            self._files[part].seek(start)
            self._texts[part, start] = pickle.loads(self._files[part].read(end - start))
        return self._texts[part, start]


def _name_file(folder, part):
    return f"{folder}/texts-{part:05d}"
