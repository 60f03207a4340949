"""A sum, a weight or a share is of what is valued, weighed or parted, not of who pays."""

import pytest

from threatledger.extraction import extract


def read(text):
    """Return quote, unit and what of the claims of a text."""
    return [(c["quote"], c["unit"], c["what"]) for c in extract(text, "2024-01-15").claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Smugglers charge 2,000 dollars a head for the crossing, twice as much as in 2019.",
            [("2,000 dollars", "USD", "crossing")],
        ),
        (
            "Ransoms have crept up: in April a miller's family paid 9 million naira for his "
            "release.",
            [("9 million naira", "NGN", "ransom")],
        ),
        (
            "The group levies a tax on every lorry. Drivers hand over $100 at the first "
            "checkpoint and $40 at the second.",
            [("$100", "USD", "tax"), ("$40", "USD", "tax")],
        ),
        (
            "Washington offers up to $10 million for information on the emir.",
            [("$10 million", "USD", "information")],
        ),
        (
            "Customs officers at Entebbe seized gold worth $2.4 million in March.",
            [("$2.4 million", "USD", "gold")],
        ),
        (
            "Its budget, estimated at $120 million in 2016, has shrunk to a tenth of that.",
            [("$120 million", "USD", "budget"), ("a tenth", "percent", "budget")],
        ),
        (
            "Bail was set at 400,000 shillings.",
            [("400,000 shillings", "KES", "bail")],
        ),
        (
            "He was fined €2,000 and sentenced to four years.",
            [("€2,000", "EUR", "fine")],
        ),
        (
            "Of the 212 inmates, a third are foreigners and one in five is under 18.",
            [
                ("212", "person", "inmates"),
                ("a third", "percent", "inmates who are foreigners"),
                ("one in five", "percent", "inmates who are under 18"),
            ],
        ),
        (
            "Women make up 40 per cent of the prison population and children 35 per cent.",
            [
                ("40 per cent", "percent", "prison population who are women"),
                ("35 per cent", "percent", "prison population who are children"),
            ],
        ),
        (
            "Attacks are down 30 percent on last year, according to the mission.",
            [("30 percent", "percent", "fall in attacks")],
        ),
        (
            "Deserters speak of 300 to 400 men left in the forest, half of them boys.",
            [("300 to 400", "person", "men"), ("half", "percent", "men who are boys")],
        ),
        (
            "The panel interviewed 40 defectors, of whom a fifth had been abducted as children.",
            [
                ("40", "person", "defectors"),
                ("a fifth", "percent", "defectors abducted as children"),
            ],
        ),
        (
            "Inflation reached 31 per cent in May.",
            [("31 per cent", "percent", "inflation")],
        ),
        (
            "The mission costs $65 million a year, two thirds of it borne by the European Union.",
            [
                ("$65 million", "USD", "mission"),
                ("two thirds", "percent", "mission borne by the European Union"),
            ],
        ),
        (
            "The force covers 90,000 square kilometres with 14 helicopters.",
            [("90,000", "km2", "area"), ("14", "count", "helicopters")],
        ),
        (
            "Farmers surrender a tenth of the harvest, or about 40 kg of millet a family.",
            [("a tenth", "percent", "harvest surrendered by farmers"), ("40", "kg", "millet")],
        ),
        (
            "Refinery output has dropped to 8,000 barrels a day from 20,000.",
            [("8,000", "barrel", "refinery output"), ("20,000", "barrel", "refinery output")],
        ),
        (
            "Police confiscated 2.1 tonnes of captagon in Anbar and 800 kg in Basra.",
            [("2.1", "tonne", "captagon"), ("800", "kg", "captagon")],
        ),
        (
            "A fighter with a family is paid 450,000 dinars; a single man gets 300,000.",
            [("450,000 dinars", "IQD", "pay of fighter"), ("300,000", "IQD", "pay of single man")],
        ),
        (
            "Kidnappers freed him after his employer handed over $75,000.",
            [("$75,000", "USD", "ransom")],
        ),
        (
            "Its war chest stood at $300 million in 2018; the latest estimate is $10 million "
            "to $20 million.",
            [
                ("$300 million", "USD", "war chest"),
                ("$10 million to $20 million", "USD", "war chest"),
            ],
        ),
        (
            "The Group received information on 46 transfers, totalling some $180,000, to "
            "facilitators in Kampala.",
            [("46", "count", "transfers"), ("$180,000", "USD", "transfers")],
        ),
        (
            "The ration is 11 kg of flour per person, down from 15.",
            [("11", "kg", "flour"), ("15", "kg", "flour")],
        ),
        (
            "The bank froze 23 accounts with a balance of €640,000.",
            [("23", "count", "accounts"), ("€640,000", "EUR", "balance")],
        ),
        (
            "Hawala brokers take a cut of 4 per cent; banks charge 9.",
            [("4 per cent", "percent", "cut"), ("9", "percent", "cut")],
        ),
        (
            "The emir was paid a ransom of €3 million for two engineers.",
            [("€3 million", "EUR", "ransom"), ("two", "person", "engineers")],
        ),
        (
            "Saboteurs cut 19 pylons in April; repairs cost 2.4 billion dinars.",
            [("19", "count", "pylons"), ("2.4 billion dinars", "IQD", "repairs")],
        ),
        (
            "The oil smuggled through Sinjar was worth $40,000 a day at its peak.",
            [("$40,000", "USD", "oil")],
        ),
        (
            "They are offered $220 a month, when the army pays a guard 8,000 afghanis.",
            [("$220", "USD", "pay"), ("8,000 afghanis", "AFN", "pay of guard")],
        ),
        (
            "A place with a tutor costs €4,300 a year and a cell more than €38,000.",
            [("€4,300", "EUR", "place"), ("€38,000", "EUR", "cell")],
        ),
        (
            "Ransom demands have gone up. A herder's family told monitors that it had paid "
            "2.4 million CFA francs (about €3,660) for a boy of 14.",
            [
                ("2.4 million CFA francs", "XOF", "ransom demands"),
                ("€3,660", "EUR", "ransom demands"),
            ],
        ),
        (
            "The bureau froze accounts worth 9 million baht, and the average wire fell to 800 "
            "baht.",
            [("9 million baht", "THB", "accounts"), ("800 baht", "THB", "average wire")],
        ),
        (
            "Most of it came in payments below $400.",
            [("$400", "USD", "payments")],
        ),
        (
            "The branch gets about $6 million a year from timber.",
            [("$6 million", "USD", "money from timber")],
        ),
        (
            "The fee that the guards take from each lorry has gone up to $25.",
            [("$25", "USD", "fee")],
        ),
        (
            "Wages for teachers in occupied districts, worth $9 million a month, have stopped.",
            [("$9 million", "USD", "wages for teachers")],
        ),
        (
            "The group's reserves have shrunk. One State estimated them at $40 million.",
            [("$40 million", "USD", "reserves")],
        ),
        (
            "Two of the charities raised $90,000 in 2018, and donations keep growing.",
            [
                ("Two", "count", "charities"),
                ("$90,000", "USD", "donations"),
            ],
        ),
        (
            "Two of the charities raised $90,000 in 2018, and prisons keep growing.",
            [("Two", "count", "charities"), ("$90,000", "USD", "money raised")],
        ),
        (
            "Police found only $70,000 in the frozen accounts.",
            [("$70,000", "USD", "accounts")],
        ),
        (
            "The plan needs $80 million. By May, $20 million had been received.",
            [("$80 million", "USD", "plan"), ("$20 million", "USD", "plan received")],
        ),
        (
            "A stall costs $120 a month, and a permit out of the town as much as $900.",
            [("$120", "USD", "stall"), ("$900", "USD", "permit out of the town")],
        ),
        (
            "The road from Kidal to Tessalit, a stretch of 90 km, is mined.",
            [("90", "km", "road from Kidal to Tessalit")],
        ),
        (
            "Travel between Bol and Mao, a distance of 140 km, has become risky.",
            [("140", "km", "distance between Bol and Mao")],
        ),
        (
            "The office sent 40 letters and received 19 written replies.",
            [("40", "count", "letters"), ("19", "count", "written replies")],
        ),
    ],
)
def test_a_sum_or_share_is_told_of_its_own_thing(text, expected):
    assert read(text) == expected


def test_cents_are_hundredths_of_their_currency():
    claim = extract("Bread costs 30 to 50 cents a loaf.", "2024-01-15").claims[0]
    assert (claim["quote"], claim["low"], claim["high"], claim["unit"]) == (
        "30 to 50 cents",
        0.3,
        0.5,
        "USD",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It earned $3 million from oil.", "income from oil"),
        ("Donors spent $3 million on tents.", "tents"),
        ("Police seized $30,000 from couriers.", "cash seized"),
        ("The ministry spends less. A guard in Raqqa earns $90 a month.", "pay of guard"),
        ("Spending is down. A guard in Raqqa gets $90 a month.", "pay of guard"),
    ],
)
def test_a_topic_of_sums_is_taken_only_by_what_is_paid_or_asked(text, expected):
    assert read(text)[-1][2] == expected
