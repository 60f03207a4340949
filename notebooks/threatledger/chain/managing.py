"""Jupyter's own manager and client of kernels, without the pauses that they make on the way."""

import contextlib
import time
from queue import Empty

from jupyter_client import AsyncKernelClient, AsyncKernelManager


class Client(AsyncKernelClient):
    """Jupyter's own client, which knows that a kernel is ready as soon as it is."""

    async def _async_wait_for_ready(self, timeout=None):
        end = time.monotonic() + (timeout or float("inf"))
        while time.monotonic() < end:
            asked = self.kernel_info()
            with contextlib.suppress(Empty):
                reply = await self.shell_channel.get_msg(timeout=1)
                if reply["msg_type"] == "kernel_info_reply":
                    self._handle_kernel_info_reply(reply)
                    await self._hear_idle(asked)
                    return
            if not await self._async_is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
        raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")

    wait_for_ready = _async_wait_for_ready

    async def _hear_idle(self, asked):
        """Wait for the last message that a request brings about on the other channel."""
        while True:
            heard = await self.iopub_channel.get_msg(timeout=0.5)
            idle = heard["content"].get("execution_state") == "idle"
            if idle and heard["parent_header"].get("msg_id") == asked:
                return


class Manager(AsyncKernelManager):
    """Jupyter's own manager, which notices at once that a kernel has ended."""

    client_class = f"{Client.__module__}.{Client.__name__}"
    client_factory = Client

    async def _async_finish_shutdown(self, waittime=None, pollinterval=0.01, restart=False):
        await super()._async_finish_shutdown(waittime, pollinterval, restart)
