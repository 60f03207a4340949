"""The built page in a real browser; skipped, and said so, where there is no Chromium."""

import base64
import csv
import io
import re

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

SCREENS = [
    pytest.param(width, scheme, id=f"{width}-{scheme}")
    for width in (1280, 360)
    for scheme in ("light", "dark")
]
# Everything that axe knows, the rule on the size of targets too, which it leaves out by itself.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Content width and height of a sheet within the page's margins (17 and 16 mm), in CSS pixels.
SHEETS = {"A4": (673, 994), "Letter": (695, 927)}
MEDIA_BOXES = {"A4": (595, 842), "Letter": (612, 792)}
# What a page that obeys its policy never says.
COMPLAINTS = re.compile("Content Security Policy|Refused to|violat", re.IGNORECASE)


@pytest.fixture(scope="module")
def browser(browser_path):
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def visit(browser, built):
    """Return a function that opens the page and notes what it asks for and complains of."""
    opened = []

    def open_page(width=1280, scheme="light", fragment="", **options):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, **options
        )
        opened.append(context)
        page = context.new_page()
        page.requested, page.complaints = [], []
        page.on("request", lambda request: page.requested.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto((built / "default/briefing.html").as_uri() + fragment)
        return page

    yield open_page
    for context in opened:
        context.close()


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_the_page_asks_for_nothing_and_breaks_no_policy(visit, width, scheme):
    page = visit(width, scheme)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    asked = [url for url in page.requested[1:] if not url.startswith("data:")]
    assert asked == []
    assert page.complaints == []


def test_the_policy_stops_what_does_not_belong(visit):
    page = visit()
    page.evaluate(
        """() => {
            const image = document.createElement("img");
            image.src = "https://example.org/x.png";
            const script = document.createElement("script");
            script.textContent = "window.intruded = true";
            document.body.append(image, script);
            document.body.setAttribute("style", "opacity: 0.5");
        }"""
    )
    assert page.evaluate("window.intruded") is None
    assert page.evaluate("getComputedStyle(document.body).opacity") == "1"
    assert any(COMPLAINTS.search(words) for words in page.complaints)


def run_axe(page, **rules):
    """Return what axe complains of, and what it cannot decide, as rule and first place."""
    options = {"runOnly": {"type": "tag", "values": RULES}, "rules": rules}
    response = axe.Axe().run(page, options=options).response
    return [
        [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in response[kind]]
        for kind in ("violations", "incomplete")
    ]


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_axe_finds_nothing(visit, width, scheme):
    # axe needs to add its script; everything else about the page stays as it is.
    page = visit(width, scheme, bypass_csp=True)
    violations, undecided = run_axe(page)
    assert violations == []
    # axe does not know heads of groups of rows (scope=rowgroup), nor what scrolls below a head.
    known = {"th-has-data-cells", *(["color-contrast"] if width == 360 else [])}
    assert [place for place in undecided if place[0] not in known] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_an_open_popover(visit, scheme):
    page = visit(360, scheme, bypass_csp=True)
    page.locator("button.peek").first.click()
    assert run_axe(page)[0] == []


def test_axe_finds_nothing_on_paper(visit):
    page = visit(bypass_csp=True)
    page.emulate_media(media="print")
    # Nobody clicks on paper.
    violations, _ = run_axe(page, **{"target-size": {"enabled": False}})
    assert violations == []


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_scrolls_sideways(visit, width):
    page = visit(width)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_scrolls_sideways_with_text_twice_as_large(visit, width):
    page = visit(width)
    # The reader's own setting, as the browser's preferences have it; no policy is asked.
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    page.reload()
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert page.evaluate("getComputedStyle(document.querySelector('.prose')).fontSize") > "32px"
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_buttons_are_large_enough_for_a_thumb(visit):
    page = visit(360)
    page.locator("button.peek").first.click()
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, input:not([type=checkbox]), summary")]
            .filter((e) => e.checkVisibility())
            .filter((e) => {
                const { width, height } = e.getBoundingClientRect();
                return width > 0 && Math.min(width, height) < 24;
            }).map((e) => e.outerHTML.slice(0, 100))"""
    )
    assert small == []


def test_focus_can_be_seen(visit):
    page = visit()
    for selector in (".skip", ".contents a", "a.number", "button.peek", ".sort", ".tools input"):
        page.locator(f"{selector}:visible" if selector != ".skip" else selector).first.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        look = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement);"
            " return [s.outlineStyle, parseFloat(s.outlineWidth)]; })()"
        )
        assert look == ["solid", 2], selector


def test_nothing_moves_by_itself(visit):
    """Reduced motion asks for no more than that."""
    page = visit(reduced_motion="reduce")
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((e) => {
            const style = getComputedStyle(e);
            return style.animationName !== "none" || style.transitionDuration !== "0s"
                || style.scrollBehavior === "smooth";
        }).length"""
    )
    assert moving == 0


