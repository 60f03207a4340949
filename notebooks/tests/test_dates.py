"""As of when a number holds: decision 12 of the annotation guide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import link

from threatledger.extraction.dates import link_time
from threatledger.extraction.moments import is_real, read_moment
from threatledger.extraction.times import find_times

WEDNESDAY = "2022-11-16"


def list_values(text, published=WEDNESDAY):
    return [mention.value for mention in find_times(text, published)]


def as_of(text, number, published=WEDNESDAY):
    return link(link_time, text, number, published)[0]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("on 3 May 2021", "2021-05-03"),
        ("on May 3, 2021", "2021-05-03"),
        ("on the 3rd of May 2021", "2021-05-03"),
        ("on 03.05.2021", "2021-05-03"),
        ("on 2021-05-03", "2021-05-03"),
        ("on Sept. 9", "2022-09-09"),
        ("on 30 November", "2021-11-30"),  # not yet come in the year of publication
        ("in May 2021", "2021-05"),
        ("in November", "2022-11"),
        ("in December", "2021-12"),
        ("last December", "2021-12"),
        ("in 2019", "2019"),
        ("in mid-2019", "2019"),
        ("in early 2019", "2019"),
        ("late in 2019", "2019"),
        ("by the end of 2019", "2019-12"),
        ("at the end of April 2019", "2019-04"),
        ("last year", "2021"),
        ("this year", "2022"),
        ("last month", "2022-10"),
        ("this month", "2022-11"),
        ("last week", "2022-11-07/2022-11-13"),
        ("on Sunday", "2022-11-13"),
        ("on Wednesday", "2022-11-16"),  # the day of publication itself
        ("on Thursday", "2022-11-10"),
        ("yesterday", "2022-11-15"),
        ("three years ago", "2019"),
        ("a year ago", "2021"),
        ("two months ago", "2022-09"),
        ("five days ago", "2022-11-11"),
        ("in the first quarter of 2020", "2020-01/2020-03"),
        ("in Q3 2020", "2020-07/2020-09"),
        ("in the second half of 2020", "2020-07/2020-12"),
        ("in the first nine months of 2020", "2020-01/2020-09"),
        ("in the first half of the year", "2022-01/2022-06"),
        ("in the first half of last year", "2021-01/2021-06"),
        ("in the twelve months to June", "2021-07/2022-06"),
        ("from 2014 to 2017", "2014/2017"),
        ("between 2014 and 2017", "2014/2017"),
        ("in 2014-2017", "2014/2017"),
        ("in 2016/17", "2016/2017"),
        ("between March and June", "2022-03/2022-06"),
        ("between Monday morning and late on Tuesday night", "2022-11-14/2022-11-15"),
        ("from the evening of 3 May to dawn on 5 May", "2022-05-03/2022-05-05"),
        ("at the weekend", "2022-11-12/2022-11-13"),
        ("over the past weekend", "2022-11-12/2022-11-13"),
        ("last weekend", "2022-11-12/2022-11-13"),
        ("from March to June 2021", "2021-03/2021-06"),
        ("in March and June 2021", "2021-03/2021-06"),
        ("from 2 to 9 June 2021", "2021-06-02/2021-06-09"),
        ("since 2014", "2014/2022"),
        ("since March", "2022-03/2022-11"),
        ("since 4 March 2020", "2020-03-04/2022-11-16"),
        ("since the siege ended in July 2021", "2021-07/2022-11"),
        ("in the summer of 2021", "2021"),
        ("since the summer of 2020", "2020/2022"),
        ("last winter", "2021-12/2022-02"),
        ("in the first week of June", "2022-06-01/2022-06-07"),
    ],
)
def test_time_words_are_resolved_at_the_grain_they_give(words, value):
    assert list_values(f"The group lost 40 men {words}.") == [value]


@pytest.mark.parametrize(
    "text",
    [
        "They may march again.",
        "Resolution 2253 (2015) was adopted, as was S/2019/612.",
        "Highway 2019b runs past kilometre 1,950.",
        "The fund holds $2015 and 20,200 tents.",
        "31 February, 2021-13-40 and 45.45.2021",
        "The second half was harder than the first.",
        "He was 15 years old.",
        "A turn of phrase from the same point.",
    ],
)
def test_what_only_looks_like_a_time_is_none(text):
    assert list_values(text) == []


@pytest.mark.parametrize("published", [None, "", "soon", "2022", "2022-11", "2022-11-16"])
def test_relative_words_need_a_publication_date_of_their_grain(published):
    text = "On Sunday, last month, last year, now, in May, two days ago and since March."
    values = list_values(text, published)
    assert all(read_moment(part) for value in values for part in value.split("/"))
    assert bool(values) == bool(read_moment(published))


@given(st.text(alphabet="0123456789 /.-–JanuaryFebMonMayofsince,Q", max_size=60))
def test_impossible_dates_never_appear(text):
    for mention in find_times(text, WEDNESDAY):
        for part in mention.value.split("/"):
            assert mention.kind == "same" or is_real(read_moment(part))
        assert text[mention.start : mention.end].strip()


@pytest.mark.parametrize(
    ("text", "number", "value"),
    [
        # the nearest time of the clause
        ("Attacks fell from 90 in 2020 to 61 last year.", "90", "2020"),
        ("Attacks fell from 90 in 2020 to 61 last year.", "61", "2021"),
        ("There were 12 raids in 2021, up from nine in 2020 and two in 2019.", "12", "2021"),
        ("There were 12 raids in 2021, up from nine in 2020 and two in 2019.", "nine", "2020"),
        ("There were 12 raids in 2021, up from nine in 2020 and two in 2019.", "two", "2019"),
        ("In 2021 the cell bought 30 rifles, against 12 in 2020.", "30", "2021"),
        ("In 2021 the cell bought 30 rifles, against 12 in 2020.", "12", "2020"),
        ("It holds $5 million, against $9 million in 2020.", "$5 million", None),
        ("Clinics saw 70 cases and 4 deaths in June.", "70", "2022-06"),
        ("Clinics saw 70 cases and 4 deaths in June.", "4", "2022-06"),
        ("Nine died and 40 were hurt when two bombers struck on Thursday.", "Nine", "2022-11-10"),
        # a time that opens the sentence governs it
        ("As of 1 June 2022, the sites hosted 900 families and 40 orphans.", "40", "2022-06-01"),
        ("When the bridge was blown up in May, 17 people died.", "17", "2022-05"),
        # a time in an aside dates something else
        ("The drive, which began in June, involves 3,000 troops.", "3,000", None),
        ("It has lost half of the land it held in 2014.", "half", None),
        ("The 40-bed clinic, closed since 2019, is to reopen.", "40", None),
        ("Some 300 families are to stay until June.", "300", None),
        # "now" and "today" are the publication date
        ("The cells now count 5 to 7 men each.", "5 to 7", WEDNESDAY),
        ("Flour sells for 900 dinars today.", "900", WEDNESDAY),
        # when it was said, where no other time is given
        ("The colonel said on Monday that 40 fighters were left.", "40", "2022-11-14"),
        ("On Monday, Colonel Haidar Aziz said that 40 fighters were left.", "40", "2022-11-14"),
        ("The colonel said on Monday that 40 men fled in June.", "40", "2022-06"),
        ("Forty fighters are left, the colonel told reporters on Monday.", "Forty", "2022-11-14"),
        # a dated report
        ("It has 7,000 men, according to a UN report published last month.", "7,000", "2022-10"),
        # the same stretch of another year
        ("Police logged 18 cases from May to July, against 51 in the same months of 2021.", "51",
         "2021-05/2021-07"),
        ("By 30 June, 12 camps had closed; at the same point last year it was 4.", "4",
         "2021-06-30"),
        ("In March, 20 people were held, compared with 31 a year earlier.", "31", "2021-03"),
        # the antecedent of "when"
        ("The Council met in December 2021, when the text won 13 votes.", "13", "2021-12"),
        # no time
        ("The group has between 600 and 700 men.", "600", None),
    ],
)  # fmt: skip
def test_which_time_belongs_to_which_number(text, number, value):
    assert as_of(text, number) == value


def test_a_time_does_not_carry_over_by_itself():
    text = "Three camps closed in June 2021. The valley has 12 more sites."
    assert as_of(text, "12") is None


@pytest.mark.parametrize(
    ("text", "number", "value"),
    [
        ("Gunmen raided the market on Tuesday. Seven traders were killed.", "Seven", "2022-11-15"),
        ("It peaked in 2015. Officers then put its income at $40 million.", "$40 million", "2015"),
        (
            "The general said on Monday that the valley was clear.\n\n"
            "“No more than 60 men are left,” he added.",
            "60",
            "2022-11-14",
        ),
        (
            "The fund holds $9 million, according to a study released last month.\n\n"
            "The study said that 40 shops served it.",
            "40",
            "2022-10",
        ),
    ],
)
def test_a_time_carries_where_the_statement_or_event_goes_on(text, number, value):
    assert as_of(text, number) == value


def test_items_take_the_time_of_their_lead():
    text = (
        "Raids in the borderlands: a note by the desk in the capital\n\n"
        "The desk sums up what the army and its partners saw along the border, and what they "
        "made of it. The army counted raids by district in 2021:\n\n"
        "• Hawija: 12 raids\n• Daquq: 7 raids, 3 in May\n"
    )
    assert as_of(text, "12 raids") == "2021"
    assert as_of(text, "3 in") == "2022-05"


@pytest.mark.parametrize(
    ("head", "value"),
    [
        ("Reporting period: 1–31 May 2022", "2022-05-01/2022-05-31"),
        ("Period covered: April to June 2022", "2022-04/2022-06"),
        ("Data as of 30 June 2022", "2022-06-30"),
    ],
)
def test_the_period_of_a_report_holds_for_figures_without_time(head, value):
    text = (
        f"Camp Coordination Desk: Update 7\n{head}\n\n"
        "The camp holds 900 families. In April it held 1,100.\n"
    )
    assert as_of(text, "900") == value
    assert as_of(text, "1,100") == "2022-04"


def test_a_period_named_in_running_text_is_not_the_head_of_a_report():
    text = "The reporting period of the earlier study was May 2019. The camp holds 900 families."
    assert as_of(text, "900") is None


@pytest.mark.parametrize(
    ("text", "number", "value"),
    [
        # a quarter by its rank alone
        ("Raids fell to 40 in the third quarter from 60 in the second.", "60", "2022-04/2022-06"),
        ("Raids fell to 40 in the third quarter of 2021 and 30 in the fourth.", "30",
         "2021-10/2021-12"),
        ("Of two raids, 40 men died in the second.", "40", None),
        # later and earlier
        ("The camp held 900 in March and 700 a month later.", "700", "2022-04"),
        ("The camp held 900 in March 2020 and 700 two years earlier.", "700", "2018-03"),
        ("On 30 June 2021 the camp held 900. The next day 40 left.", "40", "2021-07-01"),
        ("The camp held 700 a month later.", "700", None),
        # the year, quarter or months to a month
        ("Trade grew to 40 lorries in the year to March.", "40", "2021-04/2022-03"),
        ("Some 40 lorries came in the quarter ending in June 2021.", "40", "2021-04/2021-06"),
        ("It took 40 lorries a year to Mosul.", "40", None),
        # seasons and years that are over
        ("Some 40 barns burned last autumn.", "40", "2021"),
        ("Some 40 barns burned last summer.", "40", "2022"),
        ("In all, 40 men had fled by the end of the year.", "40", "2021-12"),
        # what a number is set against
        ("In May 40 men fled, twice as many as in 2020.", "40", "2022-05"),
        ("In 2021 as many as 40 men fled.", "40", "2021"),
        ("Arrivals are 40 per cent below their level of a year ago.", "40 per cent", None),
        ("It climbed to 40 raids a month from 12 in 2019.", "40", None),
        ("It counted 40 raids and 12 killings in 2019.", "40", "2019"),
        # since, in a comparison and not
        ("In the worst raid since 2019 some 40 men died.", "40", None),
        ("Some 40 men have died since 2019.", "40", "2019/2022"),
        # a clause of its own behind it, and one that it opens
        ("Sales have sunk since June, and dozens of the shops remain shut.", "dozens", None),
        ("Since June sales have sunk, and dozens of the shops in town have shut.", "dozens",
         "2022-06/2022-11"),
        ("The hall was built for 90 families and now holds 200.", "90", None),
        ("The hall was built for 90 families and now holds 200.", "200", "2022-11-16"),
        ("Vaccination slipped to 58 per cent from 71 per cent in May.", "58", None),
        ("Vaccination slipped to 58 per cent from 71 per cent in May.", "71", "2022-05"),
        # a clause of its own
        ("They come in bands of 40 where 90 were usual in 2019.", "40", None),
        ("They come in bands of 40 where 90 were usual in 2019.", "90", "2019"),
        ("The force, which had 1,200 men in 2019, has 40 left.", "40", None),
        ("On 9 May a raid freed 800 men, 90 of whom were back by December 2021.", "800",
         "2022-05-09"),
        ("Of 900 men who joined in 2015, 40 have gone home.", "40", None),
        ("Of 900 men held in 2015, 40 were freed.", "40", "2015"),
        ("A sweep ended on 9 May; 40 men were arrested.", "40", "2022-05-09"),
        ("A sweep ended on 9 May; 40 men guard the camp.", "40", None),
    ],
)  # fmt: skip
def test_a_time_is_that_of_the_numbers_own_clause(text, number, value):
    assert as_of(text, number) == value


@pytest.mark.parametrize(
    ("text", "number", "value"),
    [
        ("Guards shot at a crowd on 9 May 2021. The clinic had 40 wounded by dusk.", "40",
         "2021-05-09"),
        ("Guards shot at a crowd on 9 May 2021. The clinic has 40 beds.", "40", None),
        ("The army told us in May that all was calm. It was holding 40 men at the time.", "40",
         "2022-05"),
        ("In May police foiled 27 plots. France accounts for half of them.", "half", "2022-05"),
        ("In May police foiled 27 plots. France still has half of them to try.", "half", None),
    ],
)  # fmt: skip
def test_a_day_is_taken_up_again(text, number, value):
    assert as_of(text, number) == value


def test_a_cell_has_the_time_of_its_column():
    text = (
        "Camp note\n\nThe desk counts the people of the camp at the end of each month.\n\n"
        "Section        31 May 2022    30 June 2022\n"
        "Main                   310             290\n"
        "Annex                   40              38\n"
    )
    assert as_of(text, "310") == "2022-05-31"
    assert as_of(text, "38") == "2022-06-30"


def test_rows_have_the_time_above_their_table():
    text = (
        "Camp note\n\nThe desk counts the people of the camp every month, as it did last year.\n\n"
        "People of the camp, as at 30 June 2022\n\n"
        "               Men    Women\nMain           310      290\nAnnex           40       38\n\n"
        "Some 17 tents leak when it rains, and the wind has torn down the fence on one side.\n"
    )
    assert as_of(text, "38") == "2022-06-30"
    assert as_of(text, "17") is None


def test_dotted_lines_have_the_time_of_their_lead():
    text = (
        "The purse of the group\n\nThe desk looked at the purse of the group.\n\n"
        "Sums sent by the office in 2021:\n\n  to Mali ...... $900\n  to Chad ...... $400\n\n"
        "It also paid $70 for a car, and nobody in the town knows what became of it after that.\n"
    )
    assert as_of(text, "$400") == "2021"
    assert as_of(text, "$70") is None


def test_a_footnote_has_the_time_of_its_mark():
    text = (
        "A note\n\nOn 9 May 2021 a raid on the jail freed 900 men.[3]\n\n"
        "[3] Another officer spoke of 700 men.\n"
    )
    assert as_of(text, "700") == "2021-05-09"


def test_words_run_together_give_no_error():
    assert list_values("20monthsago firstweekofMay q12016 2yearslater") == []


def test_the_basis_is_the_words_it_rests_on():
    value, basis = link(link_time, "Some 40 men fled in the first half of 2020.", "40", WEDNESDAY)
    assert (value, basis) == ("2020-01/2020-06", "first half of 2020")


def test_a_long_line_of_dates_stays_linear():
    text = "on 3 May 2021 " * 4000
    assert len(find_times(text, WEDNESDAY)) == 4000
    assert find_times("since " + "a" * 50_000, WEDNESDAY) == []
