"""Tell what part each place plays in its sentence: where, whose, or only who speaks."""

import re
from dataclasses import dataclass

from threatledger.extraction.gazetteer import find_places
from threatledger.extraction.glance import read_forms
from threatledger.extraction.phrases import clean_phrase, ends_with_head, find_head
from threatledger.extraction.sources import get_sources

PEOPLE_KINDS = frozenset(("adjective", "people"))
LOCATING = frozenset(("place", "people", "region"))
COMPOUND = re.compile(
    r"[-‐](?:backed|led|occupied|controlled|trained|allied|funded|supported|made|style|language|based"
    r"|speaking|born)\b"
)
CURRENCY = re.compile(
    r"\$|(?<=US)\s\$|\s+(?:dollars?|francs?|dinars?|pounds?|liras?|shillings?|pesos?|riyals?|rials?|rupees?"
    r"|rou?bles?|kron[aeo]r?|kroner|afghanis?|birr|naira|somoni|euros?|CFA|currency)\b",
    re.IGNORECASE,
)
WORDS_BETWEEN = r"(?:['’]s?)?(?:\s+and\s+[\w-]+(?:\s[\w-]+)?)?\s+(?:[\w-]+\s+){0,2}?"
DOMESTIC = re.compile(
    rf"{WORDS_BETWEEN}(?:police|authorities|governments?|courts?|prosecutors?|judges?|customs|ministry"
    r"|security\s+(?:forces|services)|gendarmerie|parliament|central\s+bank|investigators?|detectives?"
    r"|agents?|inspectors?|lawmakers?|magistrates?|attorneys|commissioners?|border\s+guards|coast\s*guard"
    r"|officers?|officials?|bankers?|intelligence|regulators?|treasury)\b",
    re.IGNORECASE,
)
ABROAD = re.compile(
    rf"{WORDS_BETWEEN}(?:jets?|air\s?strikes?|strikes|drones?|warplanes?|aircraft|helicopters?|troops"
    r"|soldiers|forces|military|army|navy|marines|raids?|contractors|air\s+force|special\s+forces"
    r"|artillery|shells|missiles|rockets|bombers|gunners|commandos|battalions?|brigades?|mission|diplomats?|envoys?|ambassador)\b",
    re.IGNORECASE,
)
NEAR_BORDER = re.compile(r"\b(?:near|towards?|to|along|on)\s+the\s+$", re.IGNORECASE)
BORDER = re.compile(r"\s+(?:border|frontier)\b", re.IGNORECASE)
GROUND = re.compile(
    r"\s+(?:(?!(?:in|at|inside|near|for|and|or|are|were)\s)[a-z-]+\s+)?(?:forests?|territory|soil|side|provinces?|cit(?:y|ies)|towns?|deserts?|coast"
    r"|mountains?|capital|north|south|east|west|countryside|camps?|prisons?|jails?|villages?"
    r"|districts?|islands?|waters|airspace|markets?|branch|affiliate)\b"
)
BORDER_WITH = re.compile(r"\b(?:border|frontier|borders)\s+(?:with\s+)?$|\bbordering\s+$", re.I)
BORDER_ENDS = ("border", "frontier", "borders", "bordering", "with")
# Places inside the names of media and institutes: "Radio Tunis", "Sahel Times".
NAME_BEFORE = re.compile(
    r"\b(?:Radio|Télé|TV|Voice\s+of(?:\s+the)?|Agence|University\s+of|Bank\s+of)\s+$"
)
NAME_ENDS = ("Radio", "Télé", "TV", "Agence", "of", "the")
NAME_AFTER = re.compile(
    r"\s+(?:TV|Television|Radio|Times|Post|News|Herald|Tribune|Telegraph|Today|Press|Dispatch|Daily"
    r"|Newsroom|University|Institute|Briefing|Desk|Programme|Hub|Observatory|Gazette|Monitor|Forum"
    r"|Initiative|Process|Declaration|Summit|Format|Pact|Platform|Roadmap|Compact)\b"
)
# "X, a firm in Tel Aviv": where a body sits, not where anything happened.
SEAT = re.compile(
    r",\s+(?:an?|the)\s+(?:[\w'’-]+\s+){0,3}?(?:firm|company|companies|institute|think[\s-]tank|charity"
    r"|consultancy|university|newspaper|magazine|agency|monitor|group|network|bureau|centre|center"
    r"|lawyer|analyst|researcher|expert|academic|professor|scholar)\s+(?:based\s+)?(?:in|at|from)\s+"
    r"(?:[A-Z][\w'’-]*,?\s+){0,2}$"
)
CHIEFLY = re.compile(
    r",\s+(?:chiefly|mainly|mostly|largely)\s+(?:[\w'’-]+\s+(?:and\s+|or\s+)?){0,3}$"
)
# "a militia of Ugandan origin": where a group began, not where it is.
# "told reporters in Stuttgart last week that": where it was said.
SAID_IN = re.compile(
    r"\b(?:told|speaking|spoke|briefed|testified|addressed)\s+(?:to\s+)?"
    r"(?:(?:reporters|journalists|an?|the|news|conference|press|parliament|lawmakers|partners|meeting|council|forum"
    r"|briefing|state|television|radio|seminar|panel|audience)\s+){0,4}(?:in|at|from)\s+(?:the\s+)?$"
    r"|\bsaid\s+(?:at|in|during)\s+(?:an?|the)\s+(?:[a-z]+\s+){1,4}?in\s+$"
)
SAID = re.compile(r"\b(?:said|says|declared|announced)\s+in\s+$")
SAID_ENDS = ("in", "at", "from", "the")
THAT = re.compile(r"\s+(?:on\s+\w+day\s+|(?:late\s+)?last\s+\w+\s+|yesterday\s+)?that\b")
# "Dubai Street in Sirte" is in Sirte.
STREET = re.compile(
    r"\s+(?:[Ss]treet|[Rr]oad|[Aa]venue|[Bb]oulevard|[Hh]otel|[Cc]afé|[Rr]estaurant|[Cc]onference\s+(?:centre|center|hall)"
    r"|[Hh]all|[Ss]quare|[Gg]ate|[Cc]inema|[Pp]lan|[Pp]rocess|[Aa]greement|[Cc]onvention|[Pp]rotocol|[Aa]ccords?)\b"
)
# "Washington blacklisted four men": a government at work on others.
GOVERNS = re.compile(
    r"\s+(?:has\s+|have\s+|had\s+)?(?:blacklisted|sanctioned|designated|imposed|offered|pledged|donated|condemned)\b"
)
# "the number of French soldiers in the Sahel" counts them.
NUMBER_OF = re.compile(
    r"\b(?:number|total|strength|contingent|force|presence|deployment|toll)\s+of\s+(?:[a-z-]+\s+)?$|\bmore\s+$"
)
# "some 3,000 Rwandan troops": of Rwanda too, wherever they are; "29 US strikes" are not.
COUNTED = re.compile(
    r"(?:\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|thousands?|more|many)(?:\s+of)?)\s+$"
)
MEN = re.compile(
    r"\s+(?:[a-z]+\s+)?(?:troops|soldiers|marines|forces|commandos|contractors|diplomats|pilots|engineers"
    r"|drones|helicopters|jets|aircraft|tanks|instructors)\b"
)
NUMBER_SO = re.compile(r"\s+(?:[\w-]+\s+){0,4}?(?:number|numbered|total|totalled|stand\s+at)\b")
# People who tell of the place where they live and work.
LOCALS = re.compile(
    r"(?:the\s+|an?\s+|some\s+|several\s+)?(?:[a-z]+\s+)?(?:farmers?|traders?|dealers?|residents?|villagers?|shopkeepers?"
    r"|smugglers?|herders?|fishermen|fisherman|survivors?|witness(?:es)?|elders?|inmates?|merchants?|drivers?"
    r"|shop\s+owners?|locals|townspeople|neighbours)(?:$|\s+(?:in|at|from|near|around)\s)",
    re.IGNORECASE,
)
ORIGIN = re.compile(r"\s+(?:origins?|roots|descent|extraction|background|heritage|inspiration)\b")
GROUP_OF = re.compile(
    r"\b(?:group|militia|faction|network|movement|organi[sz]ation|sect|army|cell|band|gang)"
    r"\s+(?:of|with)\s+(?:[\w-]+\s+)?$"
)
NATIONAL = re.compile(r"['’]s?\s", re.IGNORECASE)
DATELINE = re.compile(
    r"[^a-z]{0,40}(?:[A-Z][^()\n–—]{0,60})?\([^()\n]{2,40}\)\s*(?:[-–—]|\d{1,2}\s[A-Z][a-z]{2,8}\.)\s"
    r"|[A-Z][A-Z .'’-]{2,}(?:,[^–—\n]{0,40})?\s[–—-]\s"
    r"|[A-Z][A-Z .'’/-]{2,}:\s(?=[A-Z“\"])"
)
ASIDE = re.compile(
    r",\s*(?:(?:through|in|of|by|for|to)\s+)?(?:which|who|where|whose|whom)\b(?:[^,;]|,(?=\d))*,"
)
ASIDE_HINTS = frozenset("which who where whose whom".split())
LANGUAGE_BEFORE = re.compile(r"\bin(?:\s[A-Z][a-z]+(?:,|\s+and|\s+or))*\s+$")
LANGUAGE_AFTER = re.compile(
    r"(?:(?:,|\s+and|\s+or)\s[A-Z][a-z]+)*\s*"
    r"(?:[,.;:)]|$|(?:has|have|is|are|was|were|continued|grew|rose|fell|appeared|persists?)\b)"
)


