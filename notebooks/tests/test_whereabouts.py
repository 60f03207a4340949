"""Where a number is: whence and whither, doers and givers, trials, borders, what is left out."""

import pytest
from reading import link

from threatledger.extraction import extract
from threatledger.extraction.places import link_place


def place(text, number, what=None):
    return sorted(link(link_place, text, number, what=what))


def places(text):
    """Return what each number of a whole text is read as, with its countries."""
    return [(c["quote"], sorted(c["place"])) for c in extract(text, "2022-06-10").claims]


CHAD = "N'DJAMENA (TW) – A committee met on Monday.\n\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # both ends of a way are said: nothing is left to the scene
        ("Some 40 people have crossed from Togo into northern Benin.", ["BEN", "TGO"]),
        # one end: the other is here
        ("Some 40 people have fled to Benin.", ["BEN", "TCD"]),
        # beside a road to a town is near the town
        ("In Benin guards dug up 40 bombs beside the road to Porga.", ["BEN"]),
        # "since" as an adverb opens no clause on what happened before
        ("Some 40 people have since died in Benin.", ["BEN"]),
    ],
)
def test_whence_and_whither(text, expected):
    assert place(CHAD + text, "40") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In Mali, where a mission leaves, the branch has grown, UN experts wrote. It has 40 men"
         " there.", ["MLI"]),
        # a stranger who speaks in a city speaks of elsewhere
        ("In Geneva, a diplomat said the branch in Mali had grown. It has 40 men there.", ["MLI"]),
        ("Lebanon shows what comes next. The use of cash there has grown by 40 points.", ["LBN"]),
        # "there has been" points to no place
        ("In Lebanon and Jordan banks fail. In Jordan there have been 40 runs.", ["JOR"]),
    ],
)  # fmt: skip
def test_there_takes_up_the_scene(text, expected):
    assert place(text, "40") == expected


NIGERIA = "In north-eastern Nigeria raids go on. In Niger an army fights. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Food for 40 villages in the northeast has run out.", ["NGA"]),
        ("The plan for the north-east requires $40 million.", ["NGA"]),
        # another part of a country, or of a town, is another matter
        ("Food for 40 villages in the south has run out.", ["NER"]),
        ("Food for 40 villages on the north bank has run out.", ["NER"]),
    ],
)
def test_a_part_of_a_country_is_where_it_was_last_named(text, expected):
    number = "$40 million" if "$" in text else "40"
    what = "plan" if "$" in text else None
    assert place(NIGERIA + text, number, what=what) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jordan is calm. Departures dried up before the fall of Mosul. It has 40 cases.", "JOR"),
        ("Jordan is calm. A fair was held in Mosul. It had 40 stalls.", "IRQ"),
    ],
)
def test_the_fall_of_a_town_is_when_and_not_where(text, expected):
    assert place(text, "40") == [expected]


COURT = "PARIS (TW) – A French court jailed two women and 40 men who had lived in Syria, at a trial"


