"""Take over what was found in a text where the part that it stands in has changed."""

from threatledger.archive.extras import import_extra
from threatledger.archive.parquet import encode_table
from threatledger.archive.working import TABLES
from threatledger.days import find_last_day


class Finds:
    """Where the store has what was found in a text.

    Parameters
    ----------
    store : threatledger.archive.store.Store
    rules : threatledger.archive.working.Rules
        Only parts that were read by the same code are looked at.

    Notes
    -----
    Twelve bytes a text are held, so that a hundred million of them still fit.
    """

    def __init__(self, store, rules):
        import numpy

        self._store = store
        self._cut = rules.cut
        self._keys, marks, parts = [], [], []
        for key in store.list_keys():
            noted = store.read_note(key)
            if noted.get("code") == rules.code:
                marks.append(numpy.array([int(m, 16) for m in noted["entries"]], numpy.uint64))
                parts.append(numpy.full(len(marks[-1]), len(self._keys), numpy.uint32))
                self._keys.append(key)
        empty = [numpy.array([], numpy.uint64)]
        self._marks = numpy.concatenate(marks or empty)
        self._parts = numpy.concatenate(parts or empty)
        order = numpy.argsort(self._marks, kind="stable")
        self._marks, self._parts = self._marks[order], self._parts[order]

    def find(self, entries):
        """Find what is known of entries.

        Parameters
        ----------
        entries : list of threatledger.archive.entries.Entry

        Returns
        -------
        dict of str to list of str
            Key of a part to the ids of those that stand in it and need not be read again.
        """
        found = {}
        for entry in entries:
            if not (entry.left or entry.problem) and (key := self._find_key(entry)):
                found.setdefault(key, []).append(entry.doc_id)
        return {key: kept for key, ids in found.items() if (kept := self._check(key, ids))}

    def _find_key(self, entry):
        """Return the key of the part that an entry stands in, if there is one."""
        import numpy

        mark = numpy.uint64(int(entry.mark, 16))
        place = int(numpy.searchsorted(self._marks, mark))
        if place < len(self._marks) and self._marks[place] == mark:
            return self._keys[int(self._parts[place])]
        return None

    def _check(self, key, doc_ids):
        """Return those that the part has as texts of an edition with this last day."""
        if not self._store.holds(key):
            return []
        rows = self._store.read(key, "documents", ["doc_id", "published"], doc_ids).to_pylist()
        return [
            row["doc_id"]
            for row in rows
            if not self._cut or find_last_day(row["published"]).isoformat() <= self._cut
        ]


def merge_part(chunk, files, found, store):
    """Put together a part from what is newly read and what was found before.

    Parameters
    ----------
    chunk : threatledger.archive.chunks.Chunk
    files : dict of str to bytes
        As `threatledger.archive.working.work` gives them, for the entries that were read.
    found : dict of str to list of str
        As `Finds.find` gives it.
    store : threatledger.archive.store.Store

    Returns
    -------
    dict of str to bytes
        The same, byte for byte, as if all had been read.
    """
    pyarrow, parquet = import_extra("pyarrow"), import_extra("pyarrow.parquet")
    compute = import_extra("pyarrow.compute")
    order = pyarrow.array([entry.doc_id for entry in chunk.entries], pyarrow.string())
    merged = {}
    for table in TABLES:
        new = parquet.read_table(pyarrow.BufferReader(files[table]))
        old = (
            [] if table == "left-out" else [store.read(k, table, None, i) for k, i in found.items()]
        )
        rows = pyarrow.concat_tables([new, *(t.cast(new.schema) for t in old)]).combine_chunks()
        places = compute.index_in(rows["doc_id"], value_set=order)
        rows = rows.take(compute.sort_indices(places))
        merged[table] = encode_table(rows.replace_schema_metadata(new.schema.metadata))
    return merged
