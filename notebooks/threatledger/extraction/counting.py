"""Find what a bare number counts: its own noun, or the one that it shares or stands for."""

import re
from dataclasses import replace

from threatledger.extraction.clauses import (
    find_label,
    find_object,
    find_subject,
    find_verb,
    is_verb,
    read_subject,
    trim,
)
from threatledger.extraction.model import Counted
from threatledger.extraction.phrasing import Phrase, clean_phrase, read_left, read_phrase
from threatledger.extraction.readers import (
    FARTHEST,
    find_index,
    find_people,
    is_compared,
    look_back,
    make_counted,
    read_after_colon,
    read_antecedent,
    read_apposition,
    read_caption,
    read_earlier,
    read_label,
    read_topic,
    try_readers,
)
from threatledger.extraction.words import (
    find_start,
    find_word,
    is_participle,
    is_person,
    is_plural,
)

FEWER = re.compile(r"\s*(?:(?:\w+\s+){0,2}?)(?P<way>fewer|less|more|higher|lower)\s+than(?!\w)")
INSIDE = re.compile(r"(?<!\w)(?:in|across|within|of|with|at|from)\s*(?:the |its |their |all )*\Z")
FROM = re.compile(r"(?<!\w)from\s*\Z")
TO = re.compile(r"(?<!\w)to\s*\Z")
BY = re.compile(r"(?<!\w)by\s*\Z")
COMPARING = re.compile(r"(?<!\w)(?:against|than|compared (?:with|to))\s*\Z")
GOING_ON = re.compile(r"(?<!\w)(?:to|from|against|than|with|and|or)\s*\Z")
SAME = re.compile(r"(?<!\w)(for|in|at)\s*\Z")
RATE = re.compile(r"\s+(for|per)\s")
STRONG = re.compile(r"(?:-(?:strong|members?|man|person)|\sstrong)(?!\w)")
PREDICATE = re.compile(
    r"\s+(?:of\s+(?:them|whom|these)\s+(?:(?:are|were)\s+)?|(?:are|were)\s+)(?=\S)"
)
HUMAN = re.compile(
    r"\s*(?:more\s+|others?\s+)?"
    r"(?:(?:are|were|was|is|have|had|has|been|also|still|remain|remained|left)\s+)*"
    r"(?:killed|wounded|injured|died|dead|hurt|fled|flee|escaped|missing|arrested|detained|captured"
    r"|joined|surrendered|returned|displaced|trapped|executed|released|freed|convicted|sentenced"
    r"|repatriated|evacuated|deported|charged|perished|drowned|starved|crossed|held|live|lived"
    r"|marched|protested)(?!\w)"
)
TARGET = re.compile(
    r"(?<!\w)(?P<noun>target|norm|standard|goal|minimum|requirement|average|need)(?: of| is|:)?"
    r"\s*\Z"
)
VICTIMS = re.compile(
    r"(?<!\w)(?P<verb>kill|wound|injur|arrest|detain|captur|execut|behead|displac|recruit|abduct"
    r"|kidnapp?|evacuat|repatriat|rescu|free|releas|imprison|convict)(?:ed|e|es|s|ing)?\s*\Z"
)
GROUPS = re.compile(
    r"(?<!\w)(?P<group>famil(?:y|ies)|groups?|cells?|teams?|columns?|units?|squads?|bands?|army"
    r"|city|town|village|community|audience|force|crews?|crowds?|garrisons?|contingents?|missions?|gangs?|household|party)\s+of\s*\Z"
)


def find_number(scene, quantity):
    """Find what a bare number counts; one beside a sum or a measure may take over its unit.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
        With unit ``None``.

    Returns
    -------
    Counted
    """
    if STRONG.match(scene.low, quantity.reach):
        return _find_strong(scene, quantity)
    own = read_phrase(scene, quantity.reach)
    if own.span:
        return _add_label(scene, quantity, own) or make_counted(scene, own, None)
    return try_readers(scene, quantity, READERS, None)


def find_change(scene, quantity):
    """Read "fallen by 3,200" and "nine fewer than" as the fall in what fell.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity

    Returns
    -------
    Counted or None
    """
    fewer = FEWER.match(scene.low, quantity.reach)
    if fewer:
        return _read_fewer(scene, quantity, fewer["way"])
    if not BY.search(read_left(scene, quantity)):
        return None
    verb = find_verb(scene, quantity)
    noun, direction = scene.lists.changes.get(scene.words[verb].form, ("", "any"))
    if verb < 0 or direction == "any":
        return None
    subject = read_subject(scene, verb)
    if not subject.span:
        return None
    found = make_counted(scene, subject, quantity.unit)
    return replace(found, what=f"{noun} in {found.what}")


