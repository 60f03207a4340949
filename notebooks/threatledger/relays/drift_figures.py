"""Find figures that changed on the way: bound, range, number, unit or population."""

import functools
import re

from threatledger.relays.figures import SIDES, find_span, get_ends, pair_figures, read_keys
from threatledger.relays.model import Drift

ROUND = 0.03  # share of a number that rounding may take off
NEAR = 45  # characters after a figure in which its period may stand
# Who is counted. The other populations say what happened to them.
WHO = frozenset(
    "fighters members members_and_supporters supporters foreign_fighters soldiers civilians "
    "children officials relatives people residents detainees hostages joiners".split()
)
FOREIGN = "foreign_fighters"  # the codebook counts all foreigners of a conflict there
FAMILIES = "families"  # counted as such, and never as people
# People of whom nothing more is said may be these.
ALIKE = {
    frozenset(pair.split())
    for pair in (
        "people civilians|people residents|civilians residents|people officials|"
        "residents children|civilians children|people relatives|officials soldiers|"
        "detainees people|hostages people|joiners people|foreign_fighters joiners"
    ).split("|")
}


def find_figure_drifts(origin, relay, pairs):
    """Find figures that the relay changed.

    Parameters
    ----------
    origin, relay : telling.Telling
    pairs : list of alignment.Pair

    Returns
    -------
    list of Drift
        At most one a figure. A figure that the relay left out is no drift.
    """
    drifts = []
    kept = _list_figures(origin), _list_figures(relay)
    for pair in pairs:
        for told in pair_figures(origin, relay, pair):
            found = _compare(origin, relay, told, kept)
            if found:
                drifts.append(found)
    return drifts


def _list_figures(telling):
    """Return the ends of all figures of a text."""
    return {end for claims in telling.claims.values() for c in claims for end in get_ends(c)}


def _compare(origin, relay, told, kept):
    """Return the drift of one figure, if there is one."""
    old, new = told.origin, told.relay
    if not set(get_ends(old)) & set(get_ends(new)):
        return _compare_numbers(origin, relay, told, kept)
    if _is_range(old) != _is_range(new):
        return _write("range", origin, relay, told, "a range became one figure, or the reverse")
    if _has_other_unit(old, new):
        return _write("unit", origin, relay, told, f"{old['unit']} became {new['unit']}")
    if set(get_ends(old)) != set(get_ends(new)):
        return _write("number", origin, relay, told, "one end of the range changed")
    if SIDES.get(old["relation"]) != SIDES.get(new["relation"]) and not _is_vague(old, new):
        return _write("bound", origin, relay, told, f"{old['relation']} became {new['relation']}")
    return _compare_periods(origin, relay, told) or _compare_populations(origin, relay, told)


def _compare_numbers(origin, relay, told, kept):
    """Return the drift of a number, unless each text has the other's number elsewhere."""
    old, new = set(get_ends(told.origin)), set(get_ends(told.relay))
    if "vague" in (told.origin["relation"], told.relay["relation"]):
        return None
    if _is_rounded(told.origin, told.relay):
        return None
    if old <= kept[1] or new <= kept[0] and len(kept[0]) > 1 and told.score < 3:
        return None
    return _write("number", origin, relay, told, "another number")


def _is_rounded(old, new):
    """Tell whether a figure is an exact one in round numbers: 754, and more than 750."""
    (value, *more), ends = get_ends(old), get_ends(new)
    if more and more[0] != value or new["relation"] in ("exact", "range"):
        return False
    if _count_digits(max(ends)) >= _count_digits(value):
        return False
    low, high = min(ends), max(ends)
    side = SIDES.get(new["relation"])
    fits = low <= value if side == "low" else value <= high if side == "high" else True
    return fits and abs(value - low) <= ROUND * value and abs(value - high) <= ROUND * value


def _count_digits(value):
    """Count the digits of a number without the noughts that end it."""
    return len(f"{value:.12g}".replace(".", "").rstrip("0"))


def _is_range(claim):
    """Tell whether a figure has two ends."""
    return claim["low"] is not None and claim["high"] is not None and claim["low"] != claim["high"]


