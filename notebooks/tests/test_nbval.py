"""nbval, which `make test` runs over every notebook: it is strict, and a changed figure fails."""

import json
import os
import subprocess
import sys

import nbformat
import pytest
from conftest import NOTEBOOKS
from nbclient import NotebookClient
from side_by_side import SideBySide, find_notebook, read_needs

from threatledger.chain.execution import KERNELSPEC, clean_notebook
from threatledger.chain.notebooks import read_notebooks

CHAIN = read_notebooks(NOTEBOOKS)
EACH = pytest.mark.parametrize("notebook", CHAIN.values(), ids=CHAIN)
# Kinds of output that nbval passes over whatever they hold.
NOT_COMPARED = {"image/png", "image/jpeg", "application/vnd.jupyter.widget-view+json"}

DRAW = """
import pandas as pd
from threatledger.briefing.figures import write_figure

def draw(frame):
    from threatledger.briefing.figures import new_figure
    (ax,) = new_figure(2)
    ax.plot(frame["year"], frame["high"], "o", color="#a3341f")
    return ax

frame = pd.DataFrame({"year": [2019, 2020], "high": [500, 700]})
finding = "The figure rises from 500 to 700 in a year"
"""
SHOW = 'write_figure(draw, frame, "money", "trial", "Money", finding, "Two texts.", frame)'


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """Path of a notebook that shows a figure, with its outputs."""
    folder = tmp_path_factory.mktemp("stored")
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": KERNELSPEC})
    notebook.cells = [nbformat.v4.new_code_cell(source.strip()) for source in (DRAW, SHOW)]
    reports = os.environ["THREATLEDGER_REPORTS"]
    os.environ["THREATLEDGER_REPORTS"] = str(folder / "reports")
    try:
        NotebookClient(notebook, kernel_name="python3").execute(cwd=str(NOTEBOOKS))
    finally:
        os.environ["THREATLEDGER_REPORTS"] = reports
    path = folder / "stored.ipynb"
    path.write_text(nbformat.writes(clean_notebook(notebook)), encoding="utf-8")
    return path


def run_nbval(folder, text):
    """Run nbval over a notebook of this text, as `make test` does; return what it said."""
    path = folder / "here.ipynb"
    path.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "--nbval", "--nbval-current-env", str(path)]
    return subprocess.run(
        [*command, "-p", "no:cacheprovider", "-p", "no:xdist"],
        cwd=folder,
        env=os.environ | {"THREATLEDGER_REPORTS": str(folder / "reports")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_stored_figure_is_given_again(stored, tmp_path):
    done = run_nbval(tmp_path, stored.read_text(encoding="utf-8"))
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        # In the drawing alone: its data, title and finding are as before.
        ("#a3341f", "#23608c", "image/svg+xml"),
        ('frame[\\"high\\"], \\"o\\"', 'frame[\\"high\\"] + 5, \\"o\\"', "image/svg+xml"),
        # In the data alone, as a table below the figure shows them.
        (
            'finding, \\"Two texts.\\", frame)',
            'finding, \\"Two texts.\\", frame + 1)',
            "text/plain",
        ),
    ],
)
def test_a_changed_figure_fails(stored, tmp_path, old, new, field):
    content = json.loads(stored.read_bytes())
    sources = json.dumps([cell["source"] for cell in content["cells"]])
    assert old in sources
    for cell, source in zip(content["cells"], json.loads(sources.replace(old, new)), strict=True):
        cell["source"] = source
    done = run_nbval(tmp_path, json.dumps(content))
    assert done.returncode == 1
    assert f"mismatch '{field}'" in done.stdout


def test_a_stored_figure_that_was_spoilt_fails(stored, tmp_path):
    content = json.loads(stored.read_bytes())
    (output,) = content["cells"][1]["outputs"]
    output["data"]["image/svg+xml"] = ["<svg/>"]
    assert run_nbval(tmp_path, json.dumps(content)).returncode == 1


