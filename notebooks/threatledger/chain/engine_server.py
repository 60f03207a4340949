"""Import what notebooks import, once; then fork a kernel from that state for each that asks.

Usage: ``engine_server.py SOCKET FOLDER``: the number of a socket that takes requests already, and
the scratch folder that it lies in. No notebook's code ever runs in this process, so that none can
leave anything behind for another: each kernel begins with imported modules and nothing else. The
process ends when its standard input is closed, and its kernels and the folder with it.
"""

import atexit
import builtins
import contextlib
import gc
import importlib
import io
import json
import os
import random
import selectors
import shutil
import signal
import socket
import sys
import threading
import time
import types
import warnings

ACCEPTED, REFUSED = b"+", b"-"
# What Python or a library reads once, as it starts: a kernel that is to have other values than
# this process had cannot be forked from it.
READ_ONCE = ("PYTHON", "LC_", "LANG", "TZ", "MPL", "OMP_", "OPENBLAS_", "MKL_", "ARROW_", "MALLOC_")
# Slow to import, and needed by nearly every notebook. What reads texts comes before all else of the
# package: only then it knows how old the code is that it runs.
LIBRARIES = (
    "ipykernel.debugger",
    "ipykernel.kernelapp",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "psutil",
    "sqlite3",
    "tornado.platform.asyncio",
    "pandas",
    "pandas.core.methods.to_dict",
    "pandas.core.reshape.reshape",
    "pandas.io.formats.csvs",
    "numpy.random",
    "rapidfuzz",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_svg",
    "threatledger.readings",
    "threatledger.intake",
    "threatledger.briefing.charts",
)
PREFIX = "tl-"  # as in `threatledger.chain.scratch`, which is not imported here
PATIENCE = 5  # seconds for a request that has begun to arrive whole


def main():
    """Serve until standard input is closed; a forked process becomes a kernel instead."""
    number, folder = sys.argv[1:]
    # Who asks while the libraries are still imported waits.
    listening = socket.socket(fileno=int(number))
    request = Server(listening, is_fit=prepare()).serve()
    if request is not None:
        become_kernel(request)
    remove_scratch(folder)


def remove_scratch(folder):
    """Remove the scratch folder: whoever began this process may have been killed.

    Parameters
    ----------
    folder : str
        Where the socket is. Without the name of a scratch folder it is somebody's own, and stays.
    """
    if os.path.basename(folder).startswith(PREFIX):
        shutil.rmtree(folder, ignore_errors=True)


def prepare():
    """Import the libraries and make the package ready.

    Returns
    -------
    bool
        Whether kernels may be forked: not where threads run, nor where something was printed or
        warned of, which every notebook would then lack.
    """
    # A kernel ends when its parent does, and asks at import who that is.
    os.environ["JPY_PARENT_PID"] = str(os.getpid())
    printed = _Printed()
    with (
        _print_warnings(printed),
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(printed),
        _as_in_a_kernel(),
    ):
        try:
            for name in LIBRARIES:
                with contextlib.suppress(ModuleNotFoundError):
                    importlib.import_module(name)
            _warm_up()
        except Exception as error:
            # Whatever it is, the notebook that imports it is to show it.
            print(f"{type(error).__name__}: {error}", file=printed)
    gc.collect()
    gc.freeze()
    told = printed.getvalue()
    print(told, end="", flush=True)
    return not told and threading.active_count() == 1 and _count_threads() == 1


class _Printed(io.StringIO):
    """What is printed meanwhile; pandas asks how, and a kernel would say so."""

    encoding = "UTF-8"


@contextlib.contextmanager
def _print_warnings(printed):
    """Print warnings with the rest; the filters that libraries set stay set."""
    show, warnings.showwarning = warnings.showwarning, lambda *told: print(*told[:2], file=printed)
    try:
        yield
    finally:
        warnings.showwarning = show


