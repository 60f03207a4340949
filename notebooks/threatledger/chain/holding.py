"""One run at a time in a folder of reports, and nothing half-written of one that was killed."""

import contextlib
import fcntl
import os
import shutil

LOCK = ".lock"
# What `write_whole` and others call a file or a folder until it is whole.
UNFINISHED = ".part"


@contextlib.contextmanager
def hold_reports(reports, progress):
    """Keep other runs from writing the same folder meanwhile.

    Parameters
    ----------
    reports : pathlib.Path
        The folder; it is made.
    progress : Progress
        Where to say that this run waits.

    Notes
    -----
    The system frees the lock when a run ends, however it ends. What the lock file holds meanwhile
    stays if the run did not end well; then what it left half-written is removed first.
    """
    reports.mkdir(parents=True, exist_ok=True)
    with _lock(reports / LOCK, progress) as lock:
        lock.seek(0)
        if lock.read(1):
            sweep(reports)
        _write(lock, b"process %d writes here\n" % os.getpid())
        yield
        _write(lock, b"")


def _lock(path, progress):
    """Return the lock file once this run has it."""
    while True:
        lock = open(path, "a+b")  # noqa: SIM115
        _wait(lock, progress)
        # `make clean` may have removed it meanwhile; then others would take a new one.
        if path.exists() and os.path.samestat(os.fstat(lock.fileno()), path.stat()):
            return lock
        lock.close()


def _wait(lock, progress):
    """Take the lock; say so if another run has it."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        who = lock.readline().decode("ascii", "replace").partition(" writes")[0]
        told = f" ({who})" if who else ""
        progress.say(f"waiting for another run{told} that writes the same reports")
        fcntl.flock(lock, fcntl.LOCK_EX)


def _write(lock, content):
    """Put a note into the lock file in place of what it holds."""
    lock.truncate(0)
    lock.write(content)
    lock.flush()


def sweep(reports):
    """Remove what was being written when a run was killed.

    Parameters
    ----------
    reports : pathlib.Path
        The folder, which nobody else writes.
    """
    for path in sorted(reports.rglob(f"*{UNFINISHED}")):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
