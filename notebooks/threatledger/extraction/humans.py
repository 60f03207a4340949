"""Tell that a number without a noun is of people: by what they did, suffered or belong to."""

import functools
import re
from dataclasses import dataclass

from threatledger.extraction.clauses import read_subject
from threatledger.extraction.grammar import join_tree
from threatledger.extraction.model import Counted
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.phrasing import (
    clean_phrase,
    read_left,
    read_phrase,
    read_phrase_before,
)
from threatledger.extraction.readers import find_people, make_counted
from threatledger.extraction.verbs import find_verb, follows_verb
from threatledger.extraction.words import (
    find_start,
    find_word,
    is_person,
    is_plural,
    read_word_lists,
)

BACK = LateRegex(
    r"(?<!\w)(?:take|takes|took|taken|taking|bring|brings|brought|bringing|fly|flew|flown|get|got"
    r"|send|sent|let)\s+(?:back|home|in|out)\s*\Z"
)
HOLDS = LateRegex(
    r"(?<!\w)(?:hold|holds|held|holding|detain(?:s|ed|ing)?|keep|keeps|kept|keeping|hous(?:e|es|ed|ing)"
    r"|imprison(?:s|ed|ing)?|intern(?:s|ed|ing)?|jail(?:s|ed|ing)?|confin(?:e|es|ed|ing)|guard(?:s|ed|ing)?"
    r"|lock(?:s|ed)? up|shelter(?:s|ed|ing)?|host(?:s|ed|ing)?|lodg(?:e|es|ed|ing))"
    r"(?:\s+(?:another|only|just|still))?\s*\Z"
)
JAILS = LateRegex(
    r"\s+(?:more\s+|others?\s+)?(?:in|at|inside|across)\s+(?:[\w'’-]+\s+){0,5}?"
    r"(?:prisons?|jails?|camps?|cells?|gaols?|colon(?:y|ies)|detention|custody|barracks|penitentiar(?:y|ies)"
    r"|lock-ups?|tents|shelters?|dungeons?)(?!\w)"
)
PARTICIPLES = {
    "free": "freed",
    "kidnap": "kidnapped",
    "try": "tried",
    "hire": "hired",
    "releas": "released",
}
FELLOWS = LateRegex(r"(?:,|(?<!\w)and|(?<!\w)or)\s")
APART = LateRegex(r"[.;:]|(?<!\w)(?:while|whereas|but|police|army|troops|soldiers|forces)(?!\w)")
LET = LateRegex(r"(?<!\w)let\s*\Z")
GO = LateRegex(r"\s+(?:more\s+|others?\s+)?go(?!\w)")
LOST = LateRegex(r"(?<!\w)(?:lost|lose|loses|losing)\s*\Z")
IN_BATTLE = LateRegex(
    r"\s+(?:more\s+|others?\s+)?(?:in|during|at|to)\s+(?:[\w'’-]+\s+){0,4}?(?:ambush|ambushes|battle|battles|fighting|attack"
    r"|attacks|raid|raids|assault|assaults|clash|clashes|blast|blasts|strike|strikes|bombing"
    r"|bombings|siege|offensive|operation|operations|war|front|shelling|explosion|air strikes?"
    r"|bombardment|firefight|skirmish|skirmishes|desertion|defection)(?!\w)"
)
DWELLINGS = frozenset(
    "prison prisons jail jails gaol camp camps wing wings block cell cells ward barracks dormitory"
    " shelter shelters facility facilities compound annex annexe section tent tents hospital"
    " orphanage penitentiary colony dungeon lock-up hostel centre center site complex".split()
)
VEHICLES = frozenset(
    "bus buses lorry truck boat boats plane flight ferry van minibus train helicopter dinghy"
    " aircraft".split()
)
BUILT_FOR = LateRegex(
    r"(?<!\w)(?:built|made|meant|designed|intended|laid out|set up|equipped)"
    r" (?:for|to hold|to house) (?:[a-z]+ ){0,2}[0-9][0-9,]*(?: [a-z]+)?"
    r" (?:and|but|which|now)(?!\w)"
)
OF_THEM = LateRegex(r"\s+of\s+(?:them|these|those)(?!\w)(?!\s+[a-z]+s(?!\w))")
SHELTERS = frozenset(
    "carry carries carried seats seated hold holds held holding house houses housed housing host"
    " hosts hosted hosting shelter shelters"
    " sheltered accommodate accommodates accommodated sleeps sleep slept".split()
)
# "are thought to be", between a number and what became of those counted
THOUGHT = (
    r"(?:(?:still\s+|now\s+)?(?:thought|believed|feared|known|presumed|reported|said|understood|reckoned"
    r"|alleged|suspected|assumed|confirmed|considered|estimated|listed\s+as)\s+"
    r"(?:to\s+(?:be|have(?:\s+been)?)\s+)?)?"
)
OF_THE = r"(?:of\s+(?:the|these|those|its|their)\s+(?:[0-9][0-9,.]*|[a-z]+(?:-[a-z]+)?)\s+)?"
# What does as people do: a claim of these goes on to a number with no noun.
ACTORS = LateRegex(
    r"(?<!\w)(?:states?|countries|country|governments?|parties|groups?|camps?|towns?|villages?|families"
    r"|households?|boats?|ships?|vessels?|convoys?|vehicles?|lorries|trucks?|buses|aircraft|planes"
    r"|drones?|units?|companies|firms?|agencies|cases|branches|factions?|cells?|clans?"
    r"|tribes?|battalions?|brigades?|missiles?|rockets?|animals?|cattle|cows|sheep)(?!\w)"
)
FLOWS = frozenset(
    "places beds seats flow flows departures returns exodus stream recruitment travel arrivals"
    " traffic movement"
    " migration flight emigration displacement outflow inflow influx".split()
)
BE = r"(?:(?:are|were|was|is|be|have|had|has|been|may|might|also|still|remain|remained|left)\s+)*"

