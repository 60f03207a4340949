"""Tables in parts: the same notebooks on an archive give the same tables, and hold their bounds."""

import ast
import json
from types import SimpleNamespace

import nbformat
import pandas as pd
import pytest
from archives import split_texts, write_archive
from conftest import NOTEBOOKS
from samples import make_frame

from threatledger import answers
from threatledger.archive import running
from threatledger.asking import ask_parts, run_tasks, tabulate_parts
from threatledger.briefing import figures
from threatledger.briefing.page import check_links, render_page, unlink_absent
from threatledger.briefing.selection import Selection
from threatledger.codebook import read_codebook
from threatledger.coverage import count_countries
from threatledger.extraction.segments import read_passages
from threatledger.frames import count_all, list_records, rank_newest, say_rest, take_rows
from threatledger.parts import Rows, is_partitioned, list_parts, open_rows
from threatledger.relays.tabulate import tabulate_relays
from threatledger.restoring import restore_readings
from threatledger.tables import TableError, find_tables, read_table, write_table

PLACES = {"Mali": "Gao", "Iraq": "Mosul", "Somalia": "Puntland", "Nigeria": "Borno"}
STORY = """Group in {place}: report {number}

The UN said on Monday that ISIL has {few}-{many} fighters in {place}. According to the report, the
number of attacks around {town} has risen since January {year}. In March {year}, {place}
repatriated 20 children from the camp. Of {base} foreign fighters who joined, 40 per cent were
killed.

Officials seized $1{number} million in cash near {town}. The notorious militants trade oil with
smugglers from the hills near {town}. There is no evidence that militants trade oil with smugglers
from the hills.

The council of elders in the valley asked traders to close the markets before the winter began.
The council of elders in the valley asked the traders to close all markets before winter began.

The Secretary-General's {ordinal} report on ISIL was issued in {year}.
"""
# What grows with the corpus, and stands in parts.
IN_PARTS = (
    *("strength", "finance", "foreign-fighters", "coverage", "responses", "affiliates"),
    *("own-claims", "report-links", "origins", "contradictions", "repeats", "checks"),
    "directions",
)
WHOLE = ("drift", "disagreements", "states", "headlines", "cycle", "reports", "countries")
SHOWN = "04-strength 05-finance 06-foreign-fighters 07-regions 08-responses 09-sources".split()
LATER = "11-affiliates 12-disagreements 13-headlines 14-changes 15-briefing".split()


def tell(number):
    """Return a text of its own; every fifth one tells the one before it again."""
    kept = number - 1 if number % 5 == 4 else number
    places = list(PLACES.items())
    place, town = places[kept % len(places)]
    text = STORY.format(
        place=place, town=town, number=kept, year=2019 + kept % 3, few=1000 + 10 * kept,
        many=3000 + 10 * kept, base=f"{4000 + 100 * kept:,}",
        ordinal=("ninth", "tenth", "eleventh")[kept % 3],
    )  # fmt: skip
    day = f"2021-{1 + number // 28:02d}-{1 + number % 28:02d}"
    return {"doc_id": f"text-{number:03d}", "published": day, "text": text}


def run_notebook(name, edition, **given):
    """Run the cells of a notebook in this process; return what its cells show."""
    cells = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    names, shown = {}, []
    for cell in cells:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            shown.append(source)
            continue
        tree = ast.parse(source)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, name, "exec"), names)
        if "parameters" in cell["metadata"].get("tags", []):
            names |= {"edition": edition, "previous": ""} | given
        value = eval(compile(ast.Expression(last.value), name, "eval"), names) if last else None
        shown.append(value)
    return shown


def draw_nothing(*_, alt, caption, table, **__):
    """Stand in for `write_figure`: the words of a figure are checked, its lines are not."""
    assert len(alt.split()) > 4
    return SimpleNamespace(caption=caption, table=table)


@pytest.fixture
def made(built, monkeypatch):
    """Work in the folder of the two editions, and return it."""
    turn_to(built, monkeypatch)
    return built


