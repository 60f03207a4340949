"""How a kernel starts: forked from a process that has imported what is slow to import, or anew.

To Jupyter the forked kernel is a kernel like any other, named in a kernel spec of its own, so that
papermill and nbval take it as it is. Where forking fails, the same kernel is started anew.
"""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

from threatledger.chain.isolation import make_environment
from threatledger.chain.notebooks import ChainError
from threatledger.chain.scratch import Scratch, sweep_scratch

# When papermill is imported after this, jsonschema does without checks of addresses in any
# alphabet: no notebook's schema asks for them, and to get them ready takes longer than all else.
sys.modules.setdefault("rfc3987_syntax", None)

FORKED, PLAIN = "forked", "plain"
ENGINES = (FORKED, PLAIN)
# The kernels' names: ours, and the one that every Jupyter has.
KERNELS = {FORKED: "threatledger-forked", PLAIN: "python3"}
HERE = Path(__file__).resolve().parent
SERVER, CLIENT = HERE / "engine_server.py", HERE / "engine_client.py"


def choose_engine():
    """Return the engine that ``ENGINE`` asks for.

    Returns
    -------
    str
        ``forked`` where nothing else is asked for, or ``plain``.

    Raises
    ------
    ChainError
        If it asks for anything else.
    """
    engine = os.environ.get("ENGINE") or FORKED
    if engine not in ENGINES:
        raise ChainError(f"ENGINE is {engine!r}: use {' or '.join(ENGINES)}")
    return engine


class Engine:
    """All that kernels need to start; nothing of the user's own settings reaches them.

    Parameters
    ----------
    notebooks, reports : pathlib.Path
        As in `make_environment`; kernels run in the first.

    Attributes
    ----------
    kernel : str
        Name of the kernel to ask Jupyter for.
    launch : dict
        What to hand on to the start of each.
    """

    def __init__(self, notebooks, reports):
        engine = choose_engine()
        self.kernel = KERNELS[engine]
        sweep_scratch()
        self._scratch = Scratch()
        folder = self._scratch.path
        self._log = open(folder / "kernels.log", "wb")  # noqa: SIM115
        env = make_environment(notebooks, reports, folder)
        self.launch = {"cwd": str(notebooks), "env": env, "stdout": self._log, "stderr": self._log}
        os.environ["JUPYTER_RUNTIME_DIR"] = str(folder)
        self._server = ForkServer(env, folder, self._log) if engine == FORKED else None

    def close(self):
        """End what is left, and remove what kernels leave."""
        if self._server:
            self._server.close()
        self._log.close()
        self._scratch.close()


class ForkServer:
    """The process that kernels are forked from; it ends when this one does, and they with it.

    Parameters
    ----------
    env : dict of str to str
        The surroundings in which kernels start. Those started in others are not forked.
    folder : pathlib.Path
        A scratch folder, in which kernels are found; removed when this process is killed.
    log : file or int, optional
        Where what it prints goes; default: nowhere.

    Attributes
    ----------
    kernel : str
        Name of the kernel to ask Jupyter for while the server runs.
    """

    kernel = KERNELS[FORKED]

    def __init__(self, env, folder, log=subprocess.DEVNULL):
        address = folder / "socket"
        _write_spec(folder / "kernels" / self.kernel, address)
        listening = _listen(address)
        self._process = _start_server(listening, env, folder, log) if listening else None
        self._before = os.environ.get("JUPYTER_PATH")
        paths = [str(folder), *filter(None, [self._before])]
        os.environ["JUPYTER_PATH"] = os.pathsep.join(paths)

    @property
    def pid(self):
        """The server's process id."""
        return self._process.pid

    def close(self):
        """End the server and every kernel that it has forked."""
        if self._process:
            self._end()
        os.environ.pop("JUPYTER_PATH", None)
        if self._before is not None:
            os.environ["JUPYTER_PATH"] = self._before

    def _end(self):
        """Let the server end; kill it where it does not."""
        self._process.stdin.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _listen(address):
    """Return a socket that takes requests from now on, or None where its path is too long.

    The server is handed it, so that no kernel can ask before somebody listens, which would then
    start anew: it waits until the server has begun.
    """
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        listening.bind(str(address))
    except OSError:
        listening.close()
        return None
    listening.listen(64)
    return listening


def _start_server(listening, env, folder, log):
    """Start the process that kernels are forked from; the socket is its alone from then on."""
    with listening:
        return subprocess.Popen(
            [sys.executable, str(SERVER), str(listening.fileno()), str(folder)],
            # The other end of its standard input is ours alone: it ends when we do.
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            env=env,
            pass_fds=[listening.fileno()],
            # Ctrl-C is ours to act on.
            start_new_session=True,
        )


def _write_spec(folder, address):
    """Write the kernel spec by which Jupyter starts a forked kernel."""
    # -I -S: it needs the standard library alone, and starts in a few milliseconds.
    client = [sys.executable, "-I", "-S", str(CLIENT), str(address), "-f", "{connection_file}"]
    spec = {"argv": client, "display_name": "Python 3", "language": "python"}
    folder.mkdir(parents=True)
    (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
