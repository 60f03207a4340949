"""Sums of money that come with no noun of their own, and what a coder would say they are of."""

import pytest

from threatledger.extraction import extract


def read(text):
    """Return the quote, unit and counted thing of each claim of a text."""
    return [(c["quote"], c["unit"], c["what"]) for c in extract(text, "2024-06-15").claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "More than half of the families owed at least 900 somoni.",
            [("half", "families owed at least 900 somoni"), ("900 somoni", "debt")],
        ),
        (
            "Two of them were charged with sending 45,000 euros to the branch.",
            [("Two", "them"), ("45,000 euros", "money sent to branch")],
        ),
        ("The cell lives on $3,000 a month from Bosaso.", [("$3,000", "money from Bosaso")]),
        (
            "Soldiers found 31 million pesos and six rifles in the house.",
            [("31 million pesos", "cash found"), ("six", "rifles")],
        ),
        ("Two channels took in $90,000 last year.", [("$90,000", "takings of channels")]),
        (
            "The fee that dealers in the port charge for a transfer has risen to 6 per cent.",
            [("6 per cent", "fee")],
        ),
        (
            "The army seized a vault in Hatra holding 40 million dinars.",
            [("40 million dinars", "vault")],
        ),
        (
            "By May the cluster had received $4 million, or a tenth of its requirement for 2024.",
            [("$4 million", "requirement for 2024 received")],
        ),
        (
            "Donors have met $12 million of the $50 million that the appeal requires.",
            [("$12 million", "appeal received"), ("$50 million", "appeal")],
        ),
        (
            "Bribes, once worth $2 million a year, have all but ended.",
            [("$2 million", "bribes")],
        ),
        (
            "Fuel running, once worth up to $2 million a year, has all but ended.",
            [("$2 million", "fuel running")],
        ),
        ("He sold her earrings for 700 dinars.", [("700 dinars", "earrings")]),
        (
            "The state has paid 2 million naira to each of 40 bereaved families.",
            [("2 million naira", "payment to bereaved families")],
        ),
        ("Four couriers were caught with $61,000.", [("$61,000", "cash")]),
        ("The guards get 40,000 shillings.", [("40,000 shillings", "pay of guards")]),
        (
            "Growers in Mwenga surrender a fifth of the harvest.",
            [("a fifth", "harvest surrendered by growers")],
        ),
        (
            "The area under rebel control rose to 30 per cent of the province.",
            [("30 per cent", "area under rebel control of province")],
        ),
    ],
)
def test_a_sum_is_of_what_was_done_with_it(text, expected):
    found = {quote: what for quote, _, what in read(text)}
    for quote, what in expected:
        if what != "them":
            assert found[quote] == what


@pytest.mark.parametrize(
    ("text", "quote", "what"),
    [
        ("Taxes on cattle earned the group $3 million.", "$3 million", "taxes on cattle"),
        ("A tax of $40 on each truck was imposed.", "$40", "tax"),
        ("The bank froze deposits of 3 million dinars.", "3 million dinars", "deposits"),
        ("A cow costs 90,000 francs in Gao.", "90,000 francs", "cow"),
    ],
)
def test_a_sum_with_a_noun_keeps_it(text, quote, what):
    assert {q: w for q, _, w in read(text)}[quote] == what


