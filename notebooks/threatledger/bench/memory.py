"""Watch how much memory the processes of a run take."""

import contextlib
import threading

import psutil

PAUSE = 0.25  # seconds between two looks


class PeakMemory:
    """The most memory that any process started here takes, while the context lasts.

    Attributes
    ----------
    peak : int
        Bytes, of the largest process, as the system counts those in memory.
    total : int
        Bytes, of all processes at one time.

    Notes
    -----
    This process is not counted, so what is measured is best run in one of its own.
    """

    def __init__(self):
        self.peak = self.total = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *error):
        self._ended.set()
        self._thread.join()

    def _watch(self):
        """Look at all descendants until told to end."""
        here = psutil.Process()
        while not self._ended.wait(PAUSE):
            sizes = []
            for child in here.children(recursive=True):
                with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                    sizes.append(child.memory_info().rss)
            self.peak = max([self.peak, *sizes])
            self.total = max(self.total, sum(sizes))
