"""Tell whose voice a figure is: a figure that one source repeats from another is no second one."""

import functools
import re

from threatledger.codebook import read_codebook
from threatledger.disagreements.intervals import read_interval
from threatledger.disagreements.stems import WORD
from threatledger.extraction.gazetteer import find_names

ANOTHER = re.compile(r"\b(?:another|others?|a second|a third)\b", re.IGNORECASE)
SAME, OTHER, UNKNOWN = "same", "other", "unknown"


@functools.lru_cache(maxsize=10_000)
def read_speaker(name):
    """Return by what a speaker can be told from another.

    Parameters
    ----------
    name : str
        As a text names the speaker; empty where it names none.

    Returns
    -------
    tuple of (frozenset of str, bool)
        Keys of known bodies, else the words that begin with a capital, in lower case; and whether
        the speaker is named at all ("senior official" is not).
    """
    mentions = find_names(name, read_codebook())
    actors = frozenset(found.name.key for found in mentions if found.name.kind == "actor")
    if actors:
        return actors, True
    words = [found.group() for found in WORD.finditer(name)]
    capitals = frozenset(word.lower() for word in words if word[:1].isupper())
    return (capitals, True) if capitals else (frozenset(map(str.lower, words)), False)


def compare_speakers(one, other):
    """Tell whether two speakers are the same, by what texts call them.

    Parameters
    ----------
    one, other : str
        Names as texts write them; empty where no speaker is named.

    Returns
    -------
    str
        ``same``, ``other``, or ``unknown`` where one of them has no name.

    Examples
    --------
    >>> compare_speakers("UN report", "United Nations report")
    'same'
    >>> compare_speakers("senior official", "Jane Roe")
    'unknown'
    """
    if one == other:
        return SAME if one else UNKNOWN
    (names, is_named), (others, is_other_named) = read_speaker(one), read_speaker(other)
    if not (is_named and is_other_named):
        return UNKNOWN
    return SAME if names <= others or others <= names else OTHER


def count_voices(one, other, origins):
    """Tell whether two figures are two voices or one.

    Parameters
    ----------
    one, other : dict
        Claims, with the columns of that table.
    origins : dict of str to str
        ``doc_id`` to the origin of the text; a text that it lacks is its own.

    Returns
    -------
    tuple of (str, str)
        ``one voice`` or ``two voices``, and why.

    Notes
    -----
    Coding rule 13 in ``data/README.md``. In doubt it is one voice.
    """
    if _names_another(one, other):
        return "two voices", "the sentence says that it is another"
    heads = _list_chain(one)[0], _list_chain(other)[0]
    if any(compare_speakers(heads[0], name) == SAME for name in _list_chain(other)) or any(
        compare_speakers(heads[1], name) == SAME for name in _list_chain(one)
    ):
        return "one voice", "the same speaker"
    a, b = (origins.get(claim["doc_id"], claim["doc_id"]) for claim in (one, other))
    if compare_speakers(*heads) == OTHER:
        return "two voices", "different speakers"
    if a != b and _are_equal(one, other):
        return "one voice", "the same figure, and no other speaker named"
    if a != b:
        return "two voices", "different origins"
    is_same = one["doc_id"] == other["doc_id"]
    return "one voice", "the same text" if is_same else "texts of one origin"


def _list_chain(claim):
    """Return who stands behind a figure, from who estimated it to who is quoted."""
    return claim["chain"].split("|") if claim["chain"] else [claim["attribution"]]


def _are_equal(one, other):
    """Tell whether two figures have the same bounds; an open side is like an open side."""
    return read_interval(one) == read_interval(other)


def _names_another(one, other):
    """Tell whether two figures of one sentence have "another" between them."""
    if (one["doc_id"], one["sentence_start"]) != (other["doc_id"], other["sentence_start"]):
        return False
    first, last = sorted((one, other), key=lambda claim: claim["start"])
    offset = first["sentence_start"]
    between = first["sentence"][first["end"] - offset : last["start"] - offset]
    return ANOTHER.search(between) is not None
