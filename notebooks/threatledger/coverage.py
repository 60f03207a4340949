"""Count what the texts speak of, and show where they say nothing."""

import functools
import re

import pandas as pd

from threatledger.codebook import read_codebook
from threatledger.extraction.places import find_places

# An adjective or a people names who acts, not where: it does not make a sentence about a region.
LOCATED = ("country", "city", "province", "camp", "area")


def compile_words(words):
    """Compile a list of words and phrases into one pattern over lower-cased text.

    Parameters
    ----------
    words : iterable of str
        Words or phrases; any run of spaces in the text matches a space.

    Returns
    -------
    re.Pattern
        Matches whole words only, the longest first.
    """
    ordered = sorted({word.lower() for word in words}, key=lambda word: (-len(word), word))
    phrases = (r"\s+".join(map(re.escape, word.split())) for word in ordered)
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)")


@functools.cache
def read_subjects(codebook):
    """Return the subjects of the coverage table, in the codebook's order.

    Parameters
    ----------
    codebook : threatledger.codebook.Codebook
        Reads ``coverage`` (regions and topics) and ``response-words`` (pillars).

    Returns
    -------
    dict of str to tuple of (str, str, re.Pattern)
        Subject to its group, its label and its words.
    """
    rows = [
        (row["subject"], row["group"], row["label"], row["word"])
        for row in codebook.rows("coverage")
    ]
    labels = {row["pillar"]: row["label"] for row in codebook.rows("response-pillars")}
    rows += [
        (row["pillar"], "response", labels[row["pillar"]], row["word"])
        for row in codebook.rows("response-words")
    ]
    words = {}
    for subject, group, label, word in rows:
        words.setdefault((subject, group, label), []).append(word)
    return {key[0]: (*key[1:], compile_words(listed)) for key, listed in words.items()}


@functools.cache
def read_regions(codebook):
    """Return the briefing's region of every country, by ISO 3166-1 alpha-3 code."""
    region = {row["sub_region"]: row["region"] for row in codebook.rows("regions")}
    return {
        row["iso3"]: region[row["sub_region"]]
        for row in codebook.rows("countries")
        if row["sub_region"] in region
    }


def find_subjects(sentence, codebook):
    """Find the regions, topics and response areas that a sentence speaks of.

    Parameters
    ----------
    sentence : str
    codebook : threatledger.codebook.Codebook

    Returns
    -------
    set of str
        Keys of `read_subjects`.
    """
    lowered = sentence.lower()
    subjects = read_subjects(codebook)
    found = {name for name, (_, _, words) in subjects.items() if words.search(lowered)}
    regions = read_regions(codebook)
    for place in find_places(sentence, codebook):
        if place.kind in LOCATED:
            found |= {regions[code] for code in place.iso3 if regions.get(code) in subjects}
    return found


def count_statements(sentences, doc_ids):
    """Count the sentences of each text that speak of each subject.

    Parameters
    ----------
    sentences : pandas.DataFrame
        The table ``sentences``.
    doc_ids : iterable of str
        Texts of the edition, also those without a sentence.

    Returns
    -------
    pandas.DataFrame
        One row a subject and text, zeros included; columns as ``coverage`` in
        ``data/codebook/columns.csv``.
    """
    codebook = read_codebook()
    counts = {}
    for doc_id, text in zip(sentences["doc_id"], sentences["text"], strict=True):
        for subject in find_subjects(text, codebook):
            counts[subject, doc_id] = counts.get((subject, doc_id), 0) + 1
    rows = [
        (subject, group, doc_id, counts.get((subject, doc_id), 0))
        for subject, (group, _, _) in read_subjects(codebook).items()
        for doc_id in doc_ids
    ]
    return pd.DataFrame(rows, columns=["subject", "group", "doc_id", "statements"])


def tally(records, key):
    """Count the figures and directions for each value of a column.

    Parameters
    ----------
    records : dict of str to pandas.DataFrame
        ``claims`` and ``trends``, each with `key` and ``doc_id``.
    key : str
        Column to count by.

    Returns
    -------
    list of dict
        `key`, ``claims``, ``trends`` and ``texts`` (joined by bars), the most frequent first.
    """
    said = pd.concat([frame.assign(table=name) for name, frame in records.items()])
    rows = [
        {
            key: value,
            **{name: int((group["table"] == name).sum()) for name in records},
            "texts": "|".join(sorted(set(group["doc_id"]))),
        }
        for value, group in said.groupby(key)
    ]
    return sorted(rows, key=lambda row: (-row["claims"] - row["trends"], row[key]))


def count_countries(claims, trends):
    """Count the figures and directions about each country.

    Parameters
    ----------
    claims, trends : pandas.DataFrame
        The tables of these names.

    Returns
    -------
    pandas.DataFrame
        One row a country that any of them is about, the most spoken of first; columns as
        ``countries`` in ``data/codebook/columns.csv``. A figure about two countries counts for
        both.
    """
    codebook = read_codebook()
    labels = {row["region"]: row["label"] for row in codebook.rows("regions")}
    names = {row["iso3"]: row["name"] for row in codebook.rows("countries")}
    spread = {"claims": _spread_places(claims), "trends": _spread_places(trends)}
    rows = [
        row
        | {
            "name": names[row["iso3"]],
            "region": labels.get(read_regions(codebook).get(row["iso3"]), ""),
        }
        for row in tally(spread, "iso3")
    ]
    return pd.DataFrame(rows, columns=["iso3", "name", "region", "claims", "trends", "texts"])


def _spread_places(frame):
    """Return one row for each country of each record."""
    spread = frame.assign(iso3=frame["place"].str.split("|")).explode("iso3")
    return spread.loc[spread["iso3"].astype(bool), ["iso3", "doc_id"]]
