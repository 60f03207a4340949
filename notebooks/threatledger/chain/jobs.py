"""What the chain asks of whoever executes a notebook, and what it hears when one stops."""

from dataclasses import dataclass
from pathlib import Path

# Errors that a person causes and mends: their message is a whole sentence and says how.
PLAIN_ERRORS = {
    "ChainError",
    "CodebookError",
    "CorpusError",
    "DecodingError",
    "EditionError",
    "PageError",
    "SourceError",
    "TableError",
}


@dataclass(frozen=True)
class Job:
    """One notebook to execute.

    Attributes
    ----------
    source : pathlib.Path
        The committed notebook.
    trial : pathlib.Path
        Where it stands while it runs, and stays when it fails.
    parameters : dict
        What it is given; empty for its own defaults.
    limit : int
        Seconds that a cell may take.
    """

    source: Path
    trial: Path
    parameters: dict
    limit: int = 3600


class NotebookFailed(Exception):  # noqa: N818
    """A notebook stopped.

    Attributes
    ----------
    cell : int, or None
        Which code cell of the committed notebook, counted from 1.
    source : str
        The cell's source.
    """

    def __init__(self, message, cell=None, source=""):
        super().__init__(message)
        self.cell = cell
        self.source = source