@contextlib.contextmanager
def _as_in_a_kernel():
    """Let libraries that ask as they are imported see a kernel, not a terminal."""
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    builtins.get_ipython = lambda: types.SimpleNamespace(kernel=True)
    # Without its debugger a kernel starts in half the time.
    sys.modules["debugpy"] = None
    try:
        yield
    finally:
        del builtins.get_ipython, os.environ["MPLBACKEND"], sys.modules["debugpy"]


def _warm_up():
    """Compile the grammar and load the letters: the same for every notebook."""
    with contextlib.suppress(ModuleNotFoundError):
        from threatledger.extraction import extract

        extract("In March 2020 some 500 fighters were killed in Iraq, the UN said; attacks fell.")
    from matplotlib.figure import Figure

    figure = Figure(layout="constrained")
    figure.subplots().set_title("1")
    figure.savefig(io.BytesIO(), format="svg")


def _count_threads():
    """Return how many threads the system counts, those of libraries included."""
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return 1


class Kernel:
    """A forked process, and the connection of the client that stands for it.

    Attributes
    ----------
    pid : int
        Also its process group.
    client : socket.socket
        Closed when either ends.
    ready : int
        Where the process says that it has become a kernel.
    accepted : bool
        Whether it has.
    """

    def __init__(self, pid, client, ready):
        self.pid, self.client, self.ready, self.accepted = pid, client, ready, False

    def accept(self):
        """Note that it has become a kernel, if it has said so."""
        self.accepted = self.accepted or bool(os.read(self.ready, 1))

    def tell(self, message):
        """Send the client something; it may have gone."""
        with contextlib.suppress(OSError):
            self.client.sendall(message)

    def kill(self):
        """End the process and all that it has started."""
        for kill in (os.killpg, os.kill):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                kill(self.pid, signal.SIGKILL)