def _read_fewer(scene, quantity, way):
    """Read "nine fewer than in May", "€1.1 billion less than last year"."""
    noun, index = "rise" if way in ("more", "higher") else "fall", find_index(scene, quantity)
    if quantity.unit is None:
        earlier = _share_noun(scene, quantity)
    else:
        earlier = look_back(scene, index, scene.quantities[index - 1]) if index else None
    if earlier is None or not earlier.what:
        return None
    return replace(earlier, what=f"{noun} in {earlier.what}", unit=quantity.unit or earlier.unit)


def _find_strong(scene, quantity):
    """Read "a 500-strong force", "the men, some 500 strong": a strength is told in people."""
    own = read_phrase(scene, STRONG.match(scene.low, quantity.reach).end())
    found = own if own.span else read_apposition(scene, quantity) or _read_equal(scene, quantity)
    if found is None or not found.span:
        return Counted("strength", "person", -1, -1)
    return Counted(clean_phrase(scene.text, *found.span), "person", *found.span)


def _add_label(scene, quantity, phrase):
    """Widen "cases" to the label before it where the head alone says too little."""
    if phrase.head not in scene.lists.sets["generic"]:
        return None
    label = find_label(scene, quantity)
    if not label.span:
        return None
    topic = trim(scene, *label.span)
    what = clean_phrase(scene.text, *(topic.span or label.span))
    return Counted(f"{phrase.head} of {what}", "count", *phrase.span)


def _read_partner(scene, quantity):
    """Take over the noun of a number that this one is set beside, or points to."""
    if is_compared(scene, quantity) or read_phrase(scene, quantity.reach).pronoun:
        return _share_noun(scene, quantity)
    return None


def _share_noun(scene, quantity):
    """Take over the noun of another number of the sentence: one that is in no phrase before all."""
    index, left = find_index(scene, quantity), read_left(scene, quantity)
    near = scene.quantities[max(0, index - FARTHEST) : index]
    earlier = [q for q in near if q.unit is None]
    if TO.search(left) and earlier and FROM.search(read_left(scene, earlier[-1])):
        return look_back(scene, index, earlier[-1])
    main = [q for q in earlier if not INSIDE.search(read_left(scene, q))]
    for other in [*reversed(main), *reversed(earlier)]:
        found = look_back(scene, index, other)
        if found.what:
            return found
    if left.rstrip().endswith((" or", " and", "/", "-")):
        return _read_following(scene, index)
    return None


def _read_following(scene, index):
    """Read the noun of the next number: "two or perhaps three gunmen"."""
    for other in scene.quantities[index + 1 :]:
        own = read_phrase(scene, other.reach)
        if other.unit is None and own.span:
            return make_counted(scene, own, None)
    return None


def _read_predicate(scene, quantity):
    """Read "8,000 of them are third-country nationals"."""
    match = PREDICATE.match(scene.low, quantity.reach)
    if match is None:
        return None
    found = read_phrase(scene, match.end())
    if not found.span or found.head in scene.lists.sets["adjective"]:
        return None
    if is_participle(found.head.split()[-1]):
        return None
    return found if is_plural(found.head) or is_person(found.head, scene.lists) else None


def _read_people(scene, quantity):
    """Take those for people of whom only what they did or suffered is said: "dozens fled"."""
    human = HUMAN.match(scene.low, quantity.reach)
    if not human and quantity.relation != "vague":
        return None
    return Counted("people", "person", -1, -1)


def _read_main(scene, quantity):
    """Read the sentence's subject for a number after a colon, or that it is only compared with."""
    left = read_left(scene, quantity)
    if ":" in left and find_verb(scene, quantity) < 0:
        return _read_announced(scene, find_start(quantity) - len(left) + left.rindex(":"))
    if not COMPARING.search(left):
        return None
    verb = next((i for i in range(1, len(scene.words)) if is_verb(scene, i)), None)
    return read_subject(scene, verb) if verb is not None else None


def _read_announced(scene, colon):
    """Read the subject of the last verb before a colon that has one: "raids trebled, he says:"."""
    last = find_word(scene.words, colon)
    for i in range(last - 1, max(0, last - 30), -1):
        subject = read_subject(scene, i) if is_verb(scene, i) else Phrase()
        if subject.span:
            return subject
    return None


