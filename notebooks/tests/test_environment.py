"""The environment: one lock, what is allowed in it, and how an environment is made and checked."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

from threatledger.chain import environment, tools
from threatledger.chain.environment import EnvironmentProblem, find_differences, read_lock
from threatledger.chain.tools import TOOL_LOCK, TOOLS, prepare_tool

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock.txt").read_text(encoding="utf-8")
PYPROJECT = tomllib.loads((ROOT / "notebooks/pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PYPROJECT["project"]["optional-dependencies"]
DIRECT = PYPROJECT["project"]["dependencies"] + [
    text for extra in EXTRAS.values() for text in extra
]
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", DIRECT)
def test_every_direct_dependency_is_locked_at_a_version_it_allows(text):
    wanted = Requirement(text)
    assert wanted.name in read_lock(LOCK), "run make lock"
    assert read_lock(LOCK)[wanted.name] in wanted.specifier, "run make lock"


def test_every_package_of_the_lock_has_a_checksum():
    pins = [block for block in LOCK.split("\n") if "==" in block and not block.startswith(" ")]
    blocks = LOCK.replace("\\\n", " ").splitlines()
    hashed = [line for line in blocks if "==" in line and "--hash=sha256:" in line]
    assert len(pins) == len(hashed) > 100


def test_conda_installs_the_lock_and_nothing_else():
    *packages, pip = CONDA["dependencies"]
    assert [Requirement(text).name for text in packages] == ["python", "make", "pip"]
    assert pip == {"pip": ["-r requirements.lock.txt"]}


def test_conda_s_python_is_one_that_make_takes():
    conda = Requirement(CONDA["dependencies"][0]).specifier
    project = Requirement("python" + PYPROJECT["project"]["requires-python"]).specifier
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "(3, 11) <= sys.version_info[:2] <= (3, 14)" in makefile
    for version in ("3.10", "3.11", "3.12", "3.13", "3.14", "3.15"):
        assert (version in conda) == ("3.11" <= version <= "3.14")
        assert version in project or version not in conda


def test_this_environment_is_the_locked_one():
    assert find_differences(LOCK) == []


def test_differences_are_named():
    other = "pytest==0 ; python_version < '3'"
    lock = f"pandas==0.1 \\\n    --hash=sha256:00\nno-such-package==1\n{other}\n"
    pandas, missing = find_differences(lock)
    assert pandas.startswith("pandas ")
    assert pandas.endswith(" instead of 0.1")
    assert missing == "no-such-package is missing"


@pytest.fixture
def project(tmp_path):
    """A folder with a lock that names nothing."""
    (tmp_path / "requirements.lock.txt").write_text("# nothing\n", encoding="utf-8")
    return tmp_path


def test_a_half_made_environment_carries_no_stamp(project):
    stamp = project / ".venv/threat-ledger.lock.txt"
    (project / ".venv").mkdir()
    (project / ".venv/pyvenv.cfg").touch()
    stamp.write_text("# what it was made from before\n")
    # No checksum: pip refuses it, after the environment was begun.
    (project / "requirements.lock.txt").write_text("no-hash==1\n")
    with pytest.raises(EnvironmentProblem, match="the locked packages were not installed"):
        environment.make_environment(project)
    assert (project / ".venv/bin/python").exists()
    assert not stamp.exists()


def test_a_folder_that_is_no_environment_is_left_alone(project):
    kept = project / ".venv/thesis.txt"
    kept.parent.mkdir()
    kept.write_text("years of work")
    with pytest.raises(EnvironmentProblem, match="is no Python environment: move it away"):
        environment.make_environment(project)
    assert kept.read_text() == "years of work"


def test_an_active_environment_that_differs_is_told_in_a_sentence(project):
    (project / "requirements.lock.txt").write_text("pandas==0.1\npapermill==0.1\na==1\nb==1\n")
    with pytest.raises(EnvironmentProblem) as told:
        environment.check_environment(project)
    assert "a is missing and 1 more): run `python -m pip install" in str(told.value)


def test_the_task_needs_no_package():
    """It runs before any is installed: with a Python that has none."""
    code = (
        "import runpy, sys; sys.path.insert(0, sys.argv.pop()); sys.argv.append('--help'); "
        "runpy.run_module('threatledger.chain.environment', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, str(ROOT / "notebooks")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "make,check" in done.stdout


def test_the_package_imports_nothing_heavy():
    """``make report`` finds that nothing changed in less time than pandas takes to import."""
    code = (
        "import sys, threatledger.__main__, threatledger.chain.commands; "
        "print(*{'pandas', 'numpy', 'matplotlib', 'papermill', 'nbformat'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize("tool", TOOLS)
def test_each_tool_has_a_lock_with_checksums(tool):
    lock = (ROOT / TOOL_LOCK.format(tool)).read_text(encoding="utf-8")
    (wanted, *_) = [Requirement(text) for text in PYPROJECT["dependency-groups"][tool]]
    assert wanted.name in re.findall(r"^([\w-]+)==", lock, re.M)
    pins = lock.replace("\\\n", " ").splitlines()
    assert [line for line in pins if "==" in line and "--hash=sha256:" not in line] == []


def test_a_tool_s_environment_is_made_anew_when_its_lock_changes(tmp_path, monkeypatch):
    made = []

    def install(folder, lock):
        made.append(folder.name)
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(lock, folder / environment.STAMP)

    monkeypatch.setattr(environment, "install_lock", install)
    lock = tmp_path / TOOL_LOCK.format("fuzz")
    lock.parent.mkdir(parents=True)
    for text, times in (("a==1\n", 1), ("a==1\n", 1), ("a==2\n", 2)):
        lock.write_text(text)
        assert prepare_tool(tmp_path, "fuzz") == tmp_path / ".tools/fuzz/bin/python"
        assert len(made) == times


def test_nothing_is_installed_that_no_checksum_vouches_for():
    """But for the libraries that `make bench` measures, in an environment that it removes."""
    code = {path: path.read_text() for path in (ROOT / "notebooks/threatledger").rglob("*.py")}
    installing = {
        path.name for path, text in code.items() if re.search(r'"pip", [*"]install', text)
    }
    assert installing == {"environment.py", "peers.py"}
    text = code[Path(environment.__file__)]
    assert text.count('"install"') == text.count('"--require-hashes"') == 1
    for path in (ROOT / "Makefile", ROOT / ".ci/run", *(ROOT / ".github/workflows").iterdir()):
        assert "pip install" not in path.read_text()


def test_an_audit_that_could_not_ask_is_no_good_news(monkeypatch):
    ran = []
    monkeypatch.setattr(tools, "prepare_tool", lambda root, name: root / name)
    monkeypatch.setattr(
        subprocess,
        "run",
        lambda command, **_: ran.append(command) or subprocess.CompletedProcess([], 1),
    )
    assert tools.audit(ROOT, []) == 1
    assert {"--strict", "--require-hashes", str(ROOT / environment.LOCK)} <= {*ran[0]}
