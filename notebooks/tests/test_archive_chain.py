import io
import os
import sys

import pytest
from tiny import Tiny

from threatledger.archive import progress as bars
from threatledger.archive.progress import Bar, describe_progress, read_progress
from threatledger.chain.editions import EditionError, read_edition
from threatledger.chain.notebooks import ChainError
from threatledger.chain.progress import Progress
from threatledger.corpus import CorpusError

# Writes a table as a folder of parts, one for each line of the data.
PARTS = """
folder = here / "tables/claims"
folder.mkdir(parents=True)
lines = (data / "texts.csv").read_text().split()
done = [(folder / f"part-{n:05d}.parquet").write_text(line) for n, line in enumerate(lines)]
"""
TABLES = "reports/default/tables"


@pytest.fixture
def tiny(tmp_path):
    """A project whose claims are a folder of parts."""
    project = Tiny(tmp_path)
    reads = "`tables/documents.csv`, `data/texts.csv`"
    project.notebook("02-claims", reads, "`tables/claims.csv`", [PARTS])
    return project


def test_a_table_may_be_a_folder_of_parts(tiny):
    assert len(tiny.run()) == 4
    assert tiny.run() == []
    listed = tiny.read("default/.chain.json")
    assert listed.count("tables/claims/part-0000") == 3
    assert "tables/claims.csv" not in listed


def test_a_part_that_is_gone_altered_or_too_many_is_noticed(tiny):
    tiny.run()
    part = tiny.root / TABLES / "claims/part-00001.parquet"
    part.unlink()
    assert tiny.run() == ["default/02-claims"]
    part.write_text("other")
    assert tiny.run() == ["default/02-claims"]
    (tiny.root / TABLES / "claims/part-00009.parquet").write_text("z")
    assert "default/04-briefing" in tiny.run(), "it reads one part more"


def test_parts_that_are_no_longer_made_go_with_their_folder(tiny):
    tiny.run()
    tiny.put("data/texts.csv", "id\n")
    tiny.run()
    assert len(list((tiny.root / TABLES / "claims").iterdir())) == 1
    csv = '(here / "tables/claims.csv").write_text("a")'
    tiny.notebook("02-claims", "`tables/documents.csv`", "`tables/claims.csv`", [csv])
    tiny.run()
    assert not (tiny.root / TABLES / "claims").exists()


def test_a_folder_without_a_part_is_no_table(tiny):
    tiny.notebook("02-claims", "`tables/documents.csv`", "`tables/claims.csv`",
                  ['(here / "tables/claims").mkdir(parents=True)'])  # fmt: skip
    with pytest.raises(ChainError, match="did not write tables/claims.csv"):
        tiny.run()


def test_parts_that_no_notebook_writes_are_refused(tiny):
    tiny.put(f"{TABLES}/others/part-00000.parquet", "x")
    with pytest.raises(ChainError, match="others/part-00000.parquet"):
        tiny.run(finish=lambda edition, folder: None)


def test_texts_stand_beside_the_documents(tiny):
    cell = PARTS.replace("claims", "documents") + PARTS.replace("claims", "texts")
    tiny.notebook("01-corpus", "`data/texts.csv`", "`tables/documents.csv`", [cell],
                  'as_of = "latest"')  # fmt: skip
    tiny.notebook("02-claims", "`tables/documents.csv`", "`tables/claims.csv`", [
        '(here / "tables/claims.csv").write_text(str(len(list((here / "tables").glob("*/*")))))'
    ])  # fmt: skip
    tiny.run()
    assert tiny.read("default/tables/claims.csv") == "6"
    (tiny.root / TABLES / "texts/part-00000.parquet").unlink()
    assert "default/01-corpus" in tiny.run()


