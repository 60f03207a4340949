"""The style that every module and notebook keeps, as ruff's settings in pyproject.toml have it."""

import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("task", [["check"], ["format", "--check"]], ids=" ".join)
def test_ruff_finds_nothing(task):
    done = subprocess.run(
        [sys.executable, "-m", "ruff", *task, "--no-cache", str(FOLDER)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
