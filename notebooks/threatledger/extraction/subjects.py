"""Find the noun phrase that speaks: the subject of a reporting verb, beside it or inverted."""

import re

from threatledger.extraction.gazetteer import find_names
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.phrases import (
    EDGES,
    LONGEST,
    NAME_TOKEN,
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
from threatledger.extraction.verb_edges import find_cuts

PRONOUN = re.compile(
    r"(?:he|she|it|they|him|her|them|himself|herself|the same)(?: (?:himself|herself|itself))?$",
    re.I,
)
AUXILIARIES = frozenset(
    "has have had do does did also then later further still now never once again since recently"
    " therefore however earlier first all both each only himself herself itself themselves already"
    " even duly not nonetheless nevertheless likewise instead meanwhile too moreover may might must"
    " would will can could is are was were".split()
)
ADVERB = re.compile(r"\w{2,}ly", re.IGNORECASE)
HARD_STOP = re.compile(r"[;:—“”\"«»!?]|\s[–-]\s")
CLAUSE_WORD = re.compile(
    r"(?:\s|^)(?:that|what|whom|which|where|when|while|whereas|because|although|if|as)\s",
    re.IGNORECASE,
)
APPOSITION = LateRegex(
    r"\s*(?:and\s+(?=who|now))?(?:the|an?|its|his|her|their|one of|who|whose|which|in|on|at|\d+"
    r"|now|then"
    r"|also|formerly|head|chief|deputy|(?:of|to|from|by|with|for|through) wh\w+|\w{2,}ing|\w{3,}ed"
    r"|seen|led|made|known|held|born)\b",
    re.IGNORECASE,
)
RELATIVE = re.compile(r"(?:[Ww]hich|[Ww]ho|[Tt]hat)$")
SECOND_VERB = re.compile(r"(?:^|\s)(?:and|but|or)\s*$", re.IGNORECASE)
ENDING_PRONOUN = re.compile(r"(?:^\s*|\s)(he|she|it|they|we|i)\s*$", re.IGNORECASE)
OPENING_PRONOUN = LateRegex(r"\s*(?:he|she|it|they)\b", re.IGNORECASE)
NOT_A_SPEAKER = LateRegex(
    r"(?:with\s|it|there|so|that|this|what(?:ever)?|whichever|however|few|nobody|none|no[ -]one)\b",
    re.IGNORECASE,
)
INVERTED_NOT = LateRegex(
    r"(?:that|on|in|at|it|he|she|they|we|to|there|this|these|by|as|if|when|yesterday|today|last"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b",
    re.IGNORECASE,
)
INVERTED_VERB = LateRegex(r"\s*[a-z]+[sd]\s+(?=[A-Z])")  # "…”, said X, who put it at 40"
# "…, said the police chief, General Moazzam Ansari."
APPOSED_NAME = LateRegex(
    rf",\s+(?:(?:{NAME_TOKEN.pattern})\s){{0,4}}(?:{NAME_TOKEN.pattern})(?=[,.;:”\"]|\s*$)"
)
# "said Amina Macapaar, a sociologist who interviewed 58 of them"
NAME_BEFORE = LateRegex(rf"((?:(?:{NAME_TOKEN.pattern})\s){{1,4}}(?:{NAME_TOKEN.pattern})),$")
# "the news agency Fides"
NAMED_BODY = LateRegex(
    rf"(?P<kind>(?:[\w'’-]+ ){{0,5}}[a-z][\w-]+) (?:(?:{NAME_TOKEN.pattern})(?: |$)){{1,5}}$"
)
ACRONYM = LateRegex(r"[A-Z]{2,6}(?:-[A-Z]+)?")
ONE_OF_THEM = LateRegex(r"(?:one|two|three|several)\s+of\s+(?:them|these|those)", re.IGNORECASE)
BARE_NAME = LateRegex(rf"\s*(?:(?:{NAME_TOKEN.pattern})\s*){{1,4}}")
INDEFINITE = re.compile(r"\s*(?:an?|one)\s", re.IGNORECASE)
ANOTHER = LateRegex(r"(?:one|two|three|another|others|some|several|many)", re.IGNORECASE)
# "Estimates indicate": nobody's; "police figures" and "the ministry's estimates" are somebody's.
NOBODYS = LateRegex(
    r"(?:(?:recent|latest|current|available|other|new|rough|early|initial|preliminary|conservative"
    r"|some"
    r"|various|more|older|earlier|such|reliable|precise|exact|further|public|open)\s+)*"
    r"(?:figures?|numbers|counts?|estimates?|evidence|research|projections|calculations|readings"
    r"|returns|lists?)",
    re.IGNORECASE,
)
# "the officials that we consulted (for this paper) think"
ASKED = re.compile(
    r"\s(?:(?:that|whom|who|which)\s)?(?:we|I|this\s+\w+|the\s+(?:author|authors|Unit|Team"
    r"|Panel))\s(?:have\s|had\s)?"
    r"(?:consulted|interviewed|met|asked|questioned|reached|contacted|visited|surveyed|approached"
    r"|spoke\s+(?:to|with)"
    r"|talked\s+to|heard)(?:\s+(?:for|in|at|last|this|during|on)\s[^,;:]{1,40})?\s*$"
)
LOOSE_KINDS = frozenset(
    ("say", "judge", "explain", "hold")
)  # before these verbs any noun phrase is a speaker
MOST_WORDS = 18  # of a speaker's phrase


def find_subject(masked, cue, codebook, is_name=None):
    """Find the subject to the left of a reporting verb.

    Parameters
    ----------
    masked : str
        The sentence with brackets blanked out.
    cue : Cue
        The verb.
    codebook : Codebook
        With the table ``speaker-roles`` and the names of `find_names`.
    is_name : callable, optional
        Says of a single word whether the document uses it as a name.

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
    left = _strip_auxiliaries(masked[begin : cue.start])
    asked = ASKED.search(left)
    left = left[: asked.start()] if asked else left
    if not left.strip(EDGES):
        return None, "none"
    if left.rstrip().endswith(","):
        is_bare = cue.kind == "document"
        return (None if is_bare else _find_apposed(left, begin, codebook, is_name)), "apposed"
    start, end = _find_adjacent(left, begin)
    if SECOND_VERB.search(masked[start:end]):
        is_bare = cue.kind == "document"
        return (None if is_bare else find_opening(left, begin, codebook)), "second"
    if RELATIVE.match(masked[start:end].strip(EDGES)):
        start, end = _find_antecedent(masked, start, codebook)
        cleaned = clean_phrase(masked[start:end])
        if cue.kind == "document" and not ends_with_head(cleaned, find_head(cleaned, codebook)[0]):
            return None, "beside"  # "the figure excludes the branch, which has 60 men"
    start = _find_explained(masked, start, codebook)
    fits = is_speaker(masked[start:end], get_strictness(cue.kind), codebook)
    if not fits and is_name is not None and get_strictness(cue.kind) == "strict":
        fits = is_name(masked[start:end])
    return ((start, end) if fits else None), "beside"


def _strip_auxiliaries(left):
    """Return what stands before the auxiliaries and adverbs of a verb."""
    body = left.rstrip()
    while body:
        last = body.rsplit(None, 1)[-1]
        if len(last) == len(body):
            break
        if last == "May" or (last.lower() not in AUXILIARIES and not ADVERB.fullmatch(last)):
            break
        left = body = body[: -len(last)].rstrip()
    return left


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
        length = _measure_opening(part[0], codebook)
        return (begin + part.start(), begin + part.start() + length) if length else None
    return None


def _measure_opening(part, codebook):
    """Return how long the speaker is that opens a stretch, as far as its verb; 0 if none does."""
    tail = TAIL.search(part)
    words = part[: tail.start()] if tail else part
    for end in [*find_cuts(words, codebook), len(words)]:
        opening = words[:end].rstrip()
        if find_person(opening, codebook) or is_speaker(opening, "strict", codebook):
            return len(opening)
    return 0


def find_inverted(masked, cue, codebook, is_name=None):
    """Return the span of the speaker after the verb ("…”, said X, who …"), None if none is.

    Parameters
    ----------
    masked : str
        The sentence with brackets blanked out.
    cue : Cue
        The verb.
    codebook : Codebook
        As for `find_subject`.
    is_name : callable, optional
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
    name = APPOSED_NAME.match(masked, end)
    if name and find_person(masked[start : name.end()], codebook):
        is_named = bool(find_person(masked[start:end], codebook))
        return (start, end) if is_named else (start, name.end())
    phrase = masked[start:end]
    fits = is_speaker(phrase, strictness, codebook)
    fits = fits or is_name is not None and phrase[:1].isupper() and is_name(phrase)
    return (start, end) if fits else None


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


def _find_apposed(left, begin, codebook, is_name):
    """Return the span of a subject that an apposition parts from its verb; None if none is."""
    edges = [-1, *(match.start() for match in re.finditer(",", left))]
    last = len(edges) - 2
    for index in range(last, -1, -1):
        start, end = edges[index] + 1, edges[index + 1]
        part = left[start:end]
        if last == 0 and find_cuts(part.strip(), codebook):
            return None  # a clause of its own: "… since Ada Musa freed nine men, said X"
        start += skip_opening(part)
        is_apposition = bool(APPOSITION.match(part))
        if find_person(part, codebook) and (index == 0 or not is_apposition):
            return begin + start, begin + end
        if index == 0 or not is_apposition:
            fits = index < last and (
                is_speaker(left[start:end], "strict", codebook)
                or (is_name is not None and is_name(left[start:end]))
            )
            if not fits and index == last and BARE_NAME.fullmatch(part):
                continue  # "Finland's intelligence service, Supo, estimates"
            return (begin + start, begin + end) if fits else None
    return None


def _find_antecedent(masked, position, codebook):
    """Return the span of the noun phrase before ", which", with the name that it explains."""
    end = len(masked[:position].rstrip(" ,"))
    start = max(masked.rfind(mark, 0, end) for mark in ',;:“”"') + 1
    inverted = INVERTED_VERB.match(masked, start, end)
    start = inverted.end() if inverted else start
    named = _find_explained(masked, start, codebook)
    return (named if named < start else start + skip_opening(masked[start:end])), end


def _find_explained(masked, start, codebook):
    """Return where the name begins that "a sociologist who …" explains, else the start given."""
    if not INDEFINITE.match(masked, start):
        return start
    name = NAME_BEFORE.search(masked, max(0, start - LONGEST), start)
    return name.start(1) if name and find_person(name[1], codebook) else start


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
    if strictness == "loose" and ANOTHER.fullmatch(bare) or bare.lower() in ("another", "others"):
        return strictness != "document"
    cleaned = clean_phrase(phrase)
    if strictness in ("loose", "phrase"):
        fits = cleaned and not NOT_A_SPEAKER.match(cleaned)
        return bool(fits) and len(cleaned.split()) <= MOST_WORDS
    head, kind = find_head(cleaned, codebook)
    if strictness == "document":
        return kind == "document"
    if NOBODYS.fullmatch(cleaned):
        return False
    if ACRONYM.fullmatch(cleaned) or ONE_OF_THEM.fullmatch(bare):
        return True
    if kind and ends_with_head(cleaned, head):
        return True
    named = NAMED_BODY.match(cleaned)
    if named and find_head(named["kind"], codebook)[1] == "body":
        return ends_with_head(named["kind"], find_head(named["kind"], codebook)[0])
    return bool(find_person(cleaned, codebook)) or _begins_with_name(cleaned, bare, codebook)


def _begins_with_name(cleaned, bare, codebook):
    """Return whether a phrase begins with a known actor, or a place that stands for one."""
    names = find_names(cleaned, codebook)
    return bool(names) and names[0].start == 0 and not PREPOSITION.match(bare)
