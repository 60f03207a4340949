"""Find time expressions in a sentence and resolve them to ISO 8601, at the grain they give."""

import functools
import re
from dataclasses import dataclass

from threatledger.extraction.calendar_words import (
    COUNTS,
    GAP,
    MONTH_NUMBER,
    ORDINALS,
    READERS,
    SEASONS,
    WEEKDAY_NUMBER,
    WORD,
    YEAR,
    find_year,
)
from threatledger.extraction.glance import read_forms
from threatledger.extraction.model import TimeMention
from threatledger.extraction.moments import (
    is_real,
    read_moment,
    write_moment,
    write_span,
)
from threatledger.extraction.patterns import LateRegex

NAME = "|".join(sorted(MONTH_NUMBER, key=lambda name: (-len(name), name)))
MONTH = rf"(?:{NAME})\b\.?"
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
SPACE = r"(?:[ \t\xa0]+\n?[ \t\xa0]*|\n[ \t\xa0]*)"
DASH = r"[-‐-―]"
COUNT = rf"(?:\d{{1,2}}|{'|'.join(COUNTS)})"
DAYNAME = "|".join(sorted(WEEKDAY_NUMBER, key=lambda name: (-len(name), name)))
SEASON = "|".join(SEASONS)
CALENDAR = MONTH_NUMBER.keys() | WEEKDAY_NUMBER.keys()
RANK = rf"(?:{'|'.join(ORDINALS)})"
# "Since the fall of Mosul" is no season.
FALLEN = rf"(?<=fall){SPACE}(?:of|in|from|to|by)\b(?!{SPACE}{YEAR})"
PERIOD = rf"(?:{YEAR}|(?:the|this|last){SPACE}year)"

