"""Find what a sum of money is paid for, held as or worth, and what a length or weight is of."""

from dataclasses import replace

from threatledger.extraction.clauses import (
    find_label,
    find_subject,
    find_verb,
    is_verb,
)
from threatledger.extraction.model import Counted
from threatledger.extraction.objects import find_object
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.paying import (
    ORIGIN,
    has_sum_noun,
    is_seized,
    read_asked,
    read_following,
    read_gapped_sum,
    read_income,
    read_paying,
    read_related,
    read_sum_noun,
)
from threatledger.extraction.phrasing import (
    Phrase,
    clean_phrase,
    read_left,
    read_phrase,
    read_phrase_before,
    skip_parenthesis,
)
from threatledger.extraction.pointing import read_reckoned, read_topped
from threatledger.extraction.readers import (
    FARTHEST,
    find_index,
    is_compared,
    is_money,
    look_back,
    read_after_colon,
    read_antecedent,
    read_caption,
    read_earlier,
    read_own_sum,
    try_readers,
)
from threatledger.extraction.sums import (
    read_carried,
    read_cost,
    read_debt,
    read_frozen,
    read_gerund,
    read_loot,
    read_need,
    read_needed,
    read_required,
    read_sold,
    read_source,
    read_taxed,
)
from threatledger.extraction.trimming import trim
from threatledger.extraction.words import (
    find_start,
    find_word,
    is_participle,
    is_person,
    is_plural,
)

BRACKET = LateRegex(r"(?:\(|,|(?<!\w)or|=|i\.e\.)\s*\Z")
TOGETHER = LateRegex(r"(?<!\w)(?:together|in all|in total|altogether|worth)\s*\Z")
RATE = LateRegex(r"\s*(?:a|an|per|each|every|apiece|monthly|yearly|annually|daily|/)(?!\w)")
PER = LateRegex(
    r"\s+(?:an?|per|each|every)\s+"
    r"(?!(?:day|week|month|year|quarter|night|season|fortnight)(?!\w))(?=[a-z])"
)
RATE_BEFORE = LateRegex(r"\s+(?:a|an|per|each|every)\s+(?:day|week|month|year)\Z")
WORTH = LateRegex(r"\s+(?:worth\s+)?of\s+(?=\S)")
IN_KIND = LateRegex(r"(?:\s+(?:an?|per|each|every)\s+\w+)?\s+in\s+(?=[a-z])")
TOWARDS = LateRegex(r"(?:\s+(?:an?|per|each|every)\s+\w+)?\s+(?:towards?|for|on)\s+(?=[a-z])")
ARTICLE = LateRegex(r"(?:the|an?|its|their|his|her)\s+")
PURPOSE = LateRegex(r"\s+for\s+(?:the\s+|an?\s+|its\s+|their\s+)?(?=[a-z])")
DESTINATION = LateRegex(r"\s+to\s+(?:the\s+|an?\s+|its\s+|their\s+)?(?=[a-z])")
GIVEN = frozenset("received given pledged provided disbursed contributed secured committed".split())
IN_ACCOUNTS = LateRegex(
    r"\s+(?:held\s|kept\s|lying\s)?(?:in|on)\s+(?:[a-z0-9-]+\s+){0,4}?(?P<accounts>accounts)\b"
)
MOVED = frozenset(("money sent", "money traced"))
PAY = LateRegex(
    r"(?<!\w)(?:paid|pay|pays|paying|spent|spend|spends|gave|gives|give|allocated|allocates"
    r"|earmarked|budgeted|(?:set|sets|put|puts|laid) aside)(?!\w)"
)
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
PASSIVE = LateRegex(
    r"\s+(?:(?:was|were|had been|has been|have been|is|are)\s+)?(?P<verb>[a-z]+)(?!\w)"
)
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
WORTHS = frozenset(("value", "worth", "total"))
WITH_A = LateRegex(r"(?<!\w)with (?:an? |the )?(?:total |combined |overall |estimated )?\Z")
GAVE = frozenset("give gives gave given giving".split())
PARCELS = frozenset("sums amounts parcels batches tranches lots portions".split())
WHERE = frozenset("in at near from to into through across inside outside for around".split())
OF_THEM = LateRegex(
    r"(?<!\w)of (?:them|these|those|which)(?: (?:is|are|was|were))?"
    r" (?:of|for|worth|at|under|below|over|above)\s*\Z"
    r"|,\s+each (?:of|for|worth|under|below|over|above)\s*\Z"
)
GOING = LateRegex(
    r"\s+(?:has |have |had )?"
    r"(?:reached|went|gone|flowed|came|come|left|passed|arrived|crossed|ended up)(?!\w)"
)
APPOSED = LateRegex(
    r",\s+(?:(?:once|now|then|today|typically|usually|currently|formerly|previously|mostly|chiefly"
    r"|mainly)\s+)?(?:(?:of|at)\s+)?\Z"
)


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


