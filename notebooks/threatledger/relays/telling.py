"""Read a text once for comparison: its body sentences with their marks, and more when asked."""

import functools
import re
from dataclasses import dataclass

from threatledger.codebook import read_codebook
from threatledger.extraction.claims import find_claims
from threatledger.extraction.model import Reading
from threatledger.extraction.segments import read_passages
from threatledger.relays.words import NUMBER, find_marks

CREDIT = re.compile(r"\W*\([^()]{1,60}\)\W*")  # a line that only names who wrote it
FEWEST_MARKS = 2  # of a sentence that is compared


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

    def __init__(self, doc_id, published, text, codebook=None):
        self.doc_id, self.published, self.text = doc_id, published, text
        self.codebook = codebook or read_codebook()
        passages = read_passages(text, self.codebook)
        sentences = [sentence for passage in passages for sentence in passage.sentences]
        self.reading = Reading(text, published, self.codebook, passages, sentences)
        self.lines = self._read_lines(passages)

    def _read_lines(self, passages):
        lines = []
        for passage in passages:
            if passage.kind in ("title", "heading"):
                continue
            for sentence in passage.sentences:
                marks = find_marks(sentence.text, self.codebook)
                if len(marks) >= FEWEST_MARKS and not CREDIT.fullmatch(sentence.text):
                    span = sentence.start, sentence.end, sentence.text
                    lines.append(Line(len(lines), sentence.index, *span, marks))
        return lines

    @functools.cached_property
    def marks(self):
        """Return the marks of the whole body with their greatest weights."""
        marks = {}
        for line in self.lines:
            for mark, weight in line.marks.items():
                marks[mark] = max(marks.get(mark, 0), weight)
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
        by_sentence = {}
        for claim in find_claims(self.reading):
            by_sentence.setdefault(claim["sentence_start"], []).append(claim)
        return by_sentence

    def get_sentence(self, line):
        """Return the extractor's sentence of a line."""
        return self.reading.sentences[line.index]
