"""Send a cluster's workers the package where they lack it, and the work itself.

Neither scheduler nor workers need know the package before. So what goes to them is defined inside
functions here: it cannot be looked up by name, and Dask sends all of it.
"""

NAME = "threatledger"


def make_call():
    """Return what does a piece of work on a worker.

    Returns
    -------
    callable
        Takes a pickled function that takes nothing; returns its result and the empty string, or
        nothing and a sentence for a person who can mend what is wrong.
    """

    def call(work):
        import pickle

        function = pickle.loads(work)  # noqa: S301
        from threatledger.corpus import CorpusError

        try:
            return function(), ""
        except CorpusError as error:
            return None, str(error)

    return call


def make_plugin(content, code, kinds):
    """Return what gives a worker this project's code and codebook, unless it has the very same.

    Parameters
    ----------
    content : bytes
        The package as a zip archive.
    code : str
        What its code and codebook sum up to.
    kinds : tuple of str
        As for `threatledger.archive.code.sum_up_code`.

    Returns
    -------
    distributed.WorkerPlugin
        For workers that are there and for those that come later.
    """
    from distributed import WorkerPlugin

    name = f"{NAME}-{code[:16]}"

    class Package(WorkerPlugin):
        def __init__(self):
            self.name = name

        def setup(self, worker):
            if not has_package():
                unpack(worker.local_directory)

    def has_package():
        try:
            from threatledger.archive.code import sum_up_code

            return sum_up_code(kinds) == code
        except Exception:
            # Whatever is wrong with what it has, it is sent another.
            return False

    def unpack(folder):
        import io
        import pathlib
        import sys
        import zipfile

        target = pathlib.Path(folder) / name
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            archive.extractall(target)
        sys.path.insert(0, str(target))
        # What was imported of another state of the package is forgotten.
        for module in [module for module in sys.modules if module.partition(".")[0] == NAME]:
            del sys.modules[module]

    return Package()
