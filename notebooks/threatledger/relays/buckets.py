"""Find which of many texts share rare features, by way of files, so that memory stays flat."""

import numpy

from threatledger.relays.candidates import LEAST_SHARED, MOST_TEXTS, pair_owners

# Features, and pairs of texts, that are looked at in one go.
BUNCH = 1_000_000
# Features of a text of three pages, by which the number of files is chosen, and the most files.
USUAL, MOST_FILES = 150, 400
# Into how many parts the features of a file are cut to be paired, and how many files of pairs there
# are to one of features: a text shares the more pairs the more texts there are.
CUTS = 8
# Up to so many texts, every pair is compared that shares enough. Of more, two must share a part of
# the features of the one that has fewer, of those that few texts have: the more texts, the fewer
# these are. Each is paired with those later ones that share most with it, and so many pairs a text
# are compared, the likeliest.
FEW_TEXTS, LEAST_PART, MOST_BESIDE, PAIRS_A_TEXT = 200, 0.15, 3, 0.6


class Buckets:
    """Numbers sorted into files by size, to be read back one file after the other.

    Parameters
    ----------
    folder : pathlib.Path
        An empty folder.
    name : str
        Stem of the files.
    count : int
        How many files.
    """

    def __init__(self, folder, name, count):
        self._files = [(folder / f"{name}-{k}").open("w+b") for k in range(count)]

    def put(self, rows, bucket):
        """Add rows of two numbers each to the files that their bucket numbers name."""
        order = numpy.argsort(bucket, kind="stable")
        rows, bucket = rows[order], bucket[order]
        ends = numpy.searchsorted(bucket, numpy.arange(len(self._files) + 1))
        for file, start, end in zip(self._files, ends[:-1], ends[1:], strict=True):
            if start < end:
                file.write(numpy.ascontiguousarray(rows[start:end], dtype=numpy.uint64).tobytes())

    def read(self):
        """Yield the rows of one file after the other; each is closed then."""
        for file in self._files:
            file.seek(0)
            yield numpy.frombuffer(file.read(), dtype=numpy.uint64).reshape(-1, 2)
            file.close()


def find_many_candidates(found, total, folder):
    """Find the pairs of texts to compare, among any number of texts.

    Parameters
    ----------
    found : iterable of (numpy.ndarray, numpy.ndarray)
        Features, and the number of the text that has each, a bunch of texts at a time.
    total : int
        How many texts there are.
    folder : pathlib.Path
        An empty folder for what does not fit in memory.

    Returns
    -------
    tuple of (numpy.ndarray, int)
        Pairs of numbers of texts, two columns, in order; and how many pairs that share enough
        were left out because others share more.
    """
    files = min(MOST_FILES, 1 + total * USUAL // BUNCH)
    features = Buckets(folder, "features", files)
    for values, owners in found:
        rows = numpy.stack([values.astype(numpy.uint64), owners.astype(numpy.uint64)], axis=1)
        features.put(rows, (values % numpy.uint64(files)).astype(numpy.int64))
    sizes, most = numpy.zeros(total, dtype=numpy.int64), min(MOST_FILES, files * CUTS)
    pairs = Buckets(folder, "pairs", most)
    for rows in features.read():
        cuts = rows[:, 0] // numpy.uint64(files) % numpy.uint64(CUTS)
        for cut in range(CUTS):
            values, owners = rows[cuts == cut].T
            owners = owners.astype(numpy.int64)
            sizes += numpy.bincount(owners[_are_rare(values)], minlength=total)
            shared = pair_owners(values, owners)
            pairs.put(shared, shared[:, 0] * most // max(total, 1))
    return _choose_pairs(pairs, sizes)


def _are_rare(values):
    """Tell of each feature whether few texts have it."""
    _, places, counts = numpy.unique(values, return_inverse=True, return_counts=True)
    return counts[places] <= MOST_TEXTS


def _choose_pairs(pairs, sizes):
    """Return the pairs to compare, and how many others there are that share enough."""
    total = len(sizes)
    kept, shares, left = [numpy.empty((0, 2), dtype=numpy.int64)], [numpy.empty(0)], 0
    for rows in pairs.read():
        # As one number each, which is sorted many times as fast as two.
        keys = rows[:, 0] * numpy.uint64(total) + rows[:, 1]
        keys, counts = numpy.unique(keys, return_counts=True)
        own = numpy.stack(numpy.divmod(keys.astype(numpy.int64), total), axis=1)
        share = counts / numpy.minimum(sizes[own[:, 0]], sizes[own[:, 1]])
        is_near = (counts >= LEAST_SHARED) & ((total <= FEW_TEXTS) | (share >= LEAST_PART))
        own, share = own[is_near], share[is_near]
        nearest = _rank_beside(own, share) < (MOST_BESIDE if total > FEW_TEXTS else len(own) + 1)
        left += int((~nearest).sum())
        kept.append(own[nearest])
        shares.append(share[nearest])
    found, share = numpy.concatenate(kept), numpy.concatenate(shares)
    if total <= FEW_TEXTS:
        return found, left
    best = numpy.sort(numpy.argsort(-share, kind="stable")[: int(PAIRS_A_TEXT * total)])
    return found[best], left + len(found) - len(best)


def _rank_beside(pairs, share):
    """Return for each pair how many later texts share more with its first text."""
    order = numpy.lexsort((pairs[:, 1], -share, pairs[:, 0]))
    firsts = pairs[order, 0]
    starts = numpy.flatnonzero(numpy.r_[True, firsts[1:] != firsts[:-1]]) if len(firsts) else []
    sizes = numpy.diff(numpy.r_[starts, len(firsts)]).astype(numpy.int64)
    ranks = numpy.empty(len(firsts), dtype=numpy.int64)
    ranks[order] = numpy.arange(len(firsts)) - numpy.repeat(starts, sizes)
    return ranks
