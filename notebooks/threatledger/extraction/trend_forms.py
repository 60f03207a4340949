"""Inflect English verbs: "stop" gives "stops", "stopped", "stopped", "stopping"."""

import re

from threatledger.extraction.patterns import LateRegex

_VOWELS = "aeiou"
_DOUBLING = LateRegex(r"^[^aeiou]*[aeiou][^aeiouwxyh]$")
_EITHER = LateRegex(r"[^aeiou][aeiou]l$")  # "levelled" in Britain, "leveled" in America
_PRINCIPAL_PARTS = """
        become became become;begin began begun;bid bid bid;bleed bled bled
        break broke broken;bring brought brought;build built built;burn burnt/burned burnt/burned
        burst burst burst;buy bought bought;catch caught caught;come came come;creep crept crept
        cut cut cut;deal dealt dealt;draw drew drawn;drive drove driven;eat ate eaten
        fall fell fallen;feed fed fed;fight fought fought;find found found;flee fled fled
        fly flew flown;get got got/gotten;give gave given;go went gone;grind ground ground
        grow grew grown;hit hit hit;hold held held;keep kept kept;lead led led;leap leapt leapt
        leave left left;let let let;lie lay lain;lose lost lost;make made made;outdo outdid outdone
        outgrow outgrew outgrown;overtake overtook overtaken;pay paid paid;plan planned planned
        put put put;rebuild rebuilt rebuilt;ride rode ridden;rise rose risen;run ran run
        see saw seen;sell sold sold;send sent sent;set set set;shed shed shed;shoot shot shot
        shrink shrank/shrunk shrunk/shrunken;shut shut shut;sink sank sunk;slide slid slid
        speed sped/speeded sped/speeded;spread spread spread;spring sprang sprung;stand stood stood
        stick stuck stuck;strike struck struck;swell swelled swollen/swelled
        swing swung swung;take took taken;tear tore torn
        throw threw thrown;undercut undercut undercut
        undergo underwent undergone;wear wore worn;win won won;wind wound wound
        withdraw withdrew withdrawn;rein reined reined;shore shored shored"""
_IRREGULAR = {
    verb: (past, part)
    for verb, past, part in (
        row.split() for row in re.split("[;\n]", _PRINCIPAL_PARTS) if row.strip()
    )
}


def inflect(verb):
    """Return the forms of a verb.

    Parameters
    ----------
    verb : str

    Returns
    -------
    tuple of str
        Third person, past, participle and -ing form; spellings of one form are joined by ``/``.

    Examples
    --------
    >>> inflect("stop")
    ('stops', 'stopped', 'stopped', 'stopping')
    >>> inflect("drive")
    ('drives', 'drove', 'driven', 'driving')
    >>> inflect("level")
    ('levels', 'levelled/leveled', 'levelled/leveled', 'levelling/leveling')
    """
    s, past, part, ing = _inflect_regular(verb)
    if verb in _IRREGULAR:
        past, part = _IRREGULAR[verb]
    return s, past, part, ing


def _inflect_regular(verb):
    """Return the forms of a regular verb."""
    if verb[-1] == "y" and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ies", verb[:-1] + "ied", verb[:-1] + "ied", verb + "ing"
    s = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "go")) else "s")
    if verb[-1] == "e":
        stem = verb if verb.endswith(("ee", "oe")) else verb[:-1]
        return s, verb + "d", verb + "d", stem + "ing"
    if _EITHER.search(verb):
        return s, f"{verb}led/{verb}ed", f"{verb}led/{verb}ed", f"{verb}ling/{verb}ing"
    doubles = _DOUBLING.match(verb) or re.sub("^(?:out|over|re|under)", "", verb) in _SHORT
    stem = verb + verb[-1] if doubles else verb
    return s, stem + "ed", stem + "ed", stem + "ing"


_SHORT = frozenset(["run", "cut", "set", "sit", "step", "strip"])
