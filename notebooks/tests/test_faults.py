"""What befalls a run: it is killed, stopped, without room, not alone, too slow, in a wrong time.

After each the next run makes the same bytes as one that nothing befell, nothing in ``data/`` has
changed, and nothing is left elsewhere. ``make faults`` kills more often, and the whole edition too.
"""

import contextlib
import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import psutil
import pytest
from conftest import ROOT
from crashing import hash_below
from test_chain import find_processes, wait_until
from test_same_bytes import CLOCK, compile_clock
from tiny import Tiny, copy, write

from threatledger.chain.holding import hold_reports
from threatledger.chain.machine import explain_os_error
from threatledger.chain.scratch import Scratch, sweep_scratch

# How often a run is killed at a moment of chance.
KILLS = int(os.environ.get("KILLS") or 5)
BY_HAND = KILLS > 5
SLEEP = "import time\ntime.sleep(300)"
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


class Chain:
    """A project whose runs are processes with kernels of their own.

    Parameters
    ----------
    root : pathlib.Path
        The project's top folder.
    folder : pathlib.Path
        For reports and temporary files.
    """

    def __init__(self, root, folder):
        self.root, self.reports, self.temporary = root, folder / "reports", folder / "t"
        self.temporary.mkdir(parents=True)
        self._given = hash_below(root / "data")

    def start(self, *before, **variables):
        """Start ``report``; return the process, which leads a group of its own."""
        command = [sys.executable, "-m", "threatledger", "--root", str(self.root), "report"]
        own = {"THREATLEDGER_REPORTS": str(self.reports), "TMPDIR": str(self.temporary)}
        return subprocess.Popen(
            [*before, *command],
            env=os.environ | own | variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *before, **variables):
        """Run ``report`` to its end; return exit status, and what it said to whom."""
        process = self.start(*before, **variables)
        try:
            said, told = process.communicate(timeout=300)
        finally:
            process.kill()
        return process.returncode, said, told

    def make(self, *before, **variables):
        """Run ``report``, which must go well; return name and SHA-256 of what is there then."""
        status, _, told = self.run(*before, **variables)
        assert (status, told) == (0, "")
        return self.list_made()

    def list_made(self):
        """Return name and SHA-256 of all in reports/, without what the chain notes for itself."""
        made = hash_below(self.reports)
        notes = {name for name in made if name.rpartition("/")[2].startswith(".")}
        assert notes == {".lock", "default/.chain.json"}
        assert made[".lock"] == EMPTY
        return {name: made[name] for name in made if name not in notes and "run.json" not in name}

    def list_processes(self):
        """Return the processes that a run has started, and itself."""
        return find_processes(str(self.reports))

    def check(self, expected):
        """Fail unless the next run makes what is expected, and leaves nothing else behind."""
        assert self.make() == expected
        assert hash_below(self.root / "data") == self._given
        assert list(self.temporary.glob("tl-*")) == []
        wait_until(lambda: not self.list_processes())


def write_project(folder):
    """Write a project of three notebooks, and return its chain; its `tiny` writes others."""
    tiny = Tiny(folder / "project")
    (tiny.root / "notebooks/04-briefing.ipynb").unlink()
    chain = Chain(tiny.root, folder)
    chain.tiny = tiny
    return chain


@pytest.fixture
def chain(tmp_path):
    return write_project(tmp_path)


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    """Return what a run makes that nothing befalls; where it runs makes no difference."""
    return write_project(tmp_path_factory.mktemp("alone")).make()


# --- killed --------------------------------------------------------------------------------------


def test_killed_at_each_step_on_the_file_system(tmp_path):
    """Whole or torn: a file that was being written may have lost its second half."""
    which = "all" if BY_HAND else "some"
    command = [sys.executable, ROOT / "notebooks/tests/crashing.py", tmp_path, which]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    crashes = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(crashes) > 100
    assert [crash for crash in crashes if crash["wrong"]] == []
    assert len({crash["left"] for crash in crashes}) > 50, "they did not crash at different steps"


def kill_group(chain, process):
    """Do as ``kill -9`` does to a group of processes."""
    os.killpg(process.pid, signal.SIGKILL)


def kill_all(chain, process):
    """Kill the run and whatever it has started, kernels too, and what they start meanwhile."""
    while found := chain.list_processes():
        for other in found:
            with contextlib.suppress(psutil.NoSuchProcess):
                other.kill()
        psutil.wait_procs(found, 1)


def interrupt(chain, process):
    """Do as Ctrl-C does."""
    os.killpg(process.pid, signal.SIGINT)


