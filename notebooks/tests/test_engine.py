"""Kernels forked from one process: as alone, and as quickly gone, as those started anew."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import pytest
import zmq
from conftest import NOTEBOOKS
from test_chain import find_processes, wait_until
from tiny import Tiny

from threatledger.chain import engine
from threatledger.chain.engine import ENGINES, FORKED, PLAIN, ForkServer, choose_engine
from threatledger.chain.engine_server import remove_scratch
from threatledger.chain.isolation import make_environment
from threatledger.chain.managing import PlainManager, can_use_files
from threatledger.chain.notebooks import ChainError
from threatledger.chain.scratch import Scratch, sweep_scratch

# All that a kernel could have from elsewhere, shown by a cell.
SHOW = """
import locale, random, signal, sys, threading, warnings
import matplotlib, numpy, pandas
from pandas._config import config
print(sorted(str(one) for one in warnings.filters))
warnings.simplefilter("ignore")
print({name: repr(pandas.get_option(name)) for name in sorted(config._registered_options)})
print(sorted((name, repr(value)) for name, value in matplotlib.rcParams.items()))
print(sys.path, sys.argv[0], sys.getrecursionlimit(), locale.setlocale(locale.LC_ALL))
print(sys.flags, numpy.geterr(), numpy.get_printoptions(), threading.current_thread().name)
print(sorted(name for name in globals() if not name.startswith("_")))
print(signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGCHLD), matplotlib.get_backend())
print(type(sys.stdout), sys.stdout.encoding, type(sys.displayhook), __name__, time.tzname)
print({k: v for k, v in sorted(os.environ.items()) if k.startswith(("PYTHON", "TZ", "LC", "MPLB"))})
""".strip()
OUTPUTS = [
    "import time\n" + SHOW,
    "import pandas as pd\npd.DataFrame({'a' * 30 + str(k): [k] for k in range(30)})",
    "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2])\nplt.show()",
    "from IPython.display import Markdown\nMarkdown('**a**')",
    "import sys\nprint('by stderr', file=sys.stderr)\nos.system('echo by a child')\nIn[-1], Out",
]


@pytest.fixture
def pair(tmp_path):
    """A project of two notebooks, without a page; the second may be given cells."""
    tiny = Tiny(tmp_path)
    for name in ("03-trends", "04-briefing"):
        (tiny.root / f"notebooks/{name}.ipynb").unlink()
    return tiny


@pytest.fixture
def near():
    """Path of an empty folder for temporary files, short as such a path usually is."""
    with tempfile.TemporaryDirectory(prefix="t") as folder:
        yield Path(folder)


def run(tiny, chosen=FORKED, **variables):
    """Run ``report`` with one engine; return the finished process."""
    return subprocess.run(
        [sys.executable, "-m", "threatledger", "--root", str(tiny.root), "report"],
        env=os.environ
        | {"THREATLEDGER_REPORTS": str(tiny.project.reports), "ENGINE": chosen}
        | variables,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def read_printed(tiny, name):
    """Return what the cells of an executed notebook printed."""
    cells = json.loads(tiny.read(f"default/executed/{name}.ipynb"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    return "".join("".join(output.get("text", [])) for output in outputs)


# --- the same as a kernel of its own --------------------------------------------------------------


def test_both_engines_give_the_same_bytes(pair):
    pair.notebook("02-claims", "`tables/documents.csv`", "nothing", OUTPUTS)
    texts = []
    for chosen in ENGINES:
        (pair.project.reports / "default/.chain.json").unlink(missing_ok=True)
        done = run(pair, chosen)
        assert done.returncode == 0, done.stderr
        texts.append(pair.read("default/executed/02-claims.ipynb"))
    assert texts[0] == texts[1]
    assert "display.max_columns" in texts[0]
    assert "image/png" in texts[0]
    assert "by stderr" in texts[0]


def test_kernels_are_forked_from_one_process_and_that_runs_no_cell(pair):
    cell = "import os, psutil\nprint(os.getpid(), *psutil.Process(os.getppid()).cmdline())"
    for number in ("02-claims", "05-more"):
        pair.notebook(number, "`tables/documents.csv`", "nothing", [cell])
    assert run(pair).returncode == 0
    (first, one), (second, other) = (
        read_printed(pair, name).split(maxsplit=1) for name in ("02-claims", "05-more")
    )
    assert one == other
    assert "engine_server.py" in one
    assert first != second


# A server that begins late, as on a machine with much to do.
LATE = """
import runpy, sys, time
time.sleep(1)
runpy.run_path({server!r}, run_name="__main__")
""".strip()


@pytest.mark.parametrize("late", [False, True])
def test_with_all_that_our_package_imports_kernels_can_be_forked(monkeypatch, tmp_path, late):
    """A library that starts a thread when it is imported would make every kernel start anew."""
    if late:
        slow = tmp_path / "slow.py"
        slow.write_text(LATE.format(server=str(engine.SERVER)))
        monkeypatch.setattr(engine, "SERVER", slow)
    scratch = Scratch()
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(scratch.path))
    env = make_environment(NOTEBOOKS, scratch.path, scratch.path)
    server = ForkServer(env, scratch.path)
    try:
        manager = PlainManager(kernel_name=server.kernel)
        manager.start_kernel(env=env)
        client = manager.client()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=60)
            assert len(psutil.Process(server.pid).children()) == 1
        finally:
            # Else Python waits for ever for what was to be said on them.
            client.stop_channels()
            manager.shutdown_kernel()
        assert not psutil.Process(server.pid).children()
    finally:
        server.close()
        scratch.close()
    assert not scratch.path.exists()


def test_kernels_give_memory_back(tmp_path):
    """Else what the tables of an archive took adds up, part after part."""
    code = "import pyarrow; print(pyarrow.default_memory_pool().backend_name)"
    env = make_environment(NOTEBOOKS, tmp_path, tmp_path)
    told = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True)
    assert told.stdout.decode().strip() == "system"


# --- over files, not ports ------------------------------------------------------------------------

TRANSPORT = "import ipykernel\nprint(ipykernel.get_connection_info(unpack=True)['transport'])"


@pytest.mark.parametrize("chosen", ENGINES)
@pytest.mark.parametrize(("depth", "transport"), [(0, "ipc"), (90, "tcp")])
def test_kernels_listen_on_files_where_their_path_is_not_too_long(
    pair, near, chosen, depth, transport
):
    folder = near / ("d" * depth)
    folder.mkdir(exist_ok=True)
    pair.notebook("02-claims", "nothing", "nothing", [TRANSPORT])
    done = run(pair, chosen, TMPDIR=str(folder))
    assert done.returncode == 0, done.stderr
    assert read_printed(pair, "02-claims").strip() == transport
    assert not list(folder.iterdir())


@pytest.mark.skipif(not zmq.has("ipc"), reason="the platform has no such sockets")
def test_a_path_may_be_as_long_as_every_system_takes():
    assert can_use_files("/tmp/" + "d" * 82)
    assert not can_use_files("/tmp/" + "d" * 83)
    assert not can_use_files("/tmp/" + "é" * 50)


# What a notebook could leave behind: a name, an import's effect, a setting, chance, a figure, a
# file open or changed, a variable, a folder, a signal, a thread.
LEAVE = """
import atexit, builtins, os, random, signal, sys, threading, time, warnings
import matplotlib, matplotlib.pyplot as plt, numpy, pandas
left = builtins.left = 1
sys.modules["left"] = sys
sys.path.append("left")
os.environ["LEFT"] = "1"
os.chdir("/")
os.umask(0o77)
random.seed(1)
numpy.random.seed(1)
numpy.set_printoptions(precision=1)
pandas.set_option("display.max_rows", 1)
pandas.DataFrame.left = 1
matplotlib.rcParams["font.size"] = 99
plt.figure(99)
warnings.simplefilter("error")
signal.signal(signal.SIGTERM, signal.SIG_IGN)
threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
kept_open = open("/dev/zero")
""".strip()
LOOK = """
import builtins, os, random, signal, sys, threading, warnings
import matplotlib, matplotlib.pyplot as plt, numpy, pandas
found = {
    "name": "left" in globals() or hasattr(builtins, "left") or "left" in sys.modules,
    "path": "left" in sys.path or "LEFT" in os.environ,
    "folder": os.getcwd() == "/",
    "mask": os.umask(0o22) == 0o77,
    "settings": numpy.get_printoptions()["precision"] == 1 or pandas.options.display.max_rows == 1,
    "class": hasattr(pandas.DataFrame, "left"),
    "figures": matplotlib.rcParams["font.size"] == 99 or 99 in plt.get_fignums(),
    "warnings": warnings.filters[0][0] == "error",
    "signal": signal.getsignal(signal.SIGTERM) == signal.SIG_IGN,
    "thread": any(t.name.endswith("(sleep)") for t in threading.enumerate()),
    "file": "/dev/zero" in {os.path.realpath(f"/proc/self/fd/{k}") for k in range(3, 200)},
}
print({name for name, is_so in found.items() if is_so} or "nothing")
print("chance", random.random(), numpy.random.rand())
""".strip()


@pytest.mark.parametrize("chosen", ENGINES)
def test_nothing_of_one_notebook_reaches_another(pair, chosen):
    pair.notebook("01-corpus", "nothing", "`tables/documents.csv`", [_write_table(), LEAVE], AS_OF)
    reads = "`tables/documents.csv`"
    for name in ("02-claims", "05-more"):
        pair.notebook(name, reads, "nothing", [LOOK])
    assert run(pair, chosen).returncode == 0
    (first, one), (second, other) = (
        read_printed(pair, name).split("\n", 1) for name in ("02-claims", "05-more")
    )
    assert first == second == "nothing"
    # A fork repeats its parent's random numbers unless it is told not to.
    assert not set(one.split()[1:]) & set(other.split()[1:])


def test_what_is_looked_for_is_found_where_it_is(pair):
    """The test above can fail: in one notebook both cells see each other."""
    cell = LEAVE.replace('warnings.simplefilter("error")', 'warnings.filters.insert(0, ("error",))')
    pair.notebook("02-claims", "nothing", "nothing", [cell, LOOK])
    assert run(pair).returncode == 0
    found = read_printed(pair, "02-claims")
    for name in "name path folder mask settings class figures warnings signal thread file".split():
        assert f"'{name}'" in found


AS_OF = 'as_of = "latest"\nplaces = ["IRQ"]'


def _write_table():
    from tiny import write

    return write("documents", '"id"')


# --- when it cannot be done -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "spoil",
    [
        "raise SystemExit(1)",
        "import os, sys; os.kill(os.getpid(), 9)",
        "import socket, sys; socket.socket(fileno=int(sys.argv[1])).accept()",
    ],
)
def test_without_a_server_a_kernel_starts_anew(pair, monkeypatch, tmp_path, spoil):
    """Whether the server does not begin, or begins and does not answer."""
    from threatledger.chain.execution import Kernels
    from threatledger.chain.jobs import Job

    broken = tmp_path / "broken.py"
    broken.write_text(spoil)
    monkeypatch.setattr(engine, "SERVER", broken)
    job = Job(
        pair.root / "notebooks/01-corpus.ipynb",
        pair.project.reports / "trial.ipynb",
        {"edition": "default"},
    )
    with Kernels(engine.Engine(pair.project.notebooks, pair.project.reports)) as kernels:
        assert '"cells"' in kernels.execute(job)


BOTH_END = """
import os, runpy, socket, sys, time
served = runpy.run_path(sys.argv[1], run_name="served")
listening, (ours, theirs), (ready, say_ready) = socket.socket(), socket.socketpair(), os.pipe()
server = served["Server"](listening, True)
pid = os.fork() or os._exit(0)
kernel = served["Kernel"](pid, ours, ready)
server._watch(kernel)
theirs.close()
os.close(say_ready)
time.sleep(0.3)
for hear in (server._reap, lambda: server._obey(kernel), lambda: server._hear(kernel)):
    hear()
