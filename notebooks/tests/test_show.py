import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import DETAINEES, FELL, INCOME, TEXT, make_frame, make_span, make_tables

from threatledger.briefing import show
from threatledger.briefing.markup import escape, mark_language
from threatledger.briefing.viewer import cut_segments

HOSTILE = '<script>alert(1)</script>" onerror="x" javascript:alert(1) \u202eevil\u2066'


class Reader(HTMLParser):
    """Reads HTML as a browser does: tags with attributes, and text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def find(self, tag, **attributes):
        return [a for t, a in self.tags if t == tag and attributes.items() <= a.items()]


def read(shown):
    return Reader(shown._repr_html_())


def show_all(tables):
    """Return everything that shows text of a corpus."""
    facts = {"title": "A title", "as_of": "2022-01-01"}
    names = ("documents", "claims", "trends", "headlines", "coverage")
    documents, claims, trends, headlines, coverage = (tables[name] for name in names)
    return [
        show.show_masthead(facts, documents, claims, trends),
        show.show_bottom_line(facts, documents, claims, trends, headlines, coverage),
        show.show_headlines(headlines),
        show.show_texts(documents, claims, trends),
        show.show_claims(claims, documents),
        show.show_trends(trends, documents),
        show.show_sources(documents, tables["passages"], claims, trends),
    ]


def test_a_figure_links_to_its_card_and_opens_its_popover():
    tables = make_tables()
    page = read(show.show_headlines(tables["headlines"]))
    assert page.find("a", href="#claim-aaaaaaaaaa")
    assert page.find("button", popovertarget="peek-claim-aaaaaaaaaa")
    cards = read(show.show_claims(tables["claims"], tables["documents"]))
    assert cards.find("article", id="claim-aaaaaaaaaa")
    assert cards.find("div", id="peek-claim-aaaaaaaaaa", popover=None)
    assert cards.find("a", href="#at-claim-aaaaaaaaaa")


def test_a_card_leads_to_its_span_and_the_span_back():
    tables = make_tables()
    names = ("documents", "passages", "claims", "trends")
    viewer = read(show.show_sources(*(tables[name] for name in names)))
    assert viewer.find("mark", id="at-claim-bbbbbbbbbb")
    assert viewer.find("a", href="#claim-bbbbbbbbbb")
    assert viewer.find("a", href="#at-trend-cccccccccc")  # the mark before it


def test_a_card_keeps_hedge_chain_basis_and_marks_the_quote():
    tables = make_tables()
    html = show.show_claims(tables["claims"], tables["documents"]).html
    card = html[: html.index("</article>")]
    assert "<mark>900</mark>" in card
    assert "at least 900" in card
    assert "“at least”" in card
    assert "“in April”" in card
    assert "Wardens <span" in card
    assert "a wire" in card


def test_nothing_stated_is_said_in_words():
    tables = make_tables(claims=[INCOME])
    card = read(show.show_claims(tables["claims"], tables["documents"])).text
    assert "no time stated" in card
    assert "no country stated" in card


def test_an_empty_cell_is_a_visible_finding():
    directions = make_frame("directions", [{"topic": "finance", "doc_id": "doc-b", "up": 0}])
    tables = make_tables(doc_id="doc-b")
    shown = show.show_directions(directions, tables["trends"], tables["documents"])
    assert "nothing said" in read(shown).text
    coverage = make_frame(
        "coverage", [{"subject": "africa", "group": "region", "doc_id": "doc-b", "statements": 0}]
    )
    assert "none" in read(show.show_coverage(coverage, tables["documents"])).text


def test_directions_show_an_arrow_words_and_a_link():
    row = {"topic": "finance", "doc_id": "doc-a", "down": 1, "trend_ids": "trend-cccccccccc"}
    tables = make_tables()
    page = read(
        show.show_directions(make_frame("directions", [row]), tables["trends"], tables["documents"])
    )
    assert page.find("a", href="#trend-cccccccccc")
    assert "↓ fell" in page.text


@pytest.mark.parametrize(
    "field", ["what", "sentence", "attribution", "chain", "hedge", "as_of_basis"]
)
def test_hostile_words_in_a_claim_change_nothing(field):
    tables = make_tables(claims=[DETAINEES | {field: HOSTILE}])
    check_harmless(show_all(tables))


@pytest.mark.parametrize("field", ["title", "publisher", "about_basis", "kind", "published_basis"])
def test_hostile_words_in_the_catalogue_change_nothing(field):
    check_harmless(show_all(make_tables(**{field: HOSTILE})))


def test_a_hostile_text_changes_nothing():
    text = TEXT + HOSTILE
    claim = INCOME | make_span("$12 million", text)
    check_harmless(show_all(make_tables(claims=[claim], text=text)))


def check_harmless(shown):
    for part in shown:
        page = read(part)
        assert not page.find("script")
        assert not [a for _, a in page.tags if {"onerror", "onclick", "style"} & set(a)]
        assert not [a for _, a in page.tags if "javascript" in (a.get("href") or "")]
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", part._repr_html_())


def test_controls_of_direction_are_named():
    assert escape("a\u202eb") == "a⟨U+202E⟩b"


def test_arabic_is_marked_with_its_language_and_direction():
    assert mark_language("said قال الوزير twice") == (
        'said <span lang="ar" dir="rtl">قال الوزير</span> twice'
    )
    assert mark_language("no such letters: é, ß, Ω") == "no such letters: é, ß, Ω"


def test_overlapping_spans_are_cut_and_nothing_is_lost():
    spans = [{"id": "a", "start": 2, "end": 6}, {"id": "b", "start": 4, "end": 9}]
    segments = cut_segments(0, 10, spans)
    assert [(low, high, [s["id"] for s in over]) for low, high, over in segments] == [
        (0, 2, []),
        (2, 4, ["a"]),
        (4, 6, ["a", "b"]),
        (6, 9, ["b"]),
        (9, 10, []),
    ]


def read_body(html):
    """Return the words of the viewer's first text, without what the viewer adds to them."""
    body = html[html.index('class="text-body"') :]
    body = re.sub(r'<span class="hops">(?:<(a|span)[^>]*>[^<]*</\1>)*</span>', "", body)
    body = re.sub(r'<span class="passage-number".*?</span>', "", body)
    return Reader(body[body.index(">") + 1 :]).text