@dataclass(slots=True)
class Setting:
    """A place in a sentence; offsets are into the sentence's text."""

    start: int
    end: int
    iso3: tuple[str, ...]
    kind: str  # as PlaceMention
    role: str  # place, people, region, speaker, seat, domestic, abroad, dateline


def get_places(reading, sentence):
    """Return the places of a sentence with the part each plays, found once.

    Parameters
    ----------
    reading : Reading
        The text under reading.
    sentence : Sentence
        One of its sentences.

    Returns
    -------
    list of Setting
        ``role`` is ``place`` (where), ``people`` (whose, by adjective or people), ``region``
        (several countries), ``speaker`` (inside the words for who says it), ``seat`` (of a firm or
        expert), ``domestic``
        ("Turkish police": acts at home), ``abroad`` ("US jets": may act anywhere) or
        ``dateline``. Currencies and compounds ("US-backed") are left out.
    """
    key = ("places", sentence.index)
    settings = reading.memo.get(key)
    if settings is None:
        settings = reading.memo[key] = []
        for mention in find_mentions(reading, sentence):
            role = _find_role(reading, sentence, mention)
            if role:
                settings.append(
                    Setting(mention.start, mention.end, mention.iso3, mention.kind, role)
                )
    return settings


def find_mentions(reading, sentence):
    """Return the places that a sentence names, as `find_places` finds them, found once."""
    key = ("place mentions", sentence.index)
    found = reading.memo.get(key)
    if found is None:
        found = reading.memo[key] = find_places(sentence.text, reading.codebook)
    return found


