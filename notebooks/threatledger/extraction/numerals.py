"""Read single numbers in figures and words: "12 000", "twenty-two", "half a million", "a third"."""

import re
from dataclasses import dataclass

from threatledger.extraction.grammar import FRACTIONS, SPACE
from threatledger.extraction.patterns import LateRegex

FIGURE = re.compile(f"[0-9{''.join(FRACTIONS)}]")
NO_DIGIT = LateRegex(r"[^0-9.]")
LETTERS = LateRegex(r"[a-z]+")
NEXT_WORD = LateRegex(rf"{SPACE}+([a-z]+)")
COMMA = LateRegex(r",([0-9]{1,2})(?![0-9,])")
FIGURES = re.compile(
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])"
    r"|[0-9]{1,3}(?:[\xa0\u2007\u2009\u202f'][0-9]{3})+(?![0-9])"
    r"|[1-9][0-9]{0,2}(?: [0-9]{3})+(?![0-9]| [0-9]|[,.][0-9])"
    r"|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?![0-9])"
    r"|[0-9]{1,3}(?:\.[0-9]{3}){2,}(?![0-9])"
    r"|[0-9]+)(?P<decimals>\.[0-9]+)?"
)
ARTICLE = LateRegex(rf"(?<![\w-])an?(?:{SPACE}|-)\Z")
A_SCORE = LateRegex(rf"score{SPACE}(?:of{SPACE}[a-z]|or{SPACE})")
MONEY_RANGE = LateRegex(r"[$€£][0-9.,]+\s?(?:m|bn|b|k)?\s?(?:[-–]|to )\Z")
LOOSE = LateRegex(rf"(?<!\w)(?:several|a{SPACE}few|few|many|some{SPACE}few){SPACE}\Z")
TIMES = LateRegex(rf"{SPACE}+(?:of|upon|and|or){SPACE}+")
OF = LateRegex(rf"{SPACE}of{SPACE}an?{SPACE}(?P<scale>million|billion|trillion)(?!\w)")
HALF = LateRegex(
    rf"(?:{SPACE}|-)an?(?:{SPACE}|-)(?P<scale>million|billion|trillion|thousand|dozen)(?!\w)"
)
AND_A_HALF = LateRegex(
    rf"{SPACE}and{SPACE}(?:a{SPACE}|one{SPACE})?(?P<part>half|third|quarter)(?!\w)"
)
JOIN = LateRegex(rf"-|{SPACE}{{1,3}}")
AND = LateRegex(rf"{SPACE}and{SPACE}")
LONGEST_FIGURES = 18  # digits; beyond that it is no quantity


@dataclass(slots=True)
class Numeral:
    """One number as written; ``kind`` is ``number``, ``share`` or ``vague``."""

    start: int
    end: int
    value: float
    kind: str = "number"
    mantissa: float = 0  # what stands before the magnitude
    scale: int = 1  # the magnitude, 1 where none is written
    figures: bool = False  # written in figures
    plain: bool = False  # figures alone: no separator, decimals or magnitude


def find_numerals(low, grammar, has_words=True):
    """Find every number in a folded text.

    Parameters
    ----------
    low : str
        From ``fold_text``.
    grammar : Grammar
    has_words : bool
        False where no number word stands in the text, only figures.

    Returns
    -------
    list of Numeral
        In order, not overlapping. Years, dates and names are still among them.
    """
    found, position = [], 0
    for anchor in (grammar.anchor if has_words else FIGURE).finditer(low):
        start = anchor.start()
        if start < position:
            continue
        if low[start].isalpha():
            numeral = _read_words(low, start, grammar)
        else:
            numeral = _read_figures(low, start, grammar)
        if numeral is None:
            continue
        position = numeral.end
        if numeral.kind != "none":
            found.append(numeral)
    return found


def scale_number(value, scale):
    """Multiply without the dust of binary fractions; whole numbers come out as ``int``."""
    product = round(value * scale, 6)
    return int(product) if product == int(product) else product


def make_share(numerator, denominator):
    """Return a fraction in per cent, to one decimal."""
    return scale_number(round(100 * numerator / denominator, 1), 1)


