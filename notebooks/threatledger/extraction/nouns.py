"""Find what a quantity counts, measures or values: the noun phrase that it belongs to."""

import re
from dataclasses import replace

from threatledger.extraction.counting import find_change, find_number
from threatledger.extraction.grammar import fold_text
from threatledger.extraction.model import Counted
from threatledger.extraction.readers import find_people
from threatledger.extraction.shares import find_share
from threatledger.extraction.valuing import MEASURES, find_measured, find_valued
from threatledger.extraction.words import (
    Scene,
    cut_window,
    find_start,
    read_word_lists,
    read_words,
)

SUBORDINATE = re.compile(
    r"(?<!flown )(?<!brought )(?<!taken )(?<!took )(?<!let )(?<!came )(?<!turned )(?<!pulled )"
    r"(?:(?<!\w)(?:including|of whom|of which|of them|among them|with|in|on|across|from|within"
    r"|aboard)|\()\s*\Z"
)
PART = re.compile(r"\s+of\s+(?:them|whom|these|those)(?!\w)")


def find_counted(sentence_text, quantity, quantities, codebook, before=None):
    """Find the thing that a quantity counts or values.

    Parameters
    ----------
    sentence_text : str
    quantity : Quantity
        One of ``quantities``.
    quantities : list of Quantity
        All of the sentence: two numbers may share a noun.
    codebook : Codebook
    before : dict of str to Counted, optional
        What earlier claims of the text are of, under ``number``, ``money``, ``percent`` and
        ``last``, and under ``topic`` the people of the sentence before: a number without a noun,
        or with a pronoun, goes on from there.

    Returns
    -------
    Counted
        ``what`` is the noun phrase without article, empty where the sentence names none;
        ``unit`` is the quantity's, or ``person`` or ``count`` by the noun.
    """
    text, begin, quantity, quantities = cut_window(sentence_text, quantity, quantities)
    found = _find(_make_scene(text, quantities, codebook, before or {}), quantity)
    if begin and found.start >= 0:
        return replace(found, start=found.start + begin, end=found.end + begin)
    return found


def find_people_in(sentence_text, codebook):
    """Find the last people that a sentence without numbers speaks of.

    Parameters
    ----------
    sentence_text : str
    codebook : Codebook

    Returns
    -------
    Counted or None
    """
    return find_people(_make_scene(sentence_text, [], codebook, {}), len(sentence_text))


def is_subordinate(sentence_text, quantity):
    """Tell whether a number only gives a part or a setting of another.

    Parameters
    ----------
    sentence_text : str
    quantity : Quantity

    Returns
    -------
    bool
        True in "including fewer than 500 foreigners", "406 of them minors", "in 14 cities".
    """
    start = find_start(quantity)
    left = fold_text(sentence_text[max(0, start - 24) : start])
    return bool(SUBORDINATE.search(left) or PART.match(sentence_text, quantity.reach))


def _make_scene(text, quantities, codebook, before):
    lists, words = read_word_lists(codebook), read_words(text, codebook)
    return Scene(text, fold_text(text), words, quantities, lists, before, codebook, _find)


def _find(scene, quantity):
    """Find what a quantity of a scene is of."""
    change = find_change(scene, quantity)
    if change:
        return change
    if quantity.unit == "percent":
        share = find_share(scene, quantity)
        return Counted(share.what, "percent", share.start, share.end)
    if quantity.unit is None:
        return find_number(scene, quantity)
    if quantity.unit in MEASURES or quantity.unit == "count":
        return find_measured(scene, quantity)
    return find_valued(scene, quantity)
