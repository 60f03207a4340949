"""Read what is up or down: ", up from eight in 2022", "is down by half", "stock down to 90"."""

from threatledger.extraction.trend_grammar import BE, is_adverb, is_amount, read_group
from threatledger.extraction.trend_lexicon import Change
from threatledger.extraction.trend_modality import is_conditional
from threatledger.extraction.trend_phrases import find_counted, find_subject


def read_up_or_down(words, lexicon, i, end, entry, tag):
    """Read ", up from eight in 2022", "are down to a hundred", "up for the third month"."""
    after, before = words.get(end), words.get(i - 1)
    start = i
    if is_adverb(before) and before.endswith("ly"):
        start, before = i - 1, words.get(i - 2)
    if before in BE or (is_adverb(before) and words.get(i - 2) in BE):
        return _read_be_up(words, i, end, entry)
    while is_adverb(after) and words.get(end + 1) in ("from", "on", "to", "by"):
        end += 1
        after = words.get(end)
    if after not in _SETTING and not after[:1].isdigit():
        return None
    if after == "for" and {"day", "week", "month", "quarter", "year"}.isdisjoint(
        words.low[end : end + 6]
    ):
        return None
    if after == "to" and _is_note(words, i):
        return Change(i, end, entry, entry.direction, find_subject(words, i))
    apart = before in (",", "(", "—", "–", ";", ":") or (after == "from" and before[:1].isdigit())
    if after == "to" or not apart:
        return None
    close = end + (after == "from")
    return Change(start, close, entry, entry.direction, find_counted(words, start))


def _is_note(words, i):
    """Tell whether "down to 90" stands in a note without verb: "stock down to 90"."""
    begin = i
    while begin and i - begin < 5 and words.low[begin - 1] not in ";:—–":
        begin -= 1
    opened = begin == 0 or words.low[begin - 1] in ";:—–"
    return words.low[i] == "down" and opened and begin < i and is_amount(words, i + 2)


def _read_be_up(words, i, end, entry):
    """Read "are down to a hundred": of things, not of him or me."""
    group = read_group(words, i)
    after = words.get(end)
    bare = after in _RESTING or is_adverb(after)
    if not (bare or after in _SETTING or after[:1].isdigit() or is_amount(words, end)):
        return None
    if after == "to" and words.low[i] == "up" or is_conditional(words, group.start):
        return None
    subject = find_subject(words, group.start)
    if group.modal or group.to >= 0 or group.negative or not group.aux:
        return None
    if words.get(subject[0]) in ("he", "she", "i", "we", "time"):
        return None
    return Change(group.start, end, entry, entry.direction, subject, subject)


_SETTING = frozenset("from by on to for a compared".split())
_RESTING = frozenset(["", ".", ":", ";", ",", ")", "and", "but", "this", "since", "in", "across"])
