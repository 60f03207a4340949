"""Choose which pairs of texts to compare: those that share what few texts have."""

import hashlib
import itertools

TOP = 5  # marks of a sentence that are paired: its figures and names come first
MOST_TEXTS = 40  # a pair of marks found in more texts than this tells nothing
LEAST_SHARED = 4  # rare pairs of marks that two texts must share
LACKING = ""  # stands for a mark where a sentence has fewer
MULTIPLE = 0x9E3779B97F4A7C15  # odd, with as many ones as noughts
MOST_KEPT = 100_000  # marks that are remembered


def find_features(telling):
    """Find what a text may be known by among many: pairs of heavy marks of one sentence.

    Parameters
    ----------
    telling : telling.Telling

    Returns
    -------
    set of int
        As `pair_marks` gives them.
    """
    return set(pair_marks([line.marks for line in telling.lines]).tolist())


def pair_marks(lines):
    """Pair the heaviest marks of each sentence of a text.

    Parameters
    ----------
    lines : list of dict of str to float
        As `threatledger.relays.words.find_marks` gives them.

    Returns
    -------
    numpy.ndarray
        A 64-bit number for each pair, the same on every machine; each once, in order.
    """
    import numpy

    heavy = [NUMBERS[mark] for marks in lines for mark in _list_heaviest(marks)]
    # What is lacking stands first when sorted, and is in no pair.
    table = numpy.sort(numpy.array(heavy, dtype=numpy.uint64).reshape(-1, TOP), axis=1)
    one, other = numpy.triu_indices(TOP, 1)
    # The marks' own numbers are as good as random: so is any sum of odd multiples of them.
    pairs = table[:, one] * MULTIPLE + table[:, other]
    return numpy.unique(pairs[table[:, one] != NUMBERS[LACKING]])


def _list_heaviest(marks):
    """Return the heaviest marks of a sentence, as many as are paired."""
    # Of equal ones the first in the order of letters: the second sort leaves them so.
    found = sorted(sorted(marks), key=marks.get, reverse=True)[:TOP]
    return found + [LACKING] * (TOP - len(found))


class _Numbers(dict):
    """A number for each mark that does not depend on the run."""

    def __missing__(self, mark):
        if len(self) >= MOST_KEPT:
            self.clear()
        digest = hashlib.blake2b(mark.encode("utf-8"), digest_size=8).digest()
        self[mark] = int.from_bytes(digest, "big") if mark else 0
        return self[mark]


NUMBERS = _Numbers()


def find_candidates(features):
    """Find the pairs of texts that share rare features.

    Parameters
    ----------
    features : list of set of int
        One set a text, as `find_features` gives it.

    Returns
    -------
    list of (int, int)
        Places of the two texts, sorted. The work grows with the number of texts, not with its
        square: a feature of more than `MOST_TEXTS` texts is passed over.
    """
    import numpy

    values = numpy.fromiter(itertools.chain.from_iterable(features), dtype=numpy.uint64)
    owners = numpy.repeat(numpy.arange(len(features)), [len(found) for found in features])
    pairs, counts = numpy.unique(pair_owners(values, owners), axis=0, return_counts=True)
    return [tuple(pair) for pair in pairs[counts >= LEAST_SHARED].tolist()]


def pair_owners(values, owners):
    """Pair the texts that share a feature which few have.

    Parameters
    ----------
    values, owners : numpy.ndarray
        Features, and the number of the text that has each.

    Returns
    -------
    numpy.ndarray
        Two columns, the lower number first; a row for each feature that two texts share.
    """
    import numpy

    order = numpy.lexsort((owners, values))
    values, owners = values[order], owners[order]
    # Where one feature ends and the next begins.
    starts = numpy.flatnonzero(numpy.r_[True, values[1:] != values[:-1]]) if len(values) else []
    sizes = numpy.diff(numpy.r_[starts, len(values)])
    pairs = [numpy.empty((0, 2), dtype=numpy.int64)]
    for size in range(2, MOST_TEXTS + 1):
        first = numpy.asarray(starts)[sizes == size]
        if len(first):
            shared = owners[first[:, None] + numpy.arange(size)]
            one, other = numpy.triu_indices(size, 1)
            pairs.append(numpy.stack([shared[:, one].ravel(), shared[:, other].ravel()], axis=1))
    return numpy.concatenate(pairs)
