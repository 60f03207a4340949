"""Trends: what has gone up, gone down or stayed the same, as a coder would say it."""

import json

import pytest

from threatledger.codebook import Codebook, CodebookError, find_root, read_codebook
from threatledger.extraction.model import Reading
from threatledger.extraction.segments import read_passages
from threatledger.extraction.trend_lexicon import read_lexicon
from threatledger.extraction.trends import find_trends

CODEBOOK = read_codebook()
TOPICS = {row["topic"] for row in CODEBOOK.rows("topics")}
TITLE = "A note on two valleys\n\n"


def read(text, title=TITLE):
    text = (
        f"{title}{text}\n\nNobody said a word about any of it afterwards, in the town or beyond.\n"
    )
    passages = read_passages(text, CODEBOOK)
    sentences = [sentence for passage in passages for sentence in passage.sentences]
    return find_trends(Reading(text, "2021-06-15", CODEBOOK, passages, sentences))


def brief(text):
    return [(t["direction"], t["topic"]) for t in read(text)]


@pytest.mark.parametrize(
    ("text", "quote", "direction"),
    [
        ("Raids on the villages have dropped sharply since May.", "have dropped sharply", "down"),
        ("Raids on the villages rose in May.", "rose", "up"),
        ("Raids on the villages are increasing.", "are increasing", "up"),
        ("The number of raids had more than doubled by May.", "had more than doubled", "up"),
        ("Toll income has dried up.", "has dried up", "down"),
        ("The ranks of the group have thinned.", "have thinned", "down"),
        ("Air strikes have reduced its income.", "have reduced", "down"),
        ("Its income was halved by the strikes.", "was halved", "down"),
        ("The group has lost its foothold in the hills.", "has lost", "down"),
        ("The group was forced to scale back its raids.", "was forced to scale back", "down"),
        ("Its income is believed to have fallen.", "is believed to have fallen", "down"),
        ("The flow of recruits has practically stopped.", "has practically stopped", "down"),
        ("Kidnapping has become rarer.", "has become rarer", "down"),
        ("Its videos have grown slicker.", "have grown slicker", "up"),
        ("Ambushes are more frequent than they were.", "more frequent", "up"),
        ("Ambushes are on the rise.", "are on the rise", "up"),
        ("The guards counted 12 raids in May, down from 30 in April.", "down from", "down"),
        ("The guards logged 12 raids, nine fewer than in April.", "fewer", "down"),
        ("Fighters are leaving in growing numbers.", "in growing numbers", "up"),
        ("The men are increasingly using drones.", "are increasingly using", "up"),
        ("There has been a marked increase in raids.", "marked increase", "up"),
        ("Its dwindling cash reserves are kept in gold.", "dwindling", "down"),
        ("The group continues to tax traders.", "continues to tax", "steady"),
        ("The threat remains high.", "remains high", "steady"),
        ("The group still holds two towns.", "still holds", "steady"),
        ("The strength of the group is unchanged.", "is unchanged", "steady"),
        ("Its output of videos has barely changed.", "has barely changed", "steady"),
        ("Guards saw no major change in their number.", "no major change", "steady"),
        ("The pace of recruitment has not slowed.", "has not slowed", "steady"),
        ("The group no longer controls any town.", "no longer controls", "down"),
        ("Its income continued to shrink.", "continued to shrink", "down"),
        ("Bread prices keep rising.", "keep rising", "up"),
        ("Toll income shows no sign of drying up.", "shows no sign of drying up", "steady"),
        ("The number of raids has not risen.", "has not risen", "steady"),
        ("Raids are as frequent as ever.", "are as frequent as ever", "steady"),
        ("Wages have stayed at 40 dollars a month.", "have stayed", "steady"),
        ("A toll on the bridge keeps the cash coming.", "keeps the cash coming", "steady"),
        ("Its network has branched out into the south.", "has branched out", "up"),
        ("The stream of recruits has slowed to a trickle.", "has slowed to a trickle", "down"),
        ("Raids have become a rarity.", "have become a rarity", "down"),
        ("The average gift is getting tinier.", "is getting tinier", "down"),
        ("Attempts to escape are more common: 14 in May.", "more common", "up"),
        ("Supervision of the prison is now tighter.", "tighter", "up"),
        ("Food: 640 parcels handed out; stock down to 90.", "down", "down"),
        ("The group has run out of cash.", "has run out of", "down"),
        ("He spoke at length, with attacks holding steady.", "holding steady", "steady"),
    ],
)  # fmt: skip
def test_the_quote_holds_the_words_of_direction(text, quote, direction):
    (trend,) = read(text)
    assert trend["direction"] == direction
    assert quote in trend["quote"]
    assert len(trend["quote"].split()) <= len(quote.split()) + 1


