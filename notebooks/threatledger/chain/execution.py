"""Execute one notebook with papermill, in a kernel that sees nothing of the user's own settings."""

import contextlib
import logging
import re

import nbformat
import psutil
from nbclient.exceptions import DeadKernelError
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
        logging.getLogger("traitlets").setLevel(logging.CRITICAL + 1)
        self._engine = engine

    def __enter__(self):
        return self

    def __exit__(self, kind, *error):
        # After Ctrl-C kernels still run; after anything else each has been shut down.
        if kind and not issubclass(kind, Exception):
            for child in psutil.Process().children(recursive=True):
                with contextlib.suppress(psutil.NoSuchProcess):
                    child.kill()
        self._engine.close()

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
        try:
            notebook = execute_notebook(
                _literal(job.source),
                _literal(job.trial),
                job.parameters,
                engine_name=ENGINE,
                kernel_name=self._engine.kernel,
                progress_bar=False,
                launch=self._engine.launch,
            )
        except PapermillExecutionError as error:
            raise _explain(error, job) from None
        except (DeadKernelError, RuntimeError) as error:
            message = " ".join(str(error).split())
            raise NotebookFailed(f"the kernel died ({message}); is there memory enough?") from None
        return format_notebook(clean_notebook(notebook))


class _Engine(NBClientEngine):
    """papermill's own engine, with a say in how the kernel starts."""

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, launch=None, start_timeout=60, **unused):
        client = PapermillNotebookClient(
            nb_man,
            kernel_name=kernel_name,
            kernel_manager_class=Manager,
            startup_timeout=start_timeout,
            log=logger,
        )
        return client.execute(**launch)


def _literal(path):
    """Return a path as papermill takes it: it would fill in braces."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _explain(error, job):
    """Return what a person needs to know about a failed cell."""
    sources = _read_code_cells(job.source)
    with contextlib.suppress(ValueError):
        return NotebookFailed(_describe(error), sources.index(error.source) + 1, error.source)
    return NotebookFailed(_describe(error), source=error.source)


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
