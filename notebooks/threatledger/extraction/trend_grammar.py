"""The words of a sentence, the closed word classes, and verb groups."""

import functools
import re
from dataclasses import dataclass
from itertools import accumulate

from threatledger.extraction.patterns import LateRegex

# The brackets round the whole make `split` keep the words, at every other place.
_TOKEN = LateRegex(
    r"([^\W\d_][^\W_]*(?:['-][^\W_]+)*|\d[\d.,]*(?<=\d)%?|[^\W_]+(?:['-][^\W_]+)*"
    r"|[,;:()—–!?%$€£/]|(?<=\s)-(?=\s)|\.(?=\s|$))"
)

# The same for plain text in lower case: classes by name are slow.
_ASCII_TOKEN = re.compile(
    r"([a-z][a-z0-9]*(?:['-][a-z0-9]+)*|[0-9][0-9.,]*(?<=[0-9])%?|[a-z0-9]+(?:['-][a-z0-9]+)*"
    r"|[,;:()!?%$/]|(?<=\s)-(?=\s)|\.(?=\s|$))",
    re.ASCII,
)


BE = frozenset(
    "is are was were be been being isn't aren't wasn't weren't it's that's they're".split()
)


HAVE = frozenset("has have had having hasn't haven't hadn't they've it'd".split())


DO = frozenset("do does did don't doesn't didn't".split())


MODAL = frozenset(
    "will would shall should may might must can could cannot can't won't wouldn't couldn't ought "
    "shouldn't mustn't".split()
)


NEGATIVE = frozenset("not never neither nor hardly barely scarcely rarely seldom without".split())


DETERMINER = frozenset(
    "a an the this these those that its their his her our my your each every some any all both no "
    "another such most many several few much what whose".split()
)


POSSESSIVE = frozenset("its their his her our my your whose".split())


PREPOSITION = frozenset(
    "of in on at to by for from with without near between against under over into onto through "
    "throughout towards toward since after before during until till despite among amid across "
    "around within inside outside along about above below behind beyond via per as than like "
    "including unlike because given".split()
)


PRONOUN = frozenset("it they he she we i you which that who this these those there".split())


CONJUNCTION = frozenset(
    "and or but yet while although though because since as whereas when where which that who whom "
    "whose if unless whether so than however said says adding added warned noted stressed "
    "believe believes believed say suggest suggests assessed assesses claimed told thinks".split()
)


CONDITION = frozenset("if unless whether lest".split())


TIME = frozenset(
    "year years month months week weeks day days quarter time spring summer autumn winter decade "
    "period season fortnight morning night today yesterday now then again "
    "monday tuesday wednesday thursday friday "
    "saturday sunday january february march april may june july august september october november "
    "december last next previous past first second half same early late mid month-of-may".split()
)


ADVERB = frozenset(
    "also already still now then again further even just almost nearly well once thus therefore "
    "however meanwhile ever far only since long soon instead otherwise more than all but too "
    "overall moreover furthermore likewise perhaps always often sometimes once somewhat quite very "
    "much since yet back so nonetheless nevertheless regardless apace anyway altogether lately "
    "nationwide worldwide overnight anew afresh outright anymore besides".split()
)


STOPS = frozenset(",;:()—–!?.-/")


PLURAL = frozenset("they we who which that people men women children police and".split())


AMOUNT = frozenset(
    "half third thirds quarter quarters fifth fifths tenth tenths two-thirds percent cent % "
    "one two three four five six seven eight nine ten dozen "
    "hundred thousand million dozens hundreds thousands zero handful".split()
)


class Words:
    """The words of a sentence; quotation marks are left out.

    Parameters
    ----------
    text : str
    low : list of str
        The words in lower case, with straight apostrophes.
    spans : list of tuple of (int, int)
        Where each word begins and ends in the text.
    """

    __slots__ = ("low", "spans", "text")

    def __init__(self, text, low, spans):
        self.text, self.low, self.spans = text, low, spans

    def __len__(self):
        return len(self.low)

    def get(self, i):
        """Return the word at an index, empty outside the sentence."""
        try:
            return self.low[i] if i >= 0 else ""
        except IndexError:
            return ""

    def read(self, start, end):
        """Return the text from word ``start`` up to, not including, word ``end``."""
        if start >= end:
            return ""
        return self.text[self.spans[start][0] : self.spans[end - 1][1]]


def split_words(text):
    """Split a sentence into words and marks.

    Parameters
    ----------
    text : str

    Returns
    -------
    Words
    """
    low = text.lower()
    if len(low) != len(text):
        low = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    low = low.replace("’", "'")
    parts = (_ASCII_TOKEN if low.isascii() else _TOKEN).split(low)
    edges = list(accumulate(map(len, parts)))
    words = Words(text, parts[1::2], list(zip(edges[::2], edges[1::2], strict=False)))
    if ("IS" in text and "is" in words.low) or ("May" in text and "may" in words.low):
        # "IS" is the group and "May" inside a sentence the month, and neither a verb.
        words.low = [
            "isis" if text[a:b] == "IS" else _MAY if a and text[a:b] == "May" else word
            for word, (a, b) in zip(words.low, words.spans, strict=True)
        ]
    return words


