"""Rebuild an edition in a temporary folder, and compare it with the committed checksums."""

import hashlib
import json
import shutil
import sys
import tempfile
from pathlib import Path

from threatledger.chain.crate import CRATE, ask_git, list_changed
from threatledger.chain.freshness import PAGE, RECORD
from threatledger.chain.graph import Project
from threatledger.chain.jobs import PLAIN_ERRORS
from threatledger.chain.notebooks import ChainError
from threatledger.chain.runs import CHECKSUMS
from threatledger.chain.verify_show import find_lines, write_comparison

EDITION = "default"
# Exit statuses: every byte is the same; some are not; there was nothing to compare.
SAME, OTHER, NOT_COMPARED = 0, 1, 2
# What a difference comes from is told before what shows it.
ORDER = ("tables/", "figures/", "annotations/", "executed/", PAGE, CRATE)


class Reference:
    """The committed edition: its checksums, and as many of its files as can be had.

    Parameters
    ----------
    project : Project
        Where things are.

    Attributes
    ----------
    sums : dict of str to str
        Name of each file to its SHA-256.
    origin : str
        Where the checksums were taken from, in words.

    Raises
    ------
    ChainError
        If there are no checksums.

    Notes
    -----
    In a git checkout the checksums are those of the last commit, not those in the folder: these
    ``make report`` overwrites, and would agree with whatever is made here.
    """

    def __init__(self, project):
        self._project = project
        self._folder = project.reports / EDITION
        name = f"reports/{EDITION}/{CHECKSUMS}"
        committed = ask_git(project.root, "show", f"HEAD:{name}", text=False)
        self.origin = f"{name} as last committed"
        if committed is None:
            self.origin = f"{name} as it is in the folder"
            if not (self._folder / CHECKSUMS).is_file():
                raise ChainError(f"there is no {name} to compare with: get it from the repository")
            if (self._folder / RECORD).is_file():
                self.origin += ", where make report was run since"
            committed = (self._folder / CHECKSUMS).read_bytes()
        lines = committed.decode("utf-8").splitlines()
        self.sums = {line[66:]: line[:64] for line in lines}

    def read(self, name, rebuilt):
        """Return a file as it was when its checksum was committed.

        Parameters
        ----------
        name : str
            The file, named from the edition's folder.
        rebuilt : bytes
            What it is now.

        Returns
        -------
        bytes, or None
            ``None`` where no copy has the committed checksum.
        """
        for find in (self._find_committed, self._find_here, self._find_stored):
            content = find(name, rebuilt)
            if content is not None and hash_bytes(content) == self.sums[name]:
                return content
        return None

    def _find_committed(self, name, rebuilt):
        """Return what git has."""
        asked = f"HEAD:reports/{EDITION}/{name}"
        return ask_git(self._project.root, "show", asked, text=False)

    def _find_here(self, name, rebuilt):
        """Return what the folder has."""
        path = self._folder / name
        return path.read_bytes() if path.is_file() else None

    def _find_stored(self, name, rebuilt):
        """Return what the committed notebooks hold as outputs: figures, and what was executed."""
        if name.startswith("figures/"):
            return self._find_figure(name)
        if name.startswith("executed/"):
            return self._restore_executed(name, rebuilt)
        return None

    def _find_figure(self, name):
        """Return the image of a figure that a committed notebook shows."""
        for path in sorted(self._project.notebooks.glob("*.ipynb")):
            for output in _list_outputs(self._read_notebook(path.name)):
                image = "".join(output.get("data", {}).get("image/svg+xml", []))
                if hash_bytes(image.encode("utf-8")) == self.sums[name]:
                    return image.encode("utf-8")
        return None

    def _restore_executed(self, name, rebuilt):
        """Return an executed notebook with the outputs that the committed one holds."""
        executed = json.loads(rebuilt)
        stored = self._read_notebook(Path(name).name)
        cells = {cell.get("id"): cell for cell in stored["cells"]}
        for cell in executed["cells"]:
            if "outputs" in cell and cell["id"] in cells:
                cell["outputs"] = cells[cell["id"]].get("outputs", [])
                cell["source"] = cells[cell["id"]]["source"]
                # The cell of the given parameters comes before: later counts are one more.
                for output in cell["outputs"]:
                    if "execution_count" in output:
                        output["execution_count"] = cell["execution_count"]
        text = json.dumps(executed, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
        return text.encode("utf-8")

    def _read_notebook(self, name):
        """Return a committed notebook, as git has it or as it lies in the folder."""
        text = ask_git(self._project.root, "show", f"HEAD:notebooks/{name}", text=False)
        path = self._project.notebooks / name
        if text is None:
            text = path.read_bytes() if path.is_file() else b'{"cells": []}'
        return json.loads(text)


def verify_edition(project, rebuild):
    """Rebuild the default edition, compare it byte by byte, and tell what differs.

    Parameters
    ----------
    project : Project
        Where things are; nothing in it is changed.
    rebuild : callable
        Given a `Project` with a folder of its own for reports, and a list of editions, makes them.

    Returns
    -------
    int
        0 if every file is the same, 1 if one differs, 2 if nothing could be compared; a sentence
        on standard error says why.
    """
    scratch = Path(tempfile.mkdtemp(prefix="threat-ledger-verify-"))
    keep = False
    try:
        reference = Reference(project)
        rebuild(Project(project.root, scratch), [EDITION])
        keep = not _tell_all(reference, scratch / EDITION, project)
        return OTHER if keep else SAME
    except Exception as error:
        if type(error).__name__ not in PLAIN_ERRORS:
            raise
        # The broken copy of a notebook that failed is there.
        keep = any(scratch.rglob("*.failed.ipynb"))
        sys.stdout.flush()
        print(f"{error}\nnothing was compared", file=sys.stderr)
        return NOT_COMPARED
    finally:
        if not keep:
            shutil.rmtree(scratch, ignore_errors=True)


def _tell_all(reference, folder, project):
    """Tell what differs; return whether nothing does."""
    made = read_checksums(folder / CHECKSUMS)
    names = [
        name for name in {**reference.sums, **made} if made.get(name) != reference.sums.get(name)
    ]
    if not names:
        print(f"all {len(made)} files are the same, byte for byte, as in {reference.origin}")
        return True
    pairs = {}
    for name in sorted(names, key=_rank):
        new = (folder / name).read_bytes() if name in made else None
        old = reference.read(name, new) if name in reference.sums and new is not None else None
        pairs[name] = old, new
        for line in _tell(name, old, new, name in reference.sums):
            print(line)
    print(f"{len(names)} of {len({**reference.sums, **made})} files differ from {reference.origin}")
    _tell_more(pairs, folder, project)
    return False


def _tell(name, old, new, was_there):
    """Return what to print about one file that differs."""
    if new is None:
        return [f"{name}: is no longer made"]
    if not was_there:
        return [f"{name}: was not made before"]
    if old is None:
        return [f"{name}: differs; of the committed one only the checksum is here"]
    return [f"{name}: differs", *find_lines(old, new)]


def _tell_more(pairs, folder, project):
    """Say where the figures can be seen, where the rebuilt files are, and what may be the cause."""
    page = write_comparison(pairs, folder.parent / "figures.html")
    if page:
        print(f"figures side by side: {page}")
    print(f"the rebuilt edition: {folder}")
    changed = list_changed(project.root)
    if changed:
        more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
        print(
            f"to be expected where these changed since the commit: {', '.join(changed[:3])}{more}"
        )


def _rank(name):
    """Return where a file stands in the list of differences."""
    return next((k for k, start in enumerate(ORDER) if name.startswith(start)), len(ORDER)), name


def _list_outputs(notebook):
    """Return all outputs of a notebook."""
    return [output for cell in notebook["cells"] for output in cell.get("outputs", [])]


def read_checksums(path):
    """Return name and SHA-256 of each file that a list of checksums names."""
    return {line[66:]: line[:64] for line in path.read_text(encoding="utf-8").splitlines()}


def hash_bytes(content):
    """Return the SHA-256 of bytes as hexadecimal text."""
    return hashlib.sha256(content).hexdigest()
