"""Run a tool in an environment of its own, which is made from a lock with checksums.

``audit`` asks whether a weakness is known in a package that the lock names, and needs the network.
``fuzz`` tries the readers of texts and tables on what no person would write. ``lock`` writes the
locks anew, those of the tools too.
"""

import argparse
import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

from threatledger.chain import environment
from threatledger.chain.environment import LOCK, EnvironmentProblem

FOLDER = ".tools"
PYPROJECT = "notebooks/pyproject.toml"
TOOL_LOCK = "notebooks/tools/{}.lock.txt"
FUZZING = "notebooks/tests/fuzzing"


def prepare_tool(root, name):
    """Return the Python of a tool's environment, made anew where its lock has changed.

    Parameters
    ----------
    root : pathlib.Path
        The project's top folder.
    name : str
        Of a tool: the lock is ``notebooks/tools/NAME.lock.txt``.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    EnvironmentProblem
        If it cannot be made.
    """
    folder, lock = root / FOLDER / name, root / TOOL_LOCK.format(name)
    python, stamp = folder / "bin/python", folder / environment.STAMP
    if not stamp.is_file() or stamp.read_bytes() != lock.read_bytes():
        environment.install_lock(folder, lock)
    return python


def audit(root, arguments):
    """Ask of every locked package whether a weakness is known; return the exit status."""
    python = prepare_tool(root, "audit")
    asked = ["--requirement", str(root / LOCK), "--require-hashes", "--disable-pip"]
    # Strict: a package that could not be asked about is no good news.
    options = ["--strict", "--progress-spinner", "off"]
    command = [str(python), "-m", "pip_audit", *options, *asked, *arguments]
    return subprocess.run(command, check=False).returncode


def fuzz(root, arguments):
    """Fuzz the targets named, or all, one after the other; return the exit status."""
    parser = argparse.ArgumentParser(prog="make fuzz")
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("targets", nargs="*")
    options = parser.parse_args(arguments)
    python, folder = prepare_tool(root, "fuzz"), root / FUZZING
    # What the package imports comes from the environment that make uses.
    paths = [str(root / "notebooks"), sysconfig.get_path("purelib")]
    env = os.environ | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONHASHSEED": "0"}
    failed = []
    for target in options.targets or list_targets(env, folder):
        print(f"fuzzing {target} for {options.seconds} s", flush=True)
        corpus = root / FOLDER / "corpus" / target
        command = [str(python), str(folder / "run.py"), target, str(options.seconds), str(corpus)]
        if subprocess.run(command, env=env, check=False).returncode:
            failed.append(target)
    if failed:
        print(f"{FUZZING}/inputs/ holds what broke {', '.join(failed)}", file=sys.stderr)
    return bool(failed)


def list_targets(env, folder):
    """Return the names of the targets."""
    code = "import json, targets; print(json.dumps([*targets.TARGETS]))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=env, capture_output=True, check=True
    )
    return json.loads(done.stdout)


def lock(root, arguments):
    """Write every lock anew from what ``pyproject.toml`` asks for; return the exit status."""
    python = str(prepare_tool(root, "lock"))
    sources = {LOCK: ["--all-extras", PYPROJECT]}
    sources |= {TOOL_LOCK.format(tool): ["--group", f"{PYPROJECT}:{tool}"] for tool in TOOLS}
    options = ["--universal", "--generate-hashes", "--no-header", "--python-version", "3.11"]
    for name, source in sources.items():
        # Versions already locked are kept where they still fit; a failure leaves all as it was.
        command = [python, "-m", "uv", "pip", "compile", "--quiet", *options, *arguments, *source]
        if subprocess.run([*command, "--output-file", name], cwd=root, check=False).returncode:
            print(f"{name} stays as it was", file=sys.stderr)
            return 1
    print("the locks are written; make brings .venv in line at its next run")
    return 0


TOOLS = {"audit": audit, "fuzz": fuzz, "lock": lock}


def main():
    """Run one tool; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m threatledger.chain.tools")
    parser.add_argument("tool", choices=TOOLS)
    options, arguments = parser.parse_known_args()
    try:
        return TOOLS[options.tool](Path(__file__).resolve().parents[3], arguments)
    except EnvironmentProblem as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
