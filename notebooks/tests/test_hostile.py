"""Texts are untrusted: many that attack go through the whole chain, and nothing of them runs."""

import csv
import json
import os
import re
import subprocess
import sys

import pytest
from conftest import ROOT, hash_tree, make_once
from test_show import Reader
from tiny import copy_project

from threatledger.briefing.markup import escape
from threatledger.records import make_id
from threatledger.tables import CONTROL, bare_cell

LINES = [
    "<script>window.intruded = 1</script> </style><!-- {{ 7*7 }} {% raw %}\n",
    'Up to 500 <img src=x onerror="window.intruded=2"> fighters are in Iraq, said <b>Smith</b>.\r',
    "More than $40 million </script><script>window.intruded = 3</script> was held in 2020.\n",
    '=HYPERLINK("javascript:alert(1)") and +1 of 300 $\\frac{1}{0}$ fighters died in 2019.\n',
    "@SUM(1) About 200 \u202efighters\u202c of \u05d7\u05de\u05d0\u05e1 and "
    "\u062f\u0627\u0639\u0634\u2066 in Libya\u2069 were captured.\u2028"
    "Attacks have increased <a href='javascript:alert(2)'>there</a>.",
    "Recruitment of 60 \x01\x02 \u001b[31m fighters in Iraq fell & \ud7ff &lt;script&gt; $x$.\n",
    "[[count claims]] {{ cycler.__init__.__globals__ }} {% include '/etc/passwd' %} ${7*7} #{7}\n",
    "A" * 3000 + " declined in Iraq, where 90 fighters remain \U0001f600.",
]
HOSTILE = "\n".join(LINES)
# One sentence over and over, and figures without end on one line.
FLOOD = "Up to 700 fighters remain in Mali. " * 300 + "".join(
    f"Some {number:,} fighters were killed in Niger in 2019. " for number in range(1000, 1040)
)
ODD_NAME = "-rf $(touch made) `touch made`; \"q\" 'x' {{ 7*7 }} %s <b>\nb.txt"
ODD = "\ufeffAbout \u0665\u0660\u0660 fighters\0 left E\u0301tienne\u2019s camp.\r\rAttacks fell.\r"
WIDE = "The UN said that up to 1\u200b500 fighters \U0001f600 remain in Libya.\r\n"
TEXTS = {
    "hostile.txt": HOSTILE.encode(),
    "flood.txt": FLOOD.encode(),
    ODD_NAME: ODD.encode(),
    "sub folder/wide.txt": WIDE.encode("utf-16"),
    "latin.txt": b"Some 40 fighters \xe9",
    "pdf.txt": b"%PDF-1.4 <script>window.intruded = 9</script>",
    "empty.txt": b"",
}
READ = {"hostile": HOSTILE, "flood": FLOOD, "hostile-heading": ODD, "wide": WIDE}
ROW = {
    "id": "hostile",
    "file": "hostile.txt",
    "title": "<script>window.intruded = 5</script> \u202etitle",
    "publisher": "=cmd|' /C calc'!A0",
    "published": "2021-05-02",
    "published_basis": '"><svg onload=window.intruded=6>',
    "kind": "@kind</style>",
    "language": 'en" onclick="window.intruded=7',
    "about": "S/2019/612",
    "about_basis": "+<iframe src=javascript:alert(1)>",
    "encoding": "",
}
ROWS = [
    ROW,
    ROW | {"id": "flood", "file": "flood.txt", "title": "{{ 7*7 }}{% raw %}"},
    ROW | {"id": "hostile-heading", "file": ODD_NAME, "title": "[[count claims]]"},
    ROW | {"id": "wide", "file": "sub folder/wide.txt", "encoding": "utf-16"},
    ROW | {"id": "latin", "file": "latin.txt"},
    ROW | {"id": "pdf", "file": "pdf.txt"},
    ROW | {"id": "empty", "file": "empty.txt"},
    ROW | {"id": "up", "file": "../catalogue.csv"},
    ROW | {"id": "root", "file": "/etc/passwd"},
    ROW | {"id": "link", "file": "link.txt"},
    ROW | {"id": "no-such", "file": "=1+1<script>window.intruded=10</script>\n.txt"},
]
SKIPPED = {
    "latin": "is not UTF-8 (byte 0xE9 at offset 17, line 1)",
    "pdf": "is a PDF file",
    "empty": "is empty",
    "up": "lies outside texts/",
    "root": "lies outside texts/",
    "link": "lies outside texts/",
    "no-such": "is no file in texts/",
}
# A title that would be code if it were pasted into a cell, a page or a template.
TITLE = (
    "</title><script>window.intruded = 8</script>\"\"\"'; open('made', 'w') #\\\" {{ 7*7 }} "
    "{% raw %} {edition} %s ${HOME}\n__import__('os').system('touch made')"
)
# A hand correction and a label of the codebook, by somebody who means no good either.
CORRECTION = {
    "doc_id": "hostile",
    "claim": make_id("claim", "hostile", HOSTILE.rindex("90"), HOSTILE.rindex("90") + 2, "90"),
    "field": "what",
    "old": "fighters",
    "new": "=1+1<script>window.intruded = 11</script>",
    "who": "@who {{ 7*7 }}",
    "when": "2021",
    "why": "<img src=x onerror='window.intruded=12'>\u202e[[count claims]]",
}
LABEL = "$x^$ <script>window.intruded = 13</script> {{ 7*7 }} =1+1"
EDITION = f"title: {json.dumps(TITLE)}\non_error: skip\nparameters:\n  as_of: 2022-01-01\n"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, worker_id):
    """Return the folder of an edition of hostile texts, built by the chain."""
    return make_once(tmp_path_factory, worker_id, "hostile", make_hostile) / "reports/default"