# Each pattern names the reader that resolves it; the first that fits at a place is taken.
PATTERNS = (
    ("iso", rf"{YEAR}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?(?![\d-])"),
    ("dotted", rf"\d\d?[./]\d\d?[./]{YEAR}(?!\d)"),
    ("years", rf"{YEAR}{GAP}(?:{DASH}|/){GAP}(?:{YEAR}|\d\d)(?!\d|[/.,-]\d)"),
    ("days", rf"{DAY}{GAP}(?:{DASH}|to|and){GAP}{DAY}{GAP}{MONTH}(?:,?{GAP}{YEAR}\b)?"),
    (
        "days",
        rf"{MONTH}{GAP}{DAY}{GAP}(?:{DASH}|to|and){GAP}{DAY}(?![\d%]|[.,]\d)(?:,?{GAP}{YEAR}\b)?",
    ),
    ("day", rf"{DAY}{GAP}(?:of{GAP})?{MONTH}(?:,?{GAP}{YEAR}\b)?"),
    (
        "weekday",
        rf"(?:last{GAP}|this{GAP})?(?:{DAYNAME})"
        rf"(?:,?{GAP}(?:{DAY}{GAP}{MONTH}|{MONTH}{GAP}{DAY}\b)(?:,?{GAP}{YEAR}\b)?)?",
    ),
    (
        "weekend",
        rf"(?:the{SPACE}(?:past{SPACE}|last{SPACE})?|last{SPACE}|this{SPACE}|past{SPACE})weekend\b"
        rf"(?!{SPACE}(?:of|before|after|following)\b)",
    ),
    ("week", rf"{RANK}{SPACE}week{SPACE}of{SPACE}{MONTH}(?:,?{GAP}{YEAR}\b)?"),
    (
        "week",
        rf"{RANK}{SPACE}(?:{COUNT}{SPACE})?(?:days|weeks"
        rf"|half){SPACE}of{SPACE}{MONTH}(?:,?{GAP}{YEAR}\b)?",
    ),
    ("part", rf"(?:{RANK}{SPACE}quarter|q[1-4])(?:{SPACE}(?:of{SPACE})?{PERIOD})?"),
    ("part", rf"{RANK}{SPACE}half{SPACE}of{SPACE}{PERIOD}"),
    ("part", rf"{RANK}{SPACE}{COUNT}{SPACE}months{SPACE}of{SPACE}{PERIOD}"),
    (
        "season",
        rf"(?:in|last|this|during|since)(?:{SPACE}the)?{SPACE}(?:{SEASON})\b(?!{FALLEN})"
        rf"(?:{SPACE}(?:of{SPACE})?{YEAR}\b)?",
    ),
    ("season", rf"(?:{SEASON}){SPACE}(?:of{SPACE})?{YEAR}\b"),
    (
        "same",
        rf"(?:same|corresponding){SPACE}(?:months?|period|point|time|date|quarter|half|week"
        rf"|day|stage)"
        rf"{SPACE}(?:(?:of|in|a|the|one){SPACE})?(?:{PERIOD}|(?:year{SPACE})?(?:before|earlier"
        rf"|ago))",
    ),
    (
        "same",
        rf"(?:a|one){SPACE}year{SPACE}(?:earlier|before|previously)|the{SPACE}(?:year{SPACE}before"
        rf"|previous{SPACE}year)",
    ),
    ("same", rf"{COUNT}{SPACE}(?:years?|months?|weeks?|days?){SPACE}(?:later|earlier)"),
    ("same", rf"{COUNT}{SPACE}(?:years?|months?|weeks?|days?){SPACE}before(?={GAP}(?:[,;:.)]|$))"),
    (
        "same",
        rf"(?:previous|preceding){SPACE}(?:{COUNT}{SPACE}(?:years|months|weeks|days)|half[ -]year"
        rf"|(?:reporting{SPACE})?period|month|week|fortnight|quarter)\b",
    ),
    (
        "same",
        rf"the{SPACE}(?:month|week|fortnight|quarter|day){SPACE}(?:before"
        rf"|earlier)(?={GAP}(?:[,;:.)]|$))",
    ),
    ("same", rf"the{SPACE}(?:next|following){SPACE}(?:day|week|month|year)\b"),
    (
        "same",
        rf"(?:in|for|during){SPACE}the{SPACE}{RANK}(?:{SPACE}half)?(?={GAP}(?:[,;:.)]|$|(?:and|but|or|from|to"
        rf"|against)\b))",
    ),
    ("edge", rf"(?:end|close|start|beginning){SPACE}of{SPACE}(?:{MONTH}{SPACE})?{PERIOD}"),
    (
        "edge",
        rf"(?:end|close|start|beginning){SPACE}of{SPACE}(?:{MONTH}|(?:this|last){SPACE}month)",
    ),
    ("day", rf"{MONTH}{GAP}{DAY}(?![\d%]|[.,]\d|{GAP}{YEAR})(?:,{GAP}{YEAR}\b)?"),
    ("month", rf"{MONTH}(?:{GAP}of)?,?{GAP}(?:{YEAR}\b|last{GAP}year|this{GAP}year)"),
    ("month", rf"(?:(?:last|this){GAP})?{MONTH}"),
    (
        "run",
        rf"(?:(?:{COUNT}{SPACE})?(?:months|weeks)|year|quarter|month|week"
        rf"|fortnight){SPACE}(?:to|until|through"
        rf"|up{SPACE}to|end(?:ing|ed)(?:{SPACE}(?:in|on))?){SPACE}(?:{DAY}{SPACE})?{MONTH}"
        rf"(?:{SPACE}{YEAR}\b)?",
    ),
    ("new", rf"new{SPACE}year\b(?!')|turn{SPACE}of{SPACE}the{SPACE}year\b"),
    ("ago", rf"{COUNT}{SPACE}(?:decades?|years?|months?|weeks?|days?){SPACE}ago"),
    (
        "isoweek",
        rf"week{SPACE}(?:no\.?{GAP}|number{SPACE})?\d\d?\b(?:(?:,|/|{SPACE}of)?{GAP}{YEAR}\b)?",
    ),
    (
        "past",
        rf"(?:past|last|previous){SPACE}(?:(?:{COUNT}{SPACE})?(?:years|months|weeks|days)|decade)\b",
    ),
    ("past", rf"past{SPACE}(?:year|month|week)\b"),
    ("named", rf"(?:last|this){SPACE}(?:year|month|week|quarter)\b"),
    ("today", r"(?:today|now|currently|nowadays|yesterday|tonight|at present)\b"),
    ("year", rf"{YEAR}(?![\d%]|[.,]\d|s\b)"),
)


@functools.cache
def _compile_patterns(readers=None):
    """Return the patterns of these readers, or all, as one; each group names its pattern.

    Compiled when first asked for, so that the import stays quick.
    """
    parts = [
        f"(?P<r{n}>{pattern})"
        for n, (reader, pattern) in enumerate(PATTERNS)
        if readers is None or reader in readers
    ]
    return re.compile(rf"(?<![\w/$€£.])(?:{'|'.join(parts)})(?!\w)")


