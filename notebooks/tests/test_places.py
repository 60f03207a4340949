"""Which countries a number is about: decision 11 of the annotation guide."""

import pytest
from reading import link

from threatledger.codebook import read_codebook
from threatledger.extraction import extract
from threatledger.extraction.places import find_places, link_place


def list_codes(text):
    found = find_places(text, read_codebook())
    return [(text[place.start : place.end], "".join(place.iso3)) for place in found]


def place(text, number):
    return link(link_place, text, number)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Syria, the Syrian Arab Republic", [("Syria", "SYR"), ("Syrian Arab Republic", "SYR")]),
        ("US, U.S. and UK officers told us", [("US", "USA"), ("U.S.", "USA"), ("UK", "GBR")]),
        ("Nigeriens, Nigerians and Niger", [("Nigeriens", "NER"), ("Nigerians", "NGA"),
                                            ("Niger", "NER")]),
        ("the Gulf of Guinea and Equatorial Guinea", [("Gulf of Guinea", ""),
                                                      ("Equatorial Guinea", "GNQ")]),
        ("Al-Hawl, al-Hol and Deir Ezzor’s north", [("Al-Hawl", "SYR"), ("al-Hol", "SYR"),
                                                    ("Deir Ezzor", "SYR")]),
        ("Sana’a, MARIB and Türkiye", [("Sana’a", "YEM"), ("MARIB", "YEM"), ("Türkiye", "TUR")]),
        ("South Sudan's army in Darfur", [("South Sudan", "SSD"), ("Darfur", "SDN")]),
        ("the Lake Chad Basin", [("Lake Chad Basin", "")]),
        # inside the name of a group or body
        ("Islamic State in Iraq and the Levant", []),
        ("the Lake Chad Basin Commission", []),
        ("Al-Qaida in the Arabian Peninsula", []),
        # not names
        ("turkey, jordan and chad in lower case", []),
        ("Those who polish brass in march", []),
    ],
)  # fmt: skip
def test_places_are_found_by_name_adjective_and_people(text, expected):
    assert list_codes(text) == expected


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        # a province or town gives its country
        ("Some 40 fighters hide near Tal Afar.", "40", ["IRQ"]),
        ("In Borno, 40 fighters were caught.", "40", ["NGA"]),
        # location and nationality both count; nationality alone will do
        ("Guards in Hasakah hold 40 Tunisians.", "40", ["SYR", "TUN"]),
        ("Some 40 Moroccan fighters have joined.", "40", ["MAR"]),
        ("Camps in Syria hold 50 Iraqis, 20 Tunisians and 9 others.", "20", ["SYR", "TUN"]),
        ("Camps in Syria hold 50 Iraqis, 20 Tunisians and 9 others.", "9", ["SYR"]),
        # two numbers, two places
        ("It carried out 6 attacks, four in Niger and two in Mali.", "6", ["NER", "MLI"]),
        ("It carried out 6 attacks, four in Niger and two in Mali.", "four", ["NER"]),
        ("It carried out 6 attacks, four in Niger and two in Mali.", "two", ["MLI"]),
        ("Kenya sent home 30 men in May and Uganda 12 women in June.", "12", ["UGA"]),
        # from one country to another
        ("Uzbekistan brought home 90 children from Iraq.", "90", ["UZB", "IRQ"]),
        # a region is no country
        ("The branch has 900 men in the Lake Chad Basin.", "900", []),
        ("It has 60 cells in West Africa, in the provinces of Borno and Yobe.", "60", ["NGA"]),
        # countries that are counted
        ("Fighters came from 30 countries to Syria.", "30", []),
        ("The plan names nine States in Africa.", "nine", []),
        # names that do not locate
        ("The raid cost US$ 30 and two lorries.", "30", []),
        ("A US-backed force in Syria lost 40 men.", "40", ["SYR"]),
        ("A Belgian prosecutor said that 40 men went to Syria.", "40", ["SYR"]),
        ("Some 40 men are left in Libya, a diplomat in Tunis said.", "40", ["LBY"]),
        ("RABAT (Atlas Press) – The group has 300 men in Mali.", "300", ["MLI"]),
        ("US jets killed 40 men near Sirte.", "40", ["LBY"]),
        ("Turkish police held 40 men in raids across 12 cities.", "40", ["TUR"]),
        ("The drive involves 3,000 men, helped by air strikes from France.", "3,000", []),
        # a part of the sentence of its own
        ("Attacks fell in Iraq; in Syria, 40 people were killed.", "40", ["SYR"]),
        ("When Chadian troops left, the Malian branch had 900 men.", "900", ["MLI"]),
    ],
)  # fmt: skip
def test_which_place_belongs_to_which_number(text, number, expected):
    assert sorted(place(text, number)) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        # the sentence before in the same paragraph
        ("Raids went on in Diyala. Officers counted 14 of them.", "14", ["IRQ"]),
        # "the city", "the country"
        ("The siege of Raqqa went on. Some 900 men are left in the city.", "900", ["SYR"]),
        ("Mali closed its border.\n\nThe army lost 40 men in the country.", "40", ["MLI"]),
        ("Syria and Iraq were hit. In both countries 40 men fled.", "40", ["SYR", "IRQ"]),
        # a new paragraph of a text about several countries
        ("In Mali, raids went on. Niger and Benin armed.\n\nThe group has 900 men.", "900", []),
    ],
)
def test_places_carry_over_where_plainly_meant(text, number, expected):
    assert place(text, number) == expected


