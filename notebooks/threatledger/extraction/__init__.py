"""Extract quantity claims and trends from a text: the package's one entrance is ``extract``."""

from dataclasses import dataclass, field

from threatledger.codebook import read_codebook
from threatledger.extraction.claims import step_claims
from threatledger.extraction.digits import make_plain, restore_spans
from threatledger.extraction.model import Reading
from threatledger.extraction.segments import read_passages
from threatledger.extraction.stages import run_together
from threatledger.extraction.trends import step_trends


@dataclass(slots=True)
class Found:
    """What a text states: ``claims`` and ``trends``, lists of records."""

    claims: list[dict] = field(default_factory=list)
    trends: list[dict] = field(default_factory=list)


def extract(text, published=None, codebook=None):
    """Extract the quantity claims and the trends of a text.

    Parameters
    ----------
    text : str
        The text as found: any characters, any length.
    published : str, optional
        When it appeared: ``"2023-03-12"``, ``"2020-08"`` or ``"2020"``. Relative times are
        resolved against it, and stay empty without it.
    codebook : Codebook, optional
        Default: the project's own.

    Returns
    -------
    Found
        ``claims`` and ``trends``, each a list of dicts in order of ``start``, with the fields of
        ``data/gold/GUIDE.md`` and more. ``text[start:end]`` is the quote of each.

    Notes
    -----
    A pure function: no clock, no network, no file but the codebook, read once.

    Examples
    --------
    >>> found = extract("The group still has up to 500 fighters in Iraq.")
    >>> [(c["quote"], c["relation"], c["what"], c["place"]) for c in found.claims]
    [('500', 'at_most', 'fighters', ['IRQ'])]
    """
    return read_records(text, published, codebook or read_codebook())[1]


def read_records(text, published, codebook):
    """Split a text into passages and extract what it states, at one reading.

    Parameters
    ----------
    text, published, codebook
        As for `extract`.

    Returns
    -------
    tuple of (list of threatledger.extraction.model.Passage, Found)
    """
    return read_together([(text, published)], codebook)[0]


def read_together(texts, codebook):
    """Read some texts side by side, which is quicker than one by one; each as `read_records` does.

    Parameters
    ----------
    texts : iterable of tuple of (str, str or None)
        Each with when it appeared.
    codebook : Codebook

    Returns
    -------
    list of tuple of (list of threatledger.extraction.model.Passage, Found)
        In their order. All texts, and what is found in them, are in memory until the last is read.
    """
    return run_together(_step_records(text, published, codebook) for text, published in texts)


def _step_records(text, published, codebook):
    """Read a text in stages."""
    plain, places = make_plain(text)
    passages = read_passages(plain, codebook)
    yield
    sentences = [sentence for passage in passages for sentence in passage.sentences]
    reading = Reading(plain, published, codebook, passages, sentences)
    claims = yield from step_claims(reading)
    found = Found(claims, (yield from step_trends(reading)))
    if plain == text:
        return passages, found
    restore_spans([*found.claims, *found.trends], text, places)
    return read_passages(text, codebook), found
