"""What the tests share: a scratch reports folder, an edition built once, a browser if any."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from nbval_kernels import ForkedKernels
from side_by_side import SideBySide, find_notebook
from xdist.scheduler import LoadScopeScheduling

from threatledger.briefing.picture import find_browser
from threatledger.chain.isolation import make_environment
from threatledger.files import list_files

NOTEBOOKS = Path(__file__).resolve().parents[1]
ROOT = NOTEBOOKS.parent
REPORTS = ROOT / "reports"

# The same examples in every run: what a person sees here is what CI sees.
settings.register_profile("same", derandomize=True, deadline=None, database=None)
settings.load_profile("same")


def pytest_configure(config):
    """Turn everything that writes reports to a scratch folder, as deterministic as the chain's."""
    scratch = Path(tempfile.mkdtemp(prefix="threatledger-tests-"))
    config.add_cleanup(lambda: shutil.rmtree(scratch, ignore_errors=True))
    (scratch / "reports").mkdir()
    wanted = make_environment(NOTEBOOKS, scratch / "reports", scratch)
    for name in set(os.environ) - set(wanted):
        del os.environ[name]
    os.environ.update(wanted)
    # Notebooks need what others write: what they write goes to one folder for all workers.
    common = Path(getattr(config, "workerinput", {}).get("side_by_side", scratch / "notebooks"))
    (common / "reports").mkdir(parents=True, exist_ok=True)
    config.pluginmanager.register(SideBySide(ROOT, common))
    config.pluginmanager.register(ForkedKernels(config.option))
    if not hasattr(config, "workerinput"):
        config.stash[BEFORE] = hash_tree(REPORTS)


BEFORE = pytest.StashKey()


def hash_tree(folder):
    """Return name and SHA-256 of every file below a folder, hidden ones too."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in paths
    }


def list_checkout():
    """Return the files of the project as a clean clone of what is here would have them, by name."""
    command = ["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard", "-z"]
    if (ROOT / ".git").exists() and shutil.which("git"):
        listed = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")
        return sorted(name for name in set(listed.split("\0")) if name and (ROOT / name).is_file())
    kept = ("CITATION.cff", "Makefile", "README.md", "requirements.lock.txt")
    paths = [ROOT / name for name in kept] + list_files(ROOT / "data") + list_files(NOTEBOOKS)
    return sorted(path.relative_to(ROOT).as_posix() for path in paths)


def pytest_sessionfinish(session):
    """Fail the whole run if a test changed reports/."""
    before = session.config.stash.get(BEFORE, None)
    if before is None:
        return
    changed = {name for name, _ in set(before.items()) ^ set(hash_tree(REPORTS).items())}
    session.config.stash[CHANGED] = sorted(changed)
    if changed and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


CHANGED = pytest.StashKey()


def pytest_terminal_summary(terminalreporter, config):
    """Say what a green line alone would hide."""
    if changed := config.stash.get(CHANGED, []):
        terminalreporter.write_line(
            f"reports/ changed while the tests ran, which they may not do: {', '.join(changed)}",
            red=True,
        )
    if find_browser() is None:
        terminalreporter.write_line(
            "no Chromium or Chrome was found: the page was not tested in a browser", yellow=True
        )


class WholeNotebooks(LoadScopeScheduling):
    """Gives each test, and each notebook whole, to whichever worker is free, in their order."""

    def _split_scope(self, nodeid):
        # A cell needs those above it.
        return find_notebook(nodeid) or nodeid


def pytest_xdist_make_scheduler(config, log):
    """Share out the tests; --dist loadgroup does not work with this version of pytest."""
    # By size, as is usual, workers could wait for each other's notebooks.
    config.option.loadscopereorder = False
    return WholeNotebooks(config, log)


@pytest.fixture(scope="session")
def browser_path():
    """Path of a Chromium or Chrome; tests that need one are skipped where there is none."""
    path = find_browser()
    if path is None:
        pytest.skip("no Chromium or Chrome")
    return path


def make_once(tmp_path_factory, worker_id, name, make):
    """Make something that takes long once for all workers.

    Parameters
    ----------
    tmp_path_factory, worker_id
        The fixtures of these names.
    name : str
        Of its folder.
    make : callable
        Given the folder, makes it and returns what went wrong, in words, or nothing.

    Returns
    -------
    pathlib.Path
        The folder.
    """
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        shared = shared.parent
    folder, done = shared / name, shared / f"{name}.txt"
    with open(shared / f"{name}.lock", "wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            done.write_text(make(folder) or "")
    if failure := done.read_text():
        pytest.fail(f"{name} could not be made:\n{failure}", pytrace=False)
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory, worker_id):
    """Path of a reports folder with the default edition, built once for all workers."""

    def make(reports):
        ran = run_chain_command("report", reports=reports)
        return f"{ran.stdout}{ran.stderr}" if ran.returncode else ""

    return make_once(tmp_path_factory, worker_id, "built", make)


@pytest.fixture
def in_built(built, monkeypatch):
    """Like `built`, and what reads tables reads them there."""
    monkeypatch.setenv("THREATLEDGER_REPORTS", str(built))
    return built


def run_chain_command(*arguments, reports, root=ROOT, **options):
    """Run ``python -m threatledger`` with its own reports folder; return the finished process."""
    return subprocess.run(
        [sys.executable, "-m", "threatledger", "--root", str(root), *arguments],
        env=os.environ | {"THREATLEDGER_REPORTS": str(reports)},
        capture_output=True,
        text=True,
        check=False,
        **options,
    )