@pytest.mark.parametrize(
    "text",
    [
        # not asserted: to come, possible, wished for, planned, conditional, denied, asked
        "Raids on the villages will increase in spring.",
        "The group may expand its raids.",
        "Raids could fall if the road is closed.",
        "If raids increase, the guards will leave.",
        "The guards want to reduce the number of raids.",
        "Traders hope for a drop in tolls.",
        "The army must curb the growing threat.",
        "It is unlikely that the group has increased its strength.",
        "There is no sign that raids have decreased.",
        "None of the cells has expanded its reach.",
        "The group has not increased its raids.",
        "There was no increase in raids.",
        "The group failed to expand its network.",
        "Has the threat diminished?",
        "The law is meant to reduce the flow of funds.",
        # decision 15: numbers, aims, what governments and bodies go on doing
        "There are still up to 500 fighters in the hills.",
        "The group still has 200 men.",
        "The group continues to aspire to a state of its own.",
        "The United Nations continues to help the town.",
        "Iraqi forces continued their patrols.",
        "Jordan continues to receive families.",
        "Her sons are still alive.",
        "The group will still hold the town in spring.",
        "It remains unclear who fired.",
        # decisions 18 and 19: events, and change without direction
        "The town fell to the army in March.",
        "The group has entered a new phase.",
        "The flow of money between the two has reversed.",
        "Conditions are worse across the river.",
        # words that are something else
        "He lost his life in the fall of 2019.",
        "Farmers there are growing onions and wheat.",
        "The commander declined to comment.",
        "Police stopped a car near the bridge.",
        "The road was cut off by a flood.",
        "A rose garden lies behind the mosque.",
        "The office was set up by the governor.",
        "He was born in the hills and grew up by the sea.",
        "More than 400 fighters gave up.",
        "Fewer than 40 are left.",
        "The guards lost 12 soldiers in the ambush.",
        "The trial continues on Tuesday.",
        "The Rising Falcon brigade marched past.",
        "The building collapsed at dawn.",
    ],
)  # fmt: skip
def test_what_is_no_trend(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Income from extortion has fallen.", ("down", "finance")),
        ("Kidnapping for ransom has declined.", ("down", "finance")),
        ("Recruitment in the hostels has picked up.", ("up", "recruitment")),
        ("The ability of the group to attract recruits has diminished.", ("down", "recruitment")),
        ("The flow of foreign fighters to Libya has slowed.", ("down", "foreign_fighters")),
        ("Recruits from Tunisia keep coming.", ("steady", "foreign_fighters")),
        ("The group lost two thirds of its land.", ("down", "territory")),
        ("The group has lost ground.", ("down", "territory")),
        ("Ambushes on the road have multiplied.", ("up", "attacks")),
        ("The number of civilians killed tripled.", ("up", "attacks")),
        ("The group has grown to 4,000 men.", ("up", "strength")),
        ("The branch's spread towards the coast worries traders.", ("up", "affiliates")),
        ("The branch has expanded into the south.", ("up", "affiliates")),
        ("Its propaganda has become less frequent.", ("down", "propaganda")),
        ("The centre's control over its branches has weakened.", ("down", "leadership")),
        ("The group lost its most capable commander.", ("down", "leadership")),
        ("The population of the camp has fallen by 3,200.", ("down", "detention")),
        ("Violence in the camp has increased.", ("up", "detention")),
        ("The region's air traffic has increased.", ("up", "other")),
        ("The risk of attacks in the capital has declined.", ("down", "threat")),
        ("The threat posed by detainees is growing.", ("up", "detention")),
        ("Concern about local attacks is growing.", ("up", "attacks")),
        ("Cholera cases have declined.", ("down", "other")),
        ("Water supply to the camp has become less reliable.", ("down", "other")),
    ],
)
def test_the_topic_is_that_of_the_thing_that_changed(text, expected):
    assert brief(text) == [expected]


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Overcrowding has worsened.", "up"),
        ("The threat has worsened.", "up"),
        ("Conditions in the camp have worsened.", "down"),
        ("Conditions in the camp have improved.", "up"),
        ("Attacks have eased.", "down"),
        ("The supply of medicine has worsened.", "down"),
    ],
)
def test_harms_go_up_when_they_worsen_and_supplies_go_down(text, direction):
    assert [t["direction"] for t in read(text)] == [direction]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("The flow of foreign fighters to Libya has slowed.", "flow of foreign fighters to Libya"),
        ("Air strikes have weakened the local branch since May.", "local branch"),
        ("Illicit oil sales, mainly from two fields, dropped.", "illicit oil sales"),
        ("There has been a sharp drop in the number of ambushes.", "number of ambushes"),
        ("Its dwindling cash reserves are kept in gold.", "cash reserves"),
        ("Propaganda, meanwhile, has grown slicker.", "propaganda"),
        ("The raids that the group continues to launch are small.", "raids"),
    ],
)
def test_what_names_the_thing_that_changed(text, what):
    assert [t["what"] for t in read(text)] == [what]


