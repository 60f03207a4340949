"""Read nouns and adjectives of change: "a drop in revenue", "dwindling reserves"."""

from threatledger.extraction.trend_grammar import (
    BE,
    DETERMINER,
    MODAL,
    PREPOSITION,
    PRONOUN,
    STOPS,
    is_adverb,
    is_nominal,
    read_group,
)
from threatledger.extraction.trend_lexicon import Change
from threatledger.extraction.trend_modality import is_conditional, is_unreal
from threatledger.extraction.trend_phrases import (
    find_complement,
    find_counted,
    find_owner,
    find_phrase,
    find_subject,
)


def read_noun(words, lexicon, i, end, entry, tag):
    """Read a noun of change, as "a sharp drop in revenue", "the group's spread"."""
    start = i
    while words.get(start - 1) in lexicon.lists["degree"]:
        start -= 1
    before = words.get(start - 1)
    if before == "no" and entry.word in _LULLS and words.get(end) in ("in", "from", "to"):
        return Change(start - 1, end, entry, "steady", find_phrase(words, end + 1))
    if before in ("no", "any", "without", "little") or is_unreal(words, lexicon, start):
        return None
    if is_conditional(words, start):
        return None
    close = _skip_joined(words, lexicon, end)
    what = find_complement(words, close)
    if before in ("a", "an") and what is not None and words.get(what[1]) in MODAL:
        return None
    owned = before.endswith(("'s", "s'")) or before in ("its", "their", "his", "her")
    if what is None and owned and not (words.low[i].endswith("ing") and is_nominal(words, end)):
        what = find_owner(words, start)
    if what is None and before in ("a", "an"):
        what = _find_measured(words, start - 1, close)
    if what is not None and _is_decided(words, what[1]):
        return None
    if what is None or not _is_noun_place(words, lexicon, start, before, owned):
        return None
    start = _find_light(words, lexicon, start)
    return Change(start, close, entry, entry.direction, what)


def _find_measured(words, start, end):
    """Return what a noun in apposition is about: "40 raids, a jump of 60 per cent"."""
    if words.get(end) not in _AFTER_AMOUNT and words.get(end) not in STOPS | {""}:
        return None
    before = words.get(start - 1)
    if before in _EQUAL:
        return find_subject(words, read_group(words, start - 1).start)
    apart = before in (",", "—", "–", "(", ":", "-") or before == "or"
    counted = find_counted(words, start - 1) if apart else (0, 0)
    return counted if counted[0] < counted[1] else None


_EQUAL = frozenset(
    "is was are were represents represented marks marked meant means constitutes constituted "
    "equals equalled".split()
)
_AFTER_AMOUNT = frozenset("of on over from by compared in since against within this last".split())
_LULLS = frozenset("let-up letup respite abatement easing slackening lessening lull".split())
_DECIDED = frozenset(
    "approved agreed planned proposed requested recommended expected needed required due possible "
    "likely sought announced envisaged foreseen discussed under".split()
)


def _is_decided(words, k):
    """Tell whether the change is a matter of decision: "the increase in aid was approved"."""
    return words.get(k) in BE and words.get(k + 1) in _DECIDED


def _is_noun_place(words, lexicon, start, before, owned):
    """Tell whether a noun can stand where a word stands: behind an article, adjective or verb."""
    if owned or before in DETERMINER or before in PREPOSITION or before in lexicon.lists["light"]:
        return True
    if not before or before in (",", "and", "or", ":", "(") or before in lexicon.lists["degree"]:
        return True
    return before.endswith(("al", "ive", "ic", "ous", "ant", "ent", "ful", "ary", "ing"))


def _skip_joined(words, lexicon, end):
    """Return the index after a second noun of change: "lull or inactivity"."""
    if words.get(end) not in ("and", "or"):
        return end
    k = end + 1
    while words.get(k) in lexicon.lists["degree"]:
        k += 1
    nouns = lexicon.triggers.get(words.get(k), ())
    return k + 1 if any(entry.kind == "noun" for entry, _, _ in nouns) else end


def _find_light(words, lexicon, start):
    """Take in the verb that carries the noun: "has experienced collapse"."""
    j = start - 1
    j -= words.get(j) in ("a", "an", "the")
    if words.get(j) in ("experienced", "suffered", "undergone"):
        return read_group(words, j).start
    return start


def read_adjective(words, lexicon, i, end, entry, tag):
    """Read an adjective before the thing that changes: "dwindling cash reserves"."""
    start = i
    before, after = words.get(i - 1), words.get(end)
    if not after or before in BE and after not in lexicon.lists["harm"]:
        return None
    if before in ("no", "without") or before in PRONOUN - {"this", "that", "these", "those"}:
        return None
    if entry.only and _may_be_verb(words, lexicon, i):
        return None
    if after in ("and", "or"):
        joined = lexicon.triggers.get(words.get(end + 1), ())
        if not any(other.kind == "adjective" for other, _, _ in joined):
            return None
        end += 2
    if is_adverb(before) and before.endswith("ly"):
        start = i - 1
    if not words.get(end)[:1].isalpha() or not is_nominal(words, end):
        return None
    if is_unreal(words, lexicon, start) or is_conditional(words, start):
        return None
    return Change(start, end, entry, entry.direction, find_phrase(words, end))


def _may_be_verb(words, lexicon, i):
    """Tell whether an -ing form has an object, as in "discuss strengthening ties"."""
    word, before = words.low[i], words.get(i - 1)
    if not word.endswith("ing") or before in DETERMINER or before.endswith(("'s", "s'")):
        return False
    return any(entry.kind in ("transitive", "verb") for entry, _, _ in lexicon.triggers[word])
