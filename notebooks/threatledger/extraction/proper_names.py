"""Tell whether one capitalised word is a name, by how the document writes it elsewhere."""

from threatledger.extraction.gazetteer import find_names
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.phrases import EDGES, NAME_TOKEN, read_roles

# A capital inside a sentence, or a word explained: "Chainpost, a firm in Tallinn".
INSIDE = LateRegex(r"[a-z][,;]?[ \n]([A-Z][\w’'-]*)|\b([A-Z][\w’'-]*), an? [a-z]")
SMALL = LateRegex(r"(?<![\w’'-])[a-z][\w’'-]*")
# Of common nouns that may open a sentence: "Violence recorded …".
COMMON_ENDINGS = tuple("s ing ion ment ity ism ance ence age ade th".split())


def is_proper_name(reading, phrase):
    """Return whether a phrase is one capitalised word that the document uses as a name.

    Parameters
    ----------
    reading : Reading
        The text under reading.
    phrase : str
        The subject of a reporting verb.

    Returns
    -------
    bool
        True where the word stands with its capital inside a sentence too, is explained by an
        apposition ("Chainpost, a firm in Tallinn"), or is nowhere written small and has no ending
        of a common noun.
    """
    word = phrase.strip(EDGES)
    if " " in word or not NAME_TOKEN.fullmatch(word) or not word[-1].islower():
        return False
    if word.islower() or word.lower() in read_roles(reading.codebook):
        return False
    if find_names(word, reading.codebook):
        return False
    written, small = _index_words(reading)
    if word in written:
        return True
    return not word.lower().endswith(COMMON_ENDINGS) and word.lower() not in small


def _index_words(reading):
    """Return the words written with a capital inside a sentence, and those written small."""
    if "written" not in reading.memo:
        pairs = INSIDE.findall(reading.text)
        written = frozenset(word for pair in pairs for word in pair if word)
        reading.memo["written"] = written, frozenset(SMALL.findall(reading.text))
    return reading.memo["written"]
