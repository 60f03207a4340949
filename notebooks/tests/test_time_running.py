"""Times that run on from an earlier sentence or a table, and times that do not."""

import pytest
from reading import link

from threatledger.extraction.dates import link_time

WEDNESDAY = "2022-11-16"


def as_of(text, number, published=WEDNESDAY):
    return link(link_time, text, number, published)[0]


@pytest.mark.parametrize(
    ("text", "number", "value"),
    [
        # the same event
        ("Rebels stormed Dabo on Sunday.\n\nThe attackers burned 54 huts.", "54", "2022-11-13"),
        ("Rebels stormed Dabo on Sunday.\n\nAt least 16 died in the assault.", "16", "2022-11-13"),
        ("Rebels stormed Dabo on Sunday. They freed 30 men.", "30", "2022-11-13"),
        ("Rebels stormed Dabo on Sunday. They also took 30 cows.", "30", "2022-11-13"),
        ("Rebels stormed Dabo on Sunday. They have 30 men.", "30", None),
        ("A bomb hit a hall on Friday. A nurse put the number of dead at 33.", "33", "2022-11-11"),
        ("Marines shot six men on Tuesday in a hunt for those behind Sunday's bombing.\n\n"
         "The blast, in a market, killed 11 people.", "11", "2022-11-13"),
        ("Gunmen hit a post on 2 May. A spokesman said that the attackers numbered 90.", "90",
         "2022-05-02"),
        ("Police raided a shop in May. They also found 40 phones.", "40", "2022-05"),
        ("A bomb killed four men on Friday.\n\nTrade is down by half, shopkeepers said.", "half",
         None),
        ("Sales have been under 20 since the blast. A bomb hit the town on Friday.", "20", None),
        ("A bomb killed 9 men on Friday.\n\nSales have been under 20 since the blast.", "20",
         "2022-11-11/2022-11-16"),
        ("Earlier the toll was 3.", "3", None),
        ("A raid killed 40 men on Friday, up on an earlier count. Earlier the toll was 3.", "3",
         None),
        ("Rebels raided Dabo between Monday and Tuesday.\n\nThe attackers burned 54 huts.", "54",
         "2022-11-14/2022-11-15"),
        ("Rebels have raided Dabo since Monday.\n\nThe attackers burned 54 huts.", "54", None),
        ("A bomb hit a hall on Friday, the third since May.\n\nA nurse said the bomb had weighed 9 "
         "kg.", "9", "2022-11-11"),
        ("A bomb hit a hall on Friday.\n\nA nurse said the ward had 9 beds.", "9", None),
        ("The sect lost 40 men in May. It has 900, from some 2,000 a year ago.", "900", None),
        ("The sect lost 40 men in May. It was 900 strong, against 2,000 a year earlier.", "900",
         "2022-05"),
        # a clock time of the same day
        ("A bomb hit a hall on Friday.\n\nIt went off at around 2 p.m. and burned 21 carts, a nurse"
         " said.", "21", "2022-11-11"),
        ("A bomb hit a hall on Friday.\n\nShots at 14:30, an aide said, hit 21 men.", "21",
         "2022-11-11"),
        ("A bomb hit a hall on Friday.\n\nA curfew from 6 p.m. to 6 a.m. covers 21 towns.", "21",
         None),
        ("A bomb hit a hall on Friday.\n\nThe gate opens at 6 a.m. every day for 21 carts.", "21",
         None),
        # the same count
        ("The desk counted 26 raids from May to July, up from 7 a year earlier. Killings rose by "
         "70 per cent over the period.", "70 per cent", "2022-05/2022-07"),
        ("Raids fell from 26 in July to 17 in August. Over the same two months 43 men fled.", "43",
         "2022-07/2022-08"),
        ("Police searched a shop in May. Some 29 men were held that month.", "29", "2022-05"),
        ("The firm traced 94 transfers in 2021, against 31 in 2020. Four fifths of them were "
         "small.", "Four fifths", "2021"),
        ("The firm traced 94 transfers in 2021. The largest came to $7,100.", "$7,100", "2021"),
        ("Thieves emptied six banks last year. The bank puts the loss at $9 million.",
         "$9 million", "2021"),
        ("A jeweller has counted 40 thefts since 2019. Few of them, 5 per cent, were solved.",
         "5 per cent", None),
        # the same speaker
        ("General Juan Cruz told us in August that 25 men were left. Sulu is worse, Cruz said, "
         "with 300 men.", "300", "2022-08"),
        ("An official said on Monday that 25 men were left. Sulu is worse, the mayor said, with "
         "300 men.", "300", None),
        ("The Team, in its report (S/2022/9) of 9 May, tells of a split. It puts the group at 900 "
         "men.", "900", "2022-05-09"),
        ("The board told parliament in May that few had left. An imam put it so: “They sent us 5 "
         "men.”", "5", None),
        ("The general told a briefing on Monday that he was glad. “We still hold 25 men,” he said.",
         "25", "2022-11-14"),
        # a part of what was counted before
        ("The unit traced $90,000 in 2021. Some 80 per cent of the sum came by post.",
         "80 per cent", "2021"),
        ("At the end of 2021 the State held 900 foreign women. Two thirds of the foreign women "
         "were ill.", "Two thirds", "2021-12"),
        ("At the end of 2021 the State held 900 foreign women. Two thirds of the local men were "
         "ill.", "Two thirds", None),
        ("A plane landed in Osh on Monday with 40 children. On board were nine nurses.", "nine",
         "2022-11-14"),
        ("A note\n\nTroops killed 567 men in May, the army says.\n\nMajor Okot said that 31 bombs "
         "had been found in the same period.", "31", "2022-05"),
        ("A note\n\nTroops killed 567 men in May, the army says.\n\nIn Mopti 31 bombs were found.",
         "31", None),
        # what is only compared with
        ("Clinics saw 3,870 cases, up on June 2019.", "3,870", None),
        ("There were 31 raids in June, against 18 in May; 14 men were killed.", "14", "2022-06"),
        ("The camp has grown by 6 per cent since April, to 15,320 people.", "15,320", None),
        ("The camp has grown by 6 per cent since April, to 15,320 people.", "6 per cent",
         "2022-04/2022-11"),
    ],
)  # fmt: skip
def test_a_time_runs_on_only_with_its_event_count_or_speaker(text, number, value):
    assert as_of(text, number) == value


