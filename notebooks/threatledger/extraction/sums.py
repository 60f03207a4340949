"""Read what a sum is that comes with no noun: a debt, a need, money frozen or on its way."""

from threatledger.extraction.clauses import read_subject
from threatledger.extraction.model import Counted
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.phrasing import (
    Phrase,
    clean_phrase,
    read_left,
    read_phrase,
    skip_parenthesis,
)
from threatledger.extraction.readers import name_sum
from threatledger.extraction.trimming import trim
from threatledger.extraction.verbs import find_form, find_verb, follows_verb
from threatledger.extraction.words import find_start, find_word

OWING = frozenset("owe owes owed owing".split())
NEEDING = frozenset("need needs needed require requires required requested requests seek".split())
GIVING = frozenset(
    "given gave received receives secured raised obtained contributed pledged paid got covered"
    " covers met funded provided".split()
)
SHARE_OF_NEED = LateRegex(
    r"\s*(?:\([^()]{0,40}\)\s*)?(?:,\s*(?:or\s+|that is,?\s+)?|\(\s*|or\s+)"
    r"(?:about\s+|some\s+|just\s+|only\s+)?"
    r"(?:[0-9.,]+\s?(?:%|per\s?cent)|an?\s+[a-z]+|[a-z]+\s+[a-z]+s|half)\s+"
    r"of\s+(?:the|its|their)\s+"
    r"(?P<need>(?:[a-z]+\s+)?(?:requirements?|needs?|appeal|plan|budget|amount\s+needed))"
)
GERUND = LateRegex(
    r"(?<!\w)(?P<verb>sending|transferring|wiring|moving|channelling|channeling|funnelling|funneling"
    r"|smuggling|laundering|receiving|collecting|raising|stealing|withdrawing|depositing|spending"
    r"|taking|embezzling|diverting)\s+\Z"
)
GERUNDS = {
    "sending": "sent",
    "stealing": "stolen",
    "withdrawing": "withdrawn",
    "spending": "spent",
    "taking": "taken",
}
TO = LateRegex(r"\s+to\s+(?:the\s+|an?\s+|its\s+|their\s+)?(?=[a-z])")
FROM = LateRegex(
    r"(?:\s+(?:an?|per|each|every)\s+\w+)?\s+from\s+(?:the\s+|an?\s+|its\s+|their\s+)?(?=[a-z])"
)
LIVING = frozenset(
    "live lives lived living depend depends depended subsist subsists rely relies relied get gets"
    " got has have had accept accepts accepted".split()
)
REQUIRED = LateRegex(
    r"\s+(?:that|which)?\s*(?P<who>it|they|(?:the|its|their)\s+(?:[\w-]+\s+){1,4}?"
    r"|(?:(?<=that )|(?<=which ))[a-z][\w-]*(?:\s+[\w-]+)?)\s*"
    r"(?:requires?|needs?|asks?\s+for|seeks?|requested|required|needed|asked\s+for)(?!\w)"
)
PRONOUNS = frozenset(("it", "they"))
SOLD = LateRegex(
    r"(?<!\w)(?:sold|sells?|selling|bought|buys?|buying|traded|pawned|rented|rents|leased|hired|hires"
    r"|resold|auctioned|gave\s+up|handed\s+in|surrendered|exchanged|swapped)\s+(?:off\s+)?(?P<thing>(?:[\w'’-]+\s+){1,6}?)for\s+(?:just\s+|only\s+)?\Z"
)
IT_COSTS = LateRegex(r"(?<!\w)it\s+(?:now\s+|still\s+)?(?:costs?|takes)\s+(?:[a-z]+\s+){0,2}\Z")
TO_DO = LateRegex(r"\s+to\s+(?P<deed>[a-z]+(?:\s+(?!and\s|but\s)[\w'’-]+){0,4})")
PLANS = frozenset("plan response operation programme project strategy cluster sector".split())
COVERED = LateRegex(r"\s+of\s+(?:the\s+|its\s+|their\s+)?")
WITH = LateRegex(r"(?<!compared )(?<!\w)with(?:\s+(?:only|just|another))?\s*\Z")
RATE = LateRegex(r"\s+(?:an?|per|each|every)\s+[a-z]")
TAXED = LateRegex(
    r"(?<!\w)(?P<verb>tax(?:es|ed)?|fine[sd]?)\s+(?!(?:on|of|for|from|in|by)\s)(?P<object>(?:[\w'’-]+\s+){1,5}?)"
    r"(?:at\s+|at\s+about\s+|some\s+)?\Z"
)
TAXED_TOO = LateRegex(r"(?:,|(?<!\w)and)\s+(?P<object>(?:[a-z-]+\s+){1,3})at\s+\Z")
TAXING = LateRegex(r"(?<!\w)tax(?:es|ed)?\s")
FREEZING = frozenset("froze frozen freeze freezes freezing blocked block blocks".split())
IN_ACCOUNTS = LateRegex(
    r"(?:\s+\([^()]{0,40}\))?\s+(?:held\s|kept\s|lying\s)?(?:in|on)\s+(?:[a-z0-9-]+\s+){0,4}?"
    r"(?P<accounts>accounts|wallets)(?!\w)"
)
RAIDERS = LateRegex(
    r"(?<!\w)(?:police|customs|soldiers|troops|army|guards?|officers|agents|investigators|detectives"
    r"|forces|gendarmes|gendarmerie|inspectors|patrols?|marines|militia|rangers|coastguard)\Z"
)
CASHED = frozenset("seized seize seizes confiscated impounded found discovered".split())


