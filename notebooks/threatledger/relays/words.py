"""Turn a sentence into the weighted marks by which it is known again in other words."""

import functools
import re
from dataclasses import dataclass

from threatledger.extraction.gazetteer import normalise_word
from threatledger.extraction.quantities import find_quantities

TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
FIGURE = re.compile(r"(?<![\w.,])\d+(?:[.,]\d{3})*(?:\.\d+)?(?![\w])")
ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ied", "ers", "ed", "es", "er", "ly", "s", "e")
# What a mark weighs: a figure tells more than a name, a name more than a word.
WORD, NAME, NUMBER, SMALL_NUMBER, COMMON = 1.0, 1.6, 2.4, 0.8, 0.3
MOST_KEPT = 100_000  # words that are remembered
SMALL = 3  # numbers up to here are in every text


@dataclass(frozen=True)
class Lexicon:
    """The words of ``relay-words.csv``, ready to look up."""

    stop: frozenset
    common: frozenset  # words, stems and keys
    same: dict  # stem to the key of its group


@functools.lru_cache(maxsize=4)
def read_lexicon(codebook):
    """Read the words that texts are compared by.

    Parameters
    ----------
    codebook : threatledger.codebook.Codebook
        Reads ``relay-words``.

    Returns
    -------
    Lexicon
    """
    stop, common, same = set(), set(), {}
    for row in codebook.rows("relay-words"):
        forms = row["forms"].split("|")
        if row["class"] == "stop":
            stop.update(forms)
        elif row["class"] == "common":
            common.update(forms)
            common.update(map(find_stem, forms))
        elif row["class"] == "same":
            same.update((find_stem(form), row["key"]) for form in forms)
            same.update((form, row["key"]) for form in forms)
    return Lexicon(frozenset(stop), frozenset(common), same)


@functools.lru_cache(maxsize=1 << 16)
def find_stem(word):
    """Cut a word's ending, so that its forms compare equal.

    Parameters
    ----------
    word : str
        In lower case.

    Returns
    -------
    str

    Examples
    --------
    >>> find_stem("repatriations"), find_stem("repatriated"), find_stem("tunnels")
    ('repatri', 'repatriat', 'tunnel')
    """
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def find_key(word, lexicon):
    """Return what stands for a word when texts are compared: its group, or its stem.

    Parameters
    ----------
    word : str
        As written.
    lexicon : Lexicon

    Returns
    -------
    str or None
        ``None`` for a word that carries nothing.
    """
    plain = normalise_word(word)
    if not plain or plain in lexicon.stop:
        return None
    if plain in lexicon.same:
        return lexicon.same[plain]
    stem = find_stem(plain)
    return lexicon.same.get(stem, stem)


def find_marks(text, codebook, is_quick=False):
    """Find the weighted marks of a sentence.

    Parameters
    ----------
    text : str
        One sentence.
    codebook : threatledger.codebook.Codebook
    is_quick : bool
        Whether to take numbers as they stand in digits, without what words make of them.

    Returns
    -------
    dict of str to float
        A figure is marked ``#`` and its value; a word is its stem or the key of its group of
        words of the same meaning. A mark that occurs twice counts once.

    Examples
    --------
    >>> from threatledger.codebook import read_codebook
    >>> sorted(find_marks("Troops killed 27.5 thousand", read_codebook()))
    ['#27500', 'kill', 'troop']
    """
    known = _read_keys(codebook)
    marks = {}
    for found in TOKEN.finditer(text):
        token = found.group()
        for word in token.split("-") if "-" in token else (token,):
            key, plain, named = known[word]
            if key:
                weight = named if found.start() else plain
                if weight > marks.get(key, 0):
                    marks[key] = weight
    for value in read_digits(text) if is_quick else find_values(text, codebook):
        marks[f"#{value:.12g}"] = SMALL_NUMBER if value <= SMALL else NUMBER
    return marks


class _Keys(dict):
    """What each word met so far is compared by, and its weight first and further on."""

    def __init__(self, lexicon):
        super().__init__()
        self._lexicon = lexicon

    def __missing__(self, word):
        if len(self) >= MOST_KEPT:
            self.clear()
        key = find_key(word, self._lexicon)
        plain = COMMON if key in self._lexicon.common else WORD
        # A capital letter tells a name, but not at the head of a sentence.
        is_name = plain == WORD and word[:1].isupper()
        self[word] = key, plain, NAME if is_name else plain
        return self[word]


@functools.lru_cache(maxsize=4)
def _read_keys(codebook):
    """Return what the words met so far are compared by."""
    return _Keys(read_lexicon(codebook))


def find_values(text, codebook):
    """Find every number of a sentence: those of quantities, and years, ages and the like.

    Parameters
    ----------
    text : str
        One sentence.
    codebook : threatledger.codebook.Codebook

    Returns
    -------
    set of float
    """
    values, spans = set(), []
    for quantity in find_quantities(text, codebook):
        values.update(v for v in (quantity.low, quantity.high) if v is not None)
        spans.append((quantity.start, quantity.end))
    for place, value in _list_digits(text):
        if not any(start <= place < end for start, end in spans):
            values.add(value)
    return values


def read_digits(text):
    """Return the numbers of a sentence that are written in digits.

    Examples
    --------
    >>> sorted(read_digits("27.5 thousand tents and 1,200 huts"))
    [27.5, 1200.0]
    """
    return {value for _, value in _list_digits(text)}


def _list_digits(text):
    """Return place and value of each number in digits."""
    found = FIGURE.finditer(text)
    return [(figure.start(), float(figure.group().replace(",", ""))) for figure in found]
