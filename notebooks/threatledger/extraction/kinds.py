"""Say which kind of figure a claim is, whom or what it counts, and which indicator it serves."""

import functools
import re
from dataclasses import dataclass

from threatledger.extraction.glance import MOST, read_forms
from threatledger.extraction.grammar import join_tree, pick_hints
from threatledger.extraction.patterns import LateRegex

MEASURES = frozenset(("km", "km2", "tonne", "kg", "barrel", "litre"))
RATE = LateRegex(
    r"\s*(?:\w+\s+){0,3}?(?:a|an|per|each|every)\s+(?:day|week|month|quarter|year)(?!\w)"
    r"|\s*(?:monthly|yearly|annually|daily|weekly)(?!\w)"
)


@dataclass(frozen=True, slots=True, eq=False)
class Kinds:
    """The compiled lists of kinds, populations and indicators."""

    words: tuple  # (pattern, kind), in the order of preference
    populations: tuple  # (population, hints, pattern)
    indicators: tuple  # dicts


@functools.lru_cache(maxsize=8)
def read_kinds(codebook):
    """Compile the tables ``kind-words``, ``populations`` and ``indicators`` of a codebook."""
    lists = {}
    for row in codebook.rows("kind-words"):
        lists.setdefault(row["kind"], []).append(row["word"])
    words = tuple((_compile(lists[kind]), kind) for kind in ("stock", "flow", "event count"))
    populations = tuple(
        (row["population"], pick_hints(_list_words(row)), _compile(row["words"].split("|")))
        for row in codebook.rows("populations")
    )
    indicators = tuple(_compile_indicator(row) for row in codebook.rows("indicators"))
    return Kinds(words, populations, indicators)


def _list_words(row):
    return [word.lower() for word in row["words"].split("|")]


def _compile(words):
    """Compile a list of words for texts in lower case."""
    return re.compile(rf"(?<!\w){join_tree(word.lower() for word in words)}(?!\w)")


def _compile_indicator(row):
    """Make the conditions of an indicator; "foreign&killed" asks for both words."""
    words = [group.lower().split("&") for group in row["words"].split("|") if group]
    groups = [(pick_hints(group), [_compile([word]) for word in group]) for group in words]
    return {
        "id": row["indicator"],
        "kinds": set(row["kind"].split("|")),
        "units": set(row["unit"].split("|")),
        "populations": set(row["population"].split("|")) - {""},
        "words": groups,
        "hints": pick_hints(row["context"].lower().split("|")) if row["context"] else None,
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
    return _find_population(what.lower(), codebook)


@functools.lru_cache(maxsize=MOST)
def _find_population(what, codebook):
    forms = read_forms(what)
    for population, hints, pattern in read_kinds(codebook).populations:
        if not hints.isdisjoint(forms) and pattern.search(what):
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
    sentence = claim["sentence"]
    rows = _list_indicators(
        claim["kind"], unit, claim["population"], claim["what"].lower(), codebook
    )
    for row in rows:
        if row["context"] is None:
            return row["id"]
        has_hint = not row["hints"].isdisjoint(read_forms(sentence))
        if has_hint and row["context"].search(sentence.lower()):
            return row["id"]
    return ""


@functools.lru_cache(maxsize=MOST)
def _list_indicators(kind, unit, population, what, codebook):
    """Return the indicators that a thing counted may be a value of, whatever its sentence says."""
    forms = read_forms(what)
    return tuple(
        row
        for row in read_kinds(codebook).indicators
        if kind in row["kinds"]
        and unit in row["units"]
        and (not row["populations"] or population in row["populations"])
        and (not row["words"] or _has_words(row["words"], what, forms))
    )


def _has_words(groups, what, forms):
    """Tell whether all words of one of the groups stand in what is counted."""
    return any(
        hints <= forms and all(word.search(what) for word in words) for hints, words in groups
    )
