"""Find who is said to say what inside one sentence: speaker, reporting word and reach."""

import functools
import re
from dataclasses import dataclass

from threatledger.extraction.cues import Cue, find_cues, read_counts
from threatledger.extraction.gazetteer import find_names
from threatledger.extraction.glance import read_forms
from threatledger.extraction.passives import (
    find_bracketed,
    find_passives,
    find_unnamed,
    may_be_passive,
)
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.phrases import (
    CAPITAL,
    EDGES,
    OWN_VOICE,
    PARTICLE,
    blank_brackets,
    clean_phrase,
    cut_phrase,
    find_head,
    find_person,
)
from threatledger.extraction.proper_names import is_proper_name
from threatledger.extraction.subjects import (
    find_inverted,
    find_opening,
    find_subject,
    is_speaker,
)
from threatledger.extraction.times import lower_text

PARTICIPLE = re.compile(r"(?:saying|referring|putting|adding)\b")
THOUSANDS = LateRegex(r",(?<=\d,)(?=\d)")
RELATIVE_BEFORE = LateRegex(r"\b(?:that|which|whom|if)\s*$", re.IGNORECASE)
RELATIVE_OPENING = LateRegex(r"\s*(?:that|which|whom|if)\b", re.IGNORECASE)
COORDINATED_BEFORE = LateRegex(
    r"(?:;|,?\s(?:and|but|while|whereas|although|though|yet))\s*$", re.IGNORECASE
)
COORDINATORS = (";", "and", "but", "while", "whereas", "although", "though", "yet")
# "…, and the former head of the agency, Rahim Nabil, puts it at 400"
APPOSED_PART = LateRegex(
    r"(?:;|,\s(?:and|but|while|whereas))\s(?:the|an?|its|their)\s[^,;]{2,80},\s*$"
)
COORDINATED_OPENING = LateRegex(r"\s*(?:and|but|while|whereas|although|though)\b", re.IGNORECASE)
OPEN_QUOTES = (",", "”", '"', "’", "»", "–", "—")
COMPLEMENT = LateRegex(r"(?:that|how|whether|it|there|he|she|they)\b", re.IGNORECASE)
ADDRESS_WORDS = (
    r"(?:(?:on|in|at|to|during|from|late|last|early|this|reporters|me|us|the|an?|by|while|when"
    r"|yesterday|today|{name}|\w+day|agency|journalists|told|news|conference|local|press"
    r"|radio|television|station|statement|interview|x|telegram|telephone|phone|e-?mail|message|week|month|year|\d+)\b[\s,]*)+"
)
# What may stand behind "X said" at the end: to whom, when, where; in any words after "said".
ADDRESS = LateRegex(ADDRESS_WORDS.replace("{name}", r"[^\W\d_][\w'’-]*"), re.IGNORECASE)
NAMED_ADDRESS = LateRegex(ADDRESS_WORDS.replace("{name}", r"(?-i:[A-Z])[\w'’-]*"), re.IGNORECASE)
OBJECT_KINDS = frozenset(("put", "set", "count", "give", "document"))  # cues with an object behind
# "…, the mayor said on Monday, and rubble covers …"
GOES_ON = LateRegex(
    r"(?:and|but|while|as|though|although|with|adding|after|\w+\s+(?:days?|weeks?)\s+after)\b"
)
SAID_THAT = LateRegex(
    r"(?:[\w'’-]+\s){1,5}that\s(?!day|night|week|month|year|evening|morning|afternoon|time)"
)
NAME_BEHIND = LateRegex(
    rf",\s(?P<name>{CAPITAL}[\w'’-]+(?:\s(?:{PARTICLE}|{CAPITAL}\.|(?:[ae][a-z]{{1,2}}-)?{CAPITAL}[\w'’-]+)){{1,4}})"
    r"(?=\s*(?:[.,;]|$))"
)
RELAYED = LateRegex(r"(?:^|,)\s*\w+ing\s+(?:on\s+)?what\s*$", re.IGNORECASE)
PUBLISHED = LateRegex(
    r"\bthat\s+(?P<who>.+?)\s+(?:has\s+|have\s+|had\s+)?(?:published|issued|compiled|released|gave|give|gives"
    r"|collected|keeps?|drew up)\b",
    re.IGNORECASE,
)
# "Its tally for the region stands at 655."
TALLY = LateRegex(
    r"(?P<who>\b(?:[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)|[A-Z][\w'’ -]{1,60}['’]s?)\s(?:own\s|latest\s)?"
    r"(?:tally|count|estimates?|reckoning|register|records|toll|log|list|database|figures|data|statistics"
    r"|numbers|ledger|books|survey|census)\b"
    r"(?:\s(?:of|for|in|on)\s[^,;:.]{1,60})?\s(?:stands?|stood|is|was|puts?|shows?|has|had|gives?|came|runs?"
    r"|lists?|listed|includes?|included|names?|totals?|totalled|reached|contains?|counts?|adds\sup)\b"
)
# "In a survey last month, 73 per cent preferred …"
SURVEY = LateRegex(
    r"In\s(?P<who>(?:an?|its|their|the)\s(?:[\w'’-]+\s){0,4}?(?:polls?|surveys?|census|audit))\b"
    r"(?:\s(?:by|for|from)\s(?P<by>[^,\d]{2,60}?))?(?:\s(?:in|of|on|last|this|conducted|carried|taken|among)\b[^,]{0,60})?,"
)
FINDING = frozenset(("found", "finds", "traced", "traces"))
FINDERS = LateRegex(
    r"\b(?:officials|authorities|fighters|soldiers|troops|police|policemen|officers|marines|forces|army|patrols?|guards|searchers|rescuers"
    r"|villagers|residents|workers|agents|customs|gendarmes|sappers|divers|volunteers|raiders|detectives"
    r"|mother|father|brother|sister|wife|husband|son|daughter|relatives|parents|neighbours|children|boys|girls)"
    r"(?:\s(?:in|at|of|from|near|on|with|last|this|earlier|later|yesterday|then|also)\b.*)?\W*$",
    re.IGNORECASE,
)
CASH = LateRegex(
    r"[^,;.]{1,40}\d[^,;]{0,30}?\s(?:in\s(?:cash|gold|coins?|notes|banknotes)|hidden|buried)\b"
)
ADMITS_MANY = LateRegex(r"\s+(?:[a-z]+\s){0,3}?\d")  # "the clinic has admitted 46 women"
FOUND_THING = LateRegex(
    r"\s+payments?\s+of\b|\s+(?!that\b)(?:\S+\s+){0,3}?\d|\s+the\s+[\w-]+,|\s+(?:an?|the|one|two|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve|dozens|hundreds)\b"
)
PHRASAL = LateRegex(
    r"(?:gives?|gave)\s+(?:up|away|out|off|back|birth|rise|way)\b"
    r"|puts?\s+(?:up|out|off|down|on|in|into|forward|together|aside|away)\b|sets?\s+(?:up|off|out|aside)\b"
)
PAPERS = LateRegex(
    r"(?:notes|records|accounts)\s+(?:worth|were|was|valued|totalling|seized|found)\b"
)
NOTING = frozenset("confirmed reported recorded registered documented".split())
OUTCOME = LateRegex(
    r"\b(?:cases?|deaths?|incidents?|attacks?|infections?|births?|casualties|injuries|arrests?|arrivals"
    r"|departures)\b"
)
PASSIVE = LateRegex(r"\s+(?:in|at|on|among|since|so|this|last|to|during)\b|\s*[;,.)]|\s*\Z")
ANSWERING = frozenset(("replied", "responded", "answered"))
RELATIVE = LateRegex(r"\b(?:that|who|which)\s+(?:had\s+|have\s+)?\Z")
HAS_COUNTED = LateRegex(r"\b(?:has|have|had)\s+(?:\w+\s+)?$")
NEAR = 30  # characters before a word that tell how it is meant
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
    # "before" its words, "after" them (", X said"), "phrase" ("according to X"), or "by": around
    # the number of a passive ("put at 40 by X")
    place: str
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
    found = reading.memo.get(key)
    if found is None:
        is_name = functools.partial(is_proper_name, reading)
        found = reading.memo[key] = find_sources(sentence.text, reading.codebook, is_name)
    return found


