"""What is asked of parts is kept by content: the same bytes as anew, and never a stale answer."""

import shutil
from concurrent.futures import ThreadPoolExecutor

import numpy
import pandas as pd
import pytest
from archives import write_archive
from test_parts import run_notebook, tell, turn_to

from threatledger import answers, asking
from threatledger import kept as kept_module
from threatledger.answers import MOST_ASKED, Answers, Unknown, describe, pack, unpack
from threatledger.asking import tabulate_parts
from threatledger.parts import list_parts
from threatledger.relays import tabulate
from threatledger.relays.memory import Memory
from threatledger.tables import find_tables

NOTEBOOKS = "06-foreign-fighters 07-regions 08-responses 09-sources 11-affiliates 12-disagreements"


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """Return the folder of an archive of ten texts, four in a part."""
    folder = tmp_path_factory.mktemp("archive")
    with pytest.MonkeyPatch.context() as patch:
        turn_to(folder, patch)
        write_archive([tell(number) for number in range(10)], "archive", 4, folder / "texts")
    return folder


@pytest.fixture
def made(archive, tmp_path, monkeypatch):
    """Work on a copy of the archive; all that is found is kept. Return where."""
    folder = shutil.copytree(archive, tmp_path / "made")
    turn_to(folder, monkeypatch)
    monkeypatch.setattr(asking, "WORTH", 0)
    # Also while somebody edits it.
    monkeypatch.setattr(answers.STORE, "loaded", "now")
    monkeypatch.setattr(answers.STORE, "sum_up", lambda: "now")
    monkeypatch.setattr(answers.STORE, "is_as_imported", lambda: True)
    return folder / "reports/.cache/answers/archive"


@pytest.fixture
def asked(monkeypatch):
    """The numbers of the parts that `list_texts` was asked about, as a function of the package."""
    monkeypatch.setattr(answers, "is_ours", lambda function: function is list_texts)
    seen, read = [], asking._read_same

    def note(reads, edition, part):
        if reads == ["documents"]:
            seen.append(int(part[5:10]))
        return read(reads, edition, part)

    monkeypatch.setattr(asking, "_read_same", note)
    return seen


def list_texts(documents, notes=None, reason=""):
    """Return a row for each text, with what is noted of it."""
    noted = {} if notes is None else dict(zip(notes["doc_id"], notes["note"], strict=True))
    rows = [(doc_id, "2020", noted.get(doc_id, reason)) for doc_id in documents["doc_id"]]
    return pd.DataFrame(rows, columns=["doc_id", "published", "reason"])


def ask(**given):
    """Ask each part; return what is made of it."""
    rows = tabulate_parts(list_texts, ["documents"], "left-out", "archive", **given)
    return [path.read_bytes() for path in rows.paths], [*rows.read()["reason"]]


def test_a_text_more_gives_the_bytes_of_a_clean_run_and_asks_its_part_alone(made, monkeypatch):
    compared, parts, runs = [], set(), []
    link, ask_part = tabulate.link_tellings, asking._ask_part

    def note(function, *given):
        # Which texts have no copy is known of all together.
        if function is not tabulate._list_origins:
            parts.add(given[-1][0])
        return ask_part(function, *given)

    monkeypatch.setattr(asking, "_ask_part", note)
    monkeypatch.setattr(tabulate, "link_tellings", lambda *of: compared.append(1) or link(*of))
    for texts, is_clean in ((10, True), (11, False), (11, True)):
        compared.clear()
        parts.clear()
        if is_clean:
            shutil.rmtree(made, ignore_errors=True)
        write_archive([tell(number) for number in range(texts)], "archive", 4, made.parents[3])
        for name in NOTEBOOKS.split():
            run_notebook(name, "archive")
        paths = (path for path in find_tables("archive").rglob("*") if path.is_file())
        runs.append((len(compared), {*parts}, {str(path): path.read_bytes() for path in paths}))
    (_, _, before), (few, own, added), (many, every, clean) = runs
    assert added == clean != before
    assert own == {"part-00002.parquet"}
    assert len(every) == 3
    assert 0 < few < many


def test_a_part_that_did_not_change_is_not_asked_again(made, asked):
    first = ask()
    assert ask() == first
    assert asked == [0, 1, 2]
    one, other, _ = list_parts("documents", "archive")
    other.write_bytes(one.read_bytes())
    again = ask()
    assert again[0][0] == again[0][1] != first[0][1]
    assert asked == [0, 1, 2], "what it holds now was asked before"


@pytest.mark.parametrize("name", ["codebook/places.csv", "corrections.csv", "days.py"])
def test_a_changed_codebook_correction_or_module_makes_answers_void(made, asked, monkeypatch, name):
    root = made.parents[3] / "project"
    for module in (kept_module, answers):
        monkeypatch.setattr(module, "find_root", lambda: root)
    store = kept_module.Store("answers", ("",))
    monkeypatch.setattr(store, "is_as_imported", lambda: True)
    monkeypatch.setattr(answers, "STORE", store)
    path = root / ("notebooks/threatledger" if name.endswith(".py") else "data") / name
    path.parent.mkdir(parents=True)
    for text in ("a", "a", "b"):
        path.write_text(text)
        monkeypatch.setattr(store, "loaded", store.sum_up())
        ask()
    assert asked == [0, 1, 2, 0, 1, 2]


def test_what_a_function_is_given_decides_its_answer(made, asked):
    assert [set(ask(reason=reason)[1]) for reason in "aba"] == [{"a"}, {"b"}, {"a"}]
    assert asked == [0, 1, 2, 0, 1, 2]


