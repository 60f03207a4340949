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
from xdist.scheduler import LoadScopeScheduling

from threatledger.briefing.picture import find_browser
from threatledger.chain.isolation import make_environment

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


class OneForNotebooks(LoadScopeScheduling):
    """Gives each test to whichever worker is free, and all notebooks to one, in their order."""

    def _split_scope(self, nodeid):
        # A notebook reads what those before it wrote; a cell needs those above it.
        return "notebooks" if ".ipynb::" in nodeid else nodeid


def pytest_xdist_make_scheduler(config, log):
    """Share out the tests; --dist loadgroup does not work with this version of pytest."""
    return OneForNotebooks(config, log)


@pytest.fixture(scope="session")
def browser_path():
    """Path of a Chromium or Chrome; tests that need one are skipped where there is none."""
    path = find_browser()
    if path is None:
        pytest.skip("no Chromium or Chrome")
    return path


@pytest.fixture(scope="session")
def built(tmp_path_factory, worker_id):
    """Path of a reports folder with the default edition, built once for all workers."""
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        shared = shared.parent
    reports, done = shared / "built", shared / "built.txt"
    with open(shared / "built.lock", "wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            ran = run_chain_command("report", reports=reports)
            done.write_text(f"{ran.stdout}{ran.stderr}" if ran.returncode else "")
    if failure := done.read_text():
        pytest.fail(f"the default edition was not built:\n{failure}", pytrace=False)
    return reports


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
