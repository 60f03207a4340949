"""Find what a share is a share of, and what holds for it."""

import re
from dataclasses import dataclass

from threatledger.extraction.clauses import (
    find_direction,
    find_form,
    find_label,
    find_subject,
    find_verb,
    follows_verb,
    read_subject,
)
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.paying import read_asked
from threatledger.extraction.phrasing import (
    Phrase,
    clean_phrase,
    read_left,
    read_phrase,
    read_phrase_before,
)
from threatledger.extraction.readers import FARTHEST, find_index, is_money, look_back
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
OF = LateRegex(r"\s+of\s+")
IN = LateRegex(r"\s+in\s+(?:the\s+|its\s+|their\s+)?")
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
GIVEN = frozenset("given gave received provided paid contributed covered met funded".split())
LEVIED = {
    **dict.fromkeys(("levy", "levies", "levied", "impose", "imposes", "imposed"), "levy"),
    **dict.fromkeys(("charge", "charges", "charged"), "charge"),
    **dict.fromkeys(("demand", "demands", "demanded"), "demand"),
}
ON = LateRegex(r"\s+on\s+(?:the\s+|all\s+|every\s+|each\s+)?(?=[a-z])")
TAKEN = frozenset(("cut", "cuts", "charge", "rake-off"))  # "taking a cut of 3 per cent"
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
CONVERTED = LateRegex(r"(?:,\s*or|\(|=|i\.e\.)\s*\Z")
ASIDE = LateRegex(r"(?:[,;(–—]|(?<!\w)and)\s*(?P<way>up|down)(?:\s+by)?\s*\Z")
GRADUAL = LateRegex(r"(?:up|down|off)(?: (?:by|a|a further|another|some|by a|further))?")
LEVEL = LateRegex(r"(?<!\w)(?:from|to|at|against|than|reached|stood at|was|is|were)\s*\Z")
INSIDE = LateRegex(
    r"(?<!\w)(?:in|across|within|at|from|by|(?:in|during) which)\s*(?:the |its |their |all )*\Z"
)
GAPPED = LateRegex(r"(?:,|(?<!\w)and)\s+(?P<part>(?:[\w'’-]+\s+){1,4})\Z")
BE = LateRegex(
    r"^(?:(?:are|is|were|was|have|has|had|been|be|may|might|still|likely to have been|goes|go)\s+)+"
)
NUMBER = LateRegex(
    r"^(?:the |its |their )?(?:[\d.,]+|two|three|four|five|six|seven|eight|nine|ten)\s+"
)
LONGEST = 80  # characters of the predicate that is kept


@dataclass(slots=True)
class Share:
    """What a share says, and the span that says what holds."""

    what: str
    start: int
    end: int


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
    rate = RATE_OF.search(read_left(scene, quantity))
    if rate:
        noun = read_phrase_before(scene, find_start(quantity) - (rate.end() - rate.start()))
        if noun.span and noun.head not in scene.lists.sets["placeholder"]:
            return _read_rate(scene, quantity, noun)
    pronoun = PRONOUN.match(scene.low, quantity.reach)
    asked = _read_given(scene, quantity) if pronoun else None
    if asked:
        return asked
    of = _match_of(scene, quantity) if not pronoun else None
    if of:
        return _read_of(scene, quantity, of.end())
    change = _find_change(scene, quantity) or _find_aside(scene, quantity)
    if change is not None:
        return change
    converted = _find_converted(scene, quantity) or _read_levied(scene, quantity)
    if converted:
        return converted
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


def _read_levied(scene, quantity):
    """Read "levies 10 per cent on diggers" and "counters charge 8 per cent": what is taken."""
    verb = find_verb(scene, quantity)
    form = find_form(scene, quantity)
    near = follows_verb(scene, quantity)
    if not near or form not in LEVIED:
        return None
    on = ON.match(scene.low, quantity.reach)
    payers = read_phrase(scene, on.end()) if on else Phrase()
    if payers.span:
        return Share(f"{LEVIED[form]} on {clean_phrase(scene.text, *payers.span)}", *payers.span)
    subject = read_subject(scene, verb)
    if not subject.span:
        return None
    return Share(f"{LEVIED[form]} of {clean_phrase(scene.text, *subject.span)}", *subject.span)


