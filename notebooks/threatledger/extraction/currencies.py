"""Settle whose dinars, pounds or francs a sum is in, where the text names no country with them."""

import functools
from collections import Counter

from threatledger.extraction.gazetteer import find_places
from threatledger.extraction.memos import recall
from threatledger.extraction.patterns import LateRegex

LONGEST = 1500  # characters of a passage that are searched for a country
MOST = 200  # sentences of a text that are
WORD = LateRegex(r"[^\W\d_]+(?: [^\W\d_]+)?$")


@functools.lru_cache(maxsize=8)
def read_shared_names(codebook):
    """Read the names of currencies that several countries use.

    Parameters
    ----------
    codebook : Codebook
        With the table ``currencies``.

    Returns
    -------
    dict of str to dict of str to str
        Name in lower case to country to code: ``{"dinars": {"IRQ": "IQD", "LBY": "LYD"}}``.
    """
    names = {}
    for row in codebook.rows("currencies"):
        if row["kind"] == "word":
            for country in row["countries"].split():
                names.setdefault(row["form"].lower(), {}).setdefault(country, row["code"])
    return {name: codes for name, codes in names.items() if len(set(codes.values())) > 1}


def settle_currency(unit, quote, places, codebook, near=None):
    """Return the code of a sum's currency, by the places that the sum is about.

    Parameters
    ----------
    unit : str
        The code by the name alone.
    quote : str
        Such as ``"120 dinars"``; ``"120 Syrian pounds"`` is settled already.
    places : list of str
        Country codes of the claim.
    codebook : Codebook
    near : callable, optional
        Takes the countries that use a name, and returns the one that the text is about.

    Returns
    -------
    str
    """
    word = WORD.search(" ".join(quote.lower().split()))
    if word is None:
        return unit
    parts = word[0].split()
    if len(parts) > 1 and parts[0] not in ("million", "billion", "thousand", "trillion", "of", "a"):
        shared = read_shared_names(codebook).get(word[0], {})
    else:
        shared = read_shared_names(codebook).get(parts[-1], {})
    found = next((place for place in places if place in shared), None)
    if found is None and shared and near:
        found = near(frozenset(shared))
    return shared.get(found, unit)


def find_user(reading, sentence, countries):
    """Find the country that a sum without place is about: the one named nearest before it.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
    countries : frozenset of str
        Codes of those whose money has the name.

    Returns
    -------
    str or None
        Looks at the sentence, its passage, its heading, and the country named most in the text.
    """
    passage = reading.passages[sentence.passage]
    texts = [sentence.text, reading.text[passage.start : min(passage.end, sentence.end)][-LONGEST:]]
    if passage.heading is not None:
        heading = reading.passages[passage.heading]
        texts.append(reading.text[heading.start : heading.end][:LONGEST])
    for text in texts:
        places = [p for p in find_places(text, reading.codebook) if not p.rivals]
        named = [code for p in places for code in p.iso3]
        found = next((code for code in reversed(named) if code in countries), None)
        if found:
            return found
    return recall(reading, ("user", countries), lambda: _count_users(reading, countries))


def _count_users(reading, countries):
    """Return the country named most often in a text, of those given."""
    counts = Counter(
        code
        for sentence in reading.sentences[:MOST]
        for place in find_places(sentence.text, reading.codebook)
        for code in place.iso3
        if code in countries and not place.rivals
    )
    return max(sorted(counts), key=lambda code: counts[code], default=None)
