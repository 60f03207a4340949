"""Measure the whole chain beside the same cells as one script, and beside other ways to run them.

Every way gets a copy of the project of its own, and all take turns in each round: what else the
machine does meets all of them.
"""

import csv
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from threatledger.chain.graph import Project, read_graph
from threatledger.chain.isolation import make_environment
from threatledger.codebook import find_root
from threatledger.files import list_files

ROUNDS = 3
FOLDERS = ("data", "notebooks")
FILES = ("requirements.lock.txt", "CITATION.cff")
NEW_TEXT = "On 3 May 2022 the UN said that some 900 fighters were left in Iraq. Attacks fell.\n"


class Trial:
    """A copy of the project, and what is measured on it.

    Parameters
    ----------
    folder : pathlib.Path
        Where the copy is made.
    """

    def __init__(self, folder):
        self.root = folder / "project"
        for path in [*map(find_root().joinpath, FILES), *self._list_files()]:
            target = self.root / path.relative_to(find_root())
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        self.notebooks, self.reports = self.root / "notebooks", self.root / "reports"
        self.env = make_environment(self.notebooks, self.reports, folder)
        self._graph = read_graph(Project(self.root, self.reports), ["default"])

    @staticmethod
    def _list_files():
        return [path for name in FOLDERS for path in list_files(find_root() / name)]

    def time(self, *command, is_new=False, may_differ=False, **variables):
        """Return the seconds that a command takes, from nothing where it is to be new."""
        if is_new:
            shutil.rmtree(self.reports, ignore_errors=True)
        self.reports.mkdir(exist_ok=True)
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, *command],
            cwd=self.notebooks,
            env=self.env | variables,
            capture_output=True,
            text=True,
            check=False,
        )
        seconds = time.perf_counter() - start
        if done.returncode and not (may_differ and done.returncode == 1):
            raise RuntimeError(f"{' '.join(command)} failed: {done.stdout[-600:]}{done.stderr}")
        return seconds

    def report(self, engine="forked", is_new=False):
        """Return the seconds of ``make report``."""
        command = ("-m", "threatledger", "--root", str(self.root), "report")
        return self.time(*command, is_new=is_new, ENGINE=engine)

    def list_cells(self):
        """Return the code of every notebook as one script, and the names of the notebooks."""
        names = list(self._graph.notebooks)
        sources = [
            source
            for notebook in self._graph.notebooks.values()
            for kind, source in notebook.sources
            if kind == "code"
        ]
        return "\n".join(sources) + "\n", names

    def run_script(self):
        """Return the seconds of the same cells as one plain script."""
        script = self.root / "script.py"
        script.write_text(self.list_cells()[0], encoding="utf-8")
        return self.time(str(script), is_new=True)

    def run_each(self, *command):
        """Return the seconds of a command for each notebook, one after another."""
        return self.time("-c", LOOP, *self.list_cells()[1], "--", *command, is_new=True)

    def run_nbval(self):
        """Return the seconds of the part of ``make test`` that nbval does."""
        options = ["-c", "pyproject.toml", "-n", "2", "--nbval", "--nbval-current-env", "-q"]
        tests = ["tests/conftest.py", *(f"{name}.ipynb" for name in self.list_cells()[1])]
        command = ("-m", "pytest", "-p", "no:cacheprovider", *options, *tests)
        # Whether the stored outputs are true is for the tests to say.
        return self.time(*command, may_differ=True)

    def touch_all(self):
        """Give every file another time."""
        for name in FOLDERS:
            for path in list_files(self.root / name):
                os.utime(path)

    def put_back(self):
        """Make the texts and notebooks again what they are in the project."""
        for text in self.root.glob("data/texts/new-*.txt"):
            text.unlink()
        for path in [Path("data/catalogue.csv"), *map(self._locate, self.list_cells()[1])]:
            shutil.copyfile(find_root() / path, self.root / path)

    @staticmethod
    def _locate(name):
        return Path("notebooks") / f"{name}.ipynb"

    def add_text(self, number):
        """Add a text to the corpus, another one for each number."""
        text = NEW_TEXT.replace("900", f"9{number}0")
        (self.root / f"data/texts/new-{number}.txt").write_text(text, encoding="utf-8")
        path = self.root / "data/catalogue.csv"
        with open(path, encoding="utf-8", newline="") as file:
            names = next(csv.reader(file))
        row = {"id": f"new-{number}", "file": f"new-{number}.txt", "published": "2022-05-04"}
        with open(path, "a", encoding="utf-8", newline="") as file:
            csv.DictWriter(file, names, restval="", lineterminator="\n").writerow(row)

    def change_notebook(self, name, number):
        """Change one cell of a notebook."""
        path = self.root / self._locate(name)
        content = json.loads(path.read_bytes())
        cell = [cell for cell in content["cells"] if cell["cell_type"] == "code"][-1]
        cell["source"] = [f"# {number}\n", *cell["source"]]
        path.write_text(json.dumps(content), encoding="utf-8")


