"""Tell what a group at work in many states has as a whole, which no sentence before places."""

from threatledger.extraction.gazetteer import find_names
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.place_owners import ROUGHLY
from threatledger.extraction.place_roles import RANKS
from threatledger.extraction.place_sums import read_unplaced
from threatledger.extraction.sources import read_kinds

HAS = (
    r"(?:has|have|had|commands?|commanded|counts?|counted|numbers?|numbered|fields?|fielded|retains?|retained|musters?|mustered"
    r"|maintains?|(?:can|could)\s+call\s+on|boasts?|stood\s+at|stands\s+at)"
)
BELIEVED = (
    r"(?:(?:is|was|are|were)\s+(?:[a-z]+\s+)?"
    r"(?:thought|believed|estimated|said|assessed|reckoned)\s+to\s+)"
)
# "ISWAP commands some 5,000 men", "officers believed it to have 300", "credited it with 425"
HOLDER = LateRegex(
    rf"(?:\b(?P<it>[Ii]t|[Tt]he\s(?:group|organi[sz]ation|movement|province))|\b[A-Z][\w'’-]*(?:\s\([^()]{{0,40}}\))?)\s"
    rf"(?:(?:now|still|once|then|today|itself)\s)?(?:{BELIEVED}|to\s)?(?:{HAS}|have|command|number|field)\s"
    rf"(?:(?:close|something|perhaps|no)\s(?:to|like|more\sthan\s)?\s?)?{ROUGHLY}$"
    rf"|\b(?:credit(?:s|ed)?|leaves|left|puts?|estimate[sd]?)\s(?P<with>it|the\s(?:group|branch))\s(?:with|at)\s(?:no\smore\sthan\s)?{ROUGHLY}$"
)
NEAR = 200  # characters before a number in which its holder stands
REACH = 3  # sentences of a paragraph in which "it" was last named


def is_of_group(reading, sentence, quantity):
    """Return whether a number is the strength of a group at work in many states.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
    quantity : object
        With ``start`` and ``end``.

    Returns
    -------
    bool
        "ISWAP commands 5,000 men"; "officers credited it with 425", of the same.
    """
    text = sentence.text
    if not RANKS.match(text, quantity.end):
        return False
    first = max(0, quantity.start - NEAR)
    holder = HOLDER.search(text[first : quantity.start])
    if holder is None:
        return False
    is_pronoun = bool(holder["it"] or holder["with"])
    before = text[first : first + (holder.start() + 1 if is_pronoun else holder.end())]
    name = _find_last(reading, before)
    for index in range(sentence.index - 1, max(-1, sentence.index - REACH - 1), -1):
        earlier = reading.sentences[index]
        if name or earlier.passage != sentence.passage or not is_pronoun:
            break
        name = _find_last(reading, earlier.text)
    return name in read_unplaced(reading.codebook, "group")


def _find_last(reading, text):
    """Return the id of the last armed group that a text names, empty where none."""
    kinds = read_kinds(reading)
    names = [m.name.key for m in find_names(text, reading.codebook) if m.name.kind == "actor"]
    names = [name for name in names if kinds.get(name) == "armed group"]
    return names[-1] if names else ""
