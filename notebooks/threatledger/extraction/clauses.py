"""Find the verb that governs a number, its subject and its object: "put the strength at 1,500"."""

import functools

from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.phrasing import Phrase, read_phrase_before
from threatledger.extraction.trimming import HEAD, NUMBER_OF, trim
from threatledger.extraction.words import (
    MOST_WORDS,
    find_start,
    find_word,
    is_counted,
    is_manner,
    is_participle,
    is_plural,
)

QUOTES = '“”"'
FARTHEST = 60  # words between a verb and its number
BOUNDARY = frozenset(";:—")
PARTICLES = {"up": "rise", "down": "fall", "off": "fall"}
MOVING = frozenset(
    "go goes went gone going come comes came coming creep creeps crept inch inched edge edged tick"
    " ticked shoot shot move moved nudge nudged push pushed drive drove driven".split()
)
PRONOUNS = frozenset("it they he she we".split())
BEING = frozenset(("is", "are", "was", "were"))
ADDING = frozenset("adds added writes wrote recalls recalled argues argued notes noted".split())
CLAUSAL = frozenset("since before after until once when".split())
RELATIVE = frozenset("who which that whom whose".split())
OPENERS = frozenset(
    "and but or while whereas although though when where because if as that".split()
)
LABEL = LateRegex(r"[^\w]*(?P<label>[^:;.!?]{2,80}?)\s*:[\s“\"]*")
DATED = LateRegex(
    r"(?:(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Septem|Octo|Novem|Decem)ber|[0-9]{4}|\s)+"
)


def find_verb(scene, quantity):
    """Return the index of the verb that governs a number, -1 where none does.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity

    Returns
    -------
    int
        Index into ``scene.words``.
    """
    start = find_start(quantity)
    if start not in scene.governing:
        scene.governing[start] = _find_verb_before(scene, find_word(scene.words, start))
    return scene.governing[start]


def find_form(scene, quantity):
    """Return the verb that governs a number as it stands, the empty string where none does.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity

    Returns
    -------
    str
        In lower case.
    """
    verb = find_verb(scene, quantity)
    return scene.words[verb].form if verb >= 0 else ""


def follows_verb(scene, quantity):
    """Tell whether a number stands right behind the verb that governs it, or a word further.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity

    Returns
    -------
    bool
    """
    verb = find_verb(scene, quantity)
    return verb >= 0 and find_word(scene.words, find_start(quantity)) - verb <= 2


def _find_verb_before(scene, end):
    """Return the index of the last verb before a word in its clause, -1 where there is none."""
    for i in range(end - 1, max(-1, end - 2 - FARTHEST), -1):
        word = scene.words[i]
        if word.kind == "mark" and word.form in BOUNDARY:
            return -1
        if is_verb(scene, i):
            said = _find_remark(scene, i, end)
            return _find_verb_before(scene, said) if said else i
    return -1


def _find_remark(scene, i, end):
    """Find where ", a State considers," begins, which only says who speaks: "fell, he says, to 40".

    Returns
    -------
    int
        Index of its first comma; 0 where the verb is in no such remark.
    """
    words, sets = scene.words, scene.lists.sets
    form = words[i].form
    saying = form in sets["saying"] or form in sets["naming"] or form in ADDING
    closes = end - i == 3 and words[i + 1].form == "," and words[i + 2].form in ("to", "from", "by")
    if not saying or not closes:
        return 0
    for j in range(i - 1, max(0, i - 12), -1):
        if words[j].form == ",":
            return j
        if words[j].kind == "mark" or is_verb(scene, j):
            break
    return 0


def is_verb(scene, i):
    """Tell whether a word is a verb where it stands."""
    if i not in scene.verbs:
        scene.verbs[i] = bool(_is_verb(scene, i))
    return scene.verbs[i]


