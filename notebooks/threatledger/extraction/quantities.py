"""Find quantities in a sentence: numbers, ranges, shares and sums, with their qualifiers."""

import re
from dataclasses import dataclass, field

from threatledger.extraction.glance import fold_sentence, read_forms
from threatledger.extraction.grammar import PERCENT, SPACE, find_sign, read_grammar
from threatledger.extraction.labels import drop_names
from threatledger.extraction.model import Quantity
from threatledger.extraction.numerals import (
    FIGURE,
    Numeral,
    find_numerals,
    make_share,
    scale_number,
)
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.qualifiers import qualify
from threatledger.extraction.traps import drop_traps

PERCENT_HINTS = frozenset("% per percent pct p pc percentage".split())
PERCENT_AFTER = LateRegex(rf"(?:{SPACE}{{0,3}}|-)(?P<sign>{PERCENT})")
POINTS = LateRegex(rf"(?:{SPACE}|-)percentage{SPACE}points?(?!\w)")
OF = LateRegex(rf"{SPACE}of(?={SPACE})")
RATIO_OF = LateRegex(rf"{SPACE}+(?:of|are|is|were|was|have|has|had|say|said)(?!\w)")
IN = re.compile(rf"{SPACE}+(?:in|out{SPACE}of)(?:{SPACE}every)?{SPACE}+")
NOUN_IN = LateRegex(
    rf"{SPACE}+(?:person|man|woman|child|boy|girl|adult|resident|household|family|house|home|tent"
    rf"|pupil|patient|inmate|prisoner|fighter|recruit|soldier|village|school|shop)"
    rf"{SPACE}+(?:in|out{SPACE}of)(?:{SPACE}every)?{SPACE}+"
)
PLURAL_AFTER = LateRegex(rf"{SPACE}+(?!(?:is|was|has|does|says|lives|needs)(?!\w))[a-z]+s(?!\w)")
OPENING = LateRegex(
    r"(?:^|[,;:.(\"“”'—–]|(?<!\w)(?:and|but|that|while|with|only|some|just|than|about|nearly|almost"
    r"|roughly|to|by|from|is|are|was|were|of|least|around|as|over|under))[\s\"“*-]*\Z"
)
DASH = LateRegex(r"\s?[-–—−]\s?\\?")
GAP = LateRegex(
    rf"{SPACE}*,?{SPACE}*(?P<word>to|and|or|if{SPACE}not)(?:{SPACE}+(?:even|perhaps|maybe|possibly|about|around"
    rf"|nearly|almost|roughly|some|as{SPACE}many{SPACE}as|as{SPACE}much{SPACE}as))?{SPACE}+\\?"
)
BETWEEN = LateRegex(
    rf"(?<!\w)between{SPACE}+(?:\"|“)?(?:(?:an{SPACE}estimated|about|around|roughly|approximately"
    rf"|some|nearly|at{SPACE}least|perhaps){SPACE}+)?\\?\Z"
)
# "from", "from a peak of"; not "income from gold at" or "from there sums of"
FROM = LateRegex(
    rf"(?<!\w)from{SPACE}+(?:(?:an?|the|its|their){SPACE}+(?:\w+{SPACE}+){{1,2}}of{SPACE}+"
    rf"|(?:(?!(?:at|in|on|for|with|by|there|here|of)(?!\w))\w+{SPACE}+){{0,3}}?)\Z"
)
SPAN = LateRegex(
    r"(?<!\w)(?:rang(?:e|es|ed|ing)|(?:estimates?|figures?) (?:run|runs|ran|go|goes|went)"
    r"|var(?:y|ies|ied|ying)|anywhere|anything)(?!\w)"
)
REACHED = LateRegex(
    r"(?<!\w)(?:to|at)\s+(?:[a-z]+\s+){0,3}[$€£]?[0-9][0-9,.]*(?:\s[a-z]+){0,3},\s*\Z"
)  # "has fallen to 350, from 2,000 to 2,500": the start of the fall is a range
# "since the start of 2015, to 60,000", "rose in 2016 to 2,100": a year is the end of no range.
DATING = LateRegex(
    r"(?<!\w)(?:in|since|during|after|until|till|through|by|before|of|season|mid|early|late|spring"
    r"|summer|autumn|fall|winter|january|february|march|april|may|june|july|august|september|october"
    r"|november|december)[\s-]+\Z"
)
HUNDREDTHS = frozenset(("cents", "pence", "kopecks", "kopeks"))
COMMA_OR = LateRegex(r"\s*,\s*or\s+\\?")
OR = LateRegex(r"(?<!\w)or\s+\Z")
LONGEST_GAP = 24  # characters between the ends of a range


@dataclass(slots=True)
class Term:
    """One number or range with its currency, per cent sign or unit of measure."""

    start: int
    end: int
    low: float
    high: float | None
    numerals: list[Numeral]
    unit: str | None = None
    reach: int = 0  # where the unit of measure ends
    marked: str = ""  # where the currency is written: "before" or "after"
    parts: list = field(default_factory=list)  # the ends of a range
    hundredths: bool = False  # whether it is told in cents

    @property
    def vague(self):
        """Whether it is a bare magnitude."""
        return self.numerals[0].kind == "vague"