@pytest.mark.parametrize(
    ("text", "low", "high", "relation"),
    [
        ("No transfer was larger than $900.", None, 900, "at_most"),
        ("None of the raids killed more than four people.", None, 4, "at_most"),
        ("No evidence shows that more than 300 men remain.", 300, None, "more_than"),
        ("No raid came after more than 40 people had left.", 40, None, "more_than"),
    ],
)
def test_a_bound_that_is_denied_is_turned_round(text, low, high, relation):
    (claim,) = extract(text).claims
    assert (claim["low"], claim["high"], claim["relation"]) == (low, high, relation)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 2 October 29 soldiers were killed.", [("29", "person", "soldiers")]),
        ("On 2 October 29 the town fell.", []),
        ("The appeal is a third funded.", [("a third", "percent", "appeal funded")]),
        ("The office sent $75,000 a quarter.", [("$75,000", "USD", "money sent by office")]),
        ("The army asked the capital for another 900 soldiers.", []),
        ("In 2023 the mine gave half that.", []),
        ("Some sixty senders were charged.", [("sixty", "person", "senders")]),
        ("About 900 Burkinabè fled.", [("900", "person", "Burkinabè")]),
        (
            "Three Azeris and four Comorians fought there.",
            [("Three", "person", "Azeris"), ("four", "person", "Comorians")],
        ),
    ],
)
def test_a_number_is_told_from_what_stands_beside_it(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "quote", "what"),
    [
        (
            "Firms pay the branch 900 francs per carton of fish.",
            "900 francs",
            "payment per carton of fish",
        ),
        (
            "Donors have paid €4 million into the rescue fund.",
            "€4 million",
            "payment into rescue fund",
        ),
        ("Gifts have shrunk, a State considers, to $3,000.", "$3,000", "gifts"),
        ("Channels in Uzbek that praise the group have grown to 30.", "30", "channels"),
        ("Reports that gunmen killed 30 were wrong.", "30", "people killed"),
        ("The herders pay the tithe: a calf, or $27 from a poor house.", "$27", "tithe"),
        ("The office logged six transfers, each of $900.", "$900", "transfers"),
        ("Each of 400 families received 90,000 dinars.", "90,000 dinars", "cash received"),
        (
            "The number of boys who attend the workshop has doubled to 60.",
            "60",
            "boys who attend the workshop",
        ),
        ("Raids on posts have become\nrare: two this year.", "two", "raids"),
    ],
)
def test_a_clause_between_does_not_hide_the_noun(text, quote, what):
    assert {q: w for q, _, w in read(text)}[quote] == what


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Karim was 19 when he left.", []),
        ("Karim, now 21, drives a bus.", []),
        ("She is 34.", []),
        ("The toll was 19 when help came.", [("19", "person", "toll")]),
        ("The authors thank 12 reviewers.", []),
        (
            "A boy who sleeps in a tent with eleven others will listen.",
            [("eleven", "person", "others")],
        ),
        (
            "Of 31 persons killed, 19 were schoolchildren.",
            [("31", "person", "persons killed"), ("19", "person", "schoolchildren")],
        ),
        (
            "We have 80 tonnes of millet left. In January we had 200.",
            [("80", "tonne", "millet"), ("200", "tonne", "millet")],
        ),
        (
            "The pattern of attacks varied:\n\n    (a) In Nangarhar, they rose to 127 from 44.",
            [("127", "count", "attacks"), ("44", "count", "attacks")],
        ),
        (
            "Exchange offices in Izmir take 2 per cent. Police raided sixteen of them.",
            [
                ("2 per cent", "percent", "exchange offices"),
                ("sixteen", "count", "exchange offices"),
            ],
        ),
    ],
)
def test_what_a_bare_number_stands_for(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "quote", "unit", "what"),
    [
        ("About 400 of the town's 2,600 people remain.", "400", "person", "people"),
        ("Fewer than 200 of the 9,600 persons held there were tried.", "200", "person", "persons"),
        ("A stipend, 18,000 afghanis in 2022, is now 10,000.", "10,000", "AFN", "stipend"),
        ("It taxes fishermen at 1,500 naira a basket.", "1,500 naira", "NGN", "tax on fishermen"),
        ("Of the 84 raids, 31 involved roadside bombs.", "31", "count", "raids"),
        ("Drones are in use: the group has flown eleven.", "eleven", "count", "drones"),
        ("Escapes have become rarer: there were four.", "four", "count", "escapes"),
        (
            "States brought home 417 persons, 290 of them minors; Iraq took 1,190 more.",
            "1,190",
            "person",
            "persons",
        ),
        ("Smugglers carried 30 tonnes of gold, worth $1.6 billion.", "$1.6 billion", "USD", "gold"),
        ("The branch levies 10 per cent on diggers.", "10 per cent", "percent", "levy on diggers"),
        ("Then there are kidnappings. We counted 361 in Benin.", "361", "count", "kidnappings"),
        (
            "Seven States pledged $5 million; less than a tenth has been disbursed.",
            "a tenth",
            "percent",
            "pledge by States disbursed",
        ),
        ("Guards found two tunnels, each about 20 kilometres long.", "20", "km", "tunnels"),
        ("The post gave $50 a month to 2,100 women.", "$50", "USD", "money given to women"),
        (
            "It is accused of having passed $2 million to the office.",
            "$2 million",
            "USD",
            "money passed to office",
        ),
        (
            "Turkey has expelled 900 foreigners and refused entry to 4,000.",
            "4,000",
            "person",
            "foreigners",
        ),
        ("Air strikes have fallen to three a month.", "three", "count", "air strikes"),
        (
            "A guard gets 30,000 francs. A household there lives on less than 70,000.",
            "70,000",
            "CDF",
            "income of household",
        ),
        (
            "The fund received 2 billion francs, of which 640 million was spent.",
            "640 million",
            "CDF",
            "fund",
        ),
        (
            "Attendance at the 212 classrooms has held steady at 8,500.",
            "8,500",
            "count",
            "attendance",
        ),
        ("We traced 214 transfers, with a total value of $3,000.", "$3,000", "USD", "transfers"),
        (
            "Two thirds of the money came from Durban, a fifth from Kenya.",
            "a fifth",
            "percent",
            "money from Kenya",
        ),
        ("Two shops were robbed, with losses estimated at $95,000.", "$95,000", "USD", "losses"),
        (
            "Each gets a package worth 26,000 pesos: 2,000 for food, the rest in cash.",
            "2,000",
            "PHP",
            "food",
        ),
        (
            "Recruiters offer 30,000 pesos. “It used to be 50,” he says.",
            "50",
            "PHP",
            "pay by recruiters",
        ),
        ("Funding: 37% of US$ 512 million.", "US$ 512 million", "USD", "funding"),
        ("He gave up his rifle for 90 dinars.", "90 dinars", "IQD", "rifle"),
    ],
)
def test_a_number_goes_back_to_its_own_noun(text, quote, unit, what):
    assert {q: (u, w) for q, u, w in read(text)}[quote] == (unit, what)


