"""Read noun phrases: the one that begins after a number, and the one that ends before it."""

import re
from dataclasses import dataclass

from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.words import (
    find_start,
    find_word,
    is_counted,
    is_manner,
    is_participle,
    is_person,
    is_plural,
)

PRONOUNS = frozenset("them whom which those these whose it this that us you one ones".split())
LINKED = LateRegex(
    r"\s+(?:associated with|linked (?:to|with)|affiliated (?:to|with)"
    r"|accused of|convicted of|loyal to|under arms|in need(?: of)?)(?!\w)"
)
PRONOUN_HEADS = frozenset("ones others age ago later earlier".split())
QUOTES = "“”\"'‘’"
LONGEST = 7  # words of a noun phrase
ARTICLES = re.compile(
    r"^(?:(?:the|an?|no|its|their|his|her|our|my|these|those|all|some|this|that|each|every)\s+)+"
    r"(?=\S)",
    re.I,
)
OWNER = LateRegex(r"^[\w-]+(?:['’]s|s['’])\s+(?=\w)")
PARENTHESIS = re.compile(r"\s*\([^()]{0,60}\)")


@dataclass(slots=True)
class Phrase:
    """A noun phrase: its span, None where there is none, and its head with what is before it."""

    span: tuple | None = None
    head: str = ""
    pronoun: bool = False  # a word stands for the noun: "22 of them", "the figure"


def clean_phrase(text, start, end):
    """Return a phrase as ``what`` is written: no article, one space between words.

    Parameters
    ----------
    text : str
    start, end : int
        The phrase's span.

    Returns
    -------
    str
    """
    phrase = " ".join(text[start:end].split()).strip(QUOTES + " ,;:.()[]*_•–—")
    phrase = ARTICLES.sub("", phrase, count=1)
    if "'" in phrase or "’" in phrase:
        phrase = OWNER.sub("", phrase, count=1)
    second = phrase.split(" ", 1)[0]
    if second[:1].isupper() and second[1:].islower() and _begins(text, start):
        phrase = phrase[0].lower() + phrase[1:]
    return phrase[:-2] if phrase.endswith(("'s", "’s")) else phrase


def _begins(text, start):
    """Tell whether only articles stand before a phrase: its capital is the sentence's."""
    lead = text[:start].strip(QUOTES + " ,;:.()[]*_•–—\n\t") + " x"
    return ARTICLES.sub("", lead, count=1).strip() == "x"


def read_phrase(scene, offset):
    """Read the noun phrase that begins at an offset.

    Parameters
    ----------
    scene : Scene
    offset : int
        Where a number, its unit and its trailing qualifier end.

    Returns
    -------
    Phrase
    """
    words = scene.words
    i = find_word(words, offset)
    i, pronoun = _skip_opening(scene, i)
    if pronoun:
        return Phrase(pronoun=True)
    last = _read_run(scene, i)
    if last == i or words[i].form == "reached" and i + 1 < len(words):
        return Phrase()
    last = _join_adjectives(scene, i, last)
    head = " ".join(word.form for word in words[i:last])
    if words[last - 1].form in PRONOUN_HEADS or words[last - 1].form in scene.lists.sets["time"]:
        return Phrase(pronoun=True)
    if last == i + 1 and is_participle(head) and not is_person(head, scene.lists):
        return Phrase()
    last = _add_people(scene, _add_coordinate(scene, _add_of(scene, last)))
    return Phrase((words[i].start, words[last - 1].end), head)


def _join_adjectives(scene, i, last):
    """Go on over "and" or "or" between two adjectives: "attempted or completed attacks"."""
    words = scene.words
    if last != i + 1 or last + 1 >= len(words) or words[last].form not in ("or", "and"):
        return last
    if is_plural(words[i].form) or is_person(words[i].form, scene.lists):
        return last
    end = _read_run(scene, last + 1)
    return end if end > last + 2 and is_plural(words[end - 1].form) else last


def _skip_opening(scene, i):
    """Skip "of the", "more", quotation marks; tell whether a pronoun stands for the noun."""
    words, of = scene.words, False
    while i < len(words):
        word = words[i]
        following = words[i + 1] if i + 1 < len(words) else None
        if word.form == "of" and not of:
            of = True
        elif word.form == "," and _goes_on(words, i):
            pass
        elif of and word.form in ",." and is_counted(scene, word.start):
            pass  # "200 of the 9,600 persons"
        elif of and word.form in PRONOUNS and not _determines(word, following):
            return i, True
        elif of and (word.kind in ("determiner", "number") or word.form in PRONOUNS):
            pass
        elif of and following and following.kind == "number" and word.form.endswith("'s"):
            pass  # "11 of the country's 18 provinces"
        elif word.form in scene.lists.sets["filler"]:
            if following is None or following.kind != "noun":
                return i, True
        elif not (word.kind == "mark" and word.form in QUOTES):
            break
        i += 1
    return i, False


def _determines(word, following):
    """Tell whether "these" and its like stand before a noun, not for one."""
    if word.form not in ("these", "those", "this", "that", "whose") or following is None:
        return word.form == "whose"
    return following.kind == "noun" and not is_participle(following.form)


def _goes_on(words, i):
    """Tell whether a comma only closes an aside: "hundreds, if not thousands, of fighters"."""
    after = [word.form for word in words[i + 1 : i + 3]]
    return after[:1] == ["of"] and not PRONOUNS & set(after)


