"""Read a short text and link one of its numbers, for the tests of places, dates and speakers."""

from types import SimpleNamespace

from threatledger.codebook import read_codebook
from threatledger.extraction.model import Reading
from threatledger.extraction.quantities import find_quantities
from threatledger.extraction.segments import read_passages


def read(text, published=None):
    """Return a Reading of the text with the numbers of each sentence in its memo."""
    codebook = read_codebook()
    passages = read_passages(text, codebook)
    sentences = [sentence for passage in passages for sentence in passage.sentences]
    reading = Reading(text, published, codebook, passages, sentences)
    for sentence in sentences:
        reading.memo["quantities", sentence.index] = find_quantities(sentence.text, codebook)
    return reading


def find(reading, number):
    """Return the sentence and the quantity of the first occurrence of a number's words."""
    position = reading.text.index(number)
    sentence = next(s for s in reading.sentences if s.start <= position < s.end)
    for quantity in reading.memo["quantities", sentence.index]:
        if quantity.start <= position - sentence.start < quantity.end:
            return sentence, quantity
    start = position - sentence.start
    return sentence, SimpleNamespace(start=start, end=start + len(number), unit=None, low=None)


def link(linker, text, number, published=None, what=None):
    """Return what a linker says of the number in the text, and of the thing it counts."""
    reading = read(text, published)
    counted = SimpleNamespace(what=what) if what else None
    return linker(reading, *find(reading, number), counted)