@EACH
def test_no_output_is_of_a_kind_that_nbval_does_not_compare(notebook):
    """It passes a photograph of rubbish: figures are drawn as SVG, which it compares."""
    cells = json.loads(notebook.path.read_bytes())["cells"]
    kinds = {
        kind
        for cell in cells
        for output in cell.get("outputs", [])
        for kind in output.get("data", {})
    }
    assert not kinds & NOT_COMPARED


@EACH
def test_no_cell_asks_nbval_to_look_away(notebook):
    cells = json.loads(notebook.path.read_bytes())["cells"]
    tags = {tag.lower() for cell in cells for tag in cell["metadata"].get("tags", [])}
    assert not [tag for tag in tags if tag.startswith("nbval") or tag == "raises-exception"]
    code = [source for kind, source in notebook.sources if kind == "code"]
    assert "NBVAL" not in "".join(code).upper().replace("-", "_")


def test_make_test_asks_nbval_to_be_strict():
    recipe = (NOTEBOOKS.parent / "Makefile").read_text(encoding="utf-8")
    (line,) = [line for line in recipe.splitlines() if " pytest " in line and "--nbval" in line]
    assert "--nbval " in line
    assert not {"lax", "sanitize", "ignore", "deselect"} & set(line.replace("-", " ").split())
    assert line.endswith(" notebooks")


# --- side by side ---------------------------------------------------------------------------------


class Item:
    """A cell as pytest hands it on."""

    def __init__(self, nodeid):
        self.nodeid = nodeid
        self.items = None


def test_a_cell_of_a_notebook_is_told_from_other_tests():
    assert find_notebook("04-strength.ipynb::Cell 2") == "04-strength"
    assert find_notebook("tests/test_nbval.py::test_x[04-strength.ipynb::Cell 2]") is None
    assert find_notebook("04-strength.ipynb") is None


def test_every_notebook_waits_only_for_earlier_ones():
    """Else two workers could wait for each other."""
    needs = read_needs(NOTEBOOKS.parent)
    assert set(needs) == set(CHAIN)
    assert "02-claims" in needs["04-strength"]
    assert all(need < name for name, wanted in needs.items() for need in wanted)


def test_a_notebook_waits_for_what_it_reads_and_for_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setenv("THREATLEDGER_REPORTS", "own")
    monkeypatch.setattr("side_by_side.PATIENCE", 30)
    plugin = SideBySide(NOTEBOOKS.parent, tmp_path)
    names = ["01-corpus", "02-claims", "03-trends", "04-strength"]
    cells = [Item(f"{name}.ipynb::Cell {number}") for name in names for number in (0, 1)]
    session = Item("")
    session.items = cells
    plugin.pytest_collection_finish(session)
    for cell in cells[:4]:
        plugin.pytest_runtest_setup(cell)
        plugin.pytest_runtest_logfinish(cell.nodeid)
    assert {path.name for path in tmp_path.iterdir()} == {"01-corpus.done", "02-claims.done"}
    slept = []

    def sleep(seconds):
        slept.append(seconds)
        (tmp_path / "03-trends.done").touch()

    monkeypatch.setattr("time.sleep", sleep)
    # 04 reads documents and claims, not trends, which is not done.
    plugin.pytest_runtest_setup(cells[7])
    assert slept == []
    assert os.environ["THREATLEDGER_REPORTS"] == str(tmp_path / "reports")
    (tmp_path / "02-claims.done").unlink()
    monkeypatch.setattr("time.sleep", lambda seconds: (tmp_path / "02-claims.done").touch())
    plugin.pytest_runtest_setup(cells[7])
    assert (tmp_path / "02-claims.done").exists()
    plugin.pytest_runtest_setup(Item("tests/test_a.py::test_b"))
    assert os.environ["THREATLEDGER_REPORTS"] == "own"
