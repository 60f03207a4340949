"""Plain sentences of the field, with the answers that a coder would give."""

import pytest

from threatledger.extraction import extract

OPENING = "A note\n\nThe valley was quiet when we came there in the spring, people said.\n\n"
CLOSING = "\n\nNobody else would say what had happened there that night.\n"


def read(text):
    """Return the claims of a text between two paragraphs without numbers."""
    return extract(OPENING + text + CLOSING, published="2023-03-15").claims


def read_units(text):
    return [(claim["quote"], claim["unit"]) for claim in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Police said that 173 citizens had tried to go and that 69 had got there.",
            [("173", "person"), ("69", "person")],
        ),
        (
            "Officials said fewer than a dozen have set out this year.",
            [("a dozen", "person")],
        ),
        (
            "Forty men were questioned. By Sunday 19 had come home.",
            [("Forty", "person"), ("19", "person")],
        ),
        (
            "The office interviewed 240 women in March; 19 asked to be moved to another block.",
            [("240", "person"), ("19", "person")],
        ),
        ("In January 44 left the group and surrendered.", [("44", "person")]),
        ("No fewer than 60 gave themselves up after the amnesty.", [("60", "person")]),
        (
            "The ministry has listed 410 names, of whom 88 are thought to be dead.",
            [("410", "count"), ("88", "person")],
        ),
        ("The unit lost 17 in the ambush, its commander said.", [("17", "person")]),
        ("Raiders took a herd and let five go.", [("five", "person")]),
        (
            "The number of those who went abroad fell to 14 from 60.",
            [("14", "person"), ("60", "person")],
        ),
        (
            "Turkey sent back 58 suspects in June and 70 in July, and Bulgaria 11.",
            [("58", "person"), ("70", "person"), ("11", "person")],
        ),
        ("He said 11 of the 26 had been released.", [("11", "person"), ("26", "person")]),
        (
            "Police have questioned 200, charged 36 and jailed nine.",
            [("200", "person"), ("36", "person"), ("nine", "person")],
        ),
        (
            "The prison was built for 400 inmates and holds 1,130.",
            [("400", "person"), ("1,130", "person")],
        ),
        (
            "The army killed 26 militants and captured five alive.",
            [("26", "person"), ("five", "person")],
        ),
        (
            "The tribe has 20,000 members, of whom 3,000 bear arms.",
            [("20,000", "person"), ("3,000", "person")],
        ),
        ("Another 2,000 are on the waiting list.", [("2,000", "person")]),
        ("The flow has dried up: fewer than 20 have set out since May.", [("20", "person")]),
        ("About 30 on motorcycles attacked the post.", [("30", "person")]),
        ("Every bus carries 50.", [("50", "person")]),
        (
            "The school has 40 places and 310 on its waiting list.",
            [("40", "count"), ("310", "person")],
        ),
        (
            "Guards found 12 rifles. In all, 19 asked for asylum.",
            [("12", "count"), ("19", "person")],
        ),
        ("Germany's contingent of 1,100 will leave by May.", [("1,100", "person")]),
    ],
)
def test_a_bare_number_is_of_people_by_what_is_said_of_it(text, expected):
    assert read_units(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The group fired 12 rockets, and five hit houses near by.",
            [("12", "count"), ("five", "count")],
        ),
        ("Ten boats set out; seven arrived.", [("Ten", "count"), ("seven", "count")]),
        (
            "Eleven States replied. Four said that they had seen returns.",
            [("Eleven", "count"), ("Four", "count")],
        ),
        (
            "The city has 320 money changers, and 90 have a licence.",
            [("320", "count"), ("90", "count")],
        ),
        ("The unit lost 17 vehicles in the ambush.", [("17", "count")]),
        ("They had 30 camels and 12 were stolen.", [("30", "count"), ("12", "count")]),
        ("The council sat late, and all 15 members agreed.", [("15", "count")]),
        ("It has cells in 11 of the country's 18 provinces.", [("11", "count"), ("18", "count")]),
        ("In May 12 houses burned.", [("12", "count")]),
    ],
)
def test_a_bare_number_goes_on_with_the_things_before(text, expected):
    assert read_units(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The town offers men 30,000 naira a month. The state pays its vigilantes 20,000.",
            [("30,000 naira", "NGN"), ("20,000", "NGN")],
        ),
        (
            "Donors have given 30 million of the 85 million dollars that are needed.",
            [("30 million", "USD"), ("85 million dollars", "USD")],
        ),
        (
            "Guards ask for 500 dollars per person, smugglers 3,000.",
            [("500 dollars", "USD"), ("3,000", "USD")],
        ),
    ],
)
def test_a_bare_number_beside_a_sum_is_one(text, expected):
    assert read_units(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "By Sunday 19 March the men had come home.",
        "The agency, which hopes to open schools, clinics and 12 wells, has no money.",
        "A contingent of 1,100 will be sent to the border.",
        "Some 300 troops to be sent by June are in training.",
        "Some were hurt at Camp 7, near Gao.",
        "Some of the children in the clinic were under five.",
        "Jeddah 1, in the Qayyara district, was closed.",
    ],
)
def test_what_is_planned_or_only_named_is_no_claim(text):
    assert read_units(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mission, which hopes to open an office, recorded 12 raids.", ["12"]),
        ("Officials hoped to close all 12 camps but shut only four.", ["12", "four"]),
        ("Some 300 are believed to be held in the north.", ["300"]),
        ("Two of the gunmen died; a third fled.", ["Two"]),
        ("Two of the gunmen died; a third of the houses burned.", ["Two", "a third"]),
    ],
)
def test_an_unreal_word_governs_its_own_clause_alone(text, expected):
    assert [claim["quote"] for claim in read(text)] == expected


