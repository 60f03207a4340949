"""Tell numbers that only name a thing: symbols, dates, clock times, numbered units and pages."""

import functools
import re

from threatledger.extraction.grammar import SPACE, find_sign
from threatledger.extraction.patterns import LateRegex

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|March|Mar|April|Apr|May|June|Jun|July|Jul|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|JANUARY|FEBRUARY|MARCH|APRIL|MAY"
    r"|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)(?![^\W\d_])\.?"
)
MONTH_ENDS = frozenset(
    "jan ary feb rch mar ril apr may une jun uly jul ust aug ber sep ept oct nov dec".split()
)
MONTH_AFTER = LateRegex(rf"(?:{SPACE}{{0,3}}|-)(?:of{SPACE}+)?{MONTH}")
MONTH_BEFORE = LateRegex(rf"{MONTH}(?:{SPACE}{{1,3}}|-)\Z")
BARE_MONTH = LateRegex(rf"(?<!\w)[Ii]n{SPACE}+{MONTH}{SPACE}+\Z")
# "on 2 October 29 soldiers": the day is told before the month
DAY_MONTH = LateRegex(rf"(?<![\w.])[0-9]{{1,2}}{SPACE}+{MONTH}{SPACE}+\Z")
PHONE = LateRegex(r"\+[0-9][0-9 ().-]{6,}[0-9]")
LABEL = re.compile(r"\s*[(\[]?[0-9]{1,3}[.)\]/](?=\s)|\s*[a-z]+ [0-9]{1,2}(?=[:.–—] )")
NOTE = re.compile(
    r"\s*[0-9]{1,3}\s+(?:see|ibid|idem|op\.|cf\.?|interview|letter|note verbale|information"
    r"|as reported"
    r"|available|s/|a/|e/|statement)(?!\w)"
)
ORDINAL = LateRegex(r"(?:st|nd|rd|th|s)(?!\w)")
LETTER = LateRegex(r"[^\W\d_]")
CAPITAL = re.compile(r"(?P<word>[A-ZÀ-ÖØ-Þ][\w'’.-]*)[ \xa0]\Z")
LOWER_WORD = LateRegex(r"(?<![\w'’-])[a-zà-öø-þ]{2,}")
NEXT_WORD = LateRegex(rf"{SPACE}*([^\W\d_][\w'-]*)")
COLON_NUMBER = LateRegex(r":\s(?:[a-z]+\s){0,3}[$€£]?[0-9]")
GAPPED = LateRegex(
    r"(?:[0-9]|ten|nine|eight|seven|six|five|four|three|two)\b[^.;:!?\n]*(?:,| and)\s+"
    r"(?:[A-Z][\w'’-]+\s+|(?:in|the|of)\s+){1,4}\Z"
)
# "Turkey sent back 58 suspects in June, and Bulgaria 11."
LISTED_LAST = LateRegex(
    r"(?:[0-9]|ten|nine|eight|seven|six|five|four|three|two)(?:\s+[a-z][^.;:!?\n]*)?(?:,| and)\s+\Z"
)
NAMED_BY_NUMBER = frozenset(
    "camp sector block phase zone cell wing group unit brigade battalion division company ward"
    " district route road highway channel room gate tower building area hall site line school"
    " regiment corps squadron team annex section tent field category type grade level stage tier"
    " step part page figure table paragraph note monday tuesday wednesday thursday friday"
    " saturday sunday".split()
)
ENDING = LateRegex(r"\s*(?:[.;,]?\s*$|[,;.]?\s+and\s+[A-Z])")
DAYED = LateRegex(
    rf"(?<!\w)(?:[Oo]n|[Bb]y|[Ss]ince|[Uu]ntil|[Ll]ast|[Tt]his|[Ii]n|[Dd]uring){SPACE}+(?:last{SPACE}+)?"
    rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|{MONTH}){SPACE}+\Z"
)
DID = LateRegex(
    rf"{SPACE}+(?:(?:of{SPACE}(?:them|these|those)|more|others){SPACE}+)?(?:had|has|have|were|was|are|is|did|left|came|went|fled|got"
    rf"|took|gave|set|died|[a-z]{{3,}}ed)(?!\w)"
)
# "Jeddah 1, in the Qayyara sub-district", "Jad'ah 5 and Hammam al-Alil camps"
SITE = LateRegex(
    r",\s+(?:in|near|outside|south|north|east|west|home|which|where|a|an|the)\s+[^\W\d]"
    r"|\s+(?:and|or)\s+[A-Z][\w'’-]*(?:\s+[\w'’-]+){0,3}?\s+(?:camps?|sites?|blocks?|sectors?|phases?)(?!\w)"
)
SHORT_YEAR = LateRegex(r"(?:19|20)[0-9]{2}[-–/]\Z")
PAGE_NUMBER = re.compile(r"[-–—] [0-9]{1,3} [-–—]")
SUFFIXED = LateRegex(r"[0-9](?:m|mn|bn|b|k|tn|km|kg)[-–]\Z")
CONNECTOR = LateRegex(rf"{SPACE}*(?:,|and|or|to|-|–|—|&|;){{1}}(?:{SPACE}*and)?{SPACE}*")
WHOSE_SHARE = LateRegex(r"(?<!\w)of (?:which|whom)(?:\s+\w+){0,2}?\s+\Z")
SHARE_TIME = LateRegex(
    rf"{SPACE}+(?:of{SPACE}+|(?:an?|the){SPACE}+)(?:an?{SPACE}+|the{SPACE}+|that{SPACE}+|this{SPACE}+"
    rf"|last{SPACE}+|its{SPACE}+)*(?:hours?|days?|weeks?|months?|years?|decades?|century|centuries|time|day|night"
    rf"|19[0-9]{{2}}|20[0-9]{{2}}|January|February)(?!\w)"
)
SHARE_NAME = LateRegex(
    rf"(?<!\w)(?:first|second|latter|last|other|later|early|next|previous|former|northern|southern"
    rf"|eastern|western|upper|lower|top|bottom|better|each|every|in|this|opening|final|central"
    rf"|inner|outer|north|south|east|west|closing){SPACE}+\Z"
)
SHARE_REFERENCE = LateRegex(
    rf"{SPACE}+(?:as{SPACE}(?:many|much|large|big)|that{SPACE}(?:number|amount|figure|sum|size)|the"
    rf"{SPACE}(?:(?:legal|official|usual|normal|national|global|regional|market|going){SPACE})?"
    rf"(?:size|number|amount|rate|price|cost|figure|level|distance|strength|minimum|maximum|average"
    rf"|norm|standard|limit))(?!\w)"
    rf"|{SPACE}+that(?={SPACE}*(?:[.,;:)]|$|(?:in|by|a|this|last|per){SPACE}))"
    rf"|{SPACE}+(?:rations?|pay|price|time|measures?|portions?|wages?|board|mast|term)(?!\w)"
    rf"|-|{SPACE}+(?:brother|sister|truth|measure|way|dead|empty|full|asleep|finished)(?!\w)"
)
# "$75,000 a quarter", "40 attacks a quarter": three months, not a share
QUARTERLY = LateRegex(
    rf"(?:[0-9]|(?:hundred|thousand|illion|dollars|euros|francs|pounds|dinars)(?!\w))"
    rf"(?:{SPACE}+[a-z]+s)?{SPACE}+\Z"
)
ORDERED = {  # "two of the gunmen died; a third fled"
    "a third": re.compile(r"(?<!\w)(?:two|both|2|second)(?!\w)"),
    "a fourth": re.compile(r"(?<!\w)(?:three|3|third)(?!\w)"),
    "a fifth": re.compile(r"(?<!\w)(?:four|4|fourth)(?!\w)"),
}
ORDINAL_SHARE = LateRegex(
    rf"{SPACE}*(?:of(?!\w)|[.,;:)”\"!?]|$|(?:are|is|were|was|have|has|had|in|since|during|over|from"
    rf"|at|or|and|more|less|fewer|remain|remained|to|on|between|last|this|by|as|came|come|went|go"
    rf"|goes|each|higher|lower|larger|smaller|below|above|within|compared|while|but|after|may|might"
    rf"|said|joined|died|live|lived|fled|held|belong|belonged|funded|financed|covered|met|built"
    rf"|staffed|filled|complete|paid|today|now)(?!\w)"
    rf"|(?:[a-z]+|[0-9]{{1,2}}){SPACE}(?:days?|weeks?|months?|years?|decades?){SPACE}"
    rf"(?:ago|earlier|before|later|on)(?!\w))"
)
ACTED = LateRegex(
    rf"{SPACE}+(?:[a-z]{{3,}}ed|has|had|is|was|holds|held|took|lies)(?={SPACE}+(?:[0-9]|[a-z]))"
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
    return linked or (
        may_name(low, numeral.start, grammar)
        and any(p.search(low, begin, numeral.start) for p in patterns)
    )


def may_name(low, start, grammar):
    """Tell whether what stands before a number ends as a word for a name or an age does.

    Parameters
    ----------
    low : str
        The sentence, folded.
    start : int
        Where the number begins.
    grammar : Grammar

    Returns
    -------
    bool
    """
    ending = low[max(0, start - 8) : start].rstrip()[-3:]
    return (
        ending in grammar.endings
        or ending[-2:] in grammar.endings
        or ending[-1:] in (grammar.endings)
    )


def _is_name(text, low, numeral, grammar):
    """Tell whether a number is part of a word, a symbol, a name, a date or a time."""
    if numeral.kind == "share":
        return _is_no_share(low, numeral)
    if numeral.figures:
        if _is_attached(text, low, numeral, grammar) or _is_date(text, low, numeral):
            return True
        single = numeral.scale == 1 and "," not in text[numeral.start : numeral.end]
        money = find_sign(grammar, text, numeral)
        if single and not money and _is_capital_name(text, low, numeral, grammar):
            return True
    elif _is_capital_word(text, numeral):
        return True
    start = numeral.start
    if not may_name(low, start, grammar):
        return False
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
    if start < _find_label_end(low):
        return True
    if end - start == 2 and SHORT_YEAR.search(low, max(0, start - 5), start):
        return True
    if before and not before.isspace() and not SUFFIXED.search(low, max(0, start - 5), start):
        if before.isalnum() or before in "_@#№":
            return not find_sign(grammar, text, numeral)
        if before in "-./:'+" and len(two) > 1 and two[0].isalnum():
            return before != "-" or LETTER.match(two[0]) is not None
        if before == "'" or before == "[" and after == "]":
            return True
    return _is_glued_after(low, end, after)


@functools.lru_cache(maxsize=64)
def _find_label_end(low):
    """Return where the label or the note's number ends that a sentence opens with, else 0."""
    label = LABEL.match(low) or NOTE.match(low)
    return label.end() if label else 0


def _is_glued_after(low, end, after):
    """Tell whether figures go on as a symbol, a clock time or a section number."""
    following = low[end + 1 : end + 2]
    if after in (":", ".", "/", "_") and following.isdigit():
        return True
    if after == "@" or after == "/" and following.isalpha() and low[end + 2 : end + 3].isdigit():
        return True
    return after.isalpha() and bool(ORDINAL.match(low, end, end + 3))


def _is_date(text, low, numeral):
    """Tell whether figures are the day or the year of a date."""
    if not numeral.plain or numeral.value > 2100:
        return False
    if numeral.value <= 31 and MONTH_AFTER.match(text, numeral.end):
        return True
    before = _find_month_before(text, numeral.start)
    if before and (numeral.value <= 31 or numeral.value >= 1900):
        following = NEXT_WORD.match(low, numeral.end)
        plural = following and following[1].endswith("s") or following and following[1] == "people"
        if numeral.value <= 31 and following and _follows_day(text, low, numeral, following):
            return False
        bare = BARE_MONTH.search(text, max(0, numeral.start - 20), numeral.start)
        told = plural or DID.match(low, numeral.end)
        return not (bare and told and numeral.value <= 31)
    return False


def _follows_day(text, low, numeral, following):
    """Tell whether a number stands behind a whole date: "on 2 October 29 soldiers"."""
    if not DAY_MONTH.search(text, max(0, numeral.start - 20), numeral.start):
        return False
    return low[numeral.end : following.start(1)] == " " and following[1].endswith(
        ("s", "en", "ple")
    )


def _find_month_before(text, start):
    """Return the match of a month right before a number; tried where its last letters stand."""
    ending = text[max(0, start - 8) : start].rstrip()[-5:].rstrip(".-").lower()[-3:]
    if ending not in MONTH_ENDS or text[start - 1] == "\t":
        return None  # "May\t12\t31": a cell of its own
    return MONTH_BEFORE.search(text, max(0, start - 14), start)


def _is_capital_name(text, low, numeral, grammar):
    """Tell whether figures stand behind a capitalised word with no noun of their own."""
    match = CAPITAL.search(text, max(0, numeral.start - 24), numeral.start)
    if match is None or numeral.value >= 10000:
        return False
    if match["word"] in (
        "Between",
        "Perhaps",
        "Around",
        "About",
        "Some",
        "Nearly",
        "Almost",
        "Only",
    ):
        return False  # a sentence that begins behind its dateline
    if COLON_NUMBER.match(low, numeral.end):
        return True
    if GAPPED.search(text, max(0, match.start() - 40), match.start()):
        return False
    if ENDING.match(text, numeral.end) and LISTED_LAST.search(
        text, max(0, match.start() - 60), match.start()
    ):
        return match["word"].lower() in NAMED_BY_NUMBER
    if DID.match(low, numeral.end) and DAYED.search(
        text, max(0, numeral.start - 30), numeral.start
    ):
        return False  # "by Sunday 19 had come home"
    if not _has_lower_case(text):
        return False
    if _names_subject(low, match, numeral, grammar):
        return True
    if match.start() == 0 and SITE.match(text, numeral.end):
        word = match["word"].lower()
        listed = word in grammar.function or word in grammar.last_words
        return numeral.value < 30 and not listed and not word.endswith(("s", "ed", "en"))
    if match.start() == 0 and len(match["word"]) < 8:
        return False
    rest = low[numeral.end : numeral.end + 12].lstrip()
    if rest.startswith(("%", "per", ":", "/")):
        return False
    following = NEXT_WORD.match(low, numeral.end)
    gap = low[numeral.end : following.start(1)] if following else ""
    return not gap.isspace() or following[1] in grammar.function


def _names_subject(low, match, numeral, grammar):
    """Tell whether a numbered name opens a sentence as its subject: "Camp 7 hosted 1,816"."""
    if match.start() or numeral.value >= 100 or not ACTED.match(low, numeral.end):
        return False
    word = match["word"].lower()
    return word not in grammar.function and word not in grammar.last_words


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
    of = low.startswith(" of", end)
    if word == "a quarter" and not of and QUARTERLY.search(low, max(0, start - 30), start):
        return True
    counted = ORDERED.get(word)
    if counted and not of and counted.search(low, max(0, start - 120), start):
        return True
    if word in ("half", "a half") and SHARE_NAME.search(low, max(0, start - 24), start):
        return True
    ordinal = word.startswith(("a ", "an ")) and word[2:].strip() not in ("half", "quarter")
    return ordinal and not ORDINAL_SHARE.match(low, end)
