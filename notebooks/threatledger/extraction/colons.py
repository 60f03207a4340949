"""Read the label before a colon: "Families in the camp: 452"."""

from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.phrasing import Phrase
from threatledger.extraction.trimming import HEAD, NUMBER_OF, trim
from threatledger.extraction.verbs import is_verb
from threatledger.extraction.words import find_start, find_word

LABEL = LateRegex(r"[^\w]*(?P<label>[^:;.!?]{2,80}?)\s*:[\s“\"]*")
DATED = LateRegex(
    r"(?:(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Septem|Octo|Novem|Decem)ber"
    r"|[0-9]{1,2}|[0-9]{4}|[QH][1-4]|\s)+"
)
DATED_END = LateRegex(
    r"\s+(?:(?:this|last)\s+(?:week|month|quarter|year)|so\s+far|to\s+date|today)\Z"
)
BRACKETED = LateRegex(r"\s*\([^()]*\)\Z")  # "Population (28 February): 51,904"


def find_label(scene, quantity):
    """Read the label before a colon: "Families in the camp: 452"."""
    start = find_start(quantity)
    if scene.text.find(":", 0, start) < 0:
        return Phrase()
    begin = _find_begin(scene, start)
    match = LABEL.match(scene.text, begin)
    if match is None or match.end() != start:
        return Phrase()
    bracket = BRACKETED.search(match["label"]) or DATED_END.search(match["label"])
    first, last = match.start("label"), match.end("label")
    last = first + bracket.start() if bracket and bracket.start() else last
    if DATED.fullmatch(match["label"]) or any(first <= q.start < last for q in scene.quantities):
        return Phrase()  # "eight members: two in Berlin"
    if "," in match["label"] or any(
        is_verb(scene, i)
        for i in range(find_word(scene.words, first), find_word(scene.words, last))
    ):
        return trim(scene, first, last)
    number = NUMBER_OF.match(scene.low, first, last)
    if number:
        return trim(scene, number.end(), last)
    head = HEAD.split(scene.low[first:last])[0]
    if head in scene.lists.sets["placeholder"]:
        return Phrase(pronoun=True)
    return Phrase((first, last), head)


def _find_begin(scene, start):
    """Return where the label of a number may begin: its line, item or sentence."""
    begin = scene.text.rfind("\n", 0, start) + 1
    while begin and scene.text[begin].islower() and scene.text[begin - 2] not in "0123456789%":
        # a line broken inside the sentence
        begin = scene.text.rfind("\n", 0, begin - 1) + 1
    for mark in (" | ", "; ", ". ", "("):
        found = scene.text.rfind(mark, begin, start)
        closed = mark == "(" and scene.text.find(")", found, start) >= 0
        begin = found + len(mark) if found >= 0 and not closed else begin
    return begin
