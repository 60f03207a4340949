"""Say which kind of figure a claim is, whom or what it counts, and which indicator it serves."""

import functools
import re
from dataclasses import dataclass

from threatledger.extraction.grammar import join_tree

MEASURES = frozenset(("km", "km2", "tonne", "kg", "barrel", "litre"))
RATE = re.compile(
    r"\s*(?:\w+\s+){0,3}?(?:a|an|per|each|every)\s+(?:day|week|month|quarter|year)(?!\w)"
    r"|\s*(?:monthly|yearly|annually|daily|weekly)(?!\w)"
)


@dataclass(frozen=True, slots=True, eq=False)
class Kinds:
    """The compiled lists of kinds, populations and indicators."""

    words: tuple  # (pattern, kind), in the order of preference
    populations: tuple  # (population, pattern)
    indicators: tuple  # dicts


@functools.lru_cache(maxsize=8)
def read_kinds(codebook):
    """Compile the tables ``kind-words``, ``populations`` and ``indicators`` of a codebook."""
    lists = {}
    for row in codebook.rows("kind-words"):
        lists.setdefault(row["kind"], []).append(row["word"])
    words = tuple((_compile(lists[kind]), kind) for kind in ("stock", "flow", "event count"))
    populations = tuple(
        (row["population"], _compile(row["words"].split("|")))
        for row in codebook.rows("populations")
    )
    indicators = tuple(_compile_indicator(row) for row in codebook.rows("indicators"))
    return Kinds(words, populations, indicators)


def _compile(words):
    """Compile a list of words for texts in lower case."""
    return re.compile(rf"(?<!\w){join_tree(word.lower() for word in words)}(?!\w)")


def _compile_indicator(row):
    """Make the conditions of an indicator; "foreign&killed" asks for both words."""
    groups = [
        [_compile([word]) for word in group.split("&")]
        for group in row["words"].split("|")
        if group
    ]
    return {
        "id": row["indicator"],
        "kinds": set(row["kind"].split("|")),
        "units": set(row["unit"].split("|")),
        "populations": set(row["population"].split("|")) - {""},
        "words": groups,
        "context": _compile(row["context"].split("|")) if row["context"] else None,
    }


def find_kind(unit, what, following, codebook):
    """Say which kind of figure a claim is.

    Parameters
    ----------
    unit : str
    what : str
        The thing counted or valued.
    following : str
        The text right after the quantity.
    codebook : Codebook

    Returns
    -------
    str
        ``share`` for per cent; ``measure`` for lengths, areas, weights and volumes; ``headcount``
        for people; ``event count`` for what happens; for money ``flow`` (a sum per period, or
        paid) or ``stock`` (held at one time); ``stock`` for things that are there.
    """
    if unit == "percent":
        return "share"
    if unit in MEASURES:
        return "measure"
    if unit == "person":
        return "headcount"
    kinds, what = read_kinds(codebook).words, what.lower()
    if unit == "count":
        return "event count" if kinds[2][0].search(what) else "stock"
    if RATE.match(following):
        return "flow"
    return "stock" if kinds[0][0].search(what) and not kinds[1][0].search(what) else "flow"


def find_population(unit, what, codebook):
    """Say which people or things are counted: a key of ``populations.csv``, empty where none.

    Parameters
    ----------
    unit, what : str
    codebook : Codebook

    Returns
    -------
    str
    """
    if unit not in ("person", "count", "percent"):
        return ""
    what = what.lower()
    for population, pattern in read_kinds(codebook).populations:
        if pattern.search(what):
            return population
    return ""


def find_indicator(claim, codebook):
    """Say which indicator a claim is a value of: a key of ``indicators.csv``, empty where none.

    Parameters
    ----------
    claim : dict
        With ``kind``, ``unit``, ``population``, ``what`` and ``sentence``.
    codebook : Codebook

    Returns
    -------
    str
        The first row of the table whose every condition holds.
    """
    money = len(claim["unit"]) == 3 and claim["unit"].isupper()
    unit = "money" if money else claim["unit"]
    what, sentence = claim["what"].lower(), claim["sentence"].lower()
    for row in read_kinds(codebook).indicators:
        if claim["kind"] not in row["kinds"] or unit not in row["units"]:
            continue
        if row["populations"] and claim["population"] not in row["populations"]:
            continue
        if row["words"] and not any(
            all(word.search(what) for word in group) for group in row["words"]
        ):
            continue
        if row["context"] and not row["context"].search(sentence):
            continue
        return row["id"]
    return ""
