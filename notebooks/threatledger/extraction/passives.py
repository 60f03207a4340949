"""Find the sources that no verb in the active brings in: "put at 1,200 by the force"."""

import re

from threatledger.extraction.glance import read_forms
from threatledger.extraction.phrases import cut_phrase
from threatledger.extraction.subjects import is_speaker

STATED = (
    "put placed estimated reckoned assessed given valued believed thought said reported calculated"
    " judged gauged rated"
)
HINTS = frozenset(STATED.split())
PATTERN = re.compile(
    rf"\b(?P<cue>{'|'.join(STATED.split())})\s+(?:(?:now|variously|officially|locally)\s+)?"
    r"(?:at|as|to\s+(?:be|number|have|hold|total))\s+[^;:]{1,90}?\sby\s+(?=[^\d\W])"
)
# "by one Western estimate": the adjective says whose it is.
UNNAMED = re.compile(
    r"\b[Bb]y\s+(?:one|some|most|an?|the)?\s*(?P<who>(?:[\w-]+\s+){0,2}?(?:[A-Z][\w-]+|official|officials|independent|local"
    r"|internal|unofficial|government|military|police|diplomatic|industry)(?:\s+[a-z]+)?\s+"
    r"(?:estimates?|counts?|reckonings?|tally|tallies|accounts?|calculations?|figures|records|statistics))\b"
)
# "40 dead (according to the ministry)", "(source: WHO)"
IN_BRACKETS = re.compile(
    r"\((?P<cue>[Ss]ources?\s*:|(?:[Ff]igures|[Dd]ata|[Nn]umbers|[Ee]stimates?|[Ss]tatistics)\s(?:from|of|by)"
    r"|[Aa]ccording\s+to|(?:as\s)?(?:reported|counted|recorded|estimated)\sby)\s+(?P<who>[^()\d,;]{2,80}?)"
    r"(?=[,;)]|\s\d)"
)
NOUNS = frozenset(
    "estimate estimates count counts reckoning reckonings tally tallies account accounts"
    " calculation calculations figures records statistics".split()
)


def find_passives(text, masked, codebook):
    """Find who is named by "by" behind a number that is put, estimated or given.

    Parameters
    ----------
    text : str
        The sentence.
    masked : str
        The same without brackets and commas of thousands, of the same length.
    codebook : Codebook

    Returns
    -------
    list of tuple of (int, int, int, str)
        Where the participle stands, where the source begins and ends, and the participle.
    """
    found = []
    forms = read_forms(text)
    may_hold = "by" in forms and not HINTS.isdisjoint(forms)
    for match in PATTERN.finditer(masked) if may_hold else ():
        start = match.end()
        end = cut_phrase(masked, start)
        if is_speaker(masked[start:end], "strict", codebook):
            found.append((match.start(), start, end, match["cue"]))
    return found


def find_unnamed(text):
    """Find "by one Western estimate", where only an adjective tells whose it is.

    Parameters
    ----------
    text : str
        The sentence.

    Returns
    -------
    list of tuple of (int, int, int, str)
        As `find_passives` returns; the first is where "by" stands.
    """
    if NOUNS.isdisjoint(read_forms(text)):
        return []
    return [
        (match.start(), *match.span("who"), match[0].split()[-1])
        for match in UNNAMED.finditer(text)
    ]


def find_bracketed(text):
    """Find the sources of "(figures from the ministry)" and "(source: WHO)".

    Parameters
    ----------
    text : str
        The sentence.

    Returns
    -------
    list of tuple of (int, int, int, str)
        As `find_passives` returns; the first is where the bracket opens.
    """
    return [
        (match.start(), *match.span("who"), match["cue"])
        for match in (IN_BRACKETS.finditer(text) if "(" in text else ())
    ]
