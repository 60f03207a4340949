"""Texts as people receive them: read with exact offsets, or one sentence says what is wrong."""

import hashlib
import os

import pytest
from timing import measure_seconds

from threatledger.corpus import CorpusError, list_texts, read_catalogue, read_text, sort_texts
from threatledger.decoding import DecodingError, check_encoding, decode_text, detect_encoding
from threatledger.extraction import extract
from threatledger.extraction.digits import ODD, RARE, make_plain
from threatledger.ledger import leave_out

ENGLISH = "The report said “up to 500 fighters” remain in Iraq – the group’s strength fell.\n"
FRENCH = "Près de 500 combattants étaient détenus, a annoncé la coalition à Hassaké.\n"
ARABIC = "قال التقرير إن ما يصل إلى 500 مقاتل ما زالوا في العراق وسوريا\n"
RUSSIAN = "По данным ООН, до 500 боевиков остаются в Ираке и Сирии, сообщает агентство.\n"


# --- bytes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "cp1252"),
        (FRENCH, "cp1252"),
        (ARABIC, "cp1256"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        ("caf\xe9", "cp1252"),
        (ENGLISH, "utf-16"),
        (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-16-be"),
        (ENGLISH, "utf-32"),
    ],
)
def test_another_encoding_is_named_and_then_read(text, encoding):
    raw = text.encode(encoding)
    with pytest.raises(DecodingError, match=f"it looks like {encoding}; write {encoding} into"):
        decode_text(raw)
    assert decode_text(raw, encoding) == text


def test_the_byte_that_is_not_utf_8_is_named():
    with pytest.raises(DecodingError, match=r"\(byte 0xE9 at offset 12, line 2\)"):
        decode_text(b"40 fighters\n\xe9")


def test_a_byte_order_mark_stays_the_first_character():
    assert decode_text(b"\xef\xbb\xbf40 men") == "\ufeff40 men"


def test_a_text_in_the_wrong_encoding_is_refused():
    with pytest.raises(DecodingError, match=r"^is not UTF-16-LE \(byte .*: it looks like cp1252"):
        decode_text(b"caf\xe9 an", "utf-16-le")
    with pytest.raises(
        DecodingError, match="^has no byte order mark: write utf-16-le or utf-16-be"
    ):
        decode_text(b"caf\xe9 and more", "utf-16")


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF file"),
        (b"PK\x03\x04\x14\0", "a ZIP archive"),
        (b"\x1f\x8b\x08\0", "a gzip archive"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"{\\rtf1 text}", "an RTF file"),
        (b"\x7fELF\x02\x01", "a program"),
        (bytes(range(128)) * 9, "holds 243 control characters, the first (0x00) at character 0"),
        (b"\xff\xfe\x00\x01\xd8\x00" * 50, "utf-16"),
    ],
)
def test_a_binary_file_named_txt_is_called_what_it_is(raw, kind):
    with pytest.raises(DecodingError) as caught:
        decode_text(raw)
    assert kind in str(caught.value)
    assert "\n" not in str(caught.value)


def test_no_bytes_at_all_make_it_fail_otherwise():
    for seed in range(60):
        raw = hashlib.sha512(bytes([seed])).digest() * (seed + 1)
        try:
            decode_text(raw)
        except DecodingError:
            assert isinstance(detect_encoding(raw), str)


@pytest.mark.parametrize(
    "more", ["", "\0 They hold on. " * 2, "They hold on.\0 " + "And on. " * 99]
)
def test_a_stray_nul_stands_where_it_stands(more):
    text = "Up to 500\0 fighters are in Iraq. " + more
    assert decode_text(text.encode()) == text


@pytest.mark.parametrize(
    "name",
    ["zlib", "rot13", "hex", "idna", "unicode_escape", "utf-7", "../utf-8", "a\0b", "x" * 999],
)
def test_what_is_no_encoding_of_texts_is_refused(name):
    with pytest.raises(DecodingError, match="write one such as utf-8, utf-16 or cp1252"):
        check_encoding(name)


