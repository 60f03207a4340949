"""Find the sum or measure that a bare number goes on from: "it costs 2,250 today"."""

from dataclasses import replace

from threatledger.extraction.clauses import find_subject
from threatledger.extraction.humans import is_human
from threatledger.extraction.model import Counted
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.paying import read_own_pay
from threatledger.extraction.phrasing import (
    QUOTES,
    clean_phrase,
    read_left,
    read_phrase,
    read_phrase_before,
)
from threatledger.extraction.readers import find_index, is_money, look_back, name_sum
from threatledger.extraction.verbs import find_verb, leads_verb
from threatledger.extraction.words import find_start, find_word, is_person

ASIDE = LateRegex(r"(?:(?<!\w)(?:worth|valued at|equivalent to|equal to|costing)|\(|=|≈)\s*\Z")
WORTH = LateRegex(r"(?<!\w)(?:worth|valued at)\s*\Z")
PRICED = LateRegex(r"(?<!\w)(?:price|rate|level|cost|fee|wage|pay|rent|tariff|fare) of\s*\Z")
LEADING = frozenset(("at", "to", "of", "around", "about", "only", "just", "now", "for", "in"))
NUMBERING = frozenset("number numbers numbered are were is was".split())
TARGET = LateRegex(
    r"(?<!\w)(?P<noun>target|norm|standard|goal|minimum|requirement|average|need|(?:(?:official"
    r"|usual|normal|market|black-market)\s)?(?:price|rate|fee|fare|wage|rent)(?=\sof))"
    r"(?: of| is|:)?\s*\Z"
)
GAPPED = LateRegex(
    r"[0-9a-z][,;]\s+(?:and\s+)?(?:an?|the|each|every)\s+(?:[a-z'-]+\s+){1,4}?(?P<at>(?:for|at)\s+)?\Z"
)
GOING_ON = LateRegex(r"(?<!\w)(?:to|from|against|than|with|and|or)\s*\Z")
PARALLEL = LateRegex(
    r"[,;]\s+(?:and\s+|but\s+)?(?:(?:this|last|that|the (?:next|previous|following|same|year))\s+"
    r"(?:year|month|week|quarter|winter|spring|summer|autumn|season|before|after)|now|today|then"
    r"|in\s+(?:[a-z]+\s+)?(?:[0-9]{4}\s*)?)\s*\Z"
)
SAME = LateRegex(r"(?<!\w)(for|in|at)\s*\Z")
RATE = LateRegex(r"\s+(for|per)\s")
RELATIVE = LateRegex(r"\s+(?:that|who|which|whose)(?!\w)")
OF_A_SUM = LateRegex(r"\s+of\s+(?:the\s+|its\s+|their\s+|some\s+|a\s+)?")
PLURAL_GAP = LateRegex(
    r"[,;]\s+(?:and\s+|but\s+|while\s+)?[a-z]+(?:s|men|women)\s+(?:some\s+|about\s+|only\s+)?\Z"
)
LIVES_ON = LateRegex(
    r"(?<!\w)(?:live|lives|lived|living|get by|survive|survives|survived)\s+on\s*\Z"
)
OF_WHICH = LateRegex(r",\s+of\s+which\s*\Z")
PART_FOR = LateRegex(r"\s+(?:for|as|on|towards|in)\s+(?:the\s+|an?\s+|its\s+|their\s+)?(?=[a-z])")
IT_IS = LateRegex(
    r"^\W*(?:(?:now|today|then|later|before|[a-z]+ that)\s*,?\s+)?"
    r"it\s+(?:is|was|used to be|has become|became)"
    r"(?:\s+(?:now|only|just|about))?\s+\Z"
)
CLOSED = LateRegex(r"\s*[.,;”\"]")
IN_SUM = LateRegex(
    r"\s+in\s+(?P<noun>[a-z]+)(?!\w)"
)  # "a sack sells for 45,000 naira: 4,000 in tax"
OWN_SUM = LateRegex(r"(?<!\w)(?P<noun>[a-z]+)\s+of\s+(?:between\s+)?\Z")
MOST_PERCENT = 200
MATTER = frozenset(("kg", "tonne", "barrel", "litre"))
HAVING = frozenset("have has had hold held need needed needs get got".split())
BY = LateRegex(r"(?<!\w)by\s*\Z")
PAYING = frozenset("pay pays paid paying offer offers offered charge charges charged give".split())
SUMS = frozenset(
    "want wants get gets got ask asks asked draw draws drew cost costs costing sell sells sold"
    " fetch fetches fetched pay pays paid paying charge charges charged earn earns earned raise"
    " raises raised spend spends spent collect collects collected bring brings brought demand"
    " demands demanded".split()
)


