"""Numbers, ranges, qualifiers, units and currencies, and the numbers that are none."""

import pytest

from threatledger.codebook import read_codebook
from threatledger.extraction.quantities import find_quantities


def read(text):
    """Return quote, bounds and relation of each quantity in a sentence."""
    return [
        (text[q.start : q.end], q.low, q.high, q.relation)
        for q in find_quantities(text, read_codebook())
    ]


def read_units(text):
    return [(text[q.start : q.end], q.unit) for q in find_quantities(text, read_codebook())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The camp lost 17 tents.", ("17", 17, 17, "exact")),
        ("Some 12 000 people crossed.", ("12 000", 12000, 12000, "about")),
        ("A total of 1,250,000 litres arrived.", ("1,250,000", 1250000, 1250000, "exact")),
        ("They counted 9\u202f400 tents.", ("9\u202f400", 9400, 9400, "exact")),
        ("Twenty-three men surrendered.", ("Twenty-three", 23, 23, "exact")),
        ("A dozen lorries burned.", ("A dozen", 12, 12, "exact")),
        ("Half a dozen lorries burned.", ("Half a dozen", 6, 6, "exact")),
        ("A hundred and five men fled.", ("A hundred and five", 105, 105, "exact")),
        ("Six thousand four hundred fled.", ("Six thousand four hundred", 6400, 6400, "exact")),
        ("Half a million people fled.", ("Half a million", 500000, 500000, "exact")),
        ("A quarter of a million fled.", ("A quarter of a million", 250000, 250000, "exact")),
        (
            "Two and a half million fled.",
            ("Two and a half million", 2500000, 2500000, "exact"),
        ),
        ("It has 2.3 million followers.", ("2.3 million", 2300000, 2300000, "exact")),
        ("It has 11k followers.", ("11k", 11000, 11000, "exact")),
        ("Around 3m people fled.", ("3m", 3000000, 3000000, "about")),
        ("Four lakh rupees were paid to guards.", ("Four lakh rupees", 400000, 400000, "exact")),
        ("A score of traders left.", ("A score", 20, 20, "exact")),
    ],
)
def test_a_number_in_figures_or_words_has_its_value(text, expected):
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dozens of raids", ("dozens", 12, None, "vague")),
        ("scores of raids", ("scores", 20, None, "vague")),
        ("hundreds of raids", ("hundreds", 100, None, "vague")),
        ("tens of thousands of tents", ("tens of thousands", 10000, None, "vague")),
        ("hundreds of thousands of tents", ("hundreds of thousands", 100000, None, "vague")),
        ("several hundred raids", ("several hundred", 100, None, "vague")),
        ("hundreds, if not thousands, of men", ("hundreds, if not thousands", 100, None, "vague")),
        (
            "tens of millions of euros",
            ("tens of millions of euros", 10000000, None, "vague"),
        ),
    ],
)
def test_a_bare_magnitude_is_vague_and_open(text, expected):
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("between 300 and 450 men", ("300 and 450", 300, 450)),
        ("300 to 450 men", ("300 to 450", 300, 450)),
        ("300-450 men", ("300-450", 300, 450)),
        ("300–450 men", ("300–450", 300, 450)),
        ("two or three men", ("two or three", 2, 3)),
        ("2 to 3 million euros", ("2 to 3 million euros", 2000000, 3000000)),
        ("12-15 thousand men", ("12-15 thousand", 12000, 15000)),
        ("sank to $10m-25m", ("$10m-25m", 10000000, 25000000)),
        ("$5 to $8 million", ("$5 to $8 million", 5000000, 8000000)),
        ("between USD 1.2 and 3 million", ("USD 1.2 and 3 million", 1200000, 3000000)),
        ("between \\$5 million and \\$8 million", ("$5 million and \\$8 million", 5e6, 8e6)),
        ("10 to 12 per cent", ("10 to 12 per cent", 10, 12)),
        ("10% to 12%", ("10% to 12%", 10, 12)),
        ("estimates range from 300 to 450 men", ("300 to 450", 300, 450)),
    ],
)
def test_a_range_is_one_quantity_with_both_ends(text, expected):
    assert [found[:3] for found in read(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "lows"),
    [
        ("Raids rose from 12 to 19.", [12, 19]),
        ("Raids fell from 19 to 12.", [19, 12]),
        ("It grew from $2 million to $5 million.", [2000000, 5000000]),
        ("We met 30 men and 12 boys.", [30, 12]),
        ("It sank from as much as $9 million to $4 million.", [None, 4000000]),
    ],
)
def test_a_change_or_a_list_is_two_quantities(text, lows):
    assert [low for _, low, _, _ in read(text)] == lows


