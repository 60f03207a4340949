"""Say who states a number: the speaker that the document quotes, or the document itself."""

import re

from threatledger.extraction.gazetteer import find_names
from threatledger.extraction.model import Attribution
from threatledger.extraction.naming import resolve_source
from threatledger.extraction.phrases import EDGES, clean_phrase, find_head
from threatledger.extraction.rows import find_lead
from threatledger.extraction.sources import get_sources, is_agency, read_kinds
from threatledger.extraction.subjects import PRONOUN
from threatledger.extraction.voice import find_voice

__all__ = ["choose_source", "find_speaking", "find_voice", "link_speaker"]

OF_THAT = re.compile(r"\bof (?:that|this|these|those|the (?:total|sum|figure|amount))\b(?! \w)")
BRACKETED = re.compile(r"\(([^()]{2,60})\)[\s;.,]*$")
TITLE_END = re.compile(r"[:,–—]\s*([^:,–—]{2,60})$")
TITLE_START = re.compile(r"([^:]{2,60}):\s")
GATHERED = re.compile(
    r"assess|estimate|figure|report|said|accord|receive|provide|submit|claim", re.I
)
COORDINATION = re.compile(r",\s(?:and|but|while|whereas)\s")
PART_END = re.compile(r";|,\s(?:and|but|while|whereas)\s")
OF_WHOM = re.compile(r",[^,;]*\b(?:whom|which|who)\b,?\s*$")
# A clause of its own after what was counted: "…, and five jails came under fire".
NEW_CLAUSE = re.compile(
    r",\s+(?:and|but)\s+(?:[\w'’-]+\s+){1,3}(?:is|are|was|were|has|have|had|came|went|fell|rose)\b"
)
ABOUT = re.compile(r",\s+(?:who|whose|(?:an?|the|one)\s+(?:[^\s,;]+\s+){1,8}?(?:who|whose))\b")
QUOTE = re.compile(r"[“\"”]")
TOTALS = re.compile(
    r";[^,;]{0,40}\b(?:bring|takes?|bringing|brought|took)s?\s+(?:the|that|this)\s", re.IGNORECASE
)
# "They were holding 90 at the time": when the speaker of the sentence before spoke.
STILL_SAID = re.compile(r"^\W*(?:They|He|She|It)\b[^,;]*\bat\s+(?:the|that)\s+time\W*$")
CONDITION = re.compile(r"\W*(?:If|Unless|Should|Were|Had)\b[^,]*(?:,\d[^,]*)*")
NOUN_KINDS = frozenset(("count", "put", "give", "document"))
REFERRING = re.compile(r";[^,;]{0,40}\bof\s+(?:them|these|those|whom|which)\b", re.IGNORECASE)
SILENT = frozenset(("inner", "act"))  # cues that name a speaker but not that of the numbers
TITLE_WORDS = 5  # of a speaker named in a headline
WINDOW = 2000  # characters back in a passage in which an open quotation is looked for
LONGEST_QUOTE = 8  # sentences that one quotation runs on


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
    fitting = [s for s in sources if s.kind not in SILENT and _covers(text, s, quantity)]
    if any(not source.is_quoted for source in fitting):
        fitting = [source for source in fitting if not source.is_quoted]
    fitting = [source for source in fitting if not is_agency(reading, source)]
    if not fitting:
        inner = [s for s in sources if s.kind == "inner" and not is_agency(reading, s)]
        relayed = any(is_agency(reading, source) for source in sources)
        return inner[0] if inner and relayed else None
    own = [s for s in fitting if s.is_coordinated and s.start <= quantity.start]
    if own:
        fitting = [source for source in fitting if source.start >= own[-1].start]
    chosen = min(fitting, key=lambda source: _rank(source, quantity))
    return chosen if chosen.phrase else None


def _rank(source, quantity):
    """Order sources from the outermost inward."""
    if source.place == "after":
        return 0, -source.start
    if source.place == "phrase" and source.start < quantity.start:
        return (1 if source.cue_start == 0 else 3), source.start
    if source.kind == "say":
        return 2, source.start
    return (3 if source.place == "phrase" else 4), source.start


def _covers(text, source, quantity):
    """Return whether a number stands in the words that a source is said to have spoken."""
    if source.start <= quantity.start < source.end:
        return False
    if source.place == "phrase":
        return _find_start(text, source) <= quantity.start < _find_end(text, source)
    if source.place == "after":
        condition = CONDITION.match(text)
        if condition and quantity.start < condition.end() < source.start:
            return False
        return not _is_about_speaker(text, source, quantity)
    if quantity.start < source.start:
        return source.is_relative
    if quantity.start <= source.cue_end:
        return False
    clause = NEW_CLAUSE.search(text, source.cue_end) if source.kind in NOUN_KINDS else None
    return clause is None or quantity.start < clause.start()


def _is_about_speaker(text, source, quantity):
    """Return whether a number only tells who speaks: "…”, said X, who has nine children"."""
    if source.cue_start > source.start or quantity.start < source.end:
        return False
    aside = ABOUT.match(text, source.end)
    return bool(aside) and not QUOTE.search(text, aside.end(), quantity.start)


