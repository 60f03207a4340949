"""The codebook: files a researcher edits, read with plain complaints."""

import pickle

import pytest

from threatledger.codebook import Codebook, CodebookError, read_codebook, read_rows


def write(tmp_path, raw):
    path = tmp_path / "words.csv"
    path.write_bytes(raw)
    return path


def test_cells_are_stripped_and_empty_rows_left_out(tmp_path):
    path = write(tmp_path, b"word , note\n dwindle ,\n,\n")
    assert read_rows(path) == [{"word": "dwindle", "note": ""}]


def test_a_quoted_cell_keeps_its_line_end(tmp_path):
    assert read_rows(write(tmp_path, b'word\n"a\nb"\n')) == [{"word": "a\nb"}]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "words.csv: the file is empty: its first line must name the columns"),
        (b"word,note\na,b,c\n", "words.csv, row 2: it has 3 cells, the header 2"),
        (
            b"word\ncaf\xe9\n",
            r"not UTF-8 text \(byte 0xE9 at offset 8, line 2\).* as CSV",
        ),
    ],
)
def test_a_bad_file_is_named_with_its_remedy(tmp_path, raw, said):
    with pytest.raises(CodebookError, match=said):
        read_rows(write(tmp_path, raw))


def test_a_missing_table_is_named():
    with pytest.raises(CodebookError, match="data/codebook/words.csv is missing"):
        Codebook({}).rows("words")


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(CodebookError, match="no codebook in"):
        read_codebook(tmp_path)


def test_a_codebook_can_be_sent_to_a_worker():
    codebook = pickle.loads(pickle.dumps(read_codebook()))
    assert codebook.rows("countries") == read_codebook().rows("countries")


def test_country_codes_are_three_capitals_and_unique():
    codes = [row["iso3"] for row in read_codebook().rows("countries")]
    assert all(len(code) == 3 and code.isalpha() and code.isupper() for code in codes)
    assert len(codes) == len(set(codes))


def test_every_region_row_names_a_sub_region_of_the_country_table():
    known = {row["sub_region"] for row in read_codebook().rows("countries")}
    assert {row["sub_region"] for row in read_codebook().rows("regions")} <= known


def test_every_response_word_belongs_to_a_pillar():
    pillars = {row["pillar"] for row in read_codebook().rows("response-pillars")}
    assert {row["pillar"] for row in read_codebook().rows("response-words")} == pillars
