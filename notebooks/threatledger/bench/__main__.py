"""Measure extraction and write the table into ``reports/README.md``: ``make bench``."""

import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from threatledger.bench.corpus import make_documents, make_text
from threatledger.bench.peers import PEERS, measure_peer
from threatledger.codebook import find_root, read_codebook
from threatledger.extraction import extract
from threatledger.extraction.quantities import find_quantities
from threatledger.extraction.segments import read_passages
from threatledger.files import write_whole

GOLD = find_root() / "data/gold"
SIZES = (125_000, 250_000, 500_000, 1_000_000)
ROUNDS = 3
BEGIN, END = "<!-- bench: extraction -->", "<!-- end of bench: extraction -->"


def time_rounds(run):
    """Return the median of the seconds that some rounds take."""
    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def measure_extraction(documents):
    """Measure the whole extraction and its number stage on many texts.

    Parameters
    ----------
    documents : list of str

    Returns
    -------
    dict of str to float
        Megabytes of UTF-8 text a second, on one core, by stage.
    """
    size = sum(len(text.encode("utf-8")) for text in documents) / 1e6
    codebook = read_codebook()
    passages = [read_passages(text, codebook) for text in documents]
    sentences = [s.text for found in passages for passage in found for s in passage.sentences]
    return {
        "full records (`extract`)": size
        / time_rounds(lambda: [extract(text, published="2020-06-15") for text in documents]),
        "number stage": size
        / time_rounds(lambda: [find_quantities(text, codebook) for text in sentences]),
        "passages and sentences": size
        / time_rounds(lambda: [read_passages(text, codebook) for text in documents]),
    }


def measure_growth(line_ends):
    """Measure how time grows with the length of a single text.

    Parameters
    ----------
    line_ends : bool
        False for a text that is a single line.

    Returns
    -------
    list of tuple of (int, float)
        Characters and seconds.
    """
    rows = []
    for size in SIZES:
        text = make_text(GOLD, size, line_ends)
        start = time.perf_counter()
        extract(text, published="2020-06-15")
        rows.append((size, time.perf_counter() - start))
    return rows


def measure_start():
    """Return the median seconds that ``import threatledger`` and its entrance take, cold."""
    code = "import time; t = time.perf_counter(); import threatledger; threatledger.extract; "
    command = [sys.executable, "-c", code + "print(time.perf_counter() - t)"]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(7)]
    return statistics.median(float(run.stdout) for run in runs)


def write_lines():
    """Run every measurement and return the lines of the report."""
    documents = make_documents(GOLD, 400_000)
    own = measure_extraction(documents)
    lines = [f"Measured on {read_machine()}, one core, medians of {ROUNDS} rounds.", ""]
    lines += ["| extraction | MB of text a second |", "| --- | --- |"]
    lines += [f"| Threat Ledger, {stage} | {speed:.2f} |" for stage, speed in own.items()]
    with tempfile.TemporaryDirectory() as folder:
        text = "\n".join(documents)
        for peer in PEERS:
            speed = measure_peer(peer, text, Path(folder))
            lines.append(f"| {peer.name}, numbers alone, line by line | {speed:.4f} |")
    lines += ["", f"`import threatledger` with its entrance, cold: {measure_start():.2f} s.", ""]
    lines += ["| one text of (characters) | seconds | as a single line, seconds |"]
    lines += ["| --- | --- | --- |"]
    pairs = zip(measure_growth(True), measure_growth(False), strict=True)
    return lines + [f"| {size:,} | {wide:.2f} | {flat:.2f} |" for (size, wide), (_, flat) in pairs]


def read_machine():
    """Return the processor, the system and the Python that were measured on."""
    processor = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        named = re.search(r"model name\s*:\s*(.+)", cpuinfo.read_text(encoding="utf-8"))
        processor = named[1] if named else processor
    return f"{processor}, {platform.system()}, Python {platform.python_version()}"


def store_lines(path, lines):
    """Put a report between its marks in a Markdown file, or at its end."""
    block = "\n".join([BEGIN, *lines, END])
    text = path.read_text(encoding="utf-8")
    marked = re.compile(f"{re.escape(BEGIN)}.*{re.escape(END)}", re.S)
    if marked.search(text):
        text = marked.sub(lambda _: block, text)
    else:
        text = f"{text.rstrip()}\n\n## Speed of extraction\n\n{block}\n"
    write_whole(path, text)


if __name__ == "__main__":
    report = write_lines()
    print("\n".join(report))
    store_lines(find_root() / "reports/README.md", report)
