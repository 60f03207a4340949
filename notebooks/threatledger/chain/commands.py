"""What each command of the command line does."""

import contextlib
import os
import shutil
import threading

from threatledger.chain.checking import check_project, count_checked, read_checked_graph
from threatledger.chain.editions import Edition, check_name
from threatledger.chain.freshness import PAGE, RECORD, list_made
from threatledger.chain.graph import Node, Project, build_graph
from threatledger.chain.holding import LOCK, hold_reports
from threatledger.chain.notebooks import ChainError, read_notebooks
from threatledger.chain.progress import Progress
from threatledger.chain.runs import CHECKSUMS, DATAPACKAGE, run_chain
from threatledger.files import list_files, write_whole

# Where the committed notebooks are executed for their outputs; no edition can have such a name.
REFRESH = "_refresh"
# What has been read and may be read again; nothing is lost with it but time.
CACHE = ".cache"
# Of what make writes, git keeps these: they show which numbers a change moves.
KEPT = ("default/tables/", f"default/{CHECKSUMS}")


def make_reports(project, editions):
    """Bring editions up to date and say where their pages are.

    Parameters
    ----------
    project : Project
        Where things are.
    editions : list of str
        The editions wanted.
    """
    progress = Progress(reports=project.reports)
    graph = read_checked_graph(project, editions)
    # The page and the tables look there.
    os.environ["THREATLEDGER_REPORTS"] = str(project.reports)
    made = run_chain(graph, editions, _open_kernels(project), _make_finish(graph), progress)
    pages = ", ".join(project.show(graph.folder(edition) / PAGE) for edition in editions)
    if made:
        progress.say(f"{pages} made in {progress.total():.1f} s")
    else:
        progress.say(f"{pages} up to date: nothing changed ({progress.total():.2f} s)")


def _open_kernels(project):
    """Return what starts the executor; papermill is imported only then."""

    def open_kernels():
        from threatledger.chain.bytecode import trust_no_clock
        from threatledger.chain.engine import Engine

        trust_no_clock(project.package)
        # Before papermill: both take a while to import what they need, on a core each.
        engine = Engine(project.notebooks, project.reports)
        from threatledger.chain.execution import Kernels

        threading.Thread(target=_import_early, daemon=True).start()
        return Kernels(engine)

    return open_kernels


def _import_early():
    """Import what the page needs while the first notebooks run: a core is free then."""
    # What is wrong with it shows when the page is made.
    with contextlib.suppress(Exception):
        import threatledger.annotations
        import threatledger.briefing.page
        import threatledger.chain.crate  # noqa: F401


def _make_finish(graph):
    """Return what writes an edition's page and describes its tables."""
    briefings = [name for name in graph.notebooks if name.endswith("-briefing")]
    if not briefings:
        return None

    def finish(edition, folder):
        from threatledger.annotations import write_annotations
        from threatledger.briefing.page import write_page
        from threatledger.chain.crate import write_crate, write_run_record
        from threatledger.tables import write_datapackage

        write_datapackage(edition)
        write_page(folder / "executed" / f"{briefings[-1]}.ipynb", folder / PAGE)
        made = [PAGE, DATAPACKAGE, *write_annotations(edition)]
        write_crate(graph, edition, made)
        write_run_record(graph, edition)

    return finish


def print_problems(project):
    """Say everything that is wrong with what people edit.

    Parameters
    ----------
    project : Project
        Where things are; nothing in it is changed.

    Raises
    ------
    ChainError
        If anything is wrong; the message has a line for each problem.
    """
    if problems := check_project(project):
        raise ChainError("\n".join(problems))
    print(f"nothing is wrong with {count_checked(project)}, nor with the texts")


def refresh_notebooks(project):
    """Execute the committed notebooks with their own defaults, and store the outputs in them.

    Parameters
    ----------
    project : Project
        Where things are; its editions stay as they are.
    """
    progress = Progress()
    notebooks = read_notebooks(project.notebooks)
    trial = Project(project.root, project.reports / REFRESH)
    with hold_reports(project.reports, progress):
        shutil.rmtree(trial.reports, ignore_errors=True)
        changed = _refresh_all(trial, notebooks, progress)
        # Kept only after a failure, with the broken copy.
        shutil.rmtree(trial.reports)
    told = f"new outputs in {', '.join(changed)}" if changed else "every stored output was true"
    progress.say(f"{told} ({progress.total():.1f} s)")


