"""The measurement of the chain: a way that fails is a row that says so, and ends nothing."""

from pathlib import Path

import pytest

from threatledger.bench import chain
from threatledger.bench.__main__ import store_lines
from threatledger.bench.chain import PEERS, WAYS, measure_peers, measure_round, write_chain
from threatledger.bench.trial import Failed


class Stub:
    """Takes as long as is said, and fails where nothing is said."""

    def __init__(self, **seconds):
        self._seconds, self.done = seconds, []

    def _take(self, name):
        self.done.append(name)
        if name not in self._seconds:
            raise Failed(f"{name} is not there | at all")
        return self._seconds[name]

    def report(self, engine="forked", is_new=False):
        return self._take("new" if is_new and engine == "forked" else "report")

    def __getattr__(self, name):
        return lambda *given: (
            self._take(name) if name.startswith("run_") else self.done.append(name)
        )


@pytest.fixture(autouse=True)
def nothing_is_installed(monkeypatch):
    monkeypatch.setattr(chain, "install", lambda packages, folder: Path("home/bin/python"))


def measure(trial, rounds=3):
    taken = {}
    for number in range(rounds):
        measure_round(trial, number, taken)
    measure_peers(trial, Path("."), taken)
    return write_chain(taken)


def test_every_way_has_a_row_with_its_median():
    seconds = {"run_script": 4, "new": 6, "report": 3, "run_nbval": 9, "run_by_hand": 40}
    lines = measure(Stub(**seconds, run_nbconvert=50, run_cache=60))
    assert len(lines) == 2 + len(WAYS) + len(PEERS)
    assert lines[3].endswith("| 6.00 | 1.50 | 100% |")
    assert lines[6] == "| `make report`, one text added | 3.00 | 0.75 | 50% |"
    assert lines[-1] == "| jupyter-cache 1.0.1 | 60.00 | 15.00 | 1000% |"


def test_a_way_that_fails_is_a_row_that_says_so_and_the_others_are_measured():
    lines = measure(Stub(run_script=4, new=6, report=3))
    assert [line for line in lines if "failed" in line] == [
        "| `make test`, the part of nbval | failed: run_nbval is not there / at all | | |",
        *(f"| {label} | failed: {name} is not there / at all | | |" for label, name in (
            (PEERS["hand"], "run_by_hand"),
            (PEERS["hand -j2"], "run_by_hand"),
            (PEERS["nbconvert"], "run_nbconvert"),
            (PEERS["jupyter-cache"], "run_cache"),
        )),
    ]  # fmt: skip


def test_without_the_script_or_the_chain_there_is_no_ratio():
    lines = measure(Stub(report=3))
    assert "| `make report`, nothing changed | 3.00 |  |  |" in lines


def test_what_cannot_be_installed_is_told(monkeypatch):
    def refuse(packages, folder):
        raise OSError("no network")

    monkeypatch.setattr(chain, "install", refuse)
    assert measure(Stub())[-1].endswith("| failed: it cannot be installed (OSError) | | |")


def test_each_topic_has_its_place_between_its_marks(tmp_path):
    path = tmp_path / "README.md"
    path.write_text("# reports/\n", encoding="utf-8")
    for topic, line in (("a", "1"), ("b", "2"), ("a", "3 \\1")):
        store_lines(path, topic, [line])
    text = path.read_text(encoding="utf-8")
    assert text.index("<!-- bench: a -->\n3 \\1\n<!-- end of bench: a -->") < text.index("\n2\n")
    assert "\n1\n" not in text
    assert text.startswith("# reports/\n")
