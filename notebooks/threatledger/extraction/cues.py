"""Find the words by which a text reports what somebody says: "said", "according to"."""

import functools
import re
from dataclasses import dataclass

from threatledger.extraction.glance import read_forms
from threatledger.extraction.grammar import pick_hints
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.times import find_words

PLAIN = LateRegex(r"[a-z]+")
PASSIVE = LateRegex(
    r"\b(?:is|are|was|were|be|been|being|get|gets|got)(?:\s+(?:also|still|now|not|often|sometimes|long|once|\w+ly))?\s+$"
)
NOUN_BEFORE = LateRegex(
    r"(?:^|[\s(])(?:to|the|an?|its|their|his|her|of|this|these|no|any|our|my|not|every|each|some"
    r"|recent|new|latest|same|by|with|in|from|for)\s+$"
)
# Forms that are nouns as often as verbs: "reports", "states", "claims".
NOUN_TOO = frozenset(
    "report reports states claim claims estimate estimates fear fears finds count record lists"
    " values holds contains forecast gives has value guess credit quote name replies comments"
    " remarks charts maps flags places traces logs offers hints doubts doubt".split()
)
NOUN_AFTER = re.compile(
    r"\s*(?:[,.;:)]|$|(?:on|of|by|in|to|for|from|and|or|is|are|was|were|tank|said"
    r"|says|put|puts|has|had|will|found|stated|noted|added|showed?|gave|warned|released|published"
    r"|issued|seen)\b)"
)
MODAL = LateRegex(r"\b(?:can|could|may|might|would|should|must|will|shall|cannot)(?:\s+\w+ly)?\s+$")
# The words that the three can end with: without one of them right before, none is tried.
VERB_LEADS = tuple(
    "is are was were be been being get gets got also still now not often sometimes long once ly to"
    " the a an its their his her of this these no any our my every each some recent new latest same"
    " by with in from for can could may might would should must will shall cannot".split()
)
# "…, partners estimate." is a verb although nothing follows it.
CLOSING = re.compile(r"\s*(?:[.,;:”\"]|$)")
SUBJECT_BEFORE = LateRegex(r"[,”\"]\s+(?:[\w'’-]+\s+){1,8}$")
ATTACKS = LateRegex(r"\s+(?:\S+\s+){0,3}(?:attacks?|bombings?|raids?|killings?|ambush(?:es)?)\b")
NEVER = re.compile(
    r"\s+(?:by(?!\s+(?:tele)?phone|\s+e-?mail|\s+radio|\s+text|\s+letter)|to\s+(?:be|have)|responsibility|credit|tanks?)\b"
)
JUDGED = LateRegex(r"\s+(?:that|it|them|this|these|the|there|its|their|his|her)\b")
PUT_AT = LateRegex(r"\bat\b|number|figure|toll|total|strength|count")
# "set the toll at 40" states a number, "set fire to seven tanks at Sidra" none.
SET_AT = LateRegex(
    r"\s+(?:the|its|their|that|his|her|it)\s+(?:[\w'’-]+\s+){0,6}?at\s|\s+it\s+at\s", re.IGNORECASE
)
CONCLUDED = LateRegex(r"\s+(?:in|on|at|by|between|with)\b")  # "a truce concluded in April"
CLAIMED = LateRegex(
    r"\b(?:attacks?|bombings?|raids?|killings?|operations?|incidents?)\s+(?:that\s+|which\s+)?(?:it|they|the\s+group)"
    r"\s+(?:has\s+|have\s+|had\s+)?$"
)
ADDS_TO = LateRegex(r"\s+(?:to|less|more|up|little|nothing|fuel|weight|pressure|urgency)\b")
CREDITED = LateRegex(r"\s+(?:[\w'’-]+\s+){0,6}?with\s")
FOLLOWED = LateRegex(
    r"\s+(?:[\w'’$€£.,-]+\s+){0,3}?(?:transfers|payments|transactions|wallets|flows|donations|money|coins|accounts|shipments|addresses)\b"
    r"|\s+[$€£]\s?\d"
)
# "announced a plan that involves 13 agencies" does not state the 13.
ANNOUNCED = LateRegex(
    r"\s+(?:an?|the|its|their|his|her)\s+(?:[\w-]+\s+){0,4}?(?:plan|strategy|programme|program|project|campaign|operation"
    r"|initiative|scheme|reform|policy|coalition|summit|conference|partnership|framework|review|tour)s?\b"
)
# Forms of plural subjects, too many of them nouns and infinitives to be trusted alone.
BASE_FORMS = frozenset(
    "add note stress emphasize emphasise declare confirm admit acknowledge recall reveal disclose"
    " reply concede contend maintain affirm reiterate observe predict announce".split()
)
THAT_OR_END = LateRegex(r"\s+(?:\w+ly\s+)?that\b|\s*[,.;:”\"]")
# "The magazine has seven editions": the document counts its own parts.
EDITIONS = LateRegex(
    r"\s+(?:[\w-]+\s+){1,4}?(?:editions?|pages?|chapters?|issues?|readers?|subscribers?|followers?|volumes?|languages?"
    r"|copies|staff|employees|reporters|sections?|tables?|annexes)\b"
)
SHOWN_TO = LateRegex(r"\s+(?:us|me|him|her|them|reporters|journalists|visitors)\b")
SEES_MANY = LateRegex(
    r"\s+(?:[\w-]+\s+){0,3}(?:\d|(?:an?\s)?dozens?\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b"
    r"|nine\b|ten\b|twenty\b|thirty\b|forty\b|fifty\b|hundreds\b)"
)
ACCUSED = LateRegex(r"\s+(?:[^\s;:]+\s+){1,8}?of\s")
GUILTY = LateRegex(r"[^,;:]{1,60}\bguilty\b")
SPOKE_TO = LateRegex(r"\b(?:spoke|talked|speaking|listened)\s+to\s+$")
AMID = LateRegex(r"\b(?:amid|despite|more|is|was|there|much|some|all)\s+$")
# "put it to me like this: “…”"
PUT_IT = LateRegex(r"\s+it\b[^.;,:“\"]{0,50}(?::|,\s*[“\"])")
NUMBERED = LateRegex(
    r"(?:\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|both|many))\s+$"
)
BLAMED = LateRegex(r"\s+(?:[\w'’-]+\s+){1,6}?for\s")
TIED = LateRegex(r"\s+(?:at\s+least\s+|some\s+|about\s+|up\s+to\s+)?\d")
NUMBER_AFTER = LateRegex(r"\d|figure|number|estimate|hundred|thousand|dozen|million")
GAVE_SUM = LateRegex(r"\s+[$€£]\s?\d[\d,.]*\s(?!as\b)")  # "gave $50 a month to widows"
# Reporting words that depend on what follows: the pattern, and whether it must or must not.
SENSES = {
    "concluded": (CONCLUDED, False),
    **dict.fromkeys(("has", "contains", "carries"), (EDITIONS, False)),
    **dict.fromkeys(("show", "shows", "showed"), (SHOWN_TO, False)),
    **dict.fromkeys(("sees", "foresees"), (SEES_MANY, False)),
    **dict.fromkeys(("found", "finds"), (GUILTY, False)),
    **dict.fromkeys(("announced", "announces"), (ANNOUNCED, False)),
    **dict.fromkeys(("accused", "accuses", "accuse"), (ACCUSED, True)),
    **dict.fromkeys(("followed", "saw"), (FOLLOWED, True)),
    **dict.fromkeys(BASE_FORMS, (THAT_OR_END, True)),
}
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
    return {
        word: (_compile_forms(kinds), kinds)
        for word, kinds in by_word.items()
        if PLAIN.fullmatch(word)
    }


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
    tuple of (frozenset of str, re.Pattern)
        Words of which one is there where a noun is; the pattern has the owner as group ``who``.
    """
    rows = [row for row in codebook.rows("cues") if row["kind"] == "possessive"]
    nouns = sorted({form for row in rows for form in row["forms"].split("|")})
    owner = r"(?:his|her|its|their|[^\s,;:.]+(?:\s[^\s,;:.]+){0,5}?['’]s?)"
    return pick_hints(nouns), re.compile(
        rf"\b(?:by|on|in)\s+(?P<who>{owner})\s(?:own\s)?(?:{'|'.join(map(re.escape, nouns))})\b"
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
    words = cues.keys() & read_forms(text)
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
    if len(kinds) == 1 and lowered[start:end] in kinds:
        match = pattern.match(lowered, start)
        return Cue(start, end, match[0], kinds[match[0]]) if match else None
    first, last = max(0, start - LONGEST_FORM), end + LONGEST_FORM
    for match in pattern.finditer(lowered, first, last):
        if match.start() <= start < match.end():
            return Cue(*match.span(), match[0], kinds[" ".join(match[0].split())])
    return None


def _is_led(text, cue, before):
    """Return whether the words before a form make it a passive, a noun or no statement."""
    if PASSIVE.search(before) and not cue.words.endswith("ing of"):
        return True
    is_noun = NOUN_BEFORE.search(before) and not SPOKE_TO.search(before)
    if is_noun and cue.words not in NOUN_TOO and before.rstrip().endswith(" each"):
        is_noun = False  # "Turkey and Russia each put …"
    return bool(is_noun) or _follows_modal(text, cue.start, before)


def _follows_modal(text, start, before):
    """Return whether a modal verb stands before, which the month of May is not."""
    modal = MODAL.search(before)
    if not modal:
        return False
    at = start - len(before) + modal.start()
    return not (text.startswith("May", at) and text[:at].strip())


def _reports(text, lowered, cue):
    """Return whether a word is used as a verb in the active voice that reports something."""
    before = lowered[max(0, cue.start - NEAR_BEFORE) : cue.start]
    after = lowered[cue.end : cue.end + NEAR_AFTER]
    if before.rstrip().endswith(VERB_LEADS) and _is_led(text, cue, before):
        return False
    if cue.words == "judges" and not JUDGED.match(after):
        return False
    if NEVER.match(after) or (cue.words.startswith("claim") and ATTACKS.match(after)):
        return False
    if cue.kind in ("put", "set") and (after[1:2].isdigit() or not PUT_AT.search(after)):
        return bool(PUT_IT.match(after))
    if not _keeps_company(cue.words, before, after):
        return False
    if cue.words.startswith("claim") and CLAIMED.search(before):
        return False
    if cue.words == "set" and not SET_AT.match(after):
        return False
    if cue.kind == "give" and not NUMBER_AFTER.search(after.split(":", 1)[0]):
        return False
    if cue.kind == "give" and GAVE_SUM.match(after):
        return False
    if cue.words.startswith("add") and ADDS_TO.match(after):
        return False
    if cue.words.startswith("credit") and not CREDITED.match(after):
        return False
    if cue.words.startswith("blame") and not BLAMED.match(after):
        return False
    if cue.words.startswith(("tie", "link")) and not TIED.match(after):
        return False
    if cue.words in NOUN_TOO and NUMBERED.search(before):
        return False
    is_closing = bool(CLOSING.match(after)) and bool(SUBJECT_BEFORE.search(before))
    if cue.kind == "hold":
        return is_closing
    is_noun = bool(NOUN_AFTER.match(after)) and not is_closing
    if cue.words in NOUN_TOO and (is_noun or text[cue.start].isupper()):
        return False
    return not (is_noun and cue.kind in ("count", "act"))


def _keeps_company(words, before, after):
    """Return whether the words beside a reporting word leave it its reporting sense."""
    if words in SENSES:
        pattern, is_wanted = SENSES[words]
        return bool(pattern.match(after)) == is_wanted
    return words != "talk of" or not AMID.search(before)
