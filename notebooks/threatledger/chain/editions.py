"""Read an edition: a small YAML file that says which briefing is wanted."""

import difflib
import re
from dataclasses import dataclass, field

import yaml

from threatledger.chain.parameters import check_value

NAME = re.compile(r"[a-z0-9][a-z0-9-]*\Z")
KEYS = ("title", "previous", "parameters", "notebooks")
# What the runner passes itself, from the top of the file.
GIVEN = ("edition", "title", "previous")


class EditionError(ValueError):
    """An edition cannot be used; the message names the file, the key and the remedy."""


@dataclass(frozen=True)
class Edition:
    """One edition as its file states it.

    Attributes
    ----------
    name : str
        File name without ending.
    title : str
        The briefing's title.
    previous : str
        Name of the edition to compare with; empty for none.
    parameters : dict
        Values for every notebook that declares a parameter of that name.
    notebooks : dict of str to dict
        Values for one notebook only.
    """

    name: str
    title: str
    previous: str = ""
    parameters: dict = field(default_factory=dict)
    notebooks: dict = field(default_factory=dict)


class _Loader(yaml.SafeLoader):
    """YAML as people mean it: NO is text, a date is text, and a key stands once."""

    yaml_implicit_resolvers = {}

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key, _ in node.value:
            name = str(key.value)
            if name in seen:
                raise EditionError(
                    f"line {key.start_mark.line + 1} sets {name} again: keep one line"
                )
            seen.add(name)
        return super().construct_mapping(node, deep)


for _tag, _pattern, _first in (
    ("bool", r"(true|True|false|False)\Z", "tTfF"),
    ("null", r"(~|null|)\Z", ["~", "n", ""]),
    ("int", r"[-+]?(0|[1-9][0-9]*)\Z", "-+0123456789"),
    ("float", r"[-+]?[0-9]*\.[0-9]+(e[-+]?[0-9]+)?\Z", "-+.0123456789"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))


def find_editions(folder):
    """Return the names of the editions in a folder, sorted."""
    return sorted(path.stem for path in folder.glob("*.yml"))


def order_editions(folder):
    """Return the names of the editions in a folder, each after the one it compares with.

    Parameters
    ----------
    folder : pathlib.Path
        The folder of editions.

    Returns
    -------
    list of str

    Raises
    ------
    EditionError
        If a file does not hold what an edition holds, or editions compare in a circle.
    """
    editions = {name: read_edition(folder, name) for name in find_editions(folder)}
    refuse_circle(editions)
    ordered = []
    for name in editions:
        line = []
        while name and name not in ordered:
            line.append(name)
            name = editions[name].previous
        ordered += reversed(line)
    return ordered


def refuse_circle(editions):
    """Raise if following `previous` from an edition leads back to it.

    Parameters
    ----------
    editions : dict of str to Edition
        By name; those that they compare with are among them.

    Raises
    ------
    EditionError
        The message names the circle.
    """
    for name in editions:
        line = [name]
        while editions[line[-1]].previous:
            line.append(editions[line[-1]].previous)
            if line[-1] in line[:-1]:
                circle = " → ".join(line[line.index(line[-1]) :])
                raise EditionError(
                    f"notebooks/editions/{line[-1]}.yml: previous leads in a circle: {circle}: "
                    "let the earliest of them have no previous"
                )


def suggest(word, known):
    """Return the end of a sentence about an unknown word: what was meant, or what there is."""
    known = sorted(known)
    near = difflib.get_close_matches(str(word), known, n=1)
    if near:
        return f"did you mean {near[0]}?"
    return f"use one of {', '.join(known)}" if known else "there is none"


def read_edition(folder, name):
    """Read and check one edition file.

    Parameters
    ----------
    folder : pathlib.Path
        The folder of editions.
    name : str
        The edition wanted.

    Returns
    -------
    Edition

    Raises
    ------
    EditionError
        If there is no such edition, or its file does not hold what an edition holds.
    """
    known = find_editions(folder)
    if name not in known or not NAME.match(name):
        raise EditionError(
            f"there is no edition {name!r} in notebooks/editions/: {suggest(name, known)}"
        )
    where = f"notebooks/editions/{name}.yml"
    content = _read_yaml(folder / f"{name}.yml", where)
    for key in content:
        if key not in KEYS:
            raise EditionError(f"{where} has an unknown key {key}: {suggest(key, KEYS)}")
    edition = Edition(name, **_check_keys(content, where))
    if edition.previous and edition.previous not in known or edition.previous == name:
        raise EditionError(
            f"{where}: previous is {edition.previous!r}, which is no other edition: "
            f"{suggest(edition.previous, [other for other in known if other != name])}"
        )
    return edition