def find_sources(text, codebook, is_name=None):
    """Find every speaker in a sentence.

    Parameters
    ----------
    text : str
        The sentence.
    codebook : Codebook
        With the tables ``cues``, ``speaker-roles`` and the names of `find_names`.
    is_name : callable, optional
        Says of a single word whether the document uses it as a name.

    Returns
    -------
    list of Source
        In order of their reporting words.
    """
    lowered = lower_text(text)
    masked, found = "", []
    for cue in find_cues(text, lowered, codebook):
        masked = masked or _mask(text)
        source = _read_cue(masked, cue, found, codebook, is_name)
        if source is None or any(s.start <= cue.start < s.end for s in found):
            continue
        if any(s.start == source.start < s.cue_start < source.end for s in found):
            continue  # "the report describes a branch that has grown": the branch has
        if PHRASAL.match(text, cue.start) or PAPERS.match(text, cue.start):
            continue  # "a trader gives up a tenth of his catch"; "counterfeit notes worth $200"
        if cue.words in ANSWERING and RELATIVE.search(text, max(0, cue.start - 12), cue.start):
            continue  # "twelve of the States that replied had frozen assets"
        if source.kind == "count" and _is_armed(text, source, codebook):
            continue  # "the group counts 300 men": it has them
        if (
            cue.words in FINDING
            and FINDERS.search(source.phrase)
            and FOUND_THING.match(text, cue.end)
        ):
            continue  # "soldiers found 52 rifles"
        if cue.words in NOTING and OUTCOME.search(source.phrase) and PASSIVE.match(text, cue.end):
            continue  # "two cases of measles confirmed in Roj; 40 children are ill"
        took_in = cue.words in ("admitted", "admits") and ADMITS_MANY.match(text, cue.end)
        if took_in and not find_person(clean_phrase(source.phrase), codebook):
            continue
        if cue.words in ("found", "finds") and CASH.match(text, cue.end):
            continue  # "the group found $400 million in cash"
        source.is_quoted = _is_quoted(text, cue.start)
        found.append(source)
    openings = _find_openings(text, codebook)
    if openings and openings[-1].place == "phrase":
        # "In a survey, three in ten refugees said": they answered, the survey states.
        found = [
            s
            for s in found
            if not s.start or s.cue_start < openings[-1].end or s.phrase[:1].isupper()
        ]
    found += _find_counts(text, lowered, codebook) + openings
    return found + _find_passives(text, masked, codebook)


