"""Read what qualifies a number: "up to", "at least", "roughly", "an estimated", "or more"."""

import re

from threatledger.extraction.grammar import SPACE
from threatledger.extraction.patterns import LateRegex

WORD = re.compile(r"\S+")
LOOSE = "“”\"'(*_["
FILLERS = frozenset(("a", "an", "even"))
WINDOW = 64  # characters before a number in which its qualifiers stand
BETWEEN = LateRegex(r"(?<!\w)between\s+[“\"]?\\?\Z")
ENDING_BETWEEN = LateRegex(r"\s*between$", re.IGNORECASE)
LATE = re.compile(
    rf"(?:{SPACE}+[^\W\d_][\w'-]*){{1,3}}?{SPACE}+"
    r"(or (?:more|fewer|less|so)|at (?:the )?(?:most|least)(?=\s*(?:[,.;:)]|$|where|in|on)))(?!\w)"
)
ESTIMATE = LateRegex(r"(?<!\w)estimat(?:e|es|ed|ing|ion|ions)(?!\w)")
LATE_ESTIMATE = LateRegex(
    rf"{SPACE}*[(,]{SPACE}*(?:estimated|estimate|est\.|it is estimated)(?!\w)"
)
TAIL_ESTIMATE = LateRegex(r",\s+(?:[\w'-]+\s+){1,5}estimate[sd]?\W*\Z")
CLOSED = LateRegex(r"[;:]|(?<!\w)(?:who|whom|which|whose|while|whereas|but|although|though)(?!\w)")
INSIDE = LateRegex(rf"(?<!\w)(?:in|across|within|over|from|for|of|by){SPACE}+\Z")
# "the number of pupils has passed 700"; not "the road passed 12 villages"
PASSED = LateRegex(
    r"(?<!\w)(?:numbers?|totals?|tolls?|count|population|membership|strength|caseload)(?!\w)[^.;:,]{0,60}?"
    r"\s(?:passed|gone\s+past)\s+\Z"
)
COORDINATED = LateRegex(
    rf"{SPACE}+(?:dead|killed|wounded|injured|hurt|missing|arrested|detained|freed){SPACE}+and{SPACE}+"
)
WEIGHT = {"at_least": 2, "more_than": 2, "at_most": 2, "less_than": 2, "about": 1, "exact": 0}
GOING = frozenset(
    "go goes going gone went climbed climbs jumped jumps shot crept inched edged rose risen moved"
    " driven pushed brought taken took put puts crawled walked bumped ratcheted".split()
)
# "no payment was larger than", "none of them has killed more than"
NEGATIVE = LateRegex(
    r"(?:^[\s“\"]*|[,;:—]\s+|(?<!\w)(?:and|but|that|so|because)\s+)"
    r"(?:no|none|neither|nobody|nothing|no one|not one)"
    r"(?:\s+(?!(?:that|who|which|doubts?|denie[sd]|disputes?|fewer|less|more|smaller|larger|longer"
    r"|higher|lower|evidence|sign|after|since|from|despite)(?!\w))[\w'’-]+){1,7}?\s+\Z"
)
AFTER_VERB = frozenset("in of on at for from with by to after despite since when where".split())
REVERSED = {"more_than": "at_most", "less_than": "at_least"}
PREPOSITIONS = frozenset("in of on at for from with by to who that which were was are is".split())


def qualify(text, low, quantities, grammar):
    """Set relation, bounds and hedge of quantities from the words around them.

    Parameters
    ----------
    text, low : str
        The sentence, as it stands and folded.
    quantities : list of Quantity
        In order, each still with the relation of its bare number.
    grammar : Grammar

    Returns
    -------
    list of Quantity
        The same objects.
    """
    for quantity in quantities:
        relation, start = _read_before(low, quantity.start, grammar)
        if quantity.relation == "range":
            relation, start = _read_between(low, relation, start, grammar)
        if relation is None and _is_passed(low, start):
            relation = "more_than"
        after, reach = _read_after(low, quantity, grammar)
        if WEIGHT.get(after, 0) > WEIGHT.get(relation, 0):
            relation = after
        if relation in REVERSED and _is_negated(low, start):
            relation = REVERSED[relation]
        _set_relation(quantity, relation)
        _set_hedge(text, quantity, start, reach)
    _spread(low, quantities)
    if "estimat" in low and ESTIMATE.search(low):
        _apply_estimates(text, low, quantities)
    return quantities


def _is_passed(low, start):
    """Tell whether a number is one that a count has passed."""
    if not low[max(0, start - 7) : start].strip().endswith(("passed", "past")):
        return False
    return PASSED.search(low, max(0, start - 110), start) is not None


def _is_negated(low, start):
    """Tell whether a bound is denied of the subject: "no payment was larger than"."""
    found = NEGATIVE.search(low, max(0, start - 90), start)
    return bool(found) and found[0].split()[-1] not in AFTER_VERB


def _set_relation(quantity, relation):
    """Give a quantity its relation and open the side that the relation leaves open."""
    if relation in (None, "exact"):
        return
    ends = quantity.relation == "range"
    if ends and relation == "about" or quantity.relation == "vague":
        return
    quantity.relation = relation
    if ends:
        return
    if relation in ("at_least", "more_than"):
        quantity.high = None
    elif relation in ("at_most", "less_than"):
        quantity.low = None


