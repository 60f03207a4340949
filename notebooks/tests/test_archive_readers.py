import gzip
import json
import sys

import pyarrow
import pytest
from corpora import bring, make_rows, make_small, read_all, write_lines, write_parquet

from threatledger.archive.bodies import read_body
from threatledger.archive.readers import open_corpus
from threatledger.archive.spec import read_spec
from threatledger.corpus import CorpusError

ROWS = make_rows(6)


@pytest.fixture(autouse=True)
def reports(tmp_path, monkeypatch):
    """Path of a reports folder of the test's own."""
    monkeypatch.setenv("THREATLEDGER_REPORTS", str(tmp_path / "reports"))
    make_small(monkeypatch)
    return tmp_path / "reports"


def write_one_file_each(folder):
    folder.mkdir()
    facts = ["id,file,published,publisher,title"]
    for row in ROWS:
        (folder / f"{row['id']}.txt").write_bytes(row["text"].encode())
        facts.append(f"{row['id']},{row['id']}.txt,{row['published']},{row['publisher']},"
                     f"{row['title']}")  # fmt: skip
    (folder / "catalogue.csv").write_text("\n".join(facts) + "\n", encoding="utf-8")
    return folder


def write_folder(folder):
    write_parquet(folder / "year=2019/b.parquet", ROWS[:2])
    write_parquet(folder / "year=2020/a.parquet", ROWS[2:])
    (folder / "_SUCCESS").touch()
    return folder


def write_packed(path):
    plain = "".join(json.dumps(row) + "\n" for row in ROWS)
    path.write_bytes(gzip.compress(plain.encode()))
    return path


FORMS = {
    "lines": lambda folder: write_lines(folder / "a.jsonl", ROWS),
    "packed lines": lambda folder: write_packed(folder / "a.jsonl.gz"),
    "one Parquet file": lambda folder: write_parquet(folder / "a.parquet", ROWS),
    "a folder of Parquet": lambda folder: write_folder(folder / "archive"),
    "a folder of texts": lambda folder: write_one_file_each(folder / "texts"),
}


@pytest.mark.parametrize("form", FORMS)
def test_an_archive_is_the_same_in_every_form(form, tmp_path):
    parts = bring(FORMS[form](tmp_path))
    documents = [row | {"file": ""} for row in read_all(parts, "documents")]
    assert [row["doc_id"] for row in documents] == [row["id"] for row in ROWS]
    assert [row["text"] for row in read_all(parts, "texts")] == [row["text"] for row in ROWS]
    for name in ("published", "publisher", "title"):
        assert [row[name] for row in documents] == [row[name] for row in ROWS]
    claims = [row for row in read_all(parts, "claims") if row["doc_id"] == "t0003"]
    assert [row["quote"] for row in claims] == ["103", "3003"]


def test_a_corpus_may_lie_anywhere_that_fsspec_opens(tmp_path):
    path = write_lines(tmp_path / "a.jsonl", ROWS)
    assert bring(f"file://{path}") == bring(path)


def test_columns_have_the_names_that_the_edition_gives(tmp_path):
    named = {"id": "key", "text": "body", "published": "date", "publisher": "source"}
    rows = [{named.get(name, name): value for name, value in row.items()} for row in ROWS]
    parts = bring(write_lines(tmp_path / "a.jsonl", rows), columns=named)
    assert read_all(parts, "documents") == read_all(
        bring(write_lines(tmp_path / "a.jsonl", ROWS)), "documents"
    )


def test_a_column_may_be_the_name_of_a_folder(tmp_path):
    rows = [{name: row[name] for name in ("id", "text")} for row in ROWS[:1]]
    write_parquet(tmp_path / "archive/year=2016/a.parquet", rows)
    (row,) = read_all(bring(tmp_path / "archive", columns={"published": "year"}), "documents")
    assert row["published"] == "2016"


NANOSECONDS = pyarrow.array([18_000 * 86_400 * 10**9 + 1])


