"""Take texts through the stages of reading side by side.

The code of all stages together is larger than the memory next to a processor's core. One text after
the other brings each stage's code there anew; a few texts at each stage find it there.
"""


def run_together(many):
    """Take what is found in stages through them side by side.

    Parameters
    ----------
    many : iterable of generator
        One a text. Each yields where a stage ends, and returns what it found.

    Returns
    -------
    list
        What each found, in their order.
    """
    running, found = dict(enumerate(many)), {}
    while running:
        for number, stages in list(running.items()):
            try:
                next(stages)
            except StopIteration as end:
                found[number] = end.value
                del running[number]
    return [found[number] for number in sorted(found)]
