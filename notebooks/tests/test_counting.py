"""What a bare number stands for: its unit comes from words before it, beside it or around it."""

import pytest

from threatledger.extraction import extract

OPENING = (
    "The quiet of the valley\n\nNobody on the river expects this spring to last till harvest.\n\n"
)
CLOSING = "\n\nThe elders say that nobody asked them before it was settled in the capital.\n"


def read(text):
    """Return quote and unit of each claim of a passage in the middle of a document."""
    claims = extract(OPENING + text + CLOSING, published="2024-05-15").claims
    return [(claim["quote"], claim["unit"]) for claim in claims]


def read_what(text):
    claims = extract(OPENING + text + CLOSING, published="2024-05-15").claims
    return [claim["what"] for claim in claims]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("The death toll rose to 53 on Monday. The authorities put it at 25.", "pp"),
        ("He put the number of his compatriots fighting abroad at 300 or so.", "p"),
        ("The magazine reaches ever more readers: over 70,000 in May, against 12,000.", "pp"),
        ("Police say that the remaining men, whom they put at 50 to 70, still tax shops.", "p"),
        ("Volunteers have lost heart; in Tunis, the ministry says, a mere 12 left for Syria.", "p"),
        ("Remnants of the clan have been worn down to fewer than 30.", "p"),
        ("The force went up from 4,500 to 5,100 soldiers.", "pp"),
        ("The group has grown to about 2,500.", "p"),
        ("The number of fighters rose to 127. A year earlier it had stood at 90.", "pp"),
        ("The wing, built for 40, holds 62 inmates.", "pp"),
        ("Of three dozen participants only ten finished the course.", "pp"),
        ("It relies on partners, of whom there are between 800 and 1,000.", "p"),
        ("Officers counted 425 fighters. Today the estimates run from 1,000 to 1,200.", "pp"),
        ("About 200 are in custody, among them 40 foreigners.", "pp"),
        ("Of the 30 who set out, 29 reached the coast.", "pp"),
        ("Fifty men died, four fifths of whom were guards, and six were abducted.", "p%p"),
        ("The ministry gave the toll as 70, the hospital as 55.", "pp"),
        ("The attack killed 9 and the one that followed, 2.", "pp"),
        ("A lorry with 80 aboard overturned.", "p"),
        ("The town, once home to 70,000, lies empty.", "p"),
    ],
)
def test_people_are_told_by_what_the_number_points_to(text, units):
    assert "".join("%" if u == "percent" else u[0] for _, u in read(text)) == units


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Attacks intensified: local committees recorded 103, compared with 71 in May.", "cc"),
        ("Attacks by the Province (ISWAP) grew: committees recorded 103 in the spring.", "c"),
        ("Attacks became rarer, with four in November against nine in October.", "cc"),
        ("Exchange offices remain the hub. Inspectors fined nineteen of them.", "c"),
        ("Of 31 posts, 17 were captured in a week.", "cc"),
        ("The ministry counted 12 lorries in 2019, in 2020 only 7.", "cc"),
        ("Its attacks inside the country, by our count, slumped to 37 between May and June.", "c"),
        ("They clashed 46 times, compared with 12 times in the six months before.", "cc"),
        ("The agency recorded 33 attempted or completed attacks in 2017, and 24 in 2018.", "cc"),
        ("Herders lost 9,400 sheep in 2022, as compared with 6,000 in 2021.", "cc"),
    ],
)
def test_things_stay_things(text, units):
    assert "".join(u[0] for _, u in read(text)) == units


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("In Mosul petrol cost 750 dinars. It costs 2,250 (about $1.90) today.", "IQD IQD USD"),
        ("Income fell to 5 million pesos (about $96,000) from 354 million.", "PHP USD PHP"),
        ("They found 52 million pesos in notes and cheques worth another 27 million.", "PHP PHP"),
        ("In Libya guides who asked 200 dinars a head now want 700 (about $510).", "LYD LYD USD"),
        ("Bread costs 40 Libyan dinars, against an official price of five.", "LYD LYD"),
        ("Smoking costs 150 dinars in Mosul, a missed prayer 50.", "IQD IQD"),
        ("A fighter gets $200 a month, a commander 500.", "USD USD"),
        (
            "Output, 1.6 million barrels a day in 2010, has stayed at around 300,000.",
            "barrel barrel",
        ),
        ("Last year they took 40 kilos of cocoa from me, this year 65.", "kg kg"),
        ("Herders lost 9,400 sheep, worth €1.1 million, against 6,000 in 2021.", "count EUR count"),
        ("Support rose from 3 to 11 per cent.", "percent percent"),
        ("Traders pay $2,000 to $15,000 a month, and two that refused were bombed.", "USD count"),
        ("It paid $5 million and 12 were killed.", "USD person"),
    ],
)
def test_a_bare_number_takes_over_a_sum_or_measure_only_where_it_is_one(text, units):
    assert [unit for _, unit in read(text)][: len(units.split())] == units.split()


