"""Say what it is that changed, in the words of the text."""

from threatledger.extraction.trend_grammar import BE, HAVE, MODAL, split_words
from threatledger.extraction.trend_phrases import find_subject
from threatledger.extraction.trend_topics import POINTING

_LONG = 400  # characters of the sentence before that are looked at


def find_what(reading, sentence, words, change, records):
    """Find the thing that changed, as the text names it.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
    words : trend_grammar.Words
    change : trend_changes.Change
    records : list of dict
        The trends found before this one.

    Returns
    -------
    str
        The noun phrase as written; the one that a pronoun points to where there is one before.
    """
    what = words.read(*change.what)
    first = what.split(" ", 1)[0].lower()
    if first in ("those", "that") and " in " in what or " of " in what and first == "that":
        before = _resolve(reading, sentence, records)
        return f"{before.split(' in ')[0]} {what.split(' ', 1)[1]}" if before else what
    shares = not what and change.what == change.subject and records
    if shares and records[-1]["sentence_start"] == sentence.start:
        return records[-1]["what"]
    if first in ("them", "it") and len(what) > len(first) and change.subject == (0, 0):
        return _resolve(reading, sentence, records) or what
    if what.lower() in POINTING or not what and change.what == change.subject:
        return _resolve(reading, sentence, records, change.what[0] < 6) or what
    return what


def _resolve(reading, sentence, records, opens=True):
    """Return what a pronoun points to: the subject of the list or of the sentence before."""
    passage = reading.passages[sentence.passage]
    if passage.kind == "item" and passage.lead is not None and records and opens:
        last = records[-1]
        before = reading.passages[passage.number - 1] if passage.number else passage
        if before.start <= last["start"] < before.end:
            return last["what"]
    if sentence.index and reading.sentences[sentence.index - 1].passage == sentence.passage:
        return _read_subject(reading.sentences[sentence.index - 1])
    return ""


def _read_subject(sentence):
    """Return the subject of the first verb of a sentence, so far as auxiliaries show it."""
    words = split_words(sentence.text[:_LONG])
    for i, word in enumerate(words.low):
        if word in BE or word in HAVE or word in MODAL or (i > 1 and word.endswith("ed")):
            found = words.read(*find_subject(words, i))
            return "" if found.lower() in POINTING else found
    return ""
