"""Sum up the code and the codebook that decide what is found in a text."""

import functools
import hashlib
import json
import sys
from pathlib import Path

from threatledger.archive.bodies import find_versions
from threatledger.archive.extras import import_extra
from threatledger.codebook import find_codebook
from threatledger.files import hash_file, list_files

PACKAGE = Path(__file__).resolve().parents[1]
# What of the package decides what is found; a test holds it to what a worker imports.
CODE = (
    "archive/",
    "codebook.py",
    "corpus.py",
    "days.py",
    "decoding.py",
    "extraction/",
    "files.py",
    "garbage.py",
    "records.py",
    "schemas.py",
    "sheets.py",
    "tables.py",
)


def list_code():
    """Return the files that decide what is found, by their names in the package.

    Returns
    -------
    dict of str to pathlib.Path
        Modules, and the tables of the codebook as ``codebook/NAME.csv``.
    """
    modules = {path.relative_to(PACKAGE).as_posix(): path for path in list_files(PACKAGE)}
    found = {name: path for name, path in modules.items() if name.startswith(CODE)}
    found = {name: path for name, path in found.items() if name.endswith(".py")}
    return found | {f"codebook/{path.name}": path for path in sorted(find_codebook().glob("*.csv"))}


# As this was imported, and so of what is imported: a file may change while a notebook is open.
LOADED = [[name, hash_file(path)] for name, path in list_code().items()]


@functools.cache
def sum_up_code(kinds=("text",)):
    """Return what is to be the same wherever texts of one corpus are read.

    Parameters
    ----------
    kinds : tuple of str
        What the files of the corpus are; libraries that take out their text count too.

    Returns
    -------
    str
        SHA-256 over code, codebook, Python and libraries.
    """
    libraries = {"pyarrow": import_extra("pyarrow").__version__} | find_versions(kinds)
    content = json.dumps([LOADED, list(sys.version_info[:2]), libraries], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()