@pytest.mark.parametrize(("what", "expected"), [("cash reserves", []), ("ransom", ["IRQ"])])
def test_what_a_whole_group_owns_takes_no_place_from_the_sentence_before(what, expected):
    text = "It has cells in Iraq. Officers put the sum at $9 million."
    assert link(link_place, text, "$9 million", what=what) == expected


def test_list_labels_and_leads_give_the_place_of_items():
    text = (
        "Raids in the borderlands: a monthly note by the desk in the capital\n\n"
        "The desk sums up what armies and their partners saw along the border last month, and "
        "what they made of it. The army reported raids in Somalia in May:\n\n"
        "• Kenya: 12 raids. Some 30 people fled.\n"
        "• Elsewhere: 7 raids\n"
    )
    assert place(text, "12") == ["KEN"]
    assert place(text, "30") == ["KEN"]
    assert place(text, "7 raids") == ["SOM"]


def test_a_heading_gives_the_place_of_what_stands_under_it():
    text = (
        "Regional update on raids and displacement\n\n"
        "The desk sums up what partners saw in four countries during the month.\n\n"
        "NIGER\n\nThe army lost 40 men in a week of raids, officers there told the desk.\n\n"
        "MALI\n\nPartners saw 12 raids on wells, and herders moved on with their cattle.\n"
    )
    assert place(text, "40") == ["NER"]
    assert place(text, "12") == ["MLI"]


def test_a_text_about_one_country_gives_its_place():
    text = (
        "Quiet returns to Cabo Delgado\n\n"
        "Mozambique has reopened the road to Palma, and traders are back in Pemba.\n\n"
        "The insurgents are down to 300 men.\n\n"
        "Rwanda will keep its force in Mocímboa da Praia."
    )
    assert place(text, "300") == ["MOZ"]