def _find_passives(text, masked, codebook):
    """Return the sources of "put at 1,200 by X", "by one Western estimate", "(source: X)"."""
    found = []
    if may_be_passive(text):
        for at, start, end, cue in find_passives(masked or _mask(text), codebook):
            found.append(Source(start, end, text[start:end], cue, at, start, "put", "by"))
    for at, start, end, cue in [*find_unnamed(text), *find_bracketed(text)]:
        found.append(Source(start, end, text[start:end], cue, at, end, "phrase", "phrase"))
    return found


def _mask(text):
    """Return the text without brackets and without the commas of thousands, of the same length."""
    masked = blank_brackets(text) if "(" in text or "[" in text else text
    return THOUSANDS.sub(".", masked) if "," in masked else masked


def _is_armed(text, source, codebook):
    """Return whether a source ends with the name of an armed group, which counts its men."""
    if not source.cue.startswith("count") or HAS_COUNTED.search(
        text, max(0, source.cue_start - NEAR), source.cue_start
    ):
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


def _read_cue(masked, cue, found, codebook, is_name):
    """Return the source that a reporting word belongs to, None where nobody speaks."""
    if cue.kind in ("phrase", "inner"):
        start = cue.end + 1
        span = start, _add_name(masked, start, cut_phrase(masked, start), codebook)
        return _make_phrase(masked, span, cue, codebook)
    if cue.kind == "trust":
        return _read_trust(masked, cue, codebook)
    if PARTICIPLE.match(cue.words):
        if found:
            return _repeat(found[-1], cue)
        span = find_opening(masked[: cue.start], 0, codebook)
        return _make_source(masked, span, cue, "before") if span else None
    return _read_verb(masked, cue, found, codebook, is_name)


