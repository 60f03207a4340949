"""Read the subject of the clause that a number stands in."""

from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.phrasing import Phrase, read_phrase_before
from threatledger.extraction.trimming import trim
from threatledger.extraction.verbs import BOUNDARY, FARTHEST, find_verb, is_verb
from threatledger.extraction.words import (
    find_start,
    find_word,
    is_counted,
    is_manner,
    is_participle,
    is_plural,
)

QUOTES = '“”"'
PARTICLES = {"up": "rise", "down": "fall", "off": "fall"}
MOVING = frozenset(
    "go goes went gone going come comes came coming creep creeps crept inch inched edge edged tick"
    " ticked shoot shot move moved nudge nudged push pushed drive drove driven".split()
)
PRONOUNS = frozenset("it they he she we".split())
CLAUSAL = frozenset("since before after until once when".split())
RELATIVE = frozenset("who which that whom whose".split())
OPENERS = frozenset(
    "and but or while whereas although though when where because if as that".split()
)
GAPPED_NUMBER = LateRegex(
    r"(?:,|(?<!\w)and)\s+(?:the|its|their)\s+(?:number|total|count)\s+of\s+"
    r"(?P<thing>[a-z][a-z ’'-]{2,60}?)"
    r"\s+(?:from\s+[0-9][0-9,.]*\s+)?(?:from|to|at|by)\s*\Z"
)


def find_subject(scene, quantity):
    """Read the subject of the clause that a number stands in.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity

    Returns
    -------
    Phrase
        Without span where there is none or a word stands for it ("they", "the figure").
    """
    gapped = find_gapped(scene, quantity)
    if gapped is not None:
        return gapped
    verb = find_verb(scene, quantity)
    if verb < 0:
        return Phrase()
    return read_subject(scene, verb)


def read_subject(scene, verb):
    """Read the subject of a verb."""
    words = scene.words
    end = _skip_verbs(scene, verb)
    shared = _find_first_verb(scene, end)
    if shared:
        return read_subject(scene, shared)
    end = _skip_aside(scene, end)
    if end and words[end - 1].form in PRONOUNS:
        return Phrase(pronoun=True)
    i = _find_opening(scene, end)
    charged = _find_charged(scene, i, end)
    if charged.span:
        return charged
    if i < end and is_counted(scene, words[i - 1].end - 1):
        lead = _find_priced(scene, i - 1)
        i, end = (_find_opening(scene, lead), lead) if lead else (i, end)
    i = _skip_clause(scene, i, end)
    while i < end and words[i].kind in ("conjunction", "adverb", "mark"):
        i += 1
    i = _skip_opening(scene, i, end)
    found = trim(scene, words[i].start, words[end - 1].end) if i < end else Phrase()
    return _read_whose(scene, verb, end, found)


def _find_charged(scene, i, end):
    """Read "fee" in "the fee that dealers in the city charge has tripled": not the dealers."""
    words = scene.words
    if i > 2 and words[i - 3].form == "money" and words[i - 2].form in ("that", "which"):
        reach = min(end, i + 5)  # "the money that reaches them from abroad has dwindled"
        reach += reach == end and words[end].form in ("abroad", "home", "there")
        return Phrase((words[i - 3].start, words[reach - 1].end), "money")
    if i < 2 or words[i - 1].form not in RELATIVE or end - i < 2 or end >= len(words):
        return Phrase()
    form = words[end].form
    changed = words[end].kind == "auxiliary" or form in scene.lists.changes
    if not changed and form not in scene.lists.sets["equal"]:
        return Phrase()
    if words[i - 2].form in scene.lists.sets["sum noun"] and words[i - 1].form != "whose":
        return read_phrase_before(scene, words[i - 2].end)
    return _read_doing(scene, i)


def _read_doing(scene, i):
    """Read "channels in Tajik" in "channels in Tajik that praise the branch have multiplied"."""
    words, first = scene.words, scene.words[i]
    led = words[i - 2].kind == "noun" and words[i - 1].form in ("that", "which", "who")
    doing = first.kind in ("noun", "verb") and scene.text[first.start].islower()
    doing = doing and not first.form.endswith(("s", "'s")) and not is_plural(first.form)
    if not led or not doing or words[i - 2].form in scene.lists.sets["reporting noun"]:
        return Phrase()
    start = _skip_opening(scene, _find_opening(scene, i - 1), i - 1)
    lead = trim(scene, words[start].start, words[i - 2].end) if start < i - 1 else Phrase()
    return lead if lead.span and is_plural(lead.head.split()[-1]) else Phrase()


