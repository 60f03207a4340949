"""Read an edition: a small YAML file that says which briefing is wanted."""

import difflib
import math
import re
from dataclasses import dataclass, field

from threatledger.chain.edition_files import EditionError, read_yaml
from threatledger.chain.parameters import check_value

NAME = re.compile(r"[a-z0-9][a-z0-9-]*\Z")
# What stands at the top of the file, and what stands in where a key does not.
KEYS = {
    "title": "",
    "previous": "",
    "corpus": {},
    "scheduler": "local",
    "on_error": "stop",
    "cell_minutes": 60.0,
    "parameters": {},
    "notebooks": {},
}
# What the runner passes itself, from the top of the file.
GIVEN = ("edition", "title", "previous", "corpus", "scheduler", "on_error")
# Keys that take one of few words.
CHOICES = {"on_error": ("stop", "skip")}
# Also among the lines of one notebook; none is given it, as it decides no result.
LIMIT = "cell_minutes"
WEEK = 7 * 24 * 60


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
    corpus : dict
        Where the texts are and how they are laid out; empty for those of ``data/catalogue.csv``.
    scheduler : str
        ``local``, or the address of the Dask scheduler that shares out a corpus.
    on_error : str
        ``stop`` or ``skip``: what a text that cannot be read does to the run.
    cell_minutes : float
        How long a cell may run before its notebook is stopped.
    lines : dict of tuple to int
        The line of each key, by the keys that lead to it.
    """

    name: str
    title: str
    previous: str = ""
    parameters: dict = field(default_factory=dict)
    notebooks: dict = field(default_factory=dict)
    corpus: dict = field(default_factory=dict)
    scheduler: str = KEYS["scheduler"]
    on_error: str = KEYS["on_error"]
    cell_minutes: float = KEYS[LIMIT]
    lines: dict = field(default_factory=dict, compare=False, repr=False)

    def limit(self, notebook):
        """Return how many seconds a cell of a notebook may run, a whole number."""
        return math.ceil(60 * self.notebooks.get(notebook, {}).get(LIMIT, self.cell_minutes))


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


def check_name(folder, name):
    """Stop unless an edition has a file, and a name that is no path.

    Parameters
    ----------
    folder : pathlib.Path
        The folder of editions.
    name : str
        As a person wrote it.

    Raises
    ------
    EditionError
        The message says what was meant, or how editions are named.
    """
    known = find_editions(folder)
    if name not in known:
        raise EditionError(
            f"there is no edition {name!r} in notebooks/editions/: {suggest(name, known)}"
        )
    if not NAME.match(name):
        raise EditionError(_refuse_name(name))


def _refuse_name(name):
    """Return what is wrong with the name of an edition's file."""
    return (
        f"notebooks/editions/ has a file {name + '.yml'!r}: an edition is named with small "
        "letters, digits and '-'; rename it"
    )


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
    check_name(folder, name)
    edition, problems = _examine(folder, name)
    if problems:
        raise EditionError("\n".join(problems))
    return edition


def _examine(folder, name):
    """Return an edition as far as its file can be read, and everything that is wrong with it."""
    where = f"notebooks/editions/{name}.yml"
    try:
        content, lines, problems = read_yaml(folder / f"{name}.yml", where)
    except EditionError as error:
        return Edition(name, ""), [str(error)]
    problems += [
        f"{_locate(where, lines, key)} has an unknown key {key}: {suggest(key, KEYS)}"
        for key in content
        if key not in KEYS
    ]
    values = _check_keys(content, where, lines, problems)
    edition = Edition(name, lines=lines, **{"title": ""} | values)
    others = [other for other in find_editions(folder) if other != name]
    if edition.previous and edition.previous not in others:
        problems.append(
            f"{_locate(where, lines, 'previous')}: previous is {edition.previous!r}, which is no "
            f"other edition: {suggest(edition.previous, others)}"
        )
    return edition, problems


def _locate(where, lines, *keys):
    """Return a file with the line of a key, for the beginning of a message."""
    return f"{where}, line {lines[keys]}" if keys in lines else where


def _check_keys(content, where, lines, problems):
    """Return the keys of an edition file that hold, empty ones left out; note those that do not."""
    found = {}
    for key in KEYS:
        value = content.get(key)
        if value is None:
            continue
        try:
            found[key] = _check_key(key, value)
            _check_corpus(key, found[key])
        except ValueError as error:
            problems.append(f"{_locate(where, lines, key)}: {key}: {error}")
    if not str(content.get("title") or "").strip():
        problems.append(f"{where} has no title: add a line `title: …`, the briefing's heading")
    for notebook, values in list(found.get("notebooks", {}).items()):
        if not isinstance(values, dict):
            problems.append(
                f"{_locate(where, lines, 'notebooks', notebook)}: notebooks: {notebook}: needs "
                "`parameter: value` lines below it"
            )
            del found["notebooks"][notebook]
            continue
        try:
            _check_key(LIMIT, values.get(LIMIT, KEYS[LIMIT]))
        except ValueError as error:
            at = _locate(where, lines, "notebooks", notebook, LIMIT)
            problems.append(f"{at}: notebooks: {notebook}: {LIMIT}: {error}")
    return found