def turn_to(folder, patch):
    """Let reports and texts be those of a folder."""
    patch.setenv("THREATLEDGER_REPORTS", str(folder / "reports"))
    patch.setattr("threatledger.asking.find_texts", lambda: (None, folder / "texts"))
    patch.setattr(figures, "write_figure", draw_nothing)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return the folder of two editions of the same 23 texts: one whole, one in parts of 4."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        turn_to(folder, patch)
        write_archive([tell(number) for number in range(23)], "archive", 4, folder / "texts")
        for edition in ("whole", "archive"):
            write_table(make_frame("quality", []), "quality", edition)
            directions = tabulate_directions(edition)
            write_table(directions, "directions", edition)
            for name in [*SHOWN, *LATER[:-1]]:
                run_notebook(name, edition)
    return folder


def tabulate_directions(edition):
    """Make the table that 03-trends makes."""
    from threatledger.directions import count_directions

    return tabulate_parts(count_directions, ["trends", "documents"], "directions", edition)


def write_lines(table, edition):
    """Return a table as sorted lines of CSV."""
    frame = read_table(table, edition)
    return sorted(frame.to_csv(index=False, lineterminator="\n").split("\n"))


@pytest.mark.parametrize("table", [*IN_PARTS, *WHOLE, "speakers"])
def test_an_archive_has_the_tables_that_a_catalogue_has(made, table):
    assert is_partitioned(table, "archive") == (table in IN_PARTS)
    assert not is_partitioned(table, "whole")
    whole, parts = (write_lines(table, edition) for edition in ("whole", "archive"))
    if table in ("countries", "speakers", "reports"):
        # Of many texts a row of counts names the first and counts the rest.
        whole, parts = ([line.rpartition(",")[0] for line in lines] for lines in (whole, parts))
    assert parts == whole
    assert len(whole) > (1 if table == "drift" else 2), "the texts give this table no row"


def test_parts_hold_the_same_texts_in_every_table(made):
    for table in ("strength", "coverage", "report-links", "origins"):
        assert len(list_parts(table, "archive")) == 6
        for own, documents in zip(
            open_rows(table, "archive").frames(), open_rows("documents", "archive").frames(),
            strict=True,
        ):  # fmt: skip
            assert set(own["doc_id"]) <= set(documents["doc_id"])


def test_a_row_of_counts_names_some_texts_and_counts_the_rest(made):
    texts = read_table("speakers", "archive")["texts"].str.split("|")
    longest = max(texts, key=len)
    assert len(longest) == 9
    assert longest[-1].startswith("… ")
    assert int(longest[-1].split()[1]) > 0


def test_the_newest_rows_are_taken_and_all_are_counted(made):
    rows = open_rows("strength", "archive")
    newest = rows.take(3, rank_newest)
    whole = read_table("strength", "whole")
    last = sorted(rank_newest(whole))[-3:]
    assert sorted(rank_newest(newest)) == last
    assert count_all(newest) == len(whole) == len(rows)
    assert say_rest(newest, "strength", "newest") == (
        f" Shown are the 3 newest of {len(whole)}; all are in tables/strength."
    )


@pytest.mark.parametrize("table", ["claims", "documents"])
def test_what_is_asked_of_parts_is_what_the_whole_would_give(made, table):
    whole, parts = open_rows(table, "whole"), open_rows(table, "archive")
    assert parts.count("doc_id > 'text-011'") == whole.count("doc_id > 'text-011'") > 0
    asked = {"doc_id": ["text-002", "text-019"]}
    pd.testing.assert_frame_equal(parts.read(where=asked), whole.read(where=asked))
    counted = {"texts": ("doc_id", "nunique"), "first": ("doc_id", "min")}
    key = "place" if table == "claims" else "published"
    pd.testing.assert_frame_equal(
        parts.aggregate(key, **counted), whole.aggregate(key, **counted), check_dtype=False
    )
    assert parts.read(where={"doc_id": ["nowhere"]}).empty


def test_columns_come_as_they_are_asked_for_from_parts_with_and_without_rows(made):
    asked = ["doc_id", "kind", "number"], {"doc_id": ["text-002", "text-019"]}
    whole, parts = (open_rows("passages", edition).read(*asked) for edition in ("whole", "archive"))
    pd.testing.assert_frame_equal(parts, whole)
    assert set(parts["doc_id"]) == {"text-002", "text-019"}


