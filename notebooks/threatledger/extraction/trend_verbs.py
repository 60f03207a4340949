"""Read verbs of change: "has dropped", "have weakened the affiliate", "was cut by half"."""

from threatledger.extraction.trend_grammar import BE, is_adverb, number_follows, read_group
from threatledger.extraction.trend_lexicon import Change
from threatledger.extraction.trend_modality import is_conditional
from threatledger.extraction.trend_phrases import (
    find_phrase,
    find_subject,
    has_object,
    skip_adverbs,
)
from threatledger.extraction.trend_voice import find_voice


def read_verb(words, lexicon, i, end, entry, tag):
    """Read a verb of change, as "has dropped", "have weakened the affiliate", "was cut by half"."""
    voice = find_voice(words, lexicon, i, end, tag)
    if voice is None:
        return _read_undiminished(words, i, end, entry, tag)
    start, how = voice
    follows = skip_adverbs(words, end)
    objects = has_object(words, follows)
    subject = _find_caused(words, start, i) or find_subject(words, start)
    number = number_follows(words, follows)
    if how == "passive":
        if entry.kind == "intransitive":
            return None
        what = subject
    elif entry.kind == "intransitive":
        if objects and not entry.word.endswith(" to"):
            return None
        what = subject
    elif objects:
        what = find_phrase(words, follows)
    elif entry.kind == "transitive" or how == "participle":
        return None
    else:
        what = subject
    return Change(start, follows, entry, entry.direction, what, subject, number_follows=number)


def _find_caused(words, start, i):
    """Return what was made to change: "it" in "forced it to retreat"."""
    low = words.low
    if i > start + 2 and low[i - 1] == "to" and low[i - 2] not in BE and not is_adverb(low[i - 2]):
        verb = start
        while verb < i - 2 and not low[verb].endswith(("ed", "ing", "led", "es", "s")):
            verb += 1
        return (verb + 1, i - 1) if verb + 1 < i - 1 else None
    return None


def _read_undiminished(words, i, end, entry, tag):
    """Read "has not diminished", "has not risen": a change denied is steady."""
    group = read_group(words, i)
    denied = group.negative in ("not", "never") or group.negative.endswith("n't")
    if not denied or group.modal or group.to >= 0 or not group.aux or entry.direction == "steady":
        return None
    if entry.kind == "transitive" or group.aux[0] in BE or is_conditional(words, group.start):
        return None
    if has_object(words, skip_adverbs(words, end)):
        return None
    subject = find_subject(words, group.start)
    return Change(group.start, end, entry, "steady", subject, subject)
