import base64
import hashlib
import re

import nbformat
import pytest
from samples import make_tables

from threatledger.briefing import show
from threatledger.briefing.page import PageError, check_links, write_page

MD, CODE = nbformat.v4.new_markdown_cell, nbformat.v4.new_code_cell
CONTRACT = (
    "# 11 · Briefing\n\n**Question.** Why?\n\n**Reads** `tables/a.csv`.\n\n**Writes** nothing."
)


def give(shown):
    """Return a code cell that shows something, as executed."""
    data = {"text/html": shown._repr_html_(), "text/plain": repr(shown)}
    output = nbformat.v4.new_output("execute_result", data=data, execution_count=1)
    return CODE("secret_code()", outputs=[output], execution_count=1)


def give_briefing():
    """Return the cells of a small whole briefing."""
    tables = make_tables()
    facts = {"title": "A <title>", "as_of": "2022-01-01"}
    documents, claims, trends = (tables[name] for name in ("documents", "claims", "trends"))
    return [
        MD(CONTRACT),
        give(show.show_masthead(facts, documents, claims, trends)),
        MD("## Bottom line\n\nSome *prose* with $5 and $6."),
        give(
            show.show_bottom_line(
                facts, documents, claims, trends, tables["headlines"], tables["coverage"]
            )
        ),
        MD("## The ledger\n\n### A part\n\n| a | b |\n|---|--:|\n| x | 1 |"),
        give(show.show_claims(claims, documents)),
        give(show.show_trends(trends, documents)),
        MD("## The ledger"),
        give(show.show_sources(documents, tables["passages"], claims, trends)),
    ]


@pytest.fixture
def write(tmp_path):
    """Return a function that writes cells as a page and returns its HTML."""

    def write_cells(cells):
        notebook = nbformat.v4.new_notebook(cells=cells)
        nbformat.write(notebook, tmp_path / "11-briefing.ipynb")
        write_page(tmp_path / "11-briefing.ipynb", tmp_path / "briefing.html")
        return (tmp_path / "briefing.html").read_text(encoding="utf-8")

    return write_cells


def test_prose_and_outputs_stand_in_order_and_code_nowhere(write):
    html = write(give_briefing())
    assert html.index("<em>prose</em> with $5 and $6.") < html.index('class="bottom-line"')
    assert "secret_code" not in html
    assert "<script>" in html
    assert html.count("<script") == 1
    assert html.count("<style") == 1


def test_the_contract_of_the_notebook_is_left_off(write):
    assert "**Reads**" not in write(give_briefing())
    assert "Briefing</h1>" not in write(give_briefing())


def test_the_title_is_escaped_and_stands_in_head_and_heading(write):
    html = write(give_briefing())
    assert "<title>A &lt;title&gt;</title>" in html
    assert re.search("<h1[^>]*>A &lt;title&gt;</h1>", html)
    assert html.count("<h1") == 1


def test_headings_become_sections_with_ids_and_contents(write):
    html = write(give_briefing())
    assert re.findall(r'<section aria-labelledby="[^"]+" id="([^"]+)"|<section id="([^"]+)"', html)
    for anchor in ("bottom-line", "the-ledger", "the-ledger-again"):
        assert f'href="#{anchor}"' in html
        assert f'id="{anchor}"' in html
    assert html.count("<section") == html.count("</section>") == 4  # the last is the page’s own


