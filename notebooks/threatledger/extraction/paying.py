"""Read what a sum is that somebody pays, asks for or gets: pay, or the noun it had before."""

from dataclasses import replace

from threatledger.extraction.clauses import read_subject
from threatledger.extraction.model import Counted
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.phrasing import (
    Phrase,
    clean_phrase,
    read_left,
    read_phrase,
    read_phrase_before,
    skip_parenthesis,
)
from threatledger.extraction.readers import find_index, is_money, look_back, name_sum
from threatledger.extraction.verbs import find_form, find_verb, is_verb
from threatledger.extraction.words import find_start, find_word, is_person, is_plural

RAISING = frozenset("raise raised raises collect collected collects gathered sent received".split())
FOLLOWING = LateRegex(
    r"[^.;]{0,60}?(?:,|\s)\s*(?:and|while|as|but|though)\s+(?:its\s|their\s|the\s|such\s)?(?P<noun>[a-z]+)\s+"
    r"(?:keeps?|has|have|is|are|go|goes|rose|fell|grew|grow|come|came|continues?)\b"
)
ORIGIN = LateRegex(r"(?:\s+(?:a|per|each|every)\s+\w+)?\s+from\s+(?:the\s+)?(?=[a-z])")
MONTHLY = LateRegex(
    r"\s*(?:(?:a|per|each|every)\s+(?:hour|day|night|week|fortnight|month|quarter|season|year)"
    r"|monthly|weekly|daily|yearly|annually)(?!\w)"
)
CAPTIVE = LateRegex(r"(?<!\w)(?:for ransom|ransom(?:s|ed)?|kidnap\w*|abduct\w*|hostages?)(?!\w)")
AIM = LateRegex(
    r"(?:\s+(?:a|per|each)\s+\w+)?(?:\s+(?:since|in|by|during)\s+[a-z0-9 ]{2,20}?)?\s+for\s+"
    r"(?:the\s+|an?\s+|its\s+|their\s+)?(?=[a-z])"
)
TIME = LateRegex(
    r"(?:each|every|this|that|it|them|him|her|one|\w+ (?:days?|weeks?|months?|years?)|january"
    r"|february|march|april|may|june|july|august|september|october|november|december)(?!\w)"
)
GAPPED = LateRegex(
    r"(?:[,;]\s+(?:and\s+|but\s+|while\s+)?|\s(?:and|but|while)\s+)"
    r"(?:(?:an?|the|each|every|his|their|its)\s+)?(?P<noun>[a-z][\w'’-]*(?:\s+[a-z][\w'’-]*){0,2}?"
    r"(?P<whole>\s+(?:of|out\s+of|from|into|to|for)\s+(?:the\s+)?[a-z][\w'’-]*)?)\s+\Z"
)
IMPOSED = LateRegex(
    r"(?<!\w)(?:lev(?:y|ies|ied)|impos(?:e|es|ed)|demand(?:s|ed)?|collect(?:s|ed)?|charg(?:e|es|ed)"
    r"|tak(?:e|es)|took|extract(?:s|ed)?|introduc(?:e|es|ed)|set|sets|has|have|had|hold|holds|held"
    r"|retain(?:s|ed)?|keep|keeps|kept|possess(?:es|ed)?)\s+(?:an?\s+|its\s+|their\s+)?(?:[a-z-]+\s+){0,2}\Z"
)
OF_SUM = LateRegex(r"\s+of\s+(?:[a-z]+\s+){0,3}[^a-z\s]*[0-9]")
GIVING = frozenset(
    "give gives gave given pay pays paid receive receives received contribute contributed disburse"
    " disbursed pledge pledged provide provided".split()
)
OUTGOINGS = frozenset("spending outgoings expenditure outlay outlays costs budget income".split())
APPEALS = frozenset(
    "plan appeal response requirement requirements needs programme operation strategy"
    " budget".split()
)
CRIMES = frozenset(("extortion", "protection", "taxation", "smuggling"))
RELEASE = frozenset("release freedom liberation freeing".split())
PAYING = frozenset("pay pays paid paying gets earns draws".split())
BEING = frozenset("is are was were be been being".split())
GETTING = frozenset(
    "get gets got receive receives received draw draws drew earn earns earned".split()
)
PURSES = (["fund"], ["treasury"], ["reserve"], ["budget"])  # these pay, as bodies do
GRANTED = frozenset("given handed awarded granted".split())
SEIZING = frozenset(
    "seized confiscated impounded frozen froze found stolen looted recovered hidden burned burnt"
    " destroyed left".split()
)


