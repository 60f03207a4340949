"""Write an edition's run record: an RO-Crate that names all that went in and came out, by SHA-256.

Nothing in it depends on when, where or by whom the edition was made, so that it is compared like
every other file. What does depend on that (commit, machine, seconds) is in ``run.json`` beside it.
"""

import datetime
import json
import platform
import re
import subprocess

import yaml

from threatledger.chain.freshness import PAGE, RECORD
from threatledger.chain.graph import Node
from threatledger.files import hash_file, list_files, write_whole

CRATE = "ro-crate-metadata.json"
RUN = "run.json"
# The newest pair that go together: version 0.6 of the profile extends version 1.3.
SPECIFICATION = "https://w3id.org/ro/crate/1.3"
PROFILE = "https://w3id.org/ro/wfrun/process/0.6"
CONTEXT = [f"{SPECIFICATION}/context", "https://w3id.org/ro/terms/workflow-run/context"]
# From an edition's folder to the project's, in a checkout.
ROOT = "../../"
MEDIA_TYPES = {
    ".cff": "application/yaml",
    ".css": "text/css",
    ".csv": "text/csv",
    ".html": "text/html",
    ".ipynb": "application/x-ipynb+json",
    ".j2": "text/plain",
    ".js": "text/javascript",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".parquet": "application/vnd.apache.parquet",
    ".py": "text/x-python",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".yml": "application/yaml",
}
LICENSE = "https://spdx.org/licenses/MIT"
PACKAGE = "notebooks/threatledger/"
NEEDED = re.compile(r'^requires-python = "(.+)"', re.M)
PINNED = re.compile(r"^papermill==(\S+)", re.M)


def write_crate(graph, edition, made):
    """Write ``ro-crate-metadata.json`` into an edition's folder.

    Parameters
    ----------
    graph : Graph
        The runs; those of the edition are done.
    edition : str
        Its name.
    made : list of str
        What was made after the notebooks, named from the edition's folder: the page, the
        description of the tables, the annotations.
    """
    crate = _Crate(graph, edition)
    for name in graph.notebooks:
        crate.add_run(Node(edition, name))
    crate.add_page(made)
    text = json.dumps(crate.finish(), indent=1, ensure_ascii=False) + "\n"
    write_whole(graph.folder(edition) / CRATE, text)


