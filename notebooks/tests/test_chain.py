"""The chain: what runs, what does not, and what is left when a notebook fails.

Most tests run the cells in this process; those below "kernels" use papermill and real kernels.
"""

import fcntl
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time

import psutil
import pytest
from conftest import NOTEBOOKS, run_chain_command
from tiny import Tiny, copy, write

from threatledger.chain.editions import EditionError
from threatledger.chain.jobs import PLAIN_ERRORS
from threatledger.chain.notebooks import ChainError

ALL = ["default/01-corpus", "default/02-claims", "default/03-trends", "default/04-briefing"]


@pytest.fixture
def tiny(tmp_path):
    return Tiny(tmp_path)


def finish(edition, folder):
    """Stand in for the page: what it shows, and a description of the tables."""
    (folder / "briefing.html").write_text(f"<title>{edition}</title>", encoding="utf-8")
    (folder / "tables/datapackage.json").write_text("{}", encoding="utf-8")


# --- what runs -----------------------------------------------------------------------------------


def test_all_run_once_and_then_none(tiny):
    assert tiny.run() == ALL
    assert tiny.read("default/tables/claims.csv") == "ID\nA\nB\n2023-03-31"
    assert tiny.read("default/tables/list.csv") == "claims.csv documents.csv trends.csv"
    assert tiny.run() == []


def test_touched_files_run_nothing(tiny):
    tiny.run()
    for path in tiny.root.rglob("*"):
        os.utime(path)
    assert tiny.run() == []


def test_stored_outputs_and_counts_run_nothing(tiny):
    tiny.run()
    path = tiny.root / "notebooks/02-claims.ipynb"
    content = json.loads(path.read_text())
    content["cells"][-1] |= {"execution_count": 3, "outputs": [{"output_type": "stream"}]}
    content["metadata"]["language_info"] = {"name": "python", "version": "3.13"}
    path.write_text(json.dumps(content))
    assert tiny.run() == []


def test_changed_data_runs_what_reads_it_and_what_changes_by_it(tiny):
    tiny.run()
    tiny.put("data/texts.csv", "id\na\nb\nc\n")
    # The trends do not show the texts, so the briefing is the same as before but must be made.
    assert tiny.run() == ALL


def test_a_change_that_alters_no_table_stops_there(tiny):
    tiny.run()
    same = [write("documents", '"" + (data / "texts.csv").read_text() + as_of')]
    parameters = 'as_of = "latest"  # a date\nplaces = ["IRQ"]  # ISO codes'
    tiny.notebook("01-corpus", "`data/texts.csv`", "`tables/documents.csv`", same, parameters)
    assert tiny.run() == ["default/01-corpus"]


def test_one_changed_notebook_runs_with_what_needs_it(tiny):
    tiny.run()
    cells = [write("trends", "str(least + 1)")]
    tiny.notebook("03-trends", "`tables/documents.csv`", "`tables/trends.csv`", cells, "least = 1")
    assert tiny.run() == ["default/03-trends", "default/04-briefing"]


def test_a_changed_parameter_runs_the_notebook_that_takes_it(tiny):
    tiny.run()
    text = "title: Now\nparameters:\n  as_of: 2023-03-31\nnotebooks:\n  03-trends:\n    least: 5\n"
    tiny.put("notebooks/editions/default.yml", text)
    assert tiny.run() == ["default/03-trends", "default/04-briefing"]
    assert tiny.read("default/tables/trends.csv") == "5"


@pytest.mark.parametrize("name", ["notebooks/threatledger/counting.py", "requirements.lock.txt"])
def test_changed_code_or_packages_run_everything(tiny, name):
    tiny.run()
    tiny.put(name, "# other\n")
    assert [name for name in tiny.run() if "briefing" not in name] == ALL[:3]