def test_of_parts_that_cannot_hold_a_value_little_is_read(made, monkeypatch):
    from pyarrow.parquet import ParquetFile

    read, asked = ParquetFile.read, []
    monkeypatch.setattr(
        ParquetFile,
        "read",
        lambda file, *given, **more: asked.append(1) or read(file, *given, **more),
    )
    found = open_rows("passages", "archive").read(where={"doc_id": ["text-009"]})
    assert set(found["doc_id"]) == {"text-009"}
    # Of six parts one: first the column, then its rows.
    assert len(asked) == 2


def test_a_bunch_holds_several_parts_in_their_order(made):
    claims = open_rows("claims", "archive")
    bunches = [len(frame) for frame in claims.frames(["claim_id"], bunch=4)]
    parts = [len(frame) for frame in claims.frames(["claim_id"])]
    assert bunches == [sum(parts[:4]), sum(parts[4:])]
    first = claims.take(3, columns=["claim_id"])
    assert list(first["claim_id"]) == list(claims.read(["claim_id"])["claim_id"])[:3]
    assert count_all(first) == sum(parts)


def test_a_bound_is_said_where_a_figure_is_drawn(made):
    shown = run_notebook("04-strength", "archive", most=2)
    (figure,) = [value for value in shown if hasattr(value, "caption")]
    assert len(figure.table) == 2
    assert "Shown are the 2 newest of" in figure.caption


def test_a_page_of_an_archive_is_bounded_and_has_no_dead_link(made, monkeypatch):
    monkeypatch.setattr(figures, "show_figure", lambda name, edition: f"Figure {name}")
    shown = run_notebook("15-briefing", "archive", most_texts=5)
    cells = [
        nbformat.v4.new_markdown_cell(value) if isinstance(value, str) else show_value(value)
        for value in shown
    ]
    folder = made / "reports/archive"
    html = unlink_absent(render_page(nbformat.v4.new_notebook(cells=cells), folder))
    check_links(html)
    assert html.count('class="source"') == 5
    assert "Shown are 5 of 23 texts" in html
    assert f"of {len(open_rows('claims', 'archive'))} figures; all are in tables/claims" in html
    assert "23 texts" in html
    assert 'href="tables/claims/"' in html
    assert html.count('href="#claim-') > 10


def show_value(value):
    """Return a code cell that shows a value as a kernel would."""
    html = value._repr_html_() if hasattr(value, "_repr_html_") else ""
    data = {"text/html": html} if html else {"text/plain": repr(value)}
    output = nbformat.v4.new_output("display_data", data=data)
    return nbformat.v4.new_code_cell(outputs=[output] if html else [])


def test_a_selection_shows_records_of_the_texts_shown_alone(made):
    shown = Selection("archive", 4)
    documents, claims = shown.read("documents"), shown.read("claims")
    assert len(documents) == 4
    assert count_all(documents) == 23
    assert set(claims["doc_id"]) <= set(documents["doc_id"])
    assert set(shown.read("own-claims")["doc_id"]) <= set(documents["doc_id"])
    assert Selection("whole", 4).read("documents").shape[0] == 23


TWICE = """A headline of the day\r
\r
The council met on Monday to hear of the camps in the north and of the people who left them.\r
\r
- 300 tents\r
- 20 huts\r
\r
The council met on Monday to hear of the camps in the north and of the people who left them.\r
\r
Share this article\r
\r
Some 900 fighters (see page 3) are held\x0bin the\ttown.\r
"""


def test_a_text_taken_up_again_is_split_as_it_was():
    rows = [tell(3), {"doc_id": "b", "published": "2021", "text": TWICE}]
    for (document, reading), row in zip(restore_readings(*split_texts(rows)), rows, strict=True):
        assert (document["doc_id"], reading.text) == (row["doc_id"], row["text"])
        assert reading.passages == read_passages(row["text"], read_codebook())
        numbered = [sentence for passage in reading.passages for sentence in passage.sentences]
        assert [s.index for s in reading.sentences] == list(range(len(numbered)))
    assert {"repeat", "item"} <= {passage.kind for passage in reading.passages}


