"""Take over what another number of the sentence counts."""

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

INSIDE = LateRegex(
    r"(?<!\w)(?:in|across|within|of|with|at|from|(?:in|during) which)\s*"
    r"(?:the |its |their |all )*\Z"
)
FROM = LateRegex(r"(?<!\w)from\s*\Z")
TO = LateRegex(r"(?<!\w)to\s*\Z")
SPOKEN = LateRegex(r"(?<!\w)(?:speaks?|spoke|speaking|talk(?:s|ed|ing)?|told) of\s*\Z")
OF_WHOM = LateRegex(r"(?<!\w)of whom\s*(?:only |just )?\Z")
TOLL = LateRegex(r"(?:^|\s)(?:toll|strength)(?!\w)")
PART = LateRegex(r"\s+of\s+(?:them|whom|these|those)(?!\w)")
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
    main = [q for q in main if not _is_part(scene, q)]
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


def _read_following(scene, index):
    """Read the noun of the next number: "two or perhaps three gunmen"."""
    for other in scene.quantities[index + 1 :]:
        own = read_phrase(scene, other.reach)
        if other.unit is None and own.span:
            return make_counted(scene, own, None)
    return None


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
        return None
    found = share_noun(scene, quantity)
    return found if found and found.what else read_earlier(scene, quantity)


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
