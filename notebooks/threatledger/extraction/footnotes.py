"""Find where a footnote belongs: its numbers go on from the claim that carries its mark."""

import re

from threatledger.extraction.sentences import find_sentence

MARK = re.compile(r"\[\d{1,3}\]|[⁰¹²³⁴-⁹]{1,3}|\d{1,3}/(?=\s)")


def find_anchor(reading, sentence):
    """Return where in the body the mark of a footnote stands.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence

    Returns
    -------
    int
        Offset of the mark in the text; -1 where the sentence is in no footnote.
    """
    passage = reading.passages[sentence.passage]
    mark = MARK.match(reading.text, passage.start)
    if mark is None:
        return -1
    return _find_mark(reading.text, mark[0], passage.start)


def _find_mark(text, mark, end):
    """Return the last place before the footnote where its mark follows a word or a stop."""
    position = text.rfind(mark, 0, end)
    while position > 0:
        before, after = text[position - 1], text[position + len(mark) : position + len(mark) + 1]
        if not (before.isspace() or before.isdigit() or after.isdigit()):
            return position
        position = text.rfind(mark, 0, position)
    return -1


def find_anchored(reading, sentence):
    """Return the sentence that a footnote belongs to.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence

    Returns
    -------
    tuple of (Sentence, int) or None
        The sentence with the mark, and where the mark stands in it; None where the sentence
        given is in no footnote.
    """
    key = ("anchored", sentence.passage)
    if key not in reading.memo:
        anchor = find_anchor(reading, sentence)
        # A mark that closes a sentence may stand just behind it.
        index = find_sentence(reading.sentences, anchor - 1) if anchor > 0 else -1
        found = reading.sentences[index] if index >= 0 else None
        if found and reading.text[reading.passages[found.passage].start] == "*":
            found = None  # asterisks for bold type, not for notes
        reading.memo[key] = (found, anchor - found.start) if found else None
    return reading.memo[key]