def test_marks_are_told_apart_in_the_reader_s_own_colours(visit):
    page = visit(forced_colors="active")
    looks = page.evaluate(
        """() => ["claim", "trend", "response"].map((kind) => {
            const style = getComputedStyle(document.querySelector(`.text-body mark.${kind}`));
            return [style.backgroundColor, style.borderBottomStyle].join();
        })"""
    )
    assert len(set(looks)) == 3


def test_the_page_has_its_landmarks(visit):
    page = visit()
    counts = {
        selector: page.locator(selector).count()
        for selector in ("h1", "main", "body > header", "body > footer", "nav", "title")
    }
    assert set(counts.values()) == {1}, counts
    assert page.locator("html").get_attribute("lang") == "en"
    assert len(page.locator("meta[name=description]").get_attribute("content")) > 40
    unnamed = page.evaluate(
        """() => [...document.querySelectorAll("main > section, .page section")].filter((part) =>
            !document.getElementById(part.getAttribute("aria-labelledby"))?.textContent.trim()
        ).length"""
    )
    assert unnamed == 0
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == page.locator(".skip").get_attribute("href")


def test_the_contents_mark_the_section_being_read(visit):
    page = visit()
    sections = page.locator("main > section")
    for k in (2, 0, sections.count() - 2):
        anchor = sections.nth(k).get_attribute("id")
        page.evaluate("(id) => document.getElementById(id).scrollIntoView()", anchor)
        page.wait_for_function(
            "(id) => document.querySelector('.contents [aria-current]')?.hash === `#${id}`",
            arg=anchor,
        )


def read_column(table, column):
    """Return what each row of a table's body is sorted by in a column, group by group."""
    return table.evaluate(
        """(table, column) => [...table.tBodies].map((body) => [...body.rows]
            .filter((row) => !row.querySelector(".group"))
            .map(({ cells }) => cells[column].dataset.order ?? cells[column].textContent))""",
        column,
    )


def test_a_table_is_sorted_by_its_figures_and_back(visit):
    page = visit()
    table = page.locator("table.headlines")
    heads = table.locator("thead th")
    column = [heads.nth(k).inner_text() for k in range(heads.count())].index("Figure")
    button, before = heads.nth(column).locator("button"), read_column(table, column)
    ways = []
    for _ in range(3):
        button.focus()
        page.keyboard.press("Enter")
        ways.append((heads.nth(column).get_attribute("aria-sort"), read_column(table, column)))
    assert [way for way, _ in ways] == ["ascending", "descending", "none"]
    up, down, back = (columns for _, columns in ways)
    numbers = [[float(key) for key in keys] for keys in up]
    assert numbers == [sorted(keys) for keys in numbers]
    assert [[float(key) for key in keys] for keys in down] == [
        sorted(map(float, keys), reverse=True) for keys in down
    ]
    assert back == before != up


def test_a_table_is_sorted_by_date_and_by_words_with_nothing_last(visit):
    page = visit()
    table = page.locator("table.headlines")
    heads = table.locator("thead th")
    names = [heads.nth(k).inner_text() for k in range(heads.count())]
    for name in ("Holds for", "What is counted"):
        column = names.index(name)
        heads.nth(column).locator("button").click()
        for keys in read_column(table, column):
            stated = [key for key in keys if key != "not stated"]
            assert stated == sorted(stated, key=str.casefold)
            assert keys == stated + ["not stated"] * (len(keys) - len(stated))
        assert heads.nth(names.index("Figure")).get_attribute("aria-sort") == "none"


