"""Keep what was asked of the parts of an edition, so that only parts that changed are asked again.

What is kept stands under a name that sums up all that decides it: the part's tables, the function
and what it was given, the package's code, the tables in ``data/``, Python and the libraries. Where
one of them is another, nothing stands there, and the part is asked again.
"""

import contextlib
import hashlib
import io
import json
from importlib.metadata import version

import numpy
import pandas as pd

from threatledger.codebook import find_root
from threatledger.files import find_reports
from threatledger.frames import sum_up_frame
from threatledger.kept import (
    FOLDER,
    Store,
    hash_as_it_is,
    is_ours,
    read_sealed,
    remove_oldest,
    write_sealed,
)
from threatledger.tables import find_tables

KIND = "answers"
# Whatever of the package a function may import.
STORE = Store(KIND, ("",))
LIBRARIES = ("numpy", "pandas", "pyarrow")
# What took fewer seconds is found again sooner than it is kept and read back.
WORTH = 0.02
# Questions of one name that are kept: of other parameters, or other states of the code.
MOST_ASKED = 4
# Answers that are held until the code is looked at, once for all of them.
HELD = 16
PLAIN = (str, int, float, bool, type(None))


class Unknown(Exception):  # noqa: N818
    """What decides an answer cannot be summed up."""


class Answers:
    """What the parts of an edition answered to one question.

    Parameters
    ----------
    edition : str
        Folder in ``reports/``.
    name : str
        Of the question, as a folder is called.
    decided : object
        What decides each answer beside code, codebook and the part: plain data and frames.
    function : callable, optional
        Whose answers they are; those of one that is not the package's are not kept.
    """

    def __init__(self, edition, name, decided, function=None):
        self._edition, self._names, self._held = edition, set(), {}
        self._folder, self._code = None, _sum_up_code()
        try:
            known = function is None or is_ours(function)
            if known and self._code and STORE.is_as_imported():
                versions = [version(name) for name in LIBRARIES]
                question = _hash([self._code, versions, describe(decided)])
                self._folder = find_reports() / FOLDER / KIND / edition / name / question[:16]
        except Unknown:
            pass

    def name(self, tables, part, own=None):
        """Return the name under which a part's answer is kept.

        Parameters
        ----------
        tables : iterable of str
            Those that are read.
        part : str
            Name of the file.
        own : object, optional
            What else decides the answer of this part alone.

        Returns
        -------
        str
            Empty where nothing is kept.
        """
        if self._folder is None:
            return ""
        name = _hash([sum_up_part(self._edition, tables, part), describe(own)])
        self._names.add(name)
        return name

    def holds(self, name):
        """Tell whether something is kept under a name; it may be damaged."""
        return bool(name) and (self._folder / name).is_file()

    def find(self, name):
        """Return what is kept under a name: a list of bytes, or None where it is not whole."""
        if not name:
            return None
        content = read_sealed(self._folder / name)
        return None if content is None else _split(content)

    def keep(self, name, contents):
        """Keep an answer.

        Parameters
        ----------
        name : str
            As `name` gives it; under an empty one nothing is kept.
        contents : list of bytes, or None
            Nothing is kept of ``None``.
        """
        if name and contents is not None:
            self._held[name] = contents
        if len(self._held) >= HELD:
            self._write()

    def close(self):
        """Write what is held, and remove what no part of the edition has any more."""
        if self._folder is None:
            return
        self._write()
        # Another run may remove the same at this moment.
        with contextlib.suppress(OSError):
            self._sweep()

    def _sweep(self):
        """Remove what no part has any more, and the questions that were longest not asked."""
        for path in self._folder.glob("*"):
            if path.name not in self._names:
                path.unlink(missing_ok=True)
        if self._folder.is_dir():
            # So that it counts as the newest.
            self._folder.touch()
        remove_oldest(self._folder.parent.glob("*"), MOST_ASKED)

    def _write(self):
        """Write what is held, if the code on disk is still that which found it."""
        if self._held and _sum_up_code() == self._code:
            for name, contents in self._held.items():
                sizes = json.dumps([len(content) for content in contents]).encode()
                write_sealed(self._folder / name, b"\n".join([sizes, b"".join(contents)]))
        self._held = {}


