"""Let nbval's kernels be forked from one process and listen on files, as the chain's do."""

import os

import nbval.kernel
import pytest

from threatledger.chain.engine import FORKED, KERNELS, ForkServer, choose_engine
from threatledger.chain.managing import PlainManager
from threatledger.chain.scratch import Scratch


class ForkedKernels:
    """A pytest plugin, one in each process; it begins when the first notebook does.

    Parameters
    ----------
    options : argparse.Namespace
        Those of pytest: a kernel that is named there is used, and none forked.
    """

    def __init__(self, options):
        self._options, self._scratch, self._server = options, None, None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item):
        """Start what is forked from, and have nbval ask for it."""
        options = self._options
        if self._scratch or item.path.suffix != ".ipynb" or options.nbval_kernel_name:
            return
        self._scratch = Scratch()
        os.environ["JUPYTER_RUNTIME_DIR"] = str(self._scratch.path)
        nbval.kernel.KernelManager = PlainManager
        if choose_engine() == FORKED:
            self._server = ForkServer(dict(os.environ), self._scratch.path)
            options.nbval_current_env, options.nbval_kernel_name = False, KERNELS[FORKED]

    def pytest_unconfigure(self):
        """End it, and every kernel with it."""
        if self._server:
            self._server.close()
        if self._scratch:
            self._scratch.close()
