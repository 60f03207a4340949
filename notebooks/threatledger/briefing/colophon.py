"""Close the page: how to cite the edition, its tables as files, and what it was made from."""

import re

from threatledger.briefing.grid import CSV, to_data
from threatledger.briefing.links import mark_source
from threatledger.briefing.markup import element, escape
from threatledger.briefing.numbers import SourceError, resolve
from threatledger.briefing.wording import say_count, say_date
from threatledger.codebook import find_root
from threatledger.files import hash_file

# Tables up to this many bytes are kept in the page itself; larger ones are files beside it, so that
# the page stays small enough to send.
LARGEST = 32_000
LOCK = "requirements.lock.txt"
# How much of a checksum is shown.
SHOWN = 12
# nbconvert sorts attributes.
LINK = re.compile(r'<a download="[^"]*" href="tables/([a-z-]+)\.csv">[^<]*</a>')
RATE = "share of annotated figures read right in every field: {}"
PARTS = " (Parquet, beside this page)"
PLACES = {True: "(in this page)", False: "(beside this page, in the folder tables)"}


def embed_tables(html, folder):
    """Put small tables into the page, and say for each where it is.

    Parameters
    ----------
    html : str
        With links to ``tables/NAME.csv``; the first to each table gets it.
    folder : pathlib.Path
        The edition's folder.

    Returns
    -------
    str
    """
    linked = set()
    return LINK.sub(lambda found: _link_table(found[1], folder, linked), html)


def _link_table(name, folder, linked):
    """Return the link to a table: to itself where it is small, else to its file."""
    anchor = f"csv-{name}"
    if name in linked:
        return element("a", f"{name}.csv", href=f"#{anchor}") + " (linked above)"
    linked.add(name)
    path = folder / "tables" / f"{name}.csv"
    if path.with_suffix("").is_dir():
        return element("a", f"tables/{name}/", href=f"tables/{name}/", id=anchor) + PARTS
    is_inside = path.is_file() and path.stat().st_size <= LARGEST
    address = to_data(CSV, path.read_bytes()) if is_inside else f"tables/{name}.csv"
    link = element("a", f"{name}.csv", href=address, download=f"{name}.csv", id=anchor)
    return f"{link} {PLACES[is_inside]}"


def describe_edition(folder):
    """Return what the end of the page says about an edition.

    Parameters
    ----------
    folder : pathlib.Path
        Its folder; a table that is not there is left unsaid.

    Returns
    -------
    dict of str to str
        HTML: ``citation`` and ``footer``.
    """
    counts = [_say_rows(folder, *pair) for pair in (("documents", "text"), ("claims", "figure"))]
    counts.append(_say_rows(folder, "trends", "direction", " of change"))
    date = _say_cell(folder, "As of {}", "edition", "as_of", "value")
    rate = _say_cell(folder, RATE, "quality", "all_fields", "value")
    footer = ["Threat Ledger", date, *counts, rate, _say_lock()]
    return {
        "citation": _write_citation(folder),
        "footer": " · ".join(filter(None, footer)),
    }


def _say_rows(folder, table, noun, more=""):
    """Return how many rows a table has, or nothing."""
    try:
        count = resolve(f"count {table}", folder)
    except SourceError:
        return ""
    return mark_source(say_count(count, noun) + more, "count", table)


def _say_cell(folder, words, *place):
    """Return a cell in words, or nothing."""
    try:
        value = resolve(" ".join(["cell", *place]), folder)
    except SourceError:
        return ""
    return mark_source(words.format(escape(say_date(value))), "cell", *place)


def _say_lock():
    """Return the checksum of the list of packages that the edition was made with."""
    digest = hash_file(find_root() / LOCK)
    if digest is None:
        return ""
    return "packages " + mark_source(element("code", digest[:SHOWN]), "sha256", LOCK)


def _write_citation(folder):
    """Return how to cite the edition: its title, date, and the checksum that names its contents."""
    title = _say_cell(folder, "{}", "edition", "title", "value").replace("&#x27;", "’")
    date = _say_cell(folder, "Edition as of {}", "edition", "as_of", "value")
    sums = [
        f"{name} " + mark_source(element("code", digest[:SHOWN]), "sha256", f"tables/{name}")
        for name in ("claims.csv", "trends.csv")
        if (digest := hash_file(folder / "tables" / name))
    ]
    ending = f"Checksums: {', '.join(sums)}" if sums else ""
    parts = [f"Threat Ledger: {title or 'briefing'}", date, ending]
    return ". ".join(filter(None, parts)) + "."


def list_tables(html, folder):
    """Return the list of the edition's tables that the page does not link yet.

    Parameters
    ----------
    html : str
        The page so far.
    folder : pathlib.Path
        The edition's folder.

    Returns
    -------
    str
        HTML with links as `embed_tables` reads them.
    """
    linked = set(LINK.findall(html))
    tables = folder / "tables"
    found = {path.parent.name for path in tables.glob("[a-z]*/part-*.parquet")}
    found |= {path.stem for path in tables.glob("*.csv")}
    names = sorted(found - linked)
    links = [
        element("a", f"{name}.csv", download=f"{name}.csv", href=f"tables/{name}.csv")
        for name in names
    ]
    return element("ul", "".join(element("li", link) for link in links), cls="downloads")
