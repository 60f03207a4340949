"""Measure extraction against annotated texts.

A claim matches an annotated one when the spans overlap and bounds and unit agree (numbers to a
thousandth); one to one, the largest overlap first. Field measures are over the matched claims. A
trend matches when the spans overlap and the direction agrees. These are the rules of
``data/gold/GUIDE.md``; coding rule 10 in ``data/README.md``.
"""

import json
import random
import re

import pandas as pd

from threatledger.readings import find_records

# Words that say nothing about which thing or speaker is meant.
EMPTY_WORDS = frozenset(
    "the a an of in on at to by for from and or its their his her this that these those as who "
    "which were was is are be been have has had".split()
)
LABELS = {
    "quantity": "Quantity: span, bounds and unit",
    "relation": "Relation of matched claims",
    "what": "Thing counted of matched claims",
    "place": "Place of matched claims",
    "as_of": "As-of date of matched claims",
    "attribution": "Attribution of matched claims",
    "all_fields": "Claims with every field right",
    "trend": "Trend: span and direction",
    "trend_topic": "Trend with topic",
    "span": "Spans equal to the text at their offsets",
}


def _split_words(text):
    """Return the telling words of a phrase."""
    return set(re.findall(r"[^\W_]+", (text or "").lower())) - EMPTY_WORDS


def _share_words(one, other):
    """Tell whether two phrases share at least half of their telling words."""
    one, other = _split_words(one), _split_words(other)
    if not one or not other:
        return one == other
    return 2 * len(one & other) / (len(one) + len(other)) >= 0.5


def _is_same_number(one, other):
    """Tell whether two bounds agree to a thousandth, or are both open."""
    if one is None or other is None:
        return one is other
    return abs(one - other) <= 1e-3 * max(abs(one), abs(other), 1e-9)


def is_same_quantity(annotated, found):
    """Tell whether two claims have the same bounds and unit."""
    return (
        _is_same_number(annotated["low"], found["low"])
        and _is_same_number(annotated["high"], found["high"])
        and annotated["unit"] == found["unit"]
    )


def is_same_direction(annotated, found):
    """Tell whether two trends have the same direction."""
    return annotated["direction"] == found["direction"]


# How each field of a matched claim is compared.
FIELDS = {
    "relation": lambda one, other: one["relation"] == other["relation"],
    "what": lambda one, other: _share_words(one["what"], other["what"]),
    "place": lambda one, other: set(one["place"] or ()) == set(other["place"] or ()),
    "as_of": lambda one, other: (one["as_of"] or None) == (other["as_of"] or None),
    "attribution": lambda one, other: (
        bool(one["attribution"]) == bool(other["attribution"])
        and _share_words(one["attribution"], other["attribution"])
    ),
}


def match_spans(annotated, found, agrees):
    """Pair annotated and found records one to one, the largest overlap first.

    Parameters
    ----------
    annotated, found : list of dict
        Records with ``start`` and ``end``.
    agrees : callable
        Takes one of each and says whether they may be paired.

    Returns
    -------
    list of (int, int)
        Positions in the two lists.
    """
    pairs = []
    for i, one in enumerate(annotated):
        for j, other in enumerate(found):
            overlap = min(one["end"], other["end"]) - max(one["start"], other["start"])
            if overlap > 0 and agrees(one, other):
                pairs.append((-overlap, abs(one["start"] - other["start"]), i, j))
    taken_i, taken_j, matched = set(), set(), []
    for _, _, i, j in sorted(pairs):
        if i not in taken_i and j not in taken_j:
            taken_i.add(i)
            taken_j.add(j)
            matched.append((i, j))
    return matched


def read_gold(folder):
    """Read the annotated texts.

    Parameters
    ----------
    folder : pathlib.Path
        Holds ``ID.txt`` and ``ID.json`` as ``GUIDE.md`` there defines them.

    Returns
    -------
    list of dict
        ``id``, ``text``, ``published``, ``claims``, ``trends``, in order of id.
    """
    documents = []
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_bytes().decode("utf-8")
        documents.append(gold | {"id": path.stem, "text": text})
    return documents


def score_document(gold, found):
    """Count what was right in one text.

    Parameters
    ----------
    gold : dict
        One of `read_gold`.
    found : object
        With ``claims`` and ``trends``, as `threatledger.extraction.extract` gives them.

    Returns
    -------
    dict of str to tuple of (int, int, int)
        Measure to right, annotated, found.
    """
    annotated, claims = gold["claims"], found.claims
    pairs = match_spans(annotated, claims, is_same_quantity)
    verdicts = [
        {name: same(annotated[i], claims[j]) for name, same in FIELDS.items()} for i, j in pairs
    ]
    matched = len(pairs)
    counts = {"quantity": (matched, len(annotated), len(claims))}
    for name in FIELDS:
        counts[name] = (sum(verdict[name] for verdict in verdicts), matched, matched)
    complete = sum(all(verdict.values()) for verdict in verdicts)
    counts["all_fields"] = (complete, len(annotated), len(claims))
    return counts | _score_trends(gold["trends"], found.trends) | _score_spans(gold["text"], found)


def _score_trends(annotated, trends):
    """Count the trends that were right, and those with the right topic."""
    pairs = match_spans(annotated, trends, is_same_direction)
    topics = sum(annotated[i]["topic"] == trends[j]["topic"] for i, j in pairs)
    sizes = len(annotated), len(trends)
    return {"trend": (len(pairs), *sizes), "trend_topic": (topics, *sizes)}