def make_hostile(root):
    """Make the project and its edition; return what the chain said if it failed."""
    copy_project(root, ROOT, TEXTS, ROWS, EDITION)
    (root / "data/texts/link.txt").symlink_to("/etc/passwd")
    with open(root / "data/corrections.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, CORRECTION)
        writer.writeheader()
        writer.writerow(CORRECTION)
    for name in ("indicators", "populations", "topics"):
        path = root / f"data/codebook/{name}.csv"
        text = path.read_text(encoding="utf-8")
        text = re.sub(",(?:Fighters|Attacks|Strength of the group),", f",{LABEL},", text)
        path.write_text(text, encoding="utf-8")
    for name in ("home", "tmp"):
        (root / name).mkdir()
    before = hash_tree(root)
    ran = report(root)
    written = {name for name, _ in set(hash_tree(root).items()) ^ set(before.items())}
    (root / "written.json").write_text(json.dumps(sorted(written)))
    return ran.stdout + ran.stderr if ran.returncode else ""


def report(root):
    """Make the edition, with a home and a scratch folder of its own."""
    own = {
        "PYTHONPATH": str(root / "notebooks"),
        "THREATLEDGER_REPORTS": str(root / "reports"),
        "HOME": str(root / "home"),
        "TMPDIR": str(root / "tmp"),
    }
    command = [sys.executable, "-m", "threatledger", "--root", str(root), "report"]
    return subprocess.run(
        command, env=os.environ | own, cwd=root, capture_output=True, text=True, check=False
    )


def assert_harmless(html, styled=()):
    """Fail if HTML holds anything that acts, or that turns the order of letters round."""
    read = Reader(html)
    acting = [tag for tag, _ in read.tags if tag in ("iframe", "object", "embed", "base", "form")]
    assert acting == []
    for tag, attributes in read.tags:
        assert not [name for name in attributes if name.startswith("on")], tag
        assert "style" not in attributes or tag in styled
        for name in ("href", "src", "srcset", "action"):
            assert not re.match(r"\s*(javascript|vbscript):", attributes.get(name) or "", re.I)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\x00-\x08\x0b\x0e-\x1f]", html)
    assert "49" not in re.findall(r"\{\{ ?(\S+) ?\}\}", html)


def test_the_text_was_read(hostile):
    """Otherwise the tests below would be green over nothing."""
    lines = (hostile / "tables/claims.csv").read_text(encoding="utf-8")
    assert lines.count("claim-") >= 5
    assert "onerror" in lines


