"""Tell what part each place plays in its sentence: where, whose, or only who speaks."""

import re
from dataclasses import dataclass

from threatledger.extraction.currencies import find_user
from threatledger.extraction.gazetteer import find_places
from threatledger.extraction.glance import read_forms
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.place_speakers import is_in_speaker
from threatledger.extraction.sources import get_sources

PEOPLE_KINDS = frozenset(("adjective", "people"))
TOPIC_START = 5  # characters before a country that is a sentence's subject ("The ")
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
DOMESTIC = LateRegex(
    rf"{WORDS_BETWEEN}(?:police|authorities|governments?|courts?|prosecut(?:ors?|ions?)|convictions|tribunals?|banks?|judges?|customs|ministry|ministers?|cabinet|senate"
    r"|security\s+(?:forces|services)|gendarmerie|parliament|central\s+bank|investigators?|detectives?"
    r"|agents?|inspectors?|lawmakers?|magistrates?|attorneys|commissioners?|border\s+guards|coast\s*guard"
    r"|officers?|officials?|bankers?|intelligence|regulators?|treasury)\b",
    re.IGNORECASE,
)
ABROAD = LateRegex(
    rf"{WORDS_BETWEEN}(?:jets?|air\s?strikes?|strikes|drones?|warplanes?|aircraft|helicopters?|troops"
    r"|soldiers|forces?|military|army|navy|marines|raids?|contractors|air\s+force|special\s+forces"
    r"|artillery|shells|shelling|bombardment|bombing|incursion|offensive|gunfire|missiles|rockets|bombers|gunners|commandos|battalions?|brigades?|mission|diplomats?|envoys?|ambassador)\b",
    re.IGNORECASE,
)
NEAR_BORDER = LateRegex(r"\b(?:near|towards?|to|along|on|at)\s+the\s+$", re.IGNORECASE)
BORDER = LateRegex(r"\s+(?:border|frontier)\b", re.IGNORECASE)
GROUND = LateRegex(
    r"\s+(?:(?!(?:in|at|inside|near|for|and|or|are|were)\s)[a-z-]+\s+)?(?:forests?|territory|soil|side|provinces?|cit(?:y|ies)|towns?|deserts?|coast"
    r"|mountains?|capital|north|south|east|west|countryside|camps?|prisons?|jails?|villages?"
    r"|districts?|islands?|waters|airspace|markets?|branch|affiliate)\b"
)
BORDER_WITH = LateRegex(r"\b(?:border|frontier|borders)\s+(?:with\s+)?$|\bbordering\s+$", re.I)
BORDER_ENDS = ("border", "frontier", "borders", "bordering", "with")
# Places inside the names of media and institutes: "Radio Tunis", "Sahel Times".
NAME_BEFORE = LateRegex(
    r"\b(?:Radio|Télé|TV|Voice\s+of(?:\s+the)?|Agence|University\s+of|(?<!Central\s)Bank\s+of)\s+$"
)
NAME_ENDS = ("Radio", "Télé", "TV", "Agence", "of", "the")
NAME_AFTER = re.compile(
    r"\s+(?:TV|Television|Radio|Times|Post|News|Herald|Tribune|Telegraph|Today|Press|Dispatch|Daily"
    r"|Newsroom|University|Institute|Briefing|Desk|Programme|Hub|Observatory|Gazette|Monitor|Forum"
    r"|Initiative|Process|Declaration|Summit|Format|Pact|Platform|Roadmap|Compact)\b"
)
# "X, a firm in Tel Aviv": where a body sits, not where anything happened.
SEAT = LateRegex(
    r",\s+(?:an?|the)\s+(?:[\w'’-]+\s+){0,3}?(?:firm|company|companies|institute|think[\s-]tank|charity"
    r"|consultancy|university|newspaper|magazine|agency|monitor|group|network|bureau|centre|center"
    r"|lawyer|analyst|researcher|expert|academic|professor|scholar)\s+(?:based\s+)?(?:in|at|from)\s+"
    r"(?:[A-Z][\w'’-]*,?\s+){0,2}$"
)
SEATED = re.compile(  # "a London firm"
    r"\s(?:[a-z]+\s){0,2}?(?:firm|consultancy|think[\s-]tank|institute|newspaper|university|magazine|analyst|researcher"
    r"|lawyer|economist|professor|academic|expert|scholar|historian|sociologist|consultant)\b"
)
CHIEFLY = LateRegex(
    r",\s+(?:chiefly|mainly|mostly|largely)\s+(?:[\w'’-]+\s+(?:and\s+|or\s+)?){0,3}$"
)
# "a militia of Ugandan origin": where a group began, not where it is.
# "told reporters in Stuttgart last week that": where it was said.
SAID_IN = LateRegex(
    r"\b(?:told|speaking|spoke|briefed|testified|addressed)\s+(?:to\s+)?"
    r"(?:(?:reporters|journalists|an?|the|news|conference|press|parliament|lawmakers|partners|meeting|council|forum"
    r"|briefing|state|television|radio|seminar|panel|audience)\s+){0,4}(?:in|at|from)\s+(?:the\s+)?$"
    r"|\b(?:I|we)\s+(?:met|interviewed|reached|visited)\s+(?:[a-z]+\s+){0,2}(?:in|at)\s+$"
    r"|\b(?:published|released|launched|presented|unveiled)\s+(?:(?:on\s\w+day|(?:last|this)\s\w+|yesterday|today)\s+)?in\s+(?:the\s+)?$"
    r"|\b(?:talks|negotiations|summit|conference|forum)\s+(?:[a-z]+\s+)?in\s+(?:the\s+)?$"
    r"|\bsaid\s+(?:at|in|during)\s+(?:an?|the)\s+(?:[a-z]+\s+){1,4}?in\s+$"
)
SAID = LateRegex(r"\b(?:said|says|declared|announced)\s+in\s+$")
SAID_ENDS = ("in", "at", "from", "the")
THAT = LateRegex(r"\s+(?:on\s+\w+day\s+|(?:late\s+)?last\s+\w+\s+|yesterday\s+)?that\b")
# "Dubai Street in Sirte" is in Sirte.
STREET = LateRegex(
    r"\s+(?:[Ss]treet|[Rr]oad|[Aa]venue|[Bb]oulevard|[Hh]otel|[Cc]afé|[Rr]estaurant|[Cc]onference\s+(?:centre|center|hall)"
    r"|[Hh]all|[Ss]quare|[Gg]ate|[Cc]inema|[Pp]lan|[Pp]rocess|[Aa]greement|[Cc]onvention|[Pp]rotocol|[Aa]ccords?)\b"
)
# "the Giza Bahriya district": a name of its own.
QUARTER = LateRegex(
    r"\s(?!Al-|El-)[A-Z][a-z]+\s(?:district|quarter|neighbou?rhood|suburb|hospital)\b"
)
# "air strikes by Russia"
STRUCK_BY = LateRegex(
    r"\b(?:strikes?|raids?|attacks?|shelling|bombing|bombardment|operations?|forces|troops|conducted|launched"
    r"|carried\sout)\sby\s(?:the\s)?$"
)
STRIKES = re.compile(
    r"\s(?:air\s?|drone\s|missile\s)?(?:strikes?|raids?|forces|troops|soldiers|jets)\b"
)
# "the most active branch outside Iraq and Syria"
EXCEPT = re.compile(
    r"\b(?:(?:road|highway|route|border|flights?|bus(?:es)?|boats?|planes?|trains?|ships?)\s(?:to|towards)|outside|except|apart\sfrom|other\sthan|unlike)\s(?:[A-Z]\w+,?\s(?:and\s|or\s)?){0,2}$"
)
CITIZENS_OF = re.compile(r"\b(?:citizens?|nationals?|natives?)\sof\s(?:the\s)?$")
# "the Khorasan branch": a region in the name of a group.
BRANCH = LateRegex(
    r"\s(?:branch|chapter|affiliate|wing|province|franchise|arm|group|faction|network|cell)\b",
    re.IGNORECASE,
)
# "Washington blacklisted four men": a government at work on others.
GOVERNS = re.compile(
    r"\s+(?:has\s+|have\s+|had\s+)?(?:blacklisted|sanctioned|designated|imposed|condemned)\b"
)
GIVES = re.compile(r"\s+(?:has\s+|have\s+|had\s+)?(?:offered|pledged|donated)\b")
VIEWS = LateRegex(
    r"\s(?:has\s|had\s)?(?:blames?d?|calls?|called|considers?|considered|regards?|regarded|accuses?d?|lists?|listed|wants?|wanted"
    r"|labels|labelled|brands|branded|sees|saw|backs|backed|supports|supported|designates?d?)\b"
)
# With nothing that is blamed behind it: "said that Jakarta had detained 376" tells what it did.
DOES = LateRegex(
    r"\s(?:has\s|had\s)?(?!is\b|was\b|has\b|had\b|lies\b)[a-z]+(?:s|ed)\b"
    r"(?=\s*(?:[,.;:)”]|$)|\s(?:for|as|in|of|on|with|to|and|since|from|at|after|is|are|was|were|has"
    r"|have|had|may|will|can)\b)"
)
PART_RELATIVES = ("of which ", "in which ", "of whom ")
RELATIVES = ("that ", "which ", "whom ", "who ")
DESIGNATED_BY = LateRegex(
    r"\b(?:designated|sanctioned|blacklisted|listed|wanted|sought|accused|condemned|backed|supported|brokered|mediated|convened|led|commanded)"
    r"\sby\s(?:the\s)?$"
)
# "the number of French soldiers in the Sahel" counts them.
NUMBER_OF = LateRegex(
    r"\b(?:number|total|strength|contingent|force|presence|deployment|toll)\s+of\s+(?:[a-z-]+\s+)?$|\bmore\s+$"
)
# "some 3,000 Rwandan troops": of Rwanda too, wherever they are; "29 US strikes" are not.
COUNTED = LateRegex(
    r"(?:\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|thousands?|more|many)(?:\s+of)?)\s+$"
)
MEN = LateRegex(
    r"\s+(?:[a-z]+\s+)?(?:troops|soldiers|marines|forces|commandos|contractors|diplomats|pilots|engineers"
    r"|drones|helicopters|jets|aircraft|tanks|instructors)\b"
)
NUMBER_SO = LateRegex(r"\s+(?:[\w-]+\s+){0,4}?(?:number|numbered|total|totalled|stand\s+at)\b")
ORIGIN = LateRegex(r"\s+(?:origins?|roots|descent|extraction|background|heritage|inspiration)\b")
GROUP_OF = LateRegex(
    r"\b(?:group|militia|faction|network|movement|organi[sz]ation|sect|army|cell|band|gang)"
    r"\s+(?:of|with)\s+(?:[\w-]+\s+)?$"
)
TOWNS = frozenset(("city", "province"))
GIVEN = LateRegex(
    r"(?<![^\W\d_])(?!(?:In|At|On|The|From|Near|North|South|East|West|Northern|Southern|Eastern|Western|Central|Upper|Lower"
    r"|Greater|New|Old|Camp|Lake|Mount|Port|Saint|Operation|Outside|Around|Since|After|Across|Inside|And|But|If|When|While|As|For"
    r"|To|Of|By|With|Until|Before|[A-Z][a-z]+day)\b)[A-Z][a-z'’-]+\s$"
)
PERSON_AFTER = LateRegex(
    r",\s(?:an?|the|who|whose|head|director|\d\d)\b|\s(?:said|says|told|believes?|puts?|adds|added|estimates?|thinks|wrote|writes)\b"
)
NATIONAL = re.compile(r"['’]s?\s", re.IGNORECASE)
RANKS = LateRegex(
    r"\s(?:active\s|armed\s|core\s)?(?:fighters|men|members|combatants|militants|troops|gunmen|leaders|commanders|adherents)\b"
)
DATELINE = re.compile(
    r"[^a-z]{0,40}(?:[A-Z][^()\n–—]{0,60})?\([^()\n]{2,40}\)\s*(?:[-–—]|\d{1,2}\s[A-Z][a-z]{2,8}\.)\s"
    r"|[A-Z][A-Z .'’-]{2,}(?:,[^–—\n]{0,40})?\s[–—-]\s"
    r"|[A-Z][A-Z .'’/-]{2,}:\s(?=[A-Z“\"])"
)
ASIDE = LateRegex(
    r",\s*(?:(?:through|in|of|by|for|to)\s+)?(?:which|who|where|whose|whom)\b(?:[^,;]|,(?=\d))*,"
)
ASIDE_HINTS = frozenset("which who where whose whom".split())
LANGUAGE_BEFORE = LateRegex(r"\bin(?:\s[A-Z][a-z]+(?:,|\s+and|\s+or))*\s+$")
# "appeals in Tajik and Russian": what is written or said
SPOKEN = LateRegex(
    r"\b(?i:appeals?|propaganda|videos?|channels?|messages?|statements?|posts?|output|material|articles?|magazines?"
    r"|sermons?|leaflets?|pages?|content|translations?|issued|published|appear(?:s|ed)?|broadcasts?|written)\s"
    r"(?:[a-z]+\s)?in(?:\s[A-Z][a-z]+(?:,|\sand|\sor))*\s+$"
)
LANGUAGE_AFTER = LateRegex(
    r"(?:(?:,|\s+and|\s+or)\s[A-Z][a-z]+)*\s*"
    r"(?:[,.;:)]|$|(?:has|have|had|is|are|was|were|grew|rose|fell|took|brought|came|drew|made|won|reached|persists?"
    r"|can|could|may|might|will|to|for|from|on|by|at|since|during|after|before|with|that|which|(?!occupied|controlled)[a-z]+ed)\b)"
)


