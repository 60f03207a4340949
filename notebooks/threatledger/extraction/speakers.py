"""Say who states a number: the speaker that the document quotes, or the document itself."""

import re

from threatledger.extraction.gazetteer import find_names
from threatledger.extraction.model import Attribution
from threatledger.extraction.naming import resolve_source
from threatledger.extraction.parts import find_counting
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.phrases import EDGES, clean_phrase, find_head, find_person
from threatledger.extraction.quoting import find_quoting, has_speaker, iterate_passage
from threatledger.extraction.reach import covers
from threatledger.extraction.rows import find_lead
from threatledger.extraction.sources import get_sources, is_agency, read_kinds
from threatledger.extraction.subjects import PRONOUN
from threatledger.extraction.table_notes import find_note
from threatledger.extraction.voice import find_voice

__all__ = ["choose_source", "find_speaking", "find_voice", "link_speaker"]

BRACKETED = re.compile(r"\(([^()]{2,60})\)[\s;.,]*$")
TITLE_END = LateRegex(r"[:,–—]\s*([^:,–—]{2,60})$")
TITLE_START = LateRegex(r"([^:]{2,60}):\s")
GATHERED = LateRegex(
    r"assess|estimate|figure|report|said|accord|receive|provide|submit|claim", re.I
)
# "three quarters of the women said": they answered a survey.
SHARE_OF = re.compile(
    r"(?:[\w-]+\s+){0,3}(?:quarters?|thirds?|half|per\s?cent|fifths?|tenths?|in\s+(?:ten|five|three|four|every"
    r"\s+\w+))\s+(?:of\s+)?(?!\d)\w",
    re.IGNORECASE,
)
# "Local media, citing police, reported nine dead."
RELAY = re.compile(
    r"\b(?:[Mm]edia|[Nn]ews\s(?:agency|agencies|site|website|wire|outlet)|(?:[Ss]tate|[Ll]ocal)\s(?:radio|television|TV|press|newspapers?)"
    r"|[Nn]ewswire)\b"
)
# "Of the twelve States that replied, seven reported …": answers, which the document counts.
ANSWERED = LateRegex(
    r"\W*(?:Of|Among)\s(?:the\s|all\s|those\s)?[^,;]{1,80}?\s(?:that|who|which)\s(?:had\s|have\s)?(?:replied|responded|answered|took\s+part"
    r"|were\s+(?:asked|interviewed|surveyed|polled|questioned)|participated)\b|\W*(?:Of|Among)\s[^,;]{1,60}?\s"
    r"(?:interviewed|surveyed|polled|questioned|respondents)\b"
)
# "X told reporters … His men were clearing three houses a day": he goes on telling
HIS_MEN = LateRegex(
    r"(?:His|Her)\s+(?:[a-z]+\s+)?(?:men|troops|soldiers|forces|officers|agents|investigators|units?|battalion"
    r"|brigade|police)\s"
)
SILENT = frozenset(("inner", "act"))  # cues that name a speaker but not that of the numbers
TITLE_WORDS = 5  # of a speaker named in a headline


def link_speaker(reading, sentence, quantity, counted=None):
    """Say who states a number, or that the document does so itself.

    Parameters
    ----------
    reading : Reading
        The text under reading.
    sentence : Sentence
        The sentence that holds the number.
    quantity : object
        With ``start`` and ``end`` into the sentence's text.
    counted : Counted, optional
        Not used.

    Returns
    -------
    Attribution
        ``name`` is None where the document speaks in its own voice. Of nested sources it is the
        one that the document quotes; ``chain`` names all, the first to say it first, and a news
        agency that relays it last.

    Notes
    -----
    Decision 13 in ``data/gold/GUIDE.md``.
    """
    source = choose_source(reading, sentence, quantity)
    if source is not None:
        return _attribute(reading, sentence, source, quantity)
    if _speaks_itself(reading, sentence, quantity):
        return Attribution(None)
    return _carry(reading, sentence, quantity)


def choose_source(reading, sentence, quantity):
    """Choose the source that a number in a sentence belongs to.

    Parameters
    ----------
    reading : Reading
        The text under reading.
    sentence : Sentence
        The sentence that holds the number.
    quantity : object
        With ``start`` and ``end`` into the sentence's text.

    Returns
    -------
    Source or None
        The outermost source whose words hold the number; None where none does. News agencies
        are passed over.
    """
    key = ("source", sentence.index, quantity.start)
    if key not in reading.memo:
        sources = get_sources(reading, sentence)
        reading.memo[key] = _choose(reading, sentence.text, sources, quantity) if sources else None
    return reading.memo[key]


