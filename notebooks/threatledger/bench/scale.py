"""Measure how time and memory grow with an archive: ``make bench-scale``."""

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from threatledger.archive.chunks import EVERY, LEAST
from threatledger.bench.archive import write_archive
from threatledger.bench.memory import PeakMemory
from threatledger.chain.isolation import make_environment
from threatledger.codebook import find_root

# Texts of the archives that the whole chain is run on, and of the one that is read alone.
SIZES, READ_ALONE = (1_000, 10_000, 100_000), 10_000
# Texts on which one worker is compared with two: enough to keep both busy for a while.
COMPARED = 10_000
NOTEBOOK = "01-corpus"
# What is reckoned from the figures, and how many texts a part of an archive has on average.
FUTURE, A_PART = 100_000_000, LEAST + EVERY

# Reads an archive in a process of its own; what it is started with says where and by whom.
READ = """
import os, sys, time
from threatledger.archive.reading import bring_parts
from threatledger.archive.spec import read_spec

if __name__ == "__main__":
    folder, scheduler, workers = sys.argv[1:]
    if workers:
        from distributed import LocalCluster

        cluster = LocalCluster(
            n_workers=int(workers), threads_per_worker=1, host="127.0.0.1", dashboard_address=None
        )
        scheduler = cluster.scheduler_address
    # Without what a cluster takes to start.
    for _ in range(2):
        start = time.perf_counter()
        bring_parts(read_spec({"path": folder}), "scale", scheduler=scheduler)
        print(time.perf_counter() - start)
    if workers:
        cluster.close()
"""


@dataclass(frozen=True)
class Measured:
    """What one run took.

    Attributes
    ----------
    texts : int
    megabytes : float
        Of text.
    seconds : float
    again : float
        Seconds of a second run, which finds that nothing changed: what one process does alone.
    peak : float
        Gigabytes, of the largest process.
    """

    texts: int
    megabytes: float
    seconds: float
    again: float
    peak: float


