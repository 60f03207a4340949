"""Who states a number: decision 13 of the annotation guide, and the chain and voice beside it."""

import pytest
from reading import find, link, read

from threatledger.codebook import read_codebook
from threatledger.extraction.model import Attribution
from threatledger.extraction.speakers import find_voice, link_speaker


def speaker(text, number):
    return link(link_speaker, text, number).name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # subject and verb
        ("Officials said that 40 men fled.", "Officials"),
        ("The defence ministry said it had freed 40 men.", "defence ministry"),
        ("A senior border officer told reporters that 40 men fled.", "senior border officer"),
        ("Aid workers believe 40 men fled.", "Aid workers"),
        ("Analysts at the Orlan Institute reckon that 40 men fled.",
         "Analysts at the Orlan Institute"),
        ("A trader in Gao guesses that 40 men fled.", "trader in Gao"),
        ("Two Member States estimated the strength at 40.", "Member States"),
        ("The mission put the toll at 40.", "mission"),
        ("The mission gave a figure of 40.", "mission"),
        ("Camp security recorded 40 thefts.", "Camp security"),
        ("An audit by the chamber found that 40 shops paid.", "audit by the chamber"),
        ("Ankara says it holds 40 men.", "Ankara"),
        ("The report puts the number at 40.", "report"),
        ("US officers said that 40 men fled.", "US officers"),
        # a person, by name and without rank
        ("General Haidar Aziz said that 40 men fled.", "Haidar Aziz"),
        ("Haidar Aziz, who leads the brigade, said that 40 men fled.", "Haidar Aziz"),
        ("Colonel Haidar Aziz, a police spokesman in Basra, put the number at 40.",
         "Haidar Aziz"),
        ("A member of the finance committee, Layla Karim, thinks 40 men fled.", "Layla Karim"),
        ("Iraqi general Haidar Al-Aziz estimated on Sunday that 40 men fled.",
         "Haidar Al-Aziz"),
        ("On Friday, US Central Command chief General Mark Toll warned that 40 men fled.",
         "Mark Toll"),
        ("UN envoy Jeanne van der Berg said that 40 men fled.", "Jeanne van der Berg"),
        # after its words
        ("Some 40 men fled, the army said on Monday.", "army"),
        ("Some 40 men fled, residents reached by telephone said.", "residents"),
        ("“Some 40 men fled,” said Faduma Warsan, who sells cloth.", "Faduma Warsan"),
        ("Some 40 men fled, say diplomats in Nairobi.", "diplomats in Nairobi"),
        ("The road is shut, sappers said, and 40 men fled.", "sappers"),
        ("“We hold 40 men,” Mazen Karim, the militia's commander, told AFP.", "Mazen Karim"),
        # phrases
        ("According to the US Treasury, the cell sent $40 million.", "US Treasury"),
        ("The cell sent 40 men, according to a new UN report issued on Monday.", "UN report"),
        ("The core is assessed by Member States at 40 men.", "Member States"),
        ("It has 40 men, in the view of a Western service.", "Western service"),
        ("By the ministry's count 40 men fled.", "ministry"),
        ("It has 40 men, if the Group of Experts is to be believed.", "Group of Experts"),
        # nested: the one that the document quotes
        ("“Intelligence services report 40 men there,” the governor said.", "governor"),
        ("An officer in Basra, citing tribal elders, told us that 40 men fled.",
         "officer in Basra"),
        # a news agency that merely relays is passed over
        ("Police said that 40 men fled, AFP reported.", "Police"),
        ("Reuters, citing police, said that 40 men fled.", "police"),
        ("AFP reported that 40 men fled.", None),
    ],
)  # fmt: skip
def test_the_speaker_is_found(text, name):
    assert speaker(text, "40") == name


@pytest.mark.parametrize(
    "text",
    [
        "Some 40 men fled.",
        "It is estimated that 40 men fled.",
        "The group is believed to have 40 men.",
        "Fewer than 40 cases were reported in June.",
        "Estimates indicate that 40 men fled.",
        "The unit claimed responsibility and killed 40 men.",
        "The reports and claims fill 40 boxes.",
        "We counted 40 graves.",
        "Our database holds 40 raids.",
        "My own interviews point to 40 men.",
        "The 40-page report was read by all.",
    ],
)
def test_the_document_speaks_in_its_own_voice(text):
    assert speaker(text, "40") is None


@pytest.mark.parametrize(
    ("text", "number", "name"),
    [
        ("Kabul put it at 40 in May; a Tajik officer reckoned 90.", "40", "Kabul"),
        ("Kabul put it at 40 in May; a Tajik officer reckoned 90.", "90", "Tajik officer"),
        ("The mayor said 40 men fled, while the army counted 90.", "90", "army"),
        ("One State gave 40, another as many as 90.", "90", "State"),
        ("One State put it at 40, while two others believed it was 90.", "90", "State"),
        ("Some 40 fled, according to the IOM, and the 90 judges stayed.", "90", None),
        ("Some 40 fled, according to the IOM; half of them were children.", "half", "IOM"),
        ("The fee was $40, a former guard says; today it is $90.", "$90", "former guard"),
        ("Twenty officers told us that 90 men fled.", "Twenty", None),
        ("The columns take 40 goats, and a trader guesses that 90 are sold.", "40", None),
    ],
)
def test_a_speaker_holds_for_the_words_that_are_his(text, number, name):
    assert speaker(text, number) == name


