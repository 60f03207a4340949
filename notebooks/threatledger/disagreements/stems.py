"""Reduce words to what they have in common, so that a text's own rewordings are seen."""

import functools
import re

from threatledger.tokens import Tokens

WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
# The longest first; what is left must keep four letters.
ENDINGS = (
    "isations izations isation ization ations ating ation ates ated ate ments ment ities ity "
    "ingly ings ing edly ives ive ions ion ances ance ences ence ers ed es ly al er s e"
).split()
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
    return [stem for token in text.split() for stem in known[token]]


@functools.cache
def _read_stems(codebook):
    """Return the stems of the tokens known so far."""
    return Tokens(functools.partial(_find_stems, empty=read_function_words(codebook)))


def _find_stems(token, empty):
    """Return the stems of the words of one token."""
    words = (w for w in WORD.findall(token) if len(w) >= SHORTEST and w.lower() not in empty)
    return tuple(filter(None, map(stem_word, words)))
