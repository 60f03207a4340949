"""Find what a bare number points to: the noun of the other end, of a list, of a room."""

from threatledger.extraction.clauses import find_subject
from threatledger.extraction.humans import DWELLINGS
from threatledger.extraction.model import Counted
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.phrasing import (
    Phrase,
    clean_phrase,
    read_left,
    read_phrase,
    read_phrase_before,
)
from threatledger.extraction.readers import find_index, find_people, look_back, make_counted
from threatledger.extraction.trimming import trim
from threatledger.extraction.verbs import is_verb
from threatledger.extraction.words import find_start, find_word, is_person, is_plural

FROM = LateRegex(r"(?<!\w)(?:from|between)\s*\Z")
LISTED = LateRegex(
    r"(?:,|;| and| while| but)(?: and)?\s+"
    r"(?P<name>(?:in )?(?:the )?[A-Z][^,;:0-9]*\s)(?:just |only |another )?\Z"
)
ROOM = LateRegex(
    r"(?<!\w)(?:home|shelter|refuge|host|built|made|meant|designed|intended|licensed|equipped|room"
    r"|space|beds?|capacity|places|enough|food|water|rations|accommodation|quarters|seats)\s+(?:only\s+|just\s+)?"
    r"(?:for|of|to|to (?:hold|house|take|seat|feed))\s*\Z"
)
DWELLING = frozenset("room space shelter refuge accommodation beds quarters food rations".split())
MORE = LateRegex(
    r"(?<!\w)(?:more|fewer|many|several|few)\s+"
    r"(?:[\w'-]+\s+){0,2}?[\w'-]+\s*\Z"
)
TOPPING = ("top", "exceed", "surpass")
WHOM = LateRegex(
    r",?\s+(?P<who>whom|which|who|that)\s+(?:[\w'-]+\s+){0,5}?(?:put|puts|estimate|estimates|estimated"
    r"|reckon|reckons|reckoned|believe|believes|believed|numbered|number|place|places|placed"
    r"|values|valued|assesses|assessed|sets)\s+"
    r"(?:at|to be|to number)?\s*\Z"
)
FIGURE_LABEL = LateRegex(
    r"(?:[,;:]\s+(?:and\s+)?|^\W*)(?P<label>[a-z]{3,}(?:\s[a-z]{3,}){0,2})\s\Z"
)
CLOSED = LateRegex(r"\s*(?:[,;.)]|\(|$)")


def read_topped(scene, quantity):
    """Read "evacuees top 350,000": the qualifier is the verb, so its subject is what is counted."""
    if not quantity.hedge.lower().startswith(TOPPING):
        return None
    found = read_phrase_before(scene, find_start(quantity))
    return found if found.span and found.head not in scene.lists.sets["placeholder"] else None


def read_change_end(scene, quantity):
    """Read "soldiers" in "went up from 4,500 to 5,100 soldiers": the noun of the other end."""
    index = find_index(scene, quantity)
    following = scene.quantities[index + 1] if index + 1 < len(scene.quantities) else None
    if following is None or following.unit or not FROM.search(read_left(scene, quantity)):
        return None
    gap = scene.low[quantity.reach : find_start(following)]
    if gap.strip() not in ("to", "and", "through", "up to", "down to"):
        return None
    own = read_phrase(scene, following.reach)
    return own if own.span and own.head not in scene.lists.sets["time"] else None


def read_listed(scene, quantity):
    """Read "11" in "Yemen put out 20 videos, Somalia 11": a list that leaves out verb and noun."""
    index = find_index(scene, quantity)
    before = scene.quantities[index - 1] if index else None
    if before is None or before.unit or read_phrase(scene, quantity.reach).span:
        return None
    match = LISTED.search(scene.text, before.reach, find_start(quantity))
    if match is None or len(match["name"]) > 60:
        return None
    first, last = find_word(scene.words, match.start("name")), find_word(scene.words, match.end())
    if any(is_verb(scene, i) or scene.words[i].kind == "mark" for i in range(first, last)):
        return None
    return look_back(scene, index, before)


def read_announced_noun(scene, quantity):
    """Read "readers" in "it reaches ever more readers: over 70,000 on Telegram"."""
    left = read_left(scene, quantity, 60).rstrip()
    if not left.endswith((":", "–", "—")):
        return None
    colon = find_start(quantity) - (len(read_left(scene, quantity, 60)) - len(left)) - 1
    if not MORE.search(scene.low, max(0, colon - 60), colon):
        return None
    found = read_phrase_before(scene, colon)
    return found if found.span and is_plural(found.head) else None


def read_room(scene, quantity):
    """Read "built for 40, the wing holds 62 inmates": room is told in those who need it."""
    if not ROOM.search(read_left(scene, quantity, 60)):
        return None
    for other in scene.quantities:
        own = read_phrase(scene, other.reach) if other.unit is None else Phrase()
        if own.span and is_person(own.head, scene.lists):
            return make_counted(scene, own, None)
    people = find_people(scene, len(scene.text))
    if people:
        return people
    known = scene.before.get("number")
    if known and known.unit == "person":
        return Counted(known.what, "person", -1, -1)
    shown = ROOM.search(read_left(scene, quantity, 60))[0].split()
    subject = find_subject(scene, quantity)
    home = shown[-1] == "to" or shown[0] in DWELLING
    home = home or bool(subject.span) and subject.head.split()[-1] in DWELLINGS
    home = home or any(word.form in DWELLINGS for word in scene.words)
    return Counted("people", "person", -1, -1) if home else None


def read_reckoned(scene, quantity):
    """Read "men" in "the men, whom they put at 50" and "a budget that they put at $2,500".

    Parameters
    ----------
    scene : Scene
    quantity : Quantity

    Returns
    -------
    Phrase, Counted or None
    """
    start = find_start(quantity)
    match = WHOM.search(scene.low, max(0, start - 80), start)
    if match is None:
        return None
    found = read_phrase_before(scene, match.start())
    if found.span and match["who"] == "whom":
        return Counted(clean_phrase(scene.text, *found.span), "person", *found.span)
    return found


def read_figure_line(scene, quantity):
    """Read "raids" in "arrests 77 (54), raids 120, weapons seized 311": a line of labels.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity

    Returns
    -------
    Phrase or None
    """
    end = find_start(quantity)
    match = FIGURE_LABEL.search(scene.text, max(0, end - 48), end)
    if match is None or not CLOSED.match(scene.low, quantity.reach) or quantity.hedge:
        return None
    others = [q for q in scene.quantities if q is not quantity and _has_figure_label(scene, q)]
    first, last = match.span("label")
    found = trim(scene, first, last) if others else Phrase()
    if not found.span or not is_plural(found.head.split()[0]):
        return None
    return Phrase((first, last), found.head)


def _has_figure_label(scene, quantity):
    """Tell whether a number stands between a label in small letters and a mark."""
    start = find_start(quantity)
    label = FIGURE_LABEL.search(scene.text, max(0, start - 48), start)
    return label is not None and CLOSED.match(scene.low, quantity.reach) is not None
