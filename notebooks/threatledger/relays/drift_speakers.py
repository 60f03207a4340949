"""Find speakers that were changed or dropped on the way."""

import re

from threatledger.extraction.gazetteer import find_names, normalise_word
from threatledger.extraction.naming import resolve_source
from threatledger.extraction.phrases import find_head
from threatledger.extraction.sources import get_sources, is_agency
from threatledger.extraction.subjects import PRONOUN
from threatledger.relays.model import Drift
from threatledger.relays.words import COMMON, find_marks, find_stem

SILENT = ("act", "inner")
# Who fears or hopes something is not asked for it as a speaker is.
FEELING = ("fear", "hope")
ROUND = 1  # sentences before and after in which a speaker may be named instead
LEAST = 0.5  # of a sentence's marks that the relay tells, for a dropped speaker to be one
LONGEST = 160  # characters of a quote
CAPITAL = re.compile(r"\b[A-Z]")
NAMED = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


class Speaker:
    """Who is said to say a sentence.

    Attributes
    ----------
    source : extraction.sources.Source
    name : str
        In full.
    line : telling.Line
    """

    def __init__(self, source, name, line):
        self.source, self.name, self.line = source, name, line

    @property
    def span(self):
        """Return the span of the speaker with the reporting word, in the text."""
        start = min(self.source.start, self.source.cue_start)
        end = max(self.source.end, self.source.cue_end)
        words = self.line.text[start:end]
        start += len(words) - len(words.lstrip(" ,;"))
        end -= len(words) - len(words.rstrip(" ,;."))
        return self.line.start + start, self.line.start + end


def list_speakers(telling, line):
    """List who is said to say a sentence.

    Parameters
    ----------
    telling : telling.Telling
    line : telling.Line

    Returns
    -------
    list of Speaker
        News agencies, pronouns, and those who only fear or hope are left out.
    """
    sentence, found = telling.get_sentence(line), []
    for source in get_sources(telling.reading, sentence):
        bare = source.phrase.strip(" ,")
        if source.kind in SILENT or PRONOUN.match(bare) or source.cue.startswith(FEELING):
            continue
        name = (
            None
            if is_agency(telling.reading, source)
            else resolve_source(telling.reading, sentence, source)
        )
        if name:
            found.append(Speaker(source, name, line))
    return found


def find_speaker_drifts(origin, relay, pairs):
    """Find statements that the relay gives to another speaker, or to none.

    Parameters
    ----------
    origin, relay : telling.Telling
    pairs : list of alignment.Pair

    Returns
    -------
    list of Drift
        A person whom the relay has named before may go unnamed in a sentence: the words run on.
    """
    drifts = []
    for pair in pairs:
        line = pair.origins[0]
        theirs, mine = list_speakers(origin, line), list_speakers(relay, pair.relay)
        if theirs and mine:
            found = _find_changed(origin, relay, pair, theirs, mine)
        elif theirs and not _has_speaker(relay, pair.relay):
            found = _find_dropped(origin, relay, pair, theirs[0])
        else:
            found = None
        drifts += [found] if found else []
    return drifts


def _has_speaker(telling, line):
    """Tell whether anybody, be it a pronoun, is said to say a sentence."""
    sources = get_sources(telling.reading, telling.get_sentence(line))
    return any(source.kind not in SILENT for source in sources)


def _find_changed(origin, relay, pair, theirs, mine):
    """Return the drift of a speaker whom the origin does not name there."""
    told = {mark for line in pair.origins for mark in line.marks}
    for speaker in theirs:
        told |= _describe(origin, speaker)
    strange = [s for s in mine if _is_strange(s, theirs, told, relay)]
    if len(strange) == len(mine) or _has_other_country(origin, relay, theirs, mine[0]):
        why = f"{theirs[0].name} became {mine[0].name}"
        return Drift("speaker", *theirs[0].span, *mine[0].span, why)
    return None


