"""Tell whether a word is a verb where it stands, and find the verb that governs a number."""

import functools

from threatledger.extraction.words import (
    MOST_WORDS,
    find_start,
    find_word,
    is_counted,
    is_participle,
    is_plural,
)

FARTHEST = 60  # words between a verb and its number
BOUNDARY = frozenset(";:—")
BEING = frozenset(("is", "are", "was", "were"))
ADDING = frozenset("adds added writes wrote recalls recalled argues argued notes noted".split())


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