def _refresh_all(trial, notebooks, progress):
    """Execute the notebooks in a folder of their own; return the names of those that changed."""
    editions = {"default": Edition("default", "default")}
    given = {"default": dict.fromkeys(notebooks, {})}
    graph = build_graph(trial, notebooks, editions, given, ["default"])
    run_chain(graph, ["default"], _open_kernels(trial), None, progress)
    from threatledger.chain.execution import store_outputs

    return [
        notebook.name
        for notebook in notebooks.values()
        if store_outputs(notebook.path, graph.executed(Node("default", notebook.name)))
    ]


def verify_default(project):
    """Rebuild the default edition in a temporary folder and compare it with what is committed.

    Parameters
    ----------
    project : Project
        Where things are; nothing in it is changed.

    Returns
    -------
    int
        Exit status, as `verify.verify_edition` gives it.
    """
    from threatledger.chain.verify import verify_edition

    return verify_edition(project, make_reports)


def publish_edition(project, edition):
    """Keep an edition's ledger as it is now, so that later editions can compare with it.

    Parameters
    ----------
    project : Project
        Where things are.
    edition : str
        Its name; it has been made.

    Raises
    ------
    ChainError, EditionError
        If there is no such edition, or it has not been made.
    """
    from threatledger.changes import KEPT, PUBLISHED

    check_name(project.editions, edition)
    made, kept = project.reports / edition, project.root / PUBLISHED / edition
    names = {f"tables/{table}.csv": f"{table}.csv" for table in KEPT} | {CHECKSUMS: CHECKSUMS}
    for name in names:
        if not (made / name).is_file():
            shown = project.show(made / name)
            raise ChainError(f"{shown} is not made yet: run make report EDITION={edition}")
    # Not while another run makes the edition anew.
    with hold_reports(project.reports, Progress()):
        for name, target in names.items():
            write_whole(kept / target, (made / name).read_bytes())
    print(f"{project.show(kept)} holds the edition as published: commit it")


def open_page(project, edition):
    """Show an edition's page in the browser.

    Parameters
    ----------
    project : Project
        Where things are.
    edition : str
        Its name.

    Raises
    ------
    ChainError, EditionError
        If there is no such edition, or its page has not been made.
    """
    import webbrowser

    check_name(project.editions, edition)
    page = project.reports / edition / PAGE
    if not page.is_file():
        raise ChainError(f"{project.show(page)} is not made yet: run make report EDITION={edition}")
    if webbrowser.open(page.as_uri()):
        print(f"opened {project.show(page)}")
    else:
        print(f"no browser was found here; open {page} in one")


def clean_reports(project):
    """Remove what make wrote, and say what; what git keeps and what people put there stays.

    Parameters
    ----------
    project : Project
        Where things are.
    """
    if not project.reports.is_dir():
        print(f"{project.show(project.reports)} is not there: nothing was made yet")
        return
    with hold_reports(project.reports, Progress()):
        _clean(project)
        (project.reports / LOCK).unlink()


def _clean(project):
    """Remove what make wrote while nobody else writes."""
    removed = 0
    for folder in (REFRESH, CACHE):
        shutil.rmtree(project.reports / folder, ignore_errors=True)
    for record in sorted(project.reports.glob(f"*/{RECORD}")):
        folder = record.parent
        made = [path for path in list_made(folder) if not _is_kept(path, project.reports)]
        for path in made:
            path.unlink(missing_ok=True)
        _remove_empty(folder)
        removed += len(made)
        print(f"{project.show(folder)}: removed {len(made)} files{_tell_left(folder)}")
    if not removed:
        print(
            f"{project.show(project.reports)} holds nothing that make wrote and git does not keep"
        )


def _is_kept(path, reports):
    """Tell whether git keeps a file of the reports."""
    return path.relative_to(reports).as_posix().startswith(KEPT)


def _remove_empty(folder):
    """Remove the folders that are empty now."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    if not any(folder.iterdir()):
        folder.rmdir()


def _tell_left(folder):
    """Return the end of a sentence about what stays."""
    left = len(list_files(folder))
    return f", {left} stay (kept by git, or not made by make)" if left else ""


def print_findings(catalogue, texts):
    """Print one JSON object a text, in the catalogue's order.

    Parameters
    ----------
    catalogue : pathlib.Path
        CSV with ``id``, ``file`` and ``published``.
    texts : pathlib.Path
        The folder of the files.

    Raises
    ------
    CorpusError
        If a row cannot be used; nothing has been printed then.
    """
    import json
    import sys

    from threatledger.corpus import read_catalogue, read_text
    from threatledger.extraction import extract

    for row in read_catalogue(catalogue, texts):
        found = extract(read_text(row, texts), published=row["published"])
        line = {"id": row["id"], "claims": found.claims, "trends": found.trends}
        text = json.dumps(line, ensure_ascii=False) + "\n"
        sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.flush()
