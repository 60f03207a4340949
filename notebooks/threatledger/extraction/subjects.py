"""Find the noun phrase that speaks: the subject of a reporting verb, beside it or inverted."""

import re

from threatledger.extraction.gazetteer import find_names
from threatledger.extraction.phrases import (
    EDGES,
    LONGEST,
    OWN_VOICE,
    PREPOSITION,
    TAIL,
    clean_phrase,
    cut_phrase,
    ends_with_head,
    find_head,
    find_person,
    skip_opening,
)

PRONOUN = re.compile(
    r"(?:he|she|it|they|him|her|them|himself|herself|the same)(?: (?:himself|herself|itself))?$",
    re.I,
)
AUXILIARY = re.compile(
    r"(?:\s+(?:has|have|had|do|does|did|also|then|later|further|still|now|never|once|again|since"
    r"|recently|therefore|however|earlier|first|all|both|each|only|himself|herself|itself"
    r"|themselves|already|even|duly|not|nonetheless|nevertheless|likewise|instead|meanwhile|too|moreover|may|might|must|would|will|can|could"
    r"|\w{2,}ly))+\s*$",
    re.IGNORECASE,
)
HARD_STOP = re.compile(r"[;:—“”\"«»!?]|\s[–-]\s")
CLAUSE_WORD = re.compile(
    r"\s(?:that|what|whom|which|where|while|whereas|because|although|if|as)\s", re.IGNORECASE
)
APPOSITION = re.compile(
    r"\s*(?:the|an?|its|his|her|their|one of|who|whose|which|in|on|at|\d+|now|then"
    r"|also|formerly|head|chief|deputy|(?:of|to|from|by|with|for|through) wh\w+|\w{2,}ing)\b",
    re.IGNORECASE,
)
RELATIVE = re.compile(r"(?:which|who|that)$", re.IGNORECASE)
SECOND_VERB = re.compile(r"(?:^|\s)(?:and|but|or)\s*$", re.IGNORECASE)
ENDING_PRONOUN = re.compile(r"(?:^\s*|\s)(he|she|it|they|we|i)\s*$", re.IGNORECASE)
OPENING_PRONOUN = re.compile(r"\s*(?:he|she|it|they)\b", re.IGNORECASE)
NOT_A_SPEAKER = re.compile(r"(?:it|there|so|that|this|what)\b", re.IGNORECASE)
INVERTED_NOT = re.compile(
    r"(?:that|on|in|at|it|he|she|they|we|to|there|this|these|by|as|if|when|yesterday|today|last"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b",
    re.IGNORECASE,
)
INVERTED_VERB = re.compile(r"\s*[a-z]+[sd]\s+(?=[A-Z])")  # "…”, said X, who put it at 40"
ANOTHER = re.compile(r"(?:one|two|three|another|others|some|several|many)", re.IGNORECASE)
LOOSE_KINDS = frozenset(
    ("say", "judge", "explain", "hold")
)  # before these verbs any noun phrase is a speaker
MOST_WORDS = 18  # of a speaker's phrase


def find_subject(masked, cue, codebook):
    """Find the subject to the left of a reporting verb.

    Parameters
    ----------
    masked : str
        The sentence with brackets blanked out.
    cue : Cue
        The verb.
    codebook : Codebook
        With the table ``speaker-roles`` and the names of `find_names`.

    Returns
    -------
    tuple of (tuple of (int, int) or None, str)
        The span of the phrase, None where no speaker stands there, and how it stands:
        ``"beside"`` the verb, ``"apposed"`` (parted from it by an apposition), ``"second"``
        (a second verb of a subject named before), ``"none"`` (nothing before the verb).
    """
    begin = max(0, cue.start - LONGEST)
    for stop in HARD_STOP.finditer(masked, begin, cue.start):
        begin = stop.end()
    left = AUXILIARY.sub("", masked[begin : cue.start])
    if not left.strip(EDGES):
        return None, "none"
    if left.rstrip().endswith(","):
        is_bare = cue.kind == "document"
        return (None if is_bare else _find_apposed(left, begin, codebook)), "apposed"
    start, end = _find_adjacent(left, begin)
    if SECOND_VERB.search(masked[start:end]):
        return find_opening(left, begin, codebook), "second"
    if RELATIVE.match(masked[start:end].strip(EDGES)):
        start, end = _find_antecedent(masked, start)
    fits = is_speaker(masked[start:end], get_strictness(cue.kind), codebook)
    return ((start, end) if fits else None), "beside"


def get_strictness(kind):
    """Return what a reporting word of this kind asks of its speaker."""
    return "loose" if kind in LOOSE_KINDS else "document" if kind == "document" else "strict"


