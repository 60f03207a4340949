"""Carry a place over to a number whose own clause gives none: from the text around it."""

import re

from threatledger.extraction.memos import get_quantities, list_earlier
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.place_choice import RELATIVE_STOP
from threatledger.extraction.place_context import (
    SENDS,
    find_fetched,
    find_heading,
    find_lead,
    find_own_countries,
    find_passing_codes,
    find_takers,
    find_title,
)
from threatledger.extraction.place_directions import find_direction
from threatledger.extraction.place_forces import find_force
from threatledger.extraction.place_groups import is_of_group
from threatledger.extraction.place_links import link_number
from threatledger.extraction.place_money import find_issuer
from threatledger.extraction.place_owners import (
    find_counting,
    find_home,
    find_local,
    find_neighbour,
    find_spoken,
)
from threatledger.extraction.place_referents import (
    PART_OF_IT,
    find_footnoted,
    find_homeward,
    find_media_before,
    find_referent,
    find_sum_before,
)
from threatledger.extraction.place_roles import (
    LOCATING,
    TOPIC_START,
    collect_codes,
    find_mentions,
    get_places,
    is_subject,
)
from threatledger.extraction.place_scene import find_fleeting, keeps_scene
from threatledger.extraction.place_subject import find_dispatched, find_subject
from threatledger.extraction.place_sums import (
    OF_BRANCH,
    is_asked,
    is_media,
    is_wide,
)
from threatledger.extraction.sources import get_sources
from threatledger.extraction.speakers import find_speaking

STATES_ACT = re.compile(
    r"(?!\W*(?:The\s)?United\s)\W*(?:[\w-]+\s){0,2}(?:States|Member\s+States|countries)\s",
    re.IGNORECASE,
)
# What takes up a paragraph's event in the next: "The blast …", "They …", "“We saw …".
GOES_ON = LateRegex(
    r"\W*(?:They|He|She|It|These|Those|This|That|Another|(?:The|Both|All)\s(?:[a-z-]+\s)?(?:attack|attacks|blast|blasts|bombing|bombings"
    r"|explosion|raid|raids|ambush|assault|siege|clashes|fighting|strike|strikes|shooting|killings?|attackers?|assailants?|gunmen|bombers?"
    r"|militants|dead|wounded|victims|survivors|suspects|hostages|captives|prisoners|toll))\b"
)
# A country that opens a paragraph is its subject: "Yemen. …", "Turkey is still …".
TOPIC = LateRegex(r"[.:]|\s+(?:is|are|was|were|has|had|remains|remained|holds|keeps|hosts)\b")
# A state's own body, of the state last spoken of.
STATE_BODY = LateRegex(
    r"\b[Tt]he\s(?:country['’]s\s)?(?:army|military(?=\s(?:says?|said|has|had|claims?|claimed|puts?|believes?|reported|announced)\b)|armed\sforces|government|parliament|police|gendarmerie"
    r"|president|prime\sminister|interior\sministry|defence\sministry|health\sministry|central\sbank|treasury|kingdom|coastguard)\b"
    r"|^\W*(?:Soldiers|Police|Prosecutors|Parliament|Customs\sofficers)\b"
)
ITS = LateRegex(r"\W*(?:It|Its)\s(?!(?:is|was)\b)")
FEARS = LateRegex(
    r"\s(?!(?:is|was|are|were)\b)[a-z]+(?:s|ed)?\s"
)  # what a state does, not where it is
FARTHEST = 6  # sentences back in which that state was last spoken of
MOST_BEFORE = 40  # sentences in which but one country is named
FEWEST = 2  # times that it is named there
REACH = 3  # sentences of a paragraph that a place reaches on


def find_around(reading, sentence, quantity, places, what=""):
    """Return the countries carried over from what stands around a number's clause.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
        The sentence that holds the number.
    quantity : object
        With ``start`` and ``end``.
    places : list of Setting
        The places of the sentence.
    what : str, optional
        The thing counted.

    Returns
    -------
    list of str
    """
    codes = find_scene(reading, sentence, quantity, what)
    if codes is not None:
        return codes
    others = [q for q in get_quantities(reading, sentence) if q.start >= quantity.end]
    end = others[0].start if others else len(sentence.text)
    aside = [p for p in places if quantity.end <= p.start < end]
    aside = [p for p in aside if _is_whose(sentence.text, quantity, p)]
    codes = collect_codes(aside, LOCATING) or find_home(reading, sentence)
    codes = codes or find_spoken(reading, sentence, places)
    return codes or find_issuer(reading, sentence, quantity)


