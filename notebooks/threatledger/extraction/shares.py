"""Find what a share is a share of, and what holds for it."""

import re

from threatledger.extraction.clauses import find_subject, read_subject
from threatledger.extraction.colons import find_label
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.phrasing import (
    Phrase,
    clean_phrase,
    read_left,
    read_phrase,
    read_phrase_before,
)
from threatledger.extraction.readers import FARTHEST, find_index, is_money, look_back
from threatledger.extraction.share_rates import (
    Share,
    find_aside,
    find_converted,
    find_share_change,
    read_given,
    read_levied,
    read_listed,
    read_rate,
)
from threatledger.extraction.verbs import find_verb
from threatledger.extraction.words import find_start, find_word, is_participle, is_person, is_plural

SHARE_OF = LateRegex(r"(?<!\w)(?:share|proportion|percentage) of ")
# "puts the share of taxes in the group's income at 55 per cent"
PUT_AT = LateRegex(
    r"(?<!\w)(?:put|puts|putting|estimate[sd]?|estimating|set|sets|placed?|places|gave|gives|reckon(?:s|ed)?)\s+"
    r"(?:the|its|their)\s+(?:[\w-]+\s+)?(?:share|proportion|percentage)\s+of\s+\Z"
)
AT_LEVEL = LateRegex(r"\s(?:at|as|to be)\s")
SHARE_VERBS = frozenset("has have had is was were are stood stands reached came".split())
STOP = LateRegex(
    r"[;:()”“|]|,(?!\d)|\.(?:\s|$)|(?<!\w)(?:while|but|according|which|who|against|compared)(?!\w)"
    r"|(?<!\w)and(?=\s+(?:the|an?|that|their|its|have|has|is|was|were|are|to|just|only|one|two|three|four|five|six|seven"
    r"|eight|nine|ten|half|some|about|nearly|[\w-]+ed"
    r"|\d[\d,.]*)(?!\w))"
)
PRONOUN = LateRegex(
    r"\s+of\s+(?:(?:them|whom|which|it)(?!\w)|(?:that|this|these|those)(?!\w)(?!\s+\w+\s+\w+ed))"
)
SHARED_VERB = LateRegex(
    r"\s+(?:is|are|was|were)\s+[^,;:.()]{1,50},?\s+and\s+(?:about\s+|another\s+|some\s+|a\s+further\s+)?"
)
LINE_ENDS = LateRegex(r"\n|\Z")
OF_WHOM = LateRegex(r"[Oo]f\s+(?:whom|which|these|them)\s+")
NOUN_INSIDE = LateRegex(
    r"one\s+(?P<noun>(?!out\s)[a-z]+)\s+(?:in|out\s+of)\s"
)  # "one child in three"
PLURALS = {
    "child": "children",
    "man": "men",
    "woman": "women",
    "person": "people",
    "family": "families",
}
OF = LateRegex(r"\s+of\s+")
SPACES = LateRegex(r"\s+")
RATE_OF = LateRegex(r"\s+of(?:\s+(?:about|some|up to|around))?\s*\Z")
OF_FIRST = LateRegex(
    r"(?:^|[•*–;:-]\s|^[\s“\"(]+)of (?P<whole>(?:the |its )?(?:[^,;:]|,\d){3,90}),\s*"
    r"(?:between\s*)?[“\"]?\Z"
)
MAKE_UP = LateRegex(
    r"(?<!\w)(?:make|makes|made) up\s*\Z"
    r"|(?<!\w)(?:comprise|constitute|represent|form|account(?:s|ed)?"
    r" for|accounting for)[sd]?\s*\Z"
)
# "the area under control has risen to 65 per cent of the country"
REACHING = LateRegex(
    r"(?<!\w)(?:stands?|stood|rises?|rose|risen|grows?|grew|grown|falls?|fell|fallen|drops?|dropped|shrunk"
    r"|shrank|comes?|came|amounts?|amounted|climbed|declined|increased|decreased|equal|equals)\s+"
    r"(?:back\s+)?(?:to|at)\s*\Z"
)
THE = LateRegex(r"(?:the\s+|its\s+|their\s+|those\s+|some\s+|about\s+)*")
DEEDS = {
    **dict.fromkeys(("keep", "keeps", "kept"), "kept"),
    **dict.fromkeys(("take", "takes", "took"), "taken"),
    **dict.fromkeys(("hold", "holds", "held"), "held"),
    **dict.fromkeys(("lose", "loses", "lost"), "lost"),
    **dict.fromkeys(("control", "controls"), "controlled"),
    **dict.fromkeys(("pay", "pays", "paid"), "paid"),
    **dict.fromkeys(("surrender", "surrenders"), "surrendered"),
    **dict.fromkeys(("sell", "sells", "sold"), "sold"),
    **dict.fromkeys(("send", "sends", "sent"), "sent"),
    **dict.fromkeys(("buy", "buys", "bought"), "bought"),
}
FUNDED = LateRegex(
    r"\s+(?:funded|financed|covered|met|complete|built|staffed|filled|paid|occupied|full)(?!\w)"
)
MASSES = frozenset(
    "money income revenue population budget cash funding trade land oil harvest territory spending"
    " traffic aid output turnover".split()
)
SPENT = LateRegex(
    r"\s+(?:has\s+been|have\s+been|had\s+been|was|were)\s+(?:disbursed|paid|spent|received|delivered|raised"
    r"|recovered|seized|returned|released|used|lost)(?!\w)"
)
COMPARED = LateRegex(
    r"(?:compared (?:with|to)|(?<!\w)(?:against|versus|down from|up from|from))\s*\Z"
)
LEVEL = LateRegex(r"(?<!\w)(?:from|to|at|against|than|reached|stood at|was|is|were)\s*\Z")
GAPPED = LateRegex(r"(?:,|(?<!\w)and)\s+(?P<part>(?:[\w'’-]+\s+){1,4})\Z")
BE = LateRegex(
    r"^(?:(?:are|is|were|was|have|has|had|been|be|may|might|still|likely to have been|goes|go)\s+)+"
)
NUMBER = LateRegex(
    r"^(?:the |its |their )?(?:[\d.,]+|two|three|four|five|six|seven|eight|nine|ten)\s+"
)
LONGEST = 80  # characters of the predicate that is kept


