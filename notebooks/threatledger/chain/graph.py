"""Work out which notebook needs which, from what each says that it reads and writes."""

import graphlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from threatledger.chain.editions import read_editions, suggest
from threatledger.chain.notebooks import WRITTEN_TO, ChainError, read_notebooks
from threatledger.files import list_files

PREVIOUS_NAME = "{previous}"
PREVIOUS = f"reports/{PREVIOUS_NAME}/"
# Folders of parts that are written with a table: the texts of an archive stand with its documents.
BESIDE = {"tables/documents": ("tables/texts",)}


@dataclass(frozen=True)
class Project:
    """Where things are.

    Attributes
    ----------
    root : pathlib.Path
        The project's top folder.
    reports : pathlib.Path
        The folder that holds the editions; tests put it elsewhere.
    """

    root: Path
    reports: Path

    @property
    def notebooks(self):
        """The folder of the notebooks, where they also run."""
        return self.root / "notebooks"

    @property
    def editions(self):
        """The folder of the edition files."""
        return self.notebooks / "editions"

    @property
    def package(self):
        """The folder of the functions that notebooks share."""
        return self.notebooks / "threatledger"

    @property
    def lock(self):
        """The file that names every installed package and its checksum."""
        return self.root / "requirements.lock.txt"

    def show(self, path):
        """Return a path as a message names it: from the project's root where it lies inside."""
        return str(path.relative_to(self.root) if path.is_relative_to(self.root) else path)


class Node(NamedTuple):
    """One run: a notebook in an edition."""

    edition: str
    notebook: str


@dataclass
class Graph:
    """The runs that are wanted, and what each needs.

    Attributes
    ----------
    project : Project
        Where things are.
    notebooks : dict of str to Notebook
        The chain.
    editions : dict of str to Edition
        Those wanted, and those they compare with.
    parameters : dict of str to dict of str to dict
        Edition and notebook name to what the notebook is given.
    needs : dict of Node to set of Node
        The runs that come first.
    """

    project: Project
    notebooks: dict
    editions: dict
    parameters: dict
    needs: dict = field(default_factory=dict)

    def folder(self, edition):
        """Return an edition's folder."""
        return self.project.reports / edition

    def executed(self, node):
        """Return the path of a run's executed notebook."""
        return self.folder(node.edition) / "executed" / f"{node.notebook}.ipynb"

    def outputs(self, node):
        """Return the files that a run makes, by their names in the edition's folder."""
        written = self.notebooks[node.notebook].writes
        files = [file for name in written for file in self.find_files(node.edition, name)]
        return [*files, f"executed/{node.notebook}.ipynb"]

    def find_files(self, edition, name):
        """Return the files that a written name stands for in an edition.

        Parameters
        ----------
        edition : str
        name : str
            As a notebook's Writes line names it.

        Returns
        -------
        list of str
            The name itself; of a table that is a folder of parts, these.
        """
        table = name.removesuffix(".csv")
        folders = [self.folder(edition) / part for part in (table, *BESIDE.get(table, ()))]
        if table == name or not folders[0].is_dir():
            return [name]
        paths = [path for folder in folders for path in list_files(folder)]
        return [path.relative_to(self.folder(edition)).as_posix() for path in paths]

    def inputs(self, node):
        """Return the files that a run reads.

        Parameters
        ----------
        node : Node
            The run.

        Returns
        -------
        dict of str to pathlib.Path
            Name, free of where the project lies, to path.

        Raises
        ------
        ChainError
            If the notebook reads a file of the project that is not there.
        """
        found = {}
        for name in self.notebooks[node.notebook].reads:
            edition, inner = _locate(name, self.editions[node.edition])
            if edition:
                for _, written in self._find_written(inner, node.notebook):
                    for file in self.find_files(edition, written):
                        found[f"reports/{edition}/{file}"] = self.folder(edition) / file
            elif inner:
                found |= self._find_given(inner, node.notebook, PREVIOUS_NAME in name)
        return found

    def _find_written(self, name, reader):
        """Return (notebook, file) for each file of the chain that a name stands for."""
        return [
            (notebook.name, file)
            for notebook in self.notebooks.values()
            for file in notebook.writes
            if file == name or (name.endswith("/") and file.startswith(name))
            if notebook.name != reader or not name.endswith("/")
        ]

    def _find_given(self, name, reader, may_lack=False):
        """Return the files that people put in the project and a name stands for."""
        path = self.project.root / name
        paths = list_files(path) if name.endswith("/") else [path] if path.is_file() else []
        if not paths and not may_lack:
            raise ChainError(
                f"notebooks/{reader}.ipynb reads {name}, which is not there: put it back, or "
                "correct the notebook's Reads"
            )
        return {str(path.relative_to(self.project.root)): path for path in paths}


