"""Find the day of an event that an earlier sentence tells of, for numbers that go on with it."""

import re

from threatledger.extraction.glance import read_forms
from threatledger.extraction.memos import get_quantities
from threatledger.extraction.moments import read_moment, write_span
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.time_marks import (
    CASUALTIES,
    CASUALTY_HINTS,
    CHANGED,
    COMPARING,
)
from threatledger.extraction.time_roles import LABEL_LENGTH, get_time_roles, get_times

EVENT_REACH = 2  # sentences that the day of an attack reaches on
STORY_REACH = 6  # sentences that "the attackers" and "the blast" reach back
BLAST_REACH = 40  # sentences back to "the blast"
DAY = LateRegex(r"\d{4}-\d\d-\d\d")
DAYS = LateRegex(r"\d{4}-\d\d-\d\d(?:/\d{4}-\d\d-\d\d)?")
BARE = re.compile(r"\s*[.;,]|\s*$")  # a number without a noun
TOLL = LateRegex(
    r"\b[Tt]oll\b|\bnumber\s+of\s+(?:the\s+)?(?:dead|deaths|killed|wounded|victims|casualties"
    r"|injured|missing)\b"
)
HARMS = (
    "killing kills injuring wounding wounds slain beheaded abducted kidnapped"
    " hospitalised hospitalized missing explosives explosive grenades bullets"
).split()
HARM_HINTS = CASUALTY_HINTS | frozenset(HARMS)
HARM = LateRegex(rf"{CASUALTIES.pattern}|\b(?:{'|'.join(HARMS)})\b", re.IGNORECASE)
SAID_HINTS = frozenset(
    "attackers attacker assailants gunmen gunman raiders bombers bomber blast explosion had".split()
)
EVENT_SAID = LateRegex(
    r"(?:\bthat|\bsaid)\s+(?:the|an?|one|two|three)\s+(?:“?\w+”?\s+)?(?:attackers?|assailants?"
    r"|gunm[ae]n|raiders?|bombers?"
    r"|blast|explosion|ambush|bomb)\s+(?!(?:had|has|have|is|are|will|would|could|may|might)\b)"
    r"|\bthat\s+the\s+(?:attackers?|assailants?|gunm[ae]n|raiders?|bombers?)\s+had\s+(?:shot|killed"
    r"|entered|stormed|come|arrived|driven|opened|taken|tried|used|hit|struck|stabbed|burned|looted)\b"
    r"|(?:\bthat|\bsaid)\s+the\s+(?:bomb|device|blast|explosion|charge|explosives)\s+had\s+[a-z]+"
    r"|\bhad\s+(?:left|planted|hidden|carried|packed|fired|thrown|detonated|blown)\b"
)
# The event of the sentence before, gone on with: "The attackers burned 54 houses."
EVENT_AGAIN = re.compile(
    r"\W*(?:The|These|Those|This|That)\s+(?:(?:suspected|armed|two|three|four|masked"
    r"|same)\s+)?(?:attackers?|assailants?|gunm[ae]n|raiders?|bombers?"
    r"|militants|insurgents|attacks?|assaults?|raid|blasts?|explosions?|ambush|bombings?"
    r"|killers?|intruders|perpetrators?"
    r"|shooters?|explosives?|device|bomb|vehicle|clash(?:es)?|victims|wounded|dead|injured"
    r"|shooting|stabbing"
    r"|driver|suspects?|detainees|arrests|raids|operation|convoy|escapees|fugitives|commandos"
    r"|kidnappers|abductors|captors|looters|prisoners?|inmates|hijackers|fire|siege|massacre"
    r"|flood|storm)(?:,[^,;]{1,60},)?\s+(?:(?:who|which|that)\s+)?(?:\w+ly\s+)?"
    r"(?!(?:has|have|is|are|will|would|could|may|might|remains?|continues?|brings?|had|said|told"
    r"|says?|want|believe|earn|get|pays?|live)\b)[a-z]+"
)
EVENTS = (
    "assault attack raid operation blast blasts explosion explosions ambush bombing bombings clash"
    " clashes fighting battle stampede shooting offensive strike strikes airstrike airstrikes raids"
    " shelling fire crash gunfight shootout violence massacre rampage incident search searches haul"
    " breakout"
).split()
EVENT_HINTS = frozenset(EVENTS)
IN_THE_EVENT = LateRegex(rf"\bin\s+the\s+(?:air\s)?(?:{'|'.join(EVENTS)})\b")
BLAST_AGAIN = LateRegex(
    r"\W*(?:The|That)\s+(?:\w+\s+)?(?:blasts?|bombings?|explosions?|attacks?|assault|bombers?"
    r"|device)\b"
)
BOMBERS = LateRegex(r"\bbombers?\b")
BLAST_OF = LateRegex(r"['’]s\s+(?:\w+\s+){0,2}(?:blasts?|bombings?|explosions?|attacks?|assault)\b")
# "Nine bombers struck three churches": the event of the sentence before.
ACTED = re.compile(
    r"\s+(?:suicide\s+|masked\s+|armed\s+)?(?:bombers?|gunm[ae]n|attackers?|assailants?"
    r"|raiders?)\s+(?!(?:have|are|had|were)\b)"
    r"(?:[a-z]+ed|struck|blew|shot|took|hit|broke|ran|set)\b"
)
ATTACK = LateRegex(
    r"\b(?:bomb(?:s|ers?|ed|ing|ings)?|blasts?|explosions?|attack(?:s|ed)?|blew|stormed"
    r"|ambush(?:ed)?|shot|raid(?:ed)?)\b"
)
ALSO_HINTS = frozenset(("also", "later"))
ALSO_DID = LateRegex(
    r"\b(?:also|later)\s+(?!(?:need|needs|used|called)\b)(?:[a-z]+ed|found|took|shot|hit|left"
    r"|lost|held|cut|set|stole|sank|broke|blew|fled"
    r"|brought|caught|fell|drove|struck|were\s+\w+ed|was\s+\w+ed)\b"
)
# "They freed 1,000 inmates": what a deed of the sentence before went on with.
THEY_DID = re.compile(
    r"\W*(?:They|It|He|She)\s+(?:also\s+|then\s+)?(?!(?:need|used|called|add|warn|want|believ"
    r"|estimat|expect|deni|claim|refus)\w*)"
    r"(?:[a-z]+ed|took|shot|hit|left|set|stole|blew|drove|struck|made\s+off|cut|broke|fled"
    r"|brought|led)\s"
)
STILL = LateRegex(r"\bstill\b")
EARLIER = re.compile(r"\W*(?:Earlier|Previously|Initially|At\s+first|Before\s+that)\b")
THERE = LateRegex(r"\bthere\b")
SINCE_EVENT = LateRegex(
    r"\b[Ss]ince\s+(?:the|that)\s+(?:blasts?|attacks?|bombings?|raids?|assault|massacre"
    r"|explosions?|ambush"
    r"|shooting|killings?)\b(?!\s+(?:of|in|on|at)\b)"
)


