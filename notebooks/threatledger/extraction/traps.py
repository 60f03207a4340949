"""Tell numbers that are no quantities: durations, ages, years, multiples, articles."""

import re

from threatledger.extraction.ages import is_age
from threatledger.extraction.grammar import SPACE
from threatledger.extraction.labels import CONNECTOR, NEXT_WORD
from threatledger.extraction.patterns import LateRegex

RATIO_TO = re.compile(rf"{SPACE}to{SPACE}one(?!\w)")
CLITIC = re.compile(r"-(?=[^\W\d_])")
HEADED = LateRegex(
    r"-(?:strong|members?|man|men|woman|women|persons?|people|seat|bed|odd|plus|some|barrel"
    r"|troops?|soldiers?|fighters?|vehicles?|trucks?)(?!\w)"
)
HOUR = LateRegex(
    r"(?<!\w)(?:open|close|start|begin|end|finish|shut|leave|arrive|wake|gather|meet)(?:s|es|ed|d|ing)?"
    r"\s+(?:again\s+)?(?:at|before|by|after|until|around|about)\s+\Z"
)
HOUR_END = LateRegex(
    r"\s*(?:[.,;:”\"]|$|(?:and|or|in\s+the|at\s+night|sharp|every|each|on|while|because|but)(?!\w))"
)
STEADY_QUALIFIER = LateRegex(
    r"(?<!\w)(?:more than|less than|fewer than|at least|at most|some|roughly|approximately|nearly"
    r"|almost|an estimated|as many as|up to|total of|upwards of|in excess of|close to)\s+\Z"
)
AGAINST = LateRegex(rf"(?<!\w)(?:with|to|against|than|from){SPACE}+\Z")
OFTEN = LateRegex(
    rf"{SPACE}+times(?={SPACE}*(?:[.,;]|$|(?:in|since|between|during|last|this|over|against|compared"
    rf"|within|from|by|and|on)(?!\w)))"
)
DONE = LateRegex(
    rf"(?<!\w)(?!(?:increas|multipli|expand|enlarg|rais|inflat|jump|soar|doubl|tripl|halv)ed)"
    rf"(?:[a-z]{{3,}}ed|fought|struck|hit|met|shot){SPACE}+(?:(?:at|least|more|than|some|about|only)"
    rf"{SPACE}+){{0,3}}\Z"
)
ONE_ALONE = LateRegex(rf"(?<!\w)(?:only|just|least|than|exactly|precisely|but){SPACE}+\Z")
THE_ONLY = LateRegex(rf"(?<!\w)the{SPACE}only{SPACE}+\Z")
ONE_OF = LateRegex(
    rf"{SPACE}*(?:of(?!\w)|another|day(?!\w)|side|hand|such|that|who|which|thing|way|time|year"
    rf"|month|week|or{SPACE}more|reason|occasion|by{SPACE}one|after{SPACE}another|'s)|-"
)
ONE_THEN = LateRegex(
    rf"{SPACE}+(?:[\w'-]+{SPACE}+){{0,5}}?(?:[\w'-]+,{SPACE}+(?:and{SPACE}+|against{SPACE}+)?"
    rf"|(?:and|against){SPACE}+)(?:[\w'-]+{SPACE}+){{0,2}}\Z"
)
SPEAKER = LateRegex(
    rf"{SPACE}+(?:[\w-]+{SPACE}+){{0,2}}?(?:states?|sources?|officials?|reports?|experts?|analysts?|observers?"
    rf"|assessments?|estimates?|counts?|tall(?:y|ies)|reckonings?|accounts?|stud(?:y|ies)"
    rf"|governments?|agenc(?:y|ies)|witness(?:es)?|surveys?)(?!\w)"
)
ONE_FOR = LateRegex(rf"{SPACE}+(?:[\w-]+{SPACE}+){{1,2}}(?:for|per){SPACE}+(?:every{SPACE}+)?[0-9]")
LISTED_ONE = LateRegex(rf"{SPACE}*,{SPACE}+(?:and{SPACE}+)?(?:[\w'-]+{SPACE}+){{1,2}}")
AFTER_ONE = LateRegex(
    rf"{SPACE}+(?:[\w'-]+{SPACE}+){{1,7}}?(?:[\w'-]+,{SPACE}*against|against|and|but|,{SPACE}*){SPACE}*(?:only{SPACE}+|just{SPACE}+)?\Z"
)
PRONOUN = LateRegex(rf"(?<!\w)(?:the|these|those|all|of the|between the){SPACE}+\Z")
PRONOUN_NEXT = LateRegex(
    rf"{SPACE}*(?:[.,;:)?!”\"]|$|(?:are|is|were|was|have|had|has|in|on|of them|and|or|which|who"
    rf"|would|will|could|can|did|do|met|meet|fought|said|came|went|left|agreed)(?!\w))"
)


