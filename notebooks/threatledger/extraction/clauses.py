"""Find the verb that governs a number, its subject and its object: "put the strength at 1,500"."""

import re

from threatledger.extraction.phrasing import Phrase
from threatledger.extraction.words import find_start, find_word, is_participle, is_plural

QUOTES = '“”"'
FARTHEST = 60  # words between a verb and its number
BOUNDARY = frozenset(";:—")
RELATIVE = frozenset("who which that whom whose".split())
OPENERS = frozenset(
    "and but or while whereas although though when where because if as that".split()
)
NUMBER_OF = re.compile(
    r"(?:(?:total |overall |estimated |combined |current |whole |known |annual |the )*"
    r"(?:number|total|count|tally|share|amount|percentage|proportion|value|sum|estimate|assessment"
    r"|figure|handful|majority|minority)s? (?:of|for) (?:the |its |their |all )*)+"
)
AMONG = re.compile(
    r"(?:rate|level|degree|attrition|losses|mortality)[^,;]{0,30}? (?:among|amongst) (?:the )?"
)
ARTICLE = re.compile(
    r"\s*(?:the|an?|its|their|his|her|our|all|this|that|these|those|few|many|most|several)\s+"
)
AT = re.compile(
    r"(?<!\w)(?:put|puts|putting|estimate|estimates|estimated|value|values|valued|assess|assesses"
    r"|assessed|set|sets|reckon|reckons|reckoned|place|places|placed|fix|fixed|keep|keeps|judge"
    r"|judged|peg|pegs|pegged)\s+(?P<object>[^;:!?]{3,140}?),?\s+(?:at|to be|to)\s*(?:between\s*)?"
    r"[“\"]?\s*\Z"
)
LABEL = re.compile(r"[^\w]*(?P<label>[^:;.!?]{2,80}?)\s*:[\s“\"]*")
HEAD = re.compile(r"\s(?:of|in|from|for|by|awaiting|at|to|under|on|with)\s")


def find_verb(scene, quantity):
    """Return the index of the verb that governs a number, -1 where none does.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity

    Returns
    -------
    int
        Index into ``scene.words``.
    """
    first = find_word(scene.words, find_start(quantity)) - 1
    i, last = first, max(0, first - FARTHEST)
    while i >= last:
        word = scene.words[i]
        if word.kind == "mark" and word.form in BOUNDARY:
            return -1
        if is_verb(scene, i):
            return i
        i -= 1
    return -1


def is_verb(scene, i):
    """Tell whether a word is a verb where it stands."""
    words, word = scene.words, scene.words[i]
    if word.kind not in ("verb", "noun"):
        return word.kind == "auxiliary"
    before = words[i - 1] if i else None
    after = words[i + 1] if i + 1 < len(words) else None
    named = before is None or before.kind == "determiner" or before.form.endswith("'s")
    named = named and not _stands_alone(before, after) or before and _is_counted(scene, before)
    if word.form in scene.lists.sets["noun too"] and before and before.kind == "noun":
        return bool(after) and after.kind != "preposition" and not is_verb(scene, i + 1)
    if word.kind == "verb":
        return not named and (before.kind != "preposition" or before.form == "to")
    if named or before.kind == "preposition":
        return False
    if word.form in scene.lists.changes:
        return before.kind in ("noun", "adverb", "mark", "auxiliary", "pronoun", "verb")
    if is_participle(word.form):
        return (
            after is None or after.kind != "noun" or before.kind in ("noun", "auxiliary", "pronoun")
        )
    present = word.form.endswith("s") and not word.form.endswith(("ss", "'s"))
    lone = before.kind == "noun" and not is_plural(before.form)
    if not present or not lone or after is None:
        return False
    return after.kind in ("number", "determiner") or any(
        find_start(q) == after.start for q in scene.quantities
    )


def _stands_alone(before, after):
    """Tell whether "another", "some" and the like are the subject of the verb after them."""
    alone = before is not None and before.form in ("another", "some", "many", "all", "both", "most")
    return alone and after is not None and after.kind in ("determiner", "pronoun", "preposition")


def _is_counted(scene, word):
    """Tell whether a word ends a quantity."""
    return any(q.start < word.end <= q.end for q in scene.quantities)


def find_subject(scene, quantity):
    """Read the subject of the clause that a number stands in.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity

    Returns
    -------
    Phrase
        Without span where there is none or a word stands for it ("they", "the figure").
    """
    gapped = _find_gapped(scene, quantity)
    if gapped is not None:
        return gapped
    verb = find_verb(scene, quantity)
    if verb < 0:
        return Phrase()
    return read_subject(scene, verb)


def read_subject(scene, verb):
    """Read the subject of a verb."""
    words = scene.words
    end = _skip_verbs(scene, verb)
    end = _skip_aside(scene, end)
    i = _find_opening(scene, end)
    if i < end and _is_counted(scene, words[i - 1]):
        lead = _find_priced(scene, i - 1)
        i, end = (_find_opening(scene, lead), lead) if lead else (i, end)
    while i < end and words[i].kind in ("conjunction", "adverb", "mark"):
        i += 1
    i = _skip_opening(scene, i, end)
    if i >= end:
        return Phrase()
    return trim(scene, words[i].start, words[end - 1].end)


def _find_opening(scene, end):
    """Return the index of the first word of a subject that ends at an index."""
    i = end
    while i > max(0, end - FARTHEST) and not _ends_subject(scene, i - 1):
        i -= 1
    return i


