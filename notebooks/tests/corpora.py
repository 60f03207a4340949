"""Small archives for tests, in every form, and what comes of them."""

import json

import pyarrow
import pyarrow.parquet

from threatledger.archive import chunks, reading, running
from threatledger.archive.spec import read_spec
from threatledger.archive.store import Store
from threatledger.archive.working import TABLES

TEXT = (
    "In {month} 2019 the group held up to {number} fighters in Iraq, the UN said.\n\n"
    "Attacks in Syria fell. Some {other} people were displaced.\n"
)
MONTHS = ("March", "April", "May", "June")


def make_rows(count, first=0):
    """Return rows of an archive, each text another one."""
    return [
        {
            "id": f"t{place:04d}",
            "text": TEXT.format(month=MONTHS[place % 4], number=100 + place, other=3000 + place),
            "published": f"2020-0{1 + place % 9}-15",
            "publisher": f"Agency {place % 3}",
            "title": f"Story {place}",
        }
        for place in range(first, first + count)
    ]


def write_lines(path, rows):
    """Write rows as JSON Lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    path.write_text("".join(lines), encoding="utf-8")
    return path


def write_parquet(path, rows):
    """Write rows as Parquet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), path)
    return path


def make_small(monkeypatch):
    """Let parts be small, so that a few texts make several, and be read in this process."""
    monkeypatch.setattr(running, "FEW", 1000)
    monkeypatch.setattr(chunks, "LEAST", 2)
    monkeypatch.setattr(chunks, "EVERY", 4)
    monkeypatch.setattr(chunks, "MOST", 8)


def bring(path, edition="trial", columns=None, **options):
    """Read an archive; return for each part the bytes of its tables."""
    spec = read_spec({"path": str(path), "columns": columns or {}})
    keys = reading.bring_parts(spec, edition, **options)
    store = Store(edition)
    return [{table: store.locate(key, table).read_bytes() for table in TABLES} for key in keys]


def read_all(parts, table):
    """Return all rows of a table of parts as a list of dicts."""
    rows = []
    for part in parts:
        rows += pyarrow.parquet.read_table(pyarrow.BufferReader(part[table])).to_pylist()
    return rows
