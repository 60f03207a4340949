"""Run work in this process, on all cores of the machine, or on a cluster: with Dask."""

import atexit
import contextlib
import functools
import itertools
import logging
import os
import pickle
import signal
import warnings
import zipfile
from collections import deque
from io import BytesIO

from threatledger.archive.code import PACKAGE, list_code, sum_up_code
from threatledger.archive.extras import import_extra
from threatledger.archive.spec import LOCAL, check_scheduler
from threatledger.chain.scratch import Scratch
from threatledger.corpus import CorpusError
from threatledger.files import find_reports, list_files

# So many pieces of work are done before processes would have started.
FEW = 4
# Pieces of work for each thread of the workers, and some more for when the first takes long, as
# results come in order. More would only fill memory.
AHEAD, SPARE = 2, 4
# Seconds until a cluster that does not answer is given up.
PATIENCE = 15
# Nobody looks at a profile of what the workers do, and taking it costs them time. Nor at the last
# thousand messages: with the texts that were sent they are most of an archive.
SETTINGS = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.low-level-log-length": 0,
}


def run_tasks(function, items):
    """Run a function on each of some items, on all cores of this machine.

    Parameters
    ----------
    function : callable
        Defined in a module, or a `functools.partial` of such a one: it runs in other processes.
        These are started once, and stay until this one ends.
    items : iterable
        Read no faster than they are worked on.

    Yields
    ------
    object
        What the function returns, in the order of the items.

    Raises
    ------
    CorpusError
        If the function raises one, or a worker ends again and again at one item.
    """
    if (os.cpu_count() or 1) == 1:
        yield from map(function, items)
        return
    calls = ((None, functools.partial(function, item)) for item in items)
    for _, result in _run_ahead(_keep_client(find_reports()), calls):
        yield result


@functools.cache
def _keep_client(_):
    """Start a process for each core once for a folder of reports, which it finds as this one does.

    Each has to import and to read the codebook first, which takes seconds.
    """
    stack = contextlib.ExitStack()
    atexit.register(stack.close)
    client = stack.enter_context(_open_client(LOCAL, ()))
    stack.callback(_kill_workers, client.cluster)
    return client


def _kill_workers(cluster):
    """End the processes of a local cluster at once; they hold nothing.

    To let them end may take longer than a notebook's kernel is given for its own end.
    """
    for nanny in cluster.workers.values():
        nanny.auto_restart = False
        # One that has ended by itself has no number any more.
        with contextlib.suppress(ProcessLookupError, TypeError):
            os.kill(nanny.pid, signal.SIGKILL)


def run_calls(calls, scheduler=LOCAL, kinds=("text",)):
    """Run functions that take nothing.

    Parameters
    ----------
    calls : iterable of tuple of (object, callable)
        What it is for, which stays here, and the function.
    scheduler
        As for `run_tasks`.
    kinds : tuple of str
        As for `threatledger.archive.code.sum_up_code`.

    Yields
    ------
    tuple of (object, object)
        What it was for, and what the function returned, in order.
    """
    check_scheduler(scheduler)
    calls = iter(calls)
    if scheduler == LOCAL:
        first = list(itertools.islice(calls, FEW + 1))
        if len(first) <= FEW or (os.cpu_count() or 1) == 1:
            for purpose, function in itertools.chain(first, calls):
                yield purpose, function()
            return
        calls = itertools.chain(first, calls)
    with _open_client(scheduler, kinds) as client:
        yield from _run_ahead(client, calls)


@contextlib.contextmanager
def _open_client(scheduler, kinds):
    """Connect to a cluster, or start one of this machine's cores; end what was started."""
    distributed = import_extra("distributed")
    import dask

    _quieten()
    with contextlib.ExitStack() as stack:
        stack.enter_context(dask.config.set(SETTINGS))
        if scheduler == LOCAL:
            scratch = Scratch("dask-")
            stack.callback(scratch.close)
            address = stack.enter_context(_start_cluster(distributed, str(scratch.path)))
        else:
            address = scheduler
        try:
            client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
        except (OSError, TimeoutError):
            raise CorpusError(
                f"no Dask scheduler answers at {scheduler}: start one (dask scheduler), correct "
                "the edition's scheduler, or write local"
            ) from None
        stack.enter_context(client)
        if scheduler != LOCAL:
            _equip_workers(client, scheduler, kinds)
        yield client


def _quieten():
    """Let Dask print nothing: what it has to say of its own work would stand in a notebook."""
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    for message in ("Creating scratch directories", "Sending large graph", "Port .* in use"):
        warnings.filterwarnings("ignore", message)


def _start_cluster(distributed, folder):
    """Start a process for each core, which ends with this one."""
    return distributed.LocalCluster(
        n_workers=os.cpu_count(),
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        local_directory=folder,
        silence_logs=logging.CRITICAL,
    )


def _equip_workers(client, scheduler, kinds):
    """Send the package to the workers that are there and to those that come later."""
    if not client.nthreads():
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise CorpusError(
                f"the Dask scheduler at {scheduler} has no worker: start some "
                f"(dask worker {scheduler})"
            ) from None
    from threatledger.archive.sending import make_plugin

    client.register_plugin(make_plugin(pack_package(), sum_up_code(kinds), kinds))


def pack_package():
    """Return the package with its codebook as a zip archive, the same bytes each time."""
    paths = {path.relative_to(PACKAGE).as_posix(): path for path in list_files(PACKAGE)}
    paths = {name: path for name, path in paths.items() if name.endswith(".py")}
    tables = {name: path for name, path in list_code().items() if name.startswith("codebook/")}
    paths |= {name.replace("/", "-tables/", 1): path for name, path in tables.items()}
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(paths):
            info = zipfile.ZipInfo(f"threatledger/{name}")
            archive.writestr(info, paths[name].read_bytes(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _run_ahead(client, calls):
    """Keep all workers busy, and yield results in order."""
    from threatledger.archive.sending import make_call

    call, waiting = make_call(), deque()
    try:
        for purpose, function in calls:
            work = pickle.dumps(function, protocol=5)
            waiting.append((purpose, client.submit(call, work, pure=False)))
            while len(waiting) > AHEAD * sum(client.nthreads().values()) + SPARE:
                yield _take_first(waiting)
        while waiting:
            yield _take_first(waiting)
    finally:
        client.cancel([future for _, future in waiting])


def _take_first(waiting):
    """Return what the first of the waiting calls was for, and its result."""
    from distributed import KilledWorker

    purpose, future = waiting.popleft()
    try:
        result, told = future.result()
    except KilledWorker:
        raise CorpusError(
            "workers end again and again at one part of the corpus: is there memory enough for "
            "its longest text?"
        ) from None
    if told:
        raise CorpusError(told)
    return purpose, result
