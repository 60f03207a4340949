"""Resolve a speaker to the name that an attribution gives: fullest name, pronoun, acronym."""

import re

from threatledger.extraction.gazetteer import find_names
from threatledger.extraction.memos import recall
from threatledger.extraction.mentions import (
    find_namesake,
    find_opener,
    find_person_before,
    find_title,
)
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.phrases import (
    CAPITAL,
    EDGES,
    NAME_TOKEN,
    POSSESSIVE,
    clean_phrase,
    find_head,
    find_person,
    read_roles,
)
from threatledger.extraction.sources import get_sources, is_agency
from threatledger.extraction.subjects import PRONOUN, find_opening

NAMES = LateRegex(rf"(?<!\w)(?:{NAME_TOKEN.pattern})(?:[ \xa0\n](?:{NAME_TOKEN.pattern})){{1,5}}")
ARTICLE = LateRegex(r"^(?:[AaEe]l|[Aa][sznrtd]|[Ee]z)[-‐]")
ACRONYM = LateRegex(r"[A-Z][A-Z-]{1,9}s?")
INITIAL_WORD = LateRegex(rf"(?<!\w){CAPITAL}[\w'’.]*")
DEFINITE = LateRegex(r"(?:the|this|that|these|those)\b", re.IGNORECASE)
SUBJECTIVE = {"him": "he", "his": "he", "her": "she", "them": "they"}
# "the Jakarta research group Peaceways"
KIND_AND_NAME = LateRegex(
    r"(?:(?!(?:at|of|from|with|in|for|by)\s)[\w'’-]+\s+){0,4}(?:group|charity|monitor|think[\s-]tank|agency|network|organi[sz]ation|watchdog|firm"
    r"|institute|outlet|newspaper|website|consultancy|non-profit|company|start-up|platform|programme|project"
    r"|bank|lender|body|weekly|daily|magazine|broadcaster|service|association|foundation)\s+"
    r"(?P<name>[A-Z][\w'’&-]+(?:\s+(?:(?:of|for|and|the|de|du|des|in)\s+){0,2}[A-Z][\w'’&-]+){0,6})"
)
# "the financial intelligence unit PPATK"
KIND_AND_ACRONYM = LateRegex(
    r"(?:[\w'’-]+\s+){0,5}(?:unit|directorate|centre|center|regulator|union|coalition|registry)\s+"
    r"(?P<name>[A-Z][A-Z-]{2,9})"
)
# "the army's estimate of fighters": whose it is
OWN_TALLY = LateRegex(
    r"(?<=\w)['’]s?(?:\s(?:own\s|latest\s|last\s)?(?:estimates?|tally|count|reckoning|toll)\b.*)?\Z",
    re.DOTALL,
)
INDEFINITE = LateRegex(r"(?:an?|the|one|another)\s", re.IGNORECASE)
BODY_BEHIND = LateRegex(
    r",\s+(?:the\s+)?(?P<name>[A-Z][\w'’&-]+(?:\s+(?:(?:of|for|and|on|the|de|des|du|in)\s+){0,2}"
    r"[A-Z][\w'’&-]+){1,7})(?=\s*(?:[.,;:]|\Z))"
)
SPOKESMEN = frozenset(("spokesman", "spokeswoman", "spokesperson", "commander", "official"))
# "His men found four workshops": he tells it
HIS_MEN = LateRegex(
    r"(his|her)\s+(?:[a-z]+\s+)?(?:men|officers|troops|soldiers|forces|investigators|agents|staff|teams?"
    r"|unit|department|office|agency|units)",
    re.IGNORECASE,
)
# "Her group counted 12": the body that she speaks for
HER_BODY = LateRegex(
    r"(his|her)\s+(?:[a-z]+\s+)?(?:group|organi[sz]ation|institute|centre|center|think[\s-]tank|foundation|firm"
    r"|company|charity|network|monitor|project|lab|laboratory|observatory|association)",
    re.IGNORECASE,
)
OF_BODY = LateRegex(
    r"\s(?:of|from|at|with)\s+(?:the\s+)?(?P<body>[A-Z][\w'’&-]*(?:\s+[\w'’&-]+)*)\W*$"
)
# "Their report of July put it at 400": they do
THEIR_REPORT = LateRegex(
    r"(?P<whose>their|his|her)\s+(?:own\s+|latest\s+|last\s+|annual\s+)?"
    r"(?:report|study|survey|paper|assessment|analysis|bulletin)\b",
    re.IGNORECASE,
)
WITHIN = LateRegex(r"\s(?:of|in|for|at|from)\s")
OWNERS = {"their": "they", "his": "he", "her": "she"}
RANKS = frozenset(
    "colonel general brigadier major captain lieutenant admiral commander sheikh imam inspector"
    " commissioner superintendent".split()
)
RANKED_BEFORE = 20000  # characters in which "Colonel Issa Maiga" is looked for
FORWARD = 3000  # characters in which "a spokesman" is named later on
WORDS = LateRegex(r"[\w’'-]+")
ONE_OF_THEM = LateRegex(
    r"\s*(?:one|two|three|several|some|most|many)\s+of\s+(?:them|these|those)\b", re.IGNORECASE
)
OWNED = LateRegex(r"['’]s?\s[a-z]")
OTHERS = LateRegex(r"others?|ones?", re.IGNORECASE)
HEARER = LateRegex(r"\s+(?:him|her)\b")  # "a comrade told him": he is not the comrade
FEMALE = ("woman", "mother", "widow", "nun", "wife", "daughter", "sister", "aunt", "midwife")
# "spokesman", but not "spokeswoman"
MALE = ("sman", "father", "king", "imam", "priest", "husband", "brother", "uncle", "shepherd")
LONGEST_INNER = 3  # letters of an acronym inside the name that another one stands for
LOOK_BACK = 25  # sentences that a pronoun or "the report" may reach back
BEFORE_ACRONYM = 120  # characters that hold the full name before "(ACRONYM)"

