"""Find the words by which a text reports what somebody says: "said", "according to"."""

import functools
import re
from dataclasses import dataclass

from threatledger.extraction.times import find_words

WORD = re.compile(r"[a-z]+")
PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|get|gets|got)(?:\s+(?:also|still|now|not|\w+ly))?\s+$"
)
NOUN_BEFORE = re.compile(
    r"(?:^|[\s(])(?:to|the|an?|its|their|his|her|of|this|these|no|any|our|my|not|every|each|some"
    r"|recent|new|latest|same|by|with|in|from|for)\s+$"
)
# Forms that are nouns as often as verbs: "reports", "states", "claims".
NOUN_TOO = frozenset(
    "report reports states claim claims estimate estimates fear fears finds count record lists"
    " values holds contains forecast gives has value guess".split()
)
NOUN_AFTER = re.compile(
    r"\s*(?:[,.;:)]|$|(?:on|of|by|in|to|for|from|and|or|is|are|was|were|tank|said"
    r"|says|put|puts|has|had|will|found|stated|noted|added|showed?|gave|warned|released|published"
    r"|issued|seen)\b)"
)
MODAL = re.compile(
    r"\b(?:can|could|may|might|would|should|must|will|shall|cannot)(?:\s+\w+ly)?\s+$"
)
# "…, partners estimate." is a verb although nothing follows it.
CLOSING = re.compile(r"\s*(?:[.,;:”\"]|$)")
SUBJECT_BEFORE = re.compile(r"[,”\"]\s+(?:[\w'’-]+\s+){1,8}$")
ATTACKS = re.compile(r"\s+(?:\S+\s+){0,3}(?:attacks?|bombings?|raids?|killings?|ambush(?:es)?)\b")
NEVER = re.compile(
    r"\s+(?:by(?!\s+(?:tele)?phone|\s+e-?mail|\s+radio|\s+text|\s+letter)|to\s+be|responsibility|credit|tanks?)\b"
)
JUDGED = re.compile(r"\s+(?:that|it|them|this|these|the|there|its|their|his|her)\b")
PUT_AT = re.compile(r"\bat\b|number|figure|toll|total|strength|count")
NUMBER_AFTER = re.compile(r"\d|figure|number|estimate|hundred|thousand|dozen|million")
LONGEST_FORM = 24  # characters of a form before or after its longest word
STANDING = frozenset(("phrase", "inner", "trust"))  # kinds that are never nouns or passives
NEAR_BEFORE, NEAR_AFTER = 40, 160  # characters that decide whether a word reports


@dataclass(slots=True)
class Cue:
    """A reporting word; offsets are into the sentence's text."""

    start: int
    end: int
    words: str
    kind: str  # as in cues.csv


@functools.lru_cache(maxsize=8)
def read_cues(codebook):
    """Read the reporting words.

    Parameters
    ----------
    codebook : Codebook
        With the table ``cues``.

    Returns
    -------
    dict of str to tuple of (re.Pattern, dict)
        The longest word of a form, which tells that it may be there, to the pattern of all forms
        that share it, on lower-case text, and their kinds.
    """
    by_word = {}
    for row in codebook.rows("cues"):
        for form in row["forms"].split("|") if row["kind"] != "possessive" else ():
            longest = max(form.split(), key=len)
            by_word.setdefault(longest, {})[form] = row["kind"]
    return {word: (_compile_forms(kinds), kinds) for word, kinds in by_word.items()}


def _compile_forms(forms):
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    pattern = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in ordered)
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")


@functools.lru_cache(maxsize=8)
def read_counts(codebook):
    """Read the nouns of "by the ministry's count", as one pattern on lower-case text.

    Parameters
    ----------
    codebook : Codebook
        With the table ``cues``.

    Returns
    -------
    tuple of (tuple of str, re.Pattern)
        The nouns, to tell fast whether one is there; the pattern has the owner as group ``who``.
    """
    rows = [row for row in codebook.rows("cues") if row["kind"] == "possessive"]
    nouns = "|".join(sorted({form for row in rows for form in row["forms"].split("|")}))
    owner = r"(?:his|her|its|their|[^\s,;:.]+(?:\s[^\s,;:.]+){0,5}?['’]s?)"
    return tuple(nouns.split("|")), re.compile(
        rf"\b(?:by|on|in)\s+(?P<who>{owner})\s(?:own\s)?(?:{nouns})\b"
    )


def find_cues(text, lowered, codebook):
    """Find the reporting words of a sentence.

    Parameters
    ----------
    text, lowered : str
        The sentence, as written and in lower case, of the same length.
    codebook : Codebook
        See `read_cues`.

    Returns
    -------
    list of Cue
        In order of place; nouns and passives of the same spelling ("the reports", "was
        recorded") are left out.
    """
    cues, found = read_cues(codebook), []
    words = cues.keys() & WORD.findall(lowered)
    for start, word in sorted(find_words(lowered, words)) if words else ():
        cue = _read_form(lowered, start, start + len(word), *cues[word])
        if cue and (cue.kind in STANDING or _reports(text, lowered, cue)):
            if found and _is_noun_of(text, found[-1], cue):
                found.pop()
            found.append(cue)
    return found


def _is_noun_of(text, noun, cue):
    """Return whether a word is the subject of the next: "member states believe"."""
    return noun.words in NOUN_TOO and not text[noun.end : cue.start].strip()


def _read_form(lowered, start, end, pattern, kinds):
    """Return the form around its longest word, None where the rest of it is not there."""
    first, last = max(0, start - LONGEST_FORM), end + LONGEST_FORM
    for match in pattern.finditer(lowered, first, last):
        if match.start() <= start < match.end():
            return Cue(*match.span(), match[0], kinds[" ".join(match[0].split())])
    return None


def _reports(text, lowered, cue):
    """Return whether a word is used as a verb in the active voice that reports something."""
    before = lowered[max(0, cue.start - NEAR_BEFORE) : cue.start]
    after = lowered[cue.end : cue.end + NEAR_AFTER]
    if PASSIVE.search(before) or NOUN_BEFORE.search(before) or MODAL.search(before):
        return False
    if cue.words == "judges" and not JUDGED.match(after):
        return False
    if NEVER.match(after) or (cue.words.startswith("claim") and ATTACKS.match(after)):
        return False
    if cue.kind in ("put", "set") and not PUT_AT.search(after):
        return False
    if cue.kind == "give" and not NUMBER_AFTER.search(after):
        return False
    is_closing = bool(CLOSING.match(after)) and bool(SUBJECT_BEFORE.search(before))
    if cue.kind == "hold":
        return is_closing
    is_noun = bool(NOUN_AFTER.match(after)) and not is_closing
    if cue.words in NOUN_TOO and (is_noun or text[cue.start].isupper()):
        return False
    return not (is_noun and cue.kind in ("count", "act"))
