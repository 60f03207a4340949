"""A number without a noun counts what its clause, its partner or its table is about."""

import pytest

from threatledger.extraction import extract


def read(text):
    """Return quote, unit and what of the claims of a text."""
    return [(c["quote"], c["unit"], c["what"]) for c in extract(text, "2024-01-15").claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Attacks in the province have fallen sharply. The observatory has logged 41 "
            "since March, compared with 96 in the same months of last year.",
            [("41", "count", "attacks"), ("96", "count", "attacks")],
        ),
        (
            "The Kivu tracker counted 17 kidnappings in May. In June there were nine, and in "
            "July only four.",
            [
                ("17", "count", "kidnappings"),
                ("nine", "count", "kidnappings"),
                ("four", "count", "kidnappings"),
            ],
        ),
        (
            "Kidnappings rose in Borno, from 12 in the first quarter to 30 in the second.",
            [("12", "count", "kidnappings"), ("30", "count", "kidnappings")],
        ),
        (
            "The number of foreign fighters in Libya, once put at 5,000, has dropped to "
            "about 700, the envoy said.",
            [("5,000", "person", "foreign fighters"), ("700", "person", "foreign fighters")],
        ),
        (
            "Police in Mombasa arrested 14 suspects on Monday and another six on Tuesday.",
            [("14", "person", "suspects"), ("six", "person", "suspects")],
        ),
        (
            "The camp held 61,000 people in 2021. By last month it was down to 27,400, of "
            "whom 15,900 were Iraqis.",
            [
                ("61,000", "person", "people"),
                ("27,400", "person", "people"),
                ("15,900", "person", "Iraqis"),
            ],
        ),
        (
            "Yemen put out 20 videos in the period, Da'esh in Somalia 11 and the Sahel "
            "province 34.",
            [("20", "count", "videos"), ("11", "count", "videos"), ("34", "count", "videos")],
        ),
        (
            "Twelve of the 18 districts are under government control; the other six are contested.",
            [
                ("Twelve", "count", "districts"),
                ("18", "count", "districts"),
                ("six", "count", "districts"),
            ],
        ),
        (
            "Car bombs have become a rarity. There were two last year, against 31 in 2017.",
            [("two", "count", "car bombs"), ("31", "count", "car bombs")],
        ),
        (
            "Iraq repatriated 160 families on 4 May. Germany took back twelve women and 37 "
            "children; France brought home 51.",
            [
                ("160", "count", "families"),
                ("twelve", "person", "women"),
                ("37", "person", "children"),
                ("51", "person", "people"),
            ],
        ),
        (
            "Two patrol boats were sunk and a third damaged.",
            [("Two", "count", "patrol boats")],
        ),
        (
            "The unit lost 11 vehicles in the ambush and recovered only three.",
            [("11", "count", "vehicles"), ("three", "count", "vehicles")],
        ),
        (
            "Army helicopters flew 28 sorties in the week, six of them at night.",
            [("28", "count", "sorties"), ("six", "count", "sorties")],
        ),
        (
            "Of 90 villages surveyed, 31 had been burned and 12 abandoned.",
            [("90", "count", "villages"), ("31", "count", "villages"), ("12", "count", "villages")],
        ),
        (
            "The ministry said it had dismantled four cells and arrested 29 people, nine of "
            "them women.",
            [("four", "count", "cells"), ("29", "person", "people"), ("nine", "person", "women")],
        ),
        (
            "Protests drew thousands. Security forces detained 130 and released 90 the next day.",
            [
                ("thousands", "person", "people"),
                ("130", "person", "people detained"),
                ("90", "person", "people released"),
            ],
        ),
        (
            "At its height the group had 12 training camps in the hills. Three are left.",
            [("12", "count", "training camps"), ("Three", "count", "training camps")],
        ),
        (
            "In the north the militants hold nine villages, in the south two.",
            [("nine", "count", "villages"), ("two", "count", "villages")],
        ),
        (
            "The court heard 214 cases last year and 340 the year before.",
            [("214", "count", "cases"), ("340", "count", "cases")],
        ),
        (
            "Only 35 of 110 health posts are open.",
            [("35", "count", "health posts"), ("110", "count", "health posts")],
        ),
        (
            "Some 900 Uighurs had joined by 2016, and perhaps 200 of them are still in Idlib.",
            [("900", "person", "Uighurs"), ("200", "person", "Uighurs")],
        ),
        (
            "A convoy of 30 trucks left Raqqa with 250 fighters and their families on board.",
            [("30", "count", "trucks"), ("250", "person", "fighters")],
        ),
        (
            "The branch publishes one magazine and two newsletters, and its channels have "
            "40,000 followers.",
            [
                ("one", "count", "magazine"),
                ("two", "count", "newsletters"),
                ("40,000", "person", "followers"),
            ],
        ),
        (
            "Prison staff number 85, for 4,100 inmates.",
            [("85", "person", "prison staff"), ("4,100", "person", "inmates")],
        ),
        (
            "The observer mission has lost 17 peacekeepers since 2013, eleven of them to mines.",
            [("17", "person", "peacekeepers"), ("eleven", "person", "peacekeepers")],
        ),
        (
            "From 26 provinces in 2018 the organisation has shrunk to 14.",
            [("26", "count", "provinces"), ("14", "count", "provinces")],
        ),
        (
            "There are 11 such centres in the country, with room for 3,000.",
            [("11", "count", "centres"), ("3,000", "person", "people")],
        ),
        (
            "Sweden has 300 returnees from Syria or Iraq; Denmark counts 160 departures and "
            "80 returns.",
            [
                ("300", "person", "returnees"),
                ("160", "count", "departures"),
                ("80", "count", "returns"),
            ],
        ),
        (
            "Weapons seized: 41 rifles, six machine guns and 12,000 rounds.",
            [
                ("41", "count", "rifles"),
                ("six", "count", "machine guns"),
                ("12,000", "count", "rounds"),
            ],
        ),
        (
            "Member States reported 22 plots, eight of which involved minors.",
            [("22", "count", "plots"), ("eight", "count", "plots")],
        ),
        (
            "Nigerian troops freed 65 hostages; a further 28 escaped on their own.",
            [("65", "person", "hostages"), ("28", "person", "hostages")],
        ),
        (
            "The faction can call on 1,200 men, its rival on twice as many, and the police "
            "on fewer than 300.",
            [("1,200", "person", "men"), ("300", "person", "men")],
        ),
        (
            "Between 2014 and 2019 some 5,000 Tunisians tried to leave and 3,000 succeeded.",
            [("5,000", "person", "Tunisians"), ("3,000", "person", "Tunisians")],
        ),
        (
            "The militants once held 40 towns along the river. Since the offensive began "
            "they have lost all but three.",
            [("40", "count", "towns"), ("three", "count", "towns")],
        ),
        (
            "The bombing was the city's deadliest since 2018, when 55 died.",
            [("55", "person", "people")],
        ),
        (
            "One Member State put the number of ISIL fighters in Puntland at 200, another at "
            "no more than 120.",
            [("200", "person", "ISIL fighters"), ("120", "person", "ISIL fighters")],
        ),
        (
            "Of the 14 attacks claimed by the province in May, only five could be verified.",
            [("14", "count", "attacks"), ("five", "count", "attacks")],
        ),
        (
            "Membership has swollen to 600, from about 80 when the group broke away.",
            [("600", "person", "membership"), ("80", "person", "membership")],
        ),
        (
            "Its magazine has gone from 30 pages to 12.",
            [("30", "count", "pages"), ("12", "count", "pages")],
        ),
        (
            "In Tahoua the number of displaced persons rose to 48,000, in Maradi it fell to "
            "21,500.",
            [("48,000", "person", "displaced persons"), ("21,500", "person", "displaced persons")],
        ),
        (
            "Buses carried 430 people to Hawija on 3 June and 390 a week later.",
            [("430", "person", "people"), ("390", "person", "people")],
        ),
        (
            "The market has 400 stalls. About 90 were destroyed by fire.",
            [("400", "count", "stalls"), ("90", "count", "stalls")],
        ),
        (
            "Teachers: 64 (41 women). Pupils: 2,130.",
            [
                ("64", "person", "teachers"),
                ("41", "person", "women"),
                ("2,130", "person", "pupils"),
            ],
        ),
        (
            "The regulator received 1,870 suspicious transaction reports, up from 1,240; 96 "
            "concerned terrorism.",
            [
                ("1,870", "count", "suspicious transaction reports"),
                ("1,240", "count", "suspicious transaction reports"),
                ("96", "count", "suspicious transaction reports"),
            ],
        ),
        (
            "Turkey says that it has deported 9,000 foreign fighters since 2011 and barred "
            "100,000 people from entry.",
            [("9,000", "person", "foreign fighters"), ("100,000", "person", "people")],
        ),
        (
            "In Belgium 67 women and children came back; in the Netherlands, 12 women and 28 "
            "children.",
            [
                ("67", "person", "women and children"),
                ("12", "person", "women"),
                ("28", "person", "children"),
            ],
        ),
        (
            "The wilayah lost its governor, two judges and 19 other officials in the raids.",
            [("two", "person", "judges"), ("19", "person", "officials")],
        ),
        (
            "Attackers on 20 motorcycles overran the post and made off with five vehicles.",
            [("20", "count", "motorcycles"), ("five", "count", "vehicles")],
        ),
        (
            "Shelling forced 2,600 households to leave; 900 have since gone back.",
            [("2,600", "count", "households"), ("900", "count", "households")],
        ),
        (
            "A total of 78 suspects, 13 of whom are minors, are being held at the base.",
            [("78", "person", "suspects"), ("13", "person", "minors")],
        ),
        (
            "The strikes killed between 30 and 40 jihadists, the army said; residents "
            "counted 22 dead, among them nine children.",
            [
                ("30 and 40", "person", "jihadists"),
                ("22", "person", "dead"),
                ("nine", "person", "children"),
            ],
        ),
        (
            "Desertions have thinned the battalion from 500 to 180.",
            [("500", "person", "battalion"), ("180", "person", "battalion")],
        ),
        (
            "The offensive cut the insurgents' numbers to some 400, the minister said.",
            [("400", "person", "insurgents")],
        ),
        (
            "Operations reduced the number of roadside bombs from 74 in May to 31 in June.",
            [("74", "count", "roadside bombs"), ("31", "count", "roadside bombs")],
        ),
    ],
)
def test_a_bare_number_counts_what_its_clause_is_about(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2021: 34 attacks\n2022: 51\n2023: 12",
            [("34", "count", "attacks"), ("51", "count", "attacks"), ("12", "count", "attacks")],
        ),
        (
            "Incidents by month\nJanuary: 12\nFebruary: 9\nMarch: 15",
            [
                ("12", "count", "incidents"),
                ("9", "count", "incidents"),
                ("15", "count", "incidents"),
            ],
        ),
        (
            "Camp brief\n\nThe camp is calm this month.\n\nPopulation by phase, 31 May 2022\n"
            "\nPhase | Families | Persons\n1 | 2,104 | 8,410\n2 | 1,950 | 7,702\nTotal | "
            "4,054 | 16,112",
            [
                ("2,104", "count", "families"),
                ("8,410", "person", "persons"),
                ("1,950", "count", "families"),
                ("7,702", "person", "persons"),
                ("4,054", "count", "families"),
                ("16,112", "person", "persons"),
            ],
        ),
        (
            "Situation note\n\nViolence fell in June.\n\nTable 2. Incidents and casualties\n"
            "District\tAttacks\tKilled\tWounded\nBeni\t14\t39\t21\nIrumu\t9\t17\t8",
            [
                ("14", "count", "attacks"),
                ("39", "person", "killed"),
                ("21", "person", "wounded"),
                ("9", "count", "attacks"),
                ("17", "person", "killed"),
                ("8", "person", "wounded"),
            ],
        ),
        (
            "Brief\n\nReturns picked up in May.\n\nReturnees by country of origin:\n- Iraq: "
            "1,204 (of whom 611 children)\n- Syria: 318\n- Other: 27",
            [
                ("1,204", "person", "returnees"),
                ("611", "person", "children"),
                ("318", "person", "returnees"),
                ("27", "person", "returnees"),
            ],
        ),
        (
            "Brief\n\nThe review counted attacks.\n\nYear     Attacks   Deaths\n2019       "
            "120       310\n2020        96       204",
            [
                ("120", "count", "attacks"),
                ("310", "person", "deaths"),
                ("96", "count", "attacks"),
                ("204", "person", "deaths"),
            ],
        ),
        (
            "Note\n\nThe police gave details on Friday.\n\nSeized in the raids: 14 rifles; 3 "
            "pistols; 2,400 rounds; EUR 31,000 in cash; 6 telephones.",
            [
                ("14", "count", "rifles"),
                ("3", "count", "pistols"),
                ("2,400", "count", "rounds"),
                ("EUR 31,000", "EUR", "cash"),
                ("6", "count", "telephones"),
            ],
        ),
    ],
)
def test_a_row_counts_what_its_column_or_the_line_above_names(text, expected):
    assert read(text) == expected
