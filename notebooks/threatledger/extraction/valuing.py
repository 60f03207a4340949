"""Find what a sum of money is paid for, held as or worth, and what a length or weight is of."""

import re

from threatledger.extraction.clauses import find_label, find_object, find_subject, find_verb
from threatledger.extraction.model import Counted
from threatledger.extraction.phrasing import (
    Phrase,
    clean_phrase,
    read_left,
    read_phrase,
    read_phrase_before,
    skip_parenthesis,
)
from threatledger.extraction.readers import (
    FARTHEST,
    find_index,
    is_compared,
    is_money,
    look_back,
    read_after_colon,
    read_antecedent,
    read_apposition,
    read_caption,
    read_earlier,
    try_readers,
)
from threatledger.extraction.words import find_start, is_participle

MEASURES = frozenset(("km", "km2", "tonne", "kg", "barrel", "litre"))
BRACKET = re.compile(r"(?:\(|,|(?<!\w)or|=|i\.e\.)\s*\Z")
TOGETHER = re.compile(r"(?<!\w)(?:together|in all|in total|altogether|worth)\s*\Z")
RATE = re.compile(r"\s*(?:a|an|per|each|every|apiece|monthly|yearly|annually|daily|/)(?!\w)")
RATE_BEFORE = re.compile(r"\s+(?:a|an|per|each|every)\s+(?:day|week|month|year)\Z")
WORTH = re.compile(r"\s+(?:worth\s+)?of\s+(?=\S)")
IN_KIND = re.compile(r"\s+in\s+(?=[a-z])")
TOWARDS = re.compile(r"\s+(?:towards?|for|on)\s+(?=[a-z])")
ARTICLE = re.compile(r"(?:the|an?|its|their|his|her)\s+")
PURPOSE = re.compile(r"\s+for\s+(?:the\s+|an?\s+|its\s+|their\s+)?(?=[a-z])")
ORIGIN = re.compile(r"(?:\s+(?:a|per|each|every)\s+\w+)?\s+from\s+(?:the\s+)?(?=[a-z])")
PAY = re.compile(
    r"(?<!\w)(?:paid|pay|pays|paying|spent|spend|spends|gave|gives|give|allocated)(?!\w)"
)
LEAD = re.compile(
    r"(?<!\w)(?:worth|valued at|totalling|totaling|amounting to|averaging|exceeding|estimated at"
    r"|set at|put at|(?:estimated|believed|thought|said|reported|reckoned) to be(?: worth)?"
    r"(?: between)?|holding|containing|carrying|of|of only|of just|fetching|costing)\s*\Z"
)
VERBAL_LEAD = re.compile(r"(?<!\w)(?:averaging|totalling|totaling|exceeding)\s*\Z")
TIME = re.compile(
    r"(?:the |an? |this |that )?(?:first|second|third|fourth|last|past|same|early|late|mid|year"
    r"|month|total|all|addition|turn|response|contrast|return|fact|particular|recent|whole|final"
    r"|\w+ (?:months?|years?|weeks?|days?))(?!\w)"
)
PASSIVE = re.compile(
    r"\s+(?:(?:was|were|had been|has been|have been|is|are)\s+)?(?P<verb>[a-z]+)(?!\w)"
)
FAR = re.compile(
    r"\s+(?:away|(?:to the )?(?:north|south|east|west)[a-z-]*|of\s+the\s+(?:border|town|city|front"
    r"|camp|coast)|from|inside|outside|into|off|down|up|along|beyond)(?!\w)"
)
TOPIC = re.compile(r"[\s•*–—-]*(?P<topic>[A-Z][\w'’-]+(?: [\w'’-]+){0,2}):\s")


def find_valued(scene, quantity):
    """Find what a sum of money is paid for, held as or worth.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
        With a currency.

    Returns
    -------
    Counted
    """
    return try_readers(scene, quantity, VALUING, quantity.unit)


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


def _read_priced(scene, quantity):
    """Read "$20 billion gas project", "$5 million worth of oil", "340 tonnes of food"."""
    if RATE.match(scene.text, quantity.reach):
        return None
    of = WORTH.match(scene.text, quantity.reach)
    if of and quantity.unit in ("km", "km2") and scene.text[of.end()].isupper():
        return None
    return read_phrase(scene, of.end() if of else quantity.reach)


def _read_lead(scene, quantity):
    """Read the noun before "of", "worth" or "valued at": "a reward of $5,400"."""
    end, left = find_start(quantity), read_left(scene, quantity)
    match = LEAD.search(left)
    if match is None:
        end, left = quantity.start, scene.low[max(0, quantity.start - 40) : quantity.start]
        match = VERBAL_LEAD.search(left)
    if match is None:
        return None
    shown = RATE_BEFORE.sub("", left[: match.start()].rstrip(" \t\n,"))
    found = read_phrase_before(scene, end - len(left) + len(shown))
    if not found.span or found.head.split()[-1] in scene.lists.sets["placeholder"]:
        return None
    return _add_purpose(scene, quantity, clean_phrase(scene.text, *found.span)) or found


