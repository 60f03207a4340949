"""Write patterns down without compiling them: an import needs none of them, a text only some."""

import re


class LateRegex:
    """A regular expression that is compiled when it is first used.

    Parameters
    ----------
    pattern : str
    flags : int, optional
        As `re.compile` takes them.

    Notes
    -----
    It has the methods of ``re.Pattern``. Compiling the eight hundred patterns of the package takes
    a tenth of a second, more than all else that an import does. The hundred that nearly every
    sentence is tried against are compiled with ``re.compile`` at once: they are called a little
    quicker.
    """

    def __init__(self, pattern, flags=0):
        self.pattern, self._flags = pattern, flags

    def __getattr__(self, name):
        # Asked once for each method: what is set here is found without it from then on.
        found = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, found)
        return found