def test_a_text_about_two_countries_gives_none():
    text = (
        "Raids on both sides\n\nNiger and Mali were hit again, in Gao and Tillabéri.\n\n"
        "The group is down to 300 men."
    )
    assert place(text, "300") == []


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        # a list of "N from A": each number has its own
        ("The force in Mali has 90 men from Chad, 60 from Togo and 20 from other States.", "60",
         ["MLI", "TGO"]),
        ("The force in Mali has 90 men from Chad, 60 from Togo and 20 from other States.", "20",
         ["MLI"]),
        # a part has the place of the whole, and its own
        ("Of 80 men tried in Jordan, 12 had fled to Lebanon.", "12", ["JOR", "LBN"]),
        ("Of the hills, 12 are held by men in Lebanon.", "12", ["LBN"]),
        # a clause of its own
        ("The Libyan branch is poor since Egypt seized 12 lorries.", "12", ["EGY"]),
        ("The Libyan branch has lost 12 lorries since March.", "12", ["LBY"]),
        # where a body sits
        ("The wells yield 40 barrels, says Deltascope, a firm in Oslo.", "40", []),
        ("The group sold 40 barrels to Deltascope, a firm in Oslo.", "40", []),
        ("The group killed 40 guards of a firm in Oslo.", "40", ["NOR"]),
        # counted languages and countries; people from other countries are not
        ("The Libyan branch prints in six languages.", "six", []),
        # a comma inside a number ends no aside
        ("The branch in Libya, which had 2,500 men in Egypt, has 40 left.", "40", ["LBY"]),
    ],
)  # fmt: skip
def test_a_number_takes_the_places_of_its_own_part(text, number, expected):
    assert sorted(place(text, number)) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        # whose the people are is not handed on, where they are is
        ("In Mali there live 90 men, half of them Togolese. They lost 12 tents.", "12", ["MLI"]),
        # whence people came is handed on where nothing else is named
        ("About 90 families left Menaka. The raiders came in bands of 12.", "12", ["MLI"]),
        # the country that opens a paragraph is its subject
        ("Jordan is calm. Some 90 men went to Egypt. The courts are busy. Judges tried 12 cases.",
         "12", ["JOR"]),
        ("Jordan is calm. Some 90 men went to Egypt. There, judges tried 12 cases.", "12", ["EGY"]),
    ],
)  # fmt: skip
def test_which_place_a_paragraph_hands_on(text, number, expected):
    assert place(text, number) == expected


@pytest.mark.parametrize(("what", "expected"), [("video clips", []), ("raids", ["LBY"])])
def test_what_is_online_takes_no_place_from_the_sentence_before(what, expected):
    text = "Its men hide in Libya. It posted 12 in May."
    assert link(link_place, text, "12", what=what) == expected


def test_a_camp_before_the_colon_of_the_title_is_what_a_text_is_about():
    body = (
        "Iraq took back 200 families, and Iraqi buses came twice; two went to Kazakhstan.\n\n"
        "HEALTH\n\nThe clinic saw 31 cases of measles in a week, and it has no beds left.\n\n"
        "Roj is calm, and Hasakah too, the partners said at their meeting in the town.\n"
    )
    assert place(f"Roj camp: Weekly Note 12\n\n{body}", "31") == ["SYR"]
    assert place(f"Camps and clinics: Weekly Note 12\n\n{body}", "31") == []


def test_a_row_that_counts_a_people_is_also_of_the_place_of_the_text():
    text = (
        "Roj camp: Weekly Note 12\n\nRoj in Syria is calm, and so is Hasakah in the same week.\n\n"
        "Iraqis       310    290\nOthers        40     38\n"
    )
    assert sorted(place(text, "290")) == ["IRQ", "SYR"]
    assert place(text, "38") == ["SYR"]


def test_people_who_are_moved_are_of_both_places():
    text = (
        "Roj camp: Weekly Note 12\n\nRoj in Syria is calm, and so is Hasakah in the same week.\n\n"
        "Buses carried 310 Iraqis to Mosul. A raid in Mosul killed 12 men.\n"
    )
    assert sorted(place(text, "310")) == ["IRQ", "SYR"]
    assert place(text, "12 men") == ["IRQ"]