def collect_codes(settings, roles):
    """Return the country codes of the settings with these roles, once each, in order."""
    if not settings:
        return []
    codes = [code for setting in settings if setting.role in roles for code in setting.iso3]
    return list(dict.fromkeys(codes))


def find_asides(text):
    """Return the spans of the clauses between commas that begin with "which", "who" and so on."""
    if "," not in text or ASIDE_HINTS.isdisjoint(read_forms(text)):
        return []
    return [match.span() for match in ASIDE.finditer(text)]


def _find_role(reading, sentence, mention):
    """Return the role of a place, empty where it only lends its name to something."""
    text = sentence.text
    if COMPOUND.match(text, mention.end) or CURRENCY.match(text, mention.end):
        return ""
    before = text[max(0, mention.start - 60) : mention.start]
    opening = before.rstrip()
    if (
        (opening.lower().endswith(BORDER_ENDS) and BORDER_WITH.search(before))
        or (opening.endswith(NAME_ENDS) and NAME_BEFORE.search(before))
        or NAME_AFTER.match(text, mention.end)
        or (mention.kind == "city" and STREET.match(text, mention.end))
    ):
        return ""
    if opening.endswith(SAID_ENDS) and (
        SAID_IN.search(before) or (SAID.search(before) and THAT.match(text, mention.end))
    ):
        return "seat"
    opening = text.rfind("\n\n", 0, mention.start) + 1 or 0
    if mention.start - opening < 60:
        dateline = DATELINE.match(text, opening + 1 if opening else 0)
        if dateline and mention.end <= dateline.end():
            return "dateline"
    if any(
        _is_in_speaker(text, s, mention, reading.codebook) for s in get_sources(reading, sentence)
    ):
        return "speaker"
    if "," in before and SEAT.search(before):
        return "seat"
    if not mention.iso3:
        return "" if mention.kind == "adjective" else "region"
    return _find_located_role(text, mention)


