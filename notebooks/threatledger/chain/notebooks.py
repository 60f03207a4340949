"""Read what a notebook says of itself: the files it reads and writes, and its parameters."""

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

from threatledger.chain.parameters import read_parameters

NAME = re.compile(r"\d\d-[a-z0-9-]+\.ipynb\Z")
SECTION = re.compile(r"\*\*([A-Z][a-z ]*)\.?\*\*")
QUOTED = re.compile(r"`([^`\n]+)`")
# A quoted word is a file name when it has a folder or an ending; others may be column names.
FILE_LIKE = re.compile(r"/|\.[a-z]+\Z")

READ_FROM = ("tables/", "figures/", "data/", "reports/{previous}/", "notebooks/editions/")
WRITTEN_TO = ("tables/", "figures/")
# A figure is three files: the light and the dark drawing, and what they say in words.
FIGURE_FILES = (".svg", "-dark.svg", "-narrow.svg", "-narrow-dark.svg", ".json")


class ChainError(ValueError):
    """The chain cannot run as it stands; the message names the file and the remedy."""


@dataclass(frozen=True)
class Notebook:
    """One notebook of the chain.

    Attributes
    ----------
    name : str
        File name without ending, ``"04-strength"``.
    path : pathlib.Path
        The file.
    reads, writes : tuple of str
        Names as the first cell gives them; in ``writes`` a figure is its three files.
    parameters : dict
        Name to default value.
    sources : tuple of (str, str)
        Kind and source of each cell, in order.
    digest : str
        SHA-256 of what decides a run: cells and tags, not outputs or counts.
    """

    name: str
    path: Path
    reads: tuple
    writes: tuple
    parameters: dict
    sources: tuple
    digest: str


def read_notebooks(folder):
    """Read every notebook of the chain.

    Parameters
    ----------
    folder : pathlib.Path
        The folder with ``NN-name.ipynb``.

    Returns
    -------
    dict of str to Notebook
        By name, in the order of their numbers.

    Raises
    ------
    ChainError
        If there is none, or one does not keep the contract of its first and parameters cells.
    """
    paths = sorted(path for path in folder.glob("*.ipynb") if NAME.match(path.name))
    if not paths:
        raise ChainError(f"{folder.name}/ holds no notebook named NN-name.ipynb: restore them")
    return {path.stem: read_notebook(path) for path in paths}


def read_notebook(path):
    """Read one notebook.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    Notebook

    Raises
    ------
    ChainError
        If it is no notebook, says not what it reads and writes, or has not one cell of plain
        parameters.
    """
    where = f"notebooks/{path.name}"
    try:
        content = json.loads(path.read_bytes())
        cells = [_read_cell(cell) for cell in content["cells"]]
    except (ValueError, KeyError, TypeError) as error:
        raise ChainError(
            f"{where} is not a notebook ({type(error).__name__}): restore it from the repository"
        ) from None
    opening = cells[0][1] if cells and cells[0][0] == "markdown" else ""
    reads, writes = _read_names(opening, where)
    tagged = [source for _, source, tags in cells if "parameters" in tags]
    if len(tagged) != 1:
        raise ChainError(
            f"{where} has {len(tagged)} cells tagged parameters, and needs one: set the tag in "
            "JupyterLab under Property Inspector, Cell Tags"
        )
    try:
        parameters = read_parameters(tagged[0])
    except ValueError as error:
        raise ChainError(f"{where}, parameters cell: {error}") from None
    if "edition" not in parameters:
        raise ChainError(f'{where}, parameters cell: add the line edition = "default"')
    return Notebook(
        name=path.stem,
        path=path,
        reads=reads,
        writes=writes,
        parameters=parameters,
        sources=tuple((kind, source) for kind, source, _ in cells),
        digest=hashlib.sha256(json.dumps(cells).encode()).hexdigest(),
    )


def _read_cell(cell):
    """Return a cell as (kind, source, tags)."""
    source = cell["source"]
    text = source if isinstance(source, str) else "".join(source)
    return cell["cell_type"], text, sorted(cell.get("metadata", {}).get("tags", []))


def _read_names(opening, where):
    """Return the names after **Reads** and **Writes** in a notebook's first cell."""
    parts = SECTION.split(opening)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    for section in ("Question", "Reads", "Writes"):
        if section not in sections:
            raise ChainError(
                f"{where}: the first cell has no **{section}**: open it with the question, the "
                "files read and the files written, as the other notebooks do"
            )
    reads = _list_names(sections["Reads"], READ_FROM, f"{where}, Reads")
    writes = _list_names(sections["Writes"], WRITTEN_TO, f"{where}, Writes")
    for name in writes:
        if name.endswith("/"):
            raise ChainError(f"{where}, Writes: {name} is a folder: name each file written")
    return reads, tuple(file for name in writes for file in _expand_figure(name))


def _list_names(text, folders, where):
    """Return the file names quoted in a text; refuse those outside the known folders."""
    names = [name for name in QUOTED.findall(text) if FILE_LIKE.search(name)]
    for name in names:
        if not name.startswith(folders) or ".." in name.split("/"):
            raise ChainError(
                f"{where}: `{name}` is in none of the folders {', '.join(folders)}: "
                "begin the name with its folder"
            )
    return tuple(dict.fromkeys(names))


def _expand_figure(name):
    """Return the files that a written name stands for."""
    if name.startswith("figures/") and name.endswith(".svg"):
        return tuple(name.removesuffix(".svg") + ending for ending in FIGURE_FILES)
    return (name,)
