"""Editions: small files that people write, so each mistake gets a sentence that helps."""

from itertools import pairwise

import pytest
from timing import measure_seconds

from threatledger.chain.editions import (
    Edition,
    EditionError,
    choose_parameters,
    find_editions,
    order_editions,
    read_edition,
    read_editions,
)
from threatledger.chain.graph import Project, read_graph
from threatledger.chain.notebooks import Notebook


@pytest.fixture
def read(tmp_path):
    """Return a function that reads an edition of a given text, beside others named then, sooner."""

    def read_text(text, name="now"):
        for other in ("then", "sooner"):
            (tmp_path / f"{other}.yml").write_text("title: Then\n")
        (tmp_path / f"{name}.yml").write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_edition(tmp_path, name)

    read_text.folder = tmp_path
    return read_text


def make_notebook(name, **parameters):
    """Return a notebook of which only the parameters matter."""
    return Notebook(name, None, (), (), {"edition": "default"} | parameters, (), "")


CHAIN = {
    "01-corpus": make_notebook("01-corpus", title="", previous="", as_of="latest", texts=[]),
    "04-strength": make_notebook("04-strength", places=["IRQ"]),
}


def test_a_whole_edition(read):
    text = (
        "title: Now\nprevious: then\nparameters:\n  as_of: 2020-03-31\nnotebooks:\n"
        "  04-strength: {places: [NO, SYR]}\n"
    )
    edition = read(text)
    assert edition == Edition(
        "now", "Now", "then", {"as_of": "2020-03-31"}, {"04-strength": {"places": ["NO", "SYR"]}}
    )
    assert choose_parameters(edition, CHAIN) == {
        "01-corpus": {
            "edition": "now",
            "title": "Now",
            "previous": "then",
            "as_of": "2020-03-31",
        },
        "04-strength": {"edition": "now", "places": ["NO", "SYR"]},
    }


def test_a_title_is_enough(read):
    assert read("\ufefftitle: Now\nparameters:\n") == Edition("now", "Now")


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("2020-03-31", "2020-03-31"),
        ("2020-03", "2020-03"),
        ("2020", "2020"),
        ("'2020'", "2020"),
        ("latest", "latest"),
        ("no", "no"),
        ("12:30", "12:30"),
        ("0777", "0777"),
        ("1_000", "1_000"),
    ],
)
def test_text_stays_as_it_is_written(read, line, value):
    edition = read(f"title: Now\nparameters:\n  as_of: {line}\n")
    assert choose_parameters(edition, CHAIN)["01-corpus"]["as_of"] == value


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("titel: Now\ntitle: Now\n", "line 1 has an unknown key titel: did you mean title?"),
        (
            "title: Now\nprevious: thn\n",
            "previous is 'thn', which is no other edition: did you mean",
        ),
        ("title: Now\nprevious: now\n", "previous is 'now', which is no other edition"),
        ("parameters: {as_of: latest}\n", "has no title: add a line"),
        ("title: ' '\n", "has no title"),
        ("title: [a]\n", "title: ['a'] is given where text is needed"),
        ("title: Now\nparameters: [a]\n", "parameters: ['a'] is given where a mapping"),
        (
            "title: Now\nnotebooks: {04-strength: 3}\n",
            "04-strength: needs `parameter: value` lines",
        ),
        ("title: Now\ntitle: Then\n", "line 2 sets title again"),
        ("title: Now\nparameters:\n  a: 1\n  a: 2\n", "line 4 sets a again"),
        ("title: Now: then\n", "cannot be read as YAML in line 1"),
        ("title: Now\n\tprevious: then\n", "cannot be read as YAML in line 2"),
        ("title: [Now\n", "cannot be read as YAML"),
        ("title: !!python/object:os.system x\n", "cannot be read as YAML in line 1"),
        ("{[a]: b}\n", "cannot be read as YAML"),
        ("", "holds no `name: value` lines"),
        ("- title\n", "holds no `name: value` lines"),
        ("a\n---\nb\n", "cannot be read as YAML"),
        (
            "title: !!python/object/apply:os.system [touch made]\n",
            "cannot be read as YAML in line 1",
        ),
        ("title: !!python/name:os.system\n", "cannot be read as YAML in line 1"),
        ("title: !!binary x\n", "cannot be read as YAML"),
        ("title: !mine x\n", "cannot be read as YAML in line 1"),
        ("title: &a Now\nprevious: *a\n", "in line 2 (*a stands for what is elsewhere)"),
        ("title: Now\nparameters:\n  <<: *b\n", "in line 3 (*b stands for what is elsewhere)"),
        ("title: Now\non_error: ignore\n", "on_error: 'ignore' is none of stop, skip: write one"),
        ("title: Now\nprevious: ../then\n", "previous is '../then', which is no other edition"),
        (b"title: \xff\n", "is not UTF-8"),
        ("title: \x00\n", "cannot be read as YAML"),
    ],
)
def test_a_mistake_in_the_file(read, text, told):
    with pytest.raises(EditionError) as error:
        read(text)
    assert told in str(error.value)
    assert str(error.value).startswith("notebooks/editions/now.yml")
    assert "\n" not in str(error.value)