def _skip_clause(scene, i, end):
    """Skip a clause before the subject's own: "it is tight since the grant was frozen"."""
    if i == 0 or not is_verb(scene, i - 1):
        return i
    for k in range(end - 1, i, -1):
        joined = scene.words[k].form == "and" and k + 1 < end
        if scene.words[k].form in CLAUSAL or joined and scene.words[k + 1].kind == "determiner":
            return k + 1
    return i


def _read_whose(scene, verb, end, found):
    """Read what "which" and "that" stand for where it is no subject: "off a chest that shrank"."""
    words = scene.words
    following = [word.form for word in words[end : end + 2]]
    if end == 0 or RELATIVE.isdisjoint(following):
        return found
    last = find_word(words, found.span[1]) if found.span else 0
    far = any(words[k].form.endswith("ing") or is_verb(scene, k) for k in range(last, end))
    if found.span and not far:
        return found
    nearest = read_phrase_before(scene, words[end - 1].end)
    return _read_moved(scene, nearest, end) if nearest.span else found


def _read_moved(scene, nearest, end):
    """Read "funds sent from Syria to Mindanao" before "which": not the place that ends it."""
    words, start = scene.words, nearest.span[0]
    i = find_word(words, start)
    if scene.text[start].islower() or i < 2 or words[i - 1].kind != "preposition":
        return nearest
    for j in range(i - 2, max(-1, i - 10), -1):
        if words[j].kind == "mark" or words[j].form in OPENERS:
            break
        if words[j].form in scene.lists.sets["sum noun"]:
            lead = read_phrase_before(scene, words[j].end)
            first = lead.span[0] if lead.span else words[j].start
            return Phrase((first, words[end - 1].end), words[j].form)
    return nearest


def _find_first_verb(scene, end):
    """Find the verb that a second one shares its subject with: "takes 20 officers and costs"."""
    words = scene.words
    if end < 3 or words[end - 1].form not in ("and", "but") or end >= len(words):
        return 0
    for i in range(end - 2, max(0, end - FARTHEST), -1):
        if words[i].form in BOUNDARY or words[i].form in RELATIVE:
            return 0
        if is_verb(scene, i):
            return i
    return 0


def _find_opening(scene, end):
    """Return the index of the first word of a subject that ends at an index."""
    i = end
    while i > max(0, end - FARTHEST):
        if scene.words[i - 1].form == ")" and scene.words[i].form != "-":
            i = _skip_bracket(scene, i)
        if i == 0 or _ends_subject(scene, i - 1):
            break
        i -= 1
    return i


def _skip_bracket(scene, i):
    """Step back over a bracket that ends before a word, where it is short."""
    for j in range(i - 2, max(-1, i - 14), -1):
        if scene.words[j].form == "(":
            return j
    return i


def _find_priced(scene, i):
    """Return where the noun of "a tax of 3,000 naira a cow" ends, 0 where there is none."""
    start = next(find_start(q) for q in scene.quantities if q.start < scene.words[i].end <= q.end)
    j, words = find_word(scene.words, start), scene.words
    within = j > 2 and words[j - 1].form in ("the", "its", "their", "these")
    if within and words[j - 2].form in ("at", "in", "from", "across", "within", "for"):
        return j - 2 if words[j - 3].kind == "noun" else 0
    return j - 1 if j > 1 and scene.words[j - 1].form == "of" else 0


def _skip_verbs(scene, i):
    """Step back from a verb over the auxiliaries, adverbs and marks that belong to it."""
    words = scene.words
    while i > 0 and (
        words[i - 1].kind in ("auxiliary", "adverb")
        or words[i - 1].form in ("to", *QUOTES)
        or is_manner(words[i - 1].form)
        or (words[i - 1].kind == "verb" or is_participle(words[i - 1].form))
        and is_verb(scene, i - 1)
    ):
        i -= 1
    return i