# The readers whose patterns can begin with a number, with a frequent word, with the name of a
# month and with that of a weekday: the fewer are tried the faster.
OF_NUMBERS = frozenset("iso dotted years days day week part same run ago year".split())
OF_FREQUENT = frozenset(("season", "same", "today", "ago", "weekend"))
OF_MONTHS = frozenset(("days", "day", "month"))
OF_WEEKDAYS = frozenset(("weekday",))
OF_WORDS = {
    "new": frozenset(("new",)),
    "this": frozenset("weekday weekend season month named".split()),
    **dict.fromkeys("same corresponding".split(), frozenset(("same",))),
    **dict.fromkeys("end close start beginning".split(), frozenset(("edge",))),
    **dict.fromkeys("now today currently nowadays yesterday".split(), frozenset(("today",))),
    **dict.fromkeys("year quarter fortnight".split(), frozenset(("run",))),
    "past": frozenset(("past", "weekend")),
}
NUMBER = re.compile(r"\d\d*")  # searched for by its first class, which r"\d+" is not
# The words that can begin an expression; only at these is the long pattern tried.
FIRST_WORDS = frozenset(
    {name.rstrip(".") for name in (*MONTH_NUMBER, *WEEKDAY_NUMBER)}
    | SEASONS.keys()
    | ORDINALS.keys()
    | COUNTS.keys() - {"a", "an"}
    | set(
        "a same corresponding end close start beginning new turn past previous last this today now"
        " currently nowadays yesterday tonight at q year quarter week fortnight preceding"
        " in for during since the".split()
    )
)
# Frequent words among them, which begin one only in a sentence that holds these.
FREQUENT = frozenset("a an at for in during since the".split())
# What must follow a number, or a word for one, for an expression to begin there.
AFTER_NUMBER = re.compile(
    rf"(?:st|nd|rd|th)?{GAP}(?:(?:of{GAP})?(?:{NAME})|years?\b|months?\b|weeks?\b|days?\b"
    rf"|quarter|half|{DASH}|to\b|and\b"
    rf"|[./]\d)"
)
AFTER_COUNT = LateRegex(
    rf"{GAP}(?:year|month|week|day|quarter|half|{COUNT}{GAP}(?:months|days|weeks))"
)
COUNTED = frozenset((COUNTS.keys() | ORDINALS.keys()) - {"a", "an", "last"})
NEEDED_PARTS = tuple(
    f"ago year present later earlier before next following quarter half weekend {' '.join(SEASONS)}"
    "".split()
)
NEEDED = LateRegex(
    rf"ago\b|year|present|later\b|earlier\b|before\b|next\b|following\b|quarter|half"
    rf"|weekend|{SEASON}"
)
NOT_A_YEAR = LateRegex(r"(?:/|\bno\. ?|\bresolutions? |\d{3,4} ?\()$")
OWN_LAST = LateRegex(r"(?:\b(?:its|their|his|her|whose)|['’]s?)\s+$")
YEAR_END = LateRegex(rf"{YEAR}$")
NEEDS_CAPITAL = frozenset(("day", "days", "weekday", "month", "week", "run"))
# A part of a day leaves the day as it is: "between Monday morning and the night of 5 March".
PART_OF_DAY = r"(?:morning|afternoon|evening|night|dawn|dusk|noon|midday|midnight)"
OF_DAY = rf"(?:(?:the|early|mid|late|in|on|about|at|{PART_OF_DAY}(?:{GAP}(?:of|on))?){GAP})*"
BEFORE = LateRegex(
    rf"(?P<since>\bsince{GAP}(?:(?:at{GAP}least|the|early|mid|late|about){GAP})*(?:mid-)?"
    rf"|\bsince\b(?:\s+[^\W\d_][\w'’-]*){{1,7}}?\s+(?:on|in|of){GAP}(?:(?:early|late|mid){GAP})?)$"
    rf"|(?P<span>\b(?:from|between){GAP}{OF_DAY}(?:mid-)?)$"
)
BEFORE_HINTS = frozenset(("since", "from", "between"))
JOIN = LateRegex(
    rf"(?:{GAP}(?:at{GAP})?{PART_OF_DAY}\b)?{GAP}(?:to|and|or|until|till|through|{DASH}){GAP}"
    rf"{OF_DAY}(?:mid-)?"
)
LOOK_BACK = 80
LISTED = ("month", "part")
YEARED = LateRegex(rf"{YEAR}|\byear\b")
# "… to 19 in", "… and nine in the second, and 12 in the"
LISTING = LateRegex(
    r"(?:,?\s+(?:to|and|or)|,)"
    r"(?:\s+(?!(?:after|since|when|where|which|that|who|because|while|as|but|before|until|from"
    r"|against|than|more|less|fewer|compared|up|down|same|half)\b)[\w$€£%.,-]+){1,9}?"
    r"\s+(?:in|during|for)\s+(?:the\s+)?"
)


