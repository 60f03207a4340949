"""Read a text once for comparison: its body sentences with their marks, and more when asked."""

import functools
import pickle
import re
from dataclasses import dataclass

from threatledger.codebook import read_codebook
from threatledger.extraction.claims import find_claims, step_claims
from threatledger.extraction.model import Reading
from threatledger.extraction.segments import read_passages
from threatledger.extraction.stages import run_together
from threatledger.relays.words import NUMBER, find_marks

CREDIT = re.compile(r"\W*\([^()]{1,60}\)\W*")  # a line that only names who wrote it
HEADS = ("title", "heading")  # passages that are not compared
FEWEST_MARKS = 2  # of a sentence that is compared


def is_line(text, marks):
    """Tell whether a sentence of the body is compared: it says something, and is no credit."""
    return len(marks) >= FEWEST_MARKS and not CREDIT.fullmatch(text)


@dataclass(frozen=True)
class Line:
    """A body sentence under comparison; offsets are into the file as decoded."""

    place: int  # among the text's lines
    index: int  # into the reading's sentences
    start: int
    end: int
    text: str
    marks: dict

    @functools.cached_property
    def weight(self):
        """Return the sum of the marks' weights."""
        return sum(self.marks.values())


class Telling:
    """One text under comparison.

    Attributes
    ----------
    doc_id, published : str
        As catalogued.
    text : str
        The file as decoded.
    lines : list of Line
        The sentences of its body: no title, heading, page matter or repeat.
    """

    def __init__(self, doc_id, published, text, codebook=None, reading=None):
        self.doc_id, self.published = doc_id, published
        self.codebook = codebook or read_codebook()
        self.reading = reading or self._read(text)

    def _read(self, text):
        """Split the text."""
        passages = read_passages(text, self.codebook)
        sentences = [sentence for passage in passages for sentence in passage.sentences]
        return Reading(text, self.published, self.codebook, passages, sentences)

    @functools.cached_property
    def lines(self):
        """Return the sentences of the body with their marks, see the class."""
        lines = []
        for passage in self.reading.passages:
            if passage.kind in HEADS:
                continue
            for sentence in passage.sentences:
                marks = find_marks(sentence.text, self.codebook)
                if is_line(sentence.text, marks):
                    span = sentence.start, sentence.end, sentence.text
                    lines.append(Line(len(lines), sentence.index, *span, marks))
        return lines

    @functools.cached_property
    def reading(self):
        """Return the text as it was split, of one that was laid aside."""
        text, passages, sentences = pickle.loads(self._split)
        return Reading(text, self.published, self.codebook, passages, sentences)

    @property
    def text(self):
        """Return the file as decoded."""
        return self.reading.text

    def __getstate__(self):
        """Return all but the codebook, which is large and the same everywhere.

        What a text was split into is apart: to tell how much two have in common needs none of it.
        """
        reading = self.reading
        split = pickle.dumps((reading.text, reading.passages, reading.sentences), protocol=5)
        lines = [(n.index, n.start, n.end, n.text, n.marks) for n in self.lines]
        return self.doc_id, self.published, lines, split

    def __setstate__(self, state):
        self.doc_id, self.published, lines, self._split = state
        self.codebook = read_codebook()
        self.__dict__["lines"] = [Line(place, *line) for place, line in enumerate(lines)]

    @functools.cached_property
    def marks(self):
        """Return the marks of the whole body with their greatest weights."""
        marks = {}
        for line in self.lines:
            for mark, weight in line.marks.items():
                if weight > marks.get(mark, 0):
                    marks[mark] = weight
        return marks

    @functools.cached_property
    def figures(self):
        """Return the marks of the figures that tell one text from another."""
        return {mark for mark, weight in self.marks.items() if mark[0] == "#" and weight == NUMBER}

    @functools.cached_property
    def weight(self):
        """Return the weight of the whole body."""
        return sum(line.weight for line in self.lines)

    @functools.cached_property
    def claims(self):
        """Return the text's claims, by the sentence that states them."""
        return _group_claims(find_claims(self.reading))

    def get_sentence(self, line):
        """Return the extractor's sentence of a line."""
        return self.reading.sentences[line.index]


def read_claims(tellings):
    """Find the claims of some texts side by side, which is quicker than one by one.

    Parameters
    ----------
    tellings : list of Telling
        They have them from then on.
    """
    found = run_together(step_claims(telling.reading) for telling in tellings)
    for telling, claims in zip(tellings, found, strict=True):
        telling.claims = _group_claims(claims)


def _group_claims(claims):
    """Return claims by the sentence that states them."""
    by_sentence = {}
    for claim in claims:
        by_sentence.setdefault(claim["sentence_start"], []).append(claim)
    return by_sentence
