"""Tell by the money a sum is in which country it is about: "214,000 somoni"."""

import functools
import re

from threatledger.extraction.currencies import find_user, read_shared_names
from threatledger.extraction.patterns import LateRegex

LAST_WORD = LateRegex(r"[^\W\d_]+$")
UPPER_WORD = LateRegex(r"[A-Z]{2}|(?<![^\W\d_])[A-Z][a-z]")
LOWER_WORD = LateRegex(r"[a-z]{3}$")
WORLDWIDE = frozenset(("USD", "EUR", "GBP", "CHF"))  # money that is paid in anywhere


def find_issuer(reading, sentence, quantity):
    """Return the country whose money a sum is in, for a sum that nothing places.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
    quantity : object
        With ``start``, ``end`` and ``unit`` where known.

    Returns
    -------
    list of str
        The one that alone issues it; of the dinars of several, the one spoken of.
    """
    issuers, unit = _read_issuers(reading.codebook), getattr(quantity, "unit", None)
    users = _find_users(reading, sentence, quantity)
    words = sentence.text[quantity.start : quantity.end]
    if users and not UPPER_WORD.search(words, int(words[1:2].islower())):  # "Fifty francs"
        user = find_user(reading, sentence, frozenset(users))
        unit = users.get(user)
    return list(issuers.get(unit, ()))


def find_spent(reading, sentence, quantity):
    """Return the country in whose money alone a sum is paid: "214,000 somoni".

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
    quantity : object
        With ``start``, ``end`` and ``unit`` where known.

    Returns
    -------
    list of str
        Empty for a code ("DKK 300"), for money with its country's name ("300 Danish kroner"),
        and for the money of several countries.
    """
    words = sentence.text[quantity.start : quantity.end]
    issuers = _read_issuers(reading.codebook).get(getattr(quantity, "unit", None), ())
    is_named = issuers and not UPPER_WORD.search(words) and LOWER_WORD.search(words)
    return list(issuers) if is_named and not _find_users(reading, sentence, quantity) else []


def _find_users(reading, sentence, quantity):
    """Return the countries whose money has the name that a sum is in, where they are several."""
    if getattr(quantity, "unit", None) is None:
        return {}
    name = LAST_WORD.search(sentence.text[quantity.start : quantity.end])
    return read_shared_names(reading.codebook).get(name[0].lower(), {}) if name else {}


@functools.lru_cache(maxsize=8)
def _read_issuers(codebook):
    """Return the one country that each currency is named for, by its code."""
    issuers = {}
    for row in codebook.rows("currencies"):
        issuers.setdefault(row["code"], set()).update(re.split(r"[| ]+", row["countries"]))
    return {
        code: tuple(codes - {""})
        for code, codes in issuers.items()
        if len(codes - {""}) == 1 and code not in WORLDWIDE
    }
