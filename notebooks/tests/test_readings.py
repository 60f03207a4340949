"""Readings kept by content: the same with and without, and never from damage or other code."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from threatledger import kept as kept_module
from threatledger import ledger, readings
from threatledger.codebook import find_root
from threatledger.corpus import find_texts, read_catalogue, read_text
from threatledger.extraction import extract
from threatledger.extraction.segments import read_passages
from threatledger.kept import FOLDER, MOST_STATES

TEXT = "In 2019 the group held up to 700 fighters in Iraq. Attacks fell.\n\nShare this article\n"


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """Path of an empty folder of kept readings, of code that is loaded as it is on disk."""
    monkeypatch.setenv("THREATLEDGER_REPORTS", str(tmp_path))
    monkeypatch.setattr(readings.STORE, "loaded", readings.STORE.sum_up())
    return tmp_path / FOLDER / "readings"


@pytest.fixture
def counted(monkeypatch):
    """The texts that were extracted, not read back."""
    texts = []

    def count(text, published=None):
        texts.append(text)
        return extract(text, published)

    monkeypatch.setattr(readings, "extract", count)
    return texts


def test_a_text_is_read_once_and_a_new_one_costs_one(kept, counted):
    for text in (TEXT, TEXT, TEXT + "Some 40 camps were seen.\n", TEXT):
        assert readings.find_records(text, "2020") == extract(text, "2020")
    assert counted == [TEXT, TEXT + "Some 40 camps were seen.\n"]


def test_when_a_text_was_published_is_part_of_it(kept, counted):
    text = "Last year 300 people were killed."
    for published in ("2020", "2021", "2020"):
        assert readings.find_records(text, published) == extract(text, published)
    assert len(counted) == 2


def test_passages_come_back_as_they_were(kept):
    codebook = readings.read_codebook()
    text = TEXT + "\n" + TEXT
    for _ in range(2):
        assert readings.split_text(text) == read_passages(text, codebook)
    assert any(passage.of for passage in readings.split_text(text)), "a repeat is among them"


def test_tables_are_the_same_bytes_with_and_without(kept, monkeypatch):
    catalogue, folder = find_texts()
    rows = read_catalogue(catalogue, folder)

    def tabulate():
        frames = [ledger.tabulate_passages(rows, folder), ledger.tabulate_sentences(rows, folder)]
        return [frame.to_csv() for frame in (*frames, *ledger.tabulate_findings(rows, folder))]

    cold, warm = tabulate(), tabulate()
    assert kept.is_dir()
    monkeypatch.setattr(readings.STORE, "loaded", None)
    assert cold == warm == tabulate()
    row = rows[0]
    found = extract(read_text(row, folder), published=row["published"])
    assert len(found.claims) == sum(f",{row['id']}," in line for line in cold[2].splitlines())


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: b"",
        lambda content: content[:-3],
        lambda content: content.replace(b"700", b"900"),
        lambda content: b"\xff\xfe" + content,
        lambda content: b"[]",
    ],
)
def test_a_damaged_reading_is_made_again(kept, counted, spoil):
    readings.find_records(TEXT, "2020")
    (path,) = kept.rglob("*.json")
    whole = path.read_bytes()
    path.write_bytes(spoil(whole))
    assert path.read_bytes() != whole
    assert readings.find_records(TEXT, "2020") == extract(TEXT, "2020")
    assert len(counted) == 2
    assert path.read_bytes() == whole


def test_what_other_code_found_is_not_used_nor_passed_on(kept, counted, monkeypatch):
    """A file was edited while a notebook is open: on disk there is other code than is running."""
    readings.find_records(TEXT, "2020")
    monkeypatch.setattr(readings.STORE, "sum_up", lambda: "edited")
    before = sorted(kept.rglob("*"))
    readings.find_records(TEXT, "2020")
    assert len(counted) == 2
    assert sorted(kept.rglob("*")) == before


def test_code_edited_during_a_reading_keeps_nothing(kept, monkeypatch):
    states = iter([readings.STORE.loaded, "edited"])
    monkeypatch.setattr(readings.STORE, "sum_up", lambda: next(states))
    assert readings.find_records(TEXT, "2020").claims
    assert not list(kept.rglob("*.json"))


def test_after_an_import_by_others_nothing_is_kept():
    """How old the code is that they imported cannot be told."""
    code = "from threatledger import {}, readings; print(readings.STORE.loaded)"
    for first, is_known in (("files", True), ("extract", False)):
        done = subprocess.run(
            [sys.executable, "-c", code.format(first)], capture_output=True, text=True, check=True
        )
        assert (done.stdout.strip() != "None") == is_known


@pytest.mark.parametrize("module", ["ledger", "quality"])
def test_those_who_read_texts_have_readings_kept(module):
    code = f"import threatledger.{module}, threatledger.readings as r; print(r.STORE.loaded)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert len(done.stdout.strip()) == 64


def test_all_code_that_decides_a_reading_is_summed_up():
    code = (
        "import sys; from threatledger.extraction import extract; extract('Some 500 fell.');"
        "print(*(m.__file__ for n, m in sys.modules.items() if n.startswith('threatledger')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    package = f"{find_root()}/notebooks/threatledger/"
    names = {path.removeprefix(package) for path in done.stdout.split()} - {"__init__.py"}
    assert [name for name in names if not name.startswith(readings.CODE)] == []


def test_a_changed_codebook_is_another_state(tmp_path, monkeypatch):
    root = tmp_path / "project"
    (root / "data/codebook").mkdir(parents=True)
    (root / "notebooks/threatledger/extraction").mkdir(parents=True)
    monkeypatch.setattr(kept_module, "find_root", lambda: root)
    sums = set()
    for name in ("data/codebook/places.csv", "notebooks/threatledger/extraction/places.py"):
        for text in ("a", "b"):
            (root / name).write_text(text)
            sums.add(readings.STORE.sum_up())
    assert len(sums) == 4
    (root / "notebooks/threatledger/tables.py").write_text("c")
    assert readings.STORE.sum_up() in sums


def test_two_at_once_read_a_text_once(kept, counted):
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: readings.find_records(TEXT, "2020"), range(8)))
    assert all(one == extract(TEXT, "2020") for one in found)
    assert counted == [TEXT]
    assert not list(kept.rglob("*.part"))


@pytest.mark.parametrize("make", ["file", "folder of no one"])
def test_where_nothing_can_be_kept_texts_are_read_each_time(kept, counted, make):
    kept.parent.mkdir(parents=True)
    if make == "file":
        kept.write_text("in the way")
    else:
        kept.symlink_to("/proc/1/nowhere")
    for _ in range(2):
        assert readings.find_records(TEXT, "2020") == extract(TEXT, "2020")
    assert len(counted) == 2


def test_states_long_unused_are_removed(kept, monkeypatch):
    for state in range(9):
        monkeypatch.setattr(readings.STORE, "loaded", f"{state}" * 16)
        monkeypatch.setattr(readings.STORE, "sum_up", lambda: readings.STORE.loaded)
        readings.find_records(TEXT, "2020")
    assert len(list(kept.iterdir())) == MOST_STATES
    assert json.loads(next((kept / ("8" * 16)).glob("*.json")).read_text().partition("\n")[2])
