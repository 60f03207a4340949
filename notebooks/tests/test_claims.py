"""Claims as records: what the whole extraction gives for a sentence or two from the field."""

import json
import pickle
import subprocess
import sys

import pytest

from threatledger.codebook import Codebook, CodebookError, read_codebook
from threatledger.extraction import extract

FIELDS = {
    "start", "end", "quote", "low", "high", "relation", "unit", "what", "place", "as_of",
    "attribution", "hedge", "as_of_basis", "chain", "voice", "kind", "population", "indicator",
    "sentence", "sentence_start", "sentence_end",
}  # fmt: skip


def read(text, *fields, published="2021-06-10"):
    return [tuple(c[f] for f in fields) for c in extract(text, published).claims]


def test_a_claim_has_every_field_and_its_exact_place():
    text = "GENEVA — The UN said on Monday that up to 40 men remain in Kirkuk. They fled."
    (claim,) = extract(text, "2021-06-10").claims
    assert set(claim) == FIELDS
    assert text[claim["start"] : claim["end"]] == claim["quote"] == "40"
    assert text[claim["sentence_start"] : claim["sentence_end"]] == claim["sentence"]
    assert claim["start"] >= claim["sentence_start"]
    assert claim["hedge"] == "up to"
    assert claim["place"] == ["IRQ"]


def test_numbers_are_whole_where_they_can_be_and_null_where_open():
    claims = read("They lost 2 million men, 1.5 kg of gold and at least 7 tents.", "low", "high")
    assert json.dumps(claims) == "[[2000000, 2000000], [1.5, 1.5], [7, null]]"


def test_a_number_goes_on_from_the_sentence_before():
    text = "The prison held 400 inmates, including 30 boys. About 120 of them escaped."
    assert read(text, "quote", "what", "unit")[2] == ("120", "inmates", "person")


def test_people_of_a_sentence_without_numbers_are_what_a_pronoun_counts():
    text = "Few recruits reach the coast any more. Some 40 of them were held."
    assert read(text, "what", "unit") == [("recruits", "person")]


def test_a_footnote_goes_on_from_where_its_mark_stands():
    text = (
        "The branch has some 400 fighters in the hills.[1] It collected taxes of $9 million.\n\n"
        "________\n[1] Another State put the figure at no more than 250.\n"
    )
    assert read(text, "quote", "what", "unit")[-1] == ("250", "fighters", "person")


def test_dinars_are_those_of_the_place():
    assert read("In Tripoli, guards were paid 900 dinars.", "unit") == [("LYD",)]
    assert read("In Mosul, guards were paid 900 dinars.", "unit") == [("IQD",)]
    assert read("In Mosul, guards were paid 900 Jordanian dinars.", "unit") == [("JOD",)]


def test_a_table_cell_counts_what_the_head_of_its_column_says():
    text = (
        "Departures rose again, as the table of governorates and districts below shows.\n\n"
        "District        Families   Individuals\nSinjar                12            61\n"
        "Baaj                   7            30\n\n"
        "Both districts lie in the north of the governorate, and neither has an open clinic.\n"
    )
    assert read(text, "quote", "what", "unit")[-4:] == [
        ("12", "families", "count"),
        ("61", "individuals", "person"),
        ("7", "families", "count"),
        ("30", "individuals", "person"),
    ]


def test_a_table_with_dates_at_its_head_counts_what_the_line_above_names():
    text = (
        "Killings of civilians attributed to the group, by territory:\n\n"
        "Territory     Jan.–June 2022     July–Dec. 2022\n"
        "North               312                227\n"
        "South                48                131\n\n"
        "The figures come from the mission, which counts only deaths that it could confirm.\n"
    )
    assert read(text, "quote", "what", "unit") == [
        (quote, "killings of civilians", "count") for quote in ("312", "227", "48", "131")
    ]


def test_the_subject_of_a_sentence_without_numbers_is_what_the_next_number_counts():
    text = "Surrenders in the north have slowed to a trickle. The state recorded 65 in October."
    assert read(text, "what", "unit") == [("surrenders", "count")]


