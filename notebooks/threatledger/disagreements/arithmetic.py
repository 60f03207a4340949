"""Do again the arithmetic that a text makes possible: shares, remainders, totals, changes."""

import pandas as pd

from threatledger.codebook import read_codebook
from threatledger.disagreements.bases import Group, find_bases
from threatledger.disagreements.shares import check_remainders, check_shares, check_wholes
from threatledger.disagreements.sums import check_changes, check_totals
from threatledger.tables import read_columns

# Sentences behind a share in which what is left of its base may be stated.
REACH = 2
# A sentence with more figures than this is a table that was read as one.
MOST_FIGURES = 40


def tabulate_checks(claims, sentences, trends):
    """Do again the arithmetic that the texts make possible.

    Parameters
    ----------
    claims, sentences, trends : pandas.DataFrame
        The tables of these names; authors' own figures and directions are left out.

    Returns
    -------
    pandas.DataFrame
        One row a check, in the order of the texts; columns as ``checks`` in
        ``data/codebook/columns.csv``. Every row is marked ``derived``.

    Notes
    -----
    Coding rule 15 in ``data/README.md``: what is re-computed enters no series.
    """
    directions = {}
    for row in trends[trends["voice"] != "author"].to_dict("records"):
        directions.setdefault((row["doc_id"], row["sentence_start"]), []).append(row)
    groups = list_groups(claims[claims["voice"] != "author"], sentences)
    rows = []
    for place, group in enumerate(groups):
        previous = groups[place - 1 : place] if place else []
        following = groups[place + 1 : place + 1 + REACH]
        near = directions.get((group.doc_id, group.start), [])
        rows += _check_group(group, _keep_passage(previous, group),
                             _keep_passage(following, group), near)  # fmt: skip
    frame = pd.DataFrame(rows, columns=[row["column"] for row in read_columns("checks")])
    return frame.astype({"low": "float64", "high": "float64"})


def list_groups(claims, sentences):
    """Gather the figures of each sentence.

    Parameters
    ----------
    claims, sentences : pandas.DataFrame
        The tables of these names.

    Returns
    -------
    list of Group
        Sentences with a figure, in the order of the texts.
    """
    passages = dict(
        zip(
            zip(sentences["doc_id"], sentences["start"], strict=True),
            sentences["passage_id"],
            strict=True,
        )
    )
    groups = {}
    for claim in claims.to_dict("records"):
        key = claim["doc_id"], claim["sentence_start"]
        group = groups.setdefault(
            key, Group(key[0], passages.get(key, ""), claim["sentence"], key[1], [])
        )
        group.claims.append(claim)
    for group in groups.values():
        group.claims.sort(key=lambda claim: claim["start"])
    return list(groups.values())


def _keep_passage(groups, own):
    """Return those of some sentences that stand in a sentence's own passage."""
    return [group for group in groups if own.passage_id and group.passage_id == own.passage_id]


def _check_group(group, previous, following, trends):
    """Return the checks of one sentence."""
    if len(group.claims) > MOST_FIGURES:
        return []
    codebook = read_codebook()
    before = [claim for other in previous for claim in other.claims]
    bases = find_bases(group, before, codebook)
    left = check_remainders(group, following, bases, codebook)
    return [
        *check_shares(group, bases, codebook),
        *left,
        # What a remainder takes off is added up there.
        *([] if left else check_wholes(group, bases, codebook)),
        *check_totals(group, codebook),
        *check_changes(group, trends, codebook),
    ]


def describe_checks(checks):
    """Say in a sentence what came of doing the arithmetic again.

    Parameters
    ----------
    checks : pandas.DataFrame
        The table ``checks``.

    Returns
    -------
    str
    """
    counts = checks["result"].value_counts()
    said = [f"{counts.get(result, 0)} {result}" for result in RESULTS]
    return f"{len(checks)} checks: {', '.join(said)}"


RESULTS = ("agrees", "disagrees", "cannot be decided", "not stated")
