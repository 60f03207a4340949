"""Read the catalogue and its texts, and say in a sentence what is wrong with a row."""

import hashlib

from threatledger.codebook import find_root
from threatledger.days import find_last_day
from threatledger.decoding import DecodingError, decode_text
from threatledger.files import is_litter
from threatledger.schemas import check_table, parse_tables, read_schemas
from threatledger.sheets import Problem, parse_rows

CATALOGUE = "catalogue.csv"
# What the extractor itself asks of a catalogue, which may be another project's.
NEEDED = ("id", "file", "published", "encoding", "sha256")
# What an edition does with a text that cannot be read.
STOP, SKIP = "stop", "skip"


class CorpusError(ValueError):
    """The corpus cannot be read; the message names the file, the row and the remedy."""


def read_catalogue(path, texts):
    """Read a catalogue and check every row, and every text, against the folder of texts.

    Parameters
    ----------
    path : pathlib.Path
        CSV file with the columns ``id``, ``file`` and ``published`` (a date, a month or a year);
        other columns may be missing or empty.
    texts : pathlib.Path
        The folder that holds the files.

    Returns
    -------
    list of dict of str to str
        One dict a row in the file's order, with the columns of the project's catalogue and no
        other; ``title`` is the id and ``sha256`` is computed where the row leaves them empty.

    Raises
    ------
    CorpusError
        If the file, a row or a text cannot be used; the message has a line for each problem.
    """
    return sort_texts(list_texts(path, NEEDED), texts)[0]


def read_input(name):
    """Read a table in ``data/`` that people edit, held to its description.

    Parameters
    ----------
    name : str
        Its file in ``data/``, as ``data/codebook/inputs.csv`` names it.

    Returns
    -------
    list of dict of str to str
        One dict a row; a column that may be missing and is, is not there.

    Raises
    ------
    CorpusError
        If the table cannot be used; the message has a line for each problem.
    """
    tables = parse_tables(find_root() / "data", name)
    if problems := check_table(name, tables[name], tables):
        raise CorpusError("\n".join(map(str, problems)))
    return [row for _, row in tables[name].rows]


def list_texts(path, checked=()):
    """Read a catalogue and check every row; no text is opened.

    Parameters
    ----------
    path : pathlib.Path
        As in `read_catalogue`.
    checked : tuple of str, optional
        The columns that are held to their description; default: all that it names.

    Returns
    -------
    list of dict of str to str
        As `read_catalogue` gives them; ``sha256`` is empty where the row leaves it empty.

    Raises
    ------
    CorpusError
        If the file or a row cannot be used; the message has a line for each problem.
    """
    if not path.is_file():
        raise CorpusError(f"there is no catalogue {path.name}: name a CSV file that exists")
    parsed = parse_rows(path)
    problems = [
        problem._replace(file=path.name)
        for problem in check_table(CATALOGUE, parsed, {})
        if not (checked and problem.column) or problem.column in checked
    ]
    if not parsed.rows and not problems:
        problems = [Problem(path.name, "it names no text: add a row for each")]
    if problems:
        raise CorpusError("\n".join(map(str, problems)))
    names = [column.name for column in read_schemas()[CATALOGUE]]
    rows = [{name: row.get(name, "") for name in names} for _, row in parsed.rows]
    return [row | {"title": row["title"] or row["id"]} for row in rows]


def sort_texts(rows, texts, on_error=STOP):
    """Look at every text, and set apart those that cannot be read.

    Parameters
    ----------
    rows : list of dict
        As `list_texts` gives them.
    texts : pathlib.Path
        The folder that holds the files.
    on_error : str, optional
        ``stop``: a text that cannot be read is an error; ``skip``: it is set apart.

    Returns
    -------
    tuple of (list of dict, list of dict)
        The rows whose texts can be read, with ``sha256`` filled, and the others, with a ``reason``.

    Raises
    ------
    CorpusError
        If a text cannot be read and ``on_error`` is ``stop``; the message has a line for each.
    """
    good, bad = [], []
    for row in rows:
        try:
            raw = _read_bytes(row, texts)
            decode_text(raw, row.get("encoding", ""))
            good.append(row | {"sha256": _check_sum(raw, row)})
        except DecodingError as error:
            bad.append(row | {"reason": f"{row['file']!r} {error}"})
    refuse_bad(bad, on_error)
    return good, bad


def refuse_bad(bad, on_error):
    """Stop if texts cannot be read, unless the edition leaves such texts out.

    Parameters
    ----------
    bad : list of dict
        Catalogue rows with a ``reason``.
    on_error : str
        ``stop`` or ``skip``.

    Raises
    ------
    CorpusError
        If there is one and ``on_error`` is ``stop``, or that is neither of them.
    """
    if on_error not in (STOP, SKIP):
        raise CorpusError(f"on_error is {on_error!r}: write {STOP} or {SKIP}")
    if bad and on_error == STOP:
        told = [f"text {row['id']}: {row['reason']}" for row in bad]
        raise CorpusError("\n".join(told))