def _locate(name, edition):
    """Return (edition, name inside it) for a file of the chain, ("", name) for a given file.

    A file of the previous edition is ("", "") where the edition has none.
    """
    if PREVIOUS_NAME in name and not edition.previous:
        return "", ""
    if name.startswith(PREVIOUS):
        return edition.previous, name.removeprefix(PREVIOUS)
    if name.startswith(WRITTEN_TO):
        return edition.name, name
    given = name.replace("{edition}", edition.name)
    return "", given.replace(PREVIOUS_NAME, edition.previous)


def read_graph(project, wanted):
    """Read the notebooks and editions, check them, and order their runs.

    Parameters
    ----------
    project : Project
        Where things are.
    wanted : list of str
        The editions wanted, whole. Of the editions that these compare with only the runs
        that the comparison reads are taken.

    Returns
    -------
    Graph

    Raises
    ------
    ChainError, EditionError
        If anything in a notebook's first cells or in an edition file does not hold; nothing has
        run then.
    """
    notebooks = read_notebooks(project.notebooks)
    editions, parameters = read_editions(project.editions, wanted, notebooks)
    return build_graph(project, notebooks, editions, parameters, wanted)


def build_graph(project, notebooks, editions, parameters, wanted):
    """Order the runs of editions already read.

    Parameters
    ----------
    project, notebooks, editions, parameters
        As in `Graph`.
    wanted : list of str
        The editions wanted, whole.

    Returns
    -------
    Graph

    Raises
    ------
    ChainError
        If two notebooks write one file, one reads what none writes, or they wait for each other.
    """
    _refuse_two_writers(notebooks)
    graph = Graph(project, notebooks, editions, parameters)
    waiting = [Node(edition, notebook) for edition in wanted for notebook in notebooks]
    for node in waiting:
        if node not in graph.needs:
            graph.needs[node] = _find_needs(graph, node)
            waiting += sorted(graph.needs[node])
            graph.inputs(node)
    try:
        graphlib.TopologicalSorter(graph.needs).prepare()
    except graphlib.CycleError as error:
        circle = " → ".join(node.notebook for node in reversed(error.args[1]))
        raise ChainError(
            f"these notebooks wait for each other: {circle}: correct what they read and write"
        ) from None
    return graph


def _refuse_two_writers(notebooks):
    """Raise if two notebooks write the same file."""
    writers = {}
    for notebook in notebooks.values():
        for file in notebook.writes:
            other = writers.setdefault(file, notebook.name)
            if other != notebook.name:
                raise ChainError(
                    f"notebooks/{notebook.name}.ipynb writes {file}, which {other} writes too: "
                    "give one of them another name"
                )


def _find_needs(graph, node):
    """Return the runs that must come before one."""
    needs = set()
    for name in graph.notebooks[node.notebook].reads:
        edition, inner = _locate(name, graph.editions[node.edition])
        if not edition:
            continue
        writers = graph._find_written(inner, node.notebook)
        if not writers:
            written = [file for notebook in graph.notebooks.values() for file in notebook.writes]
            raise ChainError(
                f"notebooks/{node.notebook}.ipynb reads {inner}, which no notebook writes: "
                f"{suggest(inner, written)}"
            )
        needs |= {Node(edition, writer) for writer, _ in writers}
    return needs
