"""Tell numbers that a text states from those that it only plans, promises, fears or supposes."""

import functools
import re
from dataclasses import dataclass

from threatledger.extraction.glance import fold_sentence, read_forms
from threatledger.extraction.grammar import SPACE, fold_text, join_tree, join_words, pick_hints
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.words import cut_window, find_start

CLAUSE_END = LateRegex(
    r"[;:—]|,\s+(?:up|down|compared|as against|against|versus)(?!\w)"
    r"|,\s+(?:and|but|while|whereas|which|who|whose|where|although|though|said|says|according)"
    r"(?!\w)|(?<!\w)(?:which|who|whose|whereas|while|although|according|because)(?!\w)|[”\"]"
    r"|(?<!\w)but (?:[a-z]{3,}ed|shut|sent|built|made|met|kept|held|found|took|gave|paid|won|lost"
    r"|cut|set|left|came|went|fell|rose|spent|raised|freed)(?!\w)"
    r"|(?<!\w)(?:and|but) (?:[a-z]+ly |so far )?"
    r"(?:got|received|obtained|has|have|had|was|were|did|that)(?!\w)"
)
JOINED = LateRegex(r"(?<!\w)(?:and|but)\s*\Z")
DONE = LateRegex(
    r"\s+(?:(?:of them|others)\s+)?"
    r"(?:[a-z]{3,}ed|went|came|left|fled|did|were|was|had|got|made|took)(?!\w)"
)
CLAUSE_START = LateRegex(
    r"[;:—]|,\s+(?:and|but|while|whereas|which|who|whose|where|said|although|though)(?!\w)"
    r"|(?<!\w)(?:that|while|whereas|but|and)(?!\w)"
)
CELL = LateRegex(r"\t|\s*\||\s{2}|\s?[0-9:]")
GIVEN = LateRegex(
    r"(?<!\w)(?:the|its|their|his|her|our|these|those|all|all the"
    r"|[a-z]+['’]s(?=\s+(?:[\w-]+\s+){0,2}[a-z]+\s+of\s))\s+"
    r"(?:(?:[\w'-]+\s+){0,2}(?:list|group|total|network|force|population|army|fleet|staff|team|contingent"
    r"|garrison|battalion|brigade|workforce|caseload|membership|crew|mission|deployment|corps|unit"
    r"|presence|company|detachment)\s+of\s+)?\Z"
)
ASKED = LateRegex(r"\s*[0-9.,]+ \((?:about|some|around|roughly|nearly|or) ?|\s*[0-9.,]+ \(")
# "has asked the capital for another 1,500 soldiers": wished for; a sum that is asked for is a fact
ASKING = LateRegex(
    r"(?<!\w)(?:ask(?:s|ed|ing)?|appeal(?:s|ed|ing)?\s+to|petition(?:s|ed|ing)?|lobb(?:y|ies|ied|ying)"
    r"|press(?:es|ed|ing)?|begg?(?:s|ed|ing)?)\s+(?:[\w'’-]+\s+){1,5}?for\s+(?:another\s+|the\s+)?\Z"
)
THANKING = LateRegex(r"(?<!\w)(?:thanks?|thanked|grateful to)\s+(?:the\s+|our\s+)?\Z")
WANTED = frozenset(("want", "wants", "wanted"))
OFFERED = LateRegex(r"\s+(?:promised|pledged|planned|requested|expected|proposed)(?!\w)")
KNOWN_HEDGES = frozenset(("all", "all the", "the remaining", "the other"))
BE = LateRegex(r"(?<!\w)(?:is|are|was|were|been|be)\s+\Z")
WORD = LateRegex(r"[a-z']+")
IF = LateRegex(r"(?<!\w)if(?!\w)")
# A clause between commas has ended: "the agency, which hopes to open schools, recorded 12 raids".
ASIDE = LateRegex(r",\s+(?:which|who|whose|where)\s[^,;:]*\Z")
AFTER_ASIDE = LateRegex(
    r"[^,;:]*,\s+(?:[a-z]+ly\s+)?(?:(?!need|feed|speed|bleed)[a-z]{3,}ed|has|have|had|is|are|was|were|said|says"
    r"|told|put|puts|saw|found|lost|took|kept|held|holds|counts|reports|estimates|gave|made|sent"
    r"|spent|got|came|went|left|fled|met|cut|set|hit|shot|struck|fought|bought|sold|paid)(?!\w)"
)
TO_BE = LateRegex(
    r"(?!(?:\s+[\w'-]+){0,4}?\s+(?:believed|thought|said|known|reported|estimated|understood|feared"
    r"|presumed|alleged|claimed|assumed|considered|found|seem|seems|seemed|appear|appears|appeared"
    r"|asked|agreed|refused|chose|wait|waited|waiting|begged|volunteered|demanded|insisted|wish"
    r"|wished|want|wanted)\s)[^.;:]{0,40}?,?\s+to be"
    r" (?:ready|sent|deployed|built|opened|completed|formed|[a-z]+ed)\s"
    r"(?:by|in|from|next|before|at|to|over)\s"
)
INVERTED = re.compile(r"^\W*(?:were|should|had)\s+(?:[\w'-]+\s+){1,6}?(?:to|be|not)\s")
TOLD = frozenset("told asked required forced obliged ordered allowed permitted compelled".split())
PROSPECT = frozenset("cost reach exceed total amount".split())
NAMED = frozenset(
    "plan plans promise promises hope hopes wish wishes forecast forecasts proposal"
    " proposals".split()
)
THING = LateRegex(
    r"(?<!\w)(?:the|an?|its|their|his|this|that|response|action|aid|appeal|recovery|[a-z]+['’]s?)\s+"
    r"(?:[a-z-]+\s+)?\Z"
)
# "689 Indonesians in the camps would not be brought back": known, whatever becomes of them.
INSIDE_WHO = LateRegex(
    r"(?<!\w)who\s+(?:[\w'’-]+\s+){1,6}?(?:with|in|of|among|from|by|at|for)\s+\Z"
)  # "a boy who sleeps in a tent with eleven others will listen"
PLACED = LateRegex(
    r"\s+(?:[\w'’-]+\s+){0,4}?(?:(?:still|currently|now|already|being)\s+)?"
    r"(?:held|detained|stranded|stuck|living|jailed|imprisoned|interned|serving|stationed|based"
    r"|remaining|in|at|inside)\s"
)
UNMOVED = LateRegex(
    r"\s+(?:stay|remain)(?!\w)|(?:\s+(?:not|never|no\s+longer)|n['’]t)\s+(?:(?:come|go|return|leave|stay)"
    r"|be\s+(?:allowed|brought|taken|flown|moved|let|repatriated|returned|released|freed|sent|handed"
    r"|transferred|extradited|deported|tried|readmitted|accepted|evacuated|relocated|prosecuted))(?!\w)"
)
# "a mission of 13,000 peacekeepers is due to leave": what goes is there
SIZED = LateRegex(
    r"(?<!\w)(?:mission|force|contingent|team|army|garrison|battalion|brigade|workforce|deployment"
    r"|corps|unit|detachment|staff|crew)\s+of\s+\Z|[a-z](?:['’]s|s['’])\s+\Z"
)
LEAVING = LateRegex(
    r"\s+(?:leave|withdraw|depart|pull\s+out|go\s+home|come\s+home|close|end"
    r"|be\s+(?:withdrawn|disbanded|dissolved|recalled|cut))(?!\w)"
)
# "fewer than one in five could name a leader" was found out
FEW = LateRegex(
    r"(?<!\w)(?:only|just|barely|hardly|(?:fewer|less|no more|not more) than)\s+"
    r"(?:[\w.%'’-]+\s+){1,6}?\Z"
    r"|(?:per\s?cent|%|one in \w+|(?:a|one|two|three) (?:half|thirds?|quarters?|fifths?))"
    r"(?:\s+of(?:\s+[\w'’-]+){1,4})?\s+\Z"
)
BELIEF = LateRegex(
    r"(?:if|whether)\s[^,;.]{0,60}?(?:believed|correct|correctly|right|accurate|true)(?!\w)"
)