@pytest.mark.parametrize(
    ("text", "quote", "direction", "topic"),
    [
        # an earlier amount: multiples, levels, extremes
        ("Guards counted 40 ambushes in June, three times as many as in May.",
         "three times as many", "up", "attacks"),
        ("The hall holds 300 inmates, a third fewer than in 2018.", "fewer", "down", "detention"),
        ("The number of attacks was half that of 2020.", "half that of", "down", "attacks"),
        ("Its strength is well above the level of 2019.", "above", "up", "strength"),
        ("Ambushes are 20 per cent below last year's level.", "below", "down", "attacks"),
        ("Bombings have hit a five-year high.", "five-year high", "up", "attacks"),
        ("Income was 12 per cent higher than in 2020.", "higher", "up", "finance"),
        # the manner and the frequency of what is done
        ("Judges are working ever more slowly.", "ever more slowly", "down", "other"),
        ("The group strikes less often than it did.", "less often", "down", "attacks"),
        ("Raids come ever more often.", "ever more often", "up", "attacks"),
        ("Ever more volunteers are joining.", "Ever more", "up", "recruitment"),
        # what one thing does to another
        ("The truce has left the raiders weaker than ever.", "weaker", "down", "strength"),
        ("Mine clearance has driven up the number of blasts.", "has driven up", "up", "attacks"),
        ("Night raids have brought down the number of thefts.",
         "have brought down", "down", "attacks"),
        ("The ban has choked off its revenue.", "has choked off", "down", "finance"),
        ("The seizure has put a dent in its reserves.", "has put a dent in", "down", "finance"),
        ("The strikes have not weakened its ability to fight.",
         "have not weakened", "steady", "strength"),
        # phrasal verbs and set phrases
        ("Cash boxes have gone out of use.", "have gone out of use", "down", "finance"),
        ("Ambushes petered out by autumn.", "petered out", "down", "attacks"),
        ("The insurgency has lost steam.", "has lost steam", "down", "attacks"),
        ("The bombing campaign is gathering steam.", "is gathering steam", "up", "attacks"),
        ("The cells are running low on ammunition.", "are running low on", "down", "strength"),
        ("The price of diesel came down by a fifth.", "came down", "down", "other"),
        ("Its coffers are emptying.", "are emptying", "down", "finance"),
        ("Income from tolls has levelled out.", "has levelled out", "steady", "finance"),
        ("The brigade is a shadow of its former self.",
         "is a shadow of its former self", "down", "strength"),
        # steady: denied both ways, hardly, yet, stuck
        ("The force was neither growing nor shrinking.",
         "was neither growing nor shrinking", "steady", "strength"),
        ("The number of prisoners has scarcely fallen.",
         "has scarcely fallen", "steady", "detention"),
        ("The raids have yet to abate.", "have yet to abate", "steady", "attacks"),
        ("Enrolment is stuck at 30 per cent.", "is stuck at", "steady", "other"),
        ("Guards see no let-up in the ambushes.", "no let-up", "steady", "attacks"),
        ("Ambushes are running at the same rate as last year.",
         "are running at the same rate", "steady", "attacks"),
        # states that have become so, and bare comparatives set in time
        ("Night raids are scarcer this season.", "are scarcer", "down", "attacks"),
        ("Car bombs are now rare.", "are now rare", "down", "attacks"),
        ("Ambushes have become a weekly affair.", "have become a weekly affair", "up", "attacks"),
        ("Contact between the council and its commanders has become patchy.",
         "has become patchy", "down", "leadership"),
        ("The movement finds it harder to attract recruits.",
         "finds it harder", "down", "recruitment"),
        ("Its clips reach a wider audience than ever.", "wider", "up", "propaganda"),
        # nouns and adjectives before nouns
        ("They describe a fraying of command.", "fraying", "down", "leadership"),
        ("The bulging war chest of the branch worries bankers.", "bulging", "up", "finance"),
        ("Its thinning ranks include many boys.", "thinning", "down", "strength"),
        # by the second verb of a row
        ("Raids rose in Homs, fell in Hama and were unchanged in Idlib.",
         "fell", "down", "attacks"),
    ],
)  # fmt: skip
def test_each_way_of_saying_a_change(text, quote, direction, topic):
    found = [
        (t["direction"], t["topic"])
        for t in read(text)
        if quote in t["quote"] or t["quote"] in quote
    ]
    assert (direction, topic) in found


