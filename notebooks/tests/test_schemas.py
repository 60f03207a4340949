"""Tables that people edit: every mistake of every file is told at once, with row and column."""

import csv
import shutil

import pytest
from conftest import ROOT, run_chain_command
from timing import measure_seconds

from threatledger.affiliates import find_affiliates
from threatledger.chain import checking
from threatledger.chain.checking import check_tables
from threatledger.chain.graph import Project
from threatledger.chain.notebooks import ChainError
from threatledger.codebook import CodebookError, read_codebook, read_rows
from threatledger.coverage import find_subjects
from threatledger.disagreements.contradictions import find_denials
from threatledger.extraction import extract
from threatledger.own_claims import find_markers
from threatledger.relays.drift_hedges import find_forms
from threatledger.relays.drift_lengths import find_lengths
from threatledger.relays.words import find_marks, find_values
from threatledger.responses import find_response
from threatledger.schemas import AS_FIELD, TYPES, check_table, parse_tables, read_schemas
from threatledger.sheets import parse_rows

DATA = ROOT / "data"
SCHEMAS = read_schemas()


PARSED = parse_tables(DATA)


@pytest.fixture
def data(tmp_path):
    """A copy of the tables that people edit."""
    for name in SCHEMAS:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(DATA / name, tmp_path / name)
    return tmp_path


def spoil(data, name, old, new):
    """Replace words in a table; fail if they are not there."""
    path = data / name
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def check(tmp_path):
    """Return a function that checks one table, of given bytes, beside the project's others."""

    def check_bytes(name, raw):
        path = tmp_path / "table.csv"
        path.write_bytes(raw)
        tables = PARSED | {name: parse_rows(path, name)}
        return list(map(str, check_table(name, tables[name], tables)))

    return check_bytes


CORRECTIONS = "doc_id,claim,field,old,new,who,when,why\n"
GOOD = "apa-2018,claim-1,high,700,7000,A. Coder,2024-01-01,comma lost\n"


def test_the_tables_of_the_project_hold():
    assert check_tables(DATA) == []


def test_every_table_that_people_edit_is_described_column_by_column():
    tables = parse_tables(DATA)
    files = {path.relative_to(DATA).as_posix() for path in DATA.glob("codebook/*.csv")}
    assert files | {path.name for path in DATA.glob("*.csv")} == set(SCHEMAS)
    for name, columns in SCHEMAS.items():
        names = [column.name for column in columns]
        assert set(tables[name].header) <= set(names)
        assert {column.type for column in columns} <= {*TYPES, AS_FIELD}
        refers = [refer for column in columns for refer in column.refers if ":" in refer]
        for table, _, other in (refer.partition(":") for refer in refers):
            assert other in tables[table].header


def test_the_codebook_s_guide_names_every_table_and_what_may_stand_in_it():
    guide = (DATA / "codebook/README.md").read_text(encoding="utf-8")
    for name, columns in SCHEMAS.items():
        if name.startswith("codebook/") and name != "codebook/columns.csv":
            assert f"`{name.removeprefix('codebook/')}`" in guide
            missing = [c.name for c in columns if c.name != "note" and f"`{c.name}`" not in guide]
            assert missing == [], name


# --- the form of a file --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"\xef\xbb\xbfform,unit,note\nkm,km,\n", []),
        (b"form,unit,note\r\nkm , km,\r\n , ,\r\n", []),
        (b"form;unit;note\nkm;km;\n", ["there are semicolons between the cells: save it as CSV"]),
        (b"form\tunit\tnote\nkm\tkm\t\n", ["there are tabs between the cells"]),
        (
            "form,unit\nkm,km\n".encode("utf-16"),
            ["the file is not UTF-8 text", "looks like utf-16"],
        ),
        (b"form,unit,note\ncaf\xe9,km,\n", ["byte 0xE9 at offset 18, line 2", "cp1252"]),
        (b"", ["the file is empty: its first line must name the columns"]),
        (
            b"form,unit,form\nkm,km,\n",
            ["row 1, column form: the column stands there more than once"],
        ),
        (b"form,unit,,\nkm,km,x,y\n", []),
        (
            b"form,units,note\nkm,km,\n",
            ["row 1: there is no column unit: add it, or correct units"],
        ),
        (b"form,unit,note\nkm,km\n\nkg,kg,,\n", ["row 2: it has 2 cells", "row 4: it has 4 cells"]),
        (b'form,unit,note\nkm,km,\n"kg,kg,\nt,tonne,\n', ["row 3: a quotation mark is opened"]),
        (b'form,unit,note\n"k"m,km,\n', ["row 2: its quotation marks do not fit"]),
        (b'form,unit,note\n"' + b"k" * 200_000 + b'",km,\n', ["row 2: "]),
    ],
)
def test_the_form_of_a_file(check, raw, told):
    found = check("codebook/units.csv", raw)
    assert len(found) <= max(1, len(told))
    for words in told:
        assert any(words in line for line in found), found
    assert bool(found) == bool(told)