def test_the_policy_allows_this_style_and_script_and_nothing_else(write):
    html = write(give_briefing())
    policy = (
        re.search(r'http-equiv="Content-Security-Policy"[^>]*', html)[0]
        + re.search(r'content="(default-src[^"]*)"', html)[1]
    )
    for tag in ("style", "script"):
        content = re.search(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_no_inline_style_or_handler_is_left(write):
    html = write(give_briefing())
    assert 'class="align-right"' in html
    assert not re.search(r"<[^>]+\s(?:style|on\w+)=", html)
    assert "cdnjs" not in html
    assert not re.search(r'(?:src|href)="https?:', html)


def test_the_same_notebook_gives_the_same_page(write):
    assert write(give_briefing()) == write(give_briefing())


def test_a_cell_tagged_notebook_only_is_left_off(write):
    cells = give_briefing()
    cells.append(MD("for editors", metadata={"tags": ["notebook-only"]}))
    assert "for editors" not in write(cells)


def test_a_heading_inside_a_code_block_opens_no_section(write):
    cells = [*give_briefing(), MD("```\n## not a heading\n```")]
    assert write(cells).count("<section") == 4


def test_messages_of_libraries_are_left_off(write):
    noise = nbformat.v4.new_output("stream", name="stderr", text="a warning")
    assert "a warning" not in write([*give_briefing(), CODE("x", outputs=[noise])])


def test_blanks_in_the_prose_are_filled_from_the_tables(write, tmp_path):
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables/claims.csv").write_text("claim_id\nclaim-1\nclaim-2\n")
    html = write([*give_briefing(), MD("Here are [[count claims]].")])
    assert 'Here are <span data-from="count claims">two</span>.' in html


def test_a_blank_that_cannot_be_filled_stops_the_page(write):
    with pytest.raises(PageError, match="there is no table nonsense"):
        write([*give_briefing(), MD("Here are [[count nonsense]].")])


def test_small_tables_are_kept_in_the_page_and_large_ones_beside_it(write, tmp_path):
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables/claims.csv").write_text("claim_id\nclaim-1\n")
    (tmp_path / "tables/passages.csv").write_text("text\n" + 40_000 * "x" + "\n")
    html = write(give_briefing())
    inside = r'href="data:text/csv[^"]*" download="claims.csv" id="csv-claims">[^<]*</a> \(in this'
    assert re.search(inside, html)
    beside = r'href="tables/passages.csv" [^>]*>[^<]*</a> \(beside this page'
    assert re.search(beside, html)


def test_cards_are_numbered_and_links_know_the_number(write):
    html = write(give_briefing())
    cards = dict(re.findall(r'<article class="card" id="([^"]+)"[^>]*? data-note="(\d)"', html))
    links = re.findall(r'<a data-note="(\d)" class="[^"]*" href="#([^"]+)"', html)
    assert sorted(cards.values()) == ["1", "2", "3"]
    assert links
    assert all(cards[card] == note for note, card in links)


def test_a_failed_cell_stops_the_page(write):
    error = nbformat.v4.new_output("error", ename="KeyError", evalue="'x'", traceback=[])
    with pytest.raises(PageError, match="a cell failed with KeyError"):
        write([*give_briefing(), CODE("x", outputs=[error])])


def test_a_page_without_sections_says_how_to_begin_one(write):
    with pytest.raises(PageError, match="## Heading"):
        write([MD("no heading")])


def test_links_that_lead_nowhere_stop_the_page(write):
    cells = [cell for cell in give_briefing() if "at-claim" not in str(cell.get("outputs"))]
    with pytest.raises(PageError, match="lead nowhere"):
        write(cells)


def test_a_table_shown_twice_stops_the_page():
    with pytest.raises(PageError, match="twice"):
        check_links('<p id="a"></p><p id="a"></p>')


def test_a_failure_leaves_the_page_that_was_there(write, tmp_path):
    before = write(give_briefing())
    with pytest.raises(PageError):
        write([MD("no heading")])
    assert (tmp_path / "briefing.html").read_text(encoding="utf-8") == before


def test_figures_come_in_pairs_with_words_and_data(write, tmp_path, monkeypatch):
    from test_figures import write_sample

    monkeypatch.setenv("THREATLEDGER_REPORTS", str(tmp_path.parent))
    shown = write_sample()
    (tmp_path.parent / "trial/figures").rename(tmp_path / "figures")
    data, metadata = shown._repr_mimebundle_()
    output = nbformat.v4.new_output(
        "execute_result", data=data, metadata=metadata, execution_count=1
    )
    html = write([*give_briefing(), CODE("x", outputs=[output])])
    figure = re.search(r"<figure.*?</figure>", html, re.DOTALL)[0]
    assert figure.count("<source") == 3
    assert 'alt="Between 500 and 800 fighters are stated."' in figure
    assert "data:image/svg+xml;base64," in figure
    assert "<caption>Data: Strength</caption>" in figure
    assert "<svg" not in html
