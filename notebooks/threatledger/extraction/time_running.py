"""Find the time of a number whose statement or event runs on from an earlier sentence."""

import re

from threatledger.extraction.glance import read_forms
from threatledger.extraction.memos import get_quantities, list_earlier
from threatledger.extraction.moments import read_moment, write_span
from threatledger.extraction.naming import resolve_source
from threatledger.extraction.parts import is_included
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.periods import find_period
from threatledger.extraction.rows import may_have_cells
from threatledger.extraction.sources import get_sources
from threatledger.extraction.speakers import choose_source, find_speaking
from threatledger.extraction.subjects import PRONOUN
from threatledger.extraction.time_events import (
    DAY,
    EARLIER,
    find_also,
    find_day,
    find_event_day,
    find_main,
    find_since_before,
    find_since_event,
    write_time,
)
from threatledger.extraction.time_marks import COMPARING, OF_WHOM, PRESENT, SAME
from threatledger.extraction.time_roles import get_time_roles, get_times

LONGEST = 2000  # characters of a sentence in which those counted are looked for
SPEAKER_REACH = 3  # sentences that a speaker named again reaches back
FINDING = frozenset("found finds shows showed concluded established recorded counted".split())
RESULT = LateRegex(r"\bthe\s+(?:loss(?:es)?|damage|haul|loot|booty|theft|death\s+toll)\b")
RESULT_HINTS = frozenset("loss losses damage haul loot booty theft toll".split())
# Words without which none of the patterns of a running statement holds.
DAY_HINTS = frozenset(
    "dusk nightfall sunset evening midday noon dawn morning midnight afternoon"
    " day night later".split()
)
THEN_HINTS = frozenset(("then", "time"))
OF_HINTS = frozenset(("that", "this", "these", "those"))
THEN = LateRegex(r"(?<!since )(?<!Since )\b[Tt]hen\b|\b[Aa]t\s+(?:that|the)\s+time\b")
SAME_DAY = LateRegex(
    r"\b[Bb]y\s+(?:dusk|nightfall|sunset|evening|midday|noon|dawn|morning|midnight"
    r"|late\s+afternoon)\b"
    r"|\b(?:[Tt]hat|[Tt]he\s+same)\s+(?:day|night|morning|afternoon|evening)\b"
    r"|\b(?:[Hh]ours|[Mm]inutes)\s+later\b"
)
# A clock time without a day is of the day that is told of; hours that recur are of none.
CLOCK_HINTS = frozenset(("p", "a", "pm", "am", ":"))
CLOCK = LateRegex(
    r"(?<!every day )(?<!each day )\b(?:at|after|before|around)\s+"
    r"(?:about\s+|around\s+|roughly\s+)?\d\d?(?:[.:]\d\d)?\s?(?:[ap]\.?m\b|(?<=\d[.:]\d\d)\s?(?:local\b|GMT\b|hours\b|[,;.]|$))"
    r"(?!\.?\s+(?:every|each|daily|to|until|on|and\s+\d))",
    re.IGNORECASE,
)
THAT_PERIOD = LateRegex(
    r"\b(?:in|over|during|within|throughout|across)\s+(?:(?:that|this|the\s+same)\s+(?:period"
    r"|time|span|interval"
    r"|year|month|week|quarter|half|season|(?:six|three|nine|twelve)\s+months)"
    r"|the\s+(?:reporting\s+)?(?:period|quarter|season))\b(?!\s+(?:of|in|last|a\s+year|from|to"
    r"|under|before)\b)"
    r"|\bduring\s+the\s+(?:arrests?|raids?|operations?|attacks?|siege|battle|clash(?:es)?"
    r"|offensive|assault"
    r"|search(?:es)?|fighting|incident|riot|breakout|escape)\b"
    r"|\bin\s+(?:that|this|the\s+same)\s+(?:raid|operation|attack|battle|clash|assault"
    r"|incident|blast)\b",
    re.IGNORECASE,
)
SAME_PERIOD = LateRegex(
    r"\b(?:in|over|during|within)\s+the\s+same\s+(?:period|time|span)\b(?!\s+(?:of|in|last|a\s+year|under)\b)"
)
PERIOD_HINTS = frozenset(
    "period time span interval year month week quarter half season months arrest arrests raid raids"
    " operation operations attack attacks siege battle clash clashes offensive assault search"
    " searches fighting incident riot breakout escape blast".split()
)
OVER_IT = LateRegex(r"\w+\s+the\s+(?:reporting\s+)?(?:period|quarter)", re.IGNORECASE)
MONTH_HINTS = frozenset("month months year years weeks days".split())
SAME_MONTHS = LateRegex(
    r"\b(?:over|in|during|within)\s+(?:the\s+same|those|these)\s+(?:two|three|four|five|six|\d+)\s+"
    r"(?:months|years|weeks|days)\b",
    re.IGNORECASE,
)
THAT_MONTH = LateRegex(r"\bthat\s+(month|year)\b(?!['’])", re.IGNORECASE)
OF_THE = LateRegex(r"\s+of\s+(?:the|all)\b", re.IGNORECASE)
SAME_DATE = LateRegex(r"\b(?:on|at|by|as\s+of)\s+(?:the\s+same|that)\s+date\b", re.IGNORECASE)
THE_SHARE = LateRegex(
    r"^\W*(?:In\s+(?:the\s+)?[A-Z][\w'’ -]+?,?\s)?[Tt]he\s+(?:share|figure|proportion|average"
    r"|median|largest|smallest|biggest"
    r"|highest|lowest)\s+(?:was|were|came|stood|reached|amounted)\b"
)
SHARE_HINTS = frozenset(
    "share figure proportion average median largest smallest biggest highest lowest".split()
)
LED = LateRegex(r"\s+(?:led|were|was|went|came|ended|resulted|involved|concerned|died|fled|left)\b")
AT_THE_TIME = LateRegex(r"\bat\s+(?:that|the)\s+time\W*$", re.IGNORECASE)
OF_THAT = LateRegex(
    r"\b[Oo]f\s+(?:that|this|these|those)(?:\s+(?:figure|number|total|sum|amount))?\b(?!\s\w)"
)
OF_THEM = re.compile(
    r"\s+of\s+(?:them|these|those)\b(?!\s+(?:who|in|at|from|with)\b)", re.IGNORECASE
)
OF_THE_SUM = LateRegex(
    r"\s+of\s+(?:it\b(?!\s\w)"
    r"|the\s+(?:sum|total|amount|money|cash|whole|haul)\b(?!\s+(?:of|in|for|raised|held|number)\b))"
)
# "Two thirds of the recruits were …": a part of the recruits counted before
OF_THE_SAME = LateRegex(
    r"\s+of\s+(?:the|those|these)\s+(?P<noun>[a-z][a-z -]{2,40}?)\s+(?:were|was|had)\b"
)
TODAY = LateRegex(
    r"\b(?:have|has|had|is|are|now|still|again|later|\w{3,}ing|children|women|men)\b", re.IGNORECASE
)
OPENING_OF = re.compile(r"\W*[Oo]f\s[^,]*$")
IN_ASIDE = re.compile(r",\s+(?:where|which|who|whose)\b[^,]*$")
ARE = re.compile(r"\s+(?:[a-z]+\s+){0,2}(?:is|are)\s+(?!(?:dead|killed)\b)")
HAVE = LateRegex(r"\b(?:has|have|is|are)\b")