def read_sum(scene, quantity):
    """Read "it costs 2,250 today" after "a litre cost 750 dinars": a bare number that is a sum.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
        With unit ``None`` and no noun of its own.

    Returns
    -------
    Counted or None
        With the currency of the sum before.
    """
    earlier, last = scene.before.get("money"), scene.before.get("last")
    index = find_index(scene, quantity)
    whole = scene.quantities[index + 1] if index + 1 < len(scene.quantities) else None
    if (
        whole
        and is_money(whole)
        and OF_A_SUM.fullmatch(scene.low, quantity.reach, find_start(whole))
    ):
        return replace(scene.find(scene, whole), unit=whole.unit, start=-1, end=-1)
    taken = IN_SUM.match(scene.low, quantity.reach)
    if taken and taken["noun"] in scene.lists.sets["sum noun"]:
        sums = [q.unit for q in scene.quantities[:index] if is_money(q)]
        unit = sums[-1] if sums else earlier.unit if earlier else None
        return Counted(taken["noun"], unit, *taken.span("noun")) if unit else None
    worth = WORTH.search(read_left(scene, quantity))
    if worth:
        return _read_worth(scene, quantity, index)
    if last is not None and last.unit in MATTER and _is_stock(scene, quantity):
        return replace(last, start=-1, end=-1)
    if earlier is None or any(is_money(q) for q in scene.quantities[:index]):
        return None
    if LIVES_ON.search(read_left(scene, quantity)):
        return _read_living(scene, quantity, earlier)
    verb = find_verb(scene, quantity)
    if verb < 1 or find_word(scene.words, find_start(quantity)) - verb > 4:
        return None
    if _has_payee(scene, quantity, verb):
        return _read_own(scene, quantity, earlier)
    if last is earlier and _is_it(scene, quantity, verb):
        return replace(earlier, start=-1, end=-1)
    words = scene.words[max(0, verb - 2) : verb]
    pronoun = any(word.kind == "pronoun" for word in words)
    if scene.words[verb].form in SUMS and (last is None or last is earlier or pronoun):
        return replace(earlier, start=-1, end=-1)
    large = any(name in scene.low[quantity.start : quantity.end] for name in ("illion", "thousand"))
    return replace(earlier, start=-1, end=-1) if pronoun and large and last is earlier else None


def _is_it(scene, quantity, verb):
    """Tell whether a sentence only says that it, a sum named before, is so much: "It was 50."."""
    if not IT_IS.search(scene.low, 0, find_start(quantity)):
        return False
    return CLOSED.match(scene.low, quantity.reach) is not None and len(scene.quantities) == 1


def _read_living(scene, quantity, earlier):
    """Read "a household lives on less than 70,000" as its income, in the money of before."""
    subject = find_subject(scene, quantity)
    of = f" of {clean_phrase(scene.text, *subject.span)}" if subject.span else ""
    return Counted(f"income{of}", earlier.unit, -1, -1)


def _is_stock(scene, quantity):
    """Tell whether a clause ends in "we had 200": of what was weighed in the sentence before."""
    verb = find_verb(scene, quantity)
    i = find_word(scene.words, find_start(quantity))
    if verb < 1 or i - verb > 2 or scene.words[verb].form not in HAVING:
        return False
    return scene.words[verb - 1].kind == "pronoun" and len(scene.quantities) == 1