# --- files ---------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    """A folder of texts beside a file that is none of them."""
    texts = tmp_path / "data/texts"
    texts.mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("40 fighters")
    (texts / "good.txt").write_bytes(b"Some 40 fighters\r\nleft.")
    return texts


NAMES = ["a b.txt", 'a"b.txt', "a'b.txt", "a\nb.txt", "-rf.txt", "$(touch x).txt", "`x`;|&.txt"]


@pytest.mark.parametrize(
    "name", [*NAMES, "ä ٥😀.txt", "a,b.txt", "{{ 7 }}.txt", "%s.txt", "sub/a.txt"]
)
def test_any_name_of_a_file_will_do(folder, name):
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(b"40 men")
    assert read_text({"file": name}, folder) == "40 men"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("../../secret.txt", "lies outside texts/"),
        ("sub/../../../secret.txt", "lies outside texts/"),
        ("/etc/passwd", "lies outside texts/"),
        ("link.txt", "lies outside texts/"),
        ("linked/secret.txt", "lies outside texts/"),
        ("loop.txt", "be read"),
        (".", "is no file in texts/"),
        ("pipe.txt", "is no file in texts/"),
        ("x" * 5000, "cannot be read"),
        ("a\0b", "cannot be read"),
        (".hidden.txt", "is hidden, so that a change of it would go unseen: rename it"),
        ("sub/good.txt~", "is hidden"),
        ("no\nsuch.txt", r"'no\nsuch.txt' is no file in texts/"),
    ],
)
def test_what_is_not_in_the_folder_is_not_read(folder, name, told):
    (folder / "link.txt").symlink_to(folder.parents[1] / "secret.txt")
    (folder / "linked").symlink_to(folder.parents[1])
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    os.mkfifo(folder / "pipe.txt")
    with pytest.raises(CorpusError) as caught:
        read_text({"file": name}, folder)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_link_inside_the_folder_is_a_text_like_others(folder):
    (folder / "link.txt").symlink_to("good.txt")
    assert read_text({"file": "link.txt"}, folder).startswith("Some 40")


# --- one bad text among others -------------------------------------------------------------------

BAD = {
    "latin": (b"Some 40 fighters \xe9", "it looks like cp1252"),
    "pdf": (b"%PDF-1.4", "is a PDF file"),
    "empty": (b"", "is empty: put the text there"),
    "blank": (b"\xef\xbb\xbf \r\n\n\t", "is empty"),
    "furniture": (b"Share this article\n\nRelated news\n\nCopyright 2020\n", "page matter"),
    "pinned": (b"Some 40 fighters left.", "is not the file that was catalogued"),
    "gone": (None, "is no file in texts/"),
}


@pytest.fixture
def rows(folder):
    """Catalogue rows of one good text and many bad ones."""
    for name, (raw, _) in BAD.items():
        if raw is not None:
            (folder / f"{name}.txt").write_bytes(raw)
    sums = {"pinned": "0" * 64}
    return [
        {"id": name, "file": f"{name}.txt", "published": "2021", "sha256": sums.get(name, "")}
        for name in [*BAD, "good"]
    ]


def test_every_bad_text_is_told_at_once(rows, folder):
    with pytest.raises(CorpusError) as caught:
        leave_out(rows, folder, "stop")
    lines = str(caught.value).splitlines()
    assert len(lines) == len(BAD)
    for line in lines:
        name = line.partition(":")[0].removeprefix("text ")
        assert f"'{name}.txt' " in line
        assert BAD[name][1] in line


def test_skipping_leaves_the_bad_texts_out_with_the_reason(rows, folder):
    taken, left = leave_out(rows, folder, "skip")
    assert [row["id"] for row in taken] == ["good"]
    assert {row["id"] for row in left} == set(BAD)
    assert all(BAD[row["id"]][1] in row["reason"] for row in left)


def test_an_edition_without_any_text_is_refused(rows, folder):
    with pytest.raises(CorpusError, match="no text is left to read"):
        leave_out(rows[:-1], folder, "skip")


def test_any_other_wish_is_refused(rows, folder):
    with pytest.raises(CorpusError, match="on_error is 'go on': write stop or skip"):
        sort_texts(rows[-1:], folder, "go on")


