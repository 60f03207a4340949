"""The built page in a real browser; skipped, and said so, where there is no Chromium."""

import re

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

SCREENS = [
    pytest.param(width, scheme, id=f"{width}-{scheme}")
    for width in (1280, 360)
    for scheme in ("light", "dark")
]
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


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_axe_finds_nothing(visit, width, scheme):
    # axe needs to add its script; everything else about the page stays as it is.
    page = visit(width, scheme, bypass_csp=True)
    found = axe.Axe().run(page).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found] == []


def test_axe_finds_nothing_on_paper(visit):
    page = visit(bypass_csp=True)
    page.emulate_media(media="print")
    found = axe.Axe().run(page).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found] == []


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_scrolls_sideways(visit, width):
    page = visit(width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_nothing_scrolls_sideways_with_text_twice_as_large(visit):
    page = visit(1280)
    page.evaluate(
        "() => new Promise((done) => { document.documentElement.style.fontSize = '200%';"
        " requestAnimationFrame(() => done()); })"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


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
    page, plain = visit(), visit(java_script_enabled=False)
    assert plain.locator("main").inner_text() == page.locator("main").inner_text()


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_the_page_prints(visit, size):
    page = visit()
    assert page.pdf(format=size)[:5] == b"%PDF-"
    page.emulate_media(media="print")
    assert not page.locator("nav.contents").is_visible()
    assert not page.locator("button.peek").first.is_visible()


def test_images_say_a_finding_and_are_drawn(visit):
    page = visit()
    images = page.locator("main img")
    for k in range(images.count()):
        images.nth(k).scroll_into_view_if_needed()
        assert images.nth(k).evaluate("(image) => image.naturalWidth") > 300
        assert len(images.nth(k).get_attribute("alt").split()) >= 5


def test_tables_can_be_had_as_files_beside_the_page(visit, built):
    links = visit().locator("a[download]")
    names = {links.nth(k).get_attribute("href") for k in range(links.count())}
    assert "tables/headlines.csv" in names
    assert [name for name in names if not (built / "default" / name).is_file()] == []


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
