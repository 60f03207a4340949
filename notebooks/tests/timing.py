"""How long something takes a processor, when hundreds of tests have run in the same process."""

import gc
import time


def measure_seconds(run, rounds=3):
    """Return the processor seconds of the quickest round: what else the process does only adds.

    The collector of garbage looks through everything that the tests before left behind, which
    takes most of a second and has nothing to do with what is measured, so it waits.
    """
    seconds = []
    gc.disable()
    try:
        for _ in range(rounds):
            began = time.process_time()
            run()
            seconds.append(time.process_time() - began)
    finally:
        gc.enable()
    return min(seconds)
