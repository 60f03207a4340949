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
from threatledger.extraction.pointing import read_reckoned
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
    try_readers,
)
from threatledger.extraction.trimming import trim
from threatledger.extraction.words import find_start, find_word, is_participle, is_plural

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
    r"(?<!\w)(?:paid|pay|pays|paying|spent|spend|spends|gave|gives|give|allocated)(?!\w)"
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
OF_THEM = LateRegex(
    r"(?<!\w)of (?:them|these|those|which)(?: (?:is|are|was|were))?"
    r" (?:of|for|worth|at|under|below|over|above)\s*\Z"
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
    if match is None:
        return None
    if match[0].startswith("of") and left[: match.start()].rstrip().endswith(","):
        return None  # "levies on trucks in Kunar, of 10,000 afghanis"
    if match[0].strip() in AMOUNTING and left[: match.start()].rstrip().endswith(","):
        apposed = read_sum_before(scene, end - len(left) + match.start())
        if apposed.span:
            return apposed  # "wages for officials in the area, worth $9 million"
    shown = RATE_BEFORE.sub("", left[: match.start()].rstrip(" \t\n,"))
    at = end - len(left) + len(shown)
    found = read_phrase_before(scene, at)
    if not found.span and match[0].strip() in AMOUNTING:
        found = _read_plural(scene.words[find_word(scene.words, at) - 1])
    if not found.span or found.head.split()[-1] in scene.lists.sets["placeholder"]:
        return None
    return _add_purpose(scene, quantity, clean_phrase(scene.text, *found.span)) or found


def _read_plural(word):
    """Read a plural that is mostly a verb: "froze accounts worth $3 million"."""
    named = is_plural(word.form) and word.kind in ("noun", "verb")
    return Phrase((word.start, word.end), word.form) if named else Phrase()


def _read_bounded(scene, quantity):
    """Read "transfers below $500", "payments of over €900": the sums that a bound is set to."""
    start = find_start(quantity)
    i = find_word(scene.words, start)
    bound = BOUND.match(scene.low, start, quantity.start)
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
    match = PASSIVE.match(scene.low, skip_parenthesis(scene, quantity.reach))
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
    if not GOING.match(scene.low, quantity.reach):
        return None
    first = find_word(scene.words, quantity.reach)
    return read_sum_noun(scene, first)


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
    if together and before.unit is None:
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
        return Phrase(pronoun=True)
    subject = find_subject(scene, quantity)
    origin = read_income(scene, quantity, form, subject) or read_related(scene, verb, subject)
    if origin:
        return origin
    if form not in scene.lists.paid:
        return subject if subject.span else _add_purpose(scene, quantity, "amount") or subject
    noun = scene.lists.paid[form]
    origin = ORIGIN.match(scene.low, skip_parenthesis(scene, quantity.reach))
    source = read_phrase(scene, origin.end()) if origin else Phrase()
    if source.span:
        what = f"{noun} from {clean_phrase(scene.text, *source.span)}"
        return Counted(what, quantity.unit, *source.span)
    goal = DESTINATION.match(scene.low, skip_parenthesis(scene, quantity.reach))
    receiver = read_phrase(scene, goal.end()) if goal and noun in MOVED else Phrase()
    if receiver.span:
        what = f"{noun} to {clean_phrase(scene.text, *receiver.span)}"
        return Counted(what, quantity.unit, *receiver.span)
    by = f" by {clean_phrase(scene.text, *subject.span)}" if subject.span else ""
    return Counted(noun + by, quantity.unit, *(subject.span or (-1, -1)))


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
    return found if found.span and found.head not in units and not found.pronoun else None


VALUING = (
    read_after_colon,
    read_priced,
    read_lead,
    _read_bounded,
    _read_in_kind,
    _read_converted,
    read_antecedent,
    _read_of_them,
    read_reckoned,
    _read_apposed,
    read_gapped_sum,
    read_following,
    read_paying,
    _read_going,
    _read_passive,
    find_label,
    find_object,
    _read_towards,
    read_beside,
    _read_paid,
    _read_per,
    read_caption,
    read_earlier,
)
