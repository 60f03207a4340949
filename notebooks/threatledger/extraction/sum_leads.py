"""Find the noun that a sum of money is set to: "a reward of $5,400", "levies below $50"."""

from threatledger.extraction.clauses import find_subject
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.paying import has_sum_noun
from threatledger.extraction.phrasing import (
    Phrase,
    clean_phrase,
    read_left,
    read_phrase,
    read_phrase_before,
    skip_parenthesis,
)
from threatledger.extraction.readers import find_index, look_back, name_sum, read_own_sum
from threatledger.extraction.trimming import trim
from threatledger.extraction.verbs import is_verb
from threatledger.extraction.words import find_start, find_word, is_plural

RATE_BEFORE = LateRegex(r"\s+(?:a|an|per|each|every)\s+(?:day|week|month|year)\Z")
PURPOSE = LateRegex(r"\s+for\s+(?:the\s+|an?\s+|its\s+|their\s+)?(?=[a-z])")
LEAD = LateRegex(
    r"(?<!\w)(?:worth|valued at|totalling|totaling|amounting to|averaging|exceeding|estimated at"
    r"|set at|put at|(?:estimated|believed|thought|said|reported|reckoned) to be(?: worth)?"
    r"(?: between)?|holding|containing|carrying|of|of only|of just|fetching|costing)\s*\Z"
)
BOUND = LateRegex(r"(?:below|under|over|above|between|beneath|up to|as low as|as high as)(?!\w)")
VERBAL_LEAD = LateRegex(r"(?<!\w)(?:averaging|totalling|totaling|exceeding)\s*\Z")
AMOUNTING = frozenset(("worth", "valued at", "totalling", "totaling", "amounting to", "holding"))
TIME = LateRegex(
    r"(?:the |an? |this |that )?(?:first|second|third|fourth|last|past|same|early|late|mid|year"
    r"|month|total|all|addition|turn|response|contrast|return|fact|particular|recent|whole|final"
    r"|\w+ (?:months?|years?|weeks?|days?))(?!\w)"
)
WORTHS = frozenset(("value", "worth", "total"))
WITH_A = LateRegex(r"(?<!\w)with (?:an? |the )?(?:total |combined |overall |estimated )?\Z")
PARCELS = frozenset("sums amounts parcels batches tranches lots portions".split())
WHERE = frozenset("in at near from to into through across inside outside for around".split())
APPOSED = LateRegex(
    r",\s+(?:(?:once|now|then|today|typically|usually|currently|formerly|previously|mostly|chiefly"
    r"|mainly)\s+)?(?:(?:of|at)\s+)?\Z"
)


def read_lead(scene, quantity):
    """Read the noun before "of", "worth" or "valued at": "a reward of $5,400".

    Parameters
    ----------
    scene : Scene
    quantity : Quantity

    Returns
    -------
    Phrase, Counted or None
    """
    end, left = find_start(quantity), read_left(scene, quantity)
    match = LEAD.search(left)
    if match is None:
        end, left = quantity.start, scene.low[max(0, quantity.start - 40) : quantity.start]
        match = VERBAL_LEAD.search(left)
    if match is None and quantity.hedge.lower().startswith("estimated at"):
        return read_phrase_before(scene, find_start(quantity))
    if match is None:
        return None
    before = left[: match.start()]
    if match[0].startswith("of") and before.rstrip().endswith(","):
        return None  # "levies on trucks in Kunar, of 10,000 afghanis"
    is_amount = match[0].strip() in AMOUNTING
    aside = _read_aside(scene, before, end - len(left)) if is_amount else None
    if aside:
        return aside
    shown = RATE_BEFORE.sub("", before.rstrip(" \t\n,"))
    return _read_noun(scene, quantity, end - len(left) + len(shown), is_amount)


def _read_aside(scene, before, offset):
    """Read "wages for officials in the area, worth $9 million", "smuggling, once worth …"."""
    aside = APPOSED.search(before.rstrip() + " ")
    if aside is None:
        return None
    comma = offset + aside.start()
    apposed = _read_sum_before(scene, comma)
    if apposed.span or aside[0].strip() == ",":
        return apposed if apposed.span else None
    return trim(scene, max(scene.low.rfind(mark, 0, comma) + 1 for mark in ",;:"), comma)


