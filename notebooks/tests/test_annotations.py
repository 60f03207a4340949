"""Claims and trends as Web Annotations: each is found again in its text, by words and by place."""

import copy
import csv
import io
import json

import pytest
from conftest import ROOT
from profiles import check_annotations, check_datapackage

from threatledger.annotations import FILES, SAID, make_collection, make_selectors
from threatledger.files import hash_file

TABLES = pytest.mark.parametrize("table", FILES)


def read(built, table):
    """Return the collection of a table."""
    return json.loads((built / "default" / FILES[table]).read_bytes())


def read_rows(built, table):
    """Return the rows of a CSV file as its reader sees them, the head as the first."""
    text = (built / f"default/tables/{table}.csv").read_text(encoding="utf-8")
    return list(csv.reader(io.StringIO(text)))


@TABLES
def test_the_collections_are_as_the_recommendation_asks(built, table):
    assert check_annotations(read(built, table)) == []


@TABLES
def test_each_row_has_an_annotation_whose_words_stand_at_its_place(built, table):
    rows = read_rows(built, table)
    items = read(built, table)["first"]["items"]
    assert len(items) == len(rows) - 1 > 0
    folder = (built / "default/annotations").resolve()
    for item in items:
        said, row = item["body"]
        file, number = row["id"].split("#row=")
        assert (folder / file).is_file()
        cells = dict(zip(rows[0], rows[int(number) - 1], strict=True))
        assert row["schema:identifier"] == cells[SAID[table][0]]
        assert f"voice: {cells['voice']}" in said["value"]
        words, place = item["target"]["selector"]
        source = item["target"]["source"]
        # The folder is three steps below the project in a checkout.
        path = (ROOT / "reports/default/annotations" / source["id"]).resolve()
        text = path.read_bytes().decode("utf-8")
        assert source["schema:sha256"] == hash_file(path)
        assert text[place["start"] : place["end"]] == words["exact"] == cells["quote"]
        assert text[: place["start"]].endswith(words["prefix"])
        assert text[place["end"] :].startswith(words["suffix"])


DOCUMENT = {"file": "a b.txt", "sha256": "0" * 64, "language": ""}
TREND = {
    "trend_id": "trend-0000000000",
    "doc_id": "a",
    "start": 3,
    "end": 7,
    "direction": "down",
    "topic": "attacks",
    "what": 'say "attacks"; raids',
    "place": "",
    "as_of": None,
    "attribution": "",
    "voice": "reported",
}


def make_one(text="😀\r\nfell\u2028"):
    """Return a collection of one trend."""
    return make_collection("trends", "now", [TREND], {"a": (DOCUMENT, text)})


def test_places_count_characters_and_line_ends_as_they_are():
    words, place = make_selectors("😀\r\nfell\u2028\n", 3, 7)
    assert (words["exact"], words["prefix"], words["suffix"]) == ("fell", "😀\r\n", "\u2028\n")
    assert (place["start"], place["end"]) == (3, 7)


def test_what_is_not_stated_is_not_said_and_a_file_s_name_is_a_uri():
    collection = make_one()
    assert check_annotations(collection) == []
    (item,) = collection["first"]["items"]
    assert item["body"][0]["value"] == (
        'direction: down; topic: attacks; what: say "attacks"; raids; voice: reported'
    )
    assert item["target"]["source"]["id"].endswith("/a%20b.txt")
    assert "language" not in item["target"]["source"]


def test_an_annotation_has_one_id_in_every_edition():
    (one,) = make_one()["first"]["items"]
    other = make_collection("trends", "then", [TREND], {"a": (DOCUMENT, "x" * 20)})
    assert other["first"]["items"][0]["id"] == one["id"]
    assert other["id"] != make_one()["id"]


def test_an_edition_without_claims_has_an_empty_collection():
    empty = make_collection("claims", "now", [], {})
    assert empty["total"] == 0
    assert check_annotations(empty) == []


