"""Compare the figures on each indicator pair by pair: comparable or not, and why."""

import functools
import itertools

import pandas as pd

from threatledger.briefing.wording import (
    format_bounds,
    is_missing,
    join_words,
    say_date,
    say_key,
    say_places,
)
from threatledger.codebook import read_codebook
from threatledger.coverage import find_subjects, read_regions
from threatledger.disagreements.intervals import compare_intervals, read_interval
from threatledger.disagreements.stems import list_stems
from threatledger.disagreements.voices import count_voices
from threatledger.extraction.gazetteer import find_names
from threatledger.frames import join_frames, list_records, rank_newest, take_rows
from threatledger.garbage import leave_garbage
from threatledger.parts import BUNCH
from threatledger.records import make_id
from threatledger.sources import find_ends
from threatledger.tables import read_columns

# Names that say who, not where, or name a whole country.
NO_AREA = ("actor", "adjective", "people", "country")
# What is asked of a pair, in the order in which the answers are given.
ASKED = ("place", "population", "time", "unit", "kind", "thing")
# Up to so many figures of an indicator every pair is compared; of more, see `compare_figures`.
FEW_FIGURES, MOST_BESIDE = 100, 6
# Findings, the gravest first.
ORDER = ("disagree", "agree", "cannot be decided", "later", "one voice", "not comparable")


def choose_figures(claims, documents, most):
    """Choose of each indicator the newest reported figures.

    Parameters
    ----------
    claims, documents : threatledger.parts.Rows
        The tables of these names.
    most : int
        Figures to choose of each indicator.

    Returns
    -------
    pandas.DataFrame
        Rows of ``claims`` in their order; ``attrs["of"]`` is how many reported figures with an
        indicator there are in all.
    """
    newest, total = None, 0
    columns = ["claim_id", "doc_id", "voice", "indicator", "as_of"]
    dates = documents.frames(["doc_id", "published"], bunch=BUNCH)
    for frame, dated in zip(claims.frames(columns, bunch=BUNCH), dates, strict=True):
        reported = frame[(frame["voice"] != "author") & (frame["indicator"] != "")]
        published = reported["doc_id"].map(dated.set_index("doc_id")["published"])
        reported = reported.assign(rank=rank_newest(reported.assign(published=published)))
        total += len(reported)
        newest = _keep_newest([reported] if newest is None else [newest, reported], most)
    chosen = claims.read(where={"claim_id": newest["claim_id"]})
    return take_rows([chosen], len(chosen), of=total)


def _keep_newest(frames, most):
    """Return the newest rows of each indicator, as they stood; of equals the first."""
    rows = join_frames(frames)
    first = rows.sort_values("rank", ascending=False, kind="stable").groupby("indicator").head(most)
    return first.sort_index()


@leave_garbage()
def compare_figures(claims, documents, origins=None, most_days=183, most_pairs=500):
    """Compare the reported figures on each indicator pair by pair.

    Parameters
    ----------
    claims, documents : pandas.DataFrame
        The tables of these names.
    origins : dict of str to str, optional
        ``doc_id`` to the origin of the text; default: each text is its own.
    most_days : int
        Days that the times of two figures may lie apart and still be compared.
    most_pairs : int
        Pairs of an indicator to list; the gravest come first, so what is left out are pairs that
        cannot be compared.

    Returns
    -------
    pandas.DataFrame
        One row a pair; columns as ``disagreements`` in ``data/codebook/columns.csv``. Authors'
        own claims and figures without an indicator are left out.

    Notes
    -----
    Of an indicator with more than `FEW_FIGURES` figures, only those of the same countries,
    population, unit and kind are compared, each with the `MOST_BESIDE` that follow it in time:
    the others could not be compared anyway.
    """
    published = documents.set_index("doc_id")["published"]
    reported = claims[(claims["voice"] != "author") & (claims["indicator"] != "")]
    reported = reported.assign(published=reported["doc_id"].map(published))
    rows = []
    for _, group in reported.groupby("indicator", sort=True):
        records = [_prepare(record) for record in list_records(group)]
        pairs = _list_pairs(records)
        found = [_compare(one, other, origins or {}, most_days) for one, other in pairs]
        found.sort(key=_rank_pair)
        rows += map(_describe, found[:most_pairs])
    frame = pd.DataFrame(rows, columns=[row["column"] for row in read_columns("disagreements")])
    return frame.astype({"ratio_low": "float64", "ratio_high": "float64"})


def _list_pairs(records):
    """Return the pairs of figures to compare."""
    if len(records) <= FEW_FIGURES:
        return itertools.combinations(records, 2)
    blocks = {}
    for record in sorted(records, key=lambda record: find_ends(record["time"])[1]):
        key = record["place"], record["population"], record["unit"], record["kind"]
        blocks.setdefault(key, []).append(record)
    return (
        (one, other)
        for block in blocks.values()
        for place, one in enumerate(block)
        for other in block[place + 1 : place + 1 + MOST_BESIDE]
    )