def test_a_trial_is_where_the_court_is():
    text = f"{COURT} that heard 53 witnesses.\n\nSome 60 kin stood outside.\n"
    assert places(text) == [
        ("two", ["FRA", "SYR"]),
        ("40", ["FRA", "SYR"]),
        ("53", ["FRA"]),
        ("60", ["FRA"]),
    ]


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        # those who died of those who left are dead where they went
        ("Police say 900 Danes left for Syria and that 40 of them are dead.", "40",
         ["DNK", "SYR"]),
        ("Police say 900 Danes left for Syria and that 40 of them are on trial.", "40", ["DNK"]),
        ("COPENHAGEN – Of 900 Danes who left for Syria, 40 have come home, it said.", "40",
         ["DNK"]),
        # all from there, not most from there
        ("Kenya took in 40 children, all from Iraq.", "40", ["IRQ", "KEN"]),
        ("Kenya took in 40 children, most of them from Iraq.", "40", ["KEN"]),
    ],
)  # fmt: skip
def test_parts_and_wholes_of_those_who_left(text, number, expected):
    assert place(text, number) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # each takes home its own; where from is only what the paragraph said
        ("Spain took back 30 women, and Malta brought home 40 girls.", ["MLT"]),
        ("In Syria 300 children live in camps. Malta has brought home 40.", ["MLT", "SYR"]),
        ("In Jordan prices rose. Malta has brought home 40 girls.", ["MLT"]),
    ],
)
def test_those_taken_home(text, expected):
    assert place(text, "40") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a gift is of the giver and for the scene; the next gift is not for the giver before
        ("Raqqa lies in ruins. Malta has given €40 million.", ["MLT", "SYR"]),
        ("Raqqa lies in ruins. Spain has given a crane. Malta has given €40 million.",
         ["MLT", "SYR"]),
        ("Raqqa lies in ruins. Malta has earned €40 million.", ["MLT"]),
    ],
)  # fmt: skip
def test_gifts_are_for_the_scene(text, expected):
    assert place(text, "€40 million") == expected


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        # another doer in the same list has none of the first one's country
        ("In Mozambique war goes on. Rwanda sent 900 men to Palma, and the African Union a"
         " further 40.", "40", ["MOZ"]),
        ("Mali lost 48 men in May. Its army has bought 40 lorries from Spain.", "40",
         ["ESP", "MLI"]),
        ("In Kenya a shop was raided. The owner, an Iraqi, had paid $40 in rent.", "$40",
         ["KEN"]),
        ("In Kenya guards hold 40 men, an Iraqi among them.", "40", ["IRQ", "KEN"]),
        # a government that judges others is not where they are
        ("The branch that Washington blames has 40 men in Mali.", "40", ["MLI"]),
        ("The branch that Kenya lost has 40 men.", "40", ["KEN"]),
        ("In Mali 40 men were designated by the United States.", "40", ["MLI"]),
        # "The United States" are not some States
        ("In Kabul talks stalled. The United States has 40 troops left.", "40", ["AFG", "USA"]),
        # where a study came out is not what it counts
        ("A study published last month in The Hague followed 40 men in Mali.", "40", ["MLI"]),
        ("A camp opened last month in The Hague holds 40 men.", "40", ["NLD"]),
    ],
)  # fmt: skip
def test_doers_and_judges(text, number, expected):
    assert place(text, number) == expected


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("Chad's border with Libya runs for 40 km.", "40", ["LBY", "TCD"]),
        ("Chad dug a 40-km ditch along the Libyan border.", "40", ["LBY", "TCD"]),
        ("Near the border with Libya, Chad has 40 wells.", "40", ["TCD"]),
        ("In Kabul it is quiet. Pakistan says it fenced 40 per cent of the border.",
         "40 per cent", ["AFG", "PAK"]),
        ("In Kabul it is quiet. Pakistan says it fenced 40 per cent of the park.",
         "40 per cent", ["PAK"]),
    ],
)  # fmt: skip
def test_borders_are_of_both(text, number, expected):
    assert place(text, number) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iran has deported 900 Afghans. Pakistan expelled 40 last winter.", ["AFG", "PAK"]),
        ("Iran has deported 900 Afghans. Pakistan expelled 40 diplomats last winter.", ["PAK"]),
        ("Some 900 Danes went abroad. Of them 300 went to Syria and 40 to Libya.",
         ["DNK", "LBY"]),
    ],
)  # fmt: skip
def test_whom_a_clause_leaves_out(text, expected):
    assert place(text, "40") == expected


def test_a_camp_report_in_capitals_is_of_its_camp():
    text = (
        "AL-HOL CAMP: SITUATION REPORT\nMay 2022\n\nPEOPLE\n\nIraqis: 40\n\nOther nationalities: 8"
        "\n\nFUNDING\n\nThe plan for the north-east requires $5 million.\n"
    )
    assert places(text) == [
        ("40", ["IRQ", "SYR"]),
        ("8", ["SYR"]),
        ("$5 million", ["SYR"]),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # of all the Union, in a text on one of its countries; but what is in the country is there
        ("Attacks in the European Union fell to 40.", []),
        ("Attacks fell to 40.", ["FRA"]),
        # the four countries' force is in none of them, their own villages are
        ("The four countries set up a force. It has 40 men.", []),
        ("A village set up a force. It has 40 men.", ["FRA"]),
    ],
)
def test_what_is_of_many_states(text, expected):
    assert place(f"PARIS (TW) – A French court sat.\n\n{text}", "40") == expected


def test_a_camp_with_a_hyphen_before_its_number_is_that_camp():
    assert place("Some 40 families left for Jeddah-1 in Iraq.", "40") == ["IRQ"]
    assert place("Some 40 families left for Jeddah by sea.", "40") == ["SAU"]


