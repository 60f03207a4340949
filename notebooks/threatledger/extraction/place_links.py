"""Ask for the place of another number: one place leads to the next."""


def link_number(reading, sentence, quantity):
    """Say which countries another number of the text is about.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
        The sentence that holds the number.
    quantity : object
        With ``start`` and ``end``.

    Returns
    -------
    list of str
        As `link_place` returns it.
    """
    from threatledger.extraction.places import link_place  # which asks here

    return link_place(reading, sentence, quantity)
