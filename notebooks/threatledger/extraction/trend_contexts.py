"""Say what a change is about: the topic of the thing that changed, else of what stands round it."""

import re

from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.trend_grammar import DETERMINER, PREPOSITION, is_amount
from threatledger.extraction.trend_lexicon import read_lexicon
from threatledger.extraction.trend_topics import (
    POINTING,
    find_topic,
    find_weight,
    has_sign,
    name_topics,
)

_FROM_ABROAD = re.compile(
    r"\b(?:[Rr]ecruits|[Ff]ighters|[Mm]ilitants|[Vv]olunteers|[Jj]ihadists)"
    r"(?: (?:arriving|coming|travell?ing|who (?:come|came|arrived?|travel|travelled)))?"
    r" from [A-Z]"
)
_CAMPS = LateRegex(
    r"^(?!.*\b(?:training|refugee|displacement|displaced|IDP|transit|holding)\b)(?:[\w'’-]+ ){0,4}?"
    r"(?:camps?|bases?|hideouts?|strongholds?|hide-outs?|sanctuar(?:y|ies)|havens?|positions?"
    r"|villages?|towns?|ground|footholds?)"
    r"(?: (?:in|along|near|around|on|at|of|north|south|east|west)\b|$)"
)
_CAMP_NAME = LateRegex(r"[A-Z][\w'’-]+(?: \d)? (?:[a-z]+ )?[Cc]amps?\b|\b[Cc]amp [A-Z]|\bCAMPS?\b")
_SAFETY = re.compile(r"^(?:the )?(?:overall )?(?:in)?(?:security|safety|order)\b", re.IGNORECASE)
_EARNED = re.compile(r"\b(?:brought in|brings? in|earned|raised|yielded|netted|grossed)\b")
_BARE = frozenset("number numbers total figure figures pace rate".split())
_HOME = LateRegex(
    r"\b(?:fl(?:y|ies|ew|own|ying) (?:home|back)|br(?:ings?|ought|inging) (?:home|back)"
    r"|t(?:ake|akes|ook|aken|aking) (?:home|back)|repatriat\w+)"
)
_POINTED_FLOW = re.compile(
    r"(?:that|this|the) (?:flow|stream|traffic|movement|trickle|current|route|pipeline)$",
    re.IGNORECASE,
)
_LOSING = frozenset("lost lose loses losing".split())
_OFFICIAL = LateRegex(
    r"\bbetween (?:the )?(?:[\w-]+ ){0,2}?(?:armies|governments|states|countries|neighbours"
    r"|services|forces|agencies|ministries|police|capitals|Member States|authorities|units|navies"
    r"|commands)\b"
)
_HEAD_END = re.compile(r" (?:of|in|to|from|for|among|at|by|on|with)\b")
_NEAR, _WIDE = 14, 60  # words to each side
_LONG = 600  # characters of what stands before
_SHORT, _TITLE = 130, 40  # most of a line at the head of a document, least of a second title
_DEEDS = ("still", "continue", "keep")
_HOLDING = frozenset("control controls occupy occupies rule rules".split())
_SURE = ("finance", "foreign_fighters", "detention", "propaganda", "affiliates", "other")
_PRICES = frozenset("price prices".split())
_PEOPLE = LateRegex(
    r"\b(?:fighters|militants|jihadists|jihadis|recruits|volunteers|men|nationals|gunmen|extremists"
    r"|terrorists|combatants|foreigners)\b"
)
_OUTSIDE = LateRegex(
    r"\b(?:around|near|outside|beyond|along|by [A-Z]|villages?|towns?|(?:sub-)?districts?"
    r"|provinces?|governorates?|valleys?|regions?|countryside|roads?|highways?|desert|hills|mountains)\b"
)
_TENTS = LateRegex(r"\b(?:tents?|residents|blocks?|wards?|wings?|inmates|cells? [A-Z0-9])\b")
_NAME = LateRegex(r"[A-Z][\w'’-]+(?: (?:of|the|al-[\w'’]+|[A-Z][\w'’-]+))* (?:al-)?[A-Z][\w'’-]+$")
_TO_WAR = LateRegex(
    r"\b(?:Syria|Iraq|Libya|Afghanistan|Raqqa|caliphate|Levant|conflict zone|battlefield"
    r"|fighting)\b"
)
_FOR_WAR = LateRegex(r"\b(?:for|to) (?:the |a )?(?:conflict|war|combat|battle|front|jihad)")
_BUSH_CAMP = LateRegex(
    r"\b(?:taking|took|storm\w*|raid\w*|destroy\w*|overr[au]n\w*|training|bush|jungle|forest|rebels?"
    r"|militants?|insurgents?|jihadists?|fighters|ADF|army|military)['’]? (?:old |main )?camps?\b",
    re.IGNORECASE,
)
_AIR = LateRegex(
    r"\b(?:air ?strikes?|air raids?|sorties|warplanes|jets|aircraft|bombers|air campaign)\b"
)
_CORE = LateRegex(r"\bfrom (?:the )?(?:cent(?:re|er)|core|abroad|leader|headquarters|Syria|Iraq)")


