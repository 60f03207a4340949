"""Sentences in which an author judges, and sentences that only report a judgement."""

import pytest
from archives import split_texts
from samples import make_frame

from threatledger.briefing.sections import show_own_claims
from threatledger.codebook import read_codebook
from threatledger.own_claims import find_markers, tabulate_own_claims


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("The group left its notorious prison.", ["denunciation"]),
        ("Trucks left the US-occupied zone.", ["charge"]),
        ("The group (outlawed in Russia) shrank.", ["label"]),
        ("This serves the interests of traders.", ["imputed motive"]),
        # Another's words, a country, and a plain fact.
        ("He called it a “puppet” court.", []),
        ("The US said the road was open.", []),
        ("Wardens occupied three rooms of the camp.", ["charge"]),
        ("The prison was closed in May.", []),
    ],
)
def test_a_judging_word_outside_quotation_marks_sets_a_sentence_apart(sentence, kinds):
    assert [kind for _, _, kind in find_markers(sentence, read_codebook())] == kinds


def test_the_words_found_stand_at_their_place_whatever_the_letters():
    sentence = "İn İdlib the notorious “vicious” court met."
    ((start, end, _),) = find_markers(sentence, read_codebook())
    assert sentence[start:end] == "notorious"


@pytest.fixture
def read():
    """Return what `tabulate_own_claims` gives for one text."""

    def read(text, **records):
        frames = split_texts([{"doc_id": "doc-a", "published": "2021-05", "text": text}])
        claims = make_frame("claims", records.get("claims", []))
        trends = make_frame("trends", records.get("trends", []))
        return tabulate_own_claims(*frames, claims, trends)

    return read


def test_a_judgement_that_a_named_speaker_makes_is_not_the_author_s(read):
    said = "The minister said that the notorious prison would close.\n"
    assert read(said).empty
    own = read("Wardens opened the gates.\n\nThe notorious prison closed in May.\n")
    assert list(own["sentence"]) == ["The notorious prison closed in May."]
    assert list(own["why"]) == ["denunciation: “notorious”"]
    assert list(own["passage_id"]) == ["doc-a:001"]


def test_the_author_s_own_records_are_listed_and_reported_ones_are_not(read):
    text = "The notorious gang grew to 300 men.\n"
    rows = [
        {"trend_id": "trend-1", "doc_id": "doc-a", "start": 19, "voice": "author"},
        {"trend_id": "trend-2", "doc_id": "doc-a", "start": 19, "voice": "reported"},
        {"trend_id": "trend-3", "doc_id": "doc-b", "start": 19, "voice": "author"},
    ]
    own = read(text, trends=rows)
    assert list(own["trend_ids"]) == ["trend-1"]
    html = show_own_claims(own).html
    assert 'href="#trend-1"' in html
    assert "trend-2" not in html
    assert 'href="#passage-doc-a.000"' in html


def test_a_text_without_judgement_says_none(read):
    assert "none" in show_own_claims(read("Wardens opened the gates.\n")).html