def test_nothing_acts_on_the_page(hostile):
    html = (hostile / "briefing.html").read_text(encoding="utf-8")
    assert_harmless(html)
    assert html.count("<script") == html.count("</script>") == 1
    assert html.count("<style") == html.count("</style>") == 1
    assert html.count("<title") == 1
    assert "{{ 7*7 }}" in html
    for attack in (LABEL, CORRECTION["new"], CORRECTION["who"], TITLE.partition("\n")[0]):
        assert escape(attack) in html
    assert "⟨U+202E⟩" in html


def test_nothing_acts_in_the_executed_notebooks(hostile):
    for path in (hostile / "executed").iterdir():
        for cell in json.loads(path.read_bytes())["cells"]:
            for output in cell.get("outputs", []):
                data = output.get("data", {})
                assert not {"text/markdown", "text/latex", "application/javascript"} & set(data)
                html = "".join(data.get("text/html", ""))
                # pandas sets the head of a table from the right.
                assert_harmless(html, styled=["tr"])
                assert "<script" not in html


def test_no_cell_runs_in_a_spreadsheet(hostile):
    for path in (hostile / "tables").glob("*.csv"):
        for row in read_rows(hostile, path.stem):
            for cell in row.values():
                is_number = re.fullmatch(r"-?[\d.]+(e[+-]?\d+)?", cell)
                assert is_number or not re.match("[=+@\t\r\n-]", cell), (path.name, cell)


def read_rows(hostile, table):
    """Read a table's rows; cells may be longer than the csv module allows by itself."""
    before = csv.field_size_limit(10**9)
    try:
        with (hostile / f"tables/{table}.csv").open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))
    finally:
        csv.field_size_limit(before)


def test_quotes_come_back_from_the_tables_as_they_stand_in_the_text(hostile):
    rows = read_rows(hostile, "claims")
    assert {row["doc_id"] for row in rows} == set(READ)
    for row in rows:
        quote = READ[row["doc_id"]][int(row["start"]) : int(row["end"])]
        assert bare_cell(row["quote"]) == quote.translate(CONTROL)


def test_odd_digits_are_read_in_odd_files(hostile):
    found = {(row["doc_id"], row["low"], row["high"]) for row in read_rows(hostile, "claims")}
    assert {("hostile-heading", "500", "500"), ("wide", "", "1500")} <= found


def test_repetition_stays_bounded(hostile):
    claims = [row for row in read_rows(hostile, "claims") if row["doc_id"] == "flood"]
    assert len(claims) == 340
    size = sum(path.stat().st_size for path in hostile.rglob("*") if path.is_file())
    assert size < 12_000_000


def test_what_cannot_be_read_is_left_out_and_listed_with_the_reason(hostile):
    rows = {row["doc_id"]: row["reason"] for row in read_rows(hostile, "left-out")}
    assert set(rows) == set(SKIPPED)
    page = (hostile / "briefing.html").read_text(encoding="utf-8")
    for doc_id, told in SKIPPED.items():
        assert told in rows[doc_id]
        assert told in page
    assert {row["doc_id"] for row in read_rows(hostile, "documents")} == set(READ)
    assert "root:" not in page


def test_nothing_is_written_outside_the_edition(hostile):
    written = json.loads((hostile.parents[1] / "written.json").read_text())
    inside = ("reports/default/", "reports/.cache/")
    outside = [name for name in written if not name.startswith(inside)]
    # Python keeps the byte code of the project's own modules beside them.
    assert [name for name in outside if "__pycache__" not in name] == ["reports/.lock"]


def test_names_that_are_odd_change_nothing_on_a_second_run(hostile):
    assert "nothing changed" in report(hostile.parents[1]).stdout


def test_nothing_runs_in_a_browser(hostile, browser_path):
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for width in (360, 1280):
            page = browser.new_page(viewport={"width": width, "height": 800})
            asked, said = [], []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            for event in ("console", "pageerror", "dialog"):
                page.on(event, lambda what, said=said: said.append(str(what)))
            page.goto((hostile / "briefing.html").as_uri())
            page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
            page.locator("button.peek").first.click()
            page.keyboard.press("Escape")
            page.evaluate("scrollTo(0, document.body.scrollHeight)")
            assert page.evaluate("window.intruded") is None
            assert page.title().startswith("</title><script>")
            assert said == []
            assert [url for url in asked[1:] if not url.startswith("data:")] == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        browser.close()
