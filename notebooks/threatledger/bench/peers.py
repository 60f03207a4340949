"""The libraries that the extractor is measured beside, each in an environment of its own.

They are installed for the benchmark alone, cannot share an environment, and are fed line by line,
which is their quickest and most accurate way.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

QUANTULUM = """
import json, sys, time, warnings
warnings.simplefilter("ignore")
from quantulum3 import parser
def read(line):
    parser.parse(line)
"""
RECOGNIZERS = """
import json, sys, time
from recognizers_text import Culture
from recognizers_number import recognize_number, recognize_percentage
from recognizers_number_with_unit import recognize_currency, recognize_dimension
from recognizers_date_time import recognize_datetime
KINDS = (recognize_number, recognize_percentage, recognize_currency, recognize_dimension,
         recognize_datetime)
def read(line):
    for recognize in KINDS:
        recognize(line, Culture.English)
"""
# What both share: the first line warms up, and the clock runs over the rest.
CLOCK = """
lines = json.load(sys.stdin)
read(lines[0])
start = time.perf_counter()
for line in lines:
    try:
        read(line)
    except Exception:
        pass
print(time.perf_counter() - start)
"""


class Peer(NamedTuple):
    """A library, what pip is asked for, its script, and how many characters it is given."""

    name: str
    packages: tuple
    script: str
    size: int


PEERS = (
    Peer("quantulum3 0.10.0", ("quantulum3==0.10.0",), QUANTULUM, 60_000),
    Peer(
        "Recognizers-Text 1.0.2a2",
        ("recognizers-text-suite==1.0.2a2", "emoji==1.7.0"),
        RECOGNIZERS,
        6_000,
    ),
)


def measure_peer(peer, lines, folder):
    """Measure one library's throughput.

    Parameters
    ----------
    peer : Peer
    lines : list of str
        What it is given; the first warms it up and is not measured alone.
    folder : pathlib.Path
        Where its environment is made.

    Returns
    -------
    float
        Megabytes of text a second.
    """
    python = install(peer.packages, folder)
    done = subprocess.run(
        [python, "-c", peer.script + CLOCK],
        input=json.dumps(lines),
        capture_output=True,
        text=True,
        check=True,
    )
    return sum(len(line.encode("utf-8")) for line in lines) / 1e6 / float(done.stdout.split()[-1])


def install(packages, folder):
    """Return the Python of an environment that holds some packages, made where it is not there.

    Parameters
    ----------
    packages : tuple of str
        What pip is asked for; the environment is named after the first.
    folder : pathlib.Path
        Where environments are made.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    subprocess.CalledProcessError
        If it cannot be made.
    """
    home = Path(folder) / packages[0].replace("==", "-")
    python = home / "bin/python"
    if not (home / "installed").is_file():
        subprocess.run([sys.executable, "-m", "venv", "--clear", home], check=True)
        quiet = ["--quiet", "--disable-pip-version-check"]
        command = [python, "-m", "pip", "install", *quiet, *packages]
        subprocess.run(command, check=True, capture_output=True)
        (home / "installed").touch()
    return python
