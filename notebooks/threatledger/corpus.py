"""Read the catalogue and its texts, and say in a sentence what is wrong with a row."""

import calendar
import datetime
import hashlib
import re

from threatledger.codebook import CodebookError, find_root, read_rows

DOC_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")
PUBLISHED = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?\Z")

# What a row may leave out; the extractor itself needs id, file and published only.
OPTIONAL = (
    "title",
    "publisher",
    "published_basis",
    "kind",
    "language",
    "about",
    "about_basis",
    "sha256",
)


class CorpusError(ValueError):
    """The corpus cannot be read; the message names the file, the row and the remedy."""


def find_last_day(value):
    """Return the last day that a date, a month or a year can mean.

    Parameters
    ----------
    value : str
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

    Returns
    -------
    datetime.date

    Raises
    ------
    ValueError
        If the value has another form or names a day that does not exist.

    Examples
    --------
    >>> find_last_day("2020-02")
    datetime.date(2020, 2, 29)
    """
    found = PUBLISHED.match(value)
    if found is None:
        raise ValueError(f"{value!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = found.groups()
    month = int(month or 12)
    # calendar.monthrange raises for a month that does not exist, date for a day.
    day = int(day) if day else calendar.monthrange(int(year), month)[1]
    return datetime.date(int(year), month, day)


def find_first_day(value):
    """Return the first day that a date, a month or a year can mean.

    Parameters
    ----------
    value : str
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

    Returns
    -------
    datetime.date
    """
    find_last_day(value)
    year, month, day = PUBLISHED.match(value).groups()
    return datetime.date(int(year), int(month or 1), int(day or 1))


def read_catalogue(path, texts):
    """Read a catalogue and check every row against the folder of texts.

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
        If the file or a row cannot be used: a missing column, a missing or non-UTF-8 text, an
        impossible date, an id used twice, or a checksum that the text does not have.
    """
    if not path.is_file():
        raise CorpusError(f"there is no catalogue {path.name}: name a CSV file that exists")
    try:
        rows = read_rows(path)
    except CodebookError as error:
        raise CorpusError(str(error)) from None
    for column in ("id", "file", "published"):
        if not rows or column not in rows[0]:
            raise CorpusError(
                f"{path.name} needs the columns id, file and published, and a row a text: "
                f"add {'rows' if rows == [] else 'the column ' + column}"
            )
    seen = {}
    for number, row in enumerate(rows, start=1):
        where = f"{path.name} row {number} ({row['id'] or 'no id'})"
        _check_row(row, where, texts, seen)
        seen[row["id"]] = number
    return [_complete(row, texts) for row in rows]


def _check_row(row, where, texts, seen):
    """Raise a CorpusError for the first thing wrong with a row."""
    doc_id = row["id"]
    if not DOC_ID.match(doc_id):
        raise CorpusError(
            f"{where}: an id is made of letters, digits, '-', '_' and '.', and begins with a "
            f"letter or digit; {doc_id!r} is not: rename it"
        )
    if doc_id in seen:
        raise CorpusError(f"{where}: the id stands in row {seen[doc_id]} too: give each its own")
    try:
        find_last_day(row["published"])
    except ValueError:
        raise CorpusError(
            f"{where}: published is {row['published']!r}, which is no date, month or year: "
            "write 2023-03-12, 2023-03 or 2023"
        ) from None
    _check_text(row, where, texts)


def _check_text(row, where, texts):
    """Raise a CorpusError if the row's text is not there, not UTF-8, or not the pinned bytes."""
    path = texts / row["file"]
    inside = row["file"] and path.resolve().is_relative_to(texts.resolve())
    if not inside or not path.is_file():
        raise CorpusError(
            f"{where}: there is no file {row['file']!r} in {texts.name}/: put the text there "
            "or correct the name"
        )
    raw = path.read_bytes()
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CorpusError(
            f"{where}: {row['file']} is not UTF-8 text (byte {error.start}): save it as UTF-8"
        ) from None
    digest = hashlib.sha256(raw).hexdigest()
    if row.get("sha256") and row["sha256"] != digest:
        raise CorpusError(
            f"{where}: {row['file']} is not the file that was catalogued (its SHA-256 is "
            f"{digest}): restore the file, or write the new sum if the change is meant"
        )


def _complete(row, texts):
    """Return a checked row with every column the ledger uses."""
    digest = row.get("sha256") or hashlib.sha256((texts / row["file"]).read_bytes()).hexdigest()
    known = {name: row.get(name, "") for name in ("id", "file", "published", *OPTIONAL)}
    return known | {"title": known["title"] or known["id"], "sha256": digest}


def read_text(row, texts):
    """Read one text as it was received.

    Parameters
    ----------
    row : dict
        A catalogue row with ``file``.
    texts : pathlib.Path
        The folder that holds the file.

    Returns
    -------
    str
        The file as decoded from UTF-8, line ends untouched, so that offsets hold.
    """
    return (texts / row["file"]).read_bytes().decode("utf-8")


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
        If a row's issue or briefing date is not a date, a month or a year.
    """
    rows = read_rows(find_root() / "data/un-reports.csv")
    for row in rows:
        for column in ("issued", "briefed"):
            try:
                find_last_day(row[column] or "2000")
            except ValueError:
                raise CorpusError(
                    f"un-reports.csv ({row['symbol']}): {column} is {row[column]!r}, which is no "
                    "date, month or year: write 2023-02-01, 2023-02 or 2023"
                ) from None
    return rows


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