def _choose(reading, text, sources, quantity):
    fitting = _find_fitting(reading, text, sources, quantity)
    if not fitting:
        relayed = any(is_agency(reading, source) for source in sources)
        return _find_inner(reading, sources) if relayed else None
    if all(RELAY.search(source.phrase) for source in fitting):
        return _find_inner(reading, sources) or fitting[0]
    nearest = _keep_own_part(text, fitting, quantity)
    chosen = min(nearest, key=lambda source: _rank(source, quantity))
    return chosen if chosen.phrase else None


def _find_fitting(reading, text, sources, quantity):
    """Return the sources whose words hold a number, but for news agencies."""
    said = [s for s in sources if s.kind not in SILENT]
    if text.lstrip().startswith(("Of ", "Among ")) and ANSWERED.match(text):
        said = [s for s in said if s.place in ("after", "phrase")]
    fitting = [
        s
        for s in said
        if covers(text, s, quantity, reading.codebook) and not SHARE_OF.match(s.phrase.lstrip())
    ]
    unquoted = [s for s in fitting if not s.is_quoted]
    return [s for s in unquoted or fitting if not is_agency(reading, s)]


def _keep_own_part(text, fitting, quantity):
    """Leave out who spoke in an earlier part, where the number's own part names a source."""
    own = [s for s in fitting if s.is_coordinated and s.start <= quantity.start]
    if own:
        return [source for source in fitting if source.start >= own[-1].start]
    part = text.rfind(";", 0, quantity.start) + 1
    own = [s for s in fitting if s.start >= part]
    return own if any(s.place in ("phrase", "by") for s in own) else fitting


def _find_inner(reading, sources):
    """Return the source behind a medium that merely relays, None where it names none."""
    inner = [s for s in sources if s.kind == "inner" and not is_agency(reading, s)]
    return inner[0] if inner else None


def _rank(source, quantity):
    """Order sources from the outermost inward."""
    if source.place == "after":
        return 0, -source.start
    if source.place == "phrase" and source.start < quantity.start:
        return (1 if source.cue_start == 0 else 3), source.start
    if source.kind == "say":
        return 2, source.start
    return (3 if source.place == "phrase" else 4), source.start


def _speaks_itself(reading, sentence, quantity):
    """Return whether the document states the number as its own ("our database holds 71")."""
    return any(
        not source.phrase and not source.is_quoted and quantity.start >= source.start
        for source in get_sources(reading, sentence)
    )


def _attribute(reading, sentence, source, quantity):
    """Return the attribution to a source, with those behind and after it."""
    name = resolve_source(reading, sentence, source)
    if name is None:
        return Attribution(None)
    links = [(1, name)]
    for other in get_sources(reading, sentence):
        if other is source or not other.phrase:
            continue
        if is_agency(reading, other):
            links.append((2, clean_phrase(other.phrase)))
        elif other.kind == "inner" or _is_within(reading, sentence, source, other, quantity):
            links.append((0, resolve_source(reading, sentence, other)))
    ordered = [link for _, link in sorted(links, key=lambda link: link[0]) if link]
    return Attribution(name, source.cue, tuple(dict.fromkeys(ordered)))


def _is_within(reading, sentence, source, other, quantity):
    """Return whether one source quotes another for the number."""
    is_later = other.place == "before" and (source.place == "after" or other.start > source.cue_end)
    if not is_later and not other.is_quoted:
        return False
    return covers(sentence.text, other, quantity, reading.codebook)


def _carry(reading, sentence, quantity):
    """Return the attribution that runs on from a neighbouring sentence, else none."""
    passage = reading.passages[sentence.passage]
    if passage.kind in ("title", "heading"):
        return Attribution(_read_title(reading, sentence))
    if passage.kind == "item":
        name = _read_bracket(reading, sentence, passage)
        if name:
            return Attribution(name, "", (name,))
    note = find_note(reading, sentence, quantity)
    if note is not None:
        return Attribution(note[0], "", (note[0],))
    lead = find_lead(reading, passage)
    if lead is not None and has_speaker(reading, lead):
        return _attribute_neighbour(reading, lead)
    for neighbour in find_quoting(reading, sentence, quantity):
        return _attribute_neighbour(reading, neighbour)
    counting = find_counting(reading, sentence, quantity)
    if counting is not None:
        return _attribute_neighbour(reading, counting)
    before = _get_neighbour(reading, sentence, -1)
    if before is None:
        return Attribution(None)
    if before.passage == sentence.passage and HIS_MEN.match(sentence.text):
        told = _attribute_neighbour(reading, before)
        if told.name and find_person(told.name, reading.codebook):
            return told
    if before.passage == sentence.passage and not get_sources(reading, sentence):
        account = _find_account(reading, sentence)
        if account:
            return account
    after = _get_neighbour(reading, sentence, 1)
    if after is not None and passage.kind == "paragraph" and not get_sources(reading, sentence):
        return _sandwich(reading, before, after)
    return Attribution(None)


