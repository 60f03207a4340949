"""Make texts to measure on: as long as wanted, like those at hand, never twice the same."""

import random
import re

from threatledger.corpus import read_catalogue, read_text
from threatledger.quality import read_gold

DIGIT = re.compile(r"(?<![\d/-])[1-9](?=[\d,]*\d)")
WORD = re.compile(r"\b[a-z]{5,}\b")
STOP = re.compile(r"[.!?…]")
# A sentence that stands twice in a text is a repeat and is not read again, and what was read once
# is remembered for a while, so that plain copies would flatter; each copy gets other numbers, and
# some of its words change places.
SWAPPED = 0.08


def read_texts(data):
    """Read what the measurement is modelled on: the corpus and the annotated texts.

    Parameters
    ----------
    data : pathlib.Path
        The folder that holds ``catalogue.csv``, ``texts`` and ``gold``.

    Returns
    -------
    list of str
        The corpus in order of the catalogue, then the annotated texts in order of id.
    """
    texts = data / "texts"
    corpus = [read_text(row, texts) for row in read_catalogue(data / "catalogue.csv", texts)]
    return corpus + [gold["text"] for gold in read_gold(data / "gold")]


def vary_text(text, chance):
    """Return a text with other numbers and some words exchanged within each line.

    Parameters
    ----------
    text : str
    chance : random.Random

    Returns
    -------
    str
        As long as `text`, line for line.
    """
    text = DIGIT.sub(lambda found: str(chance.randint(1, 9)), text)
    return "\n".join(_swap_words(line, chance) for line in text.split("\n"))


def _swap_words(line, chance):
    """Exchange some of a line's longer words with each other."""
    spans = [found.span() for found in WORD.finditer(line) if chance.random() < SWAPPED]
    words = [line[start:end] for start, end in spans]
    chance.shuffle(words)
    parts, place = [], 0
    for (start, end), word in zip(spans, words, strict=True):
        parts += [line[place:start], word]
        place = end
    return "".join(parts) + line[place:]


def make_documents(texts, size, seed=1):
    """Make texts as long as those at hand, each a varied copy of one.

    Parameters
    ----------
    texts : list of str
        As `read_texts` returns them.
    size : int
        Characters wanted in all: the last round of copies goes beyond it.
    seed : int
        Another seed gives other copies.

    Returns
    -------
    list of str
    """
    chance, made, length = random.Random(seed), [], 0
    while length < size:
        for text in texts:
            made.append(vary_text(text, chance))
            length += len(text)
    return made


def make_text(texts, size, shape="lines", seed=1):
    """Make one text of some length.

    Parameters
    ----------
    texts : list of str
        As `read_texts` returns them.
    size : int
        Characters wanted.
    shape : str
        ``lines`` as found; ``line``: a single one; ``no stop``: a single one without any full
        stop.
    seed : int

    Returns
    -------
    str
    """
    text = "\n\n".join(make_documents(texts, size, seed))[:size]
    if shape == "lines":
        return text
    text = re.sub(r"\s+", " ", text)
    return STOP.sub("", text) if shape == "no stop" else text


def pick_lines(documents, size):
    """Pick lines spread evenly over texts, for a library too slow to be fed all of them.

    Parameters
    ----------
    documents : list of str
    size : int
        Characters wanted.

    Returns
    -------
    list of str
        Whole lines, none of them blank.
    """
    lines = [line for text in documents for line in text.split("\n") if line.strip()]
    step = max(1, sum(map(len, lines)) // size)
    return lines[::step]
