"""How far a speaker's words reach, when they run on, and how a speaker is named.

``attributions.txt`` holds short texts, each with lines "number = who states it"; "-" stands for the
document's own voice.
"""

from pathlib import Path

import pytest
from reading import find, read

from threatledger.extraction.speakers import link_speaker


def read_texts():
    """Return each text of ``attributions.txt`` with its numbers and who states them."""
    found = []
    path = Path(__file__).with_name("attributions.txt")
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith(" "):
            found.append((line, {}))
            continue
        number, name = line.strip().split(" = ")
        found[-1][1][number] = None if name == "-" else name
    return found


@pytest.mark.parametrize(("text", "stated"), read_texts(), ids=lambda part: str(part)[:40])
def test_who_states_each_number(text, stated):
    reading = read(text, "2022-06-15")
    found = {number: link_speaker(reading, *find(reading, number)).name for number in stated}
    assert found == stated