def find_opening(left, begin, codebook):
    """Return the span of what opens a stretch of text, where it is a speaker; None if not.

    Parameters
    ----------
    left : str
        The stretch.
    begin : int
        Its offset in the sentence.
    codebook : Codebook
        As for `find_subject`.

    Returns
    -------
    tuple of (int, int) or None
    """
    pronoun = OPENING_PRONOUN.match(left)
    if pronoun:
        return begin, begin + pronoun.end()
    for part in re.finditer(r"[^,]+", left):
        if PREPOSITION.match(part[0].strip()):
            continue
        tail = TAIL.search(part[0])
        words = part[0][: tail.start()] if tail else part[0]
        fits = find_person(words, codebook) or is_speaker(words, "strict", codebook)
        return (begin + part.start(), begin + part.start() + len(words)) if fits else None
    return None


def find_inverted(masked, cue, codebook):
    """Return the span of the speaker after the verb ("…”, said X, who …"), None if none is.

    Parameters
    ----------
    masked : str
        The sentence with brackets blanked out.
    cue : Cue
        The verb.
    codebook : Codebook
        As for `find_subject`.

    Returns
    -------
    tuple of (int, int) or None
    """
    start = cue.end + 1
    if cue.kind not in LOOSE_KINDS and cue.kind != "assert":
        return None
    if INVERTED_NOT.match(masked, start):
        return None
    end = cut_phrase(masked, start)
    is_after_quote = masked[: cue.start].rstrip().endswith(("”", '"', "»"))
    strictness = "loose" if is_after_quote else "strict"
    return (start, end) if is_speaker(masked[start:end], strictness, codebook) else None


def _find_adjacent(left, begin):
    """Return the span of the subject that stands directly before its verb."""
    start = left.rfind(",") + 1
    for clause in CLAUSE_WORD.finditer(left, start):
        if left[clause.end() :].strip(EDGES):
            start = clause.end() - 1
    start += skip_opening(left[start:])
    pronoun = ENDING_PRONOUN.search(left, start)
    if pronoun:
        return begin + pronoun.start(1), begin + pronoun.end(1)
    return begin + start, begin + len(left.rstrip())


def _find_apposed(left, begin, codebook):
    """Return the span of a subject that an apposition parts from its verb; None if none is."""
    edges = [-1, *(match.start() for match in re.finditer(",", left))]
    last = len(edges) - 2
    for index in range(last, -1, -1):
        start, end = edges[index] + 1, edges[index + 1]
        part = left[start:end]
        start += skip_opening(part)
        is_apposition = bool(APPOSITION.match(part))
        if find_person(part, codebook) and (index == 0 or not is_apposition):
            return begin + start, begin + end
        if index == 0 or not is_apposition:
            fits = index < last and is_speaker(left[start:end], "strict", codebook)
            return (begin + start, begin + end) if fits else None
    return None


def _find_antecedent(masked, position):
    """Return the span of the noun phrase before ", which"."""
    end = len(masked[:position].rstrip(" ,"))
    start = max(masked.rfind(mark, 0, end) for mark in ',;:“”"') + 1
    inverted = INVERTED_VERB.match(masked, start, end)
    start = inverted.end() if inverted else start
    return start + skip_opening(masked[start:end]), end


def is_speaker(phrase, strictness, codebook):
    """Return whether a phrase can name a speaker, as far as its reporting word demands.

    Parameters
    ----------
    phrase : str
        As cut from the sentence.
    strictness : str
        ``"loose"`` or ``"phrase"``: any noun phrase; ``"strict"``: a person, a body or a
        document by name or by a noun of ``speaker-roles.csv``; ``"document"``: a document.
    codebook : Codebook
        As for `find_subject`.
    """
    bare = phrase.strip(EDGES)
    if OWN_VOICE.search(bare):
        return strictness != "phrase"
    if PRONOUN.match(bare):
        return strictness != "document"
    if strictness == "loose" and ANOTHER.fullmatch(bare):
        return True
    cleaned = clean_phrase(phrase)
    if strictness in ("loose", "phrase"):
        fits = cleaned and not NOT_A_SPEAKER.match(cleaned)
        return bool(fits) and len(cleaned.split()) <= MOST_WORDS
    head, kind = find_head(cleaned, codebook)
    if strictness == "document":
        return kind == "document"
    if kind and ends_with_head(cleaned, head):
        return True
    return bool(find_person(cleaned, codebook)) or _begins_with_name(cleaned, bare, codebook)


def _begins_with_name(cleaned, bare, codebook):
    """Return whether a phrase begins with a known actor, or a place that stands for one."""
    names = find_names(cleaned, codebook)
    return bool(names) and names[0].start == 0 and not PREPOSITION.match(bare)