# What stands between a town and its country: "Hama, in northern Syria"; lists go on.
WITHIN = LateRegex(
    r"(?:\s(?:town|city|camp|district|province|region|area))?(?:,\s(?:in\s)?|\sin\s)"
    r"(?:(?:north|south|east|west|central|upper|lower)[a-z-]*\s)?"
)
LIST_GOES_ON = LateRegex(r",?\s(?:and|or|to)\s|,\s[A-Z]")


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
        mentions = find_mentions(reading, sentence)
        for i, mention in enumerate(mentions):
            role = _find_role(reading, sentence, mention)
            if role:
                codes = _find_codes(sentence.text, mention, mentions[i + 1 : i + 2])
                settings.append(Setting(mention.start, mention.end, codes, mention.kind, role))
    return settings


def _find_codes(text, mention, following):
    """Return the countries of a place, settled by the country behind it: "Hama in Iraq"."""
    for country in following:
        is_within = country.kind == "country" and mention.kind not in ("country", "region")
        is_name = is_within and mention.kind not in PEOPLE_KINDS
        if is_name and WITHIN.fullmatch(text, mention.end, country.start):
            is_list = text.startswith(",", mention.end) and LIST_GOES_ON.match(text, country.end)
            return mention.iso3 if is_list else country.iso3
    return mention.iso3


