"""Reduce words to what they have in common, so that a text's own rewordings are seen."""

import functools
import re

WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
# The longest first; what is left must keep four letters.
ENDINGS = (
    "isations izations isation ization ations ating ation ates ated ate ments ment ities ity "
    "ingly ings ing edly ives ive ions ion ances ance ences ence ers ed es ly al er s e"
).split()
# Words of which the stems are remembered.
MOST_KEPT = 100_000
SHORTEST = 4


@functools.lru_cache(maxsize=50_000)
def stem_word(word):
    """Return what a word shares with its other forms.

    Parameters
    ----------
    word : str

    Returns
    -------
    str

    Examples
    --------
    >>> stem_word("supported") == stem_word("supporting") == stem_word("support")
    True
    >>> stem_word("successful") == stem_word("unsuccessful")
    False
    """
    word = word.lower().partition("’")[0].partition("'")[0]
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            word = word[: -len(ending)]
            break
    return word[:-1] if word.endswith(("y", "i")) and len(word) > SHORTEST else word


@functools.cache
def read_function_words(codebook):
    """Return the words that say nothing of what a sentence is about."""
    rows = codebook.rows("function-words")
    return frozenset(row["word"].lower() for row in rows if row["class"] != "verb")


def list_stems(text, codebook):
    """Return the stems of a text's words, without function words and the shortest ones.

    Parameters
    ----------
    text : str
    codebook : threatledger.codebook.Codebook

    Returns
    -------
    list of str
        In the order of the text.
    """
    known = _read_stems(codebook)
    return [stem for word in WORD.findall(text) if (stem := known[word])]


class _Stems(dict):
    """The stem of each word met so far, empty for one that says nothing."""

    def __init__(self, empty):
        super().__init__()
        self._empty = empty

    def __missing__(self, word):
        if len(self) >= MOST_KEPT:
            self.clear()
        is_empty = len(word) < SHORTEST or word.lower() in self._empty
        self[word] = "" if is_empty else stem_word(word)
        return self[word]


@functools.cache
def _read_stems(codebook):
    """Return the stems known so far, by word."""
    return _Stems(read_function_words(codebook))
