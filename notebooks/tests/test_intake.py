import pandas as pd
import pytest
from corpora import make_rows, make_small, write_lines

from threatledger import intake
from threatledger.archive import staging
from threatledger.archive.store import FOLDER
from threatledger.corpus import CorpusError, find_texts, list_texts, read_text
from threatledger.directions import count_directions
from threatledger.parts import open_rows
from threatledger.records import make_id
from threatledger.tables import find_tables, write_table

FIELDS = {"doc_id": "trial", "who": "a coder", "when": "2024", "why": "a test"}


@pytest.fixture(autouse=True)
def reports(tmp_path, monkeypatch):
    """Path of a reports folder of the test's own."""
    monkeypatch.setenv("THREATLEDGER_REPORTS", str(tmp_path / "reports"))
    make_small(monkeypatch)
    return tmp_path / "reports"


def read(path, as_of="latest", edition="trial", **options):
    """Do what notebooks 01 to 03 do with an archive; return its claims, withdrawn and trends."""
    taken = intake.read_corpus(edition, {"path": str(path)}, as_of, **options)
    for rows in (taken.documents, taken.left_out, taken.passages, taken.sentences):
        write_table(rows, rows.table, edition)
    taken.publish_texts(edition)
    return find(edition)


def find(edition="trial", topics=("attacks", "threat", "finance")):
    claims, withdrawn = intake.read_claims(edition)
    trends = intake.read_trends(edition, topics)
    write_table(claims, "claims", edition)
    write_table(trends, "trends", edition)
    return claims.read(), withdrawn, trends.read()


@pytest.fixture
def five(tmp_path):
    """Path of the catalogue's texts as an archive."""
    file, folder = find_texts()
    rows = [row | {"text": read_text(row, folder)} for row in list_texts(file)]
    kept = ("id", "text", "published", "published_basis", "publisher", "title", "kind", "language",
            "about", "about_basis")  # fmt: skip
    return write_lines(tmp_path / "five.jsonl", [{key: row[key] for key in kept} for row in rows])


def test_an_archive_of_the_catalogue_s_texts_gives_the_catalogue_s_tables(five, monkeypatch):
    own = intake.read_corpus("own", {}, "latest")
    archive = intake.read_corpus("trial", {"path": str(five)}, "latest")
    assert archive.cut == own.cut
    for table in ("documents", "passages", "sentences"):
        one = write_table(getattr(own, table), table, "own")
        other = write_table(getattr(archive, table), table, "trial").read()
        write_table(one, table, "own")
        one = open_rows(table, "own").read()
        ours = ["file", "sha256"] if table == "documents" else []
        pd.testing.assert_frame_equal(one.drop(columns=ours), other.drop(columns=ours))
    write_table(archive.left_out, "left-out", "trial")
    archive.publish_texts("trial")
    topics = ["attacks", "finance"]
    pairs = [
        (intake.read_claims("own")[0], intake.read_claims("trial")[0]),
        (intake.read_trends("own", topics), intake.read_trends("trial", topics)),
    ]
    for one, other in pairs:
        key = f"{one.table[:-1]}_id"
        write_table(one, one.table, "own")
        one, other = open_rows(one.table, "own").read(), other.read()
        assert len(one) > 10
        # The ids of an archive are longer, and begin alike.
        assert [*one[key]] == [name[: len(one[key][0])] for name in other[key]]
        pd.testing.assert_frame_equal(one.drop(columns=key), other.drop(columns=key))


def test_the_last_day_is_that_of_the_newest_text_or_as_the_edition_says(tmp_path):
    path = write_lines(tmp_path / "a.jsonl", [row | {"published": "2031-02"}
                                              for row in make_rows(3)])  # fmt: skip
    taken = intake.read_corpus("trial", {"path": str(path)}, "latest")
    assert f"{taken.cut}" == "2031-02-28"
    with pytest.raises(CorpusError, match="the edition takes none of its texts"):
        intake.read_corpus("trial", {"path": str(path)}, "2030")