def find_running(reading, sentence, quantity, link):
    """Find the time that an earlier sentence gives a number of the same statement or event.

    Parameters
    ----------
    reading : Reading
        The text under reading.
    sentence : Sentence
        The sentence that holds the number.
    quantity : object
        With ``start`` and ``end``.
    link : callable
        Says as of when another number holds, as `link_time` does.

    Returns
    -------
    tuple of (str, str) or None
    """
    if not sentence.index or EARLIER.match(sentence.text):
        return None
    forms = read_forms(sentence.text)
    if "since" in forms:
        found = find_since_event(reading, sentence, quantity)
        if found:
            return found
    found = _find_after_table(reading, sentence, quantity, link)
    if found:
        return found
    if _is_of_same_day(sentence.text, forms):
        return find_day(reading, sentence)
    whole = _find_whole(reading, sentence, quantity)
    if whole is not None and PRESENT.match(sentence.text, quantity.end):
        return _find_speaking_time(reading, sentence, quantity, link)
    if whole is not None:
        return find_running(reading, sentence, whole, link)
    found = _find_in_passage(reading, sentence, quantity, link, forms)
    if not found and ARE.match(sentence.text, quantity.end) and get_sources(reading, sentence):
        found = _find_speaking_time(reading, sentence, quantity, link)
    return (
        found
        or find_event_day(reading, sentence, quantity, link)
        or _find_speaking_time(reading, sentence, quantity, link)
        or _find_named_again(reading, sentence, quantity)
    )