def find_scene(reading, sentence, quantity, what=""):
    """Return the countries where the discourse stands at a number, None where nothing tells.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
        The sentence that holds the number.
    quantity : object
        With ``start`` and ``end``.
    what : str, optional
        The thing counted.

    Returns
    -------
    list of str or None
        By the number that a footnote is to, those counted just before, the sentences before, the
        words above the list, the heading, what the whole text is about, or the title.
    """
    if STATES_ACT.match(sentence.text) and not get_sources(reading, sentence):
        return []
    passage = reading.passages[sentence.passage]
    if PART_OF_IT.match(sentence.text, quantity.end) and not list_earlier(
        reading, sentence, quantity
    ):
        codes = find_sum_before(reading, sentence)
        if codes is not None:
            return codes
    codes = find_footnoted(reading, sentence) or find_referent(reading, sentence, quantity)
    if codes:
        return codes
    codes = find_direction(reading, sentence) or find_homeward(reading, sentence)
    if codes:
        return codes
    codes = find_media_before(reading, sentence)
    if codes is not None:
        return codes
    if is_media(reading, sentence, quantity, what):
        is_local = OF_BRANCH.search(sentence.text)
        return (_find_set if is_local else find_lead)(reading, passage) or []
    is_nowhere = is_wide(reading, sentence, quantity)
    is_nowhere = is_nowhere or is_of_group(reading, sentence, quantity)
    codes = None if is_nowhere else _find_running(reading, sentence, quantity, passage)
    codes = codes or _find_set(reading, passage, sentence) or codes
    if codes is not None or is_nowhere:
        return codes or []
    return _find_standing(reading, sentence)


def _find_set(reading, passage, sentence=None):
    """Return the countries that the words above a list or the heading set, None where none.

    Of several in a heading it is the one that the paragraph speaks of: "Its prisons hold 40".
    """
    lead = find_lead(reading, passage)
    codes = find_heading(reading, passage) if lead is None else lead
    if lead is not None or sentence is None or not codes or len(codes) == 1:
        return codes
    for index in range(sentence.index, max(-1, sentence.index - REACH - 1), -1):
        earlier = reading.sentences[index]
        if earlier.passage != sentence.passage:
            break
        spoken = {c for p in get_places(reading, earlier) for c in p.iso3}.intersection(codes)
        if len(spoken) == 1:
            return list(spoken)
    return codes


def _find_standing(reading, sentence):
    """Return where a text stands as a whole, None where nothing tells."""
    subject = find_subject(reading)
    if subject:
        return [subject]
    codes = find_title(reading, sentence) or _find_told(reading, sentence)
    codes = codes or _find_state(reading, sentence) or _find_only(reading, sentence)
    return codes or None


def _find_only(reading, sentence):
    """Return the one country that the section has named so far, as far as it reaches."""
    passage = reading.passages[sentence.passage]
    first = passage.sentences[0].index
    if ("only", first) not in reading.memo:
        before = reading.sentences[max(0, first - MOST_BEFORE) : first]
        before = [s for s in before if reading.passages[s.passage].heading == passage.heading]
        reading.memo["only", first] = _find_one(reading, before)
    return reading.memo["only", first]


def _find_one(reading, sentences):
    """Return the one country that some sentences name, twice or more; [] where several or none."""
    named = []
    for sentence in sentences:
        named += [code for m in find_mentions(reading, sentence) for code in m.iso3]
        if len(set(named)) > 1:
            return []
    return named[:1] if len(named) >= FEWEST else []


def _find_state(reading, sentence):
    """Return the country whose "army" or "interior ministry" a new paragraph speaks of."""
    if not STATE_BODY.search(sentence.text):
        return []
    heading = reading.passages[sentence.passage].heading
    for index in range(sentence.index - 1, max(-1, sentence.index - FARTHEST - 1), -1):
        earlier = reading.sentences[index]
        if reading.passages[earlier.passage].heading != heading:
            break
        codes = find_passed_on(reading, earlier)
        if codes:
            return codes if len(codes) == 1 else []
    return []


def _find_told(reading, sentence):
    """Return where the story of a dispatch stands: where it goes on, else where it is set."""
    home = find_dispatched(reading)
    first = reading.passages[sentence.passage].sentences[0]
    if home is None or not GOES_ON.match(first.text):
        return [home] if home else []
    for index in range(first.index - 1, -1, -1):
        earlier = reading.sentences[index]
        codes = find_passed_on(reading, earlier)
        if codes is not None:
            return codes
    return [home] if home else []


def _is_whose(text, quantity, place):
    """Return whether a place stands in a clause on the people counted: ", most of whom …"."""
    stop = RELATIVE_STOP.search(text, quantity.end)
    return (
        stop is not None and stop.end() <= place.start and ";" not in text[stop.end() : place.start]
    )


