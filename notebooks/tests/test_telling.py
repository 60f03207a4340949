"""Who goes on telling: a speaker's own men, body and next clause, and who only acts."""

import pytest

from threatledger.extraction import extract


def find_speakers(text):
    """Return the speaker of each number of a text."""
    return {c["quote"]: c["attribution"] for c in extract(text, "2024-06-15").claims}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Clashes go on, Colonel Amadou Sy said. His men had freed 30 hostages.",
            {"30": "Amadou Sy"},
        ),
        ("Clashes go on, Colonel Amadou Sy said. His village has 30 wells.", {"30": None}),
        (
            "Raids go on, said Amina Salic of the Delta Peace Monitor. Her group counted 12.",
            {"12": "Delta Peace Monitor"},
        ),
        (
            "More than 9,000 fled, according to the province, and about 800 had come back.",
            {"9,000": "province", "800": "province"},
        ),
        (
            "Aid reached 9,000, according to the mayor, but the army held 800 others.",
            {"9,000": "mayor", "800": None},
        ),
        (
            "The branch has 800 men, according to one Member State; another put it at 500.",
            {"800": "Member State", "500": "Member State"},
        ),
        (
            "The army of Mali counts villages. In May it announced that it held 65.",
            {"65": "army of Mali"},
        ),
        ("Soldiers last month found banknotes and 61 rifles.", {"61": None}),
        ("His mother found the telephone, with 62 sermons on it.", {"62": None}),
        ("The ministry found that 62 schools were shut.", {"62": "ministry"}),
        ("Dr Aliya Sadyk sees a dozen mothers a week.", {"a dozen": None}),
        (
            "Pay fell to $60, according to an Iraqi judge, Salim al-Ubaidi.",
            {"$60": "Salim al-Ubaidi"},
        ),
    ],
)
def test_who_states_a_number(text, expected):
    assert find_speakers(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The relief corps gave $50 a month to widows.",
        "The figure excludes the branch, which has up to 650 men.",
        "Two shops were robbed, with losses estimated at $95,000.",
    ],
)
def test_who_only_acts_states_nothing(text):
    assert set(find_speakers(text).values()) == {None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "United Nations monitors read it differently. "
            "Their report of July put the group at 1,500.",
            {"1,500": "United Nations monitors"},
        ),
        (
            "Colonel Issa Maiga kept a file. The colonel reckons that the tax yields 900 dinars.",
            {"900 dinars": "Issa Maiga"},
        ),
        ("A clinic in Aktobe has admitted 46 women.", {"46": None}),
    ],
)
def test_who_is_meant_by_their_report_and_the_colonel(text, expected):
    assert find_speakers(text) == expected
