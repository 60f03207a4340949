"""`make verify`: what it compares with, what it tells, and how it ends."""

import hashlib
import json
import re
import shutil
import subprocess
from base64 import b64encode
from pathlib import Path

import pytest
from conftest import NOTEBOOKS
from tiny import Tiny

from threatledger.__main__ import main
from threatledger.chain import commands
from threatledger.chain.graph import Project
from threatledger.chain.notebooks import ChainError
from threatledger.chain.verify import Reference, verify_edition
from threatledger.chain.verify_show import MOST_CHARACTERS, find_lines

OLD = '<svg xmlns="http://www.w3.org/2000/svg"><circle r="1"/></svg>'
NEW = OLD.replace('r="1"', 'r="2"')


def finish(edition, folder):
    (folder / "briefing.html").write_text("<p>a\n<p>b\n", encoding="utf-8")
    (folder / "tables/datapackage.json").write_text("{}", encoding="utf-8")
    (folder / "run.json").write_text(f"{id(folder)}", encoding="utf-8")


@pytest.fixture
def tiny(tmp_path):
    """A project of which the default edition has been made, and a figure that a notebook shows."""
    tiny = Tiny(tmp_path / "project")
    cells = [f'(here / "figures").mkdir(exist_ok=True)\nimage = {OLD!r}']
    for ending in (".svg", "-dark.svg", "-narrow.svg", "-narrow-dark.svg", ".json"):
        text = "image" if ending == ".svg" else repr(f"{{{ending}}}")
        cells.append(f'done = (here / "figures/a{ending}").write_text({text})')
    tiny.notebook("05-draw", "nothing", "`figures/a.svg`", cells)
    tiny.run(finish=finish)
    return tiny


def commit(tiny):
    """Commit what a project keeps of its default edition, then forget what make knows of it."""
    for command in (["init", "-q"], ["add", "notebooks", "data"], ["add", *list_kept(tiny)]):
        git(tiny, *command)
    git(tiny, "commit", "-q", "-m", "Keep")


def git(tiny, *arguments):
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", "-C", tiny.root, *who, *arguments], check=True, capture_output=True)


def list_kept(tiny):
    folder = tiny.project.reports / "default"
    return [folder / "checksums.txt", *folder.glob("tables/*")]


needs_git = pytest.mark.skipif(not shutil.which("git"), reason="git is not there")


def rebuild(tiny, spoil=None):
    """Return what rebuilds the project, and then changes something in what was made."""

    def make(project, editions):
        mine, tiny.project = tiny.project, Project(tiny.root, project.reports)
        try:
            tiny.run(*editions, finish=finish)
        finally:
            tiny.project = mine
        if spoil:
            spoil(project.reports / "default")
            write_checksums(project.reports / "default")

    return make


def write_checksums(folder):
    """List what is in a folder as the chain would."""
    old = folder / "checksums.txt"
    names = [line[66:] for line in old.read_text().splitlines()]
    names += [f"tables/{path.name}" for path in folder.glob("tables/new*")]
    lines = [
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n"
        for name in sorted(names)
        if (folder / name).is_file()
    ]
    old.write_text("".join(lines))


def test_the_same_bytes_are_told_in_a_sentence_and_nothing_is_left(
    tiny, capsys, tmp_path, monkeypatch
):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = {path: path.stat().st_mtime_ns for path in tiny.root.rglob("*")}
    assert verify_edition(tiny.project, rebuild(tiny)) == 0
    assert "files are the same, byte for byte" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["project"]
    assert before == {path: path.stat().st_mtime_ns for path in tiny.root.rglob("*")}


def change_table(folder):
    path = folder / "tables/claims.csv"
    path.write_text(path.read_text().replace("B", "C"))


def test_a_table_that_differs_is_named_with_its_first_differing_lines(tiny, capsys):
    assert verify_edition(tiny.project, rebuild(tiny, change_table)) == 1
    told = capsys.readouterr().out
    assert "tables/claims.csv: differs\n  line 3 was: B\n  line 3 is:  C\n" in told
    assert re.search(
        r"^1 of \d+ files differ from reports/default/checksums.txt as it is", told, re.M
    )
    kept = re.search(r"the rebuilt edition: (.*)", told)[1]
    assert "C" in Path(kept, "tables/claims.csv").read_text()
    shutil.rmtree(kept.removesuffix("/default"))


def change_figure(folder):
    (folder / "figures/a.svg").write_text(NEW)
    (folder / "figures/a-dark.svg").write_text(NEW)