def test_a_footnote_has_the_place_of_its_mark():
    text = (
        "Strength of the branches: a note\n\nThe branch in Mali has 900 men.[3]\n\n"
        "That in Libya has 150 men, and few of them are known to the officers who track them.\n\n"
        "[3] Another officer spoke of 700 men.\n"
    )
    assert place(text, "700") == ["MLI"]
    assert place(text, "150") == ["LBY"]


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        # nationality and place
        ("Some 700 Libyans are held abroad, 90 of them in Malta.", "90", ["LBY", "MLT"]),
        ("Two Kenyans were among the dead of the siege in Kismayo.", "Two", ["KEN", "SOM"]),
        ("A Dutch court sentenced four Syrians.", "four", ["NLD", "SYR"]),
        ("Some 900 Kenyan troops patrol Gedo.", "900", ["KEN", "SOM"]),
        ("Maltese police say 40 citizens went to Syria.", "40", ["MLT", "SYR"]),
        ("The number of French soldiers there fell to 40.", "40", ["FRA"]),
        ("A militia of Ugandan origin killed 40 men near Goma.", "40", ["COD"]),
        # who counts, and at home
        ("In Syria the war goes on. Turkey recorded 40 raids.", "40", ["TUR"]),
        ("In Syria the war goes on. France said that 40 men were left.", "40", ["SYR"]),
        ("Syria is quiet. Police in Bern have traced 40 gifts.", "40", ["CHE"]),
        ("Kuwait, which has sent 40 guards to its border, says all is well.", "40", ["KWT"]),
        # who only speaks, and where
        ("A British study put the income from tolls in Mosul at 40 dollars a day.", "40", ["IRQ"]),
        ("A general told reporters in Oslo that 40 men held Sirte.", "40", ["LBY"]),
        ("A US envoy said in Berlin that 40 men were free.", "40", []),
        ("“We found 40 graves,” said Ali Omar, an elder of Hawija.", "40", ["IRQ"]),
        # names that only name
        ("A shop on Baghdad Street in Homs lost 40 dollars.", "40", ["SYR"]),
        ("Washington blacklisted 40 men in Yemen.", "40", ["YEM"]),
        ("Brothers such as Omar sent 40 letters.", "40", []),
        ("Engineers at al-Omar counted 40 lorries.", "40", ["SYR"]),
        ("MOSUL: A bomb killed 40 men in Raqqa.", "40", ["SYR"]),
        # a time that opens a sentence is no clause of its own
        ("Since May 40 men have died in Mali, Niger and Chad.", "40", ["MLI", "NER", "TCD"]),
        # money that one country issues
        ("The fee rose to 40 naira.", "40", ["NGA"]),
        ("The fee rose to 40 CFA francs.", "40", []),
        ("The fee rose to 40 euros.", "40", []),
        # "there"
        ("Of those who went to Libya, 40 have died there.", "40", ["LBY"]),
    ],
)  # fmt: skip
def test_whose_and_where(text, number, expected):
    assert sorted(place(text, number)) == sorted(expected)


def test_the_head_of_a_column_gives_the_place_of_its_numbers():
    text = "Sites by country\n\nKind\tChad\tMali\nCamps\t41\t52\nTowns\t63\t74\n"
    assert [place(text, number) for number in ("41", "52", "74")] == [["TCD"], ["MLI"], ["MLI"]]


def test_a_heading_of_two_countries_adds_none_to_those_of_a_people():
    text = "Uzbekistan and Latvia\n\nThe year was quiet for all.\n\nFrance took home 40 children.\n"
    assert place(text, "40") == ["FRA"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Baidoa", "SOM"), ("Khan Bani Saad", "IRQ"), ("Khasavyurt", "RUS"), ("Bambari", "CAF"),
        ("Ghat", "LBY"), ("Butig", "PHL"), ("Kattankudy", "LKA"), ("Novi Pazar", "SRB"),
        ("Tripoli, Lebanon", "LBN"), ("Kulob", "TJK"), ("Natitingou", "BEN"), ("Mueda", "MOZ"),
    ],
)  # fmt: skip
def test_towns_of_the_field_are_known(name, code):
    assert list_codes(f"Men fled {name}.") == [(name, code)]


def test_any_characters_give_no_error():
    for text in ("", "İİİ in SYRİA", "\x00\uffff Al-", "al-" * 5000, "Islamic " * 5000):
        assert isinstance(find_places(text, read_codebook()), list)


def test_the_codes_of_the_codebook_are_those_of_the_country_table():
    codebook = read_codebook()
    codes = [row["iso3"] for row in codebook.rows("countries")]
    assert codes == sorted(set(codes))
    used = {
        code
        for table in ("places", "country-additions")
        for row in codebook.rows(table)
        for code in row["iso3"].split("|")
    }
    assert used - set(codes) == {"", "XKX"}  # none for a region; Kosovo has no ISO entry
    regions = [row for row in codebook.rows("places") if not row["iso3"]]
    assert {row["kind"] for row in regions} == {"region", "adjective"}