def test_a_table_is_filtered_and_says_how_much_is_left(visit):
    page = visit()
    tools = page.locator(".tools:has(+ .table table.headlines)")
    rows = page.locator("table.headlines tbody tr:has(td)")
    total = rows.count()
    tools.locator("input").fill("SYRIA  ")
    left = page.locator("table.headlines tbody tr:has(td):visible").count()
    assert 0 < left < total
    count = tools.locator("[role=status]")
    assert count.inner_text() == f"{left} of {total} rows"
    empty = page.locator("table.headlines tbody:not(:has(td:visible)) .group:visible")
    assert empty.count() == 0
    tools.locator("input").fill("<b>no such words")
    assert page.locator("table.headlines tbody tr:visible").count() == 0
    assert count.inner_text() == "No row holds “<b>no such words”"
    tools.locator("input").fill("")
    assert page.locator("table.headlines tbody tr:has(td):visible").count() == total


def test_short_tables_need_no_field(visit):
    counts = visit().evaluate(
        """() => [...document.querySelectorAll(".table")].map((region) => [
            region.querySelectorAll("tbody tr:has(td)").length,
            region.previousElementSibling?.className === "tools",
        ])"""
    )
    assert [row for row in counts if (row[0] > 8) != row[1]] == []


def test_a_record_s_link_can_be_copied(visit):
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    card = page.locator("article.card").first
    card.locator("button.copy").click()
    page.wait_for_function(
        "() => [...document.querySelectorAll('[role=status]')]"
        ".some((e) => e.textContent.startsWith('Copied'))"
    )
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(f"/briefing.html#{card.get_attribute('id')}")
    page.locator(".citation button.copy").click()
    page.wait_for_function("async () => (await navigator.clipboard.readText()).includes('Edition')")


def test_every_number_leads_to_its_card_and_every_card_to_its_span(visit):
    page = visit()
    broken = page.evaluate(
        """() => {
            const broken = [];
            const isThere = (id, tag) => document.getElementById(id)?.tagName === tag;
            for (const a of document.querySelectorAll("a.number[href^='#claim-'], a.direction")) {
                if (!isThere(a.hash.slice(1), "ARTICLE")) broken.push(a.outerHTML);
            }
            for (const card of document.querySelectorAll("article.card")) {
                const way = card.querySelector(`a[href="#at-${card.id}"]`);
                if (!way || !isThere(`at-${card.id}`, "MARK")) broken.push(card.id);
            }
            return broken;
        }"""
    )
    assert broken == []
    assert page.locator("a.number[href^='#claim-']").count() > 0


def test_a_marked_span_holds_the_words_of_its_card(visit):
    page = visit()
    differing = page.evaluate(
        """() => [...document.querySelectorAll("article.card")].filter((card) => {
            const span = document.getElementById(`at-${card.id}`).cloneNode(true);
            span.querySelectorAll(".hops").forEach((hops) => hops.remove());
            const quote = card.querySelector("blockquote mark");
            return !quote || !quote.textContent.startsWith(span.textContent);
        }).map((card) => card.id)"""
    )
    assert differing == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts-on", "scripts-off"])
def test_the_keyboard_leads_from_a_number_to_its_sentence(visit, scripts):
    page = visit(java_script_enabled=scripts)
    number = page.locator(".bottom-line a.number[href^='#claim-'], a.number[href^='#claim-']").first
    target = number.get_attribute("href")
    number.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith(target)
    card = page.locator(target)
    assert card.is_visible()
    card.locator(f"a[href='#at-{target[1:]}']").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith(f"#at-{target[1:]}")
    span = page.locator(f"#at-{target[1:]}")
    span.wait_for(state="visible")
    assert page.locator(f"#at-{target[1:]} > .hops").is_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts-on", "scripts-off"])