def choose_topic(reading, sentence, words, change, what, topics):
    """Choose the topic of a change: by the thing that changed, else by what stands round it.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
    words : trend_grammar.Words
    change : trend_changes.Change
    what : str
    topics : Topics

    Returns
    -------
    str
        One of the table ``topics``.
    """
    if what == "there" or (" there" in what and find_topic(what, topics) != "strength"):
        before = _read_context(reading, sentence)[:1]
        camp = bool(before) and has_sign(before[0], "inside", topics)
        around = words.read(max(0, change.start - _WIDE), change.start)
        camp = camp or has_sign(around, "inside", topics)
        what = f"{what} in {'the camp' if camp else around}"
    if _FROM_ABROAD.search(what):
        return "foreign_fighters"
    if not _LOSING.isdisjoint(words.low[change.start : change.end]) and _CAMPS.match(what):
        return "territory"
    if what[:4].lower() in ("coop", "coor", "coll", "ties", "trus") and _OFFICIAL.search(what):
        return "other"
    if _EARNED.search(what):
        return "finance"
    if what.lower() in _BARE and words.get(change.what[0] - 1) in ("their", "its"):
        found = [find_weight(text, topics) for text in _read_context(reading, sentence)[:1]]
        if found and found[0] not in ("", "actor"):
            return found[0]
    if _POINTED_FLOW.match(what):
        found = _find_pointed_flow(reading, sentence, topics)
        if found:
            return found
    deed = _find_deed(words, change, topics) or _find_last_named(words, change, topics)
    if deed:
        return deed
    topic = "actor" if what.lower() in POINTING else find_topic(what, topics)
    if topic not in _SURE and has_sign(_read_core(what, topics), "flow", topics):
        return _find_flow(reading, sentence, what, topics)
    if topic != "finance" and not _PRICES.isdisjoint(_read_head(what.lower()).split()):
        return "other"
    special = _find_state(words, change, what, topic, topics) or _find_owner(
        reading, sentence, words, change, what, topics
    )
    if special:
        return special
    if topic == "actor":
        found = _find_joined(words, change, topics) or _find_of_group(words, change, topics)
        if found:
            return found
    if topic not in ("", "actor"):
        return _fit_setting(reading, sentence, what, topic, topics)
    if not topic:
        named = change.direction != "steady" and _NAME.match(what[:_SHORT])
        topic = "actor" if named else _find_label(words, change, topics)
    if topic not in ("", "actor"):
        return topic
    found = _find_beside(reading, sentence, words, change, topics, topic)
    return _fit_funds(reading, sentence, what, found, topics)


def _find_state(words, change, what, topic, topics):
    """Find the topic of what someone gains or stays: "remain active", "remains the hub of"."""
    if topic == "strength" and change.entry.word.endswith(" ground"):
        return "territory"  # "jihadists gain ground"
    if change.entry.kind not in _STAYING or topic not in ("", "actor", "strength"):
        return ""
    after = words.low[change.start : change.end + 2]
    if topic and not _ACTIVE.isdisjoint(after) and not is_amount(words, change.what[0]):
        return "attacks"
    if topic == "actor" and words.get(change.end) in ("the", "a", "an"):
        named = name_topics(words.read(change.end, min(len(words), change.end + 9)), topics)
        means = named & {"finance", "recruitment", "propaganda"}
        return min(means) if len(means) == 1 and "threat" not in named else ""
    return ""


_STAYING = ("remain", "still", "continue", "keep")
_ACTIVE = frozenset("active operate operating roam roaming cross crossing prowl prowling".split())


def _find_owner(reading, sentence, words, change, what, topics):
    """Find the topic of a thing that takes it from what it belongs to: a rate, people, strikes."""
    head = _read_head(what.lower())
    label = _find_label(words, change, topics)
    if label and has_sign(head, "measure", topics) and not name_topics(head, topics):
        return label
    if (
        head.rsplit(" ", 1)[-1] == "population"
        and not name_topics(head, topics)
        and (
            has_sign(sentence.text[:_LONG], "inside", topics)
            or what.lower().startswith("its ")
            and any(
                has_sign(text, "inside", topics) for text in _read_context(reading, sentence)[:1]
            )
            or _is_in_camp(reading, sentence, topics)
        )
    ):
        return "detention"
    if _STRIKES.search(what) and any(map(_AIR.search, _read_context(reading, sentence))):
        return "other"
    return ""