def test_the_catalogue_names_the_encoding(folder):
    (folder / "w.txt").write_bytes(ENGLISH.encode("utf-16"))
    path = folder.parent / "catalogue.csv"
    path.write_text("id,file,published,encoding\nw,w.txt,2021,utf-16\ng,good.txt,2021,\n")
    rows = read_catalogue(path, folder)
    assert [read_text(row, folder) for row in rows][0] == ENGLISH
    path.write_text("id,file,published,encoding\nw,w.txt,2021,zip\n")
    with pytest.raises(CorpusError, match="row 2, column encoding: 'zip' is no encoding of texts"):
        list_texts(path)


# --- characters ----------------------------------------------------------------------------------

SENTENCE = "Up to 500 fighters remain in Iraq, the ministry said on Monday."


@pytest.mark.parametrize(
    "before",
    [
        "\ufeff",
        "First came others.\r\n\r\n",
        "First came others.\r\r",
        "First came others.\u2028\u2029",
        "First \0 came \x01\x1b others.\n\n",
        "\U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467 came.\n\n",
        "\u202eFirst\u202c \u2066came\u2069 \u200fothers.\n\n",
        "E\u0301tienne came: a\u0308o\u0300\u0301\u0302\u0303.\n\n",
        "\u0645\u0642\u0627\u062a\u0644 \u05d7\u05de\u05d0\u05e1.\n\n",
        "fighters and " * 200_000 + ".\n\n",
        "\ud7ff\ue000\ufffd\U0010ffff.\n\n",
    ],
)
def test_odd_characters_move_no_offset(before):
    text = before + SENTENCE
    (claim,) = extract(text, "2021-05-02").claims
    assert (claim["start"], claim["end"]) == (len(before) + 6, len(before) + 9)
    assert (claim["quote"], claim["high"]) == ("500", 500)
    assert text[claim["sentence_start"] : claim["sentence_end"]] == claim["sentence"]


@pytest.mark.parametrize(
    ("shown", "value"),
    [
        ("\u0665\u0660\u0660", 500),  # Arabic-Indic
        ("\u06f5\u06f0\u06f0", 500),  # Persian
        ("\uff15\uff10\uff10", 500),  # full-width
        ("\uff17\uff0c\uff10\uff10\uff10", 7000),
        ("\u0667\u066c\u0660\u0660\u0660", 7000),
        ("5\u06600", 500),  # one digit that only looks foreign
        ("\U0001d7d3\U0001d7ce\U0001d7ce", 500),  # mathematical, outside the BMP
        ("1\u200b000", 1000),  # left behind by a web page
        ("5\u030100", 500),
        ("\ufeff5\u20600\u20dd0", 500),
    ],
)
def test_digits_of_any_script_are_the_digits_they_are(shown, value):
    text = f"\U0001f600 About {shown} fighters remain in Iraq, and attacks rose."
    found = extract(text, "2021-05-02")
    (claim,) = found.claims
    assert (claim["low"], claim["high"]) == (value, value)
    assert claim["quote"] == shown.lstrip("\ufeff") == text[claim["start"] : claim["end"]]
    assert claim["sentence"] == text[claim["sentence_start"] : claim["sentence_end"]] in text
    (trend,) = found.trends
    assert text[trend["start"] : trend["end"]] == trend["quote"] == "rose"


@pytest.mark.parametrize("text", ["About ²³ fighters left.", "Some ①② fighters.", "Ⅻ fighters"])
def test_what_is_no_digit_stays_none(text):
    assert extract(text).claims == []


def test_every_odd_character_is_looked_for():
    assert [char for char in ODD if not RARE.search(f"about 4{char}0 men")] == []
    assert not RARE.search("“Déjà” – €5 … “no”")


@pytest.mark.parametrize("piece", ["1\u200b", "\u200b", "\u0665 ", "5\u0301 ", "é1 "])
def test_making_digits_plain_takes_linear_time(piece):
    def measure(size):
        text = piece * (size // len(piece))
        return measure_seconds(lambda: make_plain(text))

    measure(1000)
    assert measure(800_000) < 24 * max(measure(100_000), 0.02)
