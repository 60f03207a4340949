"""Read each text once: what was found in a text is kept by content, and read back by whoever asks.

What is kept is named by all that decides it: the text, when it was published, the code of the
extraction, the codebook and Python. A kept reading that is damaged, or that other code made, is
never used; where none can be kept, texts are read each time, with the same result.
"""

import contextlib
import dataclasses
import fcntl
import hashlib
import json
import os
import shutil
import sys
import tempfile

from threatledger.codebook import find_root, read_codebook
from threatledger.files import find_reports, hash_file, list_files

# Raised when what is kept takes another form.
FORMAT = 1
FOLDER = ".cache/readings"
# Of other states of code and codebook, such as those of another branch, so many are kept.
MOST_KEPT = 4
# What of the package decides a reading; a test holds it to what extraction imports.
CODE = ("codebook.py", "extraction/")
BEFORE = "threatledger.extraction" in sys.modules


def sum_up_code():
    """Return the SHA-256 of all but the text that decides a reading, as it is on disk now."""
    package, codebook = find_root() / "notebooks/threatledger", find_root() / "data/codebook"
    code = [path for path in list_files(package) if path.suffix == ".py"]
    named = [(path.relative_to(package).as_posix(), path) for path in code]
    named = [(name, path) for name, path in named if name.startswith(CODE)]
    named += [(path.name, path) for path in sorted(codebook.glob("*.csv"))]
    sums = [[name, hash_file(path)] for name, path in named]
    content = json.dumps([FORMAT, sys.version, sums])
    return hashlib.sha256(content.encode()).hexdigest()


# Before the code is imported, and so of what is imported: a file may change while a notebook is
# open, and then nothing is kept of what the older code finds. Where others have imported it
# before, how old it is cannot be told.
LOADED = None if BEFORE or read_codebook.cache_info().currsize else sum_up_code()

from threatledger.extraction import Found, extract  # noqa: E402
from threatledger.extraction.model import Passage, Sentence  # noqa: E402
from threatledger.extraction.segments import read_passages  # noqa: E402


def find_records(text, published=None):
    """Find the claims and trends of a text, or read back what was found before.

    Parameters
    ----------
    text : str
    published : str, optional
        As `threatledger.extraction.extract` takes it.

    Returns
    -------
    Found
        As `extract` gives it.
    """

    def find():
        found = extract(text, published=published)
        return [found.claims, found.trends]

    return Found(*_recall("records", [text, published], find))


def split_text(text):
    """Split a text into passages, or read back how it was split before.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of threatledger.extraction.model.Passage
    """

    def split():
        return [dataclasses.asdict(passage) for passage in read_passages(text, read_codebook())]

    return [_to_passage(record) for record in _recall("passages", [text], split)]


def _to_passage(record):
    """Return a passage from plain data."""
    sentences = [Sentence(**sentence) for sentence in record["sentences"]]
    of = record["of"] and tuple(record["of"])
    return Passage(**record | {"sentences": sentences, "of": of})


def _recall(kind, given, find):
    """Return what was found before for a text, else find it and keep it; as plain data."""
    folder = _find_folder()
    if folder is None:
        return json.loads(json.dumps(find()))
    name = hashlib.sha256(json.dumps([kind, *given]).encode()).hexdigest()
    path = folder / f"{name}.json"
    kept = _read_kept(path)
    if kept is not None:
        return json.loads(kept)
    with _alone(path):
        # Another run may have found it meanwhile.
        kept = _read_kept(path) or json.dumps(find())
        if sum_up_code() == LOADED:
            _keep(path, kept)
    return json.loads(kept)


def _find_folder():
    """Return where readings by the code now running are kept, or None if they cannot be told."""
    if LOADED is None or sum_up_code() != LOADED:
        return None
    return find_reports() / FOLDER / LOADED[:16]


def _read_kept(path):
    """Return a kept reading's JSON, or None where there is none that is whole."""
    try:
        sum_, _, content = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if hashlib.sha256(content).hexdigest().encode() != sum_:
        return None
    return content.decode("utf-8")


def _keep(path, text):
    """Keep a reading; where that cannot be done the next run reads the text again."""
    content = text.encode("utf-8")
    whole = hashlib.sha256(content).hexdigest().encode() + b"\n" + content
    trial = None
    with contextlib.suppress(OSError):
        # Each under a name of its own: two runs may keep the same at once.
        number, trial = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(number, "wb") as file:
            file.write(whole)
        os.replace(trial, path)
        return
    if trial:
        with contextlib.suppress(OSError):
            os.unlink(trial)


@contextlib.contextmanager
def _alone(path):
    """Let one at a time read a text; two that run side by side need it at the same moment."""
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            _make_folder(path.parent)
            lock = stack.enter_context(open(path.with_suffix(".lock"), "wb"))
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make_folder(folder):
    """Make the folder of a state of the code, and remove those longest unused."""
    if folder.is_dir():
        return
    folder.mkdir(parents=True, exist_ok=True)
    others = [path for path in folder.parent.iterdir() if path != folder]
    for path in sorted(others, key=lambda path: path.stat().st_mtime)[: -(MOST_KEPT - 1)]:
        shutil.rmtree(path, ignore_errors=True)
