"""Tell numbers that are no quantities: dates, durations, ages, names, symbols, articles."""

import re

from threatledger.extraction.grammar import SPACE

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|March|Mar|April|Apr|May|June|Jun|July|Jul|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|JANUARY|FEBRUARY|MARCH|APRIL|MAY"
    r"|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)(?![^\W\d_])\.?"
)
MONTH_AFTER = re.compile(rf"(?:{SPACE}{{0,3}}|-)(?:of{SPACE}+)?{MONTH}")
MONTH_BEFORE = re.compile(rf"{MONTH}(?:{SPACE}{{1,3}}|-)\Z")
BARE_MONTH = re.compile(rf"(?<!\w)[Ii]n{SPACE}+{MONTH}{SPACE}+\Z")
PHONE = re.compile(r"\+[0-9][0-9 ().-]{6,}[0-9]")
LABEL = re.compile(r"\s*[(\[]?[0-9]{1,3}[.)\]/](?=\s)|\s*[a-z]+ [0-9]{1,2}(?=[:.–—] )")
LETTER = re.compile(r"[^\W\d_]")
CAPITAL = re.compile(r"(?P<word>[A-ZÀ-ÖØ-Þ][\w'’.-]*)[ \xa0]\Z")
LOWER_WORD = re.compile(r"(?<![\w'’-])[a-zà-öø-þ]{2,}")
NEXT_WORD = re.compile(rf"{SPACE}*([^\W\d_][\w'-]*)")
COLON_NUMBER = re.compile(r":\s(?:[a-z]+\s){0,3}[$€£]?[0-9]")
RATIO_TO = re.compile(rf"{SPACE}to{SPACE}one(?!\w)")
AVERAGE_AGE = re.compile(r"(?:average|mean|median) age[^.;:]*\Z")
AGED_ONE = re.compile(
    r"(?<!\w)(?:an?|the|one|his|her|another)\s+(?:[\w-]+\s+)?(?:girl|boy|man|woman|child|youth|teenager"
    r"|student|son|daughter|infant|baby|toddler|widow|widower)\s+of\s+(?:just\s+|about\s+)?\Z"
)
YOUNG = re.compile(
    r"(?:children|girls|boys|minors|youths|teenagers|pupils|those|people|men|women)\s+(?:between|from|of)"
    r"\s+\Z"
)
SHORT_YEAR = re.compile(r"(?:19|20)[0-9]{2}[-–/]\Z")
PAGE_NUMBER = re.compile(r"[-–—] [0-9]{1,3} [-–—]")
SUFFIXED = re.compile(r"[0-9](?:m|mn|bn|b|k|tn|km|kg)[-–]\Z")
CLITIC = re.compile(r"-(?=[^\W\d_])")
HEADED = re.compile(
    r"-(?:strong|members?|man|men|woman|women|persons?|people|seat|bed|odd|plus|some|barrel"
    r"|troops?|soldiers?|fighters?|vehicles?|trucks?)(?!\w)"
)
NAMED_AGE = re.compile(r"[A-ZÀ-ÖØ-Þ][\w'’-]+, ?\Z")
OWNER_AGE = re.compile(
    r"(?<!\w)(?:the|an?|his|her)\s+(?:[\w-]+\s+)?(?:[a-z]+(?:er|or|ist|man|woman|girl|boy|son|wife|ant|ent"
    r"|ian|ee)), ?\Z"
)
NEXT_NOUN = re.compile(
    rf"{SPACE}+(?!(?:and|or|in|on|at|of|to|by|for|from|with|was|were|is|are|who)(?!\w))[a-z]+"
)
UNDER_AGE = re.compile(
    rf"(?P<who>[\w'-]+){SPACE}+(?P<be>(?:is|are|were|was){SPACE})?"
    rf"(?:not{SPACE}yet|under|over|below|above|older{SPACE}than|younger{SPACE}than){SPACE}+"
    rf"(?:the{SPACE}age{SPACE}of{SPACE}+)?\Z"
)
CONNECTOR = re.compile(rf"{SPACE}*(?:,|and|or|to|-|–|—|&|;){{1}}(?:{SPACE}*and)?{SPACE}*")
STEADY_QUALIFIER = re.compile(
    r"(?<!\w)(?:more than|less than|fewer than|at least|at most|some|roughly|approximately|nearly"
    r"|almost|an estimated|as many as|up to|total of|upwards of|in excess of|close to)\s+\Z"
)
WHOSE_SHARE = re.compile(r"(?<!\w)of (?:which|whom)(?:\s+\w+){0,2}?\s+\Z")
SHARE_TIME = re.compile(
    rf"{SPACE}+(?:of{SPACE}+|(?:an?|the){SPACE}+)(?:an?{SPACE}+|the{SPACE}+|that{SPACE}+|this{SPACE}+"
    rf"|last{SPACE}+|its{SPACE}+)*(?:hours?|days?|weeks?|months?|years?|decades?|century|centuries|time|day|night"
    rf"|19[0-9]{{2}}|20[0-9]{{2}}|January|February)(?!\w)"
)
SHARE_NAME = re.compile(
    rf"(?<!\w)(?:first|second|latter|last|other|later|early|next|previous|former|northern|southern"
    rf"|eastern|western|upper|lower|top|bottom|better|each|every|in|this|opening|final|central"
    rf"|inner|outer|north|south|east|west|closing){SPACE}+\Z"
)
SHARE_REFERENCE = re.compile(
    rf"{SPACE}+(?:as{SPACE}(?:many|much|large|big)|that{SPACE}(?:number|amount|figure|sum|size)|the"
    rf"{SPACE}(?:size|number|amount|rate|price|cost|figure|level|distance|strength))(?!\w)"
    rf"|-|{SPACE}+(?:brother|sister|truth|measure|way|dead|empty|full|asleep|finished)(?!\w)"
)
ORDINAL_SHARE = re.compile(
    rf"{SPACE}*(?:of(?!\w)|[.,;:)”\"!?]|$|(?:are|is|were|was|have|has|had|in|since|during|over|from"
    rf"|at|or|and|more|less|fewer|remain|remained|to|on|between|last|this|by|as|came|come|went|go"
    rf"|goes|each|higher|lower|larger|smaller|below|above|within|compared|while|but|after|may|might"
    rf"|said|joined|died|live|lived|fled|held|belong|belonged)(?!\w))"
)
ONE_ALONE = re.compile(rf"(?<!\w)(?:only|just|least|than|exactly|precisely|but){SPACE}+\Z")
ONE_OF = re.compile(
    rf"{SPACE}*(?:of(?!\w)|another|day(?!\w)|side|hand|such|that|who|which|thing|way|time|year"
    rf"|month|week|or{SPACE}more|reason|occasion|by{SPACE}one|after{SPACE}another|'s)|-"
)
ONE_THEN = re.compile(
    rf"{SPACE}+(?:[\w'-]+{SPACE}+){{0,5}}?(?:[\w'-]+,{SPACE}+(?:and{SPACE}+|against{SPACE}+)?"
    rf"|(?:and|against){SPACE}+)(?:[\w'-]+{SPACE}+){{0,2}}\Z"
)
SPEAKER = re.compile(
    rf"{SPACE}+(?:[\w-]+{SPACE}+){{0,2}}?(?:states?|sources?|officials?|reports?|experts?|analysts?|observers?"
    rf"|assessments?|estimates?|stud(?:y|ies)|governments?|agenc(?:y|ies)|witness(?:es)?|surveys?)(?!\w)"
)
ONE_FOR = re.compile(
    rf"{SPACE}+(?:[\w-]+{SPACE}+){{1,2}}(?:for|per){SPACE}+(?:every{SPACE}+)?[0-9]"
)
LISTED_ONE = re.compile(rf"{SPACE}*,{SPACE}+(?:and{SPACE}+)?(?:[\w'-]+{SPACE}+){{1,2}}")
AFTER_ONE = re.compile(
    rf"{SPACE}+(?:[\w'-]+{SPACE}+){{1,7}}?(?:and|but|,{SPACE}*){SPACE}*(?:only{SPACE}+|just{SPACE}+)?\Z"
)
PRONOUN = re.compile(rf"(?<!\w)(?:the|these|those|all|of the|between the){SPACE}+\Z")
PRONOUN_NEXT = re.compile(
    rf"{SPACE}*(?:[.,;:)?!”\"]|$|(?:are|is|were|was|have|had|has|in|on|of them|and|or|which|who"
    rf"|would|will|could|can|did|do|met|meet|fought|said|came|went|left|agreed)(?!\w))"
)


