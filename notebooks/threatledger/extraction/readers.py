"""What the readers of counted and of valued things share: labels, appositions, earlier claims."""

from bisect import bisect_left
from dataclasses import replace
from operator import attrgetter

from threatledger.extraction.clauses import read_subject
from threatledger.extraction.colons import find_label
from threatledger.extraction.gazetteer import find_places
from threatledger.extraction.glance import read_forms
from threatledger.extraction.grammar import fold_text
from threatledger.extraction.model import Counted
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.phrasing import (
    Phrase,
    clean_phrase,
    read_left,
    read_phrase,
    read_phrase_before,
)
from threatledger.extraction.trimming import trim
from threatledger.extraction.verbs import is_verb
from threatledger.extraction.words import (
    find_start,
    find_word,
    is_participle,
    is_person,
    is_plural,
    is_thing,
)

COMPARED = LateRegex(
    r"(?:(?<!\w)(?:against|from|than|versus|vs\.?|with|compared (?:with|to)|and|or|to|but|another"
    r"|another at|one|out of|of which|of whom|of them|including|then|among them|i\.e\.|was|were"
    r"|is|are)"
    r"|,|\(|;|/|:)\s*(?:[“\"]\s*)?\Z"
)
NUMBER_OF = LateRegex(r"(?<!\w)(?:number|strength|total) of ")
OF_WHICH = LateRegex(r",?\s+(?:of|for)\s+(?P<who>which|whom)\s")
STATE = LateRegex(r"(?:still|now|yet|in|at|on|under|abroad|dead|missing|left|held|born|home)(?!\w)")
SAME_AT = LateRegex(r"\sand(?:\s+at)?\s+(?:[a-z]+\s+){0,3}\Z")  # "at 1,500 men in May and at 700"
ASIDE = LateRegex(r",\s+(?:where|whose|which|who)\s[^,;:.()]*\Z")
WHICH = frozenset(("which", "whom"))
AFTER_COLON = LateRegex(r"\s*:\s+(?:the |an? )?")
FARTHEST = 8  # quantities that a number looks back over
SAYING = frozenset(
    "says said say adds added reports reported believes estimates told thinks writes wrote notes"
    " noted reckons claims claimed found finds recalls recalled".split()
)
BULLETS = " \t\n•*–—-▪‣"


def is_money(quantity):
    """Tell whether a quantity is a sum of money."""
    return quantity.unit is not None and len(quantity.unit) == 3 and quantity.unit.isupper()


def try_readers(scene, quantity, readers, unit):
    """Return what the first reader finds, nothing where none does.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
    readers : iterable of callable
        Each takes the scene and the quantity and returns a Phrase, a Counted or None.
    unit : str or None
        The quantity's; None where the noun decides.

    Returns
    -------
    Counted
    """
    for reader in readers:
        found = reader(scene, quantity)
        if found is None:
            continue
        if isinstance(found, Counted) and found.what:
            return found if unit is None else replace(found, unit=unit)
        if isinstance(found, Phrase) and found.span:
            return make_counted(scene, found, unit)
        if isinstance(found, Phrase) and found.pronoun:
            earlier = _resolve(scene, quantity)
            if earlier and found.head:
                earlier = replace(earlier, what=f"{found.head} of {earlier.what}")
            if earlier:
                return earlier if unit is None else replace(earlier, unit=unit)
    return Counted("", unit or "count", -1, -1)


def _resolve(scene, quantity):
    """Find what "the count" and "the sum" stand for, in the sentence or before it."""
    if not is_money(quantity):
        return (
            _read_running(scene, quantity)
            or read_topic(scene, quantity)
            or read_earlier(scene, quantity)
        )
    own = read_own_sum(scene, quantity)
    return own or scene.before.get("sum") or _read_sums(scene) or read_earlier(scene, quantity)


def read_own_sum(scene, quantity):
    """Read "money from an office" for "the amount", where the sentence names it before.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
        With a currency.

    Returns
    -------
    Counted or None
    """
    last = find_word(scene.words, find_start(quantity))
    for i in range(last - 1, 0, -1):
        word = scene.words[i]
        named = word.form == "money" or word.form in scene.lists.sets["sum noun"]
        if named and word.kind == "noun" and word.form not in ("sum", "sums", "price"):
            phrase = read_phrase_before(scene, word.end)
            found = trim(scene, phrase.span[0], find_start(quantity)) if phrase.span else phrase
            return make_counted(scene, found, "count") if found.span else None
        if word.form == ";":
            break
    return None


def _read_sums(scene):
    """Read "payments" for "the sum" after "they traced 387 payments", counted last."""
    counted = scene.before.get("number")
    if counted is None or scene.before.get("last") is not counted:
        return None
    named = not scene.lists.sets["sum noun"].isdisjoint(counted.what.lower().split())
    return replace(counted, unit="count") if named else None


def _read_running(scene, quantity):
    """Read "deaths" for "the count" in "deaths fell to 202, and by May the count was at 118"."""
    index = find_index(scene, quantity)
    for other in scene.quantities[max(0, index - FARTHEST) : index]:
        start = find_start(other)
        aside = ASIDE.search(scene.low, max(0, start - 90), start)
        gap = scene.low[other.reach : quantity.start]
        if other.unit is None and not aside and ("," in gap or SAME_AT.search(gap)):
            found = look_back(scene, index, other)
            return found if found.what else None
    return None


