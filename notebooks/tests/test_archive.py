import functools
import gc
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from corpora import bring, make_rows, make_small, read_all, write_lines, write_parquet

from threatledger.archive import code, reading, running
from threatledger.archive.chunks import split_chunks
from threatledger.archive.entries import make_entry
from threatledger.archive.store import FOLDER, Store
from threatledger.archive.working import work
from threatledger.corpus import CorpusError

ROWS = make_rows(40)


@pytest.fixture(autouse=True)
def reports(tmp_path, monkeypatch):
    """Path of a reports folder of the test's own."""
    monkeypatch.setenv("THREATLEDGER_REPORTS", str(tmp_path / "reports"))
    make_small(monkeypatch)
    return tmp_path / "reports"


@pytest.fixture
def read(monkeypatch):
    """The ids of the texts that were read, not taken over."""
    ids = []

    def note(entries, rules, key):
        ids.extend(entry.doc_id for entry in entries)
        return work(entries, rules, key)

    monkeypatch.setattr(reading, "work", note)
    return ids


def chunk(rows):
    entries = [make_entry(dict(row), "a", row["id"], {}) for row in rows]
    return list(split_chunks(entries, []))


def test_every_text_is_in_one_part_and_in_order():
    found = [entry.doc_id for part in chunk(ROWS) for entry in part.entries]
    assert found == [row["id"] for row in ROWS]
    assert all(len(part.entries) <= 8 for part in chunk(ROWS))
    assert len(chunk(ROWS)) > 5


@pytest.mark.parametrize("place", [0, 7, 20, 40])
def test_a_text_put_between_others_changes_the_parts_near_it_alone(place):
    before = {part.key for part in chunk(ROWS)}
    after = {part.key for part in chunk([*ROWS[:place], *make_rows(1, 900), *ROWS[place:]])}
    assert len(after - before) <= 3
    assert len(before & after) >= len(before) - 3


def test_a_part_holds_no_more_than_so_many_bytes(monkeypatch):
    monkeypatch.setattr("threatledger.archive.chunks.MOST_BYTES", 300)
    for part in chunk(ROWS):
        assert sum(len(entry.raw) for entry in part.entries) <= 300


def test_nothing_is_read_twice(tmp_path, read):
    path = write_lines(tmp_path / "a.jsonl", ROWS)
    first = bring(path)
    assert read == [row["id"] for row in ROWS]
    read.clear()
    assert bring(path) == first
    # Another form of the same texts is another corpus: the file is named in the documents.
    assert read == []


@pytest.mark.parametrize("places", [[0], [17], [40], [3, 18, 40]])
def test_only_texts_that_are_new_are_read(tmp_path, read, places):
    bring(write_lines(tmp_path / "a.jsonl", ROWS))
    read.clear()
    rows, new = list(ROWS), make_rows(3, 900)
    for place, row in zip(reversed(places), new, strict=False):
        rows.insert(place, row)
    path = write_lines(tmp_path / "a.jsonl", rows)
    added = bring(path)
    assert sorted(read) == [row["id"] for row in new[: len(places)]]
    assert added == bring(path, edition="anew"), "as if all had been read at once"


def test_a_file_put_beside_others_costs_its_own_texts(tmp_path, read):
    write_parquet(tmp_path / "archive/b.parquet", ROWS)
    bring(tmp_path / "archive")
    read.clear()
    write_parquet(tmp_path / "archive/a.parquet", make_rows(5, 900))
    added = bring(tmp_path / "archive")
    assert read == [row["id"] for row in make_rows(5, 900)]
    assert added == bring(tmp_path / "archive", edition="anew")


def test_a_text_that_was_changed_or_dated_anew_is_read_again(tmp_path, read):
    bring(write_lines(tmp_path / "a.jsonl", ROWS))
    read.clear()
    rows = [dict(row) for row in ROWS]
    rows[5]["text"] += "Another 77 people left.\n"
    rows[30]["published"] = "2021-01-01"
    parts = bring(write_lines(tmp_path / "a.jsonl", rows))
    assert read == ["t0005", "t0030"]
    assert "77" in [row["quote"] for row in read_all(parts, "claims")]


def test_another_last_day_reads_only_what_was_left_out_before(tmp_path, read):
    path = write_lines(tmp_path / "a.jsonl", ROWS)
    bring(path, cut="2020-06-30")
    before = len(read_all(bring(path, cut="2020-06-30"), "documents"))
    read.clear()
    later = bring(path, cut="2020-07-31")
    assert later == bring(path, edition="anew", cut="2020-07-31")
    assert len(read_all(later, "documents")) > before