def test_a_qualifier_does_not_reach_the_next_noun():
    found = [(c["low"], c["relation"]) for c in read("At least 40 men and 20 women were held.")]
    assert found == [(40, "at_least"), (20, "exact")]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            "Camp        | Persons | Families | Tents empty\n"
            "Arden 5     | 14,218  | 3,406    | 212\nArden 2     | 9,730   | 2,155    | 640",
            ["person", "count", "count"] * 2,
        ),
        (
            "Origin      Families    Persons    Under 12\n"
            "Iraq        8,120       29,410     15,870\nSyria       5,240       18,790     9,180",
            ["count", "person", "person"] * 2,
        ),
        (
            "Country      Left 2019   In camps, Dec. 2020\n"
            "Arden        571         90\nBelmar       220         150",
            ["person"] * 4,
        ),
        (
            "Indicator | March | April\nChildren vaccinated | 300 | 280\nTents repaired | 15 | 22",
            ["person", "person", "count", "count"],
        ),
        (
            "Source | 2021 (US$ million) | 2022 (US$ million)\nOil | 12 | 8\nRansoms | 3.5 | 2",
            ["USD"] * 4,
        ),
        ("Month\tRaids\tArrests\nMay\t12\t31\nJune\t9\t22", ["count"] * 4),
        (
            "Item    Unit    Distributed\nBlankets    piece    4,200\nKerosene    litre    120,000",
            ["count", "litre"],
        ),
    ],
)
def test_a_cell_has_the_unit_of_its_head_or_row(table, expected):
    assert [claim["unit"] for claim in read(table)] == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Kazakhstan flies home 12 citizens from Syria", ["12"]),
        ("23 killed in market blast in Mali", ["23"]),
        ("Militants storm prison, free 200", ["200"]),
        ("Dozens feared dead as boat sinks", ["Dozens"]),
        ("UN: 40,000 flee fighting in the north", ["40,000"]),
        ("Five lessons from Mosul", []),
        ("After the siege, 12 questions", []),
        ("The 40 missing of Baga", []),
    ],
)
def test_a_title_that_is_a_sentence_states_its_numbers(title, expected):
    body = "BAMAKO (Wire) - The army gave no details, and nobody would say what had happened.\n"
    claims = extract(f"{title}\n\n{body}", published="2023-03-15").claims
    assert [claim["quote"] for claim in claims] == expected
    assert {claim["unit"] for claim in claims} <= {"person"}