def test_three_alternatives_are_one_range():
    claims = extract(OPENING + "They move in units of five, six or seven." + CLOSING).claims
    assert [(c["quote"], c["low"], c["high"]) for c in claims] == [("five, six or seven", 5, 7)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("A kilogram of truffles fetches 100,000 pounds in the markets of Hama.", "kilogram"),
        ("The share of attacks that hit soldiers has edged up to 46 percent.", "attacks that hit"),
        ("Bread costs 40 dinars, against an official price of five.", "official price"),
        ("Last gunmen are cornered as evacuees top 350,000.", "evacuees"),
        ("The takings, which used to reach 90,000 rupees a day, had been under 20,000.", "takings"),
    ],
)
def test_the_last_number_is_of_the_thing_that_is_priced_or_counted(text, what):
    assert what in read_what(text)[-1]


@pytest.mark.parametrize(
    "text",
    [
        "The group dreams of swelling its ranks to 5,000.",
        "The panel recommends that the committee consider adding two individuals.",
        "Rebuilding the town could cost 50 billion pesos.",
        "Banks may be told to report every transfer above 5 million shillings.",
        "The province has promised compensation of 2 million rupees for each of the dead.",
        "School attendance among girls over 12 has improved.",
        "The group is four times as strong as before.",
        "Output increased three times in a decade.",
        "Blocks 4 to 9 remain the worst affected.",
    ],
)
def test_what_is_not_asserted_or_only_names_is_no_claim(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("Camp 7 hosted 1,816 people on 31 March.", ["1,816"]),
        ("In Mosul 12 died.", ["12"]),
        ("The plan was funded by approx. US$ 3 million.", ["US$ 3 million"]),
        ("The toll could rise because nine of the 37 people in hospital are weak.", ["nine", "37"]),
        ("Most would seek help, up from 40 of them in June.", ["40"]),
        ("The ransom has gone up to 500,000 francs.", ["500,000 francs"]),
    ],
)
def test_a_stated_number_is_found_beside_names_and_conditions(text, quotes):
    assert [quote for quote, _ in read(text)] == quotes


def test_gone_up_to_is_no_upper_bound():
    claims = extract(OPENING + "The ransom has gone up to 500,000 francs." + CLOSING).claims
    assert [(c["relation"], c["low"]) for c in claims] == [("exact", 500000)]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("II. LIBYA\n\n22. Smuggling earned the group 2 million dinars a month.", "LYD"),
        ("In Tripoli a guard earns LD 3,000 a month.", "LYD"),
        ("Farmers in Borno paid N50,000 each.", "NGN"),
        ("Police in Nairobi found Sh5 million in a flat.", "KES"),
        ("The army in Sulu offered P3 million for him.", "PHP"),
        ("In Beni, in the east of the Congo, each stall pays 2,000 francs.", "CDF"),
        ("Herders near Menaka in Mali pay 2,000 francs a head.", "XOF"),
        ("In Khartoum bread costs 300 pounds.", "SDG"),
    ],
)
def test_the_place_settles_whose_money_it_is(text, unit):
    assert [found for _, found in read(text)] == [unit]


def test_a_letter_before_a_small_number_is_no_currency():
    assert read("They carried P5 badges and N95 masks for the clinic.") == []


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("The cell had eight members: two in Berlin and six in Cologne.", "ppp"),
        ("Local people are 90 per cent of its ranks and foreigners the other 10.", "%%"),
        ("It claimed 86 raids, in which 31 people died; a year before it had claimed 45.", "cpc"),
    ],
)
def test_a_number_goes_on_from_the_main_number_of_its_sentence(text, units):
    assert "".join("%" if u == "percent" else u[0] for _, u in read(text)) == units


def test_two_prices_beside_or_are_two_sums():
    assert read("At the gate a driver pays $5, or $20 with a full load.") == [
        ("$5", "USD"),
        ("$20", "USD"),
    ]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        # who is held in prisons and camps are people
        ("Crime is down. Malaysia holds 41 in two prisons.", "pc"),
        ("Libya keeps another 5,000 in some 20 official camps.", "pc"),
        ("Morocco houses 230 in three jails.", "pc"),
        ("The mayor keeps 14 in three kennels.", "cc"),
        ("The army keeps 40 tanks in two camps.", "cc"),
        # members who table a draft are States
        ("The text was drafted by two members.", "c"),
        ("A statement requested by four members of the Council was blocked.", "c"),
        ("A letter signed by three members of the cell was found.", "p"),
        ("He was seen by two members.", "p"),
        # a count of people that changes, however it is told
        ("The army's estimate of pro-Daesh fighters has come down from upwards of 900 in 2018 to"
         " between 200 and 300.", "pp"),
        ("The ministry's tally of burnt barns rose from at least 40 in 2018 to 60.", "cc"),
        ("It lost a school in May; its population has nevertheless grown to 12,300.", "p"),
        ("The courts tried 40 Tunisians in May, and 12 more await sentence.", "pp"),
    ],
)  # fmt: skip
def test_people_are_told_from_things_by_where_they_are_held_and_what_they_do(text, units):
    kinds = {"person": "p", "count": "c"}
    assert "".join(kinds[unit] for _, unit in read(text)) == units


def test_people_held_are_those_the_sentence_tells_of():
    text = "The number of convicted traffickers is rising: Kenya holds 84 in ten prisons."
    assert "traffickers" in read_what(text)[0]
