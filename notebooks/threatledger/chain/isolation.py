"""The surroundings in which every kernel starts: nothing of the user's own settings reaches it."""

import os
import sys
from pathlib import Path

# Variables of the caller's that could change a result, or slow a start.
UNSET = (
    "MPLBACKEND",
    "MATPLOTLIBRC",
    "PYTHONSTARTUP",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONWARNINGS",
)


def make_environment(notebooks, reports, scratch):
    """Return the environment variables in which every kernel starts.

    Parameters
    ----------
    notebooks, reports : pathlib.Path
        The folder that holds the package, and the one that holds the editions.
    scratch : pathlib.Path
        A folder for what tools leave; it may be removed afterwards.

    Returns
    -------
    dict of str to str
        The caller's variables, with those set or left out that could change a result.
    """
    kept = {name: value for name, value in os.environ.items() if name not in UNSET}
    return kept | {
        "PYTHONPATH": str(notebooks),
        "THREATLEDGER_REPORTS": str(reports),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "PYTHONNOUSERSITE": "1",
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        # One thread: sums come in one order, and two kernels do not fight over two cores.
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        # What a table or a part took is given back to the system: else pyarrow's own memory manager
        # keeps most of it, and pieces of this size lie scattered over a heap that only grows.
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "MALLOC_MMAP_THRESHOLD_": "131072",
        # No start-up files, history or plotting style of the user's own.
        "IPYTHONDIR": str(scratch / "ipython"),
        "MPLCONFIGDIR": str(find_font_cache(scratch)),
        # No thread of pyarrow's memory manager: a process that has one cannot be forked.
        "JE_ARROW_MALLOC_CONF": "background_thread:false",
        # Without this every kernel prints the debugger's warning.
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


def find_font_cache(scratch):
    """Return a folder for matplotlib's list of fonts: kept where it can be, as it takes seconds."""
    folder = Path(sys.prefix) / "share" / "threatledger"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return scratch
    return folder if os.access(folder, os.W_OK) else scratch