def _is_vague(old, new):
    return "vague" in (old["relation"], new["relation"])


def _has_other_unit(old, new):
    """Tell whether two figures are in different units; things and people are both counted."""
    counted = {"person", "count"}
    return old["unit"] != new["unit"] and not {old["unit"], new["unit"]} <= counted


def _write(kind, origin, relay, told, why):
    """Return a drift at the two figures."""
    return Drift(kind, *find_span(origin, told.origin), *find_span(relay, told.relay), why)


@functools.lru_cache(maxsize=4)
def _read_periods(codebook):
    """Return the pattern of period words and the key of each form."""
    keys = {
        form: row["key"]
        for row in codebook.rows("relay-words")
        if row["class"] == "period"
        for form in row["forms"].split("|")
    }
    forms = "|".join(sorted(map(re.escape, keys), key=lambda form: (-len(form), form)))
    return re.compile(
        rf"(?<!\w)(?:{forms})(?!\w)(?!\s(?:ago|later|before|earlier|old|after))"
    ), keys


def find_period(telling, claim):
    """Find per what time a figure is told.

    Parameters
    ----------
    telling : telling.Telling
    claim : dict

    Returns
    -------
    tuple of (str, int, int) or None
        The period's key and its span in the text: what follows the figure, else what its
        sentence says before it.
    """
    pattern, keys = _read_periods(telling.codebook)
    start, end = claim["sentence_start"], claim["sentence_end"]
    words = telling.text[start:end].lower()
    if len(words) != end - start:
        return None
    found = [(m.start() + start, m.end() + start, keys[m.group()]) for m in pattern.finditer(words)]
    after = [item for item in found if 0 <= item[0] - claim["end"] <= NEAR]
    before = [item for item in found if item[1] <= claim["start"]]
    own = before and not _is_of_another(telling, claim, before[-1])
    best = after[0] if after else before[-1] if own else None
    return (best[2], best[0], best[1]) if best else None


def _is_of_another(telling, claim, period):
    """Tell whether a period follows another figure, whose it is then."""
    figures = telling.claims.get(claim["sentence_start"], [])
    return any(0 <= period[0] - other["end"] <= NEAR for other in figures)


def _compare_periods(origin, relay, told):
    """Return the drift of a period: a year that became a month."""
    old, new = find_period(origin, told.origin), find_period(relay, told.relay)
    if old is None or new is None or old[0] == new[0]:
        return None
    spans = [
        _join(find_span(telling, claim), period)
        for telling, claim, period in ((origin, told.origin, old), (relay, told.relay, new))
    ]
    return Drift("unit", *spans[0], *spans[1], f"a {old[0]} became a {new[0]}")


def _join(span, period):
    """Return a figure's span with its period, where the two stand close."""
    start, end = min(span[0], period[1]), max(span[1], period[2])
    return (start, end) if end - start <= 90 else (period[1], period[2])


def _compare_populations(origin, relay, told):
    """Return the drift of who is counted."""
    old, new = told.origin["population"], told.relay["population"]
    if "percent" in (told.origin["unit"], told.relay["unit"]):
        return None
    if old == new == FOREIGN and _names_fighters(relay, told.relay, told.origin, origin):
        return _write("population", origin, relay, told, "foreigners became foreign fighters")
    if not all(_names_counted(*side) for side in ((origin, told.origin), (relay, told.relay))):
        return None
    if old != new and FAMILIES in (old, new) and {old, new} <= WHO | {FAMILIES}:
        return _write("population", origin, relay, told, f"{old} became {new}")
    # Who was told apart is not any more: less is said, and nothing else.
    if new == "people" or old == new or not {old, new} <= WHO or frozenset((old, new)) in ALIKE:
        return None
    return _write("population", origin, relay, told, f"{old} became {new}")


def _names_fighters(relay, new, old, origin):
    """Tell whether only the relay says of foreigners that they fight."""
    return "fighter" in read_keys(new["what"], relay) - read_keys(old["what"], origin)


def _names_counted(telling, claim):
    """Tell whether the noun for who is counted stands beside its number."""
    return find_span(telling, claim)[1] > claim["end"]