# --- what stands in it ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("catalogue.csv", "apa-2018,", "tasnim-2017,", "row 3, column id: 'tasnim-2017' stands in"),
        ("catalogue.csv", "apa-2018,", "../apa,", "row 3, column id: '../apa' is no id"),
        (
            "catalogue.csv",
            "2018-02-08",
            "2018-02-31",
            "row 3, column published: '2018-02-31' is no",
        ),
        ("catalogue.csv", "2018-02-08", "8.2.2018", "row 3, column published: '8.2.2018' is no"),
        ("catalogue.csv", "2018-02-08", "", "row 3, column published: the cell is empty"),
        ("catalogue.csv", "8a2ee6584b39", "8a2", "row 3, column sha256: '8a2"),
        ("catalogue.csv", "S/2023/76|S", "S/2023/76| S", "row 5, column about: "),
        ("catalogue.csv", "id,file,", "id,files,", "row 1: there is no column file: add it"),
        ("catalogue.csv", "publisher,", "publishers,", "column publishers: no such column is"),
        ("un-reports.csv", "secretary-general,1,", "secretary-general,I,", "row 2, column ordinal"),
        (
            "un-reports.csv",
            "secretary-general,1,",
            "secretary,1,",
            "did you mean secretary-general?",
        ),
        ("un-mandates.csv", "2015-12-17", "2015-12-32", "row 2, column adopted"),
        ("codebook/places.csv", "Achin,AFG", "Achin,AFX", "row 2, column iso3: 'AFX' is not known"),
        ("codebook/places.csv", "Achin,AFG,city", "Achin,AFG,cities", "did you mean city?"),
        (
            "codebook/actor-aliases.csv",
            "isil,ISIL,",
            "isill,ISIL,",
            "'isill' is not known: did you",
        ),
        ("codebook/actor-aliases.csv", "isil,ISIL,", "isil,ISIS,", "row 4, column alias: 'ISIS'"),
        ("codebook/actors.csv", "isi,", "isil,", "row 3, column id: 'isil' stands in row 2 too"),
        (
            "codebook/number-words.csv",
            "three,unit,3",
            "three,unit,drei",
            "column value: 'drei' is no",
        ),
        ("codebook/topic-words.csv", "finance,fund,4", "finance,fund,4.5", "column weight"),
        ("codebook/topic-words.csv", "finance,fund,", "finances,fund,", "did you mean finance?"),
        ("codebook/countries.csv", "-12.38,17.60", "-12.38,17;60", "column longitude"),
        ("codebook/cues.csv", "said|says|say", "said||say", "row 2, column forms: 'said||say"),
        ("codebook/trend-words.csv", "rises|rose|risen|", "rises|", "is neither one form nor four"),
        ("codebook/currencies.csv", "IRQ", "IRX", "column countries: 'IRX' is not known"),
        (
            "codebook/columns.csv",
            "edition,key,str",
            "edition,key,text",
            "column type: 'text' is not",
        ),
        (
            "codebook/inputs.csv",
            "catalogue.csv,id,filled,yes",
            "catalogue.csv,id,full,yes",
            "filled?",
        ),
        (
            "corrections.csv",
            CORRECTIONS,
            CORRECTIONS + GOOD + GOOD,
            "claim, field: 'claim-1 / high'",
        ),
        ("corrections.csv", CORRECTIONS, CORRECTIONS + GOOD.replace("high", "hihg"), "mean high?"),
        (
            "corrections.csv",
            CORRECTIONS,
            CORRECTIONS + GOOD.replace("7000", "7k"),
            "'7k' is no numb",
        ),
        (
            "corrections.csv",
            CORRECTIONS,
            CORRECTIONS + GOOD.replace("A. Coder", ""),
            "column who: the",
        ),
        (
            "corrections.csv",
            CORRECTIONS,
            CORRECTIONS + GOOD.replace("apa", "apo"),
            "mean apa-2018?",
        ),
        (
            "corrections.csv",
            CORRECTIONS,
            CORRECTIONS + GOOD.replace("-01-01", "-1-1"),
            "column when",
        ),
        (
            "corrections.csv",
            CORRECTIONS,
            CORRECTIONS + GOOD.replace("high,700,7000", "withdrawn,no,ja"),
            "column new: 'ja' withdraws nothing: write yes",
        ),
    ],
)
def test_a_wrong_cell_is_named_with_row_and_column(check, name, old, new, told):
    text = (DATA / name).read_text(encoding="utf-8")
    assert old in text
    found = check(name, text.replace(old, new, 1).encode())
    assert len([line for line in found if told in line and line.startswith(name)]) == 1, found


