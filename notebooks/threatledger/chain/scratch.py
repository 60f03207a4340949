"""Folders for what tools leave, removed at the end of a run or, after a kill, by the next one."""

import contextlib
import fcntl
import os
import shutil
import tempfile
from pathlib import Path

# Short: the path of a socket may have some hundred characters, and these folders hold sockets.
PREFIX = "tl-"
MARK = "owned"


class Scratch:
    """A temporary folder that is known to be left once its owner has gone, however it went.

    Parameters
    ----------
    name : str, optional
        What its name begins with, after the project's own letters.

    Attributes
    ----------
    path : pathlib.Path
        The folder.
    """

    def __init__(self, name=""):
        self._lock = None
        while self._lock is None:
            self.path = Path(tempfile.mkdtemp(prefix=PREFIX + name))
            self._lock = _take(self.path / MARK)

    def close(self):
        """Remove the folder."""
        shutil.rmtree(self.path, ignore_errors=True)
        self._lock.close()


def _take(mark):
    """Return a lock, which the system frees when this process ends; None if it has been swept."""
    try:
        lock = open(mark, "ab")  # noqa: SIM115
    except FileNotFoundError:
        return None
    # Where there are no locks, nothing is ever swept.
    with contextlib.suppress(OSError):
        fcntl.flock(lock, fcntl.LOCK_EX)
    if mark.exists():
        return lock
    lock.close()
    return None


def sweep_scratch():
    """Remove what owners that were killed have left; nothing of other users."""
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            if path.lstat().st_uid == os.getuid():
                _sweep(path)


def _sweep(path):
    """Remove a folder unless somebody holds its lock; one just begun may have no lock yet."""
    with open(path / MARK, "ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(path, ignore_errors=True)