def find_quantities(sentence_text, codebook):
    """Find the quantities of a sentence.

    Parameters
    ----------
    sentence_text : str
        One sentence, as it stands in the text.
    codebook : Codebook

    Returns
    -------
    list of Quantity
        In order, not overlapping. ``unit`` is a currency, ``percent``, a unit of measure or
        ``None`` where the counted noun decides. Years, dates, times, durations, ages, ordinals
        and numbers that only name a thing are left out; unreal numbers are not.
    """
    grammar = read_grammar(codebook)
    low = fold_sentence(sentence_text)
    forms = read_forms(sentence_text)
    has_words = not grammar.spelt.isdisjoint(forms)
    if not has_words and not FIGURE.search(low):
        return []
    numerals = find_numerals(low, grammar, has_words)
    if not numerals:
        return []
    numerals = drop_names(sentence_text, low, numerals, grammar)
    terms = _part([_read_term(sentence_text, low, n, grammar, forms) for n in numerals])
    terms = _join_terms(low, _join_ratios(low, terms))
    terms = drop_traps(sentence_text, low, terms, grammar)
    return qualify(sentence_text, low, [_make_quantity(term) for term in terms], grammar)


def _part(terms):
    """Leave a sign between two numbers to the first: "5€6"."""
    for before, after in zip(terms, terms[1:], strict=False):
        if after.start < before.reach:
            after.start, after.unit, after.marked = after.numerals[0].start, None, ""
    return terms


def _make_quantity(term):
    """Make a quantity of a term; its relation is still that of the bare number."""
    relation = "vague" if term.vague else "range" if len(term.parts) > 1 else "exact"
    high = None if term.vague else term.high
    low = term.low / 100 if term.hundredths else term.low
    high = high / 100 if term.hundredths and high else high
    quantity = Quantity(term.start, term.end, low, high, relation, term.unit)
    quantity.reach = max(term.reach, term.end)
    return quantity


def _read_term(text, low, numeral, grammar, forms):
    """Read what belongs to a number: per cent, currency or unit of measure.

    ``forms`` are the words of the sentence: each is tried only where one of its words stands.
    """
    term = Term(numeral.start, numeral.end, numeral.value, numeral.value, [numeral])
    term.reach, term.parts = numeral.end, [numeral]
    if numeral.kind == "share":
        term.unit = "percent"
        return term
    percent = not PERCENT_HINTS.isdisjoint(forms) or "٪" in low
    if percent and _read_percent(low, term):
        return term
    if _read_money(text, low, term, grammar, forms):
        return term
    if not grammar.measure_hints.isdisjoint(forms):
        _read_measure(low, term, grammar)
    return term


def _read_percent(low, term):
    match = PERCENT_AFTER.match(low, term.end)
    if match:
        term.unit, term.end, term.reach = "percent", match.end(), match.end()
        return True
    points = POINTS.match(low, term.end)
    if points:
        term.unit, term.reach = "count", points.end()
    return bool(points)


def _read_money(text, low, term, grammar, forms):
    """Read a currency before or after the number."""
    before = find_sign(grammar, text, term.numerals[0])
    if before:
        term.start, term.marked = before.start(), "before"
        term.unit = grammar.currencies[before[0].strip()][0][0]
        return True
    if grammar.money_hints.isdisjoint(forms) and low.isascii():
        return False
    of = OF.match(low, term.end) if term.vague else None
    after = grammar.money.match(low, of.end() if of else term.end)
    if after is None:
        return False
    code = find_currency(after, grammar)
    if code and after["name"] and after["name"].split()[-1] in HUNDREDTHS:
        term.hundredths = True
    if code:
        term.unit, term.end, term.reach, term.marked = code, after.end(), after.end(), "after"
    return bool(code)


def find_currency(match, grammar):
    """Return the code of a currency written after a number, empty where the adjective is none."""
    if match["sign"]:
        return grammar.currencies[match["sign"]][0][0]
    if match["code"]:
        return match["code"].upper()
    known = grammar.currencies[match["name"]]
    if not match["adjective"]:
        return known[0][0]
    countries = grammar.nationalities.get(match["adjective"], ())
    return next((code for code, places in known if set(places) & set(countries)), "")


def _read_measure(low, term, grammar):
    match = grammar.measure.match(low, term.end)
    if match is None or (match["short"] and not term.numerals[0].figures):
        return False
    term.unit, term.reach = grammar.measures[match["long"] or match["short"]], match.end()
    return True


def _join_ratios(low, terms):
    """Make a share of "one in three" and "nine out of ten"."""
    joined, i = [], 0
    while i < len(terms):
        ratio = _read_ratio(low, terms[i], terms[i + 1]) if i + 1 < len(terms) else None
        joined.append(ratio or terms[i])
        i += 2 if ratio else 1
    return joined


