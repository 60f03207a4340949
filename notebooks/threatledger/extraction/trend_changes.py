"""Find the words of change in a sentence: what they say has changed, and which way."""

from itertools import compress, count

from threatledger.extraction.trend_comparisons import (
    read_adverb,
    read_become,
    read_comparative,
    read_more,
    read_now,
    read_phrase,
    read_predicate,
)
from threatledger.extraction.trend_grammar import is_before
from threatledger.extraction.trend_levels import (
    read_beside_level,
    read_extreme,
    read_multiple,
    read_neither,
)
from threatledger.extraction.trend_lexicon import match_trigger
from threatledger.extraction.trend_nouns import read_adjective, read_noun
from threatledger.extraction.trend_steady import (
    read_as_ever,
    read_continue,
    read_keep,
    read_no_longer,
    read_no_sign,
    read_remain,
    read_still,
    read_unchanged,
)
from threatledger.extraction.trend_ups import read_up_or_down
from threatledger.extraction.trend_verbs import read_verb


def find_changes(words, lexicon):
    """Find every word of change in a sentence that states a change.

    Parameters
    ----------
    words : trend_grammar.Words
    lexicon : trend_lexicon.Lexicon

    Returns
    -------
    list of Change
        In order; of overlapping ones the one with more words.

    Notes
    -----
    Each class of the table ``trend-words`` has a reader. A reader takes the words, the lexicon,
    the indices where the word of change begins and ends, its row and the tag of its form, and
    returns a ``Change``, or ``None`` where the sentence does not state one.
    """
    singles, firsts, low = lexicon.singles, lexicon.firsts, words.low
    found = []
    known = lexicon.triggers
    for i in compress(count(), map(known.__contains__, low)):
        if low[i] not in singles and words.get(i + 1) not in firsts[low[i]]:
            continue
        change = _read_first(words, lexicon, i)
        if change is not None:
            found.append(change)
    return _keep_longest(found) if len(found) > 1 else found


def _read_first(words, lexicon, i):
    """Return the change of the first trigger at a word that holds."""
    for entry, tag, end in match_trigger(lexicon, words, i):
        if (
            entry.not_before
            and is_before(words, end, entry.not_before)
            and not _as_well(words, end)
        ):
            continue
        change = _READERS[entry.kind](words, lexicon, i, end, entry, tag)
        if change is not None and change.direction:
            change.end = min(change.end, len(words))
            return change
    return None


def _as_well(words, k):
    """Tell whether "as well" stands at an index, which no row means by "as"."""
    return words.get(k) == "as" and words.get(k + 1) in ("well", "before", "usual")


def _keep_longest(found):
    """Of changes that overlap keep the longer, else the first; one that only goes on gives way."""
    nouns = {change.start for change in found if change.entry.kind == "noun"}
    kept, taken = [], set()
    for change in sorted(found, key=lambda c: (c.start - c.end, c.start)):
        span = range(change.start, change.end)
        if taken.isdisjoint(span) and not (_only_goes_on(change) and _holds_noun(change, nouns)):
            kept.append(change)
            taken.update(span)
    return sorted(kept, key=lambda c: c.start)


def _only_goes_on(change):
    """Tell whether a change is a verb of going on without a verb of its own."""
    return change.entry.word in ("continue", "persist")


def _holds_noun(change, nouns):
    """Tell whether the subject has a noun of change: "the rise in attacks continued"."""
    return not nouns.isdisjoint(range(*change.subject))


def _read_nothing(words, lexicon, i, end, entry, tag):
    """Pass over a row that another reader looks up."""
    return


_READERS = {
    "intransitive": read_verb,
    "transitive": read_verb,
    "verb": read_verb,
    "continue": read_continue,
    "remain": read_remain,
    "keep": read_keep,
    "unchanged": read_unchanged,
    "still": read_still,
    "no longer": read_no_longer,
    "no sign": read_no_sign,
    "as ever": read_as_ever,
    "noun": read_noun,
    "adjective": read_adjective,
    "predicate": read_predicate,
    "become verb": read_become,
    "comparative": read_comparative,
    "more or fewer": read_more,
    "up or down": read_up_or_down,
    "adverb": read_adverb,
    "phrase": read_phrase,
    "neither": read_neither,
    "beside level": read_beside_level,
    "multiple": read_multiple,
    "extreme": read_extreme,
    "become": read_now,
    "create": _read_nothing,
}
