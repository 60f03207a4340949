"""Say which numbers of a sentence stand in the words of one of its speakers."""

import re

from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.subjects import is_speaker
from threatledger.extraction.verb_edges import find_cuts

COORDINATION = LateRegex(r",\s(?:and|but|while|whereas)\s")
PART_END = LateRegex(r";|,\s(?:and|but|while|whereas)\s")
# A part with a subject of its own: "…, but the number is unchanged, says X".
CONTRAST = LateRegex(r";|,\s(?:but|while|whereas)\s(?=(?:the|an?|its|their|[A-Z])\W?)")
ANAPHOR = LateRegex(r"\b(?:them|these|those|another|others|whom|which)\b")
OF_WHOM = LateRegex(r",[^,;]*\b(?:whom|which|who)\b,?\s*$")
# "1,000 guards, who cost $10 million a month, according to X": the cost alone.
LAST_RELATIVE = LateRegex(r",\s(?:who|which)\s[^,;]+,\s*$")
# A clause of its own after what was counted: "…, and five jails came under fire".
NEW_CLAUSE = LateRegex(
    r",\s+(?:and|but)\s+(?:[\w'’-]+\s+){1,3}(?:is|are|was|were|has|have|had|came|went|fell|rose)\b"
    r"|,\s+(?:and|but)\s+(?:on|in|at|by)\s+(?:\d{1,2}\s+)?[A-Z][a-z]+(?:\s+\d{1,4})?,?\s+(?:an?|the)\s"
)
NEW_PART = LateRegex(r"(?:;|,\s+(?:and|but|while|whereas))\s+(?=(?:the|an?)\s|[A-Z])")
ABOUT = LateRegex(
    r",\s+(?:\d{1,2},\s+)?(?:who|whose|where|(?:an?|the|one)\s+(?:[^\s,;]+\s+){1,8}?(?:who|whose)"
    r"|(?:an?|the|one)\s+(?:[^\s,;]+\s+){0,8}?[^\s,;]+,\s+(?:who|whose|where))\b"
)
OF_SPEAKER = LateRegex(r",\s+(?:which|who|whose)\b")  # "according to the force, which has 40 men"
RELATIVE_OPEN = LateRegex(r"\b(?:which|who|that|where|whose\s+[\w-]+)\s*,\s*$")
AFTER = LateRegex(r"\W*(?:After|From|Against|Following)\s")  # "After 17 in May, X counted five"
QUOTE = LateRegex(r"[“\"”]")
WHO = LateRegex(r",\s+(?:who|whose)\b")
TOTALS = LateRegex(
    r";[^,;]{0,40}\b(?:bring|takes?|bringing|brought|took)s?\s+(?:the|that|this)\s", re.IGNORECASE
)
REFERRING = LateRegex(
    r"(?:;|,\s(?:and|but))[^,;]{0,40}\bof\s+(?:them|these|those|whom|which)\b", re.IGNORECASE
)
CONDITION = LateRegex(r"\W*(?:If|Unless|Should|Were|Had)\b[^,]*(?:,\d[^,]*)*")
# "The toll, which the governor put at 40, has risen to 52."
ASIDE = LateRegex(r",\s+(?:which|whom)\s*$")
RESUMED = LateRegex(r",\s(?:has|have|had|is|are|was|were|will|would|[a-z]{2,}(?:ed|s))\b")
FOUND = frozenset("found finds concluded concludes established showed shows".split())
# "The unit examined 184 cases, and found that half were false": the 184 are its own too
STUDIED = LateRegex(
    r"\s+(?:has\s+|have\s+|had\s+)?(?:examined|reviewed|surveyed|interviewed|analy[sz]ed|studied|inspected"
    r"|checked|sampled|screened|polled|visited|assessed|monitored|looked\s+at|went\s+through)\b"
)
# ", according to the body, while 540,000 had not"
NOT_SO = LateRegex(
    r",\s(?:and|but|while|whereas)\s(?:[a-z]+\s){0,2}\d[\d,.]*\s(?:of\s\w+\s)?(?:had|have|has|did|do|were|are|was|is)\s+not\b"
)
# ", according to the mayor, and about 900 stayed", "…, and found work for 12"
RUNS_ON = LateRegex(
    r",\sand\s(?:(?:about|some|roughly|nearly|around|almost|at\sleast|more\sthan|over|fewer\sthan|another"
    r"|a\sfurther|up\sto)\s)?(?:\d[\d,.]*\s[a-z]+|(?!need|feed|speed|bleed)[a-z]{3,}ed\s)"
)
NOUN_KINDS = frozenset(("count", "put", "give", "document"))
FARTHEST = 600  # characters from a speaker to where his words begin or end
NEAR = 20  # characters before a speaker in which "which" stands
LONGEST_PART = 120  # characters in which the subject of a part is looked for