def _read_ratio(low, a, b):
    """Read "two in five"; not "two in 2018" or "killed two in five villages"."""
    gap = IN.match(low, a.end) or _match_noun_in(low, a, b)
    if gap is None or gap.end() != b.start or a.unit or b.unit or a.vague or b.vague:
        return None
    if not 0 < a.low < b.low <= 1000 or a.low > 9:
        return None
    certain = a.low == 1 or "every" in gap[0] or RATIO_OF.match(low, b.end)
    if not certain and not OPENING.search(low, max(0, a.start - 12), a.start):
        return None
    share = make_share(a.low, b.low)
    numeral = Numeral(a.start, b.end, share, "share", share)
    return Term(a.start, b.end, share, share, [numeral], "percent", b.end, "", [numeral])


def _match_noun_in(low, a, b):
    """Match the middle of "one person in six is ill"; "one man in six vehicles" is no share."""
    if a.low != 1 or PLURAL_AFTER.match(low, b.end):
        return None
    return NOUN_IN.match(low, a.end)


def _join_terms(low, terms):
    """Join the two ends of each range into one term."""
    joined = []
    for term in terms:
        if joined and _is_range(low, joined, term):
            _merge(joined[-1], term)
            if len(joined) > 1 and _opens_list(low, joined[-2], joined[-1], term):
                _merge(joined[-2], joined.pop())
        else:
            if joined:
                _lend(low, joined[-1], term)
            joined.append(term)
    return joined


def _lend(low, a, b):
    """Give the start of a change what only its end carries: "from 3 to 11 per cent"."""
    gap = low[a.reach : b.start].strip()
    year = a.numerals[0].plain and 1900 <= a.low < 2100
    if (
        gap != "to"
        or a.unit
        or a.vague
        or year
        or not FROM.search(low, max(0, a.start - 40), a.start)
    ):
        return
    if b.unit == "percent" and a.numerals[0].kind != "share":
        a.unit = "percent"
    elif b.unit and b.marked == "after" and _scale_low(a, b) <= 20 * b.low:
        a.unit, a.low = b.unit, _scale_low(a, b)
        a.high = a.low


def _opens_list(low, a, b, last):
    """Tell whether a number opens "five, six or seven", which is one range."""
    plain = a.unit is None and len(a.parts) == 1 and a.low < b.low and not a.vague
    joined = low[a.reach : b.start].strip() == "," and b.low - a.low <= 2
    return plain and joined and bool(OR.search(low, last.start - 6, last.start))


def _is_range(low, before, b):
    """Tell whether the last term so far and ``b`` are the two ends of a range."""
    a = before[-1]
    if b.start - a.reach > LONGEST_GAP or len(a.parts) > 1 or not _fit(a, b):
        return False
    glue = low[a.reach : b.start]
    if DASH.fullmatch(glue):
        return glue != " — " and _scale_low(a, b) < b.low
    match = GAP.fullmatch(low, a.reach, b.start)
    if match and _is_date(low, a, b, glue):
        return False
    if match is None or not (_scale_low(a, b) < b.low or a.vague and b.vague and a.low < b.low):
        return False
    if match["word"] == "or" and COMMA_OR.fullmatch(glue):
        return False
    if match["word"] == "and":
        return bool(BETWEEN.search(low, max(0, a.start - 40), a.start))
    if match["word"] not in ("to", "and"):
        return a.vague or b.low <= 20 * _scale_low(a, b)
    return not _is_change(low, a)


def _is_date(low, a, b, glue):
    """Tell whether the first of two numbers is the year of what came "to" the second."""
    first, second = a.numerals[0], b.numerals[0]
    if a.unit or not (first.plain and first.end - first.start == 4 and 1900 <= first.value < 2100):
        return False
    if second.plain and second.end - second.start == 4 and 1900 <= second.value < 2100:
        return False
    return "," in glue or bool(DATING.search(low, max(0, a.start - 12), a.start))


def _fit(a, b):
    """Tell whether two terms may be ends of one range: the same kind of number, unit and sign."""
    if a.vague != b.vague or (a.numerals[0].kind == "share") != (b.numerals[0].kind == "share"):
        return False
    if a.unit and b.unit:
        return a.unit == b.unit
    if a.unit and not b.unit:
        return a.marked == "before" and not a.reach > a.end
    return b.marked != "before" or not b.unit


def _scale_low(a, b):
    """Return the lower end with the magnitude that only the upper end may carry."""
    first, second = a.numerals[0], b.numerals[0]
    if first.scale == 1 and second.scale > 1 and first.value <= second.mantissa:
        return scale_number(first.value, second.scale)
    return first.value


def _is_change(low, a):
    """Tell whether "from A to B" tells of a change, which makes two claims, not a range."""
    start = FROM.search(low, max(0, a.start - 40), a.start)
    if start is None:
        return False
    clause = low[max(0, start.start() - 60) : start.start()]
    return not (SPAN.search(clause) or REACHED.search(clause))


def _merge(a, b):
    """Make of ``a`` the range from ``a`` to ``b``."""
    a.hundredths = a.hundredths or b.hundredths
    a.low, a.high = _scale_low(a, b), b.high
    a.end, a.reach, a.unit = b.end, b.reach, a.unit or b.unit
    a.numerals, a.parts = a.numerals + b.numerals, a.parts + b.parts
    a.marked = a.marked or b.marked