def test_a_form_of_two_countries_is_nobodys_until_a_hand_says_whose():
    owners = {}
    for row in read_codebook().rows("countries"):
        for form in filter(None, row["adjectives"].split("|")):
            owners.setdefault(form, []).append(row["iso3"])
    shared = {form for form, codes in owners.items() if len(codes) > 1}
    assert "Dutch" in shared
    assert list_codes("Dutch police") == [("Dutch", "NLD")]
    assert shared - {row["form"] for row in read_codebook().rows("country-additions")} <= {
        "Channel Islander",
        "Virgin Islander",
    }


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        # whose, and where the text around says they are
        ("Troops raided a house in Sirte. They killed 40 Egyptians.", "40", ["EGY", "LBY"]),
        ("The fight in Libya goes on. Since then 40 Tunisians have left.", "40", ["TUN"]),
        ("Niger's army has received 12 Turkish drones.", "12", ["NER", "TUR"]),
        ("The Chadian army hired 40 Serbian pilots.", "40", ["SRB", "TCD"]),
        ("Serbian pilots in Chad number about 40.", "40", ["SRB", "TCD"]),
        ("The Malian army says that its Russian partners, 40 in all, stay.", "40", ["MLI", "RUS"]),
        ("The Philippine navy caught 40 Malaysians.", "40", ["MYS", "PHL"]),
        ("Sweden estimates that 40 people travelled to Syria.", "40", ["SWE", "SYR"]),
        ("A Swede said that 40 people travelled to Syria.", "40", ["SYR"]),
        # an aside tells whose most of them are, not whose the number is
        ("Guards in Raqqa saw 40 men, most of them Iraqis.", "40", ["SYR"]),
        ("In Somalia there are 40 foreigners, many from Ethiopia.", "40", ["SOM"]),
        ("France keeps 40 men, most of them in Niger and Chad.", "40", ["FRA", "NER", "TCD"]),
        ("Uzbekistan received 40 people, most of them children, from Syria.", "40",
         ["SYR", "UZB"]),
        # what people are charged with happened elsewhere
        ("Malaysia convicted 40 people of sending money to Syria.", "40", ["MYS"]),
        ("Turkish police held 40 men suspected of planning raids in Austria.", "40", ["TUR"]),
        ("Turkish police held 40 men in Ankara.", "40", ["TUR"]),
        # a figure from the past has its own place
        ("It has shrunk to 40 huts, from nearly 900 in Syria and Iraq.", "40", []),
        ("Germany took back 27 women and 40 children from Syria.", "27", ["DEU", "SYR"]),
        ("There were 27 raids in Mali and 40 in Niger.", "27", ["MLI"]),
        ("Some 90 men are in Kenya. About 40 of them came to Uganda.", "40", ["KEN", "UGA"]),
        ("At the peak in 2020 France had 40 posts in the Sahel.", "40", ["FRA"]),
        ("The region of Diffa, on the Nigerian border, hosts 40 camps.", "40", ["NER"]),
        ("Traders in Beni say that they lost 40 lorries.", "40", ["COD"]),
        ("Analysts in Beni say that transfers fell by 40 in Kenya.", "40", ["KEN"]),
        # those who are at work in one country alone
        ("Taliban raids killed 40 of its men.", "40", ["AFG"]),
        ("Taliban raids in Pakistan killed 40 men.", "40", ["PAK"]),
        ("The Accra Initiative planned 40 patrols.", "40", []),
        ("In Singapore, 40 Bangladeshi cooks were held.", "40", ["BGD", "SGP"]),
        ("A Somali-born man stabbed 40 people in Oslo.", "40", ["NOR"]),
    ],
)  # fmt: skip
def test_places_between_actors_peoples_and_asides(text, number, expected):
    assert sorted(place(text, number)) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a title and a dateline in one country, though another is named as often
        ("Thousands leave last pocket in Syria\n\nHAJIN, Syria (River Wire) - Shelling went on.\n\n"
         "Many are from Iraq. Iraq has shut its posts, and Iraqi jets fly.\n\nIn all 40 died.\n",
         ["SYR"]),
        ("Thousands leave\n\nAMMAN, Jordan (River Wire) - Shelling in Syria hit Hama.\n\n"
         "Iraq has shut its posts.\n\nIn all 40 died.\n", []),
        # before the body names any place, the title does
        ("After Kunduz\n\nThe year was a hard one for all who live there.\n\n"
         "The blast killed 40.\n", ["AFG"]),
    ],
)  # fmt: skip
def test_a_text_of_one_country_places_what_nothing_else_does(text, expected):
    assert place(text, "40") == expected


