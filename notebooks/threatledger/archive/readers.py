"""Read a corpus text by text: Parquet, JSON Lines, or a folder of text, HTML and PDF files."""

import json
import re

from threatledger.archive.entries import MAPPED, MOST_BYTES, Entry, check_entry, make_entry
from threatledger.archive.extras import import_extra
from threatledger.archive.spec import ENDINGS, find_ending, suggest
from threatledger.codebook import find_root
from threatledger.corpus import CorpusError
from threatledger.sheets import parse_bytes

# Rows of a table that are in memory at once.
ROWS = 64
CATALOGUE = "catalogue.csv"
KINDS = {".txt": "text", ".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf"}
# A day in the path of a file, as archives are often laid out: 2020/03/12/…, 2020-03-12-….txt
DAY = re.compile(r"(?<!\d)(\d{4})[-_/](\d{2})(?:[-_/](\d{2}))?(?!\d)")
# What an id is not made of.
UNFIT = re.compile(r"[^A-Za-z0-9._-]+")


class Corpus:
    """The files of a corpus, in their order.

    Parameters
    ----------
    spec : threatledger.archive.spec.Spec
        What the edition says of it.
    root : pathlib.Path
        Where its path begins if it is no address.

    Attributes
    ----------
    format : str
        ``parquet``, ``jsonl`` or ``texts``.
    kinds : list of str
        What its files are: ``text``, ``html``, ``pdf``.

    Raises
    ------
    CorpusError
        If there is no such file or folder, or it holds nothing that can be read.
    """

    def __init__(self, spec, root):
        self.spec = spec
        fsspec = import_extra("fsspec")
        path = spec.path if "://" in spec.path else str(root / spec.path)
        try:
            self._fs, self._path = fsspec.core.url_to_fs(path)
        except (ImportError, ValueError) as error:
            # fsspec names the package that opens such addresses.
            raise CorpusError(f"corpus {spec.path} cannot be opened: {error}") from None
        self._names = self._list_names()
        self.format = spec.format or self._tell_format()
        self._names = [name for name in self._names if self._is_wanted(name)]
        if not self._names:
            raise CorpusError(f"corpus {spec.path} holds no {self.format} file: correct its path")
        endings = {find_ending(name) for name in self._names}
        self.kinds = sorted({KINDS.get(ending, "text") for ending in endings})

    def _list_names(self):
        """Return the names of all files, those that tools leave aside left out."""
        if self._fs.isfile(self._path):
            self._path, _, name = self._path.rpartition("/")
            return [name]
        if not self._fs.isdir(self._path):
            raise CorpusError(
                f"there is no corpus {self.spec.path}: correct its path in notebooks/editions/"
            )
        cut = len(self._path.rstrip("/")) + 1
        names = sorted(path[cut:] for path in self._fs.find(self._path))
        return [
            name for name in names if not any(p.startswith((".", "_")) for p in name.split("/"))
        ]

    def _tell_format(self):
        """Return the one form that the endings of the files tell."""
        found = sorted({ENDINGS[e] for e in map(find_ending, self._names) if e in ENDINGS})
        if len(found) != 1:
            told = f"both {' and '.join(found)}" if found else "no file whose ending tells its form"
            raise CorpusError(
                f"corpus {self.spec.path} holds {told}: add a line `format: …` with parquet, jsonl "
                "or texts"
            )
        return found[0]

    def _is_wanted(self, name):
        """Tell whether a file belongs to the corpus: one named by itself does whatever its end."""
        return len(self._names) == 1 or ENDINGS.get(find_ending(name)) == self.format

    def list_files(self):
        """Return name, size and time of each file: what changes when the corpus does.

        Returns
        -------
        list of list
            The time as the file system tells it, or the entity tag of a server; ``None`` where it
            tells none.
        """
        told = []
        for name in self._names:
            info = self._fs.info(self._locate(name))
            when = next((info[key] for key in ("ETag", "mtime", "LastModified") if key in info), "")
            told.append([name, info.get("size"), str(when)])
        return told

    def count(self):
        """Return about how many texts there are, for a person who waits; ``None`` if not known."""
        if self.format == "texts":
            return len(self._names)
        count = {"parquet": _count_rows, "jsonl": _guess_lines}[self.format]
        counts = []
        for name in self._names:
            with self._open(name) as file:
                counts.append(count(file, self._fs.size(self._locate(name)) or 0))
        return None if None in counts else sum(counts)

    def _locate(self, name):
        return f"{self._path.rstrip('/')}/{name}" if self._path else name

    def _open(self, name):
        """Open a file; one that is compressed is read as what it holds."""
        return self._fs.open(self._locate(name), "rb", compression="infer")

    def read(self):
        """Yield every text, file by file in the order of their names, row by row.

        Yields
        ------
        threatledger.archive.entries.Entry
        """
        if self.format == "texts":
            yield from self._read_files()
            return
        read = {"parquet": _read_parquet, "jsonl": _read_lines}[self.format]
        for name in self._names:
            try:
                with self._open(name) as file:
                    yield from read(file, name, self.spec.columns)
            except OSError as error:
                raise CorpusError(f"{name} cannot be read ({error}): restore it") from None

    def _read_files(self):
        """Yield each file of a folder; what a catalogue in the folder says of it is kept."""
        known = self._read_catalogue()
        for name in self._names:
            with self._open(name) as file:
                raw = file.read(MOST_BYTES + 1)
            yield _describe_file(name, raw, known)

    def _read_catalogue(self):
        """Return the rows of the folder's catalogue by file; none where it has none."""
        if not self._fs.isfile(self._locate(CATALOGUE)):
            return {}
        parsed = parse_bytes(self._fs.cat_file(self._locate(CATALOGUE)), CATALOGUE)
        if parsed.problems:
            raise CorpusError("\n".join(map(str, parsed.problems)))
        if "file" not in parsed.header:
            raise CorpusError(f"{CATALOGUE} of the corpus has no column file: name each file there")
        mapped = _map_columns(self.spec.columns, parsed.header, CATALOGUE, ())
        return {
            row["file"]: {name: row[other] for name, other in mapped.items() if row[other]}
            for _, row in parsed.rows
        }