def befall(chain, ways, times, expected=None):
    """Let something befall runs at moments of chance, and look at the run after each."""
    began = time.monotonic()
    expected = expected or chain.make()
    # A run takes about as long as the next one, which is measured from then on.
    seconds, chance = max(time.monotonic() - began, 2), random.Random(8)
    for number in range(times):
        shutil.rmtree(chain.reports, ignore_errors=True)
        process = chain.start()
        time.sleep(chance.uniform(0, seconds))
        ways[number % len(ways)](chain, process)
        process.communicate(timeout=60)
        began = time.monotonic()
        chain.check(expected)
        seconds = time.monotonic() - began


def test_killed_at_any_moment(chain, expected):
    befall(chain, [kill_group, kill_all], KILLS, expected)


def test_interrupted_at_any_moment(chain, expected):
    befall(chain, [interrupt], KILLS // 2, expected)


@pytest.mark.skipif(not BY_HAND, reason="takes minutes: make faults")
def test_the_whole_edition_killed_at_any_moment(tmp_path):
    befall(Chain(ROOT, tmp_path), [kill_group, kill_all, interrupt], KILLS)


# --- no room, no right ---------------------------------------------------------------------------

# A size above which no file may grow.
LIMIT = (
    "import os, resource, sys; size = int(sys.argv[1]); "
    "resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)); os.execv(sys.argv[2], sys.argv[2:])"
)


@pytest.mark.parametrize("size", [40, 1000])
def test_a_file_that_cannot_be_written_whole(chain, expected, size):
    status, _, told = chain.run(sys.executable, "-c", LIMIT, str(size))
    assert status == 1
    assert told == (
        "the file is larger than this machine lets it be: raise the limit, then run make again; "
        "what was finished is not lost\n"
    )
    chain.check(expected)


# In a view of the file system that only these commands have.
FULL = """
mount -t tmpfs -o size=28k none "$THREATLEDGER_REPORTS" || exit 77
"$@"
test $? = 1 || exit 78
mount -o remount,size=9m none "$THREATLEDGER_REPORTS"
"$@" && cp -R "$THREATLEDGER_REPORTS" "$COPY"
"""
READ_ONLY = 'mount -t tmpfs -o ro none "$THREATLEDGER_REPORTS" || exit 77; exec "$@"'


def run_mounted(chain, script, **variables):
    """Run a script that mounts something over reports/; skip where nobody may."""
    chain.reports.mkdir()
    own = ["unshare", "--map-root-user", "--mount"]
    if not shutil.which("unshare") or subprocess.run([*own, "true"], check=False).returncode:
        pytest.skip("no file system can be mounted here")
    return chain.run(*own, "sh", "-c", script, "sh", **variables)


def test_a_full_disk(chain, expected, tmp_path):
    status, said, told = run_mounted(chain, FULL, COPY=str(tmp_path / "copied"))
    assert status == 0, told
    assert "made in" in said
    assert told == (
        "the disk is full: make room on it, then run make again; what was finished is not lost\n"
    )
    chain.reports.rmdir()
    (tmp_path / "copied").rename(chain.reports)
    chain.check(expected)


def test_reports_that_can_only_be_read(chain):
    status, _, told = run_mounted(chain, READ_ONLY)
    assert status == 1
    (sentence,) = told.splitlines()
    assert "reports/.lock cannot be used: that disk can only be read" in sentence


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.EACCES, "reports/a cannot be used: you may not: change who may write or read there"),
        (errno.EDQUOT, "reports/a cannot be used: your share of the disk is used up: make room"),
        (errno.EMFILE, "reports/a cannot be used: too many files are open: raise the limit"),
    ],
)
def test_what_the_system_refuses_is_told_with_file_and_remedy(tmp_path, number, told):
    error = OSError(number, "no", str(tmp_path / "reports/a"))
    assert explain_os_error(error, tmp_path).startswith(told)


# --- not alone -----------------------------------------------------------------------------------


def test_one_waits_for_another_and_goes_on_when_that_is_killed(chain, expected):
    cells = [write("trends", '"half"'), 'here.parent.joinpath(".begun").touch()', SLEEP]
    source = chain.root / "notebooks/03-trends.ipynb"
    before = source.read_bytes()
    chain.tiny.notebook("03-trends", "`tables/documents.csv`", "`tables/trends.csv`", cells)
    first = chain.start()
    wait_until((chain.reports / ".begun").exists, 60)
    source.write_bytes(before)
    second = chain.start()
    said = second.stdout.readline()
    assert said == f"waiting for another run (process {first.pid}) that writes the same reports\n"
    kill_group(chain, first)
    first.communicate()
    assert second.communicate(timeout=120)[1] == ""
    (chain.reports / ".begun").unlink()
    assert chain.list_made() == expected
    chain.check(expected)


# --- without an end, or ended too early ----------------------------------------------------------

