"""Let nbval's kernels be forked from one process, as the chain's are."""

import os

import pytest

from threatledger.chain.engine import FORKED, KERNELS, ForkServer, choose_engine


class ForkedKernels:
    """A pytest plugin, one in each process; it begins when the first notebook does.

    Parameters
    ----------
    options : argparse.Namespace
        Those of pytest: a kernel that is named there is used, and none forked.
    """

    def __init__(self, options):
        self._options, self._server = options, None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item):
        """Start what is forked from, and have nbval ask for it."""
        options = self._options
        if self._server or item.path.suffix != ".ipynb" or options.nbval_kernel_name:
            return
        if choose_engine() == FORKED:
            self._server = ForkServer(dict(os.environ))
            options.nbval_current_env, options.nbval_kernel_name = False, KERNELS[FORKED]

    def pytest_unconfigure(self):
        """End it, and every kernel with it."""
        if self._server:
            self._server.close()
