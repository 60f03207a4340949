"""Remember what a stage found, so that it looks once and never runs in a circle."""

MISSING = object()
DEEPEST = 40  # links of a chain ("he" of "he" of "he") that are followed


def recall(reading, key, find, default=None):
    """Return what a stage found under a key, finding it the first time.

    Parameters
    ----------
    reading : Reading
        Whose ``memo`` holds what was found.
    key : tuple
        Names the stage and what it looks at.
    find : callable
        Without arguments; finds the answer, perhaps by way of other answers.
    default : object
        The answer for a chain that leads back to itself or runs too deep.

    Returns
    -------
    object
    """
    memo = reading.memo
    found = memo.get(key, MISSING)
    if found is MISSING:
        depth = memo.get("depth", 0)
        if depth >= DEEPEST:
            return default
        memo[key], memo["depth"] = default, depth + 1
        found = memo[key] = find()
        memo["depth"] = depth
    return found


def get_quantities(reading, sentence):
    """Return the quantities of a sentence, in order; none before the number stage has read it.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence

    Returns
    -------
    sequence of Quantity
    """
    return reading.memo.get(("quantities", sentence.index), ())


def list_earlier(reading, sentence, quantity):
    """Return the quantities of a sentence that end before another one begins, in order.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
    quantity : object
        With ``start``.

    Returns
    -------
    list of Quantity
    """
    return [q for q in get_quantities(reading, sentence) if q.end <= quantity.start]
