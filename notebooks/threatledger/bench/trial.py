"""A copy of the project to measure on, and what can be done to it."""

import csv
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from threatledger.chain.graph import Project, read_graph
from threatledger.chain.isolation import make_environment
from threatledger.codebook import find_root
from threatledger.files import list_files

FOLDERS = ("data", "notebooks")
FILES = ("requirements.lock.txt", "CITATION.cff")
NEW_TEXT = "On 3 May 2022 the UN said that some 900 fighters were left in Iraq. Attacks fell.\n"
CHANGED = "04-strength"
PATIENCE = 600  # seconds for one command
# What make would be told by hand: which notebook needs which, and one papermill for each.
BY_HAND = """
export PYTHONPATH := {notebooks}
all: {targets}
{rules}
{reports}/%.ipynb: {notebooks}/%.ipynb
\t{python} -m papermill --no-progress-bar --cwd {notebooks} $< $@.trial
\tmv $@.trial $@
"""


class Failed(Exception):  # noqa: N818
    """A way did not come to its end."""


class Trial:
    """A copy of the project.

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
        """Return the seconds that a command takes, from nothing where it is to be new.

        Raises
        ------
        Failed
            If the command fails or does not end.
        """
        if is_new:
            shutil.rmtree(self.reports, ignore_errors=True)
        self.reports.mkdir(exist_ok=True)
        start = time.perf_counter()
        try:
            done = subprocess.run(
                command,
                cwd=self.notebooks,
                env=self.env | variables,
                capture_output=True,
                text=True,
                # jupyter-cache asks whether it may make its folder.
                input="y\n",
                timeout=PATIENCE,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Failed(str(error)) from None
        seconds = time.perf_counter() - start
        if done.returncode and not (may_differ and done.returncode == 1):
            said = (done.stderr.strip() or done.stdout.strip() or "it said nothing").splitlines()
            raise Failed(said[-1])
        return seconds

    def run(self, *command, is_new=True, **variables):
        """Return the seconds of a command that executes every notebook's cells.

        Raises
        ------
        Failed
            If it fails, or leaves out what a notebook writes.
        """
        seconds = self.time(*command, is_new=is_new, **variables)
        for notebook in self._graph.notebooks.values():
            for file in notebook.writes:
                if not (self.reports / "default" / file).is_file():
                    raise Failed(f"it did not write {file} of {notebook.name}")
        return seconds

    def report(self, engine="forked", is_new=False):
        """Return the seconds of ``make report``."""
        command = (sys.executable, "-m", "threatledger", "--root", str(self.root), "report")
        return self.time(*command, is_new=is_new, ENGINE=engine)

    def list_names(self):
        """Return the names of the notebooks, in their order."""
        return list(self._graph.notebooks)

    def run_script(self):
        """Return the seconds of the same cells as one plain script."""
        script = self.root / "script.py"
        sources = [
            source
            for notebook in self._graph.notebooks.values()
            for kind, source in notebook.sources
            if kind == "code"
        ]
        script.write_text("\n".join(sources) + "\n", encoding="utf-8")
        return self.run(sys.executable, str(script))

    def run_by_hand(self, jobs):
        """Return the seconds of make with a rule for each notebook, which calls papermill."""
        needs = self._graph.needs
        made = {node: f"{self.reports}/{node.notebook}.ipynb" for node in needs}
        rules = [f"{made[node]}: {' '.join(made[need] for need in needs[node])}" for node in needs]
        makefile = self.root / "by-hand.mk"
        text = BY_HAND.format(
            notebooks=self.notebooks,
            reports=self.reports,
            python=sys.executable,
            targets=" ".join(made.values()),
            rules="\n".join(rules),
        )
        makefile.write_text(text, encoding="utf-8")
        return self.run("make", f"-j{jobs}", "-f", str(makefile))

    def run_nbconvert(self):
        """Return the seconds of one ``jupyter nbconvert --execute`` over all notebooks."""
        command = [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute"]
        files = [f"{name}.ipynb" for name in self.list_names()]
        return self.run(*command, "--output-dir", str(self.reports), *files)

    def run_cache(self, home):
        """Return the seconds of jupyter-cache, in an environment of its own.

        Parameters
        ----------
        home : pathlib.Path
            The environment; the kernels are those of this one.
        """
        jcache, cache = str(home / "bin/jcache"), str(home / "cache")
        shutil.rmtree(cache, ignore_errors=True)
        kernels = home / "jupyter/kernels/python3"
        kernels.mkdir(parents=True, exist_ok=True)
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        spec = {"argv": argv, "display_name": "Python 3", "language": "python"}
        (kernels / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
        given = {"JUPYTERCACHE": cache, "JUPYTER_PATH": str(home / "jupyter")}
        files = [f"{name}.ipynb" for name in self.list_names()]
        self.time(jcache, "notebook", "add", *files, is_new=True, **given)
        command = (jcache, "project", "execute", "--timeout", str(PATIENCE))
        return self.run(*command, is_new=False, **given)

    def run_nbval(self):
        """Return the seconds of the part of ``make test`` that nbval does."""
        options = ["-c", "pyproject.toml", "-n", "2", "--nbval", "--nbval-current-env", "-q"]
        tests = ["tests/conftest.py", *(f"{name}.ipynb" for name in self.list_names())]
        command = (sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options, *tests)
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
        for path in [Path("data/catalogue.csv"), *map(self._locate, self.list_names())]:
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

    def change_notebook(self, number):
        """Change one cell of an analysis notebook."""
        path = self.root / self._locate(CHANGED)
        content = json.loads(path.read_bytes())
        cell = [cell for cell in content["cells"] if cell["cell_type"] == "code"][-1]
        cell["source"] = [f"# {number}\n", *cell["source"]]
        path.write_text(json.dumps(content), encoding="utf-8")
