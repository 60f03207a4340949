"""Write files whole and know them by their content; nothing heavy is imported here."""

import contextlib
import hashlib
import os
from pathlib import Path

from threatledger.codebook import find_root


def find_reports(root=None):
    """Return the folder that holds the editions.

    Parameters
    ----------
    root : pathlib.Path, optional
        The project's top folder; default: the one this package lies in.

    Returns
    -------
    pathlib.Path
        ``THREATLEDGER_REPORTS`` where it is set (tests and trial runs), else ``reports/``.
    """
    return Path(os.environ.get("THREATLEDGER_REPORTS") or (root or find_root()) / "reports")


def write_whole(path, content):
    """Write a file whole: under a temporary name, then renamed.

    Parameters
    ----------
    path : pathlib.Path
        Where it goes; folders are made.
    content : str or bytes
        What it holds; text is written as UTF-8 with the line ends it has.
    """
    with written_whole(path) as trial:
        trial.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


@contextlib.contextmanager
def written_whole(path):
    """Let a library write a file that is there whole or not at all.

    Parameters
    ----------
    path : pathlib.Path
        Where it goes; folders are made.

    Yields
    ------
    pathlib.Path
        The temporary name to write under. After an error nothing is left of it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    trial = path.with_name(path.name + ".part")
    try:
        yield trial
        trial.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            trial.unlink()
        raise


def hash_file(path):
    """Return the SHA-256 of a file as hexadecimal text, or ``None`` where there is no file."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return None


def list_files(folder):
    """Return the files of a folder and its folders, sorted, without what tools leave there.

    Parameters
    ----------
    folder : pathlib.Path
        A folder that may be missing.

    Returns
    -------
    list of pathlib.Path
        No hidden file or folder, no ``__pycache__``, no ``*~`` of an editor.
    """
    found = []
    for where, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not is_litter(name)]
        found += [Path(where, name) for name in names if not is_litter(name)]
    return sorted(found)


def is_litter(name):
    """Tell whether a name is a tool's, not a person's.

    Parameters
    ----------
    name : str
        Of a file or a folder, without the folders it lies in.

    Returns
    -------
    bool
    """
    return name.startswith(".") or name == "__pycache__" or name.endswith(("~", ".pyc"))
