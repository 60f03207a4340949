"""Hold the sentences of some texts, with what they are compared by, each found once."""

import functools

from threatledger.codebook import read_codebook
from threatledger.disagreements.stems import list_stems
from threatledger.tokens import ask_each


class Said:
    """The sentences of some texts, known by their places from 0.

    Parameters
    ----------
    sentences : pandas.DataFrame
        The table of that name, or some texts of it.

    Attributes
    ----------
    columns : dict of str to list
        Its columns.
    texts : list of str
        The column ``text``.
    """

    def __init__(self, sentences):
        self.columns = {name: sentences[name].tolist() for name in sentences}
        self.texts = self.columns["text"]

    @functools.cached_property
    def stems(self):
        """The stems of each sentence, as a set."""
        codebook = read_codebook()
        return ask_each(lambda text: frozenset(list_stems(text, codebook)), self.texts)

    @functools.cached_property
    def places(self):
        """The places of each text's sentences, by ``doc_id``."""
        found = {}
        for place, doc_id in enumerate(self.columns["doc_id"]):
            found.setdefault(doc_id, []).append(place)
        return found

    def describe(self, place):
        """Return one sentence as a row of the table."""
        return {name: values[place] for name, values in self.columns.items()}
