"""Put the codebook into the package where it is installed: ``pip install ./notebooks``.

The project's one codebook is ``data/codebook/``. What is installed elsewhere, on a cluster's worker
say, takes a copy along, as it has no project around it.
"""

import shutil
import tempfile
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

CODEBOOK = Path(__file__).resolve().parents[1] / "data/codebook"
# As threatledger.codebook.find_codebook looks for it.
TARGET = "threatledger/codebook-tables"


class BuildWithCodebook(build_py):
    """Builds the package with a copy of the codebook in it."""

    def run(self):
        """Build, then copy; where the package is used in place there is the codebook itself."""
        super().run()
        tables = sorted(CODEBOOK.glob("*.csv"))
        if not tables:
            raise FileNotFoundError(f"no codebook in {CODEBOOK}: install from the whole project")
        if not self.editable_mode:
            folder = Path(self.build_lib) / TARGET
            folder.mkdir(parents=True, exist_ok=True)
            for table in tables:
                shutil.copyfile(table, folder / table.name)


if __name__ == "__main__":
    # Built in a folder of its own: nothing of an earlier build gets in, and none is left here.
    with tempfile.TemporaryDirectory(prefix="threatledger-build-") as scratch:
        setup(
            cmdclass={"build_py": BuildWithCodebook},
            options={"build": {"build_base": scratch}, "egg_info": {"egg_base": scratch}},
        )
