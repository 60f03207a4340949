"""Find whom a pronoun or "the institute" means among those who were named but did not speak."""

import functools
import re

from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.phrases import CAPITAL, clean_phrase, find_head, find_person
from threatledger.extraction.sources import get_sources
from threatledger.extraction.subjects import find_opening

WORD = rf"{CAPITAL}[\w'’&-]*"
LOOK_BACK = 4000  # characters in which the full name of a body is looked for
MOST_TITLES = 1 << 8  # words of names whose pattern is kept
LOWER_WORD = re.compile(r"\b[a-z]{4}")  # "Sixteen policemen": no name
NEAR = 2  # sentences that a person named without speaking may lie back
PERSONAL = ("he", "she")
CLAUSE_END = LateRegex(r"[:,]\s*$")
# "one of them, who gave his name as Abu Omar, said"
SELF_NAMED = LateRegex(
    rf",\s(?:who\s(?:gave|gives)\s(?:his|her)\sname\sas|named|called|who\scalled\s(?:him|her)self)\s"
    rf"(?P<name>{WORD}(?:\s{WORD}){{0,3}})"
)


def find_title(reading, sentence, phrase):
    """Return the full name that "the institute" takes up, by its own word in capitals.

    Parameters
    ----------
    reading : Reading
        The text under reading.
    sentence : Sentence
        Where the phrase stands.
    phrase : str
        One word, such as ``"institute"``.

    Returns
    -------
    str or None
        ``"Nairobi Institute of Financial Intelligence"``; None where nothing is called so before.
    """
    word, kind = find_head(phrase, reading.codebook)
    if kind != "body" or word != phrase or not word.isalpha():
        return None
    start = max(0, sentence.start - LOOK_BACK)
    found = _compile_title(word.capitalize()).finditer(reading.text, start, sentence.start)
    longer = [" ".join(m[0].split()) for m in found if " " in m[0]]
    return longer[-1].removeprefix("The ") if longer else None


@functools.lru_cache(maxsize=MOST_TITLES)
def _compile_title(word):
    joined = r"(?:of|for|and|on|the|in)"
    return re.compile(
        rf"(?<!\w)(?:{WORD}[ \n](?:{joined}[ \n]){{0,2}}){{0,5}}{word}\b"
        rf"(?:[ \n](?:{joined}[ \n]){{1,2}}{WORD}(?:[ \n](?:(?:and|of)[ \n])?{WORD}){{0,4}})?"
    )


def find_person_before(reading, sentence, pronoun):
    """Return the person who opened a sentence just before, where "he" or "she" speaks next.

    Parameters
    ----------
    reading : Reading
        The text under reading.
    sentence : Sentence
        Where the pronoun stands.
    pronoun : str
        In lower case.

    Returns
    -------
    str or None
    """
    if pronoun not in PERSONAL:
        return None
    for index in range(sentence.index - 1, max(-1, sentence.index - NEAR - 1), -1):
        earlier = reading.sentences[index]
        if earlier.passage != sentence.passage:
            return None
        span = find_opening(earlier.text.split(";")[0], 0, reading.codebook)
        name = find_person(earlier.text[slice(*span)], reading.codebook) if span else ""
        if name:
            return name
    return None


def find_opener(reading, sentence, source, pronoun):
    """Return who opens the sentence itself: "His former deputy goes further: he speaks of 40".

    Parameters
    ----------
    reading : Reading
        The text under reading.
    sentence : Sentence
        The sentence.
    source : Source
        The pronoun among its sources.
    pronoun : str
        In lower case.

    Returns
    -------
    str or None
        None where the sentence opens with nobody, or somebody else has spoken in it.
    """
    opening = sentence.text[: source.start]
    end = CLAUSE_END.search(opening)
    if pronoun not in PERSONAL or not end:
        return None
    if any(other.cue_start < source.cue_start for other in get_sources(reading, sentence)):
        return None
    opener = _read_opening(reading, opening)
    is_named = bool(opener) and " " in opener and not LOWER_WORD.search(opener)
    return opener if is_named or end[0].startswith(":") else None


def find_namesake(reading, sentence, source):
    """Return who "one of them" is: the name given, else those whom the sentence before is about.

    Parameters
    ----------
    reading : Reading
        The text under reading.
    sentence : Sentence
        The sentence.
    source : Source
        "One of them" among its sources.

    Returns
    -------
    str or None
    """
    named = SELF_NAMED.match(sentence.text, source.end)
    if named:
        return named["name"]
    if not sentence.index:
        return None
    before = reading.sentences[sentence.index - 1]
    if before.passage != sentence.passage or get_sources(reading, before):
        return None
    return _read_opening(reading, before.text)


def _read_opening(reading, text):
    """Return the person that opens a text, by name, else as written; None where none does."""
    span = find_opening(text, 0, reading.codebook)
    if span is None:
        return None
    phrase = clean_phrase(text[slice(*span)])
    name = find_person(phrase, reading.codebook)
    head, kind = find_head(phrase, reading.codebook)
    return name or (phrase if kind == "person" else None)