def find_mentions(reading, sentence):
    """Return the places that a sentence names, as `find_places` finds them, found once.

    Of several places of a name the one in the country spoken of is meant: Tripoli in Lebanon.
    """
    key = ("place mentions", sentence.index)
    found = reading.memo.get(key)
    if found is None:
        found = reading.memo[key] = find_places(sentence.text, reading.codebook)
        for mention in found:
            if mention.rivals:
                mention.iso3 = _settle_town(reading, sentence, mention, found)
    return found


def _settle_town(reading, sentence, mention, found):
    """Return the country, of those with a place of the name, that is named last before it."""
    shared = frozenset((*mention.iso3, *mention.rivals))
    named = [p for p in found if p.end <= mention.start and not p.rivals]
    user = next((code for p in reversed(named) for code in p.iso3 if code in shared), None)
    user = user or find_user(reading, sentence, shared)
    return (user,) if user else mention.iso3


def collect_codes(settings, roles):
    """Return the country codes of the settings with these roles, once each, in order."""
    if not settings:
        return []
    codes = [code for setting in settings if setting.role in roles for code in setting.iso3]
    return list(dict.fromkeys(codes))


def is_subject(text, place):
    """Return whether a country opens its sentence: "Rwanda lost 11 men there".

    Parameters
    ----------
    text : str
        The sentence.
    place : Setting
        One of its places.

    Returns
    -------
    bool
    """
    is_first = place.start < TOPIC_START and place.kind == "country"
    return is_first and text[: place.start].strip(' “"') in ("", "The")


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
        or (mention.kind == "city" and QUARTER.match(text, mention.end))
        or (mention.kind in TOWNS and _is_surname(text, mention, before))
    ):
        return ""
    if opening.endswith(SAID_ENDS) and (
        SAID_IN.search(before) or (SAID.search(before) and THAT.match(text, mention.end))
    ):
        return "seat"
    opening = text.rfind("\n\n", 0, mention.start) + 1 or 0
    if mention.start - opening < 60 and not _is_heading(reading, sentence):
        dateline = DATELINE.match(text, opening + 1 if opening else 0)
        if dateline and mention.end <= dateline.end():
            return "dateline"
    if ("," in before and SEAT.search(before)) or SEATED.match(text, mention.end):
        return "seat"
    if any(
        is_in_speaker(text, s, mention, reading.codebook) for s in get_sources(reading, sentence)
    ):
        return "speaker"
    if not mention.iso3:
        is_name = mention.kind == "adjective" or BRANCH.match(text, mention.end)
        return "" if is_name else "region"
    return _find_located_role(text, mention)