@pytest.mark.parametrize(
    ("values", "published"),
    [
        (pyarrow.array([18_000], pyarrow.date32()), "2019-04-14"),
        (NANOSECONDS.cast(pyarrow.timestamp("ns", "UTC")), "2019-04-14"),
        (pyarrow.array([2019]), "2019"),
        (pyarrow.array(["2019-04-14T23:30:00Z"]), "2019-04-14"),
        (pyarrow.array(["2019-04"]), "2019-04"),
    ],
)
def test_a_day_is_read_from_any_type(tmp_path, values, published):
    table = pyarrow.table({"id": ["a"], "text": [ROWS[0]["text"]], "published": values})
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet")
    (row,) = read_all(bring(tmp_path / "a.parquet"), "documents")
    assert row["published"] == published


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"path": "a.jsonl", "columns": {"text": "bdoy"}}, "no column bdoy.*did you mean body"),
        ({"path": "a.jsonl"}, "no column text: name the one that holds it"),
        ({"path": "none.jsonl"}, "there is no corpus .*none.jsonl"),
        ({"path": "empty"}, "no file whose ending tells its form"),
        ({"path": "both"}, "both jsonl and parquet"),
        ({"path": "broken.parquet"}, "broken.parquet is no Parquet file"),
        ({"path": "nowhere://a"}, "cannot be opened"),
    ],
)
def test_what_is_wrong_with_an_archive_is_told_in_a_sentence(tmp_path, content, told):
    rows = [{"id": row["id"], "body": row["text"]} for row in ROWS]
    write_lines(tmp_path / "a.jsonl", rows)
    write_lines(tmp_path / "both/a.jsonl", rows)
    (tmp_path / "both/a.parquet").touch()
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.parquet").write_bytes(b"PAR0 and more")
    with pytest.raises(CorpusError, match=told):
        list(open_corpus(read_spec(content), tmp_path).read())


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"paht": "x"}, "no key paht: did you mean path"),
        ({"format": "csv", "path": "x"}, "format is 'csv': "),
        ({"path": "x", "columns": {"body": "text"}}, "no column body"),
        ({}, "there is no path"),
    ],
)
def test_what_is_wrong_with_its_description_is_told_before_it_is_opened(content, told):
    with pytest.raises(CorpusError, match=told):
        read_spec(content)


@pytest.mark.parametrize(
    ("module", "extra", "path"),
    [
        ("fsspec", "archive", "a.jsonl"),
        ("pyarrow", "archive", "a.jsonl"),
        ("trafilatura", "html", "pages"),
        ("pypdfium2", "pdf", "papers"),
    ],
)
def test_what_is_not_installed_is_asked_for_by_name(tmp_path, monkeypatch, module, extra, path):
    write_lines(tmp_path / "a.jsonl", ROWS)
    for folder, name in (("pages", "a.html"), ("papers", "a.pdf")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_bytes(b"x")
    for name in [name for name in sys.modules if name.partition(".")[0] == module]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, module, None)
    from threatledger.archive.code import sum_up_code

    sum_up_code.cache_clear()
    with pytest.raises(CorpusError, match=rf'{module}, .* "./notebooks\[{extra}\]"'):
        bring(tmp_path / path)


BAD = [
    ("{'id': 'x'}", "line 7 is not JSON"),
    ("[1, 2]", "line 7 is not JSON .no object"),
    (json.dumps(ROWS[0]), "the id t0000 stands in the corpus twice"),
    (json.dumps(ROWS[0] | {"id": "a/b"}), "'a/b' is not: map another column to id"),
    (json.dumps(ROWS[0] | {"id": "x", "published": "12 May"}), "'12 May', which is no date"),
    (json.dumps(ROWS[0] | {"id": "x", "published": None}), "does not say when it was published"),
    (json.dumps(ROWS[0] | {"id": "x", "text": " "}), "text is empty"),
    (json.dumps(ROWS[0] | {"id": "x", "text": 7}), "holds no text but int"),
    (json.dumps(ROWS[0] | {"id": "x", "text": "\1\2\3" * 9}), "control characters"),
    (json.dumps(ROWS[0] | {"id": "x", "text": "Share this article\n"}), "no sentence in its body"),
]


@pytest.mark.parametrize(("line", "told"), BAD)
def test_a_text_that_cannot_be_read_stops_the_run_or_is_left_out(tmp_path, line, told):
    path = write_lines(tmp_path / "a.jsonl", ROWS)
    path.write_text(path.read_text() + line + "\n")
    with pytest.raises(CorpusError, match=told) as caught:
        bring(path)
    assert "on_error: skip" in str(caught.value)
    parts = bring(path, is_lenient=True)
    assert len(read_all(parts, "documents")) == len(ROWS)
    (row,) = read_all(parts, "left-out")
    assert row["reason"] in str(caught.value)