_STRIKES = re.compile(r"^(?:[Tt]he )?(?:(?:number|pace|tempo|rate|frequency) of )?strikes$")


def _find_joined(words, change, topics):
    """Find the topic of what "it" points to in "draws an allowance, and it is growing"."""
    start = change.what[0]
    if words.get(start) != "it" or words.get(start - 1) not in ("and", "but") or start < 4:
        return ""
    found = find_weight(words.read(max(0, start - _WIDE), start), topics)
    return "" if found == "actor" else found


def _find_of_group(words, change, topics):
    """Find the topic of a change of a group itself: of its land or strength."""
    if change.tail != (0, 0) and words.get(change.tail[0]) == "in":
        return "territory"
    if change.direction == "steady":
        return ""
    return _find_reduced(words, change, topics) or change.entry.topic or "strength"


def _fit_setting(reading, sentence, what, topic, topics):
    """Change a topic where the document is on a camp or on aid."""
    if topic == "strength" and _is_neutral(what) and _is_in_camp(reading, sentence, topics):
        return "other"
    if _SAFETY.match(what) and topic in ("other", ""):
        inside = has_sign(what, "inside", topics) or _is_in_camp(reading, sentence, topics)
        return "detention" if inside else topic
    if topic == "attacks" and _is_in_camp(reading, sentence, topics):
        by_group = _OUTSIDE.search(what) or name_topics(what, topics) & {"actor", "strength"}
        by_group = by_group and not _TENTS.search(what)
        return "attacks" if by_group else "detention"
    return _fit_funds(reading, sentence, what, topic, topics)


def _fit_funds(reading, sentence, what, topic, topics):
    """Change finance to other where the funds are those of an aid plan or a programme."""
    if topic == "finance" and _is_for_relief(reading, sentence, what, topics):
        return "other"
    return topic


def _is_neutral(what):
    """Tell whether the head is a strength that villages and clinics have as well."""
    return _read_head(what.lower()).split()[-1:] in _NEUTRAL


_NEUTRAL = (["resistance"], ["capacity"], ["training"], ["skills"], ["morale"], ["resilience"])


def _find_deed(words, change, topics):
    """Find the topic of what someone goes on doing: "still extort", "go on fleecing"."""
    if change.entry.kind not in _DEEDS:
        return ""
    if not _HOLDING.isdisjoint(words.low[change.start : change.end]):
        held = find_topic(words.read(*change.what), topics)
        return "territory" if held in ("", "other") else ""
    if change.what == change.subject:
        doer = find_topic(words.read(*change.what), topics)
        if doer not in ("actor", "strength", "leadership", "affiliates"):
            return ""
    close = change.end + (words.get(change.end) in ("down", "off", "out", "up"))
    found = find_topic(words.read(change.start, close), topics)
    return "" if found in ("actor", "other") else found


def _find_last_named(words, change, topics):
    """Find the topic of what ", which remains easy" hangs on, if that is means and no place."""
    k = change.start - 1
    if words.get(k) != "which" or words.get(k - 1) != ",":
        return ""
    begin = k - 1
    while begin and k - begin < 6 and words.low[begin - 1] not in PREPOSITION | DETERMINER:
        begin -= 1
    found = find_topic(words.read(begin, k - 1), topics)
    return found if found in ("finance", "recruitment", "propaganda", "attacks") else ""


def _find_label(words, change, topics):
    """Find the topic of the label of a note: "Returns: the pace remains slow"."""
    colon = next((k for k in range(min(7, change.start)) if words.low[k] == ":"), 0)
    label = words.read(0, colon)
    return "detention" if has_sign(label, "flow", topics) else find_topic(label, topics)


def _read_head(what):
    """Return a thing without what hangs on it."""
    return _HEAD_END.split(what, maxsplit=1)[0]


def _read_core(what, topics):
    """Return the head of a thing; of "the number of departures" what is counted too."""
    head = _read_head(what)
    return what if f"{head} of " in what and has_sign(head, "measure", topics) else head


def _find_flow(reading, sentence, what, topics):
    """Find whose coming and going it is: of displaced people, of detainees or of fighters."""
    named = name_topics(what, topics)
    if "other" in named:
        return "other"
    if "detention" in named:
        return "detention"
    if named & {"foreign_fighters", "recruitment"} or _PEOPLE.search(what):
        return "foreign_fighters"
    if _FOR_WAR.search(what):
        return "foreign_fighters"
    if not _TO_WAR.search(what) and _is_into_country(reading, what):
        return "other"
    if (
        _is_in_camp(reading, sentence, topics)
        or what.lower() == "returns"
        and _HOME.search(sentence.text[:_LONG])
    ):
        return "detention"
    if _TO_WAR.search(what):
        return "foreign_fighters"
    if named & {"strength", "attacks"}:
        return find_topic(what, topics)
    around = [sentence.text[:_LONG], *_read_context(reading, sentence), _read_title(reading)]
    for text in around:
        named = name_topics(text, topics)
        if not named.isdisjoint(("foreign_fighters", "detention")):
            return "foreign_fighters" if "foreign_fighters" in named else "detention"
    moved = any("other" in name_topics(text, topics) for text in around)
    return "other" if moved else "foreign_fighters"


