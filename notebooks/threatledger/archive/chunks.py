"""Divide a corpus into parts whose bounds depend on the texts near them, and on nothing else.

Where texts are added, in the middle or at the end, only the parts that they fall into change; all
others hold what they held before, and so what was found in them is still true.
"""

import hashlib
import json
from dataclasses import dataclass

# A part ends before a text whose id says so: one in EVERY does, by chance that is the same each
# time. None is smaller than LEAST texts, larger than MOST, or holds more than MOST_BYTES.
LEAST, EVERY, MOST = 64, 256, 512
MOST_BYTES = 4_000_000


@dataclass(slots=True)
class Chunk:
    """Texts that are read together and written as one part.

    Attributes
    ----------
    entries : list of threatledger.archive.entries.Entry
    key : str
        Names all that decides what is found in them; two chunks of one key are the same.
    """

    entries: list
    key: str


def split_chunks(entries, decided):
    """Divide entries into chunks.

    Parameters
    ----------
    entries : iterable of threatledger.archive.entries.Entry
    decided : object
        What else than the texts decides what is found: plain types.

    Yields
    ------
    Chunk
    """
    held, size = [], 0
    for entry in entries:
        if held and _is_bound(entry, len(held), size):
            yield make_chunk(held, decided)
            held, size = [], 0
        held.append(entry)
        size += len(entry.raw)
    if held:
        yield make_chunk(held, decided)


def _is_bound(entry, count, size):
    """Tell whether a chunk of so many texts and bytes ends before an entry."""
    if count >= MOST or size + len(entry.raw) > MOST_BYTES:
        return True
    digest = hashlib.sha256(entry.doc_id.encode("utf-8", "replace")).digest()
    return count >= LEAST and int.from_bytes(digest[:4], "big") % EVERY == 0


def make_chunk(entries, decided):
    """Return a chunk with its key.

    Parameters
    ----------
    entries, decided
        As for `split_chunks`.

    Returns
    -------
    Chunk
    """
    told = [[entry.mark, entry.left, entry.problem] for entry in entries]
    content = json.dumps([decided, told], sort_keys=True)
    return Chunk(entries, hashlib.sha256(content.encode("ascii")).hexdigest()[:32])