def _read_figures(low, start, grammar):
    """Read a number that begins with a digit or a fraction sign."""
    if low[start] in FRACTIONS:
        return _read_sign(low, start, start, 0, grammar)
    match = FIGURES.match(low, start)
    end, shown = match.end(), match[0]
    digits = shown if shown.isdigit() else NO_DIGIT.sub("", shown)
    if match["decimals"] is None and "." in digits:
        digits = digits.replace(".", "")
    if len(digits) > LONGEST_FIGURES:
        return Numeral(start, end, 0, "none")
    value = scale_number(float(digits), 1) if "." in digits else int(digits)
    if end < len(low) and low[end] in FRACTIONS:
        return _read_sign(low, start, end, value, grammar)
    if low[end : end + 1] == "," and not match["decimals"]:
        value, end = _read_comma(low, end, value, grammar)
    plain = shown.isdigit()
    return _add_magnitude(low, Numeral(start, end, value, "number", value, 1, True, plain), grammar)


def _read_comma(low, end, value, grammar):
    """Read a decimal comma, which only a magnitude, per cent or a unit after it gives away."""
    match = COMMA.match(low, end)
    if match is None:
        return value, end
    after = match.end()
    if not (grammar.suffix.match(low, after) or grammar.measure.match(low, after)):
        return value, end
    return scale_number(float(f"{value}.{match[1]}"), 1), after


def _read_sign(low, start, at, whole, grammar):
    """Read a fraction sign, alone ("½" is a share) or after a whole number ("2½ million")."""
    numerator, denominator = FRACTIONS[low[at]]
    if at == start:
        share = make_share(numerator, denominator)
        numeral = Numeral(start, at + 1, share, "share", share, 1, True)
        scaled = grammar.suffix.match(low, at + 1)
        if scaled is None or not scaled["scale"]:
            return numeral
    value = scale_number(whole + numerator / denominator, 1)
    return _add_magnitude(low, Numeral(start, at + 1, value, "number", value, 1, True), grammar)


def _add_magnitude(low, numeral, grammar):
    """Add what multiplies the number: "million", "bn", "k", "and a half million"."""
    match = grammar.suffix.match(low, numeral.end)
    if match is None or (match["letters"] and not _is_magnitude(low, numeral, match, grammar)):
        return numeral
    word = match["scale"] or match["letters"]
    scale = _find_scale(word, grammar)
    if match["half"]:
        numeral.mantissa = numeral.mantissa + 0.5
    numeral.end, numeral.scale, numeral.plain = match.end(), scale, False
    numeral.value = scale_number(numeral.mantissa, scale)
    return _add_second_scale(low, numeral, grammar)


def _add_second_scale(low, numeral, grammar):
    """Add "thousand" to "400 hundred", "million" to "2 hundred"."""
    match = grammar.suffix.match(low, numeral.end)
    if match and match["scale"] and not match["half"] and numeral.scale < 1000:
        scale = _find_scale(match["scale"], grammar)
        if scale > numeral.scale and scale != 12:
            numeral.end, numeral.scale = match.end(), numeral.scale * scale
            numeral.value = scale_number(numeral.mantissa, numeral.scale)
    return numeral


def _find_scale(word, grammar):
    return grammar.words.get(word, grammar.words.get(word.rstrip("s")))[1]


def _is_magnitude(low, numeral, match, grammar):
    """Tell whether letters after figures are a magnitude: "m" may be metres, "b" a label."""
    letters = match["letters"]
    before = max(0, numeral.start - 16), numeral.start
    money = grammar.prefix.search(low, *before) or MONEY_RANGE.search(low, *before)
    if money or len(letters) > 1:
        return letters != "mil" or bool(money)
    if match.start("letters") > numeral.end:
        return False
    after = NEXT_WORD.match(low, match.end())
    plural = bool(after) and (after[1].endswith("s") or after[1] in ("people", "children"))
    return letters == "k" or (letters == "m" and plural and len(after[1]) > 3)


def _read_words(low, start, grammar):
    """Read a number that begins with a word."""
    word = LETTERS.match(low, start)[0]
    kind, value = grammar.words[word]
    if kind in ("unit", "teen", "tens"):
        return _read_cardinal(low, start, start, grammar)
    if kind == "scale":
        article = ARTICLE.search(low, max(0, start - 3), start)
        if article:
            return _read_cardinal(low, article.start(), start, grammar)
        loose = LOOSE.search(low, max(0, start - 9), start)
        return loose and _read_loose(low, loose.start(), start, grammar)
    if kind == "score":
        return _read_score(low, start, value)
    if kind == "vague":
        return _read_vague(low, start, start + len(word), value, grammar)
    return _read_part(low, start, word, value, grammar)


def _read_loose(low, start, at, grammar):
    """Read "several hundred", "a few dozen": a bare magnitude with no upper end."""
    numeral = _read_cardinal(low, at, at, grammar)
    numeral.start, numeral.kind = start, "vague"
    return numeral


