"""Build the word lists and patterns of the quantity grammar from the codebook, once a codebook."""

import functools
import re
from dataclasses import dataclass

from threatledger.extraction.patterns import LateRegex

SPACE = r"[ \t\n\r\xa0\u2007\u2009\u202f]"
FRACTIONS = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5)}
FRACTIONS |= {"⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8)}
PERCENT = rf"%|٪|per{SPACE}?cent(?!\w)|percent(?!\w)|pct\.?(?!\w)|p\.c\.|pc(?!\w)"
LETTERS = LateRegex(r"[a-z]+")
SUBSTITUTES = str.maketrans({"‐": "-", "‑": "-", "’": "'", "‘": "'", "\xa0": " ", "\u202f": " "})


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """The compiled grammar; every pattern but ``prefix`` and ``adjective`` is for folded text."""

    anchor: re.Pattern  # where a number may begin
    spelt: frozenset  # the number words, of which one must be there for a number in words
    word: re.Pattern  # a cardinal number word
    words: dict  # number word to (class, value)
    suffix: re.Pattern  # a magnitude after digits: "million", "bn", "k"
    part: re.Pattern  # a denominator after a numerator: "thirds", "quarter"
    prefix_ends: frozenset  # the last letters and signs of ``prefix``
    prefix: re.Pattern  # a currency sign or code that ends where the number begins
    letters: frozenset  # currency signs that are plain letters: only before a large number
    money: re.Pattern  # a currency's name, code or sign after the number
    money_hints: frozenset  # a text in plain letters without these has no currency after a number
    currencies: dict  # sign, code or name, folded, to ((code, countries), ...)
    nationalities: dict  # adjective, folded, to countries
    measure: re.Pattern  # a unit of measure after the number
    measure_hints: frozenset  # a text without these has no unit of measure
    measures: dict  # unit as written, folded, to unit
    before: dict  # qualifier, folded, to relation
    after: dict  # trailing qualifier, folded, to relation
    trailing: re.Pattern
    longest: int  # words of the longest qualifier
    last_words: frozenset  # with which qualifiers end
    function: frozenset  # words that are no nouns
    phrasal: frozenset  # words after which "over" is no qualifier
    names: re.Pattern  # words before a number that only names a thing
    weak_names: re.Pattern  # the same where capitalised
    ages: re.Pattern
    endings: frozenset  # the last three letters of the words of these three, or what they have
    traps: re.Pattern  # words after a number that make it no quantity


def fold_text(text):
    """Return a text in lower case, hyphens and apostrophes made plain, of the same length.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        Each character stands where its original does, so that offsets fit both.
    """
    if text.isascii():
        return text.lower()
    low = text.translate(SUBSTITUTES).lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text.translate(SUBSTITUTES))


def pick_hints(phrases):
    """Return the longest word of each phrase: a text without any of them holds no phrase.

    Parameters
    ----------
    phrases : iterable of str
        In lower case.

    Returns
    -------
    frozenset of str
        Of the letters a to z; the empty string for a phrase without letters.
    """
    return frozenset(max(LETTERS.findall(phrase), key=len, default="") for phrase in phrases)


def join_words(words):
    """Return an alternation of literal words, longest first, that needs no backtracking."""
    return "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w)))


def join_tree(words):
    """Return a pattern that matches any of the words, sharing their beginnings.

    Parameters
    ----------
    words : iterable of str

    Returns
    -------
    str
        Several times as fast to search for as a plain alternation.
    """
    heads = {}
    for word in sorted(set(words)):
        heads.setdefault(word[:1], []).append(word[1:])
    ends = "" in heads
    heads.pop("", None)
    parts = [re.escape(head) + join_tree(tails) for head, tails in heads.items()]
    if not parts:
        return ""
    return f"(?:{'|'.join(parts)}){'?' if ends else ''}" if ends or len(parts) > 1 else parts[0]


@functools.lru_cache(maxsize=8)
def read_grammar(codebook):
    """Compile the quantity grammar of a codebook.

    Parameters
    ----------
    codebook : Codebook
        With the tables ``number-words``, ``qualifiers``, ``units``, ``currencies``,
        ``number-traps``, ``phrase-words``, ``function-words``, ``countries`` and
        ``country-additions``.

    Returns
    -------
    Grammar
    """
    words = _read_number_words(codebook)
    return Grammar(
        **_compile_numbers(words),
        **_compile_money(codebook),
        **_compile_measures(codebook),
        **_compile_qualifiers(codebook),
        **_compile_traps(codebook),
    )


def _read_number_words(codebook):
    rows = codebook.rows("number-words")
    return {row["word"]: (row["class"], int(row["value"])) for row in rows}


def _compile_numbers(words):
    def pick(*classes):
        return [word for word, (kind, _) in words.items() if kind in classes]

    spelt = pick("unit", "teen", "tens", "scale", "score", "vague", "part", "parts")
    cardinals = join_words(pick("unit", "teen", "tens", "scale"))
    scales = join_words(pick("scale") + [f"{word}s" for word in pick("scale")])
    suffixes = join_words(pick("suffix"))
    marks = "".join(FRACTIONS)
    return {
        "anchor": re.compile(rf"[0-9{marks}]|(?<!\w){join_tree(spelt)}(?!\w)"),
        "spelt": frozenset(spelt),
        "word": re.compile(rf"(?:{cardinals})(?!\w)"),
        "words": words,
        "suffix": re.compile(
            rf"(?:(?:{SPACE}{{1,3}}|-)(?P<half>and{SPACE}a{SPACE}half{SPACE})?|)"
            rf"(?P<scale>{scales})(?!\w)|{SPACE}?(?P<letters>{suffixes})(?![\w²³]|/)"
        ),
        "part": re.compile(rf"(?:{SPACE}|-)(?P<part>{join_words(pick('part', 'parts'))})(?!\w)"),
    }


