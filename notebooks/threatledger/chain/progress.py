"""Say on the terminal which notebook runs, and how long each took."""

import shutil
import sys
import time

from threatledger.archive.progress import read_progress

# Seconds between two looks at what kernels tell.
PAUSE = 0.5


class Progress:
    """Prints a line for each finished run; on a terminal also what is running now.

    Parameters
    ----------
    stream : text file, optional
        Default: standard output.
    reports : pathlib.Path, optional
        The folder where kernels tell how far they are.
    """

    def __init__(self, stream=None, reports=None):
        self._reports = reports
        self._stream = stream or sys.stdout
        self._live = self._stream.isatty()
        self._running = []
        self._began = time.perf_counter()

    def start(self, label):
        """Note that a run has begun."""
        self._running.append(label)
        self._show_running()

    def finish(self, label, seconds):
        """Print that a run is done.

        Parameters
        ----------
        label : str
            As given to `start`.
        seconds : float
            How long it took.
        """
        self._running.remove(label)
        self.say(f"  {label:<28} {seconds:6.1f} s")
        self._show_running()

    def refresh(self):
        """Show anew what is running.

        Returns
        -------
        float, or None
            Seconds after which to do so again; ``None`` where nobody looks.
        """
        self._show_running()
        return PAUSE if self._live else None

    def drop(self, label):
        """Note that a run has failed; the error is told elsewhere."""
        self._running.remove(label)
        self._clear()

    def say(self, line):
        """Print a line."""
        self._clear()
        print(line, file=self._stream, flush=True)

    def total(self):
        """Return the seconds since the beginning."""
        return time.perf_counter() - self._began

    def _show_running(self):
        """Show what runs now, on a line that the next one replaces."""
        if self._live and self._running:
            told = "; ".join([", ".join(self._running), *self._tell_texts()])
            width = shutil.get_terminal_size().columns - 1
            print(f"\r\x1b[K{f'  running {told}'[:width]}", end="", file=self._stream)
            self._stream.flush()

    def _tell_texts(self):
        """Return how far the reading of archives is, a line each."""
        return read_progress(self._reports).values() if self._reports else []

    def _clear(self):
        """Remove the line of what runs now."""
        if self._live:
            print("\r\x1b[K", end="", file=self._stream)