class _Crate:
    """The entities of one crate, by their ids."""

    def __init__(self, graph, edition):
        self._graph = graph
        self._edition = edition
        self._folder = graph.folder(edition)
        self._entities = {}
        self._actions = []
        self._inputs = {}
        self._parts = [self._describe_run_record()]
        self._tools = [self._add_environment(), self._add_package(), self._add_papermill()]

    def add_run(self, node):
        """Describe the run of a notebook: what it is, what it was given, what it made."""
        notebook = self._graph.notebooks[node.notebook]
        inputs = self._add_inputs(node)
        values = [self._add_parameter(node, name) for name in notebook.parameters]
        self._add_action(
            node.notebook,
            f"papermill executed notebooks/{node.notebook}.ipynb with the parameters named here",
            self._add_notebook(notebook),
            inputs | {*values},
            [self._add_output(name) for name in self._graph.outputs(node)],
        )

    def add_page(self, made):
        """Describe how the page and what is made with it came from the last notebook."""
        briefing = [*self._graph.notebooks][-1]
        self._add_action(
            PAGE,
            "the page, the description of the tables and the annotations",
            f"#{PACKAGE}",
            {f"executed/{briefing}.ipynb"} | {name for name in self._parts if _is_table(name)},
            [self._add_output(name) for name in made],
        )

    def finish(self):
        """Return the whole document."""
        descriptor = {
            "@id": CRATE,
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": SPECIFICATION},
        }
        self._put(PROFILE, ["CreativeWork", "Profile"], name="Process Run Crate", version="0.6")
        root = self._describe_root()
        rest = [self._entities[name] for name in sorted(self._entities)]
        return {"@context": CONTEXT, "@graph": [descriptor, root, *rest]}

    def _describe_root(self):
        """Return the root entity: the edition."""
        about = yaml.safe_load(self._read_project("CITATION.cff"))
        title = self._graph.editions[self._edition].title
        authors = [self._add_author(author["name"]) for author in about["authors"]]
        self._put(
            LICENSE,
            "CreativeWork",
            name="MIT License",
            description="For the code and what it writes. The texts, and sentences quoted from "
            "them, belong to their publishers.",
        )
        return {
            "@id": "./",
            "@type": "Dataset",
            "name": title,
            "description": f"Edition {self._edition} of Threat Ledger: {about['abstract'].strip()}",
            "datePublished": str(about["date-released"]),
            "version": str(about["version"]),
            "license": {"@id": LICENSE},
            "author": _refer(authors),
            "conformsTo": {"@id": PROFILE},
            "hasPart": _refer(sorted(self._parts)),
            "mentions": _refer(self._actions),
        }

    def _add_author(self, name):
        """Describe who wrote the project."""
        return self._put(f"#{name.replace(' ', '-')}", "Organization", name=name)

    def _add_action(self, name, description, instrument, objects, results):
        """Describe one run."""
        self._actions.append(
            self._put(
                f"#run/{name}",
                "CreateAction",
                name=f"Make {name}",
                description=description,
                instrument={"@id": instrument},
                object=_refer(sorted(objects)),
                result=_refer(sorted(results)),
                actionStatus={"@id": "http://schema.org/CompletedActionStatus"},
            )
        )

    def _add_inputs(self, node):
        """Describe what a run read and the file of its edition; return the ids, folders as one."""
        edition = f"notebooks/editions/{node.edition}.yml"
        own = f"reports/{self._edition}/"
        inputs = self._graph.inputs(node)
        read = {_quote(name.removeprefix(own)) for name in inputs if name.startswith(own)}
        given = {name: path for name, path in inputs.items() if not name.startswith(own)}
        for folder in self._graph.notebooks[node.notebook].reads:
            inside = [name for name in given if folder.endswith("/") and name.startswith(folder)]
            if inside:
                files = [self._add_given(name, given.pop(name)) for name in inside]
                read.add(self._put(f"#{folder}", "Dataset", name=folder, hasPart=_refer(files)))
        given[edition] = self._graph.project.root / edition
        return read | {self._add_given(name, path) for name, path in given.items()}

    def _add_given(self, name, path, **more):
        """Describe a file of the project, which is not in the crate; return its id.

        Its id is local, as the specification asks for a file that is deliberately not there.
        """
        if name not in self._inputs:
            self._inputs[name] = self._put(
                f"#{_quote(name)}",
                "File",
                name=name,
                localPath=ROOT + name,
                **_describe_content(path),
                **more,
            )
        return self._inputs[name]

    def _add_output(self, name):
        """Describe a file of the crate; return its id."""
        content = _describe_content(self._folder / name)
        self._parts.append(self._put(_quote(name), "File", name=name, **content))
        return _quote(name)

    def _describe_run_record(self):
        """Describe the one file that differs from run to run, and so has no checksum."""
        told = "commit, machine, time and seconds of the run; it differs from run to run"
        return self._put(RUN, "File", name=RUN, description=told, encodingFormat=_find_type(RUN))

    def _add_parameter(self, node, name):
        """Describe the value that a notebook's parameter had; return its id."""
        given = self._graph.parameters[node.edition][node.notebook]
        value = given.get(name, self._graph.notebooks[node.notebook].parameters[name])
        plain = isinstance(value, (str, bool, int, float))
        return self._put(
            f"#{node.notebook}/{name}",
            "PropertyValue",
            name=name,
            value=value if plain else json.dumps(value, ensure_ascii=False),
            description="given by the edition" if name in given else "the notebook's default",
        )

    def _add_notebook(self, notebook):
        """Describe a notebook as the instrument of a run; return its id."""
        name = f"notebooks/{notebook.name}.ipynb"
        return self._put(
            f"#{name}",
            ["File", "SoftwareSourceCode"],
            name=name,
            localPath=ROOT + name,
            description="version is the SHA-256 of its cells (kind, source and tags as JSON), "
            "because its stored outputs decide nothing",
            version=f"sha256:{notebook.digest}",
            encodingFormat=_find_type(name),
            programmingLanguage={"@id": "https://www.python.org/"},
            softwareRequirements=_refer(self._tools),
        )

    def _add_environment(self):
        """Describe the list of all packages; return its id."""
        project = self._graph.project
        needs = NEEDED.search(self._read_project("notebooks/pyproject.toml"))
        self._put(
            "https://www.python.org/",
            "ComputerLanguage",
            name="Python",
            version=needs[1],
            url="https://www.python.org/",
        )
        told = "every package of the environment with its version and checksums"
        return self._add_given(project.lock.name, project.lock, description=told)

    def _add_package(self):
        """Describe the functions that notebooks share; return their id."""
        folder = self._graph.project.package
        files = [
            self._add_given(PACKAGE + path.relative_to(folder).as_posix(), path)
            for path in list_files(folder)
        ]
        return self._put(
            f"#{PACKAGE}",
            ["Dataset", "SoftwareSourceCode"],
            name="threatledger",
            description="the functions that the notebooks share, and what makes the page",
            hasPart=_refer(files),
        )

    def _add_papermill(self):
        """Describe what executes the notebooks; return its id."""
        pinned = PINNED.search(self._read_project(self._graph.project.lock.name))
        return self._put(
            "https://papermill.readthedocs.io/",
            "SoftwareApplication",
            name="papermill",
            softwareVersion=pinned[1] if pinned else "not pinned",
            url="https://papermill.readthedocs.io/",
        )

    def _put(self, entity, kind, **properties):
        """Keep an entity; return its id."""
        self._entities[entity] = {"@id": entity, "@type": kind} | properties
        return entity

    def _read_project(self, name):
        """Return the text of a file of the project."""
        return (self._graph.project.root / name).read_text(encoding="utf-8")


