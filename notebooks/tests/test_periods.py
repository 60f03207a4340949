"""The period that a report states in its head: decision 12 of the annotation guide."""

import pytest
from reading import link, read

from threatledger.extraction.dates import link_time
from threatledger.extraction.periods import find_period

PUBLISHED = "2022-11-17"


def period(head):
    text = f"Camp Coordination Desk\nHill camp: note\n{head}\n\nMain points\n\nIt has 900 tents.\n"
    found = find_period(read(text, PUBLISHED))
    return found and found[0]


@pytest.mark.parametrize(
    ("head", "value"),
    [
        ("1-15 November 2022", "2022-11-01/2022-11-15"),
        ("(1 to 15 November 2022)", "2022-11-01/2022-11-15"),
        ("28 October – 10 November 2022", "2022-10-28/2022-11-10"),
        ("Nov. 1-15, 2022", "2022-11-01/2022-11-15"),
        ("01/10/2022 - 31/10/2022", "2022-10-01/2022-10-31"),
        ("Period covered: 1–31 March 2021. Issued: 6 April 2021", "2021-03-01/2021-03-31"),
        ("Issued 3 March 2022 | Reporting period: February 2022", "2022-02"),
        ("Reporting month: October 2022", "2022-10"),
        ("Covering 1 to 31 March", "2022-03-01/2022-03-31"),
        ("Situation as of 15 November", "2022-11-15"),
        ("Data cut-off: 31 October 2022", "2022-10-31"),
        ("Situation Report #3 as of 31 October 2022", "2022-10-31"),
        ("Situation Report No. 14 | 1–15 November 2022", "2022-11-01/2022-11-15"),
        ("Monthly update, October 2022", "2022-10"),
        ("Protection bulletin, third quarter 2022", "2022-07/2022-09"),
        ("Round 14 | 1–31 October 2022", "2022-10-01/2022-10-31"),
        ("First quarter of 2022", "2022-01/2022-03"),
        ("Q1 2022", "2022-01/2022-03"),
        ("Week 12, 2022", "2022-03-21/2022-03-27"),
        ("Epidemiological week 44 (31 October–6 November 2022)", "2022-10-31/2022-11-06"),
        ("Week ending 13 November 2022", "2022-11-07/2022-11-13"),
        ("For the six months to 30 June 2022", "2022-01/2022-06"),
        ("This report covers the period from 1 January to 30 June 2022.",
         "2022-01-01/2022-06-30"),
        ("All figures are as of 31 October 2022 unless otherwise stated.", "2022-10-31"),
        ("Third report of the Panel for the period 1 July to 30 September 2022 (extract)",
         "2022-07-01/2022-09-30"),
        ("Report of the Team covering January to June 2022", "2022-01/2022-06"),
        ("Half-yearly report, January to June 2022", "2022-01/2022-06"),
        ("Review of the third quarter of 2022 (unedited)", "2022-07/2022-09"),
    ],
)  # fmt: skip
def test_every_plain_way_of_stating_a_period_is_read(head, value):
    assert period(head) == value


@pytest.mark.parametrize(
    "head",
    [
        "17 November 2022",
        "Friday, November 11, 2022",
        "October 2022",
        "Policy Brief | October 2022",
        "Vol. 9, issue 44",
        "In the period from 1 to 15 November 2022, 12 men fled from the camp by night.",
        "KEY FIGURES (as at 12 November)",
        "Report on October 2022 raids",
        "Report: 40 men fled in the period from 1 to 15 November 2022",
        "Raids in January to June 2022",
    ],
)
def test_a_date_line_or_the_date_of_a_section_is_no_period(head):
    assert period(head) is None


def test_the_month_under_the_name_of_a_situation_report_is_its_period():
    text = "Hill camp Situation Report\nReport no. 13 - October 2022\n\nNEWS\n\n- 900 came.\n"
    assert find_period(read(text, PUBLISHED))[0] == "2022-10"


def test_this_week_of_a_weekly_report_is_the_week_it_reports_on():
    text = (
        "Hill camp: Weekly Update No. 3 (7–13 November 2022)\n\nNEWS\n\n"
        "The guards found 40 knives this week, against 30 the week before.\n"
    )
    assert link(link_time, text, "40", PUBLISHED)[0] == "2022-11-07/2022-11-13"
    assert link(link_time, text, "30", PUBLISHED)[0] == "2022-10-31/2022-11-06"


def test_a_reporting_period_gives_way_to_a_time_of_its_own():
    text = (
        "Hill camp: Update 7\nReporting period: 1–31 October 2022\n\nNEWS\n\n"
        "The camp has 900 tents. On 9 October a fire burned 12. Rations were cut from 50 kg to 40 "
        "kg. A bag of rice now costs 70 dinars. By 30 October 8 per cent had been paid. "
        "Guards found 17 knives, against 15 in the same period of 2021.\n"
    )
    values = {
        "900": "2022-10-01/2022-10-31",
        "12": "2022-10-09",
        "50": None,
        "40": "2022-10-01/2022-10-31",
        "70": PUBLISHED,
        "8 per": "2022-10-30",
        "17": "2022-10-01/2022-10-31",
        "15 in": "2021-10-01/2021-10-31",
    }
    assert {words: link(link_time, text, words, PUBLISHED)[0] for words in values} == values