@functools.cache
def read_period_indicators(codebook):
    """Return the indicators that are sums over a time, which another time's does not replace."""
    return frozenset(row["indicator"] for row in codebook.rows("period-indicators"))


def _prepare(record):
    """Return a claim with what it is compared by."""
    codebook = read_codebook()
    regions = set(read_regions(codebook).values())
    return record | {
        "time": record["as_of"] or record["published"],
        "places": frozenset(filter(None, record["place"].split("|"))),
        "regions": frozenset(find_subjects(record["sentence"], codebook) & regions),
        "areas": frozenset(
            found.name.key
            for found in find_names(record["sentence"], codebook)
            if found.name.kind not in NO_AREA
        ),
        "stems": frozenset(list_stems(record["what"], codebook)),
        "is_of_period": record["indicator"] in read_period_indicators(codebook)
        or record["kind"] in ("flow", "event count"),
    }


def _compare(one, other, origins, most_days):
    """Return what can be said of two figures, the larger first."""
    if _rank_size(other) > _rank_size(one):
        one, other = other, one
    voices, why = count_voices(one, other, origins)
    answers = {name: COMPARERS[name](one, other) for name in ASKED if name != "time"}
    # One who gives two times means two times, however near.
    answers["time"] = _compare_times(one, other, most_days if voices == "two voices" else 0)
    against = [answers[name] for name in ASKED if not answers[name].startswith("same")]
    ranges = compare_intervals(one, other) if answers["unit"] == "same" else ""
    return {
        "pair_id": make_id("pair", one["claim_id"], other["claim_id"]),
        "both": (one, other),
        "answers": answers,
        "against": against,
        "ranges": ranges,
        "voices": voices,
        "voices_because": why,
        "finding": _find(one, other, answers, ranges, voices),
    }


def _describe(pair):
    """Return what was said of two figures as a row."""
    (one, other), answers = pair["both"], pair["answers"]
    low, high = _divide(one, other, answers)
    return {
        "pair_id": pair["pair_id"],
        "indicator": one["indicator"],
        "claim_id": one["claim_id"],
        "other_id": other["claim_id"],
        "doc_id": one["doc_id"],
        "other_doc_id": other["doc_id"],
        "start": one["start"],
        "end": one["end"],
        "other_start": other["start"],
        "other_end": other["end"],
        "figure": _say(one),
        "other_figure": _say(other),
        **{f"same_{name}": answers[name] for name in ASKED},
        "verdict": "not comparable" if pair["against"] else "comparable",
        "because": "; ".join(pair["against"]),
        "ranges": pair["ranges"],
        "ratio_low": low,
        "ratio_high": high,
        "voices": pair["voices"],
        "voices_because": pair["voices_because"],
        "finding": pair["finding"],
        "later_id": _find_later(one, other),
    }


def _rank_pair(pair):
    """Return where a pair stands: the gravest first, then those that differ in least."""
    differences = "; ".join(pair["against"]).count(";")
    return ORDER.index(pair["finding"]), pair["voices"] == "one voice", differences, pair["pair_id"]


def _rank_size(record):
    """Return what decides which of two figures is the larger: its upper bound, or its lower."""
    bound = record["low"] if is_missing(record["high"]) else record["high"]
    return bound, record["claim_id"]


def _say(record):
    """Return a figure in words: bounds and thing."""
    bounds = format_bounds(record["low"], record["high"], record["relation"], record["unit"])
    return f"{bounds} {record['what']}".strip()


def _find(one, other, answers, ranges, voices):
    """Return what a pair comes to."""
    against = [name for name in ASKED if not answers[name].startswith("same")]
    if against == ["time"] and not one["is_of_period"] and _is_later(one, other):
        return "later"
    if against:
        return "not comparable"
    if voices == "one voice" and not (ranges == "apart" and _is_retold(one, other)):
        return "one voice"
    if ranges == "open":
        return "cannot be decided"
    return "disagree" if ranges == "apart" else "agree"


def _is_later(one, other):
    """Tell whether two times are known to differ: in one text both must be stated."""
    return one["doc_id"] != other["doc_id"] or bool(one["as_of"] and other["as_of"])


def _is_retold(one, other):
    """Tell whether one voice gives two figures for what must be one thing.

    Within a text they are more often two things, or parts of one: it takes the same words, the
    same stated time and the same country, and two passages apart.
    """
    if one["doc_id"] != other["doc_id"]:
        return True
    is_near = one["sentence_start"] == other["sentence_start"] or one["kind"] == "event count"
    stated = one["place"] and one["as_of"] and one["as_of"] == other["as_of"]
    return bool(stated and not is_near and one["stems"] == other["stems"] and one["stems"])


def _divide(one, other, answers):
    """Return how many times the larger figure is the smaller one, at least and at most."""
    if answers["unit"] != "same" or answers["kind"] != "same":
        return None, None
    ratio = read_interval(one) / read_interval(other)
    return tuple(None if end is None else round(float(end), 3) for end in (ratio.low, ratio.high))


