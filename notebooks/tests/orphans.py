"""Read every number of the page's prose, and ask of each which row stands behind it.

Prose is all that is neither a table nor a text in the source viewer. A number there is either in
an element that names its source (``data-from``, a link to a record or a text, a figure's words,
a card), and then it is computed again from the published tables alone; or it is an orphan.
"""

import hashlib
import json
import re

from bs4 import BeautifulSoup, NavigableString, Tag

from threatledger.briefing.numbers import SourceError, read_rows, resolve
from threatledger.codebook import find_root

SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
WORDS = {word: k for k, word in enumerate(SMALL)} | {w: 10 * k for k, w in enumerate(TENS, start=2)}
# Number words that no count is written with: they must stand in a record's own words.
VAGUE = (
    "hundred hundreds thousand thousands million millions billion billions trillion dozen dozens "
    "scores half twice thrice quarter quarters third thirds"
).split()
# A record's id or a checksum is one number; so is 5,000.
TOKEN = re.compile(
    r"(?:claim|trend)-[0-9a-f]{10}|\b[0-9a-f]{12}\b|\d[\d,.]*\d|\d"
    rf"|(?<![A-Za-z])(?:{'|'.join([*WORDS, *VAGUE])})(?![A-Za-z])",
    re.IGNORECASE,
)
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
# What is not prose: tables come from rows, and the viewer shows the texts themselves.
APART = ".table, table, .sources, script, style, nav.contents"
RECORD = re.compile(r"#?(?:peek-|at-)?((claim|trend)-[0-9a-f]+)\Z")


def find_orphans(html, folder):
    """Return the numbers of a page's prose behind which no row stands.

    Parameters
    ----------
    html : str
    folder : pathlib.Path
        The edition's folder, with ``tables/`` and ``figures/``.

    Returns
    -------
    list of (str, str)
        The number, and the words around it.
    """
    read = Reader(folder)
    return [
        (number.group(), " ".join(number.string.split())[:120])
        for number, holder in list_numbers(html)
        if not read.is_founded(number, holder)
    ]


def list_numbers(html):
    """Return every number of a page's prose as a match in its words, with the element it is in."""
    page = BeautifulSoup(html, "html.parser")
    for part in page.select(APART):
        part.decompose()
    return [
        (number, holder) for words, holder in _list_prose(page) for number in TOKEN.finditer(words)
    ]


def _list_prose(page):
    """Yield each piece of prose with the element that holds it; attributes are read too."""
    masthead = page.find(class_="masthead") or page
    for node in page.find_all(string=True):
        if type(node) is NavigableString:
            yield str(node), masthead if node.parent.name == "title" else node.parent
    for tag in page.find_all(True):
        for name in ("alt", "aria-label", "title"):
            if tag.get(name):
                yield tag[name], tag
    for meta in page.find_all("meta", attrs={"name": "description"}):
        yield meta["content"], masthead