def _find_located_role(text, mention):
    """Return the role of a country's place outside any speaker."""
    if mention.kind not in PEOPLE_KINDS:
        if GOVERNS.match(text, mention.end):
            return "seat"
        is_owner = NATIONAL.match(text, mention.end) and mention.kind == "country"
        return "domestic" if is_owner and DOMESTIC.match(text, mention.end) else "place"
    if ORIGIN.match(text, mention.end) and GROUP_OF.search(text[: mention.start][-40:]):
        return ""
    if BORDER.match(text, mention.end) and NEAR_BORDER.search(text[: mention.start][-12:]):
        return ""
    if mention.kind == "people" and CHIEFLY.search(text[: mention.start][-60:]):
        return ""
    if LANGUAGE_BEFORE.search(text[: mention.start][-40:]) and LANGUAGE_AFTER.match(
        text, mention.end
    ):
        return ""
    # "French" and "Congolese" are peoples and adjectives in one.
    if DOMESTIC.match(text, mention.end):
        return "domestic"
    if ABROAD.match(text, mention.end):
        before = text[: mention.start][-40:]
        men = MEN.match(text, mention.end)
        is_counted = men and (COUNTED.search(before) or NUMBER_SO.match(text, men.end()))
        return "people" if is_counted or NUMBER_OF.search(before) else "abroad"
    if GROUND.match(text, mention.end):
        return "place"
    return "people"


def _is_in_speaker(text, source, mention, codebook):
    """Return whether a place stands in the words for a speaker, appositions included."""
    is_command = source.place == "after" and not text[: source.cue_start].strip()  # "Consider X."
    if source.kind == "act" or not source.phrase or is_command or LOCALS.match(source.phrase):
        return False
    if source.start <= mention.start < source.end:
        # A report on Iraq is about Iraq; a British report is only by somebody.
        is_document = find_head(clean_phrase(source.phrase), codebook)[1] == "document"
        return not is_document or mention.kind == "adjective"
    if source.place == "phrase":
        return False
    if source.end <= mention.start < source.cue_start and text[source.end : source.end + 1] == ",":
        return True
    return _is_apposed(text, source, mention, codebook)


def _is_apposed(text, source, mention, codebook):
    """Return whether a place stands in "A member of parliament in X, NAME, said"."""
    opening = text[: source.start].rstrip()
    if source.place != "before" or mention.start >= source.start or not opening.endswith(","):
        return False
    phrase = clean_phrase(opening)
    head, kind = find_head(phrase, codebook)
    return kind == "person" and "," not in phrase and ends_with_head(phrase, head)