def test_the_viewer_shows_the_text_whole_and_once():
    overlapping = FELL | make_span("income fell to $12") | {"trend_id": "trend-dddddddddd"}
    tables = make_tables(trends=[FELL, overlapping])
    names = ("documents", "passages", "claims", "trends")
    html = show.show_sources(*(tables[name] for name in names)).html
    assert read_body(html) == TEXT
    assert html.count('id="at-trend-dddddddddd"') == 1


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=6)


@given(st.text("a<é \u0642\u064e&\n", min_size=43, max_size=60), SPANS)
def test_marks_never_change_the_text_whatever_overlaps(text, cuts):
    rows = [
        FELL | {"start": start, "end": start + size, "trend_id": f"trend-{k:010d}"}
        for k, (start, size) in enumerate(cuts)
    ]
    tables = make_tables(claims=[], trends=rows, text=text)
    names = ("documents", "passages", "claims", "trends")
    html = show.show_sources(*(tables[name] for name in names)).html
    assert read_body(html) == text
    assert all(html.count(f'id="at-{row["trend_id"]}"') == 1 for row in rows)


def test_a_span_outside_every_passage_stops_the_page():
    tables = make_tables(claims=[INCOME | {"start": 5000, "end": 5011}])
    names = ("documents", "passages", "claims", "trends")
    with pytest.raises(ValueError, match="claim-bbbbbbbbbb lies in no passage"):
        show.show_sources(*(tables[name] for name in names))


def test_furniture_and_repeats_are_dimmed_and_said_to_be_so():
    tables = make_tables(claims=[], trends=[])
    tables["passages"]["kind"] = "furniture"
    names = ("documents", "passages", "claims", "trends")
    page = read(show.show_sources(*(tables[name] for name in names)))
    assert page.find("div", **{"class": "passage furniture"})
    assert "Page furniture: " in page.text


def test_every_head_of_a_table_says_something():
    tables = make_tables()
    page = read(show.show_table(tables["claims"], "Claims", {"what": "What", "figure": "Figure"}))
    heads = page.find("th")
    assert [head["scope"] for head in heads] == ["col", "col", "row", "row"]
    with pytest.raises(ValueError, match="without a head"):
        show.show_table(tables["claims"], "Claims", {"what": ""})


def test_bounds_of_a_claim_are_links_in_any_table():
    tables = make_tables()
    page = read(show.show_table(tables["claims"], "Claims", {"what": "What", "low": "From"}))
    assert page.find("a", href="#claim-aaaaaaaaaa")


def test_a_table_without_rows_says_none():
    shown = show.show_headlines(make_frame("headlines", []))
    assert repr(shown) == "Headline figures: none"


def write_bottom_line(tables):
    facts = {"as_of": "2022-01-01"}
    names = ("documents", "claims", "trends", "headlines", "coverage")
    return show.show_bottom_line(facts, *(tables[name] for name in names))


def test_the_bottom_line_links_each_figure():
    shown = write_bottom_line(make_tables())
    assert {"href": "#claim-bbbbbbbbbb"}.items() <= read(shown).find("a", href="#claim-bbbbbbbbbb")[
        0
    ].items()
    assert "$12\xa0million oil income (minister, no time stated, published 2 May 2021)" in repr(
        shown
    )


def test_the_bottom_line_stays_true_without_any_figure():
    lines = repr(write_bottom_line(make_tables(claims=[], trends=[]))).split("\n")
    assert lines == [
        "As of 1 Jan 2022, one text published on 2 May 2021 states no figures and no directions "
        "of change.",
        "Among the headline figures is none on strength, money or foreign fighters.",
        "No text states a direction of change.",
    ]


def test_the_bottom_line_prefers_the_later_figure_and_shows_no_author_of_its_own():
    later = DETAINEES | {"claim_id": "claim-dddddddddd", "as_of": "2021-09", "low": 700}
    shown = repr(write_bottom_line(make_tables(claims=[DETAINEES, later])))
    assert "at least 700 detainees in Syria (Wardens, Sep 2021)" in shown
    assert "at least 900" not in shown


def test_silence_is_named_with_its_label():
    tables = make_tables()
    row = {"subject": "africa", "group": "region", "doc_id": "doc-a", "statements": 0}
    tables["coverage"] = make_frame("coverage", [row])
    assert "Nothing is said in any text on: Africa." in repr(write_bottom_line(tables))
