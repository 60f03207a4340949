"""Set apart what a text says in its author's own name: charges, praise, advice, labels."""

import functools
import re
from types import SimpleNamespace

import pandas as pd

from threatledger.codebook import read_codebook
from threatledger.corpus import read_text
from threatledger.extraction.model import Reading
from threatledger.extraction.segments import read_passages
from threatledger.extraction.speakers import link_speaker
from threatledger.ledger import make_id
from threatledger.tables import read_columns

QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)")
# The country is not the author.
CAPITAL_US = re.compile(r"\bU\.?S\b")
FIRST_PERSON = "first person"


@functools.cache
def read_markers(codebook):
    """Read the words that show an author speaking, with what kind of speech each shows.

    Parameters
    ----------
    codebook : threatledger.codebook.Codebook
        Reads ``voice`` and ``own-words``.

    Returns
    -------
    tuple of (re.Pattern, dict of str to str)
        The pattern over lower-cased text, and the kind by form.
    """
    rows = [*codebook.rows("voice"), *codebook.rows("own-words")]
    kinds = {form: row["kind"] for row in rows for form in row["forms"].split("|") if form}
    ordered = sorted(kinds, key=lambda form: (-len(form), form))
    # A form that begins with a hyphen is the end of a compound.
    forms = (("" if form[0] == "-" else r"(?<![\w’'-])") + re.escape(form) for form in ordered)
    return re.compile(rf"(?:{'|'.join(forms)})(?!\w)"), kinds


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
    >>> find_markers("The so-called police left.", read_codebook())
    [(4, 13, 'charge')]
    >>> find_markers("He spoke of “puppet courts”.", read_codebook())
    []
    """
    pattern, kinds = read_markers(codebook)
    bare = QUOTED.sub(lambda found: " " * len(found.group()), sentence)
    bare = CAPITAL_US.sub(lambda found: "x" * len(found.group()), bare)
    # Lower-casing may lengthen a letter, and every place behind it would be wrong.
    lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in bare)
    return [(*found.span(), kinds[found.group()]) for found in pattern.finditer(lowered)]


def tabulate_own_claims(documents, texts, claims, trends):
    """List the sentences in which a text speaks for itself and judges.

    Parameters
    ----------
    documents : pandas.DataFrame
        The table ``documents``.
    texts : pathlib.Path
        Folder that holds the files.
    claims, trends : pandas.DataFrame
        The tables of these names.

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
        "claim_ids": claims[claims["voice"] == "author"].rename(columns={"claim_id": "key"}),
        "trend_ids": trends[trends["voice"] == "author"].rename(columns={"trend_id": "key"}),
    }
    rows = []
    for document in documents.to_dict("records"):
        for passage_id, sentence, marks in _find_sentences(document, texts):
            rows.append(
                _describe(document["doc_id"], passage_id, sentence, marks)
                | {name: _list_inside(frame, document, sentence) for name, frame in own.items()}
            )
    return pd.DataFrame(rows, columns=[row["column"] for row in read_columns("own-claims")])


def _find_sentences(document, texts):
    """Yield the sentences of a text in which its author judges, with the words."""
    codebook = read_codebook()
    text = read_text(document, texts)
    passages = read_passages(text, codebook)
    sentences = [sentence for passage in passages for sentence in passage.sentences]
    reading = Reading(text, document["published"], codebook, passages, sentences)
    for sentence in sentences:
        marks = [
            mark
            for mark in find_markers(sentence.text, codebook)
            if not _is_another_s(reading, sentence, mark)
        ]
        if marks:
            number = passages[sentence.passage].number
            yield f"{document['doc_id']}:{number:03d}", sentence, marks


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


def _list_inside(frame, document, sentence):
    """Return the ids of the author's own records inside a sentence."""
    inside = frame[
        (frame["doc_id"] == document["doc_id"])
        & (frame["start"] >= sentence.start)
        & (frame["start"] < sentence.end)
    ]
    return "|".join(inside["key"])