def _find_priced(scene, i):
    """Return where the noun of "a tax of 3,000 naira a cow" ends, 0 where there is none."""
    start = next(find_start(q) for q in scene.quantities if q.start < scene.words[i].end <= q.end)
    j = find_word(scene.words, start)
    return j - 1 if j > 1 and scene.words[j - 1].form == "of" else 0


def _skip_verbs(scene, i):
    """Step back from a verb over the auxiliaries, adverbs and marks that belong to it."""
    words = scene.words
    while i > 0 and (
        words[i - 1].kind in ("auxiliary", "adverb")
        or words[i - 1].form in ("to", *QUOTES)
        or words[i - 1].form.endswith("ly")
        or (words[i - 1].kind == "verb" or is_participle(words[i - 1].form))
        and is_verb(scene, i - 1)
    ):
        i -= 1
    return i


def _skip_aside(scene, end):
    """Step back over a remark between commas, or over "who" and "which" to what they stand for."""
    words = scene.words
    if end and words[end - 1].form in RELATIVE:
        end -= 1
        return end - 1 if end and words[end - 1].form == "," else end
    if end and words[end - 1].form == ",":
        for i in range(end - 2, max(-1, end - 16), -1):
            if words[i].form == ",":
                return i
        return end - 1
    return end


def _ends_subject(scene, i):
    """Tell whether a subject cannot reach back over a word."""
    word = scene.words[i]
    if word.kind == "mark":
        return word.form not in "'’-‐[]" + QUOTES
    if word.form in OPENERS and word.form != "and" or word.form in RELATIVE:
        return True
    reduced = word.form in scene.lists.sets["participle"] or is_participle(word.form)
    if reduced and i and scene.words[i - 1].kind == "noun" and is_verb(scene, i):
        return scene.words[i + 1].kind not in ("preposition", "adverb", "auxiliary", "noun")
    return is_verb(scene, i) or any(q.start <= word.start < q.end for q in scene.quantities)


def _skip_opening(scene, i, end):
    """Skip "In January" and the like before a subject with an article of its own."""
    words = scene.words
    if i < end and words[i].kind == "preposition":
        for j in range(end - 1, i, -1):
            lead = words[j - 1].kind
            if words[j].kind == "determiner" and lead != "preposition":
                return j
        return end
    return i


def _find_gapped(scene, quantity):
    """Read "output" in "income fell to $5 million and output to 21,000 barrels"."""
    words = scene.words
    i = find_word(scene.words, find_start(quantity))
    if i < 3 or words[i - 1].form not in ("to", "at", "from", "by"):
        return None
    j = i - 1
    while j > 0 and words[j - 1].kind == "noun" and not is_verb(scene, j - 1):
        j -= 1
    if j == i - 1 or j == 0 or words[j - 1].form not in ("and", ","):
        return None
    earlier = any(q.end <= words[j - 1].start for q in scene.quantities)
    return trim(scene, words[j].start, words[i - 2].end) if earlier else None


def find_object(scene, quantity):
    """Read the object of "put ... at", "estimated ... at"."""
    start = find_start(quantity)
    begin = max(0, start - 200)
    match = AT.search(scene.text[begin:start])
    if match is None:
        return Phrase()
    first, last = match.span("object")
    comma = scene.text.find(",", begin + first, begin + last)
    return trim(scene, begin + first, comma if comma > 0 else begin + last)


def find_label(scene, quantity):
    """Read the label before a colon: "Families in the camp: 452"."""
    start = find_start(quantity)
    begin = scene.text.rfind("\n", 0, start) + 1
    for mark in (" | ", "; ", ". ", "("):
        found = scene.text.rfind(mark, begin, start)
        begin = found + len(mark) if found >= 0 else begin
    match = LABEL.match(scene.text, begin)
    if match is None or match.end() != start:
        return Phrase()
    first, last = match.span("label")
    if "," in match["label"] or any(
        is_verb(scene, i)
        for i in range(find_word(scene.words, first), find_word(scene.words, last))
    ):
        return trim(scene, first, last)
    head = HEAD.split(match["label"].lower())[0]
    return (
        Phrase(pronoun=True)
        if head in scene.lists.sets["placeholder"]
        else Phrase(match.span("label"), head)
    )


def trim(scene, start, end):
    """Cut a long phrase down to its head and a short "of" or "for" phrase."""
    words, low, placeholders = scene.words, scene.low, scene.lists.sets["placeholder"]
    article = ARTICLE.match(low, start, end)
    start = article.end() if article else start
    among = AMONG.search(low, start, end)
    start = among.end() if among else start
    number = NUMBER_OF.match(low, start, end)
    start = number.end() if number else start
    i = first = find_word(words, start)
    last = find_word(words, end)
    nominal = first + (1 if first < last and words[first].kind == "noun" else 2) if article else 0
    while i < last and (_continues(words, i, first, bool(number)) or i < nominal):
        i += 1
    while i > max(first, nominal) and words[i - 1].kind != "noun":
        i -= 1
    if i == first or words[i - 1].form in placeholders and i == first + 1:
        return Phrase(pronoun=first < len(words) and words[first].form in placeholders)
    span = (words[first].start, words[i - 1].end)
    head = HEAD.split(low[span[0] : span[1]])[0]
    if head.split()[-1] in placeholders:
        return Phrase(pronoun=True)
    return Phrase(span, head)


def _continues(words, i, first, numbered):
    """Tell whether a word goes on a trimmed phrase."""
    word = words[i]
    if word.form in ("of", "for"):
        return not numbered or i == first
    if word.kind == "noun":
        return not (is_participle(word.form) and i > first and words[i - 1].kind == "noun")
    if word.form in "()":
        return i > first and i + 1 < len(words)
    return word.kind == "determiner" or word.form in ("and", ",") and i + 1 < len(words)