@pytest.mark.parametrize(
    ("text", "relation", "low", "high"),
    [
        ("about 40 men", "about", 40, 40),
        ("close to 40 men", "about", 40, 40),
        ("perhaps 40 men", "about", 40, 40),
        ("40 or so men", "about", 40, 40),
        ("an estimated 40 men", "about", 40, 40),
        ("the 40-odd men", "about", 40, 40),
        ("at least 40 men", "at_least", 40, None),
        ("no fewer than 40 men", "at_least", 40, None),
        ("not less than 40 men", "at_least", 40, None),
        ("40 or more men", "at_least", 40, None),
        ("40 men or more", "at_least", 40, None),
        ("40+ men", "at_least", 40, None),
        ("more than 40 men", "more_than", 40, None),
        ("well over 40 men", "more_than", 40, None),
        ("upwards of 40 men", "more_than", 40, None),
        ("in excess of 40 men", "more_than", 40, None),
        ("up to 40 men", "at_most", None, 40),
        ("as many as 40 men", "at_most", None, 40),
        ("a maximum of 40 men", "at_most", None, 40),
        ("no more than about 40 men", "at_most", None, 40),
        ("40 men at most", "at_most", None, 40),
        ("fewer than 40 men", "less_than", None, 40),
        ("well under 40 men", "less_than", None, 40),
        ("an average of 40 men", "exact", 40, 40),
        ("a further 40 men", "exact", 40, 40),
        ("only 40 men", "exact", 40, 40),
    ],
)
def test_a_qualifier_decides_relation_and_open_side(text, relation, low, high):
    assert [found[1:] for found in read(text)] == [(low, high, relation)]


@pytest.mark.parametrize(
    ("text", "relation", "low", "high"),
    [
        ("roughly 30 to 40 men", "range", 30, 40),
        ("an estimated 30 to 40 men", "range", 30, 40),
        ("no more than 30 to 40 men", "at_most", 30, 40),
        ("as many as 30 to 40 men", "at_most", 30, 40),
    ],
)
def test_a_bound_before_a_range_keeps_both_ends(text, relation, low, high):
    assert [found[1:] for found in read(text)] == [(low, high, relation)]


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        ("One State estimated the branch at 700.", ["about"]),
        ("Estimates indicate that 12% died and 30% fled.", ["about", "about"]),
        ("It is estimated that at least 700 men remain.", ["at_least"]),
        ("An estimated 700 men, 40% of whom are foreign, remain.", ["about", "exact"]),
        ("They are estimated at 700; 40 have left.", ["about", "exact"]),
        ("Aid groups estimate that 700 men remain in 3 towns.", ["about", "exact"]),
        ("Some 700 have left, aid workers estimate.", ["about"]),
    ],
)
def test_an_estimate_makes_the_single_value_of_its_clause_about(text, relations):
    assert [found[3] for found in read(text)] == relations


def test_a_qualifier_holds_for_a_number_right_after_and():
    assert read("at least nine dead and 17 hurt")[1] == ("17", 17, None, "at_least")


def test_a_qualifier_does_not_reach_over_a_verb():
    assert read("at least nine were killed and 17 hurt")[1] == ("17", 17, 17, "exact")


@pytest.mark.parametrize("text", ["handed over 40 rifles", "authority over the four towns"])
def test_over_may_belong_to_the_word_before_it(text):
    assert read(text)[0][3] == "exact"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("half of the men", ("half", 50)),
        ("a third of the men", ("a third", 33.3)),
        ("two thirds of the men", ("two thirds", 66.7)),
        ("three-quarters of the men", ("three-quarters", 75)),
        ("a tenth of the men", ("a tenth", 10)),
        ("one in three men", ("one in three", 33.3)),
        ("nine out of ten of them", ("nine out of ten", 90)),
        ("It fell by a fifth.", ("a fifth", 20)),
        ("It fell by half.", ("half", 50)),
        ("It fell by a third this year.", ("a third", 33.3)),
        ("reports, of which a third showed old raids", ("a third", 33.3)),
        ("30 per cent of the men", ("30 per cent", 30)),
        ("30 percent of the men", ("30 percent", 30)),
        ("30% of the men", ("30%", 30)),
        ("12.5 per cent of the men", ("12.5 per cent", 12.5)),
    ],
)
def test_a_share_is_given_in_per_cent(text, expected):
    assert [(quote, low) for quote, low, _, _ in read(text)] == [expected]
    assert read_units(text) == [(expected[0], "percent")]


