"""Sentences with two readings near each other: what a coder would say, and the near-misses."""

import pytest

from threatledger.extraction import extract

PUBLISHED = "2023-03-14"  # a Tuesday


def read(text, *fields):
    """Return the quote and some fields of each claim of a text."""
    claims = extract(text, PUBLISHED).claims
    return [(claim["quote"], *(claim[field] for field in fields)) for claim in claims]


def find_changes(text):
    """Return the quote, direction and topic of each trend of a text."""
    return [(t["quote"], t["direction"], t["topic"]) for t in extract(text, PUBLISHED).trends]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("From here sums of $400 to $900 go to cells.", [("$400 to $900", 400, 900)]),
        ("Auditors put the income from salt at $2 million to $3 million.", [(2e6, 3e6)]),
        ("Pay rose from a low of $40 to $90.", [("$40", 40, 40), ("$90", 90, 90)]),
        ("One child in four is out of school.", [("One child in four", 25, 25)]),
        ("One man in six vehicles survived.", [("six", 6, 6)]),
        ("The share fell to a tenth two years later.", [("a tenth", 10, 10)]),
        ("Its fee is half the legal minimum.", []),
        ("On day 40 of the siege the bridge fell.", []),
        ("In one day 40 people died.", [("40", 40, 40)]),
        ("He was the only one under 25.", []),
        ("Some 38 children under five died.", [("38", 38, 38)]),
        ("The number of pupils has passed 700.", [("700", 700, None)]),
        ("The road passed 12 villages.", [("12", 12, 12)]),
        ("Of 22 women, 9 were under 18 when they left.", [("22", 22, 22), ("9", 9, 9)]),
    ],
)
def test_the_bounds_of_a_number(text, expected):
    found = read(text, "low", "high")
    assert [item[-len(want) :] for item, want in zip(found, expected, strict=True)] == expected


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("We urge States to take back the remaining 3,000 women in a year.", ["3,000"]),
        ("We urge States to take back 3,000 women in a year.", []),
        ("In Chad, where a mission of almost 900 monitors is due to leave, raids go on.", ["900"]),
        ("A mission of 900 monitors will be sent to Chad.", []),
        ("The coalition's 3,500 troops will leave by May.", ["3,500"]),
        ("The coalition's envoy said 3,500 troops will arrive by May.", []),
    ],
)
def test_what_goes_is_there_and_what_comes_is_not(text, quotes):
    assert [quote for (quote,) in read(text)] == quotes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fewer than 90 of the 1,300 who left Spain were tried.", ["person", "person"]),
        ("About 50 of the 600 or so pupils had come back.", ["person", "person"]),
        ("Aid reached 70 of the 240 wells.", ["count", "count"]),
        (
            "Thirty men gave up in May, bringing to 212 the number who have since 2020.",
            ["person"] * 2,
        ),
        ("The raid brought to 31 the number of guards killed.", ["person"]),
        ("The raid brought to 31 the number of boats sunk.", ["count"]),
        ("Camp population (28 February 2023): 51,904", ["person"]),
        ("Enrolment is at 3,870 pupils (girls 49 per cent), up from 3,100 in May.", None),
        ("Of nine jails, the largest was made for 500.", ["count", "person"]),
    ],
)
def test_the_unit_follows_from_what_is_counted(text, expected):
    units = [unit for _, unit in read(text, "unit")]
    assert units == (expected or ["person", "percent", "person"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nine people with burns were flown out.", [("Nine", "people with burns")]),
        ("Nine people with 4 cars were stopped.", [("Nine", "people"), ("4", "cars")]),
        ("The jail holds 90 boys repatriated from Iraq.", [("90", "boys repatriated from Iraq")]),
        ("He said nine fighters crossed from Iran.", [("nine", "fighters")]),
        (
            "Of the 423 Finns who joined the group, 144 died.",
            [("423", "Finns who joined"), ("144", "Finns")],
        ),
        ("Police held 423 Finns who joined the group.", [("423", "Finns")]),
        (
            "Population: 68,600 (1 March), of whom Syrians 40%, Iraqis 45% and others 15%.",
            [
                ("68,600", "population"),
                ("40%", "population Syrians"),
                ("45%", "population Iraqis"),
                ("15%", "population others"),
            ],
        ),
        (
            "The site has 900 residents, of whom 40% are men and 60% women.",
            [
                ("900", "residents"),
                ("40%", "residents who are men"),
                ("60%", "residents who are women"),
            ],
        ),
        (
            "Sales fell by 12%, and prices rose 15%.",
            [("12%", "fall in sales"), ("15%", "rise in prices")],
        ),
        (
            "The core keeps considerable reserves. Estimates range from $5 million to $9 million.",
            [("$5 million to $9 million", "considerable reserves")],
        ),
        ("Gunmen shot nine soldiers with drones.", [("nine", "soldiers")]),
        ("I pulled out six boys with my own hands.", [("six", "boys")]),
        (
            "Experts put it at 400 to 500 fighters, an increase of some 100.",
            [("400 to 500", "fighters"), ("100", "increase in fighters")],
        ),
        ("Fishermen paid the equivalent of $4 million.", [("$4 million", "payment by fishermen")]),
        (
            "Roj: 2,612 men (1,020 tents); Kut: 12,044.",
            [("2,612", "men"), ("1,020", "tents"), ("12,044", "men")],
        ),
        (
            "A sack sells for 45,000 naira. The group takes 4,000 in tax.",
            [("45,000 naira", "sack"), ("4,000", "tax")],
        ),
        ("Air strikes have cut oil output by half.", [("half", "cut in oil output")]),
        ("Oil output was cut by half.", [("half", "cut in oil output")]),
        ("Raids fell last year by half.", [("half", "fall in raids")]),
        (
            "Output fell by a third in May, and the number of channels from 120 to 74.",
            [("a third", "fall in output"), ("120", "channels"), ("74", "channels")],
        ),
        (
            "Donors have given $43 million of the $195 million needed.",
            [("$43 million", "money given by donors"), ("$195 million", "money needed")],
        ),
        ("Each family was given $40.", [("$40", "family")]),
        (
            "Ransoms came to $9 million, of which $2 million was paid in 2013.",
            [("$9 million", "ransoms"), ("$2 million", "ransoms")],
        ),
        (
            "Of the 11 schools, five are shut and three work in shifts.",
            [("11", "schools"), ("five", "schools"), ("three", "schools")],
        ),
        (
            "Figures for May: arrests 77 (April: 54), raids 120, rifles seized 31.",
            [
                ("77", "arrests"),
                ("54", "people arrested"),
                ("120", "raids"),
                ("31", "rifles seized"),
            ],
        ),
        (
            "Population (3 March): 51,904\nof whom women: 27%\nof whom children: 64%",
            [("51,904", "population"), ("27%", "population women"), ("64%", "population children")],
        ),
    ],
)
def test_what_is_counted_with_what_tells_it_apart(text, expected):
    assert read(text, "what") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The group made 83 raids in 2020 (2019: 60).", [("83", "2020"), ("60", "2019")]),
        (
            "In 2020 (2019: 60 raids) it killed 1,100 people.",
            [("60", "2019"), ("1,100", "2020")],
        ),
        ("It was the worst attack since 2016, when 80 people died.", [("80", "2016")]),
        ("It was the worst attack since 2016: 80 people died.", [("80", None)]),
        (
            "Some 900 men have given up since 2021, of whom 70 were officers.",
            [("900", "2021/2023"), ("70", "2021/2023")],
        ),
        (
            "Some 900 men have given up since 2021, of whom 70 are in jail.",
            [("900", "2021/2023"), ("70", None)],
        ),
        (
            "The general told reporters in Gao on Monday that 40 were dead. It was down to "
            "600 men, he said.",
            [("40", "2023-03-13"), ("600", "2023-03-13")],
        ),
        (
            "In Mali, where a mission of 900 monitors is due to leave by May, raids go on.",
            [("900", None)],
        ),
        ("GAO, March 14 (Agency) - The army said on Monday that 40 died.", [("40", "2023-03-13")]),
        (
            "Eleven guards died, the army said in a statement on Saturday.",
            [("Eleven", "2023-03-11")],
        ),
        ("Over the past decade it has treated 1,800 men.", [("1,800", "2013/2023")]),
        ("A decade ago there were nine such bands.", [("nine", "2013")]),
        (
            "Raids fell from 12 in October to 9 in November 2021.",
            [("12", "2021-10"), ("9", "2021-11")],
        ),
        (
            "In the second half of 2022 there were 172 raids, compared with 141 in the first half.",
            [("172", "2022-07/2022-12"), ("141", "2022-01/2022-06")],
        ),
        (
            "In January 2022 they stormed a jail with 200 men. Ten days later 374 were dead.",
            [("200", "2022-01"), ("374", "2022-01")],
        ),
        (
            "In January 2022 they stormed a jail with 200 men. Ten weeks later 374 were dead.",
            [("200", "2022-01"), ("374", None)],
        ),
        (
            "Partners saw 21 raids, up by a third on January.",
            [("21", None), ("a third", None)],
        ),
        (
            "There were 47 raids in January, a third more than in January 2021.",
            [("47", "2023-01"), ("a third", "2023-01")],
        ),
        (
            "They retook 14 of the 22 towns that fell to the rebels last year.",
            [("14", None), ("22", "2022")],
        ),
        (
            "Police held 24 men and found six swords in a raid on 3 May 2019.",
            [("24", "2019-05-03"), ("six", "2019-05-03")],
        ),
    ],
)
def test_the_time_that_a_number_holds_for(text, expected):
    assert read(text, "as_of") == expected