def _read_bytes(row, texts):
    """Return the bytes of a row's text; it lies in the folder of texts, and nowhere else."""
    try:
        folder, path = texts.resolve(), (texts / row["file"]).resolve()
        inside = path.relative_to(folder).parts if path.is_relative_to(folder) else None
        raw = path.read_bytes() if inside and path.is_file() else None
    except (OSError, ValueError, RuntimeError) as error:
        # A name that no file can have, a link that leads to itself, a file that may not be read.
        raise DecodingError(
            f"cannot be read ({type(error).__name__}): correct the name, or let it be read"
        ) from None
    if inside is None:
        raise DecodingError(
            f"lies outside {texts.name}/: put the text itself there, no link and no path that "
            "leads out"
        )
    if any(map(is_litter, inside)):
        raise DecodingError("is hidden, so that a change of it would go unseen: rename it")
    if raw is None:
        raise DecodingError(
            f"is no file in {texts.name}/: put the text there, or correct the name in the catalogue"
        )
    return raw


def _check_sum(raw, row):
    """Return the SHA-256 of a text, which is the one catalogued if there is one."""
    digest = hashlib.sha256(raw).hexdigest()
    if row.get("sha256", "") not in ("", digest):
        raise DecodingError(
            f"is not the file that was catalogued (its SHA-256 is {digest}): restore the file, or "
            "write the new sum if the change is meant"
        )
    return digest


def read_text(row, texts):
    """Read one text as it was received.

    Parameters
    ----------
    row : dict
        A catalogue row with ``file``, and ``encoding`` where that is not UTF-8.
    texts : pathlib.Path
        The folder that holds the file.

    Returns
    -------
    str
        The file as decoded, line ends and a byte order mark untouched, so that offsets hold.

    Raises
    ------
    CorpusError
        If the text has gone, or become what cannot be decoded, since the catalogue was read.
    """
    try:
        return decode_text(_read_bytes(row, texts), row.get("encoding", ""))
    except DecodingError as error:
        raise CorpusError(f"{row['file']!r} {error}") from None


def find_texts():
    """Return the project's catalogue file and folder of texts."""
    data = find_root() / "data"
    return data / "catalogue.csv", data / "texts"


def read_registry():
    """Read the registry of the two UN report series.

    Returns
    -------
    list of dict of str to str
        ``series``, ``ordinal``, ``symbol``, ``issued``, ``briefed``, ``basis``, ``note``.

    Raises
    ------
    CorpusError
        If the file or a row cannot be used; the message has a line for each problem.
    """
    return read_input("un-reports.csv")


def find_cut(as_of, catalogue, registry):
    """Resolve an edition's as-of date.

    Parameters
    ----------
    as_of : str
        A date, a month or a year (its last day counts), or ``latest``: the last day that the
        catalogue or the registry of reports knows.
    catalogue, registry : list of dict
        As `read_catalogue` and `read_registry` give them.

    Returns
    -------
    datetime.date

    Raises
    ------
    CorpusError
        If the value is none of these.
    """
    if as_of == "latest":
        known = [row["published"] for row in catalogue]
        known += [row[column] for row in registry for column in ("issued", "briefed")]
        return max(find_last_day(value) for value in known if value)
    try:
        return find_last_day(as_of)
    except ValueError:
        raise CorpusError(
            f"as_of is {as_of!r}: write a date (2020-03-31), a month, a year, or latest"
        ) from None


def choose_texts(catalogue, cut, doc_ids=()):
    """Split the catalogue into the texts of an edition and those it leaves out.

    Parameters
    ----------
    catalogue : list of dict
        As `read_catalogue` gives it.
    cut : datetime.date
        The edition's as-of date; a text that may have appeared later is left out.
    doc_ids : list of str, optional
        Only these texts; empty for all.

    Returns
    -------
    tuple of (list of dict, list of dict)
        The rows taken, and the rows left out, each of those with a ``reason``.

    Raises
    ------
    CorpusError
        If an id is not in the catalogue.
    """
    known = [row["id"] for row in catalogue]
    unknown = sorted(set(doc_ids) - set(known))
    if unknown:
        raise CorpusError(
            f"texts names {', '.join(unknown)}, which the catalogue does not have: "
            f"it has {', '.join(known)}"
        )
    taken, left = [], []
    for row in catalogue:
        if doc_ids and row["id"] not in doc_ids:
            left.append(row | {"reason": "not among the edition's texts"})
        elif find_last_day(row["published"]) > cut:
            left.append(row | {"reason": f"published {row['published']}, after {cut}"})
        else:
            taken.append(row)
    return taken, left
