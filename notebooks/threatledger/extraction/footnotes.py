"""Find where a footnote belongs: its numbers go on from the claim that carries its mark."""

import re

MARK = re.compile(r"\[\d{1,3}\]|[⁰¹²³⁴-⁹]{1,3}|\d{1,3}/(?=\s)|\*{1,3}(?=[^\s*])")


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