@pytest.mark.parametrize("spoil", [lambda path: path.unlink(), lambda path: path.write_text("0")])
def test_an_output_that_is_gone_or_altered_is_made_again(tiny, spoil):
    tiny.run()
    spoil(tiny.project.reports / "default/tables/claims.csv")
    assert tiny.run() == ["default/02-claims"]
    assert tiny.read("default/tables/claims.csv") == "ID\nA\nB\n2023-03-31"


@pytest.mark.parametrize("record", ["", "{}", '{"runs": {"01-corpus": 3}}', "[]", "\x00"])
def test_a_record_that_cannot_be_read_is_no_record(tiny, record):
    tiny.run()
    (tiny.project.reports / "default/.chain.json").write_text(record)
    assert tiny.run() == ALL


def test_each_edition_has_its_own_tables(tiny):
    assert len(tiny.run("default", "2020-03")) == 8
    assert tiny.read("2020-03/tables/claims.csv") == "ID\nA\nB\n2020-03"
    assert tiny.read("default/tables/claims.csv") == "ID\nA\nB\n2023-03-31"
    assert tiny.run("2020-03") == []


def test_of_the_previous_edition_only_what_is_compared_with_is_made(tiny):
    tiny.put("notebooks/editions/default.yml", "title: Now\nprevious: 2020-03\n")
    reads = "`tables/claims.csv`, `reports/{previous}/tables/claims.csv`"
    before = (
        'here.parent.joinpath(previous, "tables/claims.csv").read_text() if previous else "none"'
    )
    cells = [write("changes", before)]
    tiny.notebook("05-changes", reads, "`tables/changes.csv`", cells, 'previous = ""')
    before = ["2020-03/01-corpus", "2020-03/02-claims"]
    assert tiny.run() == [*before, *ALL, "default/05-changes"]
    assert tiny.read("default/tables/changes.csv") == "ID\nA\nB\n2020-03"
    # The earlier edition compares with none, and takes over what is made already.
    assert "2020-03/01-corpus" not in tiny.run("2020-03")
    assert tiny.read("2020-03/tables/changes.csv") == "none"


def test_a_notebook_that_left_the_chain_leaves_no_table(tiny):
    tiny.notebook("05-more", "nothing", "`tables/more.csv`", [write("more", '"x"')])
    tiny.run()
    (tiny.root / "notebooks/05-more.ipynb").unlink()
    assert tiny.run(finish=finish) == ["default/04-briefing"]
    assert not tiny.has("default/tables/more.csv")
    assert not tiny.has("default/executed/05-more.ipynb")


# --- what fails ----------------------------------------------------------------------------------


def test_a_failed_notebook_leaves_nothing_that_looks_up_to_date(tiny):
    tiny.run(finish=finish)
    reads, writes = "`tables/documents.csv`", "`tables/claims.csv`"
    tiny.notebook("02-claims", reads, writes, [copy("documents", "claims"), "1 / 0  # oh"])
    with pytest.raises(ChainError) as told:
        tiny.run(finish=finish)
    assert str(told.value).splitlines() == [
        "02-claims stopped in code cell 4: 1 / 0  # oh",
        "    ZeroDivisionError: division by zero",
        "  The broken copy is reports/default/executed/02-claims.failed.ipynb; what needs it was "
        "not run.",
    ]
    assert tiny.ran == ["default/02-claims"]
    for gone in ("tables/claims.csv", "executed/02-claims.ipynb", "briefing.html", "checksums.txt"):
        assert not tiny.has(f"default/{gone}")
    # Not mended: it fails again, and does not pass for done.
    with pytest.raises(ChainError):
        tiny.run(finish=finish)
    tiny.notebook("02-claims", reads, writes, [copy("documents", "claims")])
    # Mended to the same table: what needs it is still true.
    assert tiny.run(finish=finish) == ["default/02-claims"]
    assert tiny.has("default/briefing.html")
    assert not tiny.has("default/executed/02-claims.failed.ipynb")


