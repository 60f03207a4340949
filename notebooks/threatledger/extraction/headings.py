"""Tell headings that state a number from those that only name a thing."""

import re

from threatledger.extraction.words import find_start, is_plural, read_words

LABELLED = re.compile(r"[^:.!?]{2,60}:\s")
CLOSING = "”\"’') \n\t"


def is_stated(text, quantities, codebook, title):
    """Tell whether a title or heading is a sentence, or a label with its figure.

    Parameters
    ----------
    text : str
    quantities : list of Quantity
        Those of the heading.
    codebook : Codebook
    title : bool
        Whether it is the document's title: a figure must stand right behind the label there.

    Returns
    -------
    bool

    Notes
    -----
    Decision 14 in ``data/gold/GUIDE.md``.
    """
    if text.rstrip(CLOSING).endswith((".", "!", "?")):
        return True
    if any(_follows_label(text, quantity, title) for quantity in quantities):
        return True
    words = read_words(text, codebook)
    if any(word.kind in ("verb", "auxiliary") for word in words[1:]):
        return True
    starts = {find_start(quantity) for quantity in quantities}
    return any(
        after.start in starts and _is_verbal(text, word, after, words[i - 1] if i else None)
        for i, (word, after) in enumerate(zip(words, words[1:], strict=False))
    )


def _is_verbal(text, word, after, before):
    """Tell whether a word right before a number is a verb: "detains 147", "rebels kill 12"."""
    if after.form == "top" or text[word.start].isupper() or word.kind != "noun":
        return after.form == "top"
    if word.form.endswith(("s", "ed")):
        return True
    return before is not None and before.kind == "noun" and is_plural(before.form)


def _follows_label(text, quantity, title):
    """Tell whether figures stand behind a label: "Departures: over 130"."""
    label = LABELLED.match(text, 0, quantity.start)
    if label is None or title and label.end() != find_start(quantity):
        return False
    return any(c.isdigit() for c in text[quantity.start : quantity.end])
