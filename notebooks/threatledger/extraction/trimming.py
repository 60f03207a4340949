"""Cut a long phrase down to its head and the short phrase that belongs to it."""

from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.phrasing import Phrase
from threatledger.extraction.words import find_word, is_manner, is_participle, is_plural

NUMBER_OF = LateRegex(
    r"(?:(?:[\w-]+ ){0,3}[\w-]+(?:['’]s|s['’]) )?"  # "the army's estimate of"
    r"(?:(?:(?:my|our|own|total|overall|estimated|combined|current|whole|known|annual|the) )*"
    r"(?:number|total|count|tally|share|amount|percentage|proportion|value|sum|estimate|assessment"
    r"|figure|handful|majority|minority)s? (?:of|for) (?:the |its |their |all )*)+"
)
AMONG = LateRegex(
    r"(?:rate|level|degree|attrition|losses|mortality)[^,;]{0,30}? (?:among|amongst) (?:the )?"
)
ARTICLE = LateRegex(
    r"\s*(?:the|an?|its|their|his|her|our|my|all|this|that|these|those|few|many|most|several)\s+"
)
PERIODIC = LateRegex(r"(?:daily|weekly|monthly|quarterly|yearly|annual)\s+(?=[a-z])")
UNDER_RULE = LateRegex(
    r" under (?:[\w'’-]+ ){0,3}?(?:control|rule|siege|guard|arrest|surveillance|construction)(?!\w)"
)
HEAD = LateRegex(r"\s(?:of|in|from|for|by|awaiting|at|to|under|on|with)\s")


def trim(scene, start, end):
    """Cut a long phrase down to its head and a short "of" or "for" phrase.

    Parameters
    ----------
    scene : Scene
    start, end : int
        Where the phrase begins and ends in the sentence.

    Returns
    -------
    Phrase
        Without span where only a word that stands for a noun is left: "the figure".
    """
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
    if not article and _opens_phrase(words, first, last):
        nominal = first + 1
    if first + 2 < last and is_manner(words[first].form) and words[first + 2].kind == "noun":
        nominal = max(nominal, first + 3)  # "internally displaced people"
    while i < last and (_continues(words, i, first, bool(number)) or i < nominal):
        i += 1
    while i > max(first, nominal) and words[i - 1].kind != "noun":
        i -= 1
    i = _add_rule(scene, _add_source(scene, i, last), last)
    if i == first or words[i - 1].form in placeholders and i == first + 1:
        return Phrase(pronoun=first < len(words) and words[first].form in placeholders)
    span = (words[first].start, words[i - 1].end)
    head = HEAD.split(low[span[0] : span[1]])[0]
    if head.split()[-1] in placeholders and not _is_kept(low, head, span[0]):
        return Phrase(head=head if PERIODIC.match(head) else "", pronoun=True)
    return Phrase(span, head)


def _opens_phrase(words, first, last):
    """Tell whether a phrase opens with a noun that is mostly a verb: "Needs for 2023"."""
    verbal = first + 1 < last and words[first].kind == "verb" and words[first].form.endswith("s")
    return verbal and words[first + 1].kind == "preposition"


def _is_kept(low, head, start):
    """Tell whether a word that often stands for a noun is one: "price of escape", "usual sum"."""
    last = head.split()[-1]
    if last == "price" and low.startswith(" of ", start + len(head)):
        return True
    return last in ("sum", "sums", "price", "rate", "amount") and len(head.split()) > 1


def _add_source(scene, i, last):
    """Add "from the core" to "transfers": a noun for a sum alone says too little."""
    words = scene.words
    if i == 0 or i + 1 >= last or words[i].form not in ("from", "on"):
        return i
    if words[i - 1].form not in scene.lists.sets["sum noun"] or words[i - 1].form == "toll":
        return i
    j = i + 2 if words[i + 1].kind == "determiner" else i + 1
    end = j
    while end < last and end - j < 4 and words[end].kind == "noun":
        end += 1
    return end if end > j else i


def _add_rule(scene, i, last):
    """Add "under state control" to "area", which alone says too little."""
    words = scene.words
    rule = UNDER_RULE.match(scene.low, words[i - 1].end) if i and i < last else None
    if rule is None:
        return i
    return min(last, find_word(words, rule.end()))


def _continues(words, i, first, numbered):
    """Tell whether a word goes on a trimmed phrase."""
    word = words[i]
    if word.form.endswith("ing") and i > first and is_plural(words[i - 1].form):
        return False
    if word.form in ("of", "for"):
        return words[i - 1].form != "toll" and (not numbered or i == first)
    if word.kind == "noun":
        return not (is_participle(word.form) and i > first and words[i - 1].kind == "noun")
    if word.form in "()":
        return i > first and i + 1 < len(words)
    if PERIODIC.match(word.form + " x") and i > first and i + 1 < len(words):
        return words[i + 1].kind == "noun"
    return word.kind == "determiner" or word.form in ("and", ",") and i + 1 < len(words)
