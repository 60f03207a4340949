"""What no person would write: every reader takes it, tells it in a sentence, and takes no longer.

``make fuzz`` looks for such inputs for minutes, guided by what they reach; those that once broke a
promise are kept in ``fuzzing/inputs/`` and tried here, beside some made by hypothesis.
"""

import sys

import pytest
from fuzzing.run import HERE, LONGEST, list_seeds, list_words
from fuzzing.targets import TARGETS
from hypothesis import given, settings
from hypothesis import strategies as st
from timing import measure_seconds

KEPT = sorted((HERE / "inputs").glob("*/*"))
EXAMPLES = {"catalogue": 400, "editions": 800}
USUAL_EXAMPLES = 1500
PIECES = st.one_of(
    st.sampled_from(list_words()), st.text(max_size=6), st.integers(-9, 10**6).map(str)
).map(lambda piece: piece.encode("utf-8", "surrogatepass"))
MADE = st.one_of(st.lists(PIECES, max_size=60).map(b" ".join), st.binary(max_size=200))


def spoil(seed, changes):
    """Return a seed with pieces put in, or in place of what stood there."""
    for place, piece, lost in changes:
        at = place % (len(seed) + 1)
        seed = seed[:at] + piece + seed[at + lost :]
    return seed[:LONGEST]


CHANGES = st.lists(st.tuples(st.integers(0, LONGEST), PIECES, st.integers(0, 40)), max_size=8)


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_once_broke_a_promise(path):
    TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_what_no_person_would_write(name):
    spoiled = st.builds(spoil, st.sampled_from(list_seeds(name)), CHANGES)

    @settings(max_examples=EXAMPLES.get(name, USUAL_EXAMPLES))
    @given(st.one_of(spoiled, MADE))
    def try_all(raw):
        TARGETS[name](raw)

    try_all()


# With a number in it a piece is another each time: what is printed twice is not read twice.
REPEATED = [
    "Up to {} fighters fell in Iraq in 2019, he said. ",
    "of whom {} ",
    "in March {}, ",
    "“he said {} ",
    "Iraq, Syria and {} men ",
    "rose by {} per cent from ",
    "| {} ",
    "\n\n- {} men",
    "a",
    "\u0663",
    "\u202e",
    "e\u0301",
]


def count_calls(run):
    """Return how many functions were called: the same on any machine, however busy."""
    calls = 0

    def note(frame, event, argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        run()
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("piece", REPEATED)
@pytest.mark.parametrize("name", ["dates", "decoding", "extraction", "passages"])
def test_four_times_the_text_is_four_times_the_work(name, piece):
    """Calls are counted exactly; the time, which regular expressions take, with much to spare."""
    pieces = [piece.format(number).encode() for number in range(1000, 1480)]
    short, long = b"".join(pieces[:120]), b"".join(pieces)
    # What is made ready once is none of the work.
    TARGETS[name](short)
    calls = count_calls(lambda: TARGETS[name](short))
    assert count_calls(lambda: TARGETS[name](long)) < 5 * calls + 5_000
    seconds = measure_seconds(lambda: TARGETS[name](short))
    assert measure_seconds(lambda: TARGETS[name](long)) < 12 * max(seconds, 0.02)
