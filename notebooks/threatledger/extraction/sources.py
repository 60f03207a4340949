"""Find who is said to say what inside one sentence: speaker, reporting word and reach."""

import functools
import re
from dataclasses import dataclass

from threatledger.extraction.cues import Cue, find_cues, read_counts
from threatledger.extraction.gazetteer import find_names
from threatledger.extraction.phrases import (
    EDGES,
    OWN_VOICE,
    blank_brackets,
    clean_phrase,
    cut_phrase,
)
from threatledger.extraction.subjects import (
    find_inverted,
    find_opening,
    find_subject,
    is_speaker,
)
from threatledger.extraction.times import lower_text

PARTICIPLE = re.compile(r"(?:saying|referring|putting|adding)\b")
THOUSANDS = re.compile(r"(?<=\d),(?=\d)")
RELATIVE_BEFORE = re.compile(r"\b(?:that|which|whom|if)\s*$", re.IGNORECASE)
RELATIVE_OPENING = re.compile(r"\s*(?:that|which|whom|if)\b", re.IGNORECASE)
COORDINATED_BEFORE = re.compile(
    r"(?:;|,?\s(?:and|but|while|whereas|although|though|yet))\s*$", re.IGNORECASE
)
COORDINATED_OPENING = re.compile(r"\s*(?:and|but|while|whereas|although|though)\b", re.IGNORECASE)
OPEN_QUOTES = (",", "”", '"', "’", "»", "–", "—")
COMPLEMENT = re.compile(r"(?:that|how|whether|it|there|he|she|they)\b", re.IGNORECASE)
ADDRESS = re.compile(
    r"(?:(?:on|in|at|to|during|from|late|last|early|this|reporters|me|us|the|an?|by|while|when"
    r"|yesterday|today|[A-Z][\w'’-]*|\w+day|agency|journalists|told|news|conference|local|press"
    r"|radio|television|station|statement|interview|x|telegram|telephone|phone|e-?mail|message|week|month|year|\d+)\b[\s,]*)+",
    re.IGNORECASE,
)
RELAYED = re.compile(r"(?:^|,)\s*\w+ing\s+(?:on\s+)?what\s*$", re.IGNORECASE)
PUBLISHED = re.compile(
    r"\bthat\s+(?P<who>.+?)\s+(?:has\s+|have\s+|had\s+)?(?:published|issued|compiled|released|gave|give|gives"
    r"|collected|keeps?|drew up)\b",
    re.IGNORECASE,
)
# "Its tally for the region stands at 655."
TALLY = re.compile(
    r"(?P<who>\b(?:[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)|[A-Z][\w'’ -]{1,60}['’]s?)\s(?:own\s|latest\s)?"
    r"(?:tally|count|estimates?|reckoning|register|records|toll)\b"
    r"(?:\s(?:of|for|in|on)\s[^,;:.]{1,60})?\s(?:stands?|stood|is|was|puts?|shows?|has|had|gives?|came|runs?)\b"
)
# "In a survey last month, 73 per cent preferred …"
SURVEY = re.compile(
    r"In\s(?P<who>(?:an?|its|their|the)\s(?:[\w'’-]+\s){0,4}?(?:polls?|surveys?|census|audit))\b[^,]{0,60},"
)
APOSTROPHE = re.compile("['’]")
OWNERS = {"hi": "he", "her": "she", "it": "it", "their": "they"}
AGENCY_KINDS = frozenset(("agency",))


@dataclass(slots=True)
class Source:
    """A speaker found in a sentence; offsets are into the sentence's text."""

    start: int
    end: int
    phrase: str  # as written; empty for the document's own voice
    cue: str
    cue_start: int
    cue_end: int
    kind: str  # of the cue, as in cues.csv
    place: str  # "before" its words, "after" them (", X said"), or "phrase" ("according to X")
    is_quoted: bool = False  # the reporting word stands inside quotation marks
    is_relative: bool = False  # "appeals that X logged": covers what stands before
    is_coordinated: bool = False  # "; X said", ", and X said": begins a part of its own


