"""Find the words above a list or a table that say what its bare numbers count."""

import re

from threatledger.extraction.kinds import find_kind
from threatledger.extraction.nouns import find_named

ROW = re.compile(r"\S(?: {2,}|\t+|\s*\|\s*|\s?\.{3,}\s?)\S")
DATED = re.compile(r"[0-9]|\b(?:as at|as of|selected|period)\b", re.IGNORECASE)
FARTHEST = 30  # sentences between a row and the words above its list


def is_row(sentence_text):
    """Tell whether a sentence is a row of a table or of a list with dot leaders."""
    return bool(ROW.search(sentence_text))


def find_caption(reading, sentence):
    """Find what the line above a list or a table names.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
        An item of the list or a row of the table.

    Returns
    -------
    Counted or None
        None where no line without a verb stands above, or it names no things in the plural.
    """
    key = ("caption", sentence.passage)
    if key not in reading.memo:
        reading.memo[key] = _find(reading, sentence)
    return reading.memo[key]


def _find(reading, sentence):
    listed = reading.passages[sentence.passage].kind == "item" or is_row(sentence.text)
    if not listed:
        return None
    for index in range(sentence.index - 1, max(-1, sentence.index - FARTHEST), -1):
        above = reading.sentences[index]
        kind = reading.passages[above.passage].kind
        if kind == "item" or is_row(above.text):
            continue
        found = find_named(above.text, reading.codebook)
        if found and (found.unit == "person" or _happens(found.what, reading.codebook)):
            return found
        if not DATED.search(above.text):
            break
    heading = reading.passages[sentence.passage].heading
    if heading is None:
        return None
    lines = reading.passages[heading].sentences
    found = find_named(lines[0].text, reading.codebook) if lines else None
    return found if found and found.unit == "person" else None


def _happens(what, codebook):
    """Tell whether a caption names what happens: attacks, killings, transfers."""
    return find_kind("count", what, "", codebook) == "event count"