def test_what_grows_without_end_is_refused_at_once(read):
    lines = [f"{b}: &{b} [{', '.join(['*' + a] * 10)}]" for a, b in pairwise("abcdefghi")]

    def look():
        with pytest.raises(EditionError, match=r"in line 2 \(\*a stands for what is elsewhere\)"):
            read("title: Now\n" + "\n".join(lines))
        with pytest.raises(EditionError, match="is nested too deep"):
            read("title: " + "[" * 50_000)

    assert measure_seconds(look, rounds=1) < 5


def test_every_mistake_is_told_at_once_with_its_line(read):
    text = (
        "titel: Now\nprevious: thn\non_error: go\nparameters: {as_off: x, places: IRQ}\n"
        "notebooks:\n  04-strength: {texts: []}\n  99-x: {a: 1}\n  01-corpus: 3\nprevious: then\n"
    )
    read("title: Now\n")
    (read.folder / "now.yml").write_text(text)
    with pytest.raises(EditionError) as error:
        read_editions(read.folder, ["now", "nwo", "then"], CHAIN)
    lines = str(error.value).splitlines()
    where = "notebooks/editions/now.yml"
    for told in [
        f"{where}: line 9 sets previous again",
        f"{where}, line 1 has an unknown key titel",
        f"{where} has no title",
        f"{where}, line 3: on_error: 'go' is none of",
        f"{where}, line 4: parameters: unknown parameter as_off",
        f"{where}, line 4: places: IRQ is given where a list",
        f"{where}, line 6: notebooks: 04-strength: unknown parameter texts",
        f"{where}, line 7: notebooks: no notebook 99-x",
        f"{where}, line 8: notebooks: 01-corpus: needs",
        "there is no edition 'nwo'",
    ]:
        assert len([line for line in lines if line.startswith(told)]) == 1, (told, lines)
    assert len(lines) == 10


def test_a_file_whose_name_is_none_of_an_edition_is_told_so(tmp_path):
    (tmp_path / "My Edition.yml").write_text("title: Now\n")
    with pytest.raises(EditionError, match="'My Edition.yml': an edition is named with small"):
        read_edition(tmp_path, "My Edition")


def test_what_a_text_that_cannot_be_read_does_is_handed_on(read):
    chain = CHAIN | {"01-corpus": make_notebook("01-corpus", on_error="stop")}
    given = choose_parameters(read("title: Now\non_error: skip\n"), chain)
    assert given["01-corpus"]["on_error"] == "skip"
    assert choose_parameters(read("title: Now\n"), chain)["01-corpus"]["on_error"] == "stop"
    with pytest.raises(EditionError, match="on_error is no parameter here"):
        choose_parameters(read("title: Now\nparameters: {on_error: skip}\n"), chain)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "parameters: {as_off: latest}",
            "parameters: unknown parameter as_off: did you mean as_of?",
        ),
        ("parameters: {zzz: 1}", "unknown parameter zzz: use one of as_of, places, texts"),
        ("parameters: {edition: x}", "edition is no parameter here"),
        ("parameters: {title: x}", "title is no parameter here"),
        ("parameters: {as_of: [2020]}", "as_of: [2020] is given where text is needed, as in"),
        ("parameters: {places: IRQ}", "places: IRQ is given where a list"),
        ("notebooks: {04-strenght: {}}", "no notebook 04-strenght: did you mean 04-strength?"),
        ("notebooks: {04-strength: {texts: []}}", "04-strength: unknown parameter texts"),
        ("notebooks: {04-strength: {places: [3.5]}}", "in the list, 3.5 is given where text"),
    ],
)
def test_a_mistake_in_the_parameters(read, text, told):
    with pytest.raises(EditionError) as error:
        choose_parameters(read(f"title: Now\n{text}\n"), CHAIN)
    assert told in str(error.value)
    assert str(error.value).startswith("notebooks/editions/now.yml, line 2: ")