def drop_traps(text, low, terms, grammar):
    """Leave out durations, ages, years, multiples, compounds and "one" as an article.

    Parameters
    ----------
    text, low : str
        The sentence, as it stands and folded.
    terms : list of Term
        With the ends of ranges joined.
    grammar : Grammar

    Returns
    -------
    list of Term
    """
    kept = []
    for index in range(len(terms) - 1, -1, -1):
        term = terms[index]
        trapped = _is_trap(text, low, term, grammar)
        if not trapped and index + 1 < len(terms) and not (kept and kept[-1] is terms[index + 1]):
            trapped = _leads_to(low, term, terms[index + 1])
        if not trapped:
            kept.append(term)
    kept.reverse()
    return [term for i, term in enumerate(kept) if _is_kept_one(low, kept, i)]


def _leads_to(low, term, dropped):
    """Tell whether a bare number shares the noun of a dropped one: "10 or 12 years"."""
    same = not term.unit and not dropped.unit and term.numerals[0].kind == "number"
    return same and bool(CONNECTOR.fullmatch(low, term.reach, dropped.start))


def _is_trap(text, low, term, grammar):
    numeral = term.numerals[0]
    if term.unit and term.unit != "count" or numeral.kind == "share":
        return False
    if _is_year(text, low, term, grammar) or is_age(text, low, term, grammar):
        return True
    trap = grammar.traps.match(low, term.end)
    if trap and _is_frequency(low, term):
        return False
    if trap and not (numeral.kind == "vague" and "of" not in trap[0].split()):
        return True
    if _is_hour(low, term):
        return True
    if _is_score(low, term) or RATIO_TO.match(low, term.end):
        return True
    if CLITIC.match(low, term.reach) and term.unit is None:
        return not HEADED.match(low, term.reach)
    return _is_pronoun(low, term)


def _is_hour(low, term):
    """Tell whether a small number is an hour: "we open at 9 and close before 3"."""
    if term.unit or not 1 <= term.low <= 12 or len(term.parts) > 1:
        return False
    opens = HOUR.search(low, max(0, term.start - 40), term.start)
    return bool(opens) and HOUR_END.match(low, term.reach) is not None


def _is_frequency(low, term):
    """Tell whether "times" counts what was done, not how much: "they clashed 46 times in May"."""
    if not OFTEN.match(low, term.end):
        return False
    if DONE.search(low, max(0, term.start - 30), term.start):
        return True
    compared = AGAINST.search(low, max(0, term.start - 20), term.start)
    return bool(compared) and low.find(" times", max(0, term.start - 120), term.start) >= 0


def _is_pronoun(low, term):
    """Tell whether a number word stands for things already named: "the two met"."""
    if term.numerals[0].figures or term.low > 12 or term.vague:
        return False
    alone = PRONOUN_NEXT.match(low, term.end)
    return bool(alone and PRONOUN.search(low, max(0, term.start - 14), term.start))


def _is_score(low, term):
    if low[term.end : term.end + 1] in ("-", "–") and low[term.end + 1 : term.end + 2].isdigit():
        return True
    before = low[max(0, term.start - 2) : term.start]
    return len(before) == 2 and before[0].isdigit() and before[1] in "-–"


def _is_year(text, low, term, grammar):
    """Tell whether figures are a year: four of them, 1900 to 2099, and no counted noun."""
    if not all(n.plain and 1900 <= n.value < 2100 and n.end - n.start == 4 for n in term.numerals):
        return False
    before = low[max(0, term.start - 24) : term.start]
    following = NEXT_WORD.match(low, term.reach)
    if low[term.reach : term.reach + 1] == "\t" or low.startswith("  ", term.reach):
        following = None  # the next cell of a table
    if following is None or not STEADY_QUALIFIER.search(before):
        return not (following and following[1] in ("people", "fighters", "militants", "families"))
    return following[1] in grammar.function or low[term.reach : term.reach + 1] != " "


def _is_kept_one(low, terms, index):
    """Tell whether "one" counts: beside another number, or after "only" and its like."""
    term = terms[index]
    if low[term.start : term.end] != "one" or term.unit:
        return True
    if ONE_OF.match(low, term.end):
        return False
    if ONE_ALONE.search(low, max(0, term.start - 12), term.start):
        return not THE_ONLY.search(low, max(0, term.start - 12), term.start)
    if SPEAKER.match(low, term.end):
        return False
    if index + 1 < len(terms) and ONE_THEN.fullmatch(low, term.end, terms[index + 1].start):
        return not terms[index + 1].unit
    if ONE_FOR.match(low, term.end):
        return True
    before = terms[index - 1] if index else None
    if before is None:
        return False
    if LISTED_ONE.fullmatch(low, before.reach, term.start):
        return not NEXT_WORD.match(low, term.end)
    return bool(AFTER_ONE.fullmatch(low, before.reach, term.start))
