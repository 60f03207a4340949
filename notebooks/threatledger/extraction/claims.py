"""Assemble the claims of a text: each quantity with what, where, when, who and how hedged."""

import re
from bisect import bisect_right

from threatledger.extraction.captions import find_caption
from threatledger.extraction.currencies import settle_currency
from threatledger.extraction.dates import link_time
from threatledger.extraction.footnotes import find_anchor
from threatledger.extraction.grids import find_cell
from threatledger.extraction.headings import is_stated
from threatledger.extraction.kinds import find_indicator, find_kind, find_population
from threatledger.extraction.moods import is_unreal
from threatledger.extraction.nouns import find_counted, find_topic, is_subordinate
from threatledger.extraction.places import link_place
from threatledger.extraction.quantities import find_quantities
from threatledger.extraction.speakers import find_voice, link_speaker

WORDLESS = re.compile(r"[^a-zA-Z]*")
HEADINGS = ("title", "heading")


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
    counting = [s for s in reading.sentences if _find_stated(reading, s)]
    claims, trail = [], [(0, {})]
    for sentence in counting:
        before = _find_before(reading, sentence, claims, trail)
        for quantity, counted in _read_sentence(reading, sentence, before):
            claims.append(_write_claim(reading, sentence, quantity, counted))
            trail.append((claims[-1]["end"], dict(before)))
    return claims


def _find_before(reading, sentence, claims, trail):
    """Return what earlier claims are of; those at its mark where a footnote begins."""
    passage = reading.passages[sentence.passage]
    running = bool(claims) and claims[-1]["start"] >= passage.start
    anchor = -1 if running else find_anchor(reading, sentence)
    place = bisect_right(trail, anchor, key=lambda item: item[0]) if anchor >= 0 else len(trail)
    before = dict(trail[place - 1][1])
    for key in ("topic", "caption"):
        before.pop(key, None)
    caption = find_caption(reading, sentence)
    if caption:
        before["caption"] = caption
    return before | _find_topic(reading, sentence)


def _find_topic(reading, sentence):
    """Find what the sentence before is about, where it states no number."""
    if sentence.index == 0:
        return {}
    last = reading.sentences[sentence.index - 1]
    if last.passage != sentence.passage or ("quantities", last.index) in reading.memo:
        return {}
    topic = find_topic(last.text, reading.codebook)
    return {"topic": topic} if topic else {}


def _read_sentence(reading, sentence, before):
    """Yield the stated quantities of a sentence with what they count; ``before`` goes along."""
    quantities = reading.memo[("quantities", sentence.index)]
    for quantity in quantities:
        counted = find_cell(reading, sentence, quantity) or find_counted(
            sentence.text, quantity, quantities, reading.codebook, before
        )
        if is_unreal(sentence.text, quantity, reading.codebook, _is_money(counted.unit)):
            continue
        if counted.what and not is_subordinate(sentence.text, quantity):
            before[_find_class(counted.unit)] = before["last"] = counted
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
    if not quantities or WORDLESS.fullmatch(text) and quantities[0].unit is None:
        return []
    kind = reading.passages[sentence.passage].kind
    if kind in HEADINGS and not is_stated(text, quantities, codebook, kind == "title"):
        return []
    reading.memo[("quantities", sentence.index)] = quantities
    return quantities


def _is_money(unit):
    return len(unit) == 3 and unit.isupper()


def _write_claim(reading, sentence, quantity, counted):
    """Write the record of a claim."""
    start, end = sentence.start + quantity.start, sentence.start + quantity.end
    claim = {
        "start": start,
        "end": end,
        "quote": reading.text[start:end],
        "low": quantity.low,
        "high": quantity.high,
        "relation": quantity.relation,
        "unit": counted.unit,
        "what": counted.what,
        "hedge": quantity.hedge,
        "sentence": reading.text[sentence.start : sentence.end],
        "sentence_start": sentence.start,
        "sentence_end": sentence.end,
    }
    _link(claim, reading, sentence, quantity, counted)
    _classify(claim, sentence.text[quantity.reach : quantity.reach + 40], reading.codebook)
    return claim


def _link(claim, reading, sentence, quantity, counted):
    """Add to a claim where, when and by whom."""
    claim["place"] = link_place(reading, sentence, quantity, counted)
    claim["as_of"], claim["as_of_basis"] = link_time(reading, sentence, quantity, counted)
    attribution = link_speaker(reading, sentence, quantity, counted)
    claim["attribution"], claim["chain"] = attribution.name, list(attribution.chain)
    claim["voice"] = find_voice(reading, sentence, attribution)


def _classify(claim, following, codebook):
    """Add to a claim its currency as settled, its kind, population and indicator."""
    if _is_money(claim["unit"]):
        claim["unit"] = settle_currency(claim["unit"], claim["quote"], claim["place"], codebook)
    claim["kind"] = find_kind(claim["unit"], claim["what"], following, codebook)
    claim["population"] = find_population(claim["unit"], claim["what"], codebook)
    claim["indicator"] = find_indicator(claim, codebook)