def find_sign(grammar, text, numeral):
    """Find the currency sign or code that ends where a number begins.

    Parameters
    ----------
    grammar : Grammar
    text : str
        As it stands, not folded.
    numeral : Numeral

    Returns
    -------
    re.Match or None
        Of a single letter ("N50,000", "P3 million") only right before a thousand or more.
    """
    if text[max(0, numeral.start - 2) : numeral.start].rstrip()[-1:] not in grammar.prefix_ends:
        return None
    found = grammar.prefix.search(text, max(0, numeral.start - 6), numeral.start)
    if found is None or found[0].strip() not in grammar.letters:
        return found
    glued = len(found[0]) == 1 or len(found[0].strip()) > 1
    return found if glued and numeral.value >= 1000 and not numeral.plain else None


def _compile_money(codebook):
    currencies, kinds = {}, {}
    for row in codebook.rows("currencies"):
        form = row["form"]
        key = form.lower() if row["kind"] == "word" else form
        kinds.setdefault(row["kind"], set()).add(key)
        currencies[key] = currencies.get(key, ()) + (
            (row["code"], tuple(row["countries"].split())),
        )
    signs, codes = join_words(kinds["symbol"]), join_words(kinds["code"])
    letters = frozenset(kinds["letter"])
    names = join_words(kinds["word"])
    return {
        "prefix_ends": frozenset(
            form[-1] for kind in kinds if kind != "word" for form in kinds[kind]
        ),
        "prefix": re.compile(
            rf"(?:{signs}|(?<!\w)(?:{codes})){SPACE}?\Z|(?<!\w)(?:{join_words(letters)}){SPACE}?\Z"
        ),
        "letters": letters,
        "money": re.compile(
            rf"(?:{SPACE}{{1,3}}|-)(?:(?P<adjective>(?:\w|\.)+(?:{SPACE}\w+)?){SPACE})??"
            rf"(?P<name>{names})(?!\w)|{SPACE}?(?P<sign>[€£₽₺₦₪])"
            rf"|{SPACE}?(?P<code>{codes.lower()})(?!\w)"
        ),
        "money_hints": pick_hints([*kinds["word"], *map(str.lower, kinds["code"])]),
        "currencies": currencies,
        "nationalities": _read_nationalities(codebook),
    }


def _read_nationalities(codebook):
    """Read the adjectives of countries, folded, to the codes of their countries."""
    found = {}
    for row in codebook.rows("countries"):
        for word in filter(None, row["adjectives"].split("|")):
            found.setdefault(word.lower(), []).append(row["iso3"])
    for row in codebook.rows("country-additions"):
        if row["kind"] == "adjective":
            found.setdefault(row["form"].lower(), []).append(row["iso3"])
    for word in ("us", "u.s.", "american"):
        found.setdefault(word, []).append("USA")
    return {word: tuple(codes) for word, codes in found.items()}


def _compile_measures(codebook):
    measures = {row["form"].lower(): row["unit"] for row in codebook.rows("units")}
    short = {form for form in measures if len(form) < 3}
    long = join_words(set(measures) - short)
    return {
        "measure": re.compile(
            rf"(?:{SPACE}{{0,3}}|-)(?P<long>{long})(?![\w²³])"
            rf"|(?:{SPACE}|-)?(?P<short>{join_words(short)})(?![\w²³'])"
        ),
        "measure_hints": pick_hints(measures),
        "measures": measures,
    }


def _compile_qualifiers(codebook):
    sides = {"before": {}, "after": {}}
    for row in codebook.rows("qualifiers"):
        sides[row["side"]][fold_text(row["words"])] = row["relation"]
    trailing = join_words(sides["after"])
    return {
        **sides,
        "trailing": re.compile(rf"(?:{SPACE}+|(?=[-+]))(?P<words>{trailing})(?!\w)"),
        "phrasal": frozenset(
            row["word"] for row in codebook.rows("phrase-words") if row["class"] == "phrasal"
        ),
        "function": frozenset(row["word"] for row in codebook.rows("function-words")),
        "last_words": frozenset(words.split()[-1] for words in sides["before"]),
        "longest": max(len(words.split()) for words in sides["before"]),
    }


def _compile_traps(codebook):
    lists = {}
    for row in codebook.rows("number-traps"):
        lists.setdefault((row["why"], row["side"]), []).append(fold_text(row["words"]))
    after = [word for (_, side), words in lists.items() if side == "after" for word in words]
    names, weak = lists[("name", "before")], lists[("name if capitalised", "before")]
    pause = r"(?:consecutive|successive|straight|more|full|whole|further|additional|long|short"
    pause += r"|working|calendar|extra|odd)"
    known = [*names, *weak, *lists[("age", "before")]]
    return {
        "endings": frozenset(words[-3:] for words in known),
        "names": re.compile(rf"(?<!\w){join_tree(names)}{SPACE}{{0,3}}\Z"),
        "weak_names": re.compile(rf"(?<!\w){join_tree(weak)}{SPACE}{{1,3}}\Z"),
        "ages": re.compile(rf"(?<!\w)(?:{join_words(lists[('age', 'before')])}){SPACE}{{1,3}}\Z"),
        "traps": re.compile(
            rf"(?:{SPACE}{{0,3}}|-)(?:of{SPACE})?(?:{pause}{SPACE})?{join_tree(after)}(?!\w)"
        ),
    }
