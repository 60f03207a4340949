"""Gather what the texts say of each branch of the group: where, how strong, which way."""

import functools

import pandas as pd

from threatledger.codebook import read_codebook
from threatledger.coverage import compile_words
from threatledger.extraction.gazetteer import find_names
from threatledger.frames import join_frames, list_records
from threatledger.tables import read_columns
from threatledger.tokens import Watch, ask_each, watch_names

# A place belongs to a branch only where the sentence names the group, by one of these actors.
GROUP = ("isil", "isi")
# Names that say who, not where.
NO_PLACE = ("actor", "adjective", "people")
# What is needed of the tables.
READS = {
    "sentences": None,
    "claims": ["claim_id", "doc_id", "start", "unit", "place", "voice", "indicator"],
    "trends": ["trend_id", "doc_id", "start", "place", "voice"],
}
# Counts of the dead are no strength.
NO_STRENGTH = ("fighters_killed",)


@functools.cache
def read_affiliates(codebook):
    """Read the branches of the group.

    Parameters
    ----------
    codebook : threatledger.codebook.Codebook
        Reads ``affiliates``; the names of a branch are those of the actor with its key.

    Returns
    -------
    dict of str to dict
        Key to ``label``, ``countries`` (set of codes) and ``areas`` (a pattern over lower-cased
        text, or ``None``), in the codebook's order.
    """
    return {
        row["affiliate"]: {
            "label": row["label"],
            "countries": frozenset(filter(None, row["countries"].split("|"))),
            "areas": compile_words(row["areas"].split("|")) if row["areas"] else None,
        }
        for row in codebook.rows("affiliates")
    }


@functools.cache
def _watch_actors(codebook):
    """Return what tells soon which of the group and its branches a sentence may name."""
    wanted = {*GROUP, *read_affiliates(codebook)}
    return watch_names(lambda name: {name.key} & wanted if name.kind == "actor" else (), codebook)


@functools.cache
def _watch_areas(codebook):
    """Return what tells soon of which branches a sentence may name an area."""
    rows = codebook.rows("affiliates")
    return Watch({row["affiliate"]: row["areas"].split("|") for row in rows if row["areas"]})


def find_affiliates(sentence, codebook):
    """Find the branches that a sentence speaks of.

    Parameters
    ----------
    sentence : str
    codebook : threatledger.codebook.Codebook

    Returns
    -------
    dict of str to list of str
        Key of the branch to the areas and places that the sentence names for it, as written. A
        branch counts as named by its own name, or by an area together with the group's name.

    Examples
    --------
    >>> find_affiliates("ISIL attacked a village in Borno.", read_codebook())
    {'iswap': ['Borno']}
    >>> find_affiliates("Bandits attacked a village in Borno.", read_codebook())
    {}
    """
    # A branch is named by an actor's name, and an area counts only beside one.
    if not _watch_actors(codebook).may_find(sentence):
        return {}
    names = find_names(sentence, codebook)
    actors = {found.name.key for found in names if found.name.kind == "actor"}
    affiliates = read_affiliates(codebook)
    if not actors & {*GROUP, *affiliates}:
        return {}
    lowered, likely = sentence.lower(), set.union(*_watch_areas(codebook).find(sentence))
    return {
        key: _find_areas(sentence, names, branch)
        for key, branch in affiliates.items()
        if key in actors or (key in likely and branch["areas"].search(lowered))
    }


def _find_areas(sentence, names, branch):
    """Return the places below a country and the areas that a sentence names for a branch."""
    lowered = sentence.lower()
    spans = [found.span() for found in branch["areas"].finditer(lowered)] if branch["areas"] else []
    countries = []
    for found in names:
        is_own = set(found.name.iso3) & branch["countries"]
        if found.name.kind == "country":
            countries.append((found.start, found.end))
        elif found.name.kind not in NO_PLACE and is_own:
            spans.append((found.start, found.end))
    spans = [span for span in sorted(set(spans)) if span not in countries]
    inner = [s for s in spans if any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in spans)]
    return list(dict.fromkeys(sentence[a:b] for a, b in spans if (a, b) not in inner))