def test_an_archive_is_known_by_names_sizes_and_times(tiny):
    archive = tiny.put("news/a.jsonl", '{"text": "a"}\n')
    tiny.notebook("01-corpus", "`data/texts.csv`", "`tables/documents.csv`",
                  ['(here / "tables").mkdir(parents=True, exist_ok=True)',
                   '(here / "tables/documents.csv").write_text(str(corpus))'],
                  'as_of = "latest"\ncorpus = {}')  # fmt: skip
    tiny.put("notebooks/editions/default.yml", "title: Now\ncorpus: {path: news}\n")
    assert len(tiny.run()) == 4
    assert "news" in tiny.read("default/tables/documents.csv")
    assert tiny.run() == []
    archive.write_text('{"text": "a"}\n{"text": "b"}\n')
    assert "default/01-corpus" in tiny.run()
    os.utime(archive, (1, 1))
    assert tiny.run() == ["default/01-corpus"]
    tiny.put("news/b.jsonl", "{}\n")
    assert "default/01-corpus" in tiny.run()
    for path in (tiny.root / "news").iterdir():
        path.unlink()
    with pytest.raises(CorpusError, match="news holds no file whose ending tells its form"):
        tiny.run()


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("corpus: news\n", "corpus: news is given where a mapping"),
        ("corpus: {pfad: news}\n", "line 2: corpus: there is no key pfad: use one of path"),
        ("corpus: {path: x, columns: {txt: t}}\n", "columns: there is no column txt"),
        ("scheduler: host:8786\n", "line 2: scheduler: 'host:8786' is no scheduler"),
    ],
)
def test_a_mistake_in_what_an_edition_says_of_its_archive(tmp_path, lines, told):
    (tmp_path / "now.yml").write_text(f"title: Now\n{lines}")
    with pytest.raises(EditionError, match=told):
        read_edition(tmp_path, "now")


def test_how_far_it_is_is_told_until_it_is_done(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("THREATLEDGER_REPORTS", str(tmp_path))
    monkeypatch.setattr(bars, "AT_ONCE", 0)
    monkeypatch.setattr(bars, "EVERY", 0)
    with Bar(100, "now") as bar:
        bar.pass_over(50)
        bar.add(20)
        assert read_progress(tmp_path)["now"].startswith("70 of 100 texts |##############")
    assert read_progress(tmp_path) == {}
    assert capsys.readouterr() == ("", ""), "nobody looks: nothing is printed"


def test_what_is_soon_done_shows_no_bar(tmp_path, monkeypatch):
    monkeypatch.setenv("THREATLEDGER_REPORTS", str(tmp_path))
    with Bar(100, "now") as bar:
        bar.add(70)
        assert read_progress(tmp_path) == {}


@pytest.mark.parametrize(("name", "shown"), [("", False), ("/home/a/01-corpus.ipynb", True)])
def test_a_notebook_shows_a_bar_to_a_person_and_keeps_none(tmp_path, monkeypatch, name, shown):
    monkeypatch.setenv("THREATLEDGER_REPORTS", str(tmp_path))
    monkeypatch.setenv("JPY_SESSION_NAME", name)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(bars, "AT_ONCE", 0)
    lines = []

    def show(_, bundle, raw):
        lines.append(bundle)

    handle = type("Handle", (), {"display": show, "update": show})
    monkeypatch.setattr("IPython.display.DisplayHandle", handle)
    with Bar(100, "now") as bar:
        bar.add(70)
    assert bool(lines) == shown
    assert not lines or lines[-1] == {"text/plain": ""}


def test_nothing_is_shown_in_ci(monkeypatch):
    monkeypatch.setenv("CI", "true")
    monkeypatch.setenv("JPY_SESSION_NAME", "01-corpus.ipynb")
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert bars._find_display() is None
    assert bars._find_terminal() is None


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


def test_the_terminal_shows_how_far_a_notebook_is(tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    bars.write_whole(tmp_path / bars.FOLDER / "now", "70 of 100 texts")
    for stream in (Terminal(), io.StringIO()):
        shown = Progress(stream, tmp_path)
        shown.start("01-corpus")
        assert (shown.refresh() is not None) == stream.isatty()
        assert ("running 01-corpus; 70 of 100 texts" in stream.getvalue()) == stream.isatty()


def test_where_the_number_of_texts_is_not_known_none_is_said():
    assert describe_progress(500, None, 10) == "500 texts, 50.00 texts/s"
    assert describe_progress(500, 400, 10).startswith("500 of 500")