def _find_later(one, other):
    """Return the claim that holds for the later time, where one does."""
    ends = [find_ends(record["time"])[1] for record in (one, other)]
    if ends[0] == ends[1]:
        return ""
    return one["claim_id"] if ends[0] > ends[1] else other["claim_id"]


def _compare_places(one, other):
    """Say whether two figures are about the same countries."""
    a, b = one["places"], other["places"]
    if a == b and a:
        return _compare_areas(one, other)
    if a and b:
        said = [say_places("|".join(sorted(codes))) for codes in (a, b)]
        if a < b or b < a:
            part, whole = said if a < b else said[::-1]
            return f"place: {part} is a part of {whole}"
        return f"place: {said[0]} / {said[1]}"
    if a or b:
        return f"place: {say_places('|'.join(sorted(a or b)))} / no country stated"
    if one["regions"] != other["regions"]:
        return "place: no country stated, and not the same regions named"
    return "same: neither states a country"


def _compare_areas(one, other):
    """Say whether two figures about the same countries name the same places in them."""
    a, b = one["areas"], other["areas"]
    if a and b and not a & b:
        return f"place: {join_words(sorted(a))} / {join_words(sorted(b))}"
    return "same"


def _compare_populations(one, other):
    """Say whether two figures count the same people or things."""
    a, b = one["population"], other["population"]
    if a == b:
        return "same"
    return "population: " + " / ".join(say_key(key) or "not stated" for key in (a, b))


def _compare_times(one, other, most_days):
    """Say whether two figures hold for times near enough to each other."""
    (first, last), (begin, end) = (find_ends(record["time"]) for record in (one, other))
    apart = max((begin - last).days, (first - end).days)
    said = [_say_time(record["as_of"], record["published"]) for record in (one, other)]
    is_near = apart <= (0 if one["is_of_period"] else most_days)
    if one["is_of_period"] and one["as_of"] and other["as_of"]:
        is_near = (first, last) == (begin, end)
    is_stated = one["as_of"] and other["as_of"]
    if is_near:
        return "same" if is_stated else "same: publication stands in for a time"
    return f"time: {said[0]} / {said[1]}"


@functools.lru_cache(maxsize=10_000)
def _say_time(as_of, published):
    """Return the time that a figure holds for, in words."""
    return say_date(as_of) if as_of else f"not stated (published {say_date(published)})"


def _compare_units(one, other):
    """Say whether two figures are in the same unit."""
    return "same" if one["unit"] == other["unit"] else f"unit: {one['unit']} / {other['unit']}"


def _compare_kinds(one, other):
    """Say whether two figures are of the same kind."""
    return "same" if one["kind"] == other["kind"] else f"kind: {one['kind']} / {other['kind']}"


def _compare_things(one, other):
    """Say whether two figures are of the same thing, where the population does not tell it."""
    a, b, said = one["stems"], other["stems"], f"{one['what']} / {other['what']}"
    if one["kind"] == "share" and a != b:
        return f"share of what: {said}"
    if one["kind"] == "event count" and not (a <= b or b <= a):
        return f"events: {said}"
    if one["kind"] == "flow" and not a & b:
        return f"money for what: {said}"
    return "same"


COMPARERS = {
    "place": _compare_places,
    "population": _compare_populations,
    "unit": _compare_units,
    "kind": _compare_kinds,
    "thing": _compare_things,
}


def find_states(pairs, claims):
    """Say how each figure stands beside the others.

    Parameters
    ----------
    pairs : pandas.DataFrame
        As `compare_figures` gives them.
    claims : pandas.DataFrame
        The table ``claims``.

    Returns
    -------
    pandas.DataFrame
        One row a reported figure with an indicator; columns as ``states`` in
        ``data/codebook/columns.csv``. Of several states the first of disputed, superseded,
        agreed and single voice holds.

    Notes
    -----
    Coding rule 14 in ``data/README.md``.
    """
    beside = {state: {} for state in ("disputed", "superseded", "agreed")}
    for pair in pairs.to_dict("records"):
        for state, claim_id, other_id in _list_states(pair):
            beside[state].setdefault(claim_id, []).append(other_id)
    known = claims[(claims["voice"] != "author") & (claims["indicator"] != "")]
    rows = []
    for claim_id in known["claim_id"]:
        state = next((name for name in beside if claim_id in beside[name]), "single voice")
        others = beside.get(state, {}).get(claim_id, [])
        rows.append({"claim_id": claim_id, "state": state, "claim_ids": "|".join(others)})
    return pd.DataFrame(rows, columns=[row["column"] for row in read_columns("states")])


def _list_states(pair):
    """Yield what a pair means for each of its figures."""
    both = (pair["claim_id"], pair["other_id"]), (pair["other_id"], pair["claim_id"])
    if pair["finding"] == "disagree" and pair["voices"] == "two voices":
        yield from (("disputed", *ids) for ids in both)
    elif pair["finding"] == "agree":
        yield from (("agreed", *ids) for ids in both)
    elif pair["finding"] == "later":
        yield from (("superseded", *ids) for ids in both if ids[1] == pair["later_id"])
