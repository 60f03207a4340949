"""Where a text stands at a number: scenes that move, names of two countries, money, media."""

import pytest
from reading import link

from threatledger.extraction import extract
from threatledger.extraction.places import link_place

YEAR = "Notes of the year\n\nThe year was a hard one for all who live there.\n\n"


def place(text, number, what=None):
    return sorted(link(link_place, text, number, what=what))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the country spoken of last settles which city of the name is meant
        ("Police in Beirut are on guard. Gifts flow through Tripoli in sums of $40.", ["LBN"]),
        ("Police in Misrata are on guard. Gifts flow through Tripoli in sums of $40.", ["LBY"]),
        ("Gifts flow through Tripoli in sums of $40.", ["LBY"]),
        ("In Mali they fought 40 times in Gourma; in Burkina Faso they did not.", ["MLI"]),
    ],
)
def test_a_name_of_two_countries_is_read_by_what_is_spoken_of(text, expected):
    number = "$40" if "$40" in text else "40"
    assert place(text, number) == expected


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        # money that one country alone issues is paid by its people
        ("A court jailed nine men for collections of 40 somoni in Moscow.", "40 somoni",
         ["RUS", "TJK"]),
        ("A court jailed nine men for collections of 40 somoni (about $4) in Moscow.", "$4",
         ["RUS", "TJK"]),
        # a code, or money named with its country, is not
        ("In Beni a guard asks for 40 Ugandan shillings.", "40 Ugandan shillings", ["COD"]),
        ("In Aden a fighter gets SAR 40.", "SAR 40", ["YEM"]),
    ],
)  # fmt: skip
def test_money_tells_of_the_country_that_issues_it(text, number, expected):
    assert place(text, number) == expected


def test_dinars_are_those_of_the_scene():
    text = "Lebanon and Jordan differ. In Zarqa, a former agent told me, a man cost 250 dinars.\n"
    (claim,) = extract(text, "2019-02-01").claims
    assert (claim["unit"], claim["place"]) == ("JOD", ["JOR"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a foreign force where it is: both count
        ("The 40 Danish soldiers in Gao began to leave.", ["DNK", "MLI"]),
        ("In its place Mali has around 40 Serbian contractors.", ["MLI", "SRB"]),
        ("In Mali there were 40 Danish air strikes.", ["MLI"]),
        # who sends is one end, and hands nothing on
        ("The siege of Sirte goes on. It eased after Italy sent 40 tonnes of flour.",
         ["ITA", "LBY"]),
        ("The siege of Sirte goes on. It eased after Italy sent 9 tonnes. They ate 40 loaves.",
         ["LBY"]),
        ("Italy sent flour to Sirte. A member of the city council counted 40 sacks.", ["LBY"]),
        # those who came by there
        ("Rebels crossed from Ituri into Uganda and killed 40 people in Kasese.", ["UGA"]),
        ("The men who killed 40 people in Minya had trained in Derna.", ["EGY"]),
        ("Kazakhstan arrested 40 men in Almaty who were in touch with Kabul.", ["KAZ"]),
        ("Spain arrested 40 men, four times as many as Portugal.", ["ESP"]),
        ("Germany took back 40 women, as did Italy.", ["DEU"]),
        # what is beneath the ground of one of two
        ("Officers know 90 caches in Iraq and Syria, 40 of them under the soil of Anbar.",
         ["IRQ"]),
        # its own, and what it does
        ("Tunisia fears the return of its 40 fighters in Libya.", ["LBY", "TUN"]),
        ("War in Libya goes on. Tunisia fears its end. It has dug 40 km of trench.", ["TUN"]),
        ("If the siege of Tessit goes on, its 40 wells will run dry.", ["MLI"]),
        # joined speakers, and speakers elsewhere
        ("Togo and Benin reported 40 raids.", ["BEN", "TGO"]),
        ("Togo reported 40 raids.", ["TGO"]),
        ("In Kampala, the army spokesman, Major Deo Kato, said that raids in Congo killed 9 and "
         "freed 40 there.", ["COD"]),
        ("Funds for Syria lost 40 donors, according to Jonas Ek, a Stockholm analyst.", ["SYR"]),
        ("Raids in Mali go on. Officers whom we met in Niamey put the losses at 40.", ["MLI"]),
        ("Some 40 men left, said Yusuf Farah, a trader in Bosaso.", ["SOM"]),
        ("Some 40 men left, said the mayor of Farah, a trader.", ["AFG"]),
        # a court of the state is no "state" spoken of before
        ("Lebanon took another road. The state security court in Amman counted 40.", ["JOR"]),
        ("Jordan is calm. Fights are common, said a lawyer with 40 clients there.", ["JOR"]),
        # the country's own banks and courts
        ("In France checks grew. British prosecutions fell. The total was 40.", ["GBR"]),
    ],
)  # fmt: skip
def test_scenes_between_those_who_act_pass_and_speak(text, expected):
    assert place(text, "40") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # another number of the same
        ("Kenya convicted nine men of sending money to Hasakah, up from 40 in 2019.", ["KEN"]),
        ("Police traced 9 payments from Uzbek workers in Russia. The sum was 40 soums.",
         ["RUS", "UZB"]),
        ("One State knew of 9 Tajik fighters in Kunar. Another gave 40.", ["AFG", "TJK"]),
        ("In Libya, gifts to fighters in Syria go on. The bank saw 40 of them.", ["LBY", "SYR"]),
        ("Maldivian police said that 90 nationals had left and that 40 women were held in Iraq.",
         ["IRQ", "MDV"]),
        ("Camps in Syria fill. France has 90 citizens there, Germany at least 40.", ["DEU", "SYR"]),
        ("Camps in Syria fill. France has 90 citizens there; Germany shot 40 in Iraq.",
         ["DEU", "IRQ"]),
        ("The camp is in Chad. Arrivals from Nigeria go on, with some 40 a week.", ["NGA", "TCD"]),
        ("The camp is in Chad. Traders from Nigeria pay 40 francs.", ["NGA"]),
        ("Raids in Kunar go on. Pakistan has fenced 40 km of the frontier.", ["AFG", "PAK"]),
        ("Raids in Kunar go on. Pakistan has paved 40 km of road.", ["PAK"]),
        ("In Mosul work began. French and Italian engineers mended 40 bridges.", ["IRQ"]),
        # a region tells whence, and another where
        ("Raids in Kunar go on. Gifts from Central Asia fell to 40.", ["AFG"]),
        ("Raids in Kunar go on. In Central Asia there were 40.", []),
    ],
)  # fmt: skip
def test_a_number_goes_on_with_the_countries_of_another(text, expected):
    assert place(text, "40") == expected


