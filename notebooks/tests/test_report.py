"""The default edition, built whole from the real texts as ``make report`` builds it."""

import subprocess

from conftest import REPORTS, run_chain_command

from threatledger.chain.notebooks import read_notebooks


def test_every_table_figure_and_the_page_is_there(built, request):
    chain = read_notebooks(request.config.rootpath)
    written = {name for notebook in chain.values() for name in notebook.writes}
    folder = built / "default"
    assert [name for name in sorted(written) if not (folder / name).is_file()] == []
    assert {path.stem for path in folder.glob("executed/*")} == set(chain)
    assert (folder / "briefing.html").stat().st_size > 10_000
    assert (folder / "tables/datapackage.json").is_file()


def test_checksums_hold(built):
    command = ["sha256sum", "--check", "--quiet", "checksums.txt"]
    done = subprocess.run(command, cwd=built / "default", capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


def test_a_second_run_changes_nothing(built):
    before = {path: path.stat().st_mtime_ns for path in built.rglob("*") if path.suffix}
    ran = run_chain_command("report", reports=built)
    assert "up to date: nothing changed" in ran.stdout
    assert before == {path: path.stat().st_mtime_ns for path in built.rglob("*") if path.suffix}


def test_the_committed_tables_are_those_that_the_chain_makes(built):
    """So that a change of a text, a rule or the codebook shows which numbers it moves."""
    committed, made = REPORTS / "default/tables", built / "default/tables"
    names = {path.name for folder in (committed, made) for path in folder.glob("*")}
    other = [name for name in sorted(names) if read(committed / name) != read(made / name)]
    assert not other, "run make report, look at what changed, and commit reports/default/tables"


def read(path):
    """Return a file's bytes, or ``None`` where there is none."""
    return path.read_bytes() if path.is_file() else None