def _is_of_same_day(text, forms):
    """Return whether a sentence tells of the day that one before it names."""
    if not DAY_HINTS.isdisjoint(forms) and SAME_DAY.search(text):
        return True
    return not CLOCK_HINTS.isdisjoint(forms) and CLOCK.search(text) is not None


def _find_after_table(reading, sentence, quantity, link):
    """Return the time of the table right above, for what is said of the same people or day."""
    row = reading.sentences[sentence.index - 1]
    quantities = get_quantities(reading, row)
    if not quantities or row.passage == sentence.passage or not may_have_cells(row.text):
        return None
    is_share = getattr(quantity, "unit", None) == "percent"
    is_part = is_share and OF_THE.match(sentence.text, quantity.end)
    is_part = is_part or OF_THEM.match(sentence.text, quantity.end)
    if not is_part and not SAME_DATE.search(sentence.text):
        return None
    found = link(reading, row, quantities[-1])
    return found if found[0] else None


def _find_whole(reading, sentence, quantity):
    """Return the number that "…, of whom a third" is a part of."""
    if not OF_WHOM.search(sentence.text, max(0, quantity.start - 40), quantity.start):
        return None
    before = list_earlier(reading, sentence, quantity)
    return before[-1] if before else None


def _find_in_passage(reading, sentence, quantity, link, forms):
    """Return a time that the sentence before in the same passage passes on."""
    before = reading.sentences[sentence.index - 1]
    if before.passage != sentence.passage:
        return _find_same_period(reading, sentence, before, forms, link)
    text = sentence.text
    if not THEN_HINTS.isdisjoint(forms) and _is_then(text, quantity):
        return find_main(reading, before)
    if (not OF_HINTS.isdisjoint(forms) and OF_THAT.search(text)) or _is_of_them(text, quantity):
        return _link_main(reading, before, link)
    if _is_apart(text, quantity):
        return None
    if is_included(text) or _is_of_same(text, quantity, before):
        return _link_main(reading, before, link)
    found = _find_that_month(reading, text, before, forms)
    if found:
        return found
    running = None if PERIOD_HINTS.isdisjoint(forms) else THAT_PERIOD.search(text)
    if running:
        is_of_report = OVER_IT.match(running[0]) and find_period(reading)
        return find_period(reading) if is_of_report else find_main(reading, before)
    if _is_on_a_year_before(reading, sentence):
        return _find_base(reading, before)
    if not RESULT_HINTS.isdisjoint(forms) and RESULT.search(text, 0, quantity.start):
        return find_main(reading, before)
    is_share = not SHARE_HINTS.isdisjoint(forms) and THE_SHARE.search(text, 0, quantity.start)
    if is_share or _is_led_by_share(text, quantity):
        return _link_main(reading, before, link)
    return find_since_before(reading, sentence, before) or find_also(reading, sentence)


def _find_same_period(reading, sentence, before, forms, link):
    """Return the time that "in the same period" takes up from the paragraph before."""
    kinds = [reading.passages[s.passage].kind for s in (before, sentence)]
    if kinds != ["paragraph", "paragraph"] or "same" not in forms:
        return None
    return _link_main(reading, before, link) if SAME_PERIOD.search(sentence.text) else None


def _is_led_by_share(text, quantity):
    """Return whether a sentence begins with a share of what was counted: "One in ten led to …"."""
    is_share = getattr(quantity, "unit", None) == "percent"
    opening = text[: quantity.start].strip()
    return is_share and opening.count(" ") < 2 and LED.match(text, quantity.end) is not None


def _find_that_month(reading, text, before, forms):
    """Return the month of "that month", the first to the last of "over the same two months"."""
    if MONTH_HINTS.isdisjoint(forms):
        return None
    same, that = SAME_MONTHS.search(text), THAT_MONTH.search(text)
    times = get_times(reading, before) if same or that else ()
    if same and len(times) > 1:
        ends = [read_moment(times[i].value.split("/")[i]) for i in (0, -1)]
        if ends[0] and ends[0] <= ends[1] and len(ends[0]) == len(ends[1]):
            return write_span(*ends), before.text[times[0].start : times[-1].end]
    size = len("2021-07") if that and that[1] == "month" else len("2021")
    fitting = [m for m in times if len(m.value) == size] if that else ()
    return write_time(before, fitting[-1]) if fitting else None