DEAF = "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 32))\nwhile True: pass"


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        (DEAF, "the cell ran for 2 seconds, the limit of one cell, and was stopped"),
        ("import os\nos._exit(3)", "the kernel died"),
    ],
)
def test_a_notebook_that_hangs_or_whose_kernel_dies(chain, expected, cell, sentence):
    title = "title: Now\nparameters:\n  as_of: 2023-03-31\n"
    chain.tiny.put("notebooks/editions/default.yml", f"{title}cell_minutes: 0.03\n")
    cells = [copy("documents", "claims"), cell]
    source = chain.root / "notebooks/02-claims.ipynb"
    before = source.read_bytes()
    chain.tiny.notebook("02-claims", "`tables/documents.csv`", "`tables/claims.csv`", cells)
    status, _, told = chain.run()
    assert status == 1
    first, second, *_ = told.splitlines()
    assert first == f"02-claims stopped in code cell 4: {cell.splitlines()[0]}"
    assert second.startswith(f"    {sentence}")
    assert "Task" not in told
    assert not chain.list_processes()
    source.write_bytes(before)
    # The limit decides no result: what had been made with another stays.
    chain.check(expected)


# --- a clock set back ----------------------------------------------------------------------------

# Each look at this clock shows an earlier time than the one before.
BACKWARDS = """{
    struct timespec passed;
    ask(CLOCK_MONOTONIC, &passed);
    now->tv_sec -= 1000 * (passed.tv_sec % 100000);
  }"""


def test_a_clock_that_runs_backwards(chain, expected, tmp_path):
    clock = compile_clock(tmp_path, CLOCK.replace("now->tv_sec += AHEAD;", BACKWARDS))
    if clock is None:
        pytest.skip("no C compiler")
    assert chain.make(LD_PRELOAD=str(clock)) == expected


def test_a_clock_set_back_between_two_runs(chain):
    """What was made seems to come from the future; a change seems older than what came of it."""
    module = chain.root / "notebooks/threatledger/counting.py"
    cells = ["from threatledger.counting import COUNT", write("trends", "str(COUNT)")]
    chain.tiny.notebook("03-trends", "`tables/documents.csv`", "`tables/trends.csv`", cells)
    module.write_text("COUNT = 1\n", encoding="utf-8")
    os.utime(module, (10**9, 10**9))
    made = chain.make()
    for path in chain.reports.rglob("*"):
        os.utime(path, (2 * 10**9, 2 * 10**9))
    assert chain.make() == made
    module.write_text("COUNT = 2\n", encoding="utf-8")
    os.utime(module, (10**9, 10**9))
    chain.make()
    assert (chain.reports / "default/tables/trends.csv").read_text() == "2"


# --- what is left in the folder for temporary files ----------------------------------------------


HOLD = """
import os, sys
from pathlib import Path
from threatledger.chain.holding import hold_reports
with hold_reports(Path(sys.argv[1]), None):
    os.kill(os.getpid(), 9)
"""


def test_what_a_killed_run_left_half_written_is_swept(tmp_path):
    """A file, and a folder with all it holds; nothing else, and nothing beyond a link."""
    for name in ("whole.csv", "half.csv.part", ".half.part/one", "elsewhere/one"):
        (tmp_path / "tables" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "tables" / name).write_text("")
    (tmp_path / "tables/link.part").symlink_to("elsewhere", target_is_directory=True)
    assert subprocess.run([sys.executable, "-c", HOLD, str(tmp_path)], check=False).returncode
    with hold_reports(tmp_path, None):
        pass
    assert sorted(hash_below(tmp_path)) == [".lock", "tables/elsewhere/one", "tables/whole.csv"]
    # A run that ended well has left nothing that another must not find.
    (tmp_path / "tables/half.csv.part").write_text("")
    with hold_reports(tmp_path, None):
        assert (tmp_path / "tables/half.csv.part").exists()


def test_only_what_a_killed_owner_left_is_swept(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    code = "import os; from threatledger.chain.scratch import Scratch\n"
    code += "left = Scratch(); (left.path / 'a').touch(); os.kill(os.getpid(), 9)"
    env = os.environ | {"TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code], env=env, check=False)
    (left,) = tmp_path.iterdir()
    begun, other, own = tmp_path / "tl-begun", tmp_path / "another", Scratch()
    begun.mkdir()
    other.mkdir()
    sweep_scratch()
    assert {*tmp_path.iterdir()} == {other, own.path}
    assert not left.exists()
    own.close()
    assert not own.path.exists()


def test_a_folder_swept_before_it_was_taken_is_no_scratch_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made, make = [], tempfile.mkdtemp

    def make_and_lose(**names):
        made.append(make(**names))
        if len(made) == 1:
            sweep_scratch()
        return made[-1]

    monkeypatch.setattr(tempfile, "mkdtemp", make_and_lose)
    own = Scratch()
    assert str(own.path) == made[1]
    assert own.path.is_dir()
    own.close()