def covers(text, source, quantity, codebook):
    """Return whether a number stands in the words that a source is said to have spoken.

    Parameters
    ----------
    text : str
        The sentence.
    source : Source
        One of its sources.
    quantity : object
        With ``start`` into the sentence's text.
    codebook : Codebook
        For the nouns and verbs of a part with a subject of its own.

    Returns
    -------
    bool
    """
    if source.start <= quantity.start < source.end:
        return False
    if source.place == "by":
        return source.cue_start <= quantity.start < source.start
    if source.place == "phrase" and source.cue_start and OF_SPEAKER.match(text, source.end):
        return _find_start(text, source) <= quantity.start < source.end
    if source.place == "phrase":
        return _find_start(text, source) <= quantity.start < _find_end(text, source)
    if source.place == "after":
        return _covers_before(text, source, quantity)
    return _covers_after(text, source, quantity, codebook)


def _covers_before(text, source, quantity):
    """Return whether a number belongs to a speaker named after the words."""
    condition = CONDITION.match(text)
    if condition and quantity.start < condition.end() < source.start:
        return False
    if RELATIVE_OPEN.search(text[: source.start]):
        return quantity.start >= source.cue_end  # "whose owner, prosecutors say, handled …"
    if quantity.start < source.start and quantity.start < _find_contrast(text, source):
        return False
    return not _is_about_speaker(text, source, quantity)


def _find_contrast(text, source):
    """Return where the last part with a subject of its own begins before the speaker, else 0."""
    first, start = max(0, source.start - FARTHEST), 0
    if QUOTE.search(text, first, source.start):
        return 0
    for contrast in CONTRAST.finditer(text, first, source.start):
        part = text[contrast.end() : source.start]
        if part.strip() and not ANAPHOR.search(part):
            start = contrast.end()
    return start


def _covers_after(text, source, quantity, codebook):
    """Return whether a number belongs to a speaker named before the words."""
    if quantity.start < source.start:
        is_base = source.kind == "count" and AFTER.match(text)
        return bool(is_base) or (source.is_relative and source.kind != "put")
    if quantity.start <= source.cue_end:
        return source.cue in FOUND and STUDIED.match(text, source.end) is not None
    if source.is_relative and ASIDE.search(text, max(0, source.start - NEAR), source.start):
        resumed = RESUMED.search(text, source.cue_end, source.cue_end + FARTHEST)
        return resumed is None or quantity.start < resumed.start()
    if source.kind not in NOUN_KINDS:
        return True
    clause = NEW_CLAUSE.search(text, source.cue_end)
    if clause is not None and quantity.start >= clause.start():
        return False
    return quantity.start < _find_actor(text, source, codebook)


def _find_actor(text, source, codebook):
    """Return where a part begins in which somebody else acts: "; the courts issued 27 papers"."""
    for part in NEW_PART.finditer(text, source.cue_end, source.cue_end + FARTHEST):
        words = text[part.end() : part.end() + LONGEST_PART]
        for cut in find_cuts(words, codebook)[:1]:
            if is_speaker(words[:cut].rstrip(), "strict", codebook):
                return part.start()
    return len(text)


def _is_about_speaker(text, source, quantity):
    """Return whether a number only tells who speaks: "…”, said X, who has nine children"."""
    if source.cue_start > source.start or quantity.start < source.end:
        return False
    comma = text.find(",", source.end, quantity.start)
    aside = ABOUT.match(text, source.end) or (comma > 0 and WHO.match(text, comma))
    return bool(aside) and not QUOTE.search(text, aside.end(), quantity.start)


def _find_start(text, source):
    """Return where the words of an "according to" begin."""
    before = text[: source.cue_start]
    start = before.rfind(";") + 1
    relative = OF_WHOM.search(before, start) or LAST_RELATIVE.search(before, start)
    for coordination in COORDINATION.finditer(before, start):
        start = coordination.end()
    return max(start, relative.start()) if relative else start


def _find_end(text, source):
    """Return where the words of an "according to" end."""
    if source.cue_start == 0:
        position = text.find(";", source.end)
    else:
        stop = PART_END.search(text, source.end)
        position = stop.start() if stop else -1
    goes_on = REFERRING.match(text, position) or TOTALS.match(text, position)
    goes_on = goes_on or position >= 0 and NOT_SO.match(text, position)
    goes_on = goes_on or source.cue_start and position >= 0 and RUNS_ON.match(text, position)
    return position if position >= 0 and not goes_on else len(text)
