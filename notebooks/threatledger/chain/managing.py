"""Jupyter's own managers and clients of kernels: over private socket files, and without pauses."""

import contextlib
import os
import secrets
import time
from queue import Empty

import zmq
from jupyter_client import (
    AsyncKernelClient,
    AsyncKernelManager,
    BlockingKernelClient,
    KernelManager,
)
from jupyter_client.connect import ConnectionFileMixin
from jupyter_core.paths import jupyter_runtime_dir
from jupyter_core.utils import ensure_async, run_sync
from traitlets import default

# Systems differ in how long the path of a socket may be; none takes fewer bytes.
LONGEST = 103
ENDING = 16  # characters by which a kernel's sockets are named
# Milliseconds until a socket that found nobody tries again: a kernel is about to listen.
AGAIN = 5
# Seconds: in which a kernel that is heard is heard at once; until it is asked anew whether it is
# ready; between two looks at whether it has ended.
AT_ONCE, SOON, OFTEN = 0.05, 0.3, 0.01


class OverFiles(ConnectionFileMixin):
    """Has kernels listen on files in Jupyter's runtime folder instead of on ports.

    Jupyter looks for free ports first and takes them later, and another program may be quicker.
    Where the platform has no such sockets, or the folder's path is too long, it is ports all the
    same.
    """

    @default("transport")
    def _choose_transport(self):
        return "ipc" if can_use_files(jupyter_runtime_dir()) else "tcp"

    @default("connection_file")
    def _name_connection_file(self):
        # By it the sockets are named; Jupyter itself would put it where it may stay.
        return os.path.join(jupyter_runtime_dir(), f"{secrets.token_hex(4)}.json")


def can_use_files(folder):
    """Tell whether kernels can listen on files in a folder.

    Parameters
    ----------
    folder : str
        Its path.
    """
    return zmq.has("ipc") and len(os.fsencode(folder)) + ENDING <= LONGEST


class Ready:
    """A client that opens channels quickly, and knows that a kernel is ready as soon as it is."""

    def start_channels(self, shell=True, iopub=True, stdin=True, hb=False, control=True):
        """Open the channels; no heart beats: the kernel is a process of ours."""
        self.context.setsockopt(zmq.RECONNECT_IVL, AGAIN)
        super().start_channels(shell, iopub, stdin, hb, control)

    async def _async_wait_for_ready(self, timeout=None):
        end = time.monotonic() + (timeout or float("inf"))
        while time.monotonic() < end:
            asked = self.kernel_info()
            with contextlib.suppress(Empty):
                reply = await ensure_async(self.shell_channel.get_msg(timeout=SOON))
                if reply["msg_type"] == "kernel_info_reply":
                    self._handle_kernel_info_reply(reply)
                    await self._hear_idle(asked)
                    return
            if not await self._async_is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
        raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")

    async def _hear_idle(self, asked):
        """Wait for the last message that a request brings about on the other channel.

        That channel may open after the request was answered; what it was to carry is lost then.
        """
        while True:
            heard = await ensure_async(self.iopub_channel.get_msg(timeout=AT_ONCE))
            idle = heard["content"].get("execution_state") == "idle"
            if idle and heard["parent_header"].get("msg_id") == asked:
                return


class Client(Ready, AsyncKernelClient):
    """Jupyter's own client, as papermill uses it."""

    wait_for_ready = Ready._async_wait_for_ready


class PlainClient(Ready, BlockingKernelClient):
    """Jupyter's own client, as nbval uses it."""

    wait_for_ready = run_sync(Ready._async_wait_for_ready)


class Manager(OverFiles, AsyncKernelManager):
    """Jupyter's own manager, as papermill uses it."""

    client_class = f"{Client.__module__}.{Client.__name__}"
    client_factory = Client

    async def _async_finish_shutdown(self, waittime=None, pollinterval=OFTEN, restart=False):
        await super()._async_finish_shutdown(waittime, pollinterval, restart)


class PlainManager(OverFiles, KernelManager):
    """Jupyter's own manager, as nbval uses it."""

    client_class = f"{PlainClient.__module__}.{PlainClient.__name__}"
    client_factory = PlainClient

    async def _async_finish_shutdown(self, waittime=None, pollinterval=OFTEN, restart=False):
        await super()._async_finish_shutdown(waittime, pollinterval, restart)

    finish_shutdown = run_sync(_async_finish_shutdown)