def find_planned(reading, sentence):
    """Return where the plan is for whose money a paragraph goes on.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence

    Returns
    -------
    list of str
        Empty where the sentence that says what the plan requires names no place.
    """
    for index in range(sentence.index - 1, max(-1, sentence.index - REACH - 1), -1):
        earlier = reading.sentences[index]
        if earlier.passage != sentence.passage:
            break
        if is_asked(earlier.text):
            return find_own_countries(reading, earlier) or []
    return []


def _find_running(reading, sentence, quantity, passage):
    """Return the countries of an earlier sentence where the paragraph or the speaker goes on."""
    is_taking = find_takers(reading, sentence)
    for index in range(sentence.index - 1, max(-1, sentence.index - REACH - 1), -1):
        earlier = reading.sentences[index]
        if earlier.passage != sentence.passage:
            is_same = index == sentence.index - 1 and earlier in find_speaking(
                reading, sentence, quantity
            )
            if not is_same or passage.kind != "paragraph":
                return None
        if index == sentence.index - 1 and ITS.match(sentence.text):
            actor = [p for p in get_places(reading, earlier) if is_subject(earlier.text, p)]
            is_abroad = actor and SENDS.match(earlier.text, actor[0].end)
            if actor and not is_abroad and FEARS.match(earlier.text, actor[0].end):
                return list(actor[0].iso3)
        fetched = find_fetched(reading, earlier) if is_taking else []
        if fetched:
            return fetched
        codes = find_passed_on(reading, earlier)
        if codes is not None and not is_taking:
            takers = find_takers(reading, earlier)
            codes = takers if len(takers) == 1 else codes
        if codes is not None:
            is_next = index == sentence.index - 1
            return codes if is_next else _find_topic(reading, passage) or codes
    return None


def _find_topic(reading, passage):
    """Return the country that a paragraph opens with as its subject ("Yemen. …")."""
    first = passage.sentences[0]
    opening = [p for p in get_places(reading, first) if p.start < TOPIC_START]
    is_subject = bool(opening) and TOPIC.match(first.text, opening[0].end)
    return collect_codes(opening[:1], ("place", "domestic")) if is_subject else []


def find_passed_on(reading, sentence):
    """Return the countries that a sentence hands on, found once.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence

    Returns
    -------
    list of str or None
        None where it hands on none.
    """
    key = ("passed on", sentence.index)
    if key not in reading.memo:
        reading.memo[key] = _settle_passed_on(reading, sentence)
    return reading.memo[key]


def _find_scene_before(reading, sentence):
    """Return what the sentences before in the same paragraph hand on, None where nothing."""
    for index in range(sentence.index - 1, max(-1, sentence.index - REACH - 1), -1):
        earlier = reading.sentences[index]
        if earlier.passage != sentence.passage:
            return None
        codes = find_passed_on(reading, earlier)
        if codes is not None:
            return codes
    return None


def _settle_passed_on(reading, sentence):
    """Return the countries of a sentence's last number, or its own."""
    is_of_states = STATES_ACT.match(sentence.text) and not get_places(reading, sentence)
    if is_of_states and not get_sources(reading, sentence):
        return []  # "The four countries set up a joint force in 2015."
    quantities = get_quantities(reading, sentence)
    counting = any(find_counting(reading, sentence, q) for q in quantities)
    if not counting and keeps_scene(reading, sentence):
        before = _find_scene_before(reading, sentence)
        before = before or _find_set(reading, reading.passages[sentence.passage], sentence)
        before = before or _find_standing(reading, sentence)
        if before:
            return before
    own = find_own_countries(reading, sentence)
    codes = _find_common(reading, sentence, quantities) if quantities else []
    beyond = [code for q in quantities for code in find_neighbour(reading, sentence, q)]
    codes = [code for code in codes if code not in beyond] or codes
    if not codes or not get_places(reading, sentence):
        away = find_passing_codes(reading, sentence) if own else set()
        lasting = [code for code in own or () if code not in find_fleeting(reading, sentence)]
        own = lasting or own
        own = None if own and away.issuperset(own) else own
        homes = find_home(reading, sentence) or find_local(reading, sentence)
        return own if own is not None else homes or codes or None
    fleeting = find_fleeting(reading, sentence)
    codes = [code for code in codes if code not in fleeting] or codes
    passing = find_passing_codes(reading, sentence)
    people = collect_codes(get_places(reading, sentence), ("people",))
    people += [code for q in quantities for code in find_force(reading, sentence, q)]
    settled = [code for code in codes if code not in passing and code not in people]
    return settled or [code for code in codes if code not in passing] or None


def _find_common(reading, sentence, quantities):
    """Return what the first and the last number of a sentence share, else the last one's."""
    codes = link_number(reading, sentence, quantities[-1])
    first = link_number(reading, sentence, quantities[0])
    return [code for code in codes if code in first] or codes