# One process for each notebook, as make would start them.
LOOP = """
import subprocess, sys
cut = sys.argv.index("--")
for name in sys.argv[1:cut]:
    command = [part.replace("NAME", name) for part in sys.argv[cut + 1:]]
    subprocess.run([sys.executable, *command], check=True)
"""
PAPERMILL = ("-m", "papermill", "--no-progress-bar", "NAME.ipynb", "../reports/NAME.ipynb")
NBCONVERT = ("-m", "nbconvert", "--to", "notebook", "--execute", "NAME.ipynb")
NBCONVERT += ("--output-dir", "../reports")


def measure_chain(rounds=ROUNDS):
    """Measure every way, in turns.

    Parameters
    ----------
    rounds : int

    Returns
    -------
    dict of str to float
        Median seconds.
    """
    taken = {}
    with tempfile.TemporaryDirectory(prefix="threatledger-bench-") as folder:
        trial = Trial(Path(folder))
        for number in range(rounds):
            for way, seconds in measure_round(trial, number):
                taken.setdefault(way, []).append(seconds)
    return {way: statistics.median(seconds) for way, seconds in taken.items()}


def measure_round(trial, number):
    """Yield each way with its seconds.

    Parameters
    ----------
    trial : Trial
    number : int
        Of the round: no two change a file alike.
    """
    yield "plain script", trial.run_script()
    yield "chain", trial.report(is_new=True)
    yield "nothing changed", trial.report()
    trial.touch_all()
    yield "all files touched", trial.report()
    trial.add_text(number)
    yield "one text added", trial.report()
    trial.change_notebook("04-strength", number)
    yield "one notebook changed", trial.report()
    trial.put_back()
    yield "chain, ENGINE=plain", trial.report("plain", is_new=True)
    yield "nbval", trial.run_nbval()
    yield "papermill", trial.run_each(*PAPERMILL)
    yield "nbconvert", trial.run_each(*NBCONVERT)


LABELS = {
    "plain script": "the same cells as one plain Python script",
    "chain": "`make report`, nothing cached, with the page",
    "nothing changed": "`make report`, nothing changed",
    "all files touched": "`make report`, every file touched, none changed",
    "one text added": "`make report`, one text added",
    "one notebook changed": "`make report`, one analysis notebook changed (`04-strength`)",
    "chain, ENGINE=plain": "`make report ENGINE=plain`, nothing cached",
    "nbval": "`make test`, the part of nbval",
    "papermill": "one `papermill` a notebook, by hand, without the page",
    "nbconvert": "one `jupyter nbconvert --execute` a notebook, without the page",
}


def write_chain(seconds):
    """Return the lines of the report.

    Parameters
    ----------
    seconds : dict of str to float
        As `measure_chain` gives them.

    Returns
    -------
    list of str
    """
    script, chain = seconds["plain script"], seconds["chain"]
    lines = ["| way | seconds | times the script | of the chain |", "| --- | --- | --- | --- |"]
    return lines + [
        f"| {LABELS[way]} | {taken:.2f} | {taken / script:.2f} | {taken / chain:.0%} |"
        for way, taken in seconds.items()
    ]
