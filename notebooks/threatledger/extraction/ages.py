"""Tell numbers that are somebody's age: "aged 44", "children under 5", "Name, 44,"."""

from threatledger.extraction.grammar import SPACE
from threatledger.extraction.labels import may_name
from threatledger.extraction.patterns import LateRegex

YOUNGER = LateRegex(
    r"(?<!\w)(?:younger|older) than\s+(?:just\s+|about\s+)?\Z|under the age of\s+\Z"
)
UNDER_AGE = LateRegex(
    rf"(?P<who>[\w'-]+){SPACE}+(?P<be>(?:is|are|were|was){SPACE})?"
    rf"(?:not{SPACE}yet|under|over|below|above|older{SPACE}than|younger{SPACE}than){SPACE}+"
    rf"(?:the{SPACE}age{SPACE}of{SPACE}+)?\Z"
)
THE_YOUNG = frozenset(
    "children girls boys minors adolescents youths teenagers pupils people those persons men women"
    " residents child anyone nobody everyone students recruits whom them aged".split()
)
OF_YOUNG = LateRegex(r"(?<!\w)(?:children|boys|girls|minors|pupils|babies|infants)(?!\w)")
AGED_AT = LateRegex(
    r"(?<!\w)(?:recruited|married|enlisted|orphaned|abducted|conscripted|enrolled|widowed|kidnapped"
    r"|(?:joined|left|died|started|began|fled)(?:\s+\w+)?)\s+at\s+(?:just\s+|only\s+|about\s+)?\Z"
)
CELL_UNDER = LateRegex(r"(?:\||\t|\s{2})\s*(?:under|over|aged)\s+\Z")
CELL_END = LateRegex(r"\s*(?:\||\t|\n|$|\s{2})")
SHARE_UNDER = LateRegex(
    rf"(?:%|per{SPACE}cent|percent|half|quarters?|thirds?){SPACE}+(?:(?:are|is|were|was){SPACE}+)?"
    rf"(?:aged{SPACE}+)?(?:under|below|over){SPACE}+(?:the{SPACE}age{SPACE}of{SPACE}+)?\Z"
)
AVERAGE_AGE = LateRegex(r"(?:average|mean|median) age[^.;:]*\Z")
# The words that ``AGED_ONE``, ``YOUNG`` and ``UNDER_AGE`` end with, right before the number.
AGE_LEADS = tuple("of just about between from yet under over below above than".split())
AGED_ONE = LateRegex(
    r"(?<!\w)(?:an?|the|one|his|her|another)\s+(?:[\w-]+\s+)?(?:girl|boy|man|woman|child|youth|teenager"
    r"|student|son|daughter|infant|baby|toddler|widow|widower)\s+of\s+(?:just\s+|about\s+)?\Z"
)
YOUNG = LateRegex(
    r"(?:children|girls|boys|minors|youths|teenagers|pupils|those|people|men|women)\s+(?:between|from|of)"
    r"\s+\Z"
)
NAMED_AGE = LateRegex(r"[A-ZÀ-ÖØ-Þ][\w'’-]+, ?(?:now |then |just |only )?\Z")
OWNER_AGE = LateRegex(
    r"(?<!\w)(?:the|an?|his|her)\s+(?:[\w-]+\s+)?(?:[a-z]+(?:er|or|ist|man|woman|girl|boy|son|wife|ant|ent"
    r"|ian|ee)), ?\Z"
)
NEXT_NOUN = LateRegex(
    rf"{SPACE}+(?!(?:and|or|but|in|on|at|of|to|by|for|from|with|was|were|is|are|who|when|while|after|before"
    rf"|because|as|if|had|has|have|[a-z]{{2,}}ed)(?!\w))[a-z]+"
)
PLURAL_NEXT = LateRegex(
    rf"{SPACE}+(?!(?:has|is|was|does|makes|accounts|remains)(?!\w))[a-z]{{3,}}s(?!\w)"
)
# "Saidmurod was 19 when", "he is 24."
GROWN = LateRegex(
    r"(?:(?<!\w)(?:[Hh]e|[Ss]he|who|I)|(?<![\w.])[A-ZÀ-ÖØ-Þ][a-zà-öø-þ’'-]+)\s+"
    r"(?P<be>was|is|turned|am)\s+(?:just\s+|only\s+|about\s+|barely\s+)?\Z"
)
AGED_WHEN = LateRegex(
    r"\s*(?:when\s|at\s+the\s+time|[.,;]|and\s+(?:had|has|a|an|the|lives|lived|unmarried)\s|$)"
)


def is_age(text, low, term, grammar):
    """Tell whether a number is an age.

    Parameters
    ----------
    text, low : str
        The sentence, as it stands and folded.
    term : Term
    grammar : Grammar

    Returns
    -------
    bool
    """
    for decide in DECIDING:
        decided = decide(text, low, term, grammar)
        if decided is not None:
            return decided
    return False