def _read_noun(scene, quantity, at, is_amount):
    """Read the noun that ends at an offset, right before the words that set a sum to it."""
    found = _skip_place(scene, read_phrase_before(scene, at))
    if not found.span and is_amount:
        found = _read_plural(scene.words[find_word(scene.words, at) - 1])
    head = found.head.split()[-1] if found.span else ""
    if not head or head in scene.lists.sets["placeholder"]:
        return None
    if head in WORTHS and WITH_A.search(scene.low, 0, found.span[0]):
        index = find_index(scene, quantity)
        counted = [q for q in scene.quantities[:index] if q.unit is None]
        if counted:
            return look_back(scene, index, counted[-1])
    if found.head in PARCELS:
        subject = find_subject(scene, quantity)
        found = subject if has_sum_noun(scene, subject) else found
    return add_purpose(scene, quantity, clean_phrase(scene.text, *found.span)) or found


def _skip_place(scene, found):
    """Step back from a place to what is there: "an account in Geneva", "funds for Mindanao"."""
    if not found.span or scene.text[found.span[0]].islower():
        return found
    i = find_word(scene.words, found.span[0])
    if i < 2 or scene.words[i - 1].form not in WHERE:
        return found
    held = read_phrase_before(scene, scene.words[i - 1].start)
    return held if held.span else found


def _read_plural(word):
    """Read a plural that is mostly a verb: "froze accounts worth $3 million"."""
    named = is_plural(word.form) and word.kind in ("noun", "verb")
    return Phrase((word.start, word.end), word.form) if named else Phrase()


def read_bounded(scene, quantity):
    """Read "transfers below $500", "payments of over €900": the sums that a bound is set to.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity

    Returns
    -------
    Phrase or None
    """
    start = find_start(quantity)
    i = find_word(scene.words, start)
    bound = BOUND.match(scene.low, start, quantity.start)
    if bound and i and scene.words[i - 1].form in PARCELS:
        word = scene.words[i - 1]
        return read_own_sum(scene, quantity) or Phrase((word.start, word.end), word.form)
    if not bound or not i or scene.words[i - 1].form not in scene.lists.sets["sum noun"]:
        return None
    return read_phrase_before(scene, scene.words[i - 1].end)


def add_purpose(scene, quantity, noun):
    """Add "for information" to "a reward of $5 million for information".

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
    noun : str
        What stands before "of $5 million".

    Returns
    -------
    Counted or None
    """
    purpose = PURPOSE.match(scene.low, skip_parenthesis(scene, quantity.reach))
    if purpose is None or TIME.match(scene.low, purpose.end()):
        return None
    aim = read_phrase(scene, purpose.end())
    if not aim.span:
        return None
    return name_sum(scene, quantity.unit, f"{noun} for", aim)


def read_apposed(scene, quantity):
    """Read "levies" in "levies on trucks, of 10,000 afghanis" and "wages, once $400".

    Parameters
    ----------
    scene : Scene
    quantity : Quantity

    Returns
    -------
    Phrase or None
    """
    match = APPOSED.search(read_left(scene, quantity))
    if match is None:
        return None
    return _read_sum_before(scene, find_start(quantity) - len(match[0]))


def _read_sum_before(scene, end):
    """Read the noun for a sum in the phrase that ends at an offset: "levies on trucks in Kunar"."""
    i = find_word(scene.words, end)
    while i and scene.words[i - 1].form == ",":
        i -= 1
    for j in range(i - 1, max(-1, i - 15), -1):
        if scene.words[j].form in scene.lists.sets["sum noun"]:
            found = read_phrase_before(scene, scene.words[j].end)
            start = found.span[0] if found.span else scene.words[j].start
            return trim(scene, start, scene.words[i - 1].end)
        if scene.words[j].kind == "mark" or is_verb(scene, j):
            break
    return Phrase()
