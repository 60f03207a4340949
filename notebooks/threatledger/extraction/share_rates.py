"""Find what a share is that tells of a change, a rate, a levy or a sum: "fell by 60 per cent"."""

from dataclasses import dataclass

from threatledger.extraction.clauses import find_direction, find_subject, read_subject
from threatledger.extraction.objects import read_mover
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.paying import read_asked
from threatledger.extraction.phrasing import Phrase, clean_phrase, read_left, read_phrase
from threatledger.extraction.readers import FARTHEST, find_index, is_money, look_back
from threatledger.extraction.verbs import find_form, find_verb, follows_verb
from threatledger.extraction.words import find_start

IN = LateRegex(r"\s+in\s+(?:the\s+|its\s+|their\s+)?")
GIVEN = frozenset("given gave received provided paid contributed covered met funded".split())
LEVIED = {
    **dict.fromkeys(("levy", "levies", "levied", "impose", "imposes", "imposed"), "levy"),
    **dict.fromkeys(("charge", "charges", "charged"), "charge"),
    **dict.fromkeys(("demand", "demands", "demanded"), "demand"),
}
ON = LateRegex(r"\s+on\s+(?:the\s+|all\s+|every\s+|each\s+)?(?=[a-z])")
TAKEN = frozenset(("cut", "cuts", "charge", "rake-off"))  # "taking a cut of 3 per cent"
CONVERTED = LateRegex(r"(?:,\s*or|\(|=|i\.e\.)\s*\Z")
ASIDE = LateRegex(r"(?:[,;(–—]|(?<!\w)and)\s*(?P<way>up|down)(?:\s+by)?\s*\Z")
GRADUAL = LateRegex(r"(?:up|down|off)(?: (?:by|a|a further|another|some|by a|further))?")
INSIDE = LateRegex(
    r"(?<!\w)(?:in|across|within|at|from|by|(?:in|during) which)\s*(?:the |its |their |all )*\Z"
)
PART_OF = LateRegex(
    r"(?:[Oo]f\s+wh(?:om|ich)|,|(?<!\w)and|:)\s+(?P<part>(?!of\s)[^\W\d][\w'’-]*(?:\s[^\W\d][\w'’-]*){0,2})\s\Z"
)
PART_ENDS = LateRegex(r"\s*(?:[,.;)]|and\s|\Z)")
OF_WHOM_IN = LateRegex(r"(?<!\w)of\s+wh(?:om|ich)(?!\w)")


@dataclass(slots=True)
class Share:
    """What a share says, and the span that says what holds."""

    what: str
    start: int
    end: int


def read_levied(scene, quantity):
    """Read "levies 10 per cent on diggers" and "counters charge 8 per cent": what is taken.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
        With unit ``percent``.

    Returns
    -------
    Share or None
    """
    verb = find_verb(scene, quantity)
    form = find_form(scene, quantity)
    near = follows_verb(scene, quantity)
    if not near or form not in LEVIED:
        return None
    on = ON.match(scene.low, quantity.reach)
    payers = read_phrase(scene, on.end()) if on else Phrase()
    if payers.span:
        return Share(f"{LEVIED[form]} on {clean_phrase(scene.text, *payers.span)}", *payers.span)
    subject = read_subject(scene, verb)
    if not subject.span:
        return None
    return Share(f"{LEVIED[form]} of {clean_phrase(scene.text, *subject.span)}", *subject.span)


def read_given(scene, quantity):
    """Read "donors had given 63 per cent of that" after what an appeal needs.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
        With unit ``percent``.

    Returns
    -------
    Share or None
    """
    verb = find_verb(scene, quantity)
    given = verb >= 0 and scene.words[verb].form in GIVEN
    asked = read_asked(scene, quantity) if given else None
    return Share(f"{asked.what} received", quantity.start, quantity.reach) if asked else None


def read_rate(scene, quantity, noun):
    """Read "a commission of 3%", "an increase of 40 per cent in attacks".

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
        With unit ``percent``.
    noun : Phrase
        What stands before "of".

    Returns
    -------
    Share
    """
    what = clean_phrase(scene.text, *noun.span)
    changed = IN.match(scene.text, quantity.reach) if noun.head in scene.lists.changes else None
    thing = read_phrase(scene, changed.end()) if changed else Phrase()
    if thing.span:
        what += f" in {clean_phrase(scene.text, *thing.span)}"
    elif noun.head in scene.lists.changes and noun.head not in TAKEN:
        whole = _find_main_count(scene, find_index(scene, quantity))
        what += f" in {whole}" if whole else ""
    return Share(what, *noun.span)


