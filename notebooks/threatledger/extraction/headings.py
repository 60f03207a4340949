"""Tell headings that state a number from those that only name a thing."""

from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.words import find_start, is_plural, read_words

LABELLED = LateRegex(r"[^:.!?]{2,60}:\s")
PARTICLES = frozenset("home back in out over up off down away".split())
# "2,700 still missing", "Dozens feared dead"
FATE = LateRegex(
    r"\s+(?:[\w'-]+\s+){0,2}?(?:(?:feared|believed|presumed|reported|thought|still)\s+)+(?:dead|missing|killed"
    r"|held|hurt|trapped|captive|alive|wounded|displaced|drowned|at\s+large|in\s+(?:jail|prison|custody))\b"
)
OPENING = LateRegex(r"(?:^|[:;,–—])[\s“\"']*\Z")
SUFFERED = LateRegex(
    r"(?:\s+[\w'’-]+){0,3}?\s+(?:killed|slain|shot|wounded|injured|hurt|arrested|detained|held|freed"
    r"|released|kidnapped|abducted|seized|missing|rescued|displaced|executed|jailed|sentenced|convicted"
    r"|charged|evacuated|repatriated|destroyed|burned|burnt|torched|closed|shut|hanged|beheaded|trapped"
    r"|drowned|dead|homeless|captured|attacked|bombed|raided)"
    r"(?=\s+(?:in|at|by|after|as|over|on|near|from|during|since|amid|off|outside|for|with|across)\b"
    r"|\W*\Z|[,;])"
)
SECOND_DEED = LateRegex(r",\s+[a-z]+\s+\Z")  # "Militants storm prison, free 200"
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
    if any(FATE.match(text, quantity.reach) for quantity in quantities):
        return True
    if title and any(_is_told(text, quantity) for quantity in quantities):
        return True
    words = read_words(text, codebook)
    if any(word.kind in ("verb", "auxiliary") for word in words[1:]):
        return True
    starts = {find_start(quantity) for quantity in quantities}
    words = [word for word in words if word.form not in PARTICLES]  # "flies home 12"
    return any(
        after.start in starts and _is_verbal(text, word, after, words[i - 1] if i else None)
        for i, (word, after) in enumerate(zip(words, words[1:], strict=False))
    )


def _is_told(text, quantity):
    """Tell whether a headline leaves out "were", or its subject: "Nine held", ", free 200"."""
    start = find_start(quantity)
    if SECOND_DEED.search(text, 0, start):
        return True
    return bool(OPENING.search(text, 0, start) and SUFFERED.match(text, quantity.reach))


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