@pytest.mark.parametrize(
    ("title", "count"),
    [("Army kills 40 in desert raid", 1), ("The 12 provinces of the caliphate", 0)],
)
def test_a_title_states_a_number_only_where_it_is_a_sentence(title, count):
    body = "The raid took place near the border on Monday, the army said in a short statement."
    assert len(extract(f"{title}\n\n{body}\n").claims) == count


def test_a_plan_is_no_claim_and_a_known_number_beside_it_is():
    text = "Kabul plans to build four prisons for the 900 men whom it now holds."
    assert read(text, "quote") == [("900",)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("It takes in $4 million a month in taxes.", "flow"),
        ("It still holds $40 million in cash reserves.", "stock"),
        ("Some 400 fighters remain.", "headcount"),
        ("Half of the fighters remain.", "share"),
        ("There were 40 attacks.", "event count"),
        ("They hold 40 villages.", "stock"),
        ("They dug a 40-km trench.", "measure"),
    ],
)
def test_every_claim_has_a_kind(text, kind):
    assert read(text, "kind") == [(kind,)]


@pytest.mark.parametrize(
    ("text", "population"),
    [
        ("They have 400 members and supporters.", "members_and_supporters"),
        ("They have 400 fighters.", "fighters"),
        ("They have 400 foreign fighters.", "foreign_fighters"),
        ("They have 400 members.", "members"),
        ("They hold 400 detainees.", "detainees"),
        ("They lost 400 killed.", "killed"),
        ("They drove out 400 families.", "families"),
        ("They staged 400 attacks.", "attacks"),
        ("They ate 400 apples.", ""),
    ],
)
def test_populations_are_kept_apart(text, population):
    assert read(text, "population") == [(population,)]


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("The group has 4,000 fighters in Iraq.", "fighter_strength"),
        ("The branch in Somalia has 400 fighters.", "affiliate_strength"),
        ("Some 40,000 foreign fighters joined the group.", "foreign_fighters_joined"),
        ("It had 400 foreign fighters in Iraq.", "foreign_fighters"),
        ("It holds $40 million in cash reserves.", "money_held"),
        ("Oil sales brought in $40 million.", "oil_income"),
        ("It staged 40 attacks.", "attacks"),
        ("The camp of al-Hol has 40,000 residents.", "camp_population"),
        ("They hold 400 detainees.", "fighters_detained"),
        ("They ate 400 apples.", ""),
    ],
)
def test_indicators_follow_kind_population_and_words(text, indicator):
    assert read(text, "indicator") == [(indicator,)]


def test_every_indicator_population_and_kind_word_is_defined():
    codebook = read_codebook()
    populations = {row["population"] for row in codebook.rows("populations")}
    kinds = {"flow", "stock", "headcount", "share", "event count", "measure"}
    for row in codebook.rows("indicators"):
        assert set(row["population"].split("|")) - {""} <= populations, row["indicator"]
        assert set(row["kind"].split("|")) <= kinds, row["indicator"]
        assert row["definition"], row["indicator"]


def test_a_word_added_to_the_codebook_changes_the_reading():
    rows = {name: list(read_codebook().rows(name)) for name in read_codebook().names()}
    rows["person-nouns"] = [
        *rows["person-nouns"],
        {"noun": "apple", "plural": "apples", "unit": "person", "note": ""},
    ]
    found = extract("They met 400 apples.", codebook=Codebook(rows))
    assert [claim["unit"] for claim in found.claims] == ["person"]


def test_a_missing_table_is_named():
    rows = {name: read_codebook().rows(name) for name in read_codebook().names()}
    del rows["qualifiers"]
    with pytest.raises(CodebookError, match="qualifiers.csv"):
        extract("They met 400 men.", codebook=Codebook(rows))


def test_found_travels_between_processes():
    found = extract("They met 400 men.")
    assert pickle.loads(pickle.dumps(found)) == found


def test_extraction_needs_no_pandas():
    code = (
        "import sys; from threatledger.extraction import extract; extract('They met 400 men.');"
        "sys.exit(bool({'pandas', 'numpy', 'matplotlib'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
