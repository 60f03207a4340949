"""Read the codebook: the lists in ``data/codebook/`` that a researcher edits instead of code."""

import functools
from pathlib import Path

from threatledger.sheets import parse_rows


class CodebookError(ValueError):
    """A codebook file cannot be used; the message names the file, the row and the remedy."""


class Codebook:
    """The codebook's tables, each a tuple of rows.

    Parameters
    ----------
    tables : dict of str to list of dict
        File stem (``"places"``) to rows; every value is a stripped string.

    Notes
    -----
    Compared and hashed by identity, so that compiled grammars can be cached on it. It pickles,
    so that workers elsewhere can be sent one.
    """

    def __init__(self, tables):
        self._tables = {name: tuple(rows) for name, rows in tables.items()}

    def rows(self, table):
        """Return the rows of one table.

        Parameters
        ----------
        table : str
            File stem, such as ``"places"``.

        Returns
        -------
        tuple of dict
            One dict a row, keys from the header.

        Raises
        ------
        CodebookError
            If there is no such file in the codebook.
        """
        try:
            return self._tables[table]
        except KeyError:
            raise CodebookError(
                f"data/codebook/{table}.csv is missing: restore it from the repository"
            ) from None

    def names(self):
        """Return the names of the tables, sorted."""
        return sorted(self._tables)


def find_root():
    """Return the project's top folder, wherever the caller was started.

    Returns
    -------
    pathlib.Path
        The folder that holds ``data/`` and ``notebooks/``.
    """
    return Path(__file__).resolve().parents[2]


def find_codebook():
    """Return the folder of the codebook: the project's, or the copy in an installed package."""
    packed = Path(__file__).resolve().parent / "codebook-tables"
    return packed if packed.is_dir() else find_root() / "data/codebook"


def read_rows(path):
    """Read one CSV file as a list of dicts of stripped strings.

    Parameters
    ----------
    path : pathlib.Path
        A UTF-8 CSV file with a header; a byte order mark, as spreadsheets write one, is accepted.

    Returns
    -------
    list of dict of str to str
        One dict a row. Rows whose cells are all empty are left out.

    Raises
    ------
    CodebookError
        If the file is not UTF-8 or has no header, a column stands there twice, or rows have more or
        fewer cells than the header; the message has a line for each.
    """
    parsed = parse_rows(path)
    if parsed.problems:
        raise CodebookError("\n".join(map(str, parsed.problems)))
    return [row for _, row in parsed.rows]


@functools.cache
def read_codebook(folder=None):
    """Read every CSV file of a codebook folder, once.

    Parameters
    ----------
    folder : pathlib.Path, optional
        Default: the project's ``data/codebook``.

    Returns
    -------
    Codebook

    Raises
    ------
    CodebookError
        If the folder holds no CSV file, or one cannot be read.
    """
    folder = folder or find_codebook()
    paths = sorted(folder.glob("*.csv"))
    if not paths:
        raise CodebookError(f"no codebook in {folder}: it should hold places.csv and others")
    return Codebook({path.stem: read_rows(path) for path in paths})
