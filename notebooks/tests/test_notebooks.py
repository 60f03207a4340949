"""The contract that every notebook of the chain keeps."""

import ast
import json
import re
from pathlib import Path

import pytest
from test_figures import WITH_VALUES, WITHOUT_VALUES

from threatledger.briefing.palette import VARIANTS
from threatledger.chain.notebooks import FIGURE_FILES, read_notebooks

FOLDER = Path(__file__).resolve().parents[1]
CHAIN = read_notebooks(FOLDER)
EACH = pytest.mark.parametrize("notebook", CHAIN.values(), ids=CHAIN)

# A path that only one machine has, or the address of an object in memory.
OF_ONE_MACHINE = re.compile(
    r"(?<![\w.:/])/(home|root|Users|tmp|private|var|work|mnt)/|\b0x[0-9a-f]{7}"
)
# A date with a time of day: when something ran.
TIME_STAMP = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")


def read_content(notebook):
    """Return a notebook's JSON."""
    return json.loads(notebook.path.read_bytes())


def read_code(notebook):
    """Return the code cells of a notebook."""
    return [cell for cell in read_content(notebook)["cells"] if cell["cell_type"] == "code"]


def find_calls(notebook, function):
    """Return the calls of a function in a notebook."""
    trees = [ast.parse(source) for kind, source in notebook.sources if kind == "code"]
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else None
            if function in (name, getattr(node.func, "id", None)):
                yield node


def test_each_has_a_number_of_its_own_and_the_briefing_the_last():
    numbers = [name[:2] for name in CHAIN]
    assert len(set(numbers)) == len(numbers)
    assert numbers[0] == "01"
    assert list(CHAIN)[-1].endswith("-briefing")
    stray = {path.stem for path in FOLDER.glob("*.ipynb")} - set(CHAIN)
    assert not stray, "a notebook outside the chain is never run"


def test_a_figure_s_files_are_those_that_are_drawn():
    drawn = {f"{suffix}.svg" for suffix, *_ in VARIANTS}
    assert set(FIGURE_FILES) == drawn | {".json"}


@EACH
def test_the_first_cell_asks_a_question(notebook):
    kind, opening = notebook.sources[0]
    assert kind == "markdown"
    number, _, name = notebook.name.partition("-")
    assert opening.startswith(f"# {number} · "), "the title carries the notebook's number"
    assert re.search(r"\*\*Question\.?\*\* .+\?", opening)


@EACH
def test_each_parameter_is_a_plain_line_with_a_comment(notebook):
    (cell,) = [c for c in read_code(notebook) if "parameters" in c["metadata"].get("tags", [])]
    source = "".join(cell["source"])
    for statement in ast.parse(source).body:
        last = source.splitlines()[statement.end_lineno - 1]
        assert re.search(r"  # \S", last), f"say what it is for: {last}"


@EACH
def test_no_function_is_defined_in_a_notebook(notebook):
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    for kind, source in notebook.sources:
        found = (
            [n for n in ast.walk(ast.parse(source)) if isinstance(n, kinds)]
            if kind == "code"
            else []
        )
        assert not found, "functions belong in notebooks/threatledger/, where they are tested"


@EACH
def test_every_code_cell_has_been_run_in_order(notebook):
    counts = [cell["execution_count"] for cell in read_code(notebook)]
    assert counts == list(range(1, len(counts) + 1)), "run make refresh"
    outputs = [output for cell in read_code(notebook) for output in cell["outputs"]]
    assert outputs, "nbval compares stored outputs: run make refresh"
    assert not [output for output in outputs if output["output_type"] == "error"]
    warned = [output for output in outputs if output.get("name") == "stderr"]
    assert not warned, "a warning is something to mend"


@EACH
def test_nothing_of_one_machine_or_moment_is_stored(notebook):
    for cell in read_code(notebook):
        stored = json.dumps(cell["outputs"])
        assert not OF_ONE_MACHINE.search(stored)
        assert not TIME_STAMP.search(stored)
        assert not OF_ONE_MACHINE.search("".join(cell["source"]))


@EACH
def test_metadata_is_the_least_there_can_be(notebook):
    content = read_content(notebook)
    assert content["metadata"] == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    assert all(set(cell["metadata"]) <= {"tags"} for cell in content["cells"])
    ids = [cell["id"] for cell in content["cells"]]
    assert len(set(ids)) == len(ids)


@EACH
def test_tables_read_and_written_are_those_it_says(notebook):
    named = find_words(notebook, "read_table", 0) | find_words(notebook, "open_rows", 0)
    read = {f"tables/{name}.csv" for name in named}
    assert read <= set(notebook.reads) | set(notebook.writes)
    written = {f"tables/{name}.csv" for name in find_words(notebook, "write_table", 1)}
    assert written == {name for name in notebook.writes if name.startswith("tables/")}


def find_words(notebook, function, place):
    """Return the words that stand at one place in the calls of a function."""
    given = [call.args[place] for call in find_calls(notebook, function)]
    return {argument.value for argument in given if isinstance(argument, ast.Constant)}


@EACH
def test_a_figure_is_drawn_by_a_guarded_function_and_nothing_else(notebook):
    """So that no notebook can put on one axis what cannot be compared."""
    code = "\n".join(source for kind, source in notebook.sources if kind == "code")
    assert not re.search(r"matplotlib|seaborn|plotly|\.plot\b|\.hist\(", code)
    drawn = {call.args[0].id for call in find_calls(notebook, "write_figure")}
    assert drawn <= {function.__name__ for function in {*WITH_VALUES, *WITHOUT_VALUES}}


@EACH
def test_files_it_says_that_it_reads_are_named_below(notebook):
    """A name in Reads that the code does not need re-runs the notebook for nothing."""
    code = "\n".join(source for kind, source in notebook.sources if kind == "code")
    for name in notebook.reads:
        if name.startswith("tables/") and not name.endswith("/"):
            assert Path(name).stem in code, name