print("lives")
"""


def test_a_kernel_and_its_client_that_end_at_once_do_not_end_the_server():
    done = subprocess.run(
        [sys.executable, "-c", BOTH_END, str(engine.SERVER)],
        stdin=subprocess.PIPE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "lives\n", done.stderr


def test_what_a_package_prints_or_warns_of_at_import_is_seen_in_the_notebook(pair):
    pair.put("notebooks/threatledger/__init__.py", "")
    pair.put("notebooks/threatledger/ledger.py", "print('printed at import')")
    pair.notebook("02-claims", "nothing", "nothing", ["import threatledger.ledger"])
    assert run(pair).returncode == 0
    assert read_printed(pair, "02-claims") == "printed at import\n"


def test_a_package_that_cannot_be_imported_is_told_by_the_notebook(pair):
    pair.put("notebooks/threatledger/__init__.py", "")
    pair.put("notebooks/threatledger/ledger.py", "1 / 0")
    pair.notebook("02-claims", "nothing", "nothing", ["import threatledger.ledger"])
    done = run(pair)
    assert done.returncode == 1
    assert "02-claims stopped in code cell 3" in done.stderr
    assert "ZeroDivisionError" in done.stderr


@pytest.mark.parametrize("chosen", ENGINES)
def test_an_error_is_told_alike(pair, chosen):
    pair.notebook("02-claims", "nothing", "nothing", ["def f():\n    return {}['a']\n", "f()"])
    done = run(pair, chosen)
    assert done.returncode == 1
    assert done.stderr.splitlines()[:2] == [
        "02-claims stopped in code cell 4: f()",
        "    KeyError: 'a'",
    ]


def test_engines_that_there_are_not(monkeypatch):
    monkeypatch.setenv("ENGINE", "steam")
    with pytest.raises(ChainError, match="ENGINE is 'steam': use forked or plain"):
        choose_engine()
    monkeypatch.setenv("ENGINE", "")
    assert choose_engine() == FORKED


# --- nothing is left ------------------------------------------------------------------------------


@pytest.mark.parametrize("chosen", ENGINES)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_no_process_and_no_file_is_left_when_the_run_is_ended(
    pair, near, chosen, number, monkeypatch
):
    """Not even by a kill, which nobody hears: nor what a notebook itself has started."""
    child = "import subprocess\nstarted = subprocess.Popen(['sleep', '300'])"
    cells = [child, '(data / "started").write_text("")', "import time\ntime.sleep(300)"]
    pair.notebook("02-claims", "`tables/documents.csv`", "`tables/claims.csv`", cells)
    mark = str(pair.project.reports)
    process = subprocess.Popen(
        [sys.executable, "-m", "threatledger", "--root", str(pair.root), "report"],
        env=os.environ | {"THREATLEDGER_REPORTS": mark, "ENGINE": chosen, "TMPDIR": str(near)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_until((pair.root / "data/started").exists, 120)
    assert list(near.rglob("*-1")), "the kernels listen on files"
    found = {other.name(): other for other in find_processes(mark)}
    process.send_signal(number)
    process.wait(timeout=30)
    child = found.pop("sleep")
    if (number, chosen) == (signal.SIGKILL, PLAIN):
        # Jupyter's own kernel ends when its parent has gone, but leaves what it has started.
        child.kill()
    _, alive = psutil.wait_procs([child, *found.values()], timeout=20)
    assert not alive
    wait_until(lambda: not find_processes(mark))
    if (number, chosen) == (signal.SIGKILL, PLAIN):
        # Nobody is left who could: the next run does it.
        monkeypatch.setattr(tempfile, "tempdir", str(near))
        sweep_scratch()
    wait_until(lambda: not list(near.iterdir()))


def test_a_kernel_that_dies_is_a_failure_and_leaves_the_others(pair):
    pair.notebook("02-claims", "nothing", "nothing", ["import os\nos.kill(os.getpid(), 9)"])
    done = run(pair)
    assert done.returncode == 1
    assert "02-claims stopped" in done.stderr
    assert "the kernel died" in done.stderr
    assert not find_processes(str(pair.project.reports))


def test_what_a_notebook_leaves_open_is_written_out(pair):
    """A kernel ends as Python does: files are flushed, and what waits for the end is done."""
    cell = "import atexit\nopened = open(here / 'tables/list.csv', 'w')\nopened.write('all')\n"
    cell += "atexit.register((here / 'tables/last.csv').write_text, 'done')"
    pair.notebook("02-claims", "`tables/documents.csv`", "`tables/list.csv`", [cell])
    assert run(pair).returncode == 0
    assert pair.read("default/tables/list.csv") == "all"
    assert pair.read("default/tables/last.csv") == "done"


def test_no_folder_is_removed_but_a_scratch_folder(tmp_path):
    own = Scratch()
    for folder in (tmp_path, own.path):
        remove_scratch(str(folder))
    assert (tmp_path.exists(), own.path.exists()) == (True, False)