def read_priced(scene, quantity):
    """Read "$20 billion gas project", "$5 million worth of oil", "340 tonnes of food".

    Parameters
    ----------
    scene : Scene
    quantity : Quantity

    Returns
    -------
    Phrase or None
    """
    if RATE.match(scene.text, quantity.reach):
        return None
    of = WORTH.match(scene.text, quantity.reach)
    if of and quantity.unit in ("km", "km2") and scene.text[of.end()].isupper():
        return None
    return read_phrase(scene, of.end() if of else quantity.reach)


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
    if match[0].startswith("of") and left[: match.start()].rstrip().endswith(","):
        return None  # "levies on trucks in Kunar, of 10,000 afghanis"
    aside = APPOSED.search(left[: match.start()].rstrip() + " ")
    if match[0].strip() in AMOUNTING and aside:
        comma = end - len(left) + aside.start()
        apposed = read_sum_before(scene, comma)
        if apposed.span:
            return apposed  # "wages for officials in the area, worth $9 million"
        if aside[0].strip() != ",":  # "smuggling, once worth $9 million"
            return trim(scene, max(scene.low.rfind(m, 0, comma) + 1 for m in ",;:"), comma)
    shown = RATE_BEFORE.sub("", left[: match.start()].rstrip(" \t\n,"))
    at = end - len(left) + len(shown)
    found = _skip_place(scene, read_phrase_before(scene, at))
    if not found.span and match[0].strip() in AMOUNTING:
        found = _read_plural(scene.words[find_word(scene.words, at) - 1])
    if not found.span or found.head.split()[-1] in scene.lists.sets["placeholder"]:
        return None
    if found.head.split()[-1] in WORTHS and WITH_A.search(scene.low, 0, found.span[0]):
        counted = [q for q in scene.quantities[: find_index(scene, quantity)] if q.unit is None]
        if counted:
            return look_back(scene, find_index(scene, quantity), counted[-1])
    if found.head in PARCELS:
        subject = find_subject(scene, quantity)
        found = subject if has_sum_noun(scene, subject) else found
    return _add_purpose(scene, quantity, clean_phrase(scene.text, *found.span)) or found


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


def _read_bounded(scene, quantity):
    """Read "transfers below $500", "payments of over €900": the sums that a bound is set to."""
    start = find_start(quantity)
    i = find_word(scene.words, start)
    bound = BOUND.match(scene.low, start, quantity.start)
    if bound and i and scene.words[i - 1].form in PARCELS:
        word = scene.words[i - 1]
        return read_own_sum(scene, quantity) or Phrase((word.start, word.end), word.form)
    if not bound or not i or scene.words[i - 1].form not in scene.lists.sets["sum noun"]:
        return None
    return read_phrase_before(scene, scene.words[i - 1].end)


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
    rate = PERIOD.match(scene.low, quantity.reach)
    match = PASSIVE.match(
        scene.low, skip_parenthesis(scene, rate.end() if rate else quantity.reach)
    )
    if match is None:
        return None
    verb = match["verb"]
    if not is_participle(verb) and verb not in scene.lists.sets["participle"]:
        return None
    asked = read_asked(scene, quantity)
    if asked and verb in GIVEN:
        received = verb == "received" and not asked.what.endswith(" received")
        return replace(asked, what=f"{asked.what} received") if received else asked
    asked = scene.before.get("sum")
    if asked and not is_seized(verb):
        return asked
    return Counted(f"money {verb}", quantity.unit, *match.span("verb"))