def _add_name(masked, start, end, codebook):
    """Go on over the name behind an office: "according to the mayor of Ayorou, Issa Maiga"."""
    name = NAME_BEHIND.match(masked, end)
    if not name or find_head(clean_phrase(masked[start:end]), codebook)[1] != "person":
        return end
    return name.end("name") if not find_names(name["name"], codebook) else end


def _read_trust(masked, cue, codebook):
    """Read "if X is to be believed", "if the figures that X published are right"."""
    start = masked.rfind(" if ", 0, cue.start) + 4
    if start < 4:
        return None
    by = PUBLISHED.search(masked, start, cue.start)
    span = by.span("who") if by else (start, cue.start)
    return _make_phrase(masked, span, cue, codebook)


def _read_verb(masked, cue, found, codebook, is_name):
    """Return the source of a verb, by its subject to the left or, inverted, to the right."""
    span, standing = find_subject(masked, cue, codebook, is_name)
    if standing == "second" and found:
        return _repeat(found[-1], cue)
    if standing in ("none", "apposed") and span is None:
        span = find_inverted(masked, cue, codebook, is_name)
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
    if standing == "apposed" and APPOSED_PART.search(masked, max(0, span[0] - 4 * NEAR), span[0]):
        source.is_coordinated = True
    takes_object = cue.words.endswith(" of")  # "residents speak of 12"
    if (source.is_coordinated or takes_object) and masked[cue.end :].strip(EDGES):
        source.place = "before"  # "…, and herders told us that …"
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
    opening = opening.rstrip()
    source.is_coordinated = bool(
        (opening[-9:].lower().endswith(COORDINATORS) and COORDINATED_BEFORE.search(opening[-12:]))
        or (opening.endswith(",") and COORDINATED_OPENING.match(phrase))
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
    if SAID_THAT.match(closing):
        return "before"  # "In Kampala, where four died, police said on Friday that …"
    named = NAMED_ADDRESS.match(closing)
    if named and "," in named[0][-3:] and GOES_ON.match(closing, named.end()):
        return "after"
    address = named if cue.kind in OBJECT_KINDS else ADDRESS.match(closing)
    return "after" if address and not closing[address.end() :].strip(EDGES) else "before"


def _find_counts(text, lowered, codebook):
    """Return the sources of "by the ministry's count"."""
    hints, pattern = read_counts(codebook)
    found = []
    for match in pattern.finditer(lowered) if not hints.isdisjoint(read_forms(text)) else ():
        start, end = match.span("who")
        who = text[start:end].removesuffix("s").rstrip("'’")
        if who.lower() in OWNERS and not lowered[:start].strip(" by\n"):
            start, end, who = _find_owner(text, match.end(), (start, end), codebook)
        who = OWNERS.get(who.lower(), who)
        if is_speaker(who, "strict", codebook):
            cue = Cue(start, match.end(), match[0], "phrase")
            found.append(Source(start, end, who, cue.words, cue.start, cue.end, cue.kind, "phrase"))
    return found


def _find_owner(text, position, pronoun, codebook):
    """Return whose "By its own count the group …" is: the subject that follows, if it speaks."""
    span = find_opening(text[position:], position, codebook)
    start, end = span or pronoun
    return start, end, text[start:end].rstrip("s") if span is None else text[start:end]


def _find_openings(text, codebook):
    """Return the sources of "Its tally stands at …" and "In a survey, …", whole sentences."""
    found = []
    opening = text[:64]
    is_tally = text.startswith(("It", "Hi", "He", "Th")) or "'" in opening or "’" in opening
    patterns = [TALLY] if is_tally else []
    for pattern in [*patterns, SURVEY] if text.startswith("In ") else patterns:
        match = pattern.match(text)
        if match:
            is_by = pattern is SURVEY and match["by"]
            start, end = match.span("by" if is_by else "who")
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