@pytest.mark.parametrize(
    ("text", "number", "value"),
    [
        # who the time tells of
        ("A trader who fled on Sunday says that he paid 500 dinars.", "500 dinars", None),
        ("An officer interviewed in May said that 500 men were left.", "500", "2022-05"),
        ("Six are staying, said Ada Musa, the head of the clinic, on Monday.", "Six",
         "2022-11-14"),
        ("Six are staying, said Ada Musa, who left the clinic on Monday.", "Six", None),
        ("Some 900 men walked out in May, a report says, and Kabul says that 20 of them came.",
         "20", None),
        # clauses
        ("Police held four men over a blast that killed nine on Friday, officials said on Monday.",
         "four", "2022-11-14"),
        ("Police held four men over a blast that killed nine on Friday, officials said on Monday.",
         "nine", "2022-11-11"),
        ("The stream has slowed to “one or two a day”, from as many as nine in June.", "one or",
         None),
        ("The group has doubled its land since June and is present along 180 km of it.", "180",
         None),
        ("The pay has stood at $300 since July, while the dinar has lost two fifths.",
         "two fifths", "2022-07/2022-11"),
        ("In May police found 22 kg in a shop whose owner, prosecutors say, moved $900 a week.",
         "$900", None),
        ("Of 53 men who went home in July, 7 have come back.", "7", None),
        ("Of 59 mines that we visited this year, the group taxed seven.", "59", "2022"),
        ("They hold half of the land that they held in 2014.", "half", None),
        ("By 31 May, donors had paid $11 million, or 19% of the needs for 2022.", "19%",
         "2022-05-31"),
        ("Trade, which reached $5 billion last year, or half of output, hides it.", "half",
         "2021"),
        ("Health: 87 cases in August, a drop of 12 per cent on July.", "12 per cent", "2022-08"),
        ("The charge is the same as last year: $200 a month.", "$200", None),
        ("In its last year in Mosul the group earned $4 million a month.", "$4 million", None),
        ("The group has earned $4 million since the fall of Mosul.", "$4 million", None),
        ("In May the Council will decide who leaves the list of 21 countries.", "21", None),
        ("Should no more be found by May, 60 of the 145 staff would go.", "145", None),
        ("Three bombers, two of them women, struck a square on Sunday.", "Three", "2022-11-13"),
        ("Fewer than 400 of the inmates who escaped in May 2021 have been caught.", "400", None),
        ("On 9 May a boat sank; 12 people drowned.", "12", "2022-05-09"),
        ("On 9 May a boat sank; 12 people are missing.", "12", None),
        ("The camp grew from 900 in May to 6,000, nine out of ten of them women, a guard said on "
         "Monday.", "nine out of ten", "2022-11-14"),
        ("A kilo now costs $2 in Bwera, against $3 in Butembo.", "$3", WEDNESDAY),
        ("Some 60 people were killed in Sunday's attack.", "60", "2022-11-13"),
        ("Pay fell in May, and in June the count rose to five.", "five", "2022-06"),
    ],
)  # fmt: skip
def test_a_time_governs_only_what_it_dates(text, number, value):
    assert as_of(text, number) == value


def test_a_note_below_a_table_dates_it_and_not_the_text_after():
    text = (
        "A note\n\nReturns have slowed: only one man came back so far this year.\n\n"
        "Country        Left     Back\nFrance         1,324    300\nBelgium        422      132\n"
        "Source: ministries, October 2022\n\nA place in the scheme costs €4,300 a year.\n"
    )
    assert as_of(text, "422") == "2022-10"
    assert as_of(text, "€4,300") is None


def test_a_column_of_which_has_the_time_of_the_column_before():
    text = (
        "A note\n\nReturns from the camps, by State:\n\n"
        "State | Persons returned in 2019 | Of whom children\n"
        "Kazakhstan | 516 | 357\nUzbekistan | 220 | 158\n"
    )
    assert as_of(text, "516") == "2019"
    assert as_of(text, "158") == "2019"


def test_a_caption_below_a_picture_is_no_heading():
    text = (
        "A note on the town\n\nThe town is quiet, and the shops have opened their doors again.\n\n"
        "Mourners carry a coffin in the town on Saturday\n\nOnly 3 shops are shut, they say.\n"
    )
    assert as_of(text, "3") is None
