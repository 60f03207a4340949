"""List where the copies of one origin disagree, each with the words of both."""

from threatledger.relays.alignment import align_tellings
from threatledger.relays.clusters import order_tellings
from threatledger.relays.drift_causes import find_cause_drifts
from threatledger.relays.drift_figures import find_figure_drifts
from threatledger.relays.drift_hedges import find_hedge_drifts
from threatledger.relays.drift_lengths import find_length_drifts
from threatledger.relays.drift_quotes import find_quote_drifts
from threatledger.relays.drift_speakers import find_speaker_drifts
from threatledger.relays.drift_times import find_time_drifts

EXACT = ("bound", "range", "number", "unit", "population", "as_of")
FINDERS = (
    find_length_drifts,
    find_time_drifts,
    find_speaker_drifts,
    find_hedge_drifts,
    find_cause_drifts,
    find_quote_drifts,
)


def find_drifts(tellings):
    """Find where the texts of one cluster disagree.

    Parameters
    ----------
    tellings : list of telling.Telling
        The texts of one origin, in any order.

    Returns
    -------
    list of dict
        ``from`` and ``to`` (ids), ``kind``, ``from_quote``, ``to_quote``, ``from_start``,
        ``from_end``, ``to_start``, ``to_end``, ``why``. ``from`` is the earlier text, of one day
        the more complete one. Each text is compared with the first of them, and what that one
        does not tell with the next that does.
    """
    ranked = [tellings[place] for place in order_tellings(tellings)]
    return [drift for later, relay in enumerate(ranked) for drift in _trace(ranked[:later], relay)]


def _trace(origins, relay):
    """Return the drifts of one text: from the first text that tells each of its sentences."""
    drifts, taken, left = [], set(), {line.place for line in relay.lines}
    for origin in origins:
        pairs, after = align_tellings(origin, relay, left)
        for drift in _compare(origin, relay, pairs, left):
            key = drift.kind, drift.to_start, drift.to_end
            if key not in taken:
                taken.add(key)
                drifts.append(_write(origin, relay, drift))
        left = after
    return drifts


def _compare(origin, relay, pairs, examined):
    """Return what differs in the sentences under examination, by place in the relay."""
    spans = [(line.start, line.end) for line in relay.lines if line.place in examined]
    sure = [pair for pair in pairs if pair.is_sure]
    found = find_figure_drifts(origin, relay, pairs)
    found += [drift for find in FINDERS for drift in find(origin, relay, sure)]
    inside = [d for d in found if any(s < d.to_end and d.to_start < e for s, e in spans)]
    return sorted(_drop_doubles(inside), key=lambda d: (d.to_start, d.to_end, d.kind))


def _drop_doubles(drifts):
    """Leave out what another drift at the same words tells better.

    A figure, a time or a hedge inside a quotation changes the quotation too: of the first two the
    kind says more, of the last the quotation.
    """
    quotes = [d for d in drifts if d.kind == "quotation"]
    exact = [d for d in drifts if d.kind in EXACT]
    kept = []
    for drift in drifts:
        others = exact if drift.kind == "quotation" else quotes if drift.kind == "hedge" else []
        if not any(drift.to_start < o.to_end and o.to_start < drift.to_end for o in others):
            kept.append(drift)
    return kept


def _write(origin, relay, drift):
    """Return a drift as a record."""
    return {
        "from": origin.doc_id,
        "to": relay.doc_id,
        "kind": drift.kind,
        "from_quote": origin.text[drift.from_start : drift.from_end],
        "to_quote": relay.text[drift.to_start : drift.to_end],
        "from_start": drift.from_start,
        "from_end": drift.from_end,
        "to_start": drift.to_start,
        "to_end": drift.to_end,
        "why": drift.why,
    }