def test_after_a_failure_nothing_more_is_started(tiny):
    tiny.notebook(
        "01-corpus", "nothing", "`tables/documents.csv`", ["raise ValueError"], "as_of = ''"
    )
    with pytest.raises(ChainError, match="01-corpus stopped in code cell 3"):
        tiny.run()
    assert tiny.ran == ["default/01-corpus"]


def test_a_notebook_must_write_what_it_says(tiny):
    tiny.notebook("02-claims", "`tables/documents.csv`", "`tables/claims.csv`", ["pass"])
    with pytest.raises(ChainError, match=r"did not write tables/claims\.csv"):
        tiny.run()
    assert not tiny.has("default/executed/02-claims.ipynb")


def test_a_figure_is_three_files(tiny):
    cells = ['(here / "figures").mkdir()', '(here / "figures/a.svg").write_text("")']
    tiny.notebook("05-draw", "nothing", "`figures/a.svg`", cells)
    with pytest.raises(ChainError, match=r"did not write figures/a-dark\.svg"):
        tiny.run()


def test_a_notebook_may_write_only_what_it_says(tiny):
    cells = [copy("documents", "claims"), write("more", '"x"')]
    tiny.notebook("02-claims", "`tables/documents.csv`", "`tables/claims.csv`", cells)
    for _ in range(2):
        with pytest.raises(ChainError, match=r"no notebook says that it writes .*more\.csv"):
            tiny.run(finish=finish)
        assert not tiny.has("default/briefing.html")


@pytest.mark.parametrize(
    ("reads", "writes", "sentence"),
    [
        ("`tables/claim.csv`", "`tables/x.csv`", "did you mean tables/claims.csv?"),
        ("`data/none.csv`", "`tables/x.csv`", "data/none.csv, which is not there"),
        ("`data/none/`", "`tables/x.csv`", "data/none/, which is not there"),
        ("`claims.csv`", "`tables/x.csv`", "begin the name with its folder"),
        ("`data/../../secret.csv`", "`tables/x.csv`", "begin the name with its folder"),
        ("`tables/claims.csv`", "`data/texts.csv`", "begin the name with its folder"),
        ("`tables/claims.csv`", "`tables/`", "name each file written"),
        ("`tables/x.csv`", "`tables/x.csv`", "wait for each other: 05-more → 05-more"),
        ("nothing", "`tables/claims.csv`", "which 02-claims writes too"),
    ],
)
def test_what_a_first_cell_may_not_say(tiny, reads, writes, sentence):
    tiny.notebook("05-more", reads, writes, [])
    with pytest.raises(ChainError) as told:
        tiny.run()
    assert sentence in str(told.value)
    assert "05-more" in str(told.value)
    assert tiny.ran == []


def test_notebooks_that_wait_for_each_other(tiny):
    tiny.notebook("05-hen", "`tables/egg.csv`", "`tables/hen.csv`", [])
    tiny.notebook("06-egg", "`tables/hen.csv`", "`tables/egg.csv`", [])
    with pytest.raises(ChainError, match=r"05-hen → 06-egg → 05-hen|06-egg → 05-hen → 06-egg"):
        tiny.run()


def test_column_names_in_a_first_cell_are_no_files(tiny):
    tiny.notebook("05-more", "`tables/claims.csv`, by `claim_id`", "nothing", [])
    assert "default/05-more" in tiny.run()


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"cells": [{}]}'])
def test_a_file_that_is_no_notebook(tiny, text):
    tiny.put("notebooks/05-more.ipynb", text)
    with pytest.raises(ChainError, match=r"notebooks/05-more\.ipynb is not a notebook"):
        tiny.run()


def test_while_a_notebook_runs_no_old_page_is_there(tiny):
    tiny.put("notebooks/editions/default.yml", "title: Now\nprevious: 2020-03\n")
    reads = "`reports/{previous}/tables/claims.csv`"
    tiny.notebook("05-changes", reads, "nothing", [])
    tiny.run("default", "2020-03", finish=finish)
    seen = 'seen = here.parent.joinpath("default/briefing.html").exists()\nassert not seen, "old"'
    cells = [copy("documents", "claims"), seen]
    tiny.notebook("02-claims", "`tables/documents.csv`", "`tables/claims.csv`", cells)
    assert "2020-03/02-claims" in tiny.run("2020-03", "default", finish=finish)


