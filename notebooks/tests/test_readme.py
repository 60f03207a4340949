"""The README's findings are the committed tables' findings."""

import re

import pandas as pd
import pytest

from threatledger.codebook import find_root

SCALES = {"": 1, "million": 10**6}
NUMBER = re.compile(r"(\d[\d,]*)(?:[–-](\d[\d,]*))?(?:[\s\u00a0]+(million))?")


def read_findings():
    """Return the part of the README that states findings."""
    readme = (find_root() / "README.md").read_text(encoding="utf-8")
    return re.search(r"<!-- facts.*?-->(.*)<!-- end of facts -->", readme, re.S)[1]


def read_numbers(text):
    """Return every number of a text, both ends of a range, in units."""
    text = re.sub(r"`[^`]*`", "", text)  # ids of texts hold digits that are no findings
    for low, high, scale in NUMBER.findall(text):
        for bound in filter(None, (low, high)):
            yield int(bound.replace(",", "")) * SCALES[scale]


@pytest.fixture(scope="module")
def known():
    """Return the numbers that the committed tables hold: bounds, counts and years."""
    folder = find_root() / "reports/default/tables"
    tables = {
        name: pd.read_csv(folder / f"{name}.csv") for name in ("claims", "trends", "documents")
    }
    claims = tables["claims"]
    bounds = {int(bound) for bound in pd.concat([claims["low"], claims["high"]]).dropna()}
    times = pd.concat([claims["as_of"].dropna(), tables["documents"]["published"].astype(str)])
    years = {int(year) for time in times for year in re.findall(r"\d{4}", time)}
    return bounds | years | {len(table) for table in tables.values()}


def test_every_number_of_the_findings_is_in_the_tables(known):
    numbers = list(read_numbers(read_findings()))
    assert len(numbers) > 10
    assert [number for number in numbers if number not in known] == []


def test_the_counts_of_the_first_line_are_the_tables_lengths():
    folder = find_root() / "reports/default/tables"
    stated = re.findall(r"\*\*(\d+) (figures|directions)", read_findings())
    counted = [
        (str(len(pd.read_csv(folder / f"{table}.csv"))), word)
        for table, word in (("claims", "figures"), ("trends", "directions"))
    ]
    assert stated == counted


def test_a_number_out_of_nowhere_would_be_found():
    assert list(read_numbers("about 9,999 or $12–13 million (`a-2017`)")) == [
        9999,
        12_000_000,
        13_000_000,
    ]


def read_promises():
    """Return the promises of the README, each with the names of its tests."""
    readme = (find_root() / "README.md").read_text(encoding="utf-8")
    section = re.search(r"^## What you can rely on\n(.*?)^## ", readme, re.S | re.M)[1]
    promises = section.split("\n- ")[1:]
    return {
        re.search(r"\*\*(.+?)\*\*", promise, re.S)[1]: re.findall(r"`(test_\w+)::(\w+)`", promise)
        for promise in promises
    }


def test_each_promise_names_tests_that_are_there():
    promises = read_promises()
    assert len(promises) > 8
    assert [promise for promise, tests in promises.items() if not tests] == []
    folder = find_root() / "notebooks/tests"
    code = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("test_*.py")}
    named = [test for tests in promises.values() for test in tests]
    assert [
        f"{file}::{test}" for file, test in named if f"\ndef {test}(" not in code.get(file, "")
    ] == []
