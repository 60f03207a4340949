"""Patterns are written down when the package is imported, and compiled when a text needs them."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from threatledger import extraction
from threatledger.extraction.patterns import LateRegex

MODULES = sorted(Path(extraction.__file__).parent.glob("*.py"))
MOST = 160  # patterns compiled by an import, those of the standard library included
COUNT_COMPILED = """
import re
compile, found = re._compiler.compile, []
re._compiler.compile = lambda pattern, flags: found.append(pattern) or compile(pattern, flags)
import threatledger
threatledger.extract
print(len(found))
"""


def list_patterns(path):
    """Return the patterns that a module writes down."""
    module = importlib.import_module(f"threatledger.extraction.{path.stem}")
    return [value for value in vars(module).values() if isinstance(value, LateRegex)]


def test_a_pattern_has_the_methods_of_a_compiled_one():
    pattern = LateRegex(r"(?P<number>\d+)\s(men)")
    assert pattern.search("some 40 men")["number"] == "40"
    assert pattern.match("40 men").span("number") == (0, 2)
    assert [found.start() for found in pattern.finditer("3 men, 4 men")] == [0, 7]
    assert pattern.sub("-", "3 men, 4 men") == "-, -"
    assert LateRegex("MEN", 2).fullmatch("men")  # 2 is re.IGNORECASE


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_every_pattern_of_a_module_compiles(path):
    for pattern in list_patterns(path):
        pattern.search("")


def test_an_import_compiles_few_patterns():
    """Each takes a seventh of a millisecond: write `LateRegex` but for the most frequent."""
    command = [sys.executable, "-c", COUNT_COMPILED]
    where = MODULES[0].parents[2]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=where)
    assert 0 < int(done.stdout) <= MOST