def get_sources(reading, sentence):
    """Return the sources of a sentence, found once.

    Parameters
    ----------
    reading : Reading
        The text under reading.
    sentence : Sentence
        One of its sentences.

    Returns
    -------
    list of Source
    """
    key = ("sources", sentence.index)
    if key not in reading.memo:
        reading.memo[key] = find_sources(sentence.text, reading.codebook)
    return reading.memo[key]


def find_sources(text, codebook):
    """Find every speaker in a sentence.

    Parameters
    ----------
    text : str
        The sentence.
    codebook : Codebook
        With the tables ``cues``, ``speaker-roles`` and the names of `find_names`.

    Returns
    -------
    list of Source
        In order of their reporting words.
    """
    lowered = lower_text(text)
    masked, found = "", []
    for cue in find_cues(text, lowered, codebook):
        masked = masked or THOUSANDS.sub(".", blank_brackets(text))
        source = _read_cue(masked, cue, found, codebook)
        if source is None or any(s.start <= cue.start < s.end for s in found):
            continue
        if source.kind == "count" and _is_armed(source, codebook):
            continue  # "the group counts 300 men": it has them
        source.is_quoted = _is_quoted(text, cue.start)
        found.append(source)
    return found + _find_counts(text, lowered, codebook) + _find_openings(text, codebook)


def _is_armed(source, codebook):
    """Return whether a source ends with the name of an armed group."""
    if not source.cue.startswith("count"):
        return False
    names = find_names(clean_phrase(source.phrase), codebook)
    return bool(names) and _read_kinds(codebook).get(names[-1].name.key) == "armed group"


def is_agency(reading, source):
    """Return whether a source is a news agency and nothing more.

    Parameters
    ----------
    reading : Reading
        For the actors of its codebook.
    source : Source
        As `find_sources` returns it.

    Returns
    -------
    bool
    """
    key = ("agency", source.phrase)
    if key not in reading.memo:
        phrase = clean_phrase(source.phrase)
        names = find_names(phrase, reading.codebook)
        is_all = bool(names) and not names[0].start and names[0].end >= len(phrase.rstrip("'s’"))
        kinds = read_kinds(reading)
        reading.memo[key] = is_all and kinds.get(names[0].name.key) in AGENCY_KINDS
    return reading.memo[key]


def read_kinds(reading):
    """Return the kind of every actor of the codebook, by its id."""
    return _read_kinds(reading.codebook)


@functools.lru_cache(maxsize=8)
def _read_kinds(codebook):
    return {row["id"]: row["kind"] for row in codebook.rows("actors")}


def _read_cue(masked, cue, found, codebook):
    """Return the source that a reporting word belongs to, None where nobody speaks."""
    if cue.kind in ("phrase", "inner"):
        start = cue.end + 1
        span = start, cut_phrase(masked, start)
        return _make_phrase(masked, span, cue, codebook)
    if cue.kind == "trust":
        return _read_trust(masked, cue, codebook)
    if PARTICIPLE.match(cue.words):
        if found:
            return _repeat(found[-1], cue)
        span = find_opening(masked[: cue.start], 0, codebook)
        return _make_source(masked, span, cue, "before") if span else None
    return _read_verb(masked, cue, found, codebook)


def _read_trust(masked, cue, codebook):
    """Read "if X is to be believed", "if the figures that X published are right"."""
    start = masked.rfind(" if ", 0, cue.start) + 4
    if start < 4:
        return None
    by = PUBLISHED.search(masked, start, cue.start)
    span = by.span("who") if by else (start, cue.start)
    return _make_phrase(masked, span, cue, codebook)