def test_what_other_code_found_is_never_taken_over(tmp_path, read, monkeypatch):
    path = write_lines(tmp_path / "a.jsonl", ROWS)
    bring(path)
    read.clear()
    monkeypatch.setattr(code, "LOADED", [["extraction/claims.py", "0"]])
    code.sum_up_code.cache_clear()
    bring(path)
    code.sum_up_code.cache_clear()
    assert len(read) == len(ROWS)


def test_a_damaged_part_is_read_again_and_no_other(tmp_path, read):
    path = write_lines(tmp_path / "a.jsonl", ROWS)
    first = bring(path)
    keys = Store("trial").list_keys()
    read.clear()
    file = Store("trial").locate(keys[0], "claims")
    file.write_bytes(file.read_bytes()[:-9])
    assert bring(path) == first
    assert 0 < len(read) <= 8


def test_an_edition_of_the_catalogue_needs_no_cluster_and_no_archive():
    names = "import sys, threatledger.intake; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", names], capture_output=True, text=True, check=True)
    assert not {"dask", "distributed", "fsspec"} & set(done.stdout.split())


def test_parts_that_are_no_longer_wanted_are_removed(tmp_path, reports):
    bring(write_lines(tmp_path / "a.jsonl", ROWS))
    left = reports / FOLDER / "trial/0123.99.part"
    left.mkdir()
    bring(write_lines(tmp_path / "a.jsonl", ROWS[:4]))
    assert len(list((reports / FOLDER / "trial").iterdir())) == len(chunk(ROWS[:4]))


# Reads an archive and is killed when so many parts are kept, half-way into the next.
KILLED = """
import os, signal, sys
sys.path[:0] = sys.argv[3:]
from corpora import make_small, bring
import pytest
from threatledger.archive import store
from threatledger import files

kept, write = [], files.write_whole

def note(path, content):
    kept.append(path)
    if len(kept) > int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
    write(path, content)

store.write_whole = note
make_small(pytest.MonkeyPatch())
bring(sys.argv[1])
"""


@pytest.mark.parametrize("files", [3, 20, 43])
def test_a_killed_run_goes_on_where_it_stopped(tmp_path, read, reports, files):
    path = write_lines(tmp_path / "a.jsonl", ROWS)
    here = Path(__file__).resolve()
    folders = [str(here.parent), str(here.parents[1])]
    command = [sys.executable, "-c", KILLED, str(path), str(files), *folders]
    done = subprocess.run(command, check=False, env=os.environ)
    assert done.returncode == -signal.SIGKILL
    kept = Store("trial").list_keys()
    assert len(kept) == files // 8
    assert list((reports / FOLDER / "trial").glob("*.part")), "it was killed in the middle of one"
    resumed = bring(path)
    assert len(read) == len(ROWS) - sum(len(p.entries) for p in chunk(ROWS)[: len(kept)])
    assert resumed == bring(path, edition="anew")
    assert not list((reports / FOLDER / "trial").glob("*.part"))


def test_processes_find_the_same_and_none_is_left(tmp_path, monkeypatch):
    path = write_lines(tmp_path / "a.jsonl", ROWS)
    alone = bring(path, edition="alone")
    monkeypatch.setattr(running, "FEW", 1)
    import psutil

    before = set(psutil.Process().children(recursive=True))
    assert bring(path) == alone
    after = set(psutil.Process().children(recursive=True)) - before
    assert [child for child in after if "worker" in " ".join(child.cmdline())] == []


def test_what_was_sent_to_processes_is_not_held(monkeypatch):
    """Dask keeps its last thousand messages unless it is told not to, with the texts in them."""
    from distributed.protocol.serialize import Serialized

    monkeypatch.setattr(running, "FEW", 1)
    calls = ((number, functools.partial(len, bytes([number]) * 200_000)) for number in range(40))
    held = []
    for _ in running.run_calls(calls):
        gc.collect()
        held.append(sum(isinstance(item, Serialized) for item in gc.get_objects()))
    assert len(held) == 40
    assert max(held[20:]) <= 2 * (running.AHEAD * os.cpu_count() + running.SPARE)


@pytest.mark.parametrize(
    ("scheduler", "told"),
    [
        ("processes", "is no scheduler: write local"),
        ("tcp://127.0.0.1:9", "no Dask scheduler answers at tcp://127.0.0.1:9"),
    ],
)
def test_a_scheduler_that_is_not_there_is_told(tmp_path, monkeypatch, scheduler, told):
    monkeypatch.setattr(running, "PATIENCE", 0.5)
    with pytest.raises(CorpusError, match=told):
        bring(write_lines(tmp_path / "a.jsonl", ROWS), scheduler=scheduler)