# What befalls no thing: "attacks had gone up: eleven were killed"
MORTAL = LateRegex(
    rf"\s+{BE}(?:killed|died|dead|alive|wounded|injured|drowned|perished|executed|arrested|jailed"
    r"|sentenced|convicted)(?!\w)"
)
BEFALLEN = LateRegex(
    r"(?<!\w)(?:famil(?:y|ies)|households?|couples?|animals?|livestock|cattle|cows|sheep|goats|camels"
    r"|donkeys|horses|dogs|elephants|fish)(?!\w)"
)


@dataclass(frozen=True, slots=True, eq=False)
class Humans:
    """The compiled words by which a number is told to be of people."""

    fate: re.Pattern  # after the number: "killed", "fled", "in custody"
    act: re.Pattern  # the same, where no other reading is left: "joined", "who"
    victim: re.Pattern  # before the number: "killed", "freed"
    group: re.Pattern  # before the number: "a family of"


@functools.lru_cache(maxsize=8)
def read_humans(codebook):
    """Compile the words by which a number is told to be of people.

    Parameters
    ----------
    codebook : Codebook
        With the classes ``fate``, ``motion``, ``direction``, ``act``, ``victim`` and ``group of``
        of the table ``phrase-words``.

    Returns
    -------
    Humans
    """
    sets = read_word_lists(codebook).sets

    def join(name):
        return join_tree(sets[name])

    return Humans(
        re.compile(
            rf"\s*{OF_THE}(?:more\s+|others?\s+)?{BE}{THOUGHT}"
            rf"(?:{join('fate')}|{join('motion')}\s+{join('direction')})(?!\w)(?!\s+down\s)"
        ),
        re.compile(rf"\s*(?:have |has |had |were |was |are )?{join('act')}(?!\w)"),
        re.compile(rf"(?<!\w)(?P<verb>{join('victim')})(?:ed|d|e|es|s|ing)?\s*\Z"),
        re.compile(rf"(?<!\w)(?P<group>{join('group of')})\s+of\s*\Z"),
    )


def is_human(scene, quantity):
    """Tell whether what follows a number is said of people alone: "dozens fled"."""
    return bool(read_humans(scene.codebook).fate.match(scene.low, quantity.reach))


def is_mortal(scene, quantity, what):
    """Tell whether what follows a number is said of people, whatever was counted before."""
    return bool(MORTAL.match(scene.low, quantity.reach)) and not BEFALLEN.search(what.lower())


def read_people(scene, quantity):
    """Take those for people of whom only what they did or suffered is said: "dozens fled"."""
    human = is_human(scene, quantity)
    if not human and quantity.relation != "vague":
        return None
    named = find_people(scene, find_start(quantity)) if human else None
    return named or Counted("people", "person", -1, -1)


def read_acting(scene, quantity):
    """Take those for people who did what only people do: "a mere 12 left for Syria"."""
    if not read_humans(scene.codebook).act.match(scene.low, quantity.reach):
        return None
    return find_people(scene, find_start(quantity)) or Counted("people", "person", -1, -1)