def test_every_problem_of_every_file_is_told_at_once(data):
    spoil(data, "catalogue.csv", "2018-02-08", "2018-02-31")
    spoil(data, "catalogue.csv", "2020-03,", "March,")
    spoil(data, "codebook/units.csv", "form,unit,note", "form;unit;note")
    spoil(data, "codebook/places.csv", "Achin,AFG", "Achin,AFX")
    spoil(data, "codebook/places.csv", "Andkhoy,AFG,city", "Andkhoy,AFG,town,")
    places = [line.partition(":")[0] for line in check_tables(data)]
    assert places == [
        "catalogue.csv, row 3, column published",
        "catalogue.csv, row 4, column published",
        "codebook/places.csv, row 2, column iso3",
        "codebook/places.csv, row 3",
        "codebook/units.csv",
    ]


def test_a_good_correction_passes(check):
    assert check("corrections.csv", (CORRECTIONS + GOOD).encode()) == []


def test_a_table_of_one_s_own_is_held_to_its_form_alone(data):
    (data / "codebook/yours.csv").write_text("a,b\n1,2\n")
    (data / "codebook/mine.csv").write_text("a,b\n1\n")
    assert check_tables(data) == [
        "codebook/mine.csv, row 2: it has 1 cells, the header 2: add or remove a comma, or put "
        "quotes round a cell that holds one"
    ]


def test_reading_a_table_tells_all_of_its_form_too(tmp_path):
    path = tmp_path / "words.csv"
    path.write_bytes(b"word,word\na\nb\n")
    with pytest.raises(CodebookError) as caught:
        read_rows(path)
    assert len(str(caught.value).splitlines()) == 3


# --- before anything runs ------------------------------------------------------------------------


@pytest.fixture
def broken(tmp_path, data):
    """A project whose tables and edition are wrong in several ways, without its texts."""
    root = tmp_path / "project"
    shutil.copytree(ROOT / "notebooks/editions", root / "notebooks/editions")
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        shutil.copy(path, root / "notebooks")
    shutil.copytree(data, root / "data", ignore=shutil.ignore_patterns("project"))
    spoil(root / "data", "catalogue.csv", "2018-02-08", "2018-02-31")
    spoil(root / "data", "codebook/places.csv", "Achin,AFG", "Achin,AFX")
    edition = "titel: Now\nparameters:\n  as_off: x\n  texts: a\nnotebooks:\n  99-x: {a: 1}\n"
    (root / "notebooks/editions/default.yml").write_text(edition)
    return root


TOLD = [
    "catalogue.csv, row 3, column published: ",
    "codebook/places.csv, row 2, column iso3: ",
    "notebooks/editions/default.yml, line 1 has an unknown key titel: did you mean title?",
    "notebooks/editions/default.yml has no title: ",
    "notebooks/editions/default.yml, line 3: parameters: unknown parameter as_off: did you mean",
    "notebooks/editions/default.yml, line 6: notebooks: no notebook 99-x: ",
    "notebooks/editions/default.yml, line 4: texts: a is given where a list",
]


