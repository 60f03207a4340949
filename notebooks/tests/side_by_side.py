"""nbval for notebooks that need each other: side by side on all workers, each after what it reads.

Every notebook is re-executed in a kernel of its own, and all write to one folder, as in the chain.
A worker that gets a notebook starts its kernel at once, and waits before the second code cell (the
first holds the parameters) until the notebooks that it reads from are done.
"""

import os
import time
from pathlib import Path

import pytest

from threatledger.chain.editions import Edition
from threatledger.chain.graph import Project, build_graph
from threatledger.chain.notebooks import ChainError, read_notebooks

# Seconds; a worker that died leaves others waiting, who then run into what is missing.
PATIENCE = 600


class SideBySide:
    """A pytest plugin, one in each process.

    Parameters
    ----------
    root : pathlib.Path
        The project's top folder.
    folder : pathlib.Path
        One folder for all processes; the notebooks write to ``reports`` in it.
    """

    def __init__(self, root, folder):
        self._root = root
        self._folder = folder
        self._cells = {}
        self._needs = {}
        self._own = os.environ["THREATLEDGER_REPORTS"]

    def pytest_configure_node(self, node):
        """Tell a worker which folder it is."""
        node.workerinput["side_by_side"] = str(self._folder)

    def pytest_collection_finish(self, session):
        """Note the cells of each notebook, and which notebooks it waits for."""
        for item in session.items:
            if name := find_notebook(item.nodeid):
                self._cells.setdefault(name, []).append(item.nodeid)
        if len(self._cells) > 1:
            self._needs = read_needs(self._root)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item):
        """Send what a notebook writes to the common folder, and wait for what it reads."""
        name = find_notebook(item.nodeid)
        os.environ["THREATLEDGER_REPORTS"] = str(self._folder / "reports") if name else self._own
        if name and item.nodeid != self._cells[name][0]:
            self._wait(name)

    def pytest_runtest_logfinish(self, nodeid):
        """Note that the last cell of a notebook has run, whether or not it gave what was stored."""
        name = find_notebook(nodeid)
        # The process that shares out the tests hears of them too, and has collected none.
        if name in self._cells and nodeid == self._cells[name][-1]:
            self._find_mark(name).touch()

    def _wait(self, name):
        """Wait until the notebooks that stand before one, and that it reads from, are done."""
        before = [*self._cells][: [*self._cells].index(name)]
        waiting = [self._find_mark(other) for other in before if other in self._needs.get(name, ())]
        end = time.monotonic() + PATIENCE
        while not all(mark.exists() for mark in waiting) and time.monotonic() < end:
            time.sleep(0.02)

    def _find_mark(self, name):
        """Return the file that says that a notebook is done."""
        return self._folder / f"{name}.done"


def find_notebook(nodeid):
    """Return the name of the notebook that a test is a cell of, or ``None``."""
    file, _, cell = nodeid.partition("::")
    return Path(file).stem if cell and file.endswith(".ipynb") else None


def read_needs(root):
    """Return which notebooks each one reads from, at its own defaults.

    Parameters
    ----------
    root : pathlib.Path
        The project's top folder.

    Returns
    -------
    dict of str to set of str
        Empty if a first cell is wrong; other tests say so.
    """
    try:
        notebooks = read_notebooks(root / "notebooks")
        editions = {"default": Edition("default", "default")}
        given = {"default": dict.fromkeys(notebooks, {})}
        project = Project(root, root / "reports")
        graph = build_graph(project, notebooks, editions, given, ["default"])
    except ChainError:
        return {}
    return {node.notebook: {need.notebook for need in graph.needs[node]} for node in graph.needs}
