"""The run record: what an edition was made from and what came out, as RO-Crate asks for it."""

import copy
import json
import re

import pytest
from conftest import ROOT
from profiles import as_list, check_crate

from threatledger.chain.crate import ask_git
from threatledger.chain.editions import choose_parameters, read_edition
from threatledger.chain.notebooks import read_notebooks
from threatledger.files import hash_file, list_files


@pytest.fixture(scope="module")
def crate(built):
    return json.loads((built / "default/ro-crate-metadata.json").read_bytes())


def find(crate, name):
    """Return the entity of a name."""
    (entity,) = [entity for entity in crate["@graph"] if entity["@id"] == name]
    return entity


def names(references):
    return {reference["@id"] for reference in as_list(references)}


def test_the_crate_is_as_its_specification_and_its_profile_ask(crate, built):
    assert check_crate(crate, built / "default") == []


def edit(name, **changes):
    """Return what changes an entity; ``None`` takes a property away."""

    def change(crate):
        entity = find(crate, name)
        for key, value in changes.items():
            entity[key] = value
            if value is None:
                del entity[key]

    return change


def drop(name):
    return lambda crate: crate["@graph"].remove(find(crate, name))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda crate: crate.update({"@context": "https://schema.org"}), "@context"),
        (drop("ro-crate-metadata.json"), "no descriptor"),
        (edit("ro-crate-metadata.json", about={"@id": "#x"}), "no descriptor"),
        (edit("ro-crate-metadata.json", conformsTo=None), "which version"),
        (edit("./", license=None), "the root has no license"),
        (edit("./", license={"@id": "./"}, description=""), "the root has no description"),
        (edit("./", datePublished="soon"), "no single date"),
        (edit("./", datePublished=["2023-01-01"]), "no single date"),
        (edit("./", conformsTo={"@id": "#x"}), "#x, which is not described"),
        (edit("./", mentions=[]), "is not mentioned by the root"),
        (edit("./", hasPart=[]), "tables/claims.csv is no part of the root"),
        (edit("./", author={"name": "A"}), "author is nested"),
        (drop("tables/claims.csv"), "tables/claims.csv, which is not described"),
        (edit("tables/claims.csv", sha256="0" * 64), "tables/claims.csv has another SHA-256"),
        (edit("tables/claims.csv", contentSize="1"), "another size"),
        (edit("tables/claims.csv", **{"@id": "tables/no.csv"}), "tables/no.csv is not there"),
        (edit("tables/claims.csv", **{"@id": "tables/a b.csv"}), "is no URI reference"),
        (edit("tables/claims.csv", **{"@type": None}), "has no @type"),
        (edit("#requirements.lock.txt", localPath=None), "does not say where it would be"),
        (edit("#run/04-strength", instrument=None), "has no instrument"),
        (edit("#run/04-strength", instrument={"@id": "./"}), "no named software"),
        (edit("#run/04-strength", result=[]), "has no result"),
        (edit("#run/04-strength", object={"@id": "#run/01-corpus"}), "no file, folder or value"),
        (edit("https://w3id.org/ro/wfrun/process/0.6", **{"@type": "CreativeWork"}), "a Profile"),
    ],
)
def test_what_the_specification_forbids_is_noticed(crate, built, change, told):
    spoilt = copy.deepcopy(crate)
    change(spoilt)
    assert any(told in problem for problem in check_crate(spoilt, built / "default"))


def test_every_file_made_is_in_it_and_in_the_checksums(crate, built):
    folder = built / "default"
    made = {path.relative_to(folder).as_posix() for path in list_files(folder)}
    assert names(find(crate, "./")["hasPart"]) == made - {"checksums.txt", "ro-crate-metadata.json"}
    listed = {line[66:] for line in (folder / "checksums.txt").read_text().splitlines()}
    assert listed == made - {"checksums.txt", "run.json"}


def test_texts_codebook_code_and_packages_are_named_by_their_content(crate):
    wanted = [ROOT / "requirements.lock.txt", ROOT / "notebooks/editions/default.yml"]
    wanted += [
        path for name in ("texts", "codebook", "gold") for path in list_files(ROOT / f"data/{name}")
    ]
    wanted += list_files(ROOT / "notebooks/threatledger")
    for path in wanted:
        entity = find(crate, f"#{path.relative_to(ROOT).as_posix()}")
        assert entity["sha256"] == hash_file(path), entity["@id"]


def test_each_notebook_s_run_has_its_parameters_and_what_it_read_and_wrote(crate, request):
    chain = read_notebooks(request.config.rootpath)
    edition = read_edition(request.config.rootpath / "editions", "default")
    given = choose_parameters(edition, chain)
    for name, notebook in chain.items():
        action = find(crate, f"#run/{name}")
        assert names(action["result"]) == {*notebook.writes, f"executed/{name}.ipynb"}
        assert names(action["instrument"]) == {f"#notebooks/{name}.ipynb"}
        assert find(crate, f"#notebooks/{name}.ipynb")["version"] == f"sha256:{notebook.digest}"
        for parameter, default in notebook.parameters.items():
            entity = find(crate, f"#{name}/{parameter}")
            value = given[name].get(parameter, default)
            plain = not isinstance(value, (list, dict))
            assert entity["value"] == value if plain else json.loads(entity["value"]) == value
            assert entity["@id"] in names(action["object"])
        read = {file for file in notebook.reads if file.startswith("tables/") and file[-1] != "/"}
        assert read <= names(action["object"])
    assert "#data/texts/" in names(find(crate, "#run/01-corpus")["object"])


def test_it_says_nothing_of_when_where_or_by_whom_it_was_made(crate, built):
    text = json.dumps(crate, ensure_ascii=False)
    assert not re.search(r"\d{4}-\d\d-\d\dT", text)
    assert not re.search(r"(?<![\w.:/])/(home|root|Users|tmp|private|var|work|mnt)/", text)
    assert {"startTime", "endTime", "agent"}.isdisjoint(re.findall(r'"(\w+)":', text))
    record = json.loads((built / "default/run.json").read_bytes())
    assert record["commit"] == ask_git(ROOT, "rev-parse", "HEAD")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", record["made"])
    assert all(seconds > 0 for seconds in record["seconds"].values())
    assert "sha256" not in find(crate, "run.json")


def test_a_folder_without_a_repository_of_its_own_has_no_commit(tmp_path):
    assert ask_git(tmp_path, "rev-parse", "HEAD") is None
    (tmp_path / ".git").mkdir()
    assert ask_git(tmp_path, "rev-parse", "HEAD") is None
