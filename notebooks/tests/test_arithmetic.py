"""Sums that a sentence makes possible, and the answer that a careful reader would give."""

import pytest
from samples import make_frame

from threatledger.disagreements.arithmetic import tabulate_checks
from threatledger.disagreements.flows import describe_flows, tabulate_flows
from threatledger.disagreements.said import Said
from threatledger.ledger import tabulate_findings, tabulate_sentences
from threatledger.series import select_series

AGREES, DISAGREES, OPEN = "agrees", "disagrees", "cannot be decided"


@pytest.fixture
def read(tmp_path):
    """Return the tables of one text."""

    def read(text):
        (tmp_path / "a.txt").write_text(text + "\n", encoding="utf-8")
        document = {"id": "doc-a", "file": "a.txt", "published": "2021-05-02"}
        claims, trends = tabulate_findings([document], tmp_path)
        return claims, Said(tabulate_sentences([document], tmp_path)), trends

    return read


@pytest.fixture
def check(read):
    """Return the checks of one text by rule."""

    def check(text, rule=None):
        rows = tabulate_checks(*read(text)).to_dict("records")
        return [row for row in rows if rule in (None, row["rule"])]

    return check


def get_ends(row):
    return tuple(None if end != end else end for end in (row["low"], row["high"]))


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("The group has 4,000 to 6,000 members, half of whom are fighters.", (2000, 3000)),
        ("Of the 2,000 detainees, 15 per cent are children.", (300, 300)),
        ("A quarter of the 1,200 prisoners are foreigners.", (300, 300)),
        ("Wardens hold up to 900 detainees, a third of them women.", (None, 300)),
        ("The camp holds 800 people. Some 25 per cent of them are children.", (200, 200)),
    ],
)
def test_a_share_of_a_stated_number_is_a_number(check, text, ends):
    (row,) = check(text, "share of a base")
    assert get_ends(row) == ends
    assert (row["status"], row["stated"], row["result"]) == ("derived", "", "not stated")


@pytest.mark.parametrize(
    "text",
    [
        # nothing that the share is a share of
        "Some 30 per cent of the territory was lost.",
        # a change and no share
        "The group has 4,000 fighters, down by 20 per cent.",
        # those who are meant are fewer than the last number
        "Some 900 people fled and 200 came back; half of those still away live in camps.",
    ],
)
def test_what_has_no_base_is_not_reckoned_with(check, text):
    assert check(text, "share of a base") == []


@pytest.mark.parametrize(
    ("figure", "result"), [("$18.4 million", "agrees"), ("$21 million", "disagrees")]
)
def test_a_share_is_compared_with_the_figure_in_brackets_behind_it(check, figure, result):
    text = (
        f"The plan requires $63.4 million. By May, 29 per cent of it ({figure}) had been received."
    )
    (row,) = check(text, "share of a base")
    assert get_ends(row) == (18_386_000, 18_386_000)
    assert row["result"] == result


def test_a_second_of_whom_leaves_the_base_open_and_both_readings_are_shown(check):
    text = (
        "Some 2,000 to 3,000 foreign fighters left, 50 per cent of whom joined the group, "
        "10 per cent of whom were killed."
    )
    joined, killed = check(text, "share of a base")
    assert (get_ends(joined), joined["is_open"]) == ((1000, 1500), "")
    assert (get_ends(killed), killed["is_open"]) == ((100, 300), "yes")
    assert "200–300" in killed["formula"]
    assert "100–150" in killed["formula"]
    assert killed["result"] == "cannot be decided"


def test_shares_set_side_by_side_have_one_base(check):
    text = "It holds 1,000 people, 40 per cent of whom are women and 50 per cent of whom are men."
    assert [get_ends(row) for row in check(text, "share of a base")] == [(400, 400), (500, 500)]


REMAINDER = (
    "About 10,000 foreign fighters joined. Of the 10,000 foreign fighters, 20 per cent were killed "
    "and 10 per cent are unaccounted for. Between {left} of the fighters are still alive."
)


@pytest.mark.parametrize(
    ("left", "result"),
    [
        ("7,000 and 8,000", "agrees"),
        ("7,500 and 9,000", "agrees"),
        ("8,500 and 9,000", "disagrees"),
    ],
)
def test_what_is_left_is_a_range_where_some_are_unaccounted_for(check, left, result):
    (row,) = check(REMAINDER.format(left=left), "remainder")
    assert get_ends(row) == (7000, 8000)
    assert row["result"] == result
    assert "100 % − 20 % − 10 %".replace(" %", "\u00a0%") in row["formula"]


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("Wardens hold 900 detainees: 500 Syrians, 300 Iraqis and 100 others.", "agrees"),
        ("Wardens hold 900 detainees: 500 Syrians, 300 Iraqis and 50 others.", "disagrees"),
        ("Wardens hold 900 detainees: 700 Syrians, 300 Iraqis and 50 others.", "disagrees"),
        ("There were five attacks, two attacks in Iraq and three attacks in Syria.", "agrees"),
        ("There were five attacks, one attack in Iraq and two in Syria.", "cannot be decided"),
        ("Wardens hold 900 detainees, including 300 women and 200 children.", "cannot be decided"),
        ("Wardens hold 900 detainees, including 700 women and 400 children.", "disagrees"),
    ],
)  # fmt: skip
def test_parts_add_up_to_their_total_or_not(check, text, result):
    (row,) = check(text, "parts of a total")
    assert row["result"] == result
    assert row["base_id"]


