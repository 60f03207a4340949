"""Tell whether a thing that no topic knows can go up or down: no person, place, name or wall."""

from threatledger.extraction.trend_grammar import (
    BE,
    HAVE,
    PREPOSITION,
    PRONOUN,
    TIME,
    is_adverb,
)

_ABSTRACT = tuple(
    "ation ition ction ption ssion sion ment ity ness ance ence ancy ency ship hood ism age ture "
    "asm ling ting ring ding ning ging king ping ming ving ying wing shing ching sing cing zing "
    "hing".split()
)
_CONCRETE = frozenset(
    "building village carriage garage bandage luggage baggage passage ceiling king ring wing "
    "thing clothing nothing something anything everything institution department apartment "
    "monument sculpture creature picture city university authority committee parliament regiment "
    "morning evening wedding meeting sling string spring offering beverage hostage page stage "
    "garment document ambulance fence audience statement sentence station".split()
)
_RESTING = (".", ",", ";", "and", "but")
_ENDS = frozenset("end halt close break".split())


def is_changeable(case):
    """Tell whether a thing without a topic is one of those that rise and fall.

    Parameters
    ----------
    case : trend_checks.Case

    Returns
    -------
    bool
    """
    head = [] if case.change.entry.kind == "adjective" else _read_head(case)
    if not head or head[0] in PRONOUN or head[-1] in PRONOUN:
        return False
    last = head[-1]
    if not last.replace("-", "").isalpha() or _is_body(last, case.lexicon.lists):
        return False
    if _is_abstract(last):
        return True
    if not _is_told_as_change(case):
        return False
    return last.endswith("s") and not last.endswith(("ss", "us", "is"))


def _read_head(case):
    """Return the words before the first preposition, in lower case; empty for a name."""
    start, end = case.change.what
    head = []
    for k in range(start, end):
        word = case.words.low[k]
        if word in PREPOSITION or word in BE or word in HAVE or word in ",;:":
            break
        head.append(k)
    if not head:
        return []
    last = head[-1]
    capital = case.words.text[case.words.spans[last][0]].isupper()
    if capital and (last > 0 or not _is_abstract(case.words.low[last])):
        opens = last == 0 or case.words.low[last - 1] in (":", "•", "-", "*")
        if not (opens and case.words.low[last].endswith("s")):
            return []
    return [case.words.low[k] for k in head]


def _is_abstract(word):
    """Tell whether a noun has an ending of things that come by degrees."""
    bare = word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")
    return bare not in _CONCRETE and len(bare) > 5 and bare.endswith(_ABSTRACT)


def _is_body(word, lists):
    """Tell whether a noun names a person or a thing of stone or steel."""
    return any(form in lists[kind] for kind in ("physical", "person") for form in _bare(word))


def _bare(word):
    """Return a word, and its likely singular."""
    return word, word.removesuffix("s"), word.removesuffix("es")


def _is_told_as_change(case):
    """Tell whether the verb is told as a change over time: "has risen", "fell in May"."""
    change, words = case.change, case.words
    if change.entry.word.split()[0] in _ENDS:
        return False
    opening = words.low[change.start : change.end]
    if any(word in HAVE or word in BE for word in opening):
        return True
    if change.number_follows or any(is_adverb(word) for word in opening):
        return True
    after = words.low[change.end : change.end + 3]
    if not after or after[0] in _RESTING:
        return case.change.entry.word in ("fall", "drop", "climb", "jump", "plunge", "slump")
    return is_adverb(after[0]) or after[0] in ("by", "since", "after") or _is_dated(after)


def _is_dated(after):
    """Tell whether a time follows at once: "in May", "last year", "in 2020"."""
    if after[0] in ("in", "during", "over") and len(after) > 1:
        return any(word in TIME or word[:2] in ("19", "20") and len(word) == 4 for word in after)
    return after[0] in ("last", "this") and len(after) > 1 and after[1] in TIME
