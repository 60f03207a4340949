"""Compare an edition's ledger with the one published before it: what is new, and why."""

import hashlib
import re
from dataclasses import dataclass, field

import pandas as pd

from threatledger.asking import read_bunch, tabulate_parts
from threatledger.briefing.wording import (
    ARROWS,
    format_bounds,
    is_missing,
    say_date,
    say_key,
    say_places,
    say_topic,
)
from threatledger.codebook import find_root
from threatledger.frames import join_frames
from threatledger.parts import Rows, is_partitioned, open_rows
from threatledger.tables import read_columns, read_file

PUBLISHED = "data/published"
# What is kept of an edition when it is published.
KEPT = ("documents", "claims", "trends", "withdrawn")
CHECKSUMS = "checksums.txt"
ORDER = ("new", "changed", "withdrawn", "unchanged")
# A figure is its bounds and their relation together, so that they change together.
FIGURE = ("low", "high", "relation", "unit")
CLAIM_FIELDS = (
    *("quote", *FIGURE, "what", "place", "as_of", "attribution", "chain", "voice", "hedge"),
    *("kind", "population", "indicator"),
)
TREND_FIELDS = (
    *("quote", "direction", "topic", "what", "place", "as_of", "attribution", "chain", "voice"),
)
LABELS = {
    "quote": "words",
    "figure": "figure",
    "what": "what",
    "place": "where",
    "as_of": "holds for",
    "attribution": "said by",
    "chain": "chain",
    "voice": "voice",
    "hedge": "hedge",
    "kind": "kind",
    "population": "population",
    "indicator": "indicator",
    "direction": "direction",
    "topic": "topic",
}
SAY = {
    "quote": "“{}”".format,
    "place": say_places,
    "as_of": say_date,
    "topic": say_topic,
    "population": say_key,
    "indicator": say_key,
    "chain": lambda value: value.replace("|", " → "),
}
# The fields that a correction's note names.
CORRECTED = re.compile(r"(?:\A|; )(\w+): ")


@dataclass(frozen=True)
class Ledger:
    """What an edition states.

    Attributes
    ----------
    documents, claims, trends, withdrawn : pandas.DataFrame
        The tables of these names. One published by earlier code may lack columns of today's.
    files : dict of str to str
        Name to SHA-256 of each file that it was published in; empty for the edition in hand.
    """

    documents: pd.DataFrame
    claims: pd.DataFrame
    trends: pd.DataFrame
    withdrawn: pd.DataFrame
    files: dict = field(default_factory=dict)

    def keep(self, doc_ids):
        """Return what it states of some texts."""
        tables = {
            name: frame[frame["doc_id"].isin(doc_ids)]
            for name, frame in (("documents", self.documents), ("claims", self.claims),
                                ("trends", self.trends))
        }  # fmt: skip
        return Ledger(**tables, withdrawn=self.withdrawn, files=self.files)


def read_published(edition, root=None):
    """Read an edition as it was published.

    Parameters
    ----------
    edition : str
        Folder in ``data/published/``; empty for none.
    root : pathlib.Path, optional
        The project's top folder; default: the one this package lies in.

    Returns
    -------
    Ledger or None
        ``None`` where no such edition has been published.
    """
    folder = (root or find_root()) / PUBLISHED / edition
    if not edition or not all((folder / f"{table}.csv").is_file() for table in KEPT):
        return None
    tables = {table: read_file(folder / f"{table}.csv", table) for table in KEPT}
    files = {f"{PUBLISHED}/{edition}/{table}.csv": _hash(folder / f"{table}.csv") for table in KEPT}
    return Ledger(**tables, files=files | _read_page(folder, edition))


def _hash(path):
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _read_page(folder, edition):
    """Return the name and SHA-256 of the page that was published, where they were kept."""
    path = folder / CHECKSUMS
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    sums = dict(reversed(line.split(None, 1)) for line in lines if line.strip())
    page = "briefing.html"
    return {f"reports/{edition}/{page}": sums[page]} if page in sums else {}