def drop_names(text, low, numerals, grammar):
    """Leave out numbers that are part of a name, a symbol, a date or a clock time.

    Parameters
    ----------
    text, low : str
        The sentence, as it stands and folded.
    numerals : list of Numeral
    grammar : Grammar

    Returns
    -------
    list of Numeral
    """
    phones = [match.span() for match in PHONE.finditer(low)] if "+" in low else []
    kept, last = [], None  # last: end of the number dropped just before
    for numeral in numerals:
        linked = last is not None and _is_linked(low, last, numeral, grammar)
        phone = any(a < numeral.end and numeral.start < b for a, b in phones)
        if phone or linked or _is_name(text, low, numeral, grammar):
            glued = low[numeral.end : numeral.end + 1] in ("-", "/")
            last = numeral.end if glued or _is_listed(low, numeral, grammar, linked) else None
            if kept and _opens_date(text, low, kept[-1], numeral):
                kept.pop()
        else:
            kept.append(numeral)
            last = None
    return kept


def _opens_date(text, low, before, numeral):
    """Tell whether a number is the first day of "1-31 May" or "8 and 9 August"."""
    days = before.plain and before.value <= 31 and numeral.plain and numeral.value <= 31
    joined = days and CONNECTOR.fullmatch(low, before.end, numeral.start)
    return bool(joined and MONTH_AFTER.match(text, numeral.end))


