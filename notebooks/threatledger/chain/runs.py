"""Run the chain: the notebooks whose inputs changed, in their order, then the page."""

import concurrent.futures
import contextlib
import graphlib
import os
import time

from threatledger.chain.freshness import PAGE, Freshness
from threatledger.chain.graph import Node
from threatledger.chain.holding import hold_reports
from threatledger.chain.jobs import Job, NotebookFailed
from threatledger.chain.notebooks import WRITTEN_TO, ChainError
from threatledger.files import hash_file, list_files, write_whole

CHECKSUMS = "checksums.txt"
DATAPACKAGE = "tables/datapackage.json"
# What is made with the page, and listed in the checksums.
WITH_PAGE = (
    PAGE,
    DATAPACKAGE,
    "annotations/claims.jsonld",
    "annotations/trends.jsonld",
    "ro-crate-metadata.json",
)
# What is made with it and differs from run to run, and so is not listed there.
RUN_RECORD = "run.json"
# More kernels than this cost memory and win nothing: the chain is not wider.
MOST_WORKERS = 4


def run_chain(graph, wanted, open_kernels, finish, progress):
    """Bring editions up to date.

    Parameters
    ----------
    graph : Graph
        The runs wanted.
    wanted : list of str
        The editions that are wanted whole, with their page.
    open_kernels : callable
        Without arguments, returns a context manager whose ``execute(job)`` executes a notebook as
        `execution.Kernels` does; called only if a notebook must run.
    finish : callable, or None
        Given an edition's name and the path of its executed briefing, writes the page and the
        description of the tables; ``None`` for notebooks only.
    progress : Progress
        Where to say what happens.

    Returns
    -------
    int
        How many notebooks and pages were made anew.

    Raises
    ------
    ChainError
        If a notebook fails, or does not write what it says, or writes what it does not say.
    """
    with hold_reports(graph.project.reports, progress):
        freshness = Freshness(graph)
        freshness.sweep()
        run = _Run(graph, freshness, progress)
        with contextlib.ExitStack() as stack:
            run.bring_notebooks(lambda: stack.enter_context(open_kernels()))
        if finish:
            for edition in wanted:
                run.bring_page(edition, finish)
    return run.made


