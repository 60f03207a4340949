"""Measure the chain and extraction, and write both into ``reports/README.md``: ``make bench``."""

import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from threatledger.bench.chain import PEERS as CHAIN_PEERS
from threatledger.bench.chain import ROUNDS as CHAIN_ROUNDS
from threatledger.bench.chain import measure_chain, write_chain
from threatledger.bench.corpus import make_documents, make_text, pick_lines, read_texts
from threatledger.bench.peers import PEERS, measure_peer
from threatledger.codebook import find_root, read_codebook
from threatledger.extraction import extract
from threatledger.extraction.claims import find_claims
from threatledger.extraction.model import Reading
from threatledger.extraction.quantities import find_quantities
from threatledger.extraction.segments import read_passages
from threatledger.extraction.trends import find_trends
from threatledger.files import write_whole

DATA = find_root() / "data"
PUBLISHED = "2020-06-15"
SIZES = (125_000, 250_000, 500_000, 1_000_000, 5_000_000)
SHAPES = ("lines", "line", "no stop")
LARGEST = 50_000_000  # characters of one text, measured with its memory
ROUNDS = 5
ROUND_SIZE = 170_000  # characters of one round: each text at hand about twice


def time_rounds(run, rounds):
    """Return the median speed of a stage over some rounds.

    Parameters
    ----------
    run : callable
        Takes the inputs of one round.
    rounds : list of tuple of (float, object)
        Megabytes and inputs. No two rounds have the same texts: what an earlier round left in
        memory must not help a later one.

    Returns
    -------
    float
        Megabytes of UTF-8 text a second.
    """
    speeds = []
    for size, given in rounds:
        start = time.perf_counter()
        run(given)
        speeds.append(size / (time.perf_counter() - start))
    return statistics.median(speeds)


def measure_extraction(texts):
    """Measure the whole extraction and its stages, on one core.

    Parameters
    ----------
    texts : list of str
        What the measured texts are copies of.

    Returns
    -------
    dict of str to float
        Megabytes of text a second by stage. A stage gets ready what the stages before it make;
        that of the claims holds the number stage, and the trends use what the claims looked up.
    """
    codebook = read_codebook()

    def make_rounds(first, prepare):
        seeds = range(first, first + ROUNDS)
        made = [make_documents(texts, ROUND_SIZE, seed) for seed in seeds]
        return [(_count_megabytes(found), prepare(found)) for found in made]

    def read(documents):
        return [_read(text, codebook) for text in documents]

    extract(texts[0], PUBLISHED)
    readings = make_rounds(300, read)
    return {
        "full records (`extract`)": time_rounds(
            lambda found: [extract(text, PUBLISHED) for text in found], make_rounds(100, list)
        ),
        "passages and sentences": time_rounds(
            lambda found: [read_passages(text, codebook) for text in found],
            make_rounds(200, list),
        ),
        "number stage": time_rounds(
            lambda found: [find_quantities(s.text, codebook) for r in found for s in r.sentences],
            make_rounds(400, read),
        ),
        "claims with all their fields": time_rounds(
            lambda found: [find_claims(reading) for reading in found], readings
        ),
        "trends with all their fields": time_rounds(
            lambda found: [find_trends(reading) for reading in found], readings
        ),
    }


def _count_megabytes(documents):
    return sum(len(text.encode("utf-8")) for text in documents) / 1e6


def _read(text, codebook):
    """Return a text as the stages after passages and sentences take it."""
    passages = read_passages(text, codebook)
    sentences = [sentence for passage in passages for sentence in passage.sentences]
    return Reading(text, PUBLISHED, codebook, passages, sentences)


def measure_length(texts, size, shape):
    """Return the seconds that one text of some length and shape takes."""
    text = make_text(texts, size, shape)
    start = time.perf_counter()
    extract(text, PUBLISHED)
    return time.perf_counter() - start


def measure_start():
    """Return the median seconds that ``import threatledger`` and its entrance take, cold."""
    code = "import time; t = time.perf_counter(); import threatledger; threatledger.extract; "
    command = [sys.executable, "-c", code + "print(time.perf_counter() - t)"]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(7)]
    return statistics.median(float(run.stdout) for run in runs)


def write_lines():
    """Run every measurement and return the lines of the report."""
    texts = read_texts(DATA)
    lines = [
        f"Measured on {read_machine()}, one core, medians of {ROUNDS} rounds. The texts are copies "
        "of the corpus and of the annotated texts, each with other numbers and some words moved; "
        "no text is measured twice.",
        "",
    ]
    lines += write_speeds(texts)
    lines += ["", f"`import threatledger` with its entrance, cold: {measure_start():.2f} s.", ""]
    return lines + write_growth(texts)


def write_speeds(texts):
    """Measure extraction and the libraries beside it, and return the lines of their table."""
    own = measure_extraction(texts)
    full = own["full records (`extract`)"]
    lines = ["| extraction | MB of text a second | full records are |", "| --- | --- | --- |"]
    lines += [f"| Threat Ledger, {stage} | {speed:.2f} | |" for stage, speed in own.items()]
    documents = make_documents(texts, ROUND_SIZE, 500)
    with tempfile.TemporaryDirectory() as folder:
        for peer in PEERS:
            speed = measure_peer(peer, pick_lines(documents, peer.size), Path(folder))
            times = f"{full / speed:.0f} times as fast"
            lines.append(f"| {peer.name}, numbers alone, line by line | {speed:.4f} | {times} |")
    return lines


def write_growth(texts):
    """Measure how time grows with the length of one text, and return the lines of the table."""
    lines = ["| one text of (characters) | seconds | as a single line | without a full stop |"]
    lines += ["| --- | --- | --- | --- |"]
    for size in SIZES:
        seconds = " | ".join(f"{measure_length(texts, size, shape):.2f}" for shape in SHAPES)
        lines.append(f"| {size:,} | {seconds} |")
    largest = measure_length(texts, LARGEST, "lines")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    note = f"The longest took {memory:.1f} GB of memory at most, the text and its records included."
    return [*lines, f"| {LARGEST:,} | {largest:.2f} | | |", "", note]


def read_machine():
    """Return the processor, the system and the Python that were measured on."""
    processor = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        named = re.search(r"model name\s*:\s*(.+)", cpuinfo.read_text(encoding="utf-8"))
        processor = named[1] if named else processor
    return f"{processor}, {platform.system()}, Python {platform.python_version()}"


def store_lines(path, topic, lines):
    """Put a report on a topic between its marks in a Markdown file, or at its end."""
    begin, end = f"<!-- bench: {topic} -->", f"<!-- end of bench: {topic} -->"
    block = "\n".join([begin, *lines, end])
    text = path.read_text(encoding="utf-8")
    marked = re.compile(f"{re.escape(begin)}.*{re.escape(end)}", re.S)
    if marked.search(text):
        text = marked.sub(lambda _: block, text)
    else:
        text = f"{text.rstrip()}\n\n## Speed of {topic}\n\n{block}\n"
    write_whole(path, text)


if __name__ == "__main__":
    about = (
        f"Measured on {read_machine()}, {os.cpu_count()} cores, in one run: medians of "
        f"{CHAIN_ROUNDS} rounds, of the last {len(CHAIN_PEERS)} ways one round, which make neither "
        "page nor annotations nor run record."
    )
    for topic, write in (
        ("the chain", lambda: [about, "", *write_chain(measure_chain())]),
        ("extraction", write_lines),
    ):
        report = write()
        print("\n".join(report))
        store_lines(find_root() / "reports/README.md", topic, report)