@pytest.mark.parametrize(
    "text",
    [
        "the second half of the year",
        "the eastern half of the city",
        "half an hour later",
        "third countries took part",
        "a third man was held",
        "the third such raid",
        "half as many men as before",
        "the first quarter of 2021",
    ],
)
def test_a_part_of_time_or_place_and_an_ordinal_are_no_shares(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("paid $5,000 in cash", ("$5,000", "USD")),
        ("paid US$ 5,000", ("US$ 5,000", "USD")),
        ("paid €5,000", ("€5,000", "EUR")),
        ("paid GBP 5,000", ("GBP 5,000", "GBP")),
        ("paid 5,000 euros", ("5,000 euros", "EUR")),
        ("paid 5,000 Syrian pounds", ("5,000 Syrian pounds", "SYP")),
        ("paid 2 billion Iraqi dinars", ("2 billion Iraqi dinars", "IQD")),
        ("paid 300 CFA francs", ("300 CFA francs", "XOF")),
        ("paid \\$5 million", ("$5 million", "USD")),
        ("paid $1.9bn", ("$1.9bn", "USD")),
        ("paid $870m", ("$870m", "USD")),
        ("ran for 70 km", ("70", "km")),
        ("a 70-kilometre trench", ("70", "km")),
        ("took 250 square kilometres", ("250", "km2")),
        ("found 3 tonnes of it", ("3", "tonne")),
        ("found 3.5 kg of it", ("3.5", "kg")),
        ("pumped 4,000 barrels a day", ("4,000", "barrel")),
        ("drank 40 litres", ("40", "litre")),
        ("a 12-mile road", ("12", "count")),
    ],
)
def test_money_and_measures_carry_their_unit(text, expected):
    assert read_units(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "in 2019",
        "since about 2014, the year it began",
        "the 2015 budget",
        "between 2014 and 2017",
        "on 9 August",
        "on August 9, 2021,",
        "8 and 9 August",
        "from 1–31 May 2023",
        "at 14:30",
        "at 6.15 a.m.",
        "after six months",
        "two to three weeks later",
        "10 or 12 years ago",
        "over five consecutive years",
        "a 15-year-old boy",
        "children under 5.",
        "a girl of 13 was hurt",
        "Omar Haddad, 52, a baker,",
        "the owner, 61, was held",
        "men aged 19, 22 and 45",
        "its ninth report",
        "the 9th report",
        "S/2019/612",
        "resolution 2253 (2015)",
        "resolutions 2178 and 2396",
        "paragraphs 5, 6 and 9",
        "Phase 4 of Camp 5",
        "Sectors 4 and 5 were searched",
        "the Group of 20 met",
        "the Group of Seven met",
        "along Highway 80 at dusk",
        "the M4 motorway",
        "T-72 and COVID-19",
        "the rise of ISIS 2.0 is feared",
        "the 1267 Committee met",
        "a 2.1 MB file",
        "fired an 82 mm mortar",
        "call +961 70 123 456 now",
        "won 3-1 at home",
        "ten to one",
        "Their average age fell from 26 to 19.",
        "girls who were not yet 16",
        "twice as many men",
        "three times as many",
        "a five-storey house",
        "a three-pronged attack",
        "One of the men and one another",
        "one Member State said so",
        "the two met in Doha",
        "14 hours a day",
        "many, several and a few men",
        "[4] and men.5",
        "– 2 –",
    ],
)
def test_a_number_that_counts_nothing_is_no_quantity(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("In 2015 300 men came.", ["300"]),
        ("Some 2000 fighters came in 2015.", ["2000"]),
        ("In May 20 fighters died.", ["20"]),
        ("Between 1500 and 2000 fighters came.", ["1500 and 2000"]),
        ("One man and two boys died.", ["One", "two"]),
        ("There was one raid in July, against five in June.", ["one", "five"]),
        ("Only one survived.", ["one"]),
        ("At least one man died.", ["one"]),
        ("The two camps burned.", ["two"]),
        ("At 14:30 some 30 men came by Highway 80.", ["30"]),
        ("In resolution 2170 (2014) the 15 members agreed.", ["15"]),
        ("The 44-year-old led 60 men.", ["60"]),
        ("Kirkuk (19), Diyala (12)", ["19", "12"]),
        ("in 2020-21 they lost 40 men", ["40"]),
        ("a family of six", ["six"]),
        ("a 500-strong force", ["500"]),
    ],
)
def test_a_quantity_is_found_beside_numbers_that_are_none(text, quotes):
    assert [found[0] for found in read(text)] == quotes


def test_a_currency_sign_between_two_numbers_belongs_to_one():
    first, second = find_quantities("They counted 50₪60 there.", read_codebook())
    assert first.end <= second.start
    assert (first.unit, second.unit) == ("ILS", None)


def test_the_words_that_qualify_are_kept_as_written():
    first, second = find_quantities("Up to 40 men, or 70 or more.", read_codebook())
    assert (first.hedge, second.hedge) == ("Up to", "or more")
    assert first.hedge_start == 0


def test_a_sentence_without_numbers_has_none():
    assert read("The group remains active in several provinces.") == []


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        # the year of a change is no end of a range
        ("Output has halved since 2016, to 12,000 barrels a day.", ["12,000"]),
        ("Land has shrunk since the end of 2018, to 4,000 square kilometres.", ["4,000"]),
        ("Prices rose in 2021, to 2,300 rials a kilo.", ["2,300 rials"]),
        ("The force grew in 2018 to 2,050 men.", ["2,050"]),
        ("Yields fell after 2017, to 3,500 tonnes.", ["3,500"]),
        # near-misses: ends of ranges that look like years
        ("It has 2,015 to 2,400 fighters.", ["2,015 to 2,400"]),
        ("It has between 1,950 and 2,050 fighters.", ["1,950 and 2,050"]),
        ("The raid left 1,900, or 2,000, families without a roof.", ["1,900", "2,000"]),
    ],
)
def test_the_year_of_a_change_is_no_end_of_a_range(text, quotes):
    assert [quote for quote, *_ in read(text)] == quotes
