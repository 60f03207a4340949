"""Fuzz one target, guided by which lines of the package an input reaches, with atheris.

Usage: ``run.py TARGET SECONDS CORPUS``. Inputs that reach something new are kept in CORPUS, from
where the next call goes on. An input that breaks a promise, or takes longer than ten seconds for
its few thousand bytes, ends the call and is kept in ``inputs/TARGET/``, for ``test_fuzz.py``.
"""

import csv
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
NOTEBOOKS = HERE.parents[1]
DATA = NOTEBOOKS.parent / "data"
LONGEST, PATIENCE = 4096, 10  # bytes, seconds
# What the lexicons hold, and the characters that files and their readers are built of.
PIECES = (
    "up to|at least|more than|no more than|about|an estimated|between|and|from|to|of whom|per cent|"
    "million|billion|dozens|hundreds|thousand|half|a third|said|according to|fell|rose|in 2019|"
    "2020-02-30|31 February|last month|on Monday|since|Q3 2021|(1)|S/2019/612|—|–|…|“|”|’|\u00a0|"
    "\u200b|\ufeff|\u202e|\u0660|\u0966|½|\r\n|\f|\t|;|id,file,published\n|title: |previous: |"
    "parameters:\n|notebooks:\n|  04-strength:\n|cell_minutes: |!!python|&a |*a|{|}|[|]|<<: *a|"
    "%PDF-|\x1f\x8b|\x00"
).split("|")


def main():
    """Run the fuzzer; it ends the process itself."""
    import atheris

    target, seconds, corpus = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    with atheris.instrument_imports(include=["threatledger", "yaml"]):
        from targets import TARGETS
    kept = HERE / "inputs" / target
    kept.mkdir(parents=True, exist_ok=True)
    begin(corpus, target)
    words = corpus.with_suffix(".dict")
    words.write_text("".join(map(quote_word, list_words())), encoding="ascii")
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={LONGEST}",
        f"-timeout={PATIENCE}",
        f"-dict={words}",
        f"-artifact_prefix={kept}/",
        "-print_final_stats=1",
        "-report_slow_units=5",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus), str(kept)], TARGETS[target])
    atheris.Fuzz()


def begin(corpus, target):
    """Fill an empty corpus with paragraphs and tables of the project's own."""
    corpus.mkdir(parents=True, exist_ok=True)
    if any(corpus.iterdir()):
        return
    for number, seed in enumerate(list_seeds(target)):
        (corpus / f"seed-{number:04d}").write_bytes(seed[:LONGEST])


def list_seeds(target):
    """Return what a target takes, as the project has it."""
    if target == "catalogue":
        lines = (DATA / "catalogue.csv").read_bytes().splitlines(keepends=True)
        return [lines[0] + line for line in lines[1:]] + [b"id,file,published\na,a.txt,2020\n"]
    if target == "editions":
        return [path.read_bytes() for path in sorted((NOTEBOOKS / "editions").glob("*.yml"))]
    texts = [path.read_text(encoding="utf-8") for path in sorted((DATA / "texts").glob("*.txt"))]
    parts = [part for text in texts for part in re.split(r"\n\s*\n", text) if part.strip()]
    joined = "\f" if target == "relays" else "\n\n"
    pairs = [joined.join(pair) for pair in zip(parts, parts[1:], strict=False)]
    whole = [joined.join([text[:1200], text[:1200]]) for text in texts]
    return [part.encode() for part in (*parts[:100], *pairs[:100], *whole)]


def list_words():
    """Return words of the codebook, and pieces of what is read."""
    words = {*PIECES}
    for path in sorted((DATA / "codebook").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            first = [row[0] for row in csv.reader(lines) if row]
        words |= {word for word in first[1:] if 1 < len(word) < 30}
    return sorted(words)[:4000]


def quote_word(word):
    """Return a word as a line of libFuzzer's dictionary."""
    return '"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"\n'


if __name__ == "__main__":
    main()