def _find_start(text, source):
    """Return where the words of an "according to" begin."""
    before = text[: source.cue_start]
    start = before.rfind(";") + 1
    relative = OF_WHOM.search(before, start)
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
    return position if position >= 0 and not goes_on else len(text)


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
        elif other.kind == "inner" or _is_within(sentence.text, source, other, quantity):
            links.append((0, resolve_source(reading, sentence, other)))
    ordered = [link for _, link in sorted(links, key=lambda link: link[0]) if link]
    return Attribution(name, source.cue, tuple(dict.fromkeys(ordered)))


def _is_within(text, source, other, quantity):
    """Return whether one source quotes another for the number."""
    is_later = other.place == "before" and (source.place == "after" or other.start > source.cue_end)
    return (is_later or other.is_quoted) and _covers(text, other, quantity)


def _carry(reading, sentence, quantity):
    """Return the attribution that runs on from a neighbouring sentence, else none."""
    passage = reading.passages[sentence.passage]
    if passage.kind in ("title", "heading"):
        return Attribution(_read_title(reading, sentence))
    if passage.kind == "item":
        name = _read_bracket(reading, sentence, passage)
        if name:
            return Attribution(name, "", (name,))
    lead = find_lead(reading, passage)
    if lead is not None and _has_speaker(reading, lead):
        return _attribute_neighbour(reading, lead)
    for neighbour in _find_quoting(reading, sentence, quantity):
        return _attribute_neighbour(reading, neighbour)
    before = _get_neighbour(reading, sentence, -1)
    if before is None:
        return Attribution(None)
    goes_on = OF_THAT.search(sentence.text) or STILL_SAID.search(sentence.text)
    if goes_on and before.passage == sentence.passage:
        return _attribute_neighbour(reading, before)
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


def _find_quoting(reading, sentence, quantity):
    """Yield the sentence whose speaker utters this one, which is a quotation running on."""
    if not _is_in_quotes(reading, sentence, quantity):
        return
    if _stays_open(sentence.text):
        for neighbour in _iterate_passage(reading, sentence, 1):
            if _has_speaker(reading, neighbour):
                yield neighbour
            if "”" in neighbour.text or '"' in neighbour.text:
                break
    for neighbour in _iterate_passage(reading, sentence, -1):
        if _has_speaker(reading, neighbour):
            yield neighbour
            break


def _iterate_passage(reading, sentence, step):
    """Yield the nearest sentences of the same passage, away from one of them."""
    for distance in range(1, LONGEST_QUOTE + 1):
        index = sentence.index + step * distance
        if not 0 <= index < len(reading.sentences):
            return
        if reading.sentences[index].passage != sentence.passage:
            return
        yield reading.sentences[index]


def _has_speaker(reading, sentence):
    return any(s.phrase and not s.is_quoted for s in get_sources(reading, sentence))


def _stays_open(text):
    """Return whether a quotation that is open in the sentence is not closed in it."""
    return text.rfind("“") > text.rfind("”") or text.count('"') % 2 == 1 or "”" not in text


def _is_in_quotes(reading, sentence, quantity):
    """Return whether the number stands in a quotation, opened here or in an earlier sentence."""
    end = sentence.start + quantity.start
    before = reading.text[max(reading.passages[sentence.passage].start, end - WINDOW) : end]
    curly = before.count("“") - before.count("”")
    return curly > 0 or (curly == 0 and before.count('"') % 2 == 1)


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
    ranks = {"after": 0, "phrase": 1, "before": 2}
    main = min(sources, key=lambda source: (ranks[source.place], source.start))
    name = resolve_source(reading, neighbour, main)
    return Attribution(name, main.cue, (name,) if name else ())


def _find_account(reading, sentence):
    """Return the attribution to whoever opened an account ("He also explained the budget.").

    The opening sentence must state no number itself, and nobody else may speak in between.
    """
    for earlier in _iterate_passage(reading, sentence, -1):
        sources = get_sources(reading, earlier)
        if sources:
            opens = len(sources) == 1 and sources[0].kind == "explain"
            if opens and not reading.memo.get(("quantities", earlier.index)):
                return _attribute_neighbour(reading, earlier)
            return None
    return None


def _sandwich(reading, before, after):
    """Carry a document's statement over a sentence between two that are attributed to it."""
    first, second = (_attribute_neighbour(reading, near) for near in (before, after))
    is_same = first.name and first.name == second.name
    if is_same and find_head(first.name, reading.codebook)[1] == "document":
        return first
    return Attribution(None)


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
        return list(_find_quoting(reading, sentence, quantity))[:1]
    if not PRONOUN.match(source.phrase.strip(EDGES)) or not sentence.index:
        return []
    name = resolve_source(reading, sentence, source)
    before = reading.sentences[sentence.index - 1]
    names = [resolve_source(reading, before, other) for other in get_sources(reading, before)]
    return [before] if name and name in names else []
