"""Read each text once: what was found in a text is kept, and read back by whoever asks again."""

import dataclasses
import sys

from threatledger.codebook import read_codebook
from threatledger.kept import Store

# What of the package decides a reading; a test holds it to what extraction imports.
CODE = ("codebook.py", "decoding.py", "sheets.py", "extraction/")
# Before the code is imported, and so of what is imported: a file may change while a notebook is
# open, and then nothing is kept of what the older code finds.
BEFORE = "threatledger.extraction" in sys.modules or read_codebook.cache_info().currsize > 0
STORE = Store("readings", CODE, is_known=not BEFORE)

from threatledger.extraction import Found, extract  # noqa: E402
from threatledger.extraction.model import Passage, Sentence  # noqa: E402
from threatledger.extraction.segments import read_passages  # noqa: E402


def find_records(text, published=None):
    """Find the claims and trends of a text, or read back what was found before.

    Parameters
    ----------
    text : str
    published : str, optional
        As `threatledger.extraction.extract` takes it.

    Returns
    -------
    Found
        As `extract` gives it.
    """

    def find():
        found = extract(text, published=published)
        return [found.claims, found.trends]

    return Found(*STORE.recall(["records", text, published], find))


def split_text(text):
    """Split a text into passages, or read back how it was split before.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of threatledger.extraction.model.Passage
    """

    def split():
        return [dataclasses.asdict(passage) for passage in read_passages(text, read_codebook())]

    return [_to_passage(record) for record in STORE.recall(["passages", text], split)]


def _to_passage(record):
    """Return a passage from plain data."""
    sentences = [Sentence(**sentence) for sentence in record["sentences"]]
    of = record["of"] and tuple(record["of"])
    return Passage(**record | {"sentences": sentences, "of": of})