def read_paying(scene, quantity):
    """Read the pay, the ransom or the price that a verb of paying or getting speaks of.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
        With a currency.

    Returns
    -------
    Counted, Phrase or None
        The sum noun of the clause or the sentence before, where there is one: "Ransoms have gone
        up: the owner paid 800,000 ringgit". Else pay, where a person is paid by the month.
    """
    verb = find_verb(scene, quantity)
    form = find_form(scene, quantity)
    payer, payee = form in scene.lists.sets["payer"], form in scene.lists.sets["payee"]
    if not payer and not payee:
        return None
    appeal = _read_appeal(scene, quantity, form)
    if appeal:
        return appeal
    subject = read_subject(scene, verb)
    fund = payer and subject.head.split()[-1:] in PURSES and not _is_passive(scene, verb)
    if has_sum_noun(scene, subject) and not fund:
        return subject
    if _is_thing_charged(scene, subject, verb, payer):
        return subject
    aim = _read_aim(scene, quantity) if payer else Phrase()
    named = read_sum_noun(scene, verb, payer)
    if aim.span and aim.head.split()[-1] in RELEASE:
        return _fit_number(scene, named, subject) if named else Counted("ransom", "count", -1, -1)
    hired = _read_hired(scene, quantity, verb) if aim.span and form in PAYING else None
    if aim.span:
        return hired or aim
    pay = _read_pay(scene, quantity, verb) if form in PAYING else None
    if pay and pay.start >= 0 and not CAPTIVE.search(scene.low):
        return pay
    if named and not _is_general(named):
        return _name_crime(_fit_number(scene, named, subject), form)
    return _read_pay(scene, quantity, verb)


def _read_hired(scene, quantity, verb):
    """Read "pays informers 500 dinars for a tip" as their pay: somebody stands before the sum."""
    pay = _read_pay(scene, quantity, verb)
    return pay if pay and pay.start > scene.words[verb].start else None


def _read_pay(scene, quantity, verb):
    """Read a sum that a person gets by the month, or is paid, as that person's pay."""
    form = scene.words[verb].form
    person = _find_payee(scene, quantity, verb, form in scene.lists.sets["payee"])
    if person is None:
        return None
    if person.span and form in GRANTED and _is_passive(scene, verb):
        return name_sum(scene, quantity.unit, "payment to", person)
    regular = MONTHLY.match(scene.low, skip_parenthesis(scene, quantity.reach))
    told = form in ("pay", "pays", "paying") or form == "paid" and _is_passive(scene, verb)
    hired = (
        form in GETTING
        and bool(person.span)
        and person.head.split()[-1] in scene.lists.sets["hired"]
    )
    if not regular and not told and not hired:
        return None
    if person.span:
        return name_sum(scene, quantity.unit, "pay of", person)
    return Counted("pay", quantity.unit, -1, -1)


def read_sum_noun(scene, verb, captive=False):
    """Read the sum noun that is the subject of an earlier clause, or of the sentence before.

    Parameters
    ----------
    scene : Scene
    verb : int
        Index of the verb whose sum has no noun of its own.
    captive : bool
        Whether the sum is a ransom where the sentence speaks of kidnapping.

    Returns
    -------
    Phrase, Counted or None
    """
    for i in range(verb - 2, 0, -1):
        if is_verb(scene, i) and scene.words[i].end < scene.words[verb].start:
            subject = read_subject(scene, i)
            if has_sum_noun(scene, subject):
                return subject
    if captive and CAPTIVE.search(scene.low):
        return Counted("ransom", "count", -1, -1)
    return scene.before.get("sum")


def has_sum_noun(scene, phrase):
    """Tell whether a phrase is a noun for a sum: "ransom demands", "price of escape"."""
    nouns = scene.lists.sets["sum noun"]
    named = bool(phrase.span) and not nouns.isdisjoint(phrase.head.split()[-2:])
    return named and not is_person(phrase.head, scene.lists)


