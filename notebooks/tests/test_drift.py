"""Drift between copies of one origin: the ten kinds, and faithful variants beside them."""

import pytest

from threatledger.relays.drift import find_drifts
from threatledger.relays.telling import Telling

FRAME = """Patrols return to the Dalan valley

Patrols came back to the Dalan valley on Friday after floods had closed the pass at Kerend.

{}

The road to Sarab will open in May, the roads office said.
"""


def find(old, new):
    """Return the drifts from one wording to another in two texts that are else the same."""
    origin = Telling("old", "2021-04-03", FRAME.format(old))
    relay = Telling("new", "2021-04-04", FRAME.format(new))
    return find_drifts([relay, origin])


CASES = [
    # bound
    ("The valley still hides up to 60 gunmen.", "The valley hides more than 60 gunmen.", "bound"),
    ("Some 900 rifles were found there.", "At least 900 rifles were found there.", "bound"),
    ("At least 14 tents burnt down.", "No fewer than 14 tents were burnt.", None),
    ("More than 80 farms lie empty.", "Over 80 farms are empty.", None),
    ("Around 900 rifles were found there.", "About 900 rifles were discovered there.", None),
    # range
    (
        "Each raid brings in 300 to 500 sheep, herders said.",
        "Each raid brings in 500 sheep, herders said.",
        "range",
    ),
    (
        "Between 17,000 and 24,000 people fled to Sarab.",
        "Some 17-24 thousand people fled to Sarab.",
        None,
    ),
    (
        "Between 2,000 and 3,000 people fled to Sarab.",
        "From two to three thousand people ran away to Sarab.",
        None,
    ),
    # number
    ("Guards counted 53 mines in the pass.", "Guards counted 35 mines in the pass.", "number"),
    (
        "Guards held the smugglers for three weeks at Kerend.",
        "Guards held the smugglers for eight weeks at Kerend.",
        "number",
    ),
    ("Guards counted 53 mines in the pass.", "In the pass, guards found fifty-three mines.", None),
    ("The toll earned 1.2 million dinars.", "The toll earned 1,200,000 dinars.", None),
    ("So far 754 people came back to Sarab.", "More than 750 people came back to Sarab.", None),
    ("So far 754 people came back to Sarab.", "Some 570 people came back to Sarab.", "number"),
    # unit and period
    (
        "The toll earns the gang $40,000 a year.",
        "The toll earns the gang $40,000 a month.",
        "unit",
    ),
    ("The toll earned the gang $40,000.", "The toll earned the gang 40,000 euros.", "unit"),
    (
        "The toll earns the gang $40,000 a year.",
        "Every year the gang earns 40,000 dollars by the toll.",
        None,
    ),
    ("Thefts fell by 30 per cent in Kerend.", "In Kerend thefts dropped 30%.", None),
    # population
    (
        "The cell at Kerend has 70 members.",
        "The cell at Kerend has 70 fighters.",
        "population",
    ),
    ("Nine civilians died at Kerend.", "Nine soldiers died at Kerend.", "population"),
    ("The cell at Kerend has 70 fighters.", "The cell at Kerend has 70 militants.", None),
    ("Nine villagers died at Kerend.", "Nine people lost their lives at Kerend.", None),
    # speaker
    (
        "The pass is mined, according to the aid group Berivan.",
        "The pass is mined, according to the defence ministry.",
        "speaker",
    ),
    (
        "The pass near Kerend is full of mines, according to the aid group Berivan.",
        "The pass near Kerend is full of mines.",
        "speaker",
    ),
    (
        "Colonel Aras Qadir said that the pass near Kerend is full of mines.",
        "The pass near Kerend is full of mines, Qadir said.",
        None,
    ),
    (
        "The International Bridge Union says the pass near Kerend is full of mines.",
        "The IBU says that the pass near Kerend is full of mines.",
        None,
    ),
    # hedge
    (
        "The gang may have bought a second boat on the lake.",
        "The gang has bought a second boat on the lake.",
        "hedge",
    ),
    (
        "The gang reportedly sold its cattle at Sarab market.",
        "The gang sold its cattle at Sarab market.",
        "hedge",
    ),
    ("Roughly 700 sheep were stolen at Sarab.", "At Sarab 700 sheep were stolen.", "hedge"),
    (
        "The gang may have bought a second boat on the lake.",
        "Possibly the gang bought a second boat on the lake.",
        None,
    ),
    (
        "The gang sold its cattle in May at Sarab market.",
        "In May the gang sold its cattle at the market of Sarab.",
        None,
    ),
    # time
    (
        "The bridge has been shut since 30 June 2020.",
        "The bridge has been shut since 30 July 2020.",
        "as_of",
    ),
    (
        "Thefts rose in the second half of 2020 at Sarab.",
        "Thefts rose in the first half of 2020 at Sarab.",
        "as_of",
    ),
    (
        "The bridge was blown up on 30 June 2020.",
        "The bridge was blown up on June 30, 2020.",
        None,
    ),
    (
        "Thefts rose in the second quarter of 2020 at Sarab.",
        "Thefts rose from April to June 2020 at Sarab.",
        None,
    ),
    # cause
    (
        "Bread prices at Sarab doubled. The bakers closed for a week.",
        "The bakers at Sarab closed for a week because bread prices doubled.",
        "cause",
    ),
    (
        "Thefts at Sarab fell after the market moved.",
        "Thefts at Sarab fell thanks to the new police post.",
        "cause",
    ),
    (
        "Thefts at Sarab fell because of the new lamps.",
        "Thefts at Sarab dropped owing to the new lamps.",
        None,
    ),
    # quotation
    (
        "“We have neither lamps nor wire for the pass,” Qadir said.",
        "“We have no lamps and no money for the pass,” Qadir said.",
        "quotation",
    ),
    (
        "The mayor spoke of “a long and bitter winter” in the valley.",
        "The mayor spoke of “a hard and bitter winter” in the valley.",
        "quotation",
    ),
    (
        "“We have neither lamps nor wire for the pass,” Qadir said.",
        'Qadir said they have "neither lamps nor wire".',
        None,
    ),
    (
        "“We recognise each tree and 20 per cent of the dogs,” Qadir said.",
        '"We recognize each tree and 20% of the dogs", said Qadir.',
        None,
    ),
    # More of each, as relay editors have them.
    ("The group has fewer than 300 men in Sirte.", "The group has 300 men in Sirte.", "bound"),
    ("The siege lasted less than a year.", "The siege lasted more than a year.", "bound"),
    ("The army lost 40 or more lorries at Gao.", "The army lost at least 40 lorries at Gao.", None),
    ("The branch counts 1,500 to 2,000 men.", "The branch counts nearly 2,000 men.", "range"),
    ("The branch counts 1,500 to 2,000 men.", "The branch counts 1,500 to 12,000 men.", "number"),
    ("The seizure was worth $4.5 million.", "The seizure was worth $45 million.", "number"),
    ("A third of them are children.", "Half of them are children.", "number"),
    ("The clash went on over three days at Kerend.", "A three-day clash went on at Kerend.", None),
    ("The field yields 5,000 barrels a day.", "The field yields 5,000 tonnes a day.", "unit"),
    ("Attacks rose by 20 per cent in May.", "Attacks rose by 20 in May.", "unit"),
    ("Traders pay $300 a month to the gang.", "Traders pay the gang a monthly $300.", None),
    (
        "Some 8,000 foreigners live in the annex.",
        "Some 8,000 foreign fighters live in the annex.",
        "population",
    ),
    ("The jail holds 600 suspects.", "The jail holds 600 militants.", "population"),
    ("Some 1,800 families fled to mosques.", "Some 1,800 people fled to mosques.", "population"),
    ("Analysts say he hides in Idlib.", "Residents say he hides in Idlib.", "speaker"),
    ("Iraqi officials say he hides in Idlib.", "Syrian officials say he hides there.", "speaker"),
    (
        "A UN report says that 60 tunnels were dug.",
        "According to the United Nations, 60 tunnels were dug.",
        None,
    ),
    ("The chief is thought to be in Idlib.", "The chief is in Idlib.", "hedge"),
    ("They were taken to a school at Sarab.", "At Sarab they are in a school.", None),
    ("The cell allegedly left Ramadi.", "The cell is said to have left Ramadi.", None),
    (
        "The gang, put at 60 men, is suspected of nine thefts.",
        "The gang, put at 60 men, carried out nine thefts.",
        "hedge",
    ),
    ("The bridge fell last month.", "The bridge fell last week.", "as_of"),
    ("The bridge fell last month.", "The bridge fell in March.", None),
    ("The bridge fell on 1 April.", "The bridge fell on Thursday.", None),
    ("Last year guards seized 60 rifles.", "In 2020 guards seized 60 rifles.", None),
    ("Prices rose in Sarab and shops closed.", "Shops closed as a result of prices.", "cause"),
    ("The drought led to hunger in Sarab.", "Hunger in Sarab was caused by drought.", None),
    (
        "“The gang is far from beaten,” Qadir said.",
        "“The gang is not beaten,” Qadir said.",
        "quotation",
    ),
    (
        "“We won’t leave,” said Qadir, “and we won’t talk.”",
        "“We won't leave and we won't talk,” said Qadir.",
        None,
    ),
    (
        "“The gang is far from beaten,” Qadir said.",
        "The gang has not been beaten, Qadir said.",
        None,
    ),
]


