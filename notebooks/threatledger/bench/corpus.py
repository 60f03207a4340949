"""Make texts to measure on: as long as wanted, like the annotated ones, never twice the same."""

import random
import re

from threatledger.quality import read_gold

DIGIT = re.compile(r"(?<![\d/-])[1-9](?=[\d,]*\d)")
WORD = re.compile(r"\b[a-z]{5,}\b")
# A sentence that stands twice in a text is a repeat and is not read again, so that plain copies
# would flatter; each copy gets other numbers, and some of its words change places.
SWAPPED = 0.08


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


def make_documents(folder, size, seed=1):
    """Make texts as long as the annotated ones.

    Parameters
    ----------
    folder : pathlib.Path
        The annotated texts.
    size : int
        Characters wanted in all.
    seed : int

    Returns
    -------
    list of str
        The annotated texts first, then varied copies of them.
    """
    texts = [gold["text"] for gold in read_gold(folder)]
    chance, made, length = random.Random(seed), [], 0
    while length < size:
        for text in texts:
            made.append(text if len(made) < len(texts) else vary_text(text, chance))
            length += len(made[-1])
    return made


def make_text(folder, size, line_ends=True, seed=1):
    """Make one text of some length.

    Parameters
    ----------
    folder : pathlib.Path
        The annotated texts.
    size : int
        Characters wanted.
    line_ends : bool
        Whether to keep line ends; without, the text is a single line.
    seed : int

    Returns
    -------
    str
    """
    text = "\n\n".join(make_documents(folder, size, seed))[:size]
    return text if line_ends else re.sub(r"\s+", " ", text)