def open_corpus(spec, root=None):
    """Open a corpus.

    Parameters
    ----------
    spec : threatledger.archive.spec.Spec
    root : pathlib.Path, optional
        Where its path begins if it is no address; default: the project's top folder.

    Returns
    -------
    Corpus
    """
    return Corpus(spec, root or find_root())


def _map_columns(columns, header, name, needed=("text",)):
    """Return catalogue column to column of a file, for those that the file has.

    Raises
    ------
    CorpusError
        If the edition names a column that the file does not have, or one is missing.
    """
    for column, other in columns.items():
        if other not in header:
            raise CorpusError(
                f"{name} has no column {other}, which the edition gives for {column}: "
                f"{suggest(other, header)}"
            )
    mapped = {column: columns.get(column, column) for column in MAPPED}
    mapped = {column: other for column, other in mapped.items() if other in header}
    for column in needed:
        if column not in mapped:
            raise CorpusError(
                f"{name} has no column {column}: name the one that holds it in the edition's "
                f"corpus, columns; it has {', '.join(header[:20])}"
            )
    return mapped


def _count_rows(file, _):
    """Return how many rows a Parquet file has, by its own account; where it has none, nothing."""
    try:
        return import_extra("pyarrow.parquet").read_metadata(file).num_rows
    except (OSError, import_extra("pyarrow").ArrowInvalid):
        return None


def _guess_lines(file, size):
    """Return how many lines a file has if all are as long as its first."""
    begin = file.read(1 << 20)
    return max(1, round(size * begin.count(b"\n") / len(begin))) if begin else 0


def _read_parquet(file, name, columns):
    """Yield the rows of a Parquet file, some at a time, however large its row groups are."""
    pyarrow, parquet = import_extra("pyarrow"), import_extra("pyarrow.parquet")
    try:
        table = parquet.ParquetFile(file, pre_buffer=False, buffer_size=1 << 20)
    except pyarrow.ArrowInvalid as error:
        raise CorpusError(f"{name} is no Parquet file ({error}): restore it") from None
    folders = dict(part.split("=", 1) for part in name.split("/")[:-1] if "=" in part)
    stored = table.schema_arrow.names
    mapped = _map_columns(columns, [*stored, *folders], name)
    inside = sorted({other for other in mapped.values() if other in stored})
    row = 0
    for batch in table.iter_batches(ROWS, columns=inside, use_threads=False):
        for values in _simplify(batch, pyarrow).to_pylist():
            row += 1
            values = folders | values
            cells = {column: values[other] for column, other in mapped.items()}
            yield make_entry(cells, name, f"{name} row {row}", mapped)


def _simplify(batch, pyarrow):
    """Return a batch with its times as days: Python knows no nanoseconds."""
    arrays = [
        array.cast(pyarrow.timestamp("s"), safe=False).cast(pyarrow.date32(), safe=False)
        if pyarrow.types.is_timestamp(array.type)
        else array
        for array in batch.columns
    ]
    return pyarrow.RecordBatch.from_arrays(arrays, names=batch.schema.names)


def _read_lines(file, name, columns):
    """Yield the rows of a file of JSON Lines; one that cannot be read is a problem of its own."""
    mapped = None
    # A longer line is cut, and its pieces are no JSON.
    for number, line in enumerate(iter(lambda: file.readline(2 * MOST_BYTES), b""), start=1):
        if not line.strip():
            continue
        where = f"{name} line {number}"
        try:
            values = json.loads(line)
            if not isinstance(values, dict):
                raise ValueError("no object in braces")
        except (ValueError, RecursionError) as error:
            yield _refuse_line(line, name, f"{where} is not JSON ({error}): correct the line")
            continue
        # The first line tells what the columns are; later ones may leave some out.
        mapped = mapped or _map_columns(columns, list(values), name)
        cells = {column: values.get(other) for column, other in mapped.items()}
        yield make_entry(cells, name, where, mapped)


def _refuse_line(line, name, problem):
    """Return a line that cannot be read as an entry that says so."""
    entry = make_entry({"text": line}, name, problem, {})
    entry.problem = problem
    return entry


def _describe_file(name, raw, known):
    """Return a file of a folder as an entry; its id is its name unless a catalogue gives one."""
    given = dict(known.get(name, {}))
    doc_id = given.pop("id", "") or UNFIT.sub("-", name).lstrip("._-")
    entry = Entry(doc_id, name, KINDS[find_ending(name)], raw, given)
    day = DAY.search(name)
    if day and not given.get("published"):
        given["published"] = "-".join(filter(None, day.groups()))
        given["published_basis"] = "the name of the file"
    return check_entry(entry, name)
