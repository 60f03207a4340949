"""Decide whether a change that was found is a trend as the codebook means it."""

import re
from dataclasses import dataclass

from threatledger.extraction.trend_grammar import (
    BE,
    DETERMINER,
    HAVE,
    MODAL,
    PREPOSITION,
    Words,
    is_amount,
)
from threatledger.extraction.trend_lexicon import Change, Lexicon
from threatledger.extraction.trend_things import is_changeable
from threatledger.extraction.trend_topics import POINTING, Topics, find_topic, is_measure

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_GOING = frozenset("to into across towards toward beyond from throughout through among in".split())
_DEGREE = frozenset(
    "practically virtually effectively largely almost completely nearly but".split()
)
_STEADY = frozenset("continue remain keep still persist endure prevail retain maintain".split())
_SAYING = frozenset("sees warns reports notes faces says shows".split())
_ARMED = ("actor", "attacks", "threat", "propaganda", "finance", "affiliates")
_ORGANS = frozenset("council committee commanders directorate office shura".split())
_MOST = 60  # words of a heading that are looked at


@dataclass(slots=True)
class Case:
    """A change under examination, with what it is checked against."""

    words: Words
    change: Change
    what: str
    lexicon: Lexicon
    topics: Topics


def is_stated(case, kind):
    """Tell whether a change is stated, and of a thing of which its words can state it.

    Parameters
    ----------
    case : Case
    kind : str
        Of the passage: titles and headings need a verb.

    Returns
    -------
    bool
    """
    headed = kind in ("title", "heading")
    if headed and case.change.entry.kind in ("noun", "adjective") and not _has_verb(case):
        return False
    if not headed and _is_name(case) or case.what.lower() in ("he", "she", "i"):
        return False
    if case.change.entry.word == "come back" and _is_of_people(case):
        return False
    if case.change.direction in ("up", "down") and _is_physical(case):
        return False
    denied = case.change.direction == "steady" != case.change.entry.direction
    return not _is_response(case) and (denied or _CHECKS[case.change.entry.only](case))


def _is_of_people(case):
    """Tell whether those that came back are a number of people: an event and no change."""
    words, change = case.words, case.change
    if is_amount(words, change.what[0]) or words.get(change.start - 1) in ("who", "that"):
        return True
    head = _read_head(_WORD.findall(case.what.lower()))
    return not case.lexicon.lists["person"].isdisjoint(head[-1:])


def find_direction(case):
    """Return the direction of a change: worse is up for a harm, down for anything else.

    Parameters
    ----------
    case : Case

    Returns
    -------
    str
        ``up``, ``down`` or ``steady``.
    """
    direction = case.change.direction
    if direction != "worse" and case.change.entry.word not in _BETTER:
        return direction
    if direction == "steady":
        return direction
    harm = not case.lexicon.lists["harm"].keys().isdisjoint(_read_core(case))
    return "up" if harm == (direction == "worse") else "down"


_BETTER = ("improve", "improvement", "improved", "improving", "better")


def _read_core(case):
    """Return the words of the thing itself; of "the number of raids" those behind it too."""
    named = _WORD.findall(case.what.lower())
    head = _read_head(named)
    return named if is_measure(" ".join(head), case.topics) else head


def _has_verb(case):
    """Tell whether a heading has a verb besides the words of change."""
    low, change = case.words.low[:_MOST], case.change
    for i, word in enumerate(low):
        if change.start <= i < change.end:
            continue
        if word in BE or word in HAVE or word in MODAL or word in _SAYING:
            return True
        if i and word.endswith("ed") and low[i - 1] not in PREPOSITION and len(word) > 4:
            return True
    return False


def _is_name(case):
    """Tell whether the word of change is part of a name: a capital inside the sentence."""
    start = case.change.start
    if start == 0 or not case.words.text[case.words.spans[start][0]].isupper():
        return False
    return case.words.low[start - 1] not in (":", ".", "!", "?", ")", "—", "–", "-")


def _read_head(words):
    """Return the words of a noun phrase before its first preposition."""
    head = []
    for word in words:
        if word in PREPOSITION:
            break
        head.append(word)
    return head


def _is_official(case):
    """Tell whether the subject is a government, an army or a body, and no armed group."""
    subject = case.words.low[slice(*case.change.subject)]
    head = _read_head(subject)
    if head[:1] and head[0] in ("its", "their") and not _ORGANS.isdisjoint(head[-1:]):
        return False
    if " ".join(head) in case.lexicon.lists["country"]:
        return True
    others = [word for word in head if word not in case.lexicon.lists["official"]]
    return len(others) < len(head) and find_topic(" ".join(others), case.topics) not in _ARMED