def _is_apart(text, quantity):
    """Return whether a number stands outside of what a sentence says of an earlier time.

    "Of the twelve States that replied, …"; ", where farmers have signed three truces, …"
    """
    before = text[: quantity.start]
    if OPENING_OF.match(before) and "," in text[quantity.end :]:
        return True
    aside = IN_ASIDE.search(before)
    return bool(aside) and "," in text[quantity.end :] and bool(HAVE.search(aside[0]))


def _is_then(text, quantity):
    """Return whether a number is of the time that the sentence before speaks of."""
    return bool(THEN.search(text, 0, quantity.start) or AT_THE_TIME.search(text))


def _is_on_a_year_before(reading, sentence):
    """Return whether a number is set against "the same months of 2021", so of those before."""
    return any(
        m.kind != "relative" and SAME.match(sentence.text, m.start)
        for m in get_times(reading, sentence)
    )


def _is_of_them(text, quantity):
    """Return whether a number is a part of what was counted before, and not one of today."""
    is_share = getattr(quantity, "unit", None) == "percent"
    if is_share and OF_THE_SUM.match(text, quantity.end):
        return not TODAY.search(text)
    return bool(OF_THEM.match(text, quantity.end)) and not TODAY.search(text)


def _is_of_same(text, quantity, before):
    """Return whether a share is of those that the sentence before counted, in the past tense."""
    if getattr(quantity, "unit", None) != "percent":
        return False
    part = OF_THE_SAME.match(text, quantity.end)
    return bool(part) and part["noun"] in " ".join(before.text[:LONGEST].split())


def _find_base(reading, before):
    """Return the time that "the same period of 2021" takes up: no day beside a period."""
    found, period = find_main(reading, before), find_period(reading)
    return None if period and found and DAY.fullmatch(found[0]) else found


def _link_main(reading, sentence, link):
    """Return the time of the last number that is not only compared with, else of a mention."""
    quantities = get_quantities(reading, sentence)
    if not quantities:
        return find_main(reading, sentence)
    main = [q for q in quantities if not COMPARING.search(sentence.text, 0, q.start)]
    found = link(reading, sentence, (main or quantities)[-1])
    return found if found[0] else None


def _find_speaking_time(reading, sentence, quantity, link):
    """Return when the speaker of a running statement said it, as an earlier sentence tells."""
    if "“" in sentence.text[2 : quantity.start] and not get_sources(reading, sentence):
        return None  # the words before the quotation say who speaks
    for earlier in find_speaking(reading, sentence, quantity):
        for mention, role in get_time_roles(reading, earlier):
            if role in ("said", "document"):
                return write_time(earlier, mention)
        if _goes_on_counting(reading, sentence, quantity, earlier):
            found = _link_main(reading, earlier, link)
            return found if found and "/" not in found[0] else None
    return None


def _goes_on_counting(reading, sentence, quantity, earlier):
    """Return whether both sentences tell what the same body counted: "…, it found"."""
    source = choose_source(reading, sentence, quantity)
    kinds = ("count", "act")
    is_count = source is None or source.kind in kinds or source.cue in FINDING
    return is_count and any(s.kind in kinds for s in get_sources(reading, earlier))


def _find_named_again(reading, sentence, quantity):
    """Return when somebody spoke who is named again: "…, Ancheta said"."""
    source = choose_source(reading, sentence, quantity)
    if source is None or not source.phrase or PRONOUN.match(source.phrase.strip()):
        return None
    if len(source.phrase.split()) > 1 or not source.phrase.strip()[:1].isupper():
        return None
    name = resolve_source(reading, sentence, source)
    for index in range(sentence.index - 1, max(-1, sentence.index - SPEAKER_REACH - 1), -1):
        earlier = reading.sentences[index]
        sources = get_sources(reading, earlier)
        if earlier.passage != sentence.passage:
            return None
        if sources and name not in [resolve_source(reading, earlier, s) for s in sources]:
            return None
        for mention, role in get_time_roles(reading, earlier) if sources else ():
            if role == "said":
                return write_time(earlier, mention)
    return None