def test_what_the_first_and_the_last_number_share_goes_on():
    text = "In Mali 30 men fought, and 20 fought in Mali and Niger. They lost 40 huts.\n"
    assert place(text, "40") == ["MLI"]


def test_a_column_of_money_is_no_column_of_a_country():
    text = "Source in Libya    Libyan dinars    United States dollars\nFees    12    40\n"
    assert "USA" not in place(text, "40")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a foreign force is counted where it is
        ("In Yemen the cells are weak. Emirati forces, which number 40, remain.", ["YEM", "ARE"]),
        ("In Gao the base closed. Danish commandos, 40 of them, went home.", ["MLI", "DNK"]),
        ("Somalia\n\nThe coast is calm. Ethiopian troops total some 40.\n", ["SOM", "ETH"]),
        ("In Mali the base closed. Danish commandos, 9 of them, hit 40 huts.", ["MLI"]),
        ("In Yemen the cells are weak. Emirati forces, some 9 men, left. It has 40 men.", ["YEM"]),
        # those taken home were elsewhere
        ("Roj camp in Syria is small. Sweden took home ten women. Jails there hold 40 men.",
         ["SYR"]),
        ("Kosovo flew back 110 people from Syria in April. Bosnia took back 40 in May.",
         ["BIH", "SYR"]),
        ("Nationals in Syria\n\nThe year was calm. Now 40 Kenyans in camps are ill.\n",
         ["SYR", "KEN"]),
    ],
)  # fmt: skip
def test_forces_and_nationals_abroad_are_where_they_are(text, expected):
    assert sorted(place(text, "40")) == sorted(expected)