def test_a_sentence_with_a_colon_is_no_label():
    text = "An Oslo diary\n\nMalta was first in May. It went fast: ten men came.\n\nSome 40 wait.\n"
    assert ("40", ["MLT"]) not in places(text)


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("ODENSE (TW) – A Danish court sat.\n\nSome 900 left for Syria, and 40 have returned.",
         "40", ["DNK"]),
        ("Police in Denmark say 900 went to Syria; 40 have died there.", "40", ["DNK", "SYR"]),
        ("In Mali the branch has 40 men, chiefly from the United Republic of Tanzania.", "40",
         ["MLI"]),
        ("In Mali the branch has 40 men from the United Republic of Tanzania.", "40",
         ["MLI", "TZA"]),
        # a force that shrinks is where the scene is, and whose it is
        ("In Iraq talks go on. The prime minister cut the Danish force to 40.", "40",
         ["DNK", "IRQ"]),
        ("In Iraq it is calm. France, which keeps 90 soldiers in the country, was glad. A town"
         " lost 40 wells.", "40", ["IRQ"]),
        # a capital that speaks of its own border is its state
        ("Iraq and Jordan talk. Amman says smugglers took 40 sacks over its northern frontier.",
         "40", ["JOR"]),
        ("In Iraq and Jordan they talk. A driver says smugglers took 40 sacks over a hill.", "40",
         ["IRQ", "JOR"]),
        ("In Mali the group earns little. Oil brings $40 a day for the whole group.", "$40", []),
        ("In Mali the group earns little. Oil brings $40 a day for the whole village.", "$40",
         ["MLI"]),
        # who holds them has them at home, whoever else is held elsewhere
        ("Ankara speaks of 40 in its prisons and 300 caught in northern Syria.", "40", ["TUR"]),
        ("Ankara speaks of 40 killed and 300 caught in northern Syria.", "40", ["SYR"]),
        ("In Syria it is calm. Malta has passed a law; it has 40 judges.", "40", ["MLT"]),
        ("In Syria it is calm. The Netherlands knows of 40 men who want to come.", "40",
         ["NLD"]),
        # a capital that acts in a relative clause is its government
        ("In Mali the camps hold 40 men on a budget that Paris pays.", "40", ["MLI"]),
        ("Banks, of which Baghdad has licensed 40, fail.", "40", ["IRQ"]),
        ("Kabul fell. Some 30 Danes remain there. Belgium counts 40 adults there.", "40",
         ["AFG", "BEL"]),
        # a pass is no country
        ("Niger lost men. A patrol stopped 40 lorries near the Salvador pass.", "40", ["NER"]),
        ("Niger lost men. A patrol stopped 40 lorries in El Salvador.", "40", ["SLV"]),
    ],
)  # fmt: skip
def test_more_of_who_and_where(text, number, expected):
    assert place(text, number) == expected


@pytest.mark.parametrize(
    ("text", "what", "expected"),
    [
        ("In Kenya a gang fell. Police searched 40 addresses.", "addresses", ["KEN"]),
        ("In Kenya a gang fell. Analysts traced 40 addresses.", "addresses", []),
    ],
)
def test_a_searched_address_is_a_house(text, what, expected):
    assert place(text, "40", what=what) == expected


HUNTERS = "Officers in Homs speak of a siege. In Hama it is calm.\n\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{HUNTERS}Hunters pay with their lives. Some 40 were shot.", ["SYR"]),
        (f"{HUNTERS}In Beirut it is calm.\n\nHunters pay with their lives. Some 40 were shot.", []),
        (f"Notes\n\n{HUNTERS}HUNTERS\n\nHunters pay with their lives. Some 40 were shot.", []),
    ],
)
def test_the_one_country_that_a_section_names_holds(text, expected):
    assert place(text, "40") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a way whose ends are both in one country is in it
        ("Ask a driver on the road from Gao to Ansongo. He pays 40 fees.", ["MLI"]),
        ("Ask a driver on the road from Gao to Ayorou. He pays 40 fees.", []),
        ("Some were caught at the Libyan border. In Chad 40 men were caught at the Libyan border.",
         ["TCD"]),
        ("Raqqa fell. Iraq has received 40 of its citizens from the SDF.", ["IRQ", "SYR"]),
        ("Raqqa fell. Iraq has received 40 of its orders from Spain.", ["ESP", "IRQ"]),
    ],
)  # fmt: skip
def test_ways_and_ends(text, expected):
    assert place(text, "40") == expected


def test_a_capital_that_opens_a_sum_names_no_money():
    (claim,) = extract('"Fifty francs," says a driver, "and a receipt."\n', "2022-06-10").claims
    assert claim["place"] == []