def _is_linked(low, last, numeral, grammar):
    """Tell whether a number goes on a list of names: "paragraphs 5, 6 and 9"."""
    joined = CONNECTOR.fullmatch(low, last, numeral.start) and numeral.scale == 1
    if not joined or low[last : last + 1] in ("-", "/"):
        return bool(joined)
    following = NEXT_WORD.match(low, numeral.end)
    return following is None or following[1] in grammar.function or not numeral.plain


def _is_listed(low, numeral, grammar, linked):
    begin = max(0, numeral.start - 24)
    patterns = (grammar.names, grammar.weak_names, grammar.ages)
    return linked or any(p.search(low, begin, numeral.start) for p in patterns)


def _is_name(text, low, numeral, grammar):
    """Tell whether a number is part of a word, a symbol, a name, a date or a time."""
    if numeral.kind == "share":
        return _is_no_share(low, numeral)
    if numeral.figures:
        if _is_attached(text, low, numeral, grammar) or _is_date(text, low, numeral):
            return True
        single = numeral.scale == 1 and "," not in text[numeral.start : numeral.end]
        money = grammar.prefix.search(text, max(0, numeral.start - 6), numeral.start)
        if single and not money and _is_capital_name(text, low, numeral, grammar):
            return True
    elif _is_capital_word(text, numeral):
        return True
    start = numeral.start
    if grammar.ages.search(low, max(0, start - 24), start):
        return numeral.scale == 1 and numeral.value < 120
    if grammar.names.search(low, max(0, start - 24), start):
        return numeral.scale == 1
    weak = grammar.weak_names.search(low, max(0, start - 24), start)
    return bool(weak) and text[weak.start()].isupper() and numeral.scale == 1


def _is_attached(text, low, numeral, grammar):
    """Tell whether figures are glued to letters, slashes or other figures: S/2019/612, T-72."""
    start, end = numeral.start, numeral.end
    before, after = low[start - 1 : start], low[end : end + 1]
    two = low[max(0, start - 2) : start]
    if before == " " and PAGE_NUMBER.search(low, max(0, start - 3), end + 3):
        return True
    if LABEL.match(low) and start < LABEL.match(low).end():
        return True
    if SHORT_YEAR.search(low, max(0, start - 5), start) and end - start == 2:
        return True
    if before and not before.isspace() and not SUFFIXED.search(low, max(0, start - 5), start):
        if before.isalnum() or before in "_@#№":
            return not grammar.prefix.search(text, max(0, start - 6), start)
        if before in "-./:'+" and len(two) > 1 and two[0].isalnum():
            return before != "-" or LETTER.match(two[0]) is not None
        if before == "'" or before == "[" and after == "]":
            return True
    return _is_glued_after(low, end, after)


def _is_glued_after(low, end, after):
    """Tell whether figures go on as a symbol, a clock time or a section number."""
    following = low[end + 1 : end + 2]
    if after in (":", ".", "/", "_") and following.isdigit():
        return True
    if after == "@" or after == "/" and following.isalpha() and low[end + 2 : end + 3].isdigit():
        return True
    return after.isalpha() and bool(re.match(r"(?:st|nd|rd|th|s)(?!\w)", low[end : end + 3]))


def _is_date(text, low, numeral):
    """Tell whether figures are the day or the year of a date."""
    if not numeral.plain or numeral.value > 2100:
        return False
    if numeral.value <= 31 and MONTH_AFTER.match(text, numeral.end):
        return True
    before = MONTH_BEFORE.search(text, max(0, numeral.start - 14), numeral.start)
    if before and (numeral.value <= 31 or numeral.value >= 1900):
        following = NEXT_WORD.match(low, numeral.end)
        plural = following and following[1].endswith("s") or following and following[1] == "people"
        bare = BARE_MONTH.search(text, max(0, numeral.start - 20), numeral.start)
        return not (bare and plural and numeral.value <= 31)
    return False


