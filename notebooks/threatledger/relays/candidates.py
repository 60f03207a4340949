"""Choose which pairs of texts to compare: those that share what few texts have."""

import hashlib
import itertools

TOP = 5  # marks of a sentence that are paired: its figures and names come first
MOST_TEXTS = 40  # a pair of marks found in more texts than this tells nothing
LEAST_SHARED = 4  # rare pairs of marks that two texts must share


def find_features(telling):
    """Find what a text may be known by among many: pairs of heavy marks of one sentence.

    Parameters
    ----------
    telling : telling.Telling

    Returns
    -------
    set of int
        A 64-bit number for each pair, the same on every machine.
    """
    return {feature for line in telling.lines for feature in pair_marks(line.marks)}


def pair_marks(marks):
    """Pair the heaviest marks of a sentence.

    Parameters
    ----------
    marks : dict of str to float
        As `threatledger.relays.words.find_marks` gives them.

    Returns
    -------
    list of int
        A 64-bit number for each pair.
    """
    heavy = sorted(marks, key=lambda mark: (-marks[mark], mark))[:TOP]
    return [_hash(pair) for pair in itertools.combinations(sorted(heavy), 2)]


def _hash(pair):
    """Return a number for two marks that does not depend on the run."""
    content = "\0".join(pair).encode("utf-8")
    return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "big")


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
