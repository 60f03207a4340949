"""Keep what took long to find, by content, and read it back for whoever asks again.

What is kept is named by all that decides it: what was given, the code that finds it, the codebook
and Python. What is kept damaged, or was found by other code, is never used; where nothing can be
kept, all is found each time, with the same result.
"""

import contextlib
import fcntl
import functools
import hashlib
import json
import shutil
import sys

from threatledger import IMPORTED
from threatledger.codebook import find_root
from threatledger.files import find_reports, hash_file, list_files, write_whole

# Raised when what is kept takes another form.
FORMAT = 3
FOLDER = ".cache"
# Of other states of code and codebook, such as those of another branch, so many are kept; and of
# one state so many results.
MOST_STATES, MOST_RESULTS = 4, 2000
# Seconds by which the clock of a file may be behind.
GRAIN = 0.1


class Store:
    """Results of one kind, kept in the reports' folder.

    Parameters
    ----------
    kind : str
        Name of the folder.
    code : tuple of str
        What the names of the package's files begin with that decide a result.
    is_known : bool
        Whether the code that runs is that on disk now. Where others have imported it before, how
        old it is cannot be told, and nothing is kept.

    Attributes
    ----------
    loaded : str, or None
        The state of the code that runs.
    """

    def __init__(self, kind, code, is_known=True):
        self._kind, self._code = kind, code
        self.loaded = self.sum_up() if is_known else None

    def sum_up(self):
        """Return the SHA-256 of all but what is given that decides a result, as it is on disk."""
        sums = [[name, hash_as_it_is(path)] for name, path in self._list_files()]
        content = json.dumps([FORMAT, sys.version, sums])
        return hashlib.sha256(content.encode()).hexdigest()

    def is_as_imported(self):
        """Tell whether it is there, and as it was when the package's first module was imported.

        A module that was imported before it was changed is not what its file says.
        """
        changed = [path.stat().st_ctime for _, path in self._list_files()]
        return bool(changed) and max(changed) < IMPORTED - GRAIN

    def _list_files(self):
        """Return what is summed up, by name."""
        package, codebook = find_root() / "notebooks/threatledger", find_root() / "data/codebook"
        code = [path for path in list_files(package) if path.suffix == ".py"]
        named = [(path.relative_to(package).as_posix(), path) for path in code]
        named = [(name, path) for name, path in named if name.startswith(self._code)]
        return named + [(path.name, path) for path in sorted(codebook.glob("*.csv"))]

    def recall(self, given, find):
        """Return what was found before, else find it and keep it.

        Parameters
        ----------
        given : list
            What decides the result beside code and codebook; plain data.
        find : callable
            Without arguments, returns the result as plain data.

        Returns
        -------
        object
            The result as JSON gives it back.
        """
        folder = self._find_folder()
        if folder is None:
            return json.loads(json.dumps(find()))
        name = hashlib.sha256(json.dumps(given).encode()).hexdigest()
        path = folder / f"{name}.json"
        kept = read_sealed(path)
        if kept is not None:
            return json.loads(kept)
        with _alone(path):
            # Another run may have found it meanwhile.
            kept = read_sealed(path) or json.dumps(find()).encode()
            # A file may have changed since, and then what ran is not what is on disk.
            if self.sum_up() == self.loaded:
                write_sealed(path, kept)
        return json.loads(kept)

    def _find_folder(self):
        """Return where results of the code that runs are kept, or None if they cannot be told."""
        if self.loaded is None or self.sum_up() != self.loaded:
            return None
        return find_reports() / FOLDER / self._kind / self.loaded[:16]


def is_ours(function):
    """Tell whether a function is one of the package's, as its module has it: its code is known.

    Parameters
    ----------
    function : callable
    """
    module = getattr(function, "__module__", None) or ""
    own = getattr(sys.modules.get(module), getattr(function, "__name__", ""), None)
    return module.startswith("threatledger.") and own is function


def hash_as_it_is(path):
    """Return a file's SHA-256, read anew only if the file is another; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return _hash_state(path, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


@functools.lru_cache(maxsize=10_000)
def _hash_state(path, *state):
    """Return the SHA-256 of a file in one state, by which it is remembered."""
    return hash_file(path)


def read_sealed(path):
    """Return what was kept under a name, or None where it is not there or not whole.

    Parameters
    ----------
    path : pathlib.Path

    Returns
    -------
    bytes, or None
    """
    try:
        seal, _, content = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    return content if seal == _make_seal(path, content) else None


def write_sealed(path, content):
    """Keep a result; where that cannot be done it is found again by the next who asks.

    Parameters
    ----------
    path : pathlib.Path
        Its name belongs to what is kept: under another one it is not believed.
    content : bytes
    """
    with contextlib.suppress(OSError):
        write_whole(path, _make_seal(path, content) + b"\n" + content)


def _make_seal(path, content):
    """Return the line by which a kept result is known to be whole, and of this name."""
    return hashlib.sha256(path.name.encode() + b"\n" + content).hexdigest().encode()


@contextlib.contextmanager
def _alone(path):
    """Let one at a time find a result; two that run side by side need it at the same moment."""
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            _make_folder(path.parent)
            lock = stack.enter_context(open(path.with_suffix(".lock"), "wb"))
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make_folder(folder):
    """Make the folder of a state of the code, and remove what was longest unused."""
    if folder.is_dir():
        remove_oldest(folder.glob("*.json"), MOST_RESULTS)
        return
    folder.mkdir(parents=True, exist_ok=True)
    remove_oldest([path for path in folder.parent.iterdir() if path != folder], MOST_STATES - 1)


def remove_oldest(paths, most):
    """Remove all but the newest of some files or folders.

    Parameters
    ----------
    paths : iterable of pathlib.Path
    most : int
    """
    for path in sorted(paths, key=lambda path: path.stat().st_mtime)[:-most]:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            for one in (path, path.with_suffix(".lock")):
                one.unlink(missing_ok=True)
