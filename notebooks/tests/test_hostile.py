"""Texts are untrusted: one that attacks goes through the whole chain, and nothing of it runs."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys

import pytest
from conftest import ROOT
from test_show import Reader

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
    "A" * 3000 + " declined in Iraq, where 90 fighters remain \U0001f600.",
]
HOSTILE = "\n".join(LINES)
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
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Return the folder of an edition of one hostile text, built by the chain."""
    root = tmp_path_factory.mktemp("hostile")
    ignored = shutil.ignore_patterns("__pycache__", ".*", "tests")
    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, root / name, ignore=ignored)
    for name in ("requirements.lock.txt", "CITATION.cff"):
        shutil.copy(ROOT / name, root)
    (root / "data/texts/hostile.txt").write_bytes(HOSTILE.encode("utf-8"))
    with open(root / "data/catalogue.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ROW)
        writer.writeheader()
        writer.writerow(ROW)
    for edition in (root / "notebooks/editions").iterdir():
        edition.unlink()
    title = "</title><script>window.intruded = 8</script>"
    text = f"title: {json.dumps(title)}\nparameters:\n  as_of: 2022-01-01\n"
    (root / "notebooks/editions/default.yml").write_text(text, encoding="utf-8")
    own = {"PYTHONPATH": str(root / "notebooks"), "THREATLEDGER_REPORTS": str(root / "reports")}
    command = [sys.executable, "-m", "threatledger", "--root", str(root), "report"]
    ran = subprocess.run(
        command, env=os.environ | own, cwd=root, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return root / "reports/default"


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
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.reader(lines):
                for cell in row:
                    is_number = re.fullmatch(r"-?[\d.]+(e[+-]?\d+)?", cell)
                    assert is_number or not re.match("[=+@\t\r\n-]", cell), (path.name, cell)


def test_quotes_come_back_from_the_tables_as_they_stand_in_the_text(hostile):
    with (hostile / "tables/claims.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            quote = HOSTILE[int(row["start"]) : int(row["end"])]
            assert bare_cell(row["quote"]) == quote.translate(CONTROL)


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
