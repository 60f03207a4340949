"""A quick look before a costly rule: it may let too much through, and never hides anything."""

import re
import sys

import pytest

from threatledger.codebook import find_root, read_codebook
from threatledger.extraction import (
    counting,
    extract,
    parts,
    passives,
    place_here,
    place_owners,
    place_roles,
    time_anchors,
    time_events,
    time_marks,
    time_roles,
    time_running,
    times,
)
from threatledger.extraction.glance import read_forms
from threatledger.extraction.grammar import pick_hints
from threatledger.extraction.segments import read_passages

CODEBOOK = read_codebook()
# Words that a rule looks for in a sentence, and the pattern that it tries where one is there.
LOOKS = [
    (time_running.DAY_HINTS, time_running.SAME_DAY),
    (time_running.CLOCK_HINTS, time_running.CLOCK),
    (time_running.THEN_HINTS, time_running.THEN),
    (time_running.THEN_HINTS, time_running.AT_THE_TIME),
    (time_running.OF_HINTS, time_running.OF_THAT),
    (time_running.PERIOD_HINTS, time_running.THAT_PERIOD),
    (time_running.RESULT_HINTS, time_running.RESULT),
    (time_running.SHARE_HINTS, time_running.THE_SHARE),
    (time_events.EVENT_HINTS, time_events.IN_THE_EVENT),
    (time_events.ALSO_HINTS, time_events.ALSO_DID),
    (time_roles.LIMIT_HINTS, time_roles.LIMIT),
    (time_roles.LIMIT_HINTS, time_roles.BASELINE),
    (time_roles.EXTENDED_HINTS, time_roles.EXTENDED),
    (time_roles.DOCUMENT_HINTS, time_roles.DOCUMENT),
    (place_here.HERE_HINTS, place_here.HERE),
    (place_owners.NATIONAL_HINTS, place_owners.NATIONALS),
    (place_roles.ASIDE_HINTS, place_roles.ASIDE),
    (counting.FEWER_HINTS, counting.FEWER),
    (parts.GOING_ON, parts.OF_THAT),
    (parts.GOING_ON, parts.STILL_SAID),
    (parts.GOING_ON, parts.PART),
    (parts.PART_HINTS, parts.PART),
    (parts.OF_HINTS, parts.OF_THAT),
    (parts.GOING_ON, parts.ONE_OF),
    (parts.GOING_ON, parts.INCLUDED),
    (parts.GIVEN_HINTS, parts.GIVEN),
    (passives.NOUNS, passives.UNNAMED),
    (passives.HINTS, passives.PATTERN),
    (frozenset(("by",)), passives.PATTERN),
    (frozenset(("from",)), time_marks.FROM),
    (times.BEFORE_HINTS, times.BEFORE),
    (frozenset(("since",)), time_anchors.SINCE_THEN),
    (frozenset(("after",)), time_anchors.DAYS_AFTER),
]


def read_gold_sentences():
    """Return the text of every sentence of the annotated texts."""
    found = []
    for path in sorted((find_root() / "data/gold").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        passages = read_passages(text, CODEBOOK)
        found += [sentence.text for passage in passages for sentence in passage.sentences]
    return found


SENTENCES = read_gold_sentences()


def list_openings(text):
    """Return a text, and what stands before each of its words, as look-backs see it."""
    return [text, *(text[: match.end()] for match in re.finditer(r"\s", text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Some 40% of ISIL-linked cells",
            {"some", "%", "of", "isil-linked", "isil", "linked", "cells"},
        ),
        ("Losses: 12 men", {"losses", ":", "men"}),
        ("the “Emni’s” agents", {"the", "emni", "s", "agents"}),
        ("12 000", set()),
    ],
)
def test_read_forms(text, expected):
    assert read_forms(text) == expected | {""}


@pytest.mark.parametrize(
    ("table", "column"),
    [("unreal-words", "words"), ("voice", "forms"), ("populations", "words"), ("units", "form")],
)
def test_no_phrase_of_the_codebook_hides_behind_its_own_hint(table, column):
    for row in CODEBOOK.rows(table):
        for phrase in filter(None, row[column].lower().split("|")):
            assert not pick_hints([phrase]).isdisjoint(read_forms(f"Then {phrase} came.")), phrase


@pytest.mark.parametrize(("hints", "pattern"), LOOKS, ids=lambda look: str(look)[:40])
def test_a_look_never_hides_a_match(hints, pattern):
    hidden = [
        (text, found[0])
        for text in SENTENCES
        if hints.isdisjoint(read_forms(text))
        for cut in list_openings(text)
        if (found := pattern.search(cut))
    ]
    assert not hidden


@pytest.mark.parametrize(
    ("ends", "pattern"),
    [
        (place_roles.BORDER_ENDS, place_roles.BORDER_WITH),
        (place_roles.NAME_ENDS, place_roles.NAME_BEFORE),
        (place_roles.SAID_ENDS, place_roles.SAID_IN),
        (place_roles.SAID_ENDS, place_roles.SAID),
    ],
)
def test_a_look_at_the_last_word_hides_no_match(ends, pattern):
    openings = [cut for text in SENTENCES for cut in list_openings(text)]
    openings += [f"It lies near {word} " for word in (*ends, "Voice of the", "University of")]
    found = [cut for cut in openings if pattern.search(cut)]
    assert all(cut.rstrip().endswith(ends) for cut in found)


@pytest.mark.parametrize("word", sorted(times.OF_WORDS))
def test_a_word_that_opens_a_time_finds_no_less_by_its_own_patterns(word):
    whole = times._compile_patterns()
    rest = ["year's eve", "year", "month of 2021", "of May 2020", "period of 2021", "two weeks"]
    rest += ["to May 2019", "Monday", "spring", "summer of 2020", "week", "to 3 June"]
    made = [f"{word} {words}".lower() for words in (*rest, "")]
    for low in [*made, *(text.lower() for text in SENTENCES)]:
        for start, _ in times.find_words(low, [word]):
            found, own = (p.match(low, start) for p in (whole, times._choose_pattern(word)))
            assert (own and own.span()) == (found and found.span()), low


def test_contrasts_are_looked_for_by_their_parts():
    for text in SENTENCES:
        found = time_marks.CONTRAST.search(text)
        assert time_marks.has_contrast(text) == (found is not None)


SHAPES = {
    "lines": "\n\nThe group has {n} men in Iraq. He said attacks rose by {n} since May.",
    "one line": " The group has {n} men in Iraq, and he said that {n} left in May.",
    "no full stop": " and the group has {n} men in Iraq while he said that {n} left in May",
    "list": "\n• Camp {n}: 45 families, 12 of them Syrian",
    "table": "\nIraq  {n}  45  1,200",
    "notes": "\n\n{n}/ See the report of May on {n} men.",
    "quotation": " “There were {n} men, and 12 of them fled. They had {n} guns.",
}


def count_calls(text):
    """Return how many functions are called while a text is read: no clock, so no chance."""
    calls = 0

    def count(frame, event, value):
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        extract(text, published="2020-06-15")
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("shape", SHAPES)
def test_work_grows_with_the_length_of_a_text_and_no_faster(shape):
    def make(lines):
        return "".join(SHAPES[shape].format(n=1000 + 7 * i) for i in range(lines))

    extract(make(5))  # compiles the codebook
    once, fourfold = count_calls(make(40)), count_calls(make(160))
    assert once > 1000, "nothing was read"
    assert fourfold < 5 * once