def _read_going(scene, quantity):
    """Read "transfers" for "$72,000 reached Congo" after "transfers have grown"."""
    going = GOING.match(scene.low, quantity.reach)
    if going is None:
        return None
    named = read_sum_noun(scene, find_word(scene.words, quantity.reach))
    goal = DESTINATION.match(scene.low, going.end())
    receiver = read_phrase(scene, goal.end()) if goal and named is None else Phrase()
    if not receiver.span:
        return named
    shown, verb = clean_phrase(scene.text, *receiver.span), going[0].split()[-1]
    verb = {"gone": "went", "come": "came"}.get(verb, verb)
    return Counted(f"money that {verb} to {shown}", quantity.unit, *receiver.span)


def _read_in_kind(scene, quantity):
    """Read "$500 in ransom"; a place has an article: "in the markets of Hama"."""
    accounts = IN_ACCOUNTS.match(scene.low, skip_parenthesis(scene, quantity.reach))
    if accounts:
        return Phrase(accounts.span("accounts"), "accounts")
    match = IN_KIND.match(scene.text, skip_parenthesis(scene, quantity.reach))
    if match is None or TIME.match(scene.low, match.end()):
        return None
    return None if ARTICLE.match(scene.low, match.end()) else read_phrase(scene, match.end())


def _read_towards(scene, quantity):
    """Read "paid €20 million towards their upkeep"."""
    if not PAY.search(read_left(scene, quantity)):
        return None
    match = TOWARDS.match(scene.text, skip_parenthesis(scene, quantity.reach))
    if match is None or TIME.match(scene.low, match.end()):
        return None
    article = ARTICLE.match(scene.low, match.end())
    return read_phrase(scene, article.end() if article else match.end())


def _read_converted(scene, quantity):
    """Take over what the sum before is of: "45 million dinars (some $30,800)"."""
    index = find_index(scene, quantity)
    if index == 0 or not BRACKET.search(read_left(scene, quantity)):
        return None
    before = scene.quantities[index - 1]
    near = quantity.start - before.reach < 60 and is_compared(scene, quantity)
    if near and (is_money(before) or before.unit == "percent"):
        return look_back(scene, index, before)
    return None


def read_beside(scene, quantity):
    """Take over what an earlier quantity of the same sort in the sentence is of.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity

    Returns
    -------
    Counted or None
    """
    index, left = find_index(scene, quantity), read_left(scene, quantity)
    together = TOGETHER.search(left)
    if index == 0 or not (together or is_compared(scene, quantity)):
        return None
    before = scene.quantities[index - 1]
    own = _read_own_sum(scene, quantity, before)
    if own:
        return own
    if together and not is_money(before) and before.unit != "percent":
        return look_back(scene, index, before)
    for other in reversed(scene.quantities[max(0, index - FARTHEST) : index]):
        alike = {other.unit, quantity.unit} <= {"kg", "tonne"}
        if other.unit == quantity.unit or alike or is_money(other) and is_money(quantity):
            return look_back(scene, index, other)
    return None


def _read_own_sum(scene, quantity, before):
    """Read "the average transfer" in "froze $3 million, and the average transfer fell to $60"."""
    verb = find_verb(scene, quantity)
    if verb < 0 or scene.words[verb].start < before.reach:
        return None
    subject = find_subject(scene, quantity)
    return subject if has_sum_noun(scene, subject) and subject.span[0] > before.end else None