@pytest.mark.parametrize(("old", "new", "kind"), CASES)
def test_a_change_is_found_and_another_wording_is_none(old, new, kind):
    found = [drift["kind"] for drift in find(old, new)]
    assert found == ([kind] if kind else [])


def test_all_ten_kinds_are_tested_with_a_faithful_variant():
    kinds = {kind for *_, kind in CASES if kind}
    assert len(kinds) == 10
    assert sum(kind is None for *_, kind in CASES) >= 15


def test_quotes_are_the_texts_own_words():
    (drift,) = find("The valley still hides up to 60 gunmen.", "It hides more than 60 gunmen.")
    assert (drift["from"], drift["to"]) == ("old", "new")
    assert drift["from_quote"] == "up to 60 gunmen"
    assert drift["to_quote"] == "more than 60 gunmen"
    old = FRAME.format("The valley still hides up to 60 gunmen.")
    assert old[drift["from_start"] : drift["from_end"]] == drift["from_quote"]


def test_what_a_relay_leaves_out_is_no_drift():
    assert find("Nine people died. Some 60 sheep were stolen at Sarab.", "Nine people died.") == []


def test_each_copy_that_has_a_change_is_listed_against_the_first_text():
    texts = [
        "Guards counted 53 mines in the pass.",
        "Guards counted 35 mines in the pass.",
        "In the pass, guards counted 35 mines.",
    ]
    tellings = [Telling(f"t{n}", f"2021-04-0{n + 3}", FRAME.format(t)) for n, t in enumerate(texts)]
    told = [(drift["from"], drift["to"], drift["kind"]) for drift in find_drifts(tellings)]
    assert told == [("t0", "t1", "number"), ("t0", "t2", "number")]


def test_what_the_first_text_lacks_is_compared_with_the_next():
    lacking = Telling("t0", "2021-04-03", FRAME.format("Nine people died at Kerend."))
    more = "Nine people died at Kerend.\n\nThe toll earns the gang $40,000 a {}."
    second, third = (
        Telling(f"t{n}", "2021-04-05", FRAME.format(more.format(time)))
        for n, time in ((1, "year"), (2, "month"))
    )
    (drift,) = find_drifts([lacking, second, third])
    assert (drift["from"], drift["to"], drift["kind"]) == ("t1", "t2", "unit")


def test_two_places_that_changed_are_two_drifts():
    old = "The pass at Kerend holds 53 mines. The gang may have bought a second boat on the lake."
    new = "The pass at Kerend holds 93 mines. The gang has bought a second boat on the lake."
    assert [drift["kind"] for drift in find(old, new)] == ["number", "hedge"]