def _is_response(case):
    """Tell whether it is what governments and bodies go on doing, or do better."""
    entry = case.change.entry
    if case.change.direction == "steady" and entry.word in _STEADY:
        state = entry.word == "still" and case.words.low[case.change.start] in BE
        if entry.word == "remain" and not _is_official_head(case):
            return False
        if entry.word == "remain" and case.words.get(case.change.end) == "the":
            return False  # a country "remains the crossroads": what it is, not what it does
        return _is_official(case) and not (state and not _is_doing(case))
    rises = case.change.direction == "up" and entry.only in (
        "topic",
        "means",
        "gained",
        "thing",
        "territory",
    )
    rises = rises and entry.kind != "adjective"
    return rises and _is_official(case) and find_topic(case.what, case.topics) != "detention"


def _is_official_head(case):
    """Tell whether the last noun of the subject is a body or a country itself."""
    head = _read_head(case.words.low[slice(*case.change.subject)])
    lists = case.lexicon.lists
    return head[-1:] != [] and (head[-1] in lists["official"] or " ".join(head) in lists["country"])


def is_owned_officially(case):
    """Tell whether the thing that changed belongs to a government, an army or a body.

    Parameters
    ----------
    case : Case

    Returns
    -------
    bool
    """
    change = case.change
    head = [re.sub(r"['’]s?$", "", word) for word in _read_head(_WORD.findall(case.what.lower()))]
    if change.entry.direction == "steady" and change.what != change.subject:
        return False
    official = case.lexicon.lists["official"].keys() - _OF_GROUPS
    if not official.isdisjoint(head) and head[-1:] not in _UNOFFICIAL:
        return _LOCAL.isdisjoint(head)
    owned = case.words.get(change.what[0]) in ("its", "their", "his")
    owned = owned or not _DEPLOYED.isdisjoint(head[-1:])
    return owned and change.what != change.subject and _is_official(case)


_UNOFFICIAL = (["commanders"], ["commission"], ["commissions"], ["offices"])
_OF_GROUPS = frozenset(("office", "offices"))  # "the office's revenue": a group has one, too
_DEPLOYED = frozenset("force contingent deployment presence checkpoints posts outposts".split())
_LOCAL = frozenset("brigades brigade commanders community communities council committee".split())


def _is_doing(case):
    """Tell whether "is still" goes with a verb: "is still receiving families"."""
    return case.words.low[case.change.end - 1].endswith(("ing", "ed"))


def _is_anything(case):
    """Set no condition."""
    return True


def _is_known(case):
    """Hold where the topics know the thing."""
    if case.what.lower() in POINTING or find_topic(case.what, case.topics):
        return True
    if case.change.number_follows and case.change.what == case.change.subject:
        return _is_thing(case)
    return is_measure(case.what, case.topics) or is_changeable(case)


def _is_thing(case):
    """Hold where the thing is no road, river or person: what narrows there is no amount."""
    if case.change.what != case.change.subject:
        return _is_known(case)
    named = _WORD.findall(case.what.lower())
    head = _read_head(named) or named
    return bool(head) and case.lexicon.lists["physical"].keys().isdisjoint(head)


def _is_physical(case):
    """Tell whether a single person or thing of stone or steel rises, drops, stops or thins."""
    change = case.change
    if change.what != change.subject or change.entry.kind not in _MOVES:
        return False
    named = _WORD.findall(case.what.lower())
    head = [word for word in _read_head(named) if word not in DETERMINER]
    if not head or head[-1] not in case.lexicon.lists["physical"]:
        return False
    if head == ["fire"] and named[0] in ("its", "their"):
        return False
    return len(head) == 1 or find_topic(" ".join(head), case.topics) in ("", "actor", "other")


_MOVES = ("verb", "intransitive", "transitive", "beside level", "comparative", "become")


def _is_means(case):
    """Hold where the thing is a means that goes by degrees: strength, income, reach."""
    if case.change.number_follows and case.change.what == case.change.subject:
        return bool(find_topic(case.what, case.topics))
    if is_measure(case.what, case.topics):
        return True
    head = _read_head(_WORD.findall(case.what.lower()))
    if not case.lexicon.lists["means"].keys().isdisjoint(head[-2:]):
        return True
    risky = case.change.entry.direction != "down" or case.change.entry.word in _RISKY
    return not risky and find_topic(case.what, case.topics) in _DRAINED


