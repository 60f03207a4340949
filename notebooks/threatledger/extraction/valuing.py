"""Find what a sum of money is paid for, held as or worth, and what a length or weight is of."""

from dataclasses import replace

from threatledger.extraction.clauses import find_subject
from threatledger.extraction.colons import find_label
from threatledger.extraction.model import Counted
from threatledger.extraction.objects import find_object
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.paying import (
    has_sum_noun,
    is_seized,
    read_asked,
    read_following,
    read_gapped_sum,
    read_paying,
    read_sum_noun,
)
from threatledger.extraction.payments import DESTINATION, PERIOD, read_paid, read_per
from threatledger.extraction.phrasing import (
    Phrase,
    read_left,
    read_phrase,
    skip_parenthesis,
)
from threatledger.extraction.pointing import read_reckoned, read_topped
from threatledger.extraction.readers import (
    FARTHEST,
    find_index,
    is_compared,
    is_money,
    look_back,
    name_sum,
    read_after_colon,
    read_antecedent,
    read_caption,
    read_earlier,
    read_own_sum,
    try_readers,
)
from threatledger.extraction.sum_leads import (
    TIME,
    read_apposed,
    read_bounded,
    read_lead,
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
from threatledger.extraction.verbs import find_verb
from threatledger.extraction.words import (
    find_start,
    find_word,
    is_participle,
)

BRACKET = LateRegex(r"(?:\(|,|(?<!\w)or|=|i\.e\.)\s*\Z")
TOGETHER = LateRegex(r"(?<!\w)(?:together|in all|in total|altogether|worth)\s*\Z")
RATE = LateRegex(r"\s*(?:a|an|per|each|every|apiece|monthly|yearly|annually|daily|/)(?!\w)")
WORTH = LateRegex(r"\s+(?:worth\s+)?of\s+(?=\S)")
IN_KIND = LateRegex(r"(?:\s+(?:an?|per|each|every)\s+\w+)?\s+in\s+(?=[a-z])")
TOWARDS = LateRegex(r"(?:\s+(?:an?|per|each|every)\s+\w+)?\s+(?:towards?|for|on)\s+(?=[a-z])")
ARTICLE = LateRegex(r"(?:the|an?|its|their|his|her)\s+")
GIVEN = frozenset("received given pledged provided disbursed contributed secured committed".split())
IN_ACCOUNTS = LateRegex(
    r"\s+(?:held\s|kept\s|lying\s)?(?:in|on)\s+(?:[a-z0-9-]+\s+){0,4}?(?P<accounts>accounts)\b"
)
PAY = LateRegex(
    r"(?<!\w)(?:paid|pay|pays|paying|spent|spend|spends|gave|gives|give|allocated|allocates"
    r"|earmarked|budgeted|(?:set|sets|put|puts|laid) aside)(?!\w)"
)
PASSIVE = LateRegex(
    r"\s+(?:(?:was|were|had been|has been|have been|is|are)\s+)?(?P<verb>[a-z]+)(?!\w)"
)
OF_THEM = LateRegex(
    r"(?<!\w)of (?:them|these|those|which)(?: (?:is|are|was|were))?"
    r" (?:of|for|worth|at|under|below|over|above)\s*\Z"
    r"|,\s+(?:none|most|many|some|all|half)\s+of\s+(?:them|these|which)\s*\Z"
    r"|,\s+each (?:of|for|worth|under|below|over|above)\s*\Z"
)
OF_WHICH = LateRegex(r",\s+of\s+which\s+\Z")
PAID_OUT = LateRegex(r"\s+(?:(?:has|have|had)\s+been|was|were|is)\s+(?:paid|made|sent|moved)(?!\w)")
GOING = LateRegex(
    r"\s+(?:has |have |had )?"
    r"(?:reached|went|gone|flowed|came|come|left|passed|arrived|crossed|ended up)(?!\w)"
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
    verb = going[0].split()[-1]
    verb = {"gone": "went", "come": "came"}.get(verb, verb)
    return name_sum(scene, quantity.unit, f"money that {verb} to", receiver)


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


def _read_share_of(scene, quantity):
    """Read "funding" for the sum in "Funding: 37% of US$ 512 million": what the share is of."""
    index = find_index(scene, quantity)
    before = scene.quantities[index - 1] if index else None
    label = find_label(scene, before) if before and before.unit == "percent" else Phrase()
    gap = scene.low[before.reach : find_start(quantity)].split() if label.span else []
    return label if gap[:1] == ["of"] and len(gap) < 3 else None


def _read_of_which(scene, quantity):
    """Read "ransoms" in "ransoms came to $125 million, of which $66 million was paid in 2013"."""
    index = find_index(scene, quantity)
    before = scene.quantities[index - 1] if index else None
    if before is None or not is_money(before) or not OF_WHICH.search(read_left(scene, quantity)):
        return None
    if not PAID_OUT.match(scene.low, quantity.reach):
        return None
    return look_back(scene, index, before)


def _read_of_them(scene, quantity):
    """Read "63 wires, most of them of under $500": the things counted before are what it values."""
    if not OF_THEM.search(read_left(scene, quantity)):
        return None
    index = find_index(scene, quantity)
    for other in reversed(scene.quantities[max(0, index - FARTHEST) : index]):
        if other.unit is None:
            return look_back(scene, index, other)
    return scene.before.get("number")


VALUING = (
    read_after_colon,
    read_priced,
    read_lead,
    read_bounded,
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
    _read_of_which,
    _read_of_them,
    _read_share_of,
    read_reckoned,
    read_apposed,
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
    read_paid,
    read_per,
    read_own_sum,
    read_caption,
    read_earlier,
)