@pytest.mark.parametrize(
    ("tail", "count"),
    [
        ("Also on Sahel Wire\nGold output reaches 60 tonnes\n412 shares\n", 0),
        ("Read: Who are the rebels? | Firm to pave 223 km\n", 0),
        ("Also on Sunday two soldiers died in Gao.\n", 1),
    ],
)
def test_links_at_the_end_of_a_text_are_no_body(tail, count):
    assert len(extract(OPENING + tail, published="2023-03-15").claims) == count


@pytest.mark.parametrize(
    ("text", "quote", "as_of"),
    [
        ("It has waned since two of its camps fell in May 2021.", "two", "2021-05"),
        ("Nearly half of the 250 schools closed in 2016 have reopened.", "half", None),
        ("Of 250 schools, some closed in 2016 have reopened, and 140 stand empty.", "140", None),
        (
            "Visitors fell to 378 in May from 1,295 a year earlier, a drop of 71 percent.",
            "71 percent",
            "2022-05",
        ),
        (
            "Sixty men were taken away for questioning and 19 had come back by 5 March 2023.",
            "Sixty",
            None,
        ),
        (
            "In the islands, a nation of some 430,000 people, police said on Monday nine left.",
            "430,000",
            None,
        ),
        (
            "Gunmen killed six men on Sunday.\n\nThe attackers burned 17 houses, the mayor told "
            "reporters on Tuesday. Eleven people are missing, he said.",
            "17",
            "2023-03-12",
        ),
        (
            "Gunmen killed six men on Sunday.\n\nThe attackers burned 17 houses, the mayor told "
            "reporters on Tuesday. Eleven people are missing, he said.",
            "Eleven",
            "2023-03-14",
        ),
    ],
)
def test_a_time_holds_for_its_own_clause(text, quote, as_of):
    assert {c["quote"]: c["as_of"] for c in read(text)}[quote] == as_of


@pytest.mark.parametrize(
    ("text", "quote", "name"),
    [
        (
            "Some 900 families have left, according to an aid group, the Arden Relief Committee.",
            "900",
            "Arden Relief Committee",
        ),
        (
            "Forty fighters have given up since President Adam Belo freed nine men in May, said "
            "Moussa Harouna, an adviser to the governor.",
            "Forty",
            "Moussa Harouna",
        ),
        (
            "Police hold 106 suspects, a spokesman said.\n\nThe spokesman, Colonel Ravi Perera, "
            "gave no names.",
            "106",
            "Ravi Perera",
        ),
        (
            "Raids have become rarer, according to Josue Kambale, the mayor. His men found four "
            "workshops in May.",
            "four",
            "Josue Kambale",
        ),
        ("A trader in Baga gives up 12 sheep a year.", "12", None),
        (
            "Camp guards recorded eight murders, and on 28 March a fire left three people dead.",
            "three",
            None,
        ),
        (
            "The finance ministry examined 184 cases last year, and found that half were false.",
            "184",
            "finance ministry",
        ),
    ],
)
def test_the_speaker_is_whoever_states_the_number(text, quote, name):
    assert {c["quote"]: c["attribution"] for c in read(text)}[quote] == name


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("The threat posed by the Allied Forces in the province has grown.", "threat"),
        ("The group lost its main camps in the valley in March.", "territory"),
        ("The number of recruits arriving from Kenya has declined.", "foreign_fighters"),
        ("Officials put the number of its fighters at 500, down from 900 in 2016.", "strength"),
        ("The number of active groups on Telegram fell in August.", "propaganda"),
        ("The bombers keep coming.", "attacks"),
        ("Its videos appear more often on local channels.", "propaganda"),
        ("Cooperation between the two armies has improved.", "other"),
        ("Living conditions in the district have improved.", "other"),
        ("Security in the camps and prisons has deteriorated.", "detention"),
        ("Defence spending rose in May.", "other"),
        ("The area where officials can work has shrunk.", "territory"),
    ],
)
def test_the_topic_is_that_of_what_changed(text, topic):
    found = extract(OPENING + text + CLOSING, published="2023-03-15").trends
    assert [trend["topic"] for trend in found] == [topic]


def test_prisons_in_a_title_on_returnees_do_not_make_attacks_those_of_a_camp():
    text = "Coming home slowly: returnees and the prisons\n\nAttacks have become rarer since May.\n"
    assert [trend["topic"] for trend in extract(text, published="2023-03-15").trends] == ["attacks"]