def set_(path, value):
    """Return what sets one value inside a collection; ``None`` takes it away."""

    def change(thing):
        *way, last = path
        for step in way:
            thing = thing[step]
        thing[last] = value
        if value is None:
            del thing[last]

    return change


ITEM = ("first", "items", 0)
SELECTORS = (*ITEM, "target", "selector")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (set_(("@context",), "https://schema.org"), "@context"),
        (set_(("id",), None), "not exactly one IRI"),
        (set_(("type",), "Collection"), "AnnotationCollection"),
        (set_(("total",), 0), "total"),
        (set_(("total",), 2), "no next one"),
        (set_(("first", "items"), []), "at least one annotation"),
        (set_(("first", "partOf"), "urn:x:y"), "no part of the collection"),
        (set_((*ITEM, "id"), "claim 1"), "not exactly one IRI"),
        (set_((*ITEM, "type"), None), "does not include Annotation"),
        (set_((*ITEM, "target"), None), "no target"),
        (set_((*ITEM, "body", 0, "value"), None), "exactly one value"),
        (set_((*ITEM, "body", 0, "language"), ["en", "fr"]), "language is not one text"),
        (set_((*ITEM, "body", 1, "id"), None), "neither text nor a resource"),
        (set_((*ITEM, "target", "source"), None), "exactly one source"),
        (set_((*ITEM, "target", "source", "id"), "a b.txt"), "exactly one source"),
        (set_((*SELECTORS, 0, "exact"), None), "exactly one exact"),
        (set_((*SELECTORS, 0, "prefix"), ["a"]), "at most one prefix"),
        (set_((*SELECTORS, 1, "end"), 2), "one start and one end"),
        (set_((*SELECTORS, 1, "start"), -1), "one start and one end"),
        (set_((*SELECTORS, 1, "start"), 3.0), "one start and one end"),
        (set_((*SELECTORS, 1, "type"), None), "exactly one type"),
    ],
)
def test_what_the_recommendation_forbids_is_noticed(change, told):
    spoilt = copy.deepcopy(make_one())
    change(spoilt)
    assert any(told in problem for problem in check_annotations(spoilt))


def read_package(built):
    return json.loads((built / "default/tables/datapackage.json").read_bytes())


def test_the_data_package_is_as_its_standard_asks(built):
    package = read_package(built)
    assert check_datapackage(package, built / "default/tables") == []
    assert all(len(resource["hash"]) == 7 + 64 for resource in package["resources"])


RESOURCE = ("resources", 0)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (set_(("name",), "Threat Ledger"), "small letters"),
        (set_(("resources",), []), "at least one resource"),
        (set_((*RESOURCE, "name"), None), "no name"),
        (set_((*RESOURCE, "path"), "../tables/claims.csv"), "one path inside"),
        (set_((*RESOURCE, "path"), None), "one path inside"),
        (set_((*RESOURCE, "hash"), f"sha256:{'0' * 64}"), "hash is not"),
        (set_((*RESOURCE, "bytes"), 3), "bytes is not"),
        (set_((*RESOURCE, "schema", "fields", 0, "name"), None), "each a name"),
        (set_((*RESOURCE, "schema", "fields", 0, "name"), "other"), "its head"),
        (set_((*RESOURCE, "schema", "fields", 0, "type"), "text"), "unknown type"),
        (set_((*RESOURCE, "schema", "fields", 0, "type"), "integer"), "is no integer"),
        (set_((*RESOURCE, "schema", "fields", 0, "type"), "number"), "is no number"),
        (set_((*RESOURCE, "schema", "missingValues"), [None]), "no list of texts"),
    ],
)
def test_what_the_standard_forbids_is_noticed(built, change, told):
    spoilt = read_package(built)
    change(spoilt)
    problems = check_datapackage(spoilt, built / "default/tables")
    assert any(told in problem for problem in problems), problems
