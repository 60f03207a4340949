"""What an edition says of its corpus: where it is, in which form, and what its columns are called.

Nothing is opened here: an edition is checked without its corpus.
"""

import difflib
from dataclasses import dataclass, field

from threatledger.archive.entries import MAPPED
from threatledger.corpus import CorpusError

LOCAL = "local"
FORMATS = ("parquet", "jsonl", "texts")
KEYS = ("path", "format", "columns")
ENDINGS = {
    ".parquet": "parquet",
    ".pq": "parquet",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".txt": "texts",
    ".html": "texts",
    ".htm": "texts",
    ".xhtml": "texts",
    ".pdf": "texts",
}
# JSON Lines are often kept compressed; what fsspec undoes.
COMPRESSED = (".gz", ".bz2", ".xz", ".zst")


@dataclass(frozen=True)
class Spec:
    """A corpus as an edition names it.

    Attributes
    ----------
    path : str
        A file or folder, from the project's top folder, or any address that fsspec opens.
    format : str
        ``parquet``, ``jsonl`` or ``texts``; empty where the endings of the files tell.
    columns : dict of str to str
        Catalogue column to the column of the corpus; those not named have the same name.
    """

    path: str
    format: str = ""
    columns: dict = field(default_factory=dict)


def read_spec(content):
    """Check what an edition says of its corpus.

    Parameters
    ----------
    content : dict
        ``path``, and where they are needed ``format`` and ``columns``.

    Returns
    -------
    Spec

    Raises
    ------
    CorpusError
        If a key or a column is unknown, or the path is missing.
    """
    for key in content:
        if key not in KEYS:
            raise CorpusError(f"there is no key {key}: {suggest(key, KEYS)}")
    path, format_ = content.get("path") or "", content.get("format") or ""
    if not isinstance(path, str) or not path:
        raise CorpusError("there is no path: add a line `path: …`, a file, a folder or an URL")
    if format_ and format_ not in FORMATS:
        raise CorpusError(f"format is {format_!r}: {suggest(format_, FORMATS)}")
    columns = content.get("columns") or {}
    if not isinstance(columns, dict):
        raise CorpusError("columns needs `id: name` lines below it")
    for name in columns:
        if name not in MAPPED:
            raise CorpusError(f"columns: there is no column {name}: {suggest(name, MAPPED)}")
    return Spec(path, format_, {name: str(column) for name, column in columns.items()})


def check_scheduler(scheduler):
    """Raise if a scheduler is neither ``local`` nor an address.

    Parameters
    ----------
    scheduler : str

    Raises
    ------
    CorpusError
    """
    if scheduler != LOCAL and not scheduler.startswith(("tcp://", "tls://", "ws://", "wss://")):
        raise CorpusError(
            f"{scheduler!r} is no scheduler: write local, or the address of a Dask scheduler such "
            "as tcp://127.0.0.1:8786"
        )


def suggest(word, known):
    """Return the end of a sentence about an unknown word: what was meant, or what there is."""
    near = difflib.get_close_matches(str(word), known, n=1)
    return f"did you mean {near[0]}?" if near else f"use one of {', '.join(known)}"


def find_ending(name):
    """Return the ending that tells what a file holds, in small letters.

    Examples
    --------
    >>> find_ending("2020/News.JSONL.gz")
    '.jsonl'
    """
    name = name.lower()
    for ending in COMPRESSED:
        name = name.removesuffix(ending)
    dot = name.rpartition("/")[2].rpartition(".")
    return f".{dot[2]}" if dot[0] else ""
