"""Find what a quantity counts, measures or values: the noun phrase that it belongs to."""

import re
from dataclasses import replace

from threatledger.extraction.clauses import read_subject
from threatledger.extraction.counting import find_change, find_number
from threatledger.extraction.glance import fold_sentence
from threatledger.extraction.grammar import fold_text
from threatledger.extraction.measuring import MEASURES, find_commodity, find_measured
from threatledger.extraction.model import Counted
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.paying import find_sum_noun
from threatledger.extraction.phrasing import Phrase, read_phrase_before
from threatledger.extraction.readers import find_people, make_counted
from threatledger.extraction.shares import find_share
from threatledger.extraction.trimming import trim
from threatledger.extraction.valuing import find_valued
from threatledger.extraction.verbs import is_verb
from threatledger.extraction.words import (
    Scene,
    cut_window,
    find_start,
    find_word,
    is_plural,
    read_word_lists,
    read_words,
)

SUBORDINATE = LateRegex(
    r"(?<!flown )(?<!brought )(?<!taken )(?<!took )(?<!let )(?<!came )(?<!turned )(?<!pulled )"
    r"(?:(?<!\w)(?:including|of whom|of which|in which|during which|of them|among them|with"
    r"|in|on|across|from|within|aboard)|\(|,\s+or)\s*\Z"
)
SUBORDINATE_ENDS = tuple(
    "including whom which them with in on across from within aboard or (".split()
)
GROUPED = re.compile(
    r"(?<!\w)(?:groups?|bands?|columns?|cells?|units?|convoys?|teams?|squads?|batches) of\s*\Z"
)
ASIDE = re.compile(r",\s+(?:where|whose)\s[^,;:.()]*\Z")
# "Then there are kidnappings."
THERE = LateRegex(
    r"(?<!\w)[Tt]here\s+(?:are|were|have\s+been)\s+(?:also\s+|the\s+)?"
    r"(?P<thing>[a-z][\w’' -]{2,40}?)[.;:!?]*\s*$"
)
PART = re.compile(r"\s+of\s+(?:them|whom|these|those)(?!\w)")


def find_counted(sentence_text, quantity, quantities, codebook, before=None):
    """Find the thing that a quantity counts or values.

    Parameters
    ----------
    sentence_text : str
    quantity : Quantity
        One of ``quantities``.
    quantities : list of Quantity
        All of the sentence: two numbers may share a noun.
    codebook : Codebook
    before : dict of str to Counted, optional
        What earlier claims of the text are of, under ``number``, ``money``, ``percent`` and
        ``last``, and under ``topic`` the people of the sentence before: a number without a noun,
        or with a pronoun, goes on from there.

    Returns
    -------
    Counted
        ``what`` is the noun phrase without article, empty where the sentence names none;
        ``unit`` is the quantity's, or ``person`` or ``count`` by the noun.
    """
    text, begin, quantity, quantities = cut_window(sentence_text, quantity, quantities)
    scene = _make_scene(text, quantities, codebook, {} if before is None else before)
    found = _find(scene, quantity)
    if begin and found.start >= 0:
        return replace(found, start=found.start + begin, end=found.end + begin)
    return found


def find_topic(sentence_text, codebook):
    """Find what a later "them" stands for: the plural subject of a sentence, else its last people.

    Parameters
    ----------
    sentence_text : str
    codebook : Codebook

    Returns
    -------
    Counted or None
    """
    scene = _make_scene(sentence_text, [], codebook, {})
    there = THERE.search(sentence_text)
    if there:
        found = trim(scene, *there.span("thing"))
        if found.span and is_plural(found.head.split()[-1]):
            return make_counted(scene, found, None)
    verb = next((i for i in range(1, len(scene.words)) if is_verb(scene, i)), 0)
    subject = read_subject(scene, verb) if verb else Phrase()
    named = subject.span and subject.span[0] > 0 and sentence_text[subject.span[0]].isupper()
    if subject.span and not named and is_plural(subject.head.split()[-1]):
        return make_counted(scene, subject, None)
    return find_people(scene, len(sentence_text))


