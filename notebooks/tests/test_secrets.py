"""Nothing goes out while the chain runs, and nothing of the machine goes into what it makes."""

import json
import os
import platform
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import NOTEBOOKS, ROOT, list_checkout
from test_same_bytes import find_names, find_offline
from tiny import Tiny, copy

# Python runs this at every start, in kernels too, where it lies on the path. What would reach
# beyond this machine is refused, and each address is noted.
GUARD = """
import json, os, sys

LOCAL = ("127.0.0.1", "::1", "localhost")

def guard(event, arguments):
    if event in ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        address = arguments
    else:
        return
    # A file's name is that of a socket in a folder of this machine.
    host = "" if isinstance(address, (str, bytes)) or not address else address[0]
    with open(os.environ["NOTED"], "a") as noted:
        print(json.dumps(str(host or "")), file=noted)
    if host and host not in LOCAL:
        raise OSError(f"the network is off: {address}")

sys.addaudithook(guard)
"""
REACH = "import socket\nsocket.create_connection(('192.0.2.1', 80), 0.5)"


@pytest.fixture
def run_guarded(tmp_path):
    """Return what runs a small chain with a cell more, and returns the run and what was noted."""
    tiny = Tiny(tmp_path / "project")
    (tiny.root / "notebooks/04-briefing.ipynb").unlink()
    tiny.put("notebooks/sitecustomize.py", GUARD)

    def run(*cells, start=(sys.executable,)):
        cells = [copy("documents", "claims"), *cells]
        tiny.notebook("02-claims", "`tables/documents.csv`", "`tables/claims.csv`", cells)
        paths = [str(tiny.root / "notebooks"), str(NOTEBOOKS)]
        own = {
            "PYTHONPATH": os.pathsep.join(paths),
            "THREATLEDGER_REPORTS": str(tiny.project.reports),
            "NOTED": str(tmp_path / "noted"),
        }
        done = subprocess.run(
            [*start, "-m", "threatledger", "--root", str(tiny.root), "report"],
            env=os.environ | own,
            capture_output=True,
            text=True,
            check=False,
        )
        lines = (tmp_path / "noted").read_text().splitlines()
        return done, [json.loads(line) for line in lines]

    return run


def test_nothing_is_reached_but_this_machine_itself(run_guarded, tmp_path):
    """Where it can be, in a network of its own, which also holds what does not ask Python."""
    start = find_offline(tmp_path) or [sys.executable]
    done, noted = run_guarded(start=start)
    assert done.returncode == 0, done.stderr
    assert noted, "nothing was noted: the guard did not run"
    assert set(noted) <= {"", "127.0.0.1", "::1", "localhost"}


def test_what_reaches_out_is_refused_and_noted(run_guarded):
    """Otherwise the test above could not fail."""
    done, noted = run_guarded(REACH)
    assert done.returncode == 1
    assert "the network is off" in done.stderr
    assert "192.0.2.1" in noted


# --- nothing of the machine ----------------------------------------------------------------------


def list_names():
    """Return what only this machine is called, its user's folders too; no name that is a word.

    That no user's name is in what is made is shown by `test_same_bytes`, with names of its own.
    """
    paths = {ROOT, Path.home(), Path(sys.prefix), Path(sys.base_prefix)}
    hosts = {socket.gethostname(), platform.node()}
    return {str(path) for path in paths if len(path.parts) > 2} | {
        host for host in hosts if len(host) > 5 and re.search(r"[\d-]", host)
    }


def test_what_is_made_names_no_path_and_no_machine(built):
    made = [path for path in sorted(built.rglob("*")) if path.is_file()]
    assert {"briefing.html", "claims.csv", "15-briefing.ipynb", "run.json"} <= {
        path.name for path in made
    }
    assert find_names(made, list_names() | {str(built), str(built.parent)}) == []


def test_what_is_committed_names_no_path_and_no_machine():
    committed = [ROOT / name for name in list_checkout() if not name.endswith(".png")]
    assert find_names(committed, list_names()) == []


def test_a_name_would_be_found(tmp_path):
    path = tmp_path / "made.ipynb"
    path.write_text('{"a": "/home/bj\\u00f6rn/x", "b": "file:///home/els%20e"}')
    found = find_names([path], ["/home/björn", "/home/els e", "/home/other"])
    assert found == [("made.ipynb", "/home/björn"), ("made.ipynb", "/home/els e")]
