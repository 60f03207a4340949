"""Count what the texts speak of, and show where they say nothing."""

import functools
import re

import pandas as pd

from threatledger.codebook import read_codebook
from threatledger.extraction.gazetteer import find_places
from threatledger.tokens import Watch, ask_each, watch_names

# An adjective or a people names who acts, not where: it does not make a sentence about a region.
LOCATED = ("country", "city", "province", "camp", "area")
# Texts that a row of counts names where it counts over parts; the rest are counted.
MOST_TEXTS = 8


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
    labels = {row["pillar"]: row["label"] for row in codebook.rows("response-pillars")}
    named = {row["subject"]: (row["group"], row["label"]) for row in codebook.rows("coverage")}
    words = read_words(codebook)
    return {
        subject: (*named.get(subject, ("response", labels.get(subject))), compile_words(listed))
        for subject, listed in words.items()
    }


@functools.cache
def read_words(codebook):
    """Return the words of each subject, in lower case, in the codebook's order."""
    words = {}
    for table, column in (("coverage", "subject"), ("response-words", "pillar")):
        for row in codebook.rows(table):
            words.setdefault(row[column], []).append(row["word"].lower())
    return words


@functools.cache
def read_regions(codebook):
    """Return the briefing's region of every country, by ISO 3166-1 alpha-3 code."""
    region = {row["sub_region"]: row["region"] for row in codebook.rows("regions")}
    return {
        row["iso3"]: region[row["sub_region"]]
        for row in codebook.rows("countries")
        if row["sub_region"] in region
    }


@functools.cache
def watch_subjects(codebook):
    """Return what tells soon which subjects a sentence may speak of."""
    return Watch(read_words(codebook))


@functools.cache
def _watch_places(codebook):
    """Return what tells soon of which regions a sentence may name a place."""
    regions, subjects = read_regions(codebook), read_subjects(codebook)

    def list_regions(name):
        found = {regions.get(code) for code in name.iso3} if name.kind in LOCATED else set()
        return found & set(subjects)

    return watch_names(list_regions, codebook)


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
    subjects = read_subjects(codebook)
    found, likely = watch_subjects(codebook).find(sentence)
    lowered = sentence.lower() if likely else ""
    found |= {name for name in likely - found if subjects[name][2].search(lowered)}
    if set.union(*_watch_places(codebook).find(sentence)) <= found:
        return found
    regions = read_regions(codebook)
    for place in find_places(sentence, codebook):
        if place.kind in LOCATED:
            found |= {regions[code] for code in place.iso3 if regions.get(code) in subjects}
    return found


def tabulate_coverage(sentences, documents, groups):
    """Count the sentences of each text that speak of each subject.

    Parameters
    ----------
    sentences, documents : pandas.DataFrame
        The tables of these names; a text without a sentence is counted with zeros.
    groups : list of str
        Groups of subjects to count: region, topic, response.

    Returns
    -------
    pandas.DataFrame
        One row a subject and text, zeros included; columns as ``coverage`` in
        ``data/codebook/columns.csv``.
    """
    codebook = read_codebook()
    counts = {}
    found = ask_each(lambda text: find_subjects(text, codebook), sentences["text"].tolist())
    for doc_id, subjects in zip(sentences["doc_id"].tolist(), found, strict=True):
        for subject in subjects:
            counts[subject, doc_id] = counts.get((subject, doc_id), 0) + 1
    rows = [
        (subject, group, doc_id, counts.get((subject, doc_id), 0))
        for subject, (group, _, _) in read_subjects(codebook).items()
        if group in groups
        for doc_id in documents["doc_id"]
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
    counts, texts = {}, {}
    for name, frame in records.items():
        for value, doc_id in zip(frame[key], frame["doc_id"], strict=True):
            own = counts.setdefault(value, dict.fromkeys(records, 0))
            own[name] += 1
            texts.setdefault(value, set()).add(doc_id)
    rows = [
        {key: value, **own, "texts": "|".join(sorted(texts[value]))}
        for value, own in counts.items()
    ]
    return sorted(rows, key=lambda row: (-row["claims"] - row["trends"], row[key]))


def add_tallies(frames, key):
    """Add up counts that were made part by part, as `tally` makes them.

    Parameters
    ----------
    frames : iterable of pandas.DataFrame
        With `key`, ``claims``, ``trends`` and ``texts``; the texts of two frames are not the same.
    key : str
        The column that was counted by.

    Returns
    -------
    pandas.DataFrame
        The most frequent first. Of several frames a row names the first `MOST_TEXTS` texts, and
        counts the rest.
    """
    frames = [frame for frame in frames if len(frame)] or [next(iter(frames), pd.DataFrame())]
    if len(frames) == 1:
        return frames[0]
    sums = {}
    for frame in frames:
        for row in frame.to_dict("records"):
            total = sums.setdefault(row[key], row | {"claims": 0, "trends": 0, "texts": []})
            _add_tally(total, row)
    rows = sorted(sums.values(), key=lambda row: (-row["claims"] - row["trends"], row[key]))
    rows = [row | {"texts": join_texts(row["texts"], row.get("more", 0))} for row in rows]
    return pd.DataFrame(rows, columns=list(frames[0]))


def _add_tally(total, row):
    """Add the counts of one part to those of the parts before it."""
    total["claims"] += row["claims"]
    total["trends"] += row["trends"]
    texts = row["texts"].split("|")
    room = MOST_TEXTS - len(total["texts"])
    total["texts"] += texts[:room]
    total["more"] = total.get("more", 0) + len(texts[room:])


def join_texts(texts, more):
    """Return keys of texts joined by bars, those left out counted at the end.

    Examples
    --------
    >>> join_texts(["a", "b"], 0), join_texts(["a", "b"], 1200)
    ('a|b', 'a|b|… 1,200 more')
    """
    return "|".join([*texts, *([f"… {more:,} more"] if more else [])])


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