def test_two_shares_have_their_verb_and_time_together():
    text = "In 2022 it made 211 raids. Some 70 per cent were ambushes and 12 per cent bombings."
    assert [time for _, time in read(text, "as_of")] == ["2022"] * 3


def test_a_second_line_of_heads_dates_only_the_columns_below_it():
    text = (
        "Table 1. Bands and raids\n\n"
        "Country      Fighters     Raids,       Raids,\n"
        "                          May 2021     May 2022\n"
        "Mali         300          41           52\n"
    )
    assert read(text, "as_of") == [("300", None), ("41", "2021-05"), ("52", "2022-05")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Colonel Musa Bello told reporters that 90 had died.\n\n"
            "Ali Kadir, 58, who sells fish in Baga, is less sure. Raids go on, he said, and the "
            "levy has risen to 200 naira.",
            {"90": "Musa Bello", "200 naira": "Ali Kadir"},
        ),
        (
            "Colonel Musa Bello told reporters that 90 had died.\n\n"
            "The market of Baga has opened again. Raids go on, he said, and 40 are missing.",
            {"90": "Musa Bello", "40": "Musa Bello"},
        ),
        ("Twelve of the States that replied had shut 90 banks.", {"Twelve": None, "90": None}),
        ("Counterfeit notes worth $900 were found with 12 passes.", {"$900": None, "12": None}),
        (
            "Iraq took 900 people, the Baghdad-based Karama Institute estimates.",
            {"900": "Baghdad-based Karama Institute"},
        ),
        (
            "Two cases of measles confirmed in Roj; 40 children ill.",
            {"Two": None, "40": None},
        ),
        ("The ward confirmed in May that 40 were ill.", {"40": "ward"}),
        ("The registrar notes 12 deaths.", {"12": "registrar"}),
    ],
)
def test_who_is_meant_and_who_only_acts(text, expected):
    assert dict(read(text, "attribution")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bands mounted 83 raids in May.", []),
        ("Losses have mounted.", [("have mounted", "up", "strength")]),
        ("The men are fewer, but better armed.", [("fewer", "down", "strength")]),
        ("The men are fewer than the guards.", []),
        ("Its purse is emptier.", [("emptier", "down", "finance")]),
        ("Recruitment inside continues.", [("continues", "steady", "recruitment")]),
        ("Raids have eased a little.", [("have eased", "down", "attacks")]),
        ("Channels in Malay continue to multiply, it says.", "up"),
        ("Raids came to a virtual halt.", [("came to a virtual halt", "down", "attacks")]),
        ("Raids fell to the lowest level since May.", "down"),
        ("The towns fell to the army.", []),
        ("Jihadists gain ground in the Sahel.", [("gain ground", "up", "territory")]),
        ("Kenya remains the hub of the trade in gold.", "steady"),
        ("Kenya remains committed to the mission.", []),
        ("The office's revenue has climbed.", [("has climbed", "up", "finance")]),
        ("The ministry's revenue has climbed.", [("has climbed", "up", "other")]),
    ],
)
def test_what_has_changed_and_which_way(text, expected):
    found = find_changes(text)
    if isinstance(expected, str):
        assert [direction for _, direction, _ in found] == [expected]
    else:
        assert found == expected


