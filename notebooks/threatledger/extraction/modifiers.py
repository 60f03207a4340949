"""Add to a counted noun what tells those counted apart: "people with wounds"."""

from dataclasses import replace

from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.phrasing import clean_phrase, read_left, read_phrase
from threatledger.extraction.verbs import find_form, follows_verb
from threatledger.extraction.words import find_word, is_participle, is_person, is_plural

WITH = LateRegex(
    r"\s+(?:with|involving)\s+(?=[a-z])(?!the\s|its\s|their\s|his\s|her\s|my\s|our\s|your\s|some\s|about\s|help\s)"
)
WHO = LateRegex(r"\s+(?:who|that|which)\s+(?=[a-z])")
OF_THOSE = LateRegex(
    r"(?:^|[^\w,]|,\s|that\s)of\s+(?:an?\s+estimated\s+|the\s+(?:estimated\s+)?|some\s+|about\s+|all\s+)?\Z"
)
LINK = LateRegex(r"\s+(?:by|from|of|to|at)\s+(?:the\s+|an?\s+|its\s+|their\s+)?(?=\w)")
AUXILIARIES = frozenset("have has had were was are is been being".split())
BEHIND = 6  # characters behind it in which no number stands either
SAYING = frozenset("say says said tell tells told think thinks thought believe believes".split())
LONGEST = 3  # words behind "with"


def add_modifier(scene, quantity, phrase, counted):
    """Add a short phrase behind a noun of one word, which alone says too little.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
        Before the noun.
    phrase : Phrase
        The noun phrase right behind it.
    counted : Counted
        As made of the phrase.

    Returns
    -------
    Counted
        With "with a relative in prison" behind its noun; or with ``told``, where "convicted of
        terrorism" or, after "of the", "who joined" is: these hold for no part of those counted.
    """
    plain = " " not in phrase.head and " " not in counted.what
    if not plain or not is_plural(phrase.head) or phrase.span[1] - phrase.span[0] > 40:
        return counted
    acted_on = follows_verb(scene, quantity) and is_person(phrase.head, scene.lists)
    end = 0 if acted_on else _find_with(scene, phrase)  # "killed nine men with rifles"
    if end:
        return replace(counted, what=clean_phrase(scene.text, phrase.span[0], end))
    end = _find_state(scene, quantity, phrase) or _find_who(scene, quantity, phrase)
    return replace(counted, told=clean_phrase(scene.text, phrase.span[0], end)) if end else counted


def _find_with(scene, phrase):
    """Return where "with machete wounds" ends; 0 where a number or a name stands in it."""
    match = WITH.match(scene.text, phrase.span[1])
    if match is None:
        return 0
    start = find_word(scene.words, match.end())
    start += scene.words[start].kind == "determiner"
    found = read_phrase(scene, scene.words[start - 1].end)
    last = find_word(scene.words, found.span[1]) if found.span else 0
    if not last:
        return 0
    end = found.span[1] + BEHIND  # "with a balance of €640,000"
    ahead = any(match.end() <= q.start < end for q in scene.quantities)
    return 0 if ahead or last - start > LONGEST else found.span[1]


def _find_state(scene, quantity, phrase):
    """Return where "convicted of terrorism" ends, behind people that a verb has as its object."""
    if not is_person(phrase.head, scene.lists):
        return 0
    i = find_word(scene.words, phrase.span[1])
    if i + 1 >= len(scene.words) or not is_participle(scene.words[i].form):
        return 0
    held = follows_verb(scene, quantity) and find_form(scene, quantity) not in SAYING
    if not held and not OF_THOSE.search(read_left(scene, quantity)):
        return 0
    link = LINK.match(scene.low, scene.words[i].end)
    found = read_phrase(scene, link.end()) if link else None
    if found is None or not found.span or len(found.head.split()) > LONGEST:
        return scene.words[i].end
    return found.span[1]


def _find_who(scene, quantity, phrase):
    """Return where "who joined" ends in "of the 423 nationals who joined the group, 144 died"."""
    match = WHO.match(scene.low, phrase.span[1])
    if match is None or not OF_THOSE.search(read_left(scene, quantity)):
        return 0
    i = find_word(scene.words, match.end())
    while i < len(scene.words) and scene.words[i].form in AUXILIARIES:
        i += 1
    if i + 1 >= len(scene.words) or scene.words[i].kind not in ("verb", "noun"):
        return 0
    following = scene.words[i + 1]
    near = following.kind in ("noun", "adverb")
    return following.end if near else scene.words[i].end