def test_a_figure_that_differs_is_shown_beside_what_it_was(tiny, capsys):
    (tiny.project.reports / "default/figures/a-dark.svg").unlink()
    assert verify_edition(tiny.project, rebuild(tiny, change_figure)) == 1
    told = capsys.readouterr().out
    assert "figures/a-dark.svg: differs; of the committed one only the checksum is here" in told
    path = re.search(r"figures side by side: (.*)", told)[1]
    page = Path(path).read_text(encoding="utf-8")
    assert page.count("<img ") == 3
    assert "<figcaption>was: no copy is here" in page
    assert all(b64encode(image.encode()).decode() in page for image in (OLD, NEW))
    shutil.rmtree(path.removesuffix("/figures.html"))


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (
            lambda folder: (folder / "tables/list.csv").unlink(),
            "tables/list.csv: is no longer made",
        ),
        (lambda folder: (folder / "tables/new.csv").write_text(""), "new.csv: was not made before"),
    ],
)
def test_a_file_that_is_gone_or_new_is_a_difference(tiny, capsys, spoil, told):
    assert verify_edition(tiny.project, rebuild(tiny, spoil)) == 1
    out = capsys.readouterr().out
    assert told in out
    shutil.rmtree(re.search(r"the rebuilt edition: (.*)/default", out)[1])


@needs_git
def test_compared_is_with_the_commit_not_with_what_make_wrote_since(tiny, capsys):
    """Else who ran make report first would compare the machine with itself."""
    commit(tiny)
    tiny.put("data/texts.csv", "id\na\nz\n")
    tiny.run(finish=finish)
    assert verify_edition(tiny.project, rebuild(tiny)) == 1
    told = capsys.readouterr().out
    assert "tables/claims.csv: differs\n  line 3 was: B\n  line 3 is:  Z\n" in told
    assert "from reports/default/checksums.txt as last committed" in told
    assert "to be expected where these changed since the commit: data/texts.csv" in told
    shutil.rmtree(re.search(r"the rebuilt edition: (.*)/default", told)[1])


def test_without_a_repository_it_says_when_the_checksums_may_be_one_s_own(tiny, capsys):
    assert "where make report was run since" in Reference(tiny.project).origin
    (tiny.project.reports / "default/.chain.json").unlink()
    assert Reference(tiny.project).origin.endswith("as it is in the folder")


def test_without_checksums_nothing_is_compared(tiny, capsys):
    (tiny.project.reports / "default/checksums.txt").unlink()
    assert verify_edition(tiny.project, rebuild(tiny)) == 2
    assert "there is no reports/default/checksums.txt to compare with" in capsys.readouterr().err


def test_an_edition_that_cannot_be_rebuilt_is_no_difference(tiny, capsys, tmp_path, monkeypatch):
    def fail(project, editions):
        raise ChainError("02-claims stopped")

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert verify_edition(tiny.project, fail) == 2
    assert capsys.readouterr().err == "02-claims stopped\nnothing was compared\n"
    assert [path.name for path in tmp_path.iterdir()] == ["project"]


@pytest.mark.parametrize("status", [0, 1, 2])
def test_the_command_s_status_is_the_comparison_s(monkeypatch, status):
    given = []
    monkeypatch.setattr(
        "threatledger.chain.verify.verify_edition", lambda *values: given.append(values) or status
    )
    assert main(["verify"]) == status
    assert given[0][1] is commands.make_reports


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("a\n", "a", ["  line 2 was: ", "  line 2 is:  (no such line)"]),
        ("a\r\n", "a\n", ["  line 1 was: a\\r", "  line 1 is:  a"]),
        ("\x1b[31m", "b", ["  line 1 was: \\x1b[31m", "  line 1 is:  b"]),
        (b"\xff\x00", b"\xff", ["  2 bytes were, 1 bytes are"]),
    ],
)
def test_lines_are_shown_so_that_the_difference_can_be_seen(old, new, told):
    old, new = (value.encode() if isinstance(value, str) else value for value in (old, new))
    assert find_lines(old, new) == told


def test_long_and_many_lines_are_cut_around_the_difference():
    told = find_lines(b"x" * 9000 + b"1" + b"y" * 9000, b"x" * 9000 + b"2" + b"y" * 9000)
    assert "x1y" in told[0]
    assert "x2y" in told[1]
    assert max(map(len, told)) < MOST_CHARACTERS + 30
    told = find_lines(b"a\n" * 10, b"b\n" * 10)
    assert told[-1] == "  and 7 more lines"
    assert len(told) == 7


def test_executed_notebooks_and_figures_are_found_again_in_the_committed_notebooks(built, request):
    """So that a fresh clone, which has only their checksums, can still show what differs."""
    project = Project(NOTEBOOKS.parent, built)
    reference = Reference(project)
    folder = built / "default"
    listed = (folder / "checksums.txt").read_text().splitlines()
    reference.sums = {line[66:]: line[:64] for line in listed}
    reference._folder = folder / "nowhere"
    for name in ("executed/04-strength.ipynb", "figures/strength.svg"):
        content = (folder / name).read_bytes()
        spoilt = content
        if name.endswith(".ipynb"):
            executed = json.loads(content)
            executed["cells"][-1]["outputs"] = []
            spoilt = json.dumps(executed).encode()
        assert reference.read(name, spoilt) == content, "run make refresh, then make report"
