"""Small projects for the tests of the chain: notebooks written on the spot, or the real ones."""

import csv
import io
import json
import shutil

from threatledger.chain.graph import Project, read_graph
from threatledger.chain.jobs import NotebookFailed
from threatledger.chain.progress import Progress
from threatledger.chain.runs import run_chain

# Where a kernel finds the edition's folder and the data; `SameProcess` sets both names itself.
SETUP = """
import os
from pathlib import Path
here = Path(os.environ["THREATLEDGER_REPORTS"]) / edition
data = Path("../data")
""".strip()
KERNELSPEC = {"display_name": "Python 3", "language": "python", "name": "python3"}


class Tiny:
    """A project of four notebooks: one, two that need it, and one that needs all tables.

    Attributes
    ----------
    project : Project
        Its folders.
    ran : list of str
        What the last `run` executed, such as ``"default/01-corpus"``, sorted.
    printed : str
        What the last `run` said.
    """

    def __init__(self, root):
        self.root = root
        self.project = Project(root, root / "reports")
        self.ran, self.printed = [], ""
        self.put("data/texts.csv", "id\na\nb\n")
        self.put("requirements.lock.txt", "pandas==3\n")
        self.put("notebooks/threatledger/counting.py", "")
        self.put("notebooks/threatledger/briefing/template/page.css", "")
        self.put("notebooks/editions/default.yml", "title: Now\nparameters:\n  as_of: 2023-03-31\n")
        self.put("notebooks/editions/2020-03.yml", "title: Then\nparameters:\n  as_of: 2020-03\n")
        self.notebook(
            "01-corpus",
            "`data/texts.csv`",
            "`tables/documents.csv`",
            [write("documents", '(data / "texts.csv").read_text() + as_of')],
            'as_of = "latest"  # a date\nplaces = ["IRQ"]  # ISO codes',
        )
        documents = "`tables/documents.csv`"
        self.notebook("02-claims", documents, "`tables/claims.csv`", [copy("documents", "claims")])
        self.notebook(
            "03-trends",
            documents,
            "`tables/trends.csv`",
            [write("trends", "str(least)")],
            "least = 1  # rows",
        )
        names = 'sorted(path.name for path in (here / "tables").glob("*s.csv"))'
        self.notebook(
            "04-briefing", "`tables/`", "`tables/list.csv`", [write("list", f'" ".join({names})')]
        )

    def put(self, name, text):
        """Write a file of the project."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def read(self, name):
        """Return the text of a file in reports/."""
        return (self.project.reports / name).read_text(encoding="utf-8")

    def has(self, name):
        """Tell whether a file is in reports/."""
        return (self.project.reports / name).is_file()

    def notebook(self, name, reads, writes, cells, parameters=""):
        """Write a notebook as a researcher would leave it."""
        opening = f"# {name}\n**Question.** What?\n**Reads** {reads}. **Writes** {writes}."
        parameters = f'edition = "default"  # folder\n{parameters}'.strip()
        made = [_make_cell("markdown", opening), _make_cell("code", parameters, ["parameters"])]
        made += [_make_cell("code", source) for source in (SETUP, *cells)]
        for number, cell in enumerate(made):
            cell["id"] = f"c{number}"
        metadata = {"kernelspec": KERNELSPEC}
        content = {"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
        return self.put(f"notebooks/{name}.ipynb", json.dumps(content, indent=1) + "\n")

    def run(self, *editions, finish=None):
        """Run the chain in this process; return which notebooks ran."""
        kernels, printed = SameProcess(self.project), io.StringIO()
        wanted = list(editions) or ["default"]
        try:
            graph = read_graph(self.project, wanted)
            run_chain(graph, wanted, lambda: kernels, finish, Progress(printed))
        finally:
            self.ran, self.printed = sorted(kernels.ran), printed.getvalue()
        return self.ran


def _make_cell(kind, source, tags=()):
    """Return one cell."""
    cell = {"cell_type": kind, "metadata": {"tags": list(tags)} if tags else {}, "source": source}
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def write(table, text):
    """Return a cell that writes a table."""
    folder = '(here / "tables").mkdir(parents=True, exist_ok=True)'
    return f'{folder}\ndone = (here / "tables/{table}.csv").write_text({text})'


def copy(table, other):
    """Return a cell that writes a table from another."""
    return write(other, f'(here / "tables/{table}.csv").read_text().upper()')


class SameProcess:
    """Executes notebooks without a kernel, and notes which: the chain is tested, not papermill."""

    def __init__(self, project):
        self._project = project
        self.ran = []

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def execute(self, job):
        """Execute the code cells, except the one that only a kernel needs."""
        edition = job.parameters["edition"]
        self.ran.append(f"{edition}/{job.source.stem}")
        job.trial.parent.mkdir(parents=True, exist_ok=True)
        job.trial.write_text("what ran so far", encoding="utf-8")
        cells = json.loads(job.source.read_bytes())["cells"]
        sources = [cell["source"] for cell in cells if cell["cell_type"] == "code"]
        names = {"here": self._project.reports / edition, "data": self._project.root / "data"}
        for number, source in enumerate(sources, start=1):
            if source == SETUP:
                continue
            try:
                exec(source, names)
            except Exception as error:
                raise NotebookFailed(f"{type(error).__name__}: {error}", number, source) from None
            names |= job.parameters
        return json.dumps([job.source.stem, job.parameters])


def copy_project(root, source, texts, rows, edition):
    """Make a project of the real notebooks over texts of one's own, and one edition.

    Parameters
    ----------
    root, source : pathlib.Path
        Where it goes, and the project that is copied.
    texts : dict of str to bytes
        Name and content of each file in ``data/texts/``.
    rows : list of dict of str to str
        The catalogue; all have the same columns.
    edition : str
        The file ``default.yml``.
    """
    ignored = shutil.ignore_patterns("__pycache__", ".*", "tests", "published", "texts")
    for name in ("data", "notebooks"):
        shutil.copytree(source / name, root / name, ignore=ignored)
    for name in ("requirements.lock.txt", "CITATION.cff"):
        shutil.copy(source / name, root)
    for name, content in texts.items():
        path = root / "data/texts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    with open(root / "data/catalogue.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], restval="")
        writer.writeheader()
        writer.writerows(rows)
    for path in (root / "notebooks/editions").iterdir():
        path.unlink()
    (root / "notebooks/editions/default.yml").write_text(edition, encoding="utf-8")
