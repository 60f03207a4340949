"""Take up texts again as the tables hold them, split into passages and sentences already."""

from threatledger.codebook import read_codebook
from threatledger.extraction.model import Passage, Reading, Sentence
from threatledger.extraction.segments import link_headings
from threatledger.tables import CONTROL

# What is needed of the tables: the passages' own words, for one, stand in the text.
SPLIT = {
    "documents": ["doc_id", "published"],
    "passages": ["doc_id", "kind", "number", "start", "end", "why", "of_start", "of_end"],
    "sentences": ["doc_id", "passage_id", "start", "end", "text"],
    "texts": ["doc_id", "text"],
}


def restore_readings(documents, passages, sentences, texts):
    """Take up each text of some tables, without splitting it again.

    Parameters
    ----------
    documents, passages, sentences : pandas.DataFrame
        The tables of these names.
    texts : pandas.DataFrame
        ``doc_id`` and ``text``, as stored.

    Yields
    ------
    tuple of (dict, threatledger.extraction.model.Reading)
        The row of ``documents`` and the text under reading, as `extract` would split it.
    """
    if len(documents) < len(texts):
        chosen = set(documents["doc_id"])
        passages, sentences = (t[t["doc_id"].isin(chosen)] for t in (passages, sentences))
    split = _group(passages, "doc_id", "kind number start end why of_start of_end".split())
    said = _group(sentences, "passage_id", ["start", "end", "text"])
    text_of = dict(zip(texts["doc_id"], texts["text"], strict=True))
    for document in documents.to_dict("records"):
        doc_id = document["doc_id"]
        text, own = text_of[doc_id], []
        for kind, number, start, end, why, of_start, of_end in split.get(doc_id, ()):
            of = (int(of_start), int(of_end)) if kind == "repeat" and _is_stated(of_start) else None
            listed = [
                Sentence(begin, close, _read_words(text, begin, close, words), number, 0)
                for begin, close, words in said.get(f"{doc_id}:{number:03d}", ())
            ]
            own.append(Passage(start, end, kind, number, listed, why=why, of=of))
        yield document, _make_reading(text, document["published"], own)


def _make_reading(text, published, passages):
    """Return a text under reading, its passages linked and its sentences numbered."""
    link_headings(passages)
    sentences = [sentence for passage in passages for sentence in passage.sentences]
    for index, sentence in enumerate(sentences):
        sentence.index = index
    return Reading(text, published, read_codebook(), passages, sentences)


def _group(frame, key, columns):
    """Return the values of some columns, row by row, under each value of another."""
    found = {}
    # As lists of Python's own values, which are gone through far faster than a frame's.
    values = (frame[column].tolist() for column in [key, *columns])
    for name, *row in zip(*values, strict=True):
        found.setdefault(name, []).append(row)
    return found


def _is_stated(value):
    """Tell whether a whole number is there."""
    return value == value and value is not None and str(value) != "<NA>"


def _read_words(text, start, end, words):
    """Return a sentence as the text has it; where page matter is blanked out, as the table has."""
    own = text[start:end]
    return own if own == words or own.translate(CONTROL) == words else words
