"""Recognise page matter that is not body: menus, date lines, bylines, related links."""

import functools
import re
from dataclasses import dataclass, field

from threatledger.codebook import CodebookError
from threatledger.extraction.patterns import LateRegex

_MONTHS = (
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
).split()
_WEEKDAYS = (
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri "
    "sat sun"
).split()
_DATE_WORDS = frozenset(_MONTHS + _WEEKDAYS + ["th", "st", "nd", "rd", "of"])
_LETTERS = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*")
_TOKEN = LateRegex(_LETTERS.pattern + r"|\d+")
_HAS_DATE = LateRegex(
    r"\b(?:" + "|".join(_MONTHS) + r")\b|\d{1,2}:\d\d|\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|"
    r"\bmin(?:ute)?s?\.? read\b|\bago\b|\breading time\b|\b(?:issue|vol|volume)\b\.? \d"
)
_PAGE = LateRegex(
    r"^(?:.{0,100}\s)?(?:page\s+\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?"
    r"|(?:[–—·|-]|\s)\s*\d{1,3}\s*/\s*\d{1,3}|[–—-]\s\d{1,3}\s[–—-]|\|\s\d{1,3}\s?\|)$"
)
_PAGE_NUMBER = LateRegex(r"^[-–—\s]*\d{1,3}[-–—\s]*$|^\d{1,3}\s*(?:/|of)\s*\d{1,3}(?:\s+pages)?$")
_SYMBOL = r"[A-Z]{1,4}(?:/[A-Z0-9][A-Za-z0-9.()]*){1,5}"
_JOB = r"\*?\s?\d{2}-?\d{5}\s?\*?(?:\s\([A-Z]\))?(?:\s+\d{6})?"
_UN_HEADER = re.compile(
    rf"^(?:United Nations\s+)?(?:{_SYMBOL}|{_JOB})"
    rf"(?:\s+[|·–-]?\s*(?:{_JOB}|\d{{1,3}}(?:(?:/|\sof\s)\d{{1,3}})?))*$"
    rf"|^\d{{1,3}}/\d{{1,3}}\s+{_JOB}$"
)
_SEPARATOR = LateRegex(r"\s*(?:[|»>·•■♦●]|::)\s*|\s+\*\s+|\s+[/–—-]\s+|\s{3,}")
_CREDIT = re.compile(r"^\[[^\]\d]{2,40}/[^\]\d]{2,40}\]$")
_LABELLED = LateRegex(
    r"[\s•*–-]*(?:" + "|".join(_MONTHS) + r")(?:\s(?:19|20)\d\d)?\s*:\s*[\d,.]+\s*$"
)
_BY = LateRegex(r"^(?:By|BY)\s+(?!(?:" + "|".join(m.title() for m in _MONTHS) + r")\b)[A-Z]")
_SIGNED = re.compile(r"^[Bb]y(?: [A-ZÀ-ÖØ-Þ][\w'’-]+){2,3}$")
_NAME = LateRegex(
    r"^(?:[A-ZÀ-ÖØ-Þ][\w'’.-]*|al|el|de|da|van|von|bin|ibn|and)"
    r"(?:,?\s+(?:[A-ZÀ-ÖØ-Þ][\w'’.-]*|al|el|de|da|van|von|bin|ibn|and)){1,5}$"
)
_NOTE = LateRegex(
    r"^(?:(?:Dr|Prof)\.?\s+)?(?:[A-ZÀ-ÖØ-Þ][\w'’.-]*\s+){2,4}(?:is|was)\s+(?:an?|the)\s"
)
_LETTER = re.compile(r"[^\W\d_]")
_WORD_END = LateRegex(r"[^\w'’-]")
_LATIN = LateRegex(r"[A-Za-zÀ-ɏ]")
_STOPPED = LateRegex(r"[.!?…][\"'”’)\]»]*(?:\[\d{1,3}\])*$")
_STOPS = frozenset(".!?…")
_CLOSERS = frozenset("\"'”’)]»")
_PARAGRAPH_BREAK = LateRegex(r"[.!?][\"'”’)]*\s+[A-Z“\"]")
_MATCHES = ("start", "end", "contains", "line", "opens", "token")
_ZONES = ("head", "tail", "ends", "anywhere")
_SHORT = 160  # longest line, in characters, that is known by its make-up
_MOST = 600  # longest line, in characters, that may be page matter


@dataclass(slots=True)
class Rules:
    """The furniture table, arranged for quick look-up."""

    starts: dict = field(default_factory=dict)  # first word -> [(match, rule, zone, opens)]
    ends: list = field(default_factory=list)  # (words, rule, zone)
    tokens: dict = field(default_factory=dict)  # rule -> set of words
    contains: list = field(default_factory=list)  # (regex, rule, zone)
    any_end: tuple = ()  # all words of ``ends``, for one quick look
    any_contains: tuple = ()  # all words of ``contains``, for one quick look
    body_contains: tuple = ()  # those of rules that hold outside of head and tail too


