"""Find the words above a list or a table that say what its bare numbers count."""

import re

from threatledger.extraction.kinds import find_kind
from threatledger.extraction.nouns import find_named
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.rows import may_have_cells
from threatledger.extraction.tabulation import has_figure
from threatledger.extraction.words import read_word_lists

ROW = LateRegex(r"\S(?: {2,}|\t+|\s*\|\s*|\s?\.{3,}\s?)\S|^\|\s*\S")
DATED = LateRegex(r"[0-9]|\b(?:as at|as of|selected|period)\b", re.IGNORECASE)
DATED_LINE = LateRegex(
    r"[\s•*–-]*(?:(?:19|20)[0-9]{2}|[A-Z][a-z]{2,8}(?: (?:19|20)[0-9]{2})?)\s*:\s*[0-9][0-9.,]*\s*$"
)
LABELLED = LateRegex(r"[\s•*–-]*[A-Z][a-z ]{2,30}:\s+[0-9]")
FARTHEST = 30  # sentences between a row and the words above its list


def is_row(sentence_text):
    """Tell whether a sentence is a row of a table or of a list with dot leaders."""
    return may_have_cells(sentence_text) and ROW.search(sentence_text) is not None


def is_dated_line(sentence_text):
    """Tell whether a line is a year or a month with its figure: "2022: 51"."""
    return DATED_LINE.match(sentence_text) is not None


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
    kind = reading.passages[sentence.passage].kind
    listed = kind == "item" or is_row(sentence.text) or is_dated_line(sentence.text)
    if not listed and not _is_labelled(reading, sentence):
        return None
    above = find_above(reading, sentence)
    while above is not None:
        found = find_named(above.text, reading.codebook)
        if found and _is_counted(found, sentence.text, reading.codebook):
            return found
        above = find_above(reading, above) if DATED.search(above.text) else None
    heading = reading.passages[sentence.passage].heading
    if heading is None:
        return None
    lines = reading.passages[heading].sentences
    found = find_named(lines[0].text, reading.codebook) if lines else None
    return found if found and found.unit == "person" else None


def _is_labelled(reading, sentence):
    """Tell whether a line of labels with figures stands below a line that ends in a colon."""
    if not LABELLED.match(sentence.text) or sentence.index == 0:
        return False
    return reading.sentences[sentence.index - 1].text.rstrip().endswith(":")


def find_above(reading, sentence):
    """Find the sentence above a list or a table.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
        An item of the list or a row of the table.

    Returns
    -------
    Sentence or None
    """
    for index in range(sentence.index - 1, max(-1, sentence.index - FARTHEST), -1):
        above = reading.sentences[index]
        listed = reading.passages[above.passage].kind == "item" or is_row(above.text)
        if not listed and not is_dated_line(above.text):
            return above
    return None


def _is_counted(found, row, codebook):
    """Tell whether a line names what the figures below it count, and not the list itself."""
    if found.unit == "person" or _happens(found.what, codebook):
        return True
    listing = read_word_lists(codebook).sets["listing"]
    return has_figure(row) and listing.isdisjoint(found.what.lower().split())


def _happens(what, codebook):
    """Tell whether a caption names what happens: attacks, killings, transfers."""
    return find_kind("count", what, "", codebook) == "event count"
