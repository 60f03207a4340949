"""Tell that a number without a noun is of people: by what they did, suffered or belong to."""

import functools
import re
from dataclasses import dataclass

from threatledger.extraction.clauses import find_verb, read_subject
from threatledger.extraction.grammar import join_tree
from threatledger.extraction.model import Counted
from threatledger.extraction.phrasing import read_left, read_phrase
from threatledger.extraction.readers import find_people
from threatledger.extraction.words import find_start, read_word_lists

BACK = re.compile(
    r"(?<!\w)(?:take|takes|took|taken|taking|bring|brings|brought|bringing|fly|flew|flown|get|got"
    r"|send|sent|let)\s+(?:back|home|in|out)\s*\Z"
)
HOLDS = re.compile(
    r"(?<!\w)(?:hold|holds|held|holding|detain(?:s|ed|ing)?|keep|keeps|kept|keeping|hous(?:e|es|ed|ing)"
    r"|imprison(?:s|ed|ing)?|intern(?:s|ed|ing)?|jail(?:s|ed|ing)?|confin(?:e|es|ed|ing)|guard(?:s|ed|ing)?"
    r"|lock(?:s|ed)? up|shelter(?:s|ed|ing)?|host(?:s|ed|ing)?|lodg(?:e|es|ed|ing))"
    r"(?:\s+(?:another|only|just|still))?\s*\Z"
)
JAILS = re.compile(
    r"\s+(?:more\s+|others?\s+)?(?:in|at|inside|across)\s+(?:[\w'’-]+\s+){0,5}?"
    r"(?:prisons?|jails?|camps?|cells?|gaols?|colon(?:y|ies)|detention|custody|barracks|penitentiar(?:y|ies)"
    r"|lock-ups?|tents|shelters?|dungeons?)(?!\w)"
)
BE = r"(?:(?:are|were|was|is|have|had|has|been|also|still|remain|remained|left)\s+)*"


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
            rf"\s*(?:more\s+|others?\s+)?{BE}"
            rf"(?:{join('fate')}|{join('motion')}\s+{join('direction')})(?!\w)"
        ),
        re.compile(rf"\s*(?:have |has |had |were |was |are )?{join('act')}(?!\w)"),
        re.compile(rf"(?<!\w)(?P<verb>{join('victim')})(?:ed|d|e|es|s|ing)?\s*\Z"),
        re.compile(rf"(?<!\w)(?P<group>{join('group of')})\s+of\s*\Z"),
    )


def is_human(scene, quantity):
    """Tell whether what follows a number is said of people alone: "dozens fled"."""
    return bool(read_humans(scene.codebook).fate.match(scene.low, quantity.reach))


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
        return Counted("people", "person", -1, -1) if BACK.search(left) else None
    stem = match["verb"]
    what = {"free": "freed", "kidnap": "kidnapped"}.get(stem, stem + "ed")
    return Counted(what, "person", -1, -1)


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
    before = scene.before.get("topic") or scene.before.get("things")
    people = find_people(scene, find_start(quantity))
    if people and before and people.end <= scene.words[find_verb(scene, quantity)].start:
        return before  # "agents raided nine of them": not of the agents
    return people or before