def tabulate_affiliates(sentences, claims, trends, branches):
    """List what each text says of each branch.

    Parameters
    ----------
    sentences, claims, trends : pandas.DataFrame
        The tables of these names.
    branches : iterable of str
        Keys of the branches to ask about.

    Returns
    -------
    pandas.DataFrame
        One row a branch and text; columns as ``affiliates`` in ``data/codebook/columns.csv``.
        `add_silent` adds the branches of which no text speaks.
    """
    codebook = read_codebook()
    # What authors judge in their own name is kept apart (coding rule 7).
    claims, trends = (frame[frame["voice"] != "author"] for frame in (claims, trends))
    claims = claims[claims["indicator"].isin(_list_strength()) & (claims["unit"] == "person")]
    claims, trends = _by_document(claims, "claim_id"), _by_document(trends, "trend_id")
    found = {}
    named = ask_each(lambda text: find_affiliates(text, codebook), sentences["text"].tolist())
    rows = list_records(sentences[[bool(own) for own in named]])
    for row, own in zip(rows, filter(None, named), strict=True):
        for key, areas in own.items():
            found.setdefault(key, {}).setdefault(row["doc_id"], []).append((row, areas))
    rows = []
    for key, branch in read_affiliates(codebook).items():
        if key not in branches:
            continue
        rows += [
            {"affiliate": key, "label": branch["label"], "doc_id": doc_id}
            | _describe(said, branch, claims.get(doc_id, ()), trends.get(doc_id, ()), codebook)
            for doc_id, said in found.get(key, {}).items()
        ]
    return _to_frame(rows)


def _to_frame(rows):
    """Return rows as a frame with the table's columns."""
    frame = pd.DataFrame(rows, columns=[row["column"] for row in read_columns("affiliates")])
    return frame.astype({"sentences": "int64"})


def _by_document(records, key):
    """Return key, place in the text and countries of records, by text."""
    found = {}
    columns = (records[name].tolist() for name in ("doc_id", key, "start", "place"))
    for doc_id, *row in zip(*columns, strict=True):
        found.setdefault(doc_id, []).append(row)
    return found


def add_silent(affiliates, branches):
    """Add a row for each branch of which no text speaks.

    Parameters
    ----------
    affiliates : threatledger.parts.Rows
        The table, complete but for these rows; it gets them in place.
    branches : iterable of str
        Keys of the branches asked about.

    Returns
    -------
    list of str
        The labels of these branches.
    """
    known = read_affiliates(read_codebook())
    named = set(affiliates.aggregate("affiliate", rows=("doc_id", "size")).index)
    silent = [key for key in known if key in set(branches) - named]
    rows = [
        dict.fromkeys(("doc_id", "place", "areas", "claim_ids", "trend_ids", "passage_ids"), "")
        | {"affiliate": key, "label": known[key]["label"], "sentences": 0}
        for key in silent
    ]
    first = join_frames([next(affiliates.frames()), _to_frame(rows)])
    order = first["affiliate"].map(list(known).index)
    affiliates.replace_first(first.iloc[order.argsort(kind="stable")].reset_index(drop=True))
    return [known[key]["label"] for key in silent]


def _describe(said, branch, claims, trends, codebook):
    """Return what one text's sentences about a branch hold."""
    spans = [(row["start"], row["end"]) for row, _ in said]
    areas = dict.fromkeys(area for _, listed in said for area in listed)
    places = {code for row, _ in said for code in _find_countries(row["text"], codebook)}
    return {
        "place": "|".join(sorted(places & branch["countries"])),
        "areas": "; ".join(areas),
        "sentences": len(said),
        "claim_ids": _list_within(claims, spans, branch),
        "trend_ids": _list_within(trends, spans, branch),
        "passage_ids": "|".join(dict.fromkeys(row["passage_id"] for row, _ in said)),
    }


def _list_strength():
    """Return the indicators of strength."""
    rows = read_codebook().rows("indicators")
    known = [row["indicator"] for row in rows if row["topic"] == "strength"]
    return [key for key in known if key not in NO_STRENGTH]


def _find_countries(sentence, codebook):
    """Return the countries of the places that a sentence names."""
    names = find_names(sentence, codebook)
    return {code for found in names if found.name.kind not in NO_PLACE for code in found.name.iso3}


def _list_within(own, spans, branch):
    """Return the ids of a text's records inside some spans that are not about other countries."""
    return "|".join(
        key
        for key, place, countries in own
        if any(start <= place < end for start, end in spans)
        if not countries or set(countries.split("|")) & branch["countries"]
    )
