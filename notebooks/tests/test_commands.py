"""The command line: extract, clean, open, and what it says when it cannot."""

import json
import subprocess
import sys

import pytest
from conftest import NOTEBOOKS, hash_tree, run_chain_command
from tiny import Tiny

from threatledger.chain.commands import clean_reports, make_reports, open_page, publish_edition
from threatledger.chain.editions import EditionError
from threatledger.chain.notebooks import ChainError


def extract(folder, catalogue="id,file,published\na,a.txt,2023-03\n", *, text=b""):
    """Run ``extract`` over a folder of one text."""
    (folder / "texts").mkdir()
    (folder / "texts/a.txt").write_bytes(text)
    (folder / "list.csv").write_text(catalogue, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "threatledger", "extract", "--catalogue", folder / "list.csv"]
        + ["--texts", folder / "texts"],
        cwd=NOTEBOOKS,
        capture_output=True,
        check=False,
    )


def test_extract_prints_a_line_for_each_text_in_the_catalogue_s_order(tmp_path):
    catalogue = "published,id,file\n2023,z,a.txt\n2020-02-29,b,a.txt\n"
    text = "The group holds up to 7,000 fighters in Iraq, Müller said.\n".encode()
    done = extract(tmp_path, catalogue, text=text)
    assert done.returncode == 0, done.stderr
    first, second = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert [first["id"], second["id"]] == ["z", "b"]
    assert set(first) == {"id", "claims", "trends"}
    (claim,) = first["claims"]
    assert claim["high"] == 7000
    assert "7,000" in text.decode()[claim["start"] : claim["end"]]
    assert done.stderr == b""


def test_a_text_without_a_figure_is_an_empty_line(tmp_path):
    done = extract(tmp_path, text=b"Nothing was said of numbers.\n")
    assert json.loads(done.stdout) == {"id": "a", "claims": [], "trends": []}


@pytest.mark.parametrize(
    ("catalogue", "told"),
    [
        ("id,file,published\na,b.txt,2023\n", "'b.txt' is no file in texts/"),
        ("id,file,published\na,../list.csv,2023\n", "'../list.csv' lies outside texts/"),
        ("id,file,published\na,a.txt,2023-02-30\n", "is no date, month or year"),
        ("id,file,published\na,a.txt,2023\na,a.txt,2023\n", "stands in row 2 too"),
        ("id,file\na,a.txt\n", "there is no column published: add it"),
        ("", "is empty"),
    ],
)
def test_a_wrong_catalogue_prints_one_sentence_and_no_line(tmp_path, catalogue, told):
    done = extract(tmp_path, catalogue)
    assert done.returncode == 1
    assert done.stdout == b""
    (sentence,) = done.stderr.decode().splitlines()
    assert told in sentence


def test_a_reader_that_stops_reading_is_no_error(tmp_path):
    rows = "".join(f"a{number},a.txt,2023\n" for number in range(3000))
    extract(tmp_path, f"id,file,published\n{rows}")
    process = subprocess.Popen(
        [sys.executable, "-m", "threatledger", "extract", "--catalogue", "list.csv"]
        + ["--texts", "texts"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout.readline().startswith(b'{"id": "a0"')
    process.stdout.close()
    assert process.wait(timeout=30) == 1
    assert process.stderr.read() == b""
    process.stderr.close()


@pytest.fixture
def tiny(tmp_path):
    def finish(edition, folder):
        (folder / "briefing.html").write_text("")
        (folder / "tables/datapackage.json").write_text("{}")

    tiny = Tiny(tmp_path)
    tiny.run("default", "2020-03", finish=finish)
    return tiny


def test_clean_leaves_what_git_keeps_and_what_people_put_there(tiny, capsys):
    for name in ("reports/README.md", "reports/2020-03/my-notes.txt", "reports/mine/tables/a.csv"):
        tiny.put(name, "mine")
    tiny.put("reports/default/executed/02-claims.failed.ipynb", "{}")
    clean_reports(tiny.project)
    reports = tiny.project.reports
    left = {str(path.relative_to(reports)) for path in reports.rglob("*") if path.is_file()}
    tables = ("claims.csv", "documents.csv", "list.csv", "trends.csv", "datapackage.json")
    assert left == {
        "README.md",
        "2020-03/my-notes.txt",
        "mine/tables/a.csv",
        "default/checksums.txt",
        *(f"default/tables/{name}" for name in tables),
    }
    assert capsys.readouterr().out.splitlines() == [
        "reports/2020-03: removed 12 files, 1 stay (kept by git, or not made by make)",
        "reports/default: removed 7 files, 6 stay (kept by git, or not made by make)",
    ]
    clean_reports(tiny.project)
    assert "holds nothing that make wrote" in capsys.readouterr().out


def test_after_clean_everything_runs_again(tiny):
    clean_reports(tiny.project)
    assert len(tiny.run("default", "2020-03")) == 8


def test_open_says_what_to_do_when_there_is_no_page(tmp_path):
    tiny = Tiny(tmp_path)
    ran = run_chain_command("open", root=tiny.root, reports=tiny.project.reports)
    assert ran.returncode == 1
    assert ran.stderr == (
        "reports/default/briefing.html is not made yet: run make report EDITION=default\n"
    )


def test_an_unknown_edition_is_one_sentence(tmp_path):
    tiny = Tiny(tmp_path)
    ran = run_chain_command(
        "report", "--edition=deafult", root=tiny.root, reports=tiny.project.reports
    )
    assert ran.returncode == 1
    assert ran.stderr == (
        "there is no edition 'deafult' in notebooks/editions/: did you mean default?\n"
    )
    assert not tiny.project.reports.exists()


NAMES = ["../default", "../../etc", "/etc", "..", ".", "default/../default", "$(touch x)", "a\nb"]


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_an_edition_is_never_a_path(tiny, name):
    (tiny.root / "default").mkdir()
    before = hash_tree(tiny.root)
    for run in (publish_edition, open_page, lambda project, name: make_reports(project, [name])):
        with pytest.raises((EditionError, ChainError), match="there is no edition"):
            run(tiny.project, name)
    assert hash_tree(tiny.root) == before


def test_publish_keeps_the_ledger_as_it_is_and_nothing_half(tmp_path, capsys):
    project = Tiny(tmp_path).project
    made, kept = tmp_path / "reports/2020-03", tmp_path / "data/published/2020-03"
    names = ["tables/documents.csv", "tables/claims.csv", "tables/trends.csv", "checksums.txt"]
    for name in names:
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_bytes(f"{name}\r\n".encode())
    with pytest.raises(ChainError, match="withdrawn.csv is not made yet: run make report"):
        publish_edition(project, "2020-03")
    assert not kept.exists()
    (made / "tables/withdrawn.csv").write_bytes(b"id\n")
    publish_edition(project, "2020-03")
    assert {path.name for path in kept.iterdir()} == {
        *(name.removeprefix("tables/") for name in names),
        "withdrawn.csv",
    }
    assert (kept / "claims.csv").read_bytes() == b"tables/claims.csv\r\n"
    assert "data/published/2020-03" in capsys.readouterr().out