def find_sum_noun(scene):
    """Find the sum noun that a sentence is about, which the next one may go on from.

    Parameters
    ----------
    scene : Scene

    Returns
    -------
    Phrase or None
        Its first subject, else the last noun that stands before a sum.
    """
    for i in range(1, len(scene.words)):
        if is_verb(scene, i):
            subject = read_subject(scene, i)
            if subject.span:
                break
    else:
        subject = Phrase()
    if has_sum_noun(scene, subject):
        return subject
    opening = _read_opening(scene)
    if opening.span:
        return opening
    for word in reversed(scene.words):
        noun = word.kind == "noun" and word.form in scene.lists.sets["sum noun"]
        if noun and (OF_SUM.match(scene.low, word.end) or _is_imposed(scene, word)):
            found = read_phrase_before(scene, word.end)
            return found if has_sum_noun(scene, found) else None
    return None


def _read_opening(scene):
    """Read "hoard" in "The hoard that the group built up is melting away": the first noun."""
    i = next((i for i, word in enumerate(scene.words[:6]) if word.form in ("that", "which")), 0)
    if i == 0 or scene.words[i - 1].form not in scene.lists.sets["sum noun"]:
        return Phrase()
    return read_phrase_before(scene, scene.words[i - 1].end)


def _is_imposed(scene, word):
    """Tell whether a sum noun is what somebody takes: "levies a tax on every lorry"."""
    return IMPOSED.search(scene.low, max(0, word.start - 60), word.start) is not None


def read_gapped_sum(scene, quantity):
    """Read "a cell" in "a place costs €4,300 a year and a cell more than €38,000".

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
        With a currency.

    Returns
    -------
    Counted or None
        Pay, where the sum before is pay.
    """
    index = find_index(scene, quantity)
    earlier = [q for q in scene.quantities[:index] if is_money(q)]
    match = GAPPED.search(read_left(scene, quantity, 60)) if earlier else None
    if match is None:
        return None
    start = find_start(quantity)
    noun = read_phrase_before(scene, start)
    verb = find_verb(scene, quantity)
    if not noun.span or verb < 0 or scene.words[verb].end > earlier[-1].start:
        return None
    if scene.low[noun.span[0] : start].strip() not in match["noun"]:
        return None
    if match["whole"]:
        begin = start - len(match[0]) + match.start("noun") - match.start()
        noun = Phrase((begin, noun.span[1]), noun.head)
    shown = clean_phrase(scene.text, *noun.span)
    if look_back(scene, index, earlier[-1]).what.startswith("pay of "):
        shown = f"pay of {shown}"
    return Counted(shown, quantity.unit, *noun.span)


def read_own_pay(scene, quantity, before):
    """Read "a single man gets 300,000" after another's pay: it has a subject of its own.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
        Without a currency.
    before : Quantity
        The sum that it goes on from.

    Returns
    -------
    Counted or None
    """
    verb = find_verb(scene, quantity)
    if verb < 0 or scene.words[verb].form not in scene.lists.sets["payee"]:
        return None
    person = _find_payee(scene, quantity, verb, True)
    if person is None or not person.span or person.span[0] < before.end:
        return None
    return name_sum(scene, before.unit, "pay of", person)


def is_seized(verb):
    """Tell whether a verb says that money was taken or found, not paid."""
    return verb in SEIZING


def _find_payee(scene, quantity, verb, payee):
    """Find who gets the sum: the subject of "earn" and "is paid", the object of "pay".

    Returns
    -------
    Phrase or None
        Without span where a pronoun stands for them; None where no person gets it.
    """
    if payee or _is_passive(scene, verb):
        person = read_subject(scene, verb)
        if person.pronoun:
            near = scene.words[max(0, verb - 3) : verb]
            return None if any(word.form == "it" for word in near) else Phrase()
    else:
        first = verb + 1
        while first < len(scene.words) and scene.words[first].kind == "determiner":
            first += 1
        person = read_phrase(scene, scene.words[first - 1].end)
        if person.span and person.span[1] > find_start(quantity):
            return None
    if not person.span or not is_person(person.head, scene.lists):
        return None
    opens = find_word(scene.words, person.span[0]) <= 1
    return person if opens or scene.text[person.span[0]].islower() else None


