"""Execute one notebook with papermill, in a kernel that sees nothing of the user's own settings."""

import contextlib
import logging
import re

import nbformat
import psutil
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from papermill.exceptions import PapermillExecutionError
from papermill.execute import execute_notebook
from papermill.log import logger

from threatledger.chain.jobs import PLAIN_ERRORS, NotebookFailed
from threatledger.chain.managing import Manager
from threatledger.files import write_whole

ENGINE = "threatledger"

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# The line of the cell at which an IPython traceback points.
POINTED = re.compile(r"^-+> (\d+) (.*)$", re.M)

KERNELSPEC = {"display_name": "Python 3", "language": "python", "name": "python3"}
MOST_LINES, MOST_CHARACTERS = 6, 600


class Kernels:
    """Executes notebooks, each in a kernel of its own; also from several threads at once.

    Parameters
    ----------
    engine : threatledger.chain.engine.Engine
        How kernels start; closed with this.
    """

    def __init__(self, engine):
        papermill_engines.register(ENGINE, _Engine)
        # Failures are reported here, in our words; papermill and the kernel would repeat them.
        logger.setLevel(logging.CRITICAL + 1)
        for name in ("traitlets", "asyncio"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        self._engine = engine

    def __enter__(self):
        return self

    def __exit__(self, kind, *error):
        # After Ctrl-C kernels still run; after anything else each has been shut down.
        is_stopped = kind and not issubclass(kind, Exception)
        if is_stopped:
            _kill_children()
        self._engine.close()
        if is_stopped:
            # A thread may have started another meanwhile.
            _kill_children()

    def execute(self, job):
        """Execute a notebook.

        Parameters
        ----------
        job : Job
            What to execute, and where it stands meanwhile.

        Returns
        -------
        str
            The executed notebook as JSON, without anything that depends on when or where.

        Raises
        ------
        NotebookFailed
            If a cell raised or the kernel died; the broken copy stays at ``job.trial``.
        """
        job.trial.parent.mkdir(parents=True, exist_ok=True)
        running = [""]
        try:
            notebook = execute_notebook(
                _literal(job.source),
                _literal(job.trial),
                job.parameters,
                engine_name=ENGINE,
                kernel_name=self._engine.kernel,
                progress_bar=False,
                launch=self._engine.launch,
                limit=job.limit,
                running=running,
            )
        except PapermillExecutionError as error:
            raise _place(job, error.source, _describe(error)) from None
        except CellTimeoutError:
            raise _place(job, running[-1], _tell_limit(job.limit)) from None
        except (DeadKernelError, RuntimeError) as error:
            message = " ".join(str(error).split())
            told = f"the kernel died ({message}); is there memory enough?"
            raise _place(job, running[-1], told) from None
        return format_notebook(clean_notebook(notebook))


def _kill_children():
    """Kill all that this process has started."""
    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            child.kill()


class _Engine(NBClientEngine):
    """papermill's own engine, with a say in how the kernel starts and how long a cell may take."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man, kernel_name, launch, limit, running, start_timeout=60, **unused
    ):
        client = PapermillNotebookClient(
            nb_man,
            kernel_name=kernel_name,
            kernel_manager_class=Manager,
            startup_timeout=start_timeout,
            timeout=limit,
            on_cell_execute=lambda cell, cell_index: running.append(cell.source),
            log=logger,
        )
        with _save_once(nb_man):
            return client.execute(**launch)


@contextlib.contextmanager
def _save_once(nb_man):
    """Write a notebook when it ends, however it ends: papermill would before and after a cell."""
    nb_man.save = lambda **unused: None
    try:
        yield
    finally:
        del nb_man.save


def _literal(path):
    """Return a path as papermill takes it: it would fill in braces."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _place(job, source, told):
    """Return a failure with the cell in which it came, where the committed notebook has it."""
    with contextlib.suppress(ValueError):
        return NotebookFailed(told, _read_code_cells(job.source).index(source) + 1, source)
    return NotebookFailed(told, source=source)


def _tell_limit(limit):
    """Return what to say of a cell that did not end."""
    time = f"{limit / 60:g} minutes" if limit % 60 == 0 else f"{limit} seconds"
    return (
        f"the cell ran for {time}, the limit of one cell, and was stopped: look for what does not "
        "end in it, or set cell_minutes in the edition's file"
    )


def _read_code_cells(path):
    """Return the sources of a notebook's code cells."""
    notebook = nbformat.read(path, as_version=4)
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def _describe(error):
    """Return a cell's error in a few lines."""
    if error.ename in PLAIN_ERRORS:
        return error.evalue
    message = COLOUR.sub("", f"{error.ename}: {error.evalue}").strip().rstrip(":")
    lines = message[:MOST_CHARACTERS].splitlines()[:MOST_LINES]
    pointed = POINTED.search(COLOUR.sub("", "\n".join(error.traceback)))
    if pointed and pointed[1] != "1":
        lines.append(f"at line {pointed[1]} of the cell: {pointed[2].strip()}")
    return "\n".join(lines)


def clean_notebook(notebook):
    """Take out of an executed notebook what depends on when, where or by whom it was run.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Changed in place.

    Returns
    -------
    nbformat.NotebookNode
        The same notebook: cells with their tags, ids, counts and outputs; no times.
    """
    notebook.metadata = nbformat.from_dict(
        {"kernelspec": KERNELSPEC, "language_info": {"name": "python"}}
    )
    for number, cell in enumerate(notebook.cells, start=1):
        tags = cell.metadata.get("tags", [])
        cell.metadata = nbformat.from_dict({"tags": tags} if tags else {})
        if "injected-parameters" in tags:
            cell.id = "injected-parameters"
        cell.setdefault("id", f"cell-{number:02d}")
        if cell.cell_type == "code":
            cell.outputs = _join_streams(cell.outputs)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def _join_streams(outputs):
    """Join printed text that arrived in pieces: where it was cut is chance."""
    joined = []
    for output in outputs:
        last = joined[-1] if joined else None
        both = last is not None and last.output_type == output.output_type == "stream"
        if both and last.name == output.name:
            last.text += output.text
        else:
            joined.append(output)
    return joined


def format_notebook(notebook):
    """Return a notebook as JSON, byte for byte as JupyterLab would save it."""
    return nbformat.writes(notebook).rstrip("\n") + "\n"


def store_outputs(notebook, executed):
    """Put the outputs of an executed notebook into the committed one.

    Parameters
    ----------
    notebook : pathlib.Path
        The committed notebook, executed with its own defaults; written only if it changes.
    executed : pathlib.Path
        The executed copy, which has the same cells.

    Returns
    -------
    bool
        Whether the file changed.
    """
    before = notebook.read_text(encoding="utf-8")
    kept = nbformat.reads(before, as_version=4)
    made = nbformat.read(executed, as_version=4)
    for cell, other in zip(kept.cells, made.cells, strict=True):
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = other.outputs, other.execution_count
    after = format_notebook(clean_notebook(kept))
    if after != before:
        write_whole(notebook, after)
    return after != before
