"""Assemble the claims of a text: each quantity with what, where, when, who and how hedged."""

from bisect import bisect_right
from dataclasses import replace
from functools import partial

from threatledger.extraction.captions import find_above, find_caption, is_dated_line
from threatledger.extraction.currencies import find_user, settle_currency
from threatledger.extraction.footnotes import find_anchor
from threatledger.extraction.grids import find_cell, has_head, is_label
from threatledger.extraction.headings import is_stated
from threatledger.extraction.kinds import find_indicator, find_kind, find_population
from threatledger.extraction.linking import quote_sentence, step_links
from threatledger.extraction.model import Counted
from threatledger.extraction.moods import is_unreal
from threatledger.extraction.nouns import (
    find_counted,
    find_matter,
    find_sum,
    find_things,
    find_topic,
    is_subordinate,
)
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.quantities import find_quantities
from threatledger.extraction.stages import run_together
from threatledger.extraction.words import find_start

# "(a) In Nangarhar, they rose to 127": an item whose subject the line above the list names
THEY = LateRegex(r"\W*(?:[a-z]\)\s+|[ivx]+\)\s+)?(?:In\s[^,]{2,40},\s+)?[Tt]hey\s")
WORDLESS = LateRegex(r"[^a-zA-Z]*")
HEADINGS = ("title", "heading")
LINE = 80  # characters of a short line
NEXT_FIGURE = LateRegex(r"\n[0-9]")
LAST_FIGURE = LateRegex(r"(?:^|\n)[0-9][^\n]*\n\Z")
YIELDS = frozenset("output production harvest crop crops supply supplies ration rations".split())
LIQUID = LateRegex(r"(?i)(?<!\w)(?:water|fuel|petrol|diesel|kerosene|oil|milk)(?!\w)")
MATTER = frozenset(("kg", "tonne", "barrel", "litre"))


class Before(dict):
    """What earlier claims are of, by class of unit; what else stands before is found when asked.

    Parameters
    ----------
    claims : dict of str to Counted
    finders : dict of str to callable
        Each finds a Counted or nothing, without arguments.
    """

    def __init__(self, claims, finders):
        super().__init__(claims)
        self._finders, self._found = finders, {}

    def get(self, key, default=None):
        """Return what stands before under a key."""
        if key not in self._finders:
            return super().get(key, default)
        if key not in self._found:
            self._found[key] = self._finders[key]()
        return self._found[key] or default


def find_claims(reading):
    """Find the quantity claims of a text.

    Parameters
    ----------
    reading : Reading
        With passages and sentences.

    Returns
    -------
    list of dict
        One a claim, in order of ``start``, with the fields of ``data/gold/GUIDE.md`` and
        ``as_of_basis``, ``chain``, ``voice``, ``hedge``, ``kind``, ``population``, ``indicator``,
        ``sentence``, ``sentence_start`` and ``sentence_end``. Offsets are into the text.

    Notes
    -----
    Leaves the quantities of each sentence in ``reading.memo[("quantities", index)]`` for the
    stages that link places and times.
    """
    return run_together([step_claims(reading)])[0]


def step_claims(reading):
    """Find the quantity claims of a text, as `find_claims` does, in stages.

    Parameters
    ----------
    reading : Reading

    Yields
    ------
    None
        Where a stage ends.

    Returns
    -------
    list of dict
    """
    counting = [s for s in reading.sentences if _find_stated(reading, s)]
    yield
    claims, trail, links = [], [(0, {})], []
    for sentence in counting:
        before = _find_before(reading, sentence, claims, trail)
        for quantity, counted in _read_sentence(reading, sentence, before):
            claims.append(_write_claim(reading, sentence, quantity, counted))
            links.append((sentence, quantity, counted))
            trail.append((claims[-1]["end"], dict(before)))
    yield
    yield from step_links(reading, claims, links)
    for claim, (sentence, quantity, _) in zip(claims, links, strict=True):
        _classify(claim, reading, sentence, quantity)
    return claims


def _find_before(reading, sentence, claims, trail):
    """Return what earlier claims are of; those at its mark where a footnote begins."""
    passage = reading.passages[sentence.passage]
    running = bool(claims) and claims[-1]["start"] >= passage.start
    anchor = -1 if running else find_anchor(reading, sentence)
    place = bisect_right(trail, anchor, key=lambda item: item[0]) if anchor >= 0 else len(trail)
    return Before(trail[place - 1][1], _list_finders(reading, sentence))


def _list_finders(reading, sentence):
    """List what finds the caption, and what the sentence before is about."""
    first = reading.memo.setdefault(("captioned", sentence.passage), sentence)
    finders = {"caption": partial(find_caption, reading, first)}
    if sentence.index == 0:
        return finders
    last, units = reading.sentences[sentence.index - 1], _list_units(reading, sentence)
    if units & MATTER:
        finders["matter"] = partial(_find_matter, reading, sentence, last)
    if last.passage != sentence.passage:
        if THEY.match(sentence.text):
            finders["topic"] = partial(_find_lead, reading, sentence)
        return finders
    if any(_is_money(unit) for unit in units):
        finders["sum"] = partial(find_sum, last.text, reading.codebook)
    finders["subject"] = partial(_find_subject, last.text, reading.codebook)
    if ("quantities", last.index) not in reading.memo:
        finders["topic"] = partial(find_topic, last.text, reading.codebook)
        finders["things"] = partial(_find_things, last.text, reading.codebook)
    return finders


