"""Make: its targets, how it finds or makes an environment, and names with odd characters."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = (
    "report reports check publish lab test refresh verify open clean bench bench-scale audit fuzz "
    "faults picture lock help"
).split()

# Stands for an environment's Python: it says how it was called.
ECHO = '#!/bin/sh\necho "called: $*; EDITION is $EDITION"\n'


@pytest.fixture
def project(tmp_path):
    """A copy of what make reads, in a folder with a space, with an environment that only echoes."""
    root = tmp_path / "a project"
    (root / ".venv/bin").mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", root)
    (root / "requirements.lock.txt").write_text("a==1\n")
    (root / ".venv/threat-ledger.lock.txt").write_text("a==1\n")
    write_program(root / ".venv/bin/python", ECHO)
    return root


def write_program(path, text):
    """Write a program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def make(root, *arguments, **variables):
    """Run make with no environment active; return the finished process."""
    hidden = (
        "VIRTUAL_ENV",
        "CONDA_PREFIX",
        "CONDA_DEFAULT_ENV",
        "MAKEFLAGS",
        "MAKELEVEL",
        "EDITION",
    )
    env = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.run(
        ["make", "-C", str(root), "--no-print-directory", *arguments],
        env=env | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_lists_every_target():
    told = make(ROOT, "help").stdout
    assert [line.split()[1] for line in told.splitlines()] == TARGETS
    assert all(len(line) <= 100 for line in told.splitlines())


def test_plain_make_makes_the_briefing(project):
    assert make(project).stdout == make(project, "report").stdout
    assert "called: -m threatledger report --edition=default" in make(project).stdout


@pytest.mark.parametrize(
    "name",
    ["a b", "a'b", 'a"b', "$(shell touch made)", "`touch made`", "$$x", "a;touch made", "-h", "#"],
)
def test_an_edition_s_name_reaches_nobody_but_the_chain(project, name):
    said = make(project, "report", f"EDITION={name}").stdout
    assert said == f"called: -m threatledger report --edition={name}; EDITION is {name}\n"
    assert not (project / "made").exists()


def test_fuzz_takes_its_targets_and_their_time_as_they_are_written(project):
    said = make(project, "fuzz", "TARGET=dates $(shell touch made) `touch made`", "TIME=$x").stdout
    assert "tools fuzz --seconds=$x dates $(shell touch made) `touch made`;" in said
    assert not (project / "made").exists()


def test_what_takes_the_network_or_long_is_no_part_of_make_test():
    (line,) = [
        line for line in MAKEFILE.splitlines() if "-m pytest" in line and "KILLS" not in line
    ]
    assert line.endswith("-n 2 --nbval --nbval-current-env notebooks")
    assert "audit" not in line


def test_make_fails_when_the_chain_does(project):
    write_program(project / ".venv/bin/python", "#!/bin/sh\nexit 3\n")
    assert make(project, "report").returncode != 0


@pytest.mark.parametrize("lost", [".venv/threat-ledger.lock.txt", ".venv/bin/python"])
def test_a_half_made_environment_is_made_again(project, lost):
    (project / lost).unlink()
    write_program(project / "bin/python3", '#!/bin/sh\necho "python3 $*"\n')
    said = make(project, "report", PATH=f"{project}/bin:{os.environ['PATH']}").stdout
    assert "python3 -m threatledger.chain.environment make" in said


def test_a_changed_lock_makes_the_environment_again(project):
    (project / "requirements.lock.txt").write_text("a==2\n")
    write_program(project / "bin/python3", '#!/bin/sh\necho "python3 $*"\n')
    said = make(project, "report", PATH=f"{project}/bin:{os.environ['PATH']}").stdout
    assert "python3 -m threatledger.chain.environment make" in said


def test_a_touched_lock_does_not(project):
    os.utime(project / "requirements.lock.txt")
    assert make(project, "report").stdout.startswith("called: -m threatledger report")


TOO_OLD = "#!/bin/sh\nexit 1\n"
# Takes the question about the version, not the one about the module that makes environments.
NO_VENV = '#!/bin/sh\ncase "$*" in *ensurepip*) exit 1;; esac\nexit 0\n'


def hide_pythons(folder, text):
    """Return a PATH on which every Python is a given program."""
    for name in ("python", "python3", *(f"python3.{minor}" for minor in range(11, 15))):
        write_program(folder / name, text)
    (folder / "cmp").symlink_to(shutil.which("cmp"))
    return str(folder)


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        (TOO_OLD, "Python 3.11, 3.12, 3.13 or 3.14 is needed and was not found: install one"),
        (NO_VENV, "has no venv module: install it (Debian, Ubuntu: apt install python"),
    ],
)
def test_without_a_python_that_fits_one_sentence_says_what_to_do(project, program, sentence):
    (project / ".venv/bin/python").unlink()
    tool = shutil.which("make")
    done = subprocess.run(
        [tool, "-C", str(project), "--no-print-directory", "report"],
        env={"PATH": hide_pythons(project / "bin", program)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    told = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert len(told) == 1
    assert sentence in told[0]


@pytest.mark.parametrize(
    "variables",
    [
        {"VIRTUAL_ENV": "{root}/mine"},
        {"CONDA_PREFIX": "{root}/mine", "CONDA_DEFAULT_ENV": "threat-ledger"},
        {"VIRTUAL_ENV": "{root}/mine", "CONDA_PREFIX": "/x", "CONDA_DEFAULT_ENV": "other"},
    ],
)
def test_an_active_environment_is_checked_and_used(project, variables):
    write_program(project / "mine/bin/python", ECHO.replace("called", "mine"))
    active = {name: value.format(root=project) for name, value in variables.items()}
    check, run = make(project, "report", **active).stdout.splitlines()
    assert check.startswith("mine: -m threatledger.chain.environment check")
    assert run.startswith("mine: -m threatledger report")
    # Once it carries the lock's copy it is not asked again.
    shutil.copy(project / "requirements.lock.txt", project / "mine/threat-ledger.lock.txt")
    assert make(project, "report", **active).stdout.count("mine: ") == 1


@pytest.mark.parametrize(
    "variables",
    [
        {"CONDA_PREFIX": "/opt/conda", "CONDA_DEFAULT_ENV": "base"},
        {"VIRTUAL_ENV": "{root}/.venv"},
    ],
)
def test_conda_s_base_and_our_own_environment_are_not_checked(project, variables):
    active = {name: value.format(root=project) for name, value in variables.items()}
    assert make(project, "report", **active).stdout.startswith("called: -m threatledger report")


@pytest.mark.parametrize(
    ("pattern", "since"),
    [
        (r"&:", "grouped targets, 4.3"),
        (r"^\s*\.ONESHELL", "3.82"),
        (r"^define\s+\S+\s*[:+?]?=", "define with =, 3.82"),
        (r"^\w+\s*(!|:::?)=", "!= 4.0, ::= 4.0"),
        (r"\$\((file|let|intcmp|guile)\b", "4.x functions"),
        (r"^undefine\b", "3.82"),
    ],
)
def test_the_makefile_keeps_to_make_3_81(pattern, since):
    assert not re.search(pattern, MAKEFILE, re.M), since


def test_ci_calls_make_test():
    assert "make test" in (ROOT / ".ci/run").read_text()
    assert "make test" in (ROOT / ".github/workflows/test.yml").read_text()
    assert os.access(ROOT / ".ci/run", os.X_OK)
    assert subprocess.run(["sh", "-n", str(ROOT / ".ci/run")], check=False).returncode == 0


def test_what_git_keeps_is_what_clean_keeps():
    from threatledger.chain.commands import KEPT

    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    kept = [f"reports/{name}x.csv" if name.endswith("/") else f"reports/{name}" for name in KEPT]
    other = ["briefing.html", "figures/a.svg", "executed/01-corpus.ipynb", ".chain.json"]
    gone = [f"reports/default/{name}" for name in other] + ["reports/2020-03/tables/claims.csv"]
    asked = subprocess.run(
        ["git", "-C", str(ROOT), "check-ignore", "--no-index", *kept, *gone],
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.stdout.splitlines() == gone
