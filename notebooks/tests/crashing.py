"""Kill a run of the chain at each of its steps on the file system, and look at what comes after.

Usage: ``crashing.py FOLDER all|some``. The chain runs in a forked process, without kernels, and
ends itself as ``kill -9`` would, just before the step; then it is run again, to its end. Printed is
one JSON object a crash. Of `some`, every second one is torn; `all` are both torn and not, and also
in a folder in which nothing was made before.
"""

import hashlib
import json
import os
import shutil
import signal
import sys
from pathlib import Path

from tiny import Tiny

from threatledger.chain import runs
from threatledger.chain.notebooks import ChainError

# What changes a file or folder, as Python announces it.
STEPS = ("open", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate")
BEFORE, NOW = "id\na\nb\n", "id\na\nb\nc\n"


def main():
    """Crash at one step after the other."""
    # One notebook at a time, so that step 12 is the same step each time.
    runs.MOST_WORKERS = 1
    folder, which = Path(sys.argv[1]), sys.argv[2]
    expected = run_alone(Trial(folder, is_new=True))
    for is_new, tears in (True, [1]), (True, [0]), (False, [0]), (False, [1]):
        if which == "some":
            is_new, tears = False, [0, 1]
        for step in range(1, 10_000):
            trial = Trial(folder, is_new)
            if not crash(trial, step, torn=tears[step % len(tears)]):
                break
            left = hash_text(json.dumps(trial.list_made()))
            print(json.dumps({"step": step, "left": left, "wrong": judge(trial, expected)}))
        if which == "some":
            break


class Trial:
    """A project in which a run is about to begin.

    Parameters
    ----------
    folder : pathlib.Path
    is_new : bool
        Whether nothing has been made before, from other texts.
    """

    def __init__(self, folder, is_new):
        root = folder / "project"
        shutil.rmtree(root, ignore_errors=True)
        self.tiny = Tiny(root)
        if not is_new:
            self.tiny.put("data/texts.csv", BEFORE)
            self.run()
        self.tiny.put("data/texts.csv", NOW)
        self.given = hash_below(root / "data")

    def run(self):
        """Run the chain; return which notebooks ran."""
        return self.tiny.run(finish=finish)

    def list_made(self):
        """Return name and SHA-256 of all in reports/."""
        return hash_below(self.tiny.project.reports)


def run_alone(trial):
    """Return what a run makes that nothing befalls."""
    trial.run()
    return drop_record(trial.list_made())


def drop_record(made):
    """Leave out the record of runs: it holds seconds."""
    return {name: sum_ for name, sum_ in made.items() if name != "default/.chain.json"}


def crash(trial, step, torn):
    """Run the chain until a step; return whether it came to it."""
    child = os.fork()
    if child == 0:
        sys.addaudithook(Crash(trial.tiny.project.reports, step, torn))
        trial.run()
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def judge(trial, expected):
    """Run the chain again; return what is wrong then, nothing if all is well."""
    try:
        trial.run()
        again = trial.run()
    except ChainError as error:
        return str(error)
    made = drop_record(trial.list_made())
    if made != expected:
        return sorted(name for name in {**made, **expected} if made.get(name) != expected.get(name))
    if trial.given != hash_below(trial.tiny.root / "data"):
        return "data/ has changed"
    return f"{again} ran again for nothing" if again else ""


class Crash:
    """Ends this process just before a step below a folder.

    Parameters
    ----------
    folder : pathlib.Path
    step : int
        Counted from 1.
    torn : bool
        Whether the file written last loses its second half, as when the power goes.
    """

    def __init__(self, folder, step, torn):
        self._folder, self._ahead, self._torn = str(folder), step, torn
        self._last = None

    def __call__(self, event, arguments):
        """Take note of what Python is about to do."""
        if event not in STEPS or not str(arguments[0]).startswith(self._folder):
            return
        if event == "open" and not set(str(arguments[1])) & set("wax+"):
            return
        self._ahead -= 1
        if not self._ahead:
            self._end()
        if event in ("open", "os.rename"):
            self._last = arguments[event == "os.rename"]

    def _end(self):
        """Lose the process, and half a file with it."""
        if self._torn and self._last and os.path.exists(self._last):
            os.truncate(self._last, os.path.getsize(self._last) // 2)
        os.kill(os.getpid(), signal.SIGKILL)


def finish(edition, folder):
    """Stand in for the page and for what is made with it."""
    for name in (*runs.WITH_PAGE, runs.RUN_RECORD):
        runs.write_whole(folder / name, f"{edition}: {name}")


def hash_below(folder):
    """Return name and SHA-256 of each file below a folder, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def hash_text(text):
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


if __name__ == "__main__":
    main()