def test_a_hand_correction_reaches_the_part_that_its_text_is_in(tmp_path, monkeypatch):
    path = write_lines(tmp_path / "a.jsonl", make_rows(30))
    claims, _, trends = read(path)
    wrong, false = claims.iloc[20], trends.iloc[5]
    rows = [
        FIELDS | {"claim": wrong["claim_id"], "field": "unit", "old": wrong["unit"], "new": "x"},
        FIELDS | {"claim": false["trend_id"], "field": "withdrawn", "old": "no", "new": "yes"},
    ]
    rows[0]["doc_id"], rows[1]["doc_id"] = wrong["doc_id"], false["doc_id"]
    for module in ("threatledger.ledger", "threatledger.archive.staging"):
        monkeypatch.setattr(f"{module}.read_corrections", lambda: rows)
    after, withdrawn, kept = find()
    changed = after.set_index("claim_id").loc[wrong["claim_id"]]
    assert changed["unit"] == "x"
    assert "a coder" in changed["correction"]
    assert len(after) == len(claims)
    assert (after["correction"] != "").sum() == 1
    assert [*withdrawn["claim_id"]] == [false["trend_id"]]
    assert len(kept) == len(trends) - 1
    rows[0]["old"] = "barrel"
    with pytest.raises(CorpusError, match="no longer barrel"):
        find()


def test_only_the_topics_asked_for_are_kept(tmp_path):
    read(write_lines(tmp_path / "a.jsonl", make_rows(10)))
    assert set(find(topics=["attacks"])[2]["topic"]) == {"attacks"}
    assert find(topics=["finance"])[2].empty


def test_what_the_cache_has_lost_is_found_again_from_what_is_published(tmp_path, reports):
    import shutil

    before = read(write_lines(tmp_path / "a.jsonl", make_rows(20)))
    kept = {path.name: path.read_bytes() for path in find_tables("trial").glob("claims/*")}
    shutil.rmtree(reports / FOLDER)
    (tmp_path / "a.jsonl").unlink()
    after = find()
    for one, other in zip(before, after, strict=True):
        pd.testing.assert_frame_equal(one, other)
    assert kept == {path.name: path.read_bytes() for path in find_tables("trial").glob("claims/*")}


def test_claims_are_not_taken_from_what_other_code_read(tmp_path, monkeypatch):
    read(write_lines(tmp_path / "a.jsonl", make_rows(5)))
    monkeypatch.setattr(staging, "sum_up_code", lambda kinds: "another")
    with pytest.raises(CorpusError, match="run 01-corpus again first"):
        find()


def test_texts_without_a_claim_are_counted_and_some_named(tmp_path):
    rows = make_rows(12)
    for row in rows[3:7]:
        row["text"] = "Nobody counted anything in the whole of the country.\n"
    read(write_lines(tmp_path / "a.jsonl", rows))
    tables = open_rows("documents", "trial"), open_rows("claims", "trial")
    assert intake.list_unnamed(*tables, 3) == (4, ["t0003", "t0004", "t0005"])


def test_directions_are_counted_by_text_without_what_authors_judge():
    trends = pd.DataFrame(
        [("a", "x", "up", "finance", "reported"), ("b", "x", "up", "finance", "reported"),
         ("c", "x", "down", "finance", "reported"), ("d", "x", "up", "finance", "author")],
        columns=["trend_id", "doc_id", "direction", "topic", "voice"],
    )  # fmt: skip
    documents = pd.DataFrame({"doc_id": ["x"], "published": ["2020"]})
    (row,) = count_directions(trends, documents).to_dict("records")
    assert (row["up"], row["down"], row["steady"]) == (2, 1, 0)
    assert row["trend_ids"] == "a|b|c"
    assert count_directions(trends.head(0), documents).empty


def test_ids_of_an_archive_begin_like_those_of_a_catalogue():
    short, long = make_id("claim", "a", 1), make_id("claim", "a", 1, digits=20)
    assert long.startswith(short)
    assert len(long) == len(short) + 10