def test_a_share_of_the_groups_income_is_placed_by_its_own_clause_alone():
    opening = "Fines yield 40 per cent of it"
    tail = ", according to ledgers found in Raqqa.\n"
    assert link(link_place, opening + tail, "40 per cent", what="share of the group's income") == []
    local = "In Mosul fines yield 40 per cent of it.\n"
    assert link(link_place, local, "40 per cent", what="share of the group's income") == ["IRQ"]


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        # where people went, came from or had been moves nothing
        ("Jordan's prisons hold 90 men. A quarter of them had fought in Syria. The kingdom spent "
         "40 million dinars.", "40", ["JOR"]),
        ("The district in Somalia took in 90 families. Another 30 crossed into Ethiopia. Then 40 "
         "wells fell dry.", "40", ["SOM"]),
        ("Attacks in Pakistan have grown since the Taliban took Kabul. Officers counted 40.", "40",
         ["PAK"]),
        ("The Libyan coastguard picked up 90 people. Most were Sudanese. At least 40 drowned.",
         "40", ["LBY"]),
        ("In Niger the army left. France withdrew 90 men from the country. Attacks rose to 40.",
         "40", ["NER"]),
        ("Tajikistan said that 90 of its citizens had left for Iraq. Some 40 had returned.", "40",
         ["TJK"]),
        # "there" goes to the place named
        ("Jordan is calm. Some 90 men went to Egypt. There, judges tried 40 cases.", "40", ["EGY"]),
    ],
)  # fmt: skip
def test_what_only_passes_leaves_the_discourse_where_it_was(text, number, expected):
    assert place(text, number) == expected


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        # the other end of a way is where the discourse stands
        ("The district in Somalia took in 90 families. Another 40 crossed into Ethiopia.", "40",
         ["ETH", "SOM"]),
        ("Kenyan police flagged 90 gifts. Eleven came from Oman.", "Eleven", ["KEN", "OMN"]),
        ("Kosovo's prosecutors charged 40 women who had come back from Syria.", "40",
         ["SYR", "XKX"]),
        ("The branch is in Congo. It has received $40 from Somalia.", "$40", ["COD", "SOM"]),
        ("The mayor of Agadez says that 40 people a day leave for Libya.", "40", ["LBY", "NER"]),
        ("Uganda keeps bases in Congo. Uganda has 40 men across the border.", "40", ["COD", "UGA"]),
        ("Fighting in Mozambique goes on. Rwanda deployed 40 more soldiers.", "40", ["MOZ", "RWA"]),
        ("In Gao a cell sent $30 to Chad and a payment of $40 to Benin.", "$40", ["BEN", "MLI"]),
        # unless both ends are named
        ("The men of Raqqa wait. Transfers from the core to Libya reached $40.", "$40", ["LBY"]),
        ("Tajikistan said that 90 of its citizens had left for Iraq, of whom 40 were dead.", "40",
         ["TJK"]),
    ],
)  # fmt: skip
def test_the_ends_of_a_way(text, number, expected):
    assert sorted(place(text, number)) == expected


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("Camps in Syria hold 90 Tunisians. Forty of them are women.", "Forty", ["SYR", "TUN"]),
        ("Some 90 Tunisians were held in Italy. Over 40 of them were deported by Malta.", "40",
         ["MLT", "TUN"]),
        ("Lebanon hosts 90 Syrians. The army arrested 40 of them.", "40", ["LBN", "SYR"]),
        ("Oman flew home 12 citizens from Syria. On board were 40 bags.", "40", ["OMN", "SYR"]),
        ("About 90 Canadians are back. Another 40 are in Egypt.", "40", ["CAN", "EGY"]),
        ("Guards in Roj hold 18 Maldivian women and 40 children.", "40", ["MDV", "SYR"]),
        ("A camp in Syria took in 40 families (90 persons), all Iraqi nationals.", "40",
         ["IRQ", "SYR"]),
        ("Those held are 40 citizens of Oman.", "40", ["OMN"]),
    ],
)  # fmt: skip
def test_those_counted_before_are_taken_up_with_their_countries(text, number, expected):
    assert sorted(place(text, number)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Raids hit Sweden. Europol counted 40.", []),
        ("Raids hit Sweden. Some 40 plots in nine countries were tied to the cell.", []),
        ("Raids went on in Mali. ISGS now has some 40 fighters.", []),
        ("Raids went on in Mali. ISGS took a town there. Officers credited it with 40 fighters.",
         []),
        ("Online, the group went quiet in Mali. On Telegram it had 40 channels.", []),
        ("Raids went on in Mali. The cell now has some 40 fighters.", ["MLI"]),
    ],
)  # fmt: skip
def test_what_is_of_many_states_is_not_placed_by_the_sentence_before(text, expected):
    assert place(text, "40") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Spain is calm. French guards reported 40 assaults.", ["FRA"]),
        ("Iraq convicted 90 men. Turkey reported 40 crossings.", ["TUR"]),
        ("The war in Syria goes on. The Taliban say that they hold 40 men.", ["AFG"]),
        ("In Iraq the raids went on. The information ministry in Astana said that it had blocked "
         "40 pages.", ["KAZ"]),
        # where a firm or a think tank sits places nothing
        ("Gifts went to Mali. Deltascope, an analysis firm in Oslo, traced 40 of them.", ["MLI"]),
        ("Gifts rose. Deltascope, an Oslo firm that reads ledgers, traced 40 gifts.", []),
        ("A study by a London think tank counted 40 returns.", []),
        # whose hands did it
        ("Jordan is calm. American engineers built 40 km of fence.", ["JOR"]),
    ],
)  # fmt: skip
def test_a_body_of_a_state_counts_at_home(text, expected):
    assert place(text, "40") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jeddah 1, a camp in Ninewa, holds 40 families.", ["IRQ"]),
        ("Police in Jeddah hold 40 men.", ["SAU"]),
        ("Soldiers in Tripoli in northern Lebanon held 40 men.", ["LBN"]),
        ("They freed 40 women from the Giza Bahriya district of Sirte.", ["LBY"]),
        ("The affiliate in Pemba held 40 district capitals.", ["MOZ"]),
        ("The most active branch outside Iraq and Syria has 40 men in Herat.", ["AFG"]),
        ("The blast, claimed by the Khorasan branch, hit Herat. It killed 40 men.", ["AFG"]),
        ("The Malian state fenced 40 per cent of its 900-km border with Niger.", ["MLI", "NER"]),
        ("Appeals in Tajik and Russian brought in $40.", []),
    ],
)  # fmt: skip
def test_names_that_are_read_with_what_stands_beside_them(text, expected):
    assert place(text, "40") == expected