class Reader:
    """Looks numbers up in the tables of an edition.

    Parameters
    ----------
    folder : pathlib.Path
    """

    def __init__(self, folder):
        self.folder = folder
        rows = {table: read_rows(folder, table) for table in ("claims", "trends", "documents")}
        self.documents = {row["doc_id"]: row for row in rows["documents"]}
        self.records = {
            next(iter(row.values())): row for table in ("claims", "trends") for row in rows[table]
        }

    def is_founded(self, number, holder):
        """Tell whether the nearest element that names a source bears a number out."""
        for tag in [holder, *holder.parents]:
            known = self.find_known(tag)
            if known is not None:
                return is_known(number, known)
        return False

    def find_known(self, tag):
        """Return the cells that an element names, or None where it names none."""
        if not isinstance(tag, Tag):
            return None
        if "data-from" in tag.attrs:
            return self.follow(tag["data-from"])
        if tag.name == "figure":
            return self.read_figure(tag["id"].removeprefix("figure-"))
        if "section-number" in tag.get("class", []):
            own = tag.find_parent("section")
            return [1 + len(own.find_previous_siblings("section"))]
        if "masthead" in tag.get("class", []):
            return [cell for part in tag.select("[data-from]") for cell in self.find_known(part)]
        if tag.name == "blockquote" and (row := self.find_record(tag)):
            # A sentence is quoted as it stands in its row, or its numbers are nobody's.
            return [row["sentence"]] if _squeeze(tag.text) == _squeeze(row["sentence"]) else []
        for name in ("href", "popovertarget", "id"):
            found = RECORD.match(tag.get(name, ""))
            if found:
                row = self.records.get(found[1], {})
                return self.read_record(row) if name == "id" else _read_label(found[1], row)
        if tag.get("href", "").startswith("#text-"):
            return [doc_id for doc_id in self.documents if doc_id in tag.text]
        return None

    def find_record(self, tag):
        """Return the row of the card or popover that an element is in, or nothing."""
        ids = [RECORD.match(str(parent.get("id", ""))) for parent in tag.parents]
        return next((self.records.get(found[1]) for found in ids if found), None)

    def follow(self, expression):
        """Return what an expression names; nothing where it names no cell."""
        verb, *rest = expression.split()
        if verb == "sha256":
            base = self.folder if rest[0].startswith("tables/") else find_root()
            return [hashlib.sha256((base / rest[0]).read_bytes()).hexdigest()[:12]]
        if verb == "row":
            return self.read_record(self.records.get(rest[-1], {}))
        try:
            return [resolve(expression, self.folder)]
        except SourceError:
            return []

    def read_record(self, row):
        """Return what a record's card may say: its cells, and its text's key and date."""
        document = self.documents.get(row.get("doc_id"), {})
        return [*row.values(), *document.values()]

    def read_figure(self, name):
        """Return what a figure's words may say: its data, and counts of its rows."""
        notes = json.loads((self.folder / "figures" / f"{name}.json").read_text(encoding="utf-8"))
        tables = [notes["table"]["rows"]]
        # A figure may also speak of the rest of the table that it is drawn from.
        if (self.folder / "tables" / f"{name}.csv").is_file():
            tables.append(read_rows(self.folder, name))
        known = [number for rows in tables for number in _count_rows(rows)]
        return [*known, *(value for rows in tables for row in rows for value in row.values())]


def _count_rows(rows):
    """Return what can be counted of rows: all, those alike, different ones; and sums."""
    names = {name: None for row in rows for name in row}
    groups = [rows]
    for name in names:
        values = {str(row.get(name, "")) for row in rows}
        groups += [[row for row in rows if str(row.get(name, "")) == value] for value in values]
    counts = {len(group) for group in groups}
    counts |= {len({str(row.get(name)) for row in group}) for group in groups for name in names}
    sums = {sum(_read_float(str(row.get(name) or 0)) for row in rows) for name in names}
    return [*counts, *sums]


def _read_label(record_id, row):
    """Return what a link to a record may say: its id, its bounds, its words."""
    return [record_id, *(row.get(name) for name in ("low", "high", "quote", "direction"))]


def _squeeze(text):
    """Return a text's letters, however the page breaks or names what is between them."""
    return "".join(text.split())


def is_known(number, cells):
    """Tell whether a number stands in one of the cells, or is written in words of it."""
    word = number.group().lower()
    texts = [str(cell) for cell in cells if cell is not None]
    whole = re.compile(rf"(?<![\w,.]){re.escape(word)}(?![\w]|[,.]\d)")
    if any(whole.search(text.lower()) or word in _say_dates(text) for text in texts):
        return True
    if word in VAGUE:
        return _is_scale(word, texts)
    value = WORDS.get(word, _read_float(word.replace(",", "")))
    decimals = len(word.partition(".")[2])
    shown = value * _read_scale(number)
    near = 0.5000001 * 10**-decimals if decimals and shown == value else 1e-9
    return any(abs(_read_float(text) - shown) <= near for text in texts)


def _read_scale(number):
    """Return what the scale word behind a number, or behind the range it begins, stands for."""
    behind = number.string[number.end() :].replace("\u00a0", " ")
    named = re.match(r"(?:–[\d.,]+)? (million|billion|trillion)", behind)
    return SCALES[named[1]] if named else 1


def _say_dates(text):
    """Return the parts of the dates in a cell as they are written: day and year."""
    dates = re.findall(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text)
    return {part.lstrip("0") for date in dates for part in (date[0], date[2]) if part}


def _is_scale(word, texts):
    """Tell whether a scale word fits a bound of the record: millions where there are millions."""
    size = SCALES.get(word.rstrip("s"), 12)
    return any(_read_float(text) >= size for text in texts)


def _read_float(text):
    """Return a cell's number, or one that equals nothing."""
    try:
        return float(text)
    except ValueError:
        return float("nan")
