"""Tell the author's own judgement from what the text reports."""

import functools
import re

from threatledger.extraction.times import lower_text

QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)")
CAPITAL_US = re.compile(r"\bU\.?S\b")


@functools.lru_cache(maxsize=8)
def read_markers(codebook):
    """Read the words that show an author judging, as one pattern on lower-case text.

    Parameters
    ----------
    codebook : Codebook
        With the table ``voice``.

    Returns
    -------
    re.Pattern
    """
    forms = {form for row in codebook.rows("voice") for form in row["forms"].split("|") if form}
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(r"(?<![\w'’-])(?:" + "|".join(map(re.escape, ordered)) + r")(?![\w])")


def find_voice(reading, sentence, attribution):
    """Say whether a statement is reported or the author's own judgement.

    Parameters
    ----------
    reading : Reading
        The text under reading.
    sentence : Sentence
        The sentence that holds the statement.
    attribution : Attribution
        Who states it, as `link_speaker` returns it.

    Returns
    -------
    str
        ``"author"`` where nobody else is named as its source and the sentence, outside quotation
        marks, speaks in the first person or judges by a word of ``voice.csv``; else
        ``"reported"``, as is plain news of what happened.

    Notes
    -----
    A first rule, by words alone: irony, and judgement in plain words, pass as reported.
    """
    if attribution is not None and attribution.name:
        return "reported"
    key = ("voice", sentence.index)
    if key not in reading.memo:
        plain = lower_text(QUOTED.sub(" ", CAPITAL_US.sub("x", sentence.text)))
        found = read_markers(reading.codebook).search(plain)
        reading.memo[key] = "author" if found else "reported"
    return reading.memo[key]
