"""Settle whose dinars, pounds or francs a sum is in, where the text names no country with them."""

import functools
import re

WORD = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?$")


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


def settle_currency(unit, quote, places, codebook):
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
    return next((shared[place] for place in places if place in shared), unit)