def test_lines_that_open_with_figures_are_a_list_and_no_headings():
    text = (
        "Situation in the camp\n\nPartners went on with their work in the camp this week.\n\n"
        "KEY FIGURES\n\n56,400 people in the camp\n91% women and children\n24,300 Iraqis\n"
        "7,900 others of a third country\n"
    )
    assert [quote for (quote,) in read(text)] == ["56,400", "91%", "24,300", "7,900"]


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("The hotline took 1,030 calls, two thirds of them from women.", 2),
        ("Hotline: 1030", 0),
        ("From the same section\n▸ 5 questions on the 40 rules", 0),
    ],
)
def test_the_last_lines_are_body_or_page_matter(line, count):
    body = "Partners went on with their work in the camp, and the clinics stayed open.\n\n" * 2
    assert len(extract(body + line, PUBLISHED).claims) == count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # members of a body of States, and of a group
        ("The alliance, with 29 members, met in May.", [("29", "count")]),
        ("A network, with 29 members, met in May.", [("29", "person")]),
        # what befalls no thing is said of people
        ("Raids on the elders went up: nine were killed in May.", [("nine", "person")]),
        ("Raids on the elders went up: nine were foiled in May.", [("nine", "count")]),
        (
            "Of 900 who left for 30 lands, 200 may be alive.",
            [("900", "person"), ("30", "count"), ("200", "person")],
        ),
        ("They took 70 cattle, and 12 were killed.", [("70", "count"), ("12", "count")]),
        # no share is so great
        (
            "It has 60 men, a third of them Libyan nationals, down from 450 in May.",
            [("60", "person"), ("a third", "percent"), ("450", "person")],
        ),
        # what was found out, beside what might be
        ("Fewer than one in six could name a leader.", [("one in six", "percent")]),
        ("A leader could name six more cells.", []),
        # what had to be done was done
        ("Dozens of families had to sleep in the open.", [("Dozens", "count")]),
        ("Dozens of families will have to sleep in the open.", []),
        # whom to call
        ("Anyone who saw them can call 133 at night.", []),
        ("Anyone who saw them counted 133 at night.", [("133", "count")]),
    ],
)
def test_people_things_and_what_is_neither(text, expected):
    assert read(text, "unit") == expected


