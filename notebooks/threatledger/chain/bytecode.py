"""Let Python know its byte code by the content of the source, as the chain knows all else.

By itself Python asks when a file was changed, in whole seconds, and how long it is: of a file
changed twice in a second, or while the clock was wrong, it may run what stood there before.
"""

import contextlib
import importlib.util
import py_compile

from threatledger.files import list_files

# How byte code begins, after four bytes of Python's own: it is checked by the source's hash.
BY_HASH = (0b11).to_bytes(4, "little")
MODE = py_compile.PycInvalidationMode.CHECKED_HASH


def trust_no_clock(package):
    """Compile anew what is known by its time; Python keeps it so when a source changes.

    Parameters
    ----------
    package : pathlib.Path
        A folder of modules. Where it cannot be written, all stays as it is.
    """
    for source in list_files(package):
        if source.suffix != ".py":
            continue
        compiled = importlib.util.cache_from_source(str(source))
        with contextlib.suppress(OSError):
            with open(compiled, "rb") as file:
                known = file.read(8)[4:]
            if known != BY_HASH:
                # An error in the source is for the notebook to show that imports it.
                py_compile.compile(str(source), compiled, quiet=2, invalidation_mode=MODE)