def find_share(scene, quantity):
    """Find what a share is of and what holds for it.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
        With unit ``percent``.

    Returns
    -------
    Share
    """
    inside = NOUN_INSIDE.match(scene.low, quantity.start, quantity.reach)
    if inside:
        return _join(scene, PLURALS.get(inside["noun"], f"{inside['noun']}s"), quantity.reach)
    rate = RATE_OF.search(read_left(scene, quantity))
    if rate:
        noun = read_phrase_before(scene, find_start(quantity) - (rate.end() - rate.start()))
        if noun.span and noun.head not in scene.lists.sets["placeholder"]:
            return read_rate(scene, quantity, noun)
    listed = read_listed(scene, quantity)
    if listed:
        return listed
    shared = _find_shared(scene, quantity)
    if shared:
        return _join(scene, shared, quantity.reach)
    pronoun = PRONOUN.match(scene.low, quantity.reach)
    asked = read_given(scene, quantity) if pronoun else None
    if asked:
        return asked
    of = _match_of(scene, quantity) if not pronoun else None
    if of:
        return _read_of(scene, quantity, of.end())
    change = find_share_change(scene, quantity) or find_aside(scene, quantity)
    if change is not None:
        return change
    converted = find_converted(scene, quantity) or read_levied(scene, quantity)
    if converted:
        return converted
    label = find_label(scene, quantity) if LINE_ENDS.match(scene.text, quantity.reach) else Phrase()
    if label.span and "\n" in scene.text[: quantity.start]:
        return Share(_read_label(scene, quantity, label), find_start(quantity), quantity.reach)
    left = read_left(scene, quantity)
    if COMPARED.search(left) or left.rstrip().endswith((":", "(")):
        other = _find_earlier_share(scene, quantity)
        if other is not None:
            return find_share(scene, other)
    named = _find_named(scene, quantity)
    if named:
        return named
    whole = _find_whole(scene, quantity)
    level = not pronoun and not FUNDED.match(scene.low, quantity.reach)
    if level and LEVEL.search(read_left(scene, quantity)) and whole:
        return Share(whole, find_start(quantity), quantity.reach)
    return _join(scene, whole, pronoun.end() if pronoun else quantity.reach)


def _find_named(scene, quantity):
    """Read "attacks that hit soldiers" in "the share of attacks that hit soldiers rose to 46%"."""
    start = find_start(quantity)
    found = list(SHARE_OF.finditer(scene.low, max(0, start - 200), start))
    if not found or re.search(r"[;:]|\.\s", scene.low[found[-1].end() : start]):
        return None
    begin, last = found[-1].end(), None
    for word in scene.words[find_word(scene.words, begin) :]:
        if word.start >= start or word.form == ",":
            break
        if word.form in SHARE_VERBS or word.form in scene.lists.changes:
            last = word.start
            break
    if last is None and PUT_AT.search(scene.low, max(0, found[-1].start() - 30), begin):
        level = AT_LEVEL.search(scene.low, begin, start)
        last = level.start() if level else None
    if last is None:
        return None
    return Share(clean_phrase(scene.text, begin, last), begin, last)