def _add_purpose(scene, quantity, noun):
    """Add "for information" to "a reward of $5 million for information"."""
    purpose = PURPOSE.match(scene.low, skip_parenthesis(scene, quantity.reach))
    if purpose is None or TIME.match(scene.low, purpose.end()):
        return None
    aim = read_phrase(scene, purpose.end())
    if not aim.span:
        return None
    return Counted(f"{noun} for {clean_phrase(scene.text, *aim.span)}", quantity.unit, *aim.span)


def _read_passive(scene, quantity):
    """Read "$3.5 million was raised", "the $10 million pledged"."""
    match = PASSIVE.match(scene.low, quantity.reach)
    if match is None:
        return None
    verb = match["verb"]
    if not is_participle(verb) and verb not in scene.lists.sets["participle"]:
        return None
    return Counted(f"money {verb}", quantity.unit, *match.span("verb"))


def _read_in_kind(scene, quantity):
    """Read "$500 in ransom", "paid €20 million towards their upkeep"."""
    after = skip_parenthesis(scene, quantity.reach)
    match = IN_KIND.match(scene.text, after)
    if match is None and PAY.search(read_left(scene, quantity)):
        match = TOWARDS.match(scene.text, after)
    if match is None or TIME.match(scene.low, match.end()):
        return None
    article = ARTICLE.match(scene.low, match.end())
    return read_phrase(scene, article.end() if article else match.end())


def _read_beside(scene, quantity):
    """Take over what an earlier quantity of the same sort in the sentence is of."""
    index, left = find_index(scene, quantity), read_left(scene, quantity)
    together = TOGETHER.search(left)
    if index == 0 or not (together or is_compared(scene, quantity)):
        return None
    before = scene.quantities[index - 1]
    near = quantity.start - before.reach < 60
    bracketed = is_money(quantity) and BRACKET.search(left) and near
    if bracketed and (is_money(before) or before.unit == "percent"):
        return look_back(scene, index, before)
    if together and before.unit is None:
        return look_back(scene, index, before)
    for other in reversed(scene.quantities[max(0, index - FARTHEST) : index]):
        if other.unit == quantity.unit or is_money(other) and is_money(quantity):
            return look_back(scene, index, other)
    return None


def _read_paid(scene, quantity):
    """Read the subject of a sum, unless somebody only names the sum: "a State considered $5 m"."""
    verb = find_verb(scene, quantity)
    form = scene.words[verb].form if verb >= 0 else ""
    if form in scene.lists.sets["naming"]:
        return Phrase(pronoun=True)
    subject = find_subject(scene, quantity)
    if form not in scene.lists.paid:
        return subject if subject.span else _add_purpose(scene, quantity, "amount") or subject
    noun = scene.lists.paid[form]
    origin = ORIGIN.match(scene.low, skip_parenthesis(scene, quantity.reach))
    source = read_phrase(scene, origin.end()) if origin else Phrase()
    if source.span:
        what = f"{noun} from {clean_phrase(scene.text, *source.span)}"
        return Counted(what, quantity.unit, *source.span)
    by = f" by {clean_phrase(scene.text, *subject.span)}" if subject.span else ""
    return Counted(noun + by, quantity.unit, *(subject.span or (-1, -1)))


def _read_distance(scene, quantity):
    """Read a length that only says how far: "25 km south of the town", "60 miles away"."""
    shown = scene.low[quantity.end : quantity.reach].strip(" -")
    if quantity.unit != "km" and not shown.startswith(("mile", "met", "yard")):
        return None
    if FAR.match(scene.low, quantity.reach):
        return Counted("distance", quantity.unit, quantity.start, quantity.reach)
    return None


def _read_topic(scene, quantity):
    """Read the label that opens the sentence: "Water: lorries bring 75,000 litres"."""
    match = TOPIC.match(scene.text)
    return Phrase(match.span("topic"), match["topic"].lower()) if match else None


def _read_size(scene, quantity):
    """Fall back on what such a unit always measures."""
    size = {"km": "distance", "km2": "area"}.get(quantity.unit, "")
    return Counted(size, quantity.unit, -1, -1) if size else None


VALUING = (
    read_after_colon,
    _read_priced,
    _read_lead,
    read_antecedent,
    _read_passive,
    find_label,
    find_object,
    _read_in_kind,
    _read_beside,
    _read_paid,
    read_caption,
    read_earlier,
)
MEASURING = (
    read_after_colon,
    _read_distance,
    _read_priced,
    _read_lead,
    find_label,
    _read_topic,
    find_object,
    _read_beside,
    read_apposition,
    find_subject,
    _read_size,
)