def find_sum(sentence_text, codebook):
    """Find the noun for a sum that a sentence is about: "Ransom demands have gone up".

    Parameters
    ----------
    sentence_text : str
    codebook : Codebook

    Returns
    -------
    Counted or None
    """
    scene = _make_scene(sentence_text, [], codebook, {})
    found = find_sum_noun(scene)
    return make_counted(scene, found, None) if found else None


def find_matter(sentence_text, codebook):
    """Find the last thing of a sentence that is weighed: a later "30 kg a year" may be of it.

    Parameters
    ----------
    sentence_text : str
    codebook : Codebook

    Returns
    -------
    Counted or None
    """
    scene = _make_scene(sentence_text, [], codebook, {})
    found = find_commodity(scene, len(sentence_text))
    return make_counted(scene, found, "count") if found else None


def find_things(sentence_text, codebook):
    """Find the last plural noun of a sentence, which a later "nine of them" may stand for.

    Parameters
    ----------
    sentence_text : str
    codebook : Codebook

    Returns
    -------
    Counted or None
    """
    scene = _make_scene(sentence_text, [], codebook, {})
    for word in reversed(scene.words):
        if word.kind == "noun" and is_plural(word.form):
            phrase = read_phrase_before(scene, word.end)
            return make_counted(scene, phrase, None) if phrase.span else None
    return None


def find_named(sentence_text, codebook):
    """Find the things that a line without a verb names: "Killings of civilians, by district:".

    Parameters
    ----------
    sentence_text : str
    codebook : Codebook

    Returns
    -------
    Counted or None
        None where the line is a sentence, or names nothing in the plural.
    """
    scene = _make_scene(sentence_text, [], codebook, {})
    comma = re.search(r"[,:;(\n]|\s+(?:by|as)\s", sentence_text)
    end = comma.start() if comma else len(sentence_text)
    last = find_word(scene.words, end)
    if any(scene.words[i].kind != "noun" and is_verb(scene, i) for i in range(1, last - 1)):
        return None
    noun = next((word.start for word in scene.words[:last] if word.kind == "noun"), 0)
    phrase = trim(scene, noun, end)
    if not phrase.span or not is_plural(phrase.head.split()[-1]):
        return None
    return make_counted(scene, phrase, None)


def is_subordinate(sentence_text, quantity):
    """Tell whether a number only gives a part or a setting of another.

    Parameters
    ----------
    sentence_text : str
    quantity : Quantity

    Returns
    -------
    bool
        True in "including fewer than 500 foreigners", "406 of them minors", "in 14 cities".
    """
    start = find_start(quantity)
    left = fold_text(sentence_text[max(0, start - 24) : start])
    is_led = left.rstrip().endswith(SUBORDINATE_ENDS)
    if is_led and SUBORDINATE.search(left) or GROUPED.search(left):
        return True
    if _is_aside(sentence_text, start):
        return True
    return bool(PART.match(sentence_text, quantity.reach))


def _is_aside(text, start):
    """Tell whether a number stands in a remark: "Niger, where elders signed three truces"."""
    return ASIDE.search(text, max(0, start - 90), start) is not None


def _make_scene(text, quantities, codebook, before):
    lists, words = read_word_lists(codebook), read_words(text, codebook)
    return Scene(text, fold_sentence(text), words, quantities, lists, before, codebook, _find)


def _find(scene, quantity):
    """Find what a quantity of a scene is of."""
    change = find_change(scene, quantity)
    if change:
        return change
    if quantity.unit == "percent":
        share = find_share(scene, quantity)
        return Counted(share.what, "percent", share.start, share.end)
    if quantity.unit is None:
        return find_number(scene, quantity)
    if quantity.unit in MEASURES or quantity.unit == "count":
        return find_measured(scene, quantity)
    return find_valued(scene, quantity)