@functools.lru_cache(maxsize=8)
def read_rules(codebook):
    """Arrange the codebook's table ``furniture`` for look-up.

    Parameters
    ----------
    codebook : Codebook

    Returns
    -------
    Rules

    Raises
    ------
    CodebookError
        If a row has a match or zone that no rule knows.
    """
    rules, contained = Rules(), {}
    for row in codebook.rows("furniture"):
        words, rule, zone = row["words"].lower(), row["rule"], row["zone"]
        if row["match"] not in _MATCHES or zone not in _ZONES or not words:
            raise CodebookError(
                f"furniture.csv, {words!r}: match must be one of {', '.join(_MATCHES)}, zone one "
                f"of {', '.join(_ZONES)}, and words must not be empty"
            )
        if row["match"] == "token":
            rules.tokens.setdefault(rule, set()).add(words)
        elif row["match"] == "end":
            rules.ends.append((words, rule, zone))
        elif row["match"] == "contains":
            contained.setdefault((rule, zone), []).append(re.escape(words))
            rules.any_contains += (words,)
            rules.body_contains += (words,) if zone == "anywhere" else ()
        else:
            entry = (_compile_start(words, row["match"]), rule, zone, row["match"] == "opens")
            rules.starts.setdefault(_first_word(words), []).append(entry)
    rules.contains = [
        (re.compile("|".join(words)), rule, zone) for (rule, zone), words in contained.items()
    ]
    rules.any_end = tuple(words for words, _, _ in rules.ends)
    return rules


def _compile_start(words, match):
    """Compile one row that looks at the beginning of a line; ``*`` stands for a few words."""
    pattern = re.escape(words).replace(r"\*", r"[^.]{0,40}?")
    if match == "start":
        return re.compile(pattern + (r"(?!\w)" if words[-1].isalnum() else ""))
    ending = r"\s*(?:\(?[\d,.]*\)?)?\s*(?:[:.»>…]*$"
    if "*" in words:
        ending = r"\s*(?:[:»>…]*$"  # "Also on Sunday two men died." is body
    return re.compile(pattern + ending + (r"|:)" if match == "opens" else ")"))


def _first_word(line):
    """Return the key under which the rules for a line's beginning are kept."""
    word = line.split(None, 1)[0]
    if word.isalpha():
        return word
    found = _LETTER.search(word)
    if not found:
        return word[0]
    return _WORD_END.split(word[found.start() :], maxsplit=1)[0]


def _holds(zone, zones):
    """Tell whether a rule for ``zone`` holds for a line that lies in ``zones``."""
    return zone == "anywhere" or zone in zones or (zone == "ends" and bool(zones))


def find_rule(line, rules, zones=frozenset()):
    """Find the furniture rule that a line falls under.

    Parameters
    ----------
    line : str
        One line, without white space around it.
    rules : Rules
    zones : set of str
        ``head`` and ``tail``, as far as the line lies in them.

    Returns
    -------
    tuple of (str, bool)
        The rule, empty where there is none, and whether it opens a block of page matter. The
        rule ``body`` says that the line is body whatever it looks like.
    """
    if len(line) > _MOST:
        return "", False
    long = len(line) > _SHORT
    lower = (line[:100] if long and not zones else line).lower().replace("’", "'")
    lower = lower.lstrip("»›→▸>*—– ") or lower
    for pattern, rule, zone, opens in rules.starts.get(_first_word(lower), ()):
        if _holds(zone, zones) and pattern.match(lower):
            return rule, opens
    if long and not zones:
        return "", False
    if _holds_any(lower, rules.any_contains if zones else rules.body_contains):
        for pattern, rule, zone in rules.contains:
            if _holds(zone, zones) and pattern.search(lower):
                return rule, False
    if long:
        return "", False
    return _find_shape(line, lower, rules, zones), False


def _holds_any(lower, phrases):
    """Tell whether one of many phrases stands in a line: quicker than one large regex."""
    return any(map(lower.__contains__, phrases))


def _find_shape(line, lower, rules, zones):
    """Find the rule of a short line by its make-up rather than by its first words."""
    if lower.endswith(rules.any_end):
        for words, rule, zone in rules.ends:
            if _holds(zone, zones) and lower.endswith(words):
                return rule
    if line[-1] in ".;,:" and not zones:
        return ""
    if (lower[-1].isdigit() or lower[-1] in "–—-|") and _PAGE.match(lower):
        return "page header"
    if _UN_HEADER.match(line):
        return "page header"
    if _SIGNED.match(line):
        return "byline"
    if _CREDIT.match(line):
        return "photo credit"
    if not line.isascii() and _LETTER.search(line) and not _LATIN.search(line):
        return "other script" if zones else ""
    if _is_counts(lower, rules):
        return "counts"
    if not zones:
        return ""
    return _find_zone_shape(line, lower, rules, zones)