def _find_pointed_flow(reading, sentence, topics):
    """Find of what "that flow" is: of the money or the people that the sentence before tells of."""
    before = " ".join(_read_context(reading, sentence)[:1])
    named = name_topics(before, topics)
    for topic in ("finance", "foreign_fighters"):
        if topic in named:
            return topic
    if "finance" in name_topics(_read_title(reading), topics):
        return "finance"
    return "foreign_fighters" if _TO_WAR.search(before) else ""


def _is_into_country(reading, what):
    """Tell whether people arrive in a whole country, which no camp counts as its own."""
    head, _, land = what.lower().partition(" in ")
    countries = read_lexicon(reading.codebook).lists["country"]
    return head.endswith("arrivals") and land.removeprefix("the ") in countries


def _is_for_relief(reading, sentence, what, topics):
    """Tell whether funds are those of an aid plan or a programme and not of a group."""
    if not has_sign(_read_core(what, topics), "funding", topics) or _CORE.search(what):
        return False
    if has_sign(what, "relief", topics) or has_sign(sentence.text[:_LONG], "relief", topics):
        return True
    around = [*_read_context(reading, sentence), _read_title(reading)]
    return any(has_sign(text, "relief", topics) for text in around)


def _find_beside(reading, sentence, words, change, topics, topic):
    """Find the topic in the words of the clause, then of the sentence, then before it."""
    aside = words.read(*change.tail)
    near = words.read(max(0, change.start - _NEAR), min(len(words), change.end + _NEAR))
    wide = words.read(max(0, change.start - _WIDE), min(len(words), change.end + _WIDE))
    subject = words.read(*change.subject) if change.what != change.subject else ""
    points = words.read(*change.what).lower() in POINTING
    for text in (aside, subject, near, wide):
        sure = text is aside or text is subject
        found = find_topic(text, topics) if sure else find_weight(text, topics)
        if found not in ("", "actor"):
            return found
    if topic == "actor" and not points:
        return "strength"
    before = (find_weight(text, topics) for text in _read_context(reading, sentence))
    return next(filter(None, before), "strength" if topic == "actor" else "other")


def _find_reduced(words, change, topics):
    """Return territory for a group "reduced to pockets", nothing for any other change of it."""
    if words.get(change.end) not in ("to", "into", "from", "out"):
        return ""
    after = words.read(change.end, min(len(words), change.end + 8))
    return "territory" if find_topic(after, topics) == "territory" else ""


def _is_in_camp(reading, sentence, topics):
    """Tell whether the heading, or the title where there is none, names a camp or prison."""
    heading = _BUSH_CAMP.sub("", _read_heading(reading, sentence))
    title = _BUSH_CAMP.sub("", _read_title(reading))
    if has_sign(heading, "inside", topics):
        return True
    if "foreign_fighters" in name_topics(title, topics) and not _CAMP_NAME.search(title):
        return False  # "Europe's returnees and its prisons" is on more than prisons
    return has_sign(title, "inside", topics)


def _read_title(reading):
    """Return the title of the document and the short lines at its head."""
    found = []
    for passage in reading.passages[:4]:
        line = reading.text[passage.start : passage.end][:_LONG]
        plain = passage.kind == "paragraph" and len(line) < _SHORT
        if passage.kind == "title" or plain or (passage.kind == "heading" and len(line) > _TITLE):
            found.append(line)
    return " ".join(found)


def _read_heading(reading, sentence):
    """Return the heading that governs a sentence."""
    number = reading.passages[sentence.passage].heading
    if number is None or reading.passages[number].kind != "heading":
        return ""
    above = reading.passages[number]
    return reading.text[above.start : above.end][:_LONG]


def _read_context(reading, sentence):
    """Return what stands before a sentence: its paragraph, what introduces a list, the heading."""
    passage = reading.passages[sentence.passage]
    found = []
    if sentence.index and reading.sentences[sentence.index - 1].passage == sentence.passage:
        found.append(reading.sentences[sentence.index - 1].text[:_LONG])
    for number in (passage.lead, passage.heading):
        if number is not None:
            above = reading.passages[number]
            found.append(reading.text[above.start : above.end][:_LONG])
    return found
