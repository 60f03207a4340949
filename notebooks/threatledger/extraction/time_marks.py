"""The words that part or join the clauses of a sentence, for the times in it."""

import re

from threatledger.extraction.patterns import LateRegex

# What sets a number against another one, so that a time on one side is not for the other.
CONTRAST = LateRegex(
    r"\b(?:compared\s+(?:with|to)|in\s+comparison\s+with|versus|up\s+from|down\s+from"
    r"|as\s+opposed\s+to"
    r"|whereas|than\s+(?:in|for|during|at|on|the|a\s+year|last)"
    r"|(?:twice|half|times|just|nearly|almost|quite)\s+as\s+\w+\s+as"
    r"|(?:below|above|than|under|over)\s+(?:its|their|the)\s+(?:level|figure|number|total"
    r"|average|peak"
    r"|rate))\b|;|(?:,|\bas)\s+(?:against|after)\b",
    re.IGNORECASE,
)
# What stands between such words and a number or a time that only compares.
COMPARING = LateRegex(
    r"(?:\b(?:compared\s+(?:with|to)|against|versus|up\s+from|down\s+from"
    r"|(?<!more\s)(?<!less\s)(?<!fewer\s)than|unlike)\b|,\s+from\b)[^,;.]{0,60}$",
    re.IGNORECASE,
)
CONTRAST_PARTS = (  # in lower case; where none stands, no contrast does
    "compar versus from opposed whereas than as below above under over against after ;".split()
)
AGAINST = LateRegex(r"\bagainst\s+(?:[\w-]+\s+){0,4}$", re.IGNORECASE)
NEW_CLAUSE = re.compile(
    r",\s+(?:and|but|while|though|although|yet|so)\s+(?=\w)(?!\d|about|some|up\b|over|more"
    r"|at\s|as\s|another"
    r"|nearly|around|roughly|an?\s+further)|\band\s+that\b",
    re.IGNORECASE,
)
INNER_CLAUSE = LateRegex(
    r"(?<!of )(?<!around )(?<!by )(?<!in )(?<!from )(?<!to )(?<!with )(?<!for )(?<!near )"
    r"(?<!under )"
    r"\b(?:it|they|he|she|we)\s+(?!(?:in|on|by|during|since|of|at)\b)(?!(?:have\s+|has\s+"
    r"|had\s+)?(?:traced"
    r"|survey|count|record|examin|review|logg|register|track|sampl|studi|analy|interview|check"
    r"|verif"
    r"|document|monitor|visit|inspect)\w*\b)\w+",
    re.IGNORECASE,
)
REFERRING = LateRegex(r"\bof\s+(?:it|them|that|those|these|whom|which)\b", re.IGNORECASE)
OF_WHICH = re.compile(r"\s+of\s+(?:whom|which|them|these|those)\b", re.IGNORECASE)
OF_WHOM = re.compile(r",\s+(?:of\s+whom|of\s+which)\b", re.IGNORECASE)
OWN_VERB = LateRegex(
    r"\s+[\w'’-]+\s+(?:is|are|came|was|were|has|have|had|went|fell|rose)\b", re.IGNORECASE
)
PRESENT = LateRegex(r"\s+(?:[\w'’-]+\s+){0,2}(?:is|are|have|has)\b", re.IGNORECASE)
PRESENT_LATER = LateRegex(r"\s+(?:[\w'’-]+\s+){0,4}(?:is|are|has|have)\b", re.IGNORECASE)
OPENING_OF = LateRegex(r"\W*of\s+(?:the\s+|some\s+|about\s+|these\s+)*$", re.IGNORECASE)
WHO = LateRegex(r"\b(?:who|which|that|whom)\b", re.IGNORECASE)
WHERE = LateRegex(r"\bwhere\b", re.IGNORECASE)
SET_OFF = LateRegex(
    r",\s+(?!including|counting|excluding|leaving)(?:\w+ed|built|made|\w+ing)\b[^,;]*$",
    re.IGNORECASE,
)
# "The town, with a garrison of 350, has …"
# "slowed to one a day, from as many as nine in June"
# "since a police operation in November took down hundreds": the day of the operation.
SINCE_CLAUSE = LateRegex(r"\w\s+since\s+(?:[\w'’-]+\s+){1,8}(?:in|on|of|at)\s+$", re.IGNORECASE)
# "have arrested four over a bombing that killed at least 62 on Friday"
OF_A_WHOLE = LateRegex(r"(?:^\W*|\bthat\s+|[;,]\s+)of\b[^;]*,", re.IGNORECASE)
RELATIVE_VERB = LateRegex(
    r"[a-z]\s+(?:that|which|who)\s+(?:have\s+|had\s+|has\s+)?"
    r"(?:[a-z]+ed|fell|rose|went|gone|left|came|took|lost|fled|held|sent|made|won|began|got|met|saw|sold"
    r"|stood|struck|fought|broke|shut|hit)\s+[^,;]*$"
)
COMMA_FROM = LateRegex(r",\s+(?:down\s+|up\s+)?from\s+(?:[a-z]+\s+){0,3}$")
WITH_BUDGET = LateRegex(
    r",\s+(?:on|with|at)\s+(?:an?\s+(?!total|combined)|its|their)\s*[^,;]{0,40}$"
)
BASE = LateRegex(r"\b(?:on|over|from|against|than)\s+(?:in\s+|the\s+|a\s+)*$", re.IGNORECASE)
SAME = LateRegex(
    r"(?:same|corresponding|previous|preceding|a\s+year|one\s+year|the\s+year|the\s+previous)\b",
    re.I,
)
THE = LateRegex(r"\bthe\s+$", re.IGNORECASE)
HAVE = LateRegex(r"\b(?:has|have)\b", re.IGNORECASE)
WHO_PAST = LateRegex(r"\b(?:who|that|which)\s+(?:once\s+)?\w+\s+(?:up\s+to\s+|about\s+)?$")
NEXT_NUMBER = LateRegex(r"[\s,]*(?:about|some|nearly|around|almost|only|just|over|up to)?\s*")
FROM = re.compile(r"\bfrom\s+(?:(?!to\b)[\w-]+\s+){0,4}$", re.IGNORECASE)
CHANGED = LateRegex(
    r"\b(?:f[ae]ll(?:en)?|dropp?(?:ed)?|declin\w+|down|r[io]sen?|rose|up|gr[eo]wn?|climb\w*"
    r"|increas\w+"
    r"|recover\w*|cut|reduc\w+|shr[aiu]nk\w*|slump\w*|tumbl\w*|decreas\w+|s[aiu]nk|doubl\w+"
    r"|jump\w*|dwindl\w*|plung\w*|plummet\w*|slid|soar\w*|surg\w*"
    r"|slipp\w*|slow(?:ed|s)|halv\w+|trebl\w+|tripl\w+|quadrupl\w+|multipl\w+|sw[eo]ll\w*|balloon\w*"
    r"|collaps\w+|diminish\w*|rais\w+|lower\w*|eas(?:ed|ing)|edg(?:ed|ing)|expand\w*)\b",
    re.IGNORECASE,
)
CHANGED_TO = LateRegex(
    r"\b(?:f[ae]ll(?:en)?|dropp?ed|declined|risen|rose|gr[eo]wn?|climbed|increased|cut|reduced"
    r"|shr[au]nk"
    r"|slumped|s[au]nk|dwindled)\s+(?:\w+\s+){0,3}(?:to|below|above|under)\b",
    re.IGNORECASE,
)
# "Four were arrested over a bombing that shook the town on Friday": when it shook the town.
OVER_WHAT = LateRegex(
    r"\b(?:over|following|in\s+connection\s+with|linked\s+to|blamed\s+for|suspected\s+of"
    r"|accused\s+of)\s[^,;]*"
    r"\b(?:that|which|who)\s+\w+",
    re.IGNORECASE,
)
# "Slowed after a ban hit four men in May".
AFTER_WHAT = LateRegex(r"\bafter\s+(?:[A-Z][\w'’-]*\s+|the\s+\w+\s+){1,3}\w+ed\s+(?:\w+\s+)?$")
BUDGETED = LateRegex(
    r"\b(?:requirements?|plans?|appeals?|budgets?|targets?|needs|quotas?)\s+(?:for|of"
    r"|in)\s+(?:the\s+year\s+)?$",
    re.IGNORECASE,
)
EVENT_OF = LateRegex(
    r"['’]s?\s+(?:[\w-]+\s+){0,2}(?:dead|victims|casualties|wounded|attacks?|blasts?|bombings?"
    r"|raids?|assaults?"
    r"|explosions?|ambush(?:es)?|clash(?:es)?|shootings?|strikes?|airstrikes?|fire|operations?"
    r"|sweeps?|battles?"
    r"|fighting|violence|massacres?|killings?|protests?|flood|storm|quake|convoys?)\b",
    re.IGNORECASE,
)
# "; in one, a family paid …": of the same time.
GOES_ON = LateRegex(
    r"^[^;]*;\s+(?:in\s+(?:one|another|both|all)\b|one\s+of\s+(?:them|these|those)"
    r"|among\s+them|of\s+(?:them|these))",
    re.IGNORECASE,
)
BENCHMARK = LateRegex(
    r"\bagainst\s+(?:an?|the|its|their)\s+(?:[\w-]+\s+){0,3}(?:standards?|prices?|targets?"
    r"|norms?|quotas?|capacity|minimum"
    r"|rates?|limits?|thresholds?|needs?|requirements?|plans?)\s+of\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
ELSEWHERE = LateRegex(r"[\w ]{0,20}\s(?:in|at|on)\s+(?:the\s+)?[A-Z][\w'’-]+\W*(?:$|[.,;])")
AND_IS = LateRegex(r"\band\s+(?:is|are|remains?|now|still|stands?)\b")
WILL = LateRegex(r"\b(?:will|would|(?:is|are)\s+to(?!\s+say))\b")
WHOSE = LateRegex(r"\bwhose\b[^,;]*,[^,;]*\b(?:say|says|said|believe|believes|think)\b")
WHICH_IS = LateRegex(
    r",\s+(?:which|who)\s+(?:is|are|has|have|covers?|holds?|stands?|runs?|numbers?|counts?|costs?)"
    r"(?!\s+to\s+say)\s+(?:[a-z]+\s+){0,3}$"
)
FEWER = LateRegex(r"\s+(?:more|fewer|less|higher|lower|up|down|times|above|below)\b")
FROM_PLACES = LateRegex(
    r"\s+(?:\w+\s+)?(?:countries|nationalities|nations|states|provinces|villages|districts"
    r"|towns|cities|camps|families)\b",
    re.IGNORECASE,
)
# "41 raids in May, up from 18 a year earlier, and the theft of …"
CLOSED = LateRegex(r",\s+(?:up|down|compared|as\s+against|against|from)\b[^,;]{1,60},(?=\s+and\b)")
COUNTERS = frozenset("it they we he she".split())  # "of the sums it traced last year"
# "… since May, while the dinar has lost two fifths"
SINCE_HAS = LateRegex(r"\bwhile\s+(?:[\w'’-]+\s+){1,4}(?:has|have)\s+\w+\s+(?:[a-z]+\s+){0,3}$")
OPENS_CLAUSE = LateRegex(
    r"(?:[,;:]|\b(?:and|but|while|then))\s*(?:(?:in|on|by|during|since|at|early|late|the|end"
    r"|of)\s+)+$",
    re.IGNORECASE,
)
AND_THEN = LateRegex(r"\s(?:and|but),\s+(?:(?:in|on|by|since|during|as|of|the|early|late)\s+)*$")
# "a truce in April, which the group used to set up two bases"
OBJECT_WHICH = LateRegex(
    r",\s+which\s+(?:the|an?|its|his|her|their|it|they|he|she|we)\b", re.IGNORECASE
)
THEY_SAY = LateRegex(
    r",\s+(?:and|but|while)\s+[A-Z][^,;]{0,60}?\b(?:says?|said|believes?|estimates?|claims?"
    r"|reckons?)\b"
)
AND_THE = LateRegex(r",?\s+and\s+(?:the|its|their|his|her)\s+[^,;]*$")
# ", of whom perhaps a fifth were fighters, had surrendered by …"
CLOSED_ASIDE = LateRegex(
    r",\s+(?:of\s+)?(?:whom|which|who|where|whose)\b[^,;]*,(?=\s+(?:had|has|have|was|were|is"
    r"|are|\w+ed|left|came|went|fled)\b)"
)
THAT_IT = LateRegex(
    r"\s+(?:[\w'’-]+\s+){1,3}(?:that|which|whom)\s+(?:it|they|he|she|we)\s", re.IGNORECASE
)
THAT_HAD = LateRegex(r"\b(?:that|which|who)\s+(?:had|has|have)\s")
BASE_OF = LateRegex(r"\s+(?:on|from|against|than)\s+(?:in\s+|the\s+)*")
# "24 attacks in 2018; arrests came to 511"
WENT_ON = LateRegex(
    r"[^;,]{0,60};\s+(?:(?!(?:has|have|had|is|are|now|still)\b)[\w'’-]+\s+){1,5}(?:was|were"
    r"|came|stood|rose|fell|brought"
    r"|reached|made|cost|numbered|totall?ed|amounted|killed|took)\s+(?:(?!(?:has|have|had|is"
    r"|are)\b)[a-z]+\s+){0,4}$"
)
# "On 9 May a boat sank; some 12 people drowned"
OPENS_PART = LateRegex(
    r"\s+(?:(?:about|some|at|least|over|more|than|nearly|another|a|further|up|to|only|in)\s+)*"
)
HAPPENED = LateRegex(
    r"\s+(?:(?!(?:has|have|had|is|are|who|that|which)\b)[\w'’-]+\s+){0,3}?(?:was|were"
    r"|[a-z]{2,}(?<!e)ed|died|lost|fled|left|fell|came"
    r"|went|took|made|won|got|broke|ran)\b"
)
# "Three bombers, two of them women, blew …"; "400 of those who fled in May have been caught"
OF_THEM_ASIDE = LateRegex(r"\s+of\s+(?:whom|which|them|these|those)\b[^,;]*,\s+(?!and\b)")
OF_THOSE_WHO = LateRegex(r"\s+of\s+(?:the|those|all)\b[^,;]*\b(?:who|that|which)\s+\w+")
# "In 2020, after its defeat, it had …"
AFTER_IT = LateRegex(r"^,\s+(?:after|before|following|despite)\b[^,;]{1,80},")
RESTATED = 60  # characters between a number and the same said over
ALTERNATIVE = LateRegex(
    r"\s?\((?:[a-z]+\s+){0,3}|[^,;.]{0,40},?\s(?:or|that\s+is|which\s+is\s+to\s+say|equal\s+to"
    r"|equivalent\s+to)(?:\s+[a-z]+){0,3}\s+$"
)
BRACKETED_MORE = LateRegex(r"\s*:")  # "(December: 44%)"
SHARED_NOT = LateRegex(r"\bto\s*$|\bbut\b|\bwhere\b|\bagainst\s+\w*\s*$", re.IGNORECASE)
TO_SECOND = LateRegex(r"^\W*to\s+(?:[\w-]+\s+){0,4}[“\"']?$", re.IGNORECASE)
FOR_WHICH = LateRegex(r",\s*(?:for|of|to|through)\s+which\b", re.IGNORECASE)
ASIDE = re.compile(
    r",\s*(?:(?:through|in|of|by|for)\s+)?(?:which|when|who|where|whose)\b", re.IGNORECASE
)
COMMA = LateRegex(r",(?!\d{3})")
UNREAL = LateRegex(
    r"\b(?:will|would|may|might|could|should|shall|plans?|if|(?:due|set|expected|scheduled)\s+to)\b",
    re.IGNORECASE,
)
THOUSANDS = LateRegex(r"(?<=\d),(?=\d)")
BECAUSE = LateRegex(r"\bbecause\b")
PLANNED = LateRegex(
    r"\b(?:plans?|intends?|hopes?|aims?|wants?|expects?|will|would)\b[^,;]*\b(?:by|before"
    r"|until|in)\s+"
    r"(?:the\s+)?$",
    re.IGNORECASE,
)
ATTRIBUTIVE = LateRegex(r"['’]s?\s+\w|[-‐]\w")
CASUALTY_HINTS = frozenset(  # with words in "surviv"
    "dead killed wounded injured hurt casualties deaths died bodies victims".split()
)
CASUALTIES = LateRegex(
    r"\b(?:dead|killed|wounded|injured|hurt|casualties|deaths|died|bodies|victims|wounds"
    r"|injuries|surviv\w+)\b",
    re.I,
)
SEIZED = LateRegex(
    r"\b(?:arrested|detained|captured|seized|confiscated|freed|rescued|destroyed|burn(?:ed|t))\b",
    re.I,
)


LEADING = LateRegex(r"(?:in|on|during|since)\s+")
# "the 250 schools closed in 2016 have reopened": the year is that of the closing
REDUCED = LateRegex(
    r"(?<!\bwere\s)(?<!\bwas\s)(?<!\bbeen\s)(?<!\bare\s)(?<!\bhave\s)(?<!\bhad\s)(?<!\bhas\s)"
    r"\b(?:(?!interview|survey|question|ask|poll|consult|reach)[a-z]{3,}ed|built|held|shut|lost|left|taken|driven|stolen|caught)\s+(?:in|on|during|since)\s+$"
)
FINITE = LateRegex(r"\s+(?:have|has|had|are|is|were|was|remain|remains)\b")


def is_reduced(text, mention):
    """Return whether a time only dates the participle of a noun before a verb.

    Parameters
    ----------
    text : str
        The sentence.
    mention : TimeMention

    Returns
    -------
    bool
    """
    if not FINITE.match(text, mention.end):
        return False
    start = max(0, mention.start - 40)
    lead = LEADING.match(text, mention.start, mention.end)
    return REDUCED.search(text, start, lead.end() if lead else mention.start) is not None


def has_contrast(gap):
    """Return whether what stands between a number and a time sets the one against the other."""
    low = gap.lower()
    return any(map(low.__contains__, CONTRAST_PARTS)) and CONTRAST.search(gap) is not None