@pytest.mark.parametrize(
    "text",
    [
        "He was recruited at thirteen.",
        "The agency gave half rations.",
        "Now a driver gets half that.",
    ],
)
def test_an_age_and_a_half_measure_are_no_figures(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We open at 9 and close before 3,” she said.", []),
        ("They opened at 9 sites.", [("9", "count", "sites")]),
        (
            "ILIGAN CITY, Philippines – Between 40 and 60 gunmen hold a school.",
            [("40 and 60", "person", "gunmen")],
        ),
        (
            "The mission has shrunk by 2,000 soldiers since January.",
            [("2,000", "person", "fall in soldiers of mission")],
        ),
        (
            "She runs a site that was built for 900 people and now holds 2,100.",
            [("900", "person", "people"), ("2,100", "person", "people")],
        ),
        (
            "Channels in Malay multiply, according to the brigadier, who counted 110 in July.",
            [("110", "count", "channels")],
        ),
        (
            "Attacks on markets have eased a little, she adds, from 41 in May to 33 in June.",
            [("41", "count", "attacks"), ("33", "count", "attacks")],
        ),
        ("In Jawzjan its numbers have grown to 200.", [("200", "person", "numbers")]),
        (
            "The hiring of herders goes on: the Panel spoke to 11 of them.",
            [("11", "person", "herders")],
        ),
        (
            "The money that reaches them from abroad has dwindled to $60,000.",
            [("$60,000", "USD", "money that reaches them from abroad")],
        ),
        (
            "A house pays a tax of 900 dinars, and a lorry a toll of between 5,000 and 7,000.",
            [("900 dinars", "IQD", "tax"), ("5,000 and 7,000", "IQD", "toll")],
        ),
        (
            "The table shows incidents and the share of civilians.\n\n"
            "    State      Incidents   Killed    Civilians\n"
            "    --------------------------------------------\n"
            "    Mali              47      165    71 per cent\n"
            "    Niger             39      212    38 per cent\n",
            [
                ("47", "count", "incidents"),
                ("165", "person", "killed"),
                ("71 per cent", "percent", "civilians"),
                ("39", "count", "incidents"),
                ("212", "person", "killed"),
                ("38 per cent", "percent", "civilians"),
            ],
        ),
    ],
)
def test_the_unit_is_that_of_what_the_number_stands_for(text, expected):
    assert read(text) == expected