def lower_text(text):
    """Return the text in lower case and of the same length, so that offsets stay valid."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@dataclass(slots=True)
class _Atom:
    """One time expression before it is joined to its neighbours."""

    start: int
    end: int
    reader: str
    words: str
    first: tuple = ()
    last: tuple = ()


def find_times(text, published, codebook=None):
    """Find the time expressions of a sentence.

    Parameters
    ----------
    text : str
        The sentence.
    published : str or None
        Publication date as ISO 8601 at any grain; relative words rest on it.
    codebook : Codebook, optional
        Not used: the words of the calendar are grammar, not lexicon.

    Returns
    -------
    list of TimeMention
        In order of place, never overlapping. ``kind`` is ``stated``, ``relative`` (rests on
        publication), ``now``, ``since``, ``period`` or ``same``; for ``same`` ("in the same months
        of 2021", "a year earlier") the value is the year, or empty for the year before, and the
        reader supplies the rest. Impossible dates never appear.
    """
    lowered, forms = lower_text(text), read_forms(text)
    matches = _find_atoms(lowered, forms)
    if not matches:
        return []
    pub = read_moment(published)
    atoms = [atom for match in matches if (atom := _read_atom(match, text, lowered))]
    for index in range(len(atoms) - 1, -1, -1):
        _resolve(atoms, index, lowered, pub)
    atoms = [atom for atom in atoms if atom.first or atom.reader == "same"]
    return _join(atoms, lowered, pub, not BEFORE_HINTS.isdisjoint(forms))


def find_words(lowered, words):
    """Yield where each of some words stands whole in a text in lower case, and the word.

    Parameters
    ----------
    lowered : str
        The text.
    words : iterable of str
        Of the letters a to z.

    Yields
    ------
    tuple of (int, str)
        All places of one word before those of the next.
    """
    for word in words:
        start = lowered.find(word)
        while start >= 0:
            end = start + len(word)
            before, after = lowered[start - 1 : start], lowered[end : end + 1]
            if not ("a" <= before <= "z" or "a" <= after <= "z"):
                yield start, word
            start = lowered.find(word, end)


def _find_atoms(lowered, forms):
    """Return the matches of the patterns, tried only at the words that can begin one."""
    found, end = [], 0
    for start, word in _find_starts(lowered, forms):
        if start < end or not (word in FREQUENT or _may_begin(lowered, start, word)):
            continue
        match = _choose_pattern(word).match(lowered, start)
        if match:
            found.append(match)
            end = match.end()
    return found


def _choose_pattern(word):
    """Return the patterns that can begin with a number or word: the fewer the faster."""
    if word[0] <= "9":
        return _compile_patterns(OF_NUMBERS)
    if word in FREQUENT:
        return _compile_patterns(OF_FREQUENT)
    if word in MONTH_NUMBER:
        return _compile_patterns(OF_MONTHS)
    return _compile_patterns(OF_WEEKDAYS if word in WEEKDAY_NUMBER else OF_WORDS.get(word))


def _find_starts(lowered, forms):
    """Return where the numbers and words stand that can begin an expression, in order."""
    starts = [(match.start(), match[0]) for match in NUMBER.finditer(lowered)]
    words = FIRST_WORDS.intersection(forms)
    if not starts and words <= FREQUENT:
        return ()
    if not words.isdisjoint(FREQUENT) and not _has_needed(lowered):
        words -= FREQUENT
    return sorted([*starts, *find_words(lowered, words)])


def _has_needed(lowered):
    """Tell whether a frequent word may begin an expression: a look at parts, then at words."""
    return any(map(lowered.__contains__, NEEDED_PARTS)) and NEEDED.search(lowered) is not None


def _may_begin(lowered, start, word):
    """Return whether an expression may begin at a number, as far as its next word tells."""
    end = start + len(word)
    if word in COUNTED:
        return AFTER_COUNT.match(lowered, end) is not None
    if word[0] > "9" or (len(word) == 4 and word[:2] in ("19", "20")):
        return True
    return len(word) <= 2 and AFTER_NUMBER.match(lowered, end) is not None


def _read_atom(match, text, lowered):
    """Return the atom of a match; None where the word only looks like a time."""
    reader = PATTERNS[int(match.lastgroup[1:])][0]
    start, words = match.start(), match[0]
    if reader in NEEDS_CAPITAL and not _is_capitalised(text[start : match.end()]):
        return None
    if reader == "named" and words.startswith("last") and OWN_LAST.search(lowered, 0, start):
        return None  # "in its last year in Mosul"
    if reader == "isoweek" and not text[start].isupper() and not YEAR_END.search(words):
        return None  # "in week 3" of anything
    named = reader == "year" and NOT_A_YEAR.search(lowered[max(0, start - 14) : start])
    if named and not (named[0].endswith("(") and lowered.startswith(":", match.end())):
        return None  # not "(2019: 60)" behind "in 2020"
    return _Atom(start, match.end(), reader, words)


def _is_capitalised(words):
    """Return whether the month or weekday in these words has its capital ("may" has not)."""
    return any(
        word[:1].isupper() and word.rstrip(".").lower() in CALENDAR for word in WORD.findall(words)
    )


def _resolve(atoms, index, lowered, pub):
    """Give an atom its moments; a bare month takes its year from the date it is joined to."""
    atom, reference = atoms[index], pub
    if index + 1 < len(atoms):
        follower = atoms[index + 1]
        joined = JOIN.fullmatch(lowered, atom.end, follower.start)
        if joined and follower.first and follower.reader in NEEDS_CAPITAL | {"edge"}:
            reference = follower.first
    if atom.reader in LISTED and not YEARED.search(atom.words):
        reference = _find_listed_year(atoms[index + 1 :], atom, lowered) or reference
    ends = READERS[atom.reader](atom.words, reference)
    if ends and all(is_real(moment) for moment in ends):
        atom.first, atom.last = ends[0], ends[-1]


def _find_listed_year(atoms, atom, lowered):
    """Return the time with a year that an atom is set beside: "45 in May to 19 in July 2021"."""
    for follower in atoms[:2]:
        if follower.reader == atom.reader and YEARED.search(follower.words):
            gap = lowered[atom.end : follower.start]
            return follower.first if LISTING.fullmatch(gap) else None
    return None


def _join(atoms, lowered, pub, linked):
    """Join atoms to intervals ("from A to B", "since A") and return the mentions.

    ``linked`` says whether the sentence holds a word that may join them.
    """
    mentions, index = [], 0
    while index < len(atoms):
        atom = atoms[index]
        before = _find_before(lowered, atom.start) if linked else None
        if index + 1 < len(atoms) and _is_interval(atom, atoms[index + 1], before, lowered):
            follower = atoms[index + 1]
            value = _write_interval(atom.first, follower.last)
            mentions.append(TimeMention(atom.start, follower.end, value, "period"))
            index += 2
            continue
        mentions.append(_write_mention(atom, before, pub))
        index += 1
    return mentions


def _find_before(lowered, start):
    """Return the "since", "from" or "between" right before a time."""
    return BEFORE.search(lowered[max(0, start - LOOK_BACK) : start])


def _is_interval(atom, follower, before, lowered):
    """Return whether two neighbouring atoms are the ends of one interval."""
    if (
        not atom.first
        or not follower.first
        or not JOIN.fullmatch(lowered, atom.end, follower.start)
    ):
        return False
    if before and before["span"]:
        return len(atom.first) == len(follower.first) or follower.last > atom.first
    gap = lowered[atom.end : follower.start].strip()
    alike = atom.reader == follower.reader and atom.reader in ALIKE
    return alike and gap in ("to", "and", "or", "-", "–", "—") and follower.last > atom.first


def _write_interval(first, last):
    """Return both ends as an interval; ends that run backwards keep the later end alone."""
    if first[: len(last)] > last[: len(first)]:
        return write_moment(last)
    return write_span(first, last)


def _write_mention(atom, before, pub):
    """Return the mention of a single atom, from then until publication after "since"."""
    if atom.reader == "same":
        year = str(find_year(atom.words, pub) or "")
        return TimeMention(atom.start, atom.end, year, "same")
    is_since = (before and before["since"]) or atom.words.startswith("since")
    if is_since and pub and atom.first <= pub:
        value = write_span(atom.first, pub[: len(atom.first)])
        return TimeMention(atom.start, atom.end, value, "since")
    kind = KINDS.get(atom.reader, "stated")
    if kind == "stated" and atom.first != atom.last:
        kind = "period"
    return TimeMention(atom.start, atom.end, write_span(atom.first, atom.last), kind)


ALIKE = frozenset("year month day dotted iso".split())
KINDS = dict.fromkeys(("weekday", "weekend", "ago", "named", "past", "new"), "relative") | {
    "today": "now"
}