def _sum_up_code():
    """Return the state of the code and of all that is read beside the texts; None if not known."""
    if STORE.loaded is None or STORE.sum_up() != STORE.loaded:
        return None
    beside = [[p.name, hash_as_it_is(p)] for p in sorted(find_root().glob("data/*.csv"))]
    return _hash([STORE.loaded, beside])


def sum_up_part(edition, tables, part):
    """Return the SHA-256 over what some tables hold of the same bunch of texts.

    Parameters
    ----------
    edition : str
    tables : iterable of str
    part : str
        Name of the file.

    Returns
    -------
    str
    """
    folder = find_tables(edition)
    return _hash([[table, hash_as_it_is(folder / table / part)] for table in tables])


def describe(value):
    """Return all that can be seen of a value as plain data.

    Parameters
    ----------
    value : object

    Returns
    -------
    object
        Another one for any value that differs, also in its type.

    Raises
    ------
    Unknown
        If it is neither plain data nor a frame.

    Examples
    --------
    >>> describe({"a": (1, True)})
    ['dict', [['a', ['tuple', [1, True]]]]]
    """
    if type(value) in PLAIN:
        return value
    if type(value) in (list, tuple):
        return [type(value).__name__, [describe(item) for item in value]]
    if type(value) is dict:
        return ["dict", [[describe(key), describe(item)] for key, item in value.items()]]
    if type(value) is pd.DataFrame:
        return ["frame", sum_up_frame(value)]
    raise Unknown(type(value).__name__)


def _hash(value):
    """Return the SHA-256 of plain data."""
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()


def _split(content):
    """Return the pieces that were kept as one."""
    sizes, _, rest = content.partition(b"\n")
    pieces, start = [], 0
    for size in json.loads(sizes):
        pieces.append(rest[start : start + size])
        start += size
    return pieces


def pack(answer):
    """Return a frame, an array or a tuple of these as bytes.

    Parameters
    ----------
    answer : object

    Returns
    -------
    list of bytes, or None
        ``None`` where `unpack` would not give the very same back.
    """
    import pyarrow

    items = answer if type(answer) is tuple else (answer,)
    try:
        contents = [_write_item(item) for item in items]
    except (Unknown, pyarrow.ArrowException):
        return None
    contents.append(b"tuple" if type(answer) is tuple else b"")
    again = unpack(contents)
    pairs = zip(items, again if type(again) is tuple else (again,), strict=True)
    return contents if all(_is_same(*pair) for pair in pairs) else None


def unpack(contents):
    """Return what `pack` was given."""
    *contents, kind = contents
    items = tuple(_read_item(content) for content in contents)
    return items if kind == b"tuple" else items[0]


def _write_item(item):
    """Return a frame or an array as bytes that no reader would run."""
    import pyarrow.parquet

    sink = io.BytesIO()
    if type(item) is pd.DataFrame:
        pyarrow.parquet.write_table(pyarrow.Table.from_pandas(item), sink, compression="zstd")
    elif type(item) is numpy.ndarray and not item.dtype.hasobject:
        numpy.save(sink, item, allow_pickle=False)
    else:
        raise Unknown(type(item).__name__)
    return sink.getvalue()


def _read_item(content):
    """Return what `_write_item` was given."""
    import pyarrow.parquet

    if content.startswith(b"PAR1"):
        return pyarrow.parquet.read_table(io.BytesIO(content)).to_pandas()
    return numpy.load(io.BytesIO(content), allow_pickle=False)


def _is_same(one, other):
    """Tell whether two frames or arrays are the same, also in their types."""
    if type(one) is not type(other):
        return False
    if type(one) is numpy.ndarray:
        return one.dtype == other.dtype and numpy.array_equal(one, other)
    return sum_up_frame(one) == sum_up_frame(other)
