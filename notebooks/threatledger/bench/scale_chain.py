"""Measure the whole chain on archives of several sizes, from the texts to the page."""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from threatledger.bench.archive import write_archive, write_stories
from threatledger.bench.memory import PeakMemory
from threatledger.bench.trial import Trial

EDITION = "archive"
FILE = "title: An archive of {texts:,} texts\ncorpus:\n  path: {path}\n"
# Notebooks that a line names: those that took longest.
NAMED = 4


@dataclass(frozen=True)
class Chain:
    """What the chain took.

    Attributes
    ----------
    texts : int
    seconds : float
        From nothing to the page.
    notebooks : dict of str to float
        Seconds of each notebook; two run at a time.
    peak : float
        Gigabytes, of the largest process.
    page : float
        Megabytes of the briefing.
    added : float
        Seconds of another run, after one text was added.
    """

    texts: int
    seconds: float
    notebooks: dict
    peak: float
    page: float
    added: float


def measure_chain(sizes):
    """Make the briefing of archives of several sizes, each in a copy of the project.

    Parameters
    ----------
    sizes : iterable of int
        Texts.

    Yields
    ------
    Chain
    """
    for texts in sizes:
        with tempfile.TemporaryDirectory(prefix="threatledger-bench-") as scratch:
            yield run_chain(texts, Path(scratch))


def run_chain(texts, scratch):
    """Make the briefing of one archive, and again when it has one text more.

    Parameters
    ----------
    texts : int
    scratch : pathlib.Path
        An empty folder.

    Returns
    -------
    Chain
    """
    write_archive(scratch / "texts", texts)
    trial = Trial(scratch)
    edition = trial.notebooks / f"editions/{EDITION}.yml"
    edition.write_text(FILE.format(texts=texts, path=scratch / "texts"), encoding="utf-8")
    shutil.rmtree(trial.reports, ignore_errors=True)
    with PeakMemory() as memory:
        seconds = _time_report(trial)
    made = trial.reports / EDITION
    runs = json.loads((made / ".chain.json").read_text(encoding="utf-8"))["runs"]
    took = {name: run["seconds"] for name, run in runs.items()}
    page = (made / "briefing.html").stat().st_size
    write_stories(scratch / "texts/stories-added.parquet", [texts])
    return Chain(texts, seconds, took, memory.peak / 1e9, page / 1e6, _time_report(trial))


def _time_report(trial):
    """Return the seconds in which the archive's briefing is made."""
    command = [sys.executable, "-m", "threatledger", "--root", str(trial.root), "report"]
    start = time.perf_counter()
    subprocess.run(
        [*command, f"--edition={EDITION}"], cwd=trial.notebooks, env=trial.env, check=True
    )
    return time.perf_counter() - start


def write_chain(measured):
    """Return the lines of the report on the chain.

    Parameters
    ----------
    measured : list of Chain

    Returns
    -------
    list of str
    """
    lines = [
        "From the texts to the page, two notebooks at a time:",
        "",
        "| texts | seconds | after one text was added (of the whole) | largest process, GB | "
        "page, MB | notebooks that took longest |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for run in measured:
        slowest = sorted(run.notebooks.items(), key=lambda item: -item[1])[:NAMED]
        named = ", ".join(f"{name} {seconds:,.0f} s" for name, seconds in slowest)
        lines.append(
            f"| {run.texts:,} | {run.seconds:,.0f} | {run.added:,.0f} "
            f"({run.added / run.seconds:.0%}) | {run.peak:.2f} | {run.page:.2f} | {named} |"
        )
    return lines
