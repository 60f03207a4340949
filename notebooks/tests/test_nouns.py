"""What a number counts: the noun phrase a coder would write, and whether it is people."""

import pytest

from threatledger.codebook import read_codebook
from threatledger.extraction.model import Counted
from threatledger.extraction.moods import is_unreal
from threatledger.extraction.nouns import find_counted
from threatledger.extraction.quantities import find_quantities


def read(text, before=None):
    """Return what and unit of each quantity of a sentence."""
    codebook = read_codebook()
    quantities = find_quantities(text, codebook)
    found = [find_counted(text, q, quantities, codebook, before) for q in quantities]
    return [(counted.what, counted.unit) for counted in found]


def read_unreal(text, money=False):
    codebook = read_codebook()
    return [is_unreal(text, q, codebook, money) for q in find_quantities(text, codebook)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They hold 40 suspected fighters in Raqqa.", ("suspected fighters", "person")),
        ("They freed 40 of the prisoners.", ("prisoners", "person")),
        ("They burned 40 more houses.", ("houses", "count")),
        ("They expelled 40 members and supporters.", ("members and supporters", "person")),
        ("They killed 40 soldiers and fled.", ("soldiers", "person")),
        ("They took in 40 displaced families.", ("displaced families", "count")),
        ("They recorded 40 killings.", ("killings", "count")),
        ("They held 40 Iraqis.", ("Iraqis", "person")),
        ("They seized 40 head of cattle.", ("head of cattle", "count")),
        ("They met 40 people linked to the group.", ("people linked to the group", "person")),
        ("Hundreds of recruits left.", ("recruits", "person")),
        ("The attack left 9 dead.", ("dead", "person")),
        ("They met 15 members of the Council.", ("members of the Council", "count")),
        ("They raised a 500-strong force.", ("force", "person")),
        ("It is a family of six.", ("family", "person")),
        ("They claimed 40 lives.", ("lives", "person")),
    ],
)
def test_the_noun_phrase_after_the_number_is_what_it_counts(text, expected):
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The death toll rose to 40.", ("death toll", "person")),
        ("The number of tents burned stood at 40.", ("tents", "count")),
        ("One State estimated the strength of the branch at 700.", ("strength of the branch", 1)),
        ("Prison guards in the valley number 40.", ("prison guards", "person")),
        ("Raids on farms, mainly at night, fell to 40.", ("raids", "count")),
        ("Measles: fewer than 40 cases.", ("cases of measles", "count")),
        ("Families in the annex: 40", ("families in the annex", "count")),
        ("By noon, the army had killed 40.", ("people killed", "person")),
        ("Dozens fled.", ("people", "person")),
    ],
)
def test_a_number_without_a_noun_takes_that_of_its_clause(text, expected):
    (what, unit), expected_unit = read(text)[0], "person" if expected[1] == 1 else expected[1]
    assert (what, unit) == (expected[0], expected_unit)


@pytest.mark.parametrize(
    ("text", "whats"),
    [
        ("There were 40 raids in Homs, 12 in Hama and nine in Idlib.", ["raids"] * 3),
        ("They repatriated 40 boys, down from 70 in 2019.", ["boys"] * 2),
        (
            "They logged 40 raids in nine towns, against 70 a year before.",
            ["raids", "towns", "raids"],
        ),
        ("One clinic opened and two in the suburbs closed.", ["clinic", "clinic"]),
        ("They held 40 men, 12 of them foreigners.", ["men", "foreigners"]),
        ("They held 40 men, of whom 12 have gone home.", ["men", "men"]),
        ("Raids rose from 12 in May to 40 in June.", ["raids", "raids"]),
        ("It runs shops, of which the state has closed 40.", ["shops"]),
        ("They sent two or perhaps three gunmen.", ["gunmen"]),
        ("The mission cut its force from 900 soldiers to 400.", ["soldiers", "soldiers"]),
    ],
)
def test_numbers_that_share_a_noun_are_of_the_same_thing(text, whats):
    assert [what for what, _ in read(text)] == whats


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It seized cash worth $4 million.", "cash"),
        ("It had an annual income of nearly $4 million.", "annual income"),
        ("Oil sales fell to $4 million.", "oil sales"),
        ("The UN put the reserves at $4 million.", "reserves"),
        ("The $4 million gas plant is shut.", "gas plant"),
        ("Families paid up to $4,000 in ransom.", "ransom"),
        ("Donors gave $4 million towards its upkeep.", "upkeep"),
        ("He offered a reward of $4 million for news.", "reward for news"),
        ("It earned $4 million a month from oil.", "income from oil"),
        ("Bread costs 4,000 Syrian pounds a bundle.", "bread"),
        ("Some $4 million was raised.", "money raised"),
        (
            "Its “cash reserves” were estimated to be between $4 million and $5 million.",
            "cash reserves",
        ),
    ],
)
def test_money_is_of_what_is_valued(text, expected):
    assert read(text)[0][0] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They paid 4 million dinars (about $3,000) in tax.", ["tax", "tax"]),
        ("A kilo sells for 4,000 francs, or around $7.", ["kilo", "kilo"]),
    ],
)
def test_a_conversion_is_of_the_same_thing(text, expected):
    assert [what for what, _ in read(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They found 40 kg of explosives.", ("explosives", "kg")),
        ("They dug a 40-km trench.", ("trench", "km")),
        ("The convoy was hit 40 km south of the town.", ("distance", "km")),
        ("The strip, 40 km long, has shrunk.", ("strip", "km")),
        ("Water: lorries bring 40,000 litres a day.", ("water", "litre")),
        ("They hold an area of 40 square kilometres.", ("area", "km2")),
    ],
)
def test_a_measure_is_of_the_thing_measured(text, expected):
    assert read(text)[0] == expected


