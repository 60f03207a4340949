"""What a change of code re-runs: worked out from the imports, and held to what freshness says."""

import ast
import json

from conftest import NOTEBOOKS

from threatledger.chain.freshness import NO_CODE, PAGE_CODE

PACKAGE = NOTEBOOKS / "threatledger"
PAGE = ("annotations.py", "briefing/page.py", "chain/crate.py")


def list_imports(source):
    """Return the files of the package that a source imports, at its top or within a function."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{name.name}" for name in node.names}
    parts = [name.split(".")[1:] for name in names if name.split(".")[0] == "threatledger"]
    files = {"/".join(part[:k]) for part in parts for k in range(len(part) + 1)}
    found = {f"{file}.py" for file in files} | {f"{file}/__init__.py".lstrip("/") for file in files}
    return {file for file in found if (PACKAGE / file).is_file()}


def reach(files):
    """Return the files of the package that some files import, or what they import, and so on."""
    reached, waiting = set(), list(files)
    while waiting:
        file = waiting.pop()
        if file not in reached:
            reached.add(file)
            waiting += list_imports((PACKAGE / file).read_text(encoding="utf-8"))
    return reached


def reach_from_notebooks():
    """Return the files of the package that the notebooks need."""
    files = set()
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        cells = json.loads(path.read_bytes())["cells"]
        for cell in (cell for cell in cells if cell["cell_type"] == "code"):
            files |= list_imports("".join(cell["source"]))
    return reach(files)


def list_named(names):
    """Return the files of code of the package whose names begin so."""
    files = (path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
    return {file for file in files if file.startswith(names)}


def test_what_only_the_page_imports_re_runs_no_notebook():
    # How notebooks are run decides what they make: that is the chain's own code.
    page = {file for file in reach(PAGE) if not file.startswith("chain/") or file in PAGE}
    assert list_named(PAGE_CODE) == page - reach_from_notebooks()


def test_what_measures_or_photographs_makes_nothing():
    assert not list_named(NO_CODE) & (reach(PAGE) | reach_from_notebooks())


def test_imports_are_found_wherever_they_stand():
    source = "from threatledger.briefing import show\ndef f():\n    import threatledger.tables as t"
    package = {"__init__.py", "briefing/__init__.py"}
    assert list_imports(source) == package | {"briefing/show.py", "tables.py"}
    assert "briefing/numbers.py" in reach(PAGE)
    assert "extraction/claims.py" in reach_from_notebooks()