class Server:
    """Forks kernels.

    Parameters
    ----------
    listening : socket.socket
        Where clients ask.
    is_fit : bool
        Whether kernels may be forked from this process.
    """

    def __init__(self, listening, is_fit):
        self._listening, self._is_fit = listening, is_fit
        self._kernels = {}
        self._selector = selectors.DefaultSelector()
        self._woken, wake = os.pipe()
        os.set_blocking(wake, False)
        self._own = [self._woken, wake]
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake)
        # As they were for this process, so that a forked one has them as a new one would.
        self._env = {name: value for name, value in os.environ.items() if _is_read_once(name)}
        for source, act in ((listening, self._answer), (0, None), (self._woken, self._reap)):
            self._selector.register(source, selectors.EVENT_READ, act)

    def serve(self):
        """Answer until standard input is closed.

        Returns
        -------
        dict, or None
            In a forked process what it is to become; ``None`` at the end.
        """
        while True:
            for key, _ in self._selector.select():
                if key.data is None:
                    self._end()
                    return None
                request = key.data()
                if request is not None:
                    return request

    def _answer(self):
        """Take a request; return it in the forked process."""
        client, _ = self._listening.accept()
        request = _receive(client)
        if request is None or not self._is_fit or not self._suits(request["env"]):
            with client, contextlib.suppress(OSError):
                client.sendall(REFUSED)
            return None
        ready, say_ready = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(ready)
            self._leave()
            # The client is told by the kernel itself. Until it is, the kernel keeps the connection:
            # while it lasts no other kernel is started in its place, were this process to end.
            return request | {"ready": say_ready, "client": client}
        for fd in (say_ready, *request["fds"]):
            os.close(fd)
        self._watch(Kernel(pid, client, ready))
        return None

    def _suits(self, env):
        """Tell whether a kernel in these surroundings would start as this process did."""
        return self._env == {name: value for name, value in env.items() if _is_read_once(name)}

    def _watch(self, kernel):
        """Listen to a forked process and to its client."""
        self._kernels[kernel.pid] = kernel
        self._selector.register(kernel.ready, selectors.EVENT_READ, lambda: self._hear(kernel))
        self._selector.register(kernel.client, selectors.EVENT_READ, lambda: self._obey(kernel))

    def _hear(self, kernel):
        """Note that a kernel is ready, or that it has ended before."""
        if kernel.pid in self._kernels:
            self._selector.unregister(kernel.ready)
            kernel.accept()

    def _obey(self, kernel):
        """Interrupt a kernel whose client asks for it; end one whose client has gone."""
        if kernel.pid not in self._kernels:
            # Both ended at once, and the kernel's end was heard first.
            return
        try:
            asked = kernel.client.recv(1)
        except OSError:
            asked = b""
        if asked:
            with contextlib.suppress(ProcessLookupError):
                os.kill(kernel.pid, signal.SIGINT)
        else:
            self._selector.unregister(kernel.client)
            kernel.kill()

    def _reap(self):
        """Tell the clients of ended kernels how they ended."""
        os.read(self._woken, 4096)
        for pid in list(self._kernels):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                kernel = self._kernels.pop(pid)
                kernel.accept()
                code = os.waitstatus_to_exitcode(status)
                code = code if code >= 0 else 128 - code
                kernel.tell(b"%04d" % code if kernel.accepted else REFUSED)
                self._forget(kernel)

    def _forget(self, kernel):
        """Close what belongs to a kernel."""
        for source in (kernel.ready, kernel.client):
            with contextlib.suppress(KeyError, ValueError):
                self._selector.unregister(source)
        os.close(kernel.ready)
        kernel.client.close()

    def _leave(self):
        """Close in a forked process what is the server's."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for kernel in self._kernels.values():
            os.close(kernel.ready)
            kernel.client.close()
        for fd in self._own:
            os.close(fd)
        self._listening.close()
        self._selector.close()

    def _end(self):
        """End every kernel."""
        for kernel in self._kernels.values():
            kernel.kill()


def _is_read_once(name):
    """Tell whether a variable is one that is read once, at a start."""
    return name.startswith(READ_ONCE)


def _receive(client):
    """Return a request, or None where it does not arrive whole."""
    client.settimeout(PATIENCE)
    try:
        head, fds, _, _ = socket.recv_fds(client, 8, 3)
        wanted, parts = int(head), []
        while wanted:
            parts.append(client.recv(wanted))
            if not parts[-1]:
                return None
            wanted -= len(parts[-1])
        request = json.loads(b"".join(parts))
    except (OSError, ValueError):
        return None
    client.settimeout(None)
    return request | {"fds": fds}


def become_kernel(request):
    """Turn this forked process into a kernel, and run it to its end.

    Parameters
    ----------
    request : dict
        ``arguments`` for the kernel, ``folder`` and ``env`` to run in, ``fds`` for its standard
        input, output and error, ``ready`` and ``client``, where to say that it has begun.
    """
    os.setsid()
    for target, fd in enumerate(request["fds"]):
        os.dup2(fd, target)
        os.close(fd)
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["env"])
    time.tzset()
    # Chance as in a new process: a fork would repeat its parent's.
    random.seed()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()
    launcher = importlib.util.find_spec("ipykernel_launcher").origin
    sys.argv = [launcher, *request["arguments"], "--HistoryManager.enabled=False"]
    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp.instance()
    app.initialize()
    os.write(request["ready"], ACCEPTED)
    os.close(request["ready"])
    with request["client"] as client, contextlib.suppress(OSError):
        client.sendall(ACCEPTED)
    app.start()
    end_kernel(app)


def end_kernel(app):
    """End as Python does, but leave to the system what was there before the fork.

    To take apart module by module what was imported once takes longer than to start.
    """
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()
    # It still answers who asked for the end; at exit ipykernel takes away what it answers through,
    # then waits for it.
    app.control_thread.join()
    atexit._run_exitfuncs()
    # What the notebook made ends now, and files that it left open are written out.
    app.shell.user_ns.clear()
    gc.collect()
    for made in gc.get_objects():
        if isinstance(made, io.IOBase):
            with contextlib.suppress(OSError, ValueError):
                made.flush()
    os._exit(0)


if __name__ == "__main__":
    # The folder of this file: its names are no modules of anyone's.
    del sys.path[0]
    main()