def compare_ledgers(before, now):
    """Say of every claim and trend whether it is new, changed, withdrawn or unchanged, and why.

    Parameters
    ----------
    before : Ledger or None
        As it was published; ``None`` gives no row.
    now : Ledger
        The edition in hand.

    Returns
    -------
    pandas.DataFrame
        One row a claim or trend of either; columns as ``changes`` in
        ``data/codebook/columns.csv``.

    Notes
    -----
    The cause is found, not guessed, from what can have changed between two editions: the texts
    they read, a text's bytes, its date in the catalogue, a hand correction. What none of these
    explains is the doing of a rule or a parameter.
    """
    rows = []
    if before is not None:
        judge = _Judge(before, now)
        for kind, table, fields in (
            ("claim", "claims", CLAIM_FIELDS),
            ("trend", "trends", TREND_FIELDS),
        ):
            old, new = getattr(before, table), getattr(now, table)
            fields = [name for name in fields if name in old and name in new]
            pairs = pair_records(
                old.to_dict("records"), new.to_dict("records"), f"{kind}_id", judge.is_same_text
            )
            rows += [_describe(kind, fields, *pair, judge) for pair in pairs]
    frame = pd.DataFrame(rows, columns=[row["column"] for row in read_columns("changes")])
    rank = frame["change"].map(ORDER.index)
    frame = frame.assign(rank=rank).sort_values(
        ["rank", "record", "doc_id", "start"], kind="stable", ignore_index=True
    )
    return frame.drop(columns="rank")


def tabulate_changes(before, withdrawn, edition):
    """Compare an edition of any length with the one before it, a part of the texts at a time.

    Parameters
    ----------
    before : Ledger or None
        As it was published.
    withdrawn : pandas.DataFrame
        The table of this name.
    edition : str
        Folder in ``reports/``.

    Returns
    -------
    threatledger.parts.Rows
        As `compare_ledgers` gives it.
    """
    if before is None:
        return Rows("changes", frame=compare_ledgers(None, None))
    is_whole = not is_partitioned("documents", edition)
    given = {"before": before, "withdrawn": withdrawn, "is_whole": is_whole}
    reads = ["documents", "claims", "trends"]
    rows = tabulate_parts(_compare_part, reads, "changes", edition, **given)
    if not is_whole:
        documents = open_rows("documents", edition)
        now = {doc_id for frame in documents.frames(["doc_id"]) for doc_id in frame["doc_id"]}
        left = before.keep(set(before.documents["doc_id"]) - now)
        empty = Ledger(*(frame.head(0) for frame in read_bunch(reads, edition, 0)), withdrawn)
        out = compare_ledgers(left, empty)
        rows.replace_first(join_frames([next(rows.frames()), out]))
    return rows


def _compare_part(documents, claims, trends, before, withdrawn, is_whole):
    """Compare what is known of the texts of one part."""
    old = before if is_whole else before.keep(set(documents["doc_id"]))
    return compare_ledgers(old, Ledger(documents, claims, trends, withdrawn))


def pair_records(before, now, key, is_same_text):
    """Find for each record what it was before.

    Parameters
    ----------
    before, now : list of dict
        Claims, or trends.
    key : str
        The column of their ids.
    is_same_text : callable
        Whether a document has the same bytes in both.

    Returns
    -------
    list of (dict or None, dict or None)
        By id; then, where a text changed, by the same words in the same sentence; then, where it
        did not, by overlapping words. Who finds no partner stands with ``None``.
    """
    by_id = {row[key]: row for row in before}
    pairs = [(by_id[row[key]], row) for row in now if row[key] in by_id]
    met = {row[key] for _, row in pairs}
    gone = _by_document(row for row in before if row[key] not in met)
    come = _by_document(row for row in now if row[key] not in met)
    for doc_id in sorted({*gone, *come}):
        same = _overlap if is_same_text(doc_id) else _say_the_same
        pairs += _pair_rest(gone.get(doc_id, []), come.get(doc_id, []), same)
    return pairs


def _by_document(rows):
    """Return rows by document, in the order of the text."""
    found = {}
    for row in sorted(rows, key=lambda row: (row["doc_id"], row["start"], row["end"])):
        found.setdefault(row["doc_id"], []).append(row)
    return found


def _pair_rest(gone, come, same):
    """Return pairs of one document's rows that have no id in common, each row once."""
    pairs, come = [], list(come)
    for row in gone:
        partner = next((other for other in come if same(row, other)), None)
        if partner is not None:
            come.remove(partner)
        pairs.append((row, partner))
    return pairs + [(None, row) for row in come]


def _overlap(row, other):
    """Tell whether two records of one text share words."""
    return row["start"] < other["end"] and other["start"] < row["end"]


def _say_the_same(row, other):
    """Tell whether two records have the same words in the same sentence."""
    return all(row[name] == other[name] for name in ("quote", "sentence")) and (
        row.get("topic") == other.get("topic")
    )


