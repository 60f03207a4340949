"""What a worker does with the texts of a part: find all that they state, and write it down."""

import dataclasses
import json
import re
from dataclasses import dataclass

from threatledger.archive.bodies import read_body
from threatledger.archive.code import sum_up_code
from threatledger.archive.entries import check_day
from threatledger.archive.parquet import KEY, RULES, encode_rows
from threatledger.codebook import read_codebook
from threatledger.corpus import CorpusError
from threatledger.days import find_last_day
from threatledger.extraction import read_together
from threatledger.garbage import leave_garbage
from threatledger.records import (
    MORE_DIGITS,
    describe_claim,
    describe_passages,
    describe_sentences,
    describe_trend,
)

# The tables of a part. What is left out has a table of its own.
TABLES = ("documents", "left-out", "passages", "sentences", "claims", "trends", "texts")
WORD = re.compile(r"\w+")
NO_BODY = ("furniture", "repeat")
BASIS = "supplied with the corpus"
# So many texts are read side by side, unless they are longer: more are no quicker.
TOGETHER, TOGETHER_BYTES = 32, 256_000


@dataclass(frozen=True)
class Rules:
    """What decides, beside the texts, what a part holds.

    Attributes
    ----------
    code : str
        As `threatledger.archive.code.sum_up_code` gives it; a worker with another refuses.
    kinds : tuple of str
        What the corpus's files are.
    cut : str
        Last day of the edition; empty where none is set.
    is_lenient : bool
        Whether a text that cannot be read is left out, and not a reason to stop.
    """

    code: str
    kinds: tuple
    cut: str
    is_lenient: bool


def work(entries, rules, key):
    """Read the texts of a part.

    Parameters
    ----------
    entries : list of threatledger.archive.entries.Entry
    rules : Rules
    key : str
        Of the part.

    Returns
    -------
    dict of str to bytes
        Table to the part's Parquet file.

    Raises
    ------
    CorpusError
        If a text cannot be read and the rules are strict, or code differs from what is asked for.
    """
    if sum_up_code(rules.kinds) != rules.code:
        raise CorpusError(
            "a worker has other code, another codebook, Python or library than this project: "
            'run pip install "./notebooks[archive]" there, or end the worker'
        )
    told = {"code": rules.code, "kinds": rules.kinds}
    metadata = {KEY: key.encode(), RULES: json.dumps(told).encode()}
    rows = {table: [] for table in TABLES}
    with leave_garbage():
        for read in read_entries(entries, rules):
            for table, found in read.items():
                rows[table] += found
    return {table: encode_rows(rows[table], table, metadata) for table in TABLES}


def read_entries(entries, rules):
    """Read texts, a few side by side.

    Parameters
    ----------
    entries : list of threatledger.archive.entries.Entry
    rules : Rules

    Yields
    ------
    dict of str to list of dict
        Table to rows, of one text after the other.

    Raises
    ------
    CorpusError
        If one cannot be read and the rules are strict.
    """
    for lot in _split_lots(entries):
        opened = [_open(entry, rules) for entry in lot]
        texts = [(text, facts["published"]) for facts, text, _ in opened if facts]
        read = iter(read_together(texts, read_codebook()))
        for entry, (facts, text, left) in zip(lot, opened, strict=True):
            rows = _tabulate(entry, facts, text, *next(read)) if facts else left
            yield _leave_or_stop(entry, rows, rules) if isinstance(rows, CorpusError) else rows


def _split_lots(entries):
    """Divide entries into lots that are read side by side: a few texts, or one that is long."""
    lot, size = [], 0
    for entry in entries:
        if lot and (len(lot) == TOGETHER or size + len(entry.raw) > TOGETHER_BYTES):
            yield lot
            lot, size = [], 0
        lot.append(entry)
        size += len(entry.raw)
    if lot:
        yield lot


def _open(entry, rules):
    """Return what is known of an entry, its text, and its rows or what is wrong instead."""
    if entry.left:
        return None, "", leave_out(entry, entry.left)
    try:
        if entry.problem:
            raise CorpusError(entry.problem)
        text, facts = _find_text(entry)
        if reason := find_cut_reason(facts["published"], rules.cut):
            return None, "", leave_out(dataclasses.replace(entry, facts=facts), reason)
    except CorpusError as error:
        return None, "", error
    return facts, text, None


def _leave_or_stop(entry, error, rules):
    """Return the row of a text that cannot be read, or raise where the rules are strict."""
    if rules.is_lenient:
        return leave_out(entry, str(error))
    raise CorpusError(
        f"{error}; or add the line `on_error: skip` to the edition, then it is left out"
    ) from None


def leave_out(entry, reason):
    """Return the row of a text that is left out."""
    published = entry.facts.get("published", "")
    return {"left-out": [{"doc_id": entry.doc_id, "published": published, "reason": reason}]}


def find_cut_reason(published, cut):
    """Return why a text published then is left out of an edition; empty where it is not."""
    if cut and find_last_day(published).isoformat() > cut:
        return f"published {published}, after {cut}"
    return ""


def _find_text(entry):
    """Return an entry's text, and what is known of it: from the corpus, else from the file."""
    name = f"{entry.file} ({entry.doc_id})"
    body = read_body(entry.kind, entry.raw, name, entry.facts.get("encoding", ""))
    given = {name: value for name, value in entry.facts.items() if value}
    if "published" in given:
        body.said.pop("published_basis", None)
    facts = {"published": "", "published_basis": BASIS} | body.said | given
    check_day(facts, name)
    if not facts["published"]:
        raise CorpusError(
            f"{name} does not say when it was published: name the column "
            "that holds it in the edition's corpus, columns, or give the folder a catalogue.csv "
            "with file and published"
        )
    return body.text, facts


def _tabulate(entry, facts, text, passages, found):
    """Return all rows of a text, or what is wrong where its body has no sentence."""
    sentences = describe_sentences(passages, entry.doc_id)
    if not sentences:
        return CorpusError(f"{entry.file} ({entry.doc_id}) has no sentence in its body")
    document = facts | {"doc_id": entry.doc_id, "file": entry.file, "sha256": entry.sha256}
    document["title"] = facts.get("title") or entry.doc_id
    document["words"] = count_words(passages, text)
    return {
        "documents": [document],
        "passages": describe_passages(passages, entry.doc_id, text),
        "sentences": sentences,
        "claims": [describe_claim(r, entry.doc_id, MORE_DIGITS) for r in found.claims],
        "trends": [describe_trend(r, entry.doc_id, MORE_DIGITS) for r in found.trends],
        "texts": [{"doc_id": entry.doc_id, "text": text}],
    }


def count_words(passages, text):
    """Count the words of a text's body, furniture and repeats left out."""
    body = (passage for passage in passages if passage.kind not in NO_BODY)
    return sum(len(WORD.findall(text[passage.start : passage.end])) for passage in body)
