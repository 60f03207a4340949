"""Find what a length, an area, a weight or a volume is of."""

from threatledger.extraction.clauses import find_subject, read_subject
from threatledger.extraction.colons import find_label
from threatledger.extraction.model import Counted
from threatledger.extraction.objects import find_object
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.phrasing import Phrase, read_left, read_phrase_before
from threatledger.extraction.readers import (
    find_index,
    look_back,
    read_after_colon,
    read_apposition,
    try_readers,
)
from threatledger.extraction.sum_leads import read_lead
from threatledger.extraction.valuing import read_beside, read_priced
from threatledger.extraction.verbs import find_verb
from threatledger.extraction.words import find_start, find_word, is_person

MEASURES = frozenset(("km", "km2", "tonne", "kg", "barrel", "litre"))
FAR = LateRegex(
    r"\s+(?:away|(?:to the )?(?:north|south|east|west)[a-z-]*|of\s+the\s+(?:border|town|city|front"
    r"|camp|coast)|from|inside|outside|into|off|down|up|along|beyond)(?!\w)"
)
STRETCH = LateRegex(
    r",\s+(?:an?|some|the)\s+(?:\w+\s+)?(?P<noun>stretch|distance|length|section|strip|line|journey|drive"
    r"|walk|trip|route)\s+of\s*\Z"
)
TOWN = r"[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?"
BETWEEN = LateRegex(rf"between\s+{TOWN}\s+and\s+{TOWN}")
ROAD = LateRegex(
    r"(?P<noun>road|highway|motorway|pipeline|railway|line|track|route|canal|river|border|fence|wall|trench"
    r"|coast|corridor|path|trail)(?:\s+(?:from|to|into|between|along|with)\s[^,;:]{2,50})?\s*\Z"
)
TOPIC = LateRegex(r"[\s•*–—-]*(?P<topic>[A-Z][\w'’-]+(?: [\w'’-]+){0,2}):\s")
EACH = LateRegex(r",\s+each\s+(?:of\s+)?\Z")
HOLDING = frozenset(
    "controls control controlled holds hold held rules ruled governs governed administers"
    " administered occupies occupied seized captured lost took".split()
)


def find_measured(scene, quantity):
    """Find what a length, an area, a weight or a volume is of.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
        With a unit of measure.

    Returns
    -------
    Counted
    """
    return try_readers(scene, quantity, MEASURING, quantity.unit)


def _read_distance(scene, quantity):
    """Read a length that only says how far: "25 km south of the town", "60 miles away"."""
    shown = scene.low[quantity.end : quantity.reach].strip(" -")
    if quantity.unit != "km" and not shown.startswith(("mile", "met", "yard")):
        return None
    if FAR.match(scene.low, quantity.reach):
        return Counted("distance", quantity.unit, quantity.start, quantity.reach)
    return None


def _read_stretch(scene, quantity):
    """Read "the road to the town, a stretch of 80 km": the last noun only names the length."""
    start = find_start(quantity)
    match = STRETCH.search(scene.low, max(0, start - 60), start)
    if match is None:
        return None
    begin = max(scene.low.rfind(mark, 0, match.start()) + 1 for mark in ",;:")
    between = BETWEEN.search(scene.text, begin, match.start())
    if between:
        what = f"{match['noun']} {between[0]}"
        return Counted(what, quantity.unit, *between.span())
    road = ROAD.search(scene.text, begin, match.start())
    return Phrase(road.span(), road["noun"]) if road else None


def _read_each(scene, quantity):
    """Read "two tunnels, each about 20 metres long": the things counted before."""
    index = find_index(scene, quantity)
    if not index or not EACH.search(read_left(scene, quantity)):
        return None
    before = scene.quantities[index - 1]
    return look_back(scene, index, before) if before.unit is None else None


def _read_topic(scene, quantity):
    """Read the label that opens the sentence: "Water: lorries bring 75,000 litres"."""
    match = TOPIC.match(scene.text)
    return Phrase(match.span("topic"), match["topic"].lower()) if match else None


def _read_size(scene, quantity):
    """Fall back on what such a unit always measures."""
    size = {"km": "distance", "km2": "area"}.get(quantity.unit, "")
    return Counted(size, quantity.unit, -1, -1) if size else None


def _read_commodity(scene, quantity):
    """Read "crude" in "it pumps crude there, but no more than 2,000 barrels a day"."""
    if quantity.unit in ("km", "km2"):
        return None
    goods = scene.lists.sets["commodity"]
    subject = find_subject(scene, quantity)
    if subject.span and not goods.isdisjoint(subject.head.split()):
        return subject
    return find_commodity(scene, find_start(quantity)) or scene.before.get("matter")


def find_commodity(scene, end):
    """Find the last word before an offset that weights and volumes are told of.

    Parameters
    ----------
    scene : Scene
    end : int

    Returns
    -------
    Phrase or None
    """
    for word in reversed(scene.words[: find_word(scene.words, end)]):
        if word.kind == "noun" and word.form in scene.lists.sets["commodity"]:
            found = read_phrase_before(scene, word.end)
            return found if found.span else Phrase((word.start, word.end), word.form)
    return None


def _read_held(scene, quantity):
    """Read an area that somebody holds: "the branch controls 90,000 square kilometres"."""
    if quantity.unit != "km2":
        return None
    verb = find_verb(scene, quantity)
    subject = read_subject(scene, verb) if verb >= 0 else Phrase()
    if not subject.span and not subject.pronoun:
        return None
    company = scene.lists.sets["company"]
    holder = subject.pronoun or is_person(subject.head, scene.lists)
    holder = holder or subject.head.split()[-1] in company or scene.words[verb].form in HOLDING
    return Counted("area", "km2", -1, -1) if holder else None


MEASURING = (
    read_after_colon,
    _read_each,
    _read_distance,
    _read_stretch,
    read_priced,
    read_lead,
    find_label,
    _read_topic,
    find_object,
    read_beside,
    read_apposition,
    _read_held,
    _read_commodity,
    find_subject,
    _read_size,
)