def _read_verb(masked, cue, found, codebook):
    """Return the source of a verb, by its subject to the left or, inverted, to the right."""
    span, standing = find_subject(masked, cue, codebook)
    if standing == "second" and found:
        return _repeat(found[-1], cue)
    if standing in ("none", "apposed") and span is None:
        span = find_inverted(masked, cue, codebook)
        return _make_source(masked, span, cue, "after") if span else None
    if span is None:
        return None
    source = _make_source(masked, span, cue, "before")
    if standing == "beside":
        source.is_relative = bool(
            RELATIVE_BEFORE.search(masked[max(0, span[0] - 8) : span[0]])
            or RELATIVE_OPENING.match(source.phrase)
        )
    if standing in ("beside", "apposed"):
        source.place = _find_place(masked, span, cue)
    if RELAYED.search(masked[: span[0]][-40:]):
        source.kind = "inner"
    return source


def _make_phrase(masked, span, cue, codebook):
    """Return the source of "according to X"; None where X can be nobody."""
    if not is_speaker(masked[span[0] : span[1]], "phrase", codebook):
        return None
    source = _make_source(masked, span, cue, "phrase")
    source.kind = "phrase" if cue.kind == "trust" else cue.kind
    return source


def _make_source(masked, span, cue, place):
    phrase, opening = masked[span[0] : span[1]], masked[: span[0]]
    own = place != "phrase" and OWN_VOICE.search(phrase.strip(EDGES))
    source = Source(*span, "" if own else phrase, cue.words, cue.start, cue.end, cue.kind, place)
    source.is_coordinated = bool(
        COORDINATED_BEFORE.search(opening)
        or (COORDINATED_OPENING.match(phrase) and opening.rstrip().endswith(","))
    )
    return source


def _repeat(source, cue):
    """Return a source once more, for a second verb of the same subject ("puts … and says")."""
    return Source(
        source.start, source.end, source.phrase, cue.words, cue.start, cue.end, cue.kind, "before"
    )


def _find_place(masked, span, cue):
    """Return "after" for a verb whose words came before it: ", X said," or a closing one."""
    opening, closing = masked[: span[0]].rstrip(), masked[cue.end :].lstrip()
    if not opening.endswith(OPEN_QUOTES) or COMPLEMENT.match(closing):
        return "before"
    if opening.endswith(("”", '"', "»")) or not closing.strip(EDGES) or closing[0] in ",.;:":
        return "after"
    address = ADDRESS.match(closing)
    return "after" if address and not closing[address.end() :].strip(EDGES) else "before"


def _find_counts(text, lowered, codebook):
    """Return the sources of "by the ministry's count"."""
    nouns, pattern = read_counts(codebook)
    found = []
    for match in pattern.finditer(lowered) if any(noun in lowered for noun in nouns) else ():
        start, end = match.span("who")
        who = text[start:end].removesuffix("s").rstrip("'’")
        who = OWNERS.get(who.lower(), who)
        if is_speaker(who, "strict", codebook):
            cue = Cue(start, match.end(), match[0], "phrase")
            found.append(Source(start, end, who, cue.words, cue.start, cue.end, cue.kind, "phrase"))
    return found


def _find_openings(text, codebook):
    """Return the sources of "Its tally stands at …" and "In a survey, …", whole sentences."""
    found = []
    is_tally = text.startswith(("It", "Hi", "He", "Th")) or APOSTROPHE.search(text, 0, 64)
    patterns = [TALLY] if is_tally else []
    for pattern in [*patterns, SURVEY] if text.startswith("In ") else patterns:
        match = pattern.match(text)
        if match:
            start, end = match.span("who")
            who = OWNERS.get(text[start:end].lower().removesuffix("s"), text[start:end])
            if pattern is SURVEY or is_speaker(who, "strict", codebook):
                cue = match[0].split()[-1].strip(",")
                place = "phrase" if pattern is SURVEY else "after"
                found.append(Source(start, end, who, cue, start, end, "phrase", place))
    return found


def _is_quoted(text, position):
    """Return whether a place in a sentence stands inside quotation marks."""
    before = text[:position]
    return before.rfind("“") > before.rfind("”") or before.count('"') % 2 == 1