# of ``TO_BE``, ``INVERTED`` and ``ASKING``
OTHER_HINTS = frozenset(
    "be were should had ask asks asked asking appeal appeals appealed appealing".split()
)
OTHER_HINTS |= frozenset(
    "petition petitions petitioned lobby lobbies lobbied press presses pressed".split()
)
OTHER_HINTS |= frozenset("pressing beg begs begged thank thanks thanked grateful".split())


@dataclass(frozen=True, slots=True, eq=False)
class Moods:
    """The compiled words that make a clause unreal, and those that make it real again."""

    any: re.Pattern
    hints: frozenset  # a sentence without any of these words is real
    classes: dict
    being: frozenset
    ability: re.Pattern
    known: re.Pattern
    funding: re.Pattern


@functools.lru_cache(maxsize=8)
def read_moods(codebook):
    """Compile the table ``unreal-words`` of a codebook."""
    lists, classes = {}, {}
    for row in codebook.rows("unreal-words"):
        lists.setdefault(row["class"], []).append(row["words"])
        if row["class"] in ("modal", "maybe", "could", "plan", "condition"):
            classes[fold_text(row["words"])] = row["class"]
    return Moods(
        re.compile(rf"(?<![\w']){join_tree(classes)}(?!\w)"),
        pick_hints(classes) | OTHER_HINTS,
        classes,
        frozenset(lists["being"]),
        re.compile(rf"{SPACE}+(?:\w+ly{SPACE}+)?(?:{join_words(lists['ability'])})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{join_words(lists['known'])})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{join_words(lists['funding'])})(?!\w)"),
    )