def _is_verb(scene, i):
    words, word = scene.words, scene.words[i]
    if word.kind not in ("verb", "noun"):
        return word.kind == "auxiliary"
    if word.kind == "noun" and not _may_be_verb(word.form, scene.lists):
        return False
    before = words[i - 1] if i else None
    after = words[i + 1] if i + 1 < len(words) else None
    named = before is None or before.kind == "determiner" or before.form.endswith("'s")
    named = (
        named and not _stands_alone(before, after) or before and is_counted(scene, before.end - 1)
    )
    if word.form in scene.lists.sets["noun too"] and before and before.kind == "noun":
        return bool(after) and after.kind != "preposition" and not is_verb(scene, i + 1)
    pays = word.form in scene.lists.sets["payer"] or word.form in scene.lists.sets["payee"]
    placed = i > 1 and words[i - 2].kind == "preposition"  # "growers in Beni surrender a tenth"
    if pays and before and (before.form == "to" or _follows_payers(before, after, placed)):
        return True
    if word.form in scene.lists.paid and before and before.form == "to":
        return True
    if word.kind == "verb":
        return not named and (before.kind != "preposition" or before.form == "to")
    if named or before.kind == "preposition":
        return False
    if word.form.endswith("ing") and before.form in BEING:
        return True
    if word.form in scene.lists.changes:
        second = before.kind == "conjunction" and after is not None and after.kind == "number"
        return second or before.kind in ("noun", "adverb", "mark", "auxiliary", "pronoun", "verb")
    if is_participle(word.form):
        return (
            after is None or after.kind != "noun" or before.kind in ("noun", "auxiliary", "pronoun")
        )
    present = word.form.endswith("s") and not word.form.endswith(("ss", "'s"))
    lone = before.kind == "noun" and not is_plural(before.form)
    if not present or not lone or after is None:
        return False
    return after.kind in ("number", "determiner") or any(
        find_start(q) == after.start for q in scene.quantities
    )


@functools.lru_cache(maxsize=MOST_WORDS)
def _may_be_verb(form, lists):
    """Tell whether a word that is taken for a noun can be a verb at all, wherever it stands."""
    listed = any(form in lists.sets[name] for name in ("noun too", "payer", "payee", "paid"))
    return listed or form in lists.changes or form.endswith(("ing", "s")) or is_participle(form)


def _follows_payers(before, after, placed):
    """Tell whether "charge" or "offer" stands between a plural and what is charged."""
    doers = before.kind == "pronoun" or before.kind == "noun" and is_plural(before.form)
    doers = doers or placed and before.kind == "noun"
    if after is None or not doers:
        return False
    given = before.kind == "pronoun" and after.kind == "noun"  # "it offers young men 300 naira"
    return given or after.kind in ("determiner", "number", "preposition")


def _stands_alone(before, after):
    """Tell whether "another", "some" and the like are the subject of the verb after them."""
    alone = before is not None and before.form in ("another", "some", "many", "all", "both", "most")
    return alone and after is not None and after.kind in ("determiner", "pronoun", "preposition")


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
    j = i - 1
    while j > 0 and (
        words[j - 1].form in ("of", "the")
        or words[j - 1].kind == "noun"
        and not is_verb(scene, j - 1)
    ):
        j -= 1
    if j == i - 1 or j == 0 or words[j - 1].form not in ("and", ","):
        return None
    if is_participle(words[j].form):
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


def find_label(scene, quantity):
    """Read the label before a colon: "Families in the camp: 452"."""
    start = find_start(quantity)
    if scene.text.find(":", 0, start) < 0:
        return Phrase()
    begin = scene.text.rfind("\n", 0, start) + 1
    while begin and scene.text[begin].islower():  # a line broken inside the sentence
        begin = scene.text.rfind("\n", 0, begin - 1) + 1
    for mark in (" | ", "; ", ". ", "("):
        found = scene.text.rfind(mark, begin, start)
        begin = found + len(mark) if found >= 0 else begin
    match = LABEL.match(scene.text, begin)
    if match is None or match.end() != start:
        return Phrase()
    first, last = match.span("label")
    if DATED.fullmatch(match["label"]) or any(first <= q.start < last for q in scene.quantities):
        return Phrase()  # "eight members: two in Berlin"
    if "," in match["label"] or any(
        is_verb(scene, i)
        for i in range(find_word(scene.words, first), find_word(scene.words, last))
    ):
        return trim(scene, first, last)
    number = NUMBER_OF.match(scene.low, first, last)
    if number:
        return trim(scene, number.end(), last)
    head = HEAD.split(match["label"].lower())[0]
    if head in scene.lists.sets["placeholder"]:
        return Phrase(pronoun=True)
    return Phrase(match.span("label"), head)


def leads_verb(scene, quantity):
    """Tell whether a number is the subject of the verb that follows it.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity

    Returns
    -------
    bool
    """
    i = find_word(scene.words, quantity.reach)
    if i >= len(scene.words):
        return False
    word = scene.words[i]
    return word.kind in ("auxiliary", "verb") or word.kind == "noun" and is_participle(word.form)