class _Run:
    """One call of `run_chain`."""

    def __init__(self, graph, freshness, progress):
        self._graph = graph
        self._freshness = freshness
        self._progress = progress
        self._failures = []
        # Which editions show what an edition makes: itself, and one that compares with it.
        self._shown_in = {node.edition: {node.edition} for node in graph.needs}
        for node, needs in graph.needs.items():
            for need in needs:
                self._shown_in[need.edition].add(node.edition)
        self.made = 0

    def bring_notebooks(self, get_kernels):
        """Run every notebook that is not up to date, side by side where they do not wait."""
        workers = min(os.cpu_count() or 1, MOST_WORKERS)
        pool = concurrent.futures.ThreadPoolExecutor(workers)
        try:
            self._run_stale(pool, workers, get_kernels)
        finally:
            # Not waited for: after an interrupt a kernel may run on until it is killed.
            pool.shutdown(wait=False, cancel_futures=True)
        if self._failures:
            raise ChainError("\n\n".join(self._failures))

    def _run_stale(self, pool, workers, get_kernels):
        """Hand the stale runs to the pool as they become ready."""
        sorter = graphlib.TopologicalSorter(self._graph.needs)
        sorter.prepare()
        kernels, stale, running = None, [], {}
        while sorter.is_active():
            stale += self._pass_fresh(sorter)
            while stale and len(running) < workers and not self._failures:
                kernels = kernels or get_kernels()
                node, key = stale.pop(0)
                self._progress.start(self._label(node))
                running[pool.submit(self._execute, kernels, node)] = node, key
            if not running:
                break
            first = concurrent.futures.FIRST_COMPLETED
            pause = self._progress.refresh()
            for future in concurrent.futures.wait(running, pause, return_when=first).done:
                node, key = running.pop(future)
                if self._settle(node, key, future):
                    sorter.done(node)

    def _pass_fresh(self, sorter):
        """Pass over what is up to date; return the runs that are ready and are not."""
        stale = []
        while ready := sorter.get_ready():
            for node in sorted(ready):
                key = self._freshness.find_key(node)
                if self._freshness.is_fresh(*node, key):
                    sorter.done(node)
                else:
                    self._forget(node)
                    stale.append((node, key))
        return stale

    def _forget(self, node):
        """Remove what a run makes, and the pages that show it."""
        self._freshness.forget(*node, self._graph.outputs(node))
        for edition in self._shown_in[node.edition]:
            self._forget_page(edition)

    def _forget_page(self, edition):
        """Remove an edition's page and what is made with it."""
        self._freshness.forget(edition, PAGE, [*WITH_PAGE, RUN_RECORD, CHECKSUMS])

    def _execute(self, kernels, node):
        """Execute a notebook; return its cleaned text and the seconds it took."""
        began = time.perf_counter()
        text = kernels.execute(
            Job(
                source=self._graph.notebooks[node.notebook].path,
                trial=self._trial(node),
                parameters=self._graph.parameters[node.edition][node.notebook],
                limit=self._graph.editions[node.edition].limit(node.notebook),
            )
        )
        return text, time.perf_counter() - began

    def _settle(self, node, key, future):
        """Record a finished run; return whether it holds."""
        label = self._label(node)
        try:
            text, seconds = future.result()
            self._refuse_missing(node)
        except NotebookFailed as error:
            self._progress.drop(label)
            self._failures.append(self._tell(node, error))
            self._forget(node)
            return False
        write_whole(self._graph.executed(node), text)
        self._trial(node).unlink()
        self._freshness.remember(*node, key, self._graph.outputs(node), seconds)
        self._progress.finish(label, seconds)
        self.made += 1
        return True

    def _refuse_missing(self, node):
        """Raise if a notebook did not write what it says it writes."""
        folder = self._graph.folder(node.edition)
        for file in self._graph.notebooks[node.notebook].writes:
            files = self._graph.find_files(node.edition, file)
            if not files or not all((folder / name).is_file() for name in files):
                raise NotebookFailed(
                    f"it ran, but did not write {file}, which its Writes line names: write the "
                    "file, or correct the line"
                )

    def _tell(self, node, error):
        """Return what to print about a failed notebook."""
        cell = f" in code cell {error.cell}" if error.cell else ""
        first = error.source.strip().partition("\n")[0]
        lines = [f"{self._label(node)} stopped{cell}{': ' + first if first else ''}"]
        lines += ["    " + line for line in str(error).splitlines()]
        if self._trial(node).exists():
            shown = self._graph.project.show(self._trial(node))
            lines.append(f"  The broken copy is {shown}; what needs it was not run.")
        return "\n".join(lines)

    def _trial(self, node):
        """Return where a notebook stands while it runs, and stays when it fails."""
        return self._graph.executed(node).with_suffix(".failed.ipynb")

    def _label(self, node):
        """Return how a run is called on the terminal."""
        return "/".join(node) if len(self._shown_in) > 1 else node.notebook

    def bring_page(self, edition, finish):
        """Write an edition's page, description of tables and checksums, if anything changed."""
        self._refuse_strays(edition)
        key = self._freshness.find_page_key(edition)
        if self._freshness.is_fresh(edition, PAGE, key):
            return
        self._forget_page(edition)
        label = self._label(Node(edition, PAGE))
        self._progress.start(label)
        began = time.perf_counter()
        try:
            made = self._write_page(edition, finish)
        except BaseException:
            self._progress.drop(label)
            self._forget_page(edition)
            raise
        seconds = time.perf_counter() - began
        self._freshness.remember(edition, PAGE, key, made, seconds)
        self._progress.finish(label, seconds)
        self.made += 1

    def _write_page(self, edition, finish):
        """Write an edition's page, description of tables and checksums; return their names."""
        folder = self._graph.folder(edition)
        finish(edition, folder)
        made = [name for name in WITH_PAGE if (folder / name).is_file()]
        sums = self._freshness.list_outputs(edition)
        sums |= {name: hash_file(folder / name) for name in made}
        lines = [f"{sums[name]}  {name}\n" for name in sorted(sums)]
        write_whole(folder / CHECKSUMS, "".join(lines))
        record = [RUN_RECORD] if (folder / RUN_RECORD).is_file() else []
        return [*made, *record, CHECKSUMS]

    def _refuse_strays(self, edition):
        """Raise if the edition holds a table or figure that no notebook says it writes."""
        folder = self._graph.folder(edition)
        declared = {
            file
            for notebook in self._graph.notebooks.values()
            for name in notebook.writes
            for file in self._graph.find_files(edition, name)
        }
        strays = [
            path
            for sub in WRITTEN_TO
            for path in list_files(folder / sub)
            if path.relative_to(folder).as_posix() not in declared | {DATAPACKAGE}
        ]
        if strays:
            names = ", ".join(self._graph.project.show(path) for path in strays)
            raise ChainError(
                f"no notebook says that it writes {names}: add each to the Writes line of the "
                "notebook that makes it, or delete it if it is left from before"
            )