def is_unreal(sentence_text, quantity, codebook, money=False):
    """Tell whether a number is not asserted of what is or was.

    Parameters
    ----------
    sentence_text : str
    quantity : Quantity
        With offsets into the sentence.
    codebook : Codebook
        With the table ``unreal-words``.
    money : bool
        Whether it is a sum of money: one that is asked for or needed is a fact.

    Returns
    -------
    bool
        True for plans, promises, conditions and what could, should or will happen.

    Notes
    -----
    Decision 5 in ``data/gold/GUIDE.md``.
    """
    moods = read_moods(codebook)
    sentence_text, begin, quantity, _ = cut_window(sentence_text, quantity, [quantity])
    if moods.hints.isdisjoint(read_forms(sentence_text)):
        return False
    low = fold_sentence(sentence_text)
    inverted = begin == 0 and INVERTED.match(low)
    marks = _find_marks(sentence_text, codebook)
    start = find_start(quantity)
    if not money and ASKING.search(low, max(0, start - 80), start):
        return True
    if THANKING.search(low, max(0, start - 24), start):
        return True
    if not inverted and " to be " not in low and not marks:
        return False
    given = GIVEN.search(low, max(0, start - 60), start)
    given = given or quantity.hedge.lower() in KNOWN_HEDGES
    if given and not OFFERED.match(low, quantity.reach):
        return False
    if inverted and "," not in low[: quantity.start] or TO_BE.match(low, quantity.reach):
        return True
    return any(
        _governs(low, mark, quantity, start, moods, money)
        for mark in marks
        if not _is_month(sentence_text, mark)
    )


@functools.lru_cache(maxsize=64)
def _find_marks(text, codebook):
    """Return where the unreal words of a sentence stand."""
    return tuple(read_moods(codebook).any.finditer(fold_sentence(text)))


def _is_month(text, mark):
    """Tell "May" the month from the verb."""
    if mark[0] != "may" or not text[mark.start()].isupper():
        return False
    return bool(text[: mark.start()].strip()) or CELL.match(text, mark.end()) is not None


def _governs(low, mark, quantity, start, moods, money):
    """Tell whether an unreal word governs a number."""
    kind = moods.classes[mark[0]]
    if not _is_unreal_word(low, mark, kind, moods):
        return False
    if mark.start() > quantity.end:
        return kind != "condition" and _is_subject(low, mark, quantity, kind, moods)
    if kind == "condition":
        return _in_condition(low, mark, quantity)
    gap = low[mark.end() : start]
    if money and mark[0] in WANTED and (ASKED.fullmatch(gap) or quantity.unit is None):
        return gap.strip() != "" and not ASKED.fullmatch(gap)
    if CLAUSE_END.search(gap) or moods.known.search(gap):
        return False
    if AFTER_ASIDE.match(gap) and ASIDE.search(low, max(0, mark.start() - 60), mark.start()):
        return False
    if JOINED.search(gap) and DONE.match(low, quantity.reach):
        return False
    return not (money and kind == "plan" and moods.funding.search(low))


def _is_unreal_word(low, mark, kind, moods):
    """Tell whether a word is unreal here: "may have" and "could field" speak of what is or was."""
    if kind in ("maybe", "could"):
        words = WORD.findall(low, mark.end(), mark.end() + 60)
        first = next((w for w in words if w not in ("still", "also", "well", "only", "now")), "")
        if kind == "could" and moods.ability.match(low, mark.end()):
            return False
        if kind == "could" and FEW.search(low, max(0, mark.start() - 80), mark.start()):
            return False
        if kind == "could" and first in PROSPECT:
            return True
        if first == "be" and TOLD & set(words[1:3]):
            return True
        if first in moods.being:
            return kind == "could" and bool(IF.search(low))
        return True
    if mark[0] in WANTED and low.startswith(" of ", mark.end()):
        return False
    if mark[0].endswith(" to") and low.startswith(" say", mark.end()):
        return False
    if mark[0] in NAMED and THING.search(low, max(0, mark.start() - 30), mark.start()):
        return low.startswith((" to", " for", " that", " of"), mark.end())
    if kind == "condition":
        aside = ("not", "any", "only", "anything", "ever")
        return not (BELIEF.match(low, mark.start()) or low[mark.end() :].lstrip().startswith(aside))
    return True


def _is_subject(low, mark, quantity, kind, moods):
    """Tell whether a number stands in the subject of an unreal verb: "up to 12 will close"."""
    gap = low[quantity.reach : mark.start()]
    passive = mark[0].startswith(("is ", "are ")) or BE.search(gap)
    if kind == "plan" and not passive:
        return False
    if kind == "maybe" and mark[0] == "may" and not gap.strip():
        return False
    if CLAUSE_END.search(gap) or "," in gap or moods.known.search(low[: quantity.start]):
        return False
    if LEAVING.match(low, mark.end()) and SIZED.search(low, 0, find_start(quantity)):
        return False  # "the coalition's 3,500 troops will leave"
    if kind == "modal" and INSIDE_WHO.search(low, 0, quantity.start):
        return False
    if kind == "modal" and PLACED.match(gap) and UNMOVED.match(low, mark.end()):
        return False
    return not CLAUSE_START.search(gap)


def _in_condition(low, mark, quantity):
    """Tell whether a number stands in the condition itself; what follows it has its own modal."""
    comma = low.find(",", mark.end())
    return comma < 0 or quantity.start < comma
