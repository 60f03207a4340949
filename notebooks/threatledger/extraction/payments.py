"""Find what a sum of money is paid for by the verb of its clause, and to whom."""

from threatledger.extraction.clauses import find_subject
from threatledger.extraction.model import Counted
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.paying import ORIGIN, read_income, read_related
from threatledger.extraction.phrasing import (
    Phrase,
    read_left,
    read_phrase,
    skip_parenthesis,
)
from threatledger.extraction.readers import name_sum
from threatledger.extraction.sum_leads import add_purpose
from threatledger.extraction.verbs import find_form, find_verb
from threatledger.extraction.words import find_start, is_person

PER = LateRegex(
    r"\s+(?:an?|per|each|every)\s+"
    r"(?!(?:day|week|month|year|quarter|night|season|fortnight)(?!\w))(?=[a-z])"
)
DESTINATION = LateRegex(r"\s+to\s+(?:the\s+|an?\s+|its\s+|their\s+)?(?=[a-z])")
TAKING = frozenset(("take", "takes", "took", "taken"))
EACH = LateRegex(r"(?:each|every|all|some|any)\s+(?:one\s+)?(?:of\s+)?(?:the\s+|its\s+|their\s+)?")
HOMES = frozenset("family families household households".split())
PERIOD = LateRegex(r"\s+(?:an?|per|each|every)\s+(?:day|week|month|quarter|year)(?=\s)")
INTO = LateRegex(r"\s+into\s+(?:the\s+|an?\s+|its\s+|their\s+)?(?=[a-z])")
RELIEVED = LateRegex(
    r"(?<!\w)(?:famil(?:y|ies)|households?|people|persons|residents|returnees)\s+"
    r"(?:(?:have|has|had|each|also|then|now)\s+)*receive[sd]?\s+(?:[a-z]+\s+){0,2}\Z"
)
OF_MATTER = LateRegex(r"\s+of\s+(?=[a-z])")
GIFT_TO = LateRegex(r"\s+to\s+(?:the\s+|an?\s+|its\s+|their\s+)?(?=[a-z0-9])")
HAVE = frozenset(("have", "has", "had"))
GAVE = frozenset("give gives gave given giving".split())


def read_paid(scene, quantity):
    """Read the subject of a sum, unless somebody only names the sum: "a State considered $5 m".

    Parameters
    ----------
    scene : Scene
    quantity : Quantity

    Returns
    -------
    Phrase or Counted
    """
    verb = find_verb(scene, quantity)
    form = find_form(scene, quantity)
    if form in scene.lists.sets["naming"]:
        return _read_gift(scene, quantity, form) or Phrase(pronoun=True)
    if form == "given" and scene.words[verb - 1].form in HAVE:
        donors = find_subject(scene, quantity)
        return name_sum(scene, quantity.unit, "money given by", donors) if donors.span else donors
    subject = find_subject(scene, quantity)
    origin = read_income(scene, quantity, form, subject) or read_related(scene, verb, subject)
    if origin:
        return origin
    if form not in scene.lists.paid:
        return subject if subject.span else add_purpose(scene, quantity, "amount") or subject
    noun = scene.lists.paid[form]
    if subject.span and scene.low.startswith(" in ", scene.words[verb].end) and form in TAKING:
        return name_sum(scene, quantity.unit, "takings of", subject)
    way = _read_way(scene, quantity, noun)
    if way:
        return way
    if noun == "money received" and RELIEVED.search(read_left(scene, quantity)):
        return Counted("cash received", quantity.unit, -1, -1)
    if subject.span:
        return name_sum(scene, quantity.unit, f"{noun} by", subject)
    return Counted(noun, quantity.unit, -1, -1)


def _read_way(scene, quantity, noun):
    """Read whence a sum came, whither or for what each: "money from", "money sent to"."""
    reach = skip_parenthesis(scene, quantity.reach)
    for way, pattern in (("from", ORIGIN), ("into", INTO)):
        match = pattern.match(scene.low, reach)
        found = read_phrase(scene, match.end()) if match else Phrase()
        if found.span:
            return name_sum(scene, quantity.unit, f"{noun} {way}", found)
    goal, receiver = DESTINATION.match(scene.low, reach), Phrase()
    if goal and noun.startswith("money"):
        receiver = read_phrase(scene, goal.end())
    elif goal and noun == "payment":
        receiver = _read_receivers(scene, goal.end())
    if receiver.span:
        return name_sum(scene, quantity.unit, f"{noun} to", receiver)
    each = read_per(scene, quantity) if noun == "payment" else None
    return name_sum(scene, quantity.unit, "payment per", each) if each else None


def _read_gift(scene, quantity, form):
    """Read "gave $50 a month to 2,100 women" as money given to them."""
    rate = PERIOD.match(scene.low, quantity.reach)
    reach = skip_parenthesis(scene, rate.end() if rate else quantity.reach)
    goal = GIFT_TO.match(scene.low, reach) if form in GAVE else None
    people = _read_receivers(scene, goal.end()) if goal else Phrase()
    return name_sum(scene, quantity.unit, "money given to", people) if people.span else None


def _read_receivers(scene, start):
    """Read "bereaved families" in "paid a million rupees to each of 190 bereaved families"."""
    each = EACH.match(scene.low, start)
    at = each.end() if each else start
    at = next((q.reach for q in scene.quantities if find_start(q) == at), at)
    found = read_phrase(scene, at)
    people = found.span and is_person(found.head, scene.lists)
    return found if people or found.span and found.head.split()[-1] in HOMES else Phrase()


def read_per(scene, quantity):
    """Read "a lorry" in "at $1,500 a lorry": what the price is of.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity

    Returns
    -------
    Phrase or None
    """
    match = PER.match(scene.low, skip_parenthesis(scene, quantity.reach))
    if match is None:
        return None
    found = read_phrase(scene, match.end())
    units = ("head", "piece", "person", "time", "go")
    if not found.span or found.head in units or found.pronoun:
        return None
    matter = OF_MATTER.match(scene.low, found.span[1])
    within = read_phrase(scene, matter.end()) if matter else Phrase()
    return Phrase((found.span[0], within.span[1]), found.head) if within.span else found
