"""Read amounts set against an earlier one: "twice as many as in 2020", "below last year's"."""

from threatledger.extraction.trend_grammar import (
    AMOUNT,
    BE,
    MODAL,
    STOPS,
    is_adverb,
    is_earlier,
    is_nominal,
    read_group,
)
from threatledger.extraction.trend_lexicon import Change, match_trigger
from threatledger.extraction.trend_modality import is_conditional
from threatledger.extraction.trend_phrases import (
    find_counted,
    find_phrase,
    find_subject,
    skip_adverbs,
)

_STANDING = frozenset("stood stands stand ran runs run came comes remained remains still".split())
_LEVEL = frozenset(
    "level levels figure figures total totals average averages number numbers rate rates peak that "
    "those year's month's week's quarter's last previous same".split()
)
_MEASURED = frozenset("per cent percent % points point a the by well far just slightly".split())
_MOVING = frozenset("verb intransitive transitive comparative become".split())
_REACHED = frozenset(
    "hit hits reached reaches reach at to touched touches set sets near nears".split()
)


def skip_amount_back(words, i):
    """Return the index where the amount before a comparative begins: "12 per cent higher"."""
    k = i
    while k and (
        words.low[k - 1] in AMOUNT
        or words.low[k - 1][:1].isdigit()
        or words.low[k - 1] in _MEASURED
        or (is_adverb(words.low[k - 1]) and k < i)
    ):
        k -= 1
    return k


def read_beside_level(words, lexicon, i, end, entry, tag):
    """Read "are 30 per cent below their level of a year ago"."""
    if _LEVEL.isdisjoint(words.low[end : end + 6]) or not is_earlier(words, end, 8, loose=False):
        return None
    k = skip_amount_back(words, i)
    while is_adverb(words.get(k - 1)):
        k -= 1
    before = words.get(k - 1)
    if before not in BE and before not in _STANDING:
        return None
    group = read_group(words, k)
    if group.modal or group.negative or group.to >= 0 or is_conditional(words, group.start):
        return None
    subject = find_subject(words, group.start if group.aux else k - 1)
    return Change(i, end, entry, entry.direction, subject, subject)


def read_multiple(words, lexicon, i, end, entry, tag):
    """Read "twice as many as in 2020", "half the figure of last year", "double what it was"."""
    close = end
    if words.get(end - 2) == "as":
        while words.get(close) != "as":
            if close >= len(words) or words.low[close] in STOPS or close > end + 6:
                return None
            close += 1
    if not is_earlier(words, close, 9, loose=words.low[end - 1] != "the"):
        return None
    if words.get(i - 1) == "to":
        return None
    start = i - (words.low[i] == "times")
    if not _is_factual(words, start):
        return None
    before = words.get(start - 1)
    if before in BE:
        what = find_subject(words, read_group(words, start).start)
    elif close > end or words.get(end - 1) == "the":
        what = find_phrase(words, end)
    else:
        what = find_counted(words, start)
    return Change(start, end, entry, entry.direction, what)


def _is_factual(words, start):
    """Tell whether no modal or infinitive governs the words a little to the left."""
    for j in range(start - 1, max(-1, start - 8), -1):
        if words.low[j] in STOPS:
            return True
        if words.low[j] in MODAL or (words.low[j] == "to" and words.low[j - 1] in _WISHES):
            return False
    return not is_conditional(words, start)


_WISHES = frozenset("want wants wanted hope hopes plans plan aims need needs expected".split())


def read_neither(words, lexicon, i, end, entry, tag):
    """Read "was neither growing nor shrinking": two ways denied is steady."""
    nor = next((k for k in range(end, min(len(words), end + 8)) if words.low[k] == "nor"), None)
    if nor is None:
        return None
    first = _read_way(words, lexicon, skip_adverbs(words, end))
    second = _read_way(words, lexicon, skip_adverbs(words, nor + 1))
    if first is None or second is None or first[0] == second[0]:
        return None
    group = read_group(words, i)
    if group.modal or group.to >= 0:
        return None
    subject = find_subject(words, group.start)
    close = second[1] + (words.get(second[1]) == "off")
    return Change(group.start, close, entry, "steady", subject, subject)


def _read_way(words, lexicon, k):
    """Return the direction and end of a word of change at an index, ``None`` without."""
    for entry, _, close in match_trigger(lexicon, words, k):
        if entry.kind in _MOVING and entry.direction in ("up", "down", "worse"):
            return "up" if entry.direction == "up" else "down", close
    return None


def read_extreme(words, lexicon, i, end, entry, tag):
    """Read "have hit a five-year high", "fell to a record low"."""
    kind = words.get(i - 1)
    if kind not in ("record", "all-time", "new") and not kind.endswith(("-year", "-month")):
        return None
    k = i - 2
    k -= words.get(k) in ("a", "an", "its", "their", "the")
    if words.get(k) not in _REACHED or words.get(end).isalpha() and is_nominal(words, end):
        return None
    group = read_group(words, k)
    if group.modal or group.negative or group.to >= 0 or is_conditional(words, group.start):
        return None
    verb = group.start - (words.low[k] == "to")
    subject = find_subject(words, max(0, verb))
    return Change(i - 1, end, entry, entry.direction, subject, subject)