def _is_capital_name(text, low, numeral, grammar):
    """Tell whether figures stand behind a capitalised word with no noun of their own."""
    match = CAPITAL.search(text, max(0, numeral.start - 24), numeral.start)
    if match is None or numeral.value >= 10000:
        return False
    if COLON_NUMBER.match(low, numeral.end):
        return True
    if not _has_lower_case(text):
        return False
    if match.start() == 0 and len(match["word"]) < 8:
        return False
    rest = low[numeral.end : numeral.end + 12].lstrip()
    if rest.startswith(("%", "per", ":", "/")):
        return False
    following = NEXT_WORD.match(low, numeral.end)
    gap = low[numeral.end : following.start(1)] if following else ""
    return not gap.isspace() or following[1] in grammar.function


def _has_lower_case(text):
    """Tell whether a text is written as a sentence, not as a headline all in capitals."""
    return len(LOWER_WORD.findall(text)) >= 3


def _is_capital_word(text, numeral):
    """Tell whether a number word is part of a name: "Group of Seven", "Phase Two"."""
    start = numeral.start
    if not text[start].isupper() or numeral.kind == "vague":
        return False
    before = text[:start].rstrip()
    if not before or before[-1] in ".:;!?“\"‘'(–—-•*▪/|)]" or not LOWER_WORD.search(text):
        return False
    return before[-1].islower() and _has_lower_case(text)


def _is_no_share(low, numeral):
    """Tell whether "half", "a third" and the like are no share: of time, of a map, of a size."""
    start, end = numeral.start, numeral.end
    if WHOSE_SHARE.search(low, max(0, start - 24), start):
        return False
    if SHARE_TIME.match(low, end) or SHARE_REFERENCE.match(low, end):
        return True
    word = low[start:end]
    if word in ("half", "a half") and SHARE_NAME.search(low, max(0, start - 24), start):
        return True
    ordinal = word.startswith(("a ", "an ")) and word[2:].strip() not in ("half", "quarter")
    return ordinal and not ORDINAL_SHARE.match(low, end)


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
    if _is_year(text, low, term, grammar) or _is_age(text, low, term, grammar):
        return True
    trap = grammar.traps.match(low, term.end)
    if trap and not (numeral.kind == "vague" and "of" not in trap[0].split()):
        return True
    if _is_score(low, term) or RATIO_TO.match(low, term.end):
        return True
    if CLITIC.match(low, term.reach) and term.unit is None:
        return not HEADED.match(low, term.reach)
    return _is_pronoun(low, term)


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
    if following is None or not STEADY_QUALIFIER.search(before):
        return not (following and following[1] in ("people", "fighters", "militants", "families"))
    return following[1] in grammar.function or low[term.reach : term.reach + 1] != " "


def _is_age(text, low, term, grammar):
    """Tell whether a number is an age: "aged 44", "children under 5", "Name, 44,"."""
    start, end = term.start, term.reach
    if grammar.ages.search(low, max(0, start - 24), start):
        return True
    if term.low > 120 or not all(n.figures and n.plain for n in term.numerals):
        return False
    if term.low <= 120 and AVERAGE_AGE.search(low, max(0, start - 90), start):
        return True
    if AGED_ONE.search(low, max(0, start - 40), start):
        return term.low < 100
    young = YOUNG.search(low, max(0, start - 30), start)
    if young and len(term.parts) > 1 and term.high <= 25 and not NEXT_NOUN.match(low, end):
        return True
    closing = low[end : end + 1]
    if len(term.parts) == 1 and 10 <= term.low < 100 and closing in (",", ".", "”", ""):
        if NAMED_AGE.search(text, max(0, start - 24), start):
            return True
        owner = OWNER_AGE.search(low, max(0, start - 40), start)
        if owner and closing == ",":
            return True
    under = UNDER_AGE.search(low, max(0, start - 48), start)
    if under is None or NEXT_NOUN.match(low, end):
        return False
    if under["be"]:
        return term.low <= 100
    return term.low <= 25 and under["who"].endswith(("s", "ren", "en", "one", "people"))


def _is_kept_one(low, terms, index):
    """Tell whether "one" counts: beside another number, or after "only" and its like."""
    term = terms[index]
    if low[term.start : term.end] != "one" or term.unit:
        return True
    if ONE_OF.match(low, term.end):
        return False
    if ONE_ALONE.search(low, max(0, term.start - 12), term.start):
        return True
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