_MAY = "month-of-may"


@dataclass(slots=True)
class Group:
    """A verb and what goes with it on its left."""

    start: int  # index of its first word
    aux: list  # auxiliaries, the nearest to the verb first
    negative: str = ""
    modal: bool = False
    to: int = -1  # index of "to" before it, -1 without


def is_adverb(word):
    """Tell whether a word may stand between auxiliary and verb."""
    return word in ADVERB or (len(word) > 3 and word.endswith("ly") and word not in _NO_ADVERB)


_NO_ADVERB = frozenset(
    "july italy family supply reply ally rally assembly anomaly monopoly daily weekly monthly "
    "quarterly friendly elderly deadly likely unlikely costly multiply comply imply rely "
    "apply".split()
)


def read_group(words, i):
    """Read the verb group that ends in the verb at an index.

    Parameters
    ----------
    words : Words
    i : int

    Returns
    -------
    Group
    """
    group = Group(i, [])
    low, j = words.low, i - 1
    while j >= 0 and i - j <= 9 and low[j] != "to" and _take(group, low, j):
        j -= 1
    if 0 <= j < i and low[j] == "to" and i - j <= 9:
        group.to = j
    if group.negative and group.negative not in low[group.start : i]:
        group.negative = ""
    return group


def _take(group, low, j):
    """Take a word into a verb group; tell whether it belongs to it."""
    word = low[j]
    if word in BE or word in HAVE or word in DO:
        group.aux.append(word)
        group.start = j
        group.negative = word if word.endswith("n't") else group.negative
    elif word in MODAL:
        group.modal, group.start = True, j
    elif word in NEGATIVE and word not in ("nor", "without"):
        group.negative, group.start = word, j
    elif is_adverb(word):
        if j == group.start - 1 and not (j and low[j - 1] == "no" and word == "more"):
            group.start = j
    else:
        return word == "," and j > 0 and is_adverb(low[j - 1]) and low[j - 1].endswith(("ly", "er"))
    return True


def is_amount(words, k):
    """Tell whether an amount begins at an index."""
    if any(word[:1].isdigit() for word in words.low[k : k + 4]):
        return True
    return words.get(k) in AMOUNT or words.get(k) in ("several", "many", "some", "at", "up")


def number_follows(words, k):
    """Tell whether an amount follows: "by 40 per cent", "from 21", "to fewer than 8"."""
    while words.get(k) in TIME:
        k += 1
    if words.get(k) in ("by", "from", "to", "at") or words.get(k)[:1].isdigit():
        return any(word[:1].isdigit() or word in AMOUNT for word in words.low[k : k + 5])
    return False


_EARLIER = frozenset(
    "last previous preceding ago earlier prior former peak pre-war prewar pre-pandemic same "
    "yesterday previously year's month's week's quarter's".split()
)
_BEFORE = frozenset("before ever once used was were had did".split())


def is_earlier(words, k, reach, loose=True):
    """Tell whether an earlier time is named from an index on, within its clause.

    Parameters
    ----------
    words : Words
    k : int
    reach : int
        Words that are looked at.
    loose : bool
        Whether a past auxiliary will do: "than it was".

    Returns
    -------
    bool
    """
    for word in words.low[k : k + reach]:
        if word in STOPS:
            return False
        if word in _EARLIER or word in _MONTHS or (loose and word in _BEFORE):
            return True
        if word[-4:].isdigit() and word[-4:-2] in ("19", "20") and not word[:-4].isdigit():
            return True
    return False


_MONTHS = frozenset(
    "january february march april month-of-may june july august september october november "
    "december spring summer autumn winter".split()
)


def is_nominal(words, k):
    """Tell whether a noun phrase can go on at an index."""
    word = words.get(k)
    if word in PREPOSITION or word in CONJUNCTION or word in DETERMINER or word in PRONOUN:
        return False
    return not (word in BE or word in HAVE or word in MODAL or word in DO or word in TIME)


def is_before(words, k, phrases):
    """Tell whether one of the phrases stands at an index; ``#`` is a number of things."""
    first, known = words.get(k), _split_phrases(phrases)
    if first[:1].isdigit() and "#" in known:
        return words.get(k + 1).isalpha() and words.get(k + 1) not in ("per", "percent")
    return any(
        len(parts) == 1 or words.low[k : k + len(parts)] == parts for parts in known.get(first, ())
    )


@functools.lru_cache(maxsize=1 << 10)
def _split_phrases(phrases):
    """Return the words of phrases by the first of them."""
    found = {}
    for parts in map(str.split, phrases):
        found.setdefault(parts[0], []).append(parts)
    return found
