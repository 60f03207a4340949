"""Read what a clause says that a number is, or has become: "the toll stood at 139"."""

from threatledger.extraction.clauses import find_subject, read_subject
from threatledger.extraction.model import Counted
from threatledger.extraction.objects import find_changed
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.phrasing import (
    Phrase,
    clean_phrase,
    read_left,
)
from threatledger.extraction.readers import (
    find_people,
)
from threatledger.extraction.verbs import find_verb, is_verb, leads_verb
from threatledger.extraction.words import (
    find_start,
    find_word,
    is_person,
    is_plural,
)

STANDING = frozenset("stand stands stood number numbers numbered total totals totalled".split())
ASSESSED = frozenset("assessed reckoned judged pegged calculated placed thought believed".split())
BEING = frozenset("is are was were be been being".split())
# "the number of those who went abroad fell to 14"
THOSE = LateRegex(
    r"(?<!\w)(?:number|numbers|total|count|tally|share)\s+of\s+(?P<who>(?:[\w-]+\s+)?[\w-]+)"
    r"\s+(?P<did>(?:who|that|which)(?:\s+[\w'-]+){1,6}?)"
    r"(?=\s+(?:has|have|had|is|was|fell|rose|grew|dropped|went|came|reached"
    r"|stood|stands|declined|shrank|doubled|climbed|sank|increased|decreased|at|to)(?!\w))"
)
THEIR_NUMBER = LateRegex(
    r"(?<!\w)(?:their|its)\s+(?:number|numbers|total|tally)\s+(?:[\w'-]+\s+){1,3}(?:to|at|from)\s*\Z"
)
# "its numbers have grown to 200": a group is told in people
ITS_NUMBERS = LateRegex(
    r"(?<!\w)its\s+(?:numbers|ranks|strength)\s+(?:[\w'-]+\s+){1,3}(?:to|at|from)\s*\Z"
)


def read_just_equal(scene, quantity):
    """Read the subject of a verb right before the number: "attacks doubled to 64".

    Parameters
    ----------
    scene : Scene
    quantity : Quantity

    Returns
    -------
    Phrase, Counted or None
    """
    verb = find_verb(scene, quantity)
    i = find_word(scene.words, find_start(quantity))
    if verb < 1 or i - verb > 2 or scene.words[i - 1].form not in ("to", "at", "from"):
        return None
    return read_equal(scene, quantity)


def read_equal(scene, quantity):
    """Read the subject where the verb says that it is the number: "the toll stood at 139".

    Parameters
    ----------
    scene : Scene
    quantity : Quantity

    Returns
    -------
    Phrase, Counted or None
    """
    verb = find_verb(scene, quantity)
    if verb < 0:
        return find_subject(scene, quantity)
    form = scene.words[verb].form
    equal = form in scene.lists.sets["equal"] or form in scene.lists.changes
    assessed = form in ASSESSED and verb and scene.words[verb - 1].form in BEING
    if not (equal or assessed) or leads_verb(scene, quantity):
        return None
    told = " of " in scene.low and (" who " in scene.low or " that " in scene.low)
    those = THOSE.search(scene.low, 0, find_start(quantity)) if told else None
    if those and not find_people(scene, those.start()):
        return _read_those(scene, those)
    found = find_subject(scene, quantity)
    if found.span and _counts_people(scene, found, form):
        return Counted(clean_phrase(scene.text, *found.span), "person", *found.span)
    return found


def _read_those(scene, match):
    """Read "boys who attend the workshops" in "the number of boys who attend them has doubled"."""
    who = "people" if match["who"] == "those" else match["who"]
    unit = "person" if is_person(who, scene.lists) else "count"
    return Counted(f"{who} {match['did']}", unit, -1, -1)


def _counts_people(scene, found, form):
    """Tell whether a subject is told in people: a group that numbers or has grown to so many."""
    if form in ("number", "numbers", "numbered") and not is_plural(found.head):
        return True
    changed = form in scene.lists.changes or form in STANDING
    return changed and is_company(scene, found)


def is_company(scene, found):
    """Tell whether a phrase names a body of people: "the population", "its garrison".

    Parameters
    ----------
    scene : Scene
    found : Phrase

    Returns
    -------
    bool
    """
    if not found.head:
        return False
    whole = clean_phrase(scene.text, *found.span).lower() if found.span else found.head
    company = scene.lists.sets["company"]
    return found.head.split()[-1] in company or whole.startswith(("population of", "ranks of"))


def read_changed(scene, quantity):
    """Read the object of a verb of change, told in people where it is a body of them.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity

    Returns
    -------
    Phrase or Counted
    """
    found = find_changed(scene, quantity)
    if found.span and is_company(scene, found):
        return Counted(clean_phrase(scene.text, *found.span), "person", *found.span)
    return found


def read_their_number(scene, quantity):
    """Read "bombs" in "bombs are more powerful, and their number doubled to 38".

    Parameters
    ----------
    scene : Scene
    quantity : Quantity

    Returns
    -------
    Phrase, Counted or None
    """
    if ITS_NUMBERS.search(read_left(scene, quantity, 60)):
        return Counted("numbers", "person", -1, -1)
    if not THEIR_NUMBER.search(read_left(scene, quantity, 60)):
        return None
    for i in range(find_verb(scene, quantity) - 3, 0, -1):
        subject = read_subject(scene, i) if is_verb(scene, i) else Phrase()
        if subject.span:
            return subject
    return None
