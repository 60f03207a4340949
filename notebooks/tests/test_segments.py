"""Passages, sentences and headings of texts as found."""

import pytest
from timing import measure_seconds

from threatledger.codebook import read_codebook
from threatledger.extraction.segments import read_passages
from threatledger.extraction.sentences import split_sentences

CODEBOOK = read_codebook()


def read(text):
    return read_passages(text, CODEBOOK)


def kinds(text):
    return [(p.kind, text[p.start : p.end]) for p in read(text)]


def sentences(text):
    return [text[a:b] for a, b in split_sentences(text, 0, len(text), CODEBOOK)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It fell. Then it rose.", ["It fell.", "Then it rose."]),
        ("Lt. Gen. Saad met Dr. Khalil. He left.", ["Lt. Gen. Saad met Dr. Khalil.", "He left."]),
        ("See para. 12 of the report.", ["See para. 12 of the report."]),
        ("In the U.S. Treasury they know.", ["In the U.S. Treasury they know."]),
        ("He fled to the U.S. The trial goes on.", ["He fled to the U.S.", "The trial goes on."]),
        ("It is worth 1.5 million. No more.", ["It is worth 1.5 million.", "No more."]),
        ("J. K. Harlow wrote it.", ["J. K. Harlow wrote it."]),
        ("“They ran.” He shrugged.", ["“They ran.”", "He shrugged."]),
        ("“They ran,” he said. “All of them.”", ["“They ran,” he said.", "“All of them.”"]),
        (
            "The core is small.[3] Its cells are not.",
            ["The core is small.[3]", "Its cells are not."],
        ),
        (
            "It crossed the border.4 States objected.",
            ["It crossed the border.4", "States objected."],
        ),
        ("Cells, e.g. in Homs, hide.", ["Cells, e.g. in Homs, hide."]),
        ("They met on 3 Feb. 2019 in Erbil.", ["They met on 3 Feb. 2019 in Erbil."]),
        ("Raids went on… Nobody knew.", ["Raids went on…", "Nobody knew."]),
        ("The number was 9. It had been 4.", ["The number was 9.", "It had been 4."]),
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(text, expected):
    assert sentences(text) == expected


def test_offsets_are_those_of_the_file_with_its_line_ends():
    text = "\ufeffTitle of it all\r\n\r\nFirst there was  one.\r\nThen came two.\r\n"
    found = [s for p in read(text) for s in p.sentences]
    assert [text[s.start : s.end] for s in found] == [s.text for s in found]
    assert [s.text for s in found][1:] == ["First there was  one.", "Then came two."]
    assert [s.index for s in found] == list(range(len(found)))


def test_wrapped_lines_are_one_paragraph():
    text = (
        "Raids in the north have grown since the\nspring, although the army says that most of\n"
        "them failed. The ministry gave no figures.\n"
        "Officials in Erbil put the number at nine\nor ten.\n"
    )
    assert [p.kind for p in read(text)] == ["paragraph"]
    assert len(read(text)[0].sentences) == 3


def test_one_paragraph_a_line_stays_one_paragraph_a_line():
    text = "He fled to the hills with some of his men.\nShe stayed in the town with her sons.\n"
    assert [p.kind for p in read(text)] == ["paragraph", "paragraph"]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("The delegates met for nine hours in the old hall of the", "parliament and left.", True),
        ("A convoy of trucks came under fire on the road to", "Palmyra on Sunday.", True),
        ("The delegates met for nine hours in the old hall.", "parliament is on the hill.", False),
        ("Short line", "goes on here as a new one.", False),
        ("The delegates met for nine hours in the old hall", "Parliament is on the hill.", False),
    ],
)
def test_a_page_break_inside_a_sentence_is_joined(first, second, joined):
    text = f"{first}\n\n{second}\n"
    assert (len(read(text)) == 1) is joined


def test_page_matter_inside_a_sentence_is_blanked_out_and_offsets_still_fit():
    text = (
        "The Team assesses that some forty of the men who left the valley in the\n\n"
        "S/2099/7\n\nPage 4 of 9\n\nspring have come back to the town.\n"
    )
    passages = read(text)
    assert [p.kind for p in passages] == ["paragraph", "furniture"]
    (sentence,) = passages[0].sentences
    assert "2099" not in sentence.text
    assert len(sentence.text) == sentence.end - sentence.start
    at = sentence.text.index("come back")
    assert text[sentence.start + at :].startswith("come back")


def test_page_matter_that_interrupts_twice_holds_no_line_of_the_passage():
    text = (
        "The camp in the north of the province was built for a few families, and it now\n"
        "Share this article\n"
        "holds several times as many, although the guards who were sent there in spring\n"
        "Share this article\n"
        "have left again, and nobody has come in their place since, the doctors there say.\n"
    )
    assert [words for kind, words in kinds(text) if kind == "furniture"] == [
        "Share this article"
    ] * 2


def test_headings_govern_what_follows_and_a_list_has_its_lead():
    text = (
        "A report on the two valleys\n\nIt was written in haste by three people in spring.\n\n"
        "II. Finance\n\nIncome came from three sources:\n• Tolls brought 4 dinars a load;\n"
        "• Fines brought less.\n\nALEPPO\nNothing was paid there before the month of June.\n"
    )
    found = {text[p.start : p.end].split("\n")[0]: p for p in read(text)}
    assert found["II. Finance"].kind == "heading"
    assert found["ALEPPO"].kind == "heading"
    lead = found["Income came from three sources:"]
    assert lead.heading == found["II. Finance"].number
    assert found["• Fines brought less."].kind == "item"
    assert found["• Fines brought less."].lead == lead.number
    assert (
        found["Nothing was paid there before the month of June."].heading == found["ALEPPO"].number
    )
    assert found["It was written in haste by three people in spring."].heading == 0


def test_a_label_is_no_part_of_the_sentence():
    text = "Heading of it\n\n12. The core holds two towns, and it has lost the rest of them.\n"
    (sentence,) = read(text)[-1].sentences
    assert sentence.text.startswith("The core")


@pytest.mark.parametrize(
    "text",
    [
        "", "\n\n\n", "\ufeff", "....", "• ", "\x00\x0c", "(", "١٢٣", "1.", "S/2020/1", "“", "___",
        "İ İ İ. ß.", "\u2028a\u2029b",
    ],
)  # fmt: skip
def test_any_characters_are_read_without_an_error(text):
    for passage in read(text):
        assert 0 <= passage.start < passage.end <= len(text)


def test_a_text_without_stops_is_cut_at_its_commas():
    words = " ".join(f"the men of valley {n} came down to the road at night," for n in range(200))
    (passage,) = read(words)
    assert len(passage.sentences) > 5
    assert all(len(sentence.text) <= 1500 for sentence in passage.sentences)
    assert all(sentence.text.endswith(",") for sentence in passage.sentences)
    assert read("a" * 5000)[0].sentences[0].end == 1500


def test_the_dots_between_a_label_and_its_figure_end_no_sentence():
    text = "The list has two lines.\n\n  To Mali ....... 900\n  To Chad ....... 400\n"
    found = [sentence.text for passage in read(text)[1:] for sentence in passage.sentences]
    assert found == ["To Mali ....... 900", "To Chad ....... 400"]
    (passage,) = read("He waited... Then he left the town with all his men.")
    assert len(passage.sentences) == 2


def test_reading_is_linear_in_the_length():
    def seconds(n):
        text = "The men of the valley said so. " * n
        return measure_seconds(lambda: read(text), rounds=1)

    seconds(100)
    assert seconds(24_000) < 8 * 3 * max(seconds(8_000), 0.01)
