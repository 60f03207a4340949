"""The catalogue: adding a text is a file and a line, and a wrong line says what to do."""

import datetime
import hashlib

import pytest

from threatledger.corpus import (
    CorpusError,
    choose_texts,
    find_cut,
    find_texts,
    read_catalogue,
    read_registry,
    read_text,
)
from threatledger.days import find_first_day, find_last_day

HEADER = "id,file,published"


@pytest.fixture
def corpus(tmp_path):
    """Return a function that writes a catalogue over one text and reads it."""
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "a.txt").write_bytes(b"Some 40 fighters\r\nleft.")
    (texts / "latin.txt").write_bytes(b"caf\xe9")

    def read(*lines, header=HEADER):
        path = tmp_path / "catalogue.csv"
        path.write_bytes("\n".join([header, *lines, ""]).encode())
        return read_catalogue(path, texts)

    read.texts = texts
    return read


def test_three_columns_are_enough(corpus):
    (row,) = corpus("a,a.txt,2023-03")
    assert (row["title"], row["publisher"]) == ("a", "")
    assert row["sha256"] == hashlib.sha256(b"Some 40 fighters\r\nleft.").hexdigest()


def test_unknown_columns_are_passed_over_and_order_is_kept(corpus):
    rows = corpus("b,a.txt,2023,x", "a,a.txt,2022,y", header=HEADER + ",mood")
    assert [row["id"] for row in rows] == ["b", "a"]
    assert "mood" not in rows[0]


def test_what_the_extractor_does_not_need_is_held_to_nothing(corpus):
    header = ",id,file,published,published_at,about,kinds"
    (row,) = corpus("0,a,a.txt,2022,noon, S/2019/612| S/2020/774,x", header=header)
    assert (row["id"], row["about"]) == ("a", "S/2019/612| S/2020/774")


def test_text_is_decoded_without_touching_line_ends(corpus):
    assert read_text({"file": "a.txt"}, corpus.texts) == "Some 40 fighters\r\nleft."


def test_spreadsheet_byte_order_mark_is_accepted(corpus):
    assert corpus("a,a.txt,2023", header="\ufeff" + HEADER)[0]["id"] == "a"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["a,b.txt,2023"], r"text a: 'b.txt' is no file in texts/: put the text there, or"),
        (["a,,2023"], r"catalogue.csv, row 2, column file: the cell is empty: fill it"),
        (["a,../catalogue.csv,2023"], r"text a: '../catalogue.csv' lies outside texts/: put the"),
        (["a,/etc/passwd,2023"], r"text a: '/etc/passwd' lies outside texts/: put the text itself"),
        (
            ["a,latin.txt,2023"],
            r"not UTF-8 \(byte 0xE9 at offset 3, line 1\): it looks like cp1252",
        ),
        (["a,a.txt,2023-02-30"], "column published: '2023-02-30' is no date, month or year: write"),
        (["a,a.txt,2023-13"], "'2023-13' is no date"),
        (["a,a.txt,March 2023"], "'March 2023' is no date"),
        (["a,a.txt,\uff12\uff10\uff12\uff13"], "is no date"),
        (["a,a.txt,"], "column published: the cell is empty: fill it"),
        (["a,a.txt,2023", "a,a.txt,2024"], r"row 3, column id: 'a' stands in row 2 too: give each"),
        ([",a.txt,2023"], r"row 2, column id: the cell is empty"),
        (["a/../b,a.txt,2023"], "an id is made of letters"),
        (["a,a.txt"], "row 2: it has 2 cells, the header 3: add or remove a comma"),
        ([], "it names no text: add a row for each"),
    ],
)
def test_a_wrong_row_is_named_with_its_remedy(corpus, lines, said):
    with pytest.raises(CorpusError, match=said) as caught:
        corpus(*lines)
    assert "\n" not in str(caught.value)


def test_missing_column_is_named(corpus):
    with pytest.raises(CorpusError, match="there is no column published: add it"):
        corpus("a,a.txt", header="id,file")


def test_changed_text_is_refused(corpus):
    with pytest.raises(CorpusError, match="is not the file that was catalogued"):
        corpus(f"a,a.txt,2023,{'0' * 64}", header=HEADER + ",sha256")


def test_missing_catalogue_is_named(tmp_path):
    with pytest.raises(CorpusError, match="there is no catalogue none.csv"):
        read_catalogue(tmp_path / "none.csv", tmp_path)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2020", (2020, 1, 1), (2020, 12, 31)),
        ("2020-02", (2020, 2, 1), (2020, 2, 29)),
        ("2020-02-03", (2020, 2, 3), (2020, 2, 3)),
    ],
)
def test_a_partial_date_has_a_first_and_a_last_day(value, first, last):
    assert find_first_day(value) == datetime.date(*first)
    assert find_last_day(value) == datetime.date(*last)


def test_latest_is_the_last_day_that_texts_or_registry_know():
    catalogue = [{"published": "2021-05"}, {"published": "2020-01-01"}]
    assert find_cut("latest", catalogue, []) == datetime.date(2021, 5, 31)
    registry = [{"issued": "2021", "briefed": ""}]
    assert find_cut("latest", catalogue, registry) == datetime.date(2021, 12, 31)


def test_impossible_cut_is_refused():
    with pytest.raises(CorpusError, match="as_of is 'yesterday': write a date"):
        find_cut("yesterday", [], [])


def test_a_text_that_may_have_appeared_later_is_left_out_with_the_reason():
    catalogue = [{"id": "a", "published": "2020-03"}, {"id": "b", "published": "2020-03-10"}]
    taken, left = choose_texts(catalogue, datetime.date(2020, 3, 15))
    assert [row["id"] for row in taken] == ["b"]
    assert left[0]["reason"] == "published 2020-03, after 2020-03-15"


def test_only_the_named_texts_are_taken():
    catalogue = [{"id": "a", "published": "2020"}, {"id": "b", "published": "2020"}]
    taken, left = choose_texts(catalogue, datetime.date(2021, 1, 1), ["b"])
    assert [row["id"] for row in taken] == ["b"]
    assert left[0]["reason"] == "not among the edition's texts"


def test_unknown_text_of_an_edition_is_named():
    with pytest.raises(CorpusError, match="texts names c, which the catalogue does not have"):
        choose_texts([{"id": "a", "published": "2020"}], datetime.date(2021, 1, 1), ["c"])


def test_project_catalogue_pins_every_text():
    path, texts = find_texts()
    raw = path.read_text(encoding="utf-8")
    for row in read_catalogue(path, texts):
        assert row["sha256"] in raw


def test_project_catalogue_names_reports_of_the_registry():
    known = {row["symbol"] for row in read_registry()}
    for row in read_catalogue(*find_texts()):
        assert set(row["about"].split("|")) <= known | {""}
