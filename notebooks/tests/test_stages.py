"""Texts that are read side by side give what each gives alone, and errors come in their order."""

import gc

import pytest

from threatledger.archive import working
from threatledger.archive.entries import make_entry
from threatledger.archive.parquet import encode_rows
from threatledger.codebook import find_root, read_codebook
from threatledger.corpus import CorpusError
from threatledger.extraction import read_records, read_together
from threatledger.extraction.stages import run_together

SAID = "Some 500 fighters left Mosul in May 2019, the ministry said. Attacks fell."
EMPTY, WRONG = "Share this article", 7


def test_every_text_takes_a_stage_before_one_takes_the_next():
    order = []

    def read(name, stages):
        for stage in range(stages):
            order.append(f"{name}{stage}")
            yield
        return name

    assert run_together([read("a", 2), read("b", 0), read("c", 3)]) == ["a", "b", "c"]
    assert order == ["a0", "c0", "a1", "c1", "c2"]


def test_texts_read_side_by_side_give_what_each_gives_alone():
    gold = [path.read_bytes().decode() for path in find_root().glob("data/gold/*.txt")]
    texts = [(text, "2021-06-10") for text in (*gold, "", SAID, "Nothing is counted here.")]
    assert len(gold) > 9
    alone = [read_records(text, published, read_codebook()) for text, published in texts]
    assert read_together(texts, read_codebook()) == alone
    assert len(alone[-2][1].claims) == len(alone[-2][1].trends) == 1


def work(texts, is_lenient=False):
    """Read texts as a part of an archive; return the ids of a table's rows by table."""
    entries = [
        make_entry({"id": f"t{i}", "text": text, "published": "2020"}, "a", f"t{i}", {"text": "x"})
        for i, text in enumerate(texts)
    ]
    rules = working.Rules(working.sum_up_code(("text",)), ("text",), "", is_lenient)
    found = {}
    for rows in working.read_entries(entries, rules):
        for table, described in rows.items():
            found.setdefault(table, []).extend(described)
    return found


@pytest.mark.parametrize("texts", [[SAID, EMPTY, WRONG], [SAID, WRONG, EMPTY]])
def test_the_first_text_that_cannot_be_read_is_told_of(texts):
    with pytest.raises(CorpusError, match=r"no sentence" if texts[1] == EMPTY else r"t1: x holds"):
        work(texts)


def test_texts_beside_one_that_is_left_out_keep_their_own_rows(monkeypatch):
    monkeypatch.setattr(working, "TOGETHER", 2)
    found = work([SAID, EMPTY, SAID.replace("500", "600"), WRONG, "It fell.", SAID], True)
    assert [row["doc_id"] for row in found["documents"]] == ["t0", "t2", "t4", "t5"]
    assert [row["doc_id"] for row in found["left-out"]] == ["t1", "t3"]
    assert [(row["doc_id"], row["low"]) for row in found["claims"]] == [
        ("t0", 500),
        ("t2", 600),
        ("t5", 500),
    ]


def test_a_long_text_is_read_alone(monkeypatch):
    monkeypatch.setattr(working, "TOGETHER_BYTES", 3 * len(SAID))
    lots, read = [], working.read_together

    def note(texts, codebook):
        assert not gc.isenabled()
        lots.append([len(text) // len(SAID) for text, _ in texts])
        return read(texts, codebook)

    monkeypatch.setattr(working, "read_together", note)
    entries = [
        make_entry({"id": f"t{i}", "text": " ".join([SAID] * n), "published": "2020"}, "a", "", {})
        for i, n in enumerate((1, 1, 9, 1))
    ]
    code = working.sum_up_code(("text",))
    working.work(entries, working.Rules(code, ("text",), "", False), "key")
    assert lots == [[1, 1], [9], [1]]
    assert gc.isenabled()


def test_the_search_for_garbage_goes_on_after_an_error():
    code = working.sum_up_code(("text",))
    entry = make_entry({"id": "t", "text": EMPTY, "published": "2020"}, "a", "", {})
    with pytest.raises(CorpusError):
        working.work([entry], working.Rules(code, ("text",), "", False), "key")
    assert gc.isenabled()


@pytest.mark.parametrize(
    ("found", "shown"),
    [("a\0b", "a\u2400b"), ("a\nb\x07", "a\nb\u2407"), ("a\nb\tc", "a\nb\tc"), ("é “q”", "é “q”")],
)
def test_control_characters_are_shown_as_their_pictures(found, shown):
    import pyarrow
    from pyarrow import parquet

    whole = encode_rows([{"doc_id": "d", "text": found}], "sentences", {})
    assert parquet.read_table(pyarrow.BufferReader(whole))["text"].to_pylist() == [shown]
