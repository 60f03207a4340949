"""Show how many texts are read, how fast, and how long it will take; never in a stored output."""

import contextlib
import os
import sys
import time

from threatledger.files import find_reports, write_whole

# Where a notebook's kernel tells the chain, which has the terminal, how far it is.
FOLDER = ".cache/progress"
# Nothing is shown of what is done sooner, in seconds; then so often.
AT_ONCE, EVERY = 2.0, 0.5
FORM = "{n_fmt} of {total_fmt} texts |{bar:20}| {rate_fmt}, {remaining} left"
ENDLESS = "{n_fmt} texts, {rate_fmt}"


class Bar:
    """A bar that grows as texts are read.

    Parameters
    ----------
    total : int, or None
        How many there are, where that is known.
    edition : str
        Whose texts they are.
    """

    def __init__(self, total, edition):
        self._total, self._done, self._passed = total, 0, 0
        self._began, self._shown = time.monotonic(), 0.0
        self._file = find_reports() / FOLDER / edition
        self._shows = [show for show in (_find_display(), _find_terminal()) if show]

    def __enter__(self):
        return self

    def __exit__(self, *error):
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)
        if self._shown:
            for show in self._shows:
                show("")

    def add(self, count):
        """Note that some more texts have been read."""
        self._done += count
        self._show()

    def pass_over(self, count):
        """Note that some texts had been read before; they do not count for the rate."""
        self._passed += count
        self.add(count)

    def _show(self):
        """Show how far it is, if it is time to."""
        now = time.monotonic()
        if now - self._began < AT_ONCE or now - self._shown < EVERY:
            return
        self._shown = now
        line = describe_progress(self._done, self._total, now - self._began, self._passed)
        # A full disk is for what is written there to tell of, not for this.
        with contextlib.suppress(OSError):
            write_whole(self._file, line)
        for show in self._shows:
            show(line)


def describe_progress(done, total, seconds, passed=0):
    """Say how far it is.

    Parameters
    ----------
    done : int
        Texts.
    total : int, or None
        Of how many, as far as known.
    seconds : float
        Since the beginning.
    passed : int, optional
        How many of those done had been read before.

    Returns
    -------
    str

    Examples
    --------
    >>> describe_progress(500, 2000, 10)
    '500 of 2000 texts |#####               | 50.00 texts/s, 00:30 left'
    """
    from tqdm import tqdm

    # What a form that is not known in advance was guessed to hold may be too little.
    total = max(total, done) if total else None
    form = FORM if total else ENDLESS
    return tqdm.format_meter(
        done, total, seconds, unit=" texts", initial=passed, bar_format=form, ascii=" #"
    ).rstrip()


def read_progress(reports):
    """Return what kernels tell of how far they are.

    Parameters
    ----------
    reports : pathlib.Path
        The folder that holds the editions.

    Returns
    -------
    dict of str to str
        Edition to line.
    """
    found = {}
    with contextlib.suppress(OSError):
        for path in sorted((reports / FOLDER).iterdir()):
            if path.suffix != ".part":
                found[path.name] = path.read_text(encoding="utf-8")
    return found


def _find_terminal():
    """Return what shows a line on the terminal, or ``None`` where there is none or nobody looks."""
    if os.environ.get("CI") or "ipykernel" in sys.modules or not sys.stderr.isatty():
        return None
    return lambda line: print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)


def _find_display():
    """Return what shows a line below a cell, or ``None`` unless a person has the notebook open."""
    # JupyterLab names the notebook so; what executes a notebook without a person does not.
    if os.environ.get("CI") or not os.environ.get("JPY_SESSION_NAME"):
        return None
    from IPython.display import DisplayHandle

    handle, opened = DisplayHandle(), []

    def show(line):
        bundle = {"text/plain": line}
        (handle.update if opened else handle.display)(bundle, raw=True)
        opened.append(True)

    return show