def _read_own(scene, quantity, earlier):
    """Read "pay of vigilantes" in "the state pays its vigilantes 20,000", after another's pay."""
    payee = read_phrase_before(scene, find_start(quantity))
    if payee.span and (not earlier.what or earlier.what.startswith("pay")):
        return name_sum(scene, earlier.unit, "pay of", payee)
    return replace(earlier, what=earlier.what or "pay", start=-1, end=-1)


def _has_payee(scene, quantity, verb):
    """Tell whether a verb of paying has somebody between it and the number: "pays guards 200"."""
    i = find_word(scene.words, find_start(quantity))
    if scene.words[verb].form not in PAYING or i - verb < 2:
        return False
    return is_person(scene.words[i - 1].form, scene.lists)


def _read_worth(scene, quantity, index):
    """Read "cheques worth another 27 million" as a sum in the currency named before."""
    sums = [q.unit for q in scene.quantities[:index] if is_money(q)]
    unit = sums[-1] if sums else scene.before["money"].unit if "money" in scene.before else None
    if unit is None:
        return None
    left = read_left(scene, quantity)
    end = find_start(quantity) - len(left) + WORTH.search(left).start()
    found = read_phrase_before(scene, end)
    what = clean_phrase(scene.text, *found.span) if found.span else "worth"
    return Counted(what, unit, -1, -1)


def find_main(scene, index):
    """Return the quantity before one, over those that only value another: "(about $9)".

    Parameters
    ----------
    scene : Scene
    index : int
        Of the quantity that looks back.

    Returns
    -------
    Quantity or None
    """
    for before in reversed(scene.quantities[max(0, index - 3) : index]):
        left = scene.low[max(0, find_start(before) - 24) : find_start(before)]
        if not ASIDE.search(left):
            return before
    return scene.quantities[index - 1] if index else None


def does_equate(scene, quantity):
    """Tell whether a bare number is the value of what a sum or measure was said of before.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
        With unit ``None`` and no noun of its own.

    Returns
    -------
    bool
        True in "output, 1.6 million barrels a day in 2010, has stayed at 300,000", "a recruit who
        got $500 in 2017 now gets 300" and "an official price of five".
    """
    if PRICED.search(read_left(scene, quantity)):
        return True
    verb = find_verb(scene, quantity)
    i = find_word(scene.words, find_start(quantity))
    while i and scene.words[i - 1].form in QUOTES:
        i -= 1
    if verb < 1 or i - verb > 2 or i - verb == 2 and scene.words[i - 1].form not in LEADING:
        return False
    form, lists = scene.words[verb].form, scene.lists
    if form in SUMS or form in lists.paid:
        return True
    if form in ("is", "was", "are", "were") and _was_apposed(scene, quantity, verb):
        return True
    if form in NUMBERING or not (form in lists.sets["equal"] or form in lists.changes):
        return False
    subject = find_subject(scene, quantity)
    return not subject.span or not is_person(subject.head, lists)


def _was_apposed(scene, quantity, verb):
    """Tell whether a sum stands behind the subject: "pay, 18,000 dinars then, is now 10,000"."""
    before = find_main(scene, find_index(scene, quantity))
    if before is None or not is_money(before):
        return False
    if not read_left(scene, before).endswith((", ", ", once ")):
        return False
    return "," in scene.low[before.reach : scene.words[verb].start]