AGED = re.compile(r"^the\s+(?:\d+|[a-z-]+)-year-old\s+")  # "the 52-year-old general"


def resolve_source(reading, sentence, source):
    """Return a source's name as an attribution gives it.

    Parameters
    ----------
    reading : Reading
        The text under reading.
    sentence : Sentence
        Where the source stands.
    source : Source
        As `find_sources` returns it.

    Returns
    -------
    str or None
        The fullest name of a person in the document, without rank; else the phrase as written,
        without article; pronouns and "the report" resolved. None where nobody is meant.
    """
    key = ("resolved", sentence.index, source.cue_start)
    return recall(reading, key, lambda: _resolve(reading, sentence, source))


def _resolve(reading, sentence, source):
    bare = AGED.sub("the ", source.phrase.strip(EDGES))
    if PRONOUN.match(bare):
        return _resolve_pronoun(reading, sentence, source, _get_pronoun(bare))
    phrase = clean_phrase(bare)
    if not phrase or OTHERS.fullmatch(phrase):
        return _resolve_others(reading, sentence, source)
    named = KIND_AND_NAME.fullmatch(phrase) or KIND_AND_ACRONYM.fullmatch(phrase)
    if named:
        return named["name"]
    if HER_BODY.fullmatch(bare):
        return _find_body(reading, sentence, source) or phrase
    report = THEIR_REPORT.match(bare)
    if report:
        owner = _get_pronoun(OWNERS[report["whose"].lower()])
        named = _find_subject_before(reading, sentence, source, owner)
        return named or _resolve_pronoun(reading, sentence, source, owner) or phrase
    men = HIS_MEN.fullmatch(bare)
    if men:
        return _resolve_pronoun(reading, sentence, source, _get_pronoun(men[1].lower())) or phrase
    behind = _find_name_behind(reading, sentence, source, bare)
    if behind:
        return behind
    phrase = OWN_TALLY.sub("", phrase)
    person = find_person(phrase, reading.codebook)
    if person and OWNED.match(phrase, phrase.find(person) + len(person)):
        return phrase  # "Ruth Adler's office"
    if person or _is_surname(reading, phrase):
        return _find_full_name(reading, person or phrase)
    if ACRONYM.fullmatch(phrase):
        return _find_expansion(reading, phrase)
    if DEFINITE.match(bare) and phrase.lower() in RANKS:
        ranked = _find_ranked(reading, sentence, phrase)
        if ranked:
            return ranked
    if DEFINITE.match(bare):
        fuller = _find_fuller(reading, sentence, source, phrase)
        return fuller or find_title(reading, sentence, phrase) or phrase
    return phrase