def _read_victims(scene, quantity):
    """Read "killed 47" where no noun follows."""
    match = VICTIMS.search(read_left(scene, quantity))
    if match is None:
        return None
    stem = match["verb"]
    what = {"free": "freed", "kidnap": "kidnapped"}.get(stem, stem + "ed")
    return Counted(what, "person", -1, -1)


def _read_group(scene, quantity):
    """Read "a family of six", "columns of 100 or more": a group is told in people."""
    match = GROUPS.search(read_left(scene, quantity))
    return Counted(match["group"], "person", -1, -1) if match else None


def _read_just_equal(scene, quantity):
    """Read the subject of a verb right before the number: "attacks doubled to 64"."""
    verb = find_verb(scene, quantity)
    i = find_word(scene.words, find_start(quantity))
    if verb < 1 or i - verb > 2 or scene.words[i - 1].form not in ("to", "at", "from"):
        return None
    return _read_equal(scene, quantity)


def _read_equal(scene, quantity):
    """Read the subject where the verb says that it is the number: "the toll stood at 139"."""
    verb = find_verb(scene, quantity)
    if verb < 0:
        return find_subject(scene, quantity)
    form = scene.words[verb].form
    equal = form in scene.lists.sets["equal"] or form in scene.lists.changes
    if not equal or _leads_verb(scene, quantity):
        return None
    found = find_subject(scene, quantity)
    if found.span and form in ("number", "numbers", "numbered") and not is_plural(found.head):
        return Counted(clean_phrase(scene.text, *found.span), "person", *found.span)
    return found


def _leads_verb(scene, quantity):
    """Tell whether a number is the subject of the verb that follows it."""
    i = find_word(scene.words, quantity.reach)
    return i < len(scene.words) and scene.words[i].kind in ("auxiliary", "verb")


def _read_clause_before(scene, quantity):
    """Read the subject of the clause before: "bombs have become rare: there was one last week"."""
    verb = find_verb(scene, quantity)
    if verb < 1 or scene.words[verb - 1].form not in ("there", "they", "it"):
        return None
    for i in range(verb - 2, 0, -1):
        if is_verb(scene, i) and not is_verb(scene, i + 1):
            return read_subject(scene, i)
    return None


def _read_target(scene, quantity):
    """Read "against a target of 35" after "26 litres": the number takes over the unit."""
    index = find_index(scene, quantity)
    before = scene.quantities[index - 1] if index else None
    if before is None or before.unit is None or before.unit == "count":
        return None
    left = read_left(scene, quantity)
    target = TARGET.search(left)
    if target:
        return Counted(target["noun"], before.unit, -1, -1)
    if not (_goes_on(left, read_left(scene, before)) or _shares_unit(scene, quantity, before)):
        return None
    found = look_back(scene, index, before)
    return replace(found, what=found.what or "same")


def _goes_on(left, before):
    """Tell whether a bare number goes on from a sum or measure: "from 40 km to 25"."""
    if BY.search(before):
        return False
    same, other = SAME.search(left), SAME.search(before)
    return bool(GOING_ON.search(left) or same and other and same[1] == other[1])


def _shares_unit(scene, quantity, before):
    """Tell whether a bare number takes the unit of a sum: "Of 8 million rand, 4 million ..."."""
    after, rate = RATE.match(scene.low, quantity.reach), RATE.match(scene.low, before.reach)
    if after and rate and after[1] == rate[1]:
        return True
    opening = scene.low[: find_start(before)].strip('"“ ')
    return opening == "of" and before is scene.quantities[0] and before.unit != "percent"


def _read_people_before(scene, quantity):
    """Find the people that "of these" points to, in the sentence or the one before."""
    if not read_phrase(scene, quantity.reach).pronoun:
        return None
    return find_people(scene, find_start(quantity)) or scene.before.get("topic")


def _read_any(scene, quantity):
    """Take over the noun of any other number of the sentence."""
    return _share_noun(scene, quantity) or Phrase()


READERS = (
    read_after_colon,
    _read_group,
    _read_target,
    read_label,
    find_object,
    _read_predicate,
    _read_just_equal,
    _read_partner,
    read_antecedent,
    _read_clause_before,
    _read_equal,
    _read_victims,
    read_apposition,
    _read_any,
    _read_people_before,
    _read_main,
    read_topic,
    read_caption,
    read_earlier,
    _read_people,
)
