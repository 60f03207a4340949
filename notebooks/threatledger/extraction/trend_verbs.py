"""Read verbs of change: "has dropped", "have weakened the affiliate", "was cut by half"."""

from threatledger.extraction.trend_grammar import (
    BE,
    HAVE,
    is_adverb,
    is_nominal,
    number_follows,
    read_group,
)
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
        return _read_yet(words, i, end, entry) or _read_undiminished(words, i, end, entry, tag)
    start, how = voice
    follows = skip_adverbs(words, end)
    objects = has_object(words, follows) or _has_counted(words, follows, entry)
    subject = _find_caused(words, start, i) or find_subject(words, start)
    number = number_follows(words, follows)
    if how == "passive":
        if entry.kind == "intransitive":
            return None
        what = subject
    elif entry.kind == "intransitive":
        if objects and not entry.word.endswith((" to", " into")):
            return None
        what = subject
    elif objects:
        what = subject if entry.only == "perfect" else find_phrase(words, follows)
    elif entry.kind == "transitive" or how == "participle":
        return None
    else:
        what = subject
    return Change(start, follows, entry, entry.direction, what, subject, number_follows=number)


def _has_counted(words, k, entry):
    """Tell whether a number of things follows a verb of gain or loss: "gained 400 readers"."""
    if words.get(k + 1) == "than" or words.get(k) in _QUALIFIERS:
        k += 1 + (words.get(k + 1) in ("than", "least", "to", "many"))
    if entry.only not in ("gained", "object") or not words.get(k)[:1].isdigit():
        return False
    return words.get(k + 1).isalpha() and is_nominal(words, k + 1)


def _find_caused(words, start, i):
    """Return what was made to change: "it" in "forced it to retreat"."""
    low = words.low
    if low[start] in BE or (low[start] in HAVE and low[start + 1] in BE):
        return None
    if i > start + 2 and low[i - 1] == "to" and low[i - 2] not in BE and not is_adverb(low[i - 2]):
        verb = start
        while verb < i - 2 and not low[verb].endswith(("ed", "ing", "led", "es", "s")):
            verb += 1
        return (verb + 1, i - 1) if verb + 1 < i - 1 else None
    return None


def _read_yet(words, i, end, entry):
    """Read "has yet to abate"."""
    group = read_group(words, i)
    if group.to < 2 or group.aux or words.low[group.to - 1] != "yet" or entry.direction == "steady":
        return None
    if words.low[group.to - 2] not in HAVE:
        return None
    subject = find_subject(words, group.to - 2)
    follows = skip_adverbs(words, end)
    what = find_phrase(words, follows) if has_object(words, follows) else subject
    return Change(group.to - 2, end, entry, "steady", what, subject)


def _read_undiminished(words, i, end, entry, tag):
    """Read "has not diminished", "has hardly risen": a change denied is steady."""
    group = read_group(words, i)
    denied = group.negative in _DENIED or group.negative.endswith("n't")
    if not denied or group.modal or group.to >= 0 or not group.aux or entry.direction == "steady":
        return None
    if is_conditional(words, group.start):
        return None
    if group.aux[0] == "been" and "part" in tag and entry.kind in ("transitive", "verb"):
        subject = find_subject(words, group.start)
        return Change(group.start, end, entry, "steady", subject, subject)
    if group.aux[0] in BE:
        return None
    subject, follows = find_subject(words, group.start), skip_adverbs(words, end)
    what = subject
    if has_object(words, follows):
        if entry.direction != "down" or entry.kind == "intransitive":
            return None
        what = find_phrase(words, follows)
    elif entry.kind == "transitive":
        return None
    return Change(group.start, end, entry, "steady", what, subject)


_QUALIFIERS = frozenset("over about some around nearly almost up at as roughly".split())
_DENIED = frozenset("not never hardly scarcely barely".split())