def test_the_evidence_opens_beside_a_number_and_closes(visit, scripts):
    page = visit(java_script_enabled=scripts)
    button = page.locator("button.peek").first
    card = page.locator(f"#{button.get_attribute('popovertarget')}")
    assert not card.is_visible()
    button.focus()
    page.keyboard.press("Enter")
    assert card.is_visible()
    assert card.locator("blockquote mark").is_visible()
    page.keyboard.press("Escape")
    assert not card.is_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_evidence_never_reaches_out_of_the_window(visit, width):
    page = visit(width=width)
    outside = page.evaluate(
        """() => [...document.querySelectorAll("main section:nth-of-type(3) button.peek")]
        .flatMap(button => ["start", "center", "end"].filter(block => {
          button.scrollIntoView({block});
          button.click();
          const card = document.querySelector(":popover-open");
          const {left, top, right, bottom} = card.getBoundingClientRect();
          card.hidePopover();
          return left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1;
        }).map(block => `${button.getAttribute("popovertarget")} at the ${block}`))"""
    )
    assert outside == []
    assert page.locator("main section:nth-of-type(3) button.peek").count() > 10


def test_previous_and_next_lead_through_the_marks_of_a_text(visit):
    page = visit()
    first = page.locator(".text-origin a.onward").first
    first.click()
    seen = []
    for _ in range(3):
        seen.append(page.evaluate("location.hash"))
        page.locator(f"{seen[-1]} > .hops a[aria-label^='Next']").click()
    assert len(set(seen)) == 3


def test_the_page_is_whole_without_scripts(visit):
    """Scripts add fields and buttons, and take nothing away."""
    page, plain = visit(), visit(java_script_enabled=False)
    page.evaluate("document.querySelectorAll('.tools, .copy').forEach((e) => e.remove())")
    texts = [tab.locator("main").inner_text().split() for tab in (page, plain)]
    assert texts[0] == texts[1]
    assert plain.locator(".tools, .copy, .sort").count() == 0