def _set_hedge(text, quantity, start, reach):
    """Keep the qualifying words as written."""
    words = []
    if start < quantity.start:
        shown = text[start : quantity.start].strip(LOOSE + " \t\r\n\\")
        words.append(ENDING_BETWEEN.sub("", shown))
        quantity.hedge_start = start
    if reach > quantity.reach:
        words.append(text[quantity.reach : reach].strip())
        quantity.reach = reach
    quantity.hedge = " ".join(" ".join(words).split())


def _read_before(low, start, grammar):
    """Return the strongest relation of the qualifiers before a number, and where they begin."""
    relation, begin = None, start
    last = low[max(0, start - WINDOW) : start].rsplit(None, 1)[-1:]
    if not last or not _may_qualify(last[0].strip(LOOSE + "\\"), grammar):
        return relation, begin
    words = list(WORD.finditer(low, max(0, start - WINDOW), start))
    while words:
        if _is_filler(words[-1]) and len(words) > 1:
            size, found = _find_qualifier(words[:-1], grammar)
            size += bool(size)
        else:
            size, found = _find_qualifier(words, grammar)
        if not size or _is_phrasal(words, size, grammar):
            break
        if relation is None or WEIGHT[found] >= WEIGHT[relation]:
            relation = found
        begin = words[-size].start() + _count_loose(words[-size][0])
        words = words[:-size]
    return relation, begin


def _may_qualify(word, grammar):
    """Tell whether a word right before a number may end a qualifier, or only fill in."""
    return word in grammar.last_words or word in FILLERS or not word


def _read_between(low, relation, start, grammar):
    """Read on before "between": what stands there qualifies the range."""
    between = BETWEEN.search(low, max(0, start - 12), start)
    if between is None:
        return relation, start
    outer, begin = _read_before(low, between.start(), grammar)
    return (outer or relation), begin


def _is_phrasal(words, size, grammar):
    """Tell whether "over" belongs to the verb before it: "handed over 5 per cent"."""
    if size == 2 and len(words) > 2 and words[-2][0] == "up" and words[-1][0] == "to":
        return words[-3][0].strip(LOOSE) in GOING
    if size != 1 or len(words) < 2 or words[-1][0].strip(LOOSE) != "over":
        return False
    return words[-2][0].strip(LOOSE) in grammar.phrasal


def _is_filler(word):
    return word[0].strip(LOOSE + "\\") in FILLERS or not word[0].strip(LOOSE + "\\")


def _count_loose(word):
    return len(word) - len(word.lstrip(LOOSE))


def _find_qualifier(words, grammar):
    """Return how many of the last words are a qualifier, and its relation."""
    if words[-1][0].strip(LOOSE + "\\") not in grammar.last_words:
        return 0, None
    shown = [word[0].strip(LOOSE + "\\") for word in words[-grammar.longest :]]
    for size in range(len(shown), 0, -1):
        relation = grammar.before.get(" ".join(shown[-size:]))
        if relation:
            return size, relation
    return 0, None


def _read_after(low, quantity, grammar):
    """Return the relation of a trailing qualifier ("or more"), and where it ends."""
    match = grammar.trailing.match(low, quantity.reach)
    if match:
        return grammar.after[match["words"]], match.end()
    late = LATE.match(low, quantity.reach)
    if late and not (PREPOSITIONS | {"and", "has"}) & set(
        low[late.start() : late.start(1)].split()
    ):
        return grammar.after[late[1]], quantity.reach
    return None, quantity.reach


def _spread(low, quantities):
    """Let a qualifier hold for a bare number after "and": "at least nine dead and 17 hurt"."""
    for before, after in zip(quantities, quantities[1:], strict=False):
        if before.relation not in WEIGHT or after.relation != "exact" or after.hedge:
            continue
        if before.unit != after.unit or not before.hedge or before.relation == "exact":
            continue
        if COORDINATED.fullmatch(low, before.reach, after.start):
            _set_relation(after, before.relation)


def _apply_estimates(text, low, quantities):
    """Make a bare single value "about" where an estimate governs its clause."""
    for index, quantity in enumerate(quantities):
        if quantity.relation != "exact":
            continue
        tail = TAIL_ESTIMATE.search(low, quantity.reach)
        if LATE_ESTIMATE.match(low, quantity.reach) or tail and quantity is quantities[0]:
            quantity.relation = "about"
        elif _is_estimated(low, quantities, index):
            quantity.relation = "about"
            quantity.hedge = quantity.hedge or "estimated"


def _is_estimated(low, quantities, index):
    """Tell whether an estimate before a number governs it."""
    quantity = quantities[index]
    marks = ESTIMATE.finditer(low, 0, quantity.start)
    mark = max(marks, key=lambda match: match.end(), default=None)
    if mark is None or CLOSED.search(low, mark.end(), quantity.start):
        return False
    if INSIDE.search(low, 0, quantity.start):
        return False
    between = [q for q in quantities[:index] if q.start > mark.end()]
    if not between:
        return True
    last = between[-1]
    joined = re.search(rf",?{SPACE}and{SPACE}\Z", low[last.reach : quantity.start])
    return last.hedge == "estimated" and bool(joined) and last.unit == quantity.unit