@pytest.mark.parametrize(
    ("text", "what", "expected"),
    [
        # media are nowhere, under whatever heading; those of a branch are where it is
        (f"{YEAR}Mali\n\nThe press office is busy. It released 40 videos.\n", "videos", []),
        (f"{YEAR}Mali\n\nThe branch is busy. The branch released 40 videos.\n", "videos", ["MLI"]),
        ("Addresses advertised in Tajik and Russian took in 40 coins.", None, []),
        ("Cells in Tajik and Russian prisons took in 40 men.", None, ["RUS", "TJK"]),
        # of two countries in a heading, the one that the paragraph speaks of
        (f"{YEAR}Tunisia and Morocco\n\nOfficers of Tunisia replied. Its jails hold 40 men.\n",
         None, ["TUN"]),
        (f"{YEAR}Tunisia and Morocco\n\nRaids went on. The jails hold 40 men.\n", None,
         ["MAR", "TUN"]),
        # states of one country are in it
        ("India: raids in 40 states.", None, ["IND"]),
        ("India: talks with 40 countries.", None, []),
    ],
)  # fmt: skip
def test_headings_lists_and_media(text, what, expected):
    assert place(text, "40", what) == expected


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        # the military speaks for a state; military pressure does not
        (f"{YEAR}War goes on in Sulu.\n\nThe military says that 40 of 90 boats were lost.\n", "90",
         ["PHL"]),
        (f"{YEAR}War goes on in Sulu.\n\nUnder the military pressure 40 of 90 boats were lost.\n",
         "90", []),
        # a heading in capitals is no dateline
        ("The camps in May\n\nCHAD – DAR ES SALAM\nThe population grew by 4 per cent.\n\n"
         "NIGER – SAYAM FORAGE\nThe population grew by 5 per cent.\n",
         "4 per cent", ["TCD"]),
        # a list on the money of a force at work in one country
        (f"{YEAR}Findings on the money of ADF:\n\n- Transfers from Chad were worth $40;"
         "\n- Cocoa was worth $50.\n", "$40", ["COD", "TCD"]),
        (f"{YEAR}Findings on the money of ADF:\n\n- Transfers from Chad were worth $40;"
         "\n- Cocoa was worth $50.\n", "$50", ["COD"]),
        # what goes on about wallets is where they are
        ("Raids in Mali go on. A firm found nine wallets on the web. They hold 40 of 90 coins.\n",
         "90", []),
        ("Raids in Mali go on. A firm found nine lorries on the road. They hold 40 of 90 boxes.\n",
         "90", ["MLI"]),
    ],
)  # fmt: skip
def test_scenes_of_whole_texts(text, quote, expected):
    (claim,) = [c for c in extract(text, "2020-06-01").claims if c["quote"] == quote]
    assert sorted(claim["place"]) == expected
