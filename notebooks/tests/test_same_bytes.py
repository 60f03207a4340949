"""The promise: any machine with the locked environment makes the same bytes."""

import json
import os
import shutil
import subprocess
import sys
import urllib.parse
from pathlib import Path

import pytest
from conftest import ROOT, hash_tree, list_checkout

# What says when a run was and how long it took; besides it, only hidden files may differ, in which
# the chain keeps what it knows of earlier runs.
OF_ONE_RUN = "run.json"
# Long enough for a machine on which much else runs.
PATIENCE = 1800

# Sets the clock of every program that asks the C library: 1,234 days and some hours ahead.
CLOCK = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <sys/time.h>
#include <time.h>
#define AHEAD 106630000L
int clock_gettime(clockid_t id, struct timespec *now) {
  static int (*ask)(clockid_t, struct timespec *);
  if (!ask) ask = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  int failed = ask(id, now);
  if (!failed && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) now->tv_sec += AHEAD;
  return failed;
}
time_t time(time_t *kept) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (kept) *kept = now.tv_sec;
  return now.tv_sec;
}
int gettimeofday(struct timeval *kept, void *zone) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  kept->tv_sec = now.tv_sec;
  kept->tv_usec = now.tv_nsec / 1000;
  return 0;
}
"""
ASK_CLOCK = "import time, datetime; print(min(time.time(), datetime.datetime.now().timestamp()))"

# Python runs this at every start, also in kernels, where it lies on the path: no name is looked
# up and nothing outside this machine is reached. Kernels and their client talk on 127.0.0.1.
NO_NETWORK = """
import sys

def refuse(event, arguments):
    if event == "socket.connect":
        address = arguments[1]
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise OSError(f"the network is off: {address}")
    elif event == "socket.getaddrinfo" and arguments[0] not in ("127.0.0.1", "::1", "localhost"):
        raise OSError(f"the network is off: {arguments[0]}")

sys.addaudithook(refuse)
"""
REACH = "import socket; socket.create_connection(('192.0.2.1', 80), 0.5)"

# In a network of its own a program has a loopback that is off; kernels may need it.
HOST = "gastgeber-7"
LOOPBACK = f"""
import fcntl, os, socket, struct, sys
socket.sethostname({HOST!r})
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
    fcntl.ioctl(asked, 0x8914, struct.pack("16sh", b"lo", 0x1 | 0x40))
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