@pytest.mark.parametrize(
    "text",
    [
        # another meaning of the word
        "The minister said the army would drive up the valley.",
        "The plane climbed away from the field.",
        "The aircraft climbed to 9,000 metres.",
        "Guards give way to pedestrians at the gate.",
        "The talks went on until midnight.",
        "The rebels recovered the bodies.",
        "The wounded are recovering in hospital.",
        "The plot thickened.",
        "He turned 40 in May and doubled as a driver.",
        "The enemy doubled back.",
        "They were stuck in traffic.",
        "The patient is stable.",
        "He kept walking.",
        "The article sheds fresh light on the affair.",
        "The office is still closed on Fridays.",
        "The court still has to rule on the case.",
        "Many hardened fighters stayed.",
        "Transport firms pay a fee at the bridge.",
        # a comparison, but not with an earlier time
        "The northern district is larger than the southern one.",
        "There are more goats than people in the valley.",
        "The southern province produces twice as much wheat as the north.",
        "Half the fighters were foreigners.",
        "He was paid as much as his boss.",
        "The village lies below the dam.",
        "The officer stood below the tower in 2014.",
        "Prices are lower in Basra than in Mosul.",
        "They are neither rich nor poor.",
        "The report contains more detail than the last one.",
        # to come, asked for, planned, decided, doubted
        "Raids are expected to taper off.",
        "Attacks may have peaked.",
        "The plan is to wind down the mission.",
        "The council called for a quickening of reforms.",
        "The strategy seeks a reduction in violence.",
        "The plan requires intensified efforts.",
        "The increase in the budget was approved for next year.",
        "Ministers discussed strengthening ties.",
        "Whether the group has weakened is disputed.",
        "The group could lose ground in the north.",
        # a body's own doing
        "The agency continued its work in the camps.",
        "The army gained control of the hill.",
    ],
)
def test_near_misses_of_each_way(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # of a grip: what it lies on
        ("The army has loosened its grip on the northern valleys.", ("down", "territory")),
        ("The gang's grip on the camp has tightened.", ("up", "detention")),
        ("The centre's grip on its branches has loosened.", ("down", "leadership")),
        # of a government, an army or a mission
        ("The mission has cut its force by a half.", ("down", "other")),
        ("Army patrols have all but vanished.", ("down", "other")),
        ("Coalition air strikes dwindled.", ("down", "other")),
        # of a group: strength, unless it is pressed into less land
        ("The group has been reduced to 200 men.", ("down", "strength")),
        ("The group has been reduced to pockets in the desert.", ("down", "territory")),
        # of a compound, the thing and not its setting
        ("Smuggling of women out of the annex has ceased.", ("down", "detention")),
        ("Use of digital coins is rising.", ("up", "finance")),
        ("Ties between the two governments have frayed.", ("down", "other")),
        ("Ties between the two branches have frayed.", ("down", "affiliates")),
        ("Maternal deaths are on the decline.", ("down", "other")),
    ],
)
def test_the_topic_is_that_of_the_head_before_its_setting(text, expected):
    assert brief(text) == [expected]


