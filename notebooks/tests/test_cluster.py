"""A real cluster: a scheduler and two workers, each a process of its own that lacks the package."""

import contextlib
import os
import subprocess
import sys
import time

import pytest
from corpora import bring, make_rows, make_small, read_all, write_lines

from threatledger.archive import reading, running
from threatledger.corpus import CorpusError

ROWS = make_rows(120)
PATIENCE = 60  # seconds for a process to start, on a machine that does much else


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """Address of a scheduler, and its two workers' processes; all are ended afterwards."""
    folder = tmp_path_factory.mktemp("cluster")
    with contextlib.ExitStack() as stack:
        start(stack, folder, "scheduler", "--port", "0", "--host", "127.0.0.1", "--no-show",
              "--no-dashboard", "--no-jupyter")  # fmt: skip
        wait_until((folder / "scheduler.json").is_file)
        options = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1")
        workers = [start(stack, folder, "worker", *options, "--name", name) for name in "ab"]
        from distributed import Client

        file = str(folder / "scheduler.json")
        with Client(scheduler_file=file, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=PATIENCE)
            address = client.scheduler.address
        yield address, workers
    assert all(worker.returncode is not None for worker in workers)


def start(stack, folder, kind, *options):
    """Start a process that sees nothing of this project."""
    module = f"distributed.cli.dask_{kind}"
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    process = subprocess.Popen(
        [sys.executable, "-m", module, "--scheduler-file", "scheduler.json", *options],
        cwd=folder,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    stack.callback(process.wait)
    stack.callback(process.kill)
    return process


def wait_until(is_so):
    """Wait until something is so; fail if it does not become so."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


@pytest.fixture(autouse=True)
def reports(tmp_path, monkeypatch):
    """Path of a reports folder of the test's own."""
    monkeypatch.setenv("THREATLEDGER_REPORTS", str(tmp_path / "reports"))
    monkeypatch.setattr(running, "PATIENCE", PATIENCE)
    make_small(monkeypatch)


def test_a_mistake_in_a_text_is_told_by_the_worker_that_finds_it(cluster, tmp_path):
    rows = [dict(row) for row in ROWS[:20]]
    rows[12]["text"] = "Share this article"
    with pytest.raises(CorpusError, match=r"a.jsonl \(t0012\) has no sentence in its body"):
        bring(write_lines(tmp_path / "a.jsonl", rows), scheduler=cluster[0])


def test_a_worker_is_killed_in_the_middle_and_the_result_is_the_local_one(
    cluster, tmp_path, monkeypatch
):
    address, workers = cluster
    path = write_lines(tmp_path / "a.jsonl", ROWS)
    local = bring(path, edition="local")
    alive, keep = [], reading._Run.keep

    def kill(run, task, files):
        keep(run, task, files)
        alive.append(sum(worker.poll() is None for worker in workers))
        if len(alive) == 5:
            workers[0].kill()
            workers[0].wait()

    monkeypatch.setattr(reading._Run, "keep", kill)
    remote = bring(path, edition="remote", scheduler=address)
    assert remote == local
    assert alive[:5] == [2] * 5
    assert set(alive[5:]) == {1}
    assert len(alive) == len(local) > 15
    for table in ("documents", "claims", "trends"):
        assert sort_rows(remote, table) == sort_rows(local, table)


def sort_rows(parts, table):
    return sorted(map(str, read_all(parts, table)))