def _read_paid(scene, quantity):
    """Read the subject of a sum, unless somebody only names the sum: "a State considered $5 m"."""
    verb = find_verb(scene, quantity)
    form = scene.words[verb].form if verb >= 0 else ""
    if form in scene.lists.sets["naming"]:
        return _read_gift(scene, quantity, form) or Phrase(pronoun=True)
    subject = find_subject(scene, quantity)
    origin = read_income(scene, quantity, form, subject) or read_related(scene, verb, subject)
    if origin:
        return origin
    if form not in scene.lists.paid:
        return subject if subject.span else _add_purpose(scene, quantity, "amount") or subject
    noun = scene.lists.paid[form]
    if subject.span and scene.low.startswith(" in ", scene.words[verb].end) and form in TAKING:
        return Counted(
            f"takings of {clean_phrase(scene.text, *subject.span)}", quantity.unit, *subject.span
        )
    origin = ORIGIN.match(scene.low, skip_parenthesis(scene, quantity.reach))
    source = read_phrase(scene, origin.end()) if origin else Phrase()
    if source.span:
        what = f"{noun} from {clean_phrase(scene.text, *source.span)}"
        return Counted(what, quantity.unit, *source.span)
    reach = skip_parenthesis(scene, quantity.reach)
    goal, into = DESTINATION.match(scene.low, reach), INTO.match(scene.low, reach)
    receiver = read_phrase(scene, into.end()) if into else Phrase()
    if receiver.span:
        what = f"{noun} into {clean_phrase(scene.text, *receiver.span)}"
        return Counted(what, quantity.unit, *receiver.span)
    if goal and noun.startswith("money"):
        receiver = read_phrase(scene, goal.end())
    elif goal and noun == "payment":
        receiver = _read_receivers(scene, goal.end())
    if receiver.span:
        what = f"{noun} to {clean_phrase(scene.text, *receiver.span)}"
        return Counted(what, quantity.unit, *receiver.span)
    each = _read_per(scene, quantity) if noun == "payment" else None
    if each:
        return Counted(
            f"payment per {clean_phrase(scene.text, *each.span)}", quantity.unit, *each.span
        )
    if noun == "money received" and RELIEVED.search(read_left(scene, quantity)):
        return Counted("cash received", quantity.unit, -1, -1)
    by = f" by {clean_phrase(scene.text, *subject.span)}" if subject.span else ""
    return Counted(noun + by, quantity.unit, *(subject.span or (-1, -1)))


def _read_gift(scene, quantity, form):
    """Read "gave $50 a month to 2,100 women" as money given to them."""
    rate = PERIOD.match(scene.low, quantity.reach)
    reach = skip_parenthesis(scene, rate.end() if rate else quantity.reach)
    goal = GIFT_TO.match(scene.low, reach) if form in GAVE else None
    people = _read_receivers(scene, goal.end()) if goal else Phrase()
    if not people.span:
        return None
    return Counted(
        f"money given to {clean_phrase(scene.text, *people.span)}", quantity.unit, *people.span
    )


def _read_receivers(scene, start):
    """Read "bereaved families" in "paid a million rupees to each of 190 bereaved families"."""
    each = EACH.match(scene.low, start)
    at = each.end() if each else start
    at = next((q.reach for q in scene.quantities if find_start(q) == at), at)
    found = read_phrase(scene, at)
    people = found.span and is_person(found.head, scene.lists)
    return found if people or found.span and found.head.split()[-1] in HOMES else Phrase()


def _read_share_of(scene, quantity):
    """Read "funding" for the sum in "Funding: 37% of US$ 512 million": what the share is of."""
    index = find_index(scene, quantity)
    before = scene.quantities[index - 1] if index else None
    label = find_label(scene, before) if before and before.unit == "percent" else Phrase()
    gap = scene.low[before.reach : find_start(quantity)].split() if label.span else []
    return label if gap[:1] == ["of"] and len(gap) < 3 else None


def _read_of_them(scene, quantity):
    """Read "63 wires, most of them of under $500": the things counted before are what it values."""
    if not OF_THEM.search(read_left(scene, quantity)):
        return None
    index = find_index(scene, quantity)
    for other in reversed(scene.quantities[max(0, index - FARTHEST) : index]):
        if other.unit is None:
            return look_back(scene, index, other)
    return scene.before.get("number")


def _read_apposed(scene, quantity):
    """Read "levies" in "levies on trucks, of 10,000 afghanis" and "wages, once $400"."""
    match = APPOSED.search(read_left(scene, quantity))
    if match is None:
        return None
    return read_sum_before(scene, find_start(quantity) - len(match[0]))


def read_sum_before(scene, end):
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


def _read_per(scene, quantity):
    """Read "a lorry" in "at $1,500 a lorry": what the price is of."""
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


VALUING = (
    read_after_colon,
    read_priced,
    read_lead,
    _read_bounded,
    read_topped,
    read_needed,
    read_required,
    read_sold,
    read_taxed,
    read_cost,
    read_frozen,
    _read_in_kind,
    read_debt,
    read_gerund,
    _read_converted,
    read_antecedent,
    _read_of_them,
    _read_share_of,
    read_reckoned,
    _read_apposed,
    read_gapped_sum,
    read_following,
    read_need,
    read_source,
    read_loot,
    read_paying,
    _read_going,
    _read_passive,
    read_carried,
    find_label,
    find_object,
    _read_towards,
    read_beside,
    _read_paid,
    _read_per,
    read_own_sum,
    read_caption,
    read_earlier,
)