def test_a_text_longer_than_any_is_named_and_not_kept(tmp_path, monkeypatch):
    monkeypatch.setattr("threatledger.archive.entries.MOST_BYTES", 500)
    long = ROWS[0] | {"id": "long", "text": "Attacks fell. " * 50}
    path = write_lines(tmp_path / "a.jsonl", [*ROWS, long])
    with pytest.raises(CorpusError, match="a.jsonl line 7 is larger than 500 bytes: split it"):
        bring(path)


def test_texts_after_the_last_day_and_those_not_wanted_are_listed(tmp_path):
    path = write_lines(tmp_path / "a.jsonl", ROWS)
    parts = bring(path, cut="2020-03-31", doc_ids=["t0001", "t0002", "t0003"])
    assert [row["doc_id"] for row in read_all(parts, "documents")] == ["t0001", "t0002"]
    reasons = {row["doc_id"]: row["reason"] for row in read_all(parts, "left-out")}
    assert reasons["t0003"] == "published 2020-04-15, after 2020-03-31"
    assert reasons["t0000"] == "not among the edition's texts"
    with pytest.raises(CorpusError, match="texts names nobody"):
        bring(path, doc_ids=["nobody"])


PAGE = """<html><head><title>Strength of the group | Agency</title>
<meta property="article:published_time" content="2020-05-06T10:00:00Z"/>
<meta property="og:site_name" content="Agency"/></head><body>
<nav><a href="/">Home</a> <a href="/w">World</a> 75 videos</nav>
<article><h1>Strength of the group</h1>
<p>The group still has up to 4,500 fighters in Iraq, the UN said in a report on Monday.</p>
<p>Attacks in the north of the country fell in the first half of the year, it added.</p></article>
<footer>Copyright 2020. All 12 rights reserved.</footer></body></html>"""


def test_the_body_of_a_page_is_read_and_nothing_around_it(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "story one.html").write_text(PAGE, encoding="utf-8")
    parts = bring(folder)
    (document,), (text,) = read_all(parts, "documents"), read_all(parts, "texts")
    assert (document["doc_id"], document["published"]) == ("story-one.html", "2020-05-06")
    assert document["published_basis"] == "the page itself"
    assert "75 videos" not in text["text"]
    (claim,) = read_all(parts, "claims")
    assert text["text"][claim["start"] : claim["end"]] == claim["quote"] == "4,500"
    (trend,) = read_all(parts, "trends")
    assert text["text"][trend["start"] : trend["end"]] == trend["quote"]
    # What appeared when is known only from the page; the last day holds all the same.
    parts = bring(folder, cut="2020-05-05")
    assert read_all(parts, "left-out")[0]["reason"] == "published 2020-05-06, after 2020-05-05"


def make_pdf(lines, password=False):
    """Return a PDF file of one page, with lines of text."""
    shown = "".join(f"({line}) Tj T* " for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 50 700 Td {shown}ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /CreationDate (D:20190304120000Z) /Title (A report) >>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF" % len(made)
    return made + b"xref\n0 7\n0000000000 65535 f \n" + table + end


def test_the_text_of_a_pdf_is_read_with_what_it_says_of_itself(tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir()
    lines = ["The group still has up to 4,500 fighters", "in Iraq, the UN said. Attacks fell."]
    (folder / "a.pdf").write_bytes(make_pdf(lines))
    parts = bring(folder)
    (document,), (text,) = read_all(parts, "documents"), read_all(parts, "texts")
    assert (document["published"], document["title"]) == ("2019-03-04", "A report")
    (claim,) = read_all(parts, "claims")
    assert text["text"][claim["start"] : claim["end"]] == claim["quote"] == "4,500"
    assert claim["place"] == "IRQ"


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"%PDF-1.4 and nothing", "a.pdf cannot be read as PDF"),
        (make_pdf([]), "a.pdf holds no text .a scan has none"),
    ],
)
def test_a_pdf_without_text_is_told(raw, told):
    with pytest.raises(CorpusError, match=told):
        read_body("pdf", raw, "a.pdf")


def test_a_file_s_day_may_stand_in_its_name(tmp_path):
    for name in ("2019/04/05/a.txt", "news-2018-03.txt"):
        (tmp_path / "texts" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "texts" / name).write_text(ROWS[0]["text"])
    rows = read_all(bring(tmp_path / "texts"), "documents")
    assert [(row["doc_id"], row["published"]) for row in rows] == [
        ("2019-04-05-a.txt", "2019-04-05"),
        ("news-2018-03.txt", "2018-03"),
    ]