def test_a_number_that_opens_a_line_may_end_a_range():
    found = read("Estimates of the number of men range from 450 to\n700. One State agreed.", "high")
    assert found[0] == ("450 to\n700", 700)
    found = read("These are the needs:\n1. Some 450 tents\n2. Some 700 mats", "high")
    assert found == [("450", 450), ("700", 700)]


def test_likes_at_the_end_of_a_line_are_page_matter():
    assert read("Some 40 men fled.\n\nKivu Watch on Facebook: 12,300 likes") == [("40",)]
    assert read("Some 40 men fled.\n\nMen under his command: 12,300 followers")[1:]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Colonel Amadou Traoré said 40 men came. “We killed 12,” said the 48-year-old colonel.",
            ["Amadou Traoré", "Amadou Traoré"],
        ),
        (
            "Colonel Amadou Traoré said 40 men came. Nine policemen died too, he said.",
            ["Amadou Traoré", "Amadou Traoré"],
        ),
        (
            "The survey describes a camp that has grown to 900 tents. It has 40 wells, the survey"
            " adds.",
            ["survey", "survey"],
        ),
    ],
)
def test_who_is_taken_up_by_name_and_who_by_age(text, expected):
    assert [speaker for _, speaker in read(text, "attribution")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In Iraq 40 fell. He said that Rabat had jailed 70 men.", ["MAR"]),
        ("In Iraq 40 fell. The branch that Rabat accused has 70 men.", ["IRQ"]),
    ],
)
def test_a_capital_that_does_something_is_where_it_is_done(text, expected):
    assert read(text, "place")[1][1] == expected
