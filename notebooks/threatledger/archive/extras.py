"""Import what only some corpora need, and say how to install it where it is missing."""

import importlib

from threatledger.corpus import CorpusError

# Module to the extra of the package that brings it.
EXTRAS = {
    "distributed": "archive",
    "fsspec": "archive",
    "pyarrow": "archive",
    "pyarrow.compute": "archive",
    "pyarrow.parquet": "archive",
    "pypdfium2": "pdf",
    "trafilatura": "html",
}


def import_extra(module):
    """Import a module that an extra of the package brings.

    Parameters
    ----------
    module : str
        One of `EXTRAS`.

    Returns
    -------
    module

    Raises
    ------
    CorpusError
        If it is not installed; the message names the extra.
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        # Something that the module itself lacks is another matter.
        if error.name and error.name.split(".")[0] != module.split(".")[0]:
            raise
        raise CorpusError(
            f"this corpus needs the package {module.split('.')[0]}, which is not installed: run "
            f'python -m pip install "./notebooks[{EXTRAS[module]}]"'
        ) from None
