"""Measure the whole chain beside the same cells as one script, and beside other ways to run them.

All ways work on one copy of the project, and take turns in each round: what else the machine does
meets all of them. A way that cannot be installed, or fails, is told in its row.
"""

import statistics
import tempfile
from pathlib import Path

from threatledger.bench.peers import install
from threatledger.bench.trial import CHANGED, Failed, Trial

ROUNDS = 3
CACHE = ("jupyter-cache==1.0.1",)
WAYS = {
    "script": "the same cells as one plain Python script",
    "chain": "`make report`, nothing cached, with page, annotations and run record",
    "nothing": "`make report`, nothing changed",
    "touched": "`make report`, every file touched, none changed",
    "text": "`make report`, one text added",
    "notebook": f"`make report`, one analysis notebook changed (`{CHANGED}`)",
    "plain": "`make report ENGINE=plain`, nothing cached",
    "nbval": "`make test`, the part of nbval",
}
# Slow, and so measured in one round; without page, annotations and run record.
PEERS = {
    "hand": "make and one `papermill` a notebook, by hand",
    "hand -j2": "the same, `make -j2`",
    "nbconvert": "`jupyter nbconvert --execute`",
    "jupyter-cache": "jupyter-cache 1.0.1",
}


def measure_chain(rounds=ROUNDS):
    """Measure every way, in turns.

    Parameters
    ----------
    rounds : int

    Returns
    -------
    dict of str to list
        For each way the seconds of every round, or one text that says why there are none.
    """
    taken = {}
    with tempfile.TemporaryDirectory(prefix="threatledger-bench-") as folder:
        trial = Trial(Path(folder))
        # What is done once, such as byte code, is no part of any way.
        _note(taken, "first", lambda: trial.report(is_new=True))
        for number in range(rounds):
            measure_round(trial, number, taken)
        measure_peers(trial, Path(folder), taken)
    del taken["first"]
    return taken


def measure_round(trial, number, taken):
    """Measure each of our ways once.

    Parameters
    ----------
    trial : Trial
    number : int
        Of the round: no two change a file alike.
    taken : dict of str to list
        What has been measured; added to.
    """
    _note(taken, "script", trial.run_script)
    _note(taken, "chain", lambda: trial.report(is_new=True))
    _note(taken, "nothing", trial.report)
    trial.touch_all()
    _note(taken, "touched", trial.report)
    trial.add_text(number)
    _note(taken, "text", trial.report)
    trial.change_notebook(number)
    _note(taken, "notebook", trial.report)
    trial.put_back()
    _note(taken, "plain", lambda: trial.report("plain", is_new=True))
    _note(taken, "nbval", trial.run_nbval)


def measure_peers(trial, folder, taken):
    """Measure the other ways once.

    Parameters
    ----------
    trial : Trial
    folder : pathlib.Path
        Where an environment may be made.
    taken : dict of str to list
        What has been measured; added to.
    """
    _note(taken, "hand", lambda: trial.run_by_hand(1))
    _note(taken, "hand -j2", lambda: trial.run_by_hand(2))
    _note(taken, "nbconvert", trial.run_nbconvert)
    _note(taken, "jupyter-cache", lambda: trial.run_cache(_install(folder)))


def _install(folder):
    """Return the folder of jupyter-cache's own environment."""
    try:
        return install(CACHE, folder).parents[1]
    except Exception as error:
        raise Failed(f"it cannot be installed ({type(error).__name__})") from None


def _note(taken, way, measure):
    """Add the seconds of a way, or why there are none."""
    try:
        taken.setdefault(way, []).append(measure())
    except Failed as error:
        taken[way] = [str(error)]


def write_chain(taken):
    """Return the lines of the report.

    Parameters
    ----------
    taken : dict of str to list
        As `measure_chain` gives it.

    Returns
    -------
    list of str
    """
    medians = {
        way: statistics.median(seconds)
        for way, seconds in taken.items()
        if not any(isinstance(one, str) for one in seconds)
    }
    lines = ["| way | seconds | times the script | of the chain |", "| --- | --- | --- | --- |"]
    for way, label in (WAYS | PEERS).items():
        if way in medians:
            times = _divide(medians, way, "script", ".2f"), _divide(medians, way, "chain", ".0%")
            lines.append(f"| {label} | {medians[way]:.2f} | {times[0]} | {times[1]} |")
        else:
            said = str(taken.get(way, ["not measured"])[0]).replace("|", "/")
            lines.append(f"| {label} | failed: {said[:160]} | | |")
    return lines


def _divide(medians, way, other, form):
    """Return how many times one way takes as long as another, as text."""
    return format(medians[way] / medians[other], form) if other in medians else ""