# --- the page ------------------------------------------------------------------------------------


def test_the_page_is_made_once_and_when_anything_changes(tiny):
    made = []

    def note(edition, folder):
        made.append(edition)
        finish(edition, folder)

    for _ in range(2):
        tiny.run(finish=note)
    assert made == ["default"]
    tiny.put("notebooks/threatledger/briefing/template/page.css", "a {}")
    assert tiny.run(finish=note) == []
    assert len(made) == 2
    (tiny.project.reports / "default/briefing.html").unlink()
    tiny.run(finish=note)
    assert len(made) == 3
    tiny.put("data/texts.csv", "id\n")
    tiny.run(finish=note)
    assert len(made) == 4


def test_checksums_name_every_file_made(tiny):
    tiny.run(finish=finish)
    folder = tiny.project.reports / "default"
    made = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    lines = tiny.read("default/checksums.txt").splitlines()
    assert {line.split("  ")[1] for line in lines} == made - {".chain.json", "checksums.txt"}
    checked = subprocess.run(["sha256sum", "--check", "--quiet", "checksums.txt"], cwd=folder)
    assert checked.returncode == 0


def test_a_page_that_fails_leaves_none(tiny):
    def fail(edition, folder):
        finish(edition, folder)
        raise OSError("disk full")

    tiny.run(finish=finish)
    tiny.put("data/texts.csv", "id\n")
    with pytest.raises(OSError, match="disk full"):
        tiny.run(finish=fail)
    assert not tiny.has("default/briefing.html")


# --- two runs at once ----------------------------------------------------------------------------


