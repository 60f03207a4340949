"""Take over what another number of the sentence counts."""

from dataclasses import replace

from threatledger.extraction.humans import (
    is_human,
)
from threatledger.extraction.model import Counted
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.phrasing import (
    Phrase,
    read_left,
    read_phrase,
)
from threatledger.extraction.readers import (
    FARTHEST,
    find_index,
    is_compared,
    look_back,
    make_counted,
    read_earlier,
    read_topic,
)
from threatledger.extraction.words import find_start

INSIDE = LateRegex(
    r"(?<!\w)(?:in|across|within|of|with|at|from|(?:in|during) which)\s*"
    r"(?:the |its |their |all )*\Z"
)
FROM = LateRegex(r"(?<!\w)from\s*\Z")
TO = LateRegex(r"(?<!\w)to\s*\Z")
BRINGING_TO = LateRegex(
    r"(?<!\w)(?:bring|brings|brought|bringing|take|takes|took|taking|raise|raises|raised|raising)"
    r"\s+to\s*\Z"
)
INCREASE_OF = LateRegex(
    r",\s+(?:an?\s+)?(?:[a-z]+\s+)?(?P<noun>increase|rise|decrease|fall|drop|decline|growth)\s+of\s*\Z"
)
THE_NUMBER = LateRegex(
    r"\s+the\s+(?:total\s+)?(?:number|total|tally|count|toll)(?P<of>\s+of)?(?!\w)"
)
SPOKEN = LateRegex(r"(?<!\w)(?:speaks?|spoke|speaking|talk(?:s|ed|ing)?|told) of\s*\Z")
OF_WHOM = LateRegex(r"(?<!\w)of whom\s*(?:only |just )?\Z")
TOLL = LateRegex(r"(?:^|\s)(?:toll|strength)(?!\w)")
PART = LateRegex(r"\s+of\s+(?:them|whom|these|those)(?!\w)")
OF_THE = LateRegex(r"\s+of\s+(?:the|its|their|those|these|some)\s+")
TOTAL_TO = LateRegex(
    r"(?<!\w)(?:bring|brings|brought|bringing|take|takes|took|taking|raise|raises|raised|raising)"
    r"\s+(?:the|its|their)\s+(?:\w+\s+)?(?:total|number|figure|tally|count)(?:\s+[\w-]+){0,3}\s+to\s*\Z"
)


def share_noun(scene, quantity):
    """Take over the noun of another number of the sentence: one that is in no phrase before all.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity

    Returns
    -------
    Counted or None
    """
    index, left = find_index(scene, quantity), read_left(scene, quantity)
    near = scene.quantities[max(0, index - FARTHEST) : index]
    earlier = [q for q in near if q.unit is None]
    if TO.search(left) and earlier and FROM.search(read_left(scene, earlier[-1])):
        return look_back(scene, index, earlier[-1])
    main = [q for q in earlier if not INSIDE.search(read_left(scene, q))]
    main = [q for q in main if not (_is_part(scene, q) or _is_bracketed(scene, q, quantity))]
    for other in [*reversed(main), *reversed(earlier)]:
        found = look_back(scene, index, other)
        if found.what:
            return found
    if left.rstrip().endswith((" or", " and", "/", "-")):
        return _read_following(scene, index)
    return None


def _is_part(scene, quantity):
    """Tell whether a number is of some of those counted before: "290 of them minors"."""
    return PART.match(scene.low, quantity.reach) is not None


def _is_bracketed(scene, other, quantity):
    """Tell whether a number stands in a bracket that closes before another: "90 (20 tents); 40"."""
    opens = scene.low[: find_start(other)].endswith("(")
    return opens and ")" in scene.low[other.reach : quantity.start]


def _read_following(scene, index):
    """Read the noun of the next number: "two or perhaps three gunmen"."""
    for other in scene.quantities[index + 1 :]:
        own = read_phrase(scene, other.reach)
        if other.unit is None and own.span:
            return make_counted(scene, own, None)
    return None


def read_increase(scene, quantity):
    """Read "increase in fighters" in "put it at 4,000 fighters, an increase of some 1,000".

    Parameters
    ----------
    scene : Scene
    quantity : Quantity

    Returns
    -------
    Counted or None
    """
    match = INCREASE_OF.search(read_left(scene, quantity))
    found = share_noun(scene, quantity) if match else None
    if found is None or not found.what:
        return None
    return replace(found, told=f"{match['noun']} in {found.what}")


def read_of_number(scene, quantity):
    """Read "fewer than a hundred of the 1,300 who left" as those that the second number counts.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity

    Returns
    -------
    Counted or None
    """
    index, of = find_index(scene, quantity), OF_THE.match(scene.low, quantity.reach)
    whole = scene.quantities[index + 1] if index + 1 < len(scene.quantities) else None
    if of is None or whole is None or whole.unit or find_start(whole) != of.end():
        return None
    found = scene.find(scene, whole)
    return replace(found, start=-1, end=-1, told="") if found.what else None


def read_partner(scene, quantity):
    """Take over the noun of a number that this one is set beside, or points to.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity

    Returns
    -------
    Counted or None
    """
    if not is_compared(scene, quantity) and not read_phrase(scene, quantity.reach).pronoun:
        return None
    found = share_noun(scene, quantity)
    if found and found.unit == "count" and OF_WHOM.search(read_left(scene, quantity)):
        return Counted("people", "person", -1, -1)
    if found and is_human(scene, quantity) and TOLL.search(found.what.lower()):
        return Counted("people", "person", -1, -1)
    return found


def read_spoken(scene, quantity):
    """Read "the ministry spoke of 4,000": the number goes on from the one before.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity

    Returns
    -------
    Counted or None
    """
    if not SPOKEN.search(read_left(scene, quantity)):
        return None
    return (
        share_noun(scene, quantity) or read_topic(scene, quantity) or read_earlier(scene, quantity)
    )


def read_total(scene, quantity):
    """Read "detainees" in "64 detainees were freed, bringing the total to 310".

    Parameters
    ----------
    scene : Scene
    quantity : Quantity

    Returns
    -------
    Counted or None
    """
    if not TOTAL_TO.search(read_left(scene, quantity, 80)):
        return _read_brought(scene, quantity)
    found = share_noun(scene, quantity)
    return found if found and found.what else read_earlier(scene, quantity)


def _read_brought(scene, quantity):
    """Read "bringing to 212 the number who have given up", "... the number of soldiers killed"."""
    number = THE_NUMBER.match(scene.low, quantity.reach)
    if number is None or not BRINGING_TO.search(read_left(scene, quantity)):
        return None
    own = read_phrase(scene, number.end()) if number["of"] else Phrase()
    if own.span:
        return make_counted(scene, own, None)
    found = share_noun(scene, quantity)
    if found and found.what:
        return found
    who = scene.low.startswith(" who ", number.end())
    return Counted("people", "person", -1, -1) if who else read_earlier(scene, quantity)


def read_any_other(scene, quantity):
    """Take over the noun of any other number of the sentence.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity

    Returns
    -------
    Counted or Phrase
    """
    return share_noun(scene, quantity) or Phrase()