def test_what_is_given_about_a_text_decides_the_answer_of_its_part_alone(made, asked):
    for note in "ab":
        notes = pd.DataFrame({"doc_id": ["text-001", "text-009"], "note": ["same", note]})
        _, reasons = ask(own={"notes": notes})
        assert [reason for reason in reasons if reason] == ["same", note]
    assert asked == [0, 1, 2, 2]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda own, other: b"",
        lambda own, other: own[:-3],
        lambda own, other: b"[1]\n" + own,
        lambda own, other: other,
    ],
)
def test_a_damaged_or_foreign_answer_is_found_anew(made, asked, spoil):
    first = ask()
    path, other, _ = sorted(made.glob("list_texts-left-out/*/*"))
    whole = path.read_bytes()
    path.write_bytes(spoil(whole, other.read_bytes()))
    assert ask() == first
    assert len(asked) == 4
    assert path.read_bytes() == whole


@pytest.mark.parametrize("name", ["sum_up", "is_as_imported"])
def test_of_code_that_changed_since_it_was_imported_nothing_is_kept(made, asked, monkeypatch, name):
    ask()
    monkeypatch.setattr(answers.STORE, name, lambda: "")
    ask()
    assert len(asked) == 6


def test_code_that_changes_while_parts_are_asked_keeps_nothing(made, asked, monkeypatch):
    states = iter(["now", "edited"])
    monkeypatch.setattr(answers.STORE, "sum_up", lambda: next(states))
    ask()
    assert not list(made.rglob("*-*/*/*"))


def test_a_module_changed_after_the_first_import_is_known(monkeypatch):
    store = answers.STORE
    monkeypatch.setattr(kept_module, "IMPORTED", 1e12)
    assert store.is_as_imported()
    newest = max(path.stat().st_ctime for _, path in store._list_files())
    monkeypatch.setattr(kept_module, "IMPORTED", newest)
    assert not store.is_as_imported()


def test_a_pair_is_compared_again_where_either_text_is_another(made):
    compared = []

    def find(groups):
        compared.extend(groups)
        return [[sum(group)] for group in groups]

    def recall(groups):
        return Memory("archive", [4, 4, 2], "trial").recall(groups, find)

    assert recall([[0, 1], [1, 5], [8, 9]]) == [[1], [6], [17]]
    # Another one of a part that is known.
    assert recall([[0, 1], [0, 5], [8, 9]]) == [[1], [5], [17]]
    path = find_tables("archive") / "sentences/part-00001.parquet"
    path.write_bytes(list_parts("sentences", "archive")[0].read_bytes())
    assert recall([[0, 1], [0, 5], [8, 9]]) == [[1], [5], [17]]
    assert compared == [[0, 1], [1, 5], [8, 9], [0, 5], [0, 5]]


def test_what_is_soon_found_is_not_kept(made, asked, monkeypatch):
    monkeypatch.setattr(asking, "WORTH", 60)
    assert ask() == ask()
    assert len(asked) == 6
    assert not list(made.rglob("*-*/*/*"))


def test_what_is_not_asked_any_more_is_removed(made, asked):
    for number in range(MOST_ASKED + 2):
        ask(reason=str(number))
    questions = list(made.glob("list_texts-left-out/*"))
    assert len(questions) == MOST_ASKED
    killed = max(questions, key=lambda path: path.stat().st_mtime) / "half.part"
    killed.write_bytes(b"half")
    list_parts("documents", "archive")[2].unlink()
    ask(reason=str(MOST_ASKED + 1))
    assert len(list(killed.parent.iterdir())) == 2


def test_two_at_once_keep_one_answer_whole(made):
    store = Answers("archive", "trial", [])
    name = store.name(["documents"], "part-00000.parquet")

    def keep(number):
        own = Answers("archive", "trial", [])
        own.name(["documents"], "part-00000.parquet")
        own.keep(name, [b"a" * 100_000, b"b"])
        own.close()
        return own.find(name) in (None, [b"a" * 100_000, b"b"])

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(keep, range(40)))
    assert keep(0)
    assert store.find(name) == [b"a" * 100_000, b"b"]


def test_what_another_run_has_just_removed_is_no_error(made, asked, monkeypatch):
    first = ask()

    def remove(paths, most):
        raise FileNotFoundError

    monkeypatch.setattr(answers, "remove_oldest", remove)
    assert ask() == first


@pytest.mark.parametrize(
    "answer",
    [
        pd.DataFrame({"a": ["x", ""], "b": pd.array([1, None], dtype="Int64"), "c": [0.5, None]}),
        pd.DataFrame({"a": pd.Series(dtype="str")}),
        (numpy.array([1, 2**63], dtype=numpy.uint64), pd.DataFrame({"a": [1]}, index=[7])),
    ],
)
def test_an_answer_comes_back_as_it_was(answer):
    again = unpack(pack(answer))
    for one, other in zip(*(a if type(a) is tuple else (a,) for a in (answer, again)), strict=True):
        if isinstance(one, pd.DataFrame):
            pd.testing.assert_frame_equal(one, other)
        else:
            assert one.dtype == other.dtype
            assert one.tolist() == other.tolist()


@pytest.mark.parametrize(
    "answer", [7, [1], numpy.array([{}]), pd.DataFrame({"a": [{1}]}), pd.DataFrame({"a": [(1,)]})]
)
def test_what_would_not_come_back_as_it_was_is_not_kept(answer):
    assert pack(answer) is None


def test_values_that_differ_are_described_differently():
    values = [1, True, 1.0, "1", None, [1], (1,), {"a": 1}, {"a": True}, [[1], 2], [1, [2]]]
    values += [pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [1.0]}), pd.DataFrame({"b": [1]})]
    told = [answers._hash(describe(value)) for value in values]
    assert len(set(told)) == len(values)
    with pytest.raises(Unknown):
        describe({"a": {1}})
