"""Keep each part of a corpus by all that decided it, so that nothing is found twice.

A part that is half written, damaged, or made by other code or from other texts is never used.
"""

import hashlib
import json
import os
import shutil

from threatledger.archive.extras import import_extra
from threatledger.archive.working import TABLES
from threatledger.files import find_reports, hash_file, write_whole

FOLDER = ".cache/archive"
# Written last into a part's folder: what it was made from, and the SHA-256 of each file beside it.
NOTE = "note.json"


class Store:
    """The parts of an edition's corpus.

    Parameters
    ----------
    edition : str
        Its name.
    """

    def __init__(self, edition):
        self._folder = find_reports() / FOLDER / edition

    def list_keys(self):
        """Return the keys of the parts that are whole or look it, sorted."""
        return sorted(path.parent.name for path in self._folder.glob(f"*/{NOTE}"))

    def locate(self, key, table):
        """Return where a part's Parquet file of a table is."""
        return self._folder / key / f"{table}.parquet"

    def holds(self, key):
        """Tell whether a part is there, whole and undamaged; one that is not is removed."""
        if not (self._folder / key).is_dir():
            return False
        sums = {table: hash_file(self.locate(key, table)) for table in TABLES}
        if None not in sums.values() and self.read_note(key).get("sums") == sums:
            return True
        shutil.rmtree(self._folder / key, ignore_errors=True)
        return False

    def read_note(self, key):
        """Return what is noted of a part: ``code``, ``entries``, ``sums``; empty where damaged."""
        try:
            noted = json.loads((self._folder / key / NOTE).read_bytes())
        except (OSError, ValueError):
            return {}
        return noted if isinstance(noted, dict) else {}

    def keep(self, key, files, code, marks):
        """Keep a part.

        Parameters
        ----------
        key : str
        files : dict of str to bytes
            Table to Parquet file.
        code : str
            What read its texts.
        marks : list of str
            Of its entries.
        """
        sums = {table: hashlib.sha256(content).hexdigest() for table, content in files.items()}
        note = {"code": code, "entries": marks, "sums": sums}
        trial = self._folder / f"{key}.{os.getpid()}.part"
        shutil.rmtree(trial, ignore_errors=True)
        for table, content in files.items():
            write_whole(trial / f"{table}.parquet", content)
        write_whole(trial / NOTE, json.dumps(note, sort_keys=True) + "\n")
        shutil.rmtree(self._folder / key, ignore_errors=True)
        trial.rename(self._folder / key)

    def read(self, key, table, columns=None, doc_ids=None):
        """Return a part's table, or its rows about some texts.

        Parameters
        ----------
        key, table : str
        columns : list of str, optional
        doc_ids : list of str, optional

        Returns
        -------
        pyarrow.Table
        """
        parquet = import_extra("pyarrow.parquet")
        found = parquet.read_table(
            self.locate(key, table), columns=columns, partitioning=None, use_threads=False
        )
        if doc_ids is None:
            return found
        compute, pyarrow = import_extra("pyarrow.compute"), import_extra("pyarrow")
        wanted = pyarrow.array(doc_ids, pyarrow.string())
        return found.filter(compute.is_in(found["doc_id"], value_set=wanted))

    def sweep(self, keys):
        """Remove all parts but some, and what a killed run left."""
        for path in sorted(self._folder.glob("*")):
            if path.name not in keys:
                shutil.rmtree(path, ignore_errors=True)


def link_file(source, target):
    """Let a file stand in a second place, without a copy where the file system can."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
