"""What a sentence speaks of, and cells that say nothing."""

import pandas as pd
import pytest

from threatledger.codebook import read_codebook
from threatledger.coverage import compile_words, count_countries, find_subjects, tabulate_coverage


@pytest.mark.parametrize(
    ("sentence", "subjects"),
    [
        ("Convoys were hit near Tikrit in Iraq.", {"middle-east"}),
        ("The branch in the Lake Chad Basin taxes cattle.", {"africa"}),
        ("Returnees were sentenced in Sweden.", {"europe", "foreign-fighters", "prosecution"}),
        ("Cash was sent to Afghanistan.", {"asia", "finance"}),
        ("An American general spoke.", set()),  # who speaks is not where it happens
        ("The cashier left.", set()),  # a word within a word
    ],
)
def test_subjects_of_a_sentence(sentence, subjects):
    assert find_subjects(sentence, read_codebook()) == subjects


def test_a_phrase_matches_across_a_line_end():
    assert compile_words(["foreign fighters"]).search("many foreign\nfighters left")


def test_a_text_that_says_nothing_keeps_its_cell():
    sentences = pd.DataFrame({"doc_id": ["a"], "text": ["Cash was found in Mali."]})
    documents = pd.DataFrame({"doc_id": ["a", "b"]})
    counts = tabulate_coverage(sentences, documents, ["region", "topic"])
    assert set(counts["group"]) == {"region", "topic"}
    counts = counts.set_index(["subject", "doc_id"])["statements"]
    assert counts["finance", "a"] == counts["africa", "a"] == 1
    assert counts["finance", "b"] == counts["europe", "a"] == 0


def test_a_figure_about_two_countries_counts_for_both():
    claims = pd.DataFrame({"doc_id": ["a"], "place": ["IRQ|SYR"]})
    trends = pd.DataFrame({"doc_id": ["b", "b"], "place": ["IRQ", ""]})
    counts = count_countries(claims, trends).set_index("iso3")
    assert counts.loc["IRQ", ["claims", "trends", "texts"]].tolist() == [1, 1, "a|b"]
    assert counts.loc["SYR", ["claims", "trends", "region"]].tolist() == [1, 0, "Middle East"]
    assert set(counts.index) == {"IRQ", "SYR"}