def _is_younger(text, low, term, grammar):
    """Decide on "younger than 18", "under the age of 5"."""
    lead = low[max(0, term.start - 6) : term.start]
    is_lead = "than " in lead or " of " in lead
    if not is_lead or not YOUNGER.search(low, max(0, term.start - 24), term.start):
        return None
    return None if NEXT_NOUN.match(low, term.reach) else term.low < 100


def _is_aged(text, low, term, grammar):
    """Decide on "aged 44" and the other leads of the codebook."""
    if not may_name(low, term.start, grammar):
        return None
    return grammar.ages.search(low, max(0, term.start - 24), term.start) is not None or None


def _is_spelt_under(text, low, term, grammar):
    """Decide on "boys under twelve"."""
    start = term.start
    if term.low > 18 or low[max(0, start - 6) : start] != "under " or not low[start].isalpha():
        return None
    young = UNDER_AGE.search(low, max(0, start - 48), start)
    if not young or NEXT_NOUN.match(low, term.reach):
        return None
    is_young = young["who"] in THE_YOUNG or young["be"] and OF_YOUNG.search(low, 0, start)
    return True if is_young else None


def _is_aged_at(text, low, term, grammar):
    """Decide on "recruited at thirteen"."""
    if not 5 <= term.low <= 25 or not AGED_AT.search(low, max(0, term.start - 30), term.start):
        return None
    return NEXT_NOUN.match(low, term.reach) is None


def _is_cell(text, low, term, grammar):
    """Decide on the head of a column: "| Under 18 |"."""
    if term.low > 25 or not CELL_UNDER.search(low, max(0, term.start - 16), term.start):
        return None
    return CELL_END.match(low, term.reach) is not None


def _is_of_share(text, low, term, grammar):
    """Decide on "64% under 18"."""
    if term.low > 25 or not SHARE_UNDER.search(low, max(0, term.start - 30), term.start):
        return None
    return NEXT_NOUN.match(low, term.reach) is None


def _is_too_great(text, low, term, grammar):
    """Decide that words, fractions and what nobody lives to are no age."""
    is_plain = all(numeral.figures and numeral.plain for numeral in term.numerals)
    return None if term.low <= 120 and is_plain else False


def _is_average(text, low, term, grammar):
    """Decide on "an average age of 27"."""
    first = max(0, term.start - 90)
    if low.find(" age", first, term.start) < 0:
        return None
    return True if AVERAGE_AGE.search(low, first, term.start) else None


def _is_led(text, low, term, grammar):
    """Decide on "a girl of 14" and "children between 8 and 14"."""
    start = term.start
    if not low[max(0, start - 24) : start].rstrip().endswith(AGE_LEADS):
        return None
    if AGED_ONE.search(low, max(0, start - 40), start):
        return term.low < 100
    is_young = YOUNG.search(low, max(0, start - 30), start) and len(term.parts) > 1
    return True if is_young and term.high <= 25 and not NEXT_NOUN.match(low, term.reach) else None


def _is_grown(text, low, term, grammar):
    """Decide on what is said of one person by name or pronoun: "Saidmurod was 19 when"."""
    if len(term.parts) > 1 or not 5 <= term.low < 100:
        return None
    found = GROWN.search(text, max(0, term.start - 40), term.start)
    if not found or not AGED_WHEN.match(low, term.reach):
        return None
    if found[0].split()[0].lower() in ("he", "she", "who", "i"):
        return True
    return low.startswith((" when", " at the time"), term.reach) or None


def _is_apposed(text, low, term, grammar):
    """Decide on "Name, 44," and "the teacher, 44,"."""
    closing = low[term.reach : term.reach + 1]
    if len(term.parts) > 1 or not 10 <= term.low < 100 or closing not in (",", ".", "”", ""):
        return None
    if NAMED_AGE.search(text, max(0, term.start - 24), term.start):
        return True
    owner = closing == "," and OWNER_AGE.search(low, max(0, term.start - 40), term.start)
    return True if owner else None


def _is_under(text, low, term, grammar):
    """Decide on "children under 5", "those not yet 18"."""
    start, end = term.start, term.reach
    if not low[max(0, start - 24) : start].rstrip().endswith(AGE_LEADS):
        return None
    under = UNDER_AGE.search(low, max(0, start - 48), start)
    if not under:
        return None
    if under["who"] in THE_YOUNG and term.low <= 25 and not PLURAL_NEXT.match(low, end):
        return True
    if NEXT_NOUN.match(low, end):
        return False
    if under["be"]:
        return term.low <= 100
    return term.low <= 25 and under["who"].endswith(("s", "ren", "en", "one", "people"))


# In this order; the first that decides is followed.
DECIDING = (
    _is_younger,
    _is_aged,
    _is_spelt_under,
    _is_aged_at,
    _is_cell,
    _is_of_share,
    _is_too_great,
    _is_average,
    _is_led,
    _is_grown,
    _is_apposed,
    _is_under,
)
