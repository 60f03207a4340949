import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from threatledger.archive.code import CODE, PACKAGE, list_code
from threatledger.archive.running import pack_package
from threatledger.codebook import find_root

ROOT = find_root()
TRY = """
import sys
sys.path.insert(0, sys.argv[1])
from threatledger import extract
import threatledger
found = extract("The group still has up to 500 fighters in Iraq. Attacks fell.")
print(threatledger.__file__, found.claims[0]["place"], found.trends[0]["direction"])
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Folder with what ``pip install ./notebooks`` puts into an environment."""
    folder = tmp_path_factory.mktemp("wheel")
    build = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"
    subprocess.run(
        [sys.executable, "-c", build, str(folder)],
        cwd=ROOT / "notebooks",
        check=True,
        capture_output=True,
    )
    (path,) = folder.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


def try_package(folder):
    """Return what the package there finds, in a Python that has nothing else."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", TRY, str(folder)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def test_an_installed_package_finds_its_codebook_without_the_project(wheel):
    where, *found = try_package(wheel)
    assert Path(where).is_relative_to(wheel)
    assert found == ["['IRQ']", "down"]


def test_the_codebook_installed_is_the_project_s(wheel):
    tables = {path.name: path.read_bytes() for path in (ROOT / "data/codebook").glob("*.csv")}
    installed = (wheel / "threatledger/codebook-tables").iterdir()
    assert {path.name: path.read_bytes() for path in installed} == tables


def test_every_module_is_installed(wheel):
    modules = {path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py")}
    installed = {
        path.relative_to(wheel / "threatledger") for path in (wheel / "threatledger").rglob("*.py")
    }
    assert modules == installed


def test_building_leaves_nothing_in_the_project(wheel):
    assert not list((ROOT / "notebooks").glob("*.egg-info"))
    assert not (ROOT / "notebooks/build").exists()


def test_what_a_worker_is_sent_works_by_itself(tmp_path):
    (tmp_path / "package.zip").write_bytes(pack_package())
    with zipfile.ZipFile(tmp_path / "package.zip") as archive:
        archive.extractall(tmp_path / "sent")
    assert try_package(tmp_path / "sent")[1:] == ["['IRQ']", "down"]
    assert pack_package() == pack_package()


def test_all_that_a_worker_imports_is_summed_up():
    names = "import sys, threatledger.archive.working as w; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", names], capture_output=True, text=True, check=True)
    used = [name for name in done.stdout.split() if name.startswith("threatledger.")]
    paths = [name.removeprefix("threatledger.").replace(".", "/") for name in used]
    summed = list_code()
    missing = [
        path for path in paths if f"{path}.py" not in summed and f"{path}/__init__.py" not in summed
    ]
    assert missing == []
    assert all(any(name.startswith(start) for name in summed) for start in CODE)