class _Judge:
    """Knows what can have changed between two editions."""

    def __init__(self, before, now):
        self._texts = [_index(ledger.documents, "sha256") for ledger in (before, now)]
        self._dates = [_index(ledger.documents, "published") for ledger in (before, now)]
        self._withdrawn = [set(ledger.withdrawn["claim_id"]) for ledger in (before, now)]

    def is_same_text(self, doc_id):
        """Tell whether a document has the same bytes in both."""
        old, new = (texts.get(doc_id) for texts in self._texts)
        return old == new

    def find_cause(self, old, new, changed):
        """Return why a record is new, withdrawn or changed in the fields named."""
        row = new or old
        doc_id = row["doc_id"]
        if doc_id not in self._texts[0]:
            return "new text"
        if doc_id not in self._texts[1]:
            return "text left out"
        if old is None or new is None:
            key = row.get("claim_id") or row.get("trend_id")
            if any(key in ids for ids in self._withdrawn):
                return "hand correction"
            return "new rule" if self.is_same_text(doc_id) else "text changed"
        return "; ".join(self._explain(doc_id, old, new, set(changed)))

    def _explain(self, doc_id, old, new, changed):
        """Return the causes of changed fields, in the order in which they are looked for."""
        causes = []
        if old["correction"] != new["correction"]:
            named = {*CORRECTED.findall(old["correction"]), *CORRECTED.findall(new["correction"])}
            if changed & named:
                causes.append("hand correction")
                changed = changed - named
        if changed and not self.is_same_text(doc_id):
            return [*causes, "text changed"]
        dates = [dates.get(doc_id) for dates in self._dates]
        if "as_of" in changed and dates[0] != dates[1]:
            causes.append("date in the catalogue")
            changed = changed - {"as_of"}
        return [*causes, "new rule"] if changed else causes


def _index(documents, column):
    """Return a column of documents by their keys."""
    return dict(zip(documents["doc_id"], documents[column], strict=True))


def _describe(kind, fields, old, new, judge):
    """Return one row of the comparison."""
    row = new or old
    changed = [name for name in fields if old and new and _differ(old[name], new[name])]
    change = "new" if old is None else "withdrawn" if new is None else "changed"
    change = change if change != "changed" or changed else "unchanged"
    key = f"{kind}_id"
    return {
        "change": change,
        "record": kind,
        "record_id": row[key],
        "id_before": old[key] if old and new and old[key] != new[key] else "",
        "doc_id": row["doc_id"],
        "start": row["start"],
        "quote": row["quote"],
        "before": _say_side(kind, old, changed),
        "now": _say_side(kind, new, changed),
        "fields": "|".join(changed),
        "cause": "" if change == "unchanged" else judge.find_cause(old, new, changed),
    }


def _differ(old, new):
    """Tell whether two values differ; two that are missing do not."""
    return not (is_missing(old) and is_missing(new)) and old != new


def _say_side(kind, row, changed):
    """Return a record in words: the fields that changed, or where none did its gist."""
    if row is None:
        return ""
    if not changed:
        return _say_claim(row) if kind == "claim" else _say_trend(row)
    names = list(dict.fromkeys("figure" if name in FIGURE else name for name in changed))
    return "; ".join(f"{LABELS[name]}: {_say_value(name, row) or 'not stated'}" for name in names)


def _say_value(name, row):
    """Return one field in words."""
    if name == "figure":
        return format_bounds(*(row[part] for part in FIGURE[:2]), row["relation"], row["unit"])
    value = row[name]
    return SAY[name](value) if name in SAY and value else value


def _say_claim(row):
    """Return a claim in words: bounds, thing, place, time."""
    where = f", {say_places(row['place'])}" if row["place"] else ""
    when = f", {say_date(row['as_of'])}" if row["as_of"] else ""
    return f"{_say_value('figure', row)} {row['what']}{where}{when}"


def _say_trend(row):
    """Return a trend in words: direction, thing, topic."""
    return f"{ARROWS[row['direction']]} {row['what']} ({say_topic(row['topic']).lower()})"


def list_compared(before):
    """List the files that an edition is compared with.

    Parameters
    ----------
    before : Ledger or None
        As `read_published` gives it.

    Returns
    -------
    pandas.DataFrame
        ``file`` and ``sha256``; no row where there is nothing to compare with.
    """
    files = before.files if before is not None else {}
    return pd.DataFrame(sorted(files.items()), columns=["file", "sha256"])


def describe_comparison(previous, compared):
    """Say with what an edition is compared, or why with nothing.

    Parameters
    ----------
    previous : str
        The edition's ``previous``; empty for none.
    compared : pandas.DataFrame
        The table ``compared``.

    Returns
    -------
    str
        A sentence; where an edition was never published it names the remedy.
    """
    if not previous:
        return "This is the first edition: there is none before it to compare with."
    if compared.empty:
        return (
            f"Nothing can be compared: the edition {previous} has not been published, so that "
            f"{PUBLISHED}/{previous}/ is not there. Run make publish EDITION={previous}, "
            "then make this edition again."
        )
    return f"Compared with the edition {previous} as it was published."
