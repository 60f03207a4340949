"""Cut the noun phrase of a speaker out of a sentence, and clean it as attributions are written."""

import functools
import re

from threatledger.extraction.gazetteer import POSSESSIVE, find_names
from threatledger.extraction.patterns import LateRegex

CAPITAL = r"[^\W\d_a-zà-öø-ÿ]"
PARTICLE = r"(?:al|el|ul|bin|ibn|abu|umm|van|von|der|den|de|da|di|du|la|le|ben|ould|ag|wal)"
COMPOUNDS = tuple("-based -led -run -backed -linked -funded -trained -born -aligned".split())
NAME_TOKEN = re.compile(
    rf"(?:(?:[Aa]l|[Ee]l|[Aa][sznrtd]|[Aa]sh|[Ee]z)[-‐]|[OD]['’])?{CAPITAL}[\w'’.-]*|{PARTICLE}\b"
)
DETERMINER = re.compile(
    r"^(?:(?:the|an?|its|his|her|their|this|that|these|those|our|my|some|several|many|most|both|two"
    r"|three|four|five|six|one|another|other|separate|of|them"
    r"|dozens of|(?-i:same|new|latest|recent)|\d+|one of|two of|however|but|and|as|if|then|yet"
    r"|meanwhile|while|although|though|because"
    r"|since|whereas|where|which|that|what|whom|(?-i:[Ww]ho)|when|or|so|for his part"
    r"|for its part)\b,?\s*)+",
    re.IGNORECASE,
)
OWN_VOICE = re.compile(
    r"^(?:[Ww]e|I|[Oo]ur|[Mm]y)\b|\b(?:[Tt]his|[Oo]ur) (?:journal|author|paper|office)\b"
    r"|\bof (?:ours|mine)$"
)
TAIL = LateRegex(
    r"\s+(?:(?:(?-i:who|is|it)|which|that|whose|whom|where|when|while|as|because|if|after|before"
    r"|since|until"
    r"|during|released|published|issued|posted|obtained|seen|reached|contacted|interviewed|quoted"
    r"|cited|reviewed|circulated|dated|presented|submitted|compiled|carried|shown|made|working"
    r"|seized|recovered|leaked|intercepted|collected|speaking|based|familiar|involved|using|citing"
    r"|adding|saying|had|has|have|was|were|are"
    r"|shows?|showed|suggests?|suggested|indicates?|indicated|puts?|reveals?|revealed"
    r"|would|could|will|may|might|they|he|she|there|said|told|says|yesterday|today|last|this"
    r"|earlier|late|early|monday"
    r"|tuesday|wednesday|thursday|friday|saturday|sunday|at a|in a|by telephone|by phone"
    r"|(?<!loyal )(?<!close )(?<!opposed )(?<!linked )(?<!hostile )(?<!affiliated )to|not)\b"
    r"|(?:on|in|by|at|for|from|dated)\s+(?:\w+\s+)?(?:monday|tuesday|wednesday|thursday|friday"
    r"|saturday|sunday|january|february|march|april|may|june|july|august|september|october"
    r"|november|december|\d|last|this|late|early|mid)).*$",
    re.IGNORECASE | re.DOTALL,
)
STOP = LateRegex(r"[,;:()\[\]“”\"«»—!?]|\s[–-]\s|\n\s*\n")
SPACES = LateRegex(r"\s+")
# Where the head of a phrase ends: "fighters loyal to …", "a register kept by …".
HEAD_END = LateRegex(
    r",|\b(?:of|in|at|for|from|by|on|with|to)\b"
    r"|\s(?:loyal|close|opposed|faithful|hostile|kept|held|drawn|run"
    r"|[a-z]{3,20}ed)(?=\s(?:up\s)?(?:to|with|by|in|at)\b)"
)
BRACKETS = LateRegex(r"\([^()]*\)|\[[^\[\]]*\]")
EDGES = " \t\r\n\xa0,.;:–—-'‘’“”\"*•▪"
MOST_PHRASES = 1 << 12  # phrases remembered at a time: texts repeat their speakers
LONGEST = 160  # characters of a sentence that may belong to one speaker
PREPOSITION = re.compile(
    r"^(?:in|on|at|by|for|from|of|across|inside|within|under|after|before|during|since|through"
    r"|over|near|between|with|without|around|outside|according)\b",
    re.IGNORECASE,
)
LAST_DETERMINER = LateRegex(
    r"(?<!\bof)(?<!\bin)(?<!\bat)(?<!\bfor)(?<!\bby)(?<!\bon)(?<!\bfrom)(?<!\binto)(?<!\bwith)"
    r"\s(?=(?:the|an?|its|his|her|their|our|my)\s)",
    re.IGNORECASE,
)


@functools.lru_cache(maxsize=8)
def read_roles(codebook):
    """Read the nouns for speakers.

    Parameters
    ----------
    codebook : Codebook
        With the table ``speaker-roles``.

    Returns
    -------
    dict of str to str
        Noun in lower case to ``person``, ``body`` or ``document``; ranks, as written, to ``rank``.
    """
    roles = {}
    for row in codebook.rows("speaker-roles"):
        for form in filter(None, row["forms"].split("|")):
            roles[form if row["kind"] == "rank" else form.lower()] = row["kind"]
    return roles


def blank_brackets(text):
    """Return the text with what stands in brackets blanked out, of the same length."""
    return BRACKETS.sub(lambda match: " " * len(match[0]), text)


def cut_phrase(text, start):
    """Return the end of the noun phrase that begins at ``start``."""
    stop = STOP.search(text, start, start + LONGEST)
    end = stop.start() if stop else min(len(text), start + LONGEST)
    tail = TAIL.search(text[start:end])
    return start + tail.start() if tail else end


