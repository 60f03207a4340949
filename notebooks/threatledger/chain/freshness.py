"""Tell what is up to date, by content: a file that was touched but not changed re-runs nothing."""

import contextlib
import hashlib
import json
import sys

from threatledger.files import hash_file, list_files, write_whole

# Raised when a record written by earlier code can no longer be believed.
FORMAT = 1
RECORD = ".chain.json"
# How the page is called in the record, where notebooks stand by their names.
PAGE = "briefing.html"
# What only the page needs, and what nothing that is made needs; a change there re-runs no notebook.
# A test holds both to what imports what.
PAGE_CODE = (
    "annotations.py",
    "briefing/colophon.py",
    "briefing/numbers.py",
    "briefing/page.py",
    "briefing/template/",
    "chain/crate.py",
)
NO_CODE = ("bench/", "briefing/picture.py")


class Freshness:
    """What was made from what, in the editions of a graph.

    Parameters
    ----------
    graph : Graph
        The runs wanted.

    Notes
    -----
    The record of an edition is ``.chain.json`` in its folder: for each run the key that sums up
    all it was made from, the SHA-256 of each file it made, and its seconds.
    """

    def __init__(self, graph):
        self._graph = graph
        self._hashes = {}
        self._records = {name: _read_record(graph.folder(name)) for name in graph.editions}
        code, page = _hash_package(graph.project.package)
        python = list(sys.version_info[:2])
        self._base = [FORMAT, code, hash_file(graph.project.lock), python]
        self._page_code = page

    def find_key(self, node):
        """Return the key of a run: one SHA-256 over all that decides what it makes."""
        notebook = self._graph.notebooks[node.notebook]
        inputs = {name: self._hash(path) for name, path in self._graph.inputs(node).items()}
        given = self._graph.parameters[node.edition][node.notebook]
        corpus = self._list_corpus(given.get("corpus"))
        return _sum_up([self._base, notebook.name, notebook.digest, given, inputs, corpus])

    def _list_corpus(self, corpus):
        """Return name, size and time of each file of the corpus that a notebook is given.

        It may be too large to be read for this. Where a file was touched and not changed, its
        texts are told to be the same when they are read.
        """
        if not corpus:
            return None
        from threatledger.archive.readers import open_corpus
        from threatledger.archive.spec import read_spec

        return open_corpus(read_spec(corpus), self._graph.project.root).list_files()

    def find_page_key(self, edition):
        """Return the key of an edition's page: all runs of the edition, and the page's own code."""
        made = self._records[edition]["runs"]
        runs = {name: [made[name]["key"], made[name]["outputs"]] for name in self._graph.notebooks}
        title = self._graph.editions[edition].title
        # The run record names the project and the date of its release.
        citation = self._hash(self._graph.project.root / "CITATION.cff")
        return _sum_up([self._base, self._page_code, edition, title, citation, runs])

    def is_fresh(self, edition, name, key):
        """Tell whether what a run made is there, unchanged, and made from what the key sums up."""
        entry = self._records[edition]["runs"].get(name)
        if entry is None or entry["key"] != key:
            return False
        folder = self._graph.folder(edition)
        return all(self._hash(folder / file) == sum_ for file, sum_ in entry["outputs"].items())

    def sweep(self):
        """Remove what notebooks made that are no longer in the chain."""
        for edition, record in self._records.items():
            for name in set(record["runs"]) - set(self._graph.notebooks) - {PAGE}:
                self.forget(edition, name, [])

    def forget(self, edition, name, outputs):
        """Remove what a run made, so that nothing looks up to date while it is not.

        Parameters
        ----------
        edition, name : str
            The run.
        outputs : list of str
            The files it makes now; those on record, which may differ, are removed too.
        """
        entry = self._records[edition]["runs"].pop(name, {"outputs": {}})
        for file in {*outputs, *entry["outputs"]}:
            path = self._graph.folder(edition) / file
            path.unlink(missing_ok=True)
            self._hashes.pop(path, None)
            if path.suffix == ".parquet":
                # The last part's folder would pass for a table.
                with contextlib.suppress(OSError):
                    path.parent.rmdir()
        self._save(edition)

    def remember(self, edition, name, key, outputs, seconds):
        """Record what a run has made.

        Parameters
        ----------
        edition, name, key : str
            The run.
        outputs : list of str
            The files it made, named from the edition's folder; all must be there.
        seconds : float
            How long it took.
        """
        folder = self._graph.folder(edition)
        for file in outputs:
            self._hashes.pop(folder / file, None)
        sums = {file: self._hash(folder / file) for file in outputs}
        entry = {"key": key, "outputs": sums, "seconds": round(seconds, 3)}
        self._records[edition]["runs"][name] = entry
        self._save(edition)

    def list_outputs(self, edition):
        """Return name and SHA-256 of every file recorded in an edition, sorted by name."""
        runs = self._records[edition]["runs"].values()
        return dict(sorted(item for entry in runs for item in entry["outputs"].items()))

    def _save(self, edition):
        """Write an edition's record."""
        text = json.dumps(self._records[edition], indent=1, sort_keys=True) + "\n"
        write_whole(self._graph.folder(edition) / RECORD, text)

    def _hash(self, path):
        """Return the SHA-256 of a file, read once a run."""
        if path not in self._hashes:
            self._hashes[path] = hash_file(path)
        return self._hashes[path]


def _read_record(folder):
    """Return an edition's record, an empty one where there is none that can be believed."""
    try:
        record = json.loads((folder / RECORD).read_bytes())
        for entry in record["runs"].values():
            entry["key"], entry["outputs"].items(), entry["seconds"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {"runs": {}}
    return record


def _hash_package(package):
    """Return the SHA-256 of the code that notebooks can import, and of the page's own files."""
    sums = {True: [], False: []}
    for path in list_files(package):
        name = path.relative_to(package).as_posix()
        if not name.startswith(NO_CODE):
            sums[name.startswith(PAGE_CODE)].append([name, hash_file(path)])
    return _sum_up(sums[False]), _sum_up(sums[True])


def _sum_up(value):
    """Return the SHA-256 of a value of plain types."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def list_made(folder):
    """Return what the chain made in an edition's folder, by its record, failed copies included.

    Parameters
    ----------
    folder : pathlib.Path
        An edition's folder.

    Returns
    -------
    list of pathlib.Path
        Files that are there, the record itself included, sorted.
    """
    runs = _read_record(folder)["runs"].values()
    found = {folder / file for entry in runs for file in entry["outputs"]}
    found |= {*folder.glob("executed/*.failed.ipynb"), folder / RECORD}
    return sorted(path for path in found if path.is_file())
