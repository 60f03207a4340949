"""What is looked up token by token is what a search of the whole text would find."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from threatledger import coverage
from threatledger.affiliates import find_affiliates
from threatledger.codebook import read_codebook
from threatledger.coverage import compile_words, find_subjects, read_subjects
from threatledger.disagreements.stems import list_stems
from threatledger.extraction.gazetteer import find_names, split_names
from threatledger.tokens import LONGEST, MOST, Tokens, Watch, ask_each

WORDS = (
    "Iraq|ISIL|Al|Hasakah|al-Hasakah|Burkina|Faso|Lake|Chad|Islamic|State|the|There|is|no|evidence"
    "|of|not|true|denied|never|didn’t|border|control|oil|İstanbul|Straße|²Iraq|Niger’s|Deir|ez-Zor"
    "|Kabul|adopted|small|arms|(Mali)|“Sahel”|U.S.|Côte|d’Ivoire|prosecutions|children"
).split("|")
GAPS = [" ", "  ", "\n", "\t", "\u00a0", "\u2003", "\x1c", "-", "’", ", ", "."]
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)), max_size=14).map(
    lambda pieces: "".join(word + gap for word, gap in pieces)
)


@given(TEXTS)
def test_no_phrase_of_a_text_is_overlooked(text):
    found = find_subjects(text, read_codebook())
    for subject, (_, _, pattern) in read_subjects(read_codebook()).items():
        assert not pattern.search(text.lower()) or subject in found


@given(TEXTS)
def test_every_name_of_a_text_has_its_words_among_those_of_the_tokens(text):
    words = {word for token in text.split() for word in split_names(token, read_codebook())}
    for found in find_names(text, read_codebook()):
        assert set(found.name.words) <= words


@given(TEXTS)
def test_stems_are_those_of_the_words(text):
    words = re.findall(r"[^\W\d_]+(?:[’'][^\W\d_]+)?", text)
    assert list_stems(text, read_codebook()) == [
        stem for word in words for stem in list_stems(word, read_codebook())
    ]


@given(TEXTS)
def test_no_denying_word_is_overlooked(text):
    rows = read_codebook().rows("denial-words")
    found = Watch({row["kind"]: row["forms"].lower().split("|") for row in rows[:2]}).find(text)
    for row in rows[:2]:
        pattern = compile_words(row["forms"].split("|"))
        assert not pattern.search(text.lower()) or row["kind"] in set.union(*found)


PHRASES = {"money": ["oil", "small arms"], "law": ["e-borders", "court"]}


@pytest.mark.parametrize(
    ("text", "sure", "likely"),
    [
        ("Oil, and the court.", {"money", "law"}, set()),
        ("arms that are small", set(), {"money"}),
        ("small alone", set(), set()),
        ("small\u2003arms", set(), {"money"}),
        ("foiled courts", set(), set()),
        ("anti-oil", {"money"}, set()),
        ("the borders of e", set(), {"law"}),
        ("", set(), set()),
    ],
)
def test_a_word_is_sure_and_a_longer_phrase_is_likely(text, sure, likely):
    assert Watch(PHRASES).find(text) == (sure, likely)
    for name in sure:
        assert compile_words(PHRASES[name]).search(text.lower())


def test_a_phrase_without_words_is_always_likely():
    assert Watch({"sign": ["€"], "word": ["oil"]}).find("nothing") == (set(), {"sign"})


def test_a_sentence_without_a_region_or_a_group_asks_for_no_names(monkeypatch):
    def refuse(*_):
        raise AssertionError("the names of this sentence need not be looked for")

    monkeypatch.setattr(coverage, "find_places", refuse)
    monkeypatch.setattr("threatledger.affiliates.find_names", refuse)
    text = "Shops by the market closed early, as their owners had no money."
    assert find_subjects(text, read_codebook()) == {"finance"}
    assert find_affiliates(text, read_codebook()) == {}


def test_tokens_are_forgotten_before_they_fill_memory():
    tokens = Tokens(len)
    assert tokens["x" * (LONGEST + 1)] == LONGEST + 1
    assert not tokens
    for number in range(MOST + 1):
        assert tokens[str(number)] == len(str(number))
    assert len(tokens) == 1


def test_what_stands_twice_is_looked_at_once():
    asked = []

    def find(text):
        asked.append(text)
        return len(text)

    assert ask_each(find, ["ab", "c", "ab"]) == [2, 1, 2]
    assert asked == ["ab", "c"]