def make_counted(scene, phrase, unit):
    """Make a Counted of a phrase; the unit of a bare number follows from the phrase's head."""
    what = clean_phrase(scene.text, *phrase.span)
    if unit is None:
        whole = fold_text(what)
        thing = is_thing(whole, scene.lists)
        unit = "person" if is_person(phrase.head or whole, scene.lists) and not thing else "count"
    return Counted(what, unit, *phrase.span)


def name_sum(scene, unit, lead, phrase):
    """Name a sum by its noun and the phrase behind it: "money sent to" and "the branch".

    Parameters
    ----------
    scene : Scene
    unit : str
        A currency.
    lead : str
        The noun and a preposition.
    phrase : Phrase
        With a span.

    Returns
    -------
    Counted
    """
    shown = clean_phrase(scene.text, *phrase.span)
    return Counted(f"{lead} {shown}", unit, *phrase.span)


def find_index(scene, quantity):
    """Return the place of a quantity among those of its sentence."""
    return bisect_left(scene.quantities, quantity.start, key=attrgetter("start"))


def look_back(scene, index, other):
    """Return what an earlier quantity is of, found once, with only those before ``index`` in sight.

    What is in sight shrinks with every look back, so that a row of bare numbers ends soon.
    """
    if id(other) not in scene.known:
        near = scene.quantities[max(0, index - FARTHEST) : index]
        if not any(q is other for q in near):
            return Counted("", other.unit or "count", -1, -1)
        found = scene.find(replace(scene, quantities=near), other)
        scene.known[id(other)] = replace(found, told="") if found.told else found
    return scene.known[id(other)]


def read_earlier(scene, quantity):
    """Go on from what an earlier claim of the text is of."""
    earlier = scene.before.get("money" if is_money(quantity) else "number")
    return Counted(earlier.what, earlier.unit, -1, -1) if earlier else None


def read_topic(scene, quantity):
    """Take what the sentence before is about, where that states no number."""
    return None if is_money(quantity) else scene.before.get("topic")


def read_caption(scene, quantity):
    """Take what the line above a list or table names, where the text has one."""
    found = scene.before.get("caption")
    if found is None or is_money(quantity) and found.unit == "person":
        return None
    return found


def read_after_colon(scene, quantity):
    """Read "CHF 44,000: cash found on 2 October"."""
    if ":" not in scene.text:
        return None
    opens = not scene.text[: find_start(quantity)].strip(BULLETS)
    colon = AFTER_COLON.match(scene.text, quantity.reach) if opens else None
    return read_phrase(scene, colon.end()) if colon else None


def read_label(scene, quantity):
    """Read the label before a colon, unless it only names a place: "Iraq: 810"."""
    label = find_label(scene, quantity)
    if not label.span or is_person(label.head, scene.lists):
        return label
    start, end = label.span
    shown = scene.text[start:end]
    caption = scene.before.get("caption")
    if caption and caption.unit == "person" and is_state(label.head):
        return replace(caption, what=f"{caption.what} {shown.lower()}")
    places = find_places(shown, scene.codebook)
    divided = label.head in scene.lists.sets["division"] and bool(places)
    return None if divided or any(len(shown) - (p.end - p.start) < 8 for p in places) else label


def is_state(label):
    """Tell whether a label says what became of people: "departed", "still in the zone"."""
    return is_participle(label.split()[-1]) or bool(STATE.match(label))


def read_apposition(scene, quantity):
    """Read what stands before the comma: "the strip, 250 km long, has dwindled"."""
    start = find_start(quantity)
    comma = scene.low.rfind(",", 0, start)
    if comma < 0 or scene.low[comma + 1 : start].strip() not in ("", "once", "now", "then"):
        return None
    last = find_word(scene.words, comma) - 1
    if last > 0 and scene.words[last].form in SAYING:
        return None
    begin = max(scene.low.rfind(mark, 0, comma) + 1 for mark in ",;:")
    number = NUMBER_OF.search(scene.low, begin, comma)
    return trim(scene, number.start() if number else begin, comma)


def read_antecedent(scene, quantity):
    """Read "houses, of which the state has licensed some 400"."""
    if WHICH.isdisjoint(read_forms(scene.text)):
        return None
    start = find_start(quantity)
    found = list(OF_WHICH.finditer(scene.low, max(0, start - 120), start))
    phrase = read_phrase_before(scene, found[-1].start()) if found else None
    if found and not phrase.span:
        last = find_word(scene.words, found[-1].start()) - 1
        told = last > 0 and scene.words[last].form not in SAYING and is_verb(scene, last)
        phrase = read_subject(scene, last) if told else phrase
    if not found or found[-1]["who"] != "whom":
        return phrase
    if phrase.span:
        return Counted(clean_phrase(scene.text, *phrase.span), "person", *phrase.span)
    return find_people(scene, found[-1].start()) or Counted("people", "person", -1, -1)


def is_compared(scene, quantity):
    """Tell whether the words before a number set it beside another."""
    return bool(COMPARED.search(read_left(scene, quantity)))


def find_people(scene, end):
    """Find the last plural noun for people before an offset.

    Parameters
    ----------
    scene : Scene
    end : int

    Returns
    -------
    Counted or None
    """
    for word in reversed(scene.words[: find_word(scene.words, end)]):
        if word.kind == "noun" and is_plural(word.form) and is_person(word.form, scene.lists):
            phrase = read_phrase_before(scene, word.end)
            if phrase.span:
                return make_counted(scene, phrase, "person")
    return None