_DRAINED = ("strength", "finance", "recruitment", "propaganda")
_RISKY = frozenset(
    [
        "cut off",
        "drive out",
        "disperse",
        "pull back",
        "knock down",
        "bring down",
        "wipe out",
        "stem",
    ]
    + ["roll back", "hold down", "keep down", "force down", "burn through", "wear out", "pull down"]
    + ["dispel", "disrupt", "dismantle", "destroy", "eliminate", "push back", "beat back", "stall"]
    + ["shut down", "rein in", "soak up", "use up", "run through", "draw down", "push down"]
)


def _is_perfect(case):
    """Hold where the verb is in the perfect: "has outgrown", not "exceeds"."""
    start, end = case.change.start, case.change.end
    now = case.words.low[start] == "now" and case.words.get(end) in ("that", "those", "all")
    return (case.words.low[start] in HAVE or now) and _is_thing(case)


def _is_gained(case):
    """Hold where what was gained are followers or members."""
    topic = find_topic(case.what, case.topics)
    return topic in ("propaganda", "recruitment", "affiliates", "strength", "finance")


def _is_steady(case):
    """Hold where the thing named by a noun phrase comes in amounts or has a topic."""
    topic = find_topic(case.what, case.topics)
    return topic not in ("", "actor") or is_measure(case.what, case.topics)


def _is_amount(case):
    """Hold where the thing comes in amounts, or an amount follows."""
    change = case.change
    if change.number_follows or is_measure(case.what, case.topics):
        return True
    if case.what.lower() in POINTING:
        return True
    topic = find_topic(case.what, case.topics)
    if topic in ("", "actor"):
        return not topic and is_changeable(case)
    if change.entry.kind == "intransitive" and topic == "territory" and not _is_means(case):
        return False
    if change.entry.word == "end" and change.what == change.subject:
        return not _DEGREE.isdisjoint(case.words.low[change.start : change.end])
    return True


def _is_cut(case):
    """Hold where something is cut down and not cut off."""
    if case.change.number_follows or is_measure(case.what, case.topics):
        return True
    topic = find_topic(case.what, case.topics)
    return case.change.what != case.change.subject and topic not in ("", "territory")


def _is_lost(case):
    """Hold where the topics know the thing lost, and it is no bare count of the dead."""
    topic = find_topic(case.what, case.topics)
    if _is_official(case):
        return False
    if not topic:
        return is_measure(case.what, case.topics) or is_changeable(case)
    counted = any(char.isdigit() for char in case.what[:24])
    if counted and topic == "strength" and case.change.subject[0] < case.change.subject[1]:
        subject = case.words.read(*case.change.subject).lower()
        return subject in POINTING or find_topic(subject, case.topics) in ("actor", "strength")
    return not (counted and topic in ("strength", "attacks", "actor", "other"))


def _goes_somewhere(case):
    """Hold where a spread goes to a place."""
    after = case.words.get(case.change.end)
    if case.change.entry.kind == "noun" and (after == "of" or "'" in case.what):
        return True
    if case.words.low[case.change.start] in BE and after in _RESTING:
        return bool(find_topic(case.what, case.topics)) or is_changeable(case)
    return after in _GOING


_RESTING = frozenset(["", ".", ",", ";", ":", "and", "but", "fast", "again", "despite", "as"])


def _is_held(case):
    """Hold where the thing held is a means or a ground: ability, presence, control, cells."""
    if case.change.what == case.change.subject and is_measure(case.what, case.topics):
        return True
    head = _read_head(_WORD.findall(case.what.lower()))
    return not case.lexicon.lists["holding"].keys().isdisjoint(head[-2:])


def _is_going_on(case):
    """Hold where what goes on has a name that the topics know: no search, no speech."""
    change = case.change
    if change.what != change.subject or case.words.get(change.end - 2) == "to":
        return True
    if case.words.get(change.end) == ":":
        return False
    return bool(find_topic(case.what, case.topics)) or is_measure(case.what, case.topics)


def _is_land(case):
    """Hold where the thing gained is land."""
    return find_topic(case.what, case.topics) == "territory"


_CHECKS = {
    "": _is_anything,
    "any": _is_anything,
    "topic": _is_known,
    "amount": _is_amount,
    "cut": _is_cut,
    "object": _is_lost,
    "place": _goes_somewhere,
    "going": _is_going_on,
    "holding": _is_held,
    "territory": _is_land,
    "thing": _is_thing,
    "means": _is_means,
    "perfect": _is_perfect,
    "gained": _is_gained,
    "steady": _is_steady,
    "known": _is_known,
}