@pytest.mark.parametrize(
    ("text", "quote", "direction", "topic"),
    [
        # things that no list knows, told as changing over time
        ("Waiting times have climbed.", "have climbed", "up", "other"),
        ("Sheep rustling has boomed.", "has boomed", "up", "finance"),
        ("Army outposts on the northern road have thinned out.", "have thinned", "down", "other"),
        # a noun in apposition, and notes without verb
        ("Guards counted 61 raids in May, a jump of 60 per cent on April.",
         "jump", "up", "attacks"),
        ("Scabies: 96 cases, an increase of a third over June.", "increase", "up", "other"),
        ("Schools: 1,933 were shut by 31 May, a fourfold increase in a year.",
         "fourfold increase", "up", "other"),
        ("Doctors: four, fewer than in February.", "fewer", "down", "other"),
        ("Blankets: 300 per month, no change from last year.", "no change", "steady", "other"),
        ("Displacement is up: 400 families came in May.", "is up", "up", "other"),
        ("The wing now holds 40 inmates, down sharply from 90 in 2019.",
         "down sharply from", "down", "detention"),
        # denied changes
        ("The local wing is not getting any weaker.",
         "is not getting any weaker", "steady", "strength"),
        ("The road traffic is no safer than a year ago.", "no safer", "steady", "other"),
        ("Recruitment among the herders has not suffered.",
         "has not suffered", "steady", "recruitment"),
        ("So far it has yet to regain any of the towns.", "has yet to regain",
         "steady", "territory"),
        ("The alert level has not been lowered.", "has not been lowered", "steady", "threat"),
        # losses with their number, land, interest
        ("The raiders lost more than 400 fighters that year.", "lost", "down", "strength"),
        ("The group has been pushed out of most of the province.",
         "has been pushed out of", "down", "territory"),
        ("Many young men have lost interest.", "have lost", "down", "recruitment"),
        ("Remnants of the clan have been worn down to fewer than 30.",
         "have been worn down", "down", "strength"),
        # a clause that hangs on the thing, a bracket, a row of nouns
        ("Pages that praise the bombing have mushroomed.",
         "have mushroomed", "up", "propaganda"),
        ("Crowding in the prison where they are held has eased.",
         "has eased", "down", "detention"),
        ("Attacks by the northern faction (NF) on villages intensified.",
         "intensified", "up", "attacks"),
        ("Killings of judges, teachers and mayors continued.", "continued", "steady", "attacks"),
        ("Departures for Syria, which once ran at 100 a month, have stopped altogether.",
         "have stopped", "down", "foreign_fighters"),
        # May the month is no modal verb
        ("Ambushes in May rose to 40.", "rose", "up", "attacks"),
        # harms that improve go down
        ("Malnutrition has improved slightly.", "has improved", "down", "other"),
        ("Extortion has worsened.", "has worsened", "up", "finance"),
    ],
)  # fmt: skip
def test_changes_of_unlisted_things_and_notes(text, quote, direction, topic):
    found = [(t["direction"], t["topic"]) for t in read(text) if quote in t["quote"]]
    assert found == [(direction, topic)]


@pytest.mark.parametrize(
    "text",
    [
        "Suspicion fell on the eastern branch.",
        "Seventeen men came back in June.",
        "The Panel recommends that controls be strengthened.",
        "It will get worse before it gets better.",
        "Some 6,500 people remain in the annex.",
        "Upwards of 300 are still in the camp.",
        "The group held up to 1,000 families there.",
        "The minister declined to say more.",
        "They were seen 64 times, compared with 20 in the same period.",
        "Guards at the gate earn less than 80 dollars a month.",
        "The price is lower across the river.",
        "Shops stay open until nine.",
        "The mother raised eight orphans.",
        "Soldiers climbed the wall at dawn.",
    ],
)
def test_near_misses_of_unlisted_things(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        # what someone goes on doing
        ("The men still extort shopkeepers.", "finance"),
        ("The collectors go on fleecing the market.", "finance"),
        # coming and going: of fighters, of families
        ("Departures for the conflict zone have slowed.", "foreign_fighters"),
        ("The influx of militants has slowed.", "foreign_fighters"),
        ("The stream of displaced families has slowed.", "other"),
        # prices, and the price of plunder
        ("The price of lentils has doubled.", "other"),
        ("The price of looted coins has slipped.", "finance"),
        # money of a group and of an aid plan
        ("Funding for the group has dried up.", "finance"),
        ("Funding for the literacy programme has dried up.", "other"),
        # the thing after a clause that names another
        ("The faction that is blamed for the bombs has grown.", "strength"),
        ("It draws an allowance from abroad, and it is growing.", "finance"),
        ("Returns: the pace remains slow.", "detention"),
        ("The group was forced to retreat.", "territory"),
    ],
)
def test_the_topic_of_deeds_flows_prices_and_funds(text, topic):
    assert [t["topic"] for t in read(text)] == [topic]


