"""Find what "ten of them", "They number 40" and "6 per cent of it" take up, and where it is."""

import re

from threatledger.extraction.footnotes import find_anchored
from threatledger.extraction.memos import get_quantities, list_earlier
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.place_context import find_own_countries
from threatledger.extraction.place_links import link_number
from threatledger.extraction.place_owners import PART_OF_THEM, ROUGHLY
from threatledger.extraction.place_roles import collect_codes, get_places
from threatledger.extraction.place_scene import find_fleeting
from threatledger.extraction.place_sums import is_money, read_unplaced

OF_THESE = re.compile(r"\W*(?:(?:Of|Among)\s(?:these|those|them)|On\sboard|Aboard)\b")
THEY_ARE = re.compile(
    r"\W*(?:They|These|Their\snumbers?|The(?:ir)?\s(?:combined\s|total\s|whole\s)?(?:sum|total|amount|value|number))\s(?:(?:now|then|still)\s)?(?:(?:were|are|was|is|had|have|has|sent|paid|earned|earn"
    rf"|totalled|included?|risen|fallen|grown|decreased|increased|dropped|shrunk|come|down|to|by|worth|between)\s)+{ROUGHLY}$"
)
# "Another gave 200": of the same.
AGAIN = LateRegex(
    r"\W*(?:Another|A\ssecond|A\sthird|The\ssecond|Others?)\s(?:[A-Za-z]+\s){0,2}"
    r"(?:gave|gives|puts?|spoke\sof|speaks?\sof|cited|cites|estimated|estimates|prefers|preferred|counts|counted|reckons|reckoned|suggested|suggests)\s"
)
PART_OF_IT = LateRegex(r"\sof\s(?:it|this)\b(?!\s[a-z]+)|\sof\sit\b")
THEY = LateRegex(r"\W*(?:They|These|Their)\s")
GO_HOME = LateRegex(
    r"\b(?:came|come|coming|went|gone|going|go|returned|returning)\s(?:back\s)?home\b"
)
MOST_NOUNS = 3  # words after a number in which what it counts is named
OPENING = 30  # characters of a sentence in which the people it is about is named


def find_sum_before(reading, sentence):
    """Return the countries of the sum in the sentence before, which "6 per cent of it" takes up.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
        The sentence that holds "6 per cent of it".

    Returns
    -------
    list of str or None
        None where the sentence before states no sum.
    """
    before = reading.sentences[sentence.index - 1] if sentence.index else sentence
    sums = [q for q in get_quantities(reading, before) if is_money(getattr(q, "unit", None))]
    is_same = before is not sentence and before.passage == sentence.passage
    return link_number(reading, before, sums[-1]) if sums and is_same else None


def find_referent(reading, sentence, quantity):
    """Return the countries of those counted just before, whom "ten of them" takes up.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
    quantity : object
        With ``start`` and ``end``.

    Returns
    -------
    list of str
        Also of "They number 40", of "The sum was $3 million", and of "Another gave 200".
    """
    text = sentence.text
    is_part = PART_OF_THEM.match(text, quantity.end) or OF_THESE.match(text)
    if not sentence.index or list_earlier(reading, sentence, quantity):
        return []
    if not is_part and not THEY_ARE.match(text[: quantity.start]) and not AGAIN.match(text):
        return []
    before = reading.sentences[sentence.index - 1]
    counted = get_quantities(reading, before)
    if before.passage != sentence.passage:
        return []
    if not counted:
        whole = ("people", "abroad", "place", "domestic")
        places = get_places(reading, before)
        return collect_codes(places, whole) if is_part else _find_those(reading, before)
    codes = link_number(reading, before, counted[-1] if is_part else counted[0])
    fleeting = find_fleeting(reading, before) if is_part else ()
    return [code for code in codes if code not in fleeting] or codes


def find_footnoted(reading, sentence):
    """Return the countries of the number, or the sentence, that a footnote is to.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence

    Returns
    -------
    list of str or None
    """
    found = find_anchored(reading, sentence)
    if found is None:
        return None
    body, end = found
    before = [q for q in get_quantities(reading, body) if q.end <= end]
    return link_number(reading, body, before[-1]) if before else find_own_countries(reading, body)


def find_homeward(reading, sentence):
    """Return whence and whither those go home of whom the sentence before tells both.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence

    Returns
    -------
    list of str
    """
    before = reading.sentences[sentence.index - 1] if sentence.index else sentence
    is_next = before.passage == sentence.passage and " home" in sentence.text
    if not is_next or not GO_HOME.search(sentence.text):
        return []
    codes = collect_codes(get_places(reading, before), ("place", "people", "speaker"))
    return codes if len(codes) == 2 else []


def find_media_before(reading, sentence):
    """Return the countries of the channels or wallets counted before, of which "They …" goes on.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence

    Returns
    -------
    list of str or None
    """
    before = reading.sentences[sentence.index - 1] if sentence.index else sentence
    if before.passage != sentence.passage or not THEY.match(sentence.text):
        return None
    nouns, words = read_unplaced(reading.codebook, "online"), before.text
    for counted in get_quantities(reading, before)[:1]:
        if not nouns.isdisjoint(words[counted.end :].lower().split()[:MOST_NOUNS]):
            return link_number(reading, before, counted)
    return None


def _find_those(reading, sentence):
    """Return the countries of a people that a sentence opens with and of where it has them."""
    from threatledger.extraction.place_carry import find_passed_on  # which asks here

    opening = [p for p in get_places(reading, sentence) if p.start < OPENING]
    people = collect_codes(opening, ("people", "abroad"))
    return [*people, *(find_passed_on(reading, sentence) or ())] if people else []