@pytest.mark.parametrize("size", SHEETS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_prints(visit, size, scheme):
    page = visit(scheme=scheme)
    pdf = page.pdf(format=size, prefer_css_page_size=False)
    boxes = set(re.findall(rb"/MediaBox ?\[ ?0 0 (\d+)\S* (\d+)", pdf))
    assert {tuple(map(int, box)) for box in boxes} == {MEDIA_BOXES[size]}
    assert 10 < len(re.findall(rb"/Type ?/Page\b(?!s)", pdf)) < 80
    page.emulate_media(media="print")
    for gone in ("nav.contents", "button.peek", ".tools", ".skip"):
        assert not page.locator(gone).first.is_visible(), gone
    look = page.evaluate(
        "[getComputedStyle(document.documentElement).backgroundColor,"
        " getComputedStyle(document.querySelector('h1')).color]"
    )
    assert look == ["rgb(255, 255, 255)", "rgb(31, 28, 24)"]


@pytest.mark.parametrize("size", SHEETS)
def test_no_row_is_cut_on_paper_and_none_is_left_out(visit, size):
    width, height = SHEETS[size]
    page = visit(width)
    page.locator(".tools input:visible").first.fill("no such words")
    page.emulate_media(media="print")
    cut = page.evaluate(
        """(height) => [...document.querySelectorAll("tbody tr, .card, figure")].filter((part) => {
            if (part.closest("details:not([open])") || !part.checkVisibility()) return false;
            const broken = getComputedStyle(part).breakInside !== "avoid";
            return broken || part.getBoundingClientRect().height > height;
        }).map((part) => part.innerText.slice(0, 80))""",
        height,
    )
    assert cut == []
    # A head that repeats on each sheet, for which nothing in it may be a box of its own.
    assert (
        page.evaluate("getComputedStyle(document.querySelector('thead')).display")
        == "table-header-group"
    )
    assert page.evaluate("getComputedStyle(document.querySelector('.sort')).display") == "contents"
    assert page.locator("tbody tr[hidden]:visible").count() > 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wide = page.evaluate(
        "(width) => [...document.querySelectorAll('table')].filter((t) => t.checkVisibility()"
        " && t.getBoundingClientRect().right > width + 1).map((t) => t.caption.textContent)",
        width,
    )
    assert wide == []


def test_on_paper_a_number_names_the_record_that_bears_it_out(visit):
    page = visit()
    page.emulate_media(media="print")
    wrong = page.evaluate(
        """() => [...document.querySelectorAll("a[data-note]")].filter((a) => {
            const card = document.getElementById(a.hash.slice(1));
            return card.dataset.note !== a.dataset.note;
        }).length"""
    )
    assert wrong == 0
    notes = page.evaluate(
        "[...document.querySelectorAll('.card')].map((card) => Number(card.dataset.note))"
    )
    assert notes == list(range(1, len(notes) + 1))
    after = "getComputedStyle(document.querySelector('.bottom-line a[data-note]'), '::after')"
    assert "[" in page.evaluate(f"{after}.content")


def test_the_texts_are_printed_when_the_reader_asks(visit):
    page = visit()
    page.emulate_media(media="print")
    assert not page.locator(".text-body").first.is_visible()
    assert page.locator(".left-out").is_visible()
    page.emulate_media(media="screen")
    page.locator(".print-choice input").check()
    page.emulate_media(media="print")
    assert page.locator(".text-body").first.is_visible()
    assert not page.locator(".left-out").is_visible()


def test_images_say_a_finding_and_are_drawn(visit):
    page = visit()
    images = page.locator("main img")
    for k in range(images.count()):
        images.nth(k).scroll_into_view_if_needed()
        assert images.nth(k).evaluate("(image) => image.naturalWidth") > 300
        words = images.nth(k).get_attribute("alt")
        assert len(words.split()) >= 5
        # nbconvert's filler, and what says no more than that there is a figure.
        assert not re.match("no description|image|figure|chart|plot|graph", words, re.IGNORECASE)


def test_every_table_can_be_had_as_a_file(visit, built):
    page = visit()
    bare = page.evaluate(
        """() => [...document.querySelectorAll(".table")].filter((region) =>
            !region.nextElementSibling?.querySelector("a[download], a[href^='#csv-']")
        ).map((region) => region.getAttribute("aria-label"))"""
    )
    assert bare == []
    links = page.locator("a[download]").evaluate_all(
        "(links) => links.map((a) => [a.download, a.getAttribute('href')])"
    )
    tables = built / "default/tables"
    kept = {path.name for path in tables.glob("*.csv")}
    assert kept <= {name for name, _ in links}
    for name, address in links:
        head, _, data = address.partition(",")
        if head == "data:text/csv;charset=utf-8;base64":
            content = base64.b64decode(data)
            assert name not in kept or content == (tables / name).read_bytes()
            assert_inert(content.decode("utf-8"))
        else:
            assert address == f"tables/{name}"
            assert (tables / name).is_file()


def assert_inert(text):
    """Fail if a cell would run as a formula in a spreadsheet."""
    for row in csv.reader(io.StringIO(text)):
        for cell in row:
            is_number = re.fullmatch(r"[+-]?[\d.]+", cell)
            assert is_number or not re.match("[=+@\t\r\n-]", cell), cell


def test_a_table_in_the_page_is_saved_from_disk(visit, built):
    page = visit(accept_downloads=True)
    with page.expect_download() as waiting:
        page.locator("a[download='headlines.csv']").click()
    saved = waiting.value
    assert saved.suggested_filename == "headlines.csv"
    there = (built / "default/tables/headlines.csv").read_bytes()
    with open(saved.path(), "rb") as file:
        assert file.read() == there
    assert page.complaints == []


def test_the_page_is_small_enough_to_send(built):
    assert (built / "default/briefing.html").stat().st_size < 1_500_000


def test_passages_in_arabic_say_so(visit):
    page = visit()
    unmarked = page.evaluate(
        """() => {
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            const found = [];
            while (walker.nextNode()) {
                const node = walker.currentNode;
                const isArabic = /[\\u0600-\\u06ff]/.test(node.textContent);
                if (isArabic && !node.parentElement.closest("[lang=ar][dir=rtl]")) {
                    found.push(node.textContent);
                }
            }
            return found;
        }"""
    )
    assert unmarked == []
    assert page.locator("[lang=ar]").count() > 0