def _score_spans(text, found):
    """Count the records whose quote stands at their offsets."""
    records = found.claims + found.trends
    exact = sum(text[r["start"] : r["end"]] == r["quote"] for r in records)
    return {"span": (exact, len(records), len(records))}


def measure(right, annotated, found):
    """Return F1 from counts; for a field, where both totals are the same, the share right.

    Examples
    --------
    >>> measure(8, 10, 10)
    0.8
    """
    return 2 * right / (annotated + found) if annotated + found else 1.0


def extract_gold(documents):
    """Extract the annotated texts, each from its text and date of publication alone.

    Parameters
    ----------
    documents : list of dict
        As `read_gold` gives them.

    Returns
    -------
    list
        What `threatledger.extraction.extract` gives, in the same order.
    """
    return [find_records(gold["text"], published=gold.get("published")) for gold in documents]


def score_texts(documents, found, repeats=2000, seed=1):
    """Measure what was extracted from the annotated texts.

    Parameters
    ----------
    documents : list of dict
        As `read_gold` gives them.
    found : list
        As `extract_gold` gives it.
    repeats : int
        Samples of the bootstrap.
    seed : int
        Of the bootstrap's own random numbers, so that every run gives the same interval.

    Returns
    -------
    pandas.DataFrame
        One row a measure; columns as ``quality`` in ``data/codebook/columns.csv``. The interval
        is the middle 95 % of samples of texts drawn with replacement.
    """
    scores = [score_document(*pair) for pair in zip(documents, found, strict=True)]
    chance = random.Random(seed)
    samples = [chance.choices(scores, k=len(scores)) for _ in range(repeats)]
    rows = []
    for name, label in LABELS.items():
        counts = _add_up(scores, name)
        drawn = sorted(measure(*_add_up(sample, name)) for sample in samples)
        rows.append(
            {
                "measure": name,
                "label": label,
                "value": measure(*counts),
                "low": drawn[int(0.025 * repeats)],
                "high": drawn[int(0.975 * repeats)],
                **dict(zip(("right", "annotated", "found"), counts, strict=True)),
            }
        )
    return pd.DataFrame(rows).round({"value": 4, "low": 4, "high": 4})


def _add_up(scores, name):
    """Return a measure's counts over several texts."""
    return tuple(sum(score[name][k] for score in scores) for k in range(3))


def list_misses(documents, found):
    """List every miss, false alarm and wrong field, with the words around it.

    Parameters
    ----------
    documents : list of dict
        As `read_gold` gives them.
    found : list
        As `extract_gold` gives it.

    Returns
    -------
    pandas.DataFrame
        Columns as ``misses`` in ``data/codebook/columns.csv``.
    """
    rows = []
    for gold, records in zip(documents, found, strict=True):
        rows += _list_claims(gold, records.claims) + _list_trends(gold, records.trends)
    columns = ["doc_id", "start", "what_happened", "quote", "annotated", "found", "sentence"]
    return pd.DataFrame(rows, columns=columns)


def _describe(gold, record, what, annotated="", found=""):
    """Return one row of the table misses."""
    text, start, end = gold["text"], record["start"], record["end"]
    around = text[max(0, start - 60) : end + 60]
    return {
        "doc_id": gold["id"],
        "start": start,
        "what_happened": what,
        "quote": text[start:end],
        "annotated": annotated,
        "found": found,
        "sentence": re.sub(r"\s+", " ", around).strip(),
    }


def _say(value):
    """Return a field's value as text."""
    if isinstance(value, (list, tuple)):
        return "|".join(sorted(value))
    return "" if value is None else str(value)


def _say_bounds(record):
    """Return a claim's bounds and unit as text."""
    return f"{_say(record['low'])}..{_say(record['high'])} {record['unit']}"


def _list_unpaired(gold, annotated, found, pairs, say, kind):
    """List the records of either side that have no partner."""
    paired_i, paired_j = {i for i, _ in pairs}, {j for _, j in pairs}
    missed = [r for i, r in enumerate(annotated) if i not in paired_i]
    extra = [r for j, r in enumerate(found) if j not in paired_j]
    return [_describe(gold, r, f"{kind} missed", annotated=say(r)) for r in missed] + [
        _describe(gold, r, f"{kind} false alarm", found=say(r)) for r in extra
    ]


def _list_claims(gold, claims):
    """List what went wrong with the claims of one text."""
    annotated = gold["claims"]
    pairs = match_spans(annotated, claims, is_same_quantity)
    rows = _list_unpaired(gold, annotated, claims, pairs, _say_bounds, "claim")
    for i, j in sorted(pairs):
        for name, same in FIELDS.items():
            if not same(annotated[i], claims[j]):
                sides = _say(annotated[i][name]), _say(claims[j][name])
                rows.append(_describe(gold, annotated[i], name, *sides))
    return sorted(rows, key=lambda row: (row["start"], row["what_happened"]))


def _list_trends(gold, trends):
    """List what went wrong with the trends of one text."""
    annotated = gold["trends"]
    pairs = match_spans(annotated, trends, is_same_direction)
    rows = _list_unpaired(gold, annotated, trends, pairs, lambda r: r["direction"], "trend")
    for i, j in sorted(pairs):
        if annotated[i]["topic"] != trends[j]["topic"]:
            topics = annotated[i]["topic"], trends[j]["topic"]
            rows.append(_describe(gold, annotated[i], "topic", *topics))
    return sorted(rows, key=lambda row: (row["start"], row["what_happened"]))