@pytest.mark.parametrize(
    "name",
    [
        "nwo",
        "../now",
        "now.yml",
        "",
        "NOW",
        "-h",
        "/etc/passwd",
        "a\0b",
        "now/../now",
        "*",
        "x" * 999,
    ],
)
def test_an_edition_that_is_not_there(tmp_path, name):
    (tmp_path / "now.yml").write_text("title: Now\n")
    with pytest.raises(EditionError, match="there is no edition"):
        read_edition(tmp_path, name)


def test_a_value_for_one_notebook_wins(read):
    edition = read(
        "title: Now\nparameters: {places: [SYR]}\nnotebooks: {04-strength: {places: [IRQ]}}\n"
    )
    assert choose_parameters(edition, CHAIN)["04-strength"]["places"] == ["IRQ"]


def test_the_editions_of_this_project_hold(request):
    root = request.config.rootpath.parent
    project = Project(root, root / "reports")
    names = find_editions(project.editions)
    assert {"default", "2020-03", "2020-12", "2023-03"} <= set(names)
    graph = read_graph(project, names)
    for name in names:
        assert graph.parameters[name]["01-corpus"]["as_of"]


def put_editions(folder, **previous):
    """Write editions that compare with each other."""
    for name, other in previous.items():
        text = f"title: {name}\n" + (f"previous: {other}\n" if other else "")
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")


def test_editions_come_after_those_they_compare_with(tmp_path):
    put_editions(tmp_path, a="d", b="", c="b", d="c")
    assert order_editions(tmp_path) == ["b", "c", "d", "a"]


def test_the_project_s_editions_come_in_the_order_of_their_dates(request):
    folder = request.config.rootpath / "editions"
    assert order_editions(folder) == ["2020-03", "2020-12", "2023-03", "default"]


def test_a_circle_of_editions_is_refused_by_name(tmp_path):
    put_editions(tmp_path, a="b", b="c", c="b")
    with pytest.raises(EditionError, match=r"previous leads in a circle: b → c → b: let the"):
        order_editions(tmp_path)


def test_an_edition_that_is_not_there_cannot_be_compared_with(tmp_path):
    put_editions(tmp_path, a="2020-3", b="")
    (tmp_path / "b.yml").rename(tmp_path / "2020-03.yml")
    with pytest.raises(
        EditionError, match=r"a.yml, line 2: previous is '2020-3', .* did you mean 2020-03\?"
    ):
        order_editions(tmp_path)


def test_how_long_a_cell_may_take_is_no_parameter(read):
    lines = "notebooks:\n  04-strength:\n    cell_minutes: 0.01\n"
    edition = read(f"title: Now\ncell_minutes: 90\n{lines}")
    assert edition.limit("01-corpus") == 90 * 60
    assert edition.limit("04-strength") == 1
    assert read("title: Now\n").limit("01-corpus") == 3600
    assert choose_parameters(edition, CHAIN)["04-strength"] == {"edition": "now"}


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("cell_minutes: 0", "line 2: cell_minutes: 0 is not between 0 and 10080, a week: write"),
        ("cell_minutes: 1e3", "line 2: cell_minutes: 1e3 is given where a number is needed"),
        ("cell_minutes: true", "cell_minutes: true is given where a number is needed"),
        (
            "notebooks:\n  04-strength:\n    cell_minutes: -1",
            "line 4: notebooks: 04-strength: cell_minutes: -1 is not between 0 and 10080",
        ),
        ("parameters:\n  cell_minutes: 5", "unknown parameter cell_minutes"),
    ],
)
def test_a_time_that_no_cell_could_take(read, line, sentence):
    with pytest.raises(EditionError) as told:
        choose_parameters(read(f"title: Now\n{line}\n"), CHAIN)
    assert sentence in str(told.value)