@functools.lru_cache(maxsize=MOST_PHRASES)
def clean_phrase(phrase):
    """Return a speaker's phrase without article, count, remark in brackets and loose ends."""
    phrase = SPACES.sub(" ", blank_brackets(phrase)).strip(EDGES)
    phrase = TAIL.sub("", " " + phrase).strip(EDGES)
    return DETERMINER.sub("", phrase).strip(EDGES)


TIME_WORD = LateRegex(
    r"\b(?:(?:19|20)\d\d|january|february|march|april|may|june|july|august|september|october"
    r"|november|december|\w{3,6}day|(?:last|this|same|previous) (?:year|month|week|quarter))\b",
    re.IGNORECASE,
)
# "In Khyber Pakhtunkhwa police blamed …"
PLACE_OPENING = re.compile(
    rf"\W*(?:In|At|Near|Inside|Across|Outside)\s+(?:{CAPITAL}[\w'’-]*\s+(?:(?:and|de|of|al)\s+)?)+(?=[a-z])"
)
# "Last week the coalition believed …", "Elsewhere officials …"
TIME_OPENING = re.compile(
    r"\W*(?:(?:Last|This|That|Each|Every|The\s+(?:same|next|previous)|Earlier\s+(?:this|that|last)"
    r"|Late(?:r|\s+last)?\s+(?:this|that|last)"
    r"|Early\s+(?:this|that|last))\s+(?:week|month|year|night|spring|summer|autumn|winter|morning"
    r"|evening|afternoon|decade|\w{3,6}day"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)"
    r"|Yesterday|Today|Elsewhere|Separately|Meanwhile|Overnight|Recently|Privately|Publicly"
    r"|Officially|Locally|Abroad|Nowadays)\s+"
)
PREPOSED = LateRegex(r"\b(?:of|in|at|for|from|by|on|with|to|into)$", re.IGNORECASE)


def skip_opening(phrase):
    """Return where the noun phrase begins in a stretch that opens with "In July" and the like."""
    for pattern in (PLACE_OPENING, TIME_OPENING):
        opening = pattern.match(phrase)
        if opening and phrase[opening.end() :].strip(EDGES):
            return opening.end()
    opening = DETERMINER.match(phrase)
    bare = phrase[opening.end() :] if opening else phrase
    if not PREPOSITION.match(phrase.lstrip()) and not PREPOSITION.match(bare):
        return 0
    starts = [match.end() for match in LAST_DETERMINER.finditer(phrase)]
    times = [m.end() for m in TIME_WORD.finditer(phrase) if phrase[m.end() :].strip(EDGES)]
    return max([0, *starts[-1:], *times[-1:]])


@functools.lru_cache(maxsize=MOST_PHRASES)
def find_person(phrase, codebook):
    """Return the name of the person in a speaker's phrase, without rank.

    Parameters
    ----------
    phrase : str
        Such as ``"Iraqi general Qais Al-Mohamadawi"``.
    codebook : Codebook
        With ranks and roles, and the names of bodies and places, which are no persons.

    Returns
    -------
    str
        ``"Qais Al-Mohamadawi"``; empty where the phrase names nobody.
    """
    roles = read_roles(codebook)
    runs, run, ranked, last = [], [], False, ""
    for word in _mask_names(phrase, codebook).replace(",", " , ").split():
        named = word[:1].isupper() and any(len(words) > 1 for words, _ in runs)
        titled = roles.get(word.lower()) == "person" and not named  # "X of the Peace Monitor"
        if roles.get(word) == "rank" or titled:
            runs, run, ranked = [], [], True
        elif (
            NAME_TOKEN.fullmatch(word)
            and not word.endswith(COMPOUNDS)
            and roles.get(word.lower()) not in ("body", "document")
        ):
            if not run and PREPOSED.search(last):
                continue  # "of the Istanbul Money Observatory"
            run.append(word)
        else:
            runs.append((run, ranked))
            run, ranked = [], False
        last = last if word in ("the", "a", "an") else word
    runs.append((run, ranked))
    runs.sort(key=lambda named: named[1] and len(named[0]) > 1)
    for words, is_ranked in reversed(runs):
        capitals = [word for word in words if word[:1].isupper() or "-" in word]
        if len(capitals) > 1 or (capitals and is_ranked):
            return POSSESSIVE.sub("", " ".join(words)).strip(EDGES)
    return ""


def _mask_names(phrase, codebook):
    """Return the phrase with known bodies, countries and adjectives masked as lower-case words."""
    parts, position = [], 0
    for found in find_names(phrase, codebook):
        if found.name.kind in ("actor", "country", "adjective", "people", "region"):
            parts += [phrase[position : found.start], "x"]
            position = found.end
    return "".join(parts) + phrase[position:]


@functools.lru_cache(maxsize=MOST_PHRASES)
def find_head(phrase, codebook):
    """Return the noun that a speaker's phrase is about and its kind, ``("", "")`` where unknown.

    Parameters
    ----------
    phrase : str
        A cleaned phrase.
    codebook : Codebook
        With the table ``speaker-roles``.
    """
    roles = read_roles(codebook)
    words = _cut_head(phrase).lower().split()
    for index in range(len(words) - 1, -1, -1):
        for word in (" ".join(words[max(0, index - 1) : index + 1]), words[index]):
            word = POSSESSIVE.sub("", word)
            if roles.get(word) in ("person", "body", "document"):
                return word, roles[word]
    return "", ""


def ends_with_head(phrase, head):
    """Return whether the phrase's own noun stands at its end, before any "of" or "in"."""
    return POSSESSIVE.sub("", _cut_head(phrase).lower().strip(EDGES)).endswith(head)


def _cut_head(phrase):
    """Return what stands before the first comma or preposition."""
    return HEAD_END.split(phrase, maxsplit=1)[0]
