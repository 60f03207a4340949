"""One text of a corpus as it was found, before anything is read from it."""

import datetime
import hashlib
import json
import re
from dataclasses import dataclass, field

from threatledger.corpus import CorpusError
from threatledger.days import find_last_day
from threatledger.schemas import ID

# Bytes of one text: more is nothing that people read, and would fill a worker's memory.
MOST_BYTES = 64_000_000
# What an edition may map to columns of its corpus: the first five, and the catalogue's others.
MAPPED = (
    "id",
    "text",
    "published",
    "publisher",
    "title",
    "published_basis",
    "kind",
    "language",
    "about",
    "about_basis",
    "encoding",
)
TIMESTAMP = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}")


@dataclass(slots=True)
class Entry:
    """One text of a corpus.

    Attributes
    ----------
    doc_id : str
        Its id; never empty.
    file : str
        Where in the corpus it stands.
    kind : str
        ``"text"``, ``"html"`` or ``"pdf"``.
    raw : bytes
        The text in UTF-8, or the file as it is.
    facts : dict of str to str
        What the corpus says of it: ``published`` and other columns of the catalogue.
    left : str
        Why it is left out of the edition; empty where it is not.
    problem : str
        What is wrong with it, as a sentence; empty where nothing is.
    """

    doc_id: str
    file: str
    kind: str
    raw: bytes
    facts: dict = field(default_factory=dict)
    left: str = ""
    problem: str = ""

    @property
    def sha256(self):
        """SHA-256 of the text as it was found."""
        return hashlib.sha256(self.raw).hexdigest()

    @property
    def mark(self):
        """What tells an entry from any other, another day of publication included."""
        told = [self.doc_id, self.file, self.kind, self.sha256, self.facts]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode("ascii")).hexdigest()[:16]


def read_cell(value):
    """Return a cell of a table as text: a date in its form, nothing as the empty string.

    Parameters
    ----------
    value : object
        As Parquet or JSON gives it.

    Returns
    -------
    str
    """
    if value is None or value != value:  # noqa: PLR0124  (no number)
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, datetime.date) else str(value).strip()


def make_entry(cells, file, where, mapped):
    """Return a row of a table as an entry.

    Parameters
    ----------
    cells : dict
        Catalogue column to the cell's value.
    file : str
        Where in the corpus it stands.
    where : str
        How a message names the row.
    mapped : dict of str to str
        Catalogue column to the column of the corpus, for messages.

    Returns
    -------
    Entry
    """
    text = cells.pop("text", None)
    raw = text if isinstance(text, bytes) else str(text or "").encode("utf-8", "surrogatepass")
    facts = {name: read_cell(value) for name, value in cells.items()}
    doc_id = facts.pop("id", "") or hashlib.sha256(raw).hexdigest()[:16]
    entry = Entry(doc_id, file, "text", raw, facts)
    if text is not None and not isinstance(text, str | bytes):
        entry.problem = f"{where}: {mapped['text']} holds no text but {type(text).__name__}"
    elif not raw.strip():
        entry.problem = f"{where}: {mapped['text']} is empty"
    return check_entry(entry, where)


def refuse_length(entry, where):
    """Note that a text is longer than any that is read, and let it go.

    Parameters
    ----------
    entry : Entry
    where : str
        How a message names it.
    """
    if len(entry.raw) > MOST_BYTES:
        entry.problem = f"{where} is larger than {MOST_BYTES:,} bytes: split it"
        entry.raw = b""


def check_entry(entry, where):
    """Note what is wrong with an entry's id or date, if nothing was noted before.

    Parameters
    ----------
    entry : Entry
    where : str
        How a message names it.

    Returns
    -------
    Entry
        The same.
    """
    refuse_length(entry, where)
    if not ID.match(entry.doc_id):
        entry.problem = entry.problem or (
            f"{where}: an id is made of letters, digits, '-', '_' and '.', and begins with a "
            f"letter or digit; {entry.doc_id[:80]!r} is not: map another column to id, or none, "
            "then ids are made from the texts"
        )
    try:
        check_day(entry.facts, where)
    except CorpusError as error:
        entry.problem = entry.problem or str(error)
    return entry


def check_day(facts, where):
    """Bring the day of publication into its form, and raise if it has none.

    Parameters
    ----------
    facts : dict of str to str
        Changed in place; ``published`` may be missing or empty.
    where : str
        How a message names the text.

    Raises
    ------
    CorpusError
        If it is no date, month or year.
    """
    value = facts.get("published", "")
    found = TIMESTAMP.match(value)
    facts["published"] = found[1] if found else value
    try:
        if value:
            find_last_day(facts["published"])
    except ValueError:
        raise CorpusError(
            f"{where}: published is {value[:80]!r}, which is no date, month or year: write "
            "2023-03-12, 2023-03 or 2023"
        ) from None
