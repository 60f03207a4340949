"""Turn a sentence into the weighted marks by which it is known again in other words."""

import functools
import re
from dataclasses import dataclass

from threatledger.extraction.gazetteer import normalise_word
from threatledger.extraction.quantities import find_quantities

TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
DIGIT = re.compile(r"\d")
FIGURE = re.compile(r"(?<![\w.,])\d+(?:[.,]\d{3})*(?:\.\d+)?(?![\w])")
ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ied", "ers", "ed", "es", "er", "ly", "s", "e")
# What a mark weighs: a figure tells more than a name, a name more than a word.
WORD, NAME, NUMBER, SMALL_NUMBER, COMMON = 1.0, 1.6, 2.4, 0.8, 0.3
MOST_KEPT, LONGEST_KEPT = 100_000, 40  # words that are remembered, and their characters
# Sentences that are remembered, and their characters: copies stand near each other.
MOST_SENTENCES, LONGEST_SENTENCE = 8192, 600
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
    find = _recall_marks if len(text) <= LONGEST_SENTENCE else _find_marks
    return find(text, codebook, is_quick)


def _find_marks(text, codebook, is_quick):
    """Find the marks of a sentence, see `find_marks`; nobody changes what is returned."""
    heads, others = _read_words(codebook)
    marks = {}
    words = text.split()
    known = others if text[:1].isspace() else heads
    for word in words:
        for key, weight in known[word]:
            if weight > marks.get(key, 0):
                marks[key] = weight
        known = others
    for value in read_digits(text) if is_quick else find_values(text, codebook):
        marks[f"#{value:.12g}"] = SMALL_NUMBER if value <= SMALL else NUMBER
    return marks


_recall_marks = functools.lru_cache(maxsize=MOST_SENTENCES)(_find_marks)


class _Words(dict):
    """What each run of characters between spaces met so far is compared by, and its weights."""

    def __init__(self, lexicon, is_head):
        super().__init__()
        self._lexicon, self._is_head = lexicon, is_head

    def __missing__(self, run):
        marks = tuple(
            (key, self._weigh(key, word, found.start()))
            for found in TOKEN.finditer(run)
            for word in found.group().split("-")
            if (key := find_key(word, self._lexicon))
        )
        if len(run) <= LONGEST_KEPT:
            if len(self) >= MOST_KEPT:
                self.clear()
            self[run] = marks
        return marks

    def _weigh(self, key, word, place):
        """Return what a word weighs."""
        if key in self._lexicon.common:
            return COMMON
        # A capital letter tells a name, but not at the head of a sentence.
        is_name = word[:1].isupper() and (place or not self._is_head)
        return NAME if is_name else WORD


@functools.lru_cache(maxsize=4)
def _read_words(codebook):
    """Return what words are compared by, the first of a sentence and those further on."""
    lexicon = read_lexicon(codebook)
    return _Words(lexicon, is_head=True), _Words(lexicon, is_head=False)


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
    """Return place and value of each number in digits; most sentences have none."""
    if DIGIT.search(text) is None:
        return []
    found = FIGURE.finditer(text)
    return [(figure.start(), float(figure.group().replace(",", ""))) for figure in found]