class Machine:
    """A clean copy of the checkout, and the surroundings in which it is used.

    Parameters
    ----------
    root : pathlib.Path
        Where the copy goes.
    home : pathlib.Path
        The user's folder.
    umask : int
        Which rights new files do not get.
    python : list of str
        How Python is started.
    **variables
        All that is set, besides the path to programs.
    """

    def __init__(self, root, home, umask, python=(), **variables):
        self.root = root
        self._umask = umask
        self._python = [*python] or [sys.executable]
        for path in list_checkout():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / path, root / path)
        home.mkdir()
        self._env = {"PATH": os.environ["PATH"], "HOME": str(home)} | variables
        self._env["PYTHONPATH"] = str(root / "notebooks")

    def start(self, *arguments):
        """Start Python in the copy; return the running process."""
        return subprocess.Popen(
            [*self._python, *arguments],
            cwd=self.root,
            env=self._env,
            umask=self._umask,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )

    def finish(self, process):
        """Wait for a process; return what it printed."""
        try:
            told, _ = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()
        assert process.returncode == 0, told
        return told

    def run(self, *arguments):
        """Run Python in the copy; return what it printed."""
        return self.finish(self.start(*arguments))

    def read(self):
        """Return name and SHA-256 of all that was made."""
        return hash_made(self.root / "reports")


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    folder = tmp_path_factory.mktemp("here")
    names = {"USER": "ann", "LOGNAME": "ann", "TZ": "UTC", "LANG": "C.UTF-8", "PYTHONHASHSEED": "0"}
    return Machine(folder / "threat-ledger", folder / "ann", 0o022, **names)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    """Return a machine on which all is otherwise; where it can be, also clock and network."""
    folder = tmp_path_factory.mktemp("else where {x} é")
    names = {"USER": "björn", "LOGNAME": "björn", "TZ": "Asia/Kathmandu", "LANG": "tr_TR.UTF-8"}
    names |= {
        "LC_ALL": "C",
        "PYTHONHASHSEED": "4711",
        "MPLBACKEND": "svg",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    clock = compile_clock(folder)
    if clock:
        names["LD_PRELOAD"] = str(clock)
    machine = Machine(folder / "Kopie 2", folder / "björn", 0o077, find_offline(folder), **names)
    (machine.root / "notebooks/sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    return machine


def compile_clock(folder, source=CLOCK):
    """Return a library that sets the clock, or ``None`` where there is no C compiler."""
    compiler = shutil.which("cc")
    if not compiler or not sys.platform.startswith("linux"):
        return None
    (folder / "clock.c").write_text(source, encoding="utf-8")
    # No blank in its path: LD_PRELOAD would take it for two.
    library = folder.parent / "clock.so"
    command = [compiler, "-shared", "-fPIC", "-o", library, folder / "clock.c", "-ldl"]
    done = subprocess.run(command, capture_output=True, check=False)
    return library if done.returncode == 0 else None


def find_offline(folder):
    """Return how Python is started in a network of its own; plainly where that is not allowed."""
    (folder / "loopback.py").write_text(LOOPBACK, encoding="utf-8")
    own = ["unshare", "--map-root-user", "--net", "--uts"]
    own += [sys.executable, str(folder / "loopback.py")]
    try:
        done = subprocess.run([*own, "-c", ""], capture_output=True, check=False)
    except OSError:
        return []
    return own if done.returncode == 0 else []


def test_elsewhere_the_network_is_off_and_the_clock_another(here, elsewhere):
    told = elsewhere.start("-c", REACH).communicate()[0]
    assert "the network is off" in told
    if elsewhere._python != [sys.executable]:
        # Also for what does not ask Python.
        told = elsewhere.start("-S", "-c", REACH).communicate()[0]
        assert "Network is unreachable" in told
    if "LD_PRELOAD" in elsewhere._env:
        ahead = float(elsewhere.run("-c", ASK_CLOCK)) - float(here.run("-c", ASK_CLOCK))
        assert ahead > 1000 * 24 * 3600


def test_two_clean_copies_make_the_same_bytes_whatever_surrounds_them(here, elsewhere, built):
    running = [machine.start("-m", "threatledger", "report") for machine in (here, elsewhere)]
    for machine, process in zip((here, elsewhere), running, strict=True):
        assert "made in" in machine.finish(process)
    first, second = here.read(), elsewhere.read()
    assert "default/executed/15-briefing.ipynb" in first
    other = sorted(name for name in {**first, **second} if first.get(name) != second.get(name))
    assert other == []
    # Nor does any file name what only the other machine has, even where it may differ.
    files = [path for path in elsewhere.root.joinpath("reports").rglob("*") if path.is_file()]
    assert find_names(files, ["björn", "Kopie 2", "else where", HOST]) == []
    # And so does this checkout, by way of the tests' own folder.
    assert {name: first[name] for name in hash_made(built)} == hash_made(built)


def find_names(paths, names):
    """Return (file, name) for each name that a file holds, also as JSON or a link writes it."""
    forms = {name: {name, json.dumps(name)[1:-1], urllib.parse.quote(name)} for name in names}
    texts = {path: path.read_bytes().decode("utf-8", "replace") for path in paths}
    return [
        (path.name, name)
        for path, text in texts.items()
        for name in names
        if any(form in text for form in forms[name])
    ]


def hash_made(reports):
    """Return name and SHA-256 of what was made in a folder of reports."""
    tree = {Path(name): sum_ for name, sum_ in hash_tree(reports).items()}
    return {
        path.as_posix(): sum_
        for path, sum_ in tree.items()
        if len(path.parts) > 1 and path.name != OF_ONE_RUN
        if not any(part.startswith(".") for part in path.parts)
    }


def test_refresh_elsewhere_leaves_no_difference(elsewhere):
    """The committed notebooks come from one refresh; a second, elsewhere, changes no byte."""
    before = hash_tree(elsewhere.root / "notebooks")
    told = elsewhere.run("-m", "threatledger", "refresh")
    after = hash_tree(elsewhere.root / "notebooks")
    other = [name for name in before if before[name] != after.get(name)]
    assert [name for name in other if "__pycache__" not in name] == [], "run make refresh"
    assert "every stored output was true" in told