def _read_title(reading, sentence):
    """Return the speaker of "…: UN report"; a headline that names nobody has none."""
    title = sentence.text.strip()
    for match in (TITLE_END.search(title), TITLE_START.match(title)):
        phrase = clean_phrase(match[1]) if match else ""
        if phrase and _is_title_speaker(reading, phrase):
            return phrase
    return None


def _is_title_speaker(reading, phrase):
    """Return whether a part of a headline is a body, person or document, and nothing more."""
    if len(phrase.split()) > TITLE_WORDS:
        return False
    head, kind = find_head(phrase, reading.codebook)
    if head and phrase.lower().endswith(head) and (" " in phrase or kind == "document"):
        return True
    names = find_names(phrase, reading.codebook)
    if not names or names[0].start or names[0].end != len(phrase):
        return False
    return read_kinds(reading).get(names[0].name.key, "armed group") != "armed group"


def _read_bracket(reading, sentence, passage):
    """Return the source in brackets at the end of an item of gathered estimates."""
    match = BRACKETED.search(sentence.text)
    if not match or passage.lead is None:
        return None
    lead = reading.passages[passage.lead]
    phrase = clean_phrase(match[1])
    known = find_head(phrase, reading.codebook)[1] or find_names(phrase, reading.codebook)
    is_gathered = GATHERED.search(reading.text, lead.start, lead.end)
    return phrase if known and is_gathered else None


def _get_neighbour(reading, sentence, step):
    """Return the sentence before or after, None at the ends or outside running text."""
    index = sentence.index + step
    if not 0 <= index < len(reading.sentences):
        return None
    neighbour = reading.sentences[index]
    return neighbour if reading.passages[neighbour.passage].kind == "paragraph" else None


def _attribute_neighbour(reading, neighbour):
    """Return the attribution of a neighbouring sentence as a whole."""
    sources = [
        source
        for source in get_sources(reading, neighbour)
        if source.phrase
        and not source.is_quoted
        and source.kind not in SILENT
        and not is_agency(reading, source)
    ]
    if not sources:
        return Attribution(None)
    ranks = {"after": 0, "phrase": 1, "before": 2, "by": 3}
    main = min(sources, key=lambda source: (ranks[source.place], source.start))
    name = resolve_source(reading, neighbour, main)
    return Attribution(name, main.cue, (name,) if name else ())


def _find_account(reading, sentence):
    """Return the attribution to whoever opened an account ("He also explained the budget.").

    The opening sentence must state no number itself, and nobody else may speak in between.
    """
    for earlier in iterate_passage(reading, sentence, -1):
        sources = get_sources(reading, earlier)
        if sources:
            opens = len(sources) == 1 and sources[0].kind == "explain"
            opens = opens and not sources[0].cue.startswith("recall")  # "recalls resolution 2610"
            if opens and not reading.memo.get(("quantities", earlier.index)):
                return _attribute_neighbour(reading, earlier)
            return None
    return None


def _sandwich(reading, before, after):
    """Carry a document's statement over a sentence between two that are attributed to it."""
    if not get_sources(reading, before) or not get_sources(reading, after):
        return Attribution(None)
    first = _attribute_neighbour(reading, before)
    if not first.name:
        return Attribution(None)
    is_document = find_head(first.name, reading.codebook)[1] == "document"
    if not is_document and not _goes_on_telling(reading, before, after):
        return Attribution(None)
    is_same = first.name == _attribute_neighbour(reading, after).name
    return first if is_same else Attribution(None)


def _goes_on_telling(reading, before, after):
    """Return whether a person's account runs on to a pronoun: "…, said X. … “…,” he said."."""
    persons = ("he", "she")
    taken = [s.phrase.strip(EDGES).lower() for s in get_sources(reading, after)]
    return before.passage == after.passage and any(phrase in persons for phrase in taken)


def find_speaking(reading, sentence, quantity):
    """Return the other sentence in which the speaker of a running statement is at it.

    Parameters
    ----------
    reading : Reading
        The text under reading.
    sentence : Sentence
        The sentence that holds the number.
    quantity : object
        With ``start`` and ``end``.

    Returns
    -------
    list of Sentence
        The sentence before, where this one takes its speaker up by pronoun; the sentence whose
        speaker utters this one as a quotation; else none.
    """
    source = choose_source(reading, sentence, quantity)
    if source is None:
        return list(find_quoting(reading, sentence, quantity))[:1]
    key = ("speaking", sentence.index, source.cue_start)
    if key not in reading.memo:
        reading.memo[key] = _find_taken_up(reading, sentence, source)
    return reading.memo[key]


def _find_taken_up(reading, sentence, source):
    """Return the sentence before, where a pronoun takes its speaker up; else none."""
    if not PRONOUN.match(source.phrase.strip(EDGES)) or not sentence.index:
        return []
    name = resolve_source(reading, sentence, source)
    before = reading.sentences[sentence.index - 1]
    names = [resolve_source(reading, before, other) for other in get_sources(reading, before)]
    return [before] if name and name in names else []
