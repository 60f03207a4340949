"""Tell a sentence that goes on about what a source stated: "Four fifths of them were …"."""

import functools
import re

from threatledger.extraction.glance import read_forms
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.phrases import find_head
from threatledger.extraction.quoting import iterate_passage
from threatledger.extraction.sources import get_sources

# One of these stands in every sentence that goes on.
GOING_ON = frozenset(
    "them these those it that this total sum figure amount time dead killed victims wounded injured"
    " latter board among included includes as at largest smallest biggest highest lowest longest"
    " shortest average median mean oldest youngest deadliest costliest remainder rest".split()
)
OF_THAT = LateRegex(r"\bof (?:that|this|these|those|the (?:total|sum|figure|amount))\b(?! \w)")
OF_HINTS = frozenset("that this these those total sum figure amount".split())
SHARE_OF_IT = LateRegex(
    r"\s+of\s+(?:(?:it|them|that|this)\b(?! \w)"
    r"|the\s+(?:sum|total|amount|money|cash|whole|haul)\b(?!\s+(?:of|in|for|raised|held|number)\b))"
)
# "They were holding 90 at the time": when the speaker of the sentence before spoke.
STILL_SAID = re.compile(r"^\W*(?:They|He|She|It)\b[^,;]*\bat\s+(?:the|that)\s+time\W*$")
# "Four fifths of them …", "Of these, …", "Two of the dead …"
PART = LateRegex(
    r"\W*(?:Of\s|(?P<share>(?:[\w%$€£.,-]+\s){1,7}?)(?:of|among)\s)"
    r"(?:them|these|those|the\s(?:dead|killed|victims|wounded|injured|casualties|latter|total))(?=[\s,.;:])"
)
PART_HINTS = frozenset(
    "them these those dead killed victims wounded injured casualties latter total".split()
)
# "On board were 48 women", "Among them were …", "The dead included …"
INCLUDED = re.compile(
    r"\W*(?:On\s+board\s+(?:was|were)|Among\s+(?:them|these|those|the\s+[\w-]+)(?:\s[\w-]+){0,2}?\s+(?:was|were|is|are)"
    r"|(?:They|These|Those\s+[\w-]+|The\s+(?:dead|killed|victims|wounded|group|party|passengers|detainees|arrivals|total))"
    r"\s+(?:also\s+)?includ(?:ed|es?))\b"
)
# "The largest came to $7,100."
ONE_OF = re.compile(
    r"\W*(?:The|Their|Its)\s(?:largest|smallest|biggest|highest|lowest|longest|shortest|average|median|mean|oldest|youngest"
    r"|deadliest|costliest|remainder|rest)(?:\s(?:one|sum|figure|payment|transfer|single\s\w+))?"
    r"\s(?:was|were|is|are|came|comes|went|fell|had|has|cost|totalled|totaled|amounted|reached|killed"
    r"|took|brought|dates?|dated|stood|ran|weighed|measured|held|lasted)\b"
)
# "The combined strength is given as 400", behind a sentence of the report that gives it
GIVEN_HINTS = frozenset("given put listed stated recorded".split())
GIVEN = LateRegex(r"\b(?:is|are|was|were)\s+(?:given|put|listed|stated|recorded)\s+(?:as|at)\b")
# Words of a share beside numbers: "Some 40 of these", not "Police freed 40 of these".
SHARE_WORDS = frozenset(
    "some about around roughly nearly almost more less fewer than at least up to only just perhaps"
    " well over under half a an the third thirds quarter quarters fifth fifths tenth tenths in per"
    " cent percent most many all none not no another further majority as every exactly out barely"
    " hardly close approximately estimated vast bulk few several both each".split()
)
FARTHEST = 3  # sentences from the statement to the last that goes on about it


def is_included(text):
    """Return whether a sentence tells who was among those told of before: "On board were …"."""
    return not GOING_ON.isdisjoint(read_forms(text)) and INCLUDED.match(text) is not None


def find_counting(reading, sentence, quantity):
    """Find the sentence whose source stated what this one goes on about.

    Parameters
    ----------
    reading : Reading
        The text under reading.
    sentence : Sentence
        The sentence that holds the number, which no source in it covers.
    quantity : object
        With ``end`` and ``unit``.

    Returns
    -------
    Sentence or None
        The last before it in the passage that names a source, where all between go on so too.
    """
    if not _goes_on(sentence.text, reading.codebook, quantity):
        return _find_giving(reading, sentence)
    for distance, earlier in enumerate(iterate_passage(reading, sentence, -1)):
        if get_sources(reading, earlier):
            return earlier
        if distance + 1 == FARTHEST or not _goes_on(earlier.text, reading.codebook):
            return None
    return None


def _find_giving(reading, sentence):
    """Return the sentence before, where its document gives what this one says is "given as"."""
    if GIVEN_HINTS.isdisjoint(read_forms(sentence.text)) or not GIVEN.search(sentence.text):
        return None
    before = next(iterate_passage(reading, sentence, -1), None)
    if before is None or get_sources(reading, sentence):
        return None
    sources = get_sources(reading, before)
    is_document = sources and find_head(sources[0].phrase, reading.codebook)[1] == "document"
    return before if is_document else None


def _goes_on(text, codebook, quantity=None):
    """Return whether a sentence is about a part of what the one before counted."""
    forms = read_forms(text)
    if GOING_ON.isdisjoint(forms):
        return False
    is_share = getattr(quantity, "unit", None) == "percent"
    if is_share and SHARE_OF_IT.match(text, quantity.end):
        return True
    part = None if PART_HINTS.isdisjoint(forms) else PART.match(text)
    if part and _is_share(part["share"] or "", codebook):
        return True
    if not OF_HINTS.isdisjoint(forms) and OF_THAT.search(text):
        return True
    return any(find(text) for find in (STILL_SAID.search, ONE_OF.match, INCLUDED.match))


def _is_share(words, codebook):
    """Return whether words are a number or share and nothing more."""
    numbers = _read_number_words(codebook)
    return all(
        word[0].isdigit() or not word[0].isalpha() or word in SHARE_WORDS or word in numbers
        for word in words.lower().replace("-", " ").split()
    )


@functools.lru_cache(maxsize=8)
def _read_number_words(codebook):
    return frozenset(row["word"].lower() for row in codebook.rows("number-words"))