def test_a_pronoun_takes_the_thing_of_the_trend_before():
    found = read("Raids on farms have tapered off in Palma, but in Macomia they have multiplied.")
    assert [(t["direction"], t["topic"]) for t in found] == [("down", "attacks"), ("up", "attacks")]
    found = read("Its income fell to a million in 2017. It has since dwindled further.")
    assert [t["topic"] for t in found] == ["finance", "finance"]


def test_arrivals_in_a_document_on_a_camp_belong_to_detention():
    found = read("Arrivals slowed in December.", title="Roj camp: weekly update\n\n")
    assert [t["topic"] for t in found] == ["detention"]


def test_attacks_in_a_document_on_a_camp_belong_to_detention():
    found = read("Murders have ceased.", title="Roj camp: weekly update\n\n")
    assert [t["topic"] for t in found] == ["detention"]


def test_a_pronoun_behind_a_number_points_to_the_sentence_before():
    found = read(
        "Ambushes were common in spring. There were 98 of them in May, 32 more than in April."
    )
    assert [(t["quote"], t["topic"]) for t in found] == [("more", "attacks")]


def test_a_pronoun_in_a_list_points_to_the_thing_of_the_list():
    text = "Raids differed by district:\n• In Basra, raids rose to 12;\n• In Homs, they fell to 3;"
    assert [(t["direction"], t["topic"], t["what"]) for t in read(text)] == [
        ("up", "attacks", "raids"),
        ("down", "attacks", "raids"),
    ]


def test_one_word_of_two_things_gives_two_trends_with_one_span():
    found = read("The region saw a rise in recruitment for the group, and in acts of violence.")
    assert [(t["topic"], t["quote"]) for t in found] == [
        ("recruitment", "rise"),
        ("attacks", "rise"),
    ]


def test_joined_words_of_one_direction_are_one_trend():
    assert [t["quote"] for t in read("They spoke of growing and worsening threats.")] == [
        "growing and worsening"
    ]


def test_the_rise_that_continued_is_one_rise():
    assert brief("The rise in attacks continued.") == [("up", "attacks")]


@pytest.mark.parametrize(
    ("title", "count"),
    [
        ("A rise in attacks on the road", 0),
        ("Observers noted a rise in attacks on the road", 1),
        ("Attacks on the road have increased again", 1),
        ("A growing threat on the northern road", 0),
    ],
)
def test_headings_that_are_noun_phrases_state_nothing(title, count):
    assert len(read("Nothing else is known of it.", title=f"{title}\n\n")) == count


def test_attacks_under_a_heading_that_names_a_camp_belong_to_detention():
    text = "SAFETY IN THE CAMP\n\nKillings have ceased.\n\nNORTHERN ROAD\n\nBombings have ceased."
    assert [t["topic"] for t in read(text)] == ["detention", "attacks"]


def test_page_matter_and_repeats_state_nothing():
    text = (
        "Raids on the northern road have increased, the guards say, and traders stay at home.\n\n"
        "“Raids on the northern road have increased, the guards say, and traders stay at home.”\n\n"
        "Read more\nBread prices have increased\nOil income has dropped\n"
    )
    assert len(read(text)) == 1


def test_a_record_carries_place_time_and_speaker():
    text = "Raids in Iraq fell in 2020, according to the Interior Ministry."
    (trend,) = read(text)
    assert trend["quote"] == "fell"
    assert trend["place"] == ["IRQ"]
    assert trend["as_of"] == "2020"
    assert trend["attribution"] == "Interior Ministry"
    assert trend["sentence"] == text


@pytest.mark.parametrize(
    "text", ["up", "still", "no longer", "drop in", "continue to", "has fallen to"]
)
def test_a_word_of_change_alone_is_read_without_an_error(text):
    assert all(t["topic"] in TOPICS for t in read(text))