@pytest.mark.parametrize("command", ["report", "check"])
def test_all_is_told_before_any_notebook_runs(broken, command):
    ran = run_chain_command(command, root=broken, reports=broken / "reports")
    assert ran.returncode == 1
    assert ran.stdout == ""
    lines = ran.stderr.splitlines()
    for line, told in zip(lines, TOLD, strict=True):
        assert line.startswith(told), line
    assert not (broken / "reports").exists()


def test_what_was_right_is_not_looked_at_again_until_it_changes(broken, monkeypatch):
    shutil.copytree(DATA, broken / "data", dirs_exist_ok=True)
    shutil.copytree(ROOT / "notebooks/editions", broken / "notebooks/editions", dirs_exist_ok=True)
    project, looked = Project(broken, broken / "reports"), []
    monkeypatch.setattr(
        checking,
        "check_tables",
        lambda data, check=checking.check_tables: looked.append(data) or check(data),
    )
    checking.read_checked_graph(project, ["default"])
    checking.read_checked_graph(project, ["default"])
    assert len(looked) == 1
    spoil(broken / "data", "codebook/places.csv", "Achin,AFG", "Achin,AFX")
    for _ in range(2):
        with pytest.raises(ChainError, match="'AFX' is not known"):
            checking.read_checked_graph(project, ["default"])


# --- words that would be patterns ----------------------------------------------------------------

PATTERNS = ["(a+)+$", "(a|a)*b", "(?:.*)*x", "[", "(", "\\", "a*", "((a*)*)*", "a{1,9999}{1,9999}"]
GENERATED = ("columns.csv", "inputs.csv", "regions.csv", "countries.csv")


def put_patterns(folder):
    """Copy the codebook with rows whose words are patterns; return how many were added."""
    added = 0
    for path in (DATA / "codebook").glob("*.csv"):
        rows = read_rows(path)
        free = [
            column.name
            for column in SCHEMAS[f"codebook/{path.name}"]
            if column.type in ("text", "starred") and not column.values and not column.refers
            if column.name in rows[0] and column.name not in ("note", "code", "definition")
        ]
        more = [
            rows[number * 37 % len(rows)] | dict.fromkeys(free, pattern) | {"forms": pattern}
            for number, pattern in enumerate(PATTERNS * 6)
            if path.name not in GENERATED
        ]
        more = [{name: row[name] for name in rows[0]} for row in more]
        if path.name == "trend-words.csv":
            more = [row | {"forms": ""} for row in more]
        added += len(more)
        with (folder / path.name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows + more)
    return added


def test_no_cell_is_ever_run_as_a_pattern(tmp_path):
    assert put_patterns(tmp_path) > 500
    codebook = read_codebook(tmp_path)
    text = (
        "Up to 500 fighters are in Iraq, he said. " + "a" * 3000 + "! Attacks fell " + "a " * 2000
    )
    extract(text[:60], "2021", codebook)
    assert measure_seconds(lambda: extract(text, "2021", codebook), rounds=1) < 2
    assert [claim["quote"] for claim in extract(text, "2021", codebook).claims] == ["500"]


def test_no_other_reader_runs_one_either(tmp_path):
    put_patterns(tmp_path)
    codebook = read_codebook(tmp_path)
    sentence = "The Council denied on Monday that " + "a" * 2000 + " " + "a " * 2000 + "!"

    def look():
        for find in (
            find_subjects,
            find_affiliates,
            find_response,
            find_markers,
            find_denials,
            find_lengths,
            find_marks,
            find_values,
        ):
            find(sentence, codebook)
        for kind in ("hedge", "cause", "stop"):
            find_forms(sentence, codebook, kind)

    assert measure_seconds(look, rounds=1) < 4


def test_many_stars_in_a_row_are_refused(check):
    raw = (DATA / "codebook/furniture.csv").read_bytes()
    (told,) = check("codebook/furniture.csv", raw.replace(b",skip to,", b",skip*a*a*a*to,", 1))
    assert "column words: 'skip*a*a*a*to' has too many stars" in told
