"""Say of records where, as of when and by whom: one question about all of them, then the next."""

from threatledger.extraction.dates import link_time
from threatledger.extraction.place_roles import get_places
from threatledger.extraction.places import link_place
from threatledger.extraction.sources import get_sources
from threatledger.extraction.speakers import find_voice, link_speaker
from threatledger.extraction.time_roles import get_time_roles


def quote_sentence(reading, sentence):
    """Return a sentence as the file has it, also where page matter stands inside.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence

    Returns
    -------
    str
        One and the same for all records of the sentence, where it can be.
    """
    said = reading.text[sentence.start : sentence.end]
    return sentence.text if said == sentence.text else said


def step_links(reading, records, links):
    """Add to records place, time and speaker, in stages.

    Parameters
    ----------
    reading : Reading
    records : list of dict
        Of one text, in order; each gets ``place``, ``as_of``, ``as_of_basis``, ``attribution``,
        ``chain`` and ``voice``.
    links : list of tuple of (Sentence, object, Counted or None)
        What each record is linked by: its sentence, its span there, and what it counts.

    Yields
    ------
    None
        Where a stage ends.
    """
    for look in (get_sources, get_time_roles, get_places):
        for sentence, _, _ in links:
            look(reading, sentence)
        yield
    for record, link in zip(records, links, strict=True):
        record["place"] = link_place(reading, *link)
    yield
    for record, link in zip(records, links, strict=True):
        record["as_of"], record["as_of_basis"] = link_time(reading, *link)
    yield
    for record, (sentence, span, counted) in zip(records, links, strict=True):
        said = link_speaker(reading, sentence, span, counted)
        record["attribution"], record["chain"] = said.name, list(said.chain)
        record["voice"] = find_voice(reading, sentence, said)
    yield
