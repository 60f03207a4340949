"""Tell the author's own judgement from what the text reports."""

import functools
import re

from threatledger.extraction.glance import read_forms
from threatledger.extraction.grammar import pick_hints
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.times import lower_text

QUOTED = LateRegex(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)")
CAPITAL_US = LateRegex(r"\bU\.?S\b")


@functools.lru_cache(maxsize=8)
def read_markers(codebook):
    """Read the words that show an author judging, as one pattern on lower-case text.

    Parameters
    ----------
    codebook : Codebook
        With the table ``voice``.

    Returns
    -------
    tuple of (frozenset of str, re.Pattern)
        The longest word of each form, to tell fast whether one may be there, and the pattern.
    """
    forms = {form for row in codebook.rows("voice") for form in row["forms"].split("|") if form}
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    pattern = re.compile(r"(?<![\w'’-])(?:" + "|".join(map(re.escape, ordered)) + r")(?![\w])")
    return pick_hints(forms), pattern


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
        reading.memo[key] = "author" if _has_marker(sentence.text, reading.codebook) else "reported"
    return reading.memo[key]


def _has_marker(text, codebook):
    """Return whether a sentence judges, by a word outside its quotation marks."""
    words, pattern = read_markers(codebook)
    if words.isdisjoint(read_forms(text)):
        return False
    return pattern.search(lower_text(QUOTED.sub(" ", CAPITAL_US.sub("x", text)))) is not None