def _find_zone_shape(line, lower, rules, zones):
    """Find the rule of a short line at the head or the tail."""
    if _is_date_line(lower, rules):
        return "date line"
    if _BY.match(line) and len(line.split()) <= 12 and not _STOPPED.search(line):
        return "byline"
    parts = [part for part in _SEPARATOR.split(line) if part]
    if len(parts) >= 3 and _is_menu(parts, rules):
        return "menu"
    if "head" in zones:
        if lower.strip(" :/0123456789") in rules.tokens["section label"]:
            return "section label"
        if len(parts) >= 2 and _is_head_line(parts, rules):
            return "date line"
    return ""


def _is_menu(parts, rules):
    """Tell whether the parts of a line are the entries of a menu."""
    if all(len(part.split()) <= 3 and part[0].isupper() for part in parts):
        return not any(char.isdigit() or char == ":" for part in parts for char in part)
    return any(part.lower() in rules.tokens["menu"] for part in parts)


def _is_counts(lower, rules):
    """Tell whether a line holds only words of sharing, and numbers."""
    allowed = rules.tokens["counts"]
    first = _LETTERS.search(lower)
    if not first or first[0] not in allowed:
        return False
    words = _TOKEN.findall(lower)
    letters = [word for word in words if not word.isdigit()]
    if len(words) > 24:
        return False
    if lower[-1] in ".?!" or not all(word in allowed for word in letters):
        return False
    return len(letters) > 1 or len(words) > 1 or letters[0] not in ("page", "story", "m", "k")


def _is_date_line(lower, rules):
    """Tell whether a line holds only a date or clock time and the words that go with it."""
    if len(lower) > 90:
        return False
    allowed = rules.tokens["date line"]
    first = _LETTERS.search(lower)
    if first and first[0] not in _DATE_WORDS and first[0] not in allowed:
        return False
    if _LABELLED.match(lower) or not _HAS_DATE.search(lower):
        return False
    words = _TOKEN.findall(lower)
    return all(word.isdigit() or word in _DATE_WORDS or word in allowed for word in words)


def _is_head_line(parts, rules):
    """Tell whether the parts of a line are a date or byline beside labels."""
    dated = [bool(_BY.match(p)) or _is_date_line(p.lower(), rules) for p in parts]
    return any(dated) and all(d or len(p.split()) <= 5 for d, p in zip(dated, parts, strict=True))


def is_page_number(line):
    """Tell whether a line is a page number and nothing else.

    Parameters
    ----------
    line : str

    Returns
    -------
    bool
    """
    return len(line) < 16 and bool(_PAGE_NUMBER.match(line))


def is_name(line, rules):
    """Tell whether a line could be the name of a person or two, standing alone.

    Parameters
    ----------
    line : str
    rules : Rules

    Returns
    -------
    bool
    """
    if len(line) > 60 or line.isupper() or not _NAME.match(line):
        return False
    words = {word.lower() for word in _TOKEN.findall(line)} - {"and"}
    return (
        not words & (rules.tokens["not a name"] - {"and"}) and not words & rules.tokens["masthead"]
    )


def is_author_note(line, rules):
    """Tell whether a line says who its author is ("NAME is a senior fellow at ...").

    Parameters
    ----------
    line : str
    rules : Rules

    Returns
    -------
    bool
    """
    if len(line) > _MOST or not _NOTE.match(line):
        return False
    words = _TOKEN.findall(line.lower())[:14]
    return not rules.tokens["author role"].isdisjoint(words)


def is_masthead(line, rules):
    """Tell whether a line is the name of a publisher and nothing more.

    Parameters
    ----------
    line : str
    rules : Rules

    Returns
    -------
    bool
    """
    words = _TOKEN.findall(line)
    if not words or len(words) > 9 or any(word.isdigit() for word in words):
        return False
    if any(mark in line for mark in ":;,?!") or not _is_title_case(words):
        return False
    lower = [word.lower() for word in words]
    names = rules.tokens["masthead"] if line.isupper() else rules.tokens["masthead"] - {"group"}
    if lower[-1] in names:
        return True
    follows = ("of", "for", "on", "in", "to")
    return any(a in names and b in follows for a, b in zip(lower, lower[1:], strict=False))


def _is_title_case(words):
    """Tell whether every word but the small ones begins with a capital."""
    small = {"of", "and", "for", "the", "on", "in", "to", "against", "de", "la"}
    return all(word[0].isupper() or word in small for word in words)


def is_body(line):
    """Tell whether a line reads as body: it ends as a sentence does, or holds one.

    Parameters
    ----------
    line : str

    Returns
    -------
    bool
    """
    if line[-1:] in _STOPS or (line[-1:] in _CLOSERS and _STOPPED.search(line)):
        return line.count(" ") >= 7
    return len(line) >= 120 and bool(_PARAGRAPH_BREAK.search(line) or line[-1] in ":;,")