def _read_given(scene, quantity):
    """Read "donors had given 63 per cent of that" after what an appeal needs."""
    verb = find_verb(scene, quantity)
    given = verb >= 0 and scene.words[verb].form in GIVEN
    asked = read_asked(scene, quantity) if given else None
    return Share(f"{asked.what} received", quantity.start, quantity.reach) if asked else None


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


def _read_rate(scene, quantity, noun):
    """Read "a commission of 3%", "an increase of 40 per cent in attacks"."""
    what = clean_phrase(scene.text, *noun.span)
    changed = IN.match(scene.text, quantity.reach) if noun.head in scene.lists.changes else None
    thing = read_phrase(scene, changed.end()) if changed else Phrase()
    if thing.span:
        what += f" in {clean_phrase(scene.text, *thing.span)}"
    elif noun.head in scene.lists.changes and noun.head not in TAKEN:
        whole = _find_main_count(scene, find_index(scene, quantity))
        what += f" in {whole}" if whole else ""
    return Share(what, *noun.span)


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
        return clean_phrase(scene.text, *label.span)
    subject = find_subject(scene, quantity)
    shown = clean_phrase(scene.text, *subject.span) if subject.span else ""
    earlier = _get_earlier(scene)
    if earlier and (not shown or _makes_up(scene, quantity)):
        return f"{earlier} from {shown}" if shown else earlier
    return shown


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


def _find_change(scene, quantity):
    """Read "fell by 60 per cent" as the fall in the clause's subject."""
    verb = find_verb(scene, quantity)
    noun, direction = _read_direction(scene, quantity, verb)
    if direction == "any" or verb < 0:
        return None
    subject = read_subject(scene, verb)
    if subject.span:
        return Share(f"{noun} in {clean_phrase(scene.text, *subject.span)}", *subject.span)
    earlier = scene.before.get("number") or scene.before.get("money")
    return Share(f"{noun} in {earlier.what}", -1, -1) if earlier else None


def _read_direction(scene, quantity, verb):
    """Read the change right before a share: "fell by", "has gone up by"."""
    between = scene.low[scene.words[verb].end : find_start(quantity)].strip() if verb >= 0 else ""
    if GRADUAL.fullmatch(between):
        return find_direction(scene, verb)
    left = read_left(scene, quantity, 60)
    found = max(scene.lists.change.finditer(left), key=lambda match: match.end(), default=None)
    if found is None or left[found.end() :].strip() not in ("", "by", "a", "by a", "of", "further"):
        return "", "any"
    return scene.lists.changes[found[0]]


def _find_aside(scene, quantity):
    """Read "148 incidents, up 42 per cent on a year before" as the rise in incidents."""
    match = ASIDE.search(read_left(scene, quantity))
    if match is None:
        return None
    noun = "rise" if match["way"] == "up" else "fall"
    index = find_index(scene, quantity)
    main = _find_main_count(scene, index)
    if main:
        return Share(f"{noun} in {main}", -1, -1)
    subject = find_subject(scene, quantity)
    if subject.span:
        return Share(f"{noun} in {clean_phrase(scene.text, *subject.span)}", *subject.span)
    return None


def _find_converted(scene, quantity):
    """Read "given $21 million, or a quarter": the share is told of what the sum is."""
    index = find_index(scene, quantity)
    before = scene.quantities[index - 1] if index else None
    if before is None or not is_money(before) or quantity.start - before.reach > 30:
        return None
    if not CONVERTED.search(read_left(scene, quantity)):
        return None
    found = look_back(scene, index, before)
    return Share(found.what, found.start, found.end) if found.what else None


def _find_main_count(scene, index):
    """Return the noun of the last number before that is not in a phrase such as "at 8 clinics"."""
    before = scene.quantities[max(0, index - FARTHEST) : index]
    for other in [q for q in reversed(before) if not INSIDE.search(read_left(scene, q))] + before:
        found = look_back(scene, index, other)
        if found.what:
            return found.what
    return ""


def _find_earlier_share(scene, quantity):
    """Return the share before, which a second one is compared with: "12%, against 19%"."""
    shares = [q for q in scene.quantities if q.unit == "percent" and q.end < quantity.start]
    return shares[-1] if shares else None
