"""Find what a bare number counts: its own noun, or the one that it shares or stands for."""

import re
from dataclasses import replace

from threatledger.extraction.bare_sums import read_sum, read_target
from threatledger.extraction.clauses import (
    find_direction,
    find_gapped,
    find_subject,
    read_subject,
)
from threatledger.extraction.colons import find_label
from threatledger.extraction.equating import (
    is_company,
    read_changed,
    read_equal,
    read_just_equal,
    read_their_number,
)
from threatledger.extraction.glance import read_forms
from threatledger.extraction.humans import (
    is_flow,
    is_human,
    is_mortal,
    read_acting,
    read_group,
    read_held,
    read_housed,
    read_human,
    read_people,
    read_people_before,
    read_victims,
)
from threatledger.extraction.model import Counted
from threatledger.extraction.modifiers import add_modifier
from threatledger.extraction.objects import find_object, read_mover
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.phrasing import (
    Phrase,
    clean_phrase,
    read_left,
    read_phrase,
)
from threatledger.extraction.pointing import (
    read_announced_noun,
    read_change_end,
    read_figure_line,
    read_listed,
    read_reckoned,
    read_room,
    read_topped,
)
from threatledger.extraction.readers import (
    find_index,
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
from threatledger.extraction.sharing import (
    read_any_other,
    read_increase,
    read_of_number,
    read_partner,
    read_spoken,
    read_total,
    share_noun,
)
from threatledger.extraction.trimming import trim
from threatledger.extraction.verbs import find_verb, is_verb
from threatledger.extraction.words import (
    find_start,
    find_word,
    is_participle,
    is_person,
    is_plural,
)

FEWER = LateRegex(
    r"\s*(?:(?:\w+\s+){0,2}?)(?:(?P<way>fewer|less|more|higher|lower)\s+than"
    r"|(?P<side>below|above|up\s+on|down\s+on)\s+(?:(?:its|their|the|a|an)\s+(?:\w+\s+)?(?:level"
    r"|average|figure|rate|total|peak|year|norm|price|same|month|quarter)|that|those|what|last))(?!\w)"
)
FEWER_HINTS = frozenset("fewer less more higher lower below above up down".split())
RECORDING = frozenset(
    "recorded counted registered logged found noted documented listed reported claimed saw tallied"
    " records counts registers logs finds notes documents lists reports claims".split()
)
BY = LateRegex(r"(?<!\w)by\s*\Z")
COMPARING = LateRegex(r"(?<!\w)(?:against|than|compared (?:with|to))\s*\Z")
WITH = LateRegex(r",\s+with\s*\Z")
STRONG = re.compile(r"(?:-(?:strong|members?|man|person)|\sstrong)(?!\w)")
OTHERS = LateRegex(r"\s+others(?!\w)")
FATES = frozenset(("dead", "killed", "wounded", "injured", "victims", "arrested", "detained"))
COUNCIL = 15  # "all 15 members" are the States of the Security Council
DONE = frozenset(
    "hit struck fell met led took got kept fought sank came went drew threw bear bore carry"
    " involved concerned cited mentioned lacked contained featured attended entered caused"
    " belonged".split()
)
STAYING = frozenset("work live stand lie stay serve operate rest".split())
ALL = LateRegex(r"(?<!\w)all\s*\Z")
# "a draft tabled by two members": States, where no word says members of what else.
TABLED = LateRegex(
    r"(?<!\w)(?:tabled|(?:co-?)?sponsored|drafted|signed|proposed|circulated|submitted|introduced"
    r"|vetoed|blocked|co-?signed|endorsed|penned|put forward"
    r"|put to the vote|called for|opposed|backed|supported|requested)\s+by\s*\Z"
)
# "the coalition of 81 members", "the Action Task Force, which has 39": States and bodies
BODY = LateRegex(
    r"(?<!\w)(?:coalition|alliance|bloc|league|action\s+task\s+force|fatf|interpol|nato|(?:european|african)\s+union)"
    r"(?:\s+of|['’]s|(?:,?\s+(?:which|that))?\s+(?:now\s+)?(?:has|had|have|counts?)|,?\s+with)\s*\Z"
)
OF_OTHERS = LateRegex(r"\s+(?:[\w-]+\s+){0,2}?members\s+of\s+(?!the\s+(?:security\s+)?council)")
PREDICATE = LateRegex(
    r"\s+(?:of\s+(?:them|whom|these|the\s+(?:dead|killed|wounded|injured|victims|arrested|detained))\s+(?:(?:are|were)\s+)?|(?:are|were)\s+)(?=\S)"
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
    if own.head in FATES:
        told = _read_predicate(scene, quantity)
        own = told if told and told.span else own
    if "members" in own.head.split() and _is_state_body(scene, quantity):
        return Counted("members", "count", *own.span)
    if own.span and not (_is_deed(scene, quantity, own) or _is_staying(scene, quantity, own)):
        labelled = _add_label(scene, quantity, own)
        return labelled or add_modifier(scene, quantity, own, make_counted(scene, own, None))
    found = try_readers(scene, quantity, READERS, None)
    if found.unit == "count" and is_human(scene, quantity) and is_flow(found.what):
        return Counted("people", "person", -1, -1)
    if found.unit == "count" and is_mortal(scene, quantity, found.what):
        return read_people(scene, quantity) or found
    if found.unit == "count" and own.pronoun and _are_fellows(scene, quantity):
        return Counted("others", "person", -1, -1)
    return found


def _are_fellows(scene, quantity):
    """Tell whether "others" are people: "a boy who shares a tent with eleven others"."""
    start = find_start(quantity)
    if not OTHERS.match(scene.low, quantity.reach) or quantity is not scene.quantities[0]:
        return False
    near = scene.words[max(0, find_word(scene.words, start) - 14) : find_word(scene.words, start)]
    return any(word.kind == "noun" and is_person(word.form, scene.lists) for word in near)


def _is_state_body(scene, quantity):
    """Tell whether members are those of the Security Council: "all 15", "tabled by two"."""
    left = read_left(scene, quantity)
    if BODY.search(left):
        return True
    if quantity.low == COUNCIL and (quantity.hedge.lower() == "all" or ALL.search(left)):
        return True
    return bool(TABLED.search(left)) and not OF_OTHERS.match(scene.low, quantity.reach)


def _is_deed(scene, quantity, own):
    """Tell whether a verb and its object follow the number: "96 concerned terrorism"."""
    words = own.head.split()
    if quantity.low == 1 or len(words) < 2:
        return False
    if words[0] in DONE:
        return True
    if not is_participle(words[0]):
        return False
    known = is_plural(words[-1]) or is_person(own.head, scene.lists)
    return not known and own.head not in scene.lists.things


def _is_staying(scene, quantity, own):
    """Tell whether a verb of being somewhere follows the number: "three work in two shifts"."""
    if own.head not in STAYING or quantity.low == 1:
        return False
    following = find_word(scene.words, own.span[1])
    return following < len(scene.words) and scene.words[following].kind == "preposition"


def _read_label(scene, quantity):
    """Read the label before a colon, unless it only says who speaks: "UN: 40,000 flee"."""
    label = read_label(scene, quantity)
    if not isinstance(label, Phrase) or not label.span:
        return label
    earlier = scene.before.get("number")
    if earlier and label.head.startswith(("of whom", "of which", "thereof", "of these")):
        return Counted(f"{earlier.what} {label.head.split(maxsplit=2)[-1]}", earlier.unit, -1, -1)
    if is_plural(label.head.split()[-1]):
        return label
    return None if is_human(scene, quantity) else label


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
    forms = read_forms(scene.text)
    fewer = None if FEWER_HINTS.isdisjoint(forms) else FEWER.match(scene.low, quantity.reach)
    if fewer:
        return _read_fewer(scene, quantity, fewer["way"] or fewer["side"])
    if "by" not in forms or not BY.search(read_left(scene, quantity)):
        return None
    verb = find_verb(scene, quantity)
    noun, direction = find_direction(scene, verb)
    if direction == "any":
        return None
    subject = read_mover(scene, quantity, verb)
    if not subject.span:
        return None
    found = make_counted(scene, subject, quantity.unit)
    own = read_phrase(scene, quantity.reach) if quantity.unit is None else Phrase()
    if own.span and is_person(own.head, scene.lists):
        shown = f"{clean_phrase(scene.text, *own.span)} of {found.what}"
        return Counted(f"{noun} in {shown}", "person", *own.span)
    if quantity.unit is None and is_company(scene, subject):
        found = replace(found, unit="person")
    return replace(found, what=f"{noun} in {found.what}")


def _read_fewer(scene, quantity, way):
    """Read "nine fewer than in May", "€1.1 billion less than last year"."""
    rising = way in ("more", "higher", "above") or way.startswith("up")
    noun, index = "rise" if rising else "fall", find_index(scene, quantity)
    if quantity.unit is None:
        earlier = share_noun(scene, quantity)
    else:
        earlier = look_back(scene, index, scene.quantities[index - 1]) if index else None
        subject = find_subject(scene, quantity) if earlier is None else Phrase()
        earlier = make_counted(scene, subject, quantity.unit) if subject.span else earlier
    if earlier is None or not earlier.what:
        return None
    return replace(earlier, what=f"{noun} in {earlier.what}", unit=quantity.unit or earlier.unit)


def _find_strong(scene, quantity):
    """Read "a 500-strong force", "the men, some 500 strong": a strength is told in people."""
    own = read_phrase(scene, STRONG.match(scene.low, quantity.reach).end())
    found = own if own.span else read_apposition(scene, quantity) or read_equal(scene, quantity)
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


def _read_with(scene, quantity):
    """Read the subject before "with": "attacks became rarer, with four in November"."""
    more = scene.low.startswith((" more", " others"), quantity.reach)
    if more or not WITH.search(read_left(scene, quantity)) or is_human(scene, quantity):
        return None
    comma = find_word(scene.words, find_start(quantity)) - 2
    for i in range(comma, max(0, comma - 30), -1):
        if is_verb(scene, i):
            return read_subject(scene, i)
    return None


def _read_main(scene, quantity):
    """Read the sentence's subject for a number after a colon, or that it is only compared with."""
    left = read_left(scene, quantity, 100)
    verb = find_verb(scene, quantity)
    told = verb < 0 or scene.words[verb].form in RECORDING or _ends_clause(scene, quantity)
    if verb > 0 and scene.words[verb].form in RECORDING and scene.words[verb - 1].form == "who":
        first = next((i for i in range(1, verb) if is_verb(scene, i)), None)
        return read_subject(scene, first) if first is not None else None
    if ":" in left and told:
        return _read_announced(scene, find_start(quantity) - len(left) + left.rindex(":"))
    if not COMPARING.search(left):
        return None
    verb = next((i for i in range(1, len(scene.words)) if is_verb(scene, i)), None)
    return read_subject(scene, verb) if verb is not None else None


def _ends_clause(scene, quantity):
    """Tell whether nothing follows a number: "drones are in use: it has flown eleven"."""
    return scene.low[quantity.reach : quantity.reach + 1] in (".", ";", "")


def _read_announced(scene, colon):
    """Read the subject of the last verb before a colon that has one: "raids trebled, he says:"."""
    last = find_word(scene.words, colon)
    for i in range(last - 1, max(0, last - 30), -1):
        subject = read_subject(scene, i) if is_verb(scene, i) else Phrase()
        if subject.span:
            return subject
    return None


def _read_clause_before(scene, quantity):
    """Read the subject of the clause before: "bombs have become rare: there was one last week"."""
    verb = find_verb(scene, quantity)
    if verb < 1 or scene.words[verb - 1].form not in ("there", "they", "it"):
        return None
    far = find_word(scene.words, find_start(quantity)) - verb > 2
    if far or verb > 1 and scene.words[verb - 2].kind != "mark":
        return None
    for i in range(verb - 2, 0, -1):
        if is_verb(scene, i) and not is_verb(scene, i + 1):
            return read_subject(scene, i)
    return None


READERS = (
    read_after_colon,
    read_of_number,
    read_increase,
    read_figure_line,
    read_group,
    read_held,
    read_housed,
    read_room,
    read_change_end,
    read_target,
    read_listed,
    read_announced_noun,
    _read_label,
    read_topped,
    read_reckoned,
    read_sum,
    find_object,
    _read_predicate,
    read_spoken,
    find_gapped,
    read_changed,
    read_total,
    read_their_number,
    read_just_equal,
    _read_with,
    _read_clause_before,
    read_partner,
    read_antecedent,
    read_acting,
    read_equal,
    read_victims,
    read_apposition,
    read_any_other,
    read_people_before,
    _read_main,
    read_human,
    read_topic,
    read_caption,
    read_earlier,
    read_people,
)