def find_since_event(reading, sentence, quantity):
    """Return the time from the day of an attack until publication: "since the blast"."""
    found = SINCE_EVENT.search(sentence.text, quantity.end)
    others = get_quantities(reading, sentence)
    if not found or any(quantity.end <= o.start < found.start() for o in others):
        return None
    first = max(0, sentence.index - BLAST_REACH)
    near = reading.sentences[first : sentence.index][::-1]
    near = [s for s in near if CASUALTIES.search(s.text)]
    # the sentence on the attack itself before those on its dead and wounded
    for earlier in sorted(near, key=lambda s: not ATTACK.search(s.text)):
        roles = get_time_roles(reading, earlier)
        times = [m for m, role in roles if role == "event" and m.kind != "since"]
        if times:
            return _until_now(reading, earlier, times[0])
    return None


def _until_now(reading, sentence, mention):
    """Return the time from a mention until publication, at the grain of the mention."""
    first, now = read_moment(mention.value.split("/")[0]), read_moment(reading.published)
    if not first or not now or first > now:
        return None
    words = sentence.text[mention.start : mention.end]
    return write_span(first, now[: len(first)]), words


def find_since_before(reading, sentence, before):
    """Return the "Since March" that opens the sentence before, for those killed since."""
    times = get_times(reading, before)
    opens = times and times[0].kind == "since" and times[0].start < LABEL_LENGTH
    if not opens or not (CASUALTIES.search(sentence.text) and THERE.search(sentence.text)):
        return None
    return times[0].value, before.text[times[0].start : times[0].end]


def find_also(reading, sentence):
    """Return the time of the deed of a sentence before, for what somebody also did."""
    forms = read_forms(sentence.text)
    if ALSO_HINTS.isdisjoint(forms) or not ALSO_DID.search(sentence.text):
        return None
    for index in range(sentence.index - 1, max(-1, sentence.index - EVENT_REACH - 1), -1):
        earlier = reading.sentences[index]
        if earlier.passage != sentence.passage:
            return None
        times = list_events(reading, earlier)
        if times:
            is_since = times[-1].kind == "since"
            return None if is_since else find_main(reading, earlier)
    return None