def _skip_aside(scene, end):
    """Step back over a remark between commas, or over "who" and "which" to what they stand for."""
    words = scene.words
    dated = end > 2 and words[end - 1].kind == "number" and words[end - 2].form == "in"
    if dated and words[end - 3].form in RELATIVE:
        end -= 2  # "which in 2021 came to"
    if end and words[end - 1].form in RELATIVE:
        end -= 1
        return end - 1 if end and words[end - 1].form == "," else end
    if end and words[end - 1].form == ",":
        for i in range(end - 2, max(-1, end - 22), -1):
            if words[i].form == "," and not is_counted(scene, words[i].start):
                return i
        return end - 1
    return end


def _ends_subject(scene, i):
    """Tell whether a subject cannot reach back over a word."""
    word = scene.words[i]
    if word.kind == "mark":
        return word.form not in "'’-‐[]" + QUOTES
    known = word.form == "as" and i and scene.words[i - 1].form in ("known", "described")
    if word.form in OPENERS and word.form != "and" and not known or word.form in RELATIVE:
        return True
    reduced = word.form in scene.lists.sets["participle"] or is_participle(word.form)
    if reduced and i and scene.words[i - 1].kind == "noun" and is_verb(scene, i):
        return scene.words[i + 1].kind not in ("preposition", "adverb", "auxiliary", "noun")
    return is_verb(scene, i) or is_counted(scene, word.start)


def _skip_opening(scene, i, end):
    """Skip "In January" and the like before a subject with an article of its own."""
    words = scene.words
    if i < end and words[i].kind == "preposition":
        for j in range(end - 1, i, -1):
            lead = words[j - 1].kind
            numbered = words[j].kind == "noun" and (lead == "number" or _follows_name(scene, j))
            if numbered or words[j].kind == "determiner" and lead != "preposition":
                return j
        return end
    return i


def _follows_name(scene, j):
    """Tell whether a word in small letters stands behind a name: "In Mosul petrol cost"."""
    small = scene.text[scene.words[j].start].islower()
    return (
        small
        and scene.words[j - 1].kind == "noun"
        and scene.text[scene.words[j - 1].start].isupper()
    )


def _read_gapped_number(scene, quantity):
    """Read "channels" in "output fell by half, and the number of channels from 120 to 74"."""
    start = find_start(quantity)
    match = GAPPED_NUMBER.search(scene.low, max(0, start - 120), start)
    if match is None or not any(q.end <= match.start() for q in scene.quantities):
        return None
    first, last = match.span("thing")
    span = find_word(scene.words, first), find_word(scene.words, last)
    if any(is_verb(scene, i) for i in range(*span)):
        return None
    found = trim(scene, first, last)
    return found if found.span else None


def find_gapped(scene, quantity):
    """Read "output" in "income fell to $5 million and output to 21,000 barrels".

    Parameters
    ----------
    scene : Scene
    quantity : Quantity

    Returns
    -------
    Phrase or None
    """
    words = scene.words
    i = find_word(scene.words, find_start(quantity))
    if i < 3 or words[i - 1].form not in ("to", "at", "from", "by"):
        return None
    numbered = _read_gapped_number(scene, quantity)
    if numbered:
        return numbered
    j = i - 1
    while j > 0 and (
        words[j - 1].form in ("of", "the")
        or words[j - 1].form in ("a", "an")
        and words[j - 2].form == "of"
        or words[j - 1].kind == "noun"
        and not is_verb(scene, j - 1)
    ):
        j -= 1
    if j == i - 1 or j == 0 or words[j - 1].form not in ("and", ","):
        return None
    if is_participle(words[j].form) or words[j].form.endswith("ing"):
        return None  # "expelled 9,900 and refused entry to 100,000"
    earlier = any(q.end <= words[j - 1].start for q in scene.quantities)
    return trim(scene, words[j].start, words[i - 2].end) if earlier else None


def find_direction(scene, verb):
    """Say how a verb changes its subject: "fell", "has gone down", "is up".

    Parameters
    ----------
    scene : Scene
    verb : int
        Index into ``scene.words``, -1 for none.

    Returns
    -------
    tuple of (str, str)
        The noun for it and ``up``, ``down`` or ``any``; an empty noun where it is no change.
    """
    if verb < 0:
        return "", "any"
    word = scene.words[verb]
    noun, direction = scene.lists.changes.get(word.form, ("", "any"))
    following = scene.words[verb + 1].form if verb + 1 < len(scene.words) else ""
    moves = direction == "any" and (word.kind == "auxiliary" or word.form in MOVING)
    if moves and following in PARTICLES:
        return PARTICLES[following], "up" if following == "up" else "down"
    return noun, direction
