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
    features = set()
    for line in telling.lines:
        heavy = sorted(line.marks, key=lambda mark: (-line.marks[mark], mark))[:TOP]
        features.update(_hash(pair) for pair in itertools.combinations(sorted(heavy), 2))
    return features


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
    order = numpy.lexsort((owners, values))
    values, owners = values[order], owners[order]
    # Where one feature ends and the next begins.
    ends = numpy.flatnonzero(numpy.diff(values)) + 1
    bounds = zip([0, *ends.tolist()], [*ends.tolist(), len(values)], strict=True)
    pairs = [
        numpy.array(list(itertools.combinations(owners[start:end].tolist(), 2)))
        for start, end in bounds
        if 2 <= end - start <= MOST_TEXTS
    ]
    if not pairs:
        return []
    found, counts = numpy.unique(numpy.concatenate(pairs), axis=0, return_counts=True)
    return [tuple(pair) for pair in found[counts >= LEAST_SHARED].tolist()]
