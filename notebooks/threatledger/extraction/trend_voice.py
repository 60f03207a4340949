"""Find the voice of a verb that states something: active, passive or participle."""

from threatledger.extraction.trend_grammar import (
    BE,
    CONJUNCTION,
    DETERMINER,
    HAVE,
    MODAL,
    PLURAL,
    PREPOSITION,
    STOPS,
    TIME,
    is_adverb,
    number_follows,
    read_group,
)
from threatledger.extraction.trend_modality import (
    is_conditional,
    is_denied,
    is_unreal,
    read_governor,
)
from threatledger.extraction.trend_phrases import has_object, skip_adverbs


def find_voice(words, lexicon, i, end, tag):
    """Return the first word of a verb's group and its voice, ``None`` if nothing is asserted."""
    group = read_group(words, i)
    if group.modal or group.negative or is_conditional(words, group.start):
        return None
    if is_denied(words, lexicon, group.start):
        return None
    start = group.start
    if group.to >= 0:
        start = read_governor(words, lexicon, group.to, group.aux)
        if start is None:
            return None
        if not group.aux:
            return (start, "active") if "base" in tag else None
    if not group.aux:
        return _read_bare(words, lexicon, i, end, tag, start)
    nearest = group.aux[0]
    if group.aux[-1] in ("be", "been", "being") and group.to < 0:
        return None
    if nearest in BE:
        if "ing" in tag:
            return start, "active"
        return (start, "passive") if "part" in tag else None
    if nearest in HAVE:
        return (start, "active") if "part" in tag and not _is_aim(words, start) else None
    return (start, "active") if "base" in tag else None


def _is_aim(words, start):
    """Tell whether "having" stands under a preposition that makes it no statement."""
    return words.get(start - 1) in ("of", "for", "without", "from", "about")


def _read_bare(words, lexicon, i, end, tag, start):
    """Return the voice of a verb without auxiliary, by the word before and after it."""
    before = words.get(start - 1)
    if "ing" in tag:
        return _read_participle(words, lexicon, i, end, before, start)
    if before in ("", "to", ";", ":", "(", "of") or before in DETERMINER - _STANDING:
        return None
    if "past" in tag:
        return _read_past(words, lexicon, i, end, before, start)
    if "s" in tag.split():
        fine = before not in PREPOSITION - _INSIDE and before not in lexicon.lists["degree"]
        return (start, "active") if fine else None
    if before in PREPOSITION or before in ("and", "or") or words.get(end) == "of":
        return None
    if before.endswith(("'s", "s'")) or before in lexicon.lists["degree"] or _is_seen(words, start):
        return None
    if before in STOPS and not is_after_aside(words, start):
        return None
    if words.get(start - 2) in ("a", "an") and words.get(start - 3) in PREPOSITION:
        return None
    plural = before.endswith("s") and not before.endswith(("'s", "ss")) or before in PLURAL
    noun = any(entry.kind == "noun" for entry, _, _ in lexicon.triggers.get(words.low[i], ()))
    return (start, "active") if plural or not noun else None


_INSIDE = frozenset(("inside", "outside"))  # "recruitment inside continues"
_STANDING = frozenset("that this these those both many all few some most several".split())


def _is_seen(words, start):
    """Tell whether a base form stands under "to see" or "will make" a few words before it."""
    for j in range(start - 1, max(0, start - 6), -1):
        if words.low[j] in ("see", "let", "make", "watch", "have"):
            return words.low[j - 1] == "to" or words.low[j - 1] in MODAL
    return False


def _read_past(words, lexicon, i, end, before, start):
    """Return the voice of a past form: simple past, or participle behind its noun."""
    if before in PREPOSITION or before in lexicon.lists["degree"]:
        return None
    agent = words.get(end) == "by" and words.get(end + 1) not in TIME
    if agent and not number_follows(words, end) and before != "and":
        return start, "passive"
    if before in STOPS and not (is_after_aside(words, start) or _is_in_series(words, start, end)):
        return None
    return start, "active"


def _is_in_series(words, start, end):
    """Tell whether a past form is the second of three: "rose in A, fell in B and were ..."."""
    if words.get(start - 1) != ",":
        return False
    for k in range(end, min(len(words), end + 14)):
        if words.low[k] == "and":
            after = words.get(k + 1)
            verb = words.get(k + 2) if is_adverb(after) else after
            return verb in BE or verb in HAVE or verb in _PASTS or verb.endswith("ed")
        if words.low[k] in STOPS:
            return False
    return False


def is_after_aside(words, start):
    """Tell whether the comma before a verb closes an aside or joins two verbs."""
    if words.get(start - 1) not in ",)—–":
        return False
    return any(word in STOPS for word in words.low[max(0, start - 18) : start - 1])


def _read_participle(words, lexicon, i, end, before, start):
    """Return the voice of an -ing form without auxiliary, where it states a fact."""
    if before in ("by", "while", "and", "thus", "thereby", ",", "—", "–", "or"):
        if not has_object(words, skip_adverbs(words, end)):
            return None
        if before in ("and", "or") and _is_under_aim(words, lexicon, start):
            return None
        if before in ("by", "while", "and", "or") and is_unreal(words, lexicon, start):
            return None
        return start, "participle"
    return (start, "active") if has_with(words, start) else None


def has_with(words, start):
    """Tell whether "with" makes a clause without auxiliary: "with attacks holding steady"."""
    for j in range(start - 2, max(-1, start - 9), -1):
        if words.low[j] == "with":
            return True
        if words.low[j] in STOPS or words.low[j] in CONJUNCTION or words.low[j] in BE:
            return False
    return False


def _is_under_aim(words, lexicon, start):
    """Tell whether an -ing form is joined to one that stands under "of", "for" or "at"."""
    for j in range(start - 2, max(-1, start - 9), -1):
        if words.low[j].endswith("ing"):
            return words.get(j - 1) in ("of", "for", "at", "in", "from", "on", "to")
    return False


def is_finite(word, words, subject):
    """Tell whether a word can be the finite verb of a subject."""
    if word.endswith(("s", "ed")) and not word.endswith("ss"):
        return True
    head = next((k for k in range(*subject) if words.low[k] in PREPOSITION), subject[1])
    last = words.get(head - 1)
    return last.endswith("s") or last in PLURAL or word in _PASTS


_PASTS = frozenset(
    "fell rose grew shrank held kept ran made had found hid came went took stood fought paid "
    "drew".split()
)