def test_a_bare_number_beside_a_measure_takes_its_unit():
    assert [unit for _, unit in read("They got 26 litres a head, against a target of 35.")] == [
        "litre",
        "litre",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Half of the residents are children.", "residents are children"),
        ("They hold 400 men, two thirds of them in Homs.", "men in Homs"),
        ("They hold 400 men, 40% of whom are foreign.", "men who are foreign"),
        ("Of the 400 women asked, 40 per cent had no papers.", "women with no papers"),
        ("Raids fell by more than 40 per cent.", "fall in raids"),
        ("Raids rose 40%.", "rise in raids"),
        ("Iraqis make up 40% of the residents.", "residents who are Iraqis"),
        ("Oil accounts for 40 per cent of income.", "income from Oil"),
        ("A courier keeps a commission of 3%.", "commission"),
        ("One in four attacks was a bombing.", "attacks was a bombing"),
    ],
)
def test_a_share_says_of_what_and_what_holds(text, expected):
    found = next(what for what, unit in read(text) if unit == "percent")
    assert found.lower() == expected.lower()


def test_a_pronoun_goes_on_from_the_claim_before():
    (before,) = read("They held 400 prisoners.")
    earlier = {"number": Counted(*before, 0, 0)}
    assert read("Some 40 of them fled.", earlier) == [before]


@pytest.mark.parametrize(
    "text",
    [
        "The army will send 400 men.",
        "Kabul plans to build 12 prisons.",
        "Up to 12 clinics will close.",
        "Unless it rains, 400 farms could fail.",
        "The bank may cap transfers at $4,000.",
        "Rwanda promises 400 more.",
        "Paris wants four bases there.",
        "A further 400 men are to be sent.",
        "If 400 men left, the town would fall.",
        "Were Rome to ask for every gift of €50, they would stop.",
        "They announced a force of 400 men, to be ready by June.",
        "We expect 400 arrivals next year.",
    ],
)
def test_a_planned_or_supposed_number_is_unreal(text):
    assert read_unreal(text) == [True]


@pytest.mark.parametrize(
    "text",
    [
        "The group may still have 400 men.",
        "There might be as many as 400 men left.",
        "The branch could field 400 men in 2020.",
        "The city, home to 400 families, would fall next.",
        "It would withdraw from its 12 bases.",
        "In May and June 12 men died.",
        "It had 400 men, if the army has counted correctly.",
        "They had been promised a bounty each, and 400 came.",
        "They are likely to have lost 400 men.",
        "That is to say 400 men.",
    ],
)
def test_a_hedged_or_known_number_is_real(text):
    assert not any(read_unreal(text))


def test_money_that_is_asked_for_is_real():
    assert read_unreal("The UN needs and expects $40 million for relief.", money=True) == [False]


@pytest.mark.parametrize(
    ("text", "unreal"),
    [
        # how many they are is known, whatever becomes of them
        ("The court ruled that 120 Tunisians in Libya would not be brought back.", False),
        ("The minister said that 35 women held in Roj will not be allowed to return.", False),
        ("It decided that 67 Danes in the camps should stay there.", False),
        ("The proposal was opposed by nine ministers.", False),
        # near-misses: the number itself lies ahead
        ("The court ruled that 120 Tunisians would be brought back.", True),
        ("The agency fears that 900 families in Sudan will not have enough to eat.", True),
        ("Some 700 recruits will not be sent to Darfur.", True),
        ("The proposal to hire nine guards lapsed.", True),
    ],
)
def test_people_whose_fate_is_settled_are_known_by_number(text, unreal):
    assert read_unreal(text) == [unreal]