def _check_corpus(key, value):
    """Raise if a corpus is not described as one, or a scheduler is none."""
    if key == "corpus" and value:
        from threatledger.archive.spec import read_spec

        read_spec(value)
    if key == "scheduler":
        from threatledger.archive.spec import check_scheduler

        check_scheduler(value)


def _check_key(key, value):
    """Return a value that a key can have."""
    value = check_value(value, KEYS[key])
    choices = CHOICES.get(key, ())
    if choices and value not in choices:
        raise ValueError(f"{value!r} is none of {', '.join(choices)}: write one of them")
    if key == LIMIT and not 0 < value <= WEEK:
        raise ValueError(f"{value:g} is not between 0 and {WEEK}, a week: write such a number")
    return value


def read_editions(folder, wanted, notebooks):
    """Read editions and those that they compare with, and choose what each notebook is given.

    Parameters
    ----------
    folder : pathlib.Path
        The folder of editions.
    wanted : list of str
        Their names.
    notebooks : dict of str to Notebook
        The chain.

    Returns
    -------
    tuple of (dict of str to Edition, dict of str to dict)
        The editions by name, and as `choose_parameters` gives them what their notebooks get.

    Raises
    ------
    EditionError
        If anything in one of them does not hold; the message has a line for each problem.
    """
    editions, parameters, problems = {}, {}, []
    names = list(wanted)
    for name in names:
        if name in editions:
            continue
        try:
            check_name(folder, name)
        except EditionError as error:
            problems.append(str(error))
            continue
        editions[name], found = _examine(folder, name)
        parameters[name], more = _choose(editions[name], notebooks)
        problems += [*found, *more]
        if editions[name].previous and not found:
            names.append(editions[name].previous)
    if problems:
        raise EditionError("\n".join(problems))
    refuse_circle(editions)
    return editions, parameters


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
    chosen, problems = _choose(edition, notebooks)
    if problems:
        raise EditionError("\n".join(problems))
    return chosen


def _choose(edition, notebooks):
    """Return what each notebook is given, and everything that is wrong with the parameters."""
    where, lines = f"notebooks/editions/{edition.name}.yml", edition.lines
    everywhere = {name for notebook in notebooks.values() for name in notebook.parameters}
    problems = _find_unknown(edition.parameters, everywhere, where, lines, "parameters")
    for name, values in edition.notebooks.items():
        if name in notebooks:
            known = [*notebooks[name].parameters, LIMIT]
            problems += _find_unknown(values, known, where, lines, "notebooks", name)
        else:
            at = _locate(where, lines, "notebooks", name)
            problems.append(f"{at}: notebooks: no notebook {name}: {suggest(name, notebooks)}")
    given = {key: getattr(edition, key) for key in GIVEN if key != "edition"}
    given["edition"] = edition.name
    chosen = {
        name: _fill(edition, notebook, given, problems) for name, notebook in notebooks.items()
    }
    return chosen, list(dict.fromkeys(problems))


def _find_unknown(values, known, where, lines, *keys):
    """Return a problem for each parameter that is not declared, or that the runner gives itself."""
    problems = []
    for name in values:
        start = f"{_locate(where, lines, *keys, str(name))}: {': '.join(keys)}"
        if name in GIVEN:
            problems.append(f"{start}: {name} is no parameter here: it is set for each edition")
        elif name not in known:
            hint = suggest(name, set(known) - set(GIVEN))
            problems.append(f"{start}: unknown parameter {name}: {hint}")
    return problems


def _fill(edition, notebook, given, problems):
    """Return one notebook's parameters in the order it declares them; note what does not fit."""
    own = edition.notebooks.get(notebook.name, {})
    wanted = edition.parameters | own | given
    chosen = {}
    for name, default in notebook.parameters.items():
        if name not in wanted:
            continue
        try:
            chosen[name] = check_value(wanted[name], default)
        except ValueError as error:
            keys = ("notebooks", notebook.name, name) if name in own else ("parameters", name)
            at = _locate(f"notebooks/editions/{edition.name}.yml", edition.lines, *keys)
            problems.append(
                f"{at}: {name}: {error}, as in notebooks/{notebook.name}.ipynb: correct it"
            )
    return chosen