def _read_score(low, start, value):
    """Read "a score of dealers"; a score in a match or a test is no number."""
    article = ARTICLE.search(low, max(0, start - 3), start)
    if article is None or not A_SCORE.match(low, start):
        return None
    return Numeral(article.start(), start + len("score"), value, "number", value)


def _read_vague(low, start, end, value, grammar):
    """Read "dozens", "tens of thousands", "hundreds of thousands"."""
    again = TIMES.match(low, end)
    if again:
        word = LETTERS.match(low, again.end())
        kind, scale = grammar.words.get(word[0], ("", 0)) if word else ("", 0)
        if kind == "vague" and scale >= value:
            product = value * scale if "of" in again[0] and scale >= 1000 else value
            return Numeral(start, word.end(), product, "vague", product)
    return Numeral(start, end, value, "vague", value)


def _read_part(low, start, word, denominator, grammar):
    """Read "half", "a third", "a quarter of a million"; an ordinal is no number."""
    if word.endswith("s") or word == "halves":
        return None
    article = ARTICLE.search(low, max(0, start - 3), start)
    if not article and word != "half":
        return None
    end = start + len(word)
    scaled = HALF.match(low, end) if word == "half" else OF.match(low, end)
    begin = article.start() if article else start
    if scaled:
        scale = grammar.words[scaled["scale"]][1]
        value = scale_number(1 / denominator, scale)
        return Numeral(begin, scaled.end(), value, "number", 1 / denominator, scale)
    share = make_share(1, denominator)
    return Numeral(begin, end, share, "share", share)


def _read_cardinal(low, begin, start, grammar):
    """Read a run of number words by the rules of counting; stop where they no longer fit."""
    total, chunk, tail = 0, 0, 1  # tail: the magnitudes that end the run, multiplied
    end, last, position, ceiling = start, None, start, 10**18
    while True:
        match = grammar.word.match(low, position)
        if match is None:
            break
        kind, value = grammar.words[match[0]]
        if not _may_follow(kind, value, last, ceiling):
            break
        if kind != "scale":
            chunk += value
        elif value == 12 or (value == 100 and chunk < 100):
            chunk = (chunk or 1) * value
        else:
            total, chunk, ceiling = total + (chunk or 1) * value, 0, value
        end, last, tail = match.end(), (kind, value), tail * value if kind == "scale" else 1
        joint = (last[0] == "scale" and AND.match(low, end)) or JOIN.match(low, end)
        if joint is None or value == 12:
            break
        position = joint.end()
    numeral = Numeral(begin, end, total + chunk, "number", (total + chunk) / tail, tail)
    return _finish_cardinal(low, numeral, last, grammar)


def _may_follow(kind, value, last, ceiling):
    """Tell whether a number word may come after the one before it."""
    if last is None:
        return True
    if kind == "scale":
        return value < ceiling and (last[0] != "scale" or last[1] == 100 and value >= 1000)
    if kind == "unit":
        return value > 0 and last[0] in ("tens", "scale")
    return last[0] == "scale"


def _finish_cardinal(low, numeral, last, grammar):
    """Add what may follow a number in words: "thirds", "and a half million"."""
    part = grammar.part.match(low, numeral.end)
    if part and last[0] in ("unit", "teen") and numeral.value:
        denominator = grammar.words[part["part"]][1]
        whole = part["part"].endswith("s") or numeral.value == 1 or low[part.start()] == "-"
        if whole and numeral.value < denominator:
            share = make_share(numeral.value, denominator)
            return Numeral(numeral.start, part.end(), share, "share", share)
    half = AND_A_HALF.match(low, numeral.end)
    if half:
        _add_half(low, numeral, half, grammar)
    return numeral


def _add_half(low, numeral, half, grammar):
    """Add "and a half" to "two (million)", with the magnitude that may come after it."""
    extra = 1 / grammar.words[half["part"]][1]
    after = re.compile(rf"{SPACE}(million|billion|trillion|thousand)(?!\w)").match(low, half.end())
    if after and numeral.scale == 1:
        numeral.mantissa, numeral.scale = numeral.mantissa + extra, grammar.words[after[1]][1]
        numeral.value, numeral.end = scale_number(numeral.mantissa, numeral.scale), after.end()
    elif numeral.scale >= 1000:
        numeral.mantissa, numeral.end = numeral.mantissa + extra, half.end()
        numeral.value = scale_number(numeral.mantissa, numeral.scale)
    elif numeral.scale == 1:
        numeral.value, numeral.end = scale_number(numeral.value + extra, 1), half.end()