def _read_run(scene, i):
    """Return the end of the run of adjectives and nouns that begins at a word."""
    first, words = i, scene.words
    while i < len(words) and i - first < LONGEST and _is_nominal(scene, i, first):
        i += 1
    return i


def _is_nominal(scene, i, first):
    """Tell whether a word goes on a noun phrase."""
    words, word = scene.words, scene.words[i]
    leads = i + 1 < len(words) and words[i + 1].kind == "noun"
    if word.kind != "noun":
        formed = leads and word.kind == "verb" and word.form in scene.lists.sets["participle"]
        replied = formed and is_plural(words[i + 1].form)  # "19 written replies"
        return i == first and (replied or _is_hidden_noun(word, leads))
    if is_counted(scene, word.start):
        return False
    if is_manner(word.form):
        return leads
    return i == first or _follows_nominal(scene, i, first, leads)


def _is_hidden_noun(word, leads):
    """Tell whether a word listed as no noun is one right after a number: "139 accounts"."""
    if word.kind == "verb" and word.form.endswith("s"):
        return not word.form.endswith("ss")
    return word.form in ("al", "el") or word.form == "left" and leads


def _follows_nominal(scene, i, first, leads):
    """Tell whether a noun goes on from the word before it: a plural nearly always ends one."""
    before, word = scene.words[i - 1], scene.words[i]
    if scene.text[before.end : word.start].count(" ") > 2:
        return False
    if not is_plural(before.form) or before.form.endswith(("'s", "s'")):
        manner = i == first + 1 and before.form.endswith("ly")
        return leads or manner or not is_participle(word.form)
    if is_participle(word.form) or word.form.endswith("ing"):
        return False
    return is_plural(word.form) or is_person(word.form, scene.lists)


def _add_of(scene, i):
    """Add a short "of" phrase where the head alone says too little: "members of the committee"."""
    words = scene.words
    if (
        words[i - 1].form not in scene.lists.sets["relational"]
        or i + 1 >= len(words)
        or words[i].form != "of"
    ):
        return i
    j = i + 1
    while j < len(words) and words[j].form in ("the", "its", "their", "an", "a", "other"):
        j += 1
    last = _read_run(scene, j)
    return last if last > j else i


def _add_coordinate(scene, i):
    """Add "and supporters" to "members": a second plural noun that shares the number."""
    words, lists = scene.words, scene.lists
    if i + 1 >= len(words) or words[i].form not in ("and", "or"):
        return i
    before, after = words[i - 1], words[i + 1]
    if not is_plural(before.form) or after.kind != "noun" or is_counted(scene, after.start):
        return i
    if is_participle(after.form) or not (is_plural(after.form) or is_person(after.form, lists)):
        return i
    following = words[i + 2] if i + 2 < len(words) else None
    if following is not None and (
        following.form in lists.sets["saying"] or following.kind == "noun"
    ):
        return i
    return i + 2


def _add_people(scene, i):
    """Add "linked to the group" to "people", which alone says too little."""
    words = scene.words
    if words[i - 1].form not in scene.lists.sets["bare people"]:
        return i
    match = LINKED.match(scene.low, words[i - 1].end)
    if match is None:
        return i
    j = find_word(words, match.end())
    while j < len(words) and words[j].kind == "determiner":
        j += 1
    last = _read_run(scene, j)
    return max(last, find_word(words, match.end()))


def read_phrase_before(scene, end):
    """Read the noun phrase that ends at an offset.

    Parameters
    ----------
    scene : Scene
    end : int

    Returns
    -------
    Phrase
    """
    words = scene.words
    last = i = find_word(words, end)
    while i and words[i - 1].form in QUOTES:
        last = i = i - 1
    while i > 0 and last - i < LONGEST and words[i - 1].kind == "noun":
        lead = words[i - 2].kind if i > 1 else "mark"
        verbal = is_participle(words[i - 1].form) and lead not in ("determiner", "preposition")
        named = lead == "noun" and i < last and words[i - 1].form.endswith("s")
        named = named and not is_plural(words[i - 2].form) and words[i - 2].form.isalpha()
        named = named and scene.text[words[i - 1].start].islower()
        if verbal or named or is_counted(scene, words[i - 1].start):
            break
        i -= 1
    if i == last and i > 1 and words[i - 1].kind == "verb":
        counted = words[i - 1].form.endswith("s") and is_counted(scene, words[i - 2].start)
        i -= int(words[i - 2].kind == "determiner" or counted)
    if i == last:
        return Phrase()
    if 0 < i < last - 1 and words[i - 1].form == "to" and not is_plural(words[i].form):
        i += 1
    head = " ".join(word.form for word in words[i:last])
    if i > 1 and words[i - 1].form == "and" and words[i - 2].kind == "noun":
        i -= 2
    return Phrase((words[i].start, words[last - 1].end), head)


def skip_parenthesis(scene, offset):
    """Return where a bracket that begins at an offset ends, the offset where there is none."""
    match = PARENTHESIS.match(scene.text, offset)
    return match.end() if match else offset


def read_left(scene, quantity, size=40):
    """Return the folded text right before a quantity and its qualifier."""
    start = find_start(quantity)
    return scene.low[max(0, start - size) : start]