@pytest.mark.parametrize(
    "text",
    [
        "Wardens hold 900 detainees in four camps and 12 prisons.",
        "Wardens hold 900 detainees, against 700 detainees in 2019 and 500 detainees in 2018.",
    ],
)
def test_numbers_in_a_row_are_not_always_parts(check, text):
    assert check(text, "parts of a total") == []


@pytest.mark.parametrize(
    ("text", "ends", "result"),
    [
        (
            "Iraqis make up 50% of the residents, Syrians 30% and other nationals 20%.",
            (100, 100),
            "agrees",
        ),
        (
            "Iraqis make up 50% of the residents, Syrians 30% and other nationals 10%.",
            (90, 90),
            "disagrees",
        ),
        (
            "Of the foreign fighters, 30% were killed, 20% are detained and 25% have returned.",
            (75, 75),
            "cannot be decided",
        ),
    ],
)  # fmt: skip
def test_shares_make_up_the_whole_or_leave_a_rest(check, text, ends, result):
    (row,) = check(text, "shares of a whole")
    assert get_ends(row) == ends
    assert row["result"] == result


@pytest.mark.parametrize(
    ("text", "ends", "result"),
    [
        ("Oil sales fell from $500 million in 2015 to $260 million in 2016.", (-48, -48), AGREES),
        ("Oil sales fell from up to $500 million in 2015 to $260 million.", (-48, None), OPEN),
        ("Oil sales rose from $260 million in 2015 to $200 million.", (-23.1, -23.1), DISAGREES),
        ("Police recorded 30 attacks in May, up from 20 attacks in April.", (50, 50), AGREES),
        ("Attacks fell by 25%, from 40 attacks in May to 30 attacks in June.", (-25, -25), AGREES),
        ("Attacks fell by 60%, from 40 attacks in May to 30 in June.", (-25, -25), DISAGREES),
    ],
)  # fmt: skip
def test_a_change_between_two_figures(check, text, ends, result):
    (row,) = check(text, "change")
    assert get_ends(row) == ends
    assert row["result"] == result


def test_a_change_is_reckoned_between_figures_of_one_thing_alone(check):
    text = "Wardens counted 4 killings and 12 fires in May, compared with 8 killings in April."
    (row,) = check(text, "change")
    assert get_ends(row) == (-50, -50)


@pytest.mark.parametrize("voice", ["reported", "author"])
def test_an_author_s_own_figures_are_not_reckoned_with(read, voice):
    claims, said, trends = read("The group has 4,000 members, half of whom are fighters.")
    checks = tabulate_checks(claims.assign(voice=voice), said, trends)
    assert len(checks) == (voice == "reported")


def test_what_is_derived_is_marked_and_enters_no_series(read):
    claims, said, trends = read("The group has 4,000 members, half of whom are fighters.")
    checks = tabulate_checks(claims, said, trends)
    assert set(checks["status"]) == {"derived"}
    documents = make_frame("documents", [{"doc_id": "doc-a", "published": "2021-05-02"}])
    series = select_series(claims, documents, "strength")
    assert not set(series["claim_id"]) & set(checks["check_id"])
    assert 2000 not in set(series["low"])


def test_a_text_without_figures_gives_no_check(read):
    claims, said, trends = read("Nobody counted anything.")
    checks = tabulate_checks(claims, said, trends)
    assert checks.empty
    flows = tabulate_flows(checks, make_frame("foreign-fighters", []), claims)
    assert "No text" in describe_flows(flows)


def test_the_flow_of_a_base_names_what_is_stated_and_what_is_derived(read):
    claims, said, trends = read(REMAINDER.format(left="7,000 and 8,000"))
    checks = tabulate_checks(claims, said, trends)
    flows = tabulate_flows(checks, claims, claims)
    assert list(flows["role"]) == ["base", "part", "part", "left"]
    assert list(flows["high"]) == [10_000, 2000, 1000, 8000]
    assert flows["population"].nunique() == 1
    assert "7,000–8,000" in describe_flows(flows)


def test_a_table_that_was_read_as_one_sentence_is_left_alone(check):
    text = "Detainees, by camp, including women: " + ", ".join(["900 detainees"] * 60) + "."
    assert check(text) == []
