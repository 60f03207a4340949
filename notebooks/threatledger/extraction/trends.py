"""Find trends: statements that something has gone up, gone down or stayed the same."""

from dataclasses import dataclass

from threatledger.extraction.glance import read_forms
from threatledger.extraction.linking import quote_sentence, step_links
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.stages import run_together
from threatledger.extraction.trend_changes import find_changes
from threatledger.extraction.trend_checks import (
    Case,
    find_direction,
    is_owned_officially,
    is_stated,
)
from threatledger.extraction.trend_contexts import choose_topic
from threatledger.extraction.trend_grammar import split_words
from threatledger.extraction.trend_lexicon import may_state_change, read_lexicon
from threatledger.extraction.trend_phrases import clean_what
from threatledger.extraction.trend_subjects import find_what
from threatledger.extraction.trend_topics import is_known, read_topics, split_topics

_OF_FIGHTERS = ("strength", "attacks", "finance")  # of a government's, the topic is other
_POSTS = LateRegex(r"\b(?:checkpoints|posts|outposts|bases|presence)\b")


@dataclass(slots=True)
class _Span:
    """Where in its sentence a trend stands, for the functions that link place, time and speaker."""

    start: int
    end: int


def find_trends(reading):
    """Find the trends that a text states.

    Parameters
    ----------
    reading : Reading
        Its codebook holds the tables ``trend-words`` and ``topic-words``.

    Returns
    -------
    list of dict
        One a trend, in order: ``start``, ``end``, ``quote`` (in the text as found),
        ``direction`` (up, down or steady), ``topic``, ``what`` (the thing that changed), and as
        a claim has them ``place``, ``as_of``, ``as_of_basis``, ``attribution``, ``chain``,
        ``voice``, ``sentence``, ``sentence_start``, ``sentence_end``.

    Notes
    -----
    Left out: what is negated, conditional, wished for, planned or to come, questions, and
    headings that are noun phrases.
    """
    return run_together([step_trends(reading)])[0]


def step_trends(reading):
    """Find the trends that a text states, as `find_trends` does, in stages.

    Parameters
    ----------
    reading : Reading

    Yields
    ------
    None
        Where a stage ends.

    Returns
    -------
    list of dict
    """
    lexicon, topics = read_lexicon(reading.codebook), read_topics(reading.codebook)
    found = []
    for sentence in reading.sentences:
        if sentence.text.endswith("?"):
            continue
        if may_state_change(lexicon, read_forms(sentence.text)):
            words = split_words(sentence.text)
            found += [(sentence, words, change) for change in find_changes(words, lexicon)]
    yield
    records, links = [], []
    for sentence, words, change in found:
        stated = _read_change(reading, sentence, words, change, lexicon, topics, records)
        span = _Span(words.spans[change.start][0], words.spans[change.end - 1][1])
        records += stated
        links += [(sentence, span, None)] * len(stated)
    yield
    yield from step_links(reading, records, links)
    return records


def _read_change(reading, sentence, words, change, lexicon, topics, records):
    """Return the records of one change: none where it is not stated, two for two topics."""
    case = Case(
        words, change, find_what(reading, sentence, words, change, records), lexicon, topics
    )
    if not is_stated(case, reading.passages[sentence.passage].kind):
        return []
    found = []
    for part in split_topics(case.what, topics):
        topic = choose_topic(reading, sentence, words, change, part, topics)
        if (topic in _OF_FIGHTERS or _POSTS.search(part)) and is_owned_officially(case):
            topic = "other"
        if all(topic != other["topic"] for other in found):
            direction = find_direction(case)
            named = clean_what(part, lambda word: is_known(word.lower(), topics))
            found.append(_write_record(reading, sentence, words, change, direction, topic, named))
    return found


def _write_record(reading, sentence, words, change, direction, topic, what):
    """Write one trend; its place, time and speaker are linked when all are found."""
    start, end = words.spans[change.start][0], words.spans[change.end - 1][1]
    record = {
        "start": sentence.start + start,
        "end": sentence.start + end,
        "quote": reading.text[sentence.start + start : sentence.start + end],
        "direction": direction,
        "topic": topic,
        "what": what,
    }
    # In this order; linked later.
    record.update(place=[], as_of=None, as_of_basis="", attribution=None, chain=[], voice="")
    said = quote_sentence(reading, sentence)
    record.update(sentence=said, sentence_start=sentence.start, sentence_end=sentence.end)
    return record
