"""Find the sources that no verb in the active brings in: "put at 1,200 by the force"."""

from threatledger.extraction.glance import read_forms
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.phrases import cut_phrase
from threatledger.extraction.subjects import is_speaker

STATED = (
    "put placed estimated reckoned assessed given valued believed thought said reported calculated"
    " judged gauged rated"
)
HINTS = frozenset(STATED.split())
PATTERN = LateRegex(
    rf"\b(?P<cue>{'|'.join(STATED.split())})\s+(?:(?:now|variously|officially|locally)\s+)?"
    r"(?:at|as|to\s+(?:be|number|have|hold|total))\s+[^;:]{1,90}?\sby\s+(?=[^\d\W])"
)
# "by one Western estimate": the adjective says whose it is.
UNNAMED = LateRegex(
    r"\b[Bb]y\s+(?:one|some|most|an?|the)?\s*(?P<who>(?:[\w-]+\s+){0,2}?(?:[A-Z][\w-]+|official|officials|independent|local"
    r"|internal|unofficial|government|military|police|diplomatic|industry)(?:\s+[a-z]+)?\s+"
    r"(?:estimates?|counts?|reckonings?|tally|tallies|accounts?|calculations?|figures|records|statistics))\b"
)
# "40 dead (according to the ministry)", "(source: WHO)"
IN_BRACKETS = LateRegex(
    r"\((?P<cue>[Ss]ources?\s*:|(?:[Ff]igures|[Dd]ata|[Nn]umbers|[Ee]stimates?|[Ss]tatistics)\s(?:from|of|by)"
    r"|[Aa]ccording\s+to|(?:as\s)?(?:reported|counted|recorded|estimated)\sby)\s+(?P<who>[^()\d,;]{2,80}?)"
    r"(?=[,;)]|\s\d)"
)
NOUNS = frozenset(
    "estimate estimates count counts reckoning reckonings tally tallies account accounts"
    " calculation calculations figures records statistics".split()
)


def may_be_passive(text):
    """Tell whether a sentence has the words of "put at 1,200 by": a quick look, never a miss."""
    forms = read_forms(text)
    return "by" in forms and not HINTS.isdisjoint(forms)


def find_passives(masked, codebook):
    """Find who is named by "by" behind a number that is put, estimated or given.

    Parameters
    ----------
    masked : str
        A sentence without brackets and commas of thousands.
    codebook : Codebook

    Returns
    -------
    list of tuple of (int, int, int, str)
        Where the participle stands, where the source begins and ends, and the participle.
    """
    found = []
    for match in PATTERN.finditer(masked):
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
    sequence of tuple of (int, int, int, str)
        As `find_passives` returns; the first is where "by" stands.
    """
    if NOUNS.isdisjoint(read_forms(text)):
        return ()
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
    sequence of tuple of (int, int, int, str)
        As `find_passives` returns; the first is where the bracket opens.
    """
    if "(" not in text:
        return ()
    return [
        (match.start(), *match.span("who"), match["cue"]) for match in IN_BRACKETS.finditer(text)
    ]