@pytest.mark.parametrize(
    ("text", "number", "name"),
    [
        ("Colonel Haidar Aziz spoke at noon. His men, Aziz said, lost 40.", "40", "Haidar Aziz"),
        ("General Haidar Aziz said the road was open. He added that 40 men fled.", "40",
         "Haidar Aziz"),
        ("The border agency said it was over. It added that 40 men fled.", "40",
         "border agency"),
        ("A senior European official said it was over. There were 40 plots, the official said.",
         "40", "senior European official"),
        ("The fund is thin, according to a UN report. The report said it held $40 million.",
         "$40 million", "UN report"),
        ("The Orlan Research Group (ORG) met. ORG said 40 men fled.", "40",
         "Orlan Research Group"),
    ],
)  # fmt: skip
def test_pronouns_surnames_and_acronyms_are_resolved(text, number, name):
    assert speaker(text, number) == name


def test_a_quotation_runs_on_over_sentences():
    text = (
        "“They are getting fewer,” General Haidar Aziz told the radio. “We counted 300 of them "
        "in May. They are down to 120.”"
    )
    assert speaker(text, "300") == "Haidar Aziz"
    assert speaker(text, "120") == "Haidar Aziz"


def test_a_quotation_belongs_to_the_speaker_who_closes_it():
    text = "Traders are glad. “The toll was $300. Now nobody asks,” said Faduma Warsan."
    assert speaker(text, "$300") == "Faduma Warsan"


def test_an_attribution_does_not_carry_to_the_next_sentence():
    assert speaker("The army said the road was open. Some 40 men are left.", "40") is None


def test_a_report_runs_on_between_two_sentences_of_its_own():
    text = (
        "Group short of cash, report says\n\nCash is short, the UN report said.\n\n"
        "Oil sales fell to $40 million.\n\n"
        "The UN report said that more would follow."
    )
    assert speaker(text, "$40 million") == "UN report"


def test_items_of_gathered_estimates_name_their_source_in_brackets():
    text = (
        "Strength of the branch in the hills: a note by the desk\n\n"
        "Estimates of the strength of the branch in the hills differ from one State to the next. "
        "The following figures were received from Member States:\n\n"
        "• up to 900 men (State A);\n• 400 men, scouts (and cooks) left out;\n"
    )
    assert speaker(text, "900") == "State A"
    assert speaker(text, "400") is None


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Up to 900 fighters left in the hills: UN report", "UN report"),
        ("Up to 900 fighters left in the hills, says UN", "UN"),
        ("Up to 900 fighters left in the hills", None),
    ],
)
def test_a_headline_has_a_speaker_only_if_it_names_one(title, name):
    text = f"{title}\n\nThe hills are quiet, and the herders have gone home with their goats."
    assert speaker(text, "900") == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # what is told of the speaker is not said by him
        ("“We left,” said Faduma Warsan, a trader who has 40 goats.", None),
        ("“We left,” said Faduma Warsan, who sold 40 goats in May.", None),
        ("“We left,” said Faduma Warsan, who put the number at 40.", "Faduma Warsan"),
        ("“We left,” said Faduma Warsan, a trader. “They took 40 goats.”", "Faduma Warsan"),
        # nouns that look like verbs
        ("Its judges still tax 40 herds.", None),
        ("The team judges that 40 men fled.", "team"),
        ("Member states believe that 40 men fled.", "Member states"),
        # a group that counts men has them
        ("In the north ISIL counts 40 men.", None),
        ("The ministry counts 40 men.", "ministry"),
        # adverbs before the verb
        ("The ministry nonetheless puts the number at 40.", "ministry"),
        # a sum that goes on behind a semicolon
        ("It has 10 men, according to the ministry; women bring the total to 40.", "ministry"),
        ("It has 10 men, according to the ministry; women have 40 tents.", None),
        # a condition is the document's
        ("Unless the 40 families are housed, aid workers warned, many may leave.", None),
        ("Unless it rains, aid workers warned, the 40 families may leave.", "aid workers"),
        # listed, traced by
        ("It holds 40 wallets, traced by Deltascope.", "Deltascope"),
    ],
)
def test_what_belongs_to_a_speaker_and_what_does_not(text, name):
    assert speaker(text, "40") == name


def test_a_list_is_by_whom_its_lead_names():
    text = (
        "A note on the purse\n\nThe desk looked at the purse of the group.\n\n"
        "Sums sent abroad, as listed by the chamber of trade:\n\n• Mali: $900\n• Chad: $400\n\n"
        "The office paid $70 for a car, and nobody knows what became of it after the raid.\n"
    )
    assert speaker(text, "$400") == "chamber of trade"
    assert speaker(text, "$70") is None