def read_victims(scene, quantity):
    """Read "killed 47", "took back 61" where no noun follows."""
    left = read_left(scene, quantity)
    match = read_humans(scene.codebook).victim.search(left)
    if match is None:
        return Counted("people", "person", -1, -1) if _is_moved(scene, quantity, left) else None
    stem = match["verb"]
    what = PARTICIPLES.get(stem, stem + "ed")
    return Counted(f"{_find_fellows(scene, quantity)} {what}", "person", -1, -1)


def _find_fellows(scene, quantity):
    """Find who shares the fate of "killed nine soldiers and wounded 12", else people."""
    before = [q for q in scene.quantities if q.reach <= find_start(quantity)]
    own = read_phrase(scene, before[-1].reach) if before and before[-1].unit is None else None
    if own is None or not own.span or not is_person(own.head, scene.lists):
        return "people"
    gap = scene.low[own.span[1] : find_start(quantity)]
    joined = len(gap) < 60 and FELLOWS.search(gap) and not APART.search(gap)
    return clean_phrase(scene.text, *own.span) if joined else "people"


def _is_moved(scene, quantity, left):
    """Tell whether only people are taken back, let go or lost in battle."""
    if BACK.search(left) or LET.search(left) and GO.match(scene.low, quantity.reach):
        return True
    return bool(LOST.search(left) and IN_BATTLE.match(scene.low, quantity.reach))


def read_housed(scene, quantity):
    """Read "1,130" in "the prison was built for 400 and holds 1,130": a dwelling's are people."""
    verb = find_verb(scene, quantity)
    near = follows_verb(scene, quantity)
    if not near or scene.words[verb].form not in SHELTERS:
        return None
    subject = read_subject(scene, verb)
    roomy = BUILT_FOR.search(scene.low, 0, find_start(quantity))
    if not roomy and (not subject.span or subject.head.split()[-1] not in DWELLINGS | VEHICLES):
        return None
    if read_phrase(scene, quantity.reach).span:
        return None
    return find_people(scene, find_start(quantity)) or Counted("people", "person", -1, -1)


def read_held(scene, quantity):
    """Read "the country holds 519 in some 110 prisons": who is kept there are people."""
    if not HOLDS.search(read_left(scene, quantity)) or not JAILS.match(scene.low, quantity.reach):
        return None
    verb = find_verb(scene, quantity)
    subject = read_subject(scene, verb) if verb >= 0 else None
    end = subject.span[0] if subject and subject.span else find_start(quantity)
    return find_people(scene, end) or Counted("people", "person", -1, -1)


def read_group(scene, quantity):
    """Read "a family of six", "columns of 100 or more": a group is told in people."""
    match = read_humans(scene.codebook).group.search(read_left(scene, quantity))
    return Counted(match["group"], "person", -1, -1) if match else None


def read_people_before(scene, quantity):
    """Find the people that "of these" points to, in the sentence or the one before."""
    if not read_phrase(scene, quantity.reach).pronoun:
        return None
    near = _find_near(scene, quantity)
    if near:
        return near
    before = scene.before.get("topic") or scene.before.get("things")
    people = find_people(scene, find_start(quantity))
    verb = find_verb(scene, quantity)
    if people and before is None and verb >= 0 and people.end <= scene.words[verb].start:
        return scene.before.get("subject")
    if people and before and people.end <= scene.words[find_verb(scene, quantity)].start:
        return before  # "agents raided nine of them": not of the agents
    return people or before


def _find_near(scene, quantity):
    """Read "herders" in "recruitment of herders goes on: the Panel spoke to 11 of them"."""
    colon = scene.low.rfind(":", 0, find_start(quantity))
    if colon < 0 or not OF_THEM.match(scene.low, quantity.reach):
        return None
    for word in reversed(scene.words[: find_word(scene.words, colon)]):
        after = scene.low[: word.start].split()[-1:]
        if word.kind == "noun" and is_plural(word.form) and after not in (["it"], ["they"]):
            phrase = read_phrase_before(scene, word.end)
            return make_counted(scene, phrase, None) if phrase.span else None
    return None


def read_human(scene, quantity):
    """Take those for people who did what things do not, whatever was counted before."""
    earlier = scene.before.get("topic") or scene.before.get("number")
    if earlier is None or earlier.unit == "person" or not is_human(scene, quantity):
        return None
    return None if ACTORS.search(earlier.what.lower()) else read_people(scene, quantity)


def is_flow(what):
    """Tell whether a thing cannot do what people do: a flow, a toll, things named before."""
    words = what.lower().split()
    return not words or not FLOWS.isdisjoint(words[:1])