def _is_surname(text, mention, before):
    """Return whether a name is a person's: "said Yusuf Farah, a trader"."""
    return PERSON_AFTER.match(text, mention.end) is not None and GIVEN.search(before) is not None


def _is_heading(reading, sentence):
    """Return whether a sentence is a heading, which has no dateline: "CHAD – DAR ES SALAM"."""
    return reading.passages[sentence.passage].kind == "heading"


def _find_located_role(text, mention):
    """Return the role of a country's place outside any speaker."""
    if mention.kind not in PEOPLE_KINDS:
        return _find_named_role(text, mention)
    if ORIGIN.match(text, mention.end) and GROUP_OF.search(text[: mention.start][-40:]):
        return ""
    if BORDER.match(text, mention.end) and NEAR_BORDER.search(text[: mention.start][-12:]):
        return ""
    if mention.kind == "people" and CHIEFLY.search(text[: mention.start][-60:]):
        return ""
    is_plural = text[mention.end - 1] == "s"  # "takes in Iraqis"
    if (
        not is_plural
        and LANGUAGE_BEFORE.search(text[: mention.start][-40:])
        and (LANGUAGE_AFTER.match(text, mention.end) or SPOKEN.search(text[: mention.start][-60:]))
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


def _is_government(text, mention, before):
    """Return whether a name is a state's view of others: "the branch that Washington blames"."""
    if before.endswith(RELATIVES) and not before.endswith(PART_RELATIVES):
        is_doing = mention.kind == "city" and DOES.match(text, mention.end)
        return bool(is_doing or VIEWS.match(text, mention.end))
    return "by " in before and DESIGNATED_BY.search(before) is not None


def _find_named_role(text, mention):
    """Return the role of a country or town by its name, outside any speaker."""
    before = text[max(0, mention.start - 40) : mention.start]
    if CITIZENS_OF.search(before):
        return "people"
    gives = GIVES.match(text, mention.end) if mention.kind != "country" else None
    if gives or GOVERNS.match(text, mention.end) or _is_government(text, mention, before):
        return "seat"
    if BORDER.match(text, mention.end) and NEAR_BORDER.search(before):
        return ""
    if mention.kind != "country":
        return "place"
    if EXCEPT.search(before):
        return "seat"
    if STRUCK_BY.search(before) or STRIKES.match(text, mention.end):
        return "abroad"
    if NATIONAL.match(text, mention.end):
        if DOMESTIC.match(text, mention.end):
            return "domestic"
        return "abroad" if ABROAD.match(text, mention.end) else "place"
    return "place"
