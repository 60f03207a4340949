"""Say what it is that changed, in the words of the text."""

import re

from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.trend_grammar import BE, HAVE, MODAL, split_words
from threatledger.extraction.trend_phrases import find_subject
from threatledger.extraction.trend_topics import POINTING

_POINTED = LateRegex(r"[Tt](?:hose|hat) (?:in|of|on|at|by|from|against|for|among|near|to)\b")
_COUNTED = re.compile(
    r"^.*\b(?:counted|recorded|registered|logged|documented|tallied|opened) (?=\d)"
    r"|^.*?\b(?:puts?|places?|placed|estimates?|estimated|reckons?|reckoned|sets?|gives?|gave|numbers?)"
    r" (?=(?:the|its|their) [^,;]{3,80} (?:at|as|to be) (?:some |about |around |only |roughly )?\d)"
    r"|^.*?['’]s? (?:[a-z]+ )?(?:estimates?|counts?|tally|figures?|assessments?) (?:of|for) "
)
_CUT = LateRegex(r" (?:in|on|at|by|from|against|near) ")
_PASTS = frozenset(
    "fell rose grew shrank sank ran made came went took stood fought paid drew held kept sold "
    "brought fetched hit cost gave set".split()
)
_LONG = 400  # characters of the sentence before that are looked at


def find_what(reading, sentence, words, change, records):
    """Find the thing that changed, as the text names it.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
    words : trend_grammar.Words
    change : trend_changes.Change
    records : list of dict
        The trends found before this one.

    Returns
    -------
    str
        The noun phrase as written; the one that a pronoun points to where there is one before.
    """
    return _COUNTED.sub("", _find_named(reading, sentence, words, change, records))


def _find_named(reading, sentence, words, change, records):
    """Find the noun phrase of the thing that changed, with what a pronoun points to."""
    what = words.read(*change.what)
    first = what.split(" ", 1)[0].lower()
    same = records and records[-1]["sentence_start"] == sentence.start
    if change.what == change.subject:
        what = _read_after_time(words, change, what) or _read_relative(words, change) or what
    if first in ("those", "that") and _POINTED.match(what):
        before = records[-1]["what"] if same else _resolve(reading, sentence, records)
        return f"{_CUT.split(before, maxsplit=1)[0]} {what.split(' ', 1)[1]}" if before else what
    if same and not what and change.what == change.subject:
        return records[-1]["what"]
    if first in ("them", "it") and len(what) > len(first) and change.subject == (0, 0):
        return _resolve(reading, sentence, records) or what
    if same and what.lower() in ("they", "it", "these") and _goes_on(words, change):
        return records[-1]["what"]
    if what.lower() in POINTING or not what and change.what == change.subject:
        return _resolve(reading, sentence, records, change.what[0] < 6) or what
    return what


def _read_after_time(words, change, what):
    """Return the pronoun that a phrase of time opens for: "since the spring it has risen"."""
    opening = words.get(change.what[0] - 1) in _TIMES or words.get(change.what[0] - 2) in _TIMES
    last = what.rsplit(" ", 1)[-1]
    return last if opening and change.what[0] < 4 and last in ("it", "they") else ""


def _read_relative(words, change):
    """Return the thing whose clause a subject stands in: "the area in which it moves"."""
    k = change.what[0] - 1
    k -= words.get(k) in ("the", "its", "their")
    if words.get(k) not in ("that", "which"):
        return ""
    end = k - (words.get(k - 1) in ("in", "over", "on", "for", "at"))
    if words.get(end - 1) not in _AMOUNTS:
        return _read_of_clause(words, change, k)
    return words.read(end - 1, change.what[1])


def _read_of_clause(words, change, k):
    """Return the noun of a clause with its own verb: "exports from the mines that it once held"."""
    first = change.what[0]
    clause = words.low[first + 1 : min(change.what[1], first + 4)]
    named = words.get(first) in POINTING or words.read(first, first + 1)[:1].isupper()
    if words.low[k] != "that" or not named:
        return ""
    if not any(w in _HOLDS or w.endswith("ed") for w in clause):
        return ""
    return words.read(*find_subject(words, k))


_HOLDS = _PASTS | frozenset("built holds runs controls has had taxes earns pays used uses".split())
_TIMES = frozenset("since after before until during in".split())
_AMOUNTS = frozenset(
    "area areas zone zones fee fees price prices amount amounts sum sums share rate ransom tax "
    "taxes toll tolls territory ground land strip slice stretch belt villages towns districts "
    "money income wages cash speed pace rent cut".split()
)


def _goes_on(words, change):
    """Tell whether a pronoun opens a further clause of the same kind: "but in May they fell"."""
    clause = words.low[max(0, change.what[0] - 6) : change.what[0]]
    parted = max((k for k, word in enumerate(clause) if word in (",", ";")), default=0)
    return _REASONS.isdisjoint(clause[parted:]) and not _JOINING.isdisjoint(clause)


_REASONS = frozenset("because as since that when after before if so".split())
_JOINING = frozenset(", ; but and while though although whereas then".split())


def _resolve(reading, sentence, records, opens=True):
    """Return what a pronoun points to: the subject of the list or of the sentence before."""
    passage = reading.passages[sentence.passage]
    if passage.kind == "item" and passage.lead is not None and records and opens:
        last = records[-1]
        before = reading.passages[passage.number - 1] if passage.number else passage
        if before.start <= last["start"] < before.end:
            return last["what"]
    if sentence.index and reading.sentences[sentence.index - 1].passage == sentence.passage:
        before = reading.sentences[sentence.index - 1]
        if records and opens and records[-1]["sentence_start"] == before.start:
            return records[-1]["what"]
        return _read_subject(before)
    return ""


def _read_subject(sentence):
    """Return the subject of the first verb of a sentence, so far as auxiliaries show it."""
    words = split_words(sentence.text[:_LONG])
    for i, word in enumerate(words.low):
        verb = word in BE or word in HAVE or word in MODAL or word in _PASTS
        if verb or (i > 1 and word.endswith("ed")):
            found = words.read(*find_subject(words, i))
            return "" if found.lower() in POINTING else found
    return ""
