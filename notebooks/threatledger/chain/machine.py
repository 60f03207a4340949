"""Say in a sentence what the machine refuses, and what to do about it."""

import errno
import os
from pathlib import Path

REMEDIES = {
    errno.ENOSPC: "the disk is full: make room on it",
    errno.EDQUOT: "your share of the disk is used up: make room in it",
    errno.EFBIG: "the file is larger than this machine lets it be: raise the limit",
    errno.EROFS: "that disk can only be read: use a copy of the project that can be written",
    errno.EACCES: "you may not: change who may write or read there, or use a copy of your own",
    errno.EPERM: "you may not: change who may write or read there, or use a copy of your own",
    errno.EMFILE: "too many files are open: raise the limit (ulimit -n)",
    errno.EIO: "the disk does not work as it should: have it checked",
}


def explain_os_error(error, root):
    """Return what a person needs to know when the system refuses something.

    Parameters
    ----------
    error : OSError
        One of `REMEDIES`.
    root : pathlib.Path
        The project's top folder, from which a file is named.

    Returns
    -------
    str
        A sentence that names the file, what is wrong and what to do.
    """
    where = _show(error.filename, Path(root).resolve())
    return f"{where}{REMEDIES[error.errno]}, then run make again; what was finished is not lost"


def _show(name, root):
    """Return the beginning of the sentence: the file, where the system names one."""
    if not isinstance(name, str | os.PathLike):
        return ""
    path = Path(name)
    shown = path.relative_to(root) if path.is_absolute() and path.is_relative_to(root) else path
    return f"{shown} cannot be used: "