def test_a_second_run_waits_for_the_first(tiny):
    tiny.project.reports.mkdir()
    with open(tiny.project.reports / ".lock", "wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        second = threading.Thread(target=tiny.run)
        second.start()
        second.join(0.3)
        assert second.is_alive()
        assert not tiny.has("default/tables/documents.csv")
    second.join(10)
    assert tiny.ran == ALL
    assert "waiting for another run" in tiny.printed


# --- kernels -------------------------------------------------------------------------------------


def report(tiny, *arguments):
    """Run ``report`` with real kernels."""
    return run_chain_command(
        "report", *arguments, root=tiny.root, reports=tiny.project.reports, timeout=120
    )


@pytest.fixture
def pair(tmp_path):
    """A project of two notebooks, without a page."""
    tiny = Tiny(tmp_path)
    for name in ("03-trends", "04-briefing"):
        (tiny.root / f"notebooks/{name}.ipynb").unlink()
    return tiny


def test_papermill_runs_the_chain_and_says_how_long_each_took(pair):
    ran = report(pair)
    assert ran.returncode == 0, ran.stderr
    first, second, total = ran.stdout.splitlines()
    assert first.split()[0] == "01-corpus"
    assert first.split()[2] == "s"
    assert second.split()[0] == "02-claims"
    assert ran.stderr == ""
    assert pair.read("default/tables/claims.csv") == "ID\nA\nB\n2023-03-31"
    again = report(pair)
    assert again.stdout.startswith("reports/default/briefing.html up to date: nothing changed")


def test_executed_notebooks_are_the_same_bytes_anywhere(tmp_path):
    texts = []
    for name, extra in (("here", {}), ("over there", {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"})):
        tiny = Tiny(tmp_path / name)
        cells = [copy("documents", "claims"), "print(1)\nprint(2, flush=True)\nprint(3)"]
        cells += ["import time\n(time.tzname, hash('a'), os.getcwd() == str(here))"]
        for gone in ("03-trends", "04-briefing"):
            (tiny.root / f"notebooks/{gone}.ipynb").unlink()
        tiny.notebook("02-claims", "`tables/documents.csv`", "`tables/claims.csv`", cells)
        done = subprocess.run(
            [sys.executable, "-m", "threatledger", "--root", tiny.root, "report"],
            env=os.environ | extra | {"THREATLEDGER_REPORTS": str(tiny.project.reports)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        texts.append(tiny.read("default/executed/02-claims.ipynb"))
    assert texts[0] == texts[1]
    cells = json.loads(texts[0])["cells"]
    assert [cell["outputs"] for cell in cells if "print" in "".join(cell["source"])] == [
        [{"name": "stdout", "output_type": "stream", "text": ["1\n", "2\n", "3\n"]}]
    ]
    counts = [cell["execution_count"] for cell in cells if cell["cell_type"] == "code"]
    assert counts == list(range(1, len(counts) + 1))


def test_a_failed_cell_is_told_in_a_few_lines(pair):
    cells = ["def twice(x):\n    return 2 / x\n", "# A comment first.\ny = 1\ntwice(0)"]
    pair.notebook("02-claims", "`tables/documents.csv`", "`tables/claims.csv`", cells)
    ran = report(pair)
    assert ran.returncode == 1
    assert ran.stderr.splitlines() == [
        "02-claims stopped in code cell 4: # A comment first.",
        "    ZeroDivisionError: division by zero",
        "    at line 3 of the cell: twice(0)",
        "  The broken copy is reports/default/executed/02-claims.failed.ipynb; what needs it was "
        "not run.",
    ]
    broken = pair.read("default/executed/02-claims.failed.ipynb")
    assert "ZeroDivisionError" in broken
    assert not pair.has("default/executed/02-claims.ipynb")


def test_a_plain_error_is_its_sentence_only(pair):
    cell = 'class CorpusError(ValueError): pass\nraise CorpusError("row 3 has no file: add one")'
    pair.notebook("02-claims", "nothing", "`tables/claims.csv`", [cell])
    assert report(pair).stderr.splitlines()[1] == "    row 3 has no file: add one"


def test_every_error_of_the_package_is_told_as_its_sentence():
    code = [path.read_text(encoding="utf-8") for path in (NOTEBOOKS / "threatledger").rglob("*.py")]
    defined = {name for text in code for name in re.findall(r"^class (\w+Error)\b", text, re.M)}
    assert defined == PLAIN_ERRORS


def test_a_kernel_that_dies_is_a_failure(pair):
    pair.notebook("02-claims", "nothing", "`tables/claims.csv`", ["os._exit(3)"])
    ran = report(pair)
    assert ran.returncode == 1
    assert "02-claims stopped" in ran.stderr
    assert "the kernel died" in ran.stderr


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("as_off: 2023", "unknown parameter as_off: did you mean as_of?"),
        ("as_of: [2023]", "as_of: [2023] is given where text is needed"),
        ("places: IRQ", "places: IRQ is given where a list, such as [IRQ, SYR] is needed"),
    ],
)
def test_a_wrong_parameter_stops_before_anything_runs(pair, line, sentence):
    pair.put("notebooks/editions/default.yml", f"title: Now\nparameters:\n  {line}\n")
    ran = report(pair)
    assert ran.returncode == 1
    assert sentence in ran.stderr
    assert ran.stderr.startswith("notebooks/editions/default.yml, line 3: ")
    assert len(ran.stderr.splitlines()) == 1
    assert not pair.project.reports.exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_leaves_no_process_and_nothing_that_looks_done(pair, number):
    cells = ['(data / "started").write_text("")', "import time\ntime.sleep(100)"]
    pair.notebook("02-claims", "`tables/documents.csv`", "`tables/claims.csv`", cells)
    mark = str(pair.project.reports)
    process = subprocess.Popen(
        [sys.executable, "-m", "threatledger", "--root", str(pair.root), "report"],
        env=os.environ | {"THREATLEDGER_REPORTS": mark},
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_until((pair.root / "data/started").exists)
    assert len(find_processes(mark)) >= 2
    process.send_signal(number)
    told = process.communicate(timeout=20)[1]
    assert process.returncode == 130
    assert told == "stopped; nothing is left running\n"
    wait_until(lambda: not find_processes(mark))
    assert pair.has("default/tables/documents.csv")
    assert not pair.has("default/executed/02-claims.ipynb")


def wait_until(is_so, seconds=30):
    """Wait until something is so; fail if it does not become so."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def find_processes(mark):
    """Return the processes that were started with a reports folder of this name."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("THREATLEDGER_REPORTS") == mark and process.is_running():
                found.append(process)
        except psutil.Error:
            continue
    return [process for process in found if process.status() != psutil.STATUS_ZOMBIE]


def test_refresh_twice_leaves_no_difference(pair):
    pair.notebook(
        "02-claims",
        "`tables/documents.csv`",
        "`tables/claims.csv`",
        [copy("documents", "claims"), "1 + 1"],
    )
    paths = [pair.root / f"notebooks/{name}.ipynb" for name in ("01-corpus", "02-claims")]
    texts = []
    for _ in range(2):
        ran = run_chain_command("refresh", root=pair.root, reports=pair.project.reports)
        assert ran.returncode == 0, ran.stderr
        texts.append([path.read_bytes() for path in paths])
    assert texts[0] == texts[1]
    assert "every stored output was true" in ran.stdout
    cells = json.loads(texts[0][1])["cells"]
    assert [cell.get("execution_count") for cell in cells] == [None, 1, 2, 3, 4]
    assert cells[-1]["outputs"][0]["data"] == {"text/plain": ["2"]}
    assert cells[1]["metadata"] == {"tags": ["parameters"]}
    # At its own defaults, and apart from any edition.
    assert b"latest" in texts[0][0]
    assert [path.name for path in pair.project.reports.iterdir()] == [".lock"]


def test_a_refresh_that_fails_changes_no_notebook_and_keeps_the_broken_copy(pair):
    pair.notebook("02-claims", "nothing", "nothing", ["1 / 0"])
    before = [path.read_bytes() for path in sorted(pair.root.glob("notebooks/*.ipynb"))]
    ran = run_chain_command("refresh", root=pair.root, reports=pair.project.reports)
    assert ran.returncode == 1
    broken = ran.stderr.splitlines()[-1].split()[4].rstrip(";")
    assert "ZeroDivisionError" in (pair.root / broken).read_text()
    assert before == [path.read_bytes() for path in sorted(pair.root.glob("notebooks/*.ipynb"))]


def test_what_was_published_is_read_where_it_is_and_is_no_mistake_where_it_is_not(tiny):
    tiny.put("notebooks/editions/default.yml", "title: Now\nprevious: 2020-03\n")
    found = '" ".join(sorted(path.name for path in (data / "published/2020-03").glob("*")))'
    reads = "`tables/claims.csv`, `data/published/{previous}/`"
    tiny.notebook("05-changes", reads, "`tables/changes.csv`", [write("changes", found)])
    assert "default/05-changes" in tiny.run()
    assert tiny.read("default/tables/changes.csv") == ""
    assert tiny.run() == []
    tiny.put("data/published/2020-03/claims.csv", "id\n")
    tiny.put("data/published/2021/claims.csv", "id\n")
    assert "default/05-changes" in tiny.run()
    assert tiny.read("default/tables/changes.csv") == "claims.csv"
    tiny.put("data/published/2021/claims.csv", "id\nother\n")
    assert tiny.run() == []


def test_editions_that_compare_in_a_circle_run_nothing(tiny):
    tiny.put("notebooks/editions/default.yml", "title: Now\nprevious: 2020-03\n")
    tiny.put("notebooks/editions/2020-03.yml", "title: Then\nprevious: default\n")
    with pytest.raises(EditionError, match="previous leads in a circle"):
        tiny.run()
    assert tiny.ran == []