def read_debt(scene, quantity):
    """Read "they owed $400" as a debt.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
        With a currency.

    Returns
    -------
    Counted or None
    """
    if find_form(scene, quantity) not in OWING:
        return None
    return Counted("debt", quantity.unit, -1, -1)


def read_needed(scene, quantity):
    """Read "had received $41 million, or 46 per cent of its requirement" as of what is needed.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
        With a currency.

    Returns
    -------
    Counted or None
    """
    if find_form(scene, quantity) not in GIVING:
        return None
    share = SHARE_OF_NEED.match(scene.low, quantity.reach)
    if share is None:
        return _read_covered(scene, quantity)
    start = share.start("need")
    stop = find_word(scene.words, share.end())
    if stop + 1 < len(scene.words) and scene.words[stop].form in ("for", "of"):
        stop += 2
    phrase = trim(scene, start, scene.words[min(stop, len(scene.words)) - 1].end)
    span = phrase.span or share.span("need")
    end = scene.words[stop - 1].end if scene.words[stop - 1].kind == "number" else span[1]
    return Counted(f"{clean_phrase(scene.text, start, end)} received", quantity.unit, *span)


def _read_covered(scene, quantity):
    """Read "have covered $18 million of the $64 million that the plan requires"."""
    of = COVERED.match(scene.low, quantity.reach)
    whole = next((q for q in scene.quantities if of and q.start == of.end()), None)
    needed = read_required(scene, whole) if whole else None
    return Counted(f"{needed.what} received", quantity.unit, -1, -1) if needed else None


def read_carried(scene, quantity):
    """Read "caught at the border with €28,000" as cash.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
        With a currency.

    Returns
    -------
    Counted or None
    """
    if not WITH.search(read_left(scene, quantity)) or RATE.match(scene.low, quantity.reach):
        return None
    return Counted("cash", quantity.unit, -1, -1)


def read_gerund(scene, quantity):
    """Read "charged with sending 190,000 euros to the branch" as money sent to it.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
        With a currency.

    Returns
    -------
    Counted or None
    """
    match = GERUND.search(read_left(scene, quantity))
    if match is None:
        return None
    stem = match["verb"][:-3]
    what = "money " + GERUNDS.get(match["verb"], f"{stem}d" if stem[-1] == "e" else f"{stem}ed")
    goal = TO.match(scene.low, skip_parenthesis(scene, quantity.reach))
    receiver = read_phrase(scene, goal.end()) if goal else Phrase()
    if receiver.span:
        return name_sum(scene, quantity.unit, f"{what} to", receiver)
    return Counted(what, quantity.unit, -1, -1)


def read_source(scene, quantity):
    """Read "lives on $20,000 a month from Somalia" as money from there.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
        With a currency.

    Returns
    -------
    Counted or None
    """
    if find_form(scene, quantity) not in LIVING:
        return None
    match = FROM.match(scene.low, skip_parenthesis(scene, quantity.reach))
    source = read_phrase(scene, match.end()) if match else Phrase()
    if not source.span:
        return None
    return name_sum(scene, quantity.unit, "money from", source)


