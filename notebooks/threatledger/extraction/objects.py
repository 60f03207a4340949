"""Find the object that a verb sets at a number: "put the strength at 1,500", "cut raids to 31"."""

from threatledger.extraction.clauses import read_subject
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.phrasing import Phrase
from threatledger.extraction.trimming import trim
from threatledger.extraction.verbs import find_verb
from threatledger.extraction.words import find_start, find_word, is_manner, is_plural

AT = LateRegex(
    r"(?<!\w)(?:put|puts|putting|estimate|estimates|estimated|value|values|valued|assess|assesses"
    r"|assessed|set|sets|reckon|reckons|reckoned|place|places|placed|fix|fixed|keep|keeps|judge"
    r"|judged|peg|pegs|pegged)\s+(?P<object>[^;:!?]{2,140}?),?\s+(?:at|to be|to)\s*(?:between\s*)?"
    r"[“\"]?\s*\Z"
)
AS = LateRegex(
    r"(?<!\w)(?:give|gives|gave|giving|list|lists|listed|cite|cites|cited)\s+"
    r"(?P<object>[^,;:!?]{2,60}?)\s+as\s*\Z"
)
POINTING = frozenset("that it this them these those".split())
TIMED = frozenset("last next since yesterday today".split())
CHANGING = frozenset(
    "bring brings brought cut cuts slow slows slowed drive drove driven push pushed pushes take"
    " takes took whittle whittled trim trimmed limit limited thin thinned keep keeps kept".split()
)


def find_changed(scene, quantity):
    """Read the object of a verb of change: "reduced raids from 74 to 31", "cut its ranks to 400".

    Parameters
    ----------
    scene : Scene
    quantity : Quantity

    Returns
    -------
    Phrase
    """
    words, i = scene.words, find_word(scene.words, find_start(quantity))
    verb = find_verb(scene, quantity)
    if verb < 0 or i < 3 or words[i - 1].form not in ("to", "from", "by", "at"):
        return Phrase()
    known = words[verb].form in CHANGING or words[verb].form in scene.lists.changes
    if not known or verb + 1 >= i:
        return Phrase()
    after = words[verb + 1]
    if words[i - 1].form == "by" and after.form in POINTING and verb + 2 == i - 1:
        return Phrase(pronoun=True)  # "bombing cut that by nine tenths"
    if words[verb + 1].form == "a" and words[verb + 2].form in ("little", "lot", "bit"):
        return Phrase()  # "have eased a little"
    if after.form in TIMED or after.kind != "determiner" and not _is_object(words[i - 1], after):
        return Phrase()
    if any(words[verb].end <= q.start < words[i - 1].start for q in scene.quantities):
        return Phrase()
    last = next((j for j in range(verb + 1, i) if words[j].form in ("from", "to")), i - 1)
    found = trim(scene, after.start, words[last - 1].end)
    return Phrase() if found.head in scene.lists.sets["time"] else found


def read_mover(scene, quantity, verb):
    """Read what a verb of change moves: "output" in "raids cut output by half", else its subject.

    Parameters
    ----------
    scene : Scene
    quantity : Quantity
    verb : int
        Index of the verb that governs it.

    Returns
    -------
    Phrase
        ``pronoun`` is true where a word stands for it: "cut that by nine tenths".
    """
    found = find_changed(scene, quantity)
    return found if found.span or found.pronoun else read_subject(scene, verb)


def _is_object(lead, noun):
    """Tell whether a noun right behind a verb of change is its object: "cut oil output by half"."""
    if noun.kind != "noun" or is_manner(noun.form):
        return False
    return is_plural(noun.form) or lead.form == "by"


def find_object(scene, quantity):
    """Read the object of "put ... at", "estimated ... at"."""
    start = find_start(quantity)
    begin = max(0, start - 200)
    match = AT.search(scene.text[begin:start]) or AS.search(scene.text[begin:start])
    if match is None:
        return Phrase()
    first, last = match.span("object")
    if match["object"].startswith("of "):
        return Phrase()  # "the army's estimate of the fighters fell to": no verb
    comma = scene.text.find(",", begin + first, begin + last)
    return trim(scene, begin + first, comma if comma > 0 else begin + last)
