"""Which report a text is about: stated, inferred, ambiguous, or not told."""

import pytest
from archives import split_texts

from threatledger.corpus import find_texts, read_catalogue, read_registry, read_text
from threatledger.relays.telling import Telling
from threatledger.report_links import link_report, tabulate_report_links


def link(text, published):
    """Return the link of a text to the project's own registry."""
    return link_report(Telling("a", published, text), read_registry())


@pytest.mark.parametrize(
    ("text", "published", "state", "symbols"),
    [
        # A symbol, an ordinal with its issuer.
        ("The report (S/2021/682) speaks of Africa.", "2021-09", "stated", ["S/2021/682"]),
        (
            "Voronkov presented the eighth report of the Secretary-General to the Council.",
            "2019-02-12",
            "stated",
            ["S/2019/103"],
        ),
        (
            "The 22nd report of the Monitoring Team counts them.",
            "2018-08-20",
            "stated",
            ["S/2018/705"],
        ),
        # The series and a time.
        (
            "Cells remain, Guterres wrote in a report to the Security Council published in July.",
            "2022-08-02",
            "inferred",
            ["S/2022/576"],
        ),
        (
            "UN sanctions monitors put them at 300. Their report came out in late July 2018.",
            "2018-08-14",
            "inferred",
            ["S/2018/705"],
        ),
        # The day of the briefing.
        (
            "The Security Council was briefed on 25 August, and Russia complained.",
            "2023-08-26",
            "inferred",
            ["S/2023/568"],
        ),
        # Reports of both series fit.
        (
            "The group has 5,000 men, a United Nations report published last month says.",
            "2023-03-02",
            "ambiguous",
            ["S/2023/76", "S/2023/95"],
        ),
        # Nothing, or not the UN's.
        ("The army reported a raid in which nine men died.", "2023-03-02", "none", []),
        ("The fourth report of the river board is late.", "2017-03", "none", []),
        ("Regional experts issued their fourth report in May.", "2017-06", "none", []),
        ("One UN member state told a local report of floods.", "2020-02-21", "none", []),
        # One that the registry lacks is no other one.
        (
            "The Monitoring Team's twentieth report (S/2017/573) has the sum.",
            "2017-09-01",
            "none",
            [],
        ),
        # What has not been issued yet is not what a text speaks of.
        ("The report (S/2021/682) speaks of Africa.", "2021-01", "none", []),
    ],
)
def test_a_text_is_linked_by_its_own_words(text, published, state, symbols):
    found = link(text + "\n", published)
    assert (found.state, list(found.symbols)) == (state, symbols)
    assert bool(found.words) or state == "none"


@pytest.mark.parametrize(
    ("doc_id", "state"),
    [
        ("tasnim-2017", "inferred"),
        ("apa-2018", "stated"),
        ("imctc-2020", "stated"),
        ("iraq-cells-2023", "ambiguous"),
        ("medium-2020", "inferred"),
    ],
)
def test_the_five_texts_agree_with_their_catalogue(doc_id, state):
    catalogue, texts = find_texts()
    (row,) = [row for row in read_catalogue(catalogue, texts) if row["id"] == doc_id]
    telling = Telling(doc_id, row["published"], read_text(row, texts))
    found = link_report(telling, read_registry())
    assert found.state == state
    assert set(found.symbols) == set(row["about"].split("|"))


def test_the_words_are_the_text_s_own():
    found = link("The twelfth report by Guterres to the Council names Mali.\n", "2021-02-11")
    assert found.words == "twelfth report"
    assert found.why == "ordinal"


def test_other_reports_that_a_text_names_are_listed():
    text = "S/2021/98 was discussed. S/2021/98 and S/2020/774 differ.\n"
    found = link(text, "2021-03")
    assert (found.symbols, found.also) == (("S/2021/98",), ("S/2020/774",))


def test_a_catalogue_that_says_otherwise_is_shown():
    row = {"doc_id": "a", "published": "2021-03", "text": "The report S/2021/98 is short.\n"}
    for about, agrees in (("S/2021/98", "yes"), ("S/2020/95", "no"), ("", "")):
        links = tabulate_report_links(*split_texts([row | {"about": about}]), read_registry())
        assert list(links["agrees"]) == [agrees]
        assert list(links["symbols"]) == ["S/2021/98"]