def _find_lead(reading, sentence):
    """Find what the line above a list is about, which "they" in its first item stands for."""
    above = find_above(reading, sentence)
    leads = above is not None and above.text.rstrip().endswith(":")
    if not leads or above.index + 1 != sentence.index:
        return None
    found = find_things(above.text, reading.codebook)
    return found or find_topic(above.text, reading.codebook)


def _find_subject(text, codebook):
    """Find what a sentence is about, though it states a number."""
    return find_topic(text, codebook) or find_things(text, codebook)


def _find_things(text, codebook):
    """Find what a sentence names last, where it is not about people."""
    return None if find_topic(text, codebook) else find_things(text, codebook)


def _list_units(reading, sentence):
    """Return the units that the quantities of a sentence carry themselves."""
    return {q.unit for q in reading.memo[("quantities", sentence.index)] if q.unit}


def _find_matter(reading, sentence, last):
    """Find what is weighed or poured: in the sentence before, else in the heading above."""
    near = last.passage == sentence.passage
    found = find_matter(last.text, reading.codebook) if near else None
    if found and found.what.lower() not in YIELDS:
        return found
    heading = reading.passages[sentence.passage].heading
    lines = reading.passages[heading].sentences if heading is not None else ()
    poured = bool(lines) and _list_units(reading, sentence) == {"litre"}
    liquid = LIQUID.search(lines[0].text) if poured else None
    if liquid:
        return Counted(liquid[0].lower(), "count", -1, -1)
    return lines and find_matter(lines[0].text, reading.codebook) or found


def _read_sentence(reading, sentence, before):
    """Yield the stated quantities of a sentence with what they count; ``before`` goes along."""
    quantities = reading.memo[("quantities", sentence.index)]
    for quantity in quantities:
        if is_label(reading, sentence, quantity):
            continue
        counted = find_cell(reading, sentence, quantity) or find_counted(
            sentence.text, quantity, quantities, reading.codebook, before
        )
        if is_unreal(sentence.text, quantity, reading.codebook, _is_money(counted.unit)):
            continue
        if counted.what and not is_subordinate(sentence.text, quantity):
            before[_find_class(counted.unit)] = before["last"] = replace(counted, told="")
        elif counted.what or _is_money(counted.unit):
            before.setdefault(_find_class(counted.unit), counted)
        yield quantity, counted


def _find_class(unit):
    """Return under which key a later number without a noun finds what this one is of."""
    if unit in ("person", "count"):
        return "number"
    return "money" if _is_money(unit) else unit


def _find_stated(reading, sentence):
    """Find the quantities of a sentence once; a heading that is no sentence states none."""
    text, codebook = sentence.text, reading.codebook
    quantities = find_quantities(text, codebook)
    if not quantities or quantities[0].unit is None and _is_wordless(reading, sentence):
        return []
    kind = reading.passages[sentence.passage].kind
    listed = kind == "heading" and _is_listed(reading, sentence, quantities[0])
    if kind in HEADINGS and not (listed or is_stated(text, quantities, codebook, kind == "title")):
        return []
    reading.memo[("quantities", sentence.index)] = quantities
    return quantities


def _is_listed(reading, sentence, quantity):
    """Tell whether a line opens with a figure as one beside it does: "24,300 Iraqis"."""
    if sentence.text[: find_start(quantity)].strip() or not sentence.text[0].isdigit():
        return False
    above = reading.text[max(0, sentence.start - LINE) : sentence.start]
    return bool(NEXT_FIGURE.match(reading.text, sentence.end) or LAST_FIGURE.search(above))


def _is_wordless(reading, sentence):
    """Tell whether a line holds figures alone, and no head of a column says what they count."""
    wordless = WORDLESS.fullmatch(sentence.text) and not is_dated_line(sentence.text)
    return bool(wordless) and not has_head(reading, sentence)


def _is_money(unit):
    return len(unit) == 3 and unit.isupper()


def _write_claim(reading, sentence, quantity, counted):
    """Write the record of a claim."""
    start, end = sentence.start + quantity.start, sentence.start + quantity.end
    return {
        "start": start,
        "end": end,
        "quote": reading.text[start:end],
        "low": quantity.low,
        "high": quantity.high,
        "relation": quantity.relation,
        "unit": counted.unit,
        "what": counted.told or counted.what,
        "hedge": quantity.hedge,
        "sentence": quote_sentence(reading, sentence),
        "sentence_start": sentence.start,
        "sentence_end": sentence.end,
    }


def _settle(claim, reading, sentence, quantity):
    """Settle the currency of a sum; one without its own goes on in that of the sum before."""
    settled = reading.memo.setdefault("settled", {})
    if quantity.unit is None:
        return settled.get(claim["unit"], claim["unit"])

    def near(countries):
        return find_user(reading, sentence, countries)

    place, book = claim["place"], reading.codebook
    code = settle_currency(claim["unit"], claim["quote"], place, book, near)
    settled[claim["unit"]] = code
    return code


def _classify(claim, reading, sentence, quantity):
    """Settle the currency of a claim, and add its kind, population and indicator."""
    if _is_money(claim["unit"]):
        claim["unit"] = _settle(claim, reading, sentence, quantity)
    following, codebook = sentence.text[quantity.reach : quantity.reach + 40], reading.codebook
    claim["kind"] = find_kind(claim["unit"], claim["what"], following, codebook)
    claim["population"] = find_population(claim["unit"], claim["what"], codebook)
    claim["indicator"] = find_indicator(claim, codebook)