def _is_strange(speaker, theirs, told, relay):
    """Tell whether a speaker of the relay is none of whom the origin speaks there."""
    words = _read_name(f"{speaker.name} {speaker.source.phrase}", relay)
    if not any(CAPITAL.search(s.name[1:]) for s in (speaker, *theirs)):
        if any(_read_last(s, relay) & words for s in theirs):
            return False
        words = _read_last(speaker, relay) or words
    if not words or words & told or _is_short(speaker, theirs):
        return False
    return not _is_description(speaker, theirs, relay.codebook)


def _read_last(speaker, telling):
    """Return the mark of the last word of a speaker's name: in "the peace office" the office."""
    words = NAMED.findall(speaker.name)
    marks = find_marks(words[-1], telling.codebook) if words else {}
    return {mark for mark, weight in marks.items() if weight > COMMON}


def _describe(telling, speaker):
    """Return the marks of the sentences that introduce a speaker: name, rank and office."""
    last = normalise_word(NAMED.findall(speaker.name)[-1]) if NAMED.search(speaker.name) else ""
    marks = set(find_marks(speaker.name, telling.codebook))
    for line in telling.lines:
        if find_stem(last) in line.marks:
            around = telling.lines[max(0, line.place - 1) : line.place + 1]
            return marks | {mark for near in around for mark in near.marks}
    return marks


def _is_description(mine, theirs, codebook):
    """Tell whether a speaker is named by an office alone, and may be the origin's by name."""
    is_bare = not CAPITAL.search(mine.name[1:])
    kind = find_head(mine.name, codebook)[1]
    is_person = kind not in ("body", "document")
    return is_bare and is_person and any(CAPITAL.search(s.name[1:]) for s in theirs)


def _is_short(speaker, theirs):
    """Tell whether a speaker is named by the initials of another, or the other way round."""
    names = [[s.name, s.source.phrase] for s in (speaker, *theirs)]
    mine, others = names[0], [name for pair in names[1:] for name in pair]
    return any(_abbreviates(a, b) or _abbreviates(b, a) for a in mine for b in others)


def _abbreviates(short, name):
    """Tell whether one of a phrase's words is made of the initials of a name."""
    initials = "".join(found[0] for found in NAMED.findall(name) if found[0].isupper())
    initials = initials.removeprefix("T") if name.strip().startswith("The ") else initials
    return len(initials) > 1 and initials in short.split()


def _has_other_country(origin, relay, theirs, mine):
    """Tell whether two speakers of one office are of different countries."""
    old = {code for s in theirs for code in _find_countries(s.name, origin)}
    new = _find_countries(mine.name, relay)
    return bool(old and new and not old & new)


def _find_countries(name, telling):
    """Return the countries that a speaker's name speaks of."""
    words = [found.group() for found in NAMED.finditer(name)]
    return {code for w in words for m in find_names(w, telling.codebook) for code in m.name.iso3}


def _find_dropped(origin, relay, pair, speaker):
    """Return the drift of a speaker whom the relay no longer names anywhere near."""
    place = pair.relay.place
    is_person = len(CAPITAL.findall(speaker.name)) > 1
    first = 0 if is_person else max(0, place - ROUND)
    around = relay.lines[first : place + ROUND + 1]
    told = {mark for line in around for mark in line.marks}
    words = _read_name(f"{speaker.name} {speaker.source.phrase}", origin)
    if not words or words & told or pair.score < LEAST or _runs_on(origin, speaker):
        return None
    spans = _cut(speaker.line), _cut(pair.relay)
    return Drift("speaker", *spans[0], *spans[1], f"{speaker.name} dropped")


def _runs_on(origin, speaker):
    """Tell whether a speaker is a text's main voice: its first one or unnamed, and quoted again."""
    names = [s.name for line in origin.lines for s in list_speakers(origin, line)]
    is_main = speaker.name == names[0] or not CAPITAL.search(speaker.name[1:])
    return is_main and names.count(speaker.name) > 1


def _cut(line):
    """Return the span of a sentence, cut at a word where it is long."""
    if len(line.text) <= LONGEST:
        return line.start, line.end
    return line.start, line.start + line.text.rfind(" ", 0, LONGEST)


def _read_name(name, telling):
    """Return the marks of a name that tell it from others."""
    marks = find_marks(name, telling.codebook)
    rare = {mark for mark, weight in marks.items() if weight > COMMON}
    return rare or set(marks)
