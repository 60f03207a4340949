"""Do again the arithmetic that a text makes possible: shares, remainders, totals, changes."""

import pandas as pd

from threatledger.codebook import read_codebook
from threatledger.disagreements.bases import Group, find_bases
from threatledger.disagreements.shares import check_remainders, check_shares, check_wholes
from threatledger.disagreements.sums import check_changes, check_totals
from threatledger.frames import list_records
from threatledger.tables import read_columns

# Sentences behind a share in which what is left of its base may be stated.
REACH = 2
# A sentence with more figures than this is a table that was read as one.
MOST_FIGURES = 40


def tabulate_checks(claims, said, trends):
    """Do again the arithmetic that the texts make possible.

    Parameters
    ----------
    claims, trends : pandas.DataFrame
        The tables of these names; authors' own figures and directions are left out.
    said : threatledger.disagreements.said.Said
        The sentences.

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
    for row in list_records(trends[trends["voice"] != "author"]):
        directions.setdefault((row["doc_id"], row["sentence_start"]), []).append(row)
    groups = list_groups(claims[claims["voice"] != "author"], said)
    rows = []
    for place, group in enumerate(groups):
        previous = groups[place - 1 : place] if place else []
        following = groups[place + 1 : place + 1 + REACH]
        near = directions.get((group.doc_id, group.start), [])
        rows += _check_group(group, _keep_passage(previous, group),
                             _keep_passage(following, group), near)  # fmt: skip
    frame = pd.DataFrame(rows, columns=[row["column"] for row in read_columns("checks")])
    return frame.astype({"low": "float64", "high": "float64"})


def list_groups(claims, said):
    """Gather the figures of each sentence.

    Parameters
    ----------
    claims : pandas.DataFrame
        The table of that name.
    said : threatledger.disagreements.said.Said
        The sentences.

    Returns
    -------
    list of Group
        Sentences with a figure, in the order of the texts.
    """
    doc_ids, starts, ids = (said.columns[name] for name in ("doc_id", "start", "passage_id"))
    passages = dict(zip(zip(doc_ids, starts, strict=True), ids, strict=True))
    groups = {}
    for claim in list_records(claims):
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
    # Without a percentage there is no share, and with a single figure no total and no change.
    if all(claim["unit"] != "percent" for claim in group.claims):
        if len(group.claims) < 2:
            return []
        return [*check_totals(group, codebook), *check_changes(group, trends, codebook)]
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
