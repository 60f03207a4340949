"""Set apart what a text says in its author's own name: charges, praise, advice, labels."""

import functools
import itertools
import re
from types import SimpleNamespace

import pandas as pd

from threatledger.codebook import read_codebook
from threatledger.extraction.speakers import link_speaker
from threatledger.records import make_id
from threatledger.restoring import SPLIT, restore_readings
from threatledger.tables import read_columns
from threatledger.tokens import ask_each

WORD = re.compile(r"\w+")
QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)")
# The country is not the author.
CAPITAL_US = re.compile(r"\bU\.?S\b")
# What is needed of the tables.
READS = SPLIT | {
    "claims": ["claim_id", "doc_id", "voice", "start"],
    "trends": ["trend_id", "doc_id", "voice", "start"],
}


@functools.cache
def read_markers(codebook):
    """Read the words that show an author speaking, with what kind of speech each shows.

    Parameters
    ----------
    codebook : threatledger.codebook.Codebook
        Reads ``voice`` and ``own-words``.

    Returns
    -------
    tuple of (dict of str to list of (int, re.Pattern), dict of str to str)
        By the first word of the forms, how far inside them it stands and the pattern of those
        forms over lower-cased text; and the kind by form.
    """
    rows = [*codebook.rows("voice"), *codebook.rows("own-words")]
    kinds = {form: row["kind"] for row in rows for form in row["forms"].split("|") if form}
    by_head = {}
    for form in sorted(kinds, key=lambda form: (-len(form), form)):
        if head := WORD.search(form):
            by_head.setdefault(head.group(), {}).setdefault(head.start(), []).append(form)
    patterns = {
        head: [(offset, _compile_forms(forms)) for offset, forms in sorted(found.items())[::-1]]
        for head, found in by_head.items()
    }
    return patterns, kinds


@functools.cache
def _read_hints(codebook):
    """Return the longest word of each form, without which it is not there."""
    _, kinds = read_markers(codebook)
    words = (WORD.findall(form) for form in kinds)
    return frozenset(max(found, key=len) for found in words if found)


def _may_have_marker(sentence, codebook):
    """Tell at small cost whether a sentence may have words by which an author speaks."""
    return not _read_hints(codebook).isdisjoint(WORD.findall(sentence.lower()))


def _compile_forms(forms):
    """Compile forms; one that begins with a hyphen is the end of a compound."""
    bounded = (("" if form[0] == "-" else r"(?<![\w’'-])") + re.escape(form) for form in forms)
    return re.compile(rf"(?:{'|'.join(bounded)})(?!\w)")


def find_markers(sentence, codebook):
    """Find the words by which an author speaks in a sentence, outside its quotation marks.

    Parameters
    ----------
    sentence : str
    codebook : threatledger.codebook.Codebook

    Returns
    -------
    list of (int, int, str)
        Start and end in the sentence, and the kind of speech.

    Examples
    --------
    >>> from threatledger.codebook import read_codebook
    >>> find_markers("The so-called police left.", read_codebook())
    [(4, 13, 'charge')]
    >>> find_markers("He spoke of “puppet courts”.", read_codebook())
    []
    """
    if not _may_have_marker(sentence, codebook):
        return []
    patterns, kinds = read_markers(codebook)
    bare = QUOTED.sub(lambda found: " " * len(found.group()), sentence)
    bare = CAPITAL_US.sub(lambda found: "x" * len(found.group()), bare)
    # Lower-casing may lengthen a letter, and every place behind it would be wrong.
    lowered = bare.lower()
    if len(lowered) != len(bare):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in bare)
    found, end = [], 0
    for word in WORD.finditer(lowered):
        for offset, pattern in patterns.get(word.group(), ()):
            start = word.start() - offset
            hit = pattern.match(lowered, start) if start >= end else None
            if hit:
                found.append((*hit.span(), kinds[hit.group()]))
                end = hit.end()
                break
    return found


def tabulate_own_claims(documents, passages, sentences, texts, claims, trends):
    """List the sentences in which a text speaks for itself and judges.

    Parameters
    ----------
    documents, passages, sentences, claims, trends : pandas.DataFrame
        The tables of these names.
    texts : pandas.DataFrame
        ``doc_id`` and ``text``, as stored.

    Returns
    -------
    pandas.DataFrame
        One row a sentence; columns as ``own-claims`` in ``data/codebook/columns.csv``. Sentences
        whose judging words belong to a speaker that the text names are left out.

    Notes
    -----
    Coding rule 7 in ``data/README.md``. Irony, and judgement in plain words, are not found.
    """
    own = {
        "claim_ids": _list_own(claims, "claim_id"),
        "trend_ids": _list_own(trends, "trend_id"),
    }
    rows, judging = [], _find_judging(sentences)
    chosen = documents[documents["doc_id"].isin(judging)]
    for document, reading in restore_readings(chosen, passages, sentences, texts):
        doc_id = document["doc_id"]
        for passage_id, sentence, marks in _find_sentences(doc_id, reading):
            inside = {
                name: _list_inside(found.get(doc_id, ()), sentence) for name, found in own.items()
            }
            rows.append(_describe(doc_id, passage_id, sentence, marks) | inside)
    return pd.DataFrame(rows, columns=[row["column"] for row in read_columns("own-claims")])


def _find_judging(sentences):
    """Return the keys of the texts that judge by some word: few, so that few are taken up."""
    codebook = read_codebook()
    marks = ask_each(lambda text: find_markers(text, codebook), sentences["text"].tolist())
    return set(itertools.compress(sentences["doc_id"].tolist(), marks))


def _list_own(records, key):
    """Return place and id of the records in an author's own name, by text."""
    own, found = records[records["voice"] == "author"], {}
    for doc_id, start, name in zip(own["doc_id"], own["start"], own[key], strict=True):
        found.setdefault(doc_id, []).append((start, name))
    return found


def _find_sentences(doc_id, reading):
    """Yield the sentences of a text in which its author judges, with the words."""
    for sentence in reading.sentences:
        marks = [
            mark
            for mark in find_markers(sentence.text, reading.codebook)
            if not _is_another_s(reading, sentence, mark)
        ]
        if marks:
            number = reading.passages[sentence.passage].number
            yield f"{doc_id}:{number:03d}", sentence, marks


def _is_another_s(reading, sentence, mark):
    """Tell whether the words at a place are those of a speaker whom the text names."""
    start, end, kind = mark
    if kind == "label":
        return False
    found = link_speaker(reading, sentence, SimpleNamespace(start=start, end=end))
    return bool(found and found.name)


def _describe(doc_id, passage_id, sentence, marks):
    """Return one sentence as a row."""
    why = {}
    for start, end, kind in marks:
        why.setdefault(kind, []).append(f"“{sentence.text[start:end].strip('-')}”")
    return {
        "own_id": make_id("own", doc_id, sentence.start, sentence.end, sentence.text),
        "doc_id": doc_id,
        "passage_id": passage_id,
        "start": sentence.start,
        "end": sentence.end,
        "sentence": sentence.text,
        "why": "; ".join(f"{kind}: {', '.join(dict.fromkeys(w))}" for kind, w in why.items()),
    }


def _list_inside(own, sentence):
    """Return the ids of the author's own records inside a sentence."""
    return "|".join(name for start, name in own if sentence.start <= start < sentence.end)