def _read_yaml(path, where):
    """Return the mapping that a YAML file holds."""
    try:
        content = yaml.load(path.read_bytes().decode("utf-8-sig"), _Loader)  # noqa: S506
    except EditionError as error:
        raise EditionError(f"{where}: {error}") from None
    except UnicodeDecodeError:
        raise EditionError(f"{where} is not UTF-8 text: save it as UTF-8") from None
    except yaml.MarkedYAMLError as error:
        line = f" in line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise EditionError(
            f"{where} cannot be read as YAML{line} ({error.problem}): write `name: value`, a "
            "space after the colon, and the same indent for lines that belong together"
        ) from None
    except yaml.YAMLError as error:
        told = " ".join(str(error).split())
        raise EditionError(f"{where} cannot be read as YAML ({told}): correct it") from None
    if not isinstance(content, dict):
        raise EditionError(f"{where} holds no `name: value` lines: write at least title")
    return content


def _check_keys(content, where):
    """Return the keys of an edition file with their types checked, empty ones left out."""
    found = {}
    for key, empty in zip(KEYS, ("", "", {}, {}), strict=True):
        value = content.get(key)
        if value is None:
            continue
        try:
            found[key] = check_value(value, empty)
        except ValueError as error:
            raise EditionError(f"{where}: {key}: {error}") from None
    if not found.get("title", "").strip():
        raise EditionError(f"{where} has no title: add a line `title: …`, the briefing's heading")
    for notebook, values in found.get("notebooks", {}).items():
        if not isinstance(values, dict):
            raise EditionError(
                f"{where}: notebooks: {notebook}: needs `parameter: value` lines below it"
            )
    return found


def choose_parameters(edition, notebooks):
    """Choose what each notebook is given in an edition.

    Parameters
    ----------
    edition : Edition
        The edition.
    notebooks : dict of str to Notebook
        The chain.

    Returns
    -------
    dict of str to dict
        Notebook name to the parameters passed to it; only names that it declares.

    Raises
    ------
    EditionError
        If the edition names a notebook or parameter that is not there, or a value is of
        another type than the notebook's default.
    """
    where = f"notebooks/editions/{edition.name}.yml"
    for name in edition.notebooks:
        if name not in notebooks:
            raise EditionError(
                f"{where}: notebooks: no notebook {name}: {suggest(name, notebooks)}"
            )
    everywhere = {name for notebook in notebooks.values() for name in notebook.parameters}
    _refuse_unknown(edition.parameters, everywhere, f"{where}: parameters")
    for name, values in edition.notebooks.items():
        _refuse_unknown(values, notebooks[name].parameters, f"{where}: notebooks: {name}")
    return {name: _fill(edition, notebook, where) for name, notebook in notebooks.items()}


def _refuse_unknown(values, known, where):
    """Raise for the first parameter that is not declared, or that the runner gives itself."""
    for name in values:
        if name in GIVEN:
            raise EditionError(f"{where}: {name} is no parameter here: it is set for each edition")
        if name not in known:
            raise EditionError(
                f"{where}: unknown parameter {name}: {suggest(name, set(known) - set(GIVEN))}"
            )


def _fill(edition, notebook, where):
    """Return one notebook's parameters in the order it declares them."""
    given = {"edition": edition.name, "title": edition.title, "previous": edition.previous}
    wanted = edition.parameters | edition.notebooks.get(notebook.name, {}) | given
    chosen = {}
    for name, default in notebook.parameters.items():
        if name not in wanted:
            continue
        try:
            chosen[name] = check_value(wanted[name], default)
        except ValueError as error:
            raise EditionError(
                f"{where}: {name}: {error}, as in notebooks/{notebook.name}.ipynb: correct it"
            ) from None
    return chosen