def test_some_texts_are_taken_up_as_all_are():
    documents, *others = split_texts([tell(number) for number in range(5)])
    every = list(restore_readings(documents, *others))
    some = list(restore_readings(documents.iloc[[1, 3]], *others))
    assert [document["doc_id"] for document, _ in some] == list(documents["doc_id"].iloc[[1, 3]])
    for (_, one), (_, other) in zip(some, every[1::2], strict=True):
        assert one.sentences == other.sentences


def test_a_function_is_asked_part_by_part(made):
    counts = list(ask_parts(lambda documents: len(documents), ["documents"], "archive"))
    assert counts == [4, 4, 4, 4, 4, 3]


def test_of_a_table_a_few_columns_are_read(made):
    reads = {"claims": ["doc_id", "voice"], "documents": None}
    for claims, documents in ask_parts(lambda *tables: tables, reads, "archive"):
        assert list(claims) == ["doc_id", "voice"]
        assert len(documents.columns) > 2


def test_on_all_cores_the_same_comes_back(made, monkeypatch):
    monkeypatch.setattr(answers.STORE, "loaded", None)
    asked = count_countries, ["claims", "trends"], "archive"
    alone = list(ask_parts(*asked))
    monkeypatch.setattr("threatledger.asking.MANY", 2)
    for one, other in zip(alone, ask_parts(*asked, on_all_cores=True), strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_copies_are_found_on_all_cores_as_by_one_process(made, monkeypatch):
    # What is kept would not be compared again.
    monkeypatch.setattr(answers.STORE, "loaded", None)
    origins, drift, compared = tabulate_relays("archive", 300)
    alone = origins.read()
    monkeypatch.setattr("threatledger.asking.MANY", 1)
    monkeypatch.setattr("threatledger.relays.tabulate.PAIRS", 2)
    assert list(run_tasks(str, range(3), on_all_cores=True)) == ["0", "1", "2"]
    # The processes that did this are still there: no others are started.
    monkeypatch.setattr(running, "_start_cluster", None)
    again, drift_again, compared_again = tabulate_relays("archive", 300)
    pd.testing.assert_frame_equal(again.read(), alone)
    pd.testing.assert_frame_equal(drift_again, drift)
    assert compared_again == compared
    assert (alone["texts"] > 1).sum() > 4


def test_a_table_takes_one_form_only(made):
    frame = read_table("strength", "archive")
    write_table(frame, "strength", "changed")
    rows = Rows("strength", frame=frame)
    assert write_table(rows, "strength", "changed").equals(frame)
    assert (find_tables("changed") / "strength.csv").is_file()


def test_a_damaged_part_is_named_with_the_remedy(made):
    path = list_parts("coverage", "archive")[0]
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(TableError, match=r"tables/coverage/part-00000.parquet cannot be read.*run"):
        read_table("coverage", "archive")
    path.write_bytes(content)


def test_rows_as_dicts_are_those_of_pandas(made):
    whole = pd.DataFrame({"a": pd.array([1, None], dtype="Int64"), "b": [0.5, 1.5]})
    for frame in (whole, whole.head(0), read_table("passages", "archive")):
        assert list_records(frame) == frame.to_dict("records")


@pytest.mark.parametrize(
    ("as_of", "published", "last"),
    [
        ("", "2021", "2021-12-31"),
        ("2020-02", "2021-05-02", "2020-02-31"),
        ("2019/2020-06-30", "2021", "2020-06-30"),
        ("", "", ""),
    ],
)
def test_a_row_is_ranked_by_its_last_day(as_of, published, last):
    frame = pd.DataFrame({"as_of": [as_of], "published": [published]}, dtype="str")
    assert list(rank_newest(frame)) == [last]


def test_nothing_is_taken_of_nothing():
    assert count_all(take_rows([], 3)) == 0
    empty = Rows("claims", frame=make_frame("claims", []))
    assert empty.take(3, rank_newest).empty
    assert empty.aggregate("place", figures=("claim_id", "size")).empty