def read_archive(folder, scratch, workers=""):
    """Read an archive from nothing, in processes of its own.

    Parameters
    ----------
    folder : pathlib.Path
        The archive.
    scratch : pathlib.Path
        An empty folder for what is written.
    workers : str, optional
        How many a cluster on this machine has; default: as an edition without a scheduler.

    Returns
    -------
    tuple of (float, float, float)
        Seconds, those of a second run, and gigabytes of the largest process.
    """
    script = scratch / "read.py"
    script.write_text(READ, encoding="utf-8")
    env = make_environment(find_root() / "notebooks", scratch / "reports", scratch)
    with PeakMemory() as memory:
        done = subprocess.run(
            [sys.executable, str(script), str(folder), "local", workers],
            env=env,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    return *map(float, done.stdout.split()), memory.peak / 1e9


def measure_reading(texts=READ_ALONE):
    """Measure the reading of an archive, without the rest of the chain.

    Parameters
    ----------
    texts : int

    Returns
    -------
    Measured
    """
    with tempfile.TemporaryDirectory(prefix="threatledger-bench-") as scratch:
        archive = Path(scratch, "archive")
        size = write_archive(archive, texts)
        return Measured(texts, size / 1e6, *read_archive(archive, Path(scratch)))


def measure_workers(texts=COMPARED, workers=("1", "2")):
    """Measure what another worker is worth.

    Parameters
    ----------
    texts : int
        How many are read.
    workers : iterable of str
        How many workers a cluster on this machine has.

    Returns
    -------
    dict of str to float
        Workers to seconds.
    """
    seconds = {}
    with tempfile.TemporaryDirectory(prefix="threatledger-bench-") as folder:
        write_archive(Path(folder, "archive"), texts)
        for count in workers:
            with tempfile.TemporaryDirectory(dir=folder) as scratch:
                seconds[count], *_ = read_archive(Path(folder, "archive"), Path(scratch), count)
    return seconds


def write_reading(alone, chain, seconds):
    """Return the lines of the report on reading.

    Parameters
    ----------
    alone : Measured
    chain : list of threatledger.bench.scale_chain.Chain
    seconds : dict of str to float
        As `measure_workers` gives them.

    Returns
    -------
    list of str
    """
    a_text = alone.megabytes / alone.texts
    lines = [
        "Reading alone (`01-corpus`: every text split and extracted, and kept as Parquet):",
        "",
        "| texts | MB of text | seconds | texts a second | MB a second |",
        "| --- | --- | --- | --- | --- |",
    ]
    for run in chain:
        took, size = run.notebooks[NOTEBOOK], a_text * run.texts
        lines.append(
            f"| {run.texts:,} | {size:,.1f} | {took:,.1f} | {run.texts / took:,.0f} | "
            f"{size / took:.2f} |"
        )
    one, two = seconds["1"], seconds["2"]
    return [
        *lines,
        "",
        f"{COMPARED:,} texts on a cluster of this machine: one worker {one:.1f} s, two workers "
        f"{two:.1f} s, which is {one / two:.2f} times as fast. {alone.texts:,} texts of which "
        f"none is new are passed over in {alone.again:.1f} s; reading them took "
        f"{alone.seconds:.1f} s, and no process more than {alone.peak:.2f} GB.",
    ]


def write_estimate(alone, largest, seconds):
    """Return the lines on what an archive of a hundred million texts would cost.

    Parameters
    ----------
    alone : Measured
    largest : threatledger.bench.scale_chain.Chain
        The chain on the largest archive measured.
    seconds : dict of str to float
        As `measure_workers` gives them.

    Returns
    -------
    list of str
    """
    core, single = COMPARED / seconds["1"], alone.texts / alone.again
    hours = FUTURE / core / 3600
    rest = largest.seconds - largest.notebooks[NOTEBOOK]
    size = alone.megabytes / alone.texts * FUTURE / 1e6
    return [
        f"**{FUTURE:,} texts** ({size:.1f} TB), reckoned from these figures. Reading them is "
        f"{hours:,.0f} hours of one core: {hours / 50:,.1f} hours on 50 workers. The process "
        "that reads the archive, names the parts and keeps what comes back does so alone, and "
        f"needs {FUTURE / single / 3600:,.1f} hours: it can feed about {single / core:,.0f} "
        "workers; with more of them they wait for it. Its memory holds: it keeps 20 bytes a text "
        "(ids, and where each was found before), about 2 GB.",
        "",
        f"**What breaks first** is not the reading. The other notebooks read every part on one "
        f"machine: {rest:,.0f} s for {largest.texts:,} texts, "
        f"{rest * FUTURE / largest.texts / 3600:,.0f} hours then. And there would be "
        f"{FUTURE / A_PART:,.0f} parts, each with a file in every table, which the chain sums up "
        "one by one. Beyond some ten million texts parts must be larger and the analysis must run "
        "on the cluster too (`threatledger.asking.run_tasks` is where); until then an archive is "
        "best divided into an edition a year.",
    ]


def main():
    """Measure, print and store the report."""
    from threatledger.bench.__main__ import read_machine, store_lines
    from threatledger.bench.scale_chain import measure_chain, write_chain

    alone, seconds, chain = measure_reading(), measure_workers(), list(measure_chain(SIZES))
    lines = [
        f"Measured on {read_machine()}, {os.cpu_count()} cores, each archive once. The stories are "
        "made from templates (`bench/archive.py`), about three kilobytes each, with some eight "
        "figures and five directions; a fifth retell another.",
        "",
    ]
    lines += [*write_chain(chain), "", *write_reading(alone, chain, seconds), ""]
    lines += write_estimate(alone, chain[-1], seconds)
    print("\n".join(lines))
    store_lines(find_root() / "reports/README.md", "archives", lines)


if __name__ == "__main__":
    main()
