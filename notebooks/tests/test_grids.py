"""Rows of tables: found by their line, however long the text is."""

from threatledger.extraction import extract
from threatledger.extraction.grids import LONGEST, _read_line


def test_a_row_is_the_line_that_holds_the_number():
    assert _read_line("Camp  Tents\nRoj  12\nend", 17) == (12, "Roj  12")


def test_no_more_than_a_row_is_looked_at_in_a_text_on_a_single_line():
    start, line = _read_line("a  b " * 10_000, 20_000)
    assert start == 20_000 - LONGEST - 1
    assert LONGEST < len(line) <= 2 * (LONGEST + 1)


def read(text):
    """Return quote, value, unit and what of each claim of a table below a paragraph."""
    opening = "The quiet of the valley\n\nNobody on the river expects this spring to last.\n\n"
    claims = extract(opening + text, published="2024-05-15").claims
    return [(c["quote"], c["low"], c["unit"], c["what"]) for c in claims]


def test_a_table_set_with_bars_at_the_end_of_a_text_is_body():
    text = "Camp | Residents | Families\nAl-Hol | 1,204 | 350\nRoj | 2,310 | 700\n"
    assert [(unit, what) for _, _, unit, what in read(text)] == [
        ("person", "residents"),
        ("count", "families"),
        ("person", "residents"),
        ("count", "families"),
    ]


def test_a_table_with_rules_counts_the_dead_in_people():
    text = (
        "| Quarter | Raids | Deaths |\n|---|---|---|\n| Q1 2024 | 214 | 95 |\n| Q2 | 180 | 60 |\n"
    )
    assert [unit for _, _, unit, _ in read(text)] == ["count", "person", "count", "person"]


def test_a_head_row_of_years_leaves_the_naming_to_the_row():
    text = "             2022     2023\nFighters    1,100    1,240\nAttacks                 35\n"
    assert [(unit, what) for _, _, unit, what in read(text)] == [
        ("person", "fighters"),
        ("person", "fighters"),
        ("count", "attacks"),
    ]


def test_the_line_above_a_table_says_what_its_bare_numbers_count():
    text = (
        "Refusals of security clearance\nAnbar           6\nSalah al-Din    13\n"
        "Kirkuk          fewer than 5\n"
    )
    assert [(quote, what.split()[0]) for quote, _, _, what in read(text)] == [
        ("6", "refusals"),
        ("13", "refusals"),
        ("5", "refusals"),
    ]


def test_a_head_gives_its_currency_scale_and_per_cent_to_the_cells():
    text = (
        "Sector      Required (US$ million)    Received (US$ million)    Funded (%)\n"
        "Health      4.2   1.1   26\n"
    )
    assert [(low, unit) for _, low, unit, _ in read(text)] == [
        (4_200_000, "USD"),
        (1_100_000, "USD"),
        (26, "percent"),
    ]


def test_a_head_that_names_only_money_leaves_the_naming_to_the_row():
    text = (
        "Source                Libyan dinars      United States dollars\n"
        "Ransom payments       3 million          2.2 million\n"
    )
    assert [(unit, what) for _, _, unit, what in read(text)] == [
        ("LYD", "ransom payments"),
        ("USD", "ransom payments"),
    ]


def test_rows_with_dots_and_months_are_no_date_lines():
    text = "Incidents by month:\nJanuary ........ 214\nFebruary ....... 180\nTotal .......... 394\n"
    assert [quote for quote, *_ in read(text)] == ["214", "180", "394"]


def test_the_number_of_a_camp_names_its_row():
    text = "Camp             Families    Individuals\nDebaga 1           1,512          7,655\n"
    assert [quote for quote, *_ in read(text)] == ["1,512", "7,655"]


def test_a_page_header_set_in_columns_is_no_row():
    text = (
        "Attacks rose, the monitors write, and nobody can say how long it will last.\n\n"
        "Monthly Update – November 2018                             2 / 3\n\n"
        "The clinics in the north are open, the monitors write, and so is the school.\n"
    )
    assert read(text) == []


def test_the_year_in_a_head_does_not_take_its_noun_away():
    text = (
        "Province           Incidents 2017    Incidents 2018    Killed 2018    Q1 2019\n"
        "Basra              301               244               198            12\n"
        "Hilla              190               207               165            9\n"
    )
    named = [(unit, what) for _, _, unit, what in read(text)]
    assert named[:3] == [
        ("count", "incidents"),
        ("count", "incidents"),
        ("person", "killed"),
    ]
    assert named[3][1] != "q1"