def _match_of(scene, quantity):
    """Match "of" after a share, or only the space where its noun follows: "one in four attacks"."""
    of = OF.match(scene.text, quantity.reach)
    if of:
        return of
    noun = read_phrase(scene, quantity.reach)
    last = noun.head.split()[-1] if noun.span else ""
    if not noun.span or is_participle(last) or not is_plural(last) or last in ("dead", "killed"):
        return None
    return SPACES.match(scene.text, quantity.reach)


def _read_of(scene, quantity, start):
    """Read "49% of the residents", with the subject of "make up" behind it."""
    share = _read_part_of_sum(scene, quantity, start) or _join(scene, "", start)
    done = _read_deed(scene, quantity)
    if done and share.what:
        share.what += f" {done}"
        return share
    if REACHING.search(read_left(scene, quantity)):
        verb = find_verb(scene, quantity)
        subject = read_subject(scene, verb) if verb >= 0 else Phrase()
        if subject.span and not is_person(subject.head, scene.lists):
            share.what = f"{clean_phrase(scene.text, *subject.span)} of {share.what}"
        return share
    if MAKE_UP.search(read_left(scene, quantity)):
        verb = find_verb(scene, quantity)
        subject = read_subject(scene, verb) if verb >= 0 else None
        if subject and subject.span and share.what in ("total", "whole", "all"):
            return Share(clean_phrase(scene.text, *subject.span), *subject.span)
        if subject and subject.span:
            link = "who are" if is_person(subject.head, scene.lists) else "from"
            share.what += f" {link} {clean_phrase(scene.text, *subject.span)}"
    return share


def _read_part_of_sum(scene, quantity, start):
    """Read "a tenth of the $135 million that it requires": what that sum is of."""
    ahead = next((q for q in scene.quantities if q.start >= start), None)
    if ahead is None or not is_money(ahead) or not THE.fullmatch(scene.low, start, ahead.start):
        return None
    label = find_label(scene, quantity)
    if label.span:
        return Share(clean_phrase(scene.text, *label.span), *label.span)
    found = scene.find(scene, ahead)
    return Share(found.what, start, ahead.reach) if found.start >= start else None


def _read_deed(scene, quantity):
    """Read "surrendered by growers" in "growers surrender a tenth of the harvest"."""
    verb = find_verb(scene, quantity)
    i = find_word(scene.words, find_start(quantity))
    if verb < 1 or i - verb > 2 or i - verb == 2 and scene.words[i - 1].kind == "preposition":
        return ""
    form, sets = scene.words[verb].form, scene.lists.sets
    if form in sets["equal"] or form in sets["yielding"] or form in scene.lists.changes:
        return ""
    done = DEEDS.get(form) or (form if is_participle(form) else "")
    subject = read_subject(scene, verb)
    if not done or not subject.span:
        return ""
    return f"{done} by {clean_phrase(scene.text, *subject.span)}"


def _join(scene, whole, start):
    """Join the whole and the predicate that follows the share."""
    stop = STOP.search(scene.text, start, start + LONGEST)
    end = stop.start() if stop else min(len(scene.text), start + LONGEST)
    end = _cut_before_next(scene, start, end)
    shown = clean_phrase(scene.text, start, max(start, end))
    rest = BE.sub("", shown)
    if not whole:
        return Share(NUMBER.sub("", rest), start, end)
    link = _find_link(scene, shown, rest) if is_person(whole.lower(), scene.lists) else ""
    return Share(" ".join(f"{whole} {link} {rest}".split()), start, end)


def _cut_before_next(scene, start, end):
    """End a predicate where another number has its own: "of the prison and children 35%"."""
    following = next((q for q in scene.quantities if start < q.start < end), None)
    if following is None:
        return end
    cut = scene.low.rfind(" and ", start, find_start(following))
    return cut if cut > start else end


def _find_link(scene, shown, rest):
    """Return the words that join people and what holds for them: "who are", "with"."""
    if rest and rest == shown and is_person(rest.lower(), scene.lists):
        return "who are"
    if not rest or rest == shown or is_participle(rest.split()[0].lower()):
        return ""
    return "with" if shown.startswith(("had ", "have ", "has ")) else "who are"


