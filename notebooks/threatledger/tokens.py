"""Look at texts token by token, and remember what each token comes to: most come again and again.

A token is what stands between two spaces. A word that a rule looks for lies within one, so that a
text without the words of a phrase is soon told, and the costly search left out.
"""

import itertools
import re

from threatledger.extraction.gazetteer import read_names, split_names

_chain = itertools.chain.from_iterable
WORD = re.compile(r"\w+")
# Tokens that are remembered, and characters of the longest that is.
MOST, LONGEST = 100_000, 80


class Tokens(dict):
    """What each token comes to, found at its first use.

    Parameters
    ----------
    find : callable
        Takes a token.

    Examples
    --------
    >>> lengths = Tokens(len)
    >>> [lengths[token] for token in "a long way".split()]
    [1, 4, 3]
    """

    def __init__(self, find):
        super().__init__()
        self._find = find

    def __missing__(self, token):
        found = self._find(token)
        if len(token) <= LONGEST:
            if len(self) >= MOST:
                self.clear()
            self[token] = found
        return found


def ask_each(find, texts):
    """Return what a function finds in each of some texts; what stands twice is looked at once.

    Parameters
    ----------
    find : callable
        Takes a text.
    texts : list of str

    Returns
    -------
    list
    """
    known = {text: find(text) for text in dict.fromkeys(texts)}
    return [known[text] for text in texts]


def split_lower(text):
    """Return the words of a text in lower case."""
    return WORD.findall(text.lower())


class Watch:
    """Tells by a text's words which phrases it may have.

    Parameters
    ----------
    phrases : dict of str to iterable of str
        Name to the phrases that stand for it.
    split : callable, optional
        Returns the words of a phrase or a token, as they are compared; default: `split_lower`.

    Examples
    --------
    >>> watch = Watch({"denial": ["no evidence", "denied"], "doubt": ["may"]})
    >>> watch.find("There may be new evidence, but no map.")
    ({'doubt'}, {'denial'})
    """

    def __init__(self, phrases, split=split_lower):
        self._single, self._sure, self._longer, words = {}, {}, {}, set()
        for name, listed in phrases.items():
            for phrase in listed:
                own = frozenset(split(phrase))
                words |= own
                # The longest word of a phrase is the rarest as a rule.
                key = max(sorted(own), key=len, default="")
                if len(own) > 1:
                    self._longer.setdefault(key, set()).add((own, name))
                else:
                    kind = self._sure if own == {phrase} else self._single
                    kind.setdefault(key, set()).add(name)
        keys = {*self._single, *self._sure, *self._longer}
        self._always = self._single.pop("", set())
        self._keys = Tokens(lambda token: tuple(keys.intersection(split(token))))
        self._words = Tokens(lambda token: tuple(words.intersection(split(token))))

    def find(self, text):
        """Look for the words of the phrases in a text.

        Parameters
        ----------
        text : str

        Returns
        -------
        tuple of (set of str, set of str)
            Names of which the text has a phrase that is a word; and names of which it may have
            one, as it has all words of a longer one, in whatever order.
        """
        tokens = text.split()
        sure, likely, words = set(), set(self._always), None
        for key in set(_chain(map(self._keys.__getitem__, tokens))):
            sure.update(self._sure.get(key, ()))
            likely.update(self._single.get(key, ()))
            for own, name in self._longer.get(key, ()):
                # Most texts have no such word, and need not be looked at again.
                words = words or set(_chain(map(self._words.__getitem__, tokens)))
                if own <= words:
                    likely.add(name)
        return sure, likely

    def may_find(self, text):
        """Tell whether a text may have any of the phrases."""
        return any(self.find(text))


def watch_names(sort, codebook):
    """Return what tells soon that a text has none of some names.

    Parameters
    ----------
    sort : callable
        Takes a `threatledger.extraction.gazetteer.Name`; returns what it stands for, each as a
        string; nothing if it is not wanted.
    codebook : threatledger.codebook.Codebook

    Returns
    -------
    Watch
    """
    spellings = {}
    for name in read_names(codebook).names:
        for key in sort(name):
            spellings.setdefault(key, []).append(name.spelling)
    return Watch(spellings, lambda text: split_names(text, codebook))