def _describe_content(path):
    """Return what identifies a file's content."""
    return {
        "sha256": hash_file(path),
        "contentSize": str(path.stat().st_size),
        "encodingFormat": _find_type(path.name),
    }


def _find_type(name):
    """Return the media type of a file."""
    return MEDIA_TYPES.get("." + name.rpartition(".")[2], "application/octet-stream")


def _is_table(name):
    """Tell whether a file of the crate is a table."""
    return name.startswith("tables/")


def _quote(name):
    """Return a path as a URI writes it, letters of all languages as they are."""
    return re.sub(r'[\x00-\x20"%<>\\^`{|}#?]', lambda found: f"%{ord(found[0]):02X}", name)


def _refer(names):
    """Return references to entities."""
    return [{"@id": name} for name in names]


def write_run_record(graph, edition):
    """Write ``run.json``: what is true of this run only.

    Parameters
    ----------
    graph : Graph
        The runs; those of the edition are done.
    edition : str
        Its name.

    Notes
    -----
    The commit cannot be in the crate: the crate's checksum is committed, and so would have to be
    in the commit that it names. What the crate has instead is the SHA-256 of every file that
    the commit would stand for.
    """
    runs = json.loads((graph.folder(edition) / RECORD).read_bytes())["runs"]
    root = graph.project.root
    record = {
        "made": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "commit": ask_git(root, "rev-parse", "HEAD"),
        "changed since": list_changed(root),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "seconds": {name: runs[name]["seconds"] for name in graph.notebooks},
    }
    text = json.dumps(record, indent=1, ensure_ascii=False) + "\n"
    write_whole(graph.folder(edition) / RUN, text)


def list_changed(root):
    """Return which files that decide a result are not as committed; none where there is no git."""
    watched = ("data", "notebooks", "requirements.lock.txt")
    asked = ask_git(root, "-c", "core.quotePath=false", "status", "--porcelain", "--", *watched)
    return [line[3:] for line in (asked or "").splitlines()]


def ask_git(root, *arguments, text=True):
    """Return what git says about the project, or ``None`` where it cannot say anything.

    Parameters
    ----------
    root : pathlib.Path
        The project's top folder; a folder inside another repository is none of its own.
    *arguments : str
        As on git's command line.
    text : bool
        Whether the answer is text, stripped at its end, or bytes.

    Returns
    -------
    str or bytes, or None
    """
    if not (root / ".git").exists():
        return None
    command = ["git", "-C", str(root), "--no-optional-locks", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        return None
    if done.returncode:
        return None
    return done.stdout.decode("utf-8", "replace").rstrip("\n") if text else done.stdout