def _find_whole(scene, quantity):
    """Find the whole that "of whom", "of them" or "Of the 200 women," points to."""
    opening = _find_opening(scene, quantity)
    if opening:
        return opening
    index, first = find_index(scene, quantity), quantity
    near = scene.quantities[index - 1] if index else None
    if near is not None and is_money(near) and SPENT.match(scene.low, quantity.reach):
        return look_back(scene, index, near).what
    for other in reversed(scene.quantities[max(0, index - FARTHEST) : index]):
        whole = _read_other(scene, other)
        if whole:
            return whole
        of = OF.match(scene.text, other.reach) if other.unit == "percent" else None
        noun = read_phrase(scene, other.reach) if of else Phrase()
        if noun.span and (is_plural(noun.head.split()[-1]) or noun.head.split()[-1] in MASSES):
            return clean_phrase(scene.text, *noun.span)
        if other.unit == "percent" and not of:
            first = other
    return first is not quantity and _find_opening(scene, first) or _find_around(scene, first)


def _find_shared(scene, quantity):
    """Find "residents" for "60% women" in "40% of the residents are men and 60% women"."""
    index = find_index(scene, quantity)
    before = scene.quantities[index - 1] if index else None
    if before is None or before.unit != "percent":
        return ""
    gap = SHARED_VERB.fullmatch(scene.low, before.reach, find_start(quantity))
    return _find_whole(scene, before) if gap else ""


def _find_opening(scene, quantity):
    """Read the whole that opens the sentence, or that the share before has after it."""
    start = find_start(quantity)
    first = OF_FIRST.search(scene.low, max(0, start - 200), start)
    if first:
        return _read_first(scene, *first.span("whole"))
    return _find_gapped(scene, quantity)


def _read_first(scene, start, end):
    """Return the whole that opens the sentence, cut to its noun where it holds a number."""
    for other in scene.quantities:
        if start <= other.start < end:
            phrase = read_phrase(scene, other.reach)
            if phrase.span:
                return clean_phrase(scene.text, *phrase.span)
    return NUMBER.sub("", scene.text[start:end])


def _read_other(scene, other):
    """Return the noun of another number of the sentence: it may be this share's whole."""
    phrase = read_phrase(scene, other.reach) if other.unit is None else Phrase()
    return clean_phrase(scene.text, *phrase.span) if phrase.span else ""


def _find_around(scene, quantity):
    """Find the whole in the label, the subject or an earlier claim: "oil made up 43%" (of it)."""
    label = find_label(scene, quantity)
    if label.span:
        return _read_label(scene, quantity, label)
    subject = find_subject(scene, quantity)
    shown = clean_phrase(scene.text, *subject.span) if subject.span else ""
    earlier = _get_earlier(scene)
    if earlier and (not shown or _makes_up(scene, quantity)):
        return f"{earlier} from {shown}" if shown else earlier
    return shown


def _read_label(scene, quantity, label):
    """Read "population women" in "Population: 51,904, of whom women: 27%"."""
    shown = clean_phrase(scene.text, *label.span)
    part = OF_WHOM.match(shown)
    if part is None:
        return shown
    index = find_index(scene, quantity)
    counted = [q for q in scene.quantities[:index] if q.unit is None]
    whole = look_back(scene, index, counted[-1]) if counted else scene.before.get("number")
    return f"{whole.what} {shown[part.end() :]}" if whole else shown


def _get_earlier(scene):
    """Return what the claim before is of, as far as a share of it can follow."""
    for key in ("last", "percent", "money", "number"):
        if key in scene.before:
            return scene.before[key].what
    return ""


def _makes_up(scene, quantity):
    """Tell whether the verb says that the subject makes up a share of what was named before."""
    verb = find_verb(scene, quantity)
    return verb >= 0 and scene.words[verb].form in scene.lists.sets["yielding"]


def _find_gapped(scene, quantity):
    """Read "Syrians 35%" after "Iraqis make up 49% of the residents"."""
    index = find_index(scene, quantity)
    shares = [q for q in scene.quantities[:index] if q.unit == "percent"]
    match = GAPPED.search(read_left(scene, quantity, 60))
    if not shares or match is None or OF.match(scene.text, quantity.reach):
        return ""
    part = read_phrase_before(scene, find_start(quantity))
    of = OF.match(scene.text, shares[0].reach)
    if not part.span or not of or PRONOUN.match(scene.low, shares[0].reach):
        return ""
    whole = _join(scene, "", of.end()).what
    left = read_left(scene, quantity, 60)
    first = max(part.span[0], find_start(quantity) - len(left) + match.start("part"))
    return f"{whole} who are {clean_phrase(scene.text, first, part.span[1])}"


def _find_earlier_share(scene, quantity):
    """Return the share before, which a second one is compared with: "12%, against 19%"."""
    shares = [q for q in scene.quantities if q.unit == "percent" and q.end < quantity.start]
    return shares[-1] if shares else None
