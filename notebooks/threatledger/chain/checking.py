"""Find everything that is wrong with what people edit, before any notebook runs."""

import contextlib
import hashlib
import json
from pathlib import Path

from threatledger.chain.editions import EditionError, find_editions, read_editions
from threatledger.chain.graph import read_graph
from threatledger.chain.notebooks import ChainError, read_notebooks
from threatledger.corpus import CATALOGUE
from threatledger.files import hash_file, write_whole
from threatledger.schemas import check_table, parse_tables, read_schemas
from threatledger.sheets import parse_rows

# In reports/: the sum of the tables when nothing was wrong with them, so that the same ones are
# not looked at again.
CHECKED = ".cache/checked"
CODE = ("schemas.py", "sheets.py", "days.py", "decoding.py")


def check_tables(data):
    """Find everything that is wrong with the tables that people edit.

    Parameters
    ----------
    data : pathlib.Path
        The project's ``data/``; a table that is not there is the business of who reads it.

    Returns
    -------
    list of str
        A line for each problem, with file, row and column; empty if all is well.
    """
    tables = parse_tables(data)
    own = sorted(path.name for path in data.glob("codebook/*.csv"))
    for name in (f"codebook/{name}" for name in own):
        if name not in tables:
            tables[name] = parse_rows(data / name, name)
    return [str(problem) for name in tables for problem in check_table(name, tables[name], tables)]


def read_checked_graph(project, wanted):
    """Check the tables that people edit, and read the graph of the editions wanted.

    Parameters
    ----------
    project, wanted
        As `threatledger.chain.graph.read_graph` takes them.

    Returns
    -------
    Graph

    Raises
    ------
    ChainError
        If a table, a notebook's first cells or an edition does not hold; the message has a line for
        each problem of all of them, and nothing has run then.
    """
    kept, sum_ = project.reports / CHECKED, _sum_up(project.root / "data")
    is_known = kept.is_file() and kept.read_bytes() == sum_
    problems = [] if is_known else check_tables(project.root / "data")
    try:
        graph = read_graph(project, wanted)
    except (ChainError, EditionError) as error:
        problems.append(str(error))
    if problems:
        raise ChainError("\n".join(problems))
    if not is_known:
        with contextlib.suppress(OSError):
            write_whole(kept, sum_)
    return graph


def _sum_up(data):
    """Return the SHA-256 of the tables that people edit and of the code that checks them."""
    here = Path(__file__)
    code = [here, *(here.parents[1] / name for name in CODE)]
    paths = [data / name for name in read_schemas()] + sorted(data.glob("codebook/*.csv"))
    sums = [[path.name, hash_file(path)] for path in [*code, *paths]]
    return hashlib.sha256(json.dumps(sums).encode()).hexdigest().encode()


def check_project(project):
    """Find everything that is wrong with the tables, the editions and the texts.

    Parameters
    ----------
    project : Project
        Where things are.

    Returns
    -------
    list of str
        A line for each problem; empty if all is well.
    """
    problems = check_tables(project.root / "data")
    if not problems:
        problems += _check_texts(project.root / "data")
    try:
        read_editions(
            project.editions, find_editions(project.editions), read_notebooks(project.notebooks)
        )
    except (ChainError, EditionError) as error:
        problems += str(error).splitlines()
    return problems


def _check_texts(data):
    """Return a line for each text of the catalogue that cannot be read."""
    from threatledger.corpus import STOP, CorpusError, list_texts
    from threatledger.ledger import leave_out

    try:
        leave_out(list_texts(data / CATALOGUE), data / "texts", STOP)
    except CorpusError as error:
        return str(error).splitlines()
    return []


def count_checked(project):
    """Return how many tables and editions `check_project` looks at, in words."""
    tables = len(parse_tables(project.root / "data"))
    return f"{tables} tables and {len(find_editions(project.editions))} editions"