def test_the_money_of_a_plan_is_where_the_plan_is():
    text = (
        "Camps of the plain: May\n\nAll is calm in the camps, and the roads are dry.\n\n"
        "FUNDING\n\nThe plan{} requires US$ 90 million. By May, US$ 40 million had come in.\n"
    )
    assert place(text.format(" for Chad"), "US$ 40 million") == ["TCD"]
    assert place(text.format(""), "US$ 40 million") == []


def test_the_caption_of_a_table_places_the_people_in_its_rows():
    rows = "Country       Men    Women\nFrance         40       31\nOthers         12       19\n"
    held = "The year\n\nForeign detainees in north-east Syria, May\n\n" + rows
    assert sorted(place(held, "40")) == ["FRA", "SYR"]
    assert place(held, "12") == ["SYR"]
    assert place("The year\n\nDonors, May\n\n" + rows, "40") == ["FRA"]


def test_a_dispatch_stays_where_it_is_set():
    text = (
        "Tourism slumps after bombings\n\n"
        "COLOMBO, June 20 (River Wire) - Sri Lankan police hold ten men, a spokesman said.\n\n"
        "The attacks killed 40 people.\n\n"
        "In the Maldives the courts tried 12 men. India's ministry told of 13 in Kerala.\n\n"
        "Bookings have begun to rise since India and Germany eased their warnings. Soldiers on "
        "the streets number 70.\n"
    )
    assert [place(text, number) for number in ("40", "70")] == [["LKA"], ["LKA"]]
    assert place(text.replace("COLOMBO, June 20 (River Wire) - ", ""), "40 people") == []


def test_the_army_of_a_new_paragraph_is_that_of_the_state_last_spoken_of():
    text = (
        "Tolls and taxes\n\nThe lake is poor, and so are the men who fish it in these years.\n\n"
        "Nigeria's treasury and Cameroon's look away. In Borno the tax is paid.\n\n"
        "{} gathered in 40 camps.\n"
    )
    assert place(text.format("Last year the army"), "40") == ["NGA"]
    assert place(text.format("Last year the herders"), "40") == []


@pytest.mark.parametrize(
    ("lead", "places"),
    [
        # A group as a whole, or a report, is told of from any desk.
        ("Daesh is losing ground, according to a new UN report.", []),
        ("Islamic State has lost most of its revenue.", []),
        ("A new United Nations report counts the cost of the war.", []),
        # What is told without a place is told where the desk is.
        ("A bomber struck a crowded market at noon.", ["PAK"]),
        ("Islamic State gunmen fled into the hills.", ["PAK"]),
        ("Gunmen of Islamic State fled after an attack on a market.", ["PAK"]),
    ],
)
def test_a_dateline_alone_does_not_place_a_group_at_work_in_many_states(lead, places):
    text = f"PESHAWAR (Wire) - {lead} The ability to find recruits has diminished.\n"
    (trend,) = [t for t in extract(text, "2022-03-08").trends if t["quote"] == "has diminished"]
    assert trend["place"] == places