def test_trends_of_the_annotated_texts():
    right = topic = found = wanted = 0
    for path in sorted((find_root() / "data/gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_bytes().decode("utf-8")
        passages = read_passages(text, CODEBOOK)
        sentences = [sentence for passage in passages for sentence in passage.sentences]
        trends = find_trends(Reading(text, gold["published"], CODEBOOK, passages, sentences))
        assert all(text[t["start"] : t["end"]] == t["quote"] for t in trends)
        left = list(trends)
        for want in gold["trends"]:
            same = [
                t
                for t in left
                if min(t["end"], want["end"]) > max(t["start"], want["start"])
                and t["direction"] == want["direction"]
            ]
            same.sort(key=lambda t, topic=want["topic"]: t["topic"] != topic)
            if same:
                left.remove(same[0])
                right += 1
                topic += same[0]["topic"] == want["topic"]
        found, wanted = found + len(trends), wanted + len(gold["trends"])
    assert 2 * right / (found + wanted) >= 0.9
    assert 2 * topic / (found + wanted) >= 0.82


@pytest.mark.parametrize(
    "change", [{"class": "verbs"}, {"direction": "upp"}, {"only": "topics"}, {"forms": "a|b"}]
)
def test_a_row_that_no_rule_knows_is_named(change):
    tables = {name: CODEBOOK.rows(name) for name in CODEBOOK.names()}
    row = next(row for row in tables["trend-words"] if row["word"] == "dwindle")
    tables["trend-words"] = [row | change]
    with pytest.raises(CodebookError, match=r"trend-words.csv, 'dwindle'"):
        read_lexicon(Codebook(tables))


def test_every_topic_word_belongs_to_a_topic():
    named = {row["topic"] for row in CODEBOOK.rows("topic-words")}
    assert named - {"actor", "measure", "inside", "grip", "flow", "funding", "relief"} <= TOPICS
    assert {row["topic"] for row in CODEBOOK.rows("trend-words")} - {""} <= TOPICS


@pytest.mark.parametrize(
    ("text", "direction", "topic"),
    [
        ("Its men around Kirkuk remain active.", "steady", "attacks"),
        ("Some 300 fighters remain active in the province.", "steady", "strength"),
        ("Its recruiters remain active in the suburbs.", "steady", "recruitment"),
        ("The branch remains the hub of its finances.", "steady", "finance"),
        ("The fee that the gunmen take from each lorry has gone up.", "up", "finance"),
        ("The area in which the group moves has doubled.", "up", "territory"),
        ("The strip that it holds along the river has shrunk.", "down", "territory"),
        ("The group still controls the road to the coast.", "steady", "territory"),
        ("His control over the cells beyond the river has tightened.", "up", "leadership"),
        ("Contacts with the cells in the south have increased.", "up", "affiliates"),
        ("The number of rebel camps has been cut to three.", "down", "strength"),
        ("Interest in radical groups among students is waning.", "down", "recruitment"),
        ("Their fire is getting weaker every day.", "down", "strength"),
        ("Its channels have gone quieter.", "down", "propaganda"),
        ("The army's presence in the north has shrunk.", "down", "other"),
        ("The army has halved its checkpoints on the road.", "down", "other"),
        ("The survey counted 61 raids in May, down from 80 in April.", "down", "attacks"),
        ("The army's estimate of fighters has come down.", "down", "strength"),
        ("Arrivals of refugees have slowed.", "down", "other"),
        ("Access to the northern districts remains limited.", "steady", "other"),
        ("Its access to weapons has improved.", "up", "strength"),
        ("The wait at the hospital has lengthened.", "up", "other"),
        ("The number of prisoners is still rising.", "up", "detention"),
        ("Trade in the bazaar has slumped by half.", "down", "other"),
        ("Trade in gold has slumped by half.", "down", "finance"),
        ("Rainfall has fallen for the third year running.", "down", "other"),
    ],
)
def test_whose_and_what(text, direction, topic):
    assert brief(text) == [(direction, topic)]


def test_strikes_take_their_topic_from_the_aircraft_before_them():
    found = brief("American jets fly from the coast. The pace of strikes has slowed.")
    assert found == [("down", "other")]
    assert brief("Gunmen came at dawn. The pace of strikes has slowed.") == [("down", "attacks")]


def test_a_pronoun_behind_a_time_points_back():
    found = read("Violence eased in the spring. Since the coup of July it has surged.")
    assert [(t["direction"], t["topic"]) for t in found] == [("down", "attacks"), ("up", "attacks")]