def find_event_day(reading, sentence, quantity, link):
    """Return the day of an event for the toll that the next sentences give."""
    text, forms = sentence.text, read_forms(sentence.text)
    is_people = getattr(quantity, "unit", None) in (None, "person", "count")
    opening = reading.passages[sentence.passage].sentences[0]
    is_toll = "toll" in forms or "number" in forms
    is_bare = is_people and is_toll and TOLL.search(text) is not None
    if is_people and not is_bare and BARE.match(text, quantity.end):
        is_bare = CHANGED.search(text) is None
    again = EVENT_AGAIN.match(text) or ACTED.match(text, quantity.end)
    if not again and not EVENT_HINTS.isdisjoint(forms):
        again = IN_THE_EVENT.search(text)
    if not again and not SAID_HINTS.isdisjoint(forms):
        again = EVENT_SAID.search(text)
    if not is_bare and not again and THEY_DID.match(text) and opening is not sentence:
        return _look_back(reading, sentence, link, None, False)
    if not is_bare and not again and not _has_casualties(text, forms, quantity):
        return None
    crosses = again or (opening is not sentence and EVENT_AGAIN.match(opening.text))
    return _look_back(reading, sentence, link, crosses, is_bare and not again)


def _has_casualties(text, forms, quantity):
    """Return whether a number is of dead or wounded, or of what harmed them."""
    if HARM_HINTS.isdisjoint(forms) and "surviv" not in text.lower():
        return False
    return HARM.search(text, quantity.start, quantity.end + 60) is not None


def _look_back(reading, sentence, link, crosses, is_bare):
    """Return the day in one of the sentences before; ``crosses`` into the passage before."""
    reach = STORY_REACH if crosses else EVENT_REACH
    for index in range(sentence.index - 1, max(-1, sentence.index - reach - 1), -1):
        earlier = reading.sentences[index]
        if earlier.passage != sentence.passage and not crosses:
            return None
        is_next = index == sentence.index - 1
        is_attack = TOLL.search(sentence.text) and ATTACK.search(earlier.text)
        if is_bare and is_next and not (is_attack or HARM.search(earlier.text)):
            return None
        if crosses and STILL.search(earlier.text):
            continue  # "Forty were still in hospital on Tuesday": not the day of the attack
        times = list_events(reading, earlier)
        if times:
            days = [m for m in times if m.kind != "since"]
            day = _choose_day(sentence.text, earlier.text, days) if days else None
            return write_time(earlier, day) if day and DAYS.fullmatch(day.value) else None
        found = _link_harm(reading, earlier, link)
        if found:
            return found
    return None


def _link_harm(reading, sentence, link):
    """Return the day of the dead of a sentence that itself goes on with an event."""
    quantities = get_quantities(reading, sentence)
    text = sentence.text
    if not quantities:
        return None
    if not (HARM.search(text) or ACTED.match(text, quantities[0].end) or EVENT_SAID.search(text)):
        return None
    found = link(reading, sentence, quantities[-1])
    return found if found[0] and DAYS.fullmatch(found[0]) else None


def list_events(reading, sentence):
    """Return the times of a sentence that date what it tells, not only "four days after the …"."""
    roles = get_time_roles(reading, sentence)
    events = [m for m, role in roles if role == "event"]
    return [m for m in events if not sentence.text[m.start : m.end].endswith("after")]


def _choose_day(text, earlier, times):
    """Return the time of the event that a sentence takes up, else the last one.

    "Marines killed six men on Tuesday as they hunted those behind Sunday's bombing. The blast …"
    """
    is_blast = BLAST_AGAIN.match(text) or BOMBERS.search(text)
    for mention in times:
        if is_blast and BLAST_OF.match(earlier, mention.end):
            return mention
    return times[-1]


def find_day(reading, sentence):
    """Return the day that one of the sentences before speaks of."""
    for index in range(sentence.index - 1, max(-1, sentence.index - EVENT_REACH - 1), -1):
        earlier = reading.sentences[index]
        days = [m for m in get_times(reading, earlier) if DAY.fullmatch(m.value)]
        if days:
            return write_time(earlier, days[-1])
    return None


def find_main(reading, before):
    """Return the last time of a sentence that is not one it only compares with."""
    times = get_times(reading, before)
    main = [m for m in times if not COMPARING.search(before.text, 0, m.start)] or times
    return write_time(before, main[-1]) if main else None


def write_time(sentence, mention):
    """Return the value of a time and its words."""
    return mention.value, sentence.text[mention.start : mention.end]