def _find_ranked(reading, sentence, rank):
    """Return whom "the colonel" stands for: the only one of that rank named before."""
    name = rf"(?:{NAME_TOKEN.pattern})"
    named = re.compile(rf"\b{rank.capitalize()}\s(?:General\s)?(?P<name>{name}(?:\s{name}){{1,4}})")
    first = max(0, sentence.start - RANKED_BEFORE)
    found = {match["name"] for match in named.finditer(reading.text, first, sentence.start)}
    return _find_full_name(reading, min(found)) if len(found) == 1 else None


def _find_body(reading, sentence, source):
    """Return the body that the speaker before speaks for: "X of the Monitor said", if any."""
    for _, other in iterate_back(reading, sentence, source):
        body = OF_BODY.search(other.phrase)
        if find_person(clean_phrase(other.phrase), reading.codebook):
            return body["body"] if body else None
    return None


def _find_name_behind(reading, sentence, source, bare):
    """Return the name that "an aid group, the Nur Committee" or "a spokesman" goes by, if any."""
    if not INDEFINITE.match(bare) or INITIAL_WORD.search(bare, 3):
        return None
    head, kind = find_head(clean_phrase(bare), reading.codebook)
    if kind == "body":
        name = BODY_BEHIND.match(sentence.text, source.end)
        return name["name"] if name else None
    if kind != "person" or head not in SPOKESMEN:
        return None
    named = re.compile(rf"\bThe\s+(?:[a-z]+\s+)?{head},\s+(?P<name>[^,;:.]{{4,60}}),")
    later = named.search(reading.text, sentence.end, sentence.end + FORWARD)
    return find_person(later["name"], reading.codebook) if later else None


def _resolve_others(reading, sentence, source):
    """Return the speaker before, of whose kind "another" or "two others" are too."""
    if ONE_OF_THEM.match(source.phrase):
        namesake = find_namesake(reading, sentence, source)
        if namesake:
            return namesake
    for earlier, other in iterate_back(reading, sentence, source):
        return resolve_source(reading, earlier, other)
    return None


def _get_pronoun(bare):
    first = bare.lower().split()[0]
    return SUBJECTIVE.get(first, first)


def _is_surname(reading, phrase):
    """Return whether a phrase is one capitalised word that is no known body or place."""
    if not NAME_TOKEN.fullmatch(phrase) or not phrase[-2:].islower():
        return False
    roles = read_roles(reading.codebook)
    return phrase.lower() not in roles and not find_names(phrase, reading.codebook)


def _find_full_name(reading, name):
    """Return the fullest form in which the document names a person known by surname alone."""
    if " " in name:
        return name
    if "full names" not in reading.memo:
        reading.memo["full names"] = _index_names(reading)
    best = name
    for words in reading.memo["full names"].get(_fold_surname(name), ()):
        full = find_person(words, reading.codebook)
        if len(full.split()) > len(best.split()):
            best = full
    return best


def _fold_surname(name):
    """Return a surname as compared: without article or possessive, in lower case."""
    return ARTICLE.sub("", POSSESSIVE.sub("", name.split()[-1])).lower()


def _index_names(reading):
    """Map each surname to the runs of capitalised words that end with it, in order of the text."""
    index = {}
    for sentence in reading.sentences:
        for match in NAMES.finditer(sentence.text):
            words = " ".join(match[0].split())
            index.setdefault(_fold_surname(words), {})[words] = None
    return index


def _find_expansion(reading, acronym):
    """Return the full name that the document gives for an acronym, else the acronym."""
    position = reading.text.find(f"({acronym})")
    if position < 0:
        return acronym
    before = reading.text[max(0, position - BEFORE_ACRONYM) : position]
    initials = [letter for letter in acronym if letter.isupper()]
    words = list(INITIAL_WORD.finditer(before))
    for start in range(max(0, len(words) - len(initials) - 1), len(words)):
        letters = [letter for word in words[start:] for letter in _read_letters(word[0])]
        if letters[0] == initials[0] and _is_spelled(initials, letters):
            return " ".join(before[words[start].start() :].split()).strip(EDGES)
    return acronym


def _read_letters(word):
    """Return the letters that a word lends to an acronym: all of "UN", the first of "Mission"."""
    return word if word.isupper() and len(word) <= LONGEST_INNER else word[0]


def _is_spelled(initials, letters):
    """Return whether initials stand among first letters in order, all but one at most."""
    position = found = 0
    for letter in initials:
        if letter in letters[position:]:
            position, found = letters.index(letter, position) + 1, found + 1
    return found >= len(initials) - (len(letters) > 2)