def test_who_spoke_speaks_on_at_the_time():
    text = "The army told us in May that all was calm. It was holding 40 men at the time."
    assert speaker(text, "40") == "army"
    assert speaker(text.replace(" at the time", ""), "40") is None


@pytest.mark.parametrize(
    ("text", "number", "name"),
    [
        # the speaker behind or beside the words
        ("Some 40 men fled, the mayor, Ana Lopez, said on Monday, and roads are shut.", "40",
         "Ana Lopez"),
        ("“Some 40 men fled,” said the police chief, General Omar Saleh.", "40", "Omar Saleh"),
        ("A former clerk, Omar Saleh, puts it at 40 a day; in 2014 it was 70.", "40", "Omar Saleh"),
        ("Officials fled; a former clerk, Omar Saleh, puts the fee at 40 a day.", "40",
         "Omar Saleh"),
        ("Recruiters are back, said Lena Roth, a teacher who interviewed 40 boys. They pay 70 "
         "dollars, she said.", "70", "Lena Roth"),
        ("In Kirkuk police blamed it for 40 raids.", "40", "police"),
        ("After 40 raids in May, the Panel counted 70 in June.", "40", "Panel"),
        # by the name, not by the kind
        ("The research group Saheltrack said 40 men fled.", "40", "Saheltrack"),
        ("The monitoring group Peace Ledger logged 70 raids. In May, the group said, it saw 40.",
         "40", "Peace Ledger"),
        # an owner of a list, and who answers a survey
        ("The armed forces' count lists 40 dead.", "40", "armed forces"),
        ("In a survey by camp monitors in May, 40 per cent of women said they were afraid.", "40",
         "camp monitors"),
        # whoever took issue is who "he" is
        ("The mayor spoke. Haidar Aziz, a spokesman, dismissed the figure. He said 40 men fled.",
         "40", "Haidar Aziz"),
        # no speaker
        ("Soldiers found 40 rifles in a house.", "40", None),
        ("In January the group set fire to 40 tanks at the port.", "40", None),
        ("Trade adds less than is often said: 40 pits were taxed.", "40", None),
        ("Women alleged to have ties are at risk, with 40 cases.", "40", None),
        ("Crypto, whatever the headlines say, moved 40 dollars.", "40", None),
        ("Police raided a shop with 40 phones whose owner, prosecutors say, fled.", "40", None),
        ("It made 40 of the attacks that it has claimed this year.", "40", None),
    ],
)  # fmt: skip
def test_who_states_and_who_only_acts(text, number, name):
    assert speaker(text, number) == name


def test_the_note_under_a_table_names_its_source():
    text = "Camps\n\nPlace\tMen\nMain\t41\nAnnex\t52\nSource: interior ministries, May 2021\n"
    assert speaker(text, "41") == speaker(text, "52") == "interior ministries"


def test_an_acronym_inside_a_name_lends_all_its_letters():
    text = "The UN Support Mission in Libya (UNSMIL) spoke. UNSMIL said that 40 men fled."
    assert speaker(text, "40") == "UN Support Mission in Libya"


def test_the_chain_runs_from_who_estimated_to_who_relayed():
    text = "“Intelligence services report 40 men there,” Governor Ali Sabri said, AFP reported."
    attribution = link(link_speaker, text, "40")
    assert attribution.name == "Ali Sabri"
    assert attribution.chain == ("Intelligence services", "Ali Sabri", "AFP")


@pytest.mark.parametrize(
    ("text", "attribution", "voice"),
    [
        ("I counted 40 graves.", Attribution(None), "author"),
        ("It is clear that 40 men are too many.", Attribution(None), "author"),
        ("Some 40 men fled.", Attribution(None), "reported"),
        ("US troops killed 40 men.", Attribution(None), "reported"),
        ("It is clear that 40 men fled, he said.", Attribution("Ali Sabri"), "reported"),
        ("The note read: “We have 40 men.”", Attribution(None), "reported"),
    ],
)
def test_the_authors_own_judgement_is_told_from_what_is_reported(text, attribution, voice):
    reading = read(text)
    assert find_voice(reading, find(reading, "40")[0], attribution) == voice


def test_every_alias_is_of_a_known_actor_and_every_kind_is_known():
    codebook = read_codebook()
    kinds = {row["id"]: row["kind"] for row in codebook.rows("actors")}
    assert {row["id"] for row in codebook.rows("actor-aliases")} == set(kinds)
    known = "armed group,UN body,state body,coalition,NGO,agency,media".split(",")
    assert set(kinds.values()) == set(known)
    roles = {row["kind"] for row in codebook.rows("speaker-roles")}
    assert roles == {"person", "body", "document", "rank"}


@pytest.mark.parametrize("table", ["cues", "speaker-roles", "voice"])
def test_no_form_stands_twice_in_a_list(table):
    forms = [form for row in read_codebook().rows(table) for form in row["forms"].split("|")]
    nouns = {"count", "estimate"}  # verbs, and nouns of "by the ministry's count"
    assert sorted({form for form in forms if forms.count(form) > 1} - nouns) == []