def _read_appeal(scene, quantity, form):
    """Read "by May donors had given $21 million" after what an appeal needs."""
    asked = read_asked(scene, quantity) if form in GIVING else None
    if asked is None:
        return None
    come = form.startswith("receive") and not asked.what.endswith(" received")
    what = f"{asked.what} received" if come else asked.what
    return Counted(what, quantity.unit, -1, -1)


def read_income(scene, quantity, form, subject):
    """Read "the branch gets $6 million a year from extortion" as the income from it."""
    if form not in scene.lists.sets["payee"] or form in scene.lists.paid:
        return None
    match = ORIGIN.match(scene.low, skip_parenthesis(scene, quantity.reach))
    source = read_phrase(scene, match.end()) if match else Phrase()
    if not source.span or not (subject.span or subject.pronoun):
        return None
    return name_sum(scene, quantity.unit, "income from", source)


def read_related(scene, verb, subject):
    """Read the subject that a clause of its own cuts off: "the fee that they take has risen"."""
    if subject.span or subject.pronoun:
        return None
    words = scene.words
    for i in range(verb - 1, 0, -1):
        if words[i].form in ("that", "which") and words[i - 1].form in scene.lists.sets["sum noun"]:
            return read_phrase_before(scene, words[i - 1].end)
    return None


def read_following(scene, quantity):
    """Read "donations" in "the charities raised $40,000 in 2018, and donations keep growing"."""
    if find_form(scene, quantity) not in RAISING:
        return None
    match = FOLLOWING.match(scene.low, skip_parenthesis(scene, quantity.reach))
    if match is None or match["noun"] not in scene.lists.sets["sum noun"]:
        return None
    return Phrase(match.span("noun"), match["noun"])


def read_asked(scene, quantity):
    """Read what an appeal or a plan needs, as the sum before says."""
    index = find_index(scene, quantity)
    sums = [look_back(scene, index, q) for q in scene.quantities[:index] if is_money(q)]
    asked = sums[-1] if sums else scene.before.get("money")
    if asked is None or APPEALS.isdisjoint(asked.what.lower().split()):
        return None
    return asked


def _is_passive(scene, verb):
    """Tell whether a verb is in the passive: "is paid", not "was charging"."""
    being = verb > 0 and scene.words[verb - 1].form in BEING
    return being and not scene.words[verb].form.endswith("ing")


def _is_thing_charged(scene, subject, verb, payer):
    """Tell whether the subject of a passive is a thing: "a cartload of onions is charged"."""
    passive = payer and _is_passive(scene, verb)
    if not passive or not subject.span or is_person(subject.head, scene.lists):
        return False
    return subject.head.split()[-1] not in scene.lists.sets["group of"]


def _read_aim(scene, quantity):
    """Read the thing that a sum is paid for: "300,000 dinars for permission to leave"."""
    match = AIM.match(scene.low, skip_parenthesis(scene, quantity.reach))
    if match is None or TIME.match(scene.low, match.end()):
        return Phrase()
    aim = read_phrase(scene, match.end())
    return Phrase() if aim.span and is_person(aim.head, scene.lists) else aim


def _is_general(named):
    """Tell whether a noun is of all that comes in or goes out, not of one sum: "spending"."""
    return isinstance(named, Counted) and named.what.lower() in OUTGOINGS


def _name_crime(named, form):
    """Name what is paid in "extortion continues: families pay 50,000 dinars"."""
    crime = isinstance(named, Counted) and named.what.lower() in CRIMES and form in PAYING
    return replace(named, what=f"{named.what} payment") if crime else named


def _fit_number(scene, named, subject):
    """Put "ransoms" in the singular where one person pays one."""
    what = named.what if isinstance(named, Counted) else clean_phrase(scene.text, *named.span)
    single = bool(subject.span) and not is_plural(subject.head.split()[-1])
    if not single or what != "ransoms":
        return named
    return Counted("ransom", "count", -1, -1)
