"""Find times that changed on the way."""

import re

from threatledger.days import find_first_day, find_last_day
from threatledger.extraction.time_roles import get_time_roles
from threatledger.relays.figures import get_ends, pair_figures
from threatledger.relays.model import Drift

LEAD = 14  # characters before a time that belong to it: "since", "in the"
OPENERS = ("since ", "in ", "on ", "by ", "from ", "at ", "during ", "until ", "as of ", "before ")
DATELINE = re.compile(r"[^\n]{0,90}?\s[-–—]{1,2}\s")
GRAINS = {4: "year", 7: "month", 10: "day"}


def find_time_drifts(origin, relay, pairs):
    """Find times that the relay changed.

    Parameters
    ----------
    origin, relay : telling.Telling
    pairs : list of alignment.Pair

    Returns
    -------
    list of Drift
        Where a time of the relay's sentence fits none of the origin's, and one of these of the
        same grain is not told.
    """
    drifts = []
    for pair in pairs:
        theirs = [(line, *item) for line in pair.origins for item in _list_times(origin, line)]
        mine = [(pair.relay, *item) for item in _list_times(relay, pair.relay)]
        beside = _list_beside(origin, pair)
        mine = [item for item in mine if item[1].value not in beside]
        drifts += [*_find_changed(theirs, mine)] or [*_find_moved(origin, relay, pair, beside)]
    return drifts


def _list_beside(origin, pair):
    """Return the times that the origin tells in the sentences before and after."""
    own = {line.place for line in pair.origins}
    places = {place + step for place in own for step in (-1, 1)} - own
    lines = [origin.lines[place] for place in places if 0 <= place < len(origin.lines)]
    return {mention.value for line in lines for mention, _ in _list_times(origin, line)}


def _list_times(telling, line):
    """Return the times of a sentence with what each dates; not the day in a dateline."""
    dateline = DATELINE.match(line.text) if line.place == 0 else None
    first = dateline.end() if dateline else 0
    roles = get_time_roles(telling.reading, telling.get_sentence(line))
    return [(m, role) for m, role in roles if m.value and m.kind != "now" and m.start >= first]


def _find_changed(theirs, mine):
    """Yield the times that do not fit, each with the one that it stands for."""
    for fits in (_is_equal, _fits):
        for item in list(mine):
            same = next((other for other in theirs if fits(other, item)), None)
            if same is not None:
                theirs.remove(same)
                mine.remove(item)
    for is_like in (_is_like, _is_nearly_like):
        for item in list(mine):
            like = next((other for other in theirs if is_like(other, item)), None)
            if like is not None:
                theirs.remove(like)
                mine.remove(item)
                yield _write(like, item)


def _is_equal(old, new):
    """Tell whether two times are one, or are told in the same words."""
    words = [line.text[m.start : m.end].strip(". ").lower() for line, m, _ in (old, new)]
    return words[0] == words[1] or old[1].value == new[1].value


def _fits(old, new):
    """Tell whether one time lies within the other; what lasts since a day begins with it."""
    words = [line.text[m.start : m.end].lower() for line, m, _ in (old, new)]
    if all(told.startswith("last ") for told in words):
        return False
    return _is_within(old[1].value, new[1].value, "since" in (old[1].kind, new[1].kind))


def _is_within(old, new, since=False):
    """Tell whether one time lies within the other."""
    first, second = _find_ends(old), _find_ends(new)
    if since:
        return first[0] == second[0]
    within = first[0] <= second[0] and second[1] <= first[1]
    return within or (second[0] <= first[0] and first[1] <= second[1])


def _find_ends(value):
    """Return the first and the last day of a time."""
    first, _, last = value.partition("/")
    return find_first_day(first), find_last_day(last or first)


def _is_like(old, new):
    """Tell whether one time can stand for the other: of one grain, and dating the same."""
    if "said" in (old[2], new[2]) and old[2] != new[2]:
        return False
    return _find_grain(old[1]) == _find_grain(new[1])


def _is_nearly_like(old, new):
    """Tell whether one time stands for another of a near kind: both relative, or one since."""
    if "said" in (old[2], new[2]):
        return False
    if old[1].kind == new[1].kind == "relative":
        return True
    if "since" not in (old[1].kind, new[1].kind):
        return False
    return len({len(m.value.split("/")[0]) for _, m, _ in (old, new)}) == 1


def _find_grain(mention):
    """Return how a time is told: since a day, over a span, or by day, month or year."""
    if mention.kind == "since":
        return "since"
    return "span" if "/" in mention.value else GRAINS.get(len(mention.value), "day")


def _write(old, new):
    """Return a drift at the two times."""
    spans = [_find_span(line, mention) for line, mention, _ in (old, new)]
    return Drift("as_of", *spans[0], *spans[1], f"{old[1].value} became {new[1].value}")


def _find_moved(origin, relay, pair, beside):
    """Yield the same figures that hold for another time, where both sentences state it."""
    mentioned = {mention.value for mention, _ in _list_times(relay, pair.relay)}
    for told in pair_figures(origin, relay, pair):
        old, new = told.origin, told.relay
        if set(get_ends(old)) != set(get_ends(new)) or _agree(old, new):
            continue
        if old["as_of"] in mentioned or new["as_of"] in beside:
            continue
        rest = [line for line in pair.origins if line is not told.line]
        if new["as_of"] in {m.value for line in rest for m, _ in _list_times(origin, line)}:
            continue
        events = _find_event(origin, told.line, old), _find_event(relay, pair.relay, new)
        if all(events):
            yield _write(*events)


def _find_event(telling, line, claim):
    """Return the time that a figure's own sentence gives it, told as that of the event."""
    for mention, role in _list_times(telling, line):
        if role == "event" and line.text[mention.start : mention.end] == claim["as_of_basis"]:
            return line, mention, role
    return None


def _agree(old, new):
    """Tell whether two times of one figure are told alike or fit each other."""
    if not (old["as_of"] and new["as_of"]):
        return True
    if old["as_of_basis"].lower() == new["as_of_basis"].lower():
        return True
    since = any(len(claim["as_of"].split("/")[-1]) == 10 for claim in (old, new))
    ends = _find_ends(old["as_of"]), _find_ends(new["as_of"])
    if since and ends[0][0] <= ends[1][1] and ends[1][0] <= ends[0][1]:
        return True
    return _is_within(old["as_of"], new["as_of"])


def _find_span(line, mention):
    """Return the span of a time in the text, with the word before it that belongs to it."""
    before = line.text[max(0, mention.start - LEAD) : mention.start].lower()
    opener = max((o for o in OPENERS if before.endswith((o, f"{o}the "))), key=len, default="")
    start = mention.start
    if opener:
        start -= len(before) - before.rindex(opener)
    return line.start + start, line.start + mention.end