def find_share_change(scene, quantity):
    """Read "fell by 60 per cent" as the fall in the clause's subject.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
        With unit ``percent``.

    Returns
    -------
    Share or None
    """
    verb = find_verb(scene, quantity)
    noun, direction = _read_direction(scene, quantity, verb)
    if direction == "any" or verb < 0:
        return None
    subject = read_mover(scene, quantity, verb)
    if subject.span:
        return Share(f"{noun} in {clean_phrase(scene.text, *subject.span)}", *subject.span)
    earlier = scene.before.get("number") or scene.before.get("money")
    return Share(f"{noun} in {earlier.what}", -1, -1) if earlier else None


def _read_direction(scene, quantity, verb):
    """Read the change right before a share: "fell by", "has gone up by"."""
    between = scene.low[scene.words[verb].end : find_start(quantity)].strip() if verb >= 0 else ""
    if GRADUAL.fullmatch(between):
        return find_direction(scene, verb)
    left = read_left(scene, quantity, 60)
    found = max(scene.lists.change.finditer(left), key=lambda match: match.end(), default=None)
    if found is None or left[found.end() :].strip() not in ("", "by", "a", "by a", "of", "further"):
        return "", "any"
    return scene.lists.changes[found[0]]


def find_aside(scene, quantity):
    """Read "148 incidents, up 42 per cent on a year before" as the rise in incidents.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
        With unit ``percent``.

    Returns
    -------
    Share or None
    """
    match = ASIDE.search(read_left(scene, quantity))
    if match is None:
        return None
    noun = "rise" if match["way"] == "up" else "fall"
    index = find_index(scene, quantity)
    main = _find_main_count(scene, index)
    if main:
        return Share(f"{noun} in {main}", -1, -1)
    subject = find_subject(scene, quantity)
    if subject.span:
        return Share(f"{noun} in {clean_phrase(scene.text, *subject.span)}", *subject.span)
    return None


def find_converted(scene, quantity):
    """Read "given $21 million, or a quarter": the share is told of what the sum is.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
        With unit ``percent``.

    Returns
    -------
    Share or None
    """
    index = find_index(scene, quantity)
    before = scene.quantities[index - 1] if index else None
    if before is None or not is_money(before) or quantity.start - before.reach > 30:
        return None
    if not CONVERTED.search(read_left(scene, quantity)):
        return None
    found = look_back(scene, index, before)
    return Share(found.what, found.start, found.end) if found.what else None


def _find_main_count(scene, index):
    """Return the noun of the last number before that is not in a phrase such as "at 8 clinics"."""
    before = scene.quantities[max(0, index - FARTHEST) : index]
    for other in [q for q in reversed(before) if not INSIDE.search(read_left(scene, q))] + before:
        found = look_back(scene, index, other)
        if found.what:
            return found.what
    return ""


def read_listed(scene, quantity):
    """Read "residents women" in "900 residents, of whom men 40%, women 35% and boys 25%".

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
        With unit ``percent``.

    Returns
    -------
    Share or None
    """
    part = _match_part(scene, quantity)
    shares = [q for q in scene.quantities if q.unit == "percent" and _match_part(scene, q)]
    if part is None or len(shares) < 2:
        return None
    index = find_index(scene, shares[0])
    before = scene.quantities[index - 1] if index else None
    start = find_start(shares[0])
    if before is None or before.unit or not OF_WHOM_IN.search(scene.low, before.reach, start):
        return None
    whole = look_back(scene, find_index(scene, quantity), before).what
    return Share(f"{whole} {part}", find_start(quantity), quantity.reach) if whole else None


def _match_part(scene, quantity):
    """Return the noun right before a share that ends its part: "women" in ", women 35% and"."""
    if not PART_ENDS.match(scene.low, quantity.reach):
        return None
    start = find_start(quantity)
    match = PART_OF.search(scene.text, max(0, start - 60), start)
    return match["part"] if match else None