def read_target(scene, quantity):
    """Read "against a target of 35" after "26 litres": the number takes over the unit.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
        With unit ``None`` and no noun of its own.

    Returns
    -------
    Counted or None
    """
    index = find_index(scene, quantity)
    part = _read_part_of_sum(scene, quantity, index)
    if part:
        return part
    before = find_main(scene, index)
    if before is None or before.unit in (None, "count") or _is_too_great(before, quantity):
        return None
    left = read_left(scene, quantity)
    rest = quantity.hedge.lower() in ("the other", "the remaining", "another")
    if before.unit == "percent" and rest and before.low + (quantity.low or 0) == 100:
        return replace(look_back(scene, index, before), unit="percent")
    large = "illion" in scene.low[quantity.start : quantity.end]
    if is_money(before) and large and OF_WHICH.search(left):
        return replace(look_back(scene, index, before), unit=before.unit, start=-1, end=-1)
    target = TARGET.search(left)
    if target:
        return Counted(target["noun"], before.unit, -1, -1)
    if _has_own_people(scene, quantity, before):
        return None
    if not _shares_unit(scene, quantity, before):
        if is_human(scene, quantity) or leads_verb(scene, quantity):
            return None
        if RELATIVE.match(scene.low, quantity.reach):
            return None
        if read_phrase(scene, quantity.reach).pronoun:
            return None
        gapped = is_money(before) and PLURAL_GAP.search(left)
        goes_on = gapped or _goes_on(left, read_left(scene, before))
        if not goes_on and not does_equate(scene, quantity):
            return None
    own = OWN_SUM.search(left) if is_money(before) else None
    if own and own["noun"] in scene.lists.sets["sum noun"]:
        return Counted(own["noun"], before.unit, -1, -1)
    gapped = GAPPED.search(left)
    if gapped:
        own = read_phrase_before(scene, find_start(quantity) - len(gapped["at"] or ""))
        if own.span:
            return Counted(clean_phrase(scene.text, *own.span), before.unit, *own.span)
    if is_money(before):
        own = read_own_pay(scene, quantity, before)
        if own:
            return own
    found = look_back(scene, index, before)
    return replace(found, what=found.what or "same")


def _is_too_great(before, quantity):
    """Tell whether a number is no per cent: "3,870 pupils (girls 49%), up from 3,100"."""
    return before.unit == "percent" and (quantity.low or 0) > MOST_PERCENT


def _read_part_of_sum(scene, quantity, index):
    """Read "21,000 for food" in "a package worth 265,000 pesos: 21,000 for food, the rest ..."."""
    aim = PART_FOR.match(scene.low, quantity.reach)
    colon = scene.low.rfind(":", 0, quantity.start) if aim else -1
    sums = [q for q in scene.quantities[:index] if is_money(q) and q.reach <= colon]
    if not sums or scene.low[colon + 1 : colon + 2] != " ":
        return None
    own = read_phrase(scene, aim.end())
    if not own.span:
        return None
    return Counted(clean_phrase(scene.text, *own.span), sums[0].unit, *own.span)


def _has_own_people(scene, quantity, before):
    """Tell whether people are the subject of the number's own clause: "gunmen fell to 40"."""
    verb = find_verb(scene, quantity)
    if verb < 0 or scene.words[verb].start < before.reach or before.unit == "percent":
        return False
    form = scene.words[verb].form
    if form in SUMS or form in scene.lists.paid or form in scene.lists.sets["payee"]:
        return False
    subject = find_subject(scene, quantity)
    own = bool(subject.span) and subject.span[0] >= before.reach
    return own and is_person(subject.head, scene.lists)


def _goes_on(left, before):
    """Tell whether a bare number goes on from a sum or measure: "from 40 km to 25"."""
    if BY.search(before):
        return False
    same, other = SAME.search(left), SAME.search(before)
    going = GOING_ON.search(left) or PARALLEL.search(left) or GAPPED.search(left)
    return bool(going or same and other and same[1] == other[1])


def _shares_unit(scene, quantity, before):
    """Tell whether a bare number takes the unit of a sum: "Of 8 million rand, 4 million ..."."""
    after, rate = RATE.match(scene.low, quantity.reach), RATE.match(scene.low, before.reach)
    if after and rate and after[1] == rate[1]:
        return True
    opening = scene.low[: find_start(before)].strip('"“ ')
    return opening == "of" and before is scene.quantities[0] and before.unit != "percent"