def read_frozen(scene, quantity):
    """Read "froze 46 million som in 73 accounts" as money frozen in accounts.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
        With a currency.

    Returns
    -------
    Counted or None
    """
    if find_form(scene, quantity) not in FREEZING:
        return None
    match = IN_ACCOUNTS.match(scene.low, quantity.reach)
    if match is None:
        return None
    return Counted(f"money frozen in {match['accounts']}", quantity.unit, *match.span("accounts"))


def read_loot(scene, quantity):
    """Read "police seized 11 million lira and 3 kg of gold in a raid" as cash seized.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
        With a currency.

    Returns
    -------
    Counted or None
    """
    verb = find_verb(scene, quantity)
    form = find_form(scene, quantity)
    if form not in CASHED and form != "took":
        return None
    subject = read_subject(scene, verb)
    if not subject.span or not RAIDERS.search(subject.head):
        return None
    done = "seized" if form not in ("found", "discovered") else "found"
    return Counted(f"cash {done}", quantity.unit, -1, -1)


def read_need(scene, quantity):
    """Read "partners need $41 million" as their needs, where people ask for it.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
        With a currency.

    Returns
    -------
    Counted or None
    """
    verb = find_verb(scene, quantity)
    near = follows_verb(scene, quantity)
    if not near or scene.words[verb].form not in NEEDING:
        return None
    subject = read_subject(scene, verb)
    sums = scene.lists.sets["sum noun"] | PLANS
    if not subject.span or not sums.isdisjoint(subject.head.split()):
        return None
    return name_sum(scene, quantity.unit, "needs of", subject)


def read_required(scene, quantity):
    """Read "of the $64 million that the plan requires" as what the plan needs.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
        With a currency.

    Returns
    -------
    Counted or None
    """
    match = REQUIRED.match(scene.low, quantity.reach)
    if match is None:
        return None
    who = match.span("who")
    what = "requirement" if match["who"] in PRONOUNS else clean_phrase(scene.text, *who)
    if scene.text[who[0]].isupper():
        what = f"amount requested by {what}"
    return Counted(what, quantity.unit, *who)


def read_sold(scene, quantity):
    """Read "sold her jewellery for 900 dinars": what was sold.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
        With a currency.

    Returns
    -------
    Phrase or None
    """
    start = find_start(quantity)
    match = SOLD.search(scene.low, max(0, start - 80), start)
    if match is None:
        return None
    found = trim(scene, *match.span("thing"))
    return found if found.span else None


def read_cost(scene, quantity):
    """Read "it costs $450 to leave the camp": what the money is for.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
        With a currency.

    Returns
    -------
    Counted or None
    """
    match = TO_DO.match(scene.low, skip_parenthesis(scene, quantity.reach))
    if match is None or not IT_COSTS.search(read_left(scene, quantity)):
        return None
    shown = clean_phrase(scene.text, *match.span("deed"))
    return Counted(f"cost to {shown}", quantity.unit, *match.span("deed"))


def read_taxed(scene, quantity):
    """Read "taxes fishermen at 1,500 naira a basket" as a tax on them.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
        With a currency.

    Returns
    -------
    Counted or None
    """
    start = find_start(quantity)
    match = TAXED.search(scene.low, max(0, start - 70), start)
    if match is None:
        return _read_taxed_too(scene, quantity)
    found = trim(scene, *match.span("object"))
    if not found.span:
        return None
    lead = "tax on" if match["verb"].startswith("tax") else "fine of"
    return name_sum(scene, quantity.unit, lead, found)


def _read_taxed_too(scene, quantity):
    """Read "herders" in "taxes fishermen at 1,500 naira and herders at 3,000"."""
    start = find_start(quantity)
    match = TAXED_TOO.search(scene.low, max(0, start - 60), start)
    told = match and TAXING.search(scene.low, max(0, start - 160), match.start())
    found = trim(scene, *match.span("object")) if told else Phrase()
    if not found.span:
        return None
    return name_sum(scene, quantity.unit, "tax on", found)
