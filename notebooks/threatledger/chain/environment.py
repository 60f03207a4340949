"""Make the environment from the lock file, or check that an active one holds the same packages.

Only the standard library is imported: this runs before anything is installed.
"""

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

LOCK = "requirements.lock.txt"
# A copy of the lock that an environment was made from or checked against, written last.
STAMP = "threat-ledger.lock.txt"
FOLDER = ".venv"


class EnvironmentProblem(Exception):  # noqa: N818
    """The environment cannot be used; the message says what to do."""


def make_environment(root):
    """Make ``.venv`` with exactly the locked packages, anew.

    Parameters
    ----------
    root : pathlib.Path
        The project's top folder.

    Raises
    ------
    EnvironmentProblem
        If something else stands in its place, or the packages cannot be installed.
    """
    folder = root / FOLDER
    if folder.exists() and not (folder / "pyvenv.cfg").is_file() and any(folder.iterdir()):
        raise EnvironmentProblem(
            f"{FOLDER}/ is there and is no Python environment: move it away, then run make again"
        )
    install_lock(folder, root / LOCK)


def install_lock(folder, lock):
    """Make an environment anew with exactly what a lock names, each package by its checksum.

    Parameters
    ----------
    folder : pathlib.Path
        Where it goes.
    lock : pathlib.Path
        Its copy in the folder, written last, says that the environment is whole.

    Raises
    ------
    EnvironmentProblem
        If the packages cannot be installed.
    """
    (folder / STAMP).unlink(missing_ok=True)
    print(
        f"making {folder.name} from {lock.name}: once, which takes a minute, and again when it "
        "changes",
        flush=True,
    )
    _run([sys.executable, "-m", "venv", "--clear", str(folder)], "the environment was not made")
    python = folder / "bin/python"
    install = ["install", "-qq", "--disable-pip-version-check", "--no-input", "--compile"]
    exact = ["--no-deps", "--require-hashes", "--requirement", str(lock)]
    _run(
        [str(python), "-m", "pip", *install, *exact],
        "the locked packages were not installed: check the network and the lines above, then run "
        "make again",
    )
    _write_stamp(folder, lock)


def _run(command, problem):
    """Run a command; its own words stay on the terminal."""
    # A user's PIP_USER or PIP_TARGET would put the packages elsewhere.
    env = {
        name: value for name, value in os.environ.items() if name not in ("PIP_USER", "PIP_TARGET")
    }
    if subprocess.run(command, env=env, check=False).returncode:
        raise EnvironmentProblem(problem)


def _write_stamp(folder, lock):
    """Note, last of all, which lock an environment agrees with."""
    trial = folder / (STAMP + ".part")
    shutil.copyfile(lock, trial)
    trial.replace(folder / STAMP)


def check_environment(root):
    """Check that the running environment holds the locked versions, and note that it does.

    Parameters
    ----------
    root : pathlib.Path
        The project's top folder.

    Raises
    ------
    EnvironmentProblem
        If a package is missing or has another version.
    """
    wrong = find_differences((root / LOCK).read_text(encoding="utf-8"))
    if wrong:
        shown = ", ".join(wrong[:3]) + (f" and {len(wrong) - 3} more" if len(wrong) > 3 else "")
        raise EnvironmentProblem(
            f"the active environment {sys.prefix} differs from {LOCK} ({shown}): run "
            f"`python -m pip install -r {LOCK}` in it, or deactivate it and let make use its own"
        )
    # Where it is not ours to write in, it is checked each time.
    with contextlib.suppress(OSError):
        _write_stamp(Path(sys.prefix), root / LOCK)


def find_differences(lock):
    """Compare the running environment with a lock.

    Parameters
    ----------
    lock : str
        The lock file's text.

    Returns
    -------
    list of str
        ``"pandas 2.3 instead of 3.1"`` or ``"pandas is missing"`` for each difference.
    """
    wrong = []
    for name, version in read_lock(lock).items():
        try:
            installed = metadata.version(name)
        except metadata.PackageNotFoundError:
            wrong.append(f"{name} is missing")
            continue
        if installed != version:
            wrong.append(f"{name} {installed} instead of {version}")
    return wrong


def read_lock(lock):
    r"""Read which versions a lock wants on this machine.

    Parameters
    ----------
    lock : str
        The lock file's text: ``name==version ; marker \`` lines with hashes below.

    Returns
    -------
    dict of str to str
        Package name to version; packages for other machines or Pythons are left out.
    """
    try:
        from packaging.markers import Marker
    except ImportError:
        from pip._vendor.packaging.markers import Marker

    wanted = {}
    for line in lock.splitlines():
        pin, _, marker = line.rstrip(" \\").partition(";")
        name, equals, version = pin.strip().partition("==")
        if equals and line[0].isalnum() and (not marker or Marker(marker).evaluate()):
            wanted[name] = version
    return wanted


def main():
    """Run one of ``make`` and ``check``; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m threatledger.chain.environment")
    tasks = {"make": make_environment, "check": check_environment}
    parser.add_argument("task", choices=tasks)
    try:
        tasks[parser.parse_args().task](Path(__file__).resolve().parents[3])
    except EnvironmentProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