def iterate_back(reading, sentence, source):
    """Yield earlier sources with their sentences, the nearest first.

    Parameters
    ----------
    reading : Reading
        The text under reading.
    sentence : Sentence
        Where to begin.
    source : Source
        One of its sources; only those before it are yielded.

    Yields
    ------
    tuple of (Sentence, Source)
    """
    for other in reversed(get_sources(reading, sentence)):
        if other.cue_start < source.cue_start:
            yield sentence, other
    for index in range(sentence.index - 1, max(-1, sentence.index - LOOK_BACK - 1), -1):
        earlier = reading.sentences[index]
        for other in reversed(get_sources(reading, earlier)):
            yield earlier, other


def _resolve_pronoun(reading, sentence, source, pronoun):
    """Return the last speaker that the pronoun can stand for."""
    opener = find_opener(reading, sentence, source, pronoun)
    if pronoun == "it":
        opener = opener or _find_subject_before(reading, sentence, source, pronoun)
    if opener:
        return opener
    for earlier, other in iterate_back(reading, sentence, source):
        bare = other.phrase.strip(EDGES)
        if not bare or is_agency(reading, other) or HEARER.match(earlier.text, other.cue_end):
            continue
        if PRONOUN.match(bare):
            fits = _get_pronoun(bare) == pronoun
        else:
            fits = _fits_pronoun(reading, clean_phrase(bare), pronoun)
        if fits:
            nearer = earlier.passage != sentence.passage
            named = find_person_before(reading, sentence, pronoun) if nearer else None
            return named or resolve_source(reading, earlier, other)
    return find_person_before(reading, sentence, pronoun)


def _find_subject_before(reading, sentence, source, pronoun):
    """Return "army" for "it" after "The army likes to count territory": a body, who acts first."""
    before = reading.sentences[sentence.index - 1] if sentence.index else None
    if pronoun not in ("it", "they") or before is None or before.passage != sentence.passage:
        return None
    said = [s for s in get_sources(reading, sentence) if s.cue_start < source.cue_start]
    if said or get_sources(reading, before):
        return None
    span = find_opening(before.text, 0, reading.codebook)
    phrase = clean_phrase(before.text[: span[1]][span[0] :]) if span else ""
    head, kind = find_head(phrase, reading.codebook)
    last = phrase.lower().find(head) + len(head)
    phrase = phrase if WITHIN.match(phrase, last) else phrase[:last]  # not "monitors read"
    if pronoun == "they":
        return phrase if kind and head.endswith("s") else None
    return phrase if kind == "body" else None


def _fits_pronoun(reading, phrase, pronoun):
    """Return whether a speaker's phrase can be taken up by the pronoun."""
    head, kind = find_head(phrase, reading.codebook)
    person = find_person(phrase, reading.codebook)
    is_person = bool(person) or _is_surname(reading, phrase)
    if pronoun in ("he", "she"):
        other = MALE if pronoun == "she" else FEMALE
        if head.endswith(other):
            return False
        return is_person or (kind == "person" and not head.endswith("s")) or not kind
    if pronoun == "it":
        return not person and kind != "person"
    return not is_person


def _is_apposed(text, source, head):
    """Return whether an apposition calls a speaker by this noun: "Sentinelle, a network, …"."""
    apposition = text[source.end : source.cue_start]
    return apposition.startswith(",") and bool(re.search(rf"\b{re.escape(head)}\b", apposition))


def _find_fuller(reading, sentence, source, phrase):
    """Return the fuller phrase that "the report" or "the official" takes up again."""
    head, _ = find_head(phrase, reading.codebook)
    words = phrase.split()
    if not head or len(words) > 2:
        return None
    for earlier, other in iterate_back(reading, sentence, source):
        if PRONOUN.match(other.phrase.strip(EDGES)):
            continue
        if _is_apposed(earlier.text, other, head):
            return resolve_source(reading, earlier, other)
        whole = WORDS.findall(other.phrase.lower())
        is_named_so = len(words) == 1 and head in whole
        if not is_named_so and find_head(clean_phrase(other.phrase), reading.codebook)[0] != head:
            continue
        fuller = resolve_source(reading, earlier, other)
        if (
            fuller
            and len(fuller.split()) > len(words)
            and set(WORDS.findall(phrase.lower())).issubset(whole)
        ):
            return fuller
    return None
